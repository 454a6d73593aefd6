"""Incidents of a record, the accounts of each, what is disputed between them, and why they were grouped.

In: a record and a filter, or the id of an incident. Out: frozen values, in an order that prefers nobody: incidents by day, accounts by the day on which
they were first given and then by name. Which account is right is never said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import islice
from typing import Any

import sqlalchemy as sa

from sayso.model import AnyClaim, Field, Relation, Struct
from sayso.record.adding import chunks
from sayso.record.filters import STANDING, Filter, conditions
from sayso.record.grouping import why
from sayso.record.regrouping import Memory
from sayso.record.rows import claim_of
from sayso.record.store import Record
from sayso.record.tables import blocks, changes, claims, decisions, disputes, entities, incidents, relations, reports, sources

MANY = 20_000
"""Claims from which on the incidents of a question are found by going through all incidents in their order, until there are enough."""
NEIGHBOURS = 12
"""Claims outside an incident that an explanation names, the nearest first."""


class IncidentRow(Struct, frozen=True, kw_only=True):
    """An incident, as most of its claims have it. `sides` are keys (`sayso.identity.side`); `reports` counts near-copies once."""

    id: str
    about: str
    type: str
    start: date | None
    end: date | None
    place: str
    country: str
    lat: float | None
    lon: float | None
    place_precision: str
    background: bool
    sides: list[str]
    claims: int
    reports: int
    accounts: int
    disputed: list[str]
    pinned: bool


class Given(Struct, frozen=True, kw_only=True):
    """A claim, and the report that gives it."""

    claim: AnyClaim
    report: str
    publisher: str | None
    published: str | None
    url: str | None
    state: str
    replaced_by: str | None


class AccountOf(Struct, frozen=True, kw_only=True):
    """What one holder says of an incident. `outlets` published it, `relayers` stand between holder and outlet; `texts` counts near-copies once."""

    holder: str
    name: str
    side: str
    first_said: date | None
    outlets: list[str]
    relayers: list[str]
    texts: int
    claims: list[Given]


class DisputeRow(Struct, frozen=True, kw_only=True):
    """What two holders, by name, dispute."""

    field: Field
    holders: tuple[str, str]
    because: str


class RelationRow(Struct, frozen=True, kw_only=True):
    """How the second claim relates to the first; a pair that is not listed adds."""

    first: str
    second: str
    relation: Relation
    fields: list[Field]
    because: str


class Accounts(Struct, frozen=True, kw_only=True):
    """An incident with its accounts side by side. `share` is how many of the pairs of accounts dispute each other, None where there is one account alone."""

    incident: IncidentRow
    share: float | None
    accounts: list[AccountOf]
    disputes: list[DisputeRow]
    relations: list[RelationRow]


class Disagreement(Struct, frozen=True, kw_only=True):
    """How much is disputed among incidents of two accounts or more.

    `share` is `disputed` / `incidents`, None where there are none. `by_field`: incidents in which the field is disputed. `by_pair`: for two holders by name,
    incidents on which both have an account, and of these the ones in which they dispute each other, on any field and by field.
    """

    incidents: int
    disputed: int
    share: float | None
    by_field: dict[str, int]
    by_pair: list[Pair]


class Pair(Struct, frozen=True, kw_only=True):
    """Two holders, and how often they dispute each other."""

    holders: tuple[str, str]
    incidents: int
    disputed: int
    share: float
    by_field: dict[str, int]


class Explanation(Struct, frozen=True, kw_only=True):
    """Why claims are one incident: each line names two claims by their words, and what was weighed."""

    incident: IncidentRow
    links: list[Because]
    apart: list[Because]
    decisions: list[Because]


class Because(Struct, frozen=True, kw_only=True):
    """Two claims, and the reasons that join them or keep them apart; `score` in log-odds, None for what excludes and what users decided."""

    first: str
    second: str
    first_words: str
    second_words: str
    score: float | None
    reasons: list[str]


def list_incidents(
    record: Record, asked: Filter = Filter(), disputed: bool = False, least: int = 1, limit: int | None = None, offset: int = 0, latest: bool = False
) -> list[IncidentRow]:
    """Incidents with a claim that meets the filter, by day, the undated last.

    Args:
        disputed: only such as accounts dispute.
        least: only such as have so many accounts.
        latest: whether the latest come first; the undated are last in any case.
    """
    with record.database.reading() as connection:
        query = _meeting(asked, limit is not None and _many(connection, asked))
        query = query.order_by(incidents.c.day.desc() if latest else incidents.c.day, incidents.c.id)
        if disputed:
            query = query.where(incidents.c.disputed != "")
        if least > 1:
            query = query.where(incidents.c.holders >= least)
        end = None if limit is None else offset + limit
        rows = (  # undated ones last, in two questions, so that each is answered in the order of an index
            row
            for dated in (incidents.c.day.is_not(None), incidents.c.day.is_(None))
            for row in connection.execute(query.where(dated).limit(end), execution_options={"yield_per": 200}).mappings()
        )
        return [_incident(row) for row in islice(rows, offset, end)]


def accounts_of(record: Record, incident: str) -> Accounts:
    """The accounts of an incident.

    Args:
        incident: its id, an earlier one, or how one begins.

    Raises:
        BadOption: there is none such.
    """
    key = record.incident_id(incident)
    with record.database.reading() as connection:
        row = connection.execute(sa.select(incidents).where(incidents.c.id == key)).mappings().one()
        columns = (
            claims.c.number, claims.c.id, claims.c.body, claims.c.holder, claims.c.as_of, claims.c.state, claims.c.replaced_by,
            entities.c.name, entities.c.side, reports.c.id.label("report"), reports.c.publisher, reports.c.published, reports.c.url, reports.c.copies,
        )  # fmt: skip
        query = (
            sa.select(*columns)
            .join(entities, entities.c.key == claims.c.holder)
            .join(reports, reports.c.number == claims.c.report)
            .where(claims.c.incident == key, STANDING)
            .order_by(claims.c.as_of.is_(None), claims.c.as_of, reports.c.day, reports.c.digest, claims.c.evidence_start, claims.c.id)
        )
        found = connection.execute(query).all()
        relayed = _relayers(connection, [r.number for r in found])
        held: dict[str, list[Any]] = defaultdict(list)
        for r in found:
            held[r.holder].append(r)
        names = {r.holder: r.name for r in found}
        given = [_account(group, relayed) for group in held.values()]
        given.sort(key=lambda a: (a.first_said is None, a.first_said, a.name, a.holder))
        query = sa.select(disputes).where(disputes.c.incident == key).order_by(disputes.c.field, disputes.c.one, disputes.c.other)
        disputed = connection.execute(query).all()
        ids = {r.number: r.id for r in found}
        related = [_relation(r, ids) for r in connection.execute(sa.select(relations).where(relations.c.incident == key))]
        rival = {frozenset((d.one, d.other)) for d in disputed}
        pairs = len(given) * (len(given) - 1) // 2
        return Accounts(
            incident=_incident(row), accounts=given, share=round(len(rival) / pairs, 4) if pairs else None,
            disputes=[DisputeRow(field=Field(d.field), holders=(names.get(d.one, d.one), names.get(d.other, d.other)), because=d.because) for d in disputed],
            relations=sorted(related, key=lambda r: (r.first, r.second)),
        )  # fmt: skip


def disagreement(record: Record, asked: Filter = Filter(), most_pairs: int = 20) -> Disagreement:
    """How much is disputed among the incidents that meet the filter and have two accounts or more; pairs of holders by how many incidents they share."""
    with record.database.reading() as connection:
        chosen = _meeting(asked).where(incidents.c.holders > 1).subquery()
        total, disputed = connection.execute(sa.select(sa.func.count(), sa.func.count(sa.case((chosen.c.disputed != "", 1)))).select_from(chosen)).one()
        among = disputes.c.incident.in_(sa.select(chosen.c.id))
        field = sa.select(disputes.c.field, sa.func.count(disputes.c.incident.distinct())).where(among).group_by(disputes.c.field)
        by_field = dict(connection.execute(field.order_by(disputes.c.field)).tuples().all())
        by_pair: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for row in connection.execute(sa.select(disputes.c.one, disputes.c.other, disputes.c.field, disputes.c.incident).where(among)):
            by_pair[row.one, row.other][row.field].add(row.incident)
        ranked = sorted(by_pair, key=lambda p: (-len(set().union(*by_pair[p].values())), p))[:most_pairs]
        names = _names(connection, {key for pair in ranked for key in pair})
        pairs = [_pair(connection, pair, by_pair[pair], names, chosen) for pair in ranked]
    share = round(disputed / total, 4) if total else None
    return Disagreement(incidents=total, disputed=disputed, share=share, by_field=by_field, by_pair=pairs)


def explain_incident(record: Record, incident: str) -> Explanation:
    """Why the claims of an incident were grouped, and why near ones were not.

    Raises:
        BadOption: there is no such incident.
    """
    key = record.incident_id(incident)
    with record.database.reading() as connection:
        row = connection.execute(sa.select(incidents).where(incidents.c.id == key)).mappings().one()
        numbers = set(connection.execute(sa.select(claims.c.number).where(claims.c.incident == key, STANDING)).scalars())
        memory = Memory()
        inside = memory.get(connection, numbers)
        near = _near(connection, numbers)
        outside = memory.get(connection, near)
        found = why(list(inside.values()), list(outside.values()))
        decided = _decided(connection, [one.claim for one in inside.values()])
        told = {c for link in found.links for c in (link.first, link.second)} | {c for a in found.apart for c in (a.first, a.second)}
        words = _words(connection, told | {c for one, other, _ in decided for c in (one, other)})
    return Explanation(
        incident=_incident(row),
        links=[_because(link.first, link.second, words, round(link.score, 2), [reason.words for reason in link.reasons]) for link in found.links],
        apart=[_because(a.first, a.second, words, None, [a.because]) for a in found.apart[:NEIGHBOURS]],
        decisions=[_because(one, other, words, None, [reason]) for one, other, reason in decided],
    )


def meets_many(record: Record, asked: Filter) -> bool:
    """Whether so many claims meet a filter that counting them takes long."""
    with record.database.reading() as connection:
        return _many(connection, asked, whole=False)


def homes_of(record: Record, claim_ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """The incident in which each of these claims is, with its line for people; offices are in none."""
    query = sa.select(claims.c.id, incidents.c.id, incidents.c.about).join(incidents, incidents.c.id == claims.c.incident)
    with record.database.reading() as connection:
        return {row[0]: (row[1], row[2]) for part in chunks(claim_ids) for row in connection.execute(query.where(claims.c.id.in_(part), STANDING))}


def _meeting(asked: Filter, many: bool = False) -> sa.Select[Any]:
    """Incidents that stand and have a claim that meets the filter.

    Args:
        many: whether there are so many that it is sooner asked of each incident than all of them are found first.
    """
    query = sa.select(incidents).where(incidents.c.gone_in.is_(None))
    if asked == Filter():
        return query
    if many:
        return query.where(sa.select(claims.c.number).where(claims.c.incident == incidents.c.id, *conditions(asked, at_hand=True)).exists())
    return query.where(incidents.c.id.in_(sa.select(claims.c.incident).where(*conditions(asked), claims.c.incident.is_not(None))))


def _many(connection: sa.Connection, asked: Filter, whole: bool = True) -> bool:
    """Whether many claims meet a filter; `whole`: what that is without one."""
    if whole and asked == Filter():
        return True
    found = sa.select(claims.c.number).where(*conditions(asked)).limit(MANY).subquery()
    return connection.execute(sa.select(sa.func.count()).select_from(found)).scalar_one() == MANY


def _incident(row: Any) -> IncidentRow:
    same = {name: row[name] for name in IncidentRow.__struct_fields__ if name not in {"sides", "disputed", "accounts"}}
    return IncidentRow(**same, sides=[s for s in row["sides"].split(" | ") if s], disputed=row["disputed"].split(), accounts=row["holders"])


def _relation(row: Any, ids: dict[int, str]) -> RelationRow:
    fields = [Field(name) for name in row.fields.split()]
    return RelationRow(first=ids[row.first], second=ids[row.second], relation=Relation(row.relation), fields=fields, because=row.because)


def _account(group: list[Any], relayed: dict[int, list[str]]) -> AccountOf:
    return AccountOf(
        holder=group[0].holder, name=group[0].name, side=group[0].side, first_said=min((r.as_of for r in group if r.as_of), default=None),
        outlets=sorted({r.publisher for r in group if r.publisher}), relayers=sorted({name for r in group for name in relayed.get(r.number, ())}),
        texts=len({r.copies for r in group}),
        claims=[
            Given(
                claim=claim_of(r.body), report=r.report, publisher=r.publisher, published=r.published, url=r.url, state=r.state, replaced_by=r.replaced_by
            )
            for r in group
        ],
    )  # fmt: skip


def _relayers(connection: sa.Connection, numbers: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    query = sa.select(sources.c.claim, entities.c.name).join(entities, entities.c.key == sources.c.entity).where(sources.c.link > 0)
    for part in chunks(numbers):
        for row in connection.execute(query.where(sources.c.claim.in_(part)).order_by(sources.c.claim, sources.c.link, sources.c.position)):
            found[row.claim].append(row.name)
    return found


def _names(connection: sa.Connection, keys: Iterable[str]) -> dict[str, str]:
    query = sa.select(entities.c.key, entities.c.name)
    return {row.key: row.name for part in chunks(keys) for row in connection.execute(query.where(entities.c.key.in_(part)))}


def _pair(connection: sa.Connection, pair: tuple[str, str], fields: dict[str, set[str]], names: dict[str, str], chosen: sa.Subquery) -> Pair:
    """How often both speak of one incident, and how often they dispute each other there."""
    one, other = (sa.select(claims.c.incident).where(claims.c.holder == key, STANDING, claims.c.incident.is_not(None)) for key in pair)
    shared = sa.select(sa.func.count()).select_from(chosen).where(chosen.c.id.in_(one), chosen.c.id.in_(other))
    both = connection.execute(shared).scalar_one()
    disputed = len(set().union(*fields.values()))
    return Pair(
        holders=(names[pair[0]], names[pair[1]]), incidents=both, disputed=disputed, share=round(disputed / both, 4) if both else 0.0,
        by_field={name: len(found) for name, found in sorted(fields.items())},
    )  # fmt: skip


def _near(connection: sa.Connection, numbers: set[int]) -> set[int]:
    """Claims outside that share most blocks with those inside."""
    mine = sa.alias(blocks)
    votes: dict[int, int] = defaultdict(int)
    for part in chunks(numbers):
        query = sa.select(blocks.c.claim, sa.func.count()).join(mine, mine.c.block == blocks.c.block).where(mine.c.claim.in_(part)).group_by(blocks.c.claim)
        for number, shared in connection.execute(query):
            votes[number] += shared
    return set(sorted(votes.keys() - numbers, key=lambda n: (-votes[n], n))[:NEIGHBOURS])


def _decided(connection: sa.Connection, ids: list[str]) -> list[tuple[str, str, str]]:
    found: dict[tuple[str, str], str] = {}
    query = sa.select(decisions, changes.c.author, changes.c.at).join(changes, changes.c.number == decisions.c.made_in)
    for part in chunks(ids):
        for row in connection.execute(query.where(sa.or_(decisions.c.one.in_(part), decisions.c.other.in_(part)))):
            found[row.one, row.other] = f"{'put together' if row.together else 'set apart'} by {row.author}, {row.at[:10]}"
    return [(*pair, reason) for pair, reason in sorted(found.items())]


def _words(connection: sa.Connection, ids: Iterable[str]) -> dict[str, str]:
    query = sa.select(claims.c.id, claims.c.evidence)
    return {row.id: row.evidence for part in chunks(ids) for row in connection.execute(query.where(claims.c.id.in_(part)))}


def _because(first: str, second: str, words: dict[str, str], score: float | None, reasons: list[str]) -> Because:
    return Because(first=first, second=second, first_words=words.get(first, ""), second_words=words.get(second, ""), score=score, reasons=reasons)
