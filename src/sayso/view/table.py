"""A reading → rows of a CSV table, one claim a row.

In: readings. Out: lines of text as RFC 4180 says, the header first. The columns are `COLUMNS`, in that order; new ones are added at
the end. A text that a spreadsheet would take for a formula gets an apostrophe in front; lists stand in one cell, parted by "; ".
What a cell cannot hold (the words under `also`, all of a speaker's fields) is in the JSON form.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date

from sayso.model import AnyClaim, Casualty, Entity, Event, Materiel, Reading, Report, Role
from sayso.view.words import clean, holder

COLUMNS: dict[str, str] = {
    "report_id": "the report's id, as it came or its digest",
    "publisher": "who published it",
    "published": "when, as it came",
    "title": "its title",
    "url": "its address",
    "claim_id": "the claim's id, the same whenever the same text is read",
    "kind": "event, casualty, materiel or role",
    "type": "of an event: PLOVER's type",
    "modes": "of an event: its modes",
    "harm": "of a loss: killed, wounded, destroyed …",
    "status": "occurred, ongoing, attempted, negated, planned or hypothetical",
    "background": "true or false",
    "holder": "the nearest speaker, or the publisher for the report's own voice",
    "holder_country": "the speaker's country; empty for the report's own voice",
    "holder_sector": "the speaker's sector; empty for the report's own voice",
    "together_with": "others who speak with the nearest speaker",
    "passed_on_by": "the other speakers of the chain, nearest first",
    "manner": "direct, mixed, indirect, or inherited: carried over from the speaker just named",
    "distance": "neutral, doubting, conceding or denying",
    "cue": "the attributing words",
    "channel": "how it was said",
    "said_from": "when it was said, first day",
    "said_to": "when it was said, last day",
    "actors": "who did it",
    "actor_countries": "their countries, in the same order",
    "actor_sectors": "their sectors, in the same order",
    "recipients": "to whom",
    "recipient_countries": "their countries, in the same order",
    "recipient_sectors": "their sectors, in the same order",
    "object_type": "the act asked for, promised, refused, threatened, alleged or conceded",
    "object_modes": "its modes",
    "times_low": "how many acts, at least",
    "times_high": "how many acts, at most; empty where open",
    "who": "of a loss: the people harmed, or the owner of the things",
    "who_country": "their country",
    "who_sector": "their sector",
    "what": "of matériel: the things",
    "count_low": "how many, at least",
    "count_high": "how many, at most; empty where open",
    "count_approximate": "true or false",
    "by": "of a loss: by whom",
    "by_country": "their country",
    "by_sector": "their sector",
    "office_holder": "of a role: who holds the office or seat",
    "office": "of a role: which",
    "organisation": "of a role: in which body",
    "since": "of a role: from when",
    "until": "of a role: to when",
    "when_from": "first day, ISO 8601",
    "when_to": "last day, ISO 8601; empty where open",
    "when_precision": "day, week, month, year or range",
    "place": "the place's name",
    "place_country": "its country",
    "place_admin1": "its province",
    "latitude": "degrees, WGS 84",
    "longitude": "degrees, WGS 84",
    "place_precision": "point, city, district, province or country",
    "confidence": "0 to 1",
    "evidence_start": "offset of the words in the report's text, in code points",
    "evidence_end": "offset of their end, exclusive",
    "evidence": "the words",
    "also": "offsets of the other places that state it, as start-end",
    "notes": "what the reader noted",
}
"""The columns and what each holds."""
FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
"""What a cell may not begin with; the wide forms are signs to some spreadsheets too."""

Cell = str | int | float | bool | date | None


def header() -> str:
    """The first line of the table."""
    return line(COLUMNS)


def rows(reading: Reading) -> Iterator[str]:
    """The lines of one reading, in the order of its claims; none where it has none."""
    for values in cells(reading):
        yield line(cell(values.get(column)) for column in COLUMNS)


def cells(reading: Reading) -> Iterator[dict[str, Cell]]:
    """The values of one reading by column, a claim at a time, as they are: numbers as numbers, days as days, texts not defused."""
    for claim in reading.claims:
        yield {**_of_report(reading.report), **_of_claim(claim, reading.report)}


def line(cells: Iterable[str]) -> str:
    """A line of the table."""
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()


def cell(value: Cell) -> str:
    """A value as it stands in its cell. Numbers are ours and may be negative; texts may not look like formulas."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        text = clean(value, keep="\n\r\t")
        return f"'{text}" if text[:1] in FORMULA else text
    return "" if value is None else str(value)


