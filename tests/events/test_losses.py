"""Losses: each group its own claim, with its count, whose people it was, and nothing where nobody was harmed."""

from __future__ import annotations

import pytest

from sayso.intake import report_from_text
from sayso.model import Casualty, Materiel
from sayso.reading import Reader

DAY = "2024-06-03"

# sentence, the casualties: harm, low, high
TOLD = [
    ("Shells killed four villagers near Avdiivka.", {("killed", 4, 4)}),
    ("The shelling killed two soldiers and wounded three others.", {("killed", 2, 2), ("wounded", 3, 3)}),
    ("Four Malian soldiers were killed and three others wounded in an ambush near Gao.", {("killed", 4, 4), ("wounded", 3, 3)}),
    ("The mission said that one soldier was wounded near Gao.", {("wounded", 1, 1)}),
    ("Nigerian soldiers freed 11 children whom rebels had kidnapped in Zamfara.", {("captured", 11, 11)}),
    ("Four Malian soldiers were killed and 10 wounded near Gao.", {("killed", 4, 4), ("wounded", 10, 10)}),
    ("The blast left two dead and five injured.", {("killed", 2, 2), ("wounded", 5, 5)}),
    ("The clash left 12 dead and 10 injured, one of them badly.", {("killed", 12, 12), ("wounded", 10, 10)}),
    ("The ambush left at least 10 killed and more than a dozen wounded.", {("killed", 10, None), ("wounded", 12, None)}),
    ("Up to 60 others were wounded, with 35 killed.", {("wounded", None, 60), ("killed", 35, 35)}),
    ("A drone strike left at least one villager dead and 10 injured.", {("killed", 1, None), ("wounded", 10, 10)}),
    ("Gunmen attacked a checkpoint in Garissa, killing a policeman and two civilians.", {("killed", 1, 1), ("killed", 2, 2)}),
    ("Commandos killed six rebel gunmen, two farmers and a boy.", {("killed", 6, 6), ("killed", 2, 2), ("killed", 1, 1)}),
    ("A drone fired at a rebel column, killing one gunman and wounded three porters.", {("killed", 1, 1), ("wounded", 3, 3)}),
    ("The mines killed 61 people in Mali and 10 in Niger.", {("killed", 61, 61), ("killed", 10, 10)}),
    ("Ten rebels were killed in the clash along with three soldiers.", {("killed", 10, 10), ("killed", 3, 3)}),
    ("Ten people were killed, including six children, when a shell hit a market in Taiz.", {("killed", 10, 10), ("killed", 6, 6)}),
    ("Ten people, of whom six were children, were killed in the strike.", {("killed", 10, 10), ("killed", 6, 6)}),
    ("At least six villagers including a Ghanaian soldier were killed and 11 others including two Kenyans were wounded.",
     {("killed", 6, None), ("killed", 1, 1), ("wounded", 11, 11), ("wounded", 2, 2)}),
    ("Five guests were wounded, including his daughter.", {("wounded", 5, 5), ("wounded", 1, 1)}),
    ("Another car bomb killed four and injured nine.", {("killed", 4, 4), ("wounded", 9, 9)}),
    ("Kenyan soldiers shot dead 16-year-old Karim Odhiambo and wounded another villager near Lamu.", {("killed", 1, 1), ("wounded", 1, 1)}),
    ("A second raid killed as many as 20 villagers.", {("killed", None, 20)}),
    ("Twenty people were killed or injured.", {("harmed", 20, 20)}),
    ("The blast caused 30 casualties.", {("harmed", 30, 30)}),
    ("A number of Malian guards were killed and wounded in the blast.", {("harmed", 1, None)}),
    ("The strikes killed and injured civilians.", {("killed", 1, None), ("wounded", 1, None)}),
    ("The death toll rose to 45 on Tuesday.", {("killed", 45, 45)}),
    ("The blast took the death toll to 45.", {("killed", 45, 45)}),
    ("The death toll in Goma exceeded 500.", {("killed", 500, None)}),
    ("The number of dead rose to 31.", {("killed", 31, 31)}),
    ("The new deaths brought the total number of nurses killed on Sunday to at least nine.", {("killed", 9, None)}),
    ("The siege has claimed the lives of over 500 Sudanese soldiers.", {("killed", 500, None)}),
    ("The attack was blamed for the deaths of 20 people and the displacement of 3,000 others.", {("killed", 20, 20), ("displaced", 3000, 3000)}),
    ("Militants threw a grenade at a patrol in Mopti, wounding the officer.", {("wounded", 1, 1)}),
    ("Eleven others, including two Ghanaians and one Kenyan, were wounded.", {("wounded", 11, 11), ("wounded", 2, 2), ("wounded", 1, 1)}),
    ("He was kidnapped in May 2023.", {("captured", 1, 1)}),
    ("Among the dead were two nurses and a driver.", {("killed", 2, 2), ("killed", 1, 1)}),
    ("Among the dead are over 150 foreign soldiers.", {("killed", 150, None)}),
    ("Rescuers found twelve bodies in the ruins.", {("killed", 12, 12)}),
    ("Rebels took 20 soldiers prisoner and kidnapped a doctor.", {("captured", 20, 20), ("captured", 1, 1)}),
    ("The militants freed 21 hostages and still hold 12 captives.", {("captured", 12, 12)}),
    ("Government troops detained nine rebels in the hills.", {("captured", 9, 9)}),
    ("Some 3,000 residents of Goma fled their homes.", {("displaced", 3000, 3000)}),
    ("A journalist has gone missing in Mosul.", {("missing", 1, 1)}),
    ("No casualties were reported after the strike.", {("harmed", 0, 0)}),
    ("Nobody was hurt when the rocket landed in a field.", {("harmed", 0, 0)}),
    ("Nobody was injured when the rocket landed in a field.", {("wounded", 0, 0)}),
    ("No civilian was harmed, the mayor said.", {("harmed", 0, 0)}),
    ("The brigade had lost no one.", {("killed", 0, 0)}),
    ("The brigade lost two tanks and four men.", {("killed", 4, 4)}),
    ("The army denied any casualties.", {("harmed", 0, 0)}),
    ("The army denied that its troops had killed any villagers.", {("killed", 1, None)}),
    ("Shells killed a woman and her two sons near Avdiivka.", {("killed", 3, 3)}),
    ("Gunmen killed a policeman and his two daughters.", {("killed", 1, 1), ("killed", 2, 2)}),
    ("Fourteen people were killed, a medic among them.", {("killed", 14, 14), ("killed", 1, 1)}),
    ("An elder put the dead at 23.", {("killed", 23, 23)}),
    ("The rebels put their losses at nine.", {("harmed", 9, 9)}),
    ("The command put its losses at 11 dead and 26 wounded.", {("killed", 11, 11), ("wounded", 26, 26)}),
    ("The ministry spoke of two missing soldiers. They were captured in the hills, it said.", {("missing", 2, 2), ("captured", 2, 2)}),
    ("Three of the dead were soldiers and five were labourers going home.", {("killed", 3, 3), ("killed", 5, 5)}),
    ("Nine people were killed. Six of them were children, the doctor said.", {("killed", 9, 9), ("killed", 6, 6)}),
    ("The mayor spoke of a pair of Kenyan soldiers who have been missing since Saturday.", {("missing", 2, 2)}),
    ("She gave the number of the dead as between 70 and 90.", {("killed", 70, 90)}),
    ("A guard was shot in the arm.", {("wounded", 1, 1)}),
    ("Nine miners were taken to hospital.", {("wounded", 9, 9)}),
    ("Raiders abducted eleven drivers, four of whom they later let go.", {("captured", 11, 11)}),
    ("The army did not kill any civilians.", {("killed", 0, 0)}),
    ("The strike ended without casualties.", {("harmed", 0, 0)}),
    ("Peacekeepers evacuated six wounded people by helicopter.", {("wounded", 6, 6)}),
    ("Police put the number of dead soldiers at three and said that the other victims were drivers, among them two boys.", {("killed", 3, 3)}),
    ("The bomber killed himself and two soldiers.", {("killed", 2, 2)}),
]  # fmt: skip

