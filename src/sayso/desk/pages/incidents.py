"""Incidents: a list with what is in dispute, and one with its accounts in columns, the differences field by field; and what users decide about them.

In: a filter, or an incident's id; a decision, with the number of the last change that its page knew of (`seen`). Out: pages, and the record changed. Accounts
stand in the order in which they were given; none is preferred.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Annotated, Any

from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template

from sayso.desk.access import needs
from sayso.desk.asked import ROWS
from sayso.desk.page import Page
from sayso.desk.rendering import say
from sayso.errors import BadOption
from sayso.model import Casualty, Event, Materiel
from sayso.record import Record
from sayso.record.incidents import Accounts, Given, accounts_of, explain_incident, homes_of, list_incidents
from sayso.record.registers.sources import ratings_of
from sayso.view.words import STATUS, called, clean, dates, day, parties, place, what

Form = Annotated[dict[str, str | list[str]], Body(media_type=RequestEncodingType.URL_ENCODED)]
REVIEW = [needs("review")]
SHOWN = 10
"""Claims of an account that stand open; further ones are folded."""
LONGEST = 500
"""Characters of a note."""


@get("/incidents", sync_to_thread=True)
def incidents(record: Record, page: Page) -> Template:
    """Incidents by day, as many as a page holds."""
    asked = page.asked
    disputed, latest = asked.values.get("disputed") == "yes", asked.values.get("order") == "latest"
    rows = list_incidents(record, asked.filter, disputed, 1, ROWS + 1, asked.offset, latest)
    return page("incidents.html", rows=rows[:ROWS], more=len(rows) > ROWS, disputed=disputed, latest=latest)


@get("/incidents/{key:str}", sync_to_thread=True)
def incident(record: Record, page: Page, key: str) -> Template:
    """One incident: its accounts side by side."""
    seen = record.version()  # asked first, so that it is never later than what is shown
    found = accounts_of(record, key)
    given = [g for account in found.accounts for g in account.claims]
    return page(
        "incident.html", found=found, fields=_fields(found), notes=_notes(found), chains={g.claim.id: _chain(g) for g in given}, seen=seen, open=SHOWN,
        ratings=ratings_of(record, [g.claim.id for g in given]),
    )  # fmt: skip


@get("/incidents/{key:str}/why", sync_to_thread=True)
def why(record: Record, page: Page, key: str) -> Template:
    """Why its claims were put together, and near ones were not."""
    seen = record.version()
    found = explain_incident(record, key)
    homes = homes_of(record, {claim for r in found.apart for claim in (r.first, r.second)})
    near = {id: about for r in found.apart for id, about in (homes[c] for c in (r.first, r.second) if c in homes) if id != found.incident.id}
    return page("why.html", found=found, near=near, seen=seen)


@post("/incidents/{key:str}/split", sync_to_thread=True, guards=REVIEW)
def split(record: Record, key: str, data: Form) -> Redirect:
    """Make the claims that were ticked an incident of their own, and show it."""
    ticked = data.get("claim", [])
    keys = [ticked] if isinstance(ticked, str) else ticked
    if not keys:
        raise BadOption("no claim is ticked; tick those that are about something else")
    home = record.incident_id(key)
    if {found for found, _ in homes_of(record, keys).values()} - {home}:
        raise BadOption(f"a claim that is ticked is not of incident {home}; look at it again")
    return _shown(record.split(keys, _note(data), _seen(data)))


@post("/incidents/{key:str}/merge", sync_to_thread=True, guards=REVIEW)
def merge(record: Record, key: str, data: Form) -> Redirect:
    """Make another incident part of this one."""
    other = _text(data, "other").rstrip("/").rpartition("/")[2]  # the address of its page is as good
    if not other:
        raise BadOption("no other incident is named; give its id, which is the last part of its page's address")
    return _shown(record.merge(key, other, _note(data), _seen(data)))


@post("/incidents/{key:str}/pin", sync_to_thread=True, guards=REVIEW)
def pin(record: Record, key: str, data: Form) -> Redirect:
    """Keep its claims together."""
    return _shown(record.pin(key, _note(data), _seen(data)))


@post("/incidents/{key:str}/unpin", sync_to_thread=True, guards=REVIEW)
def unpin(record: Record, key: str, data: Form) -> Redirect:
    """Forget what was decided about its claims, and show the one in which its first claim is then."""
    home = record.incident_id(key)
    record.unpin(key, _note(data), _seen(data))
    return _shown(record.incident_id(home))


def _shown(key: str) -> Redirect:
    return Redirect(f"/incidents/{key}", status_code=303)


def _text(data: dict[str, str | list[str]], name: str) -> str:
    value = data.get(name, "")
    return (value if isinstance(value, str) else value[-1]).strip()


def _note(data: dict[str, str | list[str]]) -> str | None:
    return _text(data, "note")[:LONGEST] or None


def _seen(data: dict[str, str | list[str]]) -> int:
    text = _text(data, "seen")
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise BadOption("seen is no number of a change; load the page again")
    return int(text)


def _fields(found: Accounts) -> list[tuple[str, bool, list[tuple[bool, list[str]]]]]:
    """Field by field whether it is in dispute, and of each account whether it is in that dispute and what it tells, each thing once, as it tells it last."""
    shown = {"parties": _who, "count": _count, "where": _where, "when": _when, "status": _status}
    rows = []
    for field, tell in shown.items():
        rivals = {name for d in found.disputes if d.field == field for name in d.holders}
        told = [(a.name in rivals, list(dict.fromkeys(filter(None, map(tell, _last(a.claims)))))) for a in found.accounts]
        if any(things for _, things in told):
            rows.append((field, bool(rivals), told))
    return rows


def _last(claims: list[Given]) -> list[Given]:
    """The claims that no later one of their holder replaces; all where nothing else is left."""
    return [given for given in claims if not given.replaced_by] or claims


def _chain(given: Given) -> list[tuple[str, str]]:
    """The way of a claim from who holds it to who printed it: a name, and what he did with it."""
    sources = given.claim.sources
    outlet = " ".join(filter(None, (clean(given.publisher or given.report), f"({day(date.fromisoformat(given.published[:10]))})" if given.published else "")))
    if not sources:
        return [("own_voice", outlet)]
    return [("holder", called(sources[0].entity)), *(("relayer", called(s.entity)) for s in sources[1:]), ("outlet", outlet)]


def _who(given: Given) -> str:
    return parties(given.claim) if isinstance(given.claim, Event) else ""


def _count(given: Given) -> str:
    return what(given.claim) if isinstance(given.claim, Casualty | Materiel) else ""


def _where(given: Given) -> str:
    return place(given.claim.where)


def _when(given: Given) -> str:
    return dates(given.claim.when)


def _status(given: Given) -> str:
    return f"{what(given.claim)}: {STATUS[given.claim.status] or say('status.occurred')}" if isinstance(given.claim, Event) else ""


def _notes(found: Accounts) -> dict[str, list[tuple[str, str]]]:
    """By claim what it does to others: the relation, and the words of the other."""
    words = {given.claim.id: given.claim.evidence.text for account in found.accounts for given in account.claims}
    notes: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for r in found.relations:
        if r.first in words and r.relation in {"revises", "retracts", "denies", "contradicts", "narrows"}:
            note = (r.relation, words[r.first])
            if note not in notes[r.second]:  # near-copies have the same words
                notes[r.second].append(note)
    return notes


ROUTES: list[Any] = [incidents, incident, why, split, merge, pin, unpin]
