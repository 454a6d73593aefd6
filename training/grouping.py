"""Fit the weights by which claims are grouped: `python -m training.grouping SETS… [--out FILE]`.

In: annotated sets of reports (JSON lines). Every pair of claims that shares a block and does not exclude each other is about one incident or is
not, once for the annotated claims and once for the claims that the reader makes of the raw text and that match an annotated one; a logistic
regression weighs what can be said of the pair. Out: `src/sayso/record/weights.tsv` with new weights, its words as they were. A weight stays zero
where fewer than a few pairs have its key, and the sum must be read as log-odds among claims of reports on one affair: in a record of many affairs
most pairs never meet, for they share no block.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

import msgspec
import numpy as np

from sayso.reading import Reader
from sayso.record import grouping
from sayso.record.told import Told, told
from sayso.scoring.incidents import Named, claims_of, read_claims
from sayso.scoring.records import as_report
from sayso.scoring.sets import IncidentSet, load_sets

RIDGE = 0.6
"""Pull towards zero of each weight, in pairs."""
STEPS = 60
LEAST = 3
"""Pairs that must have a key before it is given a weight."""

Rows = list[tuple[list[str], bool]]


def rows(one: IncidentSet, claims: list[Named]) -> Rows:
    """For each pair of claims that may be about one incident: what can be said of it, and whether it is."""
    home = {name: incident.id for incident in one.incidents for name in incident.claims}
    tolds = [msgspec.structs.replace(made, claim=c.name) for c in claims if c.name in home and (made := told(c.claim, c.report))]
    held: dict[str, list[Told]] = defaultdict(list)
    for t in tolds:
        for key in set(grouping.blocks(t)):
            held[key].append(t)
    pairs = {(a.claim, b.claim): (a, b) for group in held.values() for a, b in combinations(sorted(group, key=lambda t: t.claim), 2)}
    found = ((grouping.said_of(a, b), home[a.claim] == home[b.claim]) for _, (a, b) in sorted(pairs.items()))
    return [(keys, same) for keys, same in found if keys is not None]


def fit(data: Rows) -> dict[str, float]:
    """Log-odds by key, `always` among them: Newton's method on the penalised likelihood."""
    seen = Counter(k for keys, _ in data for k in keys)
    names = ["always", *sorted(k for k, n in seen.items() if n >= LEAST)]
    column = {name: j for j, name in enumerate(names)}
    given = np.zeros((len(data), len(names)))
    given[:, 0] = 1
    for i, (keys, _) in enumerate(data):
        for key in keys:
            if key in column:
                given[i, column[key]] = 1
    same = np.array([y for _, y in data], float)
    weights, pull = np.zeros(len(names)), np.full(len(names), RIDGE)
    pull[0] = 1e-3
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-given @ weights))
        slope = given.T @ (same - chance) - pull * weights
        weights += np.linalg.solve((given * (chance * (1 - chance))[:, None]).T @ given + np.diag(pull), slope)
    return dict(zip(names, weights.tolist(), strict=True))


def written(weights: dict[str, float], old: str) -> str:
    """The file with new weights."""
    lines = []
    for line in old.splitlines():
        cells = line.split("\t")
        fresh = len(cells) == 3 and not line.startswith("#") and cells[0] != "key"
        lines.append(f"{cells[0]}\t{weights.get(cells[0], 0.0):.2f}\t{cells[2]}" if fresh else line)
    return "\n".join(lines) + "\n"


def main() -> None:
    """Reads, fits, writes."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("sets", nargs="+", type=Path)
    arguments.add_argument("--out", type=Path, default=grouping.WEIGHTS)
    args = arguments.parse_args()
    reader = Reader(threads=1)
    data: Rows = []
    for one in (one for path in args.sets for one in load_sets(path)):
        data += rows(one, [c for report in one.reports for c in claims_of(report)])
        data += rows(one, read_claims(one, {report.id: reader.read(as_report(report)) for report in one.reports}))
    weights = fit(data)
    args.out.write_text(written(weights, grouping.WEIGHTS.read_text("utf-8")), "utf-8")
    print(f"{len(data)} pairs, {sum(same for _, same in data)} of one incident, {len(weights)} weights")


if __name__ == "__main__":
    main()
