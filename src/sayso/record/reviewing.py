"""What reviewers make of claims: accepted, corrected, rejected, put back, confirmed by a second reviewer, added where the reading missed one.

In: a connection of the one writer, a claim's id or how it begins, a form, and up to which change the reviewer had seen the record. Out: rows and a change. The
look at what others did since and the act are in one transaction, so that of two reviewers who saw the same only the first is heard. What a reviewer settled
stays as he left it when its report is read again, and what he added is not lost for a reading's lacking it. Nothing here groups.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import Any

import msgspec
import sqlalchemy as sa
from msgspec.structs import replace

from sayso.errors import BadOption, ChangedSince
from sayso.model import AnyClaim, Event, Reading, Report, Role, claim_id, decode
from sayso.record.acts import About, Acting, Held, held_of
from sayso.record.adding import storable_claim
from sayso.record.finding import claim_row, report_numbered, report_of, report_row
from sayso.record.rows import encoded, rows_of
from sayso.record.tables import changes, claim_versions, claims

VERBS = {"accepted": "accept", "corrected": "correct", "rejected": "reject", "proposed": "reopen"}
"""States of a claim, and the actions by which it gets there."""
DONE = {
    "accept": "accepted", "correct": "corrected", "reject": "rejected", "reopen": "put back", "check": "confirmed", "add claim": "added", "add": "read",
    "reread": "read anew", "supersede": "superseded", "withdraw": "withdrawn", "undo": "changed back", "redo": "changed again",
    "merge": "merged", "split": "split", "pin": "pinned", "unpin": "unpinned",
}  # fmt: skip
"""Actions in the words for what somebody did to a claim or an incident."""
SHOWN = 12
"""Characters of a claim's id in a message."""


