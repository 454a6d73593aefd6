"""How good is the reading? Annotated reports, the figures, the misses.

| module | gives |
|---|---|
| `annotated` | the file form of annotated reports: `load`, `dump`, `faults` |
| `records` | readings to be scored: from a file, or read now |
| `compare` | which claims belong together, and what of them is the same |
| `measures` | `score`: the figures, their intervals, the misses |
| `sides` | accuracy by party |
| `swap` | `neutrality`: of reports with their two sides changed over, the share of claims that change over with them |
| `show` | figures and misses on a terminal |
| `page` | figures and misses as an HTML page |
"""

from __future__ import annotations

from sayso.scoring.annotated import Annotated, dump, faults, load
from sayso.scoring.measures import Miss, Ratio, Result, Share, figures, intervals, score, to_json
from sayso.scoring.page import page
from sayso.scoring.records import read_all, records
from sayso.scoring.show import show, show_misses, texts_of
from sayso.scoring.swap import Neutrality, neutrality

__all__ = [
    "Annotated", "Miss", "Neutrality", "Ratio", "Result", "Share", "dump", "faults", "figures", "intervals", "load", "neutrality", "page",
    "read_all", "records", "score", "show", "show_misses", "texts_of", "to_json",
]  # fmt: skip
