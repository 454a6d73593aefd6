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
| `sets` | the file form of annotated sets of reports: `load_sets`, `set_faults` |
| `coreference` | how alike two groupings are |
| `incidents` | `score_incidents`: the figures of grouping, relations and disputes |
| `show_incidents` | those on a terminal |
"""

from __future__ import annotations

from sayso.scoring.annotated import Annotated, dump, faults, load
from sayso.scoring.incidents import Scored, incident_figures, incidents_to_json, read_sets, readings_of, score_incidents
from sayso.scoring.measures import Miss, Ratio, Result, Share, figures, intervals, score, to_json
from sayso.scoring.page import page
from sayso.scoring.records import read_all, records
from sayso.scoring.sets import IncidentSet, load_sets, set_faults
from sayso.scoring.show import show, show_misses, texts_of
from sayso.scoring.show_incidents import show_incidents
from sayso.scoring.swap import Neutrality, neutrality

__all__ = [
    "Annotated", "IncidentSet", "Miss", "Neutrality", "Ratio", "Result", "Scored", "Share", "dump", "faults", "figures", "incident_figures",
    "incidents_to_json", "intervals", "load",
    "load_sets", "neutrality", "page", "read_all", "read_sets", "readings_of", "records", "score", "score_incidents", "set_faults", "show", "show_incidents",
    "show_misses", "texts_of", "to_json",
]  # fmt: skip
