"""A word of harm → who did it, where its clause says so: the subject, the by-phrase, whose attack it was.

In: a parsed and resolved report, a word of harm and one of its victims. Out: the perpetrator, with the reason why, or nobody. What was
hit is never taken for who hit it: a town, an embassy or a school before a noun of attack is no attacker.
"""

from __future__ import annotations

from msgspec.structs import replace

from sayso.attribution import Attribution
from sayso.events.beside import TOLD_BEFORE, attacker, opposed
from sayso.events.owners import Owners, side_of
from sayso.events.raw import RawClaim
from sayso.events.sides import FORCES, meet
from sayso.events.victims import VERBAL, Victims
from sayso.lexicon import BODIES, Lexicon, Row
from sayso.model import Harm, Sector, Status
from sayso.reader import Doc
from sayso.resolve.entities import ARMED, Party, Resolver
from sayso.syntax import RELATIVE, agent_of, is_passive, subject_of

_DONE = {Status.OCCURRED, Status.ONGOING}
_WHEN = {"when", "as", "after"}
_WITHIN = {"in", "by", "during"}
_AGO = 3
"""So many sentences back, an attack is still the one that the harm was done in."""
_UNDER = {"advcl", "conj", "xcomp", "acl", "parataxis"}
"""How a word of harm hangs on the attack that did it."""


