"""Courses of older versions go on, after a backup; those of newer ones are left alone with a sentence."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.config import Config
from alembic.script import ScriptDirectory

from curriculum.cohort import schema
from curriculum.cohort.course import Course, CourseError
from curriculum.cohort.gradebook import open_engine
from curriculum.cohort.grades import grades_of
from curriculum.cohort.grading import grade_course
from curriculum.cohort.own_tables import metadata
from curriculum.cohort.records import Records
from curriculum.cohort.simulate import write_submission

pytestmark = pytest.mark.slow

FIRST = """
CREATE TABLE cohort_run (id INTEGER PRIMARY KEY, started_at VARCHAR(40) NOT NULL, finished_at VARCHAR(40),
  asked TEXT NOT NULL);
CREATE TABLE cohort_attempt (id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES cohort_run(id),
  student VARCHAR(128) NOT NULL, lesson VARCHAR(128) NOT NULL, current BOOLEAN NOT NULL, status VARCHAR(16) NOT NULL,
  sentence TEXT NOT NULL, notes TEXT NOT NULL, submitted_at VARCHAR(40) NOT NULL, seconds_late FLOAT NOT NULL,
  graded_at VARCHAR(40) NOT NULL, seed INTEGER NOT NULL, points FLOAT, maximum FLOAT NOT NULL, choices TEXT NOT NULL,
  report BLOB, prose BLOB, submission_sha256 VARCHAR(64) NOT NULL, rubric_sha256 VARCHAR(64) NOT NULL,
  case_sha256 VARCHAR(64) NOT NULL, grader_sha256 VARCHAR(64) NOT NULL,
  CONSTRAINT cohort_attempt_once UNIQUE (student, lesson, submission_sha256, grader_sha256, seed));
CREATE INDEX cohort_attempt_current ON cohort_attempt (lesson, current);
CREATE TABLE cohort_score (attempt INTEGER, artifact VARCHAR(64), status VARCHAR(16) NOT NULL, points FLOAT NOT NULL,
  maximum FLOAT NOT NULL, PRIMARY KEY (attempt, artifact));
CREATE TABLE cohort_verdict (attempt INTEGER, criterion VARCHAR(128), artifact VARCHAR(64) NOT NULL,
  passed BOOLEAN NOT NULL, counted BOOLEAN NOT NULL, points INTEGER NOT NULL, PRIMARY KEY (attempt, criterion));
"""
"""The tables of the first version, as it made them."""


def gradebook_of(course: Course) -> Path:
    return course.root / "gradebook.db"


def as_it_was_first(course: Course) -> None:
    """Ada's attempt, in the tables of the first version."""
    write_submission(course, "ada", "welcome", "later_standup")
    grade_course(course, workers=1)
    with sqlite3.connect(gradebook_of(course)) as db:
        row = db.execute(
            "SELECT id, run, student, lesson, 1, status, sentence, notes, submitted_at, 0.0, graded_at, seed, points,"
            " maximum, choices, NULL, prose, submission_sha256, rubric_sha256, case_sha256, grader_sha256"
            " FROM cohort_attempt"
        ).fetchone()
        run = db.execute("SELECT * FROM cohort_run").fetchone()
        for table in (
            "cohort_attempt",
            "cohort_run",
            "cohort_rubric",
            "cohort_extension",
            "cohort_marker",
            "cohort_mark",
            schema.VERSION_TABLE,
        ):
            db.execute(f"DROP TABLE {table}")
        db.executescript(FIRST)
        db.execute(f"INSERT INTO cohort_run VALUES ({', '.join('?' * len(run))})", run)
        db.execute(f"INSERT INTO cohort_attempt VALUES ({', '.join('?' * len(row))})", row)
        db.execute("INSERT INTO cohort_verdict VALUES (?, 'ask_is_one_sentence', 'ask', 1, 1, 1)", (row[0],))
        db.execute("INSERT INTO cohort_verdict VALUES (?, 'date_is_in_time', 'ask', 0, 0, 1)", (row[0],))


def test_a_course_of_the_first_version_goes_on(course: Course) -> None:
    as_it_was_first(course)
    (ada,) = (grade for grade in grades_of(course, ("welcome",)) if grade.learner.id == "ada")
    assert ada.score == 6, "what was graded counts before anything is judged again"
    (copy,) = course.root.glob("gradebook-before-tables-*.db")
    assert copy.stat().st_mode & 0o777 == 0o600
    with sqlite3.connect(copy) as db:
        assert db.execute("SELECT count(*) FROM cohort_verdict").fetchone() == (2,)
    engine = open_engine(course)
    assert dict(Records(engine).verdicts("welcome")) == {"ada": {"ask_is_one_sentence": True, "date_is_in_time": None}}
    engine.dispose()
    assert grade_course(course, workers=1).judged == 1, "its report is of the first kind"
    assert grade_course(course, workers=1).unchanged == 1


def test_every_version_becomes_the_tables_of_a_new_course(course: Course) -> None:
    engine = open_engine(course)
    Records(engine).create()

    def shape() -> dict[str, set[str]]:
        found = sa.inspect(engine)
        return {name: {column["name"] for column in found.get_columns(name)} for name in metadata.tables}

    new = shape()
    as_it_was_first(course)
    Records(engine).create()
    assert shape() == new
    # The second version had no table of versions either.
    with engine.begin() as db:
        db.execute(sa.text(f"DROP TABLE {schema.VERSION_TABLE}"))
        for table in ("cohort_extension", "cohort_marker", "cohort_mark"):
            db.execute(sa.text(f"DROP TABLE {table}"))
        db.execute(sa.text("ALTER TABLE cohort_attempt ADD COLUMN seconds_late FLOAT NOT NULL DEFAULT 0"))
    Records(engine).create()
    assert shape() == new
    engine.dispose()


def test_a_step_that_fails_leaves_the_course_as_it_was(course: Course) -> None:
    as_it_was_first(course)
    engine = open_engine(course)
    with engine.begin() as db:
        db.execute(sa.text("DROP TABLE cohort_score"))  # so that the second step fails at its end
    for _ in range(2):
        with pytest.raises(sa.exc.OperationalError):
            Records(engine).create()
        columns = {column["name"] for column in sa.inspect(engine).get_columns("cohort_attempt")}
        assert "verdicts" not in columns
    engine.dispose()


def test_a_course_of_a_newer_version_is_left_alone(course: Course) -> None:
    write_submission(course, "ada", "welcome", "later_standup")
    grade_course(course, workers=1)
    with sqlite3.connect(gradebook_of(course)) as db:
        db.execute(f"UPDATE {schema.VERSION_TABLE} SET version_num = '999'")
    before = gradebook_of(course).read_bytes()
    with pytest.raises(CourseError, match=r"a newer version of the curriculum \(tables 999; this one knows"):
        grade_course(course, workers=1)
    assert gradebook_of(course).read_bytes() == before


def test_the_last_step_is_the_version_that_is_known() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
    assert ScriptDirectory.from_config(config).get_heads() == [schema.HEAD]
