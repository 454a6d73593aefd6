"""An act's place in the tree → whether it is said to have happened, to go on, to have been tried, denied, planned or feared.

In: a doc and the word that names an act. Out: a `Status` and why. Modals, negation, aspect, conjunctions and the words that
govern the act (`matrix.tsv`) decide, from the act outwards, and no further than the clause that a speaker is cited for.
"""

from __future__ import annotations

from sayso.lexicon import Lexicon
from sayso.model import Status
from sayso.reader import Doc

_NEGATIONS = {"not", "n't", "n’t", "never", "no", "neither", "nor", "without"}
_EFFECTS = {
    "attempted": Status.ATTEMPTED, "negated": Status.NEGATED, "planned": Status.PLANNED, "hypothetical": Status.HYPOTHETICAL,
    "conditional": Status.HYPOTHETICAL, "ongoing": Status.ONGOING, "occurred": Status.OCCURRED, "ended": Status.OCCURRED,
}  # fmt: skip
_UP = {"xcomp", "ccomp", "obj", "obl", "acl", "nmod", "advcl", "csubj", "nsubj"}


def status_of(doc: Doc, i: int, lexicon: Lexicon, stop: set[int]) -> tuple[Status, str, int]:
    """The status of the act named by word `i`, why, and the outermost word that had a say in it; `stop` holds cues, which end the climb."""
    found, why, top = _own(doc, i, lexicon)
    if found is not Status.OCCURRED:
        return found, why, i
    k, steps = i, 0
    while doc.heads[k] >= 0 and steps < 4:
        label, head = doc.labels[k].split(":")[0], doc.heads[k]
        if label == "conj":
            if doc.upos[k] == doc.upos[head] and not doc.dependents(k, "nsubj", "aux", "mark"):
                own, reason, _ = _own(doc, head, lexicon)
                if own in {Status.PLANNED, Status.HYPOTHETICAL} and doc.upos[k] == "VERB" and doc.words[k].lower() == doc.lemmas[k]:
                    return own, reason, head
            if doc.dependents(k, "nsubj"):
                return found, why, top
            k = head
            continue
        if label not in _UP or head in stop:
            return found, why, top
        if label in {"advcl", "acl"} and doc.upos[k] == "VERB":
            marks = {doc.words[m].lower() for m in doc.dependents(k, "mark")}
            if "to" in marks and (label == "advcl"):
                return Status.PLANNED, "an infinitive of purpose", k
            if label == "advcl" or "relcl" in doc.labels[k]:
                return found, why, top
        if label in {"obl", "nmod", "nsubj", "obj"} and doc.upos[k] == "NOUN" and label == "obl":
            case = doc.case(k)
            if case == "without":
                return Status.NEGATED, "without", k
            if case not in {"", "of", "to", "in", "on", "at", "from", "with", "for", "against"}:
                return found, why, top
        pos = {"VERB": "verb", "ADJ": "adj", "NOUN": "noun", "AUX": "verb"}.get(doc.upos[head], "")
        row = lexicon.matrix.get((doc.lemmas[head], pos))
        governs = (
            label in {"xcomp", "ccomp", "obj", "acl", "csubj"}
            or (label in {"nsubj"} and bool(doc.dependents(k, "aux")))
            or (label == "obl" and row is not None)
        )
        if row is not None and (governs or (label == "nmod" and doc.case(k) in {"of", "to", "at", "for"})):
            effect = row["effect"].split("|")[0]
            outer, reason, _ = _own(doc, head, lexicon)
            if outer is Status.NEGATED and effect in {"attempted", "planned", "hypothetical"}:
                return Status.NEGATED, reason, head
            if outer is Status.PLANNED and effect in {"ongoing", "occurred"}:
                return outer, reason, head
            return _EFFECTS[effect], f"{row.place} {row['form']}", head
        if doc.upos[head] in {"VERB", "AUX"}:
            outer, reason, _ = _own(doc, head, lexicon)
            carries = label in {"xcomp", "obj", "nsubj"} if doc.upos[i] == "NOUN" else label in {"xcomp", "ccomp"}
            if outer in {Status.NEGATED, Status.PLANNED, Status.HYPOTHETICAL} and carries:
                return outer, reason, head
            if label not in {"xcomp"}:
                return found, why, top
        k, steps = head, steps + 1
    return found, why, top


def _own(doc: Doc, i: int, lexicon: Lexicon) -> tuple[Status, str, int]:
    """What the auxiliaries, negation and conjunction of the word itself say."""
    lemmas, negated, progressive = [], "", False
    for c in doc.children[i]:
        label, lower = doc.labels[c].split(":")[0], doc.words[c].lower()
        if label in {"aux", "cop"}:
            lemmas.append(doc.lemmas[c])
            if doc.upos[i] != "ADJ" and lower in {"is", "are", "'s", "’s", "'re", "’re", "am"} and doc.words[i].lower().endswith("ing"):
                progressive = True
        if (label in {"advmod", "det", "cc"}) and lower in _NEGATIONS:
            negated = doc.words[c]
    for c in doc.dependents(i, "mark"):
        row = lexicon.matrix.get((doc.words[c].lower(), "mark"))
        if row is not None and row["effect"] in {"conditional", "hypothetical"}:
            return Status.HYPOTHETICAL, f"{row.place} {row['form']}", i
    if negated:
        return Status.NEGATED, f"“{negated}”", i
    for lemma in lemmas:
        row = lexicon.matrix.get((lemma, "modal"))
        if row is not None:
            return _EFFECTS[row["effect"].split("|")[0]], f"{row.place} {row['form']}", i
    for c in doc.dependents(i, "amod", "compound"):
        row = lexicon.matrix.get((doc.lemmas[c], "adj")) or lexicon.matrix.get((doc.words[c].lower(), "adj"))
        if row is not None and doc.upos[i] in {"NOUN", "PROPN"}:
            return _EFFECTS[row["effect"].split("|")[0]], f"{row.place} {row['form']}", i
    if progressive:
        return Status.ONGOING, "the present progressive", i
    if "be" in lemmas and "have" in lemmas and doc.words[i].lower().endswith("ing"):
        return Status.ONGOING, "the perfect progressive", i
    return Status.OCCURRED, "", i
