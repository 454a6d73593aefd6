"""Every page, light and dark, on a telephone and on a desk: axe-core finds nothing, nothing must be scrolled sideways to be read, on paper all is black."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from sayso.record import Record
from sayso.record.registers import sources
from sayso.record.users import Users
from tests.browser.browsers import Windows, serving

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = (
    "/", "/reports", "/reports?words=guards", "/reports/add", "/incidents", "/incidents?disputed=yes", "/losses", "/losses?rule=conservative", "/talks",
    "/commitments", "/violations", "/timeline", "/map", "/actors", "/sources", "/export", "/log", "/discarded", "/nowhere", "/incidents?since=soon", "/api/v1",
)  # fmt: skip
RING = """(e => {
    const ring = e.matches("a") ? e.querySelector("path.focus") : null, style = getComputedStyle(ring ?? e);
    return [ring ? style.stroke : style.outlineStyle === "none" ? "none" : style.outlineWidth, e.outerHTML];
})(document.activeElement)"""
"""What is drawn around what has the focus: an outline, or on the map a circle."""
PASSWORD = "a long enough password"
VIEWS = [(360, False), (360, True), (1280, False), (1280, True)]


@pytest.fixture(scope="module")
def reviewed(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record in which something was rejected, corrected, graded and undone, by somebody of a team."""
    where = tmp_path_factory.mktemp("accessible") / "reviewed.db"
    shutil.copy(examples, where)
    with Record(where, author="Anna") as record:
        first, second, third, *_ = next(record.readings()).claims
        record.reject(first.id, "a copy")
        record.accept(second.id)
        record.by("Bo").check(second.id)
        record.accept(third.id)
        record.undo()
        record.grade(next(iter(sources(record))).source, "B", "", "often late")
        for name, role in (("Anna", "administer"), ("Bo", "review")):
            Users(record).add(name, role, PASSWORD)
    return where


@pytest.fixture(scope="module")
def base(reviewed: Path) -> Iterator[str]:
    with serving(reviewed) as address:
        yield address


def faults_of(page: Page) -> list[str]:
    """What is wrong with the page that is shown."""
    path = page.url
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response["violations"]
    return [f"{path}: {one['id']}: {node['html'][:160]}: {node['failureSummary'][:200]}" for one in found for node in one["nodes"][:3]] + too_wide(page)


def too_wide(page: Page) -> list[str]:
    """Whether the page that is shown must be scrolled sideways."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{page.url}: {wide} px must be scrolled sideways"] if wide > 0 else []


def go(page: Page, path: str) -> None:
    page.goto(path)
    page.wait_for_load_state("networkidle" if path == "/map" else "load")


def of_one(page: Page) -> list[str]:
    """The pages of one report, claim, incident and source."""
    page.goto("/incidents?disputed=yes")
    incident = page.locator("tbody a").first.get_attribute("href")
    page.goto("/sources")
    source = page.locator("tbody a").first.get_attribute("href")
    page.goto("/reports")
    report = page.locator("tbody a").first.get_attribute("href")
    page.goto(str(report))
    claim = re.sub("^claim-", "", str(page.locator("article[data-claim]").last.get_attribute("id")))
    return [
        str(report), f"{report}?claim={claim}", f"{report}/claims/new?kind=event", f"{report}/claims/new?kind=casualty", f"/claims/{claim}/edit",
        f"/claims/{claim}/why", str(incident), f"{incident}/why", str(source),
    ]  # fmt: skip


@pytest.mark.parametrize(("width", "dark"), VIEWS)
def test_no_page_keeps_anybody_out(windows: Windows, base: str, width: int, dark: bool) -> None:
    page = windows.open(base, width, dark=dark)
    faults: list[str] = []
    for path in (*PAGES, *of_one(page)):
        go(page, path)
        faults += faults_of(page)
    windows.faults = [fault for fault in windows.faults if "404" not in fault]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(("width", "dark"), [(360, True), (1280, False)])
def test_no_page_of_a_team_keeps_anybody_out(windows: Windows, reviewed: Path, tmp_path: Path, width: int, dark: bool) -> None:
    where = tmp_path / "team.db"
    shutil.copy(reviewed, where)
    faults: list[str] = []
    with serving(where, "--team") as address:
        page, other = windows.open(address, width, dark=dark), windows.open(address)
        for window, name, password in ((page, "Anna", "not this one, I fear"), (page, "Anna", PASSWORD), (other, "Bo", PASSWORD)):
            window.goto("/reports")  # which leads to the log-in
            window.get_by_label("Name").fill(name)
            window.get_by_label("Password").fill(password)
            if window is page:
                faults += faults_of(page)
            window.get_by_role("button", name="Log in").click()
            if password != PASSWORD:
                window.locator(".error").wait_for()
                faults += faults_of(page)
        page.wait_for_url("**/reports")
        other.wait_for_url("**/reports")
        for path in ("/", "/users", "/account", "/log"):
            go(page, path)
            faults += faults_of(page)
        go(page, "/reports/add")
        page.get_by_label("The text, with its headline").fill("TOVUZ, July 13, 2020 - Two soldiers were killed near Tovuz, the ministry said.")
        page.locator('form[action="/reports/paste"] button').click()
        page.get_by_text("1 read: 1 added").wait_for(timeout=30_000)
        faults += faults_of(page)

        for window in (page, other):
            go(window, next(path for path in of_one(window) if path.endswith("/edit")))
            window.locator("select[name=status]").select_option("planned" if window is page else "negated")
        other.get_by_role("button", name="Save").click()
        other.wait_for_url("**claim=*")
        page.get_by_role("button", name="Save").click()
        page.locator("[role=alert]").wait_for()
        faults += faults_of(page)
    windows.faults = [fault for fault in windows.faults if "401" not in fault and "403" not in fault]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("width", [320, 2560])
def test_no_page_is_scrolled_sideways(windows: Windows, base: str, width: int) -> None:
    page = windows.open(base, width)
    faults: list[str] = []
    for path in (*PAGES, *of_one(page)):
        go(page, path)
        faults += too_wide(page)
    windows.faults = [fault for fault in windows.faults if "404" not in fault]
    assert not faults, "\n".join(faults)


def test_what_is_dark_is_black_on_paper(windows: Windows, base: str) -> None:
    page = windows.open(base, dark=True)
    colours = "(e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor])(document.documentElement)"
    for theme in ("system", "dark"):
        page.goto("/incidents")
        page.locator(f"button[name=theme][value={theme}]").click()
        page.wait_for_load_state()
        assert page.evaluate(colours) == ["rgb(232, 232, 228)", "rgb(22, 24, 27)"]
        page.emulate_media(media="print", color_scheme="dark")
        assert page.evaluate(colours) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"], theme
        page.emulate_media(media="screen", color_scheme="dark")


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
    for path in ("/incidents", "/map", "/losses", "/talks", "/reports/add", "/export", *of_one(page)[1:]):
        go(page, path)
        for _ in range(45):
            page.keyboard.press("Tab")
            drawn, what = page.evaluate(RING)
            if what.startswith("<body"):
                break
            assert drawn not in {"none", "0px"}, f"{path}: {what[:300]}"
