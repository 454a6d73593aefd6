"""The lists of words of this room: the files under `data/`."""

from __future__ import annotations

from importlib.resources import files

from sayso.errors import BadLexicon

_COLUMNS = {"furniture": ("kind", "form", "fit", "longest", "example"), "agencies": ("form",), "columns": ("field", "column", "from")}


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a file under `data/`.

    Raises:
        BadLexicon: the file has other columns than it must, or a row has too few or too many cells.
    """
    columns = _COLUMNS[name]
    found: list[dict[str, str]] = []
    header: tuple[str, ...] | None = None
    for number, line in enumerate((files("sayso.intake") / "data" / f"{name}.tsv").read_text("utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        cells = tuple(line.split("\t"))
        if len(cells) != len(columns) or (header is None and cells != columns):
            raise BadLexicon([f"{name}.tsv:{number}: the cells must be {', '.join(columns)}; separate them with tabs"])
        if header is None:
            header = cells
        else:
            found.append(dict(zip(columns, cells, strict=True)))
    return found
