"""Losses, talks, commitments, violations: what the registers of these names say, with charts of the same figures.

In: a filter. Out: pages. A chart draws the rows that the page lists, no others, each side and holder by the same rule; where nobody says anything is a gap.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from litestar import get
from litestar.response import Template

from sayso.desk.page import Page
from sayso.errors import BadOption
from sayso.record import Record, registers
from sayso.record.listing import claims_held
from sayso.record.registers import Cell, Channel, Contact, Violations
from sayso.record.registers.casualties import SUMMED, Figure
from sayso.record.registers.violations import Tally
from sayso.view.registers import figure

T = TypeVar("T")
LOSSES = 200
"""Figures on one page of losses."""
CONTACTS = 100
CHANNELS = 60
"""Dyads, and go-betweens, that a page of talks draws."""
CHAINS = 25
PERIODS = 120
RULES = ("all", "conservative", "two-sources", "min", "max")
MOST_SUMMED = 100_000
"""Claims over which a page sums without a filter: that takes a second."""
BAR = 100
"""Units of a bar that is as long as the longest one."""


@get("/losses", sync_to_thread=True)
def losses(record: Record, page: Page) -> Template:
    """Figures of losses, each holder's own; or sums under a rule that is named."""
    asked = page.asked
    rule = _one_of(asked.values.get("rule", "all"), "rule", RULES)
    wide = rule != "all" and too_wide(record, page)
    totals = registers.total(record, asked.filter, rule)[:LOSSES] if rule != "all" and not wide else []
    cells = _page(registers.casualties(record, asked.filter), page, LOSSES) if rule == "all" else []
    return page("losses.html", rule=rule, rules=RULES, totals=totals, cells=cells[:LOSSES], more=len(cells) > LOSSES, drawn=_drawn(cells[:LOSSES]), wide=wide)


@get("/talks", sync_to_thread=True)
def talks(record: Record, page: Page) -> Template:
    """Who met whom, how and through whom, with how often, and the net of go-betweens."""
    asked = page.asked.filter
    contacts: list[Contact] = _page(registers.talks(record, asked), page, CONTACTS)
    wide = too_wide(record, page)
    dyads, between = (registers.channels(record, asked, by, CHANNELS) if not wide else [] for by in ("dyad", "go-between"))
    net = _net(dyads, contacts[:CONTACTS])
    return page("talks.html", contacts=contacts[:CONTACTS], more=len(contacts) > CONTACTS, dyads=dyads, between=between, net=net, wide=wide)


@get("/commitments", sync_to_thread=True)
def commitments(record: Record, page: Page) -> Template:
    """From an appeal to what became of it, step by step."""
    chains = _page(registers.appeals(record, page.asked.filter), page, CHAINS)
    return page("commitments.html", chains=chains[:CHAINS], more=len(chains) > CHAINS)


@get("/violations", sync_to_thread=True)
def violations(record: Record, page: Page) -> Template:
    """Attacks in each period, as the attacked, the attacking, and others tell of them: counted alike for all."""
    by = _one_of(page.asked.values.get("by", "week"), "by", ("day", "week", "month"))
    wide = too_wide(record, page)
    rows = registers.violations(record, page.asked.filter, by) if not wide else []
    first = page.asked.page - 1
    shown = rows[first * PERIODS : (first + 1) * PERIODS]
    longest = max((tally.low if tally.high is None else tally.high for row in rows for tally in (row.own, row.opponent, row.third) if tally), default=1)
    return page("violations.html", rows=[_bars(row, longest) for row in shown], by=by, more=len(rows) > (first + 1) * PERIODS, wide=wide)


class Bar(NamedTuple):
    """A tally in words, and as a bar: how long its least and its most are."""

    words: str
    most: int
    low: float
    high: float
    incidents: int


def _bars(row: Violations, longest: int) -> tuple[Violations, list[Bar | None]]:
    scale = BAR / max(1, longest)
    return row, [_bar(tally, scale) if tally else None for tally in (row.own, row.opponent, row.third)]


def _bar(tally: Tally, scale: float) -> Bar:
    low, high = tally.low, tally.low if tally.high is None else tally.high
    most = high + (tally.high is None)  # of what is open above there are several
    return Bar(figure(tally.low, tally.high), most, round(low * scale, 1), round(high * scale, 1), tally.incidents)


def _drawn(cells: list[Cell]) -> list[dict[str, Any]]:
    """What the chart of losses is given: each figure with those that its holder gave before, where it is said that so it was, and when."""

    def points(cell: Cell) -> list[dict[str, Any]]:
        told: list[Figure | Cell] = [*cell.history, cell]
        return [
            {"day": str(f.as_of), "low": f.low, "high": f.high, "words": figure(f.low, f.high, f.approximate)}
            for f in told
            if f.as_of is not None and f.status in SUMMED
        ]

    return [
        {
            "side": cell.side or cell.side_name, "sideName": cell.side_name, "holder": cell.holder, "holderName": cell.holder_name, "stance": cell.stance,
            "harm": cell.harm, "role": cell.role, "what": cell.what, "about": cell.about, "href": f"/incidents/{cell.incident}",
            "points": points(cell),
        }
        for cell in cells if cell.kind == "casualty"
    ]  # fmt: skip


def _net(dyads: list[Channel], contacts: list[Contact]) -> dict[str, list[dict[str, Any]]]:
    """Who met, and who brought them together: sides and go-betweens, and how many contacts tie them."""
    nodes: dict[str, dict[str, Any]] = {}
    ties: dict[tuple[str, str], int] = {}

    def tie(one: tuple[str, str, str], other: tuple[str, str, str], count: int) -> None:
        for key, name, kind in (one, other):
            nodes.setdefault(key, {"id": key, "name": name, "kind": kind})
        pair = (min(one[0], other[0]), max(one[0], other[0]))
        ties[pair] = ties.get(pair, 0) + count

    for channel in dyads:
        if len(channel.sides) == 2:
            (one, other), (its, theirs) = channel.sides, channel.names
            tie((one, its, "side"), (other, theirs, "side"), channel.held + channel.planned + channel.failed)
    names = {side: name for channel in dyads for side, name in zip(channel.sides, channel.names, strict=False)}
    for contact in contacts:
        for through in contact.through:
            for side in contact.sides:
                if side != through.side:
                    tie((f"through {through.entity}", through.name, "between"), (side, names.get(side, side), "side"), 1)
    return {"nodes": sorted(nodes.values(), key=lambda n: n["id"]), "ties": [{"one": a, "other": b, "count": n} for (a, b), n in sorted(ties.items())]}


def too_wide(record: Record, page: Page) -> bool:
    """Whether a sum is asked over all of a record that is so large that nobody would wait for it."""
    return not page.asked.chosen() and claims_held(record) > MOST_SUMMED


def _page(found: Iterable[T], page: Page, rows: int) -> list[T]:
    first = (page.asked.page - 1) * rows
    return list(islice(found, first, first + rows + 1))


def _one_of(value: str, name: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise BadOption(f"{name} {value[:20]!r} is none of {', '.join(allowed)}")
    return value


ROUTES: list[Any] = [losses, talks, commitments, violations]
