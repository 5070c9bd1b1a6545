"""Do the levers stop what the charter says, do they reach the number, and does the brake hold? (A27, O.2 and 3)"""

from __future__ import annotations

from math import floor

import numpy as np

from curriculum.artifacts.backlog import Backlog
from curriculum.artifacts.pod_charter import PodCharter
from curriculum.cases import Case
from curriculum.cases.pod_launch.draw import BOARD_WEEK, CHECK, DECLINE, HOLD, LABEL_DAY, MODEL, RECALL, WEEKS
from curriculum.cases.pod_launch.entries import LEVER_ENTRIES
from curriculum.cases.pod_launch.truth import GOAL, SAFE
from curriculum.consequences.pod_weeks import can_recall
from curriculum.roleplay.engine import State
from graders.common import heard, near, placed, stated, unheard
from graders.pod_launch.base import LIMITS, TINY, rubric
from graders.rubric import NotYet, Objections, met, objection

SHARE_OFF = 1.5
MOVABLE_OFF = 0.5
STOPS_OFF = 0.06
NEAR_BEST = 0.93
REACHED = 0.55
"""In so many of the unseen futures the target is reached: three of four, less what two dozen scatter by."""
ROOM = 2.0
"""Points by which a target may be higher: shares are known about so well."""
WORTH = 0.85
NEEDS = {CHECK: "called_known_number", HOLD: "instant_gone", RECALL: "recall_wait", MODEL: "unseen_rings"}
"""What only one person knows of each lever."""


@rubric.criterion(
    points=8, voice="arjun", skill="measure_success",
    hints=(
        "What part of all losses does the lever touch, and what part of these does it stop? The claim says neither.",
        "Multiply what the tables say (kinds, hours, calls kept) with what one person saw.",
        "Here, of 100 euros: {% for name in truth.ordered %}{{ name }} {{ truth.share[name] | round(0) | int }}"
        "{{ '' if loop.last else ', ' }}{% endfor %}; with a labelling day hold is less.",
    ),
    rests_on=("pod_charter.levers[].lever", "pod_charter.levers[].share_pct", "backlog.policies"),
    expected="what each lever stops by tables and by what was seen, within one and a half points",
)  # fmt: skip
def shares_recompute(pod_charter: PodCharter, backlog: Backlog, case: Case, conversation: State) -> Objections:
    """What each lever stops, or would stop, follows from tables and from what people have seen, not from claims."""
    truth = case.truth
    if len(pod_charter.chosen) < sum(bool(one.lever) for one in pod_charter.levers):
        yield objection("levers", "A lever stands there twice, and would stop the same losses.")
    for place, one in placed("levers", pod_charter.levers):
        if one.lever == DECLINE or one.lever not in LEVER_ENTRIES:
            continue
        what = f"What “{LEVER_ENTRIES[one.lever].label}” stops rests on what one person has seen"
        yield from unheard(case, conversation, NEEDS[one.lever], f"{place}.share_pct", what)
        true = 100 * truth.share_of(one.lever, backlog.policies)
        if one.share_pct is not None and not near(one.share_pct, true, absolute=SHARE_OFF):
            said = f"“{LEVER_ENTRIES[one.lever].label}” does not stop {stated(one.share_pct)} of 100 euros."
            claim = {"claimed": truth.shape.claims[one.lever]}
            yield objection(f"{place}.share_pct", said, "", claim)
    for lever in (name for name in NEEDS if name not in pod_charter.chosen):
        what = f"Why “{LEVER_ENTRIES[lever].label}” is left out rests on what one person has seen"
        yield from unheard(case, conversation, NEEDS[lever], "levers", what)
    return met("What the levers stop recomputes.")


