"""The loop: feeds looked at when they are due, pages fetched, reports read into the record, alerts told.

In: a plan, a record, the follower's file. Out: the record grown and alerts, until it is told to stop. Requests go out by several threads, each host's one
after another; reading and writing are done by the one thread that loops. Whatever a server does is a line for the user and a later try, never an end. """

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import TYPE_CHECKING, Any, NamedTuple

from sayso.errors import SaysoError, UnreadableReport, UnusableRecord
from sayso.intake.encodings import shown
from sayso.intake.fetch import fetch
from sayso.intake.languages import language_of
from sayso.languages import readable
from sayso.model import Reading, Report
from sayso.relevance import Relevance
from sayso.watch import pages, polling, rules, telling
from sayso.watch.keeping import Alert, Done, Keeping, Waiting, host_of
from sayso.watch.manners import PAUSE, Manners
from sayso.watch.pages import Found
from sayso.watch.plan import Followed, Plan
from sayso.watch.polling import Get, Look

if TYPE_CHECKING:
    from sayso.record import Record

REQUESTS = 8
"""Requests that are under way at once, each to another host."""
BATCH = 20
"""Reports that are read before they are added, at most."""
AHEAD = 200
"""Entries that are taken from the file at once."""
DEADLY = 5
"""Times that reading of a report may begin without an end before it is left out: it ends the process."""
UNWRITTEN = 60.0
"""Seconds until a record that cannot be written is tried again."""
LINE = 1_000
"""Characters of a message."""
ALONE = 300.0
"""Seconds from which on the entries of a host that wants to be left alone are put off, so that nobody waits for it."""
TICK = 1.0
FORGET = 24 * 3600.0


class Clock:
    """The time, and waiting for it."""

    def now(self) -> float:
        """Seconds since 1970."""
        return time.time()

    def pause(self, seconds: float, stop: threading.Event) -> None:
        """Let time pass, or until it is to stop."""
        stop.wait(min(seconds, TICK))


class Status(NamedTuple):
    """How a follower stands: feeds, and those of them that fail; entries that wait, and what became of others since it began; seconds until the next look."""

    feeds: int
    failing: int
    waiting: int
    read: int
    claims: int
    passed: int
    failed: int
    alerts: int
    untold: int
    next: float


class _Ready(NamedTuple):
    """A report to read; `fetched` is when its page was, None of what the feed brings."""

    waiting: Waiting
    report: Report
    fetched: float | None


def watch(
    plan: Plan,
    record: Record,
    keeping: Keeping,
    *,
    once: bool = False,
    stop: threading.Event | None = None,
    say: Callable[[str], None] = lambda _: None,
    told: Callable[[Alert], None] = lambda _: None,
    show: Callable[[Status], None] = lambda _: None,
    get: Get = fetch,
    post: telling.Post | None = None,
    clock: Clock | None = None,
    pause: float = PAUSE,
) -> Status:
    """Follow feeds into a record until `stop` is set, or once.

    Args:
        once: look at every feed once, take in what they list now, tell the alerts, and end; what waits for a later time waits for the next run.
        say: is told, in a line, what goes wrong and when it goes well again.
        told: is told each alert, beside the plan's outlets.
        show: is told how it stands, about once a second.
        get, post: fetch pages, hand alerts to webhooks.
        clock: the time.
        pause: seconds between two requests to one host.

    Raises:
        UnusableRecord: the follower's file cannot be written.
    """
    following = _Following(plan, record, keeping, once, stop or threading.Event(), say, told, show, get, post, clock or Clock(), pause)
    try:
        return following.run()
    except sqlite3.Error as error:
        raise UnusableRecord(f"{keeping.path}: cannot be read or written: {error}; make room, or move it away, and what feeds list is looked at anew") from None


