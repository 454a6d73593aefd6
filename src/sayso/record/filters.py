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
from sayso.record.tables import claims, entities, incidents, parties

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


def conditions(asked: Filter) -> list[sa.ColumnElement[bool]]:
    """SQL conditions on `claims` for what stands and meets the filter."""
    found: list[sa.ColumnElement[bool]] = [STANDING]
    if asked.conflict:
        found += _in_conflict(asked.conflict)
    if asked.dyad:
        found.append(_between(*asked.dyad))
    if asked.actor:
        found.append(has_party(asked.actor))
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


def keys_of(words: str) -> sa.Select[tuple[str]]:
    """The keys of the entities with this key or name, whatever the case."""
    return sa.select(entities.c.key).where(sa.or_(entities.c.key == words, sa.func.lower(entities.c.name) == words.lower()))


def is_side(words: str) -> bool:
    """Whether the words are the code of a country's side, such as `AZE` or `AZE+PRE`."""
    return bool(_SIDE.fullmatch(words))


def _party(words: str) -> sa.ColumnElement[bool]:
    """That a row of `parties` is on this side, or is this entity."""
    if is_side(words):
        return parties.c.side == words
    return sa.or_(parties.c.side == words, parties.c.entity.in_(keys_of(words)))


def has_party(words: str) -> sa.ColumnElement[bool]:
    """That somebody in a claim is on this side, or is this entity."""
    return claims.c.number.in_(sa.select(parties.c.claim).where(_party(words)))


def _held_by(words: str) -> sa.ColumnElement[bool]:
    """By the holder's key alone, which an index serves; who holds for a side is found among the entities."""
    of_side = sa.select(entities.c.key).where(entities.c.side == words)
    return claims.c.holder.in_(of_side if is_side(words) else sa.union(of_side, keys_of(words)))


def _between(one: str, other: str) -> sa.ColumnElement[bool]:
    """A claim is of a dyad where one side is in it and the other is too, or holds it, or is in its incident: "four soldiers were killed" names no enemy."""
    either = claims.c.number.in_(sa.select(parties.c.claim).where(sa.or_(_party(one), _party(other))))  # what an index serves
    return sa.and_(either, sa.or_(*(sa.and_(has_party(a), sa.or_(has_party(b), _held_by(b), _in_incident(b))) for a, b in ((one, other), (other, one)))))


def _in_incident(words: str) -> sa.ColumnElement[bool]:
    """That a side, or somebody's side, is among those of the claim's incident."""
    listed = sa.literal(" | ") + incidents.c.sides + " | "
    if is_side(words):
        return sa.exists().where(incidents.c.id == claims.c.incident, listed.contains(f" | {words} | ", autoescape=True))
    named = sa.and_(entities.c.key.in_(keys_of(words)), entities.c.side != "", listed.contains(" | " + entities.c.side + " | "))
    return sa.exists().where(incidents.c.id == claims.c.incident, sa.or_(listed.contains(f" | {words} | ", autoescape=True), sa.exists().where(named)))


def _in_conflict(conflict: Conflict) -> list[sa.ColumnElement[bool]]:
    """A claim is of a conflict where it is of one of its dyads, or has one of its sides and a place in its countries."""
    sides = sorted({side for dyad in conflict.dyads for side in dyad})
    any_of = [_between(*dyad) for dyad in conflict.dyads]
    if conflict.countries:
        placed = claims.c.country.in_(conflict.countries)
        any_of.append(sa.and_(placed, sa.or_(*map(has_party, sides))) if sides else placed)
    found = [sa.or_(*any_of)]
    if conflict.since or conflict.until:
        found += _dated(conflict.since, conflict.until)
    return found


def _placed(asked: Filter) -> Iterable[sa.ColumnElement[bool]]:
    if asked.place:
        spelled = claims.alias()  # whatever the case: the names are found in their index, the claims by the names
        yield claims.c.place.in_(sa.select(spelled.c.place).where(sa.func.lower(spelled.c.place) == asked.place.lower()).distinct())
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
    last = sa.func.coalesce(claims.c.end, claims.c.start, claims.c.day)
    if since:
        yield sa.or_(last >= since, sa.and_(claims.c.precision != "", claims.c.end.is_(None), claims.c.start.is_not(None)))
    if until:
        yield claims.c.day <= until


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
