"""A claim and its report → `Told`: the claim in the form in which claims are compared.

In: one claim, the report that makes it, and the name of the group of near-copies that the report belongs to, if any. Out: plain values:
keys for holders and sides, the days on which it may have happened, the place in folded letters, bounds of the count. Nothing is compared
here, nothing is looked up, and an office gives nothing: it is no part of an incident.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from hashlib import blake2b
from typing import Any, Literal

from msgspec.structs import force_setattr

from sayso.identity import entity_key, holder_of, publisher_of, side
from sayso.model import Act, AnyClaim, Casualty, Count, Entity, Event, EventType, Report, Role, Struct
from sayso.resolve.places import fold, stripped

FORCE = "force"
"""The family of attacks and of what they cost in people and things."""
NEWS_DAYS = 2
"""How many days before its publication the undated news of a report may have happened."""
SPOKEN = frozenset(
    {
        EventType.REQUEST, EventType.ACCUSE, EventType.REJECT, EventType.THREATEN, EventType.AGREE, EventType.CONCEDE, EventType.SUPPORT,
        EventType.CONSULT,
    }
)  # fmt: skip
"""Acts that are done by words: news of them travels within a day."""
SLACK = 0.1
"""How far "about 30" reaches to either side, as a share."""
_SENTENCE = re.compile(r"[.!?][”\"’')\]]*\s+(?=\W?[A-Z0-9])|\n+")


class Who(Struct, frozen=True, kw_only=True):
    """Somebody in a claim: the side (empty where it cannot be told), the key and name of the entity, and its sector."""

    side: str
    key: str
    name: str
    sector: str


class Told(Struct, frozen=True, kw_only=True):
    """A claim that can be compared. Empty strings, tuples and None stand for what is not told."""

    claim: str
    report: str
    copy: str
    """The group of near-copies that the report belongs to; empty where it has none."""
    holder: str
    speaks_for: str
    """The side that the holder is on; empty where it cannot be told."""
    publisher: str
    kind: Literal["event", "casualty", "materiel"]
    family: str
    """`force`, or the type of the act."""
    act: str
    """The type of an event, the harm of a loss."""
    modes: tuple[str, ...] = ()
    object: str = ""
    what: str = ""
    actors: tuple[Who, ...] = ()
    """Who did it; of a loss, at whose hands."""
    recipients: tuple[Who, ...] = ()
    """To whom; of a loss, whose it is."""
    since: date | None = None
    until: date | None = None
    """The first and the last day on which it may have happened; `until` None with `since` is still open."""
    precision: str = ""
    """Of the days: as in `When`; `assumed` where only the report's day speaks for them."""
    place: str = ""
    """The name as places are compared, without the word of its kind."""
    country: str = ""
    admin1: str = ""
    lat: float | None = None
    lon: float | None = None
    spot: str = ""
    """How precise the place is: as in `Where`."""
    low: int | None = None
    high: int | None = None
    """Bounds of the count, of acts for an event; an approximate one reaches a tenth further to either side."""
    approximate: bool = False
    status: str = "occurred"
    background: bool = False
    published: date | None = None
    moment: str = ""
    """When the report was published, in UTC, where it tells the time."""
    start: int = 0
    end: int = 0
    """Of the evidence, in characters of the report's text."""
    paragraph: int = 0
    sentence: int = 0
    """Where the evidence begins, counted from the top of the report."""
    wording: str = ""
    """A digest of the evidence's words, by which copies of a statement are known."""

    # what follows from the fields above, worked out once

    doers: frozenset[str] = frozenset()
    """The sides of the actors."""
    hit: frozenset[str] = frozenset()
    """The sides of the recipients."""
    parties: frozenset[str] = frozenset()
    """Both."""
    names: frozenset[str] = frozenset()
    """The keys of all of them."""
    first: int = 0
    last: int = 0
    """The days as ordinals, from the beginning of time and to its end where they are open."""

    def __post_init__(self) -> None:
        doers = frozenset(w.side for w in self.actors if w.side)
        hit = frozenset(w.side for w in self.recipients if w.side)
        derived = {
            "doers": doers, "hit": hit, "parties": doers | hit, "names": frozenset(w.key for w in (*self.actors, *self.recipients)),
            "first": (self.since or date.min).toordinal(), "last": (self.until or date.max).toordinal(),
        }  # fmt: skip
        for name, value in derived.items():
            force_setattr(self, name, value)

    @property
    def dated(self) -> bool:
        """Whether the text itself gives its day."""
        return bool(self.precision) and self.precision != "assumed"


