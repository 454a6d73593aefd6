"""Sides that an act leaves open and the text names beside it; and those that stay open."""

from __future__ import annotations

import pytest

from sayso.intake import report_from_text
from sayso.model import Event
from sayso.reading import Reader

# text; the word of the act; actors' countries, recipients' countries
BESIDE = [
    # who is blamed by the same speaker in the same sentence
    ("Ethiopian villages were shelled overnight, the Ethiopian army said, blaming Eritrea.", "shelled", {"ERI"}, {"ETH"}),
    ("Ethiopian villages were shelled overnight, the mayor said. Kenya blamed Eritrea for the drought.", "shelled", set(), {"ETH"}),
    # the charge that a denial answers
    ("Thai troops shelled a Cambodian village on Sunday. Thailand denied that its troops had fired a shot.", "fired", {"THA"}, {"KHM"}),
    ("Thai troops shelled a Cambodian village on Sunday. Cambodia denied that its troops had fired a shot.", "fired", {"KHM"}, set()),
    # whom the attack hit that somebody is said to have made
    ("Two Kenyan soldiers were killed in an ambush on Sunday. Somali rebels claimed responsibility for the attack.", "attack", {"SOM"}, {"KEN"}),
    ("Two Kenyan soldiers were killed in an ambush on Sunday. Kenya condemned the Ethiopian invasion of Somalia.", "invasion", {"ETH"}, {"SOM"}),
    # who answers fire hits whoever fired
    ("Rwandan troops shelled a Congolese post. Congolese gunners responded with mortar fire.", "responded", {"COD"}, {"RWA"}),
    ("The Kenyan minister spoke on Sunday. Ugandan gunners responded with mortar fire.", "responded", {"UGA"}, set()),
    # who is blamed for "the bombing"; and who claims it without a word more
    ("A bomb killed six Kenyan soldiers. The minister in Nairobi blamed al-Shabaab for the bombing.", "bombing", {"SOM"}, {"KEN"}),
    ("A bomb killed six Kenyan soldiers. Al-Shabaab claimed responsibility.", "claimed", {"SOM"}, {"KEN"}),
    # whose the missile was
    ("The Houthis fired a missile at Riyadh. Saudi jets shot down the missile.", "shot", {"SAU"}, {"YEM"}),
    # not "the clashes"
    ("Kenyan police attacked Somali traders on Sunday. Clashes broke out in Lamu on Friday.", "Clashes", set(), set()),
]


@pytest.mark.parametrize(("text", "word", "actors", "recipients"), BESIDE, ids=[b[0] for b in BESIDE])
def test_sides_named_beside(reader: Reader, text: str, word: str, actors: set, recipients: set | None) -> None:
    found = [c for c in reader.read(report_from_text(text, published="2024-06-03")).claims if isinstance(c, Event) and c.type == "ASSAULT"]
    (event,) = [e for e in found if word in e.trigger.text.split()]

    assert {p.country for p in event.actors} == actors
    if recipients is not None:
        assert {p.country for p in event.recipients} == recipients


def test_an_attack_taken_up_is_the_attack_just_told_of(reader: Reader) -> None:
    text = "Kenyan police attacked Somali traders on Sunday. The attack lasted an hour."
    (event,) = [c for c in reader.read(report_from_text(text, published="2024-06-03")).claims if isinstance(c, Event)]

    assert [s.text for s in event.also] == ["The attack lasted an hour"]
