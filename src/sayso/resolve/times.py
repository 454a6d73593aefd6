"""Dates in a report → when an act is said to have happened, and when something was said.

In: a parsed and attributed report and its raw claims. Out: for a claim, the interval that its own clause gives, else the day of the
incident that it takes up or goes on with, else (for fresh news) of the saying; and why. A date that hangs on a reporting verb dates
the saying, background borrows no day, and what has none stays without.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

import msgspec

from sayso.attribution import Attribution
from sayso.events import RawClaim
from sayso.model import Status, When
from sayso.reader import Doc
from sayso.resolve.dates import Found, find_dates, settle
from sayso.resolve.entities import Party
from sayso.resolve.incidents import FAR, SPOKEN, Incidents
from sayso.resolve.labels import labels
from sayso.syntax import clause_of

_FUTURE = {"will", "shall", "'ll", "’ll"}
_PLANS = {"plan", "schedule", "expect", "due", "set"}
_BACK = 6
"""So many sentences back an incident may be told whose day a claim goes on with."""
_CLOSE = 2
"""So many sentences back for a time of more than three days: "last week"."""
_LAST = 12
"""So many sentences back the only day told may be that of news without a day."""
_WORDS_OLD = 3
"""So many days before the report words may have been said from whose day "overnight" counts."""
_NEAR = 3
"""So many sentences back a day may be told that news without a day of its own would be of."""
_DONE = {"COERCE", "MOBILIZE", "CONSULT", "AID"}
"""Acts that are news of the day beside words: an attack goes on with an incident that has a day, or tells none."""
_TALK = SPOKEN | {"CONSULT"}
"""Acts at which words are spoken: what is agreed at a meeting is of its day."""
_OPENING = 1
"""The last sentence of a headline or opening, whose day the text may give later."""
ASIDE = 12
"""Sentences within which the day of one verbal act may be another's."""
_NEWS_DAYS = 30
"""So long before the report a day may lie that news carries on from claim to claim."""


class Dated(NamedTuple):
    """When a claim's act was, and why that is its time."""

    when: When
    because: str


