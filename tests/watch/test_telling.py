"""Telling alerts: each once to each outlet, whatever fails, and nothing of what a report says is obeyed by anybody."""

from __future__ import annotations

import json
import smtplib
import threading
from collections.abc import Iterator, Mapping
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from sayso.intake.fetch import Refused
from sayso.watch import Followed, Mail, Plan, telling
from sayso.watch.keeping import Alert, Held, Keeping
from sayso.watch.plan import checked_plan
from sayso.watch.telling import NotTold, body, lines, outlets, tell

HOOK = "https://hooks.example/services/T0/secret"
MAIL = {"host": "mail.example", "sender": "sayso@desk.example", "to": ["one@desk.example", "two@desk.example"]}


def alert(number: int = 1, **more: Any) -> Alert:
    held = Held(
        id="c1", holder="Ministry of Defence of Azerbaijan", says="4 killed", words="Four soldiers were killed", report="r1", publisher="Northern Wire",
        published="2020-07-13", url="https://wire.example/1",
    )  # fmt: skip
    given = {"id": f"{number:016x}", "rule": "{}", "title": "losses", "told": "Ministry: 4 killed", "incident": "i1", "day": "2020-07-12", "place": "Tovuz"}
    return Alert(**given | {"claims": [held], "detail": "killed AZE", "number": 4, "made": "2020-07-13T08:00:00+00:00"} | more)  # type: ignore[arg-type]


def plan(**tell_: Any) -> Plan:
    return checked_plan([Followed(url="https://wire.example/rss")], [], tell_)


# a file


def test_a_file_gets_a_line_for_each_alert(tmp_path: Path) -> None:
    to = plan(file=tmp_path / "made" / "alerts.jsonl")
    for number in (1, 2, 1):
        tell(alert(number), "file", to)
    told = [json.loads(line) for line in (tmp_path / "made" / "alerts.jsonl").read_text("utf-8").splitlines()]
    assert [one["id"] for one in told] == [alert(1).id, alert(2).id]
    assert list(told[0]) == ["id", "title", "told", "incident", "day", "place", "claims", "number", "made"]
    assert told[0]["claims"][0]["holder"] == "Ministry of Defence of Azerbaijan"


@pytest.mark.parametrize("cut", [1, 30, 200, -2])
def test_a_line_that_was_broken_off_is_written_again(tmp_path: Path, cut: int) -> None:
    file = tmp_path / "alerts.jsonl"
    to = plan(file=file)
    tell(alert(1), "file", to)
    tell(alert(2), "file", to)
    whole = file.read_bytes().splitlines()
    file.write_bytes(whole[0] + b"\n" + whole[1][:cut])
    tell(alert(2), "file", to)
    assert [line for line in file.read_bytes().splitlines() if line in whole] == whole
    tell(alert(1), "file", to)
    tell(alert(2), "file", to)
    assert len(file.read_bytes().splitlines()) == 3


def test_an_id_in_the_words_of_a_report_is_not_taken_for_the_alert(tmp_path: Path) -> None:
    to = plan(file=tmp_path / "alerts.jsonl")
    tell(alert(1, told=f'"id":"{alert(2).id}"'), "file", to)
    tell(alert(2), "file", to)
    assert len((tmp_path / "alerts.jsonl").read_text("utf-8").splitlines()) == 2


def test_a_file_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(NotTold, match=r"alerts.jsonl: cannot be written \(.+\); alerts wait until it can$"):
        tell(alert(), "file", plan(file=tmp_path / "file" / "alerts.jsonl"))
    with pytest.raises(NotTold, match="cannot be written"):
        tell(alert(), "file", plan(file=tmp_path))


# a webhook


