"""Reports: the list, one with its claims, reading texts, adding them, taking one back.

In: texts with what is known of them. Out: readings of the form `sayso/1`, or what became of each text. Texts are read one after the other by the one reader of
the desk; where too many wait for it, the next is sent away.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date as Date
from threading import BoundedSemaphore
from typing import Annotated, Any, Literal

import msgspec
from litestar import Request, Response
from litestar.datastructures import State
from litestar.exceptions import ClientException, TooManyRequestsException
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import Parameter

from sayso.desk.access import needs
from sayso.desk.api.answers import Rows, asks, body, does, lists
from sayso.desk.api.asked import Part, YesNo
from sayso.desk.reading import SharedReader
from sayso.errors import BadOption, SaysoError, UnusableRecord
from sayso.intake import report_from_text
from sayso.model import Reading, Report, Struct, json_schema
from sayso.record import Added, Record
from sayso.record.listing import ReportRow, list_reports, report_standing
from sayso.view.choose import at_least

TAG = "reports"
MOST = 50
"""Texts of one call."""
LONGEST = 500_000
"""Characters of one text: some eighty thousand words."""
WAITING = 4
"""Calls that wait for the reader at a time."""
Key = Annotated[str, Parameter(description="A report's id or digest, or how this begins.")]
FORM = {200: ResponseSpec(data_container=Reading, description="The form sayso/1.", generate_examples=False)}
_turns = BoundedSemaphore(WAITING)


TEXT = {
    "text": "OSH, September 20, 2022 - Tajik forces shelled the village of Ak-Sai on Tuesday, Kyrgyzstan's border service said.",
    "publisher": "Highland News Agency", "date": "2022-09-20",
}  # fmt: skip


class Text(Struct, frozen=True, kw_only=True):
    """A text to read. `date` (or `published`) is a day, or a time with its zone; without it the text's own date counts."""

    text: Annotated[str, msgspec.Meta(max_length=LONGEST)]
    date: str | None = None
    published: str | None = None
    publisher: str | None = None
    title: str | None = None
    id: str | None = None
    url: str | None = None
    language: str = "en"
    place: str | None = None

    def report(self) -> Report:
        """The report.

        Raises:
            UnreadableReport: there is nothing to read in it.
            BadOption: the date is none, or there are two.
        """
        if self.date and self.published:
            raise BadOption("give either date or published, which mean the same")
        known = {name: getattr(self, name) or None for name in ("publisher", "title", "id", "url", "place")}
        return report_from_text(self.text, published=self.date or self.published or None, language=self.language, **known)


class Taken(Struct, frozen=True, kw_only=True):
    """What became of a text. `index` is its place among those sent, from 0.

    `copy` says that it is a near-copy of another text, `supersedes` that it replaced an older version.
    `outcome`: added; known (nothing changed); appeared (a known text in another place); reread (a known text that is read otherwise now).
    """

    index: int
    id: str
    digest: str
    outcome: Literal["added", "known", "appeared", "reread"]
    claims: int
    copy: bool
    supersedes: bool


class Refused(Struct, frozen=True, kw_only=True):
    """A text that was not taken, and why."""

    index: int
    message: str


class Outcome(Struct, frozen=True, kw_only=True):
    """What became of the texts that were sent."""

    taken: list[Taken]
    refused: list[Refused]


class Withdrawal(Struct, frozen=True, kw_only=True):
    """Why its publisher took a report back; kept with the change."""

    note: str | None = None


BARE = Withdrawal()


@lists("/reports", "Reports", TAG)
def reports_by_day(
    record: Record, part: Part,
    publisher: Annotated[str | None, Parameter(description="Only what he published, by name.")] = None,
    since: Annotated[Date | None, Parameter(description="Only what was published on this day, or later.")] = None,
    until: Annotated[Date | None, Parameter(description="Only what was published by this day.")] = None,
    order: Annotated[Literal["latest", "earliest"], Parameter(description="Which come first; the undated are last in any case.")] = "latest",
    words: Annotated[str, Parameter(max_length=1_000, description='Words that must stand in the text or title; "some words" in this order, begin*.')] = "",
) -> Response[Rows[ReportRow]]:  # fmt: skip
    """The reports of the record without their texts, by day, with how many claims each makes and how many of these are reviewed."""
    return part.rows(list_reports(record, publisher, since, until, part.wanted, part.offset, order == "latest", words))


