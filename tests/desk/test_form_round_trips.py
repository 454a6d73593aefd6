"""Forms as a browser shows and sends them: sent as they came they change nothing, whatever characters the text has; nothing typed is lost."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
from msgspec.structs import replace

from sayso.desk.forms import MOST, claim_of, differing, line, many, values_of
from sayso.desk.marking import shown, stretches
from sayso.errors import BadRecord
from sayso.model import BlockKind, Casualty, Count, Entity, Event, Manner, Materiel, Reading, Role, Sector, Source, Status, Times, When, Where
from sayso.record.history import review_of
from tests.desk.desks import Desk, Team
from tests.making import ARMENIA, AZERBAIJAN, YEREVAN, casualty, event, materiel, reading, report, role, said_by

TEXT = (
    "\U0001f525 Border post shelled\r\nYEREVAN \u2014 The ministry said \u202ethat\u202c forces\r\nshelled Movses, killing four\r\n  soldiers.\r\n"
    "<script>alert('four soldiers')</script> Lavrov,\u2028the minister &amp; envoy, came. A\ttank\rburnt. \u0627\u0644\u0642\u062f\u0633 \x1b[31mred\x1b[0m."
)


class Sent(HTMLParser):
    """What a browser sends of a page's form that has this class or action: lines have no line ends, what is not ticked is not sent."""

    def __init__(self, page: str, marked: str) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self._marked, self._inside, self._select, self._area = marked, False, "", ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = self._marked in (told.get("class", ""), told.get("action", ""))
        if not self._inside:
            return
        if tag == "input" and (told.get("type") != "checkbox" or "checked" in told):
            self.values[told["name"]] = told.get("value", "on").replace("\r", "").replace("\n", "")
        elif tag == "select":
            self._select = told["name"]
        elif tag == "option" and self._select and (self._select not in self.values or "selected" in told):
            self.values[self._select] = told.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "select":
            self._select = ""


class Words(HTMLParser):
    """The text of a piece of a page."""

    def __init__(self, piece: str) -> None:
        super().__init__()
        self.text = ""
        self.feed(piece)
        self.close()

    def handle_data(self, data: str) -> None:
        self.text += data


def form(page: str) -> dict[str, str]:
    """The values of a claim's form."""
    return {name: value for name, value in Sent(page, "claim-form").values.items() if name != "_csrf_token"}


def hostile() -> Reading:
    """Claims of every kind in a text with everything that breaks forms."""
    of = report(TEXT, id="hostile", title="<b>\u202eHostile</b>")
    across = of.span(TEXT.index("forces"), TEXT.index(" soldiers.") + 9)
    at = TEXT.index("The ministry")
    ministry = Entity(text="The ministry", name="Ministry of\r\nDefence  of Armenia", country="ARM", sector=Sector.MIL, qualifiers=["PRE"], id="m", at=at)
    cue = of.span(TEXT.index("said"), TEXT.index("said") + 4)
    said = When(start=date(2020, 7, 13), end=None, precision="day", text="")
    source = Source(entity=ministry, cue=cue, manner=Manner.MIXED, said=said, together_with=[YEREVAN])
    made = reading(
        of, event("shelled Movses", by=[ARMENIA] * 23, to=[AZERBAIJAN]), casualty("killing four\r\n  soldiers"), materiel("tank\rburnt", "battle\ttank"),
        role("Lavrov,\u2028the minister", AZERBAIJAN, "minister\r\nand envoy", ARMENIA),
    )  # fmt: skip
    attack, dead, tank, office = made.claims
    assert isinstance(attack, Event) and isinstance(dead, Casualty)
    where = Where(name="Movses\n(village)", country="ARM", lat=40.9, lon=45.5, precision="city", text="Movses", at=TEXT.index("Movses"))
    attack = replace(
        attack, evidence=across, also=[of.span(n, n + 3) for n in range(25)], sources=[source, *said_by(AZERBAIJAN, ARMENIA)], times=Times(low=None, high=None),
        where=where, when=When(start=None, end=None, precision="day", text="the other  day"), status=Status.NEGATED, background=True, notes=["kept"],
    )  # fmt: skip
    count = Count(low=None, high=4, text="four\r\n  soldiers", at=TEXT.index("four\r"), approximate=True)
    dead = replace(dead, count=count, when=When(start=date(1992, 1, 1), end=None, precision="year", text="since 1992"))
    return replace(made, claims=[attack, dead, tank, office])


def test_forms_of_any_text_that_are_sent_as_they_came_change_nothing() -> None:
    made = hostile()
    for claim in made.claims:
        values = values_of(claim)
        assert all(value == line(value) for value in values.values())
        assert claim_of(values, made.report, claim) == claim


