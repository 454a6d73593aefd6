"""Who may use a shared record: names, what each may do, passwords as hashes, and who is logged in.

In: a record, names, passwords, tokens. Out: users; sessions, of whose tokens only digests are kept. Each change of a user is in the record's log.
Passwords are hashed by Argon2id with the parameters of RFC 9106 for little memory, which argon2-cffi has for its own.
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from sayso.errors import BadOption, UnusableRecord
from sayso.model import Struct
from sayso.record.adding import put_change
from sayso.record.tables import sessions, users

if TYPE_CHECKING:
    from sayso.record.store import Record

ROLES = ("read", "review", "administer")
"""What users may do; each may do all that stands before it, too."""
SHORTEST, LONGEST = 12, 256
"""Characters of a password: as many as NIST SP 800-63B asks of one that stands alone, nearly; no more than a hash needs to be kept busy with."""
NAME = 64
IDLE, WHOLE = timedelta(hours=12), timedelta(days=7)
"""After which time without a request a session ends, and after which in any case."""
NOTED = timedelta(minutes=5)
"""How exact the time of the last request is kept."""
_HASHER = PasswordHasher()


class User(Struct, frozen=True, kw_only=True):
    """Somebody who uses a record: the author of what he changes, and what he may do."""

    name: str
    role: str
    disabled: bool = False

    def may(self, role: str) -> bool:
        """Whether he may do what asks for this role."""
        return not self.disabled and ROLES.index(self.role) >= ROLES.index(role)


class Session(Struct, frozen=True, kw_only=True):
    """Where a user is logged in: since when and when last, in UTC; `here`: whether it is the session that asks."""

    begun: str
    seen: str
    here: bool


class Users:
    """The users of a record, changed in its author's name."""

    def __init__(self, record: Record) -> None:
        self._database, self._author = record.database, record.author

    # who there is

    def listed(self) -> list[User]:
        """All users, by name."""
        with self._database.reading() as connection:
            return [_user(row) for row in connection.execute(sa.select(users).order_by(users.c.name))]

    def add(self, name: str, role: str, password: str) -> None:
        """A new user.

        Raises:
            BadOption: the name is taken or none, the role is none, the password is too short or too long.
        """
        name = _name(name)
        kept = _hashed(password)
        with self._database.writing() as connection:
            if any(known.casefold() == name.casefold() for known in connection.execute(sa.select(users.c.name)).scalars()):
                raise BadOption(f"there is a user {name!r} already")
            change = put_change(connection, self._author, "user", name, None, {"role": _role(role)})
            connection.execute(sa.insert(users).values(name=name, password=kept, role=role, disabled=False, added_in=change))

    def set_role(self, name: str, role: str) -> None:
        """Give a user another role; raises as `add`, and where no administrator would be left."""
        self._change(name, {"role": _role(role)}, role != "administer")

    def set_disabled(self, name: str, disabled: bool) -> None:
        """Let a user in no more, or again; raises as `set_role`."""
        self._change(name, {"disabled": disabled}, disabled)

    def set_password(self, name: str, password: str, but: str = "") -> None:
        """Give a user another password, and end his sessions, but for the one with this token."""
        self._change(name, {"password": _hashed(password)}, False, but)

    def _change(self, name: str, values: dict[str, Any], takes_away: bool, but: str = "") -> None:
        name = _plain(name)
        with self._database.writing() as connection:
            row = connection.execute(sa.select(users).where(users.c.name == name)).first()
            if row is None:
                raise BadOption(f"there is no user {name[:NAME]!r}")
            others = sa.select(users.c.name).where(users.c.role == "administer", users.c.disabled.is_(False), users.c.name != name)
            if takes_away and row.role == "administer" and not row.disabled and connection.execute(others).first() is None:
                raise BadOption(f"{name} is the only administrator: make another one first")
            told = {key: "set anew" if key == "password" else value for key, value in values.items()}
            was = {key: "" if key == "password" else getattr(row, key) for key in values}
            put_change(connection, self._author, "user", name, was, told)
            connection.execute(sa.update(users).where(users.c.name == name).values(values))
            if "password" in values or values.get("disabled"):
                connection.execute(sa.delete(sessions).where(sessions.c.user == name, sessions.c.token != _digest(but)))

    # who is logged in

    def begin(self, name: str, password: str) -> str | None:
        """A session of a user who gives his password: its token; None where he may not in. It takes as long whoever is named."""
        query = sa.select(users).where(users.c.name == _plain(name))
        with self._database.reading() as connection:
            row = connection.execute(query).first()
        sound = _verified(row.password if row is not None else _nobody(), password)
        if row is None or not sound or row.disabled:
            return None
        anew = _hashed(password) if _HASHER.check_needs_rehash(row.password) else row.password
        token, now = secrets.token_urlsafe(32), datetime.now(UTC)
        with self._database.writing() as connection:
            still = connection.execute(query).one()
            if still.password != row.password or still.disabled:  # somebody took the password or the access away meanwhile
                return None
            if anew != row.password:
                connection.execute(sa.update(users).where(users.c.name == row.name).values(password=anew))
            connection.execute(sa.delete(sessions).where(sessions.c.expires < _time(now)))
            connection.execute(
                sa.insert(sessions).values(token=_digest(token), user=row.name, begun=_time(now), seen=_time(now), expires=_time(now + WHOLE))
            )
        return token

    def of(self, token: str) -> User | None:
        """Whose session this is, None where it is nobody's any more."""
        now = datetime.now(UTC)
        query = sa.select(users, sessions.c.seen).join(sessions, sessions.c.user == users.c.name).where(
            sessions.c.token == _digest(token), sessions.c.expires > _time(now), sessions.c.seen > _time(now - IDLE), users.c.disabled.is_(False)
        )  # fmt: skip
        with self._database.reading() as connection:
            row = connection.execute(query).first()
        if row is not None and row.seen < _time(now - NOTED):
            with suppress(UnusableRecord), self._database.writing(wait=False) as connection:  # nobody waits for an import to see a page
                connection.execute(sa.update(sessions).where(sessions.c.token == _digest(token)).values(seen=_time(now)))
        return _user(row) if row is not None else None

    def sessions(self, name: str, token: str) -> list[Session]:
        """Where a user is logged in, the last first, as asked by the session with this token."""
        now = datetime.now(UTC)
        query = sa.select(sessions).where(
            sessions.c.user == name, sessions.c.expires > _time(now), sessions.c.seen > _time(now - IDLE)
        ).order_by(sessions.c.seen.desc(), sessions.c.begun.desc(), sessions.c.token)  # fmt: skip
        with self._database.reading() as connection:
            return [Session(begun=row.begun, seen=row.seen, here=row.token == _digest(token)) for row in connection.execute(query)]

    def end(self, token: str) -> None:
        """End a session."""
        with self._database.writing() as connection:
            connection.execute(sa.delete(sessions).where(sessions.c.token == _digest(token)))

    def end_others(self, name: str, but: str) -> int:
        """End all sessions of a user but the one with this token; gives how many there were."""
        with self._database.writing() as connection:
            return connection.execute(sa.delete(sessions).where(sessions.c.user == name, sessions.c.token != _digest(but))).rowcount

    def check(self, name: str, password: str) -> bool:
        """Whether this is a user's password."""
        with self._database.reading() as connection:
            row = connection.execute(sa.select(users.c.password).where(users.c.name == _plain(name))).first()
        return _verified(row.password if row is not None else _nobody(), password) and row is not None


