"""The shapes of other data sets: their columns by name, our codes, who says so where there is room, and losses by one named rule."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sayso.export import acled, crosswalks, diplomacy, export, ged, polecat, reports
from sayso.lexicon import BODIES
from sayso.model import MODES, Act, EventType, Sector
from sayso.record import Record
from sayso.record.filters import Conflict, Filter
from tests.making import ARMENIA, AZERBAIJAN, BAKU, TOVUZ, YEREVAN, casualty, event, reading, report, said_by

Written = Callable[..., Path]


def _rows(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def _row(rows: list[dict[str, str]], **told: str) -> dict[str, str]:
    (found,) = [row for row in rows if all(row[name] == value for name, value in told.items())]
    return found


@pytest.mark.parametrize(("columns", "many"), [(acled.COLUMNS, 31), (ged.COLUMNS, 49), (polecat.COLUMNS, 40)])
def test_columns_are_as_many_as_theirs(columns: tuple[str, ...], many: int) -> None:
    """By the data sets' own codebooks."""
    assert len(columns) == len(set(columns)) == many


def test_plover_has_its_names_and_who_says_so(written: Written) -> None:
    """An event a line; a denial has the auxiliary mode that the manual defines, and rival claims share a link."""
    events = [json.loads(line) for line in written("plover", "x.jsonl").read_text().splitlines()]
    assert {"id", "date", "actor", "event"} <= set.intersection(*(set(e) for e in events)) | {"actor"}
    shelled = next(e for e in events if e["text"] == "Armenian units shelled Tovuz")
    denied = next(e for e in events if e["text"] == "its units had shelled Tovuz")
    assert (shelled["event"], shelled["mode"], shelled["quad_code"], shelled["event_scale"]) == (["ASSAULT"], ["heavy-weapons"], 4, -9)
    assert denied["mode"] == ["heavy-weapons", "negation"]
    assert shelled["link"] == denied["link"]
    assert shelled["sources"][0]["entity"]["entity_name"] == "Ministry of Defence of Azerbaijan"
    assert shelled["event_loc"]["resolution"] == 4


def test_polecat_leaves_out_what_nobody_says_happened(written: Written) -> None:
    """It has no column for a denial, so a denial would read as an attack; nor has it one for history."""
    rows = _rows(written("polecat", "x.tsv"), "\t")
    assert tuple(rows[0]) == polecat.COLUMNS
    assert not [row for row in rows if row["Event Date"] < "2000"]
    attacks = [row for row in rows if row["Event Type"] == "ASSAULT"]
    assert [(row["Actor Country"], row["Recipient Country"]) for row in attacks] == [("ARM", "AZE"), ("AZE", "ARM"), ("", "ARM"), ("", "")]
    assert {row["Latitude"] for row in rows if row["Province"] == "Tavush"} == {""}


def test_acled_has_every_account_in_its_notes_and_the_conservative_figure(written: Written) -> None:
    """The lowest that anybody gives; both accounts; sides in an order that says nothing."""
    path = written("acled", "x.csv")
    row = _row(_rows(path), location="Tovuz")
    assert (row["actor1"], row["actor2"], row["fatalities"]) == ("Armenia", "Azerbaijan", "3")
    assert "Ministry of Defence of Azerbaijan says: attack" in row["notes"]
    assert "Ministry of Defence of Armenia says: " in row["notes"]
    assert (row["time_precision"], row["geo_precision"], row["civilian_targeting"]) == ("1", "1", "civilians")
    assert "disputed=count" in row["tags"]
    assert _rows(path.with_name("x.crosswalk.csv"))[0]["to"].startswith("acled.")


def test_acled_uses_no_label_of_acleds(written: Written) -> None:
    """Its labels stand in the crosswalk alone."""
    labels = {theirs for to, _, theirs, _ in crosswalks.rows() if to == "acled.near" and theirs}
    for row in _rows(written("acled", "x.csv")):
        assert not labels & {row["event_type"], row["sub_event_type"], row["disorder_type"]}


def test_acled_has_no_figure_where_nobody_gives_one(written: Written) -> None:
    """Empty, not 0; and a province's middle is no place of anything."""
    row = _row(_rows(written("acled", "x.csv")), location="Tavush Province")
    assert (row["fatalities"], row["latitude"], row["geo_precision"], row["admin1"]) == ("", "", "3", "Tavush")


def test_ged_has_incidents_with_a_reported_death(written: Written) -> None:
    """The range is that of the holders, and no best figure is made where they differ."""
    conflict = Conflict(name="nk", title="Nagorno-Karabakh", dyads=[("ARM", "AZE")], ucdp=388, cow="4046")
    rows = _rows(written("ged", "x.csv", asked=Filter(conflict=conflict)))
    (row,) = rows
    assert (row["low"], row["best"], row["high"]) == ("3", "", "6")
    assert (row["conflict_name"], row["conflict_new_id"], row["dyad_name"], row["type_of_violence"]) == ("Nagorno-Karabakh", "388", "Armenia - Azerbaijan", "1")
    assert row["source_original"] == "Ministry of Defence of Armenia; Ministry of Defence of Azerbaijan"
    assert (row["where_prec"], row["date_prec"], row["priogrid_gid"]) == ("1", "1", "188372")
    assert (row["deaths_civilians"], row["deaths_b"], row["gwnoa"]) == ("2", "", "")


