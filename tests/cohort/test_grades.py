"""What counts is one thing: grading, feedback, exports, the report and the terminal say the same of a grade."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from curriculum.cohort import gradebook, tables
from curriculum.cohort.clocks import Extension, grant, parse_moment, withdraw
from curriculum.cohort.course import Course, CourseError, load_course, write_settings, zone
from curriculum.cohort.exporting import export
from curriculum.cohort.feedback import write_feedback
from curriculum.cohort.grades import Grade, grades_of
from curriculum.cohort.grading import grade_course
from curriculum.cohort.late import LatePolicy
from curriculum.cohort.records import Records
from curriculum.cohort.result import SubmissionStatus
from curriculum.cohort.simulate import write_submission

BERLIN = zone("Europe/Berlin")


def by_id(course: Course) -> dict[str, Grade]:
    return {grade.learner.id: grade for grade in grades_of(course, ("welcome",))}


def run(course: Course, statement: str, **values: object) -> list[tuple[object, ...]]:
    engine = gradebook.open_engine(course)
    with engine.begin() as db:
        result = db.execute(sa.text(statement), values)
        rows = [tuple(row) for row in result] if result.returns_rows else []
    engine.dispose()
    return rows


def granted(course: Course, *wanted: Extension) -> None:
    engine = gradebook.open_engine(course)
    Records(engine).create()
    with engine.begin() as db:
        grant(db, course, wanted)
    engine.dispose()


def page(course: Course, student: str) -> str:
    return (course.feedback(student, "welcome") / "welcome.html").read_text(encoding="utf-8")


# Days


@pytest.mark.parametrize(
    ("due", "at", "days"),
    [
        ("2026-09-14T18:00", "2026-09-14T18:00", 0),
        ("2026-09-14T18:00", "2026-09-14T18:01", 1),
        ("2026-09-14T18:00", "2026-09-15T18:00", 1),
        ("2026-09-14T18:00", "2026-09-15T18:01", 2),
        ("2026-09-14T23:59:59", "2026-09-15T23:30", 1),
        # The day on which the clocks go back has 25 hours, the one on which they go forward 23.
        ("2026-10-24T23:59:59", "2026-10-25T23:30", 1),
        ("2026-10-24T23:59:59", "2026-10-26T00:30", 2),
        ("2026-03-28T23:59:59", "2026-03-29T23:30", 1),
        ("2026-03-28T23:59:59", "2026-03-30T00:30", 2),
    ],
)
def test_days_are_those_of_the_calendar(due: str, at: str, days: int) -> None:
    moments = [dt.datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(dt.UTC) for text in (due, at)]
    assert LatePolicy("daily").days_begun(*moments, BERLIN) == days


def test_minutes_of_grace_are_in_time() -> None:
    due = dt.datetime(2026, 9, 14, 16, tzinfo=dt.UTC)
    policy = LatePolicy("daily", grace_minutes=5)
    assert policy.days_begun(due, due + dt.timedelta(minutes=5), BERLIN) == 0
    assert policy.days_begun(due, due + dt.timedelta(minutes=6), BERLIN) == 1
    assert policy.days_begun(None, due, BERLIN) == policy.days_begun(due, None, BERLIN) == 0


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2026-10-25T02:30", "twice.*2026-10-25T02:30.02:00 or 2026-10-25T02:30.01:00"),
        ("2026-03-29T02:30", "never.*2026-03-29T01:30.01:00 or 2026-03-29T03:30.02:00"),
        ("0001-01-01", "is of no course"),
        ("9999-12-31T23:59-12:00", "is of no course"),
    ],
)
def test_an_hour_that_is_not_one_is_asked_about(text: str, says: str) -> None:
    with pytest.raises(CourseError, match=says):
        parse_moment(text, "Europe/Berlin")
    assert parse_moment("2026-10-25T02:30+01:00", "Europe/Berlin").utcoffset() == dt.timedelta(hours=1)


@pytest.mark.parametrize("due", ["2026-03-28T02:30", "2026-03-29T03:30", "2026-10-24T02:30", "2026-10-25T23:59"])
def test_lateness_never_falls_while_clocks_are_changed(due: str) -> None:
    begin = dt.datetime.fromisoformat(due).replace(tzinfo=BERLIN).astimezone(dt.UTC)
    moments = [begin + dt.timedelta(minutes=minutes) for minutes in range(-60, 71 * 60, 10)]
    days = [LatePolicy("daily").days_begun(begin, moment, BERLIN) for moment in moments]
    assert days == sorted(days) and {*days} == {0, 1, 2, 3}


# A course with lateness, extensions, marks by a person


@pytest.fixture
def late(course: Course) -> Course:
    """Ada, Béla and Chidi have full points, handed in half a day after the due date; a day costs 10 %."""
    write_settings(replace(course, late=LatePolicy("daily", 0.1, 0.5)))
    course = load_course(course.root)
    for student in ("ada", "bela", "chidi"):
        write_submission(course, student, "welcome", "later_standup")
    engine = gradebook.open_engine(course)
    with engine.begin() as db:
        gradebook.save_due(db, "welcome", dt.datetime(2026, 9, 4, tzinfo=dt.UTC))
    engine.dispose()
    return course


def test_a_mark_after_the_grading_moves_the_penalty_everywhere(late: Course) -> None:
    grade_course(late, workers=1)
    assert by_id(late)["ada"].score == pytest.approx(5.4)
    run(late, "update grade set manual_score = 4, needs_manual_grade = false where auto_score = 6")
    (ada, *_) = csv.DictReader(io.StringIO(export(late, ("welcome",), "csv").text))
    assert (ada["points"], ada["late_penalty"], ada["score"], ada["days_late"]) == ("4", "0.4", "3.6", "1")
    assert write_feedback(late, ("welcome",)) == 3
    assert "3.6 of 6 points" in page(late, "ada")
    assert "Friday, 4 September 2026, 12:00 (UTC)" in page(late, "ada")
    assert run(late, "select distinct late_submission_penalty from submitted_notebook") == [(pytest.approx(0.4),)]


def test_extensions_for_a_learner_a_section_and_everybody(late: Course) -> None:
    later = dt.datetime(2026, 9, 5, tzinfo=dt.UTC)
    granted(late, Extension("welcome", student="dana", excused=True, because="Sabbatical."))
    assert by_id(late)["dana"].status is SubmissionStatus.EXCUSED, "before anything was handed in"
    granted(late, Extension("welcome", section="Monday", days=1, because="The network was down."))
    grade_course(late, workers=1)
    assert {id: one.score for id, one in by_id(late).items()} == {
        "ada": 6, "bela": 6, "chidi": pytest.approx(5.4), "dana": None,
    }  # fmt: skip
    assert '"EX"' in export(late, ("welcome",), "canvas").text
    write_feedback(late, ("welcome",))
    assert "The network was down." in page(late, "ada")
    # A learner's own counts before the section's; nbgrader's own pages know both.
    granted(late, Extension("welcome", student="ada", until=dt.datetime(2026, 9, 4, 6, tzinfo=dt.UTC)))
    granted(late, Extension("welcome", until=later))
    assert {id: one.days_late for id, one in by_id(late).items()} == {"ada": 1, "bela": 0, "chidi": 0, "dana": 0}
    engine = gradebook.open_engine(late)
    with engine.begin() as db:
        kept = {row.student_id: row.extension for row in db.execute(sa.select(tables.submission))}
        assert kept["chidi"] == dt.timedelta(days=1)
        for one in (Extension("welcome", student="ada"), Extension("welcome", section="Monday"), Extension("welcome")):
            assert withdraw(db, late, [one]) == 1
    engine.dispose()
    assert [one.days_late for one in by_id(late).values()] == [1, 1, 1, 0]
    with pytest.raises(CourseError, match="no section 'Tuesday'; the roster has Friday, Monday"):
        granted(late, Extension("welcome", section="Tuesday", days=1))


def test_the_same_files_at_another_time_are_that_late(late: Course) -> None:
    grade_course(late, workers=1)
    stamp = late.submitted("ada", "welcome") / "timestamp.txt"
    stamp.write_text("2026-09-03 12:00:00.000000 UTC")
    assert [(one.before, one.after) for one in grade_course(late, workers=1).changes] == [("5.4", "6")]
    assert not by_id(late)["ada"].late
    assert by_id(late)["bela"].late


def test_words_that_nobody_has_read_are_never_lost_points(course: Course) -> None:
    for student in ("ada", "bela"):
        write_submission(course, student, "welcome", "later_standup/two_asks")
    run(course, "update task_cells set max_score = 10")
    assert grade_course(course, workers=1).provisional == 2
    ada = by_id(course)["ada"]
    assert (ada.points, ada.maximum, ada.open_points) == (5, 16, 10)
    with pytest.raises(CourseError, match="2 grades can still be changed by a person: welcome, ada, bela"):
        export(course, ("welcome",), "canvas")
    with pytest.raises(CourseError, match="a person can still change 2 of the grades"):
        write_feedback(course, ("welcome",))
    made = export(course, ("welcome",), "canvas", provisional=True)
    assert '"ada","Monday",""' in made.text
    (row, *_) = csv.DictReader(io.StringIO(export(course, ("welcome",), "csv", provisional=True).text))
    assert (row["score"], row["points"]) == ("", "5")
    assert row["provisional"].startswith("5 of 6 so far; Words, read by a person: 10 points")
    write_feedback(course, ("welcome",), provisional=True)
    assert "5 of 6 points</strong> so far. This can still change" in page(course, "ada")
    # A person reads Ada's words.
    run(course, "update grade set manual_score = 8, needs_manual_grade = false where needs_manual_grade and notebook_id"
                " in (select n.id from submitted_notebook n join submitted_assignment s on s.id = n.assignment_id"
                " where s.student_id = 'ada')")  # fmt: skip
    assert by_id(course)["ada"].score == 13
    write_feedback(course, ("welcome",), provisional=True)
    assert "13 of 16 points" in page(course, "ada")
    assert "<td>Words, read by a person</td><td>–</td><td>8 of 10</td>" in page(course, "ada")


def test_what_a_person_overruled_is_told_when_something_else_is_handed_in(course: Course) -> None:
    write_submission(course, "ada", "welcome", "later_standup/too_late")
    grade_course(course, workers=1)
    run(course, "update grade set manual_score = 2, needs_manual_grade = false where auto_score = 5")
    assert not by_id(course)["ada"].provisional, "the person has decided"
    grade_course(course, workers=1, again=True)
    assert not by_id(course)["ada"].provisional, "and nothing is different since"
    write_submission(course, "ada", "welcome", "later_standup")
    for dry_run in (True, False):
        (change,) = grade_course(course, workers=1, dry_run=dry_run).changes
        assert (change.before, change.after) == ("2", "2 so far")
        assert "a person's" not in change.before
        assert change.because.endswith("until a person decides (the checks give 6, 5 before)")
    with pytest.raises(CourseError, match="One-line ask: overruled before"):
        export(course, ("welcome",), "moodle")
    run(course, "update grade set needs_manual_grade = false")  # what formgrader does when a person saves
    write_feedback(course, ("welcome",))
    assert "2 of 6 points" in page(course, "ada")
    assert "<td>One-line ask</td><td>6 of 6</td><td>2 of 6</td>" in page(course, "ada")


def test_scores_that_stock_nbgrader_wrote_over_are_put_right(course: Course) -> None:
    write_submission(course, "ada", "welcome", "later_standup/too_late")
    write_submission(course, "bela", "welcome", "later_standup")
    (course.submitted("bela", "welcome") / "answers" / "ask.yaml").write_text("ask: [")
    grade_course(course, workers=1)
    run(course, "update grade set auto_score = 6, needs_manual_grade = false where cell_id in"
                " (select id from base_cell where type = 'GradeCell')")  # fmt: skip
    again = grade_course(course, workers=1)
    assert (again.judged, again.unchanged) == (2, 0)
    assert {id: one.score for id, one in by_id(course).items() if id in ("ada", "bela")} == {"ada": 5, "bela": None}


def test_learners_read_the_due_date_in_the_lesson(course: Course, tmp_path: Path) -> None:
    from curriculum.cohort.releasing import release_lesson

    engine = gradebook.open_engine(course)
    with engine.begin() as db:
        gradebook.save_due(db, "welcome", parse_moment("2026-09-14T18:00", "Europe/Berlin"))
    engine.dispose()
    write_settings(replace(course, late=LatePolicy("daily", 0.2, 0.6, 10), timezone="Europe/Berlin"))
    release_lesson(load_course(course.root), "welcome", again=True)
    text = (course.release("welcome") / "welcome.ipynb").read_text(encoding="utf-8")
    assert "Monday, 14 September 2026, 18:00 (Europe/Berlin)" in text
    assert (
        "Each day begun after that costs 20 % of the points, at most 60 %. 10 minutes late are still in time." in text
    )
