"""How soon the desk answers with many at it: `python -m bench.desk --record bench.db`.

Twenty readers and three reviewers, all logged in, use the desk of a large record for two minutes, each in a thread and with a connection of its own, on
loopback. A reader looks at a page every two seconds or so: the first page, reports, reports with words in them, a report, incidents by filters, an incident,
losses, talks, a timeline. A reviewer accepts, rejects or corrects a claim as often, and now and then undoes what he did last. For each kind of page it tells
the median and the 95th percentile of the time that the desk took (its header Server-Timing) and that the reader waited; at the end, whether all that
reviewers were told to be done, and nothing else, is in the log and in the claims. It works on a copy of the record.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
import shutil
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import sqlalchemy as sa

from bench.record import CONFLICTS, conflicts
from sayso.record import Record
from sayso.record.history import log, review_of
from sayso.record.tables import claims, incidents, reports
from sayso.record.users import Users

READERS, REVIEWERS, SECONDS, PAUSE = 20, 3, 120, 2.0
BARS = {"first page": 300, "incident": 200}
"""Milliseconds at the 95th percentile of what the desk takes."""
STATES = {"accept": "accepted", "reject": "rejected", "correct": "corrected"}
PASSWORD = "a long enough password"
READER = "Reader"


class Crowd:
    """All that use the desk, and what they met with."""

    def __init__(self, record: Record, reports_in_it: int) -> None:
        self.base, self.until = "", 0.0
        self.taken: dict[str, list[tuple[float, float]]] = defaultdict(list)
        self.faults: Counter[str] = Counter()
        self.states: dict[str, str] = {}
        self.done: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
        """Of each reviewer what he was told to be done: the act and the claim, how often."""
        self._lock = threading.Lock()
        with record.database.reading() as connection:
            rows = connection.execute(sa.select(incidents.c.id).where(incidents.c.holders > 1).limit(4_000)).scalars().all()
            self.incidents = random.Random(1).sample(list(rows), min(400, len(rows)))
            texts = connection.execute(sa.select(reports.c.digest, reports.c.title).order_by(reports.c.number.desc()).limit(4_000)).all()
            self.reports = [(row.digest, row.title or "border") for row in random.Random(2).sample(list(texts), min(400, len(texts)))]
            found = connection.execute(sa.select(claims.c.id).where(claims.c.state == "proposed", claims.c.gone_in.is_(None)).limit(3_000)).scalars().all()
        self.claims = [list(found[n::REVIEWERS]) for n in range(REVIEWERS)]
        self.fought = conflicts(CONFLICTS, reports_in_it)
        users = Users(record)
        for name, role in (("Head", "administer"), (READER, "read"), *((f"Reviewer {n}", "review") for n in range(REVIEWERS))):
            users.add(name, role, PASSWORD)

    def use(self, base: str) -> None:
        """Let all of them use the desk there, until the time is over."""
        self.base = base
        names = [READER] * READERS + [f"Reviewer {n}" for n in range(REVIEWERS)]
        clients = [self._entered(name) for name in names]
        self.until = time.monotonic() + SECONDS
        threads = [threading.Thread(target=self._whole, args=(self.read, n, clients[n])) for n in range(READERS)]
        threads += [threading.Thread(target=self._whole, args=(self.review, n, clients[READERS + n])) for n in range(REVIEWERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _entered(self, name: str) -> httpx.Client:
        """The client of somebody who is logged in."""
        answer = httpx.post(f"{self.base}/api/v1/session", json={"name": name, "password": PASSWORD}, timeout=60)
        if not answer.is_success:
            sys.exit(f"{name} is not let in: {answer.text}")
        return httpx.Client(base_url=self.base, timeout=60, headers={"Authorization": f"Bearer {answer.json()['token']}"})

    def _whole(self, use: Callable[[int, httpx.Client], None], number: int, client: httpx.Client) -> None:
        """Somebody who stays until the end; whoever does not is a fault."""
        try:
            with client:
                use(number, client)
        except Exception as error:
            with self._lock:
                self.faults[f"{use.__name__} {number}: {type(error).__name__}: {error}"] += 1

    def met(self, kind: str, answer: httpx.Response, waited: float) -> None:
        """Note an answer."""
        told = re.search(r"dur=([\d.]+)", answer.headers.get("server-timing", ""))
        with self._lock:
            self.taken[kind].append((float(told[1]) if told else waited, waited))
            if answer.status_code >= 400:
                self.faults[f"{kind}: {answer.status_code}"] += 1

    def read(self, number: int, client: httpx.Client) -> None:
        """One reader."""
        rng = random.Random(number)
        while time.monotonic() < self.until:
            kind, address = self._page(rng)
            began = time.perf_counter()
            answer = client.get(address)
            self.met(kind, answer, (time.perf_counter() - began) * 1000)
            time.sleep(rng.expovariate(1 / PAUSE))

    def _page(self, rng: random.Random) -> tuple[str, str]:
        conflict = rng.choice(self.fought[:20])
        since = rng.choice(conflict.days).replace(day=1)
        dyad = f"dyad={','.join(conflict.sides)}&since={since}&until={since.replace(year=since.year + 1)}"
        digest, title = rng.choice(self.reports)
        return rng.choice([
            ("first page", "/"), ("reports", "/reports"), ("report", f"/reports/{digest}"), ("incidents", "/incidents?order=latest"),
            ("search", f"/reports?{urlencode({'words': max(title.split(), key=len)})}"),
            ("incidents, filtered", f"/incidents?{dyad}"), ("incident", f"/incidents/{rng.choice(self.incidents)}"),
            ("incident", f"/incidents/{rng.choice(self.incidents)}"), ("losses", f"/losses?{dyad}"), ("talks", f"/talks?{dyad}"),
            ("timeline", f"/timeline?{dyad}"),
        ])  # fmt: skip

    def review(self, number: int, client: httpx.Client) -> None:
        """One reviewer, whose claims are nobody else's."""
        rng, name, acts = random.Random(1_000 + number), f"Reviewer {number}", list[str]()
        while time.monotonic() < self.until and self.claims[number]:
            act = rng.choice(("accept", "reject", "correct", "undo") if acts else tuple(STATES))
            claim = acts[-1] if act == "undo" else self.claims[number].pop()
            body: dict[str, Any] = {} if act == "undo" else {"note": "bench"}
            if act == "correct":
                body["claim"] = client.get(f"/api/v1/claims/{claim}").raise_for_status().json()["claim"] | {"status": "negated"}
            began = time.perf_counter()
            answer = client.post("/api/v1/undo" if act == "undo" else f"/api/v1/claims/{claim}/{act}", json=body)
            self.met(act, answer, (time.perf_counter() - began) * 1000)
            if answer.status_code < 300:
                if act == "undo":
                    acts.pop()
                else:
                    acts.append(claim)
                self.states[claim] = STATES.get(act, "proposed")
                self.done[name][act, claim] += 1
            time.sleep(rng.expovariate(1 / PAUSE))

    def lost(self, record: Record) -> list[str]:
        """Claims that are not as their reviewer was told they were, and reviewers whose acts in the log are others than those that they were told of."""
        names = [f"Reviewer {n}" for n in range(REVIEWERS)]
        strangers = [name for name in names if Counter((e.action, e.target) for e in log(record, author=name)) != self.done[name]]
        return strangers + [claim for claim, state in self.states.items() if review_of(record, claim).state != state]


