"""Acts of force and of words whose sides are open → sides that the text names beside them, for the same incident (codebook, section 3, rule 8).

In: the raw events of a report. They are filled in place, each with its reason: by who is blamed in the same sentence, by the attack that
"the attack" takes up again, by the charge that a denial answers, by the act that "the decision" or "the offer" takes up which somebody
condemns, praises or refuses; of talks and threats, which need two, by the two whom the report opposes. Of force nothing is guessed:
where the text ties no two acts together, the sides stay open.
"""

from __future__ import annotations

from msgspec.structs import replace

from sayso.attribution import Attribution, Saying
from sayso.events.owners import side_of
from sayso.events.raw import RawClaim
from sayso.events.sides import FORCES, THERE, distinct, meet, without
from sayso.lexicon import Lexicon
from sayso.model import Distance, Sector, Status
from sayso.reader import Doc
from sayso.resolve.entities import ARMED, Party, Resolver
from sayso.syntax import is_passive, objects_of

_ANSWERED = 3
"""So many sentences before, an act is still the one that "the decision" takes up."""
_MEDIATED = 2
"""So many sentences before, a joint act still tells between whom somebody mediates."""
_JOINT = {"AGREE", "CONSULT", "SUPPORT", "RETREAT", "CONCEDE"}
_ANSWERS = {"ACCUSE", "SUPPORT", "REJECT"}
_ACCORDS = {"AGREE", "SUPPORT", "CONCEDE", "CONSULT"}
_EARLIER = {"after", "following", "since", "before", "to", "for", "over"}
"""What parts an act from the one that it hangs on: it came before it, or is what it answers."""
TOLD_BEFORE = "who attacked in"
"""How the reason opens why somebody did what the sentence tells of without its doer."""
_STEM = 4
"""So many letters tell that a verb and a noun are of one word."""
_AGO = 4
"""So many sentences before, an attack is still the one that "the attack" takes up."""
_SPOKEN = {"REQUEST", "THREATEN", "SUPPORT", "CONCEDE", "AGREE", "REJECT"}
"""Acts of words that whoever speaks does himself."""
_DESERVED = {"SUPPORT", "ACCUSE", "SANCTION", "THREATEN"}
"""What somebody gets for what he did."""
_TAKEN = {"abduct", "arrest"}
_DONE = {Status.OCCURRED, Status.ONGOING}
_UNDONE = {Status.NEGATED, Status.HYPOTHETICAL, Status.PLANNED}


def named_beside(events: list[RawClaim], doc: Doc, resolver: Resolver, attribution: Attribution, lexicon: Lexicon) -> None:
    """Fill the open sides of the acts of force and of words in `events`."""
    force = [e for e in events if e.type == "ASSAULT"]
    beside = _Beside(doc, resolver, attribution, lexicon)
    for accusation in events:
        if accusation.type == "ACCUSE" and accusation.actors and accusation.recipients:
            beside.blamed(accusation, force)
    heads = {k: e for e in events for k in e.trigger}
    for e in events:
        beside.answering(e, heads)
        beside.setting(e, heads)
        beside.so_called(e, heads)
        if e.type == "THREATEN" and not e.recipients:
            beside.threatened(e, events)
    for n, e in enumerate(force):
        beside.fought(e, force)
        beside.pointed(e, force[:n])
        beside.taken_up(e, force[:n])
        beside.suffered(e, force[:n])
        beside.returned(e, force[:n])
        beside.denied(e, force[:n])
        beside.claimed(e, force[:n])
        beside.fired_back(e, force[:n])
        beside.stopped(e, force[:n])
    for n, e in enumerate(events):
        beside.spoken(e)
        beside.mediated(e, events)
        beside.answered(e, events[:n])
        beside.agreed(e, events)
    for n, e in enumerate(events):
        beside.recalled(e, events)
        beside.host_promised(e, events)
        beside.met(e, events[:n])
        beside.menaced(e)
        beside.released(e, events)


def opposed(some: list[Party], others: list[Party]) -> bool:
    """Whether two lists hold forces of two sides."""
    return all((a := side_of(p.entity)) is not None and (b := side_of(o.entity)) is not None and a != b for p in some for o in others)


