"""Hostile input to the API: refused in a line, never a fault of the program."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sayso.desk.api import reports
from sayso.errors import UnusableRecord
from sayso.record.history import reviews_of
from tests.desk.desks import Desk

API = "/api/v1"
JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    "body",
    [
        b"{", b"null", b"[]", b"1", b'"x"', b"[" * 200_000, b'{"note":' + b"[" * 100_000, b"\xff\xfe{}", b'{"note":"\\ud800"}', b'{"note":"\xed\xa0\x80"}',
        b'{"note":"a\\u0000b"}', b'{"note":1e999}', b'{"seen":-1}', b'{"seen":1e30}', b'{"seen":"x"}', b'{"seen":99999999999999999999999}', b'{"other":1}',
        b'{"note":{"$ne":1}}', b"NaN", b'{"seen":NaN}',
    ],
)  # fmt: skip
def test_bodies_that_are_none(desk: Desk, body: bytes) -> None:
    claim = reviews_of(desk.record, desk.client.get(f"{API}/reports").json()["rows"][0]["digest"])[0].claim.id
    for path in (f"/claims/{claim}/accept", "/undo", "/reviews", "/reports", "/read", "/grades", f"/claims/{claim}/correct", f"/reports/{claim}/claims"):
        answer = desk.client.post(API + path, content=body, headers=JSON)
        assert answer.status_code in {400, 404, 409}, f"{path} {answer.status_code}: {answer.text}"
        error = answer.json()["error"]
        assert error["message"] and "\n" not in error["message"] and len(error["message"]) < 500
    assert reviews_of(desk.record, desk.client.get(f"{API}/reports").json()["rows"][0]["digest"])[0].state == "proposed"


def test_nothing_is_sent_where_nothing_need_be(desk: Desk) -> None:
    claim = reviews_of(desk.record, desk.client.get(f"{API}/reports").json()["rows"][0]["digest"])[0].claim.id
    assert desk.client.post(f"{API}/claims/{claim}/accept", headers=JSON).json()["state"] == "accepted"
    assert desk.client.post(f"{API}/undo", headers=JSON).json()["action"] == "accept"
    for path in ("/reviews", "/reports", "/read", "/grades", f"/claims/{claim}/correct"):
        answer = desk.client.post(API + path, headers=JSON)
        assert (answer.status_code, answer.json()["error"]["message"]) == (400, "send a JSON object")


@pytest.mark.parametrize("words", ["a\\\\u0000b", "plain \\\\\\\\ text"])
def test_a_backslash_is_no_nul(desk: Desk, words: str) -> None:
    text = f"OSH, September 20, 2022 - Tajik forces shelled Ak-Sai {words}, the border service said."
    sent = json.dumps({"text": json.loads(f'"{words}"') + " " + text})
    assert desk.client.post(f"{API}/read", content=sent.encode(), headers=JSON).status_code == 200


HOSTILE = [
    "../../etc/passwd", "%00", "a%00b", "%ff%fe", "'; drop table claims; --", "%", "_", "%25%25%25%25%25%25", "x" * 5000, "\u202egnp.exe",
    "%0d%0aSet-Cookie:x=1", "*",
]  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE)
def test_ids_and_names_that_are_none(desk: Desk, words: str) -> None:
    for path in ("/claims/{}", "/incidents/{}", "/incidents/i{}/why", "/reports/{}", "/reports/{}/claims", "/{}"):
        answer = desk.client.get(API + path.format(words))
        assert answer.status_code in {400, 404}, f"{path} {answer.status_code}: {answer.text}"
        assert "set-cookie" not in answer.headers
    for name in ("actor", "holder", "place", "country", "dyad", "box", "near", "since", "type", "status", "conflict", "background", "min_confidence", "limit"):
        answer = desk.client.get(f"{API}/incidents?{name}={words}")
        assert answer.status_code in {200, 400}, f"{name} {answer.status_code}: {answer.text}"
    for address in ("/log?about=", "/log?author=", "/log?action=", "/log?since=", "/reports?publisher=", "/reports?since=", "/export?to="):
        answer = desk.client.get(f"{API}{address}{words}")
        assert answer.status_code in {200, 400}, f"{address} {answer.status_code}: {answer.text}"


def test_what_reports_hold_cannot_leave_its_string(desk: Desk) -> None:
    text = 'OSH, September 20, 2022 - "</script><script>alert(1)</script>\u2028\u202e" Tajik forces shelled Ak-Sai, the border service said.'
    answer = desk.client.post(f"{API}/reports", json={"text": text, "title": "<img src=x onerror=alert(1)>", "url": "javascript:alert(1)"})
    assert answer.status_code == 201, answer.text
    found = desk.client.get(f"{API}/reports/{answer.json()['taken'][0]['digest']}")
    assert found.headers["content-type"] == "application/json"
    assert found.headers["x-content-type-options"] == "nosniff"
    assert found.json()["report"]["text"] == text


def test_too_much_is_not_taken(desk: Desk) -> None:
    answer = desk.client.post(f"{API}/reports", content=b" " * 11_000_000, headers=JSON)
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too-large")

    def chunks() -> Any:
        for _ in range(11):
            yield b" " * 1_000_000

    answer = desk.client.post(f"{API}/reports", content=chunks(), headers=JSON)
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too-large")


def test_when_the_reader_is_wanted_by_many_the_next_is_sent_away(desk: Desk) -> None:
    for _ in range(reports.WAITING):
        reports._turns.acquire()
    try:
        answer = desk.client.post(f"{API}/read", json={"text": "Tajik forces shelled Ak-Sai."})
        assert (answer.status_code, answer.json()["error"]["code"], answer.headers["retry-after"]) == (429, "too-many-requests", "5")
    finally:
        for _ in range(reports.WAITING):
            reports._turns.release()


def test_a_record_that_cannot_be_read_is_unavailable(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> Any:
        raise UnusableRecord("desk.db: the file is damaged")

    monkeypatch.setattr("sayso.desk.api.incidents.list_incidents", broken)
    answer = desk.client.get(f"{API}/incidents")
    assert (answer.status_code, answer.json()["error"]["code"], answer.headers["cache-control"]) == (503, "unavailable", "no-store")
    assert "etag" not in answer.headers


def test_a_fault_of_the_program_is_told_without_what_it_is(desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def faulty(*_: Any, **__: Any) -> Any:
        raise RuntimeError("secret")

    monkeypatch.setattr("sayso.desk.api.incidents.list_incidents", faulty)
    answer = desk.client.get(f"{API}/incidents")
    assert (answer.status_code, answer.json()["error"]["code"]) == (500, "fault")
    assert "secret" not in answer.text and "Traceback" not in answer.text
    assert "content-security-policy" in answer.headers
    assert "secret" in caplog.text
