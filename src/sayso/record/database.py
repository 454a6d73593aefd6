"""Where a record is kept: opening SQLite files and PostgreSQL databases, one writer at a time, schema migrations, errors in one line.

In: a path or a URL. Out: connections inside a transaction. What is written in one `writing` block is all there or not at all, whatever ends the
process. Nothing here knows claims.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import event, exc

from sayso.errors import UnusableRecord
from sayso.record.migrations import HEAD, KNOWN
from sayso.record.tables import settings

PATIENCE = 30.0
"""Seconds that a writer waits for another one to end."""
_MIGRATIONS = Path(__file__).parent / "migrations"
_VERSIONS = sa.table("alembic_version", sa.column("version_num"))
_SQLITE_HEAD = b"SQLite format 3\x00"


class Database:
    """A record's database. Opening makes the tables where there are none and brings older ones up to date.

    Args:
        where: a path of an SQLite file, or a URL such as `postgresql+psycopg://user@host/name`.
        create: whether a file that is not there is made.
        pages: the most pages that the SQLite file may have; only for trying what happens when it is full.

    Raises:
        UnusableRecord: it cannot be opened, is no record, or was made by a later version.
    """

    def __init__(self, where: str | Path, create: bool = True, pages: int | None = None) -> None:
        self.name = str(where)
        self.is_file = "://" not in self.name
        self._pages = pages
        if self.is_file:
            path = Path(where)
            if not create and not path.exists():
                raise UnusableRecord(f"{path}: there is no record; make one with: sayso add FILE --record {path}")
            _check_head(path)
            url = sa.URL.create("sqlite", database=str(path))
        else:
            url = _url(self.name)
        try:
            self.engine = sa.create_engine(url, connect_args={"timeout": PATIENCE} if self.is_file else {})
        except (exc.ArgumentError, ImportError) as error:
            raise UnusableRecord(f"{_shown(self.name)}: cannot be opened: {error}; for PostgreSQL: pip install 'sayso[postgresql]'") from None
        if self.is_file:
            event.listen(self.engine, "connect", self._prepare)
            event.listen(self.engine, "begin", _begin)
        self._migrate()

    @property
    def is_sqlite(self) -> bool:
        """Whether it is SQLite, not PostgreSQL."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A connection on which everything is seen as of one moment."""
        with self._told(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self, wait: bool = True) -> Iterator[sa.Connection]:
        """A connection of the one writer: committed at the end of the block, undone where it raises.

        Raises:
            UnusableRecord: nothing can be written; where it is not to `wait`, another one writes.
        """
        with self._told(), self.engine.connect() as plain:
            connection = plain.execution_options(sayso_writes=True, sayso_waits=wait)
            with connection.begin():
                if not self.is_sqlite:
                    connection.execute(sa.select(settings.c.value).where(settings.c.name == "writer").with_for_update(nowait=not wait))
                yield connection

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (exc.DBAPIError, sqlite3.Error) as error:
            raise UnusableRecord(f"{_shown(self.name)}: {_reason(error)}") from error

    def _prepare(self, connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None  # transactions are begun by `_begin`
        for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL", "cache_size=-65536", "temp_store=MEMORY"):
            connection.execute(f"PRAGMA {pragma}")
        if self._pages is not None:
            connection.execute(f"PRAGMA max_page_count={int(self._pages)}")

    def _migrate(self) -> None:
        with self._told(), self.engine.connect() as connection, connection.begin():
            found = _version(connection)
            if found is None and sa.inspect(connection).get_table_names():
                raise UnusableRecord(f"{_shown(self.name)}: a database, but no record of sayso's; name another file")
        if found == HEAD:
            return
        if found is not None and found not in KNOWN:
            later = f"made by a later version of sayso (schema {found}, this one knows {HEAD})"
            raise UnusableRecord(f"{_shown(self.name)}: {later}; pip install --upgrade sayso")
        from alembic import command  # a third of a second, and seldom needed
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS))
        with self._told(), self.engine.connect() as plain:
            connection = plain.execution_options(sayso_writes=True)
            with connection.begin():
                if not self.is_sqlite:
                    connection.exec_driver_sql("SELECT pg_advisory_xact_lock(20200713)")
                if _version(connection) == HEAD:
                    return  # another process was quicker
                config.attributes["connection"] = connection
                command.upgrade(config, HEAD)


def _version(connection: sa.Connection) -> str | None:
    """The schema that a database has; None for one that is no record."""
    if not sa.inspect(connection).has_table(_VERSIONS.name):
        return None
    return connection.execute(sa.select(_VERSIONS.c.version_num)).scalar_one_or_none()


def _begin(connection: sa.Connection) -> None:
    options = connection.get_execution_options()
    if options.get("sayso_waits", True):
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("sayso_writes") else "BEGIN")
        return
    connection.exec_driver_sql("PRAGMA busy_timeout=0")
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={int(PATIENCE * 1000)}")


def _check_head(path: Path) -> None:
    """Refuse what is there and no SQLite file, before anything is written into it."""
    try:
        with path.open("rb") as file:
            head = file.read(len(_SQLITE_HEAD))
    except FileNotFoundError:
        if not path.parent.is_dir():
            raise UnusableRecord(f"{path}: there is no folder {path.parent}") from None
        return
    except OSError as error:
        raise UnusableRecord(f"{path}: cannot be read: {error.strerror}") from None
    if head and head != _SQLITE_HEAD:
        raise UnusableRecord(f"{path}: not a record (no SQLite file); name another file")


def _url(text: str) -> sa.URL:
    try:
        url = sa.make_url(text)
    except exc.ArgumentError:
        raise UnusableRecord(f"{_shown(text)}: not a database's URL; such as postgresql://user@host/name") from None
    if url.drivername in {"postgres", "postgresql"}:
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() != "postgresql":
        raise UnusableRecord(f"{_shown(text)}: records are kept in an SQLite file, named by its path, or in PostgreSQL")
    return url


def _shown(where: str) -> str:
    """The name without a password."""
    try:
        return sa.make_url(where).render_as_string(hide_password=True) if "://" in where else where
    except exc.ArgumentError:
        return where.partition("://")[0] + "://…"


def _reason(error: Exception) -> str:
    words = str(getattr(error, "orig", None) or error).strip().splitlines()
    said = words[0] if words else type(error).__name__
    known = {
        "database or disk is full": "the record is full: nothing of the last batch was added; make room and add again",
        "database is locked": f"another process has been writing for {PATIENCE:.0f} seconds: nothing was added; try again when it has ended",
        "database disk image is malformed": "the file is damaged: restore a copy, or save what can be read with: sqlite3 FILE .recover",
        "file is not a database": "not a record (no SQLite file); name another file",
        "attempt to write a readonly database": "the file may not be written; change its permissions or name another",
        "unable to open database file": "the file cannot be opened; look at its folder's permissions",
    }
    return next((told for words_, told in known.items() if words_ in said), said)
