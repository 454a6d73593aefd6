"""Watching: feeds of servers that misbehave followed for an hour, killed on the way; nothing lost, nothing doubled, no crash."""

from __future__ import annotations

import json
import random
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from sayso.errors import BadOption, UnreadableReport, UnusableRecord
from sayso.intake.fetch import Fetched, fetch, post
from sayso.record import Record
from sayso.record.tables import appearances
from sayso.watch import Followed, Plan, Rule, Status, watch
from sayso.watch.following import DEADLY
from sayso.watch.keeping import Keeping
from sayso.watch.plan import KINDS, checked_plan
from tests.watch.misbehaving import BEGIN, Simulated, World, served

ROOT = Path(__file__).parents[2]
FEEDS = ("whole", "changing", "failing", "slow", "wandering", "moved", "huge", "malformed", "bomb", "nothing", "skewed", "summaries")
RULES = [Rule(when=kind) for kind in KINDS]
HERE = partial(fetch, timeout=1.0, allowed=lambda address: str(address) == "127.0.0.1")


class Run:
    """A follower of the misbehaving server, whose record and file outlive it."""

    def __init__(self, folder: Path, feeds: tuple[str, ...] = FEEDS, minutes: float = 60) -> None:
        self.folder, self.minutes = folder, minutes
        self.stop = threading.Event()
        self.clock = Simulated(BEGIN + minutes * 60, self.stop)
        self.world = World(self.clock)
        self.said: list[str] = []
        self.told: list[str] = []
        self.feeds = feeds

    def plan(self, base: str, **more: Any) -> Plan:
        feeds = [Followed(url=f"{base}/{name}.xml", every=5) for name in self.feeds]
        return checked_plan(feeds, RULES, {"file": self.folder / "alerts.jsonl", "webhooks": [f"{base}/hook"], **more})

    def follow(self, base: str, **more: Any) -> Status:
        keeping = Keeping(self.folder / "state")
        try:
            with Record(self.folder / "r.db") as record:
                return watch(
                    self.plan(base), record, keeping, stop=self.stop, say=self.said.append, told=lambda alert: self.told.append(alert.id), get=HERE,
                    post=partial(post, allowed=lambda _: True, timeout=1.0), clock=self.clock, pause=0, **more,
                )  # fmt: skip
        finally:
            keeping.close()

    def texts(self) -> list[str]:
        """The titles of the reports in the record."""
        with Record(self.folder / "r.db") as record:
            return sorted(reading.report.title or reading.report.text[:30] for reading in record.readings(standing=False))

    def alerts(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in (self.folder / "alerts.jsonl").read_text("utf-8").splitlines()]


def wanted(world: World, until: float) -> set[str]:
    """The titles of what was listed by so many minutes."""
    return {item.title for many in world.items.values() for item in many if item.minute <= until}


@pytest.fixture(scope="module")
def hour(tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, Status]:
    run = Run(tmp_path_factory.mktemp("hour"))
    with served(run.world) as base:
        return run, run.follow(base)


def test_nothing_is_lost_and_nothing_is_there_twice(hour: tuple[Run, Status]) -> None:
    run, status = hour
    found = [title for title in run.texts() if title.startswith("Dispatch")]
    assert set(found) == wanted(run.world, 60)
    assert len(found) == len(set(found))
    with Record(run.folder / "r.db") as record, record.database.reading() as connection:
        assert len(connection.execute(appearances.select()).all()) == len(run.texts())
    assert status.read == len(run.texts())
    assert not status.waiting


def test_nobody_is_asked_more_often_than_is_decent(hour: tuple[Run, Status]) -> None:
    asked = hour[0].world.asked
    assert asked["/robots.txt"] == 1
    assert asked["/page/25"] == 0  # robots.txt does not allow it
    assert {path: times for path, times in asked.items() if path.startswith("/page/") and times > 1} == {"/page/23": 3, "/page/26": 2}
    assert asked["/moved.xml"] == 1
    assert 11 <= asked["/newhome.xml"] <= 13
    assert asked["/huge.xml"] < 6  # a feed that fails is asked for less and less
    whole = [headers for path, headers in hour[0].world.seen if path == "/whole.xml"]
    assert [("If-None-Match" in headers) for headers in whole] == [False] + [True] * (len(whole) - 1)


