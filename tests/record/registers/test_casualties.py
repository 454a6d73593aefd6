"""Losses: who has a cell and who has none, what was said before, and what each rule makes of several figures."""

from __future__ import annotations

from typing import Any

import pytest

from sayso.errors import BadOption
from sayso.model import Entity, Sector
from sayso.record import Conflict, Filter, Record
from sayso.record.registers import Cell, Total, casualties, total
from tests.making import ARMENIA, AZERBAIJAN, TOVUZ, casualty, materiel, reading, report, said_by
from tests.record.registers.telling import AT, BAKU, MISSION, PEOPLE, VILLAGERS, YEREVAN, losses

PRESIDENT = Entity(text="", name="President of Azerbaijan", country="AZE", sector=Sector.GOV)


def figures(cells: Any) -> list[tuple[str, str, int | None, int | None]]:
    return sorted((c.holder_name, c.stance, c.low, c.high) for c in cells)


def all_of(totals: list[Total], harm: str = "killed", role: str = "all") -> Total:
    (found,) = [t for t in totals if t.harm == harm and t.role == role]
    return found


def test_an_empty_record_has_no_cells_and_no_totals(record: Record) -> None:
    assert (list(casualties(record)), total(record)) == ([], [])


def test_each_holder_has_a_cell_with_how_he_stands_to_who_suffered(record: Record) -> None:
    record.add([losses(BAKU, (4, 4)), losses(YEREVAN, (30, 30)), losses(MISSION, (4, 6))])
    cells = list(casualties(record))
    assert figures(cells) == [
        ("Border Monitoring Mission", "third", 4, 6), ("Ministry of Defence of Armenia", "opponent", 30, 30),
        ("Ministry of Defence of Azerbaijan", "own", 4, 4),
    ]  # fmt: skip
    assert {(c.side_name, c.harm, c.role, c.incident) for c in cells} == {("Azerbaijan", "killed", "forces", cells[0].incident)}
    assert {q.text for c in cells for q in c.evidence} == {f"In count 0 of 2020-07-13 killed came to {told}" for told in ("4 to 4", "30 to 30", "4 to 6")}
    assert all([q.claim for q in c.evidence] == c.claims for c in cells)


def test_who_says_nothing_has_no_cell_and_who_says_none_has_one(record: Record) -> None:
    record.add([losses(BAKU, (0, 0), harm="harmed"), losses(YEREVAN)])
    assert figures(casualties(record)) == [("Ministry of Defence of Azerbaijan", "own", 0, 0)]


def test_the_same_figure_of_a_holder_in_two_reports_is_one_cell(record: Record) -> None:
    record.add([losses(BAKU, (4, 4)), losses(BAKU, (4, 4), published="2020-07-14", publisher="Caspian News")])
    (cell,) = casualties(record)
    assert (len(cell.claims), cell.reports, str(cell.as_of), str(cell.last_said)) == (2, 2, "2020-07-13", "2020-07-14")


def test_two_like_figures_in_one_report_are_two_cells(record: Record) -> None:
    record.add([losses(BAKU, (1, 1), (1, 1))])
    assert len(list(casualties(record))) == 2


def test_a_raised_toll_is_the_cell_and_what_was_said_before_its_history(record: Record) -> None:
    record.add([losses(BAKU, (4, 4)), losses(BAKU, (11, 11), published="2020-07-15", publisher="Caspian News")])
    (cell,) = casualties(record)
    assert (cell.low, str(cell.as_of)) == (11, "2020-07-15")
    assert [(f.low, f.high, str(f.as_of)) for f in cell.history] == [(4, 4, "2020-07-13")]
    assert all_of(total(record, rule="max")).high == 11


def test_a_figure_whose_successor_the_filter_leaves_out_says_so_and_is_not_summed(record: Record) -> None:
    old, new = losses(BAKU, (4, 4)), losses(BAKU, (11, 11), published="2020-07-15", publisher="Caspian News", confidence=0.1)
    record.add([old, new])
    (cell,) = casualties(record, Filter(min_confidence=0.3))
    assert (cell.low, cell.replaced_by) == (4, new.claims[1].id)
    assert total(record, Filter(min_confidence=0.3)) == []


def test_a_denied_toll_is_shown_as_denied_and_never_summed(record: Record) -> None:
    record.add([losses(YEREVAN, (30, 30)), losses(BAKU, (30, 30), status="negated")])
    assert {c.status for c in casualties(record)} == {"occurred", "negated"}
    found = all_of(total(record, rule="min"))
    assert (found.low, found.high, found.incidents, found.left_out) == (30, 30, 1, 0)


