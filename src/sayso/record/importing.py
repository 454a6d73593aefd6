"""What a record exported → a record: readings, reviews, decisions and grades, with who made them and when.

In: JSON lines of the forms `sayso/1` (a report and its claims, as corrected) and `sayso-record/1` (what a record knows beyond that). Out: rows, so that the
record exports the same lines again. Adding the same again changes nothing; of two reviews of one claim the later one stands. `sayso.export.lines` writes
them: first the reports that stand no more, then each report followed by its own lines, then decisions and grades.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec
import sqlalchemy as sa
from msgspec.structs import replace

from sayso.errors import BadRecord, UnreadableReport
from sayso.model import AnyClaim, Reading, Report, Struct, decode
from sayso.record.acts import About, Acting, Given, Held
from sayso.record.adding import Added, Adding, put_change
from sayso.record.reviewing import VERBS, Reviewing
from sayso.record.rows import encoded
from sayso.record.store import BATCH, Record
from sayso.record.tables import appearances, changes, claims, decisions, reports

FORM: Literal["sayso-record/1"] = "sayso-record/1"
REVIEWS = {"corrected": "correct", "accepted": "accept", "rejected": "reject"}
"""States that reviewers give, and the actions by which they do."""


class RecordLine(Struct, frozen=True, kw_only=True, tag_field="kind"):
    """Base of the lines of the form `sayso-record/1`."""

    schema: Literal["sayso-record/1"] = FORM


class Former(RecordLine, frozen=True, kw_only=True, tag="report"):
    """A report that stands no more: a newer version of it does, or its publisher took it back."""

    report: Report
    superseded_by: str | None = None
    withdrawn: bool = False


class Appeared(RecordLine, frozen=True, kw_only=True, tag="appearance"):
    """Another place where a report's text appeared."""

    report: str
    id: str
    publisher: str
    published: str
    url: str


class Reviewed(RecordLine, frozen=True, kw_only=True, tag="review"):
    """What a reviewer made of a claim: `read` is the claim as it was read, `form` as it is, where the report's own line has not these.

    `added_by` is told where a reviewer added it, `checked_by` where another confirmed it.
    """

    report: str
    claim: str
    state: Literal["accepted", "corrected", "rejected"]
    author: str
    at: str
    note: str | None = None
    read: AnyClaim | None = None
    form: AnyClaim | None = None
    added_by: str | None = None
    added_at: str | None = None
    checked_by: str | None = None
    checked_at: str | None = None


class Decided(RecordLine, frozen=True, kw_only=True, tag="decision"):
    """What a user decided about pairs of claims: one incident, or never one."""

    action: str
    target: str
    author: str
    at: str
    note: str | None = None
    together: list[tuple[str, str]] = []
    apart: list[tuple[str, str]] = []


class Graded(RecordLine, frozen=True, kw_only=True, tag="grade"):
    """A user's grade of a source or a claim."""

    of: str
    target: str
    author: str
    at: str
    reliability: str = ""
    credibility: str = ""
    note: str = ""


AnyLine = Former | Appeared | Reviewed | Decided | Graded
_DECODER: msgspec.json.Decoder[AnyLine] = msgspec.json.Decoder(AnyLine)


class _Head(msgspec.Struct):
    schema: str = ""


_HEADS = msgspec.json.Decoder(_Head)


@dataclass
class _Item:
    """A report with its lines."""

    reading: Reading | None = None
    former: Former | None = None
    others: list[Appeared | Reviewed] = field(default_factory=list)


class Imported(NamedTuple):
    """What became of the lines."""

    added: Added
    reviews: int = 0
    decisions: int = 0
    grades: int = 0


def is_export(path: Path) -> bool:
    """Whether a file's first line is one of a record's, not a report to read."""
    try:
        with path.open("rb") as file:
            line = file.readline()
        return _HEADS.decode(line).schema in {"sayso/1", FORM}
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return False


