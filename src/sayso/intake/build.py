"""Text and what is known of it → a `Report` with its blocks.

In: decoded text, and metadata that came with it. Out: the report; what was given counts, and what was not is taken from the text's
own headline, dateline and date lines. It guesses no date: without one in the metadata or the text, there is none.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import NamedTuple

from sayso.errors import BadOption, UnreadableReport
from sayso.intake.encodings import check
from sayso.intake.plain import lay_out
from sayso.model import BlockKind, Report, digest

_TO_READ = {BlockKind.HEADLINE, BlockKind.LEAD, BlockKind.PARAGRAPH}
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?P<time>[T ].+)?")


class Given(NamedTuple):
    """What is known of a report beside its text; None where it is not."""

    published: str | None = None
    publisher: str | None = None
    title: str | None = None
    id: str | None = None
    url: str | None = None
    language: str = "en"
    place: str | None = None


def checked_date(value: str | date | None) -> str | None:
    """A date or a time with its zone, in ISO 8601, as it stands in `Report.published`.

    Raises:
        BadOption: it is neither.

    >>> checked_date("2020-07-13"), checked_date("2020-07-13T19:06:00+03:00")
    ('2020-07-13', '2020-07-13T19:06:00+03:00')
    """
    if value is None:
        return None
    value = value.isoformat() if isinstance(value, date) else value.strip()
    found = _ISO.fullmatch(value)
    if found is None:
        raise BadOption(f"{value[:40]!r} is no date; write it as 2020-07-13, or with time and zone as 2020-07-13T19:06+03:00")
    try:
        if found["time"] is None:
            date.fromisoformat(value)
        elif datetime.fromisoformat(value).tzinfo is None:
            raise BadOption(f"the time {value[:40]!r} has no zone; add one, as in 2020-07-13T19:06+03:00, or give the day alone")
    except ValueError:
        raise BadOption(f"{value[:40]!r} is no day of the calendar; write the date as 2020-07-13") from None
    return value


def build(text: str, given: Given, name: str = "the text", notes: list[str] | None = None, fallback: Given | None = None) -> Report:
    """The report of a text.

    Args:
        given: metadata that counts before what the text says.
        name: what errors call the text.
        notes: what to note of the report.
        fallback: what a page says of itself: its date and site count before the text's, its title after.

    Raises:
        UnreadableReport: the text holds nothing to read.
        BadOption: the date given is none.
    """
    published = checked_date(given.published)
    check(text, name)
    spare = fallback or Given()
    layout = lay_out(text, given.title or spare.title)
    if not any(block.kind in _TO_READ for block in layout.blocks):
        raise UnreadableReport(f"{name}: holds no words to read, only lines such as dates and links; give the report's text")
    key = digest(text)
    return Report(
        id=given.id or key,
        text=text,
        digest=key,
        title=_one_line(given.title) or layout.title or _one_line(spare.title),
        publisher=_one_line(given.publisher) or _one_line(spare.publisher) or layout.publisher,
        published=published or spare.published or (layout.published.isoformat() if layout.published else None),
        url=given.url or spare.url,
        language=given.language,
        place=_one_line(given.place) or layout.place,
        blocks=layout.blocks,
        notes=notes or [],
    )


def _one_line(words: str | None) -> str | None:
    return " ".join(words.split()) or None if words else None
