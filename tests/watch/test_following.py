"""The loop of `sayso watch` where something goes wrong: one host, one outlet, one report never holds up or ends the others."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from sayso.errors import UnreadableReport, UnusableRecord
from sayso.intake.feeds import Entry
from sayso.intake.fetch import Fetched, Known, Refused
from sayso.model import Reading
from sayso.record import Record
from sayso.watch import Followed, Rule, Status, pages, telling, watch
from sayso.watch.keeping import HOST, Keeping
from sayso.watch.plan import checked_plan
from tests.watch.misbehaving import BEGIN, Simulated

URL = "https://wire.example/rss"
SHELLED = "{} soldiers were killed in shelling near Tovuz on Monday, the Defence Ministry of Azerbaijan said in Baku."


@pytest.fixture
def held(tmp_path: Path) -> Iterator[tuple[Record, Keeping]]:
    keeping = Keeping(tmp_path / "state")
    with Record(tmp_path / "r.db") as record:
        yield record, keeping
    keeping.close()


def rss(*items: tuple[str, str, str]) -> bytes:
    """A feed of items: link, title, text."""
    made = "".join(f"<item><title>{title}</title><link>{link}</link><description><![CDATA[<p>{text}</p>]]></description></item>" for link, title, text in items)
    return f'<rss version="2.0"><channel><title>Wire</title>{made}</channel></rss>'.encode()


def served(found: dict[str, bytes | Exception], asked: list[str] | None = None) -> Callable[..., Fetched]:
    def get(url: str, **_: Any) -> Fetched:
        if asked is not None:
            asked.append(url)
        data = found.get(url, Refused(f"{url}: the server answers 404", 404, None))
        if isinstance(data, Exception):
            raise data
        return Fetched(url, data, "text/html", None)

    return get


def follow(held: tuple[Record, Keeping], found: dict[str, bytes | Exception], **more: Any) -> tuple[Status, list[str]]:
    said: list[str] = []
    feeds = more.pop("feeds", [Followed(url=URL, follow=more.pop("follow", "never"))])
    plan = checked_plan(feeds, more.pop("rules", []), more.pop("tell", None))
    given = {"once": True, "clock": Simulated(), "pause": 0.0, "get": served(found, more.pop("asked", None))}
    return watch(plan, *held, say=said.append, **given | more), said


def entries(count: int, host: str) -> list[tuple[Entry, bool]]:
    return [(Entry(str(n), f"https://{host}/{n}", f"Dispatch {n}", None, "Words.", False), False) for n in range(count)]


def test_a_host_with_much_does_not_hold_up_others(held: tuple[Record, Keeping]) -> None:
    _, keeping = held
    keeping.follow([URL], BEGIN)
    keeping.listed(URL, [*entries(500, "slow.example"), *entries(3, "wire.example")], "Wire", Known(), None, BEGIN, BEGIN)
    found = keeping.waiting(BEGIN, (), 200)
    assert len(found) == HOST + 3
    assert [one.entry.url for one in found][-3:] == [f"https://wire.example/{n}" for n in range(3)]
    out = [one.number for one in found if "slow" in one.entry.url]
    assert len(keeping.waiting(BEGIN, out, 200)) == HOST + 3


def test_a_host_that_wants_to_be_left_alone_for_long_is_left_to_the_next_run(held: tuple[Record, Keeping]) -> None:
    busy: dict[str, bytes | Exception] = {f"https://busy.example/{n}": Refused("busy", 429, 36_000) for n in range(30)}
    items = [(url, f"Fire {n}", SHELLED.format(n + 2)) for n, url in enumerate(busy)]
    asked: list[str] = []
    clock = Simulated()
    page = f"<html><body><article><p>{SHELLED.format('Nine')}</p></article></body></html>".encode()
    found = {URL: rss(*items, ("https://wire.example/1", "Fire", "Fire.")), **busy, "https://wire.example/1": page}
    status, _ = follow(held, found, follow="always", asked=asked, clock=clock)
    assert (status.read, status.waiting) == (1, 30)
    assert sum("busy.example" in url and "robots" not in url for url in asked) == 1
    assert clock.now() < BEGIN + 600


def test_a_page_that_many_entries_lead_to_is_fetched_once(held: tuple[Record, Keeping]) -> None:
    asked: list[str] = []
    clock = Simulated()
    live = "https://wire.example/live"
    found: dict[str, bytes | Exception] = {live: f"<html><body><article><p>{SHELLED.format('Two')}</p></article></body></html>".encode()}
    for n in range(5):
        found[URL] = rss((live, f"Live: update {n}", "Words."))
        follow(held, found, follow="always", asked=asked, clock=clock)
        clock.turn(900)
    clock.turn(3_600)
    status, _ = follow(held, found, follow="always", asked=asked, clock=clock)
    assert status.waiting == 0
    assert asked.count(live) == 2
    assert held[1].counts()["read"] + held[1].counts()["known"] == 5


def test_entries_with_one_address_and_texts_of_their_own_are_all_read(held: tuple[Record, Keeping]) -> None:
    clock = Simulated()
    found: dict[str, bytes | Exception] = {URL: rss(*(("https://wire.example/live", f"Update {n}", SHELLED.format(n)) for n in range(2, 7)))}
    follow(held, found, clock=clock)
    clock.turn(3_700)
    follow(held, found, clock=clock)
    assert held[1].counts() == {"read": 5}


def test_addresses_that_are_none_end_nothing(held: tuple[Record, Keeping]) -> None:
    places = "".join(f"<url><loc>{loc}</loc></url>" for loc in ("http://[bad/x", "file:///etc/passwd", "https://wire.example/1"))
    page = f"<html><body><article><p>{SHELLED.format('Two')}</p></article></body></html>".encode()
    status, _ = follow(held, {URL: f"<urlset>{places}</urlset>".encode(), "https://wire.example/1": page}, follow="needed")
    assert (status.read, status.failed) == (1, 0)


def test_what_breaks_on_an_entry_ends_nothing(held: tuple[Record, Keeping], monkeypatch: pytest.MonkeyPatch) -> None:
    of = pages.report_of_entry

    def breaks(entry: Entry, *args: Any) -> Any:
        if "deep" in entry.title:
            raise RecursionError("maximum recursion depth exceeded")
        return of(entry, *args)

    monkeypatch.setattr(pages, "report_of_entry", breaks)
    status, said = follow(held, {URL: rss(("/1", "deep", "Words."), ("/2", "Fire", SHELLED.format("Two")))})
    assert (status.read, status.failed) == (1, 1)
    assert said == ["https://wire.example/1: no report; https://wire.example/1: cannot be read (RecursionError: maximum recursion depth exceeded)"]


def test_a_report_that_the_reader_breaks_on_is_left_out(held: tuple[Record, Keeping], monkeypatch: pytest.MonkeyPatch) -> None:
    add = Record.add

    def breaks(self: Record, readings: list[Reading], *args: Any) -> Any:
        if any("Thirteen" in reading.report.text for reading in readings):
            raise ZeroDivisionError("of a report")
        return add(self, readings, *args)

    monkeypatch.setattr(Record, "add", breaks)
    status, said = follow(held, {URL: rss(*((f"/{n}", "Fire", SHELLED.format(words)) for n, words in enumerate(("Two", "Thirteen", "Nine"))))})
    assert (status.read, status.failed, status.waiting) == (2, 1, 0)
    assert said == ["https://wire.example/1: left out; cannot be read (ZeroDivisionError: of a report)"]


def test_a_feed_that_moved_is_told_of_once(held: tuple[Record, Keeping]) -> None:
    def get(url: str, **_: Any) -> Fetched:
        return Fetched("https://new.example/rss", rss(), "text/xml", None, moved=None if "new" in url else "https://new.example/rss")

    clock = Simulated()
    said = [follow(held, {}, get=get, clock=clock)[1] for _ in range(2)]
    assert said == [[f"{URL}: has moved for good, to https://new.example/rss, where it is followed from now on"], []]


def test_what_a_feed_calls_an_entry_fills_no_log_and_starts_no_line(held: tuple[Record, Keeping]) -> None:
    item = f"<item><title></title><guid>evil\u0085line\u2028{'x' * 100_000}</guid><description></description></item>"
    _, said = follow(held, {URL: f"<rss version='2.0'><channel><title>{'W' * 100_000}</title>{item}</channel></rss>".encode()})
    assert len(said) == 1
    assert len(said[0]) < 1_100
    assert len(said[0].splitlines()) == 1


# outlets


def test_an_outlet_out_of_reach_is_tried_once_and_others_are_told(held: tuple[Record, Keeping], tmp_path: Path) -> None:
    tried: list[str] = []

    def post(url: str, *_: Any) -> None:
        tried.append(url)
        if "dead" in url:
            raise UnreadableReport(f"{url}: the server is too slow")

    tell = {"webhooks": ["https://dead.example/secret", "https://live.example/hook"], "file": tmp_path / "alerts.jsonl"}
    items = [(f"/{n}", "Fire", SHELLED.format(n + 2).replace("Tovuz", place)) for n, place in enumerate(("Tovuz", "Agdam", "Goris", "Gyumri"))]
    status, said = follow(held, {URL: rss(*items)}, rules=[Rule(when="losses")], tell=tell, post=post)
    assert status.alerts >= 2
    assert tried.count("https://dead.example/secret") == 1
    assert tried.count("https://live.example/hook") == status.alerts
    assert status.untold == status.alerts
    assert len((tmp_path / "alerts.jsonl").read_text("utf-8").splitlines()) == status.alerts
    assert len(said) == 1
    assert "the webhook at dead.example: the server is too slow; it is tried again" in said[0]


def test_an_outlet_that_takes_alerts_again_is_told_of(held: tuple[Record, Keeping]) -> None:
    tried: list[float] = []
    stop = threading.Event()
    clock = Simulated(BEGIN + 6 * 3_600, stop)

    def post(*_: Any) -> None:
        tried.append(clock.now() - BEGIN)
        if len(tried) < 4:
            raise UnreadableReport("down")

    more = {"rules": [Rule(when="losses")], "tell": {"webhooks": ["https://hooks.example/x"]}, "post": post, "clock": clock, "stop": stop, "once": False}
    status, said = follow(held, {URL: rss(("/1", "Fire", SHELLED.format("Two")))}, **more)
    assert (status.alerts, status.untold) == (1, 0)
    assert [round(later - before, -1) for before, later in pairwise(tried)] == list(telling.WAITS[:3])
    assert [line.partition(": ")[2] if line.startswith("alert") else line for line in said] == [
        "the webhook at hooks.example: down; it is tried again", "the webhook at hooks.example takes alerts again",
    ]  # fmt: skip


def test_an_outlet_that_breaks_ends_nothing(held: tuple[Record, Keeping]) -> None:
    def post(*_: Any) -> None:
        raise RuntimeError("a library")

    tell = {"webhooks": ["https://hooks.example/x"]}
    status, said = follow(held, {URL: rss(("/1", "Fire", SHELLED.format("Two")))}, rules=[Rule(when="losses")], tell=tell, post=post)
    assert status.untold == 1
    assert said[0].endswith("the webhook at hooks.example failed (RuntimeError)")


# the clock, and the file


def test_what_was_due_by_a_clock_that_was_wrong_is_due_now(held: tuple[Record, Keeping]) -> None:
    clock = Simulated()
    clock.turn(365 * 24 * 3_600)
    found: dict[str, bytes | Exception] = {URL: rss(("https://wire.example/1", "Fire", SHELLED.format("Two")))}
    found["https://wire.example/1"] = Refused("down", 503, None)
    assert follow(held, found, clock=clock, follow="always")[0].waiting == 1
    found["https://wire.example/1"] = f"<html><body><article><p>{SHELLED.format('Two')}</p></article></body></html>".encode()
    assert follow(held, found, follow="always")[0].read == 1


def test_a_feed_that_moved_is_asked_at_its_new_host_only_after_a_pause(held: tuple[Record, Keeping]) -> None:
    asked: list[str] = []
    held[1].follow([URL], BEGIN)
    held[1].listed(URL, [], "Wire", Known(), "https://new.example/rss", BEGIN, BEGIN)
    feeds = [Followed(url=URL, follow="never"), Followed(url="https://new.example/other", follow="never")]
    clock = Simulated()
    times: list[float] = []

    def get(url: str, **_: Any) -> Fetched:
        asked.append(url)
        times.append(clock.now())
        return Fetched(url, rss(), "text/xml", None)

    follow(held, {}, feeds=feeds, get=get, clock=clock, pause=5.0)
    assert asked == ["https://new.example/rss", "https://new.example/other"]
    assert times[1] - times[0] >= 5


def test_a_file_that_was_deleted_doubles_nothing_in_the_record_and_tells_alerts_again(tmp_path: Path) -> None:
    found: dict[str, bytes | Exception] = {URL: rss(("/1", "Fire", SHELLED.format("Two")))}
    alerts = []
    with Record(tmp_path / "r.db") as record:
        for name in ("first", "first", "second"):
            keeping = Keeping(tmp_path / name)
            alerts.append(follow((record, keeping), found, rules=[Rule(when="losses")])[0].alerts)
            keeping.close()
        assert len(list(record.readings(standing=False))) == 1
    assert alerts == [1, 0, 1]


def test_a_file_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnusableRecord, match=r"cannot be opened: .+; name another file with --state"):
        Keeping(tmp_path / "nowhere" / "state")


def test_a_file_that_breaks_while_it_is_used(held: tuple[Record, Keeping], monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> Any:
        raise sqlite3.DatabaseError("database disk image is malformed")

    monkeypatch.setattr(Keeping, "feed", broken)
    with pytest.raises(UnusableRecord, match="cannot be read or written: database disk image is malformed"):
        follow(held, {URL: rss()})
