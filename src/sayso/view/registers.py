"""The rows of registers → a table on the console, CSV, JSON lines.

In: the values that `sayso.record.registers` gives. Out: a table with the columns that matter to a reader, or CSV with every field, or JSON of the whole value.
Words that came with reports are cleaned on a terminal and cannot be formulas in a spreadsheet. Nothing is left out of an answer, sorted anew or added up here.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from sayso.model import Count, EventType
from sayso.record.registers.actors import Deed, Teller
from sayso.record.registers.appeals import Chain, Step
from sayso.record.registers.asking import Account
from sayso.record.registers.casualties import Cell, Figure, Quote, Total
from sayso.record.registers.roles import Seat
from sayso.record.registers.sources import Grade, Profile, Tie
from sayso.record.registers.talks import Bridge, Channel, Contact, Participant, Version
from sayso.record.registers.timeline import Dispute, Entry, Statement
from sayso.record.registers.violations import Tally, Violations
from sayso.view.layout import WIDEST, indented, put
from sayso.view.record import DISPUTED
from sayso.view.table import cell as csv_cell
from sayso.view.table import line
from sayso.view.words import TYPES, clean, count_text, escaped, listed

SHORT = 9
"""Characters of an incident's id in a table: enough to name it."""
WIDEST_QUOTE = 90
LEGIBLE = 16
"""A column narrower than this breaks its words."""
GAP = 2
PLAIN = 3
"""So many of a row's columns are told without their names where there is no table."""
MOST = 3
"""So many names stand in a cell of a table; how many more there are is said."""

Column = tuple[str, Callable[[Any], str]]


def json_lines(rows: Iterable[msgspec.Struct], terminal: bool = False) -> Iterator[bytes]:
    """One JSON object a row; on a terminal, what it would obey is escaped."""
    for row in rows:
        found = msgspec.json.encode(row)
        yield (escaped(found) if terminal else found) + b"\n"


def csv_lines(kind: type, rows: Iterable[Any]) -> Iterator[bytes]:
    """The header, and a line a row (of a chain: a line a step); the header stands there too where there are no rows."""
    names = list(_fields(kind))
    if kind is Chain:
        names = [name for name in names if name != "steps"] + [f"step_{name}" for name in _fields(Step)]
    yield line(names).encode()
    for row in rows:
        for values in _flat(row):
            yield line(csv_cell(values.get(name)) for name in names).encode()


def columns(kind: type) -> list[str]:
    """The columns of a register's CSV."""
    return next(csv_lines(kind, [])).decode().strip().split(",")


def show(kind: type, rows: Sequence[Any], console: Console) -> None:
    """A table, or, where the console is too narrow for one that can be read, a few lines for each row."""
    heads = TABLES[kind]
    cells = [([clean(told(row)) for _, told in heads], getattr(row, "background", False) is True) for row in _parts(rows)]
    wanted = [max([len(name), *(min(len(row[n]), LEGIBLE) for row, _ in cells)]) for n, (name, _) in enumerate(heads)]
    if sum(wanted) + GAP * (len(wanted) - 1) <= min(console.width, WIDEST):
        put([_table(kind, [name for name, _ in heads], cells)], console)
    else:
        put(_listed(kind, [name for name, _ in heads], cells), console)


def _table(kind: type, names: Sequence[str], rows: Sequence[tuple[list[str], bool]]) -> Table:
    """A table. What the row above says too is not said again in the first columns."""
    table = Table(box=None, pad_edge=False, padding=(0, GAP, 0, 0), header_style="bold", show_edge=False)
    for name in names:
        table.add_column(name, no_wrap=name in NARROW, ratio=None if name in NARROW else WIDE.get(name, 2), overflow="fold")
    above: list[str] = []
    for cells, background in rows:
        shown = list(cells)
        for n, text in enumerate(cells[: LEADING[kind]]):
            if not above or above[: n + 1] != cells[: n + 1]:
                break
            shown[n] = "" if text else text
        above = cells
        table.add_row(*(Text(text) for text in shown), style="dim" if background else "")
    return table


def _listed(kind: type, names: Sequence[str], rows: Sequence[tuple[list[str], bool]]) -> Iterator[RenderableType]:
    """For rows that have their first columns in common a heading, and below it, for each, its first column in bold and what else there is to tell."""
    above: list[str] | None = None
    lead = LEADING[kind]
    for cells, background in rows:
        if lead and cells[:lead] != above:
            yield Group(Text(), Text(" · ".join(filter(None, cells[:lead])), style="bold"))
        above = cells[:lead]
        line = Text(style="dim" if background else "")
        for n, (name, cell) in enumerate(zip(names[lead:], cells[lead:], strict=True)):
            if cell and cell != "0":
                line.append(" · " if line else "")
                plain = not name or name == "words" or (n < PLAIN and not (n and cell[0].isdigit()))
                line.append(cell if plain else f"{name.strip()}: {cell}", style="bold" if not n else "")
        yield indented(line, 2 if lead else 0)


