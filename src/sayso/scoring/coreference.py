"""Two partitions of mentions → how alike they are: MUC, B³, CEAF-e and their mean, the CoNLL score.

In: groups of names, the annotated ones (key) and those that came (response); a name may stand in only one of the two, as where a reader
missed a claim or made one too many. Out: sums of which precision and recall are the quotients, so that those of many documents add up.

Vilain and others 1995 (MUC); Bagga and Baldwin 1998 (B³); Luo 2005 (CEAF-e, the entity-based one, with the similarity 2|K∩R| / (|K|+|R|));
with names that are not in both, as the reference scorer has it (Pradhan and others 2014): they count in the denominators of the side that they stand in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

Groups = Sequence[Collection[str]]


class Sums(NamedTuple):
    """Numerators and denominators of recall and precision."""

    recalled: float
    of_key: float
    precise: float
    of_response: float

    def __add__(self, other: object) -> Sums:
        if not isinstance(other, tuple):
            return NotImplemented
        return Sums(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def recall(self) -> float:
        """Nothing of nothing is 0."""
        return self.recalled / self.of_key if self.of_key else 0.0

    @property
    def precision(self) -> float:
        """Nothing of nothing is 0."""
        return self.precise / self.of_response if self.of_response else 0.0

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0


NOTHING = Sums(0, 0, 0, 0)


def muc(key: Groups, response: Groups) -> Sums:
    """By links: how many of the fewest links that hold a group together the other side has too. Groups of one count for nothing."""
    return Sums(*_links(key, response), *_links(response, key))


def _links(groups: Groups, other: Groups) -> tuple[int, int]:
    home = _homes(other)
    kept = needed = 0
    for group in groups:
        parts = {home.get(name, ("alone", name)) for name in group}
        kept += len(group) - len(parts)
        needed += len(group) - 1
    return kept, needed


def b_cubed(key: Groups, response: Groups) -> Sums:
    """By mentions: of each one's group, the share that stands with it on the other side too."""
    return Sums(*_shares(key, response), *_shares(response, key))


def _shares(groups: Groups, other: Groups) -> tuple[float, int]:
    shared = sum(len(set(one) & set(two)) ** 2 / len(one) for one in groups for two in other if one)
    return shared, sum(map(len, groups))


def ceaf_e(key: Groups, response: Groups) -> Sums:
    """By groups: each aligned with at most one of the other side's, so that the sum of their likenesses is greatest."""
    total = sum(likeness(key[i], response[j]) for i, j in aligned(key, response))
    return Sums(total, len(key), total, len(response))


def likeness(one: Collection[str], other: Collection[str]) -> float:
    """Twice what two groups share, of the names in both."""
    both = len(one) + len(other)
    return 2 * len(set(one) & set(other)) / both if both else 0.0


def aligned(key: Groups, response: Groups) -> list[tuple[int, int]]:
    """Which group goes with which, one to one, so that the sum of their likenesses is greatest; pairs that share nothing are left out."""
    table = [[likeness(one, other) for other in response] for one in key]
    return [(i, j) for i, j in best_pairs(table) if table[i][j] > 0]


def best_pairs(table: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Rows and columns, one to one, with the greatest sum: the Hungarian method with potentials, cubic in the shorter side.

    >>> best_pairs([[3, 2, 0], [3, 0, 0]])
    [(0, 1), (1, 0)]
    """
    if not table or not table[0]:
        return []
    if len(table) > len(table[0]):
        return sorted((i, j) for j, i in best_pairs(list(zip(*table, strict=True))))
    rows, columns = len(table), len(table[0])
    of_row, of_column = [0.0] * (rows + 1), [0.0] * (columns + 1)
    taken_by = [0] * (columns + 1)  # which row has a column; row 0 stands for none
    for row in range(1, rows + 1):
        taken_by[0] = row
        at, least, before, done = 0, [float("inf")] * (columns + 1), [0] * (columns + 1), [False] * (columns + 1)
        while taken_by[at]:
            done[at] = True
            held, step, following = taken_by[at], float("inf"), 0
            for column in range(1, columns + 1):
                if not done[column]:
                    cost = -table[held - 1][column - 1] - of_row[held] - of_column[column]
                    if cost < least[column]:
                        least[column], before[column] = cost, at
                    if least[column] < step:
                        step, following = least[column], column
            for column in range(columns + 1):
                if done[column]:
                    of_row[taken_by[column]] += step
                    of_column[column] -= step
                else:
                    least[column] -= step
            at = following
        while at:
            taken_by[at] = taken_by[before[at]]
            at = before[at]
    return sorted((taken_by[column] - 1, column - 1) for column in range(1, columns + 1) if taken_by[column])


def _homes(groups: Iterable[Collection[str]]) -> dict[str, tuple[str, str]]:
    return {name: ("group", str(number)) for number, group in enumerate(groups) for name in group}
