"""The reading view and the review: what the pages do is done in the record, and what two do at once is told to the second."""

from __future__ import annotations

import html
import re

from sayso.desk.forms import values_of
from sayso.model import Casualty
from sayso.record.history import log, review_of
from tests.desk.desks import Desk
from tests.making import event, reading, report


def first(desk: Desk, kind: type = Casualty) -> tuple[str, str]:
    """The digest of a report, and the id of a claim of this kind in it."""
    return next((held.report.digest, claim.id) for held in desk.record.readings() for claim in held.claims if isinstance(claim, kind))


def seen(desk: Desk, claim: str) -> str:
    return str(review_of(desk.record, claim).changed_in)


def test_a_report_stands_beside_its_claims(desk: Desk) -> None:
    for held in desk.record.readings():
        page = desk.get(f"/reports/{held.report.digest}")
        assert page.count("<article") == len(held.claims)
        assert all(f'id="claim-{claim.id}"' in page for claim in held.claims)
    digest, claim = first(desk)
    page = desk.get(f"/reports/{digest}?claim={claim}")
    assert re.search(r'class="said tiers-\d chosen', page)
    assert 'class="claim proposed chosen"' in page
    assert desk.client.get(f"/claims/{claim[:12]}").url.path == f"/reports/{digest}"


def test_why_a_claim_was_read_so(desk: Desk) -> None:
    _, claim = first(desk)
    page = desk.get(f"/claims/{claim}/why")
    assert '<th scope="row">harm</th>' in page


def test_review(desk: Desk) -> None:
    digest, claim = first(desk)
    back = f"/reports/{digest}"
    states = []
    for act in ("accept", "reopen", "reject", "reopen", "accept"):
        assert desk.post(f"/claims/{claim}/{act}", seen=seen(desk, claim), back=back, note="because") == back
        states.append(review_of(desk.record, claim).state)
    assert states == ["accepted", "proposed", "rejected", "proposed", "accepted"]
    assert {entry.author for entry in log(desk.record, target=claim) if entry.action != "add"} == {"Anna"}
    assert "accepted" in desk.get(back)
    page = desk.post(f"/claims/{claim}/check", 400, seen=seen(desk, claim), back=back)
    assert "another must confirm it" in page
    desk.post("/undo", back=back)
    assert review_of(desk.record, claim).state == "proposed"
    desk.post("/redo", back=back)
    assert review_of(desk.record, claim).state == "accepted"
    assert "undone nothing" in desk.post("/redo", 400, back=back)


def test_a_script_is_told_the_new_state(desk: Desk) -> None:
    _, claim = first(desk)
    sent = {"_csrf_token": desk.token, "seen": seen(desk, claim)}
    answer = desk.client.post(f"/claims/{claim}/accept", data=sent, headers={"accept": "application/json"})
    assert answer.json() == {"claim": claim, "state": "accepted", "seen": review_of(desk.record, claim).changed_in, "checked_by": None}


def test_of_two_who_saw_the_same_only_the_first_is_heard(desk: Desk) -> None:
    _, claim = first(desk)
    old = seen(desk, claim)
    desk.record.by("Bo").reject(claim)
    page = desk.post(f"/claims/{claim}/accept", 409, seen=old, back="/")
    assert "rejected by Bo" in page
    assert review_of(desk.record, claim).state == "rejected"
    form = values_of(review_of(desk.record, claim).claim)
    page = desk.post(f"/claims/{claim}/correct", 409, **form | {"seen": old, "count.low": "7", "count.high": "7", "note": "counted again"})
    assert "rejected by Bo" in page
    assert 'name="count.low" id="f-count.low" type="text" value="7"' in page  # what was written is not lost
    assert 'value="counted again"' in page
    now = re.search(r'name="seen" value="(\d+)"', page)
    assert now
    desk.post(f"/claims/{claim}/correct", **form | {"seen": now[1], "count.low": "7", "count.high": "7"})
    found = review_of(desk.record, claim)
    assert (found.state, found.reviewed_by, found.claim.count.low) == ("corrected", "Anna", 7)  # type: ignore[union-attr]


