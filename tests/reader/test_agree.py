"""Words whose label, place and part of speech contradict each other are mended; whose do not, stay."""

from __future__ import annotations

import pytest

from sayso.intake import report_from_text
from sayso.reader import Doc, Sentence, Stretch
from sayso.reader.mend import mend


def _doc(text: str) -> Doc:
    """A doc of one sentence, its words written word/UPOS/label/head."""
    cells = [word.split("/") for word in text.split(" ")]
    doc = Doc(report_from_text(" ".join(c[0] for c in cells)))
    at = 0
    for form, upos, label, head in cells:
        doc.words.append(form)
        doc.starts.append(at)
        doc.ends.append(at + len(form))
        at += len(form) + 1
        doc.lemmas.append(form.lower())
        doc.upos.append(upos)
        doc.labels.append(label)
        doc.heads.append(int(head))
    doc.children = [[c for c, cell in enumerate(cells) if int(cell[3]) == k] for k in range(len(cells))]
    doc.sentence_of = [0] * len(cells)
    doc.sentences = [Sentence(0, len(cells), 0)]
    return doc


MENDED = [
    # an agent has "by" before it, and what has it behind a verb is one
    ("Nurses/NOUN/nsubj:pass/2 were/AUX/aux:pass/2 held/VERB/root/-1 ,/PUNCT/punct/5 per/ADP/case/5 police/NOUN/obl:agent/2", 5, "obl", 2),
    ("Talks/NOUN/nsubj:pass/2 were/AUX/aux:pass/2 shaken/VERB/root/-1 by/ADP/case/4 claims/NOUN/nsubj:pass/2", 4, "obl:agent", 2),
    # an adjective written small is no part of a name
    ("The/DET/det/2 terrorist/ADJ/compound/2 raid/NOUN/nsubj/3 failed/VERB/root/-1", 1, "amod", 2),
    # an adverb has no subject
    ("Kenya/PROPN/nsubj/1 strongly/ADV/advmod/2 condemns/VERB/root/-1 raids/NOUN/obj/2", 0, "nsubj", 2),
    # a word is joined to one before it
    ("He/PRON/nsubj/4 and/CCONJ/cc/2 Musa/PROPN/conj/4 will/AUX/aux/4 meet/VERB/root/-1", 2, "conj", 0),
    # a nominal with a preposition belongs to what stands before it
    ("Raids/NOUN/nsubj/3 on/ADP/case/2 areas/NOUN/nmod/5 hit/VERB/root/-1 a/DET/det/5 clinic/NOUN/obj/3", 2, "nmod", 0),
    # a preposition is no nominal
    ("He/PRON/nsubj/1 called/VERB/root/-1 on/ADP/obl/1 guards/NOUN/obl/1", 2, "case", 3),
    # whom somebody calls on
    ("He/PRON/nsubj/1 called/VERB/root/-1 on/ADP/mark/5 both/PRON/nsubj/5 to/PART/mark/5 leave/VERB/advcl/1", 3, "obl", 1),
    # what stands right behind an infinitive is its own
    ("They/PRON/nsubj/1 continued/VERB/root/-1 to/PART/mark/3 block/VERB/xcomp/1 aid/NOUN/obj/1", 4, "obj", 3),
    # a nominal said of an object is no clause
    ("He/PRON/nsubj/1 called/VERB/root/-1 it/PRON/obj/1 a/DET/det/4 crime/NOUN/ccomp/1", 4, "xcomp", 1),
    # a title and its holder, side by side
    ("Envoy/NOUN/nsubj/3 Paul/PROPN/nsubj/3 Girard/PROPN/flat/1 left/VERB/root/-1 Beirut/PROPN/obj/3", 0, "nmod:desc", 1),
    ("chief/NOUN/nsubj/3 Musa/PROPN/appos/0 Keita/PROPN/flat/1 spoke/VERB/root/-1", 1, "nsubj", 3),
    # a part of the last that is joined
    ("artillery/NOUN/nsubj/4 and/CCONJ/cc/3 army/NOUN/conj/0 aviation/NOUN/conj/0 fired/VERB/root/-1", 2, "compound", 3),
]

