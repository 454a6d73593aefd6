"""Why each claim was read so: every recorded step is told, and what was not found."""

from __future__ import annotations

import io

from readings_by_hand import clash, report
from rich.console import Console

from sayso.model import Reading
from sayso.view import explain


def explained(reading: Reading, width: int = 80) -> str:
    out = io.StringIO()
    explain(reading, Console(file=out, width=width))
    return out.getvalue()


def test_each_step_names_its_field_value_reason_words_and_offset() -> None:
    text = explained(clash())

    assert "   type        ASSAULT\n               acts-verbs.tsv:9 shell · “shelled” at" in text
    assert text.index("   type  ") < text.index("   actors  ") < text.index("   sources  ") < text.index("   confidence  ")
    assert "confidence  0.55\n               −0.10  a country was taken from the context" in text


def test_each_claim_is_numbered_and_shown_with_its_words_and_holder() -> None:
    reading = clash()
    text = explained(reading)

    assert all(f"\n{n}  " in text for n in range(1, len(reading.claims) + 1))
    assert all(f"claim {c.id}" in " ".join(text.split()) for c in reading.claims)


def test_what_the_text_does_not_tell_is_said() -> None:
    text = explained(clash())

    assert "sources     the report's own voice" in text
    assert "when        the text gives no date for it" in text


def test_a_dispute_gives_its_reason() -> None:
    text = " ".join(explained(clash()).split())

    assert "≠ in dispute with State Committee for National Security of Tajikistan over who attacked: each names as the one who acted" in text


def test_a_report_without_claims_has_nothing_to_explain() -> None:
    assert "Nothing to explain" in explained(Reading(report=report("Rain.\n\nIt rained."), claims=[]))
