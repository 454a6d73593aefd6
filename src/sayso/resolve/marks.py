"""Doc + lexicon → the words that name somebody: countries, demonyms, organs, offices, agents, groups, and people with their titles.

In: a parsed report. Out: `Mark`s, which do not overlap, and `Person`s, each with every place where the report names them.
It reads what stands in and beside the name itself; who "the ministry" is, the discourse decides elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from sayso.lexicon import BODIES, Lexicon, Name, Row, read_table
from sayso.reader import Doc
from sayso.reader.tokens import words

PROPER = {"country", "adjective", "nation", "capital", "metonym", "actor", "person"}
"""Kinds of name that are written with a capital."""
NATIONAL = ("country", "adjective", "nation", "capital", "metonym")
"""Kinds of name that stand for a country."""
RANK = "rank"
"""The kind of agent that is a rank: it says whose ranks somebody is in, not what office he holds."""
_CLITICS = {"'s", "’s", "'", "’"}
_QUOTES = {'"', "“", "”", "'", "‘", "’", "``", "''"}
_HONORIFICS = {"mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr.", "prof.", "hon.", "sir", "h.e."}
_ARTICLES = {"the", "a", "an"}
_PREPOSITIONS = {"of", "for", "to", "in", "on", "from", "at", "under", "with", "against"}
_LOCATIVE = {"in", "at", "near", "into", "outside", "around", "inside", "across", "through"}
_CLOSERS = {",", ".", ";", ":", ")", "—", "–", "who", "which", '"', "”", "and"}
_SENT = {"ambassador", "envoy", "representative", "consul", "mediator", "negotiator", "coordinator", "rapporteur", "d'affaires", "d’affaires",
         "attaché", "attache", "facilitator", "counterpart"}  # fmt: skip
"""Those who are sent: the country behind "to", "for" and "in" is where they go, not whose they are."""
_SERVING = {"serve", "act", "work", "function"}
_KIN = {"man", "woman", "child"}
_REACH = 18


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


class Title(NamedTuple):
    """The words that say what a person is: their range, the office's mark, and the countries and bodies whose it is, the first to be trusted first.

    The office may stand elsewhere ("his Russian counterpart" has the office of whoever "he" is) and is None for "Ukraine's Kuleba".
    """

    first: int
    last: int
    office: Mark | None
    others: tuple[Mark, ...]


@dataclass(slots=True)
class Person:
    """Somebody whom the report names; `known` is the lexicon's row, if it has one that fits the report's day."""

    name: str
    spans: list[tuple[int, int]] = field(default_factory=list)
    titles: list[Title] = field(default_factory=list)
    known: Row | None = None
    forms: set[tuple[str, ...]] = field(default_factory=set)


def valid(row: Row, day: date | None) -> bool:
    """Whether a row's `from` and `to` take in the day; without a day, or without bounds, they do."""
    if day is None:
        return True
    stamp = day.isoformat()
    return (not row["from"] or row["from"][: len(stamp)] <= stamp) and (not row["to"] or stamp[: len(row["to"])] <= row["to"])


@lru_cache(maxsize=1)
def former_words() -> frozenset[str]:
    """The words that open the offices of former officials ("former", "ex-", "ousted"), as the lexicon has them."""
    first = {r["form"].split()[0].lower() for r in read_table("offices") if r["sector"] == "ELI" and " " in r["form"]}
    return frozenset(w for w in first if not w.startswith("ex-")) | {"ex"}


# marks


def find_marks(doc: Doc, lexicon: Lexicon) -> list[Mark]:
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
            end, names = lexicon.names_at(i, limit, lambda k: doc.words[k].lower(), lambda k: doc.lemmas[k])
            if not names:
                break
            kept = [n for n in names if _written_as(doc, i, end, n) and context.fits(i, end, n)]
            limit = end - 1  # "Doctors Without Borders" hides "doctors" only where it is really there
        if kept:
            marks.append(Mark(i, end, tuple(sorted(kept, key=lambda n: not _current(n, day)))))
            i = end
        else:
            i += 1
    return _supported(doc, marks)


def _current(name: Name, day: date | None) -> bool:
    return name.kind in {"organ", "office", "agent"} or valid(name.row, day)


