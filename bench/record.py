"""How a record grows: `python -m bench.record [--reports 100000] [--record FILE] [--json FILE]`.

The reports of `corpus/` are read once, before the clock runs. Their readings are then varied by program, as many times as there are reports to add: other
days and countries (60 conflicts; the busiest has a fifth of all reports), places of these countries, counts, and every letter of a text changed for another one
of its kind, so that offsets hold and no two texts are near-copies but the one in twenty that is meant to be one. Nothing is read again: what is measured is
adding and grouping, in the order of the days as news comes, and then the questions to the registers. A record that is there already is only asked.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from sayso.lexicon import read_table
from sayso.model import Reading, digest
from sayso.reading import Reader
from sayso.record import Filter, Record
from sayso.scoring import load
from sayso.scoring.records import as_report

ROOT = Path(__file__).parent.parent
CONFLICTS = 60
FIRST, YEARS = date(2000, 1, 1), 24
COPIES = 20
"""One report in so many is a near-copy of the one before."""
PLACES = 40
"""Places in which a conflict's incidents happen."""
VOWELS, CONSONANTS = "aeiou", "bcdfghjklmnpqrstvwxyz"
WATCHED = (1_000, 10_000, 100_000)


class Conflict(NamedTuple):
    """Two countries, the places of their fighting, and the days on which something happens."""

    sides: tuple[str, str]
    places: list[tuple[str, str, float, float]]
    days: list[date]


def readings() -> list[Reading]:
    """The reports of the corpus, read."""
    reports = [as_report(r) for name in ("train", "dev") for r in load(ROOT / "corpus" / f"{name}.jsonl")]
    return list(Reader().read_many(reports))


def conflicts(count: int, reports: int) -> list[Conflict]:
    """Conflicts between two countries each; days grow with the reports, so that a day has about as many in a large record as in a small one."""
    rng = random.Random(1)
    gazetteer = sqlite3.connect(f"file:{ROOT / 'src/sayso/resolve/gazetteer.sqlite'}?mode=ro", uri=True)
    query = "SELECT p.name, c.code, p.lat / 100.0, p.lon / 100.0 FROM place p JOIN country c ON c.id = p.country WHERE p.people > 2000 ORDER BY p.id"
    by_country: dict[str, list[tuple[str, str, float, float]]] = {}
    for row in gazetteer.execute(query):
        by_country.setdefault(row[1], []).append(row)
    large = sorted(code for code, rows in by_country.items() if len(rows) >= PLACES)
    rng.shuffle(large)
    weights = [1 / (k + 1) for k in range(count)]
    made = []
    for k in range(count):
        one, other = large[k % len(large)], large[(k * 7 + 3) % len(large)]
        share = weights[k] / sum(weights)
        active = max(5, min(YEARS * 365, int(share * reports / 4)))
        days = sorted(FIRST + timedelta(days=d) for d in rng.sample(range(YEARS * 365), active))
        made.append(Conflict((one, other if other != one else large[(k + 1) % len(large)]), rng.sample(by_country[one], PLACES), days))
    return made


def varied(bases: list[Reading], count: int) -> Iterator[Reading]:
    """So many readings, the same ones each time, in the order of their days, as news comes."""
    fought = conflicts(CONFLICTS, count)
    weights = list(itertools.accumulate(1 / (k + 1) for k in range(CONFLICTS)))
    rng = random.Random(2020)
    chosen = [rng.choices(range(CONFLICTS), cum_weights=weights)[0] for _ in range(count)]
    planned = sorted((rng.choice(fought[k].days), number, k) for number, k in enumerate(chosen))
    last: Reading | None = None
    for place, (day, number, k) in enumerate(planned):
        if last is not None and place % COPIES == COPIES - 1:
            yield _copy(last, number)
            continue
        last = _variant(rng.choice(bases), fought[k], day, number, rng)
        yield last


def _variant(base: Reading, conflict: Conflict, day: date, number: int, rng: random.Random) -> Reading:
    data: dict[str, Any] = msgspec.to_builtins(base)
    seen = Counter(e["country"] for claim in data["claims"] for e in _entities(claim) if e["country"] and e["country"].isupper())
    sides = list(conflict.sides)
    rng.shuffle(sides)
    land = dict(zip((code for code, _ in seen.most_common(2) if code in _names()), sides, strict=False))
    table = _cipher(rng)
    shift = day - (base.report.day or day)
    _change(data["claims"], table, land, conflict.places, shift)
    for claim in data["claims"]:
        for field in ("count", "times"):
            if claim.get(field):
                claim[field] |= {bound: claim[field][bound] + number % 3 for bound in ("low", "high") if claim[field][bound]}
    return _sealed(data, data["report"]["text"].translate(table), day, f"{data['report']['publisher'] or 'Wire'}", number)


def _copy(of: Reading, number: int) -> Reading:
    """The same text, printed by another outlet under a line of its own at the end."""
    data: dict[str, Any] = msgspec.to_builtins(of)
    return _sealed(data, f"{of.report.text}\n\nPrinted in edition {number}.", of.report.day or FIRST, f"Morning Paper {number % 30}", number)


def _sealed(data: dict[str, Any], text: str, day: date, publisher: str, number: int) -> Reading:
    title = data["report"]["title"]
    key = digest(text)
    data["report"] |= {"id": f"r{number}", "text": text, "digest": key, "published": day.isoformat(), "publisher": publisher, "url": None}
    data["report"]["title"] = text[: len(title)] if title else None
    for claim in data["claims"]:
        claim["id"] = sha256(f"{key}{claim['id']}".encode()).hexdigest()[:20]
    return msgspec.convert(data, Reading)


