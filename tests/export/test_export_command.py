"""The command `sayso export`: what it writes, what it says, how it ends."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from sayso.cli import app
from sayso.export import FORMATS
from sayso.export.tables import TABLES
from sayso.keeping_cli import Table
from sayso.record import Record
from tests.export.filling import readings


@pytest.fixture
def file(tmp_path: Path) -> str:
    """A record's file with the reports in it."""
    path = tmp_path / "sayso.db"
    with Record(path) as made:
        made.add(readings())
    return str(path)


def _run(*words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["export", *words])
    return done.exit_code, done.stdout, done.stderr


def test_it_names_what_it_wrote(file: str, tmp_path: Path) -> None:
    """A file a line, on standard output."""
    code, out, err = _run("--to", "csv", "--out", str(tmp_path / "c.csv"), "--record", file, "--wide", "--since", "2020-07-14", "--until", "2020-07-15")
    assert (code, err) == (0, "")
    assert out.split() == [str(tmp_path / "c.csv"), str(tmp_path / "c.codebook.csv")]
    assert len(pd.read_csv(tmp_path / "c.csv")) == 4


@pytest.mark.parametrize(("words", "code", "told"), [
    (["--since", "Monday"], 2, "since 'Monday' is no day, such as 2020-07-13"),
    (["--since", "2020-07-15", "--until", "2020-07-14"], 2, "since 2020-07-15 is after until 2020-07-14"),
    (["--out", "/no/such/folder/x.csv"], 2, "there is no folder"),
    (["--record", "/no/such.db"], 1, "there is no record"),
    (["--since-version", "99", "--to", "changes"], 2, "it is at version 5"),
])  # fmt: skip
def test_what_cannot_be_is_told_in_one_line(file: str, tmp_path: Path, words: list[str], code: int, told: str) -> None:
    """With the code for wrong use, or for what could not be done."""
    ended, out, err = _run("--to", "csv", "--out", str(tmp_path / "x.csv"), "--record", file, *words)
    assert (ended, out) == (code, "")
    assert told in err
    assert len(err.splitlines()) == 1


def test_tables_are_those_that_there_are() -> None:
    """The long form of claims has no name of its own."""
    assert {table.value for table in Table} == TABLES.keys() - {"claims_long"}


def test_help_names_every_format() -> None:
    """And what each is for."""
    code, out, _ = _run("--help")
    assert code == 0
    assert all(name in out for name in FORMATS)


@pytest.mark.parametrize("to", FORMATS)
def test_each_format_by_its_command(file: str, tmp_path: Path, to: str) -> None:
    """All go by the same options."""
    code, out, err = _run("--to", to, "--out", str(tmp_path / f"x{FORMATS[to].suffix}"), "--record", file)
    assert (code, err) == (0, "")
    assert all(Path(line).exists() for line in out.splitlines())
