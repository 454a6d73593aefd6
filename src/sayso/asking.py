"""The options by which a record is asked, and what becomes of them: one place for every command that reads a record.

In: the words of the command line. Out: an open record, a filter, a format, a limit. A command that `asks` decorates takes a `Question` and gets all of the
options. Nothing is asked here; the record's rooms, and SQLAlchemy with them, are loaded when a question is opened.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sayso.ends import ending
from sayso.errors import BadOption

if TYPE_CHECKING:
    from sayso.record.filters import Conflict, Filter
    from sayso.record.store import Record

TABLE_LIMIT = 100
"""So many rows a table on a terminal has, unless more are asked for."""


class ListFormat(StrEnum):
    """How the rows of a register are written."""

    TABLE = "table"
    CSV = "csv"
    JSONL = "jsonl"


@dataclass(frozen=True, slots=True)
class Question:
    """What the options of a command say, as they were written."""

    record: str
    conflict: str | None
    conflicts: Path | None
    dyad: str | None
    actor: str | None
    holder: str | None
    place: str | None
    country: str | None
    box: str | None
    near: str | None
    since: str | None
    until: str | None
    type: str | None
    status: str | None
    background: bool | None
    min_confidence: float
    limit: int | None
    format: ListFormat | None

    @contextmanager
    def opened(self) -> Iterator[tuple[Record, Filter]]:
        """The record, which must be there, and the filter.

        Raises:
            BadOption: an option cannot be used; the message says what it may be.
            UnusableRecord: there is no record, or it cannot be opened.
        """
        from sayso.record.store import Record

        asked = self.asked()
        with Record(self.record, create=False) as record:
            yield record, asked

    def asked(self) -> Filter:
        """The options as a filter."""
        from sayso.record.filters import Filter, checked

        return checked(
            Filter(
                conflict=self._conflict(), dyad=_pair(self.dyad), actor=self.actor, holder=self.holder, place=self.place, country=_country(self.country),
                box=_numbers("box", self.box, 4, "WEST,SOUTH,EAST,NORTH in degrees, such as 44,38,51,42"),
                near=_numbers("near", self.near, 3, "LATITUDE,LONGITUDE,KILOMETRES, such as 40.99,45.63,30"),
                since=_day("since", self.since), until=_day("until", self.until), type=_type(self.type), status=self.status, background=self.background,
                min_confidence=self.min_confidence,
            )
        )  # fmt: skip

    def _conflict(self) -> Conflict | None:
        if self.conflict is None:
            return None
        from sayso.record.filters import load_conflicts

        file = self.conflicts or (Path() if "://" in self.record else Path(self.record).parent) / "conflicts.toml"
        found = load_conflicts(file)
        if self.conflict not in found:
            raise BadOption(f"{file} defines no conflict {self.conflict!r}; it has: {', '.join(sorted(found))}")
        return found[self.conflict]


def _options(
    record: Annotated[str, typer.Option("--record", metavar="PATH|URL", help="The record: an SQLite file, or the URL of a PostgreSQL database.")] = "sayso.db",
    conflict: Annotated[str | None, typer.Option("--conflict", metavar="NAME", help="Only what a conflict is about, as CONFLICTS defines it.")] = None,
    conflicts: Annotated[
        Path | None, typer.Option("--conflicts", metavar="FILE", help="Where conflicts are defined; else conflicts.toml beside the record.")
    ] = None,
    dyad: Annotated[str | None, typer.Option("--dyad", metavar="A,B", help="Only between two sides, as ARM,AZE.")] = None,
    actor: Annotated[str | None, typer.Option("--actor", metavar="A", help="Only with this side, or somebody of this name, in it.")] = None,
    holder: Annotated[str | None, typer.Option("--holder", metavar="H", help="Only on the say-so of this side, or somebody of this name.")] = None,
    place: Annotated[str | None, typer.Option("--place", metavar="P", help="Only at the place of this name.")] = None,
    country: Annotated[str | None, typer.Option("--country", metavar="CCC", help="Only in this country, as AZE.")] = None,
    box: Annotated[str | None, typer.Option("--box", metavar="W,S,E,N", help="Only within these degrees.")] = None,
    near: Annotated[str | None, typer.Option("--near", metavar="LAT,LON,KM", help="Only so near to a point.")] = None,
    since: Annotated[str | None, typer.Option("--since", metavar="D", help="Only what was still going on, or came later, as 2020-07-01.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="D", help="Only what had begun, as 2020-07-31.")] = None,
    type: Annotated[str | None, typer.Option("--type", metavar="T", help="Only acts of a type (ASSAULT), or losses of a kind (killed).")] = None,
    status: Annotated[str | None, typer.Option("--status", metavar="S", help="Only with this status, as occurred or negated.")] = None,
    background: Annotated[bool | None, typer.Option("--background/--news", help="Only background, or only news; else both.", show_default=False)] = None,
    min_confidence: Annotated[float, typer.Option("--min-confidence", metavar="X", min=0.0, max=1.0, help="Only claims this certain, 0 to 1.")] = 0.0,
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="N", min=1, help=f"The first N rows; a table has {TABLE_LIMIT} unless told.", show_default=False)
    ] = None,
    format: Annotated[ListFormat | None, typer.Option("--format", help="table on a terminal, else jsonl, unless told.", show_default=False)] = None,
) -> None: ...


def asks(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command, whose first parameter is a `Question`, the options above behind its own, and the ending of all commands."""
    shared = inspect.signature(_options, eval_str=True).parameters
    own = list(inspect.signature(command, eval_str=True).parameters.values())[1:]

    @wraps(command)
    def run(**given: Any) -> None:
        question = Question(**{name: given.pop(name) for name in shared})
        with ending():
            command(question, **given)

    parameters = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in (*own, *shared.values())]
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {p.name: p.annotation for p in parameters}
    del run.__wrapped__  # or the signature behind it would be asked for
    return run


def _pair(text: str | None) -> tuple[str, str] | None:
    if text is None:
        return None
    sides = [side.strip() for side in text.split(",")]
    if len(sides) != 2 or not all(sides) or sides[0] == sides[1]:
        raise BadOption(f"dyad {text!r} is not two sides, such as ARM,AZE")
    return sides[0], sides[1]


def _numbers(option: str, text: str | None, count: int, form: str) -> Any:
    if text is None:
        return None
    try:
        found = tuple(float(part) for part in text.split(","))
    except ValueError:
        found = ()
    if len(found) != count:
        raise BadOption(f"{option} {text!r} is not {form}")
    return found


def _day(option: str, text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadOption(f"{option} {text!r} is no day, such as 2020-07-13") from None


def _country(code: str | None) -> str | None:
    if code is None:
        return None
    from sayso.lexicon import BODIES, read_table

    if code.upper() not in {row["code"] for row in read_table("countries")} - BODIES:
        raise BadOption(f"country {code!r} is no code of three letters (ISO 3166), such as AZE")
    return code.upper()


def _type(text: str | None) -> str | None:
    if text is None:
        return None
    from sayso.model import Damage, EventType, Harm

    known = {t.value.casefold(): t.value for kind in (EventType, Harm, Damage) for t in kind}
    if text.casefold() not in known:
        raise BadOption(f"type {text!r} is none of {', '.join(known.values())}")
    return known[text.casefold()]
