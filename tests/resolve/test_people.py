"""People whom a report names → whom the lexicon knows by that name on that day. Every report here is made up."""

from __future__ import annotations

import pytest

from sayso.intake import report_from_text
from sayso.lexicon import lexicon
from sayso.reader import Parser
from sayso.resolve.marks import find_marks
from sayso.resolve.people import find_people

KNOWN: list[tuple[str, str, list[str | None]]] = [
    # day, report, the known names of its people (None: nobody the lexicon knows)
    ("2019-06-03", "The Syrian army said that Assad had met the envoy.", ["Bashar al-Assad"]),
    ("2019-06-03", "Maher al-Assad led the troops near Deraa, the Syrian army said.", ["Maher al-Assad"]),
    ("2023-06-14", "Karl Nehammer met Nikolai Denkov in Vienna.", ["Karl Nehammer", "Nikolai Denkov"]),
    ("1998-03-02", "Richard Butler said that the inspectors would stay.", ["Richard Butler"]),
    ("1996-09-05", "Tareq Aziz met Ejup Ganic in Amman.", ["Tariq Aziz", "Ejup Ganic"]),
    ("1996-07-05", "Suu Kyi and Jean-Louis Debre were named.", ["Aung San Suu Kyi", "Jean-Louis Debre"]),
    ("2023-06-14", "Michael Jordan visited a school on Friday.", [None]),
]


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser(1)


@pytest.mark.parametrize(("day", "text", "expected"), KNOWN, ids=[row[1] for row in KNOWN])
def test_known(parser: Parser, day: str, text: str, expected: list[str | None]) -> None:
    doc = parser.parse(report_from_text(text, published=day))
    people = find_people(doc, find_marks(doc, lexicon()), lexicon())
    assert [person.known["name"] if person.known else None for person in people] == expected
