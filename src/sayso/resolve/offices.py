"""People, offices and organs → parties: a name with its titles, "the foreign minister", "the ministry".

In: a nominal that names somebody, an office, or an organ of a state. Out: the party with country, sector and qualifiers; an office
without a name means whoever holds it in this report, else the office itself. Kinds of people are left to `forces`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cached_property

from sayso.lexicon import BODIES, Row, read_table
from sayso.model import BlockKind, Entity, Sector
from sayso.reader.tokens import words
from sayso.resolve.marks import Mark, valid
from sayso.resolve.ownership import Ownership
from sayso.resolve.party import ARMED, STATE, Party, _plural
from sayso.resolve.people import Person
from sayso.resolve.titles import Title, former_words
from sayso.syntax import subject_of

_PLAIN = {Sector.CVL, Sector.UNK, Sector.REF, Sector.GOV}
"""Sectors of people that say nothing of an office they stand before ("hostage negotiator")."""
LED = 2
"""In how many sentences after the opening somebody is named whom it brought in without a name."""
_NATIONAL = {Sector.GOV, Sector.LEG, Sector.JUD}
"""Sectors of offices of a whole state, of which a report has one without saying whose; "the military spokesman" may be of either side."""


class Offices(Ownership):
    """Answers who people, offices and organs of state are."""

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
            held = title.office.of("office") if title.office is not None else None
            general = not c or (held is not None and not held.row["organisation"] and c == row["country"] if row is not None else False)
            if row is not None and general and valid(row, self.day) and row["sector"] and s not in ARMED:
                s = Sector(row["sector"])  # "the spokesman", "the Ardistani military leader": whose, his row tells
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
        if not country and (lead := self._led(person, sector)) is not None:
            country, because, qualifiers = lead.entity.country, f"“{lead.entity.text}” of the opening", lead.entity.qualifiers
            sector = lead.entity.sector if sector in {None, Sector.UNK} else sector
        if not country and sector in ARMED and (armed := self._armed_country()):
            country, because = armed, "the report names such groups there"
        if not country and sector in STATE | {Sector.ELI}:
            ranked = any(t.office is not None and t.office.rank for t in person.titles)
            country, because = self._home(ranked or self._national(person))  # "Major Ali Musa said", in a dispatch from Ardistan
            if not country and any(t.office is not None and (t.office.rank or t.office.of("office")) for t in person.titles):
                country, because = self._of_organs(Sector.GOV if sector in {None, Sector.ELI} else sector)
        if not country:
            first = person.spans[0][0]
            country, because = self._nearby_country(self.doc.sentence_of[first], first)
        text = person.name
        return Party(Entity(text=text, name=text, country=country, sector=sector or Sector.UNK, qualifiers=qualifiers), "person", because)

    def _led(self, person: Person, sector: Sector | None) -> Party | None:
        """Whom the opening brings in without a name, where somebody is named right after it: "A Danish minister said …", then "Ida Holm"."""
        doc, k = self.doc, self._opener
        if k is None or self._person_entities.get(id(person), None) is None:
            return None
        first = min(f for f, _ in person.spans)
        number = doc.sentence_of[k]
        if not number < doc.sentence_of[first] <= number + LED or not self._first_named(person, number):
            return None
        found = self.of(k)
        if len(found) != 1 or found[0].kind not in {"agent", "office", "nation"} or found[0].entity.country not in self.lexicon.countries:
            return None
        own = found[0].entity.sector
        alike = sector in {None, Sector.UNK} or own in {Sector.UNK, Sector.CVL, sector} or {own, sector} <= STATE
        return found[0] if alike else None

    def _first_named(self, person: Person, number: int) -> bool:
        """Whether somebody is the first whom the report names behind a sentence as speaking or doing something."""
        doc = self.doc
        acting = [first for p in self.people for first, _ in p.spans if doc.sentence_of[first] > number and doc.labels[first].startswith("nsubj")]
        return bool(acting) and min(acting) in {first for first, _ in person.spans}

    @cached_property
    def _opener(self) -> int | None:
        """The subject of the report's first sentence, where it is somebody without a name whose country is told: "a British aid worker"."""
        doc = self.doc
        bodies = (s for s in doc.sentences if doc.report.blocks[s.block].kind in {BlockKind.LEAD, BlockKind.PARAGRAPH})
        s = next(bodies, None)
        roots = [k for k in range(s.first, s.last) if doc.heads[k] < 0] if s is not None else []
        for root in roots:
            k = subject_of(doc, root)
            if k is None or k in self.person_at or not self._singular(k):
                continue
            mark = self.mark_at.get(k)
            if any(doc.words[c].lower() in {"a", "an"} for c in doc.dependents(k, "det")) and mark is not None and mark.of("agent", "office", "nation"):
                return k if self.owner(k)[0] is not None or mark.of("nation") else None
        return None

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
        """Whether somebody holds an office of a whole state, or speaks for a ministry, of which a report has one without saying whose."""
        held = [t.office.of("office") for t in person.titles if t.office is not None]
        served = [o for t in person.titles for m in t.others if (o := m.of("organ"))]
        return any(o is not None and o.row["organisation"] and Sector(o.row["sector"] or "UNK") in _NATIONAL for o in held) or any(
            Sector(o.row["sector"] or "GOV") in _NATIONAL for o in served
        )

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

    def _branch(self, i: int, mark: Mark) -> Party | None:
        """What an organisation that has a branch in each country is with a country's adjective before it: "the Somali Red Crescent"."""
        before = self.mark_at.get(mark.first - 1)
        nation = before.of("adjective") if before is not None and before.last == mark.first else None
        if nation is None:
            return None
        name = self.doc.text(before.first, mark.last) if before is not None else ""
        return Party(self._entity(i, name, nation.row["code"], Sector.SOC), "ngo", f"{nation.row.place} {nation.row['name']}: its branch there")

    def _organ(self, i: int, organ: Row) -> Party:
        row, why = self.owner(i)
        code, sector, qualifiers = self._codes(row)
        own = Sector(organ["sector"] or "GOV")
        canonical = organ["canonical"] or organ["form"].title()
        if (party := self._of_rebels(i, canonical, own, code)) is not None:
            return party
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
        here, told = self._nearby_country(self.doc.sentence_of[i], i) if earlier is not None else (None, "")
        if earlier is not None and here != earlier.entity.country and "the sentence" in told and self._inside(i, here):
            earlier = None
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

    def _inside(self, i: int, code: str | None) -> bool:
        """Whether the sentence of a word says, before it, that something is in a country."""
        doc = self.doc
        first = doc.sentences[doc.sentence_of[i]].first
        for k in range(first, i):
            if doc.case(k) not in {"in", "of"} or self._venue(k):
                continue
            stretch, mark = self.place_at.get(k), self.mark_at.get(k)
            name = mark.of("country", "capital") if mark is not None else None
            found = name.row["code"] if name is not None else self._country_of_place(doc.text(stretch.first, stretch.last)) if stretch is not None else None
            if found == code:
                return True
        return False

    def _of_rebels(self, i: int, canonical: str, own: Sector, code: str | None) -> Party | None:
        """An organ of those who fight or left the state: "the separatist defence ministry", of the one de facto entity that the report, or the list, has."""
        first, _ = self.extent(i)
        mark = self.mark_at.get(i)
        start = mark.first if mark is not None else i
        before = [m for m in self.marks_in(first, start) if m.last <= start]
        rebels = [m for m in before if (a := m.of("agent")) and Sector(a.row["sector"]) in ARMED - {Sector.UAF, Sector.PRM}]
        if any(m.of("actor") for m in before):
            return None  # "the fundamentalist Taliban government"
        if not rebels or (own is Sector.MIL and self.doc.words[i][0].isupper()):  # "the separatist People's Army of the North": its own name
            return None
        country = code or self._nearby_country(self.doc.sentence_of[i], i)[0]
        told = [a.row for m in self.marks if (a := m.of("actor")) and a.row["kind"] == "de-facto" and a.row["country"] == country]
        listed = [r for r in read_table("actors") if r["kind"] == "de-facto" and r["country"] == country and valid(r, self.day)]
        for rows in (told, listed):
            if len({r["name"] for r in rows}) == 1:
                entity = self._entity(i, f"{canonical} of {rows[0]['name']}", country, own, list(rows[0].listed("qualifiers")))
                return Party(entity, "organ", f"{rows[0].place} {rows[0]['name']}, of “{self.doc.text(rebels[0].first, rebels[0].last)}”")
        of_whom = f"the {rebels[0].of('agent').row['form']}s"  # type: ignore[union-attr]
        name = f"{canonical} of {of_whom} of {self.country_name(country)}" if country else f"{canonical} of {of_whom}"
        return Party(self._entity(i, name, country, Sector.REB), "organ", f"an organ of {of_whom}")

    def _ordered(self, i: int) -> tuple[str | None, str]:
        """The country of whoever orders or sends a bare "the army": "the president ordered the army to halt"."""
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
            row = self.owner(k)[0] if k != i and mark is not None and mark.of("agent") is not None else None
            if row is not None and "code" not in row.cells and row["sector"] in ARMED and row["country"] not in BODIES:  # "the Tamil Tiger rebels"
                return row["country"], f"named beside those of {row['name']}"
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
                any(t.office is not None and (o := t.office.of("office")) and self._same_office(o.row, office) for t in p.titles)
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
        first, last = self.extent(i)
        if code is None and definite and last - first == 2 and self.doc.words[first].lower() == "the":  # "the spokesman", after "a Libyan army spokesman"
            told = self._earlier(i, lambda p, k: p.kind in {"office", "person"} and self._same_word(k, i) and "speaks" not in p.because)
            if told is not None:
                return [self._as(i, told)]
        if code is None and own in STATE:
            code, why = self._home(bool(office["organisation"]) and own in _NATIONAL)
            if code is None:
                code, why = self._of_organs(own)
        if code is None:
            code, why = self._nearby_country(self.doc.sentence_of[i], i)
        base = office["form"].title()
        name = f"{base} of {row['name'] if row else self.country_name(code)}" if code else base
        return [Party(self._entity(i, name, code, own, qualifiers), "office", why or f"{office.place} {office['form']}")]

    def _same_office(self, held: Row, office: Row) -> bool:
        """Whether two words for offices may mean one: of one last word, or both for whoever heads a government or a state ("the premier")."""
        if held["form"].split()[-1] == office["form"].split()[-1]:
            return True
        alike = not office["organisation"] or held["organisation"] == office["organisation"]  # "the leader" may be a president or a premier
        return alike and all(self.lexicon.is_word(row["form"], "chief") for row in (held, office))

    def _spoken_for(self, i: int, sector: Sector | None) -> Sector | None:
        """The sector that an office has from the body that its own words name: "the chief of the army", "a spokesman for the mission"."""
        doc = self.doc
        for c in doc.dependents(i, "nmod", "nmod:poss", "compound"):
            mark = self.mark_at.get(c)
            if mark is not None and (organ := mark.of("organ")) and organ.row["sector"]:
                return Sector(organ.row["sector"])
            if mark is None and self.doc.case(c) == "of" and (led := self.of(c)) and led[0].entity.sector in ARMED | {Sector.PTY, Sector.OPP}:
                return led[0].entity.sector  # "leaders of Iraq's two main Kurdish factions"
        return sector if sector is not Sector.UNK and self.lexicon.is_word(doc.lemmas[i], "voice") else None

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
