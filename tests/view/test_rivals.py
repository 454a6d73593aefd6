"""Which accounts are rivals, over what, and that it does not matter which side comes first."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace
from readings_by_hand import DUSHANBE, KYRGYZ_GUARDS, KYRGYZ_UNITS, TAJIK_COMMITTEE, TAJIK_TROOPS, casualty, clash, event, report, said_by

from sayso.model import AnyClaim, Entity, EventType, Harm, Reading, Sector, Status, When, Where
from sayso.view import rivals
from sayso.view.rivals import disputed

TWO = report("Tajik troops attacked. Kyrgyz units attacked. Three Kyrgyz guards died. Five Kyrgyz guards died.")
GUARDS = Entity(text="Kyrgyz guards", name="Border Service of Kyrgyzstan", country="KGZ", sector=Sector.COP)
VILLAGERS = Entity(text="villagers", name="people in Vorukh", country="TJK", sector=Sector.CVL)
MEDICS = Entity(text="medics", name="medics", country="KGZ", sector=Sector.MED)
MAY_3 = When(start=date(2021, 5, 3), end=date(2021, 5, 3), precision="day")
MAY_9 = When(start=date(2021, 5, 9), end=date(2021, 5, 9), precision="day")


def theirs(**fields: Any) -> AnyClaim:
    """Tajik troops attacked Kyrgyz units, says Kyrgyzstan's border service."""
    told: dict[str, Any] = {"actors": [TAJIK_TROOPS], "recipients": [KYRGYZ_UNITS], "sources": said_by(KYRGYZ_GUARDS)}
    return event(TWO, "Tajik troops attacked", fields.pop("kind", EventType.ASSAULT), **(told | fields))


def ours(**fields: Any) -> AnyClaim:
    """Kyrgyz units attacked Tajik troops, says Tajikistan's committee."""
    told: dict[str, Any] = {"actors": [KYRGYZ_UNITS], "recipients": [TAJIK_TROOPS], "sources": said_by(TAJIK_COMMITTEE)}
    return event(TWO, "Kyrgyz units attacked", fields.pop("kind", EventType.ASSAULT), **(told | fields))


def three(**fields: Any) -> AnyClaim:
    """Three guards killed, says their own service."""
    return casualty(
        TWO, "Three Kyrgyz guards died", fields.pop("harm", Harm.KILLED), 3, 3, fields.pop("who", GUARDS), **({"sources": said_by(KYRGYZ_GUARDS)} | fields)
    )


def five(**fields: Any) -> AnyClaim:
    """Five guards killed, says the other side."""
    return casualty(
        TWO, "Five Kyrgyz guards died", Harm.KILLED, fields.pop("low", 5), 5, fields.pop("who", GUARDS), **({"sources": said_by(TAJIK_COMMITTEE)} | fields)
    )


RIVALS = [
    ("who attacked", theirs(), ours()),
    ("who attacked", theirs(), ours(recipients=[])),
    ("who attacked", theirs(recipients=[]), ours(recipients=[])),
    ("who attacked", theirs(status=Status.ATTEMPTED), ours()),
    ("who attacked", theirs(when=MAY_3), ours(where=Where(name="Vorukh", country="TJK"))),
    ("who attacked", theirs(recipients=[VILLAGERS], when=MAY_3), ours(recipients=[VILLAGERS], when=MAY_3)),
    ("who did it", theirs(kind=EventType.COERCE), ours(kind=EventType.COERCE)),
    ("whether it happened", theirs(), ours(actors=[TAJIK_TROOPS], recipients=[], status=Status.NEGATED)),
    ("whether it happened", theirs(kind=EventType.AID), ours(kind=EventType.AID, actors=[DUSHANBE], recipients=[], status=Status.NEGATED)),
    ("how many", three(), five()),
    ("whether it happened", three(), five(status=Status.NEGATED)),
]


@pytest.mark.parametrize(("field", "one", "other"), RIVALS)
def test_two_claims_that_cannot_both_be_right_are_in_dispute(field: str, one: AnyClaim, other: AnyClaim) -> None:
    found = disputed(one, other, TWO)

    assert found is not None and found.field == field
    assert disputed(other, one, TWO) == found


