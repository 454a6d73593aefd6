"""Neutral by construction: exchanging the two sides exchanges them in every export, and changes nothing else."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from sayso.export import Options, export
from sayso.model import Reading
from sayso.record import Record
from tests.export.filling import readings

PAIRS = [("Armed Forces of Armenia", "Armed Forces of Azerbaijan"), ("Ministry of Defence of Armenia", "Ministry of Defence of Azerbaijan"),
         ("villagers of Tovuz", "villagers of Tavush"), ("ARM", "AZE"), ("Armenia", "Azerbaijan")]  # fmt: skip
TABLES = ["claims", "claims_long", "incidents", "accounts", "casualties", "parties", "sources", "relations", "disputes"]


def swapped(words: str) -> str:
    """The words with the two sides in each other's place."""
    other = {a.casefold(): b for pair in PAIRS for a, b in (pair, pair[::-1])}
    forms = "|".join(re.escape(form) for form in sorted(other, key=len, reverse=True))

    def exchange(found: re.Match[str]) -> str:
        made = other[found.group().casefold()]
        return made.lower() if found.group().islower() else made

    return re.sub(forms, exchange, words, flags=re.IGNORECASE)


def exchanged(value: Any) -> Any:
    """The parts of a claim with the sides exchanged; its words and places stay, as if the same text had told of the other side."""
    if isinstance(value, dict):
        return {k: v if k in {"evidence", "trigger", "where", "id"} else exchanged(v) for k, v in value.items()}
    if isinstance(value, list):
        return [exchanged(part) for part in value]
    return swapped(value) if isinstance(value, str) else value


def mirrored() -> list[Reading]:
    """The readings with the sides exchanged."""
    made = []
    for reading in readings():
        data = msgspec.to_builtins(reading)
        data["claims"] = [exchanged(claim) for claim in data["claims"]]
        made.append(msgspec.convert(data, Reading))
    return made


@pytest.fixture
def both(record: Record, place: Callable[[], str]) -> Any:
    """The record and its mirror."""
    record.add(readings())
    with Record(place(), author="tester") as mirror:
        mirror.add(mirrored())
        yield record, mirror


def _rows(record: Record, to: str, path: Path, table: str = "claims") -> list[tuple[str, ...]]:
    export(record, to, path, options=Options(table=table.removesuffix("_long"), wide=not table.endswith("_long")), force=True)
    with path.open(encoding="utf-8", newline="") as file:
        return list(map(tuple, csv.reader(file)))


def _unordered(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Rows, and what is listed in a cell, without their order: the order is that of the names."""
    return sorted(tuple(", ".join(sorted(re.split(r"[;,] ?| and |\. (?=[A-Z])", cell.rstrip(".")))) for cell in row) for row in rows)


@pytest.mark.parametrize("table", TABLES)
def test_tables(both: tuple[Record, Record], tmp_path: Path, table: str) -> None:
    """Every row has its mirror image. Places do not change sides, so their columns are left out."""
    header, *rows = _rows(both[0], "csv", tmp_path / "x.csv", table)
    _, *others = _rows(both[1], "csv", tmp_path / "x.csv", table)
    skipped = {n for n, name in enumerate(header) if name in {"evidence", "place", "place_country", "place_admin1", "party_words", "words", "title", "about"}}
    if table == "disputes":  # whose key is lower comes first
        rows, others = ([(*row[:2], *sorted(map(str, row[2:4])), *row[4:]) for row in held] for held in (rows, others))
        rows = [(*row[:2], *sorted(map(swapped, row[2:4])), row[4]) for row in rows]
        assert _unordered([row[:4] for row in rows]) == _unordered([row[:4] for row in others])
        return
    mine = [tuple(swapped(cell) for n, cell in enumerate(row) if n not in skipped) for row in rows]
    assert _unordered(mine) == _unordered([tuple(cell for n, cell in enumerate(row) if n not in skipped) for row in others])


@pytest.mark.parametrize(("to", "columns"), [("ged", "id low high best deaths_civilians"), ("acled", "event_id_cnty fatalities event_type")])
def test_shapes(both: tuple[Record, Record], tmp_path: Path, to: str, columns: str) -> None:
    """Figures that speak of no side are the same; the sides stand in the order of their codes in both."""
    kept = []
    for record in both:
        header, *rows = _rows(record, to, tmp_path / "x.csv")
        kept.append([[row[header.index(column)] for column in columns.split()] for row in rows])
    assert kept[0] == kept[1]


def test_plover(both: tuple[Record, Record], tmp_path: Path) -> None:
    """Actors and recipients change places with their sides."""
    lines = []
    for record in both:
        export(record, "plover", tmp_path / "x.jsonl", force=True)
        lines.append([json.loads(line) for line in (tmp_path / "x.jsonl").read_text().splitlines()])
    for mine, other in zip(*lines, strict=True):
        for name in ("actor", "recipient", "sources", "holder", "event", "mode"):
            assert json.loads(swapped(json.dumps(mine.get(name)))) == other.get(name)
