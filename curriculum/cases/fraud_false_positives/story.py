"""Why it could happen in this world: for each cause, which step went wrong and which way of working allowed it.

What the causes do to payments is the same everywhere; what let them through is drawn for each world. The chains that
are not true here stay among the statements that one can pick, and somebody's fact speaks against each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from curriculum.cases.base import random
from curriculum.cases.fraud_false_positives.shape import MARKET, SCREEN, SLUG, UPSTREAM

DETECTION = "detection"
"""The branch that says why the incident lasted so long; it stops no payment of its own."""


@dataclass(frozen=True)
class Chain:
    """The end of one branch of whys: the step that went wrong, the way of working behind it, what changes it."""

    step: str
    root: str
    measure: str
    """The measure that prevents both and tells within hours."""


CHAINS: Mapping[str, Mapping[str, Chain]] = {
    UPSTREAM: {
        "untold": Chain("readers_untold", "feed_without_contract", "feed_contract"),
        "full_records": Chain("tried_on_full_records", "tests_lack_gaps", "gaps_in_tests"),
        "as_format": Chain("announced_as_format", "defaults_are_minor", "default_consent"),
    },
    MARKET: {
        "never": Chain("market_never_evaluated", "launch_skips_models", "launch_gate"),
        "invited": Chain("evaluated_on_invited", "sample_unsaid", "sample_named"),
        "in_total": Chain("evaluated_in_total", "no_rule_by_country", "country_rule"),
    },
    SCREEN: {
        "not_own": Chain("own_payment_untested", "release_skips_presses", "own_payment_test"),
        "late_report": Chain("report_came_later", "tests_block_nothing", "report_gate"),
        "mouse": Chain("tested_with_mouse", "device_unsaid", "phone_test"),
    },
    DETECTION: {
        "no_owner": Chain("panel_needs_labels", "no_fast_measure", "proxy_owner"),
        "no_call": Chain("alarm_heard_by_one", "nobody_calls_teams", "call_duty"),
    },
}
"""By branch and by what may be true of it."""


MECHANISMS = ("default_is_zero", "input_reads_zero")
"""Where a missing account age becomes 0: in the feed, or in the model's input."""


@dataclass(frozen=True)
class Story:
    """Which chain is true of each branch."""

    mechanism: str
    """One of MECHANISMS."""
    feed: str
    market: str
    screen: str
    watch: str

    @property
    def chains(self) -> Mapping[str, Chain]:
        """By branch."""
        names = {UPSTREAM: self.feed, MARKET: self.market, SCREEN: self.screen, DETECTION: self.watch}
        return {branch: CHAINS[branch][name] for branch, name in names.items()}

    @property
    def other_mechanism(self) -> str:
        """The one that is not true here."""
        return next(mechanism for mechanism in MECHANISMS if mechanism != self.mechanism)

    @property
    def others(self) -> Mapping[str, Chain]:
        """By branch, a chain that is true elsewhere and not here."""
        mine = self.chains
        found = {}
        for branch, chains in CHAINS.items():
            names = list(chains.values())
            found[branch] = names[(names.index(mine[branch]) + 1) % len(names)]
        return found


def draw_story(seed: int) -> Story:
    """Each chain of a branch is true in as many worlds as any other: in one of each few seeds in a row."""

    def one(branch: str, names: Sequence[str]) -> str:
        order = random(SLUG, seed // len(names), f"story {branch}").permutation(len(names))
        return names[int(order[seed % len(names)])]

    feed, market, screen, watch = (one(branch, [*chains]) for branch, chains in CHAINS.items())
    return Story(one("mechanism", MECHANISMS), feed, market, screen, watch)


def small_numbers(seed: int) -> np.random.Generator:
    """Chance for numbers that people name and that no table holds: lines of a list, people in a test."""
    return random(SLUG, seed, "small numbers")
