"""Gates in an order, run over builds that were measured: which gate stops each of them first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Gate:
    """One gate: it stops what lies on the wrong side of its limit, or, without a limit, what is not marked "yes"."""

    id: str
    column: str
    limit: float | None = None
    stops_below: bool = False

    def stops(self, table: Mapping[str, np.ndarray]) -> np.ndarray:
        """For each build whether it is stopped; a value that is missing is."""
        values = np.asarray(table[self.column])
        if self.limit is None:
            return np.asarray(values != "yes")
        numbers = values.astype(float)
        passes = numbers >= self.limit if self.stops_below else numbers <= self.limit
        return np.asarray(~passes)


def stopped_by(table: Mapping[str, np.ndarray], gates: Sequence[Gate]) -> np.ndarray:
    """For each build the id of the first gate that stops it; blank where it meets payments."""
    count = len(next(iter(table.values()), ()))
    found = np.full(count, "", dtype="U40")
    for gate in gates:
        found[(found == "") & gate.stops(table)] = gate.id
    return found
