"""The commands: what goes where, and how they end. Most run with a reader that finds one loss in any text, so no network is loaded."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

import pytest
from typer.testing import CliRunner, Result

import sayso
from sayso.cli import app
from sayso.lexicon import SCHEMAS, lexicon
from sayso.model import Casualty, Count, Entity, Harm, Reading, Report, Step, decode
from sayso.scoring import dump
from sayso.scoring.incidents import Named, claims_of
from tests.resolve.test_geonames import KYRGYZ, packed
from tests.scoring.annotations import annotated, perfect
from tests.scoring.sets import SET, a_set

COMMAND = [sys.executable, "-c", "from sayso.cli import main; main()"]
DISPATCH = "Two guards die at the border\n\nTwo guards were killed near the crossing, the border service said."


class OneLoss:
    """Stands for the reader: whatever the text, its first word was killed."""

    def read_many(self, reports: Iterable[Report], ahead: int = 0) -> Iterator[Reading]:
        for report in reports:
            word = report.span(0, len(report.text.split()[0]))
            who = Entity(text=word.text, name="Border Service of Kyrgyzstan", country="KGZ")
            claim = Casualty(id="a1", evidence=word, harm=Harm.KILLED, count=Count(low=2, high=2), who=who, confidence=0.6)
            yield Reading(report=report, claims=[claim], explanations={"a1": [Step(field="harm", value="killed", because="harms.tsv:1 kill")]})


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.reading.Reader", OneLoss)


@pytest.fixture
def dispatch(tmp_path: Path) -> str:
    file = tmp_path / "dispatch.txt"
    file.write_text(DISPATCH, encoding="utf-8")
    return str(file)


def run(*args: str, given: bytes | None = None) -> Result:
    return CliRunner().invoke(app, list(args), input=given, prog_name="sayso")


# read


@pytest.mark.usefixtures("quick")
def test_read_into_a_pipe_gives_one_json_object_a_report_and_line(dispatch: str) -> None:
    result = run("read", dispatch, dispatch, "--date", "2021-05-04", "--publisher", "Steppe Wire")

    assert result.exit_code == 0 and result.stderr == ""
    readings = [decode(line) for line in result.stdout.splitlines()]
    assert [(r.report.published, r.report.publisher, len(r.claims)) for r in readings] == [("2021-05-04", "Steppe Wire", 1)] * 2
    assert "explanations" not in json.loads(result.stdout.splitlines()[0])


@pytest.mark.usefixtures("quick")
def test_read_takes_standard_input() -> None:
    result = run("read", "-", given=DISPATCH.encode())

    assert decode(result.stdout).report.text == DISPATCH


@pytest.mark.usefixtures("quick")
def test_read_as_text_shows_the_view(dispatch: str) -> None:
    result = run("read", dispatch, "--format", "text")

    assert "THE ACCOUNTS" in result.stdout and "2 killed · Border Service of Kyrgyzstan" in result.stdout


@pytest.mark.usefixtures("quick")
def test_read_as_csv_has_one_header_for_all_reports(dispatch: str) -> None:
    rows = list(csv.reader(io.StringIO(run("read", dispatch, dispatch, "--format", "csv").stdout)))

    assert [row[0] == "report_id" for row in rows] == [True, False, False]


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(("least", "claims"), [("0.6", 1), ("0.61", 0)])
def test_read_leaves_out_what_is_less_certain(dispatch: str, least: str, claims: int) -> None:
    assert len(decode(run("read", dispatch, "--min-confidence", least).stdout).claims) == claims


@pytest.mark.usefixtures("quick")
def test_what_cannot_be_read_gets_its_one_line_and_the_rest_is_read(dispatch: str, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 8)
    (tmp_path / "lines.jsonl").write_text('{"id": "x", "text": "Two died."}\nno json\n', encoding="utf-8")
    bad = [str(tmp_path / "missing.txt"), str(tmp_path / "empty.txt"), str(tmp_path / "binary.txt"), str(tmp_path / "lines.jsonl")]

    result = run("read", *bad, dispatch)

    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 2
    told = result.stderr.splitlines()
    assert len(told) == 4 and all(line.startswith(name) and ";" in line for line, name in zip(told, bad, strict=True))


@pytest.mark.usefixtures("quick")
def test_a_name_with_escape_sequences_is_told_without_them() -> None:
    result = run("read", "\x1b[31mno such\x07.txt")

    assert result.exit_code == 1 and "\x1b" not in result.stderr and "\x07" not in result.stderr and "no such" in result.stderr


WRONG = [
    ["read"],
    ["read", "x.txt", "--format", "pdf"],
    ["read", "x.txt", "--min-confidence", "2"],
    ["read", "x.txt", "--date", "yesterday"],
    ["read", "x.txt", "--colour"],
    ["explain"],
    ["explain", "x.txt", "--format", "csv"],
    ["lexicon", "find"],
    ["lexicon", "add", "actors"],
    ["lexicon", "import"],
    ["lexicon", "import", "no-such-file.txt"],
    ["lexicon", "import", "x.txt", "--kind", "verbs"],
    ["places", "load"],
    ["places", "remove"],
    ["places", "download"],
    ["places", "download", "AM", "--all"],
    ["places", "download", "ZZ"],
    ["unread"],
]


@pytest.mark.parametrize("args", WRONG)
def test_wrong_use_ends_with_two_and_prints_nothing_on_standard_output(args: list[str]) -> None:
    result = run(*args)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr


def test_an_interruption_ends_quietly(dispatch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted() -> OneLoss:
        raise KeyboardInterrupt

    monkeypatch.setattr("sayso.reading.Reader", interrupted)

    result = run("read", dispatch)

    assert (result.exit_code, result.stdout, result.stderr) == (130, "", "")


@pytest.mark.parametrize("command", [["schema"], ["lexicon", "find", "say"]])
def test_a_closed_pipe_ends_quietly(command: list[str]) -> None:
    with subprocess.Popen([*COMMAND, *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout and process.stderr
        process.stdout.close()
        told = process.stderr.read()

    assert (process.returncode, told) == (0, b"")


ON_A_TERMINAL = """
import sayso.reading, test_cli
sayso.reading.Reader = test_cli.OneLoss
from sayso.cli import main
main()
"""


def _on_a_terminal(*args: str, **environment: str) -> str:
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    kept = {k: v for k, v in os.environ.items() if k not in {"NO_COLOR", "FORCE_COLOR", "COLUMNS", "CI"}}
    path = os.pathsep.join([str(Path(__file__).parent), *filter(None, [os.environ.get("PYTHONPATH")])])
    env = {**kept, "TERM": "xterm", "COLUMNS": "80", "PYTHONPATH": path, **environment}
    with subprocess.Popen([sys.executable, "-c", ON_A_TERMINAL, *args], stdout=theirs, stdin=subprocess.DEVNULL, env=env):
        os.close(theirs)
        told = b""
        while True:
            try:
                part = os.read(ours, 65_536)
            except OSError:  # the other end is closed
                break
            if not part:
                break
            told += part
    os.close(ours)
    return told.decode()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals")
def test_a_terminal_gets_the_view_in_colours_unless_they_are_not_wanted(dispatch: str) -> None:
    told = _on_a_terminal("read", dispatch)

    assert "THE ACCOUNTS" in told and "\x1b[1m" in told
    assert "\x1b[1m" not in _on_a_terminal("read", dispatch, TERM="dumb")
    assert '"schema":"sayso/1"' in _on_a_terminal("read", dispatch, "--format", "jsonl")


# explain


@pytest.mark.usefixtures("quick")
def test_explain_tells_the_steps(dispatch: str) -> None:
    result = run("explain", dispatch)

    assert result.exit_code == 0 and "harms.tsv:1 kill" in result.stdout


@pytest.mark.usefixtures("quick")
def test_explain_as_json_has_the_explanations(dispatch: str) -> None:
    told = json.loads(run("explain", dispatch, "--format", "jsonl").stdout)

    assert told["explanations"]["a1"][0]["because"] == "harms.tsv:1 kill"


# places


@pytest.fixture
def kyrgyz(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SAYSO_PLACES", str(tmp_path / "home"))
    return packed(tmp_path / "KG.zip", KYRGYZ)


def test_places_are_loaded_listed_and_removed(kyrgyz: Path) -> None:
    assert run("places", "list").stderr.startswith("nothing is loaded in ")
    first, second = run("places", "load", str(kyrgyz)), run("places", "load", str(kyrgyz))
    assert (first.exit_code, first.stdout) == (0, "") and re.fullmatch(r"KG\.zip: KG, 13 places under \d+ names, as of 2026-06-30\n", first.stderr)
    assert second.exit_code == 0 and second.stderr == "KG.zip: loaded already, nothing changed\n"
    held = run("places", "list")
    assert re.fullmatch(r"KG +13 places +\d+ names +2026-06-30\n", held.stdout) and "CC BY 4.0" in held.stderr
    assert run("places", "remove", "KG").exit_code == 0 and run("places", "remove", "KG").exit_code == 1
    assert run("places", "list").stdout == ""


def test_a_file_of_places_that_cannot_be_loaded_gets_its_one_line_and_the_rest_is_loaded(kyrgyz: Path, dispatch: str) -> None:
    result = run("places", "load", dispatch, str(kyrgyz))

    assert result.exit_code == 1
    assert [line.split(":")[0] for line in result.stderr.splitlines()] == ["dispatch.txt", "KG.zip"]


def test_places_are_fetched_with_their_credit(kyrgyz: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def save(url: str, out: BinaryIO, *, limit: int, progress: Callable[[int, int], None]) -> None:
        out.write(kyrgyz.read_bytes() if url.endswith("/KG.zip") else b"")
        progress(1, 2)

    monkeypatch.setattr("sayso.intake.fetch.save", save)
    result = run("places", "download", "kg")

    assert result.exit_code == 0 and result.stderr.startswith("Place names: GeoNames (https://www.geonames.org), CC BY 4.0")
    assert run("places", "list").stdout.startswith("KG ")


# lexicon, schema, version


def test_lexicon_find_shows_file_line_and_columns() -> None:
    result = run("lexicon", "find", "say")

    assert result.exit_code == 0
    assert "cues.tsv:" in result.stdout and "\n  form " in result.stdout


def test_lexicon_find_says_where_there_is_nothing() -> None:
    result = run("lexicon", "find", "no", "such", "words")

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("no such words: no entry")


def test_lexicon_check_finds_none_in_what_ships() -> None:
    result = run("lexicon", "check")

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.endswith(" files, no faults\n")


def test_lexicon_check_prints_each_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.lexicon.faults", lambda table: [f"{table}.tsv:3: wrong"] if table == "cues" else [])

    result = run("lexicon", "check")

    assert (result.exit_code, result.stdout) == (1, "cues.tsv:3: wrong\n")


GROUP = ["id=northern-dawn", "name=Northern Dawn Front", "aliases=NDF|Northern Dawn", "country=MLI", "sector=REB", "kind=armed-group"]


@pytest.fixture
def yours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "yours"
    monkeypatch.setenv("SAYSO_LEXICON", str(folder))
    lexicon.cache_clear()
    yield folder
    lexicon.cache_clear()


def test_lexicon_add_prints_the_row_and_says_where_it_is(yours: Path) -> None:
    result = run("lexicon", "add", "actors", *GROUP)

    assert result.exit_code == 0
    assert result.stdout.startswith("yours/actors.tsv:3\n  id ") and "Northern Dawn Front" in result.stdout
    assert result.stderr == f"written to {yours / 'actors.tsv'}\n"


def test_what_was_added_is_found_and_checked(yours: Path) -> None:
    run("lexicon", "add", "actors", *GROUP)
    checked = run("lexicon", "check")

    assert run("lexicon", "find", "NDF").stdout.startswith("yours/actors.tsv:3\n")
    assert checked.exit_code == 0 and checked.stderr == f"yours/actors.tsv is {yours / 'actors.tsv'}\n{len(SCHEMAS) + 1} files, no faults\n"


def test_lexicon_check_says_where_it_looked_in_vain(yours: Path) -> None:
    assert run("lexicon", "check").stderr == f"none of yours in {yours}\n{len(SCHEMAS)} files, no faults\n"


def test_lexicon_check_finds_faults_in_yours_and_files_that_are_not_read(yours: Path) -> None:
    run("lexicon", "add", "actors", *GROUP)
    with (yours / "actors.tsv").open("a", encoding="utf-8") as file:
        file.write("short\tline\n")
    (yours / "actor.tsv").touch()
    result = run("lexicon", "check")

    assert result.exit_code == 1
    assert [line.split(": ")[0] for line in result.stdout.splitlines()] == ["yours/actors.tsv:4", "yours/actor.tsv"]


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["actor", *GROUP], "actor: no table has this name; the tables are"),
        (["actors", "nome=x", *GROUP], "actors has no column nome; its columns are id, name"),
        (["actors", "northern-dawn"], "northern-dawn: not of the form COLUMN=VALUE"),
        (["actors", "id=a", *GROUP], "id is given twice"),
        (["actors", "id=a", "name=A", "kind=army"], "actors: kind 'army' must be one of armed-group, body"),
        (["actors", "id=hamas", *GROUP[1:]], "hamas: stands already at actors.tsv:"),
        (["agents", "form=quartermaster", "sector=MIL", "kind=soldier"], "agents: example '' must be filled"),
    ],
)
def test_lexicon_add_refuses_with_one_line(args: list[str], told: str, yours: Path) -> None:
    result = run("lexicon", "add", *args)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(told) and result.stderr.count("\n") == 1
    assert not yours.exists()


def test_lexicon_import_says_what_was_taken_and_what_was_wrong(yours: Path, tmp_path: Path) -> None:
    dictionary = tmp_path / "made.actors.txt"
    dictionary.write_text("DAWN_FRONT_ [MLIREB >20120115]\n+NDF_\nHEZBOLLAH [LBNREB]\n\t[LBNPTY 2012]\n", encoding="utf-8")
    result = run("lexicon", "import", str(dictionary))

    assert result.exit_code == 0
    assert result.stdout == f"{dictionary}: 2 actors read, 1 entries taken; left out: 1 whose names are known already\n"
    assert result.stderr == f"{dictionary}:4: '2012' is no date or time between two dates; left out\nwritten to {yours / 'actors.tsv'}\n"
    assert "petrarch-dawn-front" in run("lexicon", "find", "Dawn Front").stdout


def test_lexicon_import_refuses_what_is_no_dictionary(yours: Path, dispatch: str) -> None:
    result = run("lexicon", "import", dispatch)

    assert (result.exit_code, result.stdout) == (2, "") and result.stderr.count("\n") == 1
    assert not yours.exists()


def test_an_entry_of_yours_is_read_and_explained(yours: Path, dispatch: str) -> None:
    run("lexicon", "add", "actors", *GROUP)
    Path(dispatch).write_text("Fighters of the Northern Dawn Front attacked a post near Gao, the army said.", encoding="utf-8")
    done = subprocess.run([*COMMAND, "explain", dispatch], capture_output=True, check=True, encoding="utf-8")

    assert "yours/actors.tsv:3 Northern Dawn Front" in done.stdout


def test_a_faulty_file_of_yours_ends_the_reading_with_one_line(yours: Path, dispatch: str) -> None:
    yours.mkdir()
    (yours / "agents.tsv").write_text("form\tsector\n", encoding="utf-8")
    done = subprocess.run([*COMMAND, "read", dispatch], capture_output=True, check=False, encoding="utf-8")

    assert (done.returncode, done.stdout) == (1, "")
    assert "yours/agents.tsv:1: the columns are form, sector" in done.stderr and done.stderr.count("\n") == 1


def test_schema_is_json_schema() -> None:
    schema = json.loads(run("schema").stdout)

    assert schema["title"] == "sayso/1" and "Event" in schema["$defs"]


def test_version() -> None:
    assert run("--version").stdout == f"sayso {sayso.__version__}\n"


HEAVY = ("numpy", "onnxruntime", "trafilatura", "rich.console", "sayso.reader")


@pytest.mark.parametrize("args", [["--version"], ["schema"]])
def test_version_and_schema_load_no_network_and_no_view(args: list[str]) -> None:
    code = f"import sys\nfrom sayso.cli import main\ntry:\n    main()\nexcept SystemExit:\n    print([m for m in {HEAVY} if m in sys.modules], file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code, *args], capture_output=True, text=True, check=True)

    assert done.stderr == "[]\n" and done.stdout


COMMANDS = [
    [], ["read"], ["explain"], ["score"], ["score-incidents"], ["lexicon"], *(["lexicon", name] for name in ("check", "find", "add", "import")),
    ["places"], *(["places", name] for name in ("download", "load", "list", "remove")), ["schema"],
]  # fmt: skip


@pytest.mark.parametrize("args", COMMANDS)
def test_every_command_has_help(args: list[str]) -> None:
    result = run(*args, "--help")

    assert result.exit_code == 0 and "Usage: sayso" in result.stdout


def test_help_tells_the_exit_codes() -> None:
    assert "Exit codes: 0" in run("--help").stdout and "Example: sayso read" in run("read", "--help").stdout


# the shipped reader


def test_a_report_is_read_for_real() -> None:
    done = subprocess.run(
        [*COMMAND, "read", "-", "--date", "2021-05-04"], input=b"Two soldiers were killed, the ministry said.", capture_output=True, check=True
    )

    assert [c.harm for c in decode(done.stdout).claims if isinstance(c, Casualty)] == [Harm.KILLED]


# score


@pytest.fixture
def scored(tmp_path: Path) -> tuple[str, str]:
    gold, predicted = tmp_path / "gold.jsonl", tmp_path / "predicted.jsonl"
    gold.write_text(dump([annotated()]), encoding="utf-8")
    predicted.write_text(json.dumps(perfect()) + "\n", encoding="utf-8")
    return str(gold), str(predicted)


def test_score_prints_the_figures_and_writes_the_page(scored: tuple[str, str], tmp_path: Path) -> None:
    result = run("score", *scored, "--misses", "5", "--html", str(tmp_path / "report.html"))

    assert result.exit_code == 0 and result.stderr == ""
    assert "CLAIMS, STRICT" in result.stdout and "0 of 0 misses" in result.stdout
    assert "<h2>Measures</h2>" in (tmp_path / "report.html").read_text("utf-8")


def test_score_as_json_keeps_standard_output_for_it(scored: tuple[str, str]) -> None:
    result = run("score", *scored, "--format", "json", "--misses", "5")

    assert json.loads(result.stdout)["claim"]["f1"] == 1.0
    assert "0 of 0 misses" in result.stderr


def test_score_takes_another_coders_annotation(scored: tuple[str, str]) -> None:
    result = run("score", scored[0], scored[0], "--format", "json")

    assert json.loads(result.stdout)["claim"]["f1"] == 1.0


@pytest.mark.usefixtures("quick")
def test_score_reads_the_reports_itself_where_no_reading_is_given(scored: tuple[str, str]) -> None:
    result = run("score", scored[0], "--format", "json")

    assert json.loads(result.stdout)["casualty"]["predicted"] == 1


def test_score_checks_annotations(scored: tuple[str, str], tmp_path: Path) -> None:
    assert run("score", scored[0], "--check").exit_code == 0
    faulty = tmp_path / "faulty.jsonl"
    faulty.write_text(Path(scored[0]).read_text("utf-8").replace("2022-09-16", "2022-09-31"), encoding="utf-8")
    result = run("score", str(faulty), "--check")

    assert result.exit_code == 1
    assert "border-1[0]: when '2022-09-31' is neither a day nor an interval A/B" in result.stdout


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "line 1: not JSON"),
        ("[]", "line 1: not a reading: it needs report and claims"),
        ('{"text": "a", "claims": [{}]}', "line 1: neither a reading nor an annotated report"),
    ],
)
def test_a_file_that_holds_no_readings_is_refused_with_its_line(content: str, message: str, scored: tuple[str, str]) -> None:
    Path(scored[1]).write_text(content, encoding="utf-8")
    result = run("score", *scored)

    assert result.exit_code == 1 and message in result.stderr and result.stderr.count("\n") == 1


def test_a_page_that_cannot_be_written_is_wrong_use(scored: tuple[str, str], tmp_path: Path) -> None:
    result = run("score", *scored, "--html", str(tmp_path / "no" / "folder.html"))

    assert result.exit_code == 2 and "cannot be written" in result.stderr


# score-incidents


@pytest.fixture
def sets(tmp_path: Path) -> str:
    path = tmp_path / "sets.jsonl"
    path.write_text(json.dumps(SET) + "\n", encoding="utf-8")
    return str(path)


def test_score_incidents_takes_readings_and_prints_figures(sets: str, tmp_path: Path) -> None:
    readings = tmp_path / "readings.jsonl"
    readings.write_bytes(b"".join(Reading(report=held[0].report, claims=[c.claim for c in held]).to_json() + b"\n" for held in annotated_claims()))
    result = run("score-incidents", sets, str(readings))

    assert result.exit_code == 0 and result.stderr == ""
    assert "What the reader makes of the raw text" in result.stdout and "DISPUTED FIELDS" in result.stdout
    assert json.loads(run("score-incidents", sets, str(readings), "--format", "json").stdout)["read"]["conll"] == 1.0


@pytest.mark.usefixtures("quick")
def test_score_incidents_reads_the_reports_itself_where_no_reading_is_given(sets: str) -> None:
    assert json.loads(run("score-incidents", sets, "--format", "json").stdout)["sets"] == 1


def test_score_incidents_checks_annotations(sets: str) -> None:
    assert run("score-incidents", sets, "--check").exit_code == 0
    Path(sets).write_text(json.dumps(SET | {"disputed": []}) + "\n", encoding="utf-8")
    result = run("score-incidents", sets, "--check")

    assert result.exit_code == 1 and "follows from the relations and is not listed" in result.stdout


def annotated_claims() -> list[list[Named]]:
    return [claims_of(report) for report in a_set().reports]
