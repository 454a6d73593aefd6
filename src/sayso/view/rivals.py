"""A reading → which of its accounts are rivals: two holders, one incident, and what they cannot both be right about.

In: the claims of one report. Out: `Rivalry`, one for each incident, pair of holders and matter in dispute, with the claims on each side and the
reason in words. Only the report's news is compared, never its background. Which claims are about one incident, and what two of them cannot both
be right about, is judged as in the record (`record.grouping`, `record.relations`), by parties, dates, places and counts and not by words; and
it is never said who is right: taken the other way round it finds the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations
from typing import NamedTuple

from sayso.model import AnyClaim, Event, EventType, Field, Reading, Report
from sayso.record.grouping import link
from sayso.record.relations import clash, holders, parts
from sayso.record.told import told
from sayso.view.words import holder

FIELDS = {Field.PARTIES: "who did it", Field.COUNT: "how many", Field.WHERE: "where it was", Field.WHEN: "when it was", Field.STATUS: "whether it happened"}
"""What the fields in dispute are called."""
WHO_ATTACKED = "who attacked"


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

    Two claims are compared where they would be linked in the record; they are joined into one rivalry when a chain of disputes over the same field,
    between the same two holders, connects them.
    """
    claims = {claim.id: claim for claim in reading.claims}
    tolds = [t for claim in reading.claims if not claim.background and (t := told(claim, reading.report))]
    whose = holders(tolds)
    found: dict[tuple[frozenset[str], str], list[tuple[str, str, str]]] = defaultdict(list)
    for a, b in combinations(tolds, 2):
        if whose[a.claim] == whose[b.claim] or link(a, b) is None:
            continue
        over = clash(a, b)
        if over and not (over.field is Field.COUNT and parts(a, b, tolds)):
            field = _called(over.field, claims[a.claim])
            found[frozenset((whose[a.claim], whose[b.claim])), field].append((a.claim, b.claim, over.because))
    made = [
        _rivalry(field, [pair for pair in pairs if pair[0] in part], claims, whose, reading.report)
        for (_, field), pairs in found.items()
        for part in _connected((one, other) for one, other, _ in pairs)
    ]
    return sorted(made, key=lambda r: (_at(r.one.claims[0]), _at(r.other.claims[0]), r.field))


def disputed(a: AnyClaim, b: AnyClaim, report: Report) -> Dispute | None:
    """What two claims of a report differ on where they are taken to be about one incident; None where both can be right. The order does not matter."""
    one, other = told(a, report), told(b, report)
    if one is None or other is None or a.background or b.background or link(one, other) is None:
        return None
    found = clash(one, other)
    return Dispute(_called(found.field, a), found.because) if found else None


def _called(field: Field, claim: AnyClaim) -> str:
    attack = isinstance(claim, Event) and claim.type is EventType.ASSAULT
    return WHO_ATTACKED if field is Field.PARTIES and attack else FIELDS[field]


def _connected(pairs: Iterable[tuple[str, str]]) -> list[set[str]]:
    """The claims that chains of pairs connect."""
    parts_: list[set[str]] = []
    for pair in pairs:
        touched = [part for part in parts_ if part & set(pair)]
        parts_ = [*(part for part in parts_ if part not in touched), set(pair).union(*touched)]
    return parts_


def _rivalry(field: str, pairs: list[tuple[str, str, str]], claims: dict[str, AnyClaim], whose: dict[str, str], report: Report) -> Rivalry:
    told_ = sorted((claims[name] for name in {name for one, other, _ in pairs for name in (one, other)}), key=_at)
    first = whose[told_[0].id]
    one, other = ([c for c in told_ if (whose[c.id] == first) is same] for same in (True, False))
    reasons = "; ".join(sorted({because for _, _, because in pairs}))
    return Rivalry(field, reasons, *(Account(holder(side[0], report), tuple(side)) for side in (one, other)))


def _at(claim: AnyClaim) -> tuple[int, int, str]:
    return claim.evidence.start, claim.evidence.end, claim.id
