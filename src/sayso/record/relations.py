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
_TAKING = frozenset({"abduct", "torture", "beat", "sexual"})
"""Modes of an attack that is no fight: a report of fighting and one of these are two acts."""


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
    if a.report == b.report and one_holder(a, b):  # what one holder says twice in a report is one claim: these are two
        return Related(a.claim, b.claim, Relation.ADDS, (), "the same holder tells of another part of the incident")
    compared = [_parties(a, b), _count(a, b), _where(a, b), _when(a, b)]
    clashes = [c for c in compared if c.clash]
    if clashes and clashes[0].field is Field.PARTIES and a.kind == "event":
        clashes = clashes[:1]  # who attacked is in dispute: that each names the place where he was attacked is no dispute of its own
    if clashes:
        return _clashing(a, b, clashes)
    first_more, second_more = [c for c in compared if c.first_more], [c for c in compared if c.second_more]
    if one_holder(a, b) and a.report != b.report and any(c.field is Field.COUNT for c in (*first_more, *second_more)) and _later(a, b):
        return Related(a.claim, b.claim, Relation.REVISES, (Field.COUNT,), "the same holder later gives another number")
    if first_more and second_more:
        return Related(a.claim, b.claim, Relation.ADDS, (), "each is more precise in something else")
    if first_more:
        return Related(b.claim, a.claim, Relation.NARROWS, tuple(c.field for c in first_more), "; ".join(c.first_more for c in first_more))
    if second_more:
        return Related(a.claim, b.claim, Relation.NARROWS, tuple(c.field for c in second_more), "; ".join(c.second_more for c in second_more))
    return Related(a.claim, b.claim, Relation.SAME, (), "the same act, parties, place and day" if a.kind == "event" else "the same loss of the same side")


def clash(a: Told, b: Told) -> Clash | None:
    """What two claims of two holders about one incident cannot both be right about; None where they can. The order does not matter."""
    if one_holder(a, b):
        return None
    found = relate(a, b)
    if found.relation is Relation.CONTRADICTS:
        return Clash(found.fields[0], found.because)
    return Clash(Field.STATUS, found.because) if found.relation is Relation.DENIES else None


def one_holder(a: Told, b: Told) -> bool:
    """Whether two claims are the same holder's; a publisher is whoever has his name, for what country he is of can only be guessed from it."""
    if a.holder == b.holder:
        return True
    own = a.holder == a.publisher, b.holder == b.publisher
    return any(own) and _name(a.holder) == _name(b.holder)


def _name(holder: str) -> str:
    """A key without its country."""
    return holder.partition(":")[2] or holder


def holders(tolds: Iterable[Told]) -> dict[str, str]:
    """Whose each claim is, by claim id: the holder's key, and where `one_holder` takes several keys for one holder's the last of them in order."""
    known = sorted(tolds, key=lambda t: t.claim)
    published = {_name(t.holder) for t in known if t.holder == t.publisher}
    keys: dict[str, str] = {}
    for t in known:
        keys[_name(t.holder)] = max(keys.get(_name(t.holder), ""), t.holder)
    return {t.claim: keys[_name(t.holder)] if _name(t.holder) in published else t.holder for t in known}


def disputes(tolds: Iterable[Told]) -> list[Disputed]:
    """What the holders of claims about one incident dispute, by field and pair of holders."""
    known = sorted({t.claim: t for t in tolds}.values(), key=lambda t: t.claim)
    whose = holders(known)
    held: dict[tuple[Field, tuple[str, str]], tuple[list[str], list[tuple[str, str]]]] = {}
    for n, a in enumerate(known):
        for b in known[n + 1 :]:
            if whose[a.claim] == whose[b.claim]:
                continue
            found = relate(a, b)
            if found.relation not in (Relation.CONTRADICTS, Relation.DENIES) or (found.fields == (Field.COUNT,) and parts(a, b, known)):
                continue
            one, other = (a, b) if whose[a.claim] < whose[b.claim] else (b, a)
            for field in found.fields:
                because, pairs = held.setdefault((field, (whose[one.claim], whose[other.claim])), ([], []))
                because.append(found.because)
                pairs.append((one.claim, other.claim))
    return [Disputed(field, pair, tuple(sorted(set(because))), tuple(sorted(pairs))) for (field, pair), (because, pairs) in sorted(held.items())]


def parts(a: Told, b: Told, tolds: Iterable[Told]) -> bool:
    """Whether the holder with the lower number counts parts in the same report, which together come up to the other's total."""
    if a.kind != "casualty" or b.kind != "casualty":
        return False
    lower, higher = (a, b) if a.high is not None and a.high < (b.low or 0) else (b, a)
    alike = [t for t in tolds if (t.kind, t.act, t.report, t.holder, t.hit) == (lower.kind, lower.act, lower.report, lower.holder, lower.hit)]
    return len(alike) > 1 and sum(t.high or 0 for t in alike) >= (higher.low or 0)


def _order(t: Told) -> tuple[str, str, str, int, str]:
    """Earlier first; of one day without times, by report and place in it, so that the order is always the same."""
    return str(t.published or ""), t.moment, t.report, t.start, t.claim