@rubric.criterion(
    points=3, voice="esi", skill="weigh_trade_offs",
    hints=(
        "Which two levers keep what they promise, once everybody has told what they saw?",
        "A claim that was tested on ticked boxes, on known rings or on calls that were answered says little.",
        "Here: {{ truth.says.strong }}.",
    ),
    rests_on=("pod_charter.levers[].lever",),
    expected="first two levers that stop nearly what the best two would",
)  # fmt: skip
def levers_near_best(pod_charter: PodCharter, case: Case, conversation: State) -> Objections:
    """The first two levers stop at least 93 of 100 of what the best two would."""
    first = pod_charter.chosen[:2]
    if not any(heard(case, fact, conversation) for fact in NEEDS.values()):
        yield objection("levers", "Nobody has told you what becomes of any lever outside of its trial.", "",
                        {"who could tell you": "whoever works with it"})  # fmt: skip
    found = case.truth.together(name for name in first if name != DECLINE)
    if found < NEAR_BEST * case.truth.best_pair - TINY or DECLINE in first:
        said = " and ".join(LEVER_ENTRIES[name].label for name in first if name in LEVER_ENTRIES)
        yield objection("levers", f"“{said}” come first, and others would stop more.")
    return met("The levers that come first are those that keep what they promise.")


@rubric.criterion(
    points=8, voice="rhona", skill="translate_constraints",
    hints=(
        "Whose contract lets you check or hold at all?",
        "Only Rhona knows which part of what is paid out may be moved.",
        "Here: {{ truth.shape.movable }} of 100 euros.",
    ),
    rests_on=("pod_charter.movable_pct",),
    expected="the part of all euros paid out whose contracts allow it",
)  # fmt: skip
def movable_counted(pod_charter: PodCharter, case: Case, conversation: State) -> Objections:
    """Levers are counted only where contracts let them work."""
    yield from unheard(case, conversation, "movable", "movable_pct", "It rests on what stands in the contracts")
    if not near(pod_charter.movable_pct, case.truth.shape.movable, absolute=MOVABLE_OFF):
        yield objection("movable_pct", f"{stated(pod_charter.movable_pct)} of 100 euros are not movable here.")
    return met(f"{stated(pod_charter.movable_pct)} of 100 euros may be checked or held.")


@rubric.criterion(
    points=7, voice="arjun", skill="measure_success",
    hints=(
        "Replay the coming weeks under your own backlog: what part of the loss is stopped by then, in three of four?",
        "It needs the cards of your levers high in your one order, limits with which they get through, and a right to "
        "recall where recalls are among them. If 40 is not safe, say a lower number, or a later week.",
        "With the best two levers {{ truth.reach(13) | round(0) | int }} is safe by week 13, with all four "
        "{{ truth.reach(26, 4) | round(0) | int }} by week 26.",
    ),
    rests_on=(
        "pod_charter.target_pct", "pod_charter.by_week", "pod_charter.levers[].lever", *LIMITS, "backlog.policies",
    ),
    expected="a number that three of four futures of this backlog reach, and most of what they reach",
)  # fmt: skip
def levers_reach_target(pod_charter: PodCharter, backlog: Backlog, case: Case, conversation: State) -> Objections:
    """The target is reached in three of four unseen futures of this backlog, and is most of what is safe."""
    limits, by, target = backlog.limits, pod_charter.by_week or 0.0, pod_charter.target_pct or 0.0
    if limits is None:
        raise NotYet("backlog.limit_build", "every stage has a limit of one or more")
    if not backlog.begun:
        raise NotYet("backlog.laid", "cards lie above the line")
    if not 6 <= by <= WEEKS:
        yield objection("by_week", f"Week {stated(by)} is no week in which it could be seen.")
        return None
    if by > BOARD_WEEK:
        yield from unheard(case, conversation, "later_date", "by_week", "The board hears a number in week 13, and a "
                           "later week has to be borne")  # fmt: skip
        if by > case.truth.shape.latest:
            yield objection("by_week", f"The board does not bear week {stated(by)}.")
    levers = [name for name in pod_charter.chosen if name != DECLINE and (name != RECALL or can_recall(pod_charter))]
    reach = 100 * case.truth.reach_of(levers, backlog.begun, limits, backlog.policies, by)
    share = float((reach >= target - ROOM).mean())
    if share < REACHED:
        row = {"target, %": target, "reached in unseen futures": f"{round(share * len(reach))} of {len(reach)}"}
        yield objection("target_pct", f"By week {stated(by)} this backlog does not get there.", "", row)
    safe = float(np.percentile(reach, SAFE))
    if target < min(WORTH * safe, floor(safe), 100 * GOAL) - TINY or target <= 0:  # rounded down is not too little
        yield objection("target_pct", f"{stated(target)} % promises much less than this plan reaches.")
    return met(f"{stated(target)} % are reached by week {stated(by)} in {round(share * len(reach))} of {len(reach)}.")


