"""Readings → words for people: the terminal view, the table, and why each claim was read so.

In: a `Reading`, as the whole way of a report made it. Out: text, for a terminal, a spreadsheet, or a person who asks why. Nothing
here reads language, changes a claim or prefers an account; every word that came with a report is cleaned before it is shown.

| module | gives |
|---|---|
| `words` | types, dates, counts, places and parties in plain words; `clean` for text that cannot be trusted |
| `rivals` | which accounts of one report are rivals about one incident, over what, and why they are taken to be |
| `choose` | `at_least`: the claims that are certain enough |
| `layout` | lines on the console: headings, margins, no blanks at the ends |
| `terminal` | `show`: the accounts side by side, losses, talks, background, offices |
| `explain` | `explain`: for each field of each claim the words and the rule behind it |
| `table` | `header` and `rows`: CSV, one claim a row |
"""

from __future__ import annotations

from sayso.view.choose import at_least
from sayso.view.explain import explain
from sayso.view.rivals import Account, Rivalry, rivals
from sayso.view.table import COLUMNS, header, rows
from sayso.view.terminal import show
from sayso.view.words import clean, entry, escaped

__all__ = ["COLUMNS", "Account", "Rivalry", "at_least", "clean", "entry", "escaped", "explain", "header", "rivals", "rows", "show"]