def test_what_a_browser_sends_of_every_claim_is_the_claim(desk: Desk) -> None:
    desk.record.add([hostile()])
    claims = 0
    for held in list(desk.record.readings()):
        for claim in held.claims:
            page = desk.get(f"/claims/{claim.id}/edit")
            assert "<script>alert" not in page
            assert claim_of(form(page), held.report, claim) == claim
            assert differing(values_of(claim), form(page)) == []
            claims += 1
    assert claims > 30


@pytest.mark.parametrize(
    ("kind", "typed", "told"),
    [
        (Event, {"type": "RETREAT", "modes": "ceasefire", "recipients.1.name": "UN", "actors.0.drop": "yes", "times.low": "2"}, ("RETREAT", ["ceasefire"])),
        (Casualty, {"harm": "wounded", "count.low": "3", "count.high": "5", "by.name": "Somebody"}, ("wounded", 3, 5)),
        (Materiel, {"harm": "seized", "what": "drone", "owner.name": "Somebody"}, ("seized", "drone")),
        (Role, {"office": "envoy", "since": "2020-01-01", "until": "2021-01-01"}, ("envoy", date(2020, 1, 1))),
    ],
)  # fmt: skip
def test_every_kind_of_claim_is_corrected_by_its_form(desk: Desk, kind: type, typed: dict[str, str], told: tuple[Any, ...]) -> None:
    made = hostile()
    desk.record.add([made])
    claim = next(one for one in made.claims if isinstance(one, kind))
    typed = typed | {"evidence.text": "forces shelled Movses", "evidence.start": "", "note": " seen in the original "}
    desk.post(f"/claims/{claim.id}/correct", **form(desk.get(f"/claims/{claim.id}/edit")) | typed)
    review = review_of(desk.record, claim.id)
    found: Any = review.claim
    assert (review.state, review.reviewed_by, review.note) == ("corrected", "Anna", "seen in the original")
    assert found.evidence.text == "forces\r\nshelled Movses"
    if kind is Event:
        assert (found.type, found.modes) == told
        assert len(found.actors) == 22 and [one.name for one in found.recipients] == [AZERBAIJAN.name, "UN"]
        assert found.times == Times(low=2, high=None) and len(found.also) == 25 and found.notes == ["kept"]
    elif kind is Casualty:
        assert (found.harm, found.count.low, found.count.high) == told and found.by.name == "Somebody"
    elif kind is Materiel:
        assert (found.harm, found.what) == told and found.owner.name == "Somebody"
    else:
        assert (found.office, found.since) == told and found.until == date(2021, 1, 1)


def test_nothing_typed_is_lost_where_it_cannot_be_used(desk: Desk) -> None:
    made = hostile()
    desk.record.add([made])
    for claim in made.claims:
        first = form(desk.get(f"/claims/{claim.id}/edit"))
        typed = first | {"sources.0.name": 'A "new" <b>name</b>', "status": "planned", "when.start": "soon", "note": "why & how", "where.name": "There"}
        typed.pop("background", None)
        page = desk.post(f"/claims/{claim.id}/correct", 400, **typed)
        assert "when.start: &#39;soon&#39; is no day" in page
        again = form(page)
        assert {name: again[name] for name in typed} == typed
        assert "background" not in again
        assert review_of(desk.record, claim.id).state == "proposed"


def test_somebody_of_the_report_is_told_by_his_name_alone() -> None:
    made = hostile()
    dead = made.claims[1]
    people = [YEREVAN, ARMENIA]
    found = claim_of(values_of(dead) | {"by.name": ARMENIA.name, "who.name": YEREVAN.name}, made.report, dead, known=people)
    assert isinstance(found, Casualty) and found.by is not None
    assert (found.by.country, found.by.sector) == (ARMENIA.country, ARMENIA.sector)
    assert (found.who.country, found.who.sector) == (YEREVAN.country, YEREVAN.sector)
    other = claim_of(values_of(dead) | {"who.name": YEREVAN.name, "who.country": "GEO"}, made.report, dead, known=people)
    assert isinstance(other, Casualty) and other.who.country == "GEO"  # what was told of him counts


def test_words_that_are_selected_across_lines_are_one_line_and_lead_back(desk: Desk) -> None:
    made = hostile()
    desk.record.add([made])
    start, end = TEXT.index("that") - 1, TEXT.index("Movses")  # from a mark of direction on, over the end of a line
    for kind, typed in (("casualty", {"count.low": "2", "who.name": "Somebody"}), ("event", {"type": "AID"})):
        values = form(desk.get(f"/reports/{made.report.digest}/claims/new?kind={kind}&start={start}&end={end}"))
        assert values["evidence.text"] == "\u25afthat\u25af forces shelled"
        key = desk.post(f"/reports/{made.report.digest}/claims", **values | typed).rpartition("claim-")[2]
        assert review_of(desk.record, key).claim.evidence.text == TEXT[start:end].rstrip()


