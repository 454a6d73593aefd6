"""What the registers share: which incidents a question is about, in what order, and who is in them on whose say-so.

In: a connection and conditions on `claims`. Out: rows with their parties, portion by portion, so that a long answer never stands in memory as a whole.
The days order them, the ids break ties: the same record gives the same answer whatever came into it first. Nothing here knows what a register is about.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Collection, Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date
from itertools import islice
from typing import Any, NamedTuple

import msgspec
import sqlalchemy as sa
from sqlalchemy.schema import CreateTable, DropTable

from sayso.model import Struct
from sayso.record.adding import chunks
from sayso.record.filters import Filter, checked, conditions, is_side, keys_of
from sayso.record.store import Record
from sayso.record.summing import called
from sayso.record.tables import claims, entities, parties, reports

Where = Sequence[sa.ColumnElement[bool]]
Kinds = Sequence[tuple[str, str]]

PORTION = 250
"""Incidents or claims that are looked up at once."""
OFFICIAL = frozenset({"GOV", "MIL", "COP", "SPY", "PRM", "LEG", "JUD", "REB"})
"""Sectors whose bodies speak for their side: two of one side are one source, as a ministry and its president are."""


class Account(Struct, frozen=True, kw_only=True):
    """On whose say-so: a holder with his claims. Ten outlets that quote one ministry are the ministry; `reports` counts near-copies once."""

    holder: str
    name: str
    side: str = ""
    claims: list[str] = []
    reports: int = 0


class Party(NamedTuple):
    """Somebody in a claim."""

    part: str
    entity: str
    name: str
    side: str
    country: str
    sector: str
    words: str


class Said(NamedTuple):
    """A claim's row, with the holder's name and its report, and who is in it."""

    row: Any
    parties: list[Party]

    def sides(self, *parts: str) -> set[str]:
        """The sides of those in it as any of these; of all, where none is given."""
        return {p.side for p in self.parties if p.side and (not parts or p.part in parts)}

    def who(self, part: str) -> list[Party]:
        """Those in it as this, in order."""
        return [p for p in self.parties if p.part == part]


def asked_for(asked: Filter, *more: sa.ColumnElement[bool], kinds: Sequence[str] = (), whole: bool = False) -> list[sa.ColumnElement[bool]]:
    """The conditions of a filter and a register together.

    Args:
        kinds: the kinds of claims that a register is about.
        whole: whether all that meets them is counted, so that the index by kind is as good a way in as any for a wide question.

    Raises:
        BadOption: the filter asks for what no claim can have.
    """
    # SQLite keeps no statistics by itself, and would take the index by kind, which parts a record in four, before that by incident, holder or day
    kind = claims.c.kind if whole and wide(asked) else sa.func.coalesce(claims.c.kind, "")
    return [*conditions(checked(asked)), *([kind.in_(kinds)] if kinds else []), *more]


def some(found: Iterable[Any], limit: int | None) -> Iterator[Any]:
    """The first of them, or all; where that is enough, the question ends."""
    taken = iter(found)
    try:
        yield from islice(taken, limit)
    finally:
        if hasattr(taken, "close"):
            taken.close()


def portions(values: Iterable[Any], size: int = PORTION) -> Iterator[list[Any]]:
    """The values in lists; the first are short, since a question often has enough with few."""
    coming = iter(values)
    now = min(25, size)
    while portion := list(islice(coming, now)):
        yield portion
        now = min(size, now * 4)


def incidents_in_order(connection: sa.Connection, where: Where, kinds: Kinds | None = ()) -> Iterator[dict[str, date | None]]:
    """The incidents that claims meeting the conditions are about, each with the day of the first such claim, in this order, undated ones last; in portions.

    Args:
        kinds: as in `by_day`.
    """
    query = sa.select(claims.c.day, claims.c.id, claims.c.incident).where(*where, claims.c.incident.is_not(None))
    seen: set[str] = set()

    def fresh() -> Generator[tuple[str, date | None]]:
        for row in by_day(connection, query, kinds):
            if row.incident not in seen:
                seen.add(row.incident)
                yield row.incident, row.day

    with closing(fresh()) as coming:
        for portion in portions(coming):
            yield dict(portion)


def by_day(connection: sa.Connection, query: Any, kinds: Kinds | None) -> Iterator[Any]:
    """Rows of claims by day and id, undated ones last.

    Args:
        kinds: kinds and types that the conditions allow, where nothing else makes the question narrow. Each is read in the order of an index and they are
            merged, so that the first rows come at once however large the record. None where so little is asked for that sorting it is best.
    """
    day = sa.func.coalesce(claims.c.day, None) if kinds is None else claims.c.day  # of the first there is no index that could seem a way in
    for dated in (day.is_not(None), day.is_(None)):
        part = query.where(dated).order_by(day, claims.c.id)
        parts = [part.where(claims.c.kind == kind, claims.c.type == type) for kind, type in kinds or ()] or [part]
        streams = [connection.execute(p, execution_options={"yield_per": 200}) for p in parts]
        yield from heapq.merge(*streams, key=lambda r: (r.day or date.max, r.id))


def wide(asked: Filter) -> bool:
    """Whether nothing but time, type and the like is asked for: then an index in the order of days answers soonest."""
    return not any((asked.conflict, asked.dyad, asked.actor, asked.holder, asked.place, asked.country, asked.box, asked.near, asked.incident))


def kinds_of(asked: Filter, kinds: Kinds) -> Kinds | None:
    """The kinds to read one by one: those of a register, as far as the filter allows them.

    None where a holder or a place is asked for, which is little in any record; and no kinds where a side or a dyad is, which is all in many.
    """
    if any((asked.holder, asked.place, asked.country, asked.box, asked.near, asked.incident)):
        return None
    return [(kind, type) for kind, type in kinds if asked.type in {None, type} and asked.kind in {None, kind}] if wide(asked) else []


def claims_of(connection: sa.Connection, keys: Collection[str], where: Where, more: Sequence[Any] = ()) -> dict[str, list[Any]]:
    """By incident the claims that meet the conditions, the first said first, with the holder's name, the report, and what else is wanted of `claims`."""
    found: dict[str, list[Any]] = {key: [] for key in keys}
    for part in chunks(keys):
        query = rows_said(more).where(*where, claims.c.incident.in_(part)).order_by(claims.c.as_of.is_(None), claims.c.as_of, claims.c.id)
        for row in connection.execute(query):
            found[row.incident].append(row)
    return found


