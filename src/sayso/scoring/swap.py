"""Swapping the two sides of a report must swap its claims and change nothing else: how often does it?

In: annotated reports with pairs of names (`swap`: country, adjective, capital, leader, body of the one side for the other's), and a reader.
Out: of the claims of both readings, the share that has its mirror image in the other. The text is only exchanged, never rewritten; the
article before a name follows it ("an Armenian", "a Georgian"), and a name with an article has it in capitals where a sentence begins.

Who is named by words that were not exchanged stays what those words say: "Lebanese police" are Lebanon's in both texts, a ministry is a ministry
even where the sides are a government and an armed group. What points to a side ("it", "its men") goes with the side.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from sayso.lexicon import lexicon
from sayso.model import AnyClaim, Casualty, Entity, Event, Materiel, Source, Span
from sayso.reader.tokens import words
from sayso.resolve.marks import NATIONAL, PROPER
from sayso.scoring.annotated import Annotated
from sayso.scoring.compare import Side, items_of_annotation
from sayso.scoring.records import as_report

if TYPE_CHECKING:
    from sayso.reading import Reader

Key = tuple[str | None, str | None, bool]
"""Country, kind, and whether de facto."""


_NAMED = re.compile(r"(?<=\w )[A-Z]|^[A-Z][^ ]*$")
"""A name inside a nominal, or one that is all of it."""
_POINTING = re.compile(r"^(?:it|they|them|he|she|him|we|us|i|who|which|that|one|those|these)$|(?:^|\s)(?:its|their|his|her|our|my)\s", re.I)
"""Words that stand for somebody named elsewhere."""
_SPELT_VOWELS = set("AEFHILMNORSX")
"""Letters whose names begin with a vowel: "an LNA column"."""
_YOU = re.compile(r"U(?:[A-Z.]|k|g|r|ni)|Eu", re.ASCII)
"""Names that begin with the sound of "you": "a Ukrainian post", "a UN base"."""
_OPENING = re.compile(r"(?:^|[.!?:]['\"”’)]*\s+|\n\s*|[–—]\s*|--\s*)['\"“‘(]*$")
"""What stands before a sentence's first word."""


@dataclass(frozen=True)
class Swapped:
    """A text with its sides changed over, and where each character of the old one went."""

    text: str
    pieces: tuple[tuple[int, int, int, int], ...]
    """Start and end in the old text, start and end in the new one."""

    def there(self, at: int) -> int:
        """Where an offset of the old text lies in the new one; one inside an exchanged name goes to the name's end."""
        moved = 0
        for start, end, new_start, new_end in self.pieces:
            if at <= start:
                return at + (new_start - start)
            if at < end:
                return new_end
            moved = new_end - end
        return at + moved

    def itself(self) -> Swapped:
        """The new text as it is, with the exchanged names known."""
        return Swapped(self.text, tuple((start, end, start, end) for _, _, start, end in self.pieces))

    def changed(self, text: str, at: int | None) -> bool:
        """Whether the words at an offset hold an exchanged name."""
        return at is not None and any(start < at + len(text) and at < end for start, end, _, _ in self.pieces)

    def words(self, start: int, end: int) -> str:
        """What stands in the new text where `start` to `end` stood in the old one."""
        return self.text[self.there(start) : self.there(end)]


def swap(text: str, pairs: Sequence[tuple[str, str]]) -> Swapped:
    """Changes the names of each pair for each other, all at once, longest first, whole words only.

    >>> swap("An Armenian post shelled a Georgian one.", [("Armenian", "Georgian")]).text
    'A Georgian post shelled an Armenian one.'
    >>> swap("Turkey shelled the PKK. The PKK shelled Turkey.", [("Turkey", "the PKK")]).text
    'The PKK shelled Turkey. Turkey shelled the PKK.'
    """
    other = dict(pairs) | {b: a for a, b in pairs}
    other = {_opened(name): new for name, new in other.items() if name.startswith("the ")} | other
    if not other:
        return Swapped(text, ())
    names = "|".join(re.escape(name) for name in sorted(other, key=len, reverse=True))
    found = re.compile(rf"(?<!\w)(?:(?P<article>[Aa]n?)(?P<gap>\s))?(?P<name>{names})(?!\w)")
    out, pieces, last = "", [], 0
    for match in found.finditer(text):
        new = other[match["name"]]
        if match["article"]:
            article = match["article"][0] + ("n" if _vowel(new) else "")
            out += text[last : match.start()]
            pieces.append((match.start("article"), match.end("article"), len(out), len(out) + len(article)))
            out += article
            last = match.end("article")
        elif new.startswith("the ") and _OPENING.search(text, max(0, match.start() - 8), match.start()):
            new = _opened(new)
        out += text[last : match.start("name")]
        pieces.append((match.start("name"), match.end("name"), len(out), len(out) + len(new)))
        out += new
        last = match.end()
    return Swapped(out + text[last:], tuple(pieces))


