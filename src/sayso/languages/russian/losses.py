"""How many of whom were harmed, and what was destroyed, in a Russian report.

In: a sentence, and who is who. Out: losses as they are told: who or what, how many, at whose hands. Numbers stand as figures or words before what is
counted; what bounds them ("более", "по меньшей мере") stands before them. "Пятеро ранены" behind "четверо военнослужащих погибли" are of the same people.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sayso.languages.russian.parsing import Sentence, Word
from sayso.languages.russian.parties import Parties, Party
from sayso.languages.russian.sayings import Saying, Sayings
from sayso.languages.russian.words import Row, by_lemma, table
from sayso.model import Count, Report, Status

_FEWEST = 2
"""What "several" are at least."""


@dataclass
class Lost:
    """A loss as it is told; `what` is a thing's name, None of people."""

    sentence: Sentence
    head: int
    harm: str
    count: Count
    who: Party | None
    what: str | None
    by: Party | None
    status: Status
    sayings: list[Saying]
    because: str


class Losses:
    """Reads the losses of one report, sentence by sentence in order."""

    def __init__(self, report: Report, parties: Parties, sayings: Sayings) -> None:
        self._report, self._parties, self._sayings = report, parties, sayings
        self._last: Party | None = None

    def read(self, sentence: Sentence, place: str) -> list[Lost]:
        """The losses of a sentence; `place` is the country of the place that it tells."""
        found: list[Lost] = []
        self._last = None
        for i, word in enumerate(sentence.words):
            for row in _harms().get(word.lemma, ()):
                needed = row["form"].split(" ")[1:]
                if needed and not any(needed[0] in sentence.words[k].lemmas for k in sentence.subtree(i)):
                    continue
                if word.pos in {"VERB", "ADJ"} or (row["victim"] == "gen" and word.pos == "NOUN"):
                    found += self._people(sentence, i, row, place)
                break
            thing = by_lemma("things", kind="verb").get(word.lemma)
            if thing and word.pos in {"VERB", "ADJ"}:
                found += self._things(sentence, i, thing)
        return found

    def _people(self, sentence: Sentence, i: int, row: Row, place: str) -> Iterator[Lost]:
        sayings = self._sayings.of(sentence, i)
        speaker = sayings[0].party if sayings else None
        passive = sentence.is_passive(i)
        where = {"subj": ("nsubj",), "obj": ("nsubj",) if passive else ("obj",), "gen": ("nmod",)}[row["victim"]]
        for k in sentence.children(i, *where):
            if row["victim"] == "gen" and not sentence.words[k].has(Case="Gen"):
                continue
            none = sentence.words[k].lemma == "никто"
            counted = Count(low=0, high=0, text=sentence.words[k].text, at=sentence.words[k].start) if none else self._count(sentence, k)
            who = self._who(sentence, k, speaker, place)
            if counted is None or who is None:
                continue
            by = None
            if passive:
                by = next((p for c in sentence.children(i, "obl") if sentence.words[c].has(Case="Ins") and not sentence.preposition(c)
                           for p in self._parties.of(sentence, c, speaker, place)), None)  # fmt: skip
            elif row["victim"] == "obj":
                by = next((p for c in sentence.children(i, "nsubj") for p in self._parties.of(sentence, c, speaker, place)), None)
            negated = not none and any(sentence.words[c].lemma == "не" for c in sentence.children(i, "advmod"))
            yield Lost(sentence, i, row["harm"], counted, who, None, by, Status.NEGATED if negated else Status.OCCURRED, sayings, f"harms.tsv: {row['form']}")

    def _who(self, sentence: Sentence, k: int, speaker: Party | None, place: str) -> Party | None:
        """Who was harmed: whoever the noun means; of a number alone those of the loss before."""
        found = self._parties.of(sentence, k, speaker, place)
        if not found and sentence.words[k].pos in {"NUM", "PRON"} and self._last is not None:
            return self._last
        if not found:
            found = [self._parties.civilians(sentence, k, place)] if place and sentence.words[k].pos == "NUM" else [self._parties.people(sentence, k)]
            if sentence.words[k].pos not in {"NUM", "PRON"}:
                return None
        self._last = found[0]
        return found[0]

    def _things(self, sentence: Sentence, i: int, verb: Row) -> Iterator[Lost]:
        sayings = self._sayings.of(sentence, i)
        speaker = sayings[0].party if sayings else None
        passive = sentence.is_passive(i)
        for k in sentence.children(i, "nsubj" if passive else "obj"):
            thing = by_lemma("things", kind="thing").get(sentence.words[k].lemma)
            if thing is None:
                continue
            counted = self._count(sentence, k)
            code = self._parties.country(sentence, k)
            owner = next(iter(self._parties.of(sentence, k, None, "")), None) if code else None
            subject = next(iter(sentence.children(i, "nsubj")), None)
            by = None if passive or subject is None else next(iter(self._parties.of(sentence, subject, speaker)), None)
            if counted is not None:
                why = f"things.tsv: {thing['form']}, {verb['form']}"
                yield Lost(sentence, i, verb["value"], counted, owner, thing["value"], by, Status.OCCURRED, sayings, why)

    # numbers

    def _count(self, sentence: Sentence, k: int) -> Count | None:
        """How many a noun, or a number alone, counts; of a noun in the singular without a number one, of a plural several."""
        words = sentence.words
        numerals = [c for c in sentence.children(k, "nummod") if _value(words[c].text, words[c].lemma) is not None]
        if words[k].pos == "NUM" or (not numerals and _value(words[k].text, words[k].lemma) is not None):
            numerals = [k, *numerals] if _value(words[k].text, words[k].lemma) is not None else numerals
        if not numerals:
            several = [c for c in sentence.children(k) if by_lemma("numbers", kind="several").get(words[c].lemma)]
            if several or words[k].has(Number="Plur"):
                at = several[0] if several else k
                return Count(low=_FEWEST, high=None, text=words[at].text, at=words[at].start)
            return Count(low=1, high=1, text=words[k].text, at=words[k].start)
        numerals.sort()
        first, last = numerals[0], numerals[-1]
        while first and _value(words[first - 1].text, words[first - 1].lemma) is not None:
            first -= 1
        number = 0
        part = 0
        for word in words[first : last + 1]:
            scale = by_lemma("numbers", kind="scale").get(word.lemma)
            if scale:
                number, part = number + max(part, 1) * int(scale["value"]), 0
            else:
                part += _value(word.text, word.lemma) or 0
        number += part
        return self._bounded(sentence, first, last, number)

    def _bounded(self, sentence: Sentence, first: int, last: int, number: int) -> Count:
        """The number with what bounds it: "более 20", "по меньшей мере 105", "не менее двух", "до 30", "около ста"."""
        words = sentence.words
        before = [_bare(words[c]) for c in range(max(0, first - 3), first)]
        kinds = {_turned(row["kind"], before, at) for at, word in enumerate(before) for row in [_beside().get(word)] if row}
        start = first
        for c in range(max(0, first - 3), first):
            if _beside().get(_bare(words[c])):
                start = min(start, c)
        text, at = self._report.text[words[start].start : words[last].end], words[start].start
        if "ceiling" in kinds:
            return Count(low=None, high=number, text=text, at=at)
        if "floor" in kinds:
            return Count(low=number, high=None, text=text, at=at)
        return Count(low=number, high=number, text=text, at=at, approximate="near" in kinds)


