"""Names that the network took for people or bodies → places, where the words beside them show it. Every report here is made up."""

from __future__ import annotations

import pytest

from sayso.intake import report_from_text
from sayso.lexicon import lexicon
from sayso.reader import Parser
from sayso.reader.doc import Stretch
from sayso.resolve.places import Gazetteer
from sayso.resolve.stretches import retype

NAMES: list[tuple[str, str, str, str]] = [
    # a sentence, a name in it, what the network takes it for, what it is
    ("Israeli troops raided Jenin refugee camp on Monday.", "Jenin", "person", "place"),
    ("Taliban fighters overran the Sherzad district of Nangarhar.", "Sherzad", "person", "place"),
    ("Russian guns shelled the Kherson region on Monday.", "Kherson", "organisation", "place"),
    ("The rebels attacked Malakal. The South Sudanese army lost three men.", "Malakal", "person", "place"),
    # whoever holds a place, whom an attack hits, who owns or is killed, and towns of no country that the report names
    ("Troops shelled the Wagner base on Monday.", "Wagner", "organisation", "organisation"),
    ("Troops shelled the Haftar stronghold on Monday.", "Haftar", "person", "person"),
    ("Gunmen attacked Idris Malakal in South Sudan on Monday.", "Idris Malakal", "person", "person"),
    ("Gunmen killed Malakal in South Sudan on Monday.", "Malakal", "person", "person"),
    ("Kenyan gunmen attacked Malakal on Monday.", "Malakal", "person", "person"),
]


@pytest.mark.parametrize(("text", "name", "seen", "expected"), NAMES, ids=[row[0] for row in NAMES])
def test_retype(text: str, name: str, seen: str, expected: str) -> None:
    doc = Parser(1).parse(report_from_text(text, published="2020-07-13"))
    words = name.split()
    first = next(k for k in range(len(doc)) if doc.words[k : k + len(words)] == words)
    doc.names[:] = [Stretch(first, first + len(words), seen)]

    retype(doc, lexicon(), Gazetteer().country_of)

    assert [s.type for s in doc.names] == [expected]
