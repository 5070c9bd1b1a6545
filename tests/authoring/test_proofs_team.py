"""Each proof about teams can fail: a fault is planted in a lesson that a team takes, and the proof notices it."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import pytest

from curriculum.authoring.proofs import PROOFS
from curriculum.authoring.subject import Subject, load_subject
from curriculum.course import lesson_plan
from curriculum.course.lesson_plan import LessonPlan
from curriculum.course.team_plan import Deed, TeamPlan
from curriculum.team import deal

SLUG = "cart_abandonment"


def against(name: str, subject: Subject) -> str:
    return " | ".join(f"{one.place}: {one.sentence}" for one in PROOFS[name].examine(subject, [3]))


def with_team(monkeypatch: pytest.MonkeyPatch, **changed: Any) -> Subject:
    """The lesson with another plan for teams, wherever it is read."""
    original = load_subject(SLUG)
    team = original.plan.team
    assert team is not None
    plan = original.plan.model_copy(update={"team": TeamPlan.model_validate({**team.model_dump(), **changed})})

    class Changed(Subject):
        @cached_property
        def plan(self) -> LessonPlan:  # type: ignore[override]
            return plan

    monkeypatch.setattr(deal, "load_plan", lambda slug: plan if slug == SLUG else lesson_plan.load_plan(slug))
    return Changed(original.entry)


SEATS = {"3": (("yuki", "gwen"), ("ines", "marta"), ("bo", "dele"))}


def test_the_lesson_itself_has_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    subject = with_team(monkeypatch, seats=SEATS)
    for name in ("a_team_seats_everybody", "right_answers_hold_at_the_table", "no_seat_decides_alone"):
        assert not against(name, subject)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"seats": {"3": (("yuki",), ("ines", "marta"), ("bo", "dele"))}}, "gwen has no seat"),
        ({"seats": {"3": (("yuki", "gwen"), ("ines", "marta", "bo"), ("bo", "dele"))}}, "bo sits twice"),
        ({"seats": {"3": (("yuki",), ("gwen",), ("ines", "marta", "bo", "dele"))}}, "gwen know nothing of their own"),
        ({"seats": {"3": (("yuki", "gwen", "ines", "marta"), ("bo", "dele"))}}, "there are 2 seats"),
        ({"seats": SEATS, "not_asked": ("nobody_asks",)}, "there is no criterion 'nobody_asks'"),
        (
            {"seats": SEATS, "deeds": (Deed(action="fly", by="bo", words="We fly."),)},
            "'fly' is no action of the conversation",
        ),
    ],
)
def test_seats_that_cannot_be_are_noticed(monkeypatch: pytest.MonkeyPatch, changed: dict[str, Any], said: str) -> None:
    found = against("a_team_seats_everybody", with_team(monkeypatch, **changed))
    assert said in found


def test_an_answer_that_needs_a_talk_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    subject = load_subject("product_ml_charter")
    team = subject.plan.team
    assert team is not None
    asked = subject.plan.model_copy(update={"team": team.model_copy(update={"not_asked": ()})})
    monkeypatch.setattr(deal, "load_plan", lambda slug: asked)
    found = against("right_answers_hold_at_the_table", subject)
    assert "said_is_signed does not hold for a team" in found


def test_a_seat_that_holds_all_that_is_needed_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    subject = with_team(monkeypatch, seats={"3": (("yuki", "ines", "marta", "bo"), ("dele",), ("gwen",))})
    found = against("no_seat_decides_alone", subject)
    assert "second_way, 3 seats: its documents need what one seat knows at most" in found
    assert "most_first" not in found, "that one needs what Dele knows"