NOTHING = [
    "A gas explosion killed two men in Lyon.",
    "Two men were killed in a car crash near Kampala.",
    "The rebels freed four hostages.",
    "The rebels captured a stretch of the road.",
    "The caller threatened to behead a teacher.",
    "The commander denied that his fighters had killed the traders.",
    "They were killed in the night.",
    "Nine envoys came to the talks. Six of them were women.",
    "Nine aid workers were released by their captors.",
    "Police arrested three suspects.",
    "Police detained 12 protesters in Minsk.",
    "Gunmen tried to kill a judge.",
    "The army ordered 20,000 people to leave their homes.",
    "It was not clear how many people were killed.",
    "Three bombs were found in the yard.",
    "The town that they had captured at the weekend was quiet.",
    "The report counts one villager killed every 25 minutes.",
    "The side agreed to a hostage swap.",
    "The minister met the families of the dead.",
    "Soldiers seized the town.",
    "A car bomb exploded outside the ministry.",
    "A shell exploded in a yard.",
    "The striker beat two defenders, the goalkeeper fell, and the coach praised the midfielder who killed the match.",
]

# sentence, the claim's harm, whose: country, sector
WHOSE = [
    ("Four Malian soldiers were killed and three others wounded in an ambush near Gao.", "wounded", "MLI", "MIL"),
    ("Turkish artillery shelled the village of Kobane, killing a policeman.", "killed", "SYR", "COP"),
    ("Gunmen attacked a checkpoint in Garissa, wounding two civilians.", "wounded", "KEN", "CVL"),
    ("Some 3,000 residents of Goma fled their homes.", "displaced", "COD", "CVL"),
    ("Congolese rebels took Goma. Thousands of people fled into the Rwandan town of Gisenyi.", "displaced", "COD", "CVL"),
    ("Ethiopian troops fought the Eritrean army. The Eritrean army said that it had taken 100 prisoners.", "captured", "ETH", "MIL"),
    ("Rebels of the Taliban took 100 prisoners in Kunduz.", "captured", "AFG", "CVL"),
    ("A total of 24 Sudanese soldiers were killed in the attacks.", "killed", "SDN", "MIL"),
    ("Dozens of Iraqis were wounded in the market.", "wounded", "IRQ", "CVL"),
    ("Israeli soldiers fired at the Palestinian militants, wounding three.", "wounded", "PSE", "REB"),
    ("The Malian army suffered no casualties in the raid.", "harmed", "MLI", "MIL"),
    ("Two people were killed.", "killed", None, "CVL"),
    ("Ukraine and Russia fought near Kupiansk. The Ukrainian general staff said that three soldiers had been hurt by a mine.", "wounded", "UKR", "MIL"),
    ("Russia and Ukraine fought near Kupiansk. The Russian general staff said that three soldiers had been hurt by a mine.", "wounded", "RUS", "MIL"),
    ("The Malian army put its losses at 11 dead.", "killed", "MLI", "MIL"),
    ("The Malian army lost four men.", "killed", "MLI", "MIL"),
    ("The Malian army lost no one.", "killed", "MLI", "MIL"),
    ("Nobody was hurt when the rocket landed in a field near Gao.", "harmed", None, "UNK"),
    ("The Israeli jets struck a camp of Hezbollah, killing two of its men.", "killed", "LBN", "REB"),
]

