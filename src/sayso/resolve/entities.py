"""Nominals → entities: who is meant by a name, an office, "the ministry", "the sides", "he".

In: a parsed report, the lexicon, and, once attribution is known, who speaks in which quotation. Out: for the head word of a
nominal, the parties that it stands for, each with the reason why. A word that names nobody gives nothing; a country is taken
from the words beside it, then from earlier mentions, then from what the report is about, and the reason says which.
It does not know acts: whether "Baku" is a place or a government is told by its preposition alone.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from msgspec.structs import replace

from sayso.identity import publisher_of
from sayso.lexicon import BODIES, Row, read_table
from sayso.model import Entity, Sector
from sayso.reader.tokens import words
from sayso.resolve.marks import Mark, valid
from sayso.resolve.party import _LOCATIVE, _PERSONAL, _PLURAL, _THING, _UNQUALIFIED, ARMED, FIRST_PERSON, STATE, Party, identity, same_kind
from sayso.resolve.pronouns import Pronouns

_BRANCHES = "red-cross"
"""The id of the organisation of which each country has its own."""
_SHORTEST = 4
"""Letters of a word of the publisher's name that are too few for it to stand for the whole."""
_ONE = set("a an one another each every some any no".split())
CROWDS = {row["form"] for row in read_table("numbers") if row["kind"] == "open"}
"""Numbers that are people where they do something: "thousands rallied"."""
_RELATIVE = {"who", "which", "that", "whom", "whose"}
A_SEAT = "a seat of government for the government"
A_TOWN = "the seat of its authorities"
"""Why a town is read as those who govern there."""


