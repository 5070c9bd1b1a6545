"""People change and leave: another id keeps work, marks and worlds; who left is listed, restored, forgotten."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from curriculum.cohort import people
from curriculum.cohort.clocks import Extension, grant
from curriculum.cohort.course import Course, CourseError, load_course, write_settings
from curriculum.cohort.exporting import export
from curriculum.cohort.forgetting import forget
from curriculum.cohort.gradebook import open_engine, save_due
from curriculum.cohort.grades import Grade, grades_of
from curriculum.cohort.grading import grade_course
from curriculum.cohort.people import rename, restore, who_left
from curriculum.cohort.records import opened
from curriculum.cohort.result import SubmissionStatus
from curriculum.cohort.roster import RosterError
from curriculum.cohort.simulate import write_submission
from curriculum.cohort.staging import enrol
from curriculum.learner.variant import Membership, deal, stated_membership

pytestmark = pytest.mark.slow


def by_id(course: Course) -> dict[str, Grade]:
    return {grade.learner.id: grade for grade in grades_of(load_course(course.root), ("welcome",))}


@pytest.fixture
def graded(course: Course) -> Course:
    """Ada's ask was overruled by a person, and she has an extension."""
    write_submission(course, "ada", "welcome", "later_standup/too_late")
    grade_course(course, workers=1)
    engine = open_engine(course)
    with engine.begin() as db:
        db.execute(sa.text("update grade set manual_score = 4, needs_manual_grade = false where auto_score = 5"))
        grant(db, course, [Extension("welcome", student="ada", excused=True, because="ill")])
    engine.dispose()
    return course


def test_another_id_keeps_work_marks_extension_and_world(graded: Course) -> None:
    world = graded.variant("ada", "welcome")
    said = rename(graded, "ada", "ada.lovelace")
    assert said[-1].startswith("ada is ada.lovelace now")
    course = load_course(graded.root)
    assert course.variant("ada.lovelace", "welcome") == world
    assert by_id(course)["ada.lovelace"].score == 4
    assert by_id(course)["ada.lovelace"].due.excused
    again = grade_course(course, workers=1)
    assert (again.judged, again.unchanged, again.strangers) == (0, 1, ())
    assert not list(course.root.glob("*/ada"))
    assert who_left(course) == []
    with pytest.raises(CourseError, match="'ada' is not on the roster"):
        rename(course, "ada", "ada2")


def test_a_rename_that_was_cut_short_goes_on(graded: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(people, "_rename_rows", full)
    with pytest.raises(OSError, match="No space"):
        rename(graded, "ada", "lovelace")
    monkeypatch.undo()
    rename(load_course(graded.root), "ada", "lovelace")
    assert by_id(graded)["lovelace"].score == 4


@pytest.mark.parametrize(
    ("new", "error", "says"),
    [
        ("bela", CourseError, "on the roster already"),
        ("BELA", CourseError, "on the roster already"),
        ("../up", RosterError, "Found the id"),
    ],
)
def test_an_id_that_cannot_be_taken_is_refused(graded: Course, new: str, error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        rename(graded, "ada", new)
    assert graded.submitted("ada", "welcome").is_dir()


def test_who_left_is_listed_and_comes_back_or_is_forgotten(graded: Course) -> None:
    enrol(graded, tuple(learner for learner in graded.roster if learner.id != "ada"))
    course = load_course(graded.root)
    (left,) = who_left(course)
    assert (left.learner.id, left.learner.first_name, left.lessons) == ("ada", "Ada", ("welcome",))
    assert "ada" not in by_id(course)
    restore(course, "ada")
    assert by_id(course)["ada"].score == 4
    with pytest.raises(CourseError, match="lists who did"):
        restore(load_course(graded.root), "ada")
    enrol(course, tuple(learner for learner in course.roster if learner.id != "ada"))
    forget(load_course(graded.root), "ada")
    assert who_left(load_course(graded.root)) == []
    with open_engine(course).connect() as db:
        assert db.execute(sa.text("select count(*) from cohort_extension")).scalar() == 0, "it said why: ill"


def test_a_section_is_graded_and_exported_alone(course: Course) -> None:
    for student in ("ada", "chidi"):
        write_submission(course, student, "welcome", "later_standup")
    friday = course.of_section("Friday")
    graded = grade_course(friday, workers=1)
    assert (graded.judged, graded.strangers) == (1, ())
    assert graded.statuses == {SubmissionStatus.GRADED: 1}
    rows = list(csv.DictReader(io.StringIO(export(friday, ("welcome",), "csv").text)))
    assert [row["student_id"] for row in rows] == ["chidi"]
    assert by_id(course)["ada"].status is SubmissionStatus.UNGRADED
    with pytest.raises(CourseError, match="the roster has Friday, Monday"):
        course.of_section("Sunday")


def test_worlds_are_dealt_from_a_secret(course: Course, tmp_path: Path) -> None:
    """Names alone do not tell a learner's world before the lesson is released, and the lesson deals the same."""
    from curriculum.cohort.releasing import release_lesson

    write_settings(replace(course, deal="5eed" * 8))
    secret = load_course(course.root)
    names = [f"learner{number}" for number in range(400)]
    differ = sum(secret.variant(name, "welcome") != deal(course.id, name, "welcome") for name in names)
    assert differ > 370
    release_lesson(secret, "welcome", again=True)
    member = stated_membership(secret.release("welcome"))
    assert member == Membership(course.id, None, "5eed" * 8)
    assert member is not None
    assert deal(member.cohort, "ada", "welcome", member.deal) == secret.variant("ada", "welcome")


def test_whoever_changes_section_has_the_dates_of_the_other_one(course: Course) -> None:
    write_submission(course, "ada", "welcome", "later_standup/too_late")
    grade_course(course, workers=1)
    due = dt.datetime(2026, 9, 1, tzinfo=dt.UTC)
    with opened(course) as records, records.engine.begin() as db:
        save_due(db, "welcome", due)
        grant(db, course, [Extension("welcome", section="Monday", days=30)])
    dues = [by_id(course)["ada"].due.at]
    enrol(course, tuple(replace(one, section="Friday") if one.id == "ada" else one for one in course.everybody))
    assert [*dues, by_id(course)["ada"].due.at] == [due + dt.timedelta(days=30), due]
