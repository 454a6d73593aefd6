"""The corpus is what its page says: well formed, spread over many conflicts and hard cases, and read twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from sayso.scoring import Annotated, faults, load
from sayso.scoring.annotated import StatedCasualty, StatedEvent, StatedMateriel, StatedRole
from sayso.scoring.compare import items_of_annotation
from sayso.scoring.measures import count
from sayso.scoring.records import as_record
from sayso.scoring.swap import mirror, swap

CORPUS = Path(__file__).parent.parent / "corpus"
SETS = ("train", "dev")
WORDS = range(80, 351)


@cache
def reports(*names: str) -> list[Annotated]:
    return [r for name in names or SETS for r in load(CORPUS / f"{name}.jsonl")]


@pytest.mark.parametrize("name", [*SETS, "blind/first", "blind/second"])
def test_no_annotation_has_a_fault(name: str) -> None:
    assert list(faults(reports(name))) == []


def test_reports_are_of_the_length_of_dispatches() -> None:
    assert [r.id for r in reports() if len(r.text.split()) not in WORDS] == []


def test_every_report_says_who_published_it_when_and_about_what() -> None:
    for r in reports():
        assert r.publisher and r.conflict and r.date
        date.fromisoformat(r.date)


def test_no_report_stands_in_both_sets() -> None:
    assert {r.id for r in reports("train")} & {r.id for r in reports("dev")} == set()
    assert len({r.text for r in reports()}) == len(reports())


def has(feature: str) -> Callable[[Annotated], bool]:
    return lambda r: feature in r.features


def status(wanted: str) -> Callable[[Annotated], bool]:
    return lambda r: any(not isinstance(c, StatedRole) and c.status == wanted for c in r.stated)


def sourced(test: Callable[[list[object]], bool]) -> Callable[[Annotated], bool]:
    return lambda r: any(not isinstance(c, StatedRole) and test(list(c.sources)) for c in r.stated)


SPREAD: list[tuple[str, int, Callable[[Annotated], bool]]] = [
    ("reports", 80, lambda r: True),
    ("rival accounts", 30, has("rival accounts")),
    ("chains of speakers", 15, sourced(lambda sources: len(sources) > 1)),
    ("inherited say-so", 15, sourced(lambda sources: any(getattr(s, "manner", None) == "inherited" for s in sources))),
    ("denials or retractions", 15, lambda r: has("denial")(r) or has("retraction")(r)),
    ("attempted acts", 10, status("attempted")),
    ("planned acts", 10, status("planned")),
    ("hypothetical acts", 10, status("hypothetical")),
    ("de facto entities", 10, lambda r: any(p.de_facto for i in items_of_annotation(r) for p in (*i.sources, *i.actors, *i.recipients))),
    ("counts of violations", 8, lambda r: has("violation counts")(r) or any(isinstance(c, StatedEvent) and c.times for c in r.claims)),
    ("matériel", 10, lambda r: any(isinstance(c, StatedMateriel) for c in r.stated)),
    ("nothing to code", 8, lambda r: not r.stated),
]


@pytest.mark.parametrize(("name", "least", "test"), SPREAD, ids=[name for name, _, _ in SPREAD])
def test_the_corpus_has_enough_of_every_hard_case(name: str, least: int, test: Callable[[Annotated], bool]) -> None:
    assert sum(map(test, reports())) >= least


def test_thirty_conflicts_and_more() -> None:
    assert len({r.conflict for r in reports()}) >= 30


def test_all_sixteen_types_and_every_harm_occur() -> None:
    acts = Counter(c.type for r in reports() for c in r.claims if isinstance(c, StatedEvent))
    harms = Counter(c.harm for r in reports() for c in r.claims if isinstance(c, StatedCasualty))

    assert len(acts) == 16
    assert len(harms) == 6


@pytest.mark.parametrize("name", ["blind/first", "blind/second"])
def test_every_report_was_read_twice(name: str) -> None:
    assert {(r.id, r.text) for r in reports()} == {(r.id, r.text) for r in reports(name)}


def test_an_annotation_agrees_with_itself() -> None:
    for r in reports():
        counts, misses = count(r, as_record(r))
        assert misses == []
        assert counts["strict", "event"] == counts["gold", "event"]


def test_reports_with_two_sides_can_be_changed_over() -> None:
    swappable = [r for r in reports() if r.swap and r.stated]

    assert len(swappable) >= 60
    for r in swappable:
        assert swap(r.text, r.swap).text != r.text
        assert mirror(r) is not None, f"{r.id}: no annotated party's words hold a name of each side"
