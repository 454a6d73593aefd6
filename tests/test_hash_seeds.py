"""Readings do not depend on the order of sets, which is another in each process: who is meant is asked for in one order, and everything is read alike."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROGRAM = """
import hashlib
from pathlib import Path
from sayso.intake import from_file
from sayso.reading import Reader
from sayso.resolve.entities import Resolver
from sayso.scoring import load
from sayso.scoring.records import as_report

asked = []
of = Resolver.of
def noted(self, i, *more):
    asked.append(i)
    return of(self, i, *more)
Resolver.of = noted
reader = Reader(threads=1)
texts = [next(iter(from_file(path))) for path in sorted(Path("examples").glob("*.txt"))]
for report in [*texts, *map(as_report, load(Path("corpus/train.jsonl")))]:
    asked.clear()
    reading = reader.read(report)
    print(report.id, hashlib.sha256(reading.to_json(explanations=True)).hexdigest(), hashlib.sha256(str(asked).encode()).hexdigest())
"""


def test_every_process_reads_alike() -> None:
    told = [
        subprocess.run([sys.executable, "-c", PROGRAM], env=os.environ | {"PYTHONHASHSEED": seed}, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        for seed in ("1", "3")
    ]
    assert told[0].count("\n") > 60
    assert told[0] == told[1]
