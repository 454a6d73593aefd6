"""Place names → places: which of the places of a name a report means, where it lies, and why it is read so.

In: the words of a place name, and the share that each country has of what the report speaks of. Out: a `Place`, or nothing where
no place of the name is known or too many are. The names come from `places.tsv`, `countries.tsv`, a gazetteer made of GeoNames
(`gazetteer.sqlite`), and one that the user may have loaded (`geonames.py`); no place is chosen for its population alone, and no text
is looked at beyond the name.
"""

from __future__ import annotations

import math
import re
import sqlite3
import unicodedata
from collections import Counter
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from threading import Lock
from typing import Literal, NamedTuple

from sayso.lexicon.tables import read_table
from sayso.model import Where

__all__ = ["KINDS", "PARTICLES", "SITES", "Gazetteer", "Place", "code_of", "fold", "is_part", "stripped"]

Precision = Literal["point", "city", "district", "province", "country"]

_PRECISION: dict[str, Precision] = {
    "point": "point", "crossing": "point", "camp": "point", "city": "city", "district": "district", "province": "province",
    "region": "province", "sea": "province", "river": "province", "continent": "country", "country": "country",
}  # fmt: skip
PARTICLES = frozenset("de del di do da dos das du des la las los le el al ul ar az ez".split())
"""Small words within foreign names: "San Pedro de Macoris", "Khan el Sebil"."""
KINDS = ("city", "province", "district", "point", "region", "sea", "river", "camp", "crossing")
"""What the numbers in a gazetteer file's column `kind` mean; the file that ships has the first two only."""
_PEOPLE = {
    "country": 1e6, "continent": 1e6, "province": 1e6, "region": 1e6, "sea": 1e6, "river": 1e6, "district": 1e5, "city": 5e4, "point": 1e4,
    "crossing": 1e4, "camp": 1e4,
}  # fmt: skip
"""What a place of our own list weighs beside the populations of the gazetteer."""
_BIG = 100_000
"""From this population on, a city may be meant in a report that never speaks of its country."""
_TOWN = 20_000
"""From this population on, a bare name that a town shares with its province means the town."""
_MARGIN = 0.7
"""How far ahead of the next country's a place must be that nothing in the report supports: about five times the population."""

_LETTERS = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ə": "e", "ħ": "h", "ŋ": "n", "ĸ": "k"})
_SILENT = re.compile(r"['’‘ʼʻʾʿ`´′]")
_BREAKS = re.compile(r"[^\w&]+|_")
_KIND_BEHIND = {
    "province": "province", "region": "province", "governorate": "province", "oblast": "province", "state": "province", "krai": "province",
    "department": "province", "prefecture": "province", "territory": "province", "voivodeship": "province", "division": "province", "wilayat": "province",
    "republic": "province", "district": "district", "raion": "district", "rayon": "district", "county": "district", "municipality": "district",
    "township": "district", "area": "district", "subdistrict": "district", "regency": "district", "zone": "district", "city": "city", "town": "city",
    "village": "city", "settlement": "city", "kibbutz": "city", "commune": "city", "hamlet": "city", "quarter": "point", "neighbourhood": "point",
    "neighborhood": "point", "suburb": "point", "borough": "point", "slum": "point",
}  # fmt: skip
"""Words behind a name that tell its kind; their plurals count too."""
SITES = frozenset(
    "university airport airfield airbase hospital prison jail station port harbour harbor hotel mosque church cathedral synagogue temple square street "
    "road highway bridge market bazaar mall palace embassy consulate checkpoint barracks stadium school college refinery dam mine camp".split()
)
"""Words behind a town's name that make it the name of one spot there: "Kabul University"."""
_BEHIND = re.compile(rf"(.+) ({'|'.join(_KIND_BEHIND)})s?")
_BEFORE = re.compile(rf"({'|'.join(_KIND_BEHIND)})s? of (?:the )?(.+)")
_PART = re.compile(
    r"(?:(?:far|most of|parts of|outskirts of|suburbs of|coast of|rural|greater|occupied|downtown|mainland) )*"
    r"(?:(?:north|south)?[ ]?(?:north|south|east|west)(?:ern)?|central|rural|greater|occupied|downtown|mainland|outskirts of|suburbs of|coast of|parts of) (.+)"
)
_ARTICLE = re.compile(r"(?:al|el|ar|as|ash|ad|at|az|an|ed|es|er) (.{4,})")