class Perpetrators:
    """Tells who harmed, for the words of harm of one report."""

    def __init__(self, doc: Doc, resolver: Resolver, victims: Victims, owners: Owners, lexicon: Lexicon) -> None:
        self.doc, self.resolver, self.victims, self.owners, self.lexicon = doc, resolver, victims, owners, lexicon

    def of(self, i: int, head: int) -> Party | None:
        """Who did it, where the clause says so: the subject of the verb, its by-phrase, or whose attack it was."""
        doc = self.doc
        verb = i if doc.upos[i] in VERBAL else doc.heads[i]
        if verb < 0 or doc.upos[verb] not in VERBAL:
            return None
        candidates: list[int] = []
        agents = doc.dependents(verb, "obl:agent") or [c for c in doc.dependents(verb, "obl") if doc.case(c) == "by"]
        if is_passive(doc, verb) or agents:
            candidates = agents[:1] or [k for k in [agent_of(doc, verb)] if k is not None]
        elif verb == i and self.victims.objects(i) and head > i and not self._lost_subject(i):
            subject = subject_of(doc, i)
            candidates = [subject] if subject is not None else []
        elif verb != i and doc.lemmas[verb] in {"leave", "cause", "inflict"} and not self._from_a_fight(verb):
            subject = subject_of(doc, verb)
            candidates = [subject] if subject is not None else []
        # "were killed and ten wounded in a raid"
        beside = [c for c in doc.dependents(verb, "conj") if doc.lemmas[c] in self.lexicon.harms and is_passive(doc, c)]
        behind = [k for c in (verb, *beside) for k in doc.dependents(c, "obl")]
        behind += [k for n in (i, *doc.dependents(verb, "obj")) for k in doc.dependents(n, "nmod")]
        candidates += [c for c in behind if doc.case(c) in {"in", "during"} and doc.lemmas[c] in self.lexicon.nouns]
        for c in [k for n in (i, verb, *doc.dependents(verb, "obj")) for k in doc.dependents(n, "acl", "advcl", "nmod", "obl")]:
            gerund = doc.words[c].lower().endswith("ing")  # "wounded in shelling by the other side"
            if gerund and any(doc.words[m].lower() in {"in", "by", "during"} for m in doc.dependents(c, "mark", "case")):
                candidates += [k for k in doc.dependents(c, "obl", "nmod") if doc.case(k) == "by"]
        for c in candidates:
            if c == head or doc.below(head, c) or self._two_sided(c):
                continue
            if doc.upos[c] == "NOUN" and (doc.lemmas[c] in self.lexicon.nouns or doc.lemmas[c] in self.lexicon.things) and c not in self.resolver.mark_at:
                for k in doc.children[c]:
                    if doc.labels[k] in {"nmod:poss", "amod"} or (doc.labels[k] == "compound" and self._strikes(k)) or doc.case(k) == "by":
                        found = self.resolver.of(k) if doc.upos[k] == "PRON" else self.resolver.bare(k) or self.resolver.of(k)
                        if found:
                            return found[0]
                continue
            if (side := self.owners.men_of(c)) is not None:
                return self.resolver.as_words(c, side)
            found = self.resolver.of(c)
            if found and found[0].kind != "place" and found[0].entity.sector is not Sector.MED:  # "doctors treated 40 for wounds"
                return found[0]
        return None

    def gainer(self, i: int, row: Row) -> Party | None:
        """Into whose hands things fell."""
        if "subj" not in row.listed("victim"):
            return None
        holders = [k for c in self.doc.dependents(i, "obl") for k in self.doc.dependents(c, "nmod", "nmod:poss")]
        return next((found[0] for k in holders if (found := self.resolver.of(k)) and found[0].kind != "place"), None)

    def _two_sided(self, c: int) -> bool:
        """Whether a noun is a fight of two, whose name before it did not do all the harm: "clashes", "Peru's violence, pitting rebels against the army"."""
        doc = self.doc
        return self.lexicon.is_word(doc.lemmas[c], "fight") or any(self.lexicon.is_word(doc.lemmas[k], "pits") for k in doc.dependents(c, "acl", "acl:relcl"))

    def _from_a_fight(self, verb: int) -> bool:
        """Whether a fight of two left people dead, of whom neither did all the harm: "bandits and vigilantes clashed, leaving 14 dead"."""
        doc, head = self.doc, self.doc.heads[verb]
        fight = doc.labels[verb] == "advcl" and not doc.dependents(verb, "nsubj") and self.lexicon.is_word(doc.lemmas[head], "fight")
        return fight and any(doc.dependents(s, "conj") for s in doc.dependents(head, "nsubj"))

    def _strikes(self, k: int) -> bool:
        """Whether the word before a noun of attack can be the attacker: not a town, an embassy or a camp, which are what was hit."""
        mark = self.resolver.mark_at.get(k)
        if mark is None or mark.of("capital", "metonym", "seat", "office"):
            return False
        if mark.of("country", "adjective", "nation"):
            return True
        fighting = {Sector.MIL, Sector.COP, Sector.SPY, *ARMED}
        named = mark.of("actor") is not None
        parties = self.resolver.bare(k) or self.resolver.of(k)
        return any(side_of(p.entity) is not None if named else p.entity.sector in fighting for p in parties)

    def _lost_subject(self, i: int) -> bool:
        """Whether a finite verb in a clause of circumstance has no subject in the tree: that of the main clause is not its own."""
        doc = self.doc
        participle = doc.words[i].lower().endswith("ing") or any(doc.words[c].lower() == "to" for c in doc.dependents(i, "mark"))
        return doc.labels[i].startswith("advcl") and not participle and not doc.dependents(i, "nsubj")


