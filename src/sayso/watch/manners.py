"""Good manners towards the hosts of others: robots.txt, and a pause between two requests.

In: the address of a page that a feed leads to. Out: whether it may be fetched, and from when on. What a user names himself is not asked of robots.txt, which is
about addresses that a program finds. robots.txt is read as RFC 9309 has it: without one all is allowed; where its server fails, nothing is until it
answers again. """

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import urlsplit, urlunsplit

from protego import Protego

from sayso.errors import UnreadableReport
from sayso.intake.fetch import Refused
from sayso.watch.keeping import host_of
from sayso.watch.polling import Get

AGENT = "sayso"
"""What robots.txt may call us."""
PAUSE = 3.0
"""Seconds between two requests to one host."""
LONGEST = 60.0
"""Seconds of the longest pause that robots.txt may ask for."""
KEPT = 24 * 3600.0
AGAIN = 600.0
"""Seconds for which robots.txt is kept, and after which it is asked for again where its server failed."""
HOSTS = 500
"""Hosts whose robots.txt is kept at once."""
_LARGEST = 500_000
"""Characters of robots.txt that are read, as RFC 9309 asks for at least."""


class _Known(NamedTuple):
    until: float
    robots: Protego | None


class Manners:
    """What is known of hosts. Threads may share it.

    Args:
        get: fetches an address.
        now: the time in seconds.
    """

    def __init__(self, get: Get, now: Callable[[], float], pause: float = PAUSE) -> None:
        self._get, self._now, self._pause = get, now, pause
        self._robots: dict[str, _Known] = {}
        self._free: dict[str, float] = {}
        self._lock = threading.Lock()

    def free(self, url: str) -> float:
        """From when on its host may be asked again."""
        with self._lock:
            return self._free.get(host_of(url), 0.0)

    def asked(self, url: str, wait: float = 0.0) -> None:
        """Its host was asked just now, and wants to be left alone for so many seconds."""
        host = host_of(url)
        known = self._robots.get(_home(url))
        delay = float(known.robots.crawl_delay(AGENT) or 0.0) if known and known.robots else 0.0
        now = self._now()
        with self._lock:
            self._free[host] = now + max(self._pause, min(delay, LONGEST), wait)
            if len(self._free) > HOSTS:
                self._free = {one: until for one, until in self._free.items() if until > now}

    def allowed(self, url: str) -> bool:
        """Whether robots.txt lets us fetch the address; asks for it where it is not known.

        Raises:
            UnreadableReport: its server fails, so that nobody can tell.
        """
        home = _home(url)
        known = self._robots.get(home)
        if known is None or not self._now() < known.until <= self._now() + KEPT:  # the clock may have been set back
            known = self._ask(home)
        if known.robots is None:
            raise UnreadableReport(f"{home[:200]}/robots.txt: cannot be had now, so that nobody can tell what may be fetched there; it is tried again")
        return bool(known.robots.can_fetch(url, AGENT))

    def _ask(self, home: str) -> _Known:
        try:
            found = self._get(f"{home}/robots.txt", any_type=True)
            known = _Known(self._now() + KEPT, Protego.parse(_read(found.data.decode("utf-8-sig", "replace"))))
        except Refused as error:
            open_ = 400 <= error.status < 500 and error.status != 429
            known = _Known(self._now() + (KEPT if open_ else AGAIN), Protego.parse("") if open_ else None)
        except UnreadableReport:
            known = _Known(self._now() + AGAIN, None)
        with self._lock:
            self._robots.pop(home, None)
            self._robots[home] = known
            while len(self._robots) > HOSTS:  # a feed may lead to any number of hosts
                del self._robots[next(iter(self._robots))]
        return known


def _read(text: str) -> str:
    """What is read of a robots.txt: its whole lines up to a bound, since half a line may forbid or allow more than it says."""
    return text if len(text) <= _LARGEST else text[: text.rfind("\n", 0, _LARGEST) + 1]


def _home(url: str) -> str:
    parts = urlsplit(url)
    return urlunsplit((parts.scheme.lower(), host_of(url), "", "", ""))
