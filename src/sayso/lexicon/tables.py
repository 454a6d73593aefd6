"""Lexicon files → rows, and what is wrong with them.

In: tab-separated files under `data/`, opened by comment lines that say what the file holds, and files of the same form that the
user keeps (see `own.py`). Out: rows with the file and line they stand on, so that every claim can name the entry that read it; a
row of the user's wins over ours of the same key. What a row means is not known here; the columns are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files

from sayso.errors import BadLexicon
from sayso.lexicon import own
from sayso.model import MODES, Channel, Damage, Distance, EventType, Harm, Sector

__all__ = ["BODIES", "EFFECTS", "SCHEMAS", "Row", "cell_faults", "faults", "key_of", "our_rows", "read_table", "table_names", "your_rows"]

EFFECTS = frozenset({"attempted", "negated", "planned", "hypothetical", "ongoing", "ended", "occurred", "conditional"})
"""What a governing word does to the status of an act."""
BODIES = frozenset({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"})
"""PLOVER's codes of those that belong to no one country."""
ROLES = tuple(
    (
        "place side rival holding military seat described backing fight people quantity shift link short sport mishap ranks civic anywhere "
        "line land voice outlet press onlooker relief leaning loyal sent partisan opponent seated way jolt unchanged state forces reply "
        "pits captive writ writes foreign medical deed abroad assailant league based duo realm truce breach faction society chief folk "
        "medium sending learned faithful firm paper rally creed struggle adding duty tolled reprisal regional wake natural"
    ).split()
)
"""What a word of the discourse does: see docs/lexicon.md."""
NUMBER_KINDS = ("ones", "tens", "scale", "pair", "open", "few", "vague", "none", "floor", "ceiling", "near", "plain", "after_floor", "after_ceiling",
                "after_near", "measure", "label", "name")  # fmt: skip
"""What a word does in or beside a count: see the head of `numbers.tsv`."""
ACTOR_KINDS = ("armed-group", "body", "mission", "court", "party", "media", "ngo", "de-facto", "seat", "organisation", "security")
PLACE_KINDS = ("point", "city", "district", "province", "region", "sea", "river", "crossing", "camp", "continent")
CLASSES = frozenset({"<place>", "<people>", "<force>", "<actor>", "<thing>", "<relief>", "<act>", "<official>"})
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


@dataclass(frozen=True, slots=True)
class Check:
    """What a cell must be: the test, and its words for people."""

    passes: Callable[[str], bool]
    says: str


def _one_of(*allowed: str) -> Check:
    filled = ", ".join(a for a in allowed if a)
    return Check(lambda cell: cell in allowed, f"one of {filled}" + (", or empty" if "" in allowed else ""))


def _some_of(allowed: frozenset[str]) -> Check:
    return Check(lambda cell: all(part in allowed for part in cell.split("|") if part), f"one or more, separated by |, of {', '.join(sorted(allowed))}")


def _pattern(expression: str, says: str) -> Check:
    compiled = re.compile(expression)
    return Check(lambda cell: compiled.fullmatch(cell) is not None, says)


_FILLED = _pattern(r"\S(.*\S)?", "filled, with no blank at its ends")
_ANY = _pattern(r"|\S(.*\S)?", "empty or without a blank at its ends")
_COUNTRY = _pattern(r"|[A-Z]{3}", "a code of three capital letters as countries.tsv has them, or empty")
_CODE = _pattern(r"[A-Z]{3}", "three capital letters")
_ID = _pattern(r"[a-z0-9]+(-[a-z0-9]+)*", "small letters and digits, joined by -")
_DAY = _pattern(r"|\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", "a day, month or year such as 2024-06-03, 2024-06 or 2024, or empty")
_SECTOR = _one_of("", *Sector)
_TOKENS = _pattern(r"|[a-z_]+(\|[a-z_]+)*", "small letters, several separated by |")
_NUMBER = _pattern(r"-?\d+(\.\d+)?", "a number such as 40.98")


_KINDS = {"obj", "subj", "prep", "plural", "xcomp", "ccomp", "iobj", "modifier", "own", "reason", "owned"}


def _needs(cell: str) -> bool:
    for part in filter(None, cell.split(";")):
        kind, _, value = part.removeprefix("no:").partition(":")
        if kind not in _KINDS or (kind in {"subj", "prep"} and not value):
            return False
        if any(v.startswith("<") and v not in CLASSES for v in value.split("|")):
            return False
    return True


def _object(cell: str) -> bool:
    if cell in {"", "auto"}:
        return True
    kind, _, modes = cell.partition("/")
    return kind in MODES and all(m in MODES[kind] for m in modes.split("|") if m)


