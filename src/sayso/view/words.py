"""Values of the codebook → plain words: types, statuses, dates, counts, places, parties, holders.

In: the parts of a claim. Out: short strings without control characters, escape sequences or marks that turn the direction of
writing. No layout, no colour, and no judgement: a party is called what the reading calls it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from sayso.identity import side
from sayso.lexicon import BODIES, Row, read_table
from sayso.model import (
    Act,
    AnyClaim,
    BlockKind,
    Casualty,
    Channel,
    Count,
    Distance,
    Entity,
    Event,
    EventType,
    Manner,
    Materiel,
    Report,
    Role,
    Source,
    Status,
    When,
    Where,
)  # fmt: skip

# what cannot be trusted

_ESCAPES = re.compile(
    "(?:\x1b\\[|\x9b)[0-?]*[ -/]*[@-~]"  # colours, the cursor
    "|(?:\x1b\\]|\x9d)[^\x07\x1b\x9c\x9d]*(?:\x07|\x1b\\\\|\x9c)"  # window titles, links, the clipboard
    "|(?:\x1b[PX^_]|[\x90\x98\x9e\x9f])[^\x1b\x90\x98-\x9f]*(?:\x1b\\\\|\x9c)"  # device strings
    "|\x1b[ -/]*[0-~]"
)
_JOINERS = "\u200c\u200d"
"""They change direction or layout of nothing, and Persian and Hindi words need them."""


def count_text(count: Count) -> str:
    """A count in words for people: "4", "at least 16", "up to 20"."""
    about = "about " if count.approximate else ""
    if count.low == count.high:
        return f"{about}{count.low:,}"
    if count.high is None:
        return f"at least {count.low:,}"
    if count.low in {None, 0}:
        return f"up to {count.high:,}"
    return f"{count.low:,}–{count.high:,}"


def clean(text: str, keep: str = "") -> str:
    """The text as it can be printed: escape sequences, control characters and marks of direction gone, white space single.

    `keep` names control characters that stay, and with it white space stays as it is.

    >>> clean("Border \\x1b[31mclash\\x1b[0m\\n[bold]today[/bold]")
    'Border clash [bold]today[/bold]'
    """
    if text.isprintable():
        return text if keep else " ".join(text.split())
    shown = "".join(c if c.isprintable() or c in keep or c in _JOINERS else _shown(c) for c in _ESCAPES.sub("", text))
    return shown if keep else " ".join(shown.split())


def _shown(character: str) -> str:
    if character.isspace():
        return " "
    return {"Cs": "\ufffd", "Co": character, "Cn": character}.get(unicodedata.category(character), "")


_IN_JSON = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]")


def escaped(line: bytes) -> bytes:
    """A line of JSON as a terminal can take it: the same values, what a terminal obeys written as `\\u` escapes."""
    return _IN_JSON.sub(lambda found: json.dumps(found.group())[1:-1].replace("\x7f", "\\u007f"), line.decode()).encode()


# acts

TYPES: dict[EventType, str] = {
    EventType.AGREE: "agreement or promise",
    EventType.CONSULT: "talks",
    EventType.SUPPORT: "support",
    EventType.CONCEDE: "concession",
    EventType.COOPERATE: "cooperation",
    EventType.AID: "aid",
    EventType.RETREAT: "easing of force",
    EventType.REQUEST: "appeal",
    EventType.ACCUSE: "accusation",
    EventType.REJECT: "refusal",
    EventType.THREATEN: "threat",
    EventType.PROTEST: "protest",
    EventType.SANCTION: "sanction",
    EventType.MOBILIZE: "mobilisation",
    EventType.COERCE: "coercion",
    EventType.ASSAULT: "attack",
}
MODES: dict[tuple[EventType, str], str] = {
    (EventType.CONSULT, "visit"): "on a visit",
    (EventType.CONSULT, "third-party"): "with a third party",
    (EventType.CONSULT, "phone"): "by telephone",
    (EventType.RETREAT, "withdraw"): "withdrawal",
    (EventType.RETREAT, "release"): "release or exchange",
    (EventType.RETREAT, "disarm"): "laying down arms",
    (EventType.RETREAT, "ceasefire"): "ceasefire observed",
    (EventType.RETREAT, "access"): "letting in",
    (EventType.RETREAT, "resign"): "resignation",
    (EventType.REQUEST, "assist"): "for help",
    (EventType.REQUEST, "change"): "for a change of course",
    (EventType.REQUEST, "yield"): "to yield",
    (EventType.REQUEST, "meet"): "to meet",
    (EventType.ACCUSE, "disapprove"): "disapproval",
    (EventType.ACCUSE, "investigate"): "inquiry",
    (EventType.ACCUSE, "allege"): "allegation",
    (EventType.REJECT, "assist"): "of help",
    (EventType.REJECT, "change"): "of a change of course",
    (EventType.REJECT, "yield"): "to yield",
    (EventType.REJECT, "meet"): "to meet",
    (EventType.PROTEST, "demo"): "demonstration",
    (EventType.ASSAULT, "abduct"): "abduction",
    (EventType.ASSAULT, "sexual"): "sexual violence",
    (EventType.ASSAULT, "targeted"): "of a chosen person",
    (EventType.ASSAULT, "destroy"): "destruction",
    (EventType.ASSAULT, "primitive"): "without firearms",
    (EventType.ASSAULT, "aerial"): "from the air",
}
"""Modes whose own names do not say enough."""
OBJECTS = {
    EventType.AGREE: "promised",
    EventType.CONCEDE: "conceded",
    EventType.REQUEST: "asked for",
    EventType.ACCUSE: "alleged",
    EventType.REJECT: "refused",
    EventType.THREATEN: "threatened",
}
STATUS = {
    Status.OCCURRED: "",
    Status.ONGOING: "going on",
    Status.ATTEMPTED: "attempted",
    Status.NEGATED: "said not to have happened",
    Status.PLANNED: "still to come",
    Status.HYPOTHETICAL: "possible",
}
CHANNELS = {
    Channel.STATEMENT: "in a statement",
    Channel.PRESS_CONFERENCE: "at a press conference",
    Channel.TELEPHONE: "by telephone",
    Channel.INTERVIEW: "in an interview",
    Channel.SOCIAL_MEDIA: "on social media",
    Channel.AGENCY: "through an agency",
    Channel.UNKNOWN: "",
}
DISTANCES = {
    Distance.NEUTRAL: "",
    Distance.DOUBTING: "the report doubts it",
    Distance.CONCEDING: "conceded",
    Distance.DENYING: "denied",
}


def act(kind: EventType, modes: list[str]) -> str:
    """An act in words: "attack (heavy weapons)"."""
    told = ", ".join(MODES.get((kind, m), clean(m).replace("-", " ")) for m in modes)
    return f"{TYPES[kind]} ({told})" if told else TYPES[kind]


def what(claim: AnyClaim) -> str:
    """What is claimed, without the parties: "attack (heavy weapons), 70 times", "4 killed", "2 × tank destroyed"."""
    if isinstance(claim, Event):
        both = claim.type is EventType.ASSAULT and len(claim.actors) > 1 and not claim.recipients
        told = act(claim.type, claim.modes).replace("attack", "fighting", 1) if both else act(claim.type, claim.modes)
        return f"{told}, {_times(claim)}" if claim.times else told
    if isinstance(claim, Casualty):
        return f"{how_many(claim.count)} {claim.harm}"
    if isinstance(claim, Materiel):
        return f"{how_many(claim.count)} × {clean(claim.what)} {claim.harm}"
    return clean(claim.office)


def how_many(count: Count) -> str:
    """A count in words, none as "none"."""
    return "none" if count.low in {None, 0} and count.high == 0 else count_text(count)


def _times(claim: Event) -> str:
    assert claim.times is not None
    low, high = claim.times.low, claim.times.high
    if low is None and high is None:
        return "several times"
    if low == 1 and high == 1:
        return "once"
    return f"{count_text(Count(low=low, high=high))} times"


def wanted(claim: Event) -> str:
    """The act that is asked for, promised, refused, threatened, alleged or conceded: "asked for: withdrawal"."""
    return f"{OBJECTS[claim.type]}: {_thing(claim.object)}" if claim.object else ""


def _thing(thing: Act) -> str:
    if thing.type is EventType.RETREAT and thing.modes:
        return ", ".join("ceasefire" if m == "ceasefire" else MODES[thing.type, m] for m in thing.modes)
    return act(thing.type, thing.modes)


# parties


def listed(names: Iterable[str]) -> str:
    """ "A", "A and B", "A, B and C", each once."""
    once = list(dict.fromkeys(n for n in names if n))
    return " and ".join(filter(None, (", ".join(once[:-1]), once[-1]))) if once else ""


def called(entity: Entity) -> str:
    """The name behind the words, or the words where there is none."""
    return clean(entity.name) or clean(entity.text) or "somebody unnamed"


def parties(claim: AnyClaim) -> str:
    """Who is in it: "A → B", "by A", "B, by A", "Sergey Lavrov, Russia"; empty where nobody is named."""
    if isinstance(claim, Event):
        actors, recipients = listed(map(called, claim.actors)), listed(map(called, claim.recipients))
        if recipients:
            return f"{actors or 'not told who'} → {recipients}"
        return f"by {actors}" if len(claim.actors) == 1 and claim.type is not EventType.CONSULT else actors
    if isinstance(claim, Role):
        return f"{called(claim.holder)} · {called(claim.organisation)}"
    harmed = claim.who if isinstance(claim, Casualty) else claim.owner
    told = called(harmed) if harmed else ""
    return ", ".join(filter(None, (told, f"by {called(claim.by)}" if claim.by else "")))


def side_name(entity: Entity) -> str:
    """The side in words: the country's name, or the entity's own."""
    key = side(entity)
    return country(key) if key and key == entity.country else called(entity)


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    return {row.cells["code"]: row.cells["name"] for row in reversed(list(read_table("countries")))}


def country(code: str) -> str:
    """A country's name in English, or the code where the lexicon does not know it."""
    return _countries().get(code, clean(code))


