"""Long counts of a desk: one at a time, and none twice while the record stays as it is.

In: what is counted, as a key, and the function that counts. Out: what it gave. Counts over a large record take seconds; pages that ask for them say so, and
wait for each other here, so that all other pages are answered meanwhile.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock, Thread
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

from sayso.errors import BadOption

if TYPE_CHECKING:
    from litestar.datastructures import State

    from sayso.desk.asked import Asked
    from sayso.record import Record

T = TypeVar("T")
KEPT = 16
PATIENCE = 60.0
"""Seconds that one waits for others."""


def counted(state: State, record: Record, asked: Asked, what: str, long: bool, count: Callable[[], T]) -> T | None:
    """What is counted; None where that takes long and the address does not say that it may. What is short waits for nobody."""
    if not long:
        return count()
    if asked.values.get("count") != "yes":
        return None
    counts: Counts = state.counts
    return counts.get((what, record.version(), repr(asked.filter)), count)


class Counts:
    """The counts made last, by key."""

    def __init__(self) -> None:
        self._held: OrderedDict[Hashable, Any] = OrderedDict()
        self._one = Lock()

    def get(self, key: Hashable, count: Callable[[], T]) -> T:
        """What was counted under this key, or is counted now.

        Raises:
            BadOption: others have been counting for too long.
        """
        if not self._one.acquire(timeout=PATIENCE):
            raise BadOption("others are having this record counted; try again in a minute, or ask more narrowly")
        try:
            if key not in self._held:
                self._held[key] = count()
            self._held.move_to_end(key)
            while len(self._held) > KEPT:
                self._held.popitem(last=False)
            found: T = self._held[key]
            return found
        finally:
            self._one.release()


class Lately:
    """A count that is asked for again and again: given as it was counted last, and counted anew beside that, so that only the first waits."""

    def __init__(self, count: Callable[[], Any], fresh: float = 60.0) -> None:
        self._count, self._fresh = count, fresh
        self._found: Any = None
        self._at = 0.0
        self._one = Lock()

    def get(self) -> Any:
        """What was counted last."""
        if self._found is None:
            with self._one:
                if self._found is None:
                    self._found, self._at = self._count(), monotonic()
        elif monotonic() - self._at > self._fresh and self._one.acquire(blocking=False):
            Thread(target=self._again, daemon=True).start()
        return self._found

    def _again(self) -> None:
        try:
            self._found, self._at = self._count(), monotonic()
        finally:
            self._one.release()
