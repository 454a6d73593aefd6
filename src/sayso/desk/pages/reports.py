"""Reports: a list with full-text search, adding by pasting, files or an address, taking one back.

In: words and a filter, or what is sent. Out: pages; reports go to a job, since reading takes a second or more for each. Names of files are shown, never used.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import PurePath
from typing import Annotated, Any

from litestar import Request, Response, get, post
from litestar.datastructures import State, UploadFile
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template

from sayso.desk.access import needs
from sayso.desk.adding import Adding, Job
from sayso.desk.asked import ROWS
from sayso.desk.page import Page, local
from sayso.errors import BadOption
from sayso.intake import Given, Unread, from_url, read_reports, report_from_text
from sayso.intake.build import checked_date
from sayso.intake.encodings import shown
from sayso.model import Report
from sayso.record import Record
from sayso.record.listing import list_reports
from sayso.record.users import User

FILES = 50
"""Files that may be sent at once."""
Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
Asked = Request[Any, Any, State]


@get("/reports", sync_to_thread=True)
def reports(record: Record, page: Page) -> Template:
    """Reports, the last added first, or those with certain words."""
    asked = page.asked
    given = asked.values
    by_day = given.get("order") == "day"
    since, until = (_day(given.get(name)) for name in ("since", "until"))
    rows = list_reports(
        record, given.get("publisher"), since, until, ROWS + 1, asked.offset, words=given.get("words", "")[:1_000], added=not by_day
    )
    return page("reports.html", rows=rows[:ROWS], more=len(rows) > ROWS, by_day=by_day)


@get("/reports/add", sync_to_thread=True)
def add(page: Page) -> Template:
    """The forms by which reports are added."""
    return page("add.html", files=FILES)


@post("/reports/paste", sync_to_thread=True, guards=[needs("review")])
def paste(request: Asked, user: User, data: Form) -> Redirect:
    """Add a text."""
    published, publisher, title, url = (data.get(name, "").strip() or None for name in ("published", "publisher", "title", "url"))
    if url and not url.startswith(("http://", "https://")):
        raise BadOption("the address must begin with https:// or http://")
    text = data.get("text", "").replace("\r\n", "\n")  # as a browser sends line breaks
    report = report_from_text(text, published=published, publisher=publisher, title=title, url=url)
    return _job(request, user, report.title or "a text that was pasted", lambda: [report])


@post("/reports/fetch", sync_to_thread=True, guards=[needs("review")])
def fetch(request: Asked, user: User, data: Form) -> Redirect:
    """Add what is at an address."""
    url = data.get("url", "").strip()
    if not url.startswith(("http://", "https://")):
        raise BadOption("the address must begin with https:// or http://")
    return _job(request, user, shown(url)[:200], lambda: from_url(url))


@post("/reports/upload", guards=[needs("review")])
async def upload(request: Asked, user: User, data: Annotated[dict[str, Any], Body(media_type=RequestEncodingType.MULTI_PART)]) -> Redirect:
    """Add what files hold."""
    sent = data.get("files") or []
    files = [file for file in (sent if isinstance(sent, list) else [sent]) if isinstance(file, UploadFile) and file.filename]
    if not files:
        raise BadOption("no file was sent; choose one or more")
    if len(files) > FILES:
        raise BadOption(f"{len(files)} files were sent; send {FILES} at most at once")
    published, publisher = (str(data.get(name) or "").strip() or None for name in ("published", "publisher"))
    checked_date(published)
    given = Given(published=published, publisher=publisher)
    held = [(_name(file.filename), await file.read()) for file in files]

    def made() -> Iterable[Report | Unread]:
        for name, content in held:
            yield from read_reports(content, name=name, given=given)

    names = ", ".join(name for name, _ in held)
    return _job(request, user, names if len(names) <= 200 else f"{len(held)} files", made)


@get("/reports/add/{key:str}", sync_to_thread=True)
def job(request: Asked, page: Page, key: str) -> Template:
    """How far a job is."""
    return page("job.html", job=_adding(request).job(key))


@get("/reports/jobs/{key:str}", sync_to_thread=True)
def job_state(request: Asked, key: str) -> Job:
    """The same for a script."""
    return _adding(request).job(key)


@post("/reports/{key:str}/withdraw", sync_to_thread=True, guards=[needs("review")])
def withdraw(record: Record, key: str, data: Form) -> Response[Any]:
    """Take a report back, as its publisher did."""
    record.withdraw(key, data.get("note") or None)
    return Redirect(local(data.get("back", "/reports")), status_code=303)


def _job(request: Asked, user: User, what: str, make: Any) -> Redirect:
    return Redirect(f"/reports/add/{_adding(request).put(user.name, what, make)}", status_code=303)


def _adding(request: Asked) -> Adding:
    found: Adding = request.app.state.adding
    return found


def _name(sent: str) -> str:
    """The name of a file without any folder, as it may stand in a message."""
    return shown(PurePath(sent.replace("\\", "/")).name)[:120] or "a file"


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadOption(f"{(text or '')[:40]!r} is no day; write it as 2020-07-13") from None


ROUTES: list[Any] = [reports, add, paste, fetch, upload, job, job_state, withdraw]
