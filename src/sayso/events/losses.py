"""Doc + lexicon + parties → who was harmed and what was lost.

In: a parsed report, resolved and attributed. Out: raw casualty and matériel claims with counts as the codebook bounds them.
Verbs, nouns and adjectives of harm come from `harms.tsv`; the victims stand where the entry says, and parts of a group ("including
six children"), groups that share a verb, and tolls are claims of their own. Victims of whom the text does not say how many are read
only where a verb has them as its object, or where they are one definite person. "No casualties" is zero, and counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sayso.attribution import Attribution
from sayso.events.owners import Owners, side_of
from sayso.events.perpetrators import Perpetrators
from sayso.events.raw import RawClaim
from sayso.events.sides import FORCES
from sayso.events.status import PURPOSE, status_of
from sayso.events.victims import DAMAGE, NOMINAL, OTHERS, PARTS, TOTALS, VERBAL, Number, Victims
from sayso.lexicon import Lexicon, Row
from sayso.model import Count, Distance, Entity, Harm, Sector, Status
from sayso.reader import Doc
from sayso.resolve.counts import plural
from sayso.resolve.entities import Party, Resolver, same_kind
from sayso.syntax import RELATIVE, is_passive, subject_of

_NOBODY = {"nobody", "none", "noone"}
_HURT = {Harm.KILLED, Harm.WOUNDED}
_NOT = {"not", "n't", "n’t"}
_THEIR = {"his", "her", "their"}
_REACHED = {"into", "to", "towards", "across"}
_SPARED = {"suffer", "sustain", "take", "have", "incur", "report", "lose", "record"}
_CAUSES = {"in", "by", "of", "from", "during", "to"}
_SPORT = 4
"""So many different words of sport make a report one of sport."""
_ALLEGED = {"of", "for", "over", "with"}
_TARGETS = {"at", "on", "against", "upon"}
_CIRCUMSTANCES = {"when", "after", "as"}


@dataclass(slots=True)
class _Loss:
    """One group harmed or things lost: the word of harm, its row, the word that stands for the group, and the words that count it."""

    trigger: int
    row: Row
    head: int
    first: int
    last: int
    raw: RawClaim
    until: int = -1

    @property
    def start(self) -> int:
        """The first word that the claim cannot do without."""
        return min(self.trigger, self.head, self.first if self.last > self.first else self.head)

    @property
    def end(self) -> int:
        """The last such word."""
        return max(self.trigger, self.until, self.head, self.last - 1 if self.last > self.first else self.head)


class Losses:
    """Reads the casualties and the matériel of one report."""

    def __init__(self, doc: Doc, resolver: Resolver, attribution: Attribution, lexicon: Lexicon) -> None:
        self.doc, self.resolver, self.attribution, self.lexicon = doc, resolver, attribution, lexicon
        self.cues = {k for s in attribution.sayings if s.cue and not s.act for k in range(*s.cue)}
        self.victims = Victims(doc, resolver, lexicon)
        self.owners = Owners(doc, resolver, attribution, lexicon)
        self.perpetrators = Perpetrators(doc, resolver, self.victims, self.owners, lexicon)
        self._told: list[_Loss] = []
        self._sport = len({w for w in doc.lemmas if lexicon.is_word(w, "sport")}) >= _SPORT

    def read(self) -> list[RawClaim]:
        """The raw claims, in the order of their words."""
        found: list[RawClaim] = []
        before: list[_Loss] = []
        for s in self.doc.sentences if not self._sport else ():
            self._told = []
            for i in range(s.first, s.last):
                self._harm(i)
            losses = self._untold(self._once(self._told))
            losses = self._once([*losses, *(part for loss in losses for part in self._parts(loss, losses))])
            losses = self._once([*losses, *self._kinds(s.first, s.last, losses, before)])
            before = [x for x in losses if x.raw.kind == "casualty"]
            for loss in losses:
                loss.raw.evidence = self._evidence(loss, losses)
            found += [loss.raw for loss in losses]
        return found

    def _harm(self, i: int) -> None:
        """Add what the word at `i` tells, by the first of its entries that tells something of people, and of things."""
        before = len(self._told)
        for row in self.victims.rows(i):
            things = row.cells["harm"] in DAMAGE
            if any((loss.raw.kind == "materiel") == things for loss in self._told[before:]):
                continue  # "lost two tanks and four men": one entry for the things, one for the people
            if not self.victims.reads(i, row) or self._uncoded(i) or (row.cells["harm"] == "displaced" and self._otherwise_harmed(i)):
                continue
            for head in self.victims.heads(i, row):
                for kind in self.victims.divided(i, row, head):
                    loss = self._loss(i, row, head, kind)
                    if loss is not None and not self._family(loss):
                        self._told.append(loss)

    def _otherwise_harmed(self, i: int) -> bool:
        """Whether "displaced" only says who was killed or hurt: "killed 46 displaced people"."""
        doc = self.doc
        head = doc.heads[i]
        if doc.labels[i] != "amod" or doc.labels[head] not in {"obj", "nsubj:pass"}:
            return False
        return any(row["harm"] != "displaced" and row["victim"] == "obj" for row in self.lexicon.harms.get(doc.lemmas[doc.heads[head]], ()))

    def _family(self, loss: _Loss) -> bool:
        """Whether a group is the family of the one told before by the same word: "a woman and her two sons" are three people, and one claim."""
        doc = self.doc
        whole = self._told[-1] if self._told else None
        if whole is None or whole.trigger != loss.trigger or doc.labels[loss.head] != "conj" or doc.heads[loss.head] != whole.head:
            return False
        one, more = whole.raw.count, loss.raw.count
        if not any(doc.words[d].lower() in _THEIR for d in doc.dependents(loss.head, "nmod:poss")) or one is None or more is None:
            return False
        if one.low is None or more.low is None or one.high != one.low or more.high != more.low or not whole.raw.who or not loss.raw.who:
            return False
        if same_kind(whole.raw.who.entity) != same_kind(loss.raw.who.entity) or whole.head in self.resolver.person_at:
            return False
        first, last = whole.first if whole.last > whole.first else whole.head, max(loss.last, loss.head + 1)
        total = one.low + more.low
        whole.raw.count = Count(low=total, high=total, text=doc.text(first, last), at=doc.starts[first])
        whole.raw.because["count"] = "told together with their family"
        whole.first, whole.last, whole.until = first, last, max(whole.until, loss.head)
        return True

    def _uncoded(self, i: int) -> bool:
        """Whether weather, sickness or an accident did the harm (codebook, section 3, rule 14)."""
        doc = self.doc
        verb = i if doc.upos[i] in VERBAL else doc.heads[i]
        if verb < 0:
            return False
        subject = subject_of(doc, verb) if self.victims.objects(verb) and not is_passive(doc, verb) else None
        causes = [c for k in {i, verb} for c in doc.dependents(k, "obl", "nmod") if doc.case(c) in _CAUSES]
        told = [subject] if subject is not None else causes
        if not is_passive(doc, verb) and any(self.lexicon.is_word(doc.lemmas[c], "natural") for c in told):
            return True  # "died in his sleep", and not "were killed in their sleep"
        return any(self.lexicon.is_word(doc.lemmas[c], "mishap") or (doc.case(c) != "of" and self._harmless(c)) for c in told)

    def _harmless(self, k: int) -> bool:
        """Whether a noun is of a use that is no act of anybody's: "a gas explosion"."""
        doc = self.doc
        before = {doc.lemmas[c] for c in doc.dependents(k, "compound", "amod")}
        rows = (row for row in self.lexicon.nouns.get(doc.lemmas[k], ()) if len(row.words) > 1 and set(row.words[:-1]) <= before)
        return any(row.type == "NONE" and not row.needs for row in rows)

    # the claim

    def _loss(self, i: int, row: Row, head: int, kind: int | None) -> _Loss | None:
        doc = self.doc
        harm = row.cells["harm"]
        if harm == Harm.CAPTURED and self.victims.thing(head) is not None:
            return None  # "destroyed nine lorries and seized five others"
        inner = self.victims.meant(head)
        thing = self.victims.thing(head) if harm in DAMAGE else None
        if harm in DAMAGE and thing is None:
            return None
        if harm not in DAMAGE and not (self.victims.human(head) or head == i):
            return None
        if harm == Harm.CAPTURED and doc.words[inner].lower() in {"them", "these", "those"} and self.victims.thing(head) is not None:
            return None  # "three of them were captured", of tanks
        if harm == Harm.DISPLACED and self._alone(head):
            return None  # "the general fled to Togo": one man's flight
        if harm == Harm.DISPLACED and any(r.cells["harm"] in _HURT for c in doc.dependents(head, "amod") for r in self.victims.rows(c)):
            return None  # "evacuated six wounded people"
        number = self.victims.count(i, row, head)
        if number is None or self.victims.rate(i, number[2]):
            return None
        count, first, last = number
        raw = RawClaim("materiel" if harm in DAMAGE else "casualty", i, [], [i], harm=harm)
        raw.count = Count(low=count.low, high=count.high, text=doc.text(first, last) if last > first else "", approximate=count.approximate,
                          at=doc.starts[first] if last > first else None)  # fmt: skip
        raw.because["harm"] = f"{row.place} {row['form']}"
        raw.status, why = self._status(i, row, head, count)
        if self._asked_whether(i, head):
            return None
        real = raw.status in {Status.OCCURRED, Status.ONGOING}
        denied = any(s.distance is Distance.DENYING for s in self.attribution.chain(i)[:1]) and count.high != 0
        if denied and last == first and not self.victims.any_of(head):
            return None  # a number of them was never told
        one = count.text.lower() in {"a", "an"} and raw.status is Status.HYPOTHETICAL
        if raw.status is Status.ATTEMPTED or (not real and (last == first or one)) or (harm == Harm.DISPLACED and raw.status is Status.PLANNED):
            return None  # nobody was harmed, and no number is threatened
        if why:
            raw.because["status"] = why
        if "either" in row.listed("victim") and count.high == 0 and count.low == 0:
            raw.harm = Harm.HARMED  # "nobody was hurt": neither killed nor wounded
        raw.by = self.perpetrators.gainer(i, row) if "own" in row.listed("victim") else self._at_home(self.perpetrators.of(i, head), i)
        if raw.kind == "materiel":
            assert thing is not None
            raw.what = thing.cells["what"]
            raw.because["what"] = f"{thing.place} {thing['form']}"
            raw.who = self.owners.of(i, row, inner, thing, raw.by)
        else:
            raw.who = self._who(i, head, kind, raw)
            raw.who = raw.who if raw.by else self._at_home(raw.who, i) or raw.who
            if "own" in row.listed("victim") and (loser := self.owners.loser(i)) is not None and self._guessed(raw.who):
                raw.who = self._worded(head, loser)
        self._accused(i, raw)
        if raw.by and raw.who and raw.kind == "casualty" and self._own(raw.by, raw.who, head) and (enemy := self.owners.enemy_of(raw.by.entity)):
            raw.who = self._worded(head, enemy)
        if raw.by and raw.who:
            speakers = [p.entity.country for s in self.attribution.chain(i) if not s.act for p in s.parties]
            raw.who = self.resolver.other_side(raw.who, {raw.by.entity.country} - {None}, speakers)
        taken = doc.lemmas[inner] in row["needs"] + row["form"] and raw.by is not None and raw.by.entity.sector is Sector.MIL
        guessed = raw.who is not None and raw.who.entity.sector is Sector.CVL and any(w in raw.who.because for w in ("speaks", "other side"))
        if harm == Harm.CAPTURED and taken and guessed and raw.by is not None and (enemy := self.owners.enemy_of(raw.by.entity)) is not None:
            raw.who = self._worded(head, enemy)  # "the army took 40 prisoners": of those it fought
        if harm == Harm.CAPTURED and raw.by is not None and raw.by.entity.sector is Sector.COP and raw.who and raw.who.entity.sector not in FORCES:
            return None  # an arrest, and no casualty (codebook, section 4)
        if raw.by:
            raw.because["by"] = raw.by.because
        if raw.who:
            raw.because["who"] = raw.who.because
        return _Loss(i, row, head, first, last, raw)

    def _asked_whether(self, i: int, head: int) -> bool:
        """Whether it is only asked if there was any harm, or not told: "it was not clear whether there were any casualties", "did not report any"."""
        doc = self.doc
        verb = next((k for k in (i, doc.heads[i]) if k >= 0 and doc.upos[k] in VERBAL), -1)
        untold = verb >= 0 and (doc.lemmas[verb], "verb") in self.lexicon.cues and any(doc.words[k].lower() in _NOT for k in doc.dependents(verb, "advmod"))
        if untold and any(doc.words[d].lower() == "any" for d in doc.dependents(head, "det")):
            return True
        marks = {doc.words[m].lower() for m in doc.dependents(verb, "mark")} if verb >= 0 else set()
        asked = bool(marks & {"if", "whether"}) and doc.labels[verb] in {"csubj", "ccomp", "advcl"}
        return asked and any(doc.words[d].lower() in {"any", "anybody", "anyone"} for d in (head, *doc.dependents(head, "det")))

    def _alone(self, head: int) -> bool:
        """Whether a nominal means one person, by a name, a pronoun or an article; not a family or a crowd."""
        doc = self.doc
        mark = self.resolver.mark_at.get(head)
        office = mark is not None and mark.of("office") is not None and any(doc.words[d].lower() in {"a", "an"} for d in doc.dependents(head, "det"))
        singular = office or head in self.resolver.person_at or doc.words[head].lower() in {"he", "she", "him", "her", "who"}
        return (singular or self.victims.one_definite(head)) and not doc.dependents(head, "conj", "nummod")

    def _status(self, i: int, row: Row, head: int, count: Count) -> tuple[Status, str]:
        doc = self.doc
        if (count.low, count.high) == (0, 0):
            return Status.OCCURRED, ""
        status, why, _ = status_of(doc, i, self.lexicon, self.cues)
        if row.cells["pos"] != "verb" and status is Status.OCCURRED:
            base = doc.heads[i]
            if base >= 0 and doc.upos[base] in VERBAL and doc.labels[i] in {"obj", "nsubj", "nsubj:pass", "xcomp"}:
                status, why, _ = status_of(doc, base, self.lexicon, self.cues)
                if why == PURPOSE and any(use.type == "ACCUSE" for use in self.lexicon.verbs.get(doc.lemmas[base], ())):
                    status, why = Status.OCCURRED, ""  # "marched to denounce the deaths of four students"
        if status is Status.PLANNED and row.cells["pos"] != "verb":
            status = Status.HYPOTHETICAL
        return status, why

    # whose

    def _who(self, i: int, head: int, kind: int | None, raw: RawClaim) -> Party:
        doc = self.doc
        assert raw.count is not None
        if raw.count.high == 0 and raw.count.low == 0 and (zero := self._spared(i, head, kind)) is not None:
            return zero
        if kind is not None:
            named = self.resolver.of(kind) or self.resolver.bare(kind)
            sector = Sector.MIL if doc.lemmas[kind] == "military" else Sector.CVL
            return self._worded(head, named[0]) if named else self._somebody(head, i, sector)
        inner = self.victims.meant(head)
        meant = self.victims.told_before(inner) if doc.words[inner].lower() in {"they", "them"} else None
        if meant is not None and (told := self.resolver.of(meant)):
            return self._worded(head, told[0])
        if (doc.upos[inner] == "NUM" or inner == i) and (whose := self._of_toll(i)) is not None:
            return self._worded(head, whose)
        if (side := self.owners.men_of(inner)) is not None:
            return self._worded(head, side)
        found = self.resolver.of(inner) if inner != i else []
        if found and found[0].kind not in {"holding", "place"} and doc.upos[inner] != "NUM":
            return self._placed(self._worded(head, found[0]) if inner != head else found[0], i)
        for c in doc.dependents(inner, "nmod"):
            if doc.case(c) in {"of", "among", "from"} and self.victims.human(c) and (among := self.resolver.of(c)):
                return self._worded(head, self._placed(among[0], i))
        if inner == i:
            for c in doc.children[i]:
                if (doc.labels[c].startswith("nmod") and doc.case(c) != "by") or doc.labels[c] in {"compound", "amod"}:
                    own = self.resolver.of(c)
                    if own and (self.victims.human(c) or doc.case(c) in {"among", "of"} or doc.labels[c] == "amod"):
                        return own[0]
        if doc.upos[inner] == "NUM" or doc.words[inner].lower() in OTHERS or doc.lemmas[inner] == "other" or inner == i:
            earlier = self._before(i, head)
            if earlier is not None:
                return self._more(i, head, earlier)
        return self._somebody(head, i, Sector.CVL if inner != i or doc.lemmas[inner] != "casualty" else Sector.UNK)

    def _of_toll(self, i: int) -> Party | None:
        """Whose losses a verb puts a number to: "put its losses at 11 dead and 26 wounded"."""
        doc = self.doc
        verb = next((a for a in doc.ancestors(i) if doc.upos[a] in VERBAL), -1)
        for c in doc.dependents(verb, "obj", "nsubj:pass") if verb >= 0 else ():
            if c != i and any(row.cells["victim"] == "toll" for row in self.victims.rows(c)):
                for k in doc.dependents(c, "nmod:poss", "amod", "nmod", "compound"):
                    if found := self.resolver.of(k) or self.resolver.bare(k):
                        return found[0]
        return None

    def _more(self, i: int, head: int, earlier: Party) -> Party:
        """Others like those told before: of their kind and country, save where their own words name a place ("and 10 in Tanzania")."""
        party = self._worded(head, earlier)
        e = party.entity
        code, why = self.owners.struck(head, within=True)
        if code is None and earlier.kind != "person":
            return party
        return Party(Entity(text=e.text, name="people" if earlier.kind == "person" else self.doc.lemmas[head], country=code or e.country, sector=e.sector,
                            qualifiers=e.qualifiers if code is None else [], at=e.at), "agent", why or party.because)  # fmt: skip

    def _worded(self, head: int, party: Party) -> Party:
        """The same party in the words of the nominal at `head`, with those of the noun that a quantity is of."""
        worded = self.resolver.as_words(head, party)
        first, last = self.resolver.extent(head)
        inner = self.resolver.extent(self.victims.meant(head))
        text = self.doc.text(min(first, inner[0]), max(last, inner[1]))
        e = worded.entity
        entity = Entity(text=text, name=e.name, country=e.country, sector=e.sector, qualifiers=e.qualifiers, id=e.id, at=self.doc.starts[min(first, inner[0])])
        return Party(entity, worded.kind, worded.because)

    def _spared(self, i: int, head: int, kind: int | None) -> Party | None:
        """Who had no losses: those who suffered none, or nobody of those among whom there were none."""
        doc = self.doc
        for c in doc.dependents(head, "nmod", "obl"):
            if doc.case(c) in {"among", "to", "on", "of", "in"} and self.victims.human(c) and (found := self.resolver.of(c)):
                return found[0]
        verb = doc.heads[i] if doc.labels[i] == "obj" else -1
        subject = subject_of(doc, verb) if verb >= 0 and doc.upos[verb] in VERBAL and kind is None else None
        if subject is not None and doc.lemmas[verb] in _SPARED:
            found = self.resolver.of(subject)
            if found and found[0].kind not in {"place", "holding"} and not any(doc.lemmas[c] == "civilian" for c in doc.children[head]):
                return found[0]
        word, before = doc.words[head].lower(), doc.words[head - 1].lower() if head else ""
        if word in _NOBODY or (word == "one" and before in {"no", "-"}):
            party = self._somebody(head, i, Sector.CVL)
            e = party.entity
            people = Entity(text=e.text, name="people", country=None, sector=Sector.UNK, at=e.at)
            return Party(people, party.kind, "no country: the text does not tell who was spared")
        return None

    def _before(self, i: int, head: int) -> Party | None:
        """Whom "others" and bare numbers are counted among: the victims named before in the sentence, whom the act aimed at, or the last group told."""
        doc = self.doc
        sentence = doc.sentence_of[i]
        for loss in reversed(self._told):
            if loss.raw.kind == "casualty" and loss.head < head and loss.raw.who is not None:
                return loss.raw.who
        verb = i if doc.upos[i] in VERBAL else doc.heads[i]
        if verb >= 0 and doc.labels[verb] in {"advcl", "conj", "xcomp"}:
            main = doc.heads[verb]
            for c in doc.dependents(main, "obj", "obl"):
                if c < i and (doc.labels[c] == "obj" or doc.case(c) in _TARGETS) and (found := self.resolver.of(c)) and self.victims.human(c):
                    return found[0]
        previous = doc.sentences[max(0, sentence - 1)]
        for k in range(head - 1, previous.first - 1, -1):
            mark = self.resolver.mark_at.get(k)
            if (
                mark is not None
                and mark.of("agent", "nation")
                and k == mark.last - 1
                and doc.labels[k] not in {"compound", "amod"}
                and self.victims.number(k) is not None
                and not any({k, doc.heads[k]} & set(s.speakers) for s in self.attribution.by_sentence.get(doc.sentence_of[k], ()))
            ):
                return self.resolver.of(k)[0]
        return None

    def _own(self, by: Party, who: Party, head: int) -> bool:
        """Whether the victims were read as the perpetrator's own by nothing but a pronoun, a number or a guess."""
        if by.entity.country is None or by.entity.country != who.entity.country:
            return False
        same = side_of(by.entity) == side_of(who.entity)
        theirs = any(self.doc.words[d].lower() in {"its", "their"} for d in self.doc.dependents(self.victims.meant(head), "nmod:poss"))
        if theirs and side_of(who.entity) is not None:
            return True
        return same and ((self._guessed(who) and who.entity.sector is Sector.MIL) or who.entity.name == by.entity.name)

    def _guessed(self, party: Party) -> bool:
        """Whether the words of the victims do not tell whose they are."""
        return any(w in party.because for w in ("speaks", "no country"))

    def _somebody(self, head: int, i: int, sector: Sector) -> Party:
        """Victims of whom only the words of the nominal at `head` are known; those "on both sides" are of neither country."""
        party = self._placed(self.resolver.somebody(head, sector), i)
        doc = self.doc
        verbs = [a for a in (i, head, doc.heads[i]) if a >= 0]
        beside = [k for v in verbs for k in doc.dependents(v, "obl", "nmod") if doc.case(k) == "on" and self.lexicon.is_word(doc.lemmas[k], "side")]
        if not any(doc.words[d].lower() in {"both", "all"} for k in beside for d in doc.children[k]):
            return party
        e = party.entity
        return Party(Entity(text=e.text, name="people", country=None, sector=e.sector, at=e.at), party.kind, "no country: they were of both sides")

    def _placed(self, party: Party, i: int) -> Party:
        """The party with a better guess of its country, where it was only guessed: that of the place struck, and not the attacker's."""
        e = party.entity
        if "speaks" not in party.because and "no country" not in party.because:
            return party
        if e.sector in {Sector.MIL, Sector.GOV, Sector.REB}:
            return party  # soldiers fall abroad
        code, why = self._fled_from(i, e.country) or self.owners.struck(i)
        if code is None or code == e.country:
            return party
        name = e.name.replace(self.resolver.country_name(e.country), self.resolver.country_name(code)) if e.country else e.name
        return Party(Entity(text=e.text, name=name, country=code, sector=e.sector, qualifiers=[], id=None, at=e.at), party.kind, why)

    def _fled_from(self, i: int, guessed: str | None) -> tuple[str, str] | None:
        """The country of those who fled abroad, where that which they reached was guessed for it: the other one that the report speaks of most."""
        doc = self.doc
        if not any(row["harm"] == "displaced" for row in self.lexicon.harms.get(doc.lemmas[i], ())):
            return None
        reached = {p.entity.country for c in doc.dependents(i, "obl") if doc.case(c).split(" ")[0] in _REACHED for p in self.resolver.of(c)} - {None}
        other = next((c for c in self.resolver.main if c not in reached and c in self.lexicon.countries), None)
        return (other, "not the country that they fled to") if other and (guessed in reached or self.owners.struck(i)[0] in reached) else None

    def _at_home(self, party: Party | None, i: int) -> Party | None:
        """Forces of no named country are the speaker's own, where armed forces speak: "the army said that three soldiers had been hurt"."""
        if party is None or not self._guessed(party) or party.entity.sector is not Sector.MIL or "PRE" in party.entity.qualifiers:
            return party
        speaker = self.owners.speaker(i)
        if speaker is None or speaker.entity.sector is not Sector.MIL or speaker.entity.country in {None, party.entity.country}:
            return party
        e, code = party.entity, speaker.entity.country or ""
        if code not in self.lexicon.countries:
            return party
        name = e.name.replace(self.resolver.country_name(e.country or ""), self.resolver.country_name(code))
        own = Entity(text=e.text, name=name, country=code, sector=e.sector, qualifiers=speaker.entity.qualifiers, at=e.at)
        return Party(own, party.kind, f"{speaker.entity.name} speaks for its own")

    def _accused(self, i: int, raw: RawClaim) -> None:
        """ "A accused B of killing 20 people": A says so, and B did it; unnamed accusers are unknown (codebook, section 3, rules 2 and 13)."""
        doc = self.doc
        k, steps = i, 0
        while doc.heads[k] >= 0 and steps < 5 and not doc.labels[k].startswith(("acl:relcl", "nsubj", "parataxis")):
            below, k, steps = k, doc.heads[k], steps + 1
            introduced = {doc.words[c].lower() for c in doc.dependents(below, "mark", "case")}
            if doc.upos[k] != "VERB" or not (introduced & _ALLEGED or doc.labels[below] in {"obj", "ccomp"}):
                continue
            charged = any(row.type == "ACCUSE" and "allege" in row.modes for row in self.lexicon.verbs.get(doc.lemmas[k], ()))
            blamed = introduced & _ALLEGED and any(row.type == "ACCUSE" for row in self.lexicon.verbs.get(doc.lemmas[k], ()))  # "condemned B for killing"
            if not charged and not (blamed and not is_passive(doc, k) and any(self.resolver.of(c) for c in doc.dependents(k, "obj"))):
                continue
            passive = is_passive(doc, k)
            accuser = doc.dependent(k, "obl:agent") if passive else subject_of(doc, k)
            accused = next(iter(self.victims.undergoers(k)), None) if passive else doc.dependent(k, "obj")
            if passive and accuser is None:
                raw.voice = [self.resolver.unnamed(k)]
            else:
                raw.voice = self.resolver.parties(accuser) if accuser is not None else []
            raw.voice_cue = k
            e, speaker = raw.who.entity if raw.who else None, raw.voice[0].entity if raw.voice else None
            own = speaker is not None and speaker.country in self.lexicon.countries  # a rights group has no people of its own
            taken_up = raw.kind == "materiel" and any(doc.words[d].lower() == "the" for o in doc.dependents(raw.head, "obj") for d in doc.dependents(o, "det"))
            if e and raw.who and speaker and own and not taken_up and "speaks" in raw.who.because and raw.by and raw.by.entity.country == e.country:
                moved = Entity(text=e.text, name=e.name, country=speaker.country, sector=e.sector, at=e.at)
                raw.who = Party(moved, raw.who.kind, f"{speaker.text} speaks for its own")
            if raw.by is None and accused is not None and (found := self.resolver.of(accused)) and not doc.below(i, accused):
                raw.by = Party(found[0].entity, found[0].kind, "the one accused")
            return

    # groups and their parts

    def _once(self, losses: list[_Loss]) -> list[_Loss]:
        """One claim for each group, count and harm, however many words of harm tell it; a toll only where no verb tells its number."""
        kept: list[_Loss] = []
        for loss in sorted(losses, key=lambda x: x.row.cells["victim"] == "toll"):
            same = (x for x in kept if x.raw.harm == loss.raw.harm and x.raw.kind == loss.raw.kind)
            if loss.last > loss.first:
                told = any((x.first, x.last) == (loss.first, loss.last) and (x.raw.who == loss.raw.who or len({x.trigger, loss.trigger}) == 2) for x in same)
            else:
                told = any(x.head == loss.head and (loss.raw.count is None or loss.raw.count.high != 0 or x.raw.who == loss.raw.who) for x in same)
            if not told:
                kept.append(loss)
        return sorted(kept, key=lambda x: (x.trigger, x.head))

    def _untold(self, losses: list[_Loss]) -> list[_Loss]:
        """ "20 people were killed or wounded": killed and wounded are not told apart, and the two become one."""
        kept: list[_Loss] = []
        for loss in losses:
            twin = next(
                (
                    x
                    for x in kept
                    if {x.raw.harm, loss.raw.harm} == _HURT and x.head == loss.head and 0 < loss.trigger - x.trigger <= 3 and loss.last > loss.first
                ),
                None,
            )
            if twin is None:
                kept.append(loss)
            else:
                twin.raw.harm = Harm.HARMED
                twin.until = loss.trigger
                twin.raw.because["harm"] += f", {loss.raw.because['harm']}"
        return kept

    def _parts(self, whole: _Loss, losses: list[_Loss]) -> Iterator[_Loss]:
        """The parts of a group that are named: "including six children", "of whom six were children", "among them two nurses"."""
        doc = self.doc
        if whole.raw.kind != "casualty" or whole.raw.count is None or whole.raw.count.high in {0, 1}:
            return
        last = doc.sentences[doc.sentence_of[whole.head]].last
        for k in range(whole.head + 1, last):
            if not self._opens_part(k) or any(whole.head < x.head < k for x in losses if x.raw.kind == "casualty"):
                continue
            if doc.words[k].lower() not in PARTS and any(plural(doc.words[x]) and self.victims.human(x) for x in range(whole.end + 1, k)):
                continue  # "… and the other victims were civilians, among them two journalists"
            number = None
            if doc.words[k].lower() == "of" and k > 0:
                number = self.victims.number(k - 1) if doc.upos[k - 1] == "NUM" else None
            start = k + 1 if doc.words[k].lower() in PARTS else k + 2
            comma = next((x for x in range(k - 1, whole.head, -1) if doc.words[x] == ","), None)
            before = self._nominal_from(comma + 1, k) if comma is not None and comma + 1 < k and doc.words[k].lower() == "among" else None
            if before is not None:
                part = self._part(whole, before, None)  # "a medic among them"
                if part is not None:
                    part.until = k + 1
                    yield part
                continue
            if number is None and doc.words[k].lower() not in PARTS and start < last and doc.upos[start] == "NUM":
                number = self.victims.number(start)  # "of whom six were children"
                start = number[2] if number else start
            head = self._nominal_from(start, last)
            if head is None and number is not None and start < last and doc.upos[start] == "ADP":
                head = number[2] - 1  # "30 of them in a second blast"
            if head is None or (doc.words[k + 1].lower() == "whom" and doc.upos[head] == "PRON"):
                continue  # "four of whom they later freed"
            fellows = (c for c in doc.dependents(head, "conj") if doc.upos[c] in NOMINAL or (c in self.resolver.mark_at and self.victims.number(c)))
            for h in [head, *(c for c in fellows if not any(doc.upos[x] == "VERB" for x in range(head, c)))]:
                part = self._part(whole, h, number if h == head else None)
                if part is not None:
                    yield part

    def _kinds(self, first: int, last: int, losses: list[_Loss], before: list[_Loss]) -> Iterator[_Loss]:
        """What so many of those told were: "Three of the dead were soldiers and five were labourers", "Six of them were children"."""
        doc = self.doc
        whole: _Loss | None = None
        for p in range(first, last):
            cop = next((c for c in doc.dependents(p, "cop") if c < p), None)
            if cop is None or doc.upos[p] != "NOUN" or not plural(doc.words[p]) or not self.victims.human(p):
                continue
            subject = doc.dependent(p, "nsubj")
            if subject is None and cop > first:
                subject = cop - 1
            number = self.victims.number(subject) if subject is not None and doc.upos[subject] == "NUM" else None
            if subject is None or number is None:
                continue
            told = next((x for x in losses if x.raw.kind == "casualty" and subject in {x.head, doc.heads[x.head]}), None)
            those = [c for c in doc.dependents(subject, "nmod") if doc.case(c) == "of"]
            if told is None and those and doc.words[those[0]].lower() in {"them", "these", "those"}:
                whole = before[0] if before else None
            elif told is None and (those or whole is None):
                continue
            whole = told or whole
            if whole is None:
                continue
            count, start, end = number
            raw = RawClaim("casualty", subject, [], [subject], harm=whole.raw.harm, status=whole.raw.status, by=whole.raw.by)
            raw.count = Count(low=count.low, high=count.high, text=doc.text(start, end), approximate=count.approximate, at=doc.starts[start])
            raw.because = {**whole.raw.because, "count": "so many of those counted before"}
            raw.who = next(iter(self.resolver.of(p)), None) or self._somebody(p, p, Sector.CVL)
            raw.because["who"] = raw.who.because
            if told is not None:
                told.raw.who, told.raw.because["who"], told.until = raw.who, raw.who.because, max(told.until, p)
                continue
            yield _Loss(subject, whole.row, subject, start, end, raw, until=p)

    def _nominal_from(self, start: int, last: int) -> int | None:
        """The head of the nominal that begins at a word, a copula before it apart."""
        doc = self.doc
        for k in range(start, min(start + 9, last)):
            if doc.upos[k] in NOMINAL and not self.victims.inside(k):
                return k
            if doc.upos[k] in {"ADP", "VERB", "PUNCT", "CCONJ", "SCONJ"} and doc.words[k] != "-" and self.victims.number(k) is None:
                return None
        return None

    def _opens_part(self, k: int) -> bool:
        doc = self.doc
        lower = doc.words[k].lower()
        following = doc.words[k + 1].lower() if k + 1 < len(doc) else ""
        return lower in PARTS or (lower in {"of", "among"} and following in {"whom", "them"})

    def _part(self, whole: _Loss, head: int, number: Number | None) -> _Loss | None:
        doc = self.doc
        if not self.victims.human(head) or (doc.upos[head] == "NUM" and number is None and not doc.dependents(head, "nmod")):
            return None
        found = number or self.victims.number(head)
        if found is None and (head in self.resolver.person_at or self.victims.one_definite(head)):
            found = Count(low=1, high=1), head, head
        if found is None:
            return None
        count, first, last = found
        assert whole.raw.count is not None
        most = whole.raw.count.high or whole.raw.count.low or 0
        if count.low is not None and count.low > most and whole.raw.count.high is not None:
            return None
        raw = RawClaim("casualty", whole.trigger, [], [whole.trigger], harm=whole.raw.harm, status=whole.raw.status, by=whole.raw.by, voice=whole.raw.voice,
                       voice_cue=whole.raw.voice_cue)  # fmt: skip
        raw.count = Count(low=count.low, high=count.high, text=doc.text(first, last) if last > first else "", approximate=count.approximate,
                          at=doc.starts[first] if last > first else None)  # fmt: skip
        raw.because = {**whole.raw.because, "count": "a part of those counted before"}
        raw.who = self._who(whole.trigger, head, None, raw)
        e, base = raw.who.entity, whole.raw.who.entity if whole.raw.who else None
        if base is not None and base.country != e.country and "speaks" in raw.who.because:
            raw.who = Party(Entity(text=e.text, name=e.name, country=base.country, sector=e.sector, at=e.at), raw.who.kind, f"of {base.text}")
        raw.because["who"] = raw.who.because
        return _Loss(whole.trigger, whole.row, head, first, last, raw)

    # the words that say it

    def _evidence(self, loss: _Loss, losses: list[_Loss]) -> list[int]:
        """The clause of the harm, up to where the next harm of the sentence begins."""
        doc = self.doc
        i, head = loss.trigger, loss.head
        words = {i, head, loss.end, *range(*self.resolver.extent(head)), *range(*self.resolver.extent(self.victims.meant(head))), *range(loss.first, loss.last)}
        words |= {k for k in doc.subtree(i) if not self._beside(k, i)}
        if doc.upos[i] not in VERBAL:
            named = head if doc.labels[i] == "amod" and doc.heads[i] == head else i
            verb = doc.heads[named]
            if doc.labels[named] in {"obj", "nsubj", "nsubj:pass", "xcomp"} and verb >= 0 and doc.upos[verb] in VERBAL and verb not in self.cues:
                words |= {k for k in doc.subtree(verb) if not self._beside(k, verb)}
        total = next((a for a in (doc.heads[head], doc.heads[i]) if a >= 0 and doc.lemmas[a] in TOTALS and a < head), None)
        if total is not None and loss.last > loss.first > head:  # "the number of dead rose to 31"
            words |= set(range(self.resolver.extent(total)[0], loss.last))
        relative = doc.labels[i] == "acl:relcl" and any(doc.words[c].lower() in RELATIVE for c in doc.dependents(i, "nsubj"))
        if relative and doc.lemmas[doc.heads[i]] in self.lexicon.nouns:
            words |= set(range(self.resolver.extent(doc.heads[i])[0], i))  # "the bombing at the mall which killed five"
        if loss.row.cells["victim"] == "toll" and loss.first > i:
            words = set(range(self.resolver.extent(i)[0], loss.last))  # "the toll at 39", whoever put it there
        s = doc.sentences[doc.sentence_of[i]]
        sayings = [x for x in self.attribution.by_word.get(i, ()) if not x.act]
        if sayings:
            words = (words & sayings[0].content) or words
        words = {k for k in words if s.first <= k < s.last}
        first, last = min(words), max(words)
        first, last = self._clipped(loss, losses, first, last)
        edges = {"PUNCT", "SCONJ", "CCONJ"} | ({"ADP"} if doc.upos[i] == "NOUN" and first < loss.start else set())
        while first < last and first < loss.start and doc.upos[first] in edges:
            first += 1
        while last > first and doc.upos[last] in {"PUNCT", "CCONJ", "SCONJ"}:
            last -= 1
        return list(range(first, last + 1))

    def _clipped(self, loss: _Loss, losses: list[_Loss], first: int, last: int) -> tuple[int, int]:
        """The range without what tells another harm; "others" and bare numbers keep the harm beside them that they are counted from."""
        doc = self.doc
        dependent = doc.upos[loss.head] == "NUM" or doc.words[loss.head].lower() in OTHERS or doc.lemmas[loss.head] == "other"
        for other in losses:
            if other.trigger == loss.trigger and other.row is loss.row and other.head != loss.head and other.last > other.first and loss.last > loss.first:
                if loss.trigger < loss.head < other.first <= last and not self._includes(loss, other):
                    last = other.first - 1  # the verb and the first of its groups
                continue
            if other.trigger == loss.trigger or doc.upos[other.trigger] not in VERBAL:
                continue
            shared = other.trigger < other.head and loss.trigger < loss.head  # both verbs have their victims behind them, and one subject
            if loss.end < other.start and shared and self._joined(loss.end, other.start):
                last = other.end
            elif loss.end < other.start <= last:
                last = other.start - 1
            elif dependent and shared and self._joined(other.end, loss.start):
                first, last = min(first, other.start), loss.end
            elif first <= other.end < loss.start:
                first = other.end + 1
                if dependent and self._joined(other.end, loss.start):
                    ends = [max(doc.subtree(c)) for c in doc.dependents(loss.trigger, "obl") if c > loss.trigger]
                    last = min(last, max([loss.end, *(e for e in ends if e <= loss.end + 6)]))
        return first, last

    def _includes(self, whole: _Loss, part: _Loss) -> bool:
        """Whether one group is a part of the other."""
        return any(self._opens_part(k) for k in range(whole.head, part.head))

    def _joined(self, end: int, start: int) -> bool:
        """Whether only "and" stands between two groups."""
        return start - end <= 3 and all(self.doc.upos[k] in {"CCONJ", "PUNCT", "ADV"} for k in range(end + 1, start))

    def _beside(self, k: int, base: int) -> bool:
        """Whether a word is in a clause coordinated with, or loosely joined to, the base."""
        doc = self.doc
        while k != base and k >= 0:
            label = doc.labels[k]
            if (
                label in {"parataxis", "acl:relcl", "mark", "cc"}
                or (label == "conj" and doc.heads[k] == base)
                or (label == "advcl" and len(doc.subtree(k)) > 10 and not self._circumstance(k))
            ):
                return True
            if k in self.cues:
                return True
            k = doc.heads[k]
        return False

    def _circumstance(self, k: int) -> bool:
        """Whether a clause tells when the harm was done ("when a shell hit the market")."""
        return any(self.doc.words[c].lower() in _CIRCUMSTANCES for c in self.doc.dependents(k, "mark", "advmod"))
