"""The Russian word lists, checked, by their dictionary forms.

In: the files in `data/`, each with a head that tells its columns. Out: rows, and matchers that find their forms in a sentence whatever their endings. A
form of several words is matched word by word, each by any lemma that it may have. """

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import NamedTuple

from sayso.errors import BadLexicon
from sayso.languages.russian.parsing import Sentence, lemmas
from sayso.lexicon import read_table
from sayso.model import MODES, EventType, Harm, Sector

TABLES = {
    "verbs": ("form", "type", "modes", "recipients", "object", "example"), "nouns": ("form", "type", "modes", "genitive", "recipients", "example"),
    "cues": ("form", "kind", "distance", "channel", "example"), "agents": ("form", "sector", "name", "role", "example"),
    "organs": ("form", "kind", "sector", "name", "organ", "example"), "actors": ("form", "id", "example"), "harms": ("form", "harm", "victim", "example"),
    "things": ("form", "kind", "value", "example"), "people": ("form", "name"), "places": ("form", "name", "country"),
    "numbers": ("form", "value", "kind"), "discourse": ("form", "role", "example"), "countries": ("code", "name", "adjectives", "people", "capital"),
}  # fmt: skip
"""The files, and their columns in order."""
Row = dict[str, str]


class Match(NamedTuple):
    """A form that was found: its first and last word, and its row."""

    first: int
    last: int
    row: Row


class Forms:
    """Forms of several rows, each of one word or more."""

    def __init__(self, entries: list[tuple[str, Row]]) -> None:
        self._entries: dict[str, list[tuple[list[frozenset[str]], Row]]] = {}
        for form, row in entries:
            parts = [lemmas(part) for part in form.split()]
            for first in parts[0]:
                self._entries.setdefault(first, []).append((parts, row))

    def at(self, sentence: Sentence, i: int) -> Match | None:
        """The longest form that begins with a word; of alike ones the first in the file."""
        best: Match | None = None
        for first in sentence.words[i].lemmas:
            for parts, row in self._entries.get(first, ()):
                last = i + len(parts) - 1
                if last < len(sentence.words) and (best is None or last > best.last) and all(
                    part & sentence.words[i + k].lemmas for k, part in enumerate(parts)
                ):  # fmt: skip
                    best = Match(i, last, row)
        return best

    def over(self, sentence: Sentence, i: int, before: int = 3) -> Match | None:
        """The form of which a word is part, wherever it begins: of "Северная Корея" the second word is the head."""
        found = [match for first in range(i, max(-1, i - before - 1), -1) if (match := self.at(sentence, first)) and match.last >= i]
        return max(found, key=lambda match: match.last - match.first) if found else None

    def get(self, lemma: str) -> Row | None:
        """The row whose form of one word has this lemma."""
        return next((row for parts, row in self._entries.get(lemma, ()) if len(parts) == 1), None)


@cache
def table(name: str) -> list[Row]:
    """The rows of a file.

    Raises:
        BadLexicon: it has faults, each told with its line.
    """
    columns, rows, faults = TABLES[name], [], []
    lines = (files("sayso") / "languages" / "russian" / "data" / f"{name}.tsv").read_text("utf-8").splitlines()
    head = next((n for n, line in enumerate(lines) if not line.startswith("#")), 0)
    if tuple(lines[head].split("\t")) != columns:
        faults.append(f"{name}.tsv:{head + 1}: the columns are not {', '.join(columns)}")
    for number, line in enumerate(lines[head + 1 :], head + 2):
        cells = line.split("\t")
        if len(cells) != len(columns):
            faults.append(f"{name}.tsv:{number}: has {len(cells)} cells in place of {len(columns)}")
            continue
        row = dict(zip(columns, cells, strict=True))
        rows.append(row)
        faults += [f"{name}.tsv:{number}: {fault}" for fault in _faults(row)]
    if faults:
        raise BadLexicon(faults)
    return rows


def _faults(row: Row) -> list[str]:
    found = []
    if "type" in row and row["type"] not in set(EventType):
        found.append(f"{row['type']!r} is no type of act")
    elif row.get("modes") and not set(row["modes"].split("|")) <= set(MODES[row["type"]]):
        found.append(f"{row['type']} has no mode {row['modes']!r}")
    if "sector" in row and row["sector"] not in set(Sector):
        found.append(f"{row['sector']!r} is no sector")
    if "harm" in row and row["harm"] not in set(Harm):
        found.append(f"{row['harm']!r} is no harm")
    if not row.get("form", row.get("name")):
        found.append("has no form")
    return found


@cache
def forms(name: str, column: str = "form", **only: str) -> Forms:
    """The forms of a file, of those rows that have these values."""
    return Forms([(form, row) for row in table(name) if all(row[key] == value for key, value in only.items()) for form in row[column].split("|") if form])


@cache
def by_lemma(name: str, column: str = "form", **only: str) -> dict[str, Row]:
    """The rows of a file by each lemma of forms of one word."""
    return {lemma: row for row in reversed(table(name)) if all(row[key] == value for key, value in only.items())
            for form in row[column].split("|") if form and " " not in form for lemma in (form.lower().replace("ё", "е"),)}  # fmt: skip


@cache
def harmed() -> frozenset[str]:
    """Verbs that tell of losses."""
    return frozenset(form.split(" ")[0].replace("ё", "е") for row in table("harms") for form in row["form"].split("|"))


@cache
def role(name: str) -> frozenset[str]:
    """The words with a role in the discourse."""
    return frozenset(row["form"] for row in table("discourse") if name in row["role"].split("|"))


@cache
def verbs() -> dict[str, list[tuple[str, Row]]]:
    """By verb the nouns that must stand with it, empty for none, with their rows; those with a noun first."""
    found: dict[str, list[tuple[str, Row]]] = {}
    for row in table("verbs"):
        parts = row["form"].split(" ")
        for verb in parts[0].split("|"):
            found.setdefault(verb.replace("ё", "е"), []).append((parts[1].replace("ё", "е") if len(parts) > 1 else "", row))
    return {verb: sorted(rows, key=lambda one: not one[0]) for verb, rows in found.items()}


@cache
def country_names() -> dict[str, str]:
    """By code the English name of a state of today."""
    return {row["code"]: row["name"] for row in reversed(list(read_table("countries")))}
