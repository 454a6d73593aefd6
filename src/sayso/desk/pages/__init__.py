"""The pages: a module for each kind, each with its `ROUTES`."""

from __future__ import annotations

from typing import Any

from sayso.desk.pages import chronology, exports, incidents, log, people, places, reading, registers, reports, reviewing, start, users

ROUTES: list[Any] = [
    *start.ROUTES, *incidents.ROUTES, *reports.ROUTES, *reading.ROUTES, *reviewing.ROUTES, *registers.ROUTES, *log.ROUTES, *chronology.ROUTES,
    *places.ROUTES, *people.ROUTES, *exports.ROUTES, *users.ROUTES,
]  # fmt: skip
