"""Users and their sessions, in either database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from time import monotonic

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher

from sayso.errors import BadOption
from sayso.record import Record, tables, users
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


def test_a_password_that_is_taken_away_meanwhile_opens_nothing(known: Users, monkeypatch: pytest.MonkeyPatch) -> None:
    verified = users._verified

    def meanwhile(change: Callable[[], None]) -> None:
        def slow(kept: str, password: str) -> bool:
            sound = verified(kept, password)
            monkeypatch.setattr(users, "_verified", verified)
            change()
            return sound

        monkeypatch.setattr(users, "_verified", slow)

    meanwhile(lambda: known.set_password("Bo", "another long password"))
    assert known.begin("Bo", PASSWORD) is None
    meanwhile(lambda: known.set_disabled("Bo", True))
    assert known.begin("Bo", "another long password") is None
    known.set_disabled("Bo", False)
    assert known.begin("Bo", PASSWORD) is None and known.begin("Bo", "another long password")


def test_an_older_hash_is_made_anew_when_its_password_is_given(known: Users, monkeypatch: pytest.MonkeyPatch, record: Record) -> None:
    monkeypatch.setattr(users, "_HASHER", PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1))
    known.set_password("Bo", PASSWORD)
    monkeypatch.undo()
    assert known.begin("Bo", PASSWORD) and known.begin("Bo", PASSWORD)
    with record.database.reading() as connection:
        assert "m=65536" in connection.exec_driver_sql("SELECT password FROM users WHERE name = 'Bo'").scalar_one()


def test_nobody_waits_for_a_long_change_to_be_known(known: Users, record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    token = known.begin("Bo", PASSWORD)
    assert token
    monkeypatch.setattr(users, "NOTED", timedelta(seconds=-5))
    with Record(record.database.name, create=False) as other, other.database.writing():
        began = monotonic()
        assert known.of(token) is not None
        assert monotonic() - began < 5
    with record.database.writing() as connection:  # and whoever writes next waits again
        assert record.database.is_sqlite is False or connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one() > 1000


def test_when_a_user_was_last_seen_is_noted(known: Users, record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    token = known.begin("Bo", PASSWORD)
    assert token
    before = "2026-01-01T00:00:00+00:00"
    with record.database.writing() as connection:
        connection.execute(sa.update(tables.sessions).values(seen=before))
    monkeypatch.setattr(users, "IDLE", timedelta(days=36_500))
    assert known.of(token) is not None
    (session,) = known.sessions("Bo", token)
    assert session.here and session.seen > before


@pytest.mark.parametrize("name", ["B\u006f\u0308rn", "B\u00f6rn", " Bj\u00f6rn  II "])
def test_a_name_is_one_however_it_is_typed(known: Users, name: str) -> None:
    known.add("B\u00f6rn" if "II" not in name else "Bj\u00f6rn II", "read", "p\u00e4ssword of twelve")
    assert known.begin(name, "pa\u0308ssword of twelve")
    with pytest.raises(BadOption, match="already"):
        known.add(name.upper(), "read", PASSWORD)


@pytest.mark.parametrize("name", ["An\u202ena", "An\x00na", "An\nna\x1b[31m", "An\u200bna", "\ud800", "\uff21nna", "x" * 65, "  "])
def test_no_name_shows_other_than_it_is(known: Users, name: str) -> None:
    with pytest.raises(BadOption):
        known.add(name, "read", PASSWORD)
    assert known.begin(name, "wrong") is None
