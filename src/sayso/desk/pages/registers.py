"""Losses, talks, commitments, violations: what the registers of these names say, with charts of the same figures.

In: a filter. Out: pages. A chart draws the rows that the page lists, no others, each side and holder by the same rule; where nobody says anything is a gap.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from litestar import get
from litestar.datastructures import State
from litestar.response import Template

from sayso.desk.counting import counted
from sayso.desk.page import Page
from sayso.errors import BadOption
from sayso.record import Record, registers
from sayso.record.registers import Bridge, Cell, Chain, Channel, Contact, Violations
from sayso.record.registers.asking import takes_long
from sayso.record.registers.casualties import HARMS, SUMMED, Figure
from sayso.record.registers.casualties import LOSSES as LOSSES_OF
from sayso.record.registers.talks import ABOUT_TALKS
from sayso.record.registers.violations import Tally
from sayso.record.tables import claims
from sayso.view.registers import figure
from sayso.view.words import clean

T = TypeVar("T")
LOSSES = 200
"""Figures on one page of losses."""
CONTACTS = 100
CHANNELS = 60
"""Dyads, and go-betweens, that a page of talks lists."""
TIES = 40
"""Ties of each kind that it draws: more cannot be told apart."""
CHAINS = 25
PERIODS = 120
RULES = ("all", "conservative", "two-sources", "min", "max")
BAR = 100
"""Units of a bar that is as long as the longest one."""


@get("/losses", sync_to_thread=True)
def losses(state: State, record: Record, page: Page) -> Template:
    """Figures of losses, each holder's own; or sums under a rule that is named."""
    asked = page.asked
    rule = _one_of(asked.values.get("rule", "all"), "rule", RULES)
    sums = None
    if rule != "all":
        long = takes_long(record, asked.filter, kinds=LOSSES_OF)
        sums = counted(state, record, asked, f"losses {rule}", long, lambda: registers.total(record, asked.filter, rule))
    totals = _page(sums or [], page, LOSSES)
    cells = _page(registers.casualties(record, asked.filter), page, LOSSES) if rule == "all" else []
    drawn = _drawn(cells[:LOSSES])
    figures = [figure for cell in cells[:LOSSES] if cell.kind == "casualty" for figure in (*cell.history, cell)]
    return page(
        "losses.html", rule=rule, rules=RULES, harms=[harm for _, harm in HARMS], totals=totals[:LOSSES], cells=cells[:LOSSES],
        more=len(cells) > LOSSES or len(totals) > LOSSES, drawn=drawn if any(d["points"] for d in drawn) else [],
        undrawn=len(figures) - sum(len(d["points"]) for d in drawn), things=any(cell.kind == "materiel" for cell in cells[:LOSSES]),
        long=rule != "all" and sums is None,
    )  # fmt: skip


@get("/talks", sync_to_thread=True)
def talks(state: State, record: Record, page: Page) -> Template:
    """Who met whom, how and through whom, with how often, and the net of go-betweens."""
    asked = page.asked.filter
    contacts: list[Contact] = _page(registers.talks(record, asked), page, CONTACTS)

    def count() -> tuple[list[Channel], list[Channel], list[Bridge]]:
        dyads, between = (registers.channels(record, asked, by, CHANNELS + 1) for by in ("dyad", "go-between"))
        return dyads, between, registers.bridges(record, asked, TIES)

    found = counted(state, record, page.asked, "talks", takes_long(record, asked, ABOUT_TALKS, kinds=["event"]), count)
    dyads, between, bridges = found or ([], [], [])
    net = _net(dyads[:TIES], bridges)
    return page(
        "talks.html", contacts=contacts[:CONTACTS], more=len(contacts) > CONTACTS, dyads=dyads, between=between, most=CHANNELS, net=net, ties=TIES,
        long=found is None,
    )  # fmt: skip


@get("/commitments", sync_to_thread=True)
def commitments(record: Record, page: Page) -> Template:
    """From an appeal to what became of it, step by step."""
    chains = _page(registers.appeals(record, page.asked.filter), page, CHAINS)
    return page("commitments.html", chains=[(chain, _third(chain)) for chain in chains[:CHAINS]], more=len(chains) > CHAINS)


