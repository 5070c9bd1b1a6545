"""What differs over worlds: what the codes mean, what costs most, whose no counts, who is away, what is fixed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from curriculum.cases.interview_operating_model.ways import CODES

Asker = Literal["jonas", "mei", "ruth"]
ASKERS: tuple[Asker, ...] = ("jonas", "mei", "ruth")
_A, _B, _C, _D = (
    ("cannot_be_built", "reopened", "late_rule"), ("no_owner", "reopened", "late_rule"),
    ("no_owner", "cannot_be_built", "late_rule"), ("no_owner", "cannot_be_built", "reopened"),
)  # fmt: skip
_STANDS = (_A, _D, _B, _A, _D, _C, _A, _D)
"""What waiting, scope and stopped mean: no two the same, each of its two meanings in a good part of the worlds."""
_X, _Y, _Z = ("happy_path", "two_meanings"), ("happy_path", "read_afterwards"), ("two_meanings", "read_afterwards")
_DRAWN = (_X, _Z, _Y, _X, _Z, _Y, _X, _Z)
_REPAIRED = ("no_way_back", "silent_break")


def _means(seed: int) -> Mapping[str, str]:
    waiting, scope, stopped = _STANDS[(seed + seed // 8) % 8]
    again, numbers = _DRAWN[(3 * seed + seed // 8) % 8]
    repair = _REPAIRED[(seed // 2 + seed // 8) % 2]
    return {
        "waiting": waiting,
        "scope": scope,
        "again": again,
        "numbers": numbers,
        "stopped": stopped,
        "repair": repair,
    }


SAY_NO = ("product", "ml", "design", "risk")
_NO_COUNTS = (("product", "risk"), ("ml", "design"), ("risk", "ml"), ("product", "design"), ("risk", "design"),
              ("ml", "product"))  # fmt: skip
AWAY = ("product", "design", "data", "ml")
QUIET = ("triage", "status", "planning")
"""The meetings with few decisions, of which one catches something all the same."""


@dataclass(frozen=True)
class Draw:
    """The shape of one world; its numbers are drawn apart."""

    means: Mapping[str, str]
    """By code, the failure behind it."""
    order: tuple[str, ...]
    """The codes from the costliest to the cheapest, without the item that is nobody's doing."""
    blown_up: str
    """The code under which that item stands."""
    no_counts: tuple[str, str]
    """The two functions whose no stops an item."""
    away: str
    """The function whose free hours are promised elsewhere."""
    fixed: Asker
    """Whose wish cannot move."""
    catches: str
    """The quiet meeting that catches something."""

    def costliest(self, count: int) -> tuple[str, ...]:
        """The failures that cost most days, in their order."""
        return tuple(self.means[code] for code in self.order[:count])


def draw(rng: np.random.Generator, seed: int) -> Draw:
    """Every axis takes each of its values about equally often, and neighbouring worlds differ in more than one."""
    order = tuple(str(code) for code in rng.permutation(list(CODES)))
    return Draw(
        means=_means(seed),
        order=order,
        blown_up=order[3 + seed % 3],
        no_counts=_NO_COUNTS[(seed + seed // 6) % 6],
        away=AWAY[(seed + seed // 4) % 4],
        fixed=ASKERS[(2 * seed + seed // 3) % 3],
        catches=QUIET[(seed + seed // 9) % 3],
    )
