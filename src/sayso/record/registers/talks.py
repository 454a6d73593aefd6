"""Who talked to whom: at what level, how, through whom, under which body, and who says so.

In: a record and a filter. Out: contacts, one an incident, from talks that are told of (CONSULT) and from meetings agreed on (AGREE whose object is CONSULT);
and how often each two sides met, and through each go-between. What holders say of one contact stands side by side: it may have been held by one and
have failed by another. Levels come from `levels.py`; what was agreed there is in `appeals`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Literal

import sqlalchemy as sa

from sayso.errors import BadOption
from sayso.model import Struct
from sayso.record.adding import chunks
from sayso.record.filters import STANDING, Filter
from sayso.record.registers.asking import (
    Account,
    Party,
    Said,
    Walk,
    accounts,
    asked_for,
    claims_of,
    incidents_in_order,
    reading,
    side_names,
    some,
    walk,
    with_parties,
)
from sayso.record.registers.levels import SAME, level_of_person
from sayso.record.store import Record
from sayso.record.tables import claims, entities, parties

BODIES = frozenset({"IGO", "UNO", "EUR"})
ABOUT_TALKS = sa.or_(claims.c.type == "CONSULT", sa.and_(claims.c.type == "AGREE", claims.c.object.startswith("CONSULT")))
WAYS = ("phone", "visit", "multilateral")
STATUS = {"occurred": "held", "ongoing": "held", "attempted": "failed", "negated": "denied", "planned": "planned", "hypothetical": "possible"}
"""What a claim's status makes of talks that it tells of; a meeting that was agreed on is planned."""


class Participant(Struct, frozen=True, kw_only=True):
    """Somebody who took part. `level`: head, minister, official, military, unknown."""

    entity: str
    name: str
    side: str
    level: str


class Version(Struct, frozen=True, kw_only=True):
    """What some holders say became of it: held, planned, failed, denied, possible."""

    status: str
    accounts: list[Account]


class Contact(Struct, frozen=True, kw_only=True):
    """A meeting, call or round of talks.

    `how` holds phone, visit, multilateral, where told. `through` are those who convened or mediated, and take no side in it; `under` the bodies. `about` is the
    user's conflict, where the filter has one.
    """

    incident: str
    start: date | None
    end: date | None
    day: date | None
    place: str
    country: str
    background: bool
    sides: list[str]
    participants: list[Participant]
    how: list[str]
    through: list[Participant]
    under: list[str]
    about: str
    versions: list[Version]


class Channel(Struct, frozen=True, kw_only=True):
    """How often two sides met, or how often somebody brought others together: contacts by what is said to have become of them, first and latest day."""

    kind: str
    sides: list[str]
    names: list[str]
    held: int
    planned: int
    failed: int
    first: date | None
    latest: date | None


class Bridge(Struct, frozen=True, kw_only=True):
    """How often a go-between is said to have brought a side to talks: contacts by what is said to have become of them."""

    entity: str
    name: str
    side: str
    side_name: str
    held: int
    planned: int
    failed: int


def talks(record: Record, asked: Filter | None = None, limit: int | None = None) -> Iterator[Contact]:
    """The contacts, by day.

    Raises:
        BadOption: the filter asks for what no claim can have.
    """
    asked = asked or Filter()
    way = walk(asked, ABOUT_TALKS, kinds=[("event", "CONSULT"), ("event", "AGREE")])
    return some(_contacts(record, way, asked), limit)


def _contacts(record: Record, way: Walk, asked: Filter) -> Iterator[Contact]:
    with reading(record) as connection:
        offices: dict[str, list[str]] = {}
        for keys in incidents_in_order(connection, way):
            rows = claims_of(connection, keys, way.at_hand)
            told = {s.row.id: s for s in with_parties(connection, [r for key in keys for r in rows[key]])}
            met = {p.entity for s in told.values() for p in s.parties} - offices.keys()
            offices |= {key: [] for key in met} | offices_of(connection, met)
            for key in keys:
                yield _contact(key, [told[r.id] for r in rows[key]], offices, asked)


def offices_of(connection: sa.Connection, keys: Iterable[str]) -> dict[str, list[str]]:
    """By entity the offices that reports give it."""
    found: dict[str, list[str]] = defaultdict(list)
    query = sa.select(parties.c.entity, claims.c.what).join(claims, claims.c.number == parties.c.claim).distinct()
    for part in chunks(sorted(keys)):
        for entity, office in connection.execute(query.where(parties.c.entity.in_(part), parties.c.part == "holder", STANDING)):
            found[entity].append(office)
    return found


