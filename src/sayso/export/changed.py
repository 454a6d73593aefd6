"""What is new, changed or deleted in a record since a version that somebody has → JSON lines, or CSV where the file's name ends so.

In: a job; a version is the number of a record's last change. Out: claims and incidents, each once: `new` came since, `changed` was there and is otherwise
now, `deleted` was there and stands no more (gone, or rejected by a reviewer). What came and went since is not told of. JSON lines begin with a head that
names both versions, and hold claims whole, or what is told of incidents. A claim that no longer meets the filter is told of as long as it stands as it is
told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
import sqlalchemy as sa

from sayso.errors import BadOption
from sayso.export import cells, writing
from sayso.export.asking import INCIDENTS, portions
from sayso.export.formats import Job
from sayso.record.adding import chunks
from sayso.record.filters import conditions
from sayso.record.finding import version
from sayso.record.tables import changes, claims, incidents, reports

COLUMNS = ("what", "change", "id", "version", "at", "author", "action", "incident_id", "kind", "type", "day", "report_id", "state", "about", "until_version")
FORM = "sayso-changes/1"
_ENCODER = msgspec.json.Encoder()


def write(job: Job) -> None:
    """Write the changes."""
    since = job.options.since_version
    until = version(job.connection)
    if not 0 <= since <= until:
        raise BadOption(f"version {since} is none of this record's: it is at version {until}")
    rows = _rows(job, since, until)
    path = job.out.file(job.path)
    if job.path.suffix.lower() == ".csv":
        with writing.table(path, job.options.bom) as out:
            out.writerow(COLUMNS)
            out.writerows(cells.row(row.get(name) for name in COLUMNS) for row in rows)
        return
    with writing.lines(path) as lines:
        lines.write(_ENCODER.encode({"schema": FORM, "since": since, "until": until}) + b"\n")
        for row in rows:
            told = {name: value for name, value in row.items() if value is not None and value != "" and name != "until_version"}
            lines.write(_ENCODER.encode(told) + b"\n")


def _rows(job: Job, since: int, until: int) -> Iterator[dict[str, Any]]:
    for row in _claims(job, since):
        yield row | {"until_version": until}
    for row in _incidents(job, since):
        yield row | {"until_version": until}


def _claims(job: Job, since: int) -> Iterator[dict[str, Any]]:
    met = conditions(job.asked)[1:]  # all that it asks but to stand
    query = sa.select(claims.c.number, claims.c.report).where(claims.c.changed_in > since, *met)
    found = job.connection.execute(query.execution_options(yield_per=10_000))
    for numbers in portions(job.connection, found):
        columns = sa.select(claims, reports.c.id.label("report_id")).join(reports, reports.c.number == claims.c.report)
        rows = [row for part in chunks(numbers) for row in job.connection.execute(columns.where(claims.c.number.in_(part))).mappings()]
        place = {number: n for n, number in enumerate(numbers)}
        made = _made(job.connection, (row["changed_in"] for row in rows))
        for row in sorted(rows, key=lambda row: place[row["number"]]):
            stands = row["gone_in"] is None and row["state"] != "rejected"
            change = _kind(row["added_in"] > since, stands)
            if change:
                yield {
                    "what": "claim", "change": change, "id": row["id"], **made[row["changed_in"]], "incident_id": row["incident"], "kind": row["kind"],
                    "type": row["type"], "day": row["day"], "report_id": row["report_id"], "state": row["state"],
                    "claim": msgspec.Raw(row["body"].encode()) if stands else None,
                }  # fmt: skip


def _incidents(job: Job, since: int) -> Iterator[dict[str, Any]]:
    query = sa.select(incidents.c.id).where(incidents.c.changed_in > since)
    if conditions(job.asked)[1:]:  # what has gone has no claims to ask about
        met = sa.select(claims.c.incident).where(*conditions(job.asked))
        query = query.where(sa.or_(incidents.c.gone_in.is_not(None), incidents.c.id.in_(met)))
    keys = list(job.connection.execute(query.order_by(incidents.c.day.is_(None), incidents.c.day, incidents.c.id)).scalars())
    for start in range(0, len(keys), INCIDENTS):
        part = keys[start : start + INCIDENTS]
        rows = {row["id"]: row for row in job.connection.execute(sa.select(incidents).where(incidents.c.id.in_(part))).mappings()}
        made = _made(job.connection, (row["changed_in"] for row in rows.values()))
        for key in part:
            row = rows[key]
            change = _kind(row["added_in"] > since, row["gone_in"] is None)
            if change:
                told = {name: row[name] for name in ("type", "day", "about")}
                yield {"what": "incident", "change": change, "id": key, **made[row["changed_in"]], **told}


def _kind(came: bool, stands: bool) -> str:
    if stands:
        return "new" if came else "changed"
    return "" if came else "deleted"


def _made(connection: sa.Connection, numbers: Iterable[int]) -> dict[int, dict[str, Any]]:
    query = sa.select(changes.c.number, changes.c.at, changes.c.author, changes.c.action)
    found = {}
    for part in chunks(sorted(set(numbers))):
        for row in connection.execute(query.where(changes.c.number.in_(part))):
            found[row.number] = {"version": row.number, "at": row.at, "author": row.author, "action": row.action}
    return found
