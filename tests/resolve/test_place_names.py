"""Reports → the names of places in them. Every report here is made up."""

from __future__ import annotations

import pytest

from sayso.attribution import Attribution
from sayso.intake import report_from_text
from sayso.lexicon import lexicon
from sayso.reader import Parser
from sayso.resolve.entities import Resolver
from sayso.resolve.place_names import PlaceNames
from sayso.resolve.places import Gazetteer

NAMES: list[tuple[str, list[tuple[str, str]]]] = [
    # words of the text that name a place, the place that they name
    ("Shells hit the city of Goma in Congo on Sunday.", [("Goma", "Goma"), ("Congo", "Democratic Republic of the Congo")]),
    ("Rebels entered Goma in Congo. Soldiers shelled the town.", [("Goma", "Goma"), ("Congo", "Democratic Republic of the Congo"), ("town", "Goma")]),
    ("Rockets fell on Syrian territory.", [("territory", "Syria")]),
    ("Two Kenyan soldiers were shot at Kabul University.", [("Kabul University", "Kabul University")]),
    ("Kenyan soldiers shot two men near the border with Somalia.", [("border", "border with Somalia"), ("Somalia", "Somalia")]),
    ("Shells fell in the Afghan province of Kunduz.", [("Kunduz", "Kunduz Province")]),
    ("Malian rebels killed two men. Thousands have fled the country.", [("country", "Mali")]),
    # the seat of a region, and of a country the one that the report names; a town told by the way to it; this city
    ("Shells hit the Chechen capital on Sunday.", [("capital", "Grozny")]),
    ("Shells hit the capital of North Kivu on Sunday.", [("capital", "Goma"), ("North Kivu", "North Kivu")]),
    ("RANGOON (AFP) - Burmese students marched in the capital.", [("capital", "Yangon")]),
    ("Two Algerians died west of Oran. They were shot in Tlelat, 20 km (12 miles) west of Oran.", [("Oran", "Tlelat"), ("Tlelat", "Tlelat"), ("Oran", "Oran")]),
    ("Two Algerians died west of Oran. They were shot in Tlelat, 20 km (12 miles) east of Oran.", [("Oran", "Oran"), ("Tlelat", "Tlelat"), ("Oran", "Oran")]),
    ("DIYARBAKIR, Turkey (AFP) - Two men were shot in this southeastern Turkish city.", [("city", "Diyarbakır")]),
    # no place: a body's name, a capital that is not the country's
    ("Students of the QIT were shot by Kenyan soldiers.", []),
    ("Kenyan soldiers shot two men in the provincial capital.", []),
    # no place: a border of nobody, a country that the report does not single out
    ("Kenyan soldiers shot two men at the border.", []),
    ("Malian rebels killed two Chadian soldiers. Thousands have fled the country.", []),
    # no place: a town that is none of the report's, people, bodies, a town taken up before any is named
    ("Soldiers shelled the town on Sunday.", []),
    ("Syrian rebels killed two soldiers on Sunday.", []),
    ("The soldiers captured a post on a hill there.", []),
]


@pytest.mark.parametrize(("text", "expected"), NAMES, ids=[row[0] for row in NAMES])
def test_names(text: str, expected: list[tuple[str, str]]) -> None:
    doc = Parser(1).parse(report_from_text(text, published="2020-07-13"))
    gazetteer = Gazetteer()
    resolver = Resolver(doc, lexicon(), gazetteer.country_of)
    names = PlaceNames(doc, resolver, gazetteer, Attribution(doc, resolver, lexicon()))
    assert [(doc.text(n.first, n.last), n.where.name) for sentence in names.by_sentence for n in sentence] == expected
