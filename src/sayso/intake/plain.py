"""Plain text → blocks: headline, section line, lead, dateline, byline, paragraphs, and boilerplate that is not to be read.

In: the untouched decoded text of one report. Out: blocks as offsets into it, in order, with what headline, dateline and date lines say
(title, place, agency, day). It reads no sentence: a line is told by its place, its length, its punctuation and its first or last words,
and what is in doubt is a paragraph, so that nothing stated goes unread.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from sayso.intake.datelines import DATE, DAYS, MONTHS, Dateline, find_dateline, lone_dateline
from sayso.intake.encodings import MAX_RUN
from sayso.intake.furniture import agency, furniture, slug
from sayso.model import Block, BlockKind
from sayso.resolve.dates import publication_date

HEADLINE = 220
"""Characters of the longest headline."""
LEAD = 450
"""Characters of the longest lead."""
WIDEST = 120
"""Characters of the longest line of text that is wrapped by hand; longer lines are paragraphs of their own."""

_LINE = re.compile(r"([^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]*)(\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]|\Z)")
_BLANK = " \t\u00a0\u1680\u2000-\u200b\u2060\u202f\u205f\u3000\ufeff\u00ad\x1f"
_INNER = re.compile(rf"[{_BLANK}]*([^{_BLANK}](?:.*[^{_BLANK}])?)[{_BLANK}]*", re.S)
_FINAL = re.compile(r"[.!?…:;][\"”’'»)\]]*\Z|[.!?…,]?[\"”»]\Z")
_STOPPED = re.compile(r"(?<![A-Z]\.[A-Z])(?<!\b[A-Z])[.;,:](?<!\.\.\.)[\"”’'»)]*\Z|,[\"”’']")
_INNER_STOP = re.compile(r"[a-z)\"”]{2}\. [A-Z\"“]")
_BULLET = re.compile(r"(?:[•●▪‣◦∙·*–—-]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]|\(?[A-Z]\))[ \t\u00a0]+(?=\S)")
_BY = re.compile(r"(?:[Bb]y|BY)\s+(?P<names>\S.*)\Z", re.S)
_NAME_PART = re.compile(r"(?:[^\W\d_][\w.'’-]*|de|van|von|al|bin|der|la|di|el|and|in|for|at|of|the|y)")
_CLOCK = re.compile(
    rf"\b\d{{1,2}}[:.]\d\d(?:[:.]\d\d)?(?:\s?[ap]\.?m\b\.?)?|\b\d{{1,2}}\s?[ap]\.?m\b\.?|\b(?:GMT|UTC|BST|EST|EDT|CET|CEST|MSK|IST|EET|EEST|PST|PDT|ET|PT)\b(?:\s?[+-]\d+(?::\d\d)?)?|{DAYS}"
    r"|\bno[.:]\s?(?=\d)|\b(?:published|posted|updated|modified|last|first|on|at|date|dated|release|released|issued|local time|time|min(?:ute)?s? read|"
    r"\d+ \w+ ago)\b",
    re.I,
)
_LAST_DATE = re.compile(rf"[(,|–—-]\s*(?P<day>{DATE.pattern})[\s)\].]*\Z", re.I)
_DATED = re.compile(
    r"\b(?:(?:communiqu[ée]|statement|declaration|briefing|bulletin|letter|press release|report|note)\s+(?:of|dated)|"
    rf"(?:issued|released|published|dated|adopted)(?:\s+on)?)\s+(?P<day>{DATE.pattern})[\s)\].]*\Z",
    re.I,
)
"""The day of a document at the end of its headline: "joint communiqué of 3 October 2016"."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_RUN = re.compile(rf"(?<![\w.+/=-])[\w.+/=-]{{{MAX_RUN + 1},}}")


class Layout(NamedTuple):
    """The blocks of a text, and what its own lines say of it."""

    blocks: list[Block]
    title: str | None
    publisher: str | None
    place: str | None
    published: date | None


