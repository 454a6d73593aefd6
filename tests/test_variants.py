"""A dispatch with rival accounts reads alike whoever the sides are, wherever it was and whatever the numbers; swapping the sides swaps the claims."""

from __future__ import annotations

import pytest

from sayso.intake import report_from_text
from sayso.model import Casualty, Event, Harm, Manner, Reading, Role, Status
from sayso.reading import Reader
from sayso.view.rivals import rivals
from tests.variants import CAUCASUS, HORN, KASHMIR, Dyad, dispatch, swapped

DYADS = [CAUCASUS, HORN, KASHMIR, swapped(CAUCASUS), swapped(KASHMIR)]
NAMES = ["Caucasus", "Horn of Africa", "Kashmir", "Caucasus, sides swapped", "Kashmir, sides swapped"]


@pytest.fixture(params=DYADS, ids=NAMES)
def dyad(request: pytest.FixtureRequest) -> Dyad:
    return request.param


@pytest.fixture
def reading(dyad: Dyad, reader: Reader) -> Reading:
    return reader.read(report_from_text(dispatch(dyad), published=dyad.published, publisher="Agency"))


def _events(reading: Reading, kind: str) -> list[Event]:
    return [c for c in reading.claims if isinstance(c, Event) and c.type == kind]


def _holder(claim: Event | Casualty) -> tuple[str | None, str]:
    return (claim.sources[0].entity.country, claim.sources[0].entity.sector) if claim.sources else (None, "")


def test_the_talks_are_said_by_the_go_betweens_ministry(dyad: Dyad, reading: Reading) -> None:
    talks = [e for e in _events(reading, "CONSULT") if "phone" in e.modes]

    assert [{a.country for a in e.actors} for e in talks] == [{dyad.mediator.code, dyad.attacker.code, dyad.defender.code}]
    assert _holder(talks[0]) == (dyad.mediator.code, "GOV")


def test_the_appeal_is_the_ministers_to_both(dyad: Dyad, reading: Reading) -> None:
    appeal = next(e for e in _events(reading, "REQUEST") if e.object and e.object.type == "RETREAT")

    assert {a.country for a in appeal.actors} == {dyad.mediator.code}
    assert {r.country for r in appeal.recipients} == {dyad.attacker.code, dyad.defender.code}
    assert appeal.object is not None and appeal.object.modes == ["ceasefire"]


def test_the_promise_to_mediate_is_said_by_the_minister(dyad: Dyad, reading: Reading) -> None:
    promises = [e for e in _events(reading, "AGREE") if "mediate" in e.evidence.text]

    assert [{a.country for a in e.actors} for e in promises] == [{dyad.mediator.code}]
    assert promises[0].sources and promises[0].sources[0].entity.name.endswith(dyad.mediator.minister.split()[-1])


def test_each_side_says_that_the_other_tried_to_attack(dyad: Dyad, reading: Reading) -> None:
    attempts = [e for e in _events(reading, "ASSAULT") if e.status is Status.ATTEMPTED]
    by_holder = {_holder(e)[0]: {a.country for a in e.actors} for e in attempts}

    assert by_holder == {dyad.defender.code: {dyad.attacker.code}, dyad.attacker.code: {dyad.defender.code}}
    first = next(e for e in attempts if _holder(e)[0] == dyad.defender.code)
    assert first.modes == ["heavy-weapons"]
    assert first.when is not None and str(first.when.start) == str(first.when.end) == dyad.sunday


def test_the_two_accounts_are_rivals_over_who_attacked(dyad: Dyad, reading: Reading) -> None:
    assert any(r.field == "who attacked" for r in rivals(reading))


def test_losses_stand_with_the_side_that_reports_them(dyad: Dyad, reading: Reading) -> None:
    losses = {(c.harm, c.count.low, c.who.country): c for c in reading.claims if isinstance(c, Casualty)}

    killed = losses[Harm.KILLED, dyad.killed_number, dyad.defender.code]
    assert _holder(killed)[0] == dyad.defender.code
    assert killed.sources[0].manner is Manner.INHERITED and killed.sources[0].cue is None
    assert _holder(losses[Harm.WOUNDED, dyad.hurt_number, dyad.defender.code])[0] == dyad.defender.code
    policemen = losses[Harm.WOUNDED, dyad.hurt_number, dyad.attacker.code]
    assert policemen.who.sector == "COP" and _holder(policemen)[0] == dyad.attacker.code
    assert policemen.by is not None and policemen.by.country == dyad.defender.code
    assert len(losses) == 3


def test_the_shelling_is_said_by_the_side_that_was_shelled(dyad: Dyad, reading: Reading) -> None:
    shelling = [e for e in _events(reading, "ASSAULT") if e.trigger.text == "shelling"]

    assert [({a.country for a in e.actors}, {r.country for r in e.recipients}, _holder(e)[0]) for e in shelling] == [
        ({dyad.defender.code}, {dyad.attacker.code}, dyad.attacker.code)
    ]


def test_history_is_background(dyad: Dyad, reading: Reading) -> None:
    old = [c for c in reading.claims if c.when and c.when.start and c.when.start.year == dyad.began]

    assert all(c.background for c in old)
    assert [c for c in reading.claims if c.background] == old


def test_three_ministers_hold_their_offices(dyad: Dyad, reading: Reading) -> None:
    roles = {(c.holder.name.split()[-1], c.organisation.country) for c in reading.claims if isinstance(c, Role)}

    assert {(s.minister.split()[-1], s.code) for s in (dyad.mediator, dyad.attacker, dyad.defender)} <= roles


def _shape(reading: Reading, swap: dict[str, str]) -> list[tuple]:
    def party(e: object) -> tuple:
        code = getattr(e, "country", None)
        return swap.get(code or "", code), getattr(e, "sector", None)

    shapes = []
    for c in reading.claims:
        head = (type(c).__name__, c.status, c.background, tuple(party(s.entity) for s in c.sources))
        if isinstance(c, Event):
            shapes.append((*head, c.type, tuple(c.modes), tuple(sorted(map(party, c.actors), key=str)), tuple(sorted(map(party, c.recipients), key=str))))
        elif isinstance(c, Casualty):
            shapes.append((*head, c.harm, c.count.low, c.count.high, party(c.who)))
        elif isinstance(c, Role):
            shapes.append((*head, c.office.lower(), party(c.organisation)))
    return shapes


@pytest.mark.parametrize("dyad_", [CAUCASUS, KASHMIR], ids=["Caucasus", "Kashmir"])
def test_swapping_the_sides_swaps_the_claims_and_changes_nothing_else(dyad_: Dyad, reader: Reader) -> None:
    a, b = dyad_.attacker.code, dyad_.defender.code
    straight, turned = (
        reader.read(report_from_text(dispatch(d), published=d.published, publisher="Agency")) for d in (dyad_, swapped(dyad_))
    )

    assert sorted(_shape(straight, {}), key=str) == sorted(_shape(turned, {a: b, b: a}), key=str)