KEPT = [
    ("Nurses/NOUN/nsubj:pass/2 were/AUX/aux:pass/2 held/VERB/root/-1 by/ADP/case/4 police/NOUN/obl:agent/2", 4, "obl:agent", 2),
    ("the/DET/det/3 Israeli/ADJ/compound/3 -/PUNCT/punct/1 held/VERB/amod/4 hills/NOUN/root/-1", 1, "compound", 3),
    ("They/PRON/nsubj/1 told/VERB/root/-1 police/NOUN/obj/1 to/PART/mark/4 leave/VERB/xcomp/1", 2, "obj", 1),
    ("He/PRON/nsubj/1 agreed/VERB/root/-1 to/PART/mark/3 meet/VERB/xcomp/1 Musa/PROPN/obj/3 with/ADP/case/6 joy/NOUN/obl/1", 6, "obl", 1),
    ("the/DET/det/1 chief/NOUN/nsubj/4 Musa/PROPN/appos/1 Keita/PROPN/flat/2 spoke/VERB/root/-1", 2, "appos", 1),
    ("guns/NOUN/nsubj/5 ,/PUNCT/punct/2 tanks/NOUN/conj/0 and/CCONJ/cc/4 planes/NOUN/conj/0 fired/VERB/root/-1", 2, "conj", 0),
]


@pytest.mark.parametrize(("text", "word", "label", "head"), [*MENDED, *KEPT])
def test_a_word_has_this_label_and_head(text: str, word: int, label: str, head: int) -> None:
    doc = _doc(text)
    mend(doc)

    assert (doc.labels[word], doc.heads[word]) == (label, head)
    assert all((c in doc.children[h]) == (doc.heads[c] == h) for c in range(len(doc)) for h in range(len(doc)))


@pytest.mark.parametrize(("text", "word"), [
    ("Diplomats/PRON/nsubj/1 spoke/VERB/root/-1", 0),
    ("Talks/NOUN/nsubj:pass/2 were/AUX/aux:pass/2 shaken/VERB/root/-1 by/ADP/case/4 accusations/VERB/obl:agent/2", 4),
])  # fmt: skip
def test_a_word_that_stands_as_nouns_do_is_a_noun(text: str, word: int) -> None:
    doc = _doc(text)
    mend(doc)

    assert doc.upos[word] == "NOUN" and doc.lemmas[word] == {"Diplomats": "diplomat"}.get(doc.words[word], "accusation")


@pytest.mark.parametrize(("words", "kind", "names"), [
    ("Ann/PROPN/nsubj/5 Wairimu/PROPN/flat/0 ,/PUNCT/punct/4 a/DET/det/4 clerk/NOUN/appos/0 spoke/VERB/root/-1", "person", [(0, 2, "person")]),
    ("the/DET/det/2 Blue/PROPN/compound/2 House/PROPN/nsubj/3 spoke/VERB/root/-1", "person", [(1, 3, "organisation")]),
    ("Keita/PROPN/compound/2 administration/NOUN/compound/2 officials/NOUN/nsubj/3 spoke/VERB/root/-1", "person", [(0, 1, "person")]),
    ("Basque/ADJ/amod/1 party/NOUN/nsubj/3 Amaiur/PROPN/appos/1 spoke/VERB/root/-1", "organisation", [(2, 3, "organisation")]),
])  # fmt: skip
def test_a_name_is_no_longer_than_it_is(words: str, kind: str, names: list[tuple[int, int, str]]) -> None:
    doc = _doc(words)
    doc.names = [Stretch(0, len(doc) - 1, kind)]
    mend(doc)

    assert doc.names == [Stretch(*n) for n in names]
