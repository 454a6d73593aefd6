"""Offices in time, the timeline, what actors are told to do, and whose claims there are."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sayso.errors import BadOption
from sayso.model import Entity, Sector
from sayso.record import Filter, Record
from sayso.record.registers import actors, roles, sources, timeline
from tests.making import ARMENIA, AZERBAIJAN, BAKU, MISSION, TOVUZ, YEREVAN, event, reading, report, role, said_by
from tests.record.registers.telling import losses

MINISTRY = Entity(text="", name="Ministry of Foreign Affairs of Armenia", country="ARM", sector=Sector.GOV)
ARAM = Entity(text="Aram", name="Aram Petrosyan", country="ARM", sector=Sector.GOV)
LEVON = Entity(text="Levon", name="Levon Sarkisyan", country="ARM", sector=Sector.GOV)


def office(holder: Entity, day: str, name: str = "Foreign Minister", **more: Any) -> Any:
    text = f"{name} {holder.name} spoke on {day}."
    return reading(report(text, day), role(f"{name} {holder.name}", holder, name, MINISTRY, **more))


def attack(speaker: Entity, by: Entity = ARMENIA, to: Entity = AZERBAIJAN, publisher: str = "Northern Wire", **more: Any) -> Any:
    text = f"Posts near Tovuz were attacked, {speaker.name} told {publisher} about {by.name}."
    made = event("Posts near Tovuz were attacked", by=[by], to=[to], where=TOVUZ, sources=said_by(speaker), **({"when": "2020-07-12"} | more))
    return reading(report(text, publisher=publisher), made)


# offices


def test_an_office_lasts_from_its_first_report_to_its_last(record: Record) -> None:
    record.add([office(ARAM, "2020-01-05"), office(ARAM, "2020-03-05", name="foreign minister"), office(ARAM, "2020-02-05")])
    (seat,) = roles(record)
    assert (seat.holder_name, seat.level, seat.since, seat.reports, len(seat.claims)) == ("Aram Petrosyan", "minister", None, 3, 3)
    assert (str(seat.first), str(seat.last)) == ("2020-01-05", "2020-03-05")


def test_days_that_texts_give_are_kept(record: Record) -> None:
    record.add([office(ARAM, "2020-01-05", since=date(2018, 5, 1)), office(ARAM, "2020-03-05", until=date(2020, 4, 1))])
    (seat,) = roles(record)
    assert (str(seat.since), str(seat.until)) == ("2018-05-01", "2020-04-01")


def test_two_who_hold_one_office_at_one_time_are_in_conflict_and_one_after_the_other_are_not(record: Record) -> None:
    record.add([office(ARAM, "2020-01-05"), office(ARAM, "2020-03-05"), office(LEVON, "2020-02-05"), office(LEVON, "2020-04-05")])
    assert [(s.holder_name, s.contested_by) for s in roles(record)] == [("Aram Petrosyan", ["Levon Sarkisyan"]), ("Levon Sarkisyan", ["Aram Petrosyan"])]
    assert [s.contested_by for s in roles(record, limit=1)] == [["Levon Sarkisyan"]]


@pytest.mark.parametrize(("name", "days"), [("Foreign Minister", ("2020-04-01", "2020-05-01")), ("spokesman", ("2020-02-01", "2020-05-01"))])
def test_a_successor_or_a_second_spokesman_is_no_conflict(name: str, days: tuple[str, str], record: Record) -> None:
    record.add([office(ARAM, "2020-01-05", name), office(ARAM, "2020-03-05", name), *(office(LEVON, day, name) for day in days)])
    assert [s.contested_by for s in roles(record)] == [[], []]


# the timeline


def test_incidents_stand_by_day_with_their_accounts_and_what_is_disputed(record: Record) -> None:
    record.add([attack(BAKU), attack(YEREVAN, by=AZERBAIJAN, to=ARMENIA), attack(MISSION, when="2020-07-01", background=True)])
    first, second = timeline(record)
    assert (str(first.day), first.background, [a.name for a in first.accounts]) == ("2020-07-01", True, ["Border Monitoring Mission"])
    assert ([a.name for a in second.accounts], second.disputed) == (["Ministry of Defence of Armenia", "Ministry of Defence of Azerbaijan"], ["parties"])
    assert [(d.field, d.holders) for d in second.disputes] == [("parties", ["Ministry of Defence of Armenia", "Ministry of Defence of Azerbaijan"])]
    assert first.claims == second.claims == []


def test_an_incident_is_shown_with_all_accounts_and_the_claims_that_were_asked_for(record: Record) -> None:
    record.add([attack(BAKU), attack(YEREVAN, by=AZERBAIJAN, to=ARMENIA)])
    (entry,) = timeline(record, Filter(holder="AZE"), with_claims=True)
    assert (len(entry.accounts), [c.holder_name for c in entry.claims]) == (2, ["Ministry of Defence of Azerbaijan"])
    assert [e.background for e in timeline(record, Filter(background=True))] == []


# actors


def test_a_deed_has_those_who_tell_of_it_and_how_they_stand_to_it(record: Record) -> None:
    record.add([attack(BAKU), attack(MISSION), attack(YEREVAN, status="negated")])
    (deed,) = actors(record, of="sides")
    assert (deed.name, deed.type, deed.to, deed.incidents, deed.denied, deed.claims) == ("Armenia", "ASSAULT", "AZE", 1, 1, 3)
    assert {(t.name, t.stance) for t in deed.tellers} == {
        ("Border Monitoring Mission", "third"), ("Ministry of Defence of Armenia", "own"), ("Ministry of Defence of Azerbaijan", "opponent"),
    }  # fmt: skip


def test_actors_are_entities_or_sides(record: Record) -> None:
    record.add([attack(BAKU)])
    assert [d.name for d in actors(record)] == ["Armed Forces of Armenia"]
    with pytest.raises(BadOption, match="sides"):
        actors(record, of="countries")


# sources


def profile(record: Record, name: str, asked: Filter | None = None) -> Any:
    (found,) = [p for p in sources(record, asked) if p.name == name]
    return found


def test_a_source_speaks_publishes_and_passes_on(record: Record) -> None:
    chain = reading(
        report("Shells fell on Tovuz, the ministry said, citing the mission.", publisher="Gulf Press"),
        event("Shells fell on Tovuz", to=[AZERBAIJAN], sources=said_by(MISSION, BAKU)),
    )  # fmt: skip
    own = reading(report("A post burned near Tovuz.", publisher="Gulf Press"), event("A post burned", to=[AZERBAIJAN]))
    record.add([chain, own])
    press, baku = profile(record, "Gulf Press"), profile(record, "Border Monitoring Mission")
    assert (press.claims, press.as_outlet, press.as_speaker, press.relayed) == (1, 1, 0, 1)
    assert (baku.claims, baku.as_outlet, baku.as_speaker, baku.relayed) == (1, 0, 1, 0)
    assert [(t.key, t.number) for t in press.about] == [("AZE", 1)]


def test_who_contradicts_and_who_denies_is_named(record: Record) -> None:
    record.add([attack(BAKU), attack(YEREVAN, by=AZERBAIJAN, to=ARMENIA), attack(YEREVAN, status="negated", publisher="Ararat Wire")])
    found = profile(record, "Ministry of Defence of Azerbaijan")
    assert (found.disputed, [t.name for t in found.disputed_by], [t.name for t in found.denied_by]) == (1, [YEREVAN.name], [YEREVAN.name])
    assert profile(record, "Ministry of Defence of Azerbaijan", Filter(since=attack(BAKU).claims[0].when.start)).disputed == 1


def test_a_claim_is_confirmed_by_another_holder_and_not_by_more_outlets(record: Record) -> None:
    record.add([losses(BAKU, (4, 4)), losses(BAKU, (4, 4), publisher="Caspian News", published="2020-07-14")])
    assert profile(record, BAKU.name).confirmed == 0
    record.add([losses(MISSION, (4, 4), publisher="Gulf Press")])
    found = profile(record, BAKU.name)
    assert found.confirmed > 0
    assert [t.name for t in found.confirmed_by] == [MISSION.name]


def test_near_copies_in_their_outlets_own_voice_confirm_nothing(record: Record) -> None:
    wire = losses(None, (4, 4))
    copy = report(f"{wire.report.text} More on page two.", publisher="Southern Wire")
    record.add([wire, reading(copy, *(lambda of, c=c: c for c in losses(None, (4, 4), text=copy.text).claims))])
    assert [p.confirmed for p in sources(record)] == [0, 0]


def test_users_grades_stand_beside_and_there_are_no_others(record: Record) -> None:
    record.add([attack(BAKU)])
    record.grade(BAKU.name, reliability="C", note="party to it")
    assert [(g.author, g.reliability, g.note) for g in profile(record, BAKU.name).grades] == [("tester", "C", "party to it")]


def test_empty_records_have_none_of_these(record: Record) -> None:
    assert [list(register(record)) for register in (roles, timeline, actors, sources)] == [[], [], [], []]
