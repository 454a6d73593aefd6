"""One act of a user, logged with all that it found and all that it left, so that it can be undone.

In: a connection of the one writer, who acts, and which claims, decisions or grade the act is about. Out: a change, and rows as the act leaves them. What was
there before is put back by the same function that first changed it. An act is about claims; about the decisions in which certain claims are; or about a grade.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import msgspec
import sqlalchemy as sa
from msgspec.structs import replace

from sayso.model import Struct
from sayso.record.adding import Adding, Touched, chunks, put_change
from sayso.record.filters import STANDING
from sayso.record.finding import report_numbered
from sayso.record.rows import claim_of, encoded, rows_of
from sayso.record.tables import blocks, changes, claim_versions, claims, decisions, grades

UNTOLD = msgspec.Raw()
GradeKey = tuple[str, str, str]
"""What is graded (source or claim), its key or id, and by whom."""
Pair = tuple[str, str, bool, int]
"""A decision: the two claims, whether they are together, and the change in which that was decided."""


class Held(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A claim as it is at a moment. `claim` is its JSON, empty where that is told of already."""

    state: str
    claim: msgspec.Raw = UNTOLD
    reviewed_by: str | None = None
    reviewed_in: int | None = None
    checked_by: str | None = None
    checked_in: int | None = None
    gone: bool = False


class Given(Struct, frozen=True, kw_only=True):
    """A grade."""

    reliability: str
    credibility: str
    note: str
    made_in: int