def test_what_fails_is_told_once_until_it_answers_again(hour: tuple[Run, Status]) -> None:
    said = hour[0].said
    for name, words in (("huge", "is larger than 10 MB"), ("failing", "the server answers 503"), ("nothing", "is no feed"), ("slow", "no element found")):
        first = next(line for line in said if f"/{name}.xml" in line)
        assert words in first
        assert "asked again in" in first
    assert sum(1 for line in said if "/huge.xml" in line) == 1
    assert [line for line in said if "/failing.xml" in line][-1].endswith("answers again")
    assert any("169.254.169.254 is not a public host" in line or "127.0.0.2 is not a public host" in line for line in said)


def test_a_page_that_cannot_be_had_gives_what_the_feed_brings(hour: tuple[Run, Status]) -> None:
    with Record(hour[0].folder / "r.db") as record:
        notes = {reading.report.title: reading.report.notes for reading in record.readings()}
    assert any("404 Not Found" in note for note in notes["Dispatch 24"])
    assert any("robots.txt does not allow" in note for note in notes["Dispatch 25"])
    assert notes["Dispatch 23"] == []


def test_no_report_is_of_a_day_to_come(hour: tuple[Run, Status]) -> None:
    with Record(hour[0].folder / "r.db") as record:
        days = {reading.report.published[:10] for reading in record.readings() if reading.report.published}
    assert max(days) == "2024-05-06"


def test_each_alert_is_told_once_everywhere(hour: tuple[Run, Status]) -> None:
    run, status = hour
    ids = [alert["id"] for alert in run.alerts()]
    assert status.alerts == len(ids) == len(set(ids)) > 20
    assert ids == run.told
    assert sorted(ids) == sorted(alert["id"] for alert in run.world.posted)  # the first two times the hook answered 503
    assert {alert["title"] for alert in run.alerts()} >= {"new dispute", "losses", "talks announced"}
    assert not status.untold
    for alert in run.alerts():
        assert alert["claims"]
        assert all(claim["holder"] and claim["words"] for claim in alert["claims"])


class Killed(BaseException):
    """Stands for an end at any point."""


def test_killed_anywhere_it_goes_on_as_if_nothing_had_been(tmp_path: Path, hour: tuple[Run, Status], monkeypatch: pytest.MonkeyPatch) -> None:
    """Ends between any two steps: before or after a write of the follower's file, of the record, of the file of alerts."""
    rng = random.Random(7)
    kills = 0

    def deadly(method: Callable[..., Any]) -> Callable[..., Any]:
        def called(*args: Any, **more: Any) -> Any:
            nonlocal kills
            if kills < 12 and rng.random() < 0.04:
                kills += 1
                raise Killed
            found = method(*args, **more)
            if kills < 12 and rng.random() < 0.04:
                kills += 1
                raise Killed
            return found

        return called

    for name in ("listed", "later", "begin", "done", "told", "not_told", "failed", "unchanged"):
        monkeypatch.setattr(Keeping, name, deadly(getattr(Keeping, name)))
    monkeypatch.setattr(Record, "add", deadly(Record.add))
    run = Run(tmp_path)
    with served(run.world) as base:
        while not run.stop.is_set():
            try:
                run.follow(base)
            except Killed:
                continue
    assert kills == 12
    assert run.texts() == hour[0].texts()
    ids = [alert["id"] for alert in run.alerts()]
    assert len(ids) == len(set(ids))
    texts = [alert["claims"][0]["words"] for alert in run.alerts()]
    assert Counter(texts).keys() == Counter(alert["claims"][0]["words"] for alert in hour[0].alerts()).keys()


FOLLOW = """
import sys, threading
from functools import partial
from pathlib import Path
from sayso.intake.fetch import fetch
from sayso.record import Record
from sayso.watch import Followed, watch
from sayso.watch.keeping import Keeping
from sayso.watch.plan import checked_plan
folder, base = Path(sys.argv[1]), sys.argv[2]
plan = checked_plan([Followed(url=f"{base}/{name}.xml", every=60) for name in ("whole", "failing", "summaries", "wandering")], [])
with Record(folder / "r.db") as record:
    print(watch(plan, record, Keeping(folder / "state"), once=True, say=print, get=partial(fetch, allowed=lambda _: True), pause=0.2))
"""


