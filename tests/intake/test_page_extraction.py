"""Pages of HTML → reports. The pages are made up."""

from __future__ import annotations

import time

import pytest

from sayso.errors import UnreadableReport
from sayso.intake import report_from_html
from sayso.intake.page import MAX_DEPTH, too_much

PARAGRAPHS = [
    "Two soldiers were hurt when a mine went off near the bridge over the river, the monitoring mission said on Monday.",
    "The commander of the mission asked both sides to keep their men away from the crossings and to share maps of the minefields.",
    "Talks between the two delegations are due to go on in the spring, when the envoy returns to the region for a week.",
    "A spokeswoman for the ministry of defence said that the mine had been laid in the winter, and that the army had not laid it.",
]
PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Mine hurts two soldiers | Border Herald</title>
<meta property="og:title" content="Mine hurts two soldiers"><meta property="og:site_name" content="Border Herald">
<meta property="article:published_time" content="2021-05-04T09:30:00+04:00"></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>
<article><h1>Mine hurts two soldiers</h1>{body}</article>
<footer><p>© 2021 Border Herald. All rights reserved.</p></footer><script>var x = "<div><div>";</script></body></html>"""


def page(paragraphs: list[str]) -> str:
    return PAGE.replace("{body}", "".join(f"<p>{p}</p>" for p in paragraphs))


def test_article_and_metadata() -> None:
    report = report_from_html(page([f"TBILISI, Georgia (AP) — {PARAGRAPHS[0]}", *PARAGRAPHS[1:]]), url="https://herald.example/1")
    assert (report.title, report.published, report.publisher, report.place) == ("Mine hurts two soldiers", "2021-05-04", "Border Herald", "Tbilisi")
    assert [b.kind.value for b in report.blocks] == ["headline", "dateline", *["paragraph"] * 4]
    assert [report.text[b.start : b.end] for b in report.blocks][2:] == PARAGRAPHS
    assert report.text.count("Mine hurts two soldiers") == 1
    assert report.url == "https://herald.example/1"


def test_what_is_given_counts_before_the_page() -> None:
    report = report_from_html(page(PARAGRAPHS), published="2021-05-06", publisher="Another", title="Another title")
    assert (report.title, report.published, report.publisher) == ("Another title", "2021-05-06", "Another")


def test_a_short_article_is_read() -> None:
    report = report_from_html(page(PARAGRAPHS[:1]))
    assert PARAGRAPHS[0] in report.text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_encodings_of_pages(encoding: str) -> None:
    text = page([*PARAGRAPHS, "The mayor, known to all as Иван Петренко, said on Monday that the road was open again."])
    report = report_from_html(text.replace('charset="utf-8"', f'charset="{encoding}"').encode(encoding))
    assert "Иван Петренко" in report.text


def test_the_day_does_not_depend_on_the_clock() -> None:
    assert report_from_html(page(PARAGRAPHS).replace("2021-05-04", "2093-05-04")).published == "2093-05-04"


def test_no_day_is_guessed() -> None:
    bare = page(PARAGRAPHS).replace('<meta property="article:published_time" content="2021-05-04T09:30:00+04:00">', "")
    assert report_from_html(bare).published is None


@pytest.mark.parametrize(
    "html", ["", "<html></html>", "<html><body><nav><a href='/'>Home</a></nav></body></html>", "<!doctype html><script>var a = 1</script>"]
)
def test_a_page_without_an_article(html: str) -> None:
    with pytest.raises(UnreadableReport, match="holds no article") as caught:
        report_from_html(html, name="saved.html")
    assert str(caught.value).startswith("saved.html: ") and "\n" not in str(caught.value)


@pytest.mark.parametrize("tag", ["div", "span", "b", "ul><li", "table><tr><td", "blockquote", "x", "svg"])
def test_a_page_of_fifty_thousand_nested_elements(tag: str) -> None:
    started = time.monotonic()
    with pytest.raises(UnreadableReport, match="elements inside one another"):
        report_from_html(f"<html><body>{f'<{tag}>' * 50_000}{PARAGRAPHS[0]}</body></html>")
    assert time.monotonic() - started < 2


def test_the_deepest_page_that_is_read() -> None:
    assert too_much("<div>" * (MAX_DEPTH + 1)) and not too_much("<div>" * MAX_DEPTH)
    inner = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    deep = f"<html><body>{'<div>' * (MAX_DEPTH - 5)}{inner}{'</div>' * (MAX_DEPTH - 5)}</body></html>"
    try:
        assert PARAGRAPHS[0] in report_from_html(deep).text
    except UnreadableReport as error:
        assert "\n" not in str(error)


@pytest.mark.parametrize("part", ["<a", "<!--", "<script>", "</div>", "<", "&#0;", "<p>", "<div a='>'", "<title>", "]]>"])
def test_broken_markup_is_gone_through_quickly(part: str) -> None:
    started = time.monotonic()
    try:
        report_from_html(part * 20_000)
    except UnreadableReport as error:
        assert "\n" not in str(error)
    assert time.monotonic() - started < 10


def test_a_page_of_too_many_elements() -> None:
    with pytest.raises(UnreadableReport, match="more than 100,000 elements"):
        report_from_html("<p>a" * 300_000)


def test_a_page_that_is_too_large() -> None:
    with pytest.raises(UnreadableReport, match="larger than 20 MB"):
        report_from_html(b"<html>" + b"a" * 20_000_001)
