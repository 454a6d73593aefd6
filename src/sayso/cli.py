"""The commands: `sayso read`, `explain`, `score`, `score-incidents`, `lexicon check`, `find`, `add`, `import`, `places …`, `schema`.

In: the words of the command line. Out: results on standard output, messages on standard error, and an exit code: 0 all was done,
1 some input could not be read or the lexicon has faults, 2 wrong use. Each command calls functions of the rooms and decides nothing
itself; the network, trafilatura and Rich are loaded by the first command that needs them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from sayso import __version__, bulk_cli, desk_cli, keeping_cli, record_cli, reviewing_cli, users_cli, watch_cli
from sayso.ends import complain as _complain
from sayso.ends import console as _console
from sayso.ends import ending as _ending
from sayso.ends import lines as _lines
from sayso.ends import readings
from sayso.ends import say as _say
from sayso.errors import BadOption, SaysoError

if TYPE_CHECKING:

    from sayso.model import Reading
    from sayso.resolve.geonames import Loaded

EXAMPLE = "Example: sayso read dispatch.txt --date 2020-07-13"
EXIT_CODES = "Exit codes: 0 all was done; 1 some input could not be read (the rest was), or the lexicon has faults; 2 wrong use; 130 interrupted."

app = typer.Typer(
    add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None, epilog=EXIT_CODES,
    help="Reads reports of armed conflict and diplomacy and keeps, for everything they state, on whose say-so it stands.",
)  # fmt: skip
words = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="The word lists behind the reading, and your own beside them.")
app.add_typer(words, name="lexicon")
gazetteer = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Place names of your own countries of interest, beside those that ship.")
app.add_typer(gazetteer, name="places")
app.add_typer(keeping_cli.app)
app.add_typer(reviewing_cli.app)
app.add_typer(record_cli.app)
app.add_typer(bulk_cli.app)
app.add_typer(watch_cli.app)
app.add_typer(desk_cli.app)
app.add_typer(users_cli.app, name="users")


class Format(StrEnum):
    """How readings are written."""

    TEXT = "text"
    JSONL = "jsonl"
    CSV = "csv"


class ExplainFormat(StrEnum):
    """How explanations are written."""

    TEXT = "text"
    JSONL = "jsonl"


class ScoreFormat(StrEnum):
    """How figures are written."""

    TEXT = "text"
    JSON = "json"


class Dictionary(StrEnum):
    """What a dictionary of PETRARCH holds."""

    ACTORS = "actors"
    AGENTS = "agents"


Annotations = Annotated[Path, typer.Argument(metavar="GOLD", help="Annotated reports, one a line.", show_default=False)]
Predicted = Annotated[
    Path | None, typer.Argument(metavar="PREDICTED", help="What sayso read --format jsonl printed, or another coder's file.", show_default=False)
]
Sets = Annotated[Path, typer.Argument(metavar="GOLD", help="Annotated sets of reports, one a line.", show_default=False)]
Inputs = Annotated[list[str], typer.Argument(metavar="FILE|FOLDER|URL|-…", help="Texts, pages, tables, feeds, archives (docs/intake.md).", show_default=False)]
Date = Annotated[str | None, typer.Option("--date", metavar="D", help="When the reports were published, as 2020-07-13; else the text's own date counts.")]
Publisher = Annotated[str | None, typer.Option("--publisher", metavar="P", help="Who published them.")]
Columns = keeping_cli.Columns
Least = Annotated[float, typer.Option("--min-confidence", metavar="X", min=0.0, max=1.0, help="Leave out claims that are less certain, 0 to 1.")]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"sayso {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")] = False,
) -> None: ...


@app.command(short_help="The claims of reports, side by side.", epilog=f"{EXAMPLE}. {EXIT_CODES}")
def read(
    inputs: Inputs,
    date: Date = None,
    publisher: Publisher = None,
    columns: Columns = None,
    format_: Annotated[Format | None, typer.Option("--format", help="text on a terminal, else jsonl, unless told.", show_default=False)] = None,
    min_confidence: Least = 0.0,
) -> None:
    """Read reports: the claims of each, with who says so and the exact words."""
    with _ending() as unread:
        chosen = format_ or (Format.TEXT if sys.stdout.isatty() else Format.JSONL)
        _write(readings(inputs, date, publisher, min_confidence, unread, columns), chosen)


@app.command(
    short_help="Why each claim was read so, or grouped so.", epilog="Example: sayso explain dispatch.txt; sayso explain incident i1e8d82 --record border.db"
)
def explain(
    inputs: Annotated[
        list[str], typer.Argument(metavar="FILE|URL|-… | incident ID", help="As for read; or the word incident and an incident's id.", show_default=False)
    ],
    date: Date = None,
    publisher: Publisher = None,
    format_: Annotated[ExplainFormat, typer.Option("--format", help="text, or JSON lines with the explanations.")] = ExplainFormat.TEXT,
    min_confidence: Least = 0.0,
    record: Annotated[str, typer.Option("--record", metavar="PATH|URL", help="The record that holds the incident.")] = "sayso.db",
) -> None:
    """Explain why each claim was read as it was: the words, the rule or entry, and what lowered the confidence; or why claims are one incident."""
    with _ending() as unread:
        if len(inputs) == 2 and inputs[0] == "incident":
            keeping_cli.explain_incident(inputs[1], record, jsonl=format_ is ExplainFormat.JSONL)
            return
        from sayso import view

        found = readings(inputs, date, publisher, min_confidence, unread)
        if format_ is ExplainFormat.JSONL:
            _lines(_json(found, explanations=True))
        else:
            console = _console()
            for reading in found:
                view.explain(reading, console)


@app.command(short_help="How good is the reading? Figures and misses.", epilog=f"Example: sayso score corpus/train.jsonl --misses 20. {EXIT_CODES}")
def score(
    gold: Annotations,
    predicted: Predicted = None,
    misses: Annotated[int, typer.Option("--misses", metavar="N", min=0, help="Also print up to N misses: the sentence, what was expected, what came.")] = 0,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Also write figures and all misses as a page.", show_default=False)] = None,
    format_: Annotated[ScoreFormat, typer.Option("--format", help="text, or all figures as JSON.")] = ScoreFormat.TEXT,
    check: Annotated[bool, typer.Option("--check", help="Only look for faults in GOLD.")] = False,
) -> None:
    """Score readings against annotated reports; without PREDICTED the reports are read now."""
    with _ending() as unread:
        from sayso import scoring

        reports = scoring.load(gold)
        if check:
            for fault in scoring.faults(reports):
                typer.echo(fault)
                unread.append(fault)
            if not unread:
                typer.echo(f"{len(reports)} reports, {sum(len(r.stated) for r in reports)} claims, no faults", err=True)
            return
        result = scoring.score(reports, scoring.read_all(reports) if predicted is None else scoring.records(predicted))
        within = scoring.intervals(result.counts)
        if html is not None:
            _save(scoring.page(result, scoring.texts_of(reports), f"{gold.name}: how good is the reading?", within), html)
        if format_ is ScoreFormat.JSON:
            _lines([scoring.to_json(result, within)])
        else:
            scoring.show(result, _console(), within)
        if misses:
            scoring.show_misses(result, scoring.texts_of(reports), misses, _console(err=format_ is ScoreFormat.JSON))


@app.command(
    "score-incidents", short_help="How good is the grouping into incidents?", epilog=f"Example: sayso score-incidents corpus/incidents/dev.jsonl. {EXIT_CODES}"
)
def score_incidents(
    gold: Sets,
    predicted: Predicted = None,
    format_: Annotated[ScoreFormat, typer.Option("--format", help="text, or all figures as JSON.")] = ScoreFormat.TEXT,
    check: Annotated[bool, typer.Option("--check", help="Only look for faults in GOLD.")] = False,
) -> None:
    """Score incidents, relations and disputes against annotated sets: of the annotated claims, and of what the reader makes of the raw text."""
    with _ending() as unread:
        from sayso import scoring

        sets = scoring.load_sets(gold)
        if check:
            for fault in scoring.set_faults(sets):
                typer.echo(fault)
                unread.append(fault)
            if not unread:
                typer.echo(f"{len(sets)} sets, {sum(len(s.incidents) for s in sets)} incidents, no faults", err=True)
            return
        result = scoring.score_incidents(sets, scoring.read_sets(sets) if predicted is None else scoring.readings_of(predicted))
        if format_ is ScoreFormat.JSON:
            _lines([scoring.incidents_to_json(result)])
        else:
            scoring.show_incidents(result, _console())


@words.command(short_help="Find faults in the word lists, ours and yours.")
def check() -> None:
    """Check every file of the lexicon and of your own; print each fault as file:line: what, how to mend. Says which of yours are in use."""
    with _ending() as unread:
        from sayso.lexicon import faults, own, table_names

        names = table_names()
        for fault in (*(fault for table in names for fault in faults(table)), *own.strays(names)):
            typer.echo(fault)
            unread.append(fault)
        yours = own.in_use(names)
        for table, file in yours.items():
            _say(f"{own.shown(table)} is {file}")
        if not yours:
            _say(f"none of yours in {own.folder() or 'any folder: SAYSO_LEXICON sets one'}")
        if not unread:
            _say(f"{len(names) + len(yours)} files, no faults")


@words.command(
    short_help="Add an entry of your own.",
    epilog='Example: sayso lexicon add actors id=northern-dawn name="Northern Dawn Front" aliases="NDF|Northern Dawn" country=MLI sector=REB '
    f"kind=armed-group. {EXIT_CODES}",
)
def add(
    table: Annotated[str, typer.Argument(metavar="TABLE", help="Which list, as in: actors, acts-verbs.", show_default=False)],
    cells: Annotated[list[str], typer.Argument(metavar="COLUMN=VALUE…", help="What stands in its columns; the others stay empty.", show_default=False)],
    replace: Annotated[bool, typer.Option("--replace", help="Put it in the place of the entry that stands already.")] = False,
) -> None:
    """Add an entry to your own word lists, in the folder SAYSO_LEXICON or where the platform keeps your data; it is read beside ours."""
    with _ending():
        from sayso import lexicon
        from sayso.view import entry

        row = lexicon.add(table, lexicon.cells_of(cells), replace)
        typer.echo(entry(row))
        _say(f"written to {lexicon.own.path(table)}")


@words.command(short_help="Find entries by their words.")
def find(form: Annotated[list[str], typer.Argument(metavar="WORDS…", help="The words of an entry, as in: fire mortars.", show_default=False)]) -> None:
    """Find the entries that have these words, in whatever column."""
    with _ending() as unread:
        from sayso.lexicon import lexicon
        from sayso.view import entry

        rows = lexicon().find(" ".join(form))
        for row in rows:
            typer.echo(entry(row))
        if not rows:
            _complain(f"{' '.join(form)}: no entry has these words; look for a single word, in its basic form", unread)


@words.command("import", short_help="Take over dictionaries of PETRARCH.", epilog=f"Example: sayso lexicon import Phoenix.MilNonState.actors.txt. {EXIT_CODES}")
def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Dictionaries of actors or agents.", show_default=False)],
    kind: Annotated[Dictionary | None, typer.Option("--kind", help="What they hold; else their codes tell.", show_default=False)] = None,
) -> None:
    """Take over the entries of PETRARCH's dictionaries into your own word lists, but for names that are known already."""
    with _ending():
        from sayso.lexicon import own, petrarch

        accounts = petrarch.take(files, petrarch.Kind(kind) if kind else None)
        for account in accounts:
            for warning in account.warnings:
                _say(f"{account.file}:{warning}; left out")
            typer.echo(str(account))
        for table in dict.fromkeys(account.kind.value for account in accounts if account.rows):
            _say(f"written to {own.path(table)}")