def _opened(name: str) -> str:
    return name[0].upper() + name[1:]


def _vowel(name: str) -> bool:
    """Whether "an" stands before a name."""
    word = name.split()[0]
    if word[:3].isupper() and len(word) < 4:
        return word[0] in _SPELT_VOWELS
    return name[0].lower() in "aeiou" and not _YOU.match(name)


@dataclass(frozen=True)
class Mirror:
    """How parties change over, by the annotation: the key of the one side for that of the other."""

    one: Key
    other: Key
    others: Mapping[str | None, str] = field(default_factory=dict)
    """Further countries whose names are exchanged: those of the sides' patrons."""

    @property
    def countries(self) -> dict[str | None, str | None]:
        """The country of the one for that of the other."""
        return {**self.others, self.one[0]: self.other[0], self.other[0]: self.one[0]}

    def image(self, key: Key) -> Key:
        """The mirror image of a party."""
        if key == self.one:
            return self.other
        if key == self.other:
            return self.one
        return self.kindred(key)

    def kindred(self, key: Key) -> Key:
        """The same kind of party, of the other side's country."""
        if key[2]:
            return key  # a de facto entity that is neither side
        return self.countries.get(key[0], key[0]), key[1], key[2]


def mirror(report: Annotated) -> Mirror | None:
    """Who the two sides are, by the annotated parties that have a name of a pair in their words; None where that cannot be told."""
    votes: tuple[Counter[Key], Counter[Key]] = Counter(), Counter()
    for item in items_of_annotation(report):
        for party in (*item.sources, *item.actors, *item.recipients):
            for side, name in ((k, pair[k]) for pair in report.swap for k in (0, 1)):
                if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", party.text):
                    votes[side][_key(party)] += 1
    if not votes[0] or not votes[1]:
        return None
    one, other = (min(v, key=lambda k: (-v[k], str(k))) for v in votes)
    others: dict[str | None, str] = {}
    for pair in report.swap:
        codes = [_country(name) for name in pair]
        if codes[0] and codes[1] and codes[0] != codes[1]:
            others |= {codes[0]: codes[1], codes[1]: codes[0]}
    return Mirror(one, other, others)  # two governments of one country have one key: their words tell them apart


def _country(name: str) -> str | None:
    """The country that a name of a pair names."""
    forms = [w.form.lower() for w in words(name)]
    end, names = lexicon().names_at(0, len(forms), forms.__getitem__, forms.__getitem__)
    return next((n.row["code"] for n in names if n.kind in NATIONAL), None) if end == len(forms) else None


def _key(party: Side) -> Key:
    return party.country, party.kind, party.de_facto


@dataclass
class Neutrality:
    """Claims that have their mirror image, of all in both readings, and the ids of the reports where one has none."""

    same: int = 0
    of: int = 0
    reports: int = 0
    uneven: list[str] = field(default_factory=list)

    @property
    def value(self) -> float:
        """The share, to three places."""
        return round(self.same / max(1, self.of), 3)


def neutrality(reports: Iterable[Annotated], reader: Reader) -> Neutrality:
    """Reads every report that has pairs, as it is and changed over, and counts the claims that have their mirror image."""
    share = Neutrality()
    for report in reports:
        sides = mirror(report)
        if sides is None:
            continue
        there = swap(report.text, report.swap)
        publisher = swap(report.publisher, report.swap).text if report.publisher else None
        here, away = reader.read(as_report(report)), reader.read(as_report(msgspec.structs.replace(report, text=there.text, publisher=publisher)))
        one = Counter(_Image(there, sides, report.swap).of(claim) for claim in here.claims)
        other = Counter(_Image(there.itself(), sides).of(claim) for claim in away.claims)
        same = 2 * (one & other).total()
        share.reports += 1
        share.same += same
        share.of += one.total() + other.total()
        if same != one.total() + other.total():
            share.uneven.append(report.id)
    return share


