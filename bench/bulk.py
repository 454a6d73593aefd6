"""Many reports through `sayso bulk`: `python -m bench.bulk make|whole|killed|ray|same …`.

    python -m bench.bulk make IN --reports 20000      reports of real length, varied by program from ours
    python -m bench.bulk whole IN OUT                 an unbroken run: reports and words a second, memory over time
    python -m bench.bulk killed IN OUT --times 10     the same, its processes killed so many times on the way (SIGKILL)
    python -m bench.bulk ray IN OUT --nodes 3         the same on a cluster of so many node processes on this machine, one of them killed on the way
    python -m bench.bulk same OUT OTHER               whether two runs have the same files, byte for byte

**What is made.** The reports of `corpus/`, its incidents and the examples, cut into pieces of a few sentences. A report begins as one of these and goes on
with pieces of others, up to a length drawn from a log-normal distribution (median 260 words, at most 1,500), as news has; countries, nationals and capitals are
others in each report, and so are numbers. Of a hundred, 15 are about neither conflict nor diplomacy, 3 nearly repeat an earlier one, 2 repeat one to the
letter, 2 are German, 1 cannot be read. They stand in JSON lines, plain and packed by gzip and zstd, CSV, and text files. The same number gives the same files.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import zstandard

from sayso.bulk import Folder
from sayso.bulk.running import manifest_of
from sayso.lexicon import read_table

ROOT = Path(__file__).parent.parent
MEDIAN, SPREAD, LONGEST = 260, 0.5, 1_500
"""Words of a report."""
A_FILE = 500
"""Reports in a file."""
_SENTENCES = re.compile(r"(?<=[.!?”\"])\s+(?=[A-Z“\"])")
_NUMBER = re.compile(r"\b(?!(?:19|20)\d\d\b)\d{1,4}\b")
GENERAL = (
    "The soup needs an hour on a low fire. Stir it now and then, and add the herbs at the end.",
    "The river is low this summer, and the ferry goes only twice a day. Those who live on the other bank take the bridge.",
    "The choir sings on Sunday in the old hall. Tickets are to be had at the door, and children come in free.",
    "A new variety of apple ripens a week earlier. Growers in the valley say that it keeps until March.",
    "The library opens its reading room again after two years of repairs. The shelves came from a joiner in the town.",
    "The library has bought four hundred books for children. Most of them were printed last year.",
    "Rain is expected in the west from the afternoon on. In the hills the night will be cold for the season.",
    "The museum shows glass from three centuries. Its oldest bowl was found in a garden.",
)
GERMAN = (
    "Das Ministerium teilte mit, dass zwei Soldaten bei der Explosion einer Mine an der Brücke verletzt wurden.",
    "Die Gespräche gehen im Frühjahr weiter, sagte ein Sprecher.",
    "Nach Angaben von Anwohnern waren in der Nacht Schüsse zu hören.",
)


def bases() -> list[list[str]]:
    """Reports of ours, each in pieces."""
    texts = [json.loads(line)["text"] for name in ("train", "dev") for line in (ROOT / "corpus" / f"{name}.jsonl").read_text("utf-8").splitlines()]
    for name in ("dev", "test"):
        for line in (ROOT / "corpus" / "incidents" / f"{name}.jsonl").read_text("utf-8").splitlines():
            texts += [report["text"] for report in json.loads(line)["reports"]]
    texts += [path.read_text("utf-8") for path in sorted((ROOT / "examples").glob("*.txt"))[:13]]
    return [_pieces(text) for text in texts]


def _pieces(text: str) -> list[str]:
    made = []
    for paragraph in filter(None, (" ".join(p.split()) for p in text.split("\n\n"))):
        sentences = _SENTENCES.split(paragraph)
        made += [" ".join(sentences[at : at + 3]) for at in range(0, len(sentences), 3)]
    return made


class Varied:
    """Reports by number; the same each time."""

    def __init__(self) -> None:
        self._bases = bases()
        self._countries = [row for row in read_table("countries") if not row["to"] and row["adjectives"] and row["people"] and row["capital"]]
        self._words: dict[str, tuple[int, str, int]] = {}
        for at, row in enumerate(self._countries):
            for column in ("name", "adjectives", "people", "capital"):
                for place, word in enumerate(row[column].split("|")):
                    self._words.setdefault(word, (at, column, place))
        self._pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(self._words, key=len, reverse=True))) + r")\b")

    def report(self, number: int) -> dict[str, Any]:
        """The report of this number: `id`, `text`, `published`, `publisher`."""
        rng = random.Random(number)
        kind = number % 100
        if 75 <= kind < 90:
            text = "\n\n".join(rng.choice(GENERAL) + f" It is number {rng.randrange(100_000)}." for _ in range(rng.randint(3, 12)))
        elif 90 <= kind < 93:
            text = self.report(number - 50)["text"] + f"\n\nPrinted in edition {number}."
        elif 93 <= kind < 95:
            text = self.report(number - 50)["text"]
        elif 95 <= kind < 97:
            text = " ".join(rng.choice(GERMAN) for _ in range(8)) + f" Nummer {number}."
        elif kind == 97:
            text = ""
        else:
            text = self._conflict(rng)
        day = f"{2000 + number % 24}-{1 + number % 12:02}-{1 + number % 28:02}"
        return {"id": f"r{number}", "text": text, "published": day, "publisher": f"Wire {number % 40}"}

    def _conflict(self, rng: random.Random) -> str:
        length = min(LONGEST, int(MEDIAN * rng.lognormvariate(0, SPREAD)))
        pieces = list(rng.choice(self._bases)[: rng.randint(2, 4)])
        while sum(len(piece.split()) for piece in pieces) < length:
            pieces.append(rng.choice(rng.choice(self._bases)))
        shift = rng.randrange(1, len(self._countries))
        lead = {at: rng.randrange(len(self._countries)) for at in range(0, len(self._countries), 7)}

        def country(found: re.Match[str]) -> str:
            at, column, place = self._words[found[0]]
            words = self._countries[lead.get(at, (at + shift) % len(self._countries))][column].split("|")
            return words[min(place, len(words) - 1)]

        text = self._pattern.sub(country, "\n\n".join(pieces))
        return _NUMBER.sub(lambda found: str(max(1, int(int(found[0]) * rng.uniform(0.4, 2.5)))), text)


def make(out: Path, reports: int) -> None:
    """Write so many reports into a new folder, `A_FILE` a file; one file of text beside each."""
    out.mkdir(parents=True)
    varied = Varied()
    for first in range(0, reports, A_FILE):
        *many, last = (varied.report(number) for number in range(first, min(first + A_FILE, reports)))
        (out / f"{first:08}.txt").write_text(f"{last['published']}\n\n{last['text']}\n", "utf-8")
        lines = "".join(json.dumps(report, ensure_ascii=False) + "\n" for report in many).encode()
        match first // A_FILE % 4:
            case 0:
                (out / f"{first:08}.jsonl").write_bytes(lines)
            case 1:
                (out / f"{first:08}.jsonl.gz").write_bytes(gzip.compress(lines, mtime=0))
            case 2:
                (out / f"{first:08}.jsonl.zst").write_bytes(zstandard.compress(lines))
            case _:
                with (out / f"{first:08}.csv").open("w", encoding="utf-8", newline="") as stream:
                    table = csv.DictWriter(stream, ["id", "text", "published", "publisher"])
                    table.writeheader()
                    table.writerows(many)


class Running:
    """A run of `sayso bulk` in a group of processes of its own, and the memory that the group takes."""

    def __init__(self, source: Path, out: Path, *options: str) -> None:
        self.memory: list[tuple[float, int]] = []
        self._began = time.monotonic()
        self._command = subprocess.Popen(
            [sys.executable, "-m", "sayso", "bulk", str(source), "--out", str(out), *options], stdout=subprocess.PIPE, text=True, start_new_session=True
        )

    def wait(self, seconds: float = float("inf")) -> str | None:
        """What the run says at its end; None where it still goes on after so many seconds."""
        until = time.monotonic() + seconds
        while self._command.poll() is None and time.monotonic() < until:
            self.memory.append((time.monotonic() - self._began, _memory(self._command.pid)))
            time.sleep(1)
        if self._command.poll() is None:
            return None
        told = self._command.communicate()[0]
        if self._command.returncode not in (0, 1):  # 1: some inputs could not be read, as is meant
            raise SystemExit(f"sayso bulk ended with {self._command.returncode}: {told}")
        return told.strip()

    def kill(self) -> None:
        """End all its processes at once, as loss of power would."""
        os.killpg(self._command.pid, signal.SIGKILL)
        self._command.wait()


def _memory(group: int) -> int:
    """Bytes in memory that the processes of a group take together, pages that they share counted once each."""
    found = 0
    for path in Path("/proc").glob("[0-9]*"):
        try:
            if os.getpgid(int(path.name)) == group:
                found += int(re.search(r"^Pss:\s+(\d+) kB", (path / "smaps_rollup").read_text("ascii"), re.M)[1]) * 1024  # type: ignore[index]
        except (OSError, TypeError):  # it ended meanwhile
            continue
    return found


def whole(source: Path, out: Path, options: list[str]) -> dict[str, Any]:
    """An unbroken run: its rate, and its memory by tenths of the time."""
    began = time.monotonic()
    run = Running(source, out, *options)
    told = run.wait()
    seconds = time.monotonic() - began
    counts = manifest_of(Folder(out)).counts
    words = sum(len(text.split()) for text in _texts(out))
    tenths = [[mb for at, mb in run.memory if n <= at * 10 / seconds < n + 1] for n in range(10)]
    return {
        "told": told, "seconds": round(seconds, 1), "reports a second": round(counts.read / seconds, 2),
        "inputs a second": round(counts.inputs / seconds, 2), "words": words, "words a second": round(words / seconds),
        "most memory, MB": round(max(held for _, held in run.memory) / 1e6),
        "memory by tenths of the time, MB": [round(max(tenth, default=0) / 1e6) for tenth in tenths],
        "bytes written": sum(path.stat().st_size for path in out.rglob("*") if path.is_file()),
    }  # fmt: skip


def _texts(out: Path) -> Iterator[str]:
    from pyarrow import parquet

    for path in sorted((out / "readings").glob("*.parquet")):
        yield from parquet.read_table(path, columns=["text"]).column("text").to_pylist()


def killed(source: Path, out: Path, times: int, within: float, options: list[str]) -> dict[str, Any]:
    """A run killed so many times, at moments drawn by chance from the seconds that an unbroken one takes."""
    rng = random.Random(times)
    moments = []
    for _ in range(times):
        run = Running(source, out, *options)
        if run.wait(rng.uniform(0.3, 1.5) * within / (times + 1)) is not None:
            break
        run.kill()
        moments.append(len(list((out / "manifest").glob("*.jsonl"))))
        print(f"killed with {moments[-1]} parts done", flush=True)
    return {"told": Running(source, out, *options).wait(), "killed with so many parts done": moments}


def ray(source: Path, out: Path, nodes: int, options: list[str]) -> dict[str, Any]:
    """A run on a cluster of node processes; one that is not the head is killed when a third of the parts are done."""
    beside = Path(sys.executable).with_name("ray")
    folder = Path("/tmp") / f"ray-{os.getpid()}"  # Ray's sockets need a short path
    address, started = f"127.0.0.1:{_port()}", []
    environment = os.environ | {"RAY_TMPDIR": str(folder), "RAY_DISABLE_IMPORT_WARNING": "1"}
    try:
        for node in range(nodes):
            where = ["--head", f"--port={address.rpartition(':')[2]}", "--include-dashboard=false"] if not node else [f"--address={address}"]
            room = ["--num-cpus=1", "--object-store-memory=200000000", "--node-ip-address=127.0.0.1"]
            command = [str(beside), "start", *where, *room, "--block", "--disable-usage-stats"]
            started.append(subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True))
            time.sleep(15 if not node else 5)
        began = time.monotonic()
        run = Running(source, out, "--ray", address, *options)
        lost = None
        while (told := run.wait(2)) is None:
            parts, done = len(list((out / ".staged").glob("**/*.json*"))), len(list((out / "manifest").glob("*.jsonl")))
            if lost is None and done >= max(3, parts // 3):
                os.killpg(started[-1].pid, signal.SIGKILL)
                started[-1].wait()
                lost = done
                print(f"a node killed with {done} parts done", flush=True)
        return {"told": told, "seconds": round(time.monotonic() - began), "nodes": nodes, "one killed with so many parts done": lost}
    finally:
        for node in started:
            if node.poll() is None:
                os.killpg(node.pid, signal.SIGKILL)
        shutil.rmtree(folder, ignore_errors=True)


def _port() -> int:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def same(one: Path, other: Path) -> dict[str, Any]:
    """Whether two runs have the same files; which differ."""
    left, right = ({str(p.relative_to(run)): p for p in run.rglob("*") if p.is_file()} for run in (one, other))
    differ = sorted(name for name in left.keys() | right.keys() if name not in left or name not in right or left[name].read_bytes() != right[name].read_bytes())
    return {"files": len(left), "differ": differ}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask = parser.add_subparsers(dest="what", required=True)
    for name in ("make", "whole", "killed", "ray", "same"):
        one = ask.add_parser(name)
        one.add_argument("source", type=Path)
        if name != "make":
            one.add_argument("out", type=Path)
        if name in ("whole", "killed", "ray"):
            one.add_argument("--workers", type=int)
    ask.choices["make"].add_argument("--reports", type=int, default=20_000)
    ask.choices["killed"].add_argument("--times", type=int, default=10)
    ask.choices["killed"].add_argument("--within", type=float, default=1_200, help="seconds that an unbroken run takes")
    ask.choices["ray"].add_argument("--nodes", type=int, default=3)
    args = parser.parse_args()
    options = [f"--workers={args.workers}"] if getattr(args, "workers", None) else []
    match args.what:
        case "make":
            make(args.source, args.reports)
            return
        case "whole":
            found = whole(args.source, args.out, options)
        case "killed":
            found = killed(args.source, args.out, args.times, args.within, options)
        case "ray":
            found = ray(args.source, args.out, args.nodes, options)
        case _:
            found = same(args.source, args.out)
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
