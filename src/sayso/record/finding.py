"""Reports, claims, incidents and holders of a record by what a user calls them.

In: a connection, and an id, how one begins, or a name. Out: rows, ids, keys. What is meant by none or by several is told in a line; nothing here writes.
"""

from __future__ import annotations

from typing import Any

import msgspec
import sqlalchemy as sa

from sayso.errors import BadOption, NotInRecord
from sayso.model import Block, Report
from sayso.record.filters import STANDING
from sayso.record.tables import changes, claims, entities, reports

SHORTEST = 6
"""Characters of an id that are enough to name what alone begins so."""


def version(connection: sa.Connection) -> int:
    """The number of the last change; 0 in a record without any."""
    return int(connection.execute(sa.select(sa.func.coalesce(sa.func.max(changes.c.number), 0))).scalar_one())


def claim_row(connection: sa.Connection, key: str) -> Any:
    """The row of the claim with this id, or whose id alone begins so.

    Raises:
        NotInRecord: none.
        BadOption: several.
    """
    exact = connection.execute(sa.select(claims).where(claims.c.id == key)).first()
    if exact is not None:
        return exact
    found = connection.execute(sa.select(claims).where(claims.c.id.startswith(key, autoescape=True)).limit(2)).all() if len(key) >= SHORTEST else []
    if not found:
        raise NotInRecord(f"no claim in the record begins with {key!r}")
    if len(found) > 1:
        raise BadOption(f"several claims begin with {key!r}")
    return found[0]


def incident_id(connection: sa.Connection, key: str) -> str:
    """The id of the incident that an id, an earlier id, or how one begins, leads to now.

    Raises:
        NotInRecord: none.
        BadOption: several.
    """
    if not key.startswith("i"):
        raise NotInRecord(f"{key!r} is no incident's id: one begins with an i; see: sayso incidents")
    row = claim_row(connection, key[1:])
    if row.incident is None:
        raise NotInRecord(f"the claim that {key} was named after is gone or is in no incident; see: sayso incidents")
    return str(row.incident)


def claims_of(connection: sa.Connection, incident: str) -> list[str]:
    """The ids of the claims that stand in an incident."""
    query = sa.select(claims.c.id).where(claims.c.incident == incident, STANDING).order_by(claims.c.id)
    return list(connection.execute(query).scalars())


def report_row(connection: sa.Connection, key: str) -> Any:
    """The row of the report with this id or digest, or whose digest alone begins so.

    Raises:
        NotInRecord: none.
        BadOption: several.
    """
    query = sa.select(reports).where(sa.or_(reports.c.id == key, reports.c.digest == key))
    found = connection.execute(query.limit(2)).all()
    if not found and len(key) >= SHORTEST:
        found = connection.execute(sa.select(reports).where(reports.c.digest.startswith(key, autoescape=True)).limit(2)).all()
    if not found:
        raise NotInRecord(f"no report in the record is called {key!r}; name one by its digest")
    if len(found) > 1:
        raise BadOption(f"several reports are called {key!r}; name one by its digest")
    return found[0]


def report_of(row: Any) -> Report:
    """The report of a row of `reports` with its text."""
    return Report(
        **{name: row[name] for name in ("id", "text", "digest", "title", "publisher", "published", "url", "language", "place")},
        blocks=msgspec.json.decode(row["blocks"], type=list[Block]), notes=msgspec.json.decode(row["notes"], type=list[str]),
    )  # fmt: skip


def report_numbered(connection: sa.Connection, number: int) -> Report:
    """The report with this number."""
    return report_of(connection.execute(sa.select(reports).where(reports.c.number == number)).mappings().one())


def holder(connection: sa.Connection, words: str) -> str:
    """The key of the entity that has this key or name.

    Raises:
        NotInRecord: nobody has.
    """
    query = sa.select(entities.c.key).where(sa.or_(entities.c.key == words, sa.func.lower(entities.c.name) == words.lower())).order_by(entities.c.key)
    found = connection.execute(query).scalars().first()
    if found is None:
        raise NotInRecord(f"nobody in the record is called {words!r}; see: sayso sources")
    return str(found)
