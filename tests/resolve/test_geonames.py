"""GeoNames files become a gazetteer of one's own, and its places are read where the report speaks of their country. The files are written here."""

from __future__ import annotations

import re
import shutil
import sqlite3
import zipfile
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

import pytest

from sayso.errors import BadOption, BadPlaces
from sayso.intake import report_from_text
from sayso.reading import Reader
from sayso.resolve import geonames
from sayso.resolve.geonames import Loaded, common, download, keys, load, loaded, note, remove, stored
from sayso.resolve.places import Gazetteer


def line(
    number: int, name: str, kind: str, country: str, lat: float, lon: float, division: str = "01", people: int = 0, also: str = "", day: str = "2026-05-04"
) -> str:
    """One line of a GeoNames file; `kind` as P.PPL."""
    feature, code = kind.split(".")
    cells = [number, name, name, also, lat, lon, feature, code, country, "", division, "", "", "", people, "", 300, "Asia/Bishkek", day]
    return "\t".join(map(str, cells)) + "\n"


KYRGYZ = [
    line(9001, "Chong-Tash Oblasty", "A.ADM1", "KG", 40.2, 71.5, people=400_000, also="Chong-Tash Region"),
    line(9002, "Ak-Zhar Rayonu", "A.ADM2", "KG", 40.3, 71.7, people=80_000, also="Ak-Zhar District,Ak-Zhar"),
    line(9003, "Ak-Zhar", "P.PPL", "KG", 40.31, 71.71, also="Akzhar,ak zhar xyz,Ак-Жар,AKZ"),
    line(9004, "Tamdyk-Say", "H.STM", "KG", 40.1, 71.3, also="Tamdyk"),
    line(9005, "Gora Chymbulak", "T.MT", "KG", 40.0, 71.2, also="Chymbulak"),
    line(9006, "Kerkidan", "S.AIRB", "KG", 40.05, 71.25),
    line(9007, "Zarchy Refugee Camp", "S.CMPRF", "KG", 40.06, 71.26),
    line(9008, "Zhalgyz Ashuu", "T.PASS", "KG", 40.07, 71.27),
    line(9009, "Sary-Oy", "P.PPL", "KG", 40.4, 71.4, "01"),
    line(9010, "Sary-Oy", "P.PPL", "KG", 42.4, 76.4, "02", day="2026-06-30"),
    line(9011, "Uzun-Köl", "P.PPL", "KG", 40.5, 71.9),
    line(9012, "Base", "P.PPL", "KG", 40.5, 71.9),  # a common word
    line(9013, "Chymyr Hotel", "S.HTL", "KG", 40.5, 71.9),  # no such feature is kept
    line(9014, "Blank", "P.PPL", "", 40.5, 71.9),  # of no country
    line(9015, "Osh Aerodrome", "S.AIRP", "KG", 40.6, 72.8),
    line(1527534, "Osh", "P.PPLA", "KG", 40.52, 72.8, people=322_164),  # ships, too
]
TAJIK = [line(9101, "Uzun-Kol", "P.PPL", "TJ", 40.1, 70.6), line(9102, "Ovchi-Poyon", "P.PPL", "TJ", 40.2, 70.7), line(9103, "Bor", "P.PPL", "TJ", 38.2, 70.7)]
NEWS = {"KGZ": 0.5, "TJK": 0.5}


