"""Dates in a report → when an act is said to have happened, and when something was said.

In: a parsed and attributed report. Out: for a word, the interval that its clause, then its sentence, then (for fresh news) the
saying gives. A date that hangs on a reporting verb dates the saying. What has no date stays without one.
"""

from __future__ import annotations

from sayso.resolve.dates import Found, find_dates, settle

from sayso.attribution import Attribution
from sayso.model import When
from sayso.reader import Doc
from sayso.syntax import clause_of

_FUTURE = {"will", "shall", "'ll", "’ll"}
_PLANS = {"plan", "schedule", "expect", "due", "set"}


class Narrative:
    """The dates of one report."""

    def __init__(self, doc: Doc, attribution: Attribution) -> None:
        self.doc = doc
        self.attribution = attribution
        self.cues = {k for s in attribution.sayings if s.cue and not s.act for k in range(*s.cue)}
        self.by_sentence: list[list[tuple[int, int, When]]] = []
        day = doc.report.day
        last: When | None = None
        for s in doc.sentences:
            start, end = doc.starts[s.first], doc.ends[s.last - 1]
            text = doc.report.text[start:end]
            words = range(s.first, s.last)
            future = any(doc.words[k].lower() in _FUTURE or (doc.lemmas[k] in _PLANS and doc.upos[k] in {"VERB", "ADJ"}) for k in words)
            here = []
            for found in find_dates(text, day, start, future=future):
                when = self._settled(found, last)
                if when is None:
                    continue
                inside = [k for k in words if doc.starts[k] < found.end_char and doc.ends[k] > found.start_char]
                if inside:
                    here.append((inside[0], inside[-1] + 1, when))
                    if when.precision == "day":
                        last = when
            self.by_sentence.append(here)

    @staticmethod
    def _settled(found: Found, last: When | None) -> When | None:
        if found.when is not None:
            return found.when
        if found.relative and last is not None:
            return settle(found, last)
        return None

    def _top(self, first: int, last: int) -> int:
        """The word of a date that hangs on something outside the date."""
        return next((k for k in range(first, last) if not first <= self.doc.heads[k] < last), first)

    def _clause(self, first: int, last: int) -> int:
        """The predicate that a date belongs to."""
        top = self._top(first, last)
        head = self.doc.heads[top]
        return clause_of(self.doc, head) if head >= 0 else top

    def said(self, cue: int) -> When | None:
        """When the cue's words were said, where a date hangs on the cue."""
        for first, last, when in self.by_sentence[self.doc.sentence_of[cue]]:
            if self._clause(first, last) == cue:
                return when
        return None

    def when(self, head: int, evidence: list[int], said: When | None) -> When | None:
        """When the act at word `head` was: a date on its own predicate, then one in its evidence, then the date of the saying."""
        doc = self.doc
        here = self.by_sentence[doc.sentence_of[head]]
        own = clause_of(doc, head)
        inside = set(evidence)
        candidates = [(f, la, w) for f, la, w in here if self._clause(f, la) not in self.cues or self._clause(f, la) == own]
        below = [w for f, la, w in candidates if doc.below(f, head)]
        if below:
            return below[0]
        for _, _, when in [c for c in candidates if self._clause(c[0], c[1]) == own]:
            return when
        near = [c for c in candidates if inside & set(range(c[0], c[1]))]
        if near:
            return min(near, key=lambda c: abs(c[0] - head))[2]
        above = [c for c in candidates if self._clause(c[0], c[1]) in set(doc.ancestors(head))]
        if above:
            return above[0][2]
        return said