class Resolver(Pronouns):
    """Answers who is meant, for one report."""

    # parties

    def parties(self, i: int) -> list[Party]:
        """Whom the nominal headed by word `i` means, and whom those coordinated with it mean; no two of one identity."""
        found: list[Party] = []
        beside = [c for k in self.doc.dependents(i, "appos", "flat") if k in self.person_at for c in self.doc.dependents(k, "conj")]
        beside += [c for c in self.doc.dependents(i, "appos") if any(self.doc.words[k].lower() == "and" for k in self.doc.dependents(c, "cc"))]
        for name in (i, *self.doc.dependents(i, "appos", "flat")):  # "envoy Ali Musa and army chief Omar Saleh", where the tree takes the second for a title
            titled = self.doc.dependents(name, "nmod:desc") if self.doc.upos[name] == "PROPN" else []
            beside += [c for c in titled if c > name and self.doc.words[min(self.doc.subtree(c))].lower() == "and"]
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
        named = [m for m in self.marks_in(first, i) if m.of("adjective", "country", "actor") and not self._backer(m, i)]
        pair = self.hyphened(named[0]) if named else None  # "US-Iraqi forces", where the tree parts the two
        named = [pair, *named] if pair is not None and not self._backer(pair, i) else named
        sides = [p for m in named for p in self._bare(m)]
        joined = any(self.hyphened(m) is not None for m in named)
        joined = joined or bool({doc.words[k].lower() for k in range(first, i)} & {"and", ","})
        if len(sides) < 2 or not joined or len({identity(p.entity) for p in sides}) < 2 or doc.words[i].lower() == doc.lemmas[i]:
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

    def hyphened(self, mark: Mark) -> Mark | None:
        """The name that a hyphen joins before a name: Israel to Syria in "Israeli-Syrian talks", the KDP to the PUK in "KDP-PUK"; the tree may part them."""
        doc, hyphen = self.doc, mark.first - 1
        if hyphen < 1 or doc.words[hyphen] not in {"-", "–"} or not doc.ends[hyphen - 1] == doc.starts[hyphen] < doc.ends[hyphen] == doc.starts[mark.first]:
            return None
        before = self.mark_at.get(hyphen - 1)
        return before if before is not None and before.of("adjective", "country", "actor") is not None else None

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

    @cached_property
    def _publisher_words(self) -> set[str]:
        """The words with a capital in the name of whoever publishes the report, if it is neither a paper nor an agency."""
        publisher = publisher_of(self.doc.report)
        named = [w.form for w in words(self.doc.report.publisher or "")]
        if (publisher.id and publisher.sector is Sector.JRN) or any(self.lexicon.is_word(w.lower(), "outlet") for w in named):
            return set()
        return {w.lower() for w in named if w[0].isupper() and len(w) > _SHORTEST}

    def _publishing(self, i: int) -> Party | None:
        """The body that publishes the report, where it calls itself by a word of its name: "The Mission demands their release"."""
        doc = self.doc
        first, last = self.extent(i)
        alone = last - first == 2 and i == last - 1 and doc.words[first].lower() == "the" and doc.words[i][0].isupper()
        if not alone or doc.words[i].lower() not in self._publisher_words or ((mark := self.mark_at.get(i)) and mark.of("actor", "country", "capital")):
            return None
        if voice := self._civic or self.publisher():
            return self._as(i, voice[0])
        name = self.doc.report.publisher or ""
        text, kinds = [w.form.lower() for w in words(name)], []
        for k in range(len(text)):
            _, names = self.lexicon.names_at(k, len(text), text.__getitem__, text.__getitem__)
            kinds += [n.row["sector"] for n in names if n.kind in {"agent", "organ"} and n.row["sector"]]
        country = publisher_of(self.doc.report).country
        sector = Sector(kinds[-1]) if kinds else Sector.GOV if country else Sector.UNK
        return Party(replace(self._entity(i, name, country, sector), name=name), "organ", "the publisher")

    def _resolve(self, i: int) -> list[Party]:
        doc = self.doc
        lower, lemma = doc.words[i].lower(), doc.lemmas[i]
        if doc.sentence_of[i] and self._definite(i) and not doc.dependents(i, "nmod", "acl") and lower in self._author_words:
            return [self._as(i, p) for p in self._authors]
        if i in self.person_at:
            return [self._person(i)]
        if (publisher := self._publishing(i)) is not None:
            return [publisher]
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
            if lower in CROWDS and doc.labels[i] == "nsubj" and not doc.dependents(i, "nmod"):
                return [self.somebody(i, Sector.CVL)]  # "thousands rallied"
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
            land = self.mark_at.get(mark.first - 1)
            home = land.of("country", "adjective") if land is not None and land is not mark else None
            if home is not None and home.row["code"] not in {nation.row["code"], ""}:
                entity = self._entity(i, f"{home.row['name']}'s {doc.text(mark.first, mark.last)}", home.row["code"], Sector.CVL)
                return [Party(entity, "nation", f"{home.row.place} {home.row['name']}, where they live")]  # "Kosovo Serbs"
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
            own = next((k for k in doc.dependents(i, "appos") if k == mark.last and doc.upos[k] == "PROPN" and k not in self.mark_at), None)
            if own is not None and own not in self.person_at and self.lexicon.is_word(doc.lemmas[i], "described"):
                self._cache[i] = [self._agent(i, self._closer(i, mark) or agent.row)]  # for the name, which asks what it is
                return [self._as(i, p) for p in self.of(own)] or self._cache[i]  # "the militia Northern Lions"
            return [self._agent(i, self._closer(i, mark) or agent.row)]
        return []

    def _whole_nation(self, i: int) -> bool:
        """Whether "the Israelis" are the state, as in talks between states, and not some of its people ("hundreds of Israelis", "an Israeli")."""
        doc = self.doc
        plural = doc.words[i].lower() != doc.lemmas[i] or doc.words[i].lower().endswith("s")
        return plural and self._definite(i) and not doc.dependents(i, "nummod", "amod", "acl", "acl:relcl")

    def _plain(self, i: int) -> list[Party]:
        """A nominal whose head is no entry: an organisation by its capital letters, or something that a country owns."""
        doc = self.doc
        named = self._named_before(i)
        if named is not None:
            return [self._as(i, named)]
        if (ahead := self._named_after(i)) is not None:
            return [self._as(i, ahead)]
        row, why = self.owner(i)
        code, sector, qualifiers = self._codes(row)
        lemma = doc.lemmas[i].lower()
        if doc.upos[i] == "PROPN" and (before := self._so_called_at.get(doc.words[i], i)) < i and i not in self.place_at:
            return [self._as(i, p) for p in self.of(before)]
        called = self._so_called(i) if doc.upos[i] == "PROPN" and i not in self.place_at else None
        if called is not None and called.entity.country in BODIES:  # "the rights group Dawn": of no state, as such groups are
            return [called]
        if i in self.organisation_at and i not in self.mark_at:
            first, last = self.extent(i)
            short = last - first == 2 and self.lexicon.is_word(lemma, "described") and self._definite(i)
            earlier = self._described(i, lemma) if short else None  # "The Alliance", after NATO
            return [self._as(i, earlier) if earlier is not None else self._organisation(i, row, why)]
        if called is not None:
            return [called]
        appositions = [k for k in doc.dependents(i, "appos") if k in self.mark_at or k in self.person_at]
        if appositions and self.lexicon.is_word(lemma, "described") and (beside := self.of(appositions[0])):  # "the ruling party Hamas"
            return [self._as(i, p) for p in beside]
        if (body := self._society(i, row, why)) is not None:
            return [body]
        if row is None and (some := self._folk(i)) is not None:
            return [some]
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
            organ = self._earlier(i, lambda p, k: p.kind == "organ" and k in self.mark_at and self._same_word(k, i))
            earlier = self._described(i, lemma)
            if earlier is not None and organ is not None and lemma not in earlier.entity.name.lower().split():
                earlier = None  # "the agency", after "the state news agency" and the United Nations
            if earlier is not None:
                entity = earlier.entity
                return [
                    Party(self._entity(i, entity.name, entity.country, entity.sector, entity.qualifiers, entity.id), earlier.kind, f"as “{entity.text}” before")
                ]
            if organ is not None:
                entity = organ.entity
                return [Party(self._entity(i, entity.name, entity.country, entity.sector, entity.qualifiers), "organ", f"as “{entity.text}” before")]
            row, why = self._owned_before(i)
            if row is not None:
                code, sector, qualifiers = self._codes(row)
                return [Party(self._entity(i, row["name"], code, sector or Sector.GOV, qualifiers), "holding", why)]
        if doc.upos[i] == "NOUN" and self._definite(i) and bare:
            return self._same_before(i, 6)  # "the bureau", after "Moldova's reintegration bureau"
        return []

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

    def relayed(self, party: Party, relayers: list[Party]) -> Party:
        """The same organ of a state, of the country whose own media or ministry cites it, where its country was only guessed."""
        entity = party.entity
        organ = next((p for p in relayers if p.kind == "organ" and p.entity.country in self.lexicon.countries), None)
        if organ is None or "speaks" not in party.because or entity.sector not in STATE or entity.country == organ.entity.country:
            return party
        old, new = self.country_name(entity.country or ""), self.country_name(organ.entity.country or "")
        told = replace(entity, country=organ.entity.country, name=entity.name.replace(old, new), qualifiers=organ.entity.qualifiers)
        return Party(told, party.kind, f"cited by {organ.entity.name}")

    def unnamed(self, k: int) -> Party:
        """Whoever accuses where the text names nobody: "is blamed for", "accusations that …" (codebook, section 3, rule 13)."""
        text, at = self.doc.text(k, k + 1), self.doc.starts[k]
        return Party(Entity(text=text, name="unnamed accusers", sector=Sector.UNK, at=at), "unnamed", "nobody is named who accuses")


__all__ = ["ARMED", "A_SEAT", "A_TOWN", "FIRST_PERSON", "STATE", "Party", "Resolver", "identity", "same_kind", "valid"]
