"""What to ask a record for: one filter for every register and export, and conflicts as a user defines them.

In: what a user asks for, in words, sides, days, degrees. Out: SQL conditions on `claims`. All parts of a filter must hold together. A conflict is a named
set of dyads and countries, kept in a small TOML file (`docs/record.md` shows one); the ids of other data sets beside it are handed on to the exports.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa

from sayso.errors import BadOption
from sayso.lexicon import read_table
from sayso.model import EventType, Status, Struct
from sayso.record.tables import claims, entities, involved, parties

EARTH = 6371.0
"""Kilometres: the mean radius."""
STANDING = sa.and_(claims.c.gone_in.is_(None), claims.c.state != "rejected")
"""What counts: neither gone nor rejected by a reviewer."""
_SIDE = re.compile(r"[A-Z]{3}(\+PRE)?")


class Conflict(Struct, frozen=True, kw_only=True):
    """A named set of dyads and places. A side is a country's code (`AZE`), a de facto entity (`AZE+PRE`), or an armed group's id or name."""

    name: str
    title: str = ""
    dyads: list[tuple[str, str]] = []
    countries: list[str] = []
    since: date | None = None
    until: date | None = None
    ucdp: str | int | None = None
    cow: str | int | None = None


class Filter(Struct, frozen=True, kw_only=True):
    """What to ask for; what is None or empty asks for everything."""

    conflict: Conflict | None = None
    dyad: tuple[str, str] | None = None
    actor: str | None = None
    """A side, or the key or name of an entity that acts, is acted upon, suffers or holds an office."""
    holder: str | None = None
    """A side, or the key or name of an entity whose claims are wanted."""
    place: str | None = None
    country: str | None = None
    box: tuple[float, float, float, float] | None = None
    """West, south, east, north, in degrees; west is more than east across the date line."""
    near: tuple[float, float, float] | None = None
    """Latitude, longitude in degrees, and kilometres around."""
    since: date | None = None
    until: date | None = None
    kind: str | None = None
    type: str | None = None
    status: str | None = None
    background: bool | None = None
    min_confidence: float = 0.0
    incident: str | None = None


def conditions(asked: Filter, at_hand: bool = False, since: date | None = None, until: date | None = None) -> list[sa.ColumnElement[bool]]:
    """SQL conditions on `claims` for what stands and meets the filter.

    Args:
        at_hand: whether the claims are found by something else, an incident or a walk in the order of days; then whose they are is looked up claim by
            claim, and no list is made of all that a side is in.
        since, until: days outside of which nothing is wanted, so that less is looked through; they are no condition. None takes those of the filter.
    """
    found: list[sa.ColumnElement[bool]] = [STANDING]
    sides = Sides(at_hand, *((since, until) if since or until else days_of(asked)))
    if asked.conflict:
        found += _in_conflict(asked.conflict, sides)
    if asked.dyad:
        found.append(sides.between(*asked.dyad))
    if asked.actor:
        found.append(sides.inside(asked.actor))
    if asked.holder:
        found.append(_held_by(asked.holder))
    found += _placed(asked)
    if asked.since or asked.until:
        found += _dated(asked.since, asked.until)
    for column, value in ((claims.c.kind, asked.kind), (claims.c.type, asked.type), (claims.c.status, asked.status), (claims.c.incident, asked.incident)):
        if value:
            found.append(column == value)
    if asked.background is not None:
        found.append(claims.c.background == asked.background)
    if asked.min_confidence > 0:
        found.append(claims.c.confidence >= asked.min_confidence)
    return found


def days_of(asked: Filter) -> tuple[date | None, date | None]:
    """The days that a filter and its conflict leave together; None is open."""
    own = asked.conflict
    since = max((d for d in (asked.since, own and own.since) if d), default=None)
    return since, min((d for d in (asked.until, own and own.until) if d), default=None)


def keys_of(words: str) -> sa.Select[tuple[str]]:
    """The keys of the entities with this key or name, whatever the case."""
    return sa.select(entities.c.key).where(sa.or_(entities.c.key == words, sa.func.lower(entities.c.name) == words.lower()))


def is_side(words: str) -> bool:
    """Whether the words are the code of a country's side, such as `AZE` or `AZE+PRE`."""
    return bool(_SIDE.fullmatch(words))


