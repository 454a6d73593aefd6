"""Dates in a report → when an act is said to have happened, and when something was said.

In: a parsed and attributed report and its raw claims. Out: for a claim, the interval that its own clause gives, then a clause that
tells of the same incident, then (for fresh news) the saying; and why. A date that hangs on a reporting verb dates the saying.
What has no date stays without one.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import msgspec

from sayso.attribution import Attribution
from sayso.events import RawClaim
from sayso.model import Status, When
from sayso.reader import Doc
from sayso.resolve.dates import Found, find_dates, settle
from sayso.resolve.incidents import FAR, SPOKEN, Incidents
from sayso.syntax import clause_of

_FUTURE = {"will", "shall", "'ll", "’ll"}
_PLANS = {"plan", "schedule", "expect", "due", "set"}


class Dated(NamedTuple):
    """When a claim's act was, and why that is its time."""

    when: When
    because: str


class Narrative:
    """The dates of one report."""

    def __init__(self, doc: Doc, attribution: Attribution) -> None:
        self.doc = doc
        self.attribution = attribution
        self.cues = {k for s in attribution.sayings if s.cue and not s.act for k in range(*s.cue)}
        self.by_sentence: list[list[tuple[int, int, When]]] = []
        self.dated: dict[int, Dated] = {}
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

    def read(self, raws: list[RawClaim]) -> None:
        """Dates all claims of the report; `when` tells what came out."""
        incidents = Incidents(self.doc, raws, self.cues)
        for raw in incidents.raws:
            if (own := self._own(raw, incidents)) is not None:
                self.dated[id(raw)] = own
        self.mentions = self._mentions(incidents)
        for number, raw in enumerate(incidents.raws):
            if id(raw) not in self.dated:
                found = self._taken_up(raw, incidents) or self._beside(raw, incidents) or self._of_saying(raw) or self._before(raw, number, incidents)
                if found is not None and self._possible(found.when, raw):
                    self.dated[id(raw)] = found

    def when(self, raw: RawClaim) -> Dated | None:
        """When a claim's act was; None where the report does not tell."""
        return self.dated.get(id(raw))

    # one claim

    def _own(self, raw: RawClaim, incidents: Incidents) -> Dated | None:
        """The date that stands in the act's own clause, or in one that shares its time."""
        clauses = incidents.clauses(raw)
        best: tuple[tuple[float, int], When] | None = None
        for first, last, when in self.by_sentence[self.doc.sentence_of[raw.head]]:
            off = self._off(raw, first, last, clauses, incidents)
            if off < FAR and self._possible(when, raw):
                key = (off, abs(first - raw.head))
                if best is None or key < best[0]:
                    best = (key, self._closed(when, first, raw))
        if best is None:
            return None
        return Dated(best[1], "a date of its own clause" if best[0][0] < 1 else "the date of the clause that it goes with")

    def _off(self, raw: RawClaim, first: int, last: int, clauses: dict[int, float], incidents: Incidents) -> float:
        """How far a date is from an act: 0 to 1 in its own clause, more in one that tells of the same, FAR where it belongs elsewhere."""
        doc = self.doc
        top = self._top(first, last)
        host = doc.heads[top]
        if host < 0:
            return FAR
        predicate = clause_of(doc, host)
        if raw.head != predicate and doc.below(host, raw.head) and clause_of(doc, host) == clause_of(doc, raw.head):
            return 0.0  # "the attack on Friday"
        off = clauses.get(predicate, FAR)
        if off >= FAR or host == predicate:
            return off
        # a date behind another act's noun in the clause: "paid tribute to those who fell in the raid on Friday"
        other = next((k for k in (host, *doc.ancestors(host)) if k != raw.head and incidents.is_act(k)), None)
        if other is not None and doc.below(other, predicate) and other != predicate and raw.type in SPOKEN:
            return FAR
        return off + 0.5

    def _possible(self, when: When, raw: RawClaim) -> bool:
        """What is told as past was not after the report."""
        day = self.doc.report.day
        past = raw.status in {Status.OCCURRED, Status.ONGOING, Status.ATTEMPTED}
        return not (past and day and when.start and when.start > day)

    def _closed(self, when: When, first: int, raw: RawClaim) -> When:
        """An interval that the words leave open ends on the report's day for what is told up to then."""
        day: date | None = self.doc.report.day
        if when.end is None and when.start is not None and day is not None and when.start <= day:
            return msgspec.structs.replace(when, end=day)
        return when

    def _mentions(self, incidents: Incidents) -> list[tuple[int, str, When]]:
        """The words that name an act whose day is told, whether or not a claim was read there ("Monday's bombing")."""
        doc = self.doc
        found: dict[int, When] = {}
        for sentence in self.by_sentence:
            for first, last, when in sentence:
                host = doc.heads[self._top(first, last)]
                if host < 0:
                    continue
                if doc.upos[host] == "NOUN":
                    if incidents.is_act(host):
                        found.setdefault(host, when)
                    continue
                predicate = clause_of(doc, host)
                if not incidents.closed(predicate):
                    for k in (predicate, *(c for c in doc.dependents(predicate, "nsubj", "obj", "obl") if incidents.is_act(c))):
                        found.setdefault(k, when)
        for raw in incidents.raws:
            if id(raw) in self.dated:
                found.setdefault(raw.head, self.dated[id(raw)].when)
        return [(k, doc.lemmas[k], when) for k, when in sorted(found.items())]

    def _taken_up(self, raw: RawClaim, incidents: Incidents) -> Dated | None:
        """The day of the incident that a definite noun takes up: "four were killed in the raid", after "Monday's raid"."""
        noun = incidents.noun(raw)
        if noun is None:
            return None
        lemma = self.doc.lemmas[noun]
        same = [m for m in self.mentions if m[1] == lemma and m[0] != noun]
        before = [m for m in same if m[0] < noun] or same
        if not before:
            before = [m for m in self.mentions if m[0] < noun and incidents.forceful(m[0])] if incidents.forceful(noun) else []
        return Dated(before[-1][2], f"taken up") if before else None

    def _fresh(self, when: When) -> bool:
        """Whether a date is one that news carries on: a day or two, not long before the report."""
        day = self.doc.report.day
        if when.start is None or when.end is None or when.precision not in {"day", "range"}:
            return False
        return (when.end - when.start).days <= 2 and (day is None or abs((day - when.start).days) <= 14)

    def _beside(self, raw: RawClaim, incidents: Incidents) -> Dated | None:
        """The date of another act of the same sentence."""
        if not incidents.continues(raw):
            return None
        sentence = self.doc.sentence_of[raw.head]
        near = [o for o in incidents.raws if incidents.telling(o) and o is not raw and self.doc.sentence_of[o.head] == sentence and id(o) in self.dated]
        near = [o for o in near if self._fresh(self.dated[id(o)].when)]
        if not near:
            return None
        return Dated(self.dated[id(min(near, key=lambda o: abs(o.head - raw.head)))].when, "beside")

    def _before(self, raw: RawClaim, number: int, incidents: Incidents) -> Dated | None:
        if not incidents.continues(raw):
            return None
        sentence = self.doc.sentence_of[raw.head]
        for other in reversed(incidents.raws[:number]):
            if id(other) in self.dated and incidents.telling(other) and self._fresh(self.dated[id(other)].when):
                back = sentence - self.doc.sentence_of[other.head]
                blocks = incidents._block_number(raw) - incidents._block_number(other)
                return Dated(self.dated[id(other)].when, f"before s{min(back,9)} b{min(blocks,5)} {'cas' if raw.kind!='event' else raw.type}")
        return None

    def _of_saying(self, raw: RawClaim) -> Dated | None:
        for saying in self.attribution.chain(raw.head):
            if saying.act or saying.cue is None:
                continue
            when = self.said(saying.cue[0])
            if when is not None:
                return Dated(when, "the day of the saying")
        return None
