"""Claims → where: places of their own clause, of the same incident, and names that are no place of the act; what the head has to say of them.

The table is what the rules alone promise. Every report here is made up.
"""

from __future__ import annotations

import re
from typing import Any

import pytest

from sayso.heads import Chooser, Heads
from sayso.intake import report_from_text
from sayso.model import Casualty, Role
from sayso.reader import Parser
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
    # sides and topics of talks; attacks that a government makes; a part of a country beside its border; a place that is won
    ("Talks between Oslo and Lima resumed on Sunday.", "Talks between", "CONSULT", None),
    ("Talks in Oslo resumed on Sunday.", "Talks in", "CONSULT", ("Oslo", "NOR")),
    ("Peace talks have been deadlocked over the Golan since May.", "Peace talks", "CONSULT", None),
    ("Jets flew over the Golan and bombed a post.", "bombed a post", "ASSAULT", ("Golan Heights", "SYR")),
    ("Iraqi villagers fear attacks from Baghdad.", "attacks from", "ASSAULT", None),
    ("Iraqi rebels kidnapped two nuns in northern Iraq near the Turkish border.", "kidnapped two", "ASSAULT", ("Iraq", "IRQ")),
    ("Iraqi rebels kidnapped two nuns in Zakho near the Turkish border.", "kidnapped two", "ASSAULT", ("Zaxo", "IRQ")),
    ("Mali wants back the town of Gao, which rebels captured.", "rebels captured", "ASSAULT", ("Gao", "MLI")),
    ("Kenya wants peace in the Middle East, where six men were killed in Gaza.", "six men", "killed", ("Gaza Strip", "PSE")),
    # what stands behind "after" is somewhere else, but an arrest is where the clash was
    ("The ministers met in Rome after clashes that killed nine soldiers.", "killed nine", "killed", None),
    ("Two men were arrested after clashes in Gao, Mali.", "Two men", "COERCE", ("Gao", "MLI")),
    ("Ten people died when a bomb went off in Mosul, Iraq.", "Ten people", "killed", ("Mosul", "IRQ")),
    ("Two soldiers died in an ambush west of Timbuktu in Mali.", "Two soldiers", "killed", ("Timbuktu", "MLI")),
    ("Rebels attacked a village near Beni in Congo on Saturday.\n\nFour civilians were killed in the attack.", "Four civilians", "killed", ("Beni", "COD")),
    ("Police arrested ten activists in the Georgian capital on Sunday.", "Police arrested", "COERCE", ("Tbilisi", "GEO")),
    ("BAMAKO (AFP) — Malian troops clashed here with gunmen on Sunday.", "clashed here", "ASSAULT", ("Bamako", "MLI")),
    ("A report from Somalia said that gunmen had shot two elders near the town of Qoobdooro.", "shot two", "ASSAULT", ("Qoobdooro", "SOM")),
    # a place taken up again
    ("Rebels attacked Bria in the Central African Republic on Sunday. Soldiers shelled the town on Monday.", "shelled the town", "ASSAULT", ("Bria", "CAF")),
    ("Rebels entered Bria in the Central African Republic. They killed four traders there.", "killed four", "killed", ("Bria", "CAF")),
    ("New clashes in Hebron\n\nYouths clashed with Israeli troops here on Sunday.", "clashed", "ASSAULT", ("Hebron", "PSE")),
    ("New clashes in Hebron\n\nTwo men were killed in the divided West Bank city on Sunday.", "Two men", "killed", ("Hebron", "PSE")),
    ("Rebels entered Bria. A spokesman said in Nairobi that African troops had shelled the town.", "shelled the town", "ASSAULT", ("Bria", "CAF")),
    ("Kenyan police arrested two men at the University of Bria on Sunday.", "arrested two", "COERCE", None),
    # a name that only its place in the sentence shows, or the list of places, or the same name elsewhere
    ("Fighters captured the Northern Limit Line on Sunday, South Korea said.", "captured", "ASSAULT", ("Northern Limit Line", None)),
    ("Sudanese soldiers shot two herders in Kelbaru, officials said.", "shot two", "ASSAULT", ("Kelbaru", "SDN")),
    ("Two people died when a rocket hit a barge on the Dnipro river, Ukraine said.", "Two people", "killed", ("Dnipro River", None)),
    # what stands around a place or beside it, and gives way to it
    ("Kenyan police shot four people in the Nairobi slum of Kibera.", "shot four", "ASSAULT", ("Kibera", "KEN")),
    ("Syrian forces bombed the village of Kafr Nouran, 20 km west of Aleppo, killing a man.", "killing a man", "killed", ("Kafr Nouran", "SYR")),
    ("Nigerian youths clashed with police in Mangu, in Nigeria's Plateau state.", "clashed", "ASSAULT", ("Mangu", "NGA")),
    ("Ukrainian troops shelled the Kherson region's Beryslav.", "shelled", "ASSAULT", ("Beryslav", "UKR")),
    ("Libyan forces shelled Tripoli's Mitiga airport.", "shelled", "ASSAULT", ("Mitiga airport", "LBY")),
    ("Israeli troops raided Jenin refugee camp in the West Bank.", "raided", "ASSAULT", ("Jenin", "PSE")),
    ("Police were deployed in Nigeria's commercial capital Lagos.", "deployed", "MOBILIZE", ("Lagos", "NGA")),
    ("An attack killed two Turkish soldiers in the Lice district of Diyarbakir.", "killed two", "killed", ("Lice", "TUR")),
    ("The Malian army spoke of a clash at Dari-Koro in which it killed two rebels.", "killed two", "killed", ("Dari-Koro", "MLI")),
    ("After the Doha talks collapsed, Chadian rebels attacked an army post.", "the Doha talks", "CONSULT", ("Doha", "QAT")),
    # a line that parts two sides is a place
    ("Hezbollah fighters fired a missile at an Israeli post on the Lebanese-Israeli border.", "fired", "ASSAULT", ("Lebanese-Israeli border", None)),
    ("Sudanese rebels killed two soldiers near the Chadian border.", "killed two", "killed", ("Chadian border", "SDN")),
    ("Ukrainian troops opened fire along the contact line, Ukraine said.", "opened fire", "ASSAULT", ("contact line", "UKR")),
    ("Sudanese soldiers fired at the border.", "fired", "ASSAULT", None),
    ("Rebel envoys met Sudanese ministers in Juba. Troops shot two men on Sunday.", "shot two", "ASSAULT", None),
    # what an opening leaves without a name, and the text names later; not what a later incident names
    (
        "A shell killed two people in a village in eastern Ukraine. Russian guns shelled the village of Lvove, Ukraine said.",
        "killed two",
        "killed",
        ("Lvove", "UKR"),
    ),
    ("A shell killed two people in eastern Ukraine. Russian guns shelled the village of Lvove.", "killed two", "killed", ("Ukraine", "UKR")),
    # where the residents live, the displaced left, the attack is named for
    ("More than 3,000 people have fled Bria, a Central African official said.", "3,000 people", "displaced", ("Bria", "CAF")),
    ("The Nairobi attack killed 12 Kenyan students.", "attack", "ASSAULT", ("Nairobi", "KEN")),
    # the country of a bare place, but no nearer than the name beside it
    ("Rockets fell on Lebanese territory on Sunday, killing a farmer.", "killing a farmer", "killed", ("Lebanon", "LBN")),
    # the place of an agreement, but not of what it speaks of
    ("Sudan and the rebels agreed in Juba on a truce.", "agreed", "AGREE", ("Juba", "SSD")),
    # the place set before a paragraph of a bulletin
    (
        "Monitors in Ukraine list two incidents.\n\n6 July, Bakhmut: soldiers shelled a farm. Two men were killed.\n\n7 July, Avdiivka: a mine exploded.",
        "Two men",
        "killed",
        ("Bakhmut", "UKR"),
    ),
    # names cut at a small word or a hyphen; a town before a road or river; what a town is told to be
    ("Colombian guerrillas attacked the town of Vigia del Fuerte on Sunday.", "attacked", "ASSAULT", ("Vigía del Fuerte", "COL")),
    ("Colombian rebels sank a boat on the Atrato river at Quibdo.", "sank a boat", "destroyed", ("Quibdó", "COL")),
    ("Rebels shelled Bama in Nigeria. Others came to the village of Kareto. They shot two men dead in the village.", "two men", "killed", ("Kareto", "NGA")),
    ("Malian rebels entered the village of Moura, in the Mopti region. They killed four traders there.", "killed four", "killed", ("Moura", "MLI")),
    ("Sudanese rebels shelled the Bahri quarter of Khartoum. Two people were killed in the city.", "Two people", "killed", ("Khartoum", "SDN")),
    ("Israeli jets struck targets near Damascus international airport in Syria on Sunday.", "struck", "ASSAULT", ("Damascus international airport", "SYR")),
    # force that comes over a town
    ("Clashes between Somali troops and rebels rocked Baidoa on Sunday.", "Clashes", "ASSAULT", ("Baidoa", "SOM")),
    ("The attack angered Baghdad, an Iraqi minister said.", "attack", "ASSAULT", None),
    # missiles are launched where they come from, troops move where they go
    ("North Korea test-fired two missiles from Wonsan on Sunday.", "test-fired", "MOBILIZE", ("Wŏnsan", "PRK")),
    ("Mali moved troops from Gao to Kidal on Sunday.", "moved troops", "MOBILIZE", ("Kidal", "MLI")),
    # what lies in a country's realm
    ("Rwanda said on Sunday that Congolese soldiers had fired rockets into its territory, wounding four.", "wounding four", "wounded", ("Rwanda", "RWA")),
    ("Guinea-Bissau's navy detained two Senegalese boats in its waters on Sunday.", "detained", "COERCE", ("Guinea-Bissau", "GNB")),
    ("The Chadian army lost four of its soldiers on Sunday.", "four of its soldiers", "killed", None),
    # a part of a loss told before
    ("Nine people were killed near Gao in Mali. Gunmen attacked Bama. Three of the dead were children.", "Three of the dead", "killed", ("Gao", "MLI")),
    # the only scene of a report
    (
        "Rebels attacked Gao in Mali on Sunday, killing two soldiers and wounding four. Mali called for help. The envoy left. Talks failed. Rain fell.\n\n"
        "A baker was killed on Sunday.",
        "A baker",
        "killed",
        ("Gao", "MLI"),
    ),
    ("Rebels attacked Gao in Mali on Sunday. Mali called for help. The envoy left. Talks failed. Rain fell.\n\nA baker was killed.", "A baker", "killed", None),
    # an attack lends its place to no meeting, move or long count
    ("Rebels attacked a village near Gao in Mali on Sunday.\n\nThe envoy met leaders of the opposition on Monday.", "envoy met", "CONSULT", None),
    ("Rebels attacked a village near Gao in Mali on Sunday.\n\nMore than 900 people have been killed since January.", "900 people", "killed", None),
    # the place of a saying, of a party, of words
    ("Two rebels were killed, a spokesman told reporters in Moscow.", "Two rebels", "killed", None),
    ("Syrian rebels killed two soldiers on Sunday.", "killed two", "killed", None),
    ("The minister condemned the attack in Gao.", "condemned", "ACCUSE", None),
    ("China asked the Philippines to leave the South China Sea.", "asked", "REQUEST", None),
    ("Egypt and Sudan agreed to end the fighting in Libya.", "agreed", "AGREE", None),
]


