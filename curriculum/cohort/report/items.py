"""How each criterion works: how many meet it, and whether it tells learners who know more from those who know less."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from curriculum.cohort.report.verdicts import Flags, Verdicts, shares_met
from graders.rubric import Criterion

FEWEST = 20
"""With fewer learners, nothing is said about how a criterion discriminates."""

EASY, HARD = 0.95, 0.40
SEPARATES, WEAK = 0.30, 0.10
"""Item-rest correlations as classical test theory reads them (Ebel): from 0.30 good, under 0.10 poor."""


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    met: int
    of: int

    @property
    def value(self) -> float | None:
        """0 to 1; None of nobody."""
        return self.met / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float]:
        """Where the share lies with 95 % confidence (Wilson's interval); 0 to 1 of nobody."""
        if not self.of:
            return 0.0, 1.0
        z, n, p = 1.96, self.of, self.met / self.of
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True)
class Item:
    """One criterion in one course."""

    criterion: Criterion
    everybody: Share
    quarters: tuple[Share, ...]
    """Learners by their points in this lesson, the quarter with the fewest first; empty for few learners."""
    sections: tuple[Share, ...]
    """In the order of the course's sections."""
    discrimination: float | None
    """Correlation between meeting it and the share of the lesson's other points, -1 to 1; None for few learners
    or where all stand alike."""
    note: str
    """What the numbers suggest, in a sentence; blank for nothing."""


def criterion_items(
    verdicts: Verdicts, criteria: Sequence[Criterion], section_of: Mapping[str, str], sections: Sequence[str]
) -> list[Item]:
    """Every criterion with its numbers, in the order of the rubric."""
    points = {criterion.id: criterion.points for criterion in criteria}
    weights = np.array([points[id] for id in verdicts.criteria], dtype=float)
    share = shares_met(verdicts, points)
    groups = _quarters(share)
    members: list[Flags] = [
        np.array([section_of.get(student) == name for student in verdicts.students], dtype=np.bool_)
        for name in sections
    ]
    earned, possible = verdicts.met @ weights, verdicts.judged @ weights
    items = []
    for criterion in criteria:
        index = verdicts.column(criterion.id)
        judged, met = verdicts.judged[:, index], verdicts.met[:, index]
        everybody = _share(judged, met)
        rest = possible - weights[index]
        usable = judged & (rest > 0)
        others = (earned - weights[index] * met)[usable] / rest[usable]
        discrimination = _correlation(met[usable].astype(float), others)
        items.append(
            Item(
                criterion,
                everybody,
                tuple(_share(judged & group, met & group) for group in groups),
                tuple(_share(judged & member, met & member) for member in members),
                discrimination,
                _note(everybody, discrimination),
            )
        )
    return items


def _share(judged: Flags, met: Flags) -> Share:
    return Share(int(met.sum()), int(judged.sum()))


def _quarters(share: np.ndarray) -> list[Flags]:
    """Four groups by points; none for few learners.

    Learners with equal points stay together, where the middle one of them stands; so a group can be empty.
    """
    known = np.sort(share[~np.isnan(share)])
    if len(known) < FEWEST:
        return []
    below, upto = np.searchsorted(known, share - 1e-9), np.searchsorted(known, share + 1e-9)
    place = (below + upto) / (2 * len(known))
    place[np.isnan(share)] = np.nan
    low, high, middle = place <= 0.25, place >= 0.75, place < 0.5
    return [low, ~low & middle, ~high & (place >= 0.5), high]


def _correlation(one: np.ndarray, other: np.ndarray) -> float | None:
    if len(one) < FEWEST or one.std() < 1e-9 or other.std() < 1e-9:
        return None
    return float(np.corrcoef(one, other)[0, 1])


def _note(everybody: Share, discrimination: float | None) -> str:
    share = everybody.value
    if share is None:
        return "Nobody was judged by it yet."
    if everybody.of < FEWEST:
        return ""
    if discrimination is not None and discrimination + 1.96 / math.sqrt(everybody.of) < 0:
        return "Look at this one: learners who do well elsewhere meet it less often. It may be unclear or wrong."
    if share >= EASY:
        return "Nearly everybody meets it."
    if discrimination is not None and discrimination < WEAK:
        return "Meeting it says little about the rest. Its wording may be worth a look."
    if share < HARD:
        return "Hard: worth ten minutes in the next debrief."
    if discrimination is not None and discrimination >= SEPARATES:
        return "Tells well who is ready."
    return ""