class Kept(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What an act is about, as it is at a moment: the form of `changes.before` and `changes.after`.

    `claims` by id, None for one that is not there. `decisions` are all in which one of the claims `among` is. `graded` names the grade, `grade` is it.
    """

    claims: dict[str, Held | None] = {}
    among: list[str] = []
    decisions: list[Pair] = []
    graded: GradeKey | None = None
    grade: Given | None = None


class About(NamedTuple):
    """What an act is about: ids of claims, claims among which decisions are made, a grade."""

    claims: Sequence[str] = ()
    among: Collection[str] = ()
    graded: GradeKey | None = None


class Acting:
    """Acts of one author, within one transaction; `touched` tells what is to be regrouped. They may be part of an addition."""

    def __init__(self, connection: sa.Connection, author: str, adding: Adding | None = None) -> None:
        self.connection, self.author = connection, author
        self.touched = adding.touched if adding else Touched()
        self._adding = adding

    @property
    def adding(self) -> Adding:
        """What writes the rows of claims."""
        if self._adding is None:
            self._adding = Adding(self.connection, self.author)
            self._adding.touched = self.touched
        return self._adding

    @contextmanager
    def act(self, action: str, target: str, about: About, note: str | None = None, at: str | None = None) -> Iterator[int]:
        """Log an act around what is done in the block; gives its number."""
        before = self.kept(about)
        change = put_change(self.connection, self.author, action, target, before, None, note, at)
        self.touched.change = change
        yield change
        after = _without(self.kept(about), before)
        self.connection.execute(sa.update(changes).where(changes.c.number == change).values(after=encoded(after)))

    # what there is

    def kept(self, about: About) -> Kept:
        """What an act is about, as it is now."""
        among = sorted(set(about.among))
        held: dict[str, Held | None] = dict.fromkeys(about.claims)
        for part in chunks(about.claims):
            held |= {row.id: held_of(row) for row in self.connection.execute(sa.select(claims).where(claims.c.id.in_(part)))}
        grade = None
        if about.graded is not None:
            row = self.connection.execute(sa.select(grades).where(_graded(about.graded))).mappings().first()
            grade = Given(**{name: row[name] for name in Given.__struct_fields__}) if row is not None else None
        return Kept(claims=held, among=among, decisions=self._decisions(among), graded=about.graded, grade=grade)

    def _decisions(self, among: Collection[str]) -> list[Pair]:
        found: set[Pair] = set()
        for part in chunks(among):
            query = sa.select(decisions).where(sa.or_(decisions.c.one.in_(part), decisions.c.other.in_(part)))
            found |= {(row.one, row.other, bool(row.together), row.made_in) for row in self.connection.execute(query)}
        return sorted(found)

    # what becomes of it

    def put(self, wanted: Kept) -> None:
        """Make what an act is about as it was."""
        for part in chunks(wanted.claims):
            for row in self.connection.execute(sa.select(claims).where(claims.c.id.in_(part))).all():
                self.settle(row, wanted.claims[row.id] or Held(state="proposed", gone=True))
        if wanted.among:
            self.forget_decisions(wanted.among)
            self._insert(wanted.decisions)
            self.touch(wanted.among)
        if wanted.graded is not None:
            self.put_grade(wanted.graded, wanted.grade)

    def settle(self, row: Any, wanted: Held) -> None:
        """Give a claim another standing, and another form where `wanted` has one; what it was is kept in `claim_versions`."""
        change = self.touched.change
        body = bytes(wanted.claim).decode() or row.body
        if (row.state, row.body) != (wanted.state, body):
            self.connection.execute(sa.insert(claim_versions).values(claim=row.id, until=change, state=row.state, body=row.body))
        values: dict[str, Any] = {name: getattr(wanted, name) for name in ("state", "reviewed_by", "reviewed_in", "checked_by", "checked_in")}
        values |= {"changed_in": change, "gone_in": (row.gone_in or change) if wanted.gone else None}
        if body != row.body:
            rows = rows_of(claim_of(body), report_numbered(self.connection, row.report))
            self.adding.details(rows, row.number, anew=True)
            self.adding.flush()
            values |= rows.claim
        counts = wanted.state != "rejected" and not wanted.gone
        if not counts:
            values |= {"replaced_by": None, "stance": ""}
            self.connection.execute(sa.delete(blocks).where(blocks.c.claim == row.number))
        self.connection.execute(sa.update(claims).where(claims.c.number == row.number).values(values))
        if body != row.body or counts != (row.state != "rejected" and row.gone_in is None):
            self.touched.claims.add(row.number)
            self.touched.components |= {row.component} - {None}

    def put_grade(self, graded: GradeKey, grade: Given | None) -> None:
        """Put a grade in the place of the one that there is, or none."""
        self.connection.execute(sa.delete(grades).where(_graded(graded)))
        if grade is not None:
            kind, target, author = graded
            self.connection.execute(sa.insert(grades).values(kind=kind, target=target, author=author, **msgspec.structs.asdict(grade)))

    def decide(self, pairs: Iterable[tuple[str, str]], together: bool) -> None:
        """Decide about pairs of claims, whatever was decided about them before."""
        rows = sorted({(min(pair), max(pair), together, self.touched.change) for pair in pairs})
        for one, other, _, _ in rows:
            self.connection.execute(sa.delete(decisions).where(decisions.c.one == one, decisions.c.other == other))
        self._insert(rows)

    def undecide(self, one: str, others: Collection[str]) -> None:
        """Forget what was decided about a claim and each of others."""
        for part in chunks(others):
            pairs = sa.or_(sa.and_(decisions.c.one == one, decisions.c.other.in_(part)), sa.and_(decisions.c.other == one, decisions.c.one.in_(part)))
            self.connection.execute(sa.delete(decisions).where(pairs))

    def forget_decisions(self, among: Collection[str]) -> None:
        """Forget all decisions in which one of these claims is."""
        for part in chunks(among):
            self.connection.execute(sa.delete(decisions).where(sa.or_(decisions.c.one.in_(part), decisions.c.other.in_(part))))

    def touch(self, ids: Collection[str]) -> None:
        """Have these claims regrouped, as far as they stand."""
        for part in chunks(ids):
            for row in self.connection.execute(sa.select(claims.c.number, claims.c.component).where(claims.c.id.in_(part), STANDING)):
                self.touched.claims.add(row.number)
                self.touched.components |= {row.component} - {None}

    def _insert(self, pairs: Iterable[Pair]) -> None:
        if rows := [dict(zip(("one", "other", "together", "made_in"), pair, strict=True)) for pair in pairs]:
            self.connection.execute(sa.insert(decisions), rows)


def held_of(row: Any) -> Held:
    """How the claim of a row of `claims` stands."""
    return Held(
        state=row.state, claim=msgspec.Raw(row.body.encode()), reviewed_by=row.reviewed_by, reviewed_in=row.reviewed_in, checked_by=row.checked_by,
        checked_in=row.checked_in, gone=row.gone_in is not None,
    )  # fmt: skip


def whole(after: Kept, before: Kept) -> Kept:
    """What an act left, with all that it left as it found it."""
    held = {key: _with_form(one, before.claims.get(key)) for key, one in after.claims.items()}
    return replace(after, claims=held, among=before.among)


def _without(after: Kept, before: Kept) -> Kept:
    """What an act left, without what it left as it found it."""
    held = {
        key: replace(one, claim=UNTOLD) if one is not None and (was := before.claims.get(key)) is not None and one.claim == was.claim else one
        for key, one in after.claims.items()
    }
    return replace(after, claims=held, among=[])


def _with_form(one: Held | None, was: Held | None) -> Held | None:
    return replace(one, claim=was.claim) if one is not None and one.claim == UNTOLD and was is not None else one


def same(now: Held | None, then: Held | None) -> bool:
    """Whether a claim is as it was; one that is gone is as one that never was."""
    if now is None or then is None or now.gone or then.gone:
        return (now is None or now.gone) and (then is None or then.gone)
    return now == then


def _graded(key: GradeKey) -> sa.ColumnElement[bool]:
    kind, target, author = key
    return sa.and_(grades.c.kind == kind, grades.c.target == target, grades.c.author == author)
