"""The fit of confidence: a reason that goes with errors weighs against, and a fitted chance is the share that came right."""

from __future__ import annotations

import pytest

from training.confidence import Rows, calibration_error, fit


def test_reasons_weigh_as_they_go_with_errors() -> None:
    data: Rows = [(frozenset(), n % 4 != 0) for n in range(200)] + [(frozenset({"a guess"}), n % 4 == 0) for n in range(200)]
    weights = fit(data)

    assert weights[""] == pytest.approx(1.1, abs=0.15)
    assert weights["a guess"] == pytest.approx(-2.2, abs=0.3)
    assert calibration_error(data, weights) < 0.02
    assert calibration_error(data, {"": 3.0, "a guess": 0.0}) > 0.4
