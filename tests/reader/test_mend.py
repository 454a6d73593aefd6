"""Mended trees: only what forms rule out is moved, and a tree stays a tree."""

from __future__ import annotations

from sayso.intake import report_from_text
from sayso.reader import Doc, Sentence
from sayso.reader.mend import mend


def _doc(words: list[tuple[str, str, str, str, int]]) -> Doc:
    text = " ".join(w[0] for w in words)
    doc = Doc(report_from_text(text))
    at = 0
    for form, lemma, upos, label, head in words:
        doc.words.append(form)
        doc.starts.append(at)
        doc.ends.append(at + len(form))
        at += len(form) + 1
        doc.lemmas.append(lemma)
        doc.upos.append(upos)
        doc.labels.append(label)
        doc.heads.append(head)
    doc.children = [[c for c, w in enumerate(words) if w[4] == i] for i in range(len(words))]
    doc.sentence_of = [0] * len(words)
    doc.sentences = [Sentence(0, len(words), 0)]
    return doc


HELD = [("Kenya", "kenya", "PROPN", "nsubj", 1), ("met", "meet", "VERB", "root", -1), ("Sudan", "sudan", "PROPN", "obj", 1), ("to", "to", "PART", "mark", 4),
        ("discuss", "discuss", "VERB", "advcl", 1), ("peace", "peace", "NOUN", "obj", 4), ("and", "and", "CCONJ", "cc", 7)]  # fmt: skip


def test_a_past_tense_leaves_the_infinitive() -> None:
    doc = _doc([*HELD, ("urged", "urge", "VERB", "conj", 4), ("calm", "calm", "NOUN", "obj", 7)])
    mend(doc)

    assert doc.heads[7] == 1 and 7 in doc.children[1] and 7 not in doc.children[4]


def test_a_second_infinitive_stays() -> None:
    doc = _doc([*HELD, ("urge", "urge", "VERB", "conj", 4), ("calm", "calm", "NOUN", "obj", 7)])
    before = list(doc.heads)
    mend(doc)

    assert doc.heads == before


def test_the_tail_of_a_headline_is_cut_off() -> None:
    words = [("Six", "six", "NUM", "nummod", 1), ("soldiers", "soldier", "NOUN", "root", -1), ("killed", "kill", "VERB", "acl", 1),
             ("in", "in", "ADP", "case", 6),
             ("raid", "raid", "NOUN", "compound", 6), ("-", "-", "PUNCT", "punct", 6), ("army", "army", "NOUN", "obl", 2)]  # fmt: skip
    doc = _doc(words)
    mend(doc)

    assert (doc.heads[4], doc.labels[4], doc.heads[6], doc.labels[6], doc.heads[3]) == (2, "obl", 1, "parataxis", 4)