class _Line(NamedTuple):
    start: int
    end: int
    gap: bool  # a blank line, or nothing, stands before it
    indent: int


class _Unit:
    """A stretch of lines that belong together, and what it is as far as known."""

    def __init__(self, start: int, end: int, gap: bool, kind: BlockKind | None) -> None:
        self.start, self.end, self.gap, self.kind = start, end, gap, kind
        self.rest = False  # a heading such as "Related articles": short lines under it are not read either


def lay_out(text: str, title: str | None = None) -> Layout:
    """The blocks of a report's text.

    Args:
        title: the headline, where it is known; the first lines are searched for it.
    """
    return _Layer(text, title).lay_out()


class _Layer:
    def __init__(self, text: str, title: str | None) -> None:
        self.text = text
        self.title = title
        self.units = self._units(_lines(text))
        self.dateline: Dateline | None = None
        self.publisher: str | None = None

    def words(self, unit: _Unit) -> str:
        return self.text[unit.start : unit.end]

    # lines → units

    def _units(self, lines: list[_Line]) -> list[_Unit]:
        texts = [self.text[line.start : line.end] for line in lines]
        wrapped = _wrap_width(lines, texts)
        units: list[_Unit] = []
        for number, (line, words) in enumerate(zip(lines, texts, strict=True)):
            kind, rest = self._kind(words)
            last = units[-1] if units else None
            # "… since" / "1994.": the end of a sentence that was wrapped is no line of its own, whatever it looks like.
            if kind and last and last.kind is None and not line.gap and not words[0].isupper() and not _FINAL.search(texts[number - 1]):
                kind = None if self._joins(lines, texts, number, wrapped) else kind
            if last and not line.gap and kind is None and last.kind is None and self._joins(lines, texts, number, wrapped):
                last.end = line.end
                continue
            start = line.start
            if kind is None and (bullet := _BULLET.match(words)) and (bullet.end() < len(words)):
                start += bullet.end()
            units.append(_Unit(start, line.end, line.gap, kind))
            units[-1].rest = rest
        for before, unit in pairwise(units):
            if before.rest and unit.kind is None and self._like_headline(unit):
                unit.kind, unit.rest = BlockKind.BOILERPLATE, True
        return units

    def _joins(self, lines: list[_Line], texts: list[str], number: int, wrapped: float) -> bool:
        """Whether a line goes on where the one before it broke off."""
        before, words = texts[number - 1], texts[number]
        if _BULLET.match(words) and (_FINAL.search(before) or _BULLET.match(before)):
            return False
        if find_dateline(self.text, lines[number].start, lines[number].end, first=False):
            return False
        closed = _FINAL.search(before) is not None
        if words[0].islower() and not closed:
            return True
        if not wrapped or len(before) > WIDEST:
            return False
        if closed and lines[number].indent > lines[number - 1].indent + 1:
            return False
        first_word = len(words.split(maxsplit=1)[0])
        return len(before) + 1 + first_word > wrapped * (1.0 if closed else 0.85)

    def _kind(self, words: str) -> tuple[BlockKind | None, bool]:
        """What a line is by itself, None for text; and whether short lines under it go with it."""
        if not any(c.isalpha() for c in words) and not DATE.search(words):
            return BlockKind.BOILERPLATE, False
        if _RUN.search(words):  # a picture or a key in letters, say
            return BlockKind.BOILERPLATE, False
        if len(words) > 300:
            return None, False
        found = furniture(words, "boilerplate", "rest", "byline")
        if found:
            return (BlockKind.BYLINE if found.kind == "byline" else BlockKind.BOILERPLATE), found.kind == "rest"
        if _BY.match(words) and DATE.search(words) and self._is_byline(words):
            return BlockKind.BYLINE, False
        if self._is_date_line(words):
            return BlockKind.SECTION, False
        if lone_dateline(words):
            return BlockKind.DATELINE, False
        return None, False

    def _is_date_line(self, words: str) -> bool:
        """Whether the line is a date with no more than a section, an agency and the time beside it."""
        if len(words) > 110 or not (found := DATE.search(words)) or (words.endswith(".") and not words.endswith("m.")):
            return False
        others = words[: found.start()] + " " + words[found.end() :]
        others = DATE.sub(" ", _CLOCK.sub(" ", others))
        rest = re.findall(r"[^\W_]+", others)
        if not rest or (len(rest) == 1 and rest[0].isdigit()):
            return True
        if lone_dateline(words):
            return False
        names = [p for p in re.split(r"\s*[|/,•·>›:–—()-]+\s*", others.strip()) if p.strip(" .")]
        if all(agency(p.strip(" .")) or furniture(p, "section") or p.strip(" .").isdigit() for p in names):
            return True
        return len(rest) <= 3 and re.search(r"[|•·]", words) is not None and all(w[0].isupper() or w[0].isdigit() for w in rest)

    # units → blocks

    def lay_out(self) -> Layout:
        units = self.units
        self._above([k for k, unit in enumerate(units) if unit.kind is None])
        plain = [k for k, unit in enumerate(units) if unit.kind is None]
        headline = self._headline(plain)
        if headline is not None:
            units[headline].kind = BlockKind.HEADLINE
        self._header(headline)
        datelines = self._datelines(headline)
        for k in [k for k in range(len(units)) if k not in datelines and units[k].kind is None]:
            units[k].kind = BlockKind.PARAGRAPH
        self._tail()
        blocks: list[Block] = []
        found_title = None
        for k, unit in enumerate(units):
            start = unit.start
            if k in datelines:
                end = datelines[k].end
                stop = start + len(self.text[start:end].rstrip())
                blocks.append(Block(kind=BlockKind.DATELINE, start=start, end=stop))
                if end < unit.end:
                    blocks.append(Block(kind=BlockKind.PARAGRAPH, start=end, end=unit.end))
                continue
            if unit.kind is BlockKind.HEADLINE:
                label = slug(self.text[start : unit.end])
                if label:
                    blocks.append(Block(kind=BlockKind.BOILERPLATE, start=start, end=start + len(self.text[start : start + label].rstrip())))
                    start += label
                found_title = " ".join(self.text[start : unit.end].split())
            blocks.append(Block(kind=unit.kind or BlockKind.PARAGRAPH, start=start, end=unit.end))
        return Layout(blocks, found_title, self._agency(), self.dateline.place if self.dateline else None, self._day())

    def _above(self, plain: list[int]) -> None:
        """Lines of section, letterhead or issue above the headline, and a section line right above a date line."""
        units = self.units
        for place, k in enumerate(plain[:4]):
            words = self.words(units[k])
            if self.title and is_title(words[: 2 * HEADLINE], self.title):
                return
            dated = k + 1 < len(units) and units[k + 1].kind is BlockKind.SECTION and DATE.search(self.words(units[k + 1])) is not None
            headed = place > 0 or (len(plain) > 2 and self._like_headline(units[plain[1]]))
            label = headed and self._like_headline(units[k]) and len(re.findall(r"[^\W_]+", words)) <= 2  # "Panorama", "MILITARY & DEFENSE"
            if dated and len(plain) > 1 and (label or _is_section(words)):
                units[k].kind = BlockKind.SECTION
        plain = [k for k in plain if units[k].kind is None]
        while len(plain) > 2 and self._heads_the_sheet(units[plain[0]], units[plain[1]]):
            units[plain.pop(0)].kind = BlockKind.SECTION

    def _heads_the_sheet(self, unit: _Unit, below: _Unit) -> bool:
        """Whether a first line names the sheet, the office or the issue, and the one below it is the headline."""
        words, following = self.words(unit), self.words(below)
        if not self._like_headline(unit) or not self._like_headline(below) or find_dateline(self.text, below.start, below.end, first=True):
            return False
        if _is_letterhead(words):
            return True
        if (" / " in words or "›" in words or "»" in words) and _is_section(words):
            return True
        found = DATE.search(words)  # "Weekend magazine, 5 November 2022"
        issue = found is not None and found["year"] is not None and found.end() == len(words) and 0 < len(words[: found.start()].split()) <= 4
        return issue and re.search(r"[,|•·–—-]\s*\Z", words[: found.start()]) is not None and not DATE.search(following) if found else False

    def _headline(self, plain: list[int]) -> int | None:
        """Which unit is the headline: the title where it is known and stands there, else the first text if it looks like one."""
        if self.title:
            for k in plain[:4]:
                if is_title(self.words(self.units[k])[: 2 * HEADLINE], self.title):
                    return k
        if len(plain) < 2:
            return None
        first, second = self.units[plain[0]], self.units[plain[1]]
        sections = []
        while furniture(self.words(first), "section") and len(plain) > 2:  # "World" over the headline
            sections.append(first)
            plain = plain[1:]
            first, second = self.units[plain[0]], self.units[plain[1]]
        if not self._like_headline(first) or find_dateline(self.text, first.start, first.end, first=False):
            return None
        # What follows a headline is set apart from it, or is text that plainly is no headline; one line of summary may stand between.
        below = self.units[plain[0] + 1]
        if not (below.gap or below.kind or not self._like_headline(second)):
            third = self.units[plain[2]] if len(plain) > 2 else None
            if third is None or not third.gap or self._like_headline(third):
                return None
        for unit in sections:
            unit.kind = BlockKind.SECTION
        return plain[0]

    def _like_headline(self, unit: _Unit) -> bool:
        words = self.words(unit)
        if len(words) > HEADLINE or not any(c.isalpha() for c in words) or words[0].islower():
            return False
        return not _STOPPED.search(words) and not (len(words) > 100 and _INNER_STOP.search(words))

    def _header(self, headline: int | None) -> None:
        """Bylines, and lines of section or agency alone, near the headline."""
        units = self.units
        top = [k for k, u in enumerate(units) if u.kind is None or u.kind is BlockKind.HEADLINE][:4]
        for k in top:
            unit = units[k]
            if unit.kind is None and len([u for u in units if u.kind is None]) > 1:
                words = self.words(unit)
                if self._is_byline(words):
                    unit.kind = BlockKind.BYLINE
                elif (headline is not None or k == 0) and furniture(words, "section"):
                    unit.kind = BlockKind.SECTION

    def _is_byline(self, words: str) -> bool:
        if len(words) > 140:
            return False
        words = words.rstrip(" :")
        if agency(words.strip("()[]. ")):
            return True
        found = _BY.match(words)
        if found is None:
            parts = [p.strip() for p in re.split(r",|\||–|—|/", words) if p.strip()]
            return len(parts) == 2 and agency(parts[1]) is not None and _few_names(parts[0])
        names = re.split(r"\s+\||\s*,\s*|\s+–\s+|\s+-\s+|\s*/\s*|\n|\s+and\s+|\s+for\s+|\s+in\s+|\s+at\s+(?:the\s+)?", found["names"])
        names = [re.split(rf"{DAYS}|{MONTHS}|\d", n, maxsplit=1, flags=re.I)[0].strip() for n in names]
        if not names[0] or re.match(DAYS + r"\s|" + DAYS + r"\Z", found["names"], re.I) or re.match(MONTHS, found["names"], re.I):
            return False
        return (len(names[0].split()) <= 4 or bool(DATE.search(words))) and all(_few_names(n) for n in names if n) and not words.endswith(('."', ".”", "?"))

    def _datelines(self, headline: int | None) -> dict[int, Dateline]:
        """The datelines, by unit; what stands between headline and dateline is a lead."""
        units = self.units
        body = [k for k, unit in enumerate(units) if unit.kind is None]
        found: dict[int, Dateline] = {}
        opening: int | None = None
        for place, k in enumerate(body[:4]):
            line = find_dateline(self.text, units[k].start, units[k].end, first=place == 0 or (headline is not None and place < 3))
            if line and (place == 0 or line.agency or line.day or self.text[units[k].start : line.end].isupper()):
                found[k], opening = line, place
                break
        if opening and (headline is not None or found[body[opening]].agency) and all(units[k].end - units[k].start <= LEAD for k in body[:opening]):
            for k in body[:opening]:
                units[k].kind = BlockKind.LEAD
        elif headline is not None and len(body) > 1 and opening is None:
            second = body[1]
            between = units[body[0] + 1 : second]
            summary = units[body[0]].end - units[body[0]].start <= LEAD and body[0] > headline
            if summary and any(u.kind in {BlockKind.BYLINE, BlockKind.SECTION} for u in between) and self._nothing_between(headline, body[0]):
                units[body[0]].kind = BlockKind.LEAD
        for k in body[(opening or 0) + 1 :] if opening is not None else body:
            if k not in found and units[k].kind is None and (line := find_dateline(self.text, units[k].start, units[k].end, first=False)):
                found[k] = line
        if found:
            self.dateline = found[min(found)]
        lone = next((u for u in units if u.kind is BlockKind.DATELINE), None)
        if lone and (self.dateline is None or not self.dateline.place):
            self.dateline = lone_dateline(self.words(lone)) or self.dateline
        return found

    def _nothing_between(self, headline: int, k: int) -> bool:
        return not any(u.kind in {BlockKind.BYLINE, BlockKind.SECTION} for u in self.units[headline + 1 : k])

    def _tail(self) -> None:
        """A byline under the text."""
        body = [u for u in self.units if u.kind is BlockKind.PARAGRAPH]
        if len(body) > 2 and body[-1].kind is BlockKind.PARAGRAPH and self._is_byline(self.words(body[-1])):
            body[-1].kind = BlockKind.BYLINE

    # what the lines say

    def _beside(self) -> tuple[list[str], list[str]]:
        """The lines about the report above its first paragraph, and those under its last."""
        units = self.units
        text = [k for k, u in enumerate(units) if u.kind in {BlockKind.PARAGRAPH, None}]
        if not text:
            return [], []
        about = {BlockKind.SECTION, BlockKind.BYLINE, BlockKind.DATELINE}
        above = [self.words(u) for u in units[: text[0]] if u.kind in about]
        below = [self.words(u) for u in units[text[-1] + 1 :] if u.kind in about]
        return above, below

    def _agency(self) -> str | None:
        if self.dateline and self.dateline.agency:
            return self.dateline.agency
        for line in self._beside()[0]:
            for part in re.split(r"[|,/–—•()]|\sfor\s|\s-\s", line):
                if known := agency(part.strip(" .")):
                    return known
        return None

    def _day(self) -> date | None:
        """The day of publication as the text gives it; a day without its year counts only where another line has the year."""
        above, below = self._beside()
        own = [self.dateline.day] if self.dateline and self.dateline.day else []
        lines = [*above, *own, *below, *self._headline_date()]
        days = [day for day in map(_full_date, lines) if day]
        inside = {_full_date(self.words(u)) for u in self.units if u.kind is BlockKind.SECTION} - {None}
        if days and len(inside) > 2:  # a chronology: its dates are those of its entries
            days = [day for day in map(_full_date, own) if day]
        if days:
            return days[0]
        others = [self.words(u) for u in self.units if u.kind is BlockKind.BOILERPLATE]
        years = [m.group() for line in [*above, *below, *others] if len(line) < 300 and (m := _YEAR.search(line))]
        if years:
            for line in [*own, *above]:
                found = DATE.search(line)
                if found and not found["year"] and (day := _full_date(f"{found.group()} {years[0]}") or _full_date(f"{found.group()}, {years[0]}")):
                    return day
        return None

    def _headline_date(self) -> list[str]:
        """The date at a headline's end, as press offices set it."""
        for unit in self.units:
            if unit.kind is BlockKind.HEADLINE:
                found = _LAST_DATE.search(self.words(unit)) or _DATED.search(self.words(unit))
                return [found.group("day")] if found else []
        return []


