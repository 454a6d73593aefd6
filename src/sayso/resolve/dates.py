"""A sentence and the report's day → the days that its expressions of time stand for.

In: the text of one sentence (English), where it starts in the report, and the day of the report. Out: the expressions in order,
each with its interval of days and how precise it is, or, for "a day earlier", with what must be counted from the last date told.
What it will not do: read clock times, give a date to a duration alone ("for three days"), or guess where a word is also a verb.

What the readings rest on, where the words leave a choice:

- A weekday is the last one on or before the report's day; "last Thursday" lies before that day, "next Tuesday" after it, and where
  the words look ahead ("will meet on Friday") it is the first on or after that day.
- A month and day without a year is the latest that lies no more than a week after the report; looking ahead, the first to come.
- "Overnight" is the night that ends on the report's day: two days, the day before and the day. "Sunday night" is Sunday.
- Weeks run from Monday to Sunday. "Last week" and "this week" are whole ones; "this month" ends on the report's day unless the words look ahead.
- "Early", "mid" and "late" are thirds of a month and, of a year, January to March, May to August, October to December.
- "Since" leaves the end open: `end` is None. Seasons are those of the northern hemisphere.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import Literal, NamedTuple

from sayso.model import When

__all__ = ["Found", "Relative", "find_dates", "publication_date", "settle"]

Precision = Literal["day", "week", "month", "year", "range"]
Unit = Literal["day", "week", "month", "year"]


class Relative(NamedTuple):
    """An expression that is counted from the last date of the narrative: `shift` units on, or the next such `weekday`; `onward` leaves the end open.

    `part` is a part of the day that says nothing beside another date: "at dawn on Monday".
    """

    unit: Unit
    shift: int
    text: str
    onward: bool = False
    weekday: int | None = None
    part: bool = False


class Found(NamedTuple):
    """An expression of time: its characters in the report, and `when` it is or what it is `relative` to."""

    start_char: int
    end_char: int
    when: When | None
    relative: Relative | None = None


class _Partial(NamedTuple):
    """An interval whose year the words leave out: months and days."""

    first: tuple[int, int]
    last: tuple[int, int]
    precision: Precision


class _Interval(NamedTuple):
    """What one expression stands for, before its neighbours are looked at."""

    start: date
    end: date
    precision: Precision
    partial: _Partial | None = None  # the year was not told
    weekday: bool = False
    year_told: bool = False


class _Part(NamedTuple):
    start: int
    end: int
    value: _Interval | _Partial | Relative | None  # None: the words look like a date and are none
    weak: bool = False  # counts only beside a date


class _Context(NamedTuple):
    text: str
    day: date | None
    forward: Callable[[int, int], bool]


_NEAR = timedelta(days=7)
_FAR_AHEAD = timedelta(days=300)
_LOOK_BACK = 32

# --- words -----------------------------------------------------------------------------------------------------------------------

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_MONTH_OF = {form: n for n, name in enumerate(_MONTHS, 1) for form in (name, name[:3])} | {"sept": 9}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY_OF = {form: n for n, name in enumerate(_WEEKDAYS) for form in (name, name[:3])} | {"tues": 1, "thur": 3, "thurs": 3}
_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen",
         "sixteen", "seventeen", "eighteen", "nineteen")  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_NUMBER_OF = {w: n for n, w in enumerate(_ONES, 1)} | {w: 10 * n for n, w in enumerate(_TENS, 2)} | {"a": 1, "an": 1, "couple": 2}
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_HOLIDAYS = {"new year's eve": (12, 31), "new year's day": (1, 1), "christmas eve": (12, 24), "christmas day": (12, 25), "boxing day": (12, 26),
             "may day": (5, 1)}  # fmt: skip
_NAMED_DAYS = {(9, 11): date(2001, 9, 11), (10, 7): date(2023, 10, 7)}
"""Days by which an attack is called years later, as in "the September 11 attacks"."""
_COUNTED = (
    "acres adults barrels buildings bullets casualties cases cattle children civilians combatants deaths demonstrators detainees displaced "
    "dollars drones  employees euros families feet fighters fishermen guards guerrillas gunmen hectares homes hostages hours households houses "
    "hryvnias injured injuries insurgents  kg kilograms kilometers kilometres km kroner lira m members men mercenaries meters metres migrants "
    "miles militants militiamen mines missiles monitors  more observers officers others peacekeepers people per percent personnel police "
    "policemen pounds prisoners protesters rebels recruits refugees reservists residents  rockets roubles rounds rubles rupees sailors servicemen "
    "settlers shekels shells soldiers square strong students tanks tents tonnes tons troops  vehicles victims villagers villages volunteers votes "
    "weapons women workers wounded yards yuan"
)
"""What a four-digit number before it counts."""
_LASTING = "war warfare fighting conflict violence bloodshed hostilities insurgency rebellion uprising revolt struggle strife terrorism unrest"
"""What goes on for years: "six years of fighting" have lasted up to the report."""

# --- pieces of patterns: every repetition is bounded, so that matching is linear in the length of the text ------------------------

_S = r"\s{1,3}"
_DASH = r"\s?[-–—‒]\s?"
_FULL = r"(?:(?i:january|february|april|june|july|august|september|october|november|december)|March|MARCH|May|MAY)(?![^\W_])"
_ABBREVIATED = r"(?:(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|JAN|FEB|MAR|APR|JUN|JUL|AUG|SEPT?|OCT|NOV|DEC)(?![^\W_])\.?)"
_MONTH = rf"(?:{_FULL}|{_ABBREVIATED})"
_WEEKDAY = r"(?i:monday|tuesday|wednesday|thursday|friday|saturday|sunday)(?!\w)"
_BEFORE_DATE = rf"(?:(?P<weekday>{_WEEKDAY}|(?:Mon|Tues?|Wed|Thurs?|Thur|Fri|Sat|Sun)(?!\w)\.?),?{_S})"
_NUMBER = rf"(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?(?!\w|%|[.,:/][0-9]|-(?!{_MONTH})[^\W\d])"
_YEAR = r"(?:1[5-9][0-9]{2}|20[0-9]{2})(?!\w|%|[.,:/-][0-9]|-[^\W\d])"
_ALONE = r"(?<![\w:.,/$€£+#’'-])(?<![\w$€£]\s[-–—])"
_COUNT = (
    r"(?P<n>(?i:[0-9]{1,3}(?![\w.,:]{1,2}[0-9])|(?:" + "|".join(_TENS) + r")(?:[-\s](?:" + "|".join(_ONES[:9]) + r"))?|"
    + "|".join(sorted(_ONES, key=len, reverse=True)) + r"|an?\scouple\sof|couple\sof|an?))"
)  # fmt: skip
_UNIT = r"(?P<unit>(?i:minute|hour|day|week|fortnight|month|year|decade))"
_PART_OF_DAY = r"(?i:morning|afternoon|evening|night|midnight|noon|dawn)"
_PORTION = (
    r"(?P<portion>(?i:(?:early|late|mid)(?:\sin)?(?=[\s-])|(?:the\s)?(?:very\s)?(?:beginning|start|middle|end|close)\sof|"
    r"(?:the\s)?(?:first|second)\shalf\sof|(?:the\s)?(?:first|second|third|fourth|last)\sweek\sof|(?:the\s)?(?:first|second|third|fourth|last)\squarter\sof)(?:[\s-]{1,2}the)?[\s-]{1,2})"
)
_TO = rf"(?:{_DASH}|{_S}(?i:to|through|until|till|and|or){_S})"
_CLOCK = r"(?!\s?(?i:gmt|utc|hrs|hours|h|local|a\.?m|p\.?m|est|cet|msk)\b)"


def _plain(words: str | None) -> str:
    return " ".join((words or "").casefold().replace("’", "'").split()).strip(" .-,")


def _month(words: str) -> int:
    return _MONTH_OF[_plain(words)]


def _ordinal(words: str) -> int:
    return int(words.rstrip("stndrh"))


def _counted(words: str) -> int:
    plain = _plain(words).replace("-", " ")
    if plain.isdecimal():
        return int(plain)
    return 2 if "couple" in plain else sum(_NUMBER_OF[w] for w in plain.split())


# --- intervals -------------------------------------------------------------------------------------------------------------------


def _days(start: date, end: date, *, weekday: bool = False, year_told: bool = False) -> _Interval:
    return _Interval(start, end, "day" if start == end else "range", weekday=weekday, year_told=year_told)


def _week(inside: date) -> _Interval:
    monday = inside - timedelta(days=inside.weekday())
    return _Interval(monday, monday + timedelta(days=6), "week")


def _month_of(year: int, month: int, told: bool = True) -> _Interval:
    return _Interval(date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month", year_told=told)


def _year(year: int) -> _Interval:
    return _Interval(date(year, 1, 1), date(year, 12, 31), "year", year_told=True)


def _shifted(day: date, months: int) -> date:
    """The same day so many months on, or the last of that month where it has no such day."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _unit_of(day: date, unit: str) -> _Interval:
    if unit == "week":
        return _week(day)
    return _month_of(day.year, day.month) if unit == "month" else _year(day.year) if unit == "year" else _days(day, day)