def import_readings(record: Record, path: Path | str) -> Imported:
    """Take the lines of an exported record in, so many reports in one transaction.

    Raises:
        BadRecord: a line is not of the form; the message says which. What came before it may be there already.
        UnreadableReport: the file cannot be read.
        UnusableRecord: the record cannot be written.
    """
    done = Imported(Added())
    try:
        with Path(path).open("rb") as file:
            items = _items(file, str(path))
            while portion := list(islice(items, BATCH)):
                done = _take(record, portion, done, Path(path).name)
    except OSError as error:
        raise UnreadableReport(f"{path}: cannot be read: {error.strerror}") from None
    return done


# lines → items


def _items(file: Iterable[bytes], name: str) -> Iterator[_Item | Decided | Graded]:
    """Reports with the lines that follow them, then decisions and grades."""
    open_item: _Item | None = None
    for number, line in enumerate(file, 1):
        if not line.strip():
            continue
        try:
            found = _decoded(line)
            if isinstance(found, Appeared | Reviewed):
                if open_item is None or _digest(open_item) != found.report:
                    raise BadRecord(f"a line about report {found.report[:12]} does not follow it")
                open_item.others.append(found)
                continue
            if open_item is not None:
                yield _checked(open_item)
            open_item = None
            if isinstance(found, Reading | Former):
                open_item = _Item(reading=found) if isinstance(found, Reading) else _Item(former=found)
            else:
                yield found
        except BadRecord as error:
            raise BadRecord(f"{name}:{number}: {error}; export the record again") from None
    if open_item is not None:
        yield _checked(open_item)


def _decoded(line: bytes) -> Reading | AnyLine:
    try:
        form = _HEADS.decode(line).schema
        return _DECODER.decode(line) if form == FORM else decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError, ValueError) as error:
        raise BadRecord(f"not a line of {FORM}: {error}") from None


def _digest(item: _Item) -> str:
    report = item.reading.report if item.reading else item.former.report if item.former else None
    return report.digest if report else ""


def _checked(item: _Item) -> _Item:
    """The item, where the claims in its reviews point at words of the report's text too."""
    forms = [form for line in item.others if isinstance(line, Reviewed) for form in (line.read, line.form) if form is not None]
    if item.reading is not None and forms:
        decode(Reading(report=item.reading.report, claims=forms).to_json())
    return item


# items → rows


def _take(record: Record, portion: list[_Item | Decided | Graded], done: Imported, name: str) -> Imported:
    reviews = decided = graded = 0
    with record._changing() as connection:
        adding = Adding(connection, record.author)
        for item in portion:
            if isinstance(item, _Item):
                _add(connection, adding, item)
                reviews += sum(_review(connection, adding, line, item) for line in item.others if isinstance(line, Reviewed))
        record._regroup(connection, adding.touched)
        for item in portion:
            if isinstance(item, Decided):
                decided += _decide(record, connection, item)
            elif isinstance(item, Graded):
                graded += _grade(connection, item)
        told = {"reports": adding.added.new, "read anew": adding.added.reread, "reviews": reviews, "decisions": decided, "grades": graded}
        if any(told.values()):
            put_change(connection, record.author, "import", name, after={what: number for what, number in told.items() if number})
    return Imported(done.added.plus(adding.added), done.reviews + reviews, done.decisions + decided, done.grades + graded)


def _add(connection: sa.Connection, adding: Adding, item: _Item) -> None:
    if item.former is not None:
        former = item.former
        adding.add([Reading(report=former.report, claims=[])])
        flags = {"superseded_by": former.superseded_by, "withdrawn": former.withdrawn}
        connection.execute(sa.update(reports).where(reports.c.digest == former.report.digest).values(flags))
        return
    assert item.reading is not None
    reading = item.reading
    reviewed = [line for line in item.others if isinstance(line, Reviewed)]
    read = {line.claim: line.read for line in reviewed if line.read is not None}
    own = {line.claim for line in reviewed if line.added_by is not None}
    left_out = [line.read or line.form for line in reviewed if line.state == "rejected"]
    stated = [read.get(claim.id, claim) for claim in reading.claims] + [claim for claim in left_out if claim is not None]
    claims_read = [claim for claim in stated if claim.id not in own]
    adding.add([replace(reading, claims=sorted(claims_read, key=lambda c: (c.evidence.start, c.evidence.end, c.id)))])
    number = connection.execute(sa.select(reports.c.number).where(reports.c.digest == reading.report.digest)).scalar_one()
    for line in item.others:
        if isinstance(line, Appeared):
            place = {name: getattr(line, name) for name in ("id", "publisher", "published", "url")}
            same = sa.and_(appearances.c.report == number, *(appearances.c[name] == value for name, value in place.items()))
            if connection.execute(sa.select(sa.literal(1)).select_from(appearances).where(same)).first() is None:
                change = put_change(connection, adding.author, "appear", reading.report.digest, after=place)
                connection.execute(sa.insert(appearances).values(place | {"report": number, "added_in": change}))


