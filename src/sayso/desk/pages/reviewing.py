"""Review: claims accepted, rejected, put back, confirmed, corrected, added; and what one did undone and done again.

In: forms, each with the number of the last change that its page knew of (`seen`). Out: the record changed, and the way back; to a script the new state. Of two
who saw the same only the first is heard: the other is shown what was done, and what he had written is kept before him.
"""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Request, Response, get, post
from litestar.datastructures import State
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template

from sayso.desk.access import needs
from sayso.desk.forms import (
    KINDS,
    LISTS,
    PARTS,
    PRECISIONS_OF_DAYS,
    PRECISIONS_OF_PLACES,
    Values,
    blank,
    claim_of,
    differing,
    entities_of,
    line,
    many,
    places,
    values_of,
)  # fmt: skip
from sayso.desk.marking import stretches
from sayso.desk.page import Page, local
from sayso.desk.pages.reading import address
from sayso.errors import BadOption, BadRecord, ChangedSince
from sayso.model import MODES, AnyClaim, Channel, Damage, Distance, Entity, EventType, Harm, Manner, Report, Sector, Span, Status
from sayso.record import Record
from sayso.record.history import Review, entry, review_of, reviews_of
from sayso.record.listing import standing

Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
Asked = Request[Any, Any, State]
CHOICES = {
    "status": Status, "type": EventType, "harm": Harm, "damage": Damage, "manner": Manner, "distance": Distance, "channel": Channel, "sector": Sector,
    "precision": PRECISIONS_OF_DAYS, "precise": PRECISIONS_OF_PLACES, "object": EventType,
}  # fmt: skip
REVIEW = [needs("review")]


@post("/claims/{key:str}/{act:str}", sync_to_thread=True, guards=REVIEW)
def review(request: Asked, record: Record, page: Page, key: str, act: str, data: Form) -> Response[Any] | Template:
    """Accept, reject, put back or confirm a claim."""
    acts = {"accept": record.accept, "reject": record.reject, "reopen": record.reopen, "check": record.check}
    if act not in acts:
        raise BadOption(f"{act[:20]!r} is nothing that is done to a claim; it is accepted, rejected, put back or confirmed")
    try:
        acts[act](key, data.get("note", "").strip() or None, _seen(data))
    except ChangedSince as error:
        if _script(request):
            raise
        return _changed(record, page, key, data, str(error))
    return _done(request, record, key, data)


@post("/claims/many", sync_to_thread=True, guards=REVIEW)
def review_many(record: Record, data: Annotated[dict[str, str | list[str]], Body(media_type=RequestEncodingType.URL_ENCODED)]) -> Redirect:
    """Accept, reject or put back all claims that were ticked, in one act."""
    ticked = data.get("claim", [])
    keys = [ticked] if isinstance(ticked, str) else list(ticked)
    state = str(data.get("state", ""))
    if not keys:
        raise BadOption("no claim is ticked; tick those that are meant")
    record.review_many(keys, state, str(data.get("note", "")).strip() or None, _seen({"seen": str(data.get("seen", ""))}))
    return Redirect(local(str(data.get("back", "/"))), status_code=303)


@get("/claims/{key:str}/edit", sync_to_thread=True, guards=REVIEW)
def edit(record: Record, page: Page, key: str) -> Template:
    """The form of a claim."""
    found = review_of(record, key)
    return _form(record, page, standing(record, found.report).report, found, values_of(found.claim))


@post("/claims/{key:str}/correct", sync_to_thread=True, guards=REVIEW)
def correct(record: Record, page: Page, key: str, data: Form) -> Response[Any] | Template | Redirect:
    """Put the form's claim in the place of the claim, or show the form again with what is wrong."""
    found = review_of(record, key)
    report = standing(record, found.report).report
    if "more" in data:
        return _form(record, page, report, found, dict(data))
    try:
        record.correct(claim_of(data, report, found.claim, known=_people(record, report)), data.get("note", "").strip() or None, _seen(data))
    except ChangedSince as error:
        return _form(record, page, report, review_of(record, key), dict(data), str(error), 409)
    except (BadRecord, BadOption) as error:
        return _form(record, page, report, found, dict(data), str(error), 400)
    return Redirect(address(report, found.claim.id), status_code=303)


@get("/reports/{key:str}/claims/new", sync_to_thread=True, guards=REVIEW)
def new(record: Record, page: Page, key: str) -> Template:
    """The form of a claim that the reading missed."""
    report = standing(record, key).report
    kind = page.asked.values.get("kind", "event")
    if kind not in KINDS:
        raise BadOption(f"{kind[:20]!r} is no kind of claim; it is one of {', '.join(KINDS)}")
    return _form(record, page, report, None, blank(kind, _selected(page, report)))


