"""RSS and Atom feeds, and sitemaps → what they list.

In: the bytes of a feed. Out: its entries, each with its address, day, title and whatever text it brings, and reports of those. Nothing that an entry points to
is fetched here. What is broken in a feed is passed over where the rest can be made out, as readers of feeds do.
"""

from __future__ import annotations

import re
from calendar import timegm
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any, NamedTuple

from sayso.errors import BadOption, UnreadableReport
from sayso.intake import dates
from sayso.intake.build import Given, build
from sayso.intake.encodings import MAX_BYTES
from sayso.intake.lines import Unread
from sayso.intake.page import report_from_html, too_much
from sayso.model import Report

ENTRIES = 5_000
"""Entries that are taken from a feed or a sitemap; real ones have some tens, a sitemap of a day's news at most a thousand."""
_FEED = re.compile(rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<\?[^>]{0,300}\?>\s*|<!--(?:(?!-->).){0,2000}-->\s*)*<(?:rss|feed|rdf:RDF)[\s>]", re.S)
_ITEM = re.compile(rb"<(?:\w{1,40}:)?(?:item|entry)[\s>/]")
_REFERENCES = re.compile(rb"(?:&#(?:[xX][0-9a-fA-F]{1,8}|[0-9]{1,10});)+")
_TAG = re.compile(r"<[^<>]*>")


class Entry(NamedTuple):
    """What a feed lists. `id` is what it calls it; `page` is the text that it brings, as HTML, whole or a summary."""

    id: str
    url: str
    title: str
    published: str | None
    page: str
    whole: bool


class Feed(NamedTuple):
    """A feed: what it calls itself, and its entries in its own order. `broken` says what was wrong with it, empty where nothing was."""

    title: str
    entries: list[Entry]
    broken: str


def is_feed(head: bytes) -> bool:
    """Whether something begins as a feed does.

    >>> is_feed(b'<?xml version="1.0"?><rss version="2.0">'), is_feed(b"<html><p>rss")
    (True, False)
    """
    return _FEED.match(head.removeprefix(b"\xef\xbb\xbf")) is not None


def feed_of(data: bytes, name: str = "the feed") -> Feed:
    """The entries of a feed.

    Raises:
        UnreadableReport: it is too large, or no feed can be made out in it.
    """
    import feedparser

    if len(data) > MAX_BYTES:
        raise UnreadableReport(f"{name}: is larger than {MAX_BYTES // 1_000_000} MB; check the address")
    if beyond := next(islice(_ITEM.finditer(data), 2 * ENTRIES, None), None):  # else millions of empty ones fill the memory
        data = data[: beyond.start()]
    data = _REFERENCES.sub(_sound, data)
    found = feedparser.parse(data, response_headers={"content-type": "application/xml"}, sanitize_html=False, resolve_relative_uris=False)
    if not found.entries and (found.bozo or not found.get("version")):
        reason = " ".join(str(found.get("bozo_exception", "it names no kind of feed")).split())[:80]
        raise UnreadableReport(f"{name}: is no feed ({reason}); check the address")
    broken = " ".join(str(found.bozo_exception).split())[:80] if found.bozo else ""
    return Feed(_line(found.feed.get("title")), [_entry(e) for e in found.entries[:ENTRIES]], broken)


def reports_of_feed(data: bytes, name: str, given: Given) -> Iterator[Report | Unread]:
    """The reports of a feed, as far as it brings their text; a summary is noted to be one."""
    try:
        feed = feed_of(data, name)
    except UnreadableReport as error:
        yield Unread(name, None, error)
        return
    for number, entry in enumerate(feed.entries, 1):
        try:
            yield report_of_entry(entry, f"{name}: entry {number}", given._replace(publisher=given.publisher or feed.title or None))
        except (UnreadableReport, BadOption) as error:
            yield Unread(name, number, error)


def report_of_entry(entry: Entry, place: str, given: Given) -> Report:
    """The report that an entry brings.

    Raises:
        UnreadableReport: it brings no text.
    """
    own = given._replace(
        published=entry.published or given.published, title=entry.title or given.title, id=entry.id or entry.url or given.id, url=entry.url or given.url
    )
    if fault := too_much(entry.page):
        raise UnreadableReport(f"{place}: {fault}; follow its link")
    if entry.whole and "<" in entry.page:
        try:
            return report_from_html(f"<html><body><article><h1>{_escaped(entry.title)}</h1>{entry.page}</article></body></html>", **own._asdict(), name=place)
        except UnreadableReport:
            pass  # too short for a page: what words it has are read as they are
    words = _text(entry.page)
    notes = [] if entry.whole else ["the feed brings a summary only; the report is where its link leads"]
    return build("\n\n".join(filter(None, (entry.title, words))), own, place, notes)


