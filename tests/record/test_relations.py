"""How two claims about one incident relate, and what their holders dispute."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from sayso.model import Field, Relation
from sayso.record.relations import clash, disputes, holders, one_holder, relate
from sayso.record.told import Told, Who
from tests.record.tolds import GUNMEN, MAY_4, MAY_9, MONITOR, NORTH, NORTH_MINISTRY, SOUTH, VILLAGERS, a_told, any_told, some_tolds

SHELLING = a_told("a-shelling", modes=("heavy-weapons",))
KILLED = a_told("a-killed", "casualty", recipients=(VILLAGERS,))
LATER = {"report": "r2", "published": MAY_9}
OURS = {"report": "r2", "published": MAY_9, **NORTH_MINISTRY}
THEIR_OWN = Who(side="NOR", key="NOR:ministry of defence of the north", name="ministry of defence of the north", sector="MIL")


def other(of: Told, **fields: Any) -> Told:
    return replace(of, claim="b-other", **fields)


PAIRS = [
    ("the same said again by another", SHELLING, other(SHELLING, **LATER, **MONITOR), Relation.SAME, ()),
    ("nobody named as attacker, then somebody", other(SHELLING, actors=(), **MONITOR), SHELLING, Relation.NARROWS, (Field.PARTIES,)),
    ("gunmen, then a known side", other(SHELLING, actors=(GUNMEN,), **MONITOR), SHELLING, Relation.NARROWS, (Field.PARTIES,)),
    ("at least three, then exactly three", other(KILLED, high=None, **MONITOR), KILLED, Relation.NARROWS, (Field.COUNT,)),
    ("somewhere in the province, then the village", other(KILLED, place="river", spot="province", **MONITOR), KILLED, Relation.NARROWS, (Field.WHERE,)),
    ("no day, then a day", other(KILLED, since=None, until=None, precision="", **MONITOR), KILLED, Relation.NARROWS, (Field.WHEN,)),
    ("an attack and a loss", SHELLING, KILLED, Relation.ADDS, ()),
    ("other victims", KILLED, other(KILLED, recipients=(SOUTH,)), Relation.ADDS, ()),
    ("dead and wounded", KILLED, other(KILLED, act="wounded"), Relation.ADDS, ()),
    ("each more precise in something else", other(KILLED, high=None, **MONITOR), replace(KILLED, place="river", spot="province"), Relation.ADDS, ()),
    ("he attacked, we fired back, says one", SHELLING, other(SHELLING, actors=(SOUTH,), recipients=(NORTH,)), Relation.ADDS, ()),
    ("each says that the other attacked", SHELLING, other(SHELLING, actors=(SOUTH,), recipients=(NORTH,), **OURS), Relation.CONTRADICTS, (Field.PARTIES,)),
    ("two numbers", KILLED, other(KILLED, low=5, high=5, **LATER, **MONITOR), Relation.CONTRADICTS, (Field.COUNT,)),
    ("three dead, and no casualties", KILLED, other(KILLED, act="harmed", low=0, high=0, **OURS), Relation.CONTRADICTS, (Field.COUNT,)),
    ("other hands", KILLED, other(KILLED, actors=(GUNMEN, SOUTH), **MONITOR), Relation.CONTRADICTS, (Field.PARTIES,)),
    ("fighters or villagers", a_told("a", "casualty", recipients=(VILLAGERS,)),
     a_told("b", "casualty", recipients=(SOUTH,), **OURS), Relation.CONTRADICTS, (Field.PARTIES,)),
    ("another day", KILLED, other(KILLED, since=MAY_4, until=MAY_4, **MONITOR), Relation.CONTRADICTS, (Field.WHEN,)),
    ("it was not we", SHELLING, other(SHELLING, status="negated", **OURS), Relation.DENIES, (Field.STATUS,)),
    ("nobody fired", SHELLING, other(SHELLING, actors=(), recipients=(), status="negated", **MONITOR), Relation.DENIES, (Field.STATUS,)),
    ("one's own part, where nobody is charged", other(SHELLING, actors=(), **MONITOR), replace(SHELLING, status="negated", **OURS), Relation.ADDS, ()),
    ("a denial of something elsewhere", SHELLING, other(SHELLING, place="hilltop", status="negated", **OURS), Relation.ADDS, ()),
    ("a toll raised", KILLED, other(KILLED, low=5, high=5, **LATER), Relation.REVISES, (Field.COUNT,)),
    ("two numbers of one holder on one day, of which nobody can tell the later", KILLED, other(KILLED, low=5, high=5, report="r2"),
     Relation.CONTRADICTS, (Field.COUNT,)),
    ("a toll raised within the day", replace(KILLED, moment="2021-05-04T08:00:00+00:00"),
     other(KILLED, low=5, high=5, report="r2", moment="2021-05-04T19:00:00+00:00"), Relation.REVISES, (Field.COUNT,)),
    ("not a hundred, says who told of three", KILLED, other(KILLED, low=100, high=120, status="negated", **LATER), Relation.ADDS, ()),
    ("not even one, says who told of three", KILLED, other(KILLED, low=1, high=1, status="negated", **LATER), Relation.RETRACTS, ()),
    ("taken back", KILLED, other(KILLED, status="negated", **LATER), Relation.RETRACTS, ()),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second", "relation", "fields"), [pytest.param(*row, id=name) for name, *row in PAIRS])
def test_the_second_relates_to_the_first(first: Told, second: Told, relation: Relation, fields: tuple[Field, ...]) -> None:
    found = relate(first, second)

    assert (found.relation, found.fields) == (relation, fields) and found.because
    assert found == relate(second, first)
    if relation in {Relation.NARROWS, Relation.DENIES, Relation.REVISES, Relation.RETRACTS}:
        assert (found.first, found.second) == (first.claim, second.claim)


def test_who_publishes_under_a_name_is_the_one_cited_under_it() -> None:
    own = replace(SHELLING, holder=":revenge brigades", publisher=":revenge brigades")
    cited = other(SHELLING, holder="IRQ:revenge brigades", report="r2")

    assert one_holder(own, cited) and one_holder(cited, own)
    assert not one_holder(cited, replace(cited, holder="SYR:revenge brigades"))
    assert holders([own, cited]) == {"a-shelling": "IRQ:revenge brigades", "b-other": "IRQ:revenge brigades"}


def test_disputes_are_by_field_and_pair_of_holders() -> None:
    theirs = other(SHELLING, actors=(SOUTH,), recipients=(NORTH,), **OURS)
    toll = replace(KILLED, claim="c-toll", low=5, high=5, **MONITOR)
    found = disputes([toll, theirs, KILLED, SHELLING])

    assert [(d.field, d.holders, d.pairs) for d in found] == [
        (Field.COUNT, (":river mission", "SOU:ministry of defence of the south"), (("c-toll", "a-killed"),)),
        (Field.PARTIES, ("NOR:ministry of defence of the north", "SOU:ministry of defence of the south"), (("b-other", "a-shelling"),)),
    ]
    assert all(d.because for d in found)


def test_parts_that_add_up_to_anothers_total_are_no_dispute() -> None:
    total = replace(KILLED, claim="total", low=5, high=5, **MONITOR)
    parts = [KILLED, other(KILLED, low=2, high=2)]

    assert disputes([KILLED, total]) != [] and disputes([*parts, total]) == []


def test_swapping_the_sides_swaps_the_dispute_and_changes_nothing_else() -> None:
    def swap(t: Told) -> Told:
        away = {NORTH: SOUTH, SOUTH: NORTH}
        ministries = {NORTH_MINISTRY["holder"]: "SOU:ministry of defence of the south", "SOU:ministry of defence of the south": NORTH_MINISTRY["holder"]}
        return replace(
            t, actors=tuple(away.get(w, w) for w in t.actors), recipients=tuple(away.get(w, w) for w in t.recipients),
            holder=ministries.get(t.holder, t.holder), speaks_for={"NOR": "SOU", "SOU": "NOR"}.get(t.speaks_for, t.speaks_for),
        )  # fmt: skip

    claims = [SHELLING, other(SHELLING, actors=(SOUTH,), recipients=(NORTH,), **OURS)]
    before, after = disputes(claims), disputes([swap(t) for t in claims])

    assert [(d.field, d.because) for d in before] == [(d.field, d.because) for d in after]
    assert [set(d.holders) for d in before] == [set(d.holders) for d in after]


# properties


@settings(max_examples=150, deadline=None)
@given(any_told("a"), any_told("b"))
def test_exactly_one_relation_holds_whichever_is_given_first(a: Told, b: Told) -> None:
    found = relate(a, b)

    assert found == relate(b, a) and {found.first, found.second} == {"a", "b"} and found.because
    assert bool(found.fields) == (found.relation in {Relation.CONTRADICTS, Relation.NARROWS, Relation.REVISES, Relation.DENIES})
    assert found.relation not in {Relation.REVISES, Relation.RETRACTS} or one_holder(a, b)
    assert found.relation not in {Relation.CONTRADICTS, Relation.DENIES} or not one_holder(a, b)
    assert (clash(a, b) is not None) == (found.relation in {Relation.CONTRADICTS, Relation.DENIES})


@settings(max_examples=40, deadline=None)
@given(some_tolds(8))
def test_disputes_follow_from_the_relations_in_any_order(tolds: list[Told]) -> None:
    found = disputes(tolds)

    assert found == disputes(tolds[::-1])
    assert all(d.holders[0] < d.holders[1] and d.pairs for d in found)
