"""Annotated sets, and incidents made of their claims → the figures: how well claims are grouped, related, and their disputes found.

In: `IncidentSet`s, and readings of their reports. Out: `Figures` for three tasks. No figure is averaged over sets: numerators and denominators
are added up over all of them.

| task | what is grouped |
|---|---|
| annotated | the annotated claims, as if a reader had found just these |
| related | nothing: the annotated incidents are given, and only relations and disputes are found |
| read | what the reader makes of the raw text |

A claim of the reader's stands for the annotated claim that it matches (`compare.match`), and one that matches none stands for itself: it is a
mention that only the response has, as annotated claims that were missed are mentions that only the key has.

| figure | right is |
|---|---|
| MUC, B³, CEAF-e, CoNLL | see `coreference`; CoNLL is the mean of the three F1 |
| relations | the same pair of claims with the same relation, in the same direction; all relations but `adds` together |
| disputed | the same pair of holders and the same field, in the incident that shares the most with the annotated one |
"""

from __future__ import annotations

import dataclasses
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from sayso.identity import known
from sayso.model import AnyClaim, Casualty, Count, Entity, Event, Manner, Materiel, Reading, Relation, Report, Role, Source, Span, When, Where, claim_id, decode
from sayso.record.grouping import cluster
from sayso.record.relations import disputes, relate
from sayso.record.told import Told, told
from sayso.resolve.places import Gazetteer, fold, stripped
from sayso.scoring.annotated import Annotated, AnyStated, Party, Place, Speaker, StatedCasualty, StatedEvent, StatedMateriel, StatedRole
from sayso.scoring.compare import items_of_annotation, items_of_reading, match
from sayso.scoring.coreference import NOTHING, Sums, aligned, b_cubed, ceaf_e, muc
from sayso.scoring.measures import ROUNDS, Ratio
from sayso.scoring.records import as_report, records
from sayso.scoring.sets import IncidentSet, holders_of

if TYPE_CHECKING:
    from sayso.reading import Reader


# annotated claims as claims


class Named(NamedTuple):
    """A claim of a report under its name: an annotated claim's, or one of its own where it matches none."""

    name: str
    claim: AnyClaim
    report: Report


def claims_of(report: Annotated) -> list[Named]:
    """The annotated claims of a report, offices left out, as if they had been read: quotes become spans, names of places places."""
    made = as_report(report)
    ordinals: Counter[tuple[str, int, int, str]] = Counter()
    found = []
    for number, stated in enumerate(report.stated):
        if isinstance(stated, StatedRole):
            continue
        start = report.text.index(stated.evidence)
        act = stated.type.value if isinstance(stated, StatedEvent) else stated.harm.value
        key = {"event": "event", "casualty": "casualty"}.get(_kind(stated), "materiel"), start, start + len(stated.evidence), act
        found.append(Named(f"{report.id}#{number}", _claim(stated, made, claim_id(made.digest, *key, ordinals[key])), made))
        ordinals[key] += 1
    return found


def _kind(stated: AnyStated) -> str:
    return "event" if isinstance(stated, StatedEvent) else "casualty" if isinstance(stated, StatedCasualty) else "materiel"


def _claim(stated: StatedEvent | StatedCasualty | StatedMateriel, report: Report, name: str) -> AnyClaim:
    shared: dict[str, Any] = {
        "id": name,
        "evidence": _span(report, stated.evidence),
        "also": [_span(report, words) for words in stated.also],
        "sources": [Source(entity=_entity(s), manner=Manner(s.manner or "indirect")) for s in stated.sources],
        "status": stated.status,
        "background": stated.background,
        "when": _when(stated.when),
        "where": _where(stated.where),
    }
    if isinstance(stated, StatedEvent):
        trigger = _span(report, stated.trigger or stated.evidence)
        return Event(
            type=stated.type, modes=stated.modes, trigger=trigger, actors=[_entity(p) for p in stated.actors],
            recipients=[_entity(p) for p in stated.recipients], object=stated.object, times=stated.times, **shared,
        )  # fmt: skip
    count, by = Count(low=stated.low, high=stated.high), _entity(stated.by) if stated.by else None
    if isinstance(stated, StatedCasualty):
        return Casualty(harm=stated.harm, count=count, who=_entity(stated.who) if stated.who else Entity(text="", name=""), by=by, **shared)
    return Materiel(harm=stated.harm, count=count, what=stated.what, owner=_entity(stated.owner) if stated.owner else None, by=by, **shared)


