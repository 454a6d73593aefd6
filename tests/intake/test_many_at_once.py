"""Tables, feeds, sitemaps, archives of the web, ninjs, what is compressed: each report is found, each fault is one line, and the rest is read."""

from __future__ import annotations

import bz2
import gzip
import io
import json
from datetime import date
from pathlib import Path

import pytest
import zstandard
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from sayso.errors import BadOption, UnreadableReport
from sayso.intake import Given, Unread, from_file, lists, read_reports
from sayso.intake.compressed import FREE
from sayso.intake.feeds import addresses_of_sitemap, feed_of
from sayso.intake.languages import language_of, only_read
from sayso.intake.tables import FIELDS, columns
from sayso.model import Report

BODY = "Two soldiers were hurt when a mine went off near the bridge, the mission said on Monday."
MORE = "The general's staff said that patrols along the river would go on, and that both sides had been told of it in writing."


def both(source: bytes | Path, name: str | None = None, **options: object) -> tuple[list[Report], list[str]]:
    """The reports of an input, and what could not be read."""
    found = list(read_reports(source, name=name, **options))  # type: ignore[arg-type]
    faults = [str(item) for item in found if isinstance(item, Unread)]
    assert all("\n" not in fault and ";" in fault for fault in faults), faults
    return [item for item in found if isinstance(item, Report)], faults


def table(*lines: str) -> bytes:
    return "\r\n".join(lines).encode()


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress, lambda data: zstandard.compress(gzip.compress(data))])
def test_compressed_lines(pack: object) -> None:
    lines = b"\n".join(json.dumps({"id": str(n), "text": BODY}).encode() for n in range(3))
    reports, faults = both(pack(lines), "dump.jsonl.gz")  # type: ignore[operator]
    assert [r.id for r in reports] == ["0", "1", "2"]
    assert not faults


def test_members_one_after_another_are_one_stream() -> None:
    for pack in (gzip.compress, zstandard.compress):
        data = b"".join(pack(json.dumps({"id": str(n), "text": BODY}).encode() + b"\n") for n in range(3))
        assert [r.id for r in both(data, "a.jsonl")[0]] == ["0", "1", "2"]


def test_what_was_read_before_a_break_is_kept() -> None:
    lines = b"\n".join(json.dumps({"id": str(n), "text": f"{BODY} {n * 7919}"}).encode() for n in range(4_000))
    reports, faults = both(gzip.compress(lines)[:-5_000], "cut.jsonl.gz")
    assert len(reports) > 100
    assert "cannot be unpacked" in faults[-1]


def test_a_bomb_is_refused_while_it_swells() -> None:
    bomb = gzip.compress(b" " * (FREE + 200_000_000))
    assert len(bomb) < 400_000
    _, faults = both(bomb, "bomb.jsonl.gz")
    assert faults == ["bomb.jsonl.gz: cannot be unpacked (it swells without end); get it again"]


def test_other_compression_is_told_as_what_it_is() -> None:
    assert "is not text" in both(bz2.compress(BODY.encode() * 9), "a.txt.bz2")[1][0]


def test_a_table_of_texts() -> None:
    rows = (f'7,2020-07-13 19:06:00,Wire,"{BODY}"', f'8,20200714,,"{BODY}\n\n{MORE}"', "9,2020-07-15,Wire,", "")
    data = table("Stories_ID,Publish Date,Media-Name,Story Text", *rows)
    reports, faults = both(data, "stories.csv", given=Given(publisher="Agency"))
    assert [(r.id, r.published, r.publisher) for r in reports] == [("7", "2020-07-13", "Wire"), ("8", "2020-07-14", "Agency")]
    assert reports[1].text == f"{BODY}\n\n{MORE}"
    assert faults == ["stories.csv:6: has no text; leave the row out"]


@pytest.mark.parametrize("mark", [";", "\t", "|"])
def test_other_marks_between_cells(mark: str) -> None:
    reports, faults = both(table(mark.join(("id", "text")), mark.join(("1", BODY))), "a.csv")
    assert [r.text for r in reports] == [BODY]
    assert not faults


def test_columns_of_the_user_s_own_choice() -> None:
    data = table("when,what,text", f'13.07.2020,"{BODY}",ignore', f'2020-07-13,"{BODY}",ignore')
    reports, faults = both(data, "own.csv", columns=columns("text=what,published=when"))
    assert [(r.text, r.published) for r in reports] == [(BODY, "2020-07-13")]
    assert faults[0].startswith("own.csv:2: '13.07.2020' is no date")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (table("a,b", "1,2"), "no column is known to hold the text; say which with --columns text=NAME; it has a, b"),
        (table("text,when", "x,y"), "has no column 'day'"),
        (b"", "is empty"),
    ],
)
def test_a_table_without_texts(data: bytes, why: str) -> None:
    _, faults = both(data, "a.csv", columns={"published": "day"} if b"when" in data else None)
    assert why in faults[0]


