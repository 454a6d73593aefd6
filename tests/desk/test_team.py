"""A desk for a team: who may in, what each may do, and what ends a session."""

from __future__ import annotations

import re

import pytest
from litestar.handlers import HTTPRouteHandler
from typer.testing import CliRunner

from sayso.desk import Settings, application
from sayso.desk.access import COOKIE, FAILURES
from sayso.errors import BadOption
from sayso.record import Record
from sayso.record.history import log, review_of
from sayso.record.users import SHORTEST, Users
from tests.desk.desks import NAMES, PASSWORD, Team

OPEN = {"/login/enter", "/theme", "/logout", "/api/v1/session"}
"""What anybody may send, or who may only read."""
OWN = {"/account/password", "/account/others", "/api/v1/read", "/api/v1/session/end"}
"""What who may read may do."""


def unsafe(team: Team) -> list[tuple[str, str]]:
    """Every address that changes something, with its method."""
    found = []
    for route in team.served.routes:
        for handler in getattr(route, "route_handlers", []):
            if isinstance(handler, HTTPRouteHandler):
                found += [(method, route.path) for method in handler.http_methods if method not in {"GET", "HEAD", "OPTIONS"}]
    assert len(found) > 25
    return sorted(set(found))


def filled(path: str) -> str:
    return re.sub(r"\{[^}]+\}", "accept" if "act:" in path else "x", path)


