"""Doc + marks → the people whom a report names, each with every place where it does, and his titles.

In: a parsed report and its marks. Out: `Person`s in the order of their first mention; a surname alone joins the full name that
has it. Whom the lexicon knows by name, office and day gets its row; a lone capitalised word that could as well be a place is
left out, and nobody is made up for an office without a name.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sayso.lexicon import BODIES, Lexicon, Row
from sayso.reader import Doc
from sayso.resolve.marks import CLITICS, NATIONAL, Mark, valid
from sayso.resolve.titles import ARTICLES, HONORIFICS, PREPOSITIONS, Span, Title, Titles, participle

_LOCATIVE = {"in", "at", "near", "into", "outside", "around", "inside", "across", "through"}
_WEEKDAYS = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
_HIGHEST = {"Presidency", "Government", "Ministry of Foreign Affairs", "Secretariat"}
"""Where those sit whom a report may name by surname without naming their country: "Putin"."""


@dataclass(slots=True)
class Person:
    """Somebody whom the report names; `known` is the lexicon's row, if it has one that fits the report's day."""

    name: str
    spans: list[Span] = field(default_factory=list)
    titles: list[Title] = field(default_factory=list)
    known: Row | None = None
    forms: set[tuple[str, ...]] = field(default_factory=set)


def find_people(doc: Doc, marks: list[Mark], lexicon: Lexicon) -> list[Person]:
    """Everybody named, in order of first mention; a surname or a first name alone joins the full name that has it."""
    return _People(doc, marks, lexicon).found()


def _fold(name: str) -> tuple[str, ...]:
    """The words of a name for comparing: no marks on letters, no hyphens, no initial in the middle."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()
    parts = re.sub(r"['’`]", "", plain).replace("-", " ").replace("–", " ").split()
    return tuple(p for n, p in enumerate(parts) if n in {0, len(parts) - 1} or not re.fullmatch(r"\w\.?", p))


