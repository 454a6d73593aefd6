"""A part that waits → its files: readings, claims, and what became of each input.

In: a folder and the number of a part. Out: three files, of which the manifest comes last: where it is, the part is done. Whoever reads it, and however
often it is begun, the files are the same. A report that cannot be read for a fault of ours is accounted for with it, and the rest is read. """

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from sayso.bulk.layout import Counts, Folder, Input, Staged, counted, lines, put
from sayso.errors import BadOption
from sayso.model import Reading
from sayso.view.table import COLUMNS, cells

if TYPE_CHECKING:
    from sayso.reading import Reader

NUMBERS = {"times_low", "times_high", "count_low", "count_high", "evidence_start", "evidence_end"}
DECIMALS = {"latitude", "longitude", "confidence"}
TRUTHS = {"background", "count_approximate"}
DAYS = {"said_from", "said_to", "since", "until", "when_from", "when_to"}
"""Columns of claims that hold no text."""
READINGS = ("report_id", "digest", "published", "publisher", "title", "url", "language", "copy_of", "text", "reading")
"""Columns of readings."""


def read_part(folder: Path, number: int, reader: Reader, deadly: Collection[int] = ()) -> Counts:
    """Read a part, and put its files in their places; of one that is done already, what came of it.

    Args:
        deadly: places within the part of reports that ended the process which read them, twice.
    """
    place = Folder(folder)
    if place.part("manifest", number).exists():
        place.part("staged", number).unlink(missing_ok=True)
        return counted(place.inputs(number))
    readings: list[tuple[Input, Reading]] = []
    inputs: list[Input] = []
    mark = _mark(place, number)
    for at, one in enumerate(place.staged(number)):
        mark.write_text(str(at), "ascii")
        told, reading = _one(one, reader, at in deadly)
        inputs.append(told)
        if reading is not None:
            readings.append((told, reading))
    put(place.part("readings", number), lambda path: _write(path, _readings(readings), dict.fromkeys(READINGS, "text")))
    put(place.part("claims", number), lambda path: _write(path, _claims(readings), {name: _type(name) for name in COLUMNS}))
    put(place.part("manifest", number), lines(inputs))
    place.part("staged", number).unlink(missing_ok=True)
    mark.unlink(missing_ok=True)
    return counted(inputs)


def stopped_at(folder: Path, number: int) -> int | None:
    """The place within a part of the report that was read last, where nobody came to its end."""
    try:
        return int(_mark(Folder(folder), number).read_text("ascii"))
    except (OSError, ValueError):
        return None


def _mark(place: Folder, number: int) -> Path:
    return place.path / ".staged" / f"at-{number:06}"


def _one(one: Staged, reader: Reader, deadly: bool) -> tuple[Input, Reading | None]:
    if one.report is None:
        return one.input, None
    if deadly:
        return replace(one.input, state="failed", why="the process that read it was ended, twice: too little memory?"), None
    try:
        reading = reader.read(one.report)
    except Exception as error:  # a fault of the reader's: it must not cost the other reports of a run of days
        return replace(one.input, state="failed", why=f"the reader failed: {type(error).__name__}: {' '.join(str(error).split())[:120]}"), None
    return replace(one.input, claims=len(reading.claims)), reading


def _readings(found: Iterable[tuple[Input, Reading]]) -> list[dict[str, Any]]:
    return [
        {name: getattr(reading.report, name) for name in ("digest", "published", "publisher", "title", "url", "language", "text")}
        | {"report_id": reading.report.id, "copy_of": told.copy_of or None, "reading": reading.to_json().decode()}
        for told, reading in found
    ]


def _claims(found: Iterable[tuple[Input, Reading]]) -> list[dict[str, Any]]:
    return [dict(row) for _, reading in found for row in cells(reading)]


def _type(column: str) -> str:
    return "integer" if column in NUMBERS else "number" if column in DECIMALS else "boolean" if column in TRUTHS else "date" if column in DAYS else "text"


def _write(path: Path, rows: list[dict[str, Any]], columns: Mapping[str, str]) -> None:
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        raise BadOption("bulk writes Parquet, for which pyarrow is needed; pip install 'sayso[bulk]'") from None
    types = {"text": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_(), "date": pa.date32()}
    shape = pa.schema([pa.field(name, types[kind], metadata={"description": COLUMNS.get(name, "")}) for name, kind in columns.items()])
    table = pa.table({name: pa.array([row.get(name) for row in rows], shape.field(name).type) for name in columns}, schema=shape)
    parquet.write_table(table, path, compression="zstd")
