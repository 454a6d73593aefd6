"""Two claims → what of them is the same; two lists of claims → which belong together.

In: an annotated report and a reading of it, brought to one form (`Item`). Out: the pairs that match, one to one, and for each
measure whether the pair agrees on it. What counts as the same party, place or speaker is decided here and nowhere else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sayso.scoring.annotated import Annotated, AnyStated, Party, Speaker, StatedCasualty, StatedEvent, StatedMateriel, StatedRole

LEAST_OVERLAP = 0.2
"""Intersection over union from which two stretches of text are about the same thing."""
STATE = frozenset("GOV MIL COP LEG JUD SPY".split())
ARMED = frozenset("REB UAF PRM CRM".split())
NAMED_BODIES = frozenset("IGO NGO ISM IMG MNC".split())
"""Not countries: which body it is, the names must tell."""
DE_FACTO = re.compile(
    r"karaba|artsakh|donetsk people|luhansk people|lugansk people|abkhaz|ossetia|transnistri|pridnestrov|somaliland|northern cyprus|polisario|sahrawi", re.I
)
GENERIC = frozenset(
    "the of a an in at near region province district city town village border area state north south east west northern southern eastern western "
    "central governorate county section".split()
)
"""Words that two names of places or bodies may share without being the same."""

Range = tuple[int, int]
Pair = tuple[int, int, dict[str, bool]]


@dataclass(frozen=True)
class Side:
    """A party or speaker, from an annotation or a reading."""

    text: str
    name: str
    country: str | None
    sector: str | None
    partial: bool
    inherited: bool = False

    @property
    def kind(self) -> str | None:
        """`state`, `armed` or `people`; None where the sector is not known."""
        sector = (self.sector or "UNK")[:3]
        return None if sector == "UNK" else "state" if sector in STATE else "armed" if sector in ARMED else "people"

    @property
    def de_facto(self) -> bool:
        """Whether it is an entity that the state which claims it does not speak for."""
        return self.partial or bool(DE_FACTO.search(f"{self.name} {self.text}"))


@dataclass(frozen=True)
class Item:
    """A claim, from an annotation or a reading. `act` is the type of an event or the harm of a loss."""

    kind: str
    act: str | None
    status: str | None
    spans: tuple[Range, ...]
    words: str
    sources: tuple[Side, ...]
    actors: tuple[Side, ...] = ()
    recipients: tuple[Side, ...] = ()
    bounds: tuple[int | None, int | None] = (None, None)
    what: str = ""
    holder: str = ""
    office: str = ""
    country: str | None = None
    when: tuple[str | None, str | None] | None = None
    where: tuple[str, str, str | None] | None = None
    """Name, words, country."""
    confidence: float | None = None


# to one form


def items_of_annotation(report: Annotated) -> list[Item]:
    """The annotated claims, those about things last."""
    return [_from_annotation(claim, report.text) for claim in report.stated]


def items_of_reading(record: dict[str, Any]) -> list[Item]:
    """The claims of one line of `sayso read --format jsonl`."""
    return [_from_reading(claim) for claim in record.get("claims") or []]


def _from_annotation(claim: AnyStated, text: str) -> Item:
    spans = tuple(at for quote in (claim.evidence, *claim.also) for at in occurrences(quote, text))
    if isinstance(claim, StatedRole):
        return Item("role", None, None, spans, claim.evidence, (), holder=claim.person, office=claim.office, country=claim.country)
    start, _, end = (claim.when or "").partition("/")
    shared: dict[str, Any] = {
        "status": claim.status.value,
        "spans": spans,
        "words": claim.evidence,
        "sources": tuple(_party(s) for s in claim.sources),
        "when": (start, end or start) if claim.when else None,
        "where": (claim.where.name, claim.where.text or "", claim.where.country) if claim.where else None,
    }
    if isinstance(claim, StatedEvent):
        return Item("event", claim.type.value, actors=_parties(claim.actors), recipients=_parties(claim.recipients), **shared)
    hit = claim.who if isinstance(claim, StatedCasualty) else claim.owner
    return Item(
        "casualty" if isinstance(claim, StatedCasualty) else "materiel", claim.harm.value, actors=_parties([claim.by]), recipients=_parties([hit]),
        bounds=(claim.low, claim.high), what=claim.what if isinstance(claim, StatedMateriel) else "", **shared,
    )  # fmt: skip


def _from_reading(claim: dict[str, Any]) -> Item:
    marks = [claim.get("evidence"), *_listed(claim.get("also"))]
    count = claim.get("count") or {}
    when, where = claim.get("when"), claim.get("where")
    kind = claim.get("kind") or ""
    holder = claim.get("holder") or {}
    return Item(
        kind,
        claim.get("type") or claim.get("harm"),
        claim.get("status"),
        tuple((m["start"], m["end"]) for m in marks if isinstance(m, dict) and "start" in m),
        (claim.get("evidence") or {}).get("text", ""),
        tuple(
            _entity(e, s.get("manner") == "inherited")
            for s in _listed(claim.get("sources"))
            for e in (s.get("entity") or {}, *_listed(s.get("together_with")))  # an annotation has those who speak together one after the other
        ),
        tuple(_entity(e) for e in _listed(claim.get("actors") if kind == "event" else claim.get("by"))),
        tuple(_entity(e) for e in _listed(claim.get("recipients") or claim.get("who") or claim.get("owner"))),
        (count.get("low"), count.get("high")),
        claim.get("what") or "",
        holder.get("name") or holder.get("text") or "",
        claim.get("office") or "",
        (claim.get("organisation") or {}).get("country"),
        (when.get("start"), when.get("end") or when.get("start")) if when else None,
        (where.get("name") or "", where.get("text") or "", where.get("country")) if where else None,
        claim.get("confidence"),
    )


def _party(party: Party | Speaker) -> Side:
    return Side(
        party.text, party.name, party.country, party.sector.value, "PRE" in party.qualifiers, isinstance(party, Speaker) and party.manner == "inherited"
    )


def _parties(parties: Iterable[Party | None]) -> tuple[Side, ...]:
    return tuple(_party(p) for p in parties if p is not None)


def _entity(entity: dict[str, Any], inherited: bool = False) -> Side:
    return Side(
        entity.get("text") or "", entity.get("name") or "", entity.get("country"), entity.get("sector"), "PRE" in _listed(entity.get("qualifiers")), inherited
    )


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


def occurrences(quote: str, text: str) -> list[Range]:
    """Where the quote stands; one that stands in several places may match at any of them."""
    found = []
    at = text.find(quote) if quote else -1
    while at >= 0:
        found.append((at, at + len(quote)))
        at = text.find(quote, at + 1)
    return found


# what is the same


def fold(text: str) -> str:
    """Without case, accents and punctuation."""
    decomposed = unicodedata.normalize("NFKD", text)
    return re.sub(r"[^\w ]+", " ", "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()).strip()


def telling(*texts: str) -> set[str]:
    """The words by which names are told apart."""
    return set(" ".join(fold(t) for t in texts).split()) - GENERIC


def overlap(one: Range, other: Range) -> float:
    """Intersection over union."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, common) / max(1, max(one[1], other[1]) - min(one[0], other[0]))


