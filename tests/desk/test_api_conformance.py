"""schemathesis against the OpenAPI document, all operations, on a copy of the example record: no fault of the program, and answers as the document says."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS

from sayso.desk import Settings, application
from sayso.record import Record
from sayso.record.history import reviews_of
from sayso.record.incidents import list_incidents
from sayso.record.listing import list_reports

API = "/api/v1"
EXAMPLES = 10
"""Calls of each operation with input that the document allows, and as many with other input."""
CHECKED = (
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance", "response_schema_conformance",
    "unsupported_method", "allow_header_conformance",
)  # fmt: skip


def test_no_call_finds_a_fault_and_answers_are_as_described(example_record: Path, tmp_path: Path) -> None:
    where = tmp_path / "desk.db"
    shutil.copy(example_record, where)
    served = application(Settings(record=str(where), author="Anna", hosts=("testserver",)))
    schema = schemathesis.openapi.from_asgi(f"{API}/openapi.json", served)
    keys = _keys(where)
    answers: Counter[tuple[str, int]] = Counter()
    operations = sorted((result.ok() for result in schema.get_all_operations()), key=lambda one: (one.method != "get", "withdraw" in one.path))
    assert len(operations) >= 38
    for operation in operations:
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            _try(operation, mode, keys, answers)
    served.state.record.close()
    done = {label for label, status in answers if status in {200, 201}}
    assert {operation.label for operation in operations if operation.method == "get"} <= done


def _try(operation: Any, mode: GenerationMode, keys: dict[str, list[str]], answers: Counter[tuple[str, int]]) -> None:
    chosen = random.Random(operation.label)
    checks = CHECKS.get_by_names(list(CHECKED))

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None)
    @given(case=operation.as_strategy(generation_mode=mode))
    def call(case: Any) -> None:
        if "{key}" in operation.path and chosen.random() < 0.7:
            case.path_parameters["key"] = chosen.choice(keys[operation.path.split("/")[3]])
        answer = case.call()
        answers[operation.label, answer.status_code] += 1
        case.validate_response(answer, checks=checks)

    try:
        call()
    except Unsatisfiable:  # all that can be sent to some operations is allowed
        assert mode is GenerationMode.NEGATIVE


def _keys(where: Path) -> dict[str, list[str]]:
    """Ids of the record, so that not every call is for what is not there."""
    with Record(where) as record:
        reports = [row.digest for row in list_reports(record)]
        claims = [review.claim.id for report in reports for review in reviews_of(record, report)]
        return {"reports": reports, "claims": claims, "incidents": [row.id for row in list_incidents(record)]}
