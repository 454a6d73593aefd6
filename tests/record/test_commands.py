"""The commands that keep a record, as a user gives them: adding, asking, correcting, and what they say when something cannot be done."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sayso.cli import app
from sayso.record import Record
from tests.record.test_store import baku, mission, yerevan

EXAMPLES = Path(__file__).parents[2] / "examples" / "record"


def run(*words: str, given: str | None = None) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, list(words), input=given, prog_name="sayso", catch_exceptions=False)
    return done.exit_code, done.stdout, done.stderr


@pytest.fixture
def file(tmp_path: Path) -> str:
    """A record's file with two rival accounts and another village."""
    with Record(tmp_path / "border.db") as made:
        made.add([baku(), yerevan(), mission()])
    return str(tmp_path / "border.db")


def found(*words: str) -> list[dict[str, object]]:
    code, out, err = run(*words)
    assert code == 0, err
    return [json.loads(line) for line in out.splitlines()]


def test_reports_are_read_into_a_record_and_the_same_again_changes_nothing(tmp_path: Path) -> None:
    where = str(tmp_path / "new.db")
    files = [str(path) for path in sorted(EXAMPLES.glob("[126]*.txt"))]
    code, out, err = run("add", *files, "--record", where)
    assert (code, err) == (0, "")
    assert out.startswith("3 reports added, 1 near-copy of another, ")
    assert run("add", *files, "--record", where)[1] == "3 known already, 0 claims\n"
    assert any(row["accounts"] > 1 for row in found("incidents", "--record", where))  # type: ignore[operator]


def test_what_was_read_before_is_not_read_again(tmp_path: Path) -> None:
    lines = tmp_path / "read.jsonl"
    lines.write_bytes(b"\n".join(r.to_json() for r in (baku(), yerevan())) + b"\n")
    code, out, _ = run("add", str(lines), "--record", str(tmp_path / "new.db"))
    assert (code, out) == (0, "2 reports added, 4 claims\n")


def test_what_cannot_be_read_is_told_and_the_rest_is_added(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("Two soldiers were killed near Tovuz on July 12, 2020, the ministry said.")
    (tmp_path / "bad.jsonl").write_text('{"schema": "sayso/1", "report": {}}\n')
    code, out, err = run("add", str(tmp_path / "bad.jsonl"), str(tmp_path / "good.txt"), str(tmp_path / "none.txt"), "--record", str(tmp_path / "r.db"))
    assert code == 1
    assert out.startswith("1 report added")
    assert len(err.splitlines()) == 2


def test_incidents_are_listed_and_their_accounts_shown(file: str) -> None:
    rows = found("incidents", "--record", file, "--disputed")
    assert [row["place"] for row in rows] == ["Tovuz"]
    code, out, _ = run("incidents", "--record", file, "--format", "table")
    assert code == 0
    assert "who did it to" in out and "Agdam" in out
    code, out, _ = run("accounts", str(rows[0]["id"])[:9], "--record", file, "--format", "table")
    assert code == 0
    words = " ".join(out.split())
    assert "2 accounts in 2 independent texts" in words
    assert "in dispute: who did it to whom" in words
    assert "Ministry of Defence of Armenia" in words
    (given,) = found("accounts", str(rows[0]["id"]), "--record", file)
    assert len(given["accounts"]) == 2  # type: ignore[arg-type]


def test_a_table_for_spreadsheets_has_a_row_a_claim(file: str) -> None:
    (row,) = found("incidents", "--record", file, "--disputed")
    code, out, _ = run("accounts", str(row["id"]), "--record", file, "--format", "csv")
    assert (code, len(out.splitlines())) == (0, 1 + 4)
    code, out, _ = run("incidents", "--record", file, "--format", "csv")
    assert (code, len(out.splitlines())) == (0, 1 + 2)


def test_why_claims_are_one_incident_is_explained(file: str) -> None:
    (row,) = found("incidents", "--record", file, "--disputed")
    code, out, _ = run("explain", "incident", str(row["id"])[:10], "--record", file)
    assert code == 0
    assert "WHAT HOLDS IT TOGETHER" in out
    assert "same day" in " ".join(out.split())
    (told,) = found("explain", "incident", str(row["id"]), "--record", file, "--format", "jsonl")
    assert len(told["links"]) == 3  # type: ignore[arg-type]


def test_decisions_are_taken_and_kept_with_their_author(file: str) -> None:
    one, other = (str(row["id"]) for row in found("incidents", "--record", file))
    code, out, _ = run("merge", one, other, "--record", file, "--author", "Maria", "--note", "one night")
    assert code == 0
    (row,) = found("incidents", "--record", file)
    assert (out.strip(), row["pinned"]) == (row["id"], True)
    (told,) = found("explain", "incident", str(row["id"]), "--record", file, "--format", "jsonl")
    assert any("put together by Maria" in reason for line in told["decisions"] for reason in line["reasons"])  # type: ignore[attr-defined]
    assert run("unpin", str(row["id"]), "--record", file)[0] == 0
    assert len(found("incidents", "--record", file)) == 2


def test_how_much_is_disputed_is_told(file: str) -> None:
    code, out, _ = run("disputes", "--record", file, "--format", "table")
    assert (code, out.splitlines()[0]) == (0, "1 of 1 incidents with two accounts or more are disputed (100%)")
    (told,) = found("disputes", "--record", file)
    assert told["by_field"] == {"count": 1, "parties": 1}


def test_a_grade_is_kept(file: str) -> None:
    assert run("grade", "Ministry of Defence of Armenia", "--reliability", "c", "--record", file)[0] == 0


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["incidents", "--record", "none.db"], 1, "none.db: there is no record; make one with: sayso add FILE --record none.db"),
        (["accounts", "i00000000", "--record", "{file}"], 2, "no claim in the record begins with '00000000'"),
        (["explain", "incident", "x1", "--record", "{file}"], 2, "'x1' is no incident's id"),
        (["merge", "i00000000", "i11111111", "--record", "{file}"], 2, "no claim in the record begins with '00000000'"),
        (["withdraw", "nothing", "--record", "{file}"], 2, "no report in the record is called 'nothing'"),
        (["grade", "Nobody", "--reliability", "B", "--record", "{file}"], 2, "nobody in the record is called 'Nobody'"),
        (["incidents", "--dyad", "ARM", "--record", "{file}"], 2, "dyad 'ARM' is not two sides, such as ARM,AZE"),
        (["add", "{file}", "--record", "{file}"], 1, "border.db"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_line(file: str, words: list[str], code: int, says: str) -> None:
    ended, _, err = run(*(word.replace("{file}", file) for word in words))
    assert (ended, len(err.splitlines())) == (code, 1)
    assert says in err
