"""A text and what claims point at in it → stretches, each with all that points at it.

In: a report's text, spans of characters. Out: stretches in order, which together are the text, character for character. Spans may overlap in any way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from sayso.model import AnyClaim, Block, BlockKind, Casualty, Entity, Event, Role, When

TIERS = 3
"""Claims that a stretch shows at once, one mark under another; where there are more the last tier stands for all of them."""


class Mark(NamedTuple):
    """Characters that a claim points at, and as what: `evidence`, or a part such as `actor`."""

    start: int
    end: int
    part: str
    claim: str


class Stretch(NamedTuple):
    """Characters between two borders. `claims` are those whose evidence it is, in order; `parts` what else the chosen claim points at there.

    `block` is what the text is there, where it is no paragraph: the headline, the dateline, what is no text to read.
    """

    start: int
    text: str
    claims: tuple[str, ...]
    parts: tuple[str, ...]
    block: str = ""

    @property
    def tiers(self) -> int:
        """How many marks stand under another."""
        return min(TIERS, len(self.claims))


_SHOWN = {code: 0x2400 + code for code in range(32) if code not in (9, 10)} | {0x7F: 0x2421}
_SHOWN |= dict.fromkeys([*range(0x80, 0xA0), 0x061C, *range(0x200E, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x2028, 0x2029, 0xFEFF], 0x25AF)


def shown(text: str) -> str:
    """The text as a page can show it, as many characters as it has: what steers a screen or turns the direction is shown as a sign.

    >>> shown("a\\x1b[31m\\u202eb\\r\\nc") == "a\\u241b[31m\\u25afb\\u200b\\nc", len(shown("\\r\\n"))
    (True, 2)
    """
    return text.replace("\r\n", "\u200b\n").replace("\r", "\n").translate(_SHOWN)


def evidence_of(claim: AnyClaim) -> Iterator[Mark]:
    """The words that state a claim, and the other places that do."""
    for span in (claim.evidence, *claim.also):
        yield Mark(span.start, span.end, "evidence", claim.id)


def parts_of(claim: AnyClaim) -> Iterator[Mark]:
    """What a claim points at beside its evidence: who speaks, acts, is acted upon, by which words, when, where, how many."""
    for source in claim.sources:
        yield from _entity(source.entity, "speaker", claim.id)
        for other in source.together_with:
            yield from _entity(other, "speaker", claim.id)
        if source.cue:
            yield Mark(source.cue.start, source.cue.end, "cue", claim.id)
    if isinstance(claim, Event):
        yield Mark(claim.trigger.start, claim.trigger.end, "trigger", claim.id)
        for part, entities in (("actor", claim.actors), ("recipient", claim.recipients)):
            for entity in entities:
                yield from _entity(entity, part, claim.id)
    elif isinstance(claim, Role):
        yield from _entity(claim.holder, "holder", claim.id)
        yield from _entity(claim.organisation, "organisation", claim.id)
    else:
        yield from _at(claim.count.at, claim.count.text, "count", claim.id)
        yield from _entity(claim.who if isinstance(claim, Casualty) else claim.owner, "victim", claim.id)
        yield from _entity(claim.by, "actor", claim.id)
    yield from _when(claim.when, claim.id)
    if claim.where:
        yield from _at(claim.where.at, claim.where.text, "place", claim.id)


def stretches(text: str, claims: Sequence[AnyClaim], chosen: AnyClaim | None = None, blocks: Iterable[Block] = ()) -> list[Stretch]:
    """The text cut at the borders of all evidence, of the parts of the chosen claim, and of what is no paragraph."""
    marks = [mark for claim in claims for mark in evidence_of(claim)]
    parts = list(parts_of(chosen)) if chosen is not None else []
    set_off = [Mark(block.start, block.end, block.kind, "") for block in blocks if block.kind is not BlockKind.PARAGRAPH]
    seen = shown(text)

    def over(among: Iterable[Mark], start: int, end: int) -> Iterator[Mark]:
        return (m for m in among if m.start <= start and end <= m.end)

    return [
        Stretch(
            start, seen[start:end], _once(m.claim for m in over(marks, start, end)), _once(m.part for m in over(parts, start, end)),
            next((m.part for m in over(set_off, start, end)), ""),
        )
        for start, end in _between(text, [*marks, *parts, *set_off])
    ]


def _once(told: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(told))


def _between(text: str, marks: Iterable[Mark]) -> Iterator[tuple[int, int]]:
    borders = sorted({0, len(text), *(place for m in marks for place in (m.start, m.end) if 0 <= place <= len(text))})
    yield from pairwise(borders)


def _entity(entity: Entity | None, part: str, claim: str) -> Iterator[Mark]:
    if entity is not None:
        yield from _at(entity.at, entity.text, part, claim)


def _when(when: When | None, claim: str) -> Iterator[Mark]:
    if when is not None:
        yield from _at(when.at, when.text, "date", claim)


def _at(at: int | None, words: str, part: str, claim: str) -> Iterator[Mark]:
    if at is not None and words:
        yield Mark(at, at + len(words), part, claim)
