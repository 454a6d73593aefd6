"""Plain words: what is cleaned, and how dates, counts, places and parties read."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from readings_by_hand import KYRGYZ_GUARDS, TAJIK_TROOPS, casualty, event, report

from sayso.model import Count, Entity, EventType, Harm, Sector, Status, Times, When, Where
from sayso.view.words import clean, dates, escaped, how_many, listed, parties, place, side, side_name, title, what


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain words", "plain words"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x9b2Jgone", "gone"),
        ("\x1b]0;a title\x07after", "after"),
        ("\x1b]8;;https://example.org\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1b]0;never closed, so the words stay", "0;never closed, so the words stay"),
        ("\x1bPdevice\x1b\\after", "after"),
        ("left\u202eright\u2066x\u2069", "leftrightx"),
        ("bell\x07 and null\x00", "bell and null"),
        ("two\nlines\tand\u2028more", "two lines and more"),
        ("[bold]not markup[/bold] :smile:", "[bold]not markup[/bold] :smile:"),
        ("می\u200cرود", "می\u200cرود"),
        ("half \ud800", "half \ufffd"),
    ],
)
def test_what_a_terminal_would_obey_is_taken_out_and_words_stay(text: str, shown: str) -> None:
    assert clean(text) == shown


@given(st.text())
def test_cleaned_text_holds_nothing_that_a_terminal_obeys(text: str) -> None:
    shown = clean(text)

    assert not any(c < " " or "\x7f" <= c <= "\x9f" or c in "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff" for c in shown)
    assert clean(shown) == shown
    shown.encode()


@given(st.text().filter(lambda t: t.isascii() or t.encode("utf-8", "replace").decode() == t))
def test_json_for_a_terminal_has_the_same_values(text: str) -> None:
    line = json.dumps({"text": text}, ensure_ascii=False).encode()

    assert json.loads(escaped(line)) == {"text": text}
    assert not any("\x7f" <= c <= "\x9f" or "\u202a" <= c <= "\u202e" for c in escaped(line).decode())


DAYS = [
    ("2020-07-12", "2020-07-12", "day", "12 July 2020"),
    ("2020-07-12", "2020-07-13", "range", "12–13 July 2020"),
    ("2020-06-28", "2020-07-03", "range", "28 June 2020 – 3 July 2020"),
    ("1988-02-01", "1988-02-29", "month", "February 1988"),
    ("2020-05-01", "2020-06-30", "range", "May–June 2020"),
    ("2019-12-01", "2020-01-31", "range", "December 2019 – January 2020"),
    ("1994-01-01", "1994-12-31", "year", "1994"),
    ("1992-01-01", "1994-12-31", "range", "1992–1994"),
    ("1992-01-01", None, "year", "since 1992"),
    ("2020-09-27", None, "day", "since 27 September 2020"),
    ("2020-09-01", None, "month", "since September 2020"),
    (None, "2020-11-10", "day", "until 10 November 2020"),
    (None, "1994-12-31", "year", "until 1994"),
]


@pytest.mark.parametrize(("start", "end", "precision", "words"), DAYS)
def test_dates_are_as_precise_as_they_were_told(start: str | None, end: str | None, precision: str, words: str) -> None:
    when = When(start=date.fromisoformat(start) if start else None, end=date.fromisoformat(end) if end else None, precision=precision)  # type: ignore[arg-type]

    assert dates(when) == words


def test_no_date_and_no_place_are_no_words() -> None:
    assert dates(None) == "" and place(None) == ""


@pytest.mark.parametrize(
    ("low", "high", "words"), [(4, 4, "4"), (16, None, "at least 16"), (None, 20, "up to 20"), (0, 0, "none"), (2000, None, "at least 2,000"), (3, 5, "3–5")]
)
def test_counts_are_bounds_in_words(low: int | None, high: int | None, words: str) -> None:
    assert how_many(Count(low=low, high=high)) == words


def test_a_place_is_told_with_its_country_and_a_country_once() -> None:
    assert place(Where(name="Kok-Tash", country="KGZ")) == "Kok-Tash, Kyrgyzstan"
    assert place(Where(name="Kyrgyzstan", country="KGZ", precision="country")) == "Kyrgyzstan"


@pytest.mark.parametrize(("names", "words"), [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "A", "C"], "A, B and C"), ([""], "")])
def test_names_are_listed_each_once(names: list[str], words: str) -> None:
    assert listed(names) == words


def test_acts_are_told_in_words() -> None:
    of = report("Tajik troops and Kyrgyz guards traded fire.")
    fire = "traded fire"

    assert what(event(of, fire, EventType.ASSAULT, actors=[TAJIK_TROOPS, KYRGYZ_GUARDS])) == "fighting"
    assert what(event(of, fire, EventType.ASSAULT, modes=["heavy-weapons"], times=Times(low=70, high=70))) == "attack (heavy weapons), 70 times"
    assert what(event(of, fire, EventType.RETREAT, modes=["ceasefire"])) == "easing of force (ceasefire observed)"
    assert parties(event(of, fire, EventType.ASSAULT, recipients=[TAJIK_TROOPS])) == "not told who → Armed Forces of Tajikistan"
    assert parties(event(of, fire, EventType.ASSAULT, actors=[TAJIK_TROOPS])) == "by Armed Forces of Tajikistan"
    assert parties(casualty(of, fire, Harm.KILLED, 2, 2, KYRGYZ_GUARDS, by=TAJIK_TROOPS)) == "Border Service of Kyrgyzstan, by Armed Forces of Tajikistan"


def test_every_status_type_and_mode_has_words() -> None:
    from sayso.model import MODES, Channel, Distance
    from sayso.view.words import CHANNELS, DISTANCES, STATUS, TYPES, act

    assert set(STATUS) == set(Status) and set(TYPES) == set(EventType) and set(CHANNELS) == set(Channel) and set(DISTANCES) == set(Distance)
    assert all("-" not in act(EventType(kind), [mode]) for kind, modes in MODES.items() for mode in modes)


def test_a_side_is_a_country_or_a_party_that_stands_for_none() -> None:
    partly = Entity(text="", name="Army of Abkhazia", country="GEO", sector=Sector.MIL, qualifiers=["PRE"])
    rebels = Entity(text="", name="M23", country="COD", sector=Sector.REB)
    unknown = Entity(text="", name="gunmen", country="COD", sector=Sector.UAF)

    assert side(TAJIK_TROOPS) == "TJK" and side_name(TAJIK_TROOPS) == "Tajikistan"
    assert side(partly) == "GEO+PRE" and side_name(partly) == "Army of Abkhazia"
    assert side(rebels) == "m23" and side(unknown) == ""


def test_a_report_without_a_title_is_called_by_its_headline_or_its_id() -> None:
    assert title(report("Talks resume\n\nTalks resumed.")) == "Talks resume"
    assert title(report("Talks resume\n\nTalks resumed.", title="Talks\x1b[0m go on")) == "Talks go on"
