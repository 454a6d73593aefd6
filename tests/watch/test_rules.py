"""What the rules of `sayso watch` tell of, each once, and what they leave alone: real readings of short reports."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest

from sayso.intake.build import Given, build
from sayso.model import Entity, Reading, Sector
from sayso.reading import Reader
from sayso.record import Record
from sayso.watch import Followed, Rule
from sayso.watch.keeping import Alert
from sayso.watch.plan import KINDS, checked_plan
from sayso.watch.rules import SHOWN, alerts_of
from tests.making import ARMENIA, TOVUZ, casualty, reading, report, said_by
from tests.making import BAKU as MINISTRY

BAKU, YEREVAN = "the Defence Ministry of Azerbaijan said", "the Defence Ministry of Armenia said"
KILLED = "{} {} soldiers were killed in shelling by {} forces near Tovuz on Sunday, {}."
FOUR = KILLED.format("Four", "Azerbaijani", "Armenian", BAKU)
SEVEN = FOUR.replace("Four", "Seven")
TWO = KILLED.format("Two", "Azerbaijani", "Armenian", YEREVAN)
BEFORE = "In 1994, 300 Azerbaijani soldiers were killed by Armenian forces near Tovuz."
VIOLATED = f"Armenian forces violated the truce near Tovuz on Sunday, {BAKU}."
OBSERVED = "Armenia and Azerbaijan observed the ceasefire on Thursday, the Foreign Ministry of Russia said."
SHELLED = f"Armenian forces shelled Azerbaijani positions near Tovuz on Sunday, {BAKU}."
DENIED = "The Defence Ministry of Armenia denied that its forces had shelled Azerbaijani positions near Tovuz on Sunday."
TALKS = "The foreign ministers of Armenia and Azerbaijan will hold talks in Geneva on Friday, the Foreign Ministry of Russia said."
MET = "The foreign ministers of Armenia and Azerbaijan met in Geneva on Sunday, the Foreign Ministry of Russia said."


@cache
def read(text: str, day: str = "2020-07-13", publisher: str = "Northern Wire") -> Reading:
    """A reading of a report of that day."""
    return next(iter(_reader().read_many([build(text, Given(published=day, publisher=publisher), "a report", [])])))


@cache
def _reader() -> Reader:
    return Reader()


class Follower:
    """A record, and what was told of it."""

    def __init__(self, record: Record) -> None:
        self.record, self.told = record, list[Alert]()

    def add(self, *readings: Reading, rules: list[Rule]) -> list[Alert]:
        """Add these and keep the alerts that they give."""
        self.record.add(readings)
        plan = checked_plan([Followed(url="https://wire.example/rss")], rules)
        made = alerts_of(self.record, list(zip(plan.rules, plan.filters, strict=True)), [one.report.digest for one in readings], self.earlier, 1_594_600_000.0)
        self.told += made
        return made

    def earlier(self, rule: str, detail: str) -> list[tuple[str, int]]:
        return [(alert.incident, alert.number) for alert in self.told if alert.rule == rule and alert.detail == detail]


@pytest.fixture
def follower(tmp_path: Path) -> Iterator[Follower]:
    with Record(tmp_path / "r.db") as record:
        yield Follower(record)


def words(alerts: list[Alert]) -> list[str]:
    return [claim.words for alert in alerts for claim in alert.claims]


def test_nothing_gives_nothing(follower: Follower) -> None:
    assert follower.add(rules=[Rule(when=kind) for kind in KINDS]) == []
    assert follower.add(read("The minister opened a bridge in Baku on Sunday."), rules=[Rule(when=kind) for kind in KINDS]) == []


def test_every_alert_has_holders_and_exact_words(follower: Follower) -> None:
    texts = [FOUR, TWO, VIOLATED, TALKS]
    made = follower.add(*map(read, texts), rules=[Rule(when=kind) for kind in KINDS])
    assert {alert.rule.split('"when":"')[1].split('"')[0] for alert in made} == set(KINDS)
    for alert in made:
        assert alert.told
        assert alert.title
        assert 1 <= len(alert.claims) <= SHOWN
        for claim in alert.claims:
            assert claim.holder
            assert claim.holder in alert.told or len(alert.claims) > 2
            assert any(claim.words in text for text in texts)
            assert claim.publisher == "Northern Wire"
            assert claim.published == "2020-07-13"


# losses


@pytest.mark.parametrize(
    ("text", "rule", "expected"),
    [
        (FOUR, {}, True), (FOUR, {"above": 3}, True), (FOUR, {"above": 4}, False), (FOUR, {"above": 5}, False),
        (FOUR, {"harm": ("wounded",)}, False), (FOUR.replace("killed", "wounded"), {"harm": ("killed", "wounded")}, True),
        (FOUR.replace("Four", "No"), {}, False), (FOUR.replace("Four", "Up to 20"), {"above": 3}, False),
        (FOUR.replace("Four", "At least 20"), {"above": 19}, True),
        (BEFORE, {}, False),
        (f"The Defence Ministry of Armenia denied that {FOUR.partition(',')[0][0].lower()}{FOUR.partition(',')[0][1:]}.", {}, False),
        ("If the shelling goes on, 50 soldiers may be killed near Tovuz, the Defence Ministry of Azerbaijan said.", {}, False),
        (FOUR, {"dyad": ("AZE", "ARM")}, True), (FOUR, {"dyad": ("AZE", "GEO")}, False), (FOUR, {"country": "AZE"}, True), (FOUR, {"country": "GEO"}, False),
        (FOUR, {"holder": "AZE"}, True), (FOUR, {"holder": "ARM"}, False), (FOUR, {"near": (40.99, 45.63, 50.0)}, True),
        (FOUR, {"near": (10.0, 45.0, 50.0)}, False),
        (FOUR, {"since": "2020-07-12"}, True), (FOUR, {"since": "2020-07-13"}, False), (FOUR, {"min_confidence": 1.0}, False),
    ],
)  # fmt: skip
def test_losses(follower: Follower, text: str, rule: dict[str, Any], expected: bool) -> None:
    made = follower.add(read(text), rules=[msgspec.convert({"when": "losses", **rule}, Rule)])
    assert bool(made) == expected
    assert all(claim.words in text for alert in made for claim in alert.claims)


def test_losses_are_told_again_only_when_higher(follower: Follower) -> None:
    rules = [Rule(when="losses", above=1)]
    assert len(follower.add(read(FOUR), rules=rules)) == 1
    assert follower.add(read(FOUR, publisher="Southern Wire"), rules=rules) == []
    assert follower.add(read(TWO), rules=rules) == []
    (more,) = follower.add(read(SEVEN), rules=rules)
    assert more.number == 7
    assert follower.record.incident_id(follower.told[0].incident) == more.incident  # known by its earlier id
    assert "Seven Azerbaijani soldiers were killed" in more.claims[0].words
    assert follower.add(read(FOUR + " The fire was returned."), rules=rules) == []


def test_losses_of_several_reports_at_once_are_one_alert(follower: Follower) -> None:
    (alert,) = follower.add(read(FOUR), read(SEVEN), read(TWO), rules=[Rule(when="losses")])
    assert alert.number == 7


def test_a_second_rule_tells_for_itself(follower: Follower) -> None:
    first, second = follower.add(read(FOUR), rules=[Rule(when="losses"), Rule(when="losses", above=3, name="many")])
    assert (first.title, second.title) == ("losses", "many")
    assert first.id != second.id
    assert follower.add(read(FOUR, publisher="Southern Wire"), rules=[Rule(when="losses", name="called otherwise")]) == []


# disputes


def test_a_dispute_is_told_once_for_a_pair_and_a_field(follower: Follower) -> None:
    rules = [Rule(when="dispute")]
    assert follower.add(read(FOUR), rules=rules) == []
    (alert,) = follower.add(read(TWO), rules=rules)
    assert "Ministry of Defence of Azerbaijan" in alert.told
    assert "Ministry of Defence of Armenia" in alert.told
    assert {claim.holder for claim in alert.claims[:2]} == {"Ministry of Defence of Azerbaijan", "Ministry of Defence of Armenia"}
    assert follower.add(read(FOUR, publisher="Southern Wire"), read(TWO, publisher="Southern Wire"), rules=rules) == []


def test_a_dispute_brings_what_is_disputed(follower: Follower) -> None:
    """An alert of a disputed number begins with the two numbers, whatever else both say."""
    more = "Armenian forces shelled Azerbaijani positions near Tovuz on Sunday, {}. {}"
    rules = [Rule(when="dispute")]
    follower.add(read(more.format(BAKU, FOUR)), read(more.format(YEREVAN, TWO), "2020-07-14"), rules=rules)
    (alert,) = [one for one in follower.told if one.number == 2]
    assert sorted(claim.words.split()[0] for claim in alert.claims[:2]) == ["Four", "Two"]


def test_an_outlet_that_is_quoted_elsewhere_is_one_holder(follower: Follower) -> None:
    """Of what country an outlet is can only be guessed: in its own reports and where others name it it may go by two keys."""
    named = Entity(text="", name="Northern Wire", country="RUS", sector=Sector.JRN)
    rules = [Rule(when="dispute")]
    at: dict[str, Any] = {"when": "2020-07-12", "where": TOVUZ, "by": ARMENIA}
    baku = reading(report("Four were killed, it said.", publisher="Other Wire"), casualty("Four were killed", low=4, high=4, sources=said_by(MINISTRY), **at))
    quoted = reading(report("Four died, it said.", publisher="Other Wire"), casualty("Four died", low=4, high=4, sources=said_by(named), **at))
    own = reading(report("Two soldiers died there.", publisher="Northern Wire"), casualty("Two soldiers died", low=2, high=2, **at))
    assert follower.add(baku, quoted, rules=rules) == []
    (alert,) = follower.add(own, rules=rules)
    assert "Northern Wire" in alert.told
    assert "Ministry of Defence of Azerbaijan" in alert.told
    assert {"Two soldiers died", "Four were killed"} == {claim.words for claim in alert.claims[:2]}


def test_a_new_holder_and_a_new_field_are_told(follower: Follower) -> None:
    rules = [Rule(when="dispute")]
    follower.add(read(FOUR), read(TWO), rules=rules)
    again = follower.add(read(DENIED), rules=rules)
    assert {alert.detail for alert in again} == {follower.told[0].detail}
    assert again[0].number & ~follower.told[0].number
    third = follower.add(read(KILLED.format("Nine", "Azerbaijani", "Armenian", "the Interior Ministry of Georgia said")), rules=rules)
    assert third
    assert all("Georgia" in alert.told for alert in third)


def test_what_agrees_is_no_dispute(follower: Follower) -> None:
    same = FOUR.replace(BAKU, YEREVAN)
    assert follower.add(read(FOUR), read(same), rules=[Rule(when="dispute")]) == []
    assert follower.add(read(TWO), rules=[Rule(when="dispute", country="GEO")]) == []


# breaches


@pytest.mark.parametrize(
    ("text", "rule", "expected"),
    [
        (VIOLATED, {}, True), (VIOLATED.replace("violated the truce", "breached the ceasefire"), {}, True), (SHELLED, {}, False),
        ("The Defence Ministry of Armenia denied that its forces had violated the truce near Tovuz on Sunday.", {}, False),
        ("In 1994, Armenian forces violated the truce near Tovuz.", {}, False),
        (VIOLATED, {"actor": "ARM"}, True), (VIOLATED, {"actor": "GEO"}, False), (VIOLATED, {"country": "AZE"}, True), (VIOLATED, {"country": "IND"}, False),
    ],
)  # fmt: skip
def test_a_breach_by_words(follower: Follower, text: str, rule: dict[str, Any], expected: bool) -> None:
    assert bool(follower.add(read(text), rules=[Rule(when="breach", **rule)])) == expected


def test_an_attack_into_a_ceasefire_that_is_said_to_be_in_effect(follower: Follower) -> None:
    rules = [Rule(when="breach")]
    assert follower.add(read(OBSERVED, "2020-07-10"), rules=rules) == []
    (alert,) = follower.add(read(SHELLED), rules=rules)
    assert alert.claims[0].holder == "Ministry of Defence of Azerbaijan"
    assert alert.claims[0].words.startswith("Armenian forces shelled")
    assert follower.add(read(SHELLED, publisher="Southern Wire"), rules=rules) == []
    assert follower.add(read(DENIED), rules=rules) == []
    georgian = SHELLED.replace("Armenian", "Russian").replace("Azerbaijani", "Georgian").replace("Tovuz", "Gori").replace("Azerbaijan", "Georgia")
    assert follower.add(read(georgian), rules=rules) == []


def test_an_attack_long_after_the_last_word_of_a_ceasefire(follower: Follower) -> None:
    assert follower.add(read(OBSERVED, "2020-04-10"), read(SHELLED), rules=[Rule(when="breach")]) == []


def test_a_breach_is_told_once_for_each_holder(follower: Follower) -> None:
    rules = [Rule(when="breach")]
    first = follower.add(read(VIOLATED), rules=rules)
    second = follower.add(read(VIOLATED.replace(BAKU, "the Foreign Ministry of Russia said")), rules=rules)
    assert [alert.claims[0].holder for alert in first + second] == ["Ministry of Defence of Azerbaijan", "Ministry of Foreign Affairs of Russia"]
    assert follower.add(read(VIOLATED, publisher="Southern Wire"), rules=rules) == []


# talks


@pytest.mark.parametrize(
    ("text", "rule", "expected"),
    [
        (TALKS, {}, True), (TALKS.replace("will hold talks", "agreed to meet"), {}, True), (MET, {}, False),
        (TALKS.replace("will hold", "will not hold"), {}, False),
        (TALKS, {"dyad": ("ARM", "AZE")}, True), (TALKS, {"dyad": ("ARM", "GEO")}, False), (TALKS, {"holder": "RUS"}, True), (TALKS, {"holder": "USA"}, False),
    ],
)  # fmt: skip
def test_talks(follower: Follower, text: str, rule: dict[str, Any], expected: bool) -> None:
    assert bool(follower.add(read(text), rules=[Rule(when="talks", **rule)])) == expected


def test_talks_are_told_once(follower: Follower) -> None:
    rules = [Rule(when="talks")]
    assert len(follower.add(read(TALKS), rules=rules)) == 1
    assert follower.add(read(TALKS, publisher="Southern Wire"), rules=rules) == []


# incidents that were grouped anew


def _apart(text: str) -> str:
    return text.replace("near Tovuz", "near Goris")


@pytest.mark.parametrize(
    ("rule", "first", "second"),
    [
        (Rule(when="losses"), FOUR, _apart(FOUR)), (Rule(when="breach"), VIOLATED, _apart(VIOLATED)),
        (Rule(when="talks"), TALKS, TALKS.replace("Geneva", "Moscow").replace("Friday", "Saturday")),
    ],
)  # fmt: skip
def test_after_a_merge_nothing_is_told_twice(follower: Follower, rule: Rule, first: str, second: str) -> None:
    one, other = (follower.add(read(text), rules=[rule]) for text in (first, second))
    assert one[0].incident != other[0].incident
    follower.record.merge(one[0].incident, other[0].incident)
    assert follower.add(read(first, publisher="Southern Wire"), rules=[rule]) == []
    assert follower.add(read(second, publisher="Southern Wire"), rules=[rule]) == []


def test_after_a_merge_a_dispute_is_not_told_twice_and_a_higher_toll_is(follower: Follower) -> None:
    rules = [Rule(when="dispute"), Rule(when="losses")]
    here = follower.add(read(FOUR), read(TWO), rules=rules)
    there = follower.add(read(_apart(FOUR)), read(_apart(TWO)), rules=rules)
    keys = {alert.incident for alert in here}, {alert.incident for alert in there}
    assert not keys[0] & keys[1]
    follower.record.merge(min(keys[0]), min(keys[1]))
    (place,) = follower.add(read(FOUR, publisher="Southern Wire"), read(TWO, publisher="Southern Wire"), rules=rules)
    assert place.number & ~here[0].number  # where it was is disputed only now
    assert "where it was" in place.told
    assert follower.add(read(FOUR, publisher="Eastern Wire"), read(TWO, publisher="Eastern Wire"), rules=rules) == []
    assert [alert.number for alert in follower.add(read(SEVEN), rules=rules[1:])] == [7]


def test_an_incident_that_is_gone_ends_nothing(follower: Follower) -> None:
    rules = [Rule(when="talks")]
    (alert,) = follower.add(read(TALKS), rules=rules)
    follower.told[0] = type(alert)(**{field: getattr(alert, field) for field in alert.__struct_fields__} | {"incident": "0000000000000000"})
    assert len(follower.add(read(TALKS, publisher="Southern Wire"), rules=rules)) == 1


