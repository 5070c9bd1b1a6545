"""The half-year of a pod: which levers work when, what is lost and stopped in vain, which risks are met."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from curriculum.artifacts.backlog import Backlog
from curriculum.artifacts.pod_charter import PodCharter
from curriculum.artifacts.premortem import Premortem
from curriculum.cases import Case
from curriculum.cases.pod_launch import risks as dangers
from curriculum.cases.pod_launch.draw import DECLINE, HOLD, RECALL, WEEKS
from curriculum.cases.pod_launch.flowing import WEEK_DAYS, done_by
from curriculum.support.flow import Run

NOBODY = ("", "conrad", "everybody", "board", "edda")
"""Deciders who are not there when a thief is on the line."""
LATE_HOLD = 0.6
"""What is left of held calls where somebody has to be asked first. Assumed."""
AUDIT_WEEKS = 5
"""Weeks in which the pod stands still after it has decided what it may not. Assumed."""
AUDIT_FROM = 6
BRAKE_AFTER = 4
"""Weeks running above what the sponsor bears until she stops the pod. Assumed."""
HALF = 0.5
HARM_WEEKS = 4
"""Weeks until everybody sees what nobody was warned of. Assumed."""


def can_recall(charter: PodCharter) -> bool:
    """Whether somebody of the pod may recall at once."""
    right = charter.decides("recall")
    return right is not None and right.decider not in NOBODY


def may_hold(charter: PodCharter) -> bool:
    """The same for holding."""
    right = charter.decides("hold")
    return right is not None and right.decider not in NOBODY


def beyond_rights(charter: PodCharter, case: Case) -> bool:
    """Whether the pod decides on more than it may."""
    most = case.truth.shape.may_decide
    rights = [charter.decides(name) for name in ("hold", "recall")]
    return any(one is not None and one.decider != "conrad" and (one.limit_eur or 0.0) > most for one in rights)


@dataclass(frozen=True)
class Met:
    """What became of a live risk."""

    risk: str
    onset: int
    harm: int
    signal: int
    """The week in which its signal rang; 0: never, or nobody had one."""
    answered: bool
    """Whether it rang before harm and something had been changed that makes the risk smaller."""


@dataclass(frozen=True)
class HalfYear:
    """Arrays of futures × weeks, and what they rest on."""

    loss: np.ndarray
    """Percent of the baseline."""
    without: np.ndarray
    """The same futures with the same risks and no pod."""
    stopped: np.ndarray
    """Good payments stopped, of 1,000, by week: the mean of the futures."""
    met: tuple[Met, ...]
    run: Run
    braked: int
    """The week in which the sponsor stopped the pod; 0 where she did not."""


def half_year(case: Case, charter: PodCharter, backlog: Backlog, premortem: Premortem | None) -> HalfYear | None:
    """Runs the plan; None while there are no limits, levers or cards."""
    limits, truth = backlog.limits, case.truth
    if limits is None or not charter.chosen or not backlog.begun:
        return None
    policies = backlog.policies
    run = truth.flow.run(truth.flow.ahead, limits, policies)
    levers = [name for name in charter.chosen if name != RECALL or can_recall(charter)]
    losses, stops = [], []
    braked = over = 0
    for week in range(1, WEEKS + 1):
        done = done_by(run, backlog.begun, WEEK_DAYS * week)
        if HOLD in done and not may_hold(charter):
            done = {**done, HOLD: done[HOLD] * LATE_HOLD}
        idle = (beyond_rights(charter, case) and AUDIT_FROM <= week < AUDIT_FROM + AUDIT_WEEKS) or bool(braked)
        losses.append(np.zeros(truth.flow.ahead.draws) if idle else truth.stopped(levers, done, policies))
        more = sum(truth.shape.stops[name] * (1.0 if name == DECLINE else float(np.mean(done[name])))
                   for name in levers if name in truth.shape.stops)  # fmt: skip
        stops.append(truth.stops(()) + (0.0 if braked else more))
        over = over + 1 if stops[-1] > truth.stop_at + 0.02 else 0
        if over == BRAKE_AFTER:
            braked = week
    met = tuple(_met(case, name, premortem) for name in truth.live)
    cost, all_cost = (np.zeros(WEEKS) for _ in range(2))
    for one in met:
        harm = dangers.CATALOGUE[one.risk].costs
        weeks = slice(one.harm - 1, one.harm - 1 + HARM_WEEKS)
        all_cost[weeks] += harm
        if not one.answered:
            cost[weeks] += harm
    reach = np.array(losses).T
    rng = np.random.default_rng(case.seed)
    chance = rng.normal(0, 0.02, reach.shape)
    loss = 100 * (1 - reach + cost[None, :] + chance)
    return HalfYear(loss, 100 * (1 + all_cost[None, :] + chance), np.array(stops), met, run, braked)


def _met(case: Case, risk: str, premortem: Premortem | None) -> Met:
    """A risk as it goes in most of its futures, with the signal and the change that were written."""
    kept, one = dangers.CATALOGUE[risk], dangers.ahead(case.seed, risk)
    harm = int(np.median(one.harm))
    written = next((row for row in premortem.risks if row.risk == risk), None) if premortem else None
    if written is None or written.threshold is None or written.measure != kept.measure:
        return Met(risk, harm - dangers.HARM_AFTER, harm, 0, False)
    running = written.weeks_running or 1.0
    first = dangers.fires(one.weeks, written.threshold, running)
    found = dangers.rung(case.seed, risk, written.threshold, running)
    able = written.owner in kept.owners and case.truth.free.get(written.owner, 100) > 0
    # A bell that has rung for nothing is not heard when it rings.
    heard = found.in_time > HALF and found.in_vain < HALF
    rang = int(np.median(first[first > 0])) if (first > 0).mean() > HALF else 0
    return Met(risk, harm - dangers.HARM_AFTER, harm, rang, heard and able and written.change in kept.changes)


def words_of(met: tuple[Met, ...], labels: Mapping[str, str]) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """Signals and harms as marks of a figure: weeks with words."""
    signals = [(one.signal, labels[one.risk]) for one in met if one.signal]
    harms = [(one.harm, labels[one.risk]) for one in met if not one.answered]
    return signals, harms
