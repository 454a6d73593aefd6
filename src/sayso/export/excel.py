"""A record → one Excel workbook: claims, incidents, accounts, casualties, reports, a bibliography and a codebook, each on its sheet.

In: a job. Out: sheets with fixed headings and filters; the first column of a row is a link to the report where it has an address on the web, else to its row
in the bibliography. Every text is written as text and defused; what a cell cannot hold is cut and says so. Needs the extra `xlsx`. What is more than a sheet
takes is refused before anything is written: Excel would leave it out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa

from sayso import __version__
from sayso.errors import BadOption
from sayso.export import cells, codebook
from sayso.export.asking import everything, report_rows
from sayso.export.cells import Value
from sayso.export.formats import Job
from sayso.export.tables import TABLES, Line
from sayso.record.filters import conditions
from sayso.record.tables import claims, reports

SHEETS = ("claims", "incidents", "accounts", "casualties", "reports")
MOST = 1_048_576
"""Rows that a sheet takes."""
LINKS = 65_530
"""Links that a sheet takes; rows beyond have their addresses as text."""
ADDRESS = 2_079
"""Characters that a link takes."""
BIBLIOGRAPHY = ("number", "reference", "url", "report_digest")


def write(job: Job) -> None:
    """Write the workbook."""
    try:
        import xlsxwriter
    except ImportError:
        raise BadOption("Excel workbooks need XlsxWriter; pip install 'sayso[xlsx]'") from None
    _check_size(job)
    with TemporaryDirectory(prefix="sayso-") as folder:  # what waits for its place in the workbook; nothing of it stays, whatever happens
        try:
            _fill(job, xlsxwriter, folder)
        except xlsxwriter.exceptions.FileCreateError as error:
            raise OSError(0, str(error)) from error


def _fill(job: Job, xlsxwriter: Any, folder: str) -> None:
    places = {row["digest"]: (n, row["url"]) for n, row in enumerate(report_rows(job.connection, job.asked), 2)}
    options = {"constant_memory": True, "tmpdir": folder, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(str(job.out.file(job.path)), options)
    # a date of its own would make other bytes of the same record
    book.set_properties({"title": "A record of sayso", "comments": f"sayso {__version__}; {codebook.EMPTY}", "created": datetime(2020, 1, 1, tzinfo=UTC)})
    formats = {"head": book.add_format({"bold": True}), "day": book.add_format({"num_format": "yyyy-mm-dd"})}
    for name in SHEETS:
        table = TABLES[name]
        sheet = _Sheet(book, name, ["link", *table.names], formats)
        for row in table.rows(job.connection, job.asked):
            sheet.add([row.get(column) for column in table.names], _link(row, places))
        sheet.end()
    sheet = _Sheet(book, "bibliography", BIBLIOGRAPHY, formats)
    for number, row in enumerate(report_rows(job.connection, job.asked), 1):
        sheet.add([number, reference(row), row["url"], row["digest"]])
    sheet.end()
    sheet = _Sheet(book, "codebook", codebook.HEADER, formats)
    for line in codebook.rows(TABLES[name] for name in SHEETS):
        sheet.add(line)
    sheet.add(["", "", "", "", codebook.EMPTY])
    sheet.end()
    book.close()


def reference(row: Any) -> str:
    """A report as a bibliography names it."""
    named = [row["publisher"] or "Unknown publisher", f"“{row['title']}”" if row["title"] else f"report {row['id']}", row["published"] or "undated", row["url"]]
    return ", ".join(filter(None, named)) + "."


def _check_size(job: Job) -> None:
    """Refuse what is more than a sheet takes; no sheet has more rows than there are claims, or reports."""
    query = sa.select(sa.func.count()).select_from(claims).where(*conditions(job.asked))
    many = job.connection.execute(query).scalar_one()
    if everything(job.asked):
        many = max(many, job.connection.execute(sa.select(sa.func.count()).select_from(reports)).scalar_one())
    if many >= MOST:
        raise BadOption(f"{many:,} rows are more than a sheet of Excel takes ({MOST - 1:,}); narrow the filter, or use --to csv")


def _link(row: Line, places: dict[str, tuple[int, str | None]]) -> str:
    """Where a row leads: to its report, of an incident or an account to the first of them; empty where the filter left this one out."""
    digest = row.get("report_digest") or row.get("first_report")
    if digest not in places:
        return ""
    number, url = places[str(digest)]
    if url and url.lower().startswith(("http://", "https://")) and len(url) <= ADDRESS and not any(c.isspace() or not c.isprintable() for c in url):
        return url
    return f"internal:'bibliography'!A{number}"


class _Sheet:
    """A sheet on its way; rows are written one after the other and kept in no memory."""

    def __init__(self, book: Any, name: str, header: Iterable[str], formats: dict[str, Any]) -> None:
        self._sheet, self._formats = book.add_worksheet(name), formats
        self._header = list(header)
        self._row = 0
        self._sheet.freeze_panes(1, 1)
        self._sheet.set_column(0, len(self._header) - 1, 16)
        for column, words in enumerate(self._header):
            self._sheet.write_string(0, column, words, formats["head"])

    def add(self, values: Iterable[Value], link: str | None = None) -> None:
        self._row += 1
        if self._row >= MOST:
            raise BadOption(f"more rows than a sheet of Excel takes ({MOST - 1:,}); narrow the filter, or use --to csv")
        for column, value in self._placed(values, link):
            self._put(column, value)

    def _placed(self, values: Iterable[Value], link: str | None) -> Iterator[tuple[int, Value]]:
        if link is None:
            yield from enumerate(values)
            return
        if link and self._row <= LINKS:
            self._sheet.write_url(self._row, 0, link, string="bibliography" if link.startswith("internal:") else "report")
        elif link and not link.startswith("internal:"):
            yield 0, link
        yield from enumerate(values, 1)

    def _put(self, column: int, value: Value) -> None:
        if value is None or value == "" or value == []:
            return
        if isinstance(value, bool):
            self._sheet.write_boolean(self._row, column, value)
        elif isinstance(value, int | float):
            self._sheet.write_number(self._row, column, value)
        elif isinstance(value, date) and value.year >= 1900:  # Excel knows no days before
            self._sheet.write_datetime(self._row, column, datetime(value.year, value.month, value.day), self._formats["day"])
        else:
            self._sheet.write_string(self._row, column, cells.fitting(cells.text(value)))

    def end(self) -> None:
        self._sheet.autofilter(0, 0, max(self._row, 1), len(self._header) - 1)
