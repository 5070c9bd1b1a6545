"""`cohort grade`: what it gives, what it leaves alone, and whose grade it says has changed."""

from __future__ import annotations

import datetime as dt
import json
import multiprocessing
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import pytest
import sqlalchemy as sa

from curriculum.cohort import gradebook, grading, pool, tables
from curriculum.cohort.course import Course, CourseError, load_course, write_settings
from curriculum.cohort.gradebook import open_engine
from curriculum.cohort.grades import grades_of
from curriculum.cohort.grading import grade_course
from curriculum.cohort.judging import Batch, Outcome, Unit
from curriculum.cohort.late import LatePolicy
from curriculum.cohort.records import Attempt, Records
from curriculum.cohort.releasing import release_lesson
from curriculum.cohort.result import SubmissionStatus
from curriculum.cohort.simulate import write_submission
from curriculum.cohort.status import standing
from graders.rubric import Objections, objection

Current = Callable[[], dict[str, Attempt]]


def run(course: Course, statement: str, **values: object) -> list[tuple[object, ...]]:
    engine = open_engine(course)
    with engine.begin() as db:
        result = db.execute(sa.text(statement), values)
        rows = [tuple(row) for row in result] if result.returns_rows else []
    engine.dispose()
    return rows


def test_scores_follow_from_the_fixtures(course: Course, current: Current) -> None:
    known = [
        write_submission(course, "ada", "welcome", "later_standup"),
        write_submission(course, "bela", "welcome", "later_standup/no_date"),
        write_submission(course, "chidi", "welcome", "untouched"),
    ]
    graded = grade_course(course, workers=1)
    assert {name: attempt.points for name, attempt in current().items()} == {k.student: k.points for k in known}
    assert graded.statuses == {SubmissionStatus.GRADED: 3, SubmissionStatus.MISSING: 1}
    [(verdicts,)] = run(course, "select verdicts from cohort_attempt where student = 'bela'")
    assert {name for name, met in json.loads(verdicts).items() if met is False} == set(known[1].fails)


def test_each_trouble_is_that_learners_alone(course: Course, current: Current) -> None:
    for student in ("ada", "bela", "chidi", "dana"):
        write_submission(course, student, "welcome", "later_standup")
    answers = course.submitted("bela", "welcome") / "answers"
    (answers / "ask.yaml").write_text("decider: [tomas\n")
    (course.submitted("chidi", "welcome") / "answers" / "case.yaml").write_text(
        f"lesson: welcome\nvariant: {(course.variant('chidi', 'welcome') + 1) % 64}\ncase_version: 1\n"
    )
    target = course.submitted("dana", "welcome")
    target.rename(course.root / "elsewhere")
    target.symlink_to(course.root / "elsewhere")
    grade_course(course, workers=1)
    now = current()
    assert now["ada"].status is SubmissionStatus.GRADED
    assert now["ada"].points == 6
    for student in ("bela", "chidi", "dana"):
        assert now[student].status is SubmissionStatus.INVALID, student
        assert now[student].points is None
        assert now[student].sentence.endswith(".")
    grades = {grade.learner.id: grade for grade in grades_of(course, ("welcome",))}
    assert grades["bela"].score is None
    # In the gradebook there is no score either, and formgrader asks for a person.
    query = (
        "select g.auto_score, g.needs_manual_grade from grade g join submitted_notebook n on n.id = g.notebook_id"
        " join submitted_assignment s on s.id = n.assignment_id"
        " join base_cell c on c.id = g.cell_id and c.type = 'GradeCell' where s.student_id = 'bela'"
    )
    rows = run(course, query)
    assert [(score, bool(needs)) for score, needs in rows] == [(None, True)]


def test_only_what_changed_is_judged_again(course: Course, current: Current) -> None:
    for student in ("ada", "bela"):
        write_submission(course, student, "welcome", "later_standup")
    assert grade_course(course, workers=1).judged == 2
    again = grade_course(course, workers=1)
    assert (again.judged, again.unchanged, again.changes) == (0, 2, [])
    write_submission(course, "ada", "welcome", "later_standup/too_late")
    third = grade_course(course, workers=1)
    assert (third.judged, third.unchanged) == (1, 1)
    (change,) = third.changes
    assert (change.student, change.before, change.after) == ("ada", "6", "5")
    assert change.because == "there is a new submission"
    assert change.criteria == ("date_is_in_time: not met",)
    assert current()["ada"].points == 5


