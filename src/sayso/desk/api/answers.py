"""What the API answers: rows of a list with the way to the next, and errors as JSON of one line.

In: values of the record, or an error. Out: responses, and what the OpenAPI document tells of them. A value is answered as its command prints it with
`--format jsonl`.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

from litestar import Request, Response
from litestar.datastructures import ResponseHeader, State
from litestar.exceptions import HTTPException
from litestar.handlers import get, post
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import Example, Parameter, Reference, Schema
from litestar.params import Body

from sayso.errors import BadOption, ChangedSince, NotInRecord, UnusableRecord
from sayso.model import Struct
from sayso.view.words import clean

PREFIX = "/api/v1"
T = TypeVar("T")
STATUS = {NotInRecord: 404, ChangedSince: 409, UnusableRecord: 503}
"""Errors of sayso's that are not 400."""
CODES = {
    400: "bad-request", 401: "not-signed-in", 403: "forbidden", 404: "not-found", 405: "method-not-allowed", 406: "not-acceptable", 409: "conflict",
    412: "changed-since", 413: "too-large", 415: "unsupported-media-type", 429: "too-many-requests", 500: "fault", 503: "unavailable",
}  # fmt: skip
MEANT = {
    304: "What the caller has is still so.",
    400: "Something that was sent cannot be used; the message says what, and what can be.",
    401: "Nobody is signed in.",
    403: "The user may not do this, or another site asks.",
    404: "Nothing in the record is called so.",
    406: "The caller does not take the type of the answer.",
    409: "It is so already, cannot be so now, or somebody has changed it since `seen`: nothing was done.",
    412: "Somebody has changed it since `If-Match`: nothing was done.",
    413: "More was sent than is taken.",
    415: "What was sent is not called `application/json`.",
    429: "Too much at once; try again later.",
    500: "A fault of the program.",
    503: "The record cannot be read or written now.",
}
ALWAYS = (400, 401, 403, 500, 503)
READING = (*ALWAYS, 406)
CHANGING = (*ALWAYS, 406, 413, 415)
STAMP = [
    ResponseHeader(name="ETag", documentation_only=True, description="Send it back as If-None-Match."),
    ResponseHeader(name="Cache-Control", documentation_only=True, description="private, no-cache"),
]
LINK = ResponseHeader(name="Link", documentation_only=True, description='Where there is more: <URL>; rel="next".')


class Rows(Struct, Generic[T], frozen=True, kw_only=True):
    """A part of a list; `next` is the address of the part after it, null where there is none."""

    rows: list[T]
    next: str | None


class Error(Struct, frozen=True, kw_only=True):
    """What went wrong: a word for programs, a line for people."""

    code: str
    message: str


class Failure(Struct, frozen=True, kw_only=True):
    """The answer where something went wrong."""

    error: Error


def body(description: str, **example: Any) -> Any:
    """What is told of the body of a call."""
    return Body(description=description, examples=[Example(value=example)])


def asks(path: str, summary: str, tag: str, refused: tuple[int, ...] = (), headers: tuple[ResponseHeader, ...] = (), **options: Any) -> get:
    """A handler of GET that answers from the record."""
    spec: dict[int, ResponseSpec] = refusals(*READING, *refused) | {304: ResponseSpec(data_container=None, description=MEANT[304], generate_examples=False)}
    return get(path, summary=summary, tags=[tag], sync_to_thread=True, responses=spec | options.pop("more", {}), response_headers=[*STAMP, *headers], **options)


def lists(path: str, summary: str, tag: str, refused: tuple[int, ...] = (), **options: Any) -> get:
    """A handler of GET that answers with rows."""
    return asks(path, summary, tag, refused, (LINK,), **options)


def does(path: str, summary: str, tag: str, refused: tuple[int, ...] = (), status: int = 200, **options: Any) -> post:
    """A handler of POST."""
    return post(
        path, summary=summary, tags=[tag], sync_to_thread=True, status_code=status, responses=refusals(*CHANGING, *refused) | options.pop("more", {}), **options
    )


