"""An artifact kind of our own with fields that nobody types: rows of a table, an example, a text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Derived, Line, Part, Pick, Ref
from curriculum.cases import Case
from tests.helpers.form_trial import Page


class Known(Part):
    """A role and its days."""

    role: Annotated[Ref, Pick("roles"), Field(title="Role")] = ""
    days: Annotated[Amount, Field(title="Days")] = None


class Answer(Part):
    """One value that comes back, with an example of it."""

    name: Annotated[Line, Field(title="Name")] = ""
    value: Annotated[Line, Field(title="Example value")] = ""
    example: Annotated[
        Line, Derived("built from the name and the example value"), Field(title="Example", description="As it comes.")
    ] = ""


class Plan(Artifact):
    """A plan with known days, and examples of answers."""

    kind: ClassVar[str] = "plan"
    title: ClassVar[str] = "Plan"

    known: Annotated[
        tuple[Known, ...], Derived("carried over from the case"), Field(title="Days that there are", max_length=9)
    ] = ()
    note: Annotated[Line, Field(title="Note")] = ""
    answers: Annotated[tuple[Answer, ...], Field(title="Answers", max_length=4)] = ()
    problem: Annotated[Line, Derived("carried over from the one-page requirements"), Field(title="Problem")] = ""


def derive_plan(case: Case, artifacts: Mapping[str, Artifact]) -> Mapping[str, Any]:
    """Days from the case, examples from the plan's own fields, the problem from the page."""
    plan, page = artifacts["plan"], artifacts.get("page")
    assert isinstance(plan, Plan)
    values: dict[str, Any] = {
        "known": [{"role": id, "days": getattr(role, "capacity", None)} for id, role in case.more["roles"].items()]
    }
    for number, answer in enumerate(plan.answers, start=1):
        values[f"answers[{number}].example"] = f"{answer.name}: {answer.value}"
    if isinstance(page, Page):
        values["problem"] = page.problem
    return values
