"""Reading many: in order, none lost, as each would be read alone, and no further ahead than was asked for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sayso.intake import report_from_text
from sayso.model import Report
from sayso.reading import Reader

TEXTS = [f"{n} Kenyan soldiers were killed near Garissa, the Kenyan army said." for n in ("Two", "Three", "Four", "Five", "Six")]


@pytest.fixture(scope="module")
def two_threads() -> Reader:
    return Reader(threads=2)


def reports() -> list[Report]:
    return [report_from_text(text, published="2024-06-03") for text in TEXTS]


@pytest.mark.parametrize("ahead", [0, 1, 2, 9])
def test_many_are_read_in_order_as_each_alone(two_threads: Reader, reader: Reader, ahead: int) -> None:
    alone = [reader.read(report).to_json() for report in reports()]

    assert [reading.to_json() for reading in two_threads.read_many(reports(), ahead=ahead)] == alone


@pytest.mark.parametrize(("ahead", "taken"), [(0, 1), (1, 2), (3, 4)])
def test_no_more_reports_are_taken_than_was_asked_for(two_threads: Reader, ahead: int, taken: int) -> None:
    asked: list[Report] = []

    def coming() -> Iterator[Report]:
        for report in reports():
            asked.append(report)
            yield report

    readings = two_threads.read_many(coming(), ahead=ahead)
    next(readings)

    assert len(asked) == taken
    readings.close()  # type: ignore[attr-defined]  # a generator


def test_what_was_taken_before_a_fault_is_given_out_first(two_threads: Reader) -> None:
    def coming() -> Iterator[Report]:
        yield from reports()[:2]
        raise OSError("the disk is gone")

    readings = two_threads.read_many(coming())

    assert [next(readings).report.text, next(readings).report.text] == TEXTS[:2]
    with pytest.raises(OSError, match="the disk is gone"):
        next(readings)


def test_nothing_gives_nothing(two_threads: Reader) -> None:
    assert list(two_threads.read_many([])) == []
