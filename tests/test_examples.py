"""The dispatches of `examples/` read as their expected readings say, and alike alone and among others."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from sayso.model import Casualty, Event, decode
from sayso.reading import Reader
from tests.golden import EXPECTED, dispatches, expected, readable, report

NOTHING_TO_CODE = ("14-match-report", "15-museum-feature")

every_dispatch = pytest.mark.parametrize("path", dispatches(), ids=lambda path: path.stem)


@every_dispatch
def test_the_reading_is_the_expected_one(path: Path, reader: Reader) -> None:
    assert readable(reader.read(report(path))) == expected(path).read_text("utf-8"), "if this is better, run `make golden` and read the diff"


def test_every_expected_reading_has_its_dispatch() -> None:
    assert sorted(EXPECTED.iterdir()) == [expected(path) for path in dispatches()]


@every_dispatch
def test_the_day_and_the_headline_are_found_in_the_text(path: Path) -> None:
    found = report(path)

    assert found.day is not None and found.title


@pytest.mark.parametrize("name", NOTHING_TO_CODE)
def test_sport_weather_and_crime_give_no_event_and_no_casualty(name: str, reader: Reader) -> None:
    path = next(p for p in dispatches() if p.stem == name)

    assert [c.evidence.text for c in reader.read(report(path)).claims if isinstance(c, Event | Casualty)] == []


@every_dispatch
def test_every_span_slices_back_and_the_json_gives_the_same_reading(path: Path, reader: Reader) -> None:
    reading = reader.read(report(path))

    assert decode(reading.to_json(explanations=True)) == reading


@pytest.mark.parametrize("seed", [1, 2])
def test_each_is_read_alike_alone_and_among_others(seed: int, reader: Reader) -> None:
    reports = [report(path) for path in dispatches()]
    alone = {r.id: reader.read(r).to_json(explanations=True) for r in reports}
    random.Random(seed).shuffle(reports)

    among = {reading.report.id: reading.to_json(explanations=True) for reading in reader.read_many(reports)}

    assert among == alone
