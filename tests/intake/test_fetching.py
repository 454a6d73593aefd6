"""Web addresses, against a server of our own on the loopback, which only these tests allow."""

from __future__ import annotations

import io
import ipaddress
import socket
import threading
import time
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from sayso.errors import UnreadableReport
from sayso.intake import Unread, from_sources, from_url
from sayso.intake.fetch import Address, fetch, is_public, save
from sayso.model import Report

TEXT = "Two soldiers were hurt when a mine went off near the bridge, the mission said on Monday."


class Handler(BaseHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass

    def reply(self, body: bytes, kind: str = "text/plain; charset=utf-8", status: int = 200, **headers: str) -> None:
        self.send_response(status)
        if kind:
            self.send_header("Content-Type", kind)
        for name, value in ({"Content-Length": str(len(body))} | {k.replace("_", "-"): v for k, v in headers.items()}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        name = self.path.split("?")[0].strip("/")
        if name == "text":
            self.reply(TEXT.encode())
        elif name == "page":
            self.reply(f"<html><body><article><h1>Mine hurts two soldiers</h1><p>{TEXT}</p><p>{TEXT}</p></article></body></html>".encode("utf-16"), "text/html")
        elif name == "cyrillic":
            self.reply("Двое ранены у моста.".encode("koi8-r"), "text/plain; charset=koi8-r")
        elif name == "ask":
            self.reply(f"{self.path} {self.headers['Host']} {self.headers['Accept-Encoding']} is what was asked for.".encode())
        elif name == "loop":
            self.reply(b"", status=302, Location="/loop")
        elif name == "hop":
            self.reply(b"", status=301, Location="/text")
        elif name == "inside":
            self.reply(b"", status=307, Location="http://10.0.0.1/secret")
        elif name == "file":
            self.reply(b"", status=302, Location="file:///etc/passwd")
        elif name == "large":
            self.reply(b"a " * 5000)
        elif name == "claims-large":
            self.reply(b"a", Content_Length="99999999999")
        elif name == "image":
            self.reply(b"\x89PNG", "image/png")
        elif name == "zipped":
            self.reply(b"\x1f\x8b", Content_Encoding="gzip")
        elif name == "cut":
            self.reply(b"half", Content_Length="400")
        elif name == "slow":
            try:
                for _ in range(100):
                    self.wfile.write(b"H")
                    time.sleep(0.05)
            except OSError:
                return
        elif name == "rubbish":
            self.wfile.write(b"this is no HTTP\r\n\r\n")
        else:
            self.reply(b"no", status=404)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running.daemon_threads = True
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{running.server_address[1]}"
    running.shutdown()
    running.server_close()


def loopback(address: Address) -> bool:
    return address.is_loopback or is_public(address)


get = partial(fetch, allowed=loopback, timeout=5)


def test_text_and_where_it_was_found(server: str) -> None:
    (report,) = from_url(f"{server}/hop", get=get)
    assert isinstance(report, Report)
    assert (report.text, report.url) == (TEXT, f"{server}/text")


def test_page(server: str) -> None:
    (report,) = from_sources([f"{server}/page"], get=get)
    assert isinstance(report, Report) and report.title == "Mine hurts two soldiers"


def test_charset_of_the_answer(server: str) -> None:
    assert [r.text for r in from_url(f"{server}/cyrillic", get=get) if isinstance(r, Report)] == ["Двое ранены у моста."]


def test_request(server: str) -> None:
    host = server.removeprefix("http://")
    assert fetch(f"{server}/ask?q=é x#part", allowed=loopback).data.decode() == f"/ask?q=%C3%A9%20x {host} identity is what was asked for."


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/none", "the server answers 404 Not Found"),
        ("/loop", "redirects more than 5 times"),
        ("/inside", "10.0.0.1 is not a public host"),
        ("/file", "only http and https are read"),
        ("/large", "is larger than 4000 bytes"),
        ("/claims-large", "is larger than 4000 bytes"),
        ("/image", "is image/png, not text"),
        ("/zipped", "compressed"),
        ("/cut", "broke off"),
        ("/rubbish", "does not answer as a web server"),
    ],
)
def test_bad_answers(server: str, path: str, why: str) -> None:
    (unread,) = from_url(server + path, get=partial(get, limit=4000))
    assert isinstance(unread, Unread)
    assert why in str(unread) and str(unread).startswith(server + path) and "\n" not in str(unread) and ";" in str(unread)