@get("/violations", sync_to_thread=True)
def violations(state: State, record: Record, page: Page) -> Template:
    """Attacks in each period, as the attacked, the attacking, and others tell of them: counted alike for all."""
    by = _one_of(page.asked.values.get("by", "week"), "by", ("day", "week", "month"))
    asked = page.asked
    long = takes_long(record, asked.filter, claims.c.type == "ASSAULT", kinds=["event"])
    found = counted(state, record, asked, f"violations {by}", long, lambda: registers.violations(record, asked.filter, by))
    rows = found or []
    first = page.asked.page - 1
    shown = rows[first * PERIODS : (first + 1) * PERIODS]
    longest = max((tally.low if tally.high is None else tally.high for row in rows for tally in (row.own, row.opponent, row.third) if tally), default=1)
    return page("violations.html", rows=[_bars(row, longest) for row in shown], by=by, more=len(rows) > (first + 1) * PERIODS, long=found is None)


class Bar(NamedTuple):
    """A tally in words, and as a bar: how long its least and its most are; `open` where it has no most."""

    words: str
    most: int
    low: float
    high: float
    open: bool
    incidents: int


def _bars(row: Violations, longest: int) -> tuple[Violations, list[Bar | None]]:
    def bar(tally: Tally) -> Bar:
        end = tally.low if tally.high is None else tally.high
        low, high = (round(number * BAR / max(1, longest), 1) for number in (tally.low, end))
        most = end + (tally.high is None)  # of what is open above there are several
        return Bar(figure(tally.low, tally.high), most, low, high, tally.high is None, tally.incidents)

    return row, [bar(tally) if tally else None for tally in (row.own, row.opponent, row.third)]


def _drawn(cells: list[Cell]) -> list[dict[str, Any]]:
    """What the chart of losses is given: each figure with those that its holder gave before, where it says that so it was, and when that was said."""

    def points(cell: Cell) -> list[dict[str, Any]]:
        told: list[Figure | Cell] = [*cell.history, cell]
        return [
            {"day": str(f.as_of), "low": f.low, "high": f.high, "words": figure(f.low, f.high, f.approximate), "earlier": f is not cell}
            for f in told
            if f.as_of is not None and f.status in SUMMED
        ]

    return [
        {
            "side": cell.side, "sideName": clean(cell.side_name), "holder": cell.holder, "holderName": clean(cell.holder_name), "harm": cell.harm,
            "role": cell.role, "about": clean(cell.about), "href": f"/incidents/{cell.incident}", "points": points(cell),
        }
        for cell in cells if cell.kind == "casualty"
    ]  # fmt: skip


def _net(dyads: list[Channel], bridges: list[Bridge]) -> dict[str, list[dict[str, Any]]]:
    """Who met, and who brought them together: sides and go-betweens, and how many contacts tie them."""
    nodes: dict[str, dict[str, Any]] = {}
    ties: list[dict[str, Any]] = []

    def tie(one: tuple[str, str, str], other: tuple[str, str, str], told: Channel | Bridge) -> None:
        if not told.held + told.planned + told.failed:
            return  # it is only said that they did not meet, or might
        for key, name, kind in (one, other):
            nodes.setdefault(key, {"id": key, "name": clean(name), "kind": kind})
        ties.append({"one": one[0], "other": other[0], "held": told.held, "planned": told.planned, "failed": told.failed})

    for channel in dyads:
        (one, other), (its, theirs) = channel.sides, channel.names
        tie((one, its, "side"), (other, theirs, "side"), channel)
    for bridge in bridges:
        tie((f"through {bridge.entity}", bridge.name, "between"), (bridge.side, bridge.side_name, "side"), bridge)
    return {"nodes": sorted(nodes.values(), key=lambda n: n["id"]), "ties": sorted(ties, key=lambda t: (t["one"], t["other"]))}


def _third(chain: Chain) -> list[str]:
    """The names of those who asked it of the others."""
    called = {key: name for step in chain.steps for key, name in zip(step.by, step.by_names, strict=True)}
    return [called.get(key, key) for key in chain.third]


def _page(found: Iterable[T], page: Page, rows: int) -> list[T]:
    first = (page.asked.page - 1) * rows
    return list(islice(found, first, first + rows + 1))


def _one_of(value: str, name: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise BadOption(f"{name} {value[:20]!r} is none of {', '.join(allowed)}")
    return value


ROUTES: list[Any] = [losses, talks, commitments, violations]
