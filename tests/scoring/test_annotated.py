"""Annotated reports from a file, and the faults that they can have."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from sayso.errors import BadAnnotation
from sayso.scoring import dump, faults, load
from tests.scoring.annotations import ANNOTATED, annotated, party


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    file = tmp_path / "reports.jsonl"
    file.write_text(dump([annotated()]), "utf-8")

    assert load(file) == [annotated()]
    assert list(faults(load(file))) == []


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "holds no annotated report"),
        ("{", "line 1: not an annotated report"),
        ('{"id": "a", "text": "b", "claims": [{"kind": "rumour"}]}', "line 1: not an annotated report"),
    ],
)
def test_a_file_of_another_form_is_refused_with_its_line(content: str, message: str, tmp_path: Path) -> None:
    file = tmp_path / "reports.jsonl"
    file.write_text(content, "utf-8")

    with pytest.raises(BadAnnotation, match=message):
        load(file)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadAnnotation, match=r"gone\.jsonl: cannot be read"):
        load(tmp_path / "gone.jsonl")


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"evidence": "never said"}, "not in the text: 'never said'"),
        ({"evidence": ""}, "no evidence"),
        ({"modes": ["visit"]}, "ASSAULT has no mode 'visit'"),
        ({"when": "Friday"}, "when 'Friday' is neither a day nor an interval A/B"),
        ({"actors": [party("Kyrgyz border guards", "", "kg", "COP")]}, "country 'kg' of 'Kyrgyz border guards' is not a code of three capitals"),
        ({"sources": [party("it", "", "TJK", "COP", cue="said", manner="inherited")]}, "'it' is inherited and has a cue"),
    ],
)
def test_faults_are_named(change: dict[str, Any], fault: str) -> None:
    claims = [ANNOTATED["claims"][0] | change, *ANNOTATED["claims"][1:]]

    assert f"border-1[0]: {fault}" in list(faults([annotated({"claims": claims})]))


def test_a_count_needs_a_bound_and_an_order() -> None:
    for low, high, fault in ((None, None, "no count"), (5, 2, "count 5–2 runs backwards")):
        claims = [ANNOTATED["claims"][1] | {"low": low, "high": high}]
        assert list(faults([annotated({"claims": claims})])) == [f"border-1[0]: {fault}"]


def test_a_second_report_of_one_id_is_a_fault() -> None:
    assert "border-1: a second report of this id" in list(faults([annotated(), annotated()]))


def test_unknown_fields_are_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        annotated({"colour": "red"})
