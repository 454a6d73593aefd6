"""The record: what it takes in, what it is asked for, what users decide about it.

In: readings, decisions of users, questions. Out: rows and counts. Every method that writes does so in one transaction with the change's author and time; the
grouping is brought up to date within it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa

from sayso.errors import BadOption
from sayso.model import AnyClaim, Block, Reading, Report
from sayso.record.adding import Added, Adding, Touched, chunks, put_change
from sayso.record.database import Database
from sayso.record.filters import STANDING
from sayso.record.regrouping import Memory, Regrouping
from sayso.record.rows import claim_of, rows_of
from sayso.record.tables import blocks, claim_versions, claims, decisions, grades, reports

BATCH = 200
"""Reports that are added in one transaction."""
SHORTEST = 6
"""Characters of an id that are enough to name what alone begins so."""
RELIABILITY, CREDIBILITY = frozenset("ABCDEF"), frozenset("123456")


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

    def __enter__(self) -> Record:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()

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
            row = self._report_row(connection, report)
            adding = Adding(connection, self.author)
            change = put_change(connection, self.author, "withdraw", row.digest, {"withdrawn": row.withdrawn}, {"withdrawn": True}, note)
            adding.touched.change = change
            connection.execute(sa.update(reports).where(reports.c.number == row.number).values(withdrawn=True, changed_in=change))
            adding.end_report(row.number, change)
            self._regroup(connection, adding.touched)

    # decisions of users

    def merge(self, one: str, other: str, note: str | None = None) -> str:
        """Make two incidents one, for good; gives its id."""
        with self._changing() as connection:
            first, second = (self._incident_id(connection, key) for key in (one, other))
            if first == second:
                raise BadOption(f"{one} and {other} are one incident")
            left, right = (self._claims_of(connection, key) for key in (first, second))
            change = put_change(connection, self.author, "merge", first, {"incidents": [first, second]}, {"claims": len(left) + len(right)}, note)
            for a in left:  # what was set apart before between the two is set together now
                self._undecide(connection, a, right)
            self._decide(connection, [(left[0], b) for b in right] + [(left[0], a) for a in left[1:]], True, change)
            self._regroup(connection, self._touch(connection, [*left, *right], change))
            return self._incident_id(connection, first)

    def split(self, claim_ids: Sequence[str], note: str | None = None) -> str:
        """Take claims out of their incident into one of their own, for good; gives the new incident's id.

        Raises:
            BadOption: they are not claims of one incident, or all of it.
        """
        with self._changing() as connection:
            taken = [self._claim_row(connection, key) for key in claim_ids]
            homes = {row.incident for row in taken}
            if len(homes) != 1 or None in homes:
                raise BadOption("claims of one incident are needed; see: sayso accounts INCIDENT")
            home = homes.pop()
            ids = [row.id for row in taken]
            left = [c for c in self._claims_of(connection, home) if c not in set(ids)]
            if not left:
                raise BadOption(f"these are all claims of {home}; name some of them")
            change = put_change(connection, self.author, "split", home, {"claims": len(left) + len(ids)}, {"taken": ids}, note)
            for a in ids:
                self._undecide(connection, a, left)
            self._decide(connection, [(a, b) for a in ids for b in left], False, change)
            self._decide(connection, [(ids[0], a) for a in ids[1:]], True, change)
            self._regroup(connection, self._touch(connection, [*ids, *left], change))
            return str(self._claim_row(connection, ids[0]).incident)

    def pin(self, incident: str, note: str | None = None) -> str:
        """Keep the claims that an incident has now together for good, whatever comes."""
        with self._changing() as connection:
            key = self._incident_id(connection, incident)
            ids = self._claims_of(connection, key)
            change = put_change(connection, self.author, "pin", key, None, {"claims": ids}, note)
            self._decide(connection, [(ids[0], a) for a in ids[1:]], True, change)
            self._regroup(connection, self._touch(connection, ids, change))
            return self._incident_id(connection, key)

    def unpin(self, incident: str, note: str | None = None) -> None:
        """Forget what users decided about the claims of an incident: they are grouped as the rules have it."""
        with self._changing() as connection:
            key = self._incident_id(connection, incident)
            ids = self._claims_of(connection, key)
            change = put_change(connection, self.author, "unpin", key, None, None, note)
            others: set[str] = set()
            for part in chunks(ids):
                found = sa.or_(decisions.c.one.in_(part), decisions.c.other.in_(part))
                others |= {c for row in connection.execute(sa.select(decisions).where(found)) for c in (row.one, row.other)}
                connection.execute(sa.delete(decisions).where(found))
            self._regroup(connection, self._touch(connection, sorted(others | set(ids)), change))

    # reviewing claims

    def correct(self, claim: AnyClaim, note: str | None = None) -> None:
        """Put a corrected form in the place of a claim of the same id; later readings do not undo it."""
        self._review(claim.id, "corrected", claim, note)

    def accept(self, claim: str, note: str | None = None) -> None:
        """Mark a claim as right: later readings do not change it."""
        self._review(claim, "accepted", None, note)

    def reject(self, claim: str, note: str | None = None) -> None:
        """Mark a claim as none: it is kept, and counts no more."""
        self._review(claim, "rejected", None, note)

    def _review(self, key: str, state: str, form: AnyClaim | None, note: str | None) -> None:
        with self._changing() as connection:
            row = self._claim_row(connection, key)
            body = row.body
            change = put_change(
                connection, self.author, {"corrected": "correct", "accepted": "accept", "rejected": "reject"}[state], row.id,
                {"state": row.state, "claim": msgspec.Raw(body.encode())}, {"state": state} | ({"claim": form} if form else {}), note,
            )  # fmt: skip
            connection.execute(sa.insert(claim_versions).values(claim=row.id, until=change, state=row.state, body=body))
            touched = Touched({row.number}, {row.component} - {None}, change)
            values: dict[str, Any] = {"state": state, "changed_in": change}
            if form is not None:
                adding = Adding(connection, self.author)
                rows = rows_of(form, self._report(connection, row.report))
                adding.details(rows, row.number, anew=True)
                adding.flush()
                values |= rows.claim
            connection.execute(sa.update(claims).where(claims.c.number == row.number).values(values))
            if state == "rejected":
                connection.execute(sa.delete(blocks).where(blocks.c.claim == row.number))
            self._regroup(connection, touched)

    def grade(self, target: str, reliability: str = "", credibility: str = "", note: str = "") -> None:
        """Keep a user's grade on the Admiralty scale: reliability A–F of a source (by key or name), credibility 1–6 of a claim (by id).

        Raises:
            BadOption: no such grade, source or claim.
        """
        if (reliability and reliability not in RELIABILITY) or (credibility and credibility not in CREDIBILITY):
            raise BadOption(f"a source is graded A to F, a claim 1 to 6, not {reliability or credibility!r}")
        if bool(reliability) == bool(credibility):
            raise BadOption("give either a reliability (of a source) or a credibility (of a claim)")
        with self._changing() as connection:
            kind = "source" if reliability else "claim"
            key = self.holder(connection, target) if reliability else self._claim_row(connection, target).id
            change = put_change(connection, self.author, "grade", key, None, {"reliability": reliability, "credibility": credibility}, note or None)
            same = sa.and_(grades.c.kind == kind, grades.c.target == key, grades.c.author == self.author)
            connection.execute(sa.delete(grades).where(same))
            connection.execute(
                sa.insert(grades).values(kind=kind, target=key, author=self.author, reliability=reliability, credibility=credibility, note=note, made_in=change)
            )

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
                bodies = sa.select(claims.c.body).where(claims.c.report == row["number"], *([STANDING] if standing else []))
                found = connection.execute(bodies.order_by(claims.c.evidence_start, claims.c.evidence_end, claims.c.id)).scalars()
                yield Reading(report=report_of(row), claims=[claim_of(body) for body in found])

    def incident_id(self, key: str) -> str:
        """The id of the incident that an id, an earlier id, or how one begins, leads to now.

        Raises:
            BadOption: none, or several.
        """
        with self.database.reading() as connection:
            return self._incident_id(connection, key)

    @staticmethod
    def holder(connection: sa.Connection, words: str) -> str:
        """The key of the entity that has this key or name.

        Raises:
            BadOption: nobody has.
        """
        from sayso.record.tables import entities

        found = connection.execute(
            sa.select(entities.c.key).where(sa.or_(entities.c.key == words, sa.func.lower(entities.c.name) == words.lower())).order_by(entities.c.key)
        ).scalars().first()  # fmt: skip
        if found is None:
            raise BadOption(f"nobody in the record is called {words!r}; see: sayso sources")
        return str(found)

    # within

    @contextmanager
    def _changing(self) -> Iterator[sa.Connection]:
        try:
            with self.database.writing() as connection:
                yield connection
        except BaseException:
            self._memory.forget()  # what was undone must not be remembered
            raise

    def _regroup(self, connection: sa.Connection, touched: Touched) -> None:
        if touched.claims or touched.components:
            Regrouping(connection, touched, self._memory).run()

    def _touch(self, connection: sa.Connection, ids: Sequence[str], change: int) -> Touched:
        touched = Touched(change=change)
        for part in chunks(ids):
            for row in connection.execute(sa.select(claims.c.number, claims.c.component).where(claims.c.id.in_(part), STANDING)):
                touched.claims.add(row.number)
                touched.components |= {row.component} - {None}
        return touched

    def _claims_of(self, connection: sa.Connection, incident: str) -> list[str]:
        query = sa.select(claims.c.id).where(claims.c.incident == incident, STANDING).order_by(claims.c.id)
        return list(connection.execute(query).scalars())

    def _decide(self, connection: sa.Connection, pairs: Iterable[tuple[str, str]], together: bool, change: int) -> None:
        rows = {(min(p), max(p)): {"one": min(p), "other": max(p), "together": together, "made_in": change} for p in pairs}
        for one, other in rows:
            connection.execute(sa.delete(decisions).where(decisions.c.one == one, decisions.c.other == other))
        if rows:
            connection.execute(sa.insert(decisions), list(rows.values()))

    def _undecide(self, connection: sa.Connection, one: str, others: Collection[str]) -> None:
        for part in chunks(others):
            connection.execute(
                sa.delete(decisions).where(
                    sa.or_(sa.and_(decisions.c.one == one, decisions.c.other.in_(part)), sa.and_(decisions.c.other == one, decisions.c.one.in_(part)))
                )
            )

    def _claim_row(self, connection: sa.Connection, key: str) -> Any:
        exact = connection.execute(sa.select(claims).where(claims.c.id == key)).first()
        if exact is not None:
            return exact
        found = connection.execute(sa.select(claims).where(claims.c.id.startswith(key, autoescape=True)).limit(2)).all() if len(key) >= SHORTEST else []
        if len(found) != 1:
            raise BadOption(f"{'several claims begin' if found else 'no claim in the record begins'} with {key!r}")
        return found[0]

    def _incident_id(self, connection: sa.Connection, key: str) -> str:
        if not key.startswith("i"):
            raise BadOption(f"{key!r} is no incident's id: one begins with an i; see: sayso incidents")
        row = self._claim_row(connection, key[1:])
        if row.incident is None:
            raise BadOption(f"the claim that {key} was named after is gone or is in no incident; see: sayso incidents")
        return str(row.incident)

    def _report_row(self, connection: sa.Connection, key: str) -> Any:
        query = sa.select(reports).where(sa.or_(reports.c.id == key, reports.c.digest == key))
        found = connection.execute(query.limit(2)).all()
        if not found and len(key) >= SHORTEST:
            found = connection.execute(sa.select(reports).where(reports.c.digest.startswith(key, autoescape=True)).limit(2)).all()
        if len(found) != 1:
            raise BadOption(f"{'several reports are' if found else 'no report in the record is'} called {key!r}; name one by its digest")
        return found[0]

    def _report(self, connection: sa.Connection, number: int) -> Report:
        return report_of(connection.execute(sa.select(reports).where(reports.c.number == number)).mappings().one())


def report_of(row: Any) -> Report:
    """The report of a row of `reports` with its text."""
    return Report(
        **{name: row[name] for name in ("id", "text", "digest", "title", "publisher", "published", "url", "language", "place")},
        blocks=msgspec.json.decode(row["blocks"], type=list[Block]), notes=msgspec.json.decode(row["notes"], type=list[str]),
    )  # fmt: skip
