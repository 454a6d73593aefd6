"""The record: what it takes in, what it is asked for, what users do to it.

In: readings, reviews and decisions of users, questions. Out: rows and counts. Every method that writes does so in one transaction with the change's author and
time; the grouping is brought up to date within it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import TypeVar

import sqlalchemy as sa

from sayso.model import AnyClaim, Reading
from sayso.record import finding
from sayso.record.acts import Acting
from sayso.record.adding import Added, Adding, Touched, put_change
from sayso.record.database import Database
from sayso.record.deciding import Deciding
from sayso.record.filters import STANDING
from sayso.record.regrouping import Memory, Regrouping
from sayso.record.reviewing import Reviewing
from sayso.record.rows import claim_of
from sayso.record.tables import claims, reports
from sayso.record.undoing import Undoing

A = TypeVar("A", bound=Acting)
BATCH = 200
"""Reports that are added in one transaction."""


class Record:
    """A record in an SQLite file or a PostgreSQL database.

    Args:
        where: a path, or a URL such as `postgresql://user@host/name`.
        author: who makes the changes; kept with each.
        create: whether a file that is not there is made.

    Raises:
        UnusableRecord: it cannot be opened, or is no record.
    """

    def __init__(self, where: str | Path = "sayso.db", author: str = "sayso", create: bool = True, pages: int | None = None) -> None:
        self.author = author
        self.database = Database(where, create, pages)
        self._memory = Memory()
        self._one_writer = Lock()

    def __enter__(self) -> Record:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()

    def by(self, author: str) -> Record:
        """The same record, open once, for another author; threads may share the two."""
        other = copy(self)
        other.author = author
        return other

    # taking in

    def add(self, readings: Iterable[Reading], batch: int = BATCH) -> Added:
        """Add readings, so many in one transaction; the same again changes nothing.

        Raises:
            UnusableRecord: it cannot be written. What was added in earlier transactions is there, of the last one nothing.
        """
        added = Added()
        coming = iter(readings)
        while portion := list(islice(coming, batch)):
            added = added.plus(self._add(portion))
        return added

    def _add(self, readings: Sequence[Reading]) -> Added:
        with self._changing() as connection:
            adding = Adding(connection, self.author)
            adding.add(readings)
            self._regroup(connection, adding.touched)
        return adding.added

    def withdraw(self, report: str, note: str | None = None) -> None:
        """Take a report back, as its publisher did: it is kept, its claims count no more.

        Args:
            report: its id or digest, or how this begins.
        """
        with self._changing() as connection:
            row = finding.report_row(connection, report)
            adding = Adding(connection, self.author)
            change = put_change(connection, self.author, "withdraw", row.digest, {"withdrawn": row.withdrawn}, {"withdrawn": True}, note)
            adding.touched.change = change
            connection.execute(sa.update(reports).where(reports.c.number == row.number).values(withdrawn=True, changed_in=change))
            adding.end_report(row.number, change)
            self._regroup(connection, adding.touched)

    # decisions of users about incidents: `seen` is the last change of the record that the user saw (`version`)

    def merge(self, one: str, other: str, note: str | None = None, seen: int | None = None) -> str:
        """Make two incidents one, for good; gives its id.

        Raises:
            BadOption: there are no such two.
            ChangedSince: one of them, or what was decided about it, has changed since `seen`; nothing was done.
        """
        with self._acting(Deciding) as act:
            key = act.merge(one, other, note, seen)
            self._regroup(act.connection, act.touched)
            return finding.incident_id(act.connection, key)

    def split(self, claim_ids: Sequence[str], note: str | None = None, seen: int | None = None) -> str:
        """Take claims out of their incident into one of their own, for good; gives the new incident's id.

        Raises:
            BadOption: they are not claims of one incident, or all of it.
            ChangedSince: as `merge`.
        """
        with self._acting(Deciding) as act:
            taken = act.split(claim_ids, note, seen)
            self._regroup(act.connection, act.touched)
            return str(finding.claim_row(act.connection, taken).incident)

    def pin(self, incident: str, note: str | None = None, seen: int | None = None) -> str:
        """Keep the claims that an incident has now together for good, whatever comes; raises as `merge`."""
        with self._acting(Deciding) as act:
            key = act.pin(incident, note, seen)
            self._regroup(act.connection, act.touched)
            return finding.incident_id(act.connection, key)

    def unpin(self, incident: str, note: str | None = None, seen: int | None = None) -> None:
        """Forget what users decided about the claims of an incident: they are grouped as the rules have it; raises as `merge`."""
        with self._acting(Deciding) as act:
            act.unpin(incident, note, seen)
            self._regroup(act.connection, act.touched)

    def grade(self, target: str, reliability: str = "", credibility: str = "", note: str = "") -> None:
        """Keep a user's grade on the Admiralty scale: reliability A–F of a source (by key or name), credibility 1–6 of a claim (by id).

        Raises:
            BadOption: no such grade, source or claim.
        """
        with self._acting(Deciding) as act:
            act.grade(target, reliability, credibility, note)

    # reviewing claims: `seen` is the last change that the reviewer saw, that of the claim (`changed_in`) or of the whole record

    def accept(self, claim: str, note: str | None = None, seen: int | None = None) -> None:
        """Mark a claim as right: later readings do not change it.

        Raises:
            BadOption: there is no such claim, or it is accepted or corrected already.
            ChangedSince: it has changed since `seen`; nothing was done.
        """
        with self._acting(Reviewing) as act:
            act.accept(claim, note, seen)
            self._regroup(act.connection, act.touched)

    def correct(self, claim: AnyClaim, note: str | None = None, seen: int | None = None) -> None:
        """Put a corrected form in the place of a claim of the same id; later readings do not undo it.

        Raises:
            BadOption, ChangedSince: as `accept`.
            BadRecord: the form points at what is not in the text, or has a value that the codebook does not allow.
        """
        with self._acting(Reviewing) as act:
            act.correct(claim, note, seen)
            self._regroup(act.connection, act.touched)

    def reject(self, claim: str, note: str | None = None, seen: int | None = None) -> None:
        """Mark a claim as none: it is kept, and counts no more; raises as `accept`."""
        with self._acting(Reviewing) as act:
            act.reject(claim, note, seen)
            self._regroup(act.connection, act.touched)

    def reopen(self, claim: str, note: str | None = None, seen: int | None = None) -> None:
        """Put a claim back to proposed, as it was read; one that a reviewer added and another rejected is as he added it; raises as `accept`."""
        with self._acting(Reviewing) as act:
            act.reopen(claim, note, seen)
            self._regroup(act.connection, act.touched)

    def check(self, claim: str, note: str | None = None, seen: int | None = None) -> None:
        """Confirm what another reviewer accepted or corrected; raises as `accept`, and where it was oneself."""
        with self._acting(Reviewing) as act:
            act.check(claim, note, seen)

    def review_many(self, claim_ids: Sequence[str], state: str, note: str | None = None, seen: int | None = None) -> list[str]:
        """Make several claims `accepted`, `rejected` or `proposed` in one act, all or none; gives the ids of those that were not so already.

        Raises as `accept`, but for claims that are so already. Of what is corrected nothing is accepted again.
        """
        with self._acting(Reviewing) as act:
            changed = act.many(claim_ids, state, note, seen)
            self._regroup(act.connection, act.touched)
            return changed

    def add_claim(self, report: str, form: AnyClaim, note: str | None = None) -> str:
        """Add a claim that the reading of a report missed; it is `corrected` from the start, and no later reading ends it. Gives its id, made of its words.

        Raises:
            BadOption: there is no such report, or it counts no more.
            BadRecord: the form points at what is not in the text, or has a value that the codebook does not allow.
        """
        with self._acting(Reviewing) as act:
            key = act.add_claim(report, form, note)
            self._regroup(act.connection, act.touched)
            return key

    def undo(self, author: str | None = None) -> int:
        """Undo the latest act of an author (oneself) that is not undone; gives its number. Nothing is taken out of the log: undoing is a change too.

        Raises:
            BadOption: there is nothing to undo.
            ChangedSince: what it was about has been changed since; nothing was done.
        """
        with self._acting(Undoing) as act:
            number = act.undo(author or self.author)
            self._regroup(act.connection, act.touched)
            return number

    def redo(self, author: str | None = None) -> int:
        """Do again what an author undid last, unless he has done something new since; gives the number of the act. Raises as `undo`."""
        with self._acting(Undoing) as act:
            number = act.redo(author or self.author)
            self._regroup(act.connection, act.touched)
            return number

    # asking

    def readings(self, standing: bool = True) -> Iterator[Reading]:
        """The reports with their claims, as `sayso/1`, in the order of publication; what was corrected as corrected.

        Args:
            standing: only reports that no newer version supersedes and that were not withdrawn, and only claims that count.
        """
        with self.database.reading() as connection:
            query = sa.select(reports).order_by(reports.c.day.is_(None), reports.c.day, reports.c.digest)
            if standing:
                query = query.where(reports.c.superseded_by.is_(None), sa.not_(reports.c.withdrawn))
            for row in connection.execute(query).mappings().all():
                yield self._reading(connection, row, standing)

    def reading(self, report: str) -> Reading:
        """A report with its claims that count, as `sayso/1`; what was corrected as corrected.

        Args:
            report: its id or digest, or how this begins.

        Raises:
            BadOption: there is none, or there are several.
        """
        with self.database.reading() as connection:
            return self._reading(connection, finding.report_row(connection, report)._mapping, standing=True)

    def version(self) -> int:
        """The number of the last change: what a user hands back as `seen`."""
        with self.database.reading() as connection:
            return finding.version(connection)

    def incident_id(self, key: str) -> str:
        """The id of the incident that an id, an earlier id, or how one begins, leads to now.

        Raises:
            BadOption: none, or several.
        """
        with self.database.reading() as connection:
            return finding.incident_id(connection, key)

    # within

    @staticmethod
    def _reading(connection: sa.Connection, row: sa.RowMapping, standing: bool) -> Reading:
        bodies = sa.select(claims.c.body).where(claims.c.report == row["number"], *([STANDING] if standing else []))
        found = connection.execute(bodies.order_by(claims.c.evidence_start, claims.c.evidence_end, claims.c.id)).scalars()
        return Reading(report=finding.report_of(row), claims=[claim_of(body) for body in found])

    @contextmanager
    def _changing(self) -> Iterator[sa.Connection]:
        with self._one_writer:  # the memory is of what the last writer left
            try:
                with self.database.writing() as connection:
                    yield connection
            except BaseException:
                self._memory.forget()  # what was undone must not be remembered
                raise

    @contextmanager
    def _acting(self, kind: type[A]) -> Iterator[A]:
        with self._changing() as connection:
            yield kind(connection, self.author)

    def _regroup(self, connection: sa.Connection, touched: Touched) -> None:
        if touched.claims or touched.components:
            Regrouping(connection, touched, self._memory).run()
