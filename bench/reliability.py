"""How far stated confidence can be trusted: `python -m bench.reliability "own dev=corpus/dev.jsonl" … [--svg docs/reliability.svg]`.

In: annotated reports (JSON lines), each set with its name. Out: for each set a table of confidence against the share strictly right, as a
Markdown table, and a plot of up to four sets.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from sayso.reading import Reader
from sayso.scoring import load, read_all, score
from sayso.scoring.measures import BINS, Bin
from sayso.scoring.page import reliability_plot


def table(series: dict[str, list[Bin]]) -> str:
    """Rows of confidence, a column for each set: claims, and the share of them that is strictly right."""
    lines = ["| confidence | " + " | ".join(series) + " |", "|---|" + "---|" * len(series)]
    for b in range(BINS):
        cells = [next((f"{held.right:.2f} ({held.claims})" for held in bins if round(held.low * BINS) == b), "–") for bins in series.values()]
        if any(cell != "–" for cell in cells):
            lines.append(f"| {b / BINS:.1f}–{(b + 1) / BINS:.1f} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", metavar="NAME=FILE")
    parser.add_argument("--svg", type=Path)
    args = parser.parse_args()
    reader, series = Reader(), {}
    for given in args.sets:
        name, _, path = given.rpartition("=")
        reports = load(Path(path))
        series[name or Path(path).stem] = score(reports, read_all(reports, reader)).reliability
    print(table(series))
    if args.svg:
        args.svg.write_text(reliability_plot(series), "utf-8")


if __name__ == "__main__":
    main()
