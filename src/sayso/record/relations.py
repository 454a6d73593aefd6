"""Two claims about one incident → how they relate; many → what their holders dispute.

In: `Told`s of one incident. Out: for each pair exactly one of the codebook's seven relations, with its direction, the fields and the reason in
plain words; and for each pair of holders the fields on which some pair of their claims cannot both be right. Whether two claims are about
one incident is not asked here, and no account is preferred: swapping the two sides swaps what comes out.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sayso.model import EventType, Field, Relation, Status
from sayso.record.likeness import Counts, Days, Places, counts, days, fighters, meet, narrower_count, places, sides, span
from sayso.record.told import Told, Who

REAL = frozenset({Status.OCCURRED.value, Status.ONGOING.value, Status.ATTEMPTED.value})
"""What is said to have been done, or at least begun. Plans and fears contradict nothing."""
FORCEFUL = frozenset(t.value for t in (EventType.ASSAULT, EventType.COERCE, EventType.MOBILIZE, EventType.THREATEN, EventType.SANCTION))
"""Acts that one side does to another, so that it matters which."""


class Related(NamedTuple):
    """How `second` relates to `first`, on which fields, and how that is seen. Where the relation has no direction, the earlier claim stands first."""

    first: str
    second: str
    relation: Relation
    fields: tuple[Field, ...]
    because: str


class Clash(NamedTuple):
    """What two claims cannot both be right about, and how that is seen."""

    field: Field
    because: str


class Disputed(NamedTuple):
    """What two holders dispute: the field, the holders' keys in order, the reasons, and the pairs of claims, each with the first holder's first."""

    field: Field
    holders: tuple[str, str]
    because: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]


class _Field(NamedTuple):
    """How a field of two claims compares: whether they clash on it, and whether the first or the second says more."""

    field: Field
    clash: str = ""
    first_more: str = ""
    second_more: str = ""


def relate(a: Told, b: Told) -> Related:
    """How two claims about one incident relate. The order in which they are given does not matter."""
    if _order(b) < _order(a):
        a, b = b, a
    if not _one_proposition(a, b):
        return Related(a.claim, b.claim, Relation.ADDS, (), _other(a, b))
    if (a.status == Status.NEGATED) != (b.status == Status.NEGATED):
        return _denial(a, b)
    compared = [_parties(a, b), _count(a, b), _where(a, b), _when(a, b)]
    clashes = [c for c in compared if c.clash]
    if clashes:
        return _clashing(a, b, clashes)
    first_more, second_more = [c for c in compared if c.first_more], [c for c in compared if c.second_more]
    if a.holder == b.holder and a.report != b.report and any(c.field is Field.COUNT for c in (*first_more, *second_more)) and _order(a)[0] != _order(b)[0]:
        return Related(a.claim, b.claim, Relation.REVISES, (Field.COUNT,), "the same holder later gives another number")
    if first_more and second_more:
        first_more, second_more = (first_more, []) if len(first_more) > len(second_more) else ([], second_more)
    if first_more:
        return Related(b.claim, a.claim, Relation.NARROWS, tuple(c.field for c in first_more), "; ".join(c.first_more for c in first_more))
    if second_more:
        return Related(a.claim, b.claim, Relation.NARROWS, tuple(c.field for c in second_more), "; ".join(c.second_more for c in second_more))
    return Related(a.claim, b.claim, Relation.SAME, (), "the same act, parties, place and day" if a.kind == "event" else "the same loss of the same side")


def clash(a: Told, b: Told) -> Clash | None:
    """What two claims of two holders about one incident cannot both be right about; None where they can. The order does not matter."""
    if a.holder == b.holder:
        return None
    found = relate(a, b)
    if found.relation is Relation.CONTRADICTS:
        return Clash(found.fields[0], found.because)
    return Clash(Field.STATUS, found.because) if found.relation is Relation.DENIES else None


def disputes(tolds: Iterable[Told]) -> list[Disputed]:
    """What the holders of claims about one incident dispute, by field and pair of holders.

    A claim and its near-copies are one: of a pair of copies the first by id is named.
    """
    known = sorted({t.claim: t for t in tolds}.values(), key=lambda t: t.claim)
    held: dict[tuple[Field, tuple[str, str]], tuple[list[str], list[tuple[str, str]]]] = {}
    for n, a in enumerate(known):
        for b in known[n + 1 :]:
            if a.holder == b.holder:
                continue
            found = relate(a, b)
            if found.relation not in (Relation.CONTRADICTS, Relation.DENIES):
                continue
            one, other = (a, b) if a.holder < b.holder else (b, a)
            for field in found.fields:
                because, pairs = held.setdefault((field, (one.holder, other.holder)), ([], []))
                because.append(found.because)
                pairs.append((one.claim, other.claim))
    return [Disputed(field, holders, tuple(sorted(set(because))), tuple(sorted(pairs))) for (field, holders), (because, pairs) in sorted(held.items())]


def _order(t: Told) -> tuple[str, str, int, str]:
    """Earlier first; of one day, by report and place in it, so that the order is always the same."""
    return str(t.published or ""), t.report, t.start, t.claim


# one proposition?


def _one_proposition(a: Told, b: Told) -> bool:
    """Whether both speak of the same act, or the same loss of the same people or things, be it that they deny it or tell it otherwise."""
    if a.kind != b.kind or a.what != b.what or not (a.status in REAL or a.status == b.status or Status.NEGATED in (a.status, b.status)):
        return False
    if a.kind == "event":
        return _one_act(a, b)
    if a.act != b.act and not (a.kind == "casualty" and _none_at_all(a, b)):
        return False
    return _same_victims(a, b)


def _one_act(a: Told, b: Told) -> bool:
    if a.act != b.act:
        return False
    if a.modes and b.modes and not set(a.modes) & set(b.modes):
        return False
    if a.object and b.object and a.object.split()[0] != b.object.split()[0]:
        return False
    if _reversed(a, b) and a.holder != b.holder and Status.NEGATED not in (a.status, b.status):
        return True
    doers_a, doers_b, hit_a, hit_b = sides(a.actors), sides(b.actors), sides(a.recipients), sides(b.recipients)
    if hit_a and hit_b and not meet(hit_a, hit_b):
        return False
    if not doers_a or not doers_b or meet(doers_a, doers_b):
        return True
    return a.act in FORCEFUL and a.holder != b.holder and bool(hit_a and hit_b) and Status.NEGATED not in (a.status, b.status)


def _reversed(a: Told, b: Told) -> bool:
    """Whether each has as the one who acted the side that the other has as the one acted upon."""
    if a.act not in FORCEFUL:
        return False
    doers_a, doers_b, hit_a, hit_b = sides(a.actors), sides(b.actors), sides(a.recipients), sides(b.recipients)
    if not doers_a or not doers_b or meet(doers_a, doers_b) or not (hit_a or hit_b):
        return False
    return (meet(doers_a, hit_b) or not hit_b) and (meet(doers_b, hit_a) or not hit_a)


def _none_at_all(a: Told, b: Told) -> bool:
    """Whether one says that nobody was harmed, and the other tells of dead or wounded."""
    none, other = (a, b) if a.act == "harmed" else (b, a)
    return none.act == "harmed" and none.high == 0 and other.act in {"killed", "wounded"} and (other.low or 0) > 0


def _same_victims(a: Told, b: Told) -> bool:
    if not a.recipients or not b.recipients:
        return not a.recipients and not b.recipients or a.kind == "materiel"
    if {w.key for w in a.recipients} & {w.key for w in b.recipients}:
        return True
    side_a, side_b = sides(a.recipients), sides(b.recipients)
    if side_a and side_b and not meet(side_a, side_b):
        return False
    fight_a, fight_b = fighters(a.recipients), fighters(b.recipients)
    if fight_a is not None and fight_b is not None and fight_a != fight_b:
        return False
    if a.kind == "materiel" or (fight_a and fight_b):
        return True
    return any(_one_name(one, other) for one in a.recipients for other in b.recipients)


def _one_name(one: Who, other: Who) -> bool:
    """Whether one name holds all words of the other."""
    first, second = set(one.name.split()), set(other.name.split())
    return first <= second or second <= first


def _other(a: Told, b: Told) -> str:
    if a.kind != b.kind:
        return "another part of the incident: an act and a loss" if "event" in (a.kind, b.kind) else "another part of the incident: people and things"
    return "another act of the incident" if a.kind == "event" else "another loss of the incident"


# what kind of relation


def _denial(a: Told, b: Told) -> Related:
    denial, told = (b, a) if b.status == Status.NEGATED else (a, b)
    if a.holder == b.holder:
        return Related(told.claim, denial.claim, Relation.RETRACTS, (), "the same holder takes it back")
    return Related(told.claim, denial.claim, Relation.DENIES, (Field.STATUS,), "one says that it happened, the other that it did not")


def _clashing(a: Told, b: Told, clashes: list[_Field]) -> Related:
    fields, because = tuple(c.field for c in clashes), "; ".join(c.clash for c in clashes)
    if a.holder != b.holder:
        return Related(a.claim, b.claim, Relation.CONTRADICTS, fields, because)
    if a.report != b.report:
        return Related(a.claim, b.claim, Relation.REVISES, fields, f"the same holder later: {because}")
    return Related(a.claim, b.claim, Relation.ADDS, (), "the same holder tells of another part of the incident")


# field by field


def _parties(a: Told, b: Told) -> _Field:
    if a.kind == "event" and _reversed(a, b):
        return _Field(Field.PARTIES, clash="each names as the one who acted the side that the other names as the one acted upon")
    doers_a, doers_b = sides(a.actors), sides(b.actors)
    if doers_a and doers_b and not meet(doers_a, doers_b) and a.act in FORCEFUL | {"killed", "wounded", "harmed", "destroyed", "damaged"}:
        return _Field(Field.PARTIES, clash="they name different sides as the one who did it")
    more_a, more_b = bool(_told(a.actors)) - bool(_told(b.actors)), bool(_told(a.recipients)) - bool(_told(b.recipients))
    if more_a + more_b > 0:
        return _Field(Field.PARTIES, first_more="it names a party that the other leaves open")
    if more_a + more_b < 0:
        return _Field(Field.PARTIES, second_more="it names a party that the other leaves open")
    return _Field(Field.PARTIES)


def _told(everyone: tuple[Who, ...]) -> tuple[Who, ...]:
    return everyone


def _count(a: Told, b: Told) -> _Field:
    like = counts(a, b)
    if a.kind == "event":
        return _Field(Field.COUNT, clash="they count the acts differently") if like is Counts.DISJOINT else _Field(Field.COUNT)
    if a.act != b.act or like is Counts.DISJOINT:
        return _Field(Field.COUNT, clash="their numbers for the same losses of the same side do not overlap")
    if narrower_count(a, b):
        return _Field(Field.COUNT, first_more="its number is more exact")
    if narrower_count(b, a):
        return _Field(Field.COUNT, second_more="its number is more exact")
    return _Field(Field.COUNT)


_PRECISE = {"": 0, "country": 1, "province": 2, "district": 3, "city": 4, "point": 5}


def _where(a: Told, b: Told) -> _Field:
    like = places(a, b)
    if like is Places.APART:
        return _Field(Field.WHERE, clash="they name different places")
    if like in (Places.WITHIN, Places.COUNTRY, Places.OPEN) and _PRECISE[a.spot] != _PRECISE[b.spot]:
        if _PRECISE[a.spot] > _PRECISE[b.spot]:
            return _Field(Field.WHERE, first_more="its place is nearer")
        return _Field(Field.WHERE, second_more="its place is nearer")
    return _Field(Field.WHERE)


def _when(a: Told, b: Told) -> _Field:
    like = days(a, b)
    if like in (Days.NEXT, Days.APART):
        return _Field(Field.WHEN, clash="they name different days")
    if a.dated and b.dated and span(a) != span(b):
        return _Field(Field.WHEN, first_more="its days are fewer") if span(a) < span(b) else _Field(Field.WHEN, second_more="its days are fewer")
    if a.dated != b.dated:
        return _Field(Field.WHEN, first_more="it gives a day") if a.dated else _Field(Field.WHEN, second_more="it gives a day")
    return _Field(Field.WHEN)