class Narrative:
    """The dates of one report."""

    def __init__(self, doc: Doc, attribution: Attribution) -> None:
        self.doc, self.attribution, self.words = doc, attribution, attribution.lexicon
        self.cues = {k for s in attribution.sayings if s.cue and not s.act for k in range(*s.cue)}
        self.by_sentence: list[list[tuple[int, int, When]]] = []
        self.dated: dict[int, Dated] = {}
        self._told: dict[int, Dated] = {}
        self._mentioned: list[tuple[int, When]] = []
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
                    aside = found.relative is not None and found.relative.shift < 0
                    if when.precision == "day" and not aside:  # "the night before" leaves the story where it was
                        last = when
            self.by_sentence.append(here)
        self._reckon(day)
        self.labels: dict[int, When] = {}
        for block, (first, last_) in labels(doc).items():
            days = [when for start, end, when in self.by_sentence[doc.sentence_of[first]] if first <= start and end <= last_]
            if days:
                self.labels[block] = days[0]

    def _reckon(self, day: date | None) -> None:
        """Counts "overnight" and "today" from the day of the saying where it is told: "shelled the town overnight, the ministry said on Monday"."""
        doc = self.doc
        for s in self.attribution.sayings:
            when = self.said(s.cue[0]) if s.cue is not None and not s.act else None
            if day is None or s.cue is None or when is None or when.start is None or when.start != when.end or not 0 < (day - when.start).days <= _WORDS_OLD:
                continue
            number = doc.sentence_of[s.cue[0]]
            sentence = doc.sentences[number]
            start = doc.starts[sentence.first]
            moved = {f.start_char: f.when for f in find_dates(doc.report.text[start : doc.ends[sentence.last - 1]], when.start, start) if f.when is not None}
            for at, (first, last, old) in enumerate(self.by_sentence[number]):
                new = next((w for begin, w in moved.items() if doc.starts[first] <= begin < doc.ends[first]), None)
                if new is not None and old.start == day - timedelta(days=1) and new.start == when.start - timedelta(days=1) and old.end == day:
                    self.by_sentence[number][at] = (first, last, new)

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

    def _host(self, first: int, last: int) -> int:
        """The word that a date belongs to, -1 for none; of what was said where that stands before the speaker's verb, as the date does.

        "On Sunday rebels shelled Gao, the army said"; "rebels shelled a post west of Gao late Saturday, the army said".
        """
        doc = self.doc
        host = doc.heads[self._top(first, last)]
        if host >= 0 and doc.labels[host] == "acl" and any(act.type == "ACCUSE" for act in self.words.verbs.get(doc.lemmas[host], ())):
            return doc.heads[host]  # "bombings blamed on rebels in the past two years"
        if host not in self.cues or host < last:
            return host
        return next((c for c in doc.dependents(host, "ccomp", "parataxis") if c < host and c not in self.cues), host)

    def _clause(self, first: int, last: int) -> int:
        """The predicate that a date belongs to."""
        host = self._host(first, last)
        return clause_of(self.doc, host) if host >= 0 else self._top(first, last)

    def said(self, cue: int) -> When | None:
        """When the cue's words were said, where a date hangs on the cue."""
        for first, last, when in self.by_sentence[self.doc.sentence_of[cue]]:
            if self._clause(first, last) == cue:
                return when
        return None

    def read(self, raws: list[RawClaim]) -> None:
        """Dates all claims of the report; `when` tells what came out."""
        incidents = Incidents(self.doc, raws, self.cues, self.words)
        for raw in incidents.raws:
            if (own := self._own(raw, incidents)) is not None:
                self.dated[id(raw)] = self._told[id(raw)] = own
        self._mentioned = self._mentions(incidents)
        for number, raw in enumerate(incidents.raws):
            if id(raw) not in self.dated and (found := self._borrowed(raw, number, incidents)) is not None and self._possible(found.when, raw):
                self.dated[id(raw)] = self._before_told(found, raw, incidents)
        for raw in incidents.raws:  # "an air strike wounded a farmer": the wounded have a day by now, and the strike has theirs
            if id(raw) not in self.dated and (found := self._beside(raw, incidents)) is not None and self._possible(found.when, raw):
                self.dated[id(raw)] = found

    def when(self, raw: RawClaim) -> Dated | None:
        """When a claim's act was; None where the report does not tell."""
        return self.dated.get(id(raw))

    def own(self, raw: RawClaim) -> Dated | None:
        """When a claim's act was, where its own words tell; None where they do not."""
        return self._told.get(id(raw))

    # the act's own date

    def _own(self, raw: RawClaim, incidents: Incidents) -> Dated | None:
        """The date that stands in the act's own clause, or in one that shares its time."""
        clauses = incidents.clauses(raw)
        best: tuple[tuple[float, int], When] | None = None
        for first, last, when in self.by_sentence[self.doc.sentence_of[raw.head]]:
            off = self._off(raw, first, last, clauses, incidents)
            if off < FAR and self._possible(when, raw):
                key = (off, abs(first - raw.head))
                if best is None or key < best[0]:
                    best = (key, self._going_on(self._ended(self._onward(when, first, last, raw)), raw))
        if best is None:
            return self._since(raw)
        return Dated(best[1], "a date of its own clause" if best[0][0] < 1 else "the date of the clause that it goes with")

    def _since(self, raw: RawClaim) -> Dated | None:
        """From the day of another act on: "has been under arrest since the army moved in on Tuesday"."""
        doc = self.doc
        for clause in doc.dependents(clause_of(doc, raw.head), "advcl"):
            if not any(doc.words[m].lower() == "since" for m in doc.dependents(clause, "mark")):
                continue
            for first, last, when in self.by_sentence[doc.sentence_of[clause]]:
                if when.start is not None and self._clause(first, last) == clause and self._possible(when, raw):
                    return Dated(self._ended(msgspec.structs.replace(when, end=None, precision="range")), "the time since the act that it is told to follow")
        return None

    def _off(self, raw: RawClaim, first: int, last: int, clauses: dict[int, float], incidents: Incidents) -> float:
        """How far a date is from an act: 0 to 1 in its own clause, more in one that tells of the same, FAR where it belongs elsewhere."""
        doc = self.doc
        host = self._host(first, last)
        own = clause_of(doc, raw.head)
        if doc.labels[own].startswith("acl") and first <= doc.heads[own] < last:
            return 0.0  # "since Sunday, when rebels attacked"
        if host < 0 or incidents.parted(host, raw.head) or incidents.parted(raw.head, host):
            return FAR
        predicate = clause_of(doc, host)
        if raw.head != predicate and doc.below(host, raw.head) and predicate == clause_of(doc, raw.head):
            return 0.0  # "the attack on Friday"
        off = min(clauses.get(predicate, FAR), clauses.get(host, FAR))
        if off >= FAR or host == predicate or host in clauses:
            return off
        # "paid tribute to those who fell in the raid on Friday": the day is the raid's
        others = (k for k in (host, *doc.ancestors(host)) if k not in {raw.head, predicate} and incidents.is_act(k) and doc.below(k, predicate))
        return FAR if raw.type in SPOKEN and any(others) else off + 0.5

    def _possible(self, when: When, raw: RawClaim) -> bool:
        """What is told as past was not after the report."""
        day = self.doc.report.day
        past = raw.status in {Status.OCCURRED, Status.ONGOING, Status.ATTEMPTED} and not is_to_come(raw)
        return not (past and day and when.start and when.start > day)

    def _onward(self, when: When, first: int, last: int, raw: RawClaim) -> When:
        """From then on, where "since" stands farther up: "since the offensive in April", "since the sides signed a truce in March"."""
        doc = self.doc
        if self._behind_since(first, raw.head):
            return msgspec.structs.replace(when, end=None, precision="range")
        k = self._top(first, last)
        stop = {raw.head, clause_of(doc, raw.head)}
        for above in (k, *doc.ancestors(k)):
            if above in stop:
                break
            if any(doc.words[m].lower() == "since" for m in doc.dependents(above, "case", "mark")):
                return msgspec.structs.replace(when, end=None, precision="range")
        return when

    def _behind_since(self, first: int, head: int) -> bool:
        """Whether nothing but nominals stands between "since" and a date, wherever the tree ties the date to."""
        doc = self.doc
        for k in range(first - 1, doc.sentences[doc.sentence_of[first]].first, -1):
            if doc.words[k].lower() == "since":
                return not k < head < first
            if doc.upos[k] in {"VERB", "AUX", "PUNCT", "CCONJ", "SCONJ"}:
                return False
        return False

    def _going_on(self, when: When, raw: RawClaim) -> When:
        """What is still going on has lasted from the time told to the report's day: "the operation that began in October"."""
        day = self.doc.report.day
        lasting = raw.status is Status.ONGOING and raw.type not in SPOKEN
        if lasting and when.start is not None and when.end is not None and day is not None and when.end < day:
            return msgspec.structs.replace(when, end=day, precision="range")
        return when

    def _ended(self, when: When) -> When:
        """An interval that the words leave open ends on the report's day: so far it is told."""
        day = self.doc.report.day
        if when.end is None and when.start is not None and day is not None and when.start <= day:
            return msgspec.structs.replace(when, end=day)
        return when

    # a date taken over

    def _borrowed(self, raw: RawClaim, number: int, incidents: Incidents) -> Dated | None:
        """The day of what a claim goes on with, or else of the words that tell it."""
        return (
            self._labelled(raw, incidents)
            or self._of_victims(raw, incidents)
            or self._taken_up(raw, incidents)
            or self._beside(raw, incidents)
            or self._before(raw, number, incidents)
            or self._of_saying(raw, incidents)
            or self._after(raw, number, incidents)
            or self._of_words(raw, incidents)
            or self._last_told(raw, incidents)
            or self._performed(raw, incidents)
            or self._of_news(raw, incidents)
        )

    def _before_told(self, found: Dated, raw: RawClaim, incidents: Incidents) -> Dated:
        """The day taken over, or that of the saying where it is earlier: nobody tells on Friday what happened on Saturday."""
        said = self._of_saying(raw, incidents) if raw.status is not Status.PLANNED else None
        late = said is not None and None not in {said.when.end, found.when.start} and said.when.end < found.when.start  # type: ignore[operator]
        return said if said is not None and late else found

    def _labelled(self, raw: RawClaim, incidents: Incidents) -> Dated | None:
        """The day that stands before the paragraph, as in a bulletin: "6 February, Nasir: …"."""
        when = self.labels.get(self.doc.sentences[self.doc.sentence_of[raw.head]].block)
        return Dated(when, "the day set before its paragraph") if when is not None and incidents.telling(raw) else None

    def _of_victims(self, raw: RawClaim, incidents: Incidents) -> Dated | None:
        """The day of the loss that a claim counts a part of."""
        whole = incidents.victims_before(raw)
        dated = self.dated.get(id(whole)) if whole is not None else None
        return Dated(dated.when, "the day of the loss that it is a part of") if dated is not None else None

    def _mentions(self, incidents: Incidents) -> list[tuple[int, When]]:
        """The words that name an act whose day is told, whether or not a claim was read there ("Monday's bombing")."""
        doc = self.doc
        found: dict[int, When] = {}
        for sentence in self.by_sentence:
            for first, last, when in sentence:
                host = self._host(first, last)
                if host < 0:
                    continue
                predicate = clause_of(doc, host)
                if doc.upos[host] == "NOUN":
                    named = [host] if incidents.is_act(host) else []
                elif incidents.closed(predicate):
                    named = []
                else:
                    named = [predicate, *(c for c in doc.dependents(predicate, "nsubj", "obj", "obl") if incidents.is_act(c))]
                for k in named:
                    found[k] = min(found[k], when, key=_length) if k in found else when  # "in an overnight attack on Tuesday"
        for raw in incidents.raws:
            if id(raw) in self.dated:
                found.setdefault(raw.head, self.dated[id(raw)].when)
        return sorted(found.items(), key=lambda item: item[0])

    def _taken_up(self, raw: RawClaim, incidents: Incidents) -> Dated | None:
        """The day of the incident that a definite noun takes up: "four were killed in the raid", after "Monday's raid"."""
        noun = incidents.noun(raw)
        if noun is None or raw.status not in {Status.OCCURRED, Status.NEGATED}:
            return None
        for k, when in self._mentioned:
            if k == noun:
                return Dated(when, "the day of the act that it is part of")
        fresh = [(k, when) for k, when in self._mentioned if self._is_fresh(when)]
        same = [(k, when) for k, when in fresh if self.doc.lemmas[k] == self.doc.lemmas[noun]]
        before = [m for m in same if m[0] < noun] or same
        if not before and incidents.forceful(noun):
            before = [m for m in fresh if m[0] < noun and incidents.forceful(m[0])]
        return Dated(before[-1][1], f"the day of the incident that “{self.doc.words[noun]}” takes up") if before else None

    def _is_fresh(self, when: When, days: int = 2) -> bool:
        """Whether a date is one that news carries on: a day or a few, not long before the report."""
        day = self.doc.report.day
        if when.start is None or when.end is None or when.precision not in {"day", "range", "week"}:
            return False
        return (when.end - when.start).days <= days and (day is None or abs((day - when.start).days) <= _NEWS_DAYS)

    def _is_running(self, when: When) -> bool:
        """Whether an interval goes on up to the report."""
        day = self.doc.report.day
        return day is not None and when.end == day and when.start is not None and (day - when.start).days > 2

    def _told_old(self, raw: RawClaim, other: RawClaim, incidents: Incidents) -> When | None:
        """The day long ago of the claim in the sentence before, which goes on being told: "On 27 March 2022 … They killed 30 people there"."""
        dated, day = self.dated.get(id(other)), self.doc.report.day
        if dated is None or dated.when.start is None or dated.when.end is None or day is None or not incidents.is_simple(raw):
            return None
        old = (day - dated.when.start).days > _NEWS_DAYS and (dated.when.end - dated.when.start).days <= 2
        return dated.when if old and incidents.sentences_between(raw, other) <= 1 else None

    def _fresh(self, raw: RawClaim, days: int = 2) -> When | None:
        """The day of a claim that news carries on."""
        dated = self.dated.get(id(raw))
        return dated.when if dated is not None and self._is_fresh(dated.when, days) else None

    def _beside(self, raw: RawClaim, incidents: Incidents) -> Dated | None:
        """The day of another act of the same sentence."""
        if not incidents.continues(raw):
            return None
        near = [o for o in incidents.beside(raw) if incidents.telling(o) and self._fresh(o) and not incidents.aside(o, raw)]
        when = self._fresh(min(near, key=lambda o: abs(o.head - raw.head))) if near else None
        return Dated(when, "the day of the act told beside it") if when is not None else None

    def _before(self, raw: RawClaim, number: int, incidents: Incidents) -> Dated | None:
        """The day of the incident that the sentences before told of; a count that is still running goes on."""
        if not incidents.continues(raw) or incidents.shifts(raw) or (raw.nominal and raw.kind == "event" and not incidents.asserted(raw)):
            return None
        other_side: Dated | None = None
        for other in reversed(incidents.raws[:number]):
            dated = self.dated.get(id(other))
            gap = incidents.sentences_between(raw, other)
            if gap > _BACK:
                break
            one = self._one_account(raw, other)
            if dated is not None and one and incidents.is_perfect(raw) and self._is_running(dated.when):
                found = Dated(dated.when, "the time of the count that it goes on with")
            elif incidents.telling(other) and self._alike(raw, other, incidents) and (when := self._fresh(other, 6 if gap <= _CLOSE else 2)) is not None:
                found = Dated(when, "the day of the incident that it goes on with" if one else "the day that another speaker gives the incident")
            elif incidents.telling(other) and self._alike(raw, other, incidents) and (when := self._told_old(raw, other, incidents)) is not None:
                found = Dated(when, "the day of the incident of long ago that it goes on with")
            else:
                continue
            if one:
                return found
            other_side = other_side or found
        return other_side

    @staticmethod
    def _alike(a: RawClaim, b: RawClaim, incidents: Incidents) -> bool:
        """Whether two claims may share a day by what they tell: an attack is not of the day of a meeting told before it."""
        return incidents.may_go_on(a, b) and incidents.may_go_on(b, a)

    def _one_account(self, a: RawClaim, b: RawClaim) -> bool:
        """Whether two claims are not told by two different speakers: what one side dates, the other may not have dated."""
        first, second = (_speakers(self.attribution, c) for c in (a, b))
        return not first or not second or bool(first & second)

    def _after(self, raw: RawClaim, number: int, incidents: Incidents) -> Dated | None:
        """The first day that the text gives, for what stands in a headline or opening without one."""
        if not incidents.continues(raw) or raw.nominal or self.doc.sentence_of[raw.head] > _OPENING:
            return None
        for other in incidents.raws[number + 1 :]:
            if incidents.telling(other) and (when := self._fresh(other)) is not None:
                return Dated(when, "the day that the text goes on to give") if incidents.sentences_between(other, raw) <= 4 else None
        return None

    def _last_told(self, raw: RawClaim, incidents: Incidents) -> Dated | None:
        """The one day that the sentences before tell, whatever of, for what goes on with them: a bulletin's head, an act that no claim was read of."""
        if not incidents.continues(raw) or incidents.shifts(raw) or raw.nominal or raw.type in SPOKEN:
            return None
        own = clause_of(self.doc, raw.head)
        helpers = {self.doc.words[k].lower() for k in self.doc.dependents(own, "aux")}
        if self.doc.labels[own].split(":")[0] in {"advcl", "acl", "xcomp"} or helpers & {"have", "has", "’ve", "'ve"}:
            return None
        here = self.doc.sentence_of[raw.head]
        told = [(number, when) for number in range(max(0, here - _LAST), here) for _, _, when in self.by_sentence[number]]
        if not told or any(not self._is_fresh(when) for _, when in told) or len({(w.start, w.end) for _, w in told}) != 1:
            return None
        if any(id(o) in self._told and not self._alike(raw, o, incidents) for o in incidents.around(raw, _LAST) if o.head < raw.head and incidents.telling(o)):
            return None  # the day of a meeting or a move
        return Dated(told[-1][1], "the only day that the text has told so far")

    def _of_saying(self, raw: RawClaim, incidents: Incidents) -> Dated | None:
        """The day of the saying, for fresh news that it tells."""
        if raw.type not in SPOKEN and not incidents.continues(raw):
            return None
        for saying in self.attribution.chain(raw.head):
            if not saying.act and saying.cue is not None and (when := self.said(saying.cue[0])) is not None:
                return Dated(when, "the day of the saying")
        return None

    def _of_words(self, raw: RawClaim, incidents: Incidents) -> Dated | None:
        """The day on which the same party was said to speak in the sentence before; or, in an opening, the day that the text gives for its words."""
        if raw.type not in SPOKEN or not (raw.status is Status.OCCURRED or incidents.performed(raw)):
            return None
        names = _names(raw.actors) | {name for s in self.attribution.chain(raw.head) for name in _names(s.parties)}
        talk = _TALK if raw.type == "AGREE" else SPOKEN
        acts = [(o.head, self.dated[id(o)].when, _names(o.actors)) for o in incidents.around(raw, ASIDE) if o.type in talk and id(o) in self.dated]
        days = sorted((*self._said_days, *(d for d in acts if self._is_fresh(d[1]))), key=lambda d: d[0])
        own = [d for d in days if d[2] & names]
        before = [d for d in own if d[0] < raw.head]
        sentence = self.doc.sentence_of[raw.head]
        if before:
            k, when, _ = before[-1]
            return Dated(when, "the day on which the same party spoke") if sentence - self.doc.sentence_of[k] <= 1 else None
        if any(d[0] < raw.head for d in days):
            return None
        for k, when, _ in own or days[:1]:
            if own or self.doc.sentence_of[k] - sentence <= 1:
                return Dated(when, "the day that the text goes on to give for its words")
        return None

    @cached_property
    def _said_days(self) -> list[tuple[int, When, set[str]]]:
        """The fresh days on which something was said: at which cue, and who said it."""
        days = [(s.cue[0], self.said(s.cue[0]), _names(s.parties)) for s in self.attribution.sayings if s.cue is not None and not s.act]
        return [(k, when, who) for k, when, who in days if when is not None and self._is_fresh(when)]

    def _performed(self, raw: RawClaim, incidents: Incidents) -> Dated | None:
        """The report's own day, for an act that its very words perform: "we call on both sides"."""
        day = self.doc.report.day
        if day is None or not incidents.performed(raw) or self._stands(raw) or raw.status not in {Status.OCCURRED, Status.ONGOING}:
            return None
        return Dated(When(start=day, end=day, precision="day"), "the report's day: its words are the act")


    def _stands(self, raw: RawClaim) -> bool:
        """Whether a dispatch only tells how somebody stands: "officials blame the rebels", which is of no day; what we blame, we blame today."""
        doc = self.doc
        by = {doc.words[k].lower() for k in doc.dependents(raw.head, "nsubj")}
        return raw.type in {"ACCUSE", "SUPPORT"} and doc.report.place is not None and bool(by) and not by & {"i", "we"}

    def _of_news(self, raw: RawClaim, incidents: Incidents) -> Dated | None:
        """The report's day, for what is told as its news beside other news of that day: "The envoy also urged both sides to stop."

        Only where the report itself dates something on its day, and where no other day was told in its sentence and the three before.
        """
        doc, day = self.doc, self.doc.report.day
        if day is None or raw.nominal or raw.kind != "event" or raw.status is not Status.OCCURRED or raw.type not in SPOKEN | _DONE:
            return None
        own = clause_of(doc, raw.head)
        main = doc.labels[own] in {"root", "ccomp"} or (doc.labels[own] in {"conj", "parataxis"} and doc.labels[doc.heads[own]] == "root")
        if not main or not incidents.is_simple(raw) or incidents.is_usual(raw):
            return None
        here = doc.sentence_of[raw.head]
        near = [when for sentence in self.by_sentence[max(0, here - _NEAR) : here + 1] for _, _, when in sentence]
        if any(not self._is_of(when) for when in near) or not self._tells_its_day or self.by_sentence[here]:
            return None
        return Dated(When(start=day, end=day, precision="day"), "the report's day: told as its news, beside other news of that day")

    def _is_of(self, when: When) -> bool:
        """Whether a date is the report's own day."""
        return when.start == when.end == self.doc.report.day

    @cached_property
    def _tells_its_day(self) -> bool:
        """Whether the report dates anything on its own day."""
        return any(self._is_of(when) for sentence in self.by_sentence for _, _, when in sentence)


def is_to_come(raw: RawClaim) -> bool:
    """Whether a claim tells of a meeting, a visit or help to come, which is promised today and is on a day of its own."""
    return raw.type == "AGREE" and raw.object is not None


def _length(when: When) -> int:
    return (when.end - when.start).days if when.start and when.end else 10_000


def _names(parties: list[Party]) -> set[str]:
    return {p.entity.name for p in parties}


def _speakers(attribution: Attribution, raw: RawClaim) -> set[str]:
    return {name for s in attribution.chain(raw.head)[:1] for name in _names(s.parties)}
