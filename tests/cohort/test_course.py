"""Making a course: what learners get, what nbgrader reads, and what is refused."""

from __future__ import annotations

import datetime as dt
import json
import stat
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from curriculum.cohort.course import Course, CourseError, load_course, write_settings
from curriculum.cohort.exchange import check_exchange, note_folder
from curriculum.cohort.gradebook import due_date, lesson_rows, open_engine
from curriculum.cohort.late import LatePolicy
from curriculum.cohort.releasing import release_lesson
from curriculum.cohort.roster import Learner
from curriculum.cohort.staging import create_course, enrol, parse_due, stage
from curriculum.learner import variant
from curriculum.learner.lesson_files import LessonFiles, open_case
from curriculum.learner.variant import VariantUnknown


def test_settings_are_read_as_they_were_written(tmp_path: Path) -> None:
    course = Course(
        root=tmp_path, id="a-1", title='Title "x" \\ \t é', lessons=("welcome",), timezone="Europe/Berlin",
        database="postgresql+psycopg://t@h/b", exchange=Path("/srv/exchange"), check_owner=False,
        late=LatePolicy("daily", 0.2, 0.6, 15.0), prose_points={"welcome": 4.0}, lms_columns={"welcome": "W (12)"},
        accepted={"ada/welcome": 12},
    )  # fmt: skip
    write_settings(course)
    assert load_course(tmp_path) == course
    assert course.variant("ada", "welcome") == 12
    assert course.variant("bela", "welcome") == variant.deal("a-1", "bela", "welcome")


def test_a_typing_error_in_the_settings_is_one_sentence(tmp_path: Path) -> None:
    write_settings(Course(root=tmp_path, id="a", lessons=("welcome",)))
    path = tmp_path / "cohort.toml"
    path.write_text(path.read_text().replace('policy = "none"', 'policy = "harsh"'))
    with pytest.raises(CourseError, match=r"late\.policy"):
        load_course(tmp_path)
    path.write_text("id = ")
    with pytest.raises(CourseError, match="cannot be read"):
        load_course(tmp_path)
    with pytest.raises(CourseError, match="There is no course in"):
        load_course(tmp_path / "elsewhere")


def test_learners_get_the_notebook_and_nothing_else(course: Course) -> None:
    assert sorted(path.name for path in course.release("welcome").iterdir()) == ["cohort.json", "welcome.ipynb"]
    cells = json.loads((course.release("welcome") / "welcome.ipynb").read_text())["cells"]
    assert "part of the course Product 2026" in "".join(cells[0]["source"])
    graded = [cell["metadata"]["nbgrader"] for cell in cells if "nbgrader" in cell["metadata"]]
    assert [(cell["grade_id"], cell["grade"], cell["task"], cell["points"]) for cell in graded] == [
        ("check_ask", True, False, 6),
        ("read_by_a_person", False, True, 0),
    ]


def test_nothing_else_may_stand_beside_a_source(course: Course) -> None:
    (course.source("welcome") / "exemplar.yaml").write_text("ask: the answer")
    with pytest.raises(CourseError, match=r"exemplar\.yaml, which learners would get"):
        stage(course, "welcome")


def test_what_was_handed_in_is_nobody_elses_to_read(course: Course) -> None:
    for name in ("submitted", "autograded", "feedback", ".cohort"):
        assert stat.S_IMODE((course.root / name).stat().st_mode) == 0o700, name
    for name in ("roster.csv", "gradebook.db", "cohort.toml"):
        assert stat.S_IMODE((course.root / name).stat().st_mode) == 0o600, name


