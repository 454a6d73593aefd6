"""Losses, talks, commitments, violations: the pages and their charts say what the registers say."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

import pytest

from sayso.record import Filter, registers
from tests.desk.desks import Desk
from tests.making import ARMENIA, AZERBAIJAN, casualty, event, reading, report, said_by

PAGES = ("losses", "talks", "commitments", "violations")


def given(page: str, name: str) -> Any:
    """The JSON that a page holds for a chart."""
    found = re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', page, re.S)
    assert found, name
    return json.loads(found[1])


@pytest.mark.parametrize("name", PAGES)
def test_pages_without_anything_to_tell(desk: Desk, name: str) -> None:
    page = desk.get(f"/{name}?dyad=PER,CHL")
    assert "Nobody tells of" in page
    assert "islands" not in page


@pytest.mark.parametrize("name", PAGES)
def test_what_cannot_be_asked_is_told(desk: Desk, name: str) -> None:
    assert 'role="alert"' in desk.get(f"/{name}?dyad=ARM", 400)


def test_losses_are_each_holder_s_own(desk: Desk) -> None:
    cells = list(registers.casualties(desk.record))
    page = desk.get("/losses")
    assert page.count("<tr") == len(cells) + 1
    drawn = given(page, "losses-data")
    assert [(d["sideName"], d["holderName"], d["harm"]) for d in drawn] == [(c.side_name, c.holder_name, c.harm) for c in cells if c.kind == "casualty"]
    for cell, told in zip((c for c in cells if c.kind == "casualty"), drawn, strict=True):
        assert [(p["low"], p["high"], p["day"]) for p in told["points"]] == [(f.low, f.high, str(f.as_of)) for f in (*cell.history, cell)]
    assert all(f'href="/claims/{c.evidence[0].claim}"' in page for c in cells)
    killed = list(registers.casualties(desk.record, Filter(type="killed")))
    assert desk.get("/losses?type=killed").count("<tr") == len(killed) + 1


@pytest.mark.parametrize("rule", ["conservative", "two-sources", "min", "max"])
def test_sums_have_a_rule_that_is_named(desk: Desk, rule: str) -> None:
    page = desk.get(f"/losses?rule={rule}")
    rows = registers.total(desk.record, None, rule)
    assert page.count("<tr") == max(1, len(rows)) + 1
    assert "losses-data" not in page


def test_no_other_rule(desk: Desk) -> None:
    assert "is none of all" in desk.get("/losses?rule=mean", 400)


def test_talks_and_who_brought_them_together(desk: Desk) -> None:
    page = desk.get("/talks")
    contacts = list(registers.talks(desk.record))
    assert all(f'href="/incidents/{contact.incident}"' in page for contact in contacts)
    net = given(page, "network-data")
    kinds = {node["name"]: node["kind"] for node in net["nodes"]}
    assert {node["id"] for node in net["nodes"]} == {end for tie in net["ties"] for end in (tie["one"], tie["other"])}
    through = {person.name for contact in contacts for person in contact.through}
    assert {name for name, kind in kinds.items() if kind == "between"} <= through
    met = registers.channels(desk.record, None, "dyad")
    assert sum(tie["count"] for tie in net["ties"] if not tie["one"].startswith("through")) >= sum(c.held + c.planned + c.failed for c in met)


def test_a_ladder_has_the_steps_of_its_chain(desk: Desk) -> None:
    page = desk.get("/commitments")
    chains = list(registers.appeals(desk.record))
    assert page.count('<li class="step') == sum(len(chain.steps) for chain in chains)
    assert page.count('class="commitment"') == len(chains)


def test_attacks_are_counted_alike(desk: Desk) -> None:
    for by in ("day", "week", "month"):
        rows = registers.violations(desk.record, None, by)
        page = desk.get(f"/violations?by={by}")
        assert page.count("<tr") == len(rows) + 1
        assert page.count('class="bar"') == sum(tally is not None for row in rows for tally in (row.own, row.opponent, row.third))


def test_hostile_names_are_shown_as_names(desk: Desk) -> None:
    name = "</script><script>alert(1)</script><b>Army</b>"
    evil = ARMENIA.__class__(text=name, name=name, country="ARM", sector=ARMENIA.sector)
    of = report("Ten died. Talks were held. Fire was to cease.")
    said = {"sources": said_by(evil), "when": "2020-07-12"}
    desk.record.add([reading(of, casualty("Ten died", low=8, high=None, who=evil, **said), event("Talks were held", "CONSULT", by=[evil, AZERBAIJAN], **said))])
    for name in (*PAGES, "losses?rule=max"):
        page = desk.get(f"/{name}")
        assert "<script>alert" not in page and "<b>Army" not in page
    drawn = given(desk.get("/losses"), "losses-data")
    assert any(d["holderName"].startswith("</script>") or "script" in unescape(d["holderName"]) for d in drawn)
    assert any(point["high"] is None for d in drawn for point in d["points"])


def test_nothing_is_summed_over_all_of_a_large_record(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.desk.pages.registers.MOST_SUMMED", 10)
    for address in ("/losses?rule=max", "/talks", "/violations"):
        assert "choose sides" in desk.get(address)
        assert "choose sides" not in desk.get(f"{address}{'&' if '?' in address else '?'}since=2022-01-01")
    assert "choose sides" not in desk.get("/losses")
