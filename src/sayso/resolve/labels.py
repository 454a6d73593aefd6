"""Paragraphs of a bulletin → the words set before them that tell where and when: "6 February, Nasir, Upper Nile: …", "Tarhouna. …".

In: a parsed report. Out: for a paragraph, the words of its label. A label is short, holds no verb, opens its paragraph, and is closed by
a colon, or by a full stop behind which the paragraph goes on. Whether it names a place or a day is for others to find.
"""

from __future__ import annotations

from sayso.model import BlockKind
from sayso.reader import Doc

_LONGEST = 10
_LONGEST_SENTENCE = 5
_PARTS = {"PROPN", "NOUN", "NUM", "ADP", "ADJ", "PUNCT", "DET", "SYM", "X"}


def labels(doc: Doc) -> dict[int, tuple[int, int]]:
    """The words `(first, last)`, last exclusive, of the label of each paragraph that has one, by the number of its block."""
    found: dict[int, tuple[int, int]] = {}
    before = None
    for number, sentence in enumerate(doc.sentences):
        opens, before = sentence.block != before, sentence.block
        if not opens or doc.report.blocks[sentence.block].kind is not BlockKind.PARAGRAPH:
            continue
        end = next((k for k in range(sentence.first, min(sentence.last, sentence.first + _LONGEST + 1)) if doc.words[k] == ":"), None)
        if end is None:
            goes_on = number + 1 < len(doc.sentences) and doc.sentences[number + 1].block == sentence.block
            if not goes_on or sentence.last - sentence.first > _LONGEST_SENTENCE or doc.words[sentence.last - 1] != ".":
                continue
            end = sentence.last - 1
        words = range(sentence.first, end)
        if words and all(doc.upos[k] in _PARTS for k in words) and any(doc.words[k][0].isupper() for k in words):
            found[sentence.block] = (sentence.first, end)
    return found
