"""Two claims → how their days, places, parties and numbers lie to each other.

In: two `Told`s. Out: one word of a small vocabulary for each field. The order of the two never matters. What follows from it, for
grouping or for the relation between two claims, is decided elsewhere.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache

from sayso.record.told import Told, Who

NEAR_KM = 1.5
"""Two spellings of a place have their points no farther apart than this."""
SPOT_KM = 15.0
"""A hospital, a bridge, a post lies no farther from the town that a report names for it."""
DISTRICT_KM = 60.0
PROVINCE_KM = 250.0
"""A place lies no farther from the middle of its district, its province."""
ALIKE = 0.8
"""Share of letters from which on two names are two spellings of one."""
ARMED = frozenset("GOV MIL COP SPY PRM REB UAF".split())
"""Sectors of those who fight, or fight through others."""


class Days(StrEnum):
    """How the days of two claims lie to each other."""

    SAME = "same"  # both give the same day, or the same night
    MEET = "meet"  # they overlap
    NEXT = "next"  # one day lies between their ends and beginnings
    APART = "apart"
    LIKELY = "likely"  # they overlap where only the day of a report speaks for one of them
    UNLIKELY = "unlikely"  # and there they do not
    OPEN = "open"  # one of them has none


class Places(StrEnum):
    """How the places of two claims lie to each other."""

    SAME = "same"
    WITHIN = "within"  # one lies in the other
    COUNTRY = "country"  # of one of them no more than the country is told, and it is the other's too
    UNSURE = "unsure"  # other names, which may lie in each other
    APART = "apart"
    OPEN = "open"  # one of them has none


class Counts(StrEnum):
    """How two counts lie to each other."""

    EQUAL = "equal"
    WITHIN = "within"  # one range lies in the other
    OVERLAP = "overlap"
    DISJOINT = "disjoint"
    OPEN = "open"


def days(a: Told, b: Told) -> Days:
    """How the days lie to each other."""
    if not a.precision or not b.precision:
        return Days.OPEN
    gap = b.first - a.last if b.first > a.last else a.first - b.last if a.first > b.last else 0
    if a.precision == "assumed" or b.precision == "assumed":
        return Days.UNLIKELY if gap else Days.LIKELY
    if gap:
        return Days.NEXT if gap == 1 else Days.APART
    return Days.SAME if a.first == b.first and a.last == b.last and a.last - a.first <= 1 else Days.MEET


def span(a: Told) -> int:
    """How many days it may have happened on; a great number where there is no end to them."""
    return a.last - a.first + 1 if a.precision else 10**6


def places(a: Told, b: Told) -> Places:
    """How the places lie to each other."""
    if not (a.place or a.country) or not (b.place or b.country):
        return Places.OPEN
    if a.country and b.country and a.country != b.country:
        return _across(a, b)
    if not a.place or not b.place:
        return Places.COUNTRY if a.country and b.country else Places.OPEN
    if a.place == b.place:
        return Places.SAME if _rank(a) == _rank(b) else Places.WITHIN
    return _named(a, b)


def _across(a: Told, b: Told) -> Places:
    """Places of two countries: a village at a border may be filed under either."""
    if a.place and a.place == b.place:
        return Places.SAME
    far = kilometres(a, b)
    if a.place and b.place and far is not None and far <= NEAR_KM:
        return Places.SAME
    return Places.APART if far is None or far > DISTRICT_KM else Places.UNSURE


def _named(a: Told, b: Told) -> Places:
    """Two names in one country."""
    wide, small = (a, b) if _rank(a) >= _rank(b) else (b, a)
    far = kilometres(a, b)
    if _rank(wide) == _rank(small):
        if far is not None and far <= NEAR_KM:
            return Places.SAME
        if _spelt_alike(a.place, b.place) and (far is None or far <= DISTRICT_KM):
            return Places.SAME
        if wide.spot == "point":
            return Places.UNSURE if far is None or far <= SPOT_KM else Places.APART
        return Places.WITHIN if _part_of(a.place, b.place) else Places.APART
    if wide.spot == "province" and small.admin1:
        return Places.WITHIN if small.admin1 == wide.place or _spelt_alike(small.admin1, wide.place) else Places.APART
    if _part_of(a.place, b.place):
        return Places.WITHIN
    reach = {"city": SPOT_KM, "district": DISTRICT_KM, "province": PROVINCE_KM}[wide.spot]
    if far is not None and far > reach:
        return Places.APART
    return Places.WITHIN if far is not None and wide.spot in {"city", "district"} else Places.UNSURE


_RANKS = {"point": 0, "city": 1, "district": 2, "province": 3, "country": 4}


def _rank(a: Told) -> int:
    return _RANKS[a.spot]


@lru_cache(maxsize=100_000)
def _spelt_alike(one: str, other: str) -> bool:
    """Whether two names can be two spellings of one: "agdam", "aghdam"."""
    if one[:1] != other[:1] or abs(len(one) - len(other)) > 2 or min(len(one), len(other)) < 5 or one[-1:].isdigit() or other[-1:].isdigit():
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE


@lru_cache(maxsize=100_000)
def _part_of(one: str, other: str) -> bool:
    """Whether one name holds all words of the other: "tovuz", "tovuz section"."""
    return set(one.split()) <= set(other.split()) or set(other.split()) <= set(one.split())


def kilometres(a: Told, b: Told) -> float | None:
    """How far apart the points of two places lie; None where one has none."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    return _distance(a.lat, a.lon, b.lat, b.lon)


