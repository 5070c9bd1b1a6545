"""Where the learner was last: the lesson that the course opens with next time."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from curriculum.course.catalog import LessonEntry, load_catalog
from curriculum.support.files import FileRefused, write_whole


def remember(workspace: Path, slug: str) -> None:
    """Note that the learner is in this lesson; where that cannot be written, nothing is remembered."""
    if (last := last_lesson(workspace)) is None or last.slug != slug:
        with suppress(FileRefused):
            write_whole(_note(workspace), f"{slug}\n")


def last_lesson(workspace: Path) -> LessonEntry | None:
    """The lesson in which the learner was last; None where that is not known."""
    try:
        return load_catalog().lesson(_note(workspace).read_text(encoding="utf-8")[:200].strip())
    except (OSError, ValueError, LookupError):
        return None


def _note(workspace: Path) -> Path:
    return workspace / ".curriculum" / "place"
