"""How sure somebody was: kept with the version, compared once, drawn when there is enough."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from curriculum import open_lesson
from curriculum.artifacts.flaws import Flaws
from curriculum.artifacts.reading import write_artifact
from curriculum.course.fixtures import load_exemplar, write_files
from curriculum.learner.progress import Progress
from curriculum.notebook.lesson import Lesson
from curriculum.notebook.refusals import LessonError
from curriculum.notebook.twins import twin
from curriculum.pages.sureness import FEWEST, STEPS, Said, compared, curve, earned_step
from tests.helpers.own_ask import own_ask


@pytest.fixture
def lesson(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lesson:
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    (tmp_path / ".curriculum").mkdir()
    folder = tmp_path / "beginner" / "welcome"
    folder.mkdir(parents=True)
    return open_lesson("welcome", folder)


def write(lesson: Lesson, *, late: bool = False) -> None:
    write_files(own_ask(lesson._case, late=late), lesson._files.answers)


def progress(lesson: Lesson) -> Progress:
    assert lesson._progress is not None
    return lesson._progress


def test_nothing_is_asked_of_what_is_not_written(lesson: Lesson) -> None:
    asked = lesson.how_sure("ask")
    assert asked.view["state"] == "nothing"
    asked.operate({"op": "say", "step": 4})
    write(lesson)
    asked.operate({"op": "reread"})
    assert (asked.view["state"], asked.view["said"]) == ("ask", None)


def test_what_is_said_stands_beside_what_it_earned(lesson: Lesson, capsys: pytest.CaptureFixture[str]) -> None:
    write(lesson, late=True)
    asked = lesson.how_sure("ask")
    asked.operate({"op": "say", "step": 2})
    asked.operate({"op": "say", "step": 5})
    assert asked.view["said"] == 5, "the later word counts"
    lesson.check("ask")
    points = lesson.points("ask")
    assert points < 6
    told = asked.view["sentence"]
    assert told.startswith(f"You said “certain” (nearly all points). It earned {points:g} of 6 points.")
    assert told in capsys.readouterr().out


def test_a_version_is_not_asked_twice_and_a_changed_one_is(lesson: Lesson) -> None:
    write(lesson, late=True)
    asked = lesson.how_sure("ask")
    lesson.check("ask")
    assert asked.view["state"] == "checked"
    asked.operate({"op": "say", "step": 5})
    assert progress(lesson).all_said() == (), "nobody is sure in advance of what they have seen"
    write(lesson)
    asked.operate({"op": "reread"})
    assert asked.view["state"] == "ask"
    asked.operate({"op": "say", "step": 5})
    lesson.check("ask")
    lesson.check("ask")
    assert [(one.step, one.points, one.maximum) for one in progress(lesson).all_said()] == [(5, 6.0, 6.0)]


def test_writing_in_a_form_asks_anew(lesson: Lesson) -> None:
    write(lesson)
    form, asked = lesson.form("ask"), lesson.how_sure("ask")
    lesson.check("ask")
    assert asked.view["state"] == "checked"
    form.operate({"op": "set", "path": ["ask"], "value": "Can we move it?"})
    assert asked.view["state"] == "ask"


def test_a_word_can_be_said_by_code_and_a_new_kernel_makes_the_widget_anew(lesson: Lesson) -> None:
    write(lesson)
    with pytest.raises(LessonError, match="say one of: a guess, doubtful"):
        lesson.how_sure("ask", "perhaps")
    asked = lesson.how_sure("ask", "fairly sure")
    assert "You said: fairly sure." in asked.as_text()
    anew = twin(*json.loads(json.dumps(asked.home["make"])))
    assert anew.view == asked.view


def test_without_a_workspace_nothing_is_asked(tmp_path: Path) -> None:
    assert "in none" in open_lesson("welcome", tmp_path).how_sure("ask").text


def test_a_lesson_that_begins_anew_forgets(lesson: Lesson) -> None:
    write(lesson)
    lesson.how_sure("ask", "certain")
    progress(lesson).forget("welcome")
    assert lesson.how_sure("ask").view["said"] is None


def test_words_cover_all_points_and_border_on_each_other() -> None:
    for percent in range(101):
        fitting = STEPS[earned_step(percent / 100) - 1]
        assert fitting.off(percent / 100) == 0
        assert [step.off(percent / 100) for step in STEPS] == sorted(step.off(percent / 100) for step in STEPS)
    assert "as you said" in compared(4, 5, 6)
    assert "surer than it was good: “half sure”" in compared(5, 3, 6)
    assert "better than you thought: “certain”" in compared(1, 6, 6)


def test_a_curve_comes_with_enough_and_says_until_then_how_many_are_missing() -> None:
    some = [Said("2026-11-26", "welcome", "ask", 1 + n % 5, float(n % 7), 6) for n in range(FEWEST)]
    assert "1 time so far" not in curve([]).text
    assert curve(some[:-1]).text.endswith(
        f"Said and checked {FEWEST - 1} times so far; once more, and a curve shows how well you know your own work."
    )
    page = curve(some)
    assert page.html.count("<img") == 1
    rows = [line for line in page.text.splitlines() if line.startswith("| ") and "(" in line]
    assert [row.split(" | ")[1] for row in rows] == ["twice"] * 5
    assert all(row.split(" | ")[2] == "–" for row in rows), "two are too few for an average"


def test_the_flaw_hunt_asks_as_well_and_a_wrong_accusation_costs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    (tmp_path / ".curriculum").mkdir()
    folder = tmp_path / "beginner" / "recommendation_scoping"
    folder.mkdir(parents=True)
    lesson = open_lesson("recommendation_scoping", folder)
    assert "once the draft is open" in lesson.find_flaws().how_sure().text
    write_files(load_exemplar(lesson._case, "shoppers_first"), lesson._files.answers)
    lesson.check("prd")
    hunt = lesson.find_flaws()
    planted = [miss.id for miss in hunt._draft.planted]
    wrong = next(id for id in hunt._draft.options if id not in planted)
    write_artifact(lesson._files.artifact("flaws"), Flaws(found=(*planted[:3], wrong)))
    hunt.how_sure("certain")
    hunt.check()
    assert [(one.artifact, one.step, one.points, one.maximum) for one in progress(lesson).all_said()] == [
        ("flaws", 5, 2.0, 4.0)
    ]
    assert "prd" in progress(lesson).standings("recommendation_scoping")
    assert "flaws" not in progress(lesson).standings("recommendation_scoping"), "it carries no points"
