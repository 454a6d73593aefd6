"""The shapes of the desk's map: codes of the lexicon, known classes, sizes, and that a party's view says what its side claims."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from sayso.lexicon import read_table

SHAPES = Path(__file__).parents[2] / "src/sayso/desk/static/shapes"
ISLANDS = SHAPES.parent / "islands"
SOURCES = Path(__file__).parents[2] / "desk"
CODES = {row["code"] for row in read_table("countries")}
WITHOUT_CODE = {"Siachen Glacier"}
"""Shapes that are under no country's code: both neighbours claim them."""
SHARED = {"AUS", "CYP", "SOM"}
"""Codes of more than one shape: their far islands, Northern Cyprus, Somaliland."""
CLASSES = {"international", "disputed", "control", "indefinite", "breakaway", "claim"}
BYTES = {"countries.json": 700_000, "borders.json": 250_000, "disputed.json": 60_000}


def _topology(name: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((SHAPES / f"{name}.json").read_text(encoding="utf-8"))
    return told


def _told(name: str) -> list[dict[str, Any]]:
    return [one["properties"] for one in _topology(name)["objects"][name]["geometries"]]


@pytest.mark.parametrize("name", BYTES)
def test_size(name: str) -> None:
    """A page loads all three: together less than a megabyte."""
    assert (SHAPES / name).stat().st_size <= BYTES[name]


@pytest.mark.parametrize("name", ["countries", "borders", "disputed"])
def test_on_the_globe(name: str) -> None:
    """Every arc, added up, stays between the poles and the date line."""
    topology = _topology(name)
    (scale_x, scale_y), (west, south) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        for dx, dy in arc:
            x, y = x + dx, y + dy
            assert -180.01 <= x * scale_x + west <= 180.01
            assert -90.01 <= y * scale_y + south <= 90.01


def test_codes_are_the_lexicons() -> None:
    """But for what nobody's code covers."""
    assert {one["name"] for one in _told("countries") if one["code"] not in CODES} == WITHOUT_CODE


def test_names_are_unique() -> None:
    """And a code has one shape, but for a few."""
    told = _told("countries")
    assert [name for name, n in Counter(one["name"] for one in told).items() if n > 1] == []
    assert {code for code, n in Counter(one["code"] for one in told).items() if n > 1} == SHARED


def test_classes_are_known() -> None:
    """By default and in every view, where a line may also be none."""
    for one in _told("borders"):
        assert one["class"] in CLASSES
        assert set(one.get("views", {}).values()) <= CLASSES | {"none"}


def test_views_are_parties() -> None:
    """Of known countries, of disputes that are told, and only where they differ from the default."""
    disputes = {one.get("key") for one in _told("disputed")}
    for one in _told("borders"):
        assert set(one.get("views", {})) <= CODES
        assert one.get("dispute") in disputes | {None}
        assert one["class"] not in one.get("views", {}).values()


def test_disputes_name_their_parties() -> None:
    """Each has a name, keys are unique, names by party are by code."""
    told = [one for one in _told("disputed") if "key" in one]
    assert len({one["key"] for one in told}) == len(told) > 30
    for one in told:
        assert one["name"]
        assert set(one.get("names", {})) <= CODES
        assert set(one["held_by"]) | set(one.get("claimed_by", [])) | set(one.get("recognised_by", [])) <= CODES | {"own"}


@pytest.mark.parametrize(
    ("dispute", "country", "drawn"),
    [
        ("kosovo", "SRB", "none"),
        ("kosovo", "ALB", "international"),
        ("crimea", "UKR", "none"),
        ("crimea", "RUS", "international"),
        ("abkhazia", "GEO", "none"),
        ("abkhazia", "RUS", "international"),
        ("jammu-kashmir", "IND", "none"),
        ("jammu-kashmir", "PAK", "none"),
        ("western-sahara", "MAR", "none"),
    ],
)
def test_both_sides_have_their_view(dispute: str, country: str, drawn: str) -> None:
    """To whom claims an area nothing divides him from it; to whom holds or recognises it, the line is a border."""
    lines = [one for one in _told("borders") if one.get("dispute") == dispute]
    assert {one["views"][country] for one in lines} == {drawn}
    assert "international" not in {one["class"] for one in lines}


def test_island_asks_no_other_host() -> None:
    """The built island has no address but the names of namespaces, and evaluates no text."""
    for path in ISLANDS.glob("*.js"):
        text = path.read_text(encoding="utf-8")
        hosts = {part.split("/")[0] for part in text.replace("http://", "https://").split("https://")[1:]}
        assert hosts <= {"www.w3.org"}, path.name
        assert "eval(" not in text and "new Function" not in text, path.name


def test_texts_are_text_nodes() -> None:
    """No source of an island makes HTML of words: they are other people's. Whole pages of our own may be parsed, which runs no script in them."""
    paths = [path for path in SOURCES.rglob("*.ts") if "node_modules" not in path.parts]
    assert len(paths) > 5
    for path in paths:
        text = path.read_text(encoding="utf-8")
        assert not any(word in text for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "setHTML", ".html(", "document.write")), path.name
