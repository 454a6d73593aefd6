"""Claims of all reports → incidents: which claims are about one happening, why, and why others are not.

In: `Told`s, and what a user put together or apart. Out: groups of claim ids. Two claims are compared only where they share a block
(`blocks`); the comparison (`link`) weighs what speaks for one incident and against it, reason by reason, by `weights.tsv`; some pairs
exclude each other whatever speaks for them (`excludes`). `cluster` then joins claims, the best-supported first, and never two groups that hold a pair
which excludes each other. What comes out depends on the set of claims alone: not on their order, and not on claims that no chain of links joins to them.

No holder's word weighs more than another's, and the reports of one group of near-copies speak with one voice.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from sayso.model import EventType, Status, Struct
from sayso.record import likeness
from sayso.record.likeness import Counts, Days, Places, counts, days, meet, places
from sayso.record.told import FORCE, Told

LONGEST = 8
"""Days up to which an interval is blocked day by day; a longer one is blocked by its months."""
MOST_MONTHS = 3
"""Months up to which it is; what is said to have happened within longer is compared within its own report only."""
FAR_KM = 25.0
"""Two accounts of one attack name places no farther apart than this."""
MANY = 5
"""From so many acts on, a count of acts sums up a day or a front and is an incident of its own."""
REAL = frozenset({Status.OCCURRED.value, Status.ONGOING.value, Status.ATTEMPTED.value, Status.NEGATED.value})
"""What is said to have been done, begun, or not done; plans and fears are about something else."""
COSTLY = frozenset({FORCE, EventType.PROTEST.value, EventType.COERCE.value})
"""Families of acts that cost lives and things."""
WEIGHTS = Path(__file__).with_name("weights.tsv")

FIRM = 2.0
"""How much must speak for two claims of two reports that do not give the same day: with less, undated claims chain the days of a war together."""

Pair = frozenset[str]


class Reason(NamedTuple):
    """What speaks for one incident, or against it where the weight is negative."""

    words: str
    weight: float


class Link(NamedTuple):
    """Two claims that may be about one incident: the ids in order, the sum of the weights, the reasons, weightiest first."""

    first: str
    second: str
    score: float
    reasons: tuple[Reason, ...]


class Apart(NamedTuple):
    """Two claims that are not about one incident, and why."""

    first: str
    second: str
    because: str


class Why(NamedTuple):
    """What holds an incident together, strongest first, and what keeps its neighbours out of it."""

    links: tuple[Link, ...]
    apart: tuple[Apart, ...]


class Weight(Struct, frozen=True, kw_only=True):
    """A line of `weights.tsv`."""

    key: str
    weight: float
    words: str


@lru_cache(maxsize=1)
def weights() -> dict[str, Weight]:
    """The weights, by key."""
    lines = [line for line in WEIGHTS.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    rows = (line.split("\t") for line in lines[1:])
    return {key: Weight(key=key, weight=float(weight), words=words) for key, weight, words in rows}


# blocks


def blocks(t: Told) -> list[str]:
    """The keys under which a claim is looked for: two claims that may be about one incident share one.

    A claim of news has a key for each of its days and the day after, with each of its sides and its place's country (and an accuser's own side, where he
    does not say who was attacked); a long interval has keys for
    its months instead; and every claim has its report's. History without a date is found in its own report only.
    """
    kin = "loss" if t.family in COSTLY else t.family
    accuser = t.speaks_for if t.kind == "event" and not t.recipients else ""
    who = sorted(t.parties | ({t.country, accuser} - {""})) or ["?"]
    return [f"{t.report}|{kin}", *(f"{kin}|{day}|{token}" for day in _times(t) for token in who)]


def _times(t: Told) -> list[str]:
    if not t.precision:
        return []
    first, last = t.since or t.until, t.until or t.since
    assert first is not None and last is not None
    if (last - first).days < LONGEST:
        return [(first + timedelta(days=n)).isoformat() for n in range((last - first).days + 2)]
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months > MOST_MONTHS:
        return []
    return [f"{first.year + (first.month - 1 + n) // 12}-{(first.month - 1 + n) % 12 + 1:02}" for n in range(months)]


# two claims


def excludes(a: Told, b: Told) -> str | None:
    """Why two claims can never be about one incident; None where they may be. The order does not matter."""
    return _excludes(a, b, days(a, b), places(a, b)) if _kin(a, b) else "other kinds of act"


def _excludes(a: Told, b: Told, when: Days, where: Places) -> str | None:
    if a.background != b.background and not (a.dated and b.dated):
        return "one tells history without a date, the other news"
    one_voice = a.holder == b.holder and a.report == b.report
    if when is Days.APART or (one_voice and when is Days.NEXT and likeness.span(a) == likeness.span(b)):
        return f"other days: {_dates(a)} and {_dates(b)}"
    if where is Places.APART:
        far = likeness.kilometres(a, b)
        if one_voice or (FORCE in (a.family, b.family) and far is not None and far > FAR_KM):
            return f"two places: {_named(a)} and {_named(b)}"
    if (a.status in REAL) != (b.status in REAL):
        return "one is a plan or a fear, the other a fact or a denial"
    return _other_act(a, b) if a.family == b.family else None


def _kin(a: Told, b: Told) -> bool:
    """Whether the kinds of act can belong to one incident: losses go with attacks, with arrests and with protests."""
    if a.family == b.family:
        return True
    return {a.kind, b.kind} != {"event"} and a.family in COSTLY and b.family in COSTLY


def _other_act(a: Told, b: Told) -> str | None:
    """Within one family: acts that are plainly not one."""
    if a.family == FORCE:
        all_a, all_b = a.parties, b.parties
        if len(all_a) > 1 and len(all_b) > 1 and not meet(all_a, all_b):
            return "other parties"
        return None
    if a.family == EventType.RETREAT and a.modes and b.modes and not set(a.modes) & set(b.modes):
        return "other acts"
    if a.object and b.object and a.object.split()[0] != b.object.split()[0]:
        return "about other acts"
    doers_a, doers_b = a.doers, b.doers
    if a.family == EventType.CONSULT:
        doers_a, doers_b = a.parties, b.parties
        if len(doers_a) > 1 and len(doers_b) > 1 and doers_a - doers_b and doers_b - doers_a:
            return "other parties"  # a call of A and B, and a meeting of B and C
    if doers_a and doers_b and not meet(doers_a, doers_b) and not (a.family in COSTLY and meet(doers_a, b.hit) and meet(doers_b, a.hit)):
        return "other actors"
    return None


def link(a: Told, b: Told) -> Link | None:
    """The reasons for taking two claims to be about one incident; None where they exclude each other or too little speaks for it."""
    if a.claim == b.claim:
        return None
    if (b.start, b.claim) < (a.start, a.claim):
        a, b = b, a
    keys = said_of(a, b)
    if keys is None:
        return None
    total = _sum(keys)
    if not _enough(a, b, total):
        return None
    table = weights()
    known = [table[k] for k in keys if k in table and table[k].weight]
    told = sorted((Reason(_words(w.words, a, b), w.weight) for w in known), key=lambda r: (-abs(r.weight), r.words))
    return Link(min(a.claim, b.claim), max(a.claim, b.claim), round(total, 3), tuple(told))


def _enough(a: Told, b: Told, points: float) -> bool:
    """Whether enough speaks for one incident: more than speaks against it, and `FIRM` where nothing else ties two claims to one day."""
    return points > 0 and (points >= FIRM or a.report == b.report or days(a, b) is Days.SAME)


def score(a: Told, b: Told) -> float | None:
    """The sum of the weights, above zero where more speaks for one incident than against it; None where they exclude each other."""
    keys = said_of(a, b)
    return None if keys is None else _sum(keys)


def _sum(keys: Iterable[str]) -> float:
    table = weights()
    total = table["always"].weight
    for key in keys:
        if key in table:
            total += table[key].weight
    return round(total, 6)  # in whatever order they were added up


def said_of(a: Told, b: Told) -> list[str] | None:
    """What can be said of the pair, as keys of `weights.tsv`; None where they exclude each other."""
    if not _kin(a, b):
        return None
    when, where = days(a, b), places(a, b)
    if _excludes(a, b, when, where) is not None:
        return None
    denied = ", denied" if when in (Days.NEXT, Days.UNLIKELY) and (a.status == Status.NEGATED) != (b.status == Status.NEGATED) else ""
    wide = ", wide" if where is Places.SAME and a.spot in {"province", "district"} else ""
    keys = ["days " + when + denied, "places " + where + wide, *_of_parties(a, b), *_of_acts(a, b), *_of_report(a, b)]
    return keys


def _of_parties(a: Told, b: Told) -> Iterator[str]:
    all_a, all_b = a.parties, b.parties
    talk = "" if FORCE in (a.family, b.family) else "other than force: "
    if not all_a or not all_b:
        yield f"{talk}parties open"
    elif not meet(all_a, all_b):
        yield "rivals" if a.kind == b.kind == "event" and a.speaks_for in b.doers and b.speaks_for in a.doers else f"{talk}parties other"
    elif a.kind == b.kind == "event":
        yield f"{talk}{_of_doers(a, b)}"
    else:
        yield "parties both" if len(all_a & all_b) > 1 else "parties one"
    if not a.names & b.names:
        if talk and a.actors and b.actors:
            yield "other names"
        return
    if talk and a.actors and b.actors and not {w.key for w in a.actors} & {w.key for w in b.actors}:
        yield "other names"
    else:
        yield "same name"
    if likeness.fighters([w for w in a.recipients if w.key in {v.key for v in b.recipients}]) is False:
        yield "same people"


def _of_doers(a: Told, b: Told) -> str:
    doers_a, doers_b, hit_a, hit_b = a.doers, b.doers, a.hit, b.hit
    if meet(doers_a, doers_b):
        return "doers and hit" if meet(hit_a, hit_b) else "doers, hit open" if not hit_a or not hit_b else "doers, hit other"
    if meet(doers_a, hit_b) and meet(doers_b, hit_a):
        return "rivals"
    if meet(hit_a, hit_b):
        return "hit, doers open" if not doers_a or not doers_b else "hit, doers other"
    return "parties both" if len((a.parties) & (b.parties)) > 1 else "parties one"


def _of_acts(a: Told, b: Told) -> Iterator[str]:
    if a.kind == b.kind == "event":
        shared = bool(set(a.modes) & set(b.modes))
        if a.family == b.family == FORCE:
            denied = (a.status == Status.NEGATED) != (b.status == Status.NEGATED)
            if ((a.low or 0) >= MANY) != ((b.low or 0) >= MANY) and not denied:
                yield "sum and single"
            elif shared:
                yield "same weapons"
            else:
                yield "other weapons" if a.modes and b.modes else "same act"
            if denied:
                yield "denied"
            return
        yield "same words of act"
        if a.object and b.object:
            yield "same object" if a.object == b.object else "other object"
        elif a.object or b.object:
            yield "object open"
        if a.modes and b.modes:
            yield "same modes" if shared else "other modes"
    elif a.kind == b.kind:
        yield from _of_losses(a, b)
    elif "event" in (a.kind, b.kind):
        event = a if a.kind == "event" else b
        yield "sum and loss" if (event.low or 0) >= MANY else "act and loss" if event.family == FORCE else "other act and loss"
    else:
        yield "people and things"


def _of_losses(a: Told, b: Told) -> Iterator[str]:
    like = counts(a, b)
    if (a.act, a.what) != (b.act, b.what):
        yield "other losses"
    elif like is Counts.EQUAL and (a.low or 0) > 2:
        yield "telling number"
    elif like in (Counts.EQUAL, Counts.WITHIN, Counts.OVERLAP):
        yield "number fits"
    else:
        yield "other number"


def _of_report(a: Told, b: Told) -> Iterator[str]:
    if a.background and b.background:
        yield "both history"
    if a.report != b.report:
        if a.wording == b.wording:
            yield "copied" if a.copy and a.copy == b.copy else "same words"
        return
    apart = abs(a.sentence - b.sentence)
    voice = "one voice" if a.holder == b.holder else "two voices"
    if apart == 0:
        yield f"one sentence, {voice}"
    elif apart == 1:
        yield f"next sentence, {voice}"
    elif a.paragraph == b.paragraph:
        yield f"one paragraph, {voice}"
    else:
        yield f"one report, {voice}"


# words


def _words(pattern: str, a: Told, b: Told) -> str:
    return pattern.format(day=_dates(a), place=_named(a) if a.place else _named(b), places=f"{_named(a)} and {_named(b)}", number=_number(a), harm=a.act)


def _dates(t: Told) -> str:
    if t.since == t.until:
        return str(t.since or "no date")
    return f"{t.since or ''}–{t.until or ''}"


def _named(t: Told) -> str:
    return t.place.title() or t.country or "no place"


def _number(t: Told) -> str:
    if t.low == t.high:
        return str(t.low)
    return f"at least {t.low}" if t.high is None else f"up to {t.high}" if not t.low else f"{t.low}–{t.high}"


# many claims


def cluster(tolds: Iterable[Told], together: frozenset[Pair] = frozenset(), apart: frozenset[Pair] = frozenset()) -> list[list[str]]:
    """The incidents among claims: each a sorted list of claim ids, sorted by their first; arguments as of `by_component`."""
    return sorted(group for component in by_component(tolds, together, apart) for group in component)


def by_component(tolds: Iterable[Told], together: frozenset[Pair] = frozenset(), apart: frozenset[Pair] = frozenset()) -> list[list[list[str]]]:
    """The incidents among claims, component by component: claims that chains of links join, or of pairs that a user put together, are one component.

    No incident reaches from one to another. Of one component alone the same comes as of everything.

    Args:
        together: pairs of claim ids that a user put together. They always are, and what is together with the same claim is together.
        apart: pairs of claim ids that he set apart. They never are, unless pairs in `together` join the two, directly or through others:
            then those win, for they say more.

    Pairs of claims that are not given are without effect.
    """
    known = _known(tolds)
    links = _links(known)
    joined = list(_pairs(together, known))
    parts = _parts(known, [*links, *joined])
    home = {claim: n for n, part in enumerate(parts) for claim in part}
    within: list[dict[tuple[str, str], float]] = [{} for _ in parts]
    for pair, points in links.items():
        within[home[pair[0]]][pair] = points
    alone = ([part] for part in parts if len(part) == 1)
    more = (_Clusters({i: known[i] for i in part}, own, joined, apart).made() for part, own in zip(parts, within, strict=True) if len(part) > 1)
    return sorted([*alone, *more])


def _known(tolds: Iterable[Told]) -> dict[str, Told]:
    return {t.claim: t for t in sorted(tolds, key=lambda t: t.claim)}


def _pairs(pairs: Iterable[Pair], known: dict[str, Told]) -> Iterator[tuple[str, str]]:
    """Those of two claims that are known, in order."""
    for pair in sorted(tuple(sorted(p)) for p in pairs):
        if len(pair) == 2 and pair[0] in known and pair[1] in known:
            yield pair[0], pair[1]


def _links(known: dict[str, Told]) -> dict[tuple[str, str], float]:
    """The score of every pair for which enough speaks."""
    claims, tolds = list(known), list(known.values())
    alike: dict[tuple[object, ...], int] = {}
    kinds = [alike.setdefault(_likes(t), len(alike)) for t in tolds]
    held: dict[str, list[int]] = defaultdict(list)
    for n, t in enumerate(tolds):
        for key in set(blocks(t)):
            held[key].append(n)
    scores: dict[tuple[int, int], float | None] = {}
    seen: set[int] = set()
    found: dict[tuple[str, str], float] = {}
    for numbers in held.values():
        for one, other in combinations(numbers, 2):
            pair = one * len(claims) + other
            if pair in seen:
                continue
            seen.add(pair)
            a, b = tolds[one], tolds[other]
            if a.report == b.report or a.wording == b.wording:
                points = score(a, b)
            else:  # nothing but what the two tell counts, and many tell the same
                kind = kinds[one], kinds[other]
                if kind not in scores:
                    scores[kind] = score(a, b)
                points = scores[kind]
            if points is not None and _enough(a, b, points):
                found[claims[one], claims[other]] = points
    return {pair: found[pair] for pair in sorted(found)}


def _likes(t: Told) -> tuple[object, ...]:
    """All that `score` looks at in two claims of two reports, but for their wording."""
    return (
        t.kind, t.family, t.act, t.modes, t.object, t.what, t.actors, t.recipients, t.since, t.until, t.precision, t.place, t.country, t.admin1, t.lat, t.lon,
        t.spot, t.low, t.high, t.status, t.background, t.speaks_for,
    )  # fmt: skip


def _parts(known: dict[str, Told], pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    """The claims that chains of pairs join."""
    leads = {claim: claim for claim in known}

    def lead(claim: str) -> str:
        while leads[claim] != claim:
            leads[claim] = leads[leads[claim]]
            claim = leads[claim]
        return claim

    for one, other in pairs:
        low, high = sorted((lead(one), lead(other)))
        leads[high] = low
    groups: dict[str, list[str]] = defaultdict(list)
    for claim in known:
        groups[lead(claim)].append(claim)
    return sorted(groups.values())


class _Clusters:
    """Joins the claims of one component: the two groups between which the mean score is highest first, while it is above zero.

    What a user put together starts as one group; so do copies of one statement, which count as one claim in every mean. Groups are named by their
    first claim. Between two groups the sum of the scores is kept, minus infinity where they must stay apart; only for groups with a link between
    them, since no other two can be next.
    """

    def __init__(self, known: dict[str, Told], links: dict[tuple[str, str], float], joined: list[tuple[str, str]], apart: frozenset[Pair]) -> None:
        self.known = known
        self.links = links
        fixed = _parts(known, [pair for pair in joined if pair[0] in known])
        home = {claim: group[0] for group in fixed for claim in group}
        pairs = {frozenset((home[one], home[other])) for one, other in _pairs(apart, known)}
        self.forbidden = {pair for pair in pairs if len(pair) == 2}
        self.members: dict[str, list[str]] = {group[0]: group for group in fixed}
        self.voices: dict[str, list[str]] = {}
        self._copies()
        self.sizes = {name: len(claims) for name, claims in self.voices.items()}
        self.sums: dict[str, dict[str, float]] = {name: {} for name in self.members}
        home = {claim: name for name, group in self.members.items() for claim in group}
        alone = all(len(group) == 1 for group in self.members.values()) and not self.forbidden
        for (one, other), points in self.links.items():
            low, high = sorted((home[one], home[other]))
            if low != high and high not in self.sums[low]:
                self.sums[low][high] = self.sums[high][low] = points if alone else self._sum(low, high)

    def _copies(self) -> None:
        """Puts copies of one statement together where nothing speaks against it, and picks one claim of them to speak for all."""
        groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for name in sorted(self.members):
            for claim in self.members[name]:
                if self.known[claim].copy:
                    groups[self._statement(claim)].append(name)
        for group in groups.values():
            for one, other in combinations(sorted(set(group)), 2):
                if one in self.members and other in self.members and not self._kept_apart(one, other):
                    self._join(one, other)
        for name, claims in self.members.items():
            voices: dict[tuple[str, ...], str] = {}
            for claim in claims:
                voices.setdefault(self._statement(claim), claim)
            self.voices[name] = sorted(voices.values())

    def _statement(self, claim: str) -> tuple[str, ...]:
        """What copies of one statement have in common; a claim of a report that is nobody's copy has it for itself."""
        t = self.known[claim]
        return (t.copy, t.wording, t.kind, t.act, t.what, t.holder, t.status) if t.copy else (claim,)

    def _join(self, one: str, other: str) -> None:
        self.members[one] = sorted([*self.members[one], *self.members.pop(other)])
        if any(other in pair for pair in self.forbidden):
            self.forbidden = {frozenset(one if name == other else name for name in pair) for pair in self.forbidden}

    def _score(self, one: str, other: str) -> float | None:
        found = self.links.get((one, other) if one < other else (other, one))
        return score(self.known[one], self.known[other]) if found is None else found

    def _kept_apart(self, one: str, other: str) -> bool:
        """Whether a user set two groups apart, or a pair in them excludes each other."""
        if frozenset((one, other)) in self.forbidden:
            return True
        return any(self._score(a, b) is None for a in self.members[one] for b in self.members[other])

    def _sum(self, one: str, other: str) -> float:
        """The sum of the scores between two groups, minus infinity where they must stay apart."""
        if self._kept_apart(one, other):
            return float("-inf")
        return sum(self._score(a, b) or 0.0 for a in self.voices[one] for b in self.voices[other])

    def _best(self, one: str) -> tuple[float, str, str] | None:
        """The highest mean that a group has with another, above zero, as it is kept in the heap: negative, with both names in order."""
        size, sizes, highest, nearest = self.sizes[one], self.sizes, 0.0, ""
        for other, points in self.sums[one].items():
            if points > 0:
                mean = points / (size * sizes[other])
                if mean > highest or (mean == highest and other < nearest):
                    highest, nearest = mean, other
        return (-highest, min(one, nearest), max(one, nearest)) if nearest else None

    def made(self) -> list[list[str]]:
        """The groups."""
        best = {name: found for name in self.sums if (found := self._best(name))}
        waiting = sorted(set(best.values()))
        while waiting:
            held = heapq.heappop(waiting)
            one, other = held[1:]
            if best.get(one) != held or best.get(other) != held:  # of two groups that are each other's nearest, both have the same
                continue
            around = self._merge(one, other)
            del best[other]
            for name in (one, *around):
                old = best.pop(name, None)
                fresh = self._best(name) if name == one or old is None else self._nearest(name, one, other, old)
                if fresh:
                    best[name] = fresh
                    if fresh != old:
                        heapq.heappush(waiting, fresh)
        return sorted(self.members.values())

    def _nearest(self, name: str, one: str, other: str, old: tuple[float, str, str]) -> tuple[float, str, str] | None:
        """The nearest of a group after `other` has gone into `one`; looked for anew only where it was one of the two and has moved away."""
        mean = self.sums[name][one] / (self.sizes[name] * self.sizes[one])
        merged = (-mean, min(name, one), max(name, one))
        if one in old[1:] or other in old[1:]:
            return merged if merged[0] <= old[0] else self._best(name)
        return min(old, merged)

    def _merge(self, one: str, other: str) -> list[str]:
        """Joins two groups; gives back those that the new one has a sum with."""
        mine, others = self.sums[one], self.sums.pop(other)
        del mine[other], others[one]
        around = sorted(mine.keys() | others.keys())
        for name in around:
            both = 0.0
            for held, group in ((mine, one), (others, other)):
                both += held[name] if name in held else 0.0 if both == float("-inf") else self._sum(group, name)
            mine[name] = self.sums[name][one] = both
            self.sums[name].pop(other, None)
        if any(pair == {one, name} or pair == {other, name} for pair in self.forbidden for name in around):
            for name in around:
                if frozenset((one, name)) in self.forbidden or frozenset((other, name)) in self.forbidden:
                    mine[name] = self.sums[name][one] = float("-inf")
        self.voices[one] = [*self.voices[one], *self.voices.pop(other)]
        self.sizes[one] += self.sizes.pop(other)
        self._join(one, other)
        return around


