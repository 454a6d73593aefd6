"""A run from its inputs to its manifest, begun anew or gone on with.

In: what is asked for. Out: a folder, and on the way how far it is. The same again goes on where it was, or says what was found where all is done; anything
else is refused, so that two runs are never in one folder. """

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import msgspec

from sayso import __version__
from sayso.bulk import cluster, local
from sayso.bulk.layout import FORM, Counts, Folder, leftovers, put
from sayso.bulk.staging import PART, Intake, listed
from sayso.errors import BadOption, UnusableRecord
from sayso.intake import Given
from sayso.intake.build import checked_date
from sayso.intake.tables import columns as chosen
from sayso.languages import readable
from sayso.model import Struct
from sayso.reader.digest import model_digest
from sayso.relevance import Relevance


class Source(Struct, frozen=True, kw_only=True):
    """A file or an address, and the bytes that the file has."""

    name: str
    size: int | None


class Run(Struct, frozen=True, kw_only=True):
    """What is asked for: the form of `run.json`. A run goes on only with the same."""

    form: Literal["sayso-bulk/1"] = FORM
    sayso: str = __version__
    reader: str
    languages: list[str]
    sources: list[Source]
    date: str | None
    publisher: str | None
    columns: str | None
    relevance: bool
    skip_copies: bool
    part: int


class Manifest(Struct, frozen=True, kw_only=True):
    """The sums of a run that is done: the form of `manifest.json`."""

    form: Literal["sayso-bulk/1"] = FORM
    parts: int
    counts: Counts


class Progress(Struct, frozen=True, kw_only=True):
    """How far a run is: parts put down and read, whether all inputs have been taken in, and what came of those that are read.

    `expected` is how many parts there will be, by the bytes of the inputs that were taken in; None where that cannot be told.
    """

    staged: int
    done: int
    complete: bool
    counts: Counts
    expected: int | None = None


def bulk(
    inputs: Sequence[str],
    out: Path,
    *,
    workers: int | None = None,
    ray: str | None = None,
    date: str | None = None,
    publisher: str | None = None,
    columns: str | None = None,
    relevance: bool = True,
    skip_copies: bool = False,
    part: int = PART,
    progress: Callable[[Progress], None] = lambda _: None,
) -> Manifest:
    """Read all inputs into a folder; gone on with where it was begun before.

    Args:
        inputs: files, folders, addresses.
        workers: processes; by default as many as there are processors.
        ray: the address of a Ray cluster, to read there.
        relevance: whether reports without conflict and diplomacy are left out.
        skip_copies: whether reports of nearly the words of earlier ones are left out.
        part: reports of a part; the output has other files with another number.

    Raises:
        BadOption: an option cannot be used, or the folder holds another run or something else.
        UnusableRecord: the folder cannot be written.
    """
    checked_date(date)
    run = Run(
        reader=model_digest(), languages=sorted(readable()), sources=[Source(name=name, size=_size(name)) for name in listed(inputs)], date=date,
        publisher=publisher, columns=columns, relevance=relevance, skip_copies=skip_copies, part=part,
    )  # fmt: skip
    folder = _begun(out, run)
    if folder.manifest().exists():
        return manifest_of(folder)
    with locked(folder):
        return _run(folder, run, workers, ray, progress)


def _run(folder: Folder, run: Run, workers: int | None, ray: str | None, progress: Callable[[Progress], None]) -> Manifest:
    given = Given(published=run.date, publisher=run.publisher)
    filtered = Relevance() if run.relevance else None
    intake = Intake(folder, [s.name for s in run.sources], given, chosen(run.columns), filtered, run.skip_copies, run.part)
    total, done = folder.counts(), len(folder.numbers("manifest"))

    def told(counts: Counts) -> None:
        nonlocal total, done
        total, done = total.plus(counts), done + 1
        staged = len({*folder.numbers("staged"), *folder.numbers("manifest")}) if done % 10 == 0 or done < 10 else done
        complete, staged = folder.end().exists(), max(staged, done)
        expected = staged if complete else _expected(run.sources, intake.reached(), staged)
        progress(Progress(staged=staged, done=done, complete=complete, counts=total, expected=expected))

    if ray is not None:
        for _ in intake.parts():
            pass
        for counts in cluster.read_parts(folder.path, _waiting(folder), workers, ray):
            told(counts)
    else:
        for counts in local.read_parts(folder.path, _all(folder, intake), workers or os.cpu_count() or 1):
            told(counts)
    return _finished(folder)


