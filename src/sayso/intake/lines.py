"""JSON lines → reports, one a line: `{"id": …, "text": …}` with title, publisher, published, url, language and place where they are known.

In: lines of bytes. Out: for each line that holds anything a report, or an `Unread` that says in one line what is wrong and how to mend it.
Keys that it does not know are passed over, so that annotated reports can be read as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import msgspec

from sayso.errors import BadOption, SaysoError, UnreadableReport
from sayso.intake.build import Given, build
from sayso.intake.encodings import MAX_BYTES
from sayso.intake.ninjs import is_ninjs, report_of_ninjs
from sayso.model import Report


class Unread(NamedTuple):
    """One thing that could not be read; the rest goes on. `line` is None where the input as a whole could not be."""

    name: str
    line: int | None
    error: SaysoError

    def __str__(self) -> str:
        return str(self.error)


class Record(msgspec.Struct, kw_only=True):
    """One line of input."""

    text: str
    id: str | int | None = None
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None
    place: str | None = None


_DECODER = msgspec.json.Decoder(Record)


def reports_of_lines(lines: Iterable[bytes], name: str, given: Given | None = None) -> Iterator[Report | Unread]:
    """The reports of JSON lines, in order; blank lines are passed over.

    Args:
        lines: one JSON object each.
        name: what errors call the input.
        given: metadata for reports whose line has none of its own; its id counts for nothing.
    """
    spare = given or Given()
    for number, line in enumerate(lines, 1):
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if not line.strip():
            continue
        place = f"{name}:{number}"
        try:
            yield _report(line, place, spare)
        except (UnreadableReport, BadOption) as error:
            words = str(error)
            yield Unread(name, number, error if words.startswith(place) else UnreadableReport(f"{place}: {words}"))


def _report(line: bytes, place: str, spare: Given) -> Report:
    if len(line) > MAX_BYTES:
        raise UnreadableReport(f"{place}: is longer than {MAX_BYTES // 1_000_000} MB; one line holds one report")
    try:
        record = _DECODER.decode(line)
    except msgspec.ValidationError as error:
        if is_ninjs(item := _whole(line)):
            return report_of_ninjs(item, place, spare)
        raise UnreadableReport(f"{place}: {_mend(str(error))}") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        reason = "it is not UTF-8" if isinstance(error, UnicodeDecodeError) or "utf-8" in str(error).lower() else _reason(error)
        raise UnreadableReport(f'{place}: is no JSON ({reason}); each line must be one object such as {{"id": "a1", "text": "…"}}') from None
    own = Given(
        published=record.published or spare.published,
        publisher=record.publisher or spare.publisher,
        title=record.title or spare.title,
        id=None if record.id is None else str(record.id),
        url=record.url or spare.url,
        language=record.language or spare.language,
        place=record.place or spare.place,
    )
    return build(record.text, own, place)


def _whole(line: bytes) -> Any:
    """A line as JSON gives it, None where that is nested too deep."""
    try:
        return msgspec.json.decode(line)
    except (msgspec.DecodeError, RecursionError):
        return None


def _reason(error: Exception) -> str:
    return "nested too deep" if isinstance(error, RecursionError) else str(error).removeprefix("JSON is malformed: ")


def _mend(message: str) -> str:
    """Our words for what the decoder found wrong with the object."""
    key = message.partition("`$.")[2].partition("`")[0]
    if "missing required field" in message:
        return 'has no "text"; put the report\'s text under that key'
    if key:
        kinds = "a text or a number" if key == "id" else "a text in quotation marks"
        return f'"{key}" is of the wrong type; it must be {kinds}'
    return 'is JSON but no object; each line must be one object such as {"id": "a1", "text": "…"}'
