"""How soon the desk answers with many at it: `python -m bench.desk --record bench.db`.

Twenty readers and three reviewers use the desk of a large record for two minutes, each in a thread and with a connection of its own, on loopback. A reader
looks at a page every two seconds or so: the first page, reports, a report, incidents by filters, an incident, losses, talks, a timeline. A reviewer accepts,
rejects or corrects a claim as often. For each kind of page it tells the median and the 95th percentile of the time that the desk took (its header
Server-Timing) and that the reader waited, and at the end whether all that a reviewer was told to be done is in the record. It works on a copy of the record.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import httpx
import sqlalchemy as sa

from bench.record import CONFLICTS, conflicts
from sayso.record import Record
from sayso.record.history import review_of
from sayso.record.tables import claims, incidents, reports

READERS, REVIEWERS, SECONDS, PAUSE = 20, 3, 120, 2.0
BARS = {"first page": 300, "incident": 200}
"""Milliseconds at the 95th percentile of what the desk takes."""


class Crowd:
    """All that use the desk, and what they met with."""

    def __init__(self, base: str, record: Record, reports_in_it: int) -> None:
        self.base, self.until = base, time.monotonic() + SECONDS
        self.taken: dict[str, list[tuple[float, float]]] = defaultdict(list)
        self.faults: Counter[str] = Counter()
        self.settled: dict[str, str] = {}
        self._lock = threading.Lock()
        with record.database.reading() as connection:
            rows = connection.execute(sa.select(incidents.c.id).where(incidents.c.holders > 1).limit(4_000)).scalars().all()
            self.incidents = random.Random(1).sample(list(rows), min(400, len(rows)))
            texts = connection.execute(sa.select(reports.c.digest).order_by(reports.c.number.desc()).limit(4_000)).scalars().all()
            self.reports = random.Random(2).sample(list(texts), min(400, len(texts)))
            found = connection.execute(sa.select(claims.c.id).where(claims.c.state == "proposed", claims.c.gone_in.is_(None)).limit(3_000)).scalars().all()
        self.claims = [list(found[n::REVIEWERS]) for n in range(REVIEWERS)]
        self.fought = conflicts(CONFLICTS, reports_in_it)

    def met(self, kind: str, answer: httpx.Response, waited: float) -> None:
        """Note an answer."""
        told = re.search(r"dur=([\d.]+)", answer.headers.get("server-timing", ""))
        with self._lock:
            self.taken[kind].append((float(told[1]) if told else waited, waited))
            if answer.status_code >= 400:
                self.faults[f"{kind}: {answer.status_code}"] += 1

    def read(self, number: int) -> None:
        """One reader."""
        rng = random.Random(number)
        with httpx.Client(base_url=self.base, timeout=60) as client:
            while time.monotonic() < self.until:
                kind, address = self._page(rng)
                began = time.perf_counter()
                try:
                    self.met(kind, client.get(address), (time.perf_counter() - began) * 1000)
                except httpx.HTTPError as error:
                    with self._lock:
                        self.faults[f"{kind}: {type(error).__name__}"] += 1
                time.sleep(rng.expovariate(1 / PAUSE))

    def _page(self, rng: random.Random) -> tuple[str, str]:
        conflict = rng.choice(self.fought[:20])
        since = rng.choice(conflict.days).replace(day=1)
        dyad = f"dyad={','.join(conflict.sides)}&since={since}&until={since.replace(year=since.year + 1)}"
        return rng.choice([
            ("first page", "/"), ("reports", "/reports"), ("report", f"/reports/{rng.choice(self.reports)}"), ("incidents", "/incidents?order=latest"),
            ("incidents, filtered", f"/incidents?{dyad}"), ("incident", f"/incidents/{rng.choice(self.incidents)}"),
            ("incident", f"/incidents/{rng.choice(self.incidents)}"), ("losses", f"/losses?{dyad}"), ("talks", f"/talks?{dyad}"),
            ("timeline", f"/timeline?{dyad}"),
        ])  # fmt: skip

    def review(self, number: int) -> None:
        """One reviewer, whose claims are nobody else's."""
        rng = random.Random(1_000 + number)
        with httpx.Client(base_url=f"{self.base}/api/v1", timeout=60) as client:
            while time.monotonic() < self.until and self.claims[number]:
                claim = self.claims[number].pop()
                act = rng.choice(("accept", "reject", "correct"))
                began = time.perf_counter()
                body: dict[str, Any] = {"note": "bench"}
                if act == "correct":
                    held = client.get(f"/claims/{claim}").json()["claim"]
                    body = {"claim": held | {"status": "negated"}, "note": "bench"}
                answer = client.post(f"/claims/{claim}/{act}", json=body)
                self.met(act, answer, (time.perf_counter() - began) * 1000)
                if answer.status_code < 300:
                    self.settled[claim] = {"accept": "accepted", "reject": "rejected", "correct": "corrected"}[act]
                time.sleep(rng.expovariate(1 / PAUSE))


def lost(record: Record, settled: dict[str, str]) -> list[str]:
    """Claims that are not as a reviewer was told they were."""
    return [claim for claim, state in settled.items() if review_of(record, claim).state != state]


def main() -> int:
    """The command: 1 where anything failed, was lost, or took longer than it may."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--record", type=Path, default=Path("bench-record.db"), help="made by python -m bench.record")
    parser.add_argument("--reports", type=int, default=100_000, help="how many it was made with")
    options = parser.parse_args()
    copy = options.record.with_name(f"{options.record.stem}-desk.db")
    shutil.copy(options.record, copy)
    command = [sys.executable, "-m", "sayso", "desk", "--record", str(copy), "--port", "0"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        base = re.search(r"http://\S+:\d+", process.stderr.readline())
        assert base
        with Record(copy) as record:
            crowd = Crowd(base[0], record, options.reports)
            threads = [threading.Thread(target=crowd.read, args=(n,)) for n in range(READERS)]
            threads += [threading.Thread(target=crowd.review, args=(n,)) for n in range(REVIEWERS)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            missing = lost(record, crowd.settled)
    finally:
        process.terminate()
        process.wait()
        for path in copy.parent.glob(f"{copy.name}*"):
            path.unlink()
    late = []
    for kind, taken in sorted(crowd.taken.items()):
        server, waited = (sorted(times) for times in zip(*taken, strict=True))
        p95 = server[min(len(server) - 1, int(len(server) * 0.95))]
        told = {"page": kind, "asked": len(taken), "p50": server[len(server) // 2], "p95": p95, "waited p95": round(waited[int(len(waited) * 0.95) - 1], 1)}
        print(json.dumps(told), flush=True)
        if p95 > BARS.get(kind, float("inf")):
            late.append(kind)
    print(json.dumps({"faults": crowd.faults, "acts": len(crowd.settled), "lost": len(missing), "late": late}))
    return 1 if crowd.faults or missing or late else 0


if __name__ == "__main__":
    sys.exit(main())
