"""Readings made by hand for tests: a text, and claims about words in it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sayso.model import (
    AnyClaim,
    Casualty,
    Claim,
    Count,
    Damage,
    Entity,
    Event,
    EventType,
    Harm,
    Manner,
    Materiel,
    Reading,
    Report,
    Role,
    Sector,
    Source,
    Span,
    Status,
    Times,
    When,
    Where,
    claim_id,
    digest,
)  # fmt: skip

ARMENIA = Entity(text="", name="Armed Forces of Armenia", country="ARM", sector=Sector.MIL)
AZERBAIJAN = Entity(text="", name="Armed Forces of Azerbaijan", country="AZE", sector=Sector.MIL)
YEREVAN = Entity(text="", name="Ministry of Defence of Armenia", country="ARM", sector=Sector.MIL)
BAKU = Entity(text="", name="Ministry of Defence of Azerbaijan", country="AZE", sector=Sector.MIL)
MISSION = Entity(text="", name="Border Monitoring Mission", country="IGO", sector=Sector.UNK, id="border-monitoring-mission")
RUSSIA = Entity(text="", name="Ministry of Foreign Affairs of Russia", country="RUS", sector=Sector.GOV)
TOVUZ = Where(name="Tovuz", country="AZE", lat=40.99, lon=45.63, precision="city")
AGDAM = Where(name="Agdam", country="AZE", lat=39.99, lon=46.93, precision="city")


def report(text: str, published: str | None = "2020-07-13", publisher: str | None = "Northern Wire", id: str | None = None, **more: Any) -> Report:
    """A report of this text."""
    return Report(id=id or digest(text), text=text, digest=digest(text), published=published, publisher=publisher, **more)


def reading(of: Report, *claims: Any) -> Reading:
    """A report with claims that `event`, `casualty`, `materiel` and `role` make."""
    made: list[AnyClaim] = [make(of) for make in claims]
    return Reading(report=of, claims=made)


def day(text: str) -> When:
    """A day."""
    return When(start=date.fromisoformat(text), end=date.fromisoformat(text), precision="day")


def said_by(*speakers: Entity, manner: Manner = Manner.INDIRECT) -> list[Source]:
    """A chain of speakers, nearest first."""
    return [Source(entity=speaker, manner=manner) for speaker in speakers]


def event(words: str, type: str = "ASSAULT", *, by: Iterable[Entity] = (), to: Iterable[Entity] = (), times: tuple[int, int] | None = None, **more: Any) -> Any:
    """What makes an event claim of a report: the words that state it, its type, who did it to whom."""

    def make(of: Report) -> Event:
        span = _span(of, words)
        counted = Times(low=times[0], high=times[1]) if times else None
        return Event(
            type=EventType(type), trigger=span, actors=list(by), recipients=list(to), times=counted, **_shared(of, span, "event", type, more)
        )

    return make


def casualty(
    words: str, harm: str = "killed", low: int | None = 1, high: int | None = 1, *, who: Entity = AZERBAIJAN, by: Entity | None = None, **more: Any
) -> Any:
    """What makes a casualty claim."""

    def make(of: Report) -> Casualty:
        span = _span(of, words)
        return Casualty(harm=Harm(harm), count=Count(low=low, high=high), who=who, by=by, **_shared(of, span, "casualty", harm, more))

    return make


def materiel(
    words: str, what: str, harm: str = "destroyed", low: int = 1, high: int = 1, *, owner: Entity | None = None, by: Entity | None = None, **more: Any
) -> Any:
    """What makes a claim about things."""

    def make(of: Report) -> Materiel:
        span = _span(of, words)
        return Materiel(
            harm=Damage(harm), count=Count(low=low, high=high), what=what, owner=owner, by=by, **_shared(of, span, "materiel", harm, more)
        )

    return make


def role(words: str, holder: Entity, office: str, organisation: Entity, **more: Any) -> Any:
    """What makes a claim about an office."""

    def make(of: Report) -> Role:
        span = _span(of, words)
        return Role(holder=holder, office=office, organisation=organisation, **_shared(of, span, "role", office, more))

    return make


def _span(of: Report, words: str) -> Span:
    start = of.text.index(words)
    return of.span(start, start + len(words))


def _shared(of: Report, span: Span, kind: str, act: str, more: dict[str, Any]) -> dict[str, Any]:
    if isinstance(more.get("status"), str):
        more = more | {"status": Status(more["status"])}
    if isinstance(more.get("when"), str):
        more = more | {"when": day(more["when"])}
    return {"id": claim_id(of.digest, kind, span.start, span.end, act, 0), "evidence": span} | more


__all__ = [
    "AGDAM", "ARMENIA", "AZERBAIJAN", "BAKU", "MISSION", "RUSSIA", "TOVUZ", "YEREVAN", "Claim", "casualty", "day", "event", "materiel", "reading",
    "report", "role", "said_by",
]  # fmt: skip
