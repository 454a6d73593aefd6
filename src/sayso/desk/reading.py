"""The reader of a desk: loaded when the first text comes, one for all who send some."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from threading import Lock
from typing import TYPE_CHECKING

from sayso.model import Reading, Report

if TYPE_CHECKING:
    from sayso.reading import Reader


class SharedReader:
    """Reads reports one at a time, whichever threads ask: two at once would be no quicker and hold twice the memory."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._reader: Reader | None = None

    def read(self, report: Report) -> Reading:
        """The claims of one report."""
        with self._lock:
            if self._reader is None:
                from sayso.reading import Reader

                self._reader = Reader()
            return self._reader.read(report)

    def read_many(self, reports: Iterable[Report]) -> Iterator[Reading]:
        """The readings of reports, in order; others may be served between two of them."""
        return map(self.read, reports)
