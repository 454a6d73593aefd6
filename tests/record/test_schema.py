"""The page that lists the tables is true, and the words of reports and evidence can be searched."""

from __future__ import annotations

import sqlalchemy as sa

from sayso.record import Record
from tests import schema
from tests.record.test_store import baku, mission, yerevan


def test_the_page_lists_the_tables_as_they_are() -> None:
    assert schema.PAGE.read_text("utf-8") == schema.page()


def test_every_table_has_a_comment() -> None:
    assert all(table.comment for table in schema.METADATA.tables.values())


def test_words_of_reports_and_of_evidence_are_found(record: Record) -> None:
    record.add([baku(), yerevan(), mission()])
    with record.database.reading() as connection:
        if record.database.is_sqlite:
            query = "SELECT r.publisher FROM report_words w JOIN reports r ON r.number = w.rowid WHERE report_words MATCH 'shells AND agdam'"
            claim = "SELECT c.type FROM claim_words w JOIN claims c ON c.number = w.rowid WHERE claim_words MATCH 'wounded'"
        else:
            words = "to_tsvector('simple', coalesce(title, '') || ' ' || text) @@ to_tsquery('simple', 'shells & agdam')"
            query = f"SELECT publisher FROM reports WHERE {words}"
            claim = "SELECT type FROM claims WHERE to_tsvector('simple', evidence) @@ to_tsquery('simple', 'wounded')"
        assert connection.execute(sa.text(query)).scalars().all() == ["Border Monitoring Mission"]
        assert connection.execute(sa.text(claim)).scalars().all() == ["wounded"]


def test_the_views_answer_common_questions(record: Record) -> None:
    record.add([baku(), yerevan(), mission()])
    with record.database.reading() as connection:
        accounts = connection.execute(sa.text("SELECT holder_name, claims, outlets FROM accounts ORDER BY holder_name")).all()
        standing = connection.execute(sa.text("SELECT COUNT(*) FROM standing_claims WHERE publisher = 'Ararat Wire'")).scalar_one()
    assert [tuple(row) for row in accounts] == [
        ("Border Monitoring Mission", 2, 1), ("Ministry of Defence of Armenia", 2, 1), ("Ministry of Defence of Azerbaijan", 2, 1),
    ]  # fmt: skip
    assert standing == 2
