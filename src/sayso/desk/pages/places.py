"""The map: incidents as the areas in which they may have been, borders and names by a rule that the user chooses.

In: a filter and a rule. Out: a page with a figure that a script draws and with a list that needs none, and GeoJSON with the areas of the export of this name,
for as many incidents as a map can show. What is told of as in a country has no area: its country is named.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
from litestar import Response, get
from litestar.response import Template

from sayso.desk.asked import ROWS
from sayso.desk.page import Page
from sayso.desk.rendering import act
from sayso.errors import BadOption
from sayso.export.geojson import shape
from sayso.record import Record
from sayso.record.incidents import IncidentRow, list_incidents
from sayso.view.words import clean, country

MOST = 1_000
"""Incidents on one map."""
PLAIN = ("neutral", "iso")
SHAPES = Path(__file__).parents[1] / "static" / "shapes"
MEDIA_TYPE = "application/geo+json"


@get("/map", sync_to_thread=True)
def shown(record: Record, page: Page) -> Template:
    """The map, and the list of what is on it."""
    asked = page.asked
    rule = _rule(asked.values.get("rule", "neutral"))
    disputed, latest = _order(page)
    rows = list_incidents(record, asked.filter, disputed, 1, ROWS + 1, asked.offset, latest)
    beyond = len(rows) > ROWS and bool(list_incidents(record, asked.filter, disputed, 1, 1, MOST, latest))
    return page(
        "map.html", rows=rows[:ROWS], more=len(rows) > ROWS, rule=rule, plain=PLAIN, viewpoints=_viewpoints(), most=MOST, beyond=beyond, disputed=disputed,
        latest=latest,
    )  # fmt: skip


@get("/incidents.geojson", sync_to_thread=True)
def areas(record: Record, page: Page) -> Response[bytes]:
    """The first incidents that meet the filter, as many as a map can show; `more` tells whether there are others."""
    disputed, latest = _order(page)
    rows = list_incidents(record, page.asked.filter, disputed, 1, MOST + 1, 0, latest)
    told = {"type": "FeatureCollection", "more": len(rows) > MOST, "features": [_feature(row) for row in rows[:MOST]]}
    return Response(msgspec.json.encode(told), media_type=MEDIA_TYPE)


def _order(page: Page) -> tuple[bool, bool]:
    return page.asked.values.get("disputed") == "yes", page.asked.values.get("order") == "latest"


def _feature(row: IncidentRow) -> dict[str, Any]:
    told = {
        "id": row.id, "href": f"/incidents/{row.id}", "label": clean(row.about), "type": act(row.type), "precision": row.place_precision,
        "country": row.country, "disputed": bool(row.disputed), "background": row.background, "day": row.start.isoformat() if row.start else "",
    }  # fmt: skip
    return {"type": "Feature", "id": row.id, "geometry": shape(row.lat, row.lon, row.place_precision), "properties": told}


def _rule(text: str) -> str:
    """The rule for disputed borders and names.

    Raises:
        BadOption: there is none such.
    """
    kind, _, code = text.partition(":")
    if text in PLAIN or (kind == "viewpoint" and code in dict(_viewpoints())):
        return text
    raise BadOption(f"rule {text[:40]!r} is none; borders are drawn by neutral, iso, or viewpoint: and the code of a country with a view of its own")


@lru_cache(maxsize=1)
def _viewpoints() -> list[tuple[str, str]]:
    """Countries that see a border or a name otherwise than it is drawn by default: code and name, by name."""
    found: set[str] = set()
    for name, key in (("borders", "views"), ("disputed", "names")):
        for one in json.loads((SHAPES / f"{name}.json").read_text("utf-8"))["objects"][name]["geometries"]:
            found |= set(one["properties"].get(key, {}))
    return sorted(((code, country(code)) for code in found), key=lambda pair: pair[1])


ROUTES: list[Any] = [shown, areas]
