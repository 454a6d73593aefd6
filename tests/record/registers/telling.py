"""Reports of an attack near Tovuz, as several speakers tell of it; and the same with the two sides changed for each other."""

from __future__ import annotations

from typing import Any

import msgspec

from sayso.model import Entity, Reading, Sector
from tests.making import ARMENIA, AZERBAIJAN, BAKU, MISSION, RUSSIA, TOVUZ, YEREVAN, casualty, event, reading, report, said_by

VILLAGERS = Entity(text="", name="civilians of Azerbaijan", country="AZE", sector=Sector.CVL)
PEOPLE = Entity(text="", name="people of Azerbaijan", country="AZE", sector=Sector.UNK)
AT = {"when": "2020-07-12", "where": TOVUZ}


def losses(
    speaker: Entity | None, *figures: tuple[int | None, int | None], published: str = "2020-07-13", publisher: str = "Northern Wire", who: Any = AZERBAIJAN,
    harm: str = "killed", attack: bool = True, text: str = "", **more: Any,
) -> Reading:  # fmt: skip
    """A report in which a speaker, or the publisher itself, gives figures of one side's losses in the attack near Tovuz."""
    name = speaker.name if speaker else "The bulletin"
    told = [f"In count {n} of {published} {harm} came to {low} to {high}, {name} said through {publisher}." for n, (low, high) in enumerate(figures)]
    of = report(text or " ".join([f"Armenian units attacked Azerbaijani positions near Tovuz, {name} told {publisher}.", *told]), published, publisher)
    sources = said_by(speaker) if speaker else []
    victims = who if isinstance(who, list) else [who] * len(figures)
    attacked = event("Armenian units attacked Azerbaijani positions near Tovuz", by=[ARMENIA], to=[AZERBAIJAN], sources=sources, **AT)
    counted = [
        casualty(f"In count {n} of {published} {harm} came to {low} to {high}", harm, low, high, who=victims[n], by=ARMENIA, sources=sources, **(AT | more))
        for n, (low, high) in enumerate(figures)
    ]
    return reading(of, *([attacked] if attack else []), *counted)


def swapped(value: Any) -> Any:
    """The same value with Armenia and Azerbaijan changed for each other, in words, codes and names alike."""
    text = msgspec.json.encode(value).decode()
    for one, other in (("Armenia", "Azerbaijan"), ("armenia", "azerbaijan"), ("ARM", "AZE"), ("Yerevan", "Baku")):
        text = text.replace(other, "\u0001").replace(one, other).replace("\u0001", one)
    return msgspec.json.decode(text)


__all__ = ["AT", "BAKU", "MISSION", "PEOPLE", "RUSSIA", "VILLAGERS", "YEREVAN", "losses", "swapped"]