def _user(row: Any) -> User:
    return User(name=row.name, role=row.role, disabled=row.disabled)


def _plain(name: str) -> str:
    """A name as it is kept, however it was typed; empty where it holds what cannot be printed."""
    plain = " ".join(unicodedata.normalize("NFKC", name[: 4 * NAME]).split())
    return plain if plain.isprintable() else ""


def _name(name: str) -> str:
    plain = _plain(name)
    if not plain or len(plain) > NAME:
        raise BadOption(f"a user's name has 1 to {NAME} characters that can be printed")
    return plain


def _role(role: str) -> str:
    if role not in ROLES:
        raise BadOption(f"{role[:20]!r} is no role; it is one of {', '.join(ROLES)}")
    return role


def _hashed(password: str) -> str:
    if not SHORTEST <= len(password) <= LONGEST:
        raise BadOption(f"a password has {SHORTEST} to {LONGEST} characters")
    return _HASHER.hash(_typed(password))


def _verified(kept: str, password: str) -> bool:
    try:
        return _HASHER.verify(kept, _typed(password[: LONGEST + 1]))
    except (VerificationError, InvalidHashError):
        return False


def _typed(password: str) -> bytes:
    """A password as it is hashed: the same from every keyboard, as NIST SP 800-63B has it."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


@cache
def _nobody() -> str:
    """A hash that no password has."""
    return _HASHER.hash(secrets.token_urlsafe(32))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _time(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