def test_a_server_that_trickles(server: str) -> None:
    started = time.monotonic()
    with pytest.raises(UnreadableReport, match="too slow"):
        fetch(f"{server}/slow", allowed=loopback, timeout=0.5)
    assert time.monotonic() - started < 3


def test_the_loopback_is_refused_by_default(server: str) -> None:
    (unread,) = from_url(f"{server}/text")
    assert "127.0.0.1 is not a public host" in str(unread)


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost/", "http://127.1/", "http://0x7f000001/", "http://2130706433/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://0.0.0.0/",
        "http://169.254.169.254/latest/", "http://192.168.0.1/", "http://[fe80::1]/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/",
    ],
)  # fmt: skip
def test_ways_to_write_an_address_within(url: str) -> None:
    with pytest.raises(UnreadableReport, match=r"is not a public host|is not found|does not answer"):
        fetch(url, timeout=2)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("file:///etc/passwd", "only http and https"),
        ("ftp://a.example/x", "only http and https"),
        ("http://", "names no host"),
        ("http://user:secret@a.example/", "user name or password"),
        ("http://a.example:99999/", "is no web address"),
        ("http://[::1/", "is no web address"),
        ("http://" + "a" * 70 + ".example/", "is no web address|is not found"),
        ("http://name.invalid/", "is not found"),
        ("http://a.example/ b\r\nX: 1", "is not found|does not answer|not a public host"),
    ],
)
def test_bad_addresses(url: str, why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror("no such name")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)  # no test asks a name server
    with pytest.raises(UnreadableReport, match=why) as caught:
        fetch(url, timeout=2)
    assert len(str(caught.value).splitlines()) == 1


def test_a_closed_port() -> None:
    with pytest.raises(UnreadableReport, match="does not answer as a web server"):
        fetch("http://127.0.0.1:9/", allowed=loopback, timeout=2)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True), ("2606:4700::1111", True), ("64:ff9b::808:808", True), ("127.0.0.1", False), ("10.1.2.3", False), ("172.16.0.1", False),
        ("100.64.0.1", False), ("224.0.0.1", False), ("240.0.0.1", False), ("255.255.255.255", False), ("::", False), ("fc00::1", False),
        ("fec0::1", False), ("ff02::1", False), ("64:ff9b::a00:1", False), ("2002:a00:1::", False), ("::7f00:1", False), ("2001:db8::1", False),
    ],
)  # fmt: skip
def test_public_addresses(address: str, public: bool) -> None:
    assert is_public(ipaddress.ip_address(address)) is public


# into a file


def test_a_large_file_is_saved_part_by_part_whatever_its_type(server: str) -> None:
    out, told = io.BytesIO(), []
    save(f"{server}/image", out, limit=4000, allowed=loopback)
    assert out.getvalue() == b"\x89PNG"
    out = io.BytesIO()
    save(f"{server}/large", out, limit=10_000, allowed=loopback, progress=lambda done, size: told.append((done, size)))
    assert len(out.getvalue()) == 10_000 and told[-1] == (10_000, 10_000)


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/none", "the server answers 404 Not Found"), ("/loop", "redirects more than 5 times"), ("/inside", "10.0.0.1 is not a public host"),
        ("/large", "is larger than 4000 bytes"), ("/claims-large", "is larger than 4000 bytes"), ("/zipped", "compressed"), ("/cut", "broke off"),
    ],
)  # fmt: skip
def test_what_cannot_be_saved(server: str, path: str, why: str) -> None:
    out = io.BytesIO()
    with pytest.raises(UnreadableReport, match=why):
        save(server + path, out, limit=4000, allowed=loopback, timeout=5)
    assert len(out.getvalue()) <= 4000


def test_a_server_that_falls_silent_or_trickles_is_given_up(server: str) -> None:
    for timeout, patience in ((0.5, 5.0), (5.0, 0.02)):
        started = time.monotonic()
        with pytest.raises(UnreadableReport, match="too slow"):
            save(f"{server}/slow", io.BytesIO(), limit=4000, allowed=loopback, timeout=timeout, patience=patience)
        assert time.monotonic() - started < 3


def test_a_full_disk_is_told(server: str) -> None:
    class Full(io.BytesIO):
        def write(self, data: object) -> int:
            raise OSError(28, "No space left on device")

    with pytest.raises(UnreadableReport, match="cannot be stored \\(No space left on device\\); make room"):
        save(f"{server}/large", Full(), limit=10_000, allowed=loopback)
