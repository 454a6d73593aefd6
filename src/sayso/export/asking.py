"""The record, asked for an export: claims, reports and incidents in an order of their own, a few at a time.

In: a connection on which everything is seen as of one moment, and a filter. Out: claims with all that the record holds of them. Only numbers and ids are held
for the whole answer, everything else for a few hundred claims at a time, so that a record of any size is exported in the same memory. The order is by
publication, then by place in the text: the order in which reports were added does not show.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import sqlalchemy as sa

from sayso.model import AnyClaim
from sayso.record.adding import chunks
from sayso.record.filters import STANDING, Filter, conditions
from sayso.record.rows import claim_of
from sayso.record.tables import claims, disputes, entities, incidents, parties, reports

PORTION = 400
"""Claims, or reports, that are held at a time; a report is never cut."""
INCIDENTS = 100
"""Incidents that are held at a time."""
Conditions = Sequence[sa.ColumnElement[bool]]
_REPORT = [column for column in reports.c if column.name != "text"]


class Claimed(NamedTuple):
    """A claim with what the record holds of it."""

    row: Any  # of `claims`
    claim: AnyClaim
    report: Any  # of `reports`; with its text where that was asked for
    holder: Any  # of `entities`
    parties: Sequence[Any]  # of `parties`, with the entity's name, country, sector and qualifiers


class Incident(NamedTuple):
    """An incident, all its claims, the first reported first, and which holders dispute each other."""

    row: Any  # of `incidents`
    claims: list[Claimed]
    disputes: Sequence[Any]

    @property
    def accounts(self) -> dict[str, list[Claimed]]:
        """The claims by the key of who holds them, in the order of the keys: no holder comes first for what he says."""
        found: dict[str, list[Claimed]] = defaultdict(list)
        for one in self.claims:
            found[one.row["holder"]].append(one)
        return dict(sorted(found.items()))


def everything(asked: Filter) -> bool:
    """Whether all of the record is asked for."""
    return asked == Filter()


def reported(connection: sa.Connection, asked: Filter, text: bool = False, also: Conditions = ()) -> Iterator[tuple[Any, list[Claimed]]]:
    """Each report that makes claims which meet the filter, with these claims, in the order of publication. `also` are further conditions on `claims`."""
    for numbers in _portions(connection, asked, also):
        found: dict[int, list[Claimed]] = defaultdict(list)
        for one in detailed(connection, _rows(connection, numbers), text):
            found[one.row["report"]].append(one)
        for held in found.values():
            yield held[0].report, held


def claimed(connection: sa.Connection, asked: Filter, text: bool = False, also: Conditions = ()) -> Iterator[Claimed]:
    """Each claim that meets the filter, by publication and then by place in the text."""
    return (one for _, held in reported(connection, asked, text, also) for one in held)


def report_rows(connection: sa.Connection, asked: Filter, text: bool = False) -> Iterator[Any]:
    """The reports that make claims which meet the filter; where everything is asked for, all, those too that make none and that stand no more."""
    query = sa.select(reports.c.number)
    if not everything(asked):
        query = query.where(reports.c.number.in_(sa.select(claims.c.report).where(*conditions(asked))))
    numbers = list(connection.execute(query.order_by(*by_publication())).scalars())
    columns = reports.c if text else _REPORT
    for start in range(0, len(numbers), PORTION):
        rows = connection.execute(sa.select(*columns).where(reports.c.number.in_(numbers[start : start + PORTION])).order_by(*by_publication()))
        yield from rows.mappings().all()


def happened(connection: sa.Connection, asked: Filter, also: Conditions = ()) -> Iterator[Incident]:
    """Each incident about which some claim meets the filter, by day and id. An incident is whole, whoever was asked for: all accounts of it, of all claims
    that are certain enough."""
    standing = sa.and_(incidents.c.gone_in.is_(None), incidents.c.id.in_(sa.select(claims.c.incident).where(*conditions(asked), *also)))
    query = sa.select(incidents.c.id).where(standing).order_by(incidents.c.day.is_(None), incidents.c.day, incidents.c.id)
    keys = list(connection.execute(query).scalars())
    for start in range(0, len(keys), INCIDENTS):
        part = keys[start : start + INCIDENTS]
        rows = {row["id"]: row for row in connection.execute(sa.select(incidents).where(incidents.c.id.in_(part))).mappings()}
        certain = sa.select(claims).where(claims.c.incident.in_(part), STANDING, claims.c.confidence >= asked.min_confidence)
        members: dict[str, list[Claimed]] = defaultdict(list)
        for one in detailed(connection, connection.execute(certain).mappings().all()):
            members[one.row["incident"]].append(one)
        disputed: dict[str, list[Any]] = defaultdict(list)
        found = sa.select(disputes).where(disputes.c.incident.in_(part)).order_by(disputes.c.field, disputes.c.one, disputes.c.other)
        for row in connection.execute(found).mappings():
            disputed[row["incident"]].append(row)
        for key in part:
            yield Incident(rows[key], members[key], disputed[key])


def detailed(connection: sa.Connection, rows: Iterable[Any], text: bool = False) -> list[Claimed]:
    """Rows of `claims` with all that belongs to them, the first reported first."""
    rows = list(rows)
    named: dict[int, list[Any]] = defaultdict(list)
    party = sa.select(parties, *(entities.c[name] for name in ("name", "country", "sector", "qualifiers"))).join(entities, entities.c.key == parties.c.entity)
    for part in chunks(row["number"] for row in rows):
        for found in connection.execute(party.where(parties.c.claim.in_(part)).order_by(parties.c.part, parties.c.position)).mappings():
            named[found["claim"]].append(found)
    held = _keyed(connection, sa.select(*(reports.c if text else _REPORT)), reports.c.number, {row["report"] for row in rows})
    holders = entity_rows(connection, {row["holder"] for row in rows})
    made = [Claimed(row, claim_of(row["body"]), held[row["report"]], holders[row["holder"]], named[row["number"]]) for row in rows]
    return sorted(made, key=_first)


def entity_rows(connection: sa.Connection, keys: Collection[str]) -> dict[str, Any]:
    """Rows of `entities`, by key."""
    return _keyed(connection, sa.select(entities), entities.c.key, keys)


def by_publication() -> tuple[sa.ColumnElement[Any], ...]:
    """What reports are ordered by."""
    return reports.c.day.is_(None), reports.c.day, reports.c.digest


def _keyed(connection: sa.Connection, query: sa.Select[Any], column: sa.Column[Any], keys: Collection[Any]) -> dict[Any, Any]:
    return {row[column.name]: row for part in chunks(sorted(keys)) for row in connection.execute(query.where(column.in_(part))).mappings()}


def _rows(connection: sa.Connection, numbers: Sequence[int]) -> list[Any]:
    return [row for part in chunks(numbers) for row in connection.execute(sa.select(claims).where(claims.c.number.in_(part))).mappings()]


def _portions(connection: sa.Connection, asked: Filter, also: Conditions = ()) -> Iterator[list[int]]:
    """The numbers of the claims that meet the filter, in the order of their reports, cut between reports."""
    query = sa.select(claims.c.number, claims.c.report).where(*conditions(asked), *also)
    yield from portions(connection, connection.execute(query.execution_options(yield_per=10_000)))


def portions(connection: sa.Connection, found: Iterable[Any]) -> Iterator[list[int]]:
    """Numbers of claims and of their reports → the claims' numbers in the order of publication, a portion at a time, cut between reports."""
    pairs = np.fromiter((number for row in found for number in row), dtype=np.int64).reshape(-1, 2)
    if not len(pairs):
        return
    order = np.fromiter(connection.execute(sa.select(reports.c.number).order_by(*by_publication())).scalars(), dtype=np.int64)
    rank = np.zeros(int(order.max()) + 1, dtype=np.int64)
    rank[order] = np.arange(len(order))
    pairs = pairs[np.lexsort((pairs[:, 0], rank[pairs[:, 1]]))]
    borders = np.flatnonzero(np.diff(pairs[:, 1])) + 1
    start = 0
    for end in [*borders, len(pairs)]:
        if end - start >= PORTION or end == len(pairs):
            yield pairs[start:end, 0].tolist()
            start = int(end)


def _first(one: Claimed) -> tuple[Any, ...]:
    """What orders claims, the first reported first."""
    row, report = one.row, one.report
    return report["day"] is None, report["day"] or date.min, report["digest"], row["evidence_start"], row["evidence_end"], row["id"]