Codes = Annotated[list[str], typer.Argument(metavar="CC…", help="ISO 3166 codes of two letters, as in: AM AZ.", show_default=False)]


@gazetteer.command(short_help="Fetch countries' places from GeoNames.", epilog=f"Example: sayso places download AM AZ. {EXIT_CODES}")
def download(
    codes: Annotated[list[str] | None, typer.Argument(metavar="CC…", help="ISO 3166 codes of two letters, as in: AM AZ.", show_default=False)] = None,
    whole: Annotated[bool, typer.Option("--all", help="The whole world instead: 1.6 GB unpacked.")] = False,
) -> None:
    """Fetch countries' files from GeoNames and load them: every village, hill, river, base, airport and camp that it has."""
    with _ending():
        from sayso.intake.fetch import save
        from sayso.resolve import geonames

        if whole == bool(codes):
            raise BadOption("give countries' codes, such as AM AZ, or --all for the whole world")

        def fetch(url: str, out: BinaryIO, limit: int) -> None:
            save(url, out, limit=limit, progress=lambda done, size: _progress(url, f"{done / 1e6:,.1f} of {size / 1e6:,.1f} MB"))

        typer.echo(geonames.CREDIT, err=True)
        for name, fresh in geonames.download(codes or [], fetch, progress=lambda lines: _progress("", f"{lines:,} lines")):
            _tell_loaded(name, fresh)


