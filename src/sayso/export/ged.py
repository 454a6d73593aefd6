"""Incidents of a record in which somebody reports a death → the 49 columns of UCDP GED.

In: a job. Out: one incident a row, and `NAME.crosswalk.csv`. Ids that we do not have are empty; those of the conflict come from the user's conflicts file.
`low` is the lowest low of any holder and `high` the highest high, empty where a holder leaves it open; `best` is filled only where all holders give one and
the same number: nobody's figure is made the best one. So are `deaths_a`, `deaths_b`, `deaths_civilians`. `source_original` names the holders: who says so.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from sayso.export import crosswalks, tolls
from sayso.export.asking import Claimed
from sayso.export.cells import Value
from sayso.export.formats import Job
from sayso.export.shapes import Shape, shapes
from sayso.export.spreadsheets import plain
from sayso.model import Harm
from sayso.view.words import clean

COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id", "conflict_name", "dyad_dset_id",
    "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources",
    "source_article", "source_office", "source_date", "source_headline", "source_original", "where_prec", "where_coordinates", "where_description", "adm_1",
    "adm_2", "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region", "event_clarity", "date_prec", "date_start", "date_end",
    "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob",
)  # fmt: skip


def write(job: Job) -> None:
    """Write the incidents and the crosswalk."""
    plain(job, COLUMNS, _rows(job))
    crosswalks.beside(job, "ged")


def _rows(job: Job) -> Iterator[list[Value]]:
    conflict = job.asked.conflict
    named: dict[str, Value] = {"conflict_name": conflict.title or conflict.name, "conflict_new_id": conflict.ucdp} if conflict else {}
    for one in shapes(job):
        killed = tolls.between(tolls.by_holder(one.incident.claims, Harm.KILLED).values())
        if killed is not None and (killed.high is None or killed.high >= 1):
            line = _line(one, killed) | named
            yield [line.get(column) for column in COLUMNS]


def _line(one: Shape, killed: tolls.Range) -> dict[str, Value]:
    row, claims = one.incident.row, one.incident.claims
    first, second = one.side(0), one.side(1)
    reports = {c.report["digest"]: c.report for c in claims}
    span = crosswalks.length(one.start, one.end)
    deaths = tolls.counted(claims, Harm.KILLED)
    return {
        "id": row["id"], "year": one.start.year if one.start else None, "type_of_violence": _violence(one), "dyad_name": " - ".join(s.name for s in one.sides),
        "side_a": first.name, "side_b": second.name, "number_of_sources": row["reports"],
        "source_article": [f"{r['publisher'] or ''} {r['published'] or ''} {r['url'] or ''}".strip() for r in reports.values()],
        "source_office": one.publishers, "source_date": sorted({str(r["day"]) for r in reports.values() if r["day"]}),
        "source_headline": [clean(r["title"]) for r in reports.values() if r["title"]], "source_original": one.holders,
        "where_prec": crosswalks.whole("ged.where_prec", row["place_precision"]), "where_coordinates": row["place"] if one.lat is not None else None,
        "where_description": row["place"], "adm_1": one.admin1, "latitude": one.lat, "longitude": one.lon,
        "geom_wkt": f"POINT ({one.lon} {one.lat})" if one.lat is not None else None, "priogrid_gid": grid_cell(one.lat, one.lon), "country": one.country,
        "event_clarity": 1 if span in {"day", "days"} else 2, "date_prec": crosswalks.whole("ged.date_prec", span), "date_start": one.start,
        "date_end": one.end, "deaths_a": _agreed(deaths, side=first.key), "deaths_b": _agreed(deaths, side=second.key),
        "deaths_civilians": _agreed([c for c in deaths if c.row["role"] == "civilians"]), "best": killed.agreed, "high": killed.high, "low": killed.low,
    }  # fmt: skip


def _agreed(deaths: list[Claimed], side: str | None = None) -> int | None:
    """What all who speak of these deaths agree on; of a side, of those on it who were no civilians."""
    if side is not None:
        deaths = [c for c in deaths if side and c.row["side"] == side and c.row["role"] not in {"civilians", ""}]
    found = tolls.between(tolls.by_holder(deaths, Harm.KILLED).values())
    return found.agreed if found else None


def _violence(one: Shape) -> int | None:
    """State-based (1), non-state (2), one-sided (3); None where one side at most is told and no civilians are hit."""
    if len(one.sides) < 2:
        return 3 if one.civilians and one.sides else None
    return 1 if any(side.state for side in one.sides) else 2


def grid_cell(lat: float | None, lon: float | None) -> int | None:
    """The cell of PRIO-GRID, half a degree wide, numbered from the south-west.

    >>> grid_cell(40.99, 45.63), grid_cell(-90, -180)
    (188372, 1)
    """
    if lat is None or lon is None:
        return None
    return min(math.floor((lat + 90) * 2), 359) * 720 + min(math.floor((lon + 180) * 2), 719) + 1
