"""The accuracy bench on public data: forms of the sets are read right, and what is missing is said, by name and with its command."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

import pytest

from bench.accuracy import __main__ as bench
from bench.accuracy import attribution, dates, events, places
from bench.accuracy.figures import f1, figure, share
from bench.accuracy.folder import CLONES, Folder, Missing
from sayso.reading import Reader


def run(monkeypatch: pytest.MonkeyPatch, *args: str) -> int:
    monkeypatch.setattr(sys, "argv", ["bench.accuracy", *args])
    return bench.main()


def test_without_a_folder_all_commands_are_printed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "--data", str(tmp_path / "nothing")) == 1

    told = capsys.readouterr().err
    assert all(f"git clone --depth 1 {address}" in told for address in CLONES.values())


def test_an_empty_folder_names_every_part_and_goes_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "--data", str(tmp_path)) == 1

    told = capsys.readouterr()
    assert "not measured: attribution, events, places, dates" in told.err
    assert f"git clone --depth 1 {CLONES['PolNeAR']} {tmp_path / 'PolNeAR'}" in told.err


def test_a_set_that_is_there_is_measured(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = tmp_path / "TempEval-3/data/TBAQ-cleaned/TimeBank"
    folder.mkdir(parents=True)
    (folder / "one.tml").write_text(TIMEML, "utf-8")
    (folder / "._one.tml").write_bytes(b"\x00\x05\x16\x07")
    out = tmp_path / "figures.json"

    assert run(monkeypatch, "--data", str(tmp_path), "--only", "dates", "--json", str(out)) == 0
    (day, found, false) = json.loads(out.read_text("utf-8"))
    assert (day["value"], day["size"]) == (100.0, "1 documents, 2")
    assert (found["value"], false["value"]) == (100.0, 0.0)


TIMEML = """<TimeML><DCT><TIMEX3 tid="t0" type="DATE" value="2019-04-10">April 10</TIMEX3></DCT>
<TEXT>Rebels &amp; soldiers <EVENT eid="e1">fought</EVENT> on <TIMEX3 tid="t1" type="DATE" value="2019-04-08">Monday</TIMEX3> and again
on <TIMEX3 tid="t2" type="TIME" value="2019-04-09T06:00">Tuesday morning</TIMEX3>, and have done so since
<TIMEX3 tid="t3" type="DATE" value="2015">2015</TIMEX3>.</TEXT></TimeML>"""


def test_timeml_is_read_with_its_entities_and_offsets() -> None:
    text, marked = dates._plain("a &amp; b <TIMEX3 tid='t' type=\"DATE\" value=\"2019\">in 2019</TIMEX3> c")

    assert text == "a & b in 2019 c"
    assert [(text[slice(*span)], kind, value) for span, kind, value in marked] == [("in 2019", "DATE", "2019")]


def test_a_document_without_text_or_date_counts_nothing() -> None:
    assert dates.count("<TimeML></TimeML>") == Counter()


def test_brat_relations_are_read_with_their_parts() -> None:
    (relation,) = attribution.relations(
        "T1\tSource 0 3\tthe\nT2\tCue 4 8\tsaid\nT3\tContent 10 20;24 30\tit … so\nT4\tAttribution 4 8\tsaid\nE1\tAttribution:T4 Content:T3 Cue:T2 Source:T1\n"
    )

    assert relation.spans == {"source": [(0, 3)], "cue": [(4, 8)], "content": [(10, 20), (24, 30)]}


def test_events_are_compared_by_type_and_side(reader: Reader) -> None:
    record = {
        "date": "2000-01-01", "event": "FIGHT", "text": "Ugandan troops shelled a camp of Sudanese rebels on Monday.",
        "source": [{"actorText": "Ugandan troops", "code": "UGA", "sector": "MIL"}],
        "target": [{"actorText": "Sudanese rebels", "code": "SDN", "sector": "REB"}],
    }  # fmt: skip
    n, pair = events.count(record, "COERCE", reader)

    assert pair == ("ASSAULT", "ASSAULT")
    assert (n["first"], n["any"], n["first also"], n["first actors"]) == (1, 1, 1, 1)


def test_macro_f1_is_the_mean_over_annotated_types() -> None:
    assert events.macro_f1(Counter({"AID|AID": 1, "AGREE|none": 1})) == 50.0


def test_toponyms_are_aligned_where_offsets_drift() -> None:
    assert places._aligned("in Mocha, near Mocha", "Mocha", 5) == 3
    assert places._aligned("in Mocha, near Mocha", "Mocha", 14) == 15
    assert places._aligned("in Mocha", "Taiz", 3) is None


def test_near_is_a_hundred_miles() -> None:
    from sayso.model import Where

    aden = Where(name="Aden", lat=12.8, lon=45.0)
    assert places._near(aden, (13.3, 44.0))
    assert not places._near(aden, (15.4, 44.2))
    assert not places._near(Where(name="Yemen"), (15.4, 44.2))


def test_figures_carry_their_interval_and_size() -> None:
    counts = [Counter(right=1, got=1, gold=1), Counter(right=0, got=1, gold=1)] * 10
    made = figure("F1", counts, f1("right", "got", "gold"), "{gold} spans", "others: 40")

    assert made.value == 50.0 and made.low < 50.0 < made.high
    assert str(made).split() == ["F1", "50.0", f"[{made.low:.1f}–{made.high:.1f}]", "20", "spans", "others:", "40"]
    assert share("right", "gold")(Counter()) == 0.0


def test_a_missing_set_is_named_with_its_command(tmp_path: Path) -> None:
    with pytest.raises(Missing, match=r"git clone --depth 1 https://github\.com/openeventdata/PLOVER"):
        Folder(tmp_path).text("PLOVER", "gold_standard_records/PLOVER_GSR_CAMEO.txt")
