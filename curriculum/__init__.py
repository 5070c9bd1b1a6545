"""The course: cases, artifacts, role-plays, lessons. Notebooks need `open_lesson`, `open_course`, `open_seat`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from curriculum.notebook.home import Course
    from curriculum.notebook.lesson import Lesson
    from curriculum.notebook.seat import SeatRoom

__all__ = ["open_course", "open_lesson", "open_seat"]


def open_lesson(slug: str, folder: str | Path | None = None) -> Lesson:
    """Open a lesson by its name, such as "welcome": your world of it, your answers, its people and its review.

    `folder` is where your answers are; by default the folder of the notebook.
    """
    from curriculum.notebook.lesson import open_lesson as opened

    return opened(slug, Path(folder) if folder is not None else None)


def open_course(workspace: str | Path | None = None) -> Course:
    """Open the whole course: where you were, the lessons, your review, your skills, your portfolio.

    `workspace` is the folder of your work; by default the one around the notebook.
    """
    from curriculum.notebook.home import open_course as opened

    return opened(Path(workspace) if workspace is not None else None)


def open_seat(folder: str | Path | None = None) -> SeatRoom:
    """Open your seat in a lesson that a team takes: your card, what you sign, what you hand in.

    `folder` is the folder that you were dealt; by default the one of the notebook.
    """
    from curriculum.notebook.seat import open_seat as opened

    return opened(Path(folder) if folder is not None else None)