@gazetteer.command(short_help="Load GeoNames files that you have.", epilog=f"Example: sayso places load AM.zip AZ.zip. {EXIT_CODES}")
def load(
    paths: Annotated[list[Path], typer.Argument(metavar="FILE…", help="AM.zip, AM.txt or allCountries.zip of GeoNames' export dump.", show_default=False)],
) -> None:
    """Load files of GeoNames' export dump, in place of what is loaded of the same countries."""
    with _ending() as unread:
        from sayso.resolve import geonames

        for path in paths:
            try:
                _tell_loaded(path.name, geonames.load(path, progress=lambda lines: _progress("", f"{lines:,} lines")))
            except SaysoError as error:
                _complain(str(error), unread)


@gazetteer.command("list", short_help="Which countries are loaded.")
def list_() -> None:
    """List the countries that are loaded: code, places, names, and the day of the latest change at GeoNames; readings depend on them."""
    with _ending():
        from sayso.resolve import geonames

        file = geonames.stored()
        for held in geonames.loaded(file):
            typer.echo(f"{held.code}  {held.places:>9,} places  {held.names:>9,} names  {held.date}")
        typer.echo(f"{file}; {geonames.CREDIT}" if file else f"nothing is loaded in {geonames.folder()}; see sayso places download --help", err=True)


