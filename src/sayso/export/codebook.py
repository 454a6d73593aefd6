"""A table's columns → its codebook: one row a column, from the definition that the table itself is written by.

In: tables. Out: rows of a codebook, and the words that explain empty cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sayso.export.tables import Column, Table

HEADER = ("table", "column", "type", "values", "meaning")
EMPTY = (
    "An empty cell means that the column does not apply, or that the text does not tell. It is never 0: 0 is said to be none. "
    "UNK and unknown mean that the text names somebody or something without telling this."
)
TYPES = {
    "text": "text", "integer": "whole number", "number": "number", "boolean": "true or false", "date": "day, ISO 8601",
    "list": "list, parted by '; ' in one cell",
}  # fmt: skip


def rows(tables: Iterable[Table]) -> Iterator[tuple[str, ...]]:
    """The rows below `HEADER`."""
    for table in tables:
        for column in table.columns:
            yield table.name, column.name, TYPES[column.type], ", ".join(column.values), meaning(column)


def meaning(column: Column) -> str:
    """What a column means, and whose key it holds."""
    return column.about + (f" ({column.of})" if column.of and not column.of.endswith(f".{column.name}") else "")
