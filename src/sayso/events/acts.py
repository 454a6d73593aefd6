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
from sayso.events.sides import Sides, distinct, meet, without
from sayso.events.status import PURPOSE, lasting, missing_party, status_of
from sayso.events.uses import Uses
from sayso.lexicon import ActRow, Lexicon
from sayso.model import MODES, OBJECT_TYPES, Count, Sector, Status
from sayso.reader import Doc
from sayso.resolve.counts import times_in
from sayso.resolve.entities import Party, Resolver
from sayso.syntax import clause_of, doer_of, is_passive, objects_of

_VERBAL = {"VERB", "AUX"}
_HOSTILE = {"ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "REJECT"}
_BESIDE = {"amid", "amidst", "despite"}
"""What introduces an act told beside the clause's own."""
_REFUSED = {"CONSULT": "meet", "AID": "assist", "COOPERATE": "assist", "SUPPORT": "assist", "RETREAT": "yield", "CONCEDE": "yield"}
"""What is a refusal where a side says that it won't do it, and of which mode."""
_DEALINGS = {"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "REJECT", "REQUEST", "CONCEDE"}
"""What firms do among themselves too."""
_FUTURE = {"CONSULT", "COOPERATE", "SUPPORT", "AID"}


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
        named_beside(events, self.doc, self.attribution, self.lexicon)
        events = [e for e in events if not self._forecast(e)]
        return Denials(self.doc, self.resolver, self.attribution, self.lexicon).add(events)

    def _outcomes(self, events: list[RawClaim]) -> list[RawClaim]:
        """Without participles that tell how an attack ended ("shelled the village, killing two"): the harm is a casualty, the act is the attack.

        An attack without a recipient has those who were harmed for one.
        """
        doc = self.doc
        force = {e.head: e for e in events if e.type == "ASSAULT"}
        dropped: set[int] = set()
        for e in events:
            if self._launch(e, force) or self._setting(e, force) or self._felled(e, force):
                dropped.add(e.head)
                continue
            if (first := self._first_of(e, force)) is not None:
                dropped.add(e.head)
                harmed = without(e.recipients, first.actors)
                told = [p for p in first.recipients if not self.sides.guessed(p)] if harmed else first.recipients  # "ambushed a lorry and killed two soldiers"
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
            if not force[above].recipients:
                force[above].recipients = without(e.recipients, force[above].actors)
        return [e for e in events if e.head not in dropped]

    def _setting(self, e: RawClaim, force: dict[int, RawClaim]) -> bool:
        """Whether a noun only says in what sort of fight the act above it was done: "killed six rebels in a clash"."""
        doc = self.doc
        if e.type != "ASSAULT" or not e.nominal or doc.labels[e.head] not in {"obl", "obl:agent"} or doc.case(e.head) not in {"in", "during", "by"}:
            return False
        above = force.get(doc.heads[e.head])
        if above is None or above.nominal or self._definite(e.head) or not (above.actors or e.actors) or (e.recipients and not above.recipients):
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

    def _launch(self, e: RawClaim, force: dict[int, RawClaim]) -> bool:
        """Whether an act only tells who fired what struck: "a shell fired by the army hit a house"."""
        doc = self.doc
        weapon = doc.heads[e.head]
        if e.type != "ASSAULT" or e.nominal or doc.labels[e.head].split(":")[0] != "acl" or doc.lemmas[weapon] not in self.lexicon.weapons:
            return False
        return doc.heads[weapon] in force and doc.labels[weapon] in {"nsubj", "obl:agent"}

    def _once(self, events: list[RawClaim]) -> list[RawClaim]:
        """One event where a verb's use has a noun of the same act in it ("held talks"): the noun's, with what only the verb gave."""
        doc = self.doc
        by_head = {e.head: e for e in events}
        dropped: set[int] = set()
        for e in events:
            verb = by_head.get(doc.heads[e.head])
            if verb is not None and e.nominal and not verb.nominal and verb.type == "SUPPORT":
                thanked = e.type == "SUPPORT" and doc.case(e.head) == "for"  # "thanked Brazil for its support"
                alone = len(e.actors) == len(e.partners) or not without(e.actors, verb.actors)
                signed = e.type == "AGREE" and doc.labels[e.head] in {"obj", "nsubj:pass"} and alone  # "ratified the pact with Japan"
                if thanked or signed:
                    dropped.add(e.head)
                    continue
            if not e.nominal or verb is None or verb.nominal:
                continue
            if verb.type != e.type:
                part = doc.lemmas[e.head] in self.rows[verb.head].words[1:] and doc.labels[e.head] in {"obj", "nsubj:pass"}
                if part and verb.type not in OBJECT_TYPES:
                    dropped.add(e.head)  # "lifted the siege": the noun is part of the word of act
                continue
            if not self._named(e.head, self.rows[verb.head]):
                continue
            if "visit" in verb.modes and doc.labels[e.head] == "obl":  # "flew to Cairo for talks with the king": the visit, and whom it is to
                hosts, _ = self.sides.at(e.head, ("with",), False, None)
                verb.recipients = without(hosts, verb.actors) or verb.recipients
                if hosts:
                    verb.because["recipients"] = f"with: {hosts[0].because}"
                dropped.add(e.head)
                continue
            if e.status is Status.OCCURRED and verb.status is not Status.OCCURRED:
                e.status, e.because["status"] = verb.status, verb.because.get("status", "")
            held = doc.lemmas[e.head] not in self.rows[verb.head].words[1:]  # "convened a meeting of ministers"
            if verb.actors and (held or "third-party" in verb.modes):  # "hosted talks between the two", "hosted talks with its neighbour"
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
        raw = RawClaim("event", i, [], [i], row.type, list(row.modes), nominal=not verb)
        raw.because["type"] = f"{row.row.place} {row.row['form']}"
        base = i if verb or light is None else light
        raw.status, why, top = status_of(doc, base, self.lexicon, self.cues - {i})
        if not verb and light is None:
            own, reason, _ = status_of(doc, i, self.lexicon, self.cues)
            raw.status, why = own, reason
        elif not verb and light is not None:
            own, reason, _ = status_of(doc, i, self.lexicon, {light} | self.cues)
            if own is not Status.OCCURRED and raw.status is Status.OCCURRED:
                raw.status, why = own, reason
        if light is not None and effect == "ongoing" and self._past(light):
            effect = "occurred"  # "the clashes continued throughout the night", "the battle went on until dawn": told as over
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
        if raw.status is Status.OCCURRED and verb and not row.duty and lasting(doc, i):
            raw.status, why = Status.ONGOING, "the perfect with a span of time"
        if why:
            raw.because["status"] = why
        raw.actors, at_actor = self.sides.at(i, row.actor, verb, light)
        if raw.type == "ASSAULT":
            raw.actors = self.sides.wielders(raw.actors)
            if not verb and at_actor == "adj":
                raw.actors = self.sides.forces(raw.actors)
        if not verb and not raw.actors and {"of", "poss"} <= set(row.recipient) and self.sides.at(i, ("of",), verb, light)[0]:
            raw.actors, at_actor = self.sides.at(i, ("poss",), verb, light)  # "the rebels' abduction of pupils": whose victims "of" tells
        if not verb and not raw.actors and (culprits := self.sides.behind(i)):
            raw.actors, at_actor = culprits, "behind"
        recipients = row.recipient
        if light is not None and not verb:
            subject = doer_of(doc, light) if doc.labels[i] != "nsubj" else None
            if is_passive(doc, light) and self.lexicon.is_word(doc.lemmas[light], "link"):
                subject = next(iter(objects_of(doc, light)), None)
            lent = self.resolver.parties(subject) if subject is not None else []
            if lent and subject_is == "actor" and not raw.actors:
                raw.actors, at_actor = lent, f"subject of “{doc.words[light]}”"
            elif lent and subject_is == "recipient" and not raw.recipients and "about" not in row.recipient:  # "received complaints": about others
                raw.recipients = lent
        if "both" in recipients:
            beside = ("with", "between") if verb and not is_passive(doc, i) else ("with", "between", "by", "of")
            partners, _ = self.sides.at(i, (*beside, *(t for t in recipients if t != "both")), verb, light)
            raw.partners = without(partners, raw.actors)
            raw.actors = distinct([*raw.actors, *partners])
            if raw.type == "CONSULT" and not verb and light is None and partners and len(raw.actors) == len(partners):
                raw.actors = distinct([*self.sides.host(i), *raw.actors])
        elif not raw.recipients:
            tokens = [t for t in recipients if t != at_actor]
            raw.recipients, at = self.sides.at(i, tokens, verb, light)
            if at:
                raw.because["recipients"] = f"{at}: {raw.recipients[0].because}"
        if not verb and raw.type == "ACCUSE" and i in self.cues and not raw.actors:
            said = next((s for s in self.attribution.by_sentence.get(doc.sentence_of[i], ()) if s.cue and s.cue[0] == i), None)
            raw.actors = [p for p in said.parties if p.kind != "unnamed"] if said is not None else []
            at_actor, raw.status = "who alleges it", Status.OCCURRED
        raw.recipients = without(raw.recipients, raw.actors)
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
            if {"from", "obj"} <= set(row.recipient):  # what is taken may be taken from nobody
                raw.recipients = self.sides.holders(raw.recipients)
            self.sides.struck(raw)
            self.sides.other_side(i, raw)
        elif raw.type in {"ACCUSE", "SUPPORT", "REJECT"} and verb and not raw.recipients and "both" not in recipients:
            raw.recipients = self.sides.behind_object(i)
            if raw.type == "ACCUSE" and not raw.recipients and "allege" not in row.modes:
                raw.recipients = without(self.sides.asked(i), raw.actors)  # "complained that the army keeps them out"
        elif raw.type in {"COERCE", "RETREAT", "AID"} and "none" not in row.recipient:
            if not raw.recipients:
                raw.recipients = without(self.sides.persons(i, row, verb, light), raw.actors)
            if raw.type == "COERCE":
                if verb and not raw.recipients and "obj" in row.recipient and any(self._lived_in(k) for k in objects_of(doc, i)):
                    raw.recipients = without(self.sides.targets(i, row, verb, light), raw.actors)  # "looted homes"
                self.sides.struck(raw)
        elif raw.type == "REQUEST" and not raw.recipients:
            raw.recipients = without(self.sides.asked(i), raw.actors)
        if raw.type == "ASSAULT":
            raw.recipients = self.sides.others(raw)
        if raw.recipients:
            raw.because.setdefault("recipients", raw.recipients[0].because)
        else:
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
        if verb and raw.type in {"AGREE", "REJECT", "CONCEDE", "THREATEN"} and not raw.actors and not raw.recipients and self._nobody(i):
            return None
        if raw.type in _DEALINGS and raw.actors and all(p.entity.sector is Sector.BUS for p in (*raw.actors, *raw.recipients)):
            return None  # firms among themselves: a market, no politics (codebook, section 3, rule 14)
        if row.type in OBJECT_TYPES and row.object not in {"", "auto"}:
            kind, _, modes = row.object.partition("/")
            raw.object = (kind, [m for m in modes.split("|") if m])
            raw.because["object"] = f"{row.row.place} {row.row['form']}"
        return raw

    def _lived_in(self, k: int) -> bool:
        """Whether a noun is a place or a thing, and nobody's by its own words: the people there stand for it."""
        lemma = self.doc.lemmas[k]
        return (lemma in self.lexicon.things or self.lexicon.is_word(lemma, "place")) and not self.doc.dependents(k, "nmod:poss", "nmod")

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
            passive_object = label == "nsubj:pass" and wanted == "obj"
            relative = False
            if wanted == label or passive_object or relative or (label.startswith("obl") and case and wanted in {case, f"obl:{case}", f"prep:{case}"}):
                return head, row["effect"], row["subject_is"]
        return None, "", "actor"

    def _times(self, i: int, verb: bool) -> Count | None:
        """How many acts the clause counts: "violated the ceasefire 70 times", "16 violations"."""
        s = self.doc.sentences[self.doc.sentence_of[i]]
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
        if light is not None and not (head in self.rows and self.lexicon.is_word(doc.lemmas[i], "military")):  # "the patrol was stopped": not lent by it
            return bool(raw.actors or raw.recipients) or raw.status is not Status.HYPOTHETICAL  # "talks must begin": a topic
        if raw.status in {Status.PLANNED, Status.HYPOTHETICAL} and not raw.actors:
            return False
        people = label == "nsubj" and head >= 0 and doc.upos[head] == "VERB"  # "a patrol passed the village"
        if self.lexicon.is_word(doc.lemmas[i], "military") and (people or (label in {"nsubj", "nsubj:pass", "obj", "obl", "conj"} and head in self.rows)):
            return False  # "an Israeli patrol was ambushed": those who were hit, and no act
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
        if label in {"nsubj", "nsubj:pass"} and head >= 0:
            return True
        if label == "obl" and case in {"in", "by", "during", "after", "following", "from"} | _BESIDE:
            return True
        if label == "nmod" and case == "of" and raw.type == "ASSAULT" and (self._counts(head) or self._exchanged(i, row=self.rows[i])):
            return True  # "a series of bombings", "two days of fighting", "17 incidents of shelling"
        if label == "obl" and case == "for" and raw.type == "ASSAULT" and head in self.rows and "allege" in self.rows[head].modes:
            return True  # "blamed the rebels for the ambush"
        if label == "obj" and raw.bare and self._definite(i):
            return False  # "condemned the attack", "end the violence": told before, or a topic
        return bool(raw.actors or raw.recipients) or label in {"root", "obj", "conj"}

    def _definite(self, i: int) -> bool:
        return any(self.doc.words[k].lower() in {"the", "this", "that", "these", "those"} for k in self.doc.dependents(i, "det"))

    def _exchanged(self, i: int, row: ActRow) -> bool:
        """Whether the noun above is part of the word of act: "an exchange of fire"."""
        return self.doc.lemmas[self.doc.heads[i]] in row.words

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
        if verb and top != i and doc.upos[top] in _VERBAL and top not in self.cues and doc.below(i, top):
            base = top
        if not verb:
            if light is not None:
                base = light
            elif doc.case(whole) in _BESIDE:
                return self._within(i, self._phrase(whole))
            elif len(self._phrase(i)) < 4 or doc.labels[i] in {"nsubj", "nsubj:pass"}:
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
                if label == "advcl" and k == base and len(doc.subtree(c)) > 8:
                    continue
                found.add(c)
                stack.append(c)
        return found

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
                outer.recipients = without(nearest.recipients or nearest.partners, outer.actors)
            for e in inner:
                if outer.type in {"REQUEST", "AGREE", "REJECT", "THREATEN", "CONCEDE"}:
                    if outer.type == "REJECT" and e.status is Status.NEGATED and "matrix.tsv" in e.because.get("status", ""):  # "ruled out talks"
                        dropped.add(e.head)
                    asked_not = outer.type == "REQUEST" and e.status is Status.NEGATED  # "warned it not to send more ships"
                    if (asked_not or e.status in {Status.OCCURRED, Status.PLANNED, Status.HYPOTHETICAL}) and self._unreal(e.head, outer):
                        dropped.add(e.head)
                elif outer.type == "ACCUSE" and not outer.actors and outer.head in self.cues:
                    outer.recipients = outer.recipients or e.actors
                elif outer.type == "ACCUSE" and outer.actors:
                    if "allege" in outer.modes or outer.nominal or e.actors or outer.recipients or doc.upos[e.head] == "VERB":
                        e.voice, e.voice_cue = outer.actors, outer.head  # "condemned the bombing": that there was one is not the condemner's to say
                    if not outer.recipients and e.actors and (doc.upos[outer.head] == "VERB" or outer.head in self.cues):
                        outer.recipients = without(e.actors, outer.actors)
                        outer.because["recipients"] = "who is said to have done it"
                    if not e.actors and outer.recipients and e.type not in {"ACCUSE", "REQUEST"}:
                        e.actors = outer.recipients
                        e.because["actors"] = "the one accused"
                        e.recipients = without(e.recipients, e.actors)
            for e in beside:  # "declared a ceasefire that is to begin on Friday": told once
                thing = doc.heads[e.head] if doc.labels[e.head].startswith("acl") else -1
                again = outer.object is not None and outer.object[0] == e.type and e.status is Status.PLANNED
                if again and thing >= 0 and doc.heads[thing] == outer.head and doc.labels[thing] == "obj":
                    dropped.add(e.head)
        # what an act is only for has not been done: "to facilitate the talks"
        aims = {e.head for e in events if e.type in {"CONSULT", "SUPPORT", "COOPERATE"} and e.because.get("status") == PURPOSE}
        kept = [e for e in events if e.head not in dropped | aims]
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
            if e.voice or e.type in {"ACCUSE", "REQUEST"} or not (subject or self._governed(e.head, k)):
                continue
            if doc.labels[k] == "acl" and any(not s.act for s in self.attribution.chain(e.head)):  # "the men accused of it", he said: his words
                continue
            e.voice, e.voice_cue = [self.resolver.unnamed(k)], k
            if not e.actors and blamed:
                e.actors, e.because["actors"] = blamed, "the one accused"
            e.recipients = without(e.recipients, e.actors)

    def _mutual(self, accusation: RawClaim, events: list[RawClaim]) -> list[RawClaim]:
        """ "A and B accused each other of violating the truce": each says that the other did; the second of the two tellings."""
        doc, sides = self.doc, accusation.actors
        nobody_else = accusation.type == "ACCUSE" and not accusation.recipients and len(sides) == 2
        objects = {w for c in doc.dependents(accusation.head, "obj", "iobj") for w in doc.subtree(c)}
        reciprocal = accusation.nominal or any(doc.lemmas[w] == "each" or (doc.lemmas[w] == "another" and doc.lemmas[w - 1] == "one") for w in objects)
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
            k = doc.heads[k]
        if k < 0:
            return False
        label = doc.labels[k]
        if label in {"nsubj", "acl:relcl", "obl:tmod"} or label.split(":")[0] in {"parataxis", "discourse"}:
            return False
        if label == "conj" and doc.upos[top] == "VERB":
            return False
        if label == "advcl":
            if (k != i and k in self.cues) or k < top:
                return False  # "speaking after a meeting with the king, he promised …"
            return any(doc.words[m].lower() in {"to", "of", "for", "from"} for m in doc.dependents(k, "mark")) or doc.words[k].lower().endswith("ing")
        if label.startswith("obl"):
            return doc.case(k) in {"for", "of", "to", "from", "on", "over", "with", "against", "in", "into", ""}
        return True

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
        if e.type in _FUTURE and e.status is Status.PLANNED and e.actors and e.because.get("status") != PURPOSE:
            e.object, e.because["object"] = (e.type, e.modes[:1]), e.because["type"]
            if e.partners and (met := without(e.actors, e.partners)):  # "will meet his counterpart": one promises, to the other
                e.actors, e.recipients = met, e.recipients or e.partners
                e.because["recipients"] = f"with whom: {e.recipients[0].because}"
            e.because["type"] = f"{e.because['type']}; still to come, so AGREE"
            e.type, e.modes, e.status = "AGREE", [], Status.OCCURRED

    def _refuses(self, e: RawClaim) -> bool:
        """Whether a side says of itself that it won't do a thing: "we will not negotiate"; what it says it did not do is a denial."""
        doc = self.doc
        verb = doc.heads[e.head] if e.nominal and doc.labels[e.head] == "obj" else e.head  # "will hold no talks"
        will = any(doc.lemmas[a] in {"will", "would", "shall"} or doc.words[a].lower() in {"wo", "’ll", "'ll"} for a in doc.dependents(verb, "aux"))
        will = will or (doc.labels[verb] == "xcomp" and doc.words[doc.heads[verb]].lower() == "going")
        speakers = next((s.parties for s in self.attribution.chain(e.head) if not s.act), None)
        return will and bool(e.actors) and (not speakers or meet(e.actors, speakers))

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
            subject = self.doc.dependent(clause, "nsubj")
            if not without(e.recipients, e.actors or speakers) and subject is not None:  # "if Chad sends troops, we will …": over whom it is held
                named = [p for p in self.resolver.parties(subject) if p.kind not in {"holding", "place"}]
                e.recipients = [] if meet(named, speakers) else named
                e.because["recipients"] = "whom the condition names"
            return f"“{self.doc.words[mark]}” makes it a threat"
        said = next((s for s in self.attribution.chain(e.head) if not s.act), None)
        if said is not None and said.row is not None and any(r.type == "THREATEN" for r in self.lexicon.verbs.get(said.row["form"], ())):
            return f"“{said.row['form']}”"
        return ""

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
