"""A page of HTML → a report: the article's text, and what the page says of itself.

In: the page's bytes or text. Out: a report whose text is the extracted article, headline first, a blank line between paragraphs; offsets
are into that text. It loads nothing that the page points to, runs no script, and decompresses nothing.
"""

from __future__ import annotations

import logging
import re
from typing import Any

from sayso.errors import UnreadableReport
from sayso.intake.build import Given, build
from sayso.intake.encodings import MAX_BYTES, Text, decode
from sayso.intake.plain import is_title
from sayso.model import Report

MAX_DEPTH = 250
"""Elements inside one another. Pages of news have some thirty; parsers give up, or break, somewhat above this figure."""
MAX_ELEMENTS = 100_000
"""Elements in all. Pages of news have some thousands."""
_TAG = re.compile(r"<(?:(?P<comment>!--)|(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*))")
_ENDS = {name: re.compile(rf"</{name}", re.I) for name in ("script", "style", "textarea", "title", "noscript", "template")}
# Elements without content, and elements that a page may leave open because the next one closes them.
_SHALLOW = set(
    "area base br col embed hr img input link meta param source track wbr p li dt dd tr td th thead tbody tfoot option optgroup "
    "colgroup rt rp html head body".split()
)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I)
_WORD = re.compile(r"[^\W_]+")
_FEWEST = 6
"""Words of the shortest article: what is left of a page with less is a button or a heading."""
_XML = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")


def report_from_html(
    data: bytes | str,
    *,
    published: str | None = None,
    publisher: str | None = None,
    title: str | None = None,
    id: str | None = None,
    url: str | None = None,
    language: str = "en",
    place: str | None = None,
    charset: str | None = None,
    name: str = "the page",
) -> Report:
    """The report that a page holds.

    Args:
        data: the page; bytes are decoded by their mark, as UTF-8, by `charset`, or by what the page declares.
        charset: the encoding that came with the page.
        name: what errors call the page.

    Raises:
        UnreadableReport: the page is too large or too deep, or holds no article.
        BadOption: `published` is no date.
    """
    given = Given(published, publisher, title, id, url, language, place)
    page = decode(data, name, charset or declared(data)) if isinstance(data, bytes) else Text(data, [])
    if len(page.text) > MAX_BYTES:
        raise UnreadableReport(f"{name}: is larger than {MAX_BYTES // 1_000_000} MB; give the article's text")
    if fault := too_much(page.text):
        raise UnreadableReport(f"{name}: {fault}; give the article's text")
    found = _extract(page.text, name)
    body = (found.text or "").strip() if found is not None else ""
    if len(_WORD.findall(body)) < _FEWEST:
        raise UnreadableReport(f"{name}: holds no article; open the page and give the article's text")
    own_title = " ".join((found.title or "").split()) or None
    heading = title or own_title
    paragraphs = [line.strip() for line in body.splitlines() if line.strip()]
    if heading and not any(is_title(line, heading) for line in paragraphs[:3]):
        paragraphs.insert(0, heading)
    spare = Given(published=found.date, publisher=found.sitename, title=own_title, url=found.url)
    return build("\n\n".join(paragraphs), given, name, page.notes, spare)


def declared(data: bytes) -> str | None:
    """The encoding that a page names in its first lines."""
    found = _CHARSET.search(data[:4096])
    return found.group(1).decode("ascii", "replace") if found else None


def too_much(page: str, depth: int = MAX_DEPTH, elements: int = MAX_ELEMENTS) -> str | None:
    """What a page has too much of for a parser, None where it is sound; goes through it once, whatever is wrong with it.

    >>> too_much("<div><p>one<p>two<br></div>" * 9, depth=2), too_much("<div>" * 3, depth=2)
    (None, 'has more than 2 elements inside one another')
    """
    stack: list[str] = []
    at = count = 0
    while found := _TAG.search(page, at):
        if found["comment"]:
            at = page.find("-->", found.end())
            if at < 0:
                return None
            continue
        name = found["name"].lower()
        closing = page.find(">", found.end())
        at = closing + 1 if closing >= 0 else found.end()
        if closing < 0:
            return None
        count += 1
        if count > 2 * elements:  # an element has two tags at most
            return f"has more than {elements:,} elements"
        if found["close"]:
            if name in stack:
                while stack.pop() != name:
                    pass
        elif name in _ENDS:
            end = _ENDS[name].search(page, at)
            if end is None:
                return None
            at = end.end()
        elif name not in _SHALLOW and page[closing - 1] != "/":
            stack.append(name)
            if len(stack) > depth:
                return f"has more than {depth} elements inside one another"
    return None


def _extract(page: str, name: str) -> Any:
    import trafilatura

    for library in ("trafilatura", "htmldate", "courlan", "justext"):
        logger = logging.getLogger(library)
        if not logger.handlers:  # what they grumble about a page is said once, by our own error
            logger.addHandler(logging.NullHandler())
    page = _XML.sub("", page).replace("\0", "")
    # The day must not depend on the clock: the library refuses days after today unless it is told another last day.
    dates = {"original_date": True, "extensive_search": False, "max_date": "2199-12-31"}
    try:
        return trafilatura.bare_extraction(page, with_metadata=True, include_comments=False, date_extraction_params=dates)
    except Exception as error:  # the parser's own faults on pages made to break it: any kind may come out
        raise UnreadableReport(f"{name}: the page cannot be parsed ({type(error).__name__}); give the article's text") from None
