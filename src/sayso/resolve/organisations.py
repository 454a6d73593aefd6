"""Names of bodies that no list has, and what takes them up again: "the rights group Dawn", "the Commission", "the group".

In: a nominal that names or describes an organisation. Out: the party that the report's own words make of it, with the country of its
owner or of the report. A described word that fits nothing named before gives nothing.
"""

from __future__ import annotations

from functools import cached_property

from sayso.lexicon import BODIES, Row
from sayso.model import BlockKind, Sector
from sayso.reader import Stretch
from sayso.resolve.marks import Mark, valid
from sayso.resolve.offices import LED, Offices
from sayso.resolve.party import _BODIES_OF_MEN, _CALLINGS, ARMED, Party

_JOINED = {"JRN", "MED", "REL", "EDU", "LAB", "BUS", "SOC"}
"""Sectors of people who form unions and associations."""

_TOLD = {"learned": Sector.EDU, "faithful": Sector.REL, "firm": Sector.BUS, "paper": Sector.JRN}
"""What a word in a body's name makes it, by the word's role in the discourse."""


class Organisations(Offices):
    """Answers who a body is that no list has, and which body a word takes up again."""

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

    def _named_after(self, i: int) -> Party | None:
        """The body that the opening calls "a Kurdish group" or "an Algerian newspaper", and that a sentence right behind names as speaking or acting."""
        doc = self.doc
        articles = [doc.words[c].lower() for c in doc.dependents(i, "det", "nmod:poss")]
        headline = doc.report.blocks[doc.sentences[doc.sentence_of[i]].block].kind == BlockKind.HEADLINE
        indefinite = articles in (["a"], ["an"]) or (headline and not articles)
        if not indefinite or not self.lexicon.is_word(doc.lemmas[i], "described") or doc.dependents(i, "appos") or not self._opening_sentence(i):
            return None
        row, _ = self.owner(i)
        code = self._codes(row)[0]
        number = doc.sentence_of[i]
        for s in doc.sentences[number + 1 : number + 1 + LED]:
            for k in range(s.first, s.last):
                inside = self.marks_in(self.extent(k)[0], k + 1) if doc.labels[k].startswith("nsubj") else []
                for mark in inside:  # "The Dawn Union leadership"
                    actor = mark.of("actor")
                    if actor is not None and actor.row["kind"] not in {"body", "mission"} and actor.row["country"] == code:
                        return self._bare(mark)[0]
        return None

    def _opening_sentence(self, i: int) -> bool:
        """Whether a word is in the headline or in the first sentence of the text."""
        blocks, doc = self.doc.report.blocks, self.doc
        plain = {BlockKind.LEAD, BlockKind.PARAGRAPH}
        return not any(blocks[s.block].kind in plain for s in doc.sentences[: doc.sentence_of[i]])

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

    @cached_property
    def _so_called_at(self) -> dict[str, int]:
        """Where names that no list has are first told what they are: "the rights group Dawn"."""
        found: dict[str, int] = {}
        for m in self.marks:
            k = m.last
            if m.of("agent") and k < len(self.doc) and self.doc.upos[k] == "PROPN" and k not in self.mark_at and self._telling_what(k) is not None:
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
        c = self._telling_what(i)
        if c is not None and (found := self.of(c)):
            e = found[0].entity
            name = self.doc.text(self.mark_at[c].last, self.extent(i)[1])
            return Party(self._entity(i, name, e.country, e.sector, e.qualifiers), "organisation", f"called “{self.doc.words[c]}”; {found[0].because}")
        return None

    def _telling_what(self, i: int) -> int | None:
        """The word for a kind of body right before a name: "group" in "the rights group Dawn"."""
        above = [self.doc.heads[i]] if self.doc.labels[i] in {"appos", "flat"} and self.doc.heads[i] == i - 1 else []
        for c in (*self.doc.dependents(i, "compound", "nmod:desc"), *above):
            agent = mark.of("agent") if c < i and (mark := self.mark_at.get(c)) is not None else None
            if agent is not None and self.lexicon.is_word(self.doc.lemmas[c], "described"):
                return c
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

    def _same_before(self, i: int, back: int = 2) -> list[Party]:
        """Whose "the aircraft" or "the convoy" is: whose the one of that word was that this sentence or so many before it named."""
        doc = self.doc
        start = doc.sentences[max(0, doc.sentence_of[i] - back)].first
        for k in range(i - 1, start - 1, -1):
            if doc.lemmas[k] == doc.lemmas[i] and doc.upos[k] == "NOUN" and not self._definite(k) and (found := self.of(k)):
                return [self._as(i, p) for p in found]
        return []

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

    def _society(self, i: int, row: Row | None, why: str) -> Party | None:
        """A body of people of a country that is none of its state: "Bosnia's ruling nationalist party", "British Jewish groups", "a Liberian faction"."""
        doc, lemma = self.doc, self.doc.lemmas[i].lower()
        if row is None or "code" not in row.cells or doc.upos[i] != "NOUN" or " lies in " in why:
            return None
        before = [c for c in doc.dependents(i, "amod", "compound") if c < i]
        told = [c for c in before if (m := self.mark_at.get(c)) is None or m.of("country", "adjective", "nation") is None]
        if self.lexicon.is_word(lemma, "partisan"):
            verbs = {form for c in told for form in (doc.lemmas[c], doc.lemmas[c].removesuffix("ing"))}  # a participle may be taken for an adjective
            raids = any(r.type == "ASSAULT" for form in verbs for r in self.lexicon.verbs.get(form, ()))  # "an Indian raiding party"
            sector = Sector.PTY if told and not raids else None  # "the Georgian party" is Georgia at the table
        else:
            sector = Sector.REB if self.lexicon.is_word(lemma, "faction") else Sector.SOC if self.lexicon.is_word(lemma, "society") else None
            if sector is Sector.SOC and any(doc.upos[c] == "NOUN" for c in told):
                return None  # "an Armenian reconnaissance group"
            attacks = doc.labels[i] == "nsubj" and any(r.type == "ASSAULT" for r in self.lexicon.verbs.get(doc.lemmas[doc.heads[i]], ()))
            sector = Sector.REB if sector is Sector.SOC and attacks else sector  # "a Kurdish group shelled"
        if sector is None:
            return None
        name = doc.text(*self.extent(i)).removeprefix("the ").removeprefix("The ").removeprefix("a ").removeprefix("A ")
        return Party(self._entity(i, name, row["code"], sector), "organisation", why)

    def _folk(self, i: int) -> Party | None:
        """Those of a faith or people ("Hindus clashed"), states that are not named ("other countries"), the staff of an organ ("Interior Ministry censors")."""
        doc, lemma = self.doc, self.doc.lemmas[i].lower()
        plural = doc.words[i].lower() != lemma or self.lexicon.is_word(doc.words[i].lower(), "folk")
        if not plural or doc.upos[i] not in {"NOUN", "PROPN"} or i in self.place_at or i in self.person_at:
            return None
        if self.lexicon.is_word(doc.words[i].lower(), "folk"):
            code, why = self._nearby_country(doc.sentence_of[i], i)
            return Party(self._entity(i, doc.words[i], code, Sector.CVL), "agent", why)
        if self.lexicon.is_word(lemma, "state") and not self._definite(i) and doc.labels[i].startswith("nsubj") and not doc.dependents(i, "nmod"):
            return Party(self._entity(i, doc.words[i].lower(), None, Sector.GOV), "agent", "states that are not named")
        for c in doc.dependents(i, "compound"):
            mark = self.mark_at.get(c)
            if mark is not None and mark.of("organ") is not None and mark.last <= i and doc.upos[i] == "NOUN" and doc.labels[i].startswith("nsubj"):
                return next((self._as(i, p) for p in self.of(c)), None)
        return None

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
        kind = kind or self._called(stretch) or self._political(stretch)
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

    def _political(self, stretch: Stretch) -> Sector | None:
        """A party's sector for a name that ends as parties' do, behind a creed: "Patriotic Salvation Movement"; a front for liberation may be an army."""
        lemmas = [self.doc.lemmas[k].lower() for k in range(stretch.first, stretch.last)]
        creed = any(self.lexicon.is_word(lemma, "creed") for lemma in lemmas[:-1])
        return Sector.PTY if creed and self.lexicon.is_word(lemmas[-1], "rally") and not any(self.lexicon.is_word(w, "struggle") for w in lemmas) else None

    def _telling(self, word: str) -> Sector | None:
        """The sector that a word in a name tells: a party's, a medium's, a firm's, a school's, a church's."""
        if self.lexicon.is_word(word, "partisan"):
            return Sector.PTY
        if told := next((sector for role, sector in _TOLD.items() if self.lexicon.is_word(word.rstrip("."), role)), None):
            return told
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