def refusals(*statuses: int) -> dict[int, ResponseSpec]:
    """What the document tells of answers where something went wrong."""
    return {
        status: ResponseSpec(
            data_container=Failure, description=MEANT[status], generate_examples=False,
            examples=[Example(value={"error": {"code": CODES[status], "message": MEANT[status].rstrip(".").replace("`", "")}})],
        )
        for status in sorted({*statuses})
    }  # fmt: skip


def failed(status: int, message: str, headers: dict[str, str] | None = None) -> Response[Failure]:
    """The answer where something went wrong, in one line."""
    line = " ".join(message.split())
    given = {"Cache-Control": "no-store", **(headers or {})}
    return Response(Failure(error=Error(code=CODES.get(status, "refused"), message=line)), status_code=status, headers=given, media_type="application/json")


def told(request: Request[Any, Any, State], error: Exception) -> Response[Failure]:
    """An error of the record or of HTTP."""
    if isinstance(error, HTTPException):
        return failed(error.status_code, _words(request, error), {name: str(value) for name, value in (error.headers or {}).items()})
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 400)
    if isinstance(error, ChangedSince) and "if-match" in request.headers:
        status = 412
    return failed(status, str(error), {"Retry-After": "5"} if status == 503 else None)


def broken(request: Request[Any, Any, State], error: Exception) -> Response[Failure]:
    """A fault of the program: what it is stands in the log of whoever runs the desk, and nowhere else."""
    logging.getLogger("sayso.desk").error("%s %s", request.method, clean(request.url.path), exc_info=error)
    return failed(500, "a fault of the program; whoever runs this desk finds it in its log")


def is_call(request: Request[Any, Any, State]) -> bool:
    """Whether a request is for the API, an unknown address of it included."""
    return request.url.path.startswith(f"{PREFIX}/")


@contextmanager
def clashing() -> Iterator[None]:
    """What cannot be done because things are as they are is a conflict, no bad request."""
    try:
        yield
    except NotInRecord:
        raise
    except BadOption as error:
        raise HTTPException(detail=str(error), status_code=409) from error


def parameters_of(request: Request[Any, Any, State]) -> list[Parameter]:
    """What an operation may be asked with, as the document has it."""
    item = (request.app.openapi_schema.paths or {}).get(request.scope["path_template"])
    operation = getattr(item, request.method.lower(), None)
    return [one for one in (operation.parameters or []) if isinstance(one, Parameter)] if operation else []


def _words(request: Request[Any, Any, State], error: HTTPException) -> str:
    """What an error of HTTP says: of values that cannot be used, each with its name."""
    extra = error.extra if isinstance(error.extra, list) else []
    told = [(str(part.get("key", "")), str(part.get("message", ""))) for part in extra if isinstance(part, dict)]
    return "; ".join(_part(request, key, words) for key, words in told) or error.detail or "refused"


def _part(request: Request[Any, Any, State], key: str, words: str) -> str:
    if words == "'data'":
        return "send a JSON object"
    if words.startswith("Invalid enum value"):
        known = next((_values(request, one.schema) for one in parameters_of(request) if one.name == key), [])
        words += f"; there are: {', '.join(known)}" if known else ""
    return words if key in {"", "data"} else f"{key}: {words}"


def _values(request: Request[Any, Any, State], schema: Any) -> list[str]:
    """The values that a schema allows, where they are named."""
    if isinstance(schema, Reference):
        schema = (request.app.openapi_schema.components.schemas or {}).get(schema.ref.rpartition("/")[2])
    if not isinstance(schema, Schema):
        return []
    named = [str(value) for value in schema.enum or () if value is not None]
    return named or [value for one in (*(schema.one_of or ()), *(schema.all_of or ())) for value in _values(request, one)]
