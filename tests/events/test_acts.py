"""Acts: which there are, who did them to whom, whether they happened; as many sentences that must give none."""

from __future__ import annotations

import pytest

from sayso.intake import report_from_text
from sayso.model import Event
from sayso.reading import Reader


def events(reader: Reader, sentence: str) -> list[Event]:
    """The events of one sentence, read as a report of Monday 3 June 2024."""
    return [c for c in reader.read(report_from_text(sentence, published="2024-06-03")).claims if isinstance(c, Event)]


def codes(parties: list) -> set[str | None]:
    return {p.country for p in parties}


# sentence; type, actors' countries, recipients' countries, status
ACTS = [
    ("Ethiopian troops shelled Sudanese positions on Sunday.", "ASSAULT", {"ETH"}, {"SDN"}, "occurred"),
    ("Sudanese positions were shelled by Ethiopian troops on Sunday.", "ASSAULT", {"ETH"}, {"SDN"}, "occurred"),
    ("Ethiopian troops tried to attack Sudanese positions on Sunday.", "ASSAULT", {"ETH"}, {"SDN"}, "attempted"),
    ("Indian troops did not attack Pakistani positions.", "ASSAULT", {"IND"}, {"PAK"}, "negated"),
    ("Armenian and Azerbaijani troops exchanged fire on Sunday.", "ASSAULT", {"ARM", "AZE"}, set(), "occurred"),
    ("Serbia launched an attack on Kosovo police on Sunday.", "ASSAULT", {"SRB"}, {"XKX"}, "occurred"),
    ("Kenya's president visited Somalia on Monday.", "CONSULT", {"KEN"}, {"SOM"}, "occurred"),
    ("Turkey's foreign minister met his Greek counterpart on Monday.", "CONSULT", {"TUR", "GRC"}, set(), "occurred"),
    ("The Kenyan minister on Monday urged South Africa to use its influence on Moscow.", "REQUEST", {"KEN"}, {"ZAF"}, "occurred"),
    ("The Colombian rebels demanded that the army halt air strikes.", "REQUEST", {"COL"}, {"COL"}, "occurred"),
    ("The Ethiopian army pulled out of the talks, accusing Eritrea of occupying hospitals.", "ACCUSE", {"ETH"}, {"ERI"}, "occurred"),
    ("The rebels of Liberia promised to hand the port over to Ghanaian peacekeepers.", "AGREE", {"LBR"}, {"GHA"}, "occurred"),
    ("Talks between Iran and Iraq are expected to begin in May.", "AGREE", {"IRN", "IRQ"}, set(), "occurred"),
    ("Ukraine's parliament voted to ratify the treaty.", "SUPPORT", {"UKR"}, set(), "occurred"),
    ("Turkey lifted its veto on Finland's membership.", "CONCEDE", {"TUR"}, {"FIN"}, "occurred"),
    ("Cuba withdrew its ambassador to Canada.", "SANCTION", {"CUB"}, {"CAN"}, "occurred"),
    ("Norway sent its envoy to Sri Lanka.", "CONSULT", {"NOR"}, {"LKA"}, "occurred"),
    ("Algeria has recalled its ambassador in Madrid.", "SANCTION", {"DZA"}, {"ESP"}, "occurred"),
    ("Turkey vetoed a Greek text.", "REJECT", {"TUR"}, {"GRC"}, "occurred"),
    ("Norway urged Sudan to cease fire.", "REQUEST", {"NOR"}, {"SDN"}, "occurred"),
    ("Qatar promised to send aid to Lebanon.", "AGREE", {"QAT"}, {"LBN"}, "occurred"),
    ("Colombia expelled two Venezuelan diplomats on Friday.", "SANCTION", {"COL"}, {"VEN"}, "occurred"),
    ("Rwanda withdrew its troops from Congo in May.", "RETREAT", {"RWA"}, None, "occurred"),
    ("France condemned the coup in Niger.", "ACCUSE", {"FRA"}, None, "occurred"),
    ("Vietnam rejected the Chinese demand on Monday.", "REJECT", {"VNM"}, {"CHN"}, "occurred"),
    # whose a weapon, a crew or a post is
    ("Drones operated by the Arakan Army bombed a column of Myanmar troops.", "ASSAULT", {"MMR"}, {"MMR"}, "occurred"),
    ("Rwandan mortar crews shelled a Congolese village.", "ASSAULT", {"RWA"}, {"COD"}, "occurred"),
    ("Attacks by Ugandan forces on Congolese villagers went on for a week.", "ASSAULT", {"UGA"}, {"COD"}, "occurred"),
    ("The shelling of Sudanese villages by Ethiopian troops went on for a week.", "ASSAULT", {"ETH"}, {"SDN"}, "occurred"),
    ("Two mortar shells landed beside a Lebanese army patrol.", "ASSAULT", set(), {"LBN"}, "occurred"),
    ("A Turkish strike that killed two Syrian farmers hit the road on Friday.", "ASSAULT", {"TUR"}, {"SYR"}, "occurred"),
    ("The bombings of Kenyan markets were condemned.", "ASSAULT", set(), {"KEN"}, "occurred"),
    ("A shell fired by Kenyan troops hit a Somali school.", "ASSAULT", {"KEN"}, {"SOM"}, "occurred"),
    ("A shell hit a Somali school on Friday.", "ASSAULT", set(), {"SOM"}, "occurred"),
    ("Peruvian rebels were responsible for the attack on Chilean soldiers.", "ASSAULT", {"PER"}, {"CHL"}, "occurred"),
    ("The German embassy bombings on Friday killed two guards.", "ASSAULT", set(), {"DEU"}, "occurred"),
    ("Jordan said that its post came under fire from Syrian guns.", "ASSAULT", {"SYR"}, {"JOR"}, "occurred"),
    ("Cambodia accused Thailand of shelling its villages.", "ASSAULT", {"THA"}, {"KHM"}, "occurred"),
    ("Indian and Pakistani troops exchanged mortar and rifle fire.", "ASSAULT", {"IND", "PAK"}, set(), "occurred"),
    # one act where the harm, the fight or the manner is told beside it
    ("Kenyan soldiers shot one Somali herder and wounded three.", "ASSAULT", {"KEN"}, {"SOM"}, "occurred"),
    ("Chadian soldiers ambushed a lorry and killed two Sudanese rebels.", "ASSAULT", {"TCD"}, {"SDN"}, "occurred"),
    ("Chadian soldiers killed six Sudanese rebels in a clash on Sunday.", "ASSAULT", {"TCD"}, {"SDN"}, "occurred"),
    ("Turkish jets hit a camp of Iraqi rebels, the ministry said, killing ten.", "ASSAULT", {"TUR"}, {"IRQ"}, "occurred"),
    ("The Cambodian government was toppled in a Vietnamese invasion.", "ASSAULT", {"VNM"}, {"KHM"}, "occurred"),
    # sides round a noun
    ("The Karachi bomb blast was heard at night.", "ASSAULT", set(), {"PAK"}, "occurred"),
    ("The army counted 31 attacks by Ugandan rebels on Congolese villages.", "ASSAULT", {"UGA"}, {"COD"}, "occurred"),
    ("Two Ugandan students were injured in clashes with Kenyan police.", "ASSAULT", {"UGA", "KEN"}, set(), "occurred"),
    ("Two Ugandan students died in an exchange of fire with Kenyan police.", "ASSAULT", {"UGA", "KEN"}, set(), "occurred"),
    ("The Malian rebels' abduction of two French nurses lasted a year.", "ASSAULT", {"MLI"}, {"FRA"}, "occurred"),
    ("A bombing in which five Somali farmers were killed shook the town.", "ASSAULT", set(), {"SOM"}, "occurred"),
    ("Two Somali nurses were wounded by bullets fired by Kenyan soldiers.", "ASSAULT", {"KEN"}, {"SOM"}, "occurred"),
    ("A blast tore through a Somali market.", "ASSAULT", set(), {"SOM"}, "occurred"),
    ("Boko Haram is behind the attack on Chadian soldiers.", "ASSAULT", {"NGA"}, {"TCD"}, "occurred"),
    ("Libya's war on Chad lasted for years.", "ASSAULT", {"LBY"}, {"TCD"}, "occurred"),
    ("The Lebanese civil war lasted for years.", "ASSAULT", set(), set(), "occurred"),
    # whose a thing is, and whose it is not
    ("A Turkish soldier was killed by a mine near Mosul in Iraq.", "ASSAULT", set(), {"TUR"}, "occurred"),
    ("NATO aircraft destroyed a Serbian radar on Monday.", "ASSAULT", {"IGO"}, {"SRB"}, "occurred"),
    ("Kenya warned Somalia not to send troops.", "REQUEST", {"KEN"}, {"SOM"}, "occurred"),
    ("Kenya shut its border to Somali traders.", "COERCE", {"KEN"}, {"SOM"}, "occurred"),
    # what is taken is taken from those who held it
    ("Chadian rebels captured a bridge in the north.", "ASSAULT", {"TCD"}, set(), "occurred"),
    ("Chadian rebels captured a Sudanese army post in the north.", "ASSAULT", {"TCD"}, {"SDN"}, "occurred"),
    ("Norway's foreign minister said during talks with his Kenyan counterpart that aid would go on.", "CONSULT", {"NOR", "KEN"}, set(), "occurred"),
    # withdrawals, promises, demands, threats
    ("Rwandan troops withdrew from Congo in May.", "RETREAT", {"RWA"}, set(), "occurred"),
    ("Norway's prime minister will meet his Sudanese counterpart on Tuesday.", "AGREE", {"NOR"}, {"SDN"}, "occurred"),
    ("Angola demanded that Namibia free the fishermen.", "REQUEST", {"AGO"}, {"NAM"}, "occurred"),
    ("The Kenyan president phoned his Somali counterpart on Monday.", "CONSULT", {"KEN"}, {"SOM"}, "occurred"),
    ("If Kenya sends troops, Somali forces will attack them, the Somali army said.", "THREATEN", {"SOM"}, {"KEN"}, "occurred"),
    ("If the talks fail, Mali will expel the French ambassador, its president said.", "THREATEN", {"MLI"}, {"FRA"}, "occurred"),
    # hosts, visitors, envoys; what is counted, carried or given in the object of a verb
    ("Oman is hosting talks between Iran and Norway.", "CONSULT", {"OMN"}, {"IRN", "NOR"}, "ongoing"),
    ("Oman hosted talks with Iran on Friday.", "CONSULT", {"OMN", "IRN"}, set(), "occurred"),
    ("The Kenyan prime minister flew to Kampala for talks with his Ugandan counterpart.", "CONSULT", {"KEN"}, {"UGA"}, "occurred"),
    ("The Kenyan prime minister will fly to Kampala for talks with his Ugandan counterpart.", "AGREE", {"KEN"}, {"UGA"}, "occurred"),
    ("Peru's president held two hours of talks with his Chilean counterpart.", "CONSULT", {"PER", "CHL"}, set(), "occurred"),
    ("The presidents of Benin and Togo met in Accra.", "CONSULT", {"BEN", "TGO"}, set(), "occurred"),
    ("Bolivia recalled its ambassador from Lima.", "SANCTION", {"BOL"}, {"PER"}, "occurred"),
    ("Norway pledged $40 million in aid to Malawi.", "AGREE", {"NOR"}, {"MWI"}, "occurred"),
    ("Kuwait sent forty tonnes of food to Somalia.", "AID", {"KWT"}, {"SOM"}, "occurred"),
    ("Talks between Sudan and Chad broke down on Friday.", "CONSULT", {"SDN", "TCD"}, set(), "attempted"),
    ("Guyana and Suriname are to swap twenty prisoners of war on Friday.", "RETREAT", {"GUY", "SUR"}, set(), "planned"),
    ("Belgium froze aid to Burundi because of the arrests.", "SANCTION", {"BEL"}, {"BDI"}, "occurred"),
    ("Kenya warned that it would turn off the water to Somalia.", "THREATEN", {"KEN"}, None, "occurred"),
    # what a side says that it won't do, and that another must do
    ("“We will not negotiate with the Serbian government,” Kosovo's president said.", "REJECT", {"XKX"}, {"SRB"}, "occurred"),
    ("Mali's president said that Mali would never accept a French base.", "REJECT", {"MLI"}, None, "occurred"),
    ("Cuba's president said that he would release no prisoners.", "REJECT", {"CUB"}, set(), "occurred"),
    ("Lebanon will hold no talks with Cyprus, its president said.", "REJECT", {"LBN"}, {"CYP"}, "occurred"),
    ("Kenya did not meet Somalia's envoy, its president said.", "CONSULT", {"KEN", "SOM"}, set(), "negated"),
    ("The Malian government handed over 30 Chadian prisoners.", "RETREAT", {"MLI"}, {"TCD"}, "occurred"),
    ("Ukraine and Poland signed a security pact in Warsaw.", "SUPPORT", {"UKR", "POL"}, set(), "occurred"),
    ("Talks between Kinshasa and the M23 stalled in Doha.", "CONSULT", {"COD"}, set(), "attempted"),
    ("Norway said that Eritrea must withdraw from the town.", "REQUEST", {"NOR"}, {"ERI"}, "occurred"),
    ("Residents of Goma called the Congolese army to guard the market.", "REQUEST", {"COD"}, {"COD"}, "occurred"),
    ("The parliament of Fiji met at the request of Tonga.", "REQUEST", {"TON"}, {"FJI"}, "occurred"),
    ("Students marched in Dakar to demand new elections.", "REQUEST", {"SEN"}, set(), "occurred"),
    ("The truce talks were called off by Yemen on Friday.", "REJECT", {"YEM"}, set(), "occurred"),
    ("The Turkish general staff warned that it would sink any Greek ship.", "THREATEN", {"TUR"}, {"GRC"}, "occurred"),
    ("Villagers fear that Malian rebels will attack Burkina Faso if the army leaves.", "ASSAULT", {"MLI"}, {"BFA"}, "hypothetical"),
    ("Peru said that it would attack the Chilean camp on Monday.", "ASSAULT", {"PER"}, {"CHL"}, "planned"),
    ("Kenya is ready to meet the rebels in Nairobi.", "AGREE", {"KEN"}, None, "occurred"),
    ("Uganda remains committed to observing the truce.", "AGREE", {"UGA"}, None, "occurred"),
    ("Mali is willing to send food to Niger.", "AGREE", {"MLI"}, {"NER"}, "occurred"),
    ("Serbia is ready to attack, its defence minister said.", "THREATEN", {"SRB"}, None, "occurred"),
    ("The Greek army is on high alert.", "MOBILIZE", {"GRC"}, None, "ongoing"),
    ("Malian soldiers are under siege in Kidal.", "ASSAULT", set(), {"MLI"}, "ongoing"),
    ("Malian soldiers were under siege in Kidal for a month.", "ASSAULT", set(), {"MLI"}, "occurred"),
    ("Eritrea should withdraw its troops from Tigray, the Canadian foreign minister said.", "REQUEST", {"CAN"}, {"ERI"}, "occurred"),
    ("Sudan must free the Chadian captives, the president of Chad said.", "REQUEST", {"TCD"}, {"SDN"}, "occurred"),
    ("A series of Saudi raids killed six people in Sanaa.", "ASSAULT", {"SAU"}, None, "occurred"),
    ("Sudanese negotiators met in Juba despite a wave of Chadian raids.", "ASSAULT", {"TCD"}, None, "occurred"),
    ("Malian soldiers took away two brothers from a farm near Gao.", "COERCE", {"MLI"}, None, "occurred"),
    ("Two Rwandan battalions will be flown to Palma.", "MOBILIZE", {"RWA"}, None, "planned"),
    ("Indian soldiers crossed the line near Uri.", "MOBILIZE", {"IND"}, None, "occurred"),
    # whose a plan, a bid or a first step is
    ("Uganda was the first state to recognise Somaliland.", "SUPPORT", {"UGA"}, None, "occurred"),
    ("Serbia announced plans to deploy missiles in Bosnia.", "MOBILIZE", {"SRB"}, None, "planned"),
    ("Malian rebels launched a bid to capture a town in Niger.", "ASSAULT", {"MLI"}, None, "attempted"),
    ("Kenyan generals heard of a plan to attack Somali villages.", "ASSAULT", set(), {"SOM"}, "planned"),  # not theirs
    # a threat is held over whom its condition names
    ("Iran threatened to close the strait if Bahrain joins the talks.", "THREATEN", {"IRN"}, {"BHR"}, "occurred"),
    ("Turkey threatened to send troops to the valley if Syrian rebels did not leave.", "THREATEN", {"TUR"}, {"SYR"}, "occurred"),
    # a denial covers the order; what is yet to be ended goes on
    ("Kenya denied that it had ordered the attack on the Somali market.", "ASSAULT", {"KEN"}, {"SOM"}, "negated"),
    ("Sudan will cease the bombing of Chadian villages.", "ASSAULT", {"SDN"}, {"TCD"}, "ongoing"),
    # crowds, bodies and what is not of them
    ("Tens of thousands of Kenyans marched through Nairobi.", "PROTEST", {"KEN"}, set(), "occurred"),
    ("The African Union withdrew 400 soldiers from Somalia.", "RETREAT", {"IGO"}, None, "occurred"),
    ("Serbia blocked Kosovo's bid on Monday.", "REJECT", {"SRB"}, {"XKX"}, "occurred"),
    ("A Saudi envoy flew to Sanaa to negotiate with the Houthis.", "CONSULT", {"SAU"}, {"YEM"}, "occurred"),
    ("Rwandan rebels seized the town of Goma.", "ASSAULT", {"RWA"}, set(), "occurred"),
    ("Somali fighters were driven off by Ethiopian soldiers at Beledweyne.", "ASSAULT", {"ETH"}, {"SOM"}, "occurred"),
    ("The raid carried out by Eritrean soldiers killed two Ethiopian herders.", "ASSAULT", {"ERI"}, {"ETH"}, "occurred"),
    ("Chad refused, saying that the lorries carried flour.", "REJECT", {"TCD"}, None, "occurred"),
    ("Egypt urged Addis Ababa to let investigators in.", "REQUEST", {"EGY"}, {"ETH"}, "occurred"),
    ("The Doha talks collapsed on Friday.", "CONSULT", set(), None, "attempted"),
    ("Two Cameroonian soldiers died in a separatist ambush.", "ASSAULT", {"CMR"}, {"CMR"}, "occurred"),
    ("Fighting was reported on Friday between Congolese troops and Rwandan soldiers.", "ASSAULT", {"COD", "RWA"}, set(), "occurred"),
    ("An Armenian soldier was wounded by sniper fire from Azerbaijani positions.", "ASSAULT", {"AZE"}, {"ARM"}, "occurred"),
    ("Tunisia's parliament ratified an accord with Algeria.", "SUPPORT", {"TUN"}, {"DZA"}, "occurred"),
    ("Kenyan police fired tear gas to disperse Ugandan students.", "ASSAULT", {"KEN"}, {"UGA"}, "occurred"),
    ("Malaysia condemned the raid on the Jenin refugee camp.", "ACCUSE", {"MYS"}, set(), "occurred"),
    ("Ireland rejected the plan that Spain had put forward.", "REJECT", {"IRL"}, {"ESP"}, "occurred"),
    ("Iran warned that any attack by Israel would be met with a harsh response.", "THREATEN", {"IRN"}, {"ISR"}, "occurred"),
    ("Turkey threatened to send troops across the border unless the Syrian rebels withdrew.", "THREATEN", {"TUR"}, {"SYR"}, "occurred"),
    ("India and Pakistan praised each other after two days of talks.", "CONSULT", {"IND", "PAK"}, set(), "occurred"),
    ("Bolivian miners blocked a road to demand the Peruvian president's resignation.", "REQUEST", {"BOL"}, {"PER"}, "occurred"),
    ("Serb forces shelled the capital Sarajevo.", "ASSAULT", {"SRB"}, {"BIH"}, "occurred"),
    ("Somali rebels attacked one of the army's patrols.", "ASSAULT", {"SOM"}, {"SOM"}, "occurred"),
]


