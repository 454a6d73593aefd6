"""The claims of an incident → how many of whom each holder says were harmed, and the lowest and highest that anybody says.

In: claims about one incident. Out: bounds; `None` is open. One rule for all exports, called `parts-or-total`: of one holder, claims that a later one replaces
and claims of what did not happen or is feared count for nothing; counts of different kinds of victims (forces, civilians …) of one side are parts and are
summed, a count without a kind is a total; so are sides, and a count of no side. Whichever is larger, the sum of the parts or the largest total, stands. A
holder who says that nobody was harmed says 0. No holder's figure weighs more than another's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from sayso.export.asking import Claimed
from sayso.model import Casualty, Harm, Status

RULE = "parts-or-total"
COUNTED = frozenset({Status.OCCURRED, Status.ONGOING})


class Toll(NamedTuple):
    """Bounds of a number of people; `high` None is open above."""

    low: int
    high: int | None

    def plus(self, other: Toll) -> Toll:
        """Both together."""
        return Toll(self.low + other.low, None if self.high is None or other.high is None else self.high + other.high)

    def or_more(self, other: Toll) -> Toll:
        """The larger bounds of both."""
        return Toll(max(self.low, other.low), None if self.high is None or other.high is None else max(self.high, other.high))


class Range(NamedTuple):
    """The lowest low and the highest high that any holder gives; `agreed` where all say the same exact number."""

    low: int
    high: int | None
    agreed: int | None


def counted(claims: Iterable[Claimed], harm: Harm) -> list[Claimed]:
    """The claims that say how many came to this harm and that nothing has replaced."""
    return [
        one for one in claims
        if isinstance(one.claim, Casualty) and one.claim.harm is harm and one.claim.status in COUNTED and not one.row["replaced_by"]
    ]  # fmt: skip


def toll(claims: Iterable[Claimed]) -> Toll | None:
    """What one holder's claims, as `counted` gives them, come to; None where there are none."""
    sides: dict[str, dict[str, Toll]] = defaultdict(dict)
    for one in claims:
        assert isinstance(one.claim, Casualty)
        bounds = Toll(one.claim.count.low or 0, one.claim.count.high)
        kinds, kind = sides[one.row["side"]], one.row["role"]
        kinds[kind] = bounds.or_more(kinds[kind]) if kind in kinds else bounds
    return _parts_or_total({side: total for side, kinds in sides.items() if (total := _parts_or_total(kinds))})


def _parts_or_total(parts: dict[str, Toll]) -> Toll | None:
    total = parts.get("")
    summed: Toll | None = None
    for key in sorted(parts.keys() - {""}):
        summed = parts[key] if summed is None else summed.plus(parts[key])
    if summed is None or total is None:
        return total or summed
    return summed.or_more(total)


def by_holder(claims: Iterable[Claimed], harm: Harm) -> dict[str, Toll]:
    """By the key of each holder who says so, how many came to this harm."""
    held: dict[str, list[Claimed]] = defaultdict(list)
    for one in counted(claims, harm):
        held[one.row["holder"]].append(one)
    return {key: found for key, own in sorted(held.items()) if (found := toll(own)) is not None}


def between(tolls: Iterable[Toll]) -> Range | None:
    """The lowest low and the highest high of these; None of none."""
    held = list(tolls)
    if not held:
        return None
    low = min(t.low for t in held)
    high = None if any(t.high is None for t in held) else max(t.high or 0 for t in held)
    return Range(low, high, low if low == high else None)
