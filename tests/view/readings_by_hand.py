"""Readings made by hand, so that the view is tested without the network: a border clash of our own, and small ones."""

from __future__ import annotations

from datetime import date
from typing import Any

from sayso.model import (
    Act,
    AnyClaim,
    Block,
    BlockKind,
    Casualty,
    Channel,
    Count,
    Entity,
    Event,
    EventType,
    Harm,
    Manner,
    Reading,
    Report,
    Role,
    Sector,
    Source,
    Status,
    Step,
    When,
    Where,
    claim_id,
    digest,
)  # fmt: skip

CLASH = """Kyrgyz and Tajik forces trade fire at the border

BISHKEK, May 4 (Steppe Wire) - Kyrgyzstan's border service said on Tuesday that Tajik troops had shelled its post at Kok-Tash with mortars. \
Three Kyrgyz guards were killed.

Tajikistan's security committee denied that its troops had used mortars. It said that Kyrgyz units had attacked a Tajik post near Vorukh \
on Monday night and that one Tajik guard had been wounded.

Kyrgyz Foreign Minister Ruslan Kazakbaev spoke by telephone with his Tajik counterpart and urged Dushanbe to withdraw its troops.

In April 2021 some 30 people died in fighting between the two sides."""

KYRGYZ_GUARDS = Entity(text="Kyrgyzstan's border service", name="Border Service of Kyrgyzstan", country="KGZ", sector=Sector.COP)
TAJIK_COMMITTEE = Entity(text="Tajikistan's security committee", name="State Committee for National Security of Tajikistan", country="TJK", sector=Sector.SPY)
TAJIK_TROOPS = Entity(text="Tajik troops", name="Armed Forces of Tajikistan", country="TJK", sector=Sector.MIL)
KYRGYZ_UNITS = Entity(text="Kyrgyz units", name="Armed Forces of Kyrgyzstan", country="KGZ", sector=Sector.MIL)
MINISTER = Entity(text="Ruslan Kazakbaev", name="Ruslan Kazakbaev", country="KGZ", sector=Sector.GOV)
DUSHANBE = Entity(text="Dushanbe", name="Tajikistan", country="TJK", sector=Sector.GOV)
MONDAY = When(start=date(2021, 5, 3), end=date(2021, 5, 3), precision="day")
TUESDAY = When(start=date(2021, 5, 4), end=date(2021, 5, 4), precision="day")
BORDER = Where(name="Kok-Tash", country="KGZ")


def report(text: str = CLASH, **fields: Any) -> Report:
    """A report of the text, published by Steppe Wire on 4 May 2021 unless the fields say otherwise."""
    told: dict[str, Any] = {"id": digest(text), "publisher": "Steppe Wire", "published": "2021-05-04", "place": "Bishkek"}
    return Report(text=text, digest=digest(text), blocks=[Block(kind=BlockKind.HEADLINE, start=0, end=len(text.split("\n")[0]))], **(told | fields))


def said_by(entity: Entity, manner: Manner = Manner.INDIRECT, **fields: Any) -> list[Source]:
    """A chain of one speaker."""
    return [Source(entity=entity, manner=manner, **fields)]


def event(of: Report, words: str, kind: EventType, **fields: Any) -> Event:
    """An event that these words of the report state."""
    start = of.text.index(words)
    made = claim_id(of.digest, "event", start, start + len(words), kind, 0)
    return Event(id=made, evidence=of.span(start, start + len(words)), trigger=of.span(start, start + len(words)), type=kind, **fields)


def casualty(of: Report, words: str, harm: Harm, low: int | None, high: int | None, who: Entity, **fields: Any) -> Casualty:
    """A loss that these words of the report state."""
    start = of.text.index(words)
    made = claim_id(of.digest, "casualty", start, start + len(words), harm, 0)
    count = Count(low=low, high=high, approximate=fields.pop("approximate", False))
    return Casualty(id=made, evidence=of.span(start, start + len(words)), harm=harm, count=count, who=who, **fields)


