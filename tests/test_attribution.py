"""Who says what: chains, relayed words, unnamed speakers, quotations, and what is carried over or not."""

from __future__ import annotations

import pytest

from sayso.intake import report_from_text
from sayso.model import AnyClaim, Casualty, Event, Manner
from sayso.reading import Reader


def claims(reader: Reader, text: str) -> list[AnyClaim]:
    return reader.read(report_from_text(text, published="2024-06-03")).claims


def chain(claim: AnyClaim) -> list[str]:
    return [s.entity.name for s in claim.sources]


LOSS = "two soldiers were killed in Gedaref"
SPEAKERS = [
    (f"Sudan's defence ministry said that {LOSS}.", ["Ministry of Defence of Sudan"]),
    (f"According to Sudan's defence ministry, {LOSS}.", ["Ministry of Defence of Sudan"]),
    (f"{LOSS.capitalize()}, Sudan's defence ministry said on Monday.", ["Ministry of Defence of Sudan"]),
    (f"{LOSS.capitalize()}, said Sudan's defence ministry.", ["Ministry of Defence of Sudan"]),
    (f"Reuters quoted Sudan's defence ministry as saying that {LOSS}.", ["Ministry of Defence of Sudan", "Reuters"]),
    (f"Reuters reported that Sudan's defence ministry had said that {LOSS}.", ["Ministry of Defence of Sudan", "Reuters"]),
    (f"{LOSS.capitalize()}.", []),
    ("A bomb went off in Gedaref, Sudan's defence ministry said on Monday, killing two soldiers.", ["Ministry of Defence of Sudan"]),
    ("Sudan closed the road to Gedaref, citing fears, after two soldiers were killed there.", []),
]


@pytest.mark.parametrize(("text", "expected"), SPEAKERS, ids=[t for t, _ in SPEAKERS])
def test_the_chain_of_speakers_nearest_first(reader: Reader, text: str, expected: list[str]) -> None:
    (loss,) = [c for c in claims(reader, text) if hasattr(c, "count")]

    assert chain(loss) == expected


def test_a_speaker_whom_nobody_knows_is_kept_by_their_words(reader: Reader) -> None:
    (loss,) = [c for c in claims(reader, f"A person close to the talks said that {LOSS}.") if hasattr(c, "count")]

    assert loss.sources and loss.sources[0].cue is not None


def test_a_speaker_is_carried_over_to_the_losses_of_the_same_account(reader: Reader) -> None:
    text = "Sudan's defence ministry said that Ethiopian troops had attacked a post near Gedaref. Four Sudanese soldiers were killed."
    loss = next(c for c in claims(reader, text) if hasattr(c, "count"))

    assert chain(loss) == ["Ministry of Defence of Sudan"]
    assert loss.sources[0].manner is Manner.INHERITED and loss.sources[0].cue is None


def test_nothing_is_carried_over_to_another_matter(reader: Reader) -> None:
    text = "Sudan's defence ministry said that Ethiopian troops had attacked a post near Gedaref. Meanwhile, four farmers were killed in Darfur."
    loss = next(c for c in claims(reader, text) if hasattr(c, "count"))

    assert chain(loss) == []


@pytest.mark.parametrize("opening", ["In April, four farmers were", "So far this year, four farmers have been", "Four farmers have been"])
def test_nothing_is_carried_over_to_more_than_a_day(reader: Reader, opening: str) -> None:
    since = " since last summer" if opening.startswith("Four") else ""
    text = f"Sudan's defence ministry said that Ethiopian troops had attacked a post near Gedaref. {opening} killed in Darfur{since}."
    loss = next(c for c in claims(reader, text) if hasattr(c, "count"))

    assert chain(loss) == []


@pytest.mark.parametrize(
    "text",
    [
        "Sudan's defence ministry said that Ethiopian troops had attacked a post near Gedaref. More than 300 people have been killed since May.",
        "Sudan's defence ministry said that Ethiopian troops had attacked a post near Gedaref. In the west, four farmers were killed by a mine.",
    ],
)
def test_nothing_is_carried_over_to_a_summing_up_or_another_place(reader: Reader, text: str) -> None:
    loss = next(c for c in claims(reader, text) if hasattr(c, "count"))

    assert chain(loss) == []


def test_where_a_statement_was_sent_from_says_nothing(reader: Reader) -> None:
    loss = next(c for c in claims(reader, "The Tamil Tigers said in a statement from London that they had lost 39 fighters.") if hasattr(c, "count"))

    assert chain(loss) == ["Liberation Tigers of Tamil Eelam"]


def test_a_denial_is_the_act_with_the_denier_as_speaker(reader: Reader) -> None:
    found = [c for c in claims(reader, "Ethiopia's army denied that its troops had attacked the post.") if getattr(c, "type", "") == "ASSAULT"]

    assert [(c.status, c.sources[0].entity.country, c.sources[0].distance) for c in found] == [("negated", "ETH", "denying")]


