"""The two ends of every command: what is printed where, and how a command stops.

In: lines, messages, and the body of a command. Out: UTF-8 on standard output, one line for each message on standard error, and the exit codes that `cli.py`
names. Rich is loaded by the first who needs a console.
"""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from sayso.errors import BadOption, SaysoError

if TYPE_CHECKING:
    from rich.console import Console

    from sayso.intake import Unread
    from sayso.model import Reading, Report


def lines(found: Iterable[bytes]) -> None:
    """Writes UTF-8, whatever the terminal's encoding, each report as soon as it is read."""
    for line in found:
        sys.stdout.buffer.write(line)
        sys.stdout.buffer.flush()


def console(err: bool = False) -> Console:
    """A console on standard output, or on standard error."""
    from rich.console import Console

    stream = sys.stderr if err else sys.stdout
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="replace")  # a terminal that has no arrows shows question marks
    return Console(file=stream)


def say(message: str) -> None:
    """A message, in one line that a terminal can take."""
    from sayso.view import clean

    typer.echo(clean(message), err=True)


def complain(message: str, unread: list[str]) -> None:
    """A message of something that went wrong; `unread` keeps it for the exit code."""
    unread.append(message)
    say(message)


@contextmanager
def ending() -> Iterator[list[str]]:
    """What every command ends like; the list takes what could not be read.

    A reader that closes the pipe has seen enough: that ends quietly. So does an interruption, with the shell's own code for it.
    """
    unread: list[str] = []
    try:
        yield unread
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python complains when it flushes at the end
    except KeyboardInterrupt:
        raise typer.Exit(130) from None
    except BadOption as error:
        complain(str(error), unread)
        raise typer.Exit(2) from None
    except SaysoError as error:
        complain(str(error), unread)
    if unread:
        raise typer.Exit(1)


def readings(inputs: list[str], date: str | None, publisher: str | None, least: float, unread: list[str], columns: str | None = None) -> Iterator[Reading]:
    """The readings of what is named on the command line, as they are made; of what could not be read one line on standard error.

    Raises:
        BadOption: the date is none, or the words for columns name none.
    """
    from sayso.intake import Given, from_sources
    from sayso.intake.tables import columns as chosen

    found = from_sources(inputs, given=Given(published=date, publisher=publisher), columns=chosen(columns))
    from sayso.reading import AHEAD, Reader  # after the options were found sound: it takes a while
    from sayso.view import at_least

    reader = Reader()
    gc.freeze()  # the lexicon stays for as long as the process does: no round of collecting need look through it
    ahead = 0 if "-" in inputs else AHEAD  # what comes down a pipe may be long in coming
    for reading in reader.read_many(_reports(found, unread), ahead=ahead):
        yield at_least(reading, least)


def _reports(found: Iterable[Report | Unread], unread: list[str]) -> Iterator[Report]:
    """The reports that could be read; of each other input one line on standard error."""
    from sayso.intake import Unread
    from sayso.intake.languages import only_read

    for item in map(only_read, found):
        if isinstance(item, Unread):
            complain(str(item), unread)
        else:
            yield item
