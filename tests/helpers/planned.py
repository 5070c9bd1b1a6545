"""A small plan in the world of `welcome`, with a few of everything: picks, numbers, days and words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any, ClassVar

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Day, Line, Part, Pick, Ref
from curriculum.authoring.subject import Subject
from curriculum.course.fixtures import Fixtures, NearMiss
from graders.rubric import Objections, Rubric, met
from tests.helpers.altered import Altered, plan_with

SETTINGS: dict[str, Any] = {"points": 1, "voice": "noor", "skill": "run_meetings", "hints": ("One.", "Two.")}


class Share(Part):
    who: Annotated[Ref, Pick("people"), Field(title="Who")] = ""
    share: Annotated[Amount, Field(title="Share")] = None


class Plan(Artifact):
    """A small document with everything that players change."""

    kind: ClassVar[str] = "plan"
    title: ClassVar[str] = "Plan"

    shares: Annotated[tuple[Share, ...], Field(title="Shares", max_length=9)] = ()
    tellers: Annotated[tuple[Annotated[Ref, Pick("people")], ...], Field(title="Tellers", max_length=9)] = ()
    lead: Annotated[Ref, Pick("people"), Field(title="Lead")] = ""
    on: Annotated[Day, Field(title="Day")] = None
    minutes: Annotated[Amount, Field(title="Minutes")] = None
    limit: Annotated[Amount, Field(title="Limit")] = None
    words: Annotated[Line, Field(title="Words")] = ""


ONE_SHARE_WRONG = NearMiss.model_validate(
    {
        "id": "one_share_wrong",
        "from": "earlier_job",
        "artifact": "plan",
        "patch": [{"op": "replace", "path": "/shares/0/share", "value": 1}],
        "fails": ["shares_are_right"],
        "flaw": "One of the shares is wrong.",
        "tempting": "One is a small number, and small numbers are quickly written.",
    }
)


def everything_is_fine(plan: Plan) -> Objections:
    """Everything is fine."""
    yield from ()
    return met("Fine.")


def with_plan(fixtures: Fixtures, seed: int) -> Fixtures:
    answer = {
        "shares": [{"who": "noor", "share": 40 + seed}, {"who": "tomas", "share": 60 - seed}],
        "tellers": ["noor"],
        "on": f"2026-04-{10 + seed:02d}",
        "minutes": 21.0 + seed,
        "limit": 15,
        "words": f"From {10 + seed} April on it takes {21 + seed} minutes, not 15.",
    }
    exemplars = {name: {**files, "plan": answer} for name, files in fixtures.exemplars.items()}
    return replace(fixtures, exemplars=exemplars, near_misses=(ONE_SHARE_WRONG,))


class Planned(Altered):
    """`welcome` with a plan instead of an ask, and a rubric that likes everything."""

    def fixtures(self, seed: int) -> Fixtures:
        return with_plan(super().fixtures(seed), seed)


def planned(*judges: Callable[..., Objections], question_zero: bool = False, **parts: Any) -> Subject:
    rubric = Rubric("welcome", {"plan": Plan}, ("first_talk",))
    for judge in judges or (everything_is_fine,):
        rubric.criterion(**SETTINGS)(judge)
    return Planned(rubric=rubric, plan=plan_with(question_zero=question_zero), **parts)
