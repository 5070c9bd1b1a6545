"""`make bench-cohort`: what instructors are promised, measured in one run against nbgrader on the same work."""

from __future__ import annotations

import csv
import multiprocessing
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import sqlalchemy as sa
from rich.console import Console
from rich.table import Table

from curriculum.cohort import gradebook, saving
from curriculum.cohort.course import Course, load_course
from curriculum.cohort.grades import grades_of
from curriculum.cohort.own_tables import INDICES
from curriculum.cohort.records import Records
from curriculum.cohort.releasing import release_lesson
from curriculum.cohort.result import ArtifactScore, Result, SubmissionStatus
from curriculum.cohort.simulate import Known, synthetic_course, synthetic_learners
from curriculum.cohort.staging import create_course
from curriculum.course.catalog import load_catalog
from tests.bench.classes import handed_back, teams
from tests.bench.measuring import Memory, Row, cohort, start, timed

LESSON = "recommendation_scoping"
SUBMISSIONS = 200
LARGE = 10_000
EXPORTED = (1000, 6)
EXECUTED = 200
CLUSTERED = 2000

_REGRADE = """
import sys
from curriculum.cohort import grading, judging, provenance
root, *changed = sys.argv[1:]
as_it_is = provenance.grader_sha256
def grader_sha256(lesson):  # what grades these lessons is not what it was
    return as_it_is(lesson)[:-1] + "x" if lesson in changed else as_it_is(lesson)
grading.grader_sha256 = judging.grader_sha256 = grader_sha256
from curriculum.cli import main
main(["cohort", "grade", root, "--workers", "2", "--json"])
"""


def main() -> int:
    """Measure what is asked for (all without arguments), print the table, return how many bars were missed."""
    wanted = sys.argv[1:] or list(MEASUREMENTS)
    # As it is where it is installed: with bytecode, for both sides.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    subprocess.run([sys.executable, "-m", "compileall", "-q", "curriculum", "graders"], check=False)
    rows: list[Row] = []
    for name in wanted:
        with tempfile.TemporaryDirectory(prefix="bench-cohort-") as folder:
            rows += MEASUREMENTS[name](Path(folder))
    table = Table("What", "Measured", "Bar", "", title="Cohorts")
    for row in rows:
        bar = f"{'at least' if row.at_least else 'at most'} {row.bar:g} {row.unit}" if row.bar < float("inf") else ""
        table.add_row(row.what, f"{row.value:.4g} {row.unit}", bar, "" if row.met else "MISSED")
    Console(width=140).print(table)
    return sum(not row.met for row in rows)


def throughput(folder: Path) -> list[Row]:
    """`cohort grade` as a process against `nbgrader autograde` in two processes, both on two cores.

    nbgrader is measured without its start-up: its time for one submission more, times 200.
    """
    course = Course(root=folder / "ours", id="bench", title="Bench", lessons=(LESSON,))
    known = synthetic_course(course, SUBMISSIONS, seed=1)
    copies = [folder / f"ours{number}" for number in range(3)]
    for copy in copies:
        shutil.copytree(course.root, copy)
    few, more = 2, 8
    stock = {number: _stock_autograde(folder, course, number) for number in (few, more)}
    theirs = (stock[more] - stock[few]) / (more - few) * SUBMISSIONS
    ours = statistics.median(_grade(copy) for copy in copies)
    for copy in copies:
        _check(load_course(copy), known)
    return [
        Row(f"cohort grade, {SUBMISSIONS} of {LESSON}, against nbgrader autograde", theirs / ours, 300, "x", True),
        Row("    nbgrader autograde, two processes, from two sizes", theirs, float("inf"), "s"),
        Row("    cohort grade, start-up and gradebook included", ours, float("inf"), "s"),
    ]


