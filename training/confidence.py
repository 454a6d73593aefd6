"""Fit the confidence of claims: `python -m training.confidence GOLD… [--held-out FILE…]`.

In: annotated reports (JSON lines). They are read, each claim is strictly right or not, and a logistic regression weighs the reasons that
the reading gives for doubt. Out: the weights, as they stand in `sayso.claims`, and the expected calibration error on both sets. Nothing
is written: a person decides whether to take them over.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import msgspec
import numpy as np

from sayso.model import Reading
from sayso.reading import Reader
from sayso.scoring import Annotated, load
from sayso.scoring.compare import items_of_annotation, items_of_reading, match
from sayso.scoring.records import as_report

RIDGE = 0.002
STEPS = 3000
RATE = 0.5

Rows = list[tuple[frozenset[str], bool]]


def rows(reports: list[Annotated], reader: Reader) -> Rows:
    """For each event and casualty that was read: the reasons that bear on its confidence, and whether it is strictly right."""
    found: Rows = []
    for report in reports:
        reading: Reading = reader.read(as_report(report))
        items = items_of_reading(msgspec.json.decode(reading.to_json()))
        right = {j for _, j, same in match(items_of_annotation(report), items) if same["strict"]}
        for j, claim in enumerate(reading.claims):
            if items[j].kind in ("event", "casualty"):
                steps = reading.explanations.get(claim.id, [])
                found.append((frozenset(s.because for s in steps if s.field == "confidence"), j in right))
    return found


def fit(data: Rows) -> dict[str, float]:
    """Log-odds by reason; the empty reason is the base."""
    reasons = sorted({r for held, _ in data for r in held})
    given, right = _matrix(data, reasons), np.array([y for _, y in data], float)
    weights = np.zeros(len(reasons) + 1)
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-given @ weights))
        weights -= RATE * (given.T @ (chance - right) / len(right) + RIDGE * np.r_[0, weights[1:]])
    return dict(zip(["", *reasons], weights.tolist(), strict=True))


def calibration_error(data: Rows, weights: dict[str, float]) -> float:
    """The expected calibration error over ten bins."""
    reasons = [r for r in weights if r]
    chance = 1 / (1 + np.exp(-_matrix(data, reasons) @ np.array([weights[""], *(weights[r] for r in reasons)])))
    right = np.array([y for _, y in data], float)
    bins = np.minimum(9, (chance * 10).astype(int))
    return sum(abs(chance[bins == b].sum() - right[bins == b].sum()) for b in range(10)) / max(1, len(right))


def _matrix(data: Rows, reasons: list[str]) -> np.ndarray:
    return np.array([[1, *(r in held for r in reasons)] for held, _ in data], float)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("gold", type=Path, nargs="+", help="annotated reports to fit on")
    arguments.add_argument("--held-out", type=Path, nargs="*", default=[], help="annotated reports to measure on")
    args = arguments.parse_args()
    reader = Reader()
    data = rows([r for path in args.gold for r in load(path)], reader)
    weights = fit(data)
    for reason, weight in weights.items():
        print(f"{weight:+.2f}  {reason or 'base'}  ({sum(reason in held for held, _ in data) if reason else len(data)})")
    print(f"expected calibration error: fitted {calibration_error(data, weights):.3f}", end="")
    if args.held_out:
        print(f", held out {calibration_error(rows([r for path in args.held_out for r in load(path)], reader), weights):.3f}", end="")
    print()


if __name__ == "__main__":
    main()
