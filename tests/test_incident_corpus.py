"""The annotated sets are what their page says: well formed, spread over hard cases, and apart from each other."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from sayso.model import Field, Relation
from sayso.scoring import IncidentSet, load_sets, set_faults

FOLDER = Path(__file__).parent.parent / "corpus" / "incidents"
FILES = ("dev", "test")


@cache
def sets(*names: str) -> list[IncidentSet]:
    return [one for name in names or FILES for one in load_sets(FOLDER / f"{name}.jsonl")]


@pytest.mark.parametrize("name", FILES)
def test_no_annotation_has_a_fault(name: str) -> None:
    assert list(set_faults(sets(name))) == []


def test_no_set_and_no_text_stands_in_both_files() -> None:
    texts = [report.text for one in sets() for report in one.reports]

    assert len({one.id for one in sets()}) == len(sets()) == 40
    assert {r.text for one in sets("dev") for r in one.reports} & {r.text for one in sets("test") for r in one.reports} == set()
    assert len({report.id for one in sets() for report in one.reports}) == len(texts)


@pytest.mark.parametrize("name", FILES)
def test_hard_cases_are_frequent(name: str) -> None:
    features = Counter(feature for one in sets(name) for feature in one.features)
    relations = Counter(r.relation for one in sets(name) for r in one.relations)
    fields = Counter(d.field for one in sets(name) for d in one.disputed)

    assert all(features[f] >= 9 for f in ("rival sides", "monitor", "denial", "revision", "look-alikes", "two places", "two days"))
    assert all(features[f] >= 2 for f in ("wire copy", "retraction", "undated", "background", "talks", "ceasefire", "prisoners", "violations", "materiel"))
    assert all(relations[r] >= 5 for r in Relation if r is not Relation.ADDS)
    assert all(fields[f] >= 10 for f in (Field.PARTIES, Field.COUNT, Field.STATUS))


@pytest.mark.parametrize("name", FILES)
def test_incidents_reach_over_reports_and_many_stand_alone(name: str) -> None:
    incidents = [i for one in sets(name) for i in one.incidents]

    assert sum(len({claim.split("#")[0] for claim in i.claims}) > 1 for i in incidents) > 40
    assert sum(len(i.claims) == 1 for i in incidents) > 40


def test_every_report_has_a_day_and_a_publisher() -> None:
    assert [r.id for one in sets() for r in one.reports if not r.date or not r.publisher] == []


def test_the_page_gives_the_numbers() -> None:
    page = (FOLDER / "README.md").read_text("utf-8")
    words = sum(len(report.text.split()) for one in sets() for report in one.reports)
    relations = sum(len(one.relations) for one in sets())

    assert f"{words:,} words" in page and f"({relations} relations)" in page and f"({sum(len(one.disputed) for one in sets())})" in page
    assert f"({sum(len(one.incidents) for one in sets())})" in page
