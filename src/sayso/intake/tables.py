"""Tables of texts (CSV, TSV, Parquet) → reports, a row each.

In: a stream or a file, and which column holds what; else columns are known by their names (`data/columns.tsv`). Out: for each row that holds a text a report,
or an `Unread` that says in one line what is wrong and how to mend it. Rows are read one by one or in small groups: a table may be larger than memory.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, BinaryIO

from sayso.errors import BadOption, UnreadableReport
from sayso.intake import dates
from sayso.intake.build import Given, build
from sayso.intake.encodings import MAX_BYTES, decode, shown
from sayso.intake.lines import Unread
from sayso.intake.lists import rows
from sayso.intake.page import report_from_html
from sayso.model import Report

FIELDS = ("text", "html", *Given._fields)
"""What a column may hold."""
ROWS = 256
"""Rows of Parquet that are in memory at once."""
_PARQUET = b"PAR1"
Columns = Mapping[str, str]
"""By field the name of its column."""


def columns(words: str | None) -> dict[str, str]:
    """Which column holds what, as it is written on the command line: `text=body,published=when`.

    Raises:
        BadOption: it is not of this form, or names no field.

    >>> columns("text=body, published=when")
    {'text': 'body', 'published': 'when'}
    """
    found: dict[str, str] = {}
    for pair in filter(None, (part.strip() for part in (words or "").split(","))):
        field, _, column = (part.strip() for part in pair.partition("="))
        if field not in FIELDS or not column:
            raise BadOption(f"{pair[:60]!r} names no column; write FIELD=COLUMN, such as text=body, where FIELD is one of {', '.join(FIELDS)}")
        found[field] = column
    return found


def reports_of_csv(stream: BinaryIO, name: str, given: Given, chosen: Columns | None = None) -> Iterator[Report | Unread]:
    """The reports of a table in plain text, its first line the names of its columns; commas, semicolons or tabs between cells."""
    head = stream.peek(65_536) if isinstance(stream, io.BufferedReader) else b""
    try:
        encoding = _encoding(head, name)
        lines = io.TextIOWrapper(stream, encoding, errors="replace", newline="")
        csv.field_size_limit(MAX_BYTES)
        yield from _rows(_parsed(lines, name, _dialect(head.decode(encoding, "replace"))), name, given, chosen)
    except UnreadableReport as error:
        yield Unread(name, None, error)


def reports_of_parquet(stream: BinaryIO, name: str, given: Given, chosen: Columns | None = None) -> Iterator[Report | Unread]:
    """The reports of a Parquet file; it must be one that can be sought in."""
    try:
        try:
            from pyarrow import ArrowException, parquet
        except ImportError:
            raise UnreadableReport(f"{name}: is Parquet, for which pyarrow is needed; pip install 'sayso[parquet]'") from None
        try:
            table = parquet.ParquetFile(stream)
            known = _known(table.schema_arrow.names, name, chosen)
            found = (row for batch in table.iter_batches(ROWS, columns=sorted(set(known.values()))) for row in batch.to_pylist())
            yield from _reports(enumerate(found, 1), known, name, given)
        except (ArrowException, OSError) as error:
            raise UnreadableReport(f"{name}: cannot be read as Parquet ({' '.join(str(error).split())[:80]}); get it again") from None
    except UnreadableReport as error:
        yield Unread(name, None, error)


def is_parquet(head: bytes) -> bool:
    """Whether a file begins as Parquet does."""
    return head.startswith(_PARQUET)


def _parsed(lines: Iterable[str], name: str, dialect: type[csv.Dialect]) -> Iterator[tuple[int, list[str]]]:
    """The rows with the number of the line at which each ends."""
    reader = csv.reader(lines, dialect)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise UnreadableReport(f"{name}:{reader.line_num}: is no row of a table ({error}); put quotation marks round cells with line breaks") from None
        if row:
            yield reader.line_num, row


def _rows(parsed: Iterator[tuple[int, list[str]]], name: str, given: Given, chosen: Columns | None) -> Iterator[Report | Unread]:
    _, heads = next(parsed, (0, []))
    if not heads:
        raise UnreadableReport(f"{name}: is empty; the first line must name the columns")
    heads[0] = heads[0].removeprefix("\ufeff")
    known = _known(heads, name, chosen)
    yield from _reports(((number, dict(zip(heads, row, strict=False))) for number, row in parsed), known, name, given)


def _known(names: Sequence[str], name: str, chosen: Columns | None) -> dict[str, str]:
    """By field the column that holds it.

    Raises:
        UnreadableReport: none holds a text, or one that was chosen is not there.
    """
    found: dict[str, str] = {}
    plain = {_plain(column): column for column in reversed(names)}
    for row in _listed():
        if row["column"] in plain:
            found.setdefault(row["field"], plain[row["column"]])
    for field, column in (chosen or {}).items():
        if column not in names:
            raise UnreadableReport(f"{name}: has no column {column!r}; it has {_some(names)}")
        found[field] = column
    if "text" not in found and "html" not in found:
        raise UnreadableReport(f"{name}: no column is known to hold the text; say which with --columns text=NAME; it has {_some(names)}")
    return found


def _some(names: Sequence[str]) -> str:
    return shown(", ".join(names[:12])[:200]) + (" and more" if len(names) > 12 else "")


@cache
def _listed() -> list[dict[str, str]]:
    return rows("columns")


def _plain(column: str) -> str:
    return re.sub(r"[\s_-]+", "", column).lower()


def _reports(found: Iterable[tuple[int, Mapping[str, Any]]], known: Columns, name: str, given: Given) -> Iterator[Report | Unread]:
    for number, row in found:
        place = f"{name}:{number}"
        cells = {field: row.get(column) for field, column in known.items()}
        if all(cell is None or cell == "" for cell in row.values()):
            continue
        try:
            yield _report(cells, place, given)
        except (UnreadableReport, BadOption) as error:
            words = str(error)
            yield Unread(name, number, error if words.startswith(place) else UnreadableReport(f"{place}: {words}"))


def _report(cells: Mapping[str, Any], place: str, spare: Given) -> Report:
    told = {field: str(cell).strip() for field, cell in cells.items() if cell is not None and field not in {"text", "html", "published"} and str(cell).strip()}
    day = dates.told(cells.get("published"))
    own = spare._replace(published=day or spare.published, language=_language(told.pop("language", ""), spare), **told)
    text = cells.get("text")
    if text is None or not str(text).strip():
        if page := cells.get("html"):
            return report_from_html(page if isinstance(page, bytes) else str(page), **own._asdict(), name=place)
        raise UnreadableReport(f"{place}: has no text; leave the row out")
    return build(decode(text, place).text if isinstance(text, bytes) else str(text), own, place)


def _language(told: str, spare: Given) -> str:
    """The code of a language: `en` of "EN-us"; names of languages, which tables have too, are left to be found out."""
    code = told.lower().replace("_", "-").partition("-")[0]
    return code if len(code) in {2, 3} else spare.language


def _encoding(head: bytes, name: str) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        head[:60_000].decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(head[:60_000]) - 4:
            return "cp1252"
    if b"\0" in head:
        raise UnreadableReport(f"{name}: is not text but binary data; give the table as CSV or Parquet")
    return "utf-8"


def _dialect(head: str) -> type[csv.Dialect]:
    """How cells are set apart, by the first line, which names the columns."""
    first = head.partition("\n")[0]

    class Found(csv.excel):
        delimiter = max(",;\t|", key=first.count)

    return Found
