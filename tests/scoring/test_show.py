"""Figures and misses for people: the sentence is found, the miss is told in words, and nothing that came with a report is markup."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from sayso.scoring import intervals, page, score, show, show_misses, texts_of
from sayso.scoring.show import cases, sentence
from tests.scoring.annotations import TEXT, annotated, perfect


def printed(wide: int = 80) -> Console:
    return Console(file=io.StringIO(), width=wide, force_terminal=False)


def words(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ("Two Tajik villagers were wounded", "Two Tajik villagers were wounded, it added."),
        ("Shelling on the Tajik border", "Shelling on the Tajik border"),
        ("destroyed one tank", "A spokesman for the ministry, Azamat Toktorov, said its forces had destroyed one tank."),
    ],
)
def test_the_sentence_of_a_span(part: str, whole: str) -> None:
    start = TEXT.index(part)

    assert TEXT[slice(*sentence(TEXT, (start, start + len(part))))] == whole


def test_figures_fit_a_narrow_terminal() -> None:
    console = printed()
    found = score([annotated()], [perfect()])
    show(found, console, intervals(found.counts))

    lines = words(console).splitlines()
    assert max(map(len, lines)) <= 80
    assert any("CLAIMS, STRICT" in line and "1.000" in line and "3/3/3" in line for line in lines)
    assert not any("…" in line for line in lines)


def test_a_miss_shows_the_sentence_what_was_expected_and_what_came() -> None:
    reading = perfect()
    reading["claims"][0]["sources"] = []
    del reading["claims"][1]
    console = printed()
    found = score([annotated()], [reading])
    show_misses(found, texts_of([annotated()]), 10, console)
    text = " ".join(words(console).split())

    assert "border-1 · differs: say-so" in text
    assert "says Border Service of Tajikistan [TJK COP]" in text and "says the report" in text
    assert "border-1 · missed" in text and "Two Tajik villagers were wounded, it added." in text
    assert "wounded 2 of villagers of Somoniyon [TJK CVL] by Border Service of Kyrgyzstan [KGZ COP]" in text


def test_the_page_escapes_what_came_with_a_report() -> None:
    hostile = TEXT.replace("Two Tajik villagers", "<script>alert(1)</script> Two Tajik villagers")
    found = score([annotated({"text": hostile})], [])
    html = page(found, {"border-1": hostile}, "A & B")

    assert "<script>" not in html and "&lt;script&gt;" in html
    assert "A &amp; B" in html
    assert "<mark>Two Tajik villagers were wounded</mark>" in html


def test_every_miss_becomes_a_case_in_order() -> None:
    found = score([annotated()], [])

    assert [case.came for case in cases(found.misses, {"border-1": TEXT})] == ["–"] * 5