def from_attacks(losses: list[RawClaim], events: list[RawClaim], doc: Doc, attribution: Attribution, lexicon: Lexicon) -> None:
    """Fill in place who did what was lost, from the attack that the same sentence tells of on the same say-so (codebook, section 3, rule 8).

    "Two were wounded when rebels shelled the camp": by the rebels. A perpetrator that was read as a mere state is the force of it that attacked.
    """
    force = {e.head: e for e in events if e.type == "ASSAULT" and len(e.actors) == 1 and e.status in _DONE and not _fight(e, doc, lexicon)}
    attacks = {e.head: e for e in events if e.type == "ASSAULT"}
    told: dict[int, RawClaim] = {}
    for raw in losses:
        if raw.kind == "casualty" and raw.count is not None and raw.count.high == 0 and raw.who is not None and "who was spared" in raw.who.because:
            _spared(raw, events, doc, attribution)
    for raw in losses if force else ():
        shot = attacks.get(raw.head) if raw.kind == "materiel" and raw.who is None else None
        if shot is not None and shot.because.get("recipients", "").startswith("who fired it"):
            raw.who, raw.because["who"] = shot.recipients[0], shot.because["recipients"]
        taking = force.get(raw.head) if raw.harm == Harm.CAPTURED else None
        known = raw.who is not None and "other side" in raw.who.because
        if taking is not None and raw.who is not None and known and all(any(w in p.because for w in ("speaks", "other side")) for p in taking.recipients):
            taking.recipients, taking.because["recipients"] = [raw.who], raw.who.because
        if raw.who is not None and raw.who.kind == "agent" and lexicon.is_word(raw.who.entity.name, "assailant"):
            before = [e for k, e in sorted(force.items()) if k < raw.head]
            if (x := attacker(raw.who, doc.sentence_of[raw.head], before, doc, lexicon)) is not None:
                raw.who, raw.because["who"] = x.actors[0], f"who attacked in “{doc.words[x.head]}” before"
        if raw.status not in _DONE or (raw.count is not None and raw.count.high == 0):
            continue
        attack = _attack(raw, force, doc, lexicon)
        if attack is None or (raw.who is not None and meet(attack.actors, [raw.who])):  # or their own side's answer
            if raw.by is None and (earlier := _before(raw, force, told, doc, attribution)) is not None:
                raw.by, raw.because["by"] = earlier.actors[0], f"who attacked in the sentence before: “{doc.words[earlier.head]}”"
                told[doc.sentence_of[raw.head]] = earlier
            continue
        behind = doc.labels[raw.head] == "acl:relcl" and doc.heads[raw.head] == attack.head
        did = behind and any(doc.words[s].lower() in RELATIVE for s in doc.dependents(raw.head, "nsubj"))  # "blamed it for the attack that killed two"
        inside = (did or attack.head == raw.head) and attack.voice is not None and raw.voice is None
        if not inside and _voices(attack, attribution) != _voices(raw, attribution):
            continue
        doer = attack.actors[0]
        if attack.head == raw.head and not attack.recipients and raw.who is not None and raw.kind == "casualty" and not meet([raw.who], [doer]):
            attack.recipients, attack.because["recipients"] = [raw.who], f"who was harmed: {raw.who.because}"  # "shot dead a boy", whatever the tree says
        sniper = raw.by is not None and raw.by.entity.sector is Sector.UAF and raw.by.entity.country is None and doer.entity.sector is not Sector.UAF
        if sniper:
            raw.by = None
        unnamed = raw.by is None and (raw.who is None or not meet([raw.who], [doer]))
        own = raw.by is not None and raw.by.entity.country == doer.entity.country and raw.by.entity.sector is Sector.GOV
        if unnamed or (own and doer.entity.sector in FORCES):
            raw.by, raw.because["by"] = doer, f"who attacked: “{doc.words[attack.head]}”"
        if inside and raw.by is not None:
            raw.voice, raw.voice_cue = attack.voice, attack.voice_cue


def _before(raw: RawClaim, force: dict[int, RawClaim], told: dict[int, RawClaim], doc: Doc, attribution: Attribution) -> RawClaim | None:
    """The attack that the sentence before tells of, on the same say-so and on the side of those who were harmed, where the sentence of the harm has none."""
    sentence = doc.sentences[doc.sentence_of[raw.head]]
    number = doc.sentence_of[raw.head]
    hit = raw.who
    if hit is None or number == 0 or doc.sentences[number - 1].block != sentence.block:
        return None
    here = [e for k, e in force.items() if sentence.first <= k < sentence.last and not e.because.get("actors", "").startswith(TOLD_BEFORE)]
    if any(not meet(e.actors, [hit]) for e in here):
        return None
    first = next(s.first for s in doc.sentences[max(0, number - _AGO) : number] if s.block == sentence.block)
    before = [*([told[number - 1]] if number - 1 in told else []), *(e for k, e in sorted(force.items(), reverse=True) if first <= k < sentence.first)]
    attack = next((e for e in before if not meet(e.actors, [hit])), None)  # past the answer of their own side
    if attack is None or _voices(attack, attribution) != _voices(raw, attribution):
        return None
    against = not attack.recipients or any(p.entity.country == hit.entity.country for p in attack.recipients)
    return attack if meet(attack.recipients, [hit]) or (against and opposed(attack.actors, [hit])) else None