def test_killed_by_the_system(tmp_path: Path) -> None:
    world = World(Simulated())
    world.clock.turn(3_000)
    rng = random.Random(3)
    with served(world) as base:
        for kill in [*(rng.uniform(1.5, 5) for _ in range(4)), None]:
            with subprocess.Popen([sys.executable, "-c", FOLLOW, str(tmp_path), base], stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
                if kill is not None:
                    time.sleep(kill)
                    process.kill()
                told = process.communicate()[0]
        assert process.returncode == 0, told
    with Record(tmp_path / "r.db") as record:
        titles = [reading.report.title for reading in record.readings(standing=False)]
    names = ("whole", "failing", "summaries", "wandering")
    expected = {item.title for name in names for item in world.items[name]} - {"Dispatch 23", "Dispatch 26"}  # their pages fail at first and wait
    assert expected <= set(titles)
    assert len(titles) == len(set(titles))


# one at a time


@pytest.fixture
def held(tmp_path: Path) -> Iterator[tuple[Record, Keeping]]:
    keeping = Keeping(tmp_path / "state")
    with Record(tmp_path / "r.db") as record:
        yield record, keeping
    keeping.close()


def feed_of(*texts: str, day: str = "Mon, 06 May 2024 08:00:00 GMT") -> bytes:
    made = "".join(
        f"<item><title>Dispatch</title><link>https://wire.example/{n}</link><pubDate>{day}</pubDate><description><![CDATA[<p>{text}</p>]]></description></item>"
        for n, text in enumerate(texts)
    )
    return f'<rss version="2.0"><channel><title>Wire</title>{made}</channel></rss>'.encode()


def served_as(pages: dict[str, bytes | Exception]) -> Callable[..., Fetched]:
    def get(url: str, **_: Any) -> Fetched:
        found = pages.get(url, UnreadableReport(f"{url}: is not there"))
        if isinstance(found, Exception):
            raise found
        return Fetched(url, found, "text/xml", None)

    return get


SHELLED = "Two soldiers were killed in shelling near Tovuz on Monday, the Defence Ministry of Azerbaijan said in Baku."
URL = "https://wire.example/rss"


def once(held: tuple[Record, Keeping], pages: dict[str, bytes | Exception], clock: Simulated | None = None, **more: Any) -> tuple[Status, list[str]]:
    said: list[str] = []
    plan = checked_plan([Followed(url=URL, follow="never")], more.pop("rules", []), more.pop("tell", None))
    return watch(plan, *held, once=True, say=said.append, get=served_as(pages), clock=clock or Simulated(), pause=0, **more), said


def test_a_feed_without_news_adds_nothing(held: tuple[Record, Keeping]) -> None:
    first, _ = once(held, {URL: feed_of(SHELLED)})
    again, _ = once(held, {URL: feed_of(SHELLED)})
    assert (first.read, again.read, again.passed) == (1, 0, 0)


def test_a_changed_entry_is_a_newer_version(held: tuple[Record, Keeping]) -> None:
    clock = Simulated()
    once(held, {URL: feed_of(SHELLED)}, clock)
    changed = feed_of(SHELLED.replace("Two", "Four"), day="Mon, 06 May 2024 09:00:00 GMT")
    assert once(held, {URL: changed}, clock)[0].waiting == 1  # not within the hour: some feeds change a word at each look
    clock.turn(3_700)
    assert once(held, {URL: changed}, clock)[0].read == 1
    assert [reading.report.text.count("Four") for reading in held[0].readings()] == [1]
    assert len(list(held[0].readings(standing=False))) == 2


def test_what_is_about_something_else_is_passed_over(held: tuple[Record, Keeping]) -> None:
    soup = "The soup needs an hour on a low fire. Stir it now and then, and add the herbs at the end. Serve it with bread and a little cream. " * 3
    german = "Das Ministerium teilte mit, dass zwei Soldaten bei der Explosion einer Mine an der Brücke verletzt wurden. Die Gespräche gehen weiter."
    status, _ = once(held, {URL: feed_of(soup, german, SHELLED)})
    assert (status.read, status.passed) == (1, 2)
    assert held[1].counts() == {"read": 1, "irrelevant": 1, "other language": 1}


def test_two_followers_do_not_share_a_file(held: tuple[Record, Keeping]) -> None:
    with pytest.raises(BadOption, match="another sayso watch"):
        Keeping(held[1].path)


def test_a_file_of_something_else(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"no database at all, but long enough to be looked at" * 50)
    with pytest.raises(UnusableRecord, match="is no file of sayso watch"):
        Keeping(tmp_path / "x")
    with sqlite3.connect(tmp_path / "later") as later:
        later.execute("PRAGMA user_version=99")
    later.close()
    with pytest.raises(UnusableRecord, match="another version"):
        Keeping(tmp_path / "later")


def test_the_clock_is_set_back(held: tuple[Record, Keeping]) -> None:
    clock = Simulated()
    clock.turn(10 * 365 * 24 * 3600)
    once(held, {URL: feed_of(SHELLED)}, clock)
    assert held[1].feed(URL).due > BEGIN + 9 * 365 * 24 * 3600
    stop = threading.Event()
    back = Simulated(BEGIN + 3_600, stop)
    plan = checked_plan([Followed(url=URL, follow="never")], [])
    status = watch(plan, *held, stop=stop, get=served_as({URL: feed_of(SHELLED, SHELLED.replace("Two", "Six"))}), clock=back, pause=0)
    assert status.read == 1


def test_a_record_that_cannot_be_written_waits(held: tuple[Record, Keeping], monkeypatch: pytest.MonkeyPatch) -> None:
    add, failures = Record.add, 3

    def full(self: Record, *args: Any) -> Any:
        nonlocal failures
        failures -= 1
        if failures >= 0:
            raise UnusableRecord("r.db: cannot be written: database or disk is full; make room")
        return add(self, *args)

    monkeypatch.setattr(Record, "add", full)
    said: list[str] = []
    stop = threading.Event()
    plan = checked_plan([Followed(url=URL, follow="never")], [])
    status = watch(plan, *held, stop=stop, say=said.append, get=served_as({URL: feed_of(SHELLED)}), clock=Simulated(BEGIN + 600, stop), pause=0)
    assert status.read == 1
    assert said == ["r.db: cannot be written: database or disk is full; make room; 1 report waits, tried again in 60 s"] * 3


def test_a_report_that_ends_the_process_is_left_out(held: tuple[Record, Keeping], monkeypatch: pytest.MonkeyPatch) -> None:
    add = Record.add

    def deadly(self: Record, readings: Any, *args: Any) -> Any:
        many = list(readings)
        if any("deadly" in reading.report.text for reading in many):
            raise Killed
        return add(self, many, *args)

    monkeypatch.setattr(Record, "add", deadly)
    pages: dict[str, bytes | Exception] = {URL: feed_of(SHELLED, f"A deadly report. {SHELLED}", SHELLED.replace("Two", "Nine"))}
    ends = 0
    while True:
        try:
            status, said = once(held, pages)
            break
        except Killed:
            ends += 1
    assert ends == DEADLY
    assert held[1].counts() == {"read": 2, "failed": 1}
    assert "left out, since the reading of it was broken off" in said[0]
    assert status.failed == 1


def test_a_feed_that_is_left_out_keeps_what_waits(held: tuple[Record, Keeping]) -> None:
    held[1].follow([URL], BEGIN)
    plan = checked_plan([Followed(url="https://other.example/rss", follow="never")], [])
    once(held, {URL: feed_of(SHELLED)})
    status = watch(plan, *held, once=True, get=served_as({"https://other.example/rss": feed_of(SHELLED)}), clock=Simulated(), pause=0)
    assert status.read == 0  # the same address and words


def test_a_library_that_breaks_on_a_feed_ends_nothing(held: tuple[Record, Keeping]) -> None:
    status, said = once(held, {URL: RuntimeError("maximum recursion")})
    assert status.failing == 1
    assert "cannot be read (RuntimeError: maximum recursion)" in said[0]
