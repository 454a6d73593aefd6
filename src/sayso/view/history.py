"""What was done to a record, and the claims that were rejected → a table on the console.

In: the values that `sayso.record.history` gives. Out: lines on a console, cleaned of what a terminal would obey.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from sayso.record.history import Discarded, Entry
from sayso.view.layout import put
from sayso.view.words import clean

SHORT = 12
"""Characters of a claim's id."""
TABLES: dict[type, dict[str, Callable[[Any], str]]] = {
    Entry: {
        "no.": lambda e: str(e.number), "when": lambda e: e.at[:16].replace("T", " "), "who": lambda e: e.author, "what": lambda e: e.action,
        "about": lambda e: e.about, "note": lambda e: e.note or "", "undone": lambda e: f"in {e.undone_by}" if e.undone_by else "",
    },
    Discarded: {
        "claim": lambda d: d.claim.id[:SHORT], "words": lambda d: d.claim.evidence.text, "publisher": lambda d: d.publisher or "",
        "who": lambda d: d.by, "when": lambda d: d.at[:10], "why": lambda d: d.note or "",
    },
}  # fmt: skip
WHOLE = frozenset({"no.", "when", "claim", "undone"})
"""Columns that are not broken."""


def show(kind: type, rows: Sequence[Any], console: Console) -> None:
    """A table, or that there is nothing."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold", show_edge=False)
    for name in TABLES[kind]:
        table.add_column(name, no_wrap=name in WHOLE, overflow="fold")
    for row in rows:
        table.add_row(*(Text(clean(told(row))) for told in TABLES[kind].values()))
    put([table] if rows else [Text("nothing meets this")], console)
