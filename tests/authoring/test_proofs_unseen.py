"""What is run has a second draw, on which a rule by heart fails and a rule by reason holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any, ClassVar

import numpy as np
import pytest
from pydantic import Field

from curriculum.artifacts.base import Artifact, Line
from curriculum.authoring.learners_by_heart import by_heart
from curriculum.authoring.subject import Subject, load_subject
from curriculum.cases import Case, load_unseen
from curriculum.cases.base import by_id, frozen_columns
from curriculum.course.fixtures import Fixtures
from curriculum.course.lesson_plan import Executed
from curriculum.support.rules import compile_rule
from graders.rubric import Objections, Rubric, met, objection
from tests.helpers.altered import Altered, against, plan_with

EXECUTED = Executed(artifact="alarm", rules="rings_when", table="nights")
TYPES = {"night": int, "minutes": float}


class Alarm(Artifact):
    kind: ClassVar[str] = "alarm"
    title: ClassVar[str] = "Alarm"

    rings_when: Annotated[Line, Field(title="It rings when")] = ""


def nights(seed: int) -> Case:
    """The world of `welcome` with twenty nights, of which one in four is slow."""
    case, rng = load_subject("welcome").case(seed % 64), np.random.default_rng(seed)
    minutes = np.round(rng.permutation(np.where(np.arange(20) % 4, 20.0, 60.0)) + rng.uniform(0, 9, 20), 2)
    table = frozen_columns(night=np.arange(1, 21) + 20 * (seed >= 64), minutes=minutes)
    return replace(case, columns={"nights": table})


def rings(case: Case, rule: str) -> bool:
    """Whether a rule rings on the slow nights of a draw and on no other."""
    columns = case.columns["nights"]
    hits = np.array(compile_rule(rule, TYPES).each(columns))
    return bool(np.array_equal(hits, columns["minutes"] > 40))


def rings_on_what_is_shown(alarm: Alarm, case: Case) -> Objections:
    """It rings on slow nights only."""
    if not rings(nights(case.seed), alarm.rings_when):
        yield objection("rings_when", "It rings on other nights.", "slow nights only")
    return met("Fine.")


def rings_on_other_nights(alarm: Alarm, case: Case) -> Objections:
    """It rings on slow nights only, also on nights that no table shows."""
    if not rings(nights(case.seed), alarm.rings_when) or not rings(nights(case.seed + 64), alarm.rings_when):
        yield objection("rings_when", "It rings on other nights.", "slow nights only, whichever they are")
    return met("Fine.")


class WithAlarm(Altered):
    def case(self, seed: int) -> Case:
        return nights(seed)

    def unseen(self, seed: int) -> Case | None:
        other: Case | None = self._altered("second", replace(nights(seed + 64), seed=seed))
        return other

    def fixtures(self, seed: int) -> Fixtures:
        fixtures = super().fixtures(seed)
        exemplars = {
            name: {**files, "alarm": {"rings_when": "minutes > 40.0"}} for name, files in fixtures.exemplars.items()
        }
        return Fixtures(exemplars, fixtures.near_misses)


def alarmed(judge: Callable[..., Objections], *executed: Executed, **parts: Any) -> Subject:
    rubric = Rubric("welcome", {"alarm": Alarm}, ("first_talk",))
    rubric.criterion(points=1, voice="noor", skill="run_meetings", hints=("One.", "Two."))(judge)
    return WithAlarm(rubric=rubric, plan=plan_with(executed=executed), **parts)


def renamed(case: Case) -> Case:
    return replace(case, people=by_id(*(replace(person, role="someone") for person in case.people.values())))


def shown_again(case: Case) -> Case:
    return nights(case.seed)


def narrower(case: Case) -> Case:
    columns = case.columns["nights"]
    return replace(case, columns={"nights": {"minutes": columns["minutes"]}})


def second(draw: Callable[[Case], Case | None]) -> Subject:
    return alarmed(rings_on_other_nights, EXECUTED, second=draw)


ELSEWHERE = EXECUTED.model_copy(update={"table": "days"})
PLANTED: list[tuple[str, Callable[[], Subject], str]] = [
    ("what_is_run_is_declared", lambda: alarmed(rings_on_other_nights), "it is a rule over the table nights"),
    ("what_is_run_is_declared", lambda: alarmed(rings_on_other_nights, ELSEWHERE), "no table days"),
    ("a_second_draw_is_of_the_same_world", lambda: second(lambda case: None), "the case has no second draw"),
    ("a_second_draw_is_of_the_same_world", lambda: second(renamed), "its people or facts are others"),
    ("a_second_draw_is_of_the_same_world", lambda: second(shown_again), "its rows are those that the table shows"),
    ("a_second_draw_is_of_the_same_world", lambda: second(narrower), "its columns are others"),
    ("rules_by_heart_fail", lambda: alarmed(rings_on_what_is_shown, EXECUTED), "rules that list the rows by night"),
    ("rules_by_heart_fail", lambda: alarmed(rings_on_what_is_shown, EXECUTED), "rules that list the rows by minutes"),
]


@pytest.mark.parametrize(("proof", "subject", "words"), PLANTED, ids=[f"{i}-{p}" for i, (p, *_) in enumerate(PLANTED)])
def test_a_planted_fault_is_noticed(proof: str, subject: Callable[[], Subject], words: str) -> None:
    assert words in against(proof, subject())


@pytest.mark.parametrize("proof", sorted({proof for proof, *_ in PLANTED}))
def test_a_lesson_that_runs_rules_on_both_draws_is_left_alone(proof: str) -> None:
    assert against(proof, alarmed(rings_on_other_nights, EXECUTED)) == ""


def test_a_rule_by_heart_is_true_of_the_same_rows_of_the_shown_table() -> None:
    subject = alarmed(rings_on_other_nights, EXECUTED)
    files = subject.fixtures(3).exemplars["earlier_job"]
    listed = dict(by_heart(nights(3), files, EXECUTED))
    assert listed.keys() == {"night", "minutes"}
    for answers in listed.values():
        assert rings(nights(3), answers["alarm"]["rings_when"])
        assert not rings(nights(67), answers["alarm"]["rings_when"])


def test_a_rule_that_cannot_be_run_is_not_learned_by_heart() -> None:
    assert list(by_heart(nights(3), {"alarm": {"rings_when": "minutes >"}}, EXECUTED)) == []


def test_a_lesson_without_a_second_draw_has_none() -> None:
    assert load_unseen("welcome", 0) is None
