"""Reviews: what becomes of a claim, who confirms it, what two reviewers of one claim see, what a later reading leaves, and what is told of it all."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
import sqlalchemy as sa
from msgspec.structs import replace

from sayso.errors import BadOption, BadRecord, ChangedSince
from sayso.model import AnyClaim, Casualty, Count, Entity, Reading, Span
from sayso.record import Record
from sayso.record.filters import Filter
from sayso.record.history import discarded, log, review_of, reviews_of
from sayso.record.tables import changes, claims
from tests.making import ARMENIA, AZERBAIJAN, BAKU, TOVUZ, casualty, event, report, said_by
from tests.record.test_store import ATTACK, baku, content, mission, rows, standing, yerevan

ATTACKED, KILLED = (claim.id for claim in baku().claims)
REPORT = baku().report.digest


@pytest.fixture
def filled(record: Record) -> Record:
    """Two rival accounts and another village."""
    record.add([baku(), yerevan(), mission()])
    return record


def toll(record: Record, low: int) -> AnyClaim:
    """The claim of the losses, with another number."""
    claim = review_of(record, KILLED).claim
    assert isinstance(claim, Casualty)
    return replace(claim, count=Count(low=low, high=low))


def missed(words: str = "near Tovuz") -> AnyClaim:
    """A claim that the reading of the first report does not have; its id is of no account."""
    made: AnyClaim = event(words, "MOBILIZE", by=[ARMENIA], to=[AZERBAIJAN], when="2020-07-12", where=TOVUZ, sources=said_by(BAKU))(baku().report)
    return replace(made, id="")


def as_author(record: Record, name: str) -> Record:
    record.author = name
    return record


def test_a_review_tells_who_when_and_why(filled: Record) -> None:
    as_author(filled, "Anna").accept(ATTACKED, "read the original")
    found = review_of(filled, ATTACKED[:8])
    assert (found.state, found.reviewed_by, found.note, found.checked_by) == ("accepted", "Anna", "read the original", None)
    assert found.reviewed_at is not None and found.reviewed_at.endswith("+00:00")
    assert [(r.claim.id, r.state) for r in reviews_of(filled, REPORT)] == [(ATTACKED, "accepted"), (KILLED, "proposed")]


def test_another_reviewer_confirms_and_any_later_change_needs_it_anew(filled: Record) -> None:
    as_author(filled, "Anna").correct(toll(filled, 5))
    as_author(filled, "Bo").check(KILLED)
    found = review_of(filled, KILLED)
    assert (found.state, found.reviewed_by, found.checked_by) == ("corrected", "Anna", "Bo")
    as_author(filled, "Carl").correct(toll(filled, 6))
    assert (review_of(filled, KILLED).reviewed_by, review_of(filled, KILLED).checked_by) == ("Carl", None)


@pytest.mark.parametrize(
    ("act", "says"),
    [
        (lambda r: r.check(ATTACKED), "claim .{12} was accepted by Anna: another must confirm it"),
        (lambda r: as_author(r, " anna ").check(ATTACKED), "was accepted by Anna: another must confirm it"),
        (lambda r: r.check(KILLED), "is proposed: what is accepted or corrected is confirmed"),
        (lambda r: r.accept(ATTACKED), "is accepted already, by Anna; to confirm it: sayso check"),
        (lambda r: r.reopen(KILLED), "is proposed already"),
        (lambda r: r.review_many([KILLED], "corrected"), "not 'corrected'"),
        (lambda r: r.correct(replace(toll(r, 5), id="f" * 20)), "no claim in the record begins with"),
        (lambda r: r.add_claim("nothing", missed()), "no report in the record is called 'nothing'"),
        (lambda r: r.undo("Nobody"), "Nobody has done nothing in this record that could be undone"),
        (lambda r: r.redo(), "Anna has undone nothing in this record that could be done again"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_line_and_changes_nothing(filled: Record, act: Callable[[Record], Any], says: str) -> None:
    as_author(filled, "Anna").accept(ATTACKED)
    before = content(filled), len(log(filled))
    with pytest.raises(BadOption, match=says) as caught:
        act(filled)
    assert "\n" not in str(caught.value)
    assert (content(filled), len(log(filled))) == before


@pytest.mark.parametrize("far", [0, 10_000])
def test_a_form_that_points_at_other_words_is_refused(filled: Record, far: int) -> None:
    form = replace(toll(filled, 5), evidence=Span(start=far, end=far + 4, text="none"))
    for act in (filled.correct, lambda form: filled.add_claim(REPORT, form)):
        with pytest.raises(BadRecord, match="of the text is not 'none'"):
            act(form)
    assert review_of(filled, KILLED).state == "proposed"


def test_every_field_can_be_corrected_the_kind_too(filled: Record) -> None:
    form = replace(missed("Four soldiers were killed"), id=KILLED, status="attempted", background=True, notes=["\x00 hostile \ud800"])
    filled.correct(form)
    found = review_of(filled, KILLED).claim
    assert (found.__struct_config__.tag, found.status, found.background, found.notes) == ("event", "attempted", True, ["\ufffd hostile \ufffd"])
    assert rows(filled, sa.select(claims.c.kind, claims.c.type).where(claims.c.id == KILLED)) == [("event", "MOBILIZE")]


def test_what_was_rejected_is_kept_in_a_list_with_who_and_why(filled: Record) -> None:
    as_author(filled, "Anna").reject(KILLED, "another war")
    (found,) = discarded(filled)
    assert (found.claim.id, found.by, found.note, found.publisher) == (KILLED, "Anna", "another war", "Caspian News")
    assert discarded(filled, Filter(type="wounded")) == discarded(filled, offset=1) == []
    filled.add([baku(low=7)])
    assert [one.claim.id for one in discarded(filled)] == [KILLED]
    filled.reopen(KILLED)
    assert (discarded(filled), review_of(filled, KILLED).state) == ([], "proposed")


def test_reopening_gives_the_claim_as_it_was_read(filled: Record) -> None:
    before = content(filled)
    filled.correct(toll(filled, 9))
    filled.reject(KILLED)
    filled.reopen(KILLED)
    assert content(filled) == before


def test_a_claim_that_the_reading_missed_is_added_grouped_and_not_lost_when_the_report_is_read_again(filled: Record) -> None:
    key = as_author(filled, "Anna").add_claim(REPORT, missed(), "line 1")
    found = review_of(filled, key)
    assert (found.state, found.reviewed_by, found.note) == ("corrected", "Anna", "line 1")
    assert standing(filled)["near Tovuz"] is not None
    filled.add([baku(low=3)])
    assert review_of(filled, key) == found
    assert filled.add_claim(REPORT, missed()) != key  # another claim in the same words


def test_a_reading_that_lacks_what_reviewers_settled_does_not_end_it(filled: Record) -> None:
    filled.accept(ATTACKED)
    filled.correct(toll(filled, 5))
    filled.add([Reading(report=baku().report, claims=[missed("Four soldiers")])])
    assert {"Armenian units attacked Azerbaijani positions", "Four soldiers were killed", "Four soldiers"} <= standing(filled).keys()
    filled.add([Reading(report=baku().report, claims=[])])
    assert "Four soldiers" not in standing(filled)
    assert "Four soldiers were killed" in standing(filled)


def test_an_earlier_place_of_a_text_dates_what_was_settled_anew(filled: Record) -> None:
    undated = replace(missed(), when=None)
    key = filled.add_claim(REPORT, undated)
    filled.add([baku("2020-07-11", publisher="Baku Post")])
    assert [str(row.day) for row in rows(filled, sa.select(claims.c.day).where(claims.c.id == key))] == ["2020-07-11"]


def test_a_claim_the_reading_finds_later_is_the_one_that_a_reviewer_added(filled: Record) -> None:
    first, *others = baku().claims
    filled.add([Reading(report=baku().report, claims=others)])
    assert filled.add_claim(REPORT, replace(first, id="")) == first.id
    filled.add([baku()])
    assert review_of(filled, first.id).state == "corrected"
    assert len(rows(filled, sa.select(claims).where(claims.c.evidence == first.evidence.text))) == 1


def test_nothing_is_added_to_a_report_that_was_taken_back(filled: Record) -> None:
    filled.withdraw(REPORT)
    with pytest.raises(BadOption, match="was withdrawn: its claims count no more"):
        filled.add_claim(REPORT, missed())
    with pytest.raises(BadOption, match="is gone: withdrawn by tester"):
        filled.accept(KILLED)


def test_who_saw_an_older_form_is_told_what_changed_and_overwrites_nothing(filled: Record) -> None:
    seen = review_of(filled, KILLED).changed_in
    as_author(filled, "Anna").correct(toll(filled, 5))
    before = content(filled), len(log(filled))
    for act in (filled.accept, filled.reject, filled.reopen, filled.check):
        with pytest.raises(ChangedSince, match=r"^claim .{12} was corrected by Anna on \d{4}-\d\d-\d\d \d\d:\d\d, after you saw it; look at it again$"):
            act(KILLED, seen=seen)
    for other in (lambda: filled.correct(toll(filled, 6), seen=seen), lambda: filled.review_many([ATTACKED, KILLED], "rejected", seen=seen)):
        with pytest.raises(ChangedSince):
            other()
    assert (content(filled), len(log(filled))) == before
    as_author(filled, "Bo").check(KILLED, seen=review_of(filled, KILLED).changed_in)


def test_what_happens_around_a_claim_is_no_change_of_it(filled: Record) -> None:
    seen = review_of(filled, KILLED).changed_in
    filled.reject(ATTACKED)
    filled.merge(*sorted(set(standing(filled).values())))
    filled.add([baku("2020-07-14", ATTACK + " More later.", publisher="Gulf Daily")])
    filled.accept(KILLED, seen=seen)
    assert review_of(filled, KILLED).state == "accepted"


def test_of_two_reviewers_at_once_only_the_first_is_heard(place: Callable[[], str]) -> None:
    where = place()
    with Record(where) as record:
        record.add([baku()])
        seen = review_of(record, KILLED).changed_in
    barrier, heard = Barrier(2), []

    def act(name: str) -> None:
        with Record(where, author=name) as own:
            barrier.wait()
            try:
                own.reject(KILLED, seen=seen) if name == "Anna" else own.accept(KILLED, seen=seen)
                heard.append(name)
            except ChangedSince as error:
                assert f"by {'Bo' if name == 'Anna' else 'Anna'} on" in str(error)

    threads = [Thread(target=act, args=(name,)) for name in ("Anna", "Bo")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Record(where) as record:
        assert [review_of(record, KILLED).reviewed_by] == heard
        assert len(log(record, target=KILLED)) == 1


def test_an_act_on_many_claims_is_one_change_and_is_told_with_each(filled: Record) -> None:
    as_author(filled, "Anna").correct(toll(filled, 5))
    ids = [claim.id for of in (baku(), yerevan()) for claim in of.claims]
    assert filled.review_many([*ids, ids[0][:9]], "accepted", "read all") == [key for key in ids if key != KILLED]  # what is corrected is settled
    (found,) = log(filled, action="accept")
    assert (found.target, found.about, found.note) == ("", "3 claims", "read all")
    assert [entry.action for entry in log(filled, target=ATTACKED)] == ["accept"]
    assert filled.review_many(ids, "accepted") == []
    assert len(log(filled, action="accept")) == 1


def test_the_log_tells_what_was_done_by_whom_and_what_undid_it(filled: Record) -> None:
    as_author(filled, "Anna").accept(ATTACKED)
    as_author(filled, "Bo").grade("Ministry of Defence of Armenia", reliability="B", note="so far")
    filled.author = "Anna"
    filled.undo()
    told = [(e.author, e.action, e.about, e.note) for e in log(filled, limit=3)]
    words = "Armenian units attacked Azerbaijani positions"
    assert told == [("Anna", "undo", words, None), ("Bo", "grade", "Ministry of Defence of Armenia", "so far"), ("Anna", "accept", words, None)]
    undo, _, act, *added = log(filled)
    assert (act.undone_by, undo.undoes) == (undo.number, act.number)
    assert [(e.action, e.about[:14]) for e in added] == [("add", "Shells fell on"), ("add", "Azerbaijani un"), ("add", "Armenian units")]
    filled.redo()
    assert [e.undone_by for e in log(filled, target=ATTACKED)] == [None, log(filled)[0].number, None]
    assert [e.number for e in log(filled, author="Anna", offset=1)] == [undo.number, act.number]
    assert log(filled, since="2999-01-01") == []
    assert log(filled, target=baku().report.id, action="add") == added[2:]


def test_a_reviewers_own_word_that_needs_no_text_is_kept(filled: Record) -> None:
    """Who suffered may stand nowhere in the text."""
    form = replace(toll(filled, 5), who=Entity(text="", name="Border Guard of Azerbaijan", country="AZE"))
    filled.correct(form)
    assert review_of(filled, KILLED).claim == form


def test_a_change_of_an_earlier_version_is_not_undone(filled: Record) -> None:
    filled.accept(ATTACKED)
    with filled.database.writing() as connection:
        earlier = {"before": '{"state":"proposed","claim":{}}', "after": '{"state":"accepted"}'}
        connection.execute(sa.update(changes).where(changes.c.action == "accept").values(earlier))
    with pytest.raises(BadOption, match="was made by an earlier version of sayso: it cannot be undone"):
        filled.undo()


def test_an_office_can_be_added(filled: Record) -> None:
    from tests.making import YEREVAN, role

    of = report("Jane Doe, Armenia's defence minister, spoke.")
    filled.add([Reading(report=of, claims=[])])
    key = filled.add_claim(of.id, role("Jane Doe", YEREVAN, "Defence Minister", YEREVAN)(of))
    assert key == role("Jane Doe", YEREVAN, "Defence Minister", YEREVAN)(of).id
    filled.undo()
    assert review_of(filled, key).gone
    filled.add([Reading(report=of, claims=[casualty("Jane Doe")(of), role("Jane Doe", YEREVAN, "Defence Minister", YEREVAN)(of)])])
    assert review_of(filled, key).state == "proposed"
