"""What of a claim and its report can be compared."""

from __future__ import annotations

from datetime import date

from sayso.model import Casualty, Count, Entity, Event, EventType, Harm, Report, Role, Sector, Source, Status, When, Where, digest
from sayso.record.told import Told, told

TEXT = "Northern troops shelled Riverside district. About 30 people died.\n\nThe ministry urged calm."
REPORT = Report(id="r", text=TEXT, digest=digest(TEXT), publisher="Ministry of Defence of Armenia", published="2021-05-04")
TROOPS = Entity(text="Northern troops", name="Armed Forces of Azerbaijan", country="AZE", sector=Sector.MIL)
SHELLING = Event(
    id="e", evidence=REPORT.span(0, 42), type=EventType.ASSAULT, trigger=REPORT.span(16, 23), modes=["heavy-weapons"], actors=[TROOPS],
    when=When(start=date(2021, 5, 3), end=date(2021, 5, 3), precision="day"), where=Where(name="Riverside district", country="ARM"),
)  # fmt: skip
DEAD = Casualty(
    id="c", evidence=REPORT.span(44, 64), harm=Harm.KILLED, count=Count(low=30, high=30, approximate=True), who=Entity(text="people", name="people")
)


def made(claim: Event | Casualty, report: Report = REPORT, copy: str = "") -> Told:
    found = told(claim, report, copy)
    assert found is not None
    return found


def test_an_event_keeps_its_act_parties_day_and_place() -> None:
    t = made(SHELLING, copy="wire")

    assert (t.kind, t.family, t.act, t.modes, t.copy) == ("event", "force", "ASSAULT", ("heavy-weapons",), "wire")
    assert (t.doers, t.hit, t.parties) == ({"AZE"}, frozenset(), {"AZE"})
    assert (t.since, t.until, t.precision, t.dated) == (date(2021, 5, 3), date(2021, 5, 3), "day", True)
    assert (t.place, t.country, t.spot) == ("riverside", "ARM", "district")


def test_a_publisher_is_one_holder_whether_it_publishes_or_is_cited() -> None:
    ministry = Entity(text="the ministry", name="Ministry of Defence of Armenia", country="ARM", sector=Sector.MIL)
    cited = Event(id="f", evidence=REPORT.span(0, 42), type=EventType.ASSAULT, trigger=REPORT.span(16, 23), sources=[Source(entity=ministry)])

    assert made(SHELLING).holder == made(cited).holder == made(SHELLING).publisher == "ARM:ministry of defence of armenia"
    assert made(SHELLING).speaks_for == made(cited).speaks_for == "ARM"


def test_undated_news_has_the_days_before_its_report_and_undated_history_none() -> None:
    t = made(DEAD)

    assert (t.since, t.until, t.precision, t.dated) == (date(2021, 5, 2), date(2021, 5, 4), "assumed", False)
    old = Casualty(id="c", evidence=DEAD.evidence, harm=Harm.KILLED, count=DEAD.count, who=DEAD.who, background=True, status=Status.OCCURRED)
    assert made(old).precision == ""


def test_about_thirty_reaches_a_tenth_to_either_side() -> None:
    assert (made(DEAD).low, made(DEAD).high, made(DEAD).approximate) == (27, 33, True)


def test_sentences_and_paragraphs_are_counted() -> None:
    assert (made(SHELLING).sentence, made(DEAD).sentence, made(DEAD).paragraph) == (0, 1, 0)


def test_an_office_is_no_part_of_an_incident() -> None:
    office = Role(id="o", evidence=REPORT.span(0, 8), holder=TROOPS, office="minister", organisation=TROOPS)

    assert told(office, REPORT) is None
