"""A web address → the bytes of the page behind it, without ever reaching into the network that we stand in.

In: an http or https address. Out: the body, its type and its charset, and the address that it was found at in the end. Every host is
resolved once, must have public addresses only, and is connected to at the very address that was checked, at each redirect anew.
It sends no cookies and no proxy's credentials, takes no compressed body, and gives up on what is too large or too slow. `save` brings
what is too large for memory into a file, `post` hands something over, by the same rules.
"""

from __future__ import annotations

import http.client
import ipaddress
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import BinaryIO, NamedTuple, TypeVar
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from sayso.errors import UnreadableReport
from sayso.intake.encodings import MAX_BYTES, shown

TIMEOUT = 30.0
"""Seconds for the whole of it, redirects included."""
SAVING = 3600.0
"""Seconds for a large file, redirects included; of these at most `TIMEOUT` without a byte."""
REDIRECTS = 5
_HEADERS = {"User-Agent": "sayso", "Accept": "text/html, application/xhtml+xml, text/plain, application/x-ndjson;q=0.9", "Accept-Encoding": "identity"}
_SAFE = "/%:@!$&'()*+,;=~-._"
_TYPES = {
    "application/xhtml+xml", "application/xml", "application/json", "application/x-ndjson", "application/jsonl", "application/ndjson", "application/rss+xml",
    "application/atom+xml",
}  # fmt: skip

_PART = 1 << 18
_MAX_AGE = re.compile(r"\bmax-age\s*=\s*\"?(\d{1,9})")
_Taken = TypeVar("_Taken")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Fetched(NamedTuple):
    """What was found at an address; `url` is where redirects ended.

    `etag` and `modified` are what the server will know it by, to be handed back as `known`; where it is `unchanged` since, there are no bytes. `fresh` is for
    how many seconds it says that nothing will change, `moved` where the address has moved to for good.
    """

    url: str
    data: bytes
    type: str
    charset: str | None
    etag: str = ""
    modified: str = ""
    unchanged: bool = False
    fresh: int = 0
    moved: str | None = None


class Known(NamedTuple):
    """What a server knows an earlier answer by."""

    etag: str = ""
    modified: str = ""


class Refused(UnreadableReport):
    """A server answers that it does not give the page: `status` says how, `wait` after how many seconds to ask again, where it tells."""

    def __init__(self, told: str, status: int, wait: int | None) -> None:
        super().__init__(told)
        self.status, self.wait = status, wait


def is_public(address: Address) -> bool:
    """Whether an address lies in the open internet, whatever it is wrapped in.

    >>> [is_public(ipaddress.ip_address(a)) for a in ("127.0.0.1", "10.0.0.8", "169.254.169.254", "::ffff:127.0.0.1", "192.0.46.8")]
    [False, False, False, False, True]
    """
    if isinstance(address, ipaddress.IPv6Address):
        inside = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inside is None and address in _NAT64:
            inside = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inside is not None:
            return is_public(inside)
        if address.is_site_local or int(address) >> 32 == 0:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified or address.is_loopback or address.is_link_local)


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def fetch(
    url: str,
    *,
    timeout: float = TIMEOUT,
    limit: int = MAX_BYTES,
    known: Known | None = None,
    any_type: bool = False,
    allowed: Callable[[Address], bool] = is_public,
    context: ssl.SSLContext | None = None,
) -> Fetched:
    """The page at an address.

    Args:
        timeout: seconds for all of it.
        limit: the largest body, in bytes.
        known: what the server knows the answer by that one has; it may then say that nothing has changed.
        any_type: whether it may be of a type that is not text.
        allowed: which addresses may be connected to.
        context: how certificates are checked; by default as the system does.

    Raises:
        UnreadableReport: the address is no http or https one, leads to a host that is not public, or gives no text within the bounds.
        Refused: the server answers with an error.
    """
    name = shown(url)
    asked = Asked(headers={"If-None-Match": known.etag, "If-Modified-Since": known.modified} if known else {})
    return _follow(url, name, timeout, timeout, allowed, context, lambda answer, here: _page(answer, here, name, limit, any_type), asked)


def post(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    timeout: float = TIMEOUT,
    allowed: Callable[[Address], bool] = is_public,
    context: ssl.SSLContext | None = None,
) -> None:
    """Hand something over at an address, which may not redirect.

    Raises:
        UnreadableReport, Refused: as of `fetch`.
    """
    name = shown(url)
    _, onward = _once(url, name, time.monotonic() + timeout, timeout, allowed, context, lambda answer, here: True, Asked("POST", headers, body))
    if onward is not None:
        raise UnreadableReport(f"{name}: leads to another address; give that one")


