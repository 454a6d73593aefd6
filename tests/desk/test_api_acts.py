"""What the API does: the commands' acts, with locks against two at once, and nothing for other sites."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from sayso.cli import app
from sayso.model import decode, digest
from sayso.record.history import log, review_of, reviews_of
from sayso.record.incidents import accounts_of, list_incidents
from tests.desk.desks import EXAMPLES, Desk

API = "/api/v1"
TEXT = "OSH, September 20, 2022 (Highland News Agency) - Tajik forces shelled the village of Ak-Sai on Tuesday, Kyrgyzstan's border service said."


def sent(desk: Desk, address: str, body: Any = None, status: int = 200, **headers: str) -> Any:
    """What a call answers."""
    answer = desk.client.post(API + address, json={} if body is None else body, headers={name.replace("_", "-"): value for name, value in headers.items()})
    assert answer.status_code == status, f"{address}: {answer.status_code}: {answer.text[:400]}"
    return answer.json()


def refused(desk: Desk, address: str, body: Any, status: int, **headers: str) -> str:
    """What is said of a call that is refused."""
    told = sent(desk, address, body, status, **headers)["error"]
    assert "\n" not in told["message"] and "Traceback" not in told["message"]
    return str(told["message"])


@pytest.fixture
def report(desk: Desk) -> str:
    """A report with several claims."""
    return str(max(desk.client.get(f"{API}/reports").json()["rows"], key=lambda row: row["claims"])["digest"])


@pytest.fixture
def claim(desk: Desk, report: str) -> str:
    """A claim that stands."""
    return reviews_of(desk.record, report)[0].claim.id


def test_a_claim_is_accepted_rejected_and_put_back(desk: Desk, claim: str) -> None:
    accepted = sent(desk, f"/claims/{claim}/accept", {"note": "read the original"})
    assert (accepted["state"], accepted["reviewed_by"], accepted["note"]) == ("accepted", "Anna", "read the original")
    assert "accepted already" in refused(desk, f"/claims/{claim}/accept", {}, 409)
    assert sent(desk, f"/claims/{claim[:9]}/reject")["state"] == "rejected"
    assert [row["claim"]["id"] for row in desk.client.get(f"{API}/discarded").json()["rows"]] == [claim]
    assert sent(desk, f"/claims/{claim}/reopen")["state"] == "proposed"
    assert [e.action for e in log(desk.record, target=claim)] == ["reopen", "reject", "accept"]


def test_another_must_confirm(desk: Desk, claim: str) -> None:
    sent(desk, f"/claims/{claim}/accept")
    assert "another must confirm it" in refused(desk, f"/claims/{claim}/check", {}, 409)
    desk.record.by("Bo").reopen(claim)
    desk.record.by("Bo").accept(claim)
    assert sent(desk, f"/claims/{claim}/check")["checked_by"] == "Anna"


def test_of_two_who_saw_the_same_only_the_first_is_heard(desk: Desk, claim: str) -> None:
    before = desk.client.get(f"{API}/claims/{claim}")
    tag, seen = before.headers["etag"], before.json()["changed_in"]
    assert tag == f'"{seen}"'
    assert desk.client.get(f"{API}/claims/{claim}", headers={"If-None-Match": tag}).status_code == 304
    desk.record.by("Bo").accept(claim)
    assert "Bo" in refused(desk, f"/claims/{claim}/reject", {"seen": seen}, 409)
    assert "Bo" in refused(desk, f"/claims/{claim}/reject", {}, 412, If_Match=tag)
    assert "Bo" in refused(desk, "/reviews", {"claims": [claim], "state": "rejected", "seen": seen}, 409)
    assert "no ETag" in refused(desk, f"/claims/{claim}/reject", {}, 412, If_Match="1234")
    assert review_of(desk.record, claim).state == "accepted"
    now = desk.client.get(f"{API}/claims/{claim}", headers={"If-None-Match": tag})
    assert now.status_code == 200
    assert sent(desk, f"/claims/{claim}/reject", {}, If_Match=now.headers["etag"])["state"] == "rejected"
    assert sent(desk, f"/claims/{claim}/reopen", {}, If_Match="*")["state"] == "proposed"


def test_of_many_at_once_one_is_heard_and_each_is_answered(desk: Desk, claim: str) -> None:
    seen = desk.client.get(f"{API}/claims/{claim}").json()["changed_in"]
    acts = ["accept", "reject"] * 6
    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(lambda act: desk.client.post(f"{API}/claims/{claim}/{act}", json={"seen": seen}), acts))
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 11
    done = next(answer.json() for answer in answers if answer.status_code == 200)
    assert review_of(desk.record, claim).state == done["state"]
    assert len(log(desk.record, author="Anna")) == 1


def test_a_claim_is_corrected(desk: Desk, claim: str) -> None:
    form = desk.client.get(f"{API}/claims/{claim}").json()["claim"]
    form["background"] = not form["background"]
    form["where"] = {"name": "Ak-Sai", "country": "KGZ"}
    found = sent(desk, f"/claims/{claim}/correct", {"claim": form, "note": "it is here"})
    assert found["state"] == "corrected"
    assert (found["claim"]["background"], found["claim"]["where"]["name"]) == (form["background"], "Ak-Sai")
    assert decode(desk.get(f"{API}/reports/{review_of(desk.record, claim).report}")).claims
    assert "the one in the address" in refused(desk, f"/claims/{claim}/correct", {"claim": form | {"id": "other"}}, 400)
    moved = form["evidence"] | {"start": form["evidence"]["start"] + 1, "end": form["evidence"]["end"] + 1}
    assert "of the text is not" in refused(desk, f"/claims/{claim}/correct", {"claim": form | {"evidence": moved}}, 400)
    assert "claim" in refused(desk, f"/claims/{claim}/correct", {"claim": form | {"status": "perhaps"}}, 400)
    assert "unknown field" in refused(desk, f"/claims/{claim}/correct", {"claim": form, "notes": "x"}, 400)
    sent(desk, "/undo")
    assert review_of(desk.record, claim).state == "proposed"


def test_a_missed_claim_is_added(desk: Desk, report: str, claim: str) -> None:
    form = desk.client.get(f"{API}/claims/{claim}").json()["claim"] | {"id": ""}
    made = sent(desk, f"/reports/{report}/claims", {"claim": form, "note": "missed"}, 201)
    assert (made["state"], made["reviewed_by"]) == ("corrected", "Anna")
    assert made["claim"]["id"] not in {"", claim}
    assert made["claim"]["id"] in {row["claim"]["id"] for row in desk.client.get(f"{API}/reports/{report}/claims").json()["rows"]}
    refused(desk, "/reports/none/claims", {"claim": form}, 404)


def test_several_claims_are_one_act(desk: Desk, report: str) -> None:
    ids = [review.claim.id for review in reviews_of(desk.record, report)]
    assert sent(desk, "/reviews", {"claims": ids, "state": "accepted"}) == {"changed": ids}
    assert sent(desk, "/reviews", {"claims": ids[:1], "state": "accepted"}) == {"changed": []}
    assert sent(desk, "/undo")["about"] == f"{len(ids)} claims"
    assert {review.state for review in reviews_of(desk.record, report)} == {"proposed"}
    assert sent(desk, "/redo")["action"] == "accept"
    assert {review.state for review in reviews_of(desk.record, report)} == {"accepted"}
    refused(desk, "/reviews", {"claims": [*ids, "nobody"], "state": "rejected"}, 404)
    refused(desk, "/reviews", {"claims": ids, "state": "corrected"}, 400)
    refused(desk, "/reviews", {"claims": ids * 1000, "state": "rejected"}, 400)
    assert {review.state for review in reviews_of(desk.record, report)} == {"accepted"}


def test_with_nothing_to_undo_that_is_said(desk: Desk) -> None:
    assert "nothing in this record that could be undone" in refused(desk, "/undo", {}, 409)
    assert "could be done again" in refused(desk, "/redo", {}, 409)


def test_incidents_are_split_merged_pinned_and_left_to_the_rules(desk: Desk) -> None:
    row = max(list_incidents(desk.record), key=lambda r: r.claims)
    claims = [given.claim.id for account in accounts_of(desk.record, row.id).accounts for given in account.claims]
    other = next(r for r in list_incidents(desk.record) if r.id != row.id)
    strange = accounts_of(desk.record, other.id).accounts[0].claims[0].claim.id
    assert "not in this incident" in refused(desk, f"/incidents/{row.id}/split", {"claims": [strange]}, 400)
    refused(desk, f"/incidents/{row.id}/split", {"claims": []}, 400)
    assert "all claims of" in refused(desk, f"/incidents/{row.id}/split", {"claims": claims}, 409)
    apart = sent(desk, f"/incidents/{row.id}/split", {"claims": claims[-1:], "note": "another village"})
    assert claims[-1] in {given["claim"]["id"] for account in apart["accounts"] for given in account["claims"]}
    kept = desk.record.incident_id(f"i{claims[0]}")
    whole = sent(desk, f"/incidents/{kept}/merge", {"other": apart["incident"]["id"]})
    assert {given["claim"]["id"] for account in whole["accounts"] for given in account["claims"]} >= set(claims)
    assert "are one incident" in refused(desk, f"/incidents/{whole['incident']['id']}/merge", {"other": whole["incident"]["id"]}, 409)
    assert sent(desk, f"/incidents/{whole['incident']['id']}/pin")["incident"]["pinned"]
    assert not sent(desk, f"/incidents/{whole['incident']['id']}/unpin", {"note": "the rules do"})["incident"]["pinned"]
    assert [e.action for e in log(desk.record, author="Anna")] == ["unpin", "pin", "merge", "split"]
    refused(desk, "/incidents/inobody/pin", {}, 404)
    refused(desk, f"/incidents/{row.id}/merge", {"other": "inobody"}, 404)


def test_grades_are_the_users_own(desk: Desk, claim: str) -> None:
    name = desk.client.get(f"{API}/sources?limit=1").json()["rows"][0]["name"]
    made = sent(desk, "/grades", {"target": name, "reliability": "C", "note": "often late"})
    assert (made["action"], made["author"], made["about"]) == ("grade", "Anna", name)
    graded = desk.client.get(f"{API}/sources?limit=1").json()["rows"][0]["grades"]
    assert graded == [{"author": "Anna", "reliability": "C", "note": "often late"}]
    assert sent(desk, "/grades", {"target": claim, "credibility": "2"})["target"] == claim
    refused(desk, "/grades", {"target": name, "reliability": "G"}, 400)
    refused(desk, "/grades", {"target": name}, 400)
    assert "nobody in the record" in refused(desk, "/grades", {"target": "nobody at all", "reliability": "A"}, 404)


def test_texts_are_read_and_added_and_each_is_accounted_for(desk: Desk) -> None:
    known = (EXAMPLES / "1-bishkek.txt").read_text("utf-8")
    made = sent(desk, "/reports", [{"text": TEXT, "id": "osh-1"}, {"text": "…"}, {"text": known}, {"text": TEXT, "date": "20 Sept"}], 201)
    assert [(one["index"], one["outcome"]) for one in made["taken"]] == [(0, "added"), (2, "known")]
    assert (made["taken"][0]["id"], made["taken"][0]["digest"]) == ("osh-1", digest(TEXT))
    assert [one["index"] for one in made["refused"]] == [1, 3]
    assert "is no date" in made["refused"][1]["message"]
    row = desk.client.get(f"{API}/reports/osh-1").json()
    assert (row["report"]["text"], row["report"]["publisher"], len(row["claims"])) == (TEXT, "Highland News Agency", made["taken"][0]["claims"])
    assert [e.author for e in log(desk.record, target=digest(TEXT))] == ["Anna"]
    assert sent(desk, "/reports", {"text": TEXT, "id": "osh-1"}, 200)["taken"][0]["outcome"] == "known"
    assert sent(desk, "/reports", {"text": TEXT, "publisher": "Valley Post", "date": "2022-09-22"}, 201)["taken"][0]["outcome"] == "appeared"
    newer = TEXT.replace("shelled", "shelled and burned")
    assert sent(desk, "/reports", {"text": newer, "id": "osh-1", "date": "2022-09-21", "publisher": "Highland News Agency"}, 201)["taken"][0]["supersedes"]
    assert "the text was not taken" in refused(desk, "/reports", {"text": "1234"}, 400)
    assert "none of the 2 texts" in refused(desk, "/reports", [{"text": "1234"}, {"text": ""}], 400)
    assert "mean the same" in refused(desk, "/reports", {"text": TEXT, "date": "2022-09-21", "published": "2022-09-21"}, 400)
    refused(desk, "/reports", [], 400)
    refused(desk, "/reports", [{"text": TEXT}] * 51, 400)
    refused(desk, "/reports", {"title": "no text"}, 400)
    refused(desk, "/reports", {"text": "a" * 500_001}, 400)


def test_a_text_is_read_and_not_kept(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "osh.txt").write_text(TEXT, "utf-8")
    for words, query in (([], ""), (["--min-confidence", "0.6"], "?min_confidence=0.6")):
        done = CliRunner().invoke(app, ["read", str(tmp_path / "osh.txt"), "--publisher", "Valley Post", "--format", "jsonl", *words], prog_name="sayso")
        assert sent(desk, f"/read{query}", {"text": TEXT, "publisher": "Valley Post"}) == json.loads(done.stdout)
    explained = sent(desk, "/read?explanations=yes", {"text": TEXT})
    assert set(explained["explanations"]) == {claim["id"] for claim in explained["claims"]} != set()
    assert len(desk.client.get(f"{API}/reports").json()["rows"]) == 6
    refused(desk, "/read", {"text": "…"}, 400)


def test_a_report_is_taken_back(desk: Desk, report: str) -> None:
    found = sent(desk, f"/reports/{report[:12]}/withdraw", {"note": "killed by the agency"})
    assert (found["digest"], found["withdrawn"], found["claims"]) == (report, True, 0)
    assert desk.client.get(f"{API}/reports/{report}").json()["claims"] == []
    assert log(desk.record, target=report)[0].note == "killed by the agency"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"}, {"Origin": "null"}, {"Origin": "http://desk.test.evil.example"}, {"Origin": "http://desk.test:81"},
        {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "http://desk.test", "Sec-Fetch-Site": "cross-site"},
    ],
)  # fmt: skip
def test_a_page_of_another_site_changes_nothing(desk: Desk, claim: str, headers: dict[str, str]) -> None:
    answer = desk.client.post(f"{API}/claims/{claim}/accept", json={}, headers=headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "forbidden")
    assert review_of(desk.record, claim).state == "proposed"


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/jsonp", ""])
def test_what_a_form_can_send_is_not_taken(desk: Desk, claim: str, kind: str) -> None:
    answer = desk.client.post(f"{API}/claims/{claim}/accept", content=b"{}", headers={"Content-Type": kind})
    assert (answer.status_code, answer.json()["error"]["code"]) == (415, "unsupported-media-type")
    assert review_of(desk.record, claim).state == "proposed"


def test_this_sites_own_pages_may_ask(desk: Desk, claim: str) -> None:
    sent(desk, f"/claims/{claim}/accept", {}, Origin="http://desk.test", Sec_Fetch_Site="same-origin")
    sent(desk, f"/claims/{claim}/reopen", {}, Sec_Fetch_Site="none", Content_Type="Application/JSON; charset=utf-8")


def test_forms_still_need_their_token(desk: Desk) -> None:
    for address in ("/theme", "/theme?x=/api/v1/", "/theme/api/v1/"):
        assert desk.client.post(address, data={"theme": "dark"}).status_code in {403, 404, 405}


def test_other_names_of_this_machine_are_refused(desk: Desk) -> None:
    assert desk.client.get(f"{API}/incidents", headers={"Host": "evil.example"}).status_code == 400


def test_who_may_only_read_changes_nothing(desk: Desk, claim: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from sayso.desk import access

    monkeypatch.setattr(access, "user_of", lambda connection: access.User(name="Reader", role="read"))
    paths = desk.client.get(f"{API}/openapi.json").json()["paths"]
    changing = [path for path, item in paths.items() if "post" in item and path not in {f"{API}/read", f"{API}/session", f"{API}/session/end"}]
    assert len(changing) >= 15
    for path in changing:
        answer = desk.client.post(path.replace("{key}", claim), json={})
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "forbidden"), path
    assert desk.client.get(f"{API}/incidents").status_code == 200
    assert log(desk.record)[0].action == "add"


def test_what_was_decided_since_it_was_seen_is_not_overwritten(desk: Desk) -> None:
    incident = next(row for row in list_incidents(desk.record) if row.claims > 1)
    seen = desk.record.version()
    desk.record.by("Bo").pin(incident.id)
    for act, more in (("pin", {}), ("unpin", {}), ("split", {"claims": [accounts_of(desk.record, incident.id).accounts[0].claims[0].claim.id]})):
        answer = desk.client.post(f"/api/v1/incidents/{incident.id}/{act}", json={"seen": seen, **more})
        assert answer.status_code == 409, answer.text
    assert desk.client.post(f"/api/v1/incidents/{incident.id}/unpin", json={"seen": desk.record.version()}).status_code < 300
