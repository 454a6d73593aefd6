"""Claims → when: own dates, dates of the same incident, days of sayings. Every report here is made up."""

from __future__ import annotations

from typing import Any

import pytest

from sayso.intake import report_from_text
from sayso.model import Role
from sayso.reading import Reader

DAY = "2020-07-13"
"""A Monday, the day of every report here."""

DATES: list[tuple[str, str, str, str | None]] = [
    # text, words of the claim, its type or harm, start[/end] or None
    ("Rebels shelled the port of Misrata on Sunday.", "Rebels shelled", "ASSAULT", "2020-07-12"),
    ("Police arrested two activists in Minsk on 9 July.", "Police arrested", "COERCE", "2020-07-09"),
    ("Two soldiers died when a mine exploded near Donetsk on Saturday.", "Two soldiers died", "killed", "2020-07-11"),
    ("The army attacked a convoy near Gao on Saturday, killing six rebels.", "killing six", "killed", "2020-07-11"),
    ("Two people were killed and five were wounded in Herat on Sunday.", "Two people", "killed", "2020-07-12"),
    ("Sudanese troops killed four rebels, the army said on Sunday.", "troops killed", "killed", "2020-07-12"),
    ("The rebels killed nine soldiers on Friday, the ministry said on Sunday.", "killed nine", "killed", "2020-07-10"),
    ("Poland condemned on Sunday the shelling of Kharkiv.", "condemned", "ACCUSE", "2020-07-12"),
    ("Rebels attacked a village near Beni on Saturday.\n\nFour civilians were killed in the attack.", "Four civilians", "killed", "2020-07-11"),
    ("Rebels attacked a village near Beni on Saturday. They killed four civilians.", "killed four", "killed", "2020-07-11"),
    ("A hospital in Aden was hit in Friday's raid, doctors said.\n\nThree nurses were killed in the raid.", "Three nurses", "killed", "2020-07-10"),
    ("Chad will send 300 soldiers to Mali on Wednesday.", "send 300", "MOBILIZE", "2020-07-15"),
    # the loss dates the strike beside it; a week's fighting, a denial, the only day told, an act of long ago go on
    ("Rebels attacked Gao on Saturday. In Bama, a drone strike wounded a farmer.", "drone strike", "ASSAULT", "2020-07-11"),
    ("Guerrillas attacked the town of Puerto Asis last week. They killed nine policemen.", "killed nine", "killed", "2020-07-06/2020-07-12"),
    ("Rebels shelled Sake on Saturday. The rebels did not kill any civilians.", "kill any civilians", "killed", "2020-07-11"),
    ("The army gave a briefing on Sunday. Two rebels were killed near Gao.", "Two rebels", "killed", "2020-07-12"),
    ("The army gave a briefing on Sunday. Rebels have killed 40 people near Gao.", "killed 40", "killed", None),
    ("Troops surrounded the village of Moura on 27 March. They killed 30 men there.", "killed 30", "killed", "2020-03-27"),
    ("Missiles hit Kyiv on Saturday. One of them hit a school.", "hit a school", "damaged", "2020-07-11"),
    ("Protesters marched in Lagos on Saturday. A second demonstration took place in Ibadan.", "second demonstration", "PROTEST", "2020-07-11"),
    ("Nine people died near Gao on Saturday. Gunmen hit Bama on Friday. Three of the dead were children.", "Three of the dead", "killed", "2020-07-11"),
    ("The two presidents met on Friday. They agreed to meet again.", "agreed", "AGREE", "2020-07-10"),
    ("At least 40 soldiers have been killed in Mali since 1 June, the army said.", "40 soldiers", "killed", "2020-06-01/2020-07-13"),
    ("Rebels have killed 30 soldiers since the offensive in April.", "killed 30", "killed", "2020-04-01/2020-07-13"),
    ("The minister said on Saturday that talks would go on. He urged Ethiopia to sign the accord.", "urged", "REQUEST", "2020-07-11"),
    ("Statement by the Foreign Ministry of Ghana\n\nWe condemn the attack on the convoy of the observers in Gao.", "We condemn", "ACCUSE", DAY),
    # a meeting to come is on its day, as the annotated reports have it
    ("The foreign ministers of Kenya and Somalia will meet in Nairobi on Wednesday.", "meet in Nairobi", "AGREE", "2020-07-15"),
    # the other side's account of the same incident, where it gives no day of its own
    ("Chad said that rebels attacked its post near Bol on Saturday. Rebels said that they had killed two soldiers.", "killed two", "killed", "2020-07-11"),
    # the day set before a paragraph of a bulletin
    ("Monitors list two incidents.\n\n6 July, Bakhmut: soldiers shelled a farm. Two men were killed.", "Two men", "killed", "2020-07-06"),
    ("Monitors counted nine attacks on convoys in the week to Sunday.", "nine attacks", "ASSAULT", "2020-07-06/2020-07-12"),
    # what is still going on has lasted until the report
    ("Rebels are still besieging Aden in an operation that began on 2 June.", "besieging", "ASSAULT", "2020-06-02/2020-07-13"),
    ("Troops have been shelling the town of Nyala since an attack on 2 June.", "shelling", "ASSAULT", "2020-06-02/2020-07-13"),
    # an attack has no day from a meeting, a standing state none from the report
    ("The envoy met the president on Friday.\n\nRebels killed two soldiers near Gao.", "killed two", "killed", None),
    ("The militia is often accused of attacks on convoys.", "accused", "ACCUSE", None),
    ("Poland regularly calls on Belarus to free the prisoners.", "calls on", "REQUEST", None),
    # a date before the speaker's verb is of what was said where that stands before the verb too
    ("Rebels attacked a post west of Gao late Saturday, the Malian army said.", "Rebels attacked", "ASSAULT", "2020-07-11"),
    ("On Saturday rebels attacked a post near Gao, the Malian army said.", "rebels attacked", "ASSAULT", "2020-07-11"),
    # "overnight" counts from the day of the saying
    ("Rebels shelled the port of Misrata overnight, the ministry said on Saturday.", "Rebels shelled", "ASSAULT", "2020-07-10/2020-07-11"),
    ("Rebels shelled the port of Misrata overnight, the ministry said on Monday.", "Rebels shelled", "ASSAULT", "2020-07-12/2020-07-13"),
    # from the day of another act on
    ("The minister has been under house arrest since the army moved in on Friday.", "house arrest", "COERCE", "2020-07-10/2020-07-13"),
    ("An overnight attack near Gao on Friday killed a Malian soldier. Two officers also died in the attack.", "Two officers", "killed", "2020-07-10"),
    ("The envoy flew to Juba on Saturday, where gunmen killed four soldiers.", "killed four", "killed", "2020-07-11"),
    # a meeting to come is on its day, though the agreeing is past
    ("The presidents of Chad and Sudan will meet in Juba on Friday.", "will meet", "AGREE", "2020-07-17"),
    # news of the day beside other news of the day, but not beside an older day, nor where the report dates nothing on its day
    ("The army shelled Beni on Monday. Kenya also urged both sides to stop.", "Kenya also urged", "REQUEST", "2020-07-13"),
    ("The army shelled Beni on Saturday. Kenya also urged both sides to stop.", "Kenya also urged", "REQUEST", None),
    ("The army shelled Beni on Monday. Kenya has urged both sides to stop.", "Kenya has urged", "REQUEST", None),
    ("The army shelled Beni. Kenya also urged both sides to stop.", "Kenya also urged", "REQUEST", None),
    # what stands behind "after" has a day of its own, and gives none to the meeting; nobody tells on Friday what happened on Saturday
    ("The ministers met in Rome after clashes in May that killed nine soldiers.", "ministers met", "CONSULT", None),
    ("The ministers met in Rome after clashes in May that killed nine soldiers.", "killed nine", "killed", "2020-05-01/2020-05-31"),
    ("Two men were arrested after clashes in Gao on Saturday.", "Two men", "COERCE", "2020-07-11"),
    ("Radio Gao gave a toll on Saturday. The army said on Friday that four people were killed.", "four people", "killed", "2020-07-10"),
    # a clause that only says what something is lends no day; what was blamed on somebody has the day behind it
    ("Some 900 people have died in bombings blamed on rebels in the past two years.", "Some 900", "killed", "2018-07-13/2020-07-13"),
    ("Some 900 people have died in bombings blamed on rebels in the past two years.", "blamed", "ACCUSE", None),
    # how somebody stands in a dispatch; in a statement the words are the act
    ("BAMAKO (AFP) - Shells hit Gao in May. Chad accuses the rebels of shelling the town.", "Chad accuses", "ACCUSE", None),
    ("BAMAKO (AFP) - Shells hit Gao in May. Chad calls on the rebels to leave the town.", "Chad calls", "REQUEST", DAY),
    # nothing of the day of the saying, of another act, of a standing state
    ("Poland condemned on Sunday the shelling of Kharkiv.", "the shelling", "ASSAULT", None),
    ("Rebels attacked a village near Beni on Saturday.\n\nThe rebels often kidnap farmers in the province.", "kidnap farmers", "ASSAULT", None),
    ("Troops entered Beni on Sunday.\n\nMilitants who killed twenty farmers were sentenced in 2016.", "killed twenty", "killed", None),
    ("The rebels seized the mine in 2012.\n\nTwo men were killed near the mine.", "Two men", "killed", None),
    ("The minister vowed on Sunday to attack the rebels in Gao.", "attack the rebels", "ASSAULT", None),
]


