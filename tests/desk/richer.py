"""A war of our own invention, richer than the examples: tolls that rise and rival ones, three go-betweens, a ceasefire broken on both sides' word."""

from __future__ import annotations

from typing import Any

from sayso.model import Act, Entity, EventType, Reading, Sector
from tests.making import AGDAM, ARMENIA, AZERBAIJAN, BAKU, MISSION, RUSSIA, TOVUZ, YEREVAN, casualty, event, materiel, reading, report, said_by

RED_CROSS = Entity(text="", name="International Committee of the Red Cross", country="NGO", sector=Sector.MED)
HOSPITAL = Entity(text="", name="Central Hospital of Tovuz", country="AZE", sector=Sector.MED)
GEORGIA = Entity(text="", name="Ministry of Foreign Affairs of Georgia", country="GEO", sector=Sector.GOV)
SWITZERLAND = Entity(text="", name="Federal Department of Foreign Affairs of Switzerland", country="CHE", sector=Sector.GOV)
LAVROV = Entity(text="", name="Sergey Lavrov", country="RUS", sector=Sector.GOV)
OBSERVERS = [
    Entity(text="", name=f"{name} Observers", country="NGO", sector=Sector.UNK, id=f"{name.lower()}-observers")
    for name in ("Alpine", "Baltic", "Coastal", "Delta", "Eastern", "Fjord", "Gulf")
]
CIVILIANS = Entity(text="", name="civilians", country="AZE", sector=Sector.CVL)
SOMEBODY = Entity(text="", name="soldiers", country=None, sector=Sector.MIL)
CEASEFIRE = Act(type=EventType.RETREAT, modes=["ceasefire"])
THIRD = ["third-party"]


def war() -> list[Reading]:
    """The reports of it."""
    return [*_losses(), *_talks(), *_ceasefire()]


def _losses() -> list[Reading]:
    at: dict[str, Any] = {"when": "2020-07-12", "where": TOVUZ}

    def killed(published: str, words: str, low: int | None, high: int | None, who: Entity, by: Entity, **more: Any) -> tuple[str, str, Any]:
        return published, words, casualty(words, low=low, high=high, who=who, sources=said_by(by), **(at | more))

    told = [
        killed("2020-07-12", "Three soldiers of Azerbaijan died", 3, 3, AZERBAIJAN, BAKU),
        killed("2020-07-13", "Seven soldiers of Azerbaijan died", 7, 7, AZERBAIJAN, BAKU),
        killed("2020-07-14", "Eleven soldiers of Azerbaijan died", 11, 11, AZERBAIJAN, BAKU),
        killed("2020-07-13", "Over 20 of the enemy died", 20, None, AZERBAIJAN, YEREVAN),
        killed("2020-07-16", "A hundred of the enemy died", 100, 120, AZERBAIJAN, YEREVAN),
        killed("2020-07-13", "None of ours died", 0, 0, ARMENIA, YEREVAN),
        killed("2020-07-15", "Two of ours died", 2, 2, ARMENIA, YEREVAN),
        killed("2020-07-14", "Ten to 15 of theirs died", 10, 15, ARMENIA, BAKU),
        killed("2020-07-15", "Not one hundred died", 100, 120, AZERBAIJAN, BAKU, status="negated"),
        killed("2020-07-15", "Fifty more may have died", 50, 50, AZERBAIJAN, HOSPITAL, status="hypothetical"),
        killed("2020-07-14", "Up to 15 died", None, 15, AZERBAIJAN, MISSION),
        killed("2020-07-14", "Somebody died", 1, 1, SOMEBODY, MISSION),
        *(killed("2020-07-14", f"{12 + n} are dead", 12 + n, 12 + n, AZERBAIJAN, observers) for n, observers in enumerate(OBSERVERS)),
        killed("2021-02-01", "Sixty died in Agdam", 60, 60, AZERBAIJAN, RED_CROSS, when="2021-01-31", where=AGDAM),
        ("2020-07-14", "Some 2,000 fled", casualty("Some 2,000 fled", "displaced", 2000, 2000, who=CIVILIANS, sources=said_by(RED_CROSS), **at)),
        ("2020-07-14", "four tanks of the enemy burnt",
         materiel("four tanks of the enemy", "tank", "destroyed", 4, 4, owner=ARMENIA, by=AZERBAIJAN, sources=said_by(BAKU), **at)),
    ]  # fmt: skip
    return [reading(report(f"{words}. ({n})", published), claim) for n, (published, words, claim) in enumerate(told)]


