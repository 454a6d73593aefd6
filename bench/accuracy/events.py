"""Types and parties on a part of PLOVER's gold standard records: one sentence each, one event annotated.

`first`: the event that our reading finds first; `any`: any that it finds in the sentence, since a sentence may hold more than the one that was
annotated. `or its 2021 type`: the renamed type that the manual of 2021 allows counts too. Parties are right when country and kind are.
The records are the CAMEO manual's examples with a placeholder date; no speaker is annotated, so say-so is not scored.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.accuracy.figures import Counts, Figure, figure, share
from bench.accuracy.folder import Folder
from sayso.intake import report_from_text
from sayso.model import Entity, Event
from sayso.reading import Reader
from sayso.scoring.compare import Side, same_side

RECORDS = "gold_standard_records/PLOVER_GSR_CAMEO.txt"
RENAMED = {"DEMAND": "REQUEST", "FIGHT": "ASSAULT", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE"}
"""Types of 2018 that have other names since 2021."""
MISTYPED = {"JAP": "JPN", "ITL": "ITA", "VTN": "VNM"}
BODIES = {"UNO": "IGO", "EUR": "IGO"}
"""The records have one code for all bodies of states."""
DICTIONARY = "PETRARCH2's dictionary, no parse, all 322: 34.5, macro-F1 29.1"
ANY_VERB = "PETRARCH2's dictionary, any verb, all 322: 46"


def measure(folder: Folder) -> Iterator[Figure]:
    """The figures on the records of `plover-dev.tsv`."""
    records = {r["id"]: r for r in json.loads(folder.text("PLOVER", RECORDS))}
    reader = Reader()
    counts, pairs = [], []
    for line in Path(__file__).with_name("plover-dev.tsv").read_text("utf-8").splitlines():
        key, _, also = line.partition("\t")
        if key in records:
            n, pair = count(records[key], also, reader)
            counts.append(n)
            pairs.append(pair)
    size = f"{len(counts)} sentences"
    for which, beside in (("first", DICTIONARY), ("any", ANY_VERB)):
        yield figure(f"PLOVER records, type of the {which} event", counts, share(f"{which}", "records"), size, beside)
        yield figure(f"PLOVER records, type of the {which} event, or its 2021 type", counts, share(f"{which} also", "records"), size)
    yield figure("PLOVER records, type of the first event, macro-F1", [Counter({f"{a}|{b}": 1}) for a, b in pairs], macro_f1, size, "see above")
    for which in ("first", "any"):
        for part in ("actors", "recipients", "both sides"):
            yield figure(f"PLOVER records, {part} of the {which} event of that type", counts, share(f"{which} {part}", which), f"{{{which}}} sentences")


def count(record: dict[str, Any], also: str, reader: Reader) -> tuple[Counts, tuple[str, str]]:
    """The counts of one sentence, and the pair of annotated and first type."""
    text = record["text"].strip().strip("{}")
    reading = reader.read(report_from_text(re.sub(r"\s+", " ", text), published=record["date"]))
    events = sorted((c for c in reading.claims if isinstance(c, Event)), key=lambda c: (c.trigger.start, c.evidence.start))
    wanted = RENAMED.get(record["event"], record["event"])
    n: Counts = Counter(records=1)
    for which, found in (("first", events[:1]), ("any", events)):
        right = [e for e in found if e.type == wanted]
        n[which] += bool(right)
        n[f"{which} also"] += any(e.type in (wanted, also) for e in found)
        for event in right:
            actors, recipients = _same(record.get("source"), event.actors), _same(record.get("target"), event.recipients)
            for part, is_right in (("actors", actors), ("recipients", recipients), ("both sides", actors and recipients)):
                n[f"{which} {part}"] |= is_right
    return n, (wanted, str(events[0].type) if events else "none")


def _same(annotated: Any, found: list[Entity]) -> bool:
    """Whether a side is the annotated one, nobody missing or too many."""
    gold = [_side(a.get("actorText", ""), a.get("code", ""), a.get("sector", "")) for a in annotated or [] if isinstance(a, dict)]
    got = [Side(e.text, e.name, BODIES.get(e.country or "", e.country), e.sector.value, False) for e in found]
    return same_side(gold, got)


def _side(text: str, code: str, sector: str) -> Side:
    country = MISTYPED.get(code[:3], code[:3]) or None
    return Side(text, text, country, sector[:3] if re.fullmatch(r"[A-Z]{3}.*", sector) else "UNK", False)


def macro_f1(n: Counts) -> float:
    """The mean of the types' F1, in per cent."""
    right: Counts = Counter()
    gold: Counts = Counter()
    got: Counts = Counter()
    for key, number in n.items():
        a, b = key.split("|")
        gold[a] += number
        got[b] += number
        right[a] += number * (a == b)
    return sum(200 * right[t] / (gold[t] + got[t]) for t in gold) / max(1, len(gold))
