"""The command `sayso desk`: starts the web application on this machine.

In: the words of the command line. Out: where the desk is, on standard error, until it is stopped.
"""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Annotated

import typer

from sayso.ends import ending, say
from sayso.errors import BadOption
from sayso.keeping_cli import Author, RecordOption, logged_in

app = typer.Typer(rich_markup_mode=None)


@app.command(short_help="The record in a browser.", epilog="Example: sayso desk --record border.db")
def desk(
    record: RecordOption = "sayso.db",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port on 127.0.0.1; 0 takes a free one.")] = 8000,
    conflicts: Annotated[Path | None, typer.Option(metavar="FILE", help="Conflicts; else conflicts.toml beside the record.", show_default=False)] = None,
    author: Author = None,
) -> None:
    """Serve the record to a browser on this machine alone, until stopped by Control-C. A record that is not there is made."""
    import uvicorn

    from sayso.desk import Settings, application

    with ending():
        listening = _listening(port)
        port = listening.getsockname()[1]
        served = application(Settings(record=record, author=author or logged_in(), conflicts=conflicts, port=port))
        say(f"the desk of {record} is at http://127.0.0.1:{port}; stop it with Control-C")
        uvicorn.Server(uvicorn.Config(served, log_level="warning", server_header=False)).run(sockets=[listening])


def _listening(port: int) -> socket.socket:
    """A socket on this machine's own address.

    Raises:
        BadOption: the port is taken, or not allowed.
    """
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind(("127.0.0.1", port))
    except OSError as error:
        found.close()
        raise BadOption(f"port {port} cannot be used: {(error.strerror or str(error)).lower()}; name another with --port, or 0 for a free one") from None
    return found