@pytest.fixture(scope="module")
def rules() -> Reader:
    return Reader(threads=1, heads=Heads())


@pytest.mark.parametrize(("text", "words", "act", "where"), PLACES, ids=[f"{row[0]} «{row[1]}»" for row in PLACES])
def test_where(rules: Reader, text: str, words: str, act: str, where: tuple[str, str | None] | None) -> None:
    found: list[tuple[str, str | None] | None] = []
    for claim in rules.read(report_from_text(text, published="2020-07-13")).claims:
        told: Any = claim
        if words in claim.evidence.text and act in {getattr(told, "type", None), getattr(told, "harm", None)}:
            found.append(None if claim.where is None else (claim.where.name, claim.where.country))
    assert found in ([where], [] if where is None else [where])


def test_a_name_known_only_elsewhere_stays_a_name(reader: Reader) -> None:
    text = "Nigerian troops killed six gunmen in the village of Anaconda in Borno, Nigeria."
    reading = reader.read(report_from_text(text, published="2020-07-13"))
    places = [claim.where for claim in reading.claims if isinstance(claim, Casualty)]
    assert [(place.name, place.country, place.lat) for place in places if place] == [("Anaconda", "NGA", None)]


TWO_TOWNS = "Rebels shelled Gao in Mali on Sunday. The governor flew to Timbuktu. Four civilians were killed."