@pytest.mark.parametrize(("sentence", "type_", "actors", "recipients", "status"), ACTS, ids=[a[0] for a in ACTS])
def test_an_act_with_its_sides(reader: Reader, sentence: str, type_: str, actors: set, recipients: set | None, status: str) -> None:
    found = [e for e in events(reader, sentence) if e.type == type_]

    assert [(codes(e.actors), e.status) for e in found] == [(actors, status)]
    if recipients is not None:
        assert codes(found[0].recipients) == recipients


NOTHING = [
    "UN Secretary-General Javier Perez de Cuellar announced the deal.",
    "Canada will not stand by.",
    "Chad hopes to end two decades of war.",
    "The book tells how villagers remember the violence.",
    "Serbian soldiers marched in the parade.",
    "Analysts expect that prices will fall.",
    "The minister said that the weather was good.",
    "The two sides need new talks.",
    "The hurricane hit the coast of Honduras on Friday.",
    "The report was released in Geneva on Monday.",
    "The army's new hospital stands beside the river.",
    "The ambassador launched a book about bridges.",
    "A clinic supported by Norway stands in Juba.",
    "The two Greek soldiers stationed in Mali had new boots.",
    "Mourners in Basra fired into the air.",
    "The army of Chad did not release further information.",
    "The ministry in Rabat offered no proof.",
    "The road to Accra is open to lorries.",
    "The shop in Lomé is free of mice.",
    "The train from Tunis is ready.",
    "The team should win the cup, an analyst said.",
    "Children in Ghana should sleep for nine hours, a teacher said.",
    "The price war between two Spanish airlines goes on.",
    "A storm killed the power in Oslo.",
    "The supermarket slashed prices in a fight for customers.",
    "Neither claim could be verified.",
    "The library in Oslo responded with a letter.",
    "Listeners bombarded the station in Lima with questions.",
    "The film about the war was shown in Dakar.",
    "The bank in Madrid is under new management.",
    "The company agreed to buy a rival.",
    "The Greek meteorologists warned that the drought would turn fields to dust.",
    "The novelist recalled her years in Lima.",
    "A truck with six tonnes of cement drove to Accra.",
    "The road links Tirana with Skopje.",
    "The law is meant to prevent new clashes.",
    "The drought undermined efforts to restart talks in Geneva.",
    "It was the third such attack this month.",
    "The strikes were defensive.",
    "Two Chilean firms linked to a bank in Seoul opened in March.",
]