def _lines(text: str) -> list[_Line]:
    found: list[_Line] = []
    gap = True
    for line in _LINE.finditer(text):
        inner = _INNER.fullmatch(text, line.start(1), line.end(1))
        if inner is None or not inner.group(1).strip():
            gap = gap or line.end() > line.start()
            continue
        found.append(_Line(inner.start(1), inner.end(1), gap, inner.start(1) - line.start(1)))
        gap = False
    return found


def _wrap_width(lines: list[_Line], texts: list[str]) -> float:
    """The width at which the text is wrapped by hand; 0 where each line is a paragraph."""
    breaks = [number for number in range(1, len(lines)) if not lines[number].gap]
    if not breaks:
        return 0
    lengths = sorted(len(texts[number - 1]) for number in breaks)
    width = lengths[(3 * len(lengths)) // 4]
    # Headlines and last lines of paragraphs are short and break off for other reasons than the width.
    full = [texts[number - 1] for number in breaks if len(texts[number - 1]) >= 0.6 * width]
    broken = sum(1 for words in full if not _FINAL.search(words))
    return width if 30 <= width <= WIDEST and 2 * broken >= len(full) else 0


def _is_section(words: str) -> bool:
    """Whether a line is the name of a section, or several under each other: "Politics / Europe"."""
    parts = [p for p in re.split(r"\s*[/|›»>•·]\s*", words) if p]
    return bool(parts) and all(furniture(p, "section") for p in parts)


_JOINTS = {"of", "the", "for", "to", "and", "&"}


def _is_letterhead(words: str) -> bool:
    """Whether a line in capitals is an office's name: words of such names, and whatever stands right behind "of", and no other.

    >>> _is_letterhead("MINISTRY OF FOREIGN AFFAIRS OF THE REPUBLIC OF MALAWI"), _is_letterhead("MINISTRY OF DEFENCE DENIES ATTACK")
    (True, False)
    """
    parts = re.findall(r"[^\W_]+|&", words.lower())
    if not words.isupper() or len(words) > 90 or not any(furniture(p, "letterhead") for p in parts):
        return False
    before = ["", *parts]
    return all(p in _JOINTS or furniture(p, "letterhead") or before[k] in _JOINTS for k, p in enumerate(parts))


def _few_names(words: str) -> bool:
    parts = words.split()
    return 0 < len(parts) <= 5 and parts[0][:1].isupper() and all(_NAME_PART.fullmatch(p) and (p[0].isupper() or len(p) <= 3) for p in parts)


def _full_date(words: str) -> date | None:
    """The day in a header line; None where it has no year."""
    if found := publication_date(words):
        return found[0]
    loose = DATE.search(words)  # grown together with a name, or with a stray space: "ROESEPT. 10 ,2016"
    found = publication_date(re.sub(r"\s*,\s*", ", ", loose.group())) if loose else None
    return found[0] if found else None


def is_title(line: str, title: str) -> bool:
    """Whether a line is the title, or all of it but the name of the site behind either; letters' case and punctuation count for nothing.

    >>> is_title("Truce holds along the border, envoy says", "Truce Holds Along the Border, Envoy Says | Border Wire")
    True
    """
    words, wanted = _folded(line), _folded(title)
    if not words or not wanted:
        return False
    if len(words) > 24 and wanted.startswith(words):
        return True
    return words == wanted or (len(wanted) > 24 and words.startswith(wanted) and len(words) < len(wanted) + 40)


def _folded(words: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", words).casefold()))
