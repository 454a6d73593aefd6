"""Kinds of people → parties: soldiers, police, rebels, gunmen, monitors, diplomats, civilians; and whom a place under attack stands for.

In: a nominal headed by an entry of `agents.tsv`, or a place or building that was hit. Out: the party, with the country that its words,
the sentence or the report tell; unidentified gunmen and foreigners have none where the text does not say.
"""

from __future__ import annotations

from functools import cached_property

from msgspec.structs import replace

from sayso.lexicon import Row
from sayso.model import Sector
from sayso.resolve.marks import Mark
from sayso.resolve.organisations import Organisations
from sayso.resolve.party import _CALLINGS, _LOCATIVE, ARMED, STATE, Party, _plural, identity, many
from sayso.syntax import subject_of

_PLACES_BACK = 4
"""Sentences back to which "the town" may go on with a place."""
_FOREIGN = {"foreigner", "diplomat", "expert"}
"""The kinds of people in `agents.tsv` whose country neither the place nor the report tells: diplomats, migrants, analysts."""


class Forces(Organisations):
    """Answers who people of a kind are, and who is at a place under attack."""

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

    def _agent(self, i: int, agent: Row) -> Party:
        row, why = self.owner(i)
        guessed = row is None or why.endswith(" before")
        fought = self._facing(i) if guessed and self.lexicon.is_word(agent["form"].split()[0], "side") else (None, "")
        if fought[0] is not None:  # "government forces and the Tamil Tigers"
            row, why = self.lexicon.countries.get(fought[0]), fought[1]
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
            if own is Sector.SOC and self.lexicon.is_word(self.doc.lemmas[i], "society"):  # "a rights group said"
                return Party(self._entity(i, agent["form"], "NGO", own, qualifiers), "agent", f"{agent.place} {agent['form']}: of no state")
            code, why = self._beside_state(i)
            if code is None and self.lexicon.is_word(self.doc.lemmas[i], "foreign"):  # whose, the text does not tell, and seldom those of where they are
                return Party(self._entity(i, self.doc.lemmas[i], None, own, qualifiers), "agent", f"{agent.place} {agent['form']}")
            if code is None:
                code, why = self._of_its_kind(i, own)
            if agent["kind"] == "settler":
                code, why = self._from_elsewhere(i, code, why)
        names = {Sector.MIL: "Armed Forces of {}", Sector.COP: "Police of {}", Sector.GOV: "Government of {}", Sector.CVL: "civilians of {}"}
        pattern = names.get(own, many(agent["form"]) + " of {}")
        name = pattern.format(self.country_name(code)) if code else self.doc.lemmas[i]
        return Party(self._entity(i, name, code, own, qualifiers), "agent", why)

    def _from_elsewhere(self, i: int, code: str | None, why: str) -> tuple[str | None, str]:
        """The country of settlers: of the two that the report speaks of most, the one in which they do not live."""
        here = next((c for k in self._places_of(self.doc.sentence_of[i]) if (c := self._country_of_place(k))), None)
        other = next((c for c in self.main[:2] if c != here and c in self.lexicon.countries), None)
        return (other, f"they settle in {self.country_name(here)}") if other is not None and here is not None and here in self.main[:2] else (code, why)

    def _places_of(self, number: int) -> list[str]:
        """The names of places in a sentence."""
        s = self.doc.sentences[number]
        return [self.doc.text(p.first, p.last) for p in self.places if s.first <= p.first < s.last]

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
        publisher = self.doc.report.publisher or ""
        if publisher.casefold().endswith(f" {agent['form']}") and self.doc.lemmas[i].lower() == agent["form"].split()[-1]:
            return Party(self._entity(i, publisher, "IGO", agent["sector"]), "mission", "the publisher")  # "Border Monitoring Mission", in its own report
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
            heard = [p.entity for p in self.speaker_of(i) if p.entity.sector in {Sector.MIL, Sector.COP} and not p.entity.qualifiers]
            homes = {e.country for e in heard if e.country is not None and e.country in self.lexicon.countries}
            if own in ARMED and len(homes) == 1:  # an army or police speaks of the rebels that it fights
                home = homes.pop()
                return home, f"forces of {self.country_name(home)} speak of them"
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

    def _of_arms(self, k: int) -> bool:
        """Whether a word before a noun is a weapon or something of armed forces."""
        lemma = self.doc.lemmas[k]
        return self.doc.labels[k] in {"compound", "amod"} and (lemma in self.lexicon.weapons or self.lexicon.is_word(lemma, "military"))

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
