"""What is done against a desk of a team from outside: passwords tried many at once, from many places, or at a session that was left open; requests, cookies
and answers behind https; what waits for nobody."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Barrier, Event, Thread
from types import SimpleNamespace
from typing import Any, cast

import pytest
from litestar.exceptions import TooManyRequestsException
from litestar.testing import TestClient
from typer.testing import CliRunner

from sayso.cli import app
from sayso.desk import Settings, access, application
from sayso.desk.access import AT_ONCE, COOKIE, FAILURES, FAILURES_NAMED, FAILURES_THERE, WAITING, Connection, Patience
from sayso.desk.application import HEADERS, LARGEST
from sayso.record import Record
from sayso.record.users import Users
from tests.desk.desks import PASSWORD, Desk, Team


def there(host: str | None = "192.0.2.1") -> Connection:
    """Somebody at an address."""
    return cast(Connection, SimpleNamespace(client=SimpleNamespace(host=host) if host else None))


def failed(patience: Patience, name: str, host: str | None = "192.0.2.1") -> bool:
    """Whether a wrong password was heard at all."""
    try:
        assert patience.asked(name, there(host), lambda: None) is None
    except TooManyRequestsException:
        return False
    return True


def test_passwords_tried_at_once_are_no_more_than_one_after_another() -> None:
    patience, heard, began = Patience(), [], Barrier(20)

    def tried() -> None:
        began.wait()
        with suppress(TooManyRequestsException):
            patience.asked("Anna", there(), lambda: heard.append(1))

    threads = [Thread(target=tried) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(heard) == FAILURES


def test_a_few_passwords_are_compared_at_a_time_and_few_wait() -> None:
    patience, go_on, running, most = Patience(), Event(), [0], [0]

    def check() -> bool:
        running[0] += 1
        most[0] = max(most[0], running[0])
        go_on.wait(10)
        running[0] -= 1
        return True

    threads = [Thread(target=patience.asked, args=(f"user{n}", there(f"192.0.2.{n}"), check)) for n in range(AT_ONCE + WAITING)]
    for thread in threads:
        thread.start()
    while patience._waiting < AT_ONCE + WAITING:
        go_on.wait(0.001)
    with pytest.raises(TooManyRequestsException, match="at once"):
        patience.asked("one more", there("198.51.100.1"), lambda: True)
    go_on.set()
    for thread in threads:
        thread.join()
    assert most[0] <= AT_ONCE
    assert patience.asked("one more", there("198.51.100.1"), lambda: True)


def test_a_right_password_is_no_failure() -> None:
    patience = Patience()
    for _ in range(FAILURES_THERE + FAILURES_NAMED):
        assert patience.asked("Anna", there(), lambda: True)
    for _ in range(FAILURES - 1):
        assert failed(patience, "Anna")
    assert patience.asked("Anna", there(), lambda: True)
    assert failed(patience, "Anna")


def test_many_names_from_one_place_are_refused_there_alone() -> None:
    patience = Patience()
    assert [failed(patience, f"name{n}") for n in range(FAILURES_THERE + 2)] == [True] * FAILURES_THERE + [False] * 2
    assert failed(patience, "Anna", "192.0.2.2")


def test_one_name_from_many_places_is_refused_but_where_its_user_is_at_home() -> None:
    patience = Patience()
    assert patience.asked("Anna", there("203.0.113.7"), lambda: True)
    heard = [failed(patience, " anna", f"198.51.100.{n}") for n in range(FAILURES_NAMED + 2)]
    assert heard == [True] * FAILURES_NAMED + [False] * 2
    assert patience.asked("Anna", there("203.0.113.7"), lambda: True)
    assert failed(patience, "Bo", "198.51.100.1")


@pytest.mark.parametrize("hosts", [("2001:db8::1", "2001:db8::2:3"), ("::ffff:192.0.2.1", "192.0.2.1"), ("fe80::1%eth0", "fe80::2"), (None, ""), ("a", "a")])
def test_addresses_of_one_place_are_one(hosts: tuple[str | None, str | None]) -> None:
    patience = Patience()
    for number in range(FAILURES):
        assert failed(patience, "Anna", hosts[number % 2])
    assert not failed(patience, "Anna", hosts[0])
    assert failed(patience, "Anna", "2001:db8:0:1::1")


def test_a_quarter_of_an_hour_later_a_password_is_heard_again(monkeypatch: pytest.MonkeyPatch) -> None:
    patience, now = Patience(), [1000.0]
    monkeypatch.setattr(access, "monotonic", lambda: now[0])
    assert [failed(patience, "Anna") for _ in range(FAILURES + 1)][-1] is False
    now[0] += access.WITHIN - 1
    assert not failed(patience, "Anna")
    now[0] += 1
    assert failed(patience, "Anna")


def test_what_is_remembered_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "REMEMBERED", 50)
    patience = Patience()
    for number in range(100):
        failed(patience, "x" * 100_000 + str(number), f"192.0.2.{number}")
        patience.asked(f"user{number}", there(f"198.51.100.{number}"), lambda: True)
    assert len(patience._failures) <= 50 and len(patience._came_in) <= 50
    assert max(len(name or "") for name, _ in patience._failures) < 100


def test_a_check_that_breaks_off_holds_nobody_up() -> None:
    patience = Patience()

    def broken() -> bool:
        raise RuntimeError("no record")

    for number in range(AT_ONCE + WAITING + 1):
        with pytest.raises(RuntimeError):
            patience.asked("Anna", there(f"192.0.2.{number}"), broken)
    assert patience.asked("Bo", there(), lambda: True)


def test_a_session_that_was_left_open_does_not_tell_the_password(team: Team) -> None:
    bo = team.browser("Bo")
    for number in range(FAILURES):
        assert "old password is wrong" in bo.post("/account/password", 400, old=f"wrong {number}", password="another password", again="another password")
    bo.post("/account/password", 429, old=PASSWORD, password="another long password", again="another long password")
    assert Users(team.record).check("Bo", PASSWORD)


def test_one_sees_where_one_is_logged_in(team: Team) -> None:
    here, _ = team.browser("Bo"), team.browser("Bo")
    team.browser("Cy")
    page = here.get("/account")
    assert (page.count("<td>here</td>"), page.count("<td>elsewhere</td>")) == (1, 1)
    here.post("/account/others")
    page = here.get("/account")
    assert (page.count("<td>here</td>"), page.count("<td>elsewhere</td>")) == (1, 0)


def test_the_token_of_another_s_form_is_worth_nothing(team: Team) -> None:
    claim = next(team.record.readings()).claims[0].id
    other, bo = team.browser("Cy").token, team.browser("Bo")
    assert other != bo.token
    assert bo.client.post(f"/claims/{claim}/accept", data={"_csrf_token": other}).status_code == 403
    bo.post(f"/claims/{claim}/accept")


def test_a_program_logs_out(team: Team) -> None:
    browser = team.browser().client
    answer = browser.post("/api/v1/session", json={"name": "Bo", "password": PASSWORD})
    assert (answer.status_code, answer.headers["cache-control"]) == (201, "no-store")
    bearer = {"authorization": f"Bearer {answer.json()['token']}"}
    assert browser.get("/api/v1/reports", headers=bearer).headers["cache-control"] == "no-store"
    assert browser.post("/api/v1/session/end", json={}, headers=bearer).status_code == 200
    assert browser.get("/api/v1/reports", headers=bearer).status_code == 401
    assert browser.post("/api/v1/session/end", json={}).status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000, b'{"name":"Bo"}', b'{"name":1,"password":2}', b'{"name":"a\\u0000","password":"x"}', b'{"name":"Bo","password":"\\ud800"}',
        b'{"name":"Bo","password":"x","more":1}', b"\xff", b"",
    ],
)  # fmt: skip
def test_a_log_in_that_is_none_is_refused_in_a_line(team: Team, body: bytes) -> None:
    answer = team.browser().client.post("/api/v1/session", content=body, headers={"content-type": "application/json"})
    assert answer.status_code in {400, 401}
    assert "\n" not in answer.json()["error"]["message"]


def test_names_and_passwords_that_are_none_are_refused(team: Team) -> None:
    browser = team.browser()
    token = re.search(r'name="_csrf_token" value="([^"]+)"', browser.get("/login"))
    assert token
    kind = {"content-type": "application/x-www-form-urlencoded"}
    for sent in ("name=%00&password=x", "name=Bo&password=%ED%A0%80", "name=&password=", "", "name=" + "x" * 100_000, "name=%E2%80%AEoB&password=x"):
        answer = browser.client.post("/login/enter", content=f"_csrf_token={token[1]}&{sent}", headers=kind)
        assert answer.status_code == 401, sent[:40]


def test_a_link_from_elsewhere_leads_to_the_page_it_names(team: Team) -> None:
    bo = team.browser("Bo")
    bare = TestClient(team.served, base_url="http://desk.test")  # as a browser comes from elsewhere: without the cookie
    first = bare.get("/reports?order=day", headers={"sec-fetch-site": "cross-site"})
    assert '<meta http-equiv="refresh" content="0;url=/reports?order=day">' in first.text
    assert bo.client.get("/reports?order=day", headers={"sec-fetch-site": "same-origin"}).status_code == 200
    again = bare.get("/reports?order=day", headers={"sec-fetch-site": "same-origin"})
    assert 'action="/login/enter"' in again.text and "refresh" not in again.text
    evil = bare.get("/login?back=//evil.example", headers={"sec-fetch-site": "cross-site"}).text
    assert "evil.example" not in evil.replace("%2F%2Fevil.example", "").split("<footer")[0]


@pytest.fixture
def secure(example_record: Path, tmp_path: Path) -> Iterator[Desk]:
    """A desk behind https, in which Anna is logged in."""
    where = tmp_path / "secure.db"
    shutil.copy(example_record, where)
    with Record(where, author="Root") as record:
        Users(record).add("Anna", "administer", PASSWORD)
        served = application(Settings(record=str(where), hosts=("desk.test",), team=True, https=True))
        with TestClient(served, base_url="https://desk.test") as client:
            desk = Desk(client, record)
            token = re.search(r'name="_csrf_token" value="([^"]+)"', desk.get("/login"))
            assert token
            answer = client.post("/login/enter", data={"_csrf_token": token[1], "name": "Anna", "password": PASSWORD}, follow_redirects=False)
            assert answer.status_code == 303
            yield desk


def test_behind_https_cookies_are_of_this_host_alone(secure: Desk) -> None:
    fresh = TestClient(secure.client.app, base_url="https://desk.test")
    page = fresh.get("/login")
    token = re.search(r'name="_csrf_token" value="([^"]+)"', page.text)
    assert token
    answer = fresh.post("/login/enter", data={"_csrf_token": token[1], "name": "Anna", "password": PASSWORD}, follow_redirects=False)
    for cookie, name in ((page.headers["set-cookie"], "__Host-sayso_csrf="), (answer.headers["set-cookie"], f"__Host-{COOKIE}=")):
        assert cookie.startswith(name)
        assert all(flag in cookie for flag in ("HttpOnly", "Secure", "SameSite=strict", "Path=/")) and "Domain" not in cookie
    fresh.cookies.clear()
    fresh.cookies.set(COOKIE, str(answer.cookies.get(f"__Host-{COOKIE}")))  # as another host of the domain could set one
    assert fresh.get("/reports", follow_redirects=False).status_code == 303


def test_behind_https_a_page_without_it_may_send_nothing(secure: Desk) -> None:
    sent = {"_csrf_token": secure.token, "theme": "dark"}
    assert secure.client.post("/theme", data=sent, headers={"origin": "http://desk.test"}).status_code == 403
    assert secure.client.post("/theme", data=sent, headers={"origin": "https://desk.test"}, follow_redirects=False).status_code == 302


ASKED = [
    ("GET", "/", 200), ("GET", "/nowhere", 404), ("PUT", "/", 405), ("GET", "/incidents?page=x", 400), ("GET", "/reports/x", None), ("POST", "/theme", 403),
    ("GET", "/api/v1/incidents", 200), ("GET", "/api/v1/nowhere", 404), ("PUT", "/api/v1/incidents", 405), ("GET", "/api/v1", 200),
    ("GET", "/api/v1/openapi.json", 200), ("POST", "/api/v1/undo", 415), ("GET", "/static/desk.css", 200), ("GET", "/static/nowhere", 404),
    ("GET", "/export/download?to=csv&table=claims", 200), ("GET", "/reports/%00", 404), ("GET", "/login", 200),
    ("POST", "/logout", 303), ("GET", "/reports", 303),
]  # fmt: skip


def test_every_answer_behind_https_is_guarded(secure: Desk) -> None:
    sent = {"x-csrftoken": secure.token, "content-type": "application/x-www-form-urlencoded"}
    large = secure.client.post("/reports/paste", content=b"x" * (LARGEST + 1), headers=sent)
    assert large.status_code == 413
    answers: list[tuple[str, Any]] = [("/reports/paste", large), ("/", secure.client.get("/", headers={"host": "evil"}))]
    for method, path, status in ASKED:
        headers = {"x-csrftoken": secure.token} if path == "/logout" else {}
        answer = secure.client.request(method, path, follow_redirects=False, headers=headers)
        assert status is None or answer.status_code == status, (method, path, answer.status_code)
        answers.append((path, answer))
        if (method, path) == ("GET", "/api/v1/incidents"):
            answers.append((path, again := secure.client.get(path, headers={"if-none-match": answer.headers.get("etag", "")})))
            assert again.status_code == 304
    for path, answer in answers:
        for name, value in HEADERS.items():
            assert answer.headers.get(name) == value, (path, answer.status_code, name)
        assert answer.headers["strict-transport-security"].startswith("max-age=")
        assert path.startswith("/static/") or answer.headers["cache-control"] == "no-store", (path, answer.status_code)


@pytest.mark.parametrize("words", [["--host", "0.0.0.0"], ["--name", "desk.example.org"], ["--https"], ["--host", "192.0.2.1"]])
def test_without_users_it_is_for_this_machine_alone(tmp_path: Path, words: list[str]) -> None:
    ran = CliRunner().invoke(app, ["desk", "--record", str(tmp_path / "x.db"), *words])
    assert ran.exit_code == 2 and "without --team" in ran.output
    assert not (tmp_path / "x.db").exists()


@pytest.mark.parametrize("name", ["https://desk.example.org", "desk.example.org/", "*", "*.example.org", "a b", "", "desk.example.org:x"])
def test_names_of_hosts_that_are_none_are_refused(tmp_path: Path, name: str) -> None:
    ran = CliRunner().invoke(app, ["desk", "--team", "--record", str(tmp_path / "x.db"), "--port", "0", "--name", name])
    assert ran.exit_code == 2 and "is no name of a host" in ran.output
