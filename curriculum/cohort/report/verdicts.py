"""All verdicts of one lesson as two tables of yes and no: learners by criteria."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from curriculum.cohort import result

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Verdicts:
    """Who was judged by which criterion, and who meets it."""

    students: tuple[str, ...]
    criteria: tuple[str, ...]
    judged: Flags
    """Learners by criteria. False where the artifact was not written or could not be read, where the
    question could not be asked yet, and where the criterion itself failed."""
    met: Flags
    """Learners by criteria; never true where it is not judged."""

    def column(self, criterion: str) -> int:
        return self.criteria.index(criterion)


def verdict_table(found: Iterable[tuple[str, result.Verdicts]], criteria: Sequence[str]) -> Verdicts:
    """The verdicts of one lesson by learner, with the given criteria as columns; others, of an older rubric, are
    left out, and so are learners who were judged by none."""
    column = {criterion: index for index, criterion in enumerate(criteria)}
    line: dict[str, int] = {}
    where: list[tuple[int, int]] = []
    passed: list[bool] = []
    for student, theirs in found:
        for criterion, passes in theirs.items():
            if passes is not None and criterion in column:
                where.append((line.setdefault(student, len(line)), column[criterion]))
                passed.append(passes)
    judged: Flags = np.zeros((len(line), len(column)), dtype=np.bool_)
    met = judged.copy()
    if where:
        places = np.array(where)
        judged[places[:, 0], places[:, 1]] = True
        met[places[:, 0], places[:, 1]] = passed
    return Verdicts(tuple(line), tuple(criteria), judged, met)


def shares_met(verdicts: Verdicts, points: Mapping[str, int]) -> NDArray[Any]:
    """Each learner's share of the points of the criteria that they were judged by, 0 to 1; NaN for none."""
    weights = np.array([points[criterion] for criterion in verdicts.criteria], dtype=float)
    possible = verdicts.judged @ weights
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray((verdicts.met @ weights) / np.where(possible > 0, possible, np.nan))
