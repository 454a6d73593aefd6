"""The timeline: incidents by their days, news and background apart, an interval as an interval, and how precise each is.

In: a filter. Out: a page. Each page has a scale of its own, on which an incident is a sign on its day, a bar over the days through which it lasted, or an
outline of the days on one of which it was. What nobody dates stands apart, since the day of a report is not that of what it tells.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from litestar import get
from litestar.response import Template
from msgspec.structs import replace

from sayso.desk.asked import ROWS
from sayso.desk.page import Page
from sayso.model import When
from sayso.record import Record
from sayso.record.filters import Filter
from sayso.record.registers.timeline import Entry, timeline
from sayso.view.words import dates
from sayso.view.words import day as in_words

BACKGROUND = 15
"""Incidents of the background that stand below the news."""
MARGIN = 2.0
"""Hundredths of the width that stay free on each side of a scale."""
TICKS = 6
STEPS = (1, 2, 7, 14)
"""Days between the marks of a short scale."""
MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400)
"""Months between the marks of a long one."""
WITHIN = frozenset({"week", "month", "year"})
DAYS_A_MONTH = 30.4


class Bar(NamedTuple):
    """An incident on its scale, in hundredths of the width. `form`: day, lasting, within (on a day that nobody tells), open (nobody tells its end)."""

    entry: Entry
    days: str
    form: str
    x: float
    width: float


class Scale(NamedTuple):
    """The bars of a list, and the marks of their scale with their words."""

    bars: list[Bar]
    ticks: list[tuple[float, str]]
    undated: list[Entry]


@get("/timeline", sync_to_thread=True)
def chronology(record: Record, page: Page) -> Template:
    """Incidents day by day."""
    asked = page.asked
    only = asked.filter.background
    rows = list(timeline(record, replace(asked.filter, background=bool(only)), ROWS + 1, offset=asked.offset))
    beside = _background(record, asked.filter) if only is None and asked.page == 1 else []
    return page(
        "timeline.html", shown=_scale(rows[:ROWS]), more=len(rows) > ROWS, behind=_scale(beside[:BACKGROUND]), rest=len(beside) > BACKGROUND, only=only,
    )  # fmt: skip


def _background(record: Record, asked: Filter) -> list[Entry]:
    """The first of what is background to everybody who tells of it."""
    rows = timeline(record, replace(asked, background=True), ROWS)
    return [entry for entry in rows if entry.background][: BACKGROUND + 1]


def _scale(entries: Sequence[Entry]) -> Scale:
    dated = sorted((entry for entry in entries if entry.start), key=lambda entry: (entry.start or date.max, entry.end or date.max))
    undated = [entry for entry in entries if entry.start is None]
    if not dated:
        return Scale([], [], undated)
    first = min(entry.start for entry in dated if entry.start)
    last = max(entry.end or entry.start or first for entry in dated)
    length = (last - first).days + 1

    def at(day: date) -> float:
        return round(MARGIN + (100 - 2 * MARGIN) * (day - first).days / length, 2)

    return Scale([_bar(entry, at, last) for entry in dated], [(at(day), words) for day, words in _ticks(first, last)], undated)


def _bar(entry: Entry, at: Any, last: date) -> Bar:
    start, end = entry.start or last, entry.end
    precision: Any = entry.precision or ("day" if start == end else "range")
    form = "open" if end is None else "day" if start == end else "within" if precision in WITHIN else "lasting"
    x = at(start)
    width = (100.0 if end is None else at(end + timedelta(days=1)) if end < date.max else 100.0) - x
    return Bar(entry, dates(When(start=entry.start, end=end, precision=precision, text="")), form, x, round(max(width, 0.4), 2))


def _ticks(first: date, last: date) -> Iterator[tuple[date, str]]:
    """Days of a scale that are marked, few enough to be read."""
    days = (last - first).days + 1
    step = next((step for step in STEPS if days <= step * TICKS), 0)
    if step:
        for n in range(0, days, step):
            day = first + timedelta(days=n)
            yield day, f"{day.day} {_month(day)} {day.year}" if n == 0 else f"{day.day} {_month(day)}"
        return
    months = next((months for months in MONTHS if days / DAYS_A_MONTH <= months * TICKS), MONTHS[-1])
    count = -(-(first.year * 12 + first.month - 1) // months) * months
    while (day := date(count // 12, count % 12 + 1, 1)) <= last:
        if day >= first:
            yield day, str(day.year) if months % 12 == 0 else f"{_month(day)} {day.year}"
        count += months
        if count // 12 > date.max.year:
            return


def _month(value: date) -> str:
    return in_words(value).split()[1][:3]


ROUTES: list[Any] = [chronology]
