"""Figures and misses → one HTML page that needs nothing else, and the plot of stated confidence against what came right.

In: a `Result` and the annotated reports. Out: the page, or the plot (SVG), as text. Everything that came with a report is escaped; the page runs no script
and loads nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import groupby

from jinja2 import Environment, PackageLoader, StrictUndefined

from sayso import __version__
from sayso.scoring.measures import Bin, Result
from sayso.scoring.show import LABELS, cases, lines, ordered_ratios, rows_of_sides

COLOURS = ("#0b6fb8", "#c4611f", "#2f8f4e", "#8a4fa8")
"""One per series of a plot; they can be told apart by people who see no red or green."""


@lru_cache(maxsize=1)
def _templates() -> Environment:
    return Environment(loader=PackageLoader("sayso.scoring", "."), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def reliability_plot(series: Mapping[str, Sequence[Bin]]) -> str:
    """An SVG that sets stated confidence against the share strictly right; a circle's area grows with its claims. At most four series."""
    held = [{"name": name, "bins": bins, "colour": colour} for (name, bins), colour in zip(series.items(), COLOURS, strict=False)]
    return _templates().get_template("reliability.svg.j2").render(
        series=held, label="Stated confidence against the share of claims that are strictly right",
        x=lambda value: round(60 + 380 * value, 1), y=lambda value: round(350 - 330 * value, 1), radius=lambda claims: round(1.5 + claims**0.5 / 1.6, 1),
    )  # fmt: skip


def page(result: Result, texts: Mapping[str, str], title: str, within: Mapping[str, tuple[float, float]] | None = None) -> str:
    """The HTML report; `within` gives the 95 % interval of some measures."""
    ordered = sorted(cases(result.misses, texts), key=lambda case: case.report)
    return _templates().get_template("page.html.j2").render(
        title=title, result=result, ratios=ordered_ratios(result), version=__version__, labels=LABELS, lines=lines(result), sides=rows_of_sides(result),
        within={name: (within or {}).get(name) for name in result.ratios},
        plot=reliability_plot({"": result.reliability}) if result.reliability else None,
        misses=[(report, list(group)) for report, group in groupby(ordered, key=lambda case: case.report)],
    )  # fmt: skip
