"""The measures of grouping give the published values of a worked example, and behave at their ends."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.scoring.coreference import NOTHING, Sums, aligned, b_cubed, best_pairs, ceaf_e, muc

# Pradhan and others, "Scoring coreference partitions of predicted mentions: a reference implementation" (ACL 2014), the example of figure 1:
# names of which only some stand on both sides
KEY, RESPONSE = ["abc", "defg"], ["ab", "cd", "fghi"]
WORKED = [(muc, 0.40, 0.40, 0.40), (b_cubed, 0.42, 0.50, 0.46), (ceaf_e, 0.65, 0.43, 0.52)]


@pytest.mark.parametrize(("measure", "recall", "precision", "f1"), WORKED)
def test_the_worked_example_of_the_reference_scorer(measure: object, recall: float, precision: float, f1: float) -> None:
    found = measure(KEY, RESPONSE)  # type: ignore[operator]

    assert found.recall == pytest.approx(recall, abs=0.005)
    assert found.precision == pytest.approx(precision, abs=0.005)
    assert found.f1 == pytest.approx(f1, abs=0.01)


def test_muc_gives_nothing_for_groups_of_one() -> None:
    assert muc(["a", "b"], ["a", "b"]) == NOTHING and muc(["ab"], ["a", "b"]).recall == 0.0


def test_a_perfect_grouping_is_perfect_by_all() -> None:
    assert [m(KEY, KEY).f1 for m in (muc, b_cubed, ceaf_e)] == [1.0, 1.0, 1.0]


def test_sums_of_documents_add_up() -> None:
    assert b_cubed(["ab"], ["ab"]) + b_cubed(["cd"], ["c", "d"]) == Sums(3.0, 4, 4.0, 4)


def test_groups_that_share_nothing_are_not_aligned() -> None:
    assert aligned(["ab", "c"], ["x", "ba"]) == [(0, 1)]


@given(st.integers(1, 5).flatmap(lambda n: st.lists(st.lists(st.integers(0, 9), min_size=n, max_size=n), min_size=1, max_size=5)))
def test_the_best_pairs_are_the_best(table: list[list[int]]) -> None:
    found = best_pairs(table)
    wide = table if len(table) <= len(table[0]) else [list(column) for column in zip(*table, strict=True)]
    best = max(sum(wide[i][j] for i, j in enumerate(columns)) for columns in permutations(range(len(wide[0])), len(wide)))

    assert sum(table[i][j] for i, j in found) == best
    assert len(found) == min(len(table), len(table[0]))
