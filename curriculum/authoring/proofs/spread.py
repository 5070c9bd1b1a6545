"""Proofs that a right choice is one of this world: what is right differs from world to world."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fnmatch import fnmatchcase

from curriculum.authoring.proofs.registry import Against, for_the_lesson
from curriculum.authoring.spread import spreads
from curriculum.authoring.subject import Subject
from curriculum.course.design_notes import DECIDED, decided_by_law

USUAL = 0.70
"""In no more than this share of worlds may one choice be right."""
WORLDS = 12
"""Fewer worlds than these do not show how choices spread."""
ALL = 50
"""Over so many worlds the share is what is meant; over fewer it may lie beyond it by one standard error."""


def most_usual(worlds: int) -> float:
    """The share of `worlds` in which one choice may be right: `USUAL`, and what chance adds where not all are tried."""
    missing = max(0.0, 1 / worlds - 1 / ALL)
    return USUAL + math.sqrt(USUAL * (1 - USUAL) * missing)


@for_the_lesson
def right_choices_differ_over_worlds(subject: Subject, seeds: Sequence[int]) -> Against:
    """No choice on which points depend is right in more than 70 % of the worlds, save what law or physics decides,
    as design.md says."""
    if subject.plan.question_zero:
        return
    decided = decided_by_law(subject.text("design.md"))
    worlds = seeds if len(seeds) >= WORLDS else range(WORLDS)
    found = spreads(subject, worlds)
    for spread in found:
        if spread.usual > most_usual(len(worlds)) and not any(
            fnmatchcase(spread.place, pattern) for pattern in decided
        ):
            yield (
                spread.place,
                f"the usual choice is right in {spread.usual:.0%} of the worlds"
                f"{f', on the mean of {spread.entries} entries' if spread.entries > 1 else ''}, "
                f"such as {spread.choice} at {spread.example}",
            )
    for pattern in decided:
        if not any(fnmatchcase(spread.place, pattern) for spread in found if spread.usual > USUAL):
            yield pattern, f"design.md lists it under “{DECIDED}”, and no choice there is nearly always the same"
