"""A desk on a record of the examples, and a client that sends forms as its pages do."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

import sayso
from sayso.desk import Settings, application
from sayso.intake import from_file
from sayso.record import Record
from sayso.record.users import Users

EXAMPLES = Path(__file__).parents[2] / "examples" / "record"


class Desk:
    """A client of a desk, and the record that it serves."""

    def __init__(self, client: TestClient[Any], record: Record) -> None:
        self.client, self.record = client, record

    def get(self, address: str, status: int = 200, **options: Any) -> str:
        """The page at an address."""
        answer = self.client.get(address, **options)
        assert answer.status_code == status, f"{address}: {answer.status_code}: {answer.text[-400:]}"
        return answer.text

    @property
    def token(self) -> str:
        """What a form of this client must send back."""
        found = re.search(r'name="_csrf_token" value="([^"]+)"', self.get("/"))
        assert found
        return found[1]

    def post(self, address: str, status: int = 303, /, **form: Any) -> str:
        """Where a sent form leads; the page where it leads nowhere."""
        answer = self.client.post(address, data={"_csrf_token": self.token, **form}, follow_redirects=False)
        assert answer.status_code == status, f"{address}: {answer.status_code}: {answer.text[-400:]}"
        return answer.headers.get("location", "") or answer.text


@pytest.fixture(scope="session")
def example_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of the example reports; copy it before changing it."""
    where = tmp_path_factory.mktemp("desk") / "examples.db"
    with Record(where, author="import") as record:
        record.add(sayso.Reader().read_many([report for path in sorted(EXAMPLES.glob("*.txt")) for report in from_file(path)]))
    return where


@pytest.fixture
def desk(example_record: Path, tmp_path: Path) -> Iterator[Desk]:
    """A desk of one user, Anna, on a record of her own."""
    where = tmp_path / "desk.db"
    shutil.copy(example_record, where)
    with desk_of(where) as desk:
        yield desk


@contextmanager
def desk_of(where: Path) -> Iterator[Desk]:
    """A desk of one user, Anna, on this record."""
    served = application(Settings(record=str(where), author="Anna", hosts=("desk.test",)))
    with TestClient(served, base_url="http://desk.test") as client, Record(where) as record:
        yield Desk(client, record)


PASSWORD = "a long enough password"
NAMES = {"Anna": "administer", "Bo": "review", "Cy": "read"}


class Team:
    """A desk that users log in to, and a browser for each."""

    def __init__(self, served: Any, record: Record) -> None:
        self.served, self.record = served, record

    def browser(self, name: str = "") -> Desk:
        """A browser in which somebody is logged in, or nobody."""
        client = TestClient(self.served, base_url="http://desk.test")
        desk = Desk(client, self.record)
        if name:
            page = desk.get("/login")
            token = re.search(r'name="_csrf_token" value="([^"]+)"', page)
            assert token
            sent = {"_csrf_token": token[1], "name": name, "password": PASSWORD, "back": "/reports"}
            answer = client.post("/login/enter", data=sent, follow_redirects=False)
            assert (answer.status_code, answer.headers["location"]) == (303, "/reports"), answer.text
        return desk


@pytest.fixture
def team(example_record: Path, tmp_path: Path) -> Iterator[Team]:
    """A desk of three: Anna administers, Bo reviews, Cy reads."""
    where = tmp_path / "team.db"
    shutil.copy(example_record, where)
    with Record(where, author="Root") as record:
        for name, role in NAMES.items():
            Users(record).add(name, role, PASSWORD)
        served = application(Settings(record=str(where), hosts=("desk.test",), team=True))
        with TestClient(served, base_url="http://desk.test"):
            yield Team(served, record)