class Reviewing(Acting):
    """Reviews of one author, within one transaction."""

    def accept(self, key: str, note: str | None = None, seen: int | None = None) -> None:
        """Mark a claim as right."""
        self._one(key, "accepted", note, seen)

    def reject(self, key: str, note: str | None = None, seen: int | None = None) -> None:
        """Mark a claim as none."""
        self._one(key, "rejected", note, seen)

    def reopen(self, key: str, note: str | None = None, seen: int | None = None) -> None:
        """Put a claim back as it was read, to be reviewed anew."""
        self._one(key, "proposed", note, seen)

    def correct(self, form: AnyClaim, note: str | None = None, seen: int | None = None) -> None:
        """Put a corrected form in the place of a claim of the same id."""
        row = self._row(form.id, seen)
        form = sound(storable_claim(form), report_numbered(self.connection, row.report))
        with self.act("correct", row.id, About(claims=[row.id]), note) as change:
            self.settle(row, self._reviewed("corrected", encoded(form), change))

    def many(self, keys: Sequence[str], state: str, note: str | None = None, seen: int | None = None) -> list[str]:
        """Accept, reject or put back several claims in one act; gives the ids of those that were not so already. Corrected ones are not accepted again."""
        if state not in {"accepted", "rejected", "proposed"}:
            raise BadOption(f"claims are accepted, rejected or put back to proposed together, not {state!r}")
        found = {row.id: row for row in (self._row(key, seen) for key in keys)}
        rows = [row for row in found.values() if not self._is(row, state)]
        if not rows:
            return []
        ids = [row.id for row in rows]
        with self.act(VERBS[state], ids[0] if len(ids) == 1 else "", About(claims=ids), note) as change:
            for row in rows:
                self.settle(row, self._wanted(row, state, change))
        return ids

    def check(self, key: str, note: str | None = None, seen: int | None = None) -> None:
        """Confirm what another reviewer accepted or corrected."""
        row = self._row(key, seen)
        if row.state not in {"accepted", "corrected"}:
            raise BadOption(f"claim {row.id[:SHOWN]} is {row.state}: what is accepted or corrected is confirmed, by another than who did that")
        if row.checked_by is not None:
            raise BadOption(f"claim {row.id[:SHOWN]} is confirmed already, by {row.checked_by}")
        if _name(row.reviewed_by or "") == _name(self.author):
            raise BadOption(f"claim {row.id[:SHOWN]} was {row.state} by {row.reviewed_by}: another must confirm it")
        self.confirm(row, note)

    def add_claim(self, report: str, form: AnyClaim, note: str | None = None) -> str:
        """Add a claim that the reading missed, as corrected from the start; gives its id, which is made of its words whatever id the form has."""
        row = report_row(self.connection, report)
        if row.superseded_by is not None or row.withdrawn:
            raise BadOption(f"report {row.id} {'was withdrawn' if row.withdrawn else 'is superseded by a newer version'}: its claims count no more")
        of = report_of(row._mapping)
        form = storable_claim(form)
        act = form.office if isinstance(form, Role) else form.type if isinstance(form, Event) else form.harm
        kind = str(form.__struct_config__.tag)
        for ordinal in count():
            key = claim_id(of.digest, kind, form.evidence.start, form.evidence.end, str(act), ordinal)
            there = self.connection.execute(sa.select(claims).where(claims.c.id == key)).first()
            if there is None or there.gone_in is not None:
                break
        self.insert(of, row.number, sound(replace(form, id=key), of), there, note)
        return key

    def confirm(self, row: Any, note: str | None = None, at: str | None = None) -> None:
        """Keep that the author confirms a claim as it is."""
        with self.act("check", row.id, About(claims=[row.id]), note, at) as change:
            self.settle(row, replace(held_of(row), checked_by=self.author, checked_in=change))

    def insert(self, report: Report, number: int, form: AnyClaim, there: Any, note: str | None = None, at: str | None = None) -> None:
        """Put a reviewer's own claim down, or in the place of one that is gone."""
        with self.act("add claim", form.id, About(claims=[form.id]), note, at) as change:
            wanted = self._reviewed("corrected", encoded(form), change)
            if there is not None:
                self.settle(there, wanted)
            else:
                self.adding.insert(rows_of(form, report), number, change, {"state": wanted.state, "reviewed_by": self.author, "reviewed_in": change})
                self.adding.flush()

    # within

    def _one(self, key: str, state: str, note: str | None, seen: int | None) -> None:
        row = self._row(key, seen)
        if self._is(row, state):
            by = f", by {row.reviewed_by}" if row.reviewed_by else ""
            mend = "; to confirm it: sayso check" if row.state in {"accepted", "corrected"} else ""
            raise BadOption(f"claim {row.id[:SHOWN]} is {row.state} already{by}{mend}")
        with self.act(VERBS[state], row.id, About(claims=[row.id]), note) as change:
            self.settle(row, self._wanted(row, state, change))

    def _row(self, key: str, seen: int | None) -> Any:
        """The row of a claim that stands or is rejected.

        Raises:
            BadOption: there is none such.
            ChangedSince: it has changed after `seen`.
        """
        row = claim_row(self.connection, key)
        if seen is not None and row.changed_in > seen:
            raise ChangedSince(f"claim {row.id[:SHOWN]} was {told(self.connection, row.changed_in)}, after you saw it; look at it again")
        if row.gone_in is not None:
            raise BadOption(f"claim {row.id[:SHOWN]} is gone: {told(self.connection, row.gone_in)}")
        return row

    @staticmethod
    def _is(row: Any, state: str) -> bool:
        return row.state == state or (state == "accepted" and row.state == "corrected")

    def _wanted(self, row: Any, state: str, change: int) -> Held:
        if state != "proposed":
            return self._reviewed(state, row.body, change)
        read = as_read(self.connection, row.id)
        if read is not None:
            return Held(state="proposed", claim=msgspec.Raw(read.encode()))
        if row.state == "rejected":  # a reviewer's own claim was never proposed
            return self._reviewed("corrected", row.body, change)
        raise BadOption(f"claim {row.id[:SHOWN]} was added by a reviewer: there is no reading to go back to; reject it")

    def _reviewed(self, state: str, body: str, change: int) -> Held:
        return Held(state=state, claim=msgspec.Raw(body.encode()), reviewed_by=self.author, reviewed_in=change)


def as_read(connection: sa.Connection, claim: str) -> str | None:
    """The body of a claim as it was last read, before anybody reviewed it; None for one that a reviewer added."""
    proposed = sa.select(claim_versions.c.body).where(claim_versions.c.claim == claim, claim_versions.c.state == "proposed")
    return connection.execute(proposed.order_by(claim_versions.c.until.desc()).limit(1)).scalars().first()


def told(connection: sa.Connection, change: int) -> str:
    """What was done in a change, by whom and when."""
    row = connection.execute(sa.select(changes).where(changes.c.number == change)).one()
    return f"{DONE.get(row.action, row.action)} by {row.author} on {row.at[:16].replace('T', ' ')}"


def sound(form: AnyClaim, report: Report) -> AnyClaim:
    """The claim, where all that it points at stands in the text and the codebook allows its values.

    Raises:
        BadRecord: it does not; the message says what.
    """
    return decode(Reading(report=report, claims=[form]).to_json()).claims[0]


def _name(author: str) -> str:
    return " ".join(author.casefold().split())
