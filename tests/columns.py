"""The formats and columns of exports, as `docs/exports.md` lists them: `python -m tests.golden` writes the lists, a test compares them."""

from __future__ import annotations

from pathlib import Path

from sayso.export import FORMATS, acled, codebook, crosswalks, diplomacy, ged, network, polecat, reports
from sayso.export.changed import COLUMNS as CHANGED
from sayso.export.places import RADII
from sayso.export.tables import TABLES

PAGE = Path(__file__).parent.parent / "docs" / "exports.md"
OTHERS = {
    "polecat": polecat.COLUMNS, "acled": acled.COLUMNS, "ged": ged.COLUMNS, "eventreport": reports.COLUMNS, "ceasefires": diplomacy.CEASEFIRES,
    "contacts": diplomacy.CONTACTS, "network": network.EDGES, "changes": CHANGED,
}  # fmt: skip


def page() -> str:
    """The page with the lists as they are now."""
    text = PAGE.read_text("utf-8")
    for name, made in (("formats", _formats()), ("columns", _columns()), ("radii", _radii()), ("crosswalk", _crosswalk())):
        start, end = f"<!-- {name}: written by make golden -->", f"<!-- end of {name} -->"
        before, _, rest = text.partition(start)
        text = f"{before}{start}\n\n{made}\n\n{end}{rest.partition(end)[2]}"
    return text


def _formats() -> str:
    rows = [f"| `{f.name}` | {f.about} | {f'`sayso[{f.extra}]`' if f.extra else ''} |" for f in FORMATS.values()]
    return "\n".join(["| `--to` | what it writes | needs |", "|---|---|---|", *rows])


def _columns() -> str:
    parts = []
    for table in TABLES.values():
        rows = []
        for column in table.columns:
            values = f": {_listed(column.values)}" if column.values else ""
            rows.append(f"| `{column.name}` | {codebook.TYPES[column.type].split(',')[0]} | {codebook.meaning(column)}{values} |")
        parts.append("\n".join([f"### Table {table.name}", "", table.about, "", "| column | type | meaning |", "|---|---|---|", *rows]))
    for name, columns in OTHERS.items():
        parts.append(f"### Columns of {name}\n\n{_listed(columns)}")
    return "\n\n".join(parts)


def _radii() -> str:
    rows = [f"| `{name}` | {'a point' if not km else f'an area of {km:g} km around'} |" for name, km in RADII.items()]
    return "\n".join(["| precision | drawn as |", "|---|---|", *rows, "| `country`, or no place | nothing: `place` and `place_country` say what is told |"])


def _crosswalk() -> str:
    rows = [f"| {to} | {ours} | {theirs} | {note} |" for to, ours, theirs, note in crosswalks.rows()]
    return "\n".join(["| to | ours | theirs | |", "|---|---|---|---|", *rows])


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(f"`{word}`" for word in words)
