"""Which language a text is in, so that what no language pack is there for is told apart and not misread."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from sayso.errors import UnreadableReport
from sayso.intake.lines import Unread
from sayso.model import Report

READ = frozenset({"en"})
"""Languages that are read."""
FEWEST = 80
"""Letters from which on a language is told for certain; a headline with three names in it may be of any."""
SURE = 0.95
_SAMPLE = 5_000
_LETTER = re.compile(r"[^\W\d_]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of the language of a text, None where it is not certain.

    >>> language_of("Two soldiers were killed near the village on Monday, the ministry said, and a third one was wounded by a sniper.")
    'en'
    >>> language_of("Soldiers")
    """
    letters = _LETTER.findall(text[:_SAMPLE])
    if len(letters) < FEWEST:
        return None
    code, likely = _identifier().classify(text[:_SAMPLE])
    if sum(1 for letter in letters if _LATIN.match(letter)) * 2 < len(letters):
        return str(code)  # the letters alone tell that it is none of those in Latin ones
    return str(code) if likely >= SURE else None


def only_read(item: Report | Unread, name: str) -> Report | Unread:
    """The item, an `Unread` where it is a report in a language that is not read."""
    if isinstance(item, Unread):
        return item
    code = language_of(item.text) or item.language
    if code in READ:
        return item
    return Unread(name, None, UnreadableReport(f"{name}: {item.id} is in another language ({code}); there is no language pack for it yet"))


@cache
def _identifier() -> Any:
    from py3langid import langid

    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
