"""A new record for each test: in a file, or, where `tests.services` has started a server, in PostgreSQL."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa

from sayso.record import Record
from tests.services import WHERE

_NUMBER = count()


@pytest.fixture(params=["postgresql" if os.environ.get(WHERE) else "sqlite"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], str]]:
    """What gives the place of another new record each time: a path, or the URL of a database of its own."""
    if request.param == "sqlite":
        yield lambda: str(tmp_path / f"{next(_NUMBER)}.db")
        return
    url = sa.make_url(os.environ[WHERE]).set(drivername="postgresql+psycopg")
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    made: list[str] = []

    def new() -> str:
        name = f"record_{os.getpid()}_{next(_NUMBER)}"
        with engine.connect() as connection:
            connection.execute(sa.text(f"CREATE DATABASE {name}"))
        made.append(name)
        return url.set(database=name, drivername="postgresql").render_as_string(hide_password=False)

    yield new
    with engine.connect() as connection:
        for name in made:
            connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


@pytest.fixture
def record(place: Callable[[], str]) -> Iterator[Record]:
    """An empty record."""
    with Record(place(), author="tester") as made:
        yield made
