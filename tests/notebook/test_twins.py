"""Widgets made again for a page whose kernel is gone."""

from __future__ import annotations

from pathlib import Path

import pytest

from curriculum import open_lesson
from curriculum.notebook.twins import twin
from curriculum.widgets.form import Form


@pytest.fixture
def folder(folder: Path) -> Path:
    """With a folder for another lesson beside it."""
    folder.with_name("interview_basics").mkdir()
    return folder


def test_a_twin_shows_and_writes_the_same_file(folder: Path) -> None:
    form = open_lesson("welcome", folder).form("ask")
    again = twin(*form.home["make"])
    assert isinstance(again, Form) and (again.path, again.home) == (form.path, form.home)
    again._handle_custom_msg({"op": "set", "path": ["ask"], "value": "Said by the twin"}, [])
    form.refresh()
    assert form.view["data"]["ask"] == "Said by the twin"


def test_every_widget_that_keeps_a_file_knows_its_home(folder: Path) -> None:
    lesson = open_lesson("welcome", folder)
    homes = [lesson.form("ask").home, lesson.talk().home]
    assert [home["name"].split("/")[:2] for home in homes] == [["welcome", "ask"], ["welcome", "first_talk"]]
    assert len({home["name"] for home in homes}) == 2
    assert type(twin(*homes[1]["make"])).__name__ == "Conversation"


def test_questions_from_memory_and_the_review_are_made_again(folder: Path) -> None:
    lesson = open_lesson("interview_basics", folder.with_name("interview_basics"))
    for widget in (lesson.recall(), lesson.review()):
        again = twin(*widget.home["make"])
        assert type(again).__name__ == type(widget).__name__
        assert again.view == widget.view


@pytest.mark.parametrize(
    "steps", [[["points", "ask"]], [["_report"]], [["__class__"]], [["put", "ask", "ask", "x"]], []]
)
def test_nothing_else_of_a_lesson_is_called(folder: Path, steps: list[list[str]]) -> None:
    with pytest.raises(LookupError):
        twin("welcome", str(folder), steps)
    assert not (folder / "answers" / "ask.yaml").exists()
