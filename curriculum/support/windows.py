"""Promised windows: two formulas give the earliest and the latest time, and what came decides how many were kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from curriculum.support.formulas import compile_formula
from curriculum.support.rules import ColumnTypes, RuleError


@dataclass(frozen=True)
class Kept:
    """How many windows were kept in one group of rows."""

    hits: int
    of: int

    @property
    def share(self) -> float:
        """0 to 1; 0 of an empty group."""
        return self.hits / self.of if self.of else 0.0


@dataclass(frozen=True)
class Windows:
    """The windows that two formulas promise for the rows of a table, in the unit of the formulas."""

    earliest: np.ndarray
    latest: np.ndarray

    @property
    def width(self) -> float:
        """The mean width."""
        return float(np.mean(self.latest - self.earliest))

    def width_in(self, rows: np.ndarray) -> float:
        """The mean width in some rows, given as a mask with at least one of them."""
        return float(np.mean((self.latest - self.earliest)[rows]))

    def held(self, came: np.ndarray) -> np.ndarray:
        """By row: whether what came lies inside, its ends included."""
        inside: np.ndarray = (came >= self.earliest) & (came <= self.latest)
        return inside

    def kept(self, came: np.ndarray, groups: Mapping[str, np.ndarray]) -> dict[str, Kept]:
        """By group, each a mask over the rows: how many windows were kept."""
        held = self.held(came)
        return {name: Kept(int(held[mask].sum()), int(mask.sum())) for name, mask in groups.items()}


def promise_windows(earliest: str, latest: str, types: ColumnTypes, columns: Mapping[str, Any]) -> Windows:
    """Run two formulas over a table; raises RuleError where one cannot be run, or a window ends before it begins."""
    low = compile_formula(earliest, types).numbers(columns)
    high = compile_formula(latest, types).numbers(columns)
    if (high < low).any():
        row = int(np.argmax(high < low))
        told = ", ".join(f"{name} = {columns[name][row]!s:.20}" for name in types)
        found = f"a window from {low[row]:.0f} to {high[row]:.0f} for a row with {told}"
        raise RuleError(latest.strip(), 1, found, "a latest time that is not before the earliest one")
    return Windows(low, high)