def _moved(day: date, unit: str, shift: int) -> date:
    if unit in {"day", "week", "fortnight"}:
        return day + timedelta(days=shift * {"day": 1, "week": 7, "fortnight": 14}[unit])
    return _shifted(day, shift * {"month": 1, "year": 12, "decade": 120}[unit])


def _portion(words: str, whole: _Interval) -> _Interval:
    """The part of a month, a year or a week that "early", "the end of" or "the first half of" picks."""
    plain = _plain(words).removeprefix("the ").removesuffix(" the").removesuffix(" of").removesuffix(" in").removeprefix("very ")
    first = whole.start
    last_day = whole.end
    edge = plain in {"beginning", "start", "end", "close"}
    which = {"early": 0, "beginning": 0, "start": 0, "mid": 1, "middle": 1, "late": 2, "end": 2, "close": 2}.get(plain)
    if whole.precision == "year":
        if which is not None:
            months = ((1, 1), (6, 7), (12, 12))[which] if edge else ((1, 3), (5, 8), (10, 12))[which]
        elif plain.endswith("half"):
            months = (1, 6) if plain.startswith("first") else (7, 12)
        else:
            quarter = {"first": 0, "second": 1, "third": 2}.get(plain.split()[0], 3)
            months = (3 * quarter + 1, 3 * quarter + 3)
        return _Interval(date(first.year, months[0], 1), _month_of(first.year, months[1]).end, "range", year_told=True)
    size = (last_day - first).days + 1
    if which is not None:
        bounds = ((0, 9), (10, 19), (20, size - 1))[which] if size > 7 else ((0, 2), (2, 4), (3, 6))[which]
    elif plain.endswith("week") and size > 7:
        number = {"first": 0, "second": 1, "third": 2, "fourth": 3}.get(plain.split()[0])
        bounds = (size - 7, size - 1) if number is None else (7 * number, 7 * number + 6)
    elif plain.endswith("half"):
        bounds = (0, 14) if plain.startswith("first") else (15, size - 1)
    else:
        return whole
    return _Interval(first + timedelta(days=bounds[0]), first + timedelta(days=min(bounds[1], size - 1)), "range", year_told=whole.year_told)


def _in_year(partial: _Partial, year: int, told: bool = False) -> _Interval:
    """The partial interval in a year; February 29 of a year without one is an error, the end of a month is cut to its length."""
    month, last = partial.last
    end = date(year + (partial.last < partial.first), month, min(last, monthrange(year + (partial.last < partial.first), month)[1]))
    return _Interval(date(year, *partial.first), end, partial.precision, None if told else partial, year_told=told)


def _nearest(partial: _Partial, day: date | None, forward: bool, weekday: int | None = None) -> _Interval | _Partial | None:
    """The year that the report's day gives to a month and day that have none."""
    if day is None:
        return partial
    candidates = []
    for year in range(day.year - 8 if partial.first == (2, 29) else day.year - 1, day.year + (9 if partial.first == (2, 29) else 2)):
        try:
            candidates.append(_in_year(partial, year))
        except ValueError:
            continue
    named = [c for c in candidates if c.start.weekday() == weekday] if weekday is not None else []
    if len(named) == 1:
        return named[0]
    past = [c for c in candidates if c.start <= day + _NEAR]
    if forward:
        ahead = [c for c in candidates if c.end >= day]
        if ahead and (not past or ahead[0].start - day <= _FAR_AHEAD):
            return ahead[0]
    return past[-1] if past else None


def _weekday(day: date, wanted: int, which: str, forward: bool) -> date:
    back = (day.weekday() - wanted) % 7
    if which in {"last", "past", "this past", "previous"}:
        return day - timedelta(days=back or 7)
    if which in {"next", "coming", "this coming"}:
        return day + timedelta(days=(7 - back) if back else 7)
    if which == "this" or forward:
        return day + timedelta(days=(7 - back) % 7)
    return day - timedelta(days=back)


# --- rules: each takes a match and gives an interval, a part to be completed, or None where the words are no date -------------------

_Rule = Callable[[re.Match[str], _Context], "_Interval | _Partial | Relative | None"]


def _iso(m: re.Match[str], _: _Context) -> _Interval:
    found = date(int(m["y"]), int(m["m"]), int(m["d"]))
    return _days(found, found, year_told=True)


def _numeric(m: re.Match[str], _: _Context) -> _Interval | None:
    first, second, year = int(m["a"]), int(m["b"]), int(m["y"])
    if m["mark"] == "." or first > 12 or first == second:  # points are written day first; strokes both ways
        found = date(year, second, first)
    elif second > 12:
        found = date(year, first, second)
    else:
        return None
    return _days(found, found, year_told=True)


def _follows_plainly(rest: str) -> bool:
    """Whether what follows "July 12 and 13" is no noun that the second number counts."""
    return re.match(r"\s{0,3}(?:$|[^\w\s]|(?:in|at|near|by|of|when|and|on|as|to|between|the|during|after|before|was|were|,)\b)", rest) is not None