@pytest.mark.parametrize("sentence", NOTHING)
def test_what_is_no_act_gives_none(reader: Reader, sentence: str) -> None:
    assert events(reader, sentence) == []


def test_a_participle_that_tells_the_outcome_is_no_second_attack(reader: Reader) -> None:
    found = events(reader, "Ethiopian troops shelled a Sudanese village on Sunday, killing two farmers and wounding four others.")

    assert [e.trigger.text for e in found] == ["shelled"]


def test_an_accusation_gives_the_accusation_and_the_act_on_the_accusers_word(reader: Reader) -> None:
    accused, shelled = events(reader, "Serbia accused Kosovo of shelling a church near Decani.")

    assert (accused.type, codes(accused.actors), codes(accused.recipients), accused.sources) == ("ACCUSE", {"SRB"}, {"XKX"}, [])
    assert (shelled.type, codes(shelled.actors), shelled.sources[0].entity.country) == ("ASSAULT", {"XKX"}, "SRB")


def test_acts_are_counted(reader: Reader) -> None:
    (event,) = events(reader, "Armenian forces violated the ceasefire 70 times on Sunday.")

    assert event.times is not None and (event.times.low, event.times.high) == (70, 70)


def sectors(parties: list) -> set[str]:
    return {p.sector.value for p in parties}