def _written_as(doc: Doc, first: int, last: int, name: Name) -> bool:
    word = doc.words[first]
    if name.kind in PROPER:
        if not word[0].isupper() and not (name.kind in {"actor", "person"} and word.lower().startswith("al")):
            return False
        return word != "US" or doc.upos[first] in {"PROPN", "ADJ", "NOUN"} or not _shouted(doc, first)
    if last - first > 1:
        return True
    ranked = name.kind == "agent" and name.row["kind"] == RANK
    return doc.upos[first] != "VERB" and not (doc.upos[first] == "ADJ" and (ranked or (name.kind == "office" and word[0].islower())))


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
                derived = [(*tokens[:-1], tokens[-1] + ending) for ending in ("n", "ns")] if row["kind"] == "region" else []  # "Latin American"
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
            if name.kind in {"country", "capital"} and self._inside_place(first, last):
                return False
        if name.kind in {"office", "agent"} and self._inside_name(first, last):
            return False
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
        if around is None or last >= around.last or around.type == "organisation" and first == around.first and self._named(last, "office"):
            return False
        following = self.doc.words[last]
        return following[0].isupper() or following.lower() == "without"

    def _named(self, i: int, *kinds: str) -> bool:
        doc = self.doc
        limit = doc.sentences[doc.sentence_of[i]].last
        _, names = self.lexicon.names_at(i, limit, lambda k: doc.words[k].lower(), lambda k: doc.lemmas[k])
        return any(not kinds or n.kind in kinds for n in names)

    def _in_person(self, first: int, last: int, name: Name, stretch: tuple[int, int]) -> bool:
        """Whether words that the network takes for a person's are a title and no part of the name ("Jordan" in "Michael Jordan" is one)."""
        doc = self.doc
        if last > stretch[1]:
            return True
        if any(doc.words[k] not in _CLITICS and not self._title_word(k) for k in range(stretch[0], first)):
            return name.kind == "actor" and last - first > 1
        if last == stretch[1]:  # "King said": a surname, if somebody in the report is called so
            return not (last - first == 1 and doc.words[first] in self.surnames and first == stretch[0])
        if name.kind in {"office", "agent", "organ", "actor"}:
            return True
        return doc.words[last] in _CLITICS or self._named(last, "office", "agent", "organ") or (name.kind == "adjective" and doc.upos[first] == "ADJ")

    def _title_word(self, k: int) -> bool:
        doc = self.doc
        for start in range(max(self.people[k][0], k - 3), k + 1):
            end, names = self.lexicon.names_at(start, self.people[k][1], lambda j: doc.words[j].lower(), lambda j: doc.lemmas[j])
            if end > k and any(n.kind in {"office", "agent", "organ", "country", "adjective"} for n in names):
                return True
        return False


def _supported(doc: Doc, marks: list[Mark]) -> list[Mark]:
    """The marks, without armed groups known by an abbreviation alone that nothing else in the report speaks for.

    "NRF" stands for one group in Sudan and another in Afghanistan: it counts where the report gives the long form, or names
    the group's country. Of several actors of one name, those come first whose country the report names.
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
    for mark in marks:
        if (actor := mark.of("actor")) and actor.row["country"] not in BODIES and (not _abbreviated(doc, mark) or len(mark.names) == 1 and named[actor.row["country"]]):
            named[actor.row["country"]] += 1
    kept = []
    for mark in marks:
        if mark.of("actor") is None:
            kept.append(mark)
            continue
        short = _abbreviated(doc, mark)
        names = [n for n in mark.names if n.kind != "actor" or not short or n.row["kind"] != "armed-group" or _spoken_for(n.row, named, told, day)]
        names.sort(key=lambda n: not _current(n, day))
        if sum(n.kind == "actor" for n in names) > 1:
            names.sort(key=lambda n: n.kind == "actor" and not (named[n.row["country"]] or n.row["country"] in BODIES))
        if names:
            kept.append(Mark(mark.first, mark.last, tuple(names)))
    return kept


def _abbreviated(doc: Doc, mark: Mark) -> bool:
    letters = "".join(doc.words[mark.first : mark.last])
    return mark.last - mark.first <= 3 and letters.replace("-", "").replace("/", "").isalnum() and letters == letters.upper() and len(letters) <= 7


def _spoken_for(row: Row, named: Counter[str], told: set[str], day: date | None) -> bool:
    if row["id"] in told:
        return True
    begun = day is None or not row["from"] or row["from"] <= day.isoformat()
    return begun and (row["country"] in BODIES or bool(named[row["country"]]))


# people


def find_people(doc: Doc, marks: list[Mark], lexicon: Lexicon) -> list[Person]:
    """Everybody named, in order of first mention; a surname or a first name alone joins the full name that has it."""
    return _People(doc, marks, lexicon).found()


def _fold(name: str) -> tuple[str, ...]:
    """The words of a name for comparing: no marks on letters, no hyphens, no initial in the middle."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()
    parts = re.sub(r"['’`]", "", plain).replace("-", " ").replace("–", " ").split()
    return tuple(p for n, p in enumerate(parts) if n in {0, len(parts) - 1} or not re.fullmatch(r"\w\.?", p))


