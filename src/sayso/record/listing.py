"""Reports of a record, as a list, those with certain words, and how one stands among the others.

In: a record, words, a publisher, days. Out: frozen values, the latest first or the earliest, with how many claims each makes and how many of these somebody has
reviewed. Nothing here writes. Words are found in the database's own way (FTS5 in SQLite, `tsvector` in PostgreSQL), and none are an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from msgspec.structs import replace

from sayso.model import Report, Struct
from sayso.record.adding import chunks
from sayso.record.filters import STANDING, keys_of
from sayso.record.finding import report_of, report_row
from sayso.record.tables import claims, reports

if TYPE_CHECKING:
    from sayso.record.store import Record

MOST_WORDS = 12
"""Words of a search that count."""
AROUND = 24
"""Words of a hit that are shown."""
COPIES = 20
"""Near-copies, and versions, of a report that are named."""
_OPEN, _CLOSE = "\x01", "\x02"
_WORDS = re.compile(r'"([^"]{1,200})"|(\w+)(\*?)')
_COLUMNS = tuple(reports.c[name] for name in (
    "number", "id", "digest", "title", "publisher", "published", "day", "url", "language", "place", "copies", "superseded_by", "withdrawn", "changed_in",
))  # fmt: skip


class Piece(Struct, frozen=True, kw_only=True):
    """Words of a text, and whether they were searched for."""

    text: str
    found: bool


class ReportRow(Struct, frozen=True, kw_only=True):
    """A report without its text.

    `copies` is the digest that it shares with its near-copies, `near` how many these are; `claims` are those that stand or were rejected. `hit` is a piece of
    the text around words that were searched for.
    """

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
    near: int = 0
    hit: list[Piece] = []


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


def claims_held(record: Record) -> int:
    """About how many claims a record holds: none is counted."""
    with record.database.reading() as connection:
        return connection.execute(sa.select(sa.func.max(claims.c.number))).scalar_one() or 0


def list_reports(
    record: Record, publisher: str | None = None, since: date | None = None, until: date | None = None, limit: int | None = None, offset: int = 0,
    latest: bool = True, words: str = "", added: bool = False,
) -> list[ReportRow]:  # fmt: skip
    """Reports by day of publication, the undated last.

    Args:
        publisher: only what he published, by name or key.
        latest: whether the latest come first.
        words: all of them must stand in the text or the title; in quotation marks they must follow each other, with `*` other endings count.
        added: whether they are in the order in which they came into the record instead.
    """
    query = sa.select(reports.c.number)
    if publisher:
        query = query.where(reports.c.publisher_key.in_(keys_of(publisher)))
    if since:
        query = query.where(reports.c.day >= since)
    if until:
        query = query.where(reports.c.day <= until)
    end = None if limit is None else offset + limit
    with record.database.reading() as connection:
        sought = _asked(connection, words)
        if words.strip() and not sought:
            return []
        if sought:
            query = query.where(_with_words(connection, sought))
        found = list(islice(_numbers(connection, query, latest, added, end), offset, end))
        hits = _hits(connection, found, sought) if sought else {}
        return [replace(row, hit=_marked(hits.get(number, ""))) for number, row in zip(found, _listed(connection, found), strict=True)]


def report_standing(record: Record, report: str) -> ReportRow:
    """The row of one report.

    Raises:
        BadOption: there is none of this id or digest, or there are several.
    """
    with record.database.reading() as connection:
        return _listed(connection, [report_row(connection, report).number])[0]


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
    return [Named(**row) for row in connection.execute(sa.select(*columns).where(met).order_by(reports.c.number).limit(COPIES)).mappings()]


def _numbers(connection: sa.Connection, query: sa.Select[Any], latest: bool, added: bool, end: int | None) -> Iterator[int]:
    """The numbers of reports in their order, by an index, without a look at the texts."""
    if added:
        parts = [query.order_by(reports.c.number.desc() if latest else reports.c.number)]
    else:  # undated ones last, in two questions: of both together no index has the order
        order = (reports.c.day.desc(), reports.c.number.desc()) if latest else (reports.c.day, reports.c.number)
        parts = [query.where(dated).order_by(*order) for dated in (reports.c.day.is_not(None), reports.c.day.is_(None))]
    for part in parts:
        yield from connection.execute(part.limit(end), execution_options={"yield_per": 1000}).scalars()


def _listed(connection: sa.Connection, numbers: list[int]) -> list[ReportRow]:
    """The rows of these reports, in this order."""
    found: dict[int, Any] = {}
    counted: dict[int, tuple[int, int]] = {}
    reviewed = sa.func.count(sa.case((claims.c.state != "proposed", 1)))
    count = sa.select(claims.c.report, sa.func.count(), reviewed).where(claims.c.gone_in.is_(None)).group_by(claims.c.report)
    for part in chunks(numbers):
        found |= {row.number: row for row in connection.execute(sa.select(*_COLUMNS).where(reports.c.number.in_(part)))}
        counted |= {report: (number, done) for report, number, done in connection.execute(count.where(claims.c.report.in_(part))).tuples()}
    alike = _alike(connection, {row.copies for row in found.values()})
    same = [name for name in ReportRow.__struct_fields__ if name not in {"claims", "reviewed", "near", "hit"}]
    told = ((found[number], counted.get(number, (0, 0))) for number in numbers)
    return [
        ReportRow(**{name: getattr(row, name) for name in same}, claims=made, reviewed=done, near=alike.get(row.copies, 1) - 1) for row, (made, done) in told
    ]


def _alike(connection: sa.Connection, keys: Iterable[str]) -> dict[str, int]:
    """By what near-copies share, how many they are."""
    query = sa.select(reports.c.copies, sa.func.count()).group_by(reports.c.copies)
    return {key: n for part in chunks(sorted(keys)) for key, n in connection.execute(query.where(reports.c.copies.in_(part))).tuples()}


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


def _marked(piece: str) -> list[Piece]:
    parts = re.split(f"({_OPEN}[^{_CLOSE}]*{_CLOSE})", piece)
    return [Piece(text=part.strip(_OPEN + _CLOSE), found=part.startswith(_OPEN)) for part in parts if part]
