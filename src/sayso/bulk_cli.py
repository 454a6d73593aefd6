"""The command `sayso bulk`: reports by the thousand or million → a folder of Parquet.

In: the words of the command line. Out: a folder, and how far it is on standard error. It calls `sayso.bulk.bulk` and decides nothing itself.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.ends import ending, say
from sayso.keeping_cli import Columns

if TYPE_CHECKING:
    from sayso.bulk import Manifest, Progress

app = typer.Typer(rich_markup_mode=None)


@app.command(short_help="Many reports into a folder of Parquet.", epilog="Example: sayso bulk archive/ dump.jsonl.zst --out claims --workers 8")
def bulk(
    inputs: Annotated[list[str], typer.Argument(metavar="FILE|FOLDER|URL…", help="As for read; docs/intake.md.", show_default=False)],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="A new folder, or that of the same run, which then goes on.", show_default=False)],
    workers: Annotated[int | None, typer.Option(min=1, help="Processes; as many as there are processors, unless told.", show_default=False)] = None,
    ray: Annotated[str | None, typer.Option(metavar="ADDRESS", help="Read on the Ray cluster there; local starts one here.", show_default=False)] = None,
    date: Annotated[str | None, typer.Option("--date", metavar="D", help="When the reports were published; else their own date counts.")] = None,
    publisher: Annotated[str | None, typer.Option("--publisher", metavar="P", help="Who published them.")] = None,
    columns: Columns = None,
    all_: Annotated[bool, typer.Option("--all", help="Read reports without conflict and diplomacy too.")] = False,
    skip_copies: Annotated[bool, typer.Option("--skip-copies", help="Leave out reports of nearly the words of earlier ones.")] = False,
) -> None:
    """Read reports into a folder: readings and claims as Parquet, and what became of every input. Killed at any point, the same command goes on."""
    from sayso.bulk import bulk as run

    with ending() as unread, Shown() as shown:
        done = run(
            inputs, out, workers=workers, ray=ray, date=date, publisher=publisher, columns=columns, relevance=not all_, skip_copies=skip_copies,
            progress=shown.put,
        )  # fmt: skip
        shown.end()
        typer.echo(_told(done))
        if done.counts.failed:
            unread.append("")  # told in the manifest, each with its reason
            say(f"{done.counts.failed:,} inputs could not be read; why: {out}/manifest/*.jsonl")


class Shown:
    """How far a run is, on a terminal."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

        self._bar = Progress(
            SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("parts"), TimeElapsedColumn(),
            TimeRemainingColumn(), console=Console(stderr=True), disable=not sys.stderr.isatty(),
        )  # fmt: skip
        self._task = self._bar.add_task("reading", total=None)
        self._began: tuple[float, int] | None = None

    def __enter__(self) -> Shown:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def put(self, now: Progress) -> None:
        """Show it."""
        counts, moment = now.counts, time.monotonic()
        self._began = self._began or (moment, counts.read)  # what an earlier run read took no time in this one
        seconds, read = moment - self._began[0], counts.read - self._began[1]
        rate = f", {read / seconds:.1f} a second" if read and seconds > 1 else ""
        words = f"{counts.inputs:,} inputs, {counts.read:,} read{rate}, {counts.claims:,} claims"
        self._bar.update(self._task, completed=now.done, total=now.expected, description=words)

    def end(self) -> None:
        """Show no more."""
        self._bar.stop()


def _told(done: Manifest) -> str:
    counts = done.counts
    parts = [f"{counts.read:,} reports read", f"{counts.claims:,} claims"]
    for name in ("duplicate", "irrelevant", "other_language", "failed"):
        if number := getattr(counts, name):
            parts.append(f"{number:,} {name.replace('_', ' ')}")
    return ", ".join(parts)