def _review(connection: sa.Connection, adding: Adding, line: Reviewed, item: _Item) -> bool:
    """Put a review in its place; whether it was not there."""
    assert item.reading is not None
    report = item.reading.report
    form = line.form or next((claim for claim in item.reading.claims if claim.id == line.claim), None)
    row = _claim(connection, line.claim)
    new = row is None or row.gone_in is not None
    if new and line.added_by is not None and form is not None:
        number = connection.execute(sa.select(reports.c.number).where(reports.c.digest == report.digest)).scalar_one()
        same = (line.state, line.author, line.at) == ("corrected", line.added_by, line.added_at)
        Reviewing(connection, line.added_by, adding).insert(report, number, form, row, line.note if same else None, line.added_at)
        row = _claim(connection, line.claim)
    if row is None:
        raise BadRecord(f"a review of claim {line.claim}, which its report does not make; export the record again")
    body = row.body if form is None else encoded(form)
    if (row.state, row.body) != (line.state, body) or (new and (row.reviewed_by, line.added_at) != (line.author, line.at)):
        if _reviewed_at(connection, row) > line.at:
            return False
        reviewing = Reviewing(connection, line.author, adding)
        with reviewing.act(VERBS[line.state], row.id, About(claims=[row.id]), line.note, line.at) as change:
            reviewing.settle(row, Held(state=line.state, claim=msgspec.Raw(body.encode()), reviewed_by=line.author, reviewed_in=change))
        new, row = True, _claim(connection, line.claim)
    if line.checked_by is not None and row.checked_by is None:
        Reviewing(connection, line.checked_by, adding).confirm(row, None, line.checked_at)
        new = True
    return new


def _claim(connection: sa.Connection, key: str) -> Any:
    return connection.execute(sa.select(claims).where(claims.c.id == key)).first()


def _reviewed_at(connection: sa.Connection, row: Any) -> str:
    """When a claim was last reviewed; empty where it never was."""
    query = sa.select(changes.c.at).where(changes.c.target == row.id, changes.c.action.in_(VERBS.values())).order_by(changes.c.number.desc()).limit(1)
    named = connection.execute(query).scalars().first() or ""
    return max(named, connection.execute(sa.select(changes.c.at).where(changes.c.number == row.reviewed_in)).scalars().first() or "")


def _decide(record: Record, connection: sa.Connection, line: Decided) -> bool:
    pairs = {(min(p), max(p)): together for held, together in ((line.together, True), (line.apart, False)) for p in held}
    known: dict[tuple[str, str], Any] = {}
    for one, other in pairs:
        row = connection.execute(sa.select(decisions.c.together).where(decisions.c.one == one, decisions.c.other == other)).first()
        if row is not None:
            known[one, other] = bool(row.together)
    if known == pairs:
        return False
    acting = Acting(connection, line.author)
    among = {claim for pair in pairs for claim in pair}
    with acting.act(line.action, line.target, About(among=among), line.note, line.at):
        for wanted in (True, False):
            acting.decide([pair for pair, together in pairs.items() if together is wanted], wanted)
    acting.touch(among)
    record._regroup(connection, acting.touched)
    return True


def _grade(connection: sa.Connection, line: Graded) -> bool:
    graded = (line.of, line.target, line.author)
    acting = Acting(connection, line.author)
    told = {"reliability": line.reliability, "credibility": line.credibility, "note": line.note}
    there = acting.kept(About(graded=graded)).grade
    if there is not None and {name: getattr(there, name) for name in told} == told:
        return False
    with acting.act("grade", line.target, About(graded=graded), line.note or None, line.at) as change:
        acting.put_grade(graded, Given(**told, made_in=change))
    return True
