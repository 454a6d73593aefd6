"""Incidents: a list with what is in dispute, and one with its accounts in columns, the differences field by field.

In: a filter, or an incident's id. Out: pages. Accounts stand in the order in which they were given; none is preferred.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from litestar import get
from litestar.response import Template

from sayso.desk.asked import ROWS
from sayso.desk.page import Page
from sayso.model import Casualty, Event, Materiel
from sayso.record import Record
from sayso.record.incidents import Accounts, Given, accounts_of, explain_incident, list_incidents
from sayso.view.words import dates, parties, place, what


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
    found = accounts_of(record, key)
    return page("incident.html", found=found, fields=_fields(found), notes=_notes(found))


@get("/incidents/{key:str}/why", sync_to_thread=True)
def why(record: Record, page: Page, key: str) -> Template:
    """Why its claims were put together, and near ones were not."""
    return page("why.html", found=explain_incident(record, key))


def _fields(found: Accounts) -> list[tuple[str, bool, list[list[str]]]]:
    """Field by field what each account tells, each thing once, and whether accounts dispute each other on it."""
    disputed = {d.field for d in found.disputes}
    shown = {"parties": _who, "count": _count, "where": _where, "when": _when, "status": _status}
    told = ((field, field in disputed, [list(dict.fromkeys(filter(None, map(tell, a.claims)))) for a in found.accounts]) for field, tell in shown.items())
    return [row for row in told if any(row[2])]


def _who(given: Given) -> str:
    return parties(given.claim) if isinstance(given.claim, Event) else ""


def _count(given: Given) -> str:
    return what(given.claim) if isinstance(given.claim, Casualty | Materiel) else ""


def _where(given: Given) -> str:
    return place(given.claim.where)


def _when(given: Given) -> str:
    return dates(given.claim.when)


def _status(given: Given) -> str:
    return f"{what(given.claim)}: {given.claim.status}" if isinstance(given.claim, Event) else ""


def _notes(found: Accounts) -> dict[str, list[tuple[str, str]]]:
    """By claim what it does to others: the relation, and the words of the other."""
    words = {given.claim.id: given.claim.evidence.text for account in found.accounts for given in account.claims}
    notes: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for r in found.relations:
        if r.first in words and r.relation in {"revises", "retracts", "denies", "contradicts", "narrows"}:
            notes[r.second].append((r.relation, words[r.first]))
    return notes


ROUTES: list[Any] = [incidents, incident, why]
