"""Incidents, accounts side by side, explanations and the measure of disagreement."""

from __future__ import annotations

import pytest

from sayso.errors import BadOption
from sayso.model import Field
from sayso.record import Filter, Record
from sayso.record.incidents import accounts_of, disagreement, explain_incident, list_incidents
from tests.making import ARMENIA, AZERBAIJAN, BAKU, MISSION, TOVUZ, YEREVAN, casualty, event, reading, report, said_by
from tests.record.test_store import baku, mission, yerevan


@pytest.fixture
def filled(record: Record) -> Record:
    """Two rival accounts of an attack near Tovuz, and shells on Agdam."""
    record.add([baku(), yerevan(), mission()])
    return record


def test_incidents_are_listed_by_day_and_by_what_is_asked_for(filled: Record) -> None:
    assert sorted(row.place for row in list_incidents(filled)) == ["Agdam", "Tovuz"]
    assert [row.place for row in list_incidents(filled, disputed=True)] == ["Tovuz"]
    assert [row.place for row in list_incidents(filled, least=2)] == ["Tovuz"]
    assert [row.place for row in list_incidents(filled, Filter(place="agdam"))] == ["Agdam"]
    assert list_incidents(filled, Filter(dyad=("ARM", "TUR"))) == []
    assert len(list_incidents(filled, limit=1)) == len(list_incidents(filled, limit=1, offset=1)) == 1


def test_each_holder_has_one_account_with_its_claims_and_what_they_dispute(filled: Record) -> None:
    (row,) = list_incidents(filled, least=2)
    found = accounts_of(filled, row.id[:8])
    assert [(a.name, a.outlets, len(a.claims)) for a in found.accounts] == [
        ("Ministry of Defence of Armenia", ["Ararat Wire"], 2),
        ("Ministry of Defence of Azerbaijan", ["Caspian News"], 2),
    ]
    assert {d.field for d in found.disputes} == {Field.COUNT, Field.PARTIES}
    assert {frozenset(d.holders) for d in found.disputes} == {frozenset({"Ministry of Defence of Armenia", "Ministry of Defence of Azerbaijan"})}
    assert {r.relation.value for r in found.relations} == {"contradicts"}
    assert found.share == 1.0


def test_ten_outlets_that_quote_one_ministry_are_one_account(record: Record) -> None:
    record.add(baku(text=f"Edition {n}, page {n * n}. {baku().report.text}", publisher=f"Paper {n}", low=4) for n in range(10))
    (row,) = list_incidents(record)
    assert (row.accounts, len(accounts_of(record, row.id).accounts[0].outlets)) == (1, 10)


def test_who_passed_an_account_on_stands_between_holder_and_outlet(record: Record) -> None:
    of = report("Shells fell on Tovuz, the ministry said, citing the mission.")
    record.add([reading(of, event("Shells fell on Tovuz", to=[AZERBAIJAN], when="2020-07-12", where=TOVUZ, sources=said_by(MISSION, BAKU)))])
    (account,) = accounts_of(record, list_incidents(record)[0].id).accounts
    assert (account.name, account.relayers, account.outlets) == (MISSION.name, [BAKU.name], ["Northern Wire"])


def test_an_explanation_names_what_joins_and_what_keeps_apart(filled: Record) -> None:
    (row,) = list_incidents(filled, least=2)
    found = explain_incident(filled, row.id)
    assert len(found.links) == row.claims - 1
    assert any("same place, Tovuz".casefold() in reason.casefold() for link in found.links for reason in link.reasons)
    assert {"Shells fell on Agdam", "One soldier was wounded"} >= {a.second_words for a in found.apart} > set()
    assert found.decisions == []


def test_an_explanation_tells_what_users_decided(filled: Record) -> None:
    one, other = (row.id for row in list_incidents(filled))
    merged = filled.merge(one, other)
    assert {reason for d in explain_incident(filled, merged).decisions for reason in d.reasons} == {f"put together by tester, {_today(filled)}"}


def _today(record: Record) -> str:
    import sqlalchemy as sa

    from sayso.record.tables import changes

    with record.database.reading() as connection:
        return str(connection.execute(sa.select(changes.c.at).where(changes.c.action == "merge")).scalar_one())[:10]


def test_the_share_that_is_disputed_is_told_by_field_and_by_pair(filled: Record) -> None:
    text = "Two soldiers were killed near Kirants on July 20, Armenia's ministry and Azerbaijan's ministry said."
    filled.add([
        reading(
            report(text, "2020-07-21"),
            casualty("Two soldiers were killed", low=2, high=2, who=ARMENIA, when="2020-07-20", sources=said_by(BAKU)),
        )
    ])  # fmt: skip
    found = disagreement(filled)
    assert (found.incidents, found.disputed, found.share) == (1, 1, 1.0)
    assert found.by_field == {"count": 1, "parties": 1}
    (pair,) = found.by_pair
    assert (sorted(pair.holders), pair.incidents, pair.disputed, pair.share) == ([YEREVAN.name, BAKU.name], 1, 1, 1.0)


def test_an_empty_record_has_nothing_to_tell(record: Record) -> None:
    assert list_incidents(record) == []
    found = disagreement(record)
    assert (found.incidents, found.share, found.by_pair) == (0, None, [])


def test_an_incident_that_is_not_there_is_told_in_a_line(record: Record) -> None:
    with pytest.raises(BadOption, match="no claim in the record begins with '00000000'"):
        accounts_of(record, "i00000000")
