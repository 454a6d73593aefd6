"""Chains of appeals, promises, refusals, ceasefires and alleged breaches: what joins one, and what does not."""

from __future__ import annotations

from typing import Any

import pytest

from sayso.model import Act, Entity, EventType, Sector, Where
from sayso.record import Filter, Record
from sayso.record.registers import Chain, appeals
from tests.making import ARMENIA, AZERBAIJAN, BAKU, MISSION, RUSSIA, TOVUZ, YEREVAN, event, reading, report, said_by

CEASEFIRE = Act(type=EventType.RETREAT, modes=["ceasefire"])
GEORGIA = Entity(text="", name="Armed Forces of Georgia", country="GEO", sector=Sector.MIL)
BOTH = [ARMENIA, AZERBAIJAN]
CITIES = [Where(name=n, country="AZE", lat=39.0 + k, lon=45.0 + k) for k, n in enumerate(("Ganja", "Terter", "Fuzuli"))]


def said(day: str, type: str, words: str, **more: Any) -> Any:
    text = f"{words} ({day})."
    return reading(report(text, day), event(words, type, **({"when": day} | more)))


def urged(day: str = "2020-07-13", to: Any = BOTH) -> Any:
    return said(day, "REQUEST", "Russia urged the sides to stop fighting", by=[RUSSIA], to=to, object=CEASEFIRE, modes=["yield"])


def agreed(day: str = "2020-07-15", by: Any = BOTH) -> Any:
    return said(day, "AGREE", "They agreed to stop fighting", by=by, object=CEASEFIRE)


def refused(day: str = "2020-07-14", by: Any = (AZERBAIJAN,)) -> Any:
    return said(day, "REJECT", "It refused to stop fighting", by=by, object=CEASEFIRE, modes=["yield"], sources=said_by(YEREVAN))


def in_force(day: str = "2020-07-16", **more: Any) -> Any:
    return said(day, "RETREAT", "The ceasefire took effect", by=BOTH, modes=["ceasefire"], sources=said_by(RUSSIA), **more)


def attack(day: str = "2020-07-20", speaker: Any = BAKU, by: Any = ARMENIA, to: Any = AZERBAIJAN, where: Any = TOVUZ) -> Any:
    words = "Shells were fired at posts"
    return said(day, "ASSAULT", f"{words}, {speaker.name} said", by=[by], to=[to], where=where, sources=said_by(speaker))


def steps(chain: Chain) -> list[tuple[str, str, list[str]]]:
    return [(str(s.day)[5:], s.step, s.by) for s in chain.steps]


def test_an_empty_record_has_no_chains(record: Record) -> None:
    assert list(appeals(record)) == []


def test_a_chain_goes_from_appeal_to_alleged_breach(record: Record) -> None:
    record.add([urged(), refused(), agreed(), in_force(), attack()])
    (chain,) = appeals(record)
    assert (chain.thing, chain.sides, chain.third) == ("ceasefire", ["ARM", "AZE"], ["RUS"])
    assert steps(chain) == [
        ("07-13", "appeal", ["RUS"]), ("07-14", "refusal", ["AZE"]), ("07-15", "agreement", ["ARM", "AZE"]), ("07-16", "in effect", ["ARM", "AZE"]),
        ("07-20", "alleged breach", ["ARM"]),
    ]  # fmt: skip
    assert [s.by_names for s in chain.steps][:2] == [["Russia"], ["Azerbaijan"]]
    assert [[a.name for a in s.accounts] for s in chain.steps][1] == ["Ministry of Defence of Armenia"]


def test_a_third_partys_appeal_is_no_ceasefire(record: Record) -> None:
    record.add([urged(), attack()])
    (chain,) = appeals(record)
    assert [s.step for s in chain.steps] == ["appeal"]


