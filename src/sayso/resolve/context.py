"""Doc + lexicon → what a report has to resolve with: its marks, people and places, which countries it speaks of, the words of a nominal.

In: a parsed report, the lexicon, and what tells the country of a place. Out: `Context`, the lowest class of the chain that ends in
`Resolver` (context, voices, ownership, offices, organisations, forces, dyads, pronouns, entities: each knows those before it).
It looks at words and names alone; whom a nominal means is asked of `of` and `parties`, which are only declared here.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Container
from functools import lru_cache

from sayso.lexicon import BODIES, Lexicon, Row
from sayso.model import Entity, Sector
from sayso.reader import Doc, Stretch
from sayso.resolve.marks import Mark, find_marks
from sayso.resolve.party import _LOCATIVE, _UNQUALIFIED, ARMED, Party
from sayso.resolve.people import Person, find_people
from sayso.resolve.stretches import retype
from sayso.resolve.titles import Title

_QUOTES = {"'", "\"", "“", "”", "‘", "’"}
_INSIDE = ("compound", "amod", "nmod:poss", "flat", "nummod", "det", "nmod:npmod", "nmod:desc", "nmod:unmarked", "advmod", "fixed", "goeswith")
SPOKEN_OF = 0.15
"""Share of all that a report names from which on a country is one that its place names are looked for in first."""
REACH = 8
"""Words between an office and the last of the names that hold it."""


class Context(ABC):
    """What the rules look at, for one report: its words, marks, people and places, and how much it speaks of each country."""

    def __init__(
        self,
        doc: Doc,
        lexicon: Lexicon,
        country_of_place: Callable[[str], str | None] = lambda name: None,
        place_in: Callable[[str, dict[str, float]], str | None] | None = None,
    ) -> None:
        self.doc = doc
        self.lexicon = lexicon
        self.day = doc.report.day
        self._country_of_place = country_of_place
        retype(doc, lexicon, country_of_place)
        self.marks = find_marks(doc, lexicon, country_of_place)
        self.marks = [m for m in self.marks if not self._names_a_place(m)]
        self._mark_starts = [m.first for m in self.marks]
        self.mark_at: dict[int, Mark] = {k: m for m in self.marks for k in range(m.first, m.last)}
        people = find_people(doc, self.marks, lexicon)
        misread = [p for p in people if self._rather_place(p)]
        self.people = [p for p in people if p not in misread]
        self.titles_of: dict[str, list[Title]] = {}
        self.titled_at: dict[int, list[int]] = {}
        self._find_titled()
        self.person_at: dict[int, Person] = {k: p for p in self.people for first, last in p.spans for k in range(first, last)}
        self.places = [s for s in doc.names if s.type == "place"]
        self.places += [Stretch(first, last, "place") for p in misread for first, last in p.spans]
        self.places += self._vouched()
        self.place_at = {k: s for s in self.places for k in range(s.first, s.last)}
        self.organisation_at = {k: s for s in doc.names if s.type == "organisation" for k in range(s.first, s.last) if k not in self.place_at}
        self.speaker_of: Callable[[int], list[Party]] = lambda i: []
        self.quoted_speaker: Callable[[int], list[Party]] = lambda i: []
        self.quoted: Container[int] = ()
        self.foe: Callable[[int], Party | None] = lambda i: None
        self.enemy: Callable[[Entity], Party | None] = lambda entity: None
        self.only_enemy: Callable[[Entity], Party | None] = lambda entity: None
        self._cache: dict[int, list[Party]] = {}
        self._busy: set[int] = set()
        self._person_entities: dict[int, Party] = {}
        self._organ_countries: dict[Sector, tuple[str | None, str]] = {}
        self._weights = self._named_weights = self._count_countries(places=False)
        if place_in is not None:  # from here on a name is looked for in the countries that the report names first
            total = sum(self._weights.values()) or 1.0
            shares = {code: weight / total for code, weight in self._weights.items() if weight >= SPOKEN_OF * total}
            self._country_of_place = lru_cache(maxsize=None)(lambda name: self._there(country_of_place(name), name, shares, place_in))
        self._weights = self._count_countries()
        self.main = sorted(self._weights, key=lambda c: -self._weights[c])  # of equals the one named first: no order of names may favour a side

    @staticmethod
    def _there(code: str | None, name: str, shares: dict[str, float], place_in: Callable[[str, dict[str, float]], str | None]) -> str | None:
        """The country of a place: that of its best known namesake, unless the report speaks of another that has one."""
        return place_in(name, shares) if code is not None and code not in shares else code

    def _names_a_place(self, mark: Mark) -> bool:
        """Whether what elsewhere means a government is a town or a quarter of that name here: "in Miraflores", "the town of X", "the X district"."""
        if mark.of("metonym") is None or mark.of("country", "capital", "organ", "actor") is not None:
            return False
        doc, k = self.doc, mark.last - 1
        head = doc.heads[k]
        above = head >= 0 and doc.upos[head] == "NOUN" and self.lexicon.is_word(doc.lemmas[head], "place") and doc.words[head].islower()
        return above and (doc.labels[k] == "compound" or doc.case(k) == "of")

    def _rather_place(self, person: Person) -> bool:
        """Whether what was taken for somebody is a place: one word without a title, never who does something, that a place in the report's countries bears."""
        doc = self.doc
        if person.known is not None or person.titles:
            return False
        if any(last - first > 1 or doc.labels[first].startswith(("nsubj", "flat")) for first, last in person.spans):
            return False
        code = self._country_of_place(person.name)
        named = {n.row.cells.get("code") or n.row["country"] for m in self.marks if (n := m.of("country", "adjective", "nation", "capital", "actor"))}
        governed = any(first > 1 and doc.words[first - 1] == "of" and (m := self.mark_at.get(first - 2)) and m.of("office") for first, _ in person.spans)
        return code is not None and (code in named or governed)

    def _find_titled(self) -> None:
        """For each word of an office, the first words of the names right behind it, in the same sentence; for each name, its titles."""
        for person in self.people:
            self.titles_of.setdefault(person.name, []).extend(person.titles)
            for title in person.titles:
                if title.office is None:
                    continue
                sentence = self.doc.sentence_of[title.office.first]
                near = [first for first, _ in person.spans if 0 <= first - title.last < REACH and self.doc.sentence_of[first] == sentence]
                for k in range(title.office.first, title.office.last):
                    self.titled_at[k] = sorted({*self.titled_at.get(k, ()), *near}) if near else self.titled_at.get(k, [])
        self.titled_at = {k: near for k, near in self.titled_at.items() if near}

    # what the report is about

    def _vouched(self) -> list[Stretch]:
        """Places that the network did not see: names behind "near", "in", or beside "section", "village", that lie in a country of the report."""
        doc = self.doc
        named = {n.row["code"] for m in self.marks if (n := m.of("country", "adjective", "nation", "capital"))}
        named |= {n.row["country"] for m in self.marks if (n := m.of("actor")) and n.row["country"] not in BODIES}
        taken = {k for s in doc.names if s.type == "place" for k in range(s.first, s.last)} | set(self.mark_at) | set(self.person_at)
        found: list[Stretch] = []
        for k in range(len(doc)):
            if doc.upos[k] != "PROPN" or not doc.words[k][0].isupper() or k in taken or (k and doc.upos[k - 1] == "PROPN" and k - 1 not in taken):
                continue
            last = k + 1
            while last < len(doc) and doc.upos[last] == "PROPN" and last not in taken and doc.sentence_of[last] == doc.sentence_of[k]:
                last += 1
            top = next((j for j in range(k, last) if not k <= doc.heads[j] < last), k)
            beside = doc.heads[top] >= 0 and doc.labels[top] in {"compound", "nmod", "appos"} and self.lexicon.is_word(doc.lemmas[doc.heads[top]], "place")
            hit = doc.labels[top] in {"obj", "nsubj:pass"} and any(r.type == "ASSAULT" for r in self.lexicon.verbs.get(doc.lemmas[doc.heads[top]], ()))
            deeds = self.lexicon.nouns.get(doc.lemmas[doc.heads[top]], ()) if doc.labels[top] == "nmod" and doc.case(top) == "on" else ()
            attacked = any(r.type == "ASSAULT" for r in deeds)  # "the strike on Odesa"
            if (beside or hit or attacked or doc.case(top) in _LOCATIVE) and self._country_of_place(doc.text(k, last)) in named:
                found.append(Stretch(k, last, "place"))
        return found

    def _count_countries(self, places: bool = True) -> dict[str, float]:
        """How often the report names each country, early mentions twice; without `places` by the names of countries, capitals and groups alone."""
        weights: defaultdict[str, float] = defaultdict(float)
        for mark in self.marks:
            name = mark.of("country", "adjective", "nation", "capital", "metonym")
            sentence = self.doc.sentence_of[mark.first]
            early = 2.0 if sentence < 4 else 1.0
            if name and not self._seated(mark):
                weights[name.row["code"]] += early * (0.5 if name.kind == "metonym" or self._backs(mark) else 1.0)
            elif (actor := mark.of("actor")) and actor.row["country"] and actor.row["country"] not in BODIES and actor.row["kind"] != "media":
                weights[actor.row["country"]] += early
            elif (seat := mark.of("seat")) and seat.row["country"] not in BODIES:
                weights[seat.row["country"]] += 0.5 * early
        for person in self.people:  # a leader named without his country stands for it
            if person.known is not None and person.known["country"] not in BODIES | {""}:
                for first, _ in person.spans:
                    weights[person.known["country"]] += 1.0 if self.doc.sentence_of[first] < 4 else 0.5
        for stretch in self.doc.names:
            if places and stretch.type == "place" and stretch.first not in self.mark_at:
                country = self._country_of_place(self.doc.text(stretch.first, stretch.last))
                if country:
                    weights[country] += 1.0 if self.doc.sentence_of[stretch.first] < 4 else 0.5
        if self.doc.report.place and (country := self._country_of_place(self.doc.report.place)):
            weights[country] += 1.0
        return weights

    @property
    def weights(self) -> dict[str, float]:
        """How often the report names each country, early mentions twice."""
        return self._weights

    @property
    def named(self) -> dict[str, float]:
        """The same without what only the names of places speak for."""
        return self._named_weights

    def country_name(self, code: str) -> str:
        """The name of a country, or the code where the lexicon has none."""
        row = self.lexicon.countries.get(code)
        return row["name"] if row else code

    # the words of a nominal

    def extent(self, i: int) -> tuple[int, int]:
        """The words of the nominal headed by `i`, without its clauses: first, and last exclusive."""
        doc = self.doc
        keep, stack = {i}, [i]
        while stack:
            k = stack.pop()
            for c in doc.children[k]:
                label = doc.labels[c]
                whole = label in _INSIDE or label.split(":")[0] in _INSIDE
                if not whole and label == "punct" and k != i and (doc.words[c] == "-" or (doc.words[c] == "," and doc.labels[k] == "conj" and k < i)):
                    whole = True  # "the Kenyan, Ugandan and Malian presidents"
                if not whole and label == "punct" and k == i and c < i and doc.words[c] in _QUOTES:
                    whole = True  # "Kenyan 'occupying forces'"
                if not whole and label == "case" and doc.words[c] in {"'s", "’s", "'", "’"}:
                    whole = True
                if not whole and label == "case" and k != i:
                    whole = True
                if not whole and label.startswith("nmod") and c > i and doc.case(c) in {"of", "for"} and k == i:
                    whole = True
                if not whole and label in {"conj", "cc"} and k != i and doc.labels[k] in {"compound", "amod", "nmod:poss", "nmod", "conj"}:
                    whole = True
                if label == "appos" and k != i and k < c < i and doc.words[aside := min(doc.subtree(c))] == "(":
                    keep |= set(range(aside, max(doc.subtree(c)) + 1))  # "Moro National Liberation Front (MNLF) rebels"
                if whole:
                    keep.add(c)
                    stack.append(c)
        first = last = i
        while first - 1 in keep or self._hyphenated(first) or (first - 2 in keep and doc.words[first - 1] == "-" and first - 1 > 0):
            first -= 2 if first - 1 not in keep and self._hyphenated(first) else 1
        while last + 1 in keep or (last + 2 in keep and doc.words[last + 1] == "-"):
            last += 1
        if first < i and doc.upos[first] in {"PUNCT", "ADP", "CCONJ"}:
            first += 1
        while last > i and doc.words[last] in {"'s", "’s", "'", "’"}:
            last -= 1
        return first, last + 1

    def _hyphenated(self, k: int) -> bool:
        """Whether a word is the second half of one that begins with a place or country: "based" in "London-based"."""
        doc = self.doc
        behind = k > 1 and doc.words[k - 1] == "-" and self.lexicon.is_word(doc.words[k].lower(), "seated")
        return behind and doc.ends[k - 2] == doc.starts[k - 1] and doc.ends[k - 1] == doc.starts[k]

    def marks_in(self, first: int, last: int) -> list[Mark]:
        """The marks that begin in a range of words."""
        return self.marks[bisect_left(self._mark_starts, first) : bisect_left(self._mark_starts, last)]

    def _entity(self, i: int, name: str, country: str | None, sector: Sector | str, qualifiers: list[str] | None = None, id: str | None = None) -> Entity:
        first, last = self.extent(i)
        own = Sector(sector or "UNK")
        qualified = [] if own in _UNQUALIFIED else qualifiers or []
        return Entity(
            text=self.doc.text(first, last), name=name, country=country or None, sector=own, qualifiers=qualified, id=id,
            at=self.doc.starts[first],
        )  # fmt: skip

    def _state(self, i: int, row: Row, sector: Sector, kind: str, because: str = "") -> Party:
        why = f"{row.place} {row['name']}" + (f", {because}" if because else "")
        return Party(self._entity(i, row["name"], row["code"], sector, id=f"country-{row['code'].lower()}"), kind, why)

    def _ethnic(self, mark: Mark) -> bool:
        """Whether a people's name tells only what people they are, and not of which state: "ethnic Albanian rebels"."""
        return mark.first > 0 and mark.of("adjective", "nation") is not None and self.doc.words[mark.first - 1].lower() == "ethnic"

    def _backer(self, mark: Mark, i: int) -> bool:
        """Whether a country only backs what the nominal means, and is not whose it is: "Turkish-backed", "pro-Russian"."""
        return mark.first < i and self._backs(mark)

    def _seated(self, mark: Mark) -> bool:
        """Whether a country or capital is only where somebody has his desk: "the London-based observatory", and not "Libya-based militants"."""
        doc = self.doc
        behind = mark.last + 1 < len(doc) and doc.words[mark.last] == "-" and self.lexicon.is_word(doc.words[mark.last + 1].lower(), "seated")
        agent = m.of("agent") if behind and (m := self.mark_at.get(doc.heads[mark.last + 1])) is not None else None
        return behind and (agent is None or Sector(agent.row["sector"] or "UNK") not in ARMED)

    def _backs(self, mark: Mark) -> bool:
        """Whether a country stands before "-backed", "-sponsored" and the like, or behind "pro-" or "anti-"."""
        doc = self.doc
        behind = mark.last + 1 < len(doc) and doc.words[mark.last] == "-" and self.lexicon.is_word(doc.words[mark.last + 1].lower(), "backing")
        before = mark.first > 1 and doc.words[mark.first - 1] == "-" and self.lexicon.is_word(doc.words[mark.first - 2].lower(), "leaning")
        return behind or before or self._ethnic(mark)

    def _codes(self, row: Row | None) -> tuple[str | None, Sector | None, list[str]]:
        if row is None:
            return None, None, []
        if "code" in row.cells:
            return row["code"], None, []
        return row["country"] or None, Sector(row["sector"] or "UNK"), list(row.listed("qualifiers"))

    def _definite(self, i: int) -> bool:
        return any(self.doc.words[d].lower() in {"the", "these", "those"} for d in self.doc.dependents(i, "det"))

    def _names_both(self, mark: Mark) -> bool:
        """Whether a name of two countries means the two: "the Koreas", "North and South Korea"; but no name that they share."""
        forms = [self.doc.words[k].lower() for k in range(mark.first, mark.last)]
        return "and" in forms or forms[-1].endswith("s")

    def _bare(self, mark: Mark) -> list[Party]:
        """The party that a mark names by itself, whatever nominal it stands in."""
        name = mark.of("actor", "country", "adjective", "capital", "nation", "seat")
        if name is None:
            return []
        text, at = self.doc.text(mark.first, mark.last), self.doc.starts[mark.first]
        row = name.row
        if name.kind in {"actor", "seat"}:
            entity = Entity(text=text, name=row["name"], country=row["country"] or None, sector=Sector(row["sector"] or "UNK"),
                            qualifiers=list(row.listed("qualifiers")), id=row["id"], at=at)  # fmt: skip
            return [Party(entity, row["kind"], f"{row.place} {row['name']}")]
        entity = Entity(text=text, name=row["name"], country=row["code"], sector=Sector.GOV, id=f"country-{row['code'].lower()}", at=at)
        return [Party(entity, "state", f"{row.place} {row['name']}")]

    def bare(self, i: int) -> list[Party]:
        """The party that the name at word `i` stands for by itself ("Azerbaijani" in "the Azerbaijani shelling")."""
        mark = self.mark_at.get(i)
        return self._bare(mark) if mark else []

    def _as(self, i: int, party: Party) -> Party:
        first, last = self.extent(i)
        e = party.entity
        entity = Entity(
            text=self.doc.text(first, last), name=e.name, country=e.country, sector=e.sector, qualifiers=e.qualifiers, id=e.id, at=self.doc.starts[first]
        )
        return Party(entity, party.kind, f"“{entity.text}” for {e.name}: {party.because}")

    def as_words(self, i: int, party: Party) -> Party:
        """The same party, met again in the words of the nominal at `i`."""
        return self._as(i, party)

    def _singular(self, k: int) -> bool:
        word, lemma = self.doc.words[k].lower(), self.doc.lemmas[k]
        if any(self.doc.words[c].lower() not in {"one", "1", "single"} for c in self.doc.dependents(k, "nummod")):
            return False  # "two aircraft"
        return not (self.doc.upos[k] == "NOUN" and word != lemma) and not self.doc.dependents(k, "conj") and lemma not in {"people", "police", "troop"}

    # what the classes above answer

    @abstractmethod
    def of(self, i: int) -> list[Party]:
        """Whom the nominal headed by word `i` means, without those coordinated with it; answered by `Resolver`."""

    @abstractmethod
    def parties(self, i: int) -> list[Party]:
        """Whom the nominal headed by word `i` means, and whom those coordinated with it mean; answered by `Resolver`."""

    @abstractmethod
    def _marked(self, i: int, mark: Mark) -> list[Party]:
        """Whom a nominal means whose head is an entry of the lexicon; answered by `Resolver`."""