@post("/reports/{key:str}/claims", sync_to_thread=True, guards=REVIEW)
def add(record: Record, page: Page, key: str, data: Form) -> Template | Redirect:
    """Add the form's claim, or show the form again with what is wrong."""
    report = standing(record, key).report
    if data.get("kind", "") not in KINDS:
        raise BadOption(f"{data.get('kind', '')[:20]!r} is no kind of claim; it is one of {', '.join(KINDS)}")
    if "more" in data:
        return _form(record, page, report, None, dict(data))
    try:
        made = record.add_claim(report.digest, claim_of(data, report, None, "new", _people(record, report)), data.get("note", "").strip() or None)
    except (BadRecord, BadOption) as error:
        return _form(record, page, report, None, dict(data), str(error), 400)
    return Redirect(address(report, made), status_code=303)


@post("/undo", sync_to_thread=True, guards=REVIEW)
def undo(request: Asked, record: Record, data: Form) -> Response[Any]:
    """Undo what one did last."""
    return _told(request, record, record.undo(), data)


@post("/redo", sync_to_thread=True, guards=REVIEW)
def redo(request: Asked, record: Record, data: Form) -> Response[Any]:
    """Do again what one undid last."""
    return _told(request, record, record.redo(), data)


def _form(record: Record, page: Page, report: Report, found: Review | None, values: Values, fault: str = "", status: int = 200) -> Template:
    kind = str(found.claim.__struct_config__.tag) if found is not None else values["kind"]
    chosen: AnyClaim | None = found.claim if found is not None else None
    now = differing(values_of(found.claim), values) if found is not None and status == 409 else []
    if found is not None and (status == 409 or not values.get("seen")):  # from here on he knows of what was done
        values["seen"] = str(found.changed_in)
    room = {name: many(values, name) for name in LISTS}
    if "more" in values:
        room |= {name: max(room[name], places(values, name)[-1] + 2) for name in LISTS if places(values, name)}
    made = page(
        "claim_form.html", report=report, review=found, values=values, kind=kind, fault=fault, choices=CHOICES, modes=MODES, now=now, stale=status == 409,
        places=room, parts=PARTS[kind], stretches=stretches(report.text, [chosen] if chosen else [], chosen, report.blocks),
        people=[(e.name, e.country or "", e.sector, " ".join(e.qualifiers)) for e in {line(e.name): e for e in _people(record, report)}.values()],
    )  # fmt: skip
    made.status_code = status
    return made


def _people(record: Record, report: Report) -> list[Entity]:
    """Everybody in the claims of a report."""
    return [entity for review in reviews_of(record, report.digest) for entity in entities_of(review.claim)]


def _changed(record: Record, page: Page, key: str, data: dict[str, str], fault: str) -> Template:
    """A claim as it stands now, for somebody who meant another state of it."""
    found = review_of(record, key)
    made = page("claim_changed.html", review=found, fault=fault, note=data.get("note", ""), back=local(data.get("back", "/")))
    made.status_code = 409
    return made


def _selected(page: Page, report: Report) -> Span | None:
    """The words of a text that an address names by their first and last character."""
    start, end = (page.asked.values.get(name, "") for name in ("start", "end"))
    if not (start.isascii() and start.isdigit() and end.isascii() and end.isdigit()):
        return None
    first, last = int(start[:9]), int(end[:9])
    return report.span(first, last) if first < last <= len(report.text) else None


def _seen(data: dict[str, str]) -> int | None:
    text = data.get("seen", "")
    if text and not (text.isascii() and text.isdigit() and len(text) < 16):
        raise BadOption("seen is no number of a change; load the page again")
    return int(text) if text else None


def _script(request: Asked) -> bool:
    return "application/json" in request.headers.get("accept", "")


def _done(request: Asked, record: Record, key: str, data: dict[str, str]) -> Response[Any]:
    if _script(request):
        found = review_of(record, key)
        return Response({"claim": found.claim.id, "state": found.state, "seen": found.changed_in, "checked_by": found.checked_by})
    return Redirect(local(data.get("back", "/")), status_code=303)


def _told(request: Asked, record: Record, number: int, data: dict[str, str]) -> Response[Any]:
    if _script(request):
        done = entry(record, number)
        return Response({"number": number, "action": done.action, "about": done.about})
    return Redirect(local(data.get("back", "/")), status_code=303)


ROUTES: list[Any] = [review, review_many, edit, correct, new, add, undo, redo]
