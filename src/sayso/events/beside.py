"""Acts of force whose sides are open → sides that the text names beside them, for the same incident (codebook, section 3, rule 8).

In: the raw events of a report. They are filled in place, each with its reason: by who is blamed in the same sentence, by the attack that
"the attack" takes up again, by the charge that a denial answers. Nothing is guessed: where the text ties no two acts together, the
sides stay open.
"""

from __future__ import annotations

from sayso.attribution import Attribution, Saying
from sayso.events.raw import RawClaim
from sayso.events.sides import distinct, meet, without
from sayso.lexicon import Lexicon
from sayso.model import Distance, Sector, Status
from sayso.reader import Doc

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
        beside.taken_up(e, force[:n])
        beside.denied(e, force[:n])
        beside.claimed(e, force[:n])


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
        """ "The mission condemned the attack": whoever made it, where the report has just told who that was."""
        doc = self.doc
        thing = doc.dependent(accusation.head, "obj") if doc.upos[accusation.head] == "VERB" else None
        taken_up = thing is not None and self._definite(thing) and len(doc.children[thing]) == 1
        if thing is None or not taken_up or self.lexicon.is_word(doc.lemmas[thing], "fight"):
            return
        if not any(row.type == "ASSAULT" for row in self.lexicon.nouns.get(doc.lemmas[thing], ())):
            return
        for x in reversed(force):
            apart = doc.sentence_of[accusation.head] - doc.sentence_of[x.head]
            if x.head < accusation.head and apart:
                told = not x.voice and self._voices(x.head) <= {p.entity.name for p in accusation.actors}  # by the report or by who condemns it, and no charge
                fits = apart <= _AGO and x.actors and not self._two_sided(x) and x.status is Status.OCCURRED
                if told and fits and not meet(x.actors, accusation.actors):
                    accusation.recipients = x.actors
                    accusation.because["recipients"] = f"who made the attack: “{doc.words[x.head]}”"
                return

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
                one = e.status is x.status is Status.OCCURRED and self._near_and_same(x, e) and not e.voice and not x.voice
                if not x.actors and one:  # one incident by one account: "the raids" were these
                    x.actors, x.because["actors"] = e.actors, f"who made “{self.doc.words[e.head]}”"
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

    def _near_and_same(self, a: RawClaim, b: RawClaim) -> bool:
        apart = self.doc.sentence_of[b.head] - self.doc.sentence_of[a.head]
        return apart <= 1 and self._voices(a.head) == self._voices(b.head)

    def _chain(self, i: int) -> list[Saying]:
        return [s for s in self.attribution.chain(i) if not s.act]

    def _voices(self, i: int) -> frozenset[str]:
        return frozenset(p.entity.name for s in self._chain(i)[:1] for p in s.parties)
