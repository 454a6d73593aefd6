"""Whose claims the record holds: how many, as what, about whom, who contradicts and who confirms them, and the grades that users gave.

In: a record and a filter. Out: a profile for each source. The program gives no grade and no score of its own: how often somebody is contradicted says as
much about who speaks against him. Ten outlets that quote one ministry confirm nothing, since the claim is the ministry's; near-copies of one text count once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from sayso.model import Struct
from sayso.record.adding import chunks
from sayso.record.filters import Filter
from sayso.record.registers.asking import asked_for, kept, reading, side_names
from sayso.record.store import Record
from sayso.record.tables import claims, disputes, entities, grades, parties, relations, reports
from sayso.record.tables import sources as links

CONFIRMING = ("same", "narrows")
MOST = 5
"""So many sides, and so many who dispute or confirm, are named."""


class Tie(Struct, frozen=True, kw_only=True):
    """A side or another holder, and in how many claims or incidents."""

    key: str
    name: str
    number: int


class Grade(Struct, frozen=True, kw_only=True):
    """A user's grade of the source on the Admiralty scale, A to F."""

    author: str
    reliability: str
    note: str


class Rating(Struct, frozen=True, kw_only=True):
    """A user's grade of a claim on the Admiralty scale, 1 to 6."""

    author: str
    credibility: str
    note: str


class Profile(Struct, frozen=True, kw_only=True):
    """A source. `claims` are those that it holds: `as_outlet` in the own voice of what it published, `as_speaker` when it is quoted.

    `relayed` are claims of others that it passed on, as a link of the chain or as who published them. `disputed` counts incidents, `confirmed` claims.
    """

    source: str
    name: str
    side: str
    sector: str
    claims: int
    reports: int
    as_outlet: int
    as_speaker: int
    relayed: int
    kinds: dict[str, int]
    first: date | None
    latest: date | None
    about: list[Tie]
    disputed: int
    disputed_by: list[Tie]
    denied_by: list[Tie]
    confirmed: int
    confirmed_by: list[Tie]
    grades: list[Grade]


def sources(record: Record, asked: Filter | None = None, limit: int | None = None) -> list[Profile]:
    """The profiles of those whose claims meet the filter, most claims first.

    What is disputed and confirmed is counted over the incidents of these claims. A claim is confirmed where a claim of another holder about the incident says
    the same or narrows it, unless one of them speaks in its own voice and their reports are near-copies of each other.

    Raises:
        BadOption: the filter asks for what no claim can have.
    """
    asked = asked or Filter()
    with reading(record) as connection, kept(connection, asked, asked_for(asked)) as (meant, where):
        number = sa.func.count()
        query = sa.select(meant.c.holder, number).where(*where).group_by(meant.c.holder).order_by(number.desc(), meant.c.holder).limit(limit)
        keys = [row[0] for row in connection.execute(query)]
        whole = asked == Filter()
        return [p for part in chunks(keys) for p in _profiles(connection, meant, where, part, whole)]


def ratings_of(record: Record, claim_ids: Iterable[str]) -> dict[str, list[Rating]]:
    """The grades that users gave to claims, by claim, in the order of their names."""
    found: dict[str, list[Rating]] = defaultdict(list)
    with reading(record) as connection:
        for part in chunks(claim_ids):
            query = sa.select(grades).where(grades.c.kind == "claim", grades.c.target.in_(part)).order_by(grades.c.target, grades.c.author)
            for row in connection.execute(query):
                found[row.target].append(Rating(author=row.author, credibility=row.credibility, note=row.note))
    return dict(found)


def _profiles(connection: sa.Connection, meant: Any, where: Sequence[Any], keys: list[str], whole: bool) -> list[Profile]:
    held = [*where, meant.c.holder.in_(keys)]
    known = {r.key: r for r in connection.execute(sa.select(entities).where(entities.c.key.in_(keys)))}
    kinds: dict[str, dict[str, int]] = defaultdict(dict)
    voices: dict[str, dict[bool, int]] = defaultdict(lambda: defaultdict(int))
    spans: dict[str, list[date]] = defaultdict(list)
    own = meant.c.manner == ""
    query = sa.select(meant.c.holder, meant.c.kind, own, sa.func.count(), sa.func.min(meant.c.day), sa.func.max(meant.c.day))
    for holder, kind, outlet, n, first, latest in connection.execute(query.where(*held).group_by(meant.c.holder, meant.c.kind, own)):
        kinds[holder][kind] = kinds[holder].get(kind, 0) + n
        voices[holder][bool(outlet)] += n
        spans[holder] += [d for d in (first, latest) if d]
    texts = _pairs(
        connection.execute(
            sa.select(meant.c.holder, sa.func.count(sa.distinct(reports.c.copies))).join(reports, reports.c.number == meant.c.report)
            .where(*held).group_by(meant.c.holder)
        ).all()
    )  # fmt: skip
    about = _about(connection, meant, held)
    relayed = _relayed(connection, meant, where, keys)
    disputed, disputed_by, denied_by = _disputed(connection, meant, where, keys, whole)
    confirmed, confirmed_by = _confirmed(connection, meant, held)
    graded: dict[str, list[Grade]] = defaultdict(list)
    for g in connection.execute(sa.select(grades).where(grades.c.kind == "source", grades.c.target.in_(keys)).order_by(grades.c.author)):
        graded[g.target].append(Grade(author=g.author, reliability=g.reliability, note=g.note))
    return [
        Profile(
            source=key, name=known[key].name, side=known[key].side, sector=known[key].sector, claims=sum(kinds[key].values()), reports=texts.get(key, 0),
            as_outlet=voices[key][True], as_speaker=voices[key][False], relayed=relayed.get(key, 0), kinds=dict(sorted(kinds[key].items())),
            first=min(spans[key], default=None), latest=max(spans[key], default=None), about=about.get(key, []), disputed=disputed.get(key, 0),
            disputed_by=disputed_by.get(key, []), denied_by=denied_by.get(key, []), confirmed=confirmed.get(key, 0), confirmed_by=confirmed_by.get(key, []),
            grades=graded[key],
        )
        for key in keys
    ]  # fmt: skip


