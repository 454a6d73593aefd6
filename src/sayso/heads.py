"""Learned heads: what annotated reports taught about one choice, as a vote beside the rules.

In: for each answer that a choice has, the features that hold of it, as words. Out: how likely each answer is. A head is a table of features and
weights (`reader/heads.npz`, made by `training/heads.py`); it knows no text, no name and no country. Who asks decides what the vote is worth.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np

Features = Sequence[str]
"""What holds of an answer; a feature that the head was not taught counts nothing."""


@dataclass(frozen=True)
class Chooser:
    """A head that chooses one of several answers, or none."""

    weights: dict[str, float] = field(default_factory=dict)

    def score(self, features: Features) -> float:
        """The sum of the weights: log-odds, up to a constant."""
        known = self.weights
        return sum(known[f] for f in features if f in known)

    def shares(self, answers: Iterable[Features], none: Features) -> list[float]:
        """How likely each answer is, and last, how likely none of them; the shares sum to 1.

        >>> Chooser({"near": 1.0, "far": -1.0}).shares([["near"], ["far"]], [])
        [0.665, 0.09, 0.245]
        """
        scores = [*map(self.score, answers), self.score(none)]
        most = max(scores)
        odds = [math.exp(s - most) for s in scores]
        whole = sum(odds)
        return [round(o / whole, 3) for o in odds]


@dataclass(frozen=True)
class Heads:
    """The heads of one reader; one that is None has no vote."""

    place: Chooser | None = None

    def save(self, path: Path) -> None:
        """Writes the file form."""
        weights = self.place.weights if self.place is not None else {}
        np.savez_compressed(path, place_features=np.array(list(weights), np.str_), place_weights=np.array(list(weights.values()), np.float32))


def load(path: Path) -> Heads:
    """The heads of a file that `training/heads.py` wrote."""
    with np.load(path, allow_pickle=False) as held:
        weights = dict(zip(held["place_features"].tolist(), held["place_weights"].astype(float).round(3).tolist(), strict=True))
        return Heads(place=Chooser(weights) if weights else None)


@lru_cache(maxsize=1)
def shipped() -> Heads:
    """The heads that come with the package."""
    with as_file(files("sayso.reader") / "heads.npz") as path:
        return load(path) if path.is_file() else Heads()
