"""Who held which office or seat in which body, and when, as reports say it.

In: a record and a filter. Out: seats, one for each holder, office and body, with the first and the last report that gives it, the days that texts
give, and with whom a seat is in conflict: somebody else who is said to hold the same office, of which a body has one, at the same time. Which of
them held it is not decided.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa

from sayso.model import Role, Struct
from sayso.record.adding import chunks
from sayso.record.filters import Filter
from sayso.record.registers.asking import Where, asked_for, changed_in, reading
from sayso.record.registers.levels import is_single, level_of
from sayso.record.rows import claim_of
from sayso.record.store import Record
from sayso.record.tables import claims, entities, parties, reports


class Seat(Struct, frozen=True, kw_only=True):
    """An office or seat as reports give it to somebody.

    `since` and `until` are the earliest and latest days that texts give. `first` and `last` are the days of the first and the last report that has him in it,
    near-copies counted once in `reports`. `contested_by` are others said to hold it at the same time.
    """

    holder: str
    holder_name: str
    side: str
    office: str
    level: str
    organisation: str
    organisation_name: str
    since: date | None
    until: date | None
    first: date | None
    last: date | None
    reports: int
    claims: list[str]
    sources: list[str]
    contested_by: list[str] = []


def roles(record: Record, asked: Filter | None = None, limit: int | None = None) -> list[Seat]:
    """The seats, by body, office and first report.

    Two seats are in conflict where office and body are the same, a body has one of the office (`levels.tsv`), and the times from `since` or the first
    report to `until` or the last report overlap by more than a day.

    Raises:
        BadOption: the filter asks for what no claim can have.
    """
    where = asked_for(asked or Filter(), claims.c.status != "negated", kinds=["role"])
    with reading(record) as connection:
        found = _seats(connection, where, limit)
        rivals = _rivals(connection, where, found)
    return [_contested(seat, rivals) for seat in found]


def _seats(connection: sa.Connection, where: Where, limit: int | None) -> list[Seat]:
    holder, body = parties.alias(), parties.alias()
    office = sa.func.lower(claims.c.what)
    joined = (
        claims.join(holder, sa.and_(holder.c.claim == claims.c.number, holder.c.part == "holder"))
        .join(body, sa.and_(body.c.claim == claims.c.number, body.c.part == "organisation"))
        .join(reports, reports.c.number == claims.c.report)
    )  # fmt: skip
    query = (
        sa.select(body.c.entity, office, holder.c.entity, sa.func.min(claims.c.what), sa.func.min(reports.c.day), sa.func.max(reports.c.day),
                  sa.func.count(sa.distinct(reports.c.copies)))
        .select_from(joined).where(*where).group_by(body.c.entity, office, holder.c.entity)
        .order_by(body.c.entity, office, sa.func.min(reports.c.day), holder.c.entity).limit(limit)
    )  # fmt: skip
    groups = connection.execute(query).all()
    query = sa.select(body.c.entity, office, holder.c.entity, claims.c.id, claims.c.holder, claims.c.body).select_from(joined)
    told: dict[Any, list[Any]] = defaultdict(list)
    for part in chunks(sorted({g[2] for g in groups})):
        for row in connection.execute(query.where(*where, holder.c.entity.in_(part)).order_by(claims.c.id)):
            told[row[0], row[1], row[2]].append(row)
    names = _names(connection, {key for g in groups for key in (g[0], g[2])})
    return [_seat(g, told[g[0], g[1], g[2]], names) for g in groups]


def _names(connection: sa.Connection, keys: Iterable[str]) -> dict[str, Any]:
    query = sa.select(entities.c.key, entities.c.name, entities.c.side)
    return {row.key: row for part in chunks(sorted(keys)) for row in connection.execute(query.where(entities.c.key.in_(part)))}


def _seat(group: Any, told: list[Any], names: dict[str, Any]) -> Seat:
    body, _, holder, office, first, last, count = group
    given = [claim for row in told if isinstance(claim := claim_of(row.body), Role)]
    return Seat(
        holder=holder, holder_name=names[holder].name, side=names[holder].side, office=office, level=level_of(office), organisation=body,
        organisation_name=names[body].name, since=min((c.since for c in given if c.since), default=None),
        until=max((c.until for c in given if c.until), default=None), first=first, last=last, reports=count,
        claims=[row.id for row in told], sources=sorted({row.holder for row in told}),
    )  # fmt: skip


def _rivals(connection: sa.Connection, where: Where, found: list[Seat]) -> dict[tuple[str, str], list[Seat]]:
    """By body and office of which there is one, all who are said to hold it: also those that the limit left out."""
    single = {seat.organisation for seat in found if is_single(seat.office)}
    rivals: dict[tuple[str, str], list[Seat]] = defaultdict(list)
    for part in chunks(sorted(single)):
        among = claims.c.number.in_(sa.select(parties.c.claim).where(parties.c.part == "organisation", parties.c.entity.in_(part)))
        for seat in _seats(connection, [*where, among], None):
            rivals[seat.organisation, seat.office.casefold()].append(seat)
    return rivals


def _contested(seat: Seat, rivals: dict[tuple[str, str], list[Seat]]) -> Seat:
    if not is_single(seat.office):
        return seat
    by = [other.holder_name for other in rivals[seat.organisation, seat.office.casefold()] if other.holder != seat.holder and _overlap(seat, other)]
    contested: Seat = changed_in(seat, contested_by=sorted(by))
    return contested


def _overlap(one: Seat, other: Seat) -> bool:
    (a, b), (c, d) = _span(one), _span(other)
    return a is not None and b is not None and c is not None and d is not None and a < d and c < b


def _span(seat: Seat) -> tuple[date | None, date | None]:
    return seat.since or seat.first, seat.until or seat.last
