"""Maps, read back by GDAL (pyogrio): precision is an area, a country is nowhere, an area on the date line is in two parts."""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyogrio
import pytest

from sayso.export.places import RADII, areas
from sayso.record.filters import EARTH

Written = Callable[..., Path]


def _features(path: Path) -> dict[str, dict[str, Any]]:
    return {f["properties"]["place"]: f for f in json.loads(path.read_text())["features"] if f["properties"]["place"]}


def test_geojson_draws_precision(written: Written) -> None:
    """A point for a hill, an area for a town, a larger one for a province, nothing for a country."""
    found = _features(written("geojson", "x.geojson"))
    shapes = {name: (f["geometry"] or {}).get("type") for name, f in found.items()}
    assert shapes == {"Tovuz": "Polygon", "Hill 703": "Point", "Tavush Province": "Polygon", "Armenia": None, "Taveuni": "MultiPolygon"}
    assert found["Tovuz"]["properties"]["radius_km"] == 5
    assert found["Tavush Province"]["properties"]["latitude"] is None
    assert (found["Armenia"]["properties"]["place_country"], found["Armenia"]["properties"]["radius_km"]) == ("ARM", None)


def test_geojson_keeps_both_accounts(written: Written) -> None:
    """Each holder's, in a sentence."""
    told = _features(written("geojson", "x.geojson"))["Tovuz"]["properties"]["accounts"]
    assert "Ministry of Defence of Azerbaijan says: " in told
    assert "Ministry of Defence of Armenia says: " in told


@pytest.mark.parametrize(("to", "layers"), [("geojson", {"x"}), ("gpkg", {"incidents_areas", "incidents_points", "incidents_unplaced"})])
def test_gdal_reads_it(written: Written, to: str, layers: set[str]) -> None:
    """What QGIS opens files with finds the layers, the coordinate system, every incident and typed columns."""
    path = written(to, f"x.{to}")
    assert {name for name, _ in pyogrio.list_layers(path)} == layers
    infos = [pyogrio.read_info(path, layer=name) for name in sorted(layers)]
    incidents = len(json.loads(written("geojson", "y.geojson").read_text())["features"])
    assert sum(info["features"] for info in infos) == incidents
    assert {info["crs"] for info in infos if info["geometry_type"]} == {"EPSG:4326"}
    assert all(dict(zip(info["fields"], info["ogr_types"], strict=True))["date_from"] == "OFTDate" for info in infos)


def test_geopackage_and_geojson_have_the_same_geometries(written: Written) -> None:
    """GDAL reads the same areas from both."""
    pytest.importorskip("pyarrow")
    fields: dict[str, list[bytes]] = {}
    for to, layer in (("geojson", None), ("gpkg", "incidents_areas")):
        _, table = pyogrio.read_arrow(written(to, f"x.{to}"), layer=layer)
        column = next(name for name in table.column_names if name in {"geom", "wkb_geometry"})
        rows = dict(zip(table["place"].to_pylist(), table[column].to_pylist(), strict=True))
        fields[to] = [rows["Taveuni"]]
    assert fields["geojson"] == fields["gpkg"]


def test_geopackage_is_one_by_its_head(written: Written) -> None:
    """The application's id, the version, and SQLite finds nothing wrong."""
    path = written("gpkg", "x.gpkg")
    file = sqlite3.connect(path)
    assert file.execute("PRAGMA application_id").fetchone()[0] == 0x47504B47
    assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert file.execute("PRAGMA foreign_key_check").fetchall() == []
    file.close()


@pytest.mark.parametrize(("lat", "lon"), [(40.99, 45.63), (0.0, 0.0), (-16.85, 179.99), (-16.85, -179.99), (75.0, 20.0), (52.0, 180.0)])
@pytest.mark.parametrize("kilometres", [r for r in RADII.values() if r])
def test_an_area_is_as_large_as_its_radius(lat: float, lon: float, kilometres: float) -> None:
    """Every corner is as far away as it says, in degrees that there are; rings are closed and run against the clock (RFC 7946)."""
    rings = areas(lat, lon, kilometres)
    assert len(rings) == (2 if abs(lon) > 179.5 else 1)
    for ring in rings:
        assert ring[0] == ring[-1]
        assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in ring)
        assert sum((x2 - x1) * (y2 + y1) for (x1, y1), (x2, y2) in pairwise(ring)) < 0
        for x, y in ring:
            if abs(x) < 180:
                assert _apart(lat, lon, y, x) == pytest.approx(kilometres, rel=0.01)


def test_an_area_that_holds_a_pole_goes_round_the_world() -> None:
    """All longitudes are as near to it."""
    (ring,) = areas(89.9, 0, 100)
    assert {x for x, _ in ring} == {-180.0, 180.0}
    assert max(y for _, y in ring) == 90


def _apart(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    up, down, across = math.radians(lat), math.radians(other_lat), math.radians(other_lon - lon)
    half = math.sin((down - up) / 2) ** 2 + math.cos(up) * math.cos(down) * math.sin(across / 2) ** 2
    return 2 * EARTH * math.asin(math.sqrt(half))
