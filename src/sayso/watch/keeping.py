"""The follower's file: feeds as they stand, entries that wait or were taken, alerts and to whom they were told.

In: what was found and done. Out: what is next. A file of SQLite, held by one follower at a time. What a feed listed and how its server will know that are
written in one transaction, as are the end of an entry and the alerts that came of it: a follower that is killed in between does the same again, and the
record, which holds each text once, and the alerts, which hold each finding once, are as if nothing had been. """

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Literal, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import msgspec

from sayso.errors import BadOption, UnusableRecord
from sayso.intake.feeds import Entry
from sayso.intake.fetch import Known
from sayso.model import Struct

Outcome = Literal["read", "known", "irrelevant", "other language", "old", "failed"]
FORGOTTEN = 90 * 24 * 3600.0
"""Seconds after which an entry that is done, and that no feed lists any more, is forgotten."""
HOST = 20
"""Entries of one host that are taken from the file at once, so that one that wants to be left alone does not hold up others."""
AGAIN = 3600.0
"""Seconds from which on an address that was found is fetched again, whatever a feed says of it in between."""
SILENT = 60.0
"""Seconds for which an outlet that failed is left alone."""
_VERSION = 1
_TABLES = (
    "feeds (url TEXT PRIMARY KEY, moved TEXT, title TEXT NOT NULL DEFAULT '', etag TEXT NOT NULL DEFAULT '', modified TEXT NOT NULL DEFAULT '', "
    "due REAL NOT NULL, asked REAL, failures INTEGER NOT NULL DEFAULT 0, told TEXT NOT NULL DEFAULT '')",
    "entries (number INTEGER PRIMARY KEY, mark TEXT NOT NULL UNIQUE, feed TEXT NOT NULL, link TEXT NOT NULL, host TEXT NOT NULL, body BLOB, "
    "state TEXT NOT NULL, due REAL NOT NULL, tries INTEGER NOT NULL DEFAULT 0, begun INTEGER NOT NULL DEFAULT 0, found REAL NOT NULL, listed REAL NOT NULL, "
    "report TEXT, why TEXT NOT NULL DEFAULT '')",
    "alerts (id TEXT PRIMARY KEY, rule TEXT NOT NULL, incident TEXT NOT NULL, detail TEXT NOT NULL, number INTEGER NOT NULL, made REAL NOT NULL, "
    "body BLOB NOT NULL)",
    "tellings (alert TEXT NOT NULL, outlet TEXT NOT NULL, due REAL NOT NULL, tries INTEGER NOT NULL DEFAULT 0, done INTEGER NOT NULL DEFAULT 0, "
    "PRIMARY KEY (alert, outlet))",
)
_INDEXES = (
    "entries_waiting ON entries (due) WHERE state = 'waiting'", "entries_link ON entries (link, found)", "alerts_rule ON alerts (rule, detail)",
    "tellings_waiting ON tellings (due) WHERE done = 0",
)  # fmt: skip
_TRACKING = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "ref_src", "at_medium", "at_campaign")


class FeedState(NamedTuple):
    """A feed as it stands; `failures` counts the latest looks that failed, one after another."""

    url: str
    moved: str | None
    title: str
    known: Known
    due: float
    failures: int
    told: str


class Waiting(NamedTuple):
    """An entry that waits to be fetched or read; `title` is that of its feed, `begun` how often reading began and never came to an end."""

    number: int
    feed: str
    title: str
    entry: Entry
    found: float
    tries: int
    begun: int


class Held(Struct, frozen=True, kw_only=True):
    """A claim with its holder, its words, and the report that gives it."""

    id: str
    holder: str
    says: str
    words: str
    report: str
    publisher: str
    published: str | None
    url: str | None


class Alert(Struct, frozen=True, kw_only=True):
    """What a rule found: in words, with the claims that it rests on. `detail` and `number` tell one finding about an incident from another."""

    id: str
    rule: str
    title: str
    told: str
    incident: str
    day: str | None
    place: str
    claims: list[Held]
    detail: str
    number: int = 0
    made: str = ""


class Done(NamedTuple):
    """What became of an entry."""

    number: int
    state: Outcome
    report: str | None = None
    why: str = ""


