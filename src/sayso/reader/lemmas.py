"""Words and their part of speech → lemmas.

lemminflect's dictionary answers; a short list corrects it where its first answer is the wrong word for news of conflict.
Proper nouns and figures stay as they stand, in lower case.
"""

from __future__ import annotations

from functools import lru_cache

_OPEN = {"VERB", "NOUN", "AUX", "ADJ", "ADV"}
# lemminflect's first answer is another word: "found" the establishing, "wound" the winding, "felled" the feeling.
_CORRECTED = {
    ("wounded", "VERB"): "wound",
    ("wounding", "VERB"): "wound",
    ("wounds", "VERB"): "wound",
    ("wound", "VERB"): "wound",
    ("found", "VERB"): "find",
    ("lay", "VERB"): "lay",
    ("laid", "VERB"): "lay",
    ("teargassed", "VERB"): "teargas",
    ("bankrolled", "VERB"): "bankroll",
    ("overflew", "VERB"): "overfly",
    ("overflown", "VERB"): "overfly",
    ("left", "VERB"): "leave",
    ("leaves", "VERB"): "leave",
    ("fell", "VERB"): "fall",
    ("shot", "VERB"): "shoot",
    ("saw", "VERB"): "see",
    ("struck", "VERB"): "strike",
    ("strikes", "VERB"): "strike",
    ("fled", "VERB"): "flee",
    ("dead", "ADJ"): "dead",
    ("killed", "ADJ"): "kill",
    ("wounded", "ADJ"): "wounded",
    ("injured", "ADJ"): "injured",
    ("people", "NOUN"): "people",
    ("police", "NOUN"): "police",
    ("forces", "NOUN"): "force",
    ("troops", "NOUN"): "troop",
    ("is", "AUX"): "be", ("was", "AUX"): "be", ("were", "AUX"): "be", ("are", "AUX"): "be", ("been", "AUX"): "be", ("'s", "AUX"): "be", ("’s", "AUX"): "be",
    ("'re", "AUX"): "be", ("’re", "AUX"): "be", ("ca", "AUX"): "can", ("wo", "AUX"): "will", ("'ll", "AUX"): "will", ("’ll", "AUX"): "will",
    ("'ve", "AUX"): "have", ("’ve", "AUX"): "have", ("'d", "AUX"): "would", ("’d", "AUX"): "would", ("could", "AUX"): "could", ("would", "AUX"): "would",
    ("might", "AUX"): "might", ("should", "AUX"): "should",
}  # fmt: skip


@lru_cache(maxsize=100_000)
def lemma(form: str, upos: str) -> str:
    """The lemma, lower case.

    >>> lemma("shelled", "VERB"), lemma("children", "NOUN"), lemma("Tovuz", "PROPN")
    ('shell', 'child', 'tovuz')
    >>> lemma("co-chairs", "NOUN")
    'co-chair'
    """
    lower = form.lower()
    if (lower, upos) in _CORRECTED:
        return _CORRECTED[lower, upos]
    if upos in _OPEN and "-" in lower and lower.count("-") < 4 and not lower.startswith("-") and not lower.endswith("-"):
        first, _, last = lower.rpartition("-")
        return f"{first}-{lemma(last, upos)}"
    if upos not in _OPEN or not lower.isalpha() or not lower.isascii() or len(lower) > 40:
        return lower
    from lemminflect import getLemma  # here, since it takes a third of a cold start

    found = getLemma(lower, upos=upos)
    return found[0].lower() if found else lower
