"""Accuracy on public data: `python -m bench.accuracy --data FOLDER [--only NAME] [--json FILE]`.

Four parts: attribution (PolNeAR dev), events (PLOVER's records), places (TR-News, GeoWebNews), dates (TempEval-3's TBAQ). Each figure has its
95 % interval over resampled documents, its size, and what others report, on which set. A set that is not in the folder is named and
skipped, with the command that brings it.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import asdict
from pathlib import Path

from bench.accuracy import attribution, dates, events, places
from bench.accuracy.folder import CLONES, Folder, Missing

PARTS = {"attribution": attribution.measure, "events": events.measure, "places": places.measure, "dates": dates.measure}


def main() -> int:
    """Prints the figures; 0 when all parts ran, 1 when some set was missing."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--data", type=Path, default=Path("bench/data"), help="folder of public data")
    arguments.add_argument("--only", choices=PARTS, help="one part")
    arguments.add_argument("--json", type=Path, metavar="FILE", help="also write the figures as JSON")
    args = arguments.parse_args()
    folder = Folder(args.data)
    if not args.data.is_dir():
        print(f"{args.data} is no folder; fill it with these commands, then run this again:", file=sys.stderr)
        for name in CLONES:
            print(f"  {folder.command(name)}", file=sys.stderr)
        return 1
    done, missing = [], []
    for name in [args.only] if args.only else PARTS:
        began = time.perf_counter()
        print(f"\n{name}: value [95 % interval], how many, what others report")
        try:
            for figure in PARTS[name](folder):
                print(f"  {figure}", flush=True)
                done.append(figure)
        except Missing as error:
            missing.append(name)
            print(f"  skipped: its data are missing; bring them with\n    {error}", file=sys.stderr, flush=True)
        print(f"  ({time.perf_counter() - began:.0f} s)")
    if args.json:
        args.json.write_text(json.dumps([asdict(f) for f in done], indent=1, ensure_ascii=False) + "\n", "utf-8")
    if missing:
        print(f"\nnot measured: {', '.join(missing)}", file=sys.stderr)
    return bool(missing)


if __name__ == "__main__":
    sys.exit(main())
