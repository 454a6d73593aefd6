"""What a call asks of the record: the filter, by the names of the commands' options and the pages' addresses, and which rows.

In: the query part of an address. Out: a filter, and a part of a list with the address of the next.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Annotated, Any, Literal, TypeVar

from litestar import Request, Response
from litestar.datastructures import State
from litestar.di import Provide
from litestar.openapi.spec import Example
from litestar.params import Parameter

from sayso.desk.api.answers import Rows
from sayso.desk.asked import FARTHEST, Asked
from sayso.desk.settings import Settings
from sayso.model import EventType, Status
from sayso.record.filters import Filter

T = TypeVar("T")
MOST = 1000
"""Rows of one answer."""
YesNo = Literal["yes", "no"]
Limit = Annotated[int, Parameter(ge=1, le=MOST, description=f"So many rows at most, 1 to {MOST}.")]
Offset = Annotated[int, Parameter(ge=0, le=FARTHEST, description=f"So many rows are passed over, 0 to {FARTHEST}; for more, ask more narrowly, or export.")]


@dataclass(frozen=True)
class Part:
    """A part of a list."""

    request: Request[Any, Any, State]
    limit: int
    offset: int

    @property
    def wanted(self) -> int:
        """Rows to look for: one more than are answered, which tells whether there is more."""
        return self.limit + 1

    @property
    def upto(self) -> int:
        """The same, counted from the first row of all."""
        return self.offset + self.wanted

    def of(self, rows: Iterable[T]) -> Response[Rows[T]]:
        """The answer, of rows from the first of all."""
        return self.rows(list(islice(rows, self.offset, self.upto)))

    def rows(self, found: list[T]) -> Response[Rows[T]]:
        """The answer, of rows from the first of this part."""
        more = None
        if len(found) > self.limit and self.offset + self.limit <= FARTHEST:
            kept = {name: value for name, value in self.request.query_params.items() if name != "offset"}
            more = Asked(kept, "").link(self.request.url.path, offset=self.offset + self.limit)
        headers = {"Link": f'<{more}>; rel="next"'} if more else {}
        return Response(Rows(rows=found[: self.limit], next=more), headers=headers)


@dataclass(frozen=True)
class Question(Part):
    """A filter and a part of the list of what meets it."""

    filter: Filter


def part(request: Request[Any, Any, State], limit: Limit = 100, offset: Offset = 0) -> Part:
    """Which rows are asked for."""
    return Part(request, limit, offset)


def _filter(description: str, example: str) -> Any:
    return Parameter(description=description, examples=[Example(value=example)])


def question(part: Part, meant: Filter) -> Question:
    """What is asked for, and which rows of it."""
    return Question(part.request, part.limit, part.offset, meant)


def meant(
    request: Request[Any, Any, State],
    conflict: Annotated[str | None, Parameter(description="Only what a conflict is about, as the conflicts file defines it.")] = None,
    dyad: Annotated[str | None, _filter("Only between two sides.", "ARM,AZE")] = None,
    actor: Annotated[str | None, _filter("Only with this side, or somebody of this name, in it.", "AZE")] = None,
    holder: Annotated[str | None, _filter("Only on the say-so of this side, or somebody of this name.", "ARM")] = None,
    place: Annotated[str | None, _filter("Only at the place of this name.", "Tovuz")] = None,
    country: Annotated[str | None, _filter("Only in this country, by its code of three letters (ISO 3166).", "AZE")] = None,
    box: Annotated[str | None, _filter("Only within these degrees: west, south, east, north.", "44,38,51,42")] = None,
    near: Annotated[str | None, _filter("Only so near to a point: latitude, longitude, kilometres.", "40.99,45.63,30")] = None,
    since: Annotated[str | None, _filter("Only what was still going on on this day, or came later.", "2020-07-01")] = None,
    until: Annotated[str | None, _filter("Only what had begun by this day.", "2020-07-31")] = None,
    type: Annotated[str | None, _filter(f"Only acts of a type ({', '.join(EventType)}), or losses of a kind (killed, destroyed …).", "ASSAULT")] = None,
    status: Annotated[str | None, _filter(f"Only with this status: {', '.join(Status)}.", "occurred")] = None,
    background: Annotated[YesNo | None, Parameter(description="Only background, or only news; else both.")] = None,
    min_confidence: Annotated[float, Parameter(ge=0, le=1, description="Only claims this certain.")] = 0.0,
) -> Filter:
    """What is asked of the record.

    Raises:
        BadOption: a value that cannot be used.
    """
    settings: Settings = request.app.state.settings
    words = {
        "conflict": conflict, "dyad": dyad, "actor": actor, "holder": holder, "place": place, "country": country, "box": box, "near": near, "since": since,
        "until": until, "type": type, "status": status, "background": background, "min_confidence": str(min_confidence),
    }  # fmt: skip
    values = {name: text.strip() for name, text in words.items() if text and text.strip()}
    return Asked(values, settings.record, settings.conflicts).filter


DEPENDENCIES = {name: Provide(made, sync_to_thread=False) for name, made in (("meant", meant), ("part", part), ("question", question))}
"""What handlers may ask for, by the names of their parameters."""