class _Following:
    def __init__(
        self, plan: Plan, record: Record, keeping: Keeping, once: bool, stop: threading.Event, say: Callable[[str], None], told: Callable[[Alert], None],
        show: Callable[[Status], None], get: Get, post: telling.Post | None, clock: Clock, pause: float,
    ) -> None:  # fmt: skip
        self._plan, self._record, self._keeping, self._once, self._stop = plan, record, keeping, once, stop
        self._said, self._told, self._show, self._get, self._post, self._clock = say, told, show, get, post, clock
        self._feeds = {feed.url: feed for feed in plan.feeds}
        self._manners = Manners(get, clock.now, pause)
        self._looks: dict[Future[Look], tuple[Followed, str]] = {}
        self._fetches: dict[Future[Found], Waiting] = {}
        self._hosts: set[str] = set()
        self._ready: list[_Ready] = []
        self._looked: set[str] = set()
        self._relevance = Relevance()
        self._reader: Any = None
        self._outlets = telling.outlets(plan)
        self._silent: set[str] = set()
        self._read = self._claims = self._passed = self._failed = self._alerts = 0
        self._forgot = self._shown = 0.0
        self._busy_until = 0.0

    def run(self) -> Status:
        now = self._clock.now()
        self._keeping.follow(list(self._feeds), now)
        with ThreadPoolExecutor(REQUESTS, "sayso-watch") as pool:
            try:
                while not self._stop.is_set():
                    self._ask(pool)
                    self._take()
                    self._finish()
                    self._tell()
                    self._tidy()
                    if self._once and self._is_over():
                        break
                    self._wait()
            finally:
                going = [future for future in self._running() if not future.cancel() and not future.done()]
                if going:
                    self._say(f"stopping; {len(going)} request{'s' if len(going) > 1 else ''} under way")
        return self._status()

    def _say(self, message: str) -> None:
        """A line of bounded length: parts of it are what a server or a feed calls itself."""
        line = shown(message)
        self._said(line if len(line) <= LINE else f"{line[: LINE // 2]} … {line[-LINE // 2 :]}")

    # requests

    def _ask(self, pool: ThreadPoolExecutor) -> None:
        """Send out what is due, one request to a host."""
        now = self._clock.now()
        for feed in self._feeds.values():
            if len(self._looks) + len(self._fetches) >= REQUESTS:
                return
            state = self._keeping.feed(feed.url)
            longest = max(polling.LONGEST, feed.every * 60, polling.PATIENT) * 1.2
            if state.due > now + longest:  # the clock was set back
                self._keeping.put_off(feed.url, now)
                state = state._replace(due=now)
            due = (self._once and feed.url not in self._looked) or (not self._once and state.due <= now)
            address = state.moved or feed.url
            if due and self._free(address, now):
                self._looked.add(feed.url)
                self._hosts.add(host_of(address))
                self._looks[pool.submit(polling.look, feed, state, self._get, now)] = feed, address
        under_way = [*(w.number for w in self._fetches.values()), *(one.waiting.number for one in self._ready)]
        if self._is_busy(now) or len(self._ready) >= BATCH:
            return
        for waiting in self._keeping.waiting(now, under_way, AHEAD):
            if len(self._looks) + len(self._fetches) >= REQUESTS or len(self._ready) + len(self._fetches) >= 2 * BATCH:
                return
            feed = self._feeds.get(waiting.feed) or Followed(url=waiting.feed)
            if not pages.page_wanted(feed, waiting.entry):
                self._taken(waiting, self._of_feed(feed, waiting))
            elif self._free(waiting.entry.url, now):
                self._hosts.add(host_of(waiting.entry.url))
                self._fetches[pool.submit(pages.report_of, feed, waiting, self._get, self._manners)] = waiting

    def _of_feed(self, feed: Followed, waiting: Waiting) -> Found:
        try:
            return pages.report_of(feed, waiting, self._get, self._manners)
        except Exception as error:  # what a feed brings has made a library fail: that must not end the others
            return Found(None, str(_line(waiting.entry.url or feed.url, error)))

    def _is_busy(self, now: float) -> bool:
        """Whether the record could not be written just now."""
        return now < self._busy_until <= now + UNWRITTEN  # the clock may have been set back

    def _running(self) -> list[Future[Any]]:
        return [*self._looks, *self._fetches]

    def _free(self, url: str, now: float) -> bool:
        until = self._manners.free(url)
        return host_of(url) not in self._hosts and (until <= now or until > now + polling.PATIENT * 1.2)

    def _take(self) -> None:
        """What has come back."""
        now = self._clock.now()
        for look in [future for future in self._looks if future.done()]:
            feed, address = self._looks.pop(look)
            self._hosts.discard(host_of(address))
            self._manners.asked(address)
            state = self._keeping.feed(feed.url)
            try:
                found = look.result()
                due = now + polling.next_look(feed, found.fresh)
                if found.entries is None:
                    self._keeping.unchanged(feed.url, due, now)
                else:
                    self._keeping.listed(feed.url, found.entries, found.title, found.known, found.moved, due, now)
            except UnusableRecord:
                raise
            except Exception as error:  # a server or its feed has made a library fail: that must not end the others
                self._feed_failed(feed, address, state.failures, _line(feed.url, error), now)
                continue
            if state.failures:
                self._say(f"{feed.url}: answers again")
            if found.moved and found.moved != state.moved and found.entries is not None:
                self._say(f"{feed.url}: has moved for good, to {found.moved}, where it is followed from now on")
        for fetched in [future for future in self._fetches if future.done()]:
            waiting = self._fetches.pop(fetched)
            self._hosts.discard(host_of(waiting.entry.url))
            try:
                page = fetched.result()
            except Exception as error:  # as above
                page = Found(None, str(_line(waiting.entry.url, error)))
            self._manners.asked(waiting.entry.url, page.busy)
            if page.busy > ALONE:
                self._keeping.leave_alone(host_of(waiting.entry.url), now + page.busy)
            self._taken(waiting, page, now)

    def _feed_failed(self, feed: Followed, address: str, failures: int, error: UnreadableReport, now: float) -> None:
        wait_ = polling.back_off(feed, failures, error)
        self._manners.asked(address, min(wait_, 60.0))
        self._keeping.failed(feed.url, str(error), now + wait_)
        if not failures:
            self._say(f"{error}; asked again in {_span(wait_)}")

    def _taken(self, waiting: Waiting, found: Found, fetched: float | None = None) -> None:
        """A report to read, or an entry that waits on or is done with."""
        now = self._clock.now()
        if found.report is None and found.again is not None:
            self._keeping.later(waiting.number, now + found.again, tried=True)
            return
        if found.report is None:
            self._failed += 1
            self._say(f"{waiting.entry.url or waiting.entry.id or waiting.feed}: no report; {found.why}")
            self._end([Done(waiting.number, "failed", None, found.why)])
            return
        report = found.report
        code = language_of(report.text) or report.language
        if code not in readable():
            self._passed += 1
            self._end([Done(waiting.number, "other language", report.digest, code)])
        elif not self._relevance.holds(report):
            self._passed += 1
            self._end([Done(waiting.number, "irrelevant", report.digest)])
        else:
            self._ready.append(_Ready(waiting, report, fetched if not found.why else None))

    # the record

    def _finish(self) -> None:
        """Read what is ready, once there is enough of it or nothing more is on its way, and add it."""
        if not self._ready or (len(self._ready) < BATCH and self._fetches):
            return
        now = self._clock.now()
        if self._is_busy(now):
            return
        doubtful = next((one for one in self._ready if one.waiting.begun), None)  # it may have ended the process: it is read by itself
        batch = [doubtful] if doubtful else self._ready[:BATCH]
        self._ready = [one for one in self._ready if one not in batch]
        if doubtful and doubtful.waiting.begun >= DEADLY:
            self._failed += 1
            self._say(f"{doubtful.report.id}: left out, since the reading of it was broken off {DEADLY} times")
            self._end([Done(doubtful.waiting.number, "failed", doubtful.report.digest, "the reading of it was broken off again and again")])
            return
        numbers = [one.waiting.number for one in batch]
        self._keeping.begin(numbers)
        try:
            try:
                read = list(self._readings([one.report for one in batch]))
                added = self._record.add(read)
            except UnusableRecord:
                raise
            except Exception as error:  # a report has made something fail: it is found out which, and the others are read
                self._unread(batch, error)
                return
            asked = list(zip(self._plan.rules, self._plan.filters, strict=True))
            made = rules.alerts_of(self._record, asked, [reading.report.digest for reading in read], self._keeping.earlier, now)
        except UnusableRecord as error:
            self._busy_until = now + UNWRITTEN
            self._keeping.not_done(numbers, self._busy_until)
            waiting = "1 report waits" if len(batch) == 1 else f"{len(batch)} reports wait"
            self._say(f"{error}; {waiting}, tried again in {_span(UNWRITTEN)}")
            return
        self._read += added.new + added.reread
        self._claims += added.claims
        self._passed += added.known + added.appeared
        ends = [Done(one.waiting.number, "read", reading.report.digest) for one, reading in zip(batch, read, strict=True)]
        self._end([*ends, *(done for one in batch for done in self._same_page(one))], made)

    def _same_page(self, one: _Ready) -> Iterator[Done]:
        """Entries that wait for the page that was just read: a live page gets one at each look, and is fetched once for all of them."""
        if one.fetched is not None:
            going = {other.waiting.number for other in self._ready} | {waiting.number for waiting in self._fetches.values()} | {one.waiting.number}
            for waiting in self._keeping.same_page(one.waiting.entry.url, one.fetched):
                if waiting.number not in going and pages.page_wanted(self._feeds.get(waiting.feed) or Followed(url=waiting.feed), waiting.entry):
                    yield Done(waiting.number, "known", one.report.digest)

    def _unread(self, batch: list[_Ready], error: Exception) -> None:
        """One of these cannot be read: each is tried by itself, and the one that cannot is left out."""
        if len(batch) > 1:
            self._ready = [one._replace(waiting=one.waiting._replace(begun=1)) for one in batch] + self._ready
            return
        why = f"cannot be read ({type(error).__name__}: {' '.join(str(error).split())[:100]})"
        self._failed += 1
        self._say(f"{batch[0].report.id}: left out; {why}")
        self._end([Done(batch[0].waiting.number, "failed", batch[0].report.digest, why)])

    def _readings(self, reports: list[Report]) -> Iterator[Reading]:
        from sayso.reading import Reader

        if self._reader is None:
            self._reader = Reader()
        yield from self._reader.read_many(reports)

    def _end(self, ends: list[Done], made: list[Alert] | None = None) -> None:
        for alert in self._keeping.done(ends, made or [], self._outlets, self._clock.now()):
            self._alerts += 1
            self._told(alert)

    # alerts

    def _tell(self) -> None:
        now = self._clock.now()
        failed = set()
        for alert, outlet, tries in self._keeping.untold(now):
            if self._stop.is_set():
                return
            if outlet not in self._outlets:
                self._keeping.told(alert.id, outlet)
                continue
            if outlet in failed:  # one that is out of reach takes its time each time
                continue
            try:
                telling.tell(alert, outlet, self._plan, self._post)
            except Exception as error:  # whatever a library makes of it: other outlets are told
                again = telling.WAITS[min(tries, len(telling.WAITS) - 1)]
                self._keeping.not_told(alert.id, outlet, now + again, now)
                failed.add(outlet)
                if outlet not in self._silent:
                    self._say(str(error) if isinstance(error, SaysoError) else f"alert {alert.id}: {telling.called(outlet)} failed ({type(error).__name__})")
                self._silent.add(outlet)
            else:
                self._keeping.told(alert.id, outlet)
                if outlet in self._silent:
                    self._silent.discard(outlet)
                    self._say(f"{telling.called(outlet)} takes alerts again")

    # time

    def _wait(self) -> None:
        """Until something comes back, or the next thing is due."""
        now = self._clock.now()
        if now - self._shown >= TICK or now < self._shown:
            self._shown = now
            self._show(self._status())
        if self._ready and not self._is_busy(now) and not self._fetches:
            return
        if running := self._running():
            wait(running, timeout=TICK / 4, return_when=FIRST_COMPLETED)
            return
        self._clock.pause(max(0.01, min(self._next() - now, 3600.0)), self._stop)

    def _next(self) -> float:
        """When the next thing is due."""
        now = self._clock.now()
        due = [self._keeping.feed(url).due for url in self._feeds] if not self._once else []
        waiting, first = self._keeping.next()
        if waiting and first is not None:
            entries = self._keeping.waiting(now, (), AHEAD)
            hosts = [self._manners.free(entry.entry.url) for entry in entries if entry.entry.url]
            due.append(max(first, min(hosts, default=first), self._busy_until if self._is_busy(now) else 0.0))
        telling_ = self._keeping.next_telling()
        if telling_ is not None:
            due.append(telling_)
        free = [self._manners.free(url) for url in self._feeds if self._once and url not in self._looked]
        return min([*due, *free], default=now + TICK)

    def _is_over(self) -> bool:
        now = self._clock.now()
        if self._looks or self._fetches or self._ready or self._looked < self._feeds.keys():
            return False
        return not self._keeping.waiting(now, (), 1) and not self._keeping.untold(now)

    def _tidy(self) -> None:
        now = self._clock.now()
        if not 0 <= now - self._forgot < FORGET:
            self._forgot = now
            self._keeping.forget(now)
            self._keeping.set_right(now + 1.2 * polling.PATIENT, now)

    def _status(self) -> Status:
        now = self._clock.now()
        states = [self._keeping.feed(url) for url in self._feeds]
        waiting, _ = self._keeping.next()
        return Status(
            len(states), sum(1 for state in states if state.failures), waiting, self._read, self._claims, self._passed, self._failed, self._alerts,
            self._keeping.untold_count(), max(0.0, min((state.due for state in states), default=now) - now),
        )  # fmt: skip


def _line(url: str, error: Exception) -> UnreadableReport:
    if isinstance(error, UnreadableReport):
        return error
    return UnreadableReport(f"{shown(url)}: cannot be read ({type(error).__name__}: {' '.join(str(error).split())[:100]})")


def _span(seconds: float) -> str:
    """Seconds in words, rounded.

    >>> _span(45), _span(900), _span(7_200)
    ('45 s', '15 min', '2 h')
    """
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5_400 else f"{seconds / 3600:.0f} h"