# who says so


def holder(claim: AnyClaim, report: Report) -> str:
    """The holder's name: the nearest speaker, or the publisher, or the report itself."""
    if claim.sources:
        return called(claim.sources[0].entity)
    return clean(report.publisher or "") or "the report itself"


def saying(claim: AnyClaim) -> list[str]:
    """What there is to tell about how it was said, beyond by whom."""
    if not claim.sources:
        return []
    nearest = claim.sources[0]
    told = []
    if nearest.manner is Manner.INHERITED:
        told.append("say-so carried over")
    if nearest.together_with:
        told.append(f"together with {listed(map(called, nearest.together_with))}")
    told.append(_doubt(nearest))
    said = dates(nearest.said) if dates(nearest.said) != dates(claim.when) else ""
    if how := " ".join(filter(None, (said, CHANNELS[nearest.channel]))):
        told.append(f"said {how}")
    if claim.sources[1:]:
        told.append(f"passed on by {listed(called(s.entity) for s in claim.sources[1:])}")
    return [t for t in told if t]


def _doubt(source: Source) -> str:
    told = DISTANCES[source.distance]
    return f"{told} (“{clean(source.cue.text)}”)" if told and source.cue else told


# when and where

_MONTHS = ("", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


def day(value: date) -> str:
    """A day in words: "12 July 2020"."""
    return f"{value.day} {_MONTHS[value.month]} {value.year}"


def dates(when: When | None) -> str:
    """An interval in words, as precise as it is: "12–13 July 2020", "February 1988", "1992–1994", "since 1992"; empty for none."""
    if when is None or (when.start is None and when.end is None):
        return clean(when.text) if when else ""
    start, end = when.start, when.end
    if start is None and end is not None:
        return f"until {_point(end, when, last=True)}"
    assert start is not None
    if end is None:
        return f"since {_point(start, when)}"
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
    if start.day == 1 and end.day == monthrange(end.year, end.month)[1]:
        first, last = f"{_MONTHS[start.month]} {start.year}", f"{_MONTHS[end.month]} {end.year}"
        return first if first == last else f"{first} – {last}" if start.year != end.year else f"{_MONTHS[start.month]}–{last}"
    if start == end:
        return day(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{day(end)}"
    return f"{day(start)} – {day(end)}"


def _point(value: date, when: When, last: bool = False) -> str:
    if when.precision == "year" or (not last and when.precision == "range" and (value.month, value.day) == (1, 1)):
        return str(value.year)
    return f"{_MONTHS[value.month]} {value.year}" if when.precision == "month" else day(value)


def place(where: Where | None) -> str:
    """A place in words: "Tovuz, Azerbaijan"; empty for none."""
    if where is None:
        return ""
    name, land = clean(where.name), country(where.country) if where.country and where.country not in BODIES else ""
    return ", ".join(dict.fromkeys(filter(None, (name, land))))


# reports, and entries of the lexicon


def title(report: Report) -> str:
    """The report's title, or its headline, or its id."""
    headline = next((report.text[b.start : b.end] for b in report.blocks if b.kind is BlockKind.HEADLINE), "")
    return clean(report.title or "") or clean(headline) or f"report {clean(report.id)}"


def entry(row: Row) -> str:
    """A lexicon entry as it is printed: file and line, then the filled columns, a line each."""
    width = max(map(len, row.cells))
    return "\n".join([row.place, *(f"  {column:<{width}}  {clean(cell)}" for column, cell in row.cells.items() if cell)])
