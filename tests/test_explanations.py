"""Every field of every claim has its reason: an entry, a rule or the words it was read from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.intake import report_from_text
from sayso.model import Claim, Role
from sayso.reading import Reader

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*.txt"))
WORDS = {"id", "evidence", "trigger", "notes", "confidence"}
"""Fields that are the words themselves, or that have no reason but others' (the confidence sums up)."""


def _unexplained(claim: Claim, told: set[str]) -> Iterator[str]:
    for field in claim.__struct_fields__:
        value = getattr(claim, field)
        plain = isinstance(claim, Role) and field in {"status", "sources"}  # an office stands by its words; nobody says it
        if value and field not in WORDS and field not in told and not plain:
            yield field


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_every_field_that_a_claim_has_is_explained(file: Path, reader: Reader) -> None:
    reading = reader.read(report_from_text(file.read_text("utf-8"), published="2024-06-03"))

    lacking = {(c.evidence.text, f) for c in reading.claims for f in _unexplained(c, {s.field for s in reading.explanations[c.id]})}
    assert lacking == set()


def test_every_reason_says_something(reader: Reader) -> None:
    for file in EXAMPLES:
        reading = reader.read(report_from_text(file.read_text("utf-8"), published="2024-06-03"))

        assert [s for steps in reading.explanations.values() for s in steps if not s.because.strip()] == []
