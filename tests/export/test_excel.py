"""The workbook, read back by openpyxl: sheets, links, headings, nothing that Excel would run, cells no longer than it takes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from sayso.errors import BadOption
from sayso.export import cells, excel
from sayso.export.tables import TABLES
from sayso.record.filters import Filter
from sayso.view.table import FORMULA

Written = Callable[..., Path]
SHEETS = ["claims", "incidents", "accounts", "casualties", "reports", "bibliography", "codebook"]


def test_sheets_have_their_rows_and_headings(written: Written) -> None:
    """A frozen heading and a filter on each, and the table's columns."""
    book = openpyxl.load_workbook(written("xlsx", "x.xlsx"))
    assert book.sheetnames == SHEETS
    for name in SHEETS:
        assert book[name].freeze_panes == "B2"
        assert book[name].auto_filter.ref
    assert [cell.value for cell in book["claims"][1]] == ["link", *TABLES["claims"].names]
    assert book["claims"].max_row == 18
    assert isinstance(next(row["when_from"] for row in _rows(book["claims"]) if row["when_from"]), datetime)


def test_each_row_links_to_its_report(written: Written) -> None:
    """To the page where it has an address on the web, else to the row of the bibliography that tells of this report."""
    book = openpyxl.load_workbook(written("xlsx", "x.xlsx"))
    sheet = book["claims"]
    digests = {row["report_digest"]: n for n, row in enumerate(_rows(book["bibliography"]), 2)}
    links = {"page": 0, "bibliography": 0}
    for n, row in enumerate(_rows(sheet), 2):
        link = sheet.cell(n, 1).hyperlink
        if row["report_id"] == "baku-1":
            assert link.target == "https://wire.example/baku?a=1&b=2"
            links["page"] += 1
        else:  # ftp, none, or no address at all
            assert link.location == f"'bibliography'!A{digests[row['report_digest']]}"
            links["bibliography"] += 1
    assert all(links.values())


def test_an_incident_leads_to_the_report_that_told_of_it_first(written: Written) -> None:
    """So does an account; where a filter left the report out, there is no link."""
    book = openpyxl.load_workbook(written("xlsx", "x.xlsx"))
    for name in ("incidents", "accounts"):
        assert all(book[name].cell(n, 1).hyperlink for n in range(2, book[name].max_row + 1))
    book = openpyxl.load_workbook(written("xlsx", "x.xlsx", asked=Filter(holder="Ministry of Defence of Armenia")))
    assert [row["link"] for row in _rows(book["accounts"])] == ["bibliography", None]


def test_no_cell_is_a_formula_or_too_long(written: Written) -> None:
    """Texts are texts, defused; what was cut says so."""
    book = openpyxl.load_workbook(written("xlsx", "x.xlsx"))
    longest = 0
    for sheet in book:
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                assert cell.data_type != "f"
                if isinstance(cell.value, str):
                    assert cell.value[0] not in FORMULA
                    assert "\u202e" not in cell.value
                    assert "\x07" not in cell.value
                    longest = max(longest, len(cell.value))
    assert longest == cells.LONGEST
    assert any(str(row["evidence"]).endswith(cells.CUT) for row in _rows(book["claims"]))


@pytest.mark.parametrize(("words", "units"), [("a" * 40_000, 32_767), ("😀" * 20_000, 32_767), ("short", 5)])
def test_a_cell_is_counted_as_excel_counts(words: str, units: int) -> None:
    """In units of UTF-16, and no character is cut in two."""
    made = cells.fitting(words)
    assert units - 1 <= len(made.encode("utf-16-le")) // 2 <= units
    assert "\ufffd" not in made


def test_more_rows_than_a_sheet_takes_are_refused(written: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one line that names csv; Excel itself would leave them out without a word."""
    monkeypatch.setattr(excel, "MOST", 10)
    with pytest.raises(BadOption, match=r"more than a sheet of Excel takes.*use --to csv"):
        written("xlsx", "x.xlsx")


def test_beyond_the_links_that_a_sheet_takes_addresses_are_text(written: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are still there."""
    monkeypatch.setattr(excel, "LINKS", 0)
    sheet = openpyxl.load_workbook(written("xlsx", "x.xlsx"))["claims"]
    assert {row["link"] for row in _rows(sheet)} == {"https://wire.example/baku?a=1&b=2", None}


def _rows(sheet: object) -> list[dict[str, object]]:
    header, *rows = sheet.iter_rows(values_only=True)  # type: ignore[attr-defined]
    return [dict(zip(header, row, strict=True)) for row in rows]
