"""A table of a record → Parquet: typed columns, days as days, lists as lists, in row groups of bounded size.

In: a job. Out: one file, compressed with Zstandard, with the columns' meanings as their fields' metadata. Needs the extra `parquet`.
"""

from __future__ import annotations

from itertools import islice
from typing import Any

from sayso.errors import BadOption
from sayso.export.formats import Job
from sayso.export.spreadsheets import chosen
from sayso.export.tables import Table

ROWS = 10_000
"""In a row group."""


def write(job: Job) -> None:
    """Write the table."""
    try:
        import pyarrow as pa
        from pyarrow.parquet import ParquetWriter
    except ImportError:
        raise BadOption("Parquet needs pyarrow; pip install 'sayso[parquet]'") from None
    table = chosen(job.options)
    shape = _shape(pa, table)
    lines = table.rows(job.connection, job.asked)
    with ParquetWriter(job.out.file(job.path), shape, compression="zstd") as out:
        while group := list(islice(lines, ROWS)):
            out.write_table(pa.table({name: pa.array([row.get(name) for row in group], shape.field(name).type) for name in table.names}, schema=shape))


def _shape(pa: Any, table: Table) -> Any:
    types = {"text": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_(), "date": pa.date32(), "list": pa.list_(pa.string())}
    fields = [pa.field(column.name, types[column.type], metadata={"description": column.about}) for column in table.columns]
    return pa.schema(fields, metadata={"table": table.name, "description": table.about})
