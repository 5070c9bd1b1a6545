"""Did it help? What a class found in flaw hunts before a lesson, after it and a month later, in other worlds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np

from curriculum.artifacts.flaws import Flaws
from curriculum.artifacts.reading import Unreadable, read_artifact
from curriculum.cohort.course import Course
from curriculum.course.parallel_hunts import HuntKey, hunt_key, worlds_for

FEWEST = 6
"""With fewer learners who handed in both hunts, no sign-flip test can come out."""
MOMENTS = {"after": "after", "later": "a month later"}
"""The hunts that are compared with the one before the lesson, in words."""
FLIPS = 4_000
STEP = 0.01


@dataclass(frozen=True)
class Pair:
    """What one learner found before and then, 0 to 1, and how much easier the second world is by simulation."""

    before: float
    then: float
    easier: float

    @property
    def gain(self) -> float:
        """The difference, with that of the worlds taken off."""
        return self.then - self.before - self.easier


@dataclass(frozen=True)
class ClassGain:
    """What a class gained in one lesson."""

    moment: str
    """Of `MOMENTS`: which hunt is compared with the one before the lesson."""
    learners: int
    """Those who handed in both hunts."""
    before: float
    """Mean share of the flaws that were found, 0 to 1."""
    then: float
    gain: float
    """Mean gain of a learner, worlds evened out."""
    interval: tuple[float, float] | None
    """Where the mean gain lies with 95 % confidence; None for few learners."""

    @property
    def told_from_chance(self) -> bool:
        return self.interval is not None and not self.interval[0] <= 0 <= self.interval[1]

    @property
    def sentence(self) -> str:
        """What can be said."""
        who = "1 learner" if self.learners == 1 else f"{self.learners:,} learners"
        when = MOMENTS[self.moment]
        both = f"{who} handed in the hunts before and {when}"
        counts = f"{both}: {self.before:.0%} of the flaws found before, {self.then:.0%} {when}."
        if self.interval is None:
            return f"{counts} From {FEWEST} learners on, it is told whether this is more than chance."
        low, high = self.interval
        bounds = f"a gain of {10 * self.gain:+.1f} flaws of ten, between {10 * low:+.1f} and {10 * high:+.1f}"
        if not self.told_from_chance:
            return f"{counts} This cannot be told from chance yet ({bounds})."
        return f"{counts} With worlds evened out, {bounds} in 95 of 100 cases."


def class_gain(pairs: Sequence[Pair], moment: str = "after") -> ClassGain | None:
    """The gain of a class until a moment; None where nobody handed in both hunts."""
    if not pairs:
        return None
    gains = np.array([pair.gain for pair in pairs])
    return ClassGain(
        moment,
        len(pairs),
        float(np.mean([pair.before for pair in pairs])),
        float(np.mean([pair.then for pair in pairs])),
        float(gains.mean()),
        mean_interval(gains) if len(pairs) >= FEWEST else None,
    )


def mean_interval(values: np.ndarray) -> tuple[float, float]:
    """Where the mean lies: every value that a sign-flip test at 5 % does not refuse (Fisher's randomisation test,
    turned round). Exact where gains spread evenly to both sides of their mean; all flips where that is few, else a
    fixed draw of them."""
    signs = _signs(len(values))
    flipped, balance = signs @ values / len(values), signs.mean(axis=1)
    tried = np.arange(-1 / STEP, 1 / STEP + 1) * STEP
    seen = np.abs(values.mean() - tried)
    as_large = np.abs(flipped[:, None] - balance[:, None] * tried[None, :]) >= seen[None, :] - 1e-9
    kept = tried[as_large.mean(axis=0) > 0.05]
    return max(-1.0, float(kept.min()) - STEP), min(1.0, float(kept.max()) + STEP)


def _signs(number: int) -> np.ndarray:
    if 2**number <= FLIPS:
        return np.array(list(product((1.0, -1.0), repeat=number)))
    drawn = np.random.default_rng(number).choice((1.0, -1.0), size=(FLIPS, number))
    drawn[0] = 1.0  # what was seen is one of them
    return drawn


def class_gains(course: Course, lesson: str) -> tuple[ClassGain, ...]:
    """What a class gained until each moment at which somebody handed in a hunt after the one before the lesson."""
    found = (class_gain(list(pairs_of(course, lesson, moment)), moment) for moment in MOMENTS)
    return tuple(gain for gain in found if gain is not None)


def pairs_of(course: Course, lesson: str, moment: str = "after") -> Iterator[Pair]:
    """Each learner's two hunts, as far as both were handed in whole; files are learners' own and never trusted."""
    hunts = ("before", moment)
    for learner in course.roster:
        answers = course.submitted(learner.id, lesson) / "answers"
        if not all((answers / f"hunt_{each}.yaml").is_file() for each in hunts):
            continue
        worlds = worlds_for(lesson, course.variant(learner.id, lesson))
        keys = [hunt_key(lesson, worlds[each]) for each in hunts]
        before, then = (_found(answers / f"hunt_{each}.yaml", key) for each, key in zip(hunts, keys, strict=True))
        if before is not None and then is not None:
            yield Pair(before, then, keys[1].found_by_readers - keys[0].found_by_readers)


def _found(path: Path, key: HuntKey) -> float | None:
    """The share of the flaws that was found; None for a file that is not whole."""
    try:
        ticked = set(read_artifact(path, Flaws, inside=path.parents[1]).artifact.found)
    except (Unreadable, FileNotFoundError):
        return None
    if not ticked <= key.options or len(ticked) != len(key.planted):
        return None
    return len(ticked & key.planted) / len(key.planted)