def _span(report: Report, words: str) -> Span:
    start = report.text.index(words)
    return report.span(start, start + len(words))


def _entity(party: Party | Speaker) -> Entity:
    """A party as an entity; one that the lexicon knows by its name has the lexicon's id, as in a reading."""
    body = known(party.name)
    return Entity(
        text=party.text, name=party.name or party.text, country=party.country, sector=party.sector, qualifiers=party.qualifiers, id=body.id if body else None
    )


def _when(told_: str | None) -> When | None:
    if not told_:
        return None
    first, _, last = told_.partition("/")
    start, end = date.fromisoformat(first), date.fromisoformat(last or first)
    return When(start=start, end=end, precision="day" if start == end else "range")


def _where(place: Place | None) -> Where | None:
    if place is None or not (place.name or place.text):
        return None
    return _looked_up(place.name or place.text or "", place.country)


@lru_cache(maxsize=10_000)
def _looked_up(name: str, country: str | None) -> Where:
    found = _gazetteer().resolve(name, {country: 1.0} if country else {})
    if found is not None and country in (None, found.country):
        return msgspec.structs.replace(_gazetteer().to_where(found, "", 0), at=None)
    kind = stripped(fold(name))[1]
    return Where(name=name, country=country, precision="province" if kind == "province" else "district" if kind == "district" else "city")


@lru_cache(maxsize=1)
def _gazetteer() -> Gazetteer:
    return Gazetteer()


# one set


@dataclass(frozen=True)
class Counted:
    """What was counted on one set in one task."""

    muc: Sums = NOTHING
    b_cubed: Sums = NOTHING
    ceaf_e: Sums = NOTHING
    relations: Counter[tuple[str, str]] = dataclasses.field(default_factory=Counter)
    """By relation, and by `right`, `came`, `given`."""
    disputed: Counter[str] = dataclasses.field(default_factory=Counter)


def count_set(one: IncidentSet, claims: Iterable[Named], given: bool = False) -> Counted:
    """Groups and relates claims of a set's reports, and counts what is right.

    Args:
        given: take the annotated incidents instead of grouping.
    """
    tolds = {named.name: made for named in claims if (made := told(named.claim, named.report))}
    tolds = {name: msgspec.structs.replace(made, claim=name) for name, made in tolds.items()}
    key = [i.claims for i in one.incidents]
    response = [[name for name in group if name in tolds] for group in key] if given else cluster(tolds.values())
    relations = _count_relations(one, [[tolds[name] for name in group] for group in response])
    return Counted(
        muc(key, response), b_cubed(key, response), ceaf_e(key, response), relations, _count_disputes(one, [[tolds[n] for n in g] for g in response])
    )


_DIRECTED = frozenset({Relation.NARROWS, Relation.DENIES, Relation.REVISES, Relation.RETRACTS})


def _count_relations(one: IncidentSet, groups: Sequence[Sequence[Told]]) -> Counter[tuple[str, str]]:
    def key(first: str, second: str, relation: Relation) -> tuple[str, ...]:
        return relation.value, *((first, second) if relation in _DIRECTED else sorted((first, second)))

    given = {key(r.first, r.second, r.relation) for r in one.relations if r.relation is not Relation.ADDS}
    found = (relate(a, b) for group in groups for a, b in combinations(group, 2))
    came = {key(r.first, r.second, r.relation) for r in found if r.relation is not Relation.ADDS}
    n: Counter[tuple[str, str]] = Counter()
    for name, held in (("given", given), ("came", came), ("right", given & came)):
        n.update((k[0], name) for k in held)
    return n


