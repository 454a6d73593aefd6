"""What holds for every format: the same bytes for the same record, whole or not at all, nothing replaced unasked, one line where an extra is missing."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sayso.errors import BadOption
from sayso.export import FORMATS, Options, export
from sayso.export import spreadsheets as spreadsheets_module
from sayso.record import Record
from sayso.record.filters import Filter
from tests.export.filling import readings


def everything_in(paths: list[Path]) -> dict[str, bytes]:
    """The bytes of all files, by name."""
    return {file.name: file.read_bytes() for path in paths for file in (sorted(path.iterdir()) if path.is_dir() else [path])}


@pytest.mark.parametrize("to", FORMATS)
def test_the_same_record_gives_the_same_bytes(filled: Record, tmp_path: Path, to: str) -> None:
    """Neither the day, nor the name of a temporary file, nor an order of sets shows."""
    filled.accept(readings()[0].claims[0].id)  # or there would be no annotation
    first = everything_in(export(filled, to, tmp_path / "x", force=True))
    assert first == everything_in(export(filled, to, tmp_path / "x", force=True))
    assert all(first.values())


@pytest.mark.parametrize("to", ["csv", "geojson", "plover", "ged", "eventreport", "annotations", "network"])
def test_the_order_of_adding_does_not_show(filled: Record, place: Callable[[], str], tmp_path: Path, to: str) -> None:
    """Reports that came in another order give the same file, but for the numbers of changes."""
    before = everything_in(export(filled, to, tmp_path / "x", options=Options(table="accounts")))
    with Record(place(), author="tester") as other:
        for reading in reversed(readings()):
            other.add([reading])
        after = everything_in(export(other, to, tmp_path / "y", options=Options(table="accounts")))
    assert [_unnumbered(b) for b in before.values()] == [_unnumbered(b) for b in after.values()]


def _unnumbered(found: bytes) -> bytes:
    return re.sub(rb'"(added|changed)_in":\d+', b"", found)


@pytest.mark.parametrize("to", FORMATS)
def test_an_empty_answer_is_a_file_of_its_form(filled: Record, tmp_path: Path, to: str) -> None:
    """Nothing meets the filter: the file has its header and no rows, and is no error."""
    assert export(filled, to, tmp_path / "x", Filter(actor="nobody"))


@pytest.mark.parametrize("to", FORMATS)
def test_what_is_there_is_not_replaced_unasked(filled: Record, tmp_path: Path, to: str) -> None:
    """One line says how to replace it."""
    export(filled, to, tmp_path / "x")
    before = everything_in([tmp_path / "x"])
    with pytest.raises(BadOption, match="is there already; name another, or replace it with --force"):
        export(filled, to, tmp_path / "x")
    assert before == everything_in([tmp_path / "x"])


def test_a_folder_that_is_no_export_is_never_replaced(filled: Record, tmp_path: Path) -> None:
    """Not even by force."""
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("mine")
    with pytest.raises(BadOption, match="holds other files"):
        export(filled, "datapackage", tmp_path / "thesis", force=True)
    assert (tmp_path / "thesis" / "chapter.txt").read_text() == "mine"


@pytest.mark.parametrize("error", [RuntimeError("broken"), OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_what_fails_half_way_leaves_nothing(filled: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """No part of a file stays, and an older one stays as it was."""
    (tmp_path / "x.csv").write_text("older")

    def fail(values: object) -> list[str]:
        raise error

    monkeypatch.setattr(spreadsheets_module.cells, "row", fail)
    with pytest.raises(BadOption if isinstance(error, OSError) else type(error), match="No space left" if isinstance(error, OSError) else None):
        export(filled, "csv", tmp_path / "x.csv", force=True)
    assert {p.name for p in tmp_path.iterdir() if p.suffix != ".db" and ".db" not in p.name} == {"x.csv"}
    assert (tmp_path / "x.csv").read_text() == "older"


@pytest.mark.parametrize(("path", "told"), [("no/such/folder.csv", "there is no folder"), (".", "is a folder; name a file")])
def test_a_place_that_cannot_be_written_is_told(filled: Record, tmp_path: Path, path: str, told: str) -> None:
    """Before anything is read."""
    with pytest.raises(BadOption, match=told):
        export(filled, "csv", tmp_path / path, force=True)


@pytest.mark.parametrize(("to", "module"), [("parquet", "pyarrow"), ("xlsx", "xlsxwriter")])
def test_a_missing_extra_is_told_in_one_line(filled: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, to: str, module: str) -> None:
    """With the command that brings it; the table of formats names it too."""
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(BadOption, match=rf"pip install 'sayso\[{FORMATS[to].extra}\]'$"):
        export(filled, to, tmp_path / "x")


def test_formats_without_an_extra_need_none(filled: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All the others are written with what sayso has in any case."""
    for module in ("pyarrow", "xlsxwriter", "pandas", "networkx", "pyogrio", "rdflib"):
        monkeypatch.setitem(sys.modules, module, None)
    for n, to in enumerate(f.name for f in FORMATS.values() if not f.extra):
        export(filled, to, tmp_path / f"{n}.out")


def test_a_format_that_is_none_is_told(filled: Record, tmp_path: Path) -> None:
    """The message names those that there are."""
    with pytest.raises(BadOption, match="'doc' is no format of exports; there are: csv, parquet"):
        export(filled, "doc", tmp_path / "x")