def why(incident: Sequence[Told], neighbours: Sequence[Told] = ()) -> Why:
    """Why claims are one incident: the links that hold it together, strongest first, and why each of its neighbours is not in it.

    Of the links only as many as it takes to join all claims (a spanning tree of the strongest); a neighbour is named with the claim of the
    incident that it is nearest to.
    """
    known = _known(incident)
    links = sorted((found for a, b in combinations(known.values(), 2) if (found := link(a, b))), key=lambda found: (-found.score, found.first, found.second))
    tree: list[Link] = []
    home = {claim: claim for claim in known}
    for found in links:
        one, other = home[found.first], home[found.second]
        if one != other:
            tree.append(found)
            home = {claim: one if name == other else name for claim, name in home.items()}
    out: list[Apart] = []
    for t in _known(neighbours).values():
        if t.claim not in known and known:
            out.append(_apart(t, list(known.values())))
    return Why(tuple(tree), tuple(out))


def _apart(t: Told, incident: list[Told]) -> Apart:
    """Why a claim is not in an incident: it and the claim there that shuts it out, or else the one that most speaks for it."""
    for one in incident:
        if because := excludes(one, t):
            return Apart(one.claim, t.claim, because)
    nearest = max(incident, key=lambda one: (score(one, t) or 0.0, one.claim))
    keys = said_of(nearest, t) or []
    against = sorted((weights()[k].weight, _words(weights()[k].words, nearest, t)) for k in keys if k in weights() and weights()[k].weight < 0)
    return Apart(nearest.claim, t.claim, f"too little speaks for it{': ' + against[0][1] if against else ''}")