def test_wrong_words_for_columns() -> None:
    with pytest.raises(BadOption, match="names no column"):
        columns("text=body,day")
    with pytest.raises(BadOption, match="names no column"):
        columns("colour=red")


def test_the_names_of_columns_are_plain_and_lead_to_fields() -> None:
    listed = lists.rows("columns")
    assert {row["field"] for row in listed} <= set(FIELDS)
    assert all(row["column"] == row["column"].lower() and row["column"].isalnum() and row["from"] for row in listed)
    assert len({row["column"] for row in listed}) == len(listed)


def test_parquet(tmp_path: Path) -> None:
    import pyarrow
    from pyarrow import parquet

    path = tmp_path / "dump"
    texts = [f"{BODY} {n}" for n in range(600)]
    held = {"uri": [f"u{n}" for n in range(600)], "body": [*texts[:-1], None], "date": [date(2020, 7, 13)] * 600, "more": [1] * 600}
    parquet.write_table(pyarrow.table(held), path)
    reports, faults = both(path)
    assert [r.text for r in reports] == texts[:-1]
    assert {r.published for r in reports} == {"2020-07-13"}
    assert len(faults) == 1
    assert both(gzip.compress(path.read_bytes()), "dump.parquet.gz")[0] == reports
    path.write_bytes(path.read_bytes()[:-30])
    assert "cannot be read as Parquet" in both(path)[1][0]


RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Wire</title>
<item><guid>g1</guid><title>Mine &amp; bridge</title><link>https://wire.example/1</link><pubDate>Mon, 13 Jul 2020 19:06:00 +0300</pubDate>
<content:encoded><![CDATA[<p>{body}</p><p>{more}</p><script>alert(1)</script>]]></content:encoded></item>
<item><guid>g2</guid><title>Truce holds</title><link>https://wire.example/2</link>
<description>The sides kept the &lt;b&gt;truce&lt;/b&gt; at the river.</description></item>
<item><guid>g3</guid><title></title><link>https://wire.example/3</link></item></channel></rss>"""


def test_a_feed() -> None:
    reports, faults = both(RSS.format(body=BODY, more=MORE).encode(), "feed")
    first, second = reports
    assert (first.id, first.url, first.publisher, first.published) == ("g1", "https://wire.example/1", "Wire", "2020-07-13T16:06:00+00:00")
    assert first.text == f"Mine & bridge\n\n{BODY}\n\n{MORE}"
    assert second.text == "Truce holds\n\nThe sides kept the truce at the river."
    assert "summary only" in second.notes[0]
    assert len(faults) == 1 and "entry 3" in faults[0]


def test_atom_and_a_feed_cut_off() -> None:
    entry = f'<entry><id>a</id><title>T</title><content type="html">&lt;p&gt;{BODY}&lt;/p&gt;</content></entry>'
    found = feed_of(f'<feed xmlns="http://www.w3.org/2005/Atom"><title>W</title>{entry}'.encode())
    assert [e.id for e in found.entries] == ["a"]
    assert found.broken
    with pytest.raises(UnreadableReport, match="is no feed"):
        feed_of(b"<html><body><p>Not found</p></body></html>")


def test_entities_of_a_feed_do_not_swell() -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">' + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)) + "]>"
    bomb += "<rss version='2.0'><channel><title>&j;</title><item><title>T</title><description>&j; went on.</description></item></channel></rss>"
    try:
        found = feed_of(bomb.encode())
    except UnreadableReport:
        return
    assert sum(len(e.page) + len(e.title) for e in found.entries) < 1_000


def test_a_feed_reads_no_file_of_this_machine(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("hush", "utf-8")
    item = "<item><title>T &x;</title></item>"
    data = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]><rss version="2.0"><channel>{item}</channel></rss>'
    try:
        assert "hush" not in str(feed_of(data.encode()))
    except UnreadableReport as error:
        assert "hush" not in str(error)


def test_sitemaps() -> None:
    data = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
    <url><loc> https://wire.example/1 </loc><news:news><news:publication_date>2020-07-13T16:06:00Z</news:publication_date></news:news></url>
    <url><loc>https://wire.example/2</loc><lastmod>2020-07-14</lastmod></url><url><lastmod>x</lastmod></url></urlset>"""
    assert addresses_of_sitemap(data) == ([("https://wire.example/1", "2020-07-13T16:06:00+00:00"), ("https://wire.example/2", "2020-07-14")], [])
    index = b'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>https://wire.example/a.xml</loc></sitemap></sitemapindex>'
    assert addresses_of_sitemap(index) == ([], [("https://wire.example/a.xml", None)])
    for wrong in (b"", b"<html></html>", b"plain"):
        with pytest.raises(UnreadableReport, match="is no sitemap"):
            addresses_of_sitemap(wrong)