def _where_and_why(reader: Reader, text: str, words: str) -> tuple[str | None, str]:
    reading = reader.read(report_from_text(text, published="2020-07-13"))
    claim = next(c for c in reading.claims if words in c.evidence.text)
    assert not isinstance(claim, Role)
    why = [step.because for step in reading.explanations[claim.id] if step.field == "where"]
    return claim.where.name if claim.where else None, "; ".join(why)


def test_the_place_head_is_named_with_its_score_where_it_agrees(reader: Reader) -> None:
    place, why = _where_and_why(reader, "Rebels killed two soldiers in Gao, Mali.", "killed two")

    assert place == "Gao"
    assert re.search(r"; head “place” \d\.\d\d$", why)


def test_a_head_that_is_surer_of_another_place_than_the_rules_prevails_and_says_so() -> None:
    later = Reader(threads=1, heads=Heads(place=Chooser({"sentences 1": 9.0})))
    place, why = _where_and_why(later, TWO_TOWNS, "Four civilians")

    assert place == "Timbuktu"
    assert re.search(r"head “place” \d\.\d\d, \d\.\d\d for the rules' Gao$", why)


def test_a_head_that_is_sure_of_no_place_prevails_and_says_so() -> None:
    nowhere = Reader(threads=1, heads=Heads(place=Chooser({"none": 9.0})))
    place, why = _where_and_why(nowhere, TWO_TOWNS, "Four civilians")

    assert (place, why) == (None, "head “place” 1.00 for none, 0.00 for the rules' Gao")


