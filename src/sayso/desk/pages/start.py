"""The first page, and how pages look: what the record holds, and light or dark."""

from __future__ import annotations

from typing import Annotated, Any

import sqlalchemy as sa
from litestar import Request, get, post
from litestar.datastructures import Cookie, State
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template

from sayso.desk.counting import Lately
from sayso.desk.page import THEMES, Page, local
from sayso.record import Record
from sayso.record.incidents import list_incidents
from sayso.record.listing import claims_held
from sayso.record.tables import incidents, reports

MANY = 100_000
"""Claims of a record of which not all is counted each time."""


@get("/", sync_to_thread=True)
def start(request: Request[Any, Any, State], record: Record, page: Page) -> Template:
    """How much the record holds, and the newest reports and disputes."""
    # exact where that is quick, else as it was a minute ago or so
    lately: Lately = request.app.state.held
    number, grouped = lately.get() if claims_held(record) > MANY else held(record)
    with record.database.reading() as connection:
        newest = connection.execute(
            sa.select(reports.c.digest, reports.c.id, reports.c.title, reports.c.publisher, reports.c.day).order_by(reports.c.number.desc()).limit(8)
        ).all()
    disputed = list_incidents(record, disputed=True, limit=8, latest=True)
    return page("start.html", reports=number, incidents=grouped, newest=newest, disputed=disputed)


def held(record: Record) -> tuple[int, int]:
    """How many reports and incidents there are."""
    with record.database.reading() as connection:
        standing = sa.select(sa.func.count()).select_from(incidents).where(incidents.c.gone_in.is_(None))
        return connection.execute(sa.select(sa.func.count()).select_from(reports)).scalar_one(), connection.execute(standing).scalar_one()


@post("/theme", sync_to_thread=False)
def theme(data: Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]) -> Redirect:
    """Light, dark, or as the system has it."""
    chosen = data.get("theme", "") if data.get("theme") in THEMES else ""
    return Redirect(
        local(data.get("back", "/")),
        cookies=[Cookie(key="theme", value=chosen, max_age=31_536_000, httponly=True, samesite="strict")],
    )


ROUTES: list[Any] = [start, theme]
