"""Alerts → a file, a webhook, e-mail.

In: an alert and an outlet's name. Out: it is told, or an error in a line, upon which it is tried again. Each alert has an id that goes with it, so that whoever
gets one twice, because the follower was killed between telling and noting it, can tell. """

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from email.utils import formatdate
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec

from sayso.errors import SaysoError, UnreadableReport
from sayso.intake.encodings import shown
from sayso.intake.fetch import is_public, post
from sayso.view.words import clean
from sayso.watch.keeping import Alert
from sayso.watch.plan import Mail, Plan

PASSWORD = "SAYSO_SMTP_PASSWORD"  # the name of a variable
WAITS = (60.0, 300.0, 1_200.0, 3_600.0)
"""Seconds after each time that an outlet failed; then always the last."""
_TAIL = 1 << 20
Post = Callable[[str, bytes, Mapping[str, str]], None]


class NotTold(SaysoError):
    """An outlet cannot be reached."""


def outlets(plan: Plan) -> list[str]:
    """The outlets of a plan, by the names under which what was told them is kept."""
    return [*(["file"] if plan.file else []), *plan.webhooks, *(["mail"] if plan.mail else [])]


def called(outlet: str) -> str:
    """What an outlet is called in messages: the path of a webhook may be all that keeps others out, and stands in no log."""
    return f"the webhook at {urlsplit(outlet).hostname}" if "://" in outlet else {"file": "the file of alerts"}.get(outlet, outlet)


def tell(alert: Alert, outlet: str, plan: Plan, send: Post | None = None) -> None:
    """Tell an alert; nothing where the outlet is no longer in the plan.

    Raises:
        NotTold: it could not be told.
    """
    if outlet == "file" and plan.file:
        _write(alert, plan.file)
    elif outlet == "mail" and plan.mail:
        _mail(alert, plan.mail)
    elif outlet in plan.webhooks:
        try:
            (send or _sender(plan.private))(outlet, body(alert), {"Content-Type": "application/json", "Idempotency-Key": alert.id})
        except UnreadableReport as error:
            why = str(error).removeprefix(f"{shown(outlet)}: ")
            raise NotTold(f"alert {alert.id}: {called(outlet)}: {why}; it is tried again") from None


def body(alert: Alert) -> bytes:
    """The alert as JSON; `text` is what chats show, in which words of a report call nobody and link nowhere, as `<!channel>` would."""
    told = alert.told.translate({ord("<"): "‹", ord(">"): "›", ord("@"): "＠"})
    return msgspec.json.encode({"text": f"{alert.title}: {told}", **public(alert)})


def public(alert: Alert) -> dict[str, Any]:
    """An alert as it leaves the house: without what only the follower needs."""
    held: dict[str, Any] = msgspec.to_builtins(alert)
    return {key: value for key, value in held.items() if key not in {"rule", "detail"}}


def lines(alert: Alert) -> list[str]:
    """An alert in lines for people, without what a terminal would obey."""
    where = ", ".join(filter(None, (alert.place, alert.day or "")))
    told = [f"{clean(alert.title)}: {clean(alert.told)}", f"  incident {alert.incident}" + (f" ({clean(where)})" if where else "")]
    for claim in alert.claims:
        source = ", ".join(filter(None, (claim.publisher, claim.published and claim.published[:10], claim.url)))
        told.append(f"  {clean(claim.holder)}: “{clean(claim.words)}” ({clean(source or claim.report)})")
    return told


def _sender(private: bool) -> Post:
    return lambda url, data, headers: post(url, data, headers, allowed=(lambda _: True) if private else is_public)


def _write(alert: Alert, path: Path) -> None:
    """Add a line, unless it is there: who was killed after writing and before noting it writes it again."""
    line = msgspec.json.encode(public(alert)) + b"\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a+b") as stream:
            end = stream.seek(0, os.SEEK_END)
            stream.seek(max(0, end - _TAIL))
            tail = stream.read()
            if f'"id":"{alert.id}"'.encode() in tail[: tail.rfind(b"\n") + 1]:  # a line that was broken off does not count
                return
            stream.write((b"" if not tail or tail.endswith(b"\n") else b"\n") + line)  # a line that was broken off stays by itself
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise NotTold(f"{path}: cannot be written ({error.strerror}); alerts wait until it can") from None


def _mail(alert: Alert, mail: Mail) -> None:
    password = os.environ.get(PASSWORD, "")
    if mail.user and not password:
        raise NotTold(f"alert {alert.id}: mail by {mail.host} needs the password of {mail.user}; set {PASSWORD} and start again")
    message = EmailMessage()
    message["Subject"] = clean(f"sayso: {alert.title}: {alert.told}")[:150]
    message["From"], message["To"] = mail.sender, ", ".join(mail.to)
    message["Date"] = formatdate()
    message["Message-ID"] = f"<{alert.id}@{mail.sender.rpartition('@')[2]}>"  # the same each time, so that a second one can be told
    message.set_content("\n".join(lines(alert)) + "\n")
    try:
        secure = ssl.create_default_context()
        opened = smtplib.SMTP_SSL(mail.host, mail.port, timeout=30, context=secure) if mail.secure == "tls" else smtplib.SMTP(mail.host, mail.port, timeout=30)
        with opened as server:
            if mail.secure == "starttls":
                server.starttls(context=secure)
            if mail.user:
                server.login(mail.user, password)
            server.send_message(message)
    except (OSError, ValueError, smtplib.SMTPException) as error:
        raise NotTold(f"alert {alert.id}: mail by {mail.host} failed ({' '.join(str(error).split())[:120]}); it is tried again") from None
