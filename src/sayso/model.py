"""The codebook as types: reports, and the claims that they make.

Everything is frozen and checked where data enter (`decode`). A span's offsets are 0-based, end-exclusive, in Unicode code
points of the report's untouched text, and `text[start:end]` equals the span's own text. `at` fields are offsets of the same
kind for the words beside them. Dates are ISO 8601 days, intervals inclusive. Counts are of people or things, not of
incidents. This module knows no other room.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Any, Literal

import msgspec

from sayso.errors import BadRecord

SCHEMA: Literal["sayso/1"] = "sayso/1"


class EventType(StrEnum):
    """PLOVER's sixteen acts (Open Event Data Alliance, manual 0.8, 2021)."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"


MODES: dict[str, tuple[str, ...]] = {
    "AGREE": (),
    "CONSULT": ("visit", "third-party", "multilateral", "phone"),
    "SUPPORT": (),
    "CONCEDE": (),
    "COOPERATE": (),
    "AID": (),
    "RETREAT": ("withdraw", "release", "disarm", "ceasefire", "access", "resign"),
    "REQUEST": ("assist", "change", "yield", "meet"),
    "ACCUSE": ("disapprove", "investigate", "allege"),
    "REJECT": ("assist", "change", "yield", "meet"),
    "THREATEN": ("restrict", "arrest", "relations", "expel", "territory", "violence"),
    "PROTEST": ("demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"),
    "SANCTION": ("convict", "expel", "withdraw", "discontinue"),
    "MOBILIZE": ("troops", "weapons", "police", "militia"),
    "COERCE": ("seize", "restrict", "censor", "curfew", "martial-law", "arrest", "deport", "withhold", "misinformation", "cyber"),
    "ASSAULT": (
        "abduct", "beat", "torture", "sexual", "targeted", "destroy", "primitive", "firearms", "explosives", "suicide-attack",
        "aerial", "drone", "heavy-weapons", "crowd-control", "unconventional",
    ),
}  # fmt: skip
"""The modes that each type may have."""

OBJECT_TYPES = frozenset({"REQUEST", "AGREE", "REJECT", "THREATEN", "ACCUSE", "CONCEDE"})
"""The types that may name the act asked for, promised, refused, threatened, alleged or conceded."""


class Status(StrEnum):
    """What is said of the act's reality."""

    OCCURRED = "occurred"  # said to have happened
    ONGOING = "ongoing"  # said to be going on
    ATTEMPTED = "attempted"  # tried and not said to have succeeded
    NEGATED = "negated"  # said not to have happened
    PLANNED = "planned"  # promised, scheduled, ordered, yet to come
    HYPOTHETICAL = "hypothetical"  # conditional, feared, possible


class Manner(StrEnum):
    """How the words of a speaker are given."""

    DIRECT = "direct"  # quotation marks round the whole statement
    MIXED = "mixed"  # quoted fragments
    INDIRECT = "indirect"
    INHERITED = "inherited"  # carried over from the speaker just named; a reading, not a fact


class Distance(StrEnum):
    """What the attributing word says of the reporter's stance."""

    NEUTRAL = "neutral"
    DOUBTING = "doubting"
    CONCEDING = "conceding"
    DENYING = "denying"


class Channel(StrEnum):
    """How something was said."""

    STATEMENT = "statement"
    PRESS_CONFERENCE = "press conference"
    TELEPHONE = "telephone"
    INTERVIEW = "interview"
    SOCIAL_MEDIA = "social media"
    AGENCY = "agency"
    UNKNOWN = "unknown"


class Sector(StrEnum):
    """What kind of actor an entity is (codebook, section 2)."""

    GOV = "GOV"
    MIL = "MIL"
    COP = "COP"
    LEG = "LEG"
    JUD = "JUD"
    SPY = "SPY"
    PRM = "PRM"
    REB = "REB"
    UAF = "UAF"
    PTY = "PTY"
    OPP = "OPP"
    CVL = "CVL"
    REF = "REF"
    JRN = "JRN"
    MED = "MED"
    BUS = "BUS"
    CRM = "CRM"
    REL = "REL"
    EDU = "EDU"
    LAB = "LAB"
    SOC = "SOC"
    ELI = "ELI"
    UNK = "UNK"


class Harm(StrEnum):
    """What happened to people."""

    KILLED = "killed"
    WOUNDED = "wounded"
    CAPTURED = "captured"
    MISSING = "missing"
    DISPLACED = "displaced"
    HARMED = "harmed"  # killed and wounded not told apart


class Damage(StrEnum):
    """What happened to things."""

    DESTROYED = "destroyed"
    DAMAGED = "damaged"
    SEIZED = "seized"


