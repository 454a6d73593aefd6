"""What happened, or is said to have, day by day: incidents with each holder's account and what is disputed, and the claims where they are asked for.

In: a record and a filter. Out: entries in order of days, an interval as an interval, news and background apart. An incident is here where one of its
claims meets the filter, and is shown with all of its accounts: a filter that left out one side's would leave the other's alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from itertools import islice
from typing import Any

import sqlalchemy as sa

from sayso.model import Struct
from sayso.record.filters import STANDING, Filter
from sayso.record.registers.asking import Account, Walk, claims_of, incidents_in_order, reading, side_names, some, walk
from sayso.record.store import Record
from sayso.record.tables import claims, disputes, entities, incidents, reports


class Statement(Struct, frozen=True, kw_only=True):
    """A claim in a line."""

    claim: str
    holder: str
    holder_name: str
    kind: str
    type: str
    status: str
    background: bool
    day: date | None
    low: int | None
    high: int | None
    report: str
    evidence: str


class Dispute(Struct, frozen=True, kw_only=True):
    """Two holders, by name, whose accounts cannot both be right on a field."""

    field: str
    holders: list[str]
    because: str


class Entry(Struct, frozen=True, kw_only=True):
    """An incident: `start` to `end` as most tell it (an open end is None); it is sorted by `day`, the first of its claims that meet the filter.

    `precision` is that of most claims with these days: within a `week`, a `month`, a `year` it was on some day that nobody tells; through a `range` it lasted.
    """

    incident: str
    about: str
    type: str
    day: date | None
    start: date | None
    end: date | None
    precision: str = ""
    place: str
    country: str
    lat: float | None
    lon: float | None
    background: bool
    sides: list[str]
    names: list[str]
    reports: int
    accounts: list[Account]
    disputed: list[str]
    disputes: list[Dispute]
    claims: list[Statement] = []


def timeline(
    record: Record, asked: Filter | None = None, limit: int | None = None, with_claims: bool = False, offset: int = 0
) -> Iterator[Entry]:
    """The incidents, in order of their days; undated ones last.

    Args:
        offset: how many of the first are passed over.
        with_claims: whether each comes with the claims that meet the filter.

    Raises:
        BadOption: the filter asks for what no claim can have.
    """
    asked = asked or Filter()
    return some(_entries(record, walk(asked), with_claims, offset), limit)


def _entries(record: Record, way: Walk, with_claims: bool, offset: int) -> Iterator[Entry]:
    with reading(record) as connection:
        for found in incidents_in_order(connection, way):
            keys = dict(islice(found.items(), offset, None))
            offset = max(0, offset - len(found))
            if not keys:
                continue
            rows = {r.id: r for r in connection.execute(sa.select(incidents).where(incidents.c.id.in_(keys)))}
            accounts = _accounts(connection, keys)
            disputed = _disputes(connection, keys)
            precise = _precisions(connection, keys)
            told = claims_of(connection, keys, way.at_hand) if with_claims else {}
            sides = {key: [s for s in row.sides.split(" | ") if s] for key, row in rows.items()}
            names = side_names(connection, (s for found in sides.values() for s in found))
            for key, day in keys.items():
                if key in rows:
                    yield _entry(rows[key], day, precise.get(key, ""), accounts[key], disputed[key], told.get(key, []), sides[key], names)


def _entry(
    row: Any, day: date | None, precision: str, accounts: list[Account], disputed: list[Dispute], told: list[Any], sides: list[str], names: dict[str, str]
) -> Entry:
    return Entry(
        incident=row.id, about=row.about, type=row.type, day=day, start=row.start, end=row.end, precision=precision, place=row.place, country=row.country,
        lat=row.lat, lon=row.lon, background=row.background, sides=sides, names=[names[s] for s in sides], reports=row.reports,
        accounts=accounts, disputed=row.disputed.split(), disputes=disputed, claims=[_statement(r) for r in told],
    )  # fmt: skip


def _accounts(connection: sa.Connection, keys: Collection[str]) -> dict[str, list[Account]]:
    query = (
        sa.select(claims.c.incident, claims.c.holder, entities.c.name, claims.c.holder_side, claims.c.id, reports.c.copies)
        .join(entities, entities.c.key == claims.c.holder).join(reports, reports.c.number == claims.c.report)
        .where(claims.c.incident.in_(keys), STANDING).order_by(claims.c.incident, claims.c.holder, claims.c.id)
    )  # fmt: skip
    held: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for row in connection.execute(query):
        held[row[0]][row[1]].append(row)
    return defaultdict(list, {
        key: [Account(holder=h, name=g[0][2], side=g[0][3], claims=[r[4] for r in g], reports=len({r[5] for r in g})) for h, g in by_holder.items()]
        for key, by_holder in held.items()
    })  # fmt: skip


def _precisions(connection: sa.Connection, keys: Collection[str]) -> dict[str, str]:
    """By incident how precise its days are, as most of the claims have it that tell the same days."""
    number = sa.func.count()
    same = sa.and_(incidents.c.start == claims.c.start, sa.or_(incidents.c.end == claims.c.end, sa.and_(incidents.c.end.is_(None), claims.c.end.is_(None))))
    query = (
        sa.select(claims.c.incident, claims.c.precision, number).join(incidents, sa.and_(incidents.c.id == claims.c.incident, same))
        .where(claims.c.incident.in_(keys), STANDING).group_by(claims.c.incident, claims.c.precision).order_by(number, claims.c.precision)
    )  # fmt: skip
    return {row[0]: row[1] for row in connection.execute(query)}


def _disputes(connection: sa.Connection, keys: Collection[str]) -> dict[str, list[Dispute]]:
    one, other = entities.alias(), entities.alias()
    query = (
        sa.select(disputes.c.incident, disputes.c.field, one.c.name, other.c.name, disputes.c.because)
        .join(one, one.c.key == disputes.c.one).join(other, other.c.key == disputes.c.other)
        .where(disputes.c.incident.in_(keys)).order_by(disputes.c.incident, disputes.c.field, disputes.c.one, disputes.c.other)
    )  # fmt: skip
    found: dict[str, list[Dispute]] = defaultdict(list)
    for key, field, first, second, because in connection.execute(query):
        found[key].append(Dispute(field=field, holders=[first, second], because=because))
    return found


def _statement(r: Any) -> Statement:
    return Statement(
        claim=r.id, holder=r.holder, holder_name=r.holder_name, kind=r.kind, type=r.type or r.what, status=r.status, background=r.background, day=r.day,
        low=r.low, high=r.high, report=r.report_id, evidence=r.evidence,
    )  # fmt: skip
