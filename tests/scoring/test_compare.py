"""Who is the same party, what is the same place, and which claims belong together."""

from __future__ import annotations

import pytest

from sayso.scoring.compare import Item, Side, items_of_reading, match, occurrences, same_chain, same_party, same_side


def side(country: str | None, sector: str = "GOV", name: str = "", text: str = "", partial: bool = False) -> Side:
    return Side(text, name, country, sector, partial)


@pytest.mark.parametrize(
    ("gold", "got", "same"),
    [
        (side("ERI"), side("ERI", "MIL"), True),  # organs of one state
        (side("ERI"), side("ETH"), False),
        (side("COL", "REB"), side("COL", "MIL"), False),  # an armed group is not the state
        (side("COL", "REB"), side("COL", "UNK"), True),  # what is not known does not differ
        (side("COL", "CVL"), side("COL", "JRN"), True),
        (side(None, "UAF"), side("MLI", "REB"), True),  # the text tells no country
        (side("MLI", "REB"), side(None, "REB"), False),
        (side("GEO", name="Abkhazia"), side("GEO"), False),  # de facto: not the state that claims it
        (side("GEO", name="Abkhazia"), side("GEO", partial=True), True),
        (side("IGO", "UNK", "African Union"), side("IGO", "UNK", "AU Mission", "African Union Mission"), True),
        (side("IGO", "UNK", "African Union"), side("IGO", "UNK", "NATO"), False),
        (side("UNO", "UNK", "UNICEF"), side("UNO", "UNK", "Security Council"), True),
    ],
)
def test_parties(gold: Side, got: Side, same: bool) -> None:
    assert same_party(gold, got) is same


def test_a_side_is_the_same_when_nobody_is_missing_or_too_many() -> None:
    assert same_side([side("ERI"), side("ETH")], [side("ETH"), side("ERI")])
    assert not same_side([side("ERI")], [side("ETH"), side("ERI")])
    assert not same_side([], [side("ERI")])
    assert same_side([], [])


def test_a_chain_has_its_order() -> None:
    assert same_chain([side("ERI"), side("ETH")], [side("ERI"), side("ETH")])
    assert not same_chain([side("ERI"), side("ETH")], [side("ETH"), side("ERI")])


def test_those_who_speak_together_stand_one_after_the_other() -> None:
    medics, witnesses = {"name": "medics", "country": "KEN", "sector": "MED"}, {"name": "witnesses", "country": "KEN", "sector": "CVL"}
    (got,) = items_of_reading({"claims": [{"kind": "event", "sources": [{"entity": medics, "together_with": [witnesses]}]}]})

    assert [s.name for s in got.sources] == ["medics", "witnesses"]


def test_quotes_match_wherever_they_stand() -> None:
    assert occurrences("aa", "aaa aa") == [(0, 2), (1, 3), (4, 6)]
    assert occurrences("", "text") == []


def test_the_pair_that_agrees_most_is_matched_first() -> None:
    def item(status: str, *span: int) -> Item:
        return Item("event", "ASSAULT", status, ((span[0], span[1]),), "", ())

    golds = [item("occurred", 0, 10), item("negated", 0, 10)]
    gots = [item("negated", 0, 9), item("occurred", 0, 8)]

    assert [(i, j) for i, j, _ in match(golds, gots)] == [(1, 0), (0, 1)]
