"""The address of a page → what is asked of the record, and back.

In: the query part of an address. Out: a filter, as the commands have it, and which rows of a list. The names in addresses are those of the
command line's options, so that a question can be taken from one to the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from sayso.asking import Question
from sayso.errors import BadOption

if TYPE_CHECKING:
    from sayso.record.filters import Filter

ROWS = 50
"""Rows of a list on one page."""
FARTHEST = 100_000
"""Rows that can be leafed past; who wants more asks more narrowly, or exports."""
WORDS = ("conflict", "dyad", "actor", "holder", "place", "country", "box", "near", "since", "until", "type", "status")


@dataclass(frozen=True)
class Asked:
    """What the address of a page asks for. `values` holds what is not empty, by name, as it was written."""

    values: Mapping[str, str]
    record: str
    conflicts: Path | None = None

    @cached_property
    def filter(self) -> Filter:
        """The filter.

        Raises:
            BadOption: a value that cannot be used.
        """
        given = self.values
        return Question(
            record=self.record, conflicts=self.conflicts, **{name: given.get(name) for name in WORDS}, background=self._background(),
            min_confidence=self._confidence(), limit=None, format=None,
        ).asked()  # fmt: skip

    @property
    def page(self) -> int:
        """Which page of a list, from 1.

        Raises:
            BadOption: no such page.
        """
        text = self.values.get("page", "1")
        if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= FARTHEST // ROWS):
            raise BadOption(f"page {text!r} is none from 1 to {FARTHEST // ROWS}; ask more narrowly, or export")
        return int(text)

    @property
    def offset(self) -> int:
        """Rows before the page."""
        return (self.page - 1) * ROWS

    def chosen(self) -> dict[str, str]:
        """What narrows the question, by name."""
        return {name: value for name, value in self.values.items() if name in {*WORDS, "background", "min_confidence"}}

    def link(self, path: str, **more: str | int | None) -> str:
        """An address of the same question elsewhere, or with other values; what is None is left out, and so is the page."""
        kept = {name: value for name, value in self.values.items() if name != "page"} | {name: str(v) for name, v in more.items() if v is not None}
        query = urlencode({name: value for name, value in kept.items() if value and name not in {n for n, v in more.items() if v is None}})
        return f"{path}?{query}" if query else path

    def _background(self) -> bool | None:
        text = self.values.get("background")
        if text not in {None, "yes", "no"}:
            raise BadOption(f"background {text!r} is neither yes nor no")
        return None if text is None else text == "yes"

    def _confidence(self) -> float:
        text = self.values.get("min_confidence", "0")
        try:
            found = float(text)
        except ValueError:
            found = -1.0
        if not 0 <= found <= 1:
            raise BadOption(f"min_confidence {text!r} is no number from 0 to 1")
        return found