def attacker(party: Party, sentence: int, before: list[RawClaim], doc: Doc, lexicon: Lexicon) -> RawClaim | None:
    """The attack shortly before whose known makers "the attackers" are; None where the words mean nobody told of."""
    words = party.entity.text.lower().split()
    plain = len(words) == 2 and lexicon.is_word(words[1].removesuffix("s"), "assailant")
    again = lexicon.is_word(party.entity.name, "assailant") and words[-1:] in (["them"], ["they"])  # "pursued the attackers and killed nine of them"
    if party.kind != "agent" or not ((plain and words[0] in {"the", "these", "those"}) or again):
        return None
    nearest = next((x for x in reversed(before) if x.actors and x.type == "ASSAULT"), None)
    if nearest is None or sentence - doc.sentence_of[nearest.head] > 2 or any(p.entity.sector is Sector.UAF for p in nearest.actors):
        return None
    return nearest


class _Beside:
    def __init__(self, doc: Doc, resolver: Resolver, attribution: Attribution, lexicon: Lexicon) -> None:
        self.doc, self.resolver, self.attribution, self.lexicon = doc, resolver, attribution, lexicon

    def blamed(self, accusation: RawClaim, force: list[RawClaim]) -> None:
        """ "The villages were shelled, the ministry said, blaming the militia": the militia shelled them, by the ministry's account."""
        accusers = {p.entity.name for p in accusation.actors}
        for e in force:
            same = self.doc.sentence_of[e.head] == self.doc.sentence_of[accusation.head]
            nobody = all("a speaker for" in p.because for p in e.actors)  # bare "troops" are the accused one's, and not the speaker's
            if same and nobody and not self._two_sided(e) and e.head < accusation.head and self._voices(e.head) & accusers:
                accused = {p.entity.country for p in accusation.recipients}
                e.recipients = [self.resolver.other_side(p, accused, [a.entity.country for a in accusation.actors]) for p in e.recipients]
                if meet(accusation.recipients, [*accusation.actors, *e.recipients]):
                    continue
                state = accusation.recipients[0].entity
                named = f"Armed Forces of {self.resolver.country_name(state.country or '')}"
                theirs = [p._replace(entity=replace(p.entity, country=state.country, name=named)) for p in e.actors if state.sector is Sector.GOV]
                e.actors = theirs or accusation.recipients
                e.because["actors"] = f"who is blamed: “{self.doc.words[accusation.head]}”"

    def fought(self, e: RawClaim, force: list[RawClaim]) -> None:
        """ "Took the town from the army after two days of fighting": those who fought are the two sides of the attack that the sentence tells of."""
        if not e.nominal or e.actors or e.recipients or not self._two_sided(e):
            return
        for x in force:
            same = x is not e and self.doc.sentence_of[x.head] == self.doc.sentence_of[e.head] and self._voices(x.head) == self._voices(e.head)
            top = self.doc.heads[e.head] if self.doc.labels[e.head] == "nsubj" and self.doc.heads[e.head] >= 0 else e.head  # "fighting broke out when …"
            if not same or x.status is not e.status or not (self.doc.below(e.head, x.head) or self.doc.below(x.head, top)):
                continue
            sides = distinct([*x.actors, *(x.recipients if not self._two_sided(x) else [])])
            if len(sides) > 1 and all(p.entity.sector in FORCES for p in sides):
                e.actors, e.bare = sides, False
                e.because["actors"] = f"those who fought: “{self.doc.words[x.head]}”"
                return

    def pointed(self, e: RawClaim, before: list[RawClaim]) -> None:
        """ "The attackers", "the assailants": those who attacked in this or the sentence before."""
        for field in ("actors", "recipients"):
            parties = getattr(e, field)
            if len(parties) == 1 and (x := attacker(parties[0], self.doc.sentence_of[e.head], before, self.doc, self.lexicon)) is not None:
                setattr(e, field, x.actors)
                e.because[field] = f"who attacked in “{self.doc.words[x.head]}” before"

    def taken_up(self, e: RawClaim, before: list[RawClaim]) -> None:
        """ "The attack", "the clashes": the incident just told of by the same speaker."""
        if not e.nominal or e.actors or not self._definite(e.head):
            return
        if self.doc.case(e.head) in _EARLIER:
            over = set(self.doc.ancestors(e.head))  # "opened fire after the shelling": two incidents
            before = [x for x in before if x.head not in over and not (x.nominal and self.doc.heads[x.head] in over)]
        failed = e.status in {Status.ATTEMPTED, Status.NEGATED}  # "the other side said that the assault had been repelled"
        told = (x for x in reversed(before) if (x.actors and x.recipients if failed else x.actors or x.recipients))
        near = [x for x in told if self._near_and_same(x, e, any_voice=failed)]
        stem = self.doc.lemmas[e.head][:_STEM]  # "bombed … shot down … the bombing"
        alike = [x for x in near if not x.nominal and self.doc.lemmas[x.head].startswith(stem)]
        nearest = next(iter((*alike, *near)), None)
        if nearest is None or (not self._two_sided(e) and meet(nearest.actors, e.recipients)):
            return
        if self._two_sided(e):
            e.actors, e.recipients = distinct([*nearest.actors, *nearest.recipients]), []
        else:
            e.actors = nearest.actors
            e.recipients = e.recipients or nearest.recipients
        e.bare = False
        e.because["actors"] = f"as in “{self.doc.words[nearest.head]}” before"

    def suffered(self, e: RawClaim, before: list[RawClaim]) -> None:
        """Who hit those who were hit ("Our posts were fired upon"), where the sentence before tells of an attack on their side and on the same say-so."""
        if e.nominal or e.actors or not e.recipients or self._two_sided(e) or not is_passive(self.doc, e.head) or e.status is Status.NEGATED:
            return
        nearest = next((x for x in reversed(before) if len(x.actors) == 1 and x.head != e.head and not self._two_sided(x)), None)
        if nearest is None or not self._near_and_same(nearest, e, 2) or nearest.status in _UNDONE:
            return
        within = self.doc.below(e.head, nearest.head) and self.doc.labels[e.head] != "conj"  # "struck the camp after a soldier was killed"
        back = not within and meet(nearest.actors, e.recipients) and len(nearest.recipients) == 1
        if back and opposed(nearest.recipients, e.recipients):  # "The attackers were driven back"
            e.actors, e.because["actors"] = nearest.recipients, f"whom they attacked in “{self.doc.words[nearest.head]}” before"
        if e.actors or within or not opposed(nearest.actors, e.recipients):
            return
        if not nearest.recipients or meet(nearest.recipients, e.recipients):
            e.actors, e.because["actors"] = nearest.actors, f"{TOLD_BEFORE} “{self.doc.words[nearest.head]}” before"

    def returned(self, e: RawClaim, before: list[RawClaim]) -> None:
        """Whom those fire at who were attacked just before, on the same say-so: "Rebels shelled the post. The army fired back"."""
        if e.recipients or not e.actors or self._two_sided(e) or e.status in _UNDONE:
            return
        nearest = next((x for x in reversed(before) if x.actors and x.recipients and not self._two_sided(x)), None)
        if nearest is None or not self._near_and_same(nearest, e) or nearest.status is Status.NEGATED:
            return
        if meet(nearest.recipients, e.actors) and not meet(nearest.actors, e.actors) and opposed(nearest.actors, e.actors):
            e.recipients, e.because["recipients"] = nearest.actors, f"who attacked them in “{self.doc.words[nearest.head]}” before"

    def claimed(self, e: RawClaim, before: list[RawClaim]) -> None:
        """Whom "the attack" hit that somebody is said to have made, where the attack was told of shortly before without its maker."""
        if not e.nominal or not e.actors or e.recipients or self._two_sided(e) or not self._definite(e.head):
            return
        if e.because.get("actors", "").startswith(("adj", "poss", "compound")):
            return  # "the American invasion" names itself
        for x in reversed(before):
            if self.doc.sentence_of[e.head] - self.doc.sentence_of[x.head] > _AGO:
                return
            if e.modes and x.modes and not set(e.modes) & set(x.modes):
                continue  # no bombing is "the shelling"
            if x.recipients and not self._two_sided(x) and not meet(e.actors, x.recipients) and (not x.actors or meet(e.actors, x.actors)):
                e.recipients = x.recipients
                e.because["recipients"] = f"as in “{self.doc.words[x.head]}” before"
                one = e.status is x.status is Status.OCCURRED and self._near_and_same(x, e) and not e.voice and not x.voice
                if not x.actors and one:  # one incident by one account: "the raids" were these
                    x.actors, x.because["actors"] = e.actors, f"who made “{self.doc.words[e.head]}”"
                return

    def met(self, e: RawClaim, before: list[RawClaim]) -> None:
        """Who talked, where the clause names nobody: nobody talks alone, so those who last met, else the two whom the report opposes."""
        alone = not without(e.actors, e.partners) or e.because.get("actors", "").startswith("with:")
        if e.type in {"CONSULT", "AGREE"} and e.nominal and e.actors and not e.recipients and alone:
            self._joined(e)
        if e.type != "CONSULT" or e.actors or e.recipients:
            return
        doc = self.doc
        again = self._definite(e.head) and all(doc.labels[c] in {"det", "punct", "case"} for c in doc.children[e.head])  # "the talks"
        last = next((x for x in reversed(before) if x.type in {"CONSULT", "AGREE"} and len(x.actors) + len(x.recipients) > 1), None)
        pair = self.resolver.opposed()
        if last is not None and (again or len(pair) != 2):
            e.actors, e.because["actors"] = distinct([*last.actors, *last.recipients]), f"as in “{doc.words[last.head]}” before"
        elif len(pair) == 2:
            e.actors, e.because["actors"] = pair, "the two whom the report opposes"

    def agreed(self, e: RawClaim, events: list[RawClaim]) -> None:
        """Who agreed, where the clause names only the talks that it came of: "a truce was agreed after talks between the army and the rebels"."""
        if e.type not in {"AGREE", "SUPPORT"} or e.actors or (not e.nominal and not is_passive(self.doc, e.head)):
            return
        doc = self.doc
        carriers = {e.head, *(k for k in e.trigger if doc.upos[k] == "VERB"), *(doc.dependents(e.head, "acl") if e.nominal else ())}
        for x in events:
            if x.type != "CONSULT" or not x.nominal or len(x.actors) < 2 or "third-party" in x.modes or x.status not in _DONE:
                continue
            if doc.heads[x.head] in carriers and doc.case(x.head) in {"after", "following", "in", "at", "during"}:
                e.actors, e.because["actors"] = x.actors, f"who talked: “{doc.words[x.head]}”"
                return

    def _joined(self, e: RawClaim) -> None:
        """Who talks with the one side that "talks with Israel" names: the side that speaks of them, else the other of the two whom the report opposes."""
        if len({side_of(p.entity) for p in e.actors}) != 1 or side_of(e.actors[0].entity) is None:
            return
        said = next((s.parties for s in self._chain(e.head) if s.parties), [])
        own = [p for p in said if side_of(p.entity) is not None and opposed([p], e.actors)][:1]
        pair = self.resolver.opposed() if not said else []
        if not own and len(pair) == 2 and len(others := without(pair, e.actors)) == 1:
            own = others
        if own:
            e.actors, e.because["actors"] = [*own, *e.actors], f"who talks with them: {own[0].because}"

    def spoken(self, e: RawClaim) -> None:
        """Who asks, threatens or praises, where the clause names nobody: whoever speaks."""
        if e.type not in _SPOKEN or e.actors or (not e.nominal and is_passive(self.doc, e.head)):
            return
        e.actors = without([p for s in self._chain(e.head)[:1] for p in s.parties if p.kind != "unnamed"], e.recipients)
        if e.actors:
            e.because["actors"] = f"who speaks: {e.actors[0].because}"

    def released(self, e: RawClaim, events: list[RawClaim]) -> None:
        """Who freed captives, where the clause names nobody: who took them or held them, by the same report."""
        if e.type != "RETREAT" or "release" not in e.modes or e.actors or not e.recipients:
            return
        if holders := without(self._holding(e.head), e.recipients):
            e.actors, e.because["actors"] = holders, f"who held them: {holders[0].because}"
            return
        number = self.doc.sentence_of[e.head]
        taken = [x for x in events if x.actors and x.status in _DONE and set(x.modes) & _TAKEN and meet(x.recipients, e.recipients)]
        nearest = min(taken, key=lambda x: abs(self.doc.sentence_of[x.head] - number), default=None)
        if nearest is not None and (captors := without(nearest.actors, e.recipients)):
            e.actors, e.because["actors"] = captors, f"who held them: “{self.doc.words[nearest.head]}”"

    def _holding(self, i: int) -> list[Party]:
        """By whom a clause says that those freed were held: "two nurses who had been held by the group were freed"."""
        doc = self.doc
        for freed in doc.dependents(i, "nsubj:pass", "nsubj", "obj"):
            for k in doc.dependents(freed, "acl", "acl:relcl"):
                agents = doc.dependents(k, "obl:agent") or [c for c in doc.dependents(k, "obl") if doc.case(c) == "by"]
                if agents and any(row["harm"] == "captured" for row in self.lexicon.harms.get(doc.lemmas[k], ())):
                    return self.resolver.parties(agents[0])
        return []

    def menaced(self, e: RawClaim) -> None:
        """Whom a threat is meant for, where one of the two whom the report opposes utters it and names nobody: the other."""
        pair = self.resolver.opposed() if e.type == "THREATEN" and e.actors and not e.recipients else []
        if len(pair) == 2 and (theirs := without(pair, e.actors)) and len(theirs) == 1:
            e.recipients, e.because["recipients"] = theirs, "the other of the two whom the report opposes"

    def denied(self, e: RawClaim, before: list[RawClaim]) -> None:
        """Who is said not to have done what to whom, where the report told of the charge: "the army denied that a shot was fired"."""
        if e.nominal or (e.actors and e.recipients) or self._two_sided(e) or not self._denial(e):
            return
        own = distinct([p for s in self._chain(e.head)[:1] for p in s.parties])
        for x in reversed(before):
            if not x.actors or not x.recipients or self._denial(x) or self._two_sided(x):
                continue
            if (e.actors and not meet(e.actors, x.actors)) or (e.recipients and not meet(e.recipients, x.recipients)):
                continue
            if not e.actors and not e.recipients and not meet(own, x.actors):
                continue
            why = f"the charge that is denied: “{self.doc.words[x.head]}”"
            if not e.actors and all(p.entity.sector is not Sector.UAF for p in x.actors):
                e.actors, e.because["actors"] = x.actors, why
            if not e.recipients:
                e.recipients, e.because["recipients"] = without(x.recipients, e.actors), why
            return

    def stopped(self, e: RawClaim, before: list[RawClaim]) -> None:
        """Whose "the missile" is that was shot down: whoever was said to have fired one, in the three sentences before."""
        if e.nominal or not e.actors or not all(p.because.endswith(THERE) for p in e.recipients):
            return
        doc = self.doc
        shot = next((k for k in objects_of(doc, e.head) if doc.lemmas[k] in self.lexicon.weapons and self._definite(k)), None)
        if shot is None:
            return
        for x in reversed(before):
            if doc.sentence_of[e.head] - doc.sentence_of[x.head] > _AGO:
                return
            if x.actors and not meet(x.actors, e.actors) and any(doc.lemmas[k] == doc.lemmas[shot] for k in doc.subtree(x.head)):
                e.recipients, e.because["recipients"] = x.actors, f"who fired it: “{doc.words[x.head]}”"
                return

    def answering(self, e: RawClaim, heads: dict[int, RawClaim]) -> None:
        """Who did what somebody is praised, blamed or punished for, behind a noun: "his gratitude to Ghana for freeing the men": Ghana freed them."""
        doc = self.doc
        if e.nominal or not doc.words[e.head].lower().endswith("ing") or doc.dependents(e.head, "nsubj", "aux"):
            return
        if not any(doc.words[m].lower() == "for" for m in doc.dependents(e.head, "mark", "case")):
            return
        x = next((heads[k] for k in list(doc.ancestors(e.head))[:2] if k in heads), None)
        if x is not None and x.nominal and x.type in _DESERVED and x.head < e.head and x.recipients:
            e.actors, e.recipients = x.recipients, without(e.recipients, x.recipients)
            e.because["actors"] = f"for what “{doc.words[x.head]}” is: {x.recipients[0].because}"

    def so_called(self, e: RawClaim, heads: dict[int, RawClaim]) -> None:
        """Whose deed is condemned that the accuser names himself, and on whose say-so it is one: "condemned what it called a massacre by the militia"."""
        if e.type != "ACCUSE" or e.nominal or not e.actors:
            return
        doc = self.doc
        for k in doc.dependents(e.head, "obj", "obl", "ccomp"):
            clauses = doc.dependents(k, "acl:relcl", "acl") if doc.words[k].lower() == "what" else []
            for x in (heads[n] for c in clauses for n in doc.dependents(c, "xcomp", "obj") if n in heads):
                if not x.nominal or x.type not in {"ASSAULT", "COERCE"} or x.voice or not (done := without(x.actors, e.actors)):
                    continue
                x.voice, x.voice_cue = e.actors, e.head
                if not e.recipients:
                    e.recipients, e.because["recipients"] = done, f"who did “{doc.words[x.head]}”"

    def setting(self, e: RawClaim, heads: dict[int, RawClaim]) -> None:
        """Who made the raid in which somebody seized or arrested: the same, "seized the hotel in an assault that killed two"."""
        doc = self.doc
        if not e.nominal or e.type != "ASSAULT" or e.actors or self._definite(e.head) or self._two_sided(e):
            return
        above = doc.heads[e.head]
        above = doc.heads[above] if doc.labels[e.head] == "nmod" and doc.labels[above] == "obj" else above  # "arrested nine men in a raid"
        x = heads.get(above) if doc.labels[e.head] in {"obl", "nmod"} and doc.case(e.head) in {"in", "during"} else None
        if x is not None and not x.nominal and x.type in {"COERCE", "ASSAULT"} and x.actors and x.status is e.status and not meet(x.actors, e.recipients):
            e.actors, e.because["actors"] = x.actors, f"who did it in it: “{doc.words[x.head]}”"

    def threatened(self, e: RawClaim, events: list[RawClaim]) -> None:
        """Whom a threat is made to that follows a charge or an attack in one breath: "accused Chad of the raid and vowed to respond"."""
        first = next((x for x in events if x.head == self.doc.heads[e.head] and self.doc.labels[e.head] == "conj"), None)
        if first is not None and first.type in {"ACCUSE", "REJECT", "ASSAULT", "THREATEN"} and meet(first.actors, e.actors) and first.recipients:
            e.recipients, e.because["recipients"] = first.recipients, f"as in “{self.doc.words[first.head]}” beside it"

    def fired_back(self, e: RawClaim, before: list[RawClaim]) -> None:
        """Whom fire hits that answers an attack: whoever made it, in this sentence or the one before."""
        verb = self.doc.heads[e.head] if e.nominal and self.doc.labels[e.head] in {"obl", "obj"} else e.head  # "responded with mortar fire"
        if not e.actors or e.recipients or not self.lexicon.is_word(self.doc.lemmas[verb], "reply"):
            return
        for x in reversed(before):
            if self.doc.sentence_of[e.head] - self.doc.sentence_of[x.head] > 1:
                return
            if x.actors and not meet(x.actors, e.actors) and not self._two_sided(x) and (not x.recipients or x.status is Status.OCCURRED):
                e.recipients, e.because["recipients"] = x.actors, f"who is answered: “{self.doc.words[x.head]}”"
                return

    def answered(self, e: RawClaim, before: list[RawClaim]) -> None:
        """Whose doing is condemned, praised or refused that was told of just before: "Athens criticised the decision", "Moscow refused"."""
        if e.type not in _ANSWERS or e.nominal or e.recipients or not e.actors or "investigate" in e.modes:
            return
        taken_up = objects_of(self.doc, e.head)
        kinds = self._kinds(taken_up[0], e.type) if taken_up else frozenset({"REQUEST", "AGREE"}) if e.type == "REJECT" and self._bare(e.head) else None
        if kinds is None:
            return
        if "ASSAULT" in kinds:  # of several attackers told of, nobody can tell whose "the strike" was
            near = [x for x in before if x.type == "ASSAULT" and x.actors and self.doc.sentence_of[e.head] - self.doc.sentence_of[x.head] <= _ANSWERED]
            if any(without(x.actors, near[0].actors) for x in near):
                return
        joint = bool(taken_up) and any("both" in row.recipient for row in self.lexicon.nouns.get(self.doc.lemmas[taken_up[0]], ()))
        for x in reversed(before):
            if self.doc.sentence_of[e.head] - self.doc.sentence_of[x.head] > _ANSWERED:
                return
            if not kinds and x.type == "CONSULT" and len(x.actors) > 1:
                continue  # "announced the decision after meeting the ambassadors": the meeting is not the decision
            told = x.actors and x.head < e.head and x.status not in {Status.NEGATED, Status.HYPOTHETICAL}
            if not told or (kinds and not self._fits(x, kinds)) or (x.type in _ANSWERS and meet(x.actors, e.actors)):
                continue
            unaddressed = x.type == "REQUEST" and not x.recipients and self.doc.sentence_of[e.head] - self.doc.sentence_of[x.head] <= 1
            if not taken_up and not meet(x.recipients, e.actors) and not unaddressed:  # "Georgia demanded a search. Moscow refused"
                continue
            if x.type == "ASSAULT" and (x.voice or not self._voices(x.head) <= {p.entity.name for p in e.actors}):
                continue  # a charge that somebody else makes
            if x.type == e.type and not joint and not meet(x.recipients, e.actors):
                continue  # others condemn or welcome the same
            sides = distinct([*x.actors, *x.recipients]) if joint and x.type != "CONSULT" else x.recipients if joint and "third-party" in x.modes else x.actors
            if joint and len(sides) < 2:
                continue  # an accord is two sides'
            unknown = {Sector.UAF, Sector.CVL} if x.type == "ASSAULT" else {Sector.UAF}
            others = [p for p in without(sides, e.actors) if p.entity.sector not in unknown and (p.entity.sector in ARMED or not meet([p], e.actors))]
            if others:
                e.recipients = others
                words = self.doc.words[taken_up[0]] if taken_up else self.doc.words[e.head]
                e.because["recipients"] = f"“{words}” takes up “{self.doc.words[x.head]}” before"
                return

    def mediated(self, e: RawClaim, events: list[RawClaim]) -> None:
        """Between whom somebody mediates: those of the joint act of the same sentence, or of the last one told of before."""
        if e.type != "CONSULT" or "third-party" not in e.modes or e.recipients or not e.actors:
            return
        here = self.doc.sentence_of[e.head]
        joint = [x for x in events if x.type in _JOINT and len(x.actors) > 1 and 0 <= here - self.doc.sentence_of[x.head] <= _MEDIATED and x is not e]
        joint = [x for x in joint if "third-party" not in x.modes and not meet(x.actors, e.actors) and x.status is not Status.NEGATED]
        if joint:
            last = max(joint, key=lambda x: (self.doc.sentence_of[x.head], x.head < e.head, x.head))
            e.recipients = last.actors
            e.because["recipients"] = f"those of “{self.doc.words[last.head]}”"

    def recalled(self, e: RawClaim, events: list[RawClaim]) -> None:
        """From whom an envoy is called back, or over whom revenge is held: the one whom the same party condemns or refuses in the same sentence."""
        called_back = e.type == "SANCTION" and "withdraw" in e.modes
        if not (called_back or e.type == "THREATEN") or e.recipients or not e.actors or e.nominal:
            return
        here = self.doc.sentence_of[e.head]
        for x in events:
            if self.doc.sentence_of[x.head] == here and x.type in {"ACCUSE", "REJECT"} and x.recipients and meet(x.actors, e.actors) and x.head != e.head:
                e.recipients = without(x.recipients, e.actors)
                e.because["recipients"] = f"as in “{self.doc.words[x.head]}” beside"
                return

    def host_promised(self, e: RawClaim, events: list[RawClaim]) -> None:
        """To whom something is promised or offered right after a meeting told of with the same subject: "met the president and promised aid"."""
        if e.type != "AGREE" or e.recipients or len(e.actors) != 1 or e.nominal or self.doc.labels[e.head] != "conj":
            return
        for x in events:
            if x.head == self.doc.heads[e.head] and x.type == "CONSULT" and "third-party" not in x.modes and meet(x.actors, e.actors):
                e.recipients = without([*x.actors, *x.recipients], e.actors)
                if e.recipients:
                    e.because["recipients"] = f"with whom they met: “{self.doc.words[x.head]}”"

    def _bare(self, i: int) -> bool:
        reasons = [c for c in self.doc.dependents(i, "advcl") if not (c > i and self.doc.words[c].lower() == "saying")]  # "Moscow refused, saying that …"
        return not self.doc.dependents(i, "xcomp", "ccomp", "obl") and not reasons

    def _kinds(self, k: int, kind: str) -> frozenset[str] | None:
        """The acts that a definite noun may take up: none in particular for "the decision", REQUEST for "the demand"; None for no such noun."""
        doc = self.doc
        if doc.words[k].lower() == "it" and kind == "REJECT":
            return frozenset({"REQUEST", "AGREE", "ACCUSE"})
        if not self._definite(k) or any(doc.labels[c] in {"nmod:poss", "acl", "acl:relcl"} for c in doc.children[k]):
            return None
        named = {row.type for row in self.lexicon.nouns.get(doc.lemmas[k], ()) if row.type != "NONE"}
        if self.lexicon.is_word(doc.lemmas[k], "deed") and "ASSAULT" not in named:
            return frozenset()
        if "ASSAULT" in named and (self._two_sided_word(k) or doc.dependents(k, "nmod", "compound", "amod")):
            return None  # "condemned the fighting": nobody is blamed; "the grenade attacks on two cafés": told for the first time
        return frozenset(named) or None

    def _fits(self, x: RawClaim, kinds: frozenset[str]) -> bool:
        """Whether an act is one that a noun of these may take up: an accord that was signed is "the agreement", a threat "the demand"."""
        if x.type in kinds or (x.object is not None and x.object[0] in kinds and x.type in _ACCORDS):
            return True
        return (x.type in _ACCORDS and bool(kinds & _ACCORDS)) or (x.type == "THREATEN" and "REQUEST" in kinds)

    def _denial(self, e: RawClaim) -> bool:
        return e.status is Status.NEGATED or any(s.distance is Distance.DENYING for s in self._chain(e.head)[:1])

    def _two_sided(self, e: RawClaim) -> bool:
        return self._two_sided_word(e.head)

    def _two_sided_word(self, k: int) -> bool:
        return self.lexicon.is_word(self.doc.lemmas[k], "fight")

    def _definite(self, i: int) -> bool:
        return any(self.doc.words[d].lower() in {"the", "this", "these", "those"} for d in self.doc.dependents(i, "det"))

    def _near_and_same(self, a: RawClaim, b: RawClaim, most: int = 1, *, any_voice: bool = False) -> bool:
        apart = self.doc.sentence_of[b.head] - self.doc.sentence_of[a.head]
        return apart <= most and (any_voice or self._voices(a.head) == self._voices(b.head))

    def _chain(self, i: int) -> list[Saying]:
        return [s for s in self.attribution.chain(i) if not s.act]

    def _voices(self, i: int) -> frozenset[str]:
        return frozenset(p.entity.name for s in self._chain(i)[:1] for p in s.parties if not self.attribution.own_voice(p))
