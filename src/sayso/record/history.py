"""What was done to a record, and how its claims stand with their reviewers.

In: a record, and whose changes, about what, since when. Out: frozen values: changes, the newest first, imports and acts on many claims among them; rejected
claims with who rejected them and why; a claim's review. Nothing here writes.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from sayso.model import AnyClaim, Struct
from sayso.record.adding import chunks
from sayso.record.filters import Filter, conditions
from sayso.record.finding import SHORTEST, claim_row, report_row
from sayso.record.rows import claim_of
from sayso.record.tables import changes, claims, entities, incidents, reports
from sayso.record.undoing import kept

if TYPE_CHECKING:
    from sayso.record.store import Record

WORDS = 90
"""Characters of what a change is about."""
_COLUMNS = tuple(changes.c[name] for name in ("number", "at", "author", "action", "target", "note", "undoes"))


class Entry(Struct, frozen=True, kw_only=True):
    """A change. `about` is a line for people: the words of a claim, an incident's line, a report's title, a source's name, how many claims.

    `undone_by` is the change that undid it and is itself not undone. `undoes` is, of an undo, the act; of a redo, the undo.
    """

    number: int
    at: str
    author: str
    action: str
    target: str
    about: str
    note: str | None
    undoes: int | None
    undone_by: int | None


class Discarded(Struct, frozen=True, kw_only=True):
    """A claim that a reviewer rejected, the report that made it, and who rejected it, when and why."""

    claim: AnyClaim
    report: str
    publisher: str | None
    published: str | None
    url: str | None
    by: str
    at: str
    note: str | None
    changed_in: int


class Review(Struct, frozen=True, kw_only=True):
    """How a claim stands. `changed_in` is what a reviewer hands back as `seen`; `note` is that of the review."""

    claim: AnyClaim
    report: str
    state: str
    gone: bool
    changed_in: int
    reviewed_by: str | None
    reviewed_at: str | None
    note: str | None
    checked_by: str | None
    checked_at: str | None


def log(
    record: Record, author: str | None = None, target: str | None = None, action: str | None = None, since: str | None = None, limit: int | None = None,
    offset: int = 0,
) -> list[Entry]:  # fmt: skip
    """Changes of a record, the newest first.

    Args:
        target: only what is about this claim, incident, report or source, by id, digest or key, or how one begins. Acts on several claims are told with each.
        since: a day, or a time in UTC, as ISO 8601 has it.
    """
    query = sa.select(*_COLUMNS)
    for column, value in ((changes.c.author, author), (changes.c.action, action)):
        if value is not None:
            query = query.where(column == value)
    if target is not None:
        query = query.where(_about(target))
    if since is not None:
        query = query.where(changes.c.at >= since)
    with record.database.reading() as connection:
        return _entries(connection, query.order_by(changes.c.number.desc()).limit(limit).offset(offset))


def entry(record: Record, number: int) -> Entry:
    """The change of this number, which there must be."""
    with record.database.reading() as connection:
        return _entries(connection, sa.select(*_COLUMNS).where(changes.c.number == number))[0]


def discarded(record: Record, asked: Filter = Filter(), limit: int | None = None, offset: int = 0) -> list[Discarded]:
    """The rejected claims that meet a filter, the last rejected first."""
    rejected = (changes.c.author, changes.c.at, changes.c.note)
    columns = (claims.c.body, claims.c.changed_in, *rejected, *(reports.c[name] for name in ("id", "publisher", "published", "url")))
    query = (
        sa.select(*columns)
        .join(reports, reports.c.number == claims.c.report)
        .join(changes, changes.c.number == claims.c.reviewed_in)
        .where(claims.c.state == sa.literal_column("'rejected'"), *conditions(asked)[1:])  # a value to bind would not lead to the index of these
        .order_by(claims.c.reviewed_in.desc(), claims.c.number)
    )
    with record.database.reading() as connection:
        return [
            Discarded(
                claim=claim_of(row.body), report=row.id, publisher=row.publisher, published=row.published, url=row.url, by=row.author, at=row.at, note=row.note,
                changed_in=row.changed_in,
            )
            for row in connection.execute(query.limit(limit).offset(offset))
        ]  # fmt: skip


def review_of(record: Record, claim: str) -> Review:
    """How a claim stands.

    Raises:
        BadOption: there is no such claim.
    """
    with record.database.reading() as connection:
        return _reviews(connection, claims.c.id == claim_row(connection, claim).id)[0]


def reviews_of(record: Record, report: str) -> list[Review]:
    """How the claims of a report stand, the rejected among them, in the order of the text; what is gone is left out.

    Raises:
        BadOption: there is no such report.
    """
    with record.database.reading() as connection:
        number = report_row(connection, report).number
        return _reviews(connection, sa.and_(claims.c.report == number, claims.c.gone_in.is_(None)))


def _reviews(connection: sa.Connection, met: sa.ColumnElement[bool]) -> list[Review]:
    review, check = changes.alias("review"), changes.alias("check_")
    columns = [claims.c[name] for name in ("body", "state", "gone_in", "changed_in", "reviewed_by", "checked_by")]
    made = (reports.c.id.label("report_id"), review.c.at.label("reviewed_at"), review.c.note, check.c.at.label("checked_at"))
    query = (
        sa.select(*columns, *made)
        .join(reports, reports.c.number == claims.c.report)
        .outerjoin(review, review.c.number == claims.c.reviewed_in)
        .outerjoin(check, check.c.number == claims.c.checked_in)
        .where(met)
        .order_by(claims.c.evidence_start, claims.c.evidence_end, claims.c.id)
    )
    return [
        Review(
            claim=claim_of(row.body), report=row.report_id, state=row.state, gone=row.gone_in is not None, changed_in=row.changed_in,
            reviewed_by=row.reviewed_by, reviewed_at=row.reviewed_at, note=row.note, checked_by=row.checked_by, checked_at=row.checked_at,
        )
        for row in connection.execute(query)
    ]  # fmt: skip


def _entries(connection: sa.Connection, query: sa.Select[Any]) -> list[Entry]:
    found = connection.execute(query).all()
    about, undone = _words(connection, found), _undone(connection, [row.number for row in found])
    return [
        Entry(
            number=row.number, at=row.at, author=row.author, action=row.action, target=row.target, about=about[row.number], note=row.note, undoes=row.undoes,
            undone_by=undone.get(row.number),
        )
        for row in found
    ]  # fmt: skip


def _about(key: str) -> sa.ColumnElement[bool]:
    """That a change is about what is called so, itself or among others."""
    many = sa.select(changes.c.number).where(changes.c.target == "", changes.c.before.contains(f'"{key}', autoescape=True))
    undone = sa.select(changes.c.number).where(changes.c.undoes.in_(many))
    met = [
        changes.c.target == key,
        changes.c.target.in_(sa.select(reports.c.digest).where(reports.c.id == key)),
        changes.c.number.in_(many),
        changes.c.undoes.in_(many),
        changes.c.undoes.in_(undone),
    ]
    if len(key) >= SHORTEST:
        met.append(changes.c.target.startswith(key, autoescape=True))
    return sa.or_(*met)


def _undone(connection: sa.Connection, numbers: Collection[int]) -> dict[int, int]:
    """The change that undid each of these and is itself not undone."""
    later = changes.alias("later")
    stands = sa.not_(sa.select(sa.literal(1)).where(later.c.undoes == changes.c.number).exists())
    query = sa.select(changes.c.undoes, changes.c.number).where(stands).order_by(changes.c.number)
    return {row.undoes: row.number for part in chunks(numbers) for row in connection.execute(query.where(changes.c.undoes.in_(part)))}


def _words(connection: sa.Connection, rows: Sequence[Any]) -> dict[int, str]:
    """By number, what each change is about."""
    targets = {row.target for row in rows} - {""}
    told: dict[str, str] = {}
    for column, words in (
        (entities.c.key, entities.c.name), (incidents.c.id, incidents.c.about), (claims.c.id, claims.c.evidence),
        (reports.c.digest, sa.func.coalesce(reports.c.title, sa.func.substr(reports.c.text, 1, WORDS))),
    ):  # fmt: skip
        for part in chunks(targets):
            told |= {key: _short(line) for key, line in connection.execute(sa.select(column, words).where(column.in_(part))).tuples()}
    many = {row.number: _first(connection, row) for row in rows if not row.target}
    counted = _counts(connection, set(many.values()))
    return {row.number: told.get(row.target, row.target) if row.target else counted[many[row.number]] for row in rows}


def _first(connection: sa.Connection, row: Any) -> int:
    """The act that an undo or a redo leads to, or the change itself."""
    number, undoes = row.number, row.undoes
    while undoes is not None:
        number, undoes = connection.execute(sa.select(changes.c.number, changes.c.undoes).where(changes.c.number == undoes)).tuples().one()
    return int(number)


def _counts(connection: sa.Connection, numbers: Collection[int]) -> dict[int, str]:
    """How many claims acts on several are about."""
    query = sa.select(changes.c.number, changes.c.before)
    rows = (row for part in chunks(numbers) for row in connection.execute(query.where(changes.c.number.in_(part))))
    return {row.number: f"{len(kept(row.before).claims)} claims" for row in rows}


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= WORDS else line[: WORDS - 1].rstrip() + "…"

