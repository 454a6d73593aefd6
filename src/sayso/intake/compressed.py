"""Compressed bytes → the bytes within, as a stream, within bounds.

In: a stream whose first bytes were looked at. Out: a stream of what gzip or zstd holds; members one after another are one stream, as Common Crawl's archives
have them. What swells beyond all reason is refused while it swells, so that a small file can fill neither memory nor an evening.
"""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable
from typing import Any, BinaryIO

import zstandard

from sayso.errors import UnreadableReport

DEEPEST = 2
"""Times that something may be compressed within itself."""
SWELLING = 500
"""Bytes for each compressed byte, beyond the first 100 MB: texts shrink to a fourth or a tenth, lists of like lines to a hundredth."""
FREE = 100_000_000
_SUFFIXES = (".gz", ".zst", ".zstd")
_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"


def opened(stream: BinaryIO, name: str, head: int = 8192) -> tuple[bytes, BinaryIO, str]:
    """The first bytes of what a stream holds, uncompressed, the stream from its first byte on, and the name without its endings for compression.

    Raises:
        UnreadableReport: it is compressed again and again. Faults further on are raised where they are read.
    """
    plain = name
    for _ in range(DEEPEST + 1):
        raw: Any = _Whole(stream, name)
        whole = io.BufferedReader(raw, buffer_size=max(head, 65_536))
        first = whole.peek(head)[:head]
        inner = _inside(first, whole)
        if inner is None:
            return first, whole, plain
        stream = inner
        if plain.lower().endswith(_SUFFIXES):
            plain = plain.rpartition(".")[0]
    raise UnreadableReport(f"{name}: is compressed more than {DEEPEST} times over; unpack it")


def _inside(first: bytes, whole: BinaryIO) -> Any:
    """What is in it, None where it is not compressed."""
    if not first.startswith((_GZIP, _ZSTD)):
        return None
    packed: Any = _Counted(whole)
    made = gzip.GzipFile(fileobj=packed) if first.startswith(_GZIP) else zstandard.ZstdDecompressor().stream_reader(packed, read_across_frames=True)
    return _Bounded(made, lambda: packed.taken)


class _Counted(io.RawIOBase):
    """Counts the bytes that are taken from a stream."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self.taken = stream, 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        part = self._stream.read(size)
        self.taken += len(part)
        return part


class _Bounded(io.RawIOBase):
    """What is unpacked, as long as it bears some proportion to what was packed."""

    def __init__(self, stream: Any, packed: Callable[[], int]) -> None:
        self._stream, self._packed, self._given = stream, packed, 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        part: bytes = self._stream.read(size)
        self._given += len(part)
        if self._given > FREE + SWELLING * self._packed():
            raise OSError("it swells without end")
        return part


class _Whole(io.RawIOBase):
    """A stream that tells faults of compression as such of reading."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream, self._name = stream, name

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        try:
            part = self._stream.read(len(buffer))
        except (EOFError, zlib.error, gzip.BadGzipFile, zstandard.ZstdError) as error:
            reason = "it breaks off" if isinstance(error, EOFError) else " ".join(str(error).split())[:80] or "the compression is broken"
            raise UnreadableReport(f"{self._name}: cannot be unpacked ({reason}); get it again") from None
        except OSError as error:
            raise UnreadableReport(f"{self._name}: cannot be unpacked ({error.strerror or error}); get it again") from None
        buffer[: len(part)] = part
        return len(part)
