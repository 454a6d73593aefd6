"""Doc + lexicon → the words that name somebody: countries, demonyms, organs, offices, ranks, agents, groups, known people.

In: a parsed report. Out: `Mark`s, which do not overlap, each with everything that its words may stand for.
It looks at the name and at the longer name that it may be a part of; who "the ministry" is, the discourse decides elsewhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import lru_cache, partial
from typing import NamedTuple

from sayso.lexicon import BODIES, Lexicon, Name, Row, read_table
from sayso.reader import Doc
from sayso.reader.tokens import words

PROPER = {"country", "adjective", "nation", "capital", "metonym", "actor", "seat", "person"}
"""Kinds of name that are written with a capital."""
NATIONAL = ("country", "adjective", "nation", "capital", "metonym")
"""Kinds of name that stand for a country."""
RANK = "rank"
"""The kind of agent that is a rank: it says whose ranks somebody is in, not what office he holds."""
CLITICS = {"'s", "’s", "'", "’"}
"""The genitive, as a word of its own."""


class Mark(NamedTuple):
    """Words `first` to `last` (exclusive) and what they may stand for."""

    first: int
    last: int
    names: tuple[Name, ...]

    def of(self, *kinds: str) -> Name | None:
        """The first of the names that is of one of the kinds."""
        return next((n for n in self.names if n.kind in kinds), None)

    @property
    def rank(self) -> bool:
        """Whether the words are a military or police rank."""
        agent = self.of("agent")
        return agent is not None and agent.row["kind"] == RANK


def valid(row: Row, day: date | None) -> bool:
    """Whether a row's `from` and `to` take in the day; without a day, or without bounds, they do."""
    if day is None:
        return True
    stamp = day.isoformat()
    return (not row["from"] or row["from"][: len(stamp)] <= stamp) and (not row["to"] or stamp[: len(row["to"])] <= row["to"])


def find_marks(doc: Doc, lexicon: Lexicon, country_of_place: Callable[[str], str | None] = lambda name: None) -> list[Mark]:
    """The marks of a report, in order. A name that is written with a capital must have one in the text; the longest that fits counts."""
    marks: list[Mark] = []
    context = _Names(doc, lexicon)
    size = len(doc)
    day = doc.report.day
    i = 0
    while i < size:
        limit = min(doc.sentences[doc.sentence_of[i]].last, size)
        kept: list[Name] = []
        end = i
        while not kept and limit > i:
            end, names = lexicon.names_at(i, limit, lambda k: doc.words[k].lower(), partial(singular, doc))
            if not names:
                break
            kept = [n for n in names if _written_as(doc, i, end, n) and context.fits(i, end, n)]
            limit = end - 1  # "Doctors Without Borders" hides "doctors" only where it is really there
        if kept:
            marks.append(Mark(i, end, tuple(sorted(kept, key=lambda n: not _current(n, day)))))
            i = end
        else:
            i += 1
    return _supported(doc, marks, country_of_place)


def singular(doc: Doc, k: int) -> str:
    """The lemma of a word; of a plural written with a capital, which the network takes for a name ("Presidents"), the singular."""
    word = doc.words[k].lower()
    if doc.upos[k] == "PROPN" and word.endswith("men") and len(word) > 5:
        return word[:-2] + "an"  # "Tribesmen", at the head of a sentence
    return word[:-1] if doc.upos[k] == "PROPN" and word.endswith("s") and len(word) > 5 and doc.lemmas[k].lower() == word else doc.lemmas[k]


def _current(name: Name, day: date | None) -> bool:
    return name.kind in {"organ", "office", "agent"} or valid(name.row, day)