def test_the_page_has_the_text_as_it_is(desk: Desk) -> None:
    desk.record.add([hostile()])
    for held in desk.record.readings():
        for address in (f"/reports/{held.report.digest}", f"/reports/{held.report.digest}?claim={held.claims[-1].id}"):
            page = desk.get(address)
            there = page[page.index('<div class="text" id="text"') :]
            there = there[there.index(">") + 1 : there.index("</div>")]
            assert "<script" not in there
            text = Words(there).text
            assert len(text) == len(held.report.text)
            assert text == shown(held.report.text)


def test_headlines_and_datelines_are_told_apart(desk: Desk) -> None:
    held = next(one for one in desk.record.readings() if {"headline", "dateline"} <= {block.kind for block in one.report.blocks})
    found = stretches(held.report.text, held.claims, held.claims[0], held.report.blocks)
    for kind in ("headline", "dateline"):
        block = next(block for block in held.report.blocks if block.kind == kind)
        assert "".join(s.text for s in found if s.block == kind).startswith(held.report.text[block.start : block.end])
    assert f"block-{BlockKind.HEADLINE}" in desk.get(f"/reports/{held.report.digest}")


def test_lists_have_an_end() -> None:
    made = hostile()
    attack = made.claims[0]
    assert many(values_of(attack), "actors") == 24
    far = {"actors.99999.name": "A", "actors.\u00b2.name": "B", "actors.x.name": "C", "actors.123456789.name": "D"}
    assert many(far, "actors") == MOST
    with pytest.raises(BadRecord, match="actors: are"):
        claim_of(values_of(attack) | {f"actors.{n}.name": "A" for n in range(MOST + 1)}, made.report, attack)


def test_more_places_come_as_often_as_they_are_asked_for(desk: Desk) -> None:
    made = hostile()
    desk.record.add([made])
    claim = made.claims[1]
    values = form(desk.get(f"/claims/{claim.id}/edit"))
    for n in (1, 2, 3):
        page = desk.post(f"/claims/{claim.id}/correct", 200, **values, more="yes")
        values = form(page)
        assert f"sources.{n}.name" in values and f"sources.{n + 1}.name" not in values


def test_who_may_read_alone_changes_nothing(team: Team) -> None:
    reader, reviewer = team.browser("Cy"), team.browser("Bo")
    held = next(team.record.readings())
    claim = held.claims[0].id
    page = reader.get(f"/reports/{held.report.digest}?claim={claim}")
    assert "/edit" not in page and "formaction" not in page and 'action="/undo"' not in page
    for address in (f"/claims/{claim}/edit", f"/reports/{held.report.digest}/claims/new"):
        reader.get(address, 403)
        reviewer.get(address)
    for address in (*(f"/claims/{claim}/{act}" for act in ("accept", "reject", "reopen", "check", "correct")), "/claims/many", "/undo", "/redo",
                    f"/reports/{held.report.digest}/claims"):  # fmt: skip
        reader.post(address, 403)
    assert review_of(team.record, claim).state == "proposed"
    reviewer.post(f"/claims/{claim}/accept", back="/")
    assert review_of(team.record, claim).reviewed_by == "Bo"
    team.browser("Anna").post(f"/claims/{claim}/check", back="/")
    assert review_of(team.record, claim).checked_by == "Anna"


def test_of_two_the_second_is_shown_what_the_first_did(desk: Desk) -> None:
    held = next(one for one in desk.record.readings() if any(isinstance(claim, Casualty) for claim in one.claims))
    claim = next(one for one in held.claims if isinstance(one, Casualty))
    mine = form(desk.get(f"/claims/{claim.id}/edit"))
    shown = Sent(desk.get(f"/reports/{held.report.digest}"), "/claims/many").values["seen"]
    single = mine["seen"]
    theirs = claim_of(values_of(claim) | {"count.low": "41", "count.high": "41"}, held.report, claim)
    desk.record.by("Bo").correct(theirs)
    page = desk.post(f"/claims/{claim.id}/correct", 409, **mine | {"count.low": "7", "count.high": "7"})
    assert "corrected by Bo" in page
    row = page[page.index('<a href="#f-count.low">') :]
    assert "41" in row[:120] and "7" in row[:120]
    assert f'href="/claims/{claim.id}/edit"' in page
    page = desk.post(f"/claims/{claim.id}/accept", 409, seen=single, back="/reports", note="my reason")
    assert "corrected by Bo" in page and "41 killed" in page and "my reason</textarea>" in page and 'href="/reports"' in page
    page = desk.post("/claims/many", 409, seen=shown, claim=claim.id, state="rejected", back="/")
    assert "corrected by Bo" in page
    assert review_of(desk.record, claim.id).state == "corrected"
