"""The pages: a module for each kind, each with its `ROUTES`."""

from __future__ import annotations

from typing import Any

from sayso.desk.pages import incidents, reading, reviewing, start

ROUTES: list[Any] = [*start.ROUTES, *incidents.ROUTES, *reading.ROUTES, *reviewing.ROUTES]
