"""Nominals → entities: who is meant by a name, an office, "the ministry", "the sides", "he".

In: a parsed report, the lexicon, and, once attribution is known, who speaks in which quotation. Out: for the head word of a
nominal, the parties that it stands for, each with the reason why. A word that names nobody gives nothing; a country is taken
from the words beside it, then from earlier mentions, then from what the report is about, and the reason says which.
It does not know acts: whether "Baku" is a place or a government is told by its preposition alone.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Container
from functools import cached_property, lru_cache
from typing import NamedTuple

from msgspec.structs import replace

from sayso.lexicon import BODIES, Lexicon, Row
from sayso.model import BlockKind, Entity, Sector
from sayso.reader import Doc, Stretch
from sayso.reader.tokens import words
from sayso.resolve.marks import Mark, find_marks, valid
from sayso.resolve.people import Person, find_people
from sayso.resolve.stretches import retype
from sayso.resolve.titles import Title, former_words
from sayso.syntax import subject_of

STATE = {Sector.GOV, Sector.MIL, Sector.COP, Sector.LEG, Sector.JUD, Sector.SPY}
ARMED = {Sector.REB, Sector.UAF, Sector.PRM, Sector.CRM}
_PLAIN = {Sector.CVL, Sector.UNK, Sector.REF, Sector.GOV}
"""Sectors of people that say nothing of an office they stand before ("hostage negotiator")."""
_INSIDE = ("compound", "amod", "nmod:poss", "flat", "nummod", "det", "nmod:npmod", "nmod:desc", "nmod:unmarked", "advmod", "fixed", "goeswith")
_LOCATIVE = set("in at near from to into outside around across through over toward towards inside within on throughout".split())
_TALKING = {"CONSULT", "AGREE", "SUPPORT", "COOPERATE"}
"""Acts for which their place is a venue."""
_NATIONAL = {Sector.GOV, Sector.LEG, Sector.JUD}
"""Sectors of offices of a whole state, of which a report has one without saying whose; "the military spokesman" may be of either side."""
_UNQUALIFIED = {Sector.CVL, Sector.REF}
"""Sectors of people who live under a de facto entity and do not act for it: they have no qualifier (corpus/README.md)."""
_BRANCHES = "red-cross"
"""The id of the organisation of which each country has its own."""
_PLACES_BACK = 4
"""Sentences back to which "the town" may go on with a place."""
_BODIES_OF_MEN = {"force", "international"}
"""Kinds of people in `agents.tsv` of which one is many men: "it" may stand for it."""
_JOINED = {"JRN", "MED", "REL", "EDU", "LAB", "BUS", "SOC"}
"""Sectors of people who form unions and associations."""
_CALLINGS = {Sector.REF, Sector.JRN, Sector.MED, Sector.REL, Sector.EDU}
"""Sectors of people who are what they are whoever has them: "a Hezbollah broadcaster" is media."""
_ONE = set("a an one another each every some any no".split())
_FOREIGN = {"foreigner", "diplomat", "expert"}
"""The kinds of people in `agents.tsv` whose country neither the place nor the report tells: diplomats, migrants, analysts."""
_PERSONAL = {"he", "she", "him", "her", "his", "himself", "herself"}
_THING = {"it", "its", "itself"}
_PLURAL = {"they", "them", "their", "themselves", "both", "all"}
_OF_WHOM = {"of", "by", "from", "to", "for"}
_OPENING = 8
"""In how many sentences "our fighters" tells that an armed group speaks."""
LONGEST_HEAD = 4
"""In how many sentences the head of a statement tells whose words it is."""
FIRST_PERSON = {"we", "us", "our", "i", "my", "me", "ours", "myself", "ourselves"}
_WE = {"we", "us", "our", "ours"}
_RELATIVE = {"who", "which", "that", "whom", "whose"}


A_SEAT = "a seat of government for the government"
A_TOWN = "the seat of its authorities"
"""Why a town is read as those who govern there."""
SPOKEN_OF = 0.15
"""Share of all that a report names from which on a country is one that its place names are looked for in first."""
AGAIN = 4
"""In how many sentences a bare plural takes up those of several sides."""
REACH = 8
"""Words between an office and the last of the names that hold it."""


class Party(NamedTuple):
    """Somebody meant: the entity, what kind of naming it was, and why it is read so."""

    entity: Entity
    kind: str
    because: str


class Resolver:
    """Answers who is meant, for one report."""

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
        self._weights = self._count_countries(places=False)
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
            if (beside or hit or doc.case(top) in _LOCATIVE) and self._country_of_place(doc.text(k, last)) in named:
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
                if not whole and label == "punct" and k != i and doc.words[c] == "-":
                    whole = True
                if not whole and label == "case" and doc.words[c] in {"'s", "’s", "'", "’"}:
                    whole = True
                if not whole and label == "case" and k != i:
                    whole = True
                if not whole and label.startswith("nmod") and c > i and doc.case(c) in {"of", "for"} and k == i:
                    whole = True
                if not whole and label in {"conj", "cc"} and k != i and doc.labels[k] in {"compound", "amod", "nmod:poss", "nmod", "conj"}:
                    whole = True
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

    # parties

    def parties(self, i: int) -> list[Party]:
        """Whom the nominal headed by word `i` means, and whom those coordinated with it mean; no two of one identity."""
        found: list[Party] = []
        beside = [c for k in self.doc.dependents(i, "appos", "flat") if k in self.person_at for c in self.doc.dependents(k, "conj")]
        beside += [c for c in self.doc.dependents(i, "appos") if any(self.doc.words[k].lower() == "and" for k in self.doc.dependents(c, "cc"))]
        listed = [k for k in self.doc.dependents(i, "appos") if self.doc.dependents(k, "conj") and self._country_at(i) and self._country_at(k)]
        fellows = [i, *self.doc.dependents(i, "conj"), *listed, *beside, *self._row_of(i)]  # "X, Y and Z", where the tree takes Y for another name of X
        for k in fellows[1:]:  # "X, Y and Z": the tree may hang Z on Y
            fellows += [c for c in self.doc.dependents(k, "conj") if (self.doc.labels[k] == "conj" or k in listed) and c not in fellows]
        for head in fellows:
            if head != i and self.doc.upos[head] in {"VERB", "AUX"}:
                continue
            for party in self.of(head):
                if all(identity(party.entity) != identity(p.entity) for p in found):
                    found.append(party)
        named = [t for p in found if p.kind == "person" for t in self.titles_of.get(p.entity.name, ())]
        starts = {self.doc.starts[k] for t in named for k in range(t.first, t.last)}
        return [p for p in found if p.kind == "person" or p.entity.at not in starts] or found  # "the foreign ministers of X and Y, A and B": A and B

    def _row_of(self, i: int) -> list[int]:
        """The names behind a name in a row that ends in "and", whatever the tree makes of them: "Mali, Burkina Faso and Niger"."""
        doc, mark, found = self.doc, self.mark_at.get(i), []
        while mark is not None and (name := mark.of("country", "capital", "actor")) is not None and mark.last + 1 < len(doc):
            joint = doc.words[mark.last].lower()
            comma_and = joint == "," and doc.words[mark.last + 1].lower() == "and"
            after = self.mark_at.get(mark.last + (2 if comma_and else 1))
            following = after.of("country", "capital", "actor") if after is not None and after is not mark else None
            if after is None or following is None or following.kind != name.kind or joint not in {",", "and"}:
                return []
            found.append(after.last - 1)
            if joint == "and" or comma_and:
                return found if len(found) > 1 else []
            mark = after
        return []

    def _country_at(self, k: int) -> bool:
        mark = self.mark_at.get(k)
        return mark is not None and mark.of("country", "capital") is not None

    def of(self, i: int) -> list[Party]:
        """Whom the nominal headed by word `i` means, without those coordinated with it."""
        if i in self._cache:
            return self._cache[i]
        if i in self._busy:
            return []
        self._busy.add(i)
        try:
            found = self._shared_out(i, self._resolve(i))
        finally:
            self._busy.discard(i)
        self._cache[i] = found
        return found

    def _shared_out(self, i: int, found: list[Party]) -> list[Party]:
        """One party per country where a plural has several ("Kyrgyz and Tajik border guards", "the defence ministries of X and Y")."""
        doc = self.doc
        if len(found) != 1 or found[0].kind not in {"organ", "agent", "office", "holding", "state"} or i in self.person_at:
            return found
        several = doc.words[i].lower() != doc.lemmas[i] or (doc.upos[i] == "PROPN" and doc.words[i].endswith("s"))
        for c in doc.dependents(i, "nmod:poss") if several else ():  # "our countries", said by several
            if doc.words[c].lower() in FIRST_PERSON and len(owners := self.of(c)) > 1:
                return [self._of_owner(found[0], p) for p in owners]
        mark = self.mark_at.get(i)
        within = [c for k in range(mark.first, mark.last) for c in doc.dependents(k, "nmod") if c >= mark.last] if mark else doc.dependents(i, "nmod")
        for c in within if several else ():  # "generals of the two sides", "Foreign Ministers of X, Y and Z"
            if c > i and doc.case(c) in {"of", "from"} and len(owners := self.parties(c)) > 1:
                return [self._of_owner(found[0], p) for p in owners]
        for c in doc.dependents(i, "nmod:poss"):  # "their presidents", of two countries
            if doc.upos[c] == "PRON" and doc.words[c].lower() == "their" and doc.words[i].lower() != doc.lemmas[i] and len(owners := self.of(c)) > 1:
                return [self._of_owner(found[0], p) for p in owners]
        first, _ = self.extent(i)
        sides = [p for m in self.marks_in(first, i) if m.of("adjective", "country", "actor") and not self._backer(m, i) for p in self._bare(m)]
        between = {doc.words[k].lower() for k in range(first, i)}
        if len(sides) < 2 or not between & {"and", ","} or len({identity(p.entity) for p in sides}) < 2 or doc.words[i].lower() == doc.lemmas[i]:
            return found
        party = found[0]
        if any(p.kind != "state" for p in sides):  # "Syrian and Hezbollah fighters"
            mark = self.mark_at.get(i)
            held = mark.of("office") if mark is not None else None
            if held is not None and held.row["sector"] in {"", "GOV"}:  # "Saudi and Houthi negotiators"
                party = party._replace(entity=replace(party.entity, sector=Sector.GOV))
            return [self._one_of(party, p) for p in sides]
        rows = [self.lexicon.countries[p.entity.country] for p in sides if p.entity.country in self.lexicon.countries]
        old = self.country_name(party.entity.country or "")
        return [
            Party(
                replace(party.entity, country=r["code"], name=party.entity.name.replace(old, r["name"]), qualifiers=[], id=None),
                party.kind,
                f"{r.place} {r['name']}",
            )
            for r in rows
        ]

    def _of_owner(self, party: Party, owner: Party) -> Party:
        """The same kind of people, of another side."""
        e, whose = party.entity, owner.entity
        sector = whose.sector if whose.sector in ARMED else Sector.MIL if e.sector in ARMED else e.sector
        plain = e.sector in _UNQUALIFIED
        told = whose.name if whose.qualifiers and not plain else self.country_name(whose.country or "")
        base, of, _ = e.name.rpartition(" of ")
        name = whose.name if whose.sector in ARMED else f"{base}{of}{told}" if of else e.name.replace(self.country_name(e.country or ""), told)
        qualifiers = [] if plain else whose.qualifiers
        return Party(replace(e, country=whose.country, name=name, sector=sector, qualifiers=qualifiers, id=None), party.kind, owner.because)

    def _one_of(self, party: Party, side: Party) -> Party:
        """The people of one of the sides that stand before their noun, of which one is no state: "Azerbaijani and Karabakh troops"."""
        e, whose = party.entity, side.entity
        sector = whose.sector if whose.sector in ARMED else Sector.MIL if e.sector in ARMED else e.sector
        name = f"Armed Forces of {whose.name}" if sector is Sector.MIL else whose.name
        qualifiers = [] if sector in _UNQUALIFIED else whose.qualifiers
        return Party(replace(e, country=whose.country, name=name, sector=sector, qualifiers=qualifiers, id=None), party.kind, side.because)

    def meet(self, foe: Callable[[int], Party | None], enemy: Callable[[Entity], Party | None], only: Callable[[Entity], Party | None]) -> None:
        """Take over who is fought by whoever speaks at a word, "the enemy", and who by a party: the other side named most, or the only other one."""
        self.foe, self.enemy, self.only_enemy = foe, enemy, only
        for i in [k for k in self._cache if self.lexicon.is_word(self.doc.lemmas[k], "opponent")]:
            del self._cache[i]

    def forget(self) -> None:
        """Drop what was resolved before it was known who speaks."""
        self._cache.clear()

    @cached_property
    def _author_words(self) -> set[str]:
        """The nouns in the plural by which a headline calls several authors: "the Special Envoys", "the Foreign Ministers"."""
        doc = self.doc
        first = doc.sentences[0] if len(self._authors) > 1 else None
        return {doc.words[k].lower() for k in range(first.first, first.last) if doc.words[k].endswith("s") and doc.labels[k] == "nmod"} if first else set()

    def _resolve(self, i: int) -> list[Party]:
        doc = self.doc
        lower, lemma = doc.words[i].lower(), doc.lemmas[i]
        if doc.sentence_of[i] and self._definite(i) and not doc.dependents(i, "nmod", "acl") and lower in self._author_words:
            return [self._as(i, p) for p in self._authors]
        if i in self.person_at:
            return [self._person(i)]
        if lower in _RELATIVE and doc.upos[i] in {"PRON", "DET", "SCONJ"}:
            head = next((doc.heads[a] for a in [i, *doc.ancestors(i)] if doc.labels[a].startswith("acl")), -1)
            return self.parties(head) if head >= 0 else []
        if lower in _PERSONAL | _THING | _PLURAL | FIRST_PERSON and doc.upos[i] in {"PRON", "DET"}:
            return self._pronoun(i)
        both = lower == "both" or self._each(i) or self._the_two(i)
        pair = self._pair_before(i) or self._two_named(i)
        if pair or both or (self.lexicon.is_word(lemma, "rival") and self._is_dyad(i)):
            sides = pair or self._dyad(i)
            own = self.mark_at.get(i)
            if sides and own is not None and (organ := own.of("organ")) is not None and organ.row["sector"] == "MIL":  # "the two armies"
                return [self._forces_of(p) for p in sides]
            if sides:
                return [self._in_kind(i, p) for p in sides]
        if self.lexicon.is_word(lemma, "opponent") and self.owner(i)[0] is None and (foe := self.foe(i)) is not None:
            return [self._as(i, foe._replace(kind="agent"))]
        if i in self.titled_at:  # "Foreign Ministers of X and Y, A and B": those who hold the office here
            return [self._person(k) for k in self.titled_at[i]]
        person = next((self._person(k) for k in self._named_with(i)), None)
        if person is not None:
            return [person]
        if (twin := self._twin(i)) is not None:
            return self.of(twin)
        if several := self._several_before(i):
            return several
        if (abroad := self._abroad(i)) is not None:
            return [abroad]
        mark = self.mark_at.get(i)
        if mark is None and (half := self._half(i)) is not None:
            return [self._state(i, half, Sector.GOV, "state", because="the other half is named")]
        if mark is not None and not (self.lexicon.is_word(lemma, "quantity") and self._vague(i, mark)):
            found = self._marked(i, mark)
            if found:
                return found
        if self.lexicon.is_word(lemma, "quantity") or doc.upos[i] == "NUM":
            for counted in (c for c in doc.dependents(i, "nmod", "obl") if doc.case(c) == "of"):  # "tens of thousands of people": the second tells
                if found := self.of(counted):
                    return [self._as(i, p) for p in found]
        return self._plain(i)

    def _twin(self, i: int) -> int | None:
        """The name right behind a noun that tells what it is, where the tree takes both for subjects: "the news agency IRNA", "their leader Ali Musa"."""
        doc = self.doc
        if doc.labels[i] != "nsubj" or doc.upos[i] != "NOUN":
            return None
        last = self.extent(i)[1]
        twin = next((k for k in doc.dependents(doc.heads[i], "nsubj") if k >= last and self.extent(k)[0] == last), None)
        mark = self.mark_at.get(twin) if twin is not None else None
        return twin if twin in self.person_at or (mark is not None and mark.of("actor") is not None) else None

    def _abroad(self, i: int) -> Party | None:
        """People or states that are only said to be of elsewhere, so that nobody can tell of which country: "Western diplomats", "Arab states"."""
        doc = self.doc
        mark = self.mark_at.get(i)
        opening = mark.first if mark is not None and mark.of("agent") is None else i  # "foreign minister" is an office
        beside = [c for c in doc.dependents(i, "amod", "compound") if c < opening and self.lexicon.is_word(doc.words[c].lower(), "abroad")]
        if not beside and mark is None and self.lexicon.is_word(doc.lemmas[i], "land") and not self._definite(i):
            beside = [c for c in doc.dependents(i, "nummod") if c < i and doc.words[c].lower() not in {"two", "one"}]  # "54 countries"
        if not beside or doc.upos[i] not in {"NOUN", "PROPN"} or any(self.mark_at.get(c, mark) is not mark for c in beside):
            return None
        named = mark.of("organ", "office", "agent") if mark is not None else None
        if (named is None and not self.lexicon.is_word(doc.lemmas[i], "rival")) or self.lexicon.is_word(doc.lemmas[i], "sent"):
            return None
        owners = [m for m in self.marks_in(self.extent(i)[0], i) if m.of("country", "adjective", "nation", "actor", "capital")]
        if owners or any(doc.case(c) in {"of", "from"} for c in doc.dependents(i, "nmod")):  # where they are does not tell: "in Harare"
            return None
        sector = Sector(named.row["sector"] or "GOV") if named is not None else Sector.GOV
        words_ = doc.text(*self.extent(i)).removeprefix("the ").removeprefix("The ")
        return Party(self._entity(i, words_, None, sector), "agent", f"“{doc.words[beside[0]]}”: of other countries")

    def _several_before(self, i: int) -> list[Party]:
        """Those of several sides whom a bare plural takes up again: "the mediators", after "Saudi and American mediators"."""
        doc = self.doc
        if doc.upos[i] != "NOUN" or doc.words[i].lower() == doc.lemmas[i] or not self._definite(i):
            return []
        first, last = self.extent(i)
        if last - first != 2 or doc.dependents(i, "nmod", "acl", "acl:relcl", "appos", "conj"):
            return []
        before = next((k for k in reversed(self._nouns.get(doc.lemmas[i], [])) if k < i), None)
        found = self.of(before) if before is not None and doc.sentence_of[i] - doc.sentence_of[before] <= AGAIN else []
        return [self._as(i, p) for p in found] if len(found) > 1 and all(p.kind in {"agent", "office"} for p in found) else []

    @cached_property
    def _nouns(self) -> dict[str, list[int]]:
        """Where each common noun stands in the plural, by lemma."""
        found: dict[str, list[int]] = {}
        for k, lemma in enumerate(self.doc.lemmas):
            if self.doc.upos[k] == "NOUN" and self.doc.words[k].lower() != lemma:
                found.setdefault(lemma, []).append(k)
        return found

    def _forces_of(self, party: Party) -> Party:
        """The armed forces of a state; any other party as it is."""
        if party.entity.sector is not Sector.GOV:
            return party
        name = f"Armed Forces of {self.country_name(party.entity.country or '')}"
        return party._replace(entity=replace(party.entity, sector=Sector.MIL, name=name, id=None), kind="agent")

    def _vague(self, i: int, mark: Mark) -> bool:
        """Whether a word for people says nothing of them, and those of whom they are do: "members of his party"."""
        agent = mark.of("agent")
        told = agent is not None and not mark.of("organ", "office", "actor") and agent.row["sector"] == "UNK"
        return told and any(self.doc.case(c) == "of" and self.of(c) for c in self.doc.dependents(i, "nmod"))

    def _half(self, i: int) -> Row | None:
        """The country that "the North" or "the South" is short for, where the report names it or its other half in full."""
        doc = self.doc
        if doc.upos[i] != "PROPN" or not doc.words[i][0].isupper() or not self._definite(i) or doc.case(i) in _LOCATIVE:
            return None
        first, last = self.extent(i)
        return self._halves.get(doc.words[i].lower()) if last - first == 2 else None

    @cached_property
    def _halves(self) -> dict[str, Row]:
        """By the word that tells two countries of one name apart, the country, where the report names either: "north" for North Korea."""
        named = {n.row["code"] for m in self.marks if (n := m.of("country", "adjective", "nation", "capital"))}
        found: dict[str, Row] = {}
        for row in (r for code in named if (r := self.lexicon.countries.get(code)) is not None):
            opening, _, rest = row["name"].partition(" ")
            other = self.lexicon.other_half(row) if rest else None
            if other is not None:
                found |= {opening.lower(): row, other["name"].partition(" ")[0].lower(): other}
        return found

    def _named_with(self, i: int) -> list[int]:
        """The words of a person's name that belong to the nominal: its flat parts, or an apposition right behind it."""
        doc = self.doc
        first, last = self.extent(i)
        inside = [k for k in range(first, last) if k in self.person_at and doc.labels[k] != "nmod:poss" and not self._genitive(k, i)]
        if inside:
            men = (mark := self.mark_at.get(i)) is not None and (agent := mark.of("agent")) is not None and Sector(agent.row["sector"]) in ARMED
            if men and _plural(doc, i):
                inside = [k for k in inside if doc.labels[k] != "compound"]  # "Hutu rebels", taken for a man's name
            return [k for k in inside if all(doc.words[m] not in {"of", "for"} for m in range(min(i, k), max(i, k)))]
        beside = [k for k in doc.dependents(i, "appos", "flat") if k in self.person_at and self._name_start(k) - last < 3]
        return [k for k in beside if all(doc.upos[m] != "ADP" for m in range(last, self._name_start(k)))]  # not "forces loyal to the president, X"

    def _name_start(self, k: int) -> int:
        """Where the name at word `k`, with the rank before it, begins."""
        person = self.person_at[k]
        first = next(a for a, b in person.spans if a <= k < b)
        return min((t.first for t in person.titles if t.last == first), default=first)

    def _genitive(self, k: int, top: int) -> bool:
        doc = self.doc
        while k != top and k >= 0:
            if doc.labels[k] in {"nmod:poss", "nmod"} and doc.dependents(k, "case"):
                return True
            k = doc.heads[k]
        return False

    def _person(self, i: int) -> Party:
        person = self.person_at[i]
        key = id(person)
        held = self._person_entities.get(key)
        if held is None:
            self._person_entities[key] = Party(Entity(text=person.name, name=person.name), "person", "a name")  # for whoever asks meanwhile
            held = self._person_entities[key] = self._describe(person)
        first, last = next(s for s in person.spans if s[0] <= i < s[1])
        title = next((t for t in person.titles if t.last == first), None)
        start = title.first if title else first
        text = self.doc.text(start, last)
        entity = held.entity
        return Party(
            Entity(text=text, name=entity.name, country=entity.country, sector=entity.sector, qualifiers=entity.qualifiers, id=entity.id,
                   at=self.doc.starts[start]),
            "person", held.because,
        )  # fmt: skip

    def _describe(self, person: Person) -> Party:
        """Who somebody is: from his titles, then from the lexicon's row, then from where the report is and what it is about."""
        country: str | None = None
        sector: Sector | None = None
        qualifiers: list[str] = []
        because = ""
        row = person.known
        for title in sorted(person.titles, key=self._weak):
            c, s, q, why = self.title_of(title, person)
            if row is not None and title.office is not None and title.office.of("office") is None and not title.office.rank:
                s = None  # of somebody known, "the Saudi cleric" says less than his row
                c = c if row["country"] in BODIES else None
            if row is not None and not c and valid(row, self.day) and row["sector"]:
                s = Sector(row["sector"])  # "the spokesman": whose, his row tells
            if c and not country:
                country, qualifiers, because = c, q, why
            if s is not None and sector in {None, Sector.UNK}:
                sector = s
        if row is not None and (not country or country == row["country"]):
            country = row["country"] or country
            own = Sector(row["sector"] or "UNK")
            if self.day is not None and not valid(row, self.day):  # no longer, or not yet, in that office
                own = Sector.UNK if row["from"] > self.day.isoformat() else Sector.ELI if own in STATE else own
            sector = own if sector in {None, Sector.UNK} else sector
            qualifiers = qualifiers or self._qualifiers(row["organisation"])
            because = f"{row.place} {row['name']}"
        if not country and sector in ARMED and (armed := self._armed_country()):
            country, because = armed, "the report names such groups there"
        if not country and sector in STATE | {Sector.ELI}:
            country, because = self._home(self._national(person))
            if not country and any(t.office is not None and (t.office.rank or t.office.of("office")) for t in person.titles):
                country, because = self._of_organs(Sector.GOV if sector in {None, Sector.ELI} else sector)
        if not country:
            first = person.spans[0][0]
            country, because = self._nearby_country(self.doc.sentence_of[first], first)
        text = person.name
        return Party(Entity(text=text, name=text, country=country, sector=sector or Sector.UNK, qualifiers=qualifiers), "person", because)

    def _qualifiers(self, organisation: str) -> list[str]:
        """What qualifies an actor of the lexicon, by its name."""
        forms = [w.form.lower() for w in words(organisation)]
        end, names = self.lexicon.names_at(0, len(forms), lambda k: forms[k], lambda k: forms[k]) if forms else (0, [])
        return next((list(n.row.listed("qualifiers")) for n in names if n.kind == "actor" and end == len(forms)), [])

    @staticmethod
    def _weak(title: Title) -> int:
        """How little a title says: an office most, then a kind of people, then a rank, then a country alone."""
        if title.office is None:
            return 3
        return 2 if title.office.rank else 0 if title.office.of("office") else 1

    def _national(self, person: Person) -> bool:
        """Whether somebody holds an office of a whole state, of which a report has one without saying whose: "the government spokesman"."""
        return any(t.office is not None and (o := t.office.of("office")) and o.row["organisation"] and Sector(o.row["sector"] or "UNK") in _NATIONAL
                   for t in person.titles)  # fmt: skip

    def _home(self, national: bool) -> tuple[str | None, str]:
        """The country whose officials a report means when it does not say: its publisher's, where that is a party, or, for ministers, its dateline's."""
        party = next(iter(self.publisher()), None)
        if party is not None and party.entity.country:
            return party.entity.country, f"the publisher is {party.entity.name}"
        place = self.doc.report.place
        country = self._country_of_place(place) if place and national else None
        return country, f"the report comes from {place}" if country else ""

    def _armed_country(self) -> str | None:
        """The country whose armed groups the report names most."""
        codes = Counter(a.row["country"] for m in self.marks if (a := m.of("actor")) and a.row["sector"] in ARMED and a.row["country"] not in BODIES)
        for mark in self.marks:
            if (agent := mark.of("agent", "office")) and agent.row["sector"] in ARMED:
                row, _ = self.owner(mark.last - 1)
                if row is not None and "code" in row.cells:
                    codes[row["code"]] += 1
        return max(codes, key=lambda c: (codes[c], self._weights[c])) if codes else None

    def _of_organs(self, sector: Sector) -> tuple[str | None, str]:
        """The country whose organs of a sector the report names most: whose army "the army spokesman" speaks for."""
        if sector not in self._organ_countries:
            self._organ_countries[sector] = None, ""  # for whoever asks meanwhile
            self._organ_countries[sector] = self._count_organs(sector)
        return self._organ_countries[sector]

    def _count_organs(self, sector: Sector) -> tuple[str | None, str]:
        codes: Counter[str] = Counter()
        for mark in self.marks:
            if (actor := mark.of("actor")) and actor.row["kind"] == "security" and actor.row["sector"] == sector:
                codes[actor.row["country"]] += 1
            elif (named := mark.of("organ", "agent", "office")) and named.row["sector"] == sector:
                row, _ = self.owner(mark.last - 1)
                if row is not None and "code" in row.cells:
                    codes[row["code"]] += 1
        if not codes:
            return None, ""
        code = max(codes, key=lambda c: (codes[c], self._weights[c]))
        return code, f"the report names such organs of {self.country_name(code)}"

    def title_of(self, title: Title, person: Person | None = None) -> tuple[str | None, Sector | None, list[str], str]:
        """The country, sector and qualifiers that a title gives, and why."""
        doc = self.doc
        country: str | None = None
        sector: Sector | None = None
        qualifiers: list[str] = []
        because = ""
        office = title.office.of("office", "agent") if title.office is not None else None
        for mark in title.others:
            if actor := mark.of("actor", "seat"):
                if actor.row["kind"] == "media" and title.office is not None and title.office.of("agent") is None:
                    continue
                if country is None:
                    qualifiers = list(actor.row.listed("qualifiers"))
                country, sector = country or actor.row["country"], sector or Sector(actor.row["sector"] or "UNK")
                because = because or f"{actor.row.place} {actor.row['name']}"
            elif organ := mark.of("organ"):
                sector = sector or Sector(organ.row["sector"] or "GOV")
                country = country or organ.row["country"] or None
                because = because or f"{organ.row.place} {organ.row['form']}"
            elif name := mark.of("country", "adjective", "nation", "capital", "metonym"):
                if country is None:
                    because = f"{name.row.place} {name.row['name']}"
                country = country or name.row["code"]
            elif (agent := mark.of("agent")) and title.office is not None and (told := self._told(agent.row)) not in _PLAIN:
                sector = sector or (told if mark.last <= title.office.first or told in ARMED else None)  # "the rebel spokesman", "head of the rebel delegation"
        if office is not None:
            if title.office is not None and office.row["sector"] in STATE | {"ELI"} and self._former(title, title.office):
                sector = Sector.ELI
            elif office.row["sector"] and sector is None:
                sector = Sector(office.row["sector"])
            because = because or f"{office.row.place} {office.row['form']}"
        if not country and title.office is not None and title.first <= title.office.first < title.last:
            words_ = range(title.office.first, title.office.last)
            owners = [k for o in words_ for k in doc.dependents(o, "nmod:poss")]  # "the agency's spokeswoman", "its chief of staff"
            spoken_for = [k for o in words_ for k in doc.dependents(o, "nmod") if k > o and doc.case(k) in {"for", "of"}]  # "a spokesman for the group"
            for k in owners + spoken_for:
                named = self.mark_at.get(k)
                plain = named is None or (k in spoken_for and named.of("agent") is not None)
                party = next(iter(self.of(k)), None) if plain else None
                if party is not None and party.entity.country and party.kind != "person":
                    country, qualifiers = party.entity.country, list(party.entity.qualifiers)
                    sector = party.entity.sector if party.entity.sector not in STATE else sector
                    because = f"of {party.entity.name}: {party.because}"
        if not country:
            served = next((p for k in range(title.first, title.last) if (p := self.person_at.get(k)) is not None and p is not person and " " in p.name), None)
            if served is not None:  # "spokeswoman for President Ali Musa"
                held = self._person(served.spans[0][0])
                country, because = held.entity.country, f"of {held.entity.name}: {held.because}"
        if not country and office is not None and (state := self.lexicon.state_of(office.row.cells.get("organisation", ""))):
            country = state  # only one state calls its ministry so
        if not country:
            for k in range(title.first, title.last):  # "the Helmand governor"
                stretch = self.place_at.get(k)
                behind = title.office is not None and k >= title.office.first and doc.words[k - 1].lower() != "of"  # "the governor of Kherson"
                if k in self.mark_at or (stretch is None and (doc.upos[k] != "PROPN" or title.office is None or behind)):
                    continue
                place = doc.text(stretch.first, stretch.last) if stretch is not None else doc.words[k]
                if code := self._country_of_place(place):
                    country, because = code, f"{place} lies there"
                    break
        return country, sector, qualifiers, because

    def _former(self, title: Title, office: Mark) -> bool:
        """Whether an office is no longer held: its form says so, or a word before it that opens such forms ("former", "ousted")."""
        row = office.of("office", "agent")
        before = [self.doc.words[k].lower() for k in range(title.first, office.first)]
        return (row is not None and row.row["sector"] == "ELI") or any(w in former_words() or w.startswith("ex-") for w in before)

    def _marked(self, i: int, mark: Mark) -> list[Party]:
        doc = self.doc
        if actor := mark.of("actor"):
            row = actor.row
            if row["id"] == _BRANCHES and (branch := self._branch(i, mark)) is not None:
                return [branch]
            return [Party(self._entity(i, row["name"], row["country"], row["sector"], list(row.listed("qualifiers")), row["id"]), row["kind"],
                          f"{row.place} {row['name']}")]  # fmt: skip
        if organ := mark.of("organ"):
            return [self._organ(i, organ.row)]
        if office := mark.of("office"):
            return self._office(i, office.row)
        single = any(doc.words[c].lower() in _ONE for c in doc.dependents(i, "det", "nummod", "amod"))  # "another Palestinian"
        single = single or bool(doc.dependents(i, "nummod"))  # "20,000 Burkinabe"
        if (nation := mark.of("nation")) and (doc.upos[i] != "ADJ" or single) and not mark.of("country"):
            if self._ethnic(mark):
                code, why = self._nearby_country(doc.sentence_of[i], i)
                return [Party(self._entity(i, f"ethnic {nation.row['name']}", code, Sector.CVL), "agent", why)]
            return [self._state(i, nation.row, Sector.GOV if self._whole_nation(i) else Sector.CVL, "nation")]
        if country := mark.of("country"):
            before = self.mark_at.get(mark.first - 1)
            if before is not None and (station := before.of("organ")) and station.row["sector"] == "JRN" and doc.words[before.first][0].isupper():
                name = doc.text(before.first, mark.last)  # "Radio Nepal"
                return [Party(self._entity(i, name, country.row["code"], Sector.JRN), "media", f"{station.row.place} {station.row['form']}")]
            same = [n for n in mark.names if n.kind == "country"]
            if len(same) > 1 and self._names_both(mark):
                return [self._state(i, n.row, Sector.GOV, "state") for n in same]
            return [self._state(i, country.row, Sector.GOV, "state")]
        if adjective := mark.of("adjective"):
            return [self._state(i, adjective.row, Sector.GOV, "state")]
        if seat := mark.of("capital", "metonym"):
            if seat.kind == "capital" and doc.case(i) in _LOCATIVE:
                return [self._state(i, seat.row, Sector.GOV, "place")]
            return [self._state(i, seat.row, Sector.GOV, "state", because=A_SEAT)]
        if town := mark.of("seat"):
            row = town.row
            entity = self._entity(i, row["name"], row["country"], row["sector"], list(row.listed("qualifiers")), row["id"])
            return [Party(entity, "place" if doc.case(i) in _LOCATIVE else row["kind"], f"{row.place} {row['name']}, {A_TOWN}")]
        if agent := mark.of("agent"):
            return [self._agent(i, self._closer(i, mark) or agent.row)]
        return []

    def _branch(self, i: int, mark: Mark) -> Party | None:
        """What an organisation that has a branch in each country is with a country's adjective before it: "the Somali Red Crescent"."""
        before = self.mark_at.get(mark.first - 1)
        nation = before.of("adjective") if before is not None and before.last == mark.first else None
        if nation is None:
            return None
        name = self.doc.text(before.first, mark.last) if before is not None else ""
        return Party(self._entity(i, name, nation.row["code"], Sector.SOC), "ngo", f"{nation.row.place} {nation.row['name']}: its branch there")

    def _closer(self, i: int, mark: Mark) -> Row | None:
        """The row of a longer entry that other words part: "masked man" for "masked white men"."""
        doc = self.doc
        people = (agent := mark.of("agent")) is not None and agent.row["sector"] == "CVL"  # "young men", but not "police officer"
        for c in doc.dependents(i, "amod", "compound") if mark.first == i or people else ():
            if c < i - 1 and c not in self.mark_at:
                pair = (doc.words[c].lower(), doc.lemmas[i])
                end, names = self.lexicon.names_at(0, len(pair), pair.__getitem__, pair.__getitem__)
                if end == len(pair) and (longer := next((n for n in names if n.kind == "agent"), None)):
                    return longer.row
        return None

    def _whole_nation(self, i: int) -> bool:
        """Whether "the Israelis" are the state, as in talks between states, and not some of its people ("hundreds of Israelis", "an Israeli")."""
        doc = self.doc
        plural = doc.words[i].lower() != doc.lemmas[i] or doc.words[i].lower().endswith("s")
        return plural and self._definite(i) and not doc.dependents(i, "nummod", "amod", "acl", "acl:relcl")

    def _state(self, i: int, row: Row, sector: Sector, kind: str, because: str = "") -> Party:
        why = f"{row.place} {row['name']}" + (f", {because}" if because else "")
        return Party(self._entity(i, row["name"], row["code"], sector, id=f"country-{row['code'].lower()}"), kind, why)

    def owner(self, i: int) -> tuple[Row | None, str]:
        """Whose the nominal is, by its own words: the row of a country or an actor, and why."""
        doc = self.doc
        first, last = self.extent(i)
        own = self.mark_at.get(i)
        if own is not None and own.of("office") is not None:  # "the UN secretary-general": the tree may hang the owner on either part
            beside = self.mark_at.get(own.first - 1)
            if beside is not None and own.first <= doc.heads[beside.last - 1] < own.last:
                first = min(first, beside.first)
        inside = [m for m in self.marks_in(first, last) if m is not own]
        for mark in inside + [m for c in doc.dependents(i, "nmod") for m in self.marks_in(*self.extent(c))]:
            if (actor := mark.of("actor")) and actor.row["kind"] == "de-facto":
                return actor.row, f"{actor.row.place} {actor.row['name']}"
        # before the head first ("Turkish-backed Syrian rebels" are Syrian: the nearest that is not "-backed")
        before = [m for m in inside if m.first < i and not self._backer(m, i) and not self._ethnic(m)]
        for mark in reversed(before):
            if name := mark.of("country", "adjective", "nation", "actor", "capital", "metonym", "seat"):
                return name.row, f"{name.row.place} {name.row['name']}"
        for mark in reversed(before):  # "rebel positions"
            if (agent := mark.of("agent")) and Sector(agent.row["sector"]) in ARMED | {Sector.OPP} and self.lexicon.is_word(doc.lemmas[i], "holding"):
                for party in self.of(mark.last - 1):
                    sector = Sector.REB if party.entity.sector is Sector.OPP else party.entity.sector
                    if row := self._as_owner(party._replace(entity=replace(party.entity, sector=sector))):
                        return row, party.because
        for k in range(first, i):  # "coalition troops", after "the US-led coalition"
            if doc.labels[k] == "compound" and doc.heads[k] == i and self.lexicon.is_word(doc.lemmas[k].lower(), "described"):
                row, why = self._owned_before(k)
                if row is not None:
                    return row, why
        for k in range(first, i):  # "enemy positions"
            if doc.heads[k] == i and self.lexicon.is_word(doc.lemmas[k], "opponent") and (foe := self.foe(k)) and (row := self._as_owner(foe)):
                return row, foe.because
        for k in range(first, i):  # the owner is a pronoun or a described nominal: "its army", "the ministry's spokesman"
            if own is not None and own.of("organ") and (ruler := self._ruler(k)) is not None:
                return ruler, f"{ruler.place} {ruler['name']}, of “{doc.words[k]}”"
            person = k in self.person_at and doc.labels[k] in {"nmod:poss", "compound"}  # "Kabila's forces", "Obama administration officials"
            if person or (doc.labels[k] == "nmod:poss" and doc.heads[k] == i and k not in self.mark_at):
                for party in self.of(k):
                    if row := self._as_owner(party):
                        return row, f"of {party.entity.name}: {party.because}"
        behind = [m for m in inside if m.first > i]
        for c in doc.dependents(i, "nmod"):
            case = doc.case(c) if c > i else ""
            if case in {"of", "from", "in", "for", "to", "at"}:
                f, la = self.extent(c)
                behind += [m for m in self.marks_in(f, la) if m not in behind and (case != "at" or m.of("actor") is not None)]
        for c in doc.dependents(i, "nmod"):  # "fighters of Russia's Wagner group": theirs is the group
            named = self.mark_at.get(c)
            if c > i and doc.case(c) in {"of", "from"} and named is not None and (actor := named.of("actor")):
                return actor.row, f"{actor.row.place} {actor.row['name']}"
        for mark in behind:
            if name := mark.of("country", "adjective", "nation", "actor", "capital", "metonym", "seat"):
                return name.row, f"{name.row.place} {name.row['name']}"
        for c in doc.dependents(i, "amod", "acl"):  # "forces loyal to Ali Musa"
            if c > i and self.lexicon.is_word(doc.lemmas[c].lower(), "loyal"):
                for k in doc.dependents(c, "obl", "nmod"):
                    for party in self.of(k):
                        if row := self._as_owner(party):
                            return row, f"loyal to {party.entity.name}: {party.because}"
        if own is not None and own.of("office", "organ"):  # "the garrison's press office", "a spokesman for the peacekeeping force"
            for c in doc.dependents(i, "nmod:poss", "nmod"):
                served = self.mark_at.get(c)
                taken_up = served is None and self._definite(c) and self.lexicon.is_word(doc.lemmas[c], "described")  # "a spokesman for the group"
                if (taken_up or (served is not None and served.of("agent", "organ", "office"))) and (c < i or doc.case(c) in {"of", "for"}):
                    for party in self.of(c) if served is None or not served.of("office") else [p for p in self.of(c) if p.kind == "person"]:
                        if "speaks" not in party.because and (row := self._as_owner(party)):
                            return row, f"of {party.entity.name}: {party.because}"
        agent = own.of("agent") if own is not None else None
        people = agent is not None and agent.row["sector"] not in {"MIL", "REB", "UNK"}  # "families of the rebels" are none
        for c in doc.dependents(i, "nmod") if not people else ():  # "leaders of the rebels", "a patrol of the mission"
            if c > i and doc.case(c) == "of":
                for party in self.of(c):
                    owning = (party.entity.sector in ARMED and party.kind != "person") or party.kind == "mission"
                    if owning and (row := self._as_owner(party)):
                        return row, f"of {party.entity.name}: {party.because}"
        for c in doc.dependents(i, "nmod", "nmod:poss", "compound", "amod"):
            f, la = self.extent(c)
            for k in range(f, la):
                if k in self.place_at and k not in self.mark_at:
                    stretch = self.place_at[k]
                    code = self._country_of_place(doc.text(stretch.first, stretch.last))
                    row = self.lexicon.countries.get(code or "")
                    if row:
                        return row, f"{doc.text(stretch.first, stretch.last)} lies in {row['name']}"
        if i in self.mark_at and (held := self.mark_at[i].of("organ")) and held.row["country"]:
            row = self.lexicon.countries.get(held.row["country"])
            return row, f"{held.row.place} {held.row['form']}"
        return None, ""

    def _ruler(self, k: int) -> Row | None:
        """The country of a surname that stands for who governs, before an organ of state: "the Assad regime", "the Putin administration"."""
        doc = self.doc
        if doc.upos[k] != "PROPN" or doc.labels[k] not in {"compound", "nmod:poss"} or k in self.mark_at or k in self.person_at or k in self.place_at:
            return None
        rows = [r for r in self.lexicon.by_surname.get(doc.words[k].lower(), ()) if r["sector"] in {"GOV", "MIL"}]
        codes = {r["country"] for r in rows if valid(r, self.day)} or {r["country"] for r in rows}
        return self.lexicon.countries.get(codes.pop()) if len(codes) == 1 else None

    def _owned_before(self, i: int) -> tuple[Row | None, str]:
        """Whose the thing of this word was where the report named it first: "the coalition", after "a French-led coalition"."""
        doc = self.doc
        for k in self._words_at.get(doc.lemmas[i].lower(), ()):
            if k >= i:
                break
            actor = mark.of("actor") if (mark := self.mark_at.get(k)) is not None else None
            before = [m for m in self.marks_in(self.extent(k)[0], k) if not self._backer(m, k)]
            named = [n for m in reversed(before) if (n := m.of("country", "adjective", "nation", "actor"))]
            row = actor.row if actor is not None else named[0].row if named else None
            if row is not None:
                return row, f"{row.place} {row['name']}, as “{doc.text(*self.extent(k))}” before"
        return None, ""

    @cached_property
    def _words_at(self) -> dict[str, list[int]]:
        """Where words that take up somebody named before stand, by lemma."""
        found: dict[str, list[int]] = {}
        for k, lemma in enumerate(self.doc.lemmas):
            if self.lexicon.is_word(lemma.lower(), "described"):
                found.setdefault(lemma.lower(), []).append(k)
        return found

    def _as_owner(self, party: Party) -> Row | None:
        """The row that stands for a party as an owner: its country's, or, where it is not the state of that country, one of its own."""
        entity = party.entity
        if entity.sector not in ARMED | {Sector.PTY, Sector.OPP} and not entity.qualifiers and entity.country not in BODIES:
            return self.lexicon.countries.get(entity.country or "")
        name = entity.name.rpartition(" of ")[2] if party.kind == "organ" and entity.qualifiers else entity.name  # what the ministry belongs to
        cells = {
            "name": name, "country": entity.country or "", "sector": entity.sector.value, "qualifiers": "|".join(entity.qualifiers),
            "id": entity.id or "", "kind": party.kind,
        }  # fmt: skip
        return Row("", 0, cells)

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

    def _organ(self, i: int, organ: Row) -> Party:
        row, why = self.owner(i)
        code, sector, qualifiers = self._codes(row)
        own = Sector(organ["sector"] or "GOV")
        canonical = organ["canonical"] or organ["form"].title()
        if organ["country"] and not code:
            code = organ["country"]
        if own is Sector.GOV and not organ["country"]:  # "the military press office", "the police information centre"
            own = next((Sector.MIL for c in self.doc.dependents(i, "amod", "compound") if self.doc.words[c].lower() in {"military", "army"}), own)
        if row is not None and "code" not in row.cells:  # the organ of a group or body: "the Hamas military wing"
            own = sector if sector in ARMED else own
        if code:
            name = canonical if organ["country"] else f"{canonical} of {row['name'] if row else self.country_name(code)}"
            if self.lexicon.is_word(self.doc.lemmas[i], "short") and organ["form"] == self.doc.lemmas[i]:
                named = self._earlier(i, lambda p, k: p.kind == "organ" and p.entity.country == code and self._same_word(k, i) and p.entity.name != name)
                if named is not None:  # "the Armenian ministry", after "Armenia's defence ministry"
                    return Party(
                        self._entity(i, named.entity.name, code, named.entity.sector, named.entity.qualifiers), "organ", f"as “{named.entity.text}” before"
                    )
            return Party(self._entity(i, name, code, own, qualifiers), "organ", why or f"{organ.place} {organ['form']}")
        if (mine := self._publishers(i, own)) is not None:
            return mine
        earlier = self._earlier(i, lambda p, k: p.kind in {"organ"} and (self.mark_at.get(k) is not None) and self._same_word(k, i))
        if earlier is not None:
            return Party(self._entity(i, earlier.entity.name, earlier.entity.country, earlier.entity.sector, earlier.entity.qualifiers), "organ",
                         f"as “{earlier.entity.text}” before")  # fmt: skip
        country, why = self._ordered(i) if own is Sector.MIL else (None, "")
        if country is None:
            country, why = self._facing(i)
        if country is None and own is Sector.MIL:
            country, why = self._of_organs(own)
        if country is None:
            country, why = self._fought_at_home()
        if country is None:
            country, why = self._nearby_country(self.doc.sentence_of[i], i)
        name = f"{canonical} of {self.country_name(country)}" if country else canonical
        return Party(self._entity(i, name, country, own), "organ", why)

    def _ordered(self, i: int) -> tuple[str | None, str]:
        """The country of whoever orders or sends a bare "the army": "the prime minister ordered the army to resume strikes"."""
        doc = self.doc
        verb = doc.heads[i]
        if doc.labels[i] not in {"obj", "iobj"} or not any(row.type in {"REQUEST", "MOBILIZE"} for row in self.lexicon.verbs.get(doc.lemmas[verb], ())):
            return None, ""
        subject = subject_of(doc, verb)
        leaders = self.of(subject) if subject is not None and subject != i else []
        codes = {p.entity.country for p in leaders if p.entity.sector in STATE and not p.entity.qualifiers and p.entity.country not in BODIES}
        return (codes.pop(), f"“{doc.words[verb]}” by {leaders[0].entity.name}") if len(codes) == 1 else (None, "")

    def _facing(self, i: int) -> tuple[str | None, str]:
        """The country of the armed group named beside "the government" or "the army": "talks between the government and the M23"."""
        doc = self.doc
        top = doc.heads[i] if doc.labels[i] == "conj" else i
        for k in (top, *doc.dependents(top, "conj")):
            mark = self.mark_at.get(k)
            actor = mark.of("actor") if mark is not None and k != i else None
            if actor is not None and actor.row["sector"] in ARMED | {"PTY", "OPP"} and actor.row["country"] not in BODIES:
                return actor.row["country"], f"named beside {actor.row['name']}"
        return None, ""

    def _nationality_told(self, i: int) -> bool:
        """Whether a nominal says whose people they are, and not only where: "two French diplomats", "migrants from Eritrea", "its analysts"."""
        doc = self.doc
        behind = [c for c in doc.dependents(i, "nmod") if c > i and doc.case(c) in {"of", "from", "for", "with"}]
        inside = [*self.marks_in(self.extent(i)[0], i), *(m for c in behind for m in self.marks_in(*self.extent(c)))]
        return bool(doc.dependents(i, "nmod:poss")) or any(m.of("country", "adjective", "nation", "actor", "organ") for m in inside)

    def _beside_state(self, i: int) -> tuple[str | None, str]:
        """The country whose government is named first beside its opponents: "between Damascus and the rebels", "Managua and the bishops"."""
        doc = self.doc
        top = doc.heads[i]
        if doc.labels[i] != "conj" or not self._definite(i) or len(list(doc.dependents(top, "conj"))) != 1:
            return None, ""
        mark = self.mark_at.get(top)
        name = mark.of("country", "capital") if mark is not None else None
        if name is not None and doc.case(top) in {"between", "with", "to", ""}:
            return name.row["code"], f"named beside {name.row['name']}"
        return None, ""

    def _sender(self, i: int) -> Party | None:
        """The body or mission that sends observers, inspectors or mediators: a mission before others, one of this sentence before those named most."""
        number = self.doc.sentence_of[i]
        first, last = self.doc.sentences[number].first, self.doc.sentences[number].last
        here = [m for m in (*reversed(self.marks_in(first, i)), *self.marks_in(i, last)) if self._sends(m)]
        before = [self._bare(m)[0] for m in self.marks_in(0, first) if self._sends(m)]
        often = Counter(p.entity.id for p in before)
        ranked = [*(self._bare(m)[0] for m in here), *sorted(before, key=lambda p: -often[p.entity.id])]
        return next((p for p in ranked if p.kind == "mission"), next(iter(ranked), None))

    @staticmethod
    def _sends(mark: Mark) -> bool:
        actor = mark.of("actor")
        return actor is not None and actor.row["kind"] in {"body", "mission"} and actor.row["country"] in BODIES

    def _same_word(self, a: int, b: int) -> bool:
        return self.doc.lemmas[a] == self.doc.lemmas[b]

    def _earlier(self, i: int, fits: Callable[[Party, int], bool], reach: int = 400) -> Party | None:
        for k in range(i - 1, max(-1, i - reach), -1):
            if self._cache.get(k):
                party = self._cache[k][0]
                if party.entity.country and fits(party, k):
                    return party
            elif k not in self._cache and self.doc.lemmas[k] == self.doc.lemmas[i] and k in self.mark_at:
                found = self.of(k)
                if found and found[0].entity.country and fits(found[0], k):
                    return found[0]
        return None

    def _office(self, i: int, office: Row) -> list[Party]:
        """An office without its holder's name: its holder if the report names one, else the office itself."""
        row, why = self.owner(i)
        code, sector, qualifiers = self._codes(row)
        own = sector if sector in ARMED | {Sector.PTY, Sector.OPP} else Sector(office["sector"] or "GOV")
        if not office["organisation"]:
            own = self._spoken_for(i, sector) or own
        if own is Sector.GOV and not office["organisation"]:  # "a spokesman for the garrison" speaks for forces
            served = [c for c in self.doc.dependents(i, "nmod") if self.doc.case(c) in {"for", "of"} and (m := self.mark_at.get(c)) and m.of("agent", "organ")]
            own = next((p.entity.sector for c in served for p in self.of(c) if p.entity.sector in {Sector.MIL, Sector.COP}), own)
        definite = any(self.doc.words[d].lower() in {"the", "his", "her", "their", "its"} for d in self.doc.dependents(i, "det", "nmod:poss"))
        holders = [
            p
            for p in self.people
            if p.spans[0][0] < i
            and (
                any(t.office is not None and (o := t.office.of("office")) and o.row["form"].split()[-1] == office["form"].split()[-1] for t in p.titles)
                or (p.known is not None and p.known["office"] == office["form"] and valid(p.known, self.day))
            )
        ]
        # the one whom the report speaks of most; of two alike, the one named last
        for person in sorted(holders, key=lambda p: -sum(first < i for first, _ in p.spans)):
            party = self._person(person.spans[0][0])
            if (code is None and definite) or (code and party.entity.country == code):
                entity = self._entity(i, party.entity.name, party.entity.country, party.entity.sector, party.entity.qualifiers)
                return [Party(entity, "person", f"the {office['form']} named before: {party.entity.text}")]
        if code is None and self.lexicon.is_word(self.doc.lemmas[i], "sent") and (body := self._sender(i)):
            return [self._as(i, body)]
        if code is None and own in STATE:
            code, why = self._home(bool(office["organisation"]) and own in _NATIONAL)
            if code is None:
                code, why = self._of_organs(own)
        if code is None:
            code, why = self._nearby_country(self.doc.sentence_of[i], i)
        base = office["form"].title()
        name = f"{base} of {row['name'] if row else self.country_name(code)}" if code else base
        return [Party(self._entity(i, name, code, own, qualifiers), "office", why or f"{office.place} {office['form']}")]

    def _spoken_for(self, i: int, sector: Sector | None) -> Sector | None:
        """The sector that an office has from the body that its own words name: "the chief of the army", "a spokesman for the mission"."""
        doc = self.doc
        for c in doc.dependents(i, "nmod", "nmod:poss", "compound"):
            mark = self.mark_at.get(c)
            if mark is not None and (organ := mark.of("organ")) and organ.row["sector"]:
                return Sector(organ.row["sector"])
        return sector if sector is not Sector.UNK and self.lexicon.is_word(doc.lemmas[i], "voice") else None

    def _agent(self, i: int, agent: Row) -> Party:
        row, why = self.owner(i)
        code, sector, qualifiers = self._codes(row)
        own = self._told(agent)
        if agent["kind"] == "international" and (sent := self._international(i, agent, row)) is not None:
            return sent
        if own is Sector.UAF and " lies in " in why:
            code, why = None, ""  # where gunmen are does not tell whose they are
        foreign = agent["kind"] in _FOREIGN and not self._nationality_told(i)
        if foreign:
            row, why, code, sector, qualifiers = None, "", None, None, []  # nor where diplomats or migrants are
        first, last = self.extent(i)
        for mark in self.marks_in(first, last):
            if mark.last <= i and (near := mark.of("organ", "agent")) and near.row["sector"] and mark is not self.mark_at.get(i):
                told = Sector(near.row["sector"])
                if told is Sector.OPP and own in ARMED | {Sector.MIL}:
                    told = Sector.REB  # "opposition fighters": under arms
                kept = (own is Sector.GOV and told not in STATE | ARMED) or (own is Sector.MIL and told is Sector.GOV)  # "government gunners"
                if (own in {Sector.MIL, Sector.UNK, Sector.GOV, Sector.UAF} or near.kind == "organ") and not kept:
                    own = told  # "defence officials"; but "health officials" are the government's
                if near.row.cells.get("country") and not code:
                    code = near.row["country"]
        if own is Sector.MIL and agent["kind"] == "officer" and (police := self._police_before(i)):
            own = police
        if own is Sector.CVL and any(self._of_arms(k) for k in range(first, i)):
            own = Sector.MIL  # "mortar crews"
        if sector in ARMED and own in {Sector.CVL, Sector.UNK} and self.lexicon.is_word(self.doc.lemmas[i], "ranks"):
            own = sector  # "two of its men"
        if own is Sector.MIL or (own is Sector.CVL and self.lexicon.is_word(self.doc.lemmas[i], "ranks")):
            forces = {p.entity.sector for k in self.doc.dependents(i, "nmod:poss") for p in self.of(k)}
            if len(forces) == 1 and forces <= {Sector.MIL, Sector.COP}:
                own = forces.pop()  # "his men", of a commander; "its soldiers", of the border guard
        if row is not None and "code" not in row.cells and sector is not None:
            if own in ARMED and row["kind"] == "de-facto":
                own = Sector.MIL  # what serves as the army of a state that is not recognised
            calling = own in STATE or own in _CALLINGS or (own is Sector.CVL and sector not in ARMED)
            civil = row["kind"] == "mission" and sector is Sector.GOV and self.lexicon.is_word(self.doc.lemmas[i], "holding")  # "a patrol of the observers"
            own = own if calling and not civil and not (own in STATE and sector in ARMED) else sector
            name = row["name"]
            return Party(self._entity(i, name, code, own, qualifiers, row["id"] or None), "agent", why)
        named = code is None and own in {Sector.SOC, Sector.GOV} and self._definite(i) and self._singular(i)
        if named and self.lexicon.is_word(self.doc.lemmas[i], "described"):  # "the charity", "the monitoring group", after Airwars
            kinds = {"ngo", "organisation", "mission", "body"} if self.lexicon.is_word(self.doc.lemmas[i], "sent") else {"ngo", "organisation"}
            if (earlier := self._described(i, self.doc.lemmas[i], kinds)) is not None and earlier.entity.sector in {Sector.SOC, Sector.MED, own}:
                return self._as(i, earlier)
        if code is None and self.lexicon.is_word(self.doc.lemmas[i], "sent") and (body := self._sender(i)):
            armed = own in {Sector.MIL, Sector.COP} and body.entity.sector is Sector.GOV  # "the peacekeepers", of the African Union
            return self._as(i, body._replace(entity=replace(body.entity, sector=own)) if armed else body)
        governing = (o for m in self.marks_in(first, i) if m.last <= i and (o := m.of("organ")))
        official = self.doc.words[first].lower() == "government" or any(o.row["sector"] == "GOV" for o in governing)  # "government troops"
        official = official or (own is Sector.MIL and self.lexicon.is_word(agent["form"].split()[0], "side"))
        if code is None and official:
            code, why = self._nearby_country(self.doc.sentence_of[i], i)
        if code is None and any(self.doc.words[c].lower() == "foreign" for c in self.doc.dependents(i, "amod")):
            return Party(self._entity(i, f"foreign {many(self.doc.lemmas[i])}", None, own, qualifiers), "agent", "foreign: of no country that is told")
        if code is None and own is Sector.MIL:
            code, why = self._sent_by(i)
        if code is None:
            head, mine = self.doc.lemmas[i], self._publishers(i, own)
            if mine is not None and not self._definite(i):
                return mine
            earlier = self._earlier(i, lambda p, k: p.kind == "agent" and self.doc.lemmas[k] == head and p.entity.sector == own, 120)
            if earlier is None and own in ARMED and (self._definite(i) or (own is Sector.REB and self._one_group)):
                earlier = self._last_armed(i)
            state = self._state_beside(i, earlier is None) if own is Sector.REB else None
            if state is not None and (earlier is None or earlier.entity.country != state):
                name = f"{many(agent['form'])} of {self.country_name(state)}"
                return Party(self._entity(i, name, state, own, qualifiers), "agent", "named beside the government that they fight")
            if earlier is None and own is Sector.UAF and self._definite(i):
                earlier = self._last_gunmen(i)
            if earlier is None and own is Sector.MIL:
                earlier = self._last_forces(i)
            if earlier is not None and own not in {Sector.CVL}:
                entity = earlier.entity
                return Party(self._entity(i, entity.name, entity.country, entity.sector, entity.qualifiers, entity.id), "agent", f"as “{entity.text}” before")
            if mine is not None:
                return mine
            if own is Sector.UAF and self._definite(i) and _plural(self.doc, i) and (those := self._attackers_before(i)) is not None:
                return self._as(i, those)
            if own is Sector.UAF or foreign:  # the text does not tell whose gunmen they are (codebook, section 3, rule 13)
                return Party(self._entity(i, self.doc.lemmas[i], None, own, qualifiers), "agent", f"{agent.place} {agent['form']}")
            code, why = self._beside_state(i)
            if code is None and self.lexicon.is_word(self.doc.lemmas[i], "foreign"):  # whose, the text does not tell, and seldom those of where they are
                return Party(self._entity(i, self.doc.lemmas[i], None, own, qualifiers), "agent", f"{agent.place} {agent['form']}")
            if code is None:
                code, why = self._of_its_kind(i, own)
        names = {Sector.MIL: "Armed Forces of {}", Sector.COP: "Police of {}", Sector.GOV: "Government of {}", Sector.CVL: "civilians of {}"}
        pattern = names.get(own, many(agent["form"]) + " of {}")
        name = pattern.format(self.country_name(code)) if code else self.doc.lemmas[i]
        return Party(self._entity(i, name, code, own, qualifiers), "agent", why)

    def _state_beside(self, i: int, bare: bool) -> str | None:
        """The country of the government that rebels are named side by side with: "Burundi's government and the main rebel group"."""
        doc = self.doc
        top = doc.heads[i] if doc.labels[i] == "conj" else i
        for k in (top, *doc.dependents(top, "conj")):
            mark = self.mark_at.get(k) if k != i else None
            if mark is not None and (organ := mark.of("organ")) is not None and organ.row["sector"] in {"GOV", "MIL", ""}:
                row, _ = self.owner(k)
                if row is not None and "code" in row.cells:
                    return row["code"]
            seat = mark.of("country", "capital", "metonym") if mark is not None and bare and doc.case(top) == "between" else None
            if seat is not None:  # "talks between Khartoum and the rebels"
                return seat.row["code"]
        return None

    def _international(self, i: int, agent: Row, row: Row | None) -> Party | None:
        """Those whom states send together: of the mission or body that the report names, else of no state ("ceasefire monitors said")."""
        before = [m for m in self.marks_in(self.extent(i)[0], i) if m.of("country", "adjective", "nation", "actor")]
        if before and row is not None:
            return None  # "Georgian monitors", "OSCE monitors"
        if (body := self._sender(i)) is not None:
            return self._as(i, body)
        name = f"international {many(agent['form'])}".replace("international international", "international")
        return Party(self._entity(i, name, "IGO", agent["sector"]), "mission", f"{agent.place} {agent['form']}, of several states")

    def _sent_by(self, i: int) -> tuple[str | None, str]:
        """The country of the state that is told to send or deploy bare soldiers: "Rwanda sent 1,000 soldiers"."""
        doc = self.doc
        k = doc.heads[i] if doc.labels[i] == "nmod" and doc.case(i) == "of" and self.lexicon.is_word(doc.lemmas[doc.heads[i]], "quantity") else i
        verb = doc.heads[k]
        if doc.labels[k] != "obj" or not any(row.type == "MOBILIZE" for row in self.lexicon.verbs.get(doc.lemmas[verb], ())):
            return None, ""
        subject = subject_of(doc, verb)
        senders = [p for p in self.of(subject) if p.entity.sector in STATE and p.entity.country in self.lexicon.countries] if subject is not None else []
        return (senders[0].entity.country, f"sent by {senders[0].entity.name}") if senders else (None, "")

    def _of_its_kind(self, i: int, own: Sector) -> tuple[str | None, str]:
        """The country that bare soldiers, rebels or people belong to: what the sentence tells, else that of most such forces in the report."""
        code, why = self._nearby_country(self.doc.sentence_of[i], i)
        if "the sentence" not in why:
            told, reason = (self._armed_country(), "the report names such groups there") if own in ARMED else (None, "")
            if own is Sector.MIL:
                speaker = self._speaking_state(i)
                told, reason = (speaker, f"a speaker for {self.country_name(speaker)} speaks of them") if speaker else self._of_organs(own)
            if told is not None:
                return told, reason
        return code, why

    def _speaking_state(self, i: int) -> str | None:
        """The state whose army or government speaks the words of bare "soldiers": its own, as it would say whose others were."""
        codes = {p.entity.country for p in self.speaker_of(i) if p.entity.sector in {Sector.MIL, Sector.GOV} and not p.entity.qualifiers}
        return codes.pop() if len(codes) == 1 and codes <= set(self.main[:2]) else None

    def _police_before(self, i: int) -> Sector | None:
        """The sector of police, where they were the last forces named, here or a sentence before: "police fired …, and two officers fell"."""
        if self.extent(i)[0] < i and self.doc.upos[i - 1] in {"NOUN", "PROPN"}:
            return None
        start = self.doc.sentences[max(0, self.doc.sentence_of[i] - 1)].first
        for mark in reversed(self.marks_in(start, i)):
            if (named := mark.of("organ", "agent", "actor")) and named.row["sector"] in {"MIL", "COP"}:
                return Sector.COP if named.row["sector"] == "COP" else None
        return None

    def _told(self, agent: Row) -> Sector:
        """The sector of a kind of people: an opposition that has troops or trenches in this report is under arms wherever it is named."""
        sector = Sector(agent["sector"] or "UNK")
        return Sector.REB if sector is Sector.OPP and agent["form"] in self._under_arms else sector

    @cached_property
    def _under_arms(self) -> set[str]:
        """The words for opponents behind which the report names fighters or something of armed forces."""
        found: set[str] = set()
        for m in self.marks:
            agent, k = m.of("agent"), m.last
            if agent is None:
                continue
            if agent.row["sector"] in {"MIL", "REB"} and m.last - m.first > 1:  # "opposition fighters" is one entry
                found.add(self.doc.words[m.first].lower())
            elif agent.row["sector"] == "OPP" and k < len(self.doc) and self.doc.sentence_of[k] == self.doc.sentence_of[m.first]:
                after = self.mark_at.get(k)
                fighters = after.of("agent") if after is not None else None
                if (fighters is not None and fighters.row["sector"] in {"MIL", "REB"}) or self.lexicon.is_word(self.doc.lemmas[k], "military"):
                    found.add(agent.row["form"])
        return found

    def _of_arms(self, k: int) -> bool:
        """Whether a word before a noun is a weapon or something of armed forces."""
        lemma = self.doc.lemmas[k]
        return self.doc.labels[k] in {"compound", "amod"} and (lemma in self.lexicon.weapons or self.lexicon.is_word(lemma, "military"))

    def _definite(self, i: int) -> bool:
        return any(self.doc.words[d].lower() in {"the", "these", "those"} for d in self.doc.dependents(i, "det"))

    def _last_armed(self, i: int) -> Party | None:
        for mark in reversed([m for m in self.marks if m.last <= i]):
            if (actor := mark.of("actor")) and actor.row["sector"] in {"REB", "UAF", "PRM", "CRM"}:
                return self._marked(mark.last - 1, mark)[0]
        for mark in reversed([m for m in self.marks if m.last <= i]):
            k, agent = mark.last - 1, mark.of("agent", "office")
            if agent is not None and (agent.row["sector"] == "REB" or agent.kind == "office") and k != i:
                found = self.of(k)  # "four guerrilla commanders"
                if len(found) == 1 and found[0].entity.sector is Sector.REB and found[0].entity.country and "speaks" not in found[0].because:
                    return found[0]
        return None

    def _attackers_before(self, i: int) -> Party | None:
        """Who "the attackers" are: the armed men told of in the sentence before, if it tells of one kind alone."""
        doc = self.doc
        number = doc.sentence_of[i] - 1
        if number < 0:
            return None
        s = doc.sentences[number]
        ends = [m.last - 1 for m in self.marks_in(s.first, s.last) if (n := m.of("actor", "agent")) and n.row["sector"] in {"REB", "PRM", "CRM"}]
        found = {identity(p.entity): p for k in ends for p in self.of(k) if p.entity.sector in ARMED}
        return next(iter(found.values())) if len(found) == 1 else None

    @cached_property
    def _one_group(self) -> bool:
        """Whether the report names but one armed group: its "two guerrillas" are of it."""
        named = {a.row["id"] for m in self.marks if (a := m.of("actor")) and a.row["sector"] in ARMED}
        return len(named) == 1

    def _last_gunmen(self, i: int) -> Party | None:
        """Who "the gunmen" or "the attackers" are, where this sentence or the two before tell of rebels or a gang."""
        doc = self.doc
        start = doc.sentences[max(0, doc.sentence_of[i] - 2)].first
        for mark in reversed(self.marks_in(start, i)):
            agent, k = mark.of("agent"), mark.last - 1
            if agent is None or k == i or doc.labels[k] in {"compound", "amod"} or Sector(agent.row["sector"] or "UNK") not in ARMED - {Sector.UAF}:
                continue
            found = self.of(k)
            if len(found) == 1 and found[0].entity.sector in ARMED and doc.labels[k].startswith("nsubj"):
                return found[0]
        return None

    def _last_forces(self, i: int) -> Party | None:
        """The forces of whoever was named last, in this sentence or the one before: "troops" and "soldiers" go on with them."""
        doc = self.doc
        start = doc.sentences[max(0, doc.sentence_of[i] - 1)].first
        for mark in reversed(self.marks_in(start, i)):
            k = mark.last - 1
            if mark.of("organ", "agent", "actor") is None or k == i:
                continue
            found = self.of(k)
            if len(found) == 1 and found[0].entity.sector is Sector.MIL and found[0].entity.country and "speaks" not in found[0].because:
                return found[0]
        return None

    def _named_before(self, i: int) -> Party | None:
        """The body that "the centre" or "the Commission" is short for: one with that word in its name, named before in full."""
        doc = self.doc
        first, last = self.extent(i)
        if last - first != 2 or not self._definite(i):
            return None
        word = doc.words[i].lower()
        plural = word.removesuffix("s") if doc.words[i][0].isupper() else word  # "the Tigers", after "Tamil Tiger rebels"
        for stretch in reversed(self._bodies_of.get(word) or self._bodies_of.get(plural, [])):
            if stretch.last <= first:
                top = next((k for k in range(stretch.first, stretch.last) if not stretch.first <= doc.heads[k] < stretch.last), stretch.first)
                found = self.of(top)
                if found and found[0].kind != "person":
                    return found[0]
        if doc.words[i][0].isupper() and self.lexicon.is_word(doc.lemmas[i].lower(), "partisan"):
            return next((p for p in self.publisher() if p.entity.sector in ARMED | {Sector.PTY}), None)  # "the Party", in what it publishes
        return None

    @cached_property
    def _bodies(self) -> list[Stretch]:
        """Names of bodies, of several words."""
        return [s for s in self.doc.names if s.type not in {"place", "person", "time"}]

    @cached_property
    def _bodies_of(self) -> dict[str, list[Stretch]]:
        """By word, the names of several words that it is part of."""
        found: dict[str, list[Stretch]] = {}
        marked = [Stretch(m.first, m.last, "organisation") for m in self.marks if m.of("actor")]
        for stretch in sorted({*self._bodies, *marked}, key=lambda s: (s.first, s.last)):
            if stretch.last - stretch.first > 1:
                for word in {self.doc.words[k].lower() for k in range(stretch.first, stretch.last)}:
                    found.setdefault(word, []).append(stretch)
        return found

    def _plain(self, i: int) -> list[Party]:
        """A nominal whose head is no entry: an organisation by its capital letters, or something that a country owns."""
        doc = self.doc
        named = self._named_before(i)
        if named is not None:
            return [self._as(i, named)]
        row, why = self.owner(i)
        code, sector, qualifiers = self._codes(row)
        lemma = doc.lemmas[i].lower()
        if doc.upos[i] == "PROPN" and (before := self._so_called_at.get(doc.words[i], i)) < i and i not in self.place_at:
            return [self._as(i, p) for p in self.of(before)]
        if i in self.organisation_at and i not in self.mark_at:
            first, last = self.extent(i)
            short = last - first == 2 and self.lexicon.is_word(lemma, "described") and self._definite(i)
            earlier = self._described(i, lemma) if short else None  # "The Alliance", after NATO
            return [self._as(i, earlier) if earlier is not None else self._organisation(i, row, why)]
        if doc.upos[i] == "PROPN" and i not in self.place_at and (called := self._so_called(i)) is not None:
            return [called]
        appositions = [k for k in doc.dependents(i, "appos") if k in self.mark_at or k in self.person_at]
        if appositions and self.lexicon.is_word(lemma, "described") and (beside := self.of(appositions[0])):  # "the ruling party Hamas"
            return [self._as(i, p) for p in beside]
        if self.lexicon.is_word(lemma, "side") and row is not None and "code" in row.cells:
            return [Party(self._entity(i, row["name"], row["code"], Sector.GOV, id=f"country-{row['code'].lower()}"), "state", why)]
        if (mission := self._mission(i, row)) is not None:
            return [mission]
        if self.lexicon.is_word(lemma, "league") and (league := self._league(i, code)) is not None:
            return [league]
        bare = self.extent(i)[1] - self.extent(i)[0] == 2
        there = bare and " lies in " in why and self.lexicon.is_word(lemma, "described") and self._definite(i)  # "by the group on the Gao road"
        if there and (earlier := self._described(i, lemma)) is not None:
            return [self._as(i, earlier)]
        if row is not None and doc.upos[i] in {"NOUN", "PROPN"}:
            if sector is None and self.lexicon.is_word(lemma, "rival"):  # "the coast guard … its Chinese counterpart"
                alike = {p.entity.sector for c in doc.dependents(i, "nmod:poss") if doc.upos[c] == "PRON" for p in self.of(c)}
                sector = next(iter(alike)) if len(alike) == 1 and alike <= STATE else None
            border = any(self.lexicon.is_word(doc.lemmas[c], "line") for c in doc.dependents(i, "compound"))  # "a Tajik border post"
            forces = self.lexicon.is_word(lemma, "military") or why.startswith("loyal to ")
            own = sector or ((Sector.COP if border else Sector.MIL) if forces else Sector.GOV)
            name = row["name"] if "code" not in row.cells else (f"Armed Forces of {row['name']}" if own == Sector.MIL else row["name"])
            return [Party(self._entity(i, name, code, own, qualifiers), "holding", why)]
        if appositions:
            return self.of(appositions[0])
        if i in self.place_at:
            stretch = self.place_at[i]
            code = self._country_of_place(doc.text(stretch.first, stretch.last))
            if code:
                return [Party(self._entity(i, self.country_name(code), code, Sector.GOV), "place", f"{doc.text(stretch.first, stretch.last)} lies there")]
        if self.lexicon.is_word(lemma, "military") and self._definite(i) and (told := self._same_before(i)):
            return told
        if self.lexicon.is_word(lemma, "military") and doc.labels[i] == "nsubj" and (mine := self._publishers(i, Sector.MIL)) is not None:
            return [mine]
        if self.lexicon.is_word(lemma, "described") and (fighters := self._fighters_before(i)) is not None:
            return [self._agent(i, fighters)]
        if doc.upos[i] == "NOUN" and not self.lexicon.is_word(lemma, "described") and self._definite(i) and (force := self._force_before(i)) is not None:
            return [self._as(i, force)]
        if self.lexicon.is_word(lemma, "described") and self._definite(i):
            earlier = self._described(i, lemma)
            if earlier is not None:
                entity = earlier.entity
                return [
                    Party(self._entity(i, entity.name, entity.country, entity.sector, entity.qualifiers, entity.id), earlier.kind, f"as “{entity.text}” before")
                ]
            organ = self._earlier(i, lambda p, k: p.kind == "organ" and k in self.mark_at and self._same_word(k, i))
            if organ is not None:  # "the agency", after "the state news agency"
                entity = organ.entity
                return [Party(self._entity(i, entity.name, entity.country, entity.sector, entity.qualifiers), "organ", f"as “{entity.text}” before")]
            row, why = self._owned_before(i)
            if row is not None:
                code, sector, qualifiers = self._codes(row)
                return [Party(self._entity(i, row["name"], code, sector or Sector.GOV, qualifiers), "holding", why)]
        return []

    @cached_property
    def _so_called_at(self) -> dict[str, int]:
        """Where names that no list has are first told what they are: "the rights group Dawn"."""
        found: dict[str, int] = {}
        for m in self.marks:
            k = m.last
            if m.of("agent") and k < len(self.doc) and self.doc.upos[k] == "PROPN" and k not in self.mark_at and self._so_called(k) is not None:
                found.setdefault(self.doc.words[k], k)
        for stretch in self._bodies:  # the network may take "the rights group Dawn" for one name
            k = stretch.last - 1
            if k > stretch.first and self.doc.upos[k] == "PROPN" and self.doc.words[k - 1].islower() and self._body_word(k - 1):
                found.setdefault(self.doc.words[k], k)
        return found

    def _force_before(self, i: int) -> Party | None:
        """The body of men that "the force" or "the team" is short for, named before with more words: "the UN peacekeeping force"."""
        first, last = self.extent(i)
        for k in self._forces if last - first == 2 else ():
            if k < i and self.doc.lemmas[k] == self.doc.lemmas[i] and (found := self.of(k)):
                return found[0]
        return None

    @cached_property
    def _forces(self) -> dict[int, Mark]:
        """The nominals of several words that name one body of people, by their last word: "the UN peacekeeping force", "a human rights group"."""
        several = [m for m in self.marks if m.last - m.first > 1 and self._singular(m.last - 1)]
        bodies = [m for m in several if (agent := m.of("agent")) and (agent.row["kind"] in _BODIES_OF_MEN or self._body_word(m.last - 1))]
        return {m.last - 1: m for m in bodies}

    def _body_word(self, k: int) -> bool:
        return self.lexicon.is_word(self.doc.lemmas[k], "described") and not self.lexicon.is_word(self.doc.lemmas[k], "sent")

    def _so_called(self, i: int) -> Party | None:
        """A name that no list has, right behind what it is: "the rights group Dawn", "the militia Northern Lions"."""
        above = [self.doc.heads[i]] if self.doc.labels[i] in {"appos", "flat"} and self.doc.heads[i] == i - 1 else []
        for c in (*self.doc.dependents(i, "compound", "nmod:desc"), *above):
            agent = mark.of("agent") if c < i and (mark := self.mark_at.get(c)) is not None else None
            if agent is not None and self.lexicon.is_word(self.doc.lemmas[c], "described") and (found := self.of(c)):
                e = found[0].entity
                name = self.doc.text(self.mark_at[c].last, self.extent(i)[1])
                return Party(self._entity(i, name, e.country, e.sector, e.qualifiers), "organisation", f"called “{self.doc.words[c]}”; {found[0].because}")
        return None

    def _mission(self, i: int, sender: Row | None) -> Party | None:
        """The mission that a body is told to have in a country: "the UN mission in Mali"; without a place, in the country that the report is about."""
        doc = self.doc
        if sender is None or "code" in sender.cells or sender["country"] not in BODIES or doc.lemmas[i] != "mission" or not self._singular(i):
            return None
        there = [p.entity.country for c in doc.dependents(i, "nmod") if doc.case(c) in {"in", "to", "for"} for p in self.of(c)] or self.main[:1]
        forms = tuple(f"{form} " for form in (sender["name"], *(sender.listed("aliases") if "aliases" in sender.cells else ())))
        for country in there:
            rows = [r for r in self.lexicon.missions.get((sender["country"], country or ""), ()) if valid(r, self.day)]
            rows = [r for r in rows if any(form.startswith(forms) for form in (r["name"], *r.listed("aliases")))]
            if len({r["sector"] for r in rows}) == 1:
                row = rows[0]
                name, known = (row["name"], row["id"]) if len(rows) == 1 else (sender["name"], sender["id"])
                entity = self._entity(i, name, row["country"], row["sector"], list(row.listed("qualifiers")), known)
                return Party(entity, "mission", f"{row.place} {row['name']}, the mission there")
        return None

    def _same_before(self, i: int) -> list[Party]:
        """Whose "the aircraft" or "the convoy" is: whose the one of that word was that this sentence or the two before it named."""
        doc = self.doc
        start = doc.sentences[max(0, doc.sentence_of[i] - 2)].first
        for k in range(i - 1, start - 1, -1):
            if doc.lemmas[k] == doc.lemmas[i] and doc.upos[k] == "NOUN" and not self._definite(k) and (found := self.of(k)):
                return [self._as(i, p) for p in found]
        return []

    def _told_by_another(self, i: int) -> bool:
        """Whether somebody else than the publisher says word `i`."""
        own = {(p.entity.country, p.entity.sector) for p in self._voice}
        return any((p.entity.country, p.entity.sector) not in own for p in self.speaker_of(i))

    def _friends_before(self, i: int) -> bool:
        """Whether the sentence before tells of forces that fight the publisher's enemy: a soldier is theirs then."""
        doc = self.doc
        s = doc.sentences[max(0, doc.sentence_of[i] - 1)]
        fought = any(self.lexicon.is_word(doc.lemmas[k], "opponent") and not doc.labels[k].startswith("nsubj") for k in range(s.first, min(s.last, i)))
        return fought and self._last_forces(i) is not None

    def _fought_at_home(self, *more: Sector) -> tuple[str | None, str]:
        """The country whose army and government an armed group means that publishes the report and does not say whose they are: its own."""
        party = next(iter(self._voice), None)
        if party is None or party.entity.sector not in ARMED | set(more) or party.entity.country not in self.lexicon.countries:
            return None, ""
        return party.entity.country, f"the publisher is {party.entity.name}"

    def _publishers(self, i: int, own: Sector) -> Party | None:
        """The forces of the army that publishes the report, where the words of a nominal of forces do not say whose they are: "air defences shot down …"."""
        party = next(iter(self._voice), None) if own is Sector.MIL else None
        if party is None or party.entity.sector is not Sector.MIL or party.entity.country not in self.lexicon.countries or self.doc.labels[i] == "obj":
            return None
        if self._told_by_another(i) or self._friends_before(i):
            return None
        e = party.entity
        name = f"Armed Forces of {self.country_name(e.country or '')}"
        return Party(self._entity(i, name, e.country, own, e.qualifiers), "agent", f"the forces of the publisher: {party.because}")

    def _league(self, i: int, code: str | None) -> Party | None:
        """A body of people of one calling: "the Sudanese doctors' union", "a journalists' association"."""
        doc = self.doc
        members = [m for c in doc.dependents(i, "nmod:poss", "compound") if c < i and (mark := self.mark_at.get(c)) and (m := mark.of("agent"))]
        sector = next((Sector(m.row["sector"]) for m in members if m.row["sector"] in _JOINED), None)
        if sector is None:
            return None
        why = f"{members[0].row.place} {members[0].row['form']}"
        if code is None:
            code, where = self._nearby_country(doc.sentence_of[i], i)
            why = f"{why}; {where}"
        return Party(self._entity(i, doc.text(*self.extent(i)).removeprefix("the ").removeprefix("The "), code, sector), "organisation", why)

    def _fighters_before(self, i: int) -> Row | None:
        """The row of the kind of fighters that a group or a movement is said to be of, right before it: "the Islamist militant group"."""
        mark = self.mark_at.get(i - 1)
        agent = mark.of("agent") if mark is not None and self.doc.heads[mark.last - 1] == i else None
        return agent.row if agent is not None and Sector(agent.row["sector"]) in ARMED else None

    def _organisation(self, i: int, row: Row | None, why: str) -> Party:
        """Who a name is that no list has: what the report calls it where it brings it in, and the country of its owner or of the report."""
        doc = self.doc
        stretch = self.organisation_at[i]
        name = doc.text(stretch.first, stretch.last)
        code, sector, qualifiers = self._codes(row)
        told, kind_why = self._introduced.get(self._key(stretch), (None, ""))
        if sector is None and told is not None:
            sector, why = told, kind_why
        if any(self.lexicon.is_word(doc.lemmas[k].lower(), "civic") or self.lexicon.is_word(doc.words[k].lower(), "civic")
               for k in range(stretch.first, stretch.last)) and row is None:  # fmt: skip
            return Party(self._entity(i, name, "NGO", Sector.SOC, qualifiers), "ngo", "its name is that of an organisation for others")
        kind = next((s for k in range(stretch.last - 1, stretch.first - 1, -1) if (s := self._telling(doc.lemmas[k].lower()))), None)
        kind = kind or self._called(stretch)
        if kind is not None and sector in {None, Sector.UNK, Sector.OPP}:
            sector = kind  # "Northern Progress Party", "Dawn Newspaper"
        if code is None:
            code, where = self._nearby_country(doc.sentence_of[i], i)
            why = f"{why}; {where}" if why else where
        return Party(self._entity(i, name, code, sector or Sector.UNK, qualifiers), "organisation", why or "a name")

    def _called(self, stretch: Stretch) -> Sector | None:
        """The sector that a kind of people told within a name gives it: "the rights group Dawn", "Northern Doctors' Union"."""
        agents = [agent.row["sector"] for m in self.marks_in(stretch.first, stretch.last) if (agent := m.of("agent"))]
        return next((s for s in (Sector.SOC, *sorted(_CALLINGS)) if s.value in agents and s is not Sector.REF), None)

    def _telling(self, word: str) -> Sector | None:
        """The sector that a word in a name tells: a party's, a medium's, a firm's."""
        if self.lexicon.is_word(word, "partisan"):
            return Sector.PTY
        return next((s for s in (Sector.JRN, Sector.BUS) if word in self.lexicon.agent_words(s.value)), None)

    def _key(self, stretch: Stretch) -> str:
        return self.doc.text(stretch.first, stretch.last).removeprefix("the ").removeprefix("The ").casefold()

    @cached_property
    def _introduced(self) -> dict[str, tuple[Sector, str]]:
        """What the report calls names that no list has: "the rebel group X", "X, a separatist militia", "the daily X", and X's letters in brackets."""
        doc = self.doc
        found: dict[str, tuple[Sector, str]] = {}
        for stretch in self._bodies:
            if stretch.type != "organisation" or stretch.first in self.mark_at:
                continue
            top = next((k for k in range(stretch.first, stretch.last) if not stretch.first <= doc.heads[k] < stretch.last), stretch.first)
            beside = [m for m in self.marks_in(max(doc.sentences[doc.sentence_of[top]].first, stretch.first - 3), stretch.first) if m.last == stretch.first]
            head = doc.heads[top]
            owned = self.mark_at.get(head) if doc.labels[top] in {"compound", "nmod", "nmod:poss"} else None
            men = owned.of("agent") if owned is not None else None
            if men is not None and Sector(men.row["sector"]) in ARMED - {Sector.UAF}:  # "Dawn Front fighters", "the rebels of the Dawn Front"
                found.setdefault(self._key(stretch), (Sector(men.row["sector"]), f"it has {doc.words[head]}"))
            for c in (*doc.dependents(top, "appos"), *([doc.heads[top]] if doc.labels[top] in {"appos", "flat", "compound", "nmod:desc"} else [])):
                beside += [m for m in self.marks_in(*self.extent(c)) if not stretch.first <= m.first < stretch.last] if c >= 0 else []
            for mark in beside:
                agent = mark.of("agent", "organ")
                if agent is not None and Sector(agent.row["sector"] or "UNK") not in {Sector.UNK, Sector.GOV, Sector.CVL}:
                    found.setdefault(self._key(stretch), (Sector(agent.row["sector"]), f"called “{doc.text(mark.first, mark.last)}”"))
        for k in range(1, len(doc) - 1):  # "the Northern Free Front (NFF)"
            if doc.words[k - 1] == "(" and doc.words[k + 1] == ")" and doc.words[k].isupper() and k >= 2:
                full = next((s for s in self._bodies if s.last == k - 1), None)
                if full is not None and (held := found.get(self._key(full))):
                    found.setdefault(doc.words[k].casefold(), held)
        return found

    def _described(self, i: int, lemma: str, kinds: set[str] | None = None) -> Party | None:
        wanted = {"group": {"armed-group", "organisation", "party", "ngo"}, "movement": {"armed-group", "party"}, "militia": {"armed-group"},
                  "agency": {"media", "body", "organisation", "security", "ngo"}, "bloc": {"body"}, "union": {"body"}, "alliance": {"body", "armed-group"},
                  "coalition": {"body", "mission"}, "party": {"party", "armed-group"}, "body": {"body", "organisation"},
                  "organization": {"body", "armed-group", "organisation", "ngo"}, "organisation": {"body", "armed-group", "organisation", "ngo"},
                  "mission": {"mission", "body"}, "country": {"state"}, "nation": {"state"}, "government": {"state", "organ"}}  # fmt: skip
        verb = self.doc.heads[i] if self.doc.labels[i].startswith("nsubj") else -1
        if verb >= 0 and self.doc.lemmas[verb] in self.lexicon.harms and lemma == "group":
            kinds = kinds or {"armed-group"}  # "the group has killed 300 people": no charity
        kinds = kinds or wanted.get(lemma, {"organ", "body", "armed-group", "state", "organisation"})
        for k in range(i - 1, max(-1, i - 300), -1):
            mark, stretch = self.mark_at.get(k), self.organisation_at.get(k)
            if k in self._forces and self.doc.lemmas[k] == lemma and (found := self.of(k)) and (kinds != {"armed-group"} or found[0].entity.sector in ARMED):
                return found[0]
            if mark is None and "organisation" in kinds and self._so_called_at.get(self.doc.words[k]) == k:
                return self.of(k)[0]
            if k == self.doc.heads[i]:
                continue  # "a spokesman for the group" is not whom "the group" takes up
            if (mark is not None and k == mark.last - 1) or (mark is None and stretch is not None and k == stretch.last - 1 and "ngo" in kinds):
                found = self.of(k)
                if found and found[0].kind in kinds:
                    return found[0]
        return None

    # the discourse

    def _nearby_country(self, sentence: int, i: int) -> tuple[str | None, str]:
        """The country that an unmodified noun most likely belongs to: one named in the sentence, else what the report is about."""
        doc = self.doc
        for number in (sentence, sentence - 1):
            if number < 0:
                continue
            if number < sentence and doc.upos[i] == "NOUN" and not self._told_by_another(i) and (home := self._fought_at_home(Sector.MIL))[0]:
                return home  # "we call on citizens to stay at home", in what an army publishes
            s = doc.sentences[number]
            codes: list[str] = []
            for k in range(s.first, s.last):
                if doc.case(k) == "from" and doc.lemmas[doc.heads[k]] in self.lexicon.channels:
                    continue  # "in a statement from London": where it was sent from
                if k in self.place_at and k not in self.mark_at:
                    stretch = self.place_at[k]
                    code = self._country_of_place(doc.text(stretch.first, stretch.last))
                    if code and not self._venue(k):
                        codes.append(code)
                elif (m := self.mark_at.get(k)) and (n := m.of("country", "capital", "seat")) and doc.case(k) in _LOCATIVE | {"of"} and not self._venue(k):
                    if n.kind == "seat" and n.row["country"] in BODIES:
                        continue
                    codes.append(n.row["country"] if n.kind == "seat" else n.row["code"])
            if codes:
                best = max(codes, key=lambda c: (self._weights[c], -codes.index(c)))
                if self._weights[best] >= 0.3 * (self._weights[self.main[0]] if self.main else 0):
                    return best, f"the sentence speaks of {self.country_name(best)}"
        if self.main:
            return self.main[0], f"the report speaks most of {self.country_name(self.main[0])}"
        return None, "no country is named"

    def _venue(self, k: int) -> bool:
        """Whether a place is only where some met or signed: "talks in Jeddah", "signed in Havana"; whose the soldiers beside it are it does not tell."""
        doc = self.doc
        head = doc.heads[k]
        if head < 0 or doc.case(k) not in _LOCATIVE:
            return False
        mark = self.mark_at.get(k)
        if doc.case(k) == "to" and doc.upos[head] == "VERB" and mark is not None and mark.of("country", "capital"):
            return True  # "deported to Cuba", "fled to Chad": whoever goes there is not of there
        if doc.upos[head] == "VERB" and self.lexicon.is_word(doc.lemmas[head], "based"):
            return True  # "a group based in Oslo"
        act = next((c for c in doc.dependents(head, "obj") if doc.lemmas[c] in self.lexicon.nouns), None)  # "resume" takes talks as well as strikes
        verb = doc.upos[head] == "VERB" and act is None
        rows = self.lexicon.verbs.get(doc.lemmas[head], ()) if verb else self.lexicon.nouns.get(doc.lemmas[head if act is None else act], ())
        kinds = {row.type for row in rows} - {"NONE"}
        return bool(kinds) and kinds <= _TALKING

    def _is_dyad(self, i: int) -> bool:
        """Whether a plural like "sides" stands for both parties: nothing in the nominal says which one."""
        doc = self.doc
        if any(doc.words[k].lower() == "each" for k in doc.dependents(i, "det")):
            return doc.lemmas[i] in {"side", "party"}
        if doc.words[i].lower() == doc.lemmas[i] and doc.lemmas[i] not in {"both"}:
            return False
        first, last = self.extent(i)
        inside = {doc.words[k].lower() for k in range(first, i)}
        if any(m.of("country", "adjective", "actor", "nation") for m in self.marks_in(first, last) if m.first < i):
            return False
        if doc.lemmas[i] in {"side", "party"}:
            return bool(inside & {"the", "both", "two", "all", "warring", "these"})
        states = self.lexicon.is_word(doc.lemmas[i], "state") and not self.lexicon.is_word(doc.lemmas[i], "side")
        the_two = "two" in inside and bool(inside & {"the", "these", "those"})
        named = states and "the" in inside and not self.lexicon.is_word(doc.lemmas[i], "place")
        return "both" in inside or the_two or named or (doc.lemmas[i] == "faction" and "all" in inside)

    def _pair_before(self, i: int) -> list[Party]:
        """Whom a bare "the ministers", "the presidents" or "the neighbours" means right after two of them met."""
        doc = self.doc
        if not self.lexicon.is_word(doc.lemmas[i], "rival") or doc.words[i].lower() == doc.lemmas[i] or not self._definite(i):
            return []
        first, last = self.extent(i)
        mark = self.mark_at.get(i)
        if last - first != 2 or doc.dependents(i, "nmod", "acl", "acl:relcl", "appos") or (mark is not None and mark.of("organ")):
            return []
        sentence = doc.sentence_of[i]
        for number in (sentence, sentence - 1):
            if number < 0:
                break
            start, end = doc.sentences[number].first, min(first, doc.sentences[number].last)
            pair = self._coordinated(start, end, set()) or self._met(start, end, set())
            if len(pair) == 2 and all(p.entity.sector in STATE for p in pair):
                return [self._as(i, p) for p in pair]
        return []

    def _each(self, i: int) -> bool:
        """Whether "each" is both of two, one against the other: "each blamed the other"."""
        doc = self.doc
        if doc.words[i].lower() != "each" or not doc.labels[i].startswith("nsubj"):
            return False
        return any(doc.words[k].lower() == "other" for c in doc.dependents(doc.heads[i], "obj", "obl", "ccomp", "xcomp") for k in (c, *doc.children[c]))

    def _two_named(self, i: int) -> list[Party]:
        """The two people named, in this sentence or the two before, whom "both men" or "the two leaders" takes up; [] unless there are just two."""
        doc = self.doc
        if not self.lexicon.is_word(doc.lemmas[i], "duo") or doc.words[i].lower() == doc.lemmas[i] or not self._is_dyad(i):
            return []
        first, last = self.extent(i)
        if last - first > 3 or doc.dependents(i, "nmod", "acl", "acl:relcl", "appos", "amod"):
            return []
        start = doc.sentences[max(0, doc.sentence_of[i] - 2)].first
        at = sorted((max(f for f, _ in p.spans if f < i), n) for n, p in enumerate(self.people) if any(start <= f < i for f, _ in p.spans))
        named = [self._person(k) for k, _ in at]
        return [self._as(i, p) for p in named] if len(named) == 2 and len({identity(p.entity) for p in named}) == 2 else []

    def _the_two(self, i: int) -> bool:
        """Whether "the two" stands alone for the two named before."""
        doc = self.doc
        return doc.lemmas[i] == "two" and doc.labels[i] != "nummod" and self._definite(i) and not doc.dependents(i, "nmod", "acl", "amod")

    def _dyad(self, i: int) -> list[Party]:
        """The two parties that the report opposes: the pair named last, else the pair named most, else the two that it names most."""
        doc = self.doc
        acting: set[int] = set()
        if (self._paired or self._opposed) and any(doc.words[d].lower() == "all" for d in doc.dependents(i, "det")):
            return [self._as(i, p) for p in self._paired or self._opposed]  # "all parties": of the report's conflict, and not two who spoke just before
        if not doc.labels[i].startswith("nsubj"):  # "X and Y appealed to both sides": others
            acting = {k for a in doc.ancestors(i) for c in doc.dependents(a, "nsubj") for k in doc.subtree(c)}
        for number in range(doc.sentence_of[i], max(-1, doc.sentence_of[i] - 6), -1):
            s = doc.sentences[number]
            pair: list[Party] = []
            for mark in self.marks_in(s.first, min(s.last, i + 1)):
                if mark.first not in acting and self._may_oppose(mark) and (linked := self._linked(mark.last - 1)) is not None:
                    pair = linked
            pair = pair if len(pair) == 2 else self._coordinated(s.first, min(s.last, i), acting) or self._met(s.first, min(s.last, i), acting)
            if len(pair) == 2:
                return [self._as(i, p) for p in pair]
        speaking = {p.entity.country for p in self.quoted_speaker(i)}
        sides = self._paired or self._opposed
        if any(p.entity.country in speaking for p in sides):  # "both sides must show restraint", said by a third
            sides = next((pair for pair in self._pairs if not any(p.entity.country in speaking for p in pair)), sides)
        return [self._as(i, p) for p in sides]

    def _in_kind(self, i: int, party: Party) -> Party:
        """One of two sides as the plural for them tells: of "both armies" the forces, of "the two neighbours" the state."""
        entity, lemma = party.entity, self.doc.lemmas[i]
        if entity.country not in self.lexicon.countries or entity.qualifiers:
            return party
        state = self.country_name(entity.country)
        if self.lexicon.is_word(lemma, "forces") and entity.sector is Sector.GOV:
            return party._replace(entity=replace(entity, sector=Sector.MIL, name=f"Armed Forces of {state}", id=None))
        if self.lexicon.is_word(lemma, "state") and entity.sector in {Sector.MIL, Sector.COP}:
            return party._replace(entity=replace(entity, sector=Sector.GOV, name=state, id=f"country-{entity.country.lower()}"))
        return party

    def _met(self, first: int, last: int, acting: set[int]) -> list[Party]:
        """The subject and the object of the last verb of a range that joins two parties: "the minister met his Dutch counterpart"."""
        doc = self.doc
        verbs = range(last - 1, first - 1, -1)
        for verb in sorted(verbs, key=lambda k: doc.labels[k] == "acl:relcl"):  # what is only said of one of them in passing comes last
            subject = doc.dependent(verb, "nsubj") if doc.upos[verb] == "VERB" else None
            if subject is None and doc.labels[verb] == "advcl":  # "flew to Sanaa to negotiate with the Houthis"
                subject = subject_of(doc, verb)
            if subject is None or subject in acting or subject >= last:
                continue
            objects = [k for k in doc.dependents(verb, "obj") if not doc.dependents(k, "nummod")]  # "freed two soldiers": no side
            others = [*objects, *(c for c in doc.dependents(verb, "obl") if doc.case(c) == "with")]
            losers = [c for c in doc.dependents(verb, "obl") if doc.case(c) == "from"]  # "took the town from government troops"
            if losers and not any(self.parties(c) for c in others[:1] if not doc.dependents(c, "nmod:poss")):
                others = losers
            found = [*self.parties(subject), *(p for c in others[:1] if c < last for p in self.parties(c))]
            fought = any(row.type == "ASSAULT" for row in self.lexicon.verbs.get(doc.lemmas[verb], ()))  # "the rebels shelled army positions"
            rival = bool(others) and self.lexicon.is_word(doc.lemmas[others[0]], "rival")
            forces = fought and all(p.kind != "place" and p.entity.sector in ARMED | {Sector.MIL} for p in found)
            if any(p.entity.country in BODIES for p in found):
                continue
            if self._apart(found) and (forces or rival or all(p.kind not in {"place", "holding"} for p in found)):
                return found
        return []

    def _coordinated(self, first: int, last: int, acting: set[int]) -> list[Party]:
        """The last two parties that an "and" joins in a range of words: "rebels and government soldiers"."""
        doc = self.doc
        for k in range(last - 1, first - 1, -1):
            beside = [c for c in doc.dependents(k, "conj") if c < last]
            if k in acting or doc.upos[k] not in {"NOUN", "PROPN"} or doc.labels[k] == "conj" or not beside:
                continue
            found = self.parties(k) if len(beside) == 1 else []
            if self._apart(found) and all(p.entity.country not in BODIES for p in found):
                return found
        return []

    @staticmethod
    def _apart(found: list[Party]) -> bool:
        """Whether these are two, states or armed, of two sides."""
        sides = {(p.entity.country, bool(p.entity.qualifiers), p.entity.sector in ARMED - {Sector.PRM}) for p in found}
        return len(found) == len(sides) == 2 and all(p.entity.sector in STATE | ARMED for p in found)

    @staticmethod
    def _may_oppose(mark: Mark) -> bool:
        name = mark.of("actor", "country", "adjective")
        return name is not None and not (name.kind == "actor" and (name.row["country"] in BODIES or name.row["kind"] == "media"))

    @cached_property
    def _pairs(self) -> list[list[Party]]:
        """The pairs of parties that the report names side by side, in order."""
        return [pair for mark in self.marks if self._may_oppose(mark) and (pair := self._linked(mark.last - 1))]

    @cached_property
    def _paired(self) -> list[Party]:
        """The two parties that the report names side by side most often, one of whom it speaks of most; of equals the pair named first."""
        pairs = [pair for pair in self._pairs if {p.entity.country for p in pair} & set(self.main[:1])]
        often = Counter(frozenset(identity(p.entity) for p in pair) for pair in pairs)
        return max(pairs, key=lambda pair: often[frozenset(identity(p.entity) for p in pair)], default=[])

    @cached_property
    def _opposed(self) -> list[Party]:
        """The two parties that the report names most, armed groups and de facto entities apart from the state; of equals the one named first."""
        often: Counter[tuple[str, str | None, str]] = Counter()
        parties: dict[tuple[str, str | None, str], Party] = {}
        for mark in self.marks:
            if any(self.doc.case(k) in _LOCATIVE for k in range(mark.first, mark.last)):
                continue  # where it was, not who fought
            if self._may_oppose(mark) or mark.of("capital", "nation", "seat"):
                for party in self._bare(mark):
                    key = identity(party.entity)
                    if party.kind == "state" or party.entity.sector in ARMED or party.entity.qualifiers:
                        parties.setdefault(key, party)
                        often[key] += 1
        named = sorted(parties, key=lambda key: -often[key])[:2]
        if len(named) == 1 and parties[named[0]].entity.sector is Sector.REB:  # armed opposition alone is named: the other side is the state that it fights
            rebels = parties[named[0]]
            home = self.lexicon.countries.get(rebels.entity.country or "")
            if home is not None:
                code = home["code"]
                entity = replace(rebels.entity, name=home["name"], country=code, sector=Sector.GOV, qualifiers=[], id=f"country-{code.lower()}")
                state = Party(entity, "state", f"the state that {rebels.entity.name} fights")
                return [state, rebels]
        return [parties[key]._replace(because="one of the two that the report speaks most of") for key in named] if len(named) == 2 else []

    def _linked(self, k: int) -> list[Party] | None:
        """Two parties named side by side: "X and Y", "X-Y", "between X and Y"."""
        doc = self.doc
        mark = self.mark_at[k]
        named = [n for n in mark.names if n.kind == "country"]
        if len(named) == 2 and self._names_both(mark):
            return [self._state(k, n.row, Sector.GOV, "state") for n in named]
        nxt = mark.last
        sentence = doc.sentences[doc.sentence_of[k]]
        if nxt + 1 < sentence.last and doc.words[nxt].lower() in {"and", "-", "–", "with"}:
            j = nxt + 1
            if doc.words[j].lower() == "the":
                j += 1
            other = self.mark_at.get(j)
            before = [doc.words[m].lower() for m in range(max(sentence.first, mark.first - 2), mark.first)]
            if other is not None and other is not mark and "," not in before[-2:]:  # "Russia, the United States and France" are no pair
                found = [p for m in (mark, other) for p in self._bare(m)]
                if len(found) == 2 and identity(found[0].entity) != identity(found[1].entity):
                    return found
        return None

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

    def other_side(self, party: Party, attackers: set[str | None], speakers: list[str | None]) -> Party:
        """The same party, of another country, where its country was only guessed and is the attacker's own.

        That is the speaker's country: a ministry that reports an attack by another state speaks of its own people.
        """
        entity = party.entity
        if "speaks" not in party.because or entity.country not in attackers or entity.sector in ARMED:
            return party
        if entity.sector is Sector.MIL and any(self.lexicon.is_word(word, "side") for word in entity.text.lower().split()):
            return party  # "government forces", whom rebels of the country fight
        code = next((c for c in speakers if c and c not in attackers and c in self.lexicon.countries), None)
        if code is None and "speaks most" in party.because:  # nobody of the other side speaks: who else the report names beside them
            pair = [p.entity.country for p in self._paired]
            code = next((c for c in pair if c and c not in attackers and c in self.lexicon.countries), None) if attackers & set(pair) else None
            if code is None and self.main and self.main[0] in attackers:
                told = {n.row["code"] for m in self.marks for n in m.names if n.kind in {"country", "adjective", "nation"}}  # by name, not by a place alone
                second = next((c for c in self.main[1:] if c in self.lexicon.countries and c in told), None)
                code = second if second is not None and self._weights[second] >= self._weights[self.main[0]] / 2 else None
        if code is None:
            return party
        old, new = self.country_name(entity.country or ""), self.country_name(code)
        return Party(replace(entity, country=code, name=entity.name.replace(old, new)), party.kind, f"not the attacker's own; the other side is {new}")

    def attackers_side(self, party: Party, victims: list[Party], speakers: list[Entity]) -> Party:
        """The same forces, of the other country of the report, where a state that speaks of its own people under fire was guessed to have fired itself."""
        entity = party.entity
        code = entity.country
        own = all(v.entity.country == code for v in victims) and all(s.country == code and s.sector in STATE - {Sector.JUD, Sector.LEG} for s in speakers)
        if "speaks" not in party.because or entity.sector is not Sector.MIL or code is None or not own:
            return party
        other = next((c for c in self.main if c != code and c in self.lexicon.countries), None)
        if other is None or self._weights[other] < self._weights[code] / 2:
            return party
        old, new = self.country_name(code), self.country_name(other)
        return Party(replace(entity, country=other, name=entity.name.replace(old, new)), party.kind, f"not the speaker's own; the other side is {new}")

    def beyond(self, i: int, others: list[Party]) -> list[Party]:
        """Whom the pronoun at `i` means if not these."""
        names = {p.entity.name for p in others}
        for k in self._antecedents(i):
            found = self.of(k)
            if found and not any(p.entity.name in names for p in found):
                return found
        return []

    def relayed(self, party: Party, relayers: list[Party]) -> Party:
        """The same organ of a state, of the country whose own media or ministry cites it, where its country was only guessed."""
        entity = party.entity
        organ = next((p for p in relayers if p.kind == "organ" and p.entity.country in self.lexicon.countries), None)
        if organ is None or "speaks" not in party.because or entity.sector not in STATE or entity.country == organ.entity.country:
            return party
        old, new = self.country_name(entity.country or ""), self.country_name(organ.entity.country or "")
        told = replace(entity, country=organ.entity.country, name=entity.name.replace(old, new), qualifiers=organ.entity.qualifiers)
        return Party(told, party.kind, f"cited by {organ.entity.name}")

    def struck(self, i: int) -> list[Party]:
        """Whom a place or a building under attack stands for: the people there, or the forces whose it is; empty where it is neither."""
        doc = self.doc
        lemma = doc.lemmas[i]
        if not (self.lexicon.is_word(lemma, "place") or self.lexicon.is_word(lemma, "holding") or lemma in self.lexicon.things or i in self.place_at):
            return []
        kinds = [f"{doc.lemmas[c]} {lemma}" for c in doc.dependents(i, "compound", "amod") if c < i]
        thing = next((row for form in (*kinds, lemma) if (row := self.lexicon.things.get(form)) is not None), None)
        military = self.lexicon.is_word(lemma, "military") or any(self._of_arms(c) for c in doc.dependents(i, "compound"))  # "a patrol boat"
        if self.lexicon.is_word(lemma, "line") and not military:
            return []  # "attacks on the Kupiansk front": where they were, and on whom the text does not tell
        military = military or (thing is not None and thing["whose"] == "forces")
        border = military and any(self.lexicon.is_word(doc.lemmas[c], "line") for c in doc.dependents(i, "compound"))
        party = self.somebody(i, Sector.COP if border else Sector.MIL if military else Sector.CVL)
        if not military and "speaks most" in party.because and self._definite(i) and self.lexicon.is_word(lemma, "place") and (there := self._place_before(i)):
            code, named = there  # "the city": where the report was before
            party = party._replace(entity=replace(party.entity, country=code), because=f"“{doc.words[i]}” takes up {named}")
        if party.entity.country:
            whose = "Armed Forces of" if party.entity.sector is Sector.MIL else "civilians of"
            if party.entity.sector not in ARMED:
                party = party._replace(entity=replace(party.entity, name=f"{whose} {self.country_name(party.entity.country)}"))
        return [party]

    def _place_before(self, i: int) -> tuple[str, str] | None:
        """The country of the place named last in the paragraphs before a definite "the town", and the name."""
        doc = self.doc
        start = doc.sentences[max(0, doc.sentence_of[i] - _PLACES_BACK)].first
        for k in range(i - 1, start - 1, -1):
            if k in self.place_at and k not in self.mark_at and doc.case(k) in _LOCATIVE | {"of"}:
                stretch = self.place_at[k]
                name = doc.text(stretch.first, stretch.last)
                if code := self._country_of_place(name):
                    return code, name
        return None

    @cached_property
    def _authors(self) -> list[Party]:
        """Those whose words the whole report is, by its headline: "Statement by President Ali Musa on …", "Joint Declaration by …"."""
        doc = self.doc
        if not doc.sentences or doc.report.blocks[doc.sentences[0].block].kind != BlockKind.HEADLINE:
            return []
        for k in range(doc.sentences[0].first, doc.sentences[0].last):
            row = self.lexicon.channels.get(doc.lemmas[k].lower())
            if row is not None and row["channel"] == "statement" and doc.heads[k] < 0:
                found = [p for c in doc.dependents(k, "nmod") if doc.case(c) in {"by", "from", "of"} for p in self.parties(c)]
                guessed = any("names such organs" in p.because for p in found)
                return [self._own_fighters] if guessed and self._own_fighters is not None else found  # "Statement by the Northern Dawn Command"
        return []

    def opposed(self) -> list[Party]:
        """The two parties that the report opposes; none where it opposes no two."""
        return self._paired or self._opposed

    def publisher(self) -> list[Party]:
        """The party whose words the whole report is: it publishes it ("The White House"), or the head of the text names it, and it is no paper or agency."""
        return self._voice

    @cached_property
    def _voice(self) -> list[Party]:
        found = self._named_in(self.doc.report.publisher or "", "the publisher") or self._authors or self._headed
        if (not found or "speaks" in found[0].because) and self._own_fighters is not None:
            return [self._own_fighters]
        return found

    @cached_property
    def _own_fighters(self) -> Party | None:
        """The armed group of no list that speaks of "our fighters" in a statement headed by its name."""
        doc = self.doc
        first = doc.sentences[0] if doc.sentences else None
        if first is None or doc.report.blocks[first.block].kind != BlockKind.HEADLINE or not self.main:
            return None
        for mark in self.marks:
            agent = mark.of("agent")
            if agent is not None and agent.row["sector"] in ARMED - {Sector.UAF} and doc.sentence_of[mark.first] <= _OPENING:
                k = mark.last - 1
                if any(doc.words[c].lower() == "our" for c in doc.dependents(k, "nmod:poss")):
                    name = doc.text(first.first, first.last)
                    return Party(Entity(text=name, name=name, country=self.main[0], sector=Sector(agent.row["sector"])), "armed-group",
                                 f"it speaks of “{doc.text(mark.first - 1, mark.last)}”; the report speaks most of its country")  # fmt: skip
        return None

    @cached_property
    def _civic(self) -> list[Party]:
        """The organisation for others that publishes the report, by a word of its name: who "we" is in a rights group's or a watch's own report."""
        name = self.doc.report.publisher or ""
        if not any(self.lexicon.is_word(w.form.lower(), "civic") for w in words(name)):
            return []
        return [Party(Entity(text=name, name=name, country="NGO", sector=Sector.SOC), "ngo", "the publisher, by its name an organisation for others")]

    @cached_property
    def _headed(self) -> list[Party]:
        """The party whose name stands above a statement or bulletin: "General Staff of the Armed Forces of X", "Press release of the Y Front"."""
        doc, starts = self.doc, defaultdict(list)
        for s in doc.sentences[:LONGEST_HEAD]:
            starts[s.block].append(s)
        for sentences in starts.values():
            s = sentences[0]
            line = range(s.first, s.last)
            if len(sentences) > 1 or doc.words[s.last - 1] in {".", "!", "?"} or any(doc.upos[k] in {"VERB", "AUX"} and doc.labels[k] != "amod" for k in line):
                return []
            told = any(self._is_statement(k) for k in line)
            opened = (k for k in line if k > s.first and (doc.words[k] == "," or (doc.upos[k] == "ADP" and doc.words[k].lower() not in _OF_WHOM)))
            end = next(opened, s.last)
            named = {k for m in self.marks_in(s.first, end) if m.of("organ", "actor", "country", "adjective", "agent") for k in range(m.first, m.last)}
            rest = [k for k in range(s.first, end) if k not in named]
            common = [k for k in rest if doc.words[k][0].islower() and doc.upos[k] in {"NOUN", "NUM"}]
            plain = not common and not any(row.type != "NONE" for k in rest for row in self.lexicon.nouns.get(doc.words[k].lower(), ()))
            if told or plain:
                found = next((f for e in (end, s.last) if (f := self._named_in(doc.text(s.first, e), "the head of the report names it", True))), [])
                if found:
                    return found
        return []

    def _is_statement(self, k: int) -> bool:
        """Whether a word means what a body publishes in its own voice: a statement, a communiqué, a report."""
        doc = self.doc
        row = self.lexicon.channels.get(doc.lemmas[k].lower()) or self.lexicon.channels.get(doc.text(k - 1, k + 1).lower() if k else "")
        return (row is not None and row["channel"] == "statement") or (doc.lemmas[k].lower(), "noun") in self.lexicon.cues

    def _named_in(self, text: str, because: str, head: bool = False) -> list[Party]:
        """The party, and no paper or agency, that a text of a few words names; in the `head` of a report a country alone is none."""
        words_ = [w.form for w in words(text)]
        lower = [w.lower() for w in words_]
        organ, owners, fighters, k = None, [], None, 0
        lands = {m.row["code"] for at in range(len(words_)) for m in self.lexicon.names_at(at, len(words_), lower.__getitem__, lower.__getitem__)[1]
                 if m.kind in {"country", "adjective"}}  # fmt: skip
        while k < len(words_):
            end, names = self.lexicon.names_at(k, len(words_), lambda j: lower[j], lambda j: lower[j])
            known = [n for n in names if n.kind != "person" and not (n.kind == "actor" and n.row["sector"] in ARMED and n.row["country"] not in self._weights)]
            abroad = {id(n) for n in known if n.kind == "actor" and n.row["kind"] == "security" and lands and n.row["country"] not in lands}
            known = [n for n in known if id(n) not in abroad]  # "the State Border Service of the Kyrgyz Republic": another's is called so too
            name = next((n for n in known if n.kind == "actor"), next(iter(known), None))
            if name is None:
                k += 1
                continue
            if name.kind == "organ":  # "Press Service of the Ministry of Defence": the ministry's
                organ = name.row if organ is None or (head and name.row["sector"] != "JRN") else organ
            elif name.kind in {"country", "adjective", "capital", "metonym", "actor", "seat"}:
                owners.append(name.row)
            elif name.kind == "agent" and name.row["sector"] in ARMED:
                fighters = fighters or name.row
            k = end
        owner = next((r for r in owners if "code" not in r.cells), next(iter(owners), None)) if head else next(iter(owners), None)
        if head and (owner is None or (organ is None and "code" in owner.cells)) and not (organ is not None and organ["country"]):
            return []
        code, sector, qualifiers = self._codes(owner)
        if (organ is None or organ["sector"] == "JRN") and owner is None and fighters is not None and self.main:  # "Maoist Press Cell"
            entity = Entity(text=text, name=text, country=self.main[0], sector=Sector(fighters["sector"]))
            return [Party(entity, "organ", f"{because}; the report speaks most of its country")]
        if (organ is None and owner is None) or (owner is not None and owner.cells.get("kind") == "media"):
            return []
        own = Sector(organ["sector"] or "GOV") if organ is not None and sector not in ARMED else sector or Sector.GOV
        code = code or (organ["country"] if organ is not None else None)
        return [Party(Entity(text=text, name=text, country=code or None, sector=own, qualifiers=qualifiers), "organ", because)]

    def somebody(self, i: int, sector: Sector, named: bool = False) -> Party:
        """A party of whom only the words of the nominal at `i` are known, with the country that the context suggests.

        Its name is the noun, or with `named` the whole of those words.
        """
        country, why = self._nearby_country(self.doc.sentence_of[i], i)
        row, own = self.owner(i)
        code, whose, qualifiers = self._codes(row)
        if whose is not None and ((whose in ARMED and sector is Sector.MIL) or code in BODIES):
            sector = whose  # a rebel post; a convoy of the United Nations
        lemma = self.doc.lemmas[i]
        name = self.doc.text(*self.extent(i)) if named else "people" if self.lexicon.is_word(lemma, "people") else lemma
        return Party(self._entity(i, name, code or country, sector, qualifiers), "agent", own or why)

    def unnamed(self, k: int) -> Party:
        """Whoever accuses where the text names nobody: "is blamed for", "accusations that …" (codebook, section 3, rule 13)."""
        text, at = self.doc.text(k, k + 1), self.doc.starts[k]
        return Party(Entity(text=text, name="unnamed accusers", sector=Sector.UNK, at=at), "unnamed", "nobody is named who accuses")

    def _pronoun(self, i: int) -> list[Party]:
        doc = self.doc
        lower = doc.words[i].lower()
        if lower in FIRST_PERSON:
            civic = self._civic if lower in _WE and i not in self.quoted else []
            return [self._as(i, p) for p in self.speaker_of(i) or self._authors or self._voice or civic]
        if lower in {"both", "all"} and doc.labels[i] == "det":
            return []
        speaking = {p.entity.name for p in self.quoted_speaker(i)}
        for k in self._antecedents(i):
            found = self.of(k)
            if not found or any(p.entity.name in speaking for p in found) or (lower == "them" and found[0].kind in {"holding", "place"}):
                continue
            people = found[0].kind == "person"
            if lower in _PERSONAL:
                single = found[0].kind == "agent" and doc.upos[k] == "NOUN" and self._singular(k) and doc.sentence_of[k] == doc.sentence_of[i]
                whose = single and self._indefinite(k) and doc.labels[i] == "nmod:poss" and doc.labels[k].startswith("nsubj")
                fits = people or (found[0].kind == "office" and self._singular(k)) or whose  # "a woman died when a shell hit her house"
            elif lower in _THING:
                force = (mark := self.mark_at.get(k)) is not None and (agent := mark.of("agent")) is not None and agent.row["kind"] in _BODIES_OF_MEN
                body = found[0].kind != "agent" or force or self._is_body(k)  # "the opposition said that its troops …"
                fits = not people and body and found[0].kind != "office" and len(found) == 1 and self._singular(k)
            else:
                many_ = len(found) + len(list(doc.dependents(k, "conj"))) > 1 or not self._singular(k) or doc.words[k].lower() in _PLURAL
                fits = many_ or found[0].kind in {"armed-group", "organ", "agent"}
                if fits:
                    found = self._doing(i, k) or self.parties(k)
            if fits:
                return [self._as(i, p) for p in found]
        if lower in {"both"}:
            return self._dyad(i)
        if lower == "they":
            number = doc.sentence_of[i]
            starts = [doc.sentences[n].first for n in (number, number - 1) if n >= 0]
            pair = next((pair for first in starts if (pair := self._met(first, min(i, doc.sentences[doc.sentence_of[first]].last), set()))), [])
            return [self._as(i, p) for p in pair]
        return []

    def _is_body(self, k: int) -> bool:
        """Whether a kind of people in the singular is many: "the opposition", "the enemy"."""
        return self.lexicon.is_word(self.doc.lemmas[k], "described") or self.lexicon.is_word(self.doc.lemmas[k], "opponent")
    def _doing(self, i: int, k: int) -> list[Party]:
        """Who "they" are that killed or captured somebody, by a government's account: the forces whose deeds the sentence has just told of."""
        doc = self.doc
        owner = self.of(k)[0]
        if doc.words[i].lower() != "they" or owner.entity.sector is not Sector.GOV or not self._singular(k) or doc.labels[i] != "nsubj":
            return []
        if not any(row.type == "ASSAULT" for row in self.lexicon.verbs.get(doc.lemmas[doc.heads[i]], ())):
            return []
        first = doc.sentences[doc.sentence_of[i]].first
        doers = [c for c in range(first, k) if doc.labels[c] == "nsubj" and doc.upos[c] == "NOUN" and not self._singular(c)]
        forces = ARMED | {Sector.MIL, Sector.COP}
        return next((found for c in reversed(doers) if (found := self.parties(c)) and all(p.entity.sector in forces for p in found)), [])

    def _indefinite(self, k: int) -> bool:
        return any(self.doc.words[d].lower() in {"a", "an", "one"} for d in self.doc.dependents(k, "det", "nummod"))

    def _singular(self, k: int) -> bool:
        word, lemma = self.doc.words[k].lower(), self.doc.lemmas[k]
        if any(self.doc.words[c].lower() not in {"one", "1", "single"} for c in self.doc.dependents(k, "nummod")):
            return False  # "two aircraft"
        return not (self.doc.upos[k] == "NOUN" and word != lemma) and not self.doc.dependents(k, "conj") and lemma not in {"people", "police", "troop"}

    def _of_struck(self, i: int, verb: int) -> bool:
        """Whether a possessive is whose something is that a verb of attack is done to: nobody shells "its positions" who has them."""
        doc = self.doc
        head = doc.heads[i]
        if verb < 0 or doc.labels[i] != "nmod:poss" or doc.labels[head] != "obj" or doc.heads[head] != verb or doc.lemmas[head] in self.lexicon.weapons:
            return False
        if any(doc.lemmas[c] == "own" for c in doc.children[head]):
            return False
        return any(row.type == "ASSAULT" and not row.needs and len(row.words) == 1 for row in self.lexicon.verbs.get(doc.lemmas[verb], ()))

    def _as_office(self, k: int) -> bool:
        """Whether an office only says what somebody is: "as foreign minister, he …"."""
        mark = self.mark_at.get(k)
        return self.doc.case(k) == "as" and mark is not None and mark.of("office") is not None and self.owner(k)[0] is None

    def _beside(self, i: int) -> list[int]:
        """What is coordinated with a nominal, and with that in turn."""
        return [k for c in self.doc.dependents(i, "conj") for k in (c, *self._beside(c))]

    def _antecedents(self, i: int) -> list[int]:
        """Heads that a pronoun may stand for: the subject that governs it, then subjects and others of this and the two sentences before."""
        doc = self.doc
        found: list[int] = []
        mine = next((a for a in doc.ancestors(i) if doc.upos[a] in {"VERB", "AUX"}), -1)
        struck = self._of_struck(i, mine)
        own = struck or doc.labels[i].startswith("nsubj")
        other = mine >= 0 and not own and doc.labels[i] != "nmod:poss" and not doc.words[i].lower().endswith(("self", "selves"))
        doer = subject_of(doc, mine) if other else None  # nobody harms "them" who is "they": that takes "themselves"
        barred = {doer, *self._beside(doer)} if doer is not None else set(doc.dependents(mine, "nsubj")) if struck else set()
        for a in doc.ancestors(i):
            subject = doc.dependent(a, "nsubj", "nsubj:pass")
            if subject is not None and subject < i and not (own and a == mine) and subject not in barred:
                found.append(subject)
        number = doc.sentence_of[i]
        told = mine >= 0 and own and not struck and doc.words[i].lower() in _THING and (doc.lemmas[mine], "verb") in self.lexicon.cues
        behind = told and (doc.labels[mine] == "parataxis" or any(c < i for c in doc.dependents(mine, "ccomp")))  # "the army should leave, it said"
        last_first = [k for k in found if doc.sentence_of[k] == number] if behind else []
        found = [k for k in found if k not in last_first]
        for back in (*range(1, 3), 0) if behind else range(0, 3):
            if number - back < 0:
                continue
            s = doc.sentences[number - back]
            if back and doc.sentences[number].block != s.block and doc.report.blocks[s.block].kind == BlockKind.HEADLINE:
                break
            heads = [k for k in range(s.first, min(s.last, i)) if doc.upos[k] in {"NOUN", "PROPN"} and doc.labels[k] not in {"compound", "flat", "amod"}]
            heads = [k for k in heads if k not in barred and not self._as_office(k)]
            subjects = [k for k in heads if doc.labels[k].startswith("nsubj") or (doc.labels[k] == "conj" and doc.labels[doc.heads[k]].startswith("nsubj"))]
            others = [k for k in heads if k not in subjects]
            if back and doc.labels[i] in {"nsubj", "nsubj:pass"}:  # "They condemned the attack. They called on …": they go on
                subjects = [k for k in range(s.first, s.last) if doc.words[k].lower() == doc.words[i].lower() and doc.heads[doc.heads[k]] < 0
                            and doc.labels[k] in {"nsubj", "nsubj:pass"}][:1] + subjects  # fmt: skip
            found += [k for k in subjects if k not in found] + [k for k in reversed(others) if k not in found]
        return found


def _plural(doc: Doc, i: int) -> bool:
    """Whether a noun is in the plural, by its form."""
    return doc.words[i].lower() != doc.lemmas[i]


def many(noun: str) -> str:
    """A noun in the plural: "gunmen", "militias", "dissidents"."""
    if noun.endswith("man"):
        return noun[:-2] + "en"
    if noun.endswith("y") and noun[-2:-1] not in set("aeiou"):
        return noun[:-1] + "ies"
    if noun.endswith("s") and not noun.endswith("ss"):
        return noun
    return noun + ("es" if noun.endswith(("ss", "sh", "ch", "x")) else "s")


def identity(entity: Entity) -> tuple[str, str | None, str]:
    """What makes two entities the same one, within a report."""
    return entity.name, entity.country, entity.sector


def same_kind(entity: Entity) -> str:
    """State organ, armed group, or people: how parties are told apart when a side has several mentions."""
    return "state" if entity.sector in STATE else "armed" if entity.sector in ARMED else "people"


__all__ = ["ARMED", "FIRST_PERSON", "STATE", "Party", "Resolver", "identity", "same_kind", "valid"]
