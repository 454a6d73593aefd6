"""Files, standard input, web addresses → reports, each bad one told and the rest read on.

In: a path, bytes, a stream or an address, with what is known of the reports. Out: reports and `Unread`s, in order, one at a time.
What kind of input it is, is told by its name and its first characters. It opens no archive and walks no folder.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Literal

import msgspec

from sayso.errors import BadOption, UnreadableReport
from sayso.intake.build import Given, build, checked_date
from sayso.intake.encodings import MAX_BYTES, decode, shown
from sayso.intake.fetch import Fetched, fetch
from sayso.intake.lines import Unread, reports_of_lines
from sayso.intake.page import report_from_html
from sayso.model import Report

Kind = Literal["text", "html", "jsonl"]
_SUFFIXES: dict[str, Kind] = {".html": "html", ".htm": "html", ".xhtml": "html", ".jsonl": "jsonl", ".ndjson": "jsonl"}
_HEAD = 8192
_HTML = re.compile(rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>])", re.I | re.S)
_OBJECT = re.compile(rb'\s*\{[ \t]*"[^"\r\n]{0,80}"[ \t]*:')
_PAGES = {"text/html", "application/xhtml+xml"}


def report_from_text(
    text: str,
    *,
    published: str | None = None,
    publisher: str | None = None,
    title: str | None = None,
    id: str | None = None,
    url: str | None = None,
    language: str = "en",
    place: str | None = None,
) -> Report:
    """The report of a text: its blocks, and its title, publisher, place and day where they are not given but the text tells them.

    Args:
        published: a day, or a time with its zone, in ISO 8601.
        title: the headline; where the text does not hold it, it is kept beside the text and not read.

    Raises:
        UnreadableReport: the text is empty, too long, or has no letters or words.
        BadOption: `published` is no date.

    >>> report = report_from_text("Truce holds\\n\\nTBILISI, July 13. /TASS/. The sides kept the truce, the mission said.", published="2020-07-13")
    >>> report.title, report.publisher, report.place, [block.kind.value for block in report.blocks]
    ('Truce holds', 'TASS', 'Tbilisi', ['headline', 'dateline', 'paragraph'])
    """
    return build(text, Given(published, publisher, title, id, url, language, place))


def read_reports(
    source: Path | bytes, *, name: str | None = None, kind: Kind | None = None, charset: str | None = None, given: Given | None = None
) -> Iterator[Report | Unread]:
    """The reports of a file or of bytes: one of a text or a page, any number of JSON lines.

    Args:
        name: what errors call the input; by default the path.
        kind: what it holds, where its name and first characters should not tell.
        given: what is known of the reports.

    Raises:
        BadOption: the date given is none.
    """
    given = given or Given()
    checked_date(given.published)
    if isinstance(source, Path):
        return _file(source, shown(name or str(source)), kind, charset, given)
    return _stream(io.BytesIO(source), shown(name or "the input"), kind, charset, given)


def from_file(path: str | Path, *, kind: Kind | None = None, given: Given | None = None) -> Iterator[Report | Unread]:
    """The reports of a file; a file that cannot be read gives one `Unread`."""
    return read_reports(Path(path), name=str(path), kind=kind, given=given)


def from_stdin(stream: BinaryIO | None = None, *, kind: Kind | None = None, given: Given | None = None) -> Iterator[Report | Unread]:
    """The reports of standard input."""
    given = given or Given()
    checked_date(given.published)
    return _stream(stream or sys.stdin.buffer, "standard input", kind, None, given)


def from_url(url: str, *, kind: Kind | None = None, given: Given | None = None, get: Callable[[str], Fetched] = fetch) -> Iterator[Report | Unread]:
    """The reports at a web address; `get` fetches it."""
    given = given or Given()
    checked_date(given.published)
    return _address(url, kind, given, get)


def from_sources(
    sources: Iterable[str], *, kind: Kind | None = None, given: Given | None = None, get: Callable[[str], Fetched] = fetch
) -> Iterator[Report | Unread]:
    """The reports of many sources, each a file, a web address, or `-` for standard input, in their order.

    Raises:
        BadOption: the date given is none.
    """
    checked_date((given or Given()).published)
    return _each(sources, kind, given, get)


def _each(sources: Iterable[str], kind: Kind | None, given: Given | None, get: Callable[[str], Fetched]) -> Iterator[Report | Unread]:
    for source in sources:
        if source == "-":
            yield from from_stdin(kind=kind, given=given)
        elif re.match(r"[a-zA-Z][a-zA-Z0-9+.-]+://", source):
            yield from from_url(source, kind=kind, given=given, get=get)
        else:
            yield from from_file(source, kind=kind, given=given)


def _file(path: Path, name: str, kind: Kind | None, charset: str | None, given: Given) -> Iterator[Report | Unread]:
    try:
        if path.is_dir():
            raise UnreadableReport(f"{name}: is a folder; give the files in it")
        with path.open("rb") as stream:
            yield from _stream(stream, name, kind, charset, given)
    except UnreadableReport as error:
        yield Unread(name, None, error)
    except (OSError, ValueError) as error:  # ValueError: a name with a zero byte
        yield Unread(name, None, UnreadableReport(f"{name}: {_trouble(error)}"))


def _trouble(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file; check the name"
    if isinstance(error, PermissionError):
        return "may not be opened; ask for the right to read it"
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"cannot be read ({reason}); check the file"


def _address(url: str, kind: Kind | None, given: Given, get: Callable[[str], Fetched]) -> Iterator[Report | Unread]:
    try:
        found = get(url)
    except UnreadableReport as error:
        yield Unread(shown(url), None, error)
        return
    given = given._replace(url=given.url or found.url)
    if kind is None and found.type in _PAGES:
        kind = "html"
    yield from _stream(io.BytesIO(found.data), shown(url), kind, found.charset, given)


def _stream(stream: BinaryIO, name: str, kind: Kind | None, charset: str | None, given: Given) -> Iterator[Report | Unread]:
    head = stream.read(_HEAD)
    kind = kind or sniff(head, name)
    if kind == "jsonl":
        yield from reports_of_lines(_lines(head, stream), name, given)
        return
    try:
        data = head + stream.read(MAX_BYTES + 1 - len(head))
        yield _whole(data, name, kind, charset, given)
    except (UnreadableReport, BadOption) as error:
        yield Unread(name, None, error)


def _whole(data: bytes, name: str, kind: Kind, charset: str | None, given: Given) -> Report:
    if kind == "html":
        return report_from_html(data, **given._asdict(), charset=charset, name=name)
    text, notes = decode(data, name, charset)
    if text.lstrip()[:1] in {"{", "["} and _is_json(text):
        raise UnreadableReport(f'{name}: is JSON over several lines; write each report as one object on a line of its own, such as {{"id": "a1", "text": "…"}}')
    return build(text, given, name, notes)


def sniff(head: bytes, name: str) -> Kind:
    """What kind of input this is, by its name, else by its first bytes.

    >>> sniff(b"<!DOCTYPE html><p>Talks", "saved"), sniff(b'{"text": "Talks"}', "-"), sniff(b"Talks", "a.jsonl"), sniff(b"Talks", "a.txt")
    ('html', 'jsonl', 'jsonl', 'text')
    """
    suffix = Path(name.split("?")[0].split("#")[0]).suffix.lower()
    if suffix in _SUFFIXES:
        return _SUFFIXES[suffix]
    head = head.removeprefix(b"\xef\xbb\xbf")
    if _HTML.match(head):
        return "html"
    return "jsonl" if _OBJECT.match(head) else "text"


def _lines(head: bytes, stream: BinaryIO) -> Iterator[bytes]:
    """The lines of what was read ahead and of the rest; of a line past the bound only so much is kept as shows that it is too long."""
    rest = b""
    chunk = head
    dropping = False
    while chunk:
        *whole, last = chunk.split(b"\n")
        for piece in whole:
            yield rest if dropping else rest + piece
            rest, dropping = b"", False
        if not dropping:
            rest += last
            dropping = len(rest) > MAX_BYTES
        chunk = stream.read(65_536)
    if rest:
        yield rest


def _is_json(text: str) -> bool:
    try:
        msgspec.json.decode(text, type=list[msgspec.Raw] if text.lstrip()[0] == "[" else dict[str, msgspec.Raw])
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return False
    return True
