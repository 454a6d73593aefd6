"""Who accuses, acts upon and disputes whom → a graph: GEXF for Gephi, or a table of edges and one of nodes.

In: a job. Out: nodes are entities, edges sums of claims that the database draws: `says-of` from a holder to whoever he says used force or cost lives or
things, `act` from an actor to a recipient by type, and `dispute` between two holders by field, which has no direction. Denials, plans and fears are no edges
of the first two.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

import sqlalchemy as sa

from sayso import __version__
from sayso.export import cells, writing
from sayso.export.asking import entity_rows
from sayso.export.cells import Value
from sayso.export.formats import Job
from sayso.export.shapes import REAL, news
from sayso.record.adding import chunks
from sayso.record.filters import conditions
from sayso.record.tables import claims, disputes, entities, parties
from sayso.view.words import clean

EDGES = ("source", "target", "kind", "type", "weight", "first_day", "last_day", "source_name", "target_name", "directed")
NODES = ("id", "label", "country", "sector", "side")
NAMESPACE = "http://www.gexf.net/1.2draft"
_ATTRIBUTES = {"node": NODES[2:], "edge": ("kind", "type", "first_day", "last_day")}


class Edge(NamedTuple):
    """So many claims from one entity to another."""

    source: str
    target: str
    kind: str
    type: str
    weight: int
    first: Any
    last: Any


def tables(job: Job) -> None:
    """Write `NAME.csv`, the edges, and `NAME.nodes.csv`."""
    with writing.table(job.out.file(job.path), job.options.bom) as out:
        out.writerow(EDGES)
        for held in chunks(edges(job)):
            named = entity_rows(job.connection, {key for e in held for key in (e.source, e.target)})
            for e in held:
                values: list[Value] = [*e, named[e.source]["name"], named[e.target]["name"], e.kind != "dispute"]
                out.writerow(cells.row(values))
    with writing.table(job.out.file(job.path.with_name(f"{job.path.stem}.nodes.csv")), job.options.bom) as out:
        out.writerow(NODES)
        for row in nodes(job):
            out.writerow(cells.row([row["key"], row["name"], row["country"], row["sector"], row["side"] or None]))


def gexf(job: Job) -> None:
    """Write the graph as GEXF 1.2; a dispute stands twice, once in each direction, since its readers take no graphs of mixed edges."""
    with writing.lines(job.out.file(job.path)) as out:
        xml = XMLGenerator(out, "utf-8", short_empty_elements=True)
        xml.startDocument()
        with _within(xml, "gexf", xmlns=NAMESPACE, version="1.2"):
            with _within(xml, "meta"):
                _leaf(xml, "creator", f"sayso {__version__}")
            with _within(xml, "graph", defaultedgetype="directed", mode="static"):
                for kind, names in _ATTRIBUTES.items():
                    with _within(xml, "attributes", **{"class": kind, "mode": "static"}):
                        for n, name in enumerate(names):
                            _leaf(xml, "attribute", id=str(n), title=name, type="string")
                with _within(xml, "nodes"):
                    for row in nodes(job):
                        with _within(xml, "node", id=clean(row["key"]), label=clean(row["name"])):
                            _values(xml, [row["country"], row["sector"], row["side"]])
                with _within(xml, "edges"):
                    for n, e in enumerate(_both_ways(edges(job))):
                        told = {"id": str(n), "source": clean(e.source), "target": clean(e.target), "weight": str(e.weight), "label": f"{e.kind} {e.type}"}
                        with _within(xml, "edge", **told):
                            _values(xml, [e.kind, e.type, e.first, e.last])
        xml.endDocument()


def _both_ways(found: Iterator[Edge]) -> Iterator[Edge]:
    for e in found:
        yield e
        if e.kind == "dispute":
            yield e._replace(source=e.target, target=e.source)


@contextmanager
def _within(xml: XMLGenerator, element: str, /, **attributes: str) -> Iterator[None]:
    xml.startElement(element, AttributesImpl(attributes))
    yield
    xml.endElement(element)


def _leaf(xml: XMLGenerator, element: str, text: str = "", /, **attributes: str) -> None:
    with _within(xml, element, **attributes):
        xml.characters(text)


def _values(xml: XMLGenerator, values: list[Any]) -> None:
    with _within(xml, "attvalues"):
        for n, value in enumerate(values):
            if value:
                _leaf(xml, "attvalue", **{"for": str(n), "value": clean(str(value))})


def edges(job: Job) -> Iterator[Edge]:
    """The edges, in an order of their own."""
    for query in (_says_of(job), _acts(job), _disputes(job)):
        for row in job.connection.execute(query.execution_options(yield_per=1000)):
            yield Edge(*row)


def nodes(job: Job) -> Iterator[Any]:
    """The entities that some edge joins, by key."""
    parts = [query.order_by(None).subquery() for query in (_says_of(job), _acts(job), _disputes(job))]
    keys = sa.union(*(sa.select(part.c[end]) for part in parts for end in ("source", "target"))).subquery()
    query = sa.select(entities).where(entities.c.key.in_(sa.select(keys.c[0]))).order_by(entities.c.key)
    return iter(job.connection.execute(query.execution_options(yield_per=1000)).mappings())


def _met(job: Job) -> list[sa.ColumnElement[bool]]:
    return [*conditions(news(job.asked)), claims.c.status.in_([status.value for status in REAL])]


def _says_of(job: Job) -> sa.Select[Any]:
    forceful = sa.or_(claims.c.kind.in_(["casualty", "materiel"]), claims.c.type.in_(["ASSAULT", "COERCE"]))
    of = sa.and_(parties.c.claim == claims.c.number, parties.c.part.in_(["actor", "by"]), parties.c.entity != claims.c.holder)
    columns = _columns(claims.c.holder, parties.c.entity, sa.literal("says-of"), claims.c.type)
    return _summed(sa.select(*columns).join(parties, of).where(*_met(job), forceful))


def _acts(job: Job) -> sa.Select[Any]:
    actor, recipient = parties.alias("actor"), parties.alias("recipient")
    columns = _columns(actor.c.entity, recipient.c.entity, sa.literal("act"), claims.c.type)
    return _summed(
        sa.select(*columns)
        .join(actor, sa.and_(actor.c.claim == claims.c.number, actor.c.part == "actor"))
        .join(recipient, sa.and_(recipient.c.claim == claims.c.number, recipient.c.part == "recipient"))
        .where(*_met(job), claims.c.kind == "event")
    )


def _columns(source: Any, target: Any, kind: Any, type: Any) -> list[Any]:
    return [
        source.label("source"), target.label("target"), kind.label("kind"), type.label("type"), sa.func.count().label("weight"),
        sa.func.min(claims.c.day).label("first"), sa.func.max(claims.c.day).label("last"),
    ]  # fmt: skip


def _summed(query: sa.Select[Any]) -> sa.Select[Any]:
    by: list[sa.ColumnElement[Any]] = [sa.literal_column(name) for name in ("source", "target", "type")]
    return query.group_by(*by).order_by(*by)


def _disputes(job: Job) -> sa.Select[Any]:
    met = sa.select(claims.c.incident).where(*conditions(job.asked))
    columns = [
        disputes.c.one.label("source"), disputes.c.other.label("target"), sa.literal("dispute").label("kind"), disputes.c.field.label("type"),
        sa.func.count().label("weight"), sa.null().label("first"), sa.null().label("last"),
    ]  # fmt: skip
    return _summed(sa.select(*columns).where(disputes.c.incident.in_(met)))