class Sides:
    """Conditions on `claims` by who is in them, through `involved`.

    Args:
        at_hand: as in `conditions`.
        since, until: the days that are asked for anyway: they keep short what is looked through.
    """

    def __init__(self, at_hand: bool = False, since: date | None = None, until: date | None = None) -> None:
        self._at_hand, self._since, self._until = at_hand, since, until

    def inside(self, words: str) -> sa.ColumnElement[bool]:
        """That somebody in a claim is on this side, or is this entity."""
        by_side = self._of(sa.select(involved.c.claim).where(involved.c.side == words, involved.c.inside, *self._days()), involved.c.claim)
        if is_side(words):
            return by_side
        return sa.or_(by_side, self._of(sa.select(parties.c.claim).where(parties.c.entity.in_(keys_of(words))), parties.c.claim))

    def between(self, one: str, other: str) -> sa.ColumnElement[bool]:
        """A claim is of a dyad where one side is in it and the other is too, or holds it, or is in its incident.

        "Four soldiers were killed" names no enemy.
        """
        if is_side(one) and is_side(other):
            first, second = involved.alias(), involved.alias()
            both = sa.select(first.c.claim).join(second, second.c.claim == first.c.claim)
            within = both.where(first.c.side == one, second.c.side == other, sa.or_(first.c.inside, second.c.inside), *self._days(first))
            return self._of(within, first.c.claim)
        return sa.or_(*(sa.and_(self.inside(a), self._beside(b)) for a, b in ((one, other), (other, one))))

    def _beside(self, words: str) -> sa.ColumnElement[bool]:
        """That a side, or somebody or his side, is in a claim or its incident, or holds it."""
        named = sa.select(entities.c.side).where(entities.c.key.in_(keys_of(words)), entities.c.side != "")
        side = involved.c.side == words if is_side(words) else sa.or_(involved.c.side == words, involved.c.side.in_(named))
        beside = self._of(sa.select(involved.c.claim).where(side, *self._days()), involved.c.claim)
        return beside if is_side(words) else sa.or_(beside, self.inside(words), claims.c.holder.in_(keys_of(words)))

    def _of(self, found: sa.Select[tuple[int]], claim: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
        return found.where(claim == claims.c.number).correlate(claims).exists() if self._at_hand else claims.c.number.in_(found)

    def _days(self, rows: Any = involved) -> Iterable[sa.ColumnElement[bool]]:
        return () if self._at_hand else during(rows, self._since, self._until)


def during(rows: Any, since: date | None, until: date | None) -> Iterable[sa.ColumnElement[bool]]:
    """That rows of `involved` are of these days, as `conditions` has it."""
    if since:
        yield rows.c.last >= since
    if until:
        yield rows.c.day <= until


def _held_by(words: str) -> sa.ColumnElement[bool]:
    """By the holder's key alone, which an index serves; who holds for a side is found among the entities."""
    of_side = sa.select(entities.c.key).where(entities.c.side == words)
    return claims.c.holder.in_(of_side if is_side(words) else sa.union(of_side, keys_of(words)))


def _in_conflict(conflict: Conflict, among: Sides) -> list[sa.ColumnElement[bool]]:
    """A claim is of a conflict where it is of one of its dyads, or has one of its sides and a place in its countries."""
    sides = sorted({side for dyad in conflict.dyads for side in dyad})
    any_of = [among.between(*dyad) for dyad in conflict.dyads]
    if conflict.countries:
        placed = claims.c.country.in_(conflict.countries)
        any_of.append(sa.and_(placed, sa.or_(*map(among.inside, sides))) if sides else placed)
    found = [sa.or_(*any_of)]
    if conflict.since or conflict.until:
        found += _dated(conflict.since, conflict.until)
    return found


def _placed(asked: Filter) -> Iterable[sa.ColumnElement[bool]]:
    if asked.place:
        yield claims.c.place_key == asked.place.casefold()
    if asked.country:
        yield claims.c.country == asked.country
    if asked.box:
        yield _in_box(*asked.box)
    if asked.near:
        yield from _around(*asked.near)


def _in_box(west: float, south: float, east: float, north: float) -> sa.ColumnElement[bool]:
    within = sa.and_(claims.c.lon >= west, claims.c.lon <= east) if west <= east else sa.or_(claims.c.lon >= west, claims.c.lon <= east)
    return sa.and_(claims.c.lat >= south, claims.c.lat <= north, within)


def _around(lat: float, lon: float, kilometres: float) -> Iterable[sa.ColumnElement[bool]]:
    """A box first, which an index can serve, then the distance on a sphere flattened around the point: within a hundredth up to 300 km."""
    high = math.degrees(kilometres / EARTH)
    shrink = max(math.cos(math.radians(lat)), 0.01)
    wide = min(high / shrink, 180.0)
    west, east = lon - wide, lon + wide
    yield _in_box(west + 360 if west < -180 else west, lat - high, east - 360 if east > 180 else east, lat + high)
    apart = sa.func.abs(claims.c.lon - lon)
    across = sa.case((apart > 180, 360 - apart), else_=apart) * shrink
    up = claims.c.lat - lat
    yield across * across + up * up <= high * high


def _dated(since: date | None, until: date | None) -> Iterable[sa.ColumnElement[bool]]:
    """By the days on which it happened; where the text gives none, by the day of the report."""
    if since and until:  # as two ranges of days, each of which an index serves
        yield sa.or_(claims.c.day.between(since, until), went_on(claims, since))
    elif since:
        yield sa.or_(claims.c.day >= since, went_on(claims, since))
    elif until:
        yield claims.c.day <= until


def went_on(rows: Any, since: date) -> sa.ColumnElement[bool]:
    """That rows of `claims` or `involved` are of what had begun before a day, and had not ended."""
    return sa.and_(rows.c.last > rows.c.day, rows.c.day < since, rows.c.last >= since)


def load_conflicts(path: Path) -> dict[str, Conflict]:
    """The conflicts that a TOML file defines, by name.

    Raises:
        BadOption: the file cannot be read or has not the form; the message says where.
    """
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise BadOption(f"{path}: cannot be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadOption(f"{path}: not a TOML file: {error}") from None
    tables = data.get("conflict")
    if not isinstance(tables, dict) or not tables or data.keys() != {"conflict"}:
        raise BadOption(f"{path}: defines no conflict; write [conflict.NAME] and below it dyads = [[\"ARM\", \"AZE\"]]")
    found = {}
    for name, table in tables.items():
        if not isinstance(table, dict):
            raise BadOption(f"{path}: conflict.{name} is no table; write [conflict.{name}]")
        found[name] = _conflict(path, name, table)
    return found


def _conflict(path: Path, name: str, table: dict[str, Any]) -> Conflict:
    try:
        conflict = msgspec.convert({"name": name} | table, Conflict)
    except (msgspec.ValidationError, ValueError) as error:
        raise BadOption(f"{path}: conflict.{name}: {error}") from None
    if not conflict.dyads and not conflict.countries:
        raise BadOption(f"{path}: conflict.{name} has neither dyads nor countries")
    known = {row["code"] for row in read_table("countries")}
    for code in (*conflict.countries, *(side.removesuffix("+PRE") for dyad in conflict.dyads for side in dyad if is_side(side))):
        if code not in known:
            raise BadOption(f"{path}: conflict.{name}: {code!r} is no country's code of three letters (ISO 3166)")
    return conflict


def checked(asked: Filter) -> Filter:
    """The filter, where its values can be used.

    Raises:
        BadOption: a value that no claim can have; the message names those that can be.
    """
    kinds = {"event", "casualty", "materiel", "role"}
    if asked.kind and asked.kind not in kinds:
        raise BadOption(f"kind {asked.kind!r} is none of {', '.join(sorted(kinds))}")
    if asked.status and asked.status not in {s.value for s in Status}:
        raise BadOption(f"status {asked.status!r} is none of {', '.join(s.value for s in Status)}")
    if asked.type and asked.type.isupper() and asked.type not in {t.value for t in EventType}:
        raise BadOption(f"type {asked.type!r} is none of {', '.join(t.value for t in EventType)}")
    if asked.since and asked.until and asked.since > asked.until:
        raise BadOption(f"since {asked.since} is after until {asked.until}")
    if asked.box and not (-90 <= asked.box[1] <= asked.box[3] <= 90 and all(-180 <= v <= 180 for v in asked.box[::2])):
        raise BadOption("a box is WEST,SOUTH,EAST,NORTH in degrees, such as 44,38,51,42")
    if asked.near and not (-90 <= asked.near[0] <= 90 and -180 <= asked.near[1] <= 180 and 0 < asked.near[2] <= 20_000):
        raise BadOption("near is LATITUDE,LONGITUDE,KILOMETRES, such as 40.99,45.63,30")
    return asked
