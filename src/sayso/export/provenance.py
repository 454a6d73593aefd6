"""Where each claim comes from and who touched it → PROV-O as JSON-LD.

In: a job. Out: reports, claims, earlier forms of claims and holders as entities, publishers, holders and authors as agents, changes of the record as
activities. A claim `wasQuotedFrom` its report and `hadPrimarySource` its holder, whose statement it is; it `wasGeneratedBy` the change in which it came, and
a review is an activity that used it; a claim that was read again or corrected `wasRevisionOf` what it was. Each report is followed by what belongs to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from sayso import __version__
from sayso.export import linked
from sayso.export.asking import Claimed, entity_rows, reported
from sayso.export.formats import Job
from sayso.export.telling import stated
from sayso.record.adding import chunks
from sayso.record.tables import changes, claim_versions

SOFTWARE = "urn:sayso:software"
_LINKS = (
    "wasQuotedFrom", "hadPrimarySource", "wasGeneratedBy", "wasAttributedTo", "wasAssociatedWith", "used", "wasRevisionOf", "wasInvalidatedBy",
)  # fmt: skip
CONTEXT: dict[str, Any] = {
    "prov": "http://www.w3.org/ns/prov#", "rdfs": "http://www.w3.org/2000/01/rdf-schema#", "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dcterms": "http://purl.org/dc/terms/", "sayso": linked.VOCABULARY, "id": "@id", "type": "@type", "label": "rdfs:label",
    **{kind: f"prov:{kind}" for kind in ("Entity", "Agent", "Activity", "SoftwareAgent", "Person", "Organization")},
    **{link: {"@id": f"prov:{link}", "@type": "@id"} for link in _LINKS},
    "endedAtTime": {"@id": "prov:endedAtTime", "@type": "xsd:dateTime"}, "value": "prov:value",
    "title": "dcterms:title", "issued": "dcterms:issued", "web": {"@id": "dcterms:source", "@type": "@id"},
    **{name: f"sayso:{name}" for name in ("action", "note", "state", "digest", "version")},
}  # fmt: skip


def write(job: Job) -> None:
    """Write the graph."""
    linked.document(job.out.file(job.path), CONTEXT, {}, "@graph", _things(job))


def _things(job: Job) -> Iterator[dict[str, Any]]:
    told: set[str] = {SOFTWARE}  # who has been told of; of the record's entities and authors the keys alone
    yield {"id": SOFTWARE, "type": ["Agent", "SoftwareAgent"], "label": f"sayso {__version__}"}
    for report, held in reported(job.connection, job.asked):
        yield from _report(job, report, told)
        targets = {report["digest"], *(one.row["id"] for one in held)}
        former = _versions(job.connection, [one.row["id"] for one in held])
        own = {n for one in held for n in (*_own(one), *(row["until"] for row in former[one.row["id"]]))}
        made = _changes(job.connection, targets, own)
        yield from _activities(made, report, held, told)
        for one in held:
            yield from _claim(one, former[one.row["id"]], told)


def _report(job: Job, report: Any, told: set[str]) -> Iterator[dict[str, Any]]:
    publisher = entity_rows(job.connection, {report["publisher_key"]})[report["publisher_key"]]
    yield from _agent(publisher, told)
    yield {
        "id": linked.report(report["digest"]), "type": "Entity", "digest": report["digest"], "title": report["title"], "issued": report["published"],
        "web": linked.address(report["url"]), "wasAttributedTo": linked.entity(report["publisher_key"]), "label": report["title"] or report["id"],
    }  # fmt: skip


def _agent(row: Any, told: set[str]) -> Iterator[dict[str, Any]]:
    """Somebody who says things: an agent, and, as what a claim rests on, an entity."""
    if row["key"] not in told:
        told.add(row["key"])
        yield {"id": linked.entity(row["key"]), "type": ["Agent", "Entity"], "label": row["name"]}


def _activities(made: list[Any], report: Any, held: list[Claimed], told: set[str]) -> Iterator[dict[str, Any]]:
    claims = {one.row["id"] for one in held}
    for row in made:
        name = f"author:{row['author']}"
        if name not in told:
            told.add(name)
            yield {"id": linked.author(row["author"]), "type": "Agent", "label": row["author"]}
        yield {
            "id": linked.change(row["number"]), "type": "Activity", "action": row["action"], "endedAtTime": row["at"], "note": row["note"],
            "label": row["action"], "used": linked.claim(row["target"]) if row["target"] in claims else linked.report(report["digest"]),
            "wasAssociatedWith": [linked.author(row["author"]), *([SOFTWARE] if row["action"] in {"add", "reread"} else [])],
        }  # fmt: skip


def _own(one: Claimed) -> list[int]:
    """The changes that made a claim what it is: it was added, reviewed, confirmed."""
    return sorted({one.row["added_in"], one.row["reviewed_in"], one.row["checked_in"]} - {None})


def _claim(one: Claimed, former: list[Any], told: set[str]) -> Iterator[dict[str, Any]]:
    yield from _agent(one.holder, told)
    for row in former:
        yield {
            "id": linked.version(one.row["id"], row["until"]), "type": "Entity", "state": row["state"], "wasQuotedFrom": linked.report(one.report["digest"]),
            "wasInvalidatedBy": linked.change(row["until"]),
        }  # fmt: skip
    yield {
        "id": linked.claim(one.row["id"]), "type": "Entity", "label": stated(one), "value": one.row["evidence"], "state": one.row["state"],
        "wasQuotedFrom": linked.report(one.report["digest"]), "hadPrimarySource": linked.entity(one.row["holder"]),
        "wasAttributedTo": linked.entity(one.row["holder"]), "wasGeneratedBy": [linked.change(n) for n in _own(one)],
        "wasRevisionOf": [linked.version(one.row["id"], row["until"]) for row in former],
    }  # fmt: skip


def _changes(connection: sa.Connection, targets: set[str], numbers: set[int]) -> list[Any]:
    """Changes of these numbers or of what is named by these ids: an act on several claims names none."""
    query = sa.select(*(changes.c[name] for name in ("number", "at", "author", "action", "target", "note")))
    found = {
        row["number"]: row
        for column, values in ((changes.c.target, sorted(targets)), (changes.c.number, sorted(numbers)))
        for part in chunks(values)
        for row in connection.execute(query.where(column.in_(part))).mappings()
    }
    return [found[number] for number in sorted(found)]


def _versions(connection: sa.Connection, ids: list[str]) -> dict[str, list[Any]]:
    query = sa.select(claim_versions.c.claim, claim_versions.c.until, claim_versions.c.state).order_by(claim_versions.c.until)
    found: dict[str, list[Any]] = defaultdict(list)
    for part in chunks(ids):
        for row in connection.execute(query.where(claim_versions.c.claim.in_(part))).mappings():
            found[row["claim"]].append(row)
    return found