_QUERY = """
select p.id, p.name, c.code, r.name, p.lat / 100.0, p.lon / 100.0, p.people, p.kind
from key k join place p on p.id = k.place join country c on c.id = p.country left join place r on r.id = p.admin1
where k.code = ? order by p.id
"""


class Place(NamedTuple):
    """A place; `kind` as in `places.tsv`, or country; `why` names the entry and what spoke for it."""

    name: str
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    kind: str
    why: str


_SPELLING = 6
"""Letters from which on another spelling of a name tells the place without a word of its country."""
_NAMESAKE = 20_000
"""Below so many people, a town in a country that the report does not speak of only happens to bear the name."""


class _Candidate(NamedTuple):
    """A place of a name, before the report has had its say; `own` for our own lists'."""

    name: str
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    kind: str
    people: float
    entry: str
    own: bool
    exact: bool  # its main name, and not another spelling
    capital: bool = False
    loose: bool = False  # the name lacks the word of its kind ("Delta" for "Delta State"), so the report's country must speak for it
    number: int = 0  # GeoNames' own; 0 for our own lists'
    loaded: bool = False  # from a file of the user's, so that it counts only where the report speaks of its country


@lru_cache(maxsize=20_000)
def fold(name: str) -> str:
    """A name without capitals, accents, apostrophes, punctuation and its article, as names are compared.

    >>> fold("the Sana’a–Əlibəyli")
    'sanaa elibeyli'
    """
    lower = unicodedata.normalize("NFKD", name.lower().translate(_LETTERS)).translate(_LETTERS)
    letters = "".join(c for c in lower if not unicodedata.combining(c))
    key = _BREAKS.sub(" ", _SILENT.sub("", letters)).strip().removeprefix("the ")
    return "saint " + key[3:] if key.startswith("st ") else key


def stripped(key: str) -> tuple[str, str]:
    """A folded name without the word that tells its kind, and that kind; both as they were, with no kind, where there is none.

    >>> stripped("idlib province")
    ('idlib', 'province')
    >>> stripped("village of robotyne")
    ('robotyne', 'city')
    """
    if match := _BEHIND.fullmatch(key):
        return match[1], _KIND_BEHIND[match[2]]
    if match := _BEFORE.fullmatch(key):
        return match[2], _KIND_BEHIND[match[1]]
    return key, ""


def is_part(word: str) -> bool:
    """Whether a word before a country's name makes it the name of a part: "northern", "central".

    >>> is_part("southeastern"), is_part("neighbouring")
    (True, False)
    """
    return _PART.fullmatch(f"{fold(word)} x") is not None


def code_of(key: str) -> int:
    """The number under which the gazetteer file keeps a folded name: 48 bits, so that strangers meet by chance once in 10⁸ look-ups."""
    return int.from_bytes(blake2b(key.encode(), digest_size=6).digest(), "big", signed=True)


