"""What was asked for, agreed, refused, declared, in effect, and allegedly broken: chains in time, each step on somebody's say-so.

In: a record and a filter. Out: chains of steps about one thing (ceasefire, withdrawal, release, access, disarming, talks, aid) between the same sides.
A third party's appeal is an appeal and never a ceasefire; what is in effect is what holders say is in effect; a breach is always alleged. Only days, sides and
the thing asked for link steps: whether one step brought about another is not asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from sayso.model import Struct
from sayso.record.filters import STANDING, Filter, Sides
from sayso.record.registers.asking import (
    Account,
    Said,
    Walk,
    accounts,
    reading,
    rows_said,
    said,
    side_names,
    sides_of,
    some,
    walk,
    widened,
    with_parties,
)
from sayso.record.registers.talks import go_betweens_and_others
from sayso.record.store import Record
from sayso.record.tables import claims, involved, parties

GAP = 30
"""Days without a step after which the next one begins another chain; and days after the last word of a ceasefire in effect in which an attack is a breach."""
THINGS = {"ceasefire": "ceasefire", "withdraw": "withdrawal", "release": "release", "disarm": "disarming", "access": "access"}
STEPS = ("appeal", "agreement", "refusal", "declared", "planned", "in effect", "failed", "denied", "alleged breach")
"""The kinds of steps, in the order in which steps of one day stand."""
TYPES = ("REQUEST", "AGREE", "REJECT", "CONCEDE", "RETREAT", "CONSULT", "AID")
_SPOKEN = {"REQUEST": "appeal", "AGREE": "agreement", "REJECT": "refusal", "CONCEDE": "declared"}
_DONE = {"occurred": "in effect", "ongoing": "in effect", "attempted": "failed", "negated": "denied", "planned": "planned"}


class Step(Struct, frozen=True, kw_only=True):
    """One step: what is said to have been done, by whom and to whom, and by which holders.

    `by` and `to` are sides, or the names of those who are on none; `by_names` and `to_names` what they are called.
    `confirmed_by` names, of an alleged breach, the holders who are of neither side and say the same; of other steps nobody.
    """

    step: str
    day: date | None
    incident: str
    by: list[str]
    to: list[str]
    by_names: list[str]
    to_names: list[str]
    status: list[str]
    background: bool
    accounts: list[Account]
    evidence: list[str]
    confirmed_by: list[str] = []


class Chain(Struct, frozen=True, kw_only=True):
    """Steps about one thing. `sides` are those who are to do it; `third` those who asked it of them and are not among these."""

    thing: str
    sides: list[str]
    names: list[str]
    third: list[str]
    first: date | None
    latest: date | None
    steps: list[Step]


@dataclass
class _Open:
    """A chain in the making."""

    thing: str
    obliged: set[str]
    involved: set[str]
    latest: date
    first: date
    steps: dict[tuple[str, str, frozenset[str]], list[Said]] = field(default_factory=lambda: defaultdict(list))


def appeals(record: Record, asked: Filter | None = None, limit: int | None = None) -> Iterator[Chain]:
    """The chains, by the day of their first step (within the time that a chain may go on).

    A step joins the chain about the same thing whose latest step lies at most 30 days back and whose sides are the same, or some of them, or these and more: of
    several the one whose sides are most alike, then the latest. Who is to do the thing counts: those who are asked, those who agree, refuse, declare, do
    it. An appeal to nobody named joins none. Requests, promises and refusals of which the text does not say what they are about are
    chains of the thing "other", by the same rule.

    An attack is an alleged breach of a ceasefire where it is told of two sides of the chain, on a day from the first on which a ceasefire between them is said
    to be in effect, to 30 days after the last; whoever says so. Undated background is in no chain, nor do talks and aid of which nobody asked or promised
    anything make one. A dyad in the filter wants chains with both sides in them.

    Raises:
        BadOption: the filter asks for what no claim can have.
    """
    plain, dyads = widened(asked or Filter())
    way = walk(plain, claims.c.type.in_(TYPES), _about_something(), kinds=[("event", type) for type in TYPES])
    if dyads:  # chains of both sides, made of steps that name one
        sides = sorted({side for dyad in dyads for side in dyad})
        find, at_hand = (sa.or_(*(Sides(held, way.since, way.until).inside(side) for side in sides)) for held in (False, True))
        way = way._replace(find=[*way.find, find], at_hand=[*way.at_hand, at_hand], whom=way.whom or [(side,) for side in sides], sort=True)
    return some(_chains(record, way, dyads), limit)


def _about_something() -> sa.ColumnElement[bool]:
    """Talks and aid are steps too, but an easing of force only where its mode says of what kind; what may be is no step."""
    return sa.and_(claims.c.status != "hypothetical", sa.or_(claims.c.type != "RETREAT", sa.and_(claims.c.modes != "", claims.c.modes != "resign")))


def _chains(record: Record, way: Walk, dyads: Sequence[tuple[str, str]]) -> Iterator[Chain]:
    with reading(record) as connection:
        pairs = [[sides_of(connection, words) for words in dyad] for dyad in dyads]
        open_: list[_Open] = []
        day: date | None = None
        for one in said(connection, way):
            step, thing = step_of(one.row), thing_of(one.row)
            if one.row.day is None or not step:
                continue
            if one.row.day != day:  # they come by day: with it, and only with it, some chains may have ended
                day = one.row.day
                due = sorted((c for c in open_ if day - c.latest > timedelta(GAP)), key=_order)
                open_ = [c for c in open_ if day - c.latest <= timedelta(GAP)]
                yield from _closed(connection, due, pairs)
            _join(open_, one, step, thing)
        yield from _closed(connection, sorted(open_, key=_order), pairs)


def step_of(row: Any) -> str:
    """The kind of step that a claim is; empty for none."""
    if row.type in _SPOKEN:
        return {"negated": "denied", "planned": "planned", "hypothetical": ""}.get(row.status, _SPOKEN[row.type])
    return _DONE.get(row.status, "")


def thing_of(row: Any) -> str:
    """What it is about.

    A request to stop attacking is one for a ceasefire, as is the refusal to.
    """
    kind, *modes = (row.object.split() or [""]) if row.type in _SPOKEN else [row.type, *row.modes.split()]  # the act itself, or the one spoken of
    if kind == "RETREAT":
        return next((THINGS[m] for m in THINGS if m in modes), "other")
    if kind == "CONSULT" or (kind == "" and "meet" in row.modes.split()):
        return "talks"
    if kind == "ASSAULT" and row.type in {"REQUEST", "REJECT"} and "yield" in row.modes.split():
        return "ceasefire"
    return "aid" if kind == "AID" else "other"


def _obliged(one: Said) -> set[str]:
    """The sides that are to do it: of an appeal those who are asked, else those who act; of talks all who meet."""
    if one.row.type == "REQUEST":
        return one.sides("recipient")
    if one.row.type == "CONSULT" or one.row.object.startswith("CONSULT"):
        return {p.side for p in go_betweens_and_others(one)[1] if p.side}
    return one.sides("actor") or one.sides("recipient")


def _join(open_: list[_Open], one: Said, step: str, thing: str) -> None:
    obliged, involved = _obliged(one), one.sides()
    fitting = [c for c in open_ if c.thing == thing and obliged and _fits(c, obliged, involved)]
    chain = max(fitting, key=lambda c: (_alike(c.obliged, obliged), _alike(c.involved, involved), c.latest, sorted(c.obliged)), default=None)
    if chain is None:
        chain = _Open(thing, set(obliged), set(involved), one.row.day, one.row.day)
        open_.append(chain)
    chain.obliged |= obliged
    chain.involved |= involved
    chain.latest = max(chain.latest, one.row.day)
    chain.steps[step, one.row.incident or one.row.id, frozenset(p.side or p.entity for p in one.who("actor"))].append(one)


def _alike(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other)


def _fits(chain: _Open, obliged: set[str], involved: set[str]) -> bool:
    return bool(chain.obliged) and (obliged <= chain.involved or chain.obliged <= involved)


def _order(chain: _Open) -> tuple[Any, ...]:
    return chain.first, chain.thing, sorted(chain.obliged), min(s.row.id for steps in chain.steps.values() for s in steps)


def _closed(connection: sa.Connection, found: Sequence[_Open], pairs: Sequence[Sequence[set[str]]]) -> Iterator[Chain]:
    for chain in found:
        if (pairs and not any(one & chain.involved and other & chain.involved for one, other in pairs)) or not _of_words(chain):
            continue
        told = [(step, group) for (step, _, _), group in chain.steps.items()]
        if chain.thing == "ceasefire":
            told += [("alleged breach", group) for group in _breaches(connection, chain)]
        names = side_names(connection, {side for _, group in told for s in group for side in s.sides()} | chain.obliged)
        steps = [_step(step, group, chain.obliged, names) for step, group in told]
        steps.sort(key=lambda s: (s.day or date.max, STEPS.index(s.step), s.incident, s.by))
        asking = {w for s in steps if s.step == "appeal" for w in s.by} - chain.obliged
        yield Chain(
            thing=chain.thing, sides=sorted(chain.obliged), names=[names[s] for s in sorted(chain.obliged)], third=sorted(asking), first=steps[0].day,
            latest=max((s.day for s in steps if s.day), default=None), steps=steps,
        )  # fmt: skip


def _of_words(chain: _Open) -> bool:
    """Whether it is more than talks that were held or aid that was given: these are acts of their own."""
    return chain.thing not in {"talks", "aid"} or any(step in _SPOKEN.values() for step, _, _ in chain.steps)


def _step(step: str, group: Sequence[Said], sides: set[str], names: dict[str, str]) -> Step:
    rows = [s.row for s in group]
    by, to = _called(group, "actor"), _called(group, "recipient")
    confirmed = {r.holder_name for r in rows if step == "alleged breach" and r.holder_side not in sides}
    return Step(
        step=step, day=min((r.day for r in rows if r.day), default=None), incident=rows[0].incident or "", by=by, to=to,
        by_names=[names.get(b, b) for b in by], to_names=[names.get(t, t) for t in to], status=sorted({r.status for r in rows}),
        background=all(r.background for r in rows), accounts=accounts(rows),
        evidence=list(dict.fromkeys(r.evidence for r in rows)), confirmed_by=sorted(confirmed),
    )  # fmt: skip


def _called(group: Sequence[Said], part: str) -> list[str]:
    return sorted({p.side or p.name for s in group for p in s.who(part)})


def _breaches(connection: sa.Connection, chain: _Open) -> list[list[Said]]:
    """Attacks between sides of the chain while a ceasefire between them is said to be in effect; each incident one step."""
    steps = [s for (step, _, _), group in chain.steps.items() if step == "in effect" for s in group]
    if not steps or len(chain.obliged) < 2:
        return []
    first = min(s.row.day for s in steps)
    until = max(s.row.end or s.row.day for s in steps) + timedelta(GAP)
    among = [involved.c.side.in_(chain.obliged), involved.c.day.between(first, until), involved.c.type == "ASSAULT", involved.c.inside]
    actor, hit = parties.alias(), parties.alias()
    numbers = (
        sa.select(actor.c.claim).join(hit, hit.c.claim == actor.c.claim)
        .where(actor.c.side.in_(chain.obliged), hit.c.side.in_(chain.obliged), actor.c.side != hit.c.side, actor.c.part == "actor",
               hit.c.part.in_(("actor", "recipient")), actor.c.claim.in_(sa.select(involved.c.claim).where(*among)))
    )  # fmt: skip
    attack = sa.and_(claims.c.type == "ASSAULT", claims.c.status.in_(("occurred", "ongoing", "attempted")), claims.c.number.in_(numbers))
    rows = connection.execute(rows_said().where(STANDING, attack).order_by(claims.c.day, claims.c.id)).all()
    by_incident: dict[tuple[str, frozenset[str]], list[Said]] = defaultdict(list)
    for one in with_parties(connection, rows):
        by_incident[one.row.incident or one.row.id, frozenset(one.sides("actor"))].append(one)
    return list(by_incident.values())
