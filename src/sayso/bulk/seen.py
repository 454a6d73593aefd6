"""Which texts were seen before: the same ones, and ones of nearly the same words.

In: texts in the order of intake. Out: the first report of the same text, and the first of nearly the same. What was seen is kept in a file, so that it may
be more than memory holds, and a run that was killed goes on with it. """

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import NamedTuple

import numpy as np
from rensa import RMinHash

from sayso.model import Report
from sayso.record.copies import runs

HASHES, BANDS = 72, 12
"""With 12 bands of 6, of texts that share eight tenths of all their runs of words 97 in 100 are found, of such as share nine tenths all."""
ALIKE = 0.7
"""The share of equal hashes from which on two texts are near-copies: about that of all their runs of words which they share."""
_SEED = 20200713


class Known(NamedTuple):
    """What a text is known as: the id of the first report with the same text, and of the first with nearly the same; empty for none."""

    same: str
    near: str


class Seen:
    """Texts that were seen."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = sqlite3.connect(path, isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "cache_size=-65536"):
            self._file.execute(f"PRAGMA {pragma}")
        for table in (
            "texts (number INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, report TEXT NOT NULL, sketch BLOB NOT NULL)",
            "bands (band INTEGER NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (band, number)) WITHOUT ROWID",
        ):
            self._file.execute(f"CREATE TABLE IF NOT EXISTS {table}")
        self._file.execute("BEGIN")

    def look(self, report: Report) -> Known:
        """What the report's text is known as; it is known from now on itself."""
        known = self._file.execute("SELECT report FROM texts WHERE digest = ?", (report.digest,)).fetchone()
        if known is not None:
            return Known(known[0], "")
        sketch = _sketch(report.text)
        bands = [int(b) for b in _bands(sketch)]
        marks = ",".join("?" * len(bands))
        near = ""
        query = f"SELECT number, report, sketch FROM texts WHERE number IN (SELECT number FROM bands WHERE band IN ({marks})) ORDER BY number"
        for _, name, other in self._file.execute(query, bands):
            if np.mean(np.frombuffer(other, np.uint32) == sketch) >= ALIKE:
                near = name
                break
        number = self._file.execute("INSERT INTO texts (digest, report, sketch) VALUES (?, ?, ?)", (report.digest, report.id, sketch.tobytes())).lastrowid
        self._file.executemany("INSERT OR IGNORE INTO bands VALUES (?, ?)", [(band, number) for band in bands])
        return Known("", near)

    def keep(self) -> None:
        """Keep what was seen until now, whatever comes."""
        self._file.execute("COMMIT")
        self._file.execute("BEGIN")

    def close(self) -> None:
        """Let go of the file; what was not kept is forgotten."""
        self._file.execute("ROLLBACK")
        self._file.close()


def _sketch(text: str) -> np.ndarray:
    sketch = RMinHash(num_perm=HASHES, seed=_SEED)
    sketch.update(sorted(runs(text)))
    return np.array(sketch.digest(), dtype=np.uint32)


def _bands(sketch: np.ndarray) -> np.ndarray:
    """A number for each band, which holds the band's own."""
    rows = sketch.reshape(BANDS, -1).astype(np.uint64)
    value = np.arange(BANDS, dtype=np.uint64)
    for column in rows.T:
        value = value * np.uint64(6_364_136_223_846_793_005) + column  # wraps, as it should
    return value.astype(np.int64)
