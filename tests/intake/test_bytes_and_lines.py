"""Encodings, JSON lines, files, standard input: each bad item is told in one line, and the rest is read."""

from __future__ import annotations

import gzip
import io
import json
import os
import time
from pathlib import Path

import pytest

from sayso.errors import BadOption, UnreadableReport
from sayso.intake import Given, Unread, from_file, from_sources, from_stdin, read_reports
from sayso.intake.encodings import decode
from sayso.model import Report

BODY = "Two soldiers were hurt when a mine went off near the bridge, the mission said on Monday.\n\nThe general’s staff – in Zürich – said “no”."
RUSSIAN = "Министерство обороны сообщило, что двое военнослужащих получили ранения при взрыве мины у моста через реку.\n\nПереговоры продолжатся весной."


def one(source: bytes | Path, **options: object) -> Report:
    (report,) = read_reports(source, **options)  # type: ignore[arg-type]
    assert isinstance(report, Report), report
    return report


def trouble(source: bytes | Path, **options: object) -> str:
    (unread,) = read_reports(source, **options)  # type: ignore[arg-type]
    assert isinstance(unread, Unread)
    assert "\n" not in str(unread) and ";" in str(unread)
    return str(unread)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings(encoding: str) -> None:
    assert one(BODY.encode(encoding)).text == BODY


def test_latin_1() -> None:
    text = "Two soldiers were hurt near Córdoba, the mission in Zürich said."
    assert one(text.encode("latin-1")).text == text


def test_cyrillic_in_its_old_encoding() -> None:
    report = one(RUSSIAN.encode("cp1251"))
    assert report.text == RUSSIAN
    assert "guess" in report.notes[0]


def test_a_file_cut_off_in_the_middle_of_a_letter() -> None:
    report = one((RUSSIAN * 2).encode()[:-2])
    assert report.text.startswith(RUSSIAN)
    assert report.notes == ["1 character(s) could not be decoded as UTF-8"]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \r\n", "is empty"),
        (b"12 34 56", "has no letters"),
        (gzip.compress(BODY.encode())[:-20], "cannot be unpacked"),
        (gzip.compress(gzip.compress(gzip.compress(gzip.compress(BODY.encode())))), "compressed more than 2 times"),
        (b"\x7fELF\x02\x01\x01\0\0\0" + os.urandom(400) + b"\0", "is not text"),
        (bytes(range(1, 32)) * 30, "is not text"),
        (b"a" * 4_900_000, "holds no words"),
        (b"a" * 50_000_000, "is larger than 20 MB"),
        (b'{\n  "text": "Talks"\n}', "is JSON over several lines"),
        (b'[{"text": "Talks"}]', "is JSON over several lines"),
    ],
)
def test_bytes_that_hold_no_report(data: bytes, why: str) -> None:
    started = time.monotonic()
    message = trouble(data, name="input.bin")
    assert message.startswith("input.bin: ") and why in message
    assert time.monotonic() - started < 2


def test_the_encoding_that_came_with_the_bytes() -> None:
    assert decode(RUSSIAN.encode("koi8-r"), "a", "koi8-r").text == RUSSIAN
    assert decode(BODY.encode("cp1252"), "a", "no such encoding").text == BODY


def test_json_lines() -> None:
    lines = [
        json.dumps(
            {
                "id": "a1",
                "text": BODY,
                "title": "Mine hurts two",
                "publisher": "Herald",
                "published": "2021-05-04",
                "url": "https://a.example/",
                "place": "Gori",
            }
        ),
        "",
        "{not JSON",
        json.dumps({"id": "a2"}),
        json.dumps({"id": "a3", "text": 7}),
        json.dumps({"id": "a4", "text": BODY, "published": "4 May"}),
        json.dumps({"id": "a5", "text": "…"}),
        json.dumps(["a6"]),
        json.dumps({"id": 7, "text": BODY, "claims": [{"kind": "event"}], "date": "2020-01-01"}),
        '{"text": "' + "\udc80" + '"}',
        json.dumps({"id": "", "text": BODY, "published": None, "language": "fr"}),
        "[" * 5000,
    ]
    data = "\r\n".join(lines).encode("utf-8", "surrogateescape")
    found = list(read_reports(data, name="in.jsonl"))
    reports = [r for r in found if isinstance(r, Report)]
    full = reports[0]
    assert (full.id, full.title, full.publisher, full.published, full.place) == ("a1", "Mine hurts two", "Herald", "2021-05-04", "Gori")
    assert [(r.id, r.published, r.language) for r in reports[1:]] == [("7", None, "en"), (reports[2].digest, None, "fr")]
    unread = [u for u in found if isinstance(u, Unread)]
    assert [u.line for u in unread] == [3, 4, 5, 6, 7, 8, 10, 12]
    wanted = [
        "is no JSON",
        'has no "text"',
        '"text" is of the wrong type',
        "'4 May' is no date",
        "has no letters",
        "is JSON but no object",
        "it is not UTF-8",
        "JSON",
    ]
    for item, why in zip(unread, wanted, strict=True):
        assert str(item).startswith(f"in.jsonl:{item.line}: ") and why in str(item) and "\n" not in str(item)


