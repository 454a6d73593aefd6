"""Whether a report is about conflict or diplomacy at all, told by its words in a millisecond, before the reader takes a second over it.

In: a text. Out: a score, and whether it is enough. Words of the lists (`lexicon/data`) are counted by class: names of countries and actors, agents by
sector, acts by type, harms, weapons, bodies, offices. Each class counts for as much as its weight in `relevance.tsv` says, for five different words at
most; the longer the text, the more words it must have. No word speaks against a report: more of them never make it less relevant. `training/relevance.py`
made the weights. """

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from math import log

from ahocorasick_rs import AhoCorasick, MatchKind

from sayso.intake.languages import language_read
from sayso.lexicon import read_table
from sayso.lexicon.forms import inflected
from sayso.model import Report

ENOUGH = -1.5
"""The score from which on a report is read. On annotated reports that the weights were not made on all claims stand above -1."""
MOST = 5
"""Different words of a class that count."""
LONGEST = 600
"""Words of a text that count for its length: a war on a long page is not lost among the rest."""
SHORTEST = 3
"""Letters of a name that counts."""
_WORD = re.compile(r"\w+")


class Relevance:
    """Tells reports of conflict and diplomacy from others."""

    def __init__(self, enough: float = ENOUGH) -> None:
        self._weights, self._enough = weights(), enough
        self._terms = sorted(classes())
        self._class = [classes()[term] for term in self._terms]
        self._found = AhoCorasick(self._terms, matchkind=MatchKind.LeftmostLongest)

    def holds(self, report: Report) -> bool:
        """Whether a report is to be read; of one in another language than English the words are not known, and it is."""
        return language_read(report) != "en" or self.score(f"{report.title or ''}\n{report.text}") >= self._enough

    def score(self, text: str) -> float:
        """How much speaks for it: above 0 where it is more likely than not."""
        counts = self.counts(text)
        length = min(LONGEST, len(_WORD.findall(text)))
        told = sum(self._weights.get(name, 0.0) * min(MOST, count) for name, count in counts.items())
        return told + self._weights["length"] * log(1 + length) + self._weights["start"]

    def counts(self, text: str) -> Counter[str]:
        """How many different words of each class a text has."""
        low = text.lower()
        seen = {
            at for at, start, end in self._found.find_matches_as_indexes(low)
            if (start == 0 or not low[start - 1].isalnum()) and (end == len(low) or not low[end].isalnum())
        }  # fmt: skip
        return Counter(self._class[at] for at in seen)


@cache
def weights() -> dict[str, float]:
    """What each class counts for; `length` by the logarithm of the number of words, `start` in any case."""
    rows = (files("sayso") / "relevance.tsv").read_text("utf-8").splitlines()
    return {name: float(weight) for name, weight in (row.split("\t")[:2] for row in rows if row and not row.startswith("#")) if name != "class"}


@cache
def classes() -> dict[str, str]:
    """By form, in small letters, the class of a word or name; of two the one that comes first here."""
    found: dict[str, str] = {}
    for name, form in _forms():
        if len(form) >= SHORTEST:
            found.setdefault(form.lower(), name)
    return found


def _forms() -> Iterator[tuple[str, str]]:
    for row in read_table("countries"):
        for column in ("name", "aliases", "adjectives", "people", "capital", "metonyms"):
            yield from (("country", form) for form in row[column].split("|") if form)
    for row in read_table("actors"):
        yield from (("actor", form) for form in (row["name"], *row["aliases"].split("|")) if form)
    for row in read_table("agents"):
        yield from ((f"agent {row['sector']}", form) for form in inflected(row["form"], "NOUN"))
    for name, table in (("organ", "organs"), ("office", "offices")):
        yield from ((name, row["form"]) for row in read_table(table))
    for row in read_table("harms"):
        yield from (("harm", form) for form in inflected(row["form"].split()[0], row["pos"].upper()))
    for row in read_table("weapons"):
        yield from (("weapon", form) for form in inflected(row["form"], "NOUN"))
    for table, part, place in (("acts-verbs", "VERB", 0), ("acts-nouns", "NOUN", -1)):
        for row in read_table(table):
            if row["type"] != "NONE":
                yield from ((f"act {row['type']}", form) for form in inflected(row["form"].split()[place], part))
