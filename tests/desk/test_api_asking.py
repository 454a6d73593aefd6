"""What the API answers: row by row what the commands print, in parts, with ETags, and refusals in one line."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient
from typer.testing import CliRunner

from sayso.cli import app
from sayso.desk import Settings, application
from sayso.export import FORMATS
from sayso.model import decode
from sayso.record import Record
from sayso.record.incidents import list_incidents
from tests.desk.desks import Desk

API = "/api/v1"


@pytest.fixture(scope="module")
def still(example_record: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk that is only asked. One claim of its record is rejected."""
    where = tmp_path_factory.mktemp("still") / "desk.db"
    shutil.copy(example_record, where)
    served = application(Settings(record=str(where), author="Anna", hosts=("desk.test",)))
    with TestClient(served, base_url="http://desk.test") as client, Record(where, author="Anna") as record:
        found = Desk(client, record)
        record.reject(list_claims(found)[0], "not in the text")
        yield found


def printed(desk: Desk, *words: str) -> list[Any]:
    """The JSON lines that a command prints of the desk's record."""
    done = CliRunner().invoke(app, [*words, "--record", desk.record.database.name, "--format", "jsonl"], prog_name="sayso", catch_exceptions=False)
    assert done.exit_code == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def answered(desk: Desk, address: str) -> Any:
    """The JSON at an address."""
    return json.loads(desk.get(API + address))


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/incidents", ["incidents"]),
        ("/incidents?disputed=yes&accounts=2", ["incidents", "--disputed", "--accounts", "2"]),
        ("/incidents?dyad=KGZ,TJK&type=assault&since=2022-09-14", ["incidents", "--dyad", "KGZ,TJK", "--type", "ASSAULT", "--since", "2022-09-14"]),
        ("/incidents?near=39.9,70.6,200&background=no", ["incidents", "--near", "39.9,70.6,200", "--news"]),
        ("/casualties", ["casualties"]),
        ("/casualties?actor=KGZ&min_confidence=0.3", ["casualties", "--actor", "KGZ", "--min-confidence", "0.3"]),
        ("/casualties/total", ["casualties", "--total"]),
        ("/casualties/total?rule=max", ["casualties", "--total", "--rule", "max"]),
        ("/talks", ["talks"]),
        ("/channels", ["talks", "--by", "dyad"]),
        ("/channels?by=go-between", ["talks", "--by", "go-between"]),
        ("/appeals", ["appeals"]),
        ("/violations", ["violations"]),
        ("/violations?by=month", ["violations", "--by", "month"]),
        ("/roles", ["roles"]),
        ("/timeline", ["timeline"]),
        ("/timeline?claims=yes&country=KGZ", ["timeline", "--claims", "--country", "KGZ"]),
        ("/actors", ["actors"]),
        ("/actors?of=sides&type=ASSAULT", ["actors", "--of", "sides", "--type", "ASSAULT"]),
        ("/sources", ["sources"]),
        ("/sources?holder=KGZ", ["sources", "--holder", "KGZ"]),
        ("/log", ["log"]),
        ("/log?author=import&action=add", ["log", "--author", "import", "--action", "add"]),
        ("/discarded", ["discarded"]),
    ],
)
def test_rows_are_the_lines_of_the_command(still: Desk, address: str, words: list[str]) -> None:
    rows = answered(still, address)["rows"]
    assert rows == printed(still, *words)
    if not any(word in address for word in ("go-between",)):
        assert rows, "the example should show it"


def list_claims(desk: Desk) -> list[str]:
    return [row["claim"]["id"] for row in answered(desk, f"/reports/{first_report(desk)}/claims")["rows"]]


def first_report(desk: Desk) -> str:
    return str(answered(desk, "/reports?limit=1")["rows"][0]["digest"])


def test_one_incident_is_told_as_by_the_command(desk: Desk) -> None:
    row = list_incidents(desk.record, disputed=True)[0]
    assert [answered(desk, f"/incidents/{row.id}")] == printed(desk, "accounts", row.id)
    assert [answered(desk, f"/incidents/{row.id[:9]}/why")] == printed(desk, "explain", "incident", row.id)
    assert [answered(desk, "/disputes?limit=20")] == printed(desk, "disputes")


