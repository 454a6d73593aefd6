"""The commands `sayso users`: who may use a shared record, and what each may do.

In: names on the command line; passwords typed unseen, or from standard input, never as arguments, which others on the machine could read. Out: what was done.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.ends import ending
from sayso.errors import BadOption
from sayso.keeping_cli import Author, RecordOption, changing, logged_in

if TYPE_CHECKING:
    from sayso.record.users import Users

app = typer.Typer(rich_markup_mode=None, no_args_is_help=True, help="Who may use a shared record: add, list, role, password, disable, enable.")
Name = Annotated[str, typer.Argument(metavar="NAME", help="The user's name.", show_default=False)]
Piped = Annotated[bool, typer.Option("--password-stdin", help="Take the password from standard input: its first line.")]


class Role(StrEnum):
    """What a user may do."""

    READ = "read"
    REVIEW = "review"
    ADMINISTER = "administer"


@app.command(epilog="Example: sayso users add Anna --role administer --record border.db")
def add(name: Name, role: Role = Role.READ, record: RecordOption = "sayso.db", password_stdin: Piped = False, author: Author = None) -> None:
    """Add a user, who logs in to `sayso desk --team`; the record is made where there is none."""
    from sayso.record import Record
    from sayso.record.users import Users

    with ending(), Record(record, author=author or logged_in()) as held:
        Users(held).add(name, role.value, _password(password_stdin))
    typer.echo(f"{name} may {role.value}")


@app.command(name="list")
def list_(record: RecordOption = "sayso.db") -> None:
    """List the users."""
    with _users(record, None) as known:
        for user in known.listed():
            typer.echo(f"{user.name}\t{user.role}{chr(9) + 'disabled' if user.disabled else ''}")


@app.command()
def role(name: Name, role: Role, record: RecordOption = "sayso.db", author: Author = None) -> None:
    """Give a user another role."""
    with _users(record, author) as known:
        known.set_role(name, role.value)
        typer.echo(f"{name} may {role.value}")


@app.command()
def password(name: Name, record: RecordOption = "sayso.db", password_stdin: Piped = False, author: Author = None) -> None:
    """Give a user another password; his sessions end."""
    with _users(record, author) as known:
        known.set_password(name, _password(password_stdin))
        typer.echo(f"{name} has another password")


@app.command()
def disable(name: Name, record: RecordOption = "sayso.db", author: Author = None) -> None:
    """Let a user in no more; his sessions end, what he did stays."""
    with _users(record, author) as known:
        known.set_disabled(name, True)
        typer.echo(f"{name} is let in no more")


@app.command()
def enable(name: Name, record: RecordOption = "sayso.db", author: Author = None) -> None:
    """Let a user in again."""
    with _users(record, author) as known:
        known.set_disabled(name, False)
        typer.echo(f"{name} is let in again")


@contextmanager
def _users(record: str, author: str | None) -> Iterator[Users]:
    from sayso.record.users import Users

    with changing(record, author) as held:
        yield Users(held)


def _password(piped: bool) -> str:
    if piped:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise BadOption("there is no terminal to ask for the password; give it on standard input, with --password-stdin")
    return str(typer.prompt("password", hide_input=True, confirmation_prompt=True))