WHO_SAYS = [
    # the tagged spans, where no rule links them
    ("Sudan's army fears that rebels will attack the mill.", "ASSAULT", ["Army of Sudan"]),
    ("Ethiopian officers maintained that Eritrean troops had shelled a village near Badme.", "ASSAULT", ["Armed Forces of Ethiopia"]),
    ("Eritrean troops shelled the bridge, Ethiopia's army said, killing two farmers.", "killed", ["Army of Ethiopia"]),
    # put into the clause
    ("Eritrean troops, Ethiopia's army said, had shelled a village near Badme.", "ASSAULT", ["Army of Ethiopia"]),
    # in a clause about the speaker
    ("A bridge near Badme fell, according to Ethiopia's army, which said that Eritrean troops had shelled it.", "ASSAULT", ["Army of Ethiopia"]),
    # figures
    ("Ethiopia's army put its losses at nine dead and 20 wounded.", "killed", ["Army of Ethiopia"]),
    ("Ethiopia's army counted six attacks on its convoys.", "ASSAULT", ["Army of Ethiopia"]),
    # a second link
    ("Ethiopia's army, in a statement carried by Reuters, said that Eritrean troops shelled it.", "ASSAULT", ["Army of Ethiopia", "Reuters"]),
    ("Reuters, quoting Ethiopia's army, put the toll at 39.", "killed", ["Army of Ethiopia", "Reuters"]),
    # behind the noun of a statement
    ("Ethiopia's army said in a statement that Eritrean troops had shelled a village near Badme.", "ASSAULT", ["Army of Ethiopia"]),
    ("Ethiopia's army told reporters in Mekelle that Eritrean troops had shelled a village.", "ASSAULT", ["Army of Ethiopia"]),
    ("An Ethiopian army communique said that Eritrean troops had shelled a village.", "ASSAULT", ["Army of Ethiopia"]),
    ("Police accepted the account of the Ethiopian army, in a letter of Monday, that Eritrean troops shelled a mill.", "ASSAULT", ["Army of Ethiopia"]),
    ("Ethiopia's army was quoted as saying by Reuters that Eritrean troops had shelled a village.", "ASSAULT", ["Army of Ethiopia", "Reuters"]),
    # between the subject and its verb
    ("Eritrean troops, Ethiopian medics said on Monday, wounded two farmers near Badme.", "wounded", ["medics of Ethiopia"]),
    # past a semicolon another speaks
    ("Farmers said that nine people were hurt; Ethiopia's army said that Eritrean troops had shelled a mill.", "ASSAULT", ["Army of Ethiopia"]),
    # who condemns an act tells of it where its doer is named
    ("Kenya condemned attacks by al-Shabaab on Somali troops.", "ASSAULT", ["Kenya"]),
    ("Jordan condemned Israel for killing two farmers.", "killed", ["Jordan"]),
    ("Kenya condemned the bombing of a market in Mogadishu.", "ASSAULT", []),
    # whom a spokesman or a website speaks for
    ("Ethiopia's army said that a truce held. Eritrean troops had shelled a village, a spokesman said.", "ASSAULT", ["Army of Ethiopia"]),
    ("Eritrean troops shelled a village near Badme, the Ethiopian army's media wing said.", "ASSAULT", ["Army of Ethiopia"]),
    # headlines
    ("Six Ethiopian soldiers killed in raid near Badme - army", "killed", ["Army of Ethiopia"]),
    ("Ethiopia's army: Eritrean troops shelled a village near Badme", "ASSAULT", ["Army of Ethiopia"]),
    ("Ethiopia: six soldiers killed in raid near Badme", "killed", []),
    # who was called by the same noun before
    ("The African Union said that a truce held. Eritrean troops had shelled a village, the union said.", "ASSAULT", ["African Union"]),
    # nobody named accuses
    ("Eritrean troops are accused of shelling a village near Badme.", "ASSAULT", ["unnamed accusers"]),
    ("The shelling of a village near Badme was blamed on Eritrean troops.", "ASSAULT", ["unnamed accusers"]),
    ("Talks began amid allegations that Eritrean troops had shelled a village near Badme.", "ASSAULT", ["unnamed accusers"]),
    ("The claim that Eritrean troops shelled a village near Badme is false.", "ASSAULT", []),
    # nobody's but the report's
    ("Ethiopia's army warned the town of Humera, where 30,000 displaced people have found shelter.", "displaced", []),
    ("Ethiopia's army warned the town of Humera, which sheltered 30,000 displaced people.", "displaced", []),
    ("Ethiopia's army maintained the siege of Humera.", "siege", []),
    ("Shots fired near Humera, two guards reported wounded", "wounded", []),
    ("Crates carried by Ethiopia's army arrived after Eritrean troops had shelled a village.", "ASSAULT", []),
    ("Ethiopia's army planned to withdraw from Humera.", "RETREAT", []),
]


