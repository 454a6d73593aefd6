"""Words whose label, place and part of speech contradict each other → words of which one of the three is mended.

In: a parsed `Doc`. Out: the same. The network chooses heads, labels and parts of speech each by itself, so that now and then they do not go
together: a subject behind "by", an adverb that has a subject, a joined word before the one it is joined to. What grammar knows better wins.
"""

from __future__ import annotations

from sayso.reader.doc import Doc
from sayso.reader.lemmas import lemma

_NOMINAL = {"NOUN", "PROPN", "PRON", "NUM"}
_INSIDE = {"nsubj", "nsubj:pass", "obj", "obl", "obl:agent", "nmod"}
"""What only nominals are."""
_SHORT = 6
"""Pronouns with an s at their end are no longer, but for those in "-selves"."""


def hang(doc: Doc, k: int, head: int) -> None:
    """Hang a word on another head; -1 for the root."""
    if doc.heads[k] >= 0:
        doc.children[doc.heads[k]].remove(k)
    doc.heads[k] = head
    if head >= 0:
        doc.children[head] = sorted([*doc.children[head], k])


def agree(doc: Doc) -> None:
    """Mend every such word of a `Doc`, in place."""
    for k in range(len(doc)):
        _tag(doc, k)
        if doc.labels[k] == "obl:agent" and doc.case(k) and "by" not in doc.case(k).split(" "):
            doc.labels[k] = "obl"  # "were held, according to officials": an agent has "by" before it
        elif doc.labels[k] in {"nsubj", "nsubj:pass"} and doc.case(k) == "by" and k > doc.heads[k]:
            doc.labels[k] = "obl:agent"  # "were jolted by accusations"
        elif doc.labels[k] == "compound" and doc.upos[k] == "ADJ" and doc.words[k].islower() and not _hyphened(doc, k):
            doc.labels[k] = "amod"  # "terrorist bombings"
        elif doc.labels[k].startswith("nsubj") and doc.upos[k] == "PROPN":
            _titled(doc, k)
        elif doc.labels[k] == "advmod" and doc.words[k].endswith("ly"):
            _subject_of_adverb(doc, k)
        elif doc.labels[k] == "appos":
            _name_beside_title(doc, k)
        elif doc.labels[k] == "conj":
            _joined_forwards(doc, k)
            _first_half(doc, k)
        elif doc.labels[k] in {"nmod", "obl"} and doc.upos[k] == "ADP":
            _preposition(doc, k)
        elif doc.labels[k] in {"nmod", "obl"}:
            _forwards(doc, k)
        elif doc.labels[k] == "mark" and doc.upos[k] == "ADP":
            _called_on(doc, k)
        elif doc.labels[k] == "xcomp":
            _behind_infinitive(doc, k)
        elif doc.labels[k] == "advcl:relcl":
            _of_the_last(doc, k)
        elif doc.labels[k] == "ccomp" and doc.upos[k] in {"NOUN", "PROPN"}:
            _called_so(doc, k)


def _retag(doc: Doc, k: int, upos: str) -> None:
    doc.upos[k], doc.lemmas[k] = upos, lemma(doc.words[k], upos)


def _tag(doc: Doc, k: int) -> None:
    """A plural that the network took for a pronoun, and a verb that stands and is introduced as nouns are: "Diplomats said", "by accusations of"."""
    word = doc.words[k].lower()
    if doc.upos[k] == "PRON" and len(word) > _SHORT and word.endswith("s") and not word.endswith("selves"):
        _retag(doc, k, "NOUN")
    elif doc.upos[k] == "VERB" and word == lemma(word, "NOUN") + "s" * word.endswith("s") and not word.endswith(("ed", "ing")):
        owners = [c for c in doc.dependents(k, "nsubj", "nmod:poss") if c < k and any(doc.words[m] in {"'s", "’s"} for m in doc.dependents(c, "case"))]
        introduced = doc.labels[k] in _INSIDE and any(c < k for c in doc.dependents(k, "case", "amod", "det", "nmod:poss"))
        if owners or introduced:
            _retag(doc, k, "NOUN")
            for c in owners:
                doc.labels[c] = "nmod:poss"


def _hyphened(doc: Doc, k: int) -> bool:
    return any(0 <= at < len(doc) and doc.words[at] in {"-", "–"} for at in (k - 1, k + 1))


def _titled(doc: Doc, k: int) -> None:
    """ "French envoy Paul Girard left": of two subjects right beside each other, a common noun and a name, the first is the title of the second."""
    head = doc.heads[k]
    for c in doc.dependents(head, "nsubj"):
        if c == k - 1 and k < head and doc.upos[c] == "NOUN" and min(doc.subtree(k)) == k and not doc.dependents(c, "det"):
            hang(doc, c, k)
            doc.labels[c] = "nmod:desc"
            for x in [x for x in doc.children[c] if doc.labels[x] == "punct"]:
                hang(doc, x, k)


def _name_beside_title(doc: Doc, k: int) -> None:
    """ "district chief Musa Keita, who was there, spoke": the name is the head of the nominal, and the title before it without an article hangs on it."""
    title = doc.heads[k]
    if title != k - 1 or doc.upos[k] != "PROPN" or doc.upos[title] != "NOUN" or doc.words[title].lower() != doc.lemmas[title]:
        return
    taken = any(n.type != "person" and n.first <= k < n.last for n in doc.names)
    if doc.dependents(title, "det", "nmod:poss", "nummod", "cop") or taken or not doc.dependents(k, "flat"):
        return
    above, label = doc.heads[title], doc.labels[title]
    hang(doc, k, above)
    for c in [c for c in doc.children[title] if c > k or doc.labels[c] in {"case", "mark", "cc"}]:
        hang(doc, c, k)
    hang(doc, title, k)
    doc.labels[k], doc.labels[title] = label, "nmod:desc"