@pytest.fixture
def hooked() -> Iterator[tuple[str, list[Any]]]:
    """A server that takes what is posted at /ok, and answers otherwise elsewhere."""
    taken: list[Any] = []

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: Any) -> None: ...

        def do_POST(self) -> None:
            data = self.rfile.read(int(self.headers["Content-Length"]))
            if self.path == "/ok":
                taken.append((json.loads(data), dict(self.headers)))
            self.send_response({"/ok": 204, "/elsewhere": 302}.get(self.path, 500))
            self.send_header("Location", "/ok")
            self.send_header("Content-Length", "0")
            self.end_headers()

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", taken
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_webhook_gets_json(hooked: tuple[str, list[Any]]) -> None:
    base, taken = hooked
    tell(alert(), f"{base}/ok", plan(webhooks=[f"{base}/ok"], private=True))
    ((told, headers),) = taken
    assert told["text"] == "losses: Ministry: 4 killed"
    assert (headers["Idempotency-Key"], headers["Content-Type"]) == (alert().id, "application/json")
    assert {"rule", "detail"} & told.keys() == set()


def test_a_webhook_in_ones_own_network_is_refused_unless_private(hooked: tuple[str, list[Any]]) -> None:
    base, taken = hooked
    with pytest.raises(NotTold, match="is not a public host"):
        tell(alert(), f"{base}/ok", plan(webhooks=[f"{base}/ok"]))
    assert taken == []


def test_a_webhook_that_leads_elsewhere_or_fails_has_not_been_told(hooked: tuple[str, list[Any]]) -> None:
    base, taken = hooked
    for path, why in (("/elsewhere", "leads to another address; give that one"), ("/broken", "the server answers 500")):
        with pytest.raises(NotTold, match=why) as error:
            tell(alert(), base + path, plan(webhooks=[base + path], private=True))
        assert path not in str(error.value)  # the path of a webhook is often its key
    assert taken == []


def test_what_is_no_longer_in_the_plan_is_told_nothing() -> None:
    def send(*_: Any) -> None:
        raise AssertionError

    for outlet in ("file", "mail", HOOK):
        tell(alert(), outlet, plan(), send)
    assert outlets(plan()) == []


def test_what_was_not_told_is_kept_for_a_retry(tmp_path: Path) -> None:
    keeping = Keeping(tmp_path / "state")
    keeping.done([], [alert()], [HOOK], 100.0)
    assert [(one.id, outlet, tries) for one, outlet, tries in keeping.untold(100.0)] == [(alert().id, HOOK, 0)]
    keeping.not_told(alert().id, HOOK, 160.0, 100.0)
    keeping.close()
    keeping = Keeping(tmp_path / "state")
    assert keeping.untold(159.0) == []
    assert [tries for _, _, tries in keeping.untold(160.0)] == [1]
    keeping.told(alert().id, HOOK)
    assert keeping.untold(1e9) == []
    keeping.close()


def test_an_error_of_a_webhook_is_told_without_its_address() -> None:
    def send(url: str, data: bytes, headers: Mapping[str, str]) -> None:
        raise Refused(f"{url}: the server answers 503; check the address", 503, None)

    with pytest.raises(NotTold) as error:
        tell(alert(), HOOK, plan(webhooks=[HOOK]), send)
    assert str(error.value) == f"alert {alert().id}: the webhook at hooks.example: the server answers 503; check the address; it is tried again"


def test_words_of_a_report_call_nobody_in_a_chat() -> None:
    told = json.loads(body(alert(title="<!here> losses", told="<!channel> @all <https://evil.example|Ministry>: 4 killed")))
    assert told["text"] == "<!here> losses: ‹!channel› ＠all ‹https://evil.example|Ministry›: 4 killed"  # what a user calls a rule is his own
    assert told["told"] == "<!channel> @all <https://evil.example|Ministry>: 4 killed"


# mail


class Post:
    """What stands in for smtplib: it keeps what is done with it, in order."""

    def __init__(self, fail: Exception | None = None) -> None:
        self.done: list[Any] = []
        self.fail = fail

    def __call__(self, host: str, port: int, **more: Any) -> Post:
        self.done.append(("connect", host, port, more["timeout"]))
        return self

    def __enter__(self) -> Post:
        return self

    def __exit__(self, *_: Any) -> None: ...

    def starttls(self, context: Any) -> None:
        self.done.append(("starttls", context.check_hostname))

    def login(self, user: str, password: str) -> None:
        self.done.append(("login", user, password))

    def send_message(self, message: EmailMessage) -> None:
        if self.fail:
            raise self.fail
        self.done.append(message)


