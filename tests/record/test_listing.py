"""Reports as a list, one with its claims, and what is said of ids that nothing has."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pytest
import sqlalchemy as sa

from sayso.errors import BadOption, NotInRecord
from sayso.record import Record
from sayso.record.history import discarded
from sayso.record.listing import list_reports, report_standing, standing
from tests.record.test_store import baku, mission, yerevan

LATER = baku("2020-07-15", "At night: Armenian units attacked Azerbaijani positions. Four soldiers were killed", publisher="Gulf Daily")
UNDATED = baku(None, "Again: Armenian units attacked Azerbaijani positions. Four soldiers were killed", publisher="Gulf Daily")  # type: ignore[arg-type]


@pytest.fixture
def filled(record: Record) -> Record:
    """A record with reports of several days, and one of none."""
    record.add([LATER, UNDATED, baku(), yerevan(), mission()])
    return record


def test_reports_come_by_day_and_the_undated_last(filled: Record) -> None:
    latest, earliest = list_reports(filled), list_reports(filled, latest=False)
    for rows in (latest, earliest):
        assert rows[-1].digest == UNDATED.report.digest
        assert len(rows) == 5
    days = [row.day for row in earliest[:-1] if row.day]
    assert all(one <= other for one, other in pairwise(days))
    assert [row.day for row in latest[:-1]] == days[::-1]
    assert latest[0].digest == LATER.report.digest
    for size in (1, 2, 3):
        parts = [row for offset in range(0, 5, size) for row in list_reports(filled, limit=size, offset=offset)]
        assert parts == latest
    assert list_reports(filled, limit=2, offset=5) == []


def test_they_are_narrowed_by_publisher_and_days(filled: Record) -> None:
    assert {row.digest for row in list_reports(filled, publisher="GULF daily")} == {LATER.report.digest, UNDATED.report.digest}
    assert [row.digest for row in list_reports(filled, since=date(2020, 7, 14))] == [LATER.report.digest]
    assert LATER.report.digest not in {row.digest for row in list_reports(filled, until=date(2020, 7, 14))}
    assert list_reports(filled, publisher="nobody") == []


def test_claims_and_what_is_reviewed_are_counted(filled: Record) -> None:
    row = report_standing(filled, LATER.report.digest[:9])
    assert (row.claims, row.reviewed, row.withdrawn) == (2, 0, False)
    assert filled.reading(LATER.report.digest).claims == LATER.claims
    filled.reject(LATER.claims[0].id)
    assert (report_standing(filled, row.digest).claims, report_standing(filled, row.digest).reviewed) == (2, 1)
    assert filled.reading(row.digest).claims == LATER.claims[1:]
    filled.withdraw(row.digest)
    assert (report_standing(filled, row.digest).claims, report_standing(filled, row.digest).withdrawn) == (0, True)
    assert filled.reading(row.digest).report == LATER.report


def test_an_id_that_nothing_has_is_told_apart_from_one_that_several_have(filled: Record) -> None:
    filled.add([baku("2020-07-16", "Elsewhere: Armenian units attacked Azerbaijani positions. Four soldiers were killed", id="a", publisher="One")])
    filled.add([baku("2020-07-16", "Yet more: Armenian units attacked Azerbaijani positions. Four soldiers were killed", id="a", publisher="Two")])
    for ask in (filled.reading, filled.accept, filled.incident_id, filled.pin, lambda key: filled.grade(key, "A")):
        with pytest.raises(NotInRecord):
            ask("nothing")
    with pytest.raises(BadOption, match="several reports are called 'a'") as caught:
        filled.reading("a")
    assert not isinstance(caught.value, NotInRecord)


@pytest.mark.parametrize(
    ("ask", "word", "index"),
    [(lambda record: discarded(record, limit=50), "state", "ix_claims_rejected"),
     (lambda record: standing(record, LATER.report.digest), "superseded_by =", "ix_reports_superseded_by")],
    ids=["rejected claims", "older versions"],
)  # fmt: skip
def test_what_few_have_is_found_by_an_index(filled: Record, ask: Callable[[Record], object], word: str, index: str) -> None:
    if not filled.database.is_sqlite:
        return
    asked: list[tuple[str, tuple[object, ...]]] = []
    sa.event.listen(filled.database.engine, "before_cursor_execute", lambda c, cursor, words, given, context, many: asked.append((words, given)))
    ask(filled)
    words, given = next(one for one in asked if word in one[0])
    with filled.database.reading() as connection:
        plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}", given)]
    assert any(index in step for step in plan), plan


def test_they_are_found_by_their_words(filled: Record) -> None:
    found = {row.digest for row in list_reports(filled, words="night attacked")}
    assert found == {LATER.report.digest}
    assert {row.digest for row in list_reports(filled, words='"attacked azerbaijani"')} >= {LATER.report.digest, UNDATED.report.digest}
    assert list_reports(filled, words='"azerbaijani attacked"') == []
    (row,) = list_reports(filled, words="NIGHT", added=True)
    assert [piece.text.lower() for piece in row.hit if piece.found] == ["night"]
    assert "".join(piece.text for piece in row.hit).replace("…", "") in LATER.report.text
    for words in ('"', "AND OR NOT", "(((", "NEAR(", "* : - ' ; \\", "\x00", "(a & b) | !c <->", "🙂"):
        list_reports(filled, words=words)
