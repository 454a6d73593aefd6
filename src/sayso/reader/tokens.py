"""Words and sentences of English news text, by rule.

In: a paragraph of untouched text. Out: words with their offsets, cut as Universal Dependencies treebanks of English cut
them (hyphens and clitics apart, abbreviations whole), and the groups of words that form sentences.
What it will not do: change a character, or guess at markup. Training and reading use this same module, so that the model
meets at run time the words that it was trained on.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Word(NamedTuple):
    """A word and its place: `text[start:end]` of the paragraph's text gives `form`."""

    form: str
    start: int
    end: int


# A full stop after one of these belongs to the word. Titles are never at a sentence's end; the others may be.
TITLES = "Mr|Mrs|Ms|Messrs|Dr|Gen|Lt|Maj|Col|Capt|Cpl|Sgt|Adm|Brig|Cmdr|Sen|Rep|Reps|Sens|Gov|Rev|Prof|Hon|Amb|Pres|St|Ft|Mt|No|Nos|vs|Ltd-Gen"
OTHERS = "Jr|Sr|Inc|Corp|Co|Ltd|Bros|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun|etc|approx|est|govt|dept|a\\.m|p\\.m|i\\.e|e\\.g|Ph\\.D"  # noqa: E501
# Prefixes that English treebanks leave joined to their word.
PREFIXES = "co|ex|non|anti|pre|post|re|mid|multi|semi|sub|un|e|inter|vice|al|el|ul|as|ad|an|ash|az|ar"

_WORD = re.compile(
    rf"""
    https?://[^\s<>"”]+[^\s<>"”.,;:!?)\]] | www\.[^\s<>"”]+[^\s<>"”.,;:!?)\]]
  | [\w.+-]+@[\w-]+(?:\.[\w-]+)+                     # an address
  | (?:[^\W\d_]\.){{2,}}                             # U.S.  p.m.
  | (?:{TITLES}|{OTHERS})\.(?=[\s,;:)\]”"’'])
  | (?<![\w.])[A-Z]\.(?=\s?[A-Z])                    # an initial
  | \d+(?:[.,:]\d+)+ | \d+(?:st|nd|rd|th|s)\b | \d+
  | (?:{PREFIXES})-[^\W\d_]+(?:['’](?!s\b|d\b|m\b|t\b|re\b|ve\b|ll\b)[^\W\d_]+)*
  | [Cc]an(?=not\b) | (?<=[Cc]an)not\b
  | [^\W\d_]+(?=n['’]t\b) | n['’]t\b
  | ['’](?:s|S|re|ve|ll|d|m)\b
  | [dlDLO]['’](?=[^\W\d_]{{2}})[^\W\d_]+            # d'Affaires, O'Neill
  | [^\W\d_]+(?:['’](?!s\b|S\b|d\b|m\b|t\b|re\b|ve\b|ll\b)[^\W\d_]+)*(?:[\u0300-\u036f][^\W\d_]*)*
  | [A-Z]&[A-Z]\b
  | _+ | \.{{2,}} | --+ | [^\w\s]
    """,
    re.X,
)
_LETTERS_DIGITS = re.compile(r"(?<=[^\W\d_])-(?=\d)")
_OPENING, _CLOSING = set("“‘([{«"), set("”’)]}»\"'")
_ENDING = {".", "!", "?", "…", "...", "....", "?!", "!!"}
_TITLE_WORDS = {t + "." for t in TITLES.split("|")}
_OTHER_WORDS = {t.replace("\\", "") + "." for t in OTHERS.split("|")}
_BULLETS = set("•●▪‣*–—-")
# After an abbreviation that can end a sentence, these words do begin one.
_OPENERS = set(
    "The A An In On At He She It They We I But And However Meanwhile According This That These Those There Earlier Later "
    "Since After Before During Both His Her Their Its As When While If For From Two Three Four Five".split()
)
MAX_WORDS = 160
"""The longest sentence, in words; what is longer is cut, first at a semicolon, a colon or a comma, else where it is full."""


def words(text: str, base: int = 0) -> list[Word]:
    """The words of `text`, their offsets shifted by `base`.

    >>> [w.form for w in words("The U.S.-backed side didn't reply, Gen. Smith said.")]
    ['The', 'U.S.', '-', 'backed', 'side', 'did', "n't", 'reply', ',', 'Gen.', 'Smith', 'said', '.']
    """
    return [Word(m.group(), base + m.start(), base + m.end()) for m in _WORD.finditer(text)]


def sentences(tokens: list[Word]) -> list[list[Word]]:
    """The words of one paragraph, grouped into sentences; every word is in exactly one.

    >>> [len(s) for s in sentences(words('"Stop," he said. "We will not." Mr. Li left at 5 p.m. Sunday.'))]
    [7, 6, 8]
    """
    found: list[list[Word]] = []
    current: list[Word] = []
    quoted = False
    i, n = 0, len(tokens)
    while i < n:
        token = tokens[i]
        form = token.form
        if form in _BULLETS and current and current[-1].form in _ENDING | {";", ":"} and _spaced(tokens, i):
            found.append(current)
            current = []
        current.append(token)
        quoted = _quote_state(form, quoted)
        i += 1
        if form in _ENDING:
            while i < n and tokens[i].form in _CLOSING and tokens[i].start == tokens[i - 1].end:
                if tokens[i].form == '"' and not quoted:
                    break
                quoted = _quote_state(tokens[i].form, quoted)
                current.append(tokens[i])
                i += 1
            ends = i >= n or (tokens[i].start > tokens[i - 1].end and _may_begin(tokens[i].form))
        elif form.endswith(".") and len(form) > 1 and i < n:
            ends = _abbreviation_ends(form, tokens[i], tokens[i + 1] if i + 1 < n else None)
        else:
            ends = False
        if ends:
            found.append(current)
            current = []
    if current:
        found.append(current)
    return [part for sentence in found for part in _bounded(sentence)]


def _quote_state(form: str, quoted: bool) -> bool:
    return True if form == "“" else False if form == "”" else not quoted if form == '"' else quoted


def _spaced(tokens: list[Word], i: int) -> bool:
    return i + 1 < len(tokens) and tokens[i].start > tokens[i - 1].end and tokens[i + 1].start > tokens[i].end


def _may_begin(form: str) -> bool:
    first = form[0]
    return first.isupper() or first.isdigit() or first in "“\"‘'([«-–—•*" or not (first.islower() or first in ",;:")


def _abbreviation_ends(form: str, following: Word, after: Word | None) -> bool:
    """Whether the full stop of an abbreviation ends the sentence too: only where the next word plainly opens one."""
    if form in _TITLE_WORDS or (len(form) == 2 and form[0].isupper()):
        return False
    if following.form in _OPENERS:
        return not (following.form in {"A", "I"} and after is not None and after.form == ".")
    return following.form in {"“"} and form in _OTHER_WORDS


def _bounded(sentence: list[Word]) -> list[list[Word]]:
    parts = []
    while len(sentence) > MAX_WORDS:
        window = range(MAX_WORDS - 1, MAX_WORDS // 2, -1)
        cut = next((k + 1 for marks in (";", ":", ",") for k in window if sentence[k].form == marks), MAX_WORDS)
        parts.append(sentence[:cut])
        sentence = sentence[cut:]
    parts.append(sentence)
    return parts
