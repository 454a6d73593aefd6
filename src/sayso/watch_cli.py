"""The command `sayso watch`: feeds followed into a record, alerts told.

In: the words of the command line. Out: alerts on standard output, messages and how it stands on standard error. It calls `sayso.watch.watch` and decides
nothing itself.
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.ends import ending, lines, say
from sayso.errors import BadOption
from sayso.keeping_cli import Author, RecordOption, logged_in

if TYPE_CHECKING:
    from sayso.watch import Plan, Rule, Status
    from sayso.watch.keeping import Alert

app = typer.Typer(rich_markup_mode=None)
_ERASE = "\x1b[K"


@app.command(
    short_help="Follow feeds into a record.",
    epilog="Example: sayso watch https://example.org/rss --record border.db --alert dispute --alert losses:10. A plan in a file: docs/watch.md.",
)
def watch(
    feeds: Annotated[list[str] | None, typer.Argument(metavar="FEED…", help="Addresses of RSS or Atom feeds, or of sitemaps.", show_default=False)] = None,
    plan: Annotated[Path | None, typer.Option("--plan", metavar="FILE", help="Feeds, alerts and where they go, in TOML.", show_default=False)] = None,
    record: RecordOption = "sayso.db",
    every: Annotated[float | None, typer.Option("--every", metavar="MIN", help="Minutes between two looks at a FEED; else 15.", show_default=False)] = None,
    alert: Annotated[
        list[str] | None, typer.Option("--alert", metavar="KIND", help="dispute, losses:N (above N killed), breach, talks; again for more.", show_default=False)
    ] = None,
    to_file: Annotated[Path | None, typer.Option("--to-file", metavar="FILE", help="Add alerts to a file, a line of JSON each.", show_default=False)] = None,
    webhook: Annotated[list[str] | None, typer.Option("--webhook", metavar="URL", help="Post each alert as JSON.", show_default=False)] = None,
    once: Annotated[bool, typer.Option("--once", help="Look at each feed once, and end: for a schedule of your own.")] = False,
    state: Annotated[
        Path | None, typer.Option("--state", metavar="FILE", help="What was taken in; else beside the record, with .watch at its end.", show_default=False)
    ] = None,
    author: Author = None,
) -> None:
    """Follow feeds into a record, which is made where there is none, until it is stopped; the same command goes on. Tells what you want to be told."""
    with ending() as unread:
        from sayso.record import Record
        from sayso.watch import watch as follow
        from sayso.watch.keeping import Keeping

        asked = _plan(feeds or [], plan, every, alert or [], to_file, webhook or [])
        with _stopped() as stop, Record(record, author=author or logged_in()) as held:
            keeping = Keeping(state or _beside(record))
            shown = _Shown()
            try:
                end = follow(asked, held, keeping, once=once, stop=stop, say=shown.say, told=shown.alert, show=shown.put)
            finally:
                keeping.close()
            shown.say(_told(end._replace(next=0.0)))
            if once and end.failing:
                unread.append("")  # told above, each with its reason


def _plan(feeds: list[str], file: Path | None, every: float | None, alerts: list[str], to_file: Path | None, webhooks: list[str]) -> Plan:
    from sayso.watch import Followed, load_plan
    from sayso.watch.plan import EVERY, checked_plan

    if file is None:
        tell = {"file": to_file, "webhooks": webhooks}
        followed = [Followed(url=url, every=EVERY if every is None else every) for url in dict.fromkeys(feeds)]
        return checked_plan(followed, [_rule(words) for words in alerts], tell, name="sayso watch")
    if alerts or to_file or webhooks or every is not None:
        raise BadOption("with --plan alerts, outlets and intervals stand in the file; leave the other options out")
    return load_plan(file, feeds)


def _rule(words: str) -> Rule:
    from sayso.watch import Rule
    from sayso.watch.plan import KINDS

    kind, _, number = words.partition(":")
    if kind not in KINDS or (number and (kind != "losses" or not number.isdigit())):
        raise BadOption(f"an alert is dispute, losses:N, breach or talks, not {words[:40]!r}")
    return Rule(when=KINDS[KINDS.index(kind)], above=int(number or 0))


def _beside(record: str) -> Path:
    """The follower's file of a record; of one in a database of its own in the folder where we are."""
    return Path("sayso.watch") if "://" in record else Path(f"{record}.watch")


@contextmanager
def _stopped() -> Iterator[threading.Event]:
    """Set when the user or the system asks to stop."""
    stop = threading.Event()

    def ask(*_: object) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, held in before.items():
            signal.signal(number, held)


class _Shown:
    """Alerts on standard output, all else on standard error; how it stands in a line that the next one writes over, on a terminal only."""

    def __init__(self) -> None:
        self._live = sys.stderr.isatty()

    def say(self, message: str) -> None:
        self._clear()
        say(message)

    def alert(self, alert: Alert) -> None:
        from sayso.watch.telling import body
        from sayso.watch.telling import lines as told

        self._clear()
        if sys.stdout.isatty():
            typer.echo("\n".join(told(alert)) + "\n")
        else:
            lines([body(alert) + b"\n"])

    def put(self, status: Status) -> None:
        if self._live:
            sys.stderr.write(f"{_ERASE}{_told(status)}\r")
            sys.stderr.flush()

    def _clear(self) -> None:
        if self._live:
            sys.stderr.write(_ERASE)


def _told(status: Status) -> str:
    """How it stands, in a line."""
    failing = f" ({status.failing} failing)" if status.failing else ""
    parts = [f"{status.feeds} feed{'s' if status.feeds != 1 else ''}{failing}", f"{status.read} read, {status.claims:,} claims"]
    for number, words in ((status.waiting, "waiting"), (status.passed, "passed over"), (status.failed, "failed")):
        if number:
            parts.append(f"{number} {words}")
    parts.append(f"{status.alerts} alert{'s' if status.alerts != 1 else ''}" + (f" ({status.untold} to be told yet)" if status.untold else ""))
    return "; ".join(parts) + (f"; next look in {status.next:.0f} s" if status.next else "")
