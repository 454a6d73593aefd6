"""A claim → the fields of a form, and back.

In: a claim and its report; what a form sent. Out: values by name of field (`actors.0.name`), and a claim of the same id. What a reviewer typed as words of the
text is looked up in it, next to where the old ones stood; words that were taken by selecting come with their place. A field holds one line: white space is a
blank in it, what cannot be shown a sign, and both lead back to the characters of the text. The record checks the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import islice
from typing import Any, TypeVar

from msgspec.structs import asdict

from sayso.desk.marking import shown
from sayso.errors import BadRecord
from sayso.model import (
    Act,
    AnyClaim,
    Casualty,
    Channel,
    Count,
    Damage,
    Distance,
    Entity,
    Event,
    EventType,
    Harm,
    Manner,
    Materiel,
    Report,
    Role,
    Sector,
    Source,
    Span,
    Status,
    Times,
    When,
    Where,
)  # fmt: skip

KINDS = ("event", "casualty", "materiel", "role")
LISTS = ("sources", "actors", "recipients", "also")
"""Fields that hold any number of things; a form has one empty place more than there are."""
MOST = 200
"""Things in a list, at most."""
NEAR = 1_000
"""Places of the same words in a text that are looked at."""
PARTS: dict[str, tuple[str, ...]] = {
    "event": ("actors", "recipients"), "casualty": ("who", "by"), "materiel": ("owner", "by"), "role": ("holder", "organisation"),
}  # fmt: skip
"""By kind, who is in a claim."""
_BLANK = re.compile(r"[\s\u200b]+")
_NO_FIELDS = frozenset({"seen", "note", "more", "kind", "back"})
PRECISIONS_OF_DAYS = ("day", "week", "month", "year", "range")
PRECISIONS_OF_PLACES = ("point", "city", "district", "province", "country")
V = TypeVar("V")
Values = dict[str, str]


def values_of(claim: AnyClaim) -> Values:
    """What a form of this claim holds at first."""
    return {name: line(value) for name, value in _fields(claim).items()}


def _fields(claim: AnyClaim) -> Values:
    """What a claim tells, by name of field, with the characters that it has."""
    found: Values = {"kind": claim.__struct_config__.tag, "status": claim.status, "background": "yes" if claim.background else ""}  # type: ignore[dict-item]
    _put_span(found, "evidence", claim.evidence)
    for n, span in enumerate(claim.also):
        _put_span(found, f"also.{n}", span)
    for n, source in enumerate(claim.sources):
        _put_entity(found, f"sources.{n}", source.entity)
        _put_span(found, f"sources.{n}.cue", source.cue)
        found |= {f"sources.{n}.manner": source.manner, f"sources.{n}.distance": source.distance, f"sources.{n}.channel": source.channel}
        found[f"sources.{n}.together"] = "; ".join(e.name for e in source.together_with)
        _put_when(found, f"sources.{n}.said", source.said)
    _put_when(found, "when", claim.when)
    if claim.where is not None:
        found |= {f"where.{name}": "" if value is None else str(value) for name, value in asdict(claim.where).items()}
    if isinstance(claim, Event):
        found |= {"type": claim.type, "modes": ", ".join(claim.modes)}
        _put_span(found, "trigger", claim.trigger)
        for part in PARTS["event"]:
            for n, entity in enumerate(getattr(claim, part)):
                _put_entity(found, f"{part}.{n}", entity)
        if claim.object is not None:
            found |= {"object.type": claim.object.type, "object.modes": ", ".join(claim.object.modes)}
        if claim.times is not None:
            found |= {"times.low": _number(claim.times.low), "times.high": _number(claim.times.high)}
            found["times.told"] = "" if found["times.low"] or found["times.high"] else "yes"
        return found
    for part in PARTS[found["kind"]]:
        _put_entity(found, part, getattr(claim, part))
    if isinstance(claim, Role):
        return found | {"office": claim.office, "since": str(claim.since or ""), "until": str(claim.until or "")}
    found |= {
        "harm": claim.harm, "count.low": _number(claim.count.low), "count.high": _number(claim.count.high), "count.text": claim.count.text,
        "count.at": _number(claim.count.at), "count.approximate": "yes" if claim.count.approximate else "",
    }  # fmt: skip
    return found | ({"what": claim.what} if isinstance(claim, Materiel) else {})


def blank(kind: str, evidence: Span | None) -> Values:
    """What the form of a claim that the reading missed holds at first."""
    found: Values = {"kind": kind, "status": Status.OCCURRED, "sources.0.manner": Manner.INDIRECT}
    _put_span(found, "evidence", evidence)
    return {name: line(value) for name, value in found.items()}


def line(words: str) -> str:
    """Words of a text as a field of one line holds them.

    >>> line("three \\r\\nsoldiers\\u202e")
    'three soldiers▯'
    """
    return " ".join(_BLANK.sub(" ", shown(words)).split())


def many(values: Mapping[str, str], name: str, more: int = 1) -> int:
    """How many places a form has for a list: so many more than are filled."""
    return min(MOST, max(places({key: value for key, value in values.items() if value}, name), default=-1) + 1 + more)


def places(values: Mapping[str, str], name: str) -> list[int]:
    """The places of a list that a form tells, in order."""
    told = {key.split(".")[1] for key in values if key.startswith(f"{name}.")}
    return sorted(int(n) for n in told if n.isascii() and n.isdigit() and len(n) < 6)


def differing(one: Mapping[str, str], other: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """The fields in which two forms differ, and what either has; where words stand is no field of its own, and what is not told is empty."""
    names = [name for name in dict.fromkeys([*one, *other]) if name not in _NO_FIELDS and not name.startswith("_") and not name.endswith(".at")]
    return [(name, one.get(name, ""), other.get(name, "")) for name in names if line(one.get(name, "")) != line(other.get(name, ""))]


def claim_of(form: Mapping[str, str], report: Report, before: AnyClaim | None, key: str = "", known: Iterable[Entity] = ()) -> AnyClaim:
    """The claim that a form tells.

    Args:
        before: the claim that is corrected: what a form has no field for is taken from it.
        key: the id, where there is none before.
        known: somebody of whom a form tells the name alone is the first of these who has it.

    Raises:
        BadRecord: a field's value cannot be used; the message says which, and how to mend it.
    """
    return _Told(form, report, before, known).claim(key)


def entities_of(claim: AnyClaim) -> Iterable[Entity]:
    """Everybody in a claim."""
    for source in claim.sources:
        yield from (source.entity, *source.together_with)
    for part in PARTS[str(claim.__struct_config__.tag)]:
        found = getattr(claim, part)
        yield from found if isinstance(found, list) else [found] if found is not None else []


class _Told:
    """What a form told."""

    def __init__(self, form: Mapping[str, str], report: Report, before: AnyClaim | None, known: Iterable[Entity]) -> None:
        self.form = {name: line(value) for name, value in form.items()}
        self.report, self.before, self.text = report, before, shown(report.text)
        own = list(entities_of(before)) if before is not None else []
        self.had = _by_field(before) if before is not None else {}
        self.known: dict[str, Entity] = {}
        for entity in (*own, *known):
            self.known.setdefault(line(entity.name), entity)
        self.raw = _fields(before) if before is not None else {}
        self.old = {name: line(value) for name, value in self.raw.items()}

    def claim(self, key: str) -> AnyClaim:
        before = self.before
        kind = str(before.__struct_config__.tag) if before is not None else self.one("kind", KINDS)
        evidence = self.span("evidence", None)
        if evidence is None:
            raise BadRecord("evidence: is empty; select the words that state the claim")
        near = evidence.start
        common: dict[str, Any] = {
            "id": before.id if before is not None else key, "evidence": evidence, "also": self.spans("also", near), "sources": self.sources(near),
            "status": self.choice("status", Status), "background": self.form.get("background") == "yes",
            "when": self.when("when", near), "where": self.where(near),
            "confidence": before.confidence if before is not None else 1.0, "notes": before.notes if before is not None else [],
        }  # fmt: skip
        try:
            return getattr(self, f"_{kind}")(common, near)  # type: ignore[no-any-return]
        except ValueError as error:
            raise BadRecord(str(error)) from None

    def _event(self, common: dict[str, Any], near: int) -> AnyClaim:
        thing = self.form.get("object.type", "")
        return Event(
            **common, type=self.choice("type", EventType), modes=self.words("modes"), trigger=self.span("trigger", near) or common["evidence"],
            actors=self.entities("actors", near), recipients=self.entities("recipients", near),
            object=Act(type=self.choice("object.type", EventType), modes=self.words("object.modes")) if thing else None, times=self.times(),
        )  # fmt: skip

    def _casualty(self, common: dict[str, Any], near: int) -> AnyClaim:
        return Casualty(**common, harm=self.choice("harm", Harm), count=self.count(near), who=self.needed("who", near), by=self.entity("by", near))

    def _materiel(self, common: dict[str, Any], near: int) -> AnyClaim:
        owner, by = self.entity("owner", near), self.entity("by", near)
        return Materiel(**common, harm=self.choice("harm", Damage), count=self.count(near), what=self.kept("what", self.filled("what")), owner=owner, by=by)

    def _role(self, common: dict[str, Any], near: int) -> AnyClaim:
        holder, body, office = self.needed("holder", near), self.needed("organisation", near), self.kept("office", self.filled("office"))
        return Role(**common, holder=holder, office=office, organisation=body, since=self.day("since"), until=self.day("until"))

    # values

    def one(self, name: str, allowed: Iterable[str], value: str | None = None) -> str:
        value = self.form.get(name, "") if value is None else value
        if value not in allowed:
            raise BadRecord(f"{name}: {value[:40]!r} is none of {', '.join(allowed)}")
        return value

    def choice(self, name: str, kind: type[V]) -> V:
        return kind(self.one(name, [str(v) for v in kind]))  # type: ignore[call-arg, attr-defined]

    def filled(self, name: str) -> str:
        if not (value := self.form.get(name, "")):
            raise BadRecord(f"{name}: is empty; fill it in")
        return value

    def kept(self, name: str, value: str) -> str:
        """A value, or the old one with all its characters where the form has it as it was."""
        return self.raw[name] if name in self.raw and value == self.old[name] else value

    def words(self, name: str) -> list[str]:
        return [word.strip() for word in self.form.get(name, "").split(",") if word.strip()]

    def number(self, name: str) -> int | None:
        value = self.form.get(name, "").replace(",", "").replace(" ", "")
        if not value:
            return None
        if not (value.isascii() and value.isdigit() and len(value) <= 15):
            raise BadRecord(f"{name}: {value[:40]!r} is no whole number; write it in figures")
        return int(value)

    def degrees(self, name: str, most: float) -> float | None:
        value = self.form.get(name, "")
        try:
            found = float(value) if value else None
        except ValueError:
            found = most + 1
        if found is not None and not -most <= found <= most:
            raise BadRecord(f"{name}: {value[:40]!r} is no number from -{most:g} to {most:g}")
        return found

    def day(self, name: str) -> date | None:
        value = self.form.get(name, "")
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            raise BadRecord(f"{name}: {value[:40]!r} is no day; write it as 2020-07-13") from None

    # words of the text

    def span(self, name: str, near: int | None) -> Span | None:
        """The words of a field, where they stand: at their place, else next to the place, else where the text has them first."""
        words = self.form.get(f"{name}.text", "")
        if not words:
            return None
        at = self.number(f"{name}.start")
        found = self.place(words, at if at is not None else near, f"{name}.text")
        if found is None:
            raise BadRecord(f"{name}: “{words[:60]}” does not stand in the text; select the words there")
        return found

    def place(self, words: str, near: int | None, name: str = "") -> Span | None:
        """Where words stand in the text, next to a place; those that a field had before stay as they were there."""
        before = self.kept(name, words)
        if before and near is not None and self.report.text.startswith(before, near):
            return self.report.span(near, near + len(before))
        pattern = re.compile(r"[\s\u200b]+".join(map(re.escape, words.split(" "))))
        there = pattern.match(self.text, near) if near is not None else None
        if there is None:
            there = min(islice(pattern.finditer(self.text), NEAR), key=lambda found: abs(found.start() - (near or 0)), default=None)
        return self.report.span(*there.span()) if there else None

    def spans(self, name: str, near: int) -> list[Span]:
        return [span for n in self.places(name) if (span := self.span(f"{name}.{n}", near)) is not None]

    def places(self, name: str) -> list[int]:
        found = places(self.form, name)
        if len(found) > MOST:
            raise BadRecord(f"{name}: are {len(found)}; a claim has {MOST} at most")
        return found

    def stood(self, name: str, near: int) -> dict[str, Any]:
        """The words of a field and where they stand, which may be nowhere: what is taken from the context has none."""
        words = self.form.get(f"{name}.text", "")
        at = self.number(f"{name}.at")
        if at is None and words == self.old.get(f"{name}.text") and f"{name}.at" in self.old:  # what has no place in the text is left so
            return {"text": self.raw[f"{name}.text"], "at": None}
        found = self.place(words, at if at is not None else near, f"{name}.text") if words else None
        return {"text": found.text, "at": found.start} if found else {"text": self.kept(f"{name}.text", words), "at": None}

    # things

    def entity(self, name: str, near: int) -> Entity | None:
        called = self.form.get(f"{name}.name", "") or self.form.get(f"{name}.text", "")
        if not called or self.form.get(f"{name}.drop") == "yes":
            return None
        country = self.form.get(f"{name}.country", "").upper()
        if country and not (len(country) == 3 and country.isascii() and country.isalpha()):
            raise BadRecord(f"{name}.country: {country[:20]!r} is no code of three letters (ISO 3166), such as ARM")
        had, told = self.had.get(name), self.stood(name, near)
        known = had if had is not None and line(had.name) == called else self.known.get(called)
        sector, qualifiers = self.form.get(f"{name}.sector", ""), self.words(f"{name}.qualifiers")
        left = all(self.form.get(field, "") == self.old.get(field, "") for field in (f"{name}.country", f"{name}.sector", f"{name}.qualifiers"))
        if known is not None and left and called != self.old.get(f"{name}.name"):  # somebody else, of whom the name alone was told
            country, sector, qualifiers = known.country or "", known.sector, known.qualifiers
        return Entity(
            text=told["text"], name=known.name if known else called, country=country or None,
            sector=Sector(self.one(f"{name}.sector", [*map(str, Sector)], sector)) if sector else Sector.UNK, qualifiers=qualifiers,
            id=known.id if known else None, at=told["at"],
        )  # fmt: skip

    def needed(self, name: str, near: int) -> Entity:
        found = self.entity(name, near)
        if found is None:
            raise BadRecord(f"{name}: is empty; say who it is")
        return found

    def entities(self, name: str, near: int) -> list[Entity]:
        return [entity for n in self.places(name) if (entity := self.entity(f"{name}.{n}", near)) is not None]

    def sources(self, near: int) -> list[Source]:
        found = []
        for n in self.places("sources"):
            name = f"sources.{n}"
            if (entity := self.entity(name, near)) is None:
                continue
            others = self.form.get(f"{name}.together", "")
            as_before = self.before.sources[n].together_with if self.before and others == self.old.get(f"{name}.together") else None
            found.append(
                Source(
                    entity=entity, cue=self.span(f"{name}.cue", near), manner=self._or(f"{name}.manner", Manner, Manner.INDIRECT),
                    distance=self._or(f"{name}.distance", Distance, Distance.NEUTRAL), channel=self._or(f"{name}.channel", Channel, Channel.UNKNOWN),
                    said=self.when(f"{name}.said", near), together_with=self.others(others, near) if as_before is None else as_before,
                )
            )  # fmt: skip
        return found

    def others(self, names: str, near: int) -> list[Entity]:
        """Those who said it too, by their names."""
        return [self.known.get(called) or self.named(called, near) for name in names.split(";") if (called := name.strip())]

    def named(self, called: str, near: int) -> Entity:
        found = self.place(called, near)
        return Entity(text=found.text if found else called, name=called, at=found.start if found else None)

    def _or(self, name: str, kind: type[V], default: V) -> V:
        return self.choice(name, kind) if self.form.get(name) else default

    def count(self, near: int) -> Count:
        low, high = self.number("count.low"), self.number("count.high")
        if low is None and high is None:
            raise BadRecord("count: is empty; say how many, at least or at most")
        return Count(low=low, high=high, approximate=self.form.get("count.approximate") == "yes", **self.stood("count", near))

    def times(self) -> Times | None:
        low, high = self.number("times.low"), self.number("times.high")
        return Times(low=low, high=high) if low is not None or high is not None or self.form.get("times.told") == "yes" else None

    def when(self, name: str, near: int) -> When | None:
        start, end = self.day(f"{name}.start"), self.day(f"{name}.end")
        was_open = f"{name}.precision" in self.old and not self.old[f"{name}.end"]
        if start is None and end is None and not (was_open and not self.old[f"{name}.start"] and self.form.get(f"{name}.text") == self.old[f"{name}.text"]):
            return None
        if start and end and end < start:
            raise BadRecord(f"{name}: ends before it begins")
        precision: Any = self.one(f"{name}.precision", PRECISIONS_OF_DAYS) if self.form.get(f"{name}.precision") else "day"
        if end is None and precision != "range" and not was_open:
            end = start
        return When(start=start, end=end, precision=precision, **self.stood(name, near))

    def where(self, near: int) -> Where | None:
        if not (name := self.form.get("where.name", "")):
            return None
        country = self.form.get("where.country", "").upper()
        if country and len(country) != 3:
            raise BadRecord(f"where.country: {country[:20]!r} is no code of three letters (ISO 3166), such as AZE")
        precision: Any = self.one("where.precision", PRECISIONS_OF_PLACES) if self.form.get("where.precision") else "city"
        lat, lon = self.degrees("where.lat", 90), self.degrees("where.lon", 180)
        if (lat is None) != (lon is None):
            raise BadRecord("where: has one of latitude and longitude only; give both, or none")
        admin1 = self.kept("where.admin1", self.form.get("where.admin1", "")) or None
        name, told = self.kept("where.name", name), self.stood("where", near)
        return Where(name=name, country=country or None, admin1=admin1, lat=lat, lon=lon, precision=precision, **told)


def _by_field(claim: AnyClaim) -> dict[str, Entity]:
    """Who stands in which field of a claim's form."""
    found = {f"sources.{n}": source.entity for n, source in enumerate(claim.sources)}
    for part in PARTS[str(claim.__struct_config__.tag)]:
        there = getattr(claim, part)
        found |= {f"{part}.{n}": entity for n, entity in enumerate(there)} if isinstance(there, list) else {part: there} if there is not None else {}
    return found


def _put_span(found: Values, name: str, span: Span | None) -> None:
    if span is not None:
        found |= {f"{name}.text": span.text, f"{name}.start": str(span.start)}


def _put_entity(found: Values, name: str, entity: Entity | None) -> None:
    if entity is not None:
        found |= {
            f"{name}.text": entity.text, f"{name}.name": entity.name, f"{name}.country": entity.country or "", f"{name}.sector": entity.sector,
            f"{name}.qualifiers": ", ".join(entity.qualifiers), f"{name}.at": _number(entity.at),
        }  # fmt: skip


def _put_when(found: Values, name: str, when: When | None) -> None:
    if when is not None:
        found |= {
            f"{name}.start": str(when.start or ""), f"{name}.end": str(when.end or ""), f"{name}.precision": when.precision, f"{name}.text": when.text,
            f"{name}.at": _number(when.at),
        }  # fmt: skip


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
