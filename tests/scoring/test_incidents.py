"""Annotated sets are scored: what is annotated as claims, what is right, and what is shown."""

from __future__ import annotations

import io
from typing import Any

import msgspec
from rich.console import Console

from sayso.model import Casualty, Event, Reading
from sayso.scoring import incident_figures, score_incidents, show_incidents
from sayso.scoring.incidents import claims_of, count_set, figures_of, read_claims
from tests.scoring.sets import SET, a_set


def readings() -> dict[str, Reading]:
    """As if a reader had found just the annotated claims."""
    return {report.id: Reading(report=held[0].report, claims=[c.claim for c in held]) for report in a_set().reports if (held := claims_of(report))}


def test_annotated_claims_become_claims_with_spans_days_and_places() -> None:
    first, second, *_ = claims_of(a_set().reports[0])

    assert (first.name, second.name) == ("a#0", "a#1")
    assert isinstance(first.claim, Event) and isinstance(second.claim, Casualty)
    span, text = first.claim.evidence, first.report.text
    assert text[span.start : span.end] == span.text == "Kyrgyz guards shelled Tajik guards near Vorukh"
    assert first.claim.where and first.claim.where.country == "TJK"
    assert first.claim.when and str(first.claim.when.start) == "2021-05-03"
    assert first.claim.sources[0].entity.name == "Border Service of Tajikistan"


def test_the_small_set_is_grouped_and_related_without_a_fault() -> None:
    scored = score_incidents([a_set()], readings())

    for task in scored.tasks.values():
        assert (task.conll, task.relations.f1, task.disputed.f1) == (1.0, 1.0, 1.0)
    assert (scored.sets, scored.reports, scored.claims, scored.incidents) == (1, 2, 5, 2)
    assert scored.baselines["annotated"]["every claim alone"].conll < 1


def test_a_relation_the_wrong_way_round_is_wrong_and_so_is_a_dispute_over_something_else() -> None:
    claims = [named for report in a_set().reports for named in claims_of(report)]
    turned = a_set(relations=[SET["relations"][0], SET["relations"][1] | {"first": "b#0", "second": "a#1"}], disputed=[SET["disputed"][0] | {"field": "count"}])
    figures = figures_of([count_set(turned, claims)])

    assert (figures.relations.right, figures.relations.predicted, figures.relations.gold) == (1, 2, 2)
    assert (figures.disputed.right, figures.disputed.predicted, figures.disputed.gold) == (0, 1, 1)


def test_claims_that_were_missed_or_are_too_many_lower_recall_or_precision() -> None:
    held = readings()
    less = held | {"b": msgspec.structs.replace(held["b"], claims=[])}
    more = held | {"b": msgspec.structs.replace(held["b"], claims=[*held["b"].claims, msgspec.structs.replace(held["b"].claims[0], id="other")])}

    missed, extra = (figures_of([count_set(a_set(), read_claims(a_set(), found))]) for found in (less, more))

    assert missed.b_cubed.recall < 1 == missed.b_cubed.precision
    assert extra.b_cubed.precision < 1 == extra.b_cubed.recall


def test_a_report_without_a_reading_counts_as_read_empty() -> None:
    assert figures_of([count_set(a_set(), read_claims(a_set(), {}))]).conll == 0.0


def test_figures_are_plain_values_and_are_shown() -> None:
    scored = score_incidents([a_set()])
    console = Console(width=120, record=True, file=io.StringIO())
    show_incidents(scored, console)
    plain: dict[str, Any] = incident_figures(scored)

    assert plain["annotated"]["conll"] == 1.0 and "read" not in plain
    assert "INCIDENTS, CoNLL" in console.export_text()
