"""The command `sayso desk`: starts the web application on this machine.

In: the words of the command line. Out: where the desk is, on standard error, until it is stopped.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from sayso.ends import ending, say
from sayso.errors import BadOption
from sayso.keeping_cli import Author, RecordOption, logged_in

app = typer.Typer(rich_markup_mode=None)
HERE = ("127.0.0.1", "localhost")
EVERYWHERE = ("0.0.0.0",)
"""The address that stands for all of a machine."""


@app.command(short_help="The record in a browser.", epilog="Example: sayso desk --record border.db")
def desk(
    record: RecordOption = "sayso.db",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port on 127.0.0.1; 0 takes a free one.")] = 8000,
    conflicts: Annotated[Path | None, typer.Option(metavar="FILE", help="Conflicts; else conflicts.toml beside the record.", show_default=False)] = None,
    author: Author = None,
    team: Annotated[bool, typer.Option("--team", help="Users must log in (sayso users); without it, one user on this machine.")] = False,
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="With --team: the address of this machine to listen on.")] = "127.0.0.1",
    name: Annotated[list[str] | None, typer.Option(metavar="HOST", help="With --team: a name under which browsers call it; more than once for more.")] = None,
    https: Annotated[bool, typer.Option("--https", help="With --team: it is reached by https, through a proxy.")] = False,
) -> None:
    """Serve the record to a browser, until stopped by Control-C: on this machine alone, without a password; or to a team."""
    import uvicorn

    from sayso.desk import Settings, application

    with ending():
        if not team and (host not in HERE or name or https):
            raise BadOption("without --team the desk has no password and is for this machine alone: leave out --host, --name and --https")
        names = _names(name or ())
        listening = _listening(host, port)
        port = listening.getsockname()[1]
        hosts = tuple(dict.fromkeys((*names, *HERE, *([] if host in EVERYWHERE else [host]))))
        settings = Settings(record=record, author=author or logged_in(), conflicts=conflicts, port=port, hosts=hosts, team=team, https=https)
        served = application(settings)
        say(f"the desk of {record} is at http://{'127.0.0.1' if host in EVERYWHERE else host}:{port}; stop it with Control-C")
        if host not in HERE and not https:
            say("passwords and reports pass the network in the clear; put a proxy that speaks https before it, and start it with --https")
        uvicorn.Server(uvicorn.Config(served, log_level="warning", server_header=False, proxy_headers=https)).run(sockets=[listening])


def _names(names: Iterable[str]) -> list[str]:
    """Names of hosts as browsers send them.

    Raises:
        BadOption: one is none.
    """
    found = [name.strip().lower() for name in names]
    for name in found:
        if not re.fullmatch(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*(:[0-9]{1,5})?", name):
            raise BadOption(f"--name {name[:60]!r} is no name of a host; give it as desk.example.org, without https://")
    return found


def _listening(host: str, port: int) -> socket.socket:
    """A socket on an address of this machine.

    Raises:
        BadOption: the port is taken, or not allowed.
    """
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((host, port))
        found.listen()  # from here on who comes waits until the desk is ready, and nobody else gets the port
    except OSError as error:
        found.close()
        reason = (error.strerror or str(error)).lower()
        raise BadOption(f"port {port} of {host} cannot be used: {reason}; name another with --port, or 0 for a free one") from None
    return found
