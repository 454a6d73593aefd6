"""Contacts: who took part, at what level, how, through whom, and what is said to have become of them."""

from __future__ import annotations

import pytest

from sayso.errors import BadOption
from sayso.model import Act, Entity, EventType, Sector, Where
from sayso.record import Conflict, Filter, Record
from sayso.record.registers import channels, talks
from tests.making import RUSSIA, YEREVAN, event, reading, report, role, said_by

MOSCOW = Where(name="Moscow", country="RUS", lat=55.75, lon=37.62)


def person(words: str, name: str, country: str) -> Entity:
    return Entity(text=words, name=name, country=country, sector=Sector.GOV)


LAVROV = person("Foreign Minister Sergei Lavrov", "Sergei Lavrov", "RUS")
ARAM = person("Armenian and Azerbaijani counterparts, Aram Petrosyan", "Aram Petrosyan", "ARM")
RASHAD = person("Rashad Guliyev", "Rashad Guliyev", "AZE")
GROUP = Entity(text="the OSCE Minsk Group", name="OSCE Minsk Group", country="IGO", sector=Sector.GOV, id="osce-minsk-group")
DELEGATIONS = [person("the Armenian delegation", "Government of Armenia", "ARM"), person("the Azerbaijani delegation", "Government of Azerbaijan", "AZE")]
CALL = "Lavrov spoke by telephone with his counterparts, Aram Petrosyan and Rashad Guliyev."
MET = "Russia hosted a meeting of the two delegations in Moscow on Sunday."


def call(text: str = CALL, **more: object) -> object:
    return reading(report(text), event(text, "CONSULT", modes=["phone"], by=[LAVROV, ARAM, RASHAD], when="2020-07-12", **more))


def hosted(text: str = MET, host: Entity = RUSSIA, modes: tuple[str, ...] = ("third-party",), **more: object) -> object:
    return reading(report(text), event(text, "CONSULT", modes=list(modes), by=[host], to=DELEGATIONS, where=MOSCOW, **({"when": "2020-07-12"} | more)))


def test_an_empty_record_has_no_contacts(record: Record) -> None:
    assert (list(talks(record)), channels(record), channels(record, by="go-between")) == ([], [], [])


def test_a_call_has_its_parties_and_levels_and_a_counterpart_is_of_the_level_of_whom_he_meets(record: Record) -> None:
    record.add([call(sources=said_by(RUSSIA))])
    (contact,) = talks(record)
    levels = {p.name: p.level for p in contact.participants}
    assert levels == {"Aram Petrosyan": "minister", "Rashad Guliyev": "unknown", "Sergei Lavrov": "minister"}
    assert (contact.how, contact.sides, contact.through) == (["phone"], ["ARM", "AZE", "RUS"], [])
    assert [(v.status, [a.name for a in v.accounts]) for v in contact.versions] == [("held", ["Ministry of Foreign Affairs of Russia"])]


def test_an_office_that_reports_give_tells_a_level(record: Record) -> None:
    of = report("Foreign Minister Rashad Guliyev signed the paper.")
    record.add([call(), reading(of, role("Foreign Minister Rashad Guliyev", RASHAD, "Foreign Minister", DELEGATIONS[1]))])
    (contact,) = talks(record)
    assert {p.level for p in contact.participants} == {"minister"}


def test_who_brought_the_others_together_is_a_go_between_and_no_party(record: Record) -> None:
    record.add([hosted()])
    (contact,) = talks(record)
    assert ([p.name for p in contact.through], contact.sides) == (["Ministry of Foreign Affairs of Russia"], ["ARM", "AZE"])
    (dyad,) = channels(record)
    assert (dyad.sides, dyad.held, str(dyad.first)) == (["ARM", "AZE"], 1, "2020-07-12")
    (between,) = channels(record, by="go-between")
    assert (between.names, between.held) == (["Ministry of Foreign Affairs of Russia"], 1)


def test_a_body_is_that_under_which_they_met(record: Record) -> None:
    record.add([hosted(host=GROUP, modes=("third-party", "multilateral"))])
    (contact,) = talks(record)
    assert (contact.under, contact.how) == (["OSCE Minsk Group"], ["multilateral"])


@pytest.mark.parametrize(
    ("type", "status", "became"),
    [
        ("CONSULT", "occurred", "held"), ("CONSULT", "ongoing", "held"), ("CONSULT", "attempted", "failed"), ("CONSULT", "negated", "denied"),
        ("CONSULT", "planned", "planned"), ("CONSULT", "hypothetical", "possible"), ("AGREE", "occurred", "planned"), ("AGREE", "negated", "denied"),
    ],
)  # fmt: skip
def test_what_is_said_to_have_become_of_them(type: str, status: str, became: str, record: Record) -> None:
    about = {"object": Act(type=EventType.CONSULT)} if type == "AGREE" else {}
    record.add([reading(report(CALL), event(CALL, type, by=DELEGATIONS, status=status, when="2020-07-12", **about))])
    (contact,) = talks(record)
    assert [v.status for v in contact.versions] == [became]
    (dyad,) = channels(record)
    assert (dyad.held, dyad.planned, dyad.failed) == (became == "held", became == "planned", became == "failed")


def test_versions_stand_side_by_side(record: Record) -> None:
    record.add([hosted(sources=said_by(RUSSIA)), hosted("The Armenian side denied that the delegations met.", status="negated", sources=said_by(YEREVAN))])
    (contact,) = talks(record)
    assert [(v.status, [a.name for a in v.accounts]) for v in contact.versions] == [
        ("held", ["Ministry of Foreign Affairs of Russia"]), ("denied", ["Ministry of Defence of Armenia"]),
    ]  # fmt: skip


def test_a_users_conflict_is_what_they_are_about(record: Record) -> None:
    record.add([hosted()])
    conflict = Conflict(name="karabakh", title="Karabakh", dyads=[("ARM", "AZE")])
    assert [c.about for c in talks(record, Filter(conflict=conflict))] == ["Karabakh"]
    assert list(talks(record, Filter(dyad=("ARM", "GEO")))) == []


def test_contacts_are_counted_by_nothing_else(record: Record) -> None:
    with pytest.raises(BadOption, match="go-between"):
        channels(record, by="place")
