"""What the registers share: which incidents a question is about, in what order, and who is in them on whose say-so.

In: a connection and conditions on `claims`. Out: rows with their parties, portion by portion, so that a long answer never stands in memory as a whole.
The days order them, the ids break ties: the same record gives the same answer whatever came into it first. Nothing here knows what a register is about.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date
from itertools import islice
from typing import Any, NamedTuple

import msgspec
import sqlalchemy as sa
from sqlalchemy.schema import CreateTable, DropTable

from sayso.model import Struct
from sayso.record.adding import chunks
from sayso.record.filters import Filter, checked, conditions, days_of, during, is_side, keys_of, went_on
from sayso.record.store import Record
from sayso.record.summing import called
from sayso.record.tables import claims, entities, involved, parties, reports

Where = Sequence[sa.ColumnElement[bool]]
Kinds = Sequence[tuple[str, str]]

ENOUGH = 5_000
"""Claims from which on it does not matter how many there are."""
LARGE = 100_000
"""Claims of a record over all of which nothing is counted while somebody waits."""
WAITED = 5_000
"""Claims that are counted while somebody waits: that takes a quarter of a second."""
IN_DAYS = 25_000
"""Claims of the days that are asked for, of whatever kind, of which as many may be of a register's."""
PORTION = 250
"""Incidents or claims that are looked up at once."""
KEPT = ("number", "report", "kind", "type", "status", "holder", "manner", "day", "incident")
"""What of a claim is asked for again and again."""
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


def asked_for(asked: Filter, *more: sa.ColumnElement[bool], kinds: Sequence[str] = ()) -> list[sa.ColumnElement[bool]]:
    """The conditions of a filter and a register together, for one that counts all that meets them.

    Args:
        kinds: the kinds of claims that a register is about.

    Raises:
        BadOption: the filter asks for what no claim can have.
    """
    # SQLite keeps no statistics by itself, and would take the index by kind, which parts a record in four, before that by incident, holder or day:
    # hidden in `coalesce` it is no way in
    dated = wide(checked(asked)) and asked.since is not None
    kind = claims.c.kind if wide(asked) and not dated else sa.func.coalesce(claims.c.kind, "")
    met = [*conditions(changed_in(asked, since=None, until=None)), _on_days(asked)] if dated else conditions(asked)
    return [*met, *([kind.in_(kinds)] if kinds else []), *more]


def _on_days(asked: Filter) -> sa.ColumnElement[bool]:
    """That a claim is of the days that are asked for, found by them: of the two ranges in one condition SQLite may take neither for a way in."""
    way = Walk([], [], since=asked.since, until=asked.until)
    return claims.c.number.in_(sa.union_all(*(sa.select(claims.c.number).where(*days(claims)) for _, days in _spans(way))))


def takes_long(record: Record, asked: Filter, *more: sa.ColumnElement[bool], kinds: Sequence[str] = ()) -> bool:
    """Whether so many claims meet a filter and what a register is about that nobody would wait until they are counted; found out without a look at many.

    Raises:
        BadOption: the filter asks for what no claim can have.
    """
    where = asked_for(asked, *more, kinds=kinds)
    with record.database.reading() as connection:
        if (connection.execute(sa.select(sa.func.max(claims.c.number))).scalar_one() or 0) <= LARGE:
            return False
        most, query = WAITED, sa.select(claims.c.number).where(*where)
        if wide(asked):
            since, until = days_of(asked)
            if since is None and until is None:
                return True
            days = claims.c.day.between(since or date.min, until or date.max)
            most, query = IN_DAYS, sa.select(claims.c.number).where(days)
        return int(connection.execute(sa.select(sa.func.count()).select_from(query.limit(most).subquery())).scalar_one()) >= most


class Walk(NamedTuple):
    """How a register goes through the claims that a question is about, in the order of their days.

    Attributes:
        find: what holds of them, but for the days.
        at_hand: what holds of them, the days too, as is soonest asked of claims that something else has found.
        whom: sides, or names, through whose claims the walk can go; of those in one tuple through those of the one in fewest. None where not they
            narrow a question most.
        kinds: kinds and types to walk through one by one; of sides, all that need be looked at. Empty for any.
        sort: whether so little is asked for that sorting it is soonest, if nobody's claims can be walked through.
    """

    find: Where
    at_hand: Where
    whom: list[tuple[str, ...]] | None = None
    kinds: Kinds = ()
    sort: bool = False
    since: date | None = None
    until: date | None = None