@asks("/reports/{key:str}", "A report with its claims", TAG, (404,), more=FORM)
def report_reading(record: Record, key: Key) -> Response[bytes]:
    """The untouched text and the claims that count, what was corrected as corrected. As a line of `sayso export --to jsonl`, which is that of `sayso read`."""
    return _json(record.reading(key).to_json())


@does("/read", "Read a text without keeping it", TAG, (429,), more=FORM)
def read_text(
    request: Request[Any, Any, State], data: Annotated[Text, body("The text, with what is known of it.", **TEXT)],
    min_confidence: Annotated[float, Parameter(ge=0, le=1, description="Leave out claims that are less certain.")] = 0.0,
    explanations: Annotated[YesNo, Parameter(description="Why each claim was read so.")] = "no",
) -> Response[bytes]:  # fmt: skip
    """The claims of a text, with who says so and the exact words. As `sayso read`, or `sayso explain`."""
    reader: SharedReader = request.app.state.reader
    report = data.report()
    with _turn():
        found = reader.read(report)
    return _json(at_least(found, min_confidence).to_json(explanations == "yes"))


@does(
    "/reports", "Read texts and add them", TAG, (429,), status=201, guards=[needs("review")],
    more={200: ResponseSpec(data_container=Outcome, description="All of it was known already.", generate_examples=False)},
)
def add_reports(
    request: Request[Any, Any, State], record: Record,
    data: Annotated[Text | list[Text], body(f"A text, or up to {MOST} of them.", **TEXT)],
) -> Response[Outcome]:  # fmt: skip
    """Each text is read and added; the same again changes nothing. Answers with what was taken and, text by text, what was not and why. As `sayso add`."""
    reader: SharedReader = request.app.state.reader
    taken: list[Taken] = []
    refused: list[Refused] = []
    texts = data if isinstance(data, list) else [data]
    if not 1 <= len(texts) <= MOST:
        raise ClientException(f"send 1 to {MOST} texts at a time, not {len(texts)}")
    with _turn():
        for index, text in enumerate(texts):
            try:
                found = reader.read(text.report())
                taken.append(_taken(index, found, record.add([found])))
            except SaysoError as error:
                if isinstance(error, UnusableRecord) and not taken:
                    raise
                refused.append(Refused(index=index, message=" ".join(str(error).split())))
    if not taken:
        which = "the text was not taken" if len(texts) == 1 else f"none of the {len(texts)} texts was taken; the first"
        raise ClientException(f"{which}: {refused[0].message}")
    fresh = any(one.outcome != "known" for one in taken)
    return Response(Outcome(taken=taken, refused=refused), status_code=201 if fresh else 200)


@does("/reports/{key:str}/withdraw", "Take a report back", TAG, (404,), guards=[needs("review")])
def withdraw_report(record: Record, key: Key, data: Annotated[Withdrawal, body("Why.", note="killed by the agency")] = BARE) -> ReportRow:
    """Its publisher took it back: it is kept, its claims count no more. As `sayso withdraw`."""
    record.withdraw(key, data.note)
    return report_standing(record, key)


@asks("/schema", "JSON Schema of a reading", TAG)
def reading_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the form `sayso/1`. As `sayso schema`."""
    return json_schema()


@contextmanager
def _turn() -> Iterator[None]:
    if not _turns.acquire(blocking=False):
        raise TooManyRequestsException(f"{WAITING} calls are waiting for their texts to be read; try again later", headers={"Retry-After": "5"})
    try:
        yield
    finally:
        _turns.release()


def _taken(index: int, found: Reading, added: Added) -> Taken:
    outcome: Any = "added" if added.new else "reread" if added.reread else "appeared" if added.appeared else "known"
    return Taken(
        index=index, id=found.report.id, digest=found.report.digest, outcome=outcome, claims=len(found.claims), copy=bool(added.copies),
        supersedes=bool(added.superseded),
    )  # fmt: skip


def _json(line: bytes) -> Response[bytes]:
    return Response(line, media_type="application/json")


ROUTES: list[Any] = [reports_by_day, report_reading, read_text, add_reports, withdraw_report, reading_schema]