def archive(*pages: tuple[str, str, str, bytes], packed: bool = True) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "test"}))
    for address, status, kind, body in pages:
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        writer.write_record(writer.create_warc_record(address, "response", payload=io.BytesIO(body), http_headers=headers))
    return out.getvalue()


def test_an_archive_of_the_web() -> None:
    page = f"<html><head><title>Mine at the bridge</title></head><body><article><p>{BODY}</p><p>{MORE}</p></article></body></html>".encode()
    pages = [
        ("https://wire.example/1", "200 OK", "text/html; charset=utf-8", page), ("https://wire.example/2", "301 Moved", "text/html", b""),
        ("https://wire.example/p", "200 OK", "image/png", b"\x89PNG"), ("https://wire.example/3", "200 OK", "text/html", page.replace(b"Two", b"Three")),
    ]  # fmt: skip
    for packed in (True, False):
        reports, faults = both(archive(*pages, packed=packed), "cc.warc.gz")
        assert [(r.id, r.url) for r in reports] == [(f"https://wire.example/{n}",) * 2 for n in (1, 3)]
        assert "Three soldiers" in reports[1].text
        assert [fault.split(";")[0] for fault in faults] == [
            "cc.warc.gz: https://wire.example/2: the server answered 301 when it was archived", "cc.warc.gz: https://wire.example/p: is image/png, not text",
        ]  # fmt: skip


def test_a_broken_archive_keeps_what_came_before() -> None:
    page = f"<html><body><article><p>{BODY}</p><p>{MORE}</p></article></body></html>".encode()
    whole = archive(*[(f"https://wire.example/{n}", "200 OK", "text/html", page) for n in range(5)], packed=False)
    reports, faults = both(whole[: len(whole) // 2] + b"\0rubbish\r\n" * 40, "cc.warc")
    assert 1 <= len(reports) <= 3
    assert faults


NINJS = {"uri": "urn:wire:1", "versioncreated": "2020-07-13T16:06:00Z", "headline": "Mine at the bridge", "language": "en-GB", "located": "Gori",
         "infosources": [{"name": "Wire"}], "body_text": BODY}  # fmt: skip


def test_ninjs() -> None:
    (report,), _ = both(json.dumps(NINJS, indent=1).encode(), "item.json")
    assert (report.id, report.published, report.title, report.publisher, report.place, report.language, report.text) == (
        "urn:wire:1", "2020-07-13T16:06:00+00:00", "Mine at the bridge", "Wire", "Gori", "en", BODY,
    )  # fmt: skip
    page = {"contentType": "application/xhtml+xml", "value": f"<p>{BODY}</p><p>{MORE}</p>"}
    second = {"uri": "https://wire.example/2", "headlines": [{"value": "Truce"}], "bodies": [page]}
    reports, faults = both(json.dumps([NINJS, second, NINJS | {"pubstatus": "canceled"}]).encode(), "items.json")
    assert [r.url for r in reports] == [None, "https://wire.example/2"]
    assert reports[1].text.endswith(f"{BODY}\n\n{MORE}")
    assert "item 3: was taken back" in faults[0]
    lines = b"\n".join(json.dumps(item).encode() for item in (NINJS, {"id": "x", "text": BODY}, {"uri": "u"}))
    reports, faults = both(lines, "items.jsonl")
    assert [r.id for r in reports] == ["urn:wire:1", "x"]
    assert len(faults) == 1


def test_languages() -> None:
    texts = {
        "ru": "Министерство обороны сообщило, что двое военнослужащих получили ранения при взрыве мины у моста через реку. Переговоры продолжатся весной.",
        "fr": "Deux soldats ont été blessés lundi par une mine près du pont, a déclaré la mission ; les négociations reprendront au printemps, selon elle.",
        "en": f"{BODY} {MORE}",
    }
    assert {code: language_of(text) for code, text in texts.items()} == {code: code for code in texts}
    assert language_of("Tovuz") is None
    (read, unread) = (only_read(next(iter(read_reports(texts[code].encode())))) for code in ("en", "fr"))
    assert isinstance(read, Report)
    assert isinstance(unread, Unread) and "in another language (fr)" in str(unread)


def test_a_folder_of_all_kinds(tmp_path: Path) -> None:
    (tmp_path / "1.csv").write_bytes(table("id,text", f'1,"{BODY}"'))
    (tmp_path / "2.jsonl.zst").write_bytes(zstandard.compress(json.dumps({"id": "2", "text": BODY}).encode()))
    (tmp_path / "3.rss").write_text(RSS.format(body=BODY, more=MORE), "utf-8")
    (tmp_path / "4.txt").write_text(BODY, "utf-8")
    found = list(from_file(tmp_path))
    assert [item.id for item in found if isinstance(item, Report)][:4] == ["1", "2", "g1", "g2"]
    assert sum(isinstance(item, Unread) for item in found) == 1
