"""Where the code of the course stands, and where its lessons, pins and pages do: in a clone and in a wheel."""

from __future__ import annotations

from pathlib import Path

CODE = Path(__file__).resolve().parents[2]
"""The folder in which the packages curriculum and graders are."""

_TRAVELS = Path(__file__).with_name("whole")

COURSE = _TRAVELS if _TRAVELS.is_dir() else CODE
"""The folder in which the levels with their lessons are, and requirements: the clone, or what travels in the wheel."""

IN_WHEEL = COURSE is not CODE
"""Whether the course was installed from a wheel, and not as a clone."""


FOR_LEARNERS = (_TRAVELS / "edition.txt").is_file()
"""Whether this is the edition that `curriculum cohort learner-edition` makes, which holds no good answers."""


def in_course(path: Path) -> str:
    """The path of one of the course's own files as it is in a clone, whichever way it was installed."""
    return path.relative_to(COURSE if path.is_relative_to(COURSE) else CODE).as_posix()
