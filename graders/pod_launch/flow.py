"""Does the backlog flow: the narrow place found, limits and policies replayed on weeks that nobody has seen? (A28)"""

from __future__ import annotations

import itertools

import numpy as np

from curriculum.artifacts.backlog import Backlog
from curriculum.artifacts.pod_charter import PodCharter
from curriculum.cases import Case
from curriculum.cases.pod_launch.draw import AGAINST, BOARD_WEEK, POLICIES, WEEKS
from curriculum.cases.pod_launch.facts import OF_BEATRIZ
from curriculum.roleplay.engine import State
from curriculum.support.flow import percentile
from graders.common import heard, named, stated
from graders.pod_launch.base import LIMITS, TINY, rubric
from graders.rubric import NotYet, Objections, met, objection

NEAR_BEST = 0.92
AS_SOON = 1.15
POLICIES_NEAR_BEST = 0.93
COVERED = (0.72, 0.96)
NEXT_ROOM = 0.06
"""Two stages that are so nearly equally busy may both be called the next narrow place."""
OPEN = 1
"""Cards above the line that may still be open in the charter’s week."""
PAIRS: tuple[tuple[str, ...], ...] = tuple(itertools.combinations(POLICIES, 2))


def limits_of(backlog: Backlog) -> tuple[float, ...]:
    """The limits; NotYet while one is missing."""
    if backlog.limits is None:
        raise NotYet("backlog.limit_build", "every stage has a limit of one or more")
    return backlog.limits


@rubric.criterion(
    points=2, voice="beatriz", skill="find_causes",
    hints=(
        "Where do cards wait, and for what?",
        "Cards pile up before the narrow place. It is where people have a card to work at on nearly all days.",
        "Here: {{ truth.says.narrow }}.",
    ),
    rests_on=("backlog.narrow_stage",),
    expected="the stage that lets fewest cards through, and not the fullest column",
)  # fmt: skip
def narrow_stage_named(backlog: Backlog, case: Case) -> Objections:
    """The stage is named that lets fewest cards through today."""
    if backlog.narrow_stage != case.truth.shape.narrow:
        said = f"“{named(case, 'stages', backlog.narrow_stage)}” is not what everything waits for."
        yield objection("narrow_stage", said, "", {"look at": "flow_events"})
    return met(f"“{named(case, 'stages', backlog.narrow_stage)}” is what everything waits for.")


@rubric.criterion(
    points=3, voice="conrad", skill="find_causes",
    hints=(
        "Two things hold work up here. One is the narrow place; what did Beatriz say that everybody waits for besides?",
        "One policy for the narrow place, one against the second trouble. A policy for a stage that waits changes "
        "nothing.",
        "Here {{ truth.says.narrow | lower }} is narrow, and {{ truth.says.second }}.",
    ),
    rests_on=("backlog.policies",),
    expected="two policies with which nearly as many cards are finished as with the best two",
)  # fmt: skip
def policies_hit(backlog: Backlog, case: Case, conversation: State) -> Objections:
    """With these two policies, eight unseen weeks finish at least 93 of 100 cards of the best two."""
    truth = case.truth
    pair = tuple(dict.fromkeys(backlog.policies))
    counts = dict(zip(PAIRS, _pair_counts(case), strict=True))
    found = counts.get(tuple(sorted(pair, key=POLICIES.index)), 0.0) if set(pair) <= set(POLICIES) else 0.0
    if len(pair) > 2:
        yield objection("policies", f"{len(pair)} policies stand there, and two can be kept at a time.")
    elif len(pair) < 2 or found < POLICIES_NEAR_BEST * max(counts.values()) - TINY:
        row = {"cards in eight weeks": round(found, 1)} if len(pair) == 2 else {"policies": len(pair)}
        yield objection("policies", "With other two policies much more would be finished.", "", row)
    fact = OF_BEATRIZ[truth.shape.second]
    if AGAINST[truth.shape.second] in pair and not heard(case, fact, conversation):
        yield objection("policies", "What holds up work besides the narrow place, nobody has told you.", "",
                        {"who could tell you": case.registry.label("people", "beatriz")})  # fmt: skip
    return met(f"With these two, {found:.0f} cards are finished in eight unseen weeks.")


_COUNTS: dict[int, list[float]] = {}


def _pair_counts(case: Case) -> list[float]:
    """Cards of each pair of policies under the same limits; worked out once a world."""
    if case.seed not in _COUNTS:
        truth = case.truth
        _COUNTS[case.seed] = truth.flow.pair_counts(PAIRS, truth.fair_limits)
    return _COUNTS[case.seed]


