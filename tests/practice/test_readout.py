"""Reading an experiment with two arms: the change, its interval, and from where on an offer pays."""

from __future__ import annotations

import numpy as np
import pytest

from curriculum.practice.readout import Arms


def arms(**other: object) -> Arms:
    counts = {
        "groups": ("few", "many"),
        "offered": np.array([1000, 4000]), "offered_orders": np.array([100, 1200]),
        "left_out": np.array([1000, 4000]), "left_out_orders": np.array([100, 800]),
        "used": np.array([90, 1100]),
    }  # fmt: skip
    return Arms(**(counts | other))  # type: ignore[arg-type]


def test_the_change_is_counted_of_a_hundred() -> None:
    assert arms().change.tolist() == pytest.approx([0.0, 10.0])


def test_an_interval_holds_the_truth_in_about_95_of_100_repetitions() -> None:
    rng = np.random.default_rng(7)
    n, runs = 2000, 4000
    offered, left_out = rng.binomial(n, 0.30, runs), rng.binomial(n, 0.25, runs)
    many = np.full(runs, n)
    test = Arms(tuple(range(runs)), many, offered, many, left_out, offered)
    held = np.abs(test.change - 5.0) <= test.margin_of_error
    assert 0.94 <= held.mean() <= 0.96


def test_an_offer_earns_its_cost_where_it_brings_nothing_beyond() -> None:
    test = arms()
    needed = test.earns_from(margin=20.0, cost=4.0, each=0.05)
    assert needed.tolist() == pytest.approx([100 * (0.09 * 4 + 0.05) / 20, 100 * (0.275 * 4 + 0.05) / 20])
    just = test.net_each(20.0, 4.0, 0.05) + (needed - test.change) / 100 * 20.0
    assert just.tolist() == pytest.approx([0.0, 0.0])
    with pytest.raises(ValueError, match="leave something"):
        test.earns_from(0.0, 4.0, 0.05)


def test_groups_can_be_picked_and_put_together() -> None:
    assert arms().only(["many"]).change.tolist() == pytest.approx([10.0])
    together = arms().together()
    assert together.offered.tolist() == [5000]
    assert together.change.tolist() == pytest.approx([100 * (1300 - 900) / 5000])
    with pytest.raises(KeyError):
        arms().only(["nobody"])


def test_a_group_without_people_is_refused() -> None:
    with pytest.raises(ValueError, match="both arms"):
        arms(left_out=np.array([0, 4000]))
