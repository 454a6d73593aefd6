"""A record → a folder of CSV tables with a Frictionless description, a manifest and a citation: what one deposits and another one loads.

In: a job. Out: the tables of `tables.TABLES` (but the long form of claims), `datapackage.json` (types, values, missing values, keys), `codebook.csv`,
`manifest.json` (what made it, from what) and `CITATION.cff`. Nothing in it depends on the day on which it is written: the dates are those of the record's
last change.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa

from sayso import __version__
from sayso.export import cells, codebook, writing
from sayso.export.asking import report_rows
from sayso.export.formats import Job
from sayso.export.tables import TABLES, Column, Table, entity_lines
from sayso.export.writing import OURS
from sayso.model import SCHEMA
from sayso.reader.digest import model_digest
from sayso.record.tables import changes

NAMES = ("reports", "claims", "parties", "sources", "incidents", "accounts", "casualties", "relations", "disputes", "entities")
"""The tables, so ordered that whoever is named is known when the last is written."""
LICENCE = "The tables hold what reports say, in short quotations; rights in these stay with their publishers."
_TYPES = {"text": "string", "integer": "integer", "number": "number", "boolean": "boolean", "date": "date", "list": "string"}


def write(job: Job) -> None:
    """Fill the folder."""
    folder = job.out.folder(job.path)
    counts: dict[str, int] = {}
    named: set[str] = set()
    for name in NAMES:
        counts[name] = _table(job, folder, TABLES[name], named)
    with writing.table(folder / "codebook.csv") as out:
        out.writerow(codebook.HEADER)
        out.writerows(codebook.rows(TABLES[name] for name in NAMES))
    digests = hashlib.sha256()
    with writing.lines(folder / "inputs.txt") as lines:
        for row in report_rows(job.connection, job.asked):
            digests.update(row["digest"].encode())
            lines.write(f"{row['digest']}\n".encode())
    last = job.connection.execute(sa.select(changes.c.number, changes.c.at).order_by(changes.c.number.desc())).first()
    version, day = (last.number, last.at[:10]) if last else (0, "1970-01-01")
    _json(folder / OURS, _description(job, version, day))
    _json(folder / "manifest.json", {
        "sayso": __version__, "schema": SCHEMA, "reader": model_digest(), "version": version, "changed": day, "filter": job.asked,
        "inputs": {"file": "inputs.txt", "sha256": digests.hexdigest(), "reports": counts["reports"]}, "rows": counts,
        "files": {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.glob("*.csv"))},
    })  # fmt: skip
    (folder / "CITATION.cff").write_text(_citation(version, day), "utf-8")


def cited(version: int, day: str) -> str:
    """The line by which the data set is cited."""
    return f"Claims of conflict reports, on whose say-so they stand (version {version}, {day}). Read with sayso {__version__}. [Data set]."


def _table(job: Job, folder: Path, table: Table, named: set[str]) -> int:
    count = 0
    keys = [column.name for column in table.columns if column.of == "entities.entity_key"]
    rows = entity_lines(job.connection, named) if table.name == "entities" else table.rows(job.connection, job.asked)
    with writing.table(folder / f"{table.name}.csv") as out:
        out.writerow(table.names)
        for row in rows:
            count += 1
            named.update(str(row[name]) for name in keys if row.get(name))
            out.writerow(cells.row(row.get(name) for name in table.names))
    return count


def _description(job: Job, version: int, day: str) -> dict[str, Any]:
    return {
        "profile": "tabular-data-package", "name": "sayso-record", "title": "Claims of conflict reports, on whose say-so they stand",
        "description": f"{LICENCE} {codebook.EMPTY} Cite as: {cited(version, day)}", "version": str(version), "created": f"{day}T00:00:00Z",
        "resources": [_resource(TABLES[name]) for name in NAMES],
    }  # fmt: skip


def _resource(table: Table) -> dict[str, Any]:
    linked: list[tuple[str, str, str]] = []
    for column in table.columns:
        other, _, key = column.of.partition(".")
        if other and (other, key) != (table.name, column.name):
            linked.append((column.name, "" if other == table.name else other, key))
    schema: dict[str, Any] = {"fields": [_field(column, table) for column in table.columns], "missingValues": [""]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    if linked:
        schema["foreignKeys"] = [{"fields": name, "reference": {"resource": other, "fields": key}} for name, other, key in linked]
    return {
        "profile": "tabular-data-resource", "name": table.name, "path": f"{table.name}.csv", "description": table.about, "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8", "dialect": {"delimiter": ",", "doubleQuote": True, "quoteChar": '"', "header": True}, "schema": schema,
    }  # fmt: skip


def _field(column: Column, table: Table) -> dict[str, Any]:
    limits: dict[str, Any] = {"enum": list(column.values)} if column.values else {}
    if column.name in table.key:
        limits["required"] = True
    field: dict[str, Any] = {"name": column.name, "type": _TYPES[column.type], "description": codebook.meaning(column)}
    return field | ({"constraints": limits} if limits else {})


def _citation(version: int, day: str) -> str:
    return (
        'cff-version: 1.2.0\nmessage: "Name yourself and your co-workers as authors before you deposit this data set."\n'
        'title: "Claims of conflict reports, on whose say-so they stand"\ntype: dataset\n'
        f'version: "{version}"\ndate-released: "{day}"\nauthors:\n  - name: "The keepers of this record"\n'
        f'references:\n  - type: software\n    title: "sayso"\n    version: "{__version__}"\n    authors:\n      - name: "The sayso authors"\n'
    )


def _json(path: Path, value: Any) -> None:
    path.write_bytes(msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n")
