"""Parts → processes on this machine, as many as are asked for.

In: the numbers of parts as they are put down. Out: what came of each, as it is done. Only so many parts wait for a process as keeps all of them busy:
intake goes no faster than reading does. A process that dies (for want of memory, say) is started anew with its part; a report that ends two is told, and
left out. """

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import TYPE_CHECKING

from sayso.bulk.layout import Counts
from sayso.bulk.parts import read_part, stopped_at

if TYPE_CHECKING:
    from sayso.reading import Reader

_reader: Reader | None = None
AHEAD = 2
"""Parts that wait for each process, the one that it reads among them."""


def read_parts(folder: Path, parts: Iterator[int], workers: int) -> Iterator[Counts]:
    """Read parts by so many processes; gives what came of each, in whatever order they are done."""
    pool = _pool(workers)
    waiting: dict[Future[Counts], int] = {}
    deaths: dict[int, list[int | None]] = {}
    more = True
    try:
        while more or waiting:
            while more and len(waiting) < AHEAD * workers:
                number = next(parts, None)
                more = number is not None
                if number is not None:
                    waiting[pool.submit(_read, folder, number, ())] = number
            done, _ = wait(waiting, return_when=FIRST_COMPLETED)
            broken: list[int] = []
            for one in done:
                number = waiting.pop(one)
                try:
                    yield one.result()
                except BrokenProcessPool:
                    broken.append(number)
            if broken:  # all that this pool had is broken off; which of them did it is found by reading each alone
                pool.shutdown(wait=True, cancel_futures=True)
                for number in sorted({*broken, *waiting.values()}):
                    yield from _alone(folder, number, deaths.setdefault(number, []))
                waiting.clear()
                pool = _pool(workers)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _alone(folder: Path, number: int, deaths: list[int | None]) -> Iterator[Counts]:
    """Read a part by a process of its own, again and again, without the reports that ended two."""
    while True:
        deadly = tuple(sorted({at for at in deaths if at is not None and deaths.count(at) >= 2}))
        with _pool(1) as pool:
            try:
                yield pool.submit(_read, folder, number, deadly).result()
                return
            except BrokenProcessPool:
                deaths.append(stopped_at(folder, number))


def _pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"), initializer=_load)


def _load() -> None:
    from sayso.reading import Reader

    global _reader
    _reader = Reader(threads=1)


def _read(folder: Path, number: int, deadly: tuple[int, ...]) -> Counts:
    assert _reader is not None
    return read_part(folder, number, _reader, deadly)
