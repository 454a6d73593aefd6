"""A record → JSON lines that a record takes back without loss: `sayso/1` for what stands, `sayso-record/1` for what is known beyond that.

In: a job. Out: first the reports that stand no more (only where everything is asked for), then each report with its claims as they are now, corrections in
them and what was rejected left out, followed by its other appearances and its reviews, then decisions about incidents and grades, each with author and time.
A filter keeps only the claims that meet it. What went (claims of earlier readings, earlier corrections) and which version of sayso read a report stay in the
record.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import IO, Any

import msgspec
import sqlalchemy as sa

from sayso.export import writing
from sayso.export.asking import everything, report_rows
from sayso.export.formats import Job
from sayso.model import Reading
from sayso.record.adding import chunks
from sayso.record.filters import conditions
from sayso.record.finding import report_of
from sayso.record.importing import REVIEWS, Appeared, Decided, Former, Graded, Reviewed
from sayso.record.rows import claim_of
from sayso.record.tables import appearances, changes, claim_versions, claims, decisions, grades

_ENCODER = msgspec.json.Encoder()
PORTION = 200
"""Reports that are held at a time."""


def write(job: Job) -> None:
    """Write the lines."""
    with writing.lines(job.out.file(job.path)) as out:
        _put(out, _former(job))
        for portion in _portions(row for row in report_rows(job.connection, job.asked, text=True) if _stands(row)):
            _write_reports(out, job, portion)
        _put(out, _decided(job))
        _put(out, _graded(job))


def _put(out: IO[bytes], lines: Iterable[Any]) -> None:
    for line in lines:
        out.write(_ENCODER.encode(line) + b"\n")


def _stands(row: Any) -> bool:
    return row["superseded_by"] is None and not row["withdrawn"]


def _portions(rows: Iterable[Any]) -> Iterator[list[Any]]:
    held: list[Any] = []
    for row in rows:
        held.append(row)
        if len(held) == PORTION:
            yield held
            held = []
    if held:
        yield held


def _former(job: Job) -> Iterator[Former]:
    if everything(job.asked):
        for row in report_rows(job.connection, job.asked, text=True):
            if not _stands(row):
                yield Former(report=report_of(row), superseded_by=row["superseded_by"], withdrawn=row["withdrawn"])


def _write_reports(out: IO[bytes], job: Job, portion: list[Any]) -> None:
    connection = job.connection
    numbers = [row["number"] for row in portion]
    columns = [claims.c[name] for name in ("id", "report", "body", "state", "evidence_start", "evidence_end", "reviewed_in", "checked_in", "added_in")]
    met = conditions(job.asked)[1:]  # what was rejected does not stand, and is here as a review
    query = sa.select(*columns).where(claims.c.report.in_(numbers), claims.c.gone_in.is_(None), *met)
    made: dict[int, list[Any]] = defaultdict(list)
    for row in connection.execute(query.order_by(claims.c.evidence_start, claims.c.evidence_end, claims.c.id)):
        made[row.report].append(row)
    reviewed = [row for held in made.values() for row in held if row.state in REVIEWS]
    read = _as_read(connection, [row.id for row in reviewed])
    acts = _acts(connection, {number for row in reviewed for number in (row.reviewed_in, row.checked_in, row.added_in)} - {None})
    elsewhere: dict[int, list[Any]] = defaultdict(list)
    names = ("id", "publisher", "published", "url")
    places = sa.select(appearances).where(appearances.c.report.in_(numbers)).order_by(*(appearances.c[name] for name in names))
    for place in connection.execute(places).mappings():
        elsewhere[place["report"]].append(place)
    for report in portion:
        held = made[report["number"]]
        out.write(Reading(report=report_of(report), claims=[claim_of(row.body) for row in held if row.state != "rejected"]).to_json() + b"\n")
        own = tuple(report[name] or "" for name in names)
        others = [row for row in elsewhere[report["number"]] if tuple(row[name] for name in names) != own]
        _put(out, (Appeared(report=report["digest"], **{name: row[name] for name in names}) for row in others))
        _put(out, (_review(report["digest"], row, acts, read.get(row.id)) for row in held if row.state in REVIEWS and row.reviewed_in in acts))


def _review(report: str, row: Any, acts: dict[int, Any], read: str | None) -> Reviewed:
    rejected = row.state == "rejected"
    review, check, addition = acts[row.reviewed_in], acts.get(row.checked_in), acts[row.added_in]
    own = addition.action == "add claim"
    return Reviewed(
        report=report, claim=row.id, state=row.state, author=review.author, at=review.at, note=review.note,
        read=claim_of(read) if read is not None and read != row.body else None, form=claim_of(row.body) if rejected else None,
        added_by=addition.author if own else None, added_at=addition.at if own else None,
        checked_by=check.author if check else None, checked_at=check.at if check else None,
    )  # fmt: skip


def _acts(connection: sa.Connection, numbers: Iterable[int]) -> dict[int, Any]:
    """The changes of these numbers."""
    query = sa.select(*(changes.c[name] for name in ("number", "action", "author", "at", "note")))
    return {row.number: row for part in chunks(numbers) for row in connection.execute(query.where(changes.c.number.in_(part)))}


def _as_read(connection: sa.Connection, ids: Iterable[str]) -> dict[str, str]:
    """Each claim as it was last read, before anybody reviewed it."""
    query = sa.select(claim_versions.c.claim, claim_versions.c.body).where(claim_versions.c.state == "proposed").order_by(claim_versions.c.until)
    return {row.claim: row.body for part in chunks(ids) for row in connection.execute(query.where(claim_versions.c.claim.in_(part)))}


def _decided(job: Job) -> Iterator[Decided]:
    """What users decided, one line for each time that somebody did."""
    query = sa.select(decisions, changes).join(changes, changes.c.number == decisions.c.made_in)
    if not everything(job.asked):
        met = sa.select(claims.c.id).where(*conditions(job.asked))
        query = query.where(decisions.c.one.in_(met), decisions.c.other.in_(met))
    held: list[Any] = []
    for row in job.connection.execute(query.order_by(decisions.c.made_in, decisions.c.one, decisions.c.other)):
        if held and held[0].made_in != row.made_in:
            yield _decision(held)
            held = []
        held.append(row)
    if held:
        yield _decision(held)


def _decision(rows: list[Any]) -> Decided:
    first = rows[0]
    pairs = {wanted: [(row.one, row.other) for row in rows if bool(row.together) is wanted] for wanted in (True, False)}
    return Decided(
        action=first.action, target=first.target, author=first.author, at=first.at, note=first.note, together=pairs[True], apart=pairs[False]
    )  # fmt: skip


def _graded(job: Job) -> Iterator[Graded]:
    query = sa.select(grades, changes.c.at).join(changes, changes.c.number == grades.c.made_in).order_by(grades.c.kind, grades.c.target, grades.c.author)
    if not everything(job.asked):
        met = conditions(job.asked)
        of_claim = sa.and_(grades.c.kind == "claim", grades.c.target.in_(sa.select(claims.c.id).where(*met)))
        of_source = sa.and_(grades.c.kind == "source", grades.c.target.in_(sa.select(claims.c.holder).where(*met)))
        query = query.where(sa.or_(of_claim, of_source))
    for row in job.connection.execute(query).mappings():
        yield Graded(of=row["kind"], **{name: row[name] for name in ("target", "author", "at", "reliability", "credibility", "note")})
