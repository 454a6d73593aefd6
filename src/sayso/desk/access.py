"""Who asks, and what he may do.

In: a request. Out: its user. Alone at his own machine the user is who started the desk, and may do all.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from litestar.connection import ASGIConnection
from litestar.exceptions import PermissionDeniedException
from litestar.handlers import BaseRouteHandler

from sayso.model import Struct

ROLES = ("read", "review", "administer")
"""What users may do; each may do all that stands before it, too."""
Connection = ASGIConnection[Any, Any, Any, Any]


class User(Struct, frozen=True, kw_only=True):
    """Somebody who uses the desk: the author of what he changes, and what he may do."""

    name: str
    role: str

    def may(self, role: str) -> bool:
        """Whether he may do what asks for this role."""
        return ROLES.index(self.role) >= ROLES.index(role)


def user_of(connection: Connection) -> User:
    """The user of a request."""
    return User(name=connection.app.state.settings.author, role="administer")


def needs(role: str) -> Callable[[Connection, BaseRouteHandler], None]:
    """A guard of handlers: refuses who may not do what asks for this role.

    Raises:
        PermissionDeniedException: when asked for such a user.
    """

    def guard(connection: Connection, _: BaseRouteHandler) -> None:
        if not user_of(connection).may(role):
            raise PermissionDeniedException(f"this needs the permission to {role}")

    return guard
