"""How far a class is in each lesson, and how its points spread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from curriculum.cohort.grades import Grade
from curriculum.cohort.result import SubmissionStatus

BINS = 10
FEWEST = 4
"""With fewer scores, no quarters are given."""


@dataclass(frozen=True)
class Progress:
    """Where the learners of a course stand in one lesson; all but the last add up to all of them."""

    on_time: int
    late: int
    """Graded, and handed in late."""
    invalid: int
    failed: int
    ungraded: int
    """Handed in, and not graded yet."""
    excused: int
    missing: int
    waiting: int
    """Of those, grades that a person can still change, since something in them waits for one."""

    @property
    def learners(self) -> int:
        return self.handed_in + self.excused + self.missing

    @property
    def handed_in(self) -> int:
        return self.on_time + self.late + self.invalid + self.failed + self.ungraded


@dataclass(frozen=True)
class Spread:
    """How the shares of the points are spread, 0 to 1."""

    scores: int
    bins: tuple[int, ...]
    """Learners by tenths of the points; the last one includes full points."""
    median: float | None
    quarters: tuple[float, float] | None
    """Half of the learners lie between these; None for few."""


def progress(grades: Sequence[Grade]) -> Progress:
    """Count the learners of one lesson by how they stand."""
    of = {status: [grade for grade in grades if grade.status is status] for status in SubmissionStatus}
    late = sum(grade.late for grade in of[SubmissionStatus.GRADED])
    return Progress(
        on_time=len(of[SubmissionStatus.GRADED]) - late,
        late=late,
        invalid=len(of[SubmissionStatus.INVALID]),
        failed=len(of[SubmissionStatus.FAILED]),
        ungraded=len(of[SubmissionStatus.UNGRADED]),
        excused=len(of[SubmissionStatus.EXCUSED]),
        missing=len(of[SubmissionStatus.MISSING]),
        waiting=sum(grade.provisional for grade in grades),
    )


def share(grade: Grade) -> float | None:
    """A learner's share of a lesson's points, 0 to 1; None where there is no score, which is not zero. Points of what
    nobody has marked yet are neither given nor lost."""
    most = grade.maximum - grade.open_points
    return grade.score / most if grade.score is not None and most > 0 else None


def spread(grades: Sequence[Grade]) -> Spread:
    """How the points of one lesson are spread over those who have a score."""
    shares = [value for grade in grades if (value := share(grade)) is not None]
    bins = [0] * BINS
    for value in shares:
        bins[min(BINS - 1, max(0, int(value * BINS + 1e-9)))] += 1
    quarters = None
    if len(shares) >= FEWEST:
        low, _, high = quantiles(shares, n=4, method="inclusive")
        quarters = (low, high)
    return Spread(len(shares), tuple(bins), median(shares) if shares else None, quarters)
