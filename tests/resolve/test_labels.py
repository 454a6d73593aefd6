"""Paragraphs of a bulletin → the words set before them. Every report here is made up."""

from __future__ import annotations

import pytest

from sayso.intake import report_from_text
from sayso.reader import Parser
from sayso.resolve.labels import labels

LABELS: list[tuple[str, list[str]]] = [
    # paragraphs behind a headline, their labels
    ("6 July, Bakhmut: soldiers shelled a farm.", ["6 July, Bakhmut"]),
    ("Bakhmut. Soldiers shelled a farm on Monday. Two men died.", ["Bakhmut"]),
    ("Soldiers shelled a farm near Bakhmut on Monday.", []),
    ("The general made one point: soldiers had shelled a farm.", []),
    ("He named the towns: Bakhmut, Avdiivka and Marinka.", []),
    ("Two men died. Soldiers had shelled a farm.", []),
]


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser(1)


@pytest.mark.parametrize(("text", "expected"), LABELS, ids=[row[0] for row in LABELS])
def test_labels(parser: Parser, text: str, expected: list[str]) -> None:
    doc = parser.parse(report_from_text(f"Monitors in Ukraine list incidents\n\n{text}", published="2020-07-13"))
    assert [doc.text(first, last) for first, last in labels(doc).values()] == expected