def test_nobody_sees_anything_who_is_not_logged_in(team: Team) -> None:
    browser = team.browser()
    for path in ("/", "/reports", "/incidents", "/losses", "/log", "/users", "/account", "/reports/add/x"):
        answer = browser.client.get(path, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"].split("?")[0]) == (303, "/login"), path
    for path in ("/api/v1/reports", "/api/v1/incidents", "/api/v1/log"):
        assert browser.client.get(path).status_code == 401, path
    assert browser.client.get("/static/desk.css").status_code == 200


def test_who_may_only_read_changes_nothing_wherever_he_tries(team: Team) -> None:
    changes = len(log(team.record))
    for name in ("Cy", ""):
        browser = team.browser(name)
        page = browser.get("/login")
        token = re.search(r'name="_csrf_token" value="([^"]+)"', page)
        assert token
        for method, path in unsafe(team):
            if path in OPEN or (name and path in OWN):
                continue
            if path.startswith("/api/"):
                answer = browser.client.request(method, filled(path), json={}, headers={"x-csrftoken": token[1]}, follow_redirects=False)
            else:
                answer = browser.client.request(method, filled(path), data={"_csrf_token": token[1]}, follow_redirects=False)
            refused = answer.status_code in {401, 403} or (answer.status_code == 303 and answer.headers["location"].startswith("/login"))
            assert refused, (name, method, path, answer.status_code, answer.text[:200])
    assert len(log(team.record)) == changes


def test_who_may_not_administer_changes_no_user(team: Team) -> None:
    changes = len(log(team.record))
    bo = team.browser("Bo")
    found = [path for _, path in unsafe(team) if path.startswith("/users")]
    assert len(found) >= 2
    for path in found:
        bo.post(path, 403, name="Cy", role="administer", disabled="yes")
    assert len(log(team.record)) == changes


def test_no_page_is_for_everybody(team: Team) -> None:
    """Every page, also those that are made later."""
    browser, asked = team.browser().client, 0
    for route in team.served.routes:
        for handler in getattr(route, "route_handlers", []):
            if isinstance(handler, HTTPRouteHandler) and "GET" in handler.http_methods and route.path not in {"/login", "/static/{file_path:path}"}:
                answer = browser.get(filled(route.path), follow_redirects=False)
                away = answer.status_code == 303 and answer.headers["location"].startswith("/login?back=")
                assert away if not route.path.startswith("/api/v1/") else answer.status_code == 401, (route.path, answer.status_code)
                asked += 1
    assert asked > 50
    for path in ("/login/../reports", "//reports", "/static/%2e%2e/reports", "/login%2f..%2freports", "/api/v1/session/../reports", "/static/..;/reports"):
        answer = browser.get(path, follow_redirects=False)
        assert answer.status_code in {303, 401, 404} and "<article" not in answer.text, path


def test_changes_bear_the_name_of_who_made_them(team: Team) -> None:
    claim = next(team.record.readings()).claims[0].id
    team.browser("Bo").post(f"/claims/{claim}/accept", back="/")
    team.browser("Anna").post(f"/claims/{claim}/check", back="/")
    found = review_of(team.record, claim)
    assert (found.reviewed_by, found.checked_by) == ("Bo", "Anna")
    assert "it is corrected" not in team.browser("Cy").get(f"/claims/{claim}")
    assert "/accept" not in team.browser("Cy").get(f"/claims/{claim}")


def test_only_who_administers_sees_and_changes_users(team: Team) -> None:
    assert team.browser("Bo").client.get("/users").status_code == 403
    anna = team.browser("Anna")
    assert all(name in anna.get("/users") for name in NAMES)
    anna.post("/users/add", name="Di", role="review", password=PASSWORD, again=PASSWORD)
    team.browser("Di").get("/reports")
    assert "there is a user" in anna.post("/users/add", 400, name="di", role="read", password=PASSWORD, again=PASSWORD)
    assert "two passwords differ" in anna.post("/users/add", 400, name="Ed", role="read", password=PASSWORD, again="other password")
    assert f"{SHORTEST} to" in anna.post("/users/add", 400, name="Ed", role="read", password="short", again="short")
    assert "is no role" in anna.post("/users/add", 400, name="Ed", role="king", password=PASSWORD, again=PASSWORD)
    assert "only administrator" in anna.post("/users/change", 400, name="Anna", role="read")
    assert "only administrator" in anna.post("/users/change", 400, name="Anna", disabled="yes")
    anna.post("/users/change", name="Di", role="administer")
    anna.post("/users/change", name="Anna", role="read")
    assert anna.client.get("/users").status_code == 403
    acts = log(team.record, action="user", limit=3)
    assert {(act.author, act.target) for act in acts} == {("Anna", "Di"), ("Anna", "Anna")}


def test_a_session_ends_with_the_password_the_access_or_the_log_out(team: Team) -> None:
    bo, other, anna = team.browser("Bo"), team.browser("Bo"), team.browser("Anna")
    bo.post("/account/password", old=PASSWORD, password="another long password", again="another long password")
    assert bo.client.get("/reports", follow_redirects=False).status_code == 200
    assert other.client.get("/reports", follow_redirects=False).status_code == 303
    assert "old password is wrong" in bo.post("/account/password", 400, old=PASSWORD, password="yet another password", again="yet another password")
    anna.post("/users/change", name="Bo", disabled="yes")
    assert bo.client.get("/reports", follow_redirects=False).status_code == 303
    assert Users(team.record).begin("Bo", "another long password") is None
    cy = team.browser("Cy")
    kept = cy.client.cookies.get(COOKIE)
    cy.post("/logout")
    cy.client.cookies.set(COOKIE, str(kept))
    assert cy.client.get("/reports", follow_redirects=False).status_code == 303


def test_a_token_from_before_the_log_in_is_worth_nothing(team: Team) -> None:
    browser = team.browser()
    browser.client.cookies.set(COOKIE, "chosen-by-somebody-else")
    token = re.search(r'name="_csrf_token" value="([^"]+)"', browser.get("/login"))
    assert token
    sent = {"_csrf_token": token[1], "name": "Cy", "password": PASSWORD, "back": "//evil.example"}
    answer = browser.client.post("/login/enter", data=sent, follow_redirects=False)
    assert answer.headers["location"] == "/"
    cookie = answer.headers["set-cookie"]
    assert "chosen-by" not in cookie
    assert all(flag in cookie for flag in ("HttpOnly", "SameSite=strict", "Path=/"))
    with team.record.database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT token FROM sessions").scalars().all()
    value = re.search(rf"{COOKIE}=([^;]+)", cookie)
    assert value and value[1] not in rows and all(len(row) == 64 for row in rows)


def test_passwords_are_not_tried_one_after_another(team: Team) -> None:
    browser = team.browser()
    token = re.search(r'name="_csrf_token" value="([^"]+)"', browser.get("/login"))
    assert token

    def tried(name: str, password: str) -> int:
        return browser.client.post("/login/enter", data={"_csrf_token": token[1], "name": name, "password": password}, follow_redirects=False).status_code

    codes = [tried("Bo", f"wrong {n}") for n in range(FAILURES)]
    assert codes == [401] * FAILURES
    assert tried("Bo", PASSWORD) == 429
    assert tried("Cy", PASSWORD) == 303
    wrong, nobody = (browser.client.post("/api/v1/session", json={"name": name, "password": "wrong"}) for name in ("Anna", "Nobody"))
    assert (wrong.status_code, wrong.json()) == (nobody.status_code, nobody.json())


def test_a_program_sends_a_token(team: Team) -> None:
    browser = team.browser()
    answer = browser.client.post("/api/v1/session", json={"name": "Bo", "password": PASSWORD})
    assert answer.headers["cache-control"] == "no-store"
    browser.client.cookies.clear()
    bearer = {"authorization": f"Bearer {answer.json()['token']}"}
    assert browser.client.get("/api/v1/reports", headers=bearer).status_code == 200
    claim = next(team.record.readings()).claims[0].id
    assert browser.client.post(f"/api/v1/claims/{claim}/accept", json={}, headers=bearer).status_code in {200, 201}
    assert review_of(team.record, claim).reviewed_by == "Bo"
    assert browser.client.get("/api/v1/reports", headers={"authorization": "Bearer wrong"}).status_code == 401


def test_pages_of_a_team_are_not_kept_by_browsers(team: Team) -> None:
    answer = team.browser("Cy").client.get("/reports")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


def test_a_team_needs_somebody_who_administers(tmp_path: object) -> None:
    with pytest.raises(BadOption, match="nobody administers"):
        application(Settings(record=f"{tmp_path}/new.db", team=True))


def test_no_user_is_needed_alone(desk: object) -> None:
    client = desk.client  # type: ignore[attr-defined]
    assert client.get("/login").status_code == 404
    assert client.get("/users").status_code == 404


def test_users_are_kept_from_the_command_line(tmp_path: object) -> None:
    from sayso.cli import app

    where = f"{tmp_path}/users.db"

    def ran(*words: str, given: str = "") -> tuple[int, str]:
        result = CliRunner().invoke(app, ["users", *words, "--record", where], input=given)
        return result.exit_code, result.output

    assert ran("add", "Anna", "--role", "administer", "--password-stdin", given=f"{PASSWORD}\n") == (0, "Anna may administer\n")
    assert ran("add", "Bo", "--password-stdin", given="short\n")[0] == 2
    assert ran("add", "Bo", "--password-stdin", given=f"{PASSWORD}\n")[0] == 0
    assert ran("role", "Bo", "review")[0] == 0
    assert ran("disable", "Bo")[0] == 0
    assert ran("list") == (0, "Anna\tadminister\nBo\treview\tdisabled\n")
    assert ran("disable", "Anna")[0] == 2
    with Record(where) as record:
        assert Users(record).check("Anna", PASSWORD)
        assert not Users(record).check("Anna", PASSWORD + "x")