@pytest.mark.parametrize(("text", "words", "act", "when"), DATES, ids=[f"{row[0]} «{row[1]}»" for row in DATES])
def test_when(reader: Reader, text: str, words: str, act: str, when: str | None) -> None:
    assert dates(reader, text, words, act) in ([when], [] if when is None else [when])


def dates(reader: Reader, text: str, words: str, act: str) -> list[str | None]:
    """The dates of the claims of one type or harm whose evidence holds the words."""
    found: list[str | None] = []
    for claim in reader.read(report_from_text(text, published=DAY)).claims:
        told: Any = claim
        if words in claim.evidence.text and act in {getattr(told, "type", None), getattr(told, "harm", None)}:
            when = claim.when
            found.append(None if when is None else str(when.start) if when.start == when.end else f"{when.start}/{when.end}")
    return found


def test_a_borrowed_day_is_explained(reader: Reader) -> None:
    reading = reader.read(report_from_text("Rebels attacked a village near Beni on Saturday.\n\nFour civilians were killed in the attack.", published=DAY))
    because = [step.because for steps in reading.explanations.values() for step in steps if step.field == "when"]
    assert any("takes up" in reason for reason in because)
    assert any("own clause" in reason for reason in because)


def test_without_a_day_of_the_report_nothing_is_guessed(reader: Reader) -> None:
    reading = reader.read(report_from_text("We condemn the attack on the convoy of the observers in Gao."))
    assert [claim.when for claim in reading.claims if not isinstance(claim, Role) and claim.when is not None] == []
