"""Days as tables, feeds and archives write them → days as a report has them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from sayso.intake.build import checked_date

_BARE = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?\d{4,6}Z?)?")
_CLOCK = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?")
_ZULU = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?)(?:\.\d+)?Z")


def told(value: object) -> str | None:
    """A day, or a time with its zone, as it is told elsewhere; of a time without its zone the day is kept, None of nothing.

    Raises:
        BadOption: it cannot be told for certain, as 07/08/2020 cannot.

    >>> told("20200713"), told("2020-07-13 19:06:00"), told("Mon, 13 Jul 2020 19:06:00 +0300"), told("2020-07-13T16:06:00.000Z")
    ('2020-07-13', '2020-07-13', '2020-07-13T19:06:00+03:00', '2020-07-13T16:06:00+00:00')
    """
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds") if value.tzinfo is not None else value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    text = " ".join(str(value).split())
    if bare := _BARE.fullmatch(text):
        return checked_date("-".join(bare.groups()))
    if clock := _CLOCK.fullmatch(text):
        return checked_date(clock[1])
    if zulu := _ZULU.fullmatch(text):
        return checked_date(f"{zulu[1]}+00:00")
    if text[:1].isalpha() or re.match(r"\d{1,2} [A-Z][a-z]{2} \d{4}", text):
        try:
            found = parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            found = None
        if found is not None:  # without a zone it is told as UTC by those who follow the rule
            return (found if found.tzinfo else found.replace(tzinfo=UTC)).isoformat()
    return checked_date(text)
