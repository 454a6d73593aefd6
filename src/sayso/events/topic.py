"""Doc + lexicon → whether a report is of a kind that holds no acts of conflict or diplomacy at all.

In: a parsed report. Out: yes for sport, whose language is that of war ("attack", "shot", "defence") and whose words give it away.
It decides for whole reports only, and only where several different words of matches and leagues stand close together.
"""

from __future__ import annotations

from sayso.lexicon import Lexicon
from sayso.reader import Doc

DIFFERENT_WORDS = 4
"""Different words of sport that a report must have."""
WORDS_EACH = 60
"""At most so many words of text for each word of sport: one mention of a stadium makes no match report."""


def is_sport(doc: Doc, lexicon: Lexicon) -> bool:
    """Whether the report is about sport."""
    found = [lemma for lemma in doc.lemmas if lexicon.is_word(lemma, "sport")]
    return len(set(found)) >= DIFFERENT_WORDS and len(found) * WORDS_EACH >= len(doc)