# sentence, by whom: country
BY = [
    ("Israeli forces killed five men in Jenin.", "ISR"),
    ("Five men were killed by Israeli forces in Jenin.", "ISR"),
    ("Five men were killed in an Israeli air strike in Jenin.", "ISR"),
    ("Malian troops attacked the camp, killing nine rebels.", "MLI"),
    ("Five men were killed in Jenin.", None),
    ("The Kabul bombing killed five men.", None),
    ("The embassy bombing in Kabul killed five men.", None),
    ("A US strike killed five men in Kabul.", "USA"),
    ("Taliban attacks killed five men in Kabul.", "AFG"),
    ("Iran and Israel traded charges, five days after an explosion killed four advisers.", None),
]

# sentence, what, harm, low, high
THINGS = [
    ("Rebels destroyed 12 tanks and seized three armoured vehicles near Mekelle.", {("tank", "destroyed", 12, 12), ("armoured vehicle", "seized", 3, 3)}),
    ("Two houses were damaged and a school was destroyed in the shelling.", {("house", "damaged", 2, 2), ("school", "destroyed", 1, 1)}),
    ("Air defences shot down a drone over Belgorod.", {("drone", "destroyed", 1, 1)}),
    ("Ukraine shot down 17 of the 24 drones that Russia had launched.", {("drone", "destroyed", 17, 17)}),
    ("Two helicopters crashed in the hills.", {("helicopter", "destroyed", 2, 2)}),
    ("Seven drones were launched. Three of them were shot down, and two more fell into the sea.",
     {("drone", "destroyed", 3, 3), ("drone", "destroyed", 2, 2)}),
    ("Sappers blew up the bridge.", {("bridge", "destroyed", 1, 1)}),
    ("Raiders set fire to 14 boats.", {("boat", "destroyed", 14, 14)}),
    ("Fleeing soldiers left behind nine trucks and an ammunition depot.", {("vehicle", "seized", 9, 9), ("ammunition depot", "seized", 1, 1)}),
    ("Three pick-ups fell into the hands of the rebels.", {("vehicle", "seized", 3, 3)}),
    ("The brigade lost two tanks and four men.", {("tank", "destroyed", 2, 2)}),
    ("The staff announced the destruction of nine howitzers.", {("artillery", "destroyed", 9, 9)}),
    ("Two farmers were hurt and three lorries were damaged.", {("vehicle", "damaged", 3, 3)}),
    ("The army denied that any helicopter was shot down.", {("helicopter", "destroyed", 1, None)}),
    ("The school was damaged.", set()),
    ("Rockets hit five houses, killing two and wounding three.", {("house", "damaged", 5, 5)}),
    ("The soldiers left behind two dead.", set()),
    ("The minister lost the vote.", set()),
    ("A car bomb exploded outside the ministry.", set()),
    ("A mortar shell hit his house.", set()),
    ("Troops seized weapons and ammunition.", set()),
]

