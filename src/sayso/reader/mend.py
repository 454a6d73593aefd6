"""Trees that grammar rules out → trees that it allows.

In: a parsed `Doc`. Out: the same, with single arcs moved where the words' forms show that the network erred. A mended tree is a
tree still: a word is only ever hung on one that stands above its old head. It does not second-guess what forms leave open.
"""

from __future__ import annotations

from sayso.reader.doc import Doc


def mend(doc: Doc) -> None:
    """Mend every sentence of a `Doc`, in place."""
    for k in range(len(doc)):
        if doc.labels[k] == "conj" and doc.upos[k] == "VERB":
            _past_beside_infinitive(doc, k)


def _past_beside_infinitive(doc: Doc, k: int) -> None:
    """ "held talks to discuss the truce and urged …": a past tense is not coordinated with an infinitive, but with the verb above it."""
    head = doc.heads[k]
    if head < 0 or doc.upos[head] != "VERB" or doc.words[head].lower() != doc.lemmas[head]:
        return
    word = doc.words[k].lower()
    past = word.endswith("ed") and word != doc.lemmas[k] and not doc.dependents(k, "aux", "nsubj", "mark")
    infinitive = any(doc.words[m].lower() == "to" for m in doc.dependents(head, "mark"))
    above = doc.heads[head]
    while above >= 0 and doc.upos[above] != "VERB":
        above = doc.heads[above]
    if not (past and infinitive) or above < 0 or above > k or doc.words[above].lower() == doc.lemmas[above]:
        return
    doc.children[head].remove(k)
    doc.heads[k] = above
    doc.children[above] = sorted([*doc.children[above], k])
