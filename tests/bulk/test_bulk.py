"""Many reports: the same output however many read and whatever is killed on the way, every input accounted for, nothing twice."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest
from pyarrow import parquet

import sayso
from sayso.bulk import Folder, bulk, readings_of
from sayso.bulk.cluster import PartReader
from sayso.bulk.layout import put
from sayso.bulk.parts import read_part
from sayso.bulk.running import locked
from sayso.bulk.seen import Seen
from sayso.bulk.staging import Intake
from sayso.errors import BadOption, UnusableRecord
from sayso.intake import Given, report_from_text
from sayso.record import Record
from sayso.relevance import ENOUGH, Relevance

ROOT = Path(__file__).parents[2]
LINES = [json.loads(line) for line in (ROOT / "corpus" / "train.jsonl").read_text("utf-8").splitlines()]
GERMAN = "Das Ministerium teilte mit, dass zwei Soldaten bei der Explosion einer Mine an der Brücke verletzt wurden. Die Gespräche gehen im Frühjahr weiter."
COOKING = "The soup needs an hour on a low fire. Stir it now and then, and add the herbs at the end. Serve it with bread and a little cream. " * 3


def corpus(folder: Path, reports: int = 24) -> Path:
    """Reports of ours, some twice, some nearly, some of nothing, some broken."""
    chosen = sorted(LINES, key=lambda line: len(line["text"]))[:reports]
    folder.mkdir()
    first = [{"id": line["id"], "text": line["text"], "published": line["date"]} for line in chosen]
    extra = [first[0] | {"id": "again"}, first[1] | {"id": "nearly", "text": first[1]["text"] + "\n\nPrinted in the evening."}, {"id": "de", "text": GERMAN},
             {"id": "soup", "text": COOKING}]  # fmt: skip
    (folder / "a.jsonl").write_text("\n".join(json.dumps(one) for one in first[: reports // 2]) + "\nno json\n", "utf-8")
    (folder / "b.jsonl").write_text("\n".join(json.dumps(one) for one in [*first[reports // 2 :], *extra]), "utf-8")
    (folder / "c.txt").write_bytes(b"\0\1\2")
    return folder


def written(out: Path) -> dict[str, bytes]:
    """The bytes of all files of a run, by name."""
    return {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A corpus, and what an unbroken run with one process makes of it."""
    home = tmp_path_factory.mktemp("bulk")
    source, out = corpus(home / "in"), home / "out"
    bulk([str(source)], out, workers=1, part=5)
    return source, out


def test_every_input_is_accounted_for(unbroken: tuple[Path, Path]) -> None:
    _, out = unbroken
    folder = Folder(out)
    inputs = [one for number in folder.numbers("manifest") for one in folder.inputs(number)]
    by_state = {state: [one.report for one in inputs if one.state == state] for state in ("read", "duplicate", "irrelevant", "other language", "failed")}
    assert len(by_state["read"]) == 24
    assert by_state["duplicate"] == ["again"] and by_state["other language"] == ["de"]
    assert set(by_state["irrelevant"]) == {"soup", *(line["id"] for line in LINES if line["id"] in by_state["irrelevant"] and not line["claims"])}
    failed = [one.why for one in inputs if one.state == "failed"]
    assert len(failed) == 2 and "a.jsonl:13: is no JSON" in failed[0] and "c.txt" in failed[1]
    assert [one.copy_of != "" for one in inputs if one.report == "nearly"] == [True]
    manifest = msgspec.json.decode(folder.manifest().read_bytes())
    assert manifest["counts"]["read"] == 24 and manifest["counts"]["claims"] == sum(one.claims for one in inputs)
    assert not (out / ".staged").exists()


def test_claims_are_those_of_the_reader(unbroken: tuple[Path, Path]) -> None:
    _, out = unbroken
    readings = list(readings_of(out))
    reader = sayso.Reader(threads=1)
    assert readings[3] == msgspec.structs.replace(reader.read(readings[3].report), explanations={})
    claims = parquet.read_table(out / "claims").to_pylist()
    assert [row["claim_id"] for row in claims] == [claim.id for reading in readings for claim in reading.claims]
    assert all(isinstance(row["confidence"], float) and isinstance(row["background"], bool) for row in claims)


def test_more_processes_give_the_same_bytes(unbroken: tuple[Path, Path], tmp_path: Path) -> None:
    source, out = unbroken
    bulk([str(source)], tmp_path / "two", workers=2, part=5)
    assert written(tmp_path / "two") == written(out)


def test_killed_again_and_again_it_gives_the_same_bytes(unbroken: tuple[Path, Path], tmp_path: Path) -> None:
    source, out = unbroken
    rng, where = random.Random(1), tmp_path / "killed"
    code = f"from sayso.bulk import bulk; from pathlib import Path; bulk([{str(source)!r}], Path({str(where)!r}), workers=1, part=5)"
    program = f"if __name__ == '__main__':\n    {code}\n"
    (tmp_path / "run.py").write_text(program, "utf-8")
    kills = 0
    for _ in range(40):
        had = len(list(where.rglob("*.parquet")))
        process = subprocess.Popen([sys.executable, str(tmp_path / "run.py")], start_new_session=True, stderr=subprocess.DEVNULL)
        while kills < 2 and process.poll() is None and len(list(where.rglob("*.parquet"))) == had:
            time.sleep(0.01)  # the first two ends come right after a part was written, however fast the machine is
        try:
            process.wait(timeout=rng.uniform(0.0, 0.3) if kills < 2 else rng.uniform(1.0, 4.5) if kills < 10 else 120)
            break
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            kills += 1
    assert kills >= 2
    assert written(where) == written(out)


