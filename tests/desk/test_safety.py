"""What is done against a desk, each tried, each refused. (Permissions, sessions, passwords: test_team, test_safety_of_teams; stored text: also
test_reading_view; addresses to fetch: tests/intake/test_fetching.)"""

from __future__ import annotations

import csv
import io
import socket
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from litestar.testing import TestClient

from sayso.desk.application import HEADERS, LARGEST
from sayso.desk.page import local
from sayso.model import Entity, Sector
from sayso.record.history import log
from tests.desk.desks import Desk
from tests.desk.test_report_pages import TEXT, done
from tests.making import casualty, event, reading, report, said_by

SCRIPT = "<script>alert(1)</script>"


def everywhere(desk: Desk) -> list[str]:
    """All pages of a record."""
    digests = [held.report.digest for held in desk.record.readings()]
    names = ("", "reports", "incidents", "losses", "talks", "commitments", "violations", "timeline", "map", "actors", "sources", "export", "log")
    return [desk.get(f"/{name}") for name in names] + [desk.get(f"/reports/{digest}") for digest in digests]


def test_a_stored_script_is_text_on_every_page(desk: Desk) -> None:
    evil = Entity(text=SCRIPT, name=SCRIPT, country="ARM", sector=Sector.MIL)
    of = report(f"{SCRIPT} said ten {SCRIPT} died at the river.", publisher=SCRIPT, title=SCRIPT, id=SCRIPT)
    said = {"sources": said_by(evil), "when": "2020-07-12"}
    desk.record.add([reading(of, casualty("ten", who=evil, by=evil, **said), event("died", by=[evil], to=[evil], **said))])
    pages = everywhere(desk)
    assert all(SCRIPT not in page for page in pages)
    assert any("&lt;script&gt;alert(1)" in page for page in pages)


