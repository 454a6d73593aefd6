"""Near-copies: the same wire text in many outlets, cut here and headed anew there.

In: texts. Out: the bands of a text's MinHash, by which candidates are found, and whether two texts are near-copies, which is decided on the texts
themselves. Two are, where at least `SHARED` of the runs of `RUN` words that the shorter one has stand in the longer one too; a short text
must share nearly all of them, since communiqués of one ministry are all much alike. What is twice as long is another report.
"""

from __future__ import annotations

import re

from rensa import RMinHash

RUN = 5
"""Words in a run: long enough that stock phrases ("the ministry said in a statement") make few."""
SHARED = 0.8
SHORT = 40
"""Runs below which a text is short: what two such texts share may be a formula."""
SHARED_IF_SHORT = 0.95
HASHES, BANDS = 72, 24
"""With 24 bands of 3, of texts that share half of all their runs 96 in 100 are found, of such as share two thirds 9,997 in 10,000."""
_SEED = 20200713
_WORD = re.compile(r"\w+")


def runs(text: str) -> frozenset[str]:
    """The runs of words of a text, whatever the case and the punctuation; of a text with fewer words, all of it."""
    words = _WORD.findall(text.casefold())
    return frozenset(" ".join(words[i : i + RUN]) for i in range(max(1, len(words) - RUN + 1)))


def bands(found: frozenset[str]) -> list[int]:
    """The bands of the MinHash of a text's runs; near-copies have one in common."""
    sketch = RMinHash(num_perm=HASHES, seed=_SEED)
    sketch.update(sorted(found))
    digest, rows = sketch.digest(), HASHES // BANDS
    made = []
    for band in range(BANDS):
        value = band
        for part in digest[band * rows : (band + 1) * rows]:
            value = (value * 4_294_967_311 + part) % (2**63 - 25)
        made.append(value)
    return sorted(set(made))


def near(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two texts, as their runs of words, are near-copies; the order does not matter."""
    shorter = min(len(one), len(other))
    least = SHARED if shorter >= SHORT else SHARED_IF_SHORT
    return len(one & other) >= least * shorter and shorter * 2 >= max(len(one), len(other))