def _bare(word: Word) -> str:
    """What a word before a number is looked up by: "по меньшей мере" by its own form."""
    return "меньшей" if word.text.lower() == "меньшей" else word.lemma


def _turned(kind: str, before: list[str], at: int) -> str:
    """What bounds a number: "не более" is a ceiling, "менее" without "не" is one too; "до" only right before it."""
    negated = at > 0 and before[at - 1] == "не"
    if before[at] == "менее":
        return "floor" if negated else "ceiling"
    if kind == "ceiling":
        return "ceiling" if at == len(before) - 1 else ""
    return "ceiling" if negated and kind == "floor" else kind


def _value(text: str, lemma: str) -> int | None:
    """The number that a word is; None for none. A scale counts as itself."""
    plain = text.replace("\u00a0", "").replace(" ", "")
    if plain.isascii() and plain.isdigit():
        return int(plain) if len(plain) < 10 else None
    row = by_lemma("numbers", kind="number").get(lemma) or by_lemma("numbers", kind="scale").get(lemma)
    return int(row["value"]) if row else None


def _beside() -> dict[str, Row]:
    return {row["form"].replace("ё", "е"): row for row in table("numbers") if row["kind"] in {"floor", "ceiling", "near"}}


def _harms() -> dict[str, list[Row]]:
    """By verb or noun its rows, those that need another word first."""
    found: dict[str, list[Row]] = {}
    for row in sorted(table("harms"), key=lambda row: " " not in row["form"]):
        for form in row["form"].split(" ")[0].split("|"):
            found.setdefault(form.replace("ё", "е"), []).append(row)
    return found
