"""Codes of other data sets: what our words map to, from `crosswalk.tsv`.

In: the name of a data set's column and one of our words. Out: its code; empty where there is none. The file's header says what it may be used for.
"""

from __future__ import annotations

import csv
from datetime import date
from functools import lru_cache
from importlib.resources import files

from sayso.export import writing
from sayso.export.formats import Job

HEADER = ("to", "ours", "theirs", "note")


@lru_cache(maxsize=1)
def rows() -> tuple[tuple[str, ...], ...]:
    """The rows of the file below its header."""
    text = (files("sayso.export") / "crosswalk.tsv").read_text("utf-8")
    table = list(csv.reader((line for line in text.splitlines() if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE))
    return tuple(tuple(row) for row in table[1:])


@lru_cache(maxsize=1)
def _codes() -> dict[tuple[str, str], str]:
    return {(to, ours): theirs for to, ours, theirs, _ in rows()}


def code(to: str, ours: str) -> str:
    """The code of one of our words, empty where there is none.

    >>> code("ged.where_prec", "province"), code("plover.scale", "ASSAULT"), code("ged.where_prec", "")
    ('4', '-9', '')
    """
    return _codes().get((to, ours), "")


def number(to: str, ours: str) -> float | None:
    """The same as a number."""
    found = code(to, ours)
    return float(found) if found else None


def whole(to: str, ours: str) -> int | None:
    """The same as a whole number."""
    found = code(to, ours)
    return int(found) if found else None


def quad_name(act: str) -> str:
    """What PLOVER's quad class of a type is called."""
    return next((note for to, ours, _, note in rows() if to == "plover.quad" and ours == act), "")


def length(start: date | None, end: date | None) -> str:
    """How long an interval of days is: `day`, `days`, `week`, `month`, `longer`; empty where it has no beginning."""
    if start is None:
        return ""
    days = (end - start).days + 1 if end else 10**6
    return next((name for name, most in (("day", 1), ("days", 6), ("week", 7), ("month", 31)) if days <= most), "longer")


def beside(job: Job, data_set: str) -> None:
    """Write the part of the crosswalk that concerns a data set beside the export."""
    with writing.table(job.out.file(job.path.with_name(f"{job.path.stem}.crosswalk.csv")), job.options.bom) as out:
        out.writerow(HEADER)
        out.writerows(row for row in rows() if row[0].startswith(f"{data_set}."))
