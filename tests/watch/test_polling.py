"""One look at a feed: what is made of feeds, sitemaps and web pages, and manners towards their servers."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import perf_counter
from typing import Any

import pytest

from sayso.errors import UnreadableReport
from sayso.intake.feeds import Entry
from sayso.intake.fetch import Fetched, Known, Refused, fetch
from sayso.watch import Followed
from sayso.watch import manners as manners_
from sayso.watch.keeping import FeedState, Waiting
from sayso.watch.manners import HOSTS, Manners
from sayso.watch.pages import PATIENT, WAITS, report_of
from sayso.watch.polling import FRESHEST, LONGEST, MAPS, Look, back_off, look, next_look

NOW = datetime(2024, 5, 6, 8, tzinfo=UTC).timestamp()
URL = "https://wire.example/news/rss"
FEED = Followed(url=URL)
STATE = FeedState(URL, None, "", Known(), 0.0, 0, "")


def pages(found: dict[str, bytes | Exception], asked: list[str] | None = None) -> Callable[..., Fetched]:
    """What fetches these pages, and notes what was asked for."""

    def get(url: str, **_: Any) -> Fetched:
        if asked is not None:
            asked.append(url)
        data = found.get(url, Refused(f"{url}: the server answers 404; check the address", 404, None))
        if isinstance(data, Exception):
            raise data
        return Fetched(url, data, "text/xml", None, etag='"1"')

    return get


def looked(data: bytes, more: dict[str, bytes | Exception] | None = None, asked: list[str] | None = None, **feed: Any) -> Look:
    return look(Followed(url=URL, **feed), STATE, pages({URL: data, **(more or {})}, asked), NOW)


def rss(*links: str) -> bytes:
    made = "".join(f"<item><title>Dispatch</title><link>{link}</link><description>Words.</description></item>" for link in links)
    return f'<rss version="2.0"><channel><title>Wire</title>{made}</channel></rss>'.encode()


def urls(found: Look) -> list[str]:
    return [entry.url for entry, _ in found.entries or []]


# feeds


def test_a_feed_in_atom() -> None:
    found = looked(
        b'<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><entry><title>Talks</title><id>tag:1</id><link rel="alternate" href="/talks"/>'
        b'<published>2024-05-06T07:00:00Z</published><summary>They met.</summary></entry><entry><title>Fire</title><id>tag:2</id>'
        b'<link href="https://wire.example/fire"/><updated>2024-05-05T07:00:00+03:00</updated><content type="html">&lt;p&gt;Shells fell.&lt;/p&gt;</content>'
        b"</entry></feed>"
    )
    assert found.title == "Wire"
    assert urls(found) == ["https://wire.example/talks", "https://wire.example/fire"]
    assert [(entry.published, entry.whole) for entry, _ in found.entries or []] == [("2024-05-06T07:00:00+00:00", False), ("2024-05-05T04:00:00+00:00", True)]


def test_links_are_made_whole() -> None:
    links = ["/a", "b?x=1&amp;y=2", "//cdn.example/c", "https://other.example/d", "../e"]
    wanted = [
        "https://wire.example/a", "https://wire.example/news/b?x=1&y=2", "https://cdn.example/c", "https://other.example/d",
        "https://wire.example/e",
    ]  # fmt: skip
    assert urls(looked(rss(*links))) == wanted


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "mailto:a@b.example", "http://[bad/", "data:text/html,x", "/" + "x" * 2_000])
def test_a_link_that_is_no_web_address_leads_nowhere(link: str) -> None:
    assert urls(looked(rss(link, "/sound"))) == ["", "https://wire.example/sound"]


def test_halves_of_characters_do_not_break_a_feed() -> None:
    found = looked(rss("/a").replace(b"Dispatch", b"&#55357;&#56832; fire &#xD800;&#x110000;"))
    assert [entry.title for entry, _ in found.entries or []] == ["\U0001f600 fire \ufffd\ufffd"]


def test_what_is_older_than_wanted_is_marked_so() -> None:
    dated = rss("/a", "/b", "/c").replace(b"<description>", b"<pubDate>Fri, 03 May 2024 08:00:00 GMT</pubDate><description>", 1)
    assert [old for _, old in looked(dated, oldest=2).entries or []] == [True, False, False]
    assert [old for _, old in looked(dated, oldest=3).entries or []] == [False, False, False]
    assert [old for _, old in looked(dated).entries or []] == [False, False, False]


@pytest.mark.parametrize(
    "tag",
    ['<link rel="alternate" type="application/rss+xml" href="/feed?a=1&amp;b=2">', "<LINK HREF=/feed?a=1&b=2 TYPE=application/atom+xml>"],
)
def test_a_web_page_names_its_feed(tag: str) -> None:
    with pytest.raises(UnreadableReport, match=r"/news/rss: is a web page; follow its feed: https://wire\.example/feed\?a=1&b=2$"):
        looked(f"<!doctype html><html><head><title>News</title>{tag}</head></html>".encode())


@pytest.mark.parametrize(
    "data", [b"", b"<html><body>Hello", b'<link type="application/rss+xml" href="http://[bad/"><html>', b"\x1f\x8b broken", b"\0\xff\xfe<rss"]
)
def test_what_is_no_feed(data: bytes) -> None:
    with pytest.raises(UnreadableReport, match="/news/rss: ") as error:
        looked(data)
    assert "\n" not in str(error.value)


def test_a_feed_that_swells() -> None:
    with pytest.raises(UnreadableReport, match="larger than 10 MB"):
        looked(gzip.compress(b"<rss>" + b" " * 10_000_000))
    assert urls(looked(gzip.compress(rss("/a")))) == ["https://wire.example/a"]


def test_what_is_made_to_take_long_does_not() -> None:
    """Patterns that are tried in very many ways would hold up all feeds, not only the one that sends them."""
    begun = perf_counter()
    comments = b"<!---->" * 1_100
    for data in (comments + b"<html", b"<!-- <!-- " * 800, b"<?a?>" * 1_600, b"<link " * 1_300, b"<?xml " + b" " * 8_000, b"<rss>" + b"&#1" * 100_000):
        with pytest.raises(UnreadableReport):
            looked(data)
    assert perf_counter() - begun < 5
    assert urls(looked(b"<!-- a -- > b --><!----><?x y?>" + rss("/a"))) == ["https://wire.example/a"]


def test_of_a_feed_without_an_end_the_first_entries_are_taken() -> None:
    item = b"<item><title>Fire</title><link>/a</link></item>"
    begun = perf_counter()
    found = looked(rss().replace(b"</channel>", item * 6_000 + b"<item/>" * 1_000_000 + b"</channel>"))
    assert len(found.entries or []) == 5_000
    assert perf_counter() - begun < 20


# sitemaps


def sitemap(*places: tuple[str, str]) -> bytes:
    made = "".join(f"<url><loc>{loc}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</url>" for loc, day in places)
    return f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{made}</urlset>'.encode()


def index(*places: tuple[str, str]) -> bytes:
    return sitemap(*places).replace(b"<url>", b"<sitemap>").replace(b"</url>", b"</sitemap>").replace(b"urlset", b"sitemapindex")


TODAY, LONG_AGO = "2024-05-06", "2023-01-01"


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_sitemap(pack: Callable[[bytes], bytes]) -> None:
    found = looked(pack(sitemap(("https://wire.example/1", TODAY), ("https://wire.example/2", LONG_AGO), ("https://wire.example/3", ""))))
    assert [(entry.url, old) for entry, old in found.entries or []] == [
        ("https://wire.example/1", False), ("https://wire.example/2", True), ("https://wire.example/3", False),
    ]  # fmt: skip
    assert found.known == Known('"1"', "")


def test_places_of_a_sitemap_that_are_no_web_addresses_are_left_out() -> None:
    found = looked(sitemap(("http://[bad/x", TODAY), ("file:///etc/passwd", TODAY), ("/relative", TODAY), ("javascript:x", "")))
    assert urls(found) == ["https://wire.example/relative"]


def test_a_sitemap_of_sitemaps() -> None:
    asked: list[str] = []
    inner: dict[str, bytes | Exception] = {
        "https://wire.example/today.xml.gz": gzip.compress(sitemap(("https://wire.example/1", TODAY))),
        "https://wire.example/deep.xml": index(("/x.xml", TODAY)),
        "https://wire.example/undated.xml": sitemap(("https://wire.example/2", "")), "https://wire.example/down.xml": UnreadableReport("down"),
    }  # fmt: skip
    places = [("/today.xml.gz", TODAY), ("/old.xml", LONG_AGO), ("/undated.xml", ""), ("/down.xml", TODAY), ("/deep.xml", TODAY), ("http://[bad/", TODAY)]
    found = looked(index(*places), inner, asked)
    assert sorted(urls(found)) == ["https://wire.example/1", "https://wire.example/2"]
    assert "https://wire.example/old.xml" not in asked
    assert "https://wire.example/x.xml" not in asked
    assert found.known == Known()  # that it has not changed says nothing of those that it leads to


def test_no_more_sitemaps_are_followed_than_is_decent() -> None:
    asked: list[str] = []
    looked(index(*((f"/{n}.xml", TODAY) for n in range(100))), None, asked)
    assert len(asked) == 1 + MAPS


# servers


@pytest.fixture
def server() -> Iterator[tuple[str, dict[str, tuple[int, dict[str, str]]], list[tuple[str, dict[str, str]]]]]:
    """A server that answers each path with a status and headers; gives its address, the answers, and what was asked of it."""
    answers: dict[str, tuple[int, dict[str, str]]] = {}
    asked: list[tuple[str, dict[str, str]]] = []

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: Any) -> None: ...

        def do_GET(self) -> None:
            asked.append((self.path, dict(self.headers)))
            status, headers = answers[self.path]
            body = rss("/a") if status == 200 else b""
            self.send_response_only(status)
            for key, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(key, value)
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", answers, asked
    server.shutdown()
    server.server_close()
    thread.join()


HERE = partial(fetch, allowed=lambda _: True)


def test_a_server_is_asked_only_for_what_has_changed(server: Any) -> None:
    base, answers, asked = server
    answers["/rss"] = 200, {"ETag": 'W/"7"', "Last-Modified": "Mon, 06 May 2024 07:00:00 GMT", "Cache-Control": "public, max-age=1200"}
    feed = Followed(url=f"{base}/rss")
    first = look(feed, STATE, HERE, NOW)
    assert (first.known, first.fresh) == (Known('W/"7"', "Mon, 06 May 2024 07:00:00 GMT"), 1200)
    answers["/rss"] = 304, {}
    second = look(feed, STATE._replace(known=first.known, title="Wire"), HERE, NOW)
    assert (second.entries, second.known, second.title) == (None, first.known, "Wire")
    assert "If-None-Match" not in asked[0][1]
    assert (asked[1][1]["If-None-Match"], asked[1][1]["If-Modified-Since"]) == first.known


def test_only_what_has_moved_for_good_is_looked_for_elsewhere(server: Any) -> None:
    base, answers, asked = server
    answers |= {"/old": (301, {"Location": "/mid"}), "/mid": (308, {"Location": "/new"}), "/new": (200, {}), "/now": (302, {"Location": "/old"})}
    feed = Followed(url=f"{base}/old")
    moved = look(feed, STATE, HERE, NOW).moved
    assert moved == f"{base}/new"
    assert look(Followed(url=f"{base}/now"), STATE, HERE, NOW).moved is None
    asked.clear()
    assert look(feed, STATE._replace(moved=moved), HERE, NOW).moved == moved
    assert [path for path, _ in asked] == ["/new"]


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"Retry-After": "120"}, 120), ({"Retry-After": "0"}, 0), ({}, None), ({"Retry-After": "soon"}, None), ({"Retry-After": "-5"}, None),
        ({"Retry-After": "Wed, 01 Jan 2070 10:10:00 GMT", "Date": "Wed, 01 Jan 2070 10:00:00 GMT"}, 600),  # by the server's own clock
        ({"Retry-After": "Wed, 01 Jan 1990 10:10:00 GMT", "Date": "Wed, 01 Jan 1990 11:00:00 GMT"}, 0), ({"Retry-After": "Wed, 99 Foo"}, None),
    ],
)  # fmt: skip
def test_retry_after(server: Any, headers: dict[str, str], wait: int | None) -> None:
    base, answers, _ = server
    answers["/rss"] = 503, headers
    with pytest.raises(Refused) as error:
        look(Followed(url=f"{base}/rss"), STATE, HERE, NOW)
    assert (error.value.status, error.value.wait) == (503, wait)


def test_retry_after_by_our_clock_where_the_server_has_none(server: Any) -> None:
    base, answers, _ = server
    answers["/rss"] = 429, {"Retry-After": format_datetime(datetime.fromtimestamp(datetime.now(UTC).timestamp() + 300, UTC), usegmt=True)}
    with pytest.raises(Refused) as error:
        look(Followed(url=f"{base}/rss"), STATE, HERE, NOW)
    assert 295 <= (error.value.wait or 0) <= 300


# when next


def test_back_off_grows_and_ends_somewhere() -> None:
    error = UnreadableReport("down")
    waits = [back_off(FEED, failures, error) for failures in range(40)]
    base = FEED.every * 60
    assert 1.8 * base <= waits[0] <= 2.2 * base
    assert 3.6 * base <= waits[1] <= 4.4 * base
    assert max(waits) <= 1.1 * LONGEST
    assert min(waits[5:]) >= 0.9 * LONGEST
    assert len(set(waits)) > 30
    day = Followed(url=URL, every=24 * 60)
    assert back_off(day, 9, error) >= 0.9 * 24 * 3600  # never more often than it is looked at anyway
    assert back_off(FEED, 10**6, error) <= 1.1 * LONGEST


@pytest.mark.parametrize(
    ("wait", "least", "most"), [(0, 1_600, 2_000), (60, 1_600, 2_000), (7_200, 7_200, 7_200), (10**9, PATIENT, PATIENT), (None, 1_600, 2_000)]
)
def test_a_server_may_ask_for_longer_but_not_for_ever(wait: int | None, least: float, most: float) -> None:
    assert least <= back_off(FEED, 0, Refused("busy", 503, wait)) <= most


@pytest.mark.parametrize(("fresh", "times"), [(0, 1), (60, 1), (900, 1), (1_800, 2), (10**9, FRESHEST)])
def test_a_server_that_says_that_nothing_will_change_is_believed_for_a_while(fresh: float, times: float) -> None:
    assert next_look(FEED, fresh) == times * FEED.every * 60


# robots.txt


class Robots:
    """A host with a robots.txt, or an error instead, by a clock of its own."""

    def __init__(self, told: bytes | Exception) -> None:
        self.told, self.asked, self.now = told, list[str](), NOW
        self.manners = Manners(self.get, lambda: self.now, pause=3.0)

    def get(self, url: str, **_: Any) -> Fetched:
        self.asked.append(url)
        if isinstance(self.told, Exception):
            raise self.told
        return Fetched(url, self.told, "text/plain", None)

    def allowed(self, path: str = "/page") -> bool:
        return self.manners.allowed(f"https://wire.example{path}")


def test_without_robots_txt_all_is_allowed_and_it_is_asked_for_once_a_day() -> None:
    robots = Robots(Refused("none", 404, None))
    assert all(robots.allowed(f"/{n}") for n in range(5))
    assert robots.asked == ["https://wire.example/robots.txt"]
    robots.now += manners_.KEPT + 1
    assert robots.allowed()
    assert len(robots.asked) == 2


@pytest.mark.parametrize("error", [Refused("down", 500, None), Refused("busy", 429, 5), UnreadableReport("too slow")])
def test_where_robots_txt_cannot_be_had_nobody_can_tell(error: Exception) -> None:
    robots = Robots(error)
    for _ in range(3):
        with pytest.raises(UnreadableReport, match=r"https://wire.example/robots.txt: cannot be had now"):
            robots.allowed()
    assert len(robots.asked) == 1
    robots.now += manners_.AGAIN + 1
    robots.told = b""
    assert robots.allowed()


@pytest.mark.parametrize(
    ("told", "path", "allowed"),
    [
        (b"User-agent: *\nDisallow: /private", "/private/1", False), (b"User-agent: *\nDisallow: /private", "/page", True),
        (b"User-agent: *\nDisallow: /*/draft$", "/a/draft", False), (b"User-agent: *\nDisallow: /*/draft$", "/a/draft/b", True),
        (b"User-agent: *\nDisallow: /\nAllow: /news", "/news/1", True), (b"User-agent: Sayso\nDisallow: /\n\nUser-agent: *\nAllow: /", "/page", False),
        (b"User-agent: other\nDisallow: /", "/page", True), (b"\xef\xbb\xbfUser-agent: *\nDisallow: /", "/page", False),
        (b"\xff\0 no rules at all", "/page", True),
        (b"User-agent: *\nDisallow: /*?", "/page?id=1", False), (b"", "/page", True),
    ],
)  # fmt: skip
def test_what_robots_txt_says(told: bytes, path: str, allowed: bool) -> None:
    assert Robots(told).allowed(path) == allowed


def test_of_a_huge_robots_txt_whole_lines_are_read() -> None:
    filler = b"# a comment of twenty\n" * 22_727
    cut = b"User-agent: *\nDisallow: /private\n" + filler + b"Disallow: /" + b"n" * 100_000 + b"\nDisallow: /late\n"
    robots = Robots(cut)
    assert not robots.allowed("/private/1")
    assert robots.allowed("/late")
    assert robots.allowed("/nnn")


def test_wildcards_take_no_evening() -> None:
    robots = Robots(b"User-agent: *\nDisallow: /" + b"*a" * 200 + b"*b$\n")
    assert robots.allowed("/" + "a" * 1_900)


@pytest.mark.parametrize(("told", "pause"), [(b"", 3.0), (b"User-agent: *\nCrawl-delay: 1", 3.0), (b"User-agent: *\nCrawl-delay: 20", 20.0),
                                             (b"User-agent: *\nCrawl-delay: 86400", 60.0), (b"User-agent: *\nCrawl-delay: x", 3.0)])  # fmt: skip
def test_pauses(told: bytes, pause: float) -> None:
    robots = Robots(told)
    assert robots.allowed()
    robots.manners.asked("https://wire.example/page")
    assert robots.manners.free("https://WIRE.example/other") == NOW + pause
    assert robots.manners.free("https://other.example/") == 0
    robots.manners.asked("https://wire.example/page", 500.0)
    assert robots.manners.free("https://wire.example/") == NOW + 500


def test_no_more_is_kept_than_there_is_room_for() -> None:
    robots = Robots(b"")
    for n in range(3 * HOSTS):
        robots.manners.allowed(f"https://h{n}.example/")
        robots.manners.asked(f"https://h{n}.example/")
        robots.now += 10
    assert len(robots.manners._robots) <= HOSTS
    assert len(robots.manners._free) <= HOSTS + 1


# pages


def waiting(tries: int = 0, **more: Any) -> Waiting:
    words = "Two soldiers were killed near Tovuz on Monday, the Defence Ministry said."
    entry = Entry("1", "https://wire.example/1", "Fire", "2024-05-06T07:00:00+00:00", words, False)
    return Waiting(1, URL, "Wire", entry._replace(**more), NOW, tries, 0)


def of(told: bytes | Exception, tries: int = 0, robots: bytes | Exception = b"", **more: Any) -> Any:
    get = pages({"https://wire.example/1": told, "https://wire.example/robots.txt": robots})
    return report_of(FEED, waiting(tries, **more), get, Manners(get, lambda: NOW))


def test_a_page_that_fails_is_tried_again_and_then_the_feed_has_to_do() -> None:
    error = Refused("https://wire.example/1: the server answers 503", 503, None)
    assert [of(error, tries).again for tries in range(4)] == list(WAITS)
    last = of(error, 4)
    assert last.report.notes[-1] == "https://wire.example/1: the server answers 503"
    assert "Two soldiers" in last.report.text
    assert (last.report.id, last.report.publisher, last.report.published[:10]) == ("https://wire.example/1", "Wire", "2024-05-06")


def test_a_host_that_wants_to_be_left_alone() -> None:
    found = of(Refused("busy", 429, 7_200))
    assert (found.again, found.busy) == (7_200, 7_200)
    assert of(Refused("busy", 429, 10**9)).again == PATIENT


def test_a_page_that_is_gone_or_forbidden_is_not_tried_again() -> None:
    gone = of(Refused("https://wire.example/1: the server answers 410", 410, None))
    assert (gone.again, gone.report.notes[-1]) == (None, "https://wire.example/1: the server answers 410")
    kept = of(b"<html></html>", robots=b"User-agent: *\nDisallow: /")
    assert kept.report.notes[-1] == "robots.txt does not allow its page to be fetched"
    assert of(gone_error := Refused("gone", 404, None), page="", title="").report is None, gone_error
