"""What the network is not told: the trees of mirrored sentences are one."""

from __future__ import annotations

import pytest

from sayso.intake import report_from_text
from sayso.reader import Doc, Parser
from sayso.reader.blind import blinded


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser(threads=1)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hezbollah shelled Israel on Monday, a Lebanese official said.", "Israel shelled Hezbollah on Monday, an Israeli official said."),
        ("Houthi fighters seized a Saudi post.", "Saudi fighters seized a Houthi post."),
        ("The leaders of Abkhazia and Georgia met in Geneva.", "The leaders of Georgia and Abkhazia met in Geneva."),
    ],
)
def test_names_of_sides_do_not_change_the_tree(parser: Parser, one: str, other: str) -> None:
    first, second = (parser.parse(report_from_text(text, published="2021-05-04")) for text in (one, other))

    assert (first.heads, first.labels, first.upos) == (second.heads, second.labels, second.upos)


@pytest.mark.parametrize(
    ("words", "hidden"),
    [
        (["Hamas", "denied", "it", "."], ["Italy", "denied", "it", "."]),
        (["Hamas", "rockets"], ["Italian", "rockets"]),
        (["the", "PKK", "and", "the", "ELN"], ["the", "PKK", "and", "the", "ELN"]),  # abbreviations stay
        (["the", "tigers", "of", "Bengal"], ["the", "tigers", "of", "Bengal"]),
    ],
)
def test_one_word_names_are_hidden(words: list[str], hidden: list[str]) -> None:
    assert blinded(words) == hidden


def test_a_group_is_no_place(parser: Parser) -> None:
    doc: Doc = parser.parse(report_from_text("Militants of Hezbollah left Tyre.", published="2021-05-04"))

    assert "place" not in {s.type for s in doc.names if doc.words[s.first] == "Hezbollah"}
