"""Experiments that are run from a plan: sampling and reading without a library, exact power and tests with one."""

from curriculum.practice.experiments.exact import corrected_level, power, proportion_interval, ratio_test
from curriculum.support.experiments import (
    Counted,
    Estimate,
    between,
    detectable,
    events,
    people_needed,
    ratio_p,
    relative,
    successes,
)

__all__ = [
    "Counted",
    "Estimate",
    "between",
    "corrected_level",
    "detectable",
    "events",
    "people_needed",
    "power",
    "proportion_interval",
    "ratio_p",
    "ratio_test",
    "relative",
    "successes",
]