def _count_disputes(one: IncidentSet, groups: Sequence[Sequence[Told]]) -> Counter[str]:
    """Holders are compared as the annotation names them; those of claims that match no annotated claim by their keys."""
    names = {claim: holder for report in one.reports for claim, holder in holders_of(report).items()}
    keys = [i.claims for i in one.incidents]
    partner = {j: one.incidents[i].id for i, j in aligned(keys, [[t.claim for t in group] for group in groups])}
    given = {(d.incident, d.field.value, frozenset(d.holders)) for d in one.disputed}
    came = set()
    for j, group in enumerate(groups):
        holder = {t.claim: names.get(t.claim, t.holder) for t in group}
        for found in disputes(group):
            for first, second in found.pairs:
                came.add((partner.get(j, f"none {j}"), found.field.value, frozenset((holder[first], holder[second]))))
    return Counter(given=len(given), came=len(came), right=len(given & came))


def read_claims(one: IncidentSet, readings: Mapping[str, Reading]) -> list[Named]:
    """The claims that a reader made of a set's reports, those that match an annotated claim under its name."""
    found = []
    for report in one.reports:
        reading = readings.get(report.id)
        if reading is None:
            continue
        items = items_of_reading(msgspec.json.decode(reading.to_json()))
        names = {j: f"{report.id}#{i}" for i, j, _ in match(items_of_annotation(report), items)}
        for j, claim in enumerate(reading.claims):
            if not isinstance(claim, Role):
                found.append(Named(names.get(j, f"{report.id}+{claim.id}"), claim, reading.report))
    return found


# all sets


@dataclass(frozen=True)
class Figures:
    """The figures of one task over sets."""

    muc: Sums
    b_cubed: Sums
    ceaf_e: Sums
    relations: Ratio
    by_relation: dict[str, Ratio]
    disputed: Ratio

    @property
    def conll(self) -> float:
        """The mean of the three F1, to three places."""
        return round((self.muc.f1 + self.b_cubed.f1 + self.ceaf_e.f1) / 3, 3)


def figures_of(counted: Iterable[Counted]) -> Figures:
    """The counts of several sets, together."""
    held = list(counted)
    n: Counter[tuple[str, str]] = Counter()
    disputed: Counter[str] = Counter()
    for one in held:
        n.update(one.relations)
        disputed.update(one.disputed)
    by = {r.value: Ratio(n[r.value, "right"], n[r.value, "came"], n[r.value, "given"]) for r in Relation if r is not Relation.ADDS}
    whole = Ratio(*(sum(getattr(ratio, part) for ratio in by.values()) for part in ("right", "predicted", "gold")))
    return Figures(
        sum((o.muc for o in held), NOTHING), sum((o.b_cubed for o in held), NOTHING), sum((o.ceaf_e for o in held), NOTHING),
        whole, by, Ratio(disputed["right"], disputed["came"], disputed["given"]),
    )  # fmt: skip


def within(counted: Sequence[Counted], rounds: int = ROUNDS) -> dict[str, tuple[float, float]]:
    """The 95 % intervals of CoNLL, relations and disputed, over resampled sets; always the same for the same counts."""
    chance = random.Random(0)
    values: dict[str, list[float]] = defaultdict(list)
    for _ in range(rounds):
        figures = figures_of(counted[chance.randrange(len(counted))] for _ in counted)
        for name, value in (("conll", figures.conll), ("relations", figures.relations.f1), ("disputed", figures.disputed.f1)):
            values[name].append(value)
    return {name: (ordered[int(rounds * 0.025)], ordered[int(rounds * 0.975)]) for name, all_ in values.items() if (ordered := sorted(all_))}


@dataclass(frozen=True)
class Scored:
    """All figures on a file of sets."""

    sets: int
    reports: int
    claims: int
    incidents: int
    tasks: dict[str, Figures]
    within: dict[str, dict[str, tuple[float, float]]]
    """Of each task, the 95 % intervals."""
    baselines: dict[str, dict[str, Figures]]
    """The same claims grouped without comparing them, by task."""


