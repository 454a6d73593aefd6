"""Every dispatch of `examples/` → what the reader makes of it, in `examples/expected/`, written to be read as a diff.

In: the texts as they lie there; the day of publication is taken from the text alone. Out: one JSON file for each, a line for each
field, what is empty left out. It holds no offsets, coordinates or confidences, which change with a comma or with the processor and
have tests of their own, and it judges nothing: `python -m tests.golden` writes what is read today, and `git diff` shows what
changed. The list of the record's tables in `docs/record.md` is written with them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from sayso.intake import report_from_text
from sayso.model import AnyClaim, Casualty, Channel, Count, Distance, Entity, Event, Materiel, Reading, Report, Role, Source, Times, When, Where
from sayso.reading import Reader
from sayso.view.rivals import rivals
from tests import columns, schema

EXAMPLES = Path(__file__).parent.parent / "examples"
EXPECTED = EXAMPLES / "expected"


def dispatches() -> list[Path]:
    """The examples, in order."""
    return sorted(EXAMPLES.glob("[0-9][0-9]-*.txt"))


def report(path: Path) -> Report:
    """An example as intake takes it, without any metadata."""
    return report_from_text(path.read_text("utf-8"))


def expected(path: Path) -> Path:
    """Where the expected reading of an example lies."""
    return EXPECTED / f"{path.stem}.json"


def readable(reading: Reading) -> str:
    """The whole reading as pretty-printed JSON, the claims in their own order."""
    about = reading.report
    held = {
        "title": about.title,
        "publisher": about.publisher,
        "published": about.published,
        "place": about.place,
        "claims": [_claim(c) for c in reading.claims],
        "rivals": [f"{r.field}: {r.one.holder} | {r.other.holder}" for r in rivals(reading)],
    }
    return json.dumps(held, ensure_ascii=False, indent=1) + "\n"


def _claim(claim: AnyClaim) -> dict[str, object]:
    kind, own = _own(claim)
    given: dict[str, object] = {
        "claim": kind,
        "evidence": claim.evidence.text,
        "also": [s.text for s in claim.also],
        "sources": [_source(s) for s in claim.sources],
        "status": claim.status.value + (", background" if claim.background else ""),
        **own,
        "when": _when(claim.when),
        "where": _where(claim.where),
        "notes": claim.notes,
    }
    return {name: value for name, value in given.items() if value not in ("", [], None)}


def _own(claim: AnyClaim) -> tuple[str, dict[str, object]]:
    """What the claim is, and the fields that its kind alone has."""
    if isinstance(claim, Event):
        return " ".join(("event", claim.type.value, *claim.modes)), {
            "trigger": claim.trigger.text,
            "actors": [_entity(e) for e in claim.actors],
            "recipients": [_entity(e) for e in claim.recipients],
            "object": " ".join((claim.object.type.value, *claim.object.modes)) if claim.object else "",
            "times": _bounds(claim.times),
        }
    if isinstance(claim, Casualty):
        return f"casualty {claim.harm.value}", {"count": _count(claim.count), "who": _entity(claim.who), "by": _entity(claim.by)}
    if isinstance(claim, Materiel):
        return f"materiel {claim.harm.value}", {
            "count": _count(claim.count),
            "what": claim.what,
            "owner": _entity(claim.owner),
            "by": _entity(claim.by),
        }
    return f"role {claim.office}", _office(claim)


def _office(claim: Role) -> dict[str, object]:
    term = "–".join("" if day is None else day.isoformat() for day in (claim.since, claim.until))
    return {"holder": _entity(claim.holder), "organisation": _entity(claim.organisation), "term": term.strip("–") and term}


def _entity(entity: Entity | None) -> str:
    """Name, country and sector, and the text's own words where they are others: `Russia [RUS GOV] "Moscow"`."""
    if entity is None:
        return ""
    codes = " ".join((entity.country or "?", entity.sector.value, *entity.qualifiers))
    return f"{entity.name} [{codes}]" + (f' "{entity.text}"' if entity.text != entity.name else "")


def _source(source: Source) -> str:
    return ", ".join(_said(source))


def _said(source: Source) -> Iterator[str]:
    yield _entity(source.entity)
    for other in source.together_with:
        yield "with " + _entity(other)
    yield source.manner.value + (f' "{source.cue.text}"' if source.cue else "")
    if source.distance is not Distance.NEUTRAL:
        yield source.distance.value
    if source.channel is not Channel.UNKNOWN:
        yield source.channel.value
    if source.said:
        yield _when(source.said)


def _when(when: When | None) -> str:
    if when is None:
        return ""
    first, last = (None if day is None else day.isoformat() for day in (when.start, when.end))
    days = first if first == last and first else f"{first or ''}–{last or ''}"
    return f"{days} ({when.precision})" + (f' "{when.text}"' if when.text else "")


def _where(where: Where | None) -> str:
    if where is None:
        return ""
    region = ", ".join(part for part in (where.admin1, where.country) if part)
    return f"{where.name} [{region or '?'}] ({where.precision})" + (f' "{where.text}"' if where.text not in ("", where.name) else "")


def _bounds(value: Count | Times | None) -> str:
    if value is None:
        return ""
    low, high = ("" if bound is None else str(bound) for bound in (value.low, value.high))
    return low if low == high else f"{low}–{high}"


def _count(count: Count) -> str:
    return ("about " if count.approximate else "") + _bounds(count) + (f' "{count.text}"' if count.text else "")


def main() -> None:
    """Write every expected reading afresh, and take away those without a dispatch."""
    EXPECTED.mkdir(exist_ok=True)
    reader = Reader(threads=1)
    for path in dispatches():
        expected(path).write_text(readable(reader.read(report(path))), "utf-8")
    for stale in set(EXPECTED.glob("*.json")) - {expected(path) for path in dispatches()}:
        stale.unlink()
    schema.PAGE.write_text(schema.page(), "utf-8")
    columns.PAGE.write_text(columns.page(), "utf-8")
    print(f"{len(dispatches())} readings written to {EXPECTED.relative_to(EXAMPLES.parent)}; see git diff")


if __name__ == "__main__":
    main()
