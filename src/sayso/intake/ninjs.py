"""ninjs, the news agencies' form of JSON (IPTC, versions 1 and 2) → reports.

In: an object as JSON gave it. Out: its text and what is known of it. Agencies differ in what they fill in: of several places for one thing the first that is
filled counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sayso.errors import UnreadableReport
from sayso.intake import dates
from sayso.intake.build import Given, build
from sayso.intake.page import report_from_html
from sayso.model import Report

_BODIES = ("body_text", "body_xhtml", "body_html", "description_text", "description_xhtml")


def is_ninjs(value: object) -> bool:
    """Whether an object is an item of ninjs.

    >>> is_ninjs({"uri": "urn:x:1", "body_text": "Talks went on."}), is_ninjs({"id": "1", "text": "Talks went on."})
    (True, False)
    """
    return isinstance(value, Mapping) and isinstance(value.get("uri"), str) and "text" not in value and (
        any(isinstance(value.get(name), str) for name in _BODIES) or isinstance(value.get("bodies"), list)
    )  # fmt: skip


def report_of_ninjs(item: Mapping[str, Any], place: str, spare: Given) -> Report:
    """The report of an item.

    Raises:
        UnreadableReport: it has no text, or was taken back.
        BadOption: its day is none.
    """
    if str(item.get("pubstatus", "usable")).lower() in {"canceled", "cancelled", "withheld"}:
        raise UnreadableReport(f"{place}: was taken back by its agency; leave it out, or: sayso withdraw REPORT")
    own = Given(
        published=dates.told(item.get("firstcreated") or item.get("contentcreated") or item.get("versioncreated")) or spare.published,
        publisher=next(_publishers(item), None) or spare.publisher, title=_told(item, "headline", "headlines", "title", "name") or spare.title,
        id=item["uri"], url=_url(item) or spare.url, language=str(item.get("language") or spare.language).lower().partition("-")[0],
        place=_told(item, "located") or spare.place,
    )  # fmt: skip
    text, is_page = _body(item)
    if not text.strip():
        raise UnreadableReport(f"{place}: has no text; leave it out")
    if is_page:
        return report_from_html(f"<html><body><article>{text}</article></body></html>", **own._asdict(), name=place)
    return build(text, own, place)


def _body(item: Mapping[str, Any]) -> tuple[str, bool]:
    """The longest of its texts, and whether it is HTML; a text in plain words before one of the same item as a page."""
    parts = [part for part in item.get("bodies") or [] if isinstance(part, Mapping) and isinstance(part.get("value"), str)]
    plain = [item[name] for name in ("body_text",) if isinstance(item.get(name), str)]
    plain += [part["value"] for part in parts if str(part.get("contenttype") or part.get("contentType") or "text/plain") == "text/plain"]
    if any(words.strip() for words in plain):
        return max(plain, key=len), False
    pages = [item[name] for name in ("body_xhtml", "body_html") if isinstance(item.get(name), str)]
    pages += [part["value"] for part in parts if "html" in str(part.get("contenttype") or part.get("contentType") or "")]
    if any(words.strip() for words in pages):
        return max(pages, key=len), True
    return next((item[name] for name in ("description_text",) if isinstance(item.get(name), str)), ""), False


def _publishers(item: Mapping[str, Any]) -> Iterator[str]:
    for source in item.get("infosources") or []:
        if isinstance(source, Mapping) and isinstance(source.get("name"), str):
            yield source["name"]
    for name in ("copyrightholder", "provider", "source"):
        if isinstance(item.get(name), str):
            yield item[name]


def _told(item: Mapping[str, Any], *names: str) -> str | None:
    for name in names:
        value = item.get(name)
        if isinstance(value, list):
            value = next((part.get("value") for part in value if isinstance(part, Mapping) and part.get("value")), None)
        if isinstance(value, str) and value.strip():
            return value
    return None


def _url(item: Mapping[str, Any]) -> str | None:
    found = next((link.get("href") for link in item.get("links") or [] if isinstance(link, Mapping)), None) or item["uri"]
    return found if isinstance(found, str) and found.startswith(("http://", "https://")) else None