def _written_as(doc: Doc, first: int, last: int, name: Name) -> bool:
    word = doc.words[first]
    if name.kind in PROPER:
        if not word[0].isupper() and not (name.kind in {"actor", "person"} and word.lower().startswith("al")):
            return False
        if name.kind == "seat" and not valid(name.row, doc.report.day):
            return False
        if name.kind == "seat" and name.row["country"] in BODIES and doc.labels[first] not in {"nsubj", "obj", "iobj"}:
            return False  # "in Brussels" is a town; "Brussels criticised" is the body
        if name.kind == "actor" and last - first == 1 and not word.isupper() and _ends_a_place(doc, first):
            return False  # "Santa Ana" has nothing to do with an ANA
        if name.kind == "actor" and last - first > 1 and _lowered(doc, first, last, name.row):
            return False
        return word != "US" or doc.upos[first] in {"PROPN", "ADJ", "NOUN"} or not _shouted(doc, first)
    if last - first > 1:
        return True
    if word.isupper() != name.row["form"].isupper() and len(name.row["form"]) < 4 and name.row["form"].isupper():
        return False  # "PM" is an office, "pm" is not
    return doc.upos[first] != "VERB"


def _ends_a_place(doc: Doc, k: int) -> bool:
    """Whether a word is the last of a place's name of several."""
    return any(s.type == "place" and s.first < k == s.last - 1 for s in doc.names)


def _lowered(doc: Doc, first: int, last: int, row: Row) -> bool:
    """Whether words are small in the text that the actor's name has with a capital: "Lebanese forces" are no party."""
    if any(doc.words[k][0].isupper() for k in range(first + 1, last)) or not doc.words[last - 1].isalpha():
        return False
    opens = first == doc.sentences[doc.sentence_of[first]].first
    if not opens and doc.upos[first] != "ADJ":
        return False
    here = tuple(w.lower() for w in doc.words[first:last])
    for form in (row["name"], *row.listed("aliases")):
        tokens = [w.form for w in words(form + " ")]
        if tuple(t.lower() for t in tokens) == here and not any(t[0].isupper() for t in tokens[1:]):
            return False
    return True


def _shouted(doc: Doc, i: int) -> bool:
    sentence = doc.sentences[doc.sentence_of[i]]
    return all(w.isupper() for w in doc.words[sentence.first : sentence.last] if w.isalpha())


@lru_cache(maxsize=1)
def _longer_places() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Place names of two words and more, by their first word: a country's name inside one ("South China Sea") does not name the country."""
    found: dict[str, set[tuple[str, ...]]] = {}
    for row in read_table("places"):
        for form in (row["name"], *row.listed("aliases")):
            tokens = tuple(w.form.lower() for w in words(form))
            if len(tokens) > 1:
                derived = [(*tokens[:-1], tokens[-1] + ending) for ending in ("n", "ns")] if row["kind"] in {"region", "continent"} else []  # "Latin American"
                found.setdefault(tokens[0], set()).update([tokens, *derived])
    return {first: tuple(sorted(forms, key=lambda f: (-len(f), f))) for first, forms in found.items()}