def save(
    url: str,
    out: BinaryIO,
    *,
    limit: int,
    timeout: float = SAVING,
    patience: float = TIMEOUT,
    progress: Callable[[int, int], None] = lambda done, size: None,
    allowed: Callable[[Address], bool] = is_public,
    context: ssl.SSLContext | None = None,
) -> None:
    """Write what is at an address, of whatever type, into a file, part by part.

    Args:
        limit: the largest body, in bytes; nothing beyond it is written.
        timeout: seconds for all of it.
        patience: seconds without a byte.
        progress: is told the bytes so far and the size that the server tells, 0 where it tells none.

    Raises:
        UnreadableReport: as of `fetch`, or the file cannot be written. What was written so far stands in it.
    """
    name = shown(url)
    _follow(url, name, timeout, patience, allowed, context, lambda answer, here: _pour(answer, out, name, limit, progress))


class Asked(NamedTuple):
    """What is asked of a server; headers without a value are left out."""

    method: str = "GET"
    headers: Mapping[str, str] = {}
    body: bytes | None = None


class Redirect(NamedTuple):
    """Where an answer leads, and whether for good."""

    url: str
    for_good: bool


def _follow(
    url: str, name: str, timeout: float, patience: float, allowed: Callable[[Address], bool], context: ssl.SSLContext | None,
    take: Callable[[http.client.HTTPResponse, str], _Taken], asked: Asked = Asked(),
) -> _Taken:  # fmt: skip
    """What `take` makes of the answer where the redirects of an address end."""
    deadline = time.monotonic() + timeout
    here, moved = url, True
    for n in range(REDIRECTS + 1):
        taken, onward = _once(here, name, deadline, patience, allowed, context, take, asked)
        if onward is None:
            assert taken is not None
            return taken._replace(moved=here) if n and moved and isinstance(taken, Fetched) else taken
        here, moved = onward.url, moved and onward.for_good
    raise UnreadableReport(f"{name}: redirects more than {REDIRECTS} times; give the address where the report is in the end")


def _once(
    here: str, name: str, deadline: float, patience: float, allowed: Callable[[Address], bool], context: ssl.SSLContext | None,
    take: Callable[[http.client.HTTPResponse, str], _Taken], asked: Asked,
) -> tuple[_Taken | None, Redirect | None]:  # fmt: skip
    """What is at one address, or where it redirects."""
    parts, host, port = _parse(here, name)
    addresses = _resolve(host, port, name, allowed)
    left = deadline - time.monotonic()
    if left <= 0:
        raise _too_slow(name)
    connection = http.client.HTTPConnection(host, port, timeout=left)
    alarm: threading.Timer | None = None
    rung = threading.Event()
    try:
        sock = _connect(addresses, port, min(left, patience))
        sock.settimeout(min(left, patience))
        connection.sock = sock

        def ring() -> None:
            rung.set()
            # The reading thread may sit in recv for as long as bytes trickle in; shutting the socket down ends that.
            try:
                connection.sock.shutdown(socket.SHUT_RDWR)
            except (OSError, AttributeError):  # closed already
                return

        alarm = threading.Timer(left, ring)
        alarm.daemon = True
        alarm.start()
        if parts.scheme == "https":
            secure = (context or ssl.create_default_context()).wrap_socket(sock, server_hostname=host, do_handshake_on_connect=False)
            connection.sock = secure
            secure.do_handshake()
        more = {key: value for key, value in asked.headers.items() if value}
        connection.request(asked.method, _target(parts), body=asked.body, headers={"Host": _host(parts, host, port), **_HEADERS, **more})
        answer = connection.getresponse()
        where = _redirect(answer, here, name)
        return (None, where) if where is not None else (take(answer, here), None)
    except ssl.SSLError as error:
        if rung.is_set():
            raise _too_slow(name) from None
        raise UnreadableReport(f"{name}: no secure connection to {host} ({error.reason or 'certificate not accepted'}); check the address") from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        if rung.is_set() or isinstance(error, TimeoutError):
            raise _too_slow(name) from None
        raise UnreadableReport(f"{name}: {host} does not answer as a web server ({_why(error)}); check the address, or try again later") from None
    finally:
        if alarm is not None:
            alarm.cancel()
        connection.close()


def _target(parts: SplitResult) -> str:
    path = quote(parts.path or "/", safe=_SAFE)
    return f"{path}?{quote(parts.query, safe=_SAFE + '?')}" if parts.query else path


def _host(parts: SplitResult, host: str, port: int) -> str:
    name = f"[{host}]" if ":" in host else host
    return name if port == (443 if parts.scheme == "https" else 80) else f"{name}:{port}"


def _parse(here: str, name: str) -> tuple[SplitResult, str, int]:
    try:
        parts = urlsplit(here)
        port = parts.port
        host = parts.hostname or ""
        host = host if ":" in host else host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        raise UnreadableReport(f"{name}: is no web address; write it as https://host/path") from None
    if parts.scheme not in {"http", "https"}:
        raise UnreadableReport(f"{name}: leads to a {parts.scheme or 'missing'} address; only http and https are read")
    if not host:
        raise UnreadableReport(f"{name}: names no host; write it as https://host/path")
    if parts.username is not None or parts.password is not None:
        raise UnreadableReport(f"{name}: holds a user name or password; give an address that is open to all")
    return parts, host, port or (443 if parts.scheme == "https" else 80)


