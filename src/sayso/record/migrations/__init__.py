"""How records of earlier versions become like those of this one: Alembic's scripts, in `versions/`.

A change of `sayso.record.tables` needs a script here that makes it, and its number in `KNOWN`; a test compares tables and scripts.
"""

from __future__ import annotations

KNOWN = ("0001", "0002", "0003", "0004")
"""The schemas that there have been, in order."""
HEAD = KNOWN[-1]
