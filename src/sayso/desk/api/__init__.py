"""The same operations as the commands', for programs: JSON under `/api/v1`, described by an OpenAPI document.

In: requests. Out: JSON, errors too. What a command prints with `--format jsonl` is what a call answers; lists come in parts. Who asks, and what he may do, is
asked as for pages.

| module | gives |
|---|---|
| `answers` | rows, errors, and what every operation has in common |
| `asked` | the question in an address |
| `guarding` | what every call passes; ETags |
| `session` | logging in, where a team shares the record |
| `reports`, `claims`, `incidents`, `registers`, `history`, `exports` | the operations |
| `document` | the OpenAPI document, and a page that lists the operations |
"""

from __future__ import annotations

from typing import Any

from litestar import Router
from litestar.types import ExceptionHandler

from sayso.desk.access import needs
from sayso.desk.api import asked, claims, exports, history, incidents, registers, reports, session
from sayso.desk.api.answers import PREFIX, broken, is_call, told
from sayso.desk.api.document import ROUTES, config
from sayso.desk.api.guarding import from_here, sound, stamped

__all__ = ["PREFIX", "ROUTES", "broken", "config", "entrance", "is_call", "router", "told"]


def router(broken: ExceptionHandler[Any]) -> Router:
    """All operations but those by which one enters.

    Args:
        broken: what answers where the program has a fault.
    """
    return Router(
        PREFIX,
        route_handlers=[*reports.ROUTES, *claims.ROUTES, *incidents.ROUTES, *registers.ROUTES, *history.ROUTES, *exports.ROUTES],
        guards=[needs("read"), from_here],
        before_request=sound,
        middleware=[stamped],
        dependencies=asked.DEPENDENCIES | claims.DEPENDENCIES,
        exception_handlers={Exception: broken},
        include_in_schema=True,
    )


def entrance(broken: ExceptionHandler[Any]) -> Router:
    """The operations by which one enters, which ask for nobody; `broken` as for all others."""
    return Router(
        f"{PREFIX}/session", route_handlers=session.ROUTES, guards=[from_here], before_request=sound, middleware=[stamped],
        exception_handlers={Exception: broken}, include_in_schema=True,
    )  # fmt: skip
