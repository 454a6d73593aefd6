"""Readings to be scored: from a file that `sayso read --format jsonl` wrote, by a second coder, or read now.

In: a path, or annotated reports. Out: records, as plain values: what another program wrote in the form `sayso/1` can be scored too,
though it fill only some of the fields; and a second coder's annotated reports, so that two coders' agreement is measured the same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from sayso.errors import BadRecord
from sayso.intake.build import Given, build
from sayso.model import Report
from sayso.scoring.annotated import Annotated, AnyStated, StatedEvent, StatedRole
from sayso.scoring.compare import occurrences

if TYPE_CHECKING:
    from sayso.reading import Reader


def records(path: Path) -> list[dict[str, Any]]:
    """The records of a file, one a line.

    Raises:
        BadRecord: the file cannot be read or a line is no record; the message names the line.
    """
    try:
        lines = path.read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise BadRecord(f"{path}: cannot be read: {reason}") from None
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = msgspec.json.decode(line)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise BadRecord(f"{path}, line {number}: not JSON: {error}") from None
        if isinstance(record, dict) and "report" not in record and "text" in record:
            found.append(as_record(_annotated(line, f"{path}, line {number}")))
            continue
        if not isinstance(record, dict) or not isinstance(record.get("report"), dict) or not isinstance(record.get("claims"), list):
            raise BadRecord(f"{path}, line {number}: not a reading: it needs report and claims, as sayso read --format jsonl prints them")
        found.append(record)
    return found


def _annotated(line: str, where: str) -> Annotated:
    try:
        return msgspec.json.decode(line, type=Annotated)
    except msgspec.MsgspecError as error:
        raise BadRecord(f"{where}: neither a reading nor an annotated report: {error}") from None


def as_record(report: Annotated) -> dict[str, Any]:
    """A coder's annotation as if a program had read it: quotes become spans, wherever they stand."""
    return {"report": {"id": report.id}, "claims": [_claim(claim, report.text) for claim in report.stated]}


def _claim(claim: AnyStated, text: str) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(claim)
    first, *others = [{"start": start, "end": end, "text": text[start:end]} for q in (claim.evidence, *claim.also) for start, end in occurrences(q, text)]
    plain |= {"evidence": first, "also": others}
    if isinstance(claim, StatedRole):
        return plain | {"holder": {"name": claim.person}, "organisation": {"country": claim.country}}
    start, _, end = (claim.when or "").partition("/")
    plain |= {"sources": [{"entity": s, "manner": s.get("manner")} for s in plain["sources"]], "when": {"start": start, "end": end or start} if start else None}
    return plain if isinstance(claim, StatedEvent) else plain | {"count": {"low": claim.low, "high": claim.high}}


def read_all(reports: Iterable[Annotated], reader: Reader | None = None) -> Iterator[dict[str, Any]]:
    """Reads the texts of annotated reports: the records that `sayso read --format jsonl` would print."""
    if reader is None:
        from sayso.reading import Reader  # it takes a while to load

        reader = Reader()
    for reading in reader.read_many(as_report(report) for report in reports):
        yield msgspec.json.decode(reading.to_json())


def as_report(report: Annotated) -> Report:
    """What is to be read of an annotated report."""
    return build(report.text, Given(published=report.date, publisher=report.publisher, id=report.id, language=report.language))