@gazetteer.command(short_help="Take countries out again.", epilog="Example: sayso places remove AZ")
def remove(codes: Codes) -> None:
    """Take countries out of what is loaded."""
    with _ending():
        from sayso.resolve import geonames

        geonames.remove(codes)


@app.command(short_help="JSON Schema of the output.")
def schema() -> None:
    """Print the JSON Schema of one line of output."""
    with _ending():
        import json

        from sayso.model import json_schema

        typer.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))


def main() -> None:
    """The entry point of the `sayso` command."""
    try:
        app(prog_name="sayso")
    except KeyboardInterrupt:
        sys.exit(130)


# the two ends


def _write(readings: Iterator[Reading], chosen: Format) -> None:
    if chosen is Format.JSONL:
        _lines(_json(readings))
        return
    from sayso import view

    if chosen is Format.CSV:
        _lines(_table(readings))
        return
    console = _console()
    for reading in readings:
        view.show(reading, console)


def _tell_loaded(name: str, fresh: list[Loaded]) -> None:
    from sayso.view import clean

    if not fresh:
        told = "loaded already, nothing changed"
    else:
        which = fresh[0].code if len(fresh) == 1 else f"{len(fresh)} countries"
        told = f"{which}, {sum(f.places for f in fresh):,} places under {sum(f.names for f in fresh):,} names, as of {max(f.date for f in fresh)}"
    typer.echo(f"{_ERASE if sys.stderr.isatty() else ''}{clean(name)}: {told}", err=True)


def _progress(url: str, told: str) -> None:
    """A line that the next one writes over, on a terminal only."""
    if sys.stderr.isatty():
        sys.stderr.write(f"{_ERASE}{url} {told}".rstrip() + "\r")
        sys.stderr.flush()


_ERASE = "\x1b[K"


def _json(readings: Iterable[Reading], explanations: bool = False) -> Iterator[bytes]:
    from sayso.view import escaped

    for reading in readings:
        line = reading.to_json(explanations)
        yield (escaped(line) if sys.stdout.isatty() else line) + b"\n"


def _table(readings: Iterable[Reading]) -> Iterator[bytes]:
    from sayso import view

    yield view.header().encode()
    for reading in readings:
        yield from (row.encode() for row in view.rows(reading))


def _save(text: str, path: Path) -> None:
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise BadOption(f"{path}: cannot be written: {error.strerror}; choose another file") from None
