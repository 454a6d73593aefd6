"""Who does what to whom, how often, on whose say-so.

In: a record and a filter. Out: deeds, one for each actor, act and side it was done to, with the incidents, and the holders who say so with how many of them
each tells of. With `of="sides"` all of a side are one actor. Counts are of what is said, not of what was done; who is told of more often did not do more.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

import sqlalchemy as sa

from sayso.errors import BadOption
from sayso.model import Struct
from sayso.record.adding import chunks
from sayso.record.filters import Filter
from sayso.record.registers.asking import asked_for, kept, reading, side_names
from sayso.record.store import Record
from sayso.record.tables import claims, entities, parties


class Teller(Struct, frozen=True, kw_only=True):
    """A holder who tells of it: of so many incidents. `stance`: own (of the actor's side), opponent (of the side that it was done to), third."""

    holder: str
    name: str
    side: str
    stance: str
    incidents: int


class Deed(Struct, frozen=True, kw_only=True):
    """What an actor is said to have done to a side, or to nobody named. `denied` counts incidents in which somebody says that it was not so."""

    actor: str
    name: str
    side: str
    sector: str
    type: str
    to: str
    to_name: str
    incidents: int
    denied: int
    claims: int
    first: date | None
    latest: date | None
    tellers: list[Teller]


def actors(record: Record, asked: Filter | None = None, limit: int | None = None, of: str = "entities") -> list[Deed]:
    """The deeds, those told of in most incidents first.

    Args:
        of: entities, or sides.

    Raises:
        BadOption: it is of neither, or the filter asks for what no claim can have.
    """
    if of not in {"entities", "sides"}:
        raise BadOption(f"actors are entities or sides, not {of!r}")
    asked = asked or Filter()
    meeting = asked_for(asked, claims.c.incident.is_not(None), kinds=["event"])
    with reading(record) as connection, kept(connection, asked, meeting) as (meant, where):
        doer, hit = parties.alias(), parties.alias()
        actor, to = (doer.c.entity if of == "entities" else doer.c.side), sa.func.coalesce(hit.c.side, "")
        denied = meant.c.status == "negated"
        joined = meant.join(doer, sa.and_(doer.c.claim == meant.c.number, doer.c.part == "actor")).outerjoin(
            hit, sa.and_(hit.c.claim == meant.c.number, hit.c.part == "recipient", hit.c.side != "")
        )
        named = [doer.c.side != ""] if of == "sides" else []
        counted = [
            sa.func.count(sa.distinct(sa.case((sa.not_(denied), meant.c.incident)))), sa.func.count(sa.distinct(sa.case((denied, meant.c.incident)))),
            sa.func.count(sa.distinct(meant.c.number)), sa.func.min(meant.c.day), sa.func.max(meant.c.day),
        ]  # fmt: skip
        most = (
            sa.select(actor.label("actor"), meant.c.type, to.label("to"), *counted).select_from(joined).where(*named)
            .group_by(actor, meant.c.type, to).order_by(counted[0].desc(), counted[1].desc(), actor, meant.c.type, to).limit(limit)
        )  # fmt: skip
        groups = connection.execute(most.where(*where)).all()
        tellers = _tellers(connection, meant, [*where, *named], joined, actor, to, {g[0] for g in groups})
        keys = {g[0] for g in groups} | {holder for told in tellers.values() for holder, *_ in told}
        known = _known(connection, keys)
        names = side_names(connection, {s for g in groups for s in (g[2], g[0] if of == "sides" else "")})
    return [_deed(g, tellers[g[0], g[1], g[2]], known, names, of) for g in groups]


def _tellers(connection: sa.Connection, meant: Any, where: Any, joined: Any, actor: Any, to: Any, wanted: set[str]) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = defaultdict(list)
    count = sa.func.count(sa.distinct(meant.c.incident))
    query = sa.select(actor, meant.c.type, to, meant.c.holder, count).select_from(joined)
    for part in chunks(sorted(wanted)):
        among = sa.func.coalesce(actor, "").in_(part)  # of such a value no index of all claims looks like the way in
        grouped = query.where(*where, among).group_by(actor, meant.c.type, to, meant.c.holder)
        for row in connection.execute(grouped.order_by(count.desc(), meant.c.holder)):
            found[row[0], row[1], row[2]].append((row[3], row[4]))
    return found


def _known(connection: sa.Connection, keys: set[str]) -> dict[str, Any]:
    query = sa.select(entities.c.key, entities.c.name, entities.c.side, entities.c.sector)
    return {r.key: r for part in chunks(sorted(keys)) for r in connection.execute(query.where(entities.c.key.in_(part)))}


def _deed(group: Any, tellers: list[tuple[str, int]], known: dict[str, Any], names: dict[str, str], of: str) -> Deed:
    actor, kind, to, incidents, denied, told, first, latest = group
    who = known.get(actor) if of == "entities" else None
    side = who.side if who else actor if of == "sides" else ""

    def stance(holder: str) -> str:
        return "" if not side else "own" if holder == side else "opponent" if to and holder == to else "third"

    return Deed(
        actor=actor, name=who.name if who else names.get(actor, actor), side=side, sector=who.sector if who else "", type=kind, to=to,
        to_name=names.get(to, ""), incidents=incidents, denied=denied, claims=told, first=first, latest=latest,
        tellers=[Teller(holder=h, name=known[h].name, side=known[h].side, stance=stance(known[h].side), incidents=n) for h, n in tellers],
    )  # fmt: skip
