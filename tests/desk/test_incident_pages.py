"""The first page and the pages of incidents: what they show of the example record, and how they refuse."""

from __future__ import annotations

import re
import time

import pytest

from sayso.desk.counting import Lately
from sayso.record.incidents import list_incidents
from tests.desk.desks import Desk


def test_the_first_page_counts_reports_and_shows_what_is_in_dispute(desk: Desk) -> None:
    page = desk.get("/")
    assert "6 reports" in page
    assert "≠" in page


def test_a_filter_of_the_list_is_that_of_the_command(desk: Desk) -> None:
    page = desk.get("/incidents?disputed=yes")
    rows = re.findall(r'href="/incidents/(i[0-9a-f]+)"', page)
    assert rows == [row.id for row in list_incidents(desk.record, disputed=True)]


def test_an_incident_shows_its_accounts_beside_each_other(desk: Desk) -> None:
    row = list_incidents(desk.record, disputed=True)[0]
    page = desk.get(f"/incidents/{row.id}")
    assert page.count('<article class="account"') == row.accounts
    assert "Field by field" in page
    assert 'class="in-dispute"' in page


@pytest.mark.parametrize(("address", "status"), [("/incidents?page=0", 400), ("/incidents?since=yesterday", 400), ("/incidents/ixyz", 400), ("/nowhere", 404)])
def test_what_cannot_be_shown_is_told_in_a_line(desk: Desk, address: str, status: int) -> None:
    page = desk.get(address, status)
    assert 'role="alert"' in page
    assert "Traceback" not in page


def test_the_look_is_kept_and_leads_back_nowhere_else(desk: Desk) -> None:
    assert desk.post("/theme", 302, theme="dark", back="/incidents") == "/incidents"
    assert 'data-theme="dark"' in desk.get("/")
    assert desk.post("/theme", 302, theme="dark", back="//evil.example") == "/"


def test_a_form_without_its_token_is_refused(desk: Desk) -> None:
    assert desk.client.post("/theme", data={"theme": "dark"}).status_code == 403
    assert 'data-theme="dark"' not in desk.get("/")


def test_a_count_is_given_as_it_was_and_made_anew_beside() -> None:
    counted: list[int] = []

    def count() -> int:
        counted.append(1)
        return len(counted)

    lately = Lately(count, fresh=0.0)
    assert lately.get() == 1
    for _ in range(200):
        if lately.get() > 1:
            break
        time.sleep(0.005)
    assert lately.get() > 1
    kept = Lately(count, fresh=1_000.0)
    assert len({kept.get() for _ in range(9)}) == 1
