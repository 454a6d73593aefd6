"""Bytes → reports: plain text, pages, JSON lines, ninjs, tables, feeds, archives; files, folders, standard input and web addresses.

Headline, section line, lead, dateline, byline and boilerplate are found and told apart from the text; publisher, place and day are taken
from them where they do not come with the report. No language is parsed here. `report_from_text` and `report_from_html` raise where there
is nothing to read; the batch functions give an `Unread` in its stead and go on.
"""

from __future__ import annotations

from sayso.intake.build import Given, checked_date
from sayso.intake.lines import Unread
from sayso.intake.page import report_from_html
from sayso.intake.sources import from_file, from_sources, from_stdin, from_url, read_reports, report_from_text

__all__ = [
    "Given", "Unread", "checked_date", "from_file", "from_sources", "from_stdin", "from_url", "read_reports", "report_from_html", "report_from_text",
]  # fmt: skip