def test_ged_leaves_out_that_nobody_was_killed_and_keeps_what_is_open(written: Written) -> None:
    """"At least 100" has no highest figure."""
    row = _row(_rows(written("ged", "x.csv")), low="100")
    assert (row["best"], row["high"]) == ("", "")


@pytest.mark.parametrize(("told", "low", "best", "high"), [
    ([(4, 4, BAKU), (4, 4, YEREVAN)], "4", "4", "4"),
    ([(4, 4, BAKU), (0, 0, YEREVAN)], "0", "", "4"),
    ([(4, None, BAKU), (3, 3, YEREVAN)], "3", "", ""),
    ([(0, 0, BAKU), (0, 0, YEREVAN)], None, None, None),
])  # fmt: skip
def test_ged_figures(record: Record, tmp_path: Path, told: list[Any], low: str | None, best: str | None, high: str | None) -> None:
    """Lowest low, highest high, best only where all agree; none where all say that nobody died."""
    for n, (least, most, holder) in enumerate(told):
        text = f"Report {n}: soldiers of Azerbaijan died at Tovuz on 12 July."
        toll = casualty(text, low=least, high=most, sources=said_by(holder), when="2020-07-12", where=TOVUZ)
        record.add([reading(report(text, publisher=f"Wire {n}"), toll)])
    export(record, "ged", tmp_path / "x.csv")
    rows = _rows(tmp_path / "x.csv")
    assert [(r["low"], r["best"], r["high"]) for r in rows] == ([(low, best, high)] if low is not None else [])


def test_eventreport_has_a_row_a_source(written: Written) -> None:
    """One event as each holder tells it."""
    rows = _rows(written("eventreport", "x.csv"))
    assert tuple(rows[0]) == reports.COLUMNS
    at_tovuz = [row for row in rows if row["location"] == "Tovuz"]
    assert [(row["source"], row["deaths_low"], row["deaths_best"], row["deaths_high"]) for row in at_tovuz] == [
        ("Ministry of Defence of Armenia", "3", "3", "3"), ("Ministry of Defence of Azerbaijan", "6", "6", "6")]  # fmt: skip
    assert len({row["event_id"] for row in at_tovuz}) == 1
    initiators = [{row[f"actor{n}"] for n in range(1, 7) if row[f"actor{n}_initiator"] == "1"} for row in at_tovuz]
    assert initiators == [{"Armed Forces of Azerbaijan"}, {"Armed Forces of Armenia", "Armed Forces of Azerbaijan"}]


def test_ceasefires_have_cf_dates(written: Written) -> None:
    """Declared on one day, observed on another, history to the year; an appeal is none."""
    rows = _rows(written("ceasefires", "x.csv"))
    assert tuple(rows[0]) == diplomacy.CEASEFIRES
    assert {row["interstate"] for row in rows} == {"yes"}
    agreed = _row(rows, holder="Border Monitoring Mission")
    assert (agreed["cf_dec_yr"], agreed["cf_dec_month"], agreed["cf_dec_day"], agreed["cf_effect_yr"]) == ("2020", "7", "14", "")
    observed = _row(rows, holder="Northern Wire")
    assert (observed["cf_effect_day"], observed["cf_dec_day"]) == ("15", "")


def test_contacts_name_everybody_who_took_part(written: Written) -> None:
    """By telephone, three parties of three states."""
    (row,) = _rows(written("contacts", "x.csv"))
    assert (row["stage"], row["mode"], row["interstate"], row["participant_countries"]) == ("held", "phone", "yes", "RUS; ARM; AZE")


@pytest.mark.parametrize(("type_", "asks", "stage"), [("AGREE", "CONSULT", "agreed"), ("REQUEST", "CONSULT", None), ("AGREE", "AID", None)])
def test_a_meeting_agreed_on_is_a_contact_still_to_come(record: Record, tmp_path: Path, type_: str, asks: str, stage: str | None) -> None:
    """One asked for is none."""
    text = "Both would meet in Geneva."
    record.add([reading(report(text), event(text, type_, by=[ARMENIA, AZERBAIJAN], object=Act(type=EventType(asks))))])
    export(record, "contacts", tmp_path / "x.csv")
    assert [row["stage"] for row in _rows(tmp_path / "x.csv")] == ([stage] if stage else [])


def test_the_crosswalk_knows_our_words_only() -> None:
    """Every type has its quad class and scale; what is mapped is a type, a mode, a sector, a status or a precision of ours, each once."""
    rows = crosswalks.rows()
    assert all(len(row) == 4 for row in rows)
    assert len({(to, ours) for to, ours, _, _ in rows}) == len(rows)
    for to in ("plover.quad", "plover.scale"):
        assert {ours for t, ours, _, _ in rows if t == to} == {t.value for t in EventType}
    assert {ours for to, ours, _, _ in rows if to == "acled.inter"} <= {s.value for s in Sector}
    for to, ours, _, _ in rows:
        if to == "acled.near":
            type_, _, mode = ours.partition(" ")
            assert not mode or mode in MODES[type_]
    assert "IGO" in BODIES
