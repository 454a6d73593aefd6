"""What was done to the record, and the claims that were rejected."""

from __future__ import annotations

from typing import Any

from litestar import get
from litestar.response import Template

from sayso.desk.asked import ROWS
from sayso.desk.page import Page
from sayso.record import Record, history
from sayso.record.undoing import ACTS


@get("/log", sync_to_thread=True)
def log(record: Record, page: Page) -> Template:
    """Changes, the newest first, imports and acts on many claims among them."""
    given = page.asked.values
    rows = history.log(record, given.get("author"), given.get("about"), given.get("action"), given.get("since"), ROWS + 1, page.asked.offset)
    return page("log.html", rows=rows[:ROWS], more=len(rows) > ROWS, acts=ACTS)


@get("/discarded", sync_to_thread=True)
def discarded(record: Record, page: Page) -> Template:
    """Rejected claims, the last rejected first."""
    rows = history.discarded(record, page.asked.filter, ROWS + 1, page.asked.offset)
    return page("discarded.html", rows=rows[:ROWS], more=len(rows) > ROWS)


ROUTES: list[Any] = [log, discarded]
