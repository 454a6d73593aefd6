"""Which sides a claim concerns is kept up to date, and a question that is walked through them finds the same claims as one that is not."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from sayso.model import Entity, Sector, When
from sayso.record import Filter, Record, incidents
from sayso.record.filters import STANDING, Conflict, conditions
from sayso.record.incidents import list_incidents
from sayso.record.registers.asking import by_day, walk
from sayso.record.tables import claims, involved
from tests.making import ARMENIA, AZERBAIJAN, TOVUZ, casualty, event, reading, report, role, said_by
from tests.record.test_store import ATTACK, baku, mission, yerevan

HIGHLANDERS = Entity(text="", name="Highland Front", country="AZE", sector=Sector.REB, id="highland-front")
VILLAGERS = Entity(text="", name="villagers", sector=Sector.CVL)


def front() -> Any:
    """An armed group, people of no side, undated background, an office, and a siege that goes on."""
    of = report(
        "The Highland Front had besieged Tovuz since May, villagers said. The front attacked the army on August 3. Soldiers were killed. "
        "Villagers fought the front. The front raided farms long ago. Ilqar Mirzayev commands the army.",
        "2020-08-04", publisher="Highland Monitor",
    )  # fmt: skip
    return reading(
        of,
        event(
            "besieged Tovuz", by=[HIGHLANDERS], to=[AZERBAIJAN], when=When(start=date(2020, 5, 1), end=None, precision="month"), where=TOVUZ,
            sources=said_by(VILLAGERS), status="ongoing",
        ),
        event("The front attacked the army", by=[HIGHLANDERS], to=[AZERBAIJAN], when="2020-08-03", where=TOVUZ),
        casualty("Soldiers were killed", low=2, high=2, who=AZERBAIJAN, when="2020-08-03", where=TOVUZ),
        event("Villagers fought the front", by=[VILLAGERS], to=[HIGHLANDERS], when="2020-08-03", where=TOVUZ),
        event("The front raided farms long ago", by=[HIGHLANDERS], to=[VILLAGERS], background=True),
        role("Ilqar Mirzayev commands the army", Entity(text="", name="Ilqar Mirzayev", country="AZE", sector=Sector.MIL), "commander", AZERBAIJAN),
    )


def concerned(record: Record) -> tuple[list[Any], list[Any]]:
    """The rows of standing claims, as they are and as the migration would make them anew."""
    anew = importlib.import_module("sayso.record.migrations.versions.0003_involved").concerned().subquery()
    stand = sa.select(claims.c.number).where(STANDING)
    with record.database.reading() as connection:
        kept = connection.execute(sa.select(involved).where(involved.c.claim.in_(stand)).order_by(involved.c.claim, involved.c.side))
        made = connection.execute(sa.select(*(anew.c[c.name] for c in involved.c)).where(anew.c.claim.in_(stand)).order_by(anew.c.claim, anew.c.side))
        return [tuple(row) for row in kept], [tuple(row) for row in made]


def numbers(record: Record) -> dict[str, str]:
    with record.database.reading() as connection:
        return {row.evidence: row.id for row in connection.execute(sa.select(claims.c.id, claims.c.evidence))}


CHANGES: dict[str, Callable[[Record, dict[str, str]], Any]] = {
    "nothing": lambda record, ids: None,
    "another side's account": lambda record, ids: record.add([yerevan()]),
    "another reading": lambda record, ids: record.add([reading(baku().report, event("Armenian units attacked", by=[ARMENIA], when="2020-07-11"))]),
    "a newer version": lambda record, ids: record.add([baku("2020-07-14", text=f"{ATTACK} More is to follow.", id=baku().report.id)]),
    "a merge": lambda record, ids: record.merge("i" + ids["Shells fell on Agdam"], "i" + ids["Armenian units attacked Azerbaijani positions"]),
    "a split": lambda record, ids: record.split([ids["Soldiers were killed"]]),
    "a rejection": lambda record, ids: record.reject(ids["Armenian units attacked Azerbaijani positions"]),
    "a withdrawal": lambda record, ids: record.withdraw(baku().report.digest),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_which_sides_claims_concern_is_kept_up_to_date(change: Callable[[Record, dict[str, str]], Any], record: Record) -> None:
    record.add([baku(), mission(), front()])
    before = concerned(record)[0]
    change(record, numbers(record))
    kept, anew = concerned(record)
    assert kept == anew
    assert change is CHANGES["nothing"] or kept != before


QUESTIONS = {
    "a dyad": Filter(dyad=("ARM", "AZE")),
    "a dyad the other way round": Filter(dyad=("AZE", "ARM")),
    "a dyad of which one is in the incident alone": Filter(dyad=("ARM", "AZE"), kind="casualty"),
    "a group by name": Filter(dyad=("Highland Front", "AZE")),
    "a group by key": Filter(dyad=("AZE", "highland-front")),
    "people on no side": Filter(dyad=("villagers", "Highland Front")),
    "a dyad in its days": Filter(dyad=("highland-front", "AZE"), since=date(2020, 7, 1), until=date(2020, 8, 3)),
    "a side": Filter(actor="AZE"),
    "a side in its days": Filter(actor="AZE", since=date(2020, 7, 20)),
    "a group": Filter(actor="Highland Front"),
    "somebody on no side": Filter(actor="villagers"),
    "somebody": Filter(actor="armed forces of armenia", until=date(2020, 7, 31)),
    "a conflict": Filter(conflict=Conflict(name="c", dyads=[("ARM", "AZE"), ("AZE", "highland-front")], until=date(2020, 8, 3))),
    "a conflict with places": Filter(conflict=Conflict(name="c", dyads=[("ARM", "AZE")], countries=["AZE"])),
    "a dyad at a place": Filter(dyad=("ARM", "AZE"), place="Tovuz"),
    "a holder": Filter(holder="AZE"),
    "nobody": Filter(actor="Nobody At All"),
    "all": Filter(),
}
KINDS = [("event", "ASSAULT"), ("casualty", "killed"), ("casualty", "wounded")]


@pytest.fixture
def filled(record: Record) -> Record:
    record.add([baku(), yerevan(), mission(), front()])
    return record


@pytest.mark.parametrize("asked", QUESTIONS.values(), ids=QUESTIONS.keys())
@pytest.mark.parametrize("kinds", [[], KINDS], ids=["of all kinds", "of some kinds"])
def test_a_walk_finds_the_claims_that_the_conditions_name_in_their_order(asked: Filter, kinds: list[tuple[str, str]], filled: Record) -> None:
    some = [claims.c.kind.in_({k for k, _ in kinds}), claims.c.type.in_({t for _, t in kinds})] if kinds else []
    with filled.database.reading() as connection:
        plain = connection.execute(sa.select(claims.c.day, claims.c.id).where(*conditions(asked), *some)).all()
        at_hand = connection.execute(sa.select(claims.c.id).where(*conditions(asked, at_hand=True), *some)).scalars().all()
        walked = [row.id for row in by_day(connection, sa.select(claims.c.day, claims.c.id), walk(asked, *some, kinds=kinds))]
    assert walked == [row.id for row in sorted(plain, key=lambda r: (r.day is None, r.day or date.max, r.id))]
    assert sorted(walked) == sorted(at_hand)
    assert bool(walked) == (asked.actor != "Nobody At All" and not (kinds and asked.holder == "ARM"))


@pytest.mark.parametrize("asked", QUESTIONS.values(), ids=QUESTIONS.keys())
def test_incidents_of_many_claims_are_those_of_few(asked: Filter, filled: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    few = list_incidents(filled, asked, limit=50)
    monkeypatch.setattr(incidents, "MANY", 1)
    assert list_incidents(filled, asked, limit=50) == few


def test_a_dyad_has_what_either_holds_of_the_other(filled: Record) -> None:
    with filled.database.reading() as connection:
        found = connection.execute(sa.select(claims.c.evidence).where(*conditions(Filter(dyad=("ARM", "AZE"))))).scalars().all()
        none = connection.execute(sa.select(claims.c.evidence).where(*conditions(Filter(dyad=("ARM", "highland-front"))))).scalars().all()
    assert set(found) == {
        "Armenian units attacked Azerbaijani positions", "Four soldiers were killed", "Azerbaijani units attacked Armenian positions",
        "Two Azerbaijani soldiers were killed",
    }  # fmt: skip
    assert none == []
