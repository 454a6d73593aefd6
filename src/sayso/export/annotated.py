"""What reviewers settled → annotated reports, the form in which `corpus/` is written and which `sayso score` reads.

In: a job. Out: JSON lines, one for each report on which a reviewer has worked, with the claims that were accepted, corrected or added, as they are now. What
was rejected, or nobody has looked at yet, is left out; where something waits, the report's `features` say `part reviewed`, since what is missing there may
be claimed all the same. A filter keeps only the claims that meet it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

import msgspec
import sqlalchemy as sa

from sayso.export import writing
from sayso.export.asking import by_publication
from sayso.export.formats import Job
from sayso.model import AnyClaim, Casualty, Entity, Event, Manner, Report, Role, Source, When, Where
from sayso.record.filters import conditions
from sayso.record.finding import report_of
from sayso.record.rows import claim_of
from sayso.record.tables import claims, reports
from sayso.scoring.annotated import Annotated, AnyStated, Party, Place, Speaker, StatedCasualty, StatedEvent, StatedMateriel, StatedRole

PART = "part reviewed"
"""What is said of a report some of whose claims nobody has reviewed."""
PORTION = 200
"""Reports that are held at a time."""
SETTLED = ("accepted", "corrected")
_ENCODER = msgspec.json.Encoder()


def write(job: Job) -> None:
    """Write the lines."""
    with writing.lines(job.out.file(job.path)) as out:
        for report in _reports(job):
            out.write(_ENCODER.encode(report) + b"\n")


def annotated(report: Report, found: list[AnyClaim], part: bool = False, id: str | None = None) -> Annotated:
    """A report with claims as a coder would have written them down; `id` takes the place of its own."""
    stated = [_Coder(report.text).stated(claim) for claim in found]
    return Annotated(
        id=id or report.id, text=report.text, publisher=report.publisher, date=report.published[:10] if report.published else None, language=report.language,
        claims=[one for one in stated if not isinstance(one, StatedMateriel)], materiel=[one for one in stated if isinstance(one, StatedMateriel)],
        features=[PART] if part else [],
    )  # fmt: skip


def _reports(job: Job) -> Iterator[Annotated]:
    worked = sa.select(claims.c.report).where(claims.c.gone_in.is_(None), claims.c.state != "proposed", *conditions(job.asked)[1:])
    found = job.connection.execute(sa.select(reports.c.number, reports.c.id).where(reports.c.number.in_(worked)).order_by(*by_publication())).all()
    numbers, ids = [row.number for row in found], Counter(row.id for row in found)
    for start in range(0, len(numbers), PORTION):
        part = numbers[start : start + PORTION]
        rows = {row["number"]: row for row in job.connection.execute(sa.select(reports).where(reports.c.number.in_(part))).mappings()}
        made: dict[int, list[Any]] = defaultdict(list)
        query = sa.select(*(claims.c[name] for name in ("report", "state", "body"))).where(claims.c.report.in_(part), *conditions(job.asked))
        for row in job.connection.execute(query.order_by(claims.c.evidence_start, claims.c.evidence_end, claims.c.id)):
            made[row.report].append(row)
        for number in part:
            settled = [claim_of(row.body) for row in made[number] if row.state in SETTLED]
            report = report_of(rows[number])
            yield annotated(report, settled, len(settled) < len(made[number]), report.digest if ids[report.id] > 1 else None)


class _Coder:
    """Who writes claims down: with words that the text has, and no others."""

    def __init__(self, text: str) -> None:
        self._text = text

    def stated(self, claim: AnyClaim) -> AnyStated:
        also = [span.text for span in claim.also]
        if isinstance(claim, Role):
            person = claim.holder.name or claim.holder.text
            return StatedRole(evidence=claim.evidence.text, also=also, person=person, office=claim.office, country=claim.organisation.country)
        same: dict[str, Any] = {
            "evidence": claim.evidence.text, "also": also, "sources": [one for source in claim.sources for one in self._speakers(source)],
            "status": claim.status, "background": claim.background, "when": _when(claim.when), "where": self._where(claim.where),
        }  # fmt: skip
        if isinstance(claim, Event):
            return StatedEvent(
                **same, type=claim.type, trigger=claim.trigger.text, modes=claim.modes, actors=[self._party(one) for one in claim.actors],
                recipients=[self._party(one) for one in claim.recipients], object=claim.object, times=claim.times,
            )  # fmt: skip
        same |= {"low": claim.count.low, "high": claim.count.high, "by": self._party(claim.by) if claim.by else None}
        if isinstance(claim, Casualty):
            return StatedCasualty(**same, harm=claim.harm, who=self._party(claim.who))
        return StatedMateriel(**same, harm=claim.harm, what=claim.what, owner=self._party(claim.owner) if claim.owner else None)

    def _party(self, one: Entity) -> Party:
        return Party(**self._named(one))

    def _named(self, one: Entity) -> dict[str, Any]:
        words = one.text if one.text in self._text else ""
        return {"text": words, "name": one.name, "country": one.country, "sector": one.sector, "qualifiers": one.qualifiers}

    def _speakers(self, source: Source) -> Iterator[Speaker]:
        """A link of the chain, an entry for each of those who spoke together."""
        cue = source.cue.text if source.cue and source.manner is not Manner.INHERITED else None
        for one in (source.entity, *source.together_with):
            yield Speaker(**self._named(one), cue=cue, manner=source.manner.value)

    def _where(self, where: Where | None) -> Place | None:
        if where is None:
            return None
        return Place(text=where.text if where.text and where.text in self._text else None, name=where.name, country=where.country)


def _when(when: When | None) -> str | None:
    """A day, an interval of days, or, of what is open, the end that is known."""
    if when is None:
        return None
    return "/".join(sorted({str(day) for day in (when.start, when.end) if day})) or None
