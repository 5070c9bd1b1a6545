"""Counts that a plan would have got, and how they are read: by published values, and by what luck may do."""

from __future__ import annotations

import math

import numpy as np
import pytest

from curriculum.support.experiments import (
    Counted,
    Estimate,
    between,
    chi_square_tail,
    detectable,
    events,
    people_needed,
    ratio_p,
    relative,
    successes,
)


@pytest.mark.parametrize(
    ("distance", "freedom", "tail"),
    [(3.841, 1, 0.05), (10.828, 1, 0.001), (5.991, 2, 0.05), (7.815, 3, 0.05), (9.488, 4, 0.05), (11.070, 5, 0.05)],
)
def test_the_tail_is_that_of_printed_tables(distance: float, freedom: int, tail: float) -> None:
    assert chi_square_tail(distance, freedom) == pytest.approx(tail, rel=2e-3)


def test_a_split_that_was_published_as_broken_is_broken() -> None:
    # Kohavi, Tang and Xu (2020), chapter 21: 821,588 and 815,482 users of an even split
    assert ratio_p((821_588, 815_482), (1, 1)) == pytest.approx(1.8e-6, rel=0.05)
    assert ratio_p((1_012_000, 988_000), (50, 50)) < 1e-12, "50.6 to 49.4 on two million is not nearly even"
    assert ratio_p((400, 300, 300), (0.4, 0.3, 0.3)) == 1.0
    with pytest.raises(ValueError, match="two arms"):
        ratio_p((10,), (1,))
    with pytest.raises(ValueError, match="share"):
        ratio_p((10, 10), (1, 0))


@pytest.mark.parametrize(("effect", "people"), [(0.02, 1.29e6), (0.05, 207e3), (0.10, 52e3)])
def test_people_needed_at_three_of_a_hundred_are_those_of_the_reference(effect: float, people: float) -> None:
    assert people_needed(0.03, effect) == pytest.approx(people, rel=0.01)
    assert detectable(0.03, people_needed(0.03, effect)) == pytest.approx(effect)


def test_nobody_sees_nothing_and_shares_are_shares() -> None:
    assert detectable(0.03, 0) == math.inf
    with pytest.raises(ValueError, match="rate"):
        people_needed(0.0, 0.1)
    with pytest.raises(ValueError, match="rate"):
        detectable(1.0, 10)
    with pytest.raises(ValueError, match="cannot be"):
        Counted(10, 11)


def test_a_difference_has_the_interval_of_the_delta_method() -> None:
    # Physicians' Health Study: 189 of 11,034 with placebo, 104 of 11,037 with aspirin (Agresti: ratio 1.82)
    placebo, aspirin = Counted(11_034, 189), Counted(11_037, 104)
    found = relative(placebo, aspirin, aspirin)
    assert found.value == pytest.approx(81.8, abs=0.1)
    by_logarithm = 181.8 * math.sqrt(1 / 189 - 1 / 11_034 + 1 / 104 - 1 / 11_037)
    assert found.error == pytest.approx(by_logarithm, rel=1e-3)


def test_parts_add_up_to_the_whole_and_a_line_ends_at_its_arms() -> None:
    light, slow, complex_ = Counted(1e6, 30_000), Counted(5e5, 14_600), Counted(6e5, 18_400)
    whole = relative(complex_, light, light).value
    assert relative(slow, light, light).value + relative(complex_, slow, light).value == pytest.approx(whole)
    middle = between(light, slow, 0.5)
    assert middle.rate == pytest.approx((light.rate + slow.rate) / 2)
    assert middle.variance == pytest.approx((light.variance + slow.variance) / 4)
    assert between(light, slow, 0.0).rate == pytest.approx(light.rate)
    with pytest.raises(ValueError, match="beyond"):
        between(light, slow, 1.2)
    with pytest.raises(ValueError, match="nobody"):
        relative(complex_, Counted(10, 0), Counted(10, 0))
    assert Estimate(2.0, 1.0).times(-2).low == pytest.approx(-4 - 2 * 1.96, abs=0.01)


def test_luck_is_that_of_poisson_and_binomial_and_is_kept_when_a_plan_is_edited() -> None:
    luck = np.random.default_rng(5).standard_normal((20_000, 2))
    people = events(np.full(20_000, 900.0), luck[:, 0])
    assert people.mean() == pytest.approx(900, rel=0.01) and people.var() == pytest.approx(900, rel=0.05)
    did = successes(people, np.full(20_000, 0.04), luck[:, 1])
    assert did.mean() == pytest.approx(36, rel=0.02) and did.var() == pytest.approx(36, rel=0.06)
    wide = successes(people, np.full(20_000, 0.04), luck[:, 1], spread=2.0)
    assert wide.var() > 1.6 * did.var()
    more = successes(events(np.full(20_000, 945.0), luck[:, 0]), np.full(20_000, 0.04), luck[:, 1])
    assert np.corrcoef(did, more)[0, 1] > 0.97
    assert (successes(np.array([3.0]), np.array([0.5]), np.array([9.0])) <= 3).all()
    assert (events(np.array([0.2]), np.array([-5.0])) == 0).all()
