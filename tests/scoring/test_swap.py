"""Changing the sides of a text, and counting the claims that change over with them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.model import AnyClaim, Casualty, Count, Entity, Harm, Reading, Report, Sector
from sayso.reading import Reader
from sayso.scoring import neutrality
from sayso.scoring.swap import mirror, swap
from tests.scoring.annotations import annotated

PAIRS = [("Kyrgyzstan", "Tajikistan"), ("Kyrgyz", "Tajik"), ("Bishkek", "Dushanbe")]


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("Kyrgyzstan's army and Tajik guards", "Tajikistan's army and Kyrgyz guards"),
        ("Kyrgyz, not Kyrgyzstani", "Tajik, not Kyrgyzstani"),  # whole words only
        ("nothing to change", "nothing to change"),
    ],
)
def test_names_change_over_all_at_once(text: str, changed: str) -> None:
    assert swap(text, PAIRS).text == changed
    assert swap(changed, PAIRS).text == text


@pytest.mark.parametrize(("text", "changed"), [("an Indian post, a Pakistani one", "a Pakistani post, an Indian one"), ("An Indian", "A Pakistani")])
def test_the_article_follows_the_name(text: str, changed: str) -> None:
    assert swap(text, [("Indian", "Pakistani")]).text == changed


def test_offsets_go_where_their_words_went() -> None:
    old = "In Bishkek, Kyrgyzstan's minister spoke."
    new = swap(old, PAIRS)

    assert new.words(old.index("minister"), old.index("minister") + 8) == "minister"
    assert new.words(3, 10) == "Dushanbe"
    assert new.words(0, len(old)) == new.text


def test_the_sides_are_told_from_the_annotation() -> None:
    sides = mirror(annotated())

    assert sides is not None
    assert {sides.one[0], sides.other[0]} == {"KGZ", "TJK"}
    assert sides.image(("KGZ", "people", False)) == ("TJK", "people", False)
    assert sides.image(("RUS", "state", False)) == ("RUS", "state", False)
    assert mirror(annotated({"swap": []})) is None


class Partisan(Reader):
    """Finds one loss in any text, of the first word's people; `country` says whose they are."""

    def __init__(self, country: Callable[[str], str]) -> None:
        self.country = country

    def read(self, report: Report) -> Reading:
        word = report.text.split("the ")[1].split(" ")[0]
        at = report.text.index(word)
        who = Entity(text=word, name=word, country=self.country(word), sector=Sector.MIL, at=at)
        claim: AnyClaim = Casualty(id="1", evidence=report.span(at, at + len(word)), harm=Harm.KILLED, count=Count(low=1, high=1), who=who)
        return Reading(report=report, claims=[claim])


def test_a_fair_reader_has_every_mirror_image() -> None:
    share = neutrality([annotated()], Partisan({"Tajik": "TJK", "Kyrgyz": "KGZ"}.__getitem__))

    assert (share.value, share.same, share.of, share.uneven) == (1.0, 2, 2, [])


def test_a_partisan_reader_is_found_out() -> None:
    share = neutrality([annotated()], Partisan(lambda word: "TJK"))

    assert (share.value, share.uneven) == (0.0, ["border-1"])