# report, the things, whose: country, sector
OWNED = [
    ("Israel and Hezbollah traded fire on Monday. Hezbollah said that its fighters had destroyed a tank.", "tank", "ISR", "MIL"),
    ("Hezbollah and Israel traded fire on Monday. The Israeli army said that it had destroyed two rocket launchers.", "launcher", "LBN", "REB"),
    ("Armenia and Azerbaijan traded fire. The Armenian ministry of defence admitted that two tanks had been destroyed.", "tank", "ARM", "MIL"),
    ("Azerbaijan and Armenia traded fire. The Azerbaijani ministry of defence admitted that two tanks had been destroyed.", "tank", "AZE", "MIL"),
    ("Ukrainian troops captured three trucks from Russian forces near Kupiansk.", "vehicle", "RUS", "MIL"),
    ("The Malian army lost three trucks.", "vehicle", "MLI", "MIL"),
    ("The militia burned thirty houses in Sake, in the Democratic Republic of the Congo.", "house", "COD", "CVL"),
    ("Shells damaged thirty houses in Sake, in the Democratic Republic of the Congo.", "house", None, None),
    ("Indian police seized sixty rifles in Delhi.", "rifle", None, None),
    ("A bomb destroyed two cars in Kabul.", "vehicle", None, None),
    ("Ukraine shot down 17 drones launched by Russia.", "drone", "RUS", "GOV"),
    ("Rebels attacked Gao. Three trucks fell into the hands of the Malian army, and the army left.", "vehicle", "MLI", "REB"),
    ("The Georgian ministry of defence denied the loss of any aircraft over Abkhazia.", "aircraft", "GEO", "MIL"),
]


def _casualties(reader: Reader, sentence: str) -> list[Casualty]:
    return [c for c in reader.read(report_from_text(sentence, published=DAY)).claims if isinstance(c, Casualty)]


@pytest.mark.parametrize(("sentence", "told"), TOLD)
def test_every_group_is_a_claim_with_its_own_count(reader: Reader, sentence: str, told: set[tuple[str, int | None, int | None]]) -> None:
    found = _casualties(reader, sentence)

    assert told == {(c.harm.value, c.count.low, c.count.high) for c in found}
    assert len(told) == len(found)


