"""Plurals → the two who are meant: "both sides", "the two leaders", "the rival armies".

In: a nominal in the plural, or a range of words. Out: two parties named side by side, or who met, or whom the report opposes; of equals
the pair named first. Where nothing tells which two, nothing is given.
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property

from msgspec.structs import replace

from sayso.lexicon import BODIES
from sayso.model import Sector
from sayso.resolve.forces import Forces
from sayso.resolve.marks import Mark
from sayso.resolve.party import _LOCATIVE, ARMED, STATE, Party, identity
from sayso.resolve.titles import Title
from sayso.syntax import subject_of

AGAIN = 4
"""In how many sentences a bare plural takes up those of several sides."""


class Dyads(Forces):
    """Answers which two a plural means, and which two the report opposes."""

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
        alike = [(k, n) for k, n in at if self._holds(self.people[n].titles, doc.lemmas[i])]  # "the two leaders": of three people two lead something
        named = [self._person(k) for k, _ in (alike if len(alike) == 2 else at)]
        return [self._as(i, p) for p in named] if len(named) == 2 and named[0].entity.name != named[1].entity.name else []

    @staticmethod
    def _holds(titles: list[Title], word: str) -> bool:
        """Whether one of the titles is an office of this last word."""
        return any(t.office is not None and (o := t.office.of("office")) is not None and o.row["form"].split()[-1] == word for t in titles)

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
            if number == doc.sentence_of[i] and (pair := self._between(i, s.last)):
                return [self._as(i, p) for p in pair]
        speaking = {p.entity.country for p in self.quoted_speaker(i)}
        sides = self._paired or self._opposed
        if any(p.entity.country in speaking for p in sides):  # "both sides must show restraint", said by a third
            pairs = [*self._pairs, self._between(0, len(doc))]
            sides = next((pair for pair in pairs if pair and not any(p.entity.country in speaking for p in pair)), sides)
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

    def _between(self, first: int, last: int) -> list[Party]:
        """The first two sides between whom something is said to be in a range of words: "the war between Russian troops and Chechen rebels"."""
        for k in range(first, last):
            if self.doc.words[k].lower() == "between" and self.doc.labels[k] == "case":
                found = self.parties(self.doc.heads[k])
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

    def opposed(self) -> list[Party]:
        """The two parties that the report opposes; none where it opposes no two."""
        return self._paired or self._opposed
