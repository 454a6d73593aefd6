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


def test_a_cue_between_subject_and_verb_gives_the_first_subject_back() -> None:
    words = [("Soldiers", "soldier", "NOUN", "nsubj", 3), (",", ",", "PUNCT", "punct", 2), ("medics", "medic", "NOUN", "nsubj", 3),
             ("said", "say", "VERB", "root", -1),
             (",", ",", "PUNCT", "punct", 5), ("shot", "shoot", "VERB", "ccomp", 3), ("two", "two", "NUM", "obj", 5)]  # fmt: skip
    doc = _doc(words)
    mend(doc)

    assert doc.heads[0] == 5 and doc.children[3] == [2, 5]


def test_a_second_clause_behind_a_semicolon_is_not_said() -> None:
    words = [("Kenya", "kenya", "PROPN", "nsubj", 1), ("said", "say", "VERB", "root", -1), ("rain", "rain", "NOUN", "nsubj", 3),
             ("fell", "fall", "VERB", "ccomp", 1),
             (";", ";", "PUNCT", "punct", 6), ("Sudan", "sudan", "PROPN", "nsubj", 6), ("denied", "deny", "VERB", "ccomp", 1),
             ("it", "it", "PRON", "obj", 6)]  # fmt: skip
    doc = _doc(words)
    mend(doc)

    assert [doc.labels[3], doc.labels[6]] == ["ccomp", "parataxis"]


KILLED = [("Women", "woman", "NOUN", "nsubj:pass", 2), ("were", "be", "AUX", "aux:pass", 2), ("killed", "kill", "VERB", "root", -1),
          ("and", "and", "CCONJ", "cc", 4), ("men", "man", "NOUN", "conj", 0)]  # fmt: skip


def test_a_second_subject_behind_the_verb_is_joined_to_the_verb() -> None:
    doc = _doc([*KILLED, ("wounded", "wound", "VERB", "acl", 4)])
    mend(doc)

    assert doc.heads[4] == 2 and doc.children[0] == []


def test_a_subject_behind_the_verb_without_a_verb_of_its_own_stays() -> None:
    doc = _doc(KILLED)
    mend(doc)

    assert doc.heads[4] == 0


def test_the_tail_of_a_headline_is_cut_off() -> None:
    words = [("Six", "six", "NUM", "nummod", 1), ("soldiers", "soldier", "NOUN", "root", -1), ("killed", "kill", "VERB", "acl", 1),
             ("in", "in", "ADP", "case", 6),
             ("raid", "raid", "NOUN", "compound", 6), ("-", "-", "PUNCT", "punct", 6), ("army", "army", "NOUN", "obl", 2)]  # fmt: skip
    doc = _doc(words)
    mend(doc)

    assert (doc.heads[4], doc.labels[4], doc.heads[6], doc.labels[6], doc.heads[3]) == (2, "obl", 1, "parataxis", 4)
