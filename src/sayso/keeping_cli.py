"""The commands that keep a record: `sayso add`, `withdraw`, `incidents`, `accounts`, `disputes`, `merge`, `split`, `pin`, `unpin`, `grade`, `export`.

In: the words of the command line. Out: what was added or found on standard output, messages on standard error. Each calls functions of `sayso.record` and
`sayso.export` and decides nothing itself.
"""

from __future__ import annotations

import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.asking import TABLE_LIMIT, ListFormat, Question, asks
from sayso.ends import complain, console, ending, lines, readings, say
from sayso.errors import SaysoError
from sayso.export.formats import FORMATS, Options

if TYPE_CHECKING:
    from sayso.record import Added, Record

app = typer.Typer(rich_markup_mode=None)

To = StrEnum("To", {name: name for name in FORMATS})  # type: ignore[misc]  # the formats are named in one place
RecordOption = Annotated[str, typer.Option("--record", metavar="PATH|URL", help="The record: an SQLite file, or the URL of a PostgreSQL database.")]
Author = Annotated[str | None, typer.Option("--author", metavar="NAME", help="Who makes the change; else who is logged in.", show_default=False)]
Note = Annotated[str | None, typer.Option("--note", metavar="WHY", help="Kept with the change.", show_default=False)]
Inputs = Annotated[
    list[str],
    typer.Argument(metavar="FILE|URL|-…", help="Reports, as for read; or what read or export --to jsonl wrote, which is not read again.", show_default=False),
]
Columns = Annotated[
    str | None,
    typer.Option("--columns", metavar="FIELD=NAME,…", help="Which column of a table holds what, where its name does not tell.", show_default=False),
]
IncidentId = Annotated[str, typer.Argument(metavar="INCIDENT", help="An incident's id, or how it begins.", show_default=False)]


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


@app.command(short_help="Read reports into a record.", epilog="Example: sayso add reports/*.txt --record border.db")
def add(
    inputs: Inputs,
    record: RecordOption = "sayso.db",
    date: Annotated[str | None, typer.Option("--date", metavar="D", help="When the reports were published; else the text's own date counts.")] = None,
    publisher: Annotated[str | None, typer.Option("--publisher", metavar="P", help="Who published them.")] = None,
    columns: Columns = None,
    author: Author = None,
) -> None:
    """Read reports and add them to a record, which is made where there is none; the same again changes nothing."""
    with ending() as unread:
        from sayso.bulk import is_run, readings_of
        from sayso.record import Added, Record
        from sayso.record.importing import import_readings, is_export

        runs = [name for name in inputs if "://" not in name and is_run(Path(name))]
        written = [name for name in inputs if "://" not in name and name != "-" and name not in runs and is_export(Path(name))]
        with Record(record, author=author or logged_in()) as held:
            added = Added()
            for name in written:
                try:
                    added = added.plus(import_readings(held, name).added)
                except SaysoError as error:
                    complain(str(error), unread)
            for name in runs:
                added = added.plus(held.add(readings_of(Path(name))))
            if others := [name for name in inputs if name not in written and name not in runs]:
                added = added.plus(held.add(readings(others, date, publisher, 0.0, unread, columns)))
        typer.echo(_told(added))


@app.command(short_help="Take a report back.", epilog='Example: sayso withdraw wire-20200713-17 --note "killed by the agency"')
def withdraw(
    report: Annotated[str, typer.Argument(metavar="REPORT", help="Its id, or its digest, or how this begins.", show_default=False)],
    record: RecordOption = "sayso.db",
    note: Note = None,
    author: Author = None,
) -> None:
    """Take back what its publisher took back: the report is kept, its claims count no more."""
    with changing(record, author) as held:
        held.withdraw(report, note)


