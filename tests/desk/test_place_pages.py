"""Timeline, map, actors, sources, export, and decisions about incidents: what they show of the example record, and how they refuse."""

from __future__ import annotations

import io
import json
import re
import tempfile
import threading
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

import msgspec
import pytest

import sayso
from sayso.desk.counting import Counts
from sayso.desk.pages.exports import AT_ONCE
from sayso.export import FORMATS, export
from sayso.record.filters import Filter
from sayso.record.incidents import accounts_of, explain_incident, homes_of, list_incidents
from sayso.record.registers import actors, sources
from sayso.record.registers.timeline import timeline
from sayso.view.words import what
from tests.desk.desks import Desk

PAST = """YEREVAN, 14 July 2020. Armenia's Defence Ministry said on Tuesday that Azerbaijani forces shelled the village of Chinari on 12 July.

The war between Armenia and Azerbaijan over Nagorno-Karabakh lasted from 1992 to 1994. In February 1988 Armenian forces attacked the town of Sumgait."""


def _told_of_the_past(desk: Desk) -> None:
    desk.record.add([sayso.read(PAST, date="2020-07-14")])


def _seen(page: str) -> str:
    found = re.search(r'name="seen" value="(\d+)"', page)
    assert found
    return found[1]


def test_the_timeline_has_the_commands_incidents_news_and_background_apart(desk: Desk) -> None:
    _told_of_the_past(desk)
    page = desk.get("/timeline")
    news, _, behind = page.partition('id="background"')
    linked = [re.findall(r'href="/incidents/(i[0-9a-f]+)"', part) for part in (news, behind)]
    entries = list(timeline(desk.record, Filter(background=False), 50))
    dated = sorted((e for e in entries if e.start), key=lambda e: (e.start or date.max, e.end or date.max))
    assert linked[0] == [e.incident for e in [*dated, *(e for e in entries if e.start is None)]]
    assert set(linked[1]) <= {e.incident for e in timeline(desk.record, Filter(background=True)) if e.background}
    assert linked[1]


def test_an_interval_is_drawn_as_one_and_a_day_as_a_day(desk: Desk) -> None:
    _told_of_the_past(desk)
    entries = list(timeline(desk.record))
    page = desk.get("/timeline?background=no") + desk.get("/timeline?background=yes")
    assert any(e.start and e.start == e.end for e in entries)
    assert any(e.precision in {"month", "year"} for e in entries)
    assert "<circle" in page.partition("</ul>")[2]
    assert "on some day of these" in page


def test_a_later_part_of_the_timeline_goes_on_where_the_earlier_ended(desk: Desk) -> None:
    whole = [e.incident for e in timeline(desk.record)]
    assert [e.incident for e in timeline(desk.record, offset=3, limit=4)] == whole[3:7]
    assert list(timeline(desk.record, offset=len(whole))) == []


def test_the_map_shows_what_is_filtered_as_areas(desk: Desk) -> None:
    answer = desk.client.get("/incidents.geojson?disputed=yes")
    assert answer.headers["content-type"] == "application/geo+json"
    told = json.loads(answer.text)
    rows = {row.id: row for row in list_incidents(desk.record, disputed=True)}
    assert [f["id"] for f in told["features"]] == list(rows)
    assert not told["more"]
    for feature in told["features"]:
        row, geometry = rows[feature["id"]], feature["geometry"]
        assert feature["properties"]["disputed"] is True
        drawn = None if row.lat is None else {"point": "Point", "country": None, "": None}.get(row.place_precision, "Polygon")
        assert (geometry or {}).get("type") == drawn


def test_the_map_keeps_its_question_and_its_rule(desk: Desk) -> None:
    page = desk.get("/map?since=2020-07-01&rule=viewpoint:IND")
    assert 'data-rule="viewpoint:IND"' in page
    assert 'data-src="/incidents.geojson?since=2020-07-01"' in page
    assert '<option value="viewpoint:IND" selected>India</option>' in page


