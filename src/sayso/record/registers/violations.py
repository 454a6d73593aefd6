"""How often each side is said to have attacked the other, per day, week or month, counted the same way for each.

In: a record and a filter. Out: a row for each period, attacker and attacked, with the acts by the attacked side's own account, by the attacker's, and by
third parties, each from–to. What a text counts ("70 times") counts so often, any other attack once. Nothing is said of who is right.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from sayso.errors import BadOption
from sayso.model import Struct
from sayso.record.filters import Filter
from sayso.record.registers.asking import asked_for, reading, side_names, sides_of
from sayso.record.store import Record
from sayso.record.tables import claims, incidents, parties

PERIODS = ("day", "week", "month")
OPEN = 2**40
"""Stands for a number that is open above while sums are made."""


class Tally(Struct, frozen=True, kw_only=True):
    """So many acts; `high` None is open above. `incidents` and `claims` count what they were added up from."""

    low: int
    high: int | None
    incidents: int
    claims: int


class Violations(Struct, frozen=True, kw_only=True):
    """The attacks of one side on another that begin in a period.

    `start` is its first day (a week begins on Monday). `by` is empty where nobody is named, and of fighting that is told of both sides holds both; `against` is
    empty where the text does not tell. `own`: as the attacked side tells it; `opponent`: as the attacker does; `third`: as others do; of fighting told of
    both sides `own` is what either of them tells. None where nobody of them says anything, which is not none.
    """

    period: str
    start: date | None
    by: list[str]
    by_names: list[str]
    against: str
    against_name: str
    own: Tally | None = None
    opponent: Tally | None = None
    third: Tally | None = None


def violations(record: Record, asked: Filter | None = None, by: str = "day") -> list[Violations]:
    """Attacks per period, by whom, against whom, and on whose say-so.

    In each incident a holder has one number: the largest that he gives, since others may be parts of it. Of several holders of one standing the range goes from
    the least to the most. Numbers are added over incidents. Attacks that are denied, feared or still to come do not count. With a dyad in the filter an attack
    by one of the two that is told by the other counts as one on the teller's side, although the text names nobody that was hit.

    Args:
        by: day, week or month.

    Raises:
        BadOption: another period, or the filter asks for what no claim can have.
    """
    if by not in PERIODS:
        raise BadOption(f"violations are counted by {', '.join(PERIODS)}, not by {by!r}")
    asked = asked or Filter()
    dyads = [asked.dyad] if asked.dyad else asked.conflict.dyads if asked.conflict else []
    where = asked_for(asked, claims.c.type == "ASSAULT", claims.c.status.in_(("occurred", "ongoing", "attempted")), kinds=["event"])
    with reading(record) as connection:
        pair = sorted({side for dyad in dyads for words in dyad for side in sides_of(connection, words)})
        rows = connection.execute(_query(where, pair)).all()
        found: dict[tuple[date | None, tuple[str, ...], str], dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
        for day, one, other, against, stance, low, high, claimed in rows:
            attackers = tuple(sorted({one, other or one} - {""}))
            found[_start(day, by), attackers, against][stance].append((low, high, claimed))
        names = side_names(connection, {s for _, attackers, against in found for s in (*attackers, against)})
    return [
        Violations(
            period=by, start=start, by=list(attackers), by_names=[names[s] for s in attackers], against=against, against_name=names.get(against, ""),
            **{stance: _tally(parts) for stance, parts in told.items()},
        )
        for (start, attackers, against), told in sorted(found.items(), key=lambda f: (f[0][0] is None, *(str(k) for k in f[0])))
    ]  # fmt: skip


def _query(where: Any, pair: list[str]) -> Any:
    """A row for each incident, attackers, attacked and standing of the tellers: the least and the most of their numbers."""
    act, hit, second = parties.alias(), parties.alias(), parties.alias()
    counted = sa.or_(claims.c.low.is_not(None), claims.c.high.is_not(None))
    one, against = sa.func.coalesce(act.c.side, ""), sa.func.coalesce(hit.c.side, "")
    other = (
        sa.select(sa.func.min(second.c.side))
        .where(second.c.claim == claims.c.number, second.c.part == "actor", second.c.side != "", second.c.side != act.c.side).scalar_subquery()
    )  # fmt: skip
    each = (
        sa.select(
            claims.c.incident, claims.c.id, claims.c.day, claims.c.holder, claims.c.holder_side, one.label("one"), against.label("hit"),
            sa.case((hit.c.side.is_(None), sa.func.coalesce(other, "")), else_="").label("other"),
            sa.case((counted, sa.func.coalesce(claims.c.low, 0)), else_=1).label("low"),
            sa.case((counted, sa.func.coalesce(claims.c.high, OPEN)), else_=1).label("high"),
        )
        .select_from(
            claims.outerjoin(act, sa.and_(act.c.claim == claims.c.number, act.c.part == "actor", act.c.side != ""))
            .outerjoin(hit, sa.and_(hit.c.claim == claims.c.number, hit.c.part == "recipient", hit.c.side != "", hit.c.side != one))
        )
        .where(*where, claims.c.incident.is_not(None)).cte("each")
    )  # fmt: skip
    turned = sa.and_(each.c.other != "", each.c.other < each.c.one)  # fighting of two is the same whoever is named first
    told = sa.select(
        each.c.incident, each.c.id, each.c.day, each.c.holder, each.c.holder_side, each.c.hit, each.c.low, each.c.high,
        sa.case((turned, each.c.other), else_=each.c.one).label("one"), sa.case((turned, each.c.one), else_=each.c.other).label("other"),
    ).cte("told")  # fmt: skip
    teller = sa.and_(told.c.hit == "", told.c.other == "", told.c.holder_side.in_(pair or [""]), told.c.holder_side != told.c.one, told.c.one.in_(pair or [""]))
    suffered: Any = sa.case((teller, told.c.holder_side), else_=told.c.hit)
    stance: Any = sa.case(
        (told.c.holder_side == "", "third"), (told.c.holder_side == suffered, "own"),
        (sa.and_(told.c.other != "", told.c.holder_side.in_((told.c.one, told.c.other))), "own"),
        (told.c.holder_side == told.c.one, "opponent"), else_="third",
    )  # fmt: skip
    held = sa.select(
        told.c.incident, told.c.one, told.c.other, suffered.label("against"), stance.label("stance"), told.c.holder,
        sa.func.max(told.c.low).label("low"), sa.func.max(told.c.high).label("high"), sa.func.count(sa.distinct(told.c.id)).label("claims"),
        sa.func.min(told.c.day).label("day"),
    ).group_by(told.c.incident, told.c.one, told.c.other, suffered, stance, told.c.holder).cte("held")  # fmt: skip
    day = sa.func.coalesce(incidents.c.day, sa.func.min(held.c.day))
    return (
        sa.select(day.label("day"), held.c.one, held.c.other, held.c.against, held.c.stance, sa.func.min(held.c.low), sa.func.max(held.c.high),
                  sa.func.sum(held.c.claims))
        .join(incidents, incidents.c.id == held.c.incident).group_by(held.c.incident, incidents.c.day, held.c.one, held.c.other, held.c.against, held.c.stance)
    )  # fmt: skip


def _start(day: date | str | None, by: str) -> date | None:
    """The first day of the period that a day is in."""
    at = date.fromisoformat(day) if isinstance(day, str) else day
    if at is None or by == "day":
        return at
    return at.replace(day=1) if by == "month" else at - timedelta(at.weekday())


def _tally(parts: list[tuple[int, int, int]]) -> Tally:
    high = sum(h for _, h, _ in parts)
    return Tally(low=sum(low for low, _, _ in parts), high=None if high >= OPEN else int(high), incidents=len(parts), claims=int(sum(c for _, _, c in parts)))