@dataclass(frozen=True)
class _Image:
    """All that a claim says, as its mirror image would say it; without pairs, as it says it itself."""

    there: Swapped
    sides: Mirror
    pairs: Sequence[tuple[str, str]] = ()

    def of(self, claim: AnyClaim) -> Hashable:
        shared = (
            self._span(claim.evidence), claim.status, claim.background, frozenset(self._span(s) for s in claim.also),
            claim.when and (claim.when.start, claim.when.end, claim.when.precision),
            claim.where and self._words(claim.where.text, claim.where.at), tuple(self._source(s) for s in claim.sources),
        )  # fmt: skip
        if isinstance(claim, Event):
            act = claim.object and (claim.object.type, frozenset(claim.object.modes))
            times = claim.times and (claim.times.low, claim.times.high)
            return shared, claim.type, frozenset(claim.modes), act, times, self._everyone(claim.actors), self._everyone(claim.recipients)
        if isinstance(claim, Casualty):
            return shared, claim.harm, claim.count.low, claim.count.high, self._who(claim.who), self._who(claim.by)
        if isinstance(claim, Materiel):
            return shared, claim.harm, claim.count.low, claim.count.high, claim.what, self._who(claim.owner), self._who(claim.by)
        office, words_ = swap(claim.office, self.pairs).text.casefold(), self._words(claim.holder.text, claim.holder.at)
        key: Key = claim.organisation.country, None, False
        if not self.there.changed(claim.evidence.text, claim.evidence.start):
            return shared, words_, office, frozenset({key[0], self.sides.image(key)[0]})
        return shared, words_, office, self._image(key)[0]

    def _span(self, span: Span) -> tuple[int, int]:
        return self.there.there(span.start), self.there.there(span.end)

    def _words(self, text: str, at: int | None) -> str:
        return text if at is None else self.there.words(at, at + len(text))

    def _who(self, entity: Entity | None) -> Hashable:
        """Whom the mirror image means.

        Villagers, or the village of Lvove, go by a place that was not exchanged, or by the side that holds it: where the words name neither side,
        people and named places may belong to the one or the other. Others are of the kind that their words say, and of the other country; but where a
        side is no state, a state's organ may stay its own, and where both are of one country, no qualifier is asked of words that name neither.
        """
        if entity is None:
            return None
        key = _key(Side(entity.text, entity.name, entity.country, entity.sector.value, "PRE" in entity.qualifiers))
        if key[1] == "people":
            key = key[0], key[1], False
        words = self._words(entity.text, entity.at)
        one, other = self.sides.one, self.sides.other
        if self.there.changed(entity.text, entity.at) or (key in (one, other) and _POINTING.search(entity.text)):
            return words, self._image(key)
        if key[1] == "people" or _names_somebody(entity.text):
            return words, frozenset({key, self.sides.image(key)})
        if one[0] == other[0]:
            return words, (*key[:2], False)
        if one[1] == other[1] == "state":
            return words, self.sides.kindred(key) if self.pairs else key
        return words, frozenset({key, self.sides.kindred(key)})

    def _image(self, key: Key) -> Key:
        return self.sides.image(key) if self.pairs else key

    def _everyone(self, entities: Iterable[Entity]) -> Hashable:
        return frozenset(self._who(e) for e in entities)

    def _source(self, link: Source) -> Hashable:
        return self._who(link.entity), link.cue and self._span(link.cue), link.manner, link.distance, link.channel, self._everyone(link.together_with)


def _names_somebody(words_: str) -> bool:
    """Whether the words of a nominal hold a name, if only at its beginning: "Lebanese police"."""
    if _NAMED.search(words_):
        return True
    if not words_[:1].isupper():
        return False
    forms = [w.form.lower() for w in words(words_)]
    return any(n.kind in PROPER for n in lexicon().names_at(0, len(forms), forms.__getitem__, forms.__getitem__)[1])