def test_a_script_in_a_feed_or_a_file_s_name_is_text(desk: Desk) -> None:
    feed = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>Wire{SCRIPT}</title><item><guid>g</guid>
    <title>Two soldiers killed &lt;script&gt;alert(2)&lt;/script&gt;
    near Tovuz</title><link>javascript:alert(3)</link><description>{TEXT} &lt;img src=x onerror=alert(4)&gt;</description></item></channel></rss>"""
    files = [("files", ("<svg onload=alert(5)>.rss", feed.encode(), "application/rss+xml"))]
    answer = desk.client.post("/reports/upload", data={"_csrf_token": desk.token}, files=files, follow_redirects=False)
    pages = [done(desk, answer.headers["location"]), *everywhere(desk)]
    for page in pages:
        assert not any(words in page for words in (SCRIPT, "<script>alert(2)", "<img src=x", "<svg onload", 'href="javascript:'))


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "vbscript:x", " javascript:alert(1)"])
def test_an_address_of_a_report_leads_to_no_script(desk: Desk, address: str) -> None:
    of = report("Ten died at the river.", url=address)
    desk.record.add([reading(of, casualty("Ten died", when="2020-07-12"))])
    assert f'href="{address}' not in desk.get(f"/reports/{of.digest}")


def test_cells_of_exports_are_no_formulas(desk: Desk) -> None:
    of = report('Ten died. "=cmd|calc" said so.', publisher="=HYPERLINK(1)", title="@SUM(1)")
    desk.record.add([reading(of, casualty("Ten died", when="2020-07-12"))])
    answer = desk.client.get("/export/download?to=csv&table=claims")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as files:
        text = files.read("sayso-claims.csv").decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert any("HYPERLINK" in cell for cell in cells)
    assert not [cell for cell in cells if cell[:1] in {"=", "@", "+", "\t"}]


OUT = ["../application.py", "%2e%2e/application.py", "..%2f..%2fpyproject.toml", "/etc/passwd", "....//settings.py", "%00"]


@pytest.mark.parametrize("path", [f"/static/{way}" for way in OUT])
def test_no_path_leads_out_of_its_folder(desk: Desk, path: str) -> None:
    answer = desk.client.get(path)
    assert answer.status_code in {400, 404}
    assert "import" not in answer.text and "root:" not in answer.text


NO_PATHS = ["/reports/..%2f..%2fetc%2fpasswd", "/incidents/../../etc/passwd", "/claims/%00", "/export/download?to=../../x"]


@pytest.mark.parametrize("path", NO_PATHS)
def test_no_name_is_a_path(desk: Desk, path: str) -> None:
    assert desk.client.get(path).status_code in {400, 404}


def test_more_than_is_taken_is_refused(desk: Desk) -> None:
    headers = {"content-type": "application/x-www-form-urlencoded", "x-csrftoken": desk.token}
    answer = desk.client.post("/reports/paste", content=b"x" * (LARGEST + 1), headers=headers)
    assert answer.status_code == 413
    many = "&".join(f"field{n}=1" for n in range(20_000))
    answer = desk.client.post("/reports/paste", content=many, headers=headers)
    assert answer.status_code in {400, 413}

    def parts() -> Iterator[bytes]:
        for _ in range(LARGEST // 1_000_000 + 1):
            yield b"x" * 1_000_000

    answer = desk.client.post("/reports/paste", content=parts(), headers=headers)
    assert answer.status_code == 413


def test_forms_of_other_sites_are_refused(desk: Desk) -> None:
    claim = next(desk.record.readings()).claims[0].id
    changes = len(log(desk.record))
    token = desk.token
    for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"origin": "null"}):
        answer = desk.client.post(f"/claims/{claim}/accept", data={"_csrf_token": token}, headers=headers)
        assert answer.status_code == 403, headers
    for wrong in ("", "0" * len(token), token[:-1] + ("0" if token[-1] != "0" else "1")):
        assert desk.client.post(f"/claims/{claim}/accept", data={"_csrf_token": wrong}).status_code == 403
    assert len(log(desk.record)) == changes


@pytest.mark.parametrize("origin", ["http://[", "https://[x", "http://desk.test@evil.example", "http://desk.test.evil.example", "desk.test", "null", ""])
def test_an_origin_that_is_none_or_another_is_refused(desk: Desk, origin: str) -> None:
    token = desk.token
    assert desk.client.post("/theme", data={"_csrf_token": token}, headers={"origin": origin}).status_code == 403
    assert desk.client.post("/api/v1/undo", json={}, headers={"origin": origin}).status_code == 403
    assert desk.client.post("/theme", data={"_csrf_token": token}, headers={"origin": "http://desk.test"}, follow_redirects=False).status_code == 302


def test_another_site_does_not_spoil_the_forms_that_are_open(desk: Desk) -> None:
    token = desk.token
    assert desk.client.post("/theme", data={}, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert desk.client.post("/theme", data={"_csrf_token": token}, follow_redirects=False).status_code == 302


def test_after_a_wrong_token_the_next_page_brings_a_right_one(desk: Desk) -> None:
    desk.client.cookies.set("sayso_csrf", "of an earlier run of the desk", domain="desk.test", path="/")
    assert desk.client.post("/theme", data={"_csrf_token": "x", "theme": "dark"}).status_code == 403
    assert desk.post("/theme", 302, theme="dark", back="/reports") == "/reports"


@pytest.mark.parametrize("host", ["evil.example", "desk.test.evil.example", "127.0.0.1.evil.example", "desk.test:99999", ""])
def test_it_answers_under_its_own_names_alone(desk: Desk, host: str) -> None:
    assert desk.client.get("/", headers={"host": host}).status_code == 400


ELSEWHERE = ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "\\\\evil", "/\t/evil.example", "", "evil"]


@pytest.mark.parametrize("back", ELSEWHERE)
def test_no_form_leads_elsewhere(desk: Desk, back: str) -> None:
    assert local(back) == "/"
    assert desk.post("/theme", 302, theme="light", back=back) == "/"


def test_an_address_behind_a_private_name_is_not_fetched(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.8", 80))])
    page = done(desk, desk.post("/reports/fetch", url="http://innocent.example/report"))
    assert "is not a public host" in page


def test_a_redirect_leads_to_no_private_address(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """From a public host to an address within, or to a name that leads there."""
    asked: list[str] = []

    class Elsewhere(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(302)
            self.send_header("Location", "http://10.0.0.1/secret" if self.path == "/number" else "http://inner.example/secret")
            self.send_header("Content-Length", "0")
            self.end_headers()

    def resolved(host: str, port: int, *_: object, **__: object) -> list[Any]:
        address = {"innocent.example": "192.0.46.8", "inner.example": "192.168.1.1"}.get(host, host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    with ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setattr(socket, "getaddrinfo", resolved)
        monkeypatch.setattr("sayso.intake.fetch._connect", lambda addresses, port, left: socket.create_connection(server.server_address, left))
        for path, inside in (("/number", "10.0.0.1"), ("/name", "inner.example")):
            page = done(desk, desk.post("/reports/fetch", url=f"http://innocent.example{path}"))
            assert f"{inside} is not a public host" in page, page[-1500:]
        server.shutdown()
    assert asked == ["/number", "/name"]


NAMES_OF_FILES = [
    "../../../etc/cron.d/x.txt", "..\\..\\x.txt", "/etc/passwd", "x\r\nSet-Cookie: a=b.txt", "\u202etxt.exe", "x" * 3000, "\x1b[31mx.txt", "..", ".",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES_OF_FILES)
def test_the_name_of_a_file_is_a_word_alone(desk: Desk, tmp_path: Path, name: str) -> None:
    before = {path for path in tmp_path.rglob("*") if "desk.db" not in path.name}
    files = [("files", (name, TEXT.encode(), "text/plain"))]
    answer = desk.client.post("/reports/upload", data={"_csrf_token": desk.token}, files=files, follow_redirects=False)
    assert answer.status_code in {303, 400}
    assert "a=b" not in answer.headers.get("set-cookie", "")
    if answer.status_code == 303:
        page = done(desk, answer.headers["location"])
        assert "etc/" not in page and not set(page) & {"\u202e", "\x1b"} and "x" * 200 not in page
    assert {path for path in tmp_path.rglob("*") if "desk.db" not in path.name} == before


def test_a_line_of_the_log_is_one_line(desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def faulty(*_: object, **__: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("sayso.record.Record.by", faulty)
    words = "%0AERROR - made up%1b[31m%e2%80%ae"
    for path in (f"/incidents/i{words}", f"/api/v1/incidents/i{words}/why"):
        client = TestClient(desk.client.app, base_url="http://desk.test", raise_server_exceptions=False)
        assert client.get(path).status_code == 500, path
    lines = [entry.getMessage() for entry in caplog.records if entry.name == "sayso.desk"]
    assert len(lines) == 2
    assert not [line for line in lines if not line.isprintable()]


@pytest.mark.parametrize("path", ["/", "/nowhere", "/static/desk.css", "/incidents?page=x", "/api/v1/incidents", "/export/download?to=csv&table=claims"])
def test_every_answer_is_guarded(desk: Desk, path: str) -> None:
    headers = desk.client.get(path).headers
    for name, value in HEADERS.items():
        assert headers[name] == value, (path, name)
    assert "unsafe" not in headers["content-security-policy"]


def test_names_of_files_make_no_headers(desk: Desk) -> None:
    answer = desk.client.get("/export/download", params={"to": "jsonl", "place": 'x"\r\nSet-Cookie: a=b'})
    assert "set-cookie" not in answer.headers or "a=b" not in answer.headers["set-cookie"]
    assert "\n" not in answer.headers.get("content-disposition", "")


def test_marks_of_direction_and_escapes_are_not_shown(desk: Desk) -> None:
    of = report("Ten \u202ednuof\u202c died \x1b[31mthere\x9b.", publisher="Wi\u202ere\x07", title="T\u2066itle")
    desk.record.add([reading(of, casualty("died", when="2020-07-12"))])
    for page in (desk.get(f"/reports/{of.digest}"), desk.get("/reports"), desk.get("/log")):
        assert not set(page) & {"\u202e", "\u2066", "\x1b", "\x07", "\x9b"}
