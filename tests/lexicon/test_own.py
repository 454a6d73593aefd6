"""The user's own word lists: where they are, how a row gets there, and that theirs win over ours."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.errors import BadLexicon, BadOption
from sayso.lexicon import _cut, add, faults, lexicon, own, read_table
from sayso.lexicon.tables import our_rows
from sayso.reader.tokens import words

GROUP = {"id": "northern-dawn", "name": "Northern Dawn Front", "aliases": "NDF", "country": "MLI", "sector": "REB", "kind": "armed-group"}

COLUMNS = b"id\tname\taliases\tcountry\tsector\tqualifiers\tkind\tfrom\tto\n"


@pytest.fixture(autouse=True)
def yours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "yours"
    monkeypatch.setenv("SAYSO_LEXICON", str(folder))
    lexicon.cache_clear()
    yield folder
    lexicon.cache_clear()


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {"SAYSO_LEXICON": "/tables"}, "/tables"),
        ("linux", {}, "/home/reader/.local/share/sayso/lexicon"),
        ("linux", {"SAYSO_LEXICON": ""}, "/home/reader/.local/share/sayso/lexicon"),
        ("linux", {"XDG_DATA_HOME": "/data"}, "/data/sayso/lexicon"),
        ("linux", {"XDG_DATA_HOME": "data"}, "/home/reader/.local/share/sayso/lexicon"),
        ("darwin", {"XDG_DATA_HOME": "/data"}, "/home/reader/Library/Application Support/sayso/lexicon"),
        ("win32", {"APPDATA": "/roaming"}, "/roaming/sayso/lexicon"),
        ("win32", {}, "/home/reader/AppData/Roaming/sayso/lexicon"),
    ],
)
def test_where_the_lists_are_kept(platform: str, environment: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SAYSO_LEXICON", "XDG_DATA_HOME", "APPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.platform", platform)
    monkeypatch.setattr(Path, "home", lambda: Path("/home/reader"))

    assert own.folder() == Path(expected)


def test_who_has_no_home_has_no_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError

    monkeypatch.delenv("SAYSO_LEXICON")
    monkeypatch.setattr(Path, "home", homeless)

    assert own.folder() is None and own.text("actors") is None and own.strays(["actors"]) == []
    with pytest.raises(BadOption, match="set SAYSO_LEXICON"):
        add("actors", GROUP)


def test_without_a_folder_nothing_is_read_and_nothing_is_made(yours: Path) -> None:
    assert [row.place for row in read_table("actors")] == [row.place for row in our_rows("actors")]
    assert not yours.exists()


def test_a_row_is_added_behind_ours_and_named_by_its_line(yours: Path) -> None:
    row = add("actors", GROUP)
    second = add("actors", GROUP | {"id": "southern-dawn", "name": "Southern Dawn"})

    assert (row.place, second.place) == ("yours/actors.tsv:3", "yours/actors.tsv:4")
    assert [(r.place, r["id"]) for r in read_table("actors")][-2:] == [(row.place, "northern-dawn"), (second.place, "southern-dawn")]
    assert [name.row.place for name in _named("northern dawn front")] == [row.place]
    assert [file.name for file in yours.iterdir()] == ["actors.tsv"]


def _named(words: str) -> list:
    forms = words.split()
    return lexicon().names_at(0, len(forms), forms.__getitem__, forms.__getitem__)[1]


def test_a_row_of_yours_stands_in_the_place_of_ours_of_the_same_key() -> None:
    before = [row["id"] for row in read_table("actors")]
    with pytest.raises(BadOption, match=r"hezbollah: stands already at actors\.tsv:"):
        add("actors", {"id": "hezbollah", "name": "Party of God", "kind": "party"})
    add("actors", {"id": "hezbollah", "name": "Party of God", "kind": "party"}, replace=True)

    assert [row["id"] for row in read_table("actors")] == before
    assert [row["name"] for row in read_table("actors") if row["id"] == "hezbollah"] == ["Party of God"]
    assert _named("hizbollah") == [] and [name.row["id"] for name in _named("party of god")] == ["hezbollah"]


def test_a_row_of_yours_is_replaced_in_its_line_and_the_rest_of_the_file_kept(yours: Path) -> None:
    add("actors", GROUP)
    add("actors", GROUP | {"id": "southern-dawn"})
    file = yours / "actors.tsv"
    file.write_text("# mine\n" + file.read_text("utf-8"), "utf-8")
    row = add("actors", GROUP | {"sector": "PTY", "kind": "party"}, replace=True)

    assert row.place == "yours/actors.tsv:4" and file.read_text("utf-8").startswith("# mine\n")
    assert [(r["id"], r["sector"]) for r in read_table("actors") if r.file.startswith("yours")] == [("northern-dawn", "PTY"), ("southern-dawn", "REB")]


@pytest.mark.parametrize(
    ("table", "cells", "told"),
    [
        ("actors", GROUP | {"id": "Northern Dawn"}, "id 'Northern Dawn' must be small letters and digits"),
        ("actors", GROUP | {"sector": "ARMY"}, "sector 'ARMY' must be one of GOV, MIL"),
        ("actors", GROUP | {"from": "2024-06", "to": "2023"}, "to '2023' lies before from '2024-06'"),
        ("actors", GROUP | {"from": "2024-13"}, "from '2024-13' must be a day, month or year"),
        ("actors", GROUP | {"name": "Northern\tDawn"}, "holds a character that is not printed"),
        ("actors", GROUP | {"name": "Northern\u2028Dawn"}, "holds a character that is not printed"),
        ("weapons", {"form": "#1 rifle", "mode": "firearms", "example": "A #1 rifle was fired."}, "must not begin with #"),
        ("weapons", {"form": "petard", "mode": "petards", "example": "A petard was fired."}, "mode 'petards' must be one or more"),
        ("places", {"name": "Well Nine", "kind": "well", "lat": "1", "lon": "1"}, "kind 'well' must be one of point, city"),
        ("acts-verbs", {"form": "shell", "type": "ASSAULT", "modes": "petards", "example": "They shelled it."}, "ASSAULT has no mode 'petards'"),
    ],
)
def test_a_wrong_cell_is_refused_and_nothing_written(table: str, cells: dict[str, str], told: str, yours: Path) -> None:
    with pytest.raises(BadOption) as refused:
        add(table, cells)

    assert told in str(refused.value) and not yours.exists()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"id\tname\n", "yours/actors.tsv:1: the columns are id, name"),
        (b"\xff\xfe", "yours/actors.tsv: not UTF-8"),
        (COLUMNS + b"a\tA\t\t\tARMY\t\tparty\t\t\n", "yours/actors.tsv:2: sector 'ARMY' must be"),
        (COLUMNS + b"a\tA\t\n", "yours/actors.tsv:2: 3 cells, 9 columns"),
        (COLUMNS + b"a\tA\t\t\t\t\tparty\t\t\n" * 2, "yours/actors.tsv:3: a stands already on line 2"),
    ],
)
def test_faults_in_yours_are_told_and_stop_the_reading(content: bytes, told: str, yours: Path) -> None:
    yours.mkdir()
    (yours / "actors.tsv").write_bytes(content)

    assert [fault.startswith(told) for fault in faults("actors")] == [True]
    with pytest.raises(BadLexicon, match=r"yours/actors\.tsv"):
        list(read_table("actors"))


@pytest.mark.parametrize("content", ["", "# nothing yet\n", "\ufeffid\tname\taliases\tcountry\tsector\tqualifiers\tkind\tfrom\tto\r\n"])
def test_files_without_entries_are_sound_and_can_be_added_to(content: str, yours: Path) -> None:
    yours.mkdir()
    (yours / "actors.tsv").write_text(content, "utf-8")

    assert faults("actors") == []
    row = add("actors", GROUP)
    assert [r["id"] for r in read_table("actors") if r.place == row.place] == ["northern-dawn"]


def test_a_folder_that_cannot_be_made_is_told(yours: Path) -> None:
    yours.write_text("a file", "utf-8")

    with pytest.raises(BadOption, match="cannot be written"):
        add("actors", GROUP)


def test_other_tables_are_read_from_yours_too(yours: Path) -> None:
    add("places", {"name": "Well Nine", "kind": "point", "country": "NER", "lat": "17.5", "lon": "9.25"})
    add("acts-verbs", {"form": "petardize", "type": "ASSAULT", "actor": "subj", "recipient": "obj", "example": "They petardized the gate."})

    assert [row["name"] for row in read_table("places")][-1] == "Well Nine"
    (use,) = lexicon().verbs["petardize"]
    assert use.verbal and use.row.place == "yours/acts-verbs.tsv:3"


def test_a_longer_name_does_not_hide_a_shorter_one_of_another_form() -> None:
    add("actors", GROUP | {"id": "soldiers-of-dawn", "name": "Soldiers of Dawn", "aliases": ""})
    said, lemmas = ["soldiers", "of", "peru"], ["soldier", "of", "peru"]

    end, names = lexicon().names_at(0, 3, said.__getitem__, lemmas.__getitem__)
    assert (end, [name.row["form"] for name in names]) == (1, ["soldier"])
    assert len(_named("soldiers of dawn")) == 1


@pytest.mark.parametrize("form", ["Northern Dawn", "People's Front", "al-Nour", "Lt. Gen.", "U.N.", "Cannot Party", "Union 23", "Année", "Rue  Longue"])
def test_names_are_cut_as_the_reader_cuts_them(form: str) -> None:
    assert _cut(form) == [word.form.lower() for word in words(form + " ")]
