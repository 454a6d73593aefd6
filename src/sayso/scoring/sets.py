"""Annotated sets: a few short reports about one or several incidents, with what people found in them: which claims are about one incident,
how two claims about it relate, and on which fields two holders dispute each other.

In: JSON lines, one set each. Out: `IncidentSet`s, or a list of faults. Nothing here groups or compares.

A claim is named `REPORT#NUMBER`: the report's id, and the claim's number, from 0, among the report's `claims` and then its `materiel`.
A set holds every claim of its reports but the offices in exactly one incident. A pair of claims of one incident that `relations` does
not list has the relation `adds`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import msgspec

from sayso.model import Field, Relation, Struct
from sayso.scoring.annotated import Annotated, StatedRole, faults, load_lines


class Incident(Struct, frozen=True, kw_only=True):
    """The claims about one happening."""

    id: str
    about: str
    claims: list[str]


class Related(Struct, frozen=True, kw_only=True):
    """How `second` relates to `first`, and on which fields."""

    first: str
    second: str
    relation: Relation
    fields: list[Field] = []


class Disputed(Struct, frozen=True, kw_only=True):
    """Two holders dispute each other on a field of an incident; holders by the names in the annotation, the publisher's for its own voice."""

    incident: str
    field: Field
    holders: tuple[str, str]


class IncidentSet(Struct, frozen=True, kw_only=True):
    """A few reports, their incidents, the relations between claims, and what is disputed."""

    id: str
    about: str
    reports: list[Annotated]
    incidents: list[Incident]
    relations: list[Related] = []
    disputed: list[Disputed] = []
    features: list[str] = []


_DECODER = msgspec.json.Decoder(IncidentSet)


def load_sets(path: Path) -> list[IncidentSet]:
    """The sets of a file.

    Raises:
        BadAnnotation: the file cannot be read or a line has not the form; the message names the line.
    """
    return load_lines(path, _DECODER, "an annotated set of reports")


def claim_names(report: Annotated) -> list[str]:
    """The names of a report's claims, offices left out."""
    return [f"{report.id}#{n}" for n, claim in enumerate(report.stated) if not isinstance(claim, StatedRole)]


def holders_of(report: Annotated) -> dict[str, str]:
    """Each claim's holder: the nearest speaker's name, else the publisher's, else the report's id."""
    own = report.publisher or report.id
    return {
        f"{report.id}#{n}": (claim.sources[0].name or claim.sources[0].text) if claim.sources else own
        for n, claim in enumerate(report.stated)
        if not isinstance(claim, StatedRole)
    }


def set_faults(sets: Iterable[IncidentSet]) -> Iterator[str]:
    """What is wrong in annotated sets, one line each."""
    seen: set[str] = set()
    for one in sets:
        if one.id in seen:
            yield f"{one.id}: a second set of this id"
        seen.add(one.id)
        yield from (f"{one.id}: {fault}" for fault in (*faults(one.reports), *_grouping_faults(one), *_relation_faults(one)))


def _grouping_faults(one: IncidentSet) -> Iterator[str]:
    known = {name for report in one.reports for name in claim_names(report)}
    placed: dict[str, str] = {}
    for incident in one.incidents:
        if not incident.claims:
            yield f"incident {incident.id} has no claims"
        for name in incident.claims:
            if name not in known:
                yield f"incident {incident.id}: no claim {name}"
            elif name in placed:
                yield f"claim {name} stands in {placed[name]} and in {incident.id}"
            placed[name] = incident.id
    yield from (f"claim {name} stands in no incident" for name in sorted(known - placed.keys()))
    ids = [i.id for i in one.incidents]
    yield from (f"a second incident {a}" for a, b in pairwise(sorted(ids)) if a == b)


def _relation_faults(one: IncidentSet) -> Iterator[str]:
    home = {name: incident.id for incident in one.incidents for name in incident.claims}
    holders = {name: holder for report in one.reports for name, holder in holders_of(report).items()}
    seen: set[frozenset[str]] = set()
    for r in one.relations:
        pair = frozenset((r.first, r.second))
        if len(pair) < 2 or not pair <= home.keys():
            yield f"relation {r.first} {r.relation} {r.second}: two claims of the set are needed"
            continue
        if home[r.first] != home[r.second]:
            yield f"relation {r.first} {r.relation} {r.second}: they stand in two incidents"
        if pair in seen:
            yield f"relation {r.first} {r.relation} {r.second}: the pair has another relation too"
        seen.add(pair)
        if r.relation in {Relation.REVISES, Relation.RETRACTS} and holders[r.first] != holders[r.second]:
            yield f"relation {r.first} {r.relation} {r.second}: held by {holders[r.first]!r} and {holders[r.second]!r}"
        if r.relation in {Relation.CONTRADICTS, Relation.NARROWS, Relation.REVISES} and not r.fields:
            yield f"relation {r.first} {r.relation} {r.second}: on which fields?"
        if r.relation in {Relation.ADDS, Relation.SAME} and r.fields:
            yield f"relation {r.first} {r.relation} {r.second}: takes no fields"
    yield from _dispute_faults(one, home, holders)


def _dispute_faults(one: IncidentSet, home: dict[str, str], holders: dict[str, str]) -> Iterator[str]:
    follows = {
        (home[r.first], field, frozenset((holders[r.first], holders[r.second])))
        for r in one.relations
        if r.relation in {Relation.CONTRADICTS, Relation.DENIES} and r.first in home and r.second in home
        for field in (r.fields or [Field.STATUS])
    }
    listed = {(d.incident, d.field, frozenset(d.holders)) for d in one.disputed}
    follows = {f for f in follows if len(f[2]) == 2}  # who contradicts himself disputes nobody
    yield from (f"disputed {d[0]} {d[1]} {sorted(d[2])}: no pair of their claims contradicts or denies on it" for d in sorted(listed - follows, key=str))
    yield from (f"disputed {d[0]} {d[1]} {sorted(d[2])}: follows from the relations and is not listed" for d in sorted(follows - listed, key=str))