def test_materiel_is_the_losses_of_things(desk: Desk) -> None:
    assert answered(desk, "/materiel")["rows"] == [row for row in printed(desk, "casualties") if row["kind"] == "materiel"] != []


def test_a_report_is_told_as_it_is_exported(desk: Desk) -> None:
    rows = answered(desk, "/reports")["rows"]
    exported = [json.loads(line) for line in desk.get(f"{API}/export?to=jsonl").splitlines()]
    readings = {line["report"]["digest"]: line for line in exported if line["schema"] == "sayso/1"}
    assert len(rows) == len(readings) == 6
    for row in rows:
        text = desk.get(f"{API}/reports/{row['digest']}")
        assert json.loads(text) == readings[row["digest"]]
        reading = decode(text)
        assert row["claims"] == len(reading.claims)
        assert (row["id"], row["publisher"], row["published"], row["reviewed"]) == (reading.report.id, reading.report.publisher, reading.report.published, 0)


def test_reports_come_by_day_and_narrowed(desk: Desk) -> None:
    rows = answered(desk, "/reports?order=earliest")["rows"]
    days = [row["day"] for row in rows if row["day"]]
    assert days == sorted(days)
    assert [row["day"] for row in answered(desk, "/reports")["rows"] if row["day"]] == days[::-1]
    chosen = [row for row in rows if row["day"] and row["day"] <= days[0]]
    assert answered(desk, f"/reports?order=earliest&until={days[0]}")["rows"] == chosen
    assert all(row["day"] >= days[-1] for row in answered(desk, f"/reports?since={days[-1]}")["rows"])
    name = next(row["publisher"] for row in rows if row["publisher"])
    mine = answered(desk, f"/reports?order=earliest&publisher={name.upper()}")["rows"]
    assert mine == [row for row in rows if row["publisher"] == name]


def test_the_schema_is_that_of_the_command(desk: Desk) -> None:
    done = CliRunner().invoke(app, ["schema"], prog_name="sayso")
    assert answered(desk, "/schema") == json.loads(done.stdout)


@pytest.mark.parametrize(
    ("address", "size"),
    [("/incidents?", 2), ("/casualties?", 1), ("/log?", 4), ("/timeline?claims=yes&", 3), ("/reports?order=earliest&", 4), ("/sources?since=2022-09-01&", 1)],
)
def test_parts_lead_from_one_to_the_next_and_leave_nothing_out(still: Desk, address: str, size: int) -> None:
    whole = answered(still, address)["rows"]
    found: list[Any] = []
    here: str | None = f"{API}{address}limit={size}"
    parts = 0
    while here:
        answer = still.client.get(here)
        body = answer.json()
        found += body["rows"]
        here = body["next"]
        assert answer.headers.get("link") == (f'<{here}>; rel="next"' if here else None)
        parts += 1
    assert found == whole
    assert parts > 1


