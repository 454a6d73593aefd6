"""Events of a record → the columns of POLECAT, parted by tabs as its files are (by commas where the path ends in .csv).

In: a job. Out: one event claim a row. POLECAT has no column for who says so or whether it is so: only what somebody says happened, is going on or was tried
is written, no history unless it was asked for, and what holders dispute has a row of each. Ids of other data sets that we do not have are empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sayso import __version__
from sayso.export import crosswalks
from sayso.export.asking import Claimed, claimed
from sayso.export.cells import Value
from sayso.export.formats import Job
from sayso.export.shapes import REAL, news
from sayso.export.spreadsheets import plain
from sayso.model import Entity, Event
from sayso.record.tables import claims
from sayso.view.words import country

COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts", "Actor Name", "Actor Country", "Actor COW",
    "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw", "Wikipedia Actor ID", "Recipient Name", "Recipient Country", "Recipient COW",
    "Primary Recipient Sector", "Recipient Sectors", "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID", "Placename", "City", "District",
    "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type", "Source", "Publication Date", "Story People",
    "Story Organizations", "Story Locations", "Language", "Version",
)  # fmt: skip


def write(job: Job) -> None:
    """Write the events."""
    plain(job, COLUMNS, _rows(job), tabs=job.path.suffix != ".csv")


def _rows(job: Job) -> Iterator[list[Value]]:
    real = claims.c.status.in_([status.value for status in REAL])
    for one in claimed(job.connection, news(job.asked), also=[claims.c.kind == "event", real]):
        line = _line(one)
        yield [line.get(column) for column in COLUMNS]


def _line(one: Claimed) -> dict[str, Value]:
    claim, row, where = one.claim, one.row, one.claim.where
    assert isinstance(claim, Event)
    exact = where is not None and where.precision in {"point", "city", "district"}
    line: dict[str, Value] = {
        "Event ID": claim.id, "Event Date": row["day"], "Event Type": claim.type.value, "Event Mode": list(claim.modes),
        "Intensity": crosswalks.number("plover.scale", claim.type.value), "Quad Code": crosswalks.whole("plover.quad", claim.type.value),
        "Source": one.report["publisher"], "Publication Date": one.report["day"], "Language": one.report["language"], "Version": f"sayso {__version__}",
        **_named("Actor", claim.actors), **_named("Recipient", claim.recipients),
    }  # fmt: skip
    if where is not None:
        line |= {
            "Placename": where.name, "Raw Placename": where.text, "Province": where.admin1, "Country": country(where.country) if where.country else None,
            "City": where.name if where.precision in {"city", "point"} else None, "District": where.name if where.precision == "district" else None,
            "Latitude": where.lat if exact else None, "Longitude": where.lon if exact else None, "Feature Type": where.precision,
        }  # fmt: skip
    return line


def _named(part: str, entities: Iterable[Entity]) -> dict[str, Value]:
    held = list(entities)
    sectors = list(dict.fromkeys(e.sector.value for e in held))
    return {
        f"{part} Name": [e.name for e in held], f"{part} Country": list(dict.fromkeys(e.country for e in held if e.country)),
        f"Primary {part} Sector": sectors[0] if sectors else None, f"{part} Sectors": [*sectors, *dict.fromkeys(q for e in held for q in e.qualifiers)],
        f"{part} Name Raw": [e.text for e in held],
    }  # fmt: skip
