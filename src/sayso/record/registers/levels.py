"""At what level somebody met: head of state or government, minister, official, military; and which offices a body has one of.

In: the words for a person or an office. Out: a level, from `lexicon/data/levels.tsv` and the offices that `people.tsv` gives; `unknown` where the
words do not tell. Whether the office was really held is not asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

from sayso.lexicon import Row, read_table

LEVELS = ("head", "minister", "official", "military", "unknown")
SAME = "same"
"""What a word says that has no level of its own: "his counterpart" is of the level of whom he met."""


@lru_cache(maxsize=1)
def _forms() -> tuple[re.Pattern[str], dict[str, Row]]:
    rows = {row["form"]: row for row in read_table("levels")}
    longest = sorted(rows, key=lambda form: (-len(form), form))
    return re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest))})(?:s|es)?(?!\w)"), rows


@lru_cache(maxsize=1)
def _offices() -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in read_table("people"):
        if row["office"]:
            found.setdefault(row["name"].casefold(), []).append(row)
    return found


def entry_of(words: str) -> Row | None:
    """The entry of `levels.tsv` that the words have: the longest of the highest level, as in "Prime Minister and Defence Minister"."""
    pattern, rows = _forms()
    text = " ".join(words.casefold().replace(" - ", "-").split())
    found = [rows[m.group(1)] for m in pattern.finditer(text)]
    return min(found, key=lambda r: (_rank(r["level"]), -len(r["form"])), default=None)


def level_of(words: str) -> str:
    """The level that the words tell.

    >>> level_of("Georgian Foreign Minister Levan Beridze"), level_of("deputy foreign ministers"), level_of("the two delegations of the sides")
    ('minister', 'official', 'official')
    """
    entry = entry_of(words)
    return entry["level"] if entry else "unknown"


def level_of_person(words: Sequence[str], day: date | None, offices: Iterable[str] = ()) -> str:
    """The level of somebody: by the words for him, else by the offices that reports give him, else by what `people.tsv` knows of that day."""
    for told in (*words, *sorted(offices, key=lambda o: _rank(level_of(o)))):
        if (level := level_of(told)) != "unknown":
            return level
    at = day.isoformat() if day else ""
    held = {level_of(r["office"]) for name in words for r in _offices().get(name.casefold(), ()) if _valid(r, at)}
    return min(held, key=_rank, default="unknown")


def _valid(row: Row, day: str) -> bool:
    return not day or ((not row["from"] or row["from"] <= day) and (not row["to"] or day[: len(row["to"])] <= row["to"]))


def is_single(office: str) -> bool:
    """Whether a body has one of this office at a time.

    >>> is_single("Foreign Minister"), is_single("spokesman"), is_single("deputy foreign minister")
    (True, False, False)
    """
    entry = entry_of(office)
    return entry is not None and entry["single"] == "yes" and " ".join(office.casefold().split()) == entry["form"]


def _rank(level: str) -> int:
    return LEVELS.index(level) if level in LEVELS else len(LEVELS)