def test_what_the_caller_has_is_not_sent_again(desk: Desk) -> None:
    one = desk.client.get(f"{API}/incidents?limit=2")
    tag = one.headers["etag"]
    assert one.headers["cache-control"] == "private, no-cache"
    again = desk.client.get(f"{API}/incidents?limit=2", headers={"If-None-Match": f'"other", W/{tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert "content-security-policy" in again.headers
    assert desk.client.get(f"{API}/incidents?limit=3", headers={"If-None-Match": tag}).status_code == 200
    desk.record.accept(list_claims(desk)[0])
    assert desk.client.get(f"{API}/incidents?limit=2", headers={"If-None-Match": tag}).status_code == 200


def test_conflicts_that_are_defined_otherwise_give_another_answer(desk: Desk) -> None:
    file = Path(desk.record.database.name).parent / "conflicts.toml"
    file.write_text('[conflict.batken]\ntitle = "Batken"\ndyads = [["KGZ", "TJK"]]\n')
    one = desk.client.get(f"{API}/incidents?conflict=batken")
    assert one.json()["rows"] == answered(desk, "/incidents?dyad=KGZ,TJK")["rows"]
    file.write_text('[conflict.batken]\ntitle = "Batken"\ndyads = [["RUS", "TUR"]]\n')
    again = desk.client.get(f"{API}/incidents?conflict=batken", headers={"If-None-Match": one.headers["etag"]})
    assert (again.status_code, again.json()["rows"]) == (200, [])


@pytest.mark.parametrize("to", list(FORMATS))
def test_every_format_comes_as_a_file(still: Desk, to: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    answer = still.client.get(f"{API}/export?to={to}")
    assert answer.status_code == 200, answer.text
    suffix = FORMATS[to].suffix or ".zip"
    name = f"sayso-claims{suffix}" if to in {"csv", "parquet"} else f"sayso-{to}{suffix}"
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert answer.content or to == "annotation"  # of which there is nothing yet
    assert list(tmp_path.iterdir()) == []


def test_an_export_is_what_the_command_writes(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    words = ["export", "--to", "csv", "--out", str(out), "--table", "incidents", "--dyad", "KGZ,TJK", "--record", desk.record.database.name]
    assert CliRunner().invoke(app, words, prog_name="sayso").exit_code == 0
    answer = desk.client.get(f"{API}/export?to=csv&table=incidents&dyad=KGZ,TJK")
    assert answer.content == out.read_bytes()
    packed = desk.client.get(f"{API}/export?to=csv&table=incidents&dyad=KGZ,TJK&whole=yes")
    with zipfile.ZipFile(io.BytesIO(packed.content)) as files:
        assert files.read("sayso-incidents.csv") == out.read_bytes()
        assert files.namelist() == ["sayso-incidents.codebook.csv", "sayso-incidents.csv"]


@pytest.mark.parametrize(
    ("address", "status", "code", "words"),
    [
        ("/incidents?sinse=2022-09-14", 400, "bad-request", "did you mean 'since'?"),
        ("/incidents?zzz=1", 400, "bad-request", "there are: accounts, actor"),
        ("/schema?a=1", 400, "bad-request", "there are none here"),
        ("/incidents?limit=2&limit=3", 400, "bad-request", "more than once"),
        ("/incidents?limit=0", 400, "bad-request", "limit: "),
        ("/incidents?limit=1001", 400, "bad-request", "limit: "),
        ("/incidents?offset=-1", 400, "bad-request", "offset: "),
        ("/incidents?since=yesterday", 400, "bad-request", "since 'yesterday' is no day"),
        ("/incidents?country=XX", 400, "bad-request", "no code of three letters"),
        ("/incidents?near=nan,1,1", 400, "bad-request", "LATITUDE"),
        ("/incidents?conflict=none", 400, "bad-request", "conflicts.toml"),
        ("/casualties/total?rule=mine", 400, "bad-request", "rule: Invalid enum value 'mine'; there are: min, max, conservative, two-sources"),
        ("/incidents?background=maybe", 400, "bad-request", "there are: yes, no"),
        ("/incidents/ixyz", 404, "not-found", "no claim in the record begins"),
        ("/incidents/xyz", 404, "not-found", "no incident's id"),
        ("/claims/000000", 404, "not-found", "no claim in the record"),
        ("/reports/none", 404, "not-found", "no report in the record"),
        ("/reports/none/claims", 404, "not-found", "no report in the record"),
        ("/nowhere", 404, "not-found", ""),
        ("/export?to=doc", 400, "bad-request", "there are: csv, parquet, xlsx"),
        ("/export", 400, "bad-request", "to"),
        ("/export?to=csv&limit=3", 400, "bad-request", "there is no 'limit'"),
        ("/disputes?offset=3", 400, "bad-request", "there is no 'offset'"),
        ("/undo", 405, "method-not-allowed", ""),
    ],
)
def test_what_cannot_be_answered_is_refused_in_a_line(still: Desk, address: str, status: int, code: str, words: str) -> None:
    answer = still.client.get(API + address)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/json"
    error = answer.json()["error"]
    assert error["code"] == code
    assert words in error["message"]
    assert error["message"]
    assert "\n" not in error["message"] and "Traceback" not in error["message"]
    assert "content-security-policy" in answer.headers


def test_who_takes_no_json_is_told(desk: Desk) -> None:
    answer = desk.client.get(f"{API}/incidents", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (406, "not-acceptable")
    for accept in ("application/json", "*/*", "text/html, */*;q=0.1", "application/*"):
        assert desk.client.get(f"{API}/incidents", headers={"Accept": accept}).status_code == 200
    assert desk.client.get(f"{API}/export?to=csv", headers={"Accept": "text/csv"}).status_code == 200
