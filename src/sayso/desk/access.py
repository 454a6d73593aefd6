"""Who asks, and what he may do.

In: a request. Out: its user. Alone at his own machine the user is who started the desk, and may do all; in a team he is who logged in, told by a cookie or by
the token that a program sends.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address, ip_network
from threading import BoundedSemaphore, Lock
from time import monotonic
from typing import Any, TypeVar

from litestar.connection import ASGIConnection
from litestar.exceptions import NotAuthorizedException, PermissionDeniedException, TooManyRequestsException
from litestar.handlers import BaseRouteHandler

from sayso.desk.settings import Settings
from sayso.record.users import NAME, User, Users

Connection = ASGIConnection[Any, Any, Any, Any]
COOKIE = "sayso_session"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
FAILURES, FAILURES_THERE, FAILURES_NAMED, WITHIN = 5, 30, 100, 900.0
"""Failed log-ins of one name from one address, of all names from it, and of one name from anywhere, after which no password is heard for so many seconds."""
REMEMBERED = 10_000
"""Names and addresses of which failures are remembered, and from where names came in."""
AT_ONCE, WAITING = 2, 8
"""Passwords that are compared at one time, each in 64 MiB, and that may wait for their turn."""
T = TypeVar("T")


def user_of(connection: Connection) -> User:
    """The user of a request.

    Raises:
        NotAuthorizedException: nobody is logged in.
    """
    state = connection.scope["state"]
    found: User | None = state.get("user")
    if found is None:
        settings = connection.app.state.settings
        if not settings.team:
            found = User(name=settings.author, role="administer")
        else:
            token = token_of(connection)
            found = Users(connection.app.state.record).of(token) if token else None
            if found is None:
                raise NotAuthorizedException("log in first")
        state["user"] = found
    return found


def token_of(connection: Connection) -> str:
    """The token of a request's session; empty where it has none."""
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    settings: Settings = connection.app.state.settings
    return token.strip() if scheme.lower() == "bearer" else connection.cookies.get(settings.cookie(COOKIE), "")


def needs(role: str) -> Callable[[Connection, BaseRouteHandler], None]:
    """A guard of handlers: refuses who may not do what asks for this role.

    Raises:
        PermissionDeniedException: when asked for such a user.
    """

    def guard(connection: Connection, _: BaseRouteHandler) -> None:
        if not user_of(connection).may(role):
            raise PermissionDeniedException(f"this needs the permission to {role}")

    return guard


def from_here(connection: Connection) -> bool:
    """Whether a request that changes something comes from a page of this desk, or from no page at all, as far as the browser tells."""
    headers, settings = connection.headers, connection.app.state.settings
    schemes = ("https",) if settings.https else ("http", "https")
    origin = headers.get("origin")
    named = origin is None or origin in {f"{scheme}://{headers.get('host')}" for scheme in schemes}
    return named and headers.get("sec-fetch-site", "none") in {"none", "same-origin"}


class Patience:
    """Hears passwords, a few at a time, and remembers where they were wrong, so that they cannot be tried one after another, nor many at once."""

    def __init__(self) -> None:
        self._failures: OrderedDict[tuple[str | None, str | None], list[float]] = OrderedDict()
        self._came_in: OrderedDict[tuple[str, str], None] = OrderedDict()
        self._lock, self._turns, self._waiting = Lock(), BoundedSemaphore(AT_ONCE), 0

    def asked(self, name: str, connection: Connection, check: Callable[[], T]) -> T:
        """What `check` says of a name's password, nothing where it is wrong.

        Raises:
            TooManyRequestsException: it was wrong too often of late, for this name or from there; or too many wait.
        """
        name, there = name.strip().casefold()[:NAME], _place(connection)
        counted = self._begin(name, there)
        try:
            with self._turns:
                answer = check()
        finally:
            with self._lock:
                self._waiting -= 1
        if answer:
            self._succeeded(name, there, counted)
        return answer

    def _begin(self, name: str, there: str) -> float:
        """Count a failure beforehand; it is taken back when the password is right."""
        now = monotonic()
        limits: dict[tuple[str | None, str | None], int] = {(name, there): FAILURES, (None, there): FAILURES_THERE, (name, None): FAILURES_NAMED}
        with self._lock:
            if (name, there) in self._came_in:  # others' failures elsewhere do not keep a user out where he is at home
                del limits[name, None]
            late = {key: [then for then in self._failures.get(key, ()) if now - then < WITHIN] for key in limits}
            if any(len(late[key]) >= limit for key, limit in limits.items()):
                raise _too_many("too many failed log-ins; try again in a quarter of an hour", int(WITHIN))
            if self._waiting >= AT_ONCE + WAITING:
                raise _too_many("too many log in at once; try again in a moment", 5)
            self._waiting += 1
            for key, times in late.items():
                self._failures[key] = [*times, now]
                self._failures.move_to_end(key)
            while len(self._failures) > REMEMBERED:
                self._failures.popitem(last=False)
        return now

    def _succeeded(self, name: str, there: str, counted: float) -> None:
        with self._lock:
            self._failures.pop((name, there), None)
            for key in ((None, there), (name, None)):
                times = self._failures.get(key, [])
                if counted in times:
                    times.remove(counted)
            self._came_in[name, there] = None
            self._came_in.move_to_end((name, there))
            while len(self._came_in) > REMEMBERED:
                self._came_in.popitem(last=False)


def _place(connection: Connection) -> str:
    """From where somebody asks: an address, of IPv6 the network that one customer has."""
    host = connection.client.host if connection.client else ""
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or ip_network((address, 64), strict=False))
    return str(address)


def _too_many(words: str, seconds: int) -> TooManyRequestsException:
    return TooManyRequestsException(words, headers={"Retry-After": str(seconds)})