def _contact(key: str, told: Sequence[Said], offices: dict[str, list[str]], asked: Filter) -> Contact:
    present: dict[str, Participant] = {}
    through: dict[str, Participant] = {}
    under: set[str] = set()
    for said in told:
        between, met = go_betweens_and_others(said)
        levels = _levels(between + met, said.row.day, offices)
        for parts, found in ((met, present), (between, through)):
            for p in parts:
                one = Participant(entity=p.entity, name=p.name, side=p.side, level=levels[p.entity])
                if p.country in BODIES and one.level == "unknown":
                    under.add(p.name)
                    if parts is met:
                        continue
                held = found.get(p.entity)
                found[p.entity] = one if held is None or held.level == "unknown" else held
    present = {k: p for k, p in present.items() if k not in through}
    rows = [s.row for s in told]
    by_status: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        by_status["planned" if row.type == "AGREE" and row.status in {"occurred", "ongoing"} else STATUS[row.status]].append(row)
    dated = [r for r in rows if r.start or r.end]
    first = min(dated, key=lambda r: (r.start or r.end, r.id), default=None)
    placed = next((r for r in rows if r.place), None)
    ways = {m for r in rows for m in (*r.modes.split(), *r.object.split()[1:])}
    return Contact(
        incident=key, start=first.start if first else None, end=first.end if first else None, day=min((r.day for r in rows if r.day), default=None),
        place=placed.place if placed else "", country=placed.country if placed else "", background=all(r.background for r in rows),
        sides=sorted({p.side for p in present.values() if p.side}), participants=sorted(present.values(), key=lambda p: (p.side, p.entity)),
        how=[w for w in WAYS if w in ways], through=sorted(through.values(), key=lambda p: (p.side, p.entity)), under=sorted(under),
        about=asked.conflict.title or asked.conflict.name if asked.conflict else "",
        versions=[Version(status=s, accounts=accounts(by_status[s])) for s in ("held", "planned", "failed", "denied", "possible") if s in by_status],
    )  # fmt: skip


def go_betweens_and_others(said: Said) -> tuple[list[Party], list[Party]]:
    """Who convened or mediated, and who met: of talks with a third party the actors are the go-betweens where others are named as those who met."""
    actors, recipients = said.who("actor"), said.who("recipient")
    third = "third-party" in (*said.row.modes.split(), *said.row.object.split())
    if third and (recipients or len(actors) == 1):
        return actors, recipients
    return [], actors + recipients


def _levels(found: Sequence[Party], day: date | None, offices: dict[str, list[str]]) -> dict[str, str]:
    levels = {p.entity: level_of_person((p.words, p.name), day, offices.get(p.entity, ())) for p in found}
    known = sorted({level for level in levels.values() if level not in {SAME, "unknown"}})
    same = known[0] if len(known) == 1 else "unknown"
    return {entity: same if level == SAME else level for entity, level in levels.items()}


def channels(record: Record, asked: Filter | None = None, by: str = "dyad", limit: int | None = None) -> list[Channel]:
    """Per dyad, or per go-between, how many contacts were held, planned and failed, the first and the latest; most first.

    A contact of which holders tell different things counts as each of them.

    Args:
        by: dyad or go-between.

    Raises:
        BadOption: it is by neither.
    """
    if by not in {"dyad", "go-between"}:
        raise BadOption(f"talks are counted by dyad or by go-between, not by {by!r}")
    chosen, between = _chosen(asked)
    with reading(record) as connection:
        return _dyads(connection, chosen, between, limit) if by == "dyad" else _go_betweens(connection, chosen, between, limit)


