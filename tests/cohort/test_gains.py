"""What a class gained: known gains are found again, none is told where there is none, and files are never trusted."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from curriculum.cohort.course import Course
from curriculum.cohort.report.gains import FEWEST, Pair, class_gain, class_gains, mean_interval, pairs_of
from curriculum.cohort.roster import Learner
from curriculum.course.parallel_hunts import hunt_key, worlds_for

SLUG = "interview_basics"


def test_a_large_gain_is_told_and_an_easier_world_is_none() -> None:
    grew = class_gain([Pair(0.25, 0.75, 0.0)] * 4 + [Pair(0.5, 1.0, 0.0), Pair(0.0, 0.75, 0.0)] * 2)
    assert grew is not None
    assert grew.told_from_chance
    assert grew.interval is not None
    assert grew.interval[0] < grew.gain < grew.interval[1]
    easier = class_gain([Pair(0.25, 0.5, 0.25), Pair(0.5, 0.5, 0.0), Pair(0.5, 0.25, 0.0), Pair(0.25, 0.5, 0.0)] * 3)
    assert easier is not None
    assert easier.gain == pytest.approx(0.0)
    assert "cannot be told from chance yet" in easier.sentence
    few = class_gain([Pair(0.0, 1.0, 0.0)] * (FEWEST - 1))
    assert few is not None
    assert (few.interval, few.told_from_chance) == (None, False)
    assert class_gain([]) is None


@pytest.mark.slow
def test_bounds_hold_the_truth_about_as_often_as_they_say() -> None:
    chance = np.random.default_rng(7)
    for number in (8, 30):
        held = 0
        for _ in range(200):
            low, high = mean_interval(chance.normal(0.2, 0.25, number))
            held += low <= 0.2 <= high
        assert held >= 184, f"{held} of 200 with {number} learners"


def test_hunts_are_read_from_what_was_handed_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    course = Course(tmp_path, "spring", lessons=(SLUG,))
    names = ["ada", "bo", "cy", "di", "eve"]
    monkeypatch.setattr(Course, "roster", tuple(Learner(name, "", "", "", "", "", "") for name in names))

    def write(name: str, moment: str, ids: list[str]) -> None:
        path = course.submitted(name, SLUG) / "answers" / f"hunt_{moment}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("found: [" + ", ".join(ids) + "]\n")

    def ids(name: str, moment: str, right: int) -> list[str]:
        key = hunt_key(SLUG, worlds_for(SLUG, course.variant(name, SLUG))[moment])
        return [*sorted(key.planted)[:right], *sorted(key.options - key.planted)[: len(key.planted) - right]]

    write("ada", "before", ids("ada", "before", 1))
    write("ada", "after", ids("ada", "after", 3))
    write("bo", "before", ids("bo", "before", 1))  # and nothing after
    write("cy", "before", ids("cy", "before", 2)[:2])  # not whole
    write("cy", "after", ids("cy", "after", 2))
    write("di", "before", ["no_such", "and_another", "third"])
    write("di", "after", ids("di", "after", 2))
    (pair,) = pairs_of(course, SLUG)
    assert (pair.before, pair.then) == (pytest.approx(1 / 3), 1.0)

    write("ada", "later", ids("ada", "later", 2))
    write("bo", "later", ids("bo", "later", 3))
    after, later = class_gains(course, SLUG)
    assert (after.moment, after.learners, later.moment, later.learners) == ("after", 1, "later", 2)
    assert (later.before, later.then) == (pytest.approx(1 / 3), pytest.approx(5 / 6))
    assert "2 learners handed in the hunts before and a month later" in later.sentence
