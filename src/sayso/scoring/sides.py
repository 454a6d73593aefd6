"""Does the reading do equally well for each party?

In: annotated claims, and which of them were read strictly right. Out: for each party, of the claims in which it acts, is hit, or speaks,
how many are right. A party is a country and a kind (its state and people apart from the armed groups in it; de facto entities apart).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from typing import TYPE_CHECKING

from sayso.scoring.compare import NAMED_BODIES, Item, Side

if TYPE_CHECKING:
    pass


def party(side: Side) -> str | None:
    """The party that somebody belongs to, as `AZE`, `AZE armed` or `AZE de facto`; None where the text tells no country."""
    if not side.country:
        return None
    if side.country in NAMED_BODIES:
        return None
    return f"{side.country} de facto" if side.de_facto else f"{side.country} armed" if side.kind == "armed" else side.country


def count_sides(golds: Sequence[Item], right: Mapping[int, bool]) -> Counter[Hashable]:
    """Counts of annotated claims, and of those strictly right, by party and part."""
    n: Counter[Hashable] = Counter()
    for number, item in enumerate(golds):
        if item.kind not in ("event", "casualty"):
            continue
        for part, sides in (("acts", item.actors), ("is hit", item.recipients), ("speaks", item.sources[:1])):
            for name in {party(s) for s in sides} - {None}:
                n["side", name, part, "gold"] += 1
                n["side", name, part, "right"] += right.get(number, False)
    return n