def test_earlier_attempts_are_kept_and_can_come_back(course: Course, current: Current) -> None:
    for made_from in ("later_standup/too_late", "later_standup", "later_standup/too_late"):
        write_submission(course, "ada", "welcome", made_from)
        grade_course(course, workers=1)
    assert current()["ada"].points == 5
    engine = open_engine(course)
    history = Records(engine).history("ada", "welcome")
    engine.dispose()
    assert sorted(attempt.points or 0 for attempt in history) == [5, 6]


def test_a_changed_rubric_says_whose_grade_changes_and_why(
    course: Course, current: Current, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_submission(course, "ada", "welcome", "later_standup")
    write_submission(course, "bela", "welcome", "later_standup/two_asks")
    grade_course(course, workers=1)

    from graders.welcome import rubric

    strict = replace(rubric.criteria["ask_is_one_sentence"], judge=_nobody_passes)
    monkeypatch.setitem(rubric.criteria, "ask_is_one_sentence", strict)
    monkeypatch.setitem(rubric.__dict__, "sha256", "f" * 64)
    monkeypatch.setattr(grading, "grader_sha256", lambda lesson: "e" * 64)
    monkeypatch.setattr("curriculum.cohort.judging.grader_sha256", lambda lesson: "e" * 64)

    trial = grade_course(course, workers=1, dry_run=True)
    assert [(change.student, change.before, change.after) for change in trial.changes] == [("ada", "6", "5")]
    assert current()["ada"].points == 6, "a dry run saves nothing"

    with pytest.raises(CourseError, match="The rubric of welcome is another one than that by which 2 of its"):
        grade_course(course, workers=1)
    graded = grade_course(course, workers=1, new_rubric=True)
    assert graded.judged == 2
    (change,) = graded.changes
    assert change.because == "the rubric has changed"
    assert change.criteria == ("ask_is_one_sentence: not met",)
    assert current()["ada"].points == 5


def test_a_rubric_with_other_points_changes_the_maximum(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    from graders.welcome import rubric

    write_submission(course, "ada", "welcome", "later_standup")
    grade_course(course, workers=1)
    heavier = replace(rubric.criteria["ask_is_one_sentence"], points=3)
    monkeypatch.setitem(rubric.criteria, "ask_is_one_sentence", heavier)
    monkeypatch.setitem(rubric.__dict__, "sha256", "f" * 64)
    (change,) = grade_course(course, workers=1, again=True, dry_run=True).changes
    assert (change.before, change.after) == ("6 of 6", "8 of 8")
    assert change.criteria == ("ask_is_one_sentence: 3 points, 1 before",)
    grade_course(course, workers=1, again=True, new_rubric=True)
    (grade,) = (g for g in grades_of(course, ("welcome",)) if g.learner.id == "ada")
    assert (grade.score, grade.maximum) == (8, 8)


def _nobody_passes(ask: object) -> Objections:
    yield objection("ask", "Your ask is an ask.", "nothing that anybody could write")


def test_what_a_person_gave_stays(course: Course) -> None:
    write_submission(course, "ada", "welcome", "later_standup")
    grade_course(course, workers=1)
    run(course, "update grade set manual_score = 4.5 where auto_score = 6")
    run(course, "update comment set manual_comment = 'Well argued.'")
    write_submission(course, "ada", "welcome", "later_standup/too_late")
    grade_course(course, workers=1)
    (grade,) = (g for g in grades_of(course, ("welcome",)) if g.learner.id == "ada")
    assert grade.score == 4.5
    assert grade.provisional, "flagged, until a person decides"
    assert grade.waits == "One-line ask: overruled before the check's last result"
    assert run(course, "select manual_comment from comment") == [("Well argued.",)]


WORDS_CARRY_POINTS = "update task_cells set max_score = 10"


@pytest.mark.parametrize("sample", [0, 1])
def test_words_without_points_are_queued_by_sample(course: Course, sample: int) -> None:
    for student in ("ada", "bela", "chidi"):
        write_submission(course, student, "welcome", "later_standup/two_asks")
    grade_course(course, workers=1, sample=sample)
    query = "select count(*) from grade g join base_cell b on b.id = g.cell_id where b.type = 'TaskCell'"
    assert run(course, f"{query} and g.needs_manual_grade") == [(sample,)]
    for wanted in (2, 2, 1):
        assert grade_course(course, workers=1, sample=wanted).judged == 0
        assert run(course, f"{query} and g.needs_manual_grade") == [(2,)], "who is graded, and nobody twice"
    assert not any(grade.provisional for grade in grades_of(course, ("welcome",))), "they cannot change a score"


def test_words_that_get_points_later_wait_for_a_person(course: Course) -> None:
    for student, made_from in (("ada", "later_standup"), ("bela", "later_standup/two_asks"), ("chidi", "untouched")):
        write_submission(course, student, "welcome", made_from)
    grade_course(course, workers=1)
    write_settings(replace(course, prose_points={"welcome": 4.0}))
    course = load_course(course.root)
    assert any("prose_points says 4 for the words" in line for line in standing(course))
    release_lesson(course, "welcome", again=True)
    provisional = {g.learner.id: (g.provisional, g.maximum) for g in grades_of(course, ("welcome",))}
    assert provisional == {"ada": (True, 10), "bela": (True, 10), "chidi": (False, 10), "dana": (False, 10)}
    assert not any("prose_points" in line for line in standing(course))


def test_words_are_queued_for_a_person_once(course: Course) -> None:
    write_submission(course, "ada", "welcome", "later_standup/two_asks")
    write_submission(course, "chidi", "welcome", "untouched")
    run(course, WORDS_CARRY_POINTS)
    grade_course(course, workers=1)
    query = ("select s.student_id, g.needs_manual_grade, g.auto_score, c.auto_comment from grade g"
             " join submitted_notebook n on n.id = g.notebook_id join submitted_assignment s on s.id = n.assignment_id"
             " join base_cell b on b.id = g.cell_id left join comment c on c.notebook_id = n.id and c.cell_id = b.id"
             " where b.type = 'TaskCell' order by 1")  # fmt: skip
    (ada, chidi) = run(course, query)
    assert bool(ada[1])
    assert ada[2] is None, "a score from a program would count at once"
    assert str(ada[3]).startswith("Automatic note, not yet read by a person.")
    assert "two asks" not in str(ada[3])
    assert "For a person to read" in str(ada[3])
    assert not chidi[1]
    assert chidi[3] is None
    run(course, "update grade set needs_manual_grade = false")  # the instructor has read it
    grade_course(course, workers=1, again=True)
    assert [bool(row[1]) for row in run(course, query)] == [False, False]
    write_submission(course, "ada", "welcome", "later_standup")
    grade_course(course, workers=1)
    assert [bool(row[1]) for row in run(course, query)] == [True, False]


def test_being_late_is_shown_and_costs_what_the_policy_says(course: Course) -> None:
    write_submission(course, "ada", "welcome", "later_standup")  # 4 September 2026, noon
    write_submission(course, "bela", "welcome", "later_standup")
    due = dt.datetime(2026, 9, 3, 0, 0, tzinfo=dt.UTC)
    engine = open_engine(course)
    with engine.begin() as db:
        gradebook.save_due(db, "welcome", due)
    grade_course(course, workers=1)

    def standing(course: Course = course) -> dict[str, tuple[bool, float, float | None]]:
        return {g.learner.id: (g.late, g.penalty, g.score) for g in grades_of(course, ("welcome",))}

    assert standing()["ada"] == (True, 0.0, 6.0)
    write_settings(replace(course, late=LatePolicy("daily", 0.1, 0.5)))
    later = load_course(course.root)
    assert grade_course(later, workers=1).judged == 0, "a new policy needs no judging"
    assert standing(later)["ada"] == (True, pytest.approx(1.2), pytest.approx(4.8))
    with engine.begin() as db:  # an extension for one of them, as instructors give it in nbgrader
        db.execute(
            sa.update(tables.submission)
            .where(tables.submission.c.student_id == "bela")
            .values(extension=dt.timedelta(days=3))
        )
    engine.dispose()
    grade_course(later, workers=1)
    assert standing(later)["bela"] == (False, 0.0, 6.0)
    assert standing(later)["ada"][0]


def test_a_worker_that_dies_costs_only_its_learner(
    course: Course, current: Current, monkeypatch: pytest.MonkeyPatch
) -> None:
    for student in ("ada", "bela", "chidi", "dana"):
        write_submission(course, student, "welcome", "later_standup")
    monkeypatch.setattr(pool, "judge_batch", _dies_over_bela)
    graded = grade_course(course, workers=2)
    now = current()
    assert {name for name, attempt in now.items() if attempt.points == 6} == {"ada", "chidi", "dana"}
    assert now["bela"].status is SubmissionStatus.FAILED
    assert "not the learner's doing" in now["bela"].sentence
    assert [result.student for result in graded.problems] == ["bela"]
    monkeypatch.undo()
    mended = grade_course(course, workers=2)
    assert current()["bela"].points == 6
    assert [change.because for change in mended.changes] == ["a failure was mended"]


def _dies_over_bela(batch: Batch, alone: bool = False) -> list[Outcome]:
    from curriculum.cohort.judging import judge_batch

    if any(unit.student == "bela" for unit in batch.units):
        os._exit(9)
    return judge_batch(batch, alone)


@pytest.fixture(autouse=True)
def forked(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test replaces is replaced in workers too, whatever threads the test's own process has."""
    monkeypatch.setattr(pool, "_context", lambda: multiprocessing.get_context("fork"))


def test_a_submission_that_takes_too_long_fails_alone(
    course: Course, current: Current, monkeypatch: pytest.MonkeyPatch
) -> None:
    from curriculum.cohort import judging

    for student in ("ada", "bela"):
        write_submission(course, student, "welcome", "later_standup")
    monkeypatch.setattr(judging, "SECONDS", 1.0)
    monkeypatch.setattr(judging, "read_submission", _never_ends_for_bela)
    grade_course(course, workers=1)
    assert current()["ada"].points == 6
    assert current()["bela"].status is SubmissionStatus.FAILED
    assert "longer than 1 seconds" in current()["bela"].sentence


@pytest.mark.parametrize("hangs", ["catches everything", "never comes back to Python"])
def test_a_check_that_will_not_end_is_ended(
    course: Course, current: Current, monkeypatch: pytest.MonkeyPatch, hangs: str
) -> None:
    """What a rule of a learner's makes a check do, whatever the check catches, and whatever library it waits for."""
    from curriculum.cohort import judging

    for student in ("ada", "bela"):
        write_submission(course, student, "welcome", "later_standup")
    monkeypatch.setattr(judging, "SECONDS", 0.5)
    monkeypatch.setattr(judging, "HARD_SECONDS", 1.0)
    reads = {"catches everything": _catches_all_for_bela, "never comes back to Python": _counts_for_bela}
    monkeypatch.setattr(judging, "read_submission", reads[hangs])
    grade_course(course, workers=2)
    assert current()["ada"].points == 6
    assert current()["bela"].status is SubmissionStatus.FAILED
    assert "not the learner's doing" in current()["bela"].sentence


def _catches_all_for_bela(rubric: object, case: object, answers: object) -> object:
    while "bela" in str(answers):
        with suppress(Exception):
            while True:
                pass
    return _never_ends_for_bela(rubric, case, answers)


def _counts_for_bela(rubric: object, case: object, answers: object) -> object:
    sum(range(10**12 if "bela" in str(answers) else 1))
    return _never_ends_for_bela(rubric, case, "" if "bela" in str(answers) else answers)


def _never_ends_for_bela(rubric: object, case: object, answers: object) -> object:
    from graders.grade import read_submission

    while "bela" in str(answers):
        pass
    return read_submission(rubric, case, answers)  # type: ignore[arg-type]


@pytest.mark.parametrize("worlds", [[3], [1] * 50, [31] * 5, [100], [39, 2, 80, 1]])
def test_portions_hold_every_unit_once_and_keep_worlds_together(worlds: list[int]) -> None:
    units = [Unit(f"s{v}-{i}", "welcome", "", v) for v, number in enumerate(worlds) for i in range(number)]
    portions = list(grading._portions(units, 40))
    assert [unit for portion in portions for unit in portion] == units
    assert all(len(portion) < 80 for portion in portions)
    split = [len({number for number, portion in enumerate(portions) for unit in portion if unit.variant == v})
             for v in range(len(worlds))]  # fmt: skip
    assert all(parts == 1 for parts, number in zip(split, worlds, strict=True) if number <= 40)


def test_two_gradings_at_once_are_refused(course: Course) -> None:
    import fcntl

    with (course.private / "grading.lock").open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        with pytest.raises(CourseError, match="is being graded already"):
            grade_course(course)


def test_folders_of_strangers_are_told_and_left_alone(course: Course) -> None:
    write_submission(course, "ada", "welcome", "later_standup")
    course.submitted("ada", "welcome").parent.rename(course.root / "submitted" / "mallory")
    graded = grade_course(course, workers=1)
    assert graded.strangers == ("mallory",)
    assert graded.judged == 0
