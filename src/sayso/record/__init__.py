"""The record: claims of many reports, what they are about, who disputes whom, and the registers drawn from it.

In: readings. Out: rows of a database, and answers to questions about them. Nothing here reads language, and no account is preferred to another.

| module | gives |
|---|---|
| `store` | `Record`: what it takes in, what users do to it, what it is asked |
| `tables`, `migrations` | the tables, and how older records become like them |
| `database` | where a record is kept: SQLite or PostgreSQL, one writer at a time |
| `rows` | a claim → the rows that are kept of it |
| `adding` | readings → the record: each text once, newer versions, near-copies (`copies`) |
| `finding` | what a user means by an id, how one begins, or a name |
| `acts` | one act of a user, logged with what it found and left |
| `reviewing`, `deciding` | such acts: reviews of claims; decisions about incidents, and grades |
| `undoing` | an author's acts undone and done again |
| `history` | the log, what was rejected, how claims stand with their reviewers |
| `listing` | reports, as a list |
| `importing` | what a record exported → a record |
| `told`, `likeness`, `grouping` | claims → incidents, and why |
| `relations` | how two claims about one incident relate, and who disputes whom |
| `regrouping`, `summing` | the part of the record that an addition touches → incidents, anew |
| `filters` | what to ask for; conflicts as users define them |
| `registers` | losses, talks, appeals, violations, offices, the timeline, actors, sources |
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sayso.record.adding import Added
    from sayso.record.filters import Conflict, Filter, load_conflicts
    from sayso.record.store import Record

__all__ = ["Added", "Conflict", "Filter", "Record", "load_conflicts"]

_HOMES = {"Added": "adding", "Conflict": "filters", "Filter": "filters", "Record": "store", "load_conflicts": "filters"}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for: who only compares the claims of one report should not wait for a database."""
    if name not in _HOMES:
        raise AttributeError(f"module 'sayso.record' has no attribute {name!r}")
    return getattr(import_module(f"sayso.record.{_HOMES[name]}"), name)
