"""A reading → which of its accounts are rivals: two holders, one incident, and what they cannot both be right about.

In: the claims of one report. Out: `Rivalry`, one for each pair of holders and matter in dispute, with the claims on each side and the
reason in words. Only the report's news is compared, never its background; the rule knows two claims at a time and looks at
parties, dates, places and counts, not at words; and it never says who is right: taken the other way round it finds the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from sayso.identity import holder_key, side
from sayso.model import AnyClaim, Casualty, Count, Entity, Event, EventType, Materiel, Reading, Role, Sector, Status, When, Where
from sayso.view.words import holder

REAL = frozenset({Status.OCCURRED, Status.ONGOING, Status.ATTEMPTED})
"""What is said to have been done, or at least begun. Plans and fears do not contradict each other."""
FORCEFUL = frozenset({EventType.ASSAULT, EventType.COERCE, EventType.MOBILIZE, EventType.THREATEN, EventType.SANCTION})
"""Acts that one side does to another, so that it matters which."""
HOW_MANY = "how many"
FORCES = frozenset({Sector.GOV, Sector.MIL, Sector.COP, Sector.SPY, Sector.PRM, Sector.REB, Sector.UAF})


class Account(NamedTuple):
    """One holder's claims in a dispute, in the order of the text."""

    holder: str
    claims: tuple[AnyClaim, ...]


class Rivalry(NamedTuple):
    """Two accounts of one incident; `field` is what they differ on. The one that the report gives first stands first."""

    field: str
    because: str
    one: Account
    other: Account


class Dispute(NamedTuple):
    """What two claims cannot both be right about, and how that is seen."""

    field: str
    because: str


def rivals(reading: Reading) -> list[Rivalry]:
    """The rivalries of a report, in the order in which the text brings them up.

    Claims are joined into one rivalry when a chain of disputes over the same field, between the same two holders, connects them.
    """
    links: dict[tuple[frozenset[tuple[str, str | None]], str], list[tuple[AnyClaim, AnyClaim, Dispute]]] = defaultdict(list)
    for group in _comparable(reading.claims):
        keyed = [(holder_key(c), c) for c in group]
        for n, (one, a) in enumerate(keyed):
            for other, b in keyed[n + 1 :]:
                if one != other and (found := disputed(a, b)) and not (found.field == HOW_MANY and _parts(a, b, group)):
                    links[frozenset((one, other)), found.field].append((a, b, found))
    made = [_rivalry(part, reading) for pairs in links.values() for part in _connected(pairs)]
    return sorted(made, key=lambda r: (_at(r.one.claims[0]), _at(r.other.claims[0]), r.field))


def disputed(a: AnyClaim, b: AnyClaim) -> Dispute | None:
    """What two claims differ on where they are about one incident; None where they can both be right. The order does not matter."""
    if a.background or b.background or not _together(a, b):
        return None
    if isinstance(a, Event) and isinstance(b, Event):
        return _over_act(a, b)
    if isinstance(a, Casualty) and isinstance(b, Casualty):
        return _over_count(a, b, a.who, b.who) if a.harm is b.harm else None
    if isinstance(a, Materiel) and isinstance(b, Materiel):
        return _over_count(a, b, a.owner, b.owner) if (a.harm, a.what) == (b.harm, b.what) else None
    return None


def _comparable(claims: Iterable[AnyClaim]) -> Iterable[list[AnyClaim]]:
    groups: dict[str, list[AnyClaim]] = defaultdict(list)
    for claim in claims:
        if not isinstance(claim, Role) and not claim.background:
            groups[claim.type if isinstance(claim, Event) else claim.harm].append(claim)
    return groups.values()


# acts


def _over_act(a: Event, b: Event) -> Dispute | None:
    if a.type is not b.type:
        return None
    doers_a, doers_b = _sides(a.actors), _sides(b.actors)
    targets_a, targets_b = _sides(a.recipients), _sides(b.recipients)
    if (a.status is Status.NEGATED) != (b.status is Status.NEGATED):
        told = b if a.status is Status.NEGATED else a
        if told.status not in REAL or (a.object and b.object and a.object.type is not b.object.type):
            return None
        if _fit(doers_a, doers_b) and _fit(targets_a, targets_b) and (doers_a & doers_b or _pinned(a, b)):
            return Dispute("whether it happened", "one says that it happened, the other that it did not")
        return None
    if a.type not in FORCEFUL or not {a.status, b.status} <= REAL or not doers_a or not doers_b or doers_a & doers_b:
        return None
    field = "who attacked" if a.type is EventType.ASSAULT else "who did it"
    if (targets_a or targets_b) and _names(a, doers_b, targets_a) and _names(b, doers_a, targets_b):
        return Dispute(field, "each names as the one who acted the side that the other names as the one acted upon")
    if not targets_a and not targets_b and _speaks_for(a, doers_b) and _speaks_for(b, doers_a):
        return Dispute(field, "each says that the other's side acted")
    if targets_a & targets_b and _pinned(a, b) and not _words(a.actors) & _words(b.actors):
        return Dispute(field, "they name different sides for an act upon the same one, at the same time or place")
    return None


def _names(claim: Event, doers: frozenset[str], targets: frozenset[str]) -> bool:
    """Whether the claim has the other account's doers as those acted upon, or leaves open who was."""
    return doers <= targets if targets else not claim.recipients


def _speaks_for(claim: Event, doers: frozenset[str]) -> bool:
    return bool(claim.sources) and side(claim.sources[0].entity) in doers


