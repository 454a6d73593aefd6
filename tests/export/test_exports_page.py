"""The page on exports is true: its formats, columns, radii and crosswalk are those of the code, and it tells of every format."""

from __future__ import annotations

import pytest

from sayso.export import FORMATS
from tests import columns


def test_the_page_lists_formats_and_columns_as_they_are() -> None:
    """`make golden` writes them."""
    assert columns.PAGE.read_text("utf-8") == columns.page()


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_has_a_passage(name: str) -> None:
    """In a heading, or in bold where it shares one."""
    text = columns.PAGE.read_text("utf-8")
    assert any(name in line for line in text.splitlines() if line.startswith("## ")) or f"**{name}**" in text
