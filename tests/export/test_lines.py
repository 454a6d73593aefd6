"""JSON lines there and back: nothing that stands is lost, with who reviewed and decided, and when."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from msgspec.structs import replace

from sayso.errors import BadOption, BadRecord, UnreadableReport
from sayso.export import export
from sayso.model import Count
from sayso.record import Record
from sayso.record.filters import Filter
from sayso.record.history import log, review_of, reviews_of
from sayso.record.importing import import_readings, is_export
from sayso.record.tables import changes, claims, incidents
from tests.export.filling import readings
from tests.making import ARMENIA, casualty, event, reading, report

STRAY = {"schema": "sayso-record/1", "kind": "appearance", "report": "ab", "id": "", "publisher": "", "published": "", "url": ""}
Place = Callable[[], str]


def _settled(record: Record) -> None:
    """Reviews, corrections, decisions, grades, a newer version, another appearance, a withdrawal."""
    record.add(readings())
    record.author = "Anna"
    first, second, third, fourth = [c.id for c in readings()[0].claims]
    toll = readings()[0].claims[1]
    record.correct(replace(toll, count=Count(low=5, high=5)), "a typing error")
    record.accept(first)
    record.reject(fourth, "not in the text")
    rejected_later = readings()[0].claims[2]
    record.correct(replace(rejected_later, count=Count(low=1, high=1)))
    record.reject(third)
    missed = event("shelled Tovuz", "MOBILIZE", by=[ARMENIA])(readings()[0].report)
    record.add_claim("baku-1", missed, "line 1")
    record.correct(replace(readings()[1].claims[0], background=True))
    record.author = "Bo"
    record.check(first, "seen by two")
    record.reject(record.add_claim("baku-1", replace(missed, background=True)), "no")
    record.correct(replace(readings()[1].claims[1], background=True))
    record.undo()
    record.review_many([c.id for c in readings()[2].claims[:3]], "accepted", "all at once")
    home = record.incident_id(f"i{first}")
    other = record.incident_id(f"i{readings()[4].claims[0].id}")
    record.merge(home, other, "one night")
    record.split([second], "another place")
    record.grade("Ministry of Defence of Armenia", reliability="B", note="mostly")
    record.grade(first, credibility="3")
    record.author = "tester"
    old = report("An older version of it.", published="2020-07-12", id="v-1")
    record.add([reading(old, event("An older version", by=[ARMENIA]))])
    record.add([reading(report("A newer version of it all.", published="2020-07-12", id="v-1"), event("A newer version", by=[ARMENIA]))])
    record.add([reading(report("This one is taken back.", id="w-1", published="2020-07-19"), casualty("This one"))])
    record.withdraw("w-1")
    record.add([reading(replace(readings()[1].report, publisher="Copy Post", published="2020-07-14", id="copy-1"))])


def test_there_and_back_gives_the_same_bytes(record: Record, place: Place, tmp_path: Path) -> None:
    """Exported, imported into a new record, exported again."""
    _settled(record)
    (first,) = export(record, "jsonl", tmp_path / "first.jsonl")
    with Record(place(), author="somebody else") as other:
        done = import_readings(other, first)
        (second,) = export(other, "jsonl", tmp_path / "second.jsonl")
        assert first.read_bytes() == second.read_bytes()
        assert (done.reviews, done.decisions, done.grades) == (10, 2, 2)
        for table in (claims.c, incidents.c):
            told = [table[n] for n in ("id", "type", "day", "disputed", "claims", "pinned", "incident", "state", "stance", "body") if n in table]
            query = sa.select(*told).where(table.gone_in.is_(None), *([claims.c.state != "rejected"] if "state" in table else [])).order_by(table.id)
            with record.database.reading() as one, other.database.reading() as two:
                assert one.execute(query).all() == two.execute(query).all()


def test_importing_again_changes_nothing(record: Record, place: Place, tmp_path: Path) -> None:
    """Neither into the new record nor into the one that it came from."""
    _settled(record)
    (path,) = export(record, "jsonl", tmp_path / "x.jsonl")
    with Record(place()) as other:
        import_readings(other, path)
        for held in (other, record):
            before = _last(held)
            import_readings(held, path)
            assert _last(held) == before


def test_who_and_when_are_kept(record: Record, place: Place, tmp_path: Path) -> None:
    """The reviewer's name and time, not the importer's."""
    _settled(record)
    (path,) = export(record, "jsonl", tmp_path / "x.jsonl")
    query = sa.select(changes.c.author, changes.c.at, changes.c.note).where(changes.c.action == "correct").order_by(changes.c.number)
    with Record(place(), author="importer") as other:
        import_readings(other, path)
        with record.database.reading() as one, other.database.reading() as two:
            assert one.execute(query).all()[0] == two.execute(query).all()[0]


def test_who_added_and_who_confirmed_is_kept_and_the_import_is_in_the_log(record: Record, place: Place, tmp_path: Path) -> None:
    """What a reviewer added is known as his in the other record too: no reading of it is there to go back to."""
    _settled(record)
    (path,) = export(record, "jsonl", tmp_path / "x.jsonl")
    first = readings()[0].claims[0].id
    with Record(place(), author="importer") as other:
        import_readings(other, path)
        assert [(e.author, e.target) for e in log(other, action="import")] == [("importer", "x.jsonl")]
        for held in (record, other):
            assert sorted((e.author, e.note or "") for e in log(held, action="add claim")) == [("Anna", "line 1"), ("Bo", "")]
            assert (review_of(held, first).reviewed_by, review_of(held, first).checked_by) == ("Anna", "Bo")
            (own,) = (r.claim.id for r in reviews_of(held, "baku-1") if r.note == "line 1")
            with pytest.raises(BadOption, match="was added by a reviewer: there is no reading to go back to"):
                held.reopen(own)


def test_lines_of_claims_are_as_corrected_and_without_what_was_rejected(record: Record, tmp_path: Path) -> None:
    """A reader of `sayso/1` alone gets what stands."""
    _settled(record)
    (path,) = export(record, "jsonl", tmp_path / "x.jsonl")
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    baku = next(line for line in lines if line["schema"] == "sayso/1" and line["report"]["id"] == "baku-1")
    assert [c["kind"] for c in baku["claims"]] == ["event", "event", "casualty"]
    assert baku["claims"][2]["count"]["low"] == 5
    kinds = [line["kind"] for line in lines if line["schema"] == "sayso-record/1"]
    assert {"report", "appearance", "review", "decision", "grade"} == set(kinds)
    assert not {"v-1", "w-1"} & {line["report"]["id"] for line in lines if line["schema"] == "sayso/1" and "older" in line["report"]["text"]}


def test_a_filter_exports_what_meets_it(record: Record, place: Place, tmp_path: Path) -> None:
    """And that comes back too."""
    _settled(record)
    asked = Filter(holder="Ministry of Defence of Azerbaijan")
    (first,) = export(record, "jsonl", tmp_path / "x.jsonl", asked)
    with Record(place()) as other:
        import_readings(other, first)
        (second,) = export(other, "jsonl", tmp_path / "y.jsonl", asked)
    assert first.read_bytes() == second.read_bytes()
    assert len([line for line in first.read_text().splitlines() if '"sayso/1"' in line]) == 1


@pytest.mark.parametrize(("damage", "told"), [
    (lambda line: b"{}", r"x.jsonl:2: not a"),
    (lambda line: line[:50], r"x.jsonl:2: not a"),
    (lambda line: json.dumps(STRAY).encode(), r"x.jsonl:2: a line about report ab does not follow it"),
    (lambda line: line.replace(b'"start":', b'"start":9'), r"x.jsonl:2: "),
])  # fmt: skip
def test_a_damaged_line_is_told_by_its_number(filled: Record, place: Place, tmp_path: Path, damage: Any, told: str) -> None:
    """One line: which, what, how to mend."""
    (path,) = export(filled, "jsonl", tmp_path / "x.jsonl")
    lines = path.read_bytes().splitlines()
    lines[1] = damage(lines[1])
    path.write_bytes(b"\n".join(lines))
    with Record(place()) as other, pytest.raises(BadRecord, match=told):
        import_readings(other, path)


def test_a_file_is_known_by_its_first_line(filled: Record, tmp_path: Path) -> None:
    """Reports to read, which are JSON lines too, are not taken for a record's lines."""
    (path,) = export(filled, "jsonl", tmp_path / "x.jsonl")
    assert is_export(path)
    (tmp_path / "reports.jsonl").write_text('{"id": "1", "text": "A report."}\n')
    assert not is_export(tmp_path / "reports.jsonl")
    assert not is_export(tmp_path / "none.jsonl")
    with pytest.raises(UnreadableReport, match="cannot be read"):
        import_readings(filled, tmp_path / "none.jsonl")


def _last(record: Record) -> int:
    with record.database.reading() as connection:
        return int(connection.execute(sa.select(sa.func.max(changes.c.number))).scalar_one())
