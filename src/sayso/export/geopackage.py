"""Incidents of a record → GeoPackage (OGC 12-128r18, version 1.3): a layer of areas, a layer of points, and a table of what has no place on a map.

In: a job. Out: one SQLite file, written by the standard library: `incidents_areas` (MULTIPOLYGON), `incidents_points` (POINT), `incidents_unplaced`. The same
properties and geometries as in GeoJSON. The time that the file states is that of the record's last change.
"""

from __future__ import annotations

import sqlite3
import struct
from datetime import date
from typing import Any

import sqlalchemy as sa

from sayso.export.formats import Job
from sayso.export.geojson import features
from sayso.export.tables import INCIDENTS
from sayso.record.tables import changes

APPLICATION = 0x47504B47
"""GPKG"""
VERSION = 10300
SRS = 4326
LAYERS = {"incidents_areas": "MULTIPOLYGON", "incidents_points": "POINT", "incidents_unplaced": ""}
_TYPES = {"text": "TEXT", "list": "TEXT", "integer": "INTEGER", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE"}
_WGS84 = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],'
    'PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]]'
)
_SCHEMA = """
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL,
  definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')), min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL,
  z TINYINT NOT NULL, m TINYINT NOT NULL, CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
"""
Point = tuple[float, float]


def write(job: Job) -> None:
    """Write the layers."""
    changed = job.connection.execute(sa.select(sa.func.max(changes.c.at))).scalar() or "2020-01-01T00:00:00+00:00"
    file = sqlite3.connect(job.out.file(job.path), isolation_level=None)
    try:
        for pragma in ("journal_mode=OFF", "synchronous=OFF", f"application_id={APPLICATION}", f"user_version={VERSION}"):
            file.execute(f"PRAGMA {pragma}")
        file.executescript(_SCHEMA)
        file.execute("BEGIN")
        file.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", [
            ("Undefined cartesian SRS", -1, "NONE", -1, "undefined", "undefined cartesian coordinate reference system"),
            ("Undefined geographic SRS", 0, "NONE", 0, "undefined", "undefined geographic coordinate reference system"),
            ("WGS 84 geodetic", SRS, "EPSG", SRS, _WGS84, "longitude and latitude in decimal degrees on WGS 84"),
        ])  # fmt: skip
        _fill(file, job, changed[:19] + ".000Z")
        file.execute("COMMIT")
    except sqlite3.OperationalError as error:
        raise OSError(0, str(error)) from error
    finally:
        file.close()


def _fill(file: sqlite3.Connection, job: Job, changed: str) -> None:
    columns = [(column.name, _TYPES[column.type]) for column in INCIDENTS] + [("accounts", "TEXT")]
    extents: dict[str, list[Point]] = {name: [] for name in LAYERS}
    for name, kind in LAYERS.items():
        fields = ["fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL", *([f"geom {kind}"] if kind else []), *(f'"{n}" {t}' for n, t in columns)]
        file.execute(f"CREATE TABLE {name} ({', '.join(fields)})")
    for line, shape in features(job):
        name = "incidents_unplaced" if shape is None else "incidents_points" if shape["type"] == "Point" else "incidents_areas"
        values: list[Any] = [_stored(line.get(n)) for n, _ in columns]
        if shape is not None:
            blob, box = geometry(shape)
            values.insert(0, blob)
            extents[name] = [*_box([*extents[name], *box])]
        marks = ", ".join("?" * (len(values) + 1))
        file.execute(f"INSERT INTO {name} VALUES ({marks})", [None, *values])
    for name, kind in LAYERS.items():
        box = extents[name]
        about = "Incidents of a record of sayso: what holders say, not what was found."
        bounds = [*box[0], *box[1]] if box else [None] * 4
        row = [name, "features" if kind else "attributes", name, about, changed, *bounds, SRS if kind else None]
        file.execute("INSERT INTO gpkg_contents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        if kind:
            file.execute("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, ?, 0, 0)", [name, kind, SRS])


def geometry(shape: dict[str, Any]) -> tuple[bytes, list[Point]]:
    """A GeoJSON geometry as a GeoPackage holds it (a header, then WKB, little-endian), and its box."""
    if shape["type"] == "Point":
        x, y = shape["coordinates"]
        return struct.pack("<2sBBi", b"GP", 0, 1, SRS) + struct.pack("<BIdd", 1, 1, x, y), [(x, y)]
    polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
    points = [point for rings in polygons for ring in rings for point in ring]
    (west, south), (east, north) = _box(points)
    parts = [struct.pack("<2sBBi4d", b"GP", 0, 3, SRS, west, east, south, north), struct.pack("<BII", 1, 6, len(polygons))]
    for rings in polygons:
        parts.append(struct.pack("<BII", 1, 3, len(rings)))
        for ring in rings:
            parts.append(struct.pack("<I", len(ring)) + b"".join(struct.pack("<dd", *point) for point in ring))
    return b"".join(parts), [(west, south), (east, north)]


def _box(points: list[Point]) -> list[Point]:
    xs, ys = zip(*points, strict=True)
    return [(min(xs), min(ys)), (max(xs), max(ys))]


def _stored(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else int(value) if isinstance(value, bool) else value