def _month_day(m: re.Match[str], c: _Context) -> _Interval | _Partial | None:
    month, first, year = _month(m["month"]), _ordinal(m["d1"]), m["year"]
    last = _ordinal(m["d2"]) if m["d2"] else first
    joined = _plain(m["to"]) if m["d2"] else ""
    if joined in {"and", "or"} and not (_between(c.text, m.start()) or year or _follows_plainly(c.text[m.end() : m.end() + 12])):
        return None
    if m["month_first"] and not year and not m["d2"] and re.search(r"(?i)\bin\s{1,3}$", c.text[max(0, m.start() - 5) : m.start()]):
        return None  # "in May 20 people …": a month, then a number
    if m["month_first"] and year and year.endswith("00") and re.match(rf"\s(?:{_COUNTED_RE})\b", c.text[m.end() : m.end() + 20]):
        return None  # "on July 12, 2000 troops …"
    if last < first:
        return None
    partial = _Partial((month, first), (month, last), "day" if last == first else "range")
    if last > (29 if month == 2 else monthrange(2001, month)[1]):
        return None
    if m["attack"] is not None and not year and partial.precision == "day" and c.day and (named := _NAMED_DAYS.get((month, first))) and named <= c.day:
        return _days(named, named, year_told=True)
    if year:
        return _in_year(partial, int(year), told=True)
    weekday = _WEEKDAY_OF[_plain(m["weekday"])] if m["weekday"] else None
    return _nearest(partial, c.day, c.forward(m.start(), m.end()), weekday)


def _holiday(m: re.Match[str], c: _Context) -> _Interval | _Partial | None:
    day = _HOLIDAYS[_plain(m["name"])]
    partial = _Partial(day, day, "day")
    return _in_year(partial, int(m["year"]), told=True) if m["year"] else _nearest(partial, c.day, c.forward(m.start(), m.end()))


def _month_year(m: re.Match[str], _: _Context) -> _Interval:
    whole = _month_of(int(m["year"]), _month(m["month"]))
    return _portion(m["portion"], whole) if m["portion"] else whole


_NAMEABLE = {"may", "march", "april", "june", "august"}
_MONTH_CUE = re.compile(
    r"(?i)\b(?:in|since|until|till|during|throughout|last|this|next|month\sof|early|late|mid|before|after|through|from|between)[\s-]{1,3}(?:the\s)?$"
)
_LOOSE_CUE = re.compile(r"(?i)\b(?:of|by|for|around|to|and|or|the|a|its|their|his|her|our)[\s-]{1,3}$|['’]s?\s{1,3}$")


_MONTH_BEFORE = re.compile(rf"(?i)\b(?:between|from)\s{{1,3}}{_MONTH}\s(?:to|and|until|through)\s$")


def _month_alone(m: re.Match[str], c: _Context) -> _Interval | _Partial | None:
    """A month without a year or a day, where what stands beside it says that it is one."""
    before = c.text[max(0, m.start() - _LOOK_BACK) : m.start()]
    name = _plain(m["month"])
    after = c.text[m.end() : m.end() + 16]
    cue = m["portion"] or m["which"] or _MONTH_CUE.search(before)
    if cue and not m["portion"] and not m["which"] and name in _NAMEABLE and re.search(r"(?i)\b(?:before|after|through|from|between|this)\s{1,3}$", before):
        cue = re.match(rf"\s(?i:to|and|until|through)\s{{1,3}}(?:(?i:early|late|mid)[\s-])?{_MONTH}", after)
    cue = cue or _MONTH_BEFORE.search(before)
    if not cue:
        if name in {"may", "march"} or not m["month"][0].isupper() or not _LOOSE_CUE.search(before):
            return None
        if re.match(r"\s[A-Z]", after) or (name in _NAMEABLE and not re.match(r"['’]s|\s[a-z]|[,.]?$", after)):
            return None
    elif re.match(r"\s[A-Z][a-z]", after) and name in _NAMEABLE and not m["portion"]:
        return None  # "in May Day clashes", "since April Ryan"
    if c.day is None and m["which"]:
        return None
    month = _month(m["month"])
    partial = _Partial((month, 1), (month, 31 if month != 2 else 29), "month")
    which = _plain(m["which"])
    if which and c.day:
        year = c.day.year
        if which in {"last", "past"}:
            year -= month >= c.day.month
        elif which == "next":
            year += month <= c.day.month
        found: _Interval | _Partial | None = _in_year(partial, year, told=True)
    else:
        found = _nearest(partial, c.day, c.forward(m.start(), m.end()))
    if m["portion"] and isinstance(found, _Interval):
        cut = _portion(m["portion"], found)
        fits = _Partial((month, cut.start.day), (month, cut.end.day), "range")
        return cut._replace(partial=None if found.year_told else fits)
    return found


_COUNTED_RE = "|".join(_COUNTED.split())
_YEAR_CUE = re.compile(r"(?i)\b(?:in|since|until|till|during|throughout|before|between)\s{1,3}(?:the\s(?:year\s)?)?$")
_YEAR_LOOSE_CUE = re.compile(r"(?i)\b(?:of|from|by|after|around|for|year|circa|through)\s{1,3}(?:the\s)?$")
_YEAR_BEFORE_NOUN = re.compile(r"(?i)(?:\b(?:the|an?|its|their|his|her|that|this|our)|['’]s?)\s{1,3}(?:[a-z]{1,12},?\s)?$")


def _year_alone(m: re.Match[str], c: _Context) -> _Interval | None:
    """A year where a preposition, a portion or a noun beside it says that it is one, and no count."""
    value = int(m["year"])
    before, after = c.text[max(0, m.start() - _LOOK_BACK) : m.start()], c.text[m.end() : m.end() + 20]
    counts = re.match(rf"\s(?i:{_COUNTED_RE})\b", after) is not None
    whole = _year(value)
    if m["portion"]:
        return _portion(m["portion"], whole)
    if (value < 1800 or value > (c.day.year + 50 if c.day else 2100)) or re.search(r"[$€£#]\s?$", before):
        return None
    firm = _YEAR_CUE.search(before)
    if counts and not (firm and value > 1900 and value % 100 and re.match(r"(?i)in", firm.group())):
        return None
    if firm or (value % 100 and _YEAR_LOOSE_CUE.search(before)):
        return whole
    beside_noun = value % 100 and _YEAR_BEFORE_NOUN.search(before) and re.match(r"\s[a-zA-Z]", after)
    return whole if beside_noun and not re.search(r"(?i)\b(?:resolution|no|number|flight)\W", before) else None


def _weak_year(m: re.Match[str], c: _Context) -> _Interval | None:
    after = c.text[m.end() : m.end() + 20]
    return None if re.match(rf"\s(?i:{_COUNTED_RE})\b", after) else _year(int(m["year"]))


def _years(m: re.Match[str], c: _Context) -> _Interval | None:
    first = int(m["y1"])
    last = int(m["y2"]) if len(m["y2"]) == 4 else first // 100 * 100 + int(m["y2"])
    if last <= first or last - first > 200 or (re.match(rf"\s(?i:{_COUNTED_RE})\b", c.text[m.end() : m.end() + 20]) and first % 100 == 0):
        return None
    return _Interval(date(first, 1, 1), date(last, 12, 31), "range", year_told=True)


