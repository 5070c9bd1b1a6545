"""Whether a policy would notice anything: it is tried on copies of the release that were spoiled on purpose."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from curriculum.artifacts.release_policy import ReleasePolicy
from curriculum.cases.healthcare_platform.flaws import FLAWS, HOUSE
from curriculum.cases.healthcare_platform.house_rules import HouseRules
from curriculum.practice.gate.policy import run_policy


@dataclass(frozen=True)
class Trial:
    """How many spoiled copies a policy was tried on, and how many of them it stops for what was spoiled."""

    tried: int
    noticed: int

    def sentence(self) -> str:
        return (
            f"Tried on {self.tried} copies of this release, each spoiled in one way that law or safety forbids, the "
            f"rules stop {self.noticed}."
        )


def try_out(policy: ReleasePolicy, row: Mapping[str, Any]) -> Trial:
    """Run a policy on copies of a release with one flaw each; a company's own further limits are left out.

    A copy counts as noticed where a rule stops it that does not stop the release itself.
    """
    rng = np.random.default_rng(0)
    most = HouseRules(participants=max(int(row["nurses"]), int(row["physicians"]), 20), test_age=10_000)
    flaws = [flaw for flaw in FLAWS.values() if flaw.touches != HOUSE]
    spoiled = [_sound(row), *({**_sound(row), **flaw.breaks(rng, _sound(row), most)} for flaw in flaws)]
    columns = {name: [copy[name] for copy in spoiled] for name in row}
    columns["release"] = [f"copy {number}" for number in range(len(spoiled))]
    verdicts = run_policy(policy, columns)
    stops = [set(verdicts.stops[name]) | set(verdicts.lifted[name]) for name in columns["release"]]
    return Trial(len(flaws), sum(bool(hits - stops[0]) for hits in stops[1:]))


def _sound(row: Mapping[str, Any]) -> dict[str, Any]:
    """The release as it would be with its dates in order, so that a flaw can be put into it."""
    try:
        tested = dt.date.fromisoformat(row["tested_on"])
    except ValueError:  # no day is known; any will do for a copy
        tested = dt.date(2000, 1, 1)
    return {**row, "tested_on": tested.isoformat(), "test_age_days": max(int(row["test_age_days"]), 1)}
