"""The web application of a desk, and how it is guarded.

In: what it is started with. Out: an ASGI application. It answers under the names that it was told alone, so that no page elsewhere reaches it through a name
that leads to this machine; forms carry a token that only its own pages know; pages may load nothing but what it serves itself, and no page may frame
them. Errors of the record are pages in a line of words, as on the command line.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Thread
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

from litestar import Litestar, MediaType, Request, Response
from litestar.concurrency import sync_to_thread
from litestar.config.allowed_hosts import AllowedHostsConfig
from litestar.config.csrf import CSRFConfig
from litestar.contrib.jinja import JinjaTemplateEngine
from litestar.datastructures import Cookie, MutableScopeHeaders, State
from litestar.di import Provide
from litestar.exceptions import HTTPException, NotAuthorizedException, NotFoundException, PermissionDeniedException, TooManyRequestsException
from litestar.response import Redirect
from litestar.static_files import create_static_files_router
from litestar.template.config import TemplateConfig
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from sayso.desk import api
from sayso.desk.access import SAFE, Patience, from_here, user_of
from sayso.desk.adding import Adding
from sayso.desk.asked import Asked
from sayso.desk.counting import Counts, Lately
from sayso.desk.page import Page, common
from sayso.desk.pages import ROUTES, start
from sayso.desk.reading import SharedReader
from sayso.desk.rendering import catalogue, environment, say
from sayso.desk.settings import Settings
from sayso.errors import BadOption, ChangedSince, SaysoError, UnusableRecord
from sayso.record import Record
from sayso.record.listing import claims_held
from sayso.record.users import User, Users
from sayso.view.words import clean

LARGEST = 10_000_000
"""Bytes of a request's body."""
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin", "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}  # fmt: skip
CSRF = "sayso_csrf"
OPEN, FILES = ("/login", "/login/enter"), "/static/"
"""Where anybody may go."""
_LOG = logging.getLogger("sayso.desk")
STATUS = {ChangedSince: 409, UnusableRecord: 503}
"""Errors of the record that are not for the asker to mend by asking otherwise (400)."""


