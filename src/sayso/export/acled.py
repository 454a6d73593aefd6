"""Incidents of a record → the 31 columns of ACLED, in our own words, with the crosswalk beside it.

In: a job. Out: one incident a row, and `NAME.crosswalk.csv`. The columns' names are theirs; what stands in them is ours, since ACLED's labels are its own.
`notes` holds every account in a sentence. `fatalities` follows the conservative rule: the lowest low of any holder, empty where nobody gives a number.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import sqlalchemy as sa

from sayso.export import crosswalks, tolls
from sayso.export.cells import Value
from sayso.export.formats import Job
from sayso.export.shapes import Shape, Side, shapes
from sayso.export.spreadsheets import plain
from sayso.model import Event, Harm
from sayso.record.tables import changes

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1", "assoc_actor_1", "inter1", "actor2",
    "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude",
    "longitude", "geo_precision", "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip


def write(job: Job) -> None:
    """Write the incidents and the crosswalk."""
    plain(job, COLUMNS, _rows(job))
    crosswalks.beside(job, "acled")


def _rows(job: Job) -> Iterator[list[Value]]:
    moments = {row.number: row.at for row in job.connection.execute(sa.select(changes.c.number, changes.c.at).order_by(changes.c.number))}
    for one in shapes(job):
        line = _line(one) | {"timestamp": int(datetime.fromisoformat(moments[one.incident.row["changed_in"]]).timestamp())}
        yield [line.get(column) for column in COLUMNS]


def _line(one: Shape) -> dict[str, Value]:
    row = one.incident.row
    modes = sorted({m for c in one.incident.claims if isinstance(c.claim, Event) and c.claim.type == row["type"] for m in c.claim.modes})
    killed = tolls.between(tolls.by_holder(one.incident.claims, Harm.KILLED).values())
    span = crosswalks.length(one.start, one.end)
    first, second = one.side(0), one.side(1)
    line: dict[str, Value] = {
        "event_id_cnty": row["id"], "event_date": one.start, "year": one.start.year if one.start else None,
        "time_precision": crosswalks.whole("acled.time_precision", {"day": "day", "days": "week", "week": "week", "": ""}.get(span, "longer")),
        "disorder_type": crosswalks.quad_name(row["type"]) or "loss", "event_type": row["type"], "sub_event_type": modes,
        "interaction": "-".join(filter(None, (_kind(first), _kind(second)))), "civilian_targeting": "civilians" if one.civilians else None,
        "country": one.country, "admin1": one.admin1, "location": row["place"], "latitude": one.lat, "longitude": one.lon,
        "geo_precision": crosswalks.whole("acled.geo_precision", row["place_precision"]), "source": one.publishers, "notes": one.notes,
        "fatalities": killed.low if killed else None, "tags": [f"disputed={field}" for field in row["disputed"].split()],
    }  # fmt: skip
    for n, side in ((1, first), (2, second)):
        line |= {f"actor{n}": side.name, f"assoc_actor_{n}": [m for m in side.members if m != side.name], f"inter{n}": _kind(side)}
    return line


def _kind(side: Side) -> str:
    return side.sectors[0] if side.sectors else ""
