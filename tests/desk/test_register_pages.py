"""Losses, talks, commitments, violations: the pages and their charts say what the registers say."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from sayso.record import Filter, Record, registers
from tests.desk.desks import Desk, desk_of
from tests.desk.richer import war
from tests.making import ARMENIA, AZERBAIJAN, casualty, event, reading, report, said_by


@pytest.fixture(scope="module")
def war_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("war") / "war.db"
    with Record(where, author="import") as record:
        record.add(war())
    return where


@pytest.fixture
def front(war_record: Path) -> Iterator[Desk]:
    """A desk on the record of a war; nothing is changed there."""
    with desk_of(war_record) as desk:
        yield desk


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
    told = ("held", "planned", "failed")
    drawn = [tuple(tie[how] for how in told) for tie in net["ties"] if not tie["one"].startswith("through")]
    assert sorted(drawn) == sorted((c.held, c.planned, c.failed) for c in met if c.held + c.planned + c.failed)


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


def test_what_takes_long_is_counted_where_that_is_asked(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    long = "very many claims"
    for address in ("/losses?rule=max", "/losses?rule=max&type=killed", "/talks?status=occurred", "/violations?since=2022-01-01", "/violations?country=KGZ"):
        assert long not in desk.get(address)
        monkeypatch.setattr("sayso.record.registers.asking.LARGE", 10)
        for name in ("WAITED", "IN_DAYS"):
            monkeypatch.setattr(f"sayso.record.registers.asking.{name}", 2)
        page = desk.get(address)
        assert long in page and f'{address.replace("&", "&amp;")}{"&amp;" if "?" in address else "?"}count=yes' in page
        assert long not in desk.get(f"{address}{'&' if '?' in address else '?'}count=yes")
        monkeypatch.undo()
    monkeypatch.setattr("sayso.record.registers.asking.LARGE", 10)
    assert long not in desk.get("/losses") and long not in desk.get("/violations?dyad=KGZ,TJK") and long not in desk.get("/talks?since=2022-01-01")


def row_of(page: str, words: str) -> str:
    """The words of the row of a table that holds these, without what marks them up."""
    found = [row for row in re.findall("<tr.*?</tr>", page, re.S) if words in unescape(row)]
    assert len(found) == 1, (words, found)
    return " ".join(unescape(re.sub("<[^>]+>", " ", found[0])).split())


def test_a_denied_toll_is_no_toll_and_takes_back_no_other(front: Desk) -> None:
    page = front.get("/losses")
    drawn = given(page, "losses-data")
    assert "100–120 denied Ministry of Defence of Azerbaijan own side" in row_of(page, "“Not one hundred died”")
    assert "50 possible" in row_of(page, "“Fifty more may have died”")
    assert "11 Ministry of Defence of Azerbaijan own side 2020-07-14 3 (2020-07-12) , 7 (2020-07-13)" in row_of(page, "“Eleven soldiers")
    own = [[(p["words"], p["earlier"]) for p in d["points"]] for d in drawn if d["side"] == "AZE" and d["holderName"] == "Ministry of Defence of Azerbaijan"]
    assert sorted(own) == [[], [("3", True), ("7", True), ("11", False)]]
    assert not any(p["words"] == "50" for d in drawn for p in d["points"])
    assert "2 figures are denied, feared, still to come or without a day" in page


def test_who_is_not_told_is_not_left_empty(front: Desk) -> None:
    assert row_of(front.get("/losses"), "“Somebody died”").startswith("not told killed")
    assert front.get("/losses?rule=max").count('<th scope="row">not told</th>') == 2
    assert "tank destroyed (forces) 4" in row_of(front.get("/losses"), "four tanks")


def test_a_rule_that_takes_nothing_is_not_none(front: Desk) -> None:
    page = front.get("/losses?rule=two-sources&type=displaced")
    (row,) = {row_of(page, words) for words in ("civilians",)}
    assert "no figure 0 1 0" in row and "none" not in row


def test_sums_come_in_pages_and_none_is_lost(front: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.desk.pages.registers.LOSSES", 4)
    rows = registers.total(front.record, None, "max")
    assert len(rows) > 8
    pages = [front.get(f"/losses?rule=max&page={n}") for n in (1, 2, 3)]
    assert sum(page.count("<tr") - 1 for page in pages) == min(12, len(rows))
    assert 'rel="next"' in pages[0] and 'rel="prev"' in pages[1]


def test_a_rule_is_told_as_the_register_has_it(front: Desk) -> None:
    page = front.get("/losses?rule=conservative&type=killed&dyad=ARM,AZE")
    assert "neither of the side that suffered nor of its opponent" in page
    of = {(t.side_name, t.role): (t.low, t.high) for t in registers.total(front.record, Filter(type="killed", dyad=("ARM", "AZE")), "conservative")}
    assert of[("Azerbaijan", "all")] == (0, 15)  # the mission's "up to 15", whatever the two ministries say


def test_go_betweens_are_tied_to_whom_they_brought_together(front: Desk) -> None:
    page = front.get("/talks")
    net = given(page, "network-data")
    names = {node["id"]: node["name"] for node in net["nodes"]}
    ties = {(names[t["one"]], names[t["other"]]): (t["held"], t["planned"], t["failed"]) for t in net["ties"]}
    swiss, georgia = "Federal Department of Foreign Affairs of Switzerland", "Ministry of Foreign Affairs of Georgia"
    for side in ("Armenia", "Azerbaijan"):
        assert ties[(swiss, side)] == (1, 0, 0)  # once held; that they did not meet the second time ties nobody
        assert ties[(georgia, side)] == (2, 0, 0)
        assert ties[("Sergey Lavrov", side)] == (1, 0, 1)  # held by one account and failed by another
    assert ties[("Armenia", "Azerbaijan")] == (4, 0, 1)
    assert {b.name for b in registers.bridges(front.record)} == {swiss, georgia, "Sergey Lavrov"}
    assert front.get("/talks?page=2").count('"held"') == page.count('"held"')  # the net is of all contacts, whatever page of them is shown


def test_talks_that_are_only_denied_tie_nobody(front: Desk) -> None:
    page = front.get("/talks?status=negated")
    assert "denied:" in page and "network-data" not in page


def test_a_ladder_names_who_asked_and_who_says_so(front: Desk) -> None:
    page = front.get("/commitments")
    assert "asked for by Russia" in page and "RUS" not in page
    (chain,) = registers.appeals(front.record)
    assert all(f'href="/claims/{account.claims[0]}"' in page for step in chain.steps for account in step.accounts)
    steps = [" ".join(unescape(re.sub("<[^>]+>", " ", step)).split()) for step in re.findall('<li class="step.*?</li>', page, re.S)]
    breaches = [step for step in steps if step.startswith("alleged breach")]
    assert len(breaches) == 4
    assert sum("of neither side: Border Monitoring Mission" in step for step in breaches) == 2
    assert any("Azerbaijan → to Armenia" in step and "of neither side" not in step for step in breaches)


def test_bars_have_one_scale_on_all_pages(front: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.desk.pages.registers.PERIODS", 1)
    bars = [re.findall('<rect width="([0-9.]+)"', front.get(f"/violations?page={n}")) for n in (1, 2, 3)]
    assert bars == [["1.7", "1.7"], ["100.0", "80.0", "8.3", "8.3", "1.7", "1.7"], ["58.3", "58.3"]]


def test_a_filter_keeps_what_its_form_has_no_field_for(front: Desk) -> None:
    page = front.get("/losses?near=40.99,45.63,50&min_confidence=0.1&rule=max")
    for name, value in {"near": "40.99,45.63,50", "min_confidence": "0.1", "rule": "max"}.items():
        assert f'<input type="hidden" name="{name}" value="{value}">' in page
    assert '<p class="on-paper">Filter: near 40.99,45.63,50; min_confidence 0.1</p>' in page


def test_neither_side_is_drawn_otherwise(front: Desk) -> None:
    """Whoever is asked for first, the same is drawn."""
    for name, part in (("losses", "losses-data"), ("talks", "network-data")):
        assert given(front.get(f"/{name}?dyad=ARM,AZE"), part) == given(front.get(f"/{name}?dyad=AZE,ARM"), part)