class Gazetteer:
    """Finds places by name. The gazetteer file is opened at the first look-up, read-only; one object serves all threads.

    Args:
        file: another gazetteer file than the one that ships.
        loaded: a file of the user's own (`geonames.stored`), looked up beside it.
    """

    def __init__(self, file: Path | None = None, loaded: Path | None = None) -> None:
        self._shipped = _File(file or Path(__file__).with_name("gazetteer.sqlite"))
        self._loaded = _File(loaded) if loaded is not None else None
        self._own: dict[str, list[_Candidate]] = {}
        self._countries: dict[str, str] = {}
        self._capitals: dict[str, set[str]] = {}
        self._fill()
        self._named = lru_cache(maxsize=20_000)(self._look_up)
        self.country_of = lru_cache(maxsize=20_000)(self._country_of)

    def _fill(self) -> None:
        for row in read_table("places"):
            cells = row.cells
            kind = cells["kind"]
            place = _Candidate(
                cells["name"], cells["country"] or None, cells["admin1"] or None, float(cells["lat"]), float(cells["lon"]), kind, _PEOPLE[kind],
                f"{row.place} {cells['name']}", own=True, exact=True,
            )  # fmt: skip
            names = [fold(name) for name in (cells["name"], *row.listed("aliases"))]
            for key in names:
                self._add(key, place)
            for short, word in map(stripped, names):
                if word:
                    self._add(short, place._replace(loose=True))
        countries = list(read_table("countries"))
        shared = Counter(form for row in countries for form in {row["name"], *row.listed("aliases")})
        for row in countries:
            name, code = row.cells["name"], row.cells["code"]
            self._countries.setdefault(code, name)
            place = _Candidate(name, code, None, None, None, "country", _PEOPLE["country"], f"{row.place} {name}", own=True, exact=True)
            for other in (name, *row.listed("aliases")):
                if shared[other] == 1 or not (other.endswith("s") or " and " in other):  # "the two Koreas" are no one place
                    self._add(fold(other), place)
            for seat in row.listed("capital") if row["adjectives"] or not row["from"] else ():
                self._capitals.setdefault(fold(seat), set()).add(code)

    def _add(self, key: str, place: _Candidate) -> None:
        held = self._own.setdefault(key, [])
        # a part of a country that also stands for it ("Scotland") is the part; of two countries of a name the first row is meant
        if any(p.entry == place.entry for p in held):
            return
        if place.kind == "country" and any(p.kind == "country" or (p.kind == "province" and p.country == place.country and not p.loose) for p in held):
            return
        held.append(place)

    # finding

    def _country_of(self, name: str) -> str | None:
        """The country that a name lies in, whatever report it stands in; None where it is unknown, shared, or could be in several."""
        place = self.resolve(name, {})
        return place.country if place else None

    def country_in(self, name: str, countries: dict[str, float]) -> str | None:
        """The country that a name lies in, in a report that speaks of these countries so much."""
        place = self.resolve(name, countries)
        return place.country if place else None

    def resolve(self, name: str, countries: dict[str, float]) -> Place | None:
        """The place that a report means by a name.

        Args:
            name: as it is written, a word for its kind ("province") included.
            countries: the share, 0 to 1, of each country in what the report speaks of.

        Returns:
            None for a name without a capital letter, an unknown name, and one of which no place is likely enough.
        """
        if not any(c.isupper() for c in name) or len(name) > 100:
            return None
        key = fold(name)
        short, kind = stripped(key)
        if found := self._found(key, countries):
            if kind and all(c.loaded for c in found):  # what the others know as "Tovuz", and this file as "Tovuz District"
                return self._choose(tuple(dict.fromkeys((*self._found(short, countries), *found))), kind, short, countries)
            return self._choose(found, "", key, countries)
        if "," in name:
            head, _, tail = name.rpartition(",")
            around = self.resolve(tail.strip(), countries)
            if around is not None and around.country:
                there = tuple(c for c in self._found(fold(head), {around.country: 1.0}) if c.country == around.country)
                return self._choose(there, "", fold(head), {around.country: 1.0}) if there else None
        if kind and (found := self._found(short, countries)):
            return self._choose(found, kind, short, countries)
        words = name.split()
        if len(words) > 1 and words[-1].lower() in SITES:
            while len(words) > 2 and words[-2].islower():
                del words[-2]  # "Damascus international airport"
            town = self.resolve(" ".join(words[:-1]), countries)
            return town._replace(name=name, kind="point") if town is not None and town.kind != "country" else None
        if match := _PART.fullmatch(key):
            place = self.resolve(match[1].title(), countries)
            if place is not None and place.kind == "country":
                return place._replace(name=name.removeprefix("the "), kind="region")
            return place
        return None

    def lists(self, name: str) -> bool:
        """Whether our own list of places has exactly this name."""
        return any(place.kind != "country" and not place.loose for place in self._own.get(fold(name), ()))

    def is_capital(self, name: str) -> bool:
        """Whether some country is governed from a town of this name."""
        return fold(name) in self._capitals

    def to_where(self, place: Place, text: str, at: int) -> Where:
        """The codebook's form of a place that the report calls `text`, at character `at`."""
        return Where(
            name=place.name, country=place.country, admin1=place.admin1, lat=place.lat, lon=place.lon, precision=_PRECISION[place.kind], text=text, at=at
        )

    def _choose(self, found: tuple[_Candidate, ...], kind: str, key: str, countries: dict[str, float]) -> Place | None:
        towns = {c.country for c in found if c.kind == "city" and c.exact and (c.own or c.people >= _TOWN)}
        if kind:
            fitting = {c.country for c in found if _PRECISION[c.kind] == kind}
            found = tuple(c for c in found if _PRECISION[c.kind] == kind or c.country not in fitting)
        else:  # "Idlib" alone is the city
            found = tuple(c for c in found if c.kind not in {"province", "district"} or c.country not in towns or (c.own and not c.loose))
        weighed = sorted(((self._weight(c, kind, countries), c) for c in found), key=lambda w: (-w[0], w[1].loaded, w[1].kind != "city", w[1].entry))
        weight, best = weighed[0]
        alike = [c for w, c in weighed if w == weight]
        if any(c.loaded for c in alike) and any(c.country != best.country for c in alike):
            return None  # two countries have a village of the name, and the report speaks as much of the one as of the other
        others = [(w, c) for w, c in weighed if c.country != best.country]
        if best.country is None or countries.get(best.country, 0.0) > 0:
            reason = f"the report speaks of {self._countries.get(best.country or '', best.country)}"
        elif (best.loose and not kind) or (not best.exact and len(key) < _SPELLING and not best.own):
            return None  # "Yida" is no Jeddah
        elif countries and best.kind == "city" and best.people < _NAMESAKE and not best.own and not best.capital:
            return None  # rather a village that no list has, in a country that the report speaks of
        elif not others:
            reason = "the only place of that name"
        elif best.capital:
            reason = "a capital"
        elif best.own and (best.kind != "city" or all(c.people < best.people for _, c in others if c.exact)):
            reason = "first of its namesakes"
        elif best.kind == "city" and best.people >= _BIG and weight - others[0][0] >= _MARGIN and not best.own:
            reason = f"a city of {round(best.people):,} people, far ahead of its namesakes"
        else:
            return None
        why = best.entry if best.own else f"{best.entry}, {reason}"
        alike = [c for c in alike if c.kind == best.kind]
        if any(c.loaded and _far(c, best) for c in alike):
            region = best.admin1 if len({c.admin1 for c in alike}) == 1 else None
            best = best._replace(admin1=region, lat=None, lon=None)
            why += f"; {len(alike)} of the name there, so no point"
        # where only the town is known of "Aghjabadi district", it stands for the district
        return Place(best.name, best.country, best.admin1, best.lat, best.lon, kind if kind and best.kind == "city" else best.kind, why)

    def _weight(self, place: _Candidate, kind: str, countries: dict[str, float]) -> float:
        """How likely a report means a place: the share of its country first, then what our lists and the name say, then its size."""
        share = countries.get(place.country, 0.0) if place.country else 0.05
        weight = 3 * min(1.0, share / 0.05) + 2 * share
        weight += 4.0 if place.kind == "country" else 3.5 if place.own and (kind or not place.loose) else 0.0
        weight += 1.0 if place.exact else 0.0
        weight += 4.0 if place.capital else 0.0
        if kind:
            weight += 2.0 if _PRECISION[place.kind] == kind else 1.0 if kind != "city" and place.kind != "city" else 0.0
        return weight + math.log10(max(place.people, 100.0))

    # the files

    def _look_up(self, key: str) -> tuple[_Candidate, ...]:
        asked = key
        found = self._merged(self._own.get(key, []), self._shipped.find(key))
        if not found:
            if match := _ARTICLE.fullmatch(key):
                key = match[1]
            elif len(key) > 3:
                key = "al " + key
            found = [c for c in self._merged(self._own.get(key, []), self._shipped.find(key)) if c.exact]
        for code in self._capitals.get(key, ()):
            towns = [c for c in found if c.country == code and c.kind == "city"]
            if towns:
                chief = max(towns, key=lambda c: c.people)
                found[found.index(chief)] = chief._replace(capital=True, exact=True)
        return (*found, *self._beside(found, asked))

    def _found(self, key: str, countries: dict[str, float]) -> tuple[_Candidate, ...]:
        """The places of a folded name; those of the user's own file where the report speaks of their country, so that nothing else is read otherwise."""
        if self._loaded is None:
            return self._named(key)
        return tuple(c for c in self._named(key) if not c.loaded or countries.get(c.country or "", 0.0) > 0)

    def _beside(self, found: list[_Candidate], key: str) -> list[_Candidate]:
        """What the user's own file adds to the places of a name."""
        if self._loaded is None:
            return []
        more = self._loaded.find(key)
        if not more and not found:
            more = [c for c in self._loaded.find(_ARTICLE.sub(r"\1", key) if _ARTICLE.fullmatch(key) else "al " + key) if c.exact]
        return [c for c in more if not any(c.number == other.number or (other.own and _same(other, c)) for other in found)]

    def _merged(self, own: list[_Candidate], stored: list[_Candidate]) -> list[_Candidate]:
        """Both lists, one entry for a place that stands in both: ours, with the people that the gazetteer knows of."""
        merged = [*own]
        for place in stored:
            twin = next((k for k, c in enumerate(merged) if c.own and _same(c, place)), None)
            if twin is None:
                merged.append(place)
            elif place.kind == "city":
                merged[twin] = merged[twin]._replace(people=max(place.people, 1.0))
        return merged


