"""The command `sayso export`: a record → files that other tools open.

In: the words of the command line. Out: the files' names on standard output, messages on standard error. It calls `sayso.export.export` and decides
nothing itself. Register it on the app with `app.command("export", …)(export)`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sayso.errors import BadOption, SaysoError
from sayso.export.formats import FORMATS, Options

To = StrEnum("To", {name: name for name in FORMATS})  # type: ignore[misc]  # the formats are named in one place


class Table(StrEnum):
    """The tables that csv and parquet write."""

    CLAIMS = "claims"
    INCIDENTS = "incidents"
    ACCOUNTS = "accounts"
    CASUALTIES = "casualties"
    REPORTS = "reports"
    PARTIES = "parties"
    SOURCES = "sources"
    ENTITIES = "entities"
    RELATIONS = "relations"
    DISPUTES = "disputes"


EPILOG = "Example: sayso export --to csv --out claims.csv --record sayso.db --since 2020-07-01. Formats: " + "; ".join(
    f"{f.name}{f' (needs sayso[{f.extra}])' if f.extra else ''}: {f.about.rstrip('.')}" for f in FORMATS.values()
) + "."  # fmt: skip


def export(
    to: Annotated[To, typer.Option("--to", metavar="FORMAT", help=f"One of: {', '.join(FORMATS)}.", show_default=False)],
    out: Annotated[Path, typer.Option("--out", metavar="PATH", help="The file to write; for datapackage a folder.", show_default=False)],
    record: Annotated[str, typer.Option("--record", metavar="FILE|URL", help="The record.")] = "sayso.db",
    since: Annotated[str | None, typer.Option("--since", metavar="D", help="What happened on this day or later, as 2020-07-13.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="D", help="What happened on this day or earlier.")] = None,
    table: Annotated[Table, typer.Option("--table", metavar="TABLE", help=f"csv, parquet: one of {', '.join(Table)}.")] = Table.CLAIMS,
    wide: Annotated[bool, typer.Option("--wide", help="csv, parquet: one claim a row; else one claim and party a row.")] = False,
    bom: Annotated[bool, typer.Option("--bom", help="CSV with a byte order mark, for Excel on Windows.")] = False,
    since_version: Annotated[int, typer.Option("--since-version", metavar="N", min=0, help="changes: the version that you have.")] = 0,
    force: Annotated[bool, typer.Option("--force", help="Replace what is there.")] = False,
) -> None:
    """Write a record, or what of it meets the filters, in a format that other tools open."""
    with ending():
        from sayso.export import export as write
        from sayso.record.filters import Filter
        from sayso.record.store import Record

        asked = Filter(since=_day("--since", since), until=_day("--until", until))
        options = Options(table=table.value, wide=wide, bom=bom, since_version=since_version)
        with Record(record, create=False) as held:
            for path in write(held, to.value, out, asked, options, force):
                typer.echo(path)


@contextmanager
def ending() -> Iterator[None]:
    """End with one line and exit code 2 where something was asked for that cannot be, 1 where it could not be done."""
    try:
        yield
    except BadOption as error:
        typer.echo(f"sayso: {error}", err=True)
        raise typer.Exit(2) from None
    except SaysoError as error:
        typer.echo(f"sayso: {error}", err=True)
        raise typer.Exit(1) from None


def _day(option: str, words: str | None) -> date | None:
    try:
        return date.fromisoformat(words) if words else None
    except ValueError:
        raise BadOption(f"{option} {words!r} is no day such as 2020-07-13") from None
