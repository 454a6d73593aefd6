"""The place, the date and the agency that open a report's first paragraph: "MOSCOW, July 13. /TASS/.", "BAKU (AP) —".

In: a paragraph's first characters. Out: where its own text begins, the place as a name, the agency, and the words of the date.
It reads no sentence: a paragraph that opens with a name and a dash, and goes on as a sentence, is left alone.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from sayso.intake.furniture import agency

REACH = 160
"""Characters in which a dateline must end."""
MONTHS = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?(?![^\W\d_])"
)
DAYS = r"(?:Mon(?:day)?|Tue(?:s(?:day)?)?|Wed(?:nesday)?|Thu(?:rs(?:day)?)?|Fri(?:day)?|Sat(?:urday)?|Sun(?:day)?)\.?(?![^\W\d_])"
_DAY_OF_MONTH = r"\d{1,2}(?:st|nd|rd|th)?(?!\d)"
DATE = re.compile(
    rf"(?:{DAYS},?\s+)?(?:(?:{MONTHS}\s*{_DAY_OF_MONTH}|{_DAY_OF_MONTH}(?:\s+of)?\s+{MONTHS})(?:\s*,?\s*(?P<year>\d{{4}})(?!\d))?|\d{{4}}-\d\d-\d\d(?!\d)"
    r"|\d{1,2}[./]\d{1,2}[./]\d{4}(?!\d))",
    re.I,
)
"""A day as header lines write it, with or without its year."""
_NAME = r"[^\W\d_](?:[\w.'’]|-(?=\w))*"
_PLACE = re.compile(rf"{_NAME}(?:(?:\s|\s?/\s?){_NAME}){{0,4}}")
_REGION = re.compile(rf",\s*(?P<name>{_NAME}(?:\s{_NAME}){{0,3}})")
_SIGNED = re.compile(r"\s*[,.]?\s*(?:\((?P<round>[^()\n]{2,48})\)|/(?P<slashes>[^/\n]{2,30})/|\[(?P<square>[^\[\]\n]{2,30})\])")
_BARE = re.compile(r"\s*[,.]?\s*(?P<name>[A-Za-z][\w.'’/-]*\w(?:\s[A-Z][\w-]+)?)")
_END = re.compile(r"\s*(?:(?P<dash>-{1,3}|[—–―_])|(?P<colon>:)|(?P<stop>\.))(?:\s+|(?<=[—–])(?=\S)|\Z)")
_CLOSING = re.compile(r"[.!?][\"”’')]*(?:\s|\Z)")
_ASIDE = re.compile(r"\s(?:--|[—–-])\s|[—–]")
_PARTICLES = set("es de del la al el le the of and du sur en da dos do upon an as ash ad az near".split())
_NO_PLACE = set(
    "update updated exclusive breaking urgent analysis opinion comment editorial explainer factbox profile interview timeline watch listen live video photo "
    "photos read note correction corrected roundup statement report press release news alert background context summary question answer "
    "on in at by since from after before during today yesterday tomorrow earlier later last this that these those the a an it he she we they his her their our "
    "but and or if when while as for with to of no not yes also still meanwhile however monday tuesday wednesday thursday friday saturday sunday "
    "january february march april may june july august september october november december "
    "advertisement related caption source sources contact tags nato hamas hezbollah unesco isis isil opec osce brics".split()
)


class Dateline(NamedTuple):
    """What opens a paragraph; `end` is where the paragraph's own text begins. `day` is the words of the date, with or without a year."""

    end: int
    place: str | None
    agency: str | None
    day: str | None


