"""Claims → sentences for people, for cells that hold an account in words.

In: claims of one holder about one incident. Out: one sentence, "HOLDER says: …". The words are those of the terminal view; no account is preferred.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sayso.export.asking import Claimed
from sayso.view.words import STATUS, clean, parties, what

MOST = 12
"""Claims that a sentence tells; how many more there are it says."""


def account(held: Sequence[Claimed]) -> str:
    """What one holder says, in a sentence; what he says twice once.

    The sentence reads "Ministry of Defence of Azerbaijan says: attack: Armed Forces of Armenia → Azerbaijan; 4 killed: soldiers."
    """
    told = list(dict.fromkeys(stated(one) for one in held if not one.row["replaced_by"]))
    more = f"; and {len(told) - MOST} more" if len(told) > MOST else ""
    return f"{clean(held[0].holder['name'])} says: {'; '.join(told[:MOST])}{more}."


def stated(one: Claimed) -> str:
    """A claim in words: "attack (heavy weapons): A → B", "4 killed: soldiers, by A", "attack: A → B (said not to have happened)"."""
    claim = one.claim
    who = parties(claim)
    status = STATUS[claim.status]
    return what(claim) + (f": {who}" if who else "") + (f" ({status})" if status else "")


def accounts(incident: Iterable[Sequence[Claimed]]) -> str:
    """All accounts of an incident, a sentence each, in the order of the holders' keys."""
    return " ".join(account(held) for held in incident)
