"""What a policy does to releases: which rule stops which, and which waiver holds; pure, shared by gate and graders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from curriculum.artifacts.release_policy import PolicyRule, PolicyWaiver, ReleasePolicy
from curriculum.cases.healthcare_platform.clauses import WAIVABLE, WAIVER_DAYS
from curriculum.cases.healthcare_platform.releases import COLUMN_TYPES
from curriculum.rules import RuleError, compile_rule


@dataclass(frozen=True)
class Verdicts:
    """A policy run on releases."""

    stops: Mapping[str, tuple[PolicyRule, ...]]
    """By release: the rules that stop it, without those that a waiver lifts."""
    lifted: Mapping[str, tuple[PolicyRule, ...]]
    """By release: the rules that a valid waiver lifts."""
    errors: tuple[tuple[PolicyRule, RuleError], ...] = field(default=())
    """Rules that cannot be run, each with the sentence that says why."""

    def stopped_by(self, rule: PolicyRule) -> list[str]:
        """The releases that a rule stops or would stop without a waiver."""
        return [
            release for release in self.stops if any(hit is rule for hit in (*self.stops[release], *self.lifted[release]))
        ]


def run_policy(policy: ReleasePolicy, columns: Mapping[str, Any]) -> Verdicts:
    """Run every rule on every release of a table with the columns of `COLUMN_TYPES`.

    Rules that do not compile or cannot be worked out are in `errors` and stop nothing.
    """
    releases = [str(release) for release in columns["release"]]
    released_on = dict(zip(releases, map(str, columns["released_on"]), strict=True))
    hits: dict[str, list[PolicyRule]] = {release: [] for release in releases}
    errors: list[tuple[PolicyRule, RuleError]] = []
    for rule in policy.rules:
        try:
            stopped = compile_rule(rule.stop_when, COLUMN_TYPES).each(columns)
        except RuleError as error:
            errors.append((rule, error))
            continue
        for release, stop in zip(releases, stopped, strict=True):
            if stop:
                hits[release].append(rule)
    lifted = {
        release: tuple(rule for rule in rules if lifts(policy, rule, release, released_on[release]))
        for release, rules in hits.items()
    }
    stops = {
        release: tuple(rule for rule in rules if not any(rule is other for other in lifted[release]))
        for release, rules in hits.items()
    }
    return Verdicts(stops, lifted, tuple(errors))


def lifts(policy: ReleasePolicy, rule: PolicyRule, release: str, released_on: str) -> bool:
    """Whether a waiver of the policy lets a release pass a rule: bounded, and of a clause that allows it."""
    return any(
        waiver.release == release
        and waiver.rule == rule.name
        and rule.clause in WAIVABLE
        and not unbounded(waiver, released_on)
        for waiver in policy.waivers
    )


def unbounded(waiver: PolicyWaiver, released_on: str) -> str:
    """What a waiver lacks, in words; blank where it has owner, reason and an end in time."""
    if not waiver.owner:
        return "it has no owner"
    if not waiver.reason:
        return "it has no reason"
    if waiver.until is None:
        return "it has no end"
    try:
        day = dt.date.fromisoformat(released_on)
    except ValueError:
        return "its release has no date"
    if waiver.until <= day:
        return f"it ends on {waiver.until}, before or on the day of the release, {day}"
    if (waiver.until - day).days > WAIVER_DAYS:
        return f"it ends {(waiver.until - day).days} days after the release, and at most {WAIVER_DAYS} are allowed"
    return ""
