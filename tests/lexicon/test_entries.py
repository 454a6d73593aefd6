"""Every lexicon file is sound, and every entry's example has the entry fire: the sentence is parsed and the rule asked."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import pytest

from sayso.attribution import Attribution
from sayso.events import Acts, Losses
from sayso.intake import report_from_text
from sayso.lexicon import Row, faults, lexicon, read_table, table_names
from sayso.reader import Doc
from sayso.reading import Reader
from sayso.record.registers.levels import entry_of
from sayso.resolve.entities import Resolver
from sayso.resolve.place_names import PlaceNames
from sayso.resolve.places import Gazetteer

DAY = "2024-06-03"


@pytest.mark.parametrize("table", table_names())
def test_every_file_is_sound(table: str) -> None:
    assert faults(table) == []


class Parsed:
    """One example sentence, parsed, with every room's rules at hand."""

    def __init__(self, reader: Reader, sentence: str) -> None:
        report = report_from_text(sentence, published=DAY)
        self.doc: Doc = reader._parser.parse(report)
        self.resolver = Resolver(self.doc, lexicon(), reader._gazetteer.country_of)
        self.attribution = Attribution(self.doc, self.resolver, lexicon())
        self.acts = Acts(self.doc, self.resolver, self.attribution, lexicon())

    def words(self) -> range:
        return range(len(self.doc))

    def claims_reason(self, place: str) -> bool:
        """Whether some raw claim names the entry as its reason."""
        raws = [*self.acts.read(), *Losses(self.doc, self.resolver, self.attribution, lexicon()).read()]
        return any(place in why for raw in raws for why in raw.because.values())


def _act(p: Parsed, row: Row) -> bool:
    return any((use := p.acts.uses.of(i)) is not None and use.row.place == row.place for i in p.words())


def _reason(p: Parsed, row: Row) -> bool:
    return p.claims_reason(row.place)


def _cue(p: Parsed, row: Row) -> bool:
    if row["pos"] in {"adverb", "adj"}:
        return _there(p, row)
    return any(s.row is not None and s.row.place == row.place for s in p.attribution.sayings)


def _mark(p: Parsed, row: Row) -> bool:
    return any(name.row.place == row.place for mark in p.resolver.marks for name in mark.names)


def _there(p: Parsed, row: Row) -> bool:
    """Whether the entry's words stand in the example, one behind the other, as words or as lemmas."""
    column = next(c for c in ("form", "verb") if c in row.cells)
    wanted = [w.form.lower() for w in _words(row[column])]
    forms, lemmas = [w.lower() for w in p.doc.words], p.doc.lemmas
    return any(all(w in (forms[i + k], lemmas[i + k]) for k, w in enumerate(wanted)) for i in range(len(forms) - len(wanted) + 1))


@lru_cache(maxsize=1)
def _word_cutter() -> Callable[[str], list]:
    from sayso.reader.tokens import words

    return words


def _words(text: str) -> list:
    return _word_cutter()(text)


def _level(parsed: Parsed, row: Row) -> bool:
    """The example tells this level, by this entry."""
    found = entry_of(row["example"])
    return found is not None and found["form"] == row["form"]


def _homeland(parsed: Parsed, row: Row) -> bool:
    """Somebody in the example is of the country by this entry."""
    return any(row.place in parsed.resolver.owner(k)[1] for k in range(len(parsed.doc)))


def _seat(p: Parsed, row: Row) -> bool:
    """The example's place is the seat, by this entry."""
    names = PlaceNames(p.doc, p.resolver, Gazetteer(), p.attribution)
    return any(name.because.startswith(row.place) for here in names.by_sentence for name in here)


CHECKS: dict[str, Callable[[Parsed, Row], bool]] = {
    "acts-verbs": _act, "acts-nouns": _act, "harms": _reason, "cues": _cue, "organs": _mark, "offices": _mark, "agents": _mark,
    "matrix": _there, "light": _there, "channels": _there, "discourse": _there, "weapons": _there, "things": _there,
    "levels": _level, "homelands": _homeland, "regions": _seat,
}  # fmt: skip


@pytest.mark.parametrize("table", CHECKS)
def test_every_example_has_its_entry_fire(table: str, reader: Reader) -> None:
    silent = [
        f"{row.place} {row.cells.get('form') or row.cells.get('verb')}: {row['example']}"
        for row in read_table(table)
        if not CHECKS[table](Parsed(reader, row["example"]), row)
    ]

    assert silent == []