def walk(asked: Filter, *more: sa.ColumnElement[bool], kinds: Kinds = ()) -> Walk:
    """The conditions of a filter and a register together, and the way that gives the first rows at once, however large the record.

    Args:
        kinds: kinds and types of the claims that a register is about; empty for all.

    Raises:
        BadOption: the filter asks for what no claim can have.
    """
    since, until = days_of(checked(asked))
    named = sorted({kind for kind, _ in kinds})
    narrowed = [*([sa.func.coalesce(claims.c.kind, "").in_(named)] if named else []), *more]  # of such a value SQLite knows no index: it takes others first
    allowed = [(kind, type) for kind, type in kinds if asked.type in {None, type} and asked.kind in {None, kind}]
    dateless = changed_in(asked, since=None, until=None, conflict=asked.conflict and changed_in(asked.conflict, since=None, until=None))
    find = [*conditions(dateless, since=since, until=until), *narrowed]
    at_hand = [*conditions(asked, at_hand=True), *narrowed]
    return Walk(find, at_hand, None if _narrow(asked) else _whom(asked), allowed, not wide(asked), since, until)


def _narrow(asked: Filter) -> bool:
    """Whether a holder, a place or an incident is asked for, which is little in any record."""
    return any((asked.holder, asked.place, asked.country, asked.box, asked.near, asked.incident))


def _whom(asked: Filter) -> list[tuple[str, ...]] | None:
    """Through whose claims a question can be walked: somebody of each tuple is concerned in every claim that meets it."""
    if asked.actor:
        return [(asked.actor,)]
    if asked.dyad:
        return [asked.dyad]
    return list(asked.conflict.dyads) if asked.conflict and not asked.conflict.countries else None


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


def incidents_in_order(connection: sa.Connection, way: Walk) -> Iterator[dict[str, date | None]]:
    """The incidents that the claims of a walk are about, each with the day of the first such claim, in this order, undated ones last; in portions."""
    query = sa.select(claims.c.day, claims.c.id, claims.c.incident).where(claims.c.incident.is_not(None))
    seen: set[str] = set()

    def fresh() -> Generator[tuple[str, date | None]]:
        for row in by_day(connection, query, way):
            if row.incident not in seen:
                seen.add(row.incident)
                yield row.incident, row.day

    with closing(fresh()) as coming:
        for portion in portions(coming):
            yield dict(portion)


def by_day(connection: sa.Connection, query: Any, way: Walk) -> Iterator[Any]:
    """The rows of a query for claims, as far as they are of a walk, by day and id, undated ones last.

    What is walked through comes in the order of an index, stream by stream, and the streams are merged.
    """
    through = _ways(connection, way)
    for began_before, days in _spans(way):
        if through:
            parts = [_through(query.where(*way.at_hand), who, way, days) for who in through]
        else:
            day = sa.func.coalesce(claims.c.day, None) if way.sort else claims.c.day  # of the first there is no index that could seem a way in
            part = query.where(*way.find, *days(claims)).order_by(day, claims.c.id)
            apart = () if way.sort or began_before else way.kinds  # of what went on there is little, and an index of its own
            parts = [part.where(claims.c.kind == kind, claims.c.type == type) for kind, type in apart] or [part]
        streams = [connection.execute(p, execution_options={"yield_per": 200}) for p in parts]
        last = None
        for row in heapq.merge(*streams, key=lambda r: (r.day or date.max, r.id)):
            if row.id != last:  # one claim may come through several
                last = row.id
                yield row


Days = Callable[[Any], list[sa.ColumnElement[bool]]]
"""Conditions on the days of rows of `claims` or `involved`."""


def _spans(way: Walk) -> list[tuple[bool, Days]]:
    """One after the other what began before the days that are asked for and went on, what began in them, what has no day; the first is marked."""
    since, until = way.since, way.until
    if since is not None:
        return [(True, lambda rows: [went_on(rows, since)]), (False, lambda rows: [rows.c.day.between(since, until) if until else rows.c.day >= since])]
    if until is not None:
        return [(False, lambda rows: [rows.c.day <= until])]
    return [(False, lambda rows: [rows.c.day.is_not(None)]), (False, lambda rows: [rows.c.day.is_(None)])]


