"""A claim and the place names of its report → what speaks for each name as the claim's place, for the head that weighs it.

In: the names of a report's places, its claims and sayings. Out: for a claim, the names that may be its place, each with the features that hold of
it, and those that speak for no place at all. Features are words about the tree, the distance, the kind of place and the act. None is a name, and
none says whose country a place is in: where the sides of a report change over, the places stay.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from sayso.attribution import Attribution
from sayso.events import RawClaim
from sayso.model import BlockKind, Status, Where
from sayso.reader import Doc
from sayso.resolve.incidents import AFAR, FAR, Incidents
from sayso.resolve.place_names import PRECISION, PlaceName, PlaceNames
from sayso.resolve.times import Narrative, is_to_come
from sayso.syntax import clause_of

BACK, AHEAD = 25, 6
"""So many sentences before a claim and behind it, a name may be its place; besides, in the report's opening."""
OPENING = 3
_SEASON = 35
"""More days than this are a long time, of which a count or a war is told for a country."""
_OLD = 30
"""What ended so many days before the report is history."""
_HOST = 100
"""So many dead or wounded are rather those of a war than of one place."""
_MANY = 5
"""From so many sentences on, one is as far as another."""
_GAPS = (3, 6, 12)
_TIED = {"CONSULT", "MOBILIZE", "RETREAT", "AID", "COERCE"}
"""Acts of which the preposition tells whether a place is where they were, by type."""
_DONE = {Status.OCCURRED, Status.ATTEMPTED}
_AHEAD = {Status.PLANNED, Status.HYPOTHETICAL}
_MAY = {"will", "would", "could", "may", "might", "can"}
_OPEN = {BlockKind.HEADLINE, BlockKind.LEAD}


class Option(NamedTuple):
    """A name that may be a claim's place."""

    name: PlaceName
    where: Where
    features: list[str]


class _Held(NamedTuple):
    """What holds of a name whatever the claim is."""

    name: PlaceName
    where: Where
    sentence: int
    case: str
    features: list[str]
    standing: tuple[int, float] | None
    of_party: bool
    sayings: frozenset[int]
    host: int