@rubric.criterion(
    points=8, voice="rhona", skill="translate_constraints", gate=True,
    hints=(
        "How many good payments does each lever stop besides, and how many does declining stop?",
        "Today’s mean and what every lever adds (`lever_claims`): their sum stays below your limit.",
        "Today {{ truth.stops(()) | round(2) }}; with the best two {{ truth.stops(truth.shape.strong) | round(2) }}.",
    ),
    rests_on=("pod_charter.levers[].lever", "pod_charter.stops_per_1000", "pod_charter.guardrail_limit"),
    expected="a sum that recomputes from `weekly` and `lever_claims`, below the limit of the brake",
)  # fmt: skip
def plan_keeps_guardrail(pod_charter: PodCharter, case: Case) -> Objections:
    """With all its levers the plan stops fewer good payments than its own brake allows."""
    true = case.truth.stops(pod_charter.chosen)
    if not near(pod_charter.stops_per_1000, true, absolute=STOPS_OFF):
        said = f"With these levers it is not {stated(pod_charter.stops_per_1000)} of 1,000."
        yield objection("stops_per_1000", said, "", {"look at": "weekly, lever_claims"})
    if true > (pod_charter.guardrail_limit or 0.0) + 0.02:
        said = f"With these levers the brake at {stated(pod_charter.guardrail_limit)} stops the plan."
        yield objection("levers", said)
    return met(f"With all levers {true:.2f} of 1,000 good payments are stopped.")


@rubric.criterion(
    points=2, voice="esi", skill="translate_constraints",
    hints=(
        "Who labels does not call. What does a labelling day cost, and which lever lives from calls?",
        "Keep the day and count fewer calls, or leave it.",
    ),
    rests_on=("pod_charter.levers[].lever", "pod_charter.levers[].share_pct", "backlog.policies"),
    expected="calls counted less where analysts label, a price that was asked, and what was said in the round",
)  # fmt: skip
def label_day_priced(backlog: Backlog, pod_charter: PodCharter, case: Case, conversation: State) -> Objections:
    """A labelling day is asked for its price, and the plan that keeps it counts fewer calls."""
    if LABEL_DAY not in backlog.policies:
        if conversation.visited("day_no"):
            yield from unheard(case, conversation, "label_day_price", "policies", "A day that is refused has a price")
        if conversation.visited("day_yes"):
            yield objection("policies", "In the round Arjun got a labelling day, and no policy keeps it.")
        return met("Nobody has to label instead of calling.")
    if conversation.visited("day_no"):
        yield objection("policies", "In the round Esi kept that day for calls, and the policies take it from her.")
    yield from unheard(case, conversation, "label_day_price", "policies", "A labelling day has a price")
    for one in pod_charter.levers:
        if one.lever == HOLD and (one.share_pct or 0.0) > 100 * case.truth.share_of(HOLD, ()) - TINY:
            said = f"Held calls stop {stated(one.share_pct)} of 100 euros, as if nobody labelled."
            yield objection("policies", said)
    return met("The labelling day is counted where it costs.")
