"""The view on the terminal: what stands where, at 80 columns and wide, and what cannot happen to a terminal."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from msgspec.structs import replace
from readings_by_hand import KYRGYZ_GUARDS, TAJIK_TROOPS, casualty, clash, event, report, said_by
from rich.cells import cell_len
from rich.console import Console

from sayso.model import Count, Damage, Distance, Entity, EventType, Harm, Manner, Materiel, Reading, Source, Status
from sayso.view import explain, show


def shown(reading: Reading, width: int = 80, printer: Any = show, **options: Any) -> str:
    """The view as text."""
    out = io.StringIO()
    printer(reading, Console(file=out, width=width, **options))
    return out.getvalue()


def headings(text: str) -> list[str]:
    return re.findall(r"^([A-Z ]{4,}) [─-]+$", text, re.M)


def test_every_part_of_a_report_has_its_place() -> None:
    text = shown(clash())

    assert text.startswith("Kyrgyz and Tajik forces trade fire at the border\nSteppe Wire · 4 May 2021 · Bishkek\n")
    assert headings(text) == ["THE ACCOUNTS", "LOSSES", "TALKS AND APPEALS", "BACKGROUND", "OFFICES"]
    assert "Ruslan Kazakbaev, Foreign Minister, Kyrgyzstan" in text
    assert "asked for: withdrawal" in text


def test_every_claim_is_shown_with_its_words() -> None:
    reading = clash()
    text = " ".join(shown(reading, 140).split())

    assert all(f"“{c.evidence.text}”" in text for c in reading.claims if c.background or c.evidence.text.startswith(("urged", "spoke", "Kyrgyz Foreign")))
    alone = " ".join(shown(reading, 80).split())
    assert all(f"“{c.evidence.text}”" in alone for c in reading.claims)


def test_rivals_stand_side_by_side_where_the_terminal_is_wide() -> None:
    lines = shown(clash(), 120).splitlines()

    assert any("Border Service of Kyrgyzstan ─" in line and "State Committee for National Security of Tajikistan ─" in line for line in lines)
    assert any("“Three Kyrgyz guards were killed”" in line for line in lines)


def test_rivals_stand_under_each_other_at_eighty_columns() -> None:
    lines = shown(clash(), 80).splitlines()
    blocks = [n for n, line in enumerate(lines) if re.match(r"(Border Service|State Committee).* ─+$", line)]

    assert len(blocks) == 2
    assert any("≠ in dispute: whether it happened and who attacked" in line for line in lines[: blocks[0]])


@pytest.mark.parametrize("width", [20, 33, 60, 80, 94, 95, 100, 120, 140, 250])
@pytest.mark.parametrize("printer", [show, explain])
def test_no_line_is_wider_than_the_terminal_and_none_ends_in_blanks(width: int, printer: Any) -> None:
    lines = shown(clash(), width, printer).splitlines()

    assert max(map(cell_len, lines)) <= min(width, 140)
    assert not [line for line in lines if line != line.rstrip()]


def test_status_carried_over_say_so_doubt_and_chain_are_told() -> None:
    of = report("The army claimed that rebels had tried to enter the town, citing scouts.")
    army, scouts = Entity(text="army", name="Armed Forces of Chad", country="TCD"), Entity(text="scouts", name="scouts", country="TCD")
    sources = [
        Source(entity=scouts, manner=Manner.INHERITED),
        Source(entity=army, cue=of.span(9, 16), distance=Distance.DOUBTING),
    ]
    attempted = event(of, "rebels had tried to enter the town", EventType.ASSAULT, status=Status.ATTEMPTED, sources=sources)
    doubted = event(of, "rebels had tried to enter the town", EventType.PROTEST, sources=sources[1:])
    text = " ".join(shown(Reading(report=of, claims=[attempted, doubted])).split())

    assert "attack, attempted" in text
    assert "say-so carried over · passed on by Armed Forces of Chad" in text
    assert "the report doubts it (“claimed”)" in text


def test_losses_stand_by_side_and_holder() -> None:
    text = shown(clash(), 120)
    table = text[text.index("LOSSES") : text.index("TALKS")]

    assert re.search(r"according to +killed +wounded", table)
    assert re.search(r"Kyrgyzstan\n +Border Service of Kyrgyzstan +Border Service of Kyrgyzstan +3\* ", table)
    assert "* say-so carried over from the speaker just named" in table
    assert "about 30" not in table  # history is no part of the losses reported


def test_losses_of_things_zero_and_denied_tolls() -> None:
    of = report("Two tanks were destroyed. No one was killed. It denied that 40 soldiers had died.")
    tanks = Materiel(id="t", evidence=of.span(0, 24), harm=Damage.DESTROYED, count=Count(low=2, high=2), what="tank", owner=TAJIK_TROOPS)
    nobody = casualty(of, "No one was killed", Harm.KILLED, 0, 0, TAJIK_TROOPS)
    denied = casualty(of, "40 soldiers had died", Harm.KILLED, 40, 40, KYRGYZ_GUARDS, status=Status.NEGATED, sources=said_by(KYRGYZ_GUARDS))
    reading = Reading(report=of, claims=[tanks, nobody, denied])

    assert "2 × tank destroyed" in shown(reading)
    assert re.search(r"Armed Forces of Tajikistan +Steppe Wire +none", shown(reading, 100))
    assert "40 (denied)" in shown(reading)


def test_six_kinds_of_loss_still_fit() -> None:
    of = report("Many were harmed.")
    claims = [replace(casualty(of, "Many were harmed", harm, 7, 7, TAJIK_TROOPS), id=harm) for harm in Harm]
    text = " ".join(shown(Reading(report=of, claims=claims)).split())

    assert "according to losses" in text and "7 killed; 7 wounded; 7" in text


def test_a_report_with_nothing_to_code_says_so_kindly() -> None:
    text = shown(Reading(report=report("Rain is expected.\n\nIt may rain."), claims=[]))

    assert "Nothing to code here" in text and not headings(text)


def test_a_report_of_history_alone_says_that_there_is_no_news() -> None:
    reading = clash()
    text = shown(replace(reading, claims=[c for c in reading.claims if c.background]))

    assert "No news to code here" in text
    assert headings(text) == ["BACKGROUND"]


def test_nothing_is_known_of_the_report() -> None:
    text = shown(Reading(report=report("Rain\n\nIt rained.", publisher=None, published=None, place=None), claims=[]))

    assert "publisher, date and place not known" in text


def test_text_from_a_report_never_steers_the_terminal() -> None:
    words = "Rebels \x1b[2J\x1b]0;owned\x07 [bold red]fired[/] \u202eback\u202c \x9b1m:boom:"
    of = report(words, publisher="\x1b[31mWire", title="[blink]Title\x1b[5m", place="\x07Town")
    evil = Entity(text="x", name="[/]Group\x1b]8;;http://example.org\x07", country="\x1b[1m", sector=TAJIK_TROOPS.sector)
    one = event(of, words, EventType.ASSAULT, actors=[evil], recipients=[evil], sources=said_by(evil))
    loss = casualty(of, words, Harm.KILLED, 1, 1, evil, sources=said_by(replace(evil, name="\x1b[0m[b]")))
    reading = Reading(report=of, claims=[one, loss])

    for printer in (show, explain):
        plain = shown(reading, 120, printer)
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", plain)
        assert "[bold red]fired[/] back :boom:" in " ".join(plain.split())
        coloured = re.sub(r"\x1b\[[0-9;]*m", "", shown(reading, 120, printer, force_terminal=True, color_system="standard"))
        assert coloured == plain


def test_colours_only_on_a_terminal_and_never_against_no_color(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b" not in shown(clash())
    assert "\x1b[36m" in shown(clash(), force_terminal=True, color_system="standard") or "36" in shown(clash(), force_terminal=True, color_system="standard")

    monkeypatch.setenv("NO_COLOR", "1")

    assert not re.search(r"\x1b\[[0-9;]*3[0-7]", shown(clash(), force_terminal=True, color_system="standard"))


def test_a_long_holder_is_wrapped_and_not_cut() -> None:
    name = "Office of the Special Envoy of the Secretary-General for the Great Lakes Region and Its Several Committees of Verification"
    of = report("Rebels fired.")
    speaker = Entity(text="x", name=name, country="UNO")
    text = shown(Reading(report=of, claims=[event(of, "Rebels fired", EventType.ASSAULT, sources=said_by(speaker))]), 50)

    assert name in " ".join(text.split())
