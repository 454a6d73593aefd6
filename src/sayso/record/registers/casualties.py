"""Who lost how many, on whose say-so: people killed, wounded, captured, missing, displaced; things destroyed, damaged, seized.

In: a record and a filter. Out: cells, each one figure of one holder about one side's loss in one incident, and totals under a rule that the user names.
Silence is not zero: who says nothing has no cell, and "no casualties" is a cell 0–0. No figure is preferred; each rule reads the same for every side.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

import sqlalchemy as sa

from sayso.errors import BadOption
from sayso.model import Damage, Harm, Struct
from sayso.record.filters import Filter
from sayso.record.registers.asking import OFFICIAL, Walk, asked_for, changed_in, claims_of, incidents_in_order, reading, side_names, some, walk
from sayso.record.store import Record
from sayso.record.tables import claims, entities, incidents, reports

LOSSES = ("casualty", "materiel")
HARMS = [*(("casualty", harm.value) for harm in Harm), *(("materiel", harm.value) for harm in Damage)]
SUMMED = ("occurred", "ongoing")
"""What is said to be so; the rest (denied, feared, still to come) is shown and never summed."""


class Rule(StrEnum):
    """How the figures of several holders about one loss become one; see `total`."""

    MIN = "min"
    MAX = "max"
    CONSERVATIVE = "conservative"
    TWO_SOURCES = "two-sources"
    ALL = "all"


class Quote(Struct, frozen=True, kw_only=True):
    """The words of a claim, and the report that they stand in."""

    claim: str
    report: str
    text: str


class Figure(Struct, frozen=True, kw_only=True):
    """A figure that the same holder has given up since."""

    low: int | None
    high: int | None
    approximate: bool
    status: str
    as_of: date | None
    claims: list[str]


class Cell(Struct, frozen=True, kw_only=True):
    """One figure of one holder about one loss.

    `low` None is open below, `high` None open above. `stance` is how the holder stands to who suffered: own, opponent, third; empty where that cannot be told.
    The sides of a dyad or conflict that the filter names are opponents of each other, even where an incident is told without naming one of them.
    `day` is the first day of the incident's claims that meet the filter.
    `as_of` and `last_said` are the first and the last day on which it was said. `history` holds what the holder said before, the first first.
    `replaced_by` is set where the figure that replaced this one does not meet the filter.
    """

    incident: str
    about: str
    day: date | None
    place: str
    kind: str
    side: str
    side_name: str
    harm: str
    role: str
    what: str
    holder: str
    holder_name: str
    holder_side: str
    stance: str
    status: str
    background: bool
    low: int | None
    high: int | None
    approximate: bool
    as_of: date | None
    last_said: date | None
    reports: int
    claims: list[str]
    evidence: list[Quote]
    history: list[Figure] = []
    replaced_by: str | None = None


class Total(Struct, frozen=True, kw_only=True):
    """A sum over incidents under a rule. `role` "all" is everybody of the side, whatever they were: it is no sum of the other rows.

    `incidents` counts those summed, `left_out` those with figures of which the rule takes none; `long` those summed whose figures are of more than a week
    and may hold others that are summed too.
    """

    rule: str
    kind: str
    side: str
    side_name: str
    harm: str
    role: str
    what: str
    low: int
    high: int | None
    incidents: int
    left_out: int = 0
    long: int = 0


def casualties(record: Record, asked: Filter | None = None, limit: int | None = None) -> Iterator[Cell]:
    """The cells of losses, incident by incident in order of days.

    Repeats of one figure by one holder about one incident are one cell; two like figures in one report are two (two soldiers here, two there).

    Args:
        limit: the most cells.

    Raises:
        BadOption: the filter asks for what no claim can have.
    """
    asked = asked or Filter()
    return some(_cells(record, walk(asked, kinds=HARMS), _belligerents(asked)), limit)


def _belligerents(asked: Filter) -> frozenset[str]:
    """The sides that a question names as those of a conflict: none of them is a third party to what another suffered."""
    dyads = [*([asked.dyad] if asked.dyad else []), *(asked.conflict.dyads if asked.conflict else [])]
    return frozenset(side for dyad in dyads for side in dyad)


def _stance(row: Any, belligerents: frozenset[str]) -> str:
    """How the holder stands to who suffered, where the question says who fights whom."""
    return "opponent" if row.stance == "third" and row.holder_side in belligerents and row.side in belligerents else str(row.stance)


def _cells(record: Record, way: Walk, belligerents: frozenset[str]) -> Iterator[Cell]:
    with reading(record) as connection:
        for keys in incidents_in_order(connection, way):
            rows = claims_of(connection, keys, way.at_hand)
            about = {r.id: r for r in connection.execute(sa.select(incidents.c.id, incidents.c.about, incidents.c.place).where(incidents.c.id.in_(keys)))}
            names = side_names(connection, (r.side for group in rows.values() for r in group))
            for key, day in keys.items():
                yield from _cells_of(rows[key], day, about.get(key), names, belligerents)


def _cells_of(rows: Sequence[Any], day: date | None, about: Any, names: dict[str, str], belligerents: frozenset[str]) -> list[Cell]:
    """The cells of one incident: sides, harms, roles and holders in order."""
    by_id = {row.id: row for row in rows}
    last = {row.id: _last(row, by_id) for row in rows}
    current: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
    earlier: dict[str, list[Any]] = defaultdict(list)
    nth: dict[tuple[Any, ...], int] = defaultdict(int)
    for row in sorted(rows, key=attrgetter("evidence_start", "id")):
        if last[row.id] is not row:
            earlier[last[row.id].id].append(row)
            continue
        figure = (row.side, row.kind, row.type, row.role, row.what, row.holder, row.status, row.low, row.high, row.approximate, row.replaced_by)
        nth[*figure, row.digest] += 1
        current[*figure, nth[*figure, row.digest]].append(row)
    cells = [_cell(group, [e for row in group for e in earlier[row.id]], day, about, names, belligerents) for group in current.values()]
    return sorted(cells, key=lambda c: (c.side, c.kind, c.harm, c.role, c.what, c.holder, c.as_of or date.max, c.claims))


def _last(row: Any, by_id: dict[str, Any]) -> Any:
    """What a claim was replaced by in the end, as far as it is here."""
    seen = set()
    while row.replaced_by in by_id and row.id not in seen:
        seen.add(row.id)
        row = by_id[row.replaced_by]
    return row


def _cell(group: list[Any], earlier: list[Any], day: date | None, about: Any, names: dict[str, str], belligerents: frozenset[str]) -> Cell:
    one = group[0]
    said = sorted(r.as_of for r in group if r.as_of)
    group.sort(key=lambda r: (r.as_of or date.max, r.id))
    return Cell(
        incident=one.incident, about=about.about if about else "", day=day, place=about.place if about else one.place,
        kind=one.kind, side=one.side, side_name=names.get(one.side, ""), harm=one.type, role=one.role, what=one.what, holder=one.holder,
        holder_name=one.holder_name, holder_side=one.holder_side, stance=_stance(one, belligerents), status=one.status,
        background=all(r.background for r in group),
        low=one.low, high=one.high, approximate=one.approximate, as_of=said[0] if said else None, last_said=said[-1] if said else None,
        reports=len({r.copies for r in group}), claims=[r.id for r in group],
        evidence=[Quote(claim=r.id, report=r.report_id, text=r.evidence) for r in group], history=_history(earlier), replaced_by=one.replaced_by,
    )  # fmt: skip


def _history(earlier: list[Any]) -> list[Figure]:
    def figure(row: Any) -> tuple[Any, ...]:
        return row.as_of or date.max, row.low is None, row.low, row.high is None, row.high, row.approximate, row.status

    return [
        Figure(low=same[0].low, high=same[0].high, approximate=same[0].approximate, status=same[0].status, as_of=same[0].as_of, claims=[r.id for r in same])
        for same in (list(rows) for _, rows in groupby(sorted(earlier, key=lambda r: (figure(r), r.id)), key=figure))
    ]


# totals


class _Range(NamedTuple):
    """A figure as bounds; `high` None is open."""

    low: int
    high: int | None

    @property
    def order(self) -> tuple[int, float]:
        """Smaller first; of two that begin alike the narrower."""
        return self.low, float("inf") if self.high is None else self.high


class _Told(NamedTuple):
    """What one holder says of one loss in one incident."""

    range: _Range
    stance: str
    source: str
    copies: frozenset[str]


def total(record: Record, asked: Filter | None = None, rule: str = Rule.CONSERVATIVE) -> list[Total]:
    """Losses summed over incidents, per side, harm and role, under a rule that is named; the same rule for every side.

    In each incident a holder has one figure for a side's loss. Of several for one role the largest counts, since the others may be parts of it; and for the
    side as a whole ("all") the larger of what he gives without a role and of the sum of the roles. "No casualties" says none killed and none wounded.
    Of the figures of the holders then

    - `min` takes the lowest lower bound, `max` the highest upper bound (where one is open above: at least the highest number named);
    - `conservative` takes the lowest figure among holders who are neither of the side that suffered nor of its opponent's; where there is none,
      the lowest of all;
    - `two-sources` takes only what the ranges of two independent holders share: from the smallest number to the largest that two share. Outlets that quote
      one holder are this holder; the officials, forces and bodies of one side are one; those who print copies of one text are one.

    Left out are figures that their holder has replaced, losses denied, feared or still to come, and, unless the filter asks for it, background.

    Raises:
        BadOption: an unknown rule, or `all`, under which nothing is summed: ask `casualties`.
    """
    if rule not in set(Rule) - {Rule.ALL}:
        what = "under the rule all nothing is summed; its cells are those of casualties" if rule == Rule.ALL else f"there is no rule {rule!r}"
        raise BadOption(f"{what}; one of {', '.join(r for r in Rule if r != Rule.ALL)}")
    asked = asked or Filter()
    if asked.background is None:
        asked = changed_in(asked, background=False)
    counted = (claims.c.status.in_(SUMMED), claims.c.replaced_by.is_(None), claims.c.incident.is_not(None))
    where = asked_for(asked, *counted, kinds=LOSSES)
    sums: dict[tuple[str, ...], list[Any]] = defaultdict(lambda: [0, 0, 0, 0, 0])
    belligerents = _belligerents(asked)
    with reading(record) as connection:
        query = sa.select(
            claims.c.incident, claims.c.kind, claims.c.side, claims.c.type, claims.c.role, claims.c.what, claims.c.holder, claims.c.holder_side,
            claims.c.stance, claims.c.manner, claims.c.low, claims.c.high, reports.c.copies, entities.c.sector,
            sa.type_coerce(claims.c.start, sa.Text).label("start"), sa.type_coerce(claims.c.end, sa.Text).label("end"),  # few need to be read as days
        ).join(reports, reports.c.number == claims.c.report).join(entities, entities.c.key == claims.c.holder)  # fmt: skip
        rows = connection.execute(query.where(*where).order_by(claims.c.incident), execution_options={"yield_per": 2000})
        for _, group in groupby(rows, key=lambda r: r[0]):
            for key, told, long in _losses(list(group), belligerents):
                _add(sums[key], _RULES[rule](told), long)
        names = side_names(connection, (key[1] for key in sums))
    return [
        Total(rule=str(rule), kind=kind, side=side, side_name=names.get(side, ""), harm=harm, what=what, role=role,
              low=low, high=None if open_ else high, incidents=n, left_out=out, long=long)
        for (kind, side, harm, what, role), (low, high, n, out, long, *more) in sorted(sums.items())
        for open_ in [bool(more)]
    ]  # fmt: skip


def _add(summed: list[Any], found: _Range | None, long: bool) -> None:
    """Low, high, incidents, left out, long; a sixth place where the sum is open above."""
    if found is None:
        summed[3] += 1
        return
    summed[0] += found.low
    summed[1] += found.low if found.high is None else found.high
    summed[2] += 1
    summed[4] += long
    if found.high is None and len(summed) == 5:
        summed.append(True)


def _losses(rows: Sequence[Any], belligerents: frozenset[str]) -> Iterator[tuple[tuple[str, ...], list[_Told], bool]]:
    """The losses of one incident: kind, side, harm, thing and role; what each holder says; whether a figure is of more than a week."""
    if len(rows) == 1:  # as in most incidents
        yield from _lone(rows[0])  # whoever gives the only figure, every rule takes it, or none
        return
    harms = {(r.kind, r.side, r.type, r.what) for r in rows}
    by_loss: dict[tuple[str, ...], dict[str, list[tuple[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for r in rows:
        by_loss[r.kind, r.side, r.type, r.what][r.holder].append((r.role, r))
        if r.type == "harmed" and r.high == 0:
            for harm in ("killed", "wounded"):
                if (r.kind, r.side, harm, r.what) in harms:
                    by_loss[r.kind, r.side, harm, r.what][r.holder].append((r.role, r))
    for loss, by_holder in by_loss.items():
        by_role: dict[str, list[_Told]] = defaultdict(list)
        for given in by_holder.values():
            row = given[0][1]
            copies = frozenset(r.copies for _, r in given if not r.manner)
            for role, found in _by_role(given).items():
                by_role[role].append(_Told(found, _stance(row, belligerents), _source(row), copies))
        long = any(_days(r.start, r.end) > 7 for given in by_holder.values() for _, r in given)
        for role, told in by_role.items():
            yield (*loss, role), told, long


def _lone(row: Any) -> Iterator[tuple[tuple[str, ...], list[_Told], bool]]:
    told = [_Told(_Range(row.low or 0, row.high), row.stance, "", frozenset())]
    for role in dict.fromkeys((row.role, "all")):
        yield (row.kind, row.side, row.type, row.what, role), told, _days(row.start, row.end) > 7


def _source(row: Any) -> str:
    """Whom a holder counts as where sources must be independent."""
    return f"side {row.holder_side}" if row.holder_side and row.sector in OFFICIAL else f"holder {row.holder}"


def _days(start: str | date | None, end: str | date | None) -> int:
    """From the first to the last; SQLite hands days over as text."""
    if start == end or start is None or end is None:
        return 0
    first, last = (date.fromisoformat(d) if isinstance(d, str) else d for d in (start, end))
    return (last - first).days


def _by_role(given: Iterable[tuple[str, Any]]) -> dict[str, _Range]:
    """One holder's figure for each role, and for all."""
    roles: dict[str, _Range] = {}
    for role, row in given:
        figure = _Range(row.low or 0, row.high)
        held = roles.get(role)
        # the larger; of two that begin alike the narrower
        if held is None or (figure.low, -figure.order[1]) > (held.low, -held.order[1]):
            roles[role] = figure
    whole = roles.get("")
    parts = [figure for role, figure in roles.items() if role]
    if parts:
        high = None if any(p.high is None for p in parts) else sum(p.high or 0 for p in parts)
        summed = _Range(sum(p.low for p in parts), high)
        whole = summed if whole is None or summed.low > whole.low else whole
    assert whole is not None
    return roles | {"all": whole}


