"""Actors and sources: who is said to have done what to whom, and whose word that is.

In: a filter; a source's key; a user's grade. Out: pages, and the grade kept. Nothing here is graded by the program. A question that is about very many
claims is counted only when that is asked for, since it takes seconds; the page says so.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from litestar import get, post
from litestar.datastructures import State
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template
from msgspec.structs import replace

from sayso.desk.access import needs
from sayso.desk.asked import ROWS
from sayso.desk.counting import counted
from sayso.desk.page import Page, local
from sayso.errors import BadOption
from sayso.record import Record
from sayso.record.filters import Filter
from sayso.record.incidents import meets_many
from sayso.record.registers import actors as deeds_of
from sayso.record.registers import sources as profiles_of
from sayso.record.registers.sources import Profile

T = TypeVar("T")
Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
MOST = 200
"""Rows that are counted; who wants more asks more narrowly, or exports."""
DEEDS = 25
"""Rows of what a source tells, in its profile."""
OF = ("entities", "sides")
RELIABILITY, CREDIBILITY = "ABCDEF", "123456"


@get("/actors", sync_to_thread=True)
def actors(state: State, record: Record, page: Page) -> Template:
    """Who is said to have done what to whom, how often, and who says so."""
    asked = page.asked
    of = asked.values.get("of", "entities")
    if of not in OF:
        raise BadOption(f"actors are {' or '.join(OF)}, not {of[:20]!r}")
    found = _counted(state, record, page, f"actors {of}", lambda: deeds_of(record, asked.filter, MOST, of))
    if found is None:
        return page("actors.html", deeds=[], more=False, of=of, long=True)
    return page("actors.html", deeds=_part(found, page), more=_more(found, page), of=of, long=False)


@get("/sources", sync_to_thread=True)
def sources(state: State, record: Record, page: Page) -> Template:
    """Whose claims there are; of one source its profile."""
    asked = page.asked
    found = _counted(state, record, page, "sources", lambda: profiles_of(record, asked.filter, MOST))
    if found is None:
        return page("sources.html", profiles=[], more=False, long=True)
    holder = asked.values.get("holder", "")
    profile = next((p for p in found if p.source == holder), found[0] if len(found) == 1 and _named(found[0], holder) else None)
    if profile is None:
        return page("sources.html", profiles=_part(found, page), more=_more(found, page), long=False)
    told = deeds_of(record, replace(asked.filter, holder=profile.source), DEEDS + 1, "sides")
    return page("source.html", profile=profile, deeds=told[:DEEDS], rest=len(told) > DEEDS, reliability=RELIABILITY)


@post("/sources/grade", sync_to_thread=True, guards=[needs("review")])
def grade_source(record: Record, data: Form) -> Redirect:
    """Keep a user's grade of a source."""
    record.grade(data.get("target", ""), reliability=_one(data, "reliability", RELIABILITY), note=data.get("note", "").strip())
    return Redirect(local(data.get("back", "/sources")), status_code=303)


@post("/sources/grade-claim", sync_to_thread=True, guards=[needs("review")])
def grade_claim(record: Record, data: Form) -> Redirect:
    """Keep a user's grade of a claim."""
    record.grade(data.get("target", ""), credibility=_one(data, "credibility", CREDIBILITY), note=data.get("note", "").strip())
    return Redirect(local(data.get("back", "/incidents")), status_code=303)


def _one(data: dict[str, str], name: str, grades: str) -> str:
    value = data.get(name, "")
    if len(value) != 1 or value not in grades:
        raise BadOption(f"{name} is one of {', '.join(grades)}, not {value[:20]!r}")
    return value


def _counted(state: State, record: Record, page: Page, what: str, count: Callable[[], list[T]]) -> list[T] | None:
    """What is counted; None where that takes long and nobody said that it may."""
    asked: Filter = page.asked.filter
    return counted(state, record, page.asked, what, not asked.holder and meets_many(record, asked), count)


def _part(found: list[Any], page: Page) -> list[Any]:
    return found[page.asked.offset : page.asked.offset + ROWS]


def _more(found: list[Any], page: Page) -> bool:
    return len(found) > page.asked.offset + ROWS


def _named(profile: Profile, words: str) -> bool:
    return bool(words) and words.casefold() == profile.name.casefold()


ROUTES: list[Any] = [actors, sources, grade_source, grade_claim]