def _first_half(doc: Doc, k: int) -> None:
    """ "artillery and army aviation": a noun right before the last that is joined, without a comma or conjunction of its own, is a part of it."""
    last = k + 1
    joined = last < len(doc) and doc.labels[last] == "conj" and doc.heads[last] == doc.heads[k] and doc.upos[k] in {"NOUN", "PROPN"}
    if joined and doc.upos[last] == "NOUN" and doc.upos[doc.heads[k]] in _NOMINAL and max(doc.subtree(k)) == k and not doc.dependents(last, "punct"):
        first = doc.heads[k]
        for c in list(doc.children[k]):
            hang(doc, c, first if c < first else last)
        for c in [c for c in doc.children[last] if c < first]:  # "Russian artillery and army aviation"
            hang(doc, c, first)
        hang(doc, k, last)
        doc.labels[k] = "compound"


def _subject_of_adverb(doc: Doc, k: int) -> None:
    """ "Kenya strongly condemns …": no adverb has a subject; it is its verb's."""
    head = doc.heads[k]
    if head < 0 or doc.upos[head] != "VERB" or doc.dependents(head, "nsubj", "nsubj:pass", "csubj"):
        return
    for c in doc.dependents(k, "nsubj"):
        if c < k < head:
            hang(doc, c, head)


def _joined_forwards(doc: Doc, k: int) -> None:
    """ "he and Blair will stand together": a word is joined to one before it, and here to the one before the conjunction."""
    head = doc.heads[k]
    if head < k or not doc.dependents(k, "cc"):
        return
    before = min(doc.subtree(k)) - 1
    first = doc.sentences[doc.sentence_of[k]].first
    alike = before >= first and (doc.upos[before] in _NOMINAL) == (doc.upos[k] in _NOMINAL) and doc.upos[before] not in {"PUNCT", "VERB", "AUX"}
    if alike and not doc.below(before, k):
        hang(doc, k, before)


def _forwards(doc: Doc, k: int) -> None:
    """ "raids on areas in the north destroyed a hospital": no nominal with a preposition belongs to a noun behind it, but to the noun before it."""
    head = doc.heads[k]
    if head < k or doc.upos[head] not in {"NOUN", "PROPN"} or doc.dependents(head, "cop") or not doc.case(k):
        return
    before = min(doc.subtree(k)) - 1
    first = doc.sentences[doc.sentence_of[k]].first
    if before < first or doc.upos[before] not in {"NOUN", "PROPN"} or doc.below(before, head):
        return
    hang(doc, k, before)
    doc.labels[k] = "nmod"


def _preposition(doc: Doc, k: int) -> None:
    """ "called on refugees": a preposition is no nominal, but introduces the one behind it."""
    beside = next((c for c in doc.children[doc.heads[k]] if c > k and min(doc.subtree(c)) == k + 1), None)
    if beside is not None and not doc.children[k] and doc.upos[beside] in _NOMINAL:
        hang(doc, k, beside)
        doc.labels[k] = "case"


def _called_on(doc: Doc, k: int) -> None:
    """ "called on both armies to withdraw": "on" introduces nobody's doing but those who are called on."""
    clause = doc.heads[k]
    above = doc.heads[clause]
    if doc.words[k].lower() not in {"on", "upon"} or above != k - 1 or not any(doc.words[m].lower() == "to" for m in doc.dependents(clause, "mark")):
        return
    called = next((c for c in (*doc.dependents(clause, "nsubj", "obl", "obj"), *doc.dependents(above, "obl", "obj")) if k < c < clause), None)
    if called is None:
        return
    hang(doc, k, called)
    hang(doc, called, above)
    doc.labels[k], doc.labels[called], doc.labels[clause] = "case", "obl", "xcomp"


def _behind_infinitive(doc: Doc, k: int) -> None:
    """ "continued to block the flow": what stands right behind an infinitive is its own, not that of the verb above it."""
    head = doc.heads[k]
    if not any(doc.words[m].lower() == "to" for m in doc.dependents(k, "mark")) or doc.upos[k] != "VERB":
        return
    for c in doc.dependents(head, "obj", "obl"):
        time = any(n.type == "time" and n.first <= c < n.last for n in doc.names)
        if c > k and min(doc.subtree(c)) == k + 1 and not time and not doc.dependents(k, "obj" if doc.labels[c] == "obj" else "obl"):
            hang(doc, c, k)


def _of_the_last(doc: Doc, k: int) -> None:
    """ "accused Chad of planning a raid, which N'Djamena rejects": such a clause is said of the nominal before its comma, not in the words of who accused."""
    before = min(doc.subtree(k)) - 1
    first = doc.sentences[doc.sentence_of[k]].first
    while before > first and doc.upos[before] == "PUNCT":
        before -= 1
    if before >= first and doc.upos[before] in {"NOUN", "PROPN"} and not doc.below(before, k):
        hang(doc, k, before)
        doc.labels[k] = "acl:relcl"


def _called_so(doc: Doc, k: int) -> None:
    """ "called it a crime": a nominal without a subject is no clause beside an object, but what is said of the object."""
    head = doc.heads[k]
    whole = doc.dependents(k, "nsubj", "nsubj:pass", "csubj", "cop", "mark", "expl", "aux")
    if head < k and not whole and any(o < k for o in doc.dependents(head, "obj")):
        doc.labels[k] = "xcomp"
