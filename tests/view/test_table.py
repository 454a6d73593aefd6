"""The table: one claim a row, columns that stay, and cells that no spreadsheet obeys."""

from __future__ import annotations

import csv
import io

import pytest
from readings_by_hand import KYRGYZ_GUARDS, casualty, clash, event, report, said_by

from sayso.model import Entity, EventType, Harm, Reading, Where
from sayso.view import COLUMNS, header, rows


def table(reading: Reading) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(header() + "".join(rows(reading)), newline=""), strict=True))


def test_one_claim_a_row_in_the_order_of_the_columns() -> None:
    reading = clash()
    told = table(reading)

    assert list(told[0]) == list(COLUMNS)
    assert [row["claim_id"] for row in told] == [c.id for c in reading.claims]
    assert all(reading.report.text[int(r["evidence_start"]) : int(r["evidence_end"])] == r["evidence"] for r in told)


def test_an_event_a_loss_and_an_office_fill_their_own_columns() -> None:
    attack, killed, *_ = told = table(clash())
    office = next(r for r in told if r["kind"] == "role")

    assert (attack["type"], attack["modes"], attack["actors"], attack["recipient_countries"]) == (
        "ASSAULT",
        "heavy-weapons",
        "Armed Forces of Tajikistan",
        "KGZ",
    )
    assert (attack["when_from"], attack["place"], attack["channel"], attack["background"]) == ("2021-05-04", "Kok-Tash", "statement", "false")
    assert (killed["harm"], killed["count_low"], killed["count_high"], killed["who_sector"], killed["manner"]) == ("killed", "3", "3", "COP", "inherited")
    assert (office["office_holder"], office["office"], office["organisation"]) == ("Ruslan Kazakbaev", "Foreign Minister", "Kyrgyzstan")


def test_the_reports_own_voice_is_held_by_its_publisher() -> None:
    own = next(r for r in table(clash()) if r["type"] == "CONSULT")

    assert (own["holder"], own["holder_country"]) == ("Steppe Wire", "")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_what_a_spreadsheet_would_take_for_a_formula_is_defused(start: str) -> None:
    words = f'{start}cmd|"/c calc"!A0, they said'
    of = report(words, publisher="=1+1", title="@sum")
    name = Entity(text="x", name=f"{start}HYPERLINK()")
    (row,) = table(Reading(report=of, claims=[event(of, words, EventType.ASSAULT, actors=[name], sources=said_by(name))]))

    assert row["evidence"] == f"'{words}" and row["actors"] == f"'{start}HYPERLINK()" and row["holder"][0] in "'H"
    assert row["publisher"] == "'=1+1" and row["title"] == "'@sum"


def test_numbers_stay_numbers() -> None:
    of = report("Three died.")
    here = Where(name="Beira", country="MOZ", lat=-19.84, lon=34.85)
    (row,) = table(Reading(report=of, claims=[casualty(of, "Three died", Harm.KILLED, 3, None, KYRGYZ_GUARDS, where=here)]))

    assert (row["latitude"], row["count_low"], row["count_high"]) == ("-19.84", "3", "")


def test_quotes_commas_lines_and_escape_sequences_survive_or_go() -> None:
    words = 'He said "no", then\r\nleft \x1b[31mthe\x00 room\x9b0m'
    of = report(words)
    (row,) = table(Reading(report=of, claims=[event(of, words, EventType.REJECT)]))

    assert row["evidence"] == 'He said "no", then\r\nleft the room'


def test_lines_end_as_the_standard_says_and_an_empty_reading_has_none() -> None:
    assert header().endswith("\r\n") and header().count("\n") == 1
    assert list(rows(Reading(report=report("Rain.\n\nIt rained."), claims=[]))) == []