def test_metadata_for_lines_that_have_none() -> None:
    data = b'{"text": "The sides kept the truce."}\n{"text": "The sides broke the truce.", "publisher": "Herald"}\n'
    first, second = read_reports(data, given=Given(publisher="Wire", published="2021-05-04", id="never"))
    assert isinstance(first, Report) and isinstance(second, Report)
    assert (first.publisher, second.publisher, first.published) == ("Wire", "Herald", "2021-05-04")
    assert first.id == first.digest


def test_long_lines_are_bounded() -> None:
    data = b'{"text": "' + b"a " * 11_000_000 + b'"}\n{"text": "The sides kept the truce."}'
    first, second = read_reports(data, name="in")
    assert isinstance(first, Unread) and "longer than 20 MB" in str(first)
    assert isinstance(second, Report)


def test_files(tmp_path: Path) -> None:
    text, page, lines = tmp_path / "a.txt", tmp_path / "b.htm", tmp_path / "c.ndjson"
    text.write_text(BODY, "utf-8")
    page.write_text(f"<p>{'</p><p>'.join(BODY.split(chr(10) * 2) * 3)}</p>", "utf-8")
    lines.write_text('{"text": "The sides kept the truce."}\nrubbish\n', "utf-8")
    missing = tmp_path / "d.txt"
    found = list(from_sources([str(text), str(missing), str(page), str(lines)]))
    assert [type(item).__name__ for item in found] == ["Report", "Unread", "Report", "Report", "Unread"]
    assert str(found[1]) == f"{missing}: there is no such file; check the name"
    assert str(found[4]).startswith(f"{lines}:2: is no JSON")


def test_a_folder_is_all_its_files(tmp_path: Path) -> None:
    (tmp_path / "b" / ".git").mkdir(parents=True)
    for name in ("b/2.txt", "b/.git/hidden.txt", ".hidden", "1.txt", "3.bin"):
        (tmp_path / name).write_bytes(b"\0\x01" if name == "3.bin" else f"The sides kept the truce in {name}.".encode())
    (tmp_path / "loop").symlink_to(tmp_path)
    found = list(from_file(tmp_path))
    assert [item.text.split()[-1] if isinstance(item, Report) else item.name.rpartition("/")[2] for item in found] == ["1.txt.", "3.bin", "b/2.txt."]


def test_a_file_that_may_not_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text(BODY, "utf-8")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)  # the tests may run as a user whom nothing is forbidden
    (unread,) = from_file(path)
    assert str(unread) == f"{path}: may not be opened; ask for the right to read it"


def test_a_name_that_no_file_can_have() -> None:
    (unread,) = from_file("a\0b")
    assert "cannot be read" in str(unread)


def test_standard_input() -> None:
    (report,) = from_stdin(io.BytesIO(BODY.encode()))
    assert isinstance(report, Report) and report.text == BODY
    first, second = from_stdin(io.BytesIO(b'{"text": "The sides kept the truce."}\n{"text": 1}\n'))
    assert isinstance(first, Report) and str(second).startswith("standard input:2: ")


def test_kind_can_be_told() -> None:
    text = '{"text": "kept"} is how the sides mark a truce in their reports.'
    assert trouble(text.encode(), name="a").startswith("a:1: is no JSON")
    assert one(text.encode(), kind="text").text == text


def test_a_wrong_date_is_an_error_of_the_caller() -> None:
    with pytest.raises(BadOption):
        read_reports(BODY.encode(), given=Given(published="soon"))


def test_errors_can_be_caught_by_one_name() -> None:
    (unread,) = read_reports(b"")
    assert isinstance(unread, Unread) and isinstance(unread.error, UnreadableReport)