def _sides(entities: Iterable[Entity]) -> frozenset[str]:
    return frozenset(filter(None, map(side, entities)))


def _words(entities: Iterable[Entity]) -> set[str]:
    """The words in the names of groups: "Taliban militants" and "Taliban" need not be two sides; two armies are, whatever both are called."""
    return {word for entity in entities if side(entity) != entity.country for word in entity.name.casefold().split() if len(word) > 3}


def _fit(a: frozenset[str], b: frozenset[str]) -> bool:
    return not a or not b or a <= b or b <= a


# numbers


def _over_count(a: Casualty | Materiel, b: Casualty | Materiel, who_a: Entity | None, who_b: Entity | None) -> Dispute | None:
    if not who_a or not who_b or (who_a.sector in FORCES) != (who_b.sector in FORCES) or not _same_people(a, b, who_a, who_b):
        return None
    if a.by and b.by and side(a.by) and side(b.by) and side(a.by) != side(b.by):
        return None  # each tells of losses at other hands
    if (a.status is Status.NEGATED) != (b.status is Status.NEGATED):
        told = b if a.status is Status.NEGATED else a
        return Dispute("whether it happened", "one tells of a loss, the other says that there was none such") if told.status in REAL else None
    if {a.status, b.status} <= REAL and _disjoint(a.count, b.count):
        return Dispute(HOW_MANY, "their numbers for the same losses of the same side do not overlap")
    return None


def _same_people(a: AnyClaim, b: AnyClaim, who_a: Entity, who_b: Entity) -> bool:
    """Whether both tell of the same side; people of no known side are the same only at the same time and place."""
    if side(who_a) or side(who_b):
        return side(who_a) == side(who_b)
    return bool(a.when and b.when and a.where and b.where)


def _parts(a: AnyClaim, b: AnyClaim, claims: Iterable[AnyClaim]) -> bool:
    """Whether the holder with the lower number counts parts, which together come up to the other's total."""
    if not isinstance(a, Casualty) or not isinstance(b, Casualty):
        return False
    lower, higher = (a, b) if _bounds(a.count)[1] < _bounds(b.count)[0] else (b, a)
    alike = [c for c in claims if isinstance(c, Casualty) and c.harm is lower.harm and holder_key(c) == holder_key(lower) and side(c.who) == side(lower.who)]
    return len(alike) > 1 and sum(_bounds(c.count)[1] for c in alike) >= _bounds(higher.count)[0]


def _disjoint(a: Count, b: Count) -> bool:
    return _bounds(a)[1] < _bounds(b)[0] or _bounds(b)[1] < _bounds(a)[0]


def _bounds(count: Count) -> tuple[float, float]:
    """The numbers that a count can stand for; "about 30" leaves a tenth to either side."""
    slack = 0.1 if count.approximate else 0.0
    return (count.low or 0) * (1 - slack), float("inf") if count.high is None else count.high * (1 + slack)


# one incident


def _together(a: AnyClaim, b: AnyClaim) -> bool:
    """Whether dates and places let two claims be about one incident; one that is not given stands in no way."""
    return (not a.when or not b.when or _meet(a.when, b.when)) and (not a.where or not b.where or _near(a.where, b.where))


def _pinned(a: AnyClaim, b: AnyClaim) -> bool:
    """Whether a date or a place that both give says that it is one incident."""
    return bool(a.when and b.when) or bool(a.where and b.where)


def _meet(a: When, b: When) -> bool:
    return not (a.end and b.start and a.end < b.start) and not (b.end and a.start and b.end < a.start)


def _near(a: Where, b: Where) -> bool:
    if a.name.casefold() == b.name.casefold():
        return True
    if not a.country or a.country != b.country:
        return False
    if "country" in (a.precision, b.precision):
        return True
    return "province" in (a.precision, b.precision) and a.admin1 is not None and a.admin1 == b.admin1


# putting together


def _connected(pairs: list[tuple[AnyClaim, AnyClaim, Dispute]]) -> Iterable[list[tuple[AnyClaim, AnyClaim, Dispute]]]:
    """The pairs in groups: two that share a claim, or that others connect, are together."""
    leads: dict[str, str] = {}

    def lead(claim: AnyClaim) -> str:
        found = claim.id
        while (following := leads.setdefault(found, found)) != found:
            leads[found] = leads[following]
            found = following
        return found

    for a, b, _ in pairs:
        leads[lead(a)] = lead(b)
    groups: dict[str, list[tuple[AnyClaim, AnyClaim, Dispute]]] = defaultdict(list)
    for pair in pairs:
        groups[lead(pair[0])].append(pair)
    return groups.values()


def _rivalry(pairs: list[tuple[AnyClaim, AnyClaim, Dispute]], reading: Reading) -> Rivalry:
    claims = sorted({c.id: c for a, b, _ in pairs for c in (a, b)}.values(), key=_at)
    first = holder_key(claims[0])
    one, other = [c for c in claims if holder_key(c) == first], [c for c in claims if holder_key(c) != first]
    reasons = dict.fromkeys(d.because for _, _, d in pairs)
    return Rivalry(
        pairs[0][2].field, "; ".join(sorted(reasons)),
        Account(holder(one[0], reading.report), tuple(one)), Account(holder(other[0], reading.report), tuple(other)),
    )  # fmt: skip


def _at(claim: AnyClaim) -> tuple[int, int, str]:
    return claim.evidence.start, claim.evidence.end, claim.id
