"""What is new, changed and deleted since a version."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from msgspec.structs import replace

from sayso.errors import BadOption
from sayso.model import Count
from sayso.record import Record
from sayso.record.filters import Filter
from tests.export.filling import readings
from tests.making import ARMENIA, RUSSIA, event, reading, report

Written = Callable[..., Path]


def _lines(path: Path) -> tuple[dict[str, Any], dict[str, str]]:
    head, *rows = [json.loads(line) for line in path.read_text().splitlines()]
    return head, {row["id"]: row["change"] for row in rows}


def test_each_change_is_told_once(filled: Record, written: Written) -> None:
    """A new report, a correction, a rejection, a withdrawal, and an incident that goes with its claims."""
    head, told = _lines(written("changes", "x.jsonl"))
    assert (head["since"], set(told.values())) == (0, {"new"})
    version = head["until"]
    attack, toll, other, _ = readings()[0].claims
    boat = readings()[4].claims[0]
    filled.correct(replace(toll, count=Count(low=5, high=5)))
    filled.reject(other.id)
    filled.withdraw("fiji-1")
    fresh = report("Another day, Armenia shelled.", published="2020-08-01")
    filled.add([reading(fresh, event("Armenia shelled", by=[ARMENIA]))])
    head, told = _lines(written("changes", "y.jsonl", since_version=version))
    assert head["since"] == version
    assert told[toll.id] == "changed"
    assert told[other.id] == "deleted"
    assert (told[boat.id], told[f"i{boat.id}"]) == ("deleted", "deleted")
    assert "new" in told.values()
    assert attack.id not in told
    _, told = _lines(written("changes", "z.jsonl", since_version=head["until"]))
    assert told == {}


def test_what_came_and_went_is_not_told(filled: Record, written: Written) -> None:
    """Who has the older version never saw it."""
    version = _lines(written("changes", "x.jsonl"))[0]["until"]
    filled.add([reading(report("Soon taken back.", id="gone-1", published="2021-01-01"), event("Soon taken back", by=[RUSSIA]))])
    filled.withdraw("gone-1")
    assert _lines(written("changes", "y.jsonl", since_version=version))[1] == {}


def test_a_claim_is_whole_and_a_deleted_one_is_not(filled: Record, written: Written) -> None:
    """What stands can be taken over from the lines alone."""
    filled.reject(readings()[4].claims[0].id)
    rows = [json.loads(line) for line in written("changes", "x.jsonl", since_version=5).read_text().splitlines()[1:]]
    (deleted,) = [row for row in rows if row["what"] == "claim"]
    assert (deleted["change"], deleted["action"], deleted["author"], "claim" in deleted) == ("deleted", "reject", "tester", False)
    rows = [json.loads(line) for line in written("changes", "y.jsonl").read_text().splitlines()[1:]]
    assert all(row["claim"]["evidence"] for row in rows if row["what"] == "claim")


def test_csv_has_the_same_rows(written: Written) -> None:
    """For who keeps a table up to date."""
    table = pd.read_csv(written("changes", "x.csv"))
    _, told = _lines(written("changes", "x.jsonl"))
    assert dict(zip(table.id, table.change, strict=True)) == told


def test_a_filter_holds_for_changes_too(written: Written) -> None:
    """Only claims that meet it."""
    rows = [json.loads(line) for line in written("changes", "x.jsonl", asked=Filter(kind="casualty")).read_text().splitlines()[1:]]
    assert {row["kind"] for row in rows if row["what"] == "claim"} == {"casualty"}


@pytest.mark.parametrize("version", [-1, 99])
def test_a_version_that_is_none_is_told(written: Written, version: int) -> None:
    """With the one that the record is at."""
    with pytest.raises(BadOption, match="it is at version 5"):
        written("changes", "x.jsonl", since_version=version)
