"""GeoNames files → a gazetteer of the user's own, which the reading looks names up in beside the one that ships.

In: files of GeoNames' export dump (AM.zip, AM.txt, allCountries.zip: 19 columns, one place a line). Out: one SQLite file, of the form that
`training/places.py` describes, with more kinds of place and a table of what is loaded. Files are streamed, so that memory stays bounded,
and the gazetteer is written anew and then put in the old one's place: a reading never sees a half of it.
"""

from __future__ import annotations

import csv
import hashlib
import os
import re
import shutil
import sqlite3
import tempfile
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date
from functools import lru_cache
from importlib.resources import as_file, files
from io import BufferedReader
from itertools import islice
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from sayso.errors import BadOption, BadPlaces
from sayso.resolve.places import KINDS, code_of, fold, stripped

__all__ = ["CREDIT", "Loaded", "common", "download", "folder", "keys", "load", "loaded", "note", "remove", "shown", "stored"]

SITE = "https://download.geonames.org/export/dump/"
CREDIT = "Place names: GeoNames (https://www.geonames.org), CC BY 4.0; credit it where you publish what comes of them."
ROMANISED = frozenset("AE AF BD BH EG ER IL IN IQ IR JO JP KW LB LK LY MM NP OM PK PS QA SA SD SS SY TH YE".split())
"""Countries whose names GeoNames writes with marks of transliteration that no report has ("Al Qāmishlī"): they are shown without."""
LARGEST = 4_000_000_000
"""Bytes of a file, unpacked; the whole world has 1.7 thousand million."""
RATIO = 60
"""How much larger than packed a file may be; GeoNames' are four to five times."""
DIVISIONS = "admin1CodesASCII.txt"

_FORM = 1
"""The number of the file's form; a file of another form must be loaded again."""
_WORLD = "allCountries"
_COLUMNS = 19
_LINE = 1 << 16
_BATCH = 5_000
_SCALE = 100
_LATIN = re.compile(r"[a-z0-9& ]{3,30}")
_CODE = re.compile(r"[A-Z0-9]{1,4}")
_DAY = re.compile(rb"\d{4}-\d\d-\d\d")

Progress = Callable[[int], None]


class Loaded(NamedTuple):
    """What is loaded of one country: GeoNames' code of it, how many places and names, and the day of its latest change at GeoNames."""

    code: str
    places: int
    names: int
    date: str


class _Feature(NamedTuple):
    """How a kind of feature is kept: its number in the file, and what reports call one beside its name, `*` standing for that."""

    kind: int
    forms: tuple[str, ...]


class _Divisions(NamedTuple):
    """The names of first-level divisions that reports use ("Tavush", where the file has "Tavush Province"): by GeoNames' code, by its number."""

    listed: dict[str, str]
    shipped: dict[int, str]


class _Place(NamedTuple):
    """One line of a GeoNames file, as it is kept."""

    number: int
    name: str
    country: str
    division: str
    lat: int
    lon: int
    people: int
    kind: int
    keys: set[str]
    date: str


# the user's folder


def folder() -> Path:
    """Where the user's own gazetteer is kept: `SAYSO_PLACES`, else the folder `sayso` in the user's data folder."""
    if told := os.environ.get("SAYSO_PLACES"):
        return Path(told)
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "sayso"


def stored(where: Path | None = None) -> Path | None:
    """The user's own gazetteer, None where nothing is loaded."""
    file = (where or folder()) / "places.sqlite"
    return file if file.is_file() else None


def loaded(file: Path | None) -> list[Loaded]:
    """What a gazetteer of the user's holds, by country.

    Raises:
        BadPlaces: the file is none, or of a form that this version does not read.
    """
    if file is None:
        return []
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            if connection.execute("pragma user_version").fetchone()[0] == _FORM:
                return [Loaded(*row) for row in connection.execute("select alpha2, places, names, date from loaded order by alpha2")]
    except sqlite3.Error:
        pass
    raise BadPlaces(f"{file}: is no gazetteer of this version of sayso; delete it and load the files again")


def note(held: list[Loaded]) -> str | None:
    """What a reading says of the files that it was made with; None where none is loaded."""
    if not held:
        return None
    if len(held) > 6:
        return f"places also looked up in the GeoNames files of {len(held)} countries, as of {max(h.date for h in held)}"
    return f"places also looked up in the GeoNames files {', '.join(f'{h.code} ({h.date})' for h in held)}"