def _cipher(rng: random.Random) -> dict[int, str]:
    """Each vowel for another one, each consonant for another one: offsets and the look of words stay."""
    table: dict[int, str] = {}
    for letters in (VOWELS, CONSONANTS):
        other = "".join(rng.sample(letters, len(letters)))
        table |= str.maketrans(letters + letters.upper(), other + other.upper())
    return table


def _change(value: Any, table: dict[int, str], land: dict[str, str], places: list[tuple[str, str, float, float]], shift: timedelta) -> None:
    """Change days, places, countries and words within a claim, in place."""
    if isinstance(value, list):
        for part in value:
            _change(part, table, land, places, shift)
        return
    if not isinstance(value, dict):
        return
    if "lat" in value and value["lat"] is not None:
        name, country, lat, lon = places[sum(value["name"].encode()) % len(places)]
        value |= {"name": name, "country": country, "lat": lat, "lon": lon, "admin1": None}
    elif "sector" in value and value["country"] in land:
        old, new = value["country"], land[value["country"]]
        value |= {"country": new, "name": value["name"].replace(_names()[old], _names()[new])}
    for key, part in value.items():
        if key == "text" and isinstance(part, str):
            value[key] = part.translate(table)
        elif key in ("start", "end", "since", "until") and isinstance(part, str):
            value[key] = (date.fromisoformat(part) + shift).isoformat()
        else:
            _change(part, table, land, places, shift)


def _entities(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if "sector" in value:
            yield value
        for part in value.values():
            yield from _entities(part)
    elif isinstance(value, list):
        for part in value:
            yield from _entities(part)


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    return {row["code"]: row["name"] for row in read_table("countries")}


def grow(record: Record, made: Iterator[Reading], count: int, step: int = 1_000) -> list[dict[str, float]]:
    """Add readings and give, for each step, how many there are, the seconds that the step took, and the size of the file in MB."""
    told = []
    for done in range(step, count + 1, step):
        portion = list(itertools.islice(made, step))
        began = time.perf_counter()
        added = record.add(portion)
        seconds = time.perf_counter() - began
        size = Path(record.database.name).stat().st_size / 1e6
        told.append({"reports": done, "seconds": round(seconds, 2), "claims": added.claims, "megabytes": round(size, 1)})
        if done in WATCHED or done % 10_000 == 0:
            print(json.dumps(told[-1]), flush=True)
    return told


QUESTIONS = ("a dyad in a month", "a dyad in a year", "a dyad", "a country in a month", "a place", "everything in a month")
"""What registers are asked for: what a monitor asks by the month, and what a study asks once."""
ROWS = 100
"""Rows that are fetched: a screen."""


def asked(question: str, rng: random.Random, fought: list[Conflict]) -> Filter:
    """A question of such a kind, about a conflict that many reports are about."""
    conflict = rng.choices(fought, cum_weights=list(itertools.accumulate(1 / (k + 1) for k in range(len(fought)))))[0]
    since = rng.choice(conflict.days).replace(day=1)
    until = (since + timedelta(days=31)).replace(day=1) - timedelta(days=1) if "month" in question else since + timedelta(days=365)
    days = {"since": since, "until": until} if " in a " in question else {}
    if question.startswith("a dyad"):
        return Filter(dyad=conflict.sides, **days)
    if question.startswith("a country"):
        return Filter(country=conflict.sides[0], **days)
    return Filter(place=rng.choice(conflict.places)[0]) if question == "a place" else Filter(**days)


def measure(record: Record, count: int, times: int = 40) -> dict[str, dict[str, tuple[float, float]]]:
    """For each register and kind of question the median and the 95th percentile of so many questions, in milliseconds."""
    from sayso.record import registers
    from sayso.record.incidents import list_incidents

    fought = conflicts(CONFLICTS, count)
    ask: dict[str, Any] = {
        "incidents": lambda f: list_incidents(record, f, limit=ROWS),
        "casualties": lambda f: list(itertools.islice(registers.casualties(record, f, ROWS), ROWS)),
        "casualties --total": lambda f: list(registers.total(record, f, "conservative")),
        "talks": lambda f: list(itertools.islice(registers.talks(record, f, ROWS), ROWS)),
        "appeals": lambda f: list(itertools.islice(registers.appeals(record, f, ROWS), ROWS)),
        "violations": lambda f: list(registers.violations(record, f, "week")),
        "roles": lambda f: list(itertools.islice(registers.roles(record, f, ROWS), ROWS)),
        "timeline": lambda f: list(itertools.islice(registers.timeline(record, f, ROWS, False), ROWS)),
        "actors": lambda f: list(itertools.islice(registers.actors(record, f, ROWS, "entities"), ROWS)),
        "sources": lambda f: list(itertools.islice(registers.sources(record, f, ROWS), ROWS)),
    }
    told: dict[str, dict[str, tuple[float, float]]] = {}
    for name, register in ask.items():
        told[name] = {}
        for question in QUESTIONS:
            rng = random.Random(7)
            taken = []
            for _ in range(times):
                found = asked(question, rng, fought)
                began = time.perf_counter()
                register(found)
                taken.append((time.perf_counter() - began) * 1000)
            taken.sort()
            told[name][question] = (round(taken[len(taken) // 2]), round(taken[int(len(taken) * 0.95) - 1]))
        print(name, json.dumps(told[name]), flush=True)
    return told


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--record", type=Path, default=Path("bench-record.db"))
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    steps: list[dict[str, float]] = []
    grown = options.record.exists()
    with Record(options.record) as record:
        if not grown:
            steps = grow(record, varied(readings(), options.reports), options.reports)
        questions = measure(record, options.reports)
    if options.json:
        options.json.write_text(json.dumps({"steps": steps, "questions": questions}, indent=1))


if __name__ == "__main__":
    main()
