"""Claims that are new, changed or gone → incidents, their accounts' relations, and what is disputed, for as much of the record as they touch.

In: a connection of the one writer and what an addition touched. Out: rows. Claims that a chain of likely links joins have one component; only the
components that are touched are clustered again, and each from all its claims in an order of their own, so that the record is the same in whatever order and in
however many portions the reports came. An incident's id is an `i` and the id of its first claim by publication, so that it stays while later reports come in.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa

from sayso.model import Field, Relation, Report
from sayso.record.adding import Touched, chunks
from sayso.record.filters import STANDING
from sayso.record.grouping import blocks as blocks_of
from sayso.record.grouping import by_component, link
from sayso.record.relations import disputes as disputes_of
from sayso.record.relations import relate
from sayso.record.rows import Row, claim_of, involved_rows
from sayso.record.summing import SUMMED, incident_row, stances_of
from sayso.record.tables import blocks, claims, decisions, disputes, entities, incidents, involved, parties, relations, reports
from sayso.record.told import Told, told

MEMORY = 100_000
"""Claims whose comparable form is kept between additions."""
Pair = frozenset[str]


class Memory:
    """The comparable forms of claims used last, by number, so that neighbours need not be taken from the database again and again."""

    def __init__(self, size: int = MEMORY) -> None:
        self._size = size
        self._held: OrderedDict[int, Told] = OrderedDict()

    def forget(self, numbers: Iterable[int] | None = None) -> None:
        """Let go of these, or of all."""
        if numbers is None:
            self._held.clear()
        for number in numbers or ():
            self._held.pop(number, None)

    def get(self, connection: sa.Connection, numbers: Collection[int]) -> dict[int, Told]:
        """Standing claims that are no offices, by number."""
        found = {n: self._held[n] for n in numbers if n in self._held}
        waiting: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for part in chunks(sorted(set(numbers) - found.keys())):
            query = sa.select(claims.c.number, claims.c.report, claims.c.body).where(claims.c.number.in_(part), STANDING, claims.c.kind != "role")
            for row in connection.execute(query):
                waiting[row.report].append((row.number, row.body))
        for part in chunks(waiting):
            query = sa.select(*(reports.c[name] for name in ("number", "id", "digest", "publisher", "published", "copies", "text")))
            for row in connection.execute(query.where(reports.c.number.in_(part))):
                report = Report(id=row.id, text=row.text, digest=row.digest, publisher=row.publisher, published=row.published)
                for number, body in waiting[row.number]:
                    if (one := told(claim_of(body), report, row.copies)) is not None:
                        found[number] = self._held[number] = one
        while len(self._held) > self._size:
            self._held.popitem(last=False)
        return found


class Regrouping:
    """One regrouping, within the transaction that made it needed."""

    def __init__(self, connection: sa.Connection, touched: Touched, memory: Memory) -> None:
        self.connection, self.touched, self.memory = connection, touched, memory
        self.memory.forget(touched.claims)
        self._number: dict[str, int] = {}
        self._told: dict[int, Told] = {}

    def run(self) -> None:
        """Bring the incidents up to date."""
        fresh = self._load(self.touched.claims)
        self._write_blocks(fresh)
        near = self._neighbours(fresh)
        candidates = self._load({n for numbers in near.values() for n in numbers})
        linked = {m for n, numbers in near.items() for m in numbers if m not in fresh and m in candidates and n in fresh and link(fresh[n], candidates[m])}
        together, _ = self._decisions(fresh)
        linked |= {self._number.get(claim) or self._number_of(claim) for pair in together for claim in pair} - {0}
        components = self.touched.components | self._components_of(self.touched.claims | linked)
        members = self._load(self._members(components) | self.touched.claims)
        self._group(members, components)

    # the record → comparable forms

    def _load(self, numbers: Collection[int]) -> dict[int, Told]:
        found = self.memory.get(self.connection, numbers)
        self._number |= {one.claim: number for number, one in found.items()}
        self._told |= found
        return found

    def _number_of(self, claim: str) -> int:
        """The number of a claim; 0 for one that does not stand."""
        query = sa.select(claims.c.number).where(claims.c.id == claim, STANDING)
        return self.connection.execute(query).scalar_one_or_none() or 0

    def _components_of(self, numbers: Collection[int]) -> set[int]:
        query = sa.select(claims.c.component).distinct().where(claims.c.component.is_not(None))
        return {c for part in chunks(numbers) for c in self.connection.execute(query.where(claims.c.number.in_(part))).scalars()}

    def _members(self, components: Collection[int]) -> set[int]:
        query = sa.select(claims.c.number).where(STANDING)
        return {n for part in chunks(components) for n in self.connection.execute(query.where(claims.c.component.in_(part))).scalars()}

    def _write_blocks(self, fresh: dict[int, Told]) -> None:
        for part in chunks(self.touched.claims):
            self.connection.execute(sa.delete(blocks).where(blocks.c.claim.in_(part)))
        if rows := [{"block": block, "claim": number} for number, one in fresh.items() for block in dict.fromkeys(blocks_of(one))]:
            self.connection.execute(sa.insert(blocks), rows)

    def _neighbours(self, fresh: dict[int, Told]) -> dict[int, set[int]]:
        """For each claim those that share a block with it."""
        mine: dict[str, list[int]] = defaultdict(list)
        for number, one in fresh.items():
            for block in blocks_of(one):
                mine[block].append(number)
        found: dict[int, set[int]] = defaultdict(set)
        for part in chunks(mine):
            for row in self.connection.execute(sa.select(blocks.c.block, blocks.c.claim).where(blocks.c.block.in_(part))):
                for number in mine[row.block]:
                    if number != row.claim:
                        found[number].add(row.claim)
        return found

    def _decisions(self, tolds: dict[int, Told]) -> tuple[set[Pair], set[Pair]]:
        """What users decided about these claims: pairs that are one incident, pairs that are not."""
        together: set[Pair] = set()
        apart: set[Pair] = set()
        for part in chunks(one.claim for one in tolds.values()):
            for column in (decisions.c.one, decisions.c.other):
                for row in self.connection.execute(sa.select(decisions).where(column.in_(part))):
                    (together if row.together else apart).add(frozenset((row.one, row.other)))
        return together, apart

    # comparable forms → incidents

    def _group(self, members: dict[int, Told], components: set[int]) -> None:
        together, apart = self._decisions(members)
        present = {one.claim for one in members.values()}
        together, apart = ({pair for pair in pairs if pair <= present} for pairs in (together, apart))
        before = self._grouped(members, components)
        found = by_component(members.values(), frozenset(together), frozenset(apart))
        self._label([[self._number[claim] for group in component for claim in group] for component in found])
        made: dict[str, list[int]] = {}
        for group in (group for component in found for group in component):
            numbers = [self._number[claim] for claim in group]
            made["i" + min((members[n] for n in numbers), key=_first).claim] = sorted(numbers)
        self._end_incidents(set(before.values()) - made.keys())
        moved = [{"n": n, "i": key} for key, numbers in made.items() for n in numbers if before.get(n) != key]
        if moved:
            self.connection.execute(sa.update(claims).where(claims.c.number == sa.bindparam("n")).values(incident=sa.bindparam("i")), moved)
        was: dict[str, set[int]] = defaultdict(set)
        for number, key in before.items():
            was[key].add(number)
        changed = {key: numbers for key, numbers in made.items() if set(numbers) != was.get(key) or not self.touched.claims.isdisjoint(numbers)}
        self._write_relations(changed, members)
        self._write_incidents(changed, members, pinned=set().union(*together) if together else set())

    def _grouped(self, members: dict[int, Told], components: set[int]) -> dict[int, str]:
        """The incidents of these claims, and of those of the components that went, until now."""
        found: dict[int, str] = {}
        query = sa.select(claims.c.number, claims.c.incident).where(claims.c.incident.is_not(None))
        for part in chunks(members):
            found |= {r.number: r.incident for r in self.connection.execute(query.where(claims.c.number.in_(part)))}
        for part in chunks(components):
            found |= {r.number: r.incident for r in self.connection.execute(query.where(claims.c.component.in_(part)))}
        gone = found.keys() - members.keys()
        for part in chunks(gone):
            self.connection.execute(sa.update(claims).where(claims.c.number.in_(part)).values(incident=None, component=None))
            self.connection.execute(sa.delete(relations).where(relations.c.first.in_(part)))
            self.connection.execute(sa.delete(relations).where(relations.c.second.in_(part)))
        return found

    def _label(self, parts: list[list[int]]) -> None:
        """Give the claims of each component one label, the lowest number in it."""
        held: dict[int, int | None] = {}
        for part in chunks(n for numbers in parts for n in numbers):
            query = sa.select(claims.c.number, claims.c.component).where(claims.c.number.in_(part))
            held |= {r.number: r.component for r in self.connection.execute(query)}
        if rows := [{"n": n, "c": min(numbers)} for numbers in parts for n in numbers if held[n] != min(numbers)]:
            self.connection.execute(sa.update(claims).where(claims.c.number == sa.bindparam("n")).values(component=sa.bindparam("c")), rows)

    # incidents → rows

    def _end_incidents(self, gone: Collection[str]) -> None:
        for part in chunks(gone):
            standing = sa.update(incidents).where(incidents.c.id.in_(part), incidents.c.gone_in.is_(None))
            self.connection.execute(standing.values(gone_in=self.touched.change, changed_in=self.touched.change))
            for table in (relations, disputes):
                self.connection.execute(sa.delete(table).where(table.c.incident.in_(part)))

    def _write_relations(self, changed: dict[str, list[int]], members: dict[int, Told]) -> None:
        """Relations anew, disputes anew, and which claims later ones of their holders replace, in these incidents."""
        for part in chunks(changed):
            for table in (relations, disputes):
                self.connection.execute(sa.delete(table).where(table.c.incident.in_(part)))
        rows: list[Row] = []
        disputed: list[Row] = []
        replaced: dict[int, str | None] = {}
        for key, numbers in changed.items():
            for k, n in enumerate(numbers):
                replaced.setdefault(n, None)
                for m in numbers[:k]:
                    found = relate(members[m], members[n])
                    if found.relation is Relation.ADDS:
                        continue
                    first, second = self._number[found.first], self._number[found.second]
                    rows.append({
                        "first": first, "second": second, "incident": key, "relation": found.relation.value,
                        "fields": " ".join(f.value for f in found.fields), "because": found.because,
                    })  # fmt: skip
                    if found.relation in {Relation.REVISES, Relation.RETRACTS}:
                        replaced[first] = max(filter(None, (replaced.get(first), found.second)), key=lambda c: _first(members[self._number[c]]))
            disputed += [
                {"incident": key, "field": Field(d.field).value, "one": min(d.holders), "other": max(d.holders), "because": "; ".join(d.because)}
                for d in disputes_of([members[n] for n in numbers])
            ]
        if rows:
            self.connection.execute(sa.insert(relations), rows)
        if disputed:
            self.connection.execute(sa.insert(disputes), disputed)
        if replaced:
            update = sa.update(claims).where(claims.c.number == sa.bindparam("n"))
            values = [{"n": n, "r": by} for n, by in replaced.items()]
            self.connection.execute(update.values(replaced_by=sa.bindparam("r")), values)

    def _write_incidents(self, changed: dict[str, list[int]], members: dict[int, Told], pinned: Collection[str]) -> None:
        held: set[str] = set()
        disputed: dict[str, set[str]] = defaultdict(set)
        for part in chunks(changed):
            held |= set(self.connection.execute(sa.select(incidents.c.id).where(incidents.c.id.in_(part))).scalars())
            for row in self.connection.execute(sa.select(disputes.c.incident, disputes.c.field).where(disputes.c.incident.in_(part))):
                disputed[row.incident].add(row.field)
        numbers = [n for group in changed.values() for n in group]
        rows, sides, names = self._rows(numbers)
        fresh: list[Row] = []
        stances: list[Row] = []
        concerned: list[Row] = []
        for key, group in changed.items():
            told_of = sorted(group, key=lambda n: _first(members[n]))
            summed = incident_row([rows[n] for n in told_of], {n: sides[n] for n in told_of}, names)
            summed |= {"disputed": " ".join(sorted(disputed[key])), "pinned": any(members[n].claim in pinned for n in group)}
            summed |= {"changed_in": self.touched.change, "gone_in": None}
            present = {side for n in group for _, side in sides[n]}
            for n in group:
                found = involved_rows(rows[n]._mapping, {side for _, side in sides[n]}, present | {rows[n].holder_side})
                concerned += [row | {"claim": n} for row in found]
            stances += [{"n": n, "s": stance} for n, stance in stances_of([rows[n] for n in told_of], sides).items()]
            if key in held:
                self.connection.execute(sa.update(incidents).where(incidents.c.id == key).values(summed))
            else:
                fresh.append(summed | {"id": key, "added_in": self.touched.change})
        if fresh:
            self.connection.execute(sa.insert(incidents), fresh)
        for part in chunks(numbers):
            self.connection.execute(sa.delete(involved).where(involved.c.claim.in_(part)))
        if concerned:
            self.connection.execute(sa.insert(involved), concerned)
        if stances:
            self.connection.execute(sa.update(claims).where(claims.c.number == sa.bindparam("n")).values(stance=sa.bindparam("s")), stances)

    def _rows(self, numbers: Collection[int]) -> tuple[dict[int, Any], dict[int, list[tuple[str, str]]], dict[str, str]]:
        """What the record holds of claims, the part and side of everybody in them, and what the sides are called."""
        rows: dict[int, Any] = {}
        sides: dict[int, list[tuple[str, str]]] = defaultdict(list)
        names: dict[str, str] = {}
        query = sa.select(*(claims.c[name] for name in SUMMED), reports.c.copies).join(reports, reports.c.number == claims.c.report)
        party = sa.select(parties.c.claim, parties.c.part, parties.c.side, entities.c.name).join(entities, entities.c.key == parties.c.entity)
        for part in chunks(numbers):
            rows |= {row.number: row for row in self.connection.execute(query.where(claims.c.number.in_(part)))}
            for row in self.connection.execute(party.where(parties.c.claim.in_(part), parties.c.side != "")):
                sides[row.claim].append((row.part, row.side))
                names[row.side] = min(names.get(row.side, row.name), row.name)
        return rows, sides, names


def _first(one: Told) -> tuple[Any, ...]:
    """What orders claims, the first reported first."""
    return (one.published is None, one.published or date.min, one.report, one.start, one.claim)