def _resolve(host: str, port: int, name: str, allowed: Callable[[Address], bool]) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError, OverflowError):
        raise UnreadableReport(f"{name}: the host {host} is not found; check the address and the network") from None
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    for address in addresses:
        try:
            sound = "%" not in address and allowed(ipaddress.ip_address(address))
        except ValueError:
            sound = False
        if not sound:
            raise UnreadableReport(f"{name}: {host} is not a public host ({address}); save the page and give the file")
    return addresses


def _connect(addresses: list[str], port: int, left: float) -> socket.socket:
    last: OSError = OSError("no address")
    for address in addresses:
        try:
            return socket.create_connection((address, port), timeout=left / len(addresses))
        except OSError as error:
            last = error
    raise last


def _redirect(answer: http.client.HTTPResponse, here: str, name: str) -> Redirect | None:
    """Where an answer redirects to; None for one with a body as it is, and for one that says that nothing has changed."""
    where = answer.getheader("Location")
    if answer.status in {301, 302, 303, 307, 308} and where:
        return Redirect(urljoin(here, where), answer.status in {301, 308})
    if answer.status // 100 != 2 and answer.status != 304:
        told = f"{name}: the server answers {answer.status} {' '.join((answer.reason or '').split())[:60]}".rstrip() + "; check the address"
        raise Refused(told, answer.status, _wait(answer))
    return None


def _wait(answer: http.client.HTTPResponse) -> int | None:
    """Seconds after which a server wants to be asked again, by its own clock; None where it does not tell."""
    told = (answer.getheader("Retry-After") or "").strip()
    if told.isdigit() and len(told) < 10:
        return int(told)
    until, now = _time(told), _time(answer.getheader("Date")) or datetime.now(UTC)
    return max(0, int((until - now).total_seconds())) if until else None


def _time(told: str | None) -> datetime | None:
    try:
        found = parsedate_to_datetime(told or "")
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _page(answer: http.client.HTTPResponse, here: str, name: str, limit: int, any_type: bool) -> Fetched:
    known = _header(answer, "ETag"), _header(answer, "Last-Modified")
    if answer.status == 304:
        return Fetched(here, b"", "", None, *known, unchanged=True, fresh=_fresh(answer))
    kind = (answer.headers.get_content_type() or "").lower()
    if not any_type and answer.getheader("Content-Type") and not kind.startswith("text/") and kind not in _TYPES:
        raise UnreadableReport(f"{name}: is {kind[:60]}, not text; give the address of a page")
    size = _size(answer, name)
    data = b"" if size > limit else answer.read(limit + 1)
    if len(data) > limit or size > limit:
        raise UnreadableReport(f"{name}: is larger than {_bound(limit)}; save the page's text and give that")
    if answer.length:  # `read` with a bound does not say that the body broke off
        raise UnreadableReport(f"{name}: the server broke off in the middle of the page; try again later")
    return Fetched(here, data, kind, answer.headers.get_content_charset(), *known, fresh=_fresh(answer))


def _header(answer: http.client.HTTPResponse, name: str) -> str:
    """What a header tells, empty where it could not be sent back as it is."""
    told = answer.getheader(name) or ""
    return told if len(told) <= 500 and told.isascii() and told.isprintable() else ""


def _fresh(answer: http.client.HTTPResponse) -> int:
    found = _MAX_AGE.search(answer.getheader("Cache-Control") or "")
    return int(found[1]) if found else 0


def _pour(answer: http.client.HTTPResponse, out: BinaryIO, name: str, limit: int, progress: Callable[[int, int], None]) -> bool:
    size, done = _size(answer, name), 0
    while size <= limit and (part := answer.read(_PART)):
        done += len(part)
        if done > limit:
            break
        try:
            out.write(part)
        except OSError as error:
            raise UnreadableReport(f"{name}: cannot be stored ({_why(error)}); make room, or choose another folder") from None
        progress(done, size)
    if max(done, size) > limit:
        raise UnreadableReport(f"{name}: is larger than {_bound(limit)}; check the address")
    if answer.length:
        raise UnreadableReport(f"{name}: the server broke off in the middle; try again later")
    return True


def _size(answer: http.client.HTTPResponse, name: str) -> int:
    """The size of the body that the server tells, 0 where it tells none."""
    if (answer.getheader("Content-Encoding") or "identity").strip().lower() not in {"identity", ""}:
        raise UnreadableReport(f"{name}: the server sends the page compressed, unasked; save the page and give the file")
    size = answer.getheader("Content-Length") or "0"
    return int(size) if size.isdigit() else 0


def _bound(limit: int) -> str:
    return f"{limit // 1_000_000} MB" if limit >= 1_000_000 else f"{limit} bytes"


def _too_slow(name: str) -> UnreadableReport:
    return UnreadableReport(f"{name}: the server is too slow; try again later, or save the page and give the file")


def _why(error: Exception) -> str:
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error) or type(error).__name__
    return " ".join(text.split())[:80]
