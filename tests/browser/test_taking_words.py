"""Words of a text with every kind of line end, in a browser: taken by selecting they lead back to the text; a rejected claim is marked no more."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from sayso.record import Record
from sayso.record.history import review_of
from tests.browser.browsers import Windows, serving
from tests.browser.test_whole_way import select
from tests.making import casualty, event, reading, report

TEXT = "\U0001f525 Post shelled\r\nYEREVAN \u2014 Forces\r\nshelled Movses, it is \u202esaid\u202c, killing\r\nfour soldiers. Forces\nleft.\r\n"


def test_words_are_taken_over_line_ends_and_rejected_ones_are_marked_no_more(windows: Windows, tmp_path: Path) -> None:
    where = tmp_path / "lines.db"
    made = reading(report(TEXT), event("Forces\r\nshelled Movses"), casualty("killing\r\nfour soldiers", low=4, high=4))
    with Record(where) as record:
        record.add([made])
    attack, dead = (claim.id for claim in made.claims)
    with serving(where, "--author", "Anna") as base:
        page = windows.open(base)
        page.goto(f"/reports/{made.report.digest}")
        text = page.locator("#text").text_content()
        page.keyboard.press("j")
        assert page.locator("#text").text_content() == text
        assert page.locator(f"a.said[data-claims='{attack}']").count() >= 1
        page.locator("article.chosen details.note summary").click()
        page.locator("article.chosen textarea").press_sequentially("axe j?")  # no key does anything while somebody writes
        page.locator("article.chosen button[data-act=reject]").click()
        expect(page.locator("#announcement")).to_have_text("Rejected.")
        assert page.locator(f"a.said[data-claims='{attack}']").count() == 0
        page.keyboard.press("k")
        assert page.locator("#text a.said.chosen").count() >= 1  # but where it is looked at

        select(page, "Forces\nleft")
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("n")
        expect(page.locator("#f-evidence\\.text")).to_have_value("Forces left")
        expect(page.locator("#f-evidence\\.start")).to_have_value(str(TEXT.index("Forces\nleft")))

        page.goto(f"/claims/{dead}/edit")
        page.locator("#f-evidence\\.text").focus()
        select(page, "\u200b\nshelled Movses, it is \u25afsaid\u25af, killing\u200b\nfour soldiers")
        page.locator("#text").press("Enter")
        expect(page.locator("#f-evidence\\.text")).to_have_value("shelled Movses, it is \u25afsaid\u25af, killing four soldiers")
        expect(page.locator("#f-evidence\\.start")).to_have_value(str(TEXT.index("shelled Movses")))
        page.get_by_role("button", name="Save").click()
        page.wait_for_url("**claim=*")
    with Record(where) as record:
        start = TEXT.index("shelled Movses")
        assert review_of(record, dead).claim.evidence.text == TEXT[start : TEXT.index(" Forces\nleft") - 1]
        assert review_of(record, attack).note == "axe j?"