def test_a_claim_is_corrected_by_its_form(desk: Desk) -> None:
    digest, claim = first(desk)
    page = desk.get(f"/claims/{claim}/edit")
    values = dict(re.findall(r'<input name="([^"]+)" id="[^"]+" type="\w+" value="([^"]*)"', page)) | {"seen": seen(desk, claim)}
    values |= dict(re.findall(r'<input type="hidden" name="([a-z.0-9]+)"[^>]* value="([^"]*)"', page))
    for select in re.findall(r"<select.*?</select>", page, re.S):
        name, chosen = re.search(r'name="([^"]+)"', select), re.search(r'<option value="([^"]*)" selected', select)
        if name and chosen:
            values[name[1]] = chosen[1]
    values = {name: html.unescape(value) for name, value in values.items()}
    where = desk.post(f"/claims/{claim}/correct", **values | {"status": "negated"})
    assert where == f"/reports/{digest}?claim={claim}#claim-{claim}"
    assert review_of(desk.record, claim).claim.status == "negated"
    wrong = desk.post(f"/claims/{claim}/correct", 400, **values | {"seen": seen(desk, claim), "count.low": "many"})
    assert "no whole number" in wrong and 'value="many"' in wrong
    more = desk.post(f"/claims/{claim}/correct", 200, **values | {"sources.1.name": "Somebody", "more": "yes"})
    assert 'name="sources.2.name"' in more


def test_a_claim_that_was_missed_is_added(desk: Desk) -> None:
    held = next(desk.record.readings())
    start = held.report.text.index(" ") + 1
    page = desk.get(f"/reports/{held.report.digest}/claims/new?kind=casualty&start={start}&end={start + 6}")
    assert f'value="{held.report.text[start : start + 6]}"' in page
    form = {"kind": "casualty", "status": "occurred", "harm": "killed", "count.low": "4", "count.high": "4", "who.name": "Armed Forces of Armenia",
            "evidence.text": held.report.text[start : start + 6]}  # fmt: skip
    where = desk.post(f"/reports/{held.report.digest}/claims", **form)
    added = where.rpartition("claim-")[2]
    assert (review_of(desk.record, added).state, review_of(desk.record, added).reviewed_by) == ("corrected", "Anna")
    assert "is empty" in desk.post(f"/reports/{held.report.digest}/claims", 400, **form | {"count.low": "", "count.high": ""})
    assert "is no kind of claim" in desk.get(f"/reports/{held.report.digest}/claims/new?kind=rumour", 400)


def test_many_at_once(desk: Desk) -> None:
    held = max(desk.record.readings(), key=lambda one: len(one.claims))
    keys = [claim.id for claim in held.claims]
    sent = [("_csrf_token", desk.token), ("state", "accepted"), ("back", "/log"), *(("claim", key) for key in keys)]
    body = "&".join(f"{name}={value}" for name, value in sent)
    answer = desk.client.post("/claims/many", content=body, headers={"content-type": "application/x-www-form-urlencoded"}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/log")
    assert {review_of(desk.record, key).state for key in keys} == {"accepted"}
    assert log(desk.record, limit=1)[0].about == f"{len(keys)} claims"
    assert "no claim is ticked" in desk.post("/claims/many", 400, state="accepted", back="/")


def test_hostile_text_is_shown_as_text(desk: Desk) -> None:
    text = 'The <script>alert(1)</script> ministry said \u202eevil\u202c "two" <b>soldiers</b> died.\r\nIt said & so.'
    made = reading(report(text, publisher="<img src=x onerror=alert(1)>", title="</title><script>alert(2)</script>"), event("<b>soldiers</b> died"))
    desk.record.add([made])
    page = desk.get(f"/reports/{made.report.digest}?claim={made.claims[0].id}")
    assert "<script>alert" not in page and "<img" not in page and "<b>" not in page
    assert "\u202e" not in page
    assert "&lt;b&gt;soldiers&lt;/b&gt; died" in page
    assert "</script><" not in page.split('id="marks"')[1].split("</script>")[0]