# sentence; sector of who struck; sector of who was struck
POSTS = [
    ("Rebel positions near Kidal were shelled by Malian troops.", {"MIL"}, {"REB"}),
    ("Government artillery shelled rebel trenches in South Sudan.", {"MIL"}, {"REB"}),
    ("Militants attacked a police station in Peshawar.", {"REB"}, {"COP"}),
    ("Gunmen fired on a Venezuelan patrol boat.", {"UAF"}, {"MIL"}),
    ("Gunmen fired on a Venezuelan fishing boat.", {"UAF"}, {"CVL"}),
    ("Jets bombed a camp belonging to Al-Shabaab.", set(), {"REB"}),
    ("Two jets bombed a camp beside a road to Mogadishu.", set(), {"CVL"}),
    ("Police shot at a crowd in the market of Conakry.", {"COP"}, {"CVL"}),
]


@pytest.mark.parametrize(("sentence", "actors", "recipients"), POSTS, ids=[p[0] for p in POSTS])
def test_a_thing_stands_for_those_whose_it_is(reader: Reader, sentence: str, actors: set, recipients: set) -> None:
    (event,) = [e for e in events(reader, sentence) if e.type == "ASSAULT"]

    assert (sectors(event.actors), sectors(event.recipients)) == (actors, recipients)