def _about(connection: sa.Connection, meant: Any, held: Sequence[Any]) -> dict[str, list[Tie]]:
    """The sides in a source's claims, its own too, those in most first."""
    n = sa.func.count(sa.distinct(meant.c.number))
    query = sa.select(meant.c.holder, parties.c.side, n).join(parties, parties.c.claim == meant.c.number).where(*held, parties.c.side != "")
    rows = connection.execute(query.group_by(meant.c.holder, parties.c.side)).all()
    names = side_names(connection, {r[1] for r in rows})
    return _most([(holder, side, names[side], n) for holder, side, n in rows])


def _relayed(connection: sa.Connection, meant: Any, where: Sequence[Any], keys: list[str]) -> dict[str, int]:
    """Claims of others that a source passed on: as a later link of the chain, or as the publisher of the report."""
    relayer = sa.func.coalesce(links.c.entity, "")  # of such a value no index of all links looks like the way in
    chain = sa.select(links.c.entity.label("by"), links.c.claim).join(meant, meant.c.number == links.c.claim).where(
        *where, relayer.in_(keys), links.c.link > 0, meant.c.holder != links.c.entity
    )  # fmt: skip
    published = sa.select(reports.c.publisher_key.label("by"), meant.c.number).join(reports, reports.c.number == meant.c.report).where(
        *where, reports.c.publisher_key.in_(keys), meant.c.manner != "", meant.c.holder != reports.c.publisher_key
    )  # fmt: skip
    both = sa.union(chain, published).subquery()
    return _pairs(connection.execute(sa.select(both.c.by, sa.func.count()).group_by(both.c.by)).all())


def _disputed(
    connection: sa.Connection, meant: Any, where: Sequence[Any], keys: list[str], whole: bool
) -> tuple[dict[str, int], dict[str, list[Tie]], dict[str, list[Tie]]]:
    """In how many incidents a source's account is disputed, by whom, and who says that it was not so."""
    told = sa.select(meant.c.incident, meant.c.holder).where(*where, meant.c.holder.in_(keys)).distinct().cte("told")
    rows = []
    for mine, theirs in ((disputes.c.one, disputes.c.other), (disputes.c.other, disputes.c.one)):
        query = sa.select(mine, theirs, disputes.c.incident, disputes.c.field).where(mine.in_(keys))
        if not whole:
            query = query.join(told, sa.and_(told.c.incident == disputes.c.incident, told.c.holder == mine))
        rows.append(query)
    both = sa.union_all(*rows).subquery()
    of, by, incident, field = both.c
    number = sa.func.count(sa.distinct(incident))
    total = _pairs(connection.execute(sa.select(of, number).group_by(of)).all())
    found = connection.execute(
        sa.select(of, by, entities.c.name, number, sa.func.count(sa.distinct(sa.case((field == "status", incident)))))
        .join(entities, entities.c.key == by).group_by(of, by, entities.c.name)
    ).all()  # fmt: skip
    return total, _most([r[:4] for r in found]), _most([(r[0], r[1], r[2], r[4]) for r in found if r[4]])


def _confirmed(connection: sa.Connection, meant: Any, held: Sequence[Any]) -> tuple[dict[str, int], dict[str, list[Tie]]]:
    """How many of a source's claims another holder says too, independently, and who."""
    other, printed, printed_there = claims.alias(), reports.alias(), reports.alias()
    found = []
    for mine, theirs in ((relations.c.first, relations.c.second), (relations.c.second, relations.c.first)):
        found.append(
            sa.select(meant.c.holder, meant.c.number, other.c.holder.label("by"))
            .join(relations, mine == meant.c.number).join(other, other.c.number == theirs)
            .join(printed, printed.c.number == meant.c.report).join(printed_there, printed_there.c.number == other.c.report)
            .where(*held, relations.c.relation.in_(CONFIRMING), other.c.holder != meant.c.holder, other.c.gone_in.is_(None), other.c.state != "rejected",
                   sa.or_(printed.c.copies != printed_there.c.copies, sa.and_(meant.c.manner != "", other.c.manner != "")))
        )  # fmt: skip
    both = sa.union(*found).subquery()
    confirmed: dict[str, set[int]] = defaultdict(set)
    by: dict[tuple[str, str, str], int] = defaultdict(int)
    query = sa.select(both.c.holder, both.c.number, both.c.by, entities.c.name).join(entities, entities.c.key == both.c.by)
    for holder, number, key, name in connection.execute(query, execution_options={"yield_per": 1000}):
        confirmed[holder].add(number)
        by[holder, key, name] += 1
    return {holder: len(numbers) for holder, numbers in confirmed.items()}, _most([(*who, number) for who, number in by.items()])


def _pairs(rows: Sequence[Any]) -> dict[str, int]:
    return {row[0]: row[1] for row in rows}


def _most(rows: Sequence[Any]) -> dict[str, list[Tie]]:
    found: dict[str, list[Tie]] = defaultdict(list)
    for mine, key, name, number in sorted(rows, key=lambda r: (r[0], -r[3], r[1])):
        if len(found[mine]) < MOST:
            found[mine].append(Tie(key=key, name=name, number=number))
    return found


