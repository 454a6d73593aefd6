"""What to follow, what to tell, and where: a file in TOML → a `Plan`.

In: a file as `docs/watch.md` describes it. Out: frozen values, checked, so that nothing in them fails later. """

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

import msgspec

from sayso.errors import BadOption
from sayso.model import Harm, Struct
from sayso.record.filters import Filter, checked, load_conflicts

EVERY = 15.0
"""Minutes between two looks at a feed."""
LEAST = 1.0
_COUNTRY = re.compile(r"[A-Z]{3}")
_ADDRESS = re.compile(r"[^@\s<>]+@[^@\s<>]+")
Kind = Literal["dispute", "losses", "breach", "talks"]
KINDS: tuple[Kind, ...] = get_args(Kind)


class Followed(Struct, frozen=True, kw_only=True):
    """A feed or a sitemap of news.

    Args:
        publisher: who publishes the reports; else the feed's title.
        every: minutes between two looks.
        follow: whether the pages that entries lead to are fetched: where the feed brings no whole text, always, or never.
        oldest: days; what a feed dates earlier is left out when it is first seen. None leaves out nothing, but of a sitemap all that is older than two days.
    """

    url: str
    publisher: str | None = None
    every: float = EVERY
    follow: Literal["needed", "always", "never"] = "needed"
    oldest: int | None = None


class Rule(Struct, frozen=True, kw_only=True):
    """What to tell of: a new dispute between accounts, losses above a number, an alleged breach of a ceasefire, talks announced.

    Args:
        above: of losses, the number that must be exceeded by the lower end of what is claimed.
        harm: of losses, which.
        The others narrow it as the options of the registers do.
    """

    when: Kind
    name: str = ""
    above: int = 0
    harm: tuple[Harm, ...] = (Harm.KILLED,)
    conflict: str | None = None
    dyad: tuple[str, str] | None = None
    actor: str | None = None
    holder: str | None = None
    place: str | None = None
    country: str | None = None
    box: tuple[float, float, float, float] | None = None
    near: tuple[float, float, float] | None = None
    since: date | None = None
    until: date | None = None
    min_confidence: float = 0.0

    @property
    def title(self) -> str:
        """What it is called in an alert."""
        losses = f"losses above {self.above:,}" if self.above else "losses"
        return self.name or {"dispute": "new dispute", "losses": losses, "breach": "breach claimed", "talks": "talks announced"}[self.when]

    @property
    def key(self) -> str:
        """What tells it from others: its content, whatever it is called."""
        return msgspec.json.encode(msgspec.structs.replace(self, name=""), order="sorted").decode()


class Mail(Struct, frozen=True, kw_only=True):
    """An account from which alerts are mailed; the password, where one is needed, is in the environment as SAYSO_SMTP_PASSWORD."""

    host: str
    sender: str
    to: list[str]
    port: int = 587
    user: str | None = None
    secure: Literal["starttls", "tls", "none"] = "starttls"


class Plan(Struct, frozen=True, kw_only=True):
    """Feeds, rules, and where alerts go beside the terminal.

    Args:
        file: gets a line of JSON for each alert.
        webhooks: addresses to which each alert is posted as JSON.
        private: whether a webhook may be within one's own network.
        filters: of each rule, what it asks a record for.
    """

    feeds: list[Followed]
    rules: list[Rule] = []
    filters: list[Filter] = []
    file: Path | None = None
    webhooks: list[str] = []
    private: bool = False
    mail: Mail | None = None


class _Tell(Struct, frozen=True, kw_only=True):
    file: str | None = None
    webhooks: list[str] = []
    private: bool = False
    mail: Mail | None = None


class _Written(Struct, frozen=True, kw_only=True):
    """The form of the file."""

    feed: list[Followed] = []
    alert: list[Rule] = []
    tell: _Tell = _Tell()
    conflicts: str | None = None


_TABLES: dict[str, type[Struct]] = {"feed": Followed, "alert": Rule, "tell": _Tell, "tell.mail": Mail}
_FORMS = {
    "feed": "[[feed]] and below it url = \"https://…\"", "alert": "[[alert]] and below it when = \"dispute\"", "tell": "[tell]", "mail": "[tell.mail]",
    "url": "\"https://…\"", "every": "a number of minutes", "follow": "needed, always or never", "oldest": "a number of days",
    "when": "dispute, losses, breach or talks", "above": "a whole number", "harm": f"a list of {', '.join(Harm)}",
    "dyad": "two sides, such as [\"ARM\", \"AZE\"]", "box": "[WEST, SOUTH, EAST, NORTH] in degrees", "near": "[LATITUDE, LONGITUDE, KILOMETRES]",
    "since": "a day, such as 2024-05-06", "until": "a day, such as 2024-05-06", "min_confidence": "a number from 0 to 1",
    "webhooks": "a list of addresses", "private": "true or false", "host": "the name of a mail server", "sender": "an address, such as \"sayso@example.org\"",
    "to": "a list of addresses, such as [\"desk@example.org\"]", "port": "a number", "secure": "starttls, tls or none",
}  # fmt: skip
"""What each key takes, where an error should say so."""


