"""An entry of a feed → the report that it leads to.

In: an entry, and what fetches pages. Out: a report: of the page where it leads, else of the text that the feed brings; or how that failed, and whether to try
again. Days that a feed or page gives after the one on which it was found are not believed. """

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from msgspec.structs import replace

from sayso.errors import SaysoError, UnreadableReport
from sayso.intake.build import Given, build
from sayso.intake.encodings import MAX_BYTES, decode, shown
from sayso.intake.feeds import Entry, report_of_entry
from sayso.intake.fetch import Fetched, Refused
from sayso.intake.page import report_from_html
from sayso.model import Report
from sayso.watch.keeping import Waiting
from sayso.watch.manners import Manners
from sayso.watch.plan import Followed
from sayso.watch.polling import PATIENT, Get

TRIES = 5
"""Times that a page is tried before the text that the feed brings is all there is."""
WAITS = (300.0, 1_200.0, 3_600.0, 4 * 3_600.0)
"""Seconds after each failure."""
LONG = 500
"""Characters of what a feed calls itself or an entry."""
WHOLE = 60
"""Words from which on what a feed calls the whole text is one."""


class Found(NamedTuple):
    """The report of an entry. Without one, `why` says why, and `again` after how many seconds the page is tried again, None for never. `busy` is for how long
    its host wants to be left alone.
    """

    report: Report | None
    why: str = ""
    again: float | None = None
    busy: float = 0.0


def page_wanted(feed: Followed, entry: Entry) -> bool:
    """Whether the page is fetched to which an entry leads."""
    if not entry.url or feed.follow == "never":
        return False
    return feed.follow == "always" or not (entry.whole and len(entry.page.split()) >= WHOLE)


def report_of(feed: Followed, waiting: Waiting, get: Get, manners: Manners) -> Found:
    """The report to which an entry leads; fetches its page where that is wanted and robots.txt allows it."""
    why = ""
    if page_wanted(feed, waiting.entry):
        try:
            if not manners.allowed(waiting.entry.url):
                return _of_feed(feed, waiting, "robots.txt does not allow its page to be fetched")
            found = get(waiting.entry.url, limit=MAX_BYTES)
        except UnreadableReport as error:
            why = str(error)
            refused = error if isinstance(error, Refused) else None
            for_good = refused is not None and 400 <= refused.status < 500 and refused.status not in {408, 425, 429}
            if not for_good and waiting.tries + 1 < TRIES:
                wait = min(float(refused.wait or 0), PATIENT) if refused else 0.0
                return Found(None, why, max(WAITS[min(waiting.tries, len(WAITS) - 1)], wait), wait)
        else:
            try:
                return Found(_of_page(feed, waiting, found))
            except SaysoError as error:
                why = str(error)
    return _of_feed(feed, waiting, why)


def _of_page(feed: Followed, waiting: Waiting, found: Fetched) -> Report:
    url, title = waiting.entry.url, waiting.entry.title or None
    given = _given(feed, waiting)._replace(url=url, title=title)
    if found.type == "text/plain":
        text, notes = decode(found.data, shown(url), found.charset)
        return _dated(build(text, given, shown(url), notes), waiting)
    return _dated(report_from_html(found.data, **given._asdict(), charset=found.charset, name=shown(url)), waiting)


def _of_feed(feed: Followed, waiting: Waiting, why: str) -> Found:
    entry = waiting.entry
    try:
        bare = entry._replace(id="", published=None)  # what is given counts
        report = _dated(report_of_entry(bare, shown(entry.url or entry.id or feed.url), _given(feed, waiting)), waiting)
    except SaysoError as error:
        return Found(None, "; ".join(filter(None, (why, str(error)))))
    return Found(replace(report, notes=[*report.notes, why]) if why else report, why)


def _given(feed: Followed, waiting: Waiting) -> Given:
    """What is known of a report. Its id is its address: what feeds call an entry may change at each look."""
    entry = waiting.entry
    day = entry.published if entry.published and not _late(entry.published, waiting.found) else None
    return Given(published=day, publisher=feed.publisher or waiting.title[:LONG] or None, id=entry.url or entry.id[:LONG] or None)


def _dated(report: Report, waiting: Waiting) -> Report:
    """The report with a day that can be: that of its finding, where none is told or one that was still to come."""
    told = report.published
    if told and not _late(told, waiting.found):
        return report
    found = datetime.fromtimestamp(waiting.found, UTC).date().isoformat()
    why = f"it dates itself {told[:10]}, later than it was found" if told else "it tells no day"
    return replace(report, published=found, notes=[*report.notes, f"{why}; the day is that on which it was found"])


def _late(published: str, found: float) -> bool:
    """Whether a day lies after the one of finding, wherever on earth each is."""
    return date.fromisoformat(published[:10]) > (datetime.fromtimestamp(found, UTC) + timedelta(days=1)).date()
