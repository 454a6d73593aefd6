"""Denials that name no act: what is denied is the act told just before, negated, on the say-so of whoever denies."""

from __future__ import annotations

import pytest

from sayso.intake import report_from_text
from sayso.model import Event
from sayso.reading import Reader

CHARGE = "Uganda said that Rwandan troops had crossed the border."
DENIED = [
    (f"{CHARGE} Rwanda denied it.", "MOBILIZE", "RWA"),
    (f"{CHARGE} Kigali has denied the allegation.", "MOBILIZE", "RWA"),
    (f"{CHARGE} A Rwandan army spokesman dismissed the report as false.", "MOBILIZE", "RWA"),
    ("Chad accuses Sudan of arming the rebels. Khartoum rejects the charge.", "AID", "SDN"),
    ("Chad accused Sudan of arming the rebels, charges denied by Khartoum.", "AID", "SDN"),
    ("Residents of Lashio said that soldiers had shot three farmers. The Myanmar army denied it.", "ASSAULT", "MMR"),
]
NOT_DENIED = [
    f"{CHARGE} Rwanda did not deny it.",
    f"{CHARGE} Rwanda denied the envoy a visa.",
    f"{CHARGE} Rwanda rejected the offer.",
    f"{CHARGE} Rwanda repeated the report.",
    "Rwanda denied it.",
]


@pytest.mark.parametrize(("text", "act", "denier"), DENIED, ids=[t for t, _, _ in DENIED])
def test_what_is_denied_without_being_told_again(reader: Reader, text: str, act: str, denier: str) -> None:
    found = [c for c in reader.read(report_from_text(text, published="2024-06-03")).claims if isinstance(c, Event) and c.status == "negated"]

    assert [(c.type, c.sources[0].entity.country) for c in found] == [(act, denier)]


@pytest.mark.parametrize("text", NOT_DENIED)
def test_no_act_is_denied(reader: Reader, text: str) -> None:
    reading = reader.read(report_from_text(text, published="2024-06-03"))

    assert not [c for c in reading.claims if isinstance(c, Event) and c.status == "negated"]


def test_a_denial_tells_its_reason(reader: Reader) -> None:
    reading = reader.read(report_from_text(f"{CHARGE} Rwanda denied it.", published="2024-06-03"))
    denial = next(c for c in reading.claims if isinstance(c, Event) and c.status == "negated")

    assert any(step.field == "status" and "what is denied" in step.because for step in reading.explanations[denial.id])