class _People:
    """The search for people and their titles in one report."""

    def __init__(self, doc: Doc, marks: list[Mark], lexicon: Lexicon) -> None:
        self.doc = doc
        self.lexicon = lexicon
        self.day = doc.report.day
        self.by_place = {k: m for m in marks for k in range(m.first, m.last)}
        self.times = {k for s in doc.names if s.type == "time" for k in range(s.first, s.last)}
        self.codes: Counter[str] = Counter()
        for mark in marks:
            if national := mark.of(*NATIONAL):
                self.codes[national.row["code"]] += 1
            elif actor := mark.of("actor"):
                self.codes[actor.row["country"]] += 1
        self.spans = sorted(self._spans(marks))

    def found(self) -> list[Person]:
        doc = self.doc
        titles = Titles(doc, self.lexicon, self.by_place, self.spans).read()
        people: list[Person] = []
        for span in sorted(self.spans, key=lambda s: (self._single(s), s)):
            text = doc.text(*span)
            tokens = _fold(text)
            held = titles.get(span, [])
            person = _joined(people, tokens, span)
            known = None
            if person is None:
                known = self._known(tokens, held, self._rows_at(span))
                person = next((p for p in people if known is not None and p.known is not None and p.known["name"] == known["name"]), None)
            if person is None:
                if len(tokens) == 1 and known is None and not held and not self._plausible(span):
                    continue
                person = Person(text, known=known)
                if known is not None:
                    person.forms |= {_fold(f) for f in (known["name"], *known.listed("aliases"))}
                    person.name = text if len(tokens) > 1 else known["name"]  # the spelling is the report's; a surname alone is filled up
                people.append(person)
            elif person.known is None and len(tokens) > 1 and (late := self._known(tokens, [*person.titles, *held], self._rows_at(span))):
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

    def _single(self, span: Span) -> bool:
        return len(_fold(self.doc.text(*span))) == 1

    def _plausible(self, span: Span) -> bool:
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

    def _spans(self, marks: list[Mark]) -> set[Span]:
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
        tagged = self._parted(tagged)
        tagged = [s for s in tagged if not self._modifies(s)]
        held = {k for s in tagged for k in range(*s)}
        tagged += [s for s in self._behind_offices(marks, held) if s not in tagged]
        tagged += self._surnames(tagged)
        return {s for s in tagged if not set(range(*s)) & self.times}

    def _parted(self, spans: list[Span]) -> list[Span]:
        """Two people whose surnames a hyphen joins ("the Otieno-Saleh talks") are two, where the report names each more fully elsewhere."""
        words = self.doc.words
        surnames = {words[last - 1] for first, last in spans if last - first > 1 and words[last - 2] not in {"-", "–"}}
        found: list[Span] = []
        for first, last in spans:
            if last - first == 3 and words[first + 1] in {"-", "–"} and {words[first], words[last - 1]} <= surnames and words[first] != words[last - 1]:
                found += [(first, first + 1), (last - 1, last)]
            else:
                found.append((first, last))
        return found

    def _modifies(self, span: Span) -> bool:
        """Whether a name stands before what it is the name of ("Le Soir newspaper"), or a lone word right before an office whose place or people it is.

        "The Helmand provincial governor" is no person called Helmand.
        """
        doc = self.doc
        k = span[1]
        if k < len(doc) and self.lexicon.is_word(doc.lemmas[k], "medium") and doc.words[k].islower() and span[0] <= doc.heads[span[0]] <= k:
            return True  # "Le Soir newspaper"
        if k - span[0] > 1 or k >= len(doc) or span[0] in self.by_place:
            return False
        while k < len(doc) - 1 and doc.upos[k] == "ADJ" and k not in self.by_place:
            k += 1
        mark = self.by_place.get(k)
        return mark is not None and mark.of("office", "organ") is not None and mark.first == k and doc.sentence_of[k] == doc.sentence_of[span[0]]

    def _stretches(self) -> list[Span]:
        """The stretches of the network, those that are one name in two pieces joined, and what it cut off restored."""
        doc = self.doc
        found: list[Span] = []
        others = {k for s in doc.names if s.type != "person" for k in range(s.first, s.last)}
        for s in doc.names:
            if s.type != "person":
                continue
            first, last = s.first, s.last
            end = doc.sentences[doc.sentence_of[first]].last
            while first > 0 and re.fullmatch(r"(?:[A-Z]\.)+", doc.words[first - 1]) and first - 1 not in self.by_place:
                first -= 1
            while last + 1 < end and doc.words[last] in {"-", "–"} and doc.starts[last + 1] == doc.ends[last - 1] + 1 and doc.words[last + 1][0].isalpha():
                if participle(doc, last + 1):
                    break  # "Tutsi-dominated"
                last += 2  # "Roed-Larsen"
            while (last < end and doc.upos[last] == "PROPN" and doc.words[last][0].isupper() and last not in self.by_place and last not in others
                   and doc.words[last].lower() not in _WEEKDAYS
                   and (last - first == 1 or (doc.labels[last] == "flat" and first <= doc.heads[last] < last))):  # fmt: skip
                last += 1
            if found and found[-1][1] >= first and doc.sentence_of[found[-1][0]] == doc.sentence_of[first]:
                found[-1] = (found[-1][0], max(last, found[-1][1]))
            else:
                found.append((first, last))
        return found

    def _trimmed(self, span: Span) -> Span | None:
        """The name alone, without the title that the network took into it; None where nothing is left that could be a name."""
        doc = self.doc
        first, last = span
        while first < last:
            mark = self.by_place.get(first)
            if mark is not None and not mark.of("person"):
                first = mark.last
            elif doc.words[first] in CLITICS | {"-"} or doc.words[first].lower() in HONORIFICS | ARTICLES:
                first += 1
            else:
                break
        inner = [k for k in range(first, last - 1) if (m := self.by_place.get(k)) is not None and m.of("office") and not m.of("person")]
        if inner:  # "US Internal Secretary Ryan Hale"
            first = self.by_place[inner[-1]].last
        last = next((k for k in range(first + 1, last) if doc.words[k] == "of" and self._country(k + 1)), last)  # "Armen Petrosyan of Armenia"
        while last > first and (doc.words[last - 1] in CLITICS | {"-", ",", "."} or doc.words[last - 1].lower() in _WEEKDAYS):
            last -= 1
        if first >= last or (not doc.words[last - 1][0].isupper() and last - first == 1):
            return None
        if doc.words[first].lower() in PREPOSITIONS | {"and", "by"} or not any(doc.words[k][0].isupper() for k in range(first, last)):
            return None
        return first, last

    def _country(self, k: int) -> bool:
        mark = self.by_place.get(k)
        return mark is not None and mark.of("country", "adjective", "nation") is not None

    def _behind_offices(self, marks: list[Mark], held: set[int]) -> Iterator[Span]:
        """A name right behind an office, where the network saw none: "Foreign Minister Walid al-Moualem"."""
        doc = self.doc
        others = {k for s in doc.names if s.type != "person" for k in range(s.first, s.last)}
        for mark in marks:
            first = last = mark.last
            end = doc.sentences[doc.sentence_of[mark.first]].last
            capital = doc.words[mark.first][0].isupper() or doc.words[mark.last - 1][0].isupper()
            joined = first < end and doc.labels[first] in {"flat", "appos"} and mark.first - 4 < doc.heads[first] < mark.last
            joined = joined or (doc.labels[mark.last - 1] == "nmod:desc" and doc.heads[mark.last - 1] == first)  # "deputy spokesman Ali Musa", all one nominal
            if not (mark.of("office") and capital) and not (mark.of("office", "agent") and joined):
                continue
            # a name of two words behind a rank is a man's, even where the network takes it for a place: "Major Eitan Harel"
            mistaken = next((s for s in doc.names if s.first == first and s.type == "place" and s.last - first == 2), None) if mark.rank and capital else None
            taken = (others - set(range(mistaken.first, mistaken.last)) if mistaken is not None else others) | held
            while last < end and doc.upos[last] == "PROPN" and doc.words[last][0].isupper() and last not in self.by_place and last not in taken:
                last += 1
            if last > first and last not in held:
                yield first, last

    def _surnames(self, tagged: list[Span]) -> list[Span]:
        """Surnames that the network did not see, of people named in full, or behind "Mr" and the like: "Ms Boluarte", after "Dina Boluarte"."""
        doc = self.doc
        held = {k for s in tagged for k in range(*s)}
        known = {doc.words[last - 1] for first, last in tagged if last - first > 1}
        places = {k for s in doc.names if s.type == "place" for k in range(s.first, s.last)}
        found: list[Span] = []
        others = {k for s in doc.names for k in range(s.first, s.last)}
        for k in range(len(doc)):
            if doc.upos[k] != "PROPN" or k in held or k in self.by_place or k in places or doc.labels[k] in {"compound", "flat"}:
                continue
            addressed = k > 0 and doc.words[k - 1].lower().rstrip(".") in HONORIFICS and doc.words[k - 1][0].isupper()
            famous = k not in others and doc.labels[k] == "nsubj" and self._known(_fold(doc.words[k]), [], []) is not None  # "Putin said", with no other word
            if (doc.words[k] in known or addressed or famous) and len(doc.words[k]) > 2 and doc.words[k][0].isupper():
                found.append((k, k + 1))
        return found

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

    def _rows_at(self, span: Span) -> list[Row]:
        """The rows of the lexicon's name that the span is."""
        mark = self.by_place.get(span[0])
        return [n.row for n in mark.names if n.kind == "person"] if mark is not None and (mark.first, mark.last) == span else []

    def _known(self, tokens: tuple[str, ...], titles: list[Title], named: list[Row]) -> Row | None:
        """The lexicon's row for a name: the full name, or, for a surname, whoever the title, the day and the report's countries leave."""
        rows: Iterable[Row] = self.lexicon.by_surname.get(tokens[-1], ())
        if len(tokens) > 1:
            keys = dict.fromkeys((tokens[-1], "-".join(tokens[-2:])))
            spelled = [r for key in keys for r in self.lexicon.by_surname.get(key, ()) if self._spelled(r, tokens)]
            rows = named or spelled or [r for r in rows if self._like(r, tokens, titles)]
            return self._fitting(rows, titles)
        codes = {n.row["code"] for t in titles for m in t.others for n in m.names if "code" in n.row.cells}
        rows = [r for r in rows if not codes or r["country"] in codes]
        rows = [r for r in rows if valid(r, self.day)] or [r for r in rows if self._about(r) and not self._later(r)]
        if any(t.office is not None for t in titles):
            rows = [r for r in rows if self._holds(r, titles)] or ([] if codes else [r for r in rows if self._about(r)])
            if len({r["name"] for r in rows}) > 1:
                rows = [r for r in rows if self._about(r)] or rows
                rows = sorted(rows, key=lambda r: -self.codes[r["country"]])
        else:
            rows = [r for r in rows if self._about(r)] or [r for r in rows if r["organisation"] in _HIGHEST and valid(r, self.day)]
            if len({r["name"] for r in rows}) > 1:  # of namesakes, whoever alone sits highest: "Assad" is the president, not his brother
                rows = [r for r in rows if r["organisation"] in _HIGHEST]
            if len({r["name"] for r in rows}) > 1:
                return None
        return self._fitting(rows, titles)

    def _later(self, row: Row) -> bool:
        return self.day is not None and row["from"] > self.day.isoformat()

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


def _joined(people: list[Person], tokens: tuple[str, ...], span: Span) -> Person | None:
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
        return 1 if len(form) > 1 and form[-1] == tokens[0] else 2 if len(form) > 1 and form[0] == tokens[0] and len(tokens[0]) > 1 else 9
    if len(form) == 1:
        return 9
    if form[-len(tokens) :] == tokens or tokens[-len(form) :] == form:
        return 1
    initial = len(tokens[0].rstrip(".")) == 1 or len(form[0].rstrip(".")) == 1
    return 1 if form[-1] == tokens[-1] and (form[0] == tokens[0] or (initial and form[0][0] == tokens[0][0])) else 9


__all__ = ["Person", "Span", "Title", "find_people"]