def find_dateline(text: str, start: int, end: int, first: bool) -> Dateline | None:
    """The dateline at `text[start:]` of a paragraph that ends at `end`.

    Only the `first` paragraph of the body may have one that is no more than a place; another one must be signed by an agency.

    >>> find_dateline("BAKU, Azerbaijan (AP) — Talks resumed.", 0, 38, False)
    Dateline(end=24, place='Baku', agency='AP', day=None)
    >>> find_dateline("Damascus — backed by Moscow — agreed.", 0, 37, True)
    """
    reach = min(end, start + REACH)
    cursor, place, capitals, region = start, None, False, False
    day: str | None = None
    signed: str | None = None
    found = _PLACE.match(text, cursor, reach)
    if found:
        place, cursor = _place(text, found, reach)
        if place is None and not agency(found.group()):
            return None
        if place is None:  # "TASS, July 13. …"
            signed, cursor = agency(found.group()), found.end()
        else:
            capitals = not any(c.islower() for word in re.split(r"[\s/]+", place) if word not in _PARTICLES for c in word)
    for _ in range(5):
        if part := _date_at(text, cursor, reach):
            day, cursor = day or part[0], part[1]
        elif part := _signed_at(text, cursor, reach):
            inside = part[0]
            if (date := DATE.search(inside)) and len(inside) - len(date.group()) < 8:
                day = day or date.group()
            elif known := agency(inside.split(",")[0].split(" - ")[0]):
                signed = signed or known
            elif _like_initials(inside) and place is not None:
                signed = signed or inside.strip()
            else:
                return None
            cursor = part[1]
        elif place and not signed and (day or cursor > start) and (known_part := _bare_agency(text, cursor, reach)):
            signed, cursor = known_part
        elif place and not region and not day and (found := _REGION.match(text, cursor, reach)) and _like_name(found["name"]):
            region, cursor = True, found.end()
        else:
            break
    if place is None and signed is None:
        return None
    closing = _END.match(text, cursor, end)
    if closing is None:
        return _unclosed(text, start, end, cursor, place, capitals, signed, day, first)
    after = closing.end()
    goes_on = text[after : after + 1]
    named = _named(place)
    if signed and (place or day or closing["dash"]):
        return Dateline(after, named, signed, day) if not goes_on.islower() or capitals or place is None else None
    if not first or place is None or goes_on.islower():
        return None
    if day:
        return Dateline(after, named, None, day) if len(place.split()) <= 4 else None
    if closing["stop"] or _aside(text, after, end) or not text[after:end].strip():
        return None
    if closing["colon"]:
        return Dateline(after, named, None, None) if capitals and len(place) > 3 else None
    if capitals:
        return Dateline(after, named, None, None) if len(place) > 2 else None
    # "Jerusalem – The …": a name in ordinary letters needs a dash with a space on either side, or the region beside it.
    spaced = text[closing.start() : closing.start() + 1].isspace()
    return Dateline(after, named, None, None) if spaced and (region or len(place.split()) <= 3) else None


def lone_dateline(line: str) -> Dateline | None:
    """A whole line of place and date ("Geneva, 13 July 2020"), None where it holds anything else."""
    found = DATE.search(line)
    if found is None or len(line) > 90:
        return None
    before, rest = line[: found.start()].strip(" ,.–—-"), line[found.end() :].strip(" ,.–—-")
    signed = agency(rest.strip("/()[]. "))
    if (rest and not signed) or not before or DATE.search(before):
        return None
    names = [part.strip() for part in before.split(",")]
    if len(names) > 2 or not all(_PLACE.fullmatch(n) and _like_name(n) and len(n.split()) <= 4 for n in names):
        return None
    if names[0].split()[0].lower() in _NO_PLACE or agency(names[0]):
        return None
    return Dateline(len(line), _named(names[0]), signed, found.group())


def _place(text: str, found: re.Match[str], reach: int) -> tuple[str | None, int]:
    """The longest run of place-like words from the match's start, and where it ends."""
    kept: list[str] = []
    end = found.start()
    pieces = list(re.finditer(rf"{_NAME}", found.group()))
    capitals = pieces[0].group().isupper()
    for number, piece in enumerate(pieces):
        word = piece.group()
        if number and word.lower() in _PARTICLES and word.islower() and number + 1 < len(pieces):
            kept.append(word)
            continue
        if not word[0].isupper() or word.lower().rstrip(".") in _NO_PLACE or (number and DATE.match(text, found.start() + piece.start(), reach)):
            break
        if number and capitals and any(c.islower() for c in word) and not (word[:2] in {"Mc", "al"} or kept[-1] in _PARTICLES):
            break
        kept.append(word)
        end = found.start() + piece.end()
        if word.endswith(".") and len(word) > 3 and not word[:-1].count("."):  # "KYIV. July 13": the stop is no part of the name
            end -= 1
            kept[-1] = word[:-1]
            break
    while kept and kept[-1] in _PARTICLES:
        kept.pop()
    if not kept or agency(" ".join(kept)):
        return None, found.start()
    return text[found.start() : end], end


