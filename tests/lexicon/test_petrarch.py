"""PETRARCH's dictionaries: what each line becomes, and what a defect costs. All dictionaries here were written for these tests."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.errors import BadOption
from sayso.lexicon import faults, lexicon, own, read_table
from sayso.lexicon.petrarch import Coding, Kind, Taken, _Taker, parse_actors, parse_agents, take
from sayso.lexicon.tables import your_rows


@pytest.fixture(autouse=True)
def yours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "yours"
    monkeypatch.setenv("SAYSO_LEXICON", str(folder))
    lexicon.cache_clear()
    yield folder
    lexicon.cache_clear()


def taken(tmp_path: Path, text: str | bytes, kind: Kind | None = None) -> Taken:
    file = tmp_path / "made.txt"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    (account,) = take([file], kind)
    return account


def short(row: dict[str, str]) -> tuple[str, ...]:
    return tuple(row[column] for column in ("name", "aliases", "country", "sector", "from", "to"))


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("", ("", "")),
        (" <20090101", ("", "2008-12-31")),
        (" >20090101", ("2009-01-01", "")),
        (" 20090101-20100301", ("2009-01-01", "2010-02-28")),
        (" > 090101", ("2009-01-01", "")),
        (" 310101-300101", ("1931-01-01", "2029-12-31")),
        (" 990101 - 300101", ("1999-01-01", "2029-12-31")),
        (" 20090101", None),
        (" 1920090101-20100301", None),
        (" 2009017-20100301", None),
        (" 20100301-20090101", None),
        (" 090925-090925", None),
        (" >20091301", None),
        (" >20090101-20100301", None),
        (" since 2009", None),
    ],
)
def test_when_a_coding_holds(when: str, expected: tuple[str, str] | None) -> None:
    warnings: list[str] = []
    (entity,) = parse_actors(f"DAWN_FRONT_ [MLIREB{when}]\n", warnings)

    assert entity.codings == ([Coding("MLIREB", *expected)] if expected else [])
    assert len(warnings) == (0 if expected else 1)


@pytest.mark.parametrize(
    ("text", "names", "codes"),
    [
        ("DAWN_FRONT_\t[MLIREB]\n+NDF_\n+DAWN FRONT_OF_THE_NORTH\n", ["DAWN FRONT", "NDF", "DAWN FRONT OF THE NORTH"], ["MLIREB"]),
        ("DAWN_FRONT_ # a group\n\t[MLIREB <20090101]\n\t[MLIPTY]\n", ["DAWN FRONT"], ["MLIREB", "MLIPTY"]),
        ("DAWN_FRONT_ [MLIREB <20090101][MLIPTY]\n", ["DAWN FRONT"], ["MLIREB", "MLIPTY"]),
        ("<!-- old\nOLD_FRONT [MLIREB]\n-->\n<!new>\n; note\nDAWN_FRONT_ [mlireb] ; note\n", ["DAWN FRONT"], ["MLIREB"]),
        ("DAWN_FRONT_ [MLIREB\n", ["DAWN FRONT"], ["MLIREB"]),
        ("DAWN_FRONT_ [NGOCHR214]\n", ["DAWN FRONT"], ["NGOCHR214"]),
        ("DAWN_FRONT_ [---]\n", ["DAWN FRONT"], ["---"]),
    ],
)
def test_an_entry_of_actors(text: str, names: list[str], codes: list[str]) -> None:
    warnings: list[str] = []
    (entity,) = parse_actors(text, warnings)

    assert (entity.names, [coding.code for coding in entity.codings], warnings) == (names, codes, [])


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("+NDF_\n", "1: belongs to no name"),
        ("\t[MLIREB]\n", "1: belongs to no name"),
        ("DAWN_FRONT_ [MLIREB]\n FRONT_\n", "2: 'FRONT' stands where only a code may"),
        ("DAWN_FRONT_ [MLIREB]\n+__\n+A|B\n", "3: 'A|B' is no name"),
        ("DAWN\x1aFRONT [MLIREB]\n", "1: 'DAWN\\x1aFRONT' is no name"),
        ("DAWN_FRONT_ [ML]\n", "1: [ML] is no code"),
        ("DAWN_FRONT_ [MLIREB}]\n", "1: [MLIREB}] is no code"),
    ],
)
def test_a_defect_is_told_with_its_line(text: str, warning: str) -> None:
    warnings: list[str] = []
    list(parse_actors(text, warnings))

    assert warnings == [warning]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("DAWN_FRONT_ [MLIREB]\n+NDF_\n", [("Dawn Front", "NDF", "MLI", "REB", "", "")]),
        ("COALITION_OF_DAWN_(COD)_ [PERPTY]\n", [("Coalition Of Dawn", "COD", "PER", "PTY", "", "")]),
        ("DAWN_RELIEF [NGOHLHPER]\n", [("Dawn Relief", "", "NGO", "MED", "", "")]),
        ("DAWN_RELIEF [NGOCHR]\n", [("Dawn Relief", "", "NGO", "SOC", "", "")]),
        ("DAWN_METALS [MNCNOR]\n", [("Dawn Metals", "", "MNC", "BUS", "", "")]),
        ("DAWN_OFFICE_OF_NATIONS [IGOUNODEV]\n", [("Dawn Office Of Nations", "", "UNO", "GOV", "", "")]),
        ("DAWN_LEAGUE_OF_STATES [IGOSEA]\n", [("Dawn League Of States", "", "IGO", "GOV", "", "")]),
        ("DAWN_NETWORK [IMGMOS]\n", [("Dawn Network", "", "IMG", "REB", "", "")]),
        ("DAWN_HERALD [PERMED]\n", [("Dawn Herald", "", "PER", "JRN", "", "")]),
        ("ANA_OTERO_QUISPE_ [PERGOVMIL 20050101-20060101]\n", [("Ana Otero Quispe", "", "PER", "MIL", "2005-01-01", "2005-12-31")]),
        ("ANA_OTERO_QUISPE_ [PERGOVBUS]\n", [("Ana Otero Quispe", "", "PER", "GOV", "", "")]),
        (  # the undated coding last, wherever it stands; times that touch are one; the other reading of a name keeps its time
            "ANA_OTERO_QUISPE_ [PERELI]\n\t[PERGOV 20050101-20060101]\n\t[PERGOVEDU 20060101-20070101]\n\t[PERJUD >20080101]\n",
            [
                ("Ana Otero Quispe", "", "PER", "GOV", "2005-01-01", "2006-12-31"),
                ("Ana Otero Quispe", "", "PER", "JUD", "2008-01-01", ""),
                ("Ana Otero Quispe", "", "PER", "ELI", "", ""),
            ],
        ),
        ("DAWN_FRONT_ [PERREB]\nEVENING_FRONT_ [PERREB]\n+DAWN_FRONT\n+DUSK_FRONT\n", [  # a name of two entries is the first's where both are coded alike
            ("Dawn Front", "", "PER", "REB", "", ""), ("Evening Front", "Dusk Front", "PER", "REB", "", "")]),
        ("DAWN_FRONT_ [PERREB]\nDAWN_FRONT_ [NPLREB]\n", [  # and both have it where they are not
            ("Dawn Front", "", "PER", "REB", "", ""), ("Dawn Front", "", "NPL", "REB", "", "")]),
        ("СОЮЗ_ЗАРИ [KAZPTY]\n", [("Союз Зари", "", "KAZ", "PTY", "", "")]),
    ],
)  # fmt: skip
def test_what_actors_become(text: str, rows: list[tuple[str, ...]], tmp_path: Path) -> None:
    account = taken(tmp_path, text)

    assert [short(row) for row in account.rows] == rows
    assert faults("actors") == [] and [row.cells for row in your_rows("actors")] == account.rows


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("HEZBOLLAH_ [LBNREB]\n+PARTY_OF_DAWN\n", "whose names are known already"),
        ("THE_UNITED_NATIONS [IGOUNO]\n", "whose names are known already"),
        ("PERUVIAN_POLICE [PERCOP]\n", "made up of words that are known already"),
        ("MINISTER_OF_DEFENCE_OF_PERU [PERGOVMIL]\n", "made up of words that are known already"),
        ("UPPER_DAWN_VALLEY [PER]\n", "that are coded as a country alone"),
        ("UPPER_DAWN_VALLEY [PER >20050101]\n", "that are coded as a country alone"),
        ("DAWN_FRONT_ [XYZREB]\n", "without a code that can be used"),
        ("DAWN_FRONT_ [---]\n", "without a code that can be used"),
        ("DAWN_FRONT_\n+NDF_\nEVENING_FRONT [XYZREB]\n", "without a code that can be used"),
    ],
)
def test_what_is_left_out_and_why(text: str, why: str, tmp_path: Path, yours: Path) -> None:
    account = taken(tmp_path, text)

    assert account.rows == [] and set(account.skipped) == {why} and not yours.exists()


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("LAMPLIGHTER [~LAB]\n", [("lamplighter", "LAB")]),
        ("LAMP_GUARD [~GOVMIL] # note\n", [("lamp guard", "MIL")]),
        ("MUWALID {MUWALIDEEN} [~REB]\nLAMPFOLK {} [~CVL]\n", [("muwalid", "REB"), ("muwalideen", "REB"), ("lampfolk", "CVL")]),
        ("!WHO! = MAN, WOMAN\nLAMP!WHO! [~CVL]\n", [("lampman", "CVL"), ("lampwoman", "CVL")]),
        ("!LIGHT! = A, B\nLAMP!LIGHT!ER [~CVL]\n", [("lamplighter", "CVL")]),
        ("LAMPLIGHTER [~LAB]\nlamplighter [~CVL]\n", [("lamplighter", "LAB")]),
        ("SOLDIER [~MIL]\nGUNMEN [~UAF]\nLAMPLIGHTER [LAB]\nLAMPLIGHTER [~BUD]\nLAMP!NOBODY! [~LAB]\nHEAD [IGO~]\n", []),
    ],
)
def test_what_agents_become(text: str, rows: list[tuple[str, str]], tmp_path: Path) -> None:
    account = taken(tmp_path, text)

    assert account.kind is Kind.AGENTS
    assert [(row["form"], row["sector"]) for row in account.rows] == rows
    assert faults("agents") == []


def test_the_kind_is_that_of_most_of_our_entries_of_a_sector(tmp_path: Path) -> None:
    actors = taken(tmp_path, "DAWN_FRONT_ [PERREB]\nDAWN_PARTY [PERPTY]\nDAWN_AID [NGO]\nDAWN_SCHOOL [PEREDU]\n").rows
    agents = taken(tmp_path, "LAMP_MEDIC [~HLH]\nLAMP_PILOT [~BUS]\n").rows

    assert [row["kind"] for row in actors] == ["armed-group", "party", "ngo", "organisation"]
    assert [row["kind"] for row in agents] == ["medic", "business"]


def test_a_substitution_that_is_not_defined_is_told() -> None:
    warnings: list[str] = []

    assert list(parse_agents("LAMP!NOBODY! [~LAB]\n", warnings)) == []
    assert warnings == ["1: a substitution that is not defined"]


def test_lines_that_are_not_utf_8_are_read_as_latin_1(tmp_path: Path) -> None:
    account = taken(tmp_path, "\ufeffFRENTE_ÉTOILE_ [PERREB]\r\n".encode() + "AÑO_NUEVO_ [PERREB]\r\n".encode("latin-1"))

    assert [row["name"] for row in account.rows] == ["Frente Étoile", "Año Nuevo"]


def test_a_second_import_adds_nothing(tmp_path: Path, yours: Path) -> None:
    text = "DAWN_FRONT_ [PERREB <20050101]\n+NDF_\n\t[PERPTY]\n"
    first = taken(tmp_path, text)
    before = (yours / "actors.tsv").read_text("utf-8")
    lexicon.cache_clear()
    second = taken(tmp_path, text)

    assert (len(first.rows), second.rows) == (2, []) and (yours / "actors.tsv").read_text("utf-8") == before
    assert [row["id"] for row in first.rows] == ["petrarch-dawn-front", "petrarch-dawn-front-2"]


@pytest.mark.parametrize("content", [b"", b"plain words\nand more\n", bytes(range(256)), b"# nothing\n"])
def test_a_file_without_entries_is_refused_and_nothing_written(content: bytes, tmp_path: Path, yours: Path) -> None:
    sound = tmp_path / "sound.txt"
    sound.write_text("DAWN_FRONT_ [PERREB]\n", "utf-8")
    (tmp_path / "none.txt").write_bytes(content)

    with pytest.raises(BadOption, match=r"none\.txt: no entry"):
        take([sound, tmp_path / "none.txt"])
    assert not yours.exists()


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadOption, match="cannot be read"):
        take([tmp_path / "missing.txt"])


@pytest.mark.parametrize("row", list(read_table("codes")), ids=lambda row: row["block"])
def test_every_block_is_read_in_its_example(row) -> None:
    taker = _Taker(lexicon())
    country, sector = taker._country(row["example"]), taker._read(row["example"])

    assert row["block"] in row["example"]
    if row["country"]:
        assert country == row["country"]
    if row["sector"] and country in {"PER", "KEN"}:
        assert sector == (country, row["sector"])


def test_fifty_thousand_lines_are_read_in_seconds(tmp_path: Path) -> None:
    syllables = [a + b for a in "BDFGKLMNPR" for b in "AEIOU"]
    names = [f"{a}{b}{c}_{c}{a}TAN" for a in syllables[:25] for b in syllables[:40] for c in syllables[25:]]
    text = "".join(f"{name}_\n\t[PERGOV 20050101-20060101]\n" for name in names[:25_000])
    began = time.perf_counter()
    account = taken(tmp_path, text)

    assert len(account.rows) > 24_000 and time.perf_counter() - began < 30
    assert own.path("actors") in own.in_use(["actors"]).values()
