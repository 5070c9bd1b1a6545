"""What the bar above a lesson asks the kernel: how far each artifact and the talk are, as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from curriculum.course.catalog import load_catalog
from curriculum.learner.lesson_files import find_lesson_files, open_case
from curriculum.learner.places import remember
from curriculum.learner.progress import Progress, ProgressLost
from curriculum.learner.workspace import home_path, notebook_path
from curriculum.roleplay import engine
from curriculum.roleplay.script import script_of
from graders import load_rubric
from graders.grade import grade, read_submission


@dataclass(frozen=True)
class AsJson:
    """A value that a front end reads as JSON."""

    value: Any

    def _repr_json_(self) -> Any:
        return self.value


def outline(slug: str, folder: Path | None = None) -> AsJson:
    """How far a lesson is: {"artifacts": {kind: open, begun, checked or signed}, "talk": open, begun or ended, "home":
    whether the workspace has the page of the course}.

    Begun is what holds something; checked, what was checked once; signed, what was checked and earns all of its
    points as it stands now.
    """
    files = find_lesson_files(slug, folder)
    case, _ = open_case(files, graded=True)
    rubric = load_rubric(slug)
    submission = read_submission(rubric, case, files.answers)
    try:
        standings = Progress(files.workspace).standings(slug) if files.workspace else {}
    except ProgressLost:
        standings = {}
    whole = {kind for kind, standing in standings.items() if standing.points >= standing.maximum}
    if whole:  # it may have been changed since
        reviews = grade(rubric, case, submission).artifacts
        whole &= {review.kind for review in reviews if review.points >= review.maximum}
    artifacts = {}
    for kind in rubric.artifacts:
        standing = standings.get(kind)
        begun = "begun" if kind in submission.artifacts or kind in submission.problems else "open"
        checked = "checked" if standing and standing.checks else begun
        artifacts[kind] = "signed" if kind in whole else checked
    talk = "open"
    if (state := submission.conversation) is not None and state.taken:
        ended = engine.ending(script_of(case), state) is not None
        talk = "ended" if ended else "begun"
    home = files.workspace is not None and home_path(files.workspace).is_file()
    return AsJson({"artifacts": artifacts, "talk": talk, "home": home})


def note_place(slug: str, folder: Path | None = None) -> None:
    """Remember that the learner is in this lesson, so that the course opens there next time.

    Not where it lies elsewhere, as a team's does: the course would open the learner's own lesson in its place.
    """
    files = find_lesson_files(slug, folder)
    if files.workspace and files.folder == notebook_path(load_catalog().lesson(slug), files.workspace).parent:
        remember(files.workspace, slug)
