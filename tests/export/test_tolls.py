"""One rule for how many a holder says were harmed: parts are summed, totals are not, the larger stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sayso.export.asking import happened
from sayso.export.tolls import Range, Toll, between, by_holder
from sayso.model import Entity, Harm, Sector
from sayso.record import Record
from sayso.record.filters import Filter
from tests.making import ARMENIA, AZERBAIJAN, BAKU, TOVUZ, casualty, reading, report, said_by

VILLAGERS = Entity(text="", name="villagers", country="AZE", sector=Sector.CVL)
PEOPLE = Entity(text="", name="people", country="AZE", sector=Sector.UNK)


@pytest.mark.parametrize(("claims", "toll"), [
    ([(4, 4, AZERBAIJAN)], Toll(4, 4)),
    ([(4, 4, AZERBAIJAN), (2, 2, VILLAGERS)], Toll(6, 6)),
    ([(4, 4, AZERBAIJAN), (2, 2, VILLAGERS), (6, 6, PEOPLE)], Toll(6, 6)),
    ([(4, 4, AZERBAIJAN), (2, 2, VILLAGERS), (9, 9, PEOPLE)], Toll(9, 9)),
    ([(4, None, AZERBAIJAN), (2, 2, VILLAGERS)], Toll(6, None)),
    ([(0, 0, AZERBAIJAN)], Toll(0, 0)),
    ([(4, 4, AZERBAIJAN), (5, 5, ARMENIA)], Toll(9, 9)),
])  # fmt: skip
def test_one_holder(record: Record, claims: list[Any], toll: Toll) -> None:
    """Soldiers and villagers are parts of six people, six people are not twelve."""
    words = [f"Statement {n}" for n in range(len(claims))]
    where: Any = {"sources": said_by(BAKU), "when": "2020-07-12", "where": TOVUZ}
    made = [casualty(w, low=low, high=high, who=who, **where) for w, (low, high, who) in zip(words, claims, strict=True)]
    record.add([reading(report(". ".join(words)), *made)])
    with record.database.reading() as connection:
        held = [one for incident in happened(connection, Filter()) for one in incident.claims]
    assert list(by_holder(held, Harm.KILLED).values()) == [toll]


def test_what_is_denied_or_feared_counts_for_nothing(record: Record, tmp_path: Path) -> None:
    """And what nobody speaks of has no figure: none is not 0."""
    told = [casualty(f"It {s}", low=5, high=5, status=s, sources=said_by(BAKU), when="2020-07-12") for s in ("negated", "hypothetical", "planned")]
    record.add([reading(report("It negated. It hypothetical. It planned."), *told)])
    with record.database.reading() as connection:
        assert [by_holder(incident.claims, Harm.KILLED) for incident in happened(connection, Filter())] == [{}] * _count(record)


def _count(record: Record) -> int:
    with record.database.reading() as connection:
        return len(list(happened(connection, Filter())))


@pytest.mark.parametrize(("tolls", "made"), [
    ([], None), ([Toll(4, 4)], Range(4, 4, 4)), ([Toll(4, 4), Toll(4, 4)], Range(4, 4, 4)), ([Toll(4, 4), Toll(6, 6)], Range(4, 6, None)),
    ([Toll(4, None), Toll(9, 9)], Range(4, None, None)), ([Toll(0, 3)], Range(0, 3, None)),
])  # fmt: skip
def test_several_holders(tolls: list[Toll], made: Range | None) -> None:
    """The lowest low, the highest high, a figure only where all agree on it."""
    assert between(tolls) == made
