"""The commands of reviewers: `sayso accept`, `reject`, `reopen`, `check`, `undo`, `redo`, `log`, `discarded`.

In: the words of the command line. Out: what was done or found on standard output, messages on standard error. Each calls functions of `sayso.record` and
decides nothing itself.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sayso.asking import TABLE_LIMIT, ListFormat, Question, asks
from sayso.ends import console, ending, lines, say
from sayso.keeping_cli import Author, Note, RecordOption, changing, opened

if TYPE_CHECKING:
    from sayso.record.history import Entry

app = typer.Typer(rich_markup_mode=None)

ClaimIds = Annotated[list[str], typer.Argument(metavar="CLAIM…", help="Ids of claims, or how they begin.", show_default=False)]


@app.command(short_help="Mark claims as right.", epilog='Example: sayso accept 9c08f6966058 de65f931bbf6 --note "read the original"')
def accept(claims: ClaimIds, record: RecordOption = "sayso.db", note: Note = None, author: Author = None) -> None:
    """Mark claims as right: no later reading changes them. Several are one act."""
    _review(claims, "accepted", record, note, author)


@app.command(short_help="Mark claims as none.", epilog='Example: sayso reject 9c08f6966058 --note "not in the text"')
def reject(claims: ClaimIds, record: RecordOption = "sayso.db", note: Note = None, author: Author = None) -> None:
    """Mark claims as none: they are kept (sayso discarded) and count no more. Several are one act."""
    _review(claims, "rejected", record, note, author)


@app.command(short_help="Put claims back as they were read.", epilog="Example: sayso reopen 9c08f6966058")
def reopen(claims: ClaimIds, record: RecordOption = "sayso.db", note: Note = None, author: Author = None) -> None:
    """Put claims back to proposed, as they were read. Several are one act."""
    _review(claims, "proposed", record, note, author)


@app.command(short_help="Confirm what another reviewer settled.", epilog="Example: sayso check 9c08f6966058 --author Bo")
def check(claims: ClaimIds, record: RecordOption = "sayso.db", note: Note = None, author: Author = None) -> None:
    """Confirm what another reviewer accepted or corrected."""
    with changing(record, author) as held:
        for claim in claims:
            held.check(claim, note)
        typer.echo(_counted(len(claims), "confirmed"))


@app.command(short_help="Undo what you did last.", epilog="Example: sayso undo --record border.db")
def undo(record: RecordOption = "sayso.db", author: Author = None) -> None:
    """Undo your latest act on claims, incidents or grades that is not undone; each time one more. It stays in the log."""
    from sayso.record.history import entry

    with changing(record, author) as held:
        typer.echo(_told("undone", entry(held, held.undo())))


@app.command(short_help="Do again what you undid.", epilog="Example: sayso redo --record border.db")
def redo(record: RecordOption = "sayso.db", author: Author = None) -> None:
    """Do again what you undid last, unless you did something new since."""
    from sayso.record.history import entry

    with changing(record, author) as held:
        typer.echo(_told("done again", entry(held, held.redo())))


@app.command(short_help="Who changed what, when.", epilog="Example: sayso log 9c08f6966058 --record border.db")
def log(
    about: Annotated[str | None, typer.Argument(metavar="ID", help="Only about this claim, incident, report or source.", show_default=False)] = None,
    record: RecordOption = "sayso.db",
    author: Annotated[str | None, typer.Option("--author", metavar="NAME", help="Only what this author did.", show_default=False)] = None,
    action: Annotated[str | None, typer.Option("--action", metavar="A", help="Only such changes, as add, import, correct, merge, undo.")] = None,
    since: Annotated[str | None, typer.Option("--since", metavar="D", help="Only since a day or a time in UTC, as 2026-07-01.")] = None,
    limit: Annotated[int | None, typer.Option("--limit", metavar="N", min=1, help=f"The last N; a table has {TABLE_LIMIT} unless told.")] = None,
    format_: Annotated[ListFormat | None, typer.Option("--format", help="table on a terminal, else jsonl, unless told.", show_default=False)] = None,
) -> None:
    """The changes of a record, the newest first: reports added, imports, reviews, decisions, grades, and what undid them."""
    with ending(), opened(record) as held:
        from sayso.record.history import Entry
        from sayso.record.history import log as logged

        chosen = _chosen(format_)
        most = limit or (TABLE_LIMIT if chosen is ListFormat.TABLE else None)
        _put(Entry, logged(held, author, about, action, since, None if most is None else most + 1), most, chosen)


@app.command(short_help="The claims that reviewers rejected.", epilog="Example: sayso discarded --dyad ARM,AZE")
@asks
def discarded(question: Question) -> None:
    """Rejected claims, the last first, with who rejected them, when and why. Where and by whom is asked of them as of others; they are in no incident."""
    from sayso.record.history import Discarded
    from sayso.record.history import discarded as rejected

    with question.opened() as (record, asked):
        chosen = _chosen(question.format)
        most = question.limit or (TABLE_LIMIT if chosen is ListFormat.TABLE else None)
        _put(Discarded, rejected(record, asked, None if most is None else most + 1), most, chosen)


def _review(claims: Sequence[str], state: str, record: str, note: str | None, author: str | None) -> None:
    with changing(record, author) as held:
        if len(claims) == 1:
            {"accepted": held.accept, "rejected": held.reject, "proposed": held.reopen}[state](claims[0], note)
            done = 1
        else:
            done = len(held.review_many(claims, state, note))
        typer.echo(_counted(done, "put back to proposed" if state == "proposed" else state))


def _counted(number: int, done: str) -> str:
    return f"{number} claim{'' if number == 1 else 's'} {done}"


def _told(done: str, act: Entry) -> str:
    from sayso.view import clean

    return clean(f"{done}: {act.action} · {act.about}")


def _chosen(format_: ListFormat | None) -> ListFormat:
    return format_ or (ListFormat.TABLE if sys.stdout.isatty() else ListFormat.JSONL)


def _put(kind: type, rows: Sequence[Any], most: int | None, chosen: ListFormat) -> None:
    """Rows, as they are wanted; of a table that has more the end is told."""
    from sayso.view import history
    from sayso.view.registers import csv_lines, json_lines

    shown = rows[:most]
    if chosen is ListFormat.TABLE:
        history.show(kind, shown, console())
        if len(rows) > len(shown):
            say(f"the first {most}; for more: --limit N, or --format csv")
    else:
        lines(csv_lines(kind, shown) if chosen is ListFormat.CSV else json_lines(shown, sys.stdout.isatty()))