def clash() -> Reading:
    """The border clash: two accounts that name each other's side, losses, a call, an appeal, background, an office."""
    of = report()
    guards = Entity(text="Kyrgyz guards", name="Border Service of Kyrgyzstan", country="KGZ", sector=Sector.COP)
    attack = event(
        of, "Tajik troops had shelled its post at Kok-Tash with mortars", EventType.ASSAULT, modes=["heavy-weapons"], actors=[TAJIK_TROOPS],
        recipients=[KYRGYZ_GUARDS], sources=said_by(KYRGYZ_GUARDS, said=TUESDAY, channel=Channel.STATEMENT), when=TUESDAY, where=BORDER, confidence=0.55,
    )  # fmt: skip
    claims: list[AnyClaim] = [
        attack,
        casualty(
            of, "Three Kyrgyz guards were killed", Harm.KILLED, 3, 3, guards, sources=said_by(KYRGYZ_GUARDS, Manner.INHERITED), when=TUESDAY, where=BORDER
        ),
        event(
            of, "its troops had used mortars", EventType.ASSAULT, modes=["heavy-weapons"], status=Status.NEGATED, actors=[TAJIK_TROOPS],
            sources=said_by(TAJIK_COMMITTEE),
        ),
        event(
            of, "Kyrgyz units had attacked a Tajik post near Vorukh on Monday night", EventType.ASSAULT, actors=[KYRGYZ_UNITS], recipients=[TAJIK_TROOPS],
            sources=said_by(TAJIK_COMMITTEE), when=When(start=date(2021, 5, 3), end=date(2021, 5, 4), precision="range"),
        ),
        casualty(of, "one Tajik guard had been wounded", Harm.WOUNDED, 1, 1, TAJIK_TROOPS, sources=said_by(TAJIK_COMMITTEE), when=MONDAY),
        role(of, "Kyrgyz Foreign Minister Ruslan Kazakbaev", "Foreign Minister", MINISTER, Entity(text="Kyrgyz", name="Kyrgyzstan", country="KGZ")),
        event(of, "spoke by telephone", EventType.CONSULT, modes=["phone"], actors=[MINISTER, DUSHANBE], when=TUESDAY),
        event(
            of, "urged Dushanbe to withdraw its troops", EventType.REQUEST, modes=["yield"], actors=[MINISTER], recipients=[DUSHANBE],
            object=Act(type=EventType.RETREAT, modes=["withdraw"]),
        ),
        casualty(
            of, "some 30 people died in fighting between the two sides", Harm.KILLED, 30, 30, Entity(text="people", name="people", sector=Sector.CVL),
            approximate=True, background=True, when=When(start=date(2021, 4, 1), end=date(2021, 4, 30), precision="month"),
        ),
    ]  # fmt: skip
    steps = [
        Step(field="confidence", value="-0.10", because="a country was taken from the context"),
        Step(field="type", value="ASSAULT", because="acts-verbs.tsv:9 shell", words="shelled", at=of.text.index("shelled")),
        Step(
            field="actors", value="Armed Forces of Tajikistan", because="the subject: an adjective of nationality", words="Tajik troops",
            at=of.text.index("Tajik troops"),
        ),
        Step(field="sources", value="Border Service of Kyrgyzstan", because="cues.tsv:4 say", words="said", at=of.text.index("said on")),
    ]  # fmt: skip
    return Reading(report=of, claims=claims, explanations={attack.id: steps})


def role(of: Report, words: str, office: str, holder: Entity, organisation: Entity) -> Role:
    """An office that these words of the report state."""
    start = of.text.index(words)
    made = claim_id(of.digest, "role", start, start + len(words), office, 0)
    return Role(id=made, evidence=of.span(start, start + len(words)), office=office, holder=holder, organisation=organisation)
