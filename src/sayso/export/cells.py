"""Values → cells of spreadsheets: nothing that a spreadsheet would run, and nothing that a terminal or an XML file could not hold.

In: values of the tables' columns. Out: text for CSV, or text that Excel takes. Empty is what does not apply, or what nobody tells; it is never 0.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sayso.view.table import FORMULA
from sayso.view.words import clean

PARTED = "; "
"""What stands between the parts of a list in one cell. A part that has a semicolon itself has a comma instead."""
LONGEST = 32_767
"""Characters, counted as UTF-16 does, that a cell of Excel takes."""
CUT = " … [cut; whole in CSV]"
Value = str | int | float | bool | date | list[str] | None


def text(value: Value) -> str:
    """A value as it stands in a cell of CSV.

    >>> text("=1+1"), text(True), text(["Armenia", "Azerbaijan"]), text(None)
    ("'=1+1", 'true', 'Armenia; Azerbaijan', '')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return defused(value) if value else value
    if isinstance(value, list):
        return defused(PARTED.join(part.replace(";", ",") for part in value)) if value else ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def defused(words: str) -> str:
    """A text without control characters and marks of direction, with an apostrophe in front where a spreadsheet would take it for a formula."""
    shown = clean(words, keep="\n\r\t")
    return f"'{shown}" if shown[:1] in FORMULA and shown else shown


def row(values: Iterable[Value]) -> list[str]:
    """The cells of a line."""
    return [text(value) for value in values]


def fitting(words: str) -> str:
    """A text as long as a cell of Excel may be; where it was cut its end says so."""
    if len(words) <= LONGEST // 2:
        return words
    units = words.encode("utf-16-le")
    if len(units) <= 2 * LONGEST:
        return words
    return units[: 2 * (LONGEST - len(CUT))].decode("utf-16-le", "ignore") + CUT
