"""Alarms over series: how far off, when they ring, what they found."""

from __future__ import annotations

import numpy as np

from curriculum.practice.alarms import (
    BOTH,
    FALLS,
    RISES,
    Rule,
    Series,
    Trouble,
    beside,
    beside_past,
    judged,
    rings,
    usual_ratio,
)

DAYS = 120
FLAT = np.full(DAYS, 100.0)


def jumps(day: int, by: float) -> Series:
    return Series(FLAT, np.where(np.arange(DAYS) >= day, 20.0 * (1 + by), 20.0))


def test_a_ratio_moves_with_one_side_and_not_with_what_moves_both():
    screen, still = jumps(60, 0.3), jumps(200, 0.0)
    usual = usual_ratio(still, still, 7)
    assert np.allclose(beside(screen, screen, 7, 10, usual), 0)
    off = beside(screen, still, 7, 10, usual)
    assert off[59] == 0 and np.isclose(off[66], 30) and np.isclose(off[60], 30 / 7)
    assert np.isnan(beside(screen, still, 7, 701, usual)).all()


def test_the_past_forgets_what_was_before_a_release():
    screen, days = jumps(60, 0.3), np.arange(DAYS)
    assert np.isclose(beside_past(screen, 7, 10)[66], 30)
    since = np.where(days >= 60, 60, 0)
    off = beside_past(screen, 7, 10, since)
    assert np.isnan(off[66]) and off[74] == 0 and np.isnan(off[10])


def test_days_that_are_struck_out_count_on_neither_side():
    lost = Series(FLAT, np.where(np.arange(DAYS) == 50, 0.0, 20.0))
    kept = lost.only(np.arange(DAYS) != 50)
    assert abs(beside_past(lost, 7, 10)[53]) > 10 and np.isclose(beside_past(kept, 7, 10)[53], 0)


def test_it_rings_after_days_running_once_and_on_the_sides_that_are_watched():
    off = np.zeros(DAYS)
    off[20:40], off[60:70], off[80] = 15, -15, 90
    assert rings(off, Rule(10, 3, 100)) == (22,)
    assert rings(off, Rule(10, 3, 30)) == (22, 62)
    assert rings(off, Rule(10, 3, 5, RISES)) == (22, 27, 32, 37)
    assert rings(off, Rule(10, 3, 30, FALLS)) == (62,)
    assert rings(off, Rule(10, 3, 30, "up")) == ()
    paused = np.zeros(DAYS, bool)
    paused[:30] = True
    assert rings(off, Rule(10, 3, 30, BOTH), paused)[0] == 30
    off[21] = np.nan
    assert rings(off, Rule(10, 3, 100)) == (24,)


def test_an_alarm_is_true_for_its_part_while_something_is_wrong_there():
    wrong = (Trouble("new", 20, 30, 10), Trouble("long", 60, 30, 10))
    found = judged({"new": (24, 40, 65), "long": (75,)}, wrong, 5)
    assert found.delays == (4, 15) and found.in_time == 1 and found.found == 2
    assert found.false == ((65, "new"),) and found.true == ((24, "new"), (75, "long"))
    pooled = judged({"": (25, 110)}, wrong, 5)
    assert pooled.delays == (5, None) and pooled.false == ((110, ""),)
    assert judged({"new": (53,)}, wrong, 5).false == ()
