"""Nominals → whose they are: by their own words, by what the report named before, by the sentence, by the report as a whole.

In: the head word of a nominal. Out: the row of a country or an actor, or a country's code, each with the reason why; a reason that
says "speaks" marks a guess. Whose a thing is that was lost or hit is decided from the acts, in `events/owners.py`.
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property

from msgspec.structs import replace

from sayso.lexicon import BODIES, Row
from sayso.model import Sector
from sayso.resolve.marks import Mark, valid
from sayso.resolve.party import _LOCATIVE, ARMED, Party
from sayso.resolve.voices import Voices

_TALKING = {"CONSULT", "AGREE", "SUPPORT", "COOPERATE"}
"""Acts for which their place is a venue."""


class Ownership(Voices):
    """Answers whose a nominal is, and to which country one belongs that does not say."""

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

    def _aside(self, i: int, mark: Mark) -> bool:
        """Whether a name behind a nominal tells only what it is over, near or against: "any aircraft over Abkhazia"."""
        doc = self.doc
        return any(c > i and doc.below(mark.last - 1, c) and doc.case(c) not in {"", "of", "from", "in", "for", "to", "at"} for c in doc.dependents(i, "nmod"))

    def of_the_next(self, k: int) -> bool:
        """Whether an adjective tells whose the embassy right behind it is, though the tree hangs both on a noun: "the German embassy bombing"."""
        doc = self.doc
        seat = self.mark_at.get(k + 1)
        if doc.labels[k] != "amod" or seat is None or seat.of("organ") is None or doc.labels[k + 1] != "compound":
            return False
        return doc.heads[k] == doc.heads[k + 1] and self.lexicon.is_word(doc.lemmas[k + 1], "holding")

    def owner(self, i: int) -> tuple[Row | None, str]:
        """Whose the nominal is, by its own words: the row of a country or an actor, and why."""
        doc = self.doc
        first, last = self.extent(i)
        own = self.mark_at.get(i)
        if own is not None and own.of("office") is not None:  # "the UN secretary-general": the tree may hang the owner on either part
            beside = self.mark_at.get(own.first - 1)
            if beside is not None and own.first <= doc.heads[beside.last - 1] < own.last:
                first = min(first, beside.first)
        if first and first == i and self.of_the_next(first - 1):
            first -= 1  # "the German embassy bombing"
        inside = [m for m in self.marks_in(first, last) if m is not own]
        for mark in inside + [m for c in doc.dependents(i, "nmod") for m in self.marks_in(*self.extent(c))]:
            if (actor := mark.of("actor")) and actor.row["kind"] == "de-facto" and not self._aside(i, mark):
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
        behind = [m for m in inside if m.first > i and not self._backs(m)]
        for c in doc.dependents(i, "nmod"):
            case = doc.case(c) if c > i else ""
            if case in {"of", "from", "in", "for", "to", "at"} and not (case == "in" and doc.lemmas[i] in self.lexicon.weapons):  # a mine in Iraq is not Iraq's
                f, la = self.extent(c)
                behind += [m for m in self.marks_in(f, la) if m not in behind and not self._backs(m) and (case != "at" or m.of("actor") is not None)]
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
                if k in self.place_at and k not in self.mark_at and not (k < i and doc.words[k] in self.lexicon.homelands):
                    stretch = self.place_at[k]
                    code = self._country_of_place(doc.text(stretch.first, stretch.last))
                    row = self.lexicon.countries.get(code or "")
                    if row:
                        return row, f"{doc.text(stretch.first, stretch.last)} lies in {row['name']}"
        if i in self.mark_at and (held := self.mark_at[i].of("organ")) and held.row["country"]:
            row = self.lexicon.countries.get(held.row["country"])
            return row, f"{held.row.place} {held.row['form']}"
        for k in range(first, i):  # "a Chechen activist", "Papuan separatists"
            home = self.lexicon.homelands.get(doc.words[k])
            if home is not None and (row := self.lexicon.countries.get(home["country"])) is not None:
                return row, f"{home.place} {home['form']}"
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
                if k in self.place_at and k not in self.mark_at and not (k < i and doc.words[k] in self.lexicon.homelands):
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
            most = self._home_of_most
            return most, f"the report speaks most of {self.country_name(most)}"
        return None, "no country is named"

    @cached_property
    def _home_of_most(self) -> str:
        """The country that the report speaks of most, what happened in it counting once more: troops and villagers of no named state are of there."""
        doc, weights = self.doc, dict(self._weights)
        happened = [self._country_of_place(doc.text(s.first, s.last)) for s in doc.names if s.type == "place" and not self._elsewhere(s.first, s.last - 1)]
        for mark in self.marks:
            name = mark.of("country", "capital")
            if name is not None and doc.case(mark.last - 1) in _LOCATIVE and not self._venue(mark.last - 1):
                happened.append(name.row["code"])
        happened.append(self._country_of_place(doc.report.place) if doc.report.place else None)
        for code in happened:
            if code in weights:
                weights[code] += 1.0
        return max(weights, key=lambda c: weights[c])

    def _elsewhere(self, first: int, last: int) -> bool:
        """Whether a place is an entry of the lexicon, or only where some met."""
        return first in self.mark_at or self._venue(last)

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
