"""What a newer course changed in lessons that are half done; said once, and nothing of the learner's is touched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from curriculum.cases import load_case
from curriculum.course.catalog import LessonEntry, load_catalog
from curriculum.course.version import VERSION
from curriculum.learner import variant
from curriculum.learner.lesson_files import LessonFiles
from curriculum.learner.progress import Progress, ProgressLost
from curriculum.learner.variant import VariantUnknown
from curriculum.learner.workspace import PageState, delivered_by, notebook_path, page_state
from graders import load_rubric


def since_last_time(workspace: Path) -> list[str]:
    """Sentences on what is new for this learner; none where the workspace is new or of this very version.

    Ask it before the workspace is made ready for this version, which is noted then.
    """
    before = delivered_by(workspace)
    if before in (None, VERSION):
        return []
    told = [line for entry in load_catalog().lessons for line in _lesson(workspace, entry)]
    was = f", and was {before}" if before else ""
    return [f"The course is version {VERSION} now{was}. Your answers are as they were.", *told]


def _lesson(workspace: Path, entry: LessonEntry) -> Iterator[str]:
    """What changed in one lesson, where it is begun and not signed off whole."""
    files = LessonFiles(entry.slug, notebook_path(entry, workspace).parent, workspace)
    try:
        stated = variant.read_stated(files.answers, entry.slug)
    except VariantUnknown:
        return  # the lesson itself says what to do
    if stated is None:
        return
    rubric = load_rubric(entry.slug)
    try:
        progress = Progress(workspace)
        standings, checked_by = progress.standings(entry.slug), progress.checked_by(entry.slug)
    except ProgressLost:
        standings, checked_by = {}, frozenset()
    if standings.keys() >= rubric.artifacts.keys() and all(one.points >= one.maximum for one in standings.values()):
        return
    new = []
    page = page_state(entry, workspace)
    if page is PageState.REPLACED:
        new.append("its page is a new one")
    elif page is PageState.KEPT:
        new.append(f"its page is a new one, and yours is kept: to take the new one, rename {files.slug}.ipynb")
    if checked_by - {rubric.sha256}:
        new.append("what is checked is not quite the same, so check once more")
    if stated.case_version != load_case(entry.slug, stated.variant).version:
        new.append(f"some of its numbers are others, so begin it again where they no longer fit: "
                   f"curriculum reset {entry.slug}")  # fmt: skip
    if new:
        yield f"In “{entry.title}”, which you are in: {'; '.join(new)}."
