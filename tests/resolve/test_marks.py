"""What a word in the text may stand for, and who the people are whom a report names: names, titles, countries."""

from __future__ import annotations

import pytest

from sayso.intake import report_from_text
from sayso.lexicon import lexicon
from sayso.reading import Reader
from sayso.resolve.entities import Resolver

DAY = "2020-07-13"


def resolved(reader: Reader, text: str, day: str = DAY) -> Resolver:
    return Resolver(reader._parser.parse(report_from_text(text, published=day)), lexicon(), reader._gazetteer.country_of)


# sentence, words that are a mark, and the country or sector that the mark gives
MARKED = [
    ("The Soviet Union sent troops.", "Soviet Union", "RUS"),
    ("Two doctors from Lyon were freed.", "doctors", "MED"),
    ("A team of Doctors Without Borders left Juba.", "Doctors Without Borders", "NGO"),
    ("Talks in northern Iraq went on.", "Iraq", "IRQ"),
    ("General Musa spoke to the elders.", "General", "MIL"),
    ("Sudan's NRF claimed the raid.", "NRF", "SDN"),
    ("The M23 rebels left the town.", "M23", "COD"),
    ("A Lebanese Forces official said no.", "Lebanese Forces", "LBN"),
    ("The UN Security Council met.", "UN Security Council", "UNO"),
    ("PM Musa left Amman.", "PM", "GOV"),
]

# sentence, words that are none: a part of a longer name, a common word, an abbreviation that nothing speaks for
UNMARKED = [
    ("Ships left the South China Sea on Monday.", "China"),
    ("The Latin American states met in Lima.", "American"),
    ("He flew from King Khaled Airport.", "King"),
    ("The General Border Committee met in Phnom Penh.", "General"),
    ("General elections were held in Lima.", "General"),
    ("Michael Jordan visited the camp.", "Jordan"),
    ("The NRF claimed the raid on Monday.", "NRF"),
    ("Lebanese forces fired into the air.", "Lebanese forces"),
    ("They met at 5 pm on Monday.", "pm"),
    ("A major offensive began in Mosul.", "major"),
]


@pytest.mark.parametrize(("sentence", "words", "code"), MARKED, ids=[s for s, _, _ in MARKED])
def test_words_that_stand_for_somebody(reader: Reader, sentence: str, words: str, code: str) -> None:
    found = resolved(reader, sentence)
    rows = [n.row.cells for m in found.marks if found.doc.text(m.first, m.last) == words for n in m.names]
    assert any(code in {r.get("code"), r.get("country"), r.get("sector")} for r in rows)


@pytest.mark.parametrize(("sentence", "words"), UNMARKED, ids=[s for s, _ in UNMARKED])
def test_words_that_stand_for_nobody(reader: Reader, sentence: str, words: str) -> None:
    found = resolved(reader, sentence)
    assert words not in {found.doc.text(m.first, m.last) for m in found.marks if m.of("actor") or words != "Lebanese forces"}


