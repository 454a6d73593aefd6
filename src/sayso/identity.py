"""Who counts as the same somebody: the side that an entity is on, the key that it is filed under, and whose claim a claim is.

In: entities and claims as the codebook has them. Out: short keys, and the entity that holds a claim. It compares names as they were resolved
and resolves none; no side is treated unlike another.
"""

from __future__ import annotations

import re
from functools import lru_cache

from sayso.lexicon import BODIES, lexicon, read_table
from sayso.model import AnyClaim, Entity, Report, Sector


def side(entity: Entity) -> str:
    """What side an entity is on, as a key: its country, or itself where it stands for no country; empty where unknown.

    An armed group is a side of its own, and so is a partly recognised entity, whatever country the codebook files it under.
    People of no country, and gunmen whom nobody knows, are on no side that could be told.

    >>> side(Entity(text="the ministry", name="Ministry of Defence of Azerbaijan", country="AZE", sector=Sector.MIL))
    'AZE'
    """
    if "PRE" in entity.qualifiers:
        return f"{entity.country}+PRE"
    if entity.country and entity.country not in BODIES and entity.sector not in {Sector.REB, Sector.UAF}:
        return entity.country
    return entity.id or (entity.name.casefold() if entity.country in BODIES or entity.sector in {Sector.REB, Sector.PRM, Sector.CRM} else "")


def entity_key(entity: Entity) -> str:
    """The key that an entity is filed under: its id, else its country and its name, whatever the case and the blanks.

    >>> entity_key(Entity(text="the ministry", name="Ministry of Defence of Azerbaijan", country="AZE"))
    'AZE:ministry of defence of azerbaijan'
    """
    if entity.id:
        return entity.id
    name = " ".join((entity.name or entity.text).casefold().split()).removeprefix("the ")
    country = entity.country if entity.country and entity.country not in BODIES else ""  # a body is no country's, whether a text tells its kind or not
    return f"{country}:{name}"


def holder_key(claim: AnyClaim) -> tuple[str, str | None]:
    """Whose claim it is among the claims of one report (codebook, section 7): its nearest speaker; empty for the report's own voice."""
    if not claim.sources:
        return "", None
    nearest = claim.sources[0].entity
    return nearest.name.casefold() or nearest.text.casefold() or "?", nearest.country


def holder_of(claim: AnyClaim, report: Report) -> Entity:
    """Whose claim it is: its nearest speaker; in the report's own voice the publisher or, where that is unknown, the report itself."""
    return claim.sources[0].entity if claim.sources else publisher_of(report)


def publisher_of(report: Report) -> Entity:
    """The publisher as an entity: the lexicon's, where it knows the name, so that an agency is one holder whether it publishes or is cited.

    So is a ministry: a publisher that the lexicon does not know has the country that its name tells.
    """
    name = " ".join((report.publisher or "").split())
    if not name:
        return Entity(text="", name=f"report {report.id}", id=f"report:{report.id}")
    return known(name) or _unknown(name)


def known(name: str) -> Entity | None:
    """The lexicon's body of this name, whichever of its names it is."""
    return _bodies().get(" ".join(name.casefold().split()).removeprefix("the "))


@lru_cache(maxsize=10_000)
def _unknown(name: str) -> Entity:
    """A publisher by its name alone: with the country of the state or people that stands at its end behind "of", or at its beginning.

    >>> _unknown("Ministry of Defence of Armenia").country, _unknown("Russian peacekeeping contingent").country, _unknown("Highland Monitor").country
    ('ARM', 'RUS', None)
    """
    forms = re.findall(r"\w+|[^\w\s]", name.casefold())
    country, qualifiers = None, []
    for at in range(len(forms)):
        end, names = lexicon().names_at(at, len(forms), forms.__getitem__, forms.__getitem__)
        rows = [n.row for n in names if n.kind in {"country", "adjective", "nation", "actor"}]
        behind = end == len(forms) and forms[max(0, at - 2) : at][-1:] in (["of"], ["the"]) and "of" in forms[max(0, at - 2) : at]
        if rows and (at == 0 or behind):
            country = rows[0].cells.get("code") or rows[0].cells.get("country") or None
            qualifiers = list(rows[0].listed("qualifiers")) if rows[0].cells.get("qualifiers") else []
            break
    return Entity(text="", name=name, country=country, sector=Sector.JRN, qualifiers=qualifiers)


@lru_cache(maxsize=1)
def _bodies() -> dict[str, Entity]:
    """By each of their names in small letters, the lexicon's bodies: media, and whoever else issues reports of his own."""
    found: dict[str, Entity] = {}
    for row in read_table("actors"):
        if row["kind"] == "seat":
            continue
        entity = Entity(
            text="", name=row["name"], country=row["country"] or None, sector=Sector(row["sector"]), qualifiers=list(row.listed("qualifiers")), id=row["id"]
        )
        for form in (row["name"], *row.listed("aliases")):
            found.setdefault(form.casefold().removeprefix("the "), entity)
    return found
