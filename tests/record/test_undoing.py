"""Undoing and redoing: after an undo the record is as before the act, after a redo as after it, whatever acts came in whatever order, and after a restart."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from msgspec.structs import replace

from sayso.errors import BadOption, ChangedSince, SaysoError
from sayso.model import AnyClaim, Casualty, Count
from sayso.record import Record
from sayso.record.history import log, review_of
from sayso.record.tables import blocks, changes, claims, decisions, grades, involved, parties
from tests.making import ARMENIA, AZERBAIJAN, BAKU, TOVUZ, event, said_by
from tests.record.test_store import ATTACK, baku, content, mission, rows, standing, yerevan

ATTACKED, KILLED = (claim.id for claim in baku().claims)


def whole(record: Record) -> dict[str, Any]:
    """All that a record holds but numbers of rows, of what is gone, and of the changes of claims."""
    number = dict(map(tuple, rows(record, sa.select(claims.c.number, claims.c.id).where(claims.c.gone_in.is_(None)))))
    plain = [c for c in claims.c if c.name not in {"number", "report", "component", "added_in", "changed_in", "gone_in"}]
    of_claims = {}
    for table in (parties, blocks):
        found = rows(record, sa.select(table.c.claim, *(c for c in table.c if c.name != "claim")))
        of_claims[table.name] = sorted(repr((number[row[0]], *row[1:])) for row in found if row[0] in number)
    standing_ones = [n for n, in rows(record, sa.select(claims.c.number).where(claims.c.gone_in.is_(None), claims.c.state != "rejected"))]
    sides = rows(record, sa.select(involved.c.claim, involved.c.side, involved.c.inside, involved.c.day).where(involved.c.claim.in_(standing_ones)))
    return content(record) | of_claims | {
        "claims": sorted(map(repr, rows(record, sa.select(*plain).where(claims.c.gone_in.is_(None))))),
        "involved": sorted(repr((number[row[0]], *row[1:])) for row in sides),
        "decisions": sorted(map(repr, rows(record, sa.select(decisions)))),
        "grades": sorted(map(repr, rows(record, sa.select(grades)))),
    }  # fmt: skip


def some_act(record: Record, chance: random.Random) -> None:
    """Some act of the record's author; what cannot be done just now raises."""
    held = [(row.id, row.state, row.incident) for row in rows(record, sa.select(claims).where(claims.c.gone_in.is_(None)).order_by(claims.c.id))]
    key = chance.choice(held)[0]
    homes = sorted({home for _, state, home in held if home and state != "rejected"})
    home = chance.choice(homes)
    inside = [key for key, state, of in held if of == home and state != "rejected"]
    acts: list[Callable[[], Any]] = [
        lambda: record.accept(key, "so it stands"), lambda: record.reject(key), lambda: record.reopen(key), lambda: record.check(key),
        lambda: record.correct(_other(review_of(record, key).claim, chance)),
        lambda: record.review_many([k for k, _, _ in chance.sample(held, 3)], chance.choice(["accepted", "rejected", "proposed"])),
        lambda: record.add_claim(baku().report.digest, missed(chance.choice(["near Tovuz", "Four soldiers"]))),
        lambda: record.merge(*chance.sample(homes, 2)) if len(homes) > 1 else record.accept("none"),
        lambda: record.split(chance.sample(inside, max(1, len(inside) // 2))), lambda: record.pin(home), lambda: record.unpin(home),
        lambda: record.grade(key, credibility=chance.choice("123456")),
        lambda: record.grade("Ministry of Defence of Armenia", reliability=chance.choice("ABCDEF"), note="so far"),
    ]  # fmt: skip
    chance.choice(acts)()


def _other(claim: AnyClaim, chance: random.Random) -> AnyClaim:
    if isinstance(claim, Casualty):
        low = chance.randrange(1, 9)
        return replace(claim, count=Count(low=low, high=low))
    return replace(claim, background=not claim.background, where=TOVUZ)


def missed(words: str = "near Tovuz") -> AnyClaim:
    made: AnyClaim = event(words, "MOBILIZE", by=[ARMENIA], to=[AZERBAIJAN], when="2020-07-12", where=TOVUZ, sources=said_by(BAKU))(baku().report)
    return made


@pytest.mark.parametrize("seed", range(6))
def test_undoing_goes_back_and_redoing_forth_act_by_act(place: Callable[[], str], seed: int) -> None:
    chance = random.Random(seed)
    where = place()
    with Record(where, author="Bo") as record:
        record.add([baku(), yerevan(), mission(), baku("2020-07-14", ATTACK + " More later.", publisher="Gulf Daily")])
        for _ in range(3):  # what another did before stays
            _try(record, chance)
    states = []
    with Record(where, author="Anna") as record:
        while len(states) < 8:
            before = whole(record)
            if _try(record, chance):
                states.append((before, whole(record)))
    for before, after in reversed(states):
        with Record(where, author="Anna") as record:  # another process, another day
            assert whole(record) == after
            record.undo()
            assert whole(record) == before
    with Record(where, author="Anna") as record:
        with pytest.raises(BadOption, match="Anna has done nothing"):
            record.undo()
        for before, after in states[:6]:
            assert whole(record) == before
            record.redo()
            assert whole(record) == after
        record.undo()
        assert whole(record) == states[5][0]
        record.redo()
        logged = log(record, author="Anna")
        assert len(logged) == 8 + 8 + 6 + 2  # nothing is taken out
        assert len([entry for entry in logged if entry.action not in {"undo", "redo"} and entry.undone_by is None]) == 6


def _try(record: Record, chance: random.Random) -> bool:
    """Whether an act could be done, and changed something."""
    before = len(rows(record, sa.select(changes)))
    try:
        some_act(record, chance)
    except SaysoError:
        return False
    return len(rows(record, sa.select(changes))) > before


@pytest.fixture
def filled(record: Record) -> Record:
    record.add([baku(), yerevan(), mission()])
    return record


def by(record: Record, name: str) -> Record:
    record.author = name
    return record


def test_each_author_undoes_his_own(filled: Record) -> None:
    by(filled, "Anna").accept(ATTACKED)
    by(filled, "Bo").reject(KILLED)
    by(filled, "Anna").undo()
    assert (review_of(filled, ATTACKED).state, review_of(filled, KILLED).state) == ("proposed", "rejected")
    filled.undo("Bo")
    assert review_of(filled, KILLED).state == "proposed"
    assert log(filled)[0].author == "Anna"  # it was she who undid it


def test_a_new_act_leaves_nothing_to_redo(filled: Record) -> None:
    filled.accept(ATTACKED)
    filled.undo()
    filled.reject(KILLED)
    with pytest.raises(BadOption, match="has undone nothing in this record that could be done again"):
        filled.redo()


def test_adding_reports_is_no_act_that_is_undone(filled: Record) -> None:
    with pytest.raises(BadOption, match="tester has done nothing in this record that could be undone"):
        filled.undo()


@pytest.mark.parametrize(
    ("act", "since", "says"),
    [
        (lambda r: r.accept(KILLED), lambda r: r.check(KILLED), "claim .{12} was confirmed by Bo on .* since"),
        (lambda r: r.accept(KILLED), lambda r: r.review_many([ATTACKED, KILLED], "rejected"), "claim .{12} was rejected by Bo on .* since"),
        (lambda r: r.add_claim(baku().report.digest, missed()), lambda r: r.withdraw(baku().report.digest), "was withdrawn by Bo on .* since"),
        (lambda r: r.merge(*two(r)), lambda r: r.split([KILLED]), "its claims' incidents were split by Bo on .* since"),
        (lambda r: r.merge(*two(r)), lambda r: r.pin(two(r)[0]), "its claims' incidents were pinned by Bo on .* since"),
        (lambda r: r.split([KILLED]), lambda r: r.unpin(f"i{KILLED}"), "its claims' incidents were unpinned by Bo on .* since"),
        (lambda r: r.pin(f"i{KILLED}"), lambda r: r.merge(*two(r)), "its claims' incidents were merged by Bo on .* since"),
    ],
)
def test_what_another_changed_since_is_not_undone(filled: Record, act: Callable[[Record], Any], since: Callable[[Record], Any], says: str) -> None:
    act(by(filled, "Anna"))
    since(by(filled, "Bo"))
    before = whole(filled), len(rows(filled, sa.select(changes)))
    with pytest.raises(ChangedSince, match=says) as caught:
        by(filled, "Anna").undo()
    assert "\n" not in str(caught.value)
    assert (whole(filled), len(rows(filled, sa.select(changes)))) == before


def test_what_another_changed_and_undid_is_undone(filled: Record) -> None:
    before = whole(filled)
    by(filled, "Anna").merge(*two(filled))
    by(filled, "Bo").pin(two(filled)[0])
    filled.undo()
    by(filled, "Anna").undo()
    assert whole(filled) == before


def test_what_was_merged_is_together_again_when_the_claim_that_held_it_together_is_back(filled: Record) -> None:
    """A decision joins claims that share a block and would not be linked without it."""
    merged = filled.merge(*two(filled))
    held = rows(filled, sa.select(decisions.c.one, decisions.c.other))
    hub = max({key for pair in held for key in pair}, key=lambda key: sum(key in pair for pair in held))
    filled.reject(hub)
    filled.undo()
    assert set(standing(filled).values()) == {filled.incident_id(merged)}


def two(record: Record) -> list[str]:
    """The ids of the incidents, one or two."""
    return sorted(set(standing(record).values()))
