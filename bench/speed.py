"""Speed and memory of reading: `python -m bench.speed [--graph FILE] [--repeat N]`.

One run, one text (the example dispatches, over and over), one and two threads: words per second of a reference graph alone
(given by `--graph`: another export of the same encoder with the inputs ids, am, ty, wp), of our graph alone, of our parser
(words, graph, trees), and of the whole reading. Then, each in a process of its own, the cold start to the first claim and the
peak memory of reading one long report; and `sayso bulk` with one worker and two over reports of real length that `bench.bulk` makes, the
same words beside our graph alone, and what a million such reports would take. Ratios are what to compare: machines differ, and the same
machine differs by the hour.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from bench.bulk import make, whole
from sayso.intake import report_from_text
from sayso.model import Report
from sayso.reader import Parser
from sayso.reader.encode import Encoded, encode, pad
from sayso.reading import Reader

EXAMPLES = Path(__file__).parent.parent / "examples"
BATCH = 1024
"""Padded sub-tokens of a batch for the bare graphs."""
FIRST_CLAIM = "import sayso; print(len(sayso.read('Two soldiers were killed in shelling near Tovuz, the ministry said.', date='2020-07-13').claims))"
LONG_REPORT = """
import resource, sys, time
from pathlib import Path
import sayso
text = "\\n\\n".join(p.read_text() for p in sorted(Path(sys.argv[1]).glob("*.txt")))
text = "\\n\\n".join([text] * (1_000_000 // len(text) + 1))[:1_000_000]
began = time.perf_counter()
claims = len(sayso.read(text, date="2024-06-01").claims)
print(claims, round(time.perf_counter() - began, 1), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def reports() -> list[Report]:
    """The example dispatches, as reports."""
    return [report_from_text(p.read_text("utf-8"), published="2024-06-01") for p in sorted(EXAMPLES.glob("*.txt"))]


def batches(encoded: list[Encoded]) -> list[tuple[Any, ...]]:
    """Sentences of like length together, within `BATCH` padded sub-tokens."""
    made: list[list[Encoded]] = []
    for e in sorted(encoded, key=lambda e: len(e.ids)):
        if made and len(e.ids) * (len(made[-1]) + 1) <= BATCH:
            made[-1].append(e)
        else:
            made.append([e])
    return [pad(b) for b in made]


def bare(graph: Path, inputs: tuple[str, ...], made: list[tuple[Any, ...]], threads: int) -> Callable[[], object]:
    """Running one graph over all batches."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    session = onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
    feeds = [dict(zip(inputs, (a.astype(np.int64) for a in b), strict=True)) for b in made]
    return lambda: [session.run(None, feed) for feed in feeds]


def rate(work: Callable[[], object], words: int, repeat: int) -> float:
    """Words per second, the best of `repeat` runs after one to warm up."""
    work()
    best = float("inf")
    for _ in range(repeat):
        began = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - began)
    return words / best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--graph", type=Path, help="a reference graph to compare with")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--bulk", type=int, default=600, metavar="N", help="reports for the runs of sayso bulk; 0 leaves these out")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    texts = reports() * 3
    shipped = Parser(threads=1)
    forms = [[d.words[k] for k in range(s.first, s.last)] for d in map(shipped.parse, texts) for s in d.sentences]
    words = sum(map(len, forms))
    made = batches(encode(shipped._tokenizer, forms))
    weights = Path(sys.modules["sayso.reader"].__file__ or "").parent / "weights" / "reader.onnx"
    found: dict[str, dict[str, float]] = {}
    for threads in (1, 2):
        reader = Reader(threads=threads)
        column = f"{threads} thread{'s' if threads > 1 else ''}"
        rows = {}
        if args.graph:
            rows["reference graph alone"] = rate(bare(args.graph, ("ids", "am", "ty", "wp"), made, threads), words, args.repeat)
        rows["our graph alone"] = rate(bare(weights, ("ids", "mask", "shapes", "firsts"), made, threads), words, args.repeat)
        rows["parser"] = rate(lambda r=reader: [r._parser.parse(t) for t in texts], words, args.repeat)  # type: ignore[misc]
        rows["whole reading"] = rate(lambda r=reader: list(r.read_many(texts)), words, args.repeat)  # type: ignore[misc]
        found[column] = rows
    cold = min(_seconds(FIRST_CLAIM) for _ in range(args.repeat))
    claims, seconds, peak = subprocess.run([sys.executable, "-c", LONG_REPORT, str(EXAMPLES)], capture_output=True, text=True, check=True).stdout.split()
    many = in_bulk(args.bulk) if args.bulk else {}
    result = {"words": words, "words per second": found, "cold start to the first claim, s": round(cold, 2),
              "one report of 1 MB": {"claims": int(claims), "seconds": float(seconds), "peak memory, MB": int(peak)}, "bulk": many}  # fmt: skip
    if args.json:
        print(json.dumps(result, indent=1))
        return
    first = next(iter(found["1 thread"]))
    print(f"{words:,} words of {len(texts)} reports; words per second, and the ratio to the first row")
    for row in found["1 thread"]:
        print(f"  {row:24}" + "".join(f"{column}: {found[column][row]:8,.0f}  ×{found[column][row] / found[column][first]:.2f}   " for column in found))
    print(f"cold start to the first claim: {cold:.2f} s")
    print(f"one report of 1 MB: {claims} claims in {seconds} s, peak memory {peak} MB")
    for column, told in many.items():
        alone = found["1 thread" if column == "1 worker" else "2 threads"]["our graph alone"]
        pace = told["reports a second"]
        share = told["words a second"] / alone
        print(
            f"sayso bulk, {column}: {pace:.1f} reports and {told['words a second']:,} words a second (×{share:.2f} of our graph alone), "
            f"{told['most memory, MB']} MB; a million such reports: {1e6 / pace / 3600:.0f} hours"
        )


def in_bulk(reports: int) -> dict[str, dict[str, Any]]:
    """What runs of `sayso bulk` over so many reports take, by how many workers there are."""
    with tempfile.TemporaryDirectory() as folder:
        make(Path(folder) / "in", reports)
        return {
            f"{workers} worker{'s' if workers > 1 else ''}": whole(Path(folder) / "in", Path(folder) / f"out{workers}", [f"--workers={workers}"])
            for workers in (1, 2)
        }


def _seconds(program: str) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
