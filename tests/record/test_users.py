"""Users and their sessions, in either database."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sayso.errors import BadOption
from sayso.record import Record, users
from sayso.record.history import log
from sayso.record.users import Users

PASSWORD = "a long enough password"


@pytest.fixture
def known(record: Record) -> Users:
    """The users of a record: Anna administers, Bo reviews."""
    made = Users(record)
    made.add("Anna", "administer", PASSWORD)
    made.add("Bo", "review", PASSWORD)
    return made


def test_a_session_is_begun_with_the_password_alone(known: Users, record: Record) -> None:
    token = known.begin("Bo", PASSWORD)
    assert token is not None
    user = known.of(token)
    assert user is not None and (user.name, user.may("review"), user.may("administer")) == ("Bo", True, False)
    for name, word in (("Bo", "wrong"), ("bo", PASSWORD), ("Nobody", PASSWORD), ("", "")):
        assert known.begin(name, word) is None
    assert known.of("made up") is None
    with record.database.reading() as connection:
        kept = [word for query in ("SELECT token FROM sessions", "SELECT password FROM users") for word in connection.exec_driver_sql(query).scalars()]
    assert all(token not in one and PASSWORD not in one for one in kept)


def test_a_session_ends(known: Users, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, third = (known.begin("Bo", PASSWORD) for _ in range(3))
    assert first and second and third
    known.end(first)
    assert known.of(first) is None
    assert known.end_others("Bo", but=second) == 1
    assert known.of(third) is None and known.of(second) is not None
    monkeypatch.setattr(users, "IDLE", timedelta(seconds=-5))
    assert known.of(second) is None
    monkeypatch.undo()
    monkeypatch.setattr(users, "WHOLE", timedelta(seconds=-5))
    late = known.begin("Bo", PASSWORD)
    assert late is not None and known.of(late) is None


def test_another_password_ends_all_sessions_but_one(known: Users) -> None:
    here, there = known.begin("Bo", PASSWORD), known.begin("Bo", PASSWORD)
    assert here and there
    known.set_password("Bo", "another long password", but=here)
    assert known.of(here) is not None and known.of(there) is None
    assert not known.check("Bo", PASSWORD) and known.check("Bo", "another long password")
    known.set_disabled("Bo", True)
    assert known.of(here) is None and known.begin("Bo", "another long password") is None


def test_what_users_may_be(known: Users, record: Record) -> None:
    for name, role, word in (("anna", "read", PASSWORD), ("", "read", PASSWORD), ("x\n", "king", PASSWORD), ("Cy", "read", "short"), ("Cy", "read", "x" * 300)):
        with pytest.raises(BadOption):
            known.add(name, role, word)
    for change in (lambda: known.set_role("Anna", "read"), lambda: known.set_disabled("Anna", True), lambda: known.set_role("Cy", "read")):
        with pytest.raises(BadOption):
            change()
    known.set_role("Bo", "administer")
    known.set_disabled("Anna", True)
    assert [(user.name, user.role, user.disabled) for user in known.listed()] == [("Anna", "administer", True), ("Bo", "administer", False)]
    assert [entry.target for entry in log(record, action="user")] == ["Anna", "Bo", "Bo", "Anna"]
    assert all(PASSWORD not in str(entry) for entry in log(record, action="user"))
