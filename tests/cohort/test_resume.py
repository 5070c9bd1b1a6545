"""Killed at random moments, again and again, a grading ends with every grade right and none given twice."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
import sqlalchemy as sa

from curriculum.cohort.course import Course, load_course
from curriculum.cohort.gradebook import open_engine
from curriculum.cohort.grades import grades_of
from curriculum.cohort.simulate import synthetic_course

SUBMISSIONS = 300
KILLS = 8

GRADE = """
import sys, time
from curriculum.cohort import grading
grading.SAVED_AT_ONCE = 20  # more savings, more moments between them
save = grading._save
def save_and_pause(*arguments):
    save(*arguments)
    time.sleep(0.3)  # so that a kill can come between two savings on a fast machine, too
grading._save = save_and_pause
from curriculum.cli import main
main(["cohort", "grade", sys.argv[1], "--json"])
"""


@pytest.mark.slow
def test_a_grading_survives_kill_minus_nine(tmp_path: Path) -> None:
    course = Course(root=tmp_path / "course", id="killed", title="Killed", lessons=("welcome",))
    known = {one.student: one.points for one in synthetic_course(course, SUBMISSIONS, seed=7)}
    course = load_course(course.root)
    chance = random.Random(20261122)
    command = [sys.executable, "-c", GRADE, str(course.root)]
    between = 0
    for number in range(KILLS):
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if number % 2:
            wait_for_more(course, process, chance.randint(1, 60))
        else:
            time.sleep(chance.uniform(0.1, 1.2))  # the moment of the kill is what is being tried
        workers = psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []
        process.send_signal(signal.SIGKILL)
        process.communicate()
        _gone, alive = psutil.wait_procs(workers, timeout=10)
        assert not alive, "the workers of a killed grading end with it"
        between += 0 < saved(course) < SUBMISSIONS
    assert between, "no kill came between two savings; this test then shows nothing"
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert f'"graded": {SUBMISSIONS}' in done.stdout
    assert {g.learner.id: g.score for g in grades_of(course, ("welcome",))} == known
    assert saved(course) == SUBMISSIONS
    engine = open_engine(course)
    with engine.connect() as db:
        for table in ("submitted_assignment", "submitted_notebook"):
            assert db.execute(sa.text(f"select count(*) from {table}")).scalar() == SUBMISSIONS
        # A check and the words for a person.
        assert db.execute(sa.text("select count(*) from grade")).scalar() == 2 * SUBMISSIONS
    engine.dispose()
    assert len(list((course.root / "autograded").glob("*/welcome/welcome.ipynb"))) == SUBMISSIONS


def wait_for_more(course: Course, process: subprocess.Popen[bytes], more: int) -> None:
    """Return when so many further results are saved, or the process has ended."""
    goal = saved(course) + more
    while process.poll() is None and saved(course) < goal:
        time.sleep(0.005)


def saved(course: Course) -> int:
    engine = open_engine(course)
    try:
        with engine.connect() as db:
            if not sa.inspect(db).has_table("cohort_attempt"):
                return 0
            return int(db.execute(sa.text("select count(*) from cohort_attempt")).scalar() or 0)
    finally:
        engine.dispose()


def test_workers_end_with_their_parent(tmp_path: Path) -> None:
    """Without being told: a parent that is killed cannot tell them."""
    script = (
        "import sys, time\n"
        "from curriculum.cohort.pool import _executor\n"
        "pool = _executor(2)\n"
        "pool.submit(time.sleep, 0).result()\n"
        "print('ready', flush=True)\n"
        "time.sleep(60)\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path.cwd()), os.environ.get("PYTHONPATH", "")])}
    process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    workers = psutil.Process(process.pid).children()
    assert len(workers) == 2
    process.kill()
    process.wait()
    _gone, alive = psutil.wait_procs(workers, timeout=10)
    assert alive == []
