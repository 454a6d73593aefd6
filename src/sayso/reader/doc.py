"""The parsed report: arrays over words, with offsets into the untouched text.

Indices of words run through the whole report; `heads[i]` is a word's head, or -1 for the root of a sentence. Nothing of the
text is normalised away: `text[starts[i]:ends[i]] == words[i]`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from sayso.model import Report, Span


class Sentence(NamedTuple):
    """Words `first` to `last` (exclusive), in block number `block` of the report."""

    first: int
    last: int
    block: int


class Stretch(NamedTuple):
    """Words `first` to `last` (exclusive) and what they are: a named span or a source, cue or content."""

    first: int
    last: int
    type: str


class _General(dict[str, str]):
    """A relation without its subtype, for each relation that was asked for."""

    def __missing__(self, label: str) -> str:
        self[label] = label.split(":", 1)[0]
        return self[label]


_GENERAL = _General()


@dataclass(slots=True)
class Doc:
    """A report's words, trees, names and say-so spans. Made by `Reader.parse` only."""

    report: Report
    words: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    upos: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    children: list[list[int]] = field(default_factory=list)
    sentence_of: list[int] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    names: list[Stretch] = field(default_factory=list)
    sayso: list[Stretch] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.words)

    def text(self, first: int, last: int) -> str:
        """The report's characters from word `first` to before word `last`."""
        return self.report.text[self.starts[first] : self.ends[last - 1]]

    def span(self, first: int, last: int) -> Span:
        """The same as a span."""
        return self.report.span(self.starts[first], self.ends[last - 1])

    def dependents(self, i: int, *labels: str) -> list[int]:
        """The dependents of word `i` with one of the relations; a relation without subtype stands for all of its subtypes."""
        held = self.labels
        return [c for c in self.children[i] if held[c] in labels or _GENERAL[held[c]] in labels]

    def dependent(self, i: int, *labels: str) -> int | None:
        """The first such dependent."""
        return next(iter(self.dependents(i, *labels)), None)

    def subtree(self, i: int) -> list[int]:
        """Word `i` and all below it, in order."""
        found, stack = [], [i]
        while stack:
            k = stack.pop()
            found.append(k)
            stack.extend(self.children[k])
        return sorted(found)

    def ancestors(self, i: int) -> Iterator[int]:
        """The heads above word `i`, nearest first."""
        i = self.heads[i]
        while i >= 0:
            yield i
            i = self.heads[i]

    def below(self, i: int, top: int) -> bool:
        """Whether word `i` is `top` or stands below it."""
        while i >= 0:
            if i == top:
                return True
            i = self.heads[i]
        return False

    def case(self, i: int) -> str:
        """The preposition(s) that introduce a nominal, lower case, joined: "according to", "with", "" for none."""
        # a gerund's preposition may hang on it as a mark: "wounded in shelling"
        marks = [c for c in self.children[i] if c < i and (self.labels[c] == "case" or (self.labels[c] == "mark" and self.upos[c] == "ADP"))]
        words = [self.words[k].lower() for c in marks for k in (c, *self.dependents(c, "fixed"))]
        return " ".join(w for w in words if w not in ("'s", "’s", "'", "’"))
