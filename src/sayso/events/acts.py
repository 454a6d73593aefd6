"""Doc + lexicon + parties → acts: which word names which act, who did it, to whom, and how.

In: a parsed report, resolved and attributed. Out: raw events. Verbs and nouns are matched against their uses in the lexicon,
most specific first; the two sides are read from the places in the tree that the entry names, light verbs lend their subject to
the noun. A noun that is only a topic ("talks are needed") gives nothing. What a text leaves open stays empty.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from sayso.attribution import Attribution
from sayso.events.beside import named_beside
from sayso.events.denials import Denials
from sayso.events.raw import RawClaim
from sayso.events.sides import FORCES, Sides, distinct, meet, without
from sayso.events.status import PURPOSE, charged_order, lasting, missing_party, status_of
from sayso.events.uses import Uses
from sayso.lexicon import ActRow, Lexicon
from sayso.model import MODES, OBJECT_TYPES, Count, Sector, Status
from sayso.reader import Doc
from sayso.resolve.counts import times_in
from sayso.resolve.entities import Party, Resolver
from sayso.syntax import asks, clause_of, doer_of, is_passive, objects_of

_VERBAL = {"VERB", "AUX"}
_HOSTILE = {"ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "REJECT"}
_GOES_ON = "what is yet to be ended goes on"
_UNDONE = {Status.PLANNED, Status.ATTEMPTED, Status.HYPOTHETICAL}
_BESIDE = {"amid", "amidst", "despite"}
"""What introduces an act told beside the clause's own."""
_POINTING = {"it", "this", "that"}
_REFUSED = {"CONSULT": "meet", "AID": "assist", "COOPERATE": "assist", "SUPPORT": "assist", "RETREAT": "yield", "CONCEDE": "yield"}
"""What is a refusal where a side says that it won't do it, and of which mode."""
_AIMS = {"CONSULT", "SUPPORT", "COOPERATE", "AGREE", "ASSAULT", "COERCE"}
"""What something is only done for has not been done, and nobody says that it will be: "paid a ransom to free them", "police deployed to break up a rally"."""
_WORKERS = {Sector.LAB, Sector.EDU, Sector.CVL, Sector.MED, Sector.BUS, Sector.JRN, Sector.OPP, Sector.PTY, Sector.SOC}
_SHORT = 4
_POLITICAL = {Sector.GOV, Sector.LEG, Sector.PTY, Sector.OPP, Sector.ELI, Sector.JUD}
_SHARES = {"percent", "%", "cent"}
_WITHOUT = "“without”"
"""Why an act is negated of which it is only said that another came to pass without it: "freed without being charged"."""
_TO_END = "what is to be ended: a topic"
"""Of an attack or a war that somebody signs, vows or orders to end."""
_DEALINGS = {"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "REJECT", "REQUEST", "CONCEDE"}
"""What firms do among themselves too."""
_PARTED = {"after", "before", "since"}
"""What parts an act told again from another, to say when it was."""
_AGO = 4
"""So many sentences before, an act is still the one that a noun takes up."""
_YIELDED = {"release", "ceasefire", "access", "disarm"}
"""What a side promises when it says that it will do it; a withdrawal is a move of its own, planned."""
_FUTURE = {"CONSULT", "COOPERATE", "SUPPORT", "AID"}


def _homecoming(e: RawClaim) -> bool:
    """Whether a visit is to where those who come are at home: "the president arrived back in his capital"."""
    if e.type != "CONSULT" or e.modes[:1] != ["visit"] or e.nominal or not e.actors or len(e.recipients) != 1 or e.recipients[0].kind not in {"place", "state"}:
        return False
    return all(p.entity.sector is Sector.GOV and p.entity.country == e.recipients[0].entity.country for p in e.actors)


class Acts:
    """Reads the acts of one report."""

    def __init__(self, doc: Doc, resolver: Resolver, attribution: Attribution, lexicon: Lexicon) -> None:
        self.doc, self.resolver, self.attribution, self.lexicon = doc, resolver, attribution, lexicon
        self.cues = {k for s in attribution.sayings if s.cue and not s.act for k in range(*s.cue)}
        self.uses = Uses(doc, resolver, attribution, lexicon)
        self.sides = Sides(doc, resolver, attribution, lexicon, self.uses)
        self.rows: dict[int, ActRow] = {}

    def read(self) -> list[RawClaim]:
        """The raw events, in the order of their words."""
        found: list[RawClaim] = []
        for i in range(len(self.doc)):
            row = self.uses.act(i)
            if row is not None:
                self.rows[i] = row
        for i, row in self.rows.items():
            raw = self._event(i, row)
            if raw is not None:
                found.append(raw)
        events = self._objects(self._outcomes(self._once(found)))
        for accusation in list(events):
            self._accused(accusation, events)
            events += self._mutual(accusation, events)
        events += self._owned_up(events)
        named_beside(events, self.doc, self.resolver, self.attribution, self.lexicon)
        events += [added for e in events if (added := self._charged(e, events)) is not None]
        for e in events:
            self.sides.told_by_kind(e)
        events = [e for e in events if not self._forecast(e) and not self._retold(e, events) and not _homecoming(e)]
        return Denials(self.doc, self.resolver, self.attribution, self.lexicon).add(events)

    def _outcomes(self, events: list[RawClaim]) -> list[RawClaim]:
        """Without participles that tell how an attack ended ("shelled the village, killing two"): the harm is a casualty, the act is the attack.

        An attack without a recipient has those who were harmed for one.
        """
        doc = self.doc
        force = {e.head: e for e in events if e.type == "ASSAULT"}
        dropped: set[int] = set()
        for e in events:
            if self._launch(e, force) or self._setting(e, force) or self._felled(e, force) or self._aim(e, force):
                dropped.add(e.head)
                continue
            if (first := self._first_of(e, force)) is not None:
                dropped.add(e.head)
                harmed = without(e.recipients, first.actors)
                plain = all(p.entity.name == "people" for p in harmed)  # "shelled the village, … wounding two others": the village tells whose
                told = first.recipients if plain else [p for p in first.recipients if not self.sides.guessed(p)]  # "ambushed a lorry and killed two soldiers"
                if told:  # "wounded three", "wounded two others": more of them
                    harmed = [p for p in harmed if "speaks" not in p.because and p.entity.name != "people"]
                same = {(p.entity.country, p.entity.sector) for p in told}  # "a checkpoint" and "five soldiers" of one army
                first.recipients = distinct([*told, *(p for p in harmed if (p.entity.country, p.entity.sector) not in same)])
                continue
            participle = e.type == "ASSAULT" and not e.nominal and doc.words[e.head].lower().endswith("ing") and doc.lemmas[e.head] in self.lexicon.harms
            under_cue = doc.labels[e.head] in {"ccomp", "parataxis"} and doc.heads[e.head] in self.cues
            if not participle or not (doc.labels[e.head] in {"advcl", "conj"} or under_cue) or doc.dependents(e.head, "mark", "aux"):
                continue
            above = next((k for k in doc.ancestors(e.head) if k in force and k not in dropped), None)
            if above is None and doc.labels[e.head] == "advcl":  # "carried out an attack, killing two": the noun names the act
                above = next((k for k in force if k != e.head and doc.heads[k] == doc.heads[e.head] and doc.labels[k] in {"obj", "nsubj", "nsubj:pass"}), None)
            if above is None and doc.heads[e.head] in self.cues:  # "jets struck the camp, the ministry said, killing ten"
                above = max((k for k in force if k < e.head and k not in dropped and doc.below(k, doc.heads[e.head])), default=None)
            if above is None:
                continue
            dropped.add(e.head)
            guessed = all((self.sides.guessed(p) or p.kind == "holding") and p.entity.sector is Sector.MIL for p in force[above].recipients)
            exact = all(p.entity.sector in {Sector.MIL, Sector.COP} for p in e.recipients) and bool(e.recipients)  # "overran a post, killing six policemen"
            hit = without(e.recipients, force[above].actors)  # "shelled positions of the other side, wounding four soldiers": not the gunners' own
            if not force[above].recipients or (guessed and exact and hit):
                force[above].recipients = hit
        return [e for e in events if e.head not in dropped]

    def _setting(self, e: RawClaim, force: dict[int, RawClaim]) -> bool:
        """Whether a noun only says in what sort of fight the act above it was done: "killed six rebels in a clash"."""
        doc = self.doc
        counted = doc.labels[e.head] == "nmod" and doc.case(e.head) == "of" and self._counts(doc.heads[e.head])  # "a wave of attacks"
        top = doc.heads[e.head] if counted else e.head
        if e.type != "ASSAULT" or not e.nominal or doc.labels[top] not in {"obl", "obl:agent"} or doc.case(top) not in {"in", "during", "by"}:
            return False
        above = force.get(doc.heads[top])
        hit = e.recipients and not above.recipients and not all(self.sides.guessed(p) for p in e.recipients) if above is not None else False
        if above is None or above.nominal or self._definite(e.head) or not (above.actors or e.actors) or hit:
            return False
        if not above.actors:
            above.actors, above.because["actors"] = e.actors, f"in “{doc.words[e.head]}”: {e.actors[0].because}"
        return True

    def _felled(self, e: RawClaim, force: dict[int, RawClaim]) -> bool:
        """Whether a fall from power only tells what an attack did: "was toppled in a foreign invasion"."""
        doc = self.doc
        if e.type != "COERCE" or e.nominal or e.actors or e.modes[:1] != ["seize"] or not is_passive(doc, e.head):
            return False
        cause = next((force[k] for k in doc.dependents(e.head, "obl") if k in force and doc.case(k) in {"in", "by", "during"}), None)
        if cause is None:
            return False
        cause.recipients = cause.recipients or without(e.recipients, cause.actors)
        return True

    def _first_of(self, e: RawClaim, force: dict[int, RawClaim]) -> RawClaim | None:
        """The attack of which a verb of harm beside it tells the outcome: "opened fire on the bus and killed two", "shot one man and wounded three"."""
        doc = self.doc
        if e.type != "ASSAULT" or e.nominal or doc.labels[e.head] != "conj" or doc.dependents(e.head, "nsubj", "nsubj:pass", "aux", "aux:pass"):
            return None
        harms = {row["harm"] for row in self.lexicon.harms.get(doc.lemmas[e.head], ()) if row["form"] == doc.lemmas[e.head]}
        first = force.get(doc.heads[e.head])
        if first is None or first.nominal or first.status is not e.status:
            return None
        if e.head - first.head <= 2 and not doc.dependents(first.head, "obj", "nsubj:pass") and doc.dependents(e.head, "obj"):
            return first  # "intercepted and destroyed three drones"
        if not harms & {"killed", "wounded"}:
            return None
        takes = "from" in self.rows[first.head].recipient  # "took the town and killed ten policemen": two acts
        return None if takes else first

    def _aim(self, e: RawClaim, force: dict[int, RawClaim]) -> bool:
        """Whether a verb only tells what force was used for, and against whom: "fired tear gas to disperse the marchers"."""
        doc = self.doc
        above = force.get(doc.heads[e.head])
        if e.type != "COERCE" or e.because.get("status") != PURPOSE or above is None or above.nominal or not meet(e.actors, above.actors):
            return False
        if e.recipients and (not above.recipients or all(self.sides.guessed(p) for p in above.recipients)):
            above.recipients, above.because["recipients"] = e.recipients, f"“{doc.words[e.head]}”: {e.recipients[0].because}"
        return True

    def _launch(self, e: RawClaim, force: dict[int, RawClaim]) -> bool:
        """Whether an act only tells who fired what struck: "a shell fired by the army hit a house"."""
        doc = self.doc
        weapon = doc.heads[e.head]
        if e.type != "ASSAULT" or e.nominal or doc.labels[e.head].split(":")[0] != "acl" or doc.lemmas[weapon] not in self.lexicon.weapons:
            return False
        return doc.heads[weapon] in force and doc.labels[weapon] in {"nsubj", "obl:agent"}

    def _met_there(self, x: RawClaim, visit: RawClaim) -> bool:
        """Whether a meeting is told as what a visit was for or what came of it, with the same actor."""
        told = x is not visit and x.type == "CONSULT" and not x.nominal and x.because.get("status") != PURPOSE
        below = told and self.doc.below(x.head, visit.head)
        row = self.rows[visit.head]
        own = self.doc.lemmas[x.head] in row.words or "obj" in row.recipient  # "flew to Harare to meet him": one use; "visited Harare": an act of its own
        return below and not own and meet(x.actors, visit.actors) and len([*x.actors, *x.recipients]) > 1

    def _once(self, events: list[RawClaim]) -> list[RawClaim]:
        """One event where a verb's use has a noun of the same act in it ("held talks"): the noun's, with what only the verb gave."""
        doc = self.doc
        by_head = {e.head: e for e in events}
        dropped: set[int] = set()
        for e in events:
            beside = doc.heads[e.head] if doc.labels[e.head] == "conj" and doc.labels[doc.heads[e.head]] == "obj" else -1
            pair = by_head.get(doc.heads[beside]) if beside >= 0 else None
            if pair is not None and e.nominal and not pair.nominal and pair.type == e.type and doc.lemmas[e.head] in self.rows[pair.head].words[1:]:
                dropped.add(e.head)  # "exchanged mortar and rifle fire"
                continue
            if e.type == "CONSULT" and e.modes[:1] == ["visit"] and not e.nominal and any(self._met_there(x, e) for x in events):
                dropped.add(e.head)  # "flew to Kigali, where he met the president"
                continue
            verb = by_head.get(doc.heads[e.head])
            if verb is not None and not e.nominal and not verb.nominal and e.type == verb.type and doc.lemmas[e.head] in self.rows[verb.head].words[1:]:
                dropped.add(e.head)  # "voted to ratify": one act
                continue
            if verb is None and e.nominal and doc.labels[e.head] == "nmod" and doc.case(e.head) == "of" and self._counts(doc.heads[e.head]):
                verb = by_head.get(doc.heads[doc.heads[e.head]])  # "will host a second round of talks"
            if verb is not None and e.nominal and not verb.nominal and verb.type == "SUPPORT":
                thanked = e.type == "SUPPORT" and doc.case(e.head) == "for"  # "thanked Brazil for its support"
                alone = len(e.actors) == len(e.partners) or not without(e.actors, verb.actors)
                signed = e.type == "AGREE" and doc.labels[e.head] in {"obj", "nsubj:pass"} and alone  # "ratified the pact with Japan"
                if thanked or signed:
                    dropped.add(e.head)
                    if signed and not verb.actors and len(e.actors) > 1:  # "the accord between Chad and Sudan was signed"
                        verb.actors, verb.because["actors"] = e.actors, e.because["actors"]
                    continue
            if not e.nominal or verb is None or verb.nominal:
                continue
            if verb.type == "AID" and verb.head in e.trigger and e.type in OBJECT_TYPES:
                dropped.add(verb.head)  # "sent them an appeal": words, and no relief
                continue
            if verb.type != e.type:
                part = doc.lemmas[e.head] in self.rows[verb.head].words[1:] and doc.labels[e.head] in {"obj", "nsubj:pass", "xcomp"}
                if part and (verb.type not in OBJECT_TYPES or doc.labels[e.head] == "xcomp" or (verb.type, e.type) == ("ACCUSE", "PROTEST")):
                    dropped.add(e.head)  # "lifted the siege": the noun is part of the word of act
                continue
            if not self._named(e.head, self.rows[verb.head]) and not (verb.head in e.trigger and e.type == "ASSAULT"):  # "fighting a war": one act
                continue
            if "visit" in verb.modes and doc.labels[e.head] == "obl":  # "flew to Cairo for talks with the king": the visit, and whom it is to
                hosts, _ = self.sides.at(e.head, ("with",), False, None)
                verb.recipients = without(hosts, verb.actors) or verb.recipients
                if hosts:
                    verb.because["recipients"] = f"with: {hosts[0].because}"
                dropped.add(e.head)
                continue
            by_word = doc.lemmas[e.head] in self.rows[verb.head].words[1:] and e.type in {"AGREE", "CONCEDE", "SUPPORT"}
            if by_word and e.status is Status.PLANNED and verb.status is Status.OCCURRED:
                e.status = Status.OCCURRED  # "announced a ceasefire", "offered its condolences": that is the act
                e.because.pop("status", None)
            if e.status is Status.OCCURRED and verb.status is not Status.OCCURRED:
                e.status, e.because["status"] = verb.status, verb.because.get("status", "")
            held = doc.lemmas[e.head] not in self.rows[verb.head].words[1:]  # "convened a meeting of ministers"
            if verb.actors and e.type != "ASSAULT" and (held or "third-party" in verb.modes):  # "hosted talks between the two", "hosted talks with Peru"
                told, _ = self.sides.at(e.head, ("between", "among", *(("of",) if held else ())), False, None)
                e.recipients = without(told, verb.actors)
                e.actors = verb.actors if told else distinct([*verb.actors, *e.actors])
                e.because |= {k: v for k, v in verb.because.items() if k == "actors"}
                if told:
                    e.because["recipients"] = f"between: {told[0].because}"
            joint = "both" in self.rows[verb.head].recipient and verb.type == "ASSAULT"  # "exchanged artillery fire with the rebels"
            e.actors = distinct([*e.actors, *verb.actors]) if joint else e.actors or verb.actors
            e.recipients = e.recipients or without(verb.recipients, e.actors)
            e.modes = e.modes or verb.modes
            dropped.add(verb.head)
        for e in events:  # "met … to discuss": the talk is the meeting's
            outer = by_head.get(doc.heads[e.head])
            if e.type == "CONSULT" and (outer is None or outer.head in dropped) and doc.labels[e.head] == "advcl":
                outer = next((x for x in events if x.nominal and doc.heads[x.head] == doc.heads[e.head]), None)
            if (
                e.type == "CONSULT"
                and outer is not None
                and outer.type == "CONSULT"
                and outer.head not in dropped
                and doc.labels[e.head] in {"advcl", "acl", "xcomp"}
            ):
                dropped.add(e.head)
                if "visit" in outer.modes and e.partners and (hosts := without(e.partners, outer.actors)):  # "flew to Sanaa to negotiate with the Houthis"
                    outer.recipients, outer.because["recipients"] = hosts, f"with: {hosts[0].because}"
        return [e for e in events if e.head not in dropped]

    def _named(self, i: int, row: ActRow) -> bool:
        """Whether the use of a verb names noun `i`, as one of its words or as its object."""
        lemma = self.doc.lemmas[i]
        if lemma in row.words[1:]:
            return True
        return self.doc.labels[i] in {"obj", "nsubj:pass"} and any(n.kind == "obj" and not n.no and lemma in n.values for n in row.needs)

    def _past(self, i: int) -> bool:
        """Whether a verb is in the simple past."""
        word, lemma = self.doc.words[i].lower(), self.doc.lemmas[i]
        return word not in {lemma, f"{lemma}s", f"{lemma}es"} and not word.endswith("ing") and not self.doc.dependents(i, "aux")

    def _bygone(self, i: int) -> bool:
        """Whether a predicate is told in the simple past: "was under siege"."""
        carriers = [i, *([self.doc.heads[i]] if self.doc.labels[i] == "xcomp" else [])]
        words = {self.doc.words[c].lower() for k in carriers for c in (k, *self.doc.dependents(k, "cop", "aux", "aux:pass"))}
        return bool(words & {"was", "were", "remained", "stayed"}) and "been" not in words

    # one act

    def _event(self, i: int, row: ActRow) -> RawClaim | None:
        doc = self.doc
        verb = row.verbal
        speaks = row.type in OBJECT_TYPES | {"SUPPORT"}
        if i in self.cues and ((not speaks and (len(row.words) == 1 or doc.dependents(i, "ccomp"))) or (row.type == "REQUEST" and self._told(i))):
            return None
        light, effect, subject_is = self._light(i) if not verb else (None, "", "actor")
        if verb and row.type in {"ACCUSE", "SUPPORT"} and self._so_called(i):
            return None
        if verb and (self._asked_who(i) or (row.type == "REQUEST" and self._inquires(i)) or self._inquired(i)):
            return None
        raw = RawClaim("event", i, [], [i], row.type, list(row.modes), nominal=not verb)
        raw.because["type"] = f"{row.row.place} {row.row['form']}"
        base = i if verb or light is None else light
        raw.status, why, top = status_of(doc, base, self.lexicon, self.cues - {i})
        if not verb and light is None:
            own, reason, _ = status_of(doc, i, self.lexicon, self.cues)
            raw.status, why = own, reason
            if own is Status.OCCURRED and self._imagined(i):
                raw.status, why = Status.HYPOTHETICAL, "“would”"
        elif not verb and light is not None:
            own, reason, _ = status_of(doc, i, self.lexicon, {light} | self.cues)
            if own is not Status.OCCURRED and raw.status is Status.OCCURRED:
                raw.status, why = own, reason
        if light is not None and effect == "ended" and raw.type == "ASSAULT" and any(doc.words[m].lower() == "to" for m in doc.dependents(light, "mark")):
            why = _TO_END
        if light is not None and effect == "ongoing" and self._past(light):
            effect = "occurred"  # "the clashes continued throughout the night", "the battle went on until dawn": told as over
        if light is not None and effect == "planned" and charged_order(doc, light, self.lexicon):
            effect = "occurred"
        if light is not None and (raw.status is Status.OCCURRED or (raw.status is Status.ONGOING and effect in {"attempted", "planned", "negated"})):
            raw.status = {"attempted": Status.ATTEMPTED, "planned": Status.PLANNED, "negated": Status.NEGATED, "hypothetical": Status.HYPOTHETICAL,
                          "ongoing": Status.ONGOING}.get(effect, raw.status)  # fmt: skip
        if row.words[0] == "be" and row.type in OBJECT_TYPES and raw.status is Status.ONGOING:
            raw.status, why = Status.OCCURRED, ""  # "remains committed": the promise was made
        elif row.words[0] == "be" and row.type not in OBJECT_TYPES and raw.status is Status.OCCURRED and not self._bygone(i):
            raw.status, why = Status.ONGOING, "a state that lasts"
        if raw.status in {Status.OCCURRED, Status.ONGOING, Status.PLANNED} and (verb or light is not None) and (none := missing_party(doc, base)):
            if light is not None and any(self.lexicon.is_word(doc.lemmas[k], "link") for k in doc.dependents(light, "obj")):
                return None  # "no group claimed responsibility for the attack": there was one
            raw.status, why = Status.NEGATED, f"“{none}”"
        if row.duty:
            raw.status, why, own_use = Status.OCCURRED, "", self.uses.plain(i)
            if own_use is not None and own_use.type != "NONE":
                raw.object = (own_use.type, list(own_use.modes[:1]))
                raw.because["object"] = f"{own_use.row.place} {own_use.row['form']}"
        if raw.status is Status.NEGATED and set(row.words) & {"not", "never"}:
            raw.status, why = Status.OCCURRED, ""  # "will not tolerate a base": the refusal was made
        if raw.status is Status.OCCURRED and verb and not row.duty and lasting(doc, i, stands=row.type == "MOBILIZE"):
            raw.status, why = Status.ONGOING, "the perfect with a span of time"
        if why:
            raw.because["status"] = why
        raw.actors, at_actor = self.sides.at(i, row.actor, verb, light)
        if not verb and at_actor == "with" and "both" in row.recipient:  # "Iraq's pact with Iran": whose it is, too
            raw.actors = distinct([*self.sides.at(i, ("poss", "adj", "compound", "by"), verb, None)[0], *raw.actors])
        if verb and not raw.actors and "both" in row.recipient and raw.type == "AGREE" and is_passive(doc, i):
            raw.actors, at_actor = self.sides.talked(i), "who talked"
        if not verb and "both" in row.recipient and len(theirs := self.sides.theirs(i)) > 1:
            raw.actors, at_actor = theirs, "poss"
        if not verb and "both" in row.recipient and at_actor in {"", "adj", "compound"} and len(pair := self.sides.joined(i)) > 1:
            raw.actors, at_actor = pair, "adj"
        if raw.type == "ASSAULT":
            raw.actors = self.sides.wielders(raw.actors)
            if not verb and at_actor == "adj":
                raw.actors = self.sides.forces(raw.actors)
        if not verb and not raw.actors and {"of", "poss"} <= set(row.recipient) and self.sides.at(i, ("of",), verb, light)[0]:
            raw.actors, at_actor = self.sides.at(i, ("poss",), verb, light)  # "the rebels' abduction of pupils": whose victims "of" tells
        if not verb and light is None and not raw.actors and row.type == "CONSULT":
            raw.actors, at_actor = self.sides.talkers(i), "subject"
        if not verb and not raw.actors and (culprits := self.sides.behind(i)):
            raw.actors, at_actor = culprits, "behind"
        if not verb and not raw.actors and light is not None and subject_is == "recipient" and raw.type == "ASSAULT":
            raw.actors, at_actor = self.sides.at(i, ("of",), verb, light)  # "repelled seven attacks of the rebels"
        recipients = row.recipient
        if light is not None and not verb:
            subject = self.sides.doer(light) if doc.labels[i] != "nsubj" else None
            if is_passive(doc, light) and self.lexicon.is_word(doc.lemmas[light], "link"):
                subject = next(iter(objects_of(doc, light)), None)
            if effect == "ended" and raw.type == "ASSAULT" and self.lexicon.is_word(doc.lemmas[i], "fight"):
                subject = None  # "brokered a truce ending the war": who ended it need not have fought in it
            lent = self.resolver.parties(subject) if subject is not None else []
            if lent and subject_is == "actor" and not raw.actors and not (effect == "ended" and self._fight_of_others(i)):
                raw.actors, at_actor = lent, f"subject of “{doc.words[light]}”"
            elif lent and subject_is == "actor" and at_actor == "with" and "both" in row.recipient:  # "struck a deal with the rebels": with whom he struck it
                raw.actors, at_actor = distinct([*lent, *raw.actors]), f"subject of “{doc.words[light]}”"
            elif lent and subject_is == "recipient" and not raw.recipients and "about" not in row.recipient:  # "received complaints": about others
                raw.recipients = lent
        if "both" in recipients:
            beside = ("with", "between") if verb and not is_passive(doc, i) else ("with", "between", "by", "of")
            partners, _ = self.sides.at(i, (*beside, *(t for t in recipients if t != "both")), verb, light)
            raw.partners = without(partners, raw.actors)
            if raw.type == "SUPPORT" and raw.actors and all(p.entity.sector is Sector.LEG for p in raw.actors):
                raw.recipients, raw.partners = raw.partners, []  # a parliament ratifies, and the other side gains by it
                if raw.recipients:
                    raw.because["recipients"] = f"with whom: {raw.recipients[0].because}"
            else:
                raw.actors = distinct([*raw.actors, *partners])
            if raw.type == "CONSULT" and not verb and light is None and partners and len(raw.actors) == len(partners):
                raw.actors = distinct([*self.sides.host(i), *raw.actors])
        elif not verb and light is not None and not raw.recipients and "to" in recipients and (given := self.sides.given(light)):
            raw.recipients, raw.because["recipients"] = without(given, raw.actors), f"iobj: {given[0].because}"  # "sent him an appeal"
        elif not raw.recipients:
            tokens = [t for t in recipients if t != at_actor]
            raw.recipients, at = self.sides.at(i, tokens, verb, light)
            if verb and raw.type == "RETREAT" and at == "to" and "obj" in row.recipient and self.rows.get(i) is row:
                raw.recipients = distinct([*raw.recipients, *self.sides.handed(i)])
            if raw.type == "ACCUSE" and at == "obj":  # "condemned the attack in Goma": where it was is not whom it blames
                raw.recipients = [p for p in raw.recipients if p.kind != "holding" or " lies in " not in p.because]
            if (
                raw.type == "ACCUSE"
                and at in {"obj", "of"}
                and verb
                and any(doc.upos[k] == "NOUN" and self.lexicon.is_word(doc.lemmas[k], "tolled") for k in objects_of(doc, i))
            ):
                raw.recipients = []  # "denounced the deaths of two nurses": nor those who died
            if raw.type in {"ACCUSE", "REJECT", "SUPPORT"}:
                raw.recipients = self.sides.wielders(raw.recipients)  # "condemned the raid on the Jenin camp": not where it was
            if at and raw.recipients:
                raw.because["recipients"] = f"{at}: {raw.recipients[0].because}"
        if not verb and raw.type == "ACCUSE" and i in self.cues and not raw.actors:
            said = next((s for s in self.attribution.by_sentence.get(doc.sentence_of[i], ()) if s.cue and s.cue[0] == i), None)
            raw.actors = [p for p in said.parties if p.kind != "unnamed"] if said is not None else []
            at_actor, raw.status = "who alleges it", Status.OCCURRED
        if verb and raw.type == "AGREE" and not raw.recipients and "both" not in recipients:
            raw.recipients = self.sides.promised(i)
        raw.recipients = without(raw.recipients, raw.actors) or self.sides.not_own(i, raw)
        if raw.actors:
            raw.because["actors"] = f"{at_actor}: {raw.actors[0].because}"
        if not verb or self.sides.is_gerund(i):
            self.sides.victims(i, raw)
        if raw.type == "ASSAULT":
            if verb and not raw.actors and "none" in row.actor:
                raw.actors = without(self.sides.wielders(self.sides.sender(i)), raw.recipients)
                if raw.actors:
                    raw.because["actors"] = f"whose the weapon is: {raw.actors[0].because}"
            if not raw.recipients:
                raw.recipients = self.sides.targets(i, row, verb, light)
            self.sides.victims(i, raw)
            if "from" in row.recipient and {"obj", "of"} & set(row.recipient):  # what is taken may be taken from nobody
                raw.recipients = self.sides.holders(raw.recipients)
            self.sides.struck(raw)
            self.sides.other_side(i, raw)
        elif raw.type in {"ACCUSE", "SUPPORT", "REJECT"} and verb and not raw.recipients and "both" not in recipients:
            raw.recipients = without(self.sides.behind_object(i), raw.actors) or (without(self.sides.alleged(i), raw.actors) if raw.type == "ACCUSE" else [])
            if raw.type == "ACCUSE" and not raw.recipients and "allege" not in row.modes:
                raw.recipients = without(self.sides.asked(i), raw.actors)  # "complained that the army keeps them out"
        elif raw.type in {"COERCE", "RETREAT", "AID"} and "none" not in row.recipient:
            if not raw.recipients:
                raw.recipients = without(self.sides.persons(i, row, verb, light), raw.actors)
            if raw.type in {"COERCE", "AID"}:
                if raw.type == "COERCE" and verb and not raw.recipients and "obj" in row.recipient and any(self._lived_in(k) for k in objects_of(doc, i)):
                    raw.recipients = without(self.sides.targets(i, row, verb, light), raw.actors)  # "looted homes"
                self.sides.struck(raw)
        elif raw.type == "THREATEN" and verb:
            raw.recipients = [p for p in raw.recipients if not p.because.startswith("sent by")]  # "threatened to send troops if the rebels stay"
            raw.recipients = raw.recipients or self._conditioned(i, raw.actors)
        elif raw.type == "REQUEST" and not raw.recipients:
            raw.recipients = without(self.sides.asked(i), raw.actors)
        if raw.type == "ASSAULT":
            raw.recipients = self.sides.others(raw)
        if not verb and raw.type == "ASSAULT" and (pitted := self.sides.pitted(i)):
            raw.actors, raw.recipients, raw.because["actors"] = pitted, [], f"between whom it is: {pitted[0].because}"
        if raw.recipients:
            raw.because.setdefault("recipients", raw.recipients[0].because)
        else:
            raw.because.pop("recipients", None)
            raw.because.pop("recipients", None)
        if not verb and row.words == ("attack",) and raw.actors and self._tirade(i, raw.actors):
            raw.type, raw.modes = "ACCUSE", ["disapprove"]
            raw.because["type"] += "; in words, by one who is in politics"
        if not verb and row.words == ("strike",) and raw.type == "ASSAULT" and self._walkout(i, raw):
            raw.type, raw.modes, raw.recipients = "PROTEST", ["strike"], []
            raw.because["type"] += "; by people who stop work"
            raw.because.pop("recipients", None)
        self._modes(i, raw, row)
        raw.times = self._times(i, verb)
        raw.evidence = self._evidence(i, top, verb, light)
        raw.trigger = sorted(
            {i, *([light] if light is not None else []), *([top] if top != i and doc.upos[top] in _VERBAL | {"ADJ", "NOUN"} and abs(top - i) < 6 else [])}
        )
        raw.bare = not verb and not raw.actors and not raw.recipients
        if not verb and not self._asserted(i, raw, light):
            return None
        if verb and row.type in OBJECT_TYPES | {"SUPPORT"} and self._polled(i):
            return None
        if verb and raw.status is Status.HYPOTHETICAL and (self._advised(i) or (raw.type == "CONSULT" and not self._may(i))):
            return None
        if verb and raw.type in (_DEALINGS | {"RETREAT"}) - {"REQUEST"} and raw.status is Status.ATTEMPTED and self._mere_effort(i):
            return None
        if verb and raw.status is Status.HYPOTHETICAL and self._mere_effort(i):
            return None  # "cut the rebels' ability to attack": what they might do, and nobody says that they will
        if not verb and raw.type in {"ASSAULT", "CONSULT"} and raw.status in _UNDONE and (effect := self._put_to(i)):
            if not raw.actors or effect != "ended" or raw.type == "CONSULT":
                return None  # "talks to end the war", "a law to prevent clashes": a topic
            raw.status, raw.because["status"] = Status.ONGOING, _GOES_ON
        if verb and raw.type in {"AGREE", "REJECT", "CONCEDE", "THREATEN"} and not raw.actors and not raw.recipients and self._nobody(i):
            return None
        if verb and "phone" in raw.modes and len(raw.actors) == 1 and not raw.recipients and not doc.dependents(i, "obj"):
            return None  # "spoke by telephone": to whoever reports it
        if raw.type in _DEALINGS and raw.actors and all(p.entity.sector is Sector.BUS for p in (*raw.actors, *raw.recipients)):
            return None  # firms among themselves: a market, no politics (codebook, section 3, rule 14)
        if row.type in OBJECT_TYPES and row.object not in {"", "auto"}:
            kind, _, modes = row.object.partition("/")
            raw.object = (kind, [m for m in modes.split("|") if m])
            raw.because["object"] = f"{row.row.place} {row.row['form']}"
        return raw

    def _walkout(self, i: int, raw: RawClaim) -> bool:
        """Whether a strike is one of people who stop work: by those who do it, by who called it, or by what else the report says of strikes."""
        doc = self.doc
        if raw.actors:
            return all(p.entity.sector in _WORKERS for p in raw.actors)
        if any(doc.lemmas[c] == "call" for c in (doc.heads[i], *doc.dependents(i, "acl", "acl:relcl")) if c >= 0):
            return True
        stops = any(lemma == "striker" for lemma in doc.lemmas) or any(row.type == "PROTEST" and "strike" in row.modes for row in self.rows.values())
        hits = any(row.type == "ASSAULT" and len(row.words) > 1 and row.words[-1] == "strike" for row in self.rows.values())
        return stops and not hits

    def _tirade(self, i: int, actors: list[Party]) -> bool:
        """Whether an attack is one in words: a politician's own, "criticised the minister for his attack on the opposition"."""
        his = any(self.doc.words[c].lower() in {"his", "her"} for c in self.doc.dependents(i, "nmod:poss"))
        return his and all(p.kind in {"person", "office"} and p.entity.sector in _POLITICAL for p in actors)

    def _so_called(self, i: int) -> bool:
        """Whether a verb only names what another clause tells of: "condemned what he called an aggression"."""
        doc = self.doc
        told = (*objects_of(doc, i), *doc.dependents(i, "obj", "nsubj", "iobj"), doc.heads[i])
        return any(doc.words[k].lower() == "what" for k in told if 0 <= k < i)

    def _fight_of_others(self, i: int) -> bool:
        """Whether a fight that somebody ends is not said to be theirs: "a deal ending the war", and not "ended their offensive"."""
        own = any(self.doc.upos[c] == "PRON" for c in self.doc.dependents(i, "nmod:poss"))
        return self.lexicon.is_word(self.doc.lemmas[i], "fight") and not own

    def _lived_in(self, k: int) -> bool:
        """Whether a noun is a place or a thing, and nobody's by its own words: the people there stand for it."""
        lemma = self.doc.lemmas[k]
        return (lemma in self.lexicon.things or self.lexicon.is_word(lemma, "place")) and not self.doc.dependents(k, "nmod:poss", "nmod")

    def _imagined(self, i: int) -> bool:
        """Whether an act that is not told of as done is what something is said to follow from: "any attack would be a mistake"."""
        doc = self.doc
        head = doc.heads[i]
        indefinite = any(doc.words[c].lower() in {"a", "an", "any", "another", "such"} for c in doc.dependents(i, "det", "amod"))
        helpers = {doc.words[c].lower() for c in doc.dependents(head, "aux")} if head >= 0 and doc.labels[i] == "nsubj" else set()
        return indefinite and "would" in helpers and "have" not in helpers

    def _told(self, i: int) -> bool:
        """Whether a verb of asking tells what is so, and asks nothing: "insisted that they had left", as against "insisted that they leave"."""
        doc = self.doc
        told = {"has", "had", "have", "was", "were", "is", "are", "did", "would", "will", "does"}
        for c in doc.dependents(i, "ccomp"):
            helpers = {doc.words[k].lower() for k in doc.dependents(c, "aux", "aux:pass", "cop")}
            if helpers & told or (not helpers and doc.upos[c] == "VERB" and self._past(c)):
                return True
        return False

    def _nobody(self, i: int) -> bool:
        """Whether a verb's doer is named and is no party to anything: "the firm agreed to buy a rival"."""
        doc = self.doc
        doer = doer_of(doc, i)
        return doer is not None and not is_passive(doc, i) and doc.upos[doer] in {"NOUN", "PROPN"} and doc.labels[i] != "acl:relcl"

    def _light(self, i: int) -> tuple[int | None, str, str]:
        """The light verb that carries a noun, its effect, and what its subject is to the act."""
        doc = self.doc
        head, label, case = doc.heads[i], doc.labels[i], doc.case(i)
        link = head >= 0 and self.lexicon.is_word(doc.lemmas[head], "link")
        if not link and label == "obl" and case == "for" and head >= 0:  # "claimed responsibility on Friday for the attack"
            link = any(self.lexicon.is_word(doc.lemmas[o], "link") for o in doc.dependents(head, "obj", "nsubj:pass"))
        if link and doc.upos[head] == "NOUN" and label == "nmod" and doc.labels[head] in {"obj", "nsubj:pass"}:
            head, label = doc.heads[head], "obl"  # "claimed responsibility for the attack"
        elif head >= 0 and doc.upos[head] == "NOUN" and label == "nmod" and case == "of" and self._counts(head):
            head, label, case = doc.heads[head], doc.labels[head], doc.case(head)  # "held two hours of talks", "imposed a series of sanctions"
        elif link and doc.upos[head] == "ADJ" and case and doc.dependents(head, "cop"):
            return head, "occurred", "actor"  # "is responsible for the attack"
        if head < 0 or doc.upos[head] not in _VERBAL:
            return None, "", "actor"
        if case == "in" and label == "obl" and is_passive(doc, head) and self.lexicon.is_word(doc.lemmas[head], "link"):
            return head, "occurred", "actor"  # "was involved in the killing"
        particle = next((doc.words[k].lower() for k in doc.dependents(head, "compound:prt")), "")
        for row in (*self.lexicon.light.get(f"{doc.lemmas[head]} {particle}", ()), *self.lexicon.light.get(doc.lemmas[head], ())):
            wanted = row["noun_position"]
            if wanted == "for" and not link and self.rows[i].type not in {"CONSULT", "COOPERATE"}:
                continue  # "flew to Cairo for talks", and not "for the protest"
            passive_object = label == "nsubj:pass" and wanted == "obj"
            relative = False
            if wanted == label or passive_object or relative or (label.startswith("obl") and case and wanted in {case, f"obl:{case}", f"prep:{case}"}):
                return head, row["effect"], row["subject_is"]
        return None, "", "actor"

    def _times(self, i: int, verb: bool) -> Count | None:
        """How many acts the clause counts: "violated the ceasefire 70 times", "16 violations"."""
        s = self.doc.sentences[self.doc.sentence_of[i]]
        if not verb and self._exchanged(i, self.rows[i]):
            i = self.doc.heads[i]  # "31 exchanges of fire"
        inside = sorted(k for k in (self._clause(i) if verb else self._phrase(i)) if s.first <= k < s.last)
        first = inside[0]
        span = list(range(first, inside[-1] + 1))
        found = times_in([self.doc.words[k] for k in span], None if verb else i - first)
        return found[0] if found else None

    def _modes(self, i: int, raw: RawClaim, row: ActRow) -> None:
        if raw.type == "ASSAULT" and not raw.modes:
            for k in self._near(i):
                weapon = self.lexicon.weapons.get(self.doc.lemmas[k])
                if weapon is not None:
                    for mode in weapon.listed("mode"):
                        if mode not in raw.modes and mode in MODES["ASSAULT"]:
                            raw.modes.append(mode)
                            raw.because["modes"] = f"{weapon.place} {weapon['form']}"
                    break

    def _near(self, i: int) -> list[int]:
        doc = self.doc
        found = [c for c in doc.children[i] if doc.labels[c].split(":")[0] in {"compound", "amod", "obl", "nmod", "obj", "advcl"}]
        found += [k for c in list(found) for k in doc.children[c] if doc.labels[k].split(":")[0] in {"compound", "nmod", "obj", "conj"}]
        if doc.labels[i] == "xcomp":
            found += [c for c in doc.children[doc.heads[i]] if doc.labels[c].startswith("obl")]
        return found

    def _asserted(self, i: int, raw: RawClaim, light: int | None) -> bool:
        """Whether a noun says that something happened: it is no mere topic, title, or modifier."""
        doc = self.doc
        label, head, case = doc.labels[i], doc.heads[i], doc.case(i)
        if doc.upos[i] == "VERB":  # "in fighting", "two days of fighting", taken for a clause
            label = "nmod" if label == "acl" else "obl"
            case = case or next((doc.words[k].lower() for k in doc.dependents(i, "mark")), "")
        if light is not None and raw.type == "AGREE" and self._definite(i) and "both" in self.rows[i].recipient and not raw.partners:
            return False  # "announced the deal": told before, and no doing of who announces it
        lent = not (head in self.rows and self.lexicon.is_word(doc.lemmas[i], "military"))  # "the patrol was stopped": not lent by it
        if light is not None and lent:  # "talks must begin", "to stop hostilities": a topic
            topic = raw.status is Status.HYPOTHETICAL or (raw.status is Status.PLANNED and raw.type == "ASSAULT")
            return bool(raw.actors or raw.recipients) or not topic
        if raw.status in {Status.PLANNED, Status.HYPOTHETICAL} and not raw.actors:
            return False
        if label == "nmod" and case == "of" and doc.words[head].lower() == "one":  # "attacked one of its patrols"
            label, head = doc.labels[head], doc.heads[head]
        if label == "nmod" and case == "of" and self.lexicon.is_word(doc.lemmas[head], "quantity") and doc.case(head) in {"for", "over"}:
            label, head, case = doc.labels[head], doc.heads[head], doc.case(head)  # "blamed the rebels for a spate of bombings"
        people = label == "nsubj" and head >= 0 and doc.upos[head] == "VERB"  # "a patrol passed the village"
        if self.lexicon.is_word(doc.lemmas[i], "military") and (people or (label in {"nsubj", "nsubj:pass", "obj", "obl", "conj"} and head in self.rows)):
            return False  # "an Israeli patrol was ambushed": those who were hit, and no act
        if raw.type == "MOBILIZE" and label == "nmod" and case in {"on", "against", "at", "of"} and head in self.rows and self.rows[head].type == "ASSAULT":
            return False  # "an attack on a patrol"
        if raw.type in OBJECT_TYPES and light is None and raw.status is Status.HYPOTHETICAL:
            return False  # "if their demands are not met"
        if raw.type in OBJECT_TYPES and light is None and raw.status is Status.NEGATED:
            raw.status = Status.OCCURRED  # "will not accept its demands": they were made
            raw.because.pop("status", None)
        if raw.type == "PROTEST" and raw.modes[:1] in (["strike"], ["riot"]) and label in {"nsubj", "nsubj:pass"} and head >= 0:
            return doc.upos[head] == "VERB"  # "riots flared", "a strike shut the port"
        if raw.type in {
            "REQUEST",
            "AGREE",
            "REJECT",
            "THREATEN",
            "ACCUSE",
            "SUPPORT",
            "CONCEDE",
            "PROTEST",
            "COOPERATE",
            "AID",
            "SANCTION",
            "MOBILIZE",
            "COERCE",
            "RETREAT",
        }:
            told = raw.type == "ACCUSE" and any(s.cue and s.cue[0] == i and s.parties for s in self.attribution.by_sentence.get(doc.sentence_of[i], ()))
            return bool(raw.actors) or told  # "accusations that …", by nobody named
        if raw.type == "CONSULT":
            return bool(raw.actors) and raw.status is not Status.HYPOTHETICAL  # "hopes of talks between the two"
        if raw.bare and any(doc.words[s].lower() in _POINTING for s in doc.dependents(i, "nsubj")) and doc.dependents(i, "cop"):
            return False  # "it was the third such attack": said of one told before
        if label in {"nsubj", "nsubj:pass"} and head >= 0:
            return not (raw.bare and self._definite(i) and doc.upos[head] == "ADJ" and doc.dependents(head, "cop"))  # "the strikes were defensive"
        if label in {"obl", "obl:agent"} and case in {"in", "by", "during", "after", "following", "from"} | _BESIDE:
            return True
        if (
            label == "nmod"
            and case in {"of", "from", "in"}
            and raw.type == "ASSAULT"
            and any(row["victim"] == "toll" for row in self.lexicon.harms.get(doc.lemmas[head], ()))
        ):
            return bool(raw.actors or raw.recipients) or not self._definite(i)  # "the death toll of a suicide bombing rose"
        if label == "nmod" and case == "of" and raw.type == "ASSAULT" and (self._counts(head) or self._exchanged(i, row=self.rows[i])):
            return True  # "a series of bombings", "two days of fighting", "17 incidents of shelling"
        if label == "obl" and case in {"for", "of", "over"} and head >= 0 and self._charges(head):
            return True  # "blamed the rebels for the bombing"
        if label == "obj" and raw.bare and self._definite(i):
            return False  # "condemned the attack", "end the violence": told before, or a topic
        return bool(raw.actors or raw.recipients) or label in {"root", "obj", "conj"}

    def _asked_who(self, i: int) -> bool:
        """Whether a clause only asks who did it: "could not establish who had opened fire" tells of no new act."""
        doc = self.doc
        asks = any(doc.words[s].lower() == "who" for s in doc.dependents(i, "nsubj"))
        return asks and doc.labels[i] in {"ccomp", "csubj", "obl"}

    def _freed_for(self, e: RawClaim) -> bool:
        """Whether a release or withdrawal is one that one side alone only aims at; "met to exchange prisoners" is a plan of both."""
        return e.type == "RETREAT" and "both" not in self.rows[e.head].recipient

    def _advised(self, i: int) -> bool:
        """Whether an act is only what somebody holds to be right: "the two should meet", "we need to work together"."""
        doc = self.doc
        if doc.labels[i] == "xcomp" and self.lexicon.is_word(doc.lemmas[doc.heads[i]], "duty"):
            return True
        return any(
            self.lexicon.is_word(doc.lemmas[a], "duty") and a > min(doc.dependents(i, "nsubj", "nsubj:pass"), default=a) for a in doc.dependents(i, "aux")
        )

    def _polled(self, i: int) -> bool:
        """Whether a share of those who were asked thinks so: "57 percent supported talks" is an opinion, and no act (codebook, section 3, rule 14)."""
        doc = self.doc
        return any(doc.lemmas[s] in _SHARES or any(doc.lemmas[c] in _SHARES for c in doc.children[s]) for s in doc.dependents(i, "nsubj", "obl:agent"))

    def _may(self, i: int) -> bool:
        """Whether an act is told as possible by a word of its own: "may meet on Friday"; what is wished, needed or allowed is a topic."""
        doc = self.doc
        k = i
        while doc.labels[k] in {"xcomp", "conj"} and doc.heads[k] >= 0:
            k = doc.heads[k]
        return any(doc.lemmas[a] in {"may", "might", "could", "can"} for v in {i, k} for a in doc.dependents(v, "aux"))

    def _inquires(self, i: int) -> bool:
        """Whether a verb of asking asks for an answer and not for a deed: "asked what Kenya would do", "was asked whether he would resign"."""
        return any(asks(self.doc, c) or self._whether(c) for c in self.doc.dependents(i, "ccomp", "advcl") if c > i)

    def _inquired(self, i: int) -> bool:
        """Whether an act is only what somebody is asked about: "asked if the army had fired"."""
        doc = self.doc
        head = doc.heads[i]
        row = self.lexicon.cues.get((doc.lemmas[head], "verb")) if head >= 0 and doc.labels[i] in {"ccomp", "advcl"} and head < i else None
        return row is not None and row["act"] == "REQUEST" and self._whether(i)

    def _whether(self, c: int) -> bool:
        """Whether a clause is a question for yes or no, by the word that opens it."""
        return any(self.doc.words[m].lower() in {"if", "whether"} for m in self.doc.dependents(c, "mark"))

    def _mere_effort(self, i: int) -> bool:
        """Whether an act stands behind a noun of trying that is only a topic: "undermined efforts to restart talks", and not "efforts to mediate failed"."""
        doc = self.doc
        noun = doc.heads[i]
        trying = doc.labels[i] == "acl" and doc.upos[noun] == "NOUN" and self.lexicon.matrix.get((doc.lemmas[noun], "noun"))
        if not trying or doc.labels[noun].startswith("nsubj") or doc.labels[noun] == "root":
            return False
        return doc.labels[noun] != "obj" or not self.lexicon.light.get(doc.lemmas[doc.heads[noun]])  # "made an effort to mediate"

    def _put_to(self, i: int) -> str:
        """What a verb over a noun does to it: "ended" for "to halt the raids", "negated" for "to prevent raids"; nothing for other verbs."""
        doc = self.doc
        row = self.lexicon.matrix.get((doc.lemmas[doc.heads[i]], "verb")) if doc.labels[i] in {"obj", "nsubj:pass"} and doc.heads[i] >= 0 else None
        return row["effect"] if row is not None and row["effect"] in {"ended", "negated"} else ""

    def _charges(self, k: int) -> bool:
        """Whether a verb charges somebody with something: "blamed the rebels"."""
        row = self.rows.get(k)
        return row is not None and row.type == "ACCUSE" and "allege" in row.modes and bool(self.doc.dependents(k, "obj"))

    def _definite(self, i: int) -> bool:
        return any(self.doc.words[k].lower() in {"the", "this", "that", "these", "those"} for k in self.doc.dependents(i, "det"))

    def _exchanged(self, i: int, row: ActRow) -> bool:
        """Whether the noun above is part of the word of act: "an exchange of fire"."""
        return self.doc.labels[i] == "nmod" and self.doc.lemmas[self.doc.heads[i]] in row.words

    def _counts(self, k: int) -> bool:
        """Whether a noun only says how many, how long or in what row its complement came, and stands where something is asserted."""
        doc = self.doc
        counting = self.lexicon.is_word(doc.lemmas[k], "quantity") or bool(doc.dependents(k, "nummod"))
        placed = doc.labels[k] in {"nsubj", "nsubj:pass", "obj", "root", "conj"} or doc.case(k) in {"in", "by", "during", "after", "following"} | _BESIDE
        return counting and placed

    def _evidence(self, i: int, top: int, verb: bool, light: int | None) -> list[int]:
        """The words that state the act: its clause without the clauses beside it, and without the attribution."""
        doc = self.doc
        s = doc.sentences[doc.sentence_of[i]]
        base = i
        whole = doc.heads[i] if doc.labels[i] == "nmod" and doc.case(i) == "of" else i
        if not verb and whole != i and self._exchanged(i, self.rows[i]):
            i = whole  # the whole of "an exchange of fire between …" is the noun of act
        if verb and top != i and doc.upos[top] in _VERBAL and top not in self.cues and doc.below(i, top):
            base = top
        if not verb:
            if light is not None:
                base = light
            elif doc.case(whole) in _BESIDE:
                return self._within(i, self._phrase(whole))
            elif len(self._phrase(i)) < 5 or doc.labels[i] in {"nsubj", "nsubj:pass"}:
                base = clause_of(doc, i)
                if base in self.cues or (doc.labels[base] == "conj" and base != doc.heads[i]):
                    base = i
            else:
                return self._within(i, self._phrase(i))
        if light is not None and base == light:
            while doc.labels[base] == "xcomp" and doc.heads[base] not in self.cues and doc.upos[doc.heads[base]] in _VERBAL:
                base = doc.heads[base]  # "would continue implementing its mediation"
        words = self._clause(base)
        if doc.labels[base] in {"acl", "acl:relcl"}:
            first, last = self.resolver.extent(doc.heads[base])
            words |= set(range(first, last))
        words = {k for k in words if s.first <= k < s.last}
        if verb and len(words) < _SHORT:  # "released after spending 30 years in jail": what stands beside belongs to so short a clause
            words |= {k for c in doc.dependents(base, "advcl") if c > base and c not in self.cues for k in doc.subtree(c)}
        return self._within(i, words)

    def _phrase(self, i: int) -> set[int]:
        doc = self.doc
        found, stack = {i}, [i]
        while stack:
            k = stack.pop()
            for c in doc.children[k]:
                if (
                    doc.labels[c] not in {"acl:relcl", "conj", "cc", "punct", "parataxis", "case"}
                    or (doc.labels[c] == "case" and k != i)
                    or (k != i and doc.labels[c] != "parataxis")
                ):
                    found.add(c)
                    stack.append(c)
        return found

    def _clause(self, base: int) -> set[int]:
        doc = self.doc
        found, stack = {base}, [base]
        while stack:
            k = stack.pop()
            for c in doc.children[k]:
                label = doc.labels[c]
                if k == base and (label in {"cc", "mark", "punct", "parataxis", "discourse"} or (label == "conj" and doc.upos[c] in _VERBAL)):
                    continue
                if c in self.cues:
                    continue
                if label == "acl:relcl" and len(doc.subtree(c)) > 8:
                    continue
                if label == "advcl" and k == base and len(doc.subtree(c)) > 8 and not self._told_in(c, base):
                    continue
                found.add(c)
                stack.append(c)
        return found

    def _told_in(self, c: int, base: int) -> bool:
        """Whether a clause beside a verb tells what is asked, promised or blamed, or for what somebody is held: "committed to easing …", "arrested for …"."""
        doc = self.doc
        marks = {doc.words[m].lower() for m in doc.dependents(c, "mark")}
        row = self.rows.get(base)
        said = row is not None and row.type in OBJECT_TYPES
        return c > base and ("for" in marks or (said and bool(marks & {"to", "of", "from", "on", "against"})))

    def _within(self, i: int, words: set[int]) -> list[int]:
        """The unbroken run of words round word `i`, inside its speaker's words, without marks at its edges."""
        doc = self.doc
        sayings = [s for s in self.attribution.by_word.get(i, ()) if not s.act]
        if sayings:
            inner = words & sayings[0].content
            words = inner or words
        first, last = min(words), max(words)
        if sayings:
            outside = [k for s in sayings for k in (range(*s.cue) if s.cue else ())]
            while any(first <= k <= last for k in outside):  # the cue stands inside the clause: keep the side of the act
                k = next(k for k in outside if first <= k <= last)
                if k > i:
                    last = k - 1
                elif k < i:
                    first = k + 1
                else:
                    break
            kept = [k for k in words if first <= k <= last]
            if kept:
                first, last = min(kept), max(kept)
        while first < last and doc.upos[first] == "PUNCT" and doc.words[first] not in {"“", '"'}:
            first += 1
        while last > first and doc.upos[last] == "PUNCT" and doc.words[last] not in {"”", '"'}:
            last -= 1
        return list(range(first, last + 1))

    # acts within acts

    def _objects(self, events: list[RawClaim]) -> list[RawClaim]:
        """What is asked for, promised, refused or threatened is the object of that act, not an event of its own; what is alleged is both."""
        doc = self.doc
        dropped: set[int] = set()
        by_sentence: defaultdict[int, list[RawClaim]] = defaultdict(list)
        for e in events:
            by_sentence[doc.sentence_of[e.head]].append(e)
        for outer in events:
            if outer.type not in OBJECT_TYPES:
                continue
            beside = by_sentence[doc.sentence_of[outer.head]]
            inner = [e for e in beside if e is not outer and e.head not in dropped and self._governed(e.head, outer.head)]
            if not inner:
                continue
            nearest = min(inner, key=lambda e: (self._depth(e.head, outer.head), e.head))
            if outer.object is None:
                outer.object = (nearest.type, nearest.modes[:1])
                outer.because["object"] = f"{nearest.because['type']} “{self.doc.words[nearest.head]}”"
            if not outer.recipients and outer.type in {"AGREE", "THREATEN", "CONCEDE"}:  # "promised to send aid to Lebanon"
                named = [p for p in nearest.recipients or nearest.partners if p.kind != "place" or nearest.type != "REJECT"]
                outer.recipients = without(named, outer.actors)
            if outer.type == "THREATEN":  # "threatened to send its troops": not over them
                outer.recipients = [p for p in outer.recipients if not meet([p], outer.actors)]
            if outer.type == "THREATEN" and not outer.recipients:
                for held in (outer.head, nearest.head):
                    clause, _ = self._condition(held)
                    subject = doc.dependent(clause, "nsubj") if clause >= 0 else None
                    if subject is not None and not outer.recipients:  # "unless the rebels withdrew"
                        named = [p for p in self.resolver.parties(subject) if p.kind not in {"holding", "place"}]
                        outer.recipients = [] if meet(named, outer.actors) else named
                        if outer.recipients:
                            outer.because["recipients"] = f"whom the condition names: {outer.recipients[0].because}"
            asking = outer.type == "REQUEST" and not outer.recipients and nearest.nominal and nearest.type in _HOSTILE | {"RETREAT", "CONCEDE"}
            if asking and (asked := without(nearest.actors, outer.actors)):
                outer.recipients, outer.because["recipients"] = asked, f"whose “{doc.words[nearest.head]}” is asked for: {asked[0].because}"
            if outer.type == "THREATEN" and not outer.recipients and nearest.type == "ASSAULT" and nearest.actors:
                outer.recipients = without(nearest.actors, outer.actors)  # "warned that any attack by Chad would be answered"
                if outer.recipients:
                    outer.because["recipients"] = f"whose “{doc.words[nearest.head]}” would be answered: {outer.recipients[0].because}"
            for e in inner:
                if outer.type == e.type == "ACCUSE" and e.because.get("status") == PURPOSE and not e.recipients and outer.recipients:
                    dropped.add(e.head)  # "summoned the envoy to protest against it"
                    continue
                if outer.type in {"REQUEST", "AGREE", "REJECT", "THREATEN", "CONCEDE"}:
                    given_up = outer.type in {"REJECT", "CONCEDE", "AGREE"} and e.status is Status.NEGATED
                    if given_up and "matrix.tsv" in e.because.get("status", ""):  # "ruled out talks", "renounced violence"
                        dropped.add(e.head)
                    asked_not = outer.type == "REQUEST" and e.status is Status.NEGATED  # "warned it not to send more ships"
                    unmade = e.status in {Status.OCCURRED, Status.PLANNED, Status.HYPOTHETICAL} or e.because.get("status") == _GOES_ON
                    if (asked_not or unmade) and self._unreal(e.head, outer):
                        dropped.add(e.head)
                elif outer.type == "ACCUSE" and not outer.actors and outer.head in self.cues:
                    outer.recipients = outer.recipients or e.actors
                elif outer.type == "ACCUSE" and outer.actors:
                    ours = all(self.attribution.own_voice(p) for p in outer.actors)  # "the Ministry condemns …", in its own statement
                    if not ours and ("allege" in outer.modes or outer.nominal or e.actors or outer.recipients or doc.upos[e.head] == "VERB"):
                        e.voice, e.voice_cue = outer.actors, outer.head  # "condemned the bombing": that there was one is not the condemner's to say
                    if not outer.recipients and e.actors and (doc.upos[outer.head] == "VERB" or outer.head in self.cues):
                        outer.recipients = without(e.actors, outer.actors)
                        outer.because["recipients"] = "who is said to have done it"
                    gerund = doc.upos[e.head] == "VERB" and doc.labels[e.head] == "obl" and not doc.dependents(e.head, "nsubj")
                    own = gerund and bool(outer.recipients) and meet(e.actors, outer.actors)  # "protested against shelling": not its own
                    if (not e.actors or own) and outer.recipients and e.type not in {"ACCUSE", "REQUEST"}:
                        e.actors = outer.recipients
                        e.because["actors"] = "the one accused"
                        e.recipients = without(e.recipients, e.actors)
            for e in beside:  # "declared a ceasefire that is to begin on Friday": told once
                thing = doc.heads[e.head] if doc.labels[e.head].startswith("acl") else -1
                again = outer.object is not None and outer.object[0] == e.type and e.status is Status.PLANNED
                if again and thing >= 0 and doc.heads[thing] == outer.head and doc.labels[thing] == "obj":
                    dropped.add(e.head)
        # what an act is only for has not been done: "to facilitate the talks"
        aims = {e.head for e in events if e.because.get("status") == PURPOSE and (e.type in _AIMS or self._freed_for(e))}
        aims |= {e.head for e in events if e.because.get("status") in {_TO_END, _WITHOUT}}
        kept = [e for e in events if e.head not in dropped | aims]
        charges = {e.head for e in kept if e.type == "ACCUSE"}
        twice = {e.head for e in kept if e.type == "ACCUSE" and e.because.get("status") == PURPOSE and doc.heads[e.head] in charges}
        kept = [e for e in kept if e.head not in twice]  # "summoned the ambassador to protest": one act
        for e in kept:
            purpose = e.status is Status.PLANNED and e.because.get("status") == PURPOSE and not e.nominal
            if purpose and e.type in {"REQUEST", "ACCUSE"} and status_of(doc, doc.heads[e.head], self.lexicon, self.cues)[0] is Status.OCCURRED:
                e.status, e.because["status"] = Status.OCCURRED, "what an act is done for that says it"  # "marched to demand", "blocked a road to press"
            self._recast(e)
        return kept

    def _accused(self, accusation: RawClaim, events: list[RawClaim]) -> None:
        """ "Rebels are accused of bombing a post", "the raid was blamed on rebels": the act, on the say-so of somebody unnamed (codebook, 3.13)."""
        doc, k = self.doc, accusation.head
        charged = accusation.type == "ACCUSE" and "allege" in accusation.modes and not accusation.actors and doc.upos[k] == "VERB" and is_passive(doc, k)
        if not charged or doc.dependents(k, "obl:agent"):
            return
        blamed = accusation.recipients or (self.resolver.parties(doc.heads[k]) if doc.labels[k] == "acl" else [])
        for e in events:
            subject = doc.heads[e.head] == k and doc.labels[e.head] == "nsubj:pass"
            told = e.nominal and doc.heads[k] == e.head and doc.labels[k] == "acl"  # "a bombing blamed on the rebels"
            if e.voice or e.type in {"ACCUSE", "REQUEST"} or not (subject or told or self._governed(e.head, k)):
                continue
            if doc.labels[k] == "acl" and not told and any(not s.act for s in self.attribution.chain(e.head)):  # "the men accused of it", he said: his words
                continue
            e.voice, e.voice_cue = [self.resolver.unnamed(k)], k
            if not e.actors and blamed:
                e.actors, e.because["actors"] = blamed, "the one accused"
            e.recipients = without(e.recipients, e.actors)

    def _charged(self, accusation: RawClaim, events: list[RawClaim]) -> RawClaim | None:
        """ "Two died in a bombing. The governor blamed the rebels": the attack just told of, by those blamed, as the accuser tells it (codebook, 3.2)."""
        doc, k = self.doc, accusation.head
        alone = accusation.type == "ACCUSE" and "allege" in accusation.modes and not accusation.nominal and accusation.object is None
        if not alone or not accusation.actors or not accusation.recipients or any(doc.case(c) in {"for", "of"} for c in doc.dependents(k, "obl", "advcl")):
            return None
        if not all(p.entity.sector in FORCES for p in accusation.recipients) or any(e is not accusation and doc.below(e.head, k) for e in events):
            return None
        if any(e.type == "ASSAULT" and 0 <= doc.sentence_of[e.head] - doc.sentence_of[k] <= 1 < e.head - k and meet(e.actors, accusation.recipients)
               and meet(self._speakers(e.head), accusation.actors) for e in events):  # fmt: skip
            return None  # the accuser goes on to tell it himself
        for e in reversed(events):
            if e.head > k or e.type != "ASSAULT" or self.lexicon.is_word(doc.lemmas[e.head], "fight"):
                continue
            if doc.sentence_of[k] - doc.sentence_of[e.head] > 1 or e.status is not Status.OCCURRED:
                return None
            if e.actors or not e.recipients or meet(e.recipients, accusation.recipients):
                continue
            because = {**e.because, "actors": f"who is blamed: “{doc.words[k]}”"}
            return replace(e, head=k, evidence=accusation.evidence, trigger=[k], actors=accusation.recipients, nominal=False, bare=False,
                           voice=accusation.actors, voice_cue=k, because=because)  # fmt: skip
        return None

    def _owned_up(self, events: list[RawClaim]) -> list[RawClaim]:
        """ "The group claimed responsibility", without a word for what: for the attack last told of, of which nobody else was said to have done it."""
        doc, found = self.doc, []
        for i in range(len(doc)):
            if doc.labels[i] != "obj" or doc.upos[i] != "NOUN" or not self.lexicon.is_word(doc.lemmas[i], "link"):
                continue
            verb = doc.heads[i]
            light = next((r for r in self.lexicon.light.get(doc.lemmas[verb], ()) if r["noun_position"] == "for" and r["effect"] == "occurred"), None)
            aimed = any(doc.case(c) in {"for", "in", "over"} for c in (*doc.dependents(i, "nmod"), *doc.dependents(verb, "obl")))
            subject = doer_of(doc, verb) if light is not None and not aimed else None
            if subject is None or light is None or missing_party(doc, verb) or status_of(doc, verb, self.lexicon, self.cues)[0] is not Status.OCCURRED:
                continue
            makers = [p for p in self.resolver.parties(subject) if p.kind not in {"holding", "place"}]
            if not makers or any(doc.sentence_of[e.head] == doc.sentence_of[i] and e.head > verb and e.type == "ASSAULT" for e in events):
                continue
            x = next((e for e in sorted(events, key=lambda e: -e.head) if e.type == "ASSAULT" and e.head < verb and e.status is Status.OCCURRED), None)
            if x is None or doc.sentence_of[i] - doc.sentence_of[x.head] > 2 or (x.actors and not meet(x.actors, makers)) or meet(x.recipients, makers):
                continue
            because = {**x.because, "type": f"{light.place} {light['verb']} {doc.lemmas[i]}; for “{doc.words[x.head]}”", "actors": "who claims it"}
            words = sorted({*doc.subtree(subject), verb, i})
            found.append(replace(x, head=i, evidence=list(range(words[0], words[-1] + 1)), trigger=[verb, i], actors=makers, times=None, nominal=True,
                                 bare=False, voice=makers, voice_cue=verb, because=because))  # fmt: skip
        return found

    def _mutual(self, accusation: RawClaim, events: list[RawClaim]) -> list[RawClaim]:
        """ "A and B accused each other of violating the truce": each says that the other did; the second of the two tellings."""
        doc, sides = self.doc, accusation.actors
        nobody_else = accusation.type == "ACCUSE" and not accusation.recipients and len(sides) == 2
        objects = {w for c in doc.dependents(accusation.head, "obj", "iobj") for w in doc.subtree(c)}
        subjects = doc.dependents(accusation.head, "nsubj")
        each = any(doc.words[c].lower() == "each" for s in subjects for c in doc.dependents(s, "det")) and any(doc.lemmas[w] == "other" for w in objects)
        reciprocal = accusation.nominal or each or any(doc.lemmas[w] == "each" or (doc.lemmas[w] == "another" and doc.lemmas[w - 1] == "one") for w in objects)
        if not (nobody_else and reciprocal):
            return []
        added: list[RawClaim] = []
        for e in events:
            told = e is not accusation and e.head in {k for k in doc.subtree(accusation.head) if k != accusation.head}
            if not told or without(e.actors, sides) or e.type == "ACCUSE" or self.lexicon.is_word(doc.lemmas[e.head], "fight"):
                continue
            why = {**e.because, "actors": "each of the two accuses the other"}
            added.append(replace(e, actors=[sides[0]], recipients=without(e.recipients, sides[:1]), voice=[sides[1]], voice_cue=accusation.head, because=why))
            e.actors, e.recipients, e.voice, e.voice_cue, e.because = [sides[1]], without(e.recipients, sides[1:]), [sides[0]], accusation.head, dict(why)
        return added

    def _forecast(self, e: RawClaim) -> bool:
        """Whether somebody who only watches says what will or may come (codebook, 3.14)."""
        if e.status not in {Status.PLANNED, Status.HYPOTHETICAL}:
            return False
        said = next((s for s in self.attribution.chain(e.head) if not s.act), None)
        return said is not None and bool(said.speakers) and all(self.lexicon.is_word(self.doc.lemmas[k], "onlooker") for k in said.speakers)

    def _retold(self, e: RawClaim, events: list[RawClaim]) -> bool:
        """Whether "the attack", with nobody on either side, is told again only to say when it was: "the raid came a day after the talks"."""
        doc = self.doc
        if e.type != "ASSAULT" or not e.nominal or e.actors or e.recipients or not self._definite(e.head) or doc.labels[e.head] != "nsubj":
            return False
        verb = doc.heads[e.head]
        told = any(x.type == "ASSAULT" and x.head < e.head and doc.sentence_of[e.head] - doc.sentence_of[x.head] <= _AGO for x in events)
        parted = {doc.words[m].lower() for c in doc.dependents(verb, "obl", "advcl") for m in doc.dependents(c, "case", "mark")}
        return told and doc.heads[verb] < 0 and not doc.dependents(verb, "obj", "xcomp", "ccomp") and bool(parted & _PARTED)

    def _governed(self, i: int, top: int) -> bool:
        """Whether word `i` is in what act `top` is about: below it, but not in its subject or in a clause beside it."""
        doc = self.doc
        k = i
        while k >= 0 and doc.heads[k] != top:
            weapon = doc.labels[k] == "acl:relcl" and doc.lemmas[doc.heads[k]] in self.lexicon.weapons  # "blamed them for a mine that killed 60"
            if doc.labels[k] in {"acl:relcl", "parataxis"} and not (weapon and any(doc.words[s].lower() == "that" for s in doc.dependents(k, "nsubj"))):
                return False
            if k != i and doc.labels[k] == "advcl" and k in self.cues:
                return False  # "rejected the offer, saying that …": said beside it
            if k != i and doc.labels[k] in {"nmod", "obl"} and self.lexicon.is_word(doc.lemmas[k], "wake"):
                return False  # "ordered strikes in the wake of the bombing": there was one
            k = doc.heads[k]
        if k < 0:
            return False
        label = doc.labels[k]
        if label in {"nsubj", "acl:relcl", "obl:tmod"} or label.split(":")[0] in {"parataxis", "discourse"}:
            return False
        if label == "conj" and doc.upos[top] == "VERB":
            return False
        if label == "advcl":
            if (k != i and k in self.cues) or k < top or self._speaks_beside(k):
                return False  # "speaking after a meeting with the king, he promised …", "left the talks, accusing the rebels of …"
            return any(doc.words[m].lower() in {"to", "of", "for", "from"} for m in doc.dependents(k, "mark")) or doc.words[k].lower().endswith("ing")
        if label.startswith("obl"):
            return doc.case(k) in {"for", "of", "to", "from", "on", "over", "with", "against", "in", "into", ""}
        return True

    def _speaks_beside(self, k: int) -> bool:
        """Whether a participle behind a comma tells what the same party said beside: "left the talks, accusing the rebels of …"."""
        doc = self.doc
        row = self.rows.get(k)
        speaks = row is not None and row.type in OBJECT_TYPES and doc.words[k].lower().endswith("ing")
        return k > 0 and doc.words[k - 1] == "," and speaks and not doc.dependents(k, "mark")

    def _depth(self, i: int, top: int) -> int:
        n = 0
        while i != top and i >= 0:
            i, n = self.doc.heads[i], n + 1
        return n

    def _unreal(self, i: int, outer: RawClaim) -> bool:
        """Whether the inner act is only asked for, promised or refused: an infinitive, a "that … should" clause, or a bare noun."""
        doc = self.doc
        k = i
        while doc.heads[k] != outer.head and doc.heads[k] >= 0:
            if doc.labels[k] == "acl" and doc.words[k].lower().endswith("ed"):
                return False
            k = doc.heads[k]
        return True

    def _recast(self, e: RawClaim) -> None:
        """Meetings and help still to come are AGREE; force that a side says it would use is THREATEN (codebook, section 3, rule 6)."""
        if e.type == "THREATEN" and e.actors and not e.recipients and not e.nominal:
            self._held_over(e)
        if e.type in {"AGREE", "CONCEDE", "THREATEN"} and e.status is Status.PLANNED and e.because.get("status") != PURPOSE and e.actors:
            e.status, e.because["status"] = Status.OCCURRED, "what is promised is promised now"  # "said it would honour the accord", "announced a truce"
        if e.type in _HOSTILE and e.status is Status.PLANNED and not e.nominal and (why := self._menace(e)):
            e.object, e.because["object"] = (e.type, e.modes[:1]), e.because["type"]
            e.because["type"] = f"{e.because['type']}; {why}, so THREATEN"
            e.type, e.modes, e.status = "THREATEN", [], Status.OCCURRED
            e.actors = e.actors or self._speakers(e.head)
            e.recipients = without(e.recipients, e.actors)
            return
        if e.type in _REFUSED and e.status is Status.NEGATED and self._refuses(e):
            e.object, e.because["object"] = (e.type, e.modes[:1]), e.because["type"]
            e.because["type"] = f"{e.because['type']}; said not to be going to happen by those who would do it, so REJECT"
            e.because.pop("status", None)
            if e.type == "RETREAT":  # "will release no prisoners": it is not to them that it is refused
                e.recipients = []
                e.because.pop("recipients", None)
            e.type, e.modes, e.status = "REJECT", [_REFUSED[e.type]], Status.OCCURRED
            if e.partners and (met := without(e.actors, e.partners)):
                e.actors, e.recipients = met, e.recipients or e.partners
            return
        if e.type == "RETREAT" and e.status is Status.PLANNED and e.modes[:1] and e.modes[0] in _YIELDED and self._gives_word(e):
            e.object, e.because["object"] = (e.type, e.modes[:1]), e.because["type"]
            e.because["type"] = f"{e.because['type']}; promised by who would do it, so AGREE"
            e.type, e.modes, e.status = "AGREE", [], Status.OCCURRED
            return
        if e.type in _FUTURE and e.status is Status.PLANNED and e.actors and e.because.get("status") != PURPOSE:
            e.object, e.because["object"] = (e.type, e.modes[:1]), e.because["type"]
            if e.partners and (met := without(e.actors, e.partners)):  # "will meet his counterpart": one promises, to the other
                e.actors, e.recipients = met, e.recipients or e.partners
                e.because["recipients"] = f"with whom: {e.recipients[0].because}"
            e.because["type"] = f"{e.because['type']}; still to come, so AGREE"
            e.type, e.modes, e.status = "AGREE", [], Status.OCCURRED

    def _held_over(self, e: RawClaim) -> None:
        """Over whom a threat is held that names nobody: whoever does what it is bound to, "warned of consequences if the army fired on the crowd"."""
        doc = self.doc
        for i in (e.head, *doc.dependents(e.head, "xcomp", "ccomp"), *doc.dependents(e.head, "obl", "obj")):
            for c in doc.dependents(i, "advcl", "acl"):
                row = next((r for k in doc.dependents(c, "mark") if (r := self.lexicon.matrix.get((doc.words[k].lower(), "mark")))), None)
                subject = doc.dependent(c, "nsubj")
                if row is None or row["effect"] != "conditional" or subject is None:
                    continue
                named = [p for p in self.resolver.parties(subject) if p.kind not in {"holding", "place"} and p.entity.sector is not Sector.UNK]
                if named and not meet(named, e.actors):
                    e.recipients, e.because["recipients"] = named, "whom the condition names"
                return

    def _refuses(self, e: RawClaim) -> bool:
        """Whether a side says of itself that it won't do a thing: "we will not negotiate"; what it says it did not do is a denial."""
        doc = self.doc
        verb = doc.heads[e.head] if e.nominal and doc.labels[e.head] == "obj" else e.head  # "will hold no talks"
        will = any(doc.lemmas[a] in {"will", "would", "shall"} or doc.words[a].lower() in {"wo", "’ll", "'ll"} for a in doc.dependents(verb, "aux"))
        will = will or (doc.labels[verb] == "xcomp" and doc.words[doc.heads[verb]].lower() == "going")
        speakers = next((s.parties for s in self.attribution.chain(e.head) if not s.act), None)
        if will and speakers and not e.actors and not e.nominal and doc.labels[e.head] == "conj" and not doc.dependents(e.head, "nsubj", "nsubj:pass"):
            e.actors, e.because["actors"] = speakers, f"who says so: {speakers[0].because}"  # "said it was ready to meet, but would not accept a truce"
        return will and bool(e.actors) and (not speakers or meet(e.actors, speakers))

    def _gives_word(self, e: RawClaim) -> bool:
        """Whether a side says of itself that it will let go or keep the peace: "we will free the pilots", "said it would respect the truce"."""
        return not e.nominal and not is_passive(self.doc, e.head) and meet(e.actors, self._speakers(e.head)) and self._refuses(e)

    def _speakers(self, i: int) -> list[Party]:
        """Whose words word `i` is: the nearest speaker's, else those of the party that publishes the report."""
        return next((s.parties for s in self.attribution.chain(i) if not s.act), None) or self.resolver.publisher()

    def _menace(self, e: RawClaim) -> str:
        """Why an act still to come is held over somebody: the side that would do it says so, under a condition or by a word of threat."""
        speakers = self._speakers(e.head)
        if not speakers or (e.actors and not meet(e.actors, speakers)) or (not e.actors and not is_passive(self.doc, e.head)):
            return ""
        clause, mark = self._condition(e.head)
        if clause >= 0:
            if not without(e.recipients, e.actors or speakers) and self.doc.dependent(clause, "nsubj") is not None:
                e.recipients = self._conditioned(e.head, speakers)
                e.because["recipients"] = "whom the condition names"
            return f"“{self.doc.words[mark]}” makes it a threat"
        if e.type == "ASSAULT" and e.actors and self.lexicon.is_word(self.doc.lemmas[e.head], "reprisal"):
            return f"“{self.doc.words[e.head]}”"
        said = next((s for s in self.attribution.chain(e.head) if not s.act), None)
        if said is not None and said.row is not None and any(r.type == "THREATEN" for r in self.lexicon.verbs.get(said.row["form"], ())):
            return f"“{said.row['form']}”"
        return ""

    def _conditioned(self, i: int, threatening: list[Party]) -> list[Party]:
        """Over whom a threat is held by its condition: "if Chad sends troops, we will …", "threatened strikes unless the rebels withdraw"."""
        clause = next((c for k in (i, *self.doc.dependents(i, "xcomp")) if (c := self._condition(k)[0]) >= 0), -1)
        subject = self.doc.dependent(clause, "nsubj") if clause >= 0 else None
        named = self.resolver.parties(subject) if subject is not None else []
        named = [p for p in named if p.kind not in {"holding", "place"} and p.entity.sector is not Sector.UNK]
        return [] if meet(named, threatening) else named

    def _condition(self, i: int) -> tuple[int, int]:
        """The clause under whose condition verb `i` stands, and the word that says so; -1 for none."""
        doc = self.doc
        above = doc.heads[i] if doc.labels[i] == "ccomp" else -1  # "should they land, he warned, …": the condition may hang on the cue
        for c in [*doc.dependents(i, "advcl"), *(k for k in (doc.dependents(above, "advcl") if above >= 0 else ()) if k < i)]:
            opening = min(doc.children[c], default=c)
            for k in [*doc.dependents(c, "mark"), *(a for a in doc.dependents(c, "aux") if a == opening)]:
                row = self.lexicon.matrix.get((doc.words[k].lower(), "mark"))
                if row is not None and row["effect"] == "conditional":
                    return c, k
        return -1, -1
