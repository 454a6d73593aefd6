"""The claims of an incident → what its row tells, and how each holder stands to who suffered.

In: rows of `claims`, the first reported first, and the sides in them. Out: plain values. Where claims differ the row has what most of them tell; it only
helps to find and to sort incidents, and prefers no account: what each holder says stands in his claims.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sayso.model import EventType
from sayso.record.rows import Row
from sayso.view.words import TYPES, country

SUMMED = (
    "number", "kind", "type", "status", "start", "end", "day", "last", "place", "country", "lat", "lon", "place_precision", "background", "holder",
    "holder_side",
)  # fmt: skip
"""The columns of `claims` that are needed to sum up an incident, and to tell which sides its claims concern."""
SUFFERED = frozenset({"victim", "owner"})
LOSSES = frozenset({"casualty", "materiel"})

Sides = Mapping[int, Sequence[tuple[str, str]]]


def incident_row(claims: Sequence[Any], sides: Sides, names: Mapping[str, str]) -> Row:
    """What an incident's row tells.

    Args:
        claims: rows with the columns `SUMMED` and `copies`, the first reported first.
        sides: by the claims' numbers the part and the side of everybody in them.
        names: what sides are called that are no countries.
    """
    dated = [c for c in claims if c.start and c.status != "negated"] or [c for c in claims if c.start]
    days = Counter((c.start, c.end) for c in dated)
    start, end = min(days, key=lambda d: (-days[d], _length(*d), d[0])) if days else (None, None)
    placed = [c for c in claims if c.place]
    places = Counter(c.place for c in placed)
    where = min(placed, key=lambda c: (c.place_precision not in {"point", "city"}, -places[c.place], c.lat is None, c.place), default=None)
    events = Counter(c.type for c in claims if c.kind == "event")
    act = min(events or Counter(c.type for c in claims), key=lambda a: (a != EventType.ASSAULT, -(events[a]), a))
    present = sorted({side for c in claims for _, side in sides[c.number]})
    background = all(c.background for c in claims)
    day = start or next((c.day for c in claims if c.day), None)
    return {
        "about": about(act, [called(side, names) for side in present], where.place if where else "", start, end),
        "type": act, "start": start, "end": end, "day": day,
        "place": where.place if where else "", "country": where.country if where else "",
        "lat": where.lat if where else None, "lon": where.lon if where else None, "place_precision": where.place_precision if where else "",
        "background": background, "sides": " | ".join(present), "claims": len(claims), "reports": len({c.copies for c in claims}),
        "holders": len({c.holder for c in claims}),
    }  # fmt: skip


def stances_of(claims: Sequence[Any], sides: Sides) -> dict[int, str]:
    """How the holder of each loss stands to who suffered: of the same side (`own`), of another side that is in the fight (`opponent`), of neither (`third`)."""
    fighting = {side for c in claims if c.type == EventType.ASSAULT or c.kind in LOSSES for _, side in sides.get(c.number, ())}
    found = {}
    for c in claims:
        harmed = {side for part, side in sides.get(c.number, ()) if part in SUFFERED}
        if c.kind in LOSSES and harmed:
            found[c.number] = "own" if c.holder_side in harmed else "opponent" if c.holder_side and c.holder_side in fighting else "third"
    return found


def called(side: str, names: Mapping[str, str]) -> str:
    """What a side is called: its country's name, or its own."""
    if len(side) == 3 and side.isupper():
        return country(side)
    if side.endswith("+PRE"):
        return f"{country(side[:3])} (de facto)"
    return names.get(side, side)


def about(act: str, parties: Sequence[str], place: str, start: date | None, end: date | None) -> str:
    """A line for people: "attack: Armenia, Azerbaijan; Tovuz; 2020-07-12".

    >>> about("ASSAULT", ["Armenia", "Azerbaijan"], "Tovuz", date(2020, 7, 12), date(2020, 7, 12))
    'attack: Armenia, Azerbaijan; Tovuz; 2020-07-12'
    """
    when = "" if start is None else f"{start}" if end == start else f"{start} to {end}" if end else f"since {start}"
    named = ", ".join(parties[:4]) + (" and others" if len(parties) > 4 else "")
    kind = TYPES[EventType(act)] if act.isupper() else act
    return "; ".join(filter(None, (f"{kind}: {named}" if named else kind, place, when)))


def _length(start: date | None, end: date | None) -> int:
    return (end - start).days if start and end else 10**6
