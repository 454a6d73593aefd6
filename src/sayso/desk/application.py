"""The web application of a desk, and how it is guarded.

In: what it is started with. Out: an ASGI application. It answers under the names that it was told alone, so that no page elsewhere reaches it through a name
that leads to this machine; forms carry a token that only its own pages know; pages may load nothing but what it serves itself, and no page may frame
them. Errors of the record are pages in a line of words, as on the command line.
"""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from litestar import Litestar, MediaType, Request, Response
from litestar.config.allowed_hosts import AllowedHostsConfig
from litestar.config.csrf import CSRFConfig
from litestar.contrib.jinja import JinjaTemplateEngine
from litestar.datastructures import State
from litestar.di import Provide
from litestar.exceptions import HTTPException
from litestar.static_files import create_static_files_router
from litestar.template.config import TemplateConfig

from sayso.desk.access import User, user_of
from sayso.desk.adding import Adding
from sayso.desk.asked import Asked
from sayso.desk.counting import Counts
from sayso.desk.page import Page, common
from sayso.desk.pages import ROUTES
from sayso.desk.reading import SharedReader
from sayso.desk.rendering import catalogue, environment, say
from sayso.desk.settings import Settings
from sayso.errors import ChangedSince, SaysoError, UnusableRecord
from sayso.record import Record

LARGEST = 10_000_000
"""Bytes of a request's body."""
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin", "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}  # fmt: skip
STATUS = {ChangedSince: 409, UnusableRecord: 503}
"""Errors of the record that are not for the asker to mend by asking otherwise (400)."""


def application(settings: Settings) -> Litestar:
    """The desk of a record, which is made where there is none.

    Raises:
        UnusableRecord: the record cannot be opened.
    """
    record, reader = Record(settings.record, author=settings.author), SharedReader()
    adding = Adding(record, reader)

    @asynccontextmanager
    async def kept_open(_: Litestar) -> AsyncIterator[None]:
        adding.start()
        try:
            yield
        finally:
            adding.stop()
            record.close()

    return Litestar(
        route_handlers=[*ROUTES, create_static_files_router(path="/static", directories=[Path(__file__).parent / "static"], include_in_schema=False)],
        state=State({"record": record, "settings": settings, "reader": reader, "adding": adding, "counts": Counts()}),
        dependencies={name: Provide(made, sync_to_thread=False) for name, made in DEPENDENCIES.items()},
        template_config=TemplateConfig(instance=JinjaTemplateEngine.from_environment(environment())),
        allowed_hosts=AllowedHostsConfig(allowed_hosts=[name for host in settings.hosts for name in (host, f"{host}:{settings.port}")]),
        csrf_config=CSRFConfig(secret=secrets.token_urlsafe(32), cookie_name="sayso_csrf", cookie_samesite="strict", cookie_httponly=True),
        request_max_body_size=LARGEST,
        after_request=_guard,
        exception_handlers={SaysoError: _told, HTTPException: _told},
        lifespan=[kept_open],
        openapi_config=None,
    )


def _record(state: State, user: User) -> Record:
    """The record, in the name of who asks."""
    record: Record = state.record
    return record.by(user.name)


def _user(request: Request[Any, Any, State]) -> User:
    return user_of(request)


def _page(request: Request[Any, Any, State], user: User, asked: Asked) -> Page:
    return Page(request, user, asked)


def _asked(request: Request[Any, Any, State]) -> Asked:
    settings: Settings = request.app.state.settings
    values = {name: value.strip() for name, value in request.query_params.items() if value.strip()}
    return Asked(values, settings.record, settings.conflicts)


DEPENDENCIES: dict[str, Callable[..., Any]] = {"record": _record, "asked": _asked, "user": _user, "page": _page}
"""What handlers may ask for, by the names of their parameters."""


def _guard(response: Response[Any]) -> Response[Any]:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def _told(request: Request[Any, Any, State], error: Exception) -> Response[str]:
    """An error as a page that says what, where, how to mend."""
    status = error.status_code if isinstance(error, HTTPException) else next((code for kind, code in STATUS.items() if isinstance(error, kind)), 400)
    key = f"errors.{status}" if isinstance(error, HTTPException) else ""
    message = say(key) if key in catalogue() else error.detail if isinstance(error, HTTPException) else str(error)
    page = environment().get_template("error.html").render(message=message, **common(request, None))
    return Response(page, media_type=MediaType.HTML, status_code=status, headers=HEADERS)
