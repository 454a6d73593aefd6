"""What was done to the record: the log, what was rejected, undoing, doing again; and the grades that users give."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from litestar import Response
from litestar.params import Parameter

from sayso.desk.access import needs
from sayso.desk.api.answers import Rows, body, clashing, does, lists
from sayso.desk.api.asked import Part, Question
from sayso.model import Struct
from sayso.record import Record
from sayso.record.history import Discarded, Entry, discarded, entry, log
from sayso.record.users import User

TAG = "history"


class Nothing(Struct, frozen=True, kw_only=True):
    """An object without anything in it."""


NOTHING = Nothing()


class Grading(Struct, frozen=True, kw_only=True):
    """A grade on the Admiralty scale: a reliability of a source (its name or key), or a credibility of a claim (its id, or how it begins)."""

    target: str
    reliability: Literal["", "A", "B", "C", "D", "E", "F"] = ""
    credibility: Literal["", "1", "2", "3", "4", "5", "6"] = ""
    note: str = ""


Given = Annotated[Grading, body("The grade.", target="Ministry of Defence of Armenia", reliability="C", note="often late")]


@lists("/log", "Who changed what, when", TAG)
def list_log(
    record: Record, part: Part,
    about: Annotated[str | None, Parameter(description="Only about this claim, incident, report or source: an id, a digest, a key, or how one begins.")] = None,
    author: Annotated[str | None, Parameter(description="Only what this author did.")] = None,
    action: Annotated[str | None, Parameter(description="Only such changes, as add, import, correct, merge, undo.")] = None,
    since: Annotated[str | None, Parameter(description="Only since a day or a time in UTC, as 2026-07-01.")] = None,
) -> Response[Rows[Entry]]:  # fmt: skip
    """The changes of the record, the newest first: reports added, imports, reviews, decisions, grades, and what undid them. As `sayso log`."""
    return part.rows(log(record, author or None, about or None, action or None, since or None, part.wanted, part.offset))


@lists("/discarded", "The claims that reviewers rejected", TAG)
def list_discarded(record: Record, question: Question) -> Response[Rows[Discarded]]:
    """Rejected claims, the last first, with who rejected them, when and why. As `sayso discarded`."""
    return question.rows(discarded(record, question.filter, question.wanted, question.offset))


@does("/undo", "Undo what you did last", TAG, (409,), guards=[needs("review")])
def undo_last(record: Record, data: Nothing = NOTHING) -> Entry:
    """Undo the user's latest act on claims, incidents or grades that is not undone; answers with this act. It stays in the log. As `sayso undo`."""
    with clashing():
        return entry(record, record.undo())


@does("/redo", "Do again what you undid", TAG, (409,), guards=[needs("review")])
def redo_last(record: Record, data: Nothing = NOTHING) -> Entry:
    """Do again what the user undid last, unless he did something new since; answers with the act. As `sayso redo`."""
    with clashing():
        return entry(record, record.redo())


@does("/grades", "Grade a source or a claim", TAG, (404,), guards=[needs("review")])
def put_grade(record: Record, user: User, data: Given) -> Entry:
    """Keep the user's grade in the place of the one that he gave before; the program gives none of its own. Answers with the change. As `sayso grade`."""
    record.grade(data.target, data.reliability, data.credibility, data.note)
    return log(record, author=user.name, action="grade", limit=1)[0]


ROUTES: list[Any] = [list_log, list_discarded, undo_last, redo_last, put_grade]
