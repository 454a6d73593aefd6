"""A web server that misbehaves in every way that we know of, by a clock of its own; and that clock."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from sayso.watch import Clock

CORPUS = Path(__file__).parents[2] / "corpus" / "train.jsonl"
LINES = sorted(map(json.loads, CORPUS.read_text("utf-8").splitlines()), key=lambda one: len(one["text"]))
BEGIN = datetime(2024, 5, 6, 8, tzinfo=UTC).timestamp()


class Simulated(Clock):
    """A clock on which waiting takes no time. Threads may share it."""

    def __init__(self, until: float | None = None, stop: threading.Event | None = None) -> None:
        self._now, self._until, self._stop = BEGIN, until, stop
        self._lock = threading.Lock()

    def now(self) -> float:
        with self._lock:
            return self._now

    def pause(self, seconds: float, stop: threading.Event) -> None:
        with self._lock:
            self._now += seconds
            if self._until is not None and self._now >= self._until:
                stop.set()

    def turn(self, seconds: float) -> None:
        """Set it forward, or back."""
        with self._lock:
            self._now += seconds


class Item:
    """One entry of a feed: from which minute on it is listed, with the text of a report of ours."""

    def __init__(self, number: int, minute: float, text: str) -> None:
        self.number, self.minute, self.text = number, minute, text
        self.title = f"Dispatch {number}"

    def page(self) -> str:
        paragraphs = "".join(f"<p>{escape(part)}</p>" for part in self.text.split("\n\n"))
        return f"<html><head><title>{self.title}</title></head><body><nav>Home Sport</nav><article><h1>{self.title}</h1>{paragraphs}</article></body></html>"


def items(first: int, count: int, every: float) -> list[Item]:
    """Reports of ours, one each so many minutes."""
    return [Item(first + n, n * every, LINES[(first + n) % len(LINES)]["text"]) for n in range(count)]


class World:
    """What is served, by the minute. `asked` counts requests by path, `seen` keeps their headers."""

    def __init__(self, clock: Simulated) -> None:
        self.clock, self.asked = clock, Counter[str]()
        self.seen: list[tuple[str, dict[str, str]]] = []
        self.items = {
            "whole": items(0, 6, 7), "changing": items(6, 4, 9), "failing": items(10, 4, 5), "slow": items(14, 3, 5), "malformed": items(17, 2, 5),
            "skewed": items(19, 3, 5), "summaries": items(22, 8, 4), "wandering": items(30, 3, 5), "moved": items(33, 3, 9),
        }  # fmt: skip
        self.posted: list[dict[str, Any]] = []
        self.hooks_fail = 2
        self.lock = threading.Lock()

    @property
    def minute(self) -> float:
        return (self.clock.now() - BEGIN) / 60

    def listed(self, name: str) -> list[Item]:
        return [item for item in self.items[name] if item.minute <= self.minute]


def feed(world: World, base: str, name: str, *, whole: bool = True, guids: str = "", days: str = "") -> bytes:
    """A feed in RSS of what is listed by now, the latest first."""
    made = []
    for item in reversed(world.listed(name)):
        when = days or format_datetime(datetime.fromtimestamp(BEGIN + item.minute * 60, UTC))
        body = "".join(f"<p>{escape(part)}</p>" for part in item.text.split("\n\n"))
        text = f"<content:encoded><![CDATA[{body}]]></content:encoded>" if whole else "<description>A summary.</description>"
        names = f'<link>{base}/page/{item.number}</link><guid isPermaLink="false">{guids or item.number}-{item.number}</guid>'
        made.append(f"<item><title>{item.title}</title>{names}<pubDate>{when}</pubDate>{text}</item>")
    head = '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
    return f"{head}<title>Wire {name}</title>{''.join(made)}</channel></rss>".encode()


LAUGHS = b"".join(b'<!ENTITY %c "%s">' % (98 + n, (b"&%c;" % (97 + n)) * 20) for n in range(12))
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha ha ha ha ha ha">' + LAUGHS
    + b'<!ENTITY file SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><title>&file;</title><item><title>&m;</title></item></channel></rss>'
)  # fmt: skip


@contextmanager
def served(world: World) -> Iterator[str]:
    """The server; gives its address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: Any) -> None: ...

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with world.lock:
                world.hooks_fail -= 1
                if world.hooks_fail >= 0:
                    self.answer(503, b"")
                    return
                world.posted.append(body)
            self.answer(204, b"")

        def do_GET(self) -> None:
            with world.lock:
                world.asked[self.path] += 1
                world.seen.append((self.path, dict(self.headers)))
                times = world.asked[self.path]
            base = f"http://127.0.0.1:{self.server.server_port}"  # type: ignore[attr-defined]
            name = self.path.strip("/").partition(".")[0]
            if hasattr(self, name.partition("/")[0]):
                getattr(self, name.partition("/")[0])(base, times)
            else:
                self.answer(404, b"")

        def answer(self, status: int, body: bytes, kind: str = "application/rss+xml", **headers: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            for key, value in headers.items():
                self.send_header(key.replace("_", "-"), value)
            self.end_headers()
            self.wfile.write(body)

        def robots(self, base: str, times: int) -> None:
            self.answer(200, b"User-agent: *\nDisallow: /page/25\nCrawl-delay: 1\n", "text/plain")

        def whole(self, base: str, times: int) -> None:
            tag = f'"{len(world.listed("whole"))}"'
            if self.headers.get("If-None-Match") == tag:
                self.answer(304, b"", ETag=tag)
            else:
                self.answer(200, feed(world, base, "whole"), ETag=tag)

        def changing(self, base: str, times: int) -> None:
            self.answer(200, feed(world, base, "changing", guids=f"look-{times}"))

        def failing(self, base: str, times: int) -> None:
            if world.minute < 20:
                self.answer(503 if times % 2 else 500, b"", Retry_After="120" if times % 2 else "Wed, 99 Foo")
            else:
                self.answer(200, feed(world, base, "failing"))

        def slow(self, base: str, times: int) -> None:
            if times % 2:
                self.send_response(200)
                self.end_headers()
                for _ in range(60):  # a byte now and then, as if it went on
                    try:
                        self.wfile.write(b" ")
                        self.wfile.flush()
                    except OSError:
                        return
                    time.sleep(0.05)
                self.close_connection = True
            else:
                self.answer(200, feed(world, base, "slow"))

        def wandering(self, base: str, times: int) -> None:
            where = [f"{base.replace('127.0.0.1', '127.0.0.2')}/whole.xml", "http://169.254.169.254/latest", "file:///etc/passwd", f"{base}/wandering.xml"]
            if world.minute < 25:
                self.answer(302, b"", Location=where[times % 4])
            else:
                self.answer(200, feed(world, base, "wandering"))

        def moved(self, base: str, times: int) -> None:
            self.answer(301, b"", Location=f"{base}/newhome.xml")

        def newhome(self, base: str, times: int) -> None:
            self.answer(200, feed(world, base, "moved"))

        def huge(self, base: str, times: int) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/rss+xml")
            if times % 2:
                self.send_header("Content-Length", "200000000")
            self.end_headers()
            try:
                for _ in range(200):
                    self.wfile.write(b"<rss> " * 170_000)
            except OSError:
                return
            finally:
                self.close_connection = True

        def malformed(self, base: str, times: int) -> None:
            whole = feed(world, base, "malformed")
            self.answer(200, whole.replace(b"</channel></rss>", b"<item><title>&nosuch; < broken"))

        def bomb(self, base: str, times: int) -> None:
            self.answer(200, BOMB)

        def nothing(self, base: str, times: int) -> None:
            self.answer(200, b"" if times % 2 else b"\0\xff\xfe<rss", "application/octet-stream")

        def skewed(self, base: str, times: int) -> None:
            future = "Fri, 01 Jan 2060 10:00:00 GMT"
            self.send_response(200)
            body = feed(world, base, "skewed", days=future)
            for key, value in (("Date", future), ("Cache-Control", "max-age=999999999"), ("Last-Modified", "x" * 900), ("Content-Length", str(len(body)))):
                self.send_header(key, value)
            self.end_headers()
            self.wfile.write(body)

        def summaries(self, base: str, times: int) -> None:
            self.answer(200, feed(world, base, "summaries", whole=False))

        def page(self, base: str, times: int) -> None:
            number = int(self.path.rpartition("/")[2].partition("?")[0])
            item = next(item for many in world.items.values() for item in many if item.number == number)
            if number == 23 and times < 3:
                self.answer(500, b"")
            elif number == 24:
                self.answer(404, b"")
            elif number == 26 and times < 2:
                self.answer(429, b"", Retry_After="90")
            else:
                self.answer(200, item.page().encode(), "text/html; charset=utf-8")

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: Any) -> None: ...  # those who hang up are no news

    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
