"""The folder that a run fills: what is called how in it, and files that appear whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Literal

import msgspec
import zstandard

from sayso.errors import UnusableRecord
from sayso.model import Report, Struct

FORM: Literal["sayso-bulk/1"] = "sayso-bulk/1"
State = Literal["read", "duplicate", "irrelevant", "other language", "failed"]
STATES: tuple[State, ...] = ("read", "duplicate", "irrelevant", "other language", "failed")


class Input(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One input, in the order of intake: where it was, and what became of it.

    `source` is the number of the file or address among those that were named, `item` the input's number within it. `why` says why it was not read, or what
    it is a duplicate of. `copy_of` is the id of an earlier report of nearly the same words, which is read all the same. `claims` is how many it has. """

    source: int
    item: int
    state: State
    report: str = ""
    digest: str = ""
    why: str = ""
    copy_of: str = ""
    claims: int = 0


class Staged(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An input with the report that is still to be read."""

    input: Input
    report: Report | None = None


class Counts(Struct, frozen=True, kw_only=True):
    """How many inputs came to which end, and how many claims there are."""

    read: int = 0
    duplicate: int = 0
    irrelevant: int = 0
    other_language: int = 0
    failed: int = 0
    claims: int = 0

    def plus(self, other: Counts) -> Counts:
        """Both together."""
        return Counts(**{name: getattr(self, name) + getattr(other, name) for name in self.__struct_fields__})

    @property
    def inputs(self) -> int:
        """All inputs."""
        return self.read + self.duplicate + self.irrelevant + self.other_language + self.failed


class Folder:
    """A run's folder, by the path."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def run(self) -> Path:
        """What was asked for."""
        return self.path / "run.json"

    def manifest(self) -> Path:
        """The sums, when all is done."""
        return self.path / "manifest.json"

    def part(self, kind: str, number: int) -> Path:
        """A part's file: of `readings`, `claims` or `manifest`; `staged` while it is not read."""
        if kind == "staged":
            return self.path / ".staged" / f"part-{number:06}.jsonl.zst"
        return self.path / kind / f"part-{number:06}.{'jsonl' if kind == 'manifest' else 'parquet'}"

    def end(self) -> Path:
        """How many parts there are, once all inputs have been taken in."""
        return self.path / ".staged" / "end"

    def seen(self) -> Path:
        """What texts have been seen."""
        return self.path / ".staged" / "seen.db"

    def numbers(self, kind: str) -> list[int]:
        """The parts that there are of a kind, in order."""
        folder = self.part(kind, 0).parent
        return sorted(int(path.name[5:11]) for path in folder.glob("part-*") if not path.name.endswith(".new") and path.name[5:11].isdigit())

    def inputs(self, number: int) -> list[Input]:
        """The inputs of a part that was read."""
        decoder = msgspec.json.Decoder(Input)
        return [decoder.decode(line) for line in self.part("manifest", number).read_bytes().splitlines()]

    def staged(self, number: int) -> list[Staged]:
        """The inputs of a part that waits."""
        decoder = msgspec.json.Decoder(Staged)
        return [decoder.decode(line) for line in zstandard.ZstdDecompressor().decompress(self.part("staged", number).read_bytes()).splitlines()]

    def counts(self) -> Counts:
        """What came of all parts that are read."""
        total = Counts()
        for number in self.numbers("manifest"):
            total = total.plus(counted(self.inputs(number)))
        return total


def counted(inputs: Iterable[Input]) -> Counts:
    """How many came to which end."""
    found = dict.fromkeys(STATES, 0)
    claims = 0
    for one in inputs:
        found[one.state] += 1
        claims += one.claims
    return Counts(claims=claims, **{state.replace(" ", "_"): n for state, n in found.items()})


def lines(values: Iterable[Any]) -> bytes:
    """Values as JSON lines."""
    encode = msgspec.json.Encoder().encode
    return b"".join(encode(value) + b"\n" for value in values)


def packed(values: Iterable[Any]) -> bytes:
    """Values as JSON lines in Zstandard."""
    return zstandard.ZstdCompressor(level=3).compress(lines(values))


def put(path: Path, write: bytes | Callable[[Path], None]) -> None:
    """Put a file in its place, whole: what is killed before leaves the place as it was.

    Raises:
        UnusableRecord: it cannot be written.
    """
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(write, bytes):
            new.write_bytes(write)
        else:
            write(new)
        with new.open("rb") as file:
            os.fsync(file.fileno())
        new.replace(path)
    except OSError as error:
        raise UnusableRecord(f"{path}: cannot be written ({error.strerror or error}); make room, or name another folder") from None
    finally:
        new.unlink(missing_ok=True)


def leftovers(folder: Path) -> Iterator[Path]:
    """What a killed process began to write."""
    yield from folder.glob("**/*.new")
