"""Intake: inputs, in their order → parts that wait to be read, each input told apart.

In: files, folders, addresses. Out: parts of `PART` reports with all inputs before and between them, put down one by one. A run that was killed goes on
behind the last part that it put down: what is in an input is counted off, not read again. Nothing is read here; that takes the time. """

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from sayso.bulk.layout import Folder, Input, Staged, packed, put
from sayso.bulk.seen import Seen
from sayso.intake import Given, Unread
from sayso.intake.languages import language_of
from sayso.intake.sources import files_in, from_sources
from sayso.intake.tables import Columns
from sayso.languages import readable
from sayso.model import Report
from sayso.relevance import Relevance

PART = 100
"""Reports to be read in a part: enough that files are not many, few enough that a killed process loses little."""
MOST = 10_000
"""Inputs of a part, those that are not read among them."""


class Intake:
    """Takes inputs in and puts parts down.

    Args:
        sources: files and addresses, in order.
        relevance: what tells reports of conflict and diplomacy from others; None for all.
        skip_copies: whether a report of nearly the words of an earlier one is a duplicate.
    """

    def __init__(
        self, folder: Folder, sources: Sequence[str], given: Given, columns: Columns | None, relevance: Relevance | None, skip_copies: bool, part: int = PART
    ) -> None:
        self._folder, self._sources, self._given, self._columns = folder, sources, given, columns
        self._relevance, self._skip_copies, self._part = relevance, skip_copies, part
        self._at = 0
        self._open: BinaryIO | None = None

    def reached(self) -> tuple[int, int]:
        """How many sources have been taken in whole, and the bytes of the next one that were read."""
        try:
            return self._at, self._open.tell() if self._open is not None else 0
        except (OSError, ValueError):  # it was closed: the next one has not been opened yet
            return self._at, 0

    def parts(self) -> Iterator[int]:
        """Put down what is not put down yet, part by part; gives the number of each as it is there."""
        if self._folder.end().exists():
            return
        number, at = self._reached()
        seen = Seen(self._folder.seen())
        try:
            if number and self._folder.part("staged", number - 1).exists():  # killed between the two, what it holds was not kept
                for one in self._folder.staged(number - 1):
                    if one.report is not None:
                        seen.look(one.report)
                seen.keep()
            waiting: list[Staged] = []
            reports = 0
            for one in self._inputs(at, seen):
                waiting.append(one)
                reports += one.report is not None
                if reports == self._part or len(waiting) == MOST:
                    self._put(number, waiting, seen)
                    yield number
                    number, waiting, reports = number + 1, [], 0
            if waiting:
                self._put(number, waiting, seen)
                yield number
                number += 1
            put(self._folder.end(), str(number).encode())
        finally:
            seen.close()

    def _put(self, number: int, waiting: list[Staged], seen: Seen) -> None:
        put(self._folder.part("staged", number), packed(waiting))
        seen.keep()

    def _reached(self) -> tuple[int, tuple[int, int]]:
        """The number of the next part, and the last input that was taken in."""
        staged, done = self._folder.numbers("staged"), self._folder.numbers("manifest")
        last = max([*staged, *done], default=-1)
        if last < 0:
            return 0, (-1, 0)
        final = self._folder.staged(last)[-1].input if last in staged else self._folder.inputs(last)[-1]
        return last + 1, (final.source, final.item)

    def _inputs(self, after: tuple[int, int], seen: Seen) -> Iterator[Staged]:
        """The inputs behind this one."""
        for source, name in enumerate(self._sources):
            if source < after[0]:
                continue
            self._at = source
            for item, found in enumerate(from_sources([name], given=self._given, columns=self._columns, opened=self._opened), 1):
                if (source, item) > after:
                    yield self._told(source, item, found, seen)

        self._at = len(self._sources)

    def _opened(self, stream: BinaryIO) -> None:
        self._open = stream

    def _told(self, source: int, item: int, found: Report | Unread, seen: Seen) -> Staged:
        if isinstance(found, Unread):
            return Staged(input=Input(source=source, item=item, state="failed", why=str(found)))
        code = language_of(found.text) or found.language
        if code not in readable():
            return Staged(input=Input(source=source, item=item, state="other language", report=found.id, digest=found.digest, why=code))
        if self._relevance is not None and not self._relevance.holds(found):
            return Staged(input=Input(source=source, item=item, state="irrelevant", report=found.id, digest=found.digest))
        known = seen.look(found)
        if known.same or (known.near and self._skip_copies):
            return Staged(input=Input(source=source, item=item, state="duplicate", report=found.id, digest=found.digest, why=known.same or known.near))
        return Staged(input=Input(source=source, item=item, state="read", report=found.id, digest=found.digest, copy_of=known.near), report=found)


def listed(inputs: Sequence[str]) -> list[str]:
    """The files and addresses of what was named: folders are the files in them, in their order.

    Raises:
        UnreadableReport: a folder lies too deep.
    """
    found: list[str] = []
    for name in inputs:
        path = Path(name)
        found += [str(inside) for inside in files_in(path)] if "://" not in name and path.is_dir() else [name]
    return found