class Keeping:
    """The follower's file.

    Raises:
        BadOption: another follower holds it.
        UnusableRecord: it cannot be opened, or is no such file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._file = sqlite3.connect(path, timeout=0, isolation_level=None)
        except sqlite3.Error as error:
            raise UnusableRecord(f"{path}: cannot be opened: {error}; name another file with --state") from None
        try:
            self._file.execute("PRAGMA locking_mode=EXCLUSIVE")
            self._file.execute("PRAGMA journal_mode=WAL")
            self._file.execute("PRAGMA synchronous=FULL")
            with self.changing():
                version = self._file.execute("PRAGMA user_version").fetchone()[0]
                if version not in {0, _VERSION}:
                    raise UnusableRecord(f"{path}: was written by another version of sayso; move it away, and everything that feeds list is looked at anew")
                for table in _TABLES:
                    self._file.execute(f"CREATE TABLE IF NOT EXISTS {table}")
                for index in _INDEXES:
                    self._file.execute(f"CREATE INDEX IF NOT EXISTS {index}")
                self._file.execute(f"PRAGMA user_version={_VERSION}")
        except sqlite3.OperationalError as error:
            self._file.close()
            if "locked" in str(error):
                raise BadOption(f"{path}: another sayso watch goes on with it; stop that one, or name another file with --state") from None
            raise UnusableRecord(f"{path}: cannot be written: {error}; name another file with --state") from None
        except sqlite3.DatabaseError:
            self._file.close()
            raise UnusableRecord(f"{path}: is no file of sayso watch; name another one with --state") from None
        except BaseException:
            self._file.close()
            raise

    def close(self) -> None:
        """Let go of it."""
        self._file.close()

    @contextmanager
    def changing(self) -> Iterator[None]:
        """All of it or nothing.

        Raises:
            UnusableRecord: it cannot be written (a full disk).
        """
        self._file.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._file.execute("COMMIT")
        except BaseException as error:
            if self._file.in_transaction:
                self._file.execute("ROLLBACK")
            if isinstance(error, sqlite3.OperationalError) and "locked" not in str(error):
                raise UnusableRecord(f"{self.path}: cannot be written: {error}; make room") from None
            raise

    # feeds

    def follow(self, urls: Sequence[str], now: float) -> None:
        """Feeds to follow; those that are new are due at once, what is known of others that come back holds."""
        with self.changing():
            self._file.executemany("INSERT OR IGNORE INTO feeds (url, due) VALUES (?, ?)", [(url, now) for url in urls])

    def feed(self, url: str) -> FeedState:
        """A feed as it stands."""
        row = self._file.execute("SELECT url, moved, title, etag, modified, due, failures, told FROM feeds WHERE url = ?", (url,)).fetchone()
        return FeedState(row[0], row[1], row[2], Known(row[3], row[4]), row[5], row[6], row[7])

    def listed(self, url: str, entries: Iterable[tuple[Entry, bool]], title: str, known: Known, moved: str | None, due: float, now: float) -> int:
        """What a feed lists now, each with whether it is too old to be read; gives how many are new."""
        new = 0
        with self.changing():
            for entry, old in entries:
                mark, link = mark_of(entry), plain(entry.url)
                if self._file.execute("UPDATE entries SET listed = ? WHERE mark = ?", (now, mark)).rowcount:
                    continue
                body = None if old else msgspec.msgpack.encode(entry)
                self._file.execute(
                    "INSERT INTO entries (mark, feed, link, host, body, state, due, found, listed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (mark, url, link, host_of(entry.url), body, "old" if old else "waiting", self._settled(link, now), now, now),
                )
                new += not old
            self._file.execute(
                "UPDATE feeds SET title = ?, etag = ?, modified = ?, moved = ?, due = ?, asked = ?, failures = 0, told = '' WHERE url = ?",
                (title, *known, moved, due, now, url),
            )
        return new

    def _settled(self, link: str, now: float) -> float:
        """When an entry may be fetched: at once, or an hour after the one before it with the same address, since some feeds change a word at each look."""
        latest = self._file.execute("SELECT max(found) FROM entries WHERE link = ? AND link != ''", (link,)).fetchone()[0]
        return now if latest is None or latest > now else max(now, latest + AGAIN)

    def unchanged(self, url: str, due: float, now: float) -> None:
        """A feed has nothing new; what it listed it lists still."""
        with self.changing():
            asked = self._file.execute("SELECT asked FROM feeds WHERE url = ?", (url,)).fetchone()[0]
            self._file.execute("UPDATE entries SET listed = ? WHERE feed = ? AND listed >= ?", (now, url, asked or now))
            self._file.execute("UPDATE feeds SET due = ?, asked = ?, failures = 0, told = '' WHERE url = ?", (due, now, url))

    def failed(self, url: str, told: str, due: float) -> None:
        """A look at a feed failed; where it had moved, it is looked for at its own address again."""
        with self.changing():
            self._file.execute("UPDATE feeds SET moved = NULL, due = ?, failures = failures + 1, told = ? WHERE url = ?", (due, told, url))

    def put_off(self, url: str, due: float) -> None:
        """A feed is due at another time (the clock was set back)."""
        with self.changing():
            self._file.execute("UPDATE feeds SET due = ? WHERE url = ?", (due, url))

    # entries

    def waiting(self, now: float, but: Iterable[int], most: int) -> list[Waiting]:
        """Entries that are due, the first found first and of one host no more than `HOST`, without those that are on their way."""
        out = set(but)
        query = (
            "SELECT e.number, e.feed, coalesce(f.title, ''), e.body, e.found, e.tries, e.begun FROM (SELECT number, row_number() OVER (PARTITION BY host "
            "ORDER BY due, number) AS place FROM entries WHERE state = 'waiting' AND due <= ?) w JOIN entries e ON e.number = w.number "
            "LEFT JOIN feeds f ON f.url = e.feed WHERE w.place <= ? ORDER BY e.due, e.number LIMIT ?"
        )
        rows = self._file.execute(query, (now, HOST + len(out), most + len(out))).fetchall()
        return [Waiting(n, feed, title, msgspec.msgpack.decode(body, type=Entry), *rest) for n, feed, title, body, *rest in rows if n not in out][:most]

    def next(self) -> tuple[int, float | None]:
        """How many entries wait, and when the first is due."""
        number, due = self._file.execute("SELECT count(*), min(due) FROM entries WHERE state = 'waiting'").fetchone()
        return int(number), due

    def later(self, number: int, due: float, tried: bool) -> None:
        """An entry waits until then; `tried` where its page failed."""
        with self.changing():
            self._file.execute("UPDATE entries SET due = ?, tries = tries + ? WHERE number = ?", (due, tried, number))

    def leave_alone(self, host: str, due: float) -> None:
        """A host wants to be left alone until then."""
        with self.changing():
            self._file.execute("UPDATE entries SET due = ? WHERE state = 'waiting' AND host = ? AND due < ?", (due, host, due))

    def same_page(self, url: str, now: float) -> list[Waiting]:
        """The entries that wait and lead to the same page, found by then."""
        query = "SELECT number, feed, body, found, tries, begun FROM entries WHERE link = ? AND link != '' AND state = 'waiting' AND found <= ?"
        rows = self._file.execute(query, (plain(url), now)).fetchall()
        return [Waiting(n, feed, "", msgspec.msgpack.decode(body, type=Entry), *rest) for n, feed, body, *rest in rows]

    def set_right(self, latest: float, now: float) -> None:
        """What is due later than can be is due now: the clock was set back."""
        with self.changing():
            self._file.execute("UPDATE entries SET due = ? WHERE state = 'waiting' AND due > ?", (now, latest))
            self._file.execute("UPDATE tellings SET due = ? WHERE done = 0 AND due > ?", (now, latest))

    def begin(self, numbers: Iterable[int]) -> None:
        """Reading of these begins."""
        with self.changing():
            self._file.executemany("UPDATE entries SET begun = begun + 1 WHERE number = ?", [(n,) for n in numbers])

    def not_done(self, numbers: Iterable[int], due: float) -> None:
        """Reading came to an end that is nobody's fault here (the record could not be written): again at that time."""
        with self.changing():
            self._file.executemany("UPDATE entries SET begun = 0, due = ? WHERE number = ?", [(due, n) for n in numbers])

    def done(self, ends: Iterable[Done], alerts: Iterable[Alert], outlets: Sequence[str], now: float) -> list[Alert]:
        """What became of entries, and the alerts that came of them; gives those that are new."""
        new = []
        with self.changing():
            query = "UPDATE entries SET state = ?, report = ?, why = ?, body = NULL, begun = 0 WHERE number = ?"
            self._file.executemany(query, [(done.state, done.report, done.why[:1_000], done.number) for done in ends])
            for alert in alerts:
                row = (alert.id, alert.rule, alert.incident, alert.detail, alert.number, now, msgspec.json.encode(alert))
                if self._file.execute("INSERT OR IGNORE INTO alerts VALUES (?, ?, ?, ?, ?, ?, ?)", row).rowcount:
                    new.append(alert)
                    self._file.executemany("INSERT INTO tellings (alert, outlet, due) VALUES (?, ?, ?)", [(alert.id, outlet, now) for outlet in outlets])
        return new

    def forget(self, now: float) -> None:
        """Forget entries that no feed has listed for long."""
        with self.changing():
            self._file.execute("DELETE FROM entries WHERE state != 'waiting' AND listed < ?", (now - FORGOTTEN,))

    def counts(self) -> dict[str, int]:
        """How many entries came to which end."""
        return dict(self._file.execute("SELECT state, count(*) FROM entries GROUP BY state").fetchall())

    # alerts

    def earlier(self, rule: str, detail: str) -> list[tuple[str, int]]:
        """The incident and number of each earlier alert of a rule with this detail."""
        return self._file.execute("SELECT incident, number FROM alerts WHERE rule = ? AND detail = ?", (rule, detail)).fetchall()

    def untold(self, now: float) -> list[tuple[Alert, str, int]]:
        """Alerts that are due to be told, the first made first, each with the outlet and how often it was tried."""
        query = (
            "SELECT a.body, t.outlet, t.tries FROM tellings t JOIN alerts a ON a.id = t.alert WHERE t.done = 0 AND t.due <= ? "
            "ORDER BY a.made, a.rowid LIMIT 100"
        )
        return [(msgspec.json.decode(body, type=Alert), outlet, tries) for body, outlet, tries in self._file.execute(query, (now,))]

    def next_telling(self) -> float | None:
        """When the first alert that was not told is due."""
        found: float | None = self._file.execute("SELECT min(due) FROM tellings WHERE done = 0").fetchone()[0]
        return found

    def untold_count(self) -> int:
        """How many tellings wait."""
        return int(self._file.execute("SELECT count(*) FROM tellings WHERE done = 0").fetchone()[0])

    def told(self, alert: str, outlet: str) -> None:
        """An alert is with its outlet."""
        with self.changing():
            self._file.execute("UPDATE tellings SET done = 1 WHERE alert = ? AND outlet = ?", (alert, outlet))

    def not_told(self, alert: str, outlet: str, due: float, now: float) -> None:
        """An alert could not be told: again at that time, and no other one to that outlet within a minute, for it may be that nobody is there."""
        with self.changing():
            self._file.execute("UPDATE tellings SET due = ? WHERE done = 0 AND outlet = ? AND due < ?", (now + SILENT, outlet, now + SILENT))
            self._file.execute("UPDATE tellings SET tries = tries + 1, due = ? WHERE alert = ? AND outlet = ?", (due, alert, outlet))


def host_of(url: str) -> str:
    """The host of an address, and its port where one is named."""
    return urlsplit(url).netloc.rpartition("@")[2].lower()


def mark_of(entry: Entry) -> str:
    """What an entry is known by: its address, title and text. What a feed calls it is left out, since some call it otherwise at each look.

    >>> one = Entry("a", "https://example.org/1?utm_source=rss", "Talks", None, "", False)
    >>> mark_of(one) == mark_of(one._replace(id="b", url="https://example.org/1")), mark_of(one) == mark_of(one._replace(title="No talks"))
    (True, False)
    """
    return sha256("\0".join((plain(entry.url) or entry.id, entry.title, entry.page)).encode("utf-8", "replace")).hexdigest()


def plain(url: str) -> str:
    """An address without its fragment and what only tells who led there.

    >>> plain("https://example.org/a?id=3&utm_medium=rss#top")
    'https://example.org/a?id=3'
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    query = urlencode([(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if not key.startswith(_TRACKING)])
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))
