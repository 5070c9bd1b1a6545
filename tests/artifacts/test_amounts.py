"""Numbers that no field is meant for break no check: who finds one would choose to be graded by hand."""

from __future__ import annotations

import pytest

from curriculum.artifacts.base import SMALLEST
from curriculum.artifacts.experiment_plan import ExperimentPlan
from curriculum.artifacts.reading import parse_artifact


@pytest.mark.parametrize("text", ["5e-324", "-1e-300", "1.0e-13", "'1e-300'"])
def test_what_is_nearer_to_nothing_than_anybody_measures_is_nothing(text: str) -> None:
    assert parse_artifact(f"worth: {text}\n", ExperimentPlan, "a.yaml").artifact.worth == 0


@pytest.mark.parametrize("number", [SMALLEST, -0.002, 1e12])
def test_other_amounts_stay(number: float) -> None:
    assert parse_artifact(f"worth: {number:.15f}\n", ExperimentPlan, "a.yaml").artifact.worth == number
