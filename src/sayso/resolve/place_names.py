"""A report's words → the names of places in it, and where each stands.

In: a parsed and resolved report, the gazetteer. Out: the names, in order, each with its place: what the network, the lexicon, the list of
places or the words beside it show to be one, what stands before a paragraph of a bulletin, and what takes up a place named before ("the
town", "there", "here", "the capital"). For an act, the word that a name belongs to. It does not say where an act was.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cached_property
from typing import NamedTuple

import msgspec

from sayso.attribution import Attribution
from sayso.lexicon.tables import Row
from sayso.model import Sector, Where
from sayso.reader import Doc
from sayso.resolve.dates import find_dates
from sayso.resolve.entities import Resolver
from sayso.resolve.incidents import SPOKEN
from sayso.resolve.labels import labels
from sayso.resolve.places import PARTICLES, SITES, Gazetteer, fold, is_part, stripped
from sayso.syntax import clause_of, is_passive

PRECISION = {"point": 0, "city": 1, "district": 2, "province": 3, "country": 4}
_PLACED = set("in at near outside around across on inside within throughout along off over between above through beside".split())
_TOWARDS = {"out", "on", "against", "into", "at", "of", "to", "towards", "toward", "over"}
_REACHED = {
    "CONSULT": {"to"}, "MOBILIZE": {"to", "into", "towards", "toward"}, "RETREAT": {"from", "to", "into", "out", "of"}, "AID": {"to", "from"},
    "COERCE": {"from"}, "displaced": {"from"}, "captured": {"from"}, "missing": {"from"}, "PROTEST": {"to"},
}  # fmt: skip
"""Prepositions of a goal or a start that is also where the act was, by type."""
STRUCK = {"ASSAULT", "COERCE", "MOBILIZE", "RETREAT"}
"""Acts that may have their place for an object: "stormed the village"."""
DIRECTIONS = set("north south east west northeast northwest southeast southwest kilometre kilometer km mile metre meter border frontier".split())
_ABOUT = {"about", "some", "around", "just", "only", "roughly", "far"}
_CIRCUMSTANCES = {"obl", "nmod", "acl", "advcl", "conj", "root", "dep", "parataxis", "orphan"}
_PARTIES = {"organ", "agent", "person", "office", "group"}
_WITHIN = {"in", "at", "near", "outside", "around"}
_ANY_DAY = date(2000, 1, 1)
_AT_HOME = {"ASSAULT", "COERCE", "PROTEST", "killed", "wounded", "harmed", "displaced", "captured", "missing"}
"""What befalls or is done by residents is where they live, where the text tells no other place: "villagers of Poonch"."""
_POINTING = {"the", "this", "that", "its", "their"}
_NESTED = {"in", "of", "at", "near"}
_PARTED = {"with", "between", "of"}


class PlaceName(NamedTuple):
    """A place name at words `first` to `last` (exclusive); `top` is its word that hangs on something outside."""

    first: int
    last: int
    top: int
    where: Where
    because: str
    taken_up: bool = False
    called: str = ""
    """The word that says what kind of place it is: "village" of "the village of Kafr Dan", "Delmas quarter", "Kekhvi, a village"."""


class PlaceNames:
    """The names of places in one report.

    Attributes:
        shares: how much of what the report speaks of each country has, 0 to 1.
        labels: the place set before a paragraph, by the number of its block.
        by_sentence: all names, sentence by sentence.
        named: the words of all names, those left out that only take one up.
        strikes: the words of the acts that may have their place for an object ("raided the village"), as whoever reads them says.
    """

    def __init__(self, doc: Doc, resolver: Resolver, gazetteer: Gazetteer, attribution: Attribution) -> None:
        self.doc, self.resolver, self.gazetteer = doc, resolver, gazetteer
        self.cues = {k for s in attribution.sayings if s.cue and not s.act for k in range(*s.cue)}
        told = resolver.named or resolver.weights  # a place does not speak for its own country
        total = sum(told.values()) or 1
        self.shares: dict[str, float] = {code: weight / total for code, weight in told.items()}
        self._counts = Counter(doc.text(s.first, s.last) for s in doc.names if s.type == "place")
        self._named = {k for s in doc.names if s.type == "place" for k in range(s.first, s.last)}
        dateline = self._resolved(doc.report.place, 0, known=False) if doc.report.place else None
        self.dateline = self._as_printed(dateline[0]) if dateline is not None and dateline[1] else None
        self.by_sentence: list[list[PlaceName]] = [[] for _ in doc.sentences]
        self.labels: dict[int, PlaceName] = {}
        self.strikes: set[int] = set()
        for name in self._names():
            self.by_sentence[doc.sentence_of[name.first]].append(name)
        self.named = {k for names in self.by_sentence for n in names if not n.taken_up for k in range(n.first, n.last)}

    def _as_printed(self, where: Where) -> Where:
        """The dateline's place in the words of the text ("KYIV"); without an offset where the text does not have it."""
        at = self.doc.report.text.casefold().find(where.text.casefold())
        printed = self.doc.report.text[at : at + len(where.text)] if at >= 0 else ""
        fits = printed.casefold() == where.text.casefold()
        return msgspec.structs.replace(where, text=printed if fits else where.text, at=at if fits else None)

    def _names(self) -> list[PlaceName]:
        """Every place name of the report, and "here" and "the capital" where the report tells what they are."""
        doc, resolver = self.doc, self.resolver
        found: list[PlaceName] = []
        for first, last in sorted(self._ranges()):
            mark = resolver.mark_at.get(first)
            if mark is not None and (mark.first, mark.last) == (first, last) and not mark.of("country", "capital", "seat"):
                continue  # "Chadian", "Syrians", "Taliban"
            if any(m.first < first and last <= m.last and m.of("actor", "organ") for m in resolver.marks_in(first, last)):
                continue  # "the Organisation for Security and Cooperation in Europe"
            if last - first > 1 and doc.lemmas[last - 1] == "capital" and doc.text(first, last - 1) in resolver.lexicon.seats:
                continue  # as "the capital", below
            if doc.words[last - 1].endswith("-") or any(n.first <= first and last <= n.last for n in found[-1:]):
                continue  # "North-" of "North-Kivu"; "Bissau" of "Guinea-Bissau"
            name = self._name(*self._with_kind(*self._whole(first, last)), known=mark is not None)
            if last - first == 1 and name.last - name.first == 1 and (fold(name.where.text) in SITES or kind_of(name.where.text)):
                continue  # "Square", "Camp"
            if name.because or (doc.upos[name.top] in {"PROPN", "NOUN"} and any(c.isupper() for c in name.where.text) and mark is None):
                found.append(name)
        taken = {k for n in found for k in range(n.first, n.last)}
        found += [self._name(first, last, known=False) for first, last in self._called(taken)]
        # "YIT", of an institute; "the Chechen capital"
        found = [n for n in found if n.because or not (_abbreviated(n.where.text) or n.where.text in resolver.lexicon.seats)]
        for k in range(len(doc)):
            if doc.words[k] == "capital" and doc.upos[k] in {"NOUN", "PROPN"} and (seat := self._capital(k)) is not None:
                found.append(PlaceName(k, k + 1, k, *seat))
            elif k not in taken and doc.upos[k] == "NOUN" and (line := self._line(k)) is not None:
                found.append(PlaceName(k, k + 1, k, *line))
            elif k not in taken and doc.upos[k] == "NOUN" and (home := self._homeland(k)) is not None:
                found.append(PlaceName(k, k + 1, k, *home))
            elif k not in taken and doc.upos[k] == "NOUN" and (town := self._this_town(k)) is not None:
                found.append(PlaceName(k, k + 1, k, town, f"“this {doc.words[k]}” is that of the dateline"))
            elif k not in taken and doc.upos[k] == "NOUN" and (land := self._land(k)) is not None:
                found.append(PlaceName(k, k + 1, k, *land))
            elif doc.words[k] == "here" and doc.labels[k] == "advmod" and doc.report.place:
                where, because = self._resolved(doc.report.place, doc.starts[k], known=False)
                found.append(PlaceName(k, k + 1, k, msgspec.structs.replace(where, at=None), because))  # the words stand in the dateline
        found = self._nearer(sorted(found, key=lambda n: n.first))
        self.labels = self._labels(found)
        found += [n for n in self.labels.values() if n not in found]
        found.sort(key=lambda n: n.first)
        return sorted([*found, *self._referring(found)], key=lambda n: n.first)

    def _nearer(self, names: list[PlaceName]) -> list[PlaceName]:
        """The names, those that only tell which way from a town ("a market west of Algiers") as the one place that the report says lies there."""
        doc = self.doc
        named: dict[tuple[str, str], dict[str, Where]] = {}
        bare: dict[int, tuple[str, str]] = {}
        for at, name in enumerate(names):
            start = doc.sentences[doc.sentence_of[name.first]].first
            k = name.first - 1
            while k > start and doc.lemmas[k] in {"the", "capital", "city"}:
                k -= 1
            link = doc.words[k].lower() if k >= start else ""
            turn = next((doc.lemmas[j] for j in range(k - 1, start - 1, -1) if doc.upos[j] != "PUNCT"), "")
            if link == "outside":
                bare[at] = (link, name.where.name)
            if turn not in DIRECTIONS or link not in {"of", "from"}:
                continue
            k -= 1
            while k >= start and (doc.upos[k] in {"NUM", "PUNCT"} or doc.lemmas[k] in DIRECTIONS | _ABOUT):
                k -= 1
            way = "outside" if link == "from" else turn, name.where.name
            inner = names[at - 1] if at else None
            if inner is not None and inner.last == k + 1 and inner.where.precision != "country":
                named.setdefault(way, {})[inner.where.name] = inner.where
            else:
                bare[at] = way
        for at, way in bare.items():
            if len(found := [*named.get(way, {}).values()]) == 1:
                where = found[0] if found[0].country else msgspec.structs.replace(found[0], country=names[at].where.country)
                names[at] = names[at]._replace(where=where, because=f"“{way[0]}” of {way[1]} is where {found[0].name} lies")
        return names

    def _labels(self, names: list[PlaceName]) -> dict[int, PlaceName]:
        """The place that stands before each paragraph of a bulletin; a name that nothing else knows counts where another label is a known place."""
        doc = self.doc
        known: dict[int, PlaceName] = {}
        unknown: dict[int, PlaceName] = {}
        for block, (first, last) in labels(doc).items():
            inside = [n for n in names if first <= n.first and n.last <= last]
            if inside:
                known[block] = min(inside, key=lambda n: (PRECISION[n.where.precision], n.first))
            runs = [run for run in self._runs(first, last) if not any(run[0] < n.last and n.first < run[1] for n in inside)]
            for start, end in runs:
                name = self._name(*self._with_kind(start, end), known=False)
                place = self.gazetteer.resolve(doc.text(start, end), self.shares)
                supported = place is not None and self.shares.get(place.country or "", 0.0) > 0
                if supported and (block not in known or PRECISION[name.where.precision] < PRECISION[known[block].where.precision]):
                    known[block] = name
                elif place is None and not any(doc.words[k].isupper() for k in range(start, end)):
                    unknown.setdefault(block, name)
        for block, name in unknown.items() if known else ():
            if block not in known or name.first < known[block].first:
                known[block] = name
        return known

    def _runs(self, first: int, last: int) -> list[tuple[int, int]]:
        """The proper names among some words, with the word for a place behind them: "Lainya road"; no months and no days."""
        doc = self.doc
        times = {k for s in doc.names if s.type == "time" for k in range(s.first, s.last)}
        found, k = [], first
        while k < last:
            end = k
            while end < last and doc.upos[end] == "PROPN" and doc.words[end][0].isupper() and end not in times and end not in self.resolver.person_at:
                end += 1
            if end > k:
                found.append((k, end + (end < last and self.is_place_word(end))))
            k = end + 1
        return found

    def _referring(self, names: list[PlaceName]) -> list[PlaceName]:
        """The words that take up a place named before: "the town", "their village", "there"."""
        doc = self.doc
        taken = {k for n in names for k in range(n.first, n.last)}
        found: list[PlaceName] = []
        before: list[PlaceName] = []
        waiting = list(reversed(names))
        for k in range(len(doc)):
            while waiting and waiting[-1].last <= k:
                name = waiting.pop()
                line = self.resolver.lexicon.is_word(doc.lemmas[name.top], "line")  # "crossed the border and attacked a post" is not on the border
                if name.where.precision != "country" and not line and self.is_scene(name):
                    beside = [n for n in names if doc.sentence_of[n.first] == doc.sentence_of[name.first]] if name.where.country is None else []
                    before.append(name._replace(where=self.in_country(name, beside)))
            if k in taken or doc.upos[k] not in {"NOUN", "ADV", "PRON"}:
                continue
            meant = self._meant(k, before, taken)
            if meant is not None:
                found.append(PlaceName(k, k + 1, k, meant, f"“{doc.words[k]}” takes up {meant.name}", taken_up=True))
        return found

    def is_scene(self, name: PlaceName) -> bool:
        """Whether things may have happened at a place named so: not where somebody spoke, and no seat that stands for its government."""
        standing = self.standing("", -1, name)
        if standing is None:
            mark = self.resolver.mark_at.get(name.first)
            return mark is None or mark.of("capital", "seat") is None
        host = standing[0]
        if host >= 0 and self.is_party(host) and self.doc.case(name.top) not in _WITHIN:
            return False
        return host < 0 or clause_of(self.doc, host) not in self.cues

    def _meant(self, k: int, before: list[PlaceName], taken: set[int]) -> Where | None:
        """The place that word `k` takes up out of those named `before` it."""
        doc, lemma = self.doc, self.doc.lemmas[k]
        if doc.words[k].lower() == "here":
            towns = [n.where for n in before if n.where.precision == "city"] if doc.labels[k] == "advmod" and not doc.report.place else []
            return towns[0] if towns else None
        if doc.words[k].lower() == "there":
            fits = doc.labels[k] == "advmod" and doc.upos[doc.heads[k]] == "VERB" and before and self._near(before[-1], k)
            return self._inmost(before).where if fits else None
        if doc.upos[k] != "NOUN" or not any(doc.words[d].lower() in _POINTING for d in doc.dependents(k, "det", "nmod:poss")):
            return None
        kind = kind_of(lemma)
        if (not kind and not self.is_place_word(k)) or any(c in taken for c in doc.dependents(k, "nmod", "appos", "flat")):
            return None
        if kind != "city" and any(c in taken for c in doc.dependents(k, "compound", "amod")):
            return None
        told = [name.where for name in before if lemma == name.called and name.where.precision in {"city", "point"}]
        if told and kind in {"city", "point"}:
            return told[-1]
        for name in reversed(before):
            if kind == "city" and self._is_no_such(name, lemma):
                continue
            same = lemma in fold(name.where.text).split() or lemma in fold(name.where.name).split()
            if same or (name.where.precision == kind and not self.resolver.lexicon.is_word(lemma, "anywhere")):
                return name.where
        town = self.dateline if kind == "city" and self.dateline is not None and self.dateline.precision == "city" else None
        return town if town is not None and (lemma == "city" or not self.gazetteer.is_capital(town.name)) else None

    def _is_no_such(self, name: PlaceName, lemma: str) -> bool:
        """Whether a settlement is told, or known, to be of another size: "the city" is no village, "the village" no capital."""
        if name.called and name.called != lemma and lemma != "settlement" and {name.called, lemma} & {"village", "hamlet", "city"}:
            return True
        return lemma in {"village", "hamlet"} and self.gazetteer.is_capital(name.where.name)

    def _inmost(self, before: list[PlaceName]) -> PlaceName:
        """The last place named, without what it is only told to lie in: Moura of "Moura, in the Mopti region"."""
        doc, name = self.doc, before[-1]
        for inner in reversed(before[:-1]):
            beside = doc.sentence_of[inner.first] == doc.sentence_of[name.first] and 0 <= name.first - inner.last <= 6
            apart = any(doc.upos[k] in {"VERB", "AUX", "CCONJ", "SCONJ"} for k in range(inner.last, name.first))
            if not beside or apart or PRECISION[inner.where.precision] >= PRECISION[name.where.precision]:
                break
            name = inner
        return name

    def _near(self, name: PlaceName, k: int) -> bool:
        """Whether word `k` stands in the sentence of a name or in the next."""
        return self.doc.sentence_of[k] - self.doc.sentence_of[name.first] <= 1

    def _ranges(self) -> set[tuple[int, int]]:
        """Where the network saw a place, and where the lexicon sees a country or its seat inside no longer name ("the South China Sea")."""
        people = self.resolver.person_at
        listed = self._listed()
        within = {k for first, last in listed for k in range(first, last)}
        tagged = {(s.first, s.last) for s in self.resolver.places if s.first not in people and not within & set(range(s.first, s.last))} | listed
        covered = {k for s in self.doc.names if s.type != "time" for k in range(s.first, s.last)}
        marks = [m for m in self.resolver.marks if m.of("country", "capital", "seat")]
        return tagged | {(m.first, m.last) for m in marks if m.first not in covered and m.first not in people}

    def _listed(self) -> set[tuple[int, int]]:
        """Names of several words of our own list that the network has in pieces, or for somebody: "Ras al-Ain", "Deir ez-Zor"."""
        doc, found = self.doc, set()
        longer = {k for s in doc.names if s.type in {"organisation", "place"} for k in range(s.first, s.last) if s.last - s.first > 2}
        k = 0
        while k < len(doc):
            ends = range(min(k + 5, doc.sentences[doc.sentence_of[k]].last), k + 1, -1) if doc.words[k][:1].isupper() else ()
            end = next((end for end in ends if self._is_name(k, end) and self.gazetteer.lists(doc.text(k, end))), k)
            pieces = {self._stretch_at.get(m, (m, m + 1)) for m in range(k, end)}
            whole = len(pieces) == 1 and pieces != {(k, end)}  # a part of a longer name, or what is no name
            if end > k and not whole and all(k <= first and last <= end for first, last in pieces) and not any(
                m.first <= k and end <= m.last and m.of("actor", "organ") for m in self.resolver.marks_in(k, end)
            ) and not longer & set(range(k, end)):  # fmt: skip
                found.add((k, end))
            k = max(k + 1, end)
        return found

    def _is_name(self, first: int, last: int) -> bool:
        """Whether words can be a name: the last one in capitals, and between them nothing but such and small words within foreign names."""
        words = self.doc.words[first:last]
        return any(c.isupper() for c in words[-1]) and all(w == "-" or w.lower() in PARTICLES or any(c.isupper() for c in w) for w in words)

    def _name(self, first: int, last: int, *, known: bool) -> PlaceName:
        doc = self.doc
        top = next((k for k in range(first, last) if not first <= doc.heads[k] < last), first)
        text, at = doc.text(first, last), doc.starts[first]
        start = doc.sentences[doc.sentence_of[first]].first
        kind = doc.lemmas[first - 2] if first - 2 >= start and doc.words[first - 1] == "of" and doc.words[first - 2].islower() else ""
        called = self._called_so(first, last, kind)
        if kind and kind_of(kind) in {"province", "district"}:  # "the province of Kunduz" is not the city
            where, because = self._resolved(f"{text} {kind}", at, known=known)
            if because:
                return PlaceName(first, last, top, msgspec.structs.replace(where, text=text), because, called=called)
        where, because = self._resolved(text, at, known=known)
        if not because and kind_of(called) == "point":
            where = msgspec.structs.replace(where, precision="point")
        return PlaceName(first, last, top, where, because, called=called)

    def _called_so(self, first: int, last: int, before: str) -> str:
        """The word that tells what kind of place a name is: before "of", as its last word, right behind it, or behind a comma; "" for none."""
        doc = self.doc
        if before and (kind_of(before) or self.resolver.lexicon.is_word(before, "place")):
            return before
        for k in (last - 1, last):
            if first < k < len(doc) and (self.resolver.lexicon.is_word(doc.lemmas[k].lower(), "way") or (doc.words[k].islower() and kind_of(doc.lemmas[k]))):
                return doc.lemmas[k].lower()
        top = next((k for k in range(first, last) if not first <= doc.heads[k] < last), first)
        beside = (c for c in doc.dependents(top, "appos") if c > last and doc.words[c].islower() and kind_of(doc.lemmas[c]))
        above = doc.heads[top] if doc.labels[top] == "appos" else -1
        word = next(beside, above)
        return doc.lemmas[word] if word >= 0 and doc.words[word].islower() and kind_of(doc.lemmas[word]) else ""

    def _called(self, taken: set[int]) -> list[tuple[int, int]]:
        """Names that only the words beside them show to be places: "the village of Kafr Dan", "the Camp Sarah area", "Kabul University"."""
        doc = self.doc
        found = []
        seen = {k for s in doc.names for k in range(s.first, s.last)} | set(self.resolver.mark_at) | set(self.resolver.person_at)
        elsewhere = {*self._counts, doc.report.place}
        for s in doc.sentences:
            k = s.first
            while k < s.last:
                end = k
                while end < s.last and doc.upos[end] in {"PROPN", "ADJ"} and doc.words[end][0].isupper() and end not in taken:
                    end += 1
                while end > k and doc.upos[end - 1] == "ADJ":
                    end -= 1
                if end > k and doc.upos[k] == "ADJ" and not self.gazetteer.lists(doc.text(k, end)):
                    k = next(j for j in range(k, end) if doc.upos[j] == "PROPN")
                if end > k and self._kind_before(k, s.first):
                    end = self._joined(end, s.last)
                country = any(m.of("country", "adjective") and m.last - m.first == end - k for m in self.resolver.marks_in(k, end))
                site = end - k > 1 and doc.words[end - 1].lower() in SITES
                text = doc.text(k, end) if end > k else ""
                known = (end - k > 1 and self.gazetteer.lists(text)) or (text in elsewhere and k not in self.resolver.mark_at)
                shown = site or known or self._kind_behind(end, s.last) or self._kind_before(k, s.first) or self._placed_so(k, end, seen)
                if end > k and not country and shown:
                    found.append((k, end))
                k = end + 1
        return found

    @cached_property
    def _stretch_at(self) -> dict[int, tuple[int, int]]:
        """By word, the name that it is part of."""
        return {k: (s.first, s.last) for s in self.doc.names for k in range(s.first, s.last)}

    def _placed_so(self, first: int, last: int, seen: set[int]) -> bool:
        """Whether a name that nothing else claims stands where a place stands: "in Kekhvi"; or "of" and "to", where the gazetteer knows it."""
        doc = self.doc
        if last == first or not all(doc.words[k].isalpha() for k in range(first, last)):
            return False
        top = next((k for k in range(first, last) if not first <= doc.heads[k] < last), first)
        case = doc.case(top)
        if doc.labels[top] not in {"obl", "nmod", "obj"} or (doc.labels[top] != "obj" and not case):
            return False
        other = any(k in seen for k in range(first, last))  # the network or the lexicon has it for something else
        if any(self._stretch_at.get(k, (first, last)) != (first, last) for k in range(first, last)):
            return False  # "the American University of Kabul"
        if case in _WITHIN and any(c.islower() for c in doc.words[top]) and not other:
            return True
        if case not in _WITHIN and (other or (case not in {"of", "to", "from", "on"} and doc.labels[top] != "obj")):
            return False
        place = self.gazetteer.resolve(doc.text(first, last), self.shares)
        return place is not None and place.kind != "country" and self.shares.get(place.country or "", 0.0) > 0

    def _kind_behind(self, end: int, last: int) -> bool:
        """Whether the name that ends before word `end` stands before a word for its kind: "the Camp Sarah area"."""
        doc = self.doc
        if end >= last or not doc.words[end].islower() or doc.labels[end - 1] not in {"compound", "amod", "nmod"}:
            return False
        if kind_of(doc.words[end]) != "":
            return True
        head = doc.heads[end - 1]
        chain = end <= head < min(last, end + 3) and all(doc.words[k].islower() for k in range(end, head + 1)) and self.is_place_word(head)
        held = self._is_held(head) and doc.lemmas[head] not in SITES
        return chain and doc.labels[end - 1] == "compound" and not held and not self.is_party(end - 1)

    def _is_held(self, i: int) -> bool:
        """Whether a place may be called after whoever holds it: "the Wagner base"."""
        return any(self.resolver.lexicon.is_word(self.doc.lemmas[i], how) for how in ("holding", "military", "anywhere"))

    def _kind_before(self, k: int, first: int) -> bool:
        """Whether word `k` stands behind a word for its kind: "the village of …"."""
        doc = self.doc
        return (
            k - 2 >= first
            and doc.words[k - 1].lower() == "of"
            and doc.words[k - 2].islower()
            and (kind_of(doc.lemmas[k - 2]) != "" or self.is_place_word(k - 2))
        )

    def _whole(self, first: int, last: int) -> tuple[int, int]:
        """The name with the words of it that the network left out: "East" of "East Africa"."""
        doc = self.doc
        end = doc.sentences[doc.sentence_of[first]].last
        if first > doc.sentences[doc.sentence_of[first]].first and doc.words[first - 1][0].isupper() and self.gazetteer.lists(doc.text(first - 1, last)):
            first -= 1  # "Second" of "Second Thomas Shoal"
        if first > doc.sentences[doc.sentence_of[first]].first and doc.words[first - 1][0].isupper() and doc.words[first - 1].endswith("-"):
            first -= 1  # "North-" of "North-Kivu"
            return first, last
        last = self._hyphened(first, last, end)
        while last - first > 1 and (doc.upos[last - 1] == "ADP" or find_dates(doc.words[last - 1], _ANY_DAY)):
            last -= 1  # "Hebron Tuesday", "the Zeitoun district of"
        while (
            last < end
            and doc.upos[last] == "PROPN"
            and doc.words[last][0].isupper()
            and doc.heads[last - 1] == last
            and doc.labels[last - 1] in {"compound", "amod"}
        ):
            if last in self.resolver.person_at:
                break
            last += 1
        last = self._with_particles(last, end)
        return first, last

    def _hyphened(self, first: int, last: int, end: int) -> int:
        """Where a name ends that the network cut at a hyphen: "Mazar" of "Mazar-i-Sharif"; not "Kyiv" of "Kyiv-Warsaw train"."""
        doc = self.doc
        best = self._joined(last, end)
        if best == last:
            return last
        known = self.gazetteer.resolve(doc.text(first, best), self.shares) is not None
        return best if known or self.gazetteer.resolve(doc.text(first, last), self.shares) is None else last

    def _joined(self, last: int, end: int) -> int:
        """Where the last word with a capital ends that hyphens join to a name: "Mazar-i-Sharif"."""
        doc, best = self.doc, last
        while last + 1 < end and doc.words[last] == "-" and doc.ends[last - 1] == doc.starts[last] and doc.ends[last] == doc.starts[last + 1]:
            last += 2
            if doc.words[last - 1][0].isupper():
                best = last
        return best

    def _with_particles(self, last: int, end: int) -> int:
        """Where a foreign name ends that the network cut at a small word: "Vigia" of "Vigia del Fuerte", "San Juan de la Cruz"."""
        doc = self.doc
        for _ in range(3):
            after = last
            while after < end and after - last < 2 and doc.words[after] in PARTICLES:
                after += 1
            if not last < after < end or not doc.words[after][0].isupper() or after in self.resolver.person_at or doc.upos[after] in {"DET", "PRON", "ADP"}:
                return last
            last = after + 1
        return last

    def _with_kind(self, first: int, last: int) -> tuple[int, int]:
        """The name with the word for its kind behind it: "Zabul province"; not in "the West Bank city of Jenin"."""
        doc = self.doc
        end = doc.sentences[doc.sentence_of[first]].last
        site = next((k for k in range(last, min(last + 3, end)) if doc.words[k].lower() in SITES), -1)
        if site >= last and all(doc.upos[k] == "ADJ" for k in range(last, site)) and any(doc.heads[k] == site for k in range(first, last)):
            return first, site + 1  # "Damascus international airport"
        if last >= end or doc.upos[last] not in {"NOUN", "PROPN"}:
            return first, last
        if doc.words[last].isalpha() and doc.heads[last - 1] == last and self.gazetteer.lists(doc.text(first, last + 1)):
            return first, last + 1  # "the Dnipro river" is not the city
        if not kind_of(doc.words[last]):
            return first, last
        if last + 1 < end and doc.words[last + 1] == "of" and kind_of(doc.words[last]) in {"city", "point"}:
            return first, last
        if kind_of(doc.words[last]) == "city" and self._resolved(doc.text(first, last), 0, known=True)[0].precision != "city":
            return first, last  # "the West Bank city" is none of that name
        return (first, last + 1) if any(first <= doc.heads[k] <= last for k in range(first, last)) else (first, last)

    def _resolved(self, text: str, at: int, *, known: bool) -> tuple[Where, str]:
        """What the gazetteer makes of a name, with why.

        A name that it knows only from a country of which the report says nothing else stays a bare name, with no reason, unless
        the lexicon too (`known`) has it.
        """
        place = self.gazetteer.resolve(text, self.shares)
        guessed = place is not None and not known and place.why.startswith("GeoNames") and not self.resolver.named.get(place.country or "")
        if place is not None and guessed and place.country and self.resolver.main and self.resolver.main[0] != place.country:
            again = self.gazetteer.resolve(text, {code: share for code, share in self.shares.items() if code != place.country})
            if again is not None and again.country == self.resolver.main[0]:
                place = again
            elif place.why.endswith("only place of that name") or (again is not None and again.why.endswith("only place of that name")):
                place = None
        if place is None:
            return Where(name=text, precision="city", text=text, at=at), ""
        return self.gazetteer.to_where(place, text, at), place.why

    def _this_town(self, k: int) -> Where | None:
        """The dateline's town, which "this city" and "this northern Ruritanian town" mean."""
        doc, town = self.doc, self.dateline
        this = any(doc.words[d].lower() == "this" for d in doc.dependents(k, "det"))
        if town is None or not this or kind_of(doc.lemmas[k]) != "city" or town.precision != "city":
            return None
        return town

    def _land(self, k: int) -> tuple[Where, str] | None:
        """The country in which a place lies that is only told to be its: "Lebanese territory", "a Syrian village", "the Chadian border"."""
        doc, words = self.doc, self.resolver.lexicon
        if (
            doc.labels[k] not in {"obl", "nmod", "obj", "nsubj:pass"}
            or not self.is_place_word(k)
            or words.is_word(doc.lemmas[k], "military")
            or any(c in self._named for c in doc.dependents(k, "nmod", "appos", "flat"))
        ):
            return None
        for m in doc.dependents(k, "amod", "nmod:poss", "compound"):
            mark = self.resolver.mark_at.get(m)
            adjective = mark.of("adjective", "country") if mark is not None else None
            row = words.countries.get(str(adjective.row["code"])) if adjective is not None else None
            place = self.gazetteer.resolve(row["name"], {}) if row is not None else None
            if place is not None and place.kind == "country":
                return self.gazetteer.to_where(place, doc.text(m, k + 1), doc.starts[m]), f"{place.why}, whose “{doc.words[k]}” it is"
        return self._land_of_its(k)

    def _land_of_its(self, k: int) -> tuple[Where, str] | None:
        """The country whose "its waters" or "their territory" are, where the pronoun means a party of one country."""
        doc, words = self.doc, self.resolver.lexicon
        owner = next((m for m in doc.dependents(k, "nmod:poss") if doc.upos[m] == "PRON" and doc.words[m].lower() in {"its", "their"}), None)
        if owner is None or not words.is_word(doc.lemmas[k], "realm"):
            return None
        codes = {p.entity.country for p in self.resolver.of(owner)}
        row = words.countries.get(codes.pop() or "") if len(codes) == 1 else None
        place = self.gazetteer.resolve(row["name"], {}) if row is not None else None
        if place is None or place.kind != "country":
            return None
        return self.gazetteer.to_where(place, doc.text(owner, k + 1), doc.starts[owner]), f"{place.why}, which “{doc.text(owner, k + 1)}” means"

    def _homeland(self, k: int) -> tuple[Where, str] | None:
        """The country that "the country" means, where the report speaks far more of one than of any other."""
        doc, resolver = self.doc, self.resolver
        if not resolver.lexicon.is_word(doc.lemmas[k], "land") or not any(doc.words[d].lower() in {"the", "this"} for d in doc.dependents(k, "det")):
            return None
        if resolver.marks_in(*resolver.extent(k)) or not resolver.main or doc.labels[k] == "compound":
            return None
        first, *others = (resolver.weights[code] for code in resolver.main)
        row = resolver.lexicon.countries.get(resolver.main[0])
        place = self.gazetteer.resolve(row["name"], {}) if row is not None else None
        if place is None or place.kind != "country" or (others and first < 2 * others[0]):
            return None
        return self.gazetteer.to_where(place, doc.words[k], doc.starts[k]), f"“{doc.words[k]}” is the country that the report speaks most of"

    def _line(self, k: int) -> tuple[Where, str] | None:
        """A line that parts two sides, which is a place by itself: "the Lebanese-Israeli border", "the border with Chad", "the contact line".

        It lies in no country of its own. A border with one country only is that of the other country that the report speaks most of, and a
        line without a name that of the one country that it is about, if there is such.
        """
        doc, words = self.doc, self.resolver.lexicon
        if doc.labels[k] in {"compound", "nsubj"}:
            return None
        first, last = k, k + 1
        if k and words.is_word(f"{doc.lemmas[k - 1]} {doc.lemmas[k]}", "line"):
            first = k - 1
        elif k + 3 <= len(doc) and words.is_word(" ".join(doc.lemmas[k : k + 3]), "line"):
            last = k + 3
        elif not words.is_word(doc.lemmas[k], "line"):
            return None
        parted = [c for c in doc.dependents(k, "amod", "compound", "nmod:poss", "nmod") if doc.labels[c] != "nmod" or doc.case(c) in _PARTED]
        parted += [other for c in parted for other in doc.dependents(c, "conj")]
        marks = [m for c in parted for m in self.resolver.marks_in(*self.resolver.extent(c)) if m.of("country", "adjective")]
        if k + 2 < len(doc) and doc.words[k + 1] in _PARTED:  # "near the border with Somalia", whatever the tree has
            marks += [m for m in self.resolver.marks_in(k + 2, min(k + 4, len(doc))) if m.of("country") and m not in marks]
        named = {n.row["code"] for m in marks if (n := m.of("country", "adjective"))}
        if last - first == 1 and not named:
            return None
        first, last = min(first, *(m.first for m in marks), first), max(last, *(m.last for m in marks), last)
        text = doc.text(first, last)
        weights = [self.resolver.weights[code] for code in self.resolver.main]
        if len(named) == 1:
            country = next((code for code in self.resolver.main if code not in named), None)
        else:
            country = self.resolver.main[0] if not named and weights and (len(weights) == 1 or weights[0] > 2 * weights[1]) else None
        return Where(name=text, country=country, precision="province", text=text, at=doc.starts[first]), f"“{text}” parts two sides"

    def _capital(self, k: int) -> tuple[Where, str] | None:
        """The city that "the capital" means: of the country that stands with it, else of the one that the report speaks most of."""
        doc, resolver = self.doc, self.resolver
        if any(c in self._named for c in doc.dependents(k, "appos", "nmod", "flat") if doc.case(c) != "of") or doc.labels[k] in {"compound", "amod"}:
            return None
        behind = resolver.mark_at.get(k + 1)
        if behind is not None and behind.of("capital") is not None:
            return None  # "the capital Kampala"
        seat_of = next((s for s in self._regions(k) if s is not None), None)
        if seat_of is not None:
            place = self.gazetteer.resolve(seat_of["seat"], {seat_of["country"]: 1.0})
            return (self.gazetteer.to_where(place, doc.words[k], doc.starts[k]), f"{seat_of.place} {seat_of['name']}") if place is not None else None
        if any(self.resolver.lexicon.is_word(doc.lemmas[m], "regional") for m in doc.dependents(k, "amod")):
            return None  # not that of the country
        inside = [m for m in resolver.marks_in(*resolver.extent(k)) if m.of("country", "adjective")]
        codes = [str(n.row["code"]) for m in inside if (n := m.of("country", "adjective"))] or resolver.main[:1]
        row = resolver.lexicon.countries.get(codes[0]) if codes else None
        if row is None or not row.listed("capital") or not (inside or doc.words[k - 1].lower() == "the"):
            return None
        seats = row.listed("capital")  # of several, which had their time, the one that the report names
        printed = fold(doc.report.place or "")
        seat = next((s for s in seats if s in self._counts or printed.startswith(fold(s))), seats[0])
        place = self.gazetteer.resolve(seat, {codes[0]: 1.0})
        if place is None or place.country != codes[0]:
            return None
        return self.gazetteer.to_where(place, doc.words[k], doc.starts[k]), f"{row.place} {seat}"

    def _regions(self, k: int) -> list[Row | None]:
        """The regions that "the capital" at word `k` is said to be of: "the Chechen capital", "the capital of North Kivu"."""
        doc, seats = self.doc, self.resolver.lexicon.seats
        first = doc.sentences[doc.sentence_of[k]].first
        before = [seats.get(doc.text(k - n, k)) for n in (2, 1) if k - n >= first]
        of = [seats.get(doc.text(*self._span_of(c))) for c in doc.dependents(k, "nmod") if doc.case(c) == "of"]
        return [*before, *of]

    def _span_of(self, i: int) -> tuple[int, int]:
        """The name that word `i` ends or heads, its compounds before it and flat words behind it."""
        parts = [i, *self.doc.dependents(i, "compound", "flat", "amod")]
        return min(parts), max(parts) + 1

    def in_country(self, name: PlaceName, here: list[PlaceName]) -> Where:
        """The place; one that the gazetteer does not know lies in the country named beside it, else in that which the report speaks most of."""
        if name.where.country is not None or name.because:
            return name.where
        near = [n.where.country for n in sorted(here, key=lambda n: abs(n.first - name.first)) if n.where.country]
        country = near[0] if near else self.resolver.main[0] if self.resolver.main else None
        return msgspec.structs.replace(name.where, country=country)

    def stands_as_place(self, name: PlaceName) -> bool:
        """Whether a name stands where places stand, whatever the act ("fighting in Baku"), and not where its people or state do ("Baku said")."""
        return self.standing("", -1, name) is not None

    def standing(self, act: str, trigger: int, name: PlaceName) -> tuple[int, float] | None:
        """The word that a place belongs to, and how loosely; None for a name that owns, describes or is a party."""
        doc = self.doc
        k = self._before_it(name)
        for _ in range(6):
            label, head, case = doc.labels[k].split(":")[0], doc.heads[k], doc.case(k).split(" ")[0]
            if label == "advmod" and (name.taken_up or doc.words[k] == "here"):
                return head, 0.0
            if act in STRUCK and trigger in doc.children[k] and self._is_won(trigger, name):
                return trigger, 0.2
            if head < 0:
                return (k, 0.0) if case in _PLACED else None
            if label == "compound" and head == trigger and act in STRUCK | {"CONSULT"} and name.where.precision != "country":
                return head, 0.3  # "the Ouagadougou assault"
            if doc.lemmas[head] in DIRECTIONS and case in {"of", "from", "with"}:  # "west of Baghdad"; but no "border with Chad"
                return (doc.heads[head], 0.6) if case != "with" and doc.heads[head] >= 0 else None
            if case in DIRECTIONS and label in _CIRCUMSTANCES:
                return head, 0.6
            if case in _PLACED and label in _CIRCUMSTANCES:
                return None if self._is_topic(act, case, head, name) else (head, 0.0)
            if label == "nmod" and case == "from" and self._is_government(name) and self._is_act(head):
                return None  # "attacks from Baghdad"
            if label in {"obl", "nmod"} and case == "from" and act == "MOBILIZE":
                return head, 0.55  # where missiles were launched, where no goal is named
            if label in {"obl", "nmod"} and case in _REACHED.get(act, ()) and not (label == "nmod" and self.is_party(head)):
                return head, 0.1
            if label in {"obl", "nmod"} and case in _TOWARDS and act in STRUCK:
                return head, 0.2
            if label == "obj" or doc.labels[k] == "nsubj:pass":
                struck = head == trigger if act in STRUCK | {"CONSULT", "displaced"} else False
                return (head, 0.2) if struck or head in self.strikes else None
            if label not in {"compound", "nmod", "appos", "amod", "flat", "conj", "dep"} or (label == "nmod" and case and case not in _NESTED):
                return None
            if label in {"compound", "amod", "nmod"}:
                if self.is_party(head):
                    town = name.where.precision != "country" and label == "nmod" and case in {"of", "in"}
                    at_home = town and act in _AT_HOME and self._are_civilians(head) and doc.heads[head] >= 0
                    return (doc.heads[head], 0.7) if at_home else None
                if name.where.precision == "country" and case != "of" and not self.is_place_word(head):
                    return None
            k = head
        return None

    def _is_won(self, verb: int, name: PlaceName) -> bool:
        """Whether a relative clause tells what befell the place that it hangs on: "the town that rebels took", "the hills, shelled for days"."""
        doc = self.doc
        if not doc.labels[verb].startswith("acl") or name.where.precision == "country":
            return False
        subjects = [doc.words[s].lower() for s in doc.dependents(verb, "nsubj", "nsubj:pass")]
        objects = [doc.words[o].lower() for o in doc.dependents(verb, "obj")]
        if is_passive(doc, verb):
            return not objects and not set(subjects) - {"which", "that"}
        return bool(set(subjects) - {"which", "that", "who"}) and not set(objects) - {"which", "that"}

    def _is_topic(self, act: str, case: str, head: int, name: PlaceName) -> bool:
        """Whether a name behind its preposition is a side or what the talk is of: "talks between Oslo and Lima", "deadlocked over the Golan"."""
        if case == "between":
            return self._is_government(name) and not self.is_place_word(head)
        return case in {"over", "on"} and (act == "CONSULT" or act in SPOKEN) and not self.is_place_word(name.last - 1)

    def _is_government(self, name: PlaceName) -> bool:
        """Whether a name may stand for a government: a country, a capital."""
        mark = self.resolver.mark_at.get(name.first)
        return mark is not None and mark.of("country", "capital", "seat") is not None

    def _is_act(self, i: int) -> bool:
        """Whether word `i` is a noun of act."""
        return self.doc.upos[i] == "NOUN" and any(row.type != "NONE" for row in self.resolver.lexicon.nouns.get(self.doc.lemmas[i], ()))

    def _before_it(self, name: PlaceName) -> int:
        """The word by which a name hangs on others: its own, or the word for its kind right before it, which the tree has beside it: "in the capital Lagos"."""
        doc, k = self.doc, name.first - 1
        beside = k >= 0 and doc.upos[k] == "NOUN" and self.is_place_word(k) and doc.heads[k] == doc.heads[name.top] and not doc.case(name.top)
        return k if beside and doc.labels[name.top] in {"obl", "nmod", "obl:unmarked", "nmod:unmarked"} and doc.labels[k] in {"obl", "nmod"} else name.top

    def breadth(self, name: PlaceName) -> float:
        """How wide a place is, as `PRECISION` has it; between a province and a country are a part of one ("northern Iraq") and, wider, a border."""
        doc, k = self.doc, name.first - 1
        part = name.where.precision == "country" and k >= 0 and name.first <= doc.heads[k] < name.last and is_part(doc.words[k])
        if name.where.precision == "province" and self.resolver.lexicon.is_word(doc.lemmas[name.top], "line"):
            return 3.75
        return 3.5 if part else PRECISION[name.where.precision]

    def is_party(self, i: int) -> bool:
        found = self.resolver.of(i)
        return bool(found) and found[0].kind in _PARTIES

    def _are_civilians(self, i: int) -> bool:
        found = self.resolver.of(i)
        return bool(found) and found[0].entity.sector in {Sector.CVL, Sector.REF}

    def is_place_word(self, i: int) -> bool:
        return self.resolver.lexicon.is_word(self.doc.lemmas[i], "place")


def _abbreviated(text: str) -> bool:
    """Whether a name is rather an institution's, by its initials."""
    return 1 < len(text) <= 5 and text.isalpha() and text.isupper()


def kind_of(word: str) -> str:
    """The kind of place that a word behind a name tells ("province", "city"), "" for none."""
    return stripped(f"x {fold(word)}")[1]
