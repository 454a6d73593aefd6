"""The reading view: a report's own text, and beside it its claims by holder, each with the exact words that it stands on.

In: a report's id, and which claim is chosen. Out: a page. What the chosen claim points at in the text is marked there, part by part; scripts make that quicker.
"""

from __future__ import annotations

from typing import Any

from litestar import Request, get
from litestar.datastructures import State
from litestar.response import Redirect, Template

from sayso.desk.marking import evidence_of, parts_of, stretches
from sayso.desk.page import Page
from sayso.model import AnyClaim, BlockKind, Report
from sayso.record import Record
from sayso.record.history import Review, review_of, reviews_of
from sayso.record.listing import standing
from sayso.record.reviewing import as_read
from sayso.view.words import holder

PARTS = ("evidence", "speaker", "cue", "trigger", "actor", "recipient", "victim", "holder", "organisation", "count", "date", "place")
"""What is marked in a text, in the order of the legend."""


@get("/reports/{key:str}", sync_to_thread=True)
def reading(record: Record, page: Page, key: str) -> Template:
    """A report and its claims."""
    found = standing(record, key)
    report = found.report
    reviews = reviews_of(record, report.digest)
    shown = page.asked.values.get("claim", "")
    chosen = next((r.claim for r in reviews if r.claim.id == shown), None)
    claims = [r.claim for r in reviews if r.state != "rejected" or r.claim is chosen]
    return page(
        "reading.html", found=found, report=report, groups=_by_holder(reviews, report), chosen=chosen, parts=PARTS,
        stretches=stretches(report.text, claims, chosen, report.blocks), marks=_marks([r.claim for r in reviews]), blocks=_blocks(report),
        waiting=sum(r.state == "proposed" for r in reviews), count=len(claims), seen=max((r.changed_in for r in reviews), default=0),
    )  # fmt: skip


@get("/claims/{key:str}", sync_to_thread=True)
def claim(record: Record, key: str) -> Redirect:
    """Where a claim stands: its report, with it chosen."""
    found = review_of(record, key)
    return Redirect(address(standing(record, found.report).report, found.claim.id))


@get("/claims/{key:str}/why", sync_to_thread=True)
def why(request: Request[Any, Any, State], record: Record, page: Page, key: str) -> Template:
    """Why a claim was read so: the steps of the reader, made again from the text; and what it was before a reviewer changed it."""
    found = review_of(record, key)
    report = standing(record, found.report).report
    steps = request.app.state.reader.read(report).explanations.get(found.claim.id, [])
    with record.database.reading() as connection:
        body = as_read(connection, found.claim.id)
    return page("claim_why.html", review=found, report=report, steps=steps, changed=body is not None)


def address(report: Report, claim: str) -> str:
    """Where a claim is shown in its report."""
    return f"/reports/{report.digest}?claim={claim}#claim-{claim}"


def _by_holder(reviews: list[Review], report: Report) -> list[tuple[str, list[Review]]]:
    """Claims by who holds them, in the order of the text."""
    groups: dict[str, list[Review]] = {}
    for review in reviews:
        groups.setdefault(holder(review.claim, report), []).append(review)
    return list(groups.items())


def _marks(claims: list[AnyClaim]) -> dict[str, list[tuple[int, int, str]]]:
    """By claim all that it points at, for the script."""
    return {c.id: [(m.start, m.end, m.part) for m in (*evidence_of(c), *parts_of(c))] for c in claims}


def _blocks(report: Report) -> list[tuple[int, int, str]]:
    """What of a text is no paragraph, for the script."""
    return [(b.start, b.end, b.kind) for b in report.blocks if b.kind is not BlockKind.PARAGRAPH]


ROUTES: list[Any] = [reading, claim, why]
