"""Reviews as annotated reports: what was settled, and nothing else, in a form that the scores read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace
from typer.testing import CliRunner

from sayso.cli import app
from sayso.export import export
from sayso.model import Casualty, Count, Entity, Event, Reading, When
from sayso.record import Filter, Record
from sayso.record.history import reviews_of
from sayso.scoring.annotated import Annotated, Speaker, StatedCasualty, StatedEvent, StatedRole, faults, load
from sayso.scoring.records import records
from tests.export.filling import filled, place, readings, record
from tests.making import BAKU, report

__all__ = ["filled", "place", "record"]


def exported(record: Record, path: Path, asked: Filter | None = None) -> dict[str, Annotated]:
    (file,) = export(record, "annotation", path / "annotation.jsonl", asked, force=True)
    found = load(file) if file.read_bytes() else []
    assert list(faults(found)) == []
    assert len(records(file)) == len(found)
    return {one.id: one for one in found}


def test_what_was_settled_is_written_and_what_was_rejected_or_waits_is_not(filled: Record, tmp_path: Path) -> None:
    assert exported(filled, tmp_path) == {}
    shelled, killed, villagers, _ = readings()[0].claims
    assert isinstance(killed, Casualty)
    filled.accept(shelled.id)
    filled.correct(replace(killed, count=Count(low=5, high=5), who=Entity(text="nowhere in the text", name="Border Guard of Azerbaijan", country="AZE")))
    filled.reject(villagers.id)
    (found,) = exported(filled, tmp_path).values()
    assert (found.id, found.date, found.features) == ("baku-1", "2020-07-13", ["part reviewed"])
    event, loss = found.claims
    assert isinstance(event, StatedEvent) and isinstance(loss, StatedCasualty) and loss.who
    assert (event.evidence, event.when, event.where and event.where.name) == ("Armenian units shelled Tovuz", "2020-07-12", "Tovuz")
    assert event.sources == [Speaker(text="", name=BAKU.name, country="AZE", sector=BAKU.sector, manner="indirect")]
    assert (loss.low, loss.high, loss.who.name, loss.who.text) == (5, 5, "Border Guard of Azerbaijan", "")
    assert found.materiel == []


def test_a_report_of_which_nothing_waits_is_wholly_reviewed(filled: Record, tmp_path: Path) -> None:
    ids = {of.report.id: [claim.id for claim in of.claims] for of in readings()}
    filled.review_many(ids["baku-1"] + ids["talks-1"], "accepted")
    filled.review_many(ids["fiji-1"], "rejected")
    found = exported(filled, tmp_path)
    assert {key: (len(one.claims), len(one.materiel), one.features) for key, one in found.items()} == {
        "baku-1": (3, 1, []), "talks-1": (7, 0, []), "fiji-1": (0, 0, []),
    }  # fmt: skip
    assert [(c.person, c.office, c.country) for c in found["talks-1"].claims if isinstance(c, StatedRole)] == [("Sergey Lavrov", "foreign minister", "RUS")]
    assert [c.when for c in found["talks-1"].claims if not isinstance(c, StatedRole)][-1] == "1994-01-01/1994-12-31"
    assert exported(filled, tmp_path, Filter(kind="casualty"))["baku-1"].materiel == []


def test_a_claim_that_a_reviewer_added_is_written_and_two_reports_of_one_id_are_told_apart(filled: Record, tmp_path: Path) -> None:
    of = report("Shots were fired at dusk.", id="baku-1", publisher="Gulf Daily")
    filled.add([Reading(report=of, claims=[])])
    trigger = of.span(11, 16)
    still = When(start=None, end=readings()[0].report.day, precision="range")
    key = filled.add_claim(of.digest, Event(id="", evidence=of.span(0, 16), trigger=trigger, type="ASSAULT", when=still))  # type: ignore[arg-type]
    filled.accept(readings()[0].claims[0].id)
    assert [review.claim.id for review in reviews_of(filled, of.digest)] == [key]
    found = exported(filled, tmp_path)
    assert found.keys() == {of.digest, readings()[0].report.digest}
    assert [(c.evidence, c.when) for c in found[of.digest].claims if isinstance(c, StatedEvent)] == [("Shots were fired", "2020-07-13")]


def test_the_scores_find_each_settled_claim_in_what_a_program_read(filled: Record, tmp_path: Path, place: Callable[[], str]) -> None:
    ids = [claim.id for claim in readings()[0].claims]
    filled.review_many(ids, "accepted")
    exported(filled, tmp_path)
    (tmp_path / "read.jsonl").write_bytes(readings()[0].to_json() + b"\n")
    done = CliRunner().invoke(app, ["score", str(tmp_path / "annotation.jsonl"), str(tmp_path / "read.jsonl"), "--format", "json"])
    assert done.exit_code == 0, done.output
    assert '"f1":1.0' in done.stdout.partition('"claim":')[2].replace(" ", "")[:200]
    assert CliRunner().invoke(app, ["score", str(tmp_path / "annotation.jsonl"), "--check"]).exit_code == 0
