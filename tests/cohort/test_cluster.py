"""Grading on a Dask cluster: two worker processes on loopback, one killed in the middle, nothing lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from curriculum.cohort import grading
from curriculum.cohort.course import Course, CourseError, load_course
from curriculum.cohort.gradebook import open_engine
from curriculum.cohort.grades import grades_of
from curriculum.cohort.grading import grade_course
from curriculum.cohort.simulate import synthetic_course, write_submission

SUBMISSIONS = 240
PATIENCE = 60


class Cluster:
    """A scheduler and workers, each a process of its own, as on a real cluster."""

    def __init__(self, folder: Path):
        self.folder, self.processes = folder, []
        self.note = folder / "scheduler.json"
        self._start("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(self.note))
        self.address = self._address()

    def add_worker(self) -> subprocess.Popen[bytes]:
        """A worker without a nanny, so that nobody starts it again."""
        return self._start(
            "dask_worker", self.address, "--nthreads", "1", "--no-nanny", "--local-directory", str(self.folder)
        )

    def stop(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()

    def _start(self, module: str, *words: str) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path.cwd()), os.environ.get("PYTHONPATH", "")])}
        process = subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.{module}", *words, "--no-dashboard"],
            cwd=self.folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.processes.append(process)
        return process

    def _address(self) -> str:
        import json

        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                return str(json.loads(self.note.read_text())["address"])
            except (OSError, ValueError):
                time.sleep(0.05)
        raise RuntimeError("the scheduler did not start")


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    folder = tmp_path / "cluster"
    folder.mkdir()
    cluster = Cluster(folder)
    yield cluster
    cluster.stop()


@pytest.mark.slow
def test_a_worker_killed_in_the_middle_loses_nothing(
    tmp_path: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = Course(root=tmp_path / "course", id="dask", title="Dask", lessons=("welcome",))
    known = {one.student: one.points for one in synthetic_course(course, SUBMISSIONS, seed=3)}
    course = load_course(course.root)
    first, _second = cluster.add_worker(), cluster.add_worker()
    wait_for_workers(cluster, 2)
    monkeypatch.setattr(grading, "BATCH", 6)
    killed: list[int] = []

    def on_progress(done: int, total: int) -> None:
        assert total == SUBMISSIONS
        if done > 30 and not killed:
            first.send_signal(signal.SIGKILL)
            killed.append(done)

    graded = grade_course(course, scheduler=cluster.address, on_progress=on_progress)
    assert killed and killed[0] < SUBMISSIONS, "the worker was not killed in the middle"
    assert first.wait(PATIENCE) == -signal.SIGKILL
    assert graded.judged == SUBMISSIONS
    assert {g.learner.id: g.score for g in grades_of(course, ("welcome",))} == known
    engine = open_engine(course)
    with engine.connect() as db:
        assert db.execute(sa.text("select count(*) from cohort_attempt")).scalar() == SUBMISSIONS
    engine.dispose()
    assert grade_course(course, scheduler=cluster.address).unchanged == SUBMISSIONS


@pytest.mark.slow
def test_workers_with_other_code_are_refused(course: Course, cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    write_submission(course, "ada", "welcome", "later_standup")
    cluster.add_worker()
    monkeypatch.setattr("curriculum.cohort.cluster.grader_sha256", lambda lesson: "0" * 64)
    with pytest.raises(CourseError, match="another version of the course"):
        grade_course(course, scheduler=cluster.address)


def test_no_scheduler_is_one_sentence(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    write_submission(course, "ada", "welcome", "later_standup")
    monkeypatch.setattr("curriculum.cohort.cluster.TIMEOUT", 0.3)
    with pytest.raises(CourseError, match="no Dask scheduler at"):
        grade_course(course, scheduler="tcp://127.0.0.1:1")


def wait_for_workers(cluster: Cluster, number: int) -> None:
    from distributed import Client

    with Client(cluster.address, timeout=PATIENCE, set_as_default=False) as client:
        client.wait_for_workers(number, timeout=PATIENCE)
