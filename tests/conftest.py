"""What several tests share: one reader, loaded once, with no place names and no word lists but those that ship."""

from __future__ import annotations

import os
import tempfile

import pytest

from sayso.reading import Reader
from tests.export.filling import filled, place, record, written

__all__ = ["filled", "place", "record", "written"]  # what tests of exports and others of filled records take

_EMPTY = tempfile.TemporaryDirectory(prefix="nothing-of-the-user-")


def pytest_configure() -> None:
    """Keeps the user's own gazetteer and word lists out, of the doctests too."""
    os.environ["SAYSO_PLACES"] = os.environ["SAYSO_LEXICON"] = _EMPTY.name


def pytest_unconfigure() -> None:
    """Leaves nothing behind."""
    _EMPTY.cleanup()


@pytest.fixture(scope="session")
def reader() -> Reader:
    """The shipped reader on one thread."""
    return Reader(threads=1)