NOT_RIVALS = [
    ("the same side acted in both", theirs(), ours(actors=[TAJIK_TROOPS], recipients=[KYRGYZ_UNITS])),
    ("other days", theirs(when=MAY_3), ours(when=MAY_9)),
    ("other places", theirs(where=Where(name="Kok-Tash", country="KGZ")), ours(where=Where(name="Vorukh", country="TJK"))),
    ("one is history", theirs(background=True), ours()),
    ("other acts", theirs(), ours(kind=EventType.MOBILIZE)),
    ("a plan contradicts nothing", theirs(), ours(status=Status.PLANNED)),
    ("both may ask", theirs(kind=EventType.REQUEST), ours(kind=EventType.REQUEST)),
    ("victims alike, but neither time nor place", theirs(recipients=[VILLAGERS]), ours(recipients=[VILLAGERS])),
    ("only one's own part is denied", theirs(actors=[], when=MAY_3), ours(recipients=[KYRGYZ_UNITS], status=Status.NEGATED, when=MAY_3)),
    ("another's act is denied", theirs(), ours(status=Status.NEGATED)),
    ("numbers that overlap", three(), five(low=2)),
    ("other harm", three(harm=Harm.WOUNDED), five()),
    ("fighters and civilians", three(who=replace(GUARDS, sector=Sector.CVL)), five()),
    ("other victims", three(), five(who=VILLAGERS)),
    ("at other hands", three(by=TAJIK_TROOPS), five(by=KYRGYZ_UNITS)),
]


@pytest.mark.parametrize(("one", "other"), [pytest.param(a, b, id=why) for why, a, b in NOT_RIVALS])
def test_claims_that_can_both_be_right_are_not(one: AnyClaim, other: AnyClaim) -> None:
    assert disputed(one, other, TWO) is None and disputed(other, one, TWO) is None


def test_the_border_clash_has_its_two_accounts_against_each_other() -> None:
    found = rivals(clash())

    assert [r.field for r in found] == ["whether it happened", "who attacked"]
    assert {(r.one.holder, r.other.holder) for r in found} == {("Border Service of Kyrgyzstan", "State Committee for National Security of Tajikistan")}
    assert found[1].one.claims[0].evidence.text.startswith("Tajik troops") and found[1].other.claims[0].evidence.text.startswith("Kyrgyz units")


def test_one_holder_is_no_rival_of_its_own() -> None:
    assert rivals(Reading(report=TWO, claims=[theirs(), ours(sources=said_by(KYRGYZ_GUARDS))])) == []


def test_the_order_of_the_claims_does_not_matter() -> None:
    reading = clash()

    assert rivals(replace(reading, claims=reading.claims[::-1])) == rivals(reading)


def test_swapping_the_sides_swaps_the_rivalry_and_changes_nothing_else() -> None:
    swapped = [(KYRGYZ_GUARDS, TAJIK_COMMITTEE), (KYRGYZ_UNITS, TAJIK_TROOPS)]
    there_and_back = {e.name: other for a, b in swapped for e, other in ((a, b), (b, a))}

    def swap(claim: AnyClaim) -> AnyClaim:
        fields: dict[str, Any] = {"sources": [replace(s, entity=there_and_back.get(s.entity.name, s.entity)) for s in claim.sources]}
        for field in ("actors", "recipients"):
            if hasattr(claim, field):
                fields[field] = [there_and_back.get(e.name, e) for e in getattr(claim, field)]
        return replace(claim, **fields)

    reading = clash()
    news = [c for c in reading.claims if c.sources]
    before, after = rivals(replace(reading, claims=news)), rivals(replace(reading, claims=[swap(c) for c in news]))

    assert [(r.field, r.because, [c.id for c in r.one.claims], [c.id for c in r.other.claims]) for r in after] == [
        (r.field, r.because, [c.id for c in r.one.claims], [c.id for c in r.other.claims]) for r in before
    ]
    assert [(r.one.holder, r.other.holder) for r in after] == [(r.other.holder, r.one.holder) for r in before]


def test_two_incidents_between_the_same_holders_are_two_rivalries() -> None:
    early = [theirs(when=MAY_3), ours(when=MAY_3)]
    late = [replace(c, id=f"later-{c.id}", when=MAY_9) for c in early]

    assert [len(r.one.claims) for r in rivals(Reading(report=TWO, claims=[*early, *late]))] == [1, 1]


def test_parts_that_add_up_to_the_others_total_are_no_dispute() -> None:
    total = five(low=5)
    parts = [three(), replace(three(), id="another", count=replace(three().count, low=2, high=2))]

    assert rivals(Reading(report=TWO, claims=[three(), total])) != []
    assert rivals(Reading(report=TWO, claims=[*parts, total])) == []


def test_people_of_no_known_side_are_the_same_only_at_one_time_and_place() -> None:
    people = Entity(text="people", name="people", sector=Sector.CVL)
    here = {"when": MAY_3, "where": Where(name="Vorukh", country="TJK")}

    assert disputed(three(who=people), five(who=people), TWO) is None
    assert disputed(three(who=people, **here), five(who=replace(people, text="passers-by"), **here), TWO) is not None


def test_the_reports_own_voice_can_be_a_rival() -> None:
    found = rivals(Reading(report=TWO, claims=[theirs(sources=[]), ours()]))

    assert [(r.one.holder, r.other.holder) for r in found] == [("Steppe Wire", "State Committee for National Security of Tajikistan")]


def test_medics_count_for_neither_side() -> None:
    found = rivals(Reading(report=TWO, claims=[three(sources=said_by(MEDICS)), five()]))

    assert [r.field for r in found] == ["how many"]