# sentence, and everybody in it: name, country, sector
NAMED = [
    ("Iran's ambassador to the UN, Amir Kazemi, rejected the report.", [("Amir Kazemi", "IRN", "GOV")]),
    ("The Syrian president, Bashar al-Assad, met the envoy.", [("Bashar al-Assad", "SYR", "GOV")]),
    ("Capt. Mark Ellis, a Pentagon spokesman, gave no details.", [("Mark Ellis", "USA", "MIL")]),
    ("Rwandan President Paul Kagame and Congolese counterpart Felix Tshisekedi met.", [("Paul Kagame", "RWA", "GOV"), ("Felix Tshisekedi", "COD", "GOV")]),
    ("The Greek and Turkish defence ministers, Nikos Panas and Hulusi Akar, met.", [("Nikos Panas", "GRC", "GOV"), ("Hulusi Akar", "TUR", "GOV")]),
    ("Presidents Ilham Aliyev and Nikol Arman of Azerbaijan and Armenia met.", [("Ilham Aliyev", "AZE", "GOV"), ("Nikol Arman", "ARM", "GOV")]),
    ("A Taliban spokesman, Zabihullah Mujahid, claimed the raid.", [("Zabihullah Mujahid", "AFG", "REB")]),
    ("EU foreign policy chief Josep Borrell condemned the strike.", [("Josep Borrell", "EUR", "GOV")]),
    ("NATO Secretary-General Jens Stoltenberg called for calm.", [("Jens Stoltenberg", "IGO", "MIL")]),
    ("The UN special envoy for Yemen, Martin Griffiths, arrived in Sanaa.", [("Martin Griffiths", "UNO", "GOV")]),
    ("A spokeswoman for Chancellor Angela Merkel, Ulrike Demmer, confirmed it.", [("Angela Merkel", "DEU", "GOV"), ("Ulrike Demmer", "DEU", "GOV")]),
    ("Former Colombian president Andres Ruiz urged talks.", [("Andres Ruiz", "COL", "ELI")]),
    ("Abkhaz leader Raul Khajimba met Russian officials.", [("Raul Khajimba", "GEO", "GOV")]),
    ("Prime Minister Abiy Ahmed said the town had fallen.", [("Abiy Ahmed", "ETH", "GOV")]),
    ("State Department spokesperson Morgan Ortagus condemned it.", [("Morgan Ortagus", "USA", "GOV")]),
    ("Israel's Benjamin Netanyahu and Egypt's Abdel Fattah al-Sisi spoke.", [("Benjamin Netanyahu", "ISR", "GOV"), ("Abdel Fattah al-Sisi", "EGY", "GOV")]),
    ("Taliban leader Mullah Musa Khan praised his men.", [("Musa Khan", "AFG", "REB")]),
    ("US official Keith Hale met the minister.", [("Keith Hale", "USA", "GOV")]),
    ("The Kharkiv governor, Oleh Marchuk, said the dam was hit.", [("Oleh Marchuk", "UKR", "GOV")]),
    ("Libyan National Army spokesman Ahmed al-Mismari said the jets had left.", [("Ahmed al-Mismari", "LBY", "REB")]),
    ("Merkel called the French president on Monday.", [("Angela Merkel", "DEU", "GOV")]),
    ("King Khaled Airport was closed on Wednesday.", []),
    ("The Peruvian president Wednesday visited the village.", []),
    ("President Smith Street was closed.", []),
]


@pytest.mark.parametrize(("sentence", "people"), NAMED, ids=[s for s, _ in NAMED])
def test_people(reader: Reader, sentence: str, people: list[tuple[str, str, str]]) -> None:
    found = resolved(reader, sentence)
    entities = [found.of(p.spans[0][1] - 1)[0].entity for p in found.people]
    assert [(e.name, e.country, e.sector) for e in entities] == people


def test_a_title_given_once_counts_for_every_mention(reader: Reader) -> None:
    found = resolved(reader, "Adam Hale, the Jordanian interior minister, left for Cairo. Hale said the border was open.")
    assert [(p.name, len(p.spans)) for p in found.people] == [("Adam Hale", 2)]
    assert found.of(found.people[0].spans[1][0])[0].entity.country == "JOR"


def test_a_former_name_holder_is_a_former_official(reader: Reader) -> None:
    found = resolved(reader, "Saddam Hussein went on trial in Iraq.", "2005-10-20")
    assert found.of(found.people[0].spans[0][0])[0].entity.sector == "ELI"


def test_the_army_spokesman_is_that_of_the_army_named(reader: Reader) -> None:
    text = "The Ugandan army left Sudan on Sunday. Army spokesman Felix Okello said in Juba that the troops had crossed the border."
    found = resolved(reader, text)
    assert [found.of(p.spans[0][1] - 1)[0].entity.country for p in found.people] == ["UGA"]