def addresses_of_sitemap(data: bytes, name: str = "the sitemap") -> tuple[list[tuple[str, str | None]], list[tuple[str, str | None]]]:
    """The pages that a sitemap lists, each with the day of its news or of its last change, and the sitemaps that it leads to, each with that of its own.

    Raises:
        UnreadableReport: it is none.
    """
    from lxml import etree

    if len(data) > MAX_BYTES:
        raise UnreadableReport(f"{name}: is larger than {MAX_BYTES // 1_000_000} MB; check the address")
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableReport(f"{name}: is no sitemap ({' '.join(str(error).split())[:80]}); check the address") from None
    if root is None or etree.QName(root).localname not in {"urlset", "sitemapindex"}:
        raise UnreadableReport(f"{name}: is no sitemap; check the address")
    pages: list[tuple[str, str | None]] = []
    maps: list[tuple[str, str | None]] = []
    for place in root.iterchildren(tag=etree.Element):
        told = {etree.QName(e).localname: (e.text or "").strip() for e in place.iter(tag=etree.Element)}
        address = told.get("loc", "")
        if address and etree.QName(place).localname == "url" and len(pages) < ENTRIES:
            pages.append((address, _day(told.get("publication_date") or told.get("lastmod"))))
        elif address and etree.QName(place).localname == "sitemap" and len(maps) < ENTRIES:
            maps.append((address, _day(told.get("lastmod"))))
    return pages, maps


def _sound(found: re.Match[bytes]) -> bytes:
    """Characters by number, with halves of UTF-16 put together, as some feeds give them, and what is no character replaced: feedparser breaks on these.

    >>> _REFERENCES.sub(_sound, b"&#233;&#55357;&#56832; &#xD800; &#x110000; &#8220;")
    b'&#233;&#128512; &#65533; &#65533; &#8220;'
    """
    codes = [int(told[1:], 16) if told[:1] in b"xX" else int(told) for told in found[0][2:-1].split(b";&#")]
    if all(code < 0xD800 or 0xDFFF < code <= 0x10FFFF for code in codes):
        return found[0]
    told = "".join(chr(code) if code <= 0x10FFFF else "\ufffd" for code in codes)
    return b"".join(b"&#%d;" % ord(c) for c in told.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))


def _entry(found: Any) -> Entry:
    contents = [c.get("value", "") for c in found.get("content", []) if "html" in c.get("type", "html") or "text" in c.get("type", "")]
    page = max(contents, key=len, default="")
    when = found.get("published_parsed") or found.get("updated_parsed")
    day = None
    if when is not None:
        try:
            day = datetime.fromtimestamp(timegm(when), UTC).isoformat()
        except (ValueError, OverflowError, OSError):  # a day outside of all calendars
            day = None
    return Entry(_line(found.get("id")), _line(found.get("link")), _line(_text(found.get("title", ""))), day, page or found.get("summary", ""), bool(page))


def _text(page: str) -> str:
    """The words of a piece of HTML, a blank line between its paragraphs."""
    from lxml import etree, html

    if not page.strip():
        return ""
    if "<" not in page and "&" not in page:
        return page.strip()
    try:
        tree = html.fromstring(f"<div>{page}</div>", parser=html.HTMLParser(huge_tree=False))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return " ".join(_TAG.sub(" ", page).split())
    for left_out in tree.xpath("//script|//style|//figure|//iframe"):
        left_out.drop_tree()
    for block in tree.iter("p", "div", "br", "li", "h1", "h2", "h3", "h4", "blockquote"):
        block.tail = "\n\n" + (block.tail or "")
    paragraphs = re.split(r"\n\s*\n", tree.text_content())
    return "\n\n".join(filter(None, (" ".join(p.split()) for p in paragraphs)))


def _line(words: Any) -> str:
    return " ".join(str(words or "").split())


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;")


def _day(words: str | None) -> str | None:
    try:
        return dates.told(words)
    except BadOption:
        return None