@pytest.fixture
def smtp(monkeypatch: pytest.MonkeyPatch) -> Post:
    post = Post()
    monkeypatch.setattr(smtplib, "SMTP", post)
    monkeypatch.setattr(smtplib, "SMTP_SSL", lambda *a, **k: post.done.append("tls") or post(*a, **k))  # type: ignore[func-returns-value]
    return post


def test_mail_is_secured_before_the_password_is_sent(smtp: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(telling.PASSWORD, "open sesame")
    tell(alert(), "mail", plan(mail=Mail(**MAIL, user="sayso")))  # type: ignore[arg-type]
    assert smtp.done[:3] == [("connect", "mail.example", 587, 30), ("starttls", True), ("login", "sayso", "open sesame")]
    message = smtp.done[3]
    assert message["To"] == "one@desk.example, two@desk.example"
    assert message["Subject"] == "sayso: losses: Ministry: 4 killed"
    assert message["Message-ID"] == f"<{alert().id}@desk.example>"
    assert "“Four soldiers were killed”" in message.get_content()


def test_mail_over_tls_and_without_a_user(smtp: Post) -> None:
    tell(alert(), "mail", plan(mail=Mail(**MAIL, secure="tls", port=465)))  # type: ignore[arg-type]
    assert smtp.done[:2] == ["tls", ("connect", "mail.example", 465, 30)]
    assert isinstance(smtp.done[2], EmailMessage)


def test_a_password_that_is_missing_is_told_before_anybody_is_asked(smtp: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(telling.PASSWORD, raising=False)
    with pytest.raises(NotTold, match="needs the password of sayso; set SAYSO_SMTP_PASSWORD and start again"):
        tell(alert(), "mail", plan(mail=Mail(**MAIL, user="sayso")))  # type: ignore[arg-type]
    assert smtp.done == []


@pytest.mark.parametrize("evil", ["x\r\nBcc: all@evil.example", "x\n\n<b>", "x\u2028Bcc: a@evil.example", "x\x1b[31m\x85Bcc: a@evil.example", "\ud800"])
def test_nothing_in_a_title_becomes_a_header(smtp: Post, evil: str) -> None:
    tell(alert(title=evil, told=evil, place=evil), "mail", plan(mail=Mail(**MAIL)))  # type: ignore[arg-type]
    message = message_from_bytes(smtp.done[-1].as_bytes(), policy=policy.default)
    assert message["Bcc"] is None
    assert set(message.keys()) == {
        "Subject", "From", "To", "Date", "Message-ID", "Content-Type", "Content-Transfer-Encoding", "MIME-Version",
    }  # fmt: skip
    assert "\x1b" not in message.get_content()


@pytest.mark.parametrize("error", [smtplib.SMTPServerDisconnected("bye\r\nfor now"), OSError("refused"), ValueError("no such address")])
def test_mail_that_fails_is_told_in_a_line(smtp: Post, error: Exception) -> None:
    smtp.fail = error
    with pytest.raises(NotTold, match=r"mail by mail.example failed \(.+\); it is tried again") as found:
        tell(alert(), "mail", plan(mail=Mail(**MAIL)))  # type: ignore[arg-type]
    assert "\n" not in str(found.value)


# a terminal


def test_lines_hold_nothing_that_a_terminal_obeys() -> None:
    evil = "a\x1b]0;owned\x07b\x1b[2J\nc\u202ed\r"
    held = Held(id="c", holder=evil, says=evil, words=evil, report=evil, publisher=evil, published=None, url=f"https://x.example/{evil}")
    for line in lines(alert(title=evil, told=evil, place=evil, incident="i1", claims=[held])):
        assert line.isprintable()
        assert "owned" not in line


def test_lines_name_holder_words_and_where_they_stand() -> None:
    assert lines(alert()) == [
        "losses: Ministry: 4 killed", "  incident i1 (Tovuz, 2020-07-12)",
        "  Ministry of Defence of Azerbaijan: “Four soldiers were killed” (Northern Wire, 2020-07-13, https://wire.example/1)",
    ]  # fmt: skip


def test_json_holds_its_control_characters_escaped() -> None:
    assert b"\x1b" not in body(alert(told="\x1b[2J\n"))
    assert body(alert(told="\x1b[2J\n")).count(b"\n") == 0
