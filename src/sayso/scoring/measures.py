"""Annotated reports and readings of them → the figures.

In: annotated reports, and the records that `sayso read --format jsonl` gave for them. Out: `Result`s: precision, recall and F1 over all
reports together, with an interval for any of them, and the `Miss`es. No figure is weighted, smoothed or averaged over reports.

| measure | right is |
|---|---|
| event | same type, evidence overlapping (intersection over union ≥ 0.2) |
| event+who | and the same parties on each side |
| event+source | and the same say-so: the report's own voice, or the same nearest speaker |
| event+strict | and the same status |
| casualty, materiel | same harm and bounds (and thing), evidence overlapping; +who the victims or owner, +source, +strict with status |
| role | same holder (last name) in the same country; +strict with the office |
| claim | strict events and strict casualties together: the headline |
| who, source, status accuracy | share of the matched that agree on it |
| chain | of the matched whose annotation has two speakers or more, those with all of them, in order |
| inherited | of the matched that are annotated as inherited, those with that speaker; own-voice claims given one are false |
| when, where | F1 among the matched |
| evidence | mean overlap of the matched claims' words with the annotated words; whole words: share of all claims that start and end between words |
| calibration | how far stated confidence lies from the share strictly right, on average over ten bins |
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import msgspec

from sayso.scoring.annotated import Annotated
from sayso.scoring.compare import Item, best_overlap, items_of_annotation, items_of_reading, match, same_chain, same_party, same_place
from sayso.scoring.sides import count_sides

STATUSES = ("occurred", "ongoing", "attempted", "negated", "planned", "hypothetical")
LOSSES = ("casualty", "materiel")
ROUNDS = 500
"""Resamplings behind an interval."""
BINS = 10
"""Of equal width, in which stated confidence is compared with what came right."""

Counts = Counter[Hashable]


@dataclass(frozen=True)
class Ratio:
    """Precision, recall and F1, to three places, and what they were counted from."""

    right: int
    predicted: int
    gold: int

    @property
    def p(self) -> float:
        """Precision."""
        return round(self.right / self.predicted if self.predicted else 0.0, 3)

    @property
    def r(self) -> float:
        """Recall."""
        return round(self.right / self.gold if self.gold else 0.0, 3)

    @property
    def f1(self) -> float:
        """Their harmonic mean, of the unrounded values."""
        p = self.right / self.predicted if self.predicted else 0.0
        r = self.right / self.gold if self.gold else 0.0
        return round(2 * p * r / (p + r), 3) if p + r else 0.0

    def figures(self) -> dict[str, float | int]:
        """As plain values."""
        return {"p": self.p, "r": self.r, "f1": self.f1, "right": self.right, "predicted": self.predicted, "gold": self.gold}


@dataclass(frozen=True)
class Share:
    """How many of how many."""

    right: int
    of: int

    @property
    def value(self) -> float:
        """To three places; 0 of 0 is 0."""
        return round(self.right / max(1, self.of), 3)


@dataclass(frozen=True)
class Bin:
    """Claims of like confidence, of `low` to below `low` + 1/BINS: how many, their mean confidence, the share strictly right."""

    low: float
    claims: int
    confidence: float
    right: float


@dataclass(frozen=True)
class Miss:
    """A claim that was missed (`got` None), one too many (`gold` None), or a pair that differs on `fields`."""

    report: str
    gold: Item | None
    got: Item | None
    fields: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """`missed`, `extra` or `differs`."""
        return "missed" if self.got is None else "extra" if self.gold is None else "differs"


@dataclass(frozen=True)
class Result:
    """All figures of one comparison."""

    reports: int
    unread: int
    """Annotated reports that no record was given for."""
    ratios: dict[str, Ratio]
    accuracies: dict[str, float]
    status_macro_f1: float
    chain: Share
    inherited: Share
    inherited_false: int
    evidence: float
    whole_words: float
    reliability: list[Bin]
    """By confidence, lowest first; bins without a claim are left out."""
    calibration: float | None
    """Expected calibration error: how far confidence lies from the share strictly right, on average; None where no claim states any."""
    types: dict[str, Ratio]
    sides: dict[str, dict[str, Share]]
    """For each party: of the annotated claims in which it `acts`, `is hit` or `speaks`, those that are strictly right."""
    misses: list[Miss] = field(default_factory=list)
    counts: list[Counts] = field(default_factory=list)
    """Per report, for intervals."""

    @property
    def claim(self) -> Ratio:
        """The headline."""
        return self.ratios["claim"]


def score(reports: Iterable[Annotated], records: Iterable[Mapping[str, Any]]) -> Result:
    """Scores readings against annotations; records are found by the report's id, and a report without one counts as read empty."""
    by_id = {(r.get("report") or {}).get("id"): r for r in records}
    counted, misses, unread = [], [], 0
    for report in reports:
        record = by_id.get(report.id)
        unread += record is None
        counts, missed = count(report, dict(record or {}))
        counted.append(counts)
        misses += missed
    return total(counted, unread, misses)


