"""A claim → the rows that the record keeps of it.

In: a claim and its report. Out: plain dictionaries, one for each row of `claims`, `parties`, `sources` and `entities`, without the numbers that
the database gives. What is here is drawn from the claim alone: incident, relations and stance come later.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from datetime import date
from typing import Any, NamedTuple

import msgspec

from sayso.identity import entity_key, holder_of, publisher_of, side
from sayso.model import Act, AnyClaim, Casualty, Entity, Event, Materiel, Report, Role, Sector

Row = dict[str, Any]

ROLES: dict[Sector, str] = {
    Sector.MIL: "forces", Sector.PRM: "forces", Sector.COP: "police", Sector.SPY: "police", Sector.REB: "fighters", Sector.UAF: "fighters",
    Sector.CRM: "fighters", Sector.UNK: "", Sector.GOV: "officials", Sector.LEG: "officials", Sector.JUD: "officials",
}  # fmt: skip
"""Who suffered, by sector: what is not here is civilians. Empty where the text does not tell."""
LARGEST = 2**31 - 1
"""The largest number that a column of whole numbers takes in PostgreSQL; a count beyond it is kept in the claim's body alone."""
OPEN = date.max
"""Stands for the last day of what is still open."""

_ENCODER = msgspec.json.Encoder()
_DECODER: msgspec.json.Decoder[AnyClaim] = msgspec.json.Decoder(AnyClaim)


class Rows(NamedTuple):
    """What the record keeps of a claim."""

    claim: Row
    parties: list[Row]
    sources: list[Row]
    entities: list[Row]


def encoded(value: Any) -> str:
    """JSON of the form `sayso/1`."""
    return _ENCODER.encode(value).decode()


def claim_of(body: str) -> AnyClaim:
    """The claim of a row's `body`."""
    return _DECODER.decode(body)


def role_of(entity: Entity) -> str:
    """What those who suffered were: forces, police, fighters, officials, civilians; empty where unknown.

    >>> role_of(Entity(text="two children", name="two children", sector=Sector.CVL))
    'civilians'
    """
    return ROLES.get(entity.sector, "civilians")


def rows_of(claim: AnyClaim, report: Report) -> Rows:
    """What the record keeps of a claim."""
    holder = holder_of(claim, report)
    named = list(_parties(claim))
    day = _day(claim, report)
    entities = [holder, publisher_of(report), *(entity for _, _, entity in named)]
    sources: list[Row] = []
    for link, source in enumerate(claim.sources):
        for position, entity in enumerate((source.entity, *source.together_with)):
            entities.append(entity)
            sources.append({
                "link": link, "position": position, "entity": entity_key(entity), "cue": source.cue.text if source.cue else "",
                "manner": source.manner.value, "distance": source.distance.value, "channel": source.channel.value,
                "said_start": source.said.start if source.said else None, "said_end": source.said.end if source.said else None,
            })  # fmt: skip
    parties = [
        {"part": part, "position": n, "entity": entity_key(entity), "side": side(entity), "day": day, "words": entity.text} for part, n, entity in named
    ]
    return Rows(_claim_row(claim, report, holder, day), parties, sources, [entity_row(e) for e in entities])


def involved_rows(claim: Mapping[str, Any], inside: Set[str], beside: Set[str]) -> list[Row]:
    """Rows of `involved`, without the claim's number.

    Args:
        claim: a row of `claims`, or as much of one as is needed here.
        inside: the sides of those who are in the claim; an empty one is none.
        beside: sides that hold it, or are in its incident.
    """
    same = {name: claim[name] for name in ("kind", "type", "day", "last")}
    return [same | {"side": side, "inside": side in inside} for side in sorted((inside | beside) - {""})]


def entity_row(entity: Entity) -> Row:
    """A row of `entities`."""
    return {
        "key": entity_key(entity), "name": entity.name or entity.text, "country": entity.country, "sector": entity.sector.value,
        "qualifiers": " ".join(sorted(entity.qualifiers)), "side": side(entity),
    }  # fmt: skip


def _claim_row(claim: AnyClaim, report: Report, holder: Entity, day: date | None) -> Row:
    when, where = claim.when, claim.where
    still = when and when.precision and when.start and not when.end
    nearest = claim.sources[0] if claim.sources else None
    row: Row = {
        "id": claim.id, "kind": claim.__struct_config__.tag, "type": "", "modes": "", "object": "", "what": "", "status": claim.status.value,
        "background": claim.background, "confidence": claim.confidence, "holder": entity_key(holder), "holder_side": side(holder),
        "manner": nearest.manner.value if nearest else "", "stance": "",
        "start": when.start if when else None, "end": when.end if when else None, "precision": when.precision if when else "", "day": day,
        "last": OPEN if still else (when and (when.end or when.start)) or day,
        "as_of": nearest.said.start if nearest and nearest.said and nearest.said.start else report.day,
        "place": where.name if where else "", "place_key": where.name.casefold() if where else "",
        "country": (where.country or "") if where else "", "admin1": (where.admin1 or "") if where else "",
        "lat": where.lat if where else None, "lon": where.lon if where else None, "place_precision": where.precision if where else "",
        "low": None, "high": None, "approximate": False, "side": "", "role": "",
        "evidence": claim.evidence.text, "evidence_start": claim.evidence.start, "evidence_end": claim.evidence.end, "body": encoded(claim),
    }  # fmt: skip
    if isinstance(claim, Event):
        row["type"], row["modes"], row["object"] = claim.type.value, " ".join(claim.modes), _act(claim.object)
        if claim.times:
            row["low"], row["high"] = _number(claim.times.low), _number(claim.times.high)
        row["side"] = next((side(e) for e in claim.actors if side(e)), "")
    elif isinstance(claim, Casualty | Materiel):
        harmed = claim.who if isinstance(claim, Casualty) else claim.owner
        row["type"], row["what"] = claim.harm.value, claim.what if isinstance(claim, Materiel) else ""
        row["low"], row["high"], row["approximate"] = _number(claim.count.low), _number(claim.count.high), claim.count.approximate
        row["side"], row["role"] = side(harmed) if harmed else "", role_of(harmed) if harmed else ""
    else:
        row["what"] = claim.office
    return row


def _act(act: Act | None) -> str:
    return " ".join((act.type.value, *act.modes)) if act else ""


def _number(value: int | None) -> int | None:
    return value if value is None or abs(value) <= LARGEST else None


def _day(claim: AnyClaim, report: Report) -> date | None:
    if claim.when and claim.when.start:
        return claim.when.start
    if claim.when and claim.when.end:
        return claim.when.end
    return None if claim.background else report.day


def _parties(claim: AnyClaim) -> Iterator[tuple[str, int, Entity]]:
    if isinstance(claim, Event):
        yield from (("actor", n, e) for n, e in enumerate(claim.actors))
        yield from (("recipient", n, e) for n, e in enumerate(claim.recipients))
    elif isinstance(claim, Casualty):
        yield "victim", 0, claim.who
        if claim.by:
            yield "by", 0, claim.by
    elif isinstance(claim, Materiel):
        if claim.owner:
            yield "owner", 0, claim.owner
        if claim.by:
            yield "by", 0, claim.by
    elif isinstance(claim, Role):
        yield "holder", 0, claim.holder
        yield "organisation", 0, claim.organisation
