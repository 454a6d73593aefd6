"""A record → files that other tools open: spreadsheets, statistics, maps, graphs, other event data sets' shapes, linked data, and back into a record.

In: a record, a filter, a path. Out: files that are there whole or not at all, the same bytes for the same record. Everything keeps whose say-so it stands on,
but where another data set's shape has no room for it; `docs/exports.md` says what each format holds and what it loses. Nothing here changes a record.

| module | gives |
|---|---|
| `asking` | claims, reports, incidents of a record, a few at a time |
| `tables`, `cells`, `codebook` | the tables, their columns and what they mean; cells that no spreadsheet runs |
| `tolls`, `telling`, `places`, `crosswalks` | ranges of losses; accounts in a sentence; areas on the map; codes of other data sets |
| `writing` | files that are there whole or not at all |
| `spreadsheets`, `parquet`, `excel`, `package` | `csv`, `parquet`, `xlsx`, `datapackage` |
| `geojson`, `geopackage` | `geojson`, `gpkg` |
| `lines` | `jsonl`, which `sayso.record.importing` takes back |
| `annotated` | `annotation`: what reviewers settled, as annotated reports |
| `plover`, `polecat`, `acled`, `ged`, `reports`, `diplomacy` | the shapes of other data sets |
| `annotations`, `provenance` | Web Annotation and PROV-O, as JSON-LD |
| `network` | `gexf`, `network` |
| `changed` | `changes`: what is new, changed, gone since a version |
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING

from sayso.errors import BadOption
from sayso.export.formats import FORMATS, Format, Job, Options

if TYPE_CHECKING:
    from sayso.record.filters import Filter
    from sayso.record.store import Record

__all__ = ["FORMATS", "Format", "Options", "export"]


def export(record: Record, to: str, path: Path | str, asked: Filter | None = None, options: Options | None = None, force: bool = False) -> list[Path]:
    """Write what a filter asks of a record in one of the `FORMATS`; gives the files, or the folder, that were written.

    Args:
        record: what is exported, as it is at one moment.
        to: the format's name.
        path: the file to write; for `datapackage` the folder. Files beside it (a codebook, nodes) are named after it.
        asked: which claims, or which incidents by their claims; everything where none is given.
        options: what only some formats know.
        force: whether what is there already is replaced.

    Raises:
        BadOption: no such format, an extra is missing, it is there already or cannot be written.
    """
    from sayso.export.writing import Outputs
    from sayso.record.filters import Filter, checked

    if to not in FORMATS:
        raise BadOption(f"{to!r} is no format of exports; there are: {', '.join(FORMATS)}")
    module = importlib.import_module(f"sayso.export.{FORMATS[to].module}")
    with Outputs(force) as out, record.database.reading() as connection:
        job = Job(connection, checked(asked or Filter()), options or Options(), out, Path(path))
        getattr(module, FORMATS[to].function)(job)
    return out.written
