"""Reading back in a notebook: the step of a lesson, and that talks and read-backs show each other's changes at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from curriculum import open_lesson
from curriculum.artifacts.saying_back import SayingBack
from curriculum.learner.lesson_files import LessonFiles
from curriculum.notebook.refusals import LessonError
from curriculum.notebook.writing import Desk
from curriculum.widgets.conversation import Conversation
from graders.grade import Submission
from graders.rubric import Rubric
from tests.helpers.trial_read_back import CASE, HEARD, TALK, Syntheses

WHOLE = SayingBack(
    claims=("feature_store", "old_arrivals", "summer"), number=9.0, firmness="must", sentence="It rests on yesterday."
)


def test_a_lesson_whose_artifact_says_nothing_back_says_so(tmp_path: Path) -> None:
    (tmp_path / "welcome").mkdir()
    lesson = open_lesson("welcome", tmp_path / "welcome")
    with pytest.raises(LessonError, match=r"use lesson\.form\('ask'\)"):
        lesson.read_back("ask")
    with pytest.raises(LessonError, match="There is no artifact"):
        lesson.read_back("prd")


def test_what_is_said_in_one_cell_is_seen_in_the_other(tmp_path: Path) -> None:
    files = LessonFiles("welcome", tmp_path, None)
    rubric = Rubric("welcome", {"syntheses": Syntheses}, ("talks",))
    desk = Desk(CASE, files, rubric, lambda: Submission({}))
    talk = Conversation(CASE, TALK, files.artifact("talks"))
    desk.shares_talk(talk)
    back = desk.read_back("syntheses", TALK)
    assert closed(back) == "First talk to both of them."
    for turn, id in enumerate(HEARD):
        talk.operate({"op": "choose", "id": id, "turn": turn, "attempt": 1})
    assert closed(back) == ""
    for name, value in WHOLE.model_dump(mode="json").items():
        operations: list[dict[str, Any]] = [{"op": "set", "path": ["bertil", name], "value": value}]
        if name == "claims":
            operations = [{"op": "pick", "path": ["bertil", "claims"], "id": id, "on": True} for id in value]
        for operation in operations:
            back.operate(operation)
    back.operate({"op": "say_back", "person": "bertil", "round": 0, "attempt": 1})
    assert [one["status"] for one in talk.view["turns"][-1]["back"]] == ["confirmed"]
    assert "go_on" in [choice["id"] for choice in talk.view["choices"]]
    talk.operate({"op": "rewind", "turn": 0, "attempt": 1})
    assert closed(back) == "First talk to both of them."


def closed(back: Any) -> str:
    return str(back.view["people"][0]["closed"])