class PlaceVotes:
    """The features of one report's claims and places.

    Args:
        around: whether one name of a phrase only says where the place of the other is.
        off: how far a name is from an act, as the rules have it.
    """

    def __init__(
        self,
        names: PlaceNames,
        incidents: Incidents,
        narrative: Narrative,
        attribution: Attribution,
        around: Callable[[PlaceName, PlaceName], bool],
        off: Callable[[RawClaim, PlaceName, dict[int, float]], float],
    ) -> None:
        self.doc: Doc = names.doc
        self.names, self.incidents, self.narrative, self.attribution = names, incidents, narrative, attribution
        self._around, self._off = around, off
        self._cued_words = {k for s in attribution.sayings if s.cue for k in range(*s.cue)}
        every = [n for beside in names.by_sentence for n in beside]
        wheres = [names.in_country(n, names.by_sentence[self.doc.sentence_of[n.first]]) for n in every]
        self._told = Counter(w.name for w in wheres)
        self._first = min((self.doc.sentence_of[n.first] for n in every), default=0)
        self._held: dict[int, list[_Held]] = {}
        self._standings: dict[tuple[int, str, int], tuple[int, float] | None] = {}
        self._clauses: dict[int, int] = {}
        self._ahead: dict[int, bool] = {}
        for n, w in zip(every, wheres, strict=True):
            held = self._always(n, w, len(every))
            self._held.setdefault(held.sentence, []).append(held)
        self._outer = {
            id(h): (any(around(x.name, h.name) for x in here if x is not h), any(around(h.name, x.name) for x in here if x is not h))
            for here in self._held.values()
            for h in here
        }

    def _sayings(self, k: int) -> frozenset[int]:
        return frozenset(id(s) for s in self.attribution.chain(k))

    def _always(self, name: PlaceName, where: Where, told: int) -> _Held:
        doc, names = self.doc, self.names
        label, case = doc.labels[name.top], doc.case(name.top).split(" ")[0]
        found = ["name", where.precision, f"case {case}", f"as {label}"]
        if name.because:
            found.append("known")
        if name.taken_up:
            found.append("taken up")
        if names.is_place_word(name.top):
            found.append("a word for a place")
        if name.top in self._cued_words:
            found.append("in a cue")
        if names.dateline is not None and names.dateline.name == where.name:
            found.append("the dateline")
        if doc.sentence_of[name.first] == self._first:
            found.append("named first")
        count = self._told[where.name]
        found.append(f"named {min(count, 3)} times")
        if count == max(self._told.values()):
            found.append("named most")
        if count > told / 2:
            found.append("named as often as all others")
        standing = names.standing("", -1, name)
        above = doc.heads[name.top]
        of_party = above >= 0 and names.is_party(above)
        return _Held(name, where, doc.sentence_of[name.first], case, found, standing, of_party, self._sayings(name.first), standing[0] if standing else above)

    # a claim

    def none(self, raw: RawClaim) -> list[str]:
        """What speaks for a claim's having no place."""
        doc, incidents = self.doc, self.incidents
        sentence = doc.sentence_of[raw.head]
        own = self._clause(raw.head)
        found = ["none", f"none: {raw.type or raw.harm}", f"none: {raw.status.value}", f"none: {raw.kind}", f"none: sentence {min(sentence, 3)}"]
        for holds, word in (
            (raw.type in AFAR, "afar"),
            (raw.nominal, "a noun"),
            (raw.bare, "bare"),
            (self._opens(raw.head), "headline"),
            (incidents.telling(raw), "telling"),
            (incidents.continues(raw), "goes on"),
            (incidents.shifts(raw), "shifts"),
            (incidents.is_perfect(raw), "perfect"),
            (incidents.is_simple(raw), "simple past"),
            (incidents.is_usual(raw), "usual"),
            (any(doc.lemmas[a] in _MAY for a in doc.dependents(own, "aux")), "modal"),
            (bool(self.names.by_sentence[sentence]), "a name beside it"),
        ):
            if holds:
                found.append(f"none: {word}")
        return found + [f"none: {word}" for word in self._tale(raw)]

    def _tale(self, raw: RawClaim) -> list[str]:
        """What makes a claim rather one of a country than of a town: that it tells of a long time, of long ago, of many."""
        dated, day = self.narrative.when(raw), self.doc.report.day
        found = ["of many"] if raw.count is not None and (raw.count.low or 0) >= _HOST else []
        start = dated.when.start if dated is not None else None
        end = dated.when.end or start if dated is not None else None
        if start is not None and end is not None and (end - start).days > _SEASON:
            found.append("of a long time")
        if day is not None and end is not None and (day - end).days > _OLD:
            found.append("of long ago")
        return found

    def options(self, raw: RawClaim, ruled: Callable[[Where], bool] | None) -> list[Option]:
        """The names that may be a claim's place, in the order of the text, with what speaks for and against each.

        A name of the claim's own sentence where its speaker spoke is none of them, unless the rules chose it (`ruled`; None where they chose none).
        """
        here = self.doc.sentence_of[raw.head]
        clauses = self.incidents.clauses(raw)
        mine = self._sayings(raw.head)
        near = sorted({*range(OPENING), *range(here - BACK, here + AHEAD + 1)})
        found = [h for s in near for h in self._held.get(s, ())]
        if ruled is not None and not any(ruled(h.where) for h in found):  # the rules may look farther back: the last name of their place
            earlier = [h for s, held in self._held.items() if s < here for h in held if ruled(h.where)]
            found = earlier[-1:] + found
        kept = [
            h for h in found
            if (ruled is not None and ruled(h.where)) or not (self._spoken_at(raw, h, mine) if h.sentence == here else self._is_to_come(raw, h))
        ]  # fmt: skip
        return [Option(h.name, h.where, self._of(raw, h, clauses, mine)) for h in kept]

    def _is_to_come(self, raw: RawClaim, held: _Held) -> bool:
        """Whether a name of another sentence is only where something is to be: where talks will be held, nobody has fought."""
        if raw.type in AFAR or raw.status not in _DONE or held.host < 0:
            return False
        if id(held) not in self._ahead:
            clause = self._clause(held.host)
            acts = [r for r in self.incidents.of_sentence(held.sentence) if r.head == held.host or self._clause(r.head) == clause]
            self._ahead[id(held)] = bool(acts) and all(r.status in _AHEAD or is_to_come(r) for r in acts)
        return self._ahead[id(held)]

    def _spoken_at(self, raw: RawClaim, held: _Held, mine: frozenset[int]) -> bool:
        """Whether a name belongs to the words that tell who speaks: the place of a saying is not that of what it states (codebook, section 2)."""
        standing = self._standing(raw, held)
        return held.sayings < mine and self._cued(standing[0] if standing else held.host)

    def _standing(self, raw: RawClaim, held: _Held) -> tuple[int, float] | None:
        """The word that a name belongs to, as a place of the claim's act."""
        trigger = raw.head if held.sentence == self.doc.sentence_of[raw.head] else -1  # of another sentence, no act has it for an object
        key = id(held), raw.type or raw.harm, trigger
        if key not in self._standings:
            self._standings[key] = self.names.standing(raw.type or raw.harm, trigger, held.name)
        return self._standings[key]

    def _clause(self, k: int) -> int:
        if k not in self._clauses:
            self._clauses[k] = clause_of(self.doc, k)
        return self._clauses[k]

    def _opens(self, k: int) -> bool:
        return self.doc.report.blocks[self._block(k)].kind in _OPEN

    def _cued(self, host: int) -> bool:
        return host >= 0 and (host in self.names.cues or self._clause(host) in self.names.cues)

    def _block(self, k: int) -> int:
        return self.doc.sentences[self.doc.sentence_of[k]].block

    def _of(self, raw: RawClaim, held: _Held, clauses: dict[int, float], mine: frozenset[int]) -> list[str]:
        doc, name, where = self.doc, held.name, held.where
        sentence = doc.sentence_of[raw.head]
        distance = sentence - held.sentence
        band = "here" if distance == 0 else "before" if 0 < distance <= 3 else "far"
        found = [*held.features, f"sentences {_apart(distance)}", f"{where.precision} {band}"]
        found += [f"case {held.case} {band}", f"{raw.type or 'loss'} {band}"]
        width = "fine" if PRECISION[where.precision] <= 1 else where.precision
        found += [f"{word}, {width} {band}" for word in self._tale(raw)]
        standing = self._standing(raw, held)
        host = standing[0] if standing else held.host
        same_block = self._block(raw.head) == self._block(name.first)
        for holds, word in (
            (same_block, "paragraph"),
            (not name.because, "unknown"),
            (standing is None, "no place of it"),
            (held.standing is None, "no place at all"),
            (held.of_party, "of a party"),
            (self._cued(host), "by a cue"),
            (held.sayings == mine, "same words"),
            (held.sayings < mine, "outer words"),
            (self._opens(name.first), "headline"),
            (raw.kind != "event", "loss"),
            (raw.type in AFAR, "afar"),
            (raw.type in AFAR and where.precision != "country", "afar, fine"),
        ):
            if holds:
                found.append(f"{word} {band}")
        if raw.type in _TIED:
            found.append(f"{raw.type} case {held.case}")
        if sentence <= 1:
            found += [f"opening {band}", f"opening {band} {'fine' if PRECISION[where.precision] <= 1 else 'wide'}"]
        found += self._beside(raw, held, clauses) if distance == 0 else self._elsewhere(raw, held, band, host)
        return found

    def _beside(self, raw: RawClaim, held: _Held, clauses: dict[int, float]) -> list[str]:
        """Of a name in the claim's own sentence."""
        doc, name = self.doc, held.name
        off = self._off(raw, name, clauses)
        gap = name.first - raw.head
        found = ["off " + ("far" if off >= FAR else "0" if off < 0.25 else "1/2" if off < 1 else str(min(int(off), 3)))]
        found += ["behind it" if gap > 0 else "before it", "gap " + next((str(g) for g in _GAPS if abs(gap) <= g), "wide")]
        beside = self._held[held.sentence]
        outer, inner = self._outer[id(held)]
        standing = self._standing(raw, held) is not None
        others = [h for h in beside if h is not held]
        for holds, word in (
            (raw.evidence[0] <= name.first <= raw.evidence[-1], "in the evidence"),
            (doc.below(name.top, raw.head), "below it"),
            (self._clause(name.top) == self._clause(raw.head), "in its clause"),
            (not others, "the only name"),
            (outer, "around another"),
            (inner, "in another"),
            (PRECISION[held.where.precision] == min(PRECISION[h.where.precision] for h in beside), "the finest name"),
            (standing and all(self._standing(raw, h) is None for h in others), "the only place of it"),
        ):
            if holds:
                found.append(word)
        return found

    def _elsewhere(self, raw: RawClaim, held: _Held, band: str, host: int) -> list[str]:
        """Of a name in another sentence."""
        doc = self.doc
        sentence = doc.sentence_of[raw.head]
        clause = self._clause(host) if host >= 0 else -1
        acts = [r for r in self.incidents.of_sentence(held.sentence) if r.head == host or self._clause(r.head) == clause]
        forceful = raw.kind != "event" or raw.type == "ASSAULT"
        here = self._held.get(sentence, [])
        between = range(min(sentence, held.sentence) + 1, max(sentence, held.sentence))
        found = []
        for holds, word in (
            (bool(acts), "has an act"),
            (any(self.incidents.may_go_on(raw, r) for r in acts), "has what it may go on with"),
            (any(r.type == raw.type and r.kind == raw.kind for r in acts), "has its like"),
            (forceful and any(r.kind == "casualty" or r.type == "ASSAULT" for r in acts), "has force"),
            (bool(here), "though names here"),
            (not any(k in self._held for k in between), "no name between"),
        ):
            if holds:
                found.append(f"{word} {band}")
        if any(doc.lemmas[r.head] == doc.lemmas[raw.head] for r in acts):
            found.append("has the same word")
        own = self.narrative.own(raw)
        other = next((d for r in acts if (d := self.narrative.own(r)) is not None), None)
        if own and other and own.when.start and other.when.start:
            found.append("same day" if own.when.start == other.when.start else "other day")
        if here and PRECISION[held.where.precision] >= min(PRECISION[h.where.precision] for h in here):
            found.append(f"no finer {band}")
        return found


def _apart(distance: int) -> int:
    """How many sentences a name stands before a claim, below 0 behind it; many are one figure."""
    return min(distance, _MANY) if distance >= -1 else -3 if distance >= -3 else -_MANY