def _of_report(report: Report) -> dict[str, Cell]:
    return {"report_id": report.id, "publisher": report.publisher, "published": report.published, "title": report.title, "url": report.url}


def _of_claim(claim: AnyClaim, report: Report) -> dict[str, Cell]:
    values: dict[str, Cell] = {
        "claim_id": claim.id, "status": claim.status, "background": claim.background, "holder": holder(claim, report), "confidence": claim.confidence,
        "evidence_start": claim.evidence.start, "evidence_end": claim.evidence.end, "evidence": claim.evidence.text,
        "also": _listed(f"{s.start}-{s.end}" for s in claim.also), "notes": _listed(claim.notes),
    }  # fmt: skip
    if claim.sources:
        nearest = claim.sources[0]
        values |= {
            "holder_country": nearest.entity.country, "holder_sector": nearest.entity.sector, "together_with": _listed(e.name for e in nearest.together_with),
            "passed_on_by": _listed(s.entity.name for s in claim.sources[1:]), "manner": nearest.manner, "distance": nearest.distance,
            "cue": nearest.cue.text if nearest.cue else None, "channel": nearest.channel,
        }  # fmt: skip
        if nearest.said:
            values |= {"said_from": nearest.said.start, "said_to": nearest.said.end}
    if claim.when:
        values |= {"when_from": claim.when.start, "when_to": claim.when.end, "when_precision": claim.when.precision}
    if claim.where:
        values |= {"place": claim.where.name, "place_country": claim.where.country, "place_admin1": claim.where.admin1, "latitude": claim.where.lat,
                   "longitude": claim.where.lon, "place_precision": claim.where.precision}  # fmt: skip
    return values | _of_kind(claim)


def _of_kind(claim: AnyClaim) -> dict[str, Cell]:
    if isinstance(claim, Event):
        values: dict[str, Cell] = {"kind": "event", "type": claim.type, "modes": _listed(claim.modes)}
        for column, entities in (("actor", claim.actors), ("recipient", claim.recipients)):
            values |= {f"{column}s": _listed(e.name for e in entities), f"{column}_countries": _listed(e.country or "" for e in entities),
                       f"{column}_sectors": _listed(e.sector for e in entities)}  # fmt: skip
        if claim.object:
            values |= {"object_type": claim.object.type, "object_modes": _listed(claim.object.modes)}
        if claim.times:
            values |= {"times_low": claim.times.low, "times_high": claim.times.high}
        return values
    if isinstance(claim, Role):
        return {"kind": "role", "office_holder": claim.holder.name, "office": claim.office, "organisation": claim.organisation.name,
                "since": claim.since, "until": claim.until}  # fmt: skip
    values = {"harm": claim.harm, "count_low": claim.count.low, "count_high": claim.count.high, "count_approximate": claim.count.approximate,
              **_of_entity("by", claim.by)}  # fmt: skip
    if isinstance(claim, Casualty):
        return {**values, "kind": "casualty", **_of_entity("who", claim.who)}
    assert isinstance(claim, Materiel)
    return {**values, "kind": "materiel", "what": claim.what, **_of_entity("who", claim.owner)}


def _of_entity(column: str, entity: Entity | None) -> dict[str, Cell]:
    return {column: entity.name, f"{column}_country": entity.country, f"{column}_sector": entity.sector} if entity else {}


def _listed(parts: Iterable[str]) -> str:
    return "; ".join(parts)
