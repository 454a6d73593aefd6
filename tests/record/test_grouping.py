"""Which claims are about one incident: what links two, what keeps them apart, and that the result depends on the set of claims alone."""

from __future__ import annotations

import time
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from sayso.record.grouping import Pair, blocks, by_component, cluster, excludes, link, score, weights, why
from sayso.record.told import Told
from tests.record.tolds import GUNMEN, MAY_4, MAY_9, MONITOR, NORTH, NORTH_MINISTRY, SOUTH, VILLAGERS, a_told, any_told, some_tolds

SHELLING = a_told("shelling", modes=("heavy-weapons",))
KILLED = a_told("killed", "casualty", recipients=(VILLAGERS,), sentence=1)

ONE = [
    ("an attack and what it cost", SHELLING, KILLED),
    ("an attack and what another report says that it cost", SHELLING, replace(KILLED, report="r2", **MONITOR)),
    ("an attack and its denial", SHELLING, a_told("denial", status="negated", report="r2", **NORTH_MINISTRY)),
    ("an attack and its denial, without a place", SHELLING, a_told("denial", status="negated", report="r2", place="", country="", spot="", **NORTH_MINISTRY)),
    ("two sides' accounts of who attacked", SHELLING, a_told("theirs", report="r2", actors=(SOUTH,), recipients=(NORTH,), **NORTH_MINISTRY)),
    ("two tolls", KILLED, replace(KILLED, claim="more", report="r2", low=5, high=5, **MONITOR)),
    ("an attack by nobody named", SHELLING, a_told("monitor", report="r2", actors=(), **MONITOR)),
    ("people and things", KILLED, a_told("houses", "materiel", report="r2", sentence=1)),
    ("one call, told by both", a_told("a", act="CONSULT", modes=("phone",), actors=(NORTH, SOUTH), recipients=()),
     a_told("b", act="CONSULT", modes=("phone",), actors=(NORTH, SOUTH), recipients=(), report="r2", **NORTH_MINISTRY)),
]  # fmt: skip

TWO = [
    ("another day", SHELLING, a_told("later", since=MAY_9, until=MAY_9, report="r2")),
    ("the next day", SHELLING, a_told("later", since=MAY_4, until=MAY_4, report="r2")),
    ("two villages on one day", SHELLING, a_told("hilltop", modes=("heavy-weapons",), place="hilltop")),
    ("two villages on one day, by two reports", SHELLING, a_told("hilltop", modes=("heavy-weapons",), place="hilltop", report="r2")),
    ("an attack and an appeal", SHELLING, a_told("appeal", act="REQUEST", actors=(GUNMEN,))),
    ("an attack and a plan of one", SHELLING, a_told("plan", status="planned")),
    ("a shelling and a day's violations", SHELLING, a_told("all", low=70, high=70, place="river", spot="province", report="r2")),
    ("other parties", SHELLING, replace(SHELLING, claim="others", report="r2", actors=(replace(NORTH, side="EAS", key="e"),),
                                        recipients=(replace(SOUTH, side="WES", key="w"),))),
    ("history without a date", SHELLING, a_told("history", background=True, since=None, until=None, precision="")),
    ("two who urge", a_told("a", act="REQUEST", actors=(NORTH,), recipients=()), a_told("b", act="REQUEST", actors=(SOUTH,), recipients=())),
    ("a release and a truce kept", a_told("a", act="RETREAT", modes=("release",)), a_told("b", act="RETREAT", modes=("ceasefire",))),
]  # fmt: skip


def components(tolds: list[Told], together: frozenset[Pair] = frozenset()) -> list[list[str]]:
    """The claims of each component."""
    return sorted(sorted(claim for group in component for claim in group) for component in by_component(tolds, together))


@pytest.mark.parametrize(("a", "b"), [pytest.param(a, b, id=name) for name, a, b in ONE])
def test_claims_of_one_incident_are_linked_for_reasons_and_found_together(a: Told, b: Told) -> None:
    found = link(a, b)

    assert found is not None and found == link(b, a)
    assert found.reasons and all(reason.words for reason in found.reasons)
    assert set(blocks(a)) & set(blocks(b))
    assert cluster([a, b]) == [sorted([a.claim, b.claim])]


