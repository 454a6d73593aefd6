"""Figures and misses → one HTML page that needs nothing else.

In: a `Result` and the annotated reports. Out: the page as text. Everything that came with a report is escaped; the page runs no script
and loads nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from jinja2 import Environment, PackageLoader, StrictUndefined

from sayso import __version__
from sayso.scoring.measures import Result
from sayso.scoring.show import LABELS, cases, lines, ordered_ratios, rows_of_sides


def page(result: Result, texts: Mapping[str, str], title: str, within: Mapping[str, tuple[float, float]] | None = None) -> str:
    """The HTML report; `within` gives the 95 % interval of some measures."""
    environment = Environment(loader=PackageLoader("sayso.scoring", "."), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    ordered = sorted(cases(result.misses, texts), key=lambda case: case.report)
    return environment.get_template("page.html.j2").render(
        title=title, result=result, ratios=ordered_ratios(result), version=__version__, labels=LABELS, lines=lines(result), sides=rows_of_sides(result),
        within={name: (within or {}).get(name) for name in result.ratios},
        misses=[(report, list(group)) for report, group in groupby(ordered, key=lambda case: case.report)],
    )  # fmt: skip
