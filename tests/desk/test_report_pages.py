"""Reports: found by their words, added by pasting, files and addresses, taken back; the log and what was discarded."""

from __future__ import annotations

import time

import pytest

from sayso.record.history import log
from sayso.record.listing import list_reports, standing
from tests.desk.desks import Desk

TEXT = "ZORVAN, July 13. /Wire/. Two soldiers were killed near Tovuz on Sunday, Azerbaijan's defence ministry said."


def done(desk: Desk, where: str) -> str:
    """The page of a job when it is done."""
    assert where.startswith("/reports/add/")
    for _ in range(200):
        page = desk.get(where)
        if 'http-equiv="refresh"' not in page:
            return page
        time.sleep(0.05)
    raise AssertionError("the job does not end")


def found_by(desk: Desk, words: str) -> list[str]:
    """The digests of reports with these words."""
    return [row.digest for row in list_reports(desk.record, words=words)]


def test_reports_are_found_by_their_words(desk: Desk) -> None:
    page = desk.get("/reports")
    assert page.count('href="/reports/') >= 6
    found = list_reports(desk.record, words="Batken")
    page = desk.get("/reports?words=Batken")
    assert found and all(f'href="/reports/{row.digest}"' in page for row in found)
    assert "<mark>Batken</mark>" in page
    assert len(list_reports(desk.record)) > len(found)
    assert found_by(desk, '"border guards" kyrgyz') == found_by(desk, 'KYRGYZ "border guards"')
    assert found_by(desk, "mort*") and not found_by(desk, "mort")


@pytest.mark.parametrize("words", ['"', "AND", "a OR", "(((", "NEAR(", "*", "col:x", "-", "'; DROP TABLE reports; --", "\x00", "é" * 900])
def test_no_words_are_an_error(desk: Desk, words: str) -> None:
    assert desk.client.get("/reports", params={"words": words}).status_code == 200


def test_a_list_tells_copies_and_what_waits(desk: Desk) -> None:
    rows = list_reports(desk.record)
    assert sorted(row.near for row in rows) == [0, 0, 0, 0, 1, 1]
    assert [row.day for row in rows] == sorted((row.day for row in rows), reverse=True)
    copy = next(row for row in rows if row.near)
    assert [other.digest for other in standing(desk.record, copy.digest).copies] == [row.digest for row in rows if row.near and row is not copy]
    assert "1 near-copy" in desk.get("/reports")


def test_a_text_is_pasted_and_read(desk: Desk) -> None:
    page = done(desk, desk.post("/reports/paste", text=TEXT, published="2020-07-13", publisher="Wire & Sons"))
    assert "1 read: 1 added" in page
    (row,) = list_reports(desk.record, words="Zorvan")
    assert (row.publisher, row.claims, row.reviewed) == ("Wire & Sons", 1, 0)
    assert log(desk.record, action="add", limit=1)[0].author == "Anna"
    assert "1 known already" in done(desk, desk.post("/reports/paste", text=TEXT, published="2020-07-13", publisher="Wire & Sons"))


@pytest.mark.parametrize(
    ("form", "why"),
    [
        ({"text": " "}, "is empty"),
        ({"text": TEXT, "published": "yesterday"}, "is no date"),
        ({"text": TEXT, "url": "javascript:alert(1)"}, "must begin with https"),
    ],
)
def test_what_cannot_be_pasted_is_told(desk: Desk, form: dict[str, str], why: str) -> None:
    assert why in desk.post("/reports/paste", 400, **form)


def test_files_are_sent(desk: Desk) -> None:
    files = [
        ("files", ("../../etc/<i>empty", b"\0\1", "text/plain")), ("files", ("a.txt", TEXT.encode(), "text/plain")),
        ("files", ("empty.txt", b"", "text/plain")),
        ("files", ("lines.jsonl", b'{"id": "x", "text": "Talks went on in Zorvan, the mission said."}\nno json\n', "application/x-ndjson")),
    ]  # fmt: skip
    answer = desk.client.post("/reports/upload", data={"_csrf_token": desk.token, "published": "2020-07-13"}, files=files, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    page = done(desk, answer.headers["location"])
    assert "2 read: 2 added" in page
    assert "empty.txt: is empty" in page and "lines.jsonl:2: is no JSON" in page
    assert "/etc" not in page and "&lt;i&gt;empty: is" in page
    answer = desk.client.post("/reports/upload", data={"_csrf_token": desk.token}, follow_redirects=False)
    assert answer.status_code == 400


def test_an_address_that_is_not_public_is_not_fetched(desk: Desk) -> None:
    page = done(desk, desk.post("/reports/fetch", url="http://127.0.0.1:9/secret"))
    assert "is not a public host" in page
    assert "must begin with https" in desk.post("/reports/fetch", 400, url="file:///etc/passwd")


def test_a_report_is_taken_back(desk: Desk) -> None:
    digest = next(desk.record.readings()).report.digest
    assert desk.post(f"/reports/{digest}/withdraw", note="killed by the agency", back="/reports") == "/reports"
    assert "taken back" in desk.get("/reports")
    assert "Its publisher took this report back" in desk.get(f"/reports/{digest}")


def test_the_log_and_what_was_discarded(desk: Desk) -> None:
    claim = next(desk.record.readings()).claims[0].id
    desk.post(f"/claims/{claim}/reject", back="/", note="not <b>in</b> the text")
    page = desk.get("/discarded")
    assert "not &lt;b&gt;in&lt;/b&gt; the text" in page and f"/claims/{claim}/reopen" in page
    page = desk.get("/log?action=reject")
    assert f'href="/claims/{claim}"' in page and page.count("<tr") == 2
    desk.post("/undo", back="/log")
    page = desk.get("/log")
    assert "undone by" in page
    assert "No claim was rejected" in desk.get("/discarded")
    assert "Nothing meets this" in desk.get("/log?author=Nobody")


def test_no_job_is_known_for_ever(desk: Desk) -> None:
    assert "nothing is known of this job" in desk.get("/reports/add/nosuchjob", 400)