class Relation(StrEnum):
    """How the second of two claims about one incident relates to the first (codebook, section 7)."""

    SAME = "same"
    NARROWS = "narrows"
    ADDS = "adds"
    CONTRADICTS = "contradicts"
    DENIES = "denies"
    REVISES = "revises"
    RETRACTS = "retracts"


class Field(StrEnum):
    """What two claims can differ on."""

    PARTIES = "parties"  # who acted against whom, who suffered, at whose hands
    COUNT = "count"  # how many
    WHERE = "where"
    WHEN = "when"
    STATUS = "status"  # whether it happened


class BlockKind(StrEnum):
    """What a stretch of the report's text is."""

    HEADLINE = "headline"
    SECTION = "section"
    LEAD = "lead"  # a summary set between headline and dateline
    DATELINE = "dateline"
    BYLINE = "byline"
    PARAGRAPH = "paragraph"
    BOILERPLATE = "boilerplate"  # no text to read


class Struct(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of all types here."""


class Span(Struct, frozen=True, kw_only=True):
    """Characters of the report's text: `text == report.text[start:end]`."""

    start: int
    end: int
    text: str

    def __post_init__(self) -> None:
        if self.start < 0 or self.end - self.start != len(self.text):
            raise ValueError(f"span {self.start}–{self.end} does not have the length of its text {self.text[:40]!r}")


class Block(Struct, frozen=True, kw_only=True):
    """A stretch of the text and what it is; blocks do not overlap and stand in order."""

    kind: BlockKind
    start: int
    end: int


class When(Struct, frozen=True, kw_only=True):
    """An interval of days, inclusive; equal ends for a day; `end` None for one that is still open."""

    start: date | None
    end: date | None
    precision: Literal["day", "week", "month", "year", "range"]
    text: str = ""
    at: int | None = None


class Where(Struct, frozen=True, kw_only=True):
    """A place: `country` ISO 3166 alpha-3, degrees of WGS 84."""

    name: str
    country: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: Literal["point", "city", "district", "province", "country"] = "city"
    text: str = ""
    at: int | None = None


class Count(Struct, frozen=True, kw_only=True):
    """How many, as bounds; `high` None is open above. `approximate` for "some 30"."""

    low: int | None
    high: int | None
    text: str = ""
    approximate: bool = False
    at: int | None = None

    def __post_init__(self) -> None:
        if self.low is None and self.high is None:
            raise ValueError("a count needs a bound")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"count {self.low}–{self.high} runs backwards")


class Times(Struct, frozen=True, kw_only=True):
    """How many acts, where the text counts them."""

    low: int | None
    high: int | None


class Entity(Struct, frozen=True, kw_only=True):
    """Somebody: the words in the text, the name behind them, the country and the sector that they belong to."""

    text: str
    name: str
    country: str | None = None
    sector: Sector = Sector.UNK
    qualifiers: list[str] = []
    id: str | None = None
    at: int | None = None


class Source(Struct, frozen=True, kw_only=True):
    """One link of the chain of speakers, nearest first."""

    entity: Entity
    cue: Span | None = None
    manner: Manner = Manner.INDIRECT
    distance: Distance = Distance.NEUTRAL
    said: When | None = None
    channel: Channel = Channel.UNKNOWN
    together_with: list[Entity] = []


class Act(Struct, frozen=True, kw_only=True):
    """The act that is asked for, promised, refused, threatened, alleged or conceded."""

    type: EventType
    modes: list[str] = []


class Claim(Struct, frozen=True, kw_only=True, tag_field="kind"):
    """One thing that somebody in the report says is so, with the exact characters that say it."""

    id: str
    evidence: Span
    also: list[Span] = []
    sources: list[Source] = []
    status: Status = Status.OCCURRED
    background: bool = False
    when: When | None = None
    where: Where | None = None
    confidence: float = 0.5
    notes: list[str] = []

    def __post_init__(self) -> None:
        if not 0 <= self.confidence <= 1:
            raise ValueError(f"confidence {self.confidence} is not between 0 and 1")


class Event(Claim, frozen=True, kw_only=True, tag="event"):
    """Who did what to whom."""

    type: EventType
    trigger: Span
    modes: list[str] = []
    actors: list[Entity] = []
    recipients: list[Entity] = []
    object: Act | None = None
    times: Times | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        for kind, modes in ((self.type, self.modes), (self.object.type, self.object.modes) if self.object else (self.type, [])):
            for mode in modes:
                if mode not in MODES[kind]:
                    raise ValueError(f"{kind} has no mode {mode!r}; it may have: {', '.join(MODES[kind]) or 'none'}")
        if self.object and self.type not in OBJECT_TYPES:
            raise ValueError(f"{self.type} takes no object")


class Casualty(Claim, frozen=True, kw_only=True, tag="casualty"):
    """How many of whom were harmed, and how."""

    harm: Harm
    count: Count
    who: Entity
    by: Entity | None = None


