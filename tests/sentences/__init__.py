"""Sentences of our own and the claims that each must give, in short. In: `*.tsv` beside this file. Out: rows, and readings in the same shorthand.

`python -m tests.sentences [FILE…]` prints the rows that are read otherwise and the share that is read right. The rows of `open.tsv` are known
to be read wrong: they wait for a rule, and no test holds the reading to them.

The shorthand, claims parted by `;`:

    ASSAULT ISR MIL > LBN MIL @ LBN GOV           act, who, to whom, on whose say-so (the nearest speaker); no @ where the writer speaks
    attempted ASSAULT RUS MIL, BLR MIL > UKR MIL  a status other than occurred stands before
    RETREAT RWA MIL                               no > where the act has no recipient; ? for an actor whom nobody names: ASSAULT ? > KEN CVL
    ACCUSE AZE GOV > ARM GOV                      the act that is asked, promised, alleged or threatened is left out, as are mode, day and place
    killed 4 LBN CVL < ISR MIL @ LBN GOV          harm, number (4, 3-5, ?), whose, at whose hands
    destroyed 2 vehicle RUS MIL                   a thing: harm, number, kind, whose
    -                                             nothing at all

A party is its country and sector; the country that nobody can tell is `---`. Offices are left out.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from sayso.intake import report_from_text
from sayso.model import Casualty, Claim, Count, Entity, Event, Materiel, Role, Status
from sayso.reading import Reader

FOLDER = Path(__file__).parent
PUBLISHED = "2023-06-14"
"""A Wednesday: the day on which every sentence is taken to be published."""
OPEN = "open"


@dataclass(frozen=True)
class Row:
    """A sentence and the claims it must give."""

    file: str
    line: int
    sentence: str
    claims: frozenset[str]

    @property
    def place(self) -> str:
        """Where the row stands, for messages."""
        return f"{self.file}:{self.line}"


def rows(file: Path) -> list[Row]:
    """The rows of a file: two columns, `sentence` and `claims`; lines that begin with # are remarks.

    Raises ValueError for a row of another shape.
    """
    found = []
    with file.open(encoding="utf-8", newline="") as lines:
        for number, cells in enumerate(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE), start=1):
            if not cells or cells[0].startswith("#") or cells == ["sentence", "claims"]:
                continue
            if len(cells) != 2:
                raise ValueError(f"{file.name}:{number}: expected a sentence, a tab and its claims")
            claims = frozenset(_even(claim) for claim in cells[1].split(";")) - {"-"}
            found.append(Row(file.stem, number, cells[0], claims))
    return found


def every_row() -> list[Row]:
    """The rows that the reading is held to, of all files."""
    return [row for file in sorted(FOLDER.glob("*.tsv")) if file.stem != OPEN for row in rows(file)]


def came(sentence: str, reader: Reader) -> frozenset[str]:
    """The claims that a sentence gives, in shorthand."""
    reading = reader.read(report_from_text(sentence, published=PUBLISHED))
    return frozenset(_even(shorthand(claim)) for claim in reading.claims if not isinstance(claim, Role))


def shorthand(claim: Claim) -> str:
    """A claim in short."""
    status = "" if claim.status is Status.OCCURRED else f"{claim.status.value} "
    said = f" @ {_parties([claim.sources[0].entity])}" if claim.sources else ""
    match claim:
        case Event():
            hit = f" > {_parties(claim.recipients)}" if claim.recipients else ""
            core = f"{claim.type.value} {_parties(claim.actors)}{hit}"
        case Casualty():
            by = f" < {_parties([claim.by])}" if claim.by else ""
            core = f"{claim.harm.value} {_number(claim.count)} {_parties([claim.who])}{by}"
        case Materiel():
            by = f" < {_parties([claim.by])}" if claim.by else ""
            core = f"{claim.harm.value} {_number(claim.count)} {claim.what} {_parties([claim.owner] if claim.owner else [])}{by}"
        case _:
            raise TypeError(f"no shorthand for {type(claim).__name__}")
    return f"{status}{core}{said}"


def _parties(parties: list[Entity]) -> str:
    return ", ".join(sorted(f"{p.country or '---'} {p.sector.value}" for p in parties)) or "?"


def _number(count: Count) -> str:
    if count.low is None and count.high is None:
        return "?"
    return str(count.low) if count.low == count.high else f"{'' if count.low is None else count.low}-{'' if count.high is None else count.high}"


def _even(claim: str) -> str:
    """One blank between words; parties of a list in order of their codes."""
    words = " ".join(claim.split())
    head, *said = words.split(" @ ")
    head, *by = head.split(" < ")
    head, *hit = head.split(" > ")
    if "," in head:
        first, *rest = head.split(", ")
        lead, party = first.rsplit(" ", 2)[0], " ".join(first.rsplit(" ", 2)[1:])
        head = f"{lead} {', '.join(sorted([party, *rest]))}"
    hit = [", ".join(sorted(part.split(", "))) for part in hit]
    return head + "".join(f" > {part}" for part in hit) + "".join(f" < {part}" for part in by) + "".join(f" @ {part}" for part in said)