@app.command(short_help="What happened, with how many accounts.", epilog="Example: sayso incidents --dyad ARM,AZE --disputed")
@asks
def incidents(
    question: Question,
    disputed: Annotated[bool, typer.Option("--disputed", help="Only such as accounts dispute.")] = False,
    least: Annotated[int, typer.Option("--accounts", metavar="N", min=1, help="Only such as have so many accounts.")] = 1,
    full: Annotated[bool, typer.Option("--full", help="Each with its accounts side by side.")] = False,
) -> None:
    """Incidents by day: what, who, where, how many accounts in how many texts, and what is in dispute."""
    from sayso.record.incidents import IncidentRow, accounts_of, list_incidents
    from sayso.view import record as view
    from sayso.view.registers import csv_lines, json_lines

    with question.opened() as (record, asked):
        table = _format(question) is ListFormat.TABLE
        limit = question.limit or (TABLE_LIMIT if table else None)
        rows = list_incidents(record, asked, disputed, least, None if limit is None else limit + 1)
        shown = rows[:limit]
        if full and table:
            for row in shown:
                view.show_accounts(accounts_of(record, row.id), console())
                typer.echo()
        elif full:
            lines(json_lines((accounts_of(record, row.id) for row in shown), sys.stdout.isatty()))
        elif table:
            view.show_incidents(shown, console())
            if len(rows) > len(shown):
                say(f"the first {limit}; for more: --limit N, or --format csv")
        elif _format(question) is ListFormat.CSV:
            lines(csv_lines(IncidentRow, shown))
        else:
            lines(json_lines(shown, sys.stdout.isatty()))


@app.command(short_help="The accounts of an incident, side by side.", epilog="Example: sayso accounts i1e8d82 --record border.db")
def accounts(
    incident: IncidentId,
    record: RecordOption = "sayso.db",
    format_: Annotated[ListFormat | None, typer.Option("--format", help="table on a terminal, else jsonl, unless told.", show_default=False)] = None,
) -> None:
    """What each holder says of an incident, with the words, who passed it on, and what the accounts dispute."""
    with ending(), opened(record) as held:
        from sayso.record.incidents import Given, accounts_of
        from sayso.view import record as view
        from sayso.view.registers import csv_lines, json_lines

        found = accounts_of(held, incident)
        chosen = format_ or (ListFormat.TABLE if sys.stdout.isatty() else ListFormat.JSONL)
        if chosen is ListFormat.TABLE:
            view.show_accounts(found, console())
        elif chosen is ListFormat.CSV:
            lines(csv_lines(Given, [given for account in found.accounts for given in account.claims]))
        else:
            lines(json_lines([found], sys.stdout.isatty()))


@app.command(short_help="How much is disputed, and between whom.", epilog="Example: sayso disputes --conflict karabakh")
@asks
def disputes(question: Question) -> None:
    """The share of incidents with two accounts or more that are disputed, by field and by pair of holders."""
    from sayso.record.incidents import disagreement
    from sayso.view import record as view
    from sayso.view.registers import json_lines

    with question.opened() as (record, asked):
        found = disagreement(record, asked, question.limit or 20)
        if _format(question) is ListFormat.TABLE:
            view.show_disagreement(found, console())
        else:
            lines(json_lines([found], sys.stdout.isatty()))


@app.command(short_help="Make two incidents one.", epilog="Example: sayso merge i1e8d82 i9c08f6")
def merge(one: IncidentId, other: IncidentId, record: RecordOption = "sayso.db", note: Note = None, author: Author = None) -> None:
    """Make two incidents one for good; prints its id."""
    with changing(record, author) as held:
        typer.echo(held.merge(one, other, note))


@app.command(short_help="Take claims out of an incident.", epilog='Example: sayso split 9c08f6966058 de65f931bbf6 --note "another village"')
def split(
    claims: Annotated[list[str], typer.Argument(metavar="CLAIM…", help="Ids of claims of one incident, or how they begin.", show_default=False)],
    record: RecordOption = "sayso.db",
    note: Note = None,
    author: Author = None,
) -> None:
    """Take claims out of their incident into one of their own for good; prints its id."""
    with changing(record, author) as held:
        typer.echo(held.split(claims, note))


@app.command(short_help="Keep an incident's claims together.", epilog="Example: sayso pin i1e8d82")
def pin(incident: IncidentId, record: RecordOption = "sayso.db", note: Note = None, author: Author = None) -> None:
    """Keep the claims that an incident has now together, whatever comes."""
    with changing(record, author) as held:
        typer.echo(held.pin(incident, note))


@app.command(short_help="Forget decisions about an incident.", epilog="Example: sayso unpin i1e8d82")
def unpin(incident: IncidentId, record: RecordOption = "sayso.db", note: Note = None, author: Author = None) -> None:
    """Forget what users decided about an incident's claims: they are grouped as the rules have it."""
    with changing(record, author) as held:
        held.unpin(incident, note)


