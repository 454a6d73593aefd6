"""What a record withstands: a killed process, two writers, a full disk, damage, other files, older and newer schemas."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from sayso.errors import UnusableRecord
from sayso.record import Filter, Record, database
from sayso.record.filters import conditions
from sayso.record.migrations import HEAD, KNOWN
from sayso.record.tables import METADATA, claims, incidents, reports
from tests.making import ARMENIA, AZERBAIJAN, BAKU, TOVUZ, casualty, event, reading, report, said_by

REVIEWED = ("reviewed_by", "reviewed_in", "checked_by", "checked_in")
ADDING = """
import sys
from sayso.record import Record
from tests.record.test_database import many
with Record(sys.argv[1], author=sys.argv[2]) as record:
    print("ready", flush=True)
    record.add(many(int(sys.argv[3]), int(sys.argv[4])), batch=5)
"""
BATCH = 5


def one(number: int) -> Any:
    """A report about a day of its own."""
    when = f"2020-{number // 25 % 12 + 1:02}-{number % 25 + 1:02}"
    of = report(f"Report {number}: on that day units attacked positions near Tovuz. Soldiers were killed in number {number}.", when, f"Paper {number % 7}")
    return reading(
        of,
        event("units attacked positions near Tovuz", by=[ARMENIA], to=[AZERBAIJAN], when=when, where=TOVUZ, sources=said_by(BAKU)),
        casualty("Soldiers were killed", low=number % 9, high=number % 9, when=when, where=TOVUZ, sources=said_by(BAKU)),
    )


def many(first: int, last: int) -> list[Any]:
    """Reports of such numbers."""
    return [one(n) for n in range(first, last)]


def adding(where: str, author: str, first: int, last: int) -> subprocess.Popen[str]:
    """A process that adds reports to a record."""
    root = Path(__file__).parents[2]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(root), str(root / "src")])}
    command = [sys.executable, "-c", ADDING, where, author, str(first), str(last)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def counted(where: str) -> tuple[int, int, int]:
    """Reports, standing claims, and standing claims without an incident, in a record that is checked to be whole."""
    with Record(where) as record, record.database.reading() as connection:
        if record.database.is_sqlite:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").first() is None
        number = connection.execute(sa.select(sa.func.count()).select_from(reports)).scalar_one()
        query = sa.select(sa.func.count()).select_from(claims).where(*conditions(Filter()))
        return number, connection.execute(query).scalar_one(), connection.execute(query.where(claims.c.incident.is_(None))).scalar_one()


@pytest.mark.parametrize("after", [0.05, 0.2, 0.5])
def test_a_process_that_is_killed_leaves_nothing_half_there(place: Callable[[], str], after: float) -> None:
    where = place()
    Record(where).close()
    process = adding(where, "one", 0, 200)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    number, held, without = counted(where)
    assert (number % BATCH, held, without) == (0, 2 * number, 0)
    with Record(where) as record:
        record.add(many(0, 200))
    assert counted(where) == (200, 400, 0)


def test_two_writers_wait_for_each_other_and_both_are_heard(place: Callable[[], str]) -> None:
    where = place()
    Record(where).close()
    both = [adding(where, "one", 0, 60), adding(where, "other", 40, 100)]
    for process in both:
        _, said = process.communicate(timeout=120)
        assert process.returncode == 0, said
    assert counted(where) == (100, 200, 0)


def test_who_opens_a_new_record_at_the_same_time_finds_one_record(place: Callable[[], str]) -> None:
    where = place()
    both = [adding(where, name, 0, 10) for name in ("one", "other")]
    for process in both:
        _, said = process.communicate(timeout=120)
        assert process.returncode == 0, said
    assert counted(where) == (10, 20, 0)


def test_a_full_record_keeps_what_it_has_and_says_so_in_a_line(tmp_path: Path) -> None:
    where = tmp_path / "full.db"
    with Record(where) as record:
        record.add(many(0, 5))
    pages = sqlite3.connect(where).execute("PRAGMA page_count").fetchone()[0]
    with Record(where, pages=pages + 8) as record, pytest.raises(UnusableRecord, match="the record is full: nothing of the last batch was added") as caught:
        record.add(many(5, 300), batch=20)
    assert "\n" not in str(caught.value)
    number, held, without = counted(str(where))
    assert (number >= 5, held, without) == (True, 2 * number, 0)
    with Record(where) as record:
        record.add(many(0, 300))
    assert counted(str(where)) == (300, 600, 0)


@pytest.mark.parametrize("at", [0.0, 0.3, 0.6])
def test_a_damaged_file_is_named_in_a_line_and_left_as_it_is(tmp_path: Path, at: float) -> None:
    where = tmp_path / "damaged.db"
    with Record(where) as record:
        record.add(many(0, 60))
    data = bytearray(where.read_bytes())
    first = max(100, int(len(data) * at) // 4096 * 4096)
    data[first : first + 4096 * 12] = b"\x5a" * 4096 * 12
    where.write_bytes(data)
    with pytest.raises(UnusableRecord) as caught, Record(where) as record:
        record.add(many(0, 80))
        list(record.readings())
        with record.database.reading() as connection:
            connection.execute(sa.select(incidents)).all()
    assert str(caught.value).startswith(str(where))
    assert "\n" not in str(caught.value)
    assert where.stat().st_size >= len(data)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("notes.txt", b"Not a database at all, but some notes.", "not a record \\(no SQLite file\\); name another file"),
        ("short.db", b"SQLite format 3\x00 and then nothing", "not a record|damaged|cannot be opened|no record"),
        ("nowhere/new.db", None, "there is no folder"),
    ],
)
def test_what_is_no_record_is_refused_and_not_touched(tmp_path: Path, name: str, content: bytes | None, says: str) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UnusableRecord, match=says):
        Record(path)
    if content is not None:
        assert path.read_bytes() == content


def test_another_programs_database_is_refused_and_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE reports (id TEXT)")
    with pytest.raises(UnusableRecord, match="a database, but no record of sayso's"):
        Record(path)
    assert sqlite3.connect(path).execute("SELECT name FROM sqlite_master").fetchall() == [("reports",)]


def test_a_record_that_is_asked_for_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(UnusableRecord, match="there is no record; make one with: sayso add FILE"):
        Record(tmp_path / "none.db", create=False)
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize("url", ["mysql://user:secret@host/name", "postgresql://user:secret@127.0.0.1:1/none", "postgresql://user:secret@[/none", "sqlite:///x.db"])
def test_a_url_that_leads_nowhere_is_told_in_a_line_without_its_password(url: str) -> None:
    with pytest.raises(UnusableRecord) as caught:
        Record(url)
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_record_that_may_only_be_read_is_told_in_a_line(tmp_path: Path) -> None:
    with Record(tmp_path / "kept.db") as record:
        sa.event.listen(record.database.engine, "connect", lambda connection, _: connection.execute("PRAGMA query_only = ON"))
        record.database.engine.dispose()  # connections that come now may only read, as those of a file without write permission
        with pytest.raises(UnusableRecord, match="the file may not be written; change its permissions or name another"):
            record.add(many(0, 3))


def test_a_record_of_a_later_version_is_refused(place: Callable[[], str]) -> None:
    where = place()
    with Record(where) as record, record.database.writing() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(UnusableRecord, match=r"made by a later version of sayso \(schema 9999.*pip install --upgrade sayso"):
        Record(where)


def test_a_record_of_the_previous_schema_is_brought_up_to_date_and_loses_nothing(place: Callable[[], str]) -> None:
    where = place()
    with Record(where) as record:
        record.add(many(0, 20))
        first, second = (reading.claims[0].id for reading in many(0, 2))
        record.author = "Anna"
        record.accept(second)
        record.accept(first)
        record.author = "Bo"
        record.reject(second)
        with record.database.writing() as connection:  # as the version before this one made it
            before = _reviews(connection)
            for undone in (
                "DROP TABLE sessions", "DROP TABLE users", "DROP INDEX ix_changes_author", "DROP INDEX ix_changes_undoes", "DROP VIEW standing_claims",
                "DROP INDEX ix_parties_holder", "DROP INDEX ix_claims_rejected", "DROP INDEX ix_reports_superseded_by",
                "ALTER TABLE changes DROP COLUMN undoes", *(f"ALTER TABLE claims DROP COLUMN {name}" for name in REVIEWED),
                "CREATE VIEW standing_claims AS SELECT c.* FROM claims c", f"UPDATE alembic_version SET version_num = '{KNOWN[-2]}'",
            ):  # fmt: skip
                connection.execute(sa.text(undone))
    with Record(where) as record:
        with record.database.reading() as connection:
            assert connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one() == HEAD
            assert sorted(row[1:] for row in before if row[1]) == [("Anna", 22, None, None), ("Bo", 23, None, None)]
            assert _reviews(connection) == before
            assert connection.execute(sa.text("SELECT reviewed_by FROM standing_claims WHERE state = 'accepted'")).scalar_one() == "Anna"
        record.add(many(10, 30))
    assert counted(where) == (30, 59, 0)


def _reviews(connection: sa.Connection) -> list[Any]:
    """Who reviewed each claim."""
    return [tuple(row) for row in connection.execute(sa.select(claims.c.id, *(claims.c[name] for name in REVIEWED)).order_by(claims.c.id))]


def test_every_migration_is_known_by_its_number() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(database.__file__).parent / "migrations"))
    scripts = ScriptDirectory.from_config(config)
    assert tuple(script.revision for script in reversed(list(scripts.walk_revisions()))) == KNOWN
    assert scripts.get_current_head() == HEAD


def test_the_migrations_make_the_tables_that_the_code_knows(record: Record) -> None:
    with record.database.reading() as connection:
        ours = {table.name for table in METADATA.sorted_tables}

        def include(thing: Any, name: str | None, kind: str, *_: Any) -> bool:
            table = name if kind == "table" else thing.table.name
            computed = kind == "index" and (name in {"report_words", "claim_words"} or (bool(getattr(thing, "expressions", None)) and len(thing.columns) == 0))
            return table in ours and not computed

        context = MigrationContext.configure(connection, opts={"include_object": include, "compare_type": True})
        assert compare_metadata(context, METADATA) == []