class _File:
    """A gazetteer file, opened at the first look-up, read-only. It is never changed in place, only replaced."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._connection: sqlite3.Connection | None = None
        self._lock = Lock()
        self._dates: dict[str, str] = {}

    def find(self, key: str) -> list[_Candidate]:
        """The places of a folded name."""
        with self._lock:
            if self._connection is None:
                self._connection = sqlite3.connect(f"{self._file.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
                if self._connection.execute("select 1 from sqlite_master where name = 'loaded'").fetchone():
                    told = self._connection.execute("select alpha3, alpha2, date from loaded")
                    self._dates = {code: f" (file {name}, {date})" for code, name, date in told}
            rows = self._connection.execute(_QUERY, (code_of(key),)).fetchall()
        found = []
        for number, name, country, admin1, lat, lon, people, rank in rows:
            main = fold(name)
            exact = key in {main, stripped(main)[0]}
            kind = KINDS[rank]
            region = name if kind == "province" else admin1
            entry = f"GeoNames {number} {name}{self._dates.get(country, '')}"
            found.append(_Candidate(name, country, region, lat, lon, kind, people, entry, own=False, exact=exact, number=number, loaded=bool(self._dates)))
        return found


def _same(ours: _Candidate, stored: _Candidate) -> bool:
    """Whether two entries of one name are one place: the same division or water of a country, or towns less than about 50 km apart."""
    if ours.country != stored.country or ours.lat is None or ours.lon is None or stored.lat is None or stored.lon is None:
        return False
    if stored.kind == "province":
        return ours.kind in {"province", "district"}
    if stored.kind in {"district", "region", "sea", "river"}:
        return ours.kind == stored.kind
    kinds = {"city"} if stored.kind == "city" else {"point", "camp", "crossing"}
    return ours.kind in kinds and not _far(ours, stored)


def _far(one: _Candidate, other: _Candidate) -> bool:
    """Whether two places lie more than about 50 km apart."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return False
    return abs(one.lat - other.lat) >= 0.5 or abs(one.lon - other.lon) >= 0.5
