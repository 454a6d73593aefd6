"""Raw claims → which words tell of the same incident: clauses of one sentence, and claims that go on with an earlier one.

In: a parsed report and what the event rules found in it. Out: how near each clause of a sentence is to an act, and for a claim the
earlier claims whose day and place it may take over. It compares no parties and merges nothing; where two acts are only told side by
side, in different clauses with subjects of their own, they stay apart.
"""

from __future__ import annotations

from sayso.events import RawClaim
from sayso.lexicon import Lexicon
from sayso.model import BlockKind, Status
from sayso.reader import Doc
from sayso.syntax import clause_of, is_passive

SPOKEN = {"REQUEST", "ACCUSE", "REJECT", "THREATEN", "AGREE", "CONCEDE", "SUPPORT"}
"""Acts that are done by words: what they speak of was at another time and in another place."""
AFAR = SPOKEN | {"SANCTION", "COOPERATE"}
"""Acts that happen nowhere in particular."""
_MOVES = {"CONSULT", "RETREAT", "MOBILIZE", "AID"}
FAR = 9.0
_APART = {"before", "until", "since", "if", "unless", "because", "although", "though", "despite"}
_TOGETHER = {"when", "as", "while", "during", "where", "after", "whereby"}
_DEFINITE = {"the", "this", "these", "that", "those", "both", "its", "their"}
_USUAL = {"often", "frequently", "usually", "regularly", "routinely", "regular", "daily", "repeatedly", "always", "sometimes"}
_BEHIND = {"after", "following"}
_OTHERWISE = _BEHIND | {"before", "despite", "over", "about", "against", "for"}
"""Prepositions by which a noun of act is told beside another act without being of its time and place: "met in Oslo after clashes in May"."""
_LEAVING = {"leave", "cause", "claim", "take"}
_TOLD = {Status.OCCURRED, Status.ONGOING, Status.NEGATED, Status.ATTEMPTED}


