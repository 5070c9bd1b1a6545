"""Which of a lesson's known mistakes a class makes, read from the criteria that its submissions miss."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from curriculum.cohort.report.verdicts import Flags, Verdicts
from curriculum.course.fixtures import NearMiss

FINISHED = 0.5
"""A submission that meets a smaller share of the criteria it was judged by is unfinished rather than mistaken."""


@dataclass(frozen=True)
class Temptation:
    """A mistake, or several that cannot be told apart by the criteria that they miss."""

    near_misses: tuple[NearMiss, ...]
    learners: int
    """Those who miss everything that this mistake misses, and no greater known mistake that includes it."""
    alone: int
    """Of those, the ones who miss nothing else."""
    of: int
    """Learners whose submissions were finished enough to tell."""


def temptations(verdicts: Verdicts, near_misses: Sequence[NearMiss]) -> list[Temptation]:
    """The mistakes that were made, the most frequent first; what nobody made is left out.

    A mistake is recognised by its traces, so the same traces may come from another one: a question for the
    debrief rather than a diagnosis.
    """
    finished = _finished(verdicts)
    missed: Flags = verdicts.judged & ~verdicts.met
    number_missed = missed.sum(axis=1)
    alike: dict[frozenset[str], list[NearMiss]] = {}
    for near_miss in near_misses:
        if set(near_miss.fails) <= set(verdicts.criteria):
            alike.setdefault(frozenset(near_miss.fails), []).append(near_miss)
    matches: dict[frozenset[str], Flags] = {
        fails: finished & missed[:, [verdicts.column(criterion) for criterion in fails]].all(axis=1) for fails in alike
    }
    found = []
    for fails, mine in matches.items():
        greater = [match for other, match in matches.items() if fails < other]
        here: Flags = mine & ~np.any(greater, axis=0) if greater else mine
        if here.any():
            alone = int((here & (number_missed == len(fails))).sum())
            found.append(Temptation(tuple(alike[fails]), int(here.sum()), alone, int(finished.sum())))
    return sorted(found, key=lambda one: (-one.learners, one.near_misses[0].id))


def _finished(verdicts: Verdicts) -> Flags:
    judged = verdicts.judged.sum(axis=1)
    flags: Flags = (judged > 0) & (verdicts.met.sum(axis=1) >= FINISHED * judged)
    return flags