@pytest.mark.parametrize("sentence", NOTHING)
def test_where_nobody_is_said_to_be_harmed_there_is_no_claim(reader: Reader, sentence: str) -> None:
    assert _casualties(reader, sentence) == []


@pytest.mark.parametrize(("sentence", "harm", "country", "sector"), WHOSE)
def test_victims_belong_where_their_words_or_the_place_struck_say(reader: Reader, sentence: str, harm: str, country: str | None, sector: str) -> None:
    (who,) = [c.who for c in _casualties(reader, sentence) if c.harm.value == harm]

    assert who is not None
    assert (country, sector) == (who.country, who.sector.value)


@pytest.mark.parametrize(("sentence", "country"), BY)
def test_the_perpetrator_is_named_where_the_clause_names_one(reader: Reader, sentence: str, country: str | None) -> None:
    (claim,) = _casualties(reader, sentence)

    assert country == (claim.by.country if claim.by else None)


@pytest.mark.parametrize(("sentence", "told"), THINGS)
def test_things_are_counted_where_they_are_lost(reader: Reader, sentence: str, told: set[tuple[str, str, int | None, int | None]]) -> None:
    found = [c for c in reader.read(report_from_text(sentence, published=DAY)).claims if isinstance(c, Materiel)]

    assert told == {(c.what, c.harm.value, c.count.low, c.count.high) for c in found}


@pytest.mark.parametrize(("report", "what", "country", "sector"), OWNED)
def test_things_belong_to_whom_their_words_the_sides_or_the_place_tell(reader: Reader, report: str, what: str, country: str | None, sector: str | None) -> None:
    (owner,) = [c.owner for c in reader.read(report_from_text(report, published=DAY)).claims if isinstance(c, Materiel) and c.what == what]

    assert (country, sector) == ((owner.country, owner.sector.value) if owner else (None, None))


def test_the_evidence_of_one_group_leaves_out_the_next(reader: Reader) -> None:
    killed, wounded = _casualties(reader, "Four Malian soldiers were killed and three others wounded in an ambush near Gao.")

    assert killed.evidence.text == "Four Malian soldiers were killed"
    assert wounded.evidence.text.startswith("three others wounded")


def test_an_accuser_is_the_source_of_what_the_accused_is_said_to_have_done(reader: Reader) -> None:
    (claim,) = _casualties(reader, "Ukraine accused Russia of killing 12 civilians.")

    assert [s.entity.country for s in claim.sources] == ["UKR"]
    assert claim.by is not None
    assert claim.by.country == "RUS"
    assert claim.who is not None
    assert claim.who.country == "UKR"


def test_what_is_only_feared_is_hypothetical(reader: Reader) -> None:
    (claim,) = _casualties(reader, "The air strikes could kill hundreds, the UN warned.")

    assert claim.status.value == "hypothetical"
    assert (claim.count.low, claim.count.high) == (200, None)


def test_the_first_of_several_groups_ends_where_the_next_begins(reader: Reader) -> None:
    first, second = _casualties(reader, "Gunmen attacked a checkpoint in Garissa, killing a policeman and two civilians.")

    assert [c.evidence.text for c in (first, second)] == ["killing a policeman", "killing a policeman and two civilians"]


def test_two_of_one_kind_told_by_one_word_are_two_claims(reader: Reader) -> None:
    found = _casualties(reader, "A policeman and a soldier were killed.")
    none = _casualties(reader, "No military or civilian deaths were recorded, the army said.")

    assert sorted(c.who.sector.value for c in found if c.who) == ["COP", "MIL"]
    assert sorted((c.who.sector.value, c.count.high) for c in none if c.who) == [("CVL", 0), ("MIL", 0)]


def test_a_bare_number_in_the_headline_is_of_those_in_the_body(reader: Reader) -> None:
    text = "Two killed in strike on Gaza\n\nGAZA, June 2 - Israeli aircraft hit a post of Hamas on Sunday, killing two Hamas fighters, medics said."

    (claim,) = _casualties(reader, text)

    assert claim.who is not None
    assert claim.who.sector.value == "REB"
    assert [span.text for span in claim.also] == ["Two killed in strike on Gaza"]