def _later(a: Told, b: Told) -> bool:
    """Whether it can be told which of two claims came later: they stand in one report, or their reports tell other days, or other times of one day."""
    if a.report == b.report:
        return True
    return a.published is not None and b.published is not None and (a.published != b.published or bool(a.moment and b.moment and a.moment != b.moment))


# one proposition?


def _one_proposition(a: Told, b: Told) -> bool:
    """Whether both speak of the same act, or the same loss of the same people or things, be it that they deny it or tell it otherwise."""
    if a.kind != b.kind or a.what != b.what:
        return False
    denied = (a.status == Status.NEGATED) != (b.status == Status.NEGATED)
    if denied and not _hits_home(a, b):
        return False
    if denied and a.kind != "event" and (a.high == 0) != (b.high == 0):
        return False  # who denies a loss agrees with whoever tells of none
    if not denied and (a.status in REAL) != (b.status in REAL):
        return False
    if a.kind == "event":
        return _one_act(a, b, denied)
    if a.act != b.act and not (a.kind == "casualty" and _none_at_all(a, b)):
        return False
    return _same_victims(a, b)


def _hits_home(a: Told, b: Told) -> bool:
    """Whether a denial can mean what the other tells.

    Who denies his own part denies no act that nobody is charged with, nor one elsewhere or on another day.
    """
    denial, told = (b, a) if b.status == Status.NEGATED else (a, b)
    if places(a, b) is Places.APART or days(a, b) in (Days.NEXT, Days.APART):
        return False
    if a.kind != "event" or not denial.actors:
        return True
    if {w.key for w in denial.actors} & {w.key for w in told.actors}:
        return True
    if one_holder(a, b) and a.report == b.report:
        return False  # "it was not us, it was they"
    return meet(denial.doers, told.doers) and not _opposed(denial.actors, told.actors, a, b)


def _one_act(a: Told, b: Told, denied: bool) -> bool:
    if a.act != b.act:
        return False
    if a.modes and b.modes and not set(a.modes) & set(b.modes):
        return False
    if bool(_TAKING & set(a.modes)) != bool(_TAKING & set(b.modes)):
        return False
    if a.object and b.object and a.object.split()[0] != b.object.split()[0]:
        return False
    if not denied and _accused(a, b):
        return True
    if not denied and _other_victims(a, b):
        return True
    hit_a, hit_b = a.hit, b.hit
    if hit_a and hit_b and not meet(hit_a, hit_b):
        return False
    doers_a, doers_b = a.doers, b.doers
    if doers_a and doers_b and (not meet(doers_a, doers_b) or _opposed(a.actors, b.actors, a, b)):
        return False
    return denied or not _split(a, b)


def _split(a: Told, b: Told) -> bool:
    """Whether they tell of two things: at other places, unless it is plainly one act, or other numbers of acts while one leaves open who did it."""
    if _elsewhere(a, b):
        return not (a.modes and b.modes and {w.key for w in a.actors} == {w.key for w in b.actors})
    return bool(a.actors) != bool(b.actors) and counts(a, b) is Counts.DISJOINT


def _elsewhere(a: Told, b: Told) -> bool:
    like = places(a, b)
    return like is Places.APART or (like is Places.UNSURE and not (a.country and a.country == b.country))


def _other_victims(a: Told, b: Told) -> bool:
    """Whether one holder says that his own side's act hit fighters, and another that it hit people who do not fight."""
    if one_holder(a, b) or _own(a) == _own(b) or not {a.status, b.status} <= REAL or not meet(a.doers, b.doers):
        return False
    fight_a, fight_b = fighters(a.recipients), fighters(b.recipients)
    return fight_a is not None and fight_b is not None and fight_a != fight_b and places(a, b) is Places.SAME and days(a, b) is Days.SAME


def _accused(a: Told, b: Told) -> str:
    """How two holders lay one act at different doors, if they do: neither speaks of what his own side did, and they name different doers."""
    if a.act not in FORCEFUL or one_holder(a, b) or not a.actors or not b.actors or (a.low is not None and b.low is not None):
        return ""
    if (a.speaks_for and a.speaks_for == b.speaks_for) or not {a.status, b.status} <= REAL or _own(a) or _own(b):
        return ""
    if {w.key for w in a.actors} & {w.key for w in b.actors} or (meet(a.doers, b.doers) and not _opposed(a.actors, b.actors, a, b)):
        return ""
    crossed = _crossed(a.actors, b.recipients), _crossed(b.actors, a.recipients)
    if all(crossed) or (any(crossed) and (not a.hit or not b.hit or not a.doers or not b.doers)):
        return "each names as the one who acted the side that the other names as the one acted upon"
    if a.hit and b.hit and not (meet(a.hit, b.hit) and _pinned(a, b)):
        return ""
    if _speaks(a, b) or _speaks(b, a):
        return "one accuses the side that the other speaks for, and the other somebody else"
    return "they name different sides for an act upon the same one, at the same time or place" if a.hit and b.hit and a.doers and b.doers else ""


