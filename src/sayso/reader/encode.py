"""Words → the arrays that the reader's network takes, and the tags that it gives.

In: lists of words. Out: sub-token ids, word shapes and the place of each word's first sub-token, padded into batches.
Shared by training and reading, so that both feed the network alike.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

UPOS = ["ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X"]
NAME_TYPES = ("person", "organisation", "place", "group", "time")
SAYSO_TYPES = ("source", "cue", "content")
NAME_TAGS = ["O", *(p + t for t in NAME_TYPES for p in ("B-", "I-"))]
SAYSO_TAGS = ["O", *(p + t for t in SAYSO_TYPES for p in ("B-", "I-"))]
CLS, SEP, UNKNOWN = 101, 102, 100
MAX_PIECES = 12
"""Sub-tokens kept of one word; what a longer word holds beyond them says nothing more about it."""
MAX_SUBTOKENS = 500
"""Sub-tokens of one sentence: the encoder's 512 places, less a margin."""

Array = NDArray[np.int64]


class Encoded(NamedTuple):
    """One sentence as the network takes it; `firsts` holds the place of each word's first sub-token."""

    ids: list[int]
    shapes: list[int]
    firsts: list[int]


def shape(form: str) -> int:
    """0 lower or no letter, 1 Initial, 2 CAPITALS, 3 miXed."""
    if form.islower() or not any(c.isalpha() for c in form):
        return 0
    if form[0].isupper():
        return 2 if len(form) > 1 and form.isupper() else 1
    return 3 if any(c.isupper() for c in form) else 0


def encode(tokenizer: Tokenizer, sentences: list[list[str]]) -> list[Encoded]:
    """Each sentence's words as sub-tokens, cut at `MAX_PIECES` a word; a sentence never passes `MAX_SUBTOKENS`."""
    pieces = [e.ids for e in tokenizer.encode_batch([w[:200] for s in sentences for w in s], add_special_tokens=False)]
    encoded, k = [], 0
    for sentence in sentences:
        limit = MAX_PIECES
        mine = pieces[k : k + len(sentence)]
        k += len(sentence)
        while limit > 1 and sum(min(len(p), limit) or 1 for p in mine) > MAX_SUBTOKENS - 2:
            limit -= 1
        ids, shapes, firsts = [CLS], [0], []
        for form, piece in zip(sentence, mine, strict=True):
            kept = piece[:limit] or [UNKNOWN]
            firsts.append(len(ids))
            ids += kept
            shapes += [shape(form)] * len(kept)
        ids.append(SEP)
        shapes.append(0)
        encoded.append(Encoded(ids, shapes, firsts))
    return encoded


def pad(batch: list[Encoded]) -> tuple[Array, Array, Array, Array]:
    """`ids`, `mask`, `shapes` [batch, sub-tokens] and `firsts` [batch, words + 1]; place 0 of `firsts` is the root's."""
    rows, length = len(batch), max(len(e.ids) for e in batch)
    width = max(len(e.firsts) for e in batch) + 1
    ids, mask, shapes = (np.zeros((rows, length), np.int64) for _ in range(3))
    firsts = np.zeros((rows, width), np.int64)
    for i, e in enumerate(batch):
        ids[i, : len(e.ids)] = e.ids
        mask[i, : len(e.ids)] = 1
        shapes[i, : len(e.ids)] = e.shapes
        firsts[i, 1 : len(e.firsts) + 1] = e.firsts
    return ids, mask, shapes, firsts
