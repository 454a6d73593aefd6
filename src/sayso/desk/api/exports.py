"""Exports: what a filter asks for, as a file that other tools open."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from threading import BoundedSemaphore
from typing import Annotated, Any

from litestar.exceptions import TooManyRequestsException
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import Parameter
from litestar.response import Stream

from sayso.desk.api.answers import asks
from sayso.desk.api.asked import YesNo
from sayso.desk.api.guarding import FILES
from sayso.export import FORMATS, Options, export
from sayso.keeping_cli import Table, To
from sayso.record import Record
from sayso.record.filters import Filter

TAG = "exports"
AT_ONCE = 2
"""Exports that are written at one time; who asks for more waits."""
PIECE = 65_536
TYPES = {
    ".csv": "text/csv; charset=utf-8", ".tsv": "text/tab-separated-values; charset=utf-8", ".jsonl": "application/x-ndjson",
    ".jsonld": "application/ld+json", ".geojson": "application/geo+json", ".gexf": "application/xml", ".zip": "application/zip",
    ".parquet": "application/vnd.apache.parquet", ".gpkg": "application/geopackage+sqlite3",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip
WHOLE = "A zip of all files, the codebook too, where the format has more than one; a datapackage always is one."
_turns = BoundedSemaphore(AT_ONCE)


@asks(
    "/export", "Write what is asked for as a file", TAG, (429,), opt={FILES: True},
    more={200: ResponseSpec(data_container=bytes, description="The file.", media_type="application/octet-stream", generate_examples=False)},
)
def export_file(
    record: Record, meant: Filter, to: Annotated[To, Parameter(description="The format.")],
    table: Annotated[Table, Parameter(description="csv, parquet: which table.")] = Table.CLAIMS,
    wide: Annotated[YesNo, Parameter(description="csv, parquet: one claim a row; else one claim and party a row.")] = "no",
    bom: Annotated[YesNo, Parameter(description="CSV with a byte order mark, for Excel on Windows.")] = "no",
    since_version: Annotated[int, Parameter(ge=0, le=2**53, description="changes: the version (number of the last change) that you have.")] = 0,
    whole: Annotated[YesNo, Parameter(description=WHOLE)] = "no",
) -> Stream:  # fmt: skip
    """The whole record, or what of it meets the filter, in a format that other tools open. As `sayso export`."""
    if not _turns.acquire(blocking=False):
        raise TooManyRequestsException(f"{AT_ONCE} exports are being written already; try again when one has ended", headers={"Retry-After": "5"})
    folder = tempfile.TemporaryDirectory(prefix="sayso-export-")
    try:
        options = Options(table=table.value, wide=wide == "yes", bom=bom == "yes", since_version=since_version)
        name = f"sayso-{table.value if to.value in {'csv', 'parquet'} else to.value}"
        sent = _written(record, meant, to.value, options, Path(folder.name), name, whole == "yes")
    except BaseException:
        folder.cleanup()
        raise
    finally:
        _turns.release()
    headers = {"Content-Disposition": f'attachment; filename="{sent.name}"', "Content-Length": str(sent.stat().st_size)}
    return Stream(_pieces(folder, sent), headers=headers, media_type=TYPES[sent.suffix])


def _written(record: Record, meant: Filter, to: str, options: Options, folder: Path, name: str, whole: bool) -> Path:
    """The file of an export, or one of all its files."""
    inside = folder / "files"
    inside.mkdir()
    asked = inside / (name + FORMATS[to].suffix)
    written = export(record, to, asked, meant, options)
    alone = asked.is_file() and (len(written) == 1 or not whole)
    return asked if alone else Path(shutil.make_archive(str(folder / name), "zip", inside))


def _pieces(folder: tempfile.TemporaryDirectory[str], path: Path) -> Iterator[bytes]:
    with folder, path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


ROUTES: list[Any] = [export_file]