@lru_cache(maxsize=100_000)
def _distance(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    north, east = lat_a - lat_b, (lon_a - lon_b) * math.cos(math.radians((lat_a + lat_b) / 2))
    return 111.2 * math.hypot(north, east)


def counts(a: Told, b: Told) -> Counts:
    """How the numbers lie to each other; one that is open on both ends says nothing."""
    if (a.low is None and a.high is None) or (b.low is None and b.high is None):
        return Counts.OPEN
    low_a, high_a, low_b, high_b = a.low or 0, a.high, b.low or 0, b.high
    if (low_a, high_a) == (low_b, high_b):
        return Counts.EQUAL
    if (high_a is not None and high_a < low_b) or (high_b is not None and high_b < low_a):
        return Counts.DISJOINT
    if narrower_count(a, b) or narrower_count(b, a):
        return Counts.WITHIN
    return Counts.OVERLAP


def narrower_count(a: Told, b: Told) -> bool:
    """Whether the range of the first lies in that of the second and is smaller."""
    low_a, high_a = a.low or 0, math.inf if a.high is None else a.high
    low_b, high_b = b.low or 0, math.inf if b.high is None else b.high
    return low_b <= low_a and high_a <= high_b and (low_a, high_a) != (low_b, high_b)


def sides(everyone: Iterable[Who]) -> frozenset[str]:
    """Those of their sides that can be told."""
    return frozenset(w.side for w in everyone if w.side)


def meet(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two lists of sides share one; one of two names of armed groups may hold the other."""
    if one & other:
        return True
    return any(_group(a) and _group(b) and _akin(a, b) for a in one for b in other)


def _group(key: str) -> bool:
    """Whether a side is a group by its own name or id, and not a country or a de facto entity."""
    return not (len(key) == 3 and key.isupper()) and not key.endswith("+PRE")


@lru_cache(maxsize=100_000)
def _akin(one: str, other: str) -> bool:
    first, second = (set(key.replace("-", " ").replace(":", " ").casefold().split()) for key in (one, other))
    return first <= second or second <= first


def fighters(everyone: Iterable[Who]) -> bool | None:
    """Whether they are those who fight; None where nobody's sector is known."""
    known = [w.sector in ARMED for w in everyone if w.sector != "UNK"]
    return any(known) if known else None
