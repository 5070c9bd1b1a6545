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

from curriculum.cohort.course import Course, CourseError, load_course
from curriculum.cohort.exporting import export
from curriculum.cohort.feedback import write_feedback
from curriculum.cohort.forgetting import forget
from curriculum.cohort.gradebook import open_engine
from curriculum.cohort.grades import grades_of
from curriculum.cohort.grading import grade_course
from curriculum.cohort.simulate import synthetic_course, write_submission

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
