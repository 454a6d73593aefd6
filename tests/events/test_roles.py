"""Roles: who holds which office where, for people, and for states that sit in a body; and sentences that hold none."""

from __future__ import annotations

import pytest

from sayso.events.roles import read_roles
from sayso.intake import report_from_text
from sayso.lexicon import lexicon
from sayso.reading import Reader
from sayso.resolve.entities import Resolver

# sentence, and the roles in it: holder, office, country of the organisation
HELD = [
    ("Iran's ambassador to the UN, Amir Kazemi, rejected the report.", {("Amir Kazemi", "ambassador", "IRN")}),
    ("Capt. Mark Ellis, a Pentagon spokesman, gave no details.", {("Mark Ellis", "spokesman", "USA")}),
    ("Israeli military spokesman Lt. Col. Jonathan Levi spoke.", {("Jonathan Levi", "military spokesman", "ISR")}),
    ("Colonel Musa Diallo of Mali said two soldiers were killed.", {("Musa Diallo", "Colonel", "MLI")}),
    ("Ukraine's Foreign Minister Dmytro Kuleba and his Hungarian counterpart Peter Szijjarto spoke.",
     {("Dmytro Kuleba", "Foreign Minister", "UKR"), ("Peter Szijjarto", "Foreign Minister", "HUN")}),
    ("Russian Foreign Minister Sergey Lavrov met his Armenian and Azerbaijani counterparts, Aram Petrosyan and Rashad Guliyev.",
     {("Sergey Lavrov", "Foreign Minister", "RUS"), ("Aram Petrosyan", "Foreign Minister", "ARM"), ("Rashad Guliyev", "Foreign Minister", "AZE")}),
    ("The foreign ministers of Armenia and Azerbaijan, Zohrab Mnatsakanyan and Jeyhun Bayramov, met in Geneva.",
     {("Zohrab Mnatsakanyan", "Foreign Minister", "ARM"), ("Jeyhun Bayramov", "Foreign Minister", "AZE")}),
    ("Adam Hale, who now serves as deputy prime minister of Jordan, spoke.", {("Adam Hale", "deputy prime minister", "JOR")}),
    ("Adam Hale is the chairman of the Libyan Red Crescent.", {("Adam Hale", "chairman", "LBY")}),
    ("Jan Egeland, who heads the Norwegian Refugee Council, said aid was blocked.", {("Jan Egeland", "head", "NGO")}),
    ("Former Colombian president Andres Ruiz urged talks.", {("Andres Ruiz", "former president", "COL")}),
    ("Britain's former ambassador to Syria, Peter Hale, criticised it.", {("Peter Hale", "former ambassador", "GBR")}),
    ("Hezbollah's deputy leader Naim Qassem threatened Israel.", {("Naim Qassem", "deputy leader", "LBN")}),
    ("Zabihullah Mujahid, a Taliban spokesman, claimed the raid.", {("Zabihullah Mujahid", "spokesman", "AFG")}),
    ("Somali police officer Hussein Ali spoke.", {("Hussein Ali", "police officer", "SOM")}),
    ("The dead man was identified as Ali Musa, a Fatah member.", {("Ali Musa", "member", "PSE")}),
    ("Saudi Arabia's deputy defence minister, Prince Khalid bin Salman, visited Muscat.", {("Khalid bin Salman", "deputy defence minister", "SAU")}),
    ("The OSCE Minsk Group co-chairs, Russia, France and the US, called for restraint.",
     {("Russia", "co-chair", "IGO"), ("France", "co-chair", "IGO"), ("United States", "co-chair", "IGO")}),
    ("France, a co-chair of the OSCE Minsk Group, called for restraint.", {("France", "co-chair", "IGO")}),
    ("The Minsk Group is chaired by Russia, France and the United States.",
     {("Russia", "chair", "IGO"), ("France", "chair", "IGO"), ("United States", "chair", "IGO")}),
    ("The Northern Alliance, in Kabul on Friday, named deputy spokesman Tomas Ereli.", {("Tomas Ereli", "deputy spokesman", "AFG")}),
    ("Kurdistan Workers Party (PKK) commander Azad Demir gave no date.", {("Azad Demir", "commander", "TUR")}),
    ("Rebel chief-of-staff Aslan Maskhadov spoke in Grozny.", {("Aslan Maskhadov", "Rebel chief-of-staff", "RUS")}),
    ("Egypt's president, Hosni Mubarak, spoke. Mubarak's adviser Karim Nabil gave no date.",
     {("Hosni Mubarak", "president", "EGY"), ("Karim Nabil", "adviser", "EGY")}),
    ("Samuel Okoro took over on Thursday as commander of ECOMOG.", {("Samuel Okoro", "commander", "IGO")}),
    ("Malta holds the presidency of the UN Security Council.", {("Malta", "president", "UNO")}),
    ("Mexico is a non-permanent member of the UN Security Council.", {("Mexico", "non-permanent member", "UNO")}),
]  # fmt: skip