class _Phrase(NamedTuple):
    """An office with what belongs to it: "the [former Syrian foreign minister]", "[head of the border service of Armenia]"."""

    first: int
    last: int
    owners: tuple[Mark, ...]


class _People:
    """The search for people and their titles in one report."""

    def __init__(self, doc: Doc, marks: list[Mark], lexicon: Lexicon) -> None:
        self.doc = doc
        self.lexicon = lexicon
        self.day = doc.report.day
        self.by_place = {k: m for m in marks for k in range(m.first, m.last)}
        for i, lemma in enumerate(doc.lemmas):
            if lemma == "counterpart" and i not in self.by_place:
                self.by_place[i] = Mark(i, i + 1, ())
        self.times = {k for s in doc.names if s.type == "time" for k in range(s.first, s.last)}
        self.spans = sorted(self._spans(marks))
        self.span_at = {k: s for s in self.spans for k in range(*s)}
        self.codes: Counter[str] = Counter()
        for mark in marks:
            if national := mark.of(*NATIONAL):
                self.codes[national.row["code"]] += 1
            elif actor := mark.of("actor"):
                self.codes[actor.row["country"]] += 1

    def found(self) -> list[Person]:
        doc = self.doc
        titles: dict[tuple[int, int], list[Title]] = {}
        for span in self.spans:
            titles.setdefault(span, []).extend(self._titles(span, titles))
        people: list[Person] = []
        for span in sorted(self.spans, key=lambda s: (self._single(s), s)):
            text = doc.text(*span)
            tokens = _fold(text)
            held = titles.get(span, [])
            person = _joined(people, tokens, span)
            known = None
            if person is None:
                known = self._known(tokens, held)
                person = next((p for p in people if known is not None and p.known is not None and p.known["name"] == known["name"]), None)
            if person is None:
                if len(tokens) == 1 and known is None and not held and not self._plausible(span):
                    continue
                person = Person(text, known=known)
                if known is not None:
                    person.forms |= {_fold(f) for f in (known["name"], *known.listed("aliases"))}
                    person.name = text if len(tokens) > 1 else known["name"]  # the spelling is the report's; a surname alone is filled up
                people.append(person)
            elif person.known is None and len(tokens) > 1 and (late := self._known(tokens, [*person.titles, *held])):
                person.known = late
            person.forms.add(tokens)
            person.spans.append(span)
            person.titles += held
        for person in people:
            person.spans.sort()
            person.titles.sort(key=lambda t: (t.first, t.last))
        people.sort(key=lambda p: p.spans[0])
        self._counterparts(people)
        return people

    def _single(self, span: tuple[int, int]) -> bool:
        return len(_fold(self.doc.text(*span))) == 1

    def _plausible(self, span: tuple[int, int]) -> bool:
        """Whether a lone unknown word is likely a person: no place by its preposition, and no place or body elsewhere in the report."""
        doc = self.doc
        i = span[0]
        if doc.upos[i] != "PROPN":
            return False
        top = i
        while doc.labels[top] == "conj" and doc.heads[top] >= 0:
            top = doc.heads[top]
        if {doc.case(i), doc.case(top)} & _LOCATIVE:
            return False
        return not any(s.type in {"place", "organisation", "group"} and doc.words[s.first : s.last] == [doc.words[i]] for s in doc.names)

    # where the names are

    def _spans(self, marks: list[Mark]) -> set[tuple[int, int]]:
        tagged = [s for s in map(self._trimmed, self._stretches()) if s is not None]
        held = {k for s in tagged for k in range(*s)}
        for mark in marks:
            if mark.of("person") is None:
                continue
            over = [s for s in tagged if s[0] < mark.last and s[1] > mark.first]
            if over and any(s[0] <= mark.first and s[1] >= mark.last for s in over):
                continue  # the network sees a longer name
            if mark.last - mark.first == 1 and self.doc.upos[mark.first] != "PROPN":
                continue
            tagged = [s for s in tagged if s not in over] + [(min([mark.first, *(s[0] for s in over)]), max([mark.last, *(s[1] for s in over)]))]
        held = {k for s in tagged for k in range(*s)}
        tagged += [s for s in self._behind_offices(marks, held) if s not in tagged]
        return {s for s in tagged if not set(range(*s)) & self.times}

    def _stretches(self) -> list[tuple[int, int]]:
        """The stretches of the network, those that are one name in two pieces joined, and what it cut off restored."""
        doc = self.doc
        found: list[tuple[int, int]] = []
        others = {k for s in doc.names if s.type != "person" for k in range(s.first, s.last)}
        for s in doc.names:
            if s.type != "person":
                continue
            first, last = s.first, s.last
            end = doc.sentences[doc.sentence_of[first]].last
            while first > 0 and re.fullmatch(r"(?:[A-Z]\.)+", doc.words[first - 1]) and first - 1 not in self.by_place:
                first -= 1
            while last + 1 < end and doc.words[last] in {"-", "–"} and doc.starts[last + 1] == doc.ends[last - 1] + 1 and doc.words[last + 1][0].isalpha():
                last += 2  # "Roed-Larsen"
            while (last < end and doc.upos[last] == "PROPN" and doc.words[last][0].isupper() and last not in self.by_place and last not in others
                   and doc.labels[last] == "flat" and first <= doc.heads[last] < last):  # fmt: skip
                last += 1
            if found and found[-1][1] >= first and doc.sentence_of[found[-1][0]] == doc.sentence_of[first]:
                found[-1] = (found[-1][0], max(last, found[-1][1]))
            else:
                found.append((first, last))
        return found

    def _trimmed(self, span: tuple[int, int]) -> tuple[int, int] | None:
        """The name alone, without the title that the network took into it; None where nothing is left that could be a name."""
        doc = self.doc
        first, last = span
        while first < last:
            mark = self.by_place.get(first)
            if mark is not None and not mark.of("person"):
                first = mark.last
            elif doc.words[first] in _CLITICS | {"-"} or doc.words[first].lower() in _HONORIFICS | _ARTICLES:
                first += 1
            else:
                break
        while last > first and (doc.words[last - 1] in _CLITICS | {"-", ",", "."}):
            last -= 1
        if first >= last or not doc.words[last - 1][0].isupper() and last - first == 1:
            return None
        if doc.words[first].lower() in _PREPOSITIONS | {"and", "by"} or not any(doc.words[k][0].isupper() for k in range(first, last)):
            return None
        return first, last

    def _behind_offices(self, marks: list[Mark], held: set[int]) -> Iterator[tuple[int, int]]:
        """A name right behind an office, where the network saw none: "Foreign Minister Walid al-Moualem"."""
        doc = self.doc
        others = {k for s in doc.names if s.type != "person" for k in range(s.first, s.last)}
        for mark in marks:
            first = last = mark.last
            end = doc.sentences[doc.sentence_of[mark.first]].last
            if mark.of("office") is None or (not doc.words[mark.first][0].isupper() and not doc.words[mark.last - 1][0].isupper()):
                continue
            while last < end and doc.upos[last] == "PROPN" and doc.words[last][0].isupper() and last not in self.by_place and last not in others | held:
                last += 1
            if last > first and last not in held:
                yield first, last

    # titles

    def _titles(self, span: tuple[int, int], titles: dict[tuple[int, int], list[Title]]) -> list[Title]:
        found: list[Title] = []
        before = self._before(span)
        behind = self._country_behind(span[1])
        if before is not None:
            office = before.office
            assert office is not None
            if self._plural(office):
                self._share(before, span, titles)
                return list(titles.pop(span, []))
            if behind is not None and not any(m.of(*NATIONAL) for m in before.others):
                before = before._replace(others=(*before.others, behind))  # "President Ali Musa of Ardistan"
            found.append(before)
        else:
            owner = self._belonging(span[0])
            if owner is not None:
                found.append(owner)
            elif behind is not None:
                found.append(Title(behind.first, behind.last, None, (behind,)))
        if (after := self._after(span)) is not None:
            found.append(after)
        found += self._predicated(span)
        return found

    def _plural(self, office: Mark) -> bool:
        word, lemma = self.doc.words[office.last - 1].lower(), self.doc.lemmas[office.last - 1].lower()
        return word.endswith("s") and (word != lemma or not office.names) and not word.endswith("ss")

    def _titled(self, mark: Mark) -> bool:
        """Whether a mark says what one person is: an office, a rank, a plain word for one of a kind, "counterpart"."""
        if not mark.names or mark.of("office"):
            return True
        agent = mark.of("agent")
        if agent is None or self.doc.words[mark.last - 1].lower() not in {self.doc.lemmas[mark.last - 1].lower(), agent.row["form"].split()[-1].lower()}:
            return False
        return agent.row["kind"] not in _KIN | {"force"}

    def _before(self, span: tuple[int, int]) -> Title | None:
        """The office that stands before the name ("Russian Foreign Minister Sergey Lavrov", "Somalia's ambassador to Ethiopia, …")."""
        doc = self.doc
        floor = doc.sentences[doc.sentence_of[span[0]]].first
        k = span[0] - 1
        end = span[0]  # where what is between the office and the name begins
        rank: Mark | None = None
        comma = False
        while k >= max(floor, span[0] - _REACH):
            mark = self.by_place.get(k)
            word = doc.words[k].lower()
            if mark is not None and self._titled(mark) and mark.last == k + 1:
                if mark.rank and mark.last == end and rank is None:
                    rank, k, end = mark, mark.first - 1, mark.first
                    continue
                phrase = self._phrase(mark, floor, end)
                if phrase.last == end or self._stray(phrase.last, end):
                    if comma and not self._closed(span, mark, phrase):
                        break
                    return Title(phrase.first, span[0], mark, phrase.owners)
                k = mark.first - 1
            elif k in self.span_at or k in self.times or (doc.upos[k] in {"VERB", "AUX", "SCONJ", "PRON"} and doc.labels[k] != "amod"):
                break
            elif k == end - 1 and (word in _HONORIFICS or (word in _QUOTES | {")"} and k - 1 in self.by_place)):
                k, end = k - 1, k
            elif word == ",":
                if comma or k != end - 1:
                    break
                comma, k, end = True, k - 1, k
            elif word in {";", ":", "(", ".", "—", "–"} or word in _QUOTES - _CLITICS:
                break
            else:
                k -= 1
        if rank is not None:
            phrase = self._phrase(rank, floor, rank.last)
            return Title(phrase.first, span[0], rank, phrase.owners)
        return None

    def _stray(self, first: int, last: int) -> bool:
        """One capitalised word between office and name: a part of the name that the network cut off."""
        return last - first == 1 and self.doc.upos[first] == "PROPN" and self.doc.words[first][0].isupper() and first not in self.by_place

    def _closed(self, span: tuple[int, int], office: Mark, phrase: _Phrase) -> bool:
        """Whether "the foreign minister, Ali Musa," is one person: the name is closed off behind, or the tree joins the two.

        Not where the office is already somebody else's: "Ali Musa, the foreign minister, Omar Said and others".
        """
        doc = self.doc
        end = doc.sentences[doc.sentence_of[span[0]]].last
        start = phrase.first - 1
        while start >= 0 and (doc.words[start].lower() in _ARTICLES or doc.upos[start] in {"DET", "PRON"}):
            start -= 1
        if start > 0 and doc.words[start] == "," and start - 1 in self.span_at:
            return False
        joined = any(doc.labels[a] == "appos" and doc.heads[a] in b for a, b in self._crossed(range(*span), range(office.first, office.last)))
        return joined or span[1] >= end or doc.words[span[1]] in _CLOSERS

    @staticmethod
    def _crossed(a: range, b: range) -> Iterator[tuple[int, range]]:
        yield from ((k, b) for k in a)
        yield from ((k, a) for k in b)

    def _phrase(self, office: Mark, floor: int, ceiling: int) -> _Phrase:
        """An office and its modifiers between two bounds, and the countries and bodies whose it is."""
        first, before = self._left_of(office, floor)
        last, after = self._right_of(office, ceiling)
        return _Phrase(first, last, (*before, *after))

    def _left_of(self, office: Mark, floor: int) -> tuple[int, list[Mark]]:
        doc = self.doc
        first, k = office.first, office.first - 1
        owners: list[Mark] = []
        while k >= floor and k not in self.span_at and k not in self.times:
            mark = self.by_place.get(k)
            word = doc.words[k].lower()
            if mark is not None and mark.last == k + 1 and mark.names:
                if not self._backer(mark):
                    owners.insert(0, mark)
                first, k = mark.first, mark.first - 1
            elif word in _CLITICS and first == k + 1 and (k - 1 in self.by_place or k - 1 in self.span_at):
                k -= 1
            elif word in {"-", "/"} or (word in _QUOTES | {"("} and k + 1 == office.first and k > floor):
                k -= 1
            elif word in {"and", ","} and self._plural(office) and self._country(k - 1) and self._country(k + 1):
                k -= 1  # "the Greek and Turkish ministers"
            elif doc.upos[k] in {"ADJ", "NOUN", "PROPN", "NUM"} or (doc.upos[k] == "VERB" and doc.labels[k] == "amod"):
                first, k = k, k - 1
            else:
                break
        return first, owners

    def _backer(self, mark: Mark) -> bool:
        doc = self.doc
        return mark.last + 1 < len(doc) and doc.words[mark.last] == "-" and self.lexicon.is_word(doc.words[mark.last + 1].lower(), "backing")

    def _country(self, k: int) -> bool:
        mark = self.by_place.get(k)
        return mark is not None and mark.of("country", "adjective", "nation") is not None

    def _right_of(self, office: Mark, ceiling: int) -> tuple[int, list[Mark]]:
        doc = self.doc
        last = k = office.last
        owners: list[Mark] = []
        weak: list[Mark] = []
        preposition = ""
        dangling = False
        head = doc.lemmas[office.last - 1].lower()
        while k < ceiling and k not in self.times:
            word = doc.words[k].lower()
            mark = self.by_place.get(k)
            if k in self.span_at:
                if dangling and preposition in {"of", "for", "to"}:  # "spokesman for President Ali Musa"
                    last = self.span_at[k][1]
                break
            if mark is not None and mark.names:
                if not preposition or mark.of("person"):
                    break
                strong = preposition in {"of", "from"} or mark.of("actor", "organ") is not None or (preposition == "for" and head.startswith("spokes"))
                if strong and not (head in _SENT and preposition in {"to", "in", "for", "on"}):
                    owners.append(mark)
                elif preposition in {"in", "at"} and head not in _SENT:
                    weak.append(mark)
                k = mark.last
                if mark.of("office") is None:
                    last, dangling = k, False
            elif word in _PREPOSITIONS:
                preposition, dangling, k = word, True, k + 1
            elif not preposition:
                break
            elif word in _ARTICLES or word in _CLITICS or word in {"-", "its", "his", "her", "their"}:
                k += 1
            elif word == "and" and self._country(k - 1) and (self._country(k + 1) or doc.words[k + 1 : k + 2] == ["the"]):
                k += 1
            elif word == "(" and k + 2 < ceiling and doc.words[k + 2] == ")":
                k += 3
                last = k
            elif doc.upos[k] in {"ADJ", "NOUN", "PROPN", "NUM"}:
                k += 1
                last, dangling = k, False
            else:
                break
        return last, owners + weak

    def _share(self, title: Title, span: tuple[int, int], titles: dict[tuple[int, int], list[Title]]) -> None:
        """Gives a plural title to everybody listed behind it: one country to all, or to each his own ("the Greek and Turkish ministers, X and Y")."""
        doc = self.doc
        members = [span]
        end = doc.sentences[doc.sentence_of[span[0]]].last
        k = span[1]
        while k < end:
            if k in self.span_at and self.span_at[k][0] == k:
                members.append(self.span_at[k])
                k = self.span_at[k][1]
            elif doc.words[k].lower() in {",", "and", "&"}:
                k += 1
            else:
                break
        nations = [m for m in title.others if m.of("country", "adjective", "nation")]
        if not nations and doc.words[members[-1][1] : members[-1][1] + 1] == ["of"]:  # "Presidents X and Y of A and B"
            k = members[-1][1] + 1
            while k < end and (self._country(k) or doc.words[k].lower() in {"and", ",", "the"}):
                if self._country(k):
                    nations.append(self.by_place[k])
                    k = self.by_place[k].last
                else:
                    k += 1
        rest = tuple(m for m in title.others if m not in nations)
        for n, member in enumerate(members):
            own = (nations[n],) if len(nations) == len(members) else tuple(nations) if len(nations) == 1 else ()
            shared = title._replace(others=(*own, *rest))
            if shared not in titles.setdefault(member, []):
                titles[member].append(shared)

    def _belonging(self, first: int) -> Title | None:
        """A country or body right before the name, without an office: "India's Jaishankar", "American Kevin Hale"."""
        doc = self.doc
        k = first - 1
        genitive = k > 0 and doc.words[k] in _CLITICS
        mark = self.by_place.get(k - genitive)
        if mark is None or mark.last != k + 1 - genitive or doc.sentence_of[mark.first] != doc.sentence_of[first]:
            return None
        if mark.of("country", "actor", "organ") if genitive else mark.of("adjective", "nation"):
            return Title(mark.first, mark.last if genitive else first, None, (mark,))
        return None

    def _country_behind(self, last: int) -> Mark | None:
        """The country behind the name: "President Ali Musa of Ardistan"."""
        doc = self.doc
        if doc.words[last : last + 1] != ["of"] or doc.sentence_of[last] != doc.sentence_of[last - 1]:
            return None
        k = last + 1 + (doc.words[last + 1 : last + 2] == ["the"])
        mark = self.by_place.get(k)
        return mark if mark is not None and mark.first == k and mark.of("country") else None

    def _after(self, span: tuple[int, int]) -> Title | None:
        """The office behind a comma: "…, the US envoy in Sudan,", "…, 40, an officer in the border guard."."""
        doc = self.doc
        end = doc.sentences[doc.sentence_of[span[0]]].last
        k = span[1]
        if k + 2 < end and doc.words[k] == "," and doc.upos[k + 1] == "NUM" and doc.words[k + 2] == ",":
            k += 2
        elif k + 2 < end and doc.words[k] == "(" and doc.words[k + 2] == ")":
            k += 3
        if k >= end or doc.words[k] not in {",", "—", "–", "-"}:
            return None
        start = k + 1
        while start < end and (doc.words[start].lower() in _ARTICLES | {"now", "then", "also", "himself", "herself", "once", "currently"}):
            start += 1
        return self._opening(start, end, closed=True)

    def _opening(self, start: int, end: int, closed: bool) -> Title | None:
        """The title whose first word is `start`; `closed` asks that a comma, a full stop or "who" ends it."""
        doc = self.doc
        for k in range(start, min(end, start + 9)):
            if k in self.span_at or (doc.words[k] in _CLOSERS and doc.words[k] not in _QUOTES) or doc.upos[k] in {"AUX", "SCONJ", "ADP"}:
                return None
            mark = self.by_place.get(k)
            if mark is None or mark.first != k or not self._titled(mark) or mark.rank:
                continue
            if self._headed(mark, end):  # "police chief": the word behind is the head
                continue
            if self._plural(mark):
                return None
            phrase = self._phrase(mark, start, end)
            if phrase.first > start or (closed and phrase.last < end and doc.words[phrase.last] not in _CLOSERS):
                return None
            return Title(start, phrase.last, mark, phrase.owners)
        return None

    def _headed(self, mark: Mark, end: int) -> bool:
        """Whether a noun follows right behind that the mark only modifies ("defence ministry official", "rebel commander")."""
        doc = self.doc
        following = self.by_place.get(mark.last) if mark.last < end else None
        return following is not None and following.names != () and self._titled(following) and mark.last not in self.span_at and not following.rank

    def _predicated(self, span: tuple[int, int]) -> Iterator[Title]:
        """What a sentence says that somebody is: "Musa is the chairman of …", "…, who also serves as deputy prime minister"."""
        doc = self.doc
        head = next((k for k in range(*span) if not span[0] <= doc.heads[k] < span[1]), span[0])
        end = doc.sentences[doc.sentence_of[head]].last
        predicates = [doc.heads[head]] if doc.labels[head].startswith("nsubj") and doc.heads[head] >= 0 else []
        for clause in doc.dependents(head, "acl:relcl"):
            subject = doc.dependent(clause, "nsubj")
            if subject is not None and doc.words[subject].lower() == "who":
                predicates.append(clause)
        for k in predicates:
            noun = k
            if doc.lemmas[k].lower() in _SERVING:
                nouns = [c for c in doc.dependents(k, "obl") if doc.case(c) == "as"]
                if not nouns:
                    continue
                noun = nouns[0]
            elif doc.dependent(k, "cop") is None or doc.upos[k] not in {"NOUN", "PROPN"}:
                continue
            mark = self.by_place.get(noun)
            if mark is None or not self._titled(mark) or mark.rank or self._plural(mark) or any(doc.lemmas[c] in {"not", "no", "never"} for c in doc.children[k]):
                continue
            phrase = self._phrase(mark, span[1], end)
            yield Title(phrase.first, phrase.last, mark, phrase.owners)

    def _counterparts(self, people: list[Person]) -> None:
        """Gives a counterpart the office of the person named before, whose counterpart he is."""
        offices = sorted(
            ((t.office.first, p, t.office) for p in people for t in p.titles if t.office is not None and t.office.of("office") and not t.office.rank),
            key=lambda o: o[0],
        )
        for person in people:
            for n, title in enumerate(person.titles):
                if title.office is None or title.office.names:
                    continue
                at = title.office.first
                near = [o for f, p, o in offices if f < at and p is not person and self.doc.sentence_of[at] - self.doc.sentence_of[f] <= 3]
                person.titles[n] = title._replace(office=near[-1] if near else None)

    # who is known

    def _known(self, tokens: tuple[str, ...], titles: list[Title]) -> Row | None:
        """The lexicon's row for a name: the full name, or, for a surname, whoever the title, the day and the report's countries leave."""
        rows = self.lexicon.by_surname.get(tokens[-1], ())
        if len(tokens) > 1:
            rows = [r for key in {tokens[-1], "-".join(tokens[-2:])} for r in self.lexicon.by_surname.get(key, ()) if self._spelled(r, tokens)] or [
                r for r in rows if self._like(r, tokens, titles)
            ]
            return self._fitting(rows, titles)
        codes = {n.row["code"] for t in titles for m in t.others for n in m.names if "code" in n.row.cells}
        rows = [r for r in rows if valid(r, self.day) and (not codes or r["country"] in codes)]
        if any(t.office is not None for t in titles):
            rows = [r for r in rows if self._holds(r, titles)] or ([] if codes else [r for r in rows if self._about(r)])
            if len({r["name"] for r in rows}) > 1:
                rows = [r for r in rows if self._about(r)] or rows
                rows = sorted(rows, key=lambda r: -self.codes[r["country"]])
        else:
            rows = [r for r in rows if self._about(r)]
            if len({r["name"] for r in rows}) > 1:
                return None
        return self._fitting(rows, titles)

    def _about(self, row: Row) -> bool:
        return row["country"] in BODIES or bool(self.codes[row["country"]])

    @staticmethod
    def _spelled(row: Row, tokens: tuple[str, ...]) -> bool:
        for form in map(_fold, (row["name"], *row.listed("aliases"))):
            if form == tokens or (len(tokens[0].rstrip(".")) == 1 and len(form) > 1 and form[0][0] == tokens[0][0] and form[1:] == tokens[1:]):
                return True
        return False

    def _like(self, row: Row, tokens: tuple[str, ...], titles: list[Title]) -> bool:
        """Another spelling of the first name, where the office and the country are the same: "Sergej" for "Sergey"."""
        form = _fold(row["name"])
        codes = {n.row["code"] for t in titles for m in t.others for n in m.names if "code" in n.row.cells}
        return len(form) == len(tokens) and form[0][0] == tokens[0][0] and valid(row, self.day) and row["country"] in codes and self._holds(row, titles)

    def _holds(self, row: Row, titles: list[Title]) -> bool:
        held = {o.row["form"].split()[-1] for t in titles if t.office is not None and (o := t.office.of("office", "agent"))}
        return bool(row["office"]) and row["office"].split()[-1] in held

    def _fitting(self, rows: Iterable[Row], titles: list[Title]) -> Row | None:
        ordered = sorted(rows, key=lambda r: (not valid(r, self.day), not self._holds(r, titles)))
        if not ordered:
            return None
        if valid(ordered[0], self.day) or self.day is None:
            return ordered[0]
        return max(ordered, key=lambda r: r["to"] or r["from"])


