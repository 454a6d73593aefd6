"""The commands of reviewers, as a user gives them."""

from __future__ import annotations

import pytest

from tests.record.test_commands import file, found, run
from tests.record.test_reviews import ATTACKED, KILLED

__all__ = ["file"]


def test_claims_are_reviewed_confirmed_and_put_back(file: str) -> None:
    assert run("accept", ATTACKED, "--record", file, "--author", "Anna", "--note", "seen") == (0, "1 claim accepted\n", "")
    assert run("reject", ATTACKED[:8], KILLED, "--record", file, "--author", "Anna") == (0, "2 claims rejected\n", "")
    assert run("reopen", KILLED, "--record", file) == (0, "1 claim put back to proposed\n", "")
    assert run("accept", KILLED, "--record", file, "--author", "Anna")[0] == 0
    assert run("check", KILLED, "--record", file, "--author", "Bo") == (0, "1 claim confirmed\n", "")
    (rejected,) = found("discarded", "--record", file)
    assert (rejected["by"], rejected["claim"]["id"]) == ("Anna", ATTACKED)  # type: ignore[index]
    code, out, _ = run("discarded", "--record", file, "--format", "table")
    assert (code, "Armenian units" in out, "Anna" in out) == (0, True, True)
    assert run("discarded", "--record", file, "--format", "table", "--type", "wounded")[1] == "nothing meets this\n"


def test_what_was_done_is_undone_and_done_again(file: str) -> None:
    run("reject", KILLED, "--record", file, "--author", "Anna")
    assert run("undo", "--record", file, "--author", "Anna") == (0, "undone: reject · Four soldiers were killed\n", "")
    assert found("discarded", "--record", file) == []
    assert run("redo", "--record", file, "--author", "Anna") == (0, "done again: reject · Four soldiers were killed\n", "")
    assert len(found("discarded", "--record", file)) == 1


def test_the_log_tells_of_it_all(file: str) -> None:
    run("reject", KILLED, "--record", file, "--author", "Anna", "--note", "another war")
    run("undo", "--record", file, "--author", "Anna")
    assert [(row["author"], row["action"]) for row in found("log", KILLED[:8], "--record", file)] == [("Anna", "undo"), ("Anna", "reject")]
    assert [row["note"] for row in found("log", "--record", file, "--author", "Anna", "--action", "reject")] == ["another war"]
    assert found("log", "--record", file, "--since", "2999-01-01") == []
    code, out, err = run("log", "--record", file, "--format", "table", "--limit", "2")
    assert (code, err) == (0, "the first 2; for more: --limit N, or --format csv\n")
    assert "in 5" in out and "another" in out
    code, out, _ = run("log", "--record", file, "--format", "csv")
    assert (code, len(out.splitlines())) == (0, 1 + 5)


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["undo", "--author", "Nobody"], 2, "Nobody has done nothing in this record that could be undone"),
        (["redo", "--author", "Nobody"], 2, "Nobody has undone nothing in this record that could be done again"),
        (["accept", "ffffffff"], 2, "no claim in the record begins with 'ffffffff'"),
        (["check", KILLED], 2, "is proposed: what is accepted or corrected is confirmed"),
        (["reopen", KILLED], 2, "is proposed already"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_line(file: str, words: list[str], code: int, says: str) -> None:
    ended, _, err = run(*words, "--record", file)
    assert (ended, len(err.splitlines())) == (code, 1)
    assert says in err