NONE_HELD = [
    "King Khaled Airport was closed on Wednesday.",
    "The General Border Committee met in Phnom Penh.",
    "The Peruvian president Wednesday visited the village.",
    "In a meeting with the president, Ali Haidar promised help.",
    "The prime minister and Kofi Mensah met.",
    "Officials and regional leaders and Li Wei signed the pact.",
    "Ali Abdi, a resident of Mogadishu, heard the blast.",
    "Sergeant Adam Hale was hurt near the bridge.",
    "Adam Hale is no longer the leader of the party.",
    "American Kevin Hale was freed.",
    "Reporters waited for the foreign minister.",
    "Samuel Okoro took over the shop.",
    "Le Soir newspaper gave no date.",
]


def roles(reader: Reader, sentence: str) -> set[tuple[str, str, str | None]]:
    doc = reader._parser.parse(report_from_text(sentence, published="2020-07-13"))
    raws = read_roles(doc, Resolver(doc, lexicon(), reader._gazetteer.country_of), lexicon())
    return {(r.holder.entity.name, r.office, r.organisation.entity.country) for r in raws if r.holder and r.organisation}


@pytest.mark.parametrize(("sentence", "expected"), HELD, ids=[s for s, _ in HELD])
def test_roles_that_are_held(reader: Reader, sentence: str, expected: set[tuple[str, str, str]]) -> None:
    assert roles(reader, sentence) == expected


@pytest.mark.parametrize("sentence", NONE_HELD)
def test_sentences_without_a_role(reader: Reader, sentence: str) -> None:
    assert roles(reader, sentence) == set()


def test_a_title_begins_where_its_phrase_does(reader: Reader) -> None:
    doc = reader._parser.parse(report_from_text("Chad awarded a 1 billion donation Libyan leader Omar Haroun promised.", published="2020-07-13"))
    (raw,) = read_roles(doc, Resolver(doc, lexicon(), reader._gazetteer.country_of), lexicon())
    assert doc.text(raw.evidence[0], raw.evidence[-1] + 1) == "Libyan leader Omar Haroun"


@pytest.mark.parametrize(("sentence", "body"), [
    ("Sudanese rebel leader Peter Lual spoke.", "Rebels of Sudan"),
    ("Sudanese opposition leader Peter Lual spoke.", "Opposition of Sudan"),
    ("Sudanese leader Peter Lual spoke.", "Government of Sudan"),
    ("Sudanese general Peter Lual spoke.", "Armed Forces of Sudan"),
])  # fmt: skip
def test_where_an_office_of_no_named_body_is_held(reader: Reader, sentence: str, body: str) -> None:
    doc = reader._parser.parse(report_from_text(sentence, published="2020-07-13"))
    (raw,) = read_roles(doc, Resolver(doc, lexicon(), reader._gazetteer.country_of), lexicon())
    assert raw.organisation is not None
    assert raw.organisation.entity.name == body


def test_a_rank_counts_only_where_no_office_is_given(reader: Reader) -> None:
    found = roles(reader, "General Sani Bako spoke in Abuja. Bako, the Nigerian army chief, gave no date.")
    assert {office for _, office, _ in found} == {"army chief"}
