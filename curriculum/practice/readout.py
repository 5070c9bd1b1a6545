"""Reading an experiment with two arms by group: how many more of a hundred, within which interval, and from where on
an offer earns its cost."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

Z = 1.96
"""Standard errors to each side within which 95 of 100 repetitions of a test would lie (normal approximation)."""


@dataclass(frozen=True)
class Arms:
    """Counts of two arms, drawn by lot, for some groups; all arrays have one entry a group."""

    groups: tuple[Hashable, ...]
    offered: np.ndarray
    """People who were offered something."""
    offered_orders: np.ndarray
    left_out: np.ndarray
    """People who were not, to compare with."""
    left_out_orders: np.ndarray
    used: np.ndarray
    """Of those who were offered it, how many used it."""

    def __post_init__(self) -> None:
        for counts in (self.offered, self.left_out):
            if len(counts) != len(self.groups) or (np.asarray(counts) <= 0).any():
                raise ValueError("each group needs people in both arms")

    @cached_property
    def change(self) -> np.ndarray:
        """Orders of 100 people who were offered it, less those of 100 who were not."""
        return 100 * (self.offered_orders / self.offered - self.left_out_orders / self.left_out)

    @cached_property
    def margin_of_error(self) -> np.ndarray:
        """How far, to each side, 95 of 100 repetitions would lie from the change; of 100 people, by group."""
        with_, without = self.offered_orders / self.offered, self.left_out_orders / self.left_out
        variance = with_ * (1 - with_) / self.offered + without * (1 - without) / self.left_out
        return 100 * Z * np.sqrt(variance)

    def earns_from(self, margin: float, cost: float, each: float) -> np.ndarray:
        """From which change on, of 100 people, the offer earns what it costs.

        `margin` is what an order leaves, `cost` a use, `each` an offer, used or not; all in one currency.
        Raises ValueError for a margin of nothing.
        """
        if margin <= 0:
            raise ValueError("an order has to leave something")
        return 100 * (self.used / self.offered * cost + each) / margin

    def net_each(self, margin: float, cost: float, each: float) -> np.ndarray:
        """What the offer brings for each person to whom it is made, by group."""
        return self.change / 100 * margin - self.used / self.offered * cost - each

    def only(self, groups: Sequence[Hashable]) -> Arms:
        """Some of the groups; raises KeyError for one that is not there."""
        for group in groups:
            if group not in self.groups:
                raise KeyError(group)
        rows = np.array([group in set(groups) for group in self.groups])
        return Arms(
            tuple(group for group in self.groups if group in set(groups)), self.offered[rows],
            self.offered_orders[rows], self.left_out[rows], self.left_out_orders[rows], self.used[rows],
        )  # fmt: skip

    def together(self) -> Arms:
        """All groups as one."""
        sums = (np.array([column.sum()]) for column in
                (self.offered, self.offered_orders, self.left_out, self.left_out_orders, self.used))  # fmt: skip
        return Arms(("all",), *sums)