def _decade(m: re.Match[str], _: _Context) -> _Interval:
    first = int(m["decade"]) if len(m["decade"]) == 4 else 1900 + int(m["decade"])
    low, high = {"early": (0, 3), "beginning": (0, 3), "start": (0, 3), "mid": (4, 6), "middle": (4, 6), "late": (7, 9), "end": (7, 9), "close": (7, 9)}.get(
        _plain(m["portion"]).removeprefix("the ").split(" ")[0], (0, 9)
    )
    return _Interval(date(first + low, 1, 1), date(first + high, 12, 31), "range", year_told=True)


def _season_of(name: str, year: int) -> _Interval:
    month = _SEASONS[name]
    return _Interval(date(year, month, 1), _month_of(*((year + 1, 2) if month == 12 else (year, month + 2))).end, "range", year_told=True)


def _season(m: re.Match[str], c: _Context) -> _Interval | None:
    name = _plain(m["season"])
    if m["year"]:
        return _season_of(name, int(m["year"]))
    if c.day is None:
        return None
    seasons = [_season_of(name, year) for year in range(c.day.year - 2, c.day.year + 2)]
    which = _plain(m["which"])
    if which in {"last", "past"}:
        return [s for s in seasons if s.end < c.day][-1]
    if which == "next" or (which in {"this", "the", "coming"} and c.forward(m.start(), m.end())):
        return next(s for s in seasons if (s.start if which == "next" else s.end) > c.day)
    if which == "this":
        day = c.day
        return next((s for s in seasons if s.start <= day <= s.end), min(seasons, key=lambda s: abs((s.start - day).days)))
    return [s for s in seasons if s.start <= c.day][-1]


def _deictic(m: re.Match[str], c: _Context) -> _Interval | None:
    """today, yesterday, tonight, last night, the day before yesterday."""
    words = _plain(m["words"])
    if c.day is None:
        return None
    if words.startswith("overnight"):
        return _days(c.day - timedelta(days=1), c.day)
    if words.startswith("the day before"):
        shift = -2
    elif words.startswith("the day after"):
        shift = 2
    else:
        shift = 1 if "tomorrow" in words else -1 if "yesterday" in words or words == "last night" else 0
    return _days(c.day + timedelta(days=shift), c.day + timedelta(days=shift))


def _in_the(m: re.Match[str], c: _Context) -> _Interval | None:
    """earlier in the day, later in the week."""
    if c.day is None:
        return None
    whole = _unit_of(c.day, _plain(m["unit"]))
    return _days(whole.start, c.day) if _plain(m["side"]) == "earlier" else _days(c.day, whole.end)


def _weekday_alone(m: re.Match[str], c: _Context) -> _Interval | None:
    if c.day is None:
        return None
    wanted = _WEEKDAY_OF[_plain(m["weekday"])]
    week = _plain(m["week"])
    if week:
        shift = {"last": -7, "this": 0, "next": 7}[week]
        found = c.day - timedelta(days=c.day.weekday()) + timedelta(days=wanted + shift)
    else:
        found = _weekday(c.day, wanted, _plain(m["which"]), c.forward(m.start(), m.end()))
    return _days(found, found, weekday=not week)


def _night_into(m: re.Match[str], c: _Context) -> _Interval | None:
    """overnight into Monday, the night from Saturday to Sunday."""
    if c.day is None:
        return None
    last = _weekday(c.day, _WEEKDAY_OF[_plain(m["weekday"])], "", False)
    first = last - timedelta(days=(last.weekday() - _WEEKDAY_OF[_plain(m["first"])]) % 7 if m["first"] else 1)
    return _days(first, last)


def _weekend(m: re.Match[str], c: _Context) -> _Interval | None:
    if c.day is None:
        return None
    which, today = _plain(m["which"]), c.day.weekday()
    forward = which in {"next", "coming", "this coming"} or (which not in {"last", "past", "this past"} and c.forward(m.start(), m.end()))
    saturday = c.day + timedelta(days=5 - today) if today >= 5 or forward else c.day - timedelta(days=today + 2)
    if today >= 5 and which in {"last", "past", "this past"}:
        saturday -= timedelta(days=7)
    elif today >= 5 and which == "next":
        saturday += timedelta(days=7)
    return _days(saturday, saturday + timedelta(days=1))


def _calendar(m: re.Match[str], c: _Context) -> _Interval | Relative | None:
    """last week, this month, late next year, the past week."""
    which, unit, portion = _plain(m["which"]), _plain(m["unit"]), _plain(m["portion"] or m["side"])
    if c.day is None or re.match(r"\s(?:of|in\soffice)\b", c.text[m.end() : m.end() + 12]):
        return None
    if which == "the" and not m["portion"]:
        return None
    if which in {"the last", "the past", "past", "this past"}:
        return _days(_moved(c.day, unit, -1), c.day)
    if unit == "decade":
        first = c.day.year // 10 * 10 + {"last": -10, "next": 10}.get(which, 0)
        return _Interval(date(first, 1, 1), date(first + 9, 12, 31), "range")
    whole = _unit_of(_moved(c.day, unit, {"last": -1, "next": 1, "coming": 1}.get(which, 0)), unit)
    if m["portion"]:
        return _portion(m["portion"], whole)
    if which not in {"this", "current", "the current"}:
        return whole
    if portion == "later":
        return _days(c.day, whole.end)
    if (not portion and (unit == "week" or c.forward(m.start(), m.end()))) or whole.start == c.day:
        return whole
    return _days(whole.start, c.day)


