"""Figures of grouping, relations and disputes → words for people, on a terminal.

In: `Scored`. Out: printed lines. No figure is computed here.
"""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console, RenderableType
from rich.text import Text

from sayso.scoring.coreference import Sums
from sayso.scoring.incidents import Figures, Scored
from sayso.scoring.show import ratio_cells, table_of
from sayso.view.layout import Ruled, indented, put

TITLES = {
    "annotated": "The annotated claims, grouped and related",
    "related": "The annotated incidents, their claims related",
    "read": "What the reader makes of the raw text, grouped and related",
}
"""What the tasks are called for people."""


def show_incidents(scored: Scored, console: Console) -> None:
    """Prints the figures."""
    put(_parts(scored), console)


def _parts(scored: Scored) -> Iterable[RenderableType]:
    yield Ruled(Text(f"{scored.sets} sets, {scored.reports} reports, {scored.claims} annotated claims, {scored.incidents} incidents", style="bold"))
    for name, figures in scored.tasks.items():
        yield Text()
        yield Ruled(Text(TITLES[name], style="bold"))
        yield indented(_task(figures, scored.within[name], grouped=name != "related"))
    yield Text()
    yield Ruled(Text("CoNLL of the same claims, grouped without comparing them", style="bold"))
    simple = table_of("", *scored.baselines)
    for name in scored.baselines["annotated"]:
        simple.add_row(name, *(f"{held[name].conll:.3f}" for held in scored.baselines.values()))
    yield indented(simple)


def _task(figures: Figures, within: dict[str, tuple[float, float]], grouped: bool) -> RenderableType:
    table = table_of("", "P", "R", "F1", "95 % of F1", "right/came/given")
    if grouped:
        low, high = within["conll"]
        table.add_row("INCIDENTS, CoNLL", "", "", f"{figures.conll:.3f}", f"{low:.2f}–{high:.2f}", "", style="bold")
        for name, sums in (("  MUC", figures.muc), ("  B³", figures.b_cubed), ("  CEAF-e", figures.ceaf_e)):
            table.add_row(name, *_sums(sums))
    table.add_row("RELATIONS", *ratio_cells(figures.relations, within["relations"]), style="bold")
    for relation, ratio in figures.by_relation.items():
        if ratio.gold or ratio.predicted:
            table.add_row(f"  {relation}", *ratio_cells(ratio, None))
    table.add_row("DISPUTED FIELDS", *ratio_cells(figures.disputed, within["disputed"]), style="bold")
    return table


def _sums(sums: Sums) -> list[str]:
    return [f"{sums.precision:.3f}", f"{sums.recall:.3f}", f"{sums.f1:.3f}", "", ""]
