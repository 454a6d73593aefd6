"""What every call of the API passes: other sites are refused, unknown names too, and nothing is answered again that the caller has already.

In: requests. Out: the same, refused in a line, or 304. A page of another site can make a browser send a form or plain text here in its user's name, but JSON,
and a request that says where it comes from, only with this site's leave, which it never gives.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from hashlib import blake2b
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from litestar import Request, Response
from litestar.concurrency import sync_to_thread
from litestar.connection import ASGIConnection
from litestar.datastructures import MutableScopeHeaders, State
from litestar.exceptions import ClientException, HTTPException, PermissionDeniedException, SerializationException
from litestar.handlers import BaseRouteHandler
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from sayso import __version__
from sayso.desk import access
from sayso.desk.api.answers import parameters_of
from sayso.desk.settings import Settings
from sayso.record.tables import changes

NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
"""In JSON: a character that a database does not take."""
FILES = "files"
"""Mark of handlers that answer with other things than JSON."""


def from_here(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """A guard: what changes something must come from this site or from no page at all, and be JSON.

    Raises:
        PermissionDeniedException: another site's page asks.
        HTTPException: it is not called JSON.
    """
    if connection.scope.get("method") in access.SAFE:
        return
    if not access.from_here(connection):
        raise PermissionDeniedException("a page of another site may not ask for this")
    if connection.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise HTTPException(status_code=415, detail="send JSON, with the header Content-Type: application/json")


async def sound(request: Request[Any, Any, State]) -> Response[Any] | None:
    """What is looked at before a call is answered; gives the answer where the caller has it already.

    Raises:
        ClientException: an unknown name, one that is given twice, a body that is no JSON.
        HTTPException: the caller does not take JSON.
    """
    if "\x00" in request.url.path or any("\x00" in part for pair in request.query_params.multi_items() for part in pair):
        raise ClientException("an address may hold no NUL character")
    _check_names(request)
    accept = request.headers.get("accept", "")
    if accept and not request.route_handler.opt.get(FILES) and request.accept.best_match(["application/json"]) is None:
        raise HTTPException(status_code=406, detail="the answer is JSON: accept application/json")
    if request.method not in access.SAFE:
        await _check_body(request)
        return None
    stamp = await sync_to_thread(stamp_of, request)
    request.scope["state"]["stamp"] = stamp
    return unchanged({}) if has(request, stamp) else None


def stamped(app: ASGIApp) -> ASGIApp:
    """A middleware: answers to GET bear their stamp, and are asked for again before they are used again."""

    async def answered(scope: Scope, receive: Receive, send: Send) -> None:
        async def put(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableScopeHeaders.from_message(message)
                stamp = scope.get("state", {}).get("stamp")
                if stamp and message["status"] in {200, 304}:
                    headers.setdefault("ETag", stamp)
                    headers.setdefault("Cache-Control", "private, no-cache")
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await app(scope, receive, put)

    return answered


def stamp_of(request: Request[Any, Any, State]) -> str:
    """The stamp of an answer: other where the record has changed, or something else is asked."""
    settings: Settings = request.app.state.settings
    with request.app.state.record.database.reading() as connection:
        number = connection.execute(sa.select(sa.func.max(changes.c.number))).scalar_one()
    conflicts = settings.conflicts or Path(settings.record).parent / "conflicts.toml"
    defined = conflicts.stat().st_mtime_ns if "conflict" in request.query_params and conflicts.is_file() else 0
    words = f"{__version__} {number} {defined} {request.url.path}?{request.url.query}"
    return f'"{blake2b(words.encode("utf-8", "surrogateescape"), digest_size=12).hexdigest()}"'


def has(request: Request[Any, Any, State], stamp: str) -> bool:
    """Whether the caller has what bears this stamp."""
    known = [part.strip().removeprefix("W/") for part in request.headers.get("if-none-match", "").split(",")]
    return stamp in known or known == ["*"]


def unchanged(headers: dict[str, str]) -> Response[Any]:
    """The answer to a caller who has it already."""
    return Response(None, status_code=304, headers=headers)


def _check_names(request: Request[Any, Any, State]) -> None:
    given = [name for name, _ in request.query_params.multi_items()]
    known = _names(request)
    for name in given:
        if name not in known:
            near = get_close_matches(name, known, 1)
            can = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(sorted(known))}" if known else "there are none here"
            raise ClientException(f"there is no {name!r} to ask for; {can}")
        if given.count(name) > 1:
            raise ClientException(f"{name!r} is given more than once")


def _names(request: Request[Any, Any, State]) -> list[str]:
    """What may stand behind the question mark, as the document has it."""
    return [one.name for one in parameters_of(request) if one.param_in == "query"]


async def _check_body(request: Request[Any, Any, State]) -> None:
    try:
        if NUL.search(await request.body()):
            raise ClientException("what is sent may hold no NUL character")
        await request.json()
    except (SerializationException, RecursionError, UnicodeError) as error:
        raise ClientException(f"what was sent is no JSON that can be read: {error}") from error
