"""A text and what claims point at in it: the stretches are the text, and each is marked with all that stands on it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sayso.desk.marking import evidence_of, parts_of, shown, stretches
from tests.desk.desks import Desk
from tests.making import casualty, event, reading, report


def test_the_stretches_of_every_report_are_its_text(desk: Desk) -> None:
    for held in desk.record.readings():
        for claim in [None, *held.claims]:
            found = stretches(held.report.text, held.claims, claim)
            assert "".join(s.text for s in found) == held.report.text
            for one in held.claims:
                for mark in evidence_of(one):
                    told = "".join(s.text for s in found if mark.start <= s.start < mark.end)
                    assert told == held.report.text[mark.start : mark.end]
                    assert all(one.id in s.claims for s in found if mark.start <= s.start < mark.end)


def test_parts_of_the_chosen_claim_are_marked(desk: Desk) -> None:
    parts = set()
    for held in desk.record.readings():
        for claim in held.claims:
            for mark in parts_of(claim):
                lit = [s for s in stretches(held.report.text, held.claims, claim) if mark.part in s.parts]
                assert any(mark.start <= s.start < mark.end for s in lit), mark
                parts.add(mark.part)
    assert {"speaker", "cue", "trigger", "actor", "recipient", "victim", "count", "date", "place"} <= parts


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_what_is_shown_is_as_long_as_the_text(text: str) -> None:
    assert len(shown(text)) == len(text)
    assert "\r" not in shown(text)
    assert not set(shown(text)) & {"\u202e", "\u2066", "\x1b", "\x00"}


def test_spans_may_overlap_in_any_way() -> None:
    made = reading(report("abcdefgh of Yerevan"), event("bcde"), casualty("cdefg"), casualty("cd", "wounded"))
    found = stretches(made.report.text, made.claims)
    assert [(s.text, len(s.claims), s.tiers) for s in found] == [("a", 0, 0), ("b", 1, 1), ("cd", 3, 3), ("e", 2, 2), ("fg", 1, 1), ("h of Yerevan", 0, 0)]
