"""Tables as CSV and Parquet: read back by pandas and pyarrow, with nothing that a spreadsheet runs, and a codebook of the same columns."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given

from sayso.errors import BadOption
from sayso.export import cells
from sayso.export.tables import TABLES
from sayso.record import Record
from sayso.record.filters import Filter
from sayso.view.table import FORMULA
from tests.export.filling import HOSTILE

Written = Callable[..., Path]


@pytest.mark.parametrize("name", TABLES)
def test_columns_have_names_that_stata_takes_and_are_explained(name: str) -> None:
    """Snake case, at most 32 characters, none twice, each explained; keys are columns, and a column's foreign key is there."""
    table = TABLES[name]
    assert all(re.fullmatch(r"[a-z][a-z0-9_]{0,31}", column) for column in table.names)
    assert len(set(table.names)) == len(table.names)
    assert all(column.about for column in table.columns)
    assert set(table.key) <= set(table.names)
    for column in table.columns:
        if column.of:
            other, _, key = column.of.partition(".")
            assert key in TABLES[other].names


@pytest.mark.parametrize("name", TABLES)
def test_rows_have_the_columns_and_their_values(filled: Record, name: str) -> None:
    """No row has a column that is not defined, none a value that its column may not have, and keys are unique."""
    table = TABLES[name]
    allowed = {column.name: set(column.values) for column in table.columns if column.values}
    with filled.database.reading() as connection:
        rows = list(table.rows(connection, Filter()))
    assert rows or name == "disputes"
    for row in rows:
        assert row.keys() <= set(table.names)
        for column, values in allowed.items():
            assert row.get(column) is None or row[column] in values
    if table.key:
        assert len({tuple(str(row[k]) for k in table.key) for row in rows}) == len(rows)


def test_wide_csv_has_a_row_a_claim(written: Written) -> None:
    """pandas reads it: one row a claim, empty where a column does not apply, 0 where it is said to be none."""
    table = pd.read_csv(written("csv", "claims.csv", wide=True), parse_dates=["when_from"], keep_default_na=False, na_values=[""])
    assert len(table) == 17
    shelled = table[table.evidence == "Armenian units shelled Tovuz"].iloc[0]
    assert (shelled.holder, shelled.actors, shelled.modes) == ("Ministry of Defence of Azerbaijan", "Armed Forces of Armenia", "heavy-weapons")
    assert shelled.when_from == pd.Timestamp("2020-07-12")
    assert pd.isna(shelled.count_low)
    open_above = table[table.kind.eq("casualty") & table.count_high.isna()].iloc[0]
    assert open_above.count_low == 100


def test_long_csv_has_a_row_a_claim_and_party(written: Written) -> None:
    """Three who spoke by telephone are three rows; a claim that names nobody has one."""
    table = pd.read_csv(written("csv", "claims.csv"), keep_default_na=False)
    assert list(table[table.evidence == "spoke by telephone with both"].party_country) == ["RUS", "ARM", "AZE"]
    nobody = table[table.evidence == "A boat was attacked off Taveuni"]
    assert list(nobody.part) == [""]


@pytest.mark.parametrize("name", ["claims", "incidents", "accounts", "casualties", "reports", "sources", "entities"])
@pytest.mark.parametrize("wide", [False, True])
def test_no_cell_is_a_formula_or_a_control_character(written: Written, name: str, wide: bool) -> None:
    """Whatever a report says, no text in a cell begins like a formula, turns its direction, or rings a bell."""
    with written("csv", "x.csv", table=name, wide=wide).open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    numbers = {n for n, column in enumerate(TABLES[name if wide or name != "claims" else "claims_long"].columns) if column.type in {"number", "integer"}}
    for row in rows[1:]:
        assert len(row) == len(rows[0])
        assert not any(cell[0] in FORMULA for n, cell in enumerate(row) if cell and n not in numbers)
        assert not re.search("[\x00\x07\u202e\u202c]", "".join(row))


@given(st.one_of(st.text(), st.lists(st.text()), st.integers(), st.dates(), st.none(), st.booleans()))
def test_no_value_makes_a_formula(value: Any) -> None:
    """Whatever the characters: only a number may begin with a sign."""
    cell = cells.text(value)
    assert isinstance(value, int) or cell[:1] not in FORMULA or not cell
    assert "\x00" not in cell


def test_csv_keeps_a_long_text_whole(written: Written) -> None:
    """CSV has no longest cell."""
    table = pd.read_csv(written("csv", "x.csv", wide=True))
    assert max(table.evidence.str.len()) > len(HOSTILE) - 10


def test_a_byte_order_mark_only_where_asked_for(written: Written) -> None:
    """Excel on Windows needs it, everybody else stumbles over it."""
    assert not written("csv", "a.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert written("csv", "b.csv", bom=True).read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_codebook_beside_it_has_the_same_columns(written: Written) -> None:
    """Drawn from the definition that the table is written by."""
    path = written("csv", "claims.csv", wide=True)
    book = pd.read_csv(path.with_name("claims.codebook.csv"), keep_default_na=False)
    assert list(book.column)[:-1] == list(pd.read_csv(path).columns)
    assert "never 0" in book.meaning.iloc[-1]


@pytest.mark.parametrize("name", TABLES)
def test_parquet_is_typed(written: Written, name: str) -> None:
    """Days are days, lists are lists, numbers numbers, and the rows are those of the CSV."""
    table = pq.read_table(written("parquet", "x.parquet", table=name, wide=True))
    types = {"text": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_(), "date": pa.date32(), "list": pa.list_(pa.string())}
    assert [table.schema.field(c.name).type for c in TABLES[name].columns] == [types[c.type] for c in TABLES[name].columns]
    assert table.num_rows == len(pd.read_csv(written("csv", "x.csv", table=name, wide=True)))
    assert table.schema.field(0).metadata[b"description"].decode() == TABLES[name].columns[0].about


def test_parquet_keeps_lists(written: Written) -> None:
    """What CSV parts by semicolons is a list."""
    rows = pq.read_table(written("parquet", "x.parquet", wide=True)).to_pylist()
    (talks,) = [row for row in rows if row["type"] == "CONSULT"]
    assert talks["actors"] == ["Ministry of Foreign Affairs of Russia", "Armed Forces of Armenia", "Armed Forces of Azerbaijan"]


def test_a_filter_keeps_what_meets_it(written: Written) -> None:
    """The claims of one kind, by the filter that registers use too."""
    table = pd.read_csv(written("csv", "x.csv", asked=Filter(kind="casualty"), wide=True))
    assert set(table.kind) == {"casualty"}
    assert len(pd.read_csv(written("csv", "x.csv", asked=Filter(kind="event"), table="casualties"))) == 0


def test_a_table_that_is_none_is_refused(written: Written) -> None:
    """The message names those that there are."""
    with pytest.raises(BadOption, match="no table of exports; there are: claims"):
        written("csv", table="rows")
