"""Archives of the web (WARC, as Common Crawl's news archive publishes them) → reports, a page each.

In: a stream of records, unpacked. Out: for each page that was fetched a report with the address that it had, or an `Unread` that says why it is none,
redirects, errors and pictures too: each is accounted for. Records about the crawl itself are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from sayso.errors import BadOption, UnreadableReport
from sayso.intake.build import Given, build
from sayso.intake.encodings import MAX_BYTES, decode, shown
from sayso.intake.lines import Unread
from sayso.intake.page import report_from_html
from sayso.model import Report

_PAGES = {"text/html", "application/xhtml+xml"}


def reports_of_warc(stream: BinaryIO, name: str, given: Given) -> Iterator[Report | Unread]:
    """The pages of an archive, in its order; after a broken record the rest is lost, and said so."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    number = 0
    watched = _Watched(stream)
    try:
        for record in ArchiveIterator(watched, arc2warc=True):
            number += 1
            if record.rec_type in {"response", "resource", "conversion"}:
                yield _page(record, name, number, given)
        if stream.read(1) or not watched.last.endswith((b"\r\n\r\n", b"\n\n")):  # where no head of a record follows, the library is silent
            raise ArchiveLoadFailed("it breaks off, or is none")
    except (ArchiveLoadFailed, EOFError, ValueError, UnicodeError) as error:
        reason = " ".join(str(error).split())[:80] or type(error).__name__
        yield Unread(name, number + 1, UnreadableReport(f"{name}: record {number + 1} is broken ({shown(reason)}), and what follows it unread; get it again"))
    except UnreadableReport as error:
        yield Unread(name, number + 1, error)


class _Watched:
    """A stream that tells with which bytes it ended."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self.last = stream, b""

    def read(self, size: int = -1) -> bytes:
        part = self._stream.read(size)
        self.last = (self.last + part)[-4:]
        return part


def is_warc(head: bytes) -> bool:
    """Whether a stream begins as an archive does."""
    return head.startswith((b"WARC/", b"filedesc://"))


def _page(record: Any, name: str, number: int, given: Given) -> Report | Unread:
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    place = f"{name}: {shown(address)[:200] or f'record {number}'}"
    own = given._replace(url=address.strip("<>") or given.url, id=address.strip("<>") or None)
    try:
        data = _body(record, place)
        kind = _type(record)
        if kind in _PAGES:
            return report_from_html(data, **own._asdict(), charset=_charset(record), name=place)
        return build(decode(data, place, _charset(record)).text, own, place)
    except (UnreadableReport, BadOption) as error:
        return Unread(name, number, error)


def _body(record: Any, place: str) -> bytes:
    """The bytes of a page.

    Raises:
        UnreadableReport: it is none, or too large, or broken.
    """
    status = record.http_headers.get_statuscode() if record.http_headers is not None else "200"
    if status != "200":
        raise UnreadableReport(f"{place}: the server answered {shown(str(status))[:20]} when it was archived; leave it out")
    kind = _type(record)
    if not (kind in _PAGES or kind.startswith("text/")):
        raise UnreadableReport(f"{place}: is {shown(kind)[:60] or 'of no type'}, not text; leave it out")
    try:
        data: bytes = record.content_stream().read(MAX_BYTES + 1)
    except Exception as error:  # whatever a broken body makes of its decompressor
        raise UnreadableReport(f"{place}: its body is broken ({type(error).__name__}); get the page again") from None
    if getattr(record.raw_stream, "limit", 0) > 0 and not record.raw_stream.read(1):
        raise UnreadableReport(f"{place}: its body breaks off; get the archive again")
    if len(data) > MAX_BYTES:
        raise UnreadableReport(f"{place}: is larger than {MAX_BYTES // 1_000_000} MB; leave it out")
    return data


def _type(record: Any) -> str:
    headers = record.http_headers if record.http_headers is not None else record.rec_headers
    return (headers.get_header("Content-Type") or "").partition(";")[0].strip().lower()


def _charset(record: Any) -> str | None:
    headers = record.http_headers if record.http_headers is not None else record.rec_headers
    words = (headers.get_header("Content-Type") or "").lower().partition("charset=")[2]
    return words.partition(";")[0].strip(" \"'") or None
