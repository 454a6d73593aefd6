"""What each figure counts: a reading that is right in all gives ones, and one thing wrong lowers its own figure and no other."""

from __future__ import annotations

from typing import Any

import pytest

from sayso.scoring import Result, figures, intervals, score
from tests.scoring.annotations import ANNOTATED, annotated, party, perfect


def result(reading: dict[str, Any], change: dict[str, Any] | None = None) -> Result:
    return score([annotated(change)], [reading])


def test_a_reading_that_is_right_in_all_gives_ones() -> None:
    found = result(perfect())

    assert {name: ratio.f1 for name, ratio in found.ratios.items()} == dict.fromkeys(found.ratios, 1.0)
    assert found.accuracies == {"who": 1.0, "source": 1.0, "status": 1.0}
    assert (found.evidence, found.whole_words, found.misses) == (1.0, 1.0, [])
    assert found.claim.figures() == {"p": 1.0, "r": 1.0, "f1": 1.0, "right": 3, "predicted": 3, "gold": 3}


def test_a_report_that_was_not_read_counts_as_read_empty() -> None:
    found = score([annotated()], [])

    assert found.unread == 1 and found.claim.r == 0.0
    assert [miss.kind for miss in found.misses] == ["missed"] * 5


@pytest.mark.parametrize(
    ("field", "value", "lowered"),
    [
        ("actors", [party("they", "Armed Forces of Tajikistan", "TJK", "MIL")], "event+who"),
        ("sources", [], "event+source"),
        ("status", "planned", "event+strict"),
        ("type", "COERCE", "event"),
        ("when", {"start": "2022-09-17", "end": "2022-09-17"}, "when"),
        ("where", {"name": "Isfara", "country": "TJK"}, "where"),
    ],
)
def test_one_wrong_field_lowers_the_figures_from_its_own_on(field: str, value: Any, lowered: str) -> None:
    reading = perfect()
    reading["claims"][0][field] = value
    found = result(reading)

    order = ["event", "event+who", "event+source", "event+strict", "claim"]
    expected = set(order[order.index(lowered) :]) if lowered in order else {lowered}
    lower = {name for name, ratio in found.ratios.items() if ratio.f1 < 1.0}
    assert lower - {"when", "where"} == expected - {"when", "where"}
    assert lowered in lower


def test_an_interval_and_its_day_are_told_apart() -> None:
    reading = perfect()
    reading["claims"][0]["when"] = {"start": "2022-09-10", "end": "2022-09-16"}

    assert result(reading).ratios["when"].right == 1  # the casualty's


def test_counts_must_have_the_same_bounds() -> None:
    reading = perfect()
    reading["claims"][1]["count"] = {"low": 2, "high": None}
    found = result(reading)

    assert found.ratios["casualty"].right == 0
    assert sorted(miss.kind for miss in found.misses) == ["extra", "missed"]


def test_things_are_scored_apart_from_the_headline() -> None:
    reading = perfect()
    reading["claims"][4]["what"] = "armoured vehicle"
    found = result(reading)

    assert found.ratios["materiel"].right == 0
    assert found.claim.f1 == 1.0


def test_shifted_evidence_keeps_the_match_and_loses_whole_words() -> None:
    reading = perfect()
    for claim in reading["claims"]:
        claim["evidence"] = {"start": claim["evidence"]["start"] + 1, "end": claim["evidence"]["end"] + 1, "text": "?"}
    found = result(reading)

    assert found.claim.f1 == 1.0
    assert found.whole_words < 0.5
    assert 0.9 < found.evidence < 1.0


def test_chains_and_carried_say_so_are_counted_among_the_matched() -> None:
    claims = [dict(c) for c in ANNOTATED["claims"]]
    carried = {k: v for k, v in claims[1]["sources"][0].items() if k != "cue"} | {"cue": None, "manner": "inherited"}
    claims[0] = claims[0] | {"sources": [*claims[0]["sources"], party("ministry", "Ministry", "KGZ", "GOV", cue="said")]}
    claims[1] = claims[1] | {"sources": [carried]}
    claims[2] = claims[2] | {"sources": []}
    reading = perfect()
    reading["claims"][2]["sources"][0]["manner"] = "inherited"
    found = result(reading, {"claims": claims})

    assert (found.chain.right, found.chain.of) == (0, 1)
    assert (found.inherited.right, found.inherited.of, found.inherited_false) == (1, 1, 1)


def test_each_party_has_its_own_share() -> None:
    reading = perfect()
    reading["claims"][2]["sources"] = []
    sides = result(reading).sides

    assert (sides["KGZ"]["acts"].right, sides["KGZ"]["acts"].of) == (2, 3)
    assert (sides["KGZ"]["speaks"].right, sides["KGZ"]["speaks"].of) == (0, 1)
    assert (sides["TJK"]["speaks"].right, sides["TJK"]["speaks"].of) == (2, 2)


def test_intervals_are_the_same_every_time_and_hold_the_figure() -> None:
    reports = [annotated({"id": f"border-{n}"}) for n in range(6)]
    readings = [perfect() | {"report": {"id": f"border-{n}"}} for n in range(6)]
    readings[2]["claims"] = []
    found = score(reports, readings)
    low, high = intervals(found.counts)["claim"]

    assert intervals(found.counts)["claim"] == (low, high)
    assert low <= found.claim.f1 <= high


def test_figures_are_plain_values() -> None:
    plain = figures(result(perfect()))

    assert plain["claim"]["f1"] == 1.0
    assert plain["chain"] == "0/0"
    assert plain["sides"]["KGZ"]["acts"] == {"right": 3, "gold": 3}
