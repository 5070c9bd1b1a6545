"""What a policy does to releases: which rule stops which, and which waiver holds; pure, shared by gate and graders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from curriculum.artifacts.release_policy import PolicyRule, PolicyWaiver, ReleasePolicy
from curriculum.cases.healthcare_platform.clauses import WAIVABLE, WAIVER_DAYS
from curriculum.cases.healthcare_platform.releases import COLUMN_TYPES
from curriculum.support.rules import RuleError, compile_rule


@dataclass(frozen=True)
class Verdicts:
    """A policy run on releases. Rules are named by their position in the policy, from 0."""

    stops: Mapping[str, tuple[int, ...]]
    """By release: the rules that stop it, without those that a waiver lifts."""
    lifted: Mapping[str, tuple[int, ...]]
    """By release: the rules that a valid waiver lifts."""
    errors: Mapping[int, RuleError] = field(default_factory=dict)
    """Rules that cannot be run, each with the sentence that says why."""

    def hit_by(self, rule: int) -> frozenset[str]:
        """The releases that a rule stops, or would stop without a waiver."""
        return frozenset(release for release in self.stops if rule in (*self.stops[release], *self.lifted[release]))


def run_policy(
    policy: ReleasePolicy,
    columns: Mapping[str, Any],
    *,
    waivable: Collection[str] = WAIVABLE,
    waiver_days: int = WAIVER_DAYS,
) -> Verdicts:
    """Run every rule on every release of a table with the columns of `NAMED` and `COLUMN_TYPES`.

    `waivable` are the ids of the clauses of which a waiver may let a release pass, for at most `waiver_days` days.
    Rules that do not compile or cannot be worked out are in `errors` and stop nothing.
    """
    released_on = dict(zip(map(str, columns["release"]), map(str, columns["released_on"]), strict=True))
    stops: dict[str, list[int]] = {release: [] for release in released_on}
    lifted: dict[str, list[int]] = {release: [] for release in released_on}
    errors: dict[int, RuleError] = {}
    for position, rule in enumerate(policy.rules):
        try:
            hits = compile_rule(rule.stop_when, COLUMN_TYPES).each(columns)
        except RuleError as error:
            errors[position] = error
            continue
        for release, hit in zip(released_on, hits, strict=True):
            if hit:
                waived = rule.clause in waivable and lifts(
                    policy, rule, release, released_on[release], days=waiver_days
                )
                (lifted if waived else stops)[release].append(position)
    return Verdicts(
        {release: tuple(rules) for release, rules in stops.items()},
        {release: tuple(rules) for release, rules in lifted.items()},
        errors,
    )


def lifts(policy: ReleasePolicy, rule: PolicyRule, release: str, released_on: str, *, days: int = WAIVER_DAYS) -> bool:
    """Whether a waiver of the policy lets a release pass a rule: named, owned, explained and bounded."""
    return any(
        waiver.release == release
        and waiver.rule in (rule.name, rule.clause)
        and not unbounded(waiver, released_on, days)
        for waiver in policy.waivers
    )


def unbounded(waiver: PolicyWaiver, released_on: str, days: int = WAIVER_DAYS) -> str:
    """What a waiver lacks, in words; blank where it has owner, reason, extent and an end in time."""
    if not waiver.owner:
        return "it has no owner"
    if not waiver.reason:
        return "it has no reason"
    if not waiver.extent or waiver.extent < 0:
        return "it does not say by how much the release falls short"
    if waiver.until is None:
        return "it has no end"
    try:
        day = dt.date.fromisoformat(released_on)
    except ValueError:
        return "its release has no date"
    if waiver.until <= day:
        return f"it ends on {waiver.until}, before or on the day of the release, {day}"
    if (waiver.until - day).days > days:
        return f"it ends {(waiver.until - day).days} days after the release, and at most {days} are allowed"
    return ""
