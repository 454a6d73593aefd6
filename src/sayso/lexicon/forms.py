"""The forms of a word."""

from __future__ import annotations

from functools import cache

from lemminflect import getAllInflections


@cache
def inflected(word: str, part: str) -> frozenset[str]:
    """All forms of a lemma as a part of speech (`VERB`, `NOUN`), itself among them.

    >>> sorted(inflected("shell", "VERB"))
    ['shell', 'shelled', 'shelling', 'shells']
    """
    return frozenset({word, *(form for forms in getAllInflections(word, upos=part).values() for form in forms)})
