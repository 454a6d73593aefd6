"""A finished run → its readings, to be added to a record as they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sayso.bulk.layout import Folder
from sayso.bulk.running import manifest_of
from sayso.errors import BadOption
from sayso.model import Reading, decode


def is_run(path: Path) -> bool:
    """Whether a folder is that of a run, finished or not."""
    return Folder(path).run().is_file()


def readings_of(path: Path) -> Iterator[Reading]:
    """The readings of a run, part by part.

    Raises:
        UnusableRecord: it is not finished.
        BadOption: pyarrow is not installed.
        BadRecord: a reading is not of the form.
    """
    folder = Folder(path)
    parts = manifest_of(folder).parts
    try:
        from pyarrow import parquet
    except ImportError:
        raise BadOption("a run is Parquet, for which pyarrow is needed; pip install 'sayso[bulk]'") from None
    for number in range(parts):
        table = parquet.read_table(folder.part("readings", number), columns=["reading"])
        yield from (decode(reading.as_py()) for reading in table.column("reading"))
