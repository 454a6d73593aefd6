"""Incidents of a record → GeoJSON (RFC 7946): each as the area in which it may have been.

In: a job. Out: a FeatureCollection, WGS 84. Precision is drawn: `sayso.export.places` says how. An incident without coordinates, or of which only the country
is told, has no geometry; its `place` and `place_country` say what is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from sayso.export import cells, writing
from sayso.export.asking import happened
from sayso.export.formats import Job
from sayso.export.places import DIGITS, areas, radius
from sayso.export.tables import INCIDENTS, Line, incident_line
from sayso.export.telling import accounts
from sayso.view.words import clean

_ENCODER = msgspec.json.Encoder()


def write(job: Job) -> None:
    """Write the incidents."""
    with writing.lines(job.out.file(job.path)) as out:
        out.write(b'{"type":"FeatureCollection","features":[')
        for n, (line, shape) in enumerate(features(job)):
            feature = {"type": "Feature", "id": line["incident_id"], "geometry": shape, "properties": line}
            out.write((b",\n" if n else b"\n") + _ENCODER.encode(feature))
        out.write(b"\n]}\n")


def features(job: Job) -> Iterator[tuple[Line, dict[str, Any] | None]]:
    """The properties and the geometry of each incident. Lists are in one text: GIS have no columns of lists."""
    for incident in happened(job.connection, job.asked):
        told = incident_line(incident)
        line: Line = {column.name: _one(told.get(column.name)) for column in INCIDENTS}
        line["accounts"] = accounts(incident.accounts.values())
        yield line, shape(incident.row["lat"], incident.row["lon"], incident.row["place_precision"])


def _one(value: cells.Value) -> cells.Value:
    if isinstance(value, list):
        return clean(cells.PARTED.join(value)) or None
    return clean(value) if isinstance(value, str) else value


def shape(lat: float | None, lon: float | None, precision: str) -> dict[str, Any] | None:
    """A point, an area, or nothing, by the place's precision."""
    near = radius(precision)
    if lat is None or lon is None or near is None:
        return None
    if near == 0:
        return {"type": "Point", "coordinates": [round(lon, DIGITS), round(lat, DIGITS)]}
    rings = areas(lat, lon, near)
    if len(rings) == 1:
        return {"type": "Polygon", "coordinates": [rings[0]]}
    return {"type": "MultiPolygon", "coordinates": [[ring] for ring in rings]}