@pytest.mark.parametrize(("text", "act", "expected"), WHO_SAYS, ids=[t for t, _, _ in WHO_SAYS])
def test_whose_words_an_act_or_a_loss_stands_in(reader: Reader, text: str, act: str, expected: list[str]) -> None:
    found = [c for c in claims(reader, text) if act in {getattr(c, "type", ""), getattr(c, "harm", "")}]

    assert all(chain(c) == expected for c in found), [chain(c) for c in found]
    assert found or not expected


DENIALS = [
    ("Ethiopia's army rejected reports that its troops had shelled the school.", "negated"),
    ("Ethiopia's army dismissed claims that its troops had shelled the school.", "negated"),
    ("Ethiopia's army withdrew its statement that Eritrean troops had shelled the school.", "negated"),
    ("Ethiopia's army repeated its statement that Eritrean troops had shelled the school.", "occurred"),
]


@pytest.mark.parametrize(("text", "status"), DENIALS, ids=[t for t, _ in DENIALS])
def test_what_is_rejected_dismissed_or_taken_back_is_denied(reader: Reader, text: str, status: str) -> None:
    found = [c for c in claims(reader, text) if getattr(c, "type", "") == "ASSAULT"]

    assert [(c.status, c.sources[0].entity.country) for c in found] == [(status, "ETH")]


UNSAID = [
    "Ethiopia's army neither confirmed nor denied that its troops had shelled the school.",
    "Ethiopia's army neither confirmed nor denied the attack.",
    "Ethiopia's army did not say that Eritrean troops had shelled the school.",
    "Nobody has said that Eritrean troops shelled the school.",
    "No group has claimed responsibility for the shelling of the school.",
    "Analysts said that Ethiopian troops would attack the school in spring.",
]


@pytest.mark.parametrize("text", UNSAID)
def test_what_nobody_says_is_no_claim(reader: Reader, text: str) -> None:
    assert not [c for c in claims(reader, text) if getattr(c, "type", "") == "ASSAULT"]


def test_two_who_accuse_each_other_tell_two_claims(reader: Reader) -> None:
    found = [c for c in claims(reader, "Eritrea and Ethiopia accused each other of violating the truce.") if isinstance(c, Event) and c.type == "ASSAULT"]

    assert sorted((c.actors[0].country, *[s.entity.country for s in c.sources]) for c in found) == [("ERI", "ETH"), ("ETH", "ERI")]


def test_a_whole_chain_is_carried_over(reader: Reader) -> None:
    text = "Reuters quoted Sudan's army as saying that rebels had shelled a market in Nyala. Four farmers were killed."
    loss = next(c for c in claims(reader, text) if hasattr(c, "count"))

    assert [(s.manner, s.entity.name) for s in loss.sources] == [(Manner.INHERITED, "Army of Sudan"), (Manner.INHERITED, "Reuters")]


def test_a_list_is_the_words_of_whoever_opens_it(reader: Reader) -> None:
    text = (
        "Sudan's army states the following:\n\n1. Rebels shelled a market in Nyala on Monday. Four farmers were killed.\n\n"
        "2. Rebels shelled a mill near Kutum on Tuesday.\n\nRebels shelled a school in Nyala on Wednesday."
    )
    found = [c for c in claims(reader, text) if getattr(c, "type", getattr(c, "harm", "")) in {"ASSAULT", "killed"}]

    assert [(chain(c), [s.manner for s in c.sources]) for c in found] == [
        (["Army of Sudan"], [Manner.INDIRECT]), (["Army of Sudan"], [Manner.INHERITED]), (["Army of Sudan"], [Manner.INDIRECT]), ([], []),
    ]  # fmt: skip


def test_the_report_is_the_paper_and_not_the_minister_whom_it_quotes(reader: Reader) -> None:
    text = (
        "Kenya will send more troops, the Daily Nation newspaper reported. Defence Minister Aden Duale said that the border was quiet. "
        "Nine farmers were killed near Mandera, the report said."
    )
    loss = next(c for c in claims(reader, text) if hasattr(c, "count"))

    assert loss.sources[0].entity.sector == "JRN"


def test_the_report_is_the_one_that_was_named_as_such(reader: Reader) -> None:
    text = (
        "Rebels burned a mill near Nyala, Human Rights Watch said in a report released on Monday. The army said that it was watching the road. "
        "Nine farmers were killed, the report says."
    )
    loss = next(c for c in claims(reader, text) if hasattr(c, "count"))

    assert chain(loss) == ["Human Rights Watch"]


def test_we_outside_quotation_marks_is_the_publisher_and_its_findings_are_the_reports_own(reader: Reader) -> None:
    text = "We found that soldiers of Mali killed nine men near Dori. We call on the government of Mali to open an inquiry."
    reading = reader.read(report_from_text(text, published="2023-06-14", publisher="Sahel Rights Watch"))
    (killed,) = (c for c in reading.claims if isinstance(c, Casualty))
    request = next(e for e in reading.claims if isinstance(e, Event) and e.type == "REQUEST")

    assert killed.sources == []
    assert [(a.country, a.sector.value) for a in request.actors] == [("NGO", "SOC")]
