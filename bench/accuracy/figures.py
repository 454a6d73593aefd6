"""Counts per document → a figure with its 95 % interval, over resampled documents; and lines for the table.

In: counters. Out: `Figure`s. Every figure of the accuracy bench goes through here, so that all have their size and interval.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

ROUNDS = 500
Counts = Counter[str]


@dataclass(frozen=True)
class Figure:
    """One line: what was measured, its value in per cent (unless `unit` says otherwise), how many it was counted from, and what others report."""

    name: str
    value: float
    low: float
    high: float
    size: str
    beside: str = ""
    unit: str = ""

    def __str__(self) -> str:
        return f"{self.name:<58} {self.value:7.1f}{self.unit} [{self.low:.1f}–{self.high:.1f}]  {self.size:<24} {self.beside}".rstrip()


def f1(right: str, got: str, gold: str) -> Callable[[Counts], float]:
    """F1 in per cent, from the counts of these names."""
    return lambda n: 200 * n[right] / max(1, n[got] + n[gold])


def share(right: str, of: str) -> Callable[[Counts], float]:
    """Per cent."""
    return lambda n: 100 * n[right] / max(1, n[of])


def figure(name: str, counts: Sequence[Counts], value: Callable[[Counts], float], size: str, beside: str = "") -> Figure:
    """A figure over all documents, and its interval."""
    chance, values = random.Random(0), []
    for _ in range(ROUNDS):
        values.append(value(_sum([counts[chance.randrange(len(counts))] for _ in counts])))
    values.sort()
    whole = _sum(counts)
    return Figure(name, value(whole), values[int(ROUNDS * 0.025)], values[int(ROUNDS * 0.975)], size.format(**whole), beside)


def _sum(counts: Sequence[Counts]) -> Counts:
    total: Counts = Counter()
    for n in counts:
        total.update(n)
    return total


def overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Intersection over union of two stretches."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, common) / max(1, max(one[1], other[1]) - min(one[0], other[0]))
