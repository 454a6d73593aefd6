"""Annotated sets are loaded, and their faults found."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from sayso.errors import BadAnnotation
from sayso.scoring import load_sets, set_faults
from tests.scoring.sets import SET, a_set


def test_a_sound_set_has_no_faults_and_comes_back_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "sets.jsonl"
    path.write_bytes(msgspec.json.encode(SET) + b"\n")

    assert load_sets(path) == [a_set()]
    assert list(set_faults([a_set()])) == []


def relations(**more: Any) -> list[dict[str, Any]]:
    return [*SET["relations"], more]


FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"incidents": SET["incidents"][:1]}, "claim a#3 stands in no incident"),
    ({"incidents": [*SET["incidents"], {"id": "i3", "about": "", "claims": ["a#3"]}]}, "claim a#3 stands in i2 and in i3"),
    ({"incidents": [*SET["incidents"], {"id": "i3", "about": "", "claims": ["a#9"]}]}, "incident i3: no claim a#9"),
    ({"relations": relations(first="a#0", second="a#3", relation="same")}, "relation a#0 same a#3: they stand in two incidents"),
    ({"relations": relations(first="a#0", second="a#1", relation="narrows")}, "relation a#0 narrows a#1: on which fields?"),
    ({"relations": relations(first="a#2", second="a#0", relation="same")}, "relation a#2 same a#0: the pair has another relation too"),
    ({"disputed": []}, "follows from the relations and is not listed"),
]


@pytest.mark.parametrize(("fields", "fault"), FAULTS)
def test_faults_are_found(fields: dict[str, Any], fault: str) -> None:
    assert any(fault in found for found in set_faults([a_set(**fields)]))


@pytest.mark.parametrize(("content", "message"), [("", "holds no annotated set"), ("{}\n", "line 1: not an annotated set of reports")])
def test_a_file_that_holds_no_sets_is_refused(content: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "sets.jsonl"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(BadAnnotation, match=message):
        load_sets(path)
