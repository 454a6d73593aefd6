"""Words and sentences of news: tables of texts and what they must be cut into."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.reader.tokens import MAX_WORDS, sentences, words


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("U.S.-backed forces didn't reply.", ["U.S.", "-", "backed", "forces", "did", "n't", "reply", "."]),
        ("The ministry's toll: 1,250 (at least).", ["The", "ministry", "'s", "toll", ":", "1,250", "(", "at", "least", ")", "."]),
        ("Gen. A. V. Petrov", ["Gen.", "A.", "V.", "Petrov"]),
        ("co-chairs met the vice-president", ["co-chairs", "met", "the", "vice-president"]),
        ("Al-Shabaab, al-Qaeda", ["Al", "-", "Shabaab", ",", "al-Qaeda"]),
        ("They cannot stay", ["They", "can", "not", "stay"]),
        ("See https://example.org/a?b=1.", ["See", "https://example.org/a?b=1", "."]),
        ("“No,” he said…", ["“", "No", ",", "”", "he", "said", "…"]),
        ("122-mm guns at 4:30 p.m.", ["122", "-", "mm", "guns", "at", "4:30", "p.m."]),
        ("", []),
        ("   ", []),
    ],
)
def test_words(text: str, forms: list[str]) -> None:
    assert forms == [w.form for w in words(text)]


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("Mr. Li left. He flew to the U.S. on Monday.", ["Mr.", "He"]),
        ("He met Gen. Petrov. The talks failed.", ["He", "The"]),
        ('"Stop," he said. "We will not."', ['"', '"']),
        ("“We are ready. We will answer.” He did not say how.", ["“", "We", "He"]),
        ("The attack came at 5 p.m. The army replied.", ["The", "The"]),
        ("Fighting went on in Jan. 2020 near St. George.", ["Fighting"]),
        ("They want three things: • a truce; • an exchange; • talks.", ["They", "•", "•", "•"]),
        ("It cost $3.5 million. Nobody paid!", ["It", "Nobody"]),
        ("Was it them? No one knows.", ["Was", "No"]),
        ("J. R. Smith spoke.", ["J."]),
    ],
)
def test_sentences_begin_where_they_should(text: str, starts: list[str]) -> None:
    assert starts == [s[0].form for s in sentences(words(text))]


@given(st.text(max_size=400))
def test_words_slice_back_and_every_word_is_in_one_sentence(text: str) -> None:
    found = words(text)

    assert all(text[w.start : w.end] == w.form for w in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert [w for s in sentences(found) for w in s] == found


def test_an_endless_sentence_is_cut() -> None:
    assert max(map(len, sentences(words("word " * 1000)))) <= MAX_WORDS
