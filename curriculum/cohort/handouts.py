"""Handing out and taking back without an exchange: a ZIP file a learner, which knows whose it is."""

from __future__ import annotations

import hmac
import io
import json
import zipfile
from pathlib import Path

from curriculum.cohort.course import Course, CourseError
from curriculum.cohort.roster import Learner
from curriculum.cohort.secret import secret_key
from curriculum.learner.variant import COHORT
from curriculum.support.console import OnProgress

_NOTE = """{title}

1. Unpack this file into your workspace, the folder that JupyterLab shows when you start the course.
2. In JupyterLab, open the folder {course}, then a lesson in it, then its notebook. Work as long and as often
   as you like. What you write is saved in the lesson's folder.
3. To hand in, compress the lesson's folder (a right click on it does that on most computers) and send the ZIP
   file to your instructor, or upload it where you are told. Its name does not matter.

This file is yours alone: it knows your name and your numbers. Do not pass it on.
"""


def write_handouts(
    course: Course, lessons: tuple[str, ...], target: Path, on_progress: OnProgress | None = None
) -> list[Path]:
    """Write one ZIP file for each learner into `target`, with the lessons' released notebooks and a mark that
    says whose they are; returns the files. Raises CourseError where a lesson is not released, and OSError."""
    notebooks = {}
    for lesson in lessons:
        path = course.release(lesson) / f"{lesson}.ipynb"
        if not path.is_file():
            raise CourseError(
                f"{lesson} is not released yet; run `curriculum cohort release {course.root} {lesson}` first."
            )
        notebooks[lesson] = path.read_bytes()
    target.mkdir(parents=True, exist_ok=True)
    target.chmod(0o700)
    written = []
    for number, learner in enumerate(course.roster, 1):
        path = target / f"{learner.id}.zip"
        path.write_bytes(_handout(course, learner, notebooks))
        written.append(path)
        if on_progress:
            on_progress(number, len(course.roster))
    return written


def mark(course: Course, learner: str, lesson: str) -> str:
    """What proves that a lesson's folder was handed out to a learner: nobody but the course can make it."""
    message = f"{course.id}/{lesson}/{learner}".encode()
    return hmac.new(secret_key(course), message, "sha256").hexdigest()


def whose(course: Course, learner: str, lesson: str) -> dict[str, str]:
    """What a folder says that was handed out to a learner."""
    return {"cohort": course.id, "deal": course.deal, "lesson": lesson, "learner": learner,
            "mark": mark(course, learner, lesson)}  # fmt: skip


def _handout(course: Course, learner: Learner, notebooks: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(f"{course.id}/READ ME FIRST.txt", _NOTE.format(title=course.title, course=course.id))
        for lesson, notebook in notebooks.items():
            packed.writestr(f"{course.id}/{lesson}/{lesson}.ipynb", notebook)
            text = json.dumps(whose(course, learner.id, lesson), ensure_ascii=False) + "\n"
            packed.writestr(f"{course.id}/{lesson}/{COHORT}", text)
    return file.getvalue()