@pytest.mark.parametrize(("a", "b"), [pytest.param(a, b, id=name) for name, a, b in TWO])
def test_claims_of_two_incidents_are_not(a: Told, b: Told) -> None:
    assert link(a, b) is None and link(b, a) is None
    assert cluster([a, b]) == sorted([[a.claim], [b.claim]])


def test_reasons_are_words_that_a_user_understands() -> None:
    found = link(KILLED, replace(KILLED, claim="again", report="r2"))

    assert found is not None
    assert {"same day, 2021-05-03", "same place, Riverside", "3 killed in both"} <= {reason.words for reason in found.reasons}


def test_a_claim_has_few_blocks_and_none_for_a_whole_war() -> None:
    assert len(blocks(SHELLING)) <= 8
    war = a_told("war", since=date(2014, 1, 1), until=date(2021, 12, 31), precision="range", background=True)

    assert blocks(war) == ["r1|loss"]


def test_weights_are_complete() -> None:
    assert all(w.words for w in weights().values()) and weights()["always"].weight < 0


def test_near_copies_vote_once() -> None:
    """Ten copies of one statement weigh no more than the one: what they are all a little unlike is not pushed away tenfold."""
    copies = [replace(SHELLING, claim=f"copy{n}", report=f"w{n}", copy="wire", wording="same") for n in range(10)]
    others = [KILLED, replace(KILLED, claim="more", report="r2", low=5, high=5, **MONITOR)]

    once, tenfold = cluster([copies[0], *others]), cluster([*copies, *others])

    assert [[c for c in group if not c.startswith("copy") or c == "copy0"] for group in tenfold] == once


def test_why_gives_a_spanning_tree_and_what_keeps_neighbours_out() -> None:
    incident = [SHELLING, KILLED, a_told("denial", status="negated", report="r2", **NORTH_MINISTRY)]
    hilltop = a_told("hilltop", place="hilltop")
    found = why(incident, [hilltop, KILLED])

    assert len(found.links) == 2 and found.links[0].score >= found.links[1].score
    assert {name for held in found.links for name in held[:2]} == {t.claim for t in incident}
    assert [(held.second, held.because) for held in found.apart] == [("hilltop", "two places: Riverside and Hilltop")]


def test_many_claims_of_one_day_and_side_take_no_minute() -> None:
    tolds = [
        a_told(f"c{n:04}", "casualty" if n % 3 else "event", place=f"village{n % 80:02}", report=f"r{n // 5}", sentence=n % 5, recipients=(SOUTH,))
        for n in range(600)
    ]
    began = time.perf_counter()

    assert len(cluster(tolds)) >= 80
    assert time.perf_counter() - began < 20


# properties


@settings(max_examples=60, deadline=None)
@given(any_told("a"), any_told("b"))
def test_a_pair_is_judged_alike_both_ways_round(a: Told, b: Told) -> None:
    assert link(a, b) == link(b, a)
    assert (excludes(a, b) is None) == (excludes(b, a) is None)
    assert (score(a, b) is None) == (excludes(a, b) is not None)
    if excludes(a, b):
        assert link(a, b) is None