def test_things_have_cells_of_their_own(record: Record) -> None:
    of = report("The army destroyed two tanks near Tovuz, the ministry said.")
    record.add([reading(of, materiel("two tanks", "tank", low=2, high=2, owner=ARMENIA, sources=said_by(BAKU), **AT))])
    (cell,) = casualties(record)
    assert (cell.kind, cell.what, cell.harm, cell.side_name, cell.low) == ("materiel", "tank", "destroyed", "Armenia", 2)


def test_a_dyad_finds_losses_that_name_no_enemy(record: Record) -> None:
    made = losses(BAKU, (4, 4))
    of = made.report
    alone = casualty("In count 0 of 2020-07-13 killed came to 4 to 4", low=4, high=4, sources=said_by(BAKU), **AT)(of)
    record.add([reading(of, lambda _: made.claims[0], lambda _: alone)])
    assert [c.low for c in casualties(record, Filter(dyad=("ARM", "AZE")))] == [4]
    assert list(casualties(record, Filter(dyad=("ARM", "GEO")))) == []


@pytest.mark.parametrize(
    ("told", "rule", "expected"),
    [
        ([(BAKU, (4, 4)), (YEREVAN, (30, None)), (MISSION, (4, 9))], "min", (4, 4)),
        ([(BAKU, (4, 4)), (YEREVAN, (30, None)), (MISSION, (4, 9))], "max", (30, None)),
        ([(BAKU, (4, 4)), (YEREVAN, (30, 40)), (MISSION, (4, 9))], "max", (40, 40)),
        ([(BAKU, (4, 4)), (YEREVAN, (30, None)), (MISSION, (5, 9))], "conservative", (5, 9)),  # who is of neither side
        ([(BAKU, (4, 4)), (YEREVAN, (30, None))], "conservative", (4, 4)),  # nobody is: the lowest
        ([(BAKU, (30, 30)), (YEREVAN, (4, 4))], "conservative", (4, 4)),  # whoever says it
        ([(BAKU, (4, 4)), (MISSION, (2, 9))], "two-sources", (4, 4)),
        ([(BAKU, (4, None)), (MISSION, (6, None))], "two-sources", (6, None)),
        ([(BAKU, (4, 4)), (PRESIDENT, (4, 4)), (YEREVAN, (30, 30))], "two-sources", None),  # one government is one source
        ([(BAKU, (4, 4)), (YEREVAN, (30, 30))], "two-sources", None),
        ([(BAKU, (None, 20))], "min", (0, 0)),
    ],
)  # fmt: skip
def test_a_rule_takes_of_several_figures(told: list[tuple[Entity, Any]], rule: str, expected: tuple[int, int | None] | None, record: Record) -> None:
    record.add([losses(speaker, given, publisher=f"Paper {n}") for n, (speaker, given) in enumerate(told)])
    found = all_of(total(record, rule=rule))
    assert (found.incidents, found.left_out) == ((0, 1) if expected is None else (1, 0))
    assert expected is None or (found.low, found.high) == expected


def test_ten_outlets_that_quote_one_ministry_are_one_source(record: Record) -> None:
    record.add([losses(BAKU, (4, 4), publisher=f"Paper {n}", published=f"2020-07-{13 + n}") for n in range(10)])
    assert all_of(total(record, rule="two-sources")).left_out == 1


def test_outlets_that_print_one_text_in_their_own_voice_are_one_source_and_others_are_not(record: Record) -> None:
    wire = losses(None, (4, 4), publisher="Northern Wire").report.text
    record.add([losses(None, (4, 4), publisher="Northern Wire"), losses(None, (4, 4), publisher="Northern Wire", text=f"By our staff. {wire} It went on.")])
    copy = losses(None, (4, 4), publisher="Evening Paper", text=f"{wire} More on page two.")
    record.add([reading(report(copy.report.text, publisher="Southern Wire"), *(lambda of, c=c: c for c in copy.claims))])
    assert all_of(total(record, rule="two-sources")).left_out == 1
    record.add([losses(None, (4, 4), publisher="Gulf Press", published="2020-07-14")])
    assert all_of(total(record, rule="two-sources")).low == 4


