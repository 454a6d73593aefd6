"""Plain text → blocks, title, place, publisher and day. Every report here is made up."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.errors import BadOption, UnreadableReport
from sayso.intake import report_from_text
from sayso.intake.furniture import entries, furniture, slug
from sayso.model import BlockKind, Report

BODY = "Two soldiers were hurt when a mine went off near the bridge, the mission said on Monday."
MORE = "The commander of the mission asked both sides to keep their men away from the river."
THIRD = "Talks between the two delegations are due to go on in the spring."


def blocks(report: Report) -> list[tuple[str, str]]:
    return [(b.kind.value, report.text[b.start : b.end]) for b in report.blocks]


def kinds(report: Report) -> str:
    return " ".join(b.kind.value for b in report.blocks)


WHOLE: list[tuple[str, str, str, dict[str, Any]]] = [
    (
        "wire with section line, lead and slashes",
        "Envoy asks both sides to hold fire\n\nWorld May 4, 2021, 11:20\n\nThe envoy will travel on to the capital\n\n"
        f"TBILISI, May 4. /TASS/. {BODY}\n\n{MORE}\n\nRead more on the site →\n",
        "headline section lead dateline paragraph paragraph boilerplate",
        {"title": "Envoy asks both sides to hold fire", "publisher": "TASS", "place": "Tbilisi", "published": "2021-05-04"},
    ),
    (
        "agency in brackets",
        "Mine hurts two soldiers\n\nBy JANE ROE, Associated Press\n\n"
        f"TBILISI, Georgia (AP) — {BODY}\n\n{MORE}\n\n___\n\nAssociated Press writer John Doe in Gori contributed to this report.",
        "headline byline dateline paragraph paragraph boilerplate byline",
        {"title": "Mine hurts two soldiers", "publisher": "AP", "place": "Tbilisi", "published": None},
    ),
    (
        "agency and hyphen, and the credits under it",
        "Mine hurts two soldiers\n\n"
        f"JUBA, March 9 (Reuters) - {BODY}\n\n{MORE}\n\n(Reporting by Jane Roe; Editing by John Doe)\n\n© 2022 Reuters. All rights reserved.",
        "headline dateline paragraph paragraph byline boilerplate",
        {"publisher": "Reuters", "place": "Juba", "published": "2022-03-09"},
    ),
    (
        "press release",
        "PRESS RELEASE\n\nMission calls for restraint along the river\n\n"
        f"GENEVA (13 July 2020) – {BODY}\n\n{MORE}\n\nENDS\n\nFor more information, contact press@mission.example",
        "section headline dateline paragraph paragraph boilerplate boilerplate",
        {"title": "Mission calls for restraint along the river", "place": "Geneva", "published": "2020-07-13"},
    ),
    (
        "press release with a line of place and date",
        "Joint communiqué of the two ministers\n\nVienna, 5 October 2023\n\n"
        f"{BODY}\n\n1. The sides will open the road.\n\n2. The sides will exchange lists of captives.",
        "headline dateline paragraph paragraph paragraph",
        {"place": "Vienna", "published": "2023-10-05"},
    ),
    (
        "newspaper: byline with a date, region behind the city",
        f"At the River, a Truce Frays\n\nBy JANE ROE and JOHN DOE, MARCH 3, 2018\n\nGOMA, Democratic Republic of Congo — {BODY}\n\n{MORE}",
        "headline byline dateline paragraph paragraph",
        {"title": "At the River, a Truce Frays", "place": "Goma", "published": "2018-03-03"},
    ),
    (
        "byline with a bar",
        f"Truce frays at the river\n\nBy Jane Roe | Thursday 3 March 2022 07.20 GMT\n\n{BODY}\n\n{MORE}",
        "headline byline paragraph paragraph",
        {"published": "2022-03-03"},
    ),
    (
        "standfirst over the byline",
        f"Truce frays at the river\n\nBoth sides blame each other for the mine that hurt two men.\n\nBy Jane Roe\n\n{BODY}\n\n{MORE}",
        "headline lead byline paragraph paragraph",
        {},
    ),
    ("no headline", f"{BODY}\n\n{MORE}\n\n{THIRD}", "paragraph paragraph paragraph", {"title": None, "place": None, "publisher": None, "published": None}),
    (
        "no headline but a dateline",
        f"KHARTOUM, Sudan (AP) — {BODY}\n\n{MORE}",
        "dateline paragraph paragraph",
        {"title": None, "place": "Khartoum", "publisher": "AP"},
    ),
    ("a single line without a stop", "Two soldiers hurt by a mine near the bridge", "paragraph", {"title": None}),
    (
        "Windows line ends",
        f"Mine hurts two soldiers\r\n\r\nKYIV, Ukraine — {BODY}\r\n\r\n{MORE}\r\n",
        "headline dateline paragraph paragraph",
        {"place": "Kyiv"},
    ),
    ("old Macintosh line ends", f"Mine hurts two soldiers\r\r{BODY}\r\r{MORE}", "headline paragraph paragraph", {}),
    (
        "a paragraph a line",
        f"Mine hurts two soldiers\nCairo, 12 March (MENA): {BODY}\n{MORE}\n{THIRD}",
        "headline dateline paragraph paragraph paragraph",
        {"publisher": "MENA", "place": "Cairo"},
    ),
    (
        "headline and text without a blank line",
        f"Mine hurts two soldiers\n{BODY}\n{MORE}\n{THIRD}",
        "headline paragraph paragraph paragraph",
        {"title": "Mine hurts two soldiers"},
    ),
    (
        "headline with a label",
        f"1st LD: Mine hurts two soldiers\n\n{BODY}\n\n{MORE}",
        "boilerplate headline paragraph paragraph",
        {"title": "Mine hurts two soldiers"},
    ),
    ("an initial is no bullet", f"N. Korean envoy leaves talks\n\n{BODY}\n\n{MORE}", "headline paragraph paragraph", {"title": "N. Korean envoy leaves talks"}),
    ("desk notes", f"ATTENTION - ADDS second mine ///\n\n{BODY}\n\n{MORE}", "boilerplate paragraph paragraph", {"title": None}),
    (
        "related articles",
        f"Mine hurts two soldiers\n\n{BODY}\n\n{MORE}\n\nRelated articles\n\nEnvoy to return in spring\n\nRiver crossing closed again\n\n{THIRD}",
        "headline paragraph paragraph boilerplate boilerplate boilerplate paragraph",
        {},
    ),
    (
        "section over the headline",
        f"World\n\nMine hurts two soldiers\n\n{BODY}\n\n{MORE}",
        "section headline paragraph paragraph",
        {"title": "Mine hurts two soldiers"},
    ),
    (
        "a byline under the text",
        f"Mine hurts two soldiers\n\n{BODY}\n\n{MORE}\n\n{THIRD}\n\nBy Jane Roe",
        "headline paragraph paragraph paragraph byline",
        {},
    ),
    (
        "a chronology keeps its days to itself",
        f"The week at the river\n\n3 May 2021\n\n{BODY}\n\n4 May 2021\n\n{MORE}\n\n5 May 2021\n\n{THIRD}",
        "headline section paragraph section paragraph section paragraph",
        {"published": None},
    ),
    ("a picture in letters", f"Mine hurts two soldiers\n\n{BODY}\n\n{'QUJD' * 500}\n\n{MORE}", "headline paragraph boilerplate paragraph", {}),
    (
        "headline with a summary right under it",
        f"Mine hurts two soldiers\nBoth men in hospital\n\n{BODY}\n\n{MORE}",
        "headline paragraph paragraph paragraph",
        {"title": "Mine hurts two soldiers"},
    ),
    (
        "press release, line by line",
        f"Press release\n13 July 2020\nMission calls for restraint\n{BODY}\n{MORE}",
        "section section headline paragraph paragraph",
        {"title": "Mission calls for restraint", "published": "2020-07-13"},
    ),
    (
        "numbered statement",
        f"STATEMENT OF THE MINISTRY OF FOREIGN AFFAIRS\n\nNo: 225, 13 July 2020\n\n{BODY}\n\n{MORE}",
        "headline section paragraph paragraph",
        {"published": "2020-07-13"},
    ),
    (
        "agency alone above and below, and a picture's credit",
        f"Mine hurts two soldiers\n\nReuters\n\n(AP Photo/Jane Roe)\n\n{BODY}\n\n{MORE}\n\n{THIRD}\n\n___\nThe Associated Press",
        "headline byline boilerplate paragraph paragraph paragraph boilerplate byline",
        {"publisher": "Reuters"},
    ),
    (
        "bullets",
        f"Mission lists breaches\n\nThe mission listed:\n\n• {BODY}\n• {MORE}\n- {THIRD}",
        "headline paragraph paragraph paragraph paragraph",
        {},
    ),
]


@pytest.mark.parametrize(("text", "expected", "said"), [row[1:] for row in WHOLE], ids=[row[0] for row in WHOLE])
def test_whole_reports(text: str, expected: str, said: dict[str, Any]) -> None:
    report = report_from_text(text)
    assert kinds(report) == expected
    assert {name: getattr(report, name) for name in said} == said
    assert report.text == text


DATELINES = [
    ("MOSCOW, July 13. /TASS/. ", "Moscow", "TASS"),
    ("BAKU, Azerbaijan (AP) — ", "Baku", "AP"),
    ("(Reuters) - ", None, "Reuters"),
    ("(CNN) ", None, "CNN"),
    ("GENEVA (13 July 2020) – ", "Geneva", None),
    ("KYIV, Ukraine — ", "Kyiv", None),
    ("KYIV. July 13 (Interfax-Ukraine) – ", "Kyiv", "Interfax-Ukraine"),
    ("Cairo, 12 March (MENA): ", "Cairo", "MENA"),
    ("Jerusalem – ", "Jerusalem", None),
    ("UNITED NATIONS -- ", "United Nations", None),
    ("DAR ES SALAAM, Tanzania (AP) _ ", "Dar es Salaam", "AP"),
    ("NEW YORK/GENEVA, 13 July 2020 – ", "New York", None),
    ("Damascus, SANA – ", "Damascus", "SANA"),
    ("YEREVAN, JULY 13, ARMENPRESS. ", "Yerevan", "Armenpress"),
    ("Yerevan, July 13, Armenpress. ", "Yerevan", "Armenpress"),
    ("ISLAMABAD: ", "Islamabad", None),
    ("KABUL (AFP) - ", "Kabul", "AFP"),
    ("TEHRAN, Jul. 13 (MNA) – ", "Tehran", "MNA"),
    ("BEIJING, July 13 (Xinhua) -- ", "Beijing", "Xinhua"),
    ("WASHINGTON, D.C. (VOA) — ", "Washington", "VOA"),
    ("N’DJAMENA, Chad (AFP) — ", "N’Djamena", "AFP"),
    ("PORT-AU-PRINCE, Haiti — ", "Port-Au-Prince", None),
    ("KYIV, Ukraine (Border Wire) — ", "Kyiv", "Border Wire"),
    ("TASS, July 13. ", None, "TASS"),
    ("SARAJEVO—", "Sarajevo", None),
]


@pytest.mark.parametrize(("line", "place", "publisher"), DATELINES, ids=[row[0] for row in DATELINES])
@pytest.mark.parametrize("head", ["", "Mine hurts two soldiers\n\n"])
def test_datelines(head: str, line: str, place: str | None, publisher: str | None) -> None:
    report = report_from_text(f"{head}{line}{BODY}\n\n{MORE}")
    assert blocks(report)[-3:] == [("dateline", line.strip()), ("paragraph", BODY), ("paragraph", MORE)]
    assert (report.place, report.publisher) == (place, publisher)


HEADERS: list[tuple[str, str, str, str | None, str | None]] = [
    # what it is, the lines above the text, their kinds, the title, the day
    (
        "a section line over the date",
        "Mine hurts two soldiers\nWorld\nMay 4, 2021, 11:20\n",
        "headline section section",
        "Mine hurts two soldiers",
        "2021-05-04",
    ),
    (
        "an unknown section over the date",
        "Mine hurts two soldiers\n\nPanorama\n4 May 2021\n\n",
        "headline section section",
        "Mine hurts two soldiers",
        "2021-05-04",
    ),
    ("a section behind the date", "04.05.2021 • Panorama\n\nMine hurts two soldiers\n\n", "section headline", "Mine hurts two soldiers", "2021-05-04"),
    ("an issue", "Weekend magazine, 4 May 2021\n\nMine hurts two soldiers\n\n", "section headline", "Mine hurts two soldiers", "2021-05-04"),
    ("two sections", "Politics / Europe\n\nMine hurts two soldiers\n\n", "section headline", "Mine hurts two soldiers", None),
    ("a letterhead", "MINISTRY OF DEFENCE OF THE REPUBLIC OF MALAWI\n\nMine hurts two soldiers\n\n", "section headline", "Mine hurts two soldiers", None),
    ("a letterhead of two lines", "FOREIGN MINISTRY\nPRESS OFFICE\n\nMine hurts two soldiers\n\n", "section section headline", "Mine hurts two soldiers", None),
    ("a communiqué's day", "Envoys agree on river patrols, says joint communiqué of 4 May 2021\n\n", "headline", None, "2021-05-04"),
    ("a document's day", "Note on the mines at the river issued on 4 May 2021\n\n", "headline", None, "2021-05-04"),
    ("a writer at a seat", "Mine hurts two soldiers\n\nBy Jane Roe at the United Nations\n\n", "headline byline", "Mine hurts two soldiers", None),
    # what looks alike and is text
    (
        "a headline in capitals",
        "MINISTRY OF DEFENCE DENIES ATTACK\n\nSpokesman blames floods\n\n",
        "headline paragraph",
        "MINISTRY OF DEFENCE DENIES ATTACK",
        None,
    ),
    ("an attack's day", "Envoys remember the attack on 4 May 2021\n\n", "headline", "Envoys remember the attack on 4 May 2021", None),
    ("a short lead", "Mine hurts two soldiers\n\nPatrols halted at river\n\n4 May 2021\n\n", "headline lead section", "Mine hurts two soldiers", "2021-05-04"),
]


@pytest.mark.parametrize(("head", "expected", "title", "published"), [row[1:] for row in HEADERS], ids=[row[0] for row in HEADERS])
def test_what_stands_above_the_text(head: str, expected: str, title: str | None, published: str | None) -> None:
    report = report_from_text(f"{head}{BODY}\n\n{MORE}")
    assert kinds(report) == f"{expected} paragraph paragraph"
    assert report.published == published
    assert title is None or report.title == title


PARAGRAPHS = [
    "Damascus — backed by Moscow — agreed to the plan, the envoy said.",
    "NATO — the alliance of thirty states — sent a warning, its speaker said.",
    "Hamas – which runs the strip – said that it would reply on Friday.",
    "The ceasefire – agreed in July – held through the night, monitors said.",
    "On Monday, July 13 – a day after the truce – the army fired on a village.",
    "On July 13 (a Monday) the army fired on a village.",
    "In Baku, July 13 was marked with a parade of the armed forces.",
    "Read more widely, the clause lets either army return, the lawyers wrote.",
    "Share this burden, the envoy told the ministers, or carry it alone.",
    "Subscribe to no illusions, the general told reporters in the capital.",
    "Follow us, the rebels told the villagers, and nobody will be hurt.",
    "Photographs showed two burnt tanks by the road, the mission said.",
    "By Monday the army had taken the bridge, a spokesman said.",
    "By Friday, Rebels Had Reached the River, and the road to the south was cut.",
    "Related attacks killed four people in the east, police said.",
    "Print shops were raided by the police in three towns on Sunday.",
    "Comments by the minister angered the neighbours, diplomats said.",
    "World powers condemned the attack on the convoy on 13 July 2020.",
    "Statement after statement blamed the other side for the shelling.",
    "July 13, 2020 was the worst day of the war, the mayor said.",
    "More on the toll was expected from the ministry later on Tuesday.",
    "Advertisements for the army covered the walls, residents said.",
    "Reporting by the mission was hindered by rebels, it said in its weekly note.",
    "END THE WAR NOW, the crowd shouted at the gates of parliament.",
    "Iran — Syria's ally — denied that it had sent the drones.",
    "1,200 people fled the town overnight, the agency for refugees said.",
    "12 July was a day of mourning in the capital, the government said.",
    "Also read out in court was a letter by the captured officer.",
]


@pytest.mark.parametrize("paragraph", PARAGRAPHS)
def test_what_is_stated_stays_to_be_read(paragraph: str) -> None:
    for text in (
        f"{paragraph}\n\n{MORE}\n\n{THIRD}",
        f"Mine hurts two soldiers\n\n{paragraph}\n\n{MORE}",
        f"{BODY}\n\n{paragraph}\n\n{MORE}",
        f"{BODY}\n\n{MORE}\n\n{paragraph}",
    ):
        assert ("paragraph", paragraph) in blocks(report_from_text(text))


def test_wrapped_text_is_joined() -> None:
    text = (
        "Mine hurts two soldiers at the river\n\n"
        "TBILISI, May 4. /TASS/. Two soldiers were hurt when a mine went off near\n"
        "the bridge, the mission said. The commander of the mission asked both\n"
        "sides to keep their men away. Its patrols have been there since\n"
        "1994.\n\n"
        "Talks between the two delegations are due to go on in the spring, when\n"
        "the envoy returns.\n"
    )
    assert kinds(report_from_text(text)) == "headline dateline paragraph paragraph"


def test_wrapped_text_with_indents() -> None:
    text = (
        "   Two soldiers were hurt when a mine went off near the bridge on\n"
        "Sunday, the mission said.\n"
        "   The commander of the mission asked both sides to keep their men\n"
        "away from the river and its crossings until the spring.\n"
    )
    assert [t.split()[0] for _, t in blocks(report_from_text(text))] == ["Two", "The"]


def test_a_wrapped_headline_is_one() -> None:
    report = report_from_text(f"Envoy asks both sides to hold their fire\nafter a mine hurts two soldiers\n\n{BODY}\n\n{MORE}")
    assert report.title == "Envoy asks both sides to hold their fire after a mine hurts two soldiers"


def test_metadata_counts_before_the_text() -> None:
    text = f"Mine hurts two soldiers\n\nWorld May 4, 2021, 11:20\n\nTBILISI, May 4. /TASS/. {BODY}"
    report = report_from_text(
        text, published="2021-05-05T08:00:00+04:00", publisher="Border Herald", title="Another", id="r1", url="https://a.example/", place="Gori"
    )
    assert (report.published, report.publisher, report.title, report.id, report.url, report.place) == (
        "2021-05-05T08:00:00+04:00", "Border Herald", "Another", "r1", "https://a.example/", "Gori",
    )  # fmt: skip
    assert ("headline", "Mine hurts two soldiers") in blocks(report)


def test_a_title_that_the_text_does_not_hold_is_not_read() -> None:
    report = report_from_text(f"{BODY}\n\n{MORE}", title="Mine hurts two soldiers")
    assert (report.title, kinds(report), report.text) == ("Mine hurts two soldiers", "paragraph paragraph", f"{BODY}\n\n{MORE}")


def test_a_title_that_the_text_holds_is_the_headline_whatever_it_looks_like() -> None:
    report = report_from_text(f"A mine. Two men hurt.\n\n{BODY}\n\n{MORE}", title="A mine: two men hurt")
    assert blocks(report)[0] == ("headline", "A mine. Two men hurt.")


@pytest.mark.parametrize(
    ("text", "published"),
    [
        (f"Mine hurts two soldiers\n\nTBILISI, May 4 — {BODY}", None),  # no year anywhere
        (f"Mine hurts two soldiers\n\nTBILISI, May 4 — {BODY}\n\n© 2021 Border Wire", "2021-05-04"),
        (f"Mine hurts two soldiers\n\nPublished on 4 May 2021\n\n{BODY}", "2021-05-04"),
        (f"Mine hurts two soldiers\n\nUpdated: Tue 4 May 2021 19:06 GMT\n\n{BODY}", "2021-05-04"),
        (f"Mine hurts two soldiers\n\n{BODY}\n\n{MORE}\n\nTbilisi, 4 May 2021", "2021-05-04"),
        (f"Joint statement of the two ministers (4 May 2021)\n\n{BODY}", "2021-05-04"),
        (f"Two towns remember the shelling of 4 May 2021 and its dead\n\n{BODY}", None),
        (f"Mine hurts two soldiers\n\nThe sides signed a truce on 4 May 2021. {BODY}", None),
    ],
)
def test_the_day_in_the_text(text: str, published: str | None) -> None:
    assert report_from_text(text).published == published


@pytest.mark.parametrize("value", ["yesterday", "2020-02-30", "2020-7-3", "2020-07-13T19:06", "13.07.2020", "2020", "", "2020-07-13 and so on"])
def test_a_date_that_is_none(value: str) -> None:
    with pytest.raises(BadOption, match=r"2020-07-13|calendar") as caught:
        report_from_text(BODY, published=value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "is empty"),
        (" \n\t\ufeff ", "is empty"),
        ("13.07.2020 — 19:06 (…)", "has no letters"),
        ("ab\0\x01\x02\x03" * 50, "is not text"),
        ("a" * 4_000_000, "holds no words"),
        ("a" * 50_000_000, "is longer than"),
        ("Read more on the site →\n\n© 2020 Border Wire", "holds no words to read"),
    ],
)
def test_what_is_no_report(text: str, why: str) -> None:
    with pytest.raises(UnreadableReport, match=why) as caught:
        report_from_text(text)
    assert "\n" not in str(caught.value)


def test_a_long_report_is_read() -> None:
    text = "Mine hurts two soldiers\n\n" + "\n\n".join([BODY, MORE, THIRD] * 4200)
    assert len(text) > 1_000_000
    assert len(report_from_text(text).blocks) == 12601


@pytest.mark.parametrize("entry", entries(), ids=lambda e: e.example)
def test_each_entry_claims_its_example(entry: Any) -> None:
    if entry.kind == "slug":
        assert slug(entry.example) > 0
    else:
        found = furniture(entry.example, entry.kind)
        assert found is not None and (entry.longest == 0 or len(entry.example) <= entry.longest)


def test_no_entry_stands_twice() -> None:
    keys = [(e.kind, e.form, e.fit) for e in entries()]
    assert len(keys) == len(set(keys))
    assert all(e.fit in {"start", "label", "whole", "end"} and e.form == e.form.lower() for e in entries())


PIECES = [
    "Mine hurts two soldiers", "MOSCOW, July 13. /TASS/.", "BAKU (AP) —", "World July 13, 2020, 19:06", "By Jane Roe", "Read more:", BODY, "\n", "\n\n",
    "\r\n", " ", "— ", "(Reuters) -", "• ", "1. ", "©", "Related articles", "\u2028", "\x85", "ÉTAT", "—", "/", "(", ")", ":", ".", "1994", "K", "'",
    "\ufeff", "🕊", "\u0301",
]  # fmt: skip


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.one_of(st.text(), st.text(st.characters()), st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=25).map("".join)),
    st.none() | st.text(max_size=40),
)
def test_any_text_gives_ordered_blocks_or_one_clear_error(text: str, title: str | None) -> None:
    try:
        report = report_from_text(text, title=title)
    except UnreadableReport as error:
        assert "\n" not in str(error)
        return
    assert report.text == text
    at = 0
    for block in report.blocks:
        assert at <= block.start < block.end <= len(text)
        assert text[block.start : block.end].strip()
        at = block.end
    assert any(b.kind in {BlockKind.HEADLINE, BlockKind.LEAD, BlockKind.PARAGRAPH} for b in report.blocks)
    read = "".join(text[b.start : b.end] for b in report.blocks)
    assert sorted(c for c in text if c.isalpha()) == sorted(c for c in read if c.isalpha()) or any(c in text for c in "•-*–—().")
