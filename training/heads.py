"""Annotated reports → the learned heads: `python -m training.heads GOLD… [--out src/sayso/reader/heads.npz]`.

In: annotated reports (JSON lines). They are read; each choice that a head has a vote on becomes an example: the answers with their features, and
which of them the annotation has. Out: the heads that ship, and what each brings on reports held out (`--folds`): whole reports, never parts of one.
A head's weights are a multinomial logistic regression with a ridge.

The rules were written on the same reports, so their vote looks better here than it is elsewhere. While a head is taught, their choice is
therefore put out or changed in some of the examples (`NOISE`), so that what is left of it is right about as often as on reports nobody has read.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
import torch

from sayso.events import RawClaim
from sayso.heads import Chooser, Heads
from sayso.reader import Doc, Parser
from sayso.reading import Reader
from sayso.resolve.wheres import Question, called
from sayso.scoring import Annotated, Result, load, score
from sayso.scoring.compare import LEAST_OVERLAP, Item, best_overlap, items_of_annotation, same_place
from sayso.scoring.records import as_report

FOLDS = 5
RIDGE = 1e-3
STEPS = 200
NOISE = 0.3
"""The share of examples in which the rules' choice of a place is put out or changed: then .72 right of matched becomes about .55."""
COPIES = 3
"""So many times each example is shown, each time with its own chance of that."""
NEAR = ("sentences 0", "sentences 1", "sentences 2")
"""Features of the names to which a changed choice may go."""
SEED = 1


@dataclass(frozen=True)
class Example:
    """A choice: the features of each answer and of none, and which answers are right; where none is, none is."""

    answers: list[list[str]]
    none: list[str]
    right: list[bool]


class Parsed:
    """Parses each report once, however many readers ask."""

    def __init__(self) -> None:
        self._parser = Parser(1)
        self._docs: dict[tuple[str, object, object], Doc] = {}

    def parse(self, report: object) -> Doc:
        key = (report.digest, report.published, report.publisher)  # type: ignore[attr-defined]
        if key not in self._docs:
            self._docs[key] = self._parser.parse(report)  # type: ignore[arg-type]
        return self._docs[key]


def reader_with(heads: Heads, parsed: Parsed) -> Reader:
    """A reader with other heads."""
    reader = Reader(threads=1, heads=heads)
    reader._parser = parsed  # type: ignore[assignment]
    return reader


# examples


def item_of(doc: Doc, raw: RawClaim) -> Item:
    """A raw claim, for comparison with annotated ones."""
    evidence = doc.span(raw.evidence[0], raw.evidence[-1] + 1)
    bounds = (raw.count.low, raw.count.high) if raw.count else (None, None)
    return Item(raw.kind, raw.type or raw.harm, raw.status.value, ((evidence.start, evidence.end),), evidence.text, (), bounds=bounds, what=raw.what)


def annotated(doc: Doc, raw: RawClaim, items: list[Item]) -> Item | None:
    """The annotated claim that a raw claim reads: of its kind and act, with the most words in common."""
    mine = item_of(doc, raw)
    fits = [i for i in items if (i.kind, i.act) == (mine.kind, mine.act) and (i.kind == "event" or i.bounds == mine.bounds)]
    best = max(fits, key=lambda i: best_overlap(i, mine), default=None)
    return best if best is not None and best_overlap(best, mine) >= LEAST_OVERLAP else None


def places(reports: Iterable[Annotated], parsed: Parsed) -> list[Example]:
    """Where each annotated claim was, as the place head is asked."""
    reader, chance, found = reader_with(Heads(), parsed), random.Random(SEED), []
    for report in reports:
        doc, items = parsed.parse(as_report(report)), items_of_annotation(report)
        raws, stages = reader.stages(doc)
        stages.narrative.read(raws)
        stages.wheres.read(raws, stages.narrative)
        for raw in sorted((r for r in raws if r.kind != "role" and r.evidence), key=lambda r: (r.head, r.kind)):
            item = annotated(doc, raw, items)
            if item is None:
                continue
            asked = stages.wheres.question(raw)
            right = [same_place(item, Item("", "", "", (), "", (), where=(o.where.name, o.where.text, o.where.country))) for o in asked.options]
            for _ in range(COPIES if item.where is None or any(right) else 0):
                doubt = doubted(asked, chance)
                found.append(Example(doubt.answers(), doubt.nothing(), right))
    return found