def told(claim: AnyClaim, report: Report, copy: str = "") -> Told | None:
    """A claim in the form in which claims are compared; None for an office.

    Args:
        copy: the name of the group of near-copies that the report belongs to.
    """
    if isinstance(claim, Role):
        return None
    since, until, precision = _days(claim, report)
    holder = holder_of(claim, report)
    shared: dict[str, Any] = {
        "claim": claim.id,
        "report": report.digest,
        "copy": copy,
        "holder": entity_key(holder),
        "speaks_for": side(holder),
        "publisher": entity_key(publisher_of(report)),
        "since": since,
        "until": until,
        "precision": precision,
        "status": claim.status.value,
        "background": claim.background,
        "published": report.day,
        "moment": _moment(report.published or ""),
        "start": claim.evidence.start,
        "end": claim.evidence.end,
        "paragraph": report.text.count("\n", 0, claim.evidence.start),
        "sentence": _sentences(report.text, claim.evidence.start),
        "wording": _digest(claim.evidence.text),
        **_place(claim),
    }
    if isinstance(claim, Event):
        low, high = (claim.times.low, claim.times.high) if claim.times else (None, None)
        return Told(
            kind="event", family=FORCE if claim.type is EventType.ASSAULT else claim.type.value, act=claim.type.value, modes=tuple(sorted(set(claim.modes))),
            object=_object(claim.object), actors=_everyone(claim.actors), recipients=_everyone(claim.recipients), low=low, high=high, **shared,
        )  # fmt: skip
    low, high = _bounds(claim.count)
    loss: dict[str, Any] = {"family": FORCE, "act": claim.harm.value, "low": low, "high": high, "approximate": claim.count.approximate, **shared}
    by = _everyone([claim.by] if claim.by else [])
    if isinstance(claim, Casualty):
        return Told(kind="casualty", actors=by, recipients=_everyone([claim.who] if claim.who else []), **loss)
    return Told(kind="materiel", what=fold(claim.what), actors=by, recipients=_everyone([claim.owner] if claim.owner else []), **loss)


def _everyone(entities: Iterable[Entity]) -> tuple[Who, ...]:
    found = {
        w.key: w for e in entities for w in [Who(side=side(e), key=entity_key(e), name=fold(e.name or e.text), sector=e.sector.value)] if e.name or e.text
    }
    return tuple(found[key] for key in sorted(found))


def _object(thing: Act | None) -> str:
    return " ".join([thing.type.value, *sorted(thing.modes)]) if thing else ""


def _days(claim: AnyClaim, report: Report) -> tuple[date | None, date | None, str]:
    """The days on which it may have happened, and how precise they are."""
    if claim.when is not None and (claim.when.start or claim.when.end):
        return claim.when.start, claim.when.end, claim.when.precision
    if claim.background or report.day is None:
        return None, None, ""
    said = claim.sources[0].said if claim.sources else None
    last = said.end if said and said.end and said.end <= report.day else report.day
    fresh = isinstance(claim, Event) and claim.type in SPOKEN
    return last - timedelta(days=1 if fresh else NEWS_DAYS), report.day, "assumed"


def _moment(published: str) -> str:
    if len(published) <= len("2020-07-13"):
        return ""
    try:
        moment = datetime.fromisoformat(published)
    except ValueError:
        return ""
    return (moment if moment.tzinfo is None else moment.astimezone(UTC)).isoformat()


def _place(claim: AnyClaim) -> dict[str, Any]:
    where = claim.where
    if where is None:
        return {}
    name, kind = stripped(fold(where.name))
    return {
        "place": "" if where.precision == "country" else name,
        "country": where.country or "",
        "admin1": stripped(fold(where.admin1))[0] if where.admin1 else "",
        "lat": where.lat,
        "lon": where.lon,
        "spot": kind if kind in {"province", "district"} and where.precision == "city" else where.precision,
    }


def _bounds(count: Count) -> tuple[int | None, int | None]:
    """The numbers that a count can stand for; "about 30" leaves a tenth to either side."""
    if not count.approximate:
        return count.low, count.high
    low = None if count.low is None else int(count.low * (1 - SLACK))
    high = None if count.high is None else -int(-count.high * (1 + SLACK) // 1)
    return low, high


def _sentences(text: str, at: int) -> int:
    ends = _ends(text)
    return sum(end <= at for end in ends)


@lru_cache(maxsize=64)
def _ends(text: str) -> tuple[int, ...]:
    return tuple(m.end() for m in _SENTENCE.finditer(text))


def _digest(words: str) -> str:
    return blake2b(" ".join(fold(words).split()).encode(), digest_size=8).hexdigest()