def _date_at(text: str, cursor: int, reach: int) -> tuple[str, int] | None:
    gap = re.compile(r"\s*[,.]?\s*(?:-|–|—)?\s*").match(text, cursor, reach)
    at = gap.end() if gap else cursor
    found = DATE.match(text, at, reach)
    return (found.group(), found.end()) if found else None


def _signed_at(text: str, cursor: int, reach: int) -> tuple[str, int] | None:
    found = _SIGNED.match(text, cursor, reach)
    return ((found["round"] or found["slashes"] or found["square"]), found.end()) if found else None


def _bare_agency(text: str, cursor: int, reach: int) -> tuple[str, int] | None:
    """An agency without brackets, after a comma or a stop: "Yerevan, July 13, Armenpress."."""
    found = _BARE.match(text, cursor, reach)
    if found is None or not re.match(r"\s*[,.]", text[cursor : found.end()]):
        return None
    for end in (found.end(), text.find(" ", found.start("name"), found.end())):
        if end > 0 and (known := agency(text[found.start("name") : end].rstrip("."))):
            return known, end
    return None


def _like_name(words: str) -> bool:
    parts = words.split()
    return all(p[0].isupper() or p in _PARTICLES for p in parts) and not any(p.lower().rstrip(".") in _NO_PLACE for p in parts if p not in _PARTICLES)


def _like_initials(words: str) -> bool:
    """Whether unknown words in brackets may be an agency: one name, or a few in capitals."""
    parts = words.split()
    if not 0 < len(parts) <= 3 or parts[0].lower() in _NO_PLACE:
        return False
    return all(p[0].isupper() and re.sub(r"[-./]", "", p).isalpha() for p in parts)


def _aside(text: str, after: int, end: int) -> bool:
    """Whether the dash just passed opened an aside that a second dash closes: then it is a sentence and no dateline."""
    window = text[after : min(end, after + 200)]
    stop = _CLOSING.search(window)
    sentence = window[: stop.start()] if stop else window
    dash = _ASIDE.search(sentence)
    return dash is not None and dash.start() < 60 and len(_ASIDE.findall(sentence)) % 2 == 1


def _unclosed(
    text: str, start: int, end: int, cursor: int, place: str | None, capitals: bool, signed: str | None, day: str | None, first: bool
) -> Dateline | None:
    """Datelines that no mark closes: "(CNN) Talks …", "KABUL (AFP) Talks …", and in capitals alone "OUAGADOUGOU Troops …"."""
    space = re.compile(r"\s*").match(text, cursor, end)
    after = space.end() if space else cursor
    goes_on = text[after : after + 1]
    bracketed = text[cursor - 1] in ")/]"
    if signed and bracketed and (place is None or capitals) and (after == end or not goes_on.islower()):
        return Dateline(after, _named(place), signed, day)
    if after == end and place and day and first:
        return Dateline(end, _named(place), signed, day)
    if first and place and capitals and not signed and not day and len(place) > 4 and after > cursor and goes_on.isupper():
        name = _named(place)
        if name and re.search(rf"\b(?:in|near|from|to|around|outside) {re.escape(name)}\b", text[:20_000]):
            return Dateline(after, name, None, None)
    return None


def _named(place: str | None) -> str | None:
    """A place as a name: capitals become ordinary ones, "NEW YORK/GENEVA" its first.

    >>> _named("DAR ES SALAAM"), _named("KYIV"), _named("N’DJAMENA")
    ('Dar es Salaam', 'Kyiv', 'N’Djamena')
    """
    if place is None:
        return None
    place = " ".join(place.split("/")[0].split()).rstrip(".")
    if any(c.islower() for word in place.split() if word not in _PARTICLES for c in word):
        return place
    small = _PARTICLES - {"the", "la", "el", "al", "le", "as", "ad"}
    words = place.split()
    return " ".join(w.lower() if number and w.lower() in small else re.sub(r"[^\W\d_]+", lambda m: m.group().capitalize(), w) for number, w in enumerate(words))
