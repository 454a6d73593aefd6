"""The description of the API: the OpenAPI document, and a page that lists its operations.

In: the handlers, with what they tell of themselves. Out: JSON, or a page; nothing of it is loaded from elsewhere.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import msgspec
from litestar import MediaType, Request, Router, get
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, License, SecurityScheme, Tag
from litestar.response import Template
from litestar.types import ExceptionHandler

from sayso import __version__
from sayso.desk.access import needs
from sayso.desk.api.answers import PREFIX
from sayso.desk.api.exports import TYPES
from sayso.desk.page import Page

ADDRESS = f"{PREFIX}/openapi.json"
TAGS = {
    "reports": "Reports, and the reading of texts.", "claims": "Claims and their reviews.", "incidents": "What several claims are about.",
    "registers": "What the record says of losses, talks, appeals, attacks, offices, actors, sources.", "history": "What was done to the record.",
    "exports": "Files for other tools.", "session": "Logging in, where a team shares the record.",
}  # fmt: skip
ABOUT = """The operations of the commands, as JSON. A row of a list is a line that the command prints with `--format jsonl`; questions have the names of its
options. Lists come in parts: `limit`, `offset`, and `next`. An answer to GET bears an ETag; with `If-None-Match` what is still so is not sent again.
What changes something is sent as `application/json`, and bears the name of the user; where a team shares the record, each call
bears a token. Errors are `{"error": {"code", "message"}}`, the message in one line."""
BEARER = "Where a team shares the record: the token that POST /api/v1/session gives."
_LONG = re.compile(r"Rows_(?:\w+\.)*(\w+\.\w+)_")

_FILE, _OBJECT = {"type": "string", "format": "binary"}, {"type": "object"}


class Document(JsonRenderPlugin):
    """The OpenAPI document."""

    def __init__(self) -> None:
        super().__init__(path="/", media_type=MediaType.JSON)
        self._made = b""

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        """The document, made once."""
        if not self._made:
            found = msgspec.to_builtins(openapi_schema, enc_hook=str)
            answer = found["paths"][f"{PREFIX}/export"]["get"]["responses"]["200"]
            answer["content"] = {kind.partition(";")[0]: {"schema": _FILE if "json" not in kind or "ndjson" in kind else _OBJECT} for kind in TYPES.values()}
            self._made = _LONG.sub(r"Rows.\1", msgspec.json.encode(found).decode()).encode()
        return self._made


class Described(NamedTuple):
    """An operation, for people."""

    method: str
    path: str
    summary: str
    about: str
    names: list[tuple[str, str]]


def config(broken: ExceptionHandler[Any]) -> OpenAPIConfig:
    """What the document says beside its operations, and where it is."""
    return OpenAPIConfig(
        title="sayso", version=__version__, description=" ".join(ABOUT.split()), license=License(name="Apache-2.0", identifier="Apache-2.0"),
        tags=[Tag(name=name, description=about) for name, about in TAGS.items()], use_handler_docstrings=True,
        components=Components(security_schemes={"token": SecurityScheme(type="http", scheme="bearer", description=BEARER)}), security=[{}, {"token": []}],
        operation_id_creator=lambda handler, method, path: handler.handler_name,
        openapi_router=Router(ADDRESS, route_handlers=[], guards=[needs("read")], exception_handlers={Exception: broken}, include_in_schema=False),
        render_plugins=[Document()],
    )  # fmt: skip


@get(PREFIX, sync_to_thread=True, include_in_schema=False, guards=[needs("read")])
def operations(page: Page) -> Template:
    """The operations, by what they are about."""
    return page("api.html", groups=_groups(page.request.app.openapi_schema), tags=TAGS, document=ADDRESS)


def _groups(schema: Any) -> dict[str, list[Described]]:
    groups: dict[str, list[Described]] = {tag: [] for tag in TAGS}
    for path, item in (schema.paths or {}).items():
        for method in ("get", "post"):
            operation = getattr(item, method)
            if operation is not None:
                names = [(p.name, p.description or "") for p in operation.parameters or [] if p.param_in == "query"]
                groups[operation.tags[0]].append(Described(method.upper(), path, operation.summary, operation.description or "", names))
    return groups


ROUTES: list[Any] = [operations]
