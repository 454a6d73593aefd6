"""Accounts of a record → event reports as the R package `eventreport` (MAVERICK) takes them: one event as told by one source a row.

In: a job. Out: one holder's account of one incident a row, and `NAME.crosswalk.csv`. Days, place, parties and losses are those that this holder tells, so
that the package's diagnostics see where holders differ. `source` is the holder, not the publisher, who stands in `source_author`.
"""

from __future__ import annotations

from collections.abc import Iterator

from sayso.export import crosswalks, tolls
from sayso.export.asking import Claimed, Incident, happened
from sayso.export.cells import Value
from sayso.export.formats import Job
from sayso.export.shapes import REAL, news
from sayso.export.spreadsheets import plain
from sayso.model import Harm, Materiel
from sayso.view.words import clean, country

ACTORS = 6
_OF_ACTOR = ("", "_id", "_type", "_subtype", "_party", "_violence", "_precision", "_initiator", "_perpetrator", "_intervener", "_bystander", "_victim")
COLUMNS = (
    "id", "event_id", "country", "date_start", "date_end", "city", "location", "latitude", "longitude", "geo_precision",
    *(f"actor{n}{of}" for n in range(1, ACTORS + 1) for of in _OF_ACTOR),
    "event_context", "target", "deaths_best", "deaths_low", "deaths_high", "injuries_best", "injuries_low", "injuries_high", "displacement", "damage",
    "source", "number_of_sources", "source_author", "source_type", "source_classification", "sampling", "unit_of_analysis", "aggregation",
)  # fmt: skip
_DID, _SUFFERED = frozenset({"actor", "by"}), frozenset({"recipient", "victim", "owner"})


def write(job: Job) -> None:
    """Write the accounts and the crosswalk."""
    plain(job, COLUMNS, _rows(job))
    crosswalks.beside(job, "eventreport")


def _rows(job: Job) -> Iterator[list[Value]]:
    for incident in happened(job.connection, news(job.asked)):
        for key, held in incident.accounts.items():
            real = [one for one in held if one.claim.status in REAL and not one.row["replaced_by"]]
            if real:
                line = _line(incident, key, real)
                yield [line.get(column) for column in COLUMNS]


def _line(incident: Incident, key: str, held: list[Claimed]) -> dict[str, Value]:
    holder, row = held[0].holder, incident.row
    dated = next((c.row for c in held if c.row["start"]), None)
    placed = min((c.row for c in held if c.row["place"]), key=lambda r: r["place_precision"] not in {"point", "city"}, default=None)
    line: dict[str, Value] = {
        "id": f"{row['id']}:{key}", "event_id": row["id"], "date_start": dated["start"] if dated else held[0].row["day"],
        "date_end": dated["end"] if dated else held[0].row["day"], "event_context": row["type"], "source": holder["name"],
        "number_of_sources": len({c.report["copies"] for c in held}), "source_author": sorted({clean(c.report["publisher"] or "") for c in held} - {""}),
        "source_type": holder["sector"], "source_classification": holder["side"], "sampling": "reports of the record", "unit_of_analysis": "event report",
        "aggregation": "none", "damage": int(any(isinstance(c.claim, Materiel) for c in held)),
    }  # fmt: skip
    if placed is not None:
        exact = placed["place_precision"] in {"point", "city", "district"}
        line |= {
            "country": country(placed["country"]) if placed["country"] else None, "location": placed["place"],
            "city": placed["place"] if placed["place_precision"] == "city" else None, "latitude": placed["lat"] if exact else None,
            "longitude": placed["lon"] if exact else None, "geo_precision": crosswalks.whole("eventreport.geo_precision", placed["place_precision"]),
        }  # fmt: skip
    for name, harm in (("deaths", Harm.KILLED), ("injuries", Harm.WOUNDED)):
        if found := tolls.toll(tolls.counted(held, harm)):
            line |= {f"{name}_low": found.low, f"{name}_high": found.high, f"{name}_best": found.low if found.low == found.high else None}
    if moved := tolls.toll(tolls.counted(held, Harm.DISPLACED)):
        line["displacement"] = moved.low
    return line | _parties(held)


def _parties(held: list[Claimed]) -> dict[str, Value]:
    """Up to six of those in the account, by name, with what each did or suffered in it."""
    found: dict[str, tuple[str, str, set[str]]] = {}
    for one in held:
        for party in one.parties:
            found.setdefault(party["entity"], (party["name"], party["sector"], set()))[2].add(party["part"])
    line: dict[str, Value] = {"target": sorted({name for name, _, parts in found.values() if parts & _SUFFERED})}
    for n, (key, (name, sector, parts)) in enumerate(sorted(found.items(), key=lambda item: (item[1][0], item[0]))[:ACTORS], 1):
        did, suffered = int(bool(parts & _DID)), int(bool(parts & _SUFFERED))
        told: dict[str, Value] = {"": name, "_id": key, "_type": sector, "_initiator": did, "_perpetrator": did, "_victim": suffered}
        line |= {f"actor{n}{of}": value for of, value in told.items()}
    return line