def best_overlap(one: Item, other: Item) -> float:
    """Of their evidence and its repetitions."""
    return max((overlap(a, b) for a in one.spans for b in other.spans), default=0.0)


def same_party(gold: Side, got: Side) -> bool:
    """Country and kind agree; de facto entities are not the state that claims them; of bodies the names must share a word.

    Where the annotation has no country (the text tells none) any one country is accepted.
    """
    if len({gold.kind, got.kind} - {None}) > 1:
        return False
    if not gold.country:
        return True
    if gold.country != got.country or gold.de_facto != got.de_facto:
        return False
    return gold.country not in NAMED_BODIES or bool(telling(gold.name, gold.text) & telling(got.name, got.text))


def same_side(gold: Sequence[Side], got: Sequence[Side]) -> bool:
    """Every party of the one stands in the other, and the other way round."""
    if not gold or not got:
        return not gold and not got
    return all(any(same_party(g, p) for p in got) for g in gold) and all(any(same_party(g, p) for g in gold) for p in got)


def same_speaker(gold: Sequence[Side], got: Sequence[Side]) -> bool:
    """The report's own voice, or the same nearest speaker."""
    if not gold or not got:
        return not gold and not got
    return same_party(gold[0], got[0])


def same_chain(gold: Sequence[Side], got: Sequence[Side]) -> bool:
    """The same speakers in the same order."""
    return len(gold) == len(got) and all(map(same_party, gold, got))


def same_place(gold: Item, got: Item) -> bool:
    """The names share a telling word, and the country agrees where the annotation has one."""
    if not gold.where or not got.where:
        return False
    return bool(telling(gold.where[0]) & telling(*got.where[:2])) and gold.where[2] in (None, got.where[2])


def agree(gold: Item, got: Item) -> dict[str, bool] | None:
    """What of a candidate pair is the same; None where the pair cannot match at all."""
    if gold.kind != got.kind:
        return None
    if gold.kind == "role":
        names = fold(gold.holder).split()[-1:], fold(got.holder).split()[-1:]
        if not names[0] or names[0] != names[1] or gold.country != got.country:
            return None
        return {"base": True, "strict": bool(telling(gold.office) & telling(got.office))}
    if best_overlap(gold, got) < LEAST_OVERLAP or gold.act != got.act:
        return None
    if gold.kind != "event" and gold.bounds != got.bounds:
        return None
    if gold.kind == "materiel" and not telling(gold.what) & telling(got.what):
        return None
    source, status = same_speaker(gold.sources, got.sources), gold.status == got.status
    who = same_side(gold.recipients, got.recipients) and (gold.kind != "event" or same_side(gold.actors, got.actors))
    return {
        "base": True, "who": who, "source": who and source, "strict": who and source and status,
        "who_alone": who, "source_alone": source, "status_alone": status,
    }  # fmt: skip


def match(golds: Sequence[Item], gots: Sequence[Item]) -> list[Pair]:
    """One to one, the pair that agrees most first."""
    pairs = []
    for i, gold in enumerate(golds):
        for j, got in enumerate(gots):
            same = agree(gold, got)
            if same:
                pairs.append((sum(same.values()), best_overlap(gold, got), -i, -j, same))
    taken_gold: set[int] = set()
    taken_got: set[int] = set()
    out = []
    for _, _, i, j, same in sorted(pairs, key=lambda p: p[:4], reverse=True):
        if -i not in taken_gold and -j not in taken_got:
            taken_gold.add(-i)
            taken_got.add(-j)
            out.append((-i, -j, same))
    return out
