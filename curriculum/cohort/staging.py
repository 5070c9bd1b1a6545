"""Making a course on nbgrader: folders, configuration, gradebook, and only what learners may see."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from curriculum.cohort import clocks, gradebook
from curriculum.cohort.clocks import parse_moment
from curriculum.cohort.course import ROSTER, SETTINGS, Course, CourseError, check_name, write_settings, zone
from curriculum.cohort.records import Records, opened
from curriculum.cohort.result import PROSE_CELL
from curriculum.cohort.roster import Learner, write_roster
from curriculum.course.catalog import load_catalog
from curriculum.learner.variant import COHORT
from curriculum.support.files import write_whole

_CONFIG = '''"""nbgrader reads this file in the course's folder. The settings themselves are in cohort.toml."""

from curriculum.cohort.nbgrader_settings import configure

configure(get_config(), __file__)  # noqa: F821
'''

_HEADER = """> **This notebook is part of the course {title}.**
> What you hand in are the files in the folder `answers`, which the forms write for you.
> Your code in this notebook is your own and is not graded.
> You may hand in as often as you like; the last time counts, also where that is late.
> Your numbers are your own: another learner's answers do not fit them."""

_PROSE = """### Read by a person

A program cannot judge whether what you wrote is clear, kind and convincing.
Your instructor reads that part, and answers here.
There is nothing to write in this cell."""


def create_course(course: Course, learners: tuple[Learner, ...], dues: Mapping[str, dt.datetime | None]) -> None:
    """Make the folder of a course, or bring an existing one up to date with the roster, lessons and due dates.

    Nothing that learners handed in and no grade is touched. Raises CourseError with one sentence.
    """
    check_name(course.id)
    zone(course.timezone)
    _check_lessons(course.lessons)
    course = replace(course, root=course.root.resolve())
    new = not (course.root / SETTINGS).exists()
    for folder in ("source", "release", "submitted", "autograded", "feedback", ".cohort"):
        (course.root / folder).mkdir(parents=True, exist_ok=True)
    # What learners handed in concerns nobody else on this computer.
    for folder in ("submitted", "autograded", "feedback", ".cohort"):
        (course.root / folder).chmod(0o700)
    # The gradebook lies in the course's folder itself. Later on, instructors may open it to a group of their own.
    course.root.chmod(0o700 if new else course.root.stat().st_mode & 0o7770)
    write_settings(course)
    write_roster(course.root / ROSTER, learners)
    write_whole(course.root / "nbgrader_config.py", _CONFIG)
    write_whole(
        course.root / "source" / "header.ipynb", _notebook([_markdown("course", _HEADER.format(title=course.title))])
    )
    for lesson in course.lessons:
        stage(course, lesson)
    _make_gradebook(course)
    for name in (ROSTER, "gradebook.db"):
        if (course.root / name).is_file():
            (course.root / name).chmod(0o600)
    engine = gradebook.open_engine(course)
    try:
        Records(engine).create()
        with engine.begin() as db:
            gradebook.save_roster(db, course)
            gradebook.save_assignments(db, course.id, course.lessons)
            for lesson, due in dues.items():
                gradebook.save_due(db, lesson, due)
    finally:
        engine.dispose()


def enrol(course: Course, learners: tuple[Learner, ...]) -> None:
    """Take a new roster: who is new is added, who is known brought up to date. Nobody is deleted by it."""
    now = {learner.id: learner.section for learner in learners}
    moved = [one for one in course.everybody if one.section and now.get(one.id) != one.section]
    write_roster(course.root / ROSTER, learners)
    with opened(course) as records, records.engine.begin() as db:
        clocks.forget_sections(db, course, moved)
        gradebook.save_roster(db, replace(course))  # a fresh one, which reads the new roster


def stage(course: Course, lesson: str, due: str = "") -> None:
    """Put into `source` exactly what learners may get: the lesson's notebook and which course it belongs to; `due` is
    what learners read of the due date.

    nbgrader copies everything that stands beside a source notebook, so nothing else may stand there: raises
    CourseError where something does.
    """
    folder = course.source(lesson)
    folder.mkdir(parents=True, exist_ok=True)
    allowed = {f"{lesson}.ipynb", COHORT, ".ipynb_checkpoints"}
    if strays := sorted(entry.name for entry in folder.iterdir() if entry.name not in allowed):
        raise CourseError(
            f"{folder} holds {', '.join(strays)}, which learners would get with the lesson; move it elsewhere."
        )
    notebook = json.loads(_committed(lesson).read_text(encoding="utf-8"))
    if not any(_grade_id(cell) == PROSE_CELL for cell in notebook["cells"]):
        notebook["cells"].append(_prose_cell(course.prose_points.get(lesson, 0)))
    if due:
        notebook["cells"].insert(0, _markdown("due", due))
    write_whole(folder / f"{lesson}.ipynb", json.dumps(notebook, ensure_ascii=False, indent=1) + "\n")
    write_whole(
        folder / COHORT, json.dumps({"cohort": course.id, **({"deal": course.deal} if course.deal else {})}) + "\n"
    )


def parse_due(text: str, timezone: str) -> dt.datetime | None:
    """A due date as `clocks.parse_moment` reads it; blank or "none" for none. Raises CourseError."""
    return None if text.strip().lower() in ("", "none") else parse_moment(text, timezone)


@contextmanager
def commands_found() -> Iterator[None]:
    """nbgrader calls `alembic` by its name when it makes a gradebook; let it be found in any environment."""
    before = os.environ.get("PATH", "")
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), before])
    try:
        yield
    finally:
        os.environ["PATH"] = before


def _make_gradebook(course: Course) -> None:
    from nbgrader.api import Gradebook

    gradebook.open_engine(course).dispose()  # says in a sentence what is wrong with the URL
    import sqlalchemy as sa

    try:
        with commands_found(), Gradebook(course.database_url, course.id):
            pass
    except sa.exc.OperationalError as error:
        raise CourseError(f"The gradebook's database cannot be reached: {str(error.orig).splitlines()[0]}.") from None


def _check_lessons(lessons: tuple[str, ...]) -> None:
    if not lessons:
        raise CourseError("A course needs lessons; name them, for instance --lessons welcome,recommendation_scoping.")
    for lesson in lessons:
        try:
            load_catalog().lesson(lesson)
        except LookupError as error:
            raise CourseError(str(error.args[0])) from None
        if not _committed(lesson).is_file():
            raise CourseError(
                f"The lesson {lesson} has no notebook yet; build it with `curriculum author build {lesson}`."
            )


def _committed(lesson: str) -> Path:
    return load_catalog().lesson(lesson).folder / f"{lesson}.ipynb"


def _prose_cell(points: float) -> dict[str, Any]:
    nbgrader = {"schema_version": 3, "grade": False, "solution": False, "locked": True, "task": True,
                "grade_id": PROSE_CELL, "points": points, "cell_type": "markdown"}  # fmt: skip
    return {**_markdown(PROSE_CELL.replace("_", "-"), _PROSE), "metadata": {"nbgrader": nbgrader}}


def _grade_id(cell: Mapping[str, Any]) -> str:
    return str(cell["metadata"].get("nbgrader", {}).get("grade_id", ""))


def _markdown(id: str, source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": id, "metadata": {}, "source": source}


def _notebook(cells: list[dict[str, Any]]) -> str:
    kernel = {"kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}}
    return json.dumps({"cells": cells, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}, indent=1) + "\n"