def test_the_lesson_deals_the_courses_variant(course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a learner's notebook deals is what the roster expects."""
    folder = tmp_path / "home" / "welcome"
    (folder).mkdir(parents=True)
    (folder / "cohort.json").write_text((course.release("welcome") / "cohort.json").read_text())
    monkeypatch.delenv("CURRICULUM_LEARNER", raising=False)
    monkeypatch.setenv("JUPYTERHUB_USER", "ada")
    case, note = open_case(LessonFiles("welcome", folder, None), graded=False)
    assert (case.seed, note) == (course.variant("ada", "welcome"), "")
    (folder / "answers" / "case.yaml").unlink()
    (folder / "cohort.json").write_text("[]")
    with pytest.raises(VariantUnknown, match="does not name your course"):
        open_case(LessonFiles("welcome", folder, None), graded=False)


def test_a_course_is_brought_up_to_date(course: Course) -> None:
    due = dt.datetime(2026, 9, 14, 18, tzinfo=dt.UTC)
    create_course(replace(course, title="New name"), (*course.roster, Learner("eun")), {"welcome": due})
    again = load_course(course.root)
    assert again.title == "New name"
    assert len(again.roster) == 5
    engine = open_engine(again)
    with engine.connect() as db:
        assert due_date(db, "welcome") == due
        assert lesson_rows(db, again, "welcome").maximum == 6
    engine.dispose()
    enrol(again, (*again.roster[:2], Learner("femi", "Femi")))
    from nbgrader.api import Gradebook

    with Gradebook(again.database_url, again.id) as book:
        students = {student.id: student for student in book.students}
    assert students["femi"].first_name == "Femi"
    assert {"dana", "eun"} <= students.keys(), "nobody is deleted by a new roster"
    assert students["ada"].lms_user_id == "101"


def test_a_release_does_not_move_the_due_date_and_prose_can_carry_points(tmp_path: Path) -> None:
    due = dt.datetime(2026, 9, 14, tzinfo=dt.UTC)
    course = Course(root=tmp_path / "c", id="c", lessons=("welcome",), prose_points={"welcome": 4})
    create_course(course, (Learner("ada"),), {"welcome": due})
    assert release_lesson(course, "welcome")
    assert not release_lesson(course, "welcome"), "it is released already"
    assert release_lesson(course, "welcome", again=True)
    engine = open_engine(course)
    with engine.connect() as db:
        assert due_date(db, "welcome") == due
        assert lesson_rows(db, course, "welcome").maximum == 10
    engine.dispose()


def test_commands_take_the_lessons_that_are_released(course: Course, tmp_path: Path) -> None:
    more = replace(course, lessons=("welcome", "recommendation_scoping"))
    assert more.chosen(()) == ("welcome",)
    assert more.checked(()) == more.lessons
    assert more.chosen(("recommendation_scoping",)) == ("recommendation_scoping",)
    with pytest.raises(CourseError, match="is not in this course"):
        more.chosen(("nonsense",))
    with pytest.raises(CourseError, match="No lesson is released yet"):
        replace(course, root=tmp_path / "empty").chosen(())


def test_a_release_goes_to_the_exchange(course: Course, tmp_path: Path) -> None:
    course = replace(course, exchange=tmp_path / "exchange")
    assert release_lesson(course, "welcome")
    outbound = tmp_path / "exchange" / "pm-2026" / "outbound" / "welcome"
    assert sorted(path.name for path in outbound.iterdir()) == ["cohort.json", "welcome.ipynb"]
    assert not release_lesson(course, "welcome")


@pytest.mark.parametrize(
    ("text", "zone", "expected"),
    [
        ("2026-09-14", "UTC", "2026-09-14T23:59:59+00:00"),
        ("2026-09-14T18:00", "Europe/Berlin", "2026-09-14T18:00:00+02:00"),
        ("2026-09-14 18:00+05:00", "UTC", "2026-09-14T18:00:00+05:00"),
    ],
)
def test_due_dates_as_people_write_them(text: str, zone: str, expected: str) -> None:
    due = parse_due(text, zone)
    assert due is not None
    assert due.isoformat() == expected


def test_due_dates_that_cannot_be_read_are_refused() -> None:
    assert parse_due("none", "UTC") is None
    with pytest.raises(CourseError, match="cannot be read"):
        parse_due("next Friday", "UTC")
    with pytest.raises(CourseError, match="time zone"):
        parse_due("2026-09-14", "Mars/Olympus")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"lessons": ()}, "needs lessons"),
        ({"lessons": ("nonsense",)}, "no lesson 'nonsense'"),
        ({"id": "../up"}, "course id"),
        ({"timezone": "Nowhere/Land"}, "time zone"),
    ],
)
def test_what_cannot_be_a_course_is_refused(tmp_path: Path, change: dict[str, object], says: str) -> None:
    with pytest.raises(CourseError, match=says):
        create_course(replace(Course(root=tmp_path / "c", id="c", lessons=("welcome",)), **change), (), {})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("policy", "days", "penalty"),
    [
        (LatePolicy(), 3, 0.0),
        (LatePolicy("zero"), 1, 8.0),
        (LatePolicy("zero"), 0, 0.0),
        (LatePolicy("daily", 0.1, 0.5), 1, 0.8),
        (LatePolicy("daily", 0.1, 0.5), 2, 1.6),
        (LatePolicy("daily", 0.1, 0.5), 30, 4.0),
        (LatePolicy("daily", 0.9, 1.0), 30, 8.0),
    ],
)
def test_what_being_late_costs(policy: LatePolicy, days: int, penalty: float) -> None:
    assert policy.penalty(8.0, days) == pytest.approx(penalty)


@pytest.mark.parametrize("setting", [{"prose_points": {"welcom": 4}}, {"lms_columns": {"welcom": "W"}},
                                     {"accepted": {"ada/welcom": 3}}])  # fmt: skip
def test_a_lesson_that_is_misspelt_in_the_settings_is_told(tmp_path: Path, setting: dict[str, Any]) -> None:
    write_settings(replace(Course(root=tmp_path, id="a", lessons=("welcome",)), **setting))
    with pytest.raises(CourseError, match=f"cohort.toml, {next(iter(setting))}: .*welcom"):
        load_course(tmp_path)


def test_a_copy_of_a_course_touches_nothing_that_learners_see(course: Course, tmp_path: Path) -> None:
    course = replace(course, exchange=tmp_path / "exchange", check_owner=False)
    assert course.exchange is not None
    (course.exchange / course.id).mkdir(parents=True)
    note_folder(course)
    check_exchange(course)
    copy = replace(course, root=tmp_path / "copy")
    with pytest.raises(CourseError, match="seems to be a copy of that one"):
        check_exchange(copy)
    course.root.rename(copy.root)
    check_exchange(copy)  # moved, not copied