def test_the_same_again_changes_nothing_and_another_is_refused(unbroken: tuple[Path, Path]) -> None:
    source, out = unbroken
    before = written(out)
    assert bulk([str(source)], out, workers=1, part=5).counts.read == 24
    assert written(out) == before
    for asked in ({"part": 6}, {"part": 5, "relevance": False}, {"part": 5, "date": "2020-07-13"}):
        with pytest.raises(BadOption, match="holds a run with another"):
            bulk([str(source)], out, workers=1, **asked)  # type: ignore[arg-type]


def test_folders_that_are_something_else(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    with pytest.raises(BadOption, match="holds other files"):
        bulk(["x.txt"], tmp_path)
    with pytest.raises(BadOption, match="is a file"):
        bulk(["x.txt"], tmp_path / "mine.txt")
    with pytest.raises(UnusableRecord, match="no finished run"):
        list(readings_of(tmp_path))


def test_two_are_never_in_one_folder(tmp_path: Path) -> None:
    with locked(Folder(tmp_path)), pytest.raises(BadOption, match="another process is filling it"), locked(Folder(tmp_path)):
        pass


def test_a_report_that_ends_its_process_is_told_and_left_out(unbroken: tuple[Path, Path], tmp_path: Path) -> None:
    source, _ = unbroken
    folder = Folder(tmp_path / "out")
    intake = Intake(folder, [str(source / "a.jsonl")], Given(), None, None, False, 4)
    first = next(intake.parts())
    counts = read_part(folder.path, first, sayso.Reader(threads=1), deadly=[1])
    assert (counts.read, counts.failed) == (3, 1)
    assert "ended, twice" in folder.inputs(first)[1].why


def test_a_run_is_added_to_a_record_as_it_was_read(unbroken: tuple[Path, Path], tmp_path: Path) -> None:
    _, out = unbroken
    with Record(tmp_path / "r.db") as record:
        added = record.add(readings_of(out))
        assert added.new == 24 and added.copies == 1
        assert {reading.report.id for reading in record.readings()} == {reading.report.id for reading in readings_of(out)}


def test_nearly_the_same_words_are_found_in_a_file_that_outlives_its_process(tmp_path: Path) -> None:
    texts = [json.loads(line)["text"] for line in (ROOT / "corpus" / "train.jsonl").read_text("utf-8").splitlines()[:12]]
    seen = Seen(tmp_path / "seen.db")
    assert {seen.look(report_from_text(text, id=f"r{n}")) for n, text in enumerate(texts)} == {("", "")}
    seen.keep()
    seen.close()
    seen = Seen(tmp_path / "seen.db")
    for n, text in enumerate(texts):
        assert seen.look(report_from_text(text, id="x")).same == f"r{n}"
        assert seen.look(report_from_text(f"{text}\n\nPrinted by the Evening Post in its second edition.", id="y")).near == f"r{n}"
    seen.close()


def test_a_file_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    def broken(path: Path) -> None:
        path.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    with pytest.raises(UnusableRecord, match="cannot be written"):
        put(tmp_path / "a", broken)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["corpus/dev.jsonl", "corpus/train.jsonl", "corpus/incidents/dev.jsonl", "corpus/incidents/test.jsonl"])
def test_the_filter_keeps_what_holds_claims(name: str) -> None:
    relevance = Relevance()
    reports = [report for line in (ROOT / name).read_text("utf-8").splitlines() for item in [json.loads(line)] for report in item.get("reports", [item])]
    claims = [(len(report.get("claims", [])), relevance.score(report["text"]) >= ENOUGH) for report in reports]
    assert sum(n for n, kept in claims if kept) >= 0.99 * sum(n for n, _ in claims)


def test_the_filter_drops_what_is_about_something_else_and_is_quick() -> None:
    relevance = Relevance()
    football = "The striker scored twice in the second half and the keeper saved a penalty. The coach praised the young team after the match. " * 8
    assert all(relevance.score(text) < ENOUGH for text in (COOKING * 3, football))
    one = relevance.score(COOKING)
    assert relevance.score(COOKING + " Rebels shelled the army's base.") > one
    began = time.perf_counter()
    relevance.score(COOKING * 50)
    assert time.perf_counter() - began < 5


def test_a_machine_of_a_cluster_reads_a_part_as_a_process_does(unbroken: tuple[Path, Path], tmp_path: Path) -> None:
    source, out = unbroken
    folder = Folder(tmp_path / "out")
    parts = list(Intake(folder, [str(path) for path in sorted(source.iterdir())], Given(), None, Relevance(), False, 5).parts())
    reader = PartReader(str(folder.path))
    told = [reader({"part": number}) for number in reversed(parts)]
    assert sum(row["read"] for row in told) == 24
    for kind in ("readings", "claims", "manifest"):
        assert [folder.part(kind, n).read_bytes() for n in parts] == [Folder(out).part(kind, n).read_bytes() for n in parts]
    assert reader({"part": parts[0]}) == told[-1]  # a part that two machines were given is there once


def test_how_much_is_left_is_told_by_the_bytes_of_the_inputs(tmp_path: Path) -> None:
    source = corpus(tmp_path / "in")
    told: list[tuple[int, int | None]] = []
    done = bulk([str(source)], tmp_path / "out", workers=1, part=5, progress=lambda now: told.append((now.done, now.expected)))
    assert told[-1] == (done.parts, done.parts)
    assert all(expected is None or expected >= done_ for done_, expected in told)
    assert [expected for _, expected in told[:-1] if expected is not None]