def _expected(sources: Sequence[Source], reached: tuple[int, int], staged: int) -> int | None:
    """How many parts there will be, where the sizes of all inputs are known and a hundredth of them has been taken in."""
    sizes = [source.size for source in sources]
    if None in sizes or not (whole := sum(size or 0 for size in sizes)):
        return None
    share = min(1.0, (sum(size or 0 for size in sizes[: reached[0]]) + reached[1]) / whole)
    return max(staged, round(staged / share)) if share > 0.01 else None


@contextmanager
def locked(folder: Folder) -> Iterator[None]:
    """Keep others out of a folder while a run goes on in it; whatever ends this process lets them in again.

    Raises:
        BadOption: another process runs there.
    """
    folder.end().parent.mkdir(parents=True, exist_ok=True)
    lock = sqlite3.connect(folder.path / ".staged" / "lock.db", timeout=0, isolation_level=None)
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError:
        raise BadOption(f"{folder.path}: another process is filling it; wait for it, or name another folder") from None
    else:
        yield
    finally:
        lock.close()


def manifest_of(folder: Folder) -> Manifest:
    """The sums of a run that is done.

    Raises:
        UnusableRecord: it is not.
    """
    try:
        return msgspec.json.decode(folder.manifest().read_bytes(), type=Manifest)
    except (OSError, msgspec.MsgspecError):
        raise UnusableRecord(f"{folder.path}: is no finished run of sayso bulk; run it again, it goes on where it was") from None


def _waiting(folder: Folder) -> list[int]:
    return [number for number in folder.numbers("staged") if not folder.part("manifest", number).exists()]


def _all(folder: Folder, intake: Intake) -> Iterator[int]:
    """What waits, then what comes."""
    yield from _waiting(folder)
    yield from intake.parts()


def _finished(folder: Folder) -> Manifest:
    number = int(folder.end().read_text("ascii"))
    if folder.numbers("manifest") != list(range(number)):
        raise UnusableRecord(f"{folder.path}: a part is missing; run it again, it goes on where it was")
    found = Manifest(parts=number, counts=folder.counts())
    put(folder.manifest(), msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n")
    shutil.rmtree(folder.path / ".staged", ignore_errors=True)  # the lock lies in it, which some systems hold on to
    return found


def _begun(out: Path, run: Run) -> Folder:
    """The folder, where it is new or of the same run."""
    folder = Folder(out)
    if out.exists() and not out.is_dir():
        raise BadOption(f"{out}: is a file; name a folder")
    if folder.run().exists():
        try:
            before = msgspec.json.decode(folder.run().read_bytes(), type=Run)
        except msgspec.MsgspecError:
            raise BadOption(f"{folder.run()}: was not written by this version of sayso; name a new folder") from None
        if before != run:
            other = [name for name in Run.__struct_fields__ if getattr(before, name) != getattr(run, name)]
            raise BadOption(f"{out}: holds a run with another {', '.join(other)}; name a new folder, or ask for the same to go on")
        for path in leftovers(out):
            path.unlink()
    elif out.exists() and any(out.iterdir()):
        raise BadOption(f"{out}: holds other files; name a new folder")
    else:
        put(folder.run(), msgspec.json.format(msgspec.json.encode(run), indent=1) + b"\n")
    return folder


def _size(name: str) -> int | None:
    try:
        return Path(name).stat().st_size if "://" not in name else None
    except (OSError, ValueError):
        return None