def _rolling(m: re.Match[str], c: _Context) -> _Interval | None:
    """the past 24 hours, the last three days, the next two weeks."""
    if c.day is None:
        return None
    n, unit, ahead = _counted(m["n"]), _plain(m["unit"]), _plain(m["which"]) in {"next", "coming"}
    if unit == "minute" or n == 0:
        return None
    if unit == "hour":
        span = timedelta(days=-(-n // 24))
        return _days(c.day, c.day + span) if ahead else _days(c.day - span, c.day)
    if unit == "day":
        return _days(c.day, c.day + timedelta(days=n)) if ahead else _days(c.day - timedelta(days=n - 1), c.day)
    edge = _moved(c.day, unit, n if ahead else -n)
    return _days(c.day, edge) if ahead else _days(edge, c.day)


def _past_day(_: re.Match[str], c: _Context) -> _Interval | None:
    """over the past day: the 24 hours before the report."""
    return _days(c.day - timedelta(days=1), c.day) if c.day else None


def _ago(m: re.Match[str], c: _Context) -> _Interval | None:
    if c.day is None:
        return None
    n, unit = _counted(m["n"]), _plain(m["unit"])
    if unit == "decade" and _plain(m["about"]) in {"more than", "over"}:
        return None
    if unit in {"minute", "hour"}:
        found = c.day - timedelta(days=n // 24 if unit == "hour" else 0)
        return _days(found, found)
    return _unit_of(_moved(c.day, unit, -n), {"fortnight": "week", "decade": "year"}.get(unit, unit))


def _long(m: re.Match[str], c: _Context) -> _Interval | None:
    """six years of fighting, the 12-year-old conflict: so long, up to the report."""
    if c.day is None:
        return None
    unit = _plain(m["unit"])
    start = _moved(c.day, unit, -_counted(m["n"]))
    return _Interval(_unit_of(start, unit if unit in {"month", "year"} else "day").start if m["old"] else start, c.day, "range")


def _from_now(m: re.Match[str], c: _Context) -> _Interval | None:
    if c.day is None or _plain(m["unit"]) in {"minute", "hour"}:
        return None
    unit = _plain(m["unit"])
    return _unit_of(_moved(c.day, unit, _counted(m["n"])), {"fortnight": "week", "decade": "year"}.get(unit, unit))


_DAY_UNITS = {"night", "morning", "afternoon", "evening", "day"}


def _base_unit(words: str) -> Unit:
    plain = _plain(words)
    return "day" if plain in _DAY_UNITS else "week" if plain == "week" else "month" if plain == "month" else "year"


def _later(m: re.Match[str], _: _Context) -> Relative:
    """a day earlier, five years later, hours later."""
    unit, sign = _plain(m["unit"]), -1 if _plain(m["side"]) in {"earlier", "before", "previously"} else 1
    if unit in {"minute", "hour"}:
        n = _counted(m["n"]) if m["n"] and unit == "hour" else 0
        return Relative("day", sign * (n // 24), m.group())
    n = _counted(m["n"]) * {"fortnight": 2, "decade": 10}.get(unit, 1)
    return Relative("week" if unit == "fortnight" else "year" if unit == "decade" else _base_unit(unit), sign * n, m.group())


def _beside(m: re.Match[str], _: _Context) -> Relative:
    """the next day, the previous night, that month, the following Monday, the day before."""
    which = _plain(m["which"])
    shift = 1 if which in {"next", "following", "after"} else -1 if which in {"previous", "preceding", "before", "prior"} else 0
    words = _plain(m["unit"])
    if words in _WEEKDAYS:
        return Relative("day", shift or 1, m.group(), weekday=_WEEKDAY_OF[words])
    return Relative(_base_unit(words), shift, m.group())


def _part_of_day(m: re.Match[str], _: _Context) -> Relative:
    """in the evening, at dawn: of the day told last."""
    return Relative("day", 0, m.group(), part=True)


def _since_then(m: re.Match[str], _: _Context) -> Relative:
    return Relative("day", 0, m.group(), onward=True)


def _nothing(_: re.Match[str], __: _Context) -> None:
    return None


_DAY_LIST = rf"(?P<d1>{_NUMBER})(?:(?P<to>{_TO})(?P<d2>{_NUMBER}))?"
_RELATIVE_UNIT = r"(?P<unit>(?i:day|night|morning|afternoon|evening|week|month|year))(?!\w)"
_RULES: list[tuple[re.Pattern[str], _Rule, bool]] = [
    (re.compile(pattern), rule, weak)
    for pattern, rule, weak in (
        (r"(?<![\w.:/-])(?P<y>1[5-9][0-9]{2}|20[0-9]{2})(?P<mark>[-/])(?P<m>0[1-9]|1[0-2])(?P=mark)(?P<d>0[1-9]|[12][0-9]|3[01])(?![0-9-])", _iso, False),
        (r"(?<![\w.:/-])(?P<a>[0-9]{1,2})(?P<mark>[./-])(?P<b>[0-9]{1,2})(?P=mark)(?P<y>1[5-9][0-9]{2}|20[0-9]{2})(?!\w|[./-][0-9])", _numeric, False),
        (rf"(?<!\w)(?:{_BEFORE_DATE})?(?P<month_first>(?P<month>{_MONTH}){_S}){_DAY_LIST}"
         rf"(?:,?{_S}(?P<year>{_YEAR}))?(?P<attack>(?=\s(?:terror(?:ist)?\s)?(?:attack|massacre|assault|hijacking|raid)))?", _month_day, False),
        # the month and day of a longer reading that failed: "July 12" of "July 12 and 13 people", of "July 12, 2000 troops"
        (rf"(?<!\w)(?P<weekday>)(?P<month_first>(?P<month>{_MONTH}){_S})(?P<d1>{_NUMBER})(?P<to>)(?P<d2>)(?P<year>)(?P<attack>(?!))?", _month_day, False),
        (rf"(?:(?<!\w){_BEFORE_DATE})?(?:(?<!\w)(?i:the){_S})?{_ALONE}(?P<month_first>){_DAY_LIST}{_S}(?:of{_S})?"
         rf"(?P<month>{_MONTH})(?:,?{_S}(?P<year>{_YEAR}))?(?P<attack>(?=\s(?:terror(?:ist)?\s)?(?:attack|massacre|assault|raid)))?", _month_day, False),
        (rf"{_ALONE}(?P<month_first>)(?P<weekday>)(?P<d1>[0-9]{{1,2}})(?P<to>/)(?P<d2>[0-9]{{1,2}}){_S}(?P<month>{_MONTH})(?:,?{_S}(?P<year>{_YEAR}))?"
         r"(?P<attack>(?!))?", _month_day, False),
        (rf"(?<!\w)(?P<name>New{_S}Year['’]s{_S}(?:Eve|Day)|Christmas{_S}(?:Eve|Day)|Boxing{_S}Day|May{_S}Day)"
         rf"(?!\w)(?:,?{_S}(?:in{_S})?(?P<year>{_YEAR}))?", _holiday, False),
        (rf"(?<!\w)(?:{_PORTION})?(?P<month>{_MONTH})(?:,|{_S}of)?{_S}(?P<year>{_YEAR})", _month_year, False),
        (rf"(?<!\w)(?:{_PORTION})?(?:(?P<which>(?i:last|this|next|past))\s)?(?P<month>{_FULL}|{_ABBREVIATED}(?<=\.))", _month_alone, False),
        (rf"{_ALONE}(?P<y1>1[89][0-9]{{2}}|20[0-9]{{2}}){_DASH}(?P<y2>(?:1[89]|20)?[0-9]{{2}})(?!\w|%|[.,:/-][0-9]|-[^\W\d]){_CLOCK}", _years, False),
        (rf"(?<!\w)(?:{_PORTION}){_YEAR.join(('(?P<year>', ')'))}{_CLOCK}", _year_alone, False),
        (rf"{_ALONE}(?P<portion>)(?P<year>{_YEAR}){_CLOCK}", _year_alone, False),
        (rf"{_ALONE}(?P<portion>)(?P<year>{_YEAR}){_CLOCK}", _weak_year, True),
        (rf"(?<!\w)(?:(?i:the)\s)?(?:{_PORTION})?(?:(?<![\w.,-])|(?<=mid-))(?P<decade>(?:1[5-9]|20)[0-9]0)['’]?s(?!\w)", _decade, False),
        (rf"(?<!\w)(?i:the)\s(?:{_PORTION})?['’]?(?P<decade>[3-9]0)s(?!\w)", _decade, False),
        (rf"(?<!\w)(?:(?P<which>(?i:last|this|next|past|the|coming))\s)?(?P<season>(?i:spring|summer|autumn|fall|winter))(?!\w)"
         rf"(?:,?{_S}(?:of{_S})?(?P<year>{_YEAR}))", _season, False),
        (r"(?<!\w)(?P<which>(?i:last|this|next|past))\s(?P<season>spring|summer|autumn|fall|winter)(?!\w)(?!\s(?:of|offensive)\b)(?P<year>)", _season, False),
        (r"(?<!\w)(?i:in|during|over|throughout)\s(?P<which>the)\s(?P<season>summer|autumn|winter)(?!\w)(?!\sof\b)(?P<year>)", _season, False),
        (rf"(?<!\w)(?P<words>(?i:(?:earlier|later)\s)?(?:today|Today|TODAY|(?i:yesterday|tomorrow))(?:\s{_PART_OF_DAY}(?!\w))?|(?i:tonight|last\snight|overnight|"
         r"this\s(?:morning|afternoon|evening)|the\sday\s(?:before\syesterday|after\stomorrow)))(?!\w)", _deictic, False),
        (r"(?<!\w)(?i:an?\s)?(?i:overnight)\s(?:stop|stay|trip|flight|train|bag|success|curfew|bus|ferry|visit)\b", _nothing, False),
        (r"(?:\b[A-Z][\w.]{1,20}\s)Today(?!\w)", _nothing, False),
        (r"(?<!\w)(?P<side>(?i:earlier|later))\s(?:in|on\sin)\sthe\s(?P<unit>day|week|month|year)(?!\w)", _in_the, False),
        (rf"(?<!\w)(?:(?P<which>(?i:last|next|this\spast|this\scoming|this|past|coming|previous))\s)?(?:(?i:early|late|earlier|later|overnight)\s"
         rf"(?:on\s|this\s|last\s)?)?(?P<weekday>{_WEEKDAY})(?:\s(?i:overnight(?!\w)|{_PART_OF_DAY}(?!\w)))?"
         r"(?:,?\s(?:of\s)?(?P<week>last|this|next)\sweek(?!\w))?", _weekday_alone, False),
        (rf"(?<!\w)(?i:overnight|night)\s(?:(?:of|from|on)\s)?(?:(?P<first>{_WEEKDAY})(?:\snight)?\s?)?(?:(?:to|into|and|in\sto)\s|[-–—]\s?)"
         rf"(?:early\s(?:on\s)?)?(?P<weekday>{_WEEKDAY})", _night_into, False),
        (rf"(?<!\w)(?i:every|each|most|alternate)\s(?:other\s)?{_WEEKDAY}(?:\s{_PART_OF_DAY})?", _nothing, False),
        (rf"(?<!\w)on\san?\s{_WEEKDAY}(?:\s{_PART_OF_DAY})?", _nothing, False),
        (rf"(?<!\w)(?:Black|Good|Bloody|Palm|Easter|Ash|Super|Maundy|Holy|Cyber|Shrove|Whit|Freaky)\s{_WEEKDAY}", _nothing, False),
        (rf"(?<!\w){_WEEKDAY}\s(?:Times|Telegraph|Mirror|Mail|Express|Herald|Post|School|Observer|Review|Night\sLive)(?!\w)", _nothing, False),
        (r"(?<!\w)(?:(?i:at|over|during)\s)?(?:the\s)?(?P<which>(?i:last|next|this\spast|this\scoming|this|past|coming|the))\sweekend(?!\w)", _weekend, False),
        (rf"(?<!\w)(?:(?:{_PORTION})|(?P<side>(?i:earlier|later))\s)?(?P<which>(?i:the\slast|the\spast|the\scurrent|last|this\spast|this|next|past|current|coming))\s"
         r"(?P<unit>(?i:week|month|year|decade))(?!\w)(?!\s(?:before|after|later|earlier)\b)", _calendar, False),
        (rf"(?<!\w){_PORTION}(?P<side>)(?P<which>)(?P<unit>(?i:week|month|year))(?!\w)", _calendar, False),
        (rf"(?<!\w)(?:(?i:the)\s)?(?P<which>(?i:past|last|next|coming))\s{_COUNT}(?:\s|-){_UNIT}s?(?!\w)", _rolling, False),
        (r"(?<!\w)(?i:over|in|during|within|for)\s(?P<which>(?i:the\s(?:past|last|preceding|previous)))\s(?P<unit>day)(?!\w)", _past_day, False),
        (rf"(?<![\w-])(?:(?P<about>(?i:about|around|nearly|almost|roughly|some|more\sthan|over|just|exactly))\s)?{_COUNT}\s{_UNIT}s?\sago(?!\w)", _ago, False),
        (rf"(?<![\w-])(?<!first\s)(?<!next\s)(?<!last\s){_COUNT}(?:-|\s)(?P<unit>(?i:week|month|year|decade))(?:s\sof|(?P<old>s?-old))"
         rf"\s(?:[a-z]{{2,12}}(?:-[a-z]{{2,12}})?\s){{0,2}}(?:{'|'.join(_LASTING.split())})(?!\w)", _long, False),
        (rf"(?<!\w)(?i:in)\s{_COUNT}\s{_UNIT}s?['’]?\stime(?!\w)", _from_now, False),
        (rf"(?<![\w-]){_COUNT}\s{_UNIT}s?\sfrom\snow(?!\w)", _from_now, False),
        (rf"(?<![\w-])(?:(?i:about|around|nearly|almost|some|just)\s)?{_COUNT}\s{_UNIT}s?\s"
         r"(?P<side>(?i:earlier|later|previously|afterwards?|(?:before|after)"
         r"(?=\s{0,3}(?:$|[.,;:!?)”\"]))))(?!\w)(?!\sthan\b)", _later, False),
        (r"(?<!\w)(?:(?i:just)\s)?(?P<n>)(?P<unit>(?i:hour|minute))s\s(?P<side>(?i:earlier|later))(?!\w)", _later, False),
        (rf"(?<!\w)(?:(?i:earlier|later|early|late)\s)?(?i:the|that)\s(?:very\s)?(?P<which>(?i:next|following|previous|preceding|prior|same))\s"
         rf"{_RELATIVE_UNIT}", _beside, False),
        (r"(?<!\w)(?i:the)\s(?P<which>(?i:next|following|previous|preceding))\s"
         r"(?P<unit>(?i:monday|tuesday|wednesday|thursday|friday|saturday|sunday))(?!\w)", _beside, False),
        (rf"(?<!\w)(?:(?i:earlier|later|early|late)\s)?(?i:that)(?P<which>)\s{_RELATIVE_UNIT}(?!['’\s]{{1,2}}(?:old|long)\b)", _beside, False),
        (rf"(?<!\w)(?i:the)\s{_RELATIVE_UNIT}\s(?P<which>(?i:before|after))"
         r"(?=\s{0,3}(?:$|[.,;:!?)”\"]|(?:and|but|in|at|near|on|with|to|for|by|from|when|as|after|over|around|outside)\b))", _beside, False),
        (r"(?<!\w)(?i:in\sthe|by|at|before|after)\s(?:(?i:early|late)\s)?(?P<which>)(?P<unit>(?i:morning|afternoon|evening|nightfall|dawn|dusk|midday|noon|midnight))"
         r"(?!\w)(?!\s(?:of|on|to|between|prayers?)\b)(?!\s(?:[A-Z]|last|today|yesterday|this|next))", _part_of_day, False),
        (r"(?<!\w)(?:(?i:ever)\s)?(?i:since)\sthen(?!\w)", _since_then, False),
    )
]  # fmt: skip

_SINCE = re.compile(r"(?i)(?<!\w)(?:ever\s)?since\s{1,3}(?:(?:at\sleast|around|about|on|as\searly\sas|the)\s{1,3}){0,2}$")
_UP_TO = re.compile(
    rf"(?<!\w)(?:(?i:the)\s)?(?:(?:past|last)\s)?(?:{_COUNT}(?:\s|-))?{_UNIT}s?,?\s(?i:to|until|up\sto|ending|that\sended)\s"
    r"(?:(?:at\s)?(?:[0-9]{1,2}(?:[.:][0-9]{2})?\s?(?i:a\.?m\.?|p\.?m\.?|hours|gmt)?|(?i:noon|midnight|dawn))\s)?(?:(?i:on|early|late)\s)?$"
)
_FROM = re.compile(r"(?i)(?<!\w)(?:from|between)\s{1,3}(?:(?:at\sleast|around|about|the\s(?:night|evening|morning)\sof|the|late|early|on)\s{1,3}){0,2}$")
_JOIN = re.compile(r"(?i)\s{0,3}(?P<to>[-–—‒]|to|until|till|through|and|or|,|and\sin|and\son|to\sthe|until\sthe|and\sthe|and\sthen|up\sto)\s{0,3}")
_CUE = re.compile(
    r"(?i)(?P<future>\b(?:will|shall|would|(?:might|could|should|must|(?-i:may)(?=\s[a-z]))(?!\s(?:not\s)?have))\b(?:\s\w{1,20}ly)?(?:\s(?:not|also|then|be|have))?(?:\s\w{1,20}ly)?(?:\s(?:\w{1,20}e[dn]|held|sent|met|set)\b)?|['’]ll\b"
    r"|\b(?:is|are|was|were)\sto\s(?:be\s)?\w{1,20}|\b(?:is|are|was|were|be)?\s?(?:due|set|scheduled|expected|planned|slated|supposed)\s(?:to|for)(?:\sbe)?(?:\s(?:\w{1,20}ed|held|sent|met)\b)?"
    r"|\b(?:agree[ds]?|plan[s]?|intends?|hopes?|vow(?:s|ed)?|pledged?|promised?|decided|refused|preparing|scheduled|scheduling)\s(?:to|for|on)\s\w{1,20}|\b(?:planned|scheduled|due|expected)\b)"
    r"|(?P<past>\b(?:said|says|told|was|were|had|did|saw|met|held|fought|fell|took|began|shot|sent|spoke|struck|left|came|went|made|gave|broke|lost|won|hit|hurt|led"
    r"|stole|seized|drove|threw|wrote|rose|grew|quit|flew|set\soff|put|cut|sank|stood|ran|became|brought|blew|built|\w{2,20}ed)\b)"
)


def _between(text: str, start: int) -> bool:
    return re.search(r"(?i)(?<!\w)between\s{1,3}$", text[max(0, start - 12) : start]) is not None


def _looks_ahead(text: str, future: bool) -> Callable[[int, int], bool]:
    """Whether the words beside an expression speak of what is to come: the nearest verb before it, else the first after it.

    "The ministry said on Sunday that it will withdraw on Friday": Sunday is said, Friday is to come.
    """
    cues: list[tuple[int, int, bool]] | None = None

    def ahead(start: int, end: int) -> bool:
        nonlocal cues
        if cues is None:
            cues = [(m.start(), m.end(), m["future"] is not None) for m in _CUE.finditer(text)]
        before = [c for c in cues if c[1] <= start]
        if before:
            return before[-1][2]
        after = [c for c in cues if c[0] >= end] if future else []
        return after[0][2] if after else future

    return ahead


_SAME_LENGTH = str.maketrans({"İ": "I", "ı": "i", "ſ": "s", "K": "K"})
"""Letters that match i, s and k where case is ignored, and are not theirs when folded."""


_HINT = re.compile(
    r"(?i)[0-9]|days?\b|night|week|month|year|decade|centur|hour|minute|moment|ago\b|then\b|morning|noon|evening|dawn|dusk|eve\b|tomorrow"
    r"|spring|summer|autumn|fall\b|winter|jan|feb|mar|apr|may\b|june?\b|july?\b|aug|sep|oct|nov|dec"
)
"""What every expression of time has in it; half of all sentences have none, and no rule need look at them."""


def _parts(text: str, day: date | None, future: bool) -> list[_Part]:
    """The expressions in the order of the text; of two that overlap the one that starts first, then the longer."""
    if _HINT.search(text) is None:
        return []
    context = _Context(text, day, _looks_ahead(text, future))
    drafts: list[tuple[int, int, int, _Part]] = []
    for order, (pattern, rule, weak) in enumerate(_RULES):
        for m in pattern.finditer(text):
            try:
                value = rule(m, context)
            except (ValueError, OverflowError, IndexError, StopIteration):  # no such day, or none that a calendar holds
                continue
            if value is not None or rule is _nothing:
                drafts.append((m.start(), -m.end(), order, _Part(m.start(), m.end(), value, weak)))
    parts: list[_Part] = []
    for _, _, _, part in sorted(drafts, key=lambda d: d[:3]):
        if not parts or part.start >= parts[-1].end:
            parts.append(part)
        elif parts[-1].weak and not part.weak:
            parts[-1] = part
    return parts


def _told(part: _Part) -> _Interval | None:
    return part.value if isinstance(part.value, _Interval) else None


def _partial_of(part: _Part) -> _Partial | None:
    return part.value if isinstance(part.value, _Partial) else part.value.partial if isinstance(part.value, _Interval) else None


def _with_year(text: str, parts: list[_Part], day: date | None) -> list[_Part]:
    """ "in May last year", "on 12 March this year": the words for a year say which year a date beside them is of."""
    kept: list[_Part] = []
    for part in parts:
        words = text[part.start : part.end].casefold()
        partial = _partial_of(kept[-1]) if kept else None
        if day and partial and words in {"last year", "this year", "next year"}:
            gap = text[kept[-1].end : part.start].strip(" ,").casefold()
            if gap in {"", "of", "in"} and part.start - kept[-1].end < 6:
                year = day.year + {"last": -1, "this": 0, "next": 1}[words.split()[0]]
                kept[-1] = _Part(kept[-1].start, part.end, _in_year(partial, year, told=True))
                continue
        kept.append(part)
    return kept


def _share_years(text: str, parts: list[_Part]) -> list[_Part]:
    """ "From March to May 2014": a date without a year takes that of the one that it is joined to; weak parts that are not joined go."""
    kept: list[_Part] = []
    for part in parts:
        before = kept[-1] if kept else None
        joined = before is not None and _JOIN.fullmatch(text, before.end, part.start) is not None
        if part.weak and not (joined and before is not None and (value := _told(before)) and value.precision in {"year", "month", "range"} and value.year_told):
            continue
        kept.append(part)
        if not joined or before is None:
            continue
        earlier, later = _partial_of(before), _partial_of(part)
        try:
            if earlier and not later and (value := _told(part)) and value.year_told and value.precision in {"day", "month", "range"} and not part.weak:
                year = value.start.year
                kept[-2] = before._replace(value=_in_year(earlier, year - (earlier.first > (value.start.month, value.start.day)), told=True))
            elif later and not earlier and (value := _told(before)) and value.year_told and value.precision in {"day", "month", "range"}:
                year = value.start.year
                kept[-1] = part._replace(value=_in_year(later, year + (later.last < (value.start.month, value.start.day)), told=True))
        except ValueError:
            continue
    return kept


def _joined(text: str, first: _Part, second: _Part) -> _Part | None:
    """One range from two dates, where "from … to", "between … and", or a dash makes them one."""
    a, b = _told(first), _told(second)
    link = _JOIN.fullmatch(text, first.end, second.start)
    if a is None or b is None or link is None:
        return None
    word = link["to"].casefold().split()[0]
    opened = _FROM.search(text[max(0, first.start - _LOOK_BACK) : first.start])
    between = opened is not None and opened.group().casefold().startswith("between")
    if between or word in {"and", "or", ","}:
        days = word == "and" and a.weekday and b.weekday and (b.start - a.start).days % 7 == 1  # "on Monday and Tuesday"
        fits = (between and word == "and") or days
    else:
        fits = opened is not None or word in {"-", "–", "—", "‒", "to", "through"}
    if not fits:
        return None
    start, end = a.start, b.end
    if start > end and a.weekday:
        start -= timedelta(days=7)
    elif start > end and a.partial:
        start = _in_year(a.partial, start.year - 1).start
    if start > end:
        return None
    return _Part(first.start, second.end, _days(start, end, year_told=a.year_told and b.year_told))


def find_dates(text: str, day: date | None, base: int = 0, *, future: bool = False) -> list[Found]:
    """The expressions of time in one sentence that starts at character `base` of a report of `day`, in order, none overlapping.

    Offsets are those of the report, `base` included. Without a report's day only dates that are complete in themselves, and those
    that hang on another, are found. `future` says that the sentence speaks of what is to come; the verb nearest to a date decides.

    >>> [(f.when.text, str(f.when.start), f.when.precision) for f in find_dates("It began on Sunday night.", date(2020, 7, 13))]
    [('Sunday night', '2020-07-12', 'day')]
    >>> find_dates("Troops may march on for three days.", date(2020, 7, 13))
    []
    """
    plain = text.translate(_SAME_LENGTH)
    parts = _share_years(plain, _with_year(plain, _parts(plain, day, future), day))
    merged: list[_Part] = []
    for part in parts:
        if merged and (range_ := _attempt(plain, merged[-1], part)):
            merged[-1] = range_
        else:
            merged.append(part)
    found: list[Found] = []
    last_day: date | None = None
    for part in merged:
        value = part.value
        if isinstance(value, Relative) and value.part and len(merged) > 1:
            continue
        if isinstance(value, Relative):
            words = text[part.start : part.end]
            found.append(Found(base + part.start, base + part.end, None, value._replace(text=words)))
        elif isinstance(value, _Interval):
            start, end = part.start, value.end
            counted = _UP_TO.search(plain, max(0, part.start - _LOOK_BACK), part.start) if value.precision == "day" else None
            if counted is not None and (long := _up_to(counted, value.start)) is not None:
                value, end, start = long, long.end, counted.start()
                while found and found[-1].end_char > base + start:  # "the past 24 hours to Thursday"
                    found.pop()
            since = _SINCE.search(plain, max(0, part.start - _LOOK_BACK), part.start)
            open_ = since is not None and (day is None or value.start <= day)
            if since is not None and open_:
                start = since.start()
            if last_day and value.precision == "day" and re.match(r"(?i)(?:earlier|later) in the day", plain[start : part.end]):
                value, end = value._replace(start=last_day, end=last_day), last_day
            precision: Precision = "range" if open_ else value.precision
            when = When(start=value.start, end=None if open_ else end, precision=precision, text=text[start : part.end], at=base + start)
            found.append(Found(base + start, base + part.end, when))
            if when.precision == "day":
                last_day = when.start
    return found


def _up_to(m: re.Match[str], last: date) -> _Interval | None:
    """the week to Sunday, the 24 hours to 6 a.m. on Thursday: so long, ending on that day; None where it would be that day alone."""
    n, unit = _counted(m["n"]) if m["n"] else 1, _plain(m["unit"])
    if unit == "hour":
        first = last - timedelta(days=-(-n // 24))
    elif unit in {"day", "week", "fortnight"}:
        first = last - timedelta(days=n * {"day": 1, "week": 7, "fortnight": 14}[unit] - 1)
    elif unit in {"month", "year"}:
        first = _moved(last, unit, -n)
    else:
        return None
    return _days(first, last) if first < last else None


def _attempt(text: str, first: _Part, second: _Part) -> _Part | None:
    try:
        return _joined(text, first, second)
    except (ValueError, OverflowError):
        return None


def settle(found: Found, last: When) -> When | None:
    """When a relative expression is, counted from the last date of the narrative; None where that has no start or no calendar reaches it.

    >>> (later,) = find_dates("Two days later the town fell.", None, 40)
    >>> str(settle(later, When(start=date(2020, 7, 12), end=date(2020, 7, 12), precision="day")).start)
    '2020-07-14'
    """
    relative = found.relative
    if relative is None or last.start is None:
        return found.when
    try:
        if relative.onward:
            return When(start=last.start, end=None, precision="range", text=relative.text, at=found.start_char)
        from_ = last.end if last.end is not None and relative.shift > 0 and relative.unit == "day" else last.start
        if relative.weekday is not None:
            which = "next" if relative.shift > 0 else "last"
            whole = _days(*2 * (_weekday(from_, relative.weekday, which, False),))
        else:
            whole = _unit_of(_moved(from_, relative.unit, relative.shift), relative.unit)
    except (ValueError, OverflowError):
        return None
    return When(start=whole.start, end=whole.end, precision=whole.precision, text=relative.text, at=found.start_char)


_FULL_DATES: list[tuple[re.Pattern[str], _Rule]] = [(_RULES[k][0], _RULES[k][1]) for k in (0, 1, 2, 4)]


def publication_date(text: str) -> tuple[date, int, int] | None:
    """The first complete date in a header line, with its characters (a weekday before it included, a clock time after it not).

    >>> publication_date("World July 13, 2020, 19:06")
    (datetime.date(2020, 7, 13), 6, 19)
    >>> publication_date("Published on July 13") is None
    True
    """
    plain = text.translate(_SAME_LENGTH)
    context = _Context(plain, None, lambda _, __: False)
    found: list[tuple[int, int, date]] = []
    for pattern, rule in _FULL_DATES:
        for m in pattern.finditer(plain):
            try:
                value = rule(m, context)
            except (ValueError, OverflowError):
                continue
            if isinstance(value, _Interval) and value.precision == "day":
                found.append((m.start(), -m.end(), value.start))
    if not found:
        return None
    start, end, day = min(found)
    return day, start, -end
