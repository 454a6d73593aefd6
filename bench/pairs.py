"""Whether two languages give the same claims: `python -m bench.pairs corpus/pairs/en-ru.jsonl … [--show]`.

In: lines of JSON with `id`, `date`, `en` and the same dispatch in another language under its code. Out: how many of the claims of the English text have a
match among those of the other, and the other way round (the same kind and type or harm, the same object; each once, those that share most first), and of
the pairs how many say the same of who, whom, on whose say-so, whether, how many, when and where. By whom and whom is meant country, sector and name, as in
the record. """

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

from sayso.intake import report_from_text
from sayso.model import AnyClaim, Casualty, Entity, Event, Materiel
from sayso.reading import Reader


class Compared(NamedTuple):
    """Claims of the two texts, how many have a match, and of the matches how many say the same, by field, with how many could."""

    english: int
    other: int
    matched: int
    same: Counter[str]
    of: Counter[str]

    def plus(self, more: Compared) -> Compared:
        """Both together."""
        return Compared(
            self.english + more.english, self.other + more.other, self.matched + more.matched, self.same + more.same, self.of + more.of
        )


def compare(english: list[AnyClaim], other: list[AnyClaim]) -> Compared:
    """The claims of a text and those of the same text in another language, side by side."""
    pairs = sorted(
        ((sum(_fields(a)[name] == _fields(b)[name] for name in _fields(a)), -n, -m, a, b) for n, a in enumerate(english) for m, b in enumerate(other)
         if _kind(a) == _kind(b)), key=lambda pair: pair[:3], reverse=True,
    )  # fmt: skip
    taken: set[int] = set()
    same: Counter[str] = Counter()
    of: Counter[str] = Counter()
    matched = 0
    for _, n, m, a, b in pairs:
        if n in taken or m - 10_000 in taken:
            continue
        taken |= {n, m - 10_000}
        matched += 1
        for name, value in _fields(a).items():
            of[name] += 1
            same[name] += value == _fields(b)[name]
    return Compared(len(english), len(other), matched, same, of)


def _kind(claim: AnyClaim) -> tuple[Any, ...]:
    if isinstance(claim, Event):
        return "event", claim.type, claim.object.type if claim.object else None
    if isinstance(claim, Casualty | Materiel):
        return type(claim).__name__, claim.harm, claim.what if isinstance(claim, Materiel) else None
    return "role", claim.office


def _fields(claim: AnyClaim) -> dict[str, Any]:
    told: dict[str, Any] = {
        "who": _names([*claim.actors] if isinstance(claim, Event) else [claim.who] if isinstance(claim, Casualty) else []),
        "whom": _names(claim.recipients if isinstance(claim, Event) else []), "say-so": _names([source.entity for source in claim.sources[:1]]),
        "status": claim.status, "when": (claim.when.start, claim.when.end) if claim.when else None, "where": claim.where.name if claim.where else None,
    }  # fmt: skip
    if isinstance(claim, Casualty | Materiel):
        told["how many"] = (claim.count.low, claim.count.high)
    return told


def _names(entities: list[Entity]) -> list[tuple[str | None, str, str]]:
    return sorted((entity.country or "", str(entity.sector), entity.name) for entity in entities)


def measure(path: Path, reader: Reader, show: bool = False) -> Compared:
    """The pairs of a file, compared."""
    total = Compared(0, 0, 0, Counter(), Counter())
    for line in path.read_text("utf-8").splitlines():
        pair = json.loads(line)
        texts = {code: text for code, text in pair.items() if code not in {"id", "date"}}
        english = reader.read(report_from_text(texts.pop("en"), published=pair["date"])).claims
        for code, text in texts.items():
            other = reader.read(report_from_text(text, published=pair["date"], language=code)).claims
            found = compare(english, other)
            total = total.plus(found)
            if show:
                print(f"{pair['id']}: {found.matched} of {found.english} and {found.other}; differ: {dict(found.of - found.same)}")
    return total


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--show", action="store_true", help="each pair, too")
    args = parser.parse_args()
    reader = Reader()
    for path in args.files:
        found = measure(path, reader, args.show)
        print(f"{path.name}: {found.matched} of {found.english} English claims have a match, {found.matched} of {found.other} others; the same of these: "
              + ", ".join(f"{name} {found.same[name]} of {found.of[name]}" for name in found.of))  # fmt: skip


if __name__ == "__main__":
    main()