@contextmanager
def serving(record: Path) -> Iterator[str]:
    """The desk of a record, for a team, in a process of its own: its address."""
    process = subprocess.Popen([sys.executable, "-m", "sayso", "desk", "--record", str(record), "--port", "0", "--team"], stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        line = process.stderr.readline()
        base = re.search(r"http://\S+:\d+", line)
        if base is None:
            sys.exit(line + process.stderr.read())
        yield base[0]
    finally:
        process.terminate()
        sys.stderr.write(process.communicate()[1])


def main() -> int:
    """The command: 1 where anything failed, was lost, or took longer than it may."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--record", type=Path, default=Path("bench-record.db"), help="made by python -m bench.record")
    parser.add_argument("--reports", type=int, default=100_000, help="how many it was made with")
    options = parser.parse_args()
    copy = options.record.with_name(f"{options.record.stem}-desk.db")
    shutil.copy(options.record, copy)
    try:
        with Record(copy) as record:
            crowd = Crowd(record, options.reports)
            with serving(copy) as base:
                crowd.use(base)
            missing = crowd.lost(record)
    finally:
        for path in copy.parent.glob(f"{copy.name}*"):
            path.unlink()
    late = []
    for kind, taken in sorted(crowd.taken.items()):
        server, waited = (sorted(times) for times in zip(*taken, strict=True))
        at = math.ceil(len(taken) * 0.95) - 1
        p95 = server[at]
        told = {"page": kind, "asked": len(taken), "p50": server[len(server) // 2], "p95": p95, "waited p95": round(waited[at], 1)}
        print(json.dumps(told), flush=True)
        if p95 > BARS.get(kind, float("inf")):
            late.append(kind)
    print(json.dumps({"faults": crowd.faults, "acts": sum(done.total() for done in crowd.done.values()), "lost": len(missing), "late": late}))
    return 1 if crowd.faults or missing or late else 0


if __name__ == "__main__":
    sys.exit(main())