@pytest.mark.parametrize(
    ("given", "who", "expected"),
    [
        ([(7, 7), (4, 4), (3, 3)], [PEOPLE, None, VILLAGERS], (7, 7)),  # a total and its parts
        ([(4, 4), (3, 3)], [None, VILLAGERS], (7, 7)),  # parts alone are added
        ([(5, 5), (4, 4), (3, 3)], [PEOPLE, None, VILLAGERS], (7, 7)),  # the parts are more than the total
        ([(4, 4), (2, None)], [None, VILLAGERS], (6, None)),
        ([(4, 4), (1, 1)], [None, None], (4, 4)),  # of one role the largest
    ],
)  # fmt: skip
def test_a_total_and_its_parts_are_not_added_to_each_other(given: Any, who: Any, expected: tuple[int, int | None], record: Record) -> None:
    record.add([losses(BAKU, *given, who=[w or AZERBAIJAN for w in who])])
    found = all_of(total(record, rule="conservative"))
    assert (found.low, found.high, found.incidents) == (*expected, 1)


def test_no_casualties_says_none_killed_where_somebody_speaks_of_killed(record: Record) -> None:
    record.add([losses(BAKU, (0, 0), harm="harmed"), losses(YEREVAN, (30, 30))])
    assert all_of(total(record, rule="min")).low == 0
    assert all_of(total(record, rule="max")).low == 30


def test_background_is_summed_only_where_it_is_asked_for(record: Record) -> None:
    record.add([losses(BAKU, (30_000, 30_000), background=True)])
    assert total(record) == []
    assert all_of(total(record, Filter(background=True))).low == 30_000


def test_incidents_are_added(record: Record) -> None:
    record.add([losses(BAKU, (4, 4)), losses(BAKU, (2, 2), published="2021-03-02", when="2021-03-01", attack=False, where=TOVUZ)])
    found = all_of(total(record))
    assert (found.low, found.incidents) == (6, 2)


@pytest.mark.parametrize("rule", ["all", "median"])
def test_a_rule_that_sums_nothing_or_is_none_is_refused(rule: str, record: Record) -> None:
    with pytest.raises(BadOption, match="conservative"):
        total(record, rule=rule)


def test_the_most_cells_can_be_given(record: Record) -> None:
    record.add([losses(BAKU, (4, 4)), losses(YEREVAN, (30, 30))])
    found: list[Cell] = list(casualties(record, limit=1))
    assert len(found) == 1


@pytest.mark.parametrize(("one", "other"), [("ARM", "AZE"), ("Armed Forces of Armenia", "AZE"), ("ARM", "armed forces of azerbaijan"), ("AZE", "ARM")])
def test_a_dyad_is_asked_for_by_sides_or_names_in_any_order(one: str, other: str, record: Record) -> None:
    record.add([losses(BAKU, (4, 4)), losses(BAKU, (1, 1), published="2021-03-02", when="2021-03-01", attack=False, where=None)])
    assert [c.low for c in casualties(record, Filter(dyad=(one, other)))] == [4, 1]


def test_what_one_side_says_of_the_other_alone_is_of_the_dyad(record: Record) -> None:
    of = report("Three Azerbaijani soldiers died, Armenia's ministry said.")
    record.add([reading(of, casualty("Three Azerbaijani soldiers died", low=3, high=3, sources=said_by(YEREVAN)))])
    assert [c.low for c in casualties(record, Filter(dyad=("ARM", "AZE")))] == [3]
    assert list(casualties(record, Filter(dyad=("ARM", "GEO")))) == []


def test_of_a_dyad_that_is_asked_for_no_side_is_a_third_party(record: Record) -> None:
    """Armenia's ministry tells of Azerbaijan's dead, and nobody names who killed them."""
    told = []
    for speaker, number in ((YEREVAN, 4), (MISSION, 9)):
        of = report(f"{number} soldiers of Azerbaijan were killed near Tovuz, {speaker.name} said.")
        told.append(reading(of, casualty(f"{number} soldiers of Azerbaijan were killed", low=number, high=number, sources=said_by(speaker), **AT)))
    record.add(told)
    dyad = Filter(dyad=("ARM", "AZE"))
    conflict = Filter(conflict=Conflict(name="border", dyads=[("AZE", "ARM")]))
    assert [(c.holder_side, c.stance) for c in casualties(record, dyad)] == [("ARM", "opponent")]  # the mission's claim names one side alone
    (alone,) = {c.incident for c in casualties(record)}
    for asked in (dyad, conflict):
        assert {c.stance for c in casualties(record, asked) if c.holder_side == "ARM"} == {"opponent"}
    assert {(c.holder_side, c.stance) for c in casualties(record, Filter(incident=alone)) if c.holder_side == "ARM"} == {("ARM", "third")}
    assert all_of(total(record, rule="conservative")).low == 4
