"""Acts whose sides are open → sides that the text names beside them, for the same incident (codebook, section 3, rule 8).

In: the raw events of a report. They are filled in place, each with its reason: by who is blamed in the same sentence, by the attack that
"the attack" takes up again, by the charge that a denial answers, by the act that "the decision" or "the offer" takes up which somebody
condemns, praises or refuses. Nothing is guessed: where the text ties no two acts together, the sides stay open.
"""

from __future__ import annotations

from sayso.attribution import Attribution, Saying
from sayso.events.raw import RawClaim
from sayso.events.sides import distinct, meet, without
from sayso.lexicon import Lexicon
from sayso.model import Distance, Sector, Status
from sayso.reader import Doc
from sayso.resolve.entities import ARMED
from sayso.syntax import objects_of

_AGO = 4
"""So many sentences before, an attack is still the one that "the attack" takes up."""


def named_beside(events: list[RawClaim], doc: Doc, attribution: Attribution, lexicon: Lexicon) -> None:
    """Fill the open sides of `events`."""
    force = [e for e in events if e.type == "ASSAULT"]
    beside = _Beside(doc, attribution, lexicon)
    for accusation in events:
        if accusation.type == "ACCUSE" and accusation.actors and accusation.recipients:
            beside.blamed(accusation, force)
    for n, e in enumerate(force):
        beside.taken_up(e, force[:n])
        beside.denied(e, force[:n])
        beside.claimed(e, force[:n])
    for n, e in enumerate(events):
        beside.mediated(e, events)
        beside.answered(e, events[:n])
    for e in events:
        beside.recalled(e, events)
        beside.host_promised(e, events)


_ANSWERED = 3
"""So many sentences before, an act is still the one that "the decision" takes up."""
_MEDIATED = 2
"""So many sentences before, a joint act still tells between whom somebody mediates."""
_JOINT = {"AGREE", "CONSULT", "SUPPORT", "RETREAT", "CONCEDE"}
_ANSWERS = {"ACCUSE", "SUPPORT", "REJECT"}
_ACCORDS = {"AGREE", "SUPPORT", "CONCEDE", "CONSULT"}


class _Beside:
    def __init__(self, doc: Doc, attribution: Attribution, lexicon: Lexicon) -> None:
        self.doc, self.attribution, self.lexicon = doc, attribution, lexicon

    def blamed(self, accusation: RawClaim, force: list[RawClaim]) -> None:
        """ "The villages were shelled, the ministry said, blaming the militia": the militia shelled them, by the ministry's account."""
        accusers = {p.entity.name for p in accusation.actors}
        for e in force:
            same = self.doc.sentence_of[e.head] == self.doc.sentence_of[accusation.head]
            if same and not e.actors and not self._two_sided(e) and e.head < accusation.head and self._voices(e.head) & accusers:
                if meet(accusation.recipients, [*accusation.actors, *e.recipients]):
                    continue
                e.actors = accusation.recipients
                e.because["actors"] = f"who is blamed: “{self.doc.words[accusation.head]}”"

    def taken_up(self, e: RawClaim, before: list[RawClaim]) -> None:
        """ "The attack", "the clashes": the incident just told of by the same speaker."""
        if not e.nominal or e.actors or not self._definite(e.head):
            return
        nearest = next((x for x in reversed(before) if (x.actors or x.recipients) and self._near_and_same(x, e)), None)
        if nearest is None or (not self._two_sided(e) and meet(nearest.actors, e.recipients)):
            return
        if self._two_sided(e):
            e.actors, e.recipients = distinct([*nearest.actors, *nearest.recipients]), []
        else:
            e.actors = nearest.actors
            e.recipients = e.recipients or nearest.recipients
        e.bare = False
        e.because["actors"] = f"as in “{self.doc.words[nearest.head]}” before"

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
                return

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
            if not taken_up and not meet(x.recipients, e.actors):
                continue
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
        return not self.doc.dependents(i, "xcomp", "ccomp", "obl", "advcl")

    def _kinds(self, k: int, kind: str) -> frozenset[str] | None:
        """The acts that a definite noun may take up: none in particular for "the decision", REQUEST for "the demand"; None for no such noun."""
        doc = self.doc
        if doc.words[k].lower() == "it" and kind == "REJECT":
            return frozenset({"REQUEST", "AGREE", "ACCUSE"})
        if not self._definite(k) or any(doc.labels[c] in {"nmod:poss", "acl", "acl:relcl"} for c in doc.children[k]):
            return None
        if self.lexicon.is_word(doc.lemmas[k], "deed"):
            return frozenset()
        named = {row.type for row in self.lexicon.nouns.get(doc.lemmas[k], ()) if row.type != "NONE"}
        if "ASSAULT" in named and (self._two_sided_word(k) or doc.dependents(k, "nmod", "compound", "amod")):
            return None  # "condemned the fighting": nobody is blamed; "the bomb attacks on three hotels": told for the first time
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

    def _near_and_same(self, a: RawClaim, b: RawClaim) -> bool:
        apart = self.doc.sentence_of[b.head] - self.doc.sentence_of[a.head]
        return apart <= 1 and self._voices(a.head) == self._voices(b.head)

    def _chain(self, i: int) -> list[Saying]:
        return [s for s in self.attribution.chain(i) if not s.act]

    def _voices(self, i: int) -> frozenset[str]:
        return frozenset(p.entity.name for s in self._chain(i)[:1] for p in s.parties)
