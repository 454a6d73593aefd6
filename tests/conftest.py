"""What several tests share: one reader, loaded once."""

from __future__ import annotations

import pytest

from sayso.reading import Reader


@pytest.fixture(scope="session")
def reader() -> Reader:
    """The shipped reader on one thread."""
    return Reader(threads=1)
