"""Figures and misses → words for people: on a terminal, and the parts that the page is built of.

In: a `Result` and the annotated reports. Out: renderables for a console, and plain values (`Row`s, `Case`s) for a template. All text goes
through `clean`; no figure is computed here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from sayso.scoring.annotated import Annotated
from sayso.scoring.compare import Item, Range, Side
from sayso.scoring.measures import Miss, Ratio, Result
from sayso.view.layout import Ruled, indented, put
from sayso.view.words import clean

LABELS = {
    "claim": "CLAIMS, STRICT",
    "event": "events: type, evidence", "event+who": "  + parties", "event+source": "  + say-so", "event+strict": "  + status: strict",
    "casualty": "casualties: harm, count", "casualty+who": "  + victims", "casualty+source": "  + say-so", "casualty+strict": "  + status: strict",
    "materiel": "things: harm, count, kind", "materiel+who": "  + owner", "materiel+source": "  + say-so", "materiel+strict": "  + status: strict",
    "role": "offices: holder, country", "role+strict": "  + office: strict", "when": "days, of the matched", "where": "places, of the matched",
}  # fmt: skip
"""What the measures are called for people."""
FIELDS = {"who_alone": "parties", "source_alone": "say-so", "status_alone": "status", "strict": "office"}
"""What a pair can differ on."""
AT_LEAST = 3
"""Parties with fewer annotated claims than this are left out of the table: a share of two says nothing."""
_SENTENCE_END = re.compile(r"[.!?][”\"’')\]]*\s+(?=[“\"‘'(\[]?[A-Z0-9])|\n+")


@dataclass(frozen=True)
class Case:
    """A miss, ready to be shown: the sentence in three parts (before, the words, after), what was expected, what came."""

    report: str
    kind: str
    fields: tuple[str, ...]
    before: str
    words: str
    after: str
    expected: str
    came: str


def sentence(text: str, span: Range) -> Range:
    """The sentence or sentences that a span lies in, by punctuation alone; a paragraph's end always ends one."""
    start = max((m.end() for m in _SENTENCE_END.finditer(text, 0, min(len(text), span[0] + 1)) if m.end() <= span[0]), default=0)
    after = _SENTENCE_END.search(text, max(span[1] - 1, span[0]))
    return start, after.start() + len(after.group().rstrip()) if after else len(text)


def cases(misses: Iterable[Miss], texts: Mapping[str, str]) -> list[Case]:
    """The misses with their sentences."""
    return [_case(miss, texts[miss.report]) for miss in misses]


def _case(miss: Miss, text: str) -> Case:
    item = miss.gold or miss.got
    assert item is not None
    span = item.spans[0] if item.spans else (0, 0)
    start, end = sentence(text, span)
    fields = tuple(FIELDS[f] for f in miss.fields if f in FIELDS and not (f == "strict" and item.kind != "role"))
    before, words, after = (_piece(part) for part in (text[start : span[0]], text[slice(*span)], text[span[1] : end]))
    return Case(miss.report, miss.kind, fields, before, words, after, told(miss.gold), told(miss.got))


def _piece(text: str) -> str:
    """A piece of a sentence, cleaned; a blank at its ends stays, so that the pieces can be put together again."""
    shown = clean(text)
    return f"{' ' if text[:1].isspace() else ''}{shown}{' ' if shown and text[-1:].isspace() else ''}"


def told(item: Item | None) -> str:
    """One line for a claim: the act, the parties, on whose say-so, and its status; a dash for none."""
    if item is None:
        return "–"
    if item.kind == "role":
        return clean(f"office: {item.holder}, {item.office} ({item.country or 'no country'})")
    parts = [item.act or item.kind]
    if item.kind != "event":
        low, high = item.bounds
        parts.append(f"{'' if low is None else low}–{'' if high is None else high}" if low != high else str(low))
        parts += [item.what] if item.what else []
        parts.append(f"of {_named(item.recipients)}" + (f" by {_named(item.actors)}" if item.actors else ""))
    else:
        parts.append(f"{_named(item.actors)} → {_named(item.recipients)}")
    says = " citing ".join(_one(s) for s in reversed(item.sources)) or "the report"
    parts.append(f"· says {says}{' (carried over)' if item.sources and item.sources[0].inherited else ''} · {item.status}")
    if item.when:
        start, end = item.when
        parts.append(f"· {start}" if start == end else f"· {start} to {end}")
    if item.where:
        parts.append(f"· {item.where[0] or item.where[1]}")
    return clean(" ".join(parts))


def _named(sides: Sequence[Side]) -> str:
    return ", ".join(_one(s) for s in sides) or "nobody"


def _one(side: Side) -> str:
    return f"{side.name or side.text} [{side.country or '?'} {side.sector or '?'}{' PRE' if side.partial else ''}]"


def show(result: Result, console: Console, within: Mapping[str, tuple[float, float]] | None = None) -> None:
    """Prints the figures; `within` gives the 95 % interval of some."""
    put(_figures(result, within or {}), console)


