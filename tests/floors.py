"""The floors under the reading: what each measure on our own corpus must not fall below, and how they are pinned.

In: `corpus/{train,dev}.jsonl`, read by the reader, and the annotated sets of `corpus/incidents/`. Out: `tests/floors.json`, for each set its digest
and the value of each measure when it was pinned. `python -m tests.floors` pins anew what rose. It refuses to lower a floor, unless it is told
`--allow-lower` and CHANGELOG.md has, for each lowered measure, a line with `floor SET MEASURE` and the reason; a changed corpus is no excuse.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from dataclasses import dataclass
from pathlib import Path

from sayso.reading import Reader
from sayso.scoring import load, load_sets, neutrality, read_all, read_sets, score, score_incidents

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "corpus"
PINNED = Path(__file__).with_name("floors.json")
CHANGELOG = ROOT / "CHANGELOG.md"
SETS = ("train", "dev", "incidents/dev", "incidents/test")
TOLERANCE = 0.005
"""How far a measure may lie under its floor: on another processor the network's scores differ in the last digits, and now and then a
word of a report is read otherwise; on the machine that pinned them the values come out the same every time."""

Values = dict[str, float]


@dataclass(frozen=True)
class Fall:
    """A measure that lies under its floor."""

    set: str
    measure: str
    floor: float
    value: float

    def __str__(self) -> str:
        return f"{self.set} {self.measure}: {self.value:.3f}, floor {self.floor:.3f}"


def digest(name: str) -> str:
    """SHA-256 of a set's file."""
    return hashlib.sha256((CORPUS / f"{name}.jsonl").read_bytes()).hexdigest()


def measured(name: str, reader: Reader) -> Values:
    """Every measure on a set."""
    return grouped(name, reader) if name.startswith("incidents/") else read(name, reader)


def grouped(name: str, reader: Reader) -> Values:
    """Every measure of grouping, relations and disputes on a file of annotated sets."""
    sets = load_sets(CORPUS / f"{name}.jsonl")
    scored = score_incidents(sets, read_sets(sets, reader))
    values = {}
    for task, found in scored.tasks.items():
        values |= {f"{task} relations": found.relations.f1, f"{task} disputed": found.disputed.f1}
        if task != "related":
            values[f"{task} conll"] = found.conll
    return values


def read(name: str, reader: Reader) -> Values:
    """Every measure of the reading of a file of annotated reports."""
    reports = load(CORPUS / f"{name}.jsonl")
    result = score(reports, read_all(reports, reader))
    carried = result.inherited.right + result.inherited_false
    return {
        **{measure: ratio.f1 for measure, ratio in result.ratios.items()},
        **{f"{measure}_accuracy": value for measure, value in result.accuracies.items()},
        "status_macro_f1": result.status_macro_f1,
        "chain": result.chain.value,
        "inherited": result.inherited.value,
        "inherited_precision": round(result.inherited.right / max(1, carried), 3),
        "evidence": result.evidence,
        "whole_words": result.whole_words,
        "neutrality": neutrality(reports, reader).value,
    }


def falls(name: str, values: Values, floors: Values, tolerance: float = TOLERANCE) -> list[Fall]:
    """The measures that lie under their floors; one that is no longer measured counts as fallen to nothing."""
    return [
        Fall(name, measure, floor, values.get(measure, 0.0)) for measure, floor in sorted(floors.items()) if values.get(measure, 0.0) < floor - tolerance
    ]


def unexplained(fallen: list[Fall], changelog: str) -> list[Fall]:
    """Those of the lowered floors that the changelog has no line for."""
    return [f for f in fallen if f"floor {f.set} {f.measure}" not in changelog]


def pinned() -> dict[str, dict[str, object]]:
    """What is pinned."""
    found: dict[str, dict[str, object]] = json.loads(PINNED.read_text("utf-8"))
    return found


def pin(values: dict[str, Values], old: dict[str, Values], allow_lower: bool, changelog: str) -> dict[str, Values] | list[Fall]:
    """The new floors; or, where some would be lowered without leave or without a line in the changelog, those."""
    fallen = [f for name, floors in old.items() for f in falls(name, values.get(name, {}), floors, tolerance=0.0)]
    refused = fallen if not allow_lower else unexplained(fallen, changelog)
    return refused or values


def main() -> int:
    """Measures, and pins what rose; 1 where a floor would have to be lowered and may not."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--allow-lower", action="store_true", help="lower floors that CHANGELOG.md gives the reason for")
    args = arguments.parse_args()
    reader = Reader(threads=1)
    values = {name: measured(name, reader) for name in SETS}
    old = {name: dict(held["floors"]) for name, held in pinned().items()} if PINNED.exists() else {}
    new = pin(values, old, args.allow_lower, CHANGELOG.read_text("utf-8"))
    if isinstance(new, list):
        print("these floors would be lowered; find the cause, or give --allow-lower and a line `floor SET MEASURE: why` in CHANGELOG.md:", file=sys.stderr)
        for fall in new:
            print(f"  {fall}", file=sys.stderr)
        return 1
    held = {name: {"digest": digest(name), "floors": floors} for name, floors in new.items()}
    PINNED.write_text(json.dumps(held, indent=1) + "\n", "utf-8")
    for name, floors in new.items():
        told = ("claim", "neutrality", "annotated conll", "annotated disputed", "read conll")
        print(f"{name}: {', '.join(f'{m} {floors[m]:.3f}' for m in told if m in floors)}, {len(floors)} floors pinned")
    return 0


if __name__ == "__main__":
    sys.exit(main())
