"""Denials that name no act → the act that is denied (codebook, section 3, rule 3).

In: the raw events of a report, and its words of denial. Out: for "the army denied it", "dismissed the reports as false", "a charge that
Kigali rejected", the act told of just before, once more, negated, on the say-so of whoever denies. It asks who is said to have done
it: the denier's own side, else somebody of whom another speaker told. A denial that repeats what it denies is read where acts are.
"""

from __future__ import annotations

from dataclasses import replace

from sayso.attribution import Attribution
from sayso.events.raw import RawClaim
from sayso.events.sides import meet
from sayso.lexicon import Lexicon
from sayso.model import Distance, Status
from sayso.reader import Doc
from sayso.resolve.entities import Party, Resolver
from sayso.syntax import doer_of, is_passive, objects_of

BACK = 2
"""Sentences back in which a denial finds what it denies."""
_TAKING_UP = {"it", "this", "that", "them", "those"}


class Denials:
    """Adds to the events of one report what is denied in it without being told again."""

    def __init__(self, doc: Doc, resolver: Resolver, attribution: Attribution, lexicon: Lexicon) -> None:
        self.doc, self.resolver, self.attribution, self.lexicon = doc, resolver, attribution, lexicon

    def add(self, events: list[RawClaim]) -> list[RawClaim]:
        """The events, with the acts denied; a refusal or a charge that only names the denial gives way to it."""
        found = list(events)
        for i in range(len(self.doc)):
            if self.doc.upos[i] != "VERB" or (taken_up := self._taken_up(i)) is None:
                continue
            deniers = self._deniers(i)
            below = set(self.doc.subtree(i))
            if not deniers or any(e.head in below and e.head not in {i, taken_up} for e in events):
                continue
            charged = next((e for e in reversed(events) if self._before(e, i, taken_up) and meet(e.actors, deniers)), None)
            charged = charged or next((e for e in reversed(events) if self._before(e, i, taken_up) and self._told(e, deniers)), None)
            if charged is not None or self.doc.lemmas[taken_up] in self.lexicon.nouns:
                found = [e for e in found if e.head not in {i, taken_up}]  # "dismissed the allegation": that it was made is not denied
            if charged is not None:
                found.append(self._denied(charged, i, deniers))
        return found

    def _taken_up(self, i: int) -> int | None:
        """The word by which a verb of denial takes up what was told: "it", "the report"; None where it is no denial or tells what it denies."""
        doc = self.doc
        row = self.lexicon.cues.get((doc.lemmas[i], "verb"))
        if row is None or not (row["distance"] == Distance.DENYING.value or row["act"] == "REJECT"):
            return None
        if any(doc.words[k].lower() in {"not", "n't", "never"} for k in doc.dependents(i, "advmod")):
            return None
        behind = [doc.heads[i]] if doc.labels[i] in {"acl", "acl:relcl"} or (doc.labels[i] == "advcl" and is_passive(doc, i)) else []
        for k in [*doc.dependents(i, "obj", "nsubj:pass"), *objects_of(doc, i), *behind, *(c for c in (i - 1,) if is_passive(doc, i) and c >= 0)]:
            if doc.upos[k] == "PRON" and doc.words[k].lower() in _TAKING_UP and not doc.labels[i].startswith("acl:relcl"):
                return k
            told = self.lexicon.cues.get((doc.lemmas[k], "noun"))
            spelt_out = any(doc.labels[c] == "acl" and doc.dependents(c, "mark") for c in doc.children[k])
            if told is not None and "subj" not in told.listed("source") and not spelt_out:
                return k
        return None

    def _deniers(self, i: int) -> list[Party]:
        doer = doer_of(self.doc, i)
        if doer is None:
            doer = next((k for k in self.doc.dependents(i, "obl") if self.doc.case(k) == "by"), None)
        return [p for p in self.resolver.parties(doer) if p.kind not in {"place", "holding"}] if doer is not None else []

    def _before(self, e: RawClaim, i: int, taken_up: int) -> bool:
        """Whether an act is told just before a denial, and as having happened."""
        doc = self.doc
        near = e.head < min(i, taken_up) and doc.sentence_of[i] - doc.sentence_of[e.head] <= BACK
        return near and e.type not in {"ACCUSE", "REQUEST", "REJECT"} and e.status in {Status.OCCURRED, Status.ONGOING, Status.ATTEMPTED}

    def _told(self, e: RawClaim, deniers: list[Party]) -> bool:
        """Whether somebody else than those who deny it has told of an act, and names who did it."""
        tellers = e.voice or next((s.parties for s in self.attribution.chain(e.head) if not s.act), [])
        return bool(tellers) and bool(e.actors) and not meet(tellers, deniers)

    def _denied(self, e: RawClaim, i: int, deniers: list[Party]) -> RawClaim:
        doc = self.doc
        s = doc.sentences[doc.sentence_of[i]]
        doer = doer_of(doc, i)
        words = sorted({i, *(k for c in doc.children[i] if doc.labels[c] not in {"conj", "cc", "advcl", "punct", "parataxis"} for k in doc.subtree(c))})
        words = [k for k in words if s.first <= k < s.last]
        if doer is not None and doer not in words and doer < i:
            words = [*doc.subtree(doer), *words]
        why = f"what is denied: “{doc.words[e.head]}”"
        return replace(e, head=i, evidence=list(range(min(words), max(words) + 1)), trigger=[i], status=Status.NEGATED, voice=deniers, voice_cue=i,
                       times=None, nominal=False, bare=False, because={**e.because, "type": f"{e.because.get('type', '')}; {why}", "status": why})  # fmt: skip