@pytest.mark.parametrize("rule", ["viewpoint:XXX", "viewpoint:", "IND", "<script>"])
def test_a_rule_that_there_is_not_is_refused(desk: Desk, rule: str) -> None:
    assert "<script>" not in desk.get(f"/map?rule={rule}", 400)


@pytest.mark.parametrize("of", ["entities", "sides"])
def test_actors_are_the_registers(desk: Desk, of: str) -> None:
    page = desk.get(f"/actors?of={of}")
    deeds = actors(desk.record, Filter(), 200, of)
    assert page.count('<tr><th scope="row">') == min(50, len(deeds))
    assert deeds[0].name in page


def test_a_long_question_is_counted_when_asked_for(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.record.incidents.MANY", 10)
    for address in ("/actors", "/sources"):
        assert "Count them all" in desk.get(address)
        counted = desk.get(f"{address}?count=yes")
        assert "Count them all" not in counted
        assert '<tr><th scope="row">' in counted


def test_a_source_has_a_profile_and_grades_that_users_give(desk: Desk) -> None:
    profile = next(p for p in sources(desk.record) if p.disputed)
    assert "completely reliable" not in desk.get("/sources")
    address = f"/sources?{urlencode({'holder': profile.source})}"
    page = desk.get(address)
    assert f"<h1>{profile.name}</h1>" in page
    assert profile.disputed_by[0].name in page
    assert desk.post("/sources/grade", target=profile.source, reliability="C", note="=1+1<b>", back=address) == address
    page = desk.get(address)
    assert "<strong>C</strong> fairly reliable · Anna" in page
    assert "=1+1&lt;b&gt;" in page
    assert "C <span" in desk.get("/sources")
    desk.post("/sources/grade", 400, target=profile.source, reliability="G")
    desk.post("/sources/grade", 400, target="nobody at all", reliability="A")


def test_a_claim_is_graded_on_the_page_of_its_incident(desk: Desk) -> None:
    row = list_incidents(desk.record, disputed=True)[0]
    claim = accounts_of(desk.record, row.id).accounts[0].claims[0].claim.id
    assert desk.post("/sources/grade-claim", target=claim, credibility="3", back=f"/incidents/{row.id}") == f"/incidents/{row.id}"
    assert "graded 3 (possibly true) by Anna" in desk.get(f"/incidents/{row.id}")


@pytest.mark.parametrize("to", list(FORMATS))
def test_each_format_is_what_the_command_writes(desk: Desk, to: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = tmp_path / "made"
    made.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(made))
    answer = desk.client.get(f"/export/download?to={to}&country=AZE")
    if FORMATS[to].extra and answer.status_code == 400:
        assert f"sayso[{FORMATS[to].extra}]" in answer.text
        return
    assert answer.status_code == 200, answer.text[-300:]
    assert list(made.iterdir()) == []
    name = re.fullmatch(r'attachment; filename="(sayso-[a-z]+\.[a-z]+)"', answer.headers["content-disposition"])
    assert name
    assert int(answer.headers["content-length"]) == len(answer.content)
    there = tmp_path / "there"
    there.mkdir()
    export(desk.record, to, there / f"sayso-{'claims' if to in {'csv', 'parquet'} else to}{FORMATS[to].suffix}", Filter(country="AZE"))
    wanted = {p.relative_to(there).as_posix(): p.read_bytes() for p in there.rglob("*") if p.is_file()}
    if name[1].endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            assert {n: len(archive.read(n)) for n in archive.namelist()} == {n: len(b) for n, b in wanted.items()}
    elif to not in {"xlsx", "gpkg"}:
        assert {name[1]: answer.content} == wanted


@pytest.mark.parametrize(
    "query",
    ["to=exe", "to=../x", "", "to=csv&table=passwords", "to=changes&since_version=-1", "to=changes&since_version=999999", "to=csv&since=then"],
)
def test_what_cannot_be_exported_is_told(desk: Desk, query: str) -> None:
    assert 'role="alert"' in desk.get(f"/export/download?{query}", 400)


def test_few_exports_are_written_at_once_and_pages_do_not_wait(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    going, most, hold, lock = 0, 0, threading.Event(), threading.Lock()
    begun = threading.Semaphore(0)

    def slow(*_: object) -> tuple[io.BytesIO, str, int]:
        nonlocal going, most
        with lock:
            going += 1
            most = max(most, going)
        begun.release()
        assert hold.wait(20)
        with lock:
            going -= 1
        return io.BytesIO(b"x"), "sayso-claims.csv", 1

    monkeypatch.setattr("sayso.desk.pages.exports._written", slow)
    with ThreadPoolExecutor(5) as pool:
        asked = [pool.submit(desk.client.get, "/export/download?to=csv") for _ in range(5)]
        for _ in range(AT_ONCE):
            assert begun.acquire(timeout=20)
        desk.get("/incidents")
        assert most == AT_ONCE
        hold.set()
        assert [a.result().text for a in asked] == ["x"] * 5
    assert most == AT_ONCE


def test_long_counts_are_made_one_at_a_time_and_once() -> None:
    counts, made = Counts(), []
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda n: counts.get(n % 2, lambda: made.append(n) or n % 2), range(8)))
    assert found == [0, 1] * 4
    assert len(made) == 2


