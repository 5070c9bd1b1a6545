"""A copy of the course's own example, by one learner alone: told to the instructor, and never as guilt."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import graders.held
from curriculum.cases import load_case
from curriculum.cohort.course import Course, CourseError
from curriculum.cohort.feedback import write_feedback
from curriculum.cohort.grades import grades_of
from curriculum.cohort.grading import grade_course
from curriculum.cohort.judging import Unit, judge
from curriculum.cohort.looking import look
from curriculum.cohort.result import HELD, Result, SubmissionStatus
from curriculum.cohort.simulate import write_submission
from curriculum.cohort.status import standing
from curriculum.cohort.stored import held_in
from curriculum.commands.cohort import cohort
from curriculum.course.catalog import load_catalog
from curriculum.course.fixtures import Files, load_exemplar, variants, write_files
from curriculum.learner.variant import write_stated
from curriculum.words.copied import copied
from graders import load_rubric
from graders.held import own_texts

LESSONS = [entry.slug for entry in load_catalog().lessons]
WORLD = 7
ACCUSES = re.compile(r"(?i)\b(cheat|plagiar|dishonest|guilty|stole|caught|misconduct|suspicio)")


def edited(text: str, number: int) -> str:
    """A text as somebody leaves it who wants it to look like their own: one word more, one changed, no full stop."""
    words = text.rstrip(". ").split(" ")
    words[number % len(words)] = words[number % len(words)].upper()
    return " ".join([*words[:2], "really", *words[2:]]) if len(words) > 7 else " ".join(words)


def with_small_changes(slug: str, files: Files) -> Files:
    """The files with every text of one's own changed a little."""
    rubric = load_rubric(slug)
    texts = {
        text: edited(text, number)
        for kind, model in rubric.artifacts.items()
        if kind in files
        for number, text in enumerate(own_texts(model.model_validate(files[kind])).values())
    }

    def changed(data: Any) -> Any:
        if isinstance(data, dict):
            return {key: changed(value) for key, value in data.items()}
        if isinstance(data, list):
            return [changed(value) for value in data]
        return texts.get(data, data) if isinstance(data, str) else data

    return {name: changed(data) if name in rubric.artifacts else data for name, data in files.items()}


def judged(folder: Path, slug: str, files: Files) -> Result:
    """What `cohort grade` makes of a submission in which these files were handed in."""
    case = load_case(slug, WORLD)
    write_stated(folder / "answers", case)
    write_files(files, folder / "answers")
    found = judge(Unit("ada", slug, str(folder), WORLD))
    assert isinstance(found, Result)
    assert found.status is SubmissionStatus.GRADED, found.sentence
    return found


@pytest.mark.slow
@pytest.mark.parametrize("slug", LESSONS)
def test_every_document_of_a_copy_is_held_also_alone_and_with_small_changes(slug: str, tmp_path: Path) -> None:
    rubric = load_rubric(slug)
    for variant in variants(slug):
        files = with_small_changes(slug, load_exemplar(load_case(slug, WORLD), variant))
        with_words = {
            kind for kind, model in rubric.artifacts.items() if own_texts(model.model_validate(files.get(kind, {})))
        }
        assert with_words, "a lesson whose answers have no words of their own could be copied unseen"
        whole = judged(tmp_path / variant, slug, files)
        assert {one.artifact for one in held_in(whole.report).values()} == with_words
        assert HELD in whole.sentence
        for kind in with_words if variant == variants(slug)[0] else ():
            alone = judged(tmp_path / f"{variant}-{kind}", slug, {kind: files[kind]})
            assert [one.artifact for one in held_in(alone.report).values()] == [kind]