def scale(folder: Path) -> list[Row]:
    """All lessons that there are; every grade is checked against what it must be."""
    lessons = tuple(entry.slug for entry in load_catalog().lessons if (entry.folder / f"{entry.slug}.ipynb").is_file())
    times, memory = {}, 0.0
    for number in (LARGE // 10, LARGE):
        course = Course(root=folder / str(number), id="bench", title="Bench", lessons=lessons)
        known = _made_apart(course, number // len(lessons), seed=2)
        if number == LARGE:
            shutil.copytree(course.root, folder / "again")
        with Memory() as watch:
            times[number] = _grade(course.root)
        memory = max(memory, watch.peak)
        _check(course, known)
    one = _regrade(course.root, (LESSON,))
    _check(course, known)
    every = _regrade(course.root, lessons)
    _check(course, known)
    # Once before and once after, so that a machine that changes its speed meanwhile counts for neither.
    first = (times[LARGE] + _grade(folder / "again")) / 2
    submissions = LARGE // len(lessons) * len(lessons)
    return [
        Row(f"{submissions} submissions over {len(lessons)} lessons", times[LARGE], 90, "s"),
        Row(
            "    time for ten times as many, beyond ten times as long",
            times[LARGE] / times[LARGE // 10] / 10 - 1,
            0.15,
            "",
        ),
        Row("    peak memory of all processes", memory / 2**30, 1, "GiB"),
        Row("    regrade after one lesson's rubric changed, against the first grading", one / first, 1, "x"),
        Row("    regrade after every lesson's rubric changed, against the first grading", every / first, 1, "x"),
    ]


def exports(folder: Path) -> list[Row]:
    """1,000 learners and 6 lessons, against nbgrader's own table."""
    learners, number = EXPORTED
    there = [entry.slug for entry in load_catalog().lessons if (entry.folder / f"{entry.slug}.ipynb").is_file()]
    course = Course(root=folder / "course", id="bench", title="Bench", lessons=tuple(there[:number]))
    create_course(course, synthetic_learners(learners), {})
    for lesson in course.lessons:
        release_lesson(course, lesson)
    _give_scores(course)
    ours = cohort("export", course.root, *course.lessons, "--to", folder / "o.csv")
    with gradebook.open_engine(course).begin() as db:  # which serve nbgrader too, whose own gradebook has none
        for index in INDICES:
            db.execute(sa.text(f"DROP INDEX {index}"))
    exporter = "--exporter=nbgrader.plugins.CsvExportPlugin"  # the course's own settings name ours
    command = [sys.executable, "-m", "nbgrader", "export", exporter, "--to", str(folder / "n.csv")]
    theirs = timed(command, cwd=course.root)
    with (folder / "o.csv").open(newline="") as one, (folder / "n.csv").open(newline="") as other:
        mine = {(row["student_id"], row["lesson"]): float(row["score"]) for row in csv.DictReader(one)}
        stock = {(row["student_id"], row["assignment"]): float(row["score"]) for row in csv.DictReader(other)}
    assert mine == stock, "the two exports differ"
    return [
        Row(
            f"cohort export, {learners} learners x {number} lessons, against nbgrader export",
            theirs / ours,
            60,
            "x",
            True,
        ),
        Row("    nbgrader export", theirs, float("inf"), "s"),
        Row("    cohort export", ours, float("inf"), "s"),
    ]


def report(folder: Path) -> list[Row]:
    """The report page of a large class with known abilities, in every lesson."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "cohort"))
    from invented_class import fill

    lessons = tuple(entry.slug for entry in load_catalog().lessons if (entry.folder / f"{entry.slug}.ipynb").is_file())
    course = Course(root=folder / "course", id="bench", title="Bench", lessons=lessons)
    create_course(course, synthetic_learners(LARGE), {})
    course = load_course(course.root)
    for lesson in lessons:
        release_lesson(course, lesson)
        fill(course, lesson)
    seconds = cohort("report", course.root)
    size = (course.root / "report.html").stat().st_size
    return [
        Row(f"cohort report, {LARGE} learners x {len(lessons)} lessons", seconds, 60, "s"),
        Row("    the page", size / 1e6, 3, "MB"),
    ]


def cluster(folder: Path) -> list[Row]:
    """One and two Dask workers on this machine, without start-up: workers run before the grading begins."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "cohort"))
    from test_cluster import Cluster, wait_for_workers

    from curriculum.cohort.grading import grade_course

    course = Course(root=folder / "course", id="bench", title="Bench", lessons=(LESSON,))
    known = synthetic_course(course, CLUSTERED, seed=4)
    course = load_course(course.root)
    (folder / "dask").mkdir()
    dask = Cluster(folder / "dask")
    times = []
    try:
        for workers in (1, 2):
            dask.add_worker()
            wait_for_workers(dask, workers)
            grade_course(course, scheduler=dask.address, students=(course.roster[0].id,), again=True)  # imports
            begin = time.perf_counter()
            grade_course(course, scheduler=dask.address, again=True)
            times.append(time.perf_counter() - begin)
    finally:
        dask.stop()
    _check(course, known)
    return [Row("two Dask workers against one", times[0] / times[1], 1.7, "x", True)]


def execution(folder: Path) -> list[Row]:
    """`cohort grade --execute`: the notebooks run in the sandbox, start-up included, against nbgrader autograde."""
    course = Course(root=folder / "ours", id="bench", title="Bench", lessons=(LESSON,))
    synthetic_course(course, EXECUTED, seed=3)
    copies = [folder / f"ours{number}" for number in range(3)]
    for copy in copies:
        shutil.copytree(course.root, copy)
    few, more = 2, 8
    stock = {number: _stock_autograde(folder, course, number) for number in (few, more)}
    theirs = (stock[more] - stock[few]) / (more - few) * EXECUTED
    script = "import sys; from curriculum.cohort.course import load_course; from curriculum.cohort.sandbox import *\n"
    script += "course = load_course(Path(sys.argv[1])); print(*execute_course(course, course.lessons), sep='\\n')"
    ours = timed([sys.executable, "-c", "from pathlib import Path\n" + script, str(course.root)])
    return [
        Row(f"--execute, {EXECUTED} notebooks of {LESSON}, against nbgrader autograde", theirs / ours, 20, "x", True),
        Row("    nbgrader autograde, two processes, from two sizes", theirs, float("inf"), "s"),
        Row("    in the sandbox, start-up included", ours, float("inf"), "s"),
    ]


MEASUREMENTS = {
    "throughput": throughput,
    "scale": scale,
    "export": exports,
    "report": report,
    "dask": cluster,
    "execution": execution,
    "class": handed_back,
    "teams": teams,
}


def _made_apart(course: Course, number: int, seed: int) -> list[Known]:
    """A synthetic course, made by a process of its own: what that takes of memory is not measured here."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(synthetic_course, course, number, seed).result()


def _regrade(root: Path, changed: Sequence[str]) -> float:
    """Seconds of `cohort grade` after what grades these lessons has changed."""
    return timed([sys.executable, "-c", _REGRADE, str(root), *changed])


def _grade(root: Path) -> float:
    return cohort("grade", root, "--workers", "2")


def _stock_autograde(folder: Path, course: Course, each: int) -> float:
    """Seconds of two `nbgrader autograde`, side by side on so many submissions each, in nbgrader's own default
    configuration."""
    root = folder / f"stock{each}"
    shutil.copytree(course.root, root)
    (root / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id = 'bench'\n")
    students = [learner.id for learner in course.roster]
    begin = time.perf_counter()
    processes = []
    for part in range(2):
        mine = set(students[part * each : (part + 1) * each])
        others = ",".join(student for student in students if student not in mine)
        command = [
            sys.executable,
            "-m",
            "nbgrader",
            "autograde",
            LESSON,
            f"--CourseDirectory.student_id_exclude={others}",
        ]
        processes.append(start(command, root))
    assert all(process.wait() == 0 for process in processes), "nbgrader autograde failed"
    return time.perf_counter() - begin


def _check(course: Course, known: list[Known]) -> None:
    """Every grade in the gradebook is the one that the submission must get."""
    course = load_course(course.root)
    found = {(grade.learner.id, grade.lesson): grade.score for grade in grades_of(course, course.lessons)}
    wrong = [one for one in known if abs((found[one.student, one.lesson] or 0.0) - one.points) > 1e-6]
    assert not wrong, f"{len(wrong)} grades are wrong, such as {wrong[0]}"


def _give_scores(course: Course) -> None:
    """A score for every learner in every lesson."""
    engine = gradebook.open_engine(course)
    records = Records(engine)
    records.create()
    run = records.begin_run({})
    with engine.begin() as db:
        for lesson in course.lessons:
            rows = gradebook.lesson_rows(db, course, lesson)
            kinds = [(cell.name.removeprefix("check_"), int(cell.maximum)) for cell in rows.cells if not cell.task]
            results = [_made_up(learner.id, lesson, kinds, index) for index, learner in enumerate(course.roster)]
            records.save(db, run, results)
            saving.save(db, rows, results, ())
    engine.dispose()


def _made_up(student: str, lesson: str, kinds: list[tuple[str, int]], index: int) -> Result:
    scores = tuple(ArtifactScore(kind, "graded", index % (most + 1), most) for kind, most in kinds)
    return Result(
        student,
        lesson,
        SubmissionStatus.GRADED,
        "",
        0,
        points=0.0,
        artifacts=scores,
        submitted_at="2026-09-01T12:00:00+00:00",
    )


if __name__ == "__main__":
    sys.exit(main())