def said(connection: sa.Connection, where: Where, kinds: Kinds | None = ()) -> Iterator[Said]:
    """The claims that meet the conditions with all who are in them, by day, undated ones last; `kinds` as in `by_day`."""
    for portion in portions(by_day(connection, rows_said().where(*where), kinds)):
        yield from with_parties(connection, portion)


def rows_said(more: Sequence[Any] = ()) -> Any:
    """The query for claims' rows with the holder's name and the report; conditions and order are the caller's."""
    held = [claims.c[n] for n in (
        "number", "id", "kind", "type", "modes", "object", "what", "status", "background", "confidence", "holder", "holder_side", "manner", "stance", "start",
        "end", "precision", "day", "as_of", "place", "country", "low", "high", "approximate", "side", "role", "incident", "replaced_by", "evidence",
        "evidence_start",
    )]  # fmt: skip
    query = sa.select(*held, *more, entities.c.name.label("holder_name"), reports.c.id.label("report_id"), reports.c.copies, reports.c.digest)
    return query.join(entities, entities.c.key == claims.c.holder).join(reports, reports.c.number == claims.c.report)


def with_parties(connection: sa.Connection, rows: Sequence[Any]) -> Iterator[Said]:
    """Rows of claims with who is in them."""
    found: dict[int, list[Party]] = defaultdict(list)
    for part in chunks(row.number for row in rows):
        query = sa.select(
            parties.c.claim, parties.c.part, parties.c.entity, entities.c.name, parties.c.side, entities.c.country, entities.c.sector, parties.c.words
        ).join(entities, entities.c.key == parties.c.entity)
        for claim, p, entity, name, side, country, sector, words in connection.execute(
            query.where(parties.c.claim.in_(part)).order_by(parties.c.claim, parties.c.part, parties.c.position)
        ):
            found[claim].append(Party(p, entity, name, side, country or "", sector, words))
    for row in rows:
        yield Said(row, found[row.number])


def accounts(rows: Iterable[Any]) -> list[Account]:
    """The holders of these claims, by key."""
    held: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        held[row.holder].append(row)
    return [
        Account(holder=key, name=group[0].holder_name, side=group[0].holder_side, claims=sorted(r.id for r in group), reports=len({r.copies for r in group}))
        for key, group in sorted(held.items())
    ]


def side_names(connection: sa.Connection, sides: Iterable[str]) -> dict[str, str]:
    """What sides are called."""
    wanted = sorted({side for side in sides if side})
    names: dict[str, str] = {}
    for part in chunks(side for side in wanted if not (len(side) == 3 and side.isupper())):
        query = sa.select(entities.c.side, sa.func.min(entities.c.name)).where(entities.c.side.in_(part)).group_by(entities.c.side)
        names |= {row[0]: row[1] for row in connection.execute(query)}
    return {side: called(side, names) for side in wanted}


def sides_of(connection: sa.Connection, words: str) -> set[str]:
    """The sides that a user's words name: the side itself, and those of the entities of this key or name."""
    if is_side(words):
        return {words}
    named = connection.execute(sa.select(entities.c.side).where(entities.c.key.in_(keys_of(words)))).scalars()
    return {words, *named} - {""}


def widened(asked: Filter) -> tuple[Filter, list[tuple[str, str]]]:
    """The filter without its dyads, and these: for registers in which one side acts and the other need not be named beside it.

    Of a conflict its times stay in the filter, and its places where it has no dyads.
    """
    dyads = [asked.dyad] if asked.dyad else list(asked.conflict.dyads) if asked.conflict else []
    if asked.conflict and dyads and not asked.dyad:
        since = max((d for d in (asked.since, asked.conflict.since) if d), default=None)
        until = min((d for d in (asked.until, asked.conflict.until) if d), default=None)
        return changed_in(asked, conflict=None, since=since, until=until), dyads
    return changed_in(asked, dyad=None), dyads


def changed_in(value: Any, **fields: Any) -> Any:
    """A copy of a Struct with other values in some fields."""
    return msgspec.structs.replace(value, **fields)


@contextmanager
def kept(connection: sa.Connection, asked: Filter, where: Where) -> Iterator[Where]:
    """Conditions for the same claims that cost nothing to ask again: which they are is kept in a table of this connection's own until the block ends.

    Of a wide question nearly all claims may be meant: its conditions are cheaper than such a table.
    """
    if wide(asked) and not (asked.since or asked.until):
        yield where
        return
    table = sa.Table("asked", sa.MetaData(), sa.Column("claim", sa.Integer, primary_key=True, autoincrement=False), prefixes=["TEMPORARY"])
    connection.execute(CreateTable(table))
    connection.execute(sa.insert(table).from_select(["claim"], sa.select(claims.c.number).where(*where)))
    yield [claims.c.number.in_(sa.select(table.c.claim))]
    connection.execute(DropTable(table))  # where the block raises, undoing the transaction takes it away


def reading(record: Record) -> Any:
    """A connection on which a whole answer is seen as of one moment."""
    return record.database.reading()
