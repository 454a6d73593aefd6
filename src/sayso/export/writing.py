"""Files that are there whole or not at all.

In: where a user wants an export. Out: temporary paths beside it to write to; they get their names when all is written, and are taken away where something
went wrong. What is there already is replaced only where that was asked for. Nothing here knows what is written.
"""

from __future__ import annotations

import csv
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from sayso.errors import BadOption

OURS = "datapackage.json"
"""The file by which a folder is known as an export, so that nothing else is ever replaced by one."""


class Outputs:
    """The files of one export: `with Outputs(force) as out: … out.file(path)`."""

    def __init__(self, force: bool = False) -> None:
        self.force = force
        self.written: list[Path] = []
        self._waiting: list[tuple[Path, Path]] = []

    def __enter__(self) -> Outputs:
        return self

    def file(self, path: Path) -> Path:
        """The path to write to until the file is whole.

        Raises:
            BadOption: it is there already and may not be replaced, or it cannot be.
        """
        if path.is_dir():
            raise BadOption(f"{path}: is a folder; name a file")
        return self._reserve(path)

    def folder(self, path: Path) -> Path:
        """A new folder to fill until it is whole."""
        if path.is_file():
            raise BadOption(f"{path}: is a file; name a folder")
        if path.is_dir() and any(path.iterdir()) and not (path / OURS).is_file():
            raise BadOption(f"{path}: holds other files; name a new folder")
        temporary = self._reserve(path)
        with _told(path):
            temporary.mkdir()
        return temporary

    def _reserve(self, path: Path) -> Path:
        if path.exists() and not self.force:
            raise BadOption(f"{path}: is there already; name another, or replace it with --force")
        if not path.absolute().parent.is_dir():
            raise BadOption(f"{path}: there is no folder {path.parent}")
        temporary = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.part")
        self._waiting.append((temporary, path))
        return temporary

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is None:
            for temporary, path in self._waiting:
                with _told(path):
                    _put(temporary, path)
                self.written.append(path)
        else:
            for temporary, _ in self._waiting:
                _remove(temporary)
        if isinstance(error, OSError):
            name = self._waiting[-1][1] if self._waiting else "the export"
            raise BadOption(f"{name}: cannot be written: {error.strerror or error}; nothing was left behind") from error


def _put(temporary: Path, path: Path) -> None:
    if not path.is_dir():
        temporary.replace(path)
        return
    old = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.old")
    path.rename(old)
    temporary.rename(path)
    shutil.rmtree(old)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BadOption(f"{path}: cannot be written: {error.strerror or error}") from None


@contextmanager
def lines(path: Path) -> Iterator[IO[bytes]]:
    """A file of lines, in bytes."""
    with path.open("wb") as file:
        yield file


@contextmanager
def table(path: Path, bom: bool = False, tabs: bool = False) -> Iterator[Any]:
    """A writer of CSV as RFC 4180 says, in UTF-8; or parted by tabs."""
    with path.open("w", encoding="utf-8-sig" if bom else "utf-8", newline="") as file:
        yield csv.writer(file, delimiter="\t", lineterminator="\n") if tabs else csv.writer(file)
