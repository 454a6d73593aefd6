"""Files, folders, standard input, web addresses → reports, each bad one told and the rest read on.

In: a path, bytes, a stream or an address, with what is known of the reports. Out: reports and `Unread`s, in order, one at a time.
What kind of input it is, is told by its name and its first characters; what is compressed by gzip or zstd is unpacked as it is read.
"""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, Literal, NamedTuple

import msgspec

from sayso.errors import BadOption, UnreadableReport
from sayso.intake.archives import is_warc, reports_of_warc
from sayso.intake.build import Given, build, checked_date
from sayso.intake.compressed import opened
from sayso.intake.encodings import MAX_BYTES, decode, shown
from sayso.intake.feeds import is_feed, reports_of_feed
from sayso.intake.fetch import Fetched, fetch
from sayso.intake.lines import Unread, reports_of_lines
from sayso.intake.ninjs import is_ninjs, report_of_ninjs
from sayso.intake.page import report_from_html
from sayso.intake.tables import Columns, is_parquet, reports_of_csv, reports_of_parquet
from sayso.model import Report

Kind = Literal["text", "html", "jsonl", "csv", "parquet", "warc", "feed"]
_SUFFIXES: dict[str, Kind] = {
    ".html": "html", ".htm": "html", ".xhtml": "html", ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".tsv": "csv", ".parquet": "parquet",
    ".warc": "warc", ".wet": "warc", ".rss": "feed", ".atom": "feed",
}  # fmt: skip
_HEAD = 8192
DEEPEST = 20
"""Folders within folders."""
LARGEST_TABLE = 500_000_000
"""Bytes of a Parquet table that does not come as a plain file, which must be in memory whole."""
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


class How(NamedTuple):
    """How an input is read: what it holds, where its name and first characters should not tell; its encoding; what is known of all its reports; which columns
    of a table hold what; who is to know of each file as it is opened.
    """

    kind: Kind | None = None
    charset: str | None = None
    given: Given = Given()
    columns: Columns | None = None
    opened: Callable[[BinaryIO], None] = lambda _: None


def read_reports(
    source: Path | bytes,
    *,
    name: str | None = None,
    kind: Kind | None = None,
    charset: str | None = None,
    given: Given | None = None,
    columns: Columns | None = None,
) -> Iterator[Report | Unread]:
    """The reports of a file, a folder, or of bytes: one of a text or a page, any number of JSON lines, of a table, a feed, an archive.

    Args:
        name: what errors call the input; by default the path.
        kind: what it holds, where its name and first characters should not tell.
        given: what is known of the reports.
        columns: by field the column of a table that holds it, where its name does not tell.

    Raises:
        BadOption: the date given is none.
    """
    how = _how(kind, given, columns, charset)
    if isinstance(source, Path):
        return _file(source, shown(name or str(source)), how)
    return _stream(io.BytesIO(source), shown(name or "the input"), how)


def from_file(path: str | Path, *, kind: Kind | None = None, given: Given | None = None, columns: Columns | None = None) -> Iterator[Report | Unread]:
    """The reports of a file, or of all files in a folder; a file that cannot be read gives one `Unread`."""
    return read_reports(Path(path), name=str(path), kind=kind, given=given, columns=columns)


def from_stdin(
    stream: BinaryIO | None = None, *, kind: Kind | None = None, given: Given | None = None, columns: Columns | None = None
) -> Iterator[Report | Unread]:
    """The reports of standard input."""
    return _stream(stream or sys.stdin.buffer, "standard input", _how(kind, given, columns))


def from_url(
    url: str, *, kind: Kind | None = None, given: Given | None = None, columns: Columns | None = None, get: Callable[[str], Fetched] = fetch
) -> Iterator[Report | Unread]:
    """The reports at a web address; `get` fetches it."""
    return _address(url, _how(kind, given, columns), get)


def from_sources(
    sources: Iterable[str],
    *,
    kind: Kind | None = None,
    given: Given | None = None,
    columns: Columns | None = None,
    get: Callable[[str], Fetched] = fetch,
    opened: Callable[[BinaryIO], None] = lambda _: None,
) -> Iterator[Report | Unread]:
    """The reports of many sources, each a file, a folder, a web address, or `-` for standard input, in their order.

    Args:
        opened: is handed each file as it is opened, and may ask it how far it has been read.

    Raises:
        BadOption: the date given is none.
    """
    return _each(sources, _how(kind, given, columns)._replace(opened=opened), get)


def _how(kind: Kind | None, given: Given | None, columns: Columns | None, charset: str | None = None) -> How:
    given = given or Given()
    checked_date(given.published)
    return How(kind, charset, given, columns)


def _each(sources: Iterable[str], how: How, get: Callable[[str], Fetched]) -> Iterator[Report | Unread]:
    for source in sources:
        if source == "-":
            yield from _stream(sys.stdin.buffer, "standard input", how)
        elif re.match(r"[a-zA-Z][a-zA-Z0-9+.-]+://", source):
            yield from _address(source, how, get)
        else:
            yield from _file(Path(source), shown(source), how)