class Materiel(Claim, frozen=True, kw_only=True, tag="materiel"):
    """What was destroyed, damaged or seized."""

    harm: Damage
    count: Count
    what: str
    owner: Entity | None = None
    by: Entity | None = None


class Role(Claim, frozen=True, kw_only=True, tag="role"):
    """Which person, state or body holds which office or seat in which organisation."""

    holder: Entity
    office: str
    organisation: Entity
    since: date | None = None
    until: date | None = None


AnyClaim = Event | Casualty | Materiel | Role


class Report(Struct, frozen=True, kw_only=True):
    """One article, dispatch, communiqué or post. `id` is as it came, else the digest; `digest` is the text's SHA-256."""

    id: str
    text: str
    digest: str
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    language: str = "en"
    place: str | None = None
    blocks: list[Block] = []
    notes: list[str] = []

    def __post_init__(self) -> None:
        if self.published is not None:
            self.day  # noqa: B018 - raises where the date is none

    @property
    def day(self) -> date | None:
        """The day of publication, None where unknown."""
        return date.fromisoformat(self.published[:10]) if self.published else None

    def span(self, start: int, end: int) -> Span:
        """The span of the text from `start` to `end`."""
        return Span(start=start, end=end, text=self.text[start:end])


class Reading(Struct, frozen=True, kw_only=True):
    """A report with its claims: what `sayso read` gives, and the JSON form `sayso/1`."""

    report: Report
    claims: list[AnyClaim]
    schema: Literal["sayso/1"] = SCHEMA
    explanations: dict[str, list[Step]] = {}

    def to_json(self, explanations: bool = False) -> bytes:
        """One line of JSON, keys in the order of the types; explanations only where asked for."""
        data: dict[str, Any] = {"schema": self.schema, "report": self.report, "claims": self.claims}
        if explanations:
            data["explanations"] = self.explanations
        return _ENCODER.encode(data)


class Step(Struct, frozen=True, kw_only=True):
    """Why a field of a claim has its value: the words, and the lexicon entry, rule, or head that read them."""

    field: str
    value: str
    because: str
    words: str = ""
    at: int | None = None


_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Reading)


def digest(text: str) -> str:
    """SHA-256 of the text, hexadecimal; lone surrogates count as the bytes that they came from."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def claim_id(report_digest: str, kind: str, start: int, end: int, act: str, ordinal: int) -> str:
    """A claim's identity (codebook, section 7): not of its resolved fields, so that a better reading corrects the same claim."""
    key = f"{report_digest}|{kind}|{start}|{end}|{act}|{ordinal}"
    return hashlib.sha256(key.encode()).hexdigest()[:20]


def spans_of(claim: AnyClaim) -> Iterable[Span]:
    """Every span that the claim points at."""
    yield claim.evidence
    yield from claim.also
    yield from (s.cue for s in claim.sources if s.cue)
    if isinstance(claim, Event):
        yield claim.trigger


def decode(line: bytes | str) -> Reading:
    """A `Reading` from its JSON form.

    Raises:
        BadRecord: the JSON is not of the form, or an offset does not slice back to its words.
    """
    try:
        reading = _DECODER.decode(line)
    except (msgspec.MsgspecError, ValueError) as error:
        raise BadRecord(f"not a sayso/1 record: {error}") from None
    text = reading.report.text
    if digest(text) != reading.report.digest:
        raise BadRecord("report.digest is not the SHA-256 of report.text; read the report again")
    for claim in reading.claims:
        for span in spans_of(claim):
            if text[span.start : span.end] != span.text:
                raise BadRecord(f"claim {claim.id}: {span.start}–{span.end} of the text is not {span.text[:40]!r}")
        for words, at in _placed(claim):
            if at is not None and text[at : at + len(words)] != words:
                raise BadRecord(f"claim {claim.id}: the text does not have {words[:40]!r} at {at}")
    return reading


def _placed(claim: AnyClaim) -> Iterable[tuple[str, int | None]]:
    parts: list[Any] = [claim.when, claim.where]
    for source in claim.sources:
        parts += [source.entity, source.said, *source.together_with]
    if isinstance(claim, Event):
        parts += [*claim.actors, *claim.recipients]
    elif isinstance(claim, Casualty):
        parts += [claim.count, claim.who, claim.by]
    elif isinstance(claim, Materiel):
        parts += [claim.count, claim.owner, claim.by]
    else:
        parts += [claim.holder, claim.organisation]
    return [(p.text, p.at) for p in parts if p is not None]


def json_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of one line of output."""
    (schema,), components = msgspec.json.schema_components([Reading], ref_template="#/$defs/{name}")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "sayso/1", **schema, "$defs": components}
