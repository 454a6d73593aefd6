"""The reports that a record holds: lists of them, those with certain words, and how one stands among the others.

In: a record, words, days, a publisher. Out: frozen values, the newest first. Nothing here writes. Words are found in the database's own way (FTS5 in SQLite,
`tsvector` in PostgreSQL), and none are an error.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from sayso.model import Report, Struct
from sayso.record.filters import STANDING
from sayso.record.finding import report_of, report_row
from sayso.record.tables import claims, reports

if TYPE_CHECKING:
    from sayso.record.store import Record

MOST_WORDS = 12
"""Words of a search that count."""
AROUND = 24
"""Words of a hit that are shown."""
_OPEN, _CLOSE = "\x01", "\x02"
_WORDS = re.compile(r'"([^"]{1,200})"|(\w+)(\*?)')


class Held(Struct, frozen=True, kw_only=True):
    """A report of a list. `copies` counts other texts that are near-copies, `claims` those that stand, `waiting` those of them that nobody has reviewed.

    `hit` is a piece of the text around words that were searched for: stretches, and whether each is such a word.
    """

    digest: str
    id: str
    title: str | None
    publisher: str | None
    day: date | None
    withdrawn: bool
    superseded: bool
    copies: int
    claims: int
    waiting: int
    hit: list[tuple[str, bool]] = []


class Named(Struct, frozen=True, kw_only=True):
    """Another report, by what it is called."""

    digest: str
    id: str
    title: str | None
    publisher: str | None
    day: date | None


class Standing(Struct, frozen=True, kw_only=True):
    """A report, how it stands, and by claim the incident that the claim is in.

    `newer` is the version that superseded it, `older` those that it superseded, `copies` near-copies (twenty at most).
    """

    report: Report
    withdrawn: bool
    newer: Named | None
    older: list[Named]
    copies: list[Named]
    incidents: dict[str, str]


def list_reports(
    record: Record, words: str = "", publisher: str | None = None, since: date | None = None, until: date | None = None, limit: int = 50, offset: int = 0,
    by_day: bool = False,
) -> list[Held]:  # fmt: skip
    """Reports, the last added first.

    Args:
        words: all of them must stand in the text or the title; in quotation marks they must follow each other, with `*` other endings count.
        publisher: his name.
        by_day: the latest day first, undated ones last.
    """
    with record.database.reading() as connection:
        query = sa.select(*(reports.c[name] for name in ("number", "digest", "id", "title", "publisher", "day", "withdrawn", "superseded_by", "copies")))
        if publisher:
            query = query.where(sa.func.lower(reports.c.publisher) == publisher.lower())
        if since:
            query = query.where(reports.c.day >= since)
        if until:
            query = query.where(reports.c.day <= until)
        found = _asked(connection, words)
        if words.strip() and not found:
            return []
        if found:
            query = query.where(_with_words(connection, found))
        order = [reports.c.day.desc().nulls_last(), reports.c.number.desc()] if by_day else [reports.c.number.desc()]
        rows = connection.execute(query.order_by(*order).limit(limit).offset(offset)).all()
        numbers = [row.number for row in rows]
        counts = _counts(connection, numbers)
        alike = _copies(connection, {row.copies for row in rows})
        hits = _hits(connection, numbers, found) if found else {}
    return [
        Held(
            digest=row.digest, id=row.id, title=row.title, publisher=row.publisher, day=row.day, withdrawn=row.withdrawn,
            superseded=row.superseded_by is not None, copies=alike.get(row.copies, 1) - 1, claims=counts.get(row.number, (0, 0))[0],
            waiting=counts.get(row.number, (0, 0))[1], hit=_marked(hits.get(row.number, "")),
        )
        for row in rows
    ]  # fmt: skip


def standing(record: Record, key: str) -> Standing:
    """A report, and how it stands.

    Raises:
        BadOption: there is none of this id or digest, or several.
    """
    with record.database.reading() as connection:
        number = report_row(connection, key).number
        row = connection.execute(sa.select(reports).where(reports.c.number == number)).mappings().one()
        home = sa.select(claims.c.id, claims.c.incident).where(claims.c.report == number, claims.c.incident.is_not(None), STANDING)
        newer = _named(connection, reports.c.digest == (row["superseded_by"] or ""))
        return Standing(
            report=report_of(row), withdrawn=row["withdrawn"], newer=newer[0] if newer else None,
            older=_named(connection, reports.c.superseded_by == row["digest"]),
            copies=_named(connection, sa.and_(reports.c.copies == row["copies"], reports.c.number != number)),
            incidents=dict(connection.execute(home).tuples().all()),
        )  # fmt: skip


def _named(connection: sa.Connection, met: sa.ColumnElement[bool]) -> list[Named]:
    columns = [reports.c[name] for name in Named.__struct_fields__]
    return [Named(**row) for row in connection.execute(sa.select(*columns).where(met).order_by(reports.c.number).limit(20)).mappings()]


def _counts(connection: sa.Connection, numbers: Sequence[int]) -> dict[int, tuple[int, int]]:
    """By report its claims, and those of them that wait."""
    waiting = sa.func.sum(sa.case((claims.c.state == "proposed", 1), else_=0))
    query = sa.select(claims.c.report, sa.func.count(), waiting).where(claims.c.report.in_(numbers), STANDING).group_by(claims.c.report)
    return {report: (count, int(left)) for report, count, left in connection.execute(query).tuples()}


def _copies(connection: sa.Connection, keys: set[str]) -> dict[str, int]:
    query = sa.select(reports.c.copies, sa.func.count()).where(reports.c.copies.in_(sorted(keys))).group_by(reports.c.copies)
    return dict(connection.execute(query).tuples().all())


# words


def _asked(connection: sa.Connection, words: str) -> str:
    """The words as the database takes them; empty where there are none."""
    if connection.dialect.name != "sqlite":
        return " ".join(words.replace("\x00", " ").split()) if any(c.isalnum() for c in words) else ""
    terms = [(phrase or word, star) for phrase, word, star in _WORDS.findall(words.replace("\x00", " ")) if any(c.isalnum() for c in phrase or word)]
    return " ".join(f'"{term}"{star}' for term, star in terms[:MOST_WORDS])


def _with_words(connection: sa.Connection, words: str) -> sa.ColumnElement[bool]:
    """That a report has the words."""
    if connection.dialect.name == "sqlite":
        among = sa.text("SELECT rowid FROM report_words WHERE report_words MATCH :words").bindparams(words=words).columns(sa.column("rowid", sa.Integer))
        return reports.c.number.in_(among)
    return _vector().bool_op("@@")(sa.func.websearch_to_tsquery("simple", words))


def _vector() -> sa.ColumnElement[Any]:
    """The words of a report, as the index has them."""
    return sa.func.to_tsvector(sa.literal_column("'simple'"), sa.func.coalesce(reports.c.title, "").op("||")(" ").op("||")(reports.c.text))


def _hits(connection: sa.Connection, numbers: Sequence[int], words: str) -> dict[int, str]:
    """By report a piece of its text around the words."""
    if connection.dialect.name == "sqlite":
        piece = sa.text(
            "SELECT rowid, snippet(report_words, 1, :open, :close, '…', :around) FROM report_words WHERE report_words MATCH :words AND rowid = :number"
        )
        given = {"open": _OPEN, "close": _CLOSE, "around": AROUND, "words": words}
        rows = (connection.execute(piece, given | {"number": number}).first() for number in numbers)
        return {row[0]: row[1] for row in rows if row is not None}
    options = f"StartSel={_OPEN}, StopSel={_CLOSE}, MaxWords={AROUND}, MinWords={AROUND // 2}, MaxFragments=1"
    headline = sa.func.ts_headline("simple", reports.c.text, sa.func.websearch_to_tsquery("simple", words), options)
    return dict(connection.execute(sa.select(reports.c.number, headline).where(reports.c.number.in_(numbers))).tuples().all())


def _marked(piece: str) -> list[tuple[str, bool]]:
    """A piece of text as stretches, and whether each was searched for."""
    found = []
    for part in re.split(f"({_OPEN}[^{_CLOSE}]*{_CLOSE})", piece):
        if part:
            found.append((part.strip(_OPEN + _CLOSE), part.startswith(_OPEN)))
    return found
