"""Doc + lexicon → the words that name somebody: countries, demonyms, organs, offices, agents, groups, and people with their titles.

In: a parsed report. Out: `Mark`s, which do not overlap, and `Person`s, each with every place where the report names them.
It reads what stands in and beside the name itself; who "the ministry" is, the discourse decides elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from sayso.lexicon import Lexicon, Name, Row
from sayso.reader import Doc

PROPER = {"country", "adjective", "nation", "capital", "metonym", "actor", "person"}
"""Kinds of name that are written with a capital."""
_LINKS = {"of", "for", "to", "in", "the", "'s", "’s", "'", "’", "-", "and", "a", "an", "its", "on"}
_CLITICS = {"'s", "’s", "'", "’"}


class Mark(NamedTuple):
    """Words `first` to `last` (exclusive) and what they may stand for."""

    first: int
    last: int
    names: tuple[Name, ...]

    def of(self, *kinds: str) -> Name | None:
        """The first of the names that is of one of the kinds."""
        return next((n for n in self.names if n.kind in kinds), None)


class Title(NamedTuple):
    """The words that give a person an office: their range, the office's mark, and the countries and bodies named there."""

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


def valid(row: Row, day: date | None) -> bool:
    """Whether a row's `from` and `to` take in the day; without a day, or without bounds, they do."""
    if day is None:
        return True
    stamp = day.isoformat()
    return (not row["from"] or row["from"][: len(stamp)] <= stamp) and (not row["to"] or stamp[: len(row["to"])] <= row["to"])


def find_marks(doc: Doc, lexicon: Lexicon) -> list[Mark]:
    """The marks of a report, in order. A name that is written with a capital must have one in the text."""
    marks: list[Mark] = []
    people = {i: (s.first, s.last) for s in doc.names if s.type == "person" for i in range(s.first, s.last)}
    size = len(doc)
    day = doc.report.day
    i = 0
    while i < size:
        last = doc.sentences[doc.sentence_of[i]].last
        end, names = lexicon.names_at(i, min(last, size), lambda k: doc.words[k].lower(), lambda k: doc.lemmas[k])
        fitting = [n for n in names if _written_as(doc, i, end, n)]
        kept = tuple(sorted((n for n in fitting if n.kind != "country" or valid(n.row, day)), key=lambda n: not _current(n, day)))
        inside = people.get(i)
        if kept and inside and (inside[0] < i or inside[1] > end) and kept[0].kind in PROPER - {"person"} and end - i == 1 and not _is_title_word(doc, i):
            kept = ()  # "Jordan" in "Michael Jordan"
        if kept and inside and inside[0] < i and inside[1] == end and kept[0].kind in {"office", "organ", "agent"}:
            kept = ()  # "King" in "Kevin King"
        if kept:
            marks.append(Mark(i, end, kept))
            i = end
        else:
            i += 1
    return marks


def _current(name: Name, day: date | None) -> bool:
    return name.kind in {"organ", "office", "agent"} or valid(name.row, day)


def _is_title_word(doc: Doc, i: int) -> bool:
    return doc.upos[i] == "ADJ"


def _written_as(doc: Doc, first: int, last: int, name: Name) -> bool:
    word = doc.words[first]
    if name.kind == "adjective" or name.kind in PROPER:
        if not word[0].isupper():
            return False
        return word != "US" or doc.upos[first] in {"PROPN", "ADJ", "NOUN"} or not _shouted(doc, first)
    return not (doc.upos[last - 1] == "VERB" and last - first == 1)


def _shouted(doc: Doc, i: int) -> bool:
    sentence = doc.sentences[doc.sentence_of[i]]
    return all(w.isupper() for w in doc.words[sentence.first : sentence.last] if w.isalpha())


def find_people(doc: Doc, marks: list[Mark], lexicon: Lexicon) -> list[Person]:
    """Everybody named, in order of first mention; a surname or a first name alone joins the full name that has it."""
    by_place = {k: m for m in marks for k in range(m.first, m.last)}
    spans = sorted({*_person_spans(doc, marks, by_place)})
    day = doc.report.day
    people: list[Person] = []
    for first, last in sorted(spans, key=lambda s: (s[1] - s[0] == 1, s)):
        title = _title(doc, first, last, by_place)
        first_name_word = first
        words = [w for w in doc.words[first_name_word:last] if w not in _CLITICS]
        name = " ".join(words)
        person = _joined(people, words)
        if person is None:
            known = _known(lexicon, name, words, title, day)
            if last - first == 1 and known is None and title is None and not _sayer(doc, first):
                continue
            person = Person(known["name"] if known else name, known=known)
            people.append(person)
        person.spans.append((first, last))
        if title:
            person.titles.append(title)
    for person in people:
        person.spans.sort()
        person.titles.sort()
    return sorted(people, key=lambda p: p.spans[0])


def _sayer(doc: Doc, i: int) -> bool:
    return doc.upos[i] == "PROPN"


