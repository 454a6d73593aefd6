"""Acts of force whose sides are open → sides that the text names beside them, for the same incident (codebook, section 3, rule 8).

In: the raw events of a report. They are filled in place, each with its reason: by who is blamed in the same sentence, by the attack that
"the attack" takes up again, by the charge that a denial answers. Nothing is guessed: where the text ties no two acts together, the
sides stay open.
"""

from __future__ import annotations

from sayso.attribution import Attribution, Saying
from sayso.events.owners import side_of
from sayso.events.raw import RawClaim
from sayso.events.sides import distinct, meet, without
from sayso.lexicon import Lexicon
from sayso.model import Distance, Sector, Status
from sayso.reader import Doc
from sayso.resolve.entities import Party
from sayso.syntax import is_passive

_UNDONE = {Status.NEGATED, Status.HYPOTHETICAL, Status.PLANNED}
TOLD_BEFORE = "who attacked in"
"""How the reason opens why somebody did what the sentence tells of without its doer."""
_STEM = 4
"""So many letters tell that a verb and a noun are of one word."""
_AGO = 4
"""So many sentences before, an attack is still the one that "the attack" takes up."""


def named_beside(events: list[RawClaim], doc: Doc, attribution: Attribution, lexicon: Lexicon) -> None:
    """Fill the open sides of the acts of force in `events`."""
    force = [e for e in events if e.type == "ASSAULT"]
    beside = _Beside(doc, attribution, lexicon)
    for accusation in events:
        if accusation.type == "ACCUSE" and accusation.actors and accusation.recipients:
            beside.blamed(accusation, force)
        elif accusation.type == "ACCUSE" and accusation.actors:
            beside.condemned(accusation, force)
    for n, e in enumerate(force):
        beside.pointed(e, force[:n])
        beside.taken_up(e, force[:n])
        beside.suffered(e, force[:n])
        beside.answered(e, force[:n])
        beside.denied(e, force[:n])
        beside.claimed(e, force[:n])


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

    def condemned(self, accusation: RawClaim, force: list[RawClaim]) -> None:
        """Who did "this attack" or "the provocation" that is condemned, where the same speaker told of it in the two sentences before."""
        doc = self.doc
        deeds = [c for c in doc.dependents(accusation.head, "obj") if self._definite(c) and self.lexicon.is_word(doc.lemmas[c], "deed")]
        if accusation.nominal or not deeds or any(doc.dependents(c, "nmod", "acl", "acl:relcl", "nmod:poss") for c in deeds):
            return
        before = [x for x in force if x.head < accusation.head and len(x.actors) == 1 and x.status not in _UNDONE and not self._two_sided(x)]
        nearest = next((x for x in reversed(before) if self._near_and_same(x, accusation, 2) and not meet(x.actors, accusation.actors)), None)
        if nearest is not None:
            accusation.recipients = nearest.actors
            accusation.because["recipients"] = f"who did it: “{doc.words[nearest.head]}” before"

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
        near = [x for x in reversed(before) if (x.actors or x.recipients) and self._near_and_same(x, e)]
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

    def answered(self, e: RawClaim, before: list[RawClaim]) -> None:
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

    def _denial(self, e: RawClaim) -> bool:
        return e.status is Status.NEGATED or any(s.distance is Distance.DENYING for s in self._chain(e.head)[:1])

    def _two_sided(self, e: RawClaim) -> bool:
        return self.lexicon.is_word(self.doc.lemmas[e.head], "fight")

    def _definite(self, i: int) -> bool:
        return any(self.doc.words[d].lower() in {"the", "this", "these", "those"} for d in self.doc.dependents(i, "det"))

    def _near_and_same(self, a: RawClaim, b: RawClaim, most: int = 1) -> bool:
        apart = self.doc.sentence_of[b.head] - self.doc.sentence_of[a.head]
        return apart <= most and self._voices(a.head) == self._voices(b.head)

    def _chain(self, i: int) -> list[Saying]:
        return [s for s in self.attribution.chain(i) if not s.act]

    def _voices(self, i: int) -> frozenset[str]:
        return frozenset(p.entity.name for s in self._chain(i)[:1] for p in s.parties if not self.attribution.own_voice(p))