def doubted(asked: Question, chance: random.Random) -> Question:
    """The question, with the rules' choice put out or changed in some cases."""
    if chance.random() >= NOISE:
        return asked
    others = [called(o.where) for o in asked.options if called(o.where) != asked.ruled and any(f in NEAR for f in o.features)]
    out = asked.ruled is not None and (chance.random() < 0.5 or not others)
    return asked._replace(ruled=None if out or not others else chance.choice(others))


# weights


def fit(examples: list[Example], ridge: float = RIDGE) -> Chooser:
    """The weights under which the right answers are likeliest, less a ridge; the likelihood of several right answers is their sum."""
    names = sorted({f for e in examples for held in (*e.answers, e.none) for f in held})
    number = {name: k for k, name in enumerate(names)}
    rows = [held for e in examples for held in (*e.answers, e.none)]
    x = torch.zeros(len(rows), len(names))
    for k, held in enumerate(rows):
        x[k, [number[f] for f in held]] = 1.0
    of = torch.tensor([k for k, e in enumerate(examples) for _ in range(len(e.answers) + 1)])
    right = torch.tensor([r for e in examples for r in (*e.right, not any(e.right))])
    weights = torch.zeros(len(names), requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=STEPS, history_size=10, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        scores = x @ weights
        most = torch.full((len(examples),), -1e9).scatter_reduce(0, of, scores.detach(), "amax")
        odds = torch.exp(scores - most[of])
        whole = torch.zeros(len(examples)).scatter_add(0, of, odds)
        kept = torch.zeros(len(examples)).scatter_add(0, of, odds * right)
        value = (torch.log(whole) - torch.log(kept + 1e-12)).mean() + ridge * (weights**2).sum()
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimiser.step(loss)
    return Chooser({n: w for n, w in zip(names, np.round(weights.detach().numpy(), 3).tolist(), strict=True) if w})


def taught(reports: list[Annotated], parsed: Parsed) -> Heads:
    """All heads, taught on some reports."""
    return Heads(place=fit(places(reports, parsed)))


# figures


def read_by_folds(reports: list[Annotated], parsed: Parsed, folds: int = FOLDS) -> list[dict[str, object]]:
    """Each report, read with heads that were taught without it."""
    order = sorted(reports, key=lambda r: r.id)
    random.Random(SEED).shuffle(order)
    records: list[dict[str, object]] = []
    for k in range(folds):
        reader = reader_with(taught([r for n, r in enumerate(order) if n % folds != k], parsed), parsed)
        records += [msgspec.json.decode(reader.read(as_report(r)).to_json()) for r in order[k::folds]]
    return records


def line(name: str, result: Result) -> str:
    """The figures that the heads may move."""
    f = {key: ratio.f1 for key, ratio in result.ratios.items()}
    told = f"claim {f['claim']:.3f}  event {f['event']:.3f}  parties right of events {f['event+who']:.3f}  strict {f['event+strict']:.3f}"
    return f"{name:28} {told}  parties {result.accuracies['who']:.3f}  place {f['where']:.3f}"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("gold", type=Path, nargs="+", help="annotated reports to teach on")
    arguments.add_argument("--out", type=Path, default=Path("src/sayso/reader/heads.npz"), help="where the heads go")
    arguments.add_argument("--folds", action="store_true", help="print what the heads bring on reports held out")
    args = arguments.parse_args()
    torch.set_num_threads(1)
    parsed, sets = Parsed(), {path: load(path) for path in args.gold}
    reports = [r for held in sets.values() for r in held]
    if args.folds:
        rules = reader_with(Heads(), parsed)
        held_out = read_by_folds(reports, parsed)
        for path, held in sets.items():
            plain = [msgspec.json.decode(rules.read(as_report(r)).to_json()) for r in held]
            print(line(f"{path}: rules", score(held, plain)))
            print(line(f"{path}: with heads", score(held, held_out)))
    heads = taught(reports, parsed)
    heads.save(args.out)
    print(f"{args.out}: {len(heads.place.weights) if heads.place else 0} weights of the place head, {args.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