def test_the_export_page_takes_the_filter_along(desk: Desk) -> None:
    page = desk.get("/export?country=AZE&to=geojson")
    assert '<input type="hidden" name="country" value="AZE">' in page
    assert 'value="geojson" checked' in page
    assert page.count('type="radio"') == len(FORMATS)


def test_an_incident_is_split_and_the_decision_forgotten(desk: Desk) -> None:
    row = max(list_incidents(desk.record), key=lambda r: r.claims)
    page = desk.get(f"/incidents/{row.id}")
    ids = re.findall(r'name="claim" value="([^"]+)" form="split"', page)
    assert len(ids) == row.claims
    gone = ids[-1]
    where = desk.post(f"/incidents/{row.id}/split", claim=gone, seen=_seen(page), note="another village")
    assert homes_of(desk.record, [gone])[gone][0] == where.rpartition("/")[2] != row.id
    assert gone not in desk.get(f"/incidents/{row.id}")
    desk.post(f"/incidents/{row.id}/unpin", seen=_seen(desk.get(where)))
    assert homes_of(desk.record, [gone])[gone][0] == desk.record.incident_id(row.id)


def test_two_incidents_are_merged_by_an_id_or_an_address(desk: Desk) -> None:
    one, other = list_incidents(desk.record)[:2]
    page = desk.get(f"/incidents/{one.id}")
    where = desk.post(f"/incidents/{one.id}/merge", other=f"http://desk.test/incidents/{other.id}", seen=_seen(page))
    merged = desk.record.incident_id(one.id)
    assert where == f"/incidents/{merged}"
    assert desk.record.incident_id(other.id) == merged
    assert "put together by Anna" in desk.get(f"/incidents/{merged}/why")


def test_near_incidents_are_offered_for_merging(desk: Desk) -> None:
    apart = next(row for row in list_incidents(desk.record) if explain_incident(desk.record, row.id).apart)
    page = desk.get(f"/incidents/{apart.id}/why")
    offered = re.findall(r'name="other" value="(i[0-9a-f]+)"', page)
    assert offered
    assert apart.id not in offered
    desk.post(f"/incidents/{apart.id}/merge", other=offered[0], seen=_seen(page))
    assert desk.record.incident_id(offered[0]) == desk.record.incident_id(apart.id)