def _pinned(a: Told, b: Told) -> bool:
    """Whether a date or a place that both give says that it is one incident."""
    return (a.dated and b.dated) or bool(a.place and b.place)


def _own(t: Told) -> bool:
    """Whether a holder tells what his own side did."""
    return t.holder in {w.key for w in t.actors} or (bool(t.speaks_for) and t.doers == {t.speaks_for} and t.speaks_for not in t.hit)


def _speaks(a: Told, b: Told) -> bool:
    """Whether the first's holder speaks for the side that the second accuses."""
    return a.holder in {w.key for w in b.actors} or (bool(a.speaks_for) and a.speaks_for in b.doers)


def _crossed(doers: tuple[Who, ...], hit: tuple[Who, ...]) -> bool:
    return bool({w.key for w in doers} & {w.key for w in hit}) or meet(sides(doers), sides(hit))


def _opposed(one: tuple[Who, ...], other: tuple[Who, ...], a: Told, b: Told) -> bool:
    """Whether two parties of one country are opponents: one of the claims has the one act upon the other, or each holder accuses the other."""
    keys, others = {w.key for w in one}, {w.key for w in other}
    if keys & others:
        return False
    for t in (a, b):
        doers, hit = {w.key for w in t.actors}, {w.key for w in t.recipients}
        if (doers & keys and hit & others) or (doers & others and hit & keys):
            return True
    return a.holder in {w.key for w in b.actors} and b.holder in {w.key for w in a.actors}


def _none_at_all(a: Told, b: Told) -> bool:
    """Whether one says that nobody was harmed, and the other tells of dead or wounded."""
    none, other = (a, b) if a.act == "harmed" else (b, a)
    return none.act == "harmed" and none.high == 0 and other.act in {"killed", "wounded"} and (other.low or 0) > 0


def _same_victims(a: Told, b: Told) -> bool:
    """Whether both tell of the same people or things; people of no known side are the same only at the same time and place."""
    if a.kind == "casualty" and not a.hit and not b.hit and not (places(a, b) is Places.SAME and a.dated and b.dated):
        return False
    if not a.recipients or not b.recipients:
        return (not a.recipients and not b.recipients) or a.kind == "materiel"
    if _other_victims(a, b):
        return True
    if a.hit and b.hit and not meet(a.hit, b.hit):
        return False
    if a.doers and b.doers and not meet(a.doers, b.doers) and counts(a, b) is Counts.DISJOINT:
        return False  # each tells of losses at other hands
    fight_a, fight_b = fighters(a.recipients), fighters(b.recipients)
    if fight_a is not None and fight_b is not None and fight_a != fight_b:
        return False
    if a.kind == "materiel" or (fight_a and fight_b) or {w.key for w in a.recipients} & {w.key for w in b.recipients}:
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
    if one_holder(a, b):
        if a.kind != "event" and denial.low is not None and told.high is not None and told.high < denial.low:
            return Related(a.claim, b.claim, Relation.ADDS, (), "the same holder denies a larger number than he tells")
        if a.report != b.report:
            return Related(a.claim, b.claim, Relation.RETRACTS, (), "the same holder later says the opposite")
        if a.sentence != b.sentence:
            return Related(a.claim, b.claim, Relation.ADDS, (), "the same holder tells what happened and what did not")
        return Related(told.claim, denial.claim, Relation.RETRACTS, (), "the same holder takes it back")
    return Related(told.claim, denial.claim, Relation.DENIES, (Field.STATUS,), "one says that it happened, the other that it did not")


def _clashing(a: Told, b: Told, clashes: list[_Field]) -> Related:
    fields, because = tuple(c.field for c in clashes), "; ".join(c.clash for c in clashes)
    if not one_holder(a, b) or not _later(a, b):
        return Related(a.claim, b.claim, Relation.CONTRADICTS, fields, because)
    return Related(a.claim, b.claim, Relation.REVISES, fields, f"the same holder later: {because}")


# field by field


def _parties(a: Told, b: Told) -> _Field:
    if a.kind == "event" and (because := _accused(a, b)):
        return _Field(Field.PARTIES, clash=because)
    doers_a, doers_b = a.doers, b.doers
    if a.kind != "event" and doers_a and doers_b and not meet(doers_a, doers_b):
        return _Field(Field.PARTIES, clash="they name different sides as the one who did it")
    if _other_victims(a, b):
        return _Field(Field.PARTIES, clash="one says that fighters were hit, the other that it was people who do not fight")
    more = (_known(a.actors) - _known(b.actors)) + (_known(a.recipients) - _known(b.recipients))
    if more > 0:
        return _Field(Field.PARTIES, first_more="it names a party that the other leaves open")
    if more < 0:
        return _Field(Field.PARTIES, second_more="it names a party that the other leaves open")
    return _Field(Field.PARTIES)


def _known(everyone: tuple[Who, ...]) -> int:
    """How well they are known: not at all, by some words, by their side."""
    return 2 if sides(everyone) else 1 if everyone else 0


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
    if _elsewhere(a, b):
        return _Field(Field.WHERE, clash="they name different places")
    if like is not Places.SAME and _PRECISE[a.spot] != _PRECISE[b.spot]:
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