class _Names:
    """What the network takes for names, and the known place names: whether a word inside one still means what the lexicon says."""

    def __init__(self, doc: Doc, lexicon: Lexicon) -> None:
        self.doc = doc
        self.lexicon = lexicon
        self.people = {k: (s.first, s.last) for s in doc.names if s.type == "person" for k in range(s.first, s.last)}
        self.others = {k: s for s in doc.names if s.type in {"organisation", "place"} for k in range(s.first, s.last)}
        self.surnames = {doc.words[s.last - 1] for s in doc.names if s.type == "person" and s.last - s.first > 1}
        self.covered: dict[int, tuple[int, int]] = {}
        for i, word in enumerate(doc.words):
            for form in _longer_places().get(word.lower(), ()) if word[0].isupper() else ():
                if tuple(w.lower() for w in doc.words[i : i + len(form)]) == form:
                    self.covered |= {k: (i, i + len(form)) for k in range(i, i + len(form)) if k not in self.covered}
                    break

    def fits(self, first: int, last: int, name: Name) -> bool:
        if name.kind in NATIONAL:
            around = self.covered.get(first)
            if around is not None and (around[0] < first or around[1] > last):
                return False
            if name.kind in {"country", "capital", "seat"} and self._inside_place(first, last):
                return False
        if name.kind == "organ" and last - first == 1 and self.doc.upos[first] == "ADJ" and self.doc.labels[first] == "amod":
            return False  # "its weekly update" is no weekly's
        if name.kind in {"office", "agent"}:
            if self._inside_name(first, last):
                return False
            adjective = last - first == 1 and self.doc.upos[first] == "ADJ"
            if adjective and (name.kind == "office" or name.row["kind"] == RANK) and (self.doc.words[first][0].islower() or last not in self.people):
                return False  # "General Musa", not "general elections"
        if name.kind == "actor" and last - first == 1 and self._inside_place(first, last):
            return False  # "Sadr City" is not of the Sahrawi Republic, "SADR"
        if name.kind == "actor" and any(self._end(k, "organ", "actor") > last for k in range(first + 1, last)):
            return False  # "The Guardian Council" is no newspaper's
        stretch = self.people.get(first)
        if stretch is None or name.kind == "person":
            return True
        return self._in_person(first, last, name, stretch)

    def _inside_place(self, first: int, last: int) -> bool:
        """Whether a country's name only opens the name of some place: "China Lake", "Kabul Province"; not "Gulf of Oman", "northern Iraq"."""
        doc, place = self.doc, self.others.get(first)
        if place is None or place.type != "place" or last >= place.last:
            return False
        return doc.upos[last] == "PROPN" and doc.words[last][0].isupper() and doc.words[last].isalpha() and not self._named(last)

    def _inside_name(self, first: int, last: int) -> bool:
        """Whether an office or a kind of people only stands in a longer name: "General Border Committee", "Prince Sultan Air Base"."""
        around = self.others.get(first)
        if around is None or last >= around.last or (around.type == "organisation" and first == around.first and self._named(last, "office")):
            return False
        following = self.doc.words[last]
        return following[0].isupper() or following.lower() == "without"

    def _named(self, i: int, *kinds: str) -> bool:
        return self._end(i, *kinds) > i

    def _end(self, i: int, *kinds: str) -> int:
        """Where a name of one of the kinds ends that begins at a word; the word itself where none does."""
        doc = self.doc
        limit = doc.sentences[doc.sentence_of[i]].last
        end, names = self.lexicon.names_at(i, limit, lambda k: doc.words[k].lower(), partial(singular, doc))
        return end if any(not kinds or n.kind in kinds for n in names) else i

    def _in_person(self, first: int, last: int, name: Name, stretch: tuple[int, int]) -> bool:
        """Whether words that the network takes for a person's are a title and no part of the name ("Jordan" in "Michael Jordan" is one)."""
        doc = self.doc
        if last > stretch[1] or (first and doc.words[first - 1].lower() == "of" and name.kind == "country"):
            return True
        if any(doc.words[k] not in CLITICS and not self._title_word(k) for k in range(stretch[0], first)):
            return name.kind == "actor" and last - first > 1
        if last == stretch[1]:  # "King said": a surname, if somebody in the report is called so
            return not (last - first == 1 and doc.words[first] in self.surnames and first == stretch[0])
        if name.kind in {"office", "agent", "organ", "actor"} or doc.words[first].replace(".", "").isupper():
            return True
        return doc.words[last] in CLITICS or self._named(last, "office", "agent", "organ") or (name.kind == "adjective" and doc.upos[first] == "ADJ")

    def _title_word(self, k: int) -> bool:
        doc = self.doc
        for start in range(max(self.people[k][0], k - 3), k + 1):
            end, names = self.lexicon.names_at(start, self.people[k][1], lambda j: doc.words[j].lower(), partial(singular, doc))
            if end > k and any(n.kind in {"office", "agent", "organ", "actor", "country", "adjective"} for n in names):
                return True
        return False