def checked_plan(feeds: list[Followed], rules: list[Rule], tell: dict[str, Any] | None = None, conflicts: Path | None = None, name: str = "the plan") -> Plan:
    """A plan, checked.

    Args:
        tell: `file`, `webhooks`, `private`, `mail`.
        conflicts: the file in which the conflicts that rules name are defined.
        name: what errors call it.

    Raises:
        BadOption: something cannot be used; the message says what.
    """
    if not feeds:
        raise BadOption(f"{name}: names no feed; give an address, or write [[feed]] and below it url = \"https://…\"")
    seen: set[str] = set()
    for feed in feeds:
        _web(feed.url, f"{name}: feed")
        if feed.url in seen:
            raise BadOption(f"{name}: the feed {feed.url[:80]} is there twice; leave one out")
        seen.add(feed.url)
        if not LEAST <= feed.every <= 60 * 24 * 7:
            raise BadOption(f"{name}: a feed is looked at every {feed.every:g} minutes; take {LEAST:g} to {60 * 24 * 7}")
        if feed.oldest is not None and feed.oldest < 0:
            raise BadOption(f"{name}: oldest is a number of days, from 0")
    told = tell or {}
    webhooks = told.get("webhooks", [])
    for number, url in enumerate(webhooks):
        _web(url, f"{name}: webhook")
        if url in webhooks[:number]:
            raise BadOption(f"{name}: the webhook {url[:80]} is there twice; leave one out")
    mail = told.get("mail")
    if mail is not None and not (mail.host.strip() and mail.to and all(map(_ADDRESS.fullmatch, [mail.sender, *mail.to])) and 0 < mail.port < 65_536):
        raise BadOption(f"{name}: mail needs a host, a sender and somebody to send to, such as to = [\"desk@example.org\"]")
    defined = load_conflicts(conflicts) if conflicts and any(rule.conflict for rule in rules) else {}
    filters = []
    for rule in rules:
        if rule.conflict and rule.conflict not in defined:
            raise BadOption(f"{name}: alert {rule.title!r}: the conflict {rule.conflict!r} is not defined; name the file with conflicts = \"conflicts.toml\"")
        given = {field: getattr(rule, field) for field in Filter.__struct_fields__ if field in Rule.__struct_fields__ and field != "conflict"}
        try:
            filters.append(checked(Filter(conflict=defined.get(rule.conflict or ""), **given)))
        except BadOption as error:
            raise BadOption(f"{name}: alert {rule.title!r}: {error}") from None
        if rule.above < 0 or not rule.harm:
            raise BadOption(f"{name}: alert {rule.title!r}: above is a number from 0, and harm names at least one")
        if rule.when != "losses" and (rule.above or rule.harm != Rule(when="losses").harm):
            raise BadOption(f"{name}: alert {rule.title!r}: above and harm are for losses; leave them out")
        if rule.country and not _COUNTRY.fullmatch(rule.country):
            raise BadOption(f"{name}: alert {rule.title!r}: country is a code of three letters, such as \"AZE\", not {rule.country[:40]!r}")
        if not 0 <= rule.min_confidence <= 1:
            raise BadOption(f"{name}: alert {rule.title!r}: min_confidence is a number from 0 to 1")
    return Plan(feeds=feeds, rules=rules, filters=filters, **told)


def load_plan(path: Path, feeds: list[str] | None = None) -> Plan:
    """The plan that a file holds, with more feeds beside its own.

    Raises:
        BadOption: the file cannot be read or has not the form; the message says where.
    """
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise BadOption(f"{path}: cannot be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadOption(f"{path}: not a TOML file: {error}") from None
    try:
        written = msgspec.convert(data, _Written)
    except msgspec.ValidationError as error:
        raise BadOption(f"{path}: {_fault(str(error))}") from None
    tell: dict[str, Any] = {"webhooks": written.tell.webhooks, "private": written.tell.private, "mail": written.tell.mail}
    if written.tell.file:
        tell["file"] = path.parent / written.tell.file
    more = [Followed(url=url) for url in feeds or [] if url not in {feed.url for feed in written.feed}]
    return checked_plan([*written.feed, *more], written.alert, tell, path.parent / written.conflicts if written.conflicts else None, str(path))


def _fault(told: str) -> str:
    """A fault of form: where it is, what it is, and how it should be.

    >>> _fault("Invalid enum value 'lossess' - at `$.alert[1].when`")
    "alert 2: when: invalid enum value 'lossess'; write dispute, losses, breach or talks"
    """
    what, _, path = told.partition(" - at `$")
    steps = re.findall(r"\.(\w+)(?:\[(\d+)\])?", path)
    where = "".join(f"{name} {int(number) + 1}: " if number and name in _TABLES else f"{name}: " for name, number in steps)
    table = _TABLES.get(".".join(name for name, _ in steps), _Written)
    if found := re.fullmatch(r"Object contains unknown field `(.*)`", what, re.S):
        return f"{where}there is no {found[1][:40]!r}; there are {', '.join(table.__struct_fields__)}"
    if found := re.fullmatch(r"Object missing required field `(\w+)`", what):
        return f"{where}has no {found[1]}; write {found[1]} = {_FORMS[found[1]]}"
    what = what[:1].lower() + what[1:]
    return f"{where}{what}; write {_FORMS.get(steps[-1][0], 'it as docs/watch.md shows') if steps else 'it as docs/watch.md shows'}"


def _web(url: str, name: str) -> None:
    try:
        parts = urlsplit(url)
        sound = parts.scheme in {"http", "https"} and bool(parts.hostname) and len(url) <= 2_000 and url.isprintable()
    except ValueError:
        sound = False
    if sound and "@" in parts.netloc:
        raise BadOption(f"{name} at {parts.hostname}: holds a user name or password, which is not sent; give an address without")
    if not sound:
        raise BadOption(f"{name} {url[:80]!r}: is no web address; write it as https://host/path")
