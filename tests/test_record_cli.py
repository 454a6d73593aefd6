"""The commands that ask a record: formats, options, what is refused, what hostile words do."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from sayso.cli import app
from sayso.model import Entity, Sector
from sayso.record import Record
from sayso.record import registers as r
from sayso.view.registers import TABLES, columns
from tests.making import ARMENIA, AZERBAIJAN, BAKU, TOVUZ, YEREVAN, casualty, event, reading, report, role, said_by

COMMANDS = ("casualties", "talks", "appeals", "violations", "roles", "timeline", "actors", "sources")
EVIL = "=cmd|'/c calc'!A1 \x1b[31mred\x1b[0m \u202etfosorciM"


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words), prog_name="sayso")


def rows(*words: str) -> list[Any]:
    done = run(*words, "--format", "jsonl")
    assert done.exit_code == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture
def empty(tmp_path: Path) -> str:
    Record(tmp_path / "empty.db").close()
    return str(tmp_path / "empty.db")


@pytest.fixture
def filled(tmp_path: Path) -> str:
    """An attack near Tovuz as both ministries tell of it, a call, an appeal, an office; one holder has a hostile name."""
    text = "Units attacked posts near Tovuz. Four soldiers were killed. The ministers spoke. Russia urged them to meet. Minister Aram Petrosyan spoke."
    of = report(text, publisher="Northern Wire")
    aram = Entity(text="Aram Petrosyan", name="Aram Petrosyan", country="ARM", sector=Sector.GOV)
    hostile = Entity(text="", name=EVIL, country="AZE", sector=Sector.MIL)
    where = {"when": "2020-07-12", "where": TOVUZ}
    with Record(tmp_path / "sayso.db") as record:
        record.add([
            reading(
                of, event("Units attacked posts", by=[ARMENIA], to=[AZERBAIJAN], sources=said_by(BAKU), **where),
                casualty("Four soldiers were killed", low=4, high=4, sources=said_by(BAKU), **where),
                event("The ministers spoke", "CONSULT", by=[ARMENIA, AZERBAIJAN], modes=["phone"], when="2020-07-13"),
                event("Russia urged them to meet", "REQUEST", to=[ARMENIA, AZERBAIJAN], modes=["meet"], when="2020-07-13"),
                role("Minister Aram Petrosyan", aram, "Minister", ARMENIA),
            ),
            reading(
                report("Units attacked the Armenian posts. A dozen fell, another said.", publisher="Ararat Wire"),
                event("Units attacked the Armenian posts", by=[AZERBAIJAN], to=[ARMENIA], sources=said_by(YEREVAN), **where),
                casualty("A dozen fell", low=12, high=12, sources=said_by(hostile), **where),
            ),
        ])  # fmt: skip
    return str(tmp_path / "sayso.db")


@pytest.mark.parametrize("command", COMMANDS)
def test_an_empty_record_is_no_error(command: str, empty: str) -> None:
    table, lines, sheet = (run(command, "--record", empty, "--format", f) for f in ("table", "jsonl", "csv"))
    assert [d.exit_code for d in (table, lines, sheet)] == [0, 0, 0]
    assert (table.stdout, table.stderr.strip(), lines.stdout) == ("", "nothing in the record meets this", "")
    assert len(sheet.stdout.splitlines()) == 1


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_gives_the_same_rows_in_each_format(command: str, filled: str) -> None:
    told = rows(command, "--record", filled)
    sheet = list(csv.DictReader(io.StringIO(run(command, "--record", filled, "--format", "csv").stdout)))
    table = run(command, "--record", filled, "--format", "table")
    assert told
    assert len(sheet) == sum(len(row["steps"]) if command == "appeals" else 1 for row in told)
    assert (table.exit_code, len(table.stdout.splitlines()) > 1) == (0, True)


@pytest.mark.parametrize("command", COMMANDS)
def test_what_is_piped_is_json_and_has_one_example_in_its_help(command: str, filled: str) -> None:
    assert json.loads(run(command, "--record", filled).stdout.splitlines()[0])
    assert re.findall(r"Example: sayso (\w+) ", " ".join(run(command, "--help").stdout.split())) == [command]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (("casualties", "--total"), "rule"), (("talks", "--by", "dyad"), "kind"), (("casualties", "--total", "--rule", "all"), "stance"),
        (("actors", "--of", "sides"), "tellers"),
    ],
)  # fmt: skip
def test_other_views_of_a_register(words: tuple[str, ...], kind: str, filled: str) -> None:
    assert all(kind in row for row in rows(*words, "--record", filled))
    assert run(*words, "--record", filled, "--format", "table").exit_code == 0


@pytest.mark.parametrize("words", [("timeline", "--claims"), ("violations", "--by", "week"), ("casualties", "--total", "--rule", "two-sources")])
def test_options_of_single_registers(words: tuple[str, ...], filled: str) -> None:
    assert rows(*words, "--record", filled)


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ((), 2), (("--dyad", "ARM, AZE"), 2), (("--dyad", "ARM,GEO"), 0), (("--actor", "AZE"), 2), (("--actor", "Armed Forces of Azerbaijan"), 2),
        (("--actor", "GEO"), 0), (("--holder", "Ministry of Defence of Azerbaijan"), 1), (("--holder", "AZE"), 2), (("--holder", "Nobody"), 0),
        (("--place", "tovuz"), 2), (("--country", "aze"), 2), (("--country", "ARM"), 0), (("--box", "45,40,46,41"), 2), (("--box", "10,40,11,41"), 0),
        (("--near", "40.99,45.63,10"), 2), (("--near", "0,0,10"), 0), (("--since", "2020-07-13"), 0), (("--until", "2020-07-12"), 2),
        (("--type", "KILLED"), 2), (("--type", "wounded"), 0), (("--status", "negated"), 0), (("--background",), 0), (("--news",), 2),
        (("--min-confidence", "0.9"), 0), (("--limit", "1"), 1),
    ],
)  # fmt: skip
def test_what_is_asked_for(words: tuple[str, ...], count: int, filled: str) -> None:
    assert len(rows("casualties", "--record", filled, *words)) == count


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--dyad", "ARM"), "two sides"), (("--dyad", "ARM,ARM"), "two sides"), (("--box", "1,2,3"), "WEST"), (("--box", "1,2,3,x"), "WEST"),
        (("--box", "1,9,3,2"), "WEST"), (("--near", "99,0,1"), "LATITUDE"), (("--since", "yesterday"), "2020-07-13"), (("--until", "2020-02-30"), "no day"),
        (("--since", "2021-01-01", "--until", "2020-01-01"), "after"), (("--type", "ATTACK"), "ASSAULT"), (("--status", "true"), "occurred"),
        (("--country", "Armenia"), "ISO 3166"), (("--country", "IGO"), "ISO 3166"), (("--conflict", "karabakh"), "conflicts.toml"),
    ],
)  # fmt: skip
def test_an_option_that_cannot_be_used_is_told_in_one_line(words: tuple[str, ...], said: str, filled: str) -> None:
    done = run("casualties", "--record", filled, *words)
    assert (done.exit_code, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert said in done.stderr


def test_a_record_that_is_not_there_is_told_in_one_line_and_not_made(tmp_path: Path) -> None:
    done = run("timeline", "--record", str(tmp_path / "none.db"))
    assert (done.exit_code, len(done.stderr.splitlines())) == (1, 1)
    assert not (tmp_path / "none.db").exists()


def test_a_conflict_is_defined_beside_the_record_or_in_a_file_of_its_own(filled: str, tmp_path: Path) -> None:
    file = tmp_path / "conflicts.toml"
    file.write_text('[conflict.border]\ndyads = [["ARM", "AZE"]]\n\n[conflict.other]\ndyads = [["GEO", "RUS"]]\n', "utf-8")
    assert len(rows("casualties", "--record", filled, "--conflict", "border")) == 2
    assert rows("casualties", "--record", filled, "--conflict", "other") == []
    other = file.rename(tmp_path / "mine.toml")
    assert len(rows("casualties", "--record", filled, "--conflict", "border", "--conflicts", str(other))) == 2
    done = run("casualties", "--record", filled, "--conflict", "none", "--conflicts", str(other))
    assert (done.exit_code, "border, other" in done.stderr) == (2, True)


def test_hostile_words_are_cleaned_on_a_terminal_and_no_formula_in_a_sheet(filled: str) -> None:
    table = run("casualties", "--record", filled, "--format", "table").stdout
    sheet = run("casualties", "--record", filled, "--format", "csv").stdout
    assert not {"\x1b", "\u202e"} & set(table)
    assert not {"\x1b", "\u202e"} & set(sheet)
    cells = [cell for row in csv.reader(io.StringIO(sheet)) for cell in row]
    assert not [cell for cell in cells if cell[:1] in "=+@" and cell]
    assert any(cell.startswith("'=cmd") for cell in cells)


def test_a_table_says_that_there_is_more(filled: str) -> None:
    done = run("casualties", "--record", filled, "--format", "table", "--limit", "1")
    assert "the first 1" in done.stderr


@pytest.mark.parametrize("kind", [getattr(r, name) for name in r.__all__ if name[0].isupper() and name not in {"Rule", "Step"}])
def test_every_kind_of_row_has_a_table_and_columns(kind: type) -> None:
    assert TABLES[kind]
    assert len(columns(kind)) == len(set(columns(kind)))


def test_the_docs_have_every_command_and_column() -> None:
    page = (Path(__file__).parent.parent / "docs/registers.md").read_text("utf-8")
    missing = [f"sayso {command}" for command in COMMANDS if f"sayso {command}" not in page]
    missing += [f"{kind.__name__}.{name}" for kind in TABLES for name in columns(kind) if f"`{name}`" not in page and f"`{name.partition('_')[2]}`" not in page]
    assert missing == []
