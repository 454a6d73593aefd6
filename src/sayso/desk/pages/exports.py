"""Export: what a filter asks of the record, in every format of `sayso.export`.

In: a filter, a format, what only some formats know. Out: a page with a form, and the file. A few are written at a time, in threads of their own; others wait
without holding up a page. Nothing of what was written stays: it is sent from a file without a name.
"""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO, Any

import anyio
from litestar import get
from litestar.datastructures import State
from litestar.response import Stream, Template

from sayso.desk.page import Page
from sayso.errors import BadOption
from sayso.export import FORMATS, Format, Options, export
from sayso.export.tables import TABLES
from sayso.record import Record
from sayso.record.filters import Filter

AT_ONCE = 2
"""Exports that are written at one time."""
PIECE = 256 * 1024
"""Bytes that are sent at once."""
NEEDED = {"parquet": "pyarrow", "xlsx": "xlsxwriter"}
"""By extra of the package, the module that it brings."""
TYPES = {
    ".csv": "text/csv; charset=utf-8", ".tsv": "text/tab-separated-values; charset=utf-8", ".jsonl": "application/x-ndjson",
    ".jsonld": "application/ld+json", ".geojson": "application/geo+json", ".gpkg": "application/geopackage+sqlite3", ".gexf": "application/gexf+xml",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".parquet": "application/vnd.apache.parquet", ".zip": "application/zip",
}  # fmt: skip


@get("/export", sync_to_thread=True)
def offered(record: Record, page: Page) -> Template:
    """The formats, for what is filtered."""
    page.asked.filter  # noqa: B018  a filter that cannot be used is told of here, not when the file is asked for
    formats = [(form, _there(form)) for form in FORMATS.values()]
    return page("export.html", formats=formats, chosen=page.asked.values.get("to", "csv"), tables=list(TABLES), version=record.version())


@get("/export/download")
async def download(state: State, record: Record, page: Page) -> Stream:
    """The file; several, or a folder, in a ZIP archive."""
    values = page.asked.values
    to = values.get("to", "")
    if to not in FORMATS:
        raise BadOption(f"{to[:20]!r} is no format of exports; there are: {', '.join(FORMATS)}")
    if not _there(FORMATS[to]):
        raise BadOption(f"{to} needs an extra: pip install 'sayso[{FORMATS[to].extra}]'")
    options = _options(values)
    asked = page.asked.filter
    file, name, size = await anyio.to_thread.run_sync(lambda: _written(record, to, asked, options), limiter=_turns(state))
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Content-Length": str(size), "Cache-Control": "no-store"}
    return Stream(_pieces(file), media_type=TYPES[Path(name).suffix], headers=headers)


def _turns(state: State) -> anyio.CapacityLimiter:
    """Who may write; made where it is first asked for, within the loop that it belongs to."""
    if "exports" not in state:
        state["exports"] = anyio.CapacityLimiter(AT_ONCE)
    found: anyio.CapacityLimiter = state["exports"]
    return found


def _options(values: Any) -> Options:
    table, version = values.get("table", "claims"), values.get("since_version", "0")
    if table not in TABLES:
        raise BadOption(f"{table[:20]!r} is no table; there are: {', '.join(TABLES)}")
    if not (version.isascii() and version.isdigit() and len(version) < 16):
        raise BadOption(f"since_version {version[:20]!r} is no number of a change")
    return Options(table=table, wide=values.get("wide") == "yes", bom=values.get("bom") == "yes", since_version=int(version))


def _there(form: Format) -> bool:
    return not form.extra or find_spec(NEEDED[form.extra]) is not None


def _written(record: Record, to: str, asked: Filter, options: Options) -> tuple[IO[bytes], str, int]:
    """An open file without a name that holds the export, under what name it is sent, and its bytes."""
    form = FORMATS[to]
    stem = f"sayso-{options.table}" if to in {"csv", "parquet"} else f"sayso-{to}"
    sent = TemporaryFile()  # noqa: SIM115  it is closed when all is sent
    try:
        with TemporaryDirectory(prefix="sayso-export-") as folder:
            made = Path(folder) / f"{stem}{form.suffix}"
            export(record, to, made, asked, options)
            files = sorted(path for path in Path(folder).rglob("*") if path.is_file())
            if len(files) == 1:
                with files[0].open("rb") as file:
                    shutil.copyfileobj(file, sent)
                name = files[0].name
            else:
                with zipfile.ZipFile(sent, "w", zipfile.ZIP_DEFLATED) as archive:
                    for path in files:
                        archive.write(path, path.relative_to(folder).as_posix())
                name = f"{stem}.zip"
        size = sent.tell()
        sent.seek(0)
    except BaseException:
        sent.close()
        raise
    return sent, name, size


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece


ROUTES: list[Any] = [offered, download]
