"""A reading with its steps → why each claim was read as it was.

In: a `Reading` whose `explanations` the reader filled, and the console to print on. Out: for each claim its words, then field by
field the value, the rule or lexicon entry that gave it and the words it was read from, and what raised or lowered the confidence.
It tells what was recorded when the claim was made; it reads nothing anew and finds no reasons after the fact.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from sayso.model import AnyClaim, Reading, Role, Step
from sayso.view.layout import Ruled, indented, put
from sayso.view.rivals import Account, Rivalry, rivals
from sayso.view.words import STATUS, clean, holder, parties, title, what

ORDER = (
    "type", "harm", "office", "modes", "object", "status", "actors", "recipients", "times", "count", "who", "what", "owner", "by", "holder",
    "organisation", "since", "until", "sources", "when", "where", "background", "also",
)  # fmt: skip
"""The order in which fields are told; others come after, the confidence last."""
UNTOLD = {
    "sources": "the report's own voice; no speaker governs these words",
    "when": "the text gives no date for it",
    "where": "the text gives no place for it",
}


def explain(reading: Reading, console: Console) -> None:
    """Prints why each claim of one report was made."""
    put(_parts(reading), console)


def _parts(reading: Reading) -> Iterable[RenderableType]:
    yield Text(title(reading.report), style="bold")
    if not reading.claims:
        yield Text("\nNothing to explain: no claim was read from this report.\n")
        return
    disputes: dict[str, list[tuple[Rivalry, Account]]] = defaultdict(list)
    for rivalry in rivals(reading):
        for mine, other in ((rivalry.one, rivalry.other), (rivalry.other, rivalry.one)):
            for claim in mine.claims:
                disputes[claim.id].append((rivalry, other))
    for number, claim in enumerate(reading.claims, 1):
        steps = reading.explanations.get(claim.id, [])
        name = Text(f"{number}  {what(claim)}", style="bold")
        if STATUS[claim.status]:
            name.append(f", {STATUS[claim.status]}")
        yield Text()
        yield Ruled(name)
        lines = [
            Text(parties(claim) or "nobody named"),
            *(Text(f"“{clean(span.text)}” at {span.start}", style="dim") for span in (claim.evidence, *claim.also)),
            Text(f"held by {holder(claim, reading.report)} · claim {clean(claim.id)}"),
        ]
        yield indented(Group(*lines, Text(), _table(claim, steps)), 3)
        for rivalry, other in disputes[claim.id]:
            told = Text(f"≠ in dispute with {other.holder} over {rivalry.field}: {rivalry.because}", style="yellow")
            yield Group(Text(), indented(told, 3))
    yield Text()


def _table(claim: AnyClaim, steps: list[Step]) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(no_wrap=True, style="bold")
    table.add_column()
    last = ""
    for step in sorted((s for s in steps if s.field != "confidence"), key=_order):
        value = Text(clean(step.value) or "none")
        value.append(f"\n{_because(step)}", style="dim")
        table.add_row(clean(step.field) if step.field != last else "", value)
        last = step.field
    for field, why in UNTOLD.items():
        if not any(s.field == field for s in steps) and not getattr(claim, field) and not isinstance(claim, Role):
            table.add_row(field, Text(why, style="dim"))
    table.add_row("confidence", _confidence(claim, steps))
    return table


def _order(step: Step) -> int:
    return ORDER.index(step.field) if step.field in ORDER else len(ORDER)


def _because(step: Step) -> str:
    words = f"“{clean(step.words)}”" if step.words else ""
    where = f"at {step.at}" if step.at is not None else ""
    return " · ".join(filter(None, (clean(step.because), " ".join(filter(None, (words, where))))))


def _confidence(claim: AnyClaim, steps: list[Step]) -> Text:
    text = Text(f"{claim.confidence:.2f}")
    weights = [s for s in steps if s.field == "confidence"]
    for step in weights:
        text.append(f"\n{clean(step.value).replace('-', '−', 1)}  {clean(step.because)}", style="dim")
    if not weights:
        text.append("\nnothing raised or lowered it", style="dim")
    return text
