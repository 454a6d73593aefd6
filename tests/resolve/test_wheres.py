"""Claims → where: places of their own clause, of the same incident, and names that are no place of the act. Every report here is made up."""

from __future__ import annotations

from typing import Any

import pytest

from sayso.intake import report_from_text
from sayso.model import Casualty
from sayso.reading import Reader

PLACES: list[tuple[str, str, str, tuple[str, str | None] | None]] = [
    # text, words of the claim, its type or harm, (name, country) or None
    ("Rebels killed two soldiers in Gao, Mali.", "killed two", "killed", ("Gao", "MLI")),
    ("Two soldiers were killed near the village of Kafr Dan in the West Bank.", "Two soldiers", "killed", ("Kafr Dan", "PSE")),
    ("Israeli troops shot dead a gunman in the West Bank city of Jenin on Sunday.", "shot dead", "ASSAULT", ("Jenin", "PSE")),
    ("Iraqi rebels bombed a market in Sadr City in eastern Baghdad.", "bombed", "ASSAULT", ("Sadr City", "IRQ")),
    ("Taliban fighters attacked a checkpoint in Zabul province in southern Afghanistan.", "attacked", "ASSAULT", ("Zabul Province", "AFG")),
    ("Syrian warplanes bombed Aleppo on Sunday.", "bombed", "ASSAULT", ("Aleppo", "SYR")),
    ("A bomb exploded at Kabul University, killing three Afghan students.", "killing three", "killed", ("Kabul University", "AFG")),
    ("Ten people died when a bomb went off in Mosul, Iraq.", "Ten people", "killed", ("Mosul", "IRQ")),
    ("Two soldiers died in an ambush west of Timbuktu in Mali.", "Two soldiers", "killed", ("Timbuktu", "MLI")),
    ("Rebels attacked a village near Beni in Congo on Saturday.\n\nFour civilians were killed in the attack.", "Four civilians", "killed", ("Beni", "COD")),
    ("Police arrested ten activists in the Georgian capital on Sunday.", "Police arrested", "COERCE", ("Tbilisi", "GEO")),
    ("BAMAKO (AFP) — Malian troops clashed here with gunmen on Sunday.", "clashed here", "ASSAULT", ("Bamako", "MLI")),
    ("A report from Somalia said that gunmen had shot two elders near the town of Qoobdooro.", "shot two", "ASSAULT", ("Qoobdooro", "SOM")),
    # the place of a saying, of a party, of words
    ("Two rebels were killed, a spokesman told reporters in Moscow.", "Two rebels", "killed", None),
    ("Syrian rebels killed two soldiers on Sunday.", "killed two", "killed", None),
    ("The minister condemned the attack in Gao.", "condemned", "ACCUSE", None),
    ("China asked the Philippines to leave the South China Sea.", "asked", "REQUEST", None),
    ("Egypt and Sudan agreed to end the fighting in Libya.", "agreed", "AGREE", None),
]


@pytest.mark.parametrize(("text", "words", "act", "where"), PLACES, ids=[f"{row[0]} «{row[1]}»" for row in PLACES])
def test_where(reader: Reader, text: str, words: str, act: str, where: tuple[str, str | None] | None) -> None:
    found: list[tuple[str, str | None] | None] = []
    for claim in reader.read(report_from_text(text, published="2020-07-13")).claims:
        told: Any = claim
        if words in claim.evidence.text and act in {getattr(told, "type", None), getattr(told, "harm", None)}:
            found.append(None if claim.where is None else (claim.where.name, claim.where.country))
    assert found in ([where], [] if where is None else [where])


def test_a_name_known_only_elsewhere_stays_a_name(reader: Reader) -> None:
    text = "Nigerian troops killed six gunmen in the village of Anaconda in Borno, Nigeria."
    reading = reader.read(report_from_text(text, published="2020-07-13"))
    places = [claim.where for claim in reading.claims if isinstance(claim, Casualty)]
    assert [(place.name, place.country, place.lat) for place in places if place] == [("Anaconda", "NGA", None)]
