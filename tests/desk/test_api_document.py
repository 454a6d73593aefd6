"""The description of the API: complete, in step with what is answered, and nothing of it from elsewhere."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from sayso.desk.api.claims import Addition, Correction, Many, Verdict
from sayso.desk.api.history import Grading
from sayso.desk.api.incidents import Merge, Noted, Split
from sayso.desk.api.reports import Text, Withdrawal
from sayso.desk.api.session import Credentials
from tests.desk.desks import Desk

API = "/api/v1"


@pytest.fixture
def document(desk: Desk) -> Any:
    """The OpenAPI document."""
    answer = desk.client.get(f"{API}/openapi.json")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    return answer.json()


def operations(document: Any) -> list[tuple[str, str, Any]]:
    return [(path, method, told) for path, item in document["paths"].items() for method, told in item.items() if method in {"get", "post"}]


def test_it_describes_the_api_alone_and_all_of_it(desk: Desk, document: Any) -> None:
    assert all(path.startswith(f"{API}/") for path in document["paths"])
    served = {
        (route.path_format, method.lower())
        for route in desk.client.app.routes if route.path.startswith(f"{API}/") and "openapi.json" not in route.path
        for method in route.methods - {"OPTIONS"}
    }  # fmt: skip
    assert served == {(path, method) for path, method, _ in operations(document)}
    ids = [told["operationId"] for _, _, told in operations(document)]
    assert len(set(ids)) == len(ids)


def test_every_operation_is_told_with_its_refusals(document: Any) -> None:
    for path, method, told in operations(document):
        assert told["summary"] and told["description"] and told["tags"], path
        expected = {"400", "401", "403", "406", "500", "503"} | ({"304"} if method == "get" else {"413", "415"}) | ({"404"} if "{key}" in path else set())
        assert expected <= set(told["responses"]), path
        for status, answer in told["responses"].items():
            if status >= "400":
                body = answer["content"]["application/json"]
                assert body["schema"] == {"$ref": "#/components/schemas/Failure"}
                assert next(iter(body["examples"].values()))["value"]["error"].keys() == {"code", "message"}
        for parameter in told.get("parameters", []):
            assert parameter["description"], f"{path} {parameter['name']}"


def test_references_lead_somewhere(document: Any) -> None:
    names = set(document["components"]["schemas"])

    def look(value: Any) -> None:
        if isinstance(value, dict):
            if isinstance(reference := value.get("$ref"), str):
                assert reference.removeprefix("#/components/schemas/") in names
            for part in value.values():
                look(part)
        elif isinstance(value, list):
            for part in value:
                look(part)

    look(document)


def test_examples_can_be_sent(desk: Desk, document: Any) -> None:
    """All are of their form; texts are read."""
    forms = {
        "accept": Verdict, "reject": Verdict, "reopen": Verdict, "check": Verdict, "correct": Correction, "claims": Addition, "reviews": Many, "split": Split,
        "merge": Merge, "pin": Noted, "unpin": Noted, "grades": Grading, "withdraw": Withdrawal, "reports": Text, "read": Text,
        "session": Credentials,
    }  # fmt: skip
    seen = set()
    for path, method, told in operations(document):
        if method == "post" and (name := path.rpartition("/")[2]) not in {"undo", "redo", "end"}:
            content = told["requestBody"]["content"]["application/json"]
            (example,) = [one["value"] for one in content["examples"].values()] if "examples" in content else content["schema"]["examples"]
            msgspec.convert(example, forms[name])
            seen.add(name)
            if name in {"reports", "read"}:
                assert desk.client.post(path, json=example).json()
    assert seen == set(forms)


def test_the_page_lists_all_and_loads_nothing_from_elsewhere(desk: Desk, document: Any) -> None:
    page = desk.get(API)
    for path, _, told in operations(document):
        assert path in page
        assert told["summary"] in page.replace("&#39;", "'")
    assert "://" not in page.replace("http://www.w3.org", "")
    assert f'href="{API}"' in desk.get("/")


def test_who_may_not_read_sees_neither(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from sayso.desk import access

    class Nobody:
        name, role = "", ""

        def may(self, role: str) -> bool:
            return False

    monkeypatch.setattr(access, "user_of", lambda connection: Nobody())
    for address in (API, f"{API}/openapi.json", f"{API}/incidents", f"{API}/export?to=csv"):
        assert desk.client.get(address).status_code == 403
