"""Rows for the user's own word lists.

In: a table's name and the cells of new rows. Out: the rows in the user's file, with their lines, once they were found sound and new.
Ours are never written to. Whether an entry fires in its example is not tried here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sayso.errors import BadOption
from sayso.lexicon import own
from sayso.lexicon.tables import SCHEMAS, Row, cell_faults, key_of, our_rows, your_rows

__all__ = ["add", "append", "cells_of"]

HEAD = "# Your own entries. They are read after those that ship, and win over an entry of the same {key}; docs/lexicon.md explains the columns.\n"


def cells_of(pairs: Iterable[str]) -> dict[str, str]:
    """Cells as they are given on a command line.

    >>> cells_of(["id=northern-dawn", "aliases=NDF|Northern Dawn"])
    {'id': 'northern-dawn', 'aliases': 'NDF|Northern Dawn'}

    Raises:
        BadOption: one has no `=`, or a column comes twice.
    """
    cells: dict[str, str] = {}
    for pair in pairs:
        column, equals, value = pair.partition("=")
        if not equals:
            raise BadOption(f"{pair}: not of the form COLUMN=VALUE; put quotation marks around a value with blanks")
        if column in cells:
            raise BadOption(f"{column} is given twice; separate the parts of a list with |")
        cells[column] = value.strip()
    return cells


def add(table: str, cells: Mapping[str, str], replace: bool = False) -> Row:
    """Adds one row to the user's own file of a table; columns that are not given stay empty. Gives the row as it was written.

    Raises:
        BadOption: there is no such table or column, a cell is wrong, or an entry of the same key stands already and is not to be replaced.
        BadLexicon: the user's file has faults already.
    """
    if table not in SCHEMAS:
        raise BadOption(f"{table}: no table has this name; the tables are {', '.join(SCHEMAS)}")
    columns, key = SCHEMAS[table]
    if unknown := [c for c in cells if c not in columns]:
        raise BadOption(f"{table} has no column {', '.join(unknown)}; its columns are {', '.join(columns)}")
    filled = {column: cells.get(column, "") for column in columns}
    if wrong := [*cell_faults(table, filled), *_unwritable(filled)]:
        raise BadOption(f"{table}: {'; '.join(wrong)}")
    wanted = key_of(table, filled)
    yours = next((row for row in your_rows(table) if key_of(table, row.cells) == wanted), None)
    standing = yours or next((row for row in our_rows(table) if key_of(table, row.cells) == wanted), None)
    if standing is not None and not replace:
        told = " · ".join(filter(None, wanted))
        raise BadOption(f"{told}: stands already at {standing.place}; choose another {' and '.join(key)}, or put yours in its place with --replace")
    if yours is None:
        return append(table, [filled])[0]
    lines = (own.text(table) or "").splitlines()
    lines[yours.line - 1] = "\t".join(filled.values())
    own.save(table, "\n".join(lines) + "\n")
    return Row(yours.file, yours.line, filled)


def append(table: str, rows: Iterable[Mapping[str, str]]) -> list[Row]:
    """Puts sound rows behind what the user's own file has, and makes the file where there is none."""
    columns, key = SCHEMAS[table]
    lines = (own.text(table) or "").splitlines()
    if all(not line or line.startswith("#") for line in lines):  # no line of columns yet
        lines = lines or HEAD.format(key=" and ".join(key)).splitlines()
        lines.append("\t".join(columns))
    added = []
    for cells in rows:
        filled = {column: cells[column] for column in columns}
        lines.append("\t".join(filled.values()))
        added.append(Row(own.shown(table), len(lines), filled))
    own.save(table, "\n".join(lines) + "\n")
    return added


def _unwritable(cells: Mapping[str, str]) -> list[str]:
    """What a line of the file cannot hold: characters that end a line or a cell, or a first cell that would make it a comment."""
    found = [f"{column} {value!r} holds a character that is not printed" for column, value in cells.items() if not value.isprintable()]
    column, value = next(iter(cells.items()))
    return [*found, f"{column} {value!r} must not begin with #"] if value.startswith("#") else found
