"""The rubric to which the modules beside this one add their criteria, and what these share."""

from __future__ import annotations

from curriculum.artifacts.contrast import Contrast
from curriculum.artifacts.pressure import Pressure
from curriculum.artifacts.short import Short
from curriculum.artifacts.star import Star
from graders.rubric import OnlyBelieved, Rubric

SLUG, COMPLETE, UNIT = "interview_tradeoffs", "pressure_is_complete", "bookings_per_1000_visitors"

rubric = Rubric(
    SLUG,
    {"contrast": Contrast, "star": Star, "short": Short, "pressure": Pressure},
    conversations=("references",),
)


def is_borrowed(star: Star | None) -> bool:
    """Whether the numbers are those of the work folder, which can be looked up; so as long as nobody says otherwise."""
    return star is None or star.origin in ("", "practice")


def believed(star: Star | None, why: str) -> None:
    """Leave a question about numbers that stand nowhere here to the learner; raises OnlyBelieved."""
    if not is_borrowed(star):
        raise OnlyBelieved(why)
