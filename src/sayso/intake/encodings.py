"""Bytes → text, or the reason why they hold none.

In: the bytes of one report, as they lie in a file. Out: the decoded text, not a character changed, and a note where bytes had to be
guessed at. It decompresses nothing, and it does not repair text that was decoded wrongly before it came here.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from sayso.errors import UnreadableReport

_HALF = re.compile("[\ud800-\udfff]")
MAX_BYTES = 20_000_000
"""The largest file, page or answer that is read as one report."""
MAX_CHARACTERS = 5_000_000
"""The longest text that is read as one report: some eight hundred thousand words."""
MAX_RUN = 1_000
"""Characters without a break that are no word any more."""
_SAMPLE = 1_000_000
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_LETTER = re.compile(r"[^\W\d_]")
_BREAK = re.compile(r"[\W_]+")


class Text(NamedTuple):
    """Decoded bytes; `notes` say what was guessed."""

    text: str
    notes: list[str]


def shown(name: str) -> str:
    """A name as it may stand in a message of one line."""
    return re.sub(r"[\x00-\x1f\x7f\x85\u2028\u2029]+", "?", name)


def decode(data: bytes, name: str, charset: str | None = None) -> Text:
    """The text of these bytes: by their mark, as UTF-8, as the `charset` that came with them, else by detection.

    Args:
        name: what the errors call the input.
        charset: the encoding that a server or a page declares.

    Raises:
        UnreadableReport: the bytes are too many, or are no text.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableReport(f"{name}: is larger than {MAX_BYTES // 1_000_000} MB; split it, or give it as JSON lines with one report a line")
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding, name)
    if b"\0" in data:
        order = _utf16(data)
        if order is None:
            raise UnreadableReport(f"{name}: is not text but binary data; give the report as plain text or HTML")
        return _strict(data, order, name)
    try:
        return Text(data.decode("utf-8"), [])
    except UnicodeDecodeError:
        pass
    if charset and (text := _attempt(data, charset)) is not None:
        return Text(text, [])
    return _guess(data, name)


def check(text: str, name: str) -> None:
    """Refuse what is no text to read.

    Raises:
        UnreadableReport: the text is empty, too long, binary, or holds no letters or no words.
    """
    if len(text) > MAX_CHARACTERS:
        raise UnreadableReport(f"{name}: is longer than {MAX_CHARACTERS:,} characters; split it into reports")
    if not text.strip("\ufeff\u200b \t\r\n\f\v\u2028\u2029\x85\u00a0"):
        raise UnreadableReport(f"{name}: is empty; give the report's text")
    if len(_CONTROLS.findall(text)) > len(text) // 50:
        raise UnreadableReport(f"{name}: is not text but binary data; give the report as plain text or HTML")
    if not _LETTER.search(text):
        raise UnreadableReport(f"{name}: has no letters; give the report's text")
    if (half := _HALF.search(text)) is not None:
        raise UnreadableReport(f"{name}: has half a character at {half.start()} (a lone surrogate); decode it again, as UTF-8")
    if len(text) > MAX_RUN and sum(1 for _ in _BREAK.finditer(text)) < len(text) // 200:
        raise UnreadableReport(f"{name}: holds no words, only {len(text):,} characters with hardly a break; give the report's text")


def _strict(data: bytes, encoding: str, name: str) -> Text:
    text = data.decode(encoding, "replace")
    broken = text.count("\ufffd")
    if broken > len(text) // 50 + 1:
        raise UnreadableReport(f"{name}: is not text, though it begins as {encoding.upper()}; save it as UTF-8")
    return Text(text, [f"{broken} character(s) could not be decoded as {encoding}"] if broken else [])


def _attempt(data: bytes, charset: str) -> str | None:
    try:
        return data.decode(charset)
    except (LookupError, ValueError):  # no such encoding, or not in it
        return None


def _utf16(data: bytes) -> str | None:
    """The byte order of UTF-16 without a mark, by the places of its zeros; None where they have no order."""
    sample = data[: _SAMPLE & ~1]
    if len(sample) % 2 or len(sample) < 4:
        return None
    pairs = len(sample) // 2
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > pairs * 0.6 and even < pairs * 0.02:
        return "utf-16-le"
    if even > pairs * 0.6 and odd < pairs * 0.02:
        return "utf-16-be"
    return None


def _guess(data: bytes, name: str) -> Text:
    high = len(data) - len(data.translate(None, bytes(range(128, 256))))
    replaced = data.decode("utf-8", "replace")
    broken = replaced.count("\ufffd")
    sound = sum(1 for c in replaced[:_SAMPLE] if c > "\x7f") - replaced[:_SAMPLE].count("\ufffd")
    if sound > 5 * broken:  # UTF-8 with a few bytes lost, as where a file was cut off
        return Text(replaced, [f"{broken} character(s) could not be decoded as UTF-8"])
    if high < len(data) * 0.05 and (text := _attempt(data, "cp1252")) is not None:
        return Text(text, ["read as Windows-1252; save it as UTF-8 if letters look wrong"])
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    if best is None or (text := _attempt(data, best.encoding)) is None:
        raise UnreadableReport(f"{name}: is not text in any encoding that can be told; save it as UTF-8")
    return Text(text, [f"read as {best.encoding}, a guess; save it as UTF-8 if letters look wrong"])
