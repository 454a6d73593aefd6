"""Incidents in the shape of event data sets that keep one row an incident: two sides, a place, days, reports.

In: incidents. Out: what such rows need. The sides are ordered by their keys, so that none is first for what it did; `accounts` keep what each holder says.
An incident of which nobody says that it happened or was tried (all claims deny, plan or fear it) is none there.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from msgspec.structs import replace

from sayso.export.asking import Incident, happened
from sayso.export.formats import Job
from sayso.export.telling import accounts
from sayso.model import Sector, Status
from sayso.record.filters import Filter, is_side
from sayso.record.summing import called
from sayso.view.words import clean, country

REAL = frozenset({Status.OCCURRED, Status.ONGOING, Status.ATTEMPTED})
_HURT = frozenset({"recipient", "victim"})
_IN_IT = frozenset({"actor", "recipient", "victim", "by", "owner"})
_UNARMED = frozenset({Sector.CVL, Sector.REF, Sector.JRN, Sector.MED})


class Side(NamedTuple):
    """One side of an incident: its key and name, the names of those on it, and their sectors, most often named first."""

    key: str
    name: str
    members: list[str]
    sectors: list[str]

    @property
    def state(self) -> bool:
        """Whether it is a state's, or a de facto state's."""
        return is_side(self.key)


class Shape(NamedTuple):
    """What a row an incident needs."""

    incident: Incident
    sides: list[Side]  # at most two, those named most in it, by key
    others: list[Side]
    civilians: bool  # whether civilians were hit, as somebody says
    country: str
    admin1: str
    lat: float | None  # None where only a province or a country is told
    lon: float | None
    start: date | None
    end: date | None
    publishers: list[str]
    holders: list[str]
    notes: str

    def side(self, n: int) -> Side:
        """The first or second side, or an empty one."""
        return self.sides[n] if n < len(self.sides) else Side("", "", [], [])


def news(asked: Filter) -> Filter:
    """The filter without history, unless history was asked for."""
    return replace(asked, background=False) if asked.background is None else asked


def shapes(job: Job) -> Iterator[Shape]:
    """The incidents that meet the filter and that somebody says happened."""
    for incident in happened(job.connection, news(job.asked)):
        if any(one.claim.status in REAL for one in incident.claims):
            yield shape(incident)


def shape(incident: Incident) -> Shape:
    """An incident as a row needs it."""
    row = incident.row
    named: dict[str, Counter[str]] = defaultdict(Counter)
    sectors: dict[str, Counter[str]] = defaultdict(Counter)
    civilians = False
    for one in incident.claims:
        for party in one.parties:
            if party["part"] in _IN_IT and party["side"]:
                named[party["side"]][party["name"]] += 1
                sectors[party["side"]][party["sector"]] += 1
            civilians |= party["part"] in _HURT and party["sector"] in _UNARMED and one.claim.status in REAL
    sides = [Side(key, clean(called(key, {key: min(names)})), _most(names), _most(sectors[key])) for key, names in named.items()]
    most = sorted(sides, key=lambda s: (-named[s.key].total(), s.key))
    exact = row["place_precision"] in {"point", "city", "district"}
    provinces = Counter(one.row["admin1"] for one in incident.claims if one.row["admin1"] and one.row["place"] == row["place"])
    return Shape(
        incident, sorted(most[:2]), sorted(most[2:]), civilians, country(row["country"]) if row["country"] else "", next(iter(_most(provinces)), ""),
        row["lat"] if exact else None, row["lon"] if exact else None, row["start"] or row["day"], row["end"] if row["start"] else row["day"],
        sorted({clean(one.report["publisher"] or "") for one in incident.claims} - {""}),
        sorted({clean(one.holder["name"]) for one in incident.claims}), accounts(incident.accounts.values()),
    )  # fmt: skip


def _most(found: Counter[str]) -> list[str]:
    return [clean(name) for name, _ in sorted(found.items(), key=lambda item: (-item[1], item[0]))]
