"""Plans as `docs/watch.md` shows them, what is wrong in one told in a line, and the command itself."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from typer.testing import CliRunner, Result

from sayso.cli import app
from sayso.errors import BadOption
from sayso.watch import Followed, Mail, Rule, load_plan, watch
from sayso.watch.keeping import Alert, Keeping
from sayso.watch.plan import KINDS, checked_plan
from sayso.watch.telling import public

ROOT = Path(__file__).parents[2]
DOC = (ROOT / "docs" / "watch.md").read_text("utf-8")
FEED = '[[feed]]\nurl = "https://a.example/rss"\n'
ALERT = FEED + "[[alert]]\n"
MAIL = FEED + '[tell.mail]\nhost = "m.example"\nsender = "a@b.example"\nto = ["c@d.example"]\n'


def block(kind: str, text: str = DOC) -> str:
    """The first block of this kind in the page."""
    found = re.search(rf"^```{kind}\n(.*?)^```", text, re.M | re.S)
    assert found
    return found[1]


def written(folder: Path, text: str) -> Path:
    (folder / "plan.toml").write_text(text, "utf-8")
    return folder / "plan.toml"


# the page


def test_the_plan_of_the_page(tmp_path: Path) -> None:
    (tmp_path / "conflicts.toml").write_text(block("toml", (ROOT / "docs" / "record.md").read_text("utf-8")), "utf-8")
    plan = load_plan(written(tmp_path, block("toml")))
    assert plan.feeds[0] == Followed(url="https://example.org/rss", publisher="Example Wire", every=10, oldest=7)
    assert plan.feeds[1] == Followed(url="https://example.net/news-sitemap.xml")
    assert [rule.when for rule in plan.rules] == ["losses", "dispute"]
    assert (plan.rules[0].since, plan.filters[0].dyad, plan.filters[0].near) == (date(2020, 7, 1), ("ARM", "AZE"), (40.99, 45.63, 30.0))
    assert plan.filters[0].conflict is not None
    assert plan.filters[0].conflict.title == "Armenia–Azerbaijan"
    assert (plan.file, plan.private) == (tmp_path / "alerts.jsonl", False)
    assert plan.mail == Mail(host="mail.example.org", sender="sayso@example.org", to=["desk@example.org"], user="sayso")


def test_the_page_shows_every_key() -> None:
    shown = set(re.findall(r"^(\w+) = ", block("toml"), re.M))
    for kind in (Followed, Rule, Mail):
        assert set(kind.__struct_fields__) <= shown
    assert shown == {field for kind in (Followed, Rule, Mail) for field in kind.__struct_fields__} | {"file", "webhooks", "private", "conflicts"}


def test_the_page_shows_the_json_of_an_alert() -> None:
    told = json.loads(block("json"))
    alert = msgspec.convert({key: told[key] for key in told if key != "text"} | {"rule": "", "detail": ""}, Alert)
    assert ["text", *public(alert)] == list(told)
    assert list(public(alert)["claims"][0]) == list(told["claims"][0])


def test_the_page_tells_of_every_kind_and_option() -> None:
    assert all(f"| `{kind}` |" in DOC for kind in KINDS)
    known = run("watch", "--help").output
    assert all(option in known for option in set(re.findall(r"--[a-z]+(?=[ `)\n])", DOC)))


# what is wrong


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", 'names no feed; give an address, or write [[feed]] and below it url = "https://…"'),
        ("x =", "not a TOML file: Invalid value (at end of document)"),
        (FEED + "evry = 3", "feed 1: there is no 'evry'; there are url, publisher, every, follow, oldest"),
        (FEED + "[[feed]]\nevery = 3", 'feed 2: has no url; write url = "https://…"'),
        ('feed = "https://a.example"', 'feed: expected `array`, got `str`; write [[feed]] and below it url = "https://…"'),
        ('[[feed]]\nurl = "ftp://x"', "feed 'ftp://x': is no web address; write it as https://host/path"),
        ('[[feed]]\nurl = "https://a.example/\\u001b[2J"', "is no web address; write it as https://host/path"),
        ('[[feed]]\nurl = "https://me:secret@a.example/"', "feed at a.example: holds a user name or password, which is not sent; give an address without"),
        (FEED + "every = 0.1", "a feed is looked at every 0.1 minutes; take 1 to 10080"),
        (FEED + "every = nan", "a feed is looked at every nan minutes; take 1 to"),
        (FEED + 'every = "x"', "feed 1: every: expected `float`, got `str`; write a number of minutes"),
        (FEED + 'follow = "maybe"', "feed 1: follow: invalid enum value 'maybe'; write needed, always or never"),
        (FEED + "oldest = -1", "oldest is a number of days, from 0"), (FEED + FEED, "the feed https://a.example/rss is there twice; leave one out"),
        (ALERT + "above = 3", "alert 1: has no when; write when = dispute, losses, breach or talks"),
        (FEED + '[alert]\nwhen = "talks"', 'alert: expected `array`, got `object`; write [[alert]] and below it when = "dispute"'),
        (ALERT + 'when = "lossess"', "alert 1: when: invalid enum value 'lossess'; write dispute, losses, breach or talks"),
        (ALERT + 'when = "losses"\nabove = -1', "alert 'losses above -1': above is a number from 0"),
        (ALERT + 'when = "losses"\nabove = 1.5', "alert 1: above: expected `int`, got `float`; write a whole number"),
        (ALERT + 'when = "losses"\nharm = ["dead"]', "alert 1: harm: invalid enum value 'dead'; write a list of killed, wounded"),
        (ALERT + 'when = "breach"\nabove = 4', "alert 'breach claimed': above and harm are for losses; leave them out"),
        (ALERT + 'when = "breach"\ndyad = ["AZE"]', 'alert 1: dyad: expected `array` of length 2, got 1; write two sides, such as ["ARM", "AZE"]'),
        (ALERT + 'when = "breach"\nbox = [1.0, 95.0, 2.0, 99.0]', "alert 'breach claimed': a box is WEST,SOUTH,EAST,NORTH"),
        (ALERT + 'when = "breach"\nnear = [1.0, 95.0, -2.0]', "alert 'breach claimed': near is LATITUDE,LONGITUDE,KILOMETRES"),
        (ALERT + 'when = "breach"\ncountry = "Azerbaijan"', "country is a code of three letters, such as \"AZE\", not 'Azerbaijan'"),
        (ALERT + 'when = "breach"\nmin_confidence = 3.0', "min_confidence is a number from 0 to 1"),
        (ALERT + 'when = "breach"\nsince = "yesterday"', "alert 1: since: invalid RFC3339 encoded date; write a day, such as 2024-05-06"),
        (ALERT + 'when = "breach"\nsince = 2021-01-01\nuntil = 2020-01-01', "since 2021-01-01 is after until 2020-01-01"),
        (ALERT + 'when = "breach"\nconflict = "x"', "the conflict 'x' is not defined; name the file with conflicts = \"conflicts.toml\""),
        (FEED + '[tell]\nwebhooks = ["x"]', "webhook 'x': is no web address; write it as https://host/path"),
        (FEED + '[tell]\nwebhooks = ["https://h.example/1", "https://h.example/1"]', "the webhook https://h.example/1 is there twice; leave one out"),
        (FEED + '[tell]\nwebhook = "https://h.example/1"', "tell: there is no 'webhook'; there are file, webhooks, private, mail"),
        (MAIL.replace("a@b.example", "desk"), "mail needs a host, a sender and somebody to send to, such as to = [\"desk@example.org\"]"),
        (MAIL.replace("c@d.example", "x@y.example\\nBcc: z@y.example"), "mail needs a host, a sender and somebody"),
        (MAIL.replace("m.example", " "), "mail needs a host, a sender and somebody"), (MAIL.replace('["c@d.example"]', "[]"), "mail needs a host"),
        (MAIL + 'secure = "ssl"', "tell: mail: secure: invalid enum value 'ssl'; write starttls, tls or none"),
        (MAIL + 'password = "x"', "tell: mail: there is no 'password'; there are host, sender, to, port, user, secure"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_in_a_line(tmp_path: Path, text: str, told: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(BadOption) as error:
        load_plan(path)
    message = str(error.value)
    assert message.startswith(f"{path}: ")
    assert told in message
    assert message.isprintable()
    assert "secret" not in message


def test_a_plan_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(BadOption, match=r"no\.toml: cannot be read: No such file or directory"):
        load_plan(tmp_path / "no.toml")
    (tmp_path / "plan.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(BadOption, match="not a TOML file"):
        load_plan(tmp_path / "plan.toml")
    with pytest.raises(BadOption, match=r"nope\.toml: cannot be read"):
        load_plan(written(tmp_path, 'conflicts = "nope.toml"\n' + ALERT + 'when = "breach"\nconflict = "x"'))


def test_feeds_beside_those_of_the_file(tmp_path: Path) -> None:
    plan = load_plan(written(tmp_path, FEED), ["https://b.example/rss", "https://a.example/rss"])
    assert [feed.url for feed in plan.feeds] == ["https://a.example/rss", "https://b.example/rss"]


def test_a_rule_is_the_same_whatever_it_is_called() -> None:
    one, other = Rule(when="losses", name="a"), Rule(when="losses", name="b")
    assert one.key == other.key
    assert one.key != Rule(when="losses", above=1).key
    assert [Rule(when=kind).title for kind in KINDS] == ["new dispute", "losses", "breach claimed", "talks announced"]
    assert Rule(when="losses", above=1_000).title == "losses above 1,000"


# the command


def run(*words: Any) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words], env={"COLUMNS": "200"})


def test_nothing_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = run("watch", "--once")
    assert found.exit_code == 2
    assert "sayso watch: names no feed" in found.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--alert", "losses:x"], "an alert is dispute, losses:N, breach or talks, not 'losses:x'"), (["--alert", "breach:3"], "an alert is dispute"),
        (["--alert", "talk"], "not 'talk'"), (["--every", "0"], "a feed is looked at every 0 minutes"),
        (["--webhook", "hooks"], "webhook 'hooks': is no web address"),
        (["--webhook", "https://h.example/1", "--webhook", "https://h.example/1"], "is there twice"), (["--plan", "no.toml"], "no.toml: cannot be read"),
        (["--plan", "plan.toml", "--alert", "talks"], "with --plan alerts, outlets and intervals stand in the file"),
    ],
)  # fmt: skip
def test_options_that_cannot_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], told: str) -> None:
    monkeypatch.chdir(tmp_path)
    found = run("watch", "https://a.example/rss", "--once", *words)
    assert found.exit_code == 2
    assert told in found.stderr
    assert found.stderr.count("\n") == 1
    assert found.stdout == ""


def test_a_feed_within_the_own_network_is_refused_and_told(tmp_path: Path) -> None:
    found = run("watch", "http://127.0.0.1:9/rss", "http://[::1]:9/rss", "http://169.254.169.254/latest", "--record", tmp_path / "r.db", "--once")
    assert found.exit_code == 1
    lines = found.stderr.splitlines()
    assert len(lines) == 4
    assert all(any(f"{host} is not a public host" in line for line in lines) for host in ("127.0.0.1", "::1", "169.254.169.254"))
    assert lines[-1].startswith("3 feeds (3 failing); 0 read, 0 claims; 0 alerts")
    assert (tmp_path / "r.db.watch").exists()


def test_a_second_follower_is_refused(tmp_path: Path) -> None:
    keeping = Keeping(tmp_path / "r.db.watch")
    found = run("watch", "http://127.0.0.1:9/rss", "--record", tmp_path / "r.db", "--once")
    keeping.close()
    assert found.exit_code == 2
    assert "another sayso watch goes on with it" in found.stderr


def test_a_state_that_cannot_be(tmp_path: Path) -> None:
    found = run("watch", "http://127.0.0.1:9/rss", "--record", tmp_path / "r.db", "--state", tmp_path / "no" / "state", "--once")
    assert found.exit_code == 1
    assert "cannot be opened" in found.stderr


def test_what_is_asked_for_stands_in_the_plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []

    def follow(plan: Any, *args: Any, **more: Any) -> Any:
        seen.append(plan)
        return watch(checked_plan([Followed(url="http://127.0.0.1:9/rss")], []), *args, **more)

    monkeypatch.setattr("sayso.watch.watch", follow)
    words = ["--alert", "losses:10", "--alert", "talks", "--to-file", tmp_path / "alerts.jsonl", "--webhook", "https://h.example/1", "--every", "5"]
    run("watch", "https://a.example/rss", "https://a.example/rss", "--record", tmp_path / "r.db", "--once", *words)
    (plan,) = seen
    assert plan.feeds == [Followed(url="https://a.example/rss", every=5)]
    assert plan.rules == [Rule(when="losses", above=10), Rule(when="talks")]
    assert (plan.file, plan.webhooks, plan.private) == (tmp_path / "alerts.jsonl", ["https://h.example/1"], False)
