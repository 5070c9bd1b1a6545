"""Promised windows: what two formulas keep, and what is said where they cannot be run."""

from __future__ import annotations

import numpy as np
import pytest

from curriculum.support.rules import RuleError
from curriculum.support.windows import Kept, promise_windows

TYPES = {"km": float, "hour": int}
ROWS = {"km": np.array([1.0, 2.0, 3.0, 4.0]), "hour": np.array([9, 18, 18, 22])}
CAME = np.array([10.0, 21.0, 29.9, 55.0])


def test_ends_count_as_kept_and_groups_are_counted_apart() -> None:
    windows = promise_windows("10 * km", "10 * km + (hour == 18 ? 5 : 1)", TYPES, ROWS)
    assert windows.width == pytest.approx(3.0)
    assert windows.held(CAME).tolist() == [True, True, False, False]
    groups = {"evening": ROWS["hour"] == 18, "nobody": ROWS["hour"] == 3}
    assert windows.kept(CAME, groups) == {"evening": Kept(1, 2), "nobody": Kept(0, 0)}
    assert Kept(0, 0).share == 0.0
    assert Kept(1, 2).share == 0.5


def test_a_window_that_ends_before_it_begins_is_refused_with_its_row() -> None:
    with pytest.raises(RuleError, match=r"from 40 to 30 .* km = 4\.0"):
        promise_windows("10 * km", "km > 3 ? 30 : 10 * km", TYPES, ROWS)


def test_a_formula_that_cannot_be_run_is_refused() -> None:
    with pytest.raises(RuleError, match="the column miles"):
        promise_windows("10 * miles", "50", TYPES, ROWS)
