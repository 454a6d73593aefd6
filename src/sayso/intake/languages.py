"""Which language a text is in, so that what no language pack is there for is told apart and not misread."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from sayso.errors import UnreadableReport
from sayso.intake.encodings import shown
from sayso.intake.lines import Unread
from sayso.languages import readable
from sayso.model import Report

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


def language_read(report: Report) -> str:
    """The language in which a report is read: that of its text where it is certain, else what is told of it."""
    if report.language == "en" and _mostly_latin(report.text):  # whose letters are these; which of their languages it is, who takes reports in has asked
        return "en"
    return language_of(report.text) or report.language


def _mostly_latin(text: str) -> bool:
    letters = _LETTER.findall(text[:500])
    return sum(1 for letter in letters if _LATIN.match(letter)) * 2 >= len(letters)


def only_read(item: Report | Unread) -> Report | Unread:
    """The item, an `Unread` where it is a report in a language that is not read."""
    if isinstance(item, Unread):
        return item
    code = language_of(item.text) or item.language
    if code in readable():
        return item
    name = shown(item.url or item.id)
    return Unread(name, None, UnreadableReport(f"{name}: is in another language ({code}), for which there is no language pack here"))


@cache
def _identifier() -> Any:
    from py3langid import langid

    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
