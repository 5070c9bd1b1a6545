"""Exact power and tests by library, beside published values and beside the short forms that graders use."""

from __future__ import annotations

import subprocess
import sys

import pytest

from curriculum.practice.experiments import (
    Counted,
    corrected_level,
    people_needed,
    power,
    proportion_interval,
    ratio_p,
    ratio_test,
    relative,
)
from curriculum.practice.experiments.exact import people_for


def test_nothing_heavy_is_imported_before_it_is_asked_for() -> None:
    code = (
        "import sys, graders.latency_or_accuracy, curriculum.practice.experiments, "
        "curriculum.consequences.latency_or_accuracy; "
        "print([name for name in ('scipy', 'statsmodels', 'sklearn', 'pandas', 'matplotlib') if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


@pytest.mark.parametrize(("rate", "effect"), [(0.03, 0.02), (0.03, 0.05), (0.042, 0.013)])
def test_the_rule_of_sixteen_gives_the_power_that_it_promises(rate: float, effect: float) -> None:
    people = people_needed(rate, effect)
    assert power(rate, effect, people) == pytest.approx(0.80, abs=0.015)
    assert people_for(rate, effect) == pytest.approx(people, rel=0.05)
    assert power(rate, effect, people / 4) < 0.35
    with pytest.raises(ValueError, match="between 0 and 1"):
        power(0.9, 0.5, 100)


def test_the_ratio_check_is_the_chi_square_test() -> None:
    for counts, shares in (
        ((821_588, 815_482), (1, 1)),
        ((4_010, 2_950, 3_040), (40, 30, 30)),
        ((9, 11, 8, 13), (1,) * 4),
    ):
        assert ratio_p(counts, shares) == pytest.approx(ratio_test(counts, shares), rel=1e-6)


def test_intervals_of_a_ratio_are_the_published_ones_and_those_of_a_test_with_many_people() -> None:
    low, high = proportion_interval((189, 104), (11_034, 11_037))
    assert (low, high) == (pytest.approx(1.43, abs=0.01), pytest.approx(2.31, abs=0.01))
    test, control = Counted(2e6, 61_000), Counted(2.5e6, 75_000)
    ours = relative(test, control, control)
    low, high = proportion_interval((test.did, control.did), (test.people, control.people))
    assert ours.low == pytest.approx(100 * (low - 1), abs=0.02)
    assert ours.high == pytest.approx(100 * (high - 1), abs=0.02)


def test_levels_are_corrected_for_several_looks() -> None:
    assert corrected_level(4) == pytest.approx(0.01274, abs=1e-5)
    assert corrected_level(4, method="bonferroni") == pytest.approx(0.0125)
    assert corrected_level(1) == pytest.approx(0.05)
    with pytest.raises(ValueError, match="one look"):
        corrected_level(0)
    with pytest.raises(ValueError, match="unknown"):
        corrected_level(2, method="hope")
