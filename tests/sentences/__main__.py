"""Prints the rows that are read otherwise than they should be: `python -m tests.sentences [FILE…]`."""

from __future__ import annotations

import sys
from pathlib import Path

from sayso.reading import Reader
from tests.sentences import FOLDER, came, rows


def main() -> int:
    """Reads the named files, or all; 1 where a row is read otherwise."""
    files = [Path(name) for name in sys.argv[1:]] or sorted(FOLDER.glob("*.tsv"))
    reader, wrong = Reader(threads=1), 0
    for file in files:
        held = rows(file)
        off = [(row, found) for row in held if (found := came(row, reader)) != row.claims]
        for row, found in off:
            print(f"{row.place}  {row.sentence}")
            for sign, claims in (("-", row.claims - found), ("+", found - row.claims)):
                for claim in sorted(claims):
                    print(f"    {sign} {claim}")
        print(f"{file.stem}: {len(held) - len(off)} of {len(held)} read right")
        wrong += len(off)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
