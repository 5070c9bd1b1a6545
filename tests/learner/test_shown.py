"""What the last checks say of a lesson's objectives, and how its end tells it."""

from __future__ import annotations

from pathlib import Path

import pytest

from curriculum import open_course, open_lesson
from curriculum.course.catalog import load_catalog
from curriculum.course.fixtures import load_exemplar, variants, write_files
from curriculum.learner.places import last_lesson, remember
from curriculum.learner.progress import Progress
from curriculum.learner.shown import objectives_shown
from curriculum.notebook.lesson import Lesson


@pytest.fixture
def lesson(tmp_path: Path) -> Lesson:
    folder = tmp_path / "beginner" / "welcome"
    folder.mkdir(parents=True)
    (tmp_path / ".curriculum").mkdir()
    return open_lesson("welcome", folder)


def solve(lesson: Lesson) -> None:
    """A right answer in words of one's own, which nobody has to compare with the course's."""
    files = load_exemplar(lesson._case, variants("welcome")[0])
    to = files["ask"]["moves_to"]
    thing = "stand-up" if files["ask"]["moves"] == "standup" else "look at the dashboard"
    files["ask"]["ask"] = f"Tomás, would you let our {thing} begin at {to}, so that all of us see today's figures?"
    write_files(files, lesson._files.answers)


def test_an_objective_is_shown_when_the_last_check_met_all_of_it(lesson: Lesson) -> None:
    progress = Progress(lesson._files.workspace)
    assert all(one.met == 0 for one in objectives_shown(progress, "welcome"))
    assert "What your work has shown" not in lesson.next().text
    solve(lesson)
    lesson.check("ask")
    assert all(one.whole for one in objectives_shown(progress, "welcome"))
    end = lesson.next()
    assert "- Shown: " in end.text and "One-line ask: 6 of 6 points" in end.text
    following = load_catalog().lessons[1]
    assert f'class="go" href="../../{following.level}/{following.slug}/' in end.html
    (lesson._files.answers / "ask.yaml").write_text("ask: Can we?\n", encoding="utf-8")
    lesson.check("ask")
    assert not all(one.whole for one in objectives_shown(progress, "welcome")), "the last check counts"


def test_the_course_goes_on_where_the_learner_was(lesson: Lesson) -> None:
    workspace = lesson._files.workspace
    course = open_course(workspace)
    assert "**Begin here:** [Welcome to the pod](beginner/welcome/welcome.ipynb)" in course.go_on().text
    remember(workspace, "fraud_false_positives")
    assert last_lesson(workspace).slug == "fraud_false_positives"
    assert "**Continue where you were:** [An incident" in course.go_on().text
    (workspace / ".curriculum" / "place").write_text("../../etc/passwd", encoding="utf-8")
    assert last_lesson(workspace) is None
    assert "**Begin here:**" in course.go_on().text


def test_the_course_does_not_send_anybody_back_to_what_is_signed_off(lesson: Lesson) -> None:
    workspace = lesson._files.workspace
    solve(lesson)
    lesson.check("ask")
    first, second, third = load_catalog().lessons[:3]
    go_on = open_course(workspace).go_on
    assert f"**Next:** [{second.title}]" in go_on().text, "where nobody knows in which lesson they were"
    remember(workspace, first.slug)
    assert f"**Next:** [{second.title}]" in go_on().text
    remember(workspace, third.slug)
    assert f"**Continue where you were:** [{third.title}]" in go_on().text


def test_a_lesson_is_begun_again_and_its_answers_are_put_aside(lesson: Lesson) -> None:
    workspace = lesson._files.workspace
    solve(lesson)
    lesson.check("ask")
    course = open_course(workspace)
    assert "6 of 6 points" in course.map().text
    box = course.begin_again()
    row, said = box.children
    choice, first, sure = row.children
    assert choice.options[0][0] == "Welcome to the pod"
    assert sure.layout.display == "none"
    first.click()
    assert sure.layout.display != "none"
    assert lesson._files.answers.is_dir(), "nothing is moved before it is confirmed"
    sure.click()
    aside = list(lesson._files.folder.glob("answers-until-*"))
    assert len(aside) == 1 and (aside[0] / "ask.yaml").is_file()
    assert not lesson._files.answers.exists()
    assert aside[0].name in said.value
    assert "6 of 6" not in course.map().text


def test_a_portfolio_is_made_from_the_page_of_the_course(lesson: Lesson) -> None:
    course = open_course(lesson._files.workspace)
    assert "no artifact yet" in course.portfolio().text
    solve(lesson)
    assert "1 artifact of 1 lesson" in course.portfolio().text
    assert "<html" in (lesson._files.workspace / "portfolio.html").read_text(encoding="utf-8")