def _spared(raw: RawClaim, events: list[RawClaim], doc: Doc, attribution: Attribution) -> None:
    """Nobody was hurt of the forces that the same sentence, or the one before, says were attacked: "a patrol came under fire, but nobody was hurt"."""
    number = doc.sentence_of[raw.head]
    hit = [e for e in events if e.type == "ASSAULT" and e.head < raw.head and number - doc.sentence_of[e.head] <= 1 and e.recipients]
    if not hit or _voices(hit[-1], attribution) != _voices(raw, attribution) or raw.who is None:
        return
    victims = hit[-1].recipients
    if len(victims) == 1 and (victims[0].entity.sector in FORCES or victims[0].entity.country in BODIES):
        e = victims[0].entity
        raw.who = raw.who._replace(entity=replace(e, text=raw.who.entity.text, at=raw.who.entity.at), because=f"who was attacked: “{doc.words[hit[-1].head]}”")
        raw.because["who"] = raw.who.because


def _fight(e: RawClaim, doc: Doc, lexicon: Lexicon) -> bool:
    return lexicon.is_word(doc.lemmas[e.head], "fight") and not e.recipients


def _voices(raw: RawClaim, attribution: Attribution) -> frozenset[str]:
    parties = raw.voice or [p for s in [s for s in attribution.chain(raw.head) if not s.act][:1] for p in s.parties]
    return frozenset(p.entity.name for p in parties if not attribution.own_voice(p))


def _attack(raw: RawClaim, force: dict[int, RawClaim], doc: Doc, lexicon: Lexicon) -> RawClaim | None:
    """The attack that a word of harm hangs on, or that hangs on it as when or in what the harm was done."""
    verb = raw.head if doc.upos[raw.head] in VERBAL or doc.heads[raw.head] < 0 else doc.heads[raw.head]
    for k in dict.fromkeys((raw.head, verb)):
        if k in force:
            return force[k]
    chain = [verb]
    while doc.labels[chain[-1]] == "conj" and doc.lemmas[doc.heads[chain[-1]]] in lexicon.harms and doc.heads[chain[-1]] not in force:
        chain.append(doc.heads[chain[-1]])  # "nine were killed and ten wounded in an ambush"
    for k in (*chain, *(c for c in doc.dependents(verb, "conj") if doc.lemmas[c] in lexicon.harms)):
        for c in doc.children[k]:
            label = doc.labels[c].split(":")[0]
            later = doc.dependents(c, "obl:unmarked", "obl:tmod", "obl:npmod")  # "a day after rebels burned the school": another incident
            when = any(doc.words[m].lower() in _WHEN for m in doc.dependents(c, "mark", "advmod")) and all(m > c for m in later)
            if c in force and label == "advcl" and when and not doc.dependents(k, "obl:agent"):
                return force[c]
            did = doc.labels[c] == "nsubj" or (label == "nsubj" and not is_passive(doc, k))  # the tree may take "strikes killed 18" for a passive
            if c in force and ((label == "obl" and doc.case(c) in _WITHIN) or did):
                return force[c]
    own = next((c for c in doc.dependents(verb, "advcl") if any(doc.words[m].lower() in _WHEN for m in doc.dependents(c, "mark", "advmod"))), None)
    if own is not None and doc.labels[chain[-1]] == "conj" and any(row.type == "ASSAULT" for row in lexicon.verbs.get(doc.lemmas[own], ())):
        return None  # "rebels broke the truce, and a woman died when a shell hit her house": by whoever fired it
    k = chain[-1]
    while doc.labels[k].split(":")[0] in _UNDER and doc.heads[k] >= 0:
        k = doc.heads[k]
        if k in force:
            return force[k]
        carried = next((c for c in doc.dependents(k, "obj") if c in force and c < raw.head), None)  # "carried out an attack, killing two"
        if carried is not None:
            return force[carried]
    return None
