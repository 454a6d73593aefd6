"""Teach the filter of relevance: `python -m training.relevance --gum training/corpora/gum [GOLD…] corpus/train.jsonl`.

Reports with claims (of annotated reports, and of the sets in corpus/incidents/dev.jsonl) against documents of GUM's genres that hold no news (academic,
bio, court, textbook, vlog, voyage; also cut to 70, 150 and 300 words). Logistic regression on counts of word classes; weights are not below nothing, but
for that of the length. Writes src/sayso/relevance.tsv, and with --measure FILE… prints for annotated files the share of claims in reports that are kept,
for other files (a text a line, as JSON lines) the share that is dropped. """

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from math import log
from pathlib import Path

import numpy as np

from sayso.relevance import ENOUGH, LONGEST, MOST, Relevance, classes

ROOT = Path(__file__).parents[1]
OUT = ROOT / "src" / "sayso" / "relevance.tsv"
GENRES = ("academic", "bio", "court", "textbook", "vlog", "voyage")
CUTS = (70, 150, 300)
STEPS, RATE, SHRINK = 4_000, 0.05, 0.01
COSTLIER = 3.0
"""How much worse it is to drop a report than to keep another text."""
HEAD = """# What speaks for a report's being about conflict or diplomacy: what a word of a class counts for.
# Origin: made by training/relevance.py; not to be changed by hand. Licence: CC BY-SA 4.0 (LICENSE-weights.txt). Date: 2026-11-27.
# class: of sayso.relevance; `length` counts by the logarithm of the number of words, `start` in any case.
class	weight
"""


def annotated(path: Path) -> Iterator[tuple[str, int]]:
    """The texts of an annotated file, reports or sets of reports, and how many claims each has."""
    for line in path.read_text("utf-8").splitlines():
        item = json.loads(line)
        for report in item.get("reports", [item]):
            yield report["text"], len(report.get("claims", [])) + len(report.get("materiel", []))


def documents(gum: Path) -> Iterator[str]:
    """The texts of GUM's documents of genres that hold no news."""
    for path in sorted((gum / "dep").glob("*.conllu")):
        if any(f"_{genre}_" in path.name for genre in GENRES):
            yield " ".join(line[9:] for line in path.read_text("utf-8").splitlines() if line.startswith("# text = "))


def features(relevance: Relevance, names: list[str], text: str) -> list[float]:
    """The counts of each class, and the logarithm of the length."""
    counts = relevance.counts(text)
    return [*(min(MOST, counts[name]) for name in names), log(1 + min(LONGEST, len(text.split())))]


def fitted(positive: list[list[float]], negative: list[list[float]]) -> tuple[np.ndarray, float]:
    """Weights and start, by gradient descent on standardised counts."""
    x, y = np.array(positive + negative, float), np.array([1.0] * len(positive) + [0.0] * len(negative))
    mean, spread = x.mean(0), x.std(0) + 0.5
    z = (x - mean) / spread
    w, start = np.zeros(z.shape[1]), 0.0
    cost = np.where(y == 1, COSTLIER * len(negative) / len(positive), 1.0)
    for _ in range(STEPS):
        g = (1 / (1 + np.exp(-(z @ w + start))) - y) * cost
        w -= RATE * (z.T @ g / len(y) + SHRINK * w)
        w[:-1] = np.maximum(w[:-1], 0)
        start -= RATE * g.mean()
    raw = w / spread
    return raw, float(start - (mean * raw).sum())


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="*", help="annotated reports to learn from")
    parser.add_argument("--gum", type=Path, help="a checkout of amir-zeldes/gum")
    parser.add_argument("--measure", type=Path, nargs="*", default=[])
    options = parser.parse_args()
    relevance = Relevance()
    if options.gum:
        names = sorted(set(classes().values()))
        texts = [text for path in [*options.gold, ROOT / "corpus" / "incidents" / "dev.jsonl"] for text, claims in annotated(path) if claims]
        others = list(documents(options.gum))
        cut = [" ".join(text.split()[:n]) for n in CUTS for text in others]
        raw, start = fitted([features(relevance, names, t) for t in texts], [features(relevance, names, t) for t in others + cut])
        rows = {name: weight for name, weight in zip([*names, "length"], raw, strict=True) if abs(weight) >= 0.005} | {"start": start}
        OUT.write_text(HEAD + "".join(f"{name}\t{weight:.3f}\n" for name, weight in rows.items()), "utf-8")
        print(f"{len(texts)} reports, {len(others)} other documents: {OUT}")
        return
    for path in options.measure:
        found = list(annotated(path))
        kept = [(relevance.score(text) >= ENOUGH, claims) for text, claims in found]
        claims = sum(count for _, count in found)
        if claims:
            print(f"{path.name}: claims in reports that are kept: {sum(c for k, c in kept if k) / claims:.4f}")
        else:
            print(f"{path.name}: dropped: {sum(not k for k, _ in kept) / max(1, len(kept)):.3f} of {len(kept)}")


if __name__ == "__main__":
    main()
