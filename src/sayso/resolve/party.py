"""Who is meant, as a value: `Party`, when two are the same one, and the kinds of sectors that the rules ask for.

In: an entity of the model. Out: its identity within a report, its kind; and the sets of sectors and words that several modules of
this chain share. Nothing here looks at a report.
"""

from __future__ import annotations

from typing import NamedTuple

from sayso.model import Entity, Sector
from sayso.reader import Doc

STATE = {Sector.GOV, Sector.MIL, Sector.COP, Sector.LEG, Sector.JUD, Sector.SPY}
ARMED = {Sector.REB, Sector.UAF, Sector.PRM, Sector.CRM}
_LOCATIVE = set("in at near from to into outside around across through over toward towards inside within on throughout".split())
_UNQUALIFIED = {Sector.CVL, Sector.REF}
"""Sectors of people who live under a de facto entity and do not act for it: they have no qualifier (corpus/README.md)."""
_BODIES_OF_MEN = {"force", "international"}
"""Kinds of people in `agents.tsv` of which one is many men: "it" may stand for it."""
_CALLINGS = {Sector.REF, Sector.JRN, Sector.MED, Sector.REL, Sector.EDU}
"""Sectors of people who are what they are whoever has them: "a Hezbollah broadcaster" is media."""
_PERSONAL = {"he", "she", "him", "her", "his", "himself", "herself"}
_THING = {"it", "its", "itself"}
_PLURAL = {"they", "them", "their", "themselves", "both", "all"}
FIRST_PERSON = {"we", "us", "our", "i", "my", "me", "ours", "myself", "ourselves"}


class Party(NamedTuple):
    """Somebody meant: the entity, what kind of naming it was, and why it is read so."""

    entity: Entity
    kind: str
    because: str


def _plural(doc: Doc, i: int) -> bool:
    """Whether a noun is in the plural, by its form."""
    return doc.words[i].lower() != doc.lemmas[i]


def many(noun: str) -> str:
    """A noun in the plural: "gunmen", "militias", "dissidents"."""
    if noun.endswith("man"):
        return noun[:-2] + "en"
    if noun.endswith("y") and noun[-2:-1] not in set("aeiou"):
        return noun[:-1] + "ies"
    if noun.endswith("s") and not noun.endswith("ss"):
        return noun
    return noun + ("es" if noun.endswith(("ss", "sh", "ch", "x")) else "s")


def identity(entity: Entity) -> tuple[str, str | None, str]:
    """What makes two entities the same one, within a report."""
    return entity.name, entity.country, entity.sector


def same_kind(entity: Entity) -> str:
    """State organ, armed group, or people: how parties are told apart when a side has several mentions."""
    return "state" if entity.sector in STATE else "armed" if entity.sector in ARMED else "people"
