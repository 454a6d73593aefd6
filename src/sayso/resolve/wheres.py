"""Places in a report → where an act is said to have happened.

In: a parsed and resolved report, its raw claims, the gazetteer, the place head. Out: for a claim, a place and why. The rules say first: the most
precise place that its clause names, else the place of the incident that it goes on with. The head then weighs all names near the claim, what the
rules chose being one thing that speaks for a name, and its choice counts, since it is right more often on reports that nobody has read for it.
A place that owns or describes a party ("Syrian rebels", "Yemen's Houthis") and the place of a saying are not where the act was, and an act of
words is nowhere.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import msgspec

from sayso.attribution import Attribution
from sayso.events import RawClaim
from sayso.heads import Chooser
from sayso.model import When, Where
from sayso.reader import Doc
from sayso.resolve.entities import Resolver
from sayso.resolve.incidents import AFAR, FAR, Incidents
from sayso.resolve.place_names import DIRECTIONS, PRECISION, STRUCK, PlaceName, PlaceNames, kind_of
from sayso.resolve.place_votes import Option, PlaceVotes
from sayso.resolve.places import Gazetteer
from sayso.resolve.times import Narrative
from sayso.syntax import clause_of

_BACK = 3
_LONG = 10
_GAP = 6
"""So many words may stand between a place and what it lies in, for both to be one phrase."""
_OPENING = 1
"""The last sentence of a headline or opening, whose place the text may name later."""
_LATER = 5
"""So many sentences on it is named."""
_SCENE = 3
"""So many claims of one town make it the scene of a report."""
MARGIN = 1.2
"""So many times likelier than what the rules chose must another answer be."""
_FORCE = {"ASSAULT", "PROTEST"}
_DONE_AT = {"AGREE", "REJECT"}
"""Acts of words that are done at a place where one hangs on them."""


class Placed(NamedTuple):
    """Where a claim's act was, and why that is its place."""

    where: Where
    because: str


class Question(NamedTuple):
    """What the head is asked about a claim: the names that may be its place, what speaks for none, and which of them the rules chose, if any."""

    options: list[Option]
    none: list[str]
    ruled: tuple[str, str | None] | None

    def answers(self) -> list[list[str]]:
        """The features of each name, the rules' vote among them."""
        return [[*o.features, RULED] if self.ruled == called(o.where) else o.features for o in self.options]

    def nothing(self) -> list[str]:
        """What speaks for no place, the rules' vote among it."""
        return self.none if self.ruled else [*self.none, f"none: {RULED}"]


RULED = "the rules' choice"


def called(where: Where) -> tuple[str, str | None]:
    """What makes two places of a report the same."""
    return where.name, where.country