@pytest.mark.slow
@pytest.mark.parametrize("slug", LESSONS)
def test_a_right_answer_in_other_words_is_not_held(slug: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each example is a right answer by somebody who has never seen the other one."""
    first, *others = variants(slug)
    monkeypatch.setattr(graders.held, "_variants", lambda _: tuple(others))
    found = judged(tmp_path, slug, load_exemplar(load_case(slug, WORLD), first))
    assert held_in(found.report) == {}
    assert HELD not in found.sentence
    assert found.points == found.maximum


@pytest.mark.parametrize(
    "ask",
    [
        "Can we move the stand-up to 09:30, because the dashboard is ready by then on nine mornings of ten?",
        "Could we move the stand-up to 09:30, when the dashboard is fresh on nine days of ten?",
        "Please move the stand-up to 09:30, since the refresh is done by then on 9 of 10 mornings.",
        "Can we start the stand-up at 09:30 so that everybody sees fresh numbers?",
        "Could you move the stand-up to 09:30 from Monday, since the dashboard is finished by then?",
    ],
)
def test_one_sentence_that_asks_for_the_same_is_ones_own(ask: str) -> None:
    """The shortest document of the course, in the world whose example is "Can we move the stand-up to 09:30, when the
    numbers are fresh on nine mornings of ten?"."""
    example = load_exemplar(load_case("welcome", 3), "later_standup")["ask"]["ask"]
    assert copied({"ask": re.sub(r"\d\d:\d\d", "09:30", example)}, {"ask": example})
    assert copied({"ask": ask}, {"ask": example}) is None


@pytest.mark.slow
def test_grade_status_report_and_feedback_tell_it_without_accusing_anybody(course: Course) -> None:
    write_submission(course, "ada", "welcome", "later_standup")
    write_submission(course, "bela", "welcome", "later_standup")
    own = course.submitted("bela", "welcome") / "answers" / "ask.yaml"
    own.write_text(
        "ask: Squads plan with yesterday's figures, so could everybody meet after lunch from Monday on, please?\n"
    )

    def run(*words: str) -> str:
        said = CliRunner().invoke(cohort, [words[0], str(course.root), *words[1:]])
        assert said.exit_code == 0, said.output
        assert not ACCUSES.search(said.output)
        return said.output

    said = run("grade", "--workers", "1")
    assert "1 document is for you to look at" in said
    assert "  ada, welcome: One-line ask" in said
    assert "bela, welcome: One-line ask" not in said
    again = grade_course(course, workers=1)
    assert (again.unchanged, again.held) == (2, [("ada", "welcome", "ask")]), "it is told as long as it is so"
    assert "To look at: what 1 learner wrote" in run("status")
    assert "To look at" not in " ".join(standing(course.of_section("Friday")))
    run("report", "--csv", str(course.root / "csv"))
    page = (course.root / "report.html").read_text(encoding="utf-8")
    assert not ACCUSES.search(page)
    part = page.split('id="held"')[1].split("</section>")[0]
    example = load_exemplar(load_case("welcome", course.variant("ada", "welcome")), "later_standup")["ask"]["ask"]
    assert "Ada Lovelace" in part
    assert part.count("the example later standup") == 1
    assert example[:60].replace("'", "&#39;") in part
    assert "bela" not in part
    rows = (course.root / "csv" / "held.csv").read_text(encoding="utf-8").splitlines()
    assert len(rows) == 2
    write_feedback(course, ("welcome",))
    ada = (course.feedback("ada", "welcome") / "welcome.html").read_text(encoding="utf-8")
    assert "6 of 6 points" in ada, "no points are lost"
    assert not ACCUSES.search(ada)


@pytest.fixture
def copied_course(course: Course) -> Course:
    """Ada has handed in the course's own example, and it is graded."""
    write_submission(course, "ada", "welcome", "later_standup")
    grade_course(course, workers=1)
    return course


def held_of(course: Course) -> list[tuple[str, str, str]]:
    return grade_course(course, workers=1, again=True).held


@pytest.mark.slow
def test_somebody_looks_and_it_waits_no_more_as_long_as_the_document_is_the_same(copied_course: Course) -> None:
    course = copied_course
    by = {"marker": "Kim", "fine": True, "why": "We talked.", "comment": "Well remembered."}
    assert look(course, "welcome", "ada", **by) == "One-line ask"
    assert held_of(course) == [], "also when it is graded again"
    assert "To look at" not in " ".join(standing(course))
    (grade,) = (one for one in grades_of(course, ("welcome",)) if one.learner.id == "ada")
    assert grade.sentence == "One-line ask: a person has looked at it, and it stands. Well remembered."
    assert grade.score == 6 and not grade.provisional, "no points change"
    write_feedback(course, ("welcome",))
    page = (course.feedback("ada", "welcome") / "welcome.html").read_text("utf-8")
    assert "Well remembered." in page and "We talked." not in page
    assert "Everybody signs off" in page or "Signed off on what can be checked" in page
    ask = course.submitted("ada", "welcome") / "answers" / "ask.yaml"
    ask.write_text(ask.read_text("utf-8") + "# another one\n", "utf-8")
    assert held_of(course) == [("ada", "welcome", "ask")], "somebody looks at what is new"
    ask.write_text(ask.read_text("utf-8").removesuffix("# another one\n"), "utf-8")
    assert held_of(course) == [], "what was looked at is handed in again"


@pytest.mark.slow
def test_what_is_not_fine_needs_a_reason_and_is_signed_by_nobody(copied_course: Course) -> None:
    course = copied_course
    with pytest.raises(CourseError, match="Say why"):
        look(course, "welcome", "ada", "Kim", fine=False)
    look(course, "welcome", "ada", "Kim", fine=False, why="He says so himself.", comment="Please write it anew.")
    assert held_of(course) == []
    write_feedback(course, ("welcome",))
    page = (course.feedback("ada", "welcome") / "welcome.html").read_text("utf-8")
    assert "it does not stand as it is. Please write it anew." in page and "Nobody signs it." in page
    assert "Everybody signs off" not in page and "has not looked yet" not in page and "He says so" not in page
    with pytest.raises(CourseError, match="not fine before, by Kim; say why"):
        look(course, "welcome", "ada", "Lee", fine=True)
    look(course, "welcome", "ada", "Lee", fine=True, why="A mistake of mine.")
    said = CliRunner().invoke(cohort, ["marks", str(course.root)]).output
    assert "One-line ask: – → not fine, looked at, by Kim (He says so himself.)" in said
    assert "One-line ask: not fine → fine, looked at, by Lee (A mistake of mine.)" in said


@pytest.mark.slow
def test_only_what_is_held_can_be_looked_at(copied_course: Course) -> None:
    course = copied_course
    with pytest.raises(CourseError, match="Nothing of bela is held"):
        look(course, "welcome", "bela", "Kim", fine=True)
    with pytest.raises(CourseError, match="One-line ask"):
        look(course, "welcome", "ada", "Kim", fine=True, title="Another page")
    run = CliRunner().invoke(cohort, ["look", str(course.root), "welcome", "ada", "--as", "Kim"])
    assert run.exit_code == 2 and "--fine or --not-fine" in run.output
    run = CliRunner().invoke(cohort, ["look", str(course.root), "welcome", "ada", "--as", "Kim", "--fine"])
    assert run.exit_code == 0, run.output
    assert "fine" in run.output