def packed(path: Path, lines: Iterable[str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("readme.txt", "Readme for GeoNames")
        archive.writestr(f"{path.stem}.txt", "".join(lines))
    return path


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with both countries' files, and in `home` what was loaded of them."""
    where = tmp_path_factory.mktemp("both")
    for name, lines in (("KG", KYRGYZ), ("TJ", TAJIK)):
        load(packed(where / f"{name}.zip", lines), where / "home")
    return where


@pytest.fixture
def home(both: Path, tmp_path: Path) -> Path:
    """A copy to change."""
    shutil.copytree(both, tmp_path, dirs_exist_ok=True)
    return tmp_path / "home"


@pytest.fixture(scope="module")
def ours(both: Path) -> Gazetteer:
    """A gazetteer with both countries' places."""
    return Gazetteer(loaded=stored(both / "home"))


# loading


def test_what_is_loaded_is_told_by_country(home: Path) -> None:
    assert [(h.code, h.places, h.date) for h in loaded(stored(home))] == [("KG", 13, "2026-06-30"), ("TJ", 3, "2026-05-04")]
    assert sorted(p.name for p in home.iterdir()) == ["places.lock", "places.sqlite"]


def test_the_same_file_twice_changes_nothing(home: Path, tmp_path: Path) -> None:
    before = (home / "places.sqlite").read_bytes()
    assert load(tmp_path / "KG.zip", home) == []
    (tmp_path / "KG.txt").write_text("".join(KYRGYZ), "utf-8")  # the same, unpacked
    assert load(tmp_path / "KG.txt", home) == []
    assert (home / "places.sqlite").read_bytes() == before


def test_a_newer_file_takes_the_place_of_its_country_alone(home: Path, tmp_path: Path) -> None:
    newer = [line(9003, "Ak-Zhar", "P.PPL", "KG", 40.31, 71.71, day="2026-08-01")]
    assert load(packed(tmp_path / "KG.zip", newer), home) == [Loaded("KG", 1, 1, "2026-08-01")]
    assert [(h.code, h.places) for h in loaded(stored(home))] == [("KG", 1), ("TJ", 3)]
    gazetteer = Gazetteer(loaded=stored(home))
    assert gazetteer.resolve("Kerkidan", NEWS) is None and gazetteer.resolve("Ovchi-Poyon", NEWS) is not None


def test_a_file_of_several_countries_stands_for_each_of_them(tmp_path: Path) -> None:
    world = packed(tmp_path / "allCountries.zip", [*KYRGYZ, *TAJIK])
    assert [h.code for h in load(world, tmp_path)] == ["KG", "TJ"]
    assert load(world, tmp_path) == []
    load(packed(tmp_path / "TJ.zip", TAJIK[:1]), tmp_path)
    assert [h.places for h in load(world, tmp_path)] == [13, 3], "a part of it was replaced since"


def test_the_order_of_loading_changes_no_content(home: Path, tmp_path: Path) -> None:
    for name in ("TJ", "KG"):
        load(tmp_path / f"{name}.zip", tmp_path / "other")

    def content(where: Path) -> list[list[tuple[object, ...]]]:
        with closing(sqlite3.connect(where / "places.sqlite")) as connection:
            return [connection.execute(f"select * from {table} order by 1, 2").fetchall() for table in ("place", "key", "loaded", "country")]

    assert content(home) == content(tmp_path / "other")


def test_a_place_that_went_over_to_another_country_stands_there_once(home: Path, tmp_path: Path) -> None:
    load(packed(tmp_path / "TJ.zip", [*TAJIK, line(9006, "Kerkidan", "S.AIRB", "TJ", 40.05, 71.25)]), home)
    place = Gazetteer(loaded=stored(home)).resolve("Kerkidan", NEWS)
    assert place is not None and place.country == "TJK"


def test_remove_takes_a_country_out_and_the_last_one_the_file(home: Path) -> None:
    remove(["kg"], home)
    assert [h.code for h in loaded(stored(home))] == ["TJ"]
    with pytest.raises(BadPlaces, match="KG: not loaded"):
        remove(["TJ", "KG"], home)
    remove(["TJ"], home)
    assert stored(home) is None and loaded(None) == []


BAD = [
    (b"", "holds no place that sayso keeps"),
    (b"Ak-Zhar\t40.1\t71.2\n", "line 1 has 3 columns where GeoNames has 19"),
    (KYRGYZ[0].encode() + b"a" * 200_000, "line 2 has 1 columns"),
    (KYRGYZ[2].replace("40.31", "91.31").encode(), "line 1 is no place"),
    (KYRGYZ[2].replace("40.31", "nan").encode(), "line 1 is no place"),
    (KYRGYZ[2].replace("9003", "x").encode(), "line 1 is no place"),
    (KYRGYZ[2].replace("9003", "9" * 30).encode(), "line 1 is no place"),
    (KYRGYZ[2].replace("2026-05-04", "2026-15-04").encode(), "line 1 is no place"),
    (KYRGYZ[2].encode("utf-16"), "columns|no place"),
    (KYRGYZ[2].replace("Ak-Zhar", "Ак-Жар").encode("koi8-r"), "line 1 is no place"),
    (KYRGYZ[12].encode(), "holds no place that sayso keeps"),
    (b"PK\x03\x04 but no archive", "columns|damaged"),
]


@pytest.mark.parametrize(("data", "why"), BAD)
def test_a_bad_file_gets_one_clear_line_and_changes_nothing(data: bytes, why: str, home: Path, tmp_path: Path) -> None:
    before = (home / "places.sqlite").read_bytes()
    (tmp_path / "XX.txt").write_bytes(data)
    with pytest.raises(BadPlaces, match=why) as caught:
        load(tmp_path / "XX.txt", home)
    assert re.match(r"XX\.txt: .+; .+", str(caught.value)) and "\n" not in str(caught.value)
    assert (home / "places.sqlite").read_bytes() == before
    assert sorted(p.name for p in home.iterdir()) == ["places.lock", "places.sqlite"]


def test_bad_archives(tmp_path: Path) -> None:
    sound = packed(tmp_path / "KG.zip", KYRGYZ).read_bytes()
    middle = sound.index(b"KG.txt") + 40
    (tmp_path / "damaged.zip").write_bytes(sound[:middle] + b"\0" * 40 + sound[middle + 40 :])
    (tmp_path / "cut.zip").write_bytes(sound[:-200])
    packed(tmp_path / "bomb.zip", ["a" * 60_000_000])
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        archive.writestr("KG.txt", "")
        archive.writestr("TJ.txt", "")
    for name, why in (("damaged", "damaged zip"), ("cut", "columns"), ("bomb", "unpacks to 60 MB"), ("two", "holds 2 text files"), ("none", "cannot be read")):
        with pytest.raises(BadPlaces, match=why):
            load(tmp_path / f"{name}.zip", tmp_path / "home")
    with pytest.raises(BadPlaces, match="is no file"):
        load(tmp_path, tmp_path / "home")
    assert stored(tmp_path / "home") is None


def test_a_folder_that_cannot_be_written_or_is_in_use_is_told(tmp_path: Path, home: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BadPlaces, match="cannot be written"):
        load(tmp_path / "KG.zip", tmp_path / "file")
    with closing(sqlite3.connect(home / "places.lock", isolation_level=None)) as other:
        other.execute("begin exclusive")
        with pytest.raises(BadPlaces, match="another sayso is loading"):
            remove(["KG"], home)


def test_a_file_in_the_gazetteers_place_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "places.sqlite").write_text("no database at all, but quite a long text")
    with pytest.raises(BadPlaces, match="load the files again"):
        loaded(stored(tmp_path))


# fetching


def test_download_fetches_each_country_and_loads_it(tmp_path: Path) -> None:
    asked = []

    def fetch(url: str, out: BinaryIO, limit: int) -> None:
        asked.append(url.removeprefix(geonames.SITE))
        out.write(packed(tmp_path / "KG.zip", KYRGYZ).read_bytes() if url.endswith("zip") else b"KG.01\tChong-Tash\tChong-Tash\t9001\n")

    (done,) = download(["kg", "KG"], fetch, tmp_path / "home")

    assert asked == ["admin1CodesASCII.txt", "KG.zip"] and done[0] == "KG.zip" and done[1][0].places == 13
    place = Gazetteer(loaded=stored(tmp_path / "home")).resolve("Ak-Zhar", NEWS)
    assert place is not None and place.admin1 == "Chong-Tash"
    assert sorted(p.name for p in (tmp_path / "home").iterdir()) == ["fetching.lock", "places.lock", "places.sqlite"]


def test_download_asks_for_nothing_where_a_code_is_none(tmp_path: Path) -> None:
    def fetch(url: str, out: BinaryIO, limit: int) -> None:
        raise AssertionError

    for codes in (["KG", "ZZ"], ["../KG"], ["Kyrgyzstan"]):
        with pytest.raises(BadOption, match="no country's code"):
            list(download(codes, fetch, tmp_path))


# names


@pytest.mark.parametrize(
    ("name", "alternates", "found"),
    [
        ("Ak-Zhar", ["Akzhar", "ak zhar xyz", "Ак-Жар", "AKZ"], {"ak zhar", "akzhar"}),
        ("Base", ["Kerkidan"], {"kerkidan"}),
        ("Ош", [], set()),
        ("Uzun-Köl", ["Uzun Kol"], {"uzun kol"}),
        ("17", [], set()),
    ],
)
def test_names_under_which_a_place_is_found(name: str, alternates: list[str], found: set[str]) -> None:
    assert keys(name, alternates) == found


def test_common_words_are_folded() -> None:
    assert "hill" in common() and all(re.fullmatch("[a-z]+", word) for word in common())


# looking up

FOUND = [
    ("Ak-Zhar", "KGZ", 40.31, "city"),
    ("Akzhar", "KGZ", 40.31, "city"),
    ("village of Ak-Zhar", "KGZ", 40.31, "city"),
    ("Ak-Zhar district", "KGZ", 40.3, "district"),
    ("Chong-Tash region", "KGZ", 40.2, "province"),
    ("Tamdyk", "KGZ", 40.1, "river"),
    ("Tamdyk-Say River", "KGZ", 40.1, "river"),
    ("Mount Chymbulak", "KGZ", 40.0, "point"),
    ("Kerkidan base", "KGZ", 40.05, "point"),
    ("Kerkidan Air Base", "KGZ", 40.05, "point"),
    ("Zarchy camp", "KGZ", 40.06, "camp"),
    ("Zhalgyz Ashuu pass", "KGZ", 40.07, "point"),
    ("Ak-Zhar, Kyrgyzstan", "KGZ", 40.31, "city"),
    ("Ovchi-Poyon", "TJK", 40.2, "city"),
]  # fmt: skip

NOTHING = ["Base", "Blank", "Chymyr Hotel", "Chymyr", "ak-zhar", "Ak-Zhar, Tajikistan"]


@pytest.mark.parametrize(("name", "country", "lat", "kind"), FOUND)
def test_a_loaded_place_is_found_where_the_report_speaks_of_its_country(name: str, country: str, lat: float, kind: str, ours: Gazetteer) -> None:
    place = ours.resolve(name, NEWS)

    assert place is not None
    assert (place.country, place.lat, place.kind) == (country, lat, kind)
    assert re.search(r"GeoNames 9\d\d\d .+ \(file (KG|TJ), 2026-0\d-\d\d\)", place.why)


@pytest.mark.parametrize("name", NOTHING)
def test_what_a_loaded_file_must_not_find(name: str, ours: Gazetteer) -> None:
    assert ours.resolve(name, NEWS) is None


def test_a_report_of_elsewhere_is_read_as_without_the_file(ours: Gazetteer) -> None:
    shipped = Gazetteer()
    for name in ("Ak-Zhar", "Kerkidan", "Bor", "Osh", "Sary-Oy"):
        for countries in ({}, {"SRB": 0.7}, {"SSD": 0.3, "FRA": 0.2}):
            assert ours.resolve(name, countries) == shipped.resolve(name, countries)
        assert ours.country_of(name) == shipped.country_of(name)


def test_our_own_lists_and_the_larger_place_lead(ours: Gazetteer) -> None:
    osh, bor = ours.resolve("Osh", NEWS), ours.resolve("Bor", {"TJK": 0.1, "SSD": 0.6})
    assert osh is not None and "file" not in osh.why
    assert bor is not None and bor.country == "SSD"


def test_namesakes_of_one_country_have_no_point_and_of_two_none_is_chosen(ours: Gazetteer) -> None:
    place = ours.resolve("Sary-Oy", NEWS)
    assert place is not None
    assert (place.country, place.lat, place.admin1) == ("KGZ", None, None) and place.why.endswith("2 of the name there, so no point")
    assert ours.resolve("Uzun-Kol", NEWS) is None
    for country, share in (("KGZ", {"KGZ": 0.6, "TJK": 0.01}), ("TJK", {"TJK": 0.6, "KGZ": 0.01})):
        place = ours.resolve("Uzun-Kol", share)
        assert place is not None and place.country == country


def test_the_whole_way(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report = report_from_text("Two Kyrgyz border guards were killed by shelling in Ak-Zhar on Sunday, the Kyrgyz army said.", published="2026-09-01")
    before = Reader(threads=1).read(report)
    monkeypatch.setenv("SAYSO_PLACES", str(home))
    after = Reader(threads=1).read(report)

    told = "places also looked up in the GeoNames files KG (2026-06-30), TJ (2026-05-04)"
    assert (before.report.notes, after.report.notes) == ([], [told])
    assert {c.where.lat for c in before.claims if c.where} == {None}
    assert {(c.where.name, c.where.lat) for c in after.claims if c.where} == {("Ak-Zhar", 40.31)}
    assert any("(file KG, 2026-06-30)" in step.because for steps in after.explanations.values() for step in steps if step.field == "where")
    assert Reader(threads=1).read(after.report).report.notes == [told]


def test_many_countries_are_noted_by_their_number() -> None:
    assert note([]) is None
    assert note([Loaded(code, 1, 1, "2026-01-01") for code in "ABCDEFG"]) == "places also looked up in the GeoNames files of 7 countries, as of 2026-01-01"
