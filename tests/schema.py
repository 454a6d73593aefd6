"""The record's tables, as `docs/record.md` lists them: `python -m tests.golden` writes the list, a test compares it."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from sayso.record.tables import METADATA

PAGE = Path(__file__).parent.parent / "docs" / "record.md"
START, END = "<!-- tables: written by make golden -->", "<!-- end of tables -->"


def listed() -> str:
    """Each table with its columns."""
    return "\n".join(_table(table) for table in METADATA.tables.values())


def page() -> str:
    """The page with the list as it is now."""
    text = PAGE.read_text("utf-8")
    before, _, rest = text.partition(START)
    return f"{before}{START}\n\n{listed()}\n{END}{rest.partition(END)[2]}"


def _table(table: sa.Table) -> str:
    lines = [f"### {table.name}", "", f"{table.comment}", "", "| column | holds | |", "|---|---|---|"]
    for column in table.columns:
        keys = ["key"] * column.primary_key + [f"→ {key.target_fullname}" for key in column.foreign_keys]
        kind = str(column.type).lower()
        lines.append(f"| `{column.name}` | {kind}{', may be empty' if column.nullable else ''} | {'; '.join([*keys, *filter(None, [column.comment])])} |")
    return "\n".join([*lines, ""])
