"""Lexicon files → rows, and what is wrong with them.

In: tab-separated files under `data/`, opened by comment lines that say what the file holds. Out: rows with the file and line
they stand on, so that every claim can name the entry that read it. What a row means is not known here; the columns are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.resources import files

from sayso.errors import BadLexicon
from sayso.model import MODES, Channel, Damage, Distance, EventType, Harm, Sector

__all__ = ["BODIES", "EFFECTS", "SCHEMAS", "Row", "faults", "read_table", "table_names"]

EFFECTS = frozenset({"attempted", "negated", "planned", "hypothetical", "ongoing", "ended", "occurred", "conditional"})
"""What a governing word does to the status of an act."""
BODIES = frozenset({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"})
"""PLOVER's codes of those that belong to no one country."""
ROLES = tuple("place side rival holding military seat described backing fight people quantity shift link short sport mishap ranks civic anywhere".split())
"""What a word of the discourse does: see docs/lexicon.md."""
NUMBER_KINDS = ("ones", "tens", "scale", "pair", "open", "few", "vague", "none", "floor", "ceiling", "near", "plain", "after_floor", "after_ceiling",
                "after_near", "measure", "label", "name")  # fmt: skip
"""What a word does in or beside a count: see the head of `numbers.tsv`."""
CLASSES = frozenset({"<place>", "<people>", "<force>", "<actor>", "<thing>", "<act>"})
"""What a need may ask of an argument, beside a word."""


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One line of a lexicon file."""

    file: str
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def listed(self, column: str) -> tuple[str, ...]:
        """The parts of a cell that holds a list."""
        return tuple(p for p in self.cells[column].split("|") if p)

    @property
    def place(self) -> str:
        """File and line, as they are shown to people."""
        return f"{self.file}:{self.line}"


Check = Callable[[str], bool]


def _one_of(*allowed: str) -> Check:
    return lambda cell: cell in allowed


def _some_of(allowed: frozenset[str]) -> Check:
    return lambda cell: all(part in allowed for part in cell.split("|") if part)


def _pattern(expression: str) -> Check:
    compiled = re.compile(expression)
    return lambda cell: compiled.fullmatch(cell) is not None


_FILLED = _pattern(r"\S(.*\S)?")
_ANY = _pattern(r"|\S(.*\S)?")
_COUNTRY = _pattern(r"|[A-Z]{3}")
_DAY = _pattern(r"|\d{4}(-\d\d){0,2}")
_SECTOR = _one_of("", *Sector)
_TOKENS = _pattern(r"|[a-z_]+(\|[a-z_]+)*")
_NUMBER = _pattern(r"-?\d+(\.\d+)?")


def _needs(cell: str) -> bool:
    for part in filter(None, cell.split(";")):
        kind, _, value = part.removeprefix("no:").partition(":")
        if kind not in {"obj", "subj", "prep", "plural", "xcomp", "ccomp", "modifier"} or (kind in {"subj", "prep"} and not value):
            return False
        if any(v.startswith("<") and v not in CLASSES for v in value.split("|")):
            return False
    return True


def _object(cell: str) -> bool:
    if cell in {"", "auto"}:
        return True
    kind, _, modes = cell.partition("/")
    return kind in MODES and all(m in MODES[kind] for m in modes.split("|") if m)


_ACTS: dict[str, Check] = {
    "form": _FILLED, "type": _one_of("NONE", *EventType), "modes": _ANY, "actor": _TOKENS, "recipient": _TOKENS,
    "needs": _needs, "object": _object, "example": _FILLED,
}  # fmt: skip

SCHEMAS: dict[str, tuple[dict[str, Check], tuple[str, ...]]] = {
    "acts-verbs": (_ACTS, ("form", "needs")),
    "acts-nouns": (_ACTS, ("form", "needs")),
    "matrix": ({"form": _FILLED, "pos": _one_of("verb", "adj", "noun", "modal", "mark", "claim"), "effect": _some_of(EFFECTS), "example": _FILLED},
               ("form", "pos")),
    "light": ({"verb": _FILLED, "noun_position": _FILLED, "effect": _one_of(*EFFECTS), "subject_is": _one_of("actor", "recipient", "none"), "example": _FILLED},
              ("verb", "noun_position")),
    "cues": ({"form": _FILLED, "pos": _one_of("verb", "clause", "noun", "prep", "adverb", "adj"), "distance": _one_of(*Distance), "act": _ANY,
              "source": _TOKENS, "example": _FILLED}, ("form", "pos")),
    "channels": ({"form": _FILLED, "channel": _one_of(*Channel), "example": _FILLED}, ("form",)),
    "discourse": ({"form": _FILLED, "role": _some_of(frozenset(ROLES)), "example": _FILLED}, ("form",)),
    "weapons": ({"form": _FILLED, "mode": _some_of(frozenset(MODES["ASSAULT"])), "example": _FILLED}, ("form",)),
    "things": ({"form": _FILLED, "what": _FILLED, "whose": _one_of("", "forces", "residents"), "example": _FILLED}, ("form",)),
    "harms": ({"form": _FILLED, "pos": _one_of("verb", "noun", "adj"), "harm": _one_of(*Harm, *Damage), "victim": _TOKENS, "needs": _needs,
               "example": _FILLED}, ("form", "pos", "harm", "needs")),
    "countries": ({"code": _pattern(r"[A-Z]{3}"), "name": _FILLED, "aliases": _ANY, "adjectives": _ANY, "people": _ANY, "capital": _ANY, "metonyms": _ANY,
                   "from": _DAY, "to": _DAY}, ("name",)),
    "organs": ({"form": _FILLED, "sector": _SECTOR, "canonical": _ANY, "country": _COUNTRY, "example": _FILLED}, ("form",)),
    "offices": ({"form": _FILLED, "sector": _SECTOR, "organisation": _ANY, "example": _FILLED}, ("form",)),
    "agents": ({"form": _FILLED, "sector": _SECTOR, "kind": _FILLED, "example": _FILLED}, ("form",)),
    "people": ({"name": _FILLED, "aliases": _ANY, "country": _COUNTRY, "sector": _SECTOR, "office": _ANY, "organisation": _ANY, "from": _DAY, "to": _DAY},
               ("name", "office", "from")),
    "actors": ({"id": _pattern(r"[a-z0-9]+(-[a-z0-9]+)*"), "name": _FILLED, "aliases": _ANY, "country": _COUNTRY, "sector": _SECTOR,
                "qualifiers": _ANY, "kind": _FILLED, "from": _DAY, "to": _DAY}, ("id",)),
    "places": ({"name": _FILLED, "aliases": _ANY, "kind": _FILLED, "country": _COUNTRY, "admin1": _ANY, "lat": _NUMBER, "lon": _NUMBER},
               ("name", "country", "kind")),
    "numbers": ({"form": _FILLED, "value": _pattern(r"|\d+"), "kind": _one_of(*NUMBER_KINDS), "example": _FILLED}, ("form",)),
}  # fmt: skip
"""The files, their columns in order with what a cell must be, and the columns that make a row unique."""


def table_names() -> list[str]:
    """The lexicon files, in the order of the documentation."""
    return list(SCHEMAS)


def read_table(name: str) -> Iterator[Row]:
    """The rows of one of our files, in order.

    Raises:
        BadLexicon: the file has other columns than its schema says, or a row has too few or too many cells.
    """
    file = f"{name}.tsv"
    columns = tuple(SCHEMAS[name][0])
    header = None
    for number, line in enumerate((files("sayso.lexicon") / "data" / file).read_text("utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if header is None:
            header = tuple(cells)
            if header != columns:
                raise BadLexicon([f"{file}:{number}: the columns are {', '.join(header)}; they must be {', '.join(columns)}"])
            continue
        if len(cells) != len(columns):
            raise BadLexicon([f"{file}:{number}: {len(cells)} cells, {len(columns)} columns ({', '.join(columns)}); separate them with tabs"])
        yield Row(file, number, dict(zip(columns, cells, strict=True)))


def faults(name: str) -> list[str]:
    """Everything that is wrong in one of our files, a line each; empty where it is sound."""
    found = []
    checks, key = SCHEMAS[name]
    seen: dict[tuple[str, ...], int] = {}
    try:
        for row in read_table(name):
            for column, check in checks.items():
                if not check(row[column]):
                    found.append(f"{row.place}: {column} {row[column]!r} is none of what docs/lexicon.md allows")
            if "type" in row.cells and row["type"] in MODES:
                found += [f"{row.place}: {row['type']} has no mode {m!r}" for m in row.listed("modes") if m not in MODES[row["type"]]]
            mine = tuple(row[column] for column in key)
            if mine in seen:
                found.append(f"{row.place}: {' · '.join(filter(None, mine))} stands already on line {seen[mine]}")
            seen.setdefault(mine, row.line)
    except BadLexicon as error:
        found.append(str(error))
    return found
