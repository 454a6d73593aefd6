"""Annotated reports: the file form in which people write down what a report claims, and the faults that such a file can have.

In: JSON lines, one report each, every span an exact substring of the report's text. Out: `Annotated` reports, or a list of faults.
Nothing here reads language or judges a reading.

An annotated report is `{id, publisher, date, language, text, claims}`; ours also have `conflict`, `features`, `materiel` (claims about
things, scored apart) and `swap` (pairs of names that change the two sides of the report for each other).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Literal, TypeVar

import msgspec

from sayso.errors import BadAnnotation
from sayso.model import MODES, Act, Damage, EventType, Harm, Sector, Status, Struct, Times

T = TypeVar("T")
COUNTRY = re.compile(r"[A-Z]{3}")


class Party(Struct, frozen=True, kw_only=True):
    """Somebody, as a coder wrote them down: the words of the text and whom they mean; `country` None where the text tells none."""

    text: str
    name: str = ""
    country: str | None = None
    sector: Sector = Sector.UNK
    qualifiers: list[str] = []


class Speaker(Party, frozen=True, kw_only=True):
    """A link of the chain, nearest first; an inherited one has no cue. Coordinated speakers stand as two entries."""

    cue: str | None = None
    manner: str | None = None


class Place(Struct, frozen=True, kw_only=True):
    """Where, as a coder wrote it down."""

    text: str | None = None
    name: str = ""
    country: str | None = None


class Stated(Struct, frozen=True, kw_only=True, tag_field="kind"):
    """What every annotated claim has. `when` is a day, an interval `A/B`, or None."""

    evidence: str
    also: list[str] = []
    sources: list[Speaker] = []
    status: Status = Status.OCCURRED
    background: bool = False
    when: str | None = None
    where: Place | None = None


class StatedEvent(Stated, frozen=True, kw_only=True, tag="event"):
    """Who did what to whom."""

    type: EventType
    trigger: str | None = None
    modes: list[str] = []
    actors: list[Party] = []
    recipients: list[Party] = []
    object: Act | None = None
    times: Times | None = None


class StatedCasualty(Stated, frozen=True, kw_only=True, tag="casualty"):
    """How many of whom were harmed."""

    harm: Harm
    low: int | None
    high: int | None
    who: Party | None = None
    by: Party | None = None


class StatedMateriel(Stated, frozen=True, kw_only=True, tag="materiel"):
    """What was destroyed, damaged or seized; `what` is a plain noun."""

    harm: Damage
    low: int | None
    high: int | None
    what: str
    owner: Party | None = None
    by: Party | None = None


class StatedRole(Struct, frozen=True, kw_only=True, tag_field="kind", tag="role"):
    """Which person, state or body holds which office."""

    evidence: str
    person: str
    office: str
    country: str | None = None
    also: list[str] = []


AnyStated = StatedEvent | StatedCasualty | StatedMateriel | StatedRole


class Annotated(Struct, frozen=True, kw_only=True):
    """A report with the claims that a coder found in it."""

    id: str
    text: str
    claims: list[StatedEvent | StatedCasualty | StatedRole]
    publisher: str | None = None
    date: str | None = None
    language: Literal["en"] | str = "en"
    materiel: list[StatedMateriel] = []
    conflict: str | None = None
    features: list[str] = []
    swap: list[tuple[str, str]] = []

    @property
    def stated(self) -> list[AnyStated]:
        """All claims, those about things last."""
        return [*self.claims, *self.materiel]


_DECODER = msgspec.json.Decoder(Annotated)
_ENCODER = msgspec.json.Encoder()


def load(path: Path) -> list[Annotated]:
    """The reports of a file of annotated reports.

    Raises:
        BadAnnotation: the file cannot be read or a line has not the form; the message names the line.
    """
    return load_lines(path, _DECODER, "an annotated report")


def load_lines(path: Path, decoder: msgspec.json.Decoder[T], kind: str) -> list[T]:
    """The values of a file of JSON lines; `kind` names one, with its article.

    Raises:
        BadAnnotation: the file cannot be read, holds none, or a line has not the form; the message names the line.
    """
    try:
        lines = path.read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise BadAnnotation(f"{path}: cannot be read: {reason}") from None
    found = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                found.append(decoder.decode(line))
            except (msgspec.MsgspecError, ValueError) as error:
                raise BadAnnotation(f"{path}, line {number}: not {kind}: {error}") from None
    if not found:
        raise BadAnnotation(f"{path}: holds no {kind.partition(' ')[2]}; one JSON object a line is expected")
    return found


def dump(reports: Iterable[Annotated]) -> str:
    """The file form, one report a line."""
    return "".join(_ENCODER.encode(r).decode() + "\n" for r in reports)


def faults(reports: Iterable[Annotated]) -> Iterator[str]:
    """What is wrong in annotations, one line each: quotes that the text does not have, modes that a type does not have, bad dates."""
    seen: set[str] = set()
    for report in reports:
        if report.id in seen:
            yield f"{report.id}: a second report of this id"
        seen.add(report.id)
        if report.date is not None and _day(report.date) is None:
            yield f"{report.id}: date {report.date!r} is not a day"
        for number, claim in enumerate(report.stated):
            for fault in _claim_faults(report, claim):
                yield f"{report.id}[{number}]: {fault}"


def _claim_faults(report: Annotated, claim: AnyStated) -> Iterator[str]:
    if not claim.evidence:
        yield "no evidence"
    for quote in _quotes(claim):
        if quote not in report.text:
            yield f"not in the text: {quote!r}"
    if isinstance(claim, StatedRole):
        return
    parties = [*claim.sources, *_parties(claim)]
    for party in parties:
        if party.country is not None and not COUNTRY.fullmatch(party.country):
            yield f"country {party.country!r} of {party.text!r} is not a code of three capitals"
    for source in claim.sources:
        if source.manner == "inherited" and source.cue:
            yield f"{source.text!r} is inherited and has a cue"
    if isinstance(claim, StatedEvent):
        for kind, modes in ((claim.type, claim.modes), (claim.object.type, claim.object.modes) if claim.object else (claim.type, [])):
            yield from (f"{kind} has no mode {mode!r}" for mode in modes if mode not in MODES[kind])
    elif claim.low is None and claim.high is None:
        yield "no count"
    elif claim.low is not None and claim.high is not None and claim.low > claim.high:
        yield f"count {claim.low}–{claim.high} runs backwards"
    if claim.when is not None and any(_day(part) is None for part in claim.when.split("/", 1)):
        yield f"when {claim.when!r} is neither a day nor an interval A/B"


def _quotes(claim: AnyStated) -> Iterator[str]:
    yield from claim.also
    if claim.evidence:
        yield claim.evidence
    if isinstance(claim, StatedRole):
        return
    for party in (*claim.sources, *_parties(claim)):
        if party.text:
            yield party.text
    yield from (s.cue for s in claim.sources if s.cue)
    if claim.where and claim.where.text:
        yield claim.where.text
    if isinstance(claim, StatedEvent) and claim.trigger:
        yield claim.trigger


def _parties(claim: StatedEvent | StatedCasualty | StatedMateriel) -> list[Party]:
    if isinstance(claim, StatedEvent):
        return [*claim.actors, *claim.recipients]
    first = claim.who if isinstance(claim, StatedCasualty) else claim.owner
    return [p for p in (first, claim.by) if p is not None]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