def show_misses(result: Result, texts: Mapping[str, str], number: int, console: Console) -> None:
    """Prints up to `number` misses: the sentence, what was expected, what came."""
    put(_misses(result.misses[:number], len(result.misses), texts), console)


def _figures(result: Result, within: Mapping[str, tuple[float, float]]) -> Iterable[RenderableType]:
    yield Ruled(Text(f"{result.reports} reports, {result.claim.gold} annotated events and casualties", style="bold"))
    if result.unread:
        yield indented(Text(f"{result.unread} of them have no record among the predictions and count as read empty", style="bold red"))
    table = table_of("", "P", "R", "F1", "95 % of F1", "right/came/given")
    for name, ratio in ordered_ratios(result):
        if ratio.gold:
            table.add_row(LABELS[name], *ratio_cells(ratio, within.get(name)), style="bold" if name == "claim" else "")
    yield indented(table)
    things = result.ratios["materiel"]
    if things.predicted and not things.gold:
        yield indented(Text(f"things: {things.predicted} came; this file annotates none, so they are not scored"))
    yield Text()
    for line in lines(result):
        yield indented(Text(line))
    yield Text()
    yield Ruled(Text("By type of act", style="bold"))
    types = table_of("", "P", "R", "F1", "right/came/given")
    for name, ratio in result.types.items():
        p, r, f1, _, counts = ratio_cells(ratio, None)
        types.add_row(name, p, r, f1, counts)
    yield indented(types)
    yield Text()
    yield Ruled(Text("By party: strictly right, of the claims in which it", style="bold"))
    sides = table_of("", "acts", "is hit", "speaks")
    for name, cells in rows_of_sides(result):
        sides.add_row(name, *cells)
    yield indented(sides)


def ordered_ratios(result: Result) -> list[tuple[str, Ratio]]:
    """The ratios as they are shown: the headline first."""
    return [(name, result.ratios[name]) for name in LABELS]


def lines(result: Result) -> list[str]:
    """The figures that are no ratios of three."""
    accuracy = result.accuracies
    told = [
        f"of the matched claims: parties right {accuracy['who']:.3f}, say-so right {accuracy['source']:.3f}; of the matched events: status right "
        f"{accuracy['status']:.3f} (macro-F1 {result.status_macro_f1:.3f})",
        f"chains of two speakers or more: {result.chain.right} of {result.chain.of} right",
        f"say-so carried over: {result.inherited.right} of {result.inherited.of} right; carried over wrongly {result.inherited_false} times",
        f"evidence: overlap {result.evidence:.3f} on average; {result.whole_words:.3f} of all claims start and end between words",
    ]
    if result.calibration is not None:
        told.append(f"confidence lies {result.calibration:.3f} off the share strictly right, on average")
    return told


def rows_of_sides(result: Result) -> list[tuple[str, list[str]]]:
    """Parties with enough annotated claims, the most frequent first."""
    many = sorted(result.sides.items(), key=lambda item: (-sum(s.of for s in item[1].values()), item[0]))
    return [
        (name, [f"{s.right}/{s.of} {s.value:.2f}" if s.of else "–" for s in parts.values()])
        for name, parts in many
        if sum(s.of for s in parts.values()) >= AT_LEAST
    ]


def _misses(misses: Sequence[Miss], of: int, texts: Mapping[str, str]) -> Iterable[RenderableType]:
    yield Text()
    yield Ruled(Text(f"{len(misses)} of {of} misses", style="bold"))
    for case in cases(misses, texts):
        yield Text()
        yield Text(f"{case.report} · {case.kind}{': ' + ', '.join(case.fields) if case.fields else ''}", style="bold")
        quote = Text(case.before, style="dim")
        quote.append(case.words, style="not dim underline")
        quote.append(case.after)
        yield indented(quote)
        grid = Table.grid(padding=(0, 2))
        grid.add_row(Text("expected", style="green"), Text(case.expected))
        grid.add_row(Text("came", style="red"), Text(case.came))
        yield indented(grid)


def ratio_cells(ratio: Ratio, within: tuple[float, float] | None) -> list[str]:
    """The cells of a row."""
    span = f"{within[0]:.2f}–{within[1]:.2f}" if within else ""
    return [f"{ratio.p:.3f}", f"{ratio.r:.3f}", f"{ratio.f1:.3f}", span, f"{ratio.right}/{ratio.predicted}/{ratio.gold}"]


def table_of(first: str, *columns: str) -> Table:
    """An empty table; all columns but the first hold figures."""
    table = Table(box=None, padding=(0, 1), show_header=True, header_style="dim")
    table.add_column(first, no_wrap=True)
    for column in columns:
        table.add_column(column, justify="right", no_wrap=True)
    return table


def texts_of(reports: Iterable[Annotated]) -> dict[str, str]:
    """Each report's text, by id."""
    return {r.id: r.text for r in reports}