def files_in(folder: Path) -> Iterator[Path]:
    """The files of a folder and of those in it, by name; what begins with a dot is left out, and links to folders are not followed.

    Raises:
        UnreadableReport: folders lie more than `DEEPEST` deep.
    """
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if len(Path(where).relative_to(folder).parts) > DEEPEST:
            raise UnreadableReport(f"{shown(where)}: lies more than {DEEPEST} folders deep; give this folder itself")
        yield from (Path(where, name) for name in sorted(names) if not name.startswith("."))


def _file(path: Path, name: str, how: How) -> Iterator[Report | Unread]:
    try:
        if path.is_dir():
            for inside in files_in(path):
                yield from _file(inside, shown(str(inside)), how)
            return
        with path.open("rb") as stream:
            how.opened(stream)
            if (how.kind or "parquet") == "parquet" and is_parquet(stream.read(4)):
                yield from reports_of_parquet(stream, name, how.given, how.columns)
                return
            stream.seek(0) if stream.seekable() else None
            yield from _stream(stream, name, how)
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


def _address(url: str, how: How, get: Callable[[str], Fetched]) -> Iterator[Report | Unread]:
    try:
        found = get(url)
    except UnreadableReport as error:
        yield Unread(shown(url), None, error)
        return
    how = how._replace(given=how.given._replace(url=how.given.url or found.url), charset=found.charset)
    if how.kind is None and found.type in _PAGES:
        how = how._replace(kind="html")
    yield from _stream(io.BytesIO(found.data), shown(url), how)


def _stream(stream: BinaryIO, name: str, how: How) -> Iterator[Report | Unread]:
    try:
        head, whole, plain = opened(stream, name, _HEAD)
        kind = how.kind or sniff(head, plain)
        if kind == "jsonl":
            yield from reports_of_lines(_lines(whole), name, how.given)
        elif kind == "csv":
            yield from reports_of_csv(whole, name, how.given, how.columns)
        elif kind == "warc":
            yield from reports_of_warc(whole, name, how.given)
        elif kind == "parquet":
            yield from reports_of_parquet(io.BytesIO(_bounded(whole, name, LARGEST_TABLE)), name, how.given, how.columns)
        else:
            yield from _whole(whole.read(MAX_BYTES + 1), name, kind, how)
    except (UnreadableReport, BadOption) as error:
        yield Unread(name, None, error)


def _bounded(stream: BinaryIO, name: str, limit: int) -> bytes:
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise UnreadableReport(f"{name}: is larger than {limit // 1_000_000} MB; give it as a file that is not compressed")
    return data


def _whole(data: bytes, name: str, kind: Kind, how: How) -> Iterator[Report | Unread]:
    if kind == "html":
        yield report_from_html(data, **how.given._asdict(), charset=how.charset, name=name)
        return
    if kind == "feed":
        yield from reports_of_feed(data, name, how.given)
        return
    text, notes = decode(data, name, how.charset)
    items = _json(text) if text.lstrip()[:1] in {"{", "["} else None
    if items is None:
        yield build(text, how.given, name, notes)
    elif items and all(map(is_ninjs, items)):
        for number, item in enumerate(items, 1):
            try:
                yield report_of_ninjs(item, name if len(items) == 1 else f"{name}: item {number}", how.given)
            except (UnreadableReport, BadOption) as error:
                yield Unread(name, number, error)
    else:
        raise UnreadableReport(f'{name}: is JSON over several lines; write each report as one object on a line of its own, such as {{"id": "a1", "text": "…"}}')


def sniff(head: bytes, name: str) -> Kind:
    """What kind of input this is, by its name, else by its first bytes.

    >>> sniff(b"<!DOCTYPE html><p>Talks", "saved"), sniff(b'{"text": "Talks"}', "-"), sniff(b"Talks", "a.jsonl"), sniff(b"Talks", "a.txt")
    ('html', 'jsonl', 'jsonl', 'text')
    """
    if is_parquet(head):
        return "parquet"
    if is_warc(head):
        return "warc"
    suffix = Path(name.split("?")[0].split("#")[0]).suffix.lower()
    if suffix in _SUFFIXES:
        return _SUFFIXES[suffix]
    head = head.removeprefix(b"\xef\xbb\xbf")
    if is_feed(head):
        return "feed"
    if _HTML.match(head):
        return "html"
    return "jsonl" if _OBJECT.match(head) else "text"


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of a stream; of a line past the bound only so much is kept as shows that it is too long."""
    rest = b""
    dropping = False
    while chunk := stream.read(65_536):
        *whole, last = chunk.split(b"\n")
        for piece in whole:
            yield rest if dropping else rest + piece
            rest, dropping = b"", False
        if not dropping:
            rest += last
            dropping = len(rest) > MAX_BYTES
    if rest:
        yield rest


def _json(text: str) -> list[Any] | None:
    """What a text in JSON holds: the objects of a list, or the one that there is; None where it is no JSON."""
    try:
        found = msgspec.json.decode(text)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return None
    return found if isinstance(found, list) else [found]