class Incidents:
    """The claims of one report as they follow each other."""

    def __init__(self, doc: Doc, raws: list[RawClaim], cues: set[int], words: Lexicon) -> None:
        self.doc, self.cues, self.words = doc, cues, words
        self.raws = sorted((r for r in raws if r.kind != "role" and r.evidence), key=lambda r: (r.head, r.kind))
        self.spoken = {r.head for r in self.raws if r.type in SPOKEN}
        self.heads = {r.head for r in self.raws}
        self._types = {r.head: r.type for r in self.raws}
        self._by_sentence: dict[int, list[RawClaim]] = {}
        for r in self.raws:
            self._by_sentence.setdefault(doc.sentence_of[r.head], []).append(r)

    def is_act(self, i: int) -> bool:
        """Whether word `i` names an act: one that was read as a claim, or a noun of the lexicon."""
        return i in self.heads or (self.doc.upos[i] == "NOUN" and any(row.type != "NONE" for row in self.words.nouns.get(self.doc.lemmas[i], ())))

    def closed(self, clause: int) -> bool:
        """Whether a predicate's own circumstances are not those of what it speaks of."""
        return clause in self.cues or clause in self.spoken

    def parted(self, k: int, other: int) -> bool:
        """Whether word `k` is in a scene of its own, which word `other` is not part of: "in May" or "clashes", in "met in Oslo after clashes in May".

        Force goes on with force: an arrest after a raid is where the raid was.
        """
        doc = self.doc
        act = doc.labels[k].startswith("acl") and self.is_act(doc.heads[k])
        k = doc.heads[k] if act else k  # "after clashes that killed two"
        while k >= 0 and doc.upos[k] not in {"VERB", "AUX"}:
            act = act or (doc.upos[k] == "NOUN" and self.is_act(k))
            case = doc.case(k).split(" ")[0] if act and doc.labels[k].split(":")[0] in {"obl", "nmod"} else ""
            if case in _OTHERWISE:
                beside = self._types.get(clause_of(doc, doc.heads[k])) if doc.heads[k] >= 0 else None
                apart = beside in AFAR or beside == "CONSULT" if case in _BEHIND else beside is not None and beside != "ASSAULT"
                if apart and (case, beside) != ("for", "PROTEST") and not doc.below(other, k):  # "gathered for the rally"
                    return True
            k = doc.heads[k]
        return False

    def clauses(self, raw: RawClaim) -> dict[int, float]:
        """The predicates whose circumstances are the act's too, each with how far off it is: 0 for its own.

        "Two men died when a bomb exploded on Sunday": both verbs share the day. A speaker's verb shares nothing with what is said.
        """
        doc = self.doc
        own = clause_of(doc, raw.head)
        costs = {own: 0.0}
        if own != raw.head and self.closed(own):
            return {raw.head: 0.0}
        queue = [own]
        while queue:
            k = queue.pop(0)
            for other, cost in [*self._up(k), *self._down(k)]:
                total = costs[k] + cost
                if total < costs.get(other, FAR) and total < 4:
                    costs[other] = total
                    queue.append(other)
        return costs

    def _marks(self, k: int) -> set[str]:
        return {self.doc.words[m].lower() for m in self.doc.dependents(k, "mark", "advmod") if m < k}

    def _up(self, k: int) -> list[tuple[int, float]]:
        doc = self.doc
        head = doc.heads[k]
        if head < 0:
            return []
        base = doc.labels[k].split(":")[0]
        marks = self._marks(k)
        if base == "conj":
            above = clause_of(doc, head)
            return [] if self.closed(above) else [(above, 2.0 if doc.dependents(k, "nsubj") else 1.0)]
        if base == "advcl":
            above = clause_of(doc, head)
            if self.closed(above) or marks & _APART:
                return []
            return [(above, 1.5 if "to" in marks or "after" in marks else 1.0)]
        if base == "xcomp":
            return [] if self.closed(head) else [(clause_of(doc, head), 1.0)]
        if base == "acl" and (self.is_act(head) or self._harming(k)):
            above = clause_of(doc, head)
            return [(head, 0.5)] if self.closed(above) or self.parted(head, above) else [(above, 1.0)]  # "speaks of a clash at X in which two died"
        if base == "acl" and any(doc.words[m].lower() == "where" for m in doc.children[k]):
            above = clause_of(doc, head)
            return [] if self.closed(above) or above == k else [(above, 1.0)]  # "flew to Juba on Sunday, where he met"
        if base == "parataxis" and not self.closed(head):
            return [(clause_of(doc, head), 3.0)]
        return []

    def aside(self, other: RawClaim, raw: RawClaim) -> bool:
        """Whether another claim of a claim's sentence stands in a relative clause that only says who or what something is."""
        doc = self.doc
        own = clause_of(doc, other.head)
        return doc.labels[own] == "acl:relcl" and not doc.below(raw.head, own) and not self.is_act(doc.heads[own]) and not self._harming(own)

    def _harming(self, k: int) -> bool:
        """Whether a clause tells what an attack did, whatever word it hangs on: "…, which killed four", "… that left two wounded"."""
        doc = self.doc
        subject = next((doc.words[s].lower() for s in doc.dependents(k, "nsubj")), "")
        return doc.labels[k] == "acl:relcl" and subject in {"which", "that"} and (doc.lemmas[k] in self.words.harms or doc.lemmas[k] in _LEAVING)

    def _down(self, k: int) -> list[tuple[int, float]]:
        doc = self.doc
        if self.closed(k):
            return [(c, 1.5) for c in doc.dependents(k, "conj") if not doc.dependents(c, "nsubj")] if k in self.spoken else []
        found: list[tuple[int, float]] = []
        for c in doc.children[k]:
            base = doc.labels[c].split(":")[0]
            marks = self._marks(c)
            if base == "conj" and clause_of(doc, c) == c and not self.closed(c):
                found.append((c, 2.5 if doc.dependents(c, "nsubj") else 2.0))
            elif base == "advcl" and not self.closed(c) and (not marks or marks & _TOGETHER):
                found.append((c, 2.5 if "after" in marks else 1.5))
            elif base == "xcomp" and not self.closed(c):
                found.append((c, 1.5))
            elif base in {"nsubj", "obj", "obl", "nmod"} and self.is_act(c):
                found += [(a, 2.0) for a in doc.dependents(c, "acl") if not self.closed(a)]
        return found

    def telling(self, raw: RawClaim) -> bool:
        """Whether a claim tells of something that went on at a place: force, its victims, a meeting, a move; not words or measures."""
        return raw.type not in AFAR and raw.status in _TOLD

    @staticmethod
    def may_go_on(raw: RawClaim, other: RawClaim) -> bool:
        """Whether a claim may go on with another by what it tells: a meeting, a move or a release goes on with its like, not with an attack."""
        return raw.type == other.type or raw.type not in _MOVES

    def continues(self, raw: RawClaim) -> bool:
        """Whether a claim may go on with what was told before: news of something that happened, and not how things usually are."""
        doc = self.doc
        if not self.telling(raw) or raw.status not in {Status.OCCURRED, Status.ATTEMPTED, Status.NEGATED}:
            return False
        own = clause_of(doc, raw.head)
        if any(doc.words[k].lower() in _USUAL for k in doc.subtree(own)):
            return False
        if doc.labels[own].startswith("acl") and not self.is_act(doc.heads[own]) and not self._harming(own):
            return False
        return self.in_headline(raw) or not self._present(own)

    def asserted(self, raw: RawClaim) -> bool:
        """Whether a noun of act is the subject of a sentence of its own: "a second demonstration took place", "fighting broke out"."""
        doc = self.doc
        head = doc.heads[raw.head]
        main = head >= 0 and doc.upos[head] == "VERB" and doc.labels[head] in {"root", "ccomp", "conj", "parataxis"}
        return main and doc.labels[raw.head] in {"nsubj", "nsubj:pass"} and head not in self.cues

    def _present(self, i: int) -> bool:
        """Whether verb `i` is in the present tense, which tells how things are."""
        doc = self.doc
        if doc.upos[i] not in {"VERB", "AUX"} or doc.dependents(i, "mark"):
            return False
        helpers = [doc.words[k].lower() for k in doc.dependents(i, "aux", "cop")]
        if helpers:
            return helpers[0] in {"is", "are", "'re", "’re", "can", "may"}
        word = doc.words[i].lower()
        if word.endswith("ed") or (word == doc.lemmas[i] and self.words.is_word(word, "unchanged")):  # "missiles hit the port"
            return False
        return bool(doc.dependents(i, "nsubj")) and word in {doc.lemmas[i], doc.lemmas[i] + "s"}

    def noun(self, raw: RawClaim) -> int | None:
        """The definite noun by which a claim takes up an incident: its own, or the one in its clause that names the act."""
        doc = self.doc
        if doc.upos[raw.head] == "NOUN" and self.is_act(raw.head):
            return raw.head if self._definite(raw.head) else None
        if raw.type in SPOKEN:
            return None
        own = clause_of(doc, raw.head)
        head = doc.heads[own]
        if doc.labels[own].startswith("acl") and head >= 0 and self.is_act(head):
            return head if self._definite(head) else None
        for clause, off in self.clauses(raw).items():
            for k in doc.dependents(clause, "nsubj", "obl"):
                if off <= 2 and doc.upos[k] == "NOUN" and (k in self.heads or self.forceful(k)) and self._definite(k):
                    return k
        return None

    def victims_before(self, raw: RawClaim) -> RawClaim | None:
        """The loss that a claim counts a part of: "three of the dead were children", after "twelve people were killed"."""
        doc = self.doc
        if raw.kind != "casualty":
            return None
        named = (k for k in raw.evidence if doc.case(k) == "of" and self._definite(k))
        if not any(row["harm"] == raw.harm for k in named for row in self.words.harms.get(doc.lemmas[k], ())):
            return None
        return next((o for o in reversed(self.raws) if o.head < raw.head and o.kind == "casualty" and o.harm == raw.harm), None)

    def forceful(self, i: int) -> bool:
        """Whether word `i` is a noun of force."""
        return any(row.type == "ASSAULT" for row in self.words.nouns.get(self.doc.lemmas[i], ()))

    def _definite(self, i: int) -> bool:
        doc = self.doc
        return any(doc.words[k].lower() in _DEFINITE for k in doc.dependents(i, "det"))

    def is_perfect(self, raw: RawClaim) -> bool:
        """Whether a claim is told in the perfect tense, as running counts are: "have also killed 13"."""
        own = clause_of(self.doc, raw.head)
        return any(self.doc.lemmas[k] == "have" for k in self.doc.dependents(own, "aux"))

    def is_simple(self, raw: RawClaim) -> bool:
        """Whether a claim is told in the simple past, or in the present of a headline or of words: not in the perfect or the pluperfect."""
        doc = self.doc
        own = clause_of(doc, raw.head)
        helpers = {doc.words[k].lower() for k in doc.dependents(own, "aux", "cop")}
        return doc.upos[own] == "VERB" and not doc.words[own].lower().endswith("ing") and not helpers - {"was", "were"}

    def is_usual(self, raw: RawClaim) -> bool:
        """Whether a claim tells how things usually are: "often", "repeatedly"."""
        return any(self.doc.words[k].lower() in _USUAL for k in self.doc.subtree(clause_of(self.doc, raw.head)))

    def performed(self, raw: RawClaim) -> bool:
        """Whether an act of words is done by the very words that tell it: "we call on both sides", "the United States condemns"."""
        doc = self.doc
        usual = any(doc.words[k].lower() in _USUAL for k in doc.dependents(raw.head, "advmod"))
        said = raw.type in SPOKEN and doc.upos[raw.head] == "VERB" and not self.in_headline(raw) and raw.head not in self.cues
        return (
            said and not usual and self._present(raw.head) and (raw.type == "REQUEST" or not is_passive(doc, raw.head))
        )  # "is blamed" only tells how things are

    def shifts(self, raw: RawClaim) -> bool:
        """Whether the claim's sentence opens another matter."""
        doc = self.doc
        first = doc.sentences[doc.sentence_of[raw.head]].first
        return self.words.is_word(doc.words[first].lower(), "shift")

    def in_headline(self, raw: RawClaim) -> bool:
        """Whether a claim stands above the text: there the present tense tells what happened."""
        sentence = self.doc.sentences[self.doc.sentence_of[raw.head]]
        return self.doc.report.blocks[sentence.block].kind in {BlockKind.HEADLINE, BlockKind.LEAD}

    def beside(self, raw: RawClaim) -> list[RawClaim]:
        """The other claims of the same sentence, in order."""
        return [o for o in self._by_sentence.get(self.doc.sentence_of[raw.head], ()) if o is not raw]

    def of_sentence(self, number: int) -> list[RawClaim]:
        """The claims of a sentence, in order."""
        return self._by_sentence.get(number, [])

    def around(self, raw: RawClaim, sentences: int) -> list[RawClaim]:
        """The claims of the sentences so near, and of its own, in order."""
        here = self.doc.sentence_of[raw.head]
        return [o for number in range(here - sentences, here + sentences + 1) for o in self._by_sentence.get(number, ())]

    def sentences_between(self, raw: RawClaim, other: RawClaim) -> int:
        """How many sentences a claim stands behind another one; 0 in the same."""
        return self.doc.sentence_of[raw.head] - self.doc.sentence_of[other.head]
