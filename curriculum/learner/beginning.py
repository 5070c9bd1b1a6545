"""Beginning a lesson again: answers are put aside, never deleted."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from curriculum.learner.lesson_files import LessonFiles
from curriculum.learner.progress import Progress
from curriculum.support.files import FileRefused


def aside_of(files: LessonFiles, now: dt.datetime) -> Path:
    """Where the answers of a lesson go when it is begun again at that moment."""
    return files.folder / f"answers-until-{now:%Y-%m-%d-%H%M%S}"


def begin_again(files: LessonFiles, now: dt.datetime) -> Path | None:
    """Put a lesson's answers aside and forget its checks; returns where the answers are, None where there are none.

    Raises FileRefused where they cannot be moved.
    """
    if not files.answers.is_dir():
        return None
    aside = aside_of(files, now)
    try:
        files.answers.rename(aside)
    except OSError as error:
        raise FileRefused(
            f"{files.answers} could not be moved ({error.strerror}); close programs that use it."
        ) from None
    if files.workspace:
        Progress(files.workspace).forget(files.slug)
    return aside