def bridges(record: Record, asked: Filter | None = None, limit: int | None = None) -> list[Bridge]:
    """Per go-between and side that it brought to talks, how many of these contacts were held, planned and failed; most first.

    Raises:
        BadOption: the filter asks for what no claim can have.
    """
    chosen, between = _chosen(asked)
    who, brought = parties.alias(), parties.alias()
    query = (
        sa.select(who.c.entity, entities.c.name, brought.c.side, *_counts(chosen)).select_from(chosen)
        .join(who, sa.and_(who.c.claim == chosen.c.number, who.c.part == "actor")).join(entities, entities.c.key == who.c.entity)
        .join(brought, sa.and_(brought.c.claim == chosen.c.number, brought.c.part == "recipient", brought.c.side != "", brought.c.side != who.c.side))
        .where(between).group_by(who.c.entity, entities.c.name, brought.c.side)
        .order_by(sa.func.count(sa.distinct(chosen.c.incident)).desc(), who.c.entity, brought.c.side).limit(limit)
    )  # fmt: skip
    with reading(record) as connection:
        rows = connection.execute(query).all()
        names = side_names(connection, {row[2] for row in rows})
    return [
        Bridge(entity=entity, name=name, side=side, side_name=names[side], held=held, planned=planned, failed=failed)
        for entity, name, side, held, planned, failed, _, _ in rows
    ]


def _chosen(asked: Filter | None) -> tuple[Any, Any]:
    """The claims of talks that meet a filter, and whether those who act in one are go-betweens."""
    where = asked_for(asked or Filter(), ABOUT_TALKS, claims.c.incident.is_not(None), kinds=["event"])
    chosen = sa.select(
        claims.c.number, claims.c.incident, claims.c.day, claims.c.type, claims.c.status,
        (claims.c.modes.contains("third-party") | claims.c.object.contains("third-party")).label("third"),
    ).where(*where).cte("chosen")  # fmt: skip
    present = parties.alias()
    within = sa.select(sa.func.count()).select_from(present).where(present.c.claim == chosen.c.number)
    met, all_ = (q.correlate(chosen).scalar_subquery() for q in (within.where(present.c.part == "recipient"), within))
    return chosen, sa.and_(chosen.c.third, sa.or_(met > 0, all_ == 1))


def _counts(chosen: Any) -> list[Any]:
    planned = sa.and_(chosen.c.type == "AGREE", chosen.c.status.in_(("occurred", "ongoing")))
    which: dict[Literal["held", "planned", "failed"], Any] = {
        "held": sa.and_(chosen.c.type == "CONSULT", chosen.c.status.in_(("occurred", "ongoing"))),
        "planned": sa.or_(planned, chosen.c.status == "planned"),
        "failed": chosen.c.status == "attempted",
    }
    counted = [sa.func.count(sa.distinct(sa.case((test, chosen.c.incident)))).label(name) for name, test in which.items()]
    return [*counted, sa.func.min(chosen.c.day).label("first"), sa.func.max(chosen.c.day).label("latest")]


def _dyads(connection: sa.Connection, chosen: Any, between: Any, limit: int | None) -> list[Channel]:
    one, other = parties.alias(), parties.alias()
    actor_between = sa.and_(between, sa.or_(one.c.part == "actor", other.c.part == "actor"))
    query = (
        sa.select(one.c.side, other.c.side, *_counts(chosen)).select_from(chosen)
        .join(one, one.c.claim == chosen.c.number).join(other, sa.and_(other.c.claim == chosen.c.number, one.c.side < other.c.side))
        .where(one.c.side != "", sa.not_(actor_between)).group_by(one.c.side, other.c.side)
        .order_by(sa.func.count(sa.distinct(chosen.c.incident)).desc(), one.c.side, other.c.side).limit(limit)
    )  # fmt: skip
    rows = connection.execute(query).all()
    names = side_names(connection, {s for r in rows for s in r[:2]})
    return [
        Channel(kind="dyad", sides=[a, b], names=[names[a], names[b]], held=held, planned=planned, failed=failed, first=first, latest=latest)
        for a, b, held, planned, failed, first, latest in rows
    ]


def _go_betweens(connection: sa.Connection, chosen: Any, between: Any, limit: int | None) -> list[Channel]:
    query = (
        sa.select(parties.c.entity, entities.c.name, parties.c.side, *_counts(chosen)).select_from(chosen)
        .join(parties, sa.and_(parties.c.claim == chosen.c.number, parties.c.part == "actor")).join(entities, entities.c.key == parties.c.entity)
        .where(between).group_by(parties.c.entity, entities.c.name, parties.c.side)
        .order_by(sa.func.count(sa.distinct(chosen.c.incident)).desc(), parties.c.entity).limit(limit)
    )  # fmt: skip
    return [
        Channel(kind="go-between", sides=[side] if side else [], names=[name], held=held, planned=planned, failed=failed, first=first, latest=latest)
        for _, name, side, held, planned, failed, first, latest in connection.execute(query)
    ]
