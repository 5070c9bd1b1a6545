"""Fields that nobody types: worked out when read, never stored, told where a file says something else."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from curriculum.artifacts.base import Artifact
from curriculum.artifacts.derived import NotDerived, completed, completed_one, filled
from curriculum.artifacts.document import markdown
from curriculum.artifacts.reading import parse_artifact, read_artifact, write_artifact
from curriculum.artifacts.rows import Misfits, filling
from curriculum.artifacts.starter import starter
from curriculum.cases import Case
from tests.helpers.derived_trial import Answer, Known, Plan, derive_plan
from tests.helpers.form_trial import Page
from tests.helpers.scoping_trial import scoping_case

CASE = scoping_case()
PLAN = Plan(note="So be it", answers=(Answer(name="items", value="T-104"), Answer(name="source", value="model")))
KNOWN = (Known(role="ml", days=20), Known(role="data", days=24), Known(role="design", days=15))


def done(plan: Plan, **others: Artifact) -> tuple[Plan, tuple[str, ...]]:
    artifacts, notes = completed({"plan": plan, **others}, {"plan": derive_plan}, CASE)
    plan_done = artifacts["plan"]
    assert isinstance(plan_done, Plan)
    return plan_done, notes


def test_values_come_from_the_case_from_own_fields_and_from_other_artifacts() -> None:
    plan, notes = done(PLAN, page=Page(problem="Empty rows"))
    assert plan.known == KNOWN and plan.problem == "Empty rows" and notes == ()
    assert [answer.example for answer in plan.answers] == ["items: T-104", "source: model"]
    assert plan.note == "So be it"
    assert done(plan, page=Page(problem="Empty rows"))[0] == plan, "a second time nothing changes"


def test_what_cannot_be_said_yet_stays_blank() -> None:
    assert done(PLAN)[0].problem == ""


def test_they_are_no_work_of_the_learners() -> None:
    plan, _ = done(PLAN)
    assert "known" not in plan.plain() and plan.plain()["answers"][0] == {"name": "items", "value": "T-104"}
    assert [place for place, _ in plan.texts()] == [
        "note", "answers[1].name", "answers[1].value", "answers[2].name", "answers[2].value"
    ]  # fmt: skip
    only = Plan(known=KNOWN, problem="typed")
    assert only.is_blank() and completed({"plan": only}, {"plan": derive_plan}, CASE)[0] == {}


def test_they_are_not_stored(tmp_path: Path) -> None:
    plan, _ = done(PLAN)
    write_artifact(tmp_path / "plan.yaml", plan)
    assert read_artifact(tmp_path / "plan.yaml", Plan).artifact == PLAN


def test_a_document_shows_them() -> None:
    page = markdown(done(PLAN)[0], CASE.registry)
    assert "| ML engineer | 20 |" in page and "items: T-104" in page


def test_a_file_that_says_something_else_is_told_and_not_believed() -> None:
    text = "note: a\nproblem: mine\nknown: [{role: ml, days: 99}]\nanswers: [{name: a, value: b, example: 'a: c'}]\n"
    plan, notes = done(parse_artifact(text, Plan, "plan.yaml").artifact)
    assert plan.known == KNOWN and plan.problem == "" and plan.answers[0].example == "a: b"
    assert notes == (
        "Plan: “Days that there are” is not typed but carried over from the case. What the file says there is not "
        "read.",
        "Plan: “Answers 1, Example” is not typed but built from the name and the example value. What the file says "
        "there is not read.",
        "Plan: “Problem” is not typed but carried over from the one-page requirements. What the file says there is not "
        "read.",
    )


def test_a_file_that_says_the_same_is_not_told() -> None:
    full, _ = done(PLAN)
    assert completed({"plan": full}, {"plan": derive_plan}, CASE)[1] == ()


def test_a_function_that_breaks_costs_the_learner_nothing() -> None:
    def broken(case: Case, artifacts: Mapping[str, Artifact]) -> Mapping[str, Any]:
        raise KeyError("roles")

    plan, notes = completed_one(PLAN, broken, CASE, {})
    assert plan == PLAN and "could not be worked out (KeyError)" in notes[0]


@pytest.mark.parametrize("values", [{"note": "x"}, {"answers[9].example": "x"}, {"known": "x"}, {"nothing": 1}])
def test_a_function_may_only_fill_what_is_declared(values: dict[str, Any]) -> None:
    with pytest.raises(NotDerived):
        filled(PLAN, lambda case, artifacts: values, CASE, {"plan": PLAN})


def test_code_cannot_put_them_either() -> None:
    for place, value in (("known", [{"days": 1}]), ("problem", "x"), ("answers", [{"name": "a", "example": "b"}])):
        with pytest.raises(Misfits, match=r"not typed|not written"):
            filling(PLAN, place, value, lambda kind: {})


def test_a_text_file_begins_without_them() -> None:
    text = starter(Plan)
    assert "# Days that there are: not typed, carried over from the case" in text and "\nknown:" not in text
    assert parse_artifact(text, Plan, "plan.yaml").artifact == Plan()