# loading


def load(path: Path, where: Path | None = None, divisions: Path | None = None, progress: Progress = lambda lines: None) -> list[Loaded]:
    """Put a GeoNames file into the user's own gazetteer, in place of what it holds of the same countries.

    Args:
        path: XX.zip, XX.txt, allCountries.zip or allCountries.txt.
        where: the folder; by default `folder()`.
        divisions: GeoNames' admin1CodesASCII.txt, for the names of divisions that are newer than the gazetteer that ships.
        progress: is told the lines read, now and then.

    Returns:
        What was loaded; empty where the very same is loaded already.

    Raises:
        BadPlaces: the file is no such file, or the gazetteer cannot be written.
    """
    name = path.name
    digest = _digest(path, name)
    with _alone(where or folder()) as home:
        old = stored(home)
        held = loaded(old)
        if old is not None and _has(old, digest):
            return []
        with _opened(path) as stream, _Build(home) as build:
            build.add(_places(stream, name, _divisions(divisions), progress), digest)
            fresh = build.fresh()
            if not fresh:
                raise BadPlaces(f"{name}: holds no place that sayso keeps; give a country's file of GeoNames' export dump, such as AM.zip")
            build.finish(old, [h.code for h in held if h.code not in {f.code for f in fresh}])
    return fresh


def remove(codes: Iterable[str], where: Path | None = None) -> None:
    """Take countries out of the user's own gazetteer; the last one takes the file along.

    Raises:
        BadPlaces: one of them is not loaded, so none is taken out.
    """
    home = where or folder()
    gone = {code.upper() for code in codes}
    if missing := gone - {h.code for h in loaded(stored(home))}:
        raise BadPlaces(f"{', '.join(sorted(missing))}: not loaded; see sayso places list")
    with _alone(home):
        old = stored(home)
        kept = [h.code for h in loaded(old) if h.code not in gone]
        if not kept and old is not None:
            old.unlink()
            return
        with _Build(home) as build:
            build.finish(old, kept)


def download(
    codes: Sequence[str], fetch: Callable[[str, BinaryIO, int], None], where: Path | None = None, progress: Progress = lambda lines: None
) -> Iterator[tuple[str, list[Loaded]]]:
    """Fetch countries' files from GeoNames, or with no code the whole world's, and load each; gives each file's name and what was loaded.

    Args:
        codes: ISO 3166 alpha-2, in whatever case.
        fetch: writes what is at an address into a file, up to a number of bytes.

    Raises:
        BadOption: a code is none of GeoNames'; nothing was fetched.
        BadPlaces, UnreadableReport: a file cannot be fetched or loaded; the ones before it are loaded.
    """
    wanted = list(dict.fromkeys(code.upper() for code in codes))
    if unknown := [code for code in wanted if code not in _countries()]:
        raise BadOption(f"{', '.join(unknown)}: no country's code; use ISO 3166 codes of two letters, such as AM")
    home = where or folder()
    with _alone(home, fetching=True), tempfile.TemporaryDirectory(prefix="fetched-", dir=home) as spare:
        divisions = Path(spare, DIVISIONS)
        with divisions.open("wb") as out:
            fetch(SITE + DIVISIONS, out, 5_000_000)
        for code in wanted or [_WORLD]:
            path = Path(spare, f"{code}.zip")
            with path.open("wb") as out:
                fetch(f"{SITE}{code}.zip", out, LARGEST // 4)
            yield path.name, load(path, home, divisions, progress)
            path.unlink()


# names


def keys(name: str, alternates: Iterable[str]) -> set[str]:
    """The folded names under which a place can be found: its name's and its alternates', without codes, common words, other scripts, and
    the letter by letter transliterations that GeoNames writes in lower case."""
    found = {fold(name), *(fold(other) for other in alternates if "," not in other and not _CODE.fullmatch(other) and any(c.isupper() for c in other))}
    return {key for key in found if _LATIN.fullmatch(key) and key not in common() and not key.isdigit()}


def shown(name: str, country: str) -> str:
    """A place's name as it is shown.

    >>> shown("Al Qāmishlī", "SY")
    'Al Qamishli'
    """
    if country not in ROMANISED:
        return name
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c) and c not in "‘ʻ")


