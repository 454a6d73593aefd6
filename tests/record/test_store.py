"""Adding, versions, near-copies, reviews and decisions: what the record holds afterwards."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from typing import Any

import msgspec
import pytest
import sqlalchemy as sa

from sayso.errors import BadOption
from sayso.model import Casualty, Count
from sayso.record import Added, Filter, Record
from sayso.record.filters import conditions
from sayso.record.tables import appearances, changes, claim_versions, claims, disputes, incidents, relations, reports
from tests.making import AGDAM, ARMENIA, AZERBAIJAN, BAKU, MISSION, TOVUZ, YEREVAN, casualty, event, reading, report, role, said_by

ATTACK = "Armenian units attacked Azerbaijani positions near Tovuz on July 12, Azerbaijan's defence ministry said. Four soldiers were killed."
REPLY = "Azerbaijani units attacked Armenian positions near Tovuz on July 12, Armenia's defence ministry said. Two Azerbaijani soldiers were killed."
AWAY = "Shells fell on Agdam on July 12, the mission said. One soldier was wounded there."
BODY = " ".join(f"The {n}th sentence of the dispatch tells of village number {n} and of what its people saw." for n in range(20))


def baku(published: str = "2020-07-13", text: str = ATTACK, low: int = 4, **more: Any) -> Any:
    of = report(text, published, **{"publisher": "Caspian News", **more})
    return reading(
        of,
        event("Armenian units attacked Azerbaijani positions", by=[ARMENIA], to=[AZERBAIJAN], when="2020-07-12", where=TOVUZ, sources=said_by(BAKU)),
        casualty("Four soldiers were killed", low=low, high=low, by=ARMENIA, when="2020-07-12", where=TOVUZ, sources=said_by(BAKU)),
    )


def yerevan() -> Any:
    return reading(
        report(REPLY, publisher="Ararat Wire"),
        event("Azerbaijani units attacked Armenian positions", by=[AZERBAIJAN], to=[ARMENIA], when="2020-07-12", where=TOVUZ, sources=said_by(YEREVAN)),
        casualty("Two Azerbaijani soldiers were killed", low=2, high=2, when="2020-07-12", where=TOVUZ, sources=said_by(YEREVAN)),
    )


def mission() -> Any:
    return reading(
        report(AWAY, publisher="Border Monitoring Mission"),
        event("Shells fell on Agdam", to=[AZERBAIJAN], when="2020-07-12", where=AGDAM, sources=said_by(MISSION)),
        casualty("One soldier was wounded", "wounded", when="2020-07-12", where=AGDAM, sources=said_by(MISSION)),
    )


def rows(record: Record, query: sa.Select[Any]) -> list[Any]:
    with record.database.reading() as connection:
        return list(connection.execute(query))


def standing(record: Record) -> dict[str, str]:
    """Evidence of the claims that stand → incident."""
    return {row.evidence: row.incident for row in rows(record, sa.select(claims.c.evidence, claims.c.incident).where(*conditions(Filter())))}


def content(record: Record) -> dict[str, list[str]]:
    """All that is in a record but numbers of rows and changes."""
    number = dict(map(tuple, rows(record, sa.select(claims.c.number, claims.c.id))))
    plain = [c for c in claims.c if c.name not in {"number", "report", "component", "added_in", "changed_in", "gone_in"}]
    summed = [c for c in incidents.c if not c.name.endswith("_in")]
    return {
        "claims": sorted(map(repr, rows(record, sa.select(*plain).where(claims.c.gone_in.is_(None))))),
        "incidents": sorted(map(repr, rows(record, sa.select(*summed).where(incidents.c.gone_in.is_(None))))),
        "relations": sorted(repr((number[r.first], number[r.second], *tuple(r)[2:])) for r in rows(record, sa.select(relations))),
        "disputes": sorted(map(repr, rows(record, sa.select(disputes)))),
        "copies": sorted(map(repr, rows(record, sa.select(reports.c.digest, reports.c.copies, reports.c.publisher, reports.c.superseded_by)))),
    }


def test_two_accounts_of_one_attack_are_one_incident_and_another_village_is_another(record: Record) -> None:
    assert record.add([baku(), yerevan(), mission()]) == Added(new=3, claims=6)
    found = standing(record)
    assert len(set(found.values())) == 2
    assert found["Shells fell on Agdam"] == found["One soldier was wounded"] != found["Four soldiers were killed"]
    (incident,) = rows(record, sa.select(incidents).where(incidents.c.place == "Tovuz"))
    assert (incident.type, incident.holders, incident.sides, incident.disputed) == ("ASSAULT", 2, "ARM | AZE", "count parties")
    assert incident.about == "attack: Armenia, Azerbaijan; Tovuz; 2020-07-12"


def test_how_a_holder_stands_to_who_suffered_is_told(record: Record) -> None:
    record.add([baku(), yerevan(), mission()])
    found = {row.evidence: row.stance for row in rows(record, sa.select(claims).where(claims.c.kind == "casualty"))}
    assert found == {"Four soldiers were killed": "own", "Two Azerbaijani soldiers were killed": "opponent", "One soldier was wounded": "third"}


def test_adding_the_same_again_changes_nothing(record: Record) -> None:
    record.add([baku(), yerevan()])
    before, logged = content(record), len(rows(record, sa.select(changes)))
    assert record.add([yerevan(), baku()]) == Added(known=2)
    assert content(record) == before
    assert len(rows(record, sa.select(changes))) == logged


def test_the_record_does_not_depend_on_the_order_of_arrival(place: Callable[[], str]) -> None:
    later = baku("2020-07-14", "At night: " + ATTACK, publisher="Gulf Daily")
    arrivals = [baku(), yerevan(), mission(), later]
    found = []
    for order in permutations(arrivals):
        with Record(place()) as record:
            record.add(order, batch=1 if order[0] is arrivals[0] else 3)
            found.append(content(record))
    assert all(one == found[0] for one in found)


def test_a_text_in_many_outlets_is_one_report_and_all_its_places_are_kept(record: Record) -> None:
    text = f"{ATTACK} {BODY}"
    record.add([baku(text=text), baku(text=text, publisher="Gulf Daily"), baku(text=text, publisher="Harbour Post", url="https://harbour.example/1")])
    assert len(rows(record, sa.select(reports))) == 1
    assert sorted(row.publisher for row in rows(record, sa.select(appearances))) == ["Caspian News", "Gulf Daily", "Harbour Post"]
    assert [row.action for row in rows(record, sa.select(changes))] == ["add", "appear", "appear"]


def test_the_earliest_appearance_is_the_one_that_is_read(record: Record) -> None:
    record.add([baku("2020-07-15", publisher="Gulf Daily")])
    assert record.add([baku("2020-07-13")]) == Added(reread=1, appeared=1)
    (row,) = rows(record, sa.select(reports))
    assert (row.published, row.publisher) == ("2020-07-13", "Caspian News")


def test_near_copies_are_linked_and_count_once(record: Record) -> None:
    record.add([
        baku(text=f"{ATTACK} {BODY}"),
        baku(text=f"CASPIAN NEWS. {ATTACK} {BODY} Copyright Gulf Daily.", publisher="Gulf Daily"),
        baku(text=f"{ATTACK} {' '.join(BODY.split()[: len(BODY.split()) * 3 // 4])}", publisher="Harbour Post"),
    ])  # fmt: skip
    assert len({row.copies for row in rows(record, sa.select(reports))}) == 1
    assert {row.reports for row in rows(record, sa.select(incidents).where(incidents.c.gone_in.is_(None)))} == {1}


def test_short_communiques_of_one_form_are_no_copies(record: Record) -> None:
    record.add([baku(), baku("2020-07-14", text=ATTACK.replace("July 12", "July 13"))])
    assert len({row.copies for row in rows(record, sa.select(reports))}) == 2


@pytest.mark.parametrize("first", [0, 1])
def test_a_newer_version_supersedes_and_keeps_the_old_one_in_whatever_order_they_come(record: Record, first: int) -> None:
    versions = [baku("2020-07-13T08:00:00Z", id="story-1"), baku("2020-07-13T19:30:00Z", text="Correction. " + ATTACK, id="story-1")]
    record.add([versions[first]])
    record.add([versions[1 - first]])
    found = {row.text[:10]: row for row in rows(record, sa.select(reports))}
    assert found["Armenian u"].superseded_by == found["Correction"].digest
    assert found["Correction"].superseded_by is None
    assert {row.report for row in rows(record, sa.select(claims).where(*conditions(Filter())))} == {found["Correction"].number}


def test_the_same_id_at_another_publisher_is_another_report(record: Record) -> None:
    record.add([baku(id="1"), baku(id="1", text=ATTACK + " It was quiet.", publisher="Gulf Daily")])
    assert [row.superseded_by for row in rows(record, sa.select(reports))] == [None, None]


def test_a_withdrawn_report_is_kept_and_counts_no_more(record: Record) -> None:
    record.add([baku(id="story-1"), yerevan()])
    record.withdraw("story-1", "killed by the agency")
    assert set(standing(record)) == {"Azerbaijani units attacked Armenian positions", "Two Azerbaijani soldiers were killed"}
    assert rows(record, sa.select(incidents.c.disputed).where(incidents.c.gone_in.is_(None))) == [("",)]
    assert [row.note for row in rows(record, sa.select(changes).where(changes.c.action == "withdraw"))] == ["killed by the agency"]
    assert len(rows(record, sa.select(reports))) == 2


def test_a_better_reading_corrects_the_claims_and_keeps_what_they_were(record: Record) -> None:
    record.add([baku(low=3)])
    assert record.add([baku(low=4)]) == Added(reread=1)
    assert [row.low for row in rows(record, sa.select(claims).where(claims.c.kind == "casualty"))] == [4]
    (old,) = rows(record, sa.select(claim_versions))
    assert msgspec.json.decode(old.body)["count"]["low"] == 3


def test_what_a_reviewer_corrected_survives_later_readings(record: Record) -> None:
    record.add([baku(low=3), yerevan()])
    claim = next(c for r in record.readings() for c in r.claims if isinstance(c, Casualty) and c.count.low == 3)
    record.correct(msgspec.structs.replace(claim, count=Count(low=5, high=5)), "read the original")
    record.add([baku(low=4)])
    (row,) = rows(record, sa.select(claims).where(claims.c.id == claim.id))
    assert (row.low, row.state) == (5, "corrected")
    (change,) = rows(record, sa.select(changes).where(changes.c.action == "correct"))
    assert (change.author, msgspec.json.decode(change.before)["claims"][claim.id]["claim"]["count"]["low"]) == ("tester", 3)


def test_a_rejected_claim_is_kept_and_counts_no_more(record: Record) -> None:
    record.add([baku(), yerevan()])
    claim = next(c for r in record.readings() for c in r.claims if c.evidence.text.startswith("Two"))
    record.reject(claim.id)
    assert "Two Azerbaijani soldiers were killed" not in standing(record)
    assert rows(record, sa.select(incidents.c.disputed).where(incidents.c.gone_in.is_(None))) == [("parties",)]


def test_merging_splitting_and_what_comes_later(record: Record) -> None:
    record.add([baku(), mission()])
    one, other = sorted(set(standing(record).values()))
    merged = record.merge(one, other)
    assert set(standing(record).values()) == {merged}
    record.add([yerevan()])
    found = standing(record)
    assert found["Shells fell on Agdam"] == found["Four soldiers were killed"] == record.incident_id(merged)  # a decision outlives new reports
    taken = [c.id for r in record.readings() for c in r.claims if c.where and c.where.name == "Agdam"]
    away = record.split(taken, "two villages")
    found = standing(record)
    assert {found["Shells fell on Agdam"], found["One soldier was wounded"]} == {away}
    assert found["Four soldiers were killed"] != away
    assert record.incident_id(one) == found["Four soldiers were killed"] or record.incident_id(one) == away


def test_a_split_survives_new_reports_and_unpinning_forgets_it(record: Record) -> None:
    record.add([baku(), yerevan()])
    taken = next(c.id for r in record.readings() for c in r.claims if c.evidence.text.startswith("Two"))
    away = record.split([taken])
    record.add([mission(), baku("2020-07-14", ATTACK + " More later.", publisher="Gulf Daily")])
    assert standing(record)["Two Azerbaijani soldiers were killed"] == away
    record.unpin(away)
    found = standing(record)
    assert found["Two Azerbaijani soldiers were killed"] == found["Four soldiers were killed"]


def test_an_incident_keeps_its_id_while_later_reports_come_and_an_old_id_leads_on(record: Record) -> None:
    record.add([baku()])
    before = standing(record)["Four soldiers were killed"]
    record.add([yerevan(), mission()])
    assert record.incident_id(before) == standing(record)["Four soldiers were killed"]
    record.add([baku("2020-07-12", "EARLIER. " + ATTACK, publisher="Gulf Daily")])
    assert record.incident_id(before) == standing(record)["Four soldiers were killed"]


def test_offices_are_in_no_incident(record: Record) -> None:
    text = "Jane Doe, Armenia's defence minister, spoke."
    record.add([reading(report(text), role("Jane Doe", YEREVAN, "Defence Minister", YEREVAN))])
    assert rows(record, sa.select(claims.c.incident)) == [(None,)]


def test_what_is_exported_comes_back_alike(record: Record, place: Callable[[], str]) -> None:
    record.add([baku(), yerevan(), mission()])
    with Record(place()) as other:
        other.add(msgspec.json.decode(r.to_json(), type=type(r)) for r in record.readings())
        assert content(other) == content(record)


def test_characters_that_no_database_takes_do_not_lose_a_report(record: Record) -> None:
    record.add([baku(text="\x00\ud800 " + ATTACK)])
    (row,) = rows(record, sa.select(reports))
    assert row.text.startswith("\ufffd\ufffd Armenian")
    assert next(iter(record.readings())).report.digest == row.digest


@pytest.mark.parametrize(
    ("act", "says"),
    [
        (lambda r: r.withdraw("nothing"), "no report in the record is called 'nothing'"),
        (lambda r: r.merge("i123456", "i654321"), "no claim in the record begins with '123456'"),
        (lambda r: r.merge("x", "y"), "'x' is no incident's id"),
        (lambda r: r.accept("ffffffff"), "no claim in the record begins with 'ffffffff'"),
        (lambda r: r.grade("Nobody", reliability="B"), "nobody in the record is called 'Nobody'"),
        (lambda r: r.grade("Ministry of Defence of Armenia", reliability="G"), "a source is graded A to F, a claim 1 to 6, not 'G'"),
        (lambda r: r.grade("Ministry of Defence of Armenia"), "give either a reliability"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_line_and_changes_nothing(record: Record, act: Callable[[Record], None], says: str) -> None:
    record.add([yerevan()])
    before = content(record), len(rows(record, sa.select(changes)))
    with pytest.raises(BadOption, match=says):
        act(record)
    assert (content(record), len(rows(record, sa.select(changes)))) == before


def test_grades_are_the_users_and_are_kept_with_their_author(record: Record) -> None:
    record.add([yerevan()])
    record.grade("ministry of defence of armenia", reliability="B", note="so far")
    record.grade("ARM:ministry of defence of armenia", reliability="C")
    from sayso.record.tables import grades

    assert [(g.target, g.author, g.reliability) for g in rows(record, sa.select(grades))] == [("ARM:ministry of defence of armenia", "tester", "C")]
    assert len(rows(record, sa.select(changes).where(changes.c.action == "grade"))) == 2