def test_a_head_that_is_not_surer_leaves_the_rules_their_choice() -> None:
    undecided = Reader(threads=1, heads=Heads(place=Chooser({"none": -9.0})))

    assert _where_and_why(undecided, TWO_TOWNS, "Four civilians")[0] == "Gao"


def test_where_a_speaker_spoke_is_no_place_of_what_they_tell(reader: Reader) -> None:
    place, _ = _where_and_why(reader, "Two rebels were killed, a spokesman told reporters in Moscow.", "Two rebels")

    assert place is None


def test_no_feature_of_a_place_is_a_name(reader: Reader) -> None:
    one, other = (_features(reader, text) for text in (TWO_TOWNS, TWO_TOWNS.replace("Gao", "Bria").replace("Mali", "Chad").replace("Timbuktu", "Abeche")))

    assert not {word for held in (one, other) for word in held} & {"Gao", "Bria", "Mali", "Chad", "Timbuktu", "Abeche", "MLI", "TCD"}


def _features(reader: Reader, text: str) -> set[str]:
    raws, stages = reader.stages(Parser(1).parse(report_from_text(text, published="2020-07-13")))
    stages.narrative.read(raws)
    stages.wheres.read(raws, stages.narrative)
    asked = [stages.wheres.question(raw) for raw in raws if raw.evidence]
    return {word for question in asked for held in (*question.answers(), question.nothing()) for feature in held for word in feature.split()}
