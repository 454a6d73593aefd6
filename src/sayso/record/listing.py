"""Reports of a record, as a list.

In: a record, a publisher, days. Out: frozen values, the latest first or the earliest, with how many claims each makes and how many of these somebody has
reviewed. Nothing here writes.
"""

from __future__ import annotations

from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from sayso.model import Struct
from sayso.record.adding import chunks
from sayso.record.filters import keys_of
from sayso.record.finding import report_row
from sayso.record.tables import claims, reports

if TYPE_CHECKING:
    from sayso.record.store import Record

_COLUMNS = tuple(reports.c[name] for name in (
    "number", "id", "digest", "title", "publisher", "published", "day", "url", "language", "place", "copies", "superseded_by", "withdrawn", "changed_in",
))  # fmt: skip


class ReportRow(Struct, frozen=True, kw_only=True):
    """A report without its text. `copies` is the digest that it shares with its near-copies; `claims` are those that stand or were rejected."""

    id: str
    digest: str
    title: str | None
    publisher: str | None
    published: str | None
    day: date | None
    url: str | None
    language: str
    place: str | None
    copies: str
    superseded_by: str | None
    withdrawn: bool
    changed_in: int
    claims: int
    reviewed: int


def list_reports(
    record: Record, publisher: str | None = None, since: date | None = None, until: date | None = None, limit: int | None = None, offset: int = 0,
    latest: bool = True,
) -> list[ReportRow]:  # fmt: skip
    """Reports by day of publication, the undated last.

    Args:
        publisher: only what he published, by name or key.
        latest: whether the latest come first.
    """
    query = sa.select(reports.c.number)
    if publisher:
        query = query.where(reports.c.publisher_key.in_(keys_of(publisher)))
    if since:
        query = query.where(reports.c.day >= since)
    if until:
        query = query.where(reports.c.day <= until)
    order = (reports.c.day.desc(), reports.c.number.desc()) if latest else (reports.c.day, reports.c.number)
    end = None if limit is None else offset + limit
    with record.database.reading() as connection:
        numbers = (  # undated ones last, in two questions, so that each is answered in the order of an index, without a look at the texts
            number
            for dated in (reports.c.day.is_not(None), reports.c.day.is_(None))
            for number in connection.execute(query.where(dated).order_by(*order).limit(end), execution_options={"yield_per": 1000}).scalars()
        )
        return _listed(connection, list(islice(numbers, offset, end)))


def report_standing(record: Record, report: str) -> ReportRow:
    """The row of one report.

    Raises:
        BadOption: there is none of this id or digest, or there are several.
    """
    with record.database.reading() as connection:
        return _listed(connection, [report_row(connection, report).number])[0]


def _listed(connection: sa.Connection, numbers: list[int]) -> list[ReportRow]:
    """The rows of these reports, in this order."""
    found: dict[int, Any] = {}
    counted: dict[int, tuple[int, int]] = {}
    reviewed = sa.func.count(sa.case((claims.c.state != "proposed", 1)))
    count = sa.select(claims.c.report, sa.func.count(), reviewed).where(claims.c.gone_in.is_(None)).group_by(claims.c.report)
    for part in chunks(numbers):
        found |= {row.number: row for row in connection.execute(sa.select(*_COLUMNS).where(reports.c.number.in_(part)))}
        counted |= {report: (number, done) for report, number, done in connection.execute(count.where(claims.c.report.in_(part))).tuples()}
    same = [name for name in ReportRow.__struct_fields__ if name not in {"claims", "reviewed"}]
    told = ((found[number], counted.get(number, (0, 0))) for number in numbers)
    return [ReportRow(**{name: getattr(row, name) for name in same}, claims=made, reviewed=done) for row, (made, done) in told]
