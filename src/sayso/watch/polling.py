"""One look at a feed → its entries, where something has changed.

In: a feed as it stands. Out: what it lists now, or how it failed. Asks the server only for what has changed; follows sitemaps to the sitemaps in them that
are of these days. Nothing is kept here. """

from __future__ import annotations

import io
import random
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import NamedTuple, Protocol
from urllib.parse import urljoin, urlsplit

from sayso.errors import UnreadableReport
from sayso.intake.compressed import opened
from sayso.intake.encodings import MAX_BYTES, shown
from sayso.intake.feeds import Entry, addresses_of_sitemap, feed_of, is_feed
from sayso.intake.fetch import Fetched, Known, Refused
from sayso.watch.keeping import FeedState
from sayso.watch.plan import Followed

LARGEST = 10_000_000
"""Bytes of a feed."""
MAPS = 10
"""Sitemaps within a sitemap that are followed."""
SITEMAP_DAYS = 2
"""Days that a sitemap's pages may be old, unless told: it lists all that there is."""
LONGEST = 6 * 3600.0
"""Seconds between two looks at a feed that fails and fails."""
PATIENT = 24 * 3600.0
"""The most seconds that a server may ask for by Retry-After."""
FRESHEST = 3
"""For how many times the interval a server is believed, at most, that nothing will change."""
_SITEMAP = re.compile(rb"<(?:\w+:)?(?:urlset|sitemapindex)[\s>]")
_LINK = re.compile(r"<link\b[^>]{0,400}>", re.I)
_FEED_TYPE = re.compile(r"type\s*=\s*[\"']?application/(?:rss|atom)\+xml", re.I)
_HREF = re.compile(r"href\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.I)


class Get(Protocol):
    """How pages are fetched: as `sayso.intake.fetch.fetch` does."""

    def __call__(self, url: str, *, limit: int = ..., known: Known | None = ..., any_type: bool = ...) -> Fetched: ...


class Look(NamedTuple):
    """What a look at a feed gave: its entries, each with whether it is too old to be read; None where nothing has changed."""

    entries: list[tuple[Entry, bool]] | None
    title: str
    known: Known
    moved: str | None
    fresh: float


def look(feed: Followed, state: FeedState, get: Get, now: float) -> Look:
    """Look at a feed.

    Raises:
        UnreadableReport: it cannot be had, or is none.
    """
    found = get(state.moved or feed.url, limit=LARGEST, known=state.known, any_type=True)
    moved = found.moved or state.moved
    if found.unchanged:
        return Look(None, state.title, state.known, moved, found.fresh)
    title, entries, leads = _entries(found, shown(feed.url), get, now)
    oldest = feed.oldest
    listed = [(entry, _old(day, SITEMAP_DAYS if oldest is None and mapped else oldest, now)) for entry, day, mapped in entries]
    known = Known() if leads else Known(found.etag, found.modified)  # what has changed are the sitemaps that it leads to
    return Look(listed, title or state.title, known, moved, found.fresh)


def _entries(found: Fetched, name: str, get: Get, now: float) -> tuple[str, list[tuple[Entry, str | None, bool]], bool]:
    """A feed's title, its entries with their days and whether they are of a sitemap, and whether it leads to other sitemaps."""
    _, whole, _ = opened(io.BytesIO(found.data), name)
    data = whole.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise UnreadableReport(f"{name}: is larger than {LARGEST // 1_000_000} MB; check the address")
    head = data[:8192]
    if not is_feed(head) and _SITEMAP.search(head):
        return "", [(entry, day, True) for entry, day in _of_sitemap(data, name, found.url, get, now, 1)], b"sitemapindex" in head
    if not is_feed(head) and (leads := _feed_of_page(head, found.url)):
        raise UnreadableReport(f"{name}: is a web page; follow its feed: {leads}")
    feed = feed_of(data, name)
    return feed.title, [(_sound(entry, found.url), entry.published, False) for entry in feed.entries], False


def _of_sitemap(data: bytes, name: str, base: str, get: Get, now: float, deep: int) -> Iterator[tuple[Entry, str | None]]:
    pages, maps = addresses_of_sitemap(data, name)
    for told, day in pages:
        if address := _whole(told, base):  # there is nothing else that such an entry brings
            yield Entry(address, address, "", None, "", False), day
    if not deep:
        return
    recent = [(address, day) for told, day in maps if not _old(day, SITEMAP_DAYS, now) and (address := _whole(told, base))]
    for address, _ in sorted(recent, key=lambda one: one[1] or "", reverse=True)[:MAPS]:
        try:
            inner = get(address, limit=MAX_BYTES, any_type=True)
            _, whole, _ = opened(io.BytesIO(inner.data), shown(address))
            yield from _of_sitemap(whole.read(MAX_BYTES + 1), shown(address), inner.url, get, now, deep - 1)
        except UnreadableReport:  # the others are looked at; this one is again next time
            continue


def _sound(entry: Entry, base: str) -> Entry:
    """The entry with its address made whole; without one that leads to no web page."""
    return entry._replace(url=_whole(entry.url, base))


def _whole(address: str, base: str) -> str:
    """An address with what it leaves to that of its feed; empty where that is no web address."""
    try:
        url = urljoin(base, address) if address else ""
        sound = url.startswith(("http://", "https://")) and bool(urlsplit(url).hostname) and len(url) <= 2_000
    except ValueError:
        return ""
    return url if sound else ""


def _old(day: str | None, oldest: int | None, now: float) -> bool:
    return bool(day and oldest is not None and day[:10] < (datetime.fromtimestamp(now, UTC) - timedelta(days=oldest)).date().isoformat())


def _feed_of_page(head: bytes, base: str) -> str:
    for link in _LINK.finditer(head.decode("utf-8", "replace")):
        href = _HREF.search(link[0])
        if _FEED_TYPE.search(link[0]) and href:
            return shown(_whole(unescape(next(filter(None, href.groups()), "")), base))
    return ""


def next_look(feed: Followed, fresh: float) -> float:
    """Seconds until the next look at a feed that answered."""
    return min(max(1.0, fresh / (feed.every * 60)), FRESHEST) * feed.every * 60


def back_off(feed: Followed, failures: int, error: UnreadableReport) -> float:
    """Seconds until the next look at a feed that failed so many times before: twice as many each time, and not all feeds at once."""
    wait = max(feed.every * 60, min(feed.every * 60 * 2.0 ** min(failures + 1, 10), LONGEST))
    asked = min(error.wait or 0, PATIENT) if isinstance(error, Refused) else 0
    return max(wait * random.Random(f"{feed.url} {failures}").uniform(0.9, 1.1), asked)