def _supported(doc: Doc, marks: list[Mark], country_of_place: Callable[[str], str | None]) -> list[Mark]:
    """The marks, without armed groups known by an abbreviation alone that nothing else in the report speaks for.

    "NRF" stands for one group in Sudan and another in Afghanistan: it counts where the report gives the long form, or names
    the group's country or a place there. Of several actors of one name, those come first whose country the report names.
    """
    day = doc.report.day
    named: Counter[str] = Counter()
    told: set[str] = set()
    for mark in marks:
        short = _abbreviated(doc, mark)
        if national := mark.of(*NATIONAL):
            named[national.row["code"]] += 1
        for name in mark.names:
            if name.kind == "actor" and not short:
                told.add(name.row["id"])
    marked = {k for m in marks for k in range(m.first, m.last)}
    if any(_abbreviated(doc, m) for m in marks):
        for stretch in doc.names:
            if stretch.type == "place" and stretch.first not in marked and (country := country_of_place(doc.text(stretch.first, stretch.last))):
                named[country] += 1
    for mark in marks:
        actor = mark.of("actor")
        if actor is None or actor.row["country"] in BODIES:
            continue
        if sum(n.kind == "actor" for n in mark.names) > 1 and len({n.row["country"] for n in mark.names if n.kind == "actor"}) > 1:
            continue  # a name of several countries speaks for none of them
        if not _abbreviated(doc, mark) or (len(mark.names) == 1 and named[actor.row["country"]]):
            named[actor.row["country"]] += 1
    kept = []
    for n, mark in enumerate(marks):
        actor = mark.of("actor")
        if actor is None:
            kept.append(mark)
            continue
        if mark.of("organ") is not None and actor.row["country"] in BODIES:  # "Ardistan's Security Council" is not that of the United Nations
            owned = _owned(doc, marks, n)
            kept.append(Mark(mark.first, mark.last, tuple(m for m in mark.names if (m.kind == "organ") == owned)))
            continue
        short, letters = _abbreviated(doc, mark), "".join(doc.words[mark.first : mark.last])
        names = [n for n in mark.names if n.kind != "actor" or not short or n.row["kind"] != "armed-group" or _spoken_for(n.row, letters, named, told, day)]
        names.sort(key=lambda n: not _current(n, day))
        if sum(n.kind == "actor" for n in names) > 1:
            names.sort(key=lambda n: n.kind == "actor" and not (named[n.row["country"]] or n.row["country"] in BODIES))
        if names:
            kept.append(Mark(mark.first, mark.last, tuple(names)))
    return kept


def _owned(doc: Doc, marks: list[Mark], n: int) -> bool:
    """Whether a country stands right before or behind a mark as whose it is."""
    mark = marks[n]
    before = marks[n - 1] if n else None
    if before is not None and before.of(*NATIONAL) and (before.last == mark.first or (before.last + 1 == mark.first and doc.words[before.last] in CLITICS)):
        return True
    behind = marks[n + 1] if n + 1 < len(marks) else None
    between = [w.lower() for w in doc.words[mark.last : behind.first]] if behind is not None else []
    return behind is not None and behind.of("country") is not None and between in (["of"], ["of", "the"])


def _abbreviated(doc: Doc, mark: Mark) -> bool:
    letters = "".join(doc.words[mark.first : mark.last])
    return mark.last - mark.first <= 3 and letters.replace("-", "").replace("/", "").isalnum() and letters == letters.upper() and len(letters) <= 7


def _spoken_for(row: Row, letters: str, named: Counter[str], told: set[str], day: date | None) -> bool:
    if row["id"] in told:
        return True
    if sum(c.isalnum() for c in letters) > 4 or any(c.isdigit() for c in letters):
        return True  # "UNITA", "M23": nobody else goes by it
    begun = day is None or not row["from"] or row["from"] <= day.isoformat()
    return begun and (row["country"] in BODIES or bool(named[row["country"]]))


__all__ = ["CLITICS", "NATIONAL", "PROPER", "RANK", "Mark", "find_marks", "singular", "valid"]
