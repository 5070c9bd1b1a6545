"""What a way of promising is worth over the half-year, as the brief counts it, and which ways the weeks allow."""

from __future__ import annotations

import math
from dataclasses import dataclass

from curriculum.cases.conflicting_priorities.deliveries import WEEK_SD
from curriculum.cases.conflicting_priorities.draw import MODEL_WEEKS, QUEUE, ROUTE, Draw
from curriculum.cases.conflicting_priorities.promise import MINUTE
from curriculum.cases.conflicting_priorities.rules import Promise

HALF_YEAR = 26
"""Weeks after the launch."""
PLANNER_LOSES, DOOR_LOSES = 50.0, 16.0
"""Minutes beyond 20 over which a window loses all its use, for those who plan with it and for those who come to the
door."""
AT_DISPATCH = 0.88
"""Share of minutes kept that are given when the courier leaves; with a late tap, none is."""

MINUTE_NOW, WINDOW, BOTH, WAIT = "minute", "window", "window_and_minute", "wait_for_model"
NONE = "none"
RIGHT_LOG = {QUEUE: "ready_scan", ROUTE: "route_plan"}
"""By kind of world, the log that explains the spread."""
LOGS = ("ready_scan", "route_plan", "gps_trace", "weather_feed")

RULE_BUILD, DISPATCH_BUILD, LOG_BUILD = 2, 5, 3
"""Backend weeks for the promise by rule, for the minute at dispatch, and for one log."""
CENTRAL_84 = 1.405
"""Standard deviations on each side of the middle between which 84 of 100 lie, where the spread is bell-shaped."""
GAIN = 3.0
"""Minutes by which a model must be narrower to be worth its weeks."""
AS_GOOD = 0.95
"""A way that is worth so much of the best one is as good."""


def use(width: float, over: float) -> float:
    """How much of its use a window of so many minutes keeps, 0 to 1."""
    return min(1.0, max(0.0, 1.0 - (width - MINUTE) / over))


def worth(mechanism: str, kept: float, width: float, planners: float, at_dispatch: float) -> float:
    """What one promise is worth, from 1 (kept and of full use) to -1 (broken); shares from 0 to 1."""
    plan = kept * use(width, PLANNER_LOSES) - (1 - kept)
    given, over = (at_dispatch, 1.0) if mechanism == BOTH else (kept, use(width, DOOR_LOSES))
    door = given * over - (1 - given)
    return planners * plan + (1 - planners) * door


def backend_weeks(mechanism: str, log: str) -> int:
    """Backend weeks that a plan takes until the launch."""
    logs = {NONE: 0, "": 0, "all_four": 4}.get(log, 1)
    return RULE_BUILD + DISPATCH_BUILD * (mechanism == BOTH) + LOG_BUILD * logs


def width_84(shape: Draw, log: str) -> float:
    """The width that keeps 84 of 100 with a log, in minutes."""
    left = sum(sd**2 for part, sd in shape.sd.items() if RIGHT_LOG.get(part) != log)
    return 2 * CENTRAL_84 * math.sqrt(left + WEEK_SD**2)


def gain(shape: Draw, log: str) -> float:
    """Minutes by which a model with a log is narrower than the rule, at the same share kept."""
    return width_84(shape, NONE) - width_84(shape, log)


@dataclass(frozen=True)
class Way:
    """A mechanism with a log or none, and what it is worth over the half-year."""

    mechanism: str
    log: str
    worth: float


def model_week(shape: Draw) -> int:
    """The week after the launch in which a model can take over, where its log began with the launch."""
    return shape.fill_weeks + MODEL_WEEKS


def ways(shape: Draw, line: Promise, minute: Promise) -> tuple[Way, ...]:
    """All ways that keep the floors and fit the weeks, the best first."""
    planners, at_dispatch = shape.planners / 100, AT_DISPATCH * shape.punctual / 100
    found = []
    for mechanism in (MINUTE_NOW, WINDOW, BOTH):
        promise = minute if mechanism == MINUTE_NOW else line
        if not promise.holds:
            continue
        for log in (NONE, *LOGS):
            if backend_weeks(mechanism, log) > shape.backend_weeks or (log != NONE and shape.ml_weeks < MODEL_WEEKS):
                continue
            kept, width = promise.unseen.all.share, promise.unseen.width
            now = worth(mechanism, kept, width, planners, at_dispatch)
            saved = gain(shape, log) if log != NONE else 0.0
            later = worth(mechanism, kept, max(MINUTE, width - saved), planners, at_dispatch)
            week = model_week(shape)
            total = (week * now + (HALF_YEAR - week) * later) / HALF_YEAR if saved >= GAIN else now
            found.append(Way(mechanism, log, total))
    return tuple(sorted(found, key=lambda way: -way.worth))