def _parts(rows: Iterable[Any]) -> Iterator[Any]:
    """Chains step by step, all else as it is."""
    for row in rows:
        if isinstance(row, Chain):
            yield from (_Link(row, step) for step in row.steps)
        else:
            yield row


class _Link(typing.NamedTuple):
    chain: Chain
    step: Step

    @property
    def background(self) -> bool:
        return self.step.background


# a value in a line


def figure(low: int | None, high: int | None, approximate: bool = False) -> str:
    """A range in words: "4", "at least 16", "4–6", "none"."""
    if low is None and high is None:
        return "not told"
    if high == 0:
        return "none"
    return count_text(Count(low=low, high=high, approximate=approximate))


def brief(value: Any) -> str:
    """A value within another, in a few words."""
    if isinstance(value, Account):
        return _name(value.name)
    if isinstance(value, Quote):
        return value.text
    if isinstance(value, Figure):
        return f"{figure(value.low, value.high, value.approximate)}{' denied' if value.status == 'negated' else ''} ({value.as_of or 'undated'})"
    if isinstance(value, Participant):
        return value.name if value.level == "unknown" else f"{value.name} ({value.level})"
    if isinstance(value, Version):
        return f"{value.status}: {listed(_name(a.name) for a in value.accounts)}"
    if isinstance(value, Tie):
        return f"{_name(value.name)} {value.number}"
    if isinstance(value, Grade):
        return f"{value.reliability} ({value.author})"
    if isinstance(value, Teller):
        return f"{_name(value.name)} {value.incidents}"
    if isinstance(value, Dispute):
        return f"{value.field}: {' / '.join(value.holders)}"
    if isinstance(value, Statement):
        return f"{value.holder_name}: {value.evidence}"
    return value.isoformat() if isinstance(value, date) else str(value)


def _name(name: str) -> str:
    """A holder's name; a report of which nobody is known to be the publisher has a digest for one, of which the beginning is enough."""
    return f"{name[:14]}…" if name.startswith("report ") and len(name) > 40 else name


def _few(values: Iterable[Any], most: int = MOST) -> str:
    told = list(dict.fromkeys(map(brief, values)))
    return ", ".join(told[:most]) + (f" and {len(told) - most} more" if len(told) > most else "")


def _tally(found: Tally | None) -> str:
    return "" if found is None else figure(found.low, found.high)


def _quote(words: str) -> str:
    words = clean(words)
    return words if len(words) <= WIDEST_QUOTE else words[: WIDEST_QUOTE - 1].rsplit(" ", 1)[0] + "…"


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""


def _span(first: date | None, last: date | None) -> str:
    return _day(first) if first == last else f"{_day(first)} – {_day(last)}"


def _when(row: Entry | Contact) -> str:
    if row.start is None and row.end is None:
        return f"({row.day})" if row.day else "no date"
    if row.start is None:
        return f"until {row.end}"
    return f"since {row.start}" if row.end is None else str(row.start) if row.start == row.end else f"{row.start} – {row.end}"


def _status(row: Cell) -> str:
    return {"occurred": "", "negated": "denied: "}.get(row.status, f"{row.status}: ")


def _act(kind: str) -> str:
    return TYPES[EventType(kind)] if kind.isupper() else kind


