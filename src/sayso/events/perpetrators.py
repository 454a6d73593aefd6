"""A word of harm → who did it, where its clause says so: the subject, the by-phrase, whose attack it was.

In: a parsed and resolved report, a word of harm and one of its victims. Out: the perpetrator, with the reason why, or nobody. What was
hit is never taken for who hit it: a town, an embassy or a school before a noun of attack is no attacker.
"""

from __future__ import annotations

from sayso.events.owners import Owners, side_of
from sayso.events.victims import VERBAL, Victims
from sayso.lexicon import Lexicon, Row
from sayso.model import Sector
from sayso.reader import Doc
from sayso.resolve.entities import ARMED, Party, Resolver
from sayso.syntax import is_passive, subject_of


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
            candidates = agents[:1]
        elif verb == i and self.victims.objects(i) and head > i and not self._lost_subject(i):
            subject = subject_of(doc, i)
            candidates = [subject] if subject is not None else []
        elif verb != i and doc.lemmas[verb] in {"leave", "cause", "inflict"}:
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
            if c == head or doc.below(head, c):
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
            if found and found[0].kind != "place":
                return found[0]
        return None

    def gainer(self, i: int, row: Row) -> Party | None:
        """Into whose hands things fell."""
        if "subj" not in row.listed("victim"):
            return None
        holders = [k for c in self.doc.dependents(i, "obl") for k in self.doc.dependents(c, "nmod", "nmod:poss")]
        return next((found[0] for k in holders if (found := self.resolver.of(k)) and found[0].kind != "place"), None)

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