def _joined(people: list[Person], tokens: tuple[str, ...], span: tuple[int, int]) -> Person | None:
    """The person that these words name again: the same name, its last word, its first, or a part of it; whoever holds an office first."""
    ranked: list[tuple[int, bool, int, Person]] = []
    for person in people:
        grade = min((_grade(form, tokens) for form in person.forms), default=9)
        if grade < 9:
            before = [s[0] for s in person.spans if s[0] < span[0]]
            ranked.append((grade, not person.titles and person.known is None, span[0] - max(before) if before else span[0] + len(person.spans), person))
    return min(ranked, key=lambda r: r[:3])[3] if ranked else None


def _grade(form: tuple[str, ...], tokens: tuple[str, ...]) -> int:
    if form == tokens:
        return 0
    if len(tokens) == 1:
        return 1 if len(form) > 1 and form[-1] == tokens[0] else 2 if len(form) > 1 and form[0] == tokens[0] and len(tokens[0]) > 2 else 9
    if len(form) == 1:
        return 9
    if form[-len(tokens) :] == tokens or tokens[-len(form) :] == form:
        return 1
    initial = len(tokens[0].rstrip(".")) == 1 or len(form[0].rstrip(".")) == 1
    return 1 if form[-1] == tokens[-1] and (form[0] == tokens[0] or (initial and form[0][0] == tokens[0][0])) else 9


__all__ = ["NATIONAL", "PROPER", "RANK", "Mark", "Person", "Title", "find_marks", "find_people", "former_words", "valid"]
