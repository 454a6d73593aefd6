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
    # those who fought, told beside an attack with its two sides
    ("Chadian rebels took Adre from Sudanese troops on Friday after two days of fighting.", "fighting", {"TCD", "SDN"}, set()),
    ("Chadian rebels took Adre on Friday after two days of fighting.", "fighting", set(), set()),
    # who is fired at in return; not by those who were not attacked
    ("Indian troops shelled a Pakistani army post on Friday. Pakistani soldiers fired mortars.", "fired", {"PAK"}, {"IND"}),
    ("Indian troops shelled a Pakistani army post on Friday. Chinese soldiers fired mortars.", "fired", {"CHN"}, set()),
    # the other side says that the attack failed
    ("Rwanda said its troops had attacked Congolese positions. Congo said the assault had been repelled.", "assault", {"RWA"}, {"COD"}),
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


# text; the type of the last act, its recipients' countries
ANSWERED = [
    # a decision, an offer, a demand that was just told of
    ("Spain endorsed a Moroccan plan for the desert. Algeria criticised the decision.", "ACCUSE", {"ESP"}),
    ("North Korea offered to freeze its reactor. South Korea welcomed the offer.", "SUPPORT", {"PRK"}),
    ("Chad and Libya signed an accord on Sunday. Niger hailed the agreement.", "SUPPORT", {"TCD", "LBY"}),
    ("Kenya demanded that Somalia close the camp. Mogadishu rejected the demand.", "REJECT", {"KEN"}),
    ("The Malian rebels rejected a truce offered by Niger.", "REJECT", {"NER"}),
    # nothing that it could take up, or one's own doing
    ("Spain endorsed a Moroccan plan for the desert. Madrid hailed the decision.", "SUPPORT", set()),
    ("Israel bombed a Lebanese village. Hezbollah shelled an Israeli town. Russia condemned the strike.", "ACCUSE", set()),
    ("Chad condemned the Libyan decision. Niger condemned the move.", "ACCUSE", set()),
    ("The desert is vast. Algeria criticised the decision.", "ACCUSE", set()),
    ("Kenyan soldiers and Somali rebels clashed on Sunday. Uganda condemned the fighting.", "ACCUSE", set()),
    ("Kenya demanded that Somalia close the camp. Uganda rejected a reform.", "REJECT", set()),
    # whose envoy is called back, over whom revenge is held
    ("Serbia expelled two Croatian diplomats. Croatia called the step unjustified and recalled its ambassador.", "SANCTION", {"SRB"}),
    ("Lithuania expelled two Belarusian envoys. Minsk called the expulsions groundless and vowed to respond in kind.", "THREATEN", {"LTU"}),
    ("Croatia recalled its ambassador.", "SANCTION", set()),
    # between whom somebody mediates
    ("Eritrea and Ethiopia restored relations in 2018 under a deal mediated by Oman.", "CONSULT", {"ERI", "ETH"}),
    ("Eritrea restored its railways under a deal mediated by Oman.", "CONSULT", set()),
    # with whom they met who promise
    ("The French minister met the Congolese president in Kinshasa and promised 30 million euros in aid.", "AGREE", {"COD"}),
    ("The French minister promised 30 million euros in aid.", "AGREE", set()),
    # over whom a threat is held
    ("Turkey warned that it would act if Greece mined the strait.", "THREATEN", {"GRC"}),
    ("Turkey warned that it would act.", "THREATEN", set()),
]


@pytest.mark.parametrize(("text", "kind", "recipients"), ANSWERED, ids=[a[0] for a in ANSWERED])
def test_whom_an_answer_is_to(reader: Reader, text: str, kind: str, recipients: set) -> None:
    found = [c for c in reader.read(report_from_text(text, published="2024-06-03")).claims if isinstance(c, Event) and c.type == kind]

    assert {p.country for p in found[-1].recipients} == recipients


# text; the refusal or condemnation; whose the thing was
CONCERNED = [
    ("Croatia urged Serb rebels to lay down their arms, but the rebels rejected the demand.", "REJECT", {"HRV"}),
    ("Chad expelled the ambassador of Sudan, and Sudan condemned the decision.", "ACCUSE", {"TCD"}),
]


@pytest.mark.parametrize(("text", "type_", "recipients"), CONCERNED, ids=[a[0] for a in CONCERNED])
def test_what_is_refused_or_condemned_is_whose_it_was(reader: Reader, text: str, type_: str, recipients: set) -> None:
    (event,) = [c for c in reader.read(report_from_text(text, published="2024-06-03")).claims if isinstance(c, Event) and c.type == type_]

    assert {p.country for p in event.recipients} == recipients


# text; the attackers by the accuser's account
CHARGED = [
    ("Two Turkish soldiers were killed in a bomb attack in Lice. The governor blamed the Kurdistan Workers' Party.", {"TUR"}),
    ("Two Turkish soldiers were killed in a bomb attack in Lice. The governor blamed the drought.", set()),
]


@pytest.mark.parametrize(("text", "countries"), CHARGED, ids=[c[0] for c in CHARGED])
def test_who_is_blamed_right_behind_an_attack_made_it(reader: Reader, text: str, countries: set) -> None:
    found = [c for c in reader.read(report_from_text(text, published="2024-06-03")).claims if isinstance(c, Event) and c.type == "ASSAULT"]

    assert {p.country for c in found if c.sources for p in c.actors} == countries


def test_an_attack_taken_up_is_the_attack_just_told_of(reader: Reader) -> None:
    text = "Kenyan police attacked Somali traders on Sunday. The attack lasted an hour."
    (event,) = [c for c in reader.read(report_from_text(text, published="2024-06-03")).claims if isinstance(c, Event)]

    assert [s.text for s in event.also] == ["The attack lasted an hour"]


@pytest.mark.parametrize(
    ("text", "type_", "recipients"),
    [
        ("Ethiopian troops attacked a Kenyan village on Sunday. Norway condemned the attack.", "ACCUSE", {"ETH"}),
        ("Spain recalled its ambassador from Lima. Chile criticised the move.", "ACCUSE", {"ESP"}),
        ("Spain recalled its ambassador from Lima. Chile criticised the weather.", "ACCUSE", set()),
        ("Spain recalled its ambassador from Lima. Spain welcomed the move.", "SUPPORT", set()),  # its own
    ],
)
def test_who_condemns_a_deed_blames_whoever_did_it(reader: Reader, text: str, type_: str, recipients: set) -> None:
    found = [c for c in reader.read(report_from_text(text, published="2024-06-03")).claims if isinstance(c, Event)]

    assert [{p.country for p in e.recipients} for e in found if e.type == type_] == [recipients]
