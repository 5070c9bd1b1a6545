"""A widget made again: what a page asks for where the kernel that made its widget is gone."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any, TypeVar

from curriculum.widgets.base import CourseWidget
from curriculum.widgets.file_widget import FileWidget
from curriculum.widgets.signing import Signing

STEPS = frozenset(
    {
        "board",
        "debrief",
        "did_it_help",
        "find_flaws",
        "first_choice",
        "form",
        "grid",
        "guide",
        "how_sure",
        "hunt_before",
        "lanes",
        "read_back",
        "read_yourself",
        "recall",
        "review",
        "sign",
        "talk",
    }
)
"""What of a lesson or a seat can be asked for, by the name of its method; nothing else is called."""

SEAT_ITSELF = "seat"
"""In place of a lesson: the steps are those of the seat in this folder."""

W = TypeVar("W")


def settled(widget: W, slug: str, folder: Path, *steps: tuple[str, ...]) -> W:
    """The widget, told where it belongs: under which name a browser keeps what is not saved, and how it is made.

    `steps` are calls on a lesson, or on a seat, each a method's name and its arguments, such as `("form", "prd")`.
    """
    make = [slug, str(folder), [list(step) for step in steps]]
    if isinstance(widget, FileWidget | Signing):
        place = hashlib.sha256(str(widget.path.absolute()).encode()).hexdigest()[:16]
        widget.home = {"name": f"{slug}/{widget.path.stem}/{place}", "make": make}
    elif isinstance(widget, CourseWidget):
        widget.home = {"make": make}
    return widget


def twin(slug: str, folder: str, steps: list[list[str]]) -> CourseWidget:
    """The widget that these steps make in a lesson; raises LookupError where a step is none of `STEPS`."""
    from curriculum import open_lesson, open_seat

    place: Any = open_seat(folder) if slug == SEAT_ITSELF else open_lesson(slug, folder)
    for name, *arguments in steps:
        if name not in STEPS:
            raise LookupError(f"There is no step {name[:40]!r}.")
        place = getattr(place, name)(*arguments)
    if not isinstance(place, CourseWidget):
        raise LookupError("These steps make no widget.")
    return place