def _lowest(told: Sequence[_Told]) -> _Range:
    named = min(t.range.low for t in told)
    return _Range(named, named)


def _highest(told: Sequence[_Told]) -> _Range:
    named = max(t.range.low if t.range.high is None else t.range.high for t in told)
    return _Range(named, None if any(t.range.high is None for t in told) else named)


def _conservative(told: Sequence[_Told]) -> _Range:
    third = [t.range for t in told if t.stance == "third"]
    return min(third or [t.range for t in told], key=lambda r: r.order)


def _two_sources(told: Sequence[_Told]) -> _Range | None:
    """What two independent sources share. Sources that print one text, or have a holder in common, are one."""
    sources = _independent(told)
    shared = [
        (max(a.low, b.low), min(a.order[1], b.order[1]))
        for n, one in enumerate(sources) for other in sources[n + 1 :] for a in one for b in other
        if max(a.low, b.low) <= min(a.order[1], b.order[1])
    ]  # fmt: skip
    if not shared:
        return None
    high = max(h for _, h in shared)
    return _Range(min(low for low, _ in shared), None if high == float("inf") else int(high))


def _independent(told: Sequence[_Told]) -> list[list[_Range]]:
    groups: list[tuple[set[str], list[_Range]]] = []
    for t in told:
        marks = {t.source, *(f"copies {c}" for c in t.copies)}
        joined = [g for g in groups if g[0] & marks]
        groups = [g for g in groups if not g[0] & marks]
        groups.append((marks.union(*(g[0] for g in joined)), [t.range, *(r for g in joined for r in g[1])]))
    return [ranges for _, ranges in groups]


_RULES: dict[str, Any] = {Rule.MIN: _lowest, Rule.MAX: _highest, Rule.CONSERVATIVE: _conservative, Rule.TWO_SOURCES: _two_sources}
