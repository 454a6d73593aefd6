"""The floors hold, planted faults go through them, and pinning anew never lowers one quietly."""

from __future__ import annotations

import pytest

from sayso.events.acts import Acts
from sayso.events.raw import RawClaim
from sayso.lexicon import lexicon
from sayso.model import Span
from sayso.reader import Doc
from sayso.reading import Reader
from tests.floors import CHANGELOG, SETS, Fall, digest, falls, measured, pin, pinned, unexplained


def floors(name: str) -> dict[str, float]:
    held = pinned()[name]["floors"]
    assert isinstance(held, dict)
    return held


@pytest.mark.parametrize("name", SETS)
def test_the_corpus_is_the_one_that_the_floors_were_pinned_on(name: str) -> None:
    assert pinned()[name]["digest"] == digest(name), "the corpus changed: run `make floors`"


@pytest.mark.parametrize("name", SETS)
def test_every_measure_keeps_its_floor(name: str, reader: Reader) -> None:
    values = measured(name, reader)

    assert set(values) == set(floors(name))
    assert [str(fall) for fall in falls(name, values, floors(name))] == []


# faults, planted in the reading of the train set


def fallen(reader: Reader) -> set[str]:
    return {fall.measure for fall in falls("train", measured("train", reader), floors("train"))}


def test_a_cue_taken_from_the_lexicon_falls_through_a_floor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(lexicon().cues, ("according to", "prep"))

    assert {"claim", "source_accuracy"} <= fallen(Reader(threads=1))  # a new one: the shared one may hold a lexicon loaded before


def test_sides_swapped_in_one_rule_fall_through_a_floor(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rule is the passive's: who was attacked becomes who attacked."""
    right = Acts._event

    def swapped(self: Acts, i: int, row: object) -> RawClaim | None:
        raw = right(self, i, row)  # type: ignore[arg-type]
        if raw is not None and self.doc.dependents(i, "aux:pass"):
            raw.actors, raw.recipients = raw.recipients, raw.actors
        return raw

    monkeypatch.setattr(Acts, "_event", swapped)

    assert {"event+who", "claim"} <= fallen(reader)


def test_an_offset_shifted_by_one_falls_through_a_floor(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    def shifted(self: Doc, first: int, last: int) -> Span:
        text = self.report.text
        start, end = self.starts[first] + 1, min(self.ends[last - 1] + 1, len(text))
        return Span(start=start, end=end, text=text[start:end])

    monkeypatch.setattr(Doc, "span", shifted)

    assert {"whole_words", "evidence"} <= fallen(reader)


# pinning


def test_a_measure_may_waver_in_its_last_digits_only() -> None:
    assert falls("dev", {"claim": 0.396}, {"claim": 0.4}) == []
    assert falls("dev", {"claim": 0.394}, {"claim": 0.4}) == [Fall("dev", "claim", 0.4, 0.394)]
    assert falls("dev", {}, {"claim": 0.4}) == [Fall("dev", "claim", 0.4, 0.0)]


def test_pinning_raises_floors() -> None:
    assert pin({"dev": {"claim": 0.5}}, {"dev": {"claim": 0.4}}, False, "") == {"dev": {"claim": 0.5}}
    assert pin({"dev": {"claim": 0.5}}, {}, False, "") == {"dev": {"claim": 0.5}}


def test_pinning_lowers_no_floor_without_leave_and_a_line_in_the_changelog() -> None:
    new, old = {"dev": {"claim": 0.399}}, {"dev": {"claim": 0.4}}
    lower = [Fall("dev", "claim", 0.4, 0.399)]

    assert pin(new, old, False, "- floor dev claim: two reports annotated anew") == lower
    assert pin(new, old, True, "nothing said") == lower
    assert pin(new, old, True, "- floor dev claim: two reports annotated anew") == new
    assert unexplained(lower, CHANGELOG.read_text("utf-8") + "floor train claim") == lower


def test_a_set_that_is_dropped_counts_as_lowered() -> None:
    assert pin({}, {"dev": {"claim": 0.4}}, False, "") == [Fall("dev", "claim", 0.4, 0.0)]
