"""The charts of a record that is richer than the examples: legible at any width, gone through by keyboard, accessible, whole where they are saved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from sayso.record import Record
from tests.browser.browsers import Windows, serving
from tests.browser.test_accessible import TAGS
from tests.desk.richer import war

WIDTHS = (360, 768, 1280, 2560)
COLLIDING = """selector => {
  const boxes = [...document.querySelectorAll(selector)].map(text => [text.textContent, text.getBoundingClientRect()]);
  const found = [];
  boxes.forEach(([one, a], n) => boxes.slice(n + 1).forEach(([other, b]) => {
    const across = Math.min(a.right, b.right) - Math.max(a.left, b.left), down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (across > 1 && down > 4) found.push(`${one} | ${other}`);
  }));
  const drawing = document.querySelector(".chart > svg").getBoundingClientRect();
  const cut = box => box.left < drawing.left - 1 || box.right > drawing.right + 1 || box.bottom > drawing.bottom + 1;
  for (const [text, box] of boxes) if (cut(box)) found.push(`cut: ${text}`);
  return found;
}"""


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    where = tmp_path_factory.mktemp("charts") / "war.db"
    with Record(where, author="import") as record:
        record.add(war())
    with serving(where) as address:
        yield address


def at(page: Page, address: str) -> Page:
    """The page once its chart is drawn."""
    page.goto(address)
    page.wait_for_selector(".chart > svg")
    return page


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("address", ["/losses", "/losses?until=2020-08-01", "/talks"])
def test_no_words_of_a_chart_run_into_each_other(windows: Windows, base: str, address: str, width: int) -> None:
    page = at(windows.open(base, width), address)
    assert page.evaluate(COLLIDING, ".chart > svg text") == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [360, 1280])
def test_a_rich_record_keeps_nobody_out(windows: Windows, base: str, width: int, dark: bool) -> None:
    page = windows.open(base, width, dark=dark)
    for address in ("/losses", "/losses?rule=max", "/talks", "/commitments", "/violations"):
        page.goto(address)
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response["violations"]
        assert not found, [f"{address}: {one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"][:3]]


def test_figures_are_gone_through_by_arrows_and_told(windows: Windows, base: str) -> None:
    page = at(windows.open(base), "/losses?type=killed&dyad=ARM,AZE")
    assert page.locator(".chart a[tabindex='0']").count() == 1
    page.locator(".chart a[tabindex='0']").focus()
    seen = []
    for _ in range(page.locator(".chart a").count()):
        label = page.evaluate("document.activeElement.getAttribute('aria-label')")
        assert page.locator(".chart .told").inner_text().startswith(label)
        seen.append(label)
        page.keyboard.press("ArrowRight")
    assert len(set(seen)) == len(seen) == page.locator(".chart a").count()
    assert "Azerbaijan: 7 killed (forces), Ministry of Defence of Azerbaijan, 2020-07-13, given up since" in seen
    assert "Azerbaijan: at least 20 killed (forces), Ministry of Defence of Armenia, 2020-07-13, given up since" in seen
    page.keyboard.press("Home")
    href = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{href}")


def test_each_holder_has_a_sign_of_his_own_and_all_sides_one_scale(windows: Windows, base: str) -> None:
    page = at(windows.open(base), "/losses")
    signs = page.evaluate("[...document.querySelectorAll('.key path')].map(sign => sign.getAttribute('d') + sign.getAttribute('fill'))")
    assert len(set(signs)) == len(signs) == 11
    panels = page.evaluate("[...document.querySelectorAll('.chart .name')].map(name => name.textContent)")
    assert panels == ["killed: Armenia", "killed: Azerbaijan", "killed: not told", "displaced: Azerbaijan"]
    words = "axis => [...axis.querySelectorAll('text')].map(text => text.textContent).join()"
    scales = page.evaluate(f"[...document.querySelectorAll('.chart .axis[text-anchor=end]')].map({words})")
    assert scales[0] == scales[1] == scales[2] != scales[3]


@pytest.mark.parametrize(("address", "name", "words"), [("/losses", "losses.svg", "Ministry of Defence of Armenia"), ("/talks", "talks.svg", "Sergey Lavrov")])
def test_a_saved_chart_can_be_read_by_itself(windows: Windows, base: str, tmp_path: Path, address: str, name: str, words: str) -> None:
    page = at(windows.open(base, dark=True), address)
    with page.expect_download() as saving:
        page.get_by_role("button", name="(SVG)").click()
    saving.value.save_as(tmp_path / name)
    saved = (tmp_path / name).read_text("utf-8")
    assert saving.value.suggested_filename == name
    assert words in saved and "var(--" not in saved and 'font-family="' in saved
    alone = windows.open(base)
    alone.goto((tmp_path / name).as_uri())
    assert alone.evaluate("document.documentElement.tagName") == "svg"


def test_on_paper_all_is_dark_on_white(windows: Windows, base: str) -> None:
    page = at(windows.open(base, dark=True), "/losses?dyad=ARM,AZE")
    page.set_viewport_size({"width": 720, "height": 900})
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert page.locator(".on-paper").inner_text() == "Filter: dyad ARM,AZE"
    assert page.evaluate("document.documentElement.scrollWidth") <= 720


def test_without_a_script_the_tables_stand(windows: Windows, base: str) -> None:
    page = windows.open(base, script=False)
    page.goto("/losses")
    assert not page.locator(".chart").is_visible()
    assert page.locator("tbody tr").count() == 18