def count(report: Annotated, record: dict[str, Any]) -> tuple[Counts, list[Miss]]:
    """The counts for one report, and its misses."""
    n: Counts = Counter()
    golds, gots = items_of_annotation(report), items_of_reading(record)
    for side, items in (("gold", golds), ("pred", gots)):
        for item in items:
            n[side, item.kind] += 1
            if item.kind == "event":
                n[side, "type", item.act] += 1
    n["words", "all"] = sum(bool(i.spans) for i in gots)
    n["words", "whole"] = sum(_whole_words(i, report.text) for i in gots if i.spans)
    pairs = match(golds, gots)
    misses = []
    for i, j, same in pairs:
        gold, got = golds[i], gots[j]
        for key, value in same.items():
            n[key, gold.kind] += value
        if gold.kind == "event":
            n["right", "type", gold.act] += 1
            n["status gold", gold.status] += 1
            n["status pred", got.status] += 1
            n["status right", gold.status] += gold.status == got.status
        if gold.kind in ("event", "casualty"):
            _count_fields(n, gold, got)
        if not same["strict"]:
            misses.append(Miss(report.id, gold, got, tuple(k for k, right in same.items() if not right)))
    found, taken = {i for i, _, _ in pairs}, {j for _, j, _ in pairs}
    right = {j for _, j, same in pairs if same["strict"]}
    for j, got in enumerate(gots):
        if got.confidence is not None and got.kind in ("event", "casualty"):
            bin_ = min(BINS - 1, int(got.confidence * BINS))
            n["confidence", bin_, "all"] += 1
            n["confidence", bin_, "sum"] += round(1000 * got.confidence)
            n["confidence", bin_, "right"] += j in right
    misses += [Miss(report.id, gold, None) for i, gold in enumerate(golds) if i not in found]
    misses += [Miss(report.id, None, got) for j, got in enumerate(gots) if j not in taken]
    n.update(count_sides(golds, {i: bool(same["strict"]) for i, _, same in pairs}))
    return n, misses


def _count_fields(n: Counts, gold: Item, got: Item) -> None:
    """What is counted among matched events and casualties only."""
    if len(gold.sources) > 1:
        n["chain", "given"] += 1
        n["chain", "right"] += same_chain(gold.sources, got.sources)
    if gold.sources and gold.sources[0].inherited:
        n["inherited", "given"] += 1
        n["inherited", "right"] += bool(got.sources) and same_party(gold.sources[0], got.sources[0])
    if not gold.sources and got.sources and got.sources[0].inherited:
        n["inherited", "false"] += 1
    for name, equal in (("when", gold.when == got.when), ("where", same_place(gold, got))):
        one, other = getattr(gold, name), getattr(got, name)
        n[name, "gold"] += bool(one)
        n[name, "pred"] += bool(other)
        n[name, "right"] += bool(one) and bool(other) and equal
    n["overlap", "sum"] += round(1000 * best_overlap(gold, got))
    n["overlap", "of"] += 1


def _whole_words(item: Item, text: str) -> bool:
    """Whether the words start and end between words."""
    start, end = item.spans[0]
    if not 0 <= start < end <= len(text):
        return False
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isalnum() and text[start].isalnum()) and not (after.isalnum() and text[end - 1].isalnum())