@app.command(short_help="Grade a source or a claim.", epilog='Example: sayso grade "Ministry of Defence of Armenia" --reliability C')
def grade(
    target: Annotated[str, typer.Argument(metavar="SOURCE|CLAIM", help="A source's name or key; a claim's id.", show_default=False)],
    reliability: Annotated[str, typer.Option("--reliability", metavar="A–F", help="Of a source, on the Admiralty scale.")] = "",
    credibility: Annotated[str, typer.Option("--credibility", metavar="1–6", help="Of a claim, on the Admiralty scale.")] = "",
    record: RecordOption = "sayso.db",
    note: Note = None,
    author: Author = None,
) -> None:
    """Keep your grade on the Admiralty scale. The program gives none of its own."""
    with changing(record, author) as held:
        held.grade(target, reliability.upper(), credibility, note or "")


@app.command(
    short_help="Write files for other tools.",
    epilog="Example: sayso export --to xlsx --out border.xlsx --record border.db --since 2020-07-01. Formats: "
    + "; ".join(f"{f.name}{f' (needs sayso[{f.extra}])' if f.extra else ''}: {f.about.rstrip('.')}" for f in FORMATS.values()) + ".",
)  # fmt: skip
@asks
def export(
    question: Question,
    to: Annotated[To, typer.Option("--to", metavar="FORMAT", help=f"One of: {', '.join(FORMATS)}.", show_default=False)],
    out: Annotated[Path, typer.Option("--out", metavar="PATH", help="The file to write; for datapackage a folder.", show_default=False)],
    table: Annotated[Table, typer.Option("--table", metavar="TABLE", help=f"csv, parquet: one of {', '.join(Table)}.")] = Table.CLAIMS,
    wide: Annotated[bool, typer.Option("--wide", help="csv, parquet: one claim a row; else one claim and party a row.")] = False,
    bom: Annotated[bool, typer.Option("--bom", help="CSV with a byte order mark, for Excel on Windows.")] = False,
    since_version: Annotated[int, typer.Option("--since-version", metavar="N", min=0, help="changes: the version that you have.")] = 0,
    force: Annotated[bool, typer.Option("--force", help="Replace what is there.")] = False,
) -> None:
    """Write a record, or what of it meets the filters, in a format that other tools open; prints the files' names."""
    from sayso.export import export as write

    with question.opened() as (record, asked):
        options = Options(table=table.value, wide=wide, bom=bom, since_version=since_version)
        for path in write(record, to.value, out, asked, options, force):
            typer.echo(path)


def explain_incident(incident: str, record: str, jsonl: bool) -> None:
    """Why claims were grouped, on the console; what `sayso explain incident ID` does."""
    from sayso.record.incidents import explain_incident as explained
    from sayso.view import record as view
    from sayso.view.registers import json_lines

    with opened(record) as held:
        found = explained(held, incident)
        if jsonl:
            lines(json_lines([found], sys.stdout.isatty()))
        else:
            view.show_explanation(found, console())


def _told(added: Added) -> str:
    """What was added, in a line."""
    parts = [
        (added.new, "report added", "reports added"), (added.known, "known already", "known already"),
        (added.appeared, "known text in another place", "known texts in other places"), (added.reread, "read anew", "read anew"),
        (added.superseded, "older version superseded", "older versions superseded"), (added.copies, "near-copy of another", "near-copies of others"),
    ]  # fmt: skip
    told = [f"{number} {one if number == 1 else many}" for number, one, many in parts if number]
    return ", ".join([*told, f"{added.claims} claims"] if told else ["nothing added"])


def _format(question: Question) -> ListFormat:
    return question.format or (ListFormat.TABLE if sys.stdout.isatty() else ListFormat.JSONL)


def logged_in() -> str:
    """Who is logged in, or nobody where the system does not tell."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"


def opened(record: str) -> Record:
    """A record that is there."""
    from sayso.record import Record

    return Record(record, create=False)


@contextmanager
def changing(record: str, author: str | None) -> Iterator[Record]:
    """A record that is there, opened for a change by somebody, and the ending of all commands."""
    with ending():
        from sayso.record import Record

        with Record(record, author=author or logged_in(), create=False) as held:
            yield held
