"""What a learner's work has shown of one lesson's objectives, from the last check of each criterion."""

from __future__ import annotations

from curriculum.course.lesson_plan import load_plan
from curriculum.learner.progress import Progress
from curriculum.pages.standing import ObjectiveShown


def objectives_shown(progress: Progress, slug: str) -> tuple[ObjectiveShown, ...]:
    """The objectives of a lesson, in its order; raises ProgressLost."""
    last: dict[str, bool] = {}
    for check in progress.checks():
        if check.lesson == slug:
            last |= dict.fromkeys(check.met or (), True) | dict.fromkeys(check.missed, False)
    return tuple(
        ObjectiveShown(one.text, sum(last.get(id, False) for id in one.criteria), len(one.criteria))
        for one in load_plan(slug).objectives
    )
