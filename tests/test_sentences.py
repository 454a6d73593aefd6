"""Sentences of our own, each with all the claims it must give and no other (tests/sentences/)."""

from __future__ import annotations

import pytest

from sayso.reading import Reader
from tests.sentences import Row, came, every_row


@pytest.mark.parametrize("row", every_row(), ids=lambda row: row.place)
def test_a_sentence_gives_its_claims_and_no_other(row: Row, reader: Reader) -> None:
    assert sorted(came(row, reader)) == sorted(row.claims), row.sentence


def test_no_sentence_stands_twice() -> None:
    sentences = [row.sentence for row in every_row()]

    assert len(sentences) == len(set(sentences))