def score_incidents(sets: Sequence[IncidentSet], readings: Mapping[str, Reading] | None = None) -> Scored:
    """Scores grouping, relations and disputes on annotated sets.

    Args:
        readings: of their reports, by the report's id; without them the task `read` is left out.
    """
    annotated = [[named for report in one.reports for named in claims_of(report)] for one in sets]
    counted = {
        "annotated": [count_set(one, claims) for one, claims in zip(sets, annotated, strict=True)],
        "related": [count_set(one, claims, given=True) for one, claims in zip(sets, annotated, strict=True)],
    }
    claims = {"annotated": annotated}
    if readings is not None:
        claims["read"] = [read_claims(one, readings) for one in sets]
        counted["read"] = [count_set(one, held) for one, held in zip(sets, claims["read"], strict=True)]
    return Scored(
        sets=len(sets),
        reports=sum(len(one.reports) for one in sets),
        claims=sum(map(len, annotated)),
        incidents=sum(len(one.incidents) for one in sets),
        tasks={name: figures_of(held) for name, held in counted.items()},
        within={name: within(held) for name, held in counted.items()},
        baselines={
            task: {name: figures_of(_baseline(one, held, by) for one, held in zip(sets, of, strict=True)) for name, by in BASELINES.items()}
            for task, of in claims.items()
        },
    )


BASELINES: dict[str, Callable[[Told], Hashable]] = {
    "every claim alone": lambda t: t.claim,
    "one incident a report": lambda t: t.report,
    "same day and sides": lambda t: (t.since, t.until, t.parties),
    "same day, place and kind of act": lambda t: (t.since, t.until, t.place, t.family),
}
"""Groupings that look at a claim's own fields only: claims with the same are one incident."""


def _baseline(one: IncidentSet, claims: Iterable[Named], by: Callable[[Told], Hashable]) -> Counted:
    groups: dict[Hashable, list[str]] = defaultdict(list)
    for named in claims:
        if made := told(named.claim, named.report):
            groups[by(msgspec.structs.replace(made, claim=named.name))].append(named.name)
    key, response = [i.claims for i in one.incidents], list(groups.values())
    return Counted(muc(key, response), b_cubed(key, response), ceaf_e(key, response))


def read_sets(sets: Iterable[IncidentSet], reader: Reader | None = None) -> dict[str, Reading]:
    """Reads the reports of sets, by the report's id."""
    if reader is None:
        from sayso.reading import Reader  # it takes a while to load

        reader = Reader()
    return {reading.report.id: reading for reading in reader.read_many(as_report(report) for one in sets for report in one.reports)}


def readings_of(path: Path) -> dict[str, Reading]:
    """The readings of a file that `sayso read --format jsonl` wrote, by the report's id.

    Raises:
        BadRecord: a line is no reading in the form `sayso/1`.
    """
    found = (decode(msgspec.json.encode(record)) for record in records(path))
    return {reading.report.id: reading for reading in found}


def incident_figures(scored: Scored) -> dict[str, Any]:
    """All figures as plain values."""
    plain: dict[str, Any] = {"sets": scored.sets, "reports": scored.reports, "claims": scored.claims, "incidents": scored.incidents}
    for name, figures in scored.tasks.items():
        plain[name] = {
            "conll": figures.conll,
            **{measure: _plain(sums) for measure, sums in (("muc", figures.muc), ("b_cubed", figures.b_cubed), ("ceaf_e", figures.ceaf_e))},
            "relations": figures.relations.figures(),
            "by_relation": {relation: ratio.figures() for relation, ratio in figures.by_relation.items()},
            "disputed": figures.disputed.figures(),
            "intervals": {measure: list(ends) for measure, ends in scored.within[name].items()},
        }
    plain["baselines"] = {task: {name: {"conll": figures.conll} for name, figures in held.items()} for task, held in scored.baselines.items()}
    return plain


def _plain(sums: Sums) -> dict[str, float]:
    return {"p": round(sums.precision, 3), "r": round(sums.recall, 3), "f1": round(sums.f1, 3)}


def incidents_to_json(scored: Scored) -> bytes:
    """All figures as one JSON object."""
    return msgspec.json.format(msgspec.json.encode(incident_figures(scored)), indent=1) + b"\n"
