"""How far from its coordinates something may have been: radii by the precision of a place, and areas of that radius.

In: degrees and a precision. Out: kilometres, or rings of degrees. A place that is a province has the coordinates of its middle, and a country has none that
would mean anything, so an incident is drawn as the area in which it may have been, never as a point on a capital.

| precision | drawn as |
|---|---|
| `point` | a point |
| `city` | an area of 5 km around |
| `district` | an area of 25 km around |
| `province` | an area of 100 km around |
| `country`, none | nothing: the country's name is all that is told |
"""

from __future__ import annotations

import math

from sayso.record.filters import EARTH

RADII: dict[str, float] = {"point": 0.0, "city": 5.0, "district": 25.0, "province": 100.0}
"""Kilometres. A country has none."""
CORNERS = 48
"""Of an area."""
DIGITS = 5
"""Of a degree: a metre."""
Ring = list[tuple[float, float]]


def radius(precision: str) -> float | None:
    """Kilometres around a place of this precision; None for a country, or where no place is told."""
    return RADII.get(precision)


def areas(lat: float, lon: float, kilometres: float) -> list[Ring]:
    """The area of this radius around a point, as closed rings of (longitude, latitude), counter-clockwise; two where it lies across the date line."""
    angle = kilometres / EARTH
    up = math.radians(lat)
    ring: Ring = []
    if abs(lat) + math.degrees(angle) >= 90:  # it holds a pole: all that is as near to it
        edge = math.copysign(abs(lat) - math.degrees(angle), lat)
        low, high = sorted((edge, math.copysign(90.0, lat)))
        return [_closed([(-180.0, low), (180.0, low), (180.0, high), (-180.0, high)])]
    for corner in range(CORNERS):
        bearing = -2 * math.pi * corner / CORNERS  # against the clock
        there = math.asin(math.sin(up) * math.cos(angle) + math.cos(up) * math.sin(angle) * math.cos(bearing))
        across = math.atan2(math.sin(bearing) * math.sin(angle) * math.cos(up), math.cos(angle) - math.sin(up) * math.sin(there))
        ring.append((lon + math.degrees(across), math.degrees(there)))
    if max(x for x, _ in ring) > 180:
        return _cut(ring, 180.0)
    if min(x for x, _ in ring) < -180:
        return _cut(ring, -180.0)
    return [_closed(ring)]


def _cut(ring: Ring, line: float) -> list[Ring]:
    """The two parts of a ring on either side of the date line, the outer one moved round the world."""
    west = _part(ring, line, below=True)
    east = _part(ring, line, below=False)
    shift = -360.0 if line > 0 else 360.0
    inner, outer = (west, east) if line > 0 else (east, west)
    return [_closed(inner), _closed([(x + shift, y) for x, y in outer])]


def _part(ring: Ring, line: float, below: bool) -> Ring:
    """What of a convex ring is below the line, or above it."""
    kept: Ring = []
    for (x, y), (nx, ny) in zip(ring, [*ring[1:], ring[0]], strict=True):
        inside, next_inside = (x <= line) == below, (nx <= line) == below
        if inside:
            kept.append((x, y))
        if inside != next_inside:
            kept.append((line, y + (ny - y) * (line - x) / (nx - x)))
    return kept


def _closed(ring: Ring) -> Ring:
    rounded = [(round(x, DIGITS), round(y, DIGITS)) for x, y in ring]
    once = [point for n, point in enumerate(rounded) if n == 0 or point != rounded[n - 1]]
    return [*once, once[0]] if once[0] != once[-1] else once
