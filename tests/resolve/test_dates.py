"""Expressions of time: what each stands for in a report of a given day, and what must never be read as a date."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.model import When
from sayso.resolve.dates import find_dates, publication_date, settle

MONDAY = date(2020, 7, 13)
THURSDAY = date(2024, 2, 29)
SATURDAY = date(2017, 12, 30)

FOUND = [
    # weekdays
    ("A post was shelled on Monday.", MONDAY, "Monday", "2020-07-13", "2020-07-13", "day"),
    ("A post was shelled on Sunday.", MONDAY, "Sunday", "2020-07-12", "2020-07-12", "day"),
    ("A post was shelled on Tuesday.", MONDAY, "Tuesday", "2020-07-07", "2020-07-07", "day"),
    ("Sunday's raid killed two.", MONDAY, "Sunday", "2020-07-12", "2020-07-12", "day"),
    ("The convoy came last Thursday.", MONDAY, "last Thursday", "2020-07-09", "2020-07-09", "day"),
    ("The convoy came last Monday.", MONDAY, "last Monday", "2020-07-06", "2020-07-06", "day"),
    ("The envoy arrives next Tuesday.", MONDAY, "next Tuesday", "2020-07-14", "2020-07-14", "day"),
    ("The envoy arrives next Monday.", MONDAY, "next Monday", "2020-07-20", "2020-07-20", "day"),
    ("The shelling began late on Sunday night.", MONDAY, "late on Sunday night", "2020-07-12", "2020-07-12", "day"),
    ("The shelling began early Monday morning.", MONDAY, "early Monday morning", "2020-07-13", "2020-07-13", "day"),
    ("The camp was hit on Wednesday of last week.", MONDAY, "Wednesday of last week", "2020-07-08", "2020-07-08", "day"),
    ("The truce held since Friday.", MONDAY, "since Friday", "2020-07-10", None, "range"),
    ("Fighting raged from Friday to Sunday.", MONDAY, "Friday to Sunday", "2020-07-10", "2020-07-12", "range"),
    ("Fighting raged between Wednesday and Friday.", MONDAY, "Wednesday and Friday", "2020-07-08", "2020-07-10", "range"),
    ("It was the worst Sunday in the valley.", MONDAY, "Sunday", "2020-07-12", "2020-07-12", "day"),
    # the words for a year beside a month or day, weeks of a month, months joined, the day before the report
    ("A post was shelled in May last year.", MONDAY, "May last year", "2019-05-01", "2019-05-31", "month"),
    ("A post was shelled on 12 March this year.", MONDAY, "12 March this year", "2020-03-12", "2020-03-12", "day"),
    ("A post was shelled in August of last year.", MONDAY, "August of last year", "2019-08-01", "2019-08-31", "month"),
    ("Troops massed in the first week of March 1988.", MONDAY, "the first week of March 1988", "1988-03-01", "1988-03-07", "range"),
    ("Troops massed in the last week of June.", MONDAY, "the last week of June", "2020-06-24", "2020-06-30", "range"),
    ("Shells killed 80 people between January and May.", MONDAY, "January and May", "2020-01-01", "2020-05-31", "range"),
    ("Shells killed two people over the past day.", MONDAY, "over the past day", "2020-07-12", "2020-07-13", "range"),
    # days named from the report's day
    ("The army advanced today.", MONDAY, "today", "2020-07-13", "2020-07-13", "day"),
    # days joined by "and", years of what lasts
    ("Shells fell on Saturday and Sunday.", MONDAY, "Saturday and Sunday", "2020-07-11", "2020-07-12", "range"),
    ("Shells fell on Saturday and on Sunday.", MONDAY, "Saturday and on Sunday", "2020-07-11", "2020-07-12", "range"),
    ("Some 900 people died in ten years of fighting.", MONDAY, "ten years of fighting", "2010-07-13", "2020-07-13", "range"),
    ("Some 900 people died in the 10-year-old civil war.", MONDAY, "10-year-old civil war", "2010-01-01", "2020-07-13", "range"),
    ("Yesterday evening the bridge fell.", MONDAY, "Yesterday evening", "2020-07-12", "2020-07-12", "day"),
    ("The talks open tomorrow.", MONDAY, "tomorrow", "2020-07-14", "2020-07-14", "day"),
    ("A curfew starts tonight.", MONDAY, "tonight", "2020-07-13", "2020-07-13", "day"),
    ("Drones came overnight.", MONDAY, "overnight", "2020-07-12", "2020-07-13", "range"),
    ("Drones came last night.", MONDAY, "last night", "2020-07-12", "2020-07-12", "day"),
    ("Drones came this morning.", MONDAY, "this morning", "2020-07-13", "2020-07-13", "day"),
    ("Drones came earlier in the day.", MONDAY, "earlier in the day", "2020-07-13", "2020-07-13", "day"),
    ("The general left the day before yesterday.", MONDAY, "the day before yesterday", "2020-07-11", "2020-07-11", "day"),
    ("Drones came overnight into Monday.", MONDAY, "overnight into Monday", "2020-07-12", "2020-07-13", "range"),
    ("It happened in the night from Saturday to Sunday.", MONDAY, "night from Saturday to Sunday", "2020-07-11", "2020-07-12", "range"),
    # months and days
    ("The raid of July 12 failed.", MONDAY, "July 12", "2020-07-12", "2020-07-12", "day"),
    ("The raid of 12 July failed.", MONDAY, "12 July", "2020-07-12", "2020-07-12", "day"),
    ("The raid of the 12th of July failed.", MONDAY, "the 12th of July", "2020-07-12", "2020-07-12", "day"),
    ("The raid on July 12th failed.", MONDAY, "July 12th", "2020-07-12", "2020-07-12", "day"),
    ("The raid on Sunday, July 12, failed.", MONDAY, "Sunday, July 12", "2020-07-12", "2020-07-12", "day"),
    ("Sat., July 11: the post fell.", MONDAY, "Sat., July 11", "2020-07-11", "2020-07-11", "day"),
    ("The raid on Dec. 5 failed.", MONDAY, "Dec. 5", "2019-12-05", "2019-12-05", "day"),
    ("The raid on July 18 is in the notice.", MONDAY, "July 18", "2020-07-18", "2020-07-18", "day"),
    ("The raid on July 29 failed.", MONDAY, "July 29", "2019-07-29", "2019-07-29", "day"),
    ("The vote of Sunday, July 26, stands.", MONDAY, "Sunday, July 26", "2020-07-26", "2020-07-26", "day"),
    ("They met on 5 January 2021 in Sochi.", MONDAY, "5 January 2021", "2021-01-05", "2021-01-05", "day"),
    ("They met on April 2nd, 2016, in Terter.", MONDAY, "April 2nd, 2016", "2016-04-02", "2016-04-02", "day"),
    ("The note is of 2020-07-11.", MONDAY, "2020-07-11", "2020-07-11", "2020-07-11", "day"),
    ("The note is of 12.07.2020.", MONDAY, "12.07.2020", "2020-07-12", "2020-07-12", "day"),
    ("The note is of 13/06/2020.", MONDAY, "13/06/2020", "2020-06-13", "2020-06-13", "day"),
    ("The note is of 06/25/2020.", MONDAY, "06/25/2020", "2020-06-25", "2020-06-25", "day"),
    ("The army moved on Feb. 29.", THURSDAY, "Feb. 29", "2024-02-29", "2024-02-29", "day"),
    ("They mourn the victims of the September 11 attacks.", MONDAY, "September 11", "2001-09-11", "2001-09-11", "day"),
    ("Rockets fell on New Year's Eve.", MONDAY, "New Year's Eve", "2019-12-31", "2019-12-31", "day"),
    # ranges of days
    ("They fought on July 12-13.", MONDAY, "July 12-13", "2020-07-12", "2020-07-13", "range"),
    ("They fought on 12–13 July.", MONDAY, "12–13 July", "2020-07-12", "2020-07-13", "range"),
    ("They fought in the night of July 12-13.", MONDAY, "July 12-13", "2020-07-12", "2020-07-13", "range"),
    ("They fought from July 11 to 13.", MONDAY, "July 11 to 13", "2020-07-11", "2020-07-13", "range"),
    ("They fought between 3 and 5 May.", MONDAY, "3 and 5 May", "2020-05-03", "2020-05-05", "range"),
    ("They fought from 30 June to 2 July.", MONDAY, "30 June to 2 July", "2020-06-30", "2020-07-02", "range"),
    ("They fought from July 30 to August 2, 2019.", MONDAY, "July 30 to August 2, 2019", "2019-07-30", "2019-08-02", "range"),
    ("They fought on July 30-August 2.", MONDAY, "July 30-August 2", "2019-07-30", "2019-08-02", "range"),
    ("They fought from December 28, 2019, to January 3.", MONDAY, "December 28, 2019", "2019-12-28", "2019-12-28", "day"),
    ("They fought from December 28, 2019 to January 3.", MONDAY, "December 28, 2019 to January 3", "2019-12-28", "2020-01-03", "range"),
    # months
    ("The war broke out in February 1988.", MONDAY, "February 1988", "1988-02-01", "1988-02-29", "month"),
    ("The offensive began in June.", MONDAY, "June", "2020-06-01", "2020-06-30", "month"),
    ("The offensive began in September.", MONDAY, "September", "2019-09-01", "2019-09-30", "month"),
    ("The offensive began in mid-June.", MONDAY, "mid-June", "2020-06-11", "2020-06-20", "range"),
    ("The offensive began in early June.", MONDAY, "early June", "2020-06-01", "2020-06-10", "range"),
    ("The offensive began in late February.", MONDAY, "late February", "2020-02-21", "2020-02-29", "range"),
    ("The offensive began in March.", MONDAY, "March", "2020-03-01", "2020-03-31", "month"),
    ("In May 20 people were killed.", MONDAY, "May", "2020-05-01", "2020-05-31", "month"),
    ("They have talked since October.", SATURDAY, "since October", "2017-10-01", None, "range"),
    ("A deal was signed last April.", MONDAY, "last April", "2020-04-01", "2020-04-30", "month"),
    ("A deal was signed last July.", MONDAY, "last July", "2019-07-01", "2019-07-31", "month"),
    ("They fought from March to May 2014.", MONDAY, "March to May 2014", "2014-03-01", "2014-05-31", "range"),
    ("Its October offensive failed.", MONDAY, "October", "2019-10-01", "2019-10-31", "month"),
    # years
    ("The truce was signed in 1994.", MONDAY, "1994", "1994-01-01", "1994-12-31", "year"),
    ("They fought in the war of 1992-1994.", MONDAY, "1992-1994", "1992-01-01", "1994-12-31", "range"),
    ("They fought in the war of 1992–94.", MONDAY, "1992–94", "1992-01-01", "1994-12-31", "range"),
    ("They fought from 1992 to 1994.", MONDAY, "1992 to 1994", "1992-01-01", "1994-12-31", "range"),
    ("They fought between 1992 and 1994.", MONDAY, "1992 and 1994", "1992-01-01", "1994-12-31", "range"),
    ("The talks have gone on since 1992.", MONDAY, "since 1992", "1992-01-01", None, "range"),
    ("The 2014 annexation is not recognised.", MONDAY, "2014", "2014-01-01", "2014-12-31", "year"),
    ("The army entered the city in late 2019.", MONDAY, "late 2019", "2019-10-01", "2019-12-31", "range"),
    ("The army left in the first half of 2019.", MONDAY, "the first half of 2019", "2019-01-01", "2019-06-30", "range"),
    ("The dispute began in the 1990s.", MONDAY, "the 1990s", "1990-01-01", "1999-12-31", "range"),
    ("The dispute began in the mid-1990s.", MONDAY, "the mid-1990s", "1994-01-01", "1996-12-31", "range"),
    ("Militants came in the '90s.", MONDAY, "the '90s", "1990-01-01", "1999-12-31", "range"),
    # seasons, weeks, and what rolls
    ("The dam was blown up last summer.", MONDAY, "last summer", "2019-06-01", "2019-08-31", "range"),
    ("The dam was blown up in spring 2014.", MONDAY, "spring 2014", "2014-03-01", "2014-05-31", "range"),
    ("The dam was blown up in the fall of 2016.", MONDAY, "the fall of 2016", "2016-09-01", "2016-11-30", "range"),
    ("The dam was blown up last winter.", MONDAY, "last winter", "2019-12-01", "2020-02-29", "range"),
    ("The posts were hit last week.", MONDAY, "last week", "2020-07-06", "2020-07-12", "week"),
    ("The posts were hit last month.", MONDAY, "last month", "2020-06-01", "2020-06-30", "month"),
    ("The posts were hit last year.", MONDAY, "last year", "2019-01-01", "2019-12-31", "year"),
    ("The posts were hit during the night of 28/29 June.", MONDAY, "28/29 June", "2020-06-28", "2020-06-29", "range"),
    ("The posts were hit at dawn on Friday.", MONDAY, "Friday", "2020-07-10", "2020-07-10", "day"),
    ("The posts were hit this week.", SATURDAY, "this week", "2017-12-25", "2017-12-31", "week"),
    ("The posts were hit earlier this month.", MONDAY, "earlier this month", "2020-07-01", "2020-07-13", "range"),
    ("The posts were hit late last year.", MONDAY, "late last year", "2019-10-01", "2019-12-31", "range"),
    ("The envoys meet next month.", MONDAY, "next month", "2020-08-01", "2020-08-31", "month"),
    ("Monitors counted ten breaches in the week to Sunday.", MONDAY, "the week to Sunday", "2020-07-06", "2020-07-12", "range"),
    ("Ten posts were hit in the 24 hours to 6 a.m. on Thursday.", MONDAY, "the 24 hours to 6 a.m. on Thursday", "2020-07-08", "2020-07-09", "range"),
    ("Nine people died in the three days to 12 July.", MONDAY, "the three days to 12 July", "2020-07-10", "2020-07-12", "range"),
    ("Ten posts were hit in the past 24 hours.", MONDAY, "the past 24 hours", "2020-07-12", "2020-07-13", "range"),
    ("Ten posts were hit in the last three days.", MONDAY, "the last three days", "2020-07-11", "2020-07-13", "range"),
    ("Ten posts were hit over the past two weeks.", MONDAY, "the past two weeks", "2020-06-29", "2020-07-13", "range"),
    ("Ten posts were hit over the past week.", MONDAY, "the past week", "2020-07-06", "2020-07-13", "range"),
    ("Ten posts were hit over the weekend.", MONDAY, "over the weekend", "2020-07-11", "2020-07-12", "range"),
    ("He fled three days ago.", MONDAY, "three days ago", "2020-07-10", "2020-07-10", "day"),
    ("He fled two weeks ago.", MONDAY, "two weeks ago", "2020-06-29", "2020-07-05", "week"),
    ("He fled a month ago.", MONDAY, "a month ago", "2020-06-01", "2020-06-30", "month"),
    ("He fled nearly five years ago.", MONDAY, "nearly five years ago", "2015-01-01", "2015-12-31", "year"),
    ("He fled twenty-five years ago.", MONDAY, "twenty-five years ago", "1995-01-01", "1995-12-31", "year"),
]

NOTHING = [
    "The rebels may attack again.",
    "Troops march on the capital.",
    "MAY DAY CALLS WENT UNANSWERED BY THE CREW",
    "Prime Minister May said the talks would go on.",
    "The party was led by May and her allies.",
    "March on the capital began.",
    "A second man was hurt.",
    "The envoy sat down with both sides.",
    "Sat in a cell, the man waited.",
    "The sun rose over the post.",
    "We wed the two plans, he said.",
    "Some 1,992 people fled.",
    "The alliance sent 2,000 troops.",
    "2020 soldiers were counted.",
    "About 2020 soldiers were counted.",
    "A force of 2000 men was raised.",
    "The aid cost $1992.",
    "The team won 3-2.",
    "The vote ended 20-12.",
    "Resolution 1973 was adopted.",
    "Flight 1990 was delayed.",
    "The truce began at 1900 GMT.",
    "At 4:30 a.m. local time the raid began.",
    "The siege went on for three days.",
    "A three-day truce was offered.",
    "The trip took two weeks.",
    "He is 12 years old.",
    "They meet every Monday.",
    "Patrols go out on Mondays.",
    "The march recalls Bloody Sunday.",
    "He told the Sunday Times of the plan.",
    "He works for Russia Today.",
    "A 122-mm gun was seized.",
    "The fall of Aleppo shook the region.",
    "The spring offensive is feared.",
    "It was July 45.",
    "It was February 30.",
    "The note is of 06/07/2020.",
    "The note is of 2020-13-45.",
    "Version 12.07.20 is out.",
    "Years ago the village had a school.",
    "Many were hurt in recent days.",
    "The convoy made an overnight stop.",
    "The ratio is 12/07.",
    "Call 1992-199455 for help.",
    "The shells came from a 2013-built launcher.",
    "The last week of the siege was the worst.",
    "He has talked for decades.",
    "April Ryan asked a question.",
    "June Smith spoke first.",
    "He paid 1992% more.",
    "The 1st Brigade and the 12th Division moved.",
    "They gained 1994.5 hectares.",
    "A 10-year-old boy was shot.",
    "They spent ten years of their lives there.",
    "Nothing happened.",
    "",
]

AHEAD = [
    ("The envoys will meet on Friday.", "Friday", "2020-07-17", "2020-07-17"),
    ("The envoys will be received in Baku on Friday.", "Friday", "2020-07-17", "2020-07-17"),
    ("On Friday the envoys will meet.", "Friday", "2020-07-17", "2020-07-17"),
    ("The envoys will meet on July 29.", "July 29", "2020-07-29", "2020-07-29"),
    ("The envoys will meet in September.", "September", "2020-09-01", "2020-09-30"),
    ("The envoys will meet at the weekend.", "at the weekend", "2020-07-18", "2020-07-19"),
    ("The envoys will meet this month.", "this month", "2020-07-01", "2020-07-31"),
    ("The envoys will meet on Monday.", "Monday", "2020-07-13", "2020-07-13"),
    ("The withdrawal is to resume on Wednesday.", "Wednesday", "2020-07-15", "2020-07-15"),
    ("The envoys might meet on Friday.", "Friday", "2020-07-17", "2020-07-17"),
    ("The envoys may meet on Friday.", "Friday", "2020-07-17", "2020-07-17"),
    ("The envoys might have met on Friday.", "Friday", "2020-07-10", "2020-07-10"),
    ("The ministry said on Sunday that it will withdraw.", "Sunday", "2020-07-12", "2020-07-12"),
    ("The army, which attacked on July 10, will withdraw.", "July 10", "2020-07-10", "2020-07-10"),
]

RELATIVE = [
    ("A day earlier, the bridge fell.", "A day earlier", "2020-07-09", "2020-07-09", "day"),
    ("The next day, the bridge fell.", "The next day", "2020-07-11", "2020-07-11", "day"),
    ("The following morning the bridge fell.", "The following morning", "2020-07-11", "2020-07-11", "day"),
    ("The previous night the bridge fell.", "The previous night", "2020-07-09", "2020-07-09", "day"),
    ("Two days later the bridge fell.", "Two days later", "2020-07-12", "2020-07-12", "day"),
    ("That day the bridge fell.", "That day", "2020-07-10", "2020-07-10", "day"),
    ("Later that night the bridge fell.", "Later that night", "2020-07-10", "2020-07-10", "day"),
    ("On the same day the bridge fell.", "the same day", "2020-07-10", "2020-07-10", "day"),
    ("Hours later the bridge fell.", "Hours later", "2020-07-10", "2020-07-10", "day"),
    ("In the evening the bridge fell.", "In the evening", "2020-07-10", "2020-07-10", "day"),
    ("The bridge fell at dawn.", "at dawn", "2020-07-10", "2020-07-10", "day"),
    ("The bridge fell two days before.", "two days before", "2020-07-08", "2020-07-08", "day"),
    ("Troops had come the day before to guard it.", "the day before", "2020-07-09", "2020-07-09", "day"),
    ("The bridge fell the day before.", "the day before", "2020-07-09", "2020-07-09", "day"),
    ("Five years later the bridge fell.", "Five years later", "2025-01-01", "2025-12-31", "year"),
    ("Two months earlier the bridge fell.", "Two months earlier", "2020-05-01", "2020-05-31", "month"),
    ("The following Sunday the bridge fell.", "The following Sunday", "2020-07-12", "2020-07-12", "day"),
    ("Since then the bridge has been shut.", "Since then", "2020-07-10", None, "range"),
]


def _day(words: str | None) -> date | None:
    return date.fromisoformat(words) if words else None


@pytest.mark.parametrize(("sentence", "day", "words", "start", "end", "precision"), FOUND)
def test_a_date_is_an_interval_of_days(sentence: str, day: date, words: str, start: str, end: str | None, precision: str) -> None:
    when = find_dates(sentence, day)[0].when

    assert when is not None
    assert (words, _day(start), _day(end), precision) == (when.text, when.start, when.end, when.precision)


@pytest.mark.parametrize("sentence", NOTHING)
def test_what_only_looks_like_a_date_gives_nothing(sentence: str) -> None:
    assert find_dates(sentence, MONDAY) == []


@pytest.mark.parametrize(("sentence", "words", "start", "end"), AHEAD)
def test_where_the_words_look_ahead_a_date_is_to_come(sentence: str, words: str, start: str, end: str) -> None:
    when = find_dates(sentence, MONDAY, future=True)[0].when

    assert when is not None
    assert (words, _day(start), _day(end)) == (when.text, when.start, when.end)


@pytest.mark.parametrize(("sentence", "words", "start", "end", "precision"), RELATIVE)
def test_what_hangs_on_another_date_is_settled_by_it(sentence: str, words: str, start: str, end: str | None, precision: str) -> None:
    (found,) = find_dates(sentence, MONDAY)
    last = When(start=date(2020, 7, 10), end=date(2020, 7, 10), precision="day")
    when = settle(found, last)

    assert found.when is None
    assert when is not None
    assert (words, _day(start), _day(end), precision) == (when.text, when.start, when.end, when.precision)
    assert settle(found, When(start=None, end=date(2020, 7, 10), precision="range")) is None


def test_without_the_reports_day_only_complete_dates_are_found() -> None:
    whole = "On Monday, in May, on June 3, last week and on 12 July 2020, after 1994."

    assert [f.when.text for f in find_dates(whole, None) if f.when] == ["12 July 2020", "1994"]


def test_offsets_are_those_of_the_report() -> None:
    report = "Two posts were hit. The raid on July 12 failed."
    (found,) = find_dates(report[20:], MONDAY, 20)

    assert found.when is not None
    assert "July 12" == report[found.start_char : found.end_char] == found.when.text
    assert found.start_char == found.when.at


def test_a_sentence_may_hold_several_dates() -> None:
    found = find_dates("The ministry said on Sunday that it will withdraw on Friday, 17 July.", MONDAY, future=True)

    assert [f.when.start for f in found if f.when] == [date(2020, 7, 12), date(2020, 7, 17)]


def test_earlier_in_the_day_is_the_day_just_named() -> None:
    found = find_dates("On Sunday the town fell; earlier in the day it was shelled.", MONDAY)

    assert [f.when.start for f in found if f.when] == [date(2020, 7, 12)] * 2


PUBLISHED = [
    ("World July 13, 2020, 19:06", date(2020, 7, 13), "July 13, 2020"),
    ("Monday, 13 July 2020 19:06", date(2020, 7, 13), "Monday, 13 July 2020"),
    ("Mon, 13 Jul 2020 19:06:00 +0400", date(2020, 7, 13), "Mon, 13 Jul 2020"),
    ("2020-07-13T19:06:00Z", date(2020, 7, 13), "2020-07-13"),
    ("13.07.2020 | 19:06", date(2020, 7, 13), "13.07.2020"),
    ("Updated: Jul 13th, 2020", date(2020, 7, 13), "Jul 13th, 2020"),
    ("GENEVA, 13 JULY 2020", date(2020, 7, 13), "13 JULY 2020"),
    ("MOSCOW, July 13.", None, ""),
    ("Published on Monday", None, ""),
    ("06/07/2020", None, ""),
    ("July 2020", None, ""),
    ("12-13 July 2020", None, ""),
    ("30 February 2020", None, ""),
]


@pytest.mark.parametrize(("line", "day", "words"), PUBLISHED)
def test_a_header_line_gives_the_day_of_publication(line: str, day: date | None, words: str) -> None:
    found = publication_date(line)

    assert day == (found[0] if found else None)
    assert words == (line[found[1] : found[2]] if found else "")


def test_the_module_needs_only_the_types() -> None:
    """Intake imports it, so it must not pull in the reader."""
    code = "import sys, sayso.resolve.dates; print(*sorted(m for m in sys.modules if m.startswith('sayso')))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()

    assert {"sayso", "sayso.errors", "sayso.model", "sayso.resolve", "sayso.resolve.dates"} >= set(shown)


_WORDS = st.sampled_from(
    "on in since from to between and the of last next past early mid- late May March 12 31 July Feb. 29 1992 2020 - – , . Monday Sunday night "
    "overnight week years ago later three a couple 24 hours İ ſunday 1990s summer weekend earlier will said -12 9999 0 ٣ every".split()
)


@given(st.lists(_WORDS, max_size=25).map(" ".join) | st.text(max_size=120), st.dates() | st.none(), st.integers(0, 9999), st.booleans())
def test_any_text_is_read_and_every_offset_slices_back(text: str, day: date | None, base: int, future: bool) -> None:
    last = base
    for found in find_dates(text, day, base, future=future):
        assert last <= found.start_char < found.end_char <= base + len(text)
        words = text[found.start_char - base : found.end_char - base]
        if found.when is not None:
            assert words == found.when.text
            assert found.when.start is not None
            assert found.when.end is None or found.when.start <= found.when.end
        else:
            assert found.relative is not None and words == found.relative.text
            settle(found, When(start=day, end=day, precision="day"))
        last = found.end_char
    publication_date(text)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.sampled_from("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()))
def test_a_weekday_lies_within_the_week_that_ends_on_the_reports_day(day: date, weekday: str) -> None:
    (found,) = find_dates(f"It was on {weekday}.", day)

    assert found.when is not None and found.when.start is not None
    assert timedelta(0) <= day - found.when.start < timedelta(days=7)
    assert weekday == found.when.start.strftime("%A")


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_a_full_date_is_itself_whatever_the_reports_day(day: date) -> None:
    for form in (f"{day:%B} {day.day}, {day.year}", f"{day.day} {day:%B} {day.year}", day.isoformat()):
        (found,) = find_dates(f"It was on {form}.", None)

        assert found.when is not None
        assert (day, day, "day") == (found.when.start, found.when.end, found.when.precision)
