"""Undoing an author's acts, the latest first, and doing them again, whenever and wherever the record is opened.

In: a connection of the one writer, whose acts. Out: rows as they were, and a change that names what it undoes. Which acts are undone stands in the log alone,
from which nothing is taken. An act is undone only where all that it was about is as it left it: what somebody else did since is never undone with it.
"""

from __future__ import annotations

from typing import Any

import msgspec
import sqlalchemy as sa

from sayso.errors import BadOption, ChangedSince
from sayso.record.acts import About, Acting, Kept, same, whole
from sayso.record.adding import put_change
from sayso.record.reviewing import SHOWN, told
from sayso.record.tables import changes, claims

ACTS = ("accept", "correct", "reject", "reopen", "check", "add claim", "merge", "split", "pin", "unpin", "grade")
"""What can be undone."""
DECISIONS = ("merge", "split", "pin", "unpin", "undo", "redo")
_DECODER = msgspec.json.Decoder(Kept)


class Undoing(Acting):
    """Undoing and redoing by one author, within one transaction."""

    def undo(self, author: str) -> int:
        """Undo the latest act of an author that is not undone; gives its number."""
        query = sa.select(changes).where(changes.c.author == author, changes.c.action.in_(ACTS), sa.not_(undone(changes.c.number)))
        act = self.connection.execute(query.order_by(changes.c.number.desc()).limit(1)).first()
        if act is None:
            raise BadOption(f"{author} has done nothing in this record that could be undone")
        before, after = _both(act)
        self._expect(after, act, act.number, "undone")
        self._put(before, "undo", act, act.number)
        return int(act.number)

    def redo(self, author: str) -> int:
        """Do again the act that was undone last, if its author has not acted since; gives its number."""
        act, undo = changes.alias("act"), changes.alias("undo")
        newest = sa.select(sa.func.max(changes.c.number)).where(changes.c.author == author, changes.c.action.in_(ACTS)).scalar_subquery()
        query = sa.select(act, undo.c.number.label("undone_in")).join(undo, undo.c.undoes == act.c.number)
        waiting = query.where(act.c.author == author, undo.c.action == "undo", undo.c.number > newest, sa.not_(_named(undo.c.number)))
        found = self.connection.execute(waiting.order_by(undo.c.number.desc()).limit(1)).first()
        if found is None:
            raise BadOption(f"{author} has undone nothing in this record that could be done again")
        before, after = _both(found)
        self._expect(before, found, found.undone_in, "done again")
        self._put(after, "redo", found, found.undone_in)
        return int(found.number)

    def _put(self, wanted: Kept, action: str, act: Any, undoes: int) -> None:
        self.touched.change = put_change(self.connection, self.author, action, act.target, undoes=undoes)
        self.put(wanted)

    def _expect(self, then: Kept, act: Any, since: int, what: str) -> None:
        """Raises where what an act is about is not as it was after a change."""
        now = self.kept(About(claims=list(then.claims), among=then.among, graded=then.graded))
        refused = f"change {act.number} ({act.action}) cannot be {what}: "
        for key, one in then.claims.items():
            if not same(now.claims[key], one):
                changed = self.connection.execute(sa.select(claims.c.changed_in).where(claims.c.id == key)).scalar_one()
                raise ChangedSince(f"{refused}claim {key[:SHOWN]} was {told(self.connection, changed)} since")
        if now.decisions != then.decisions:
            raise ChangedSince(f"{refused}its claims' incidents were {self._decided(then, since)}")
        if now.grade != then.grade:
            raise ChangedSince(f"{refused}{then.graded[1] if then.graded else 'it'} was graded anew since")

    def _decided(self, then: Kept, since: int) -> str:
        """Who last decided about the incidents of these claims."""
        query = sa.select(changes).where(changes.c.number > since, changes.c.action.in_(DECISIONS)).order_by(changes.c.number.desc())
        for row in self.connection.execute(query):
            about = row if row.undoes is None else self._undone(row)
            if not set(then.among).isdisjoint(kept(about.before).among):
                return f"{told(self.connection, row.number)} since"
        return "changed since"

    def _undone(self, row: Any) -> Any:
        """The act that an undo or a redo is about."""
        while row.undoes is not None:
            row = self.connection.execute(sa.select(changes).where(changes.c.number == row.undoes)).one()
        return row


def undone(number: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    """That a change is undone: by an undo that is not redone."""
    undo = changes.alias("undo")
    return sa.select(sa.literal(1)).where(undo.c.undoes == number, sa.not_(_named(undo.c.number))).exists()


def _named(number: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    """That some change undoes this one."""
    other = changes.alias("other")
    return sa.select(sa.literal(1)).where(other.c.undoes == number).exists()


def kept(told: str | None) -> Kept:
    """What `changes.before` tells of an act; nothing where its version of sayso did not keep it."""
    try:
        return _DECODER.decode(told or "{}")
    except msgspec.MsgspecError:
        return Kept()


def _both(act: Any) -> tuple[Kept, Kept]:
    """What an act was about, before and after.

    Raises:
        BadOption: it was done by a version of sayso that did not keep that.
    """
    try:
        before = _DECODER.decode(act.before or "null")
        return before, whole(_DECODER.decode(act.after or "null"), before)
    except msgspec.MsgspecError:
        raise BadOption(f"change {act.number} ({act.action}, {act.at[:10]}) was made by an earlier version of sayso: it cannot be undone") from None