@settings(max_examples=60, deadline=None)
@given(some_tolds(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(tolds: list[Told], chance: object) -> None:
    shuffled = list(tolds)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]

    assert cluster(shuffled) == cluster(tolds)


@settings(max_examples=60, deadline=None)
@given(some_tolds())
def test_every_claim_stands_in_one_incident_and_no_pair_there_excludes_each_other(tolds: list[Told]) -> None:
    groups, known = cluster(tolds), {t.claim: t for t in tolds}

    assert sorted(name for group in groups for name in group) == sorted(known)
    assert groups == sorted(sorted(group) for group in groups)
    assert [pair for group in groups for pair in combinations(group, 2) if excludes(known[pair[0]], known[pair[1]])] == []


def pairs_of(tolds: list[Told], data: st.DataObject, most: int) -> frozenset[Pair]:
    names = [t.claim for t in tolds]
    if len(names) < 2:
        return frozenset()
    one = st.lists(st.sampled_from(names), min_size=2, max_size=2, unique=True).map(frozenset)
    return frozenset(data.draw(st.lists(one, max_size=most)))


@settings(max_examples=60, deadline=None)
@given(some_tolds(), st.data())
def test_a_component_alone_is_grouped_as_it_is_among_all(tolds: list[Told], data: st.DataObject) -> None:
    together, apart = pairs_of(tolds, data, 2), pairs_of(tolds, data, 2)
    known = {t.claim: t for t in tolds}
    whole = cluster(tolds, together, apart)
    parts = [cluster([known[name] for name in part], together, apart) for part in components(tolds, together)]

    assert sorted(group for part in parts for group in part) == whole


@settings(max_examples=60, deadline=None)
@given(some_tolds(), st.data())
def test_what_a_user_put_together_is_and_what_he_set_apart_is_not(tolds: list[Told], data: st.DataObject) -> None:
    together, apart = pairs_of(tolds, data, 3), pairs_of(tolds, data, 3)
    groups = cluster(tolds, together, apart)
    home = {name: n for n, group in enumerate(groups) for name in group}
    joined = {name: {name} for name in home}
    for pair in together:
        one, other = sorted(pair)
        merged = joined[one] | joined[other]
        for name in merged:
            joined[name] = merged

    assert all(home[one] == home[other] for one, other in map(sorted, together))
    assert all(home[one] != home[other] or other in joined[one] for one, other in map(sorted, apart))


@settings(max_examples=30, deadline=None)
@given(some_tolds(8))
def test_what_came_before_does_not_matter_to_a_component_that_a_new_claim_does_not_touch(tolds: list[Told]) -> None:
    if not tolds:
        return
    *old, new = tolds
    before, after = components(old), components(tolds)
    touched = next(part for part in after if new.claim in part)

    assert [part for part in before if not set(part) & set(touched)] == [part for part in after if part != touched]


def naive(tolds: list[Told]) -> list[list[str]]:
    """The same clustering without any short cut: the highest mean of all pairs of groups, again and again."""
    known = {t.claim: t for t in tolds}
    found: list[list[str]] = []
    for part in components(tolds):
        groups = [[name] for name in part]
        while True:
            means = []
            for one, other in combinations(sorted(groups), 2):
                scores = [score(known[a], known[b]) for a in one for b in other]
                linked = any(link(known[a], known[b]) and set(blocks(known[a])) & set(blocks(known[b])) for a in one for b in other)
                if linked and None not in scores and sum(filter(None, scores)) > 0:
                    means.append((-sum(filter(None, scores)) / len(scores), one, other))
            if not means:
                break
            nearest = min(means)
            if len([m for m in means if abs(m[0] - nearest[0]) < 1e-9]) > 1:
                return []  # a tie, in which rounding may decide
            groups = [g for g in groups if g not in nearest[1:]] + [sorted(nearest[1] + nearest[2])]
        found += groups
    return sorted(found)


@settings(max_examples=80, deadline=None)
@given(some_tolds(9))
def test_the_nearest_groups_are_joined_first(tolds: list[Told]) -> None:
    tolds = [replace(t, copy="") for t in tolds]

    assert naive(tolds) in ([], cluster(tolds))


@settings(max_examples=60, deadline=None)
@given(some_tolds())
def test_components_are_what_links_join(tolds: list[Told]) -> None:
    parts = [{t.claim} for t in tolds]
    for a, b in combinations(tolds, 2):
        if set(blocks(a)) & set(blocks(b)) and link(a, b):
            touched = [part for part in parts if part & {a.claim, b.claim}]
            parts = [*(part for part in parts if part not in touched), set().union(*touched)]

    assert components(tolds) == sorted(sorted(part) for part in parts)
