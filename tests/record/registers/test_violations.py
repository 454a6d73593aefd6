"""Attacks per period: whose account stands in which column, what counts how often."""

from __future__ import annotations

from typing import Any

import pytest

from sayso.errors import BadOption
from sayso.model import Entity, Sector, Where
from sayso.record import Conflict, Filter, Record
from sayso.record.registers import Violations, violations
from tests.making import ARMENIA, AZERBAIJAN, BAKU, MISSION, YEREVAN, event, reading, report, said_by

PRESIDENT = Entity(text="", name="President of Azerbaijan", country="AZE", sector=Sector.GOV)


def told(speaker: Entity, day: str = "2020-07-13", by: Any = (ARMENIA,), to: Any = (AZERBAIJAN,), place: str = "Tovuz", lat: float = 40.99, **more: Any) -> Any:
    words = "The ceasefire was violated near the village"
    text = f"{words} of {place}, {speaker.name} said ({day}, {more.get('times')})."
    where = Where(name=place, country="AZE", lat=lat, lon=45.63)
    return reading(report(text, day), event(words, by=by, to=to, when=day, where=where, sources=said_by(speaker), **more))


def columns(row: Violations) -> tuple[Any, ...]:
    return tuple((t.low, t.high) if t else None for t in (row.own, row.opponent, row.third))


def test_an_empty_record_has_no_violations(record: Record) -> None:
    assert violations(record) == []


def test_each_account_stands_in_its_column(record: Record) -> None:
    record.add([told(BAKU, times=(70, 70)), told(YEREVAN, times=(2, 3)), told(MISSION, times=(40, None))])
    (row,) = violations(record)
    assert (str(row.start), row.by, row.against, columns(row)) == ("2020-07-13", ["ARM"], "AZE", ((70, 70), (2, 3), (40, None)))


def test_who_says_nothing_has_an_empty_column(record: Record) -> None:
    record.add([told(MISSION)])
    assert [columns(r) for r in violations(record)] == [(None, None, (1, 1))]


def test_holders_of_one_standing_make_a_range_and_a_holder_counts_with_his_largest_number(record: Record) -> None:
    record.add([told(BAKU, times=(70, 70)), told(BAKU, times=(12, 12)), told(PRESIDENT, times=(75, 75))])
    assert [columns(r) for r in violations(record)] == [((70, 75), None, None)]


def test_incidents_are_added_per_period(record: Record) -> None:
    record.add([told(BAKU, times=(70, 70)), told(BAKU, "2020-07-19", place="Agdam", lat=39.9, times=(5, 5))])
    record.add([told(BAKU, "2020-08-02", place="Fuzuli", lat=39.6)])
    assert [(str(r.start), columns(r)[0]) for r in violations(record, by="month")] == [("2020-07-01", (75, 75)), ("2020-08-01", (1, 1))]
    assert [(str(r.start), columns(r)[0]) for r in violations(record, by="week")] == [("2020-07-13", (75, 75)), ("2020-07-27", (1, 1))]
    assert len(violations(record, by="day")) == 3


@pytest.mark.parametrize(
    ("status", "counts"), [("occurred", True), ("attempted", True), ("ongoing", True), ("negated", False), ("planned", False), ("hypothetical", False)]
)
def test_only_what_is_said_to_have_happened_counts(status: str, counts: bool, record: Record) -> None:
    record.add([told(BAKU, status=status)])
    assert bool(violations(record)) is counts


def test_fighting_that_names_no_attacker_is_of_both_whoever_is_named_first(record: Record) -> None:
    record.add([told(BAKU, by=(ARMENIA, AZERBAIJAN), to=()), told(YEREVAN, by=(AZERBAIJAN, ARMENIA), to=()), told(MISSION, by=(ARMENIA, AZERBAIJAN), to=())])
    (row,) = violations(record)
    assert (row.by, row.against, columns(row)) == (["ARM", "AZE"], "", ((1, 1), None, (1, 1)))


def test_what_one_side_tells_of_the_other_counts_for_it_where_the_dyad_is_asked_for(record: Record) -> None:
    record.add([told(BAKU, to=(), times=(70, 70))])
    assert [(r.against, columns(r)) for r in violations(record)] == [("", (None, None, (70, 70)))]
    for asked in (Filter(dyad=("ARM", "AZE")), Filter(conflict=Conflict(name="k", dyads=[("AZE", "ARM")]))):
        assert [(r.against, columns(r)) for r in violations(record, asked)] == [("AZE", ((70, 70), None, None))]


def test_an_attack_by_nobody_named_or_on_nobody_named_is_counted_as_such(record: Record) -> None:
    record.add([told(MISSION, by=(), to=(AZERBAIJAN,)), told(MISSION, by=(ARMENIA,), to=(), place="Agdam", lat=39.9)])
    assert [(r.by, r.against) for r in violations(record)] == [(["ARM"], ""), ([], "AZE")]


def test_another_period_is_refused(record: Record) -> None:
    with pytest.raises(BadOption, match="week"):
        violations(record, by="year")