def _through(query: Any, who: tuple[str, str], way: Walk, days: Days) -> Any:
    """The rows of a query for claims that concern a side, or that an entity is in."""
    column, key = who
    if column == "entity":
        through: Any = parties.alias()
        return query.join(through, through.c.claim == claims.c.number).where(through.c.entity == key, *days(claims)).order_by(through.c.day, claims.c.id)
    through = involved.alias()
    more = [through.c.kind.in_({kind for kind, _ in way.kinds}), through.c.type.in_({type for _, type in way.kinds})] if way.kinds else []
    return query.join(through, through.c.claim == claims.c.number).where(through.c.side == key, *days(through), *more).order_by(through.c.day, claims.c.id)


def _ways(connection: sa.Connection, way: Walk) -> list[tuple[str, str]]:
    """The sides and entities to walk through, as columns and keys; none where that leads nowhere, or not to all."""
    found: set[tuple[str, str]] = set()
    for group in way.whom or ():
        each = [e for words in group if (e := _keys(connection, words, alone=len(group) == 1))]
        if not each:
            return []
        found |= min(each, key=lambda keys: sum(_number(connection, who, way) for who in keys)) if len(each) > 1 else each[0]
    return sorted(found)


def _keys(connection: sa.Connection, words: str, alone: bool) -> set[tuple[str, str]]:
    """Whom a user's words name: a side, or entities; where the question is about two, their sides, and nobody where one has none."""
    if is_side(words):
        return {("side", words)}
    rows = connection.execute(sa.select(entities.c.key, entities.c.side).where(entities.c.key.in_(keys_of(words)))).all()
    if alone:
        return {("side", words), *(("entity", row.key) for row in rows)}
    return set() if any(not row.side for row in rows) else {("side", words), *(("side", row.side) for row in rows)}


def _number(connection: sa.Connection, who: tuple[str, str], way: Walk) -> int:
    """How many claims concern a side in the days of a walk, as far as it matters."""
    within = sa.select(involved.c.claim).where(involved.c.side == who[1], *during(involved, way.since, way.until)).limit(ENOUGH).subquery()
    return int(connection.execute(sa.select(sa.func.count()).select_from(within)).scalar_one())


def wide(asked: Filter) -> bool:
    """Whether nothing but time, type and the like is asked for: then an index in the order of days answers soonest."""
    return not any((asked.conflict, asked.dyad, asked.actor, asked.holder, asked.place, asked.country, asked.box, asked.near, asked.incident))


def claims_of(connection: sa.Connection, keys: Collection[str], where: Where, more: Sequence[Any] = ()) -> dict[str, list[Any]]:
    """By incident the claims that meet the conditions, the first said first, with the holder's name, the report, and what else is wanted of `claims`."""
    found: dict[str, list[Any]] = {key: [] for key in keys}
    for part in chunks(keys):
        query = rows_said(more).where(*where, claims.c.incident.in_(part)).order_by(claims.c.as_of.is_(None), claims.c.as_of, claims.c.id)
        for row in connection.execute(query):
            found[row.incident].append(row)
    return found


def said(connection: sa.Connection, way: Walk) -> Iterator[Said]:
    """The claims of a walk with all who are in them, by day, undated ones last."""
    for portion in portions(by_day(connection, rows_said(), way)):
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
def kept(connection: sa.Connection, asked: Filter, where: Where) -> Iterator[tuple[Any, Where]]:
    """Rows of claims, and conditions on them, that cost little to ask again and again.

    The columns `KEPT` of the claims that are meant are put into a table of this connection's own until the block ends. Of a wide question nearly all
    claims may be meant: then it is `claims` and the conditions as they are.
    """
    if wide(asked) and not (asked.since or asked.until):
        yield claims, where
        return
    columns = [claims.c[name] for name in KEPT]
    table = sa.Table("asked", sa.MetaData(), *(sa.Column(c.name, c.type, primary_key=c.primary_key) for c in columns), prefixes=["TEMPORARY"])
    connection.execute(CreateTable(table))
    connection.execute(sa.insert(table).from_select(KEPT, sa.select(*columns).where(*where)))
    connection.execute(sa.text("ANALYZE asked"))  # of a table that it knows nothing of a database may think that it is the largest
    yield table, []
    connection.execute(DropTable(table))  # where the block raises, undoing the transaction takes it away


def reading(record: Record) -> Any:
    """A connection on which a whole answer is seen as of one moment."""
    return record.database.reading()