def _person_spans(doc: Doc, marks: list[Mark], by_place: dict[int, Mark]) -> Iterable[tuple[int, int]]:
    named = [(m.first, m.last) for m in marks if m.of("person")]
    taken = {k for first, last in named for k in range(first, last)}
    yield from named
    tagged = {k for s in doc.names if s.type == "person" for k in range(s.first, s.last)}
    others = {k for s in doc.names for k in range(s.first, s.last)}
    for mark in marks:  # a name right behind an office, where the network saw none: "Foreign Minister Walid al-Moualem"
        first = last = mark.last
        end = doc.sentences[doc.sentence_of[mark.first]].last
        if mark.of("office") is None or not doc.words[mark.first][0].isupper():
            continue
        while last < end and doc.upos[last] == "PROPN" and doc.words[last][0].isupper() and last not in by_place and last not in others:
            last += 1
        if last > first and last not in tagged and not taken & set(range(first, last)):
            yield first, last
    for stretch in doc.names:
        first, last = stretch.first, stretch.last
        if stretch.type != "person":
            continue
        while first < last and (m := by_place.get(first)) is not None and not m.of("person"):
            first = m.last  # a title taken into the name
        while last > first and doc.words[last - 1] in _CLITICS:
            last -= 1
        if first < last and not taken & set(range(first, last)) and doc.words[last - 1][0].isupper():
            yield first, last


def _joined(people: list[Person], words: list[str]) -> Person | None:
    """The person that these words name again: the same name, its last word, or (for two words) first and last."""
    lower = [w.lower() for w in words]
    for person in reversed(people):
        for known in (person.name.lower().split(), person.name.lower().replace("-", " - ").split()):
            if lower == known or (len(lower) == 1 and len(known) > 1 and lower[0] in {known[-1], known[0]}) or (len(lower) == 1 and lower == known[-1:]):
                return person
            if len(lower) > 1 and len(known) > 1 and lower[-1] == known[-1] and (lower[0] == known[0] or lower[0][0] == known[0][0]):
                return person
    return None


def _known(lexicon: Lexicon, name: str, words: list[str], title: Title | None, day: date | None) -> Row | None:
    rows = [r for r in lexicon.by_surname.get(words[-1].lower(), ()) if len(words) > 1 or True]
    if len(words) > 1:
        rows = [r for r in rows if name.lower() in {f.lower() for f in (r["name"], *r.listed("aliases"))}]
    else:
        codes = {n.row["code"] for m in title.others for n in m.names if "code" in n.row.cells} if title else set()
        rows = [r for r in rows if valid(r, day) and (not codes or r["country"] in codes)]
        if title is None and len({r["name"] for r in rows}) > 1:
            return None
    if not rows:
        return None
    return next((r for r in rows if valid(r, day)), rows[-1])


def _title(doc: Doc, first: int, last: int, by_place: dict[int, Mark]) -> Title | None:
    """The office that stands before the name ("Russian Foreign Minister Sergey Lavrov") or after it ("…, the US envoy in Sudan,")."""
    sentence = doc.sentences[doc.sentence_of[first]]
    found: list[Mark] = []
    k, start = first - 1, first
    comma = k > sentence.first and doc.words[k] == "," and not _listed_before(doc, k, sentence.first)
    if comma:  # "Somalia's ambassador to Ethiopia, Abdelkarin Farah"
        k -= 1
    while k >= sentence.first:
        mark = by_place.get(k)
        if mark is not None and mark.last == k + 1 and not mark.of("person"):
            found.append(mark)
            start = mark.first
            k = mark.first - 1
        elif doc.words[k].lower() in _LINKS or (doc.upos[k] in {"ADJ", "NOUN", "PROPN"} and first - k < 12):
            k -= 1
        else:
            break
    found.reverse()
    near = next((m for m in reversed(found) if m.of("office", "agent")), None)
    behind = found[found.index(near) + 1 :] if near is not None else []
    apart = [doc.words[m].lower() for m in range(near.last, first)] if near is not None else []
    singular = near is not None and not doc.words[near.last - 1].lower().endswith("s")
    if near is not None and singular and "and" in apart and not behind:
        return None
    if near is not None and (first - near.last <= 1 or (behind and all(m.of("country", "adjective", "actor", "organ") for m in behind))):
        plain = [m for m in found if m is not near]
        bare = near.of("office") is None and len(found) == 1
        if not bare or near.last == first:
            return Title(start, first, near, tuple(plain))
    if last < sentence.last and doc.words[last] == "," and last + 1 < sentence.last:
        return _title_after(doc, last + 1, sentence.last, by_place)
    return None


def _listed_before(doc: Doc, comma: int, first: int) -> bool:
    """Whether the comma before a name parts a list of people, not an office from its holder."""
    window = range(max(first, comma - 8), comma)
    return any(doc.words[k] in {",", ";"} for k in window) or any(s.type == "person" and s.last == comma for s in doc.names)


def _title_after(doc: Doc, k: int, end: int, by_place: dict[int, Mark]) -> Title | None:
    start, found = k, []
    while k < end:
        mark = by_place.get(k)
        if mark is not None:
            if mark.of("person"):
                break
            found.append(mark)
            k = mark.last
            continue
        if doc.words[k] in {",", ".", ";", ":", "(", ")", "—", "–", "“", "”", '"', "who", "which"} or doc.upos[k] in {"VERB", "AUX", "SCONJ"}:
            break
        k += 1
    near = next((m for m in found if m.of("office")), None)
    if near is None or near.first - start > 6 or k >= end or doc.words[k] not in {",", ".", ";", "who", ")", "—", "–"}:
        return None
    return Title(start, k, near, tuple(m for m in found if m is not near))
