"""The tree round a word of act + parties → who did it, and to whom.

In: the places in the tree that a lexicon entry names for its two sides. Out: the parties that stand there, each with its reason. A place
or a thing that is struck stands for the people there or for the force whose it is. What a text leaves open stays empty.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from sayso.attribution import Attribution
from sayso.events.raw import RawClaim
from sayso.events.uses import Uses
from sayso.lexicon import BODIES, ActRow, Lexicon
from sayso.model import Sector
from sayso.reader import Doc
from sayso.resolve.entities import A_SEAT, A_TOWN, ARMED, Party, Resolver, identity, same_kind
from sayso.syntax import RELATIVE, agent_of, doer_of, is_passive, objects_of, obliques_of, subject_of

_VERBAL = {"VERB", "AUX"}
_TOWARDS = {"to", "for", "on", "against", "with"}
"""What introduces whom an act is for or against."""
FORCES = ARMED | {Sector.MIL, Sector.COP, Sector.SPY}
"""Those who fight."""
THERE = "; the people there"
_NEARBY = {"near", "outside"}
_CLOSE = {"close", "next", "adjacent"}
"""Words that make "to" as good as "near"."""
_AIMED = {"by", "on", "against"}


def _opens(case: str, token: str) -> bool:
    """Whether a preposition is the one looked for: "from behind" is "from", but "because of" is no "of", nor "according to" a "to"."""
    first, *more = case.split(" ")
    return token in (first, *more[-1:]) and not (more and token in {"of", "to", "for", "with"} and first != token)


def distinct(parties: list[Party]) -> list[Party]:
    """Each party once."""
    kept: list[Party] = []
    for p in parties:
        if all(identity(p.entity) != identity(k.entity) for k in kept):
            kept.append(p)
    return kept


def without(parties: list[Party], others: list[Party]) -> list[Party]:
    """The parties that are none of the others."""
    return [p for p in parties if all(identity(p.entity) != identity(o.entity) for o in others)]


def meet(some: list[Party], others: list[Party]) -> bool:
    """Whether two lists hold parties of one country and kind."""
    return bool({_side(p) for p in some} & {_side(p) for p in others})


def _side(party: Party) -> tuple[str | None, str, bool]:
    return party.entity.country, same_kind(party.entity), "PRE" in party.entity.qualifiers


class Sides:
    """Finds the sides of the acts of one report."""

    def __init__(self, doc: Doc, resolver: Resolver, attribution: Attribution, lexicon: Lexicon, uses: Uses) -> None:
        self.doc, self.resolver, self.attribution, self.lexicon, self.uses = doc, resolver, attribution, lexicon, uses

    def at(self, i: int, tokens: Iterable[str], verb: bool, light: int | None) -> tuple[list[Party], str]:
        """The parties at the first of the places that has any."""
        for token in tokens:
            if token == "none":
                break
            if token == "speaker" and (speakers := self.uses.speakers(i)):
                return speakers, token
            heads = self._heads(i, token, verb, light)
            if token == "between" and len(heads) == 1 and not self.doc.dependents(heads[0], "conj"):
                # "talks between Kinshasa and the rebels": between two there is a second, wherever the tree hangs it
                other = next((k for k in self.doc.dependents(self.doc.heads[heads[0]], "conj") if k > heads[0] and self.doc.upos[k] in {"NOUN", "PROPN"}), None)
                if other is not None:
                    return distinct([*self._parties(heads[0], token), *self._parties(other, token)]), token
            for head in heads:
                parties = self._parties(head, token)
                if parties:
                    return parties, token
        return [], ""

    def talked(self, i: int) -> list[Party]:
        """The two who agreed on what "was agreed in talks between the army and the rebels"; empty where not two are named."""
        for k in obliques_of(self.doc, i):
            talks = any(row.type == "CONSULT" and "both" in row.recipient for row in self.lexicon.nouns.get(self.doc.lemmas[k], ()))
            if talks and self.doc.case(k) in {"in", "at", "during", "after", "following"}:
                found = self.at(k, ("between", "among"), False, None)[0] or self.joined(k)
                return found if len(found) > 1 else []
        return []

    def theirs(self, i: int) -> list[Party]:
        """The two whose fight or talks a noun means by "their": "the ceasefire that ended their war"."""
        for k in self.doc.dependents(i, "nmod:poss"):
            if self.doc.words[k].lower() in {"their", "our"}:
                return distinct(self.resolver.of(k)) or (self.resolver.opposed() if self.lexicon.is_word(self.doc.lemmas[i], "fight") else [])
        return []

    def joined(self, i: int) -> list[Party]:
        """The two sides of what two have together, where a hyphen joins their names before the noun: "Israeli-Syrian talks", "the India-Pakistan war"."""
        before = [c for c in self.doc.dependents(i, "amod", "compound", "nmod:desc", "nmod") if c < i]
        for c in (*before, *(k for b in before for k in self.doc.dependents(b, "conj") if k < i)):
            for one, other in ((c - 2, c), (c, c + 2)):  # "the Otieno-Saleh talks"
                people = [self.resolver.person_at.get(k) for k in (one, other)]
                if None not in people and people[0] is not people[1] and self.doc.words[one + 1] in {"-", "–"}:
                    return distinct([*self.resolver.of(one), *self.resolver.of(other)])
            mark = self.resolver.mark_at.get(c)
            first = self.resolver.hyphened(mark) if mark is not None and mark.of("adjective", "country", "actor") else None
            if mark is not None and first is not None:
                return distinct([p for m in (first, mark) for p in self._parties(m.last - 1, "adj") if p.kind != "place"])
        return []

    def people(self, k: int) -> list[Party]:
        """Whom a nominal means, or, for plain people without a country, somebody."""
        found = self.resolver.parties(k)
        if not found and (self.uses.is_a(k, "<people>") or self.lexicon.is_word(self.doc.lemmas[k], "people")):
            return [self.resolver.somebody(k, Sector.CVL)]
        return found

    def targets(self, i: int, row: ActRow, verb: bool, light: int | None) -> list[Party]:
        """The people or forces at a place or building that is struck, where the text names no party."""
        for token in row.recipient:
            if token in {"none", "both"}:
                break
            for head in self._heads(i, token, verb, light):
                for k in (head, *self._measured(head)):
                    if found := self.people(k):
                        return found
                    if found := self.resolver.struck(k):
                        beside = [p for c in self.doc.dependents(k, "conj") for p in self.resolver.struck(c)]  # "towns and army bases"
                        return [p._replace(because=f"{p.because}{THERE}") for p in distinct([*found, *beside])]
        if not verb and row.type == "ASSAULT":
            for c in self.doc.dependents(i, "compound"):  # "the embassy bombings"
                if self._site(c) and (found := self.resolver.parties(c) or self.resolver.struck(c)):
                    return found
                mark = self.resolver.mark_at.get(c)
                if c in self.resolver.place_at and (mark is None or mark.of("capital")):  # "the Karachi blast", "a Kabul attack"
                    return self.resolver.struck(c)
        return []

    def _town_hit(self, i: int, k: int) -> bool:
        """Whether a capital before a noun of attack or talks is where that was: "the Kabul bombing", "the Doha talks"."""
        mark, use = self.resolver.mark_at.get(k), self.uses.of(i)
        there = use is not None and use.type in {"ASSAULT", "CONSULT", "AGREE", "SUPPORT"}  # "the Doha talks"
        return there and mark is not None and mark.of("capital") is not None and mark.of("seat") is None

    def _site(self, k: int) -> bool:
        """Whether a word tells where, and not by whom or with what: "embassy", "market", "border"."""
        lemma = self.doc.lemmas[k]
        place = self.lexicon.is_word(lemma, "place") or self.lexicon.is_word(lemma, "holding")
        return place and lemma not in self.lexicon.weapons and not self.lexicon.is_word(lemma, "military") and self.doc.upos[k] == "NOUN"

    def _mere_place(self, k: int) -> bool:
        """Whether a nominal only tells where: "exploded near the border", and not "near a police station"."""
        doc = self.doc
        if k in self.resolver.place_at:
            return True
        mark = self.resolver.mark_at.get(k)
        if mark is not None:
            return mark.of("country", "capital") is not None
        named = any((m := self.resolver.mark_at.get(c)) and m.of("organ", "agent", "actor") for c in doc.dependents(k, "compound", "nmod", "nmod:poss"))
        lemma = doc.lemmas[k]
        return self._site(k) and lemma not in self.lexicon.things and not named

    def _measured(self, head: int) -> list[int]:
        """What a nominal is a part or a number of: "a row of homes", "a stretch of the pipeline"."""
        return [k for k in self.doc.dependents(head, "nmod") if self.doc.case(k) == "of"]

    def behind_object(self, i: int) -> list[Party]:
        """Whose the thing is that is condemned, praised or refused: "opposes intimidation by any claimant"."""
        doc = self.doc
        for c in objects_of(doc, i):
            for told in doc.dependents(c, "acl:relcl"):  # "rejected the plan that London had put forward"
                subject = doc.dependent(told, "nsubj")
                named = subject is not None and doc.words[subject].lower() not in RELATIVE and doc.upos[subject] != "PRON"
                if named and not is_passive(doc, told) and not doc.dependents(told, "obl") and (doc.lemmas[told], "verb") not in self.lexicon.cues:
                    return [p for p in self.resolver.parties(subject or 0) if p.kind not in {"holding", "place"}]
            named = doc.lemmas[c] in self.lexicon.nouns or self.lexicon.is_word(doc.lemmas[c], "deed")
            owned = self.wielders(self.resolver.parties(c)) if named else []
            if owned and not all(" lies in " in p.because for p in owned):
                return owned  # "rejected the Chinese demand"
            force = any(row.type in {"ASSAULT", "COERCE"} for row in self.lexicon.nouns.get(doc.lemmas[c], ())) or doc.lemmas[c] in self.lexicon.harms
            for k in doc.dependents(c, "nmod:poss"):
                mark = self.resolver.mark_at.get(k)
                named = k in self.resolver.person_at or (mark is not None and mark.of("country", "actor", "capital") is not None)
                if (doc.lemmas[c] in self.lexicon.nouns or named) and (found := self.resolver.parties(k)):
                    return found  # "dismissed the opposition's call", "ratified Finland's membership"
            for k in doc.dependents(c, "compound") if doc.lemmas[c] in self.lexicon.nouns else ():  # "dismissed the National Union demand"
                if not self._site(k) and not self._town_hit(c, k) and (found := [p for p in self.resolver.parties(k) if p.kind not in {"holding", "place"}]):
                    return found
            for a in doc.dependents(c, "acl"):  # "rejected a truce offered by Khartoum"
                made = doc.lemmas[c] in self.lexicon.nouns or self.lexicon.is_word(doc.lemmas[c], "deed")
                by = doc.dependents(a, "obl:agent") if made and is_passive(doc, a) else []
                if by and (found := self.resolver.parties(by[0])):
                    return found
            for k in doc.dependents(c, "nmod"):
                if force and doc.case(k) == "of":
                    continue  # "condemned the bombing of a market": those who were hit are not blamed
                if doc.case(k) in {"by", "of", "among", "from", "between"} and (found := self.resolver.parties(k)):
                    return found
        return []

    def alleged(self, i: int) -> list[Party]:
        """Whose doing it is that somebody is said to allege: "alleged that the neighbour's presence there is a pretext"."""
        doc = self.doc
        for c in doc.dependents(i, "ccomp"):
            for subject in doc.dependents(c, "nsubj"):
                owners = [k for k in doc.dependents(subject, "nmod:poss") if doc.upos[k] != "PRON"]
                found = self.resolver.parties(owners[0]) if owners else self.resolver.parties(subject) if doc.upos[subject] == "PROPN" else []
                if found:
                    return found
        return []

    def persons(self, i: int, row: ActRow, verb: bool, light: int | None) -> list[Party]:
        """The people at a recipient's place of whom the text tells no more: "freed 21 of them"."""
        for token in row.recipient:
            if token in {"none", "both"}:
                break
            for head in self._heads(i, token, verb, light):
                if found := self.people(head):
                    return found
        return []

    def given(self, i: int) -> list[Party]:
        """To whom a verb gives what the noun behind it names: "sent him an appeal", "gave Chad a warning"."""
        return [p for k in self.doc.dependents(i, "iobj") for p in self._parties(k, "iobj") if p.kind != "place"]

    def handed(self, i: int) -> list[Party]:
        """The captives whom a verb hands to somebody: "handed over nine soldiers to the Red Cross"; no bodies and no things."""
        return [p for k in objects_of(self.doc, i) if self.uses.is_a(k, "<people>") and self.doc.upos[k] != "NUM" for p in self.people(k)]

    def asked(self, i: int) -> list[Party]:
        """Who is to do what is asked for: "demanded that the militia free the driver"."""
        doc = self.doc
        if doc.upos[i] == "NOUN" and doc.case(i) == "at" and doc.heads[i] >= 0:  # "met at the request of Gabon"
            doer = doer_of(doc, doc.heads[i])
            return [p for p in self.resolver.parties(doer) if p.kind not in {"holding", "place"}] if doer is not None else []
        for c in doc.dependents(i, "ccomp", "acl"):
            subject = doc.dependent(c, "nsubj")
            if subject is None and doc.labels[c] == "ccomp" and doc.words[c].lower() == doc.lemmas[c]:
                subject = doc.dependent(c, "compound")  # "demanded that the army halt": a subjunctive that the tree took for a noun
            if doc.labels[c] == "acl:relcl" or is_passive(doc, c) or subject is None or doc.words[subject].lower() in RELATIVE:
                continue
            return [p for p in self.resolver.parties(subject or 0) if p.kind not in {"holding", "place"}]
        for c in objects_of(doc, i) if doc.upos[i] == "VERB" else ():  # "demands the withdrawal of the Eritrean army"
            if any(row.type == "RETREAT" and "of" in row.actor and "of" not in row.recipient for row in self.lexicon.nouns.get(doc.lemmas[c], ())):
                found = [p for k in doc.dependents(c, "nmod") if doc.case(k) in {"of", "by"} for p in self.resolver.parties(k) if p.kind != "place"]
                if found:
                    return found
        return []

    def promised(self, i: int) -> list[Party]:
        """To or with whom a party promises to do something: "promised to hand the port over to the peacekeepers", "offered to sell them grain"."""
        doc = self.doc
        for c in doc.dependents(i, "xcomp"):
            told = [*doc.dependents(c, "iobj"), *(k for k in obliques_of(doc, c) if doc.case(k) in {"to", "with"})]
            sent = any(self.uses.is_a(k, "<official>") for k in objects_of(doc, c))  # "offered to send his envoy to Baghdad"
            for k in told:
                if found := [p for p in self.resolver.parties(k) if p.kind != "holding" and (p.kind != "place" or sent)]:
                    return found
        return []

    def other_side(self, i: int, raw: RawClaim) -> None:
        """Victims whose country was only guessed are not the attacker's own people."""
        speakers = [p.entity.country for s in self.attribution.chain(i) if not s.act for p in s.parties]
        attackers = {p.entity.country for p in raw.actors} - {None}
        raw.recipients = [self.resolver.other_side(p, attackers, speakers) for p in raw.recipients]
        said = [p.entity for s in self.attribution.chain(i)[:1] if not s.act for p in s.parties]
        if raw.actors and raw.recipients and said:
            raw.actors = [self.resolver.attackers_side(p, raw.recipients, said) for p in raw.actors]
        if raw.actors and raw.recipients and all(meet([p], raw.actors) for p in raw.recipients):
            raw.recipients = self._others(i, raw.actors) or raw.recipients
        if len(raw.actors) == 1 and raw.actors[0].entity.sector in FORCES:
            raw.recipients = distinct([self._foes(p, raw.actors[0]) for p in raw.recipients])

    def _foes(self, party: Party, attacker: Party) -> Party:
        """Whose the thing of a force is that was struck, where it was taken for the attacker's own: the other side's."""
        own = meet(self.resolver.publisher(), [attacker])
        if not self.guessed(party) or party.entity.sector not in FORCES or not (meet([party], [attacker]) or (own and "speaks" in party.because)):
            return party
        other = self.resolver.enemy(attacker.entity) if own else self.resolver.only_enemy(attacker.entity)
        return party if other is None else Party(replace(other.entity, text=party.entity.text, at=party.entity.at), "agent", f"{other.because}{THERE}")

    def not_own(self, i: int, raw: RawClaim) -> list[Party]:
        """Whose "its villages" are that were struck, where all that stood there was first taken for the attacker's own."""
        return self._others(i, raw.actors) if raw.type == "ASSAULT" and raw.recipients and raw.actors else []

    def _others(self, i: int, actors: list[Party]) -> list[Party]:
        """Whose the thing is that was struck, where "their convoy" was first taken for the attackers' own."""
        doc = self.doc
        for head in (*objects_of(doc, i), *(k for k in obliques_of(doc, i) if doc.case(k) in {"on", "at", "against"})):
            for k in doc.dependents(head, "nmod:poss"):
                found = self.resolver.beyond(k, actors) if doc.upos[k] == "PRON" else []
                if found and all(p.entity.country for p in found) and not meet(found, actors):
                    return [self._living(head, p) for p in found]
        return []

    def _living(self, head: int, party: Party) -> Party:
        """The people of a place that belongs to a state, in the words of the place: "its villages"."""
        entity = party.entity
        if not self._site(head) or self._military(head) or entity.country not in self.lexicon.countries or entity.sector not in {Sector.GOV, Sector.MIL}:
            return self.resolver.as_words(head, party)
        name = f"civilians of {self.resolver.country_name(entity.country)}"
        return self.resolver.as_words(head, party._replace(entity=replace(entity, sector=Sector.CVL, name=name, qualifiers=[], id=None)))

    def host(self, i: int) -> list[Party]:
        """Who talks with those that the noun names: "wrapped up a meeting with the president", "said during talks with his neighbour"."""
        doc = self.doc
        head = doc.heads[i]
        if head < 0 or doc.upos[head] not in _VERBAL or not [k for k in self._heads(i, "with", False, None) if k > i]:
            return []
        if doc.labels[i] != "obj" and doc.case(i) not in {"during", "in", "at", "after", "before", "following"}:
            return []
        subject = doer_of(doc, head)
        return [p for p in self.resolver.parties(subject or 0) if p.kind not in {"holding", "place"}] if subject is not None else []

    def sender(self, i: int) -> list[Party]:
        """Whose the weapon is that struck or fell: "a shell fired by the army landed", "Turkish drones hit"."""
        doc = self.doc
        subject = doer_of(doc, i)
        if doc.labels[i] == "acl" and is_passive(doc, i) and subject is None:
            subject = doc.heads[i]
        if subject is None or doc.lemmas[subject] not in self.lexicon.weapons:
            return []
        if (found := self._parties(subject, "subj")) or doc.case(subject) != "with" or doc.heads[subject] < 0:
            return found
        wielder = doer_of(doc, doc.heads[subject])  # "answered with rockets fired at the town"
        return [p for p in self.resolver.parties(wielder) if p.entity.sector in FORCES] if wielder is not None else []

    def holders(self, parties: list[Party]) -> list[Party]:
        """Those from whom a place or a thing is taken, without the people who are only thought of for it: a town taken is no attack on its people."""
        return [p for p in parties if p.kind != "place" and not (p.kind in {"agent", "holding"} and p.entity.sector in {Sector.CVL, Sector.GOV})]

    def pitted(self, i: int) -> list[Party]:
        """Between whom a fight is that a verb tells of: "violence pitting herders against farmers"; empty where two are not named."""
        found = distinct([p for k in self.uses.pitting(i) for p in self._parties(k, "obj") if p.kind != "place"])
        return found if len(found) > 1 else []

    def behind(self, i: int) -> list[Party]:
        """Who is said to be behind an act, or responsible for it: "the group behind the bombings", "is behind the attack"."""
        doc = self.doc
        head = doc.heads[i]
        if doc.case(i) == "behind":
            subject = doc.dependent(i, "nsubj") if doc.dependents(i, "cop") else head if doc.labels[i] == "nmod" else None
            if subject is None and doc.labels[i] in {"acl", "obl"} and head >= 0 and doc.lemmas[head] == "be":
                subject = subject_of(doc, head)
        elif head >= 0 and doc.upos[head] == "ADJ" and doc.case(i) == "for" and self.lexicon.is_word(doc.lemmas[head], "link"):
            subject = doc.heads[head] if doc.labels[head] in {"amod", "acl"} and doc.heads[head] < head else None
        else:
            return []
        if subject is None:
            return []
        if doc.words[subject].lower() in RELATIVE and doc.labels[i].startswith("acl"):
            subject = head
        return [p for p in self.resolver.parties(subject or 0) if p.kind not in {"holding", "place"}]

    def talkers(self, i: int) -> list[Party]:
        """The two who did what the clause tells after talks that name nobody: "India and Pakistan agreed … after two days of talks"."""
        doc = self.doc
        k = doc.heads[i] if doc.labels[i] == "nmod" and doc.case(i) == "of" else i
        verb = doc.heads[k]
        if doc.labels[k] != "obl" or doc.case(k) not in {"after", "following"} or self.resolver.owner(i)[0] is not None:
            return []
        doer = doer_of(doc, verb)
        found = [p for p in self.resolver.parties(doer) if p.kind not in {"holding", "place"}] if doer is not None else []
        return found if len({_side(p) for p in found}) > 1 else []

    def told_by_kind(self, e: RawClaim) -> None:
        """Who attacked where only an adjective tells the kind of them: "died in a separatist ambush"."""
        if e.type != "ASSAULT" or not e.nominal or e.actors:
            return
        for c in self.doc.dependents(e.head, "amod"):
            mark = self.resolver.mark_at.get(c)
            agent = mark.of("agent") if mark is not None else None
            if agent is not None and agent.row["kind"] == "rebel" and (found := without(self.resolver.of(c), e.recipients)):
                e.actors, e.bare = found, False
                e.because["actors"] = f"amod: {found[0].because}"

    def wielders(self, parties: list[Party]) -> list[Party]:
        """Without the country in which a weapon only lay: "killed by a mine in Sirnak"."""
        return [p for p in parties if p.kind != "holding" or " lies in " not in p.because]

    def forces(self, parties: list[Party]) -> list[Party]:
        """The armed forces of the state that only an adjective before a noun of attack names: "Turkish shelling", "a U.S. strike"."""
        return [self._armed(p) if p.entity.sector is Sector.GOV and p.kind in {"state", "de-facto"} else p for p in parties]

    def _armed(self, party: Party) -> Party:
        country = self.resolver.country_name(party.entity.country or "") if party.kind == "holding" and not party.entity.qualifiers else party.entity.name
        name = f"Armed Forces of {country}" if party.kind in {"state", "holding"} else party.entity.name
        return Party(replace(party.entity, name=name, sector=Sector.MIL, id=None), "agent", f"{party.because}; its forces")

    def others(self, raw: RawClaim) -> list[Party]:
        """The recipients without forces that only a thing stands for and that are the attacker's own: "intercepted a missile over Riyadh"."""
        own = {_side(p) for p in raw.actors if p.entity.sector in FORCES}
        return [p for p in raw.recipients if not (p.kind == "holding" or self.guessed(p)) or p.entity.sector not in FORCES or _side(p) not in own]

    def guessed(self, party: Party) -> bool:
        """Whether a party only stands for the people at a place or in a thing that was hit."""
        return party.because.endswith(THERE)

    def struck(self, raw: RawClaim) -> None:
        """A town, a street or a crowd that force is used against stands for the people there."""
        for n, party in enumerate(raw.recipients):
            person = "“his”" in party.because or "“her”" in party.because  # "an attack on his convoy": on him
            inside = party.kind == "state" and raw.type == "ASSAULT" and raw.because.get("recipients", "").startswith(("in:", "into:", "inside:"))
            town = inside or (party.because.endswith((A_SEAT, A_TOWN)) and raw.type == "ASSAULT")  # "shelled Kabul", "the bombing of Baghdad"
            there = party.kind in {"place", "holding"} or town
            if there and party.entity.sector is Sector.GOV and not person and party.entity.country not in BODIES:
                name = f"civilians of {self.resolver.country_name(party.entity.country or '')}"
                named = replace(party.entity, sector=Sector.CVL, name=name, qualifiers=[], id=None)
                raw.recipients[n] = Party(named, party.kind, f"{party.because}{THERE}")

    def _parties(self, head: int, token: str) -> list[Party]:
        doc = self.doc
        if doc.words[head].lower() == "who" and not doc.labels[doc.heads[head]].startswith("acl"):
            return []  # "it was not clear who carried out the attack"
        if token in {"adj", "compound"} or (token == "poss" and head in self.resolver.mark_at and self.resolver.mark_at[head].of("adjective")):
            found = self.resolver.bare(head)
            mark = self.resolver.mark_at.get(head)
            if not found and (head in self.resolver.person_at or (mark is not None and mark.of("agent", "organ"))):
                found = self.resolver.of(head)
            return found
        found = self._marchers(head) or self._men(head) or self._wielder(head) or [self._crew(head, p) for p in self.resolver.parties(head)]
        if found and self._wields(head):  # "came under fire from Serb guns", "retaken by a French-led offensive"
            states = [p.kind == "holding" and p.entity.sector is Sector.GOV and p.entity.country not in BODIES for p in found]
            found = [self._armed(p) if own and " lies in " not in p.because else p for p, own in zip(found, states, strict=True)]
        if not found and doc.dependents(head, "appos"):
            found = self.resolver.parties(doc.dependents(head, "appos")[0])
        if not found:  # "countries such as Peru and Chile"
            named = [c for c in doc.dependents(head, "nmod") if doc.case(c) in {"such as", "like", "including"}]
            found = [p for c in named[:1] for p in self.resolver.parties(c)]
        return found

    def _marchers(self, k: int) -> list[Party]:
        """Whose a protest is that is done something to: "crushed demonstrations of students in Conakry"."""
        doc = self.doc
        if not any(row.type == "PROTEST" for row in self.lexicon.nouns.get(doc.lemmas[k], ())) or k in self.resolver.mark_at:
            return []
        return next((found for c in doc.dependents(k, "nmod") if doc.case(c) in {"of", "by"} and (found := self.people(c))), [])

    def _wields(self, k: int) -> bool:
        """Whether a nominal is a weapon or an attack, behind which stands a force."""
        doc = self.doc
        if k in self.resolver.mark_at or doc.upos[k] != "NOUN":
            return False
        return doc.lemmas[k] in self.lexicon.weapons or any(row.type == "ASSAULT" and len(row.words) == 1 for row in self.lexicon.nouns.get(doc.lemmas[k], ()))

    def _military(self, k: int) -> bool:
        """Whether a thing is a force's, by its own word or by one before it: "positions", "a patrol boat", "mortar crews"."""
        doc = self.doc
        return any(self.lexicon.is_word(doc.lemmas[c], "military") for c in (k, *doc.dependents(k, "compound")))

    def _thing(self, k: int) -> bool:
        lemma = self.doc.lemmas[k]
        return lemma in self.lexicon.things or lemma in self.lexicon.weapons or any(self.lexicon.is_word(lemma, w) for w in ("holding", "military", "place"))

    def _crew(self, k: int, party: Party) -> Party:
        """Who stands in a nominal, told more exactly where the words before it say that it is a force."""
        told = party.kind in {"holding", "agent"} and party.entity.sector in {Sector.GOV, Sector.CVL} and self._military(k)
        if not told or not (party.kind == "holding" or self._military_before(k)):
            return party
        country = self.resolver.country_name(party.entity.country or "")
        named = replace(party.entity, sector=Sector.MIL, name=f"Armed Forces of {country}" if country else party.entity.name, id=None)
        return Party(named, party.kind, f"{party.because}; a force's")

    def _men(self, k: int) -> list[Party]:
        """The force whose men are told of: "our men", "31 attacks on his own men", said of or by one who belongs to a force."""
        doc = self.doc
        if not self.lexicon.is_word(doc.lemmas[k], "ranks") or doc.words[k].lower() == doc.lemmas[k]:
            return []
        for c in doc.dependents(k, "nmod:poss"):
            if doc.upos[c] == "PRON" and (owners := [p for p in self.resolver.of(c) if p.entity.sector in FORCES]):
                return [self._force(k, p) for p in owners]
        return []

    def _force(self, k: int, party: Party) -> Party:
        """The force that a party is of: a state's man stands for its armed forces, one of an armed group for the group."""
        if party.entity.sector is not Sector.MIL or party.kind in {"organ", "armed-group"}:
            return self.resolver.as_words(k, party)
        country = self.resolver.country_name(party.entity.country or "")
        name = f"Armed Forces of {country}" if country else party.entity.name
        return self.resolver.as_words(k, Party(replace(party.entity, name=name, id=None), "agent", party.because))

    def _military_before(self, k: int) -> bool:
        return any(self.lexicon.is_word(self.doc.lemmas[c], "military") for c in self.doc.dependents(k, "compound"))

    def _wielder(self, k: int) -> list[Party]:
        """Whose a weapon, a vehicle or a post is: "rebel positions", "government artillery", "drones operated by …", "a helicopter of the army"."""
        doc = self.doc
        if k in self.resolver.mark_at or k in self.resolver.person_at or not self._thing(k):
            return []
        before = [c for c in doc.dependents(k, "compound", "amod", "nmod:poss", "nmod:desc") if c < k]
        for c in reversed(before):
            mark = self.resolver.mark_at.get(c)
            if doc.labels[c] == "nmod:poss" and doc.upos[c] == "PRON":  # "their outpost"
                owners = [p for p in self.resolver.of(c) if p.entity.sector in FORCES and p.kind != "organ"]
                if owners:
                    return [self.resolver.as_words(k, p) for p in owners]
            of_arms = self._military(k) or doc.lemmas[k] in self.lexicon.weapons
            if self.lexicon.is_word(doc.lemmas[c], "side") and doc.lemmas[c] == "government" and of_arms:
                side = [p for p in self.resolver.of(c) if p.entity.sector is Sector.GOV]
                return [self._force(k, p._replace(entity=replace(p.entity, sector=Sector.MIL))) for p in side]  # "government artillery": the state's
            if mark is not None and mark.of("agent", "organ") and not self.lexicon.is_word(doc.lemmas[c], "military"):
                found = self.resolver.of(c)
                row, why = self.resolver.owner(k)
                if row is not None and "code" not in row.cells and mark.of("organ"):
                    continue  # "a Hamas command post"
                if row is not None and "code" in row.cells:  # "Syrian rebel positions"
                    found = [Party(replace(p.entity, country=row["code"]), p.kind, f"{p.because}; {why}") for p in found]
                armed = [p._replace(entity=replace(p.entity, sector=Sector.REB)) if p.entity.sector is Sector.OPP else p for p in found]
                return [self.resolver.as_words(k, p) for p in armed]  # an opposition that has trenches is under arms
        for c in doc.dependents(k, "acl"):
            by = doc.dependents(c, "obl:agent") or [o for o in doc.dependents(c, "obl") if doc.case(o) == "by"]
            if not by and doc.labels[c] == "acl" and doc.words[c].lower().endswith("ing"):  # "a camp belonging to the rebels"
                to = [o for o in doc.dependents(c, "obl") if doc.case(o) == "to"]
                by = [o for o in to if any(p.entity.sector in FORCES for p in self.resolver.parties(o))]
            if not by and doc.labels[c] == "acl:relcl" and doc.lemmas[k] in self.lexicon.weapons:
                by = [s for s in doc.dependents(c, "nsubj") if doc.words[s].lower() not in RELATIVE]  # "drones that the rebels had launched"
            if by and (found := self.resolver.parties(by[0])):
                return found
        for c in doc.dependents(k, "nmod"):
            mark = self.resolver.mark_at.get(c)
            if doc.case(c) == "of" and mark is not None and mark.of("organ", "agent", "actor") and not mark.of("country"):
                found = self.resolver.parties(c)
                if not self._military(k):
                    return found
                state = {p.entity.name for p in found if p.entity.sector is Sector.GOV and p.entity.country not in BODIES}
                return [self._force(k, p._replace(entity=replace(p.entity, sector=Sector.MIL))) if p.entity.name in state else p for p in found]
            if doc.case(c) == "of" and (owners := self.resolver.of(c)) and owners[0].kind == "mission":
                return owners  # "a vehicle of the mission"
        return []

    def _reported(self, i: int) -> bool:
        """Whether a verb in -ing is what somebody only tells of: in "guards report shelling near Batken" the guards shelled nobody.

        Who "admits shelling" did it, and so did who "reports firing at a drone".
        """
        doc = self.doc
        gerund = doc.upos[i] == "VERB" and doc.words[i].lower().endswith("ing") and not doc.dependents(i, "nsubj", "aux", "cop")
        if doc.labels[i] not in {"xcomp", "ccomp"} or not gerund or objects_of(doc, i):
            return False
        cue = self.lexicon.cues.get((doc.lemmas[doc.heads[i]], "verb"))
        aimed = any(doc.case(k) in {"at", "on", "from", "towards", "into"} for k in obliques_of(doc, i))
        return cue is not None and cue["distance"] == "neutral" and not cue["act"] and not aimed

    def _heads(self, i: int, token: str, verb: bool, light: int | None) -> list[int]:
        doc = self.doc
        if verb:
            if token in {"subj", "both"}:
                if self.is_gerund(i) and (doers := [k for k in obliques_of(doc, i) if doc.case(k) == "by"]):
                    return doers
                if self._reported(i):
                    return []
                subject = self._lender(i)
                subject = doer_of(doc, i) if subject is None else subject
                subject = self._by_the_act(i, subject)
                if subject is None and is_passive(doc, i):
                    beside = obliques_of(doc, i)
                    return [k for k in beside if doc.case(k) == "by"] or [k for c in beside for k in doc.dependents(c, "nmod") if self._agent_strayed(k)]
                return [subject if (writer := self._writer(subject)) is None else writer] if subject is not None else []
            if token == "obj":
                return objects_of(doc, i) or self._raised(i)
            if token == "iobj":
                return doc.dependents(i, "iobj") or (list(doc.dependents(i, "nsubj:pass")) if is_passive(doc, i) else [])
            if token == "by":
                return doc.dependents(i, "obl:agent") or [k for k in obliques_of(doc, i) if doc.case(k) == "by"]
            if token == "xcomp":
                purpose = [c for c in doc.dependents(i, "advcl") if is_passive(doc, i) and any(doc.words[m].lower() == "to" for m in doc.dependents(c, "mark"))]
                inner = doc.dependents(i, "xcomp", "ccomp") or purpose  # "is expected in Kampala on Monday to visit the wounded"
                return [k for c in inner for k in doc.dependents(c, "obj", "iobj", "obl") if not self._given_up(c, k)]
            beside = obliques_of(doc, i)
            found = [k for k in beside if _opens(doc.case(k), token)]
            if not found and token in _TOWARDS:  # "pledged $500 million in aid to Yemen": it hangs on the thing that is counted
                inner = [k for c in beside if doc.case(c) in {"in", "of"} for k in doc.dependents(c, "nmod") if doc.labels[k] != "nmod:poss"]
                found = [k for k in inner if doc.case(k) == token]
            if not found and token in _NEARBY:  # "landed close to the post", "next to a school"
                beside = [k for c in (i, *doc.dependents(i, "advmod")) for k in doc.dependents(c, "obl") if doc.case(k) == "to"]
                found = [k for k in beside if any(doc.words[c - 1].lower() in _CLOSE for c in doc.dependents(k, "case") if c)]
            return [k for k in found if token not in _NEARBY or not self._mere_place(k)]
        if token == "poss":
            return doc.dependents(i, "nmod:poss")
        if token == "adj":
            led = [k for c in doc.dependents(i, "amod") if doc.words[c].lower() == "led" for k in doc.children[c] if k in self.resolver.mark_at]
            named = [c for c in doc.dependents(i, "amod", "compound") if (m := self.resolver.mark_at.get(c)) and m.of("adjective", "actor", "country")]
            return led or [c for c in named if not self.resolver.of_the_next(c)]
        if token == "compound":
            named = [c for c in doc.dependents(i, "compound", "nmod:desc", "nmod") if c < i and (c in self.resolver.mark_at or c in self.resolver.person_at)]
            return [c for c in named if not self._site(c) and not self._town_hit(i, c)]
        if token in {"subj", "obj", "both"}:
            return []
        beside = [c for c in doc.dependents(i, "nmod", "obl", "acl") if doc.labels[c] != "nmod:poss"]
        if doc.labels[i] == "nmod" and (use := self.uses.of(i)) is not None and doc.lemmas[doc.heads[i]] in use.words:
            beside += [c for c in doc.dependents(doc.heads[i], "nmod") if c > i]  # "an exchange of fire with the rebels"
        if doc.labels[i] == "nsubj" and token in {"on", "against", "by"} and doc.dependents(doc.heads[i], "cop") and doc.upos[doc.heads[i]] in {"ADJ", "NOUN"}:
            beside += doc.dependents(doc.heads[i], "nmod", "obl")  # "the attack was the third on police this week"
        found = [c for c in beside if token in doc.case(c).split(" ")]
        if not found:  # "attacks by rebels on villages", "the shelling of the town by the army": the second hangs on the first
            inner = [k for c in beside if doc.case(c) in {"by", "of"} for k in doc.dependents(c, "nmod", "obl") if doc.labels[k] != "nmod:poss"]
            found = [k for k in inner if token in doc.case(k).split(" ") and token != "of"]
        if not found:  # "the accord reached between …", "the raid carried out by …": a light verb behind its noun
            carriers = [c for c in doc.dependents(i, "acl") if doc.lemmas[c] in self.lexicon.light and is_passive(doc, c)]
            found = [k for c in carriers for k in (*doc.dependents(c, "obl:agent"), *obliques_of(doc, c)) if token in doc.case(k).split(" ")]
        if not found and light is not None:
            found = [k for k in obliques_of(doc, light) if k != i and token in doc.case(k).split(" ")]
        if not found and token == "from" and doc.labels[i] == "obl:agent":  # "wounded by fire from Serb positions"
            found = [k for k in obliques_of(doc, doc.heads[i]) if doc.case(k) == token and k > i]
        if not found and token == "between" and doc.labels[i] in {"nsubj", "nsubj:pass"}:  # "fighting was reported between the two"
            found = [k for k in obliques_of(doc, doc.heads[i]) if doc.case(k) == token]
        if not found and light is None and token in _AIMED and doc.labels[i] in {"obj", "nsubj:pass"}:
            found = self._strayed(i, token)
        return found

    def _by_the_act(self, i: int, subject: int | None) -> int | None:
        """Who does by an act what the infinitive behind it tells, where the tree says it of the act: "called a strike to press the junta"."""
        doc = self.doc
        if subject is None or doc.labels[i] != "acl" or subject != doc.heads[i] or doc.labels[subject] != "obj" or subject in self.resolver.mark_at:
            return subject
        done = any(row.type in {"PROTEST", "CONSULT", "ASSAULT"} for row in self.lexicon.nouns.get(doc.lemmas[subject], ()))
        to = any(doc.words[m].lower() == "to" for m in doc.dependents(i, "mark"))
        return doer_of(doc, doc.heads[subject]) if done and to and not self.resolver.parties(subject) else subject

    def _writer(self, k: int) -> int | None:
        """Whose words a paper has: "passed a resolution urging …", "a decree signed by the king bans …", "a letter from the rebels demands …"."""
        doc = self.doc
        if not self.lexicon.is_word(doc.lemmas[k], "writ") or any(c in self.resolver.mark_at for c in self._before(k)):
            return None  # "a Security Council resolution" tells itself whose it is
        for c in doc.dependents(k, "acl", "acl:relcl"):
            if self.lexicon.is_word(doc.lemmas[c], "writes") and is_passive(doc, c) and (agent := agent_of(doc, c)) is not None:
                return agent
        by = [c for c in doc.dependents(k, "nmod") if doc.case(c) in {"by", "from", "of"} and self.resolver.parties(c)]
        if by:
            return by[0]
        verb = doc.heads[k]
        made = doc.labels[k] in {"obj", "nsubj:pass"} and self.lexicon.is_word(doc.lemmas[verb], "writes")
        return doer_of(doc, verb) if made else None

    def doer(self, i: int) -> int | None:
        """Who does what word `i` tells; for a paper, whoever wrote or passed it."""
        found = doer_of(self.doc, i)
        writer = self._writer(found) if found is not None else None
        return found if writer is None else writer

    def _before(self, k: int) -> list[int]:
        return self.doc.dependents(k, "compound", "amod", "nmod:poss", "nmod:desc")

    def _given_up(self, c: int, k: int) -> bool:
        """Whether an object is who would be freed or handed over: "refused to free two captives" refuses nothing to them."""
        use = self.uses.act(c) if self.doc.labels[k] == "obj" else None
        return use is not None and use.type in {"RETREAT", "COOPERATE"} and bool({"to", "obj"} & set(use.recipient))

    def _raised(self, i: int) -> list[int]:
        """Whom somebody is urged to do something, though the tree hangs him on what he is to do: "urged Addis Ababa to let inspectors in"."""
        doc = self.doc
        for c in doc.dependents(i, "xcomp"):
            to = [m for m in doc.dependents(c, "mark") if doc.words[m].lower() == "to"]
            raised = [k for k in doc.dependents(c, "obj", "iobj", "nsubj") if to and i < k < to[0]]
            if raised:
                return raised
        return []

    def _agent_strayed(self, k: int) -> bool:
        """Whether a by-phrase of people hangs on where a passive was done: "were stopped at a roadblock by soldiers"."""
        return self.doc.case(k) == "by" and self.uses.is_a(k, "<people>") and not self.doc.dependents(self.doc.heads[k], "acl")

    def _lender(self, i: int) -> int | None:
        """Whose a plan, an attempt or a right to act is, by the light verb that carries its noun: "launched a bid to capture", "had the nerve to bomb"."""
        doc = self.doc
        k = i
        while doc.labels[k] == "xcomp":
            k = doc.heads[k]
        noun = doc.heads[k]
        told = doc.labels[k] == "acl" and not is_passive(doc, i) and any(doc.words[m].lower() in {"to", "of", "for", "at"} for m in doc.dependents(k, "mark"))
        if not told or doc.upos[noun] != "NOUN" or doc.labels[noun] not in {"obj", "nsubj:pass"} or doc.dependents(i, "nsubj"):
            return None
        lends = any(row["noun_position"] == "obj" and row["subject_is"] == "actor" for row in self.lexicon.light.get(doc.lemmas[doc.heads[noun]], ()))
        if not lends or self.resolver.of(noun) or self.uses.is_a(noun, "<people>"):
            return None
        return doer_of(doc, doc.heads[noun])

    def _strayed(self, i: int, token: str) -> list[int]:
        """What stands right behind a noun of act and tells its side, though the tree hangs it on the verb: "counted two attacks by rebels on the post"."""
        doc = self.doc
        inside = {i, *(k for k in doc.subtree(i) if k > i)}
        for k in sorted(c for c in doc.children[doc.heads[i]] if c > i and doc.labels[c].split(":")[0] in {"obl", "nsubj"}):
            first = min(doc.subtree(k))
            if first - 1 not in inside or not doc.case(k):
                break
            if token in doc.case(k).split(" "):
                return [k]
            nested = [c for c in doc.dependents(k, "nmod") if token in doc.case(c).split(" ")]
            if nested and doc.case(k) == "by":
                return nested
            inside |= set(doc.subtree(k))
        return []

    def victims(self, i: int, raw: RawClaim) -> None:
        """ "killed in shelling": whom the noun's verb says was harmed is whom the act was done to, or, in a fight, those who fought."""
        doc = self.doc
        head = doc.heads[i]
        if raw.recipients or raw.type != "ASSAULT" or head < 0:
            return
        if doc.labels[i] == "acl" and doc.lemmas[head] in self.lexicon.weapons:  # "wounded by bullets fired by soldiers": what was fired hit them
            verb = doc.heads[head]
            if doc.labels[head] == "obl:agent" and doc.lemmas[verb] in self.lexicon.harms and is_passive(doc, verb):
                raw.recipients = without(self._harmed(objects_of(doc, verb)), raw.actors)
            return
        exchanged = doc.labels[i] == "nmod" and doc.case(i) == "of" and self.lexicon.is_word(doc.lemmas[head], "fight")  # "an exchange of fire"
        if exchanged or self.lexicon.is_word(doc.lemmas[i], "fight"):
            if not raw.actors:
                raw.actors = self._fighters(i)
                if raw.actors:
                    raw.because["actors"] = "those of both sides who were harmed in it"
            elif raw.because.get("actors", "").startswith("with:") and (hurt := self._hurt_in(i)):
                raw.actors = distinct([*hurt, *raw.actors])  # "killed in a clash with soldiers"
                raw.because["actors"] = f"who was harmed in it, and with whom it was: {raw.actors[0].because}"
            return
        for c in doc.dependents(i, "acl"):  # "after an attack wounded two teenagers", where the tree takes "wounded" for a participle
            if c > i and doc.dependents(c, "obj") and any(h["victim"] == "obj" for h in self.lexicon.harms.get(doc.lemmas[c], ())):
                raw.recipients = without([p for k in doc.dependents(c, "obj") for p in self._wielder(k) or self.people(k)], raw.actors)
                return
        harms = [h for h in self.lexicon.harms.get(doc.lemmas[head], ()) if not self._occasion(i, head)]
        if (
            doc.labels[i] in {"nmod", "acl"}
            and doc.upos[doc.heads[i]] == "NOUN"
            and doc.lemmas[doc.heads[i]] in self.lexicon.harms
            and doc.labels[doc.heads[i]] == "obj"
        ):
            head = doc.heads[doc.heads[i]]  # "received wounds in shelling"
        wounds = any(doc.lemmas[c] in self.lexicon.harms for c in doc.dependents(head, "obj"))
        does = doc.labels[i] in {"nsubj", "csubj"} or (doc.labels[i] == "nsubj:pass" and not is_passive(doc, head))
        through = [k for k in doc.dependents(head, "obl") if doc.case(k) == "through"] if doc.labels[i] == "nsubj" else []
        if through:  # "a blast tore through the market"
            raw.recipients = self.resolver.parties(through[0]) or [p._replace(because=f"{p.because}{THERE}") for p in self.resolver.struck(through[0])]
        elif does and any(h["victim"] == "obj" for h in harms):
            raw.recipients = [p for k in objects_of(doc, head) for p in self._wielder(k) or self.people(k)]
        elif (
            doc.upos[head] in _VERBAL
            and doc.labels[i] in {"obl", "obl:agent", "nmod", "acl", "advcl"}
            and (doc.case(i) or self._mark(i)) in {"in", "by", "during", "from", "after"}
            and (harms or wounds or (is_passive(doc, head) and (use := self.uses.act(head)) is not None and use.type in {"ASSAULT", "COERCE"}))
        ):
            own = self.lexicon.harms.get(doc.lemmas[head], ()) if doc.dependents(head, "obj") else ()
            harmed = is_passive(doc, head) or any(h["victim"] == "obj" for h in own)  # "shot two men during a raid"
            victims = objects_of(doc, head) if harmed else [s for s in [subject_of(doc, head)] if s is not None]
            raw.recipients = self._harmed(victims)
            if not raw.recipients and doc.labels[head] == "conj":  # "three were killed and five others wounded in an air strike"
                raw.recipients = self._harmed(objects_of(doc, doc.heads[head]))
        if not raw.recipients and does:  # "a raid left two soldiers wounded"
            after = [k for k in doc.dependents(head, "obj") for c in (*doc.dependents(k, "amod"), *doc.dependents(head, "xcomp")) if self._hurt(c) and c > k]
            raw.recipients = self._harmed(after)
        if not raw.recipients:
            raw.recipients = self._told_behind(i)
        if not raw.recipients and does and any(h["victim"] == "obj" for h in harms):
            raw.recipients = [p for k in objects_of(doc, head) for p in self._parties(k, "obj") or self._there(k)]
        raw.recipients = without(raw.recipients, raw.actors)

    def _hurt(self, k: int) -> bool:
        """Whether a word says what became of people: "dead", "wounded"."""
        return any(row["pos"] in {"adj", "verb"} and row["harm"] in {"killed", "wounded"} for row in self.lexicon.harms.get(self.doc.lemmas[k], ()))

    def _occasion(self, i: int, head: int) -> bool:
        """Whether a verb only says that the act of its subject happened: "the attack took place at dawn"."""
        doc = self.doc
        return doc.labels[i] == "nsubj" and any(doc.words[c].lower() == "place" for c in doc.dependents(head, "obj")) and doc.lemmas[head] == "take"

    def _there(self, k: int) -> list[Party]:
        """The people at a place or in a building that an attack hit: "an air strike destroyed a school"."""
        return [p._replace(because=f"{p.because}{THERE}") for p in self.resolver.struck(k)]

    def _harmed(self, victims: list[int]) -> list[Party]:
        """Whom nominals of victims mean; "others" are nobody new beside those who are named."""
        doc = self.doc
        each = [h for k in victims for h in (k, *doc.dependents(k, "conj")) if doc.upos[h] not in _VERBAL]
        named = distinct([p for h in each if doc.lemmas[h] != "other" for p in (self.resolver.of(h) or self.people(h))])
        return named or [p for k in victims for p in self.people(k)]

    def _told_behind(self, i: int) -> list[Party]:
        """Whom an act harmed, where a clause behind it tells: "strikes that killed two miners", "shelled the hills, wounding a herder"."""
        doc = self.doc
        for c in doc.dependents(i, "acl", "advcl"):
            word = doc.words[c].lower()
            within = [k for k in doc.dependents(c, "obl") if doc.words[k].lower() == "which" and doc.case(k) in {"in", "during"}]
            if within and is_passive(doc, c) and doc.lemmas[c] in self.lexicon.harms:  # "a bombing in which five were killed"
                return self._harmed(objects_of(doc, c))
            told = doc.labels[c] == "acl:relcl" or word.endswith("ing")
            harms = [h for h in self.lexicon.harms.get(doc.lemmas[c], ()) if h["victim"] == "obj"] or self._left(c)
            if not told or not harms or is_passive(doc, c) or doc.dependents(c, "mark"):
                continue
            subject = doc.dependent(c, "nsubj")
            if subject is not None and doc.words[subject].lower() not in RELATIVE:
                continue
            if found := [p for k in self._left(c) or doc.dependents(c, "obj") for p in self.people(k)]:
                return found
        return []

    def _left(self, c: int) -> list[int]:
        """Whom a verb leaves dead or wounded: "left 32 civilians dead"."""
        doc = self.doc
        harmed = [k for k in doc.dependents(c, "obj") if any(doc.lemmas[x] in self.lexicon.harms for x in doc.dependents(c, "xcomp"))]
        if not harmed and doc.lemmas[c] == "leave":  # the tree may hang "dead" on those who are
            harmed = [k for k in doc.dependents(c, "obj") if any(x > k and doc.lemmas[x] in self.lexicon.harms for x in doc.dependents(k, "amod"))]
        return harmed

    def _fighters(self, i: int) -> list[Party]:
        """The two sides of a fight, where people of both are said to have been harmed in it."""
        found = self._hurt_in(i)
        armed = [p for p in found if p.entity.sector in FORCES]
        if len({(p.entity.country, same_kind(p.entity)) for p in armed}) > 1:
            return armed
        lost = self._lost_in(i)
        return lost if len({p.entity.country for p in lost} - {None}) > 1 else []

    def _lost_in(self, i: int) -> list[Party]:
        """Whom a fight itself is said to have killed or wounded: "clashes that killed nine Kenyans and four Somalis"."""
        doc = self.doc
        last = max(doc.subtree(i))
        verbs = doc.dependents(i, "acl:relcl") + ([doc.heads[i]] if doc.labels[i] == "nsubj" and doc.heads[i] >= 0 else [])
        beside = doc.dependents(doc.heads[i], "advcl:relcl", "acl:relcl") if doc.heads[i] >= 0 else []
        for c in (*verbs, *(c for c in beside if min(doc.subtree(c)) == last + 1)):  # right behind it, whatever the tree hangs it on
            subject = doc.dependent(c, "nsubj")
            own = subject == i or (subject is not None and doc.words[subject].lower() in {"that", "which"})
            if own and (self._left(c) or any(h["victim"] == "obj" for h in self.lexicon.harms.get(doc.lemmas[c], ()))):
                return self._harmed(self._left(c) or doc.dependents(c, "obj"))
        return []

    def _hurt_in(self, i: int) -> list[Party]:
        """Those who are said to have been killed, wounded or captured in a fight."""
        doc = self.doc
        i = doc.heads[i] if doc.labels[i] in {"nmod", "acl"} and "of" in {doc.case(i), self._mark(i)} else i  # "an exchange of fire", "a day of fighting"
        head = doc.heads[i]
        harms = self.lexicon.harms.get(doc.lemmas[head], ()) if head >= 0 else ()
        if not harms or doc.upos[head] not in _VERBAL or doc.case(i) not in {"in", "during"}:
            return []
        verbs = [head, *([doc.heads[head]] if doc.labels[head] == "conj" and doc.lemmas[doc.heads[head]] in self.lexicon.harms else [])]
        dying = [s for v in verbs for s in doc.dependents(v, "nsubj") if any(h["victim"] == "subj" for h in self.lexicon.harms[doc.lemmas[v]])]
        victims = [k for v in verbs if is_passive(doc, v) for k in objects_of(doc, v)] + dying
        return distinct([p for k in victims for p in self.resolver.parties(k)])

    def is_gerund(self, i: int) -> bool:
        """Whether a verb stands where a noun would: "wounded in shelling by …"."""
        doc = self.doc
        marks = {doc.words[k].lower() for k in doc.dependents(i, "mark", "case")}
        return doc.words[i].lower().endswith("ing") and doc.labels[i] in {"acl", "advcl", "obl", "nmod"} and bool(marks & {"in", "by", "after", "during"})

    def _mark(self, i: int) -> str:
        """The word that introduces a clause, lower case."""
        return next((self.doc.words[k].lower() for k in self.doc.dependents(i, "mark")), "")
