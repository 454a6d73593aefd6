"""Every page, light and dark, on a telephone and on a desk: axe-core finds nothing, and nothing must be scrolled sideways to be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.browsers import Windows, serving

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = (
    "/", "/reports", "/reports?words=guards", "/reports/add", "/incidents", "/incidents?disputed=yes", "/losses", "/losses?rule=conservative", "/talks",
    "/commitments", "/violations", "/timeline", "/map", "/actors", "/sources", "/export", "/log", "/discarded", "/nowhere", "/api/v1",
)  # fmt: skip
VIEWS = [(360, False), (360, True), (1280, False), (1280, True)]


@pytest.fixture(scope="module")
def base(examples: Path) -> Iterator[str]:
    with serving(examples) as address:
        yield address


def examined(page: Page, path: str) -> list[str]:
    """What is wrong with a page."""
    page.goto(path)
    page.wait_for_load_state("networkidle" if path == "/map" else "load")
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response["violations"]
    told = [f"{path}: {one['id']}: {node['html'][:160]}: {node['failureSummary'][:200]}" for one in found for node in one["nodes"][:3]]
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return told + ([f"{path}: {wide} px must be scrolled sideways"] if wide > 0 else [])


@pytest.mark.parametrize(("width", "dark"), VIEWS)
def test_no_page_keeps_anybody_out(windows: Windows, base: str, width: int, dark: bool) -> None:
    page = windows.open(base, width, dark=dark)
    page.goto("/reports")
    report = page.locator("tbody a").first.get_attribute("href")
    page.goto("/incidents?disputed=yes")
    incident = page.locator("tbody a").first.get_attribute("href")
    page.goto(str(report))
    claim = re.sub("^claim-", "", str(page.locator("article[data-claim]").first.get_attribute("id")))
    more = (
        str(report), f"{report}?claim={claim}", f"{report}/claims/new?kind=event", f"/claims/{claim}/edit", f"/claims/{claim}/why", str(incident),
        f"{incident}/why",
    )  # fmt: skip
    faults = [fault for path in (*PAGES, *more) for fault in examined(page, path)]
    windows.faults = [fault for fault in windows.faults if "404" not in fault]
    assert not faults, "\n".join(faults)


def test_the_keys_of_a_dialog_are_accessible_too(windows: Windows, base: str) -> None:
    page = windows.open(base)
    page.goto("/reports")
    page.goto(str(page.locator("tbody a").first.get_attribute("href")))
    page.keyboard.press("?")
    assert page.locator("dialog[open]").count() == 1
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response["violations"]
    assert not found, found
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0


def test_the_focus_is_seen(windows: Windows, base: str) -> None:
    page = windows.open(base)
    page.goto("/incidents")
    for _ in range(12):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle + getComputedStyle(document.activeElement).outlineWidth")
        assert outline.startswith("solid") and not outline.endswith("solid0px"), page.evaluate("document.activeElement.outerHTML")
