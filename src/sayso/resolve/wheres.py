"""Places in a report → where an act is said to have happened.

In: a parsed and resolved report, the gazetteer. Out: for a word, the most precise place that its clause names, and why. A place
that owns or describes a party ("Syrian rebels", "Yemen's Houthis") and the place of a saying are not where the act was.
"""

from __future__ import annotations

from sayso.resolve.places import Gazetteer

from sayso.attribution import Attribution
from sayso.model import Where
from sayso.reader import Doc
from sayso.resolve.entities import Resolver
from sayso.syntax import clause_of

_PRECISION = {"point": 0, "city": 1, "district": 2, "province": 3, "country": 4}
_LOCATIVE = {"in", "at", "near", "outside", "around", "across", "on", "inside", "within", "throughout", "along", "off", "over", "from", "to", "into", "between",
             "through", "above", "toward", "towards", "against", "of", "for"}  # fmt: skip
_PLACED = {"in", "at", "near", "outside", "around", "across", "on", "inside", "within", "throughout", "along", "off", "over"}


class Wheres:
    """The places of one report."""

    def __init__(self, doc: Doc, resolver: Resolver, gazetteer: Gazetteer, attribution: Attribution) -> None:
        self.doc, self.resolver, self.gazetteer = doc, resolver, gazetteer
        self.cues = {k for s in attribution.sayings if s.cue and not s.act for k in range(*s.cue)}
        self.places: list[tuple[int, int, Where, str]] = []
        total = sum(resolver.weights.values()) or 1
        countries = {code: weight / total for code, weight in resolver.weights.items()}
        ranges = {(s.first, s.last) for s in doc.names if s.type == "place" and s.first not in resolver.person_at}
        covered = {k for r in ranges for k in range(*r)}
        ranges |= {(m.first, m.last) for m in resolver.marks if m.of("country", "capital") and m.first not in covered and m.first not in resolver.person_at}
        for first, last in sorted(ranges):
            text = doc.text(first, last)
            place = gazetteer.resolve(text, countries)
            if place is not None:
                where = gazetteer.to_where(place, text, doc.starts[first])
                self.places.append((first, last, where, place.why))

    def where(self, head: int, evidence: list[int]) -> tuple[Where, str] | None:
        """Where the act at word `head` was: the most precise place in its evidence, then in its sentence on the same predicate."""
        doc = self.doc
        inside = set(evidence)
        own = clause_of(doc, head)
        sentence = doc.sentence_of[head]
        best: tuple[tuple[int, int, int], Where, str] | None = None
        for first, last, where, why in self.places:
            if doc.sentence_of[first] != sentence or not self._locates(first, last):
                continue
            within = bool(inside & set(range(first, last)))
            below = doc.below(self._top(first, last), own) and own not in self.cues
            if not within and not below:
                continue
            key = (0 if within else 1, _PRECISION[where.precision], abs(first - head))
            if best is None or key < best[0]:
                best = (key, where, why)
        return (best[1], best[2]) if best else None

    def _top(self, first: int, last: int) -> int:
        return next((k for k in range(first, last) if not first <= self.doc.heads[k] < last), first)

    def _locates(self, first: int, last: int) -> bool:
        """Whether a place name stands where a place stands: behind a preposition of place, itself or the nominal that it belongs to."""
        doc = self.doc
        k = self._top(first, last)
        label = doc.labels[k]
        case = doc.case(k).split(" ")[0] if doc.case(k) else ""
        if case in _PLACED:
            return True
        if case in _LOCATIVE and label.startswith("nmod"):
            head = doc.heads[k]
            return self.doc.case(head).split(" ")[0] in _PLACED or case in {"in"} or (head >= 0 and doc.labels[head] in {"obj", "nsubj:pass"})
        if label in {"compound", "nmod:poss", "appos", "amod", "nmod", "flat", "conj", "nmod:desc"} and doc.heads[k] >= 0:
            head = doc.heads[k]
            if self.resolver.of(head) and label != "appos" and label != "conj" and self.resolver.of(head)[0].kind in {"organ", "agent", "person", "office"}:
                return False
            return doc.case(head).split(" ")[0] in _PLACED
        return label in {"obj", "nsubj:pass"} and not self.resolver.mark_at.get(k)
