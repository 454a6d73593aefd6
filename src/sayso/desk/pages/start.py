"""The first page, and how pages look: what the record holds, and light or dark."""

from __future__ import annotations

from typing import Annotated, Any

import sqlalchemy as sa
from litestar import get, post
from litestar.datastructures import Cookie
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template

from sayso.desk.page import THEMES, Page, local
from sayso.record import Record
from sayso.record.incidents import list_incidents
from sayso.record.tables import incidents, reports


@get("/", sync_to_thread=True)
def start(record: Record, page: Page) -> Template:
    """How much the record holds, and the newest reports and disputes."""
    with record.database.reading() as connection:
        number = connection.execute(sa.select(sa.func.count()).select_from(reports)).scalar_one()
        standing = incidents.c.gone_in.is_(None)
        grouped = connection.execute(sa.select(sa.func.count()).select_from(incidents).where(standing)).scalar_one()
        newest = connection.execute(
            sa.select(reports.c.digest, reports.c.id, reports.c.title, reports.c.publisher, reports.c.day).order_by(reports.c.number.desc()).limit(8)
        ).all()
    disputed = list_incidents(record, disputed=True, limit=8, latest=True)
    return page("start.html", reports=number, incidents=grouped, newest=newest, disputed=disputed)


@post("/theme", sync_to_thread=False)
def theme(data: Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]) -> Redirect:
    """Light, dark, or as the system has it."""
    chosen = data.get("theme", "") if data.get("theme") in THEMES else ""
    return Redirect(
        local(data.get("back", "/")),
        cookies=[Cookie(key="theme", value=chosen, max_age=31_536_000, httponly=True, samesite="strict")],
    )


ROUTES: list[Any] = [start, theme]