class Wheres:
    """The places of one report."""

    _narrative: Narrative
    _incidents: Incidents
    _votes: PlaceVotes

    def __init__(self, doc: Doc, resolver: Resolver, gazetteer: Gazetteer, attribution: Attribution, head: Chooser | None = None) -> None:
        self.doc, self.resolver, self.gazetteer, self.attribution, self.head = doc, resolver, gazetteer, attribution, head
        self.names = PlaceNames(doc, resolver, gazetteer, attribution)
        self.placed: dict[int, Placed] = {}
        self._refused: dict[int, str] = {}

    def read(self, raws: list[RawClaim], narrative: Narrative) -> None:
        """Places all claims of the report; `where` tells what came out."""
        incidents = Incidents(self.doc, raws, self.names.cues, self.resolver.lexicon)
        self._narrative, self._incidents = narrative, incidents
        self.names.strikes = {raw.head for raw in incidents.raws if raw.type in STRUCK} | self._jolts(incidents)
        for raw in incidents.raws:
            own = self._performed(raw, incidents) if raw.type in AFAR else self._own(raw, incidents)
            if own is not None:
                self.placed[id(raw)] = own
        for number, raw in enumerate(incidents.raws):
            lends = raw.type not in AFAR and "phone" not in raw.modes  # two who speak by telephone are in two places
            if id(raw) not in self.placed and lends and (found := self._borrowed(raw, number, incidents)) is not None:
                self.placed[id(raw)] = found
        for number, raw in enumerate(incidents.raws):
            if (named := self._named_later(raw, number, incidents)) is not None:
                self.placed[id(raw)] = named
        self._votes = PlaceVotes(self.names, incidents, narrative, self.attribution, self._around, self._off)
        if self.head is not None:
            self._vote(self.head, incidents)

    def question(self, raw: RawClaim) -> Question:
        """What the head is asked about a claim."""
        placed = self.placed.get(id(raw))
        ruled = called(placed.where) if placed is not None else None
        options = self._votes.options(raw, (lambda where: called(where) == ruled) if ruled else None)
        return Question(options, self._votes.none(raw), ruled)

    def _owns(self, option: Option) -> bool:
        """Whether a country is only whose something is, or who did it, and not where: "Azerbaijan's attack"."""
        return option.where.precision == "country" and self.doc.labels[option.name.top] == "nmod:poss"

    def _vote(self, head: Chooser, incidents: Incidents) -> None:
        """Lets the head choose the place of each claim; the rules' own stands where no name is near it, and where the head is not surer of another."""
        chosen: dict[int, Placed | None] = {}
        for raw in incidents.raws:
            if "phone" in raw.modes:
                continue
            asked = self.question(raw)
            if not asked.options or (asked.ruled and not any(called(o.where) == asked.ruled for o in asked.options)):
                continue  # it is not asked about what the rules know by other words
            *shares, none = head.shares(asked.answers(), asked.nothing())
            whole: dict[tuple[str, str | None], float] = {}
            ruled = self.placed.get(id(raw))
            for option, share in zip(asked.options, shares, strict=True):
                counts = ruled is None or not self._owns(option) or called(option.where) == asked.ruled
                whole[called(option.where)] = whole.get(called(option.where), 0.0) + (share if counts else 0.0)
            best = max(whole, key=lambda place: whole[place])  # of equals the one named first
            standing = none if ruled is None else whole.get(called(ruled.where), 0.0)
            if max(none, whole[best]) < MARGIN * standing:
                if ruled is not None:
                    chosen[id(raw)] = ruled._replace(because=f"{ruled.because}; head “place” {standing:.2f}")
                continue
            if whole[best] <= none:
                chosen[id(raw)] = None
                if ruled is not None:
                    self._refused[id(raw)] = f"head “place” {none:.2f} for none, {standing:.2f} for the rules' {ruled.where.name}"
                continue
            because = f"head “place” {whole[best]:.2f}, {standing:.2f} for the rules' {'none' if ruled is None else ruled.where.name}"
            inside = max((k for k in range(len(shares)) if called(asked.options[k].where) == best), key=lambda k: shares[k])
            chosen[id(raw)] = self._as_placed(raw, asked.options[inside].name, because, incidents)
        for key, placed in chosen.items():
            if placed is None:
                self.placed.pop(key, None)
            else:
                self.placed[key] = placed

    def _as_placed(self, raw: RawClaim, name: PlaceName, because: str, incidents: Incidents) -> Placed:
        """The place of a name with what stands around it."""
        sentence = self.doc.sentence_of[name.first]
        here = self.names.by_sentence[sentence]
        near = here
        if sentence == self.doc.sentence_of[raw.head]:
            clauses = incidents.clauses(raw)
            near = [n for n in here if self._off(raw, n, clauses) < FAR]
        around = [n for n in near if n is not name and self._around(name, n)]
        agreed = self._agreed(name, around)
        told = agreed.because or "a place name that the gazetteer does not know"
        return Placed(self._in_full(self.names.in_country(agreed, here), name, around), f"{told}; {because}")

    def _jolts(self, incidents: Incidents) -> set[int]:
        """The verbs by which an act comes over a place: "clashes rocked Goma"."""
        doc = self.doc
        force = [raw.head for raw in incidents.raws if raw.type in _FORCE]
        heads = {doc.heads[k] for k in force if doc.labels[k] == "nsubj" and doc.heads[k] >= 0} | {c for k in force for c in doc.dependents(k, "acl")}
        return {k for k in heads if self.resolver.lexicon.is_word(doc.lemmas[k], "jolt")}

    def where(self, raw: RawClaim) -> Placed | None:
        """Where a claim's act was; None where the report does not tell."""
        return self.placed.get(id(raw))

    def refused(self, raw: RawClaim) -> str:
        """Why a claim has no place though the rules have one for it; "" for none such."""
        return self._refused.get(id(raw), "")

    # one claim

    def _own(self, raw: RawClaim, incidents: Incidents) -> Placed | None:
        """The place that stands in the act's own clause, or in one that shares its place: the most precise one, and of those rather one behind the act."""
        clauses = incidents.clauses(raw)
        here = self.names.by_sentence[self.doc.sentence_of[raw.head]]
        near = [(off, name) for name in here if (off := self._off(raw, name, clauses)) < FAR]
        left = [(off, name) for off, name in near if not any(self._around(inner, name) for _, inner in near if inner is not name)]
        if not left:
            return None
        _, best = min(left, key=lambda n: self._rank(raw, *n))
        around = [name for _, name in near if name is not best and self._around(best, name)]
        agreed = self._agreed(best, around)
        because = agreed.because or f"a place name beside “{self.doc.words[raw.head]}” that the gazetteer does not know"
        return Placed(self._in_full(self.names.in_country(agreed, here), best, around), because)

    def _in_full(self, where: Where, name: PlaceName, around: list[PlaceName]) -> Where:
        """The place with all words of the phrase that gives it: "Zeitoun district of Gaza City", "Balad, north of the capital"."""
        first, last = name.first, name.last
        for outer in sorted(around, key=lambda n: n.first):
            if 0 <= outer.first - last <= _GAP:
                last = outer.last
            elif 0 <= first - outer.last <= 1:
                first = outer.first
        if name.taken_up or (first, last) == (name.first, name.last):
            return where
        return msgspec.structs.replace(where, text=self.doc.text(first, last), at=self.doc.starts[first])

    def _rank(self, raw: RawClaim, off: float, name: PlaceName) -> tuple[int, bool, bool, float, bool, int]:
        """What makes one place of a clause rather the act's than another: the smaller comes first; a road or river tells less than a town."""
        way = self.resolver.lexicon.is_word(name.called, "way")
        breadth = self.names.breadth(name)
        precision = max(3.0, breadth) if way else breadth
        return int(off), breadth == PRECISION["country"], off % 1 > 0.5, precision, name.first < raw.head, abs(name.first - raw.head)

    def _performed(self, raw: RawClaim, incidents: Incidents) -> Placed | None:
        """The place that hangs on an agreement or a refusal itself: "agreed in Doha on a truce"; what it speaks of is elsewhere."""
        if raw.type not in _DONE_AT:
            return None
        if raw.object is not None and raw.object[0] == "CONSULT" and raw.type == "AGREE":
            return self._own(replace(raw, type="CONSULT"), incidents)  # a meeting to come
        names = self.names.by_sentence[self.doc.sentence_of[raw.head]]
        near = [n for n in names if not n.taken_up and n.where.precision != "country" and self._hangs_on(n, raw.head)]
        if not near:
            return None
        best = min(near, key=lambda n: (PRECISION[n.where.precision], abs(n.first - raw.head)))
        return Placed(self.names.in_country(best, names), best.because or f"a place name beside “{self.doc.words[raw.head]}” that the gazetteer does not know")

    def _hangs_on(self, name: PlaceName, i: int) -> bool:
        standing = self.names.standing("", -1, name)
        lent = self.doc.heads[i] if self.doc.labels[i] in {"obj", "nsubj:pass"} else -1  # "signed a ceasefire in Doha"
        return standing is not None and standing[0] in {i, lent} - {-1} and self.doc.case(name.top) != "on"

    def _around(self, inner: PlaceName, outer: PlaceName) -> bool:
        """Whether one name of a phrase only says where the place of the other is: "Saidiyah in southern Baghdad", "the West Bank city of Jenin"."""
        doc = self.doc
        if outer.first < inner.first:  # the larger one stands before: "the West Bank city of Jenin", "Ladakh's Kargil"
            if doc.labels[outer.top] not in {"nmod:poss", "compound", "amod"}:
                return False
            site = doc.labels[inner.top] == "compound" and doc.heads[inner.top] == doc.heads[outer.top]  # "Tripoli's Mitiga airport"
            return ((site or doc.heads[outer.top] == inner.top) and not self._is_larger(inner, outer)) or self._of_town(outer, inner)
        between = range(inner.last, outer.first)
        behind = [doc.words[k] for k in between] == [","] and (self._is_larger(outer, inner) or self._contains(outer, inner))
        # "in Kharkiv region near Vovchansk"; not "the Lice district of Diyarbakir"
        nearer = not behind and self._is_larger(inner, outer) and doc.case(outer.top) != "of"
        if self.names.breadth(inner) == PRECISION["country"] or nearer or self._of_town(inner, outer):
            return False
        tied = behind or any(doc.upos[k] == "ADP" for k in between)
        linked = tied and len(between) <= 12 and all(self._links(k) for k in between)
        return linked or doc.below(outer.top, inner.top)

    def _contains(self, outer: PlaceName, inner: PlaceName) -> bool:
        """Whether a name behind the comma is what a district lies in: "in Bacho district, Narathiwat,"; not one more of a list."""
        doc = self.doc
        listed = doc.labels[outer.top] == "conj" or any(doc.labels[c] == "conj" for c in doc.children[outer.top])
        return inner.where.precision == "district" and outer.where.precision == "city" and not listed

    def _is_larger(self, outer: PlaceName, inner: PlaceName) -> bool:
        """Whether the first of two places is of a larger kind."""
        return self.names.breadth(outer) > self.names.breadth(inner)

    def _of_town(self, before: PlaceName, behind: PlaceName) -> bool:
        """Whether a name stands before the word for a town and another behind "of": "the West Bank city of Jenin"; not "the Rafah area of Gaza"."""
        doc = self.doc
        head = doc.heads[before.top]
        if head < 0 or doc.labels[before.top] != "compound" or doc.heads[behind.top] != head or doc.case(behind.top) != "of":
            return False
        kind = kind_of(doc.lemmas[head])
        return kind in {"city", "point"} or (not kind and self.names.is_place_word(head))  # "the Sarajevo suburb of Dobrinja"

    def _links(self, k: int) -> bool:
        """Whether a word may stand between a place and what it lies in or near: ", west of", "in the northern part of"."""
        doc = self.doc
        if doc.words[k].lower() in {"from", "to", "and"}:
            return False
        if doc.upos[k] in {"ADJ", "DET", "ADP", "PUNCT", "NUM", "PART"} or doc.lemmas[k] in DIRECTIONS:
            return True
        if doc.labels[k] == "amod" or k in self.names.named:  # "in the occupied West Bank", "in Nigeria's Plateau state"
            return True
        return self.names.is_place_word(k) or (doc.labels[k] == "compound" and self.names.is_place_word(doc.heads[k]))  # "refugee camp in"

    def _agreed(self, name: PlaceName, around: list[PlaceName]) -> PlaceName:
        """The name as a place of the country that the words around it lie in: "the village of Duha in Hodeidah" is no Allar elsewhere."""
        country = next((n.where.country for n in around if n.where.country and not self._beyond(n)), None)
        if country is None or name.taken_up or name.where.country in {country, None}:
            return name
        place = self.gazetteer.resolve(name.where.text, {country: 1.0})
        if place is not None and place.country == country:
            return name._replace(where=self.gazetteer.to_where(place, name.where.text, name.where.at or 0), because=place.why)
        return name._replace(where=Where(name=name.where.text, country=country, precision="city", text=name.where.text, at=name.where.at))

    def _beyond(self, name: PlaceName) -> bool:
        """Whether a name only tells how far off or on which border a place lies: "on the Pakistani border", "west of Aleppo"."""
        doc = self.doc
        return any(k >= 0 and doc.lemmas[k] in DIRECTIONS for k in (name.top, doc.heads[name.top]))

    def _off(self, raw: RawClaim, name: PlaceName, clauses: dict[int, float]) -> float:
        """How far a place is from an act: below 1 in its own clause, more in one that tells of the same, FAR where it belongs elsewhere."""
        doc = self.doc
        standing = self.names.standing(raw.type or raw.harm, raw.head, name)
        if standing is None or standing[0] < 0:
            return FAR
        host, weight = standing
        if self._incidents.parted(name.top, raw.head) or self._incidents.parted(raw.head, name.top):
            return FAR
        predicate = clause_of(doc, host)
        if raw.head == host or (doc.below(host, raw.head) and predicate == clause_of(doc, raw.head) != raw.head):
            return weight  # "the shelling of the town"
        off = min(clauses.get(predicate, FAR), clauses.get(host, FAR))
        return off + weight if off < FAR else FAR

    def _named_later(self, raw: RawClaim, number: int, incidents: Incidents) -> Placed | None:
        """The place that the text goes on to name, for what an opening puts in "a village", "a northern town"."""
        doc = self.doc
        sentence = doc.sentence_of[raw.head]
        own = self.placed.get(id(raw))
        wide = own is None or own.where.precision in {"province", "country"}
        if sentence > _OPENING or not wide or not incidents.telling(raw):
            return None
        clauses = incidents.clauses(raw)
        inside = range(doc.sentences[sentence].first, doc.sentences[sentence].last)
        bare = [PlaceName(k, k + 1, k, Where(name=doc.words[k], precision="city", text=""), "") for k in inside if self._is_unnamed(k)]
        if not any(self._off(raw, name, clauses) < FAR for name in bare):
            return None
        for other in incidents.raws[number + 1 :]:
            if not 0 < incidents.sentences_between(other, raw) <= _LATER or other.type in AFAR or not self._together(raw, other):
                continue
            there = self.placed.get(id(other))
            alike = other.type == raw.type or other.kind == "casualty" or other.type == "ASSAULT"
            if there is None or not alike or there.where.precision not in {"city", "point"}:
                continue
            if own is None or None in {own.where.country, there.where.country} or own.where.country == there.where.country:
                return Placed(there.where, "the place that the text goes on to name")
        return None

    def _is_unnamed(self, k: int) -> bool:
        """Whether word `k` is a settlement without a name: "a village"."""
        doc = self.doc
        if doc.upos[k] != "NOUN" or kind_of(doc.lemmas[k]) != "city":
            return False
        return any(doc.words[d].lower() in {"a", "an"} for d in doc.dependents(k, "det")) and not any(doc.case(c) == "of" for c in doc.dependents(k, "nmod"))

    # a place taken over

    def _borrowed(self, raw: RawClaim, number: int, incidents: Incidents) -> Placed | None:
        """The place of what a claim goes on with."""
        return (
            self._of_victims(raw, incidents)
            or self._taken_up(raw, incidents)
            or self._beside(raw, incidents)
            or self._before(raw, number, incidents)
            or self._labelled(raw, incidents)
            or self._nearby(raw, incidents)
            or self._only_scene(raw, number, incidents)
        )

    def _labelled(self, raw: RawClaim, incidents: Incidents) -> Placed | None:
        """The place that stands before the paragraph, as in a bulletin: "Nasir, Upper Nile: …"."""
        name = self.names.labels.get(self._block(raw))
        if name is None or not incidents.telling(raw):
            return None
        return Placed(self.names.in_country(name, []), "the place set before its paragraph")

    def _block(self, raw: RawClaim) -> int:
        return self.doc.sentences[self.doc.sentence_of[raw.head]].block

    def _together(self, raw: RawClaim, other: RawClaim) -> bool:
        """Whether two claims may be of one time, and no label of a paragraph parts them."""
        block = self._block(raw)
        if block in self.names.labels and block != self._block(other):
            return False
        a, b = self._narrative.own(raw), self._narrative.when(other)
        if a is not None and self._is_long(a.when) and (b is None or not self._is_long(b.when)) and self.placed[id(other)].where.precision != "country":
            return False
        if a is None or b is None or a.when.start is None or b.when.start is None:
            return True
        return (a.when.end or a.when.start) >= b.when.start and (b.when.end or b.when.start) >= a.when.start

    def _is_long(self, when: When) -> bool:
        """Whether a time is that of a long count ("since December"), which is of no single place."""
        return when.precision == "range" and when.start is not None and when.end is not None and (when.end - when.start).days > _LONG

    def _of_victims(self, raw: RawClaim, incidents: Incidents) -> Placed | None:
        """The place of the loss that a claim counts a part of."""
        whole = incidents.victims_before(raw)
        placed = self.placed.get(id(whole)) if whole is not None else None
        return Placed(placed.where, "the place of the loss that it is a part of") if placed is not None else None

    def _taken_up(self, raw: RawClaim, incidents: Incidents) -> Placed | None:
        """The place of the incident that a definite noun takes up: "four were killed in the raid"."""
        noun = incidents.noun(raw)
        if noun is None:
            return None
        lemma = self.doc.lemmas[noun]
        placed = [o for o in incidents.raws if id(o) in self.placed and o.head < raw.head and o.type not in AFAR and self._together(raw, o)]
        same = [o for o in placed if any(self.doc.lemmas[k] == lemma for k in (o.head, *o.evidence))]
        if not same and incidents.forceful(noun):
            same = [o for o in placed if o.type == "ASSAULT" or o.kind == "casualty"]
        return Placed(self.placed[id(same[-1])].where, f"the place of the incident that “{self.doc.words[noun]}” takes up") if same else None

    def _beside(self, raw: RawClaim, incidents: Incidents) -> Placed | None:
        """The place of another act of the same sentence."""
        if not incidents.telling(raw):
            return None
        near = [o for o in incidents.beside(raw) if id(o) in self.placed and o.type not in AFAR and self._together(raw, o)]
        near = [o for o in near if not incidents.parted(raw.head, o.head) and not incidents.parted(o.head, raw.head)]
        if not near:
            return None
        return Placed(self.placed[id(min(near, key=lambda o: abs(o.head - raw.head)))].where, "the place of the act told beside it")

    def _before(self, raw: RawClaim, number: int, incidents: Incidents) -> Placed | None:
        """The place of the incident that one of the three sentences before told of."""
        if not incidents.telling(raw) or incidents.shifts(raw) or (raw.nominal and raw.kind == "event"):
            return None
        for other in reversed(incidents.raws[:number]):
            if incidents.sentences_between(raw, other) > _BACK:
                break
            alike = incidents.may_go_on(raw, other) and (other.type != "CONSULT" or raw.type == "CONSULT")  # no attack is where a meeting was
            if id(other) in self.placed and other.type not in AFAR and alike and self._together(raw, other):
                return Placed(self.placed[id(other)].where, "the place of the incident that it goes on with")
        return None

    def _only_scene(self, raw: RawClaim, number: int, incidents: Incidents) -> Placed | None:
        """The one town of which all that was told before of these days, for fresh news that names no other place."""
        dated = self._narrative.when(raw)
        if dated is None or dated.when.precision != "day" or not incidents.continues(raw) or raw.nominal or incidents.shifts(raw):
            return None
        told = [o for o in incidents.raws[:number] if id(o) in self.placed and incidents.telling(o)]
        before = [o for o in told if incidents.may_go_on(raw, o) and self._together(raw, o)]
        places = {self.placed[id(o)].where.name for o in before}
        if len(before) < _SCENE or len(places) != 1:
            return None
        where = self.placed[id(before[-1])].where
        return Placed(where, "the only place of which the report tells before") if where.precision in {"city", "point"} else None

    def _nearby(self, raw: RawClaim, incidents: Incidents) -> Placed | None:
        """A place that stands in the sentence, though no clause of it is the act's."""
        doc = self.doc
        if not incidents.telling(raw):
            return None
        here = []
        for name in self.names.by_sentence[doc.sentence_of[raw.head]]:
            standing = self.names.standing(raw.type or raw.harm, raw.head, name)
            apart = incidents.parted(raw.head, name.top) or incidents.parted(name.top, raw.head)
            if standing is not None and not apart and standing[0] >= 0 and clause_of(doc, standing[0]) not in self.names.cues:
                here.append(name)
        if not here:
            return None
        best = min(here, key=lambda n: (PRECISION[n.where.precision], abs(n.first - raw.head)))
        return Placed(self.names.in_country(best, here), best.because or "a place name of its sentence that the gazetteer does not know")
