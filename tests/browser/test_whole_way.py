"""From an empty record to a reviewed one, by a browser: what is done there is in the record, and is there after the desk was stopped and started."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from playwright.sync_api import Page, expect

from sayso.record import Record
from sayso.record.history import log, review_of
from tests.browser.browsers import EXAMPLES, Windows, serving


def select(page: Page, words: str) -> None:
    """Select words in the text, as a mouse does."""
    page.evaluate(
        """(words) => {
            const walker = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
            const nodes = [];
            let whole = "";
            while (walker.nextNode()) { nodes.push([whole.length, walker.currentNode]); whole += walker.currentNode.data; }
            const start = whole.indexOf(words), end = start + words.length;
            const at = (place) => { const [from, node] = [...nodes].reverse().find(([from]) => from <= place); return [node, place - from]; };
            const range = document.createRange();
            range.setStart(...at(start)); range.setEnd(...at(end));
            const selection = getSelection();
            selection.removeAllRanges(); selection.addRange(range);
            document.getElementById("text").focus({ preventScroll: true });
            selection.removeAllRanges(); selection.addRange(range);
        }""",
        words,
    )


def chosen(page: Page) -> str:
    return str(page.locator("article[data-claim].chosen").get_attribute("data-claim"))


def test_the_whole_way(windows: Windows, tmp_path: Path) -> None:
    where = tmp_path / "way.db"
    files = sorted(EXAMPLES.glob("*.txt"))
    with serving(where, "--author", "Anna") as base:
        page = windows.open(base)
        page.goto("/")
        page.get_by_role("link", name="Add reports").first.click()
        page.get_by_label("The text, with its headline").fill(files[0].read_text("utf-8"))
        page.locator('form[action="/reports/paste"] button').click()
        expect(page.get_by_text("1 read: 1 added")).to_be_visible(timeout=30_000)
        page.goto("/reports/add")
        page.get_by_label("Files:").set_input_files([str(path) for path in files[1:]])
        page.locator('form[action="/reports/upload"] button').click()
        expect(page.get_by_text(f"{len(files) - 1} read: {len(files) - 1} added")).to_be_visible(timeout=30_000)

        page.get_by_role("link", name="Incidents", exact=True).click()
        page.get_by_role("link", name="Only those in dispute").click()
        page.locator("tbody a").first.click()
        accounts = page.locator("article.account")
        assert accounts.count() >= 2
        assert page.locator(".in-dispute").count() >= 1
        incident = page.url
        page.locator("article.account blockquote a").first.click()
        expect(page.locator("article[data-claim]").first).to_be_visible()
        report = page.url.split("?")[0].split("#")[0]

        page.goto(report)
        page.keyboard.press("j")
        first = chosen(page)
        assert page.locator("#text .chosen").count() >= 1
        page.keyboard.press("e")
        expect(page.get_by_role("heading", name="Correct a claim")).to_be_visible()
        text = page.locator("#text").text_content() or ""
        words = " ".join(text.split("\n\n")[1].split()[3:6])
        page.get_by_label("The words that state it").click()
        select(page, words)
        page.keyboard.press("Enter")
        expect(page.get_by_label("The words that state it")).to_have_value(words)
        page.get_by_label("Note").fill("read again")
        page.get_by_role("button", name="Save").click()
        expect(page.locator(f"#claim-{first} .state").first).to_have_text("corrected")
        with Record(where) as record:
            found = review_of(record, first)
            assert (found.claim.evidence.text, found.claim.evidence.start) == (words, text.index(words))
            assert (found.state, found.reviewed_by, found.note) == ("corrected", "Anna", "read again")

        page.keyboard.press("u")
        expect(page.locator("#announcement")).to_have_text("Undone.")
        expect(page.locator(f"#claim-{first}")).to_have_attribute("data-state", "proposed")
        page.keyboard.press("U")
        expect(page.locator(f"#claim-{first}")).to_have_attribute("data-state", "corrected")
        page.keyboard.press("j")
        second = chosen(page)
        assert second != first
        page.keyboard.press("x")
        expect(page.locator(f"#claim-{second}")).to_have_attribute("data-state", "rejected")

        page.goto("/export")
        page.locator("input[name=to][value=jsonl]").check()
        with page.expect_download() as started:
            page.locator('form[action="/export/download"] button').click()
        taken = tmp_path / "taken.jsonl"
        started.value.save_as(taken)
        lines = [json.loads(line) for line in taken.read_text("utf-8").splitlines()]
        assert len([line for line in lines if line.get("schema") == "sayso/1"]) == len(files)

    with serving(where, "--author", "Anna") as base:
        page = windows.open(base)
        page.goto(report.replace(report.split("/reports")[0], ""))
        expect(page.locator(f"#claim-{first}")).to_have_attribute("data-state", "corrected")
        expect(page.locator(f"#claim-{second}")).to_have_attribute("data-state", "rejected")
        page.goto("/discarded")
        assert page.locator(f'a[href="/claims/{second}"]').count() == 1
        page.goto(incident.replace(incident.split("/incidents")[0], ""))
        assert page.locator("article.account").count() >= 1
        page.goto("/log")
        page.get_by_role("button", name="Undo my last act").click()
        with Record(where) as record:
            assert review_of(record, second).state == "proposed"
            assert [entry.action for entry in log(record, author="Anna", limit=5)] == ["undo", "reject", "redo", "undo", "correct"]


def tab_to(page: Page, selector: str, key: str = "Tab") -> None:
    """Press Tab until something has the focus."""
    for _ in range(250):
        page.keyboard.press(key)
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"no {key} leads to {selector}")


def follow(page: Page, selector: str) -> None:
    """Go to a link by Tab, and follow it by Enter."""
    tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_report_is_reviewed_with_the_keyboard_alone(windows: Windows, examples: Path, tmp_path: Path) -> None:
    where = tmp_path / "keys.db"
    shutil.copy(examples, where)
    with serving(where, "--author", "Anna") as base:
        page = windows.open(base)
        page.goto("/")
        follow(page, 'nav a[href="/reports"]')
        follow(page, "tbody a")
        count = page.locator("article[data-claim]").count()
        page.keyboard.press("j")
        for n in range(count):
            page.keyboard.press("x" if n == 1 else "a")
            expect(page.locator("#announcement")).to_have_text("Rejected." if n == 1 else "Accepted.")
            expect(page.locator("article[data-state=proposed]")).to_have_count(count - n - 1)
        assert page.locator("article[data-state=rejected]").count() == 1
        page.keyboard.press("k")
        page.keyboard.press("u")
        expect(page.locator("article[data-state=proposed]")).to_have_count(1)

        page.keyboard.press("n")  # a claim that was missed, its words selected by keys
        expect(page.get_by_role("heading", name="A claim that was missed")).to_be_visible()
        tab_to(page, "#f-evidence\\.text")
        tab_to(page, "#text", "Shift+Tab")
        for _ in range(3):
            page.keyboard.press("Shift+Control+ArrowRight")
        page.keyboard.press("Enter")
        words = page.locator("#f-evidence\\.text").input_value()
        assert words and (page.locator("#text").text_content() or "").startswith(words)
        page.keyboard.press("Enter")
        expect(page.locator("article[data-state=corrected]")).to_have_count(1)

        page.keyboard.press("?")
        tab_to(page, "#key-accept")
        page.keyboard.press("Enter")
        page.keyboard.press("y")
        page.keyboard.press("Escape")
        tab_to(page, "#many input[name=note]")
        page.keyboard.type("yaxu?")  # keys are letters in a field
        assert page.locator("#many input[name=note]").input_value() == "yaxu?"
        assert page.locator("article[data-state=proposed]").count() == 1
        page.reload()
        page.keyboard.press("j")
        while page.locator("article.chosen").get_attribute("data-state") != "proposed":
            page.keyboard.press("j")
        page.keyboard.press("y")
        expect(page.locator("#announcement")).to_have_text("Accepted.")

        page.keyboard.press("?")  # who dictates turns them off
        tab_to(page, "#keys-off")
        page.keyboard.press("Enter")
        page.keyboard.press("Escape")
        page.keyboard.press("u")
        page.reload()
        page.keyboard.press("u")
        page.keyboard.press("?")
        assert page.locator("dialog[open]").count() == 0
        assert page.locator("article[data-state=proposed]").count() == 0
        tab_to(page, "button[data-act=help]")
        page.keyboard.press("Enter")
        tab_to(page, "#keys-off")
        page.keyboard.press("Enter")
        page.keyboard.press("Escape")
        page.keyboard.press("u")
        expect(page.locator("article[data-state=proposed]")).to_have_count(1)


def test_a_key_that_is_pressed_twice_is_meant_once(windows: Windows, examples: Path, tmp_path: Path) -> None:
    where = tmp_path / "twice.db"
    shutil.copy(examples, where)
    with serving(where) as base:
        page = windows.open(base)
        page.goto("/reports")
        page.locator("tbody a").first.click()
        page.locator("article[data-claim]").first.wait_for()
        page.wait_for_load_state("load")  # the scripts that hear keys have run
        page.keyboard.press("j")
        last = page.locator("article[data-claim]").last
        last.locator("details.note summary").click()
        last.locator("textarea").fill("look this up")
        last.locator("input[name=claim]").check()
        page.evaluate("for (const key of ['a', 'a']) document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))")
        expect(page.locator("#announcement")).to_have_text("Accepted.")
        expect(page.locator("article[data-state=accepted]")).to_have_count(1)
        expect(last.locator("textarea")).to_have_value("look this up")  # what is written elsewhere stays
        expect(last.locator("input[name=claim]")).to_be_checked()
        with Record(where) as record:
            assert [entry.action for entry in log(record, limit=2)] == ["accept", "add"]


def test_of_two_windows_on_one_claim_only_the_first_is_heard(windows: Windows, examples: Path, tmp_path: Path) -> None:
    where = tmp_path / "two.db"
    shutil.copy(examples, where)
    with serving(where) as base:
        one, other, third = windows.open(base), windows.open(base), windows.open(base)
        for page in (one, other):
            page.goto("/reports")
            page.goto(str(page.locator("tbody a").first.get_attribute("href")))
            page.keyboard.press("j")
        claim = chosen(one)
        third.goto(f"/claims/{claim}/edit")
        third.locator("select[name=status]").select_option("planned")
        third.get_by_label("Note").fill("only announced")

        one.keyboard.press("x")
        expect(one.locator(f"#claim-{claim}")).to_have_attribute("data-state", "rejected")
        other.locator("article.chosen details.note summary").click()
        other.locator("article.chosen textarea").fill("as the original has it")
        other.locator("article.chosen button[data-act=accept]").click()
        expect(other.locator("#announcement")).to_contain_text("after you saw it")
        expect(other.locator(f"#claim-{claim}")).to_have_attribute("data-state", "rejected")
        expect(other.locator("article.chosen textarea")).to_have_value("as the original has it")

        one.keyboard.press("k")
        one.keyboard.press("p")
        expect(one.locator(f"#claim-{claim}")).to_have_attribute("data-state", "proposed")
        with third.expect_response(lambda answer: answer.request.method == "POST") as answered:
            third.get_by_role("button", name="Save").click()
        assert answered.value.status == 409
        expect(third.get_by_role("alert")).to_contain_text("after you saw it")
        expect(third.locator("select[name=status]")).to_have_value("planned")
        expect(third.get_by_label("Note")).to_have_value("only announced")
        third.get_by_role("button", name="Save").click()  # now that he knows
        third.wait_for_url("**claim=*")
        with Record(where) as record:
            found = review_of(record, claim)
            assert (found.state, found.claim.status, found.note) == ("corrected", "planned", "only announced")
            assert [entry.action for entry in log(record, target=claim)] == ["correct", "reopen", "reject"]


def test_pages_do_without_scripts(windows: Windows, examples: Path, tmp_path: Path) -> None:
    where = tmp_path / "plain.db"
    shutil.copy(examples, where)
    with serving(where) as base:
        page = windows.open(base, script=False)
        page.goto("/reports")
        page.locator("tbody a").first.click()
        page.locator("a.words").first.click()
        assert page.locator("#text .chosen").count() >= 1
        page.locator("article.chosen button[data-act=accept]").click()
        expect(page.locator("article[data-state=accepted]")).to_have_count(1)
        page.locator("article.chosen a[data-act=edit]").click()
        page.locator("select[name=status]").select_option("planned")
        page.get_by_role("button", name="Save").click()
        expect(page.locator("article[data-state=corrected]")).to_have_count(1)