@lru_cache(maxsize=1)
def common() -> frozenset[str]:
    """Words that are names of places, too, but under which none is found."""
    lines = (files("sayso.resolve") / "data" / "common.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def _further(names: Iterable[str], feature: _Feature) -> set[str]:
    """What else reports call a feature by a name of it and its kind: "zaatari refugee camp" also "zaatari camp"."""
    ends = [form.split("*") for form in sorted(feature.forms, key=len, reverse=True)]
    further = set()
    for name in names:
        front, back = next(((f, b) for f, b in ends if name.startswith(f) and name.endswith(b) and len(name) > len(f) + len(b)), ("", ""))
        bare = name[len(front) : len(name) - len(back)]
        further |= {front + bare + back for front, back in ends}
    return {key for key in further if _LATIN.fullmatch(key)}


# reading a file


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """The lines of a GeoNames file, unpacked where it is a zip, within bounds."""
    name = path.name
    if path.exists() and not path.is_file():
        raise BadPlaces(f"{path}: is no file; give a file such as AM.zip from GeoNames")
    try:
        if not zipfile.is_zipfile(path):
            with path.open("rb") as plain:
                yield plain
            return
        with zipfile.ZipFile(path) as archive, archive.open(_member(archive, name)) as member:
            yield BufferedReader(cast("BufferedReader", member), 1 << 20)
    # zipfile raises NotImplementedError for a way of packing that it does not know, RuntimeError for a password
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        raise BadPlaces(f"{name}: is a damaged zip file; fetch it again") from None
    except OSError as error:
        raise BadPlaces(f"{path}: cannot be read: {error.strerror or error}; give a file such as AM.zip from GeoNames") from None


def _digest(path: Path, name: str) -> str:
    """The SHA-256 of a file, unpacked."""
    digest, size = hashlib.sha256(), 0
    with _opened(path) as stream:
        while part := stream.read(1 << 20):
            digest.update(part)
            size += len(part)
            if size > LARGEST:
                raise BadPlaces(f"{name}: is larger than {LARGEST // 1_000_000:,} MB; give a file such as AM.zip from GeoNames")
    return digest.hexdigest()


def _member(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
    inside = [entry for entry in archive.infolist() if entry.filename.endswith(".txt") and entry.filename.lower() != "readme.txt"]
    if len(inside) != 1:
        raise BadPlaces(f"{name}: holds {len(inside) or 'no'} text files where a GeoNames file holds one; give a file such as AM.zip")
    if inside[0].file_size > min(LARGEST, RATIO * max(inside[0].compress_size, 1 << 10)):
        raise BadPlaces(f"{name}: unpacks to {inside[0].file_size // 1_000_000:,} MB, more than any GeoNames file of its size; fetch it again")
    return inside[0]


def _places(stream: BinaryIO, name: str, divisions: _Divisions, progress: Progress) -> Iterator[_Place]:
    """The places of a GeoNames file that are kept, line by line."""
    features, countries = _features(), _countries()
    number = 0
    while line := stream.readline(_LINE):
        number += 1
        if number % 50_000 == 0:
            progress(number)
        cells = line.rstrip(b"\r\n").split(b"\t")
        if len(cells) != _COLUMNS:
            raise BadPlaces(f"{name}: line {number:,} has {len(cells)} columns where GeoNames has {_COLUMNS}; give a country's file of the export dump")
        if (feature := features.get(cells[6] + b"." + cells[7]) or features.get(cells[6] + b".*")) is None:
            continue
        try:
            code = cells[8].decode("ascii")
            if code not in countries:  # waters and ranges of several countries have none
                continue
            place = _place(cells, code, feature, divisions)
        except (ValueError, OverflowError):
            raise BadPlaces(f"{name}: line {number:,} is no place as GeoNames writes it; fetch the file again") from None
        if place.keys or place.kind == 1:
            yield place
    progress(number)


def _place(cells: list[bytes], code: str, feature: _Feature, divisions: _Divisions) -> _Place:
    name, alternates = cells[1].decode("utf-8"), cells[3].decode("utf-8").split(",")
    number, lat, lon = int(cells[0]), float(cells[4]), float(cells[5])
    people = max(0, int(cells[14] or 0))
    if not (0 < number < 1 << 62 and people < 1 << 62 and -90 <= lat <= 90 and -180 <= lon <= 180 and _DAY.fullmatch(cells[18])):
        raise ValueError
    division = cells[10].decode("utf-8")
    found = keys(name, (other for other in [cells[2].decode("utf-8"), *alternates] if "/" not in other))
    if KINDS[feature.kind] in {"province", "district"}:
        found |= {short for short in (stripped(key)[0] for key in found) if short not in common()}
    if KINDS[feature.kind] == "province":
        name = divisions.listed.get(f"{code}.{division}") or divisions.shipped.get(number) or name
        found |= keys(name, ())
    found |= _further({fold(name), *found}, feature) if feature.forms else set()
    if KINDS[feature.kind] not in {"city", "province"}:
        people = 0  # a district's people live in its towns: a bare name means the town first
    day = date.fromisoformat(cells[18].decode("ascii")).isoformat()
    return _Place(number, shown(name, code), code, division, round(lat * _SCALE), round(lon * _SCALE), people, feature.kind, found, day)


def _divisions(path: Path | None) -> _Divisions:
    """From GeoNames' list, where it is given, and from the gazetteer that ships."""
    with as_file(files("sayso.resolve") / "gazetteer.sqlite") as file, closing(sqlite3.connect(f"{file.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        shipped: dict[int, str] = dict(connection.execute("select id, name from place where kind = 1"))
    if path is None:
        return _Divisions({}, shipped)
    try:
        rows = [line.split("\t") for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    except (OSError, UnicodeDecodeError):
        raise BadPlaces(f"{path.name}: cannot be read; fetch it again") from None
    if any(len(row) != 4 for row in rows):
        raise BadPlaces(f"{path.name}: is not GeoNames' list of first-level divisions; fetch it again")
    return _Divisions({row[0]: row[1] for row in rows}, shipped)


def _table(name: str) -> Iterator[dict[str, str]]:
    lines = (files("sayso.resolve") / "data" / f"{name}.tsv").read_text("utf-8").splitlines()
    return csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE)


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    """ISO 3166 alpha-3 by alpha-2."""
    return {row["alpha2"]: row["alpha3"] for row in _table("countries")}


@lru_cache(maxsize=1)
def _features() -> dict[bytes, _Feature]:
    return {
        f"{row['class']}.{row['code']}".encode(): _Feature(KINDS.index(row["kind"]), tuple(filter(None, row["forms"].split("|")))) for row in _table("features")
    }


# the file


@contextmanager
def _alone(home: Path, fetching: bool = False) -> Iterator[Path]:
    """The folder, made where it is not there, while no other process writes to it; what a broken-off one left is cleared away."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        # SQLite's own lock, which ends with the process whatever ends it
        with closing(sqlite3.connect(home / ("fetching.lock" if fetching else "places.lock"), timeout=1, isolation_level=None)) as lock:
            lock.execute("begin exclusive")
            for left in home.glob("fetched-*" if fetching else "*.part"):
                shutil.rmtree(left) if left.is_dir() else left.unlink()
            yield home
    except sqlite3.Error as error:
        if "locked" in str(error):
            raise BadPlaces(f"{home}: another sayso is loading places; wait until it is done") from None
        raise BadPlaces(f"{home}: the places cannot be stored: {error}; make room, or choose another folder with SAYSO_PLACES") from None
    except OSError as error:
        raise BadPlaces(f"{home}: cannot be written: {error.strerror or error}; choose another folder with SAYSO_PLACES") from None


def _has(file: Path, digest: str) -> bool:
    """Whether all that a file gave is still loaded."""
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        of = connection.execute("select countries from loaded where digest = ?", (digest,)).fetchall()
        return bool(of) and len(of) == of[0][0]


_PLACE = "id integer primary key, name text, country integer, admin1 integer, lat integer, lon integer, people integer, kind integer"
_LOADED = "alpha3 text primary key, alpha2 text, places integer, names integer, date text, countries integer, digest text"


class _Build:
    """A new gazetteer file in the making, beside the old one; the larger tables go through a spare file, so that memory stays bounded."""

    def __init__(self, home: Path) -> None:
        self._out, self._spare, self._home = home / "new.part", home / "spare.part", home
        self._done: sqlite3.Connection | None = None

    def __enter__(self) -> _Build:
        self._done = connection = sqlite3.connect(self._out, isolation_level=None)
        self._numbers = {code: number for number, code in enumerate(sorted(set(_countries().values())))}
        connection.execute("attach ? as spare", (str(self._spare),))
        for statement in (
            "pragma journal_mode = off",
            "pragma spare.journal_mode = off",
            "pragma synchronous = off",
            "pragma temp_store = file",
            "pragma cache_size = -65536",
            "create table country (id integer primary key, code text)",
            f"create table place ({_PLACE})",
            "create table key (code integer, place integer, primary key (code, place)) without rowid",
            f"create table loaded ({_LOADED})",
            f"create table spare.place ({_PLACE.replace('admin1 integer', 'division text')})",
            "create table spare.key (code integer, place integer)",
            "create table spare.division (country integer, code text, place integer, primary key (country, code)) without rowid",
            "begin",
        ):
            connection.execute(statement)
        connection.executemany("insert into country values (?, ?)", [(number, code) for code, number in self._numbers.items()])
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()
        for file in (self._out, self._spare):
            file.unlink(missing_ok=True)

    @property
    def _connection(self) -> sqlite3.Connection:
        assert self._done is not None
        return self._done

    def add(self, places: Iterator[_Place], digest: str) -> None:
        """Take in the places of a file."""
        alpha3, run = _countries(), self._connection
        counts: dict[str, tuple[int, int, str]] = {}
        while batch := list(islice(places, _BATCH)):
            run.executemany(
                "insert or ignore into spare.place values (?, ?, ?, ?, ?, ?, ?, ?)",
                [(p.number, p.name, self._numbers[alpha3[p.country]], p.division, p.lat, p.lon, p.people, p.kind) for p in batch],
            )
            run.executemany("insert into spare.key values (?, ?)", [(code_of(key), p.number) for p in batch for key in sorted(p.keys)])
            for p in batch:
                count, names, day = counts.get(p.country, (0, 0, ""))
                counts[p.country] = (count + 1, names + len(p.keys), max(day, p.date))
        run.execute("insert or ignore into spare.division select country, division, id from spare.place where kind = 1 order by id")
        run.execute(
            "insert into place select p.id, p.name, p.country, d.place, p.lat, p.lon, p.people, p.kind from spare.place p "
            "left join spare.division d on d.country = p.country and d.code = p.division and p.kind <> 1 order by p.id"
        )
        run.executemany("insert into loaded values (?, ?, ?, ?, ?, ?, ?)", [(alpha3[c], c, *counts[c], len(counts), digest) for c in sorted(counts)])

    def fresh(self) -> list[Loaded]:
        """What was taken in."""
        return [Loaded(*row) for row in self._connection.execute("select alpha2, places, names, date from loaded order by alpha2")]

    def finish(self, old: Path | None, kept: list[str]) -> None:
        """Take over some countries from the old file, and take its place."""
        run = self._connection
        if old is not None and kept:
            run.execute("commit")
            run.execute("attach ? as old", (str(old),))
            run.execute("begin")
            run.execute(
                "create temp table kept as select l.alpha3, o.id was, c.id now from old.loaded l join old.country o on o.code = l.alpha3 "
                f"join country c on c.code = l.alpha3 where l.alpha2 in ({','.join('?' * len(kept))})", kept
            )  # fmt: skip
            run.execute("insert into loaded select * from old.loaded where alpha3 in (select alpha3 from kept)")
            run.execute("create table spare.over (id integer primary key)")
            run.execute(
                "insert into spare.over select p.id from old.place p where p.country in (select was from kept) and p.id not in (select id from place)"
            )
            run.execute("insert into place select p.id, p.name, k.now, p.admin1, p.lat, p.lon, p.people, p.kind from old.place p "
                        "join kept k on k.was = p.country where p.id in (select id from spare.over)")  # fmt: skip
            run.execute("insert into spare.key select code, place from old.key where place in (select id from spare.over)")
        run.execute("insert into key select distinct code, place from spare.key where place in (select id from place) order by code, place")
        run.execute("commit")
        run.execute(f"pragma user_version = {_FORM}")
        run.close()
        self._out.replace(self._home / "places.sqlite")
