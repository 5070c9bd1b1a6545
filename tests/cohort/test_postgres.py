"""The gradebook in PostgreSQL: a real server, started for the test as a user who is not root."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from curriculum.cohort import markers, schema
from curriculum.cohort.course import Course, CourseError, load_course
from curriculum.cohort.exporting import export
from curriculum.cohort.feedback import write_feedback
from curriculum.cohort.forgetting import forget
from curriculum.cohort.gradebook import open_engine
from curriculum.cohort.grades import grades_of
from curriculum.cohort.grading import grade_course
from curriculum.cohort.marking import Wanted, give, read_lessons
from curriculum.cohort.marks import DECIDED, SECOND, WORDS, log
from curriculum.cohort.own_tables import INDICES, metadata
from curriculum.cohort.people import rename
from curriculum.cohort.records import Records
from curriculum.cohort.simulate import synthetic_course, write_submission
from tests.cohort.test_schema import FIRST

pytestmark = pytest.mark.slow

NOTE = Path(".venv/.postgres")
"""Where tests/cohort/find_postgres.py notes the server's folder; `make test` runs it."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The URL of an empty database on a server that listens on a socket in a folder of its own."""
    sys.path.insert(0, str(Path(__file__).parent))
    from find_postgres import MISSING, installed

    programs = Path(NOTE.read_text().strip()) if NOTE.is_file() else installed()
    if programs is None:
        pytest.fail(MISSING)
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))  # a socket's path must be short
    user = None
    if os.geteuid() == 0:  # which PostgreSQL refuses to run as
        user = next(name for name in ("postgres", "nobody") if name in {entry.pw_name for entry in pwd.getpwall()})
        shutil.chown(folder, user)
    data = folder / "data"
    words = ["-U", "teacher", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C"]
    subprocess.run([programs / "initdb", "-D", data, *words], check=True, user=user, cwd=folder, capture_output=True)
    process = subprocess.Popen(
        [programs / "postgres", "-D", data, "-k", folder, "-c", "listen_addresses=", "-F"],
        user=user, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    url = f"postgresql+psycopg://teacher@/postgres?host={folder}"
    wait_until_it_answers(url, process)
    yield url
    process.terminate()
    process.wait()
    shutil.rmtree(folder, ignore_errors=True)


def wait_until_it_answers(url: str, process: subprocess.Popen[bytes]) -> None:
    engine = sa.create_engine(url)
    end = time.monotonic() + 60
    while True:
        try:
            engine.connect().close()
            break
        except sa.exc.OperationalError:
            assert process.poll() is None, "the server ended"
            assert time.monotonic() < end, "the server did not answer in a minute"
            time.sleep(0.1)
    engine.dispose()


def test_a_whole_course_in_postgres(server: str, tmp_path: Path) -> None:
    from nbgrader.api import Gradebook

    course = Course(root=tmp_path / "course", id="pg", title="PG", lessons=("welcome",), database=server)
    known = {one.student: one.points for one in synthetic_course(course, 120, seed=11)}
    course = load_course(course.root)
    assert grade_course(course).judged == 120
    assert {g.learner.id: g.score for g in grades_of(course, ("welcome",))} == known
    assert not list(course.root.glob("*.db")), "nothing went to a file"
    again = grade_course(course)
    assert (again.judged, again.unchanged) == (0, 120)
    first = course.roster[0].id
    expected = write_submission(course, first, "welcome", "later_standup/too_late")
    changed = grade_course(course)
    assert changed.judged == 1
    assert next(g.score for g in grades_of(course, ("welcome",)) if g.learner.id == first) == expected.points
    assert write_feedback(course, ("welcome",)) == 120
    assert export(course, ("welcome",), "canvas").text.count("\r\n") == 122
    with Gradebook(course.database_url, course.id) as book:  # nbgrader's own
        rows = {row["student"]: row["score"] for row in book.submission_dicts("welcome")}
    assert rows == {**known, first: expected.points}
    assert any("Deleted" in sentence for sentence in forget(course, first).done)
    engine = open_engine(course)
    with engine.connect() as db:
        for table in ("student", "submitted_assignment", "cohort_attempt"):
            column = {"student": "id", "submitted_assignment": "student_id"}.get(table, "student")
            query = sa.text(f"select count(*) from {table} where {column} = :who")
            assert db.execute(query, {"who": first}).scalar() == 0
    engine.dispose()


def test_a_server_that_is_away_is_one_sentence(tmp_path: Path) -> None:
    url = f"postgresql+psycopg://teacher@/postgres?host={tmp_path}"
    course = Course(root=tmp_path / "course", id="pg", title="PG", lessons=("welcome",), database=url)
    with pytest.raises(CourseError, match="cannot be reached"):
        synthetic_course(course, 1, seed=1)


@pytest.fixture
def course(server: str, tmp_path: Path) -> Iterator[Course]:
    """Three learners in a database of their own, graded; their words carry ten points."""
    admin = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as db:
        db.execute(sa.text("CREATE DATABASE own"))
    url = sa.make_url(server).set(database="own").render_as_string()
    made = Course(tmp_path / "own", "own", "Own", ("welcome",), database=url, prose_points={"welcome": 10.0})
    synthetic_course(made, 3, seed=5)
    course = load_course(made.root)
    for learner in course.roster:
        write_submission(course, learner.id, "welcome", "later_standup")
    grade_course(course, workers=1)
    yield course
    with admin.connect() as db:
        db.execute(sa.text("DROP DATABASE own WITH (FORCE)"))
    admin.dispose()


def as_it_was_first(engine: sa.Engine) -> None:
    """The attempts, in the tables of the first version, as that made them in PostgreSQL."""
    with engine.begin() as db:
        runs = db.execute(sa.text("SELECT * FROM cohort_run")).all()
        kept = db.execute(
            sa.text(
                "SELECT id, run, student, lesson, current, status, sentence, notes, submitted_at, 0.0, graded_at, seed,"
                " points, maximum, choices, NULL, prose, submission_sha256, rubric_sha256, case_sha256, grader_sha256"
                " FROM cohort_attempt"
            )
        ).all()
        metadata.drop_all(db)
        db.execute(sa.text(f"DROP TABLE {schema.VERSION_TABLE}"))
        for name in INDICES:
            db.execute(sa.text(f"DROP INDEX {name}"))
        first = FIRST.replace("id INTEGER PRIMARY KEY", "id SERIAL PRIMARY KEY").replace("BLOB", "BYTEA")
        for statement in filter(str.strip, first.split(";")):
            db.exec_driver_sql(statement)
        for table, rows in (("cohort_run", runs), ("cohort_attempt", kept)):
            for row in rows:
                db.exec_driver_sql(f"INSERT INTO {table} VALUES ({', '.join(['%s'] * len(row))})", tuple(row))
            db.execute(sa.text(f"SELECT setval('{table}_id_seq', (SELECT max(id) FROM {table}))"))
        for row in kept:
            db.execute(
                sa.text("INSERT INTO cohort_verdict VALUES (:id, 'ask_is_one_sentence', 'ask', true, true, 1)"),
                {"id": row[0]},
            )


def shape(engine: sa.Engine) -> dict[str, dict[str, tuple[str, bool]]]:
    found = sa.inspect(engine)
    return {
        name: {column["name"]: (str(column["type"]), column["nullable"]) for column in found.get_columns(name)}
        for name in metadata.tables
    }


def test_a_course_of_the_first_version_goes_on_in_postgres(course: Course) -> None:
    engine = open_engine(course)
    new = shape(engine)
    as_it_was_first(engine)
    with engine.begin() as db:
        db.execute(sa.text("ALTER TABLE cohort_score RENAME TO elsewhere"))  # so that the second step fails at its end
    with pytest.raises(sa.exc.ProgrammingError):
        Records(engine).create()
    assert schema.VERSION_TABLE not in sa.inspect(engine).get_table_names(), "all steps or none"
    with engine.begin() as db:
        db.execute(sa.text("ALTER TABLE elsewhere RENAME TO cohort_score"))
    assert {grade.points for grade in grades_of(course, ("welcome",))} == {6.0}
    assert shape(engine) == new
    with engine.connect() as db:
        assert db.execute(sa.text(f"SELECT version_num FROM {schema.VERSION_TABLE}")).scalar() == schema.HEAD
        there = set(db.execute(sa.text("SELECT indexname FROM pg_indexes")).scalars())
    assert {*INDICES, "cohort_mark_of"} <= there
    assert grade_course(course, workers=1).judged == 3, "reports of the first kind are judged again"
    engine.dispose()


def test_marks_of_several_people_in_postgres(course: Course) -> None:
    engine = open_engine(course)
    with engine.begin() as db:
        (read,) = read_lessons(db, Records(engine), course, ("welcome",))
        markers.share_out(db, read, {"Kim": (), "Lee": ()}, second=1)
    with engine.begin() as db:
        (read,) = read_lessons(db, Records(engine), course, ("welcome",))
    ((student, tasks),) = ((who, tasks) for who, tasks in read.marking.tasks.items() if len(tasks) == 2)
    first, second = tasks[0].marker, tasks[1].marker
    give(
        course,
        [
            Wanted("welcome", tasks[0].code, WORDS, 9, first, "Schön – klar."),
            Wanted("welcome", student, WORDS, 2, second),
        ],
    )
    assert next(g for g in grades_of(course, ("welcome",)) if g.learner.id == student).provisional
    give(course, [Wanted("welcome", student, WORDS, 6, "Head", why="We talked.", decides=True)])
    grade = next(g for g in grades_of(course, ("welcome",)) if g.learner.id == student)
    assert (grade.points, grade.provisional) == (12.0, False)
    rename(course, student, "renamed")
    with engine.connect() as db:
        assert [(one.role, one.after) for one in log(db, ("welcome",), ["renamed"])] == [
            ("first", 9.0), (SECOND, 2.0), (DECIDED, 6.0)
        ]  # fmt: skip
    forget(load_course(course.root), "renamed")
    with engine.connect() as db:
        for table in ("cohort_mark", "cohort_marker"):
            assert db.execute(sa.text(f"SELECT count(*) FROM {table} WHERE student = 'renamed'")).scalar() == 0
    engine.dispose()