def _talks() -> list[Reading]:
    def met(published: str, words: str, host: Entity, teller: Entity, when: str, **more: Any) -> Reading:
        held = event(words, "CONSULT", by=[host], to=[ARMENIA, AZERBAIJAN], modes=THIRD, when=when, sources=said_by(teller), **more)
        return reading(report(f"{words}.", published), held)

    return [
        met("2020-07-16", "Swiss envoys brought them together in Geneva", SWITZERLAND, SWITZERLAND, "2020-07-16"),
        met("2020-07-18", "Lavrov brought them together in Moscow", LAVROV, RUSSIA, "2020-07-18"),
        met("2020-07-18", "The talks of Lavrov in Moscow failed", LAVROV, BAKU, "2020-07-18", status="attempted"),
        met("2020-07-20", "They met with Georgia between them", GEORGIA, GEORGIA, "2020-07-20"),
        met("2020-07-28", "They met with Georgia between them again", GEORGIA, GEORGIA, "2020-07-28"),
        met("2020-08-20", "They did not meet in Geneva", SWITZERLAND, YEREVAN, "2020-08-20", status="negated"),
        reading(report("They telephoned on the last of August.", "2020-09-01"),
                event("They telephoned", "CONSULT", by=[RUSSIA, ARMENIA], modes=["phone"], when="2020-08-31")),
        reading(report("Long ago they had met.", "2020-09-02"), event("they had met", "CONSULT", by=[RUSSIA, AZERBAIJAN], background=True)),
    ]  # fmt: skip


def _ceasefire() -> list[Reading]:
    def told(published: str, words: str, claim: Any) -> Reading:
        return reading(report(words, published), claim)

    both = [ARMENIA, AZERBAIJAN]
    return [
        told("2020-10-01", "Russia called on both to stop.",
             event("Russia called on both to stop", "REQUEST", by=[RUSSIA], to=both, modes=["yield"], object=CEASEFIRE, when="2020-10-01")),
        told("2020-10-03", "Armenia refused.",
             event("Armenia refused", "REJECT", by=[ARMENIA], modes=["yield"], object=CEASEFIRE, when="2020-10-03", sources=said_by(BAKU))),
        told("2020-10-09", "Both agreed.", event("Both agreed", "AGREE", by=both, object=CEASEFIRE, when="2020-10-09", sources=said_by(RUSSIA))),
        told("2020-10-11", "It held for a day.", event("It held", "RETREAT", by=both, modes=["ceasefire"], when="2020-10-10", sources=said_by(MISSION))),
        told("2020-10-12", "Azerbaijan broke it 35 times.",
             event("Azerbaijan broke it 35 times", by=[AZERBAIJAN], to=[ARMENIA], times=(35, 35), when="2020-10-12", sources=said_by(YEREVAN))),
        told("2020-10-12", "Armenia broke it 48 to 60 times.",
             event("Armenia broke it 48 to 60 times", by=[ARMENIA], to=[AZERBAIJAN], times=(48, 60), when="2020-10-12", sources=said_by(BAKU))),
        told("2020-10-13", "We answered at least 5 times.",
             event("We answered", by=[ARMENIA], to=[AZERBAIJAN], times=(5, 5), when="2020-10-12", sources=said_by(YEREVAN))),
        told("2020-10-14", "Both fired.", event("Both fired", by=both, when="2020-10-12", sources=said_by(MISSION))),
        told("2020-10-14", "Armenia fired at Azerbaijan, the patrol saw.",
             event("Armenia fired at Azerbaijan", by=[ARMENIA], to=[AZERBAIJAN], when="2020-10-12", sources=said_by(MISSION))),
    ]  # fmt: skip
