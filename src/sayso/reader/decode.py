"""Scores of the network → trees and spans.

Trees are well-formed: one root, no cycle (greedy where that is so already, else Chu and Liu 1965 / Edmonds 1967).
Spans follow their tags' order (Viterbi over BIO, no other constraint).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sayso.reader.doc import Stretch

Scores = NDArray[np.float32]
_NEVER = -1e9


def tree(scores: Scores) -> list[int]:
    """The head of each word, from scores [dependent, head] with the root at 0; 0 in the result means the root."""
    n = scores.shape[0]
    s = scores.astype(np.float64)
    np.fill_diagonal(s, _NEVER)
    heads: list[int] = s.argmax(1).tolist()
    heads[0] = 0
    if _well_formed(heads):
        return heads[1:]
    if n == 2:
        return [0]
    margin = s[1:, 0] - s[1:, 1:].max(axis=1)
    best: tuple[float, list[int]] | None = None
    for root in (np.argsort(-margin, kind="stable")[:3] + 1).tolist():
        single = s.copy()
        single[1:, 0] = _NEVER
        single[root, :] = _NEVER
        single[root, 0] = 0.0
        found = _spanning(single)
        value = float(sum(s[i, found[i]] for i in range(1, n)))
        if best is None or value > best[0]:
            best = value, found
    assert best is not None
    return best[1][1:]


def _well_formed(heads: list[int]) -> bool:
    if heads[1:].count(0) != 1:
        return False
    return _cycle(heads) is None


def _cycle(heads: list[int]) -> list[int] | None:
    """A cycle among the heads, None where all reach the root."""
    seen = [0] * len(heads)
    seen[0] = 2
    for i in range(1, len(heads)):
        path, k = [], i
        while seen[k] == 0:
            seen[k] = 1
            path.append(k)
            k = heads[k]
        if seen[k] == 1:
            return path[path.index(k) :]
        for q in path:
            seen[q] = 2
    return None


def _spanning(s: NDArray[np.float64]) -> list[int]:
    """Maximum spanning arborescence rooted in 0: the cycle is contracted, the rest solved, the cycle opened."""
    n = s.shape[0]
    heads: list[int] = s.argmax(1).tolist()
    heads[0] = 0
    cycle = _cycle(heads)
    if cycle is None:
        return heads
    inside = set(cycle)
    rest = [i for i in range(n) if i not in inside]
    m = len(rest)
    smaller = np.full((m + 1, m + 1), _NEVER)
    smaller[:m, :m] = s[np.ix_(rest, rest)]
    np.fill_diagonal(smaller, _NEVER)
    within = np.array([s[c, heads[c]] for c in cycle])
    into = s[np.ix_(cycle, rest)] - within[:, None]
    entered = into.argmax(0)
    smaller[m, :m] = into.max(0)
    out = s[np.ix_(rest, cycle)]
    left = out.argmax(1)
    smaller[1:m, m] = out.max(1)[1:]
    solved = _spanning(smaller)
    result = list(heads)
    for k in range(1, m):
        result[rest[k]] = cycle[int(left[k])] if solved[k] == m else rest[solved[k]]
    opened = solved[m]
    result[cycle[int(entered[opened])]] = rest[opened]
    return result


def transitions(tags: list[str]) -> NDArray[np.float64]:
    """0 where tag j may follow tag i, else a prohibitive score; the last row is the beginning."""
    table = np.zeros((len(tags) + 1, len(tags)))
    for j, tag in enumerate(tags):
        if tag[0] == "I":
            for i, before in enumerate([*tags, "O"]):
                if before[2:] != tag[2:]:
                    table[i, j] = _NEVER
    return table


def _viterbi(scores: Scores, table: NDArray[np.float64]) -> list[int]:
    values = scores[0] + table[-1]
    back = []
    for row in scores[1:]:
        step = values[:, None] + table[:-1]
        back.append(step.argmax(0))
        values = step.max(0) + row
    path = [int(values.argmax())]
    for pointers in reversed(back):
        path.append(int(pointers[path[-1]]))
    path.reverse()
    return path


def stretches(scores: Scores, tags: list[str], table: NDArray[np.float64], shift: int) -> list[Stretch]:
    """The best legal tag sequence's spans, word indices shifted by `shift`."""
    best = scores.argmax(1)
    if not best.any():
        return []
    # every legal step costs nothing: a greedy path that is legal is the best one
    legal = table[-1, best[0]] == 0 and not table[best[:-1], best[1:]].any()
    path: list[int] = best.tolist() if legal else _viterbi(scores, table)
    found: list[Stretch] = []
    start, kind = -1, ""
    for i, k in enumerate([*path, 0]):
        tag = tags[k]
        if start >= 0 and not (tag[0] == "I" and tag[2:] == kind):
            found.append(Stretch(shift + start, shift + i, kind))
            start = -1
        if tag[0] == "B":
            start, kind = i, tag[2:]
    return found