@pytest.mark.parametrize("act", ["pin", "unpin", "split", "merge"])
def test_a_decision_about_what_changed_meanwhile_is_refused(desk: Desk, act: str) -> None:
    row, other = sorted(list_incidents(desk.record), key=lambda r: -r.claims)[:2]
    page = desk.get(f"/incidents/{row.id}")
    claim = re.findall(r'name="claim" value="([^"]+)"', page)[0]
    desk.record.by("Boris").pin(row.id)
    version = desk.record.version()
    told = desk.post(f"/incidents/{row.id}/{act}", 409, seen=_seen(page), claim=claim, other=other.id)
    assert "pinned by Boris" in told
    assert desk.record.version() == version
    fresh = _seen(desk.get(f"/incidents/{row.id}"))
    desk.post(f"/incidents/{row.id}/{act}", seen=fresh, claim=claim, other=other.id)


def test_forgetting_decisions_is_a_change_too(desk: Desk) -> None:
    row = max(list_incidents(desk.record), key=lambda r: r.claims)
    desk.record.pin(row.id)
    seen = _seen(desk.get(f"/incidents/{row.id}"))
    desk.record.by("Boris").unpin(row.id)
    assert "unpinned by Boris" in desk.post(f"/incidents/{row.id}/pin", 409, seen=seen)


def test_a_change_elsewhere_bars_no_decision(desk: Desk) -> None:
    row, other = sorted(list_incidents(desk.record), key=lambda r: -r.claims)[:2]
    seen = _seen(desk.get(f"/incidents/{row.id}"))
    desk.record.by("Boris").pin(other.id)
    desk.post(f"/incidents/{row.id}/pin", seen=seen)


@pytest.mark.parametrize(
    ("act", "form"),
    [("split", {"seen": "1"}), ("merge", {"seen": "1"}), ("merge", {"seen": "9999999", "other": "nothing"}), ("pin", {}), ("pin", {"seen": "x"})],
)
def test_an_incomplete_decision_is_told(desk: Desk, act: str, form: dict[str, str]) -> None:
    row = max(list_incidents(desk.record), key=lambda r: r.claims)
    assert 'role="alert"' in desk.post(f"/incidents/{row.id}/{act}", 400, **form)


def test_claims_of_another_incident_are_not_split_off_this_one(desk: Desk) -> None:
    row, other = sorted(list_incidents(desk.record), key=lambda r: -r.claims)[:2]
    claim = accounts_of(desk.record, other.id).accounts[0].claims[0].claim.id
    assert "not of incident" in desk.post(f"/incidents/{row.id}/split", 400, claim=claim, seen="9999999")


def test_an_incident_shows_the_way_of_each_claim(desk: Desk) -> None:
    row = list_incidents(desk.record, disputed=True)[0]
    page = desk.get(f"/incidents/{row.id}")
    chains = re.findall(r'<ol class="chain">(.*?)</ol>', page)
    assert len(chains) == row.claims
    assert all("published by" in chain or "in its own voice" in chain for chain in chains)


def test_the_comparison_has_what_each_holder_says_last(desk: Desk) -> None:
    for row in list_incidents(desk.record):
        given = [g for a in accounts_of(desk.record, row.id).accounts for g in a.claims]
        old = {what(g.claim) for g in given if g.replaced_by} - {what(g.claim) for g in given if not g.replaced_by}
        if old:
            table = desk.get(f"/incidents/{row.id}").partition('<table class="compared">')[2].partition("</table>")[0]
            things = {thing.strip() for cell in re.findall(r"<td[^>]*>(.*?)</td>", table, re.DOTALL) for thing in cell.split("<br>")}
            assert things & {what(g.claim) for g in given}
            assert not old & things
            return
    raise AssertionError("no claim of the examples replaces another")


def test_entries_tell_their_precision(desk: Desk) -> None:
    """And it comes through JSON, as the command writes it."""
    entries = list(timeline(desk.record))
    assert {e.precision for e in entries if e.start} <= {"day", "week", "month", "year", "range"}
    assert all(not e.precision for e in entries if e.start is None)
    assert "precision" in msgspec.json.decode(msgspec.json.encode(entries[0]))