_STANCES = {"own": "own side", "opponent": "opponent", "third": "third party", "": ""}
TABLES: Mapping[type, list[Column]] = {
    Cell: [
        ("day", lambda r: _day(r.day)), ("incident", lambda r: r.incident[:SHORT]), ("side", lambda r: r.side_name or "not told"),
        ("loss", lambda r: " ".join(filter(None, (r.what, r.harm, f"({r.role})" if r.role else "")))),
        ("figure", lambda r: _status(r) + figure(r.low, r.high, r.approximate)),
        ("says", lambda r: _name(r.holder_name)), ("stance", lambda r: _STANCES[r.stance]),
        ("as of", lambda r: _day(r.as_of)), ("before", lambda r: _few(r.history)), ("words", lambda r: _quote(r.evidence[0].text)),
    ],
    Total: [
        ("side", lambda r: r.side_name or "not told"), ("loss", lambda r: " ".join(filter(None, (r.what, r.harm)))),
        ("of whom", lambda r: r.role or "not told"), ("total", lambda r: figure(r.low, r.high) if r.incidents else "–"),
        ("incidents", lambda r: str(r.incidents)), ("left out", lambda r: str(r.left_out)),
        ("long", lambda r: str(r.long)), ("rule", lambda r: r.rule),
    ],
    Contact: [
        ("when", _when), ("incident", lambda r: r.incident[:SHORT]), ("who", lambda r: _few(r.participants, 5) or "not told"),
        ("how", lambda r: listed(r.how)),
        ("through", lambda r: _few((*r.through, *r.under))), ("place", lambda r: r.place), ("as told", lambda r: "; ".join(map(brief, r.versions))),
    ],
    Channel: [
        ("who", lambda r: " – ".join(r.names)), ("held", lambda r: str(r.held)), ("planned", lambda r: str(r.planned)), ("failed", lambda r: str(r.failed)),
        ("first – latest", lambda r: _span(r.first, r.latest)),
    ],
    Bridge: [
        ("through", lambda r: r.name), ("with", lambda r: r.side_name), ("held", lambda r: str(r.held)), ("planned", lambda r: str(r.planned)),
        ("failed", lambda r: str(r.failed)),
    ],
    Chain: [
        ("about", lambda r: f"{r.chain.thing}: {listed(r.chain.names) or 'nobody named'}"), ("day", lambda r: _day(r.step.day)),
        ("step", lambda r: r.step.step),
        ("by", lambda r: listed(r.step.by_names)), ("to", lambda r: listed(r.step.to_names)), ("says", lambda r: _few(r.step.accounts)),
        ("confirmed by", lambda r: _few(r.step.confirmed_by)), ("words", lambda r: _quote(r.step.evidence[0])),
    ],
    Violations: [
        ("from", lambda r: _day(r.start)), ("attacker", lambda r: listed(r.by_names) or "not told"), ("attacked", lambda r: r.against_name or "not told"),
        ("own account", lambda r: _tally(r.own)), ("opponent's", lambda r: _tally(r.opponent)), ("third parties'", lambda r: _tally(r.third)),
    ],
    Seat: [
        ("body", lambda r: r.organisation_name), ("office", lambda r: r.office), ("holder", lambda r: r.holder_name),
        ("reported", lambda r: _span(r.first, r.last)), ("since", lambda r: _day(r.since)), ("until", lambda r: _day(r.until)),
        ("reports", lambda r: str(r.reports)), ("also said of", lambda r: _few(r.contested_by)),
    ],
    Entry: [
        ("when", _when), ("incident", lambda r: r.incident[:SHORT]), ("what", lambda r: r.about.partition("; ")[0]), ("place", lambda r: r.place),
        ("accounts", lambda r: _few(r.accounts)), ("in dispute", lambda r: listed(DISPUTED[f] for f in r.disputed)),
        ("", lambda r: "background" if r.background else ""), ("claims", lambda r: " · ".join(_quote(brief(c)) for c in r.claims)),
    ],
    Deed: [
        ("who", lambda r: r.name), ("does", lambda r: _act(r.type)), ("to", lambda r: r.to_name), ("incidents", lambda r: str(r.incidents)),
        ("denied", lambda r: str(r.denied)), ("first – latest", lambda r: _span(r.first, r.latest)), ("say", lambda r: _few(r.tellers)),
    ],
    Profile: [
        ("source", lambda r: _name(r.name)), ("claims", lambda r: str(r.claims)), ("own voice", lambda r: str(r.as_outlet)),
        ("quoted", lambda r: str(r.as_speaker)), ("passed on", lambda r: str(r.relayed)), ("about", lambda r: _few(r.about)),
        ("disputed", lambda r: str(r.disputed)), ("by", lambda r: _few(r.disputed_by)),
        ("confirmed", lambda r: str(r.confirmed)), ("by ", lambda r: _few(r.confirmed_by)),
        ("grades", lambda r: _few(r.grades)),
    ],
}  # fmt: skip
"""The columns of each register's table: what stands over it, and what it says of a row."""
LEADING: dict[Any, int] = {Cell: 3, Total: 1, Contact: 0, Channel: 0, Bridge: 1, Chain: 1, Violations: 1, Seat: 2, Entry: 0, Deed: 1, Profile: 0}
"""So many first columns are left empty where they say what the row above says."""
NARROW = frozenset({
    "day", "incident", "figure", "as of", "total", "incidents", "left out", "long", "rule", "held", "planned", "failed", "from", "own account", "opponent's",
    "third parties'", "since", "until", "reports", "denied", "own voice", "quoted", "passed on", "disputed", "confirmed",
})  # fmt: skip
WIDE = {"words": 5, "what": 4, "as told": 4, "claims": 5, "who": 3, "say": 3}


# every field


def _fields(kind: Any) -> dict[str, Any]:
    """The columns of a value, with a part's columns in its place."""
    found: dict[str, Any] = {}
    for field in msgspec.structs.fields(kind):
        part = _part(field.type)
        found |= {f"{field.name}_{name}": of for name, of in _fields(part).items()} if part else {field.name: field.type}
    return found


def _part(of: Any) -> Any:
    """The Struct that a field holds, or may hold; None where it holds none, or a list."""
    among = typing.get_args(of) if isinstance(of, types.UnionType) else (of,)
    return next((a for a in among if isinstance(a, type) and issubclass(a, msgspec.Struct)), None)


def _flat(row: Any, before: str = "") -> list[dict[str, Any]]:
    values: dict[str, Any] = {}
    for field in msgspec.structs.fields(type(row)):
        value = getattr(row, field.name)
        if isinstance(value, msgspec.Struct):
            values |= _flat(value, f"{before}{field.name}_")[0]
        elif isinstance(value, dict):
            values[before + field.name] = "; ".join(f"{k} {n}" for k, n in value.items())
        elif isinstance(value, list | tuple):
            values[before + field.name] = "; ".join(map(brief, value))
        else:
            values[before + field.name] = value
    if isinstance(row, Chain):
        return [values | _flat(step, "step_")[0] for step in row.steps]
    return [values]
