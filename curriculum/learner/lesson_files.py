"""The learner's folder of one lesson: where its answers, data and documents are."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from curriculum.cases import Case, load_case
from curriculum.cases.base import listed
from curriculum.course.catalog import load_catalog
from curriculum.learner import variant
from curriculum.learner.workspace import locate
from curriculum.support.files import sweep, write_whole


@dataclass(frozen=True)
class LessonFiles:
    """A lesson's folder. All of a learner's work in it is plain files in `answers`."""

    slug: str
    folder: Path
    workspace: Path | None
    """The workspace around it; None where the notebook runs on its own, as in nbgrader."""

    @property
    def answers(self) -> Path:
        return self.folder / "answers"

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def artifact(self, kind: str) -> Path:
        return self.answers / f"{kind}.yaml"

    def document(self, name: str) -> Path:
        return self.folder / "documents" / name


def find_lesson_files(slug: str, folder: Path | None = None) -> LessonFiles:
    """The folder of a lesson: the given one; else the current one if the lesson's notebook is in it; else the
    workspace's. Raises LookupError where there is no such lesson."""
    entry = load_catalog().lesson(slug)
    if folder is None:
        here = Path.cwd()
        folder = here if (here / f"{slug}.ipynb").exists() or here.name == slug else None
    if folder is None:
        workspace = locate()
        return LessonFiles(slug, workspace / entry.level / slug, workspace)
    return LessonFiles(slug, folder.resolve(), find_workspace(folder.resolve()))


def find_workspace(place: Path) -> Path | None:
    """The workspace around a place: the nearest folder upwards with a .curriculum folder in it."""
    return next((folder for folder in (place, *place.parents) if (folder / ".curriculum").is_dir()), None)


def open_case(files: LessonFiles, *, graded: bool) -> tuple[Case, str]:
    """The learner's world of a lesson, dealt and stated on the first call, and a sentence where something is
    to be said about it.

    `graded` is for runs that must leave the folder as it is: then nothing is dealt or written, and a folder
    that states no variant gets variant 0. Raises VariantUnknown and FileRefused.
    """
    found = variant.stated_case(files.answers, files.slug)
    if found is not None:
        return found
    if graded:
        return load_case(files.slug, 0), ""
    member = variant.stated_membership(files.folder)
    if member is None:
        course, learner, secret = variant.COURSE, variant.learner_id(files.workspace), ""
    else:
        # The one it was handed out to, or else the user, whom the roster names.
        course, learner, secret = member.cohort, member.learner or variant.learner_id(None), member.deal
    case = load_case(files.slug, variant.deal(course, learner, files.slug, secret))
    variant.write_stated(files.answers, case)
    return case, ""


def write_data(files: LessonFiles, case: Case) -> None:
    """Put the case's tables as CSV files beside the notebook, where they are not there yet for this world."""
    stamp = files.data / ".world"
    mark = f"{case.slug} {case.version} {case.seed}\n"
    names = [f"{name}.csv" for name in case.columns]
    if (
        stamp.is_file()
        and stamp.read_text("utf-8", "replace") == mark
        and all((files.data / n).exists() for n in names)
    ):
        return
    for name, columns in case.columns.items():
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(zip(*listed(columns).values(), strict=True))
        write_whole(files.data / f"{name}.csv", text.getvalue())
    write_whole(stamp, mark)


def tidy(files: LessonFiles) -> None:
    """Remove what interrupted saves left in the folder."""
    if files.answers.is_dir():
        sweep(files.answers)
