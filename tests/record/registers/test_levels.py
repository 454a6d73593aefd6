"""Levels of persons and offices, from the words."""

from __future__ import annotations

from datetime import date

import pytest

from sayso.record.registers.levels import is_single, level_of, level_of_person


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("President Ilham Aliyev", "head"), ("Iraqi Prime Minister Haidar al-Jabouri", "head"), ("Foreign Ministers of the three states", "minister"),
        ("deputy foreign minister", "official"), ("Diplomats from Brazil", "official"), ("Generals of the two sides", "military"),
        ("Prime Minister and Defence Minister", "head"), ("Secretary-General of the United Nations", "official"), ("the UN General Assembly", "unknown"),
        ("his counterpart", "same"), ("Baku", "unknown"), ("", "unknown"), ("Kingston", "unknown"), ("the presidency", "unknown"),
    ],
)  # fmt: skip
def test_words_tell_a_level(words: str, level: str) -> None:
    assert level_of(words) == level


def test_who_is_named_without_an_office_has_that_which_he_held_then() -> None:
    assert level_of_person(["Sergey Lavrov"], date(2020, 7, 13)) == "minister"
    assert level_of_person(["Sergey Lavrov"], date(1990, 7, 13)) != "minister"
    assert level_of_person(["Nobody Known"], date(2020, 7, 13), ["spokesman", "General"]) == "official"


@pytest.mark.parametrize(("office", "one"), [("President", True), ("foreign minister", True), ("minister", False), ("spokesman", False), ("co-chair", False)])
def test_of_some_offices_a_body_has_one(office: str, one: bool) -> None:
    assert is_single(office) is one
