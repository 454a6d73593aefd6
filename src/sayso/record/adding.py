"""Readings → the record: each text once, its appearances, its newer versions, its near-copies.

In: readings, and a connection of the one writer. Out: rows, and which claims are new, changed or gone, for `regrouping`. Adding the same again
changes nothing, and what the record holds in the end does not depend on the order in which reports came: of the appearances of one text the
first by date, then publisher and id, is the one that it is read as, and of two versions the one published later stands.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple

import msgspec
import sqlalchemy as sa

from sayso import __version__
from sayso.identity import entity_key, publisher_of
from sayso.model import AnyClaim, Reading, Report, digest
from sayso.record import copies
from sayso.record.rows import Row, Rows, claim_of, encoded, entity_row, involved_rows, rows_of
from sayso.record.tables import appearances, bands, blocks, changes, claim_versions, claims, entities, involved, parties, reports, sources

CHUNK = 500
"""Values in one `IN (…)`."""
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass
class Touched:
    """What an addition leaves to regroup: claims by number that are new or changed, and components that lost some."""

    claims: set[int] = field(default_factory=set)
    components: set[int] = field(default_factory=set)
    change: int = 0


class Added(NamedTuple):
    """What became of the readings that were added."""

    new: int = 0
    known: int = 0  # the same text from the same place, read alike: nothing changed
    appeared: int = 0  # a known text in another place
    reread: int = 0  # a known text that is read otherwise now
    superseded: int = 0  # older versions that newer ones replaced
    copies: int = 0  # new texts that are near-copies of others
    claims: int = 0  # of the new texts

    def plus(self, other: Added) -> Added:
        """Both together."""
        return Added(*(a + b for a, b in zip(self, other, strict=True)))


def chunks(values: Iterable[Any]) -> Iterable[list[Any]]:
    """The values, so many at a time as one statement takes."""
    held = list(values)
    return (held[i : i + CHUNK] for i in range(0, len(held), CHUNK))


def put_change(
    connection: sa.Connection, author: str, action: str, target: str, before: Any = None, after: Any = None, note: str | None = None, at: str | None = None,
    undoes: int | None = None,
) -> int:
    """Log a change and give its number; it was made now, unless `at` says when."""
    row = {
        "at": at or datetime.now(UTC).isoformat(timespec="seconds"), "author": author, "action": action, "target": target,
        "before": None if before is None else encoded(before), "after": None if after is None else encoded(after),
        "note": note and _UNSTORABLE.sub("\ufffd", note), "undoes": undoes,
    }  # fmt: skip
    number = connection.execute(sa.insert(changes).values(row).returning(changes.c.number)).scalar_one()
    return int(number)


def storable(reading: Reading) -> Reading:
    """The reading in characters that a database takes: NUL and lone surrogates, which no text has on purpose, become U+FFFD, so that all offsets hold."""
    if not _UNSTORABLE.search(reading.report.text):
        return reading
    data = _replaced(msgspec.to_builtins(reading))
    data["report"]["digest"] = digest(data["report"]["text"])
    return msgspec.convert(data, Reading)


def storable_claim(claim: AnyClaim) -> AnyClaim:
    """The claim in characters that a database takes."""
    made: AnyClaim = msgspec.convert(_replaced(msgspec.to_builtins(claim)), AnyClaim)
    return made


def _replaced(value: Any) -> Any:
    if isinstance(value, str):
        return _UNSTORABLE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {key: _replaced(part) for key, part in value.items()}
    return [_replaced(part) for part in value] if isinstance(value, list) else value


class Adding:
    """One addition: readings in, rows out, within one transaction."""

    def __init__(self, connection: sa.Connection, author: str) -> None:
        self.connection, self.author = connection, author
        self.touched = Touched()
        self.added = Added()
        self._next_report = self._last(reports) + 1
        self._next_claim = self._last(claims) + 1
        self._waiting: dict[str, list[Row]] = {"claims": [], "parties": [], "sources": [], "involved": [], "bands": [], "appearances": []}
        self._entities: dict[str, Row] = {}
        self._sketches: dict[str, tuple[frozenset[str], list[int]]] = {}
        self._banded: dict[int, set[int]] = defaultdict(set)

    def add(self, readings: Sequence[Reading]) -> None:
        """Add readings; `touched` and `added` tell what came of it."""
        readings = [storable(reading) for reading in readings]
        known = self._known(r.report.digest for r in readings)
        self._sketch(r.report for r in readings if r.report.digest not in known)
        here: set[str] = set()
        for reading in readings:
            key = reading.report.digest
            if key in here:  # twice in one batch: what came first must be there
                self.flush()
            if key in known or key in here:
                self._again(reading)
            else:
                self._new(reading)
            here.add(key)
        self.flush()

    # a text that is new

    def _new(self, reading: Reading) -> None:
        report = reading.report
        change = self._change("add", report.digest, after={"id": report.id, "publisher": report.publisher, "claims": len(reading.claims)})
        number = self._next_report
        self._next_report += 1
        row = self._report_row(report) | {"number": number, "digest": report.digest, "added_in": change, "copies": report.digest, "withdrawn": False}
        self.connection.execute(sa.insert(reports).values(row))
        self._waiting["appearances"].append(_appearance(report) | {"report": number, "added_in": change})
        self._keep_publisher(report)
        replaced = self._supersede(report, number, change)
        if not replaced:
            for claim in reading.claims:
                self.insert(rows_of(claim, report), number, change)
        near = self._near_copies(report, number)
        self.added = self.added.plus(Added(new=1, copies=bool(near), claims=len(reading.claims)))

    def insert(self, rows: Rows, report: int, change: int, review: Row | None = None) -> None:
        """Put a claim down, proposed unless `review` has another state and whose it is."""
        number = self._next_claim
        self._next_claim += 1
        own: Row = {"number": number, "report": report, "added_in": change, "changed_in": change, "state": "proposed"}
        self._waiting["claims"].append(rows.claim | own | (review or {}))
        self.details(rows, number)
        self.touched.claims.add(number)

    def details(self, rows: Rows, number: int, anew: bool = False) -> None:
        """Put down who is in a claim and the chain of its speakers, and of a role which sides it concerns; of other claims `regrouping` does.

        Args:
            anew: whether it takes the place of what was there.
        """
        if anew:
            for table in (parties, sources, involved):
                self.connection.execute(sa.delete(table).where(table.c.claim == number))
        self._waiting["parties"] += [row | {"claim": number} for row in rows.parties]
        self._waiting["sources"] += [row | {"claim": number} for row in rows.sources]
        if rows.claim["kind"] == "role":  # which is in no incident
            found = involved_rows(rows.claim, {row["side"] for row in rows.parties}, {rows.claim["holder_side"]})
            self._waiting["involved"] += [row | {"claim": number} for row in found]
        for row in rows.entities:
            self._keep_entity(row)

    def _keep_publisher(self, report: Report) -> None:
        self._keep_entity(entity_row(publisher_of(report)))

    def _keep_entity(self, row: Row) -> None:
        held = self._entities.get(row["key"])
        if held is None or _order_of(row) < _order_of(held):
            self._entities[row["key"]] = row

    def _report_row(self, report: Report) -> Row:
        return {
            "id": report.id, "title": report.title, "publisher": report.publisher, "publisher_key": entity_key(publisher_of(report)),
            "published": report.published, "day": report.day, "url": report.url, "language": report.language, "place": report.place, "text": report.text,
            "blocks": encoded(report.blocks), "notes": encoded(report.notes), "read_by": __version__, "changed_in": self.touched.change,
        }  # fmt: skip

    # a text that is known

    def _again(self, reading: Reading) -> None:
        report = reading.report
        held = self.connection.execute(sa.select(reports).where(reports.c.digest == report.digest)).mappings().one()
        place = _appearance(report)
        same = sa.and_(*(appearances.c[name] == value for name, value in place.items()), appearances.c.report == held["number"])
        seen = self.connection.execute(sa.select(sa.literal(1)).select_from(appearances).where(same)).first() is not None
        primary = _rank(place) <= _rank(_appearance_of(held))
        if not seen:
            change = self._change("appear", report.digest, after=place)
            self.connection.execute(sa.insert(appearances).values(place | {"report": held["number"], "added_in": change}))
        reread = primary and self._reread(reading, held)
        self.added = self.added.plus(Added(reread=reread, appeared=not seen, known=seen and not reread))

    def _reread(self, reading: Reading, held: Any) -> bool:
        """Put the claims of a new reading of a known text in the place of the old; whether anything changed."""
        report = reading.report
        before = self._report_of(held)
        query = sa.select(claims.c.number, claims.c.id, claims.c.body, claims.c.state, claims.c.gone_in, claims.c.component)
        old = {row.id: row for row in self.connection.execute(query.where(claims.c.report == held["number"]))}
        now = {claim.id: rows_of(claim, report) for claim in reading.claims}
        standing = held["superseded_by"] is None and not held["withdrawn"]
        moved = {name: value for name, value in before.items() if value != self._report_row(report)[name]}
        # what a reviewer settled or added stays as he left it
        lost = [row for row in old.values() if row.gone_in is None and row.state == "proposed" and row.id not in now]
        fresh = [rows for key, rows in now.items() if key not in old]
        revived = [old[key] for key in now if key in old and old[key].gone_in is not None] if standing else []
        other = [(old[k], rows) for k, rows in now.items() if k in old and old[k].state == "proposed" and (old[k].body != rows.claim["body"] or moved)]
        other += [(row, rows_of(claim_of(row.body), report)) for row in old.values() if row.state != "proposed" and moved]
        if not (moved or (standing and (lost or fresh or revived)) or any(row.body != rows.claim["body"] for row, rows in other)):
            return False
        change = self._change("reread", report.digest, before={"claims": len(old)}, after={"claims": len(now), "read_by": __version__})
        self.connection.execute(sa.update(reports).where(reports.c.number == held["number"]).values(self._report_row(report) | {"changed_in": change}))
        self._keep_publisher(report)
        self._end(lost, change)
        for row, rows in other:
            self._replace(row, rows, change)
        for row in revived:
            self.connection.execute(sa.update(claims).where(claims.c.number == row.number).values(gone_in=None, changed_in=change))
            self.touched.claims.add(row.number)
        if standing:
            for rows in fresh:
                self.insert(rows, held["number"], change)
        return True

    def _replace(self, held: Any, rows: Rows, change: int) -> None:
        """Another form of the same claim."""
        if held.body != rows.claim["body"]:
            self.connection.execute(sa.insert(claim_versions).values(claim=held.id, until=change, state=held.state, body=held.body))
        self.connection.execute(sa.update(claims).where(claims.c.number == held.number).values(rows.claim | {"changed_in": change}))
        self.details(rows, held.number, anew=True)
        if held.gone_in is None:
            self.touched.claims.add(held.number)
            if held.component is not None:
                self.touched.components.add(held.component)

    def _end(self, gone: Collection[Any], change: int) -> None:
        """Let claims go; they stay in their tables, as gone."""
        for part in chunks(row.number for row in gone):
            self.connection.execute(sa.update(claims).where(claims.c.number.in_(part)).values(gone_in=change, changed_in=change))
            self.connection.execute(sa.delete(blocks).where(blocks.c.claim.in_(part)))
        self.touched.components |= {row.component for row in gone if row.component is not None}

    # versions

    def _supersede(self, report: Report, number: int, change: int) -> bool:
        """Find other versions of the report; whether a newer one stands already. The one published later stands, of two of one time the one added later."""
        same = []
        if report.id != report.digest:
            same.append(reports.c.id == report.id)  # the publisher is compared below: by it the database would look through all that he published
        if report.url:
            same.append(reports.c.url == report.url)
        if not same:
            return False
        query = sa.select(*(reports.c[name] for name in ("number", "digest", "published", "publisher_key", "url")))
        publisher = entity_key(publisher_of(report))
        found = self.connection.execute(query.where(sa.or_(*same), reports.c.superseded_by.is_(None), reports.c.number != number)).all()
        for other in (row for row in found if row.publisher_key == publisher or (report.url and row.url == report.url)):
            if (other.published or "") > (report.published or ""):
                self.connection.execute(sa.update(reports).where(reports.c.number == number).values(superseded_by=other.digest))
                return True
            self.flush()
            self.connection.execute(sa.update(reports).where(reports.c.number == other.number).values(superseded_by=report.digest, changed_in=change))
            self._change("supersede", other.digest, after={"superseded_by": report.digest})
            self.end_report(other.number, change)
            self.added = self.added.plus(Added(superseded=1))
        return False

    def end_report(self, number: int, change: int) -> None:
        """Let all claims of a report go."""
        query = sa.select(claims.c.number, claims.c.component).where(claims.c.report == number, claims.c.gone_in.is_(None))
        gone = self.connection.execute(query).all()
        self.touched.claims -= {row.number for row in gone}
        self._end(gone, change)

    # near-copies

    def _sketch(self, fresh: Iterable[Report]) -> None:
        """The runs of words and the bands of new texts, and which reports have one of these bands."""
        for report in fresh:
            runs = copies.runs(report.text)
            self._sketches[report.digest] = runs, copies.bands(runs)
        for part in chunks({value for _, values in self._sketches.values() for value in values}):
            for row in self.connection.execute(sa.select(bands).where(bands.c.value.in_(part))):
                self._banded[row.value].add(row.report)

    def _near_copies(self, report: Report, number: int) -> list[int]:
        """Join the report with its near-copies under one label, that of the first of them by day and digest."""
        runs, values = self._sketches[report.digest]
        found = {n for value in values for n in self._banded[value]}
        for value in values:
            self._banded[value].add(number)
        self._waiting["bands"] += [{"value": value, "report": number} for value in values]
        query = sa.select(reports.c.number, reports.c.text, reports.c.copies)
        rows = [row for part in chunks(found) for row in self.connection.execute(query.where(reports.c.number.in_(part)))]
        near = [row for row in rows if copies.near(runs, copies.runs(row.text))]
        if not near:
            return []
        labels = {row.copies for row in near} | {report.digest}
        query = sa.select(reports.c.number, reports.c.digest, reports.c.day, reports.c.copies)
        members = self.connection.execute(query.where(reports.c.copies.in_(labels))).all()
        first = min(members, key=lambda r: (r.day is None, str(r.day), r.digest)).digest
        moved = [row.number for row in members if row.copies != first]
        if moved:
            self.flush()
        for part in chunks(moved):
            self.connection.execute(sa.update(reports).where(reports.c.number.in_(part)).values(copies=first))
            standing = sa.select(claims.c.number).where(claims.c.report.in_(part), claims.c.gone_in.is_(None))
            self.touched.claims |= set(self.connection.execute(standing).scalars())
        return [row.number for row in near]

    # the database

    def _known(self, digests: Iterable[str]) -> set[str]:
        return {d for part in chunks(digests) for d in self.connection.execute(sa.select(reports.c.digest).where(reports.c.digest.in_(part))).scalars()}

    def _last(self, table: sa.Table) -> int:
        return int(self.connection.execute(sa.select(sa.func.coalesce(sa.func.max(table.c.number), 0))).scalar_one())

    def _change(self, action: str, target: str, before: Any = None, after: Any = None) -> int:
        self.touched.change = put_change(self.connection, self.author, action, target, before, after)
        return self.touched.change

    def _report_of(self, held: Any) -> Row:
        """What a report's row tells of the appearance that it is read as."""
        return {name: held[name] for name in ("id", "title", "publisher", "published", "url", "language", "place")}

    def flush(self) -> None:
        """Write what waits."""
        self._write_entities()
        for table in (claims, parties, sources, involved, bands, appearances):
            if rows := self._waiting[table.name]:
                self.connection.execute(sa.insert(table), rows)
                self._waiting[table.name] = []

    def _write_entities(self) -> None:
        held: dict[str, Row] = {}
        for part in chunks(self._entities):
            held |= {row["key"]: dict(row) for row in self.connection.execute(sa.select(entities).where(entities.c.key.in_(part))).mappings()}
        if fresh := [row for key, row in self._entities.items() if key not in held]:
            self.connection.execute(sa.insert(entities), fresh)
        for key, row in self._entities.items():
            if key in held and _order_of(row) < _order_of(held[key]):
                self.connection.execute(sa.update(entities).where(entities.c.key == key).values(row))
        self._entities = {}


def _order_of(row: Row) -> tuple[str, ...]:
    """Which of several forms of an entity's name is kept: whichever came first must not matter."""
    return tuple(str(row[name] or "~") for name in ("name", "country", "sector", "qualifiers", "side"))


def _appearance(report: Report) -> Row:
    return {"id": report.id, "publisher": report.publisher or "", "published": report.published or "", "url": report.url or ""}


def _appearance_of(held: Any) -> Row:
    return {"id": held["id"], "publisher": held["publisher"] or "", "published": held["published"] or "", "url": held["url"] or ""}


def _rank(place: Row) -> tuple[str, ...]:
    return (place["published"] or "~", place["publisher"] or "~", place["id"], place["url"])
