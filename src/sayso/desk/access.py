"""Who asks, and what he may do.

In: a request. Out: its user. Alone at his own machine the user is who started the desk, and may do all; in a team he is who logged in, told by a cookie or by
the token that a program sends.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from litestar.connection import ASGIConnection
from litestar.exceptions import NotAuthorizedException, PermissionDeniedException
from litestar.handlers import BaseRouteHandler

from sayso.record.users import User, Users

Connection = ASGIConnection[Any, Any, Any, Any]
COOKIE = "sayso_session"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
FAILURES, FAILURES_THERE, WITHIN = 5, 30, 900.0
"""Failed log-ins of one name from one address, and of all names from it, after which nobody is asked for a password there for so many seconds."""
REMEMBERED = 10_000
"""Names with addresses of which failures are remembered."""


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
    return token.strip() if scheme.lower() == "bearer" else connection.cookies.get(COOKIE, "")


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
    headers = connection.headers
    origin = headers.get("origin")
    return headers.get("sec-fetch-site", "none") in {"none", "same-origin"} and (origin is None or urlsplit(origin).netloc == headers.get("host"))


class Patience:
    """Remembers failed log-ins, so that passwords cannot be tried one after another."""

    def __init__(self) -> None:
        self._failures: OrderedDict[tuple[str, str], list[float]] = OrderedDict()
        self._lock = Lock()

    def spent(self, name: str, address: str) -> bool:
        """Whether somebody there has failed too often of late."""
        with self._lock:
            return len(self._late((name.lower(), address))) >= FAILURES or len(self._late(("", address))) >= FAILURES_THERE

    def failed(self, name: str, address: str) -> None:
        """Remember that somebody there failed."""
        with self._lock:
            for key in ((name.lower(), address), ("", address)):
                self._failures[key] = [*self._late(key), monotonic()][-FAILURES_THERE:]
                self._failures.move_to_end(key)
            while len(self._failures) > REMEMBERED:
                self._failures.popitem(last=False)

    def succeeded(self, name: str, address: str) -> None:
        """Forget the failures of a name that came in."""
        with self._lock:
            self._failures.pop((name.lower(), address), None)

    def _late(self, key: tuple[str, str]) -> list[float]:
        return [then for then in self._failures.get(key, ()) if monotonic() - then < WITHIN]