@rubric.criterion(
    points=9, voice="beatriz", skill="measure_success",
    hints=(
        "Replay it: what happens with one less in each column, and with one more?",
        "A limit that is too low lets people wait, one that is too high costs attention and days. Begin with the "
        "people of each stage, and leave room for what is ready and waits for a release.",
        "Here people are {{ truth.flow.people | join(', ') }}.",
    ),
    rests_on=(*LIMITS, "backlog.policies", "policies_hit"),
    expected="at least 92 of 100 cards of the best limits, in at most 15 percent more days",
)  # fmt: skip
def limits_flow(backlog: Backlog, case: Case) -> Objections:
    """Under these limits and policies, eight unseen weeks finish nearly as many cards as the best, nearly as soon."""
    limits, flow = limits_of(backlog), case.truth.flow
    best, soonest = flow.best(backlog.policies)
    run = flow.run(flow.unseen, limits, backlog.policies)
    cards, days = float(run.finished.mean()), percentile(run.cycles)
    row = {"cards in eight weeks": round(cards, 1), "days for 85 of 100": round(days, 1) if cards else "none"}
    if cards < NEAR_BEST * best - TINY:
        yield objection("limit_build", f"Eight unseen weeks finish {cards:.1f} cards under these limits.", "", row)
    elif days > AS_SOON * soonest:
        yield objection("limit_build", f"85 of 100 cards take {days:.0f} days under these limits.", "", row)
    return met(f"Eight unseen weeks finish {cards:.1f} cards, 85 of 100 within {days:.0f} days.")


@rubric.criterion(
    points=4, voice="rhona", skill="measure_success",
    hints=(
        "Within how many days are 85 of 100 cards finished, if you replay it?",
        "Not the mean: that is kept by about half. The 85th of 100 cards, over all the replays that you see.",
    ),
    rests_on=(*LIMITS, "backlog.policies", "backlog.service_days"),
    expected="days that 72 to 96 of 100 unseen cards keep",
)  # fmt: skip
def service_level_holds(backlog: Backlog, case: Case) -> Objections:
    """What is promised for 85 of 100 cards holds on cards that nobody has seen."""
    limits, flow = limits_of(backlog), case.truth.flow
    cycles = flow.run(flow.unseen, limits, backlog.policies).cycles
    if not len(cycles):
        raise NotYet("backlog.limit_build", "cards are finished under these limits")
    kept = float((cycles <= (backlog.service_days or 0.0) + 0.5).mean())
    least = float((cycles <= (backlog.service_days or 0.0) - 0.5).mean())
    if kept < COVERED[0] or least > COVERED[1]:
        row = {"days": stated(backlog.service_days), "kept by, of 100 unseen cards": round(100 * kept)}
        yield objection("service_days", f"{round(100 * kept)} of 100 unseen cards keep it.", "", row)
    return met(f"{round(100 * kept)} of 100 unseen cards are finished within {stated(backlog.service_days)} days.")


@rubric.criterion(
    points=2, voice="beatriz", skill="find_causes",
    hints=(
        "Once this place is wide, what waits then?",
        "Replay it with your policies: who has a card to work at on nearly all days?",
        "With the best two policies: {{ truth.next_narrow }}.",
    ),
    rests_on=(*LIMITS, "policies_hit", "backlog.next_narrow"),
    expected="the stage that is busiest once the policies hold",
)  # fmt: skip
def next_narrow(backlog: Backlog, case: Case) -> Objections:
    """The stage is named that is narrowest once the policies hold."""
    busy = case.truth.busy(limits_of(backlog), backlog.policies)
    most = max(busy.values())
    if busy.get(backlog.next_narrow, 0.0) < most - NEXT_ROOM:
        said = f"“{named(case, 'stages', backlog.next_narrow)}” has time to spare under these policies."
        yield objection("next_narrow", said, "", {"busy, of 100 days": round(100 * busy.get(backlog.next_narrow, 0))})
    return met(f"“{named(case, 'stages', backlog.next_narrow)}” is busiest then.")


@rubric.criterion(
    points=2, voice="edda", skill="scope_together",
    hints=(
        "How many of the cards above your line are done by the week of your charter?",
        "`flow.reach(lesson)` counts them week by week. What is not done by then lies below the line, or the week is a "
        "later one.",
    ),
    rests_on=("limits_flow", "pod_charter.by_week", "backlog_is_complete"),
    expected="no more cards above the line than are done by the charter’s week, but for one",
)  # fmt: skip
def line_holds(backlog: Backlog, pod_charter: PodCharter, case: Case) -> Objections:
    """What lies above the line is done by the charter’s week in half of the unseen half-years, but for one card."""
    week = min(WEEKS, max(BOARD_WEEK, round(pod_charter.by_week or 0.0)))
    done = case.truth.done_of(len(backlog.begun), limits_of(backlog), backlog.policies, week)
    middle, above = float(np.median(done)), len(backlog.begun)
    if middle < above - OPEN:
        row = {"cards above the line": above, f"done by week {week}": round(middle)}
        yield objection("laid", f"{above} cards lie above the line, and {middle:.0f} of them are done by week {week}.",
                        "", row)  # fmt: skip
    return met(f"By week {week}, {middle:.0f} of {above} cards above the line are done.")
