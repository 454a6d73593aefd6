"""Scores of any kind give well-formed trees and well-ordered spans."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sayso.reader.decode import stretches, transitions, tree

TAGS = ["O", "B-person", "I-person", "B-place", "I-place"]


@given(st.integers(1, 12).flatmap(lambda n: arrays(np.float32, (n + 1, n + 1), elements=st.floats(-50, 50, width=32))))
def test_every_tree_has_one_root_and_no_cycle(scores: np.ndarray) -> None:
    heads = tree(scores)

    assert heads.count(0) == 1
    for word in range(1, len(heads) + 1):
        seen, k = set(), word
        while k:
            assert k not in seen
            seen.add(k)
            k = heads[k - 1]


def test_the_best_heads_are_kept_where_they_form_a_tree() -> None:
    scores = np.full((4, 4), -5, np.float32)
    scores[1, 2] = scores[2, 0] = scores[3, 2] = 5

    assert tree(scores) == [2, 0, 2]


def test_a_cycle_is_broken_at_its_weakest_arc() -> None:
    scores = np.full((4, 4), -9, np.float32)
    scores[1, 2], scores[2, 1], scores[2, 0], scores[3, 2] = 5, 5, 3, 5
    assert tree(scores) == [2, 0, 2]


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        (["B-person", "I-person", "O"], [(0, 2, "person")]),
        (["B-place", "B-place", "O"], [(0, 1, "place"), (1, 2, "place")]),
        (["O", "O", "O"], []),
    ],
)
def test_spans_follow_their_tags(tags: list[str], expected: list[tuple[int, int, str]]) -> None:
    scores = np.array([[4.0 if t == tag else 0.0 for t in TAGS] for tag in tags], np.float32)

    assert expected == [tuple(s) for s in stretches(scores, TAGS, transitions(TAGS), 0)]


@given(st.integers(1, 10).flatmap(lambda n: arrays(np.float32, (n, len(TAGS)), elements=st.floats(-9, 9, width=32))))
def test_spans_do_not_overlap(scores: np.ndarray) -> None:
    found = stretches(scores, TAGS, transitions(TAGS), 0)

    assert all(0 <= s.first < s.last <= len(scores) for s in found)
    assert all(a.last <= b.first for a, b in pairwise(found))