_NEEDS = Check(_needs, "conditions as docs/lexicon.md explains them")
_OBJECT = Check(_object, "empty, auto, or a type with its modes such as RETREAT/ceasefire")
_ACTS: dict[str, Check] = {
    "form": _FILLED, "type": _one_of("NONE", *EventType), "modes": _ANY, "actor": _TOKENS, "recipient": _TOKENS,
    "needs": _NEEDS, "object": _OBJECT, "example": _FILLED,
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
    "harms": ({"form": _FILLED, "pos": _one_of("verb", "noun", "adj"), "harm": _one_of(*Harm, *Damage), "victim": _TOKENS, "needs": _NEEDS,
               "example": _FILLED}, ("form", "pos", "harm", "needs")),
    "countries": ({"code": _CODE, "name": _FILLED, "aliases": _ANY, "adjectives": _ANY, "people": _ANY, "capital": _ANY, "metonyms": _ANY,
                   "from": _DAY, "to": _DAY}, ("name",)),
    "homelands": ({"form": _FILLED, "country": _CODE, "example": _FILLED}, ("form",)),
    "organs": ({"form": _FILLED, "sector": _SECTOR, "canonical": _ANY, "country": _COUNTRY, "example": _FILLED}, ("form",)),
    "offices": ({"form": _FILLED, "sector": _SECTOR, "organisation": _ANY, "example": _FILLED}, ("form",)),
    "agents": ({"form": _FILLED, "sector": _one_of(*Sector), "kind": _FILLED, "example": _FILLED}, ("form",)),
    "people": ({"name": _FILLED, "aliases": _ANY, "country": _COUNTRY, "sector": _SECTOR, "office": _ANY, "organisation": _ANY, "from": _DAY, "to": _DAY},
               ("name", "office", "from")),
    "actors": ({"id": _ID, "name": _FILLED, "aliases": _ANY, "country": _COUNTRY, "sector": _SECTOR,
                "qualifiers": _one_of("", "PRE"), "kind": _one_of(*ACTOR_KINDS), "from": _DAY, "to": _DAY}, ("id",)),
    "places": ({"name": _FILLED, "aliases": _ANY, "kind": _one_of(*PLACE_KINDS), "country": _COUNTRY, "admin1": _ANY, "lat": _NUMBER, "lon": _NUMBER},
               ("name", "country", "kind")),
    "regions": ({"name": _FILLED, "adjectives": _ANY, "seat": _FILLED, "country": _CODE, "example": _FILLED}, ("name",)),
    "codes": ({"block": _pattern(r"([A-Z]{3}){1,2}", "three or six capital letters"), "country": _COUNTRY, "sector": _SECTOR, "example": _FILLED}, ("block",)),
    "levels": ({"form": _FILLED, "level": _one_of("head", "minister", "official", "military", "same", "unknown"), "single": _one_of("", "yes"),
                "example": _FILLED}, ("form",)),
    "numbers": ({"form": _FILLED, "value": _pattern(r"|\d+", "digits, or empty"), "kind": _one_of(*NUMBER_KINDS), "example": _FILLED}, ("form",)),
}  # fmt: skip
"""The files, their columns in order with what a cell must be, and the columns that make a row unique."""


def table_names() -> list[str]:
    """The lexicon files, in the order of the documentation."""
    return list(SCHEMAS)


def read_table(name: str) -> Iterator[Row]:
    """The rows of a file: ours in order, each replaced by the user's of the same key, then the user's others.

    Raises:
        BadLexicon: a file has other columns than its schema says, a row has too few or too many cells, or a file of the user's has any fault.
    """
    mine = {key_of(name, row.cells): row for row in your_rows(name)}
    for row in our_rows(name):
        yield mine.pop(key_of(name, row.cells), row) if mine else row
    yield from mine.values()


def our_rows(name: str) -> Iterator[Row]:
    """The rows of the file that ships."""
    file = f"{name}.tsv"
    return _rows(name, file, (files("sayso.lexicon") / "data" / file).read_text("utf-8"))


def your_rows(name: str) -> list[Row]:
    """The rows of the user's own file, all of them sound; none where there is no such file."""
    text = own.text(name)
    if text is None:
        return []
    rows = list(_rows(name, own.shown(name), text))
    if found := _row_faults(name, rows):
        raise BadLexicon([f"{fault} (yours is {own.path(name)})" for fault in found])
    return rows


def key_of(name: str, cells: Mapping[str, str]) -> tuple[str, ...]:
    """What makes a row unique in its file."""
    return tuple(cells[column] for column in SCHEMAS[name][1])


def _rows(name: str, file: str, text: str) -> Iterator[Row]:
    columns = tuple(SCHEMAS[name][0])
    header = None
    for number, line in enumerate(text.splitlines(), 1):
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
    """Everything that is wrong in one of the files, ours and the user's of that name, a line each; empty where both are sound."""
    found = []
    for rows_of in (our_rows, your_rows):
        try:
            found += _row_faults(name, rows_of(name))
        except BadLexicon as error:
            found += error.faults
    return found


def cell_faults(name: str, cells: Mapping[str, str]) -> list[str]:
    """What is wrong with the cells of one row, whatever stands beside it."""
    found = [f"{column} {cells[column]!r} must be {check.says}" for column, check in SCHEMAS[name][0].items() if not check.passes(cells[column])]
    modes = MODES.get(cells.get("type", ""))
    if modes is not None:
        found += [f"{cells['type']} has no mode {m!r}" for m in cells["modes"].split("|") if m and m not in modes]
    first, last = cells.get("from", ""), cells.get("to", "")
    if first and last and last < first[: len(last)]:
        found.append(f"to {last!r} lies before from {first!r}")
    return found


def _row_faults(name: str, rows: Iterable[Row]) -> list[str]:
    found = []
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        found += [f"{row.place}: {fault}" for fault in cell_faults(name, row.cells)]
        mine = key_of(name, row.cells)
        if mine in seen:
            found.append(f"{row.place}: {' · '.join(filter(None, mine))} stands already on line {seen[mine]}")
        seen.setdefault(mine, row.line)
    return found