def total(counted: Sequence[Counts], unread: int = 0, misses: list[Miss] | None = None) -> Result:
    """The counts of several reports, together."""
    n: Counts = Counter()
    for counts in counted:
        n.update(counts)
    ratios = {}
    for kind in ("event", "casualty", "materiel", "role"):
        sides = n["pred", kind], n["gold", kind]
        ratios[kind] = Ratio(n["base", kind], *sides)
        for level in ("who", "source", "strict") if kind != "role" else ("strict",):
            ratios[f"{kind}+{level}"] = Ratio(n[level, kind], *sides)
    ratios["claim"] = Ratio(*(n[side, "event"] + n[side, "casualty"] for side in ("strict", "pred", "gold")))
    for name in ("when", "where"):
        ratios[name] = Ratio(n[name, "right"], n[name, "pred"], n[name, "gold"])
    matched = max(1, n["base", "event"] + n["base", "casualty"])
    f1s = [Ratio(n["status right", s], n["status pred", s], n["status gold", s]).f1 for s in STATUSES if n["status gold", s]]
    reliability = [
        Bin(b / BINS, claims, round(n["confidence", b, "sum"] / 1000 / claims, 3), round(n["confidence", b, "right"] / claims, 3))
        for b in range(BINS)
        if (claims := n["confidence", b, "all"])
    ]
    types = sorted({key[2] for key in n if isinstance(key, tuple) and len(key) == 3 and key[1] == "type" and key[2]}, key=str)
    return Result(
        reports=len(counted),
        unread=unread,
        ratios=ratios,
        accuracies={
            "who": round((n["who_alone", "event"] + n["who_alone", "casualty"]) / matched, 3),
            "source": round((n["source_alone", "event"] + n["source_alone", "casualty"]) / matched, 3),
            "status": round(n["status_alone", "event"] / max(1, n["base", "event"]), 3),
        },
        status_macro_f1=round(sum(f1s) / max(1, len(f1s)), 3),
        chain=Share(n["chain", "right"], n["chain", "given"]),
        inherited=Share(n["inherited", "right"], n["inherited", "given"]),
        inherited_false=n["inherited", "false"],
        evidence=round(n["overlap", "sum"] / 1000 / max(1, n["overlap", "of"]), 3),
        whole_words=Share(n["words", "whole"], n["words", "all"]).value,
        reliability=reliability,
        calibration=_calibration(n),
        types={t: Ratio(n["right", "type", t], n["pred", "type", t], n["gold", "type", t]) for t in types},
        sides=_sides(n),
        misses=misses or [],
        counts=list(counted),
    )


def _calibration(n: Counts) -> float | None:
    claims = sum(n["confidence", b, "all"] for b in range(BINS))
    if not claims:
        return None
    return round(sum(abs(n["confidence", b, "sum"] / 1000 - n["confidence", b, "right"]) for b in range(BINS)) / claims, 3)


def _sides(n: Counts) -> dict[str, dict[str, Share]]:
    parties = sorted({key[1] for key in n if isinstance(key, tuple) and key[0] == "side"})
    return {p: {part: Share(n["side", p, part, "right"], n["side", p, part, "gold"]) for part in ("acts", "is hit", "speaks")} for p in parties}


def intervals(counted: Sequence[Counts], rounds: int = ROUNDS) -> dict[str, tuple[float, float]]:
    """The 95 % interval of every F1 and accuracy, over resampled reports; always the same for the same counts."""
    chance = random.Random(0)
    values: dict[str, list[float]] = defaultdict(list)
    for _ in range(rounds):
        result = total([counted[chance.randrange(len(counted))] for _ in counted])
        for name, ratio in result.ratios.items():
            values[name].append(ratio.f1)
        for name, value in result.accuracies.items():
            values[f"{name}_accuracy"].append(value)
    return {name: (ordered[int(rounds * 0.025)], ordered[int(rounds * 0.975)]) for name, all_ in values.items() if (ordered := sorted(all_))}


def figures(result: Result) -> dict[str, Any]:
    """All figures as plain values, under the names that `docs/accuracy.md` explains."""
    plain: dict[str, Any] = {"reports": result.reports, "missing_reports": result.unread}
    plain |= {name: ratio.figures() for name, ratio in result.ratios.items()}
    plain |= {f"{name}_accuracy": value for name, value in result.accuracies.items()}
    plain |= {
        "status_macro_f1": result.status_macro_f1,
        "chain": f"{result.chain.right}/{result.chain.of}",
        "inherited": f"{result.inherited.right}/{result.inherited.of}, false {result.inherited_false}",
        "evidence": result.evidence,
        "whole_words": result.whole_words,
        "calibration": result.calibration,
        "reliability": [asdict(held) for held in result.reliability],
        "types": {name: ratio.figures() for name, ratio in result.types.items()},
        "sides": {p: {part: {"right": s.right, "gold": s.of} for part, s in parts.items()} for p, parts in result.sides.items()},
    }
    return plain


def to_json(result: Result, within: Mapping[str, tuple[float, float]]) -> bytes:
    """All figures as one JSON object; `within` gives the 95 % intervals."""
    plain = figures(result) | {"intervals": {name: list(ends) for name, ends in within.items()}}
    return msgspec.json.format(msgspec.json.encode(plain), indent=1) + b"\n"