def application(settings: Settings) -> Litestar:
    """The desk of a record, which is made where there is none.

    Raises:
        UnusableRecord: the record cannot be opened.
    """
    record, reader = Record(settings.record, author=settings.author), SharedReader()
    if settings.team and not any(user.may("administer") for user in Users(record).listed()):
        record.close()
        raise BadOption(f"nobody administers {settings.record}; make somebody do: sayso users add NAME --role administer --record {settings.record}")
    adding, lately = Adding(record, reader), Lately(lambda: start.held(record))

    @asynccontextmanager
    async def kept_open(_: Litestar) -> AsyncIterator[None]:
        adding.start()
        if claims_held(record) > start.MANY:
            Thread(target=lately.get, daemon=True).start()
        try:
            yield
        finally:
            adding.stop()
            record.close()

    held = {
        "record": record, "settings": settings, "reader": reader, "adding": adding, "patience": Patience(), "counts": Counts(), "held": lately,
    }  # fmt: skip
    return Litestar(
        route_handlers=[
            *ROUTES, *api.ROUTES, api.router(_broken), api.entrance(_broken),
            create_static_files_router(path="/static", directories=[Path(__file__).parent / "static"]),
        ],
        state=State(held),
        dependencies={name: Provide(made, sync_to_thread=False) for name, made in DEPENDENCIES.items()},
        template_config=TemplateConfig(instance=JinjaTemplateEngine.from_environment(environment())),
        allowed_hosts=AllowedHostsConfig(allowed_hosts=[name for host in settings.hosts for name in (host, f"{host}:{settings.port}")]),
        csrf_config=CSRFConfig(
            secret=secrets.token_urlsafe(32), cookie_name=settings.cookie(CSRF), cookie_samesite="strict", cookie_httponly=True, cookie_secure=settings.https,
            exclude=f"^{api.PREFIX}/",  # which no form can call
        ),
        request_max_body_size=LARGEST,
        middleware=[_timed],
        before_request=_entered,
        exception_handlers={SaysoError: _told, HTTPException: _told, Exception: _broken_page},
        lifespan=[kept_open],
        openapi_config=api.config(_broken),
        include_in_schema=False,
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


def _timed(app: ASGIApp) -> ASGIApp:
    """A middleware: each answer is guarded, and tells how long it took here, in milliseconds."""

    async def answered(scope: Scope, receive: Receive, send: Send) -> None:
        began = perf_counter()

        async def put(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableScopeHeaders.from_message(message)
                settings = scope["litestar_app"].state.settings
                for name, value in _headers(settings, scope["path"]).items():
                    headers.setdefault(name, value)
                if not _may_be_kept(settings, scope["path"]):
                    headers["Cache-Control"] = "no-store"
                headers.add("Server-Timing", f"total;dur={(perf_counter() - began) * 1000:.1f}")
            await send(message)

        await app(scope, receive, put)

    return answered


async def _entered(request: Request[Any, Any, State]) -> None:
    """What is looked at before a page: who asks, and whether another site made his browser ask.

    Raises:
        NotAuthorizedException: nobody is logged in, and somebody must be.
        NotFoundException: no file system has such a name.
        PermissionDeniedException: a page of another site sent a form here.
    """
    path = request.scope["path"]
    if "\x00" in path:
        raise NotFoundException()
    if request.method not in SAFE and not from_here(request):
        raise PermissionDeniedException("a page of another site may not ask for this")
    if request.app.state.settings.team and path not in OPEN and not path.startswith(FILES):
        await sync_to_thread(user_of, request)


def _headers(settings: Settings, path: str) -> dict[str, str]:
    """What every answer is sent with."""
    kept = {} if _may_be_kept(settings, path) else {"Cache-Control": "no-store"}
    return HEADERS | kept | ({"Strict-Transport-Security": "max-age=31536000"} if settings.https else {})


def _may_be_kept(settings: Settings, path: str) -> bool:
    """Whether a browser may keep an answer: what the record holds stays on no machine of a team's."""
    return not settings.team or path.startswith(FILES)


def _guard(request: Request[Any, Any, State], response: Response[Any]) -> Response[Any]:
    for name, value in _headers(request.app.state.settings, request.url.path).items():
        response.headers.setdefault(name, value)
    return response


def _broken(request: Request[Any, Any, State], error: Exception) -> Response[Any]:
    return _guard(request, api.broken(request, error))


def _told(request: Request[Any, Any, State], error: Exception) -> Response[Any]:
    """An error as a page that says what, where, how to mend; as JSON where the API was called."""
    if api.is_call(request):
        return _guard(request, api.told(request, error))
    if isinstance(error, NotAuthorizedException):
        back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return _guard(request, Redirect(f"/login?{urlencode({'back': back if request.method in SAFE else '/'})}", status_code=303))
    status = error.status_code if isinstance(error, HTTPException) else next((code for kind, code in STATUS.items() if isinstance(error, kind)), 400)
    key = f"errors.{status}" if isinstance(error, HTTPException) else ""
    message = say(key) if key in catalogue() else error.detail if isinstance(error, HTTPException) else str(error)
    page = environment().get_template("error.html").render(message=message, **common(request, None))
    answer = Response(page, media_type=MediaType.HTML, status_code=status)
    if isinstance(error, TooManyRequestsException):
        answer.headers.update({name: str(value) for name, value in (error.headers or {}).items()})
    if isinstance(error, PermissionDeniedException) and "CSRF" in error.detail and from_here(request):
        # of an earlier run of the desk, perhaps: the next page brings another
        settings = request.app.state.settings
        answer.set_cookie(Cookie(key=settings.cookie(CSRF), value="", max_age=0, path="/", secure=settings.https, httponly=True, samesite="strict"))
    return _guard(request, answer)


def _broken_page(request: Request[Any, Any, State], error: Exception) -> Response[Any]:
    """A fault of ours: told as one, and logged with where it was."""
    if api.is_call(request):
        return _broken(request, error)
    _LOG.error("%s %s", request.method, clean(request.url.path), exc_info=error)
    page = environment().get_template("error.html").render(message=say("errors.500"), **common(request, None))
    return _guard(request, Response(page, media_type=MediaType.HTML, status_code=500))
