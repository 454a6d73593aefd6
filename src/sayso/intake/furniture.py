"""The lines around a report's text, known by their words: boilerplate, bylines, sections, labels, agencies.

In: one line of a report. Out: which entry of `data/furniture.tsv` claims it, or whether it is an agency's name.
It does not know where in the report the line stands, and it claims nothing that is longer than the entry allows.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from sayso.intake.lists import rows

_FOLD = str.maketrans({"’": "'", "‘": "'", "`": "'", "é": "e", "‐": "-", "‑": "-", "–": "-", "—": "-"})
_AROUND = " \t\u00a0→»›>•▪●|*[]<«←↓"
_WILD = {"#": r"\d{1,4}", "*": ".*", "@": r"(?-i:(?![a-z])[^\W\d_])"}
LONGEST = 300
"""Longer lines are never furniture."""


class Entry(NamedTuple):
    """One row of `furniture.tsv`; `longest` in characters, 0 for any."""

    kind: str
    form: str
    fit: str
    longest: int
    example: str


@cache
def entries() -> tuple[Entry, ...]:
    """All entries, in the order of the file."""
    return tuple(Entry(r["kind"], r["form"], r["fit"], int(r["longest"]), r["example"]) for r in rows("furniture"))


_Patterns = dict[str, dict[str, list[tuple[Entry, re.Pattern[str]]]]]


@cache
def _compiled() -> _Patterns:
    """The patterns of each kind by the letter that a line must begin with, those for any line under the empty one."""
    made: _Patterns = {}
    for entry in entries():
        body = "".join(_WILD.get(part) or re.escape(part) for part in re.split(r"([#*@])", entry.form))
        edge = r"(?!\w)" if entry.form[-1].isalnum() else ""
        before = r"(?<!\w)" if entry.form[0].isalnum() else ""
        expression = {"start": body + edge, "label": body + edge + r"(?!.*\.\Z)", "whole": body + r"[\s.:!…-]*\Z", "end": ".*" + before + body + r"[\s.!)]*\Z"}[
            entry.fit
        ]
        first = "" if entry.fit == "end" or entry.form[0] in _WILD else entry.form[0]
        made.setdefault(entry.kind, {}).setdefault(first, []).append((entry, re.compile(expression, re.I)))
    return made


def furniture(line: str, *kinds: str) -> Entry | None:
    """The entry of one of these kinds that claims the line, None where the line is text.

    >>> furniture("Read more on the site →", "boilerplate").kind
    'boilerplate'
    >>> furniture("Share this burden, the envoy told the ministers, or carry it alone.", "boilerplate")
    """
    if len(line) > LONGEST:
        return None
    folded = " ".join(line.translate(_FOLD).split()).strip(_AROUND)
    plain = folded.lstrip("( -")
    for kind in kinds:
        patterns = _compiled().get(kind, {})
        letters = dict.fromkeys(("", folded[:1].lower(), plain[:1].lower()))
        for entry, pattern in (found for letter in letters for found in patterns.get(letter, ())):
            if entry.longest and len(line) > entry.longest:
                continue
            if pattern.match(folded if entry.form[0] in "(=*" else plain):
                return entry
    return None


def slug(line: str) -> int:
    """How many characters at the start of a headline are a label of the desk ("1st LD:", "UPDATE 2-"); 0 where none.

    >>> slug("Roundup: Shelling goes on"), slug("Shelling goes on")
    (9, 0)
    """
    folded = line[:60].translate(_FOLD)
    ends = [m.end() for patterns in _compiled()["slug"].values() for _, pattern in patterns if (m := pattern.match(folded))]
    end = max(ends, default=0)
    while 0 < end < len(line) and line[end].isspace():
        end += 1
    return end if end < len(line) else 0


@cache
def _agencies() -> dict[str, str]:
    return {r["form"].lower(): r["form"] for r in rows("agencies")}


def agency(words: str) -> str | None:
    """The agency's name as we write it, where these words are one.

    >>> agency("REUTERS"), agency("the ministry")
    ('Reuters', None)
    """
    return _agencies().get(" ".join(words.translate(_FOLD).split()).lower().removeprefix("the "))
