"""Sentences of our own and the claims that each must give, in short. In: `*.tsv` beside this file. Out: rows, and readings in the same shorthand.

`python -m tests.sentences [FILE…]` prints the rows that are read otherwise and the share that is read right. The rows of `open.tsv` are known
to be read wrong: they wait for a rule, and no test holds the reading to them.

The shorthand, claims parted by `;`:

    ASSAULT ISR MIL > LBN MIL @ LBN GOV           act, who, to whom, on whose say-so (the nearest speaker); no @ where the writer speaks
    attempted ASSAULT RUS MIL, BLR MIL > UKR MIL  a status other than occurred stands before
    RETREAT RWA MIL                               no > where the act has no recipient; ? for an actor whom nobody names: ASSAULT ? > KEN CVL
    ACCUSE AZE GOV > ARM GOV                      the act that is asked, promised, alleged or threatened is left out, as is the mode
    killed 4 LBN CVL < ISR MIL @ LBN GOV          harm, number (4, 3-5, ?), whose, at whose hands
    destroyed 2 vehicle RUS MIL                   a thing: harm, number, kind, whose
    -                                             nothing at all

    killed 4 MLI MIL < MLI REB in Gao on 2023-06-12 @ MLI MIL
                                                  place and day, behind the parties and before the speaker, compared where the row gives them:
                                                  the place by its name or by words of the text, the word for its kind may be left out; a day,
                                                  an interval (2023-06-01..2023-06-07), a month or year (1988-02); "in nowhere" and "on no day"
                                                  where none must come

A party is its country and sector; the country that nobody can tell is `---`. Offices are left out. `\\n` in a sentence parts the headline
and paragraphs of a dispatch.
"""

from __future__ import annotations

import csv
import re
from calendar import monthrange
from dataclasses import dataclass
from pathlib import Path

from sayso.intake import report_from_text
from sayso.model import Casualty, Claim, Count, Entity, Event, Materiel, Role, Status
from sayso.reading import Reader
from sayso.resolve.places import fold

FOLDER = Path(__file__).parent
PUBLISHED = "2023-06-14"
"""A Wednesday: the day on which a sentence is taken to be published, unless it opens with a dateline that tells another."""
OPEN = "open"
NOWHERE = "nowhere"
NO_DAY = "no day"
_IN = re.compile(r" in ((?:(?! on | @ ).)+)")
_ON = re.compile(r" on (no day|\d{4}[^ ]*)")


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
            found.append(Row(file.stem, number, cells[0].replace("\\n", "\n\n"), claims))
    return found


def every_row() -> list[Row]:
    """The rows that the reading is held to, of all files."""
    return [row for file in sorted(FOLDER.glob("*.tsv")) if file.stem != OPEN for row in rows(file)]


def came(row: Row, reader: Reader) -> frozenset[str]:
    """The claims that a row's sentence gives, in shorthand; with place and day as the row gives them, so far as they are the same."""
    report = report_from_text(row.sentence)
    reading = reader.read(report if report.day else report_from_text(row.sentence, published=PUBLISHED))
    wanted: dict[str, list[str]] = {}
    for claim in sorted(row.claims):
        wanted.setdefault(_plain(claim), []).append(claim)
    found = set()
    for claim in reading.claims:
        if isinstance(claim, Role):
            continue
        full = _even(shorthand(claim))
        alike = wanted.get(_plain(full), [])
        told = next((want for want in alike if _same(want, claim)), None)
        found.add(told or (full if alike else _plain(full)))
    return frozenset(found)


def shorthand(claim: Claim) -> str:
    """A claim in short, with its place and day."""
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
    return f"{status}{core} in {claim.where.name if claim.where else NOWHERE} on {_days(claim)}{said}"


def _days(claim: Claim) -> str:
    when = claim.when
    if when is None:
        return NO_DAY
    return f"{when.start}" if when.start == when.end else f"{when.start}..{when.end or ''}"


def _same(want: str, claim: Claim) -> bool:
    """Whether a claim has the place and day that a row gives it."""
    place, days = _where(want), _when(want)
    names = [claim.where.name, claim.where.text or ""] if claim.where else [NOWHERE]
    there = not place or any(set(fold(place).split()) <= set(fold(name).split()) for name in names)
    return there and (not days or _days(claim) == days)


def _where(claim: str) -> str:
    found = _IN.search(claim)
    return found[1] if found else ""


def _when(claim: str) -> str:
    """The interval of a claim in shorthand, a month or year written out."""
    found = _ON.search(claim)
    days = found[1] if found else ""
    if re.fullmatch(r"\d{4}", days):
        return f"{days}-01-01..{days}-12-31"
    if re.fullmatch(r"\d{4}-\d\d", days):
        return f"{days}-01..{days}-{monthrange(int(days[:4]), int(days[5:]))[1]}"
    return days


def _plain(claim: str) -> str:
    """A claim in shorthand without place and day."""
    return _IN.sub("", _ON.sub("", claim))


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
    on = _ON.search(head)
    head = _ON.sub("", head)
    at = _IN.search(head)
    head = _IN.sub("", head)
    head, *by = head.split(" < ")
    head, *hit = head.split(" > ")
    if "," in head:
        first, *rest = head.split(", ")
        lead, party = first.rsplit(" ", 2)[0], " ".join(first.rsplit(" ", 2)[1:])
        head = f"{lead} {', '.join(sorted([party, *rest]))}"
    hit = [", ".join(sorted(part.split(", "))) for part in hit]
    parts = [(">", hit), ("<", by), ("in", [at[1]] if at else []), ("on", [on[1]] if on else []), ("@", said)]
    return head + "".join(f" {sign} {part}" for sign, each in parts for part in each)