def test_a_breach_is_confirmed_where_somebody_of_neither_side_says_the_same(record: Record) -> None:
    record.add([in_force(), attack(), attack(speaker=MISSION), attack("2020-07-22", speaker=YEREVAN, by=AZERBAIJAN, to=ARMENIA, where=CITIES[0])])
    (chain,) = appeals(record)
    breaches = [s for s in chain.steps if s.step == "alleged breach"]
    assert [(s.by, s.confirmed_by) for s in breaches] == [(["ARM"], ["Border Monitoring Mission"]), (["AZE"], [])]
    assert [s.confirmed_by for s in chain.steps if s.step == "in effect"] == [[]]


@pytest.mark.parametrize("when", ["2020-07-15", "2020-08-16"])
def test_an_attack_before_it_took_effect_or_long_after_is_no_breach(when: str, record: Record) -> None:
    record.add([in_force(), attack(when)])
    (chain,) = appeals(record)
    assert [s.step for s in chain.steps] == ["in effect"]


def test_an_attack_on_somebody_else_is_no_breach(record: Record) -> None:
    record.add([in_force(), attack(to=GEORGIA)])
    (chain,) = appeals(record)
    assert [s.step for s in chain.steps] == ["in effect"]


@pytest.mark.parametrize(
    "later",
    [
        agreed("2020-09-15"), agreed(by=[GEORGIA]),
        said("2020-07-15", "AGREE", "They agreed to withdraw", by=BOTH, object=Act(type=EventType.RETREAT, modes=["withdraw"])),
    ],
    ids=["long after", "another side", "another thing"],
)  # fmt: skip
def test_what_is_long_after_or_of_others_or_about_another_thing_is_another_chain(later: Any, record: Record) -> None:
    record.add([urged(), later])
    assert len(list(appeals(record))) == 2


def test_one_sides_answer_joins_the_chain_that_both_were_asked_in(record: Record) -> None:
    record.add([urged(to=[GEORGIA, AZERBAIJAN]), urged("2020-07-14"), refused("2020-07-16", by=[ARMENIA])])
    chains = {tuple(c.sides): [s.step for s in c.steps] for c in appeals(record)}
    assert chains == {("AZE", "GEO"): ["appeal"], ("ARM", "AZE"): ["appeal", "refusal"]}


@pytest.mark.parametrize(
    ("type", "status", "more", "step"),
    [
        ("CONCEDE", "occurred", {"object": CEASEFIRE}, "declared"), ("RETREAT", "planned", {"modes": ["ceasefire"]}, "planned"),
        ("RETREAT", "negated", {"modes": ["ceasefire"]}, "denied"), ("AGREE", "negated", {"object": CEASEFIRE}, "denied"),
        ("RETREAT", "attempted", {"modes": ["ceasefire"]}, "failed"), ("RETREAT", "hypothetical", {"modes": ["ceasefire"]}, None),
        ("RETREAT", "occurred", {"modes": ["resign"]}, None), ("CONSULT", "occurred", {}, None),
    ],
)  # fmt: skip
def test_which_claims_are_which_step(type: str, status: str, more: Any, step: str | None, record: Record) -> None:
    record.add([said("2020-07-15", type, "So it went", by=BOTH, status=status, **more)])
    assert [s.step for c in appeals(record) for s in c.steps] == ([step] if step else [])


def test_talks_that_were_asked_for_and_held_are_a_chain(record: Record) -> None:
    record.add([
        said("2020-07-13", "REQUEST", "Russia invited the sides to talks", by=[RUSSIA], to=BOTH, modes=["meet"], object=Act(type=EventType.CONSULT)),
        said("2020-07-20", "CONSULT", "The sides met", by=BOTH),
    ])  # fmt: skip
    (chain,) = appeals(record)
    assert (chain.thing, [s.step for s in chain.steps]) == ("talks", ["appeal", "in effect"])


def test_a_dyad_wants_both_sides_and_takes_steps_that_name_one(record: Record) -> None:
    record.add([urged(), refused(), urged("2021-01-01", to=[GEORGIA])])
    assert [[s.step for s in c.steps] for c in appeals(record, Filter(dyad=("ARM", "AZE")))] == [["appeal", "refusal"]]
    assert list(appeals(record, Filter(dyad=("GEO", "AZE")))) == []
    assert len(list(appeals(record, limit=1))) == 1
