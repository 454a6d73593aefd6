"""Status: whether an act is said to have happened, to go on, to be planned, feared, tried or denied."""

from __future__ import annotations

import pytest

from sayso.intake import report_from_text
from sayso.model import Event
from sayso.reading import Reader

# sentence; type; status
STATUS = [
    # nobody did it, or to nobody, or never
    ("No Kenyan soldiers attacked the market on Friday.", "ASSAULT", "negated"),
    ("None of the Malian gunners had fired at the town.", "ASSAULT", "negated"),
    ("Neither Chad nor Sudan attacked the camp.", "ASSAULT", "negated"),
    ("At no time did Greek soldiers fire on the boat.", "ASSAULT", "negated"),
    ("The Peruvian army fired not a shot.", "ASSAULT", "negated"),
    ("Not one Turkish soldier has been deployed to the island.", "MOBILIZE", "negated"),
    ("No Serbian planes have carried out airstrikes near the border.", "ASSAULT", "negated"),
    # what is said of a statement
    ("It is not true that Indian jets bombed the dam.", "ASSAULT", "negated"),
    ("The claim that Ugandan troops shelled the village is baseless.", "ASSAULT", "negated"),
    ("Reports of shelling by Moldovan forces are unfounded.", "ASSAULT", "negated"),
    ("It is true that Indian jets bombed the dam.", "ASSAULT", "occurred"),
    ("Rebels attacked the Nigerian post in no time.", "ASSAULT", "occurred"),
    ("The Chadian army attacked the camp without warning.", "ASSAULT", "occurred"),
    # to come
    ("The Philippine navy is to deploy two ships to the strait in May.", "MOBILIZE", "planned"),
    ("The Ethiopian army is due to attack the town at dawn.", "ASSAULT", "planned"),
    ("Gunmen were preparing an attack on the Iraqi base.", "ASSAULT", "planned"),
    ("Villagers fear that Congolese rebels will attack the town.", "ASSAULT", "hypothetical"),
    # not so far
    ("The Ghanaian soldiers have yet to withdraw from the town.", "RETREAT", "negated"),
    ("Yet the Ghanaian soldiers have withdrawn from the town.", "RETREAT", "occurred"),
    # what is refused was offered, what is announced or promised is said now
    ("The Malian rebels rejected a truce offered by Niger.", "AGREE", "occurred"),
    ("The Maoist rebels of Nepal announced a unilateral ceasefire on Monday.", "CONCEDE", "occurred"),
    ("Ecuador said that it would honour its commitments.", "AGREE", "occurred"),
    # going on
    ("The Ghanaian police said that they were investigating the shooting.", "ACCUSE", "ongoing"),
    ("Malian rebels have occupied the valley since 2012.", "ASSAULT", "ongoing"),
    ("Malian rebels have fired 20 rockets at the town since Monday.", "ASSAULT", "occurred"),
    ("Kenyan troops had been shelling the hills, a herder said.", "ASSAULT", "occurred"),
    ("Kenyan troops had been shelling the hills since Friday, a herder said.", "ASSAULT", "ongoing"),
    ("The Ivorian rebels intend to continue to attack the town.", "ASSAULT", "planned"),
    ("Soldiers fired while students were marching through Lagos.", "PROTEST", "occurred"),
    ("Turkish soldiers have been deployed in Idlib since 2017.", "MOBILIZE", "ongoing"),
    ("Had the army attacked the Chadian rebels first, he would have told the nation, the president said.", "ASSAULT", "hypothetical"),
    ("The Tuareg rebels were quick to attack the post at Kidal.", "ASSAULT", "occurred"),
]


@pytest.mark.parametrize(("sentence", "type_", "status"), STATUS, ids=[s[0] for s in STATUS])
def test_the_status_of_an_act(reader: Reader, sentence: str, type_: str, status: str) -> None:
    report = report_from_text(sentence, published="2024-06-03")

    assert [e.status for e in reader.read(report).claims if isinstance(e, Event) and e.type == type_] == [status]
