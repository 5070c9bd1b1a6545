"""Can the mission fail: a baseline that recomputes, of what, over weeks that are final, and a brake? (A27, O.1 to 3)"""

from __future__ import annotations

from curriculum.artifacts.pod_charter import PodCharter
from curriculum.cases import Case
from curriculum.cases.pod_launch import losses as money
from curriculum.cases.pod_launch.draw import BOARD_WEEK, WEEKS
from curriculum.cases.pod_launch.entries import APART, GOOD_STOPPED, NET, VOLUME
from curriculum.roleplay.engine import State
from graders.common import incomplete, named, near, stated, unheard
from graders.pod_launch.base import TINY, rubric, whole
from graders.rubric import Objections, met, objection

BASELINE_OFF = 0.03
LEAST_WEEKS = 8
BIG = 0.12
"""A case of more than this part of the loss decides a baseline."""
STILL = 3
"""Weeks before a target’s week in which something can still be changed."""
SIGNED = ("sign_it", "with_a_brake", "later_openly")
"""What can be said at the end of the round so that there is a number."""
NORMAL = 2.0
"""Standard deviations within which the brake must not ring."""


@rubric.criterion(
    points=1, voice="edda", skill="write_specs", gate=True,
    hints=(
        "Could somebody say in week 13 whether it has failed?",
        "Mission, levers, brake, four decisions, time, neighbours and end: every part has something in it.",
    ),
    met="Every part of the charter is filled.",
)  # fmt: skip
def charter_is_complete(pod_charter: PodCharter, case: Case) -> Objections:
    """Mission, levers, brake, decisions, time, neighbours and end are filled."""
    yield from incomplete(
        pod_charter, case, "loss_kind", "denominator", "first_week", "last_week", "baseline_bps", "target_pct",
        "by_week", "levers", "levers[].lever", "levers[].share_pct", "movable_pct", "stops_per_1000", "guardrail",
        "guardrail_limit", "guardrail_weeks", "who_stops", "rights", "rights[].decision", "rights[].decider",
        "allocation", "allocation[].person", "allocation[].percent", "oncall_first", "oncall_second", "interfaces",
        "interfaces[].team", "interfaces[].days", "review_week", "dissolve_if", "largest_case",
    )  # fmt: skip


@rubric.criterion(
    points=1, voice="edda", skill="write_specs",
    hints=(
        "Less of what, divided by what?",
        "What came back is not lost; and more volume loses more euros, though nothing got worse.",
    ),
    rests_on=("pod_charter.loss_kind", "pod_charter.denominator"),
    expected="what is lost for good, of what is paid out",
    met="It says what is lost, and of what.",
)  # fmt: skip
def denominator_named(pod_charter: PodCharter, case: Case) -> Objections:
    """The mission is net of what came back, and a part of what is paid out."""
    if pod_charter.loss_kind != NET:
        said = f"“{named(case, 'loss_kinds', pod_charter.loss_kind)}” moves although nothing is lost or saved."
        yield objection("loss_kind", said)
    if pod_charter.denominator != VOLUME:
        said = f"Counted “{named(case, 'denominators', pod_charter.denominator)}”, it moves with something else."
        yield objection("denominator", said)


@rubric.criterion(
    points=3, voice="arjun", skill="measure_success",
    hints=(
        "How many weeks does it take until the losses of a week are reported?",
        "Compare `week` with `reported_week` in `losses`, for weeks that are old enough.",
        "Here 95 of 100 are there after {{ truth.lag }} weeks, so that week {{ truth.mature }} is the last final one.",
    ),
    rests_on=("pod_charter.first_week", "pod_charter.last_week"),
    expected="at least eight weeks running, the last of which is final",
)  # fmt: skip
def weeks_are_mature(pod_charter: PodCharter, case: Case) -> Objections:
    """The baseline rests on eight weeks or more whose losses are nearly all reported."""
    first, last = whole(pod_charter.first_week), whole(pod_charter.last_week)
    if first is None or last is None or not 1 <= first <= last <= WEEKS:
        yield objection("first_week", "These are no weeks of the tables, which hold 1 to 26.")
        return None
    if last > case.truth.mature:
        yield objection("last_week", f"Of week {last}, losses are still being reported.", "", {"look at": "losses"})
    if last - first + 1 < LEAST_WEEKS:
        yield objection("first_week", f"{last - first + 1} weeks: a few cases decide what is usual.")
    return met(f"Weeks {first} to {last} are final.")


@rubric.criterion(
    points=2, voice="conrad", skill="measure_success",
    hints=(
        "How large is the largest case, beside the loss of all these weeks?",
        "A case that nobody can repeat makes any next quarter look like a success.",
    ),
    rests_on=("weeks_are_mature", "pod_charter.largest_case"),
    expected="a case that weighs as much as many others counted apart",
)  # fmt: skip
def largest_case_apart(pod_charter: PodCharter, case: Case) -> Objections:
    """A case that decides the baseline by itself is counted apart."""
    first, last = whole(pod_charter.first_week), whole(pod_charter.last_week)
    assert first is not None and last is not None
    part = money.largest_share(case.truth.tables["losses"], first, last)
    if part > BIG and pod_charter.largest_case != APART:
        row = {"weeks": f"{first} to {last}", "largest case, % of the net loss": round(100 * part)}
        yield objection("largest_case", "One case decides this baseline.", "", row)
    return met(f"The largest case is {100 * part:.0f} % of the net loss of these weeks.")


@rubric.criterion(
    points=8, voice="edda", skill="measure_success",
    hints=(
        "How many euros were lost of 10,000 that were paid out, in your weeks?",
        "Amount less recovered, summed over your weeks, divided by their volume, times 10,000; the largest case in or "
        "apart as you say.",
        "For weeks {{ truth.first }} to {{ truth.mature }} it is {{ truth.baseline_bps | round(2) }}.",
    ),
    rests_on=("denominator_named", "weeks_are_mature", "pod_charter.baseline_bps"),
    expected="the net loss of these weeks of 10,000 euros paid out, within 3 percent",
)  # fmt: skip
def mission_has_baseline(pod_charter: PodCharter, case: Case) -> Objections:
    """The baseline recomputes from the losses and the volume of its own weeks."""
    first, last = whole(pod_charter.first_week), whole(pod_charter.last_week)
    assert first is not None and last is not None
    true = case.truth.bps(first, last, apart=pod_charter.largest_case == APART)
    if not near(pod_charter.baseline_bps, true, relative=BASELINE_OFF):
        said = f"{stated(pod_charter.baseline_bps)} is not what was lost of 10,000 euros in weeks {first} to {last}."
        yield objection("baseline_bps", said, "", {"look at": "losses, weekly"})
    return met(f"{stated(pod_charter.baseline_bps)} of 10,000 euros is what was lost in these weeks.")


@rubric.criterion(
    points=4, voice="edda", skill="translate_constraints", gate=True,
    hints=(
        "What would have to be seen for Edda to stop you although losses fall? Ask her.",
        "Above what good weeks reach by chance, and at most where she would stop you.",
        "Usual is {{ truth.stops(()) | round(2) }}, give or take {{ truth.stopped_scatter | round(2) }}; she stops at "
        "{{ truth.stop_at | round(2) }}.",
    ),
    rests_on=("pod_charter.guardrail", "pod_charter.guardrail_limit"),
    expected="a limit between what a usual week reaches and what the sponsor bears, on good payments stopped",
)  # fmt: skip
def guardrail_from_data(pod_charter: PodCharter, case: Case, conversation: State) -> Objections:
    """The brake watches the good payments that are stopped, above usual weeks and below what the sponsor bears."""
    truth = case.truth
    yield from unheard(case, conversation, "stop_at", "guardrail_limit", "It rests on what Edda would bear")
    if pod_charter.guardrail != GOOD_STOPPED:
        said = f"“{named(case, 'guardrails', pod_charter.guardrail)}” does not say who is stopped in vain."
        yield objection("guardrail", said)
        return None
    limit = pod_charter.guardrail_limit or 0.0
    least = truth.stops(()) + NORMAL * truth.stopped_scatter
    if limit < least - 0.005:
        row = {"limit": limit, "look at": "weekly"}
        yield objection("guardrail_limit", f"Usual weeks reach {stated(limit)} by chance.", "", row)
    if limit > truth.stop_at + 0.005:
        yield objection("guardrail_limit", f"At {stated(limit)} the pod is stopped already, by its sponsor.")
    if not 1 <= (pod_charter.guardrail_weeks or 0) <= 4:
        yield objection("guardrail_weeks", "It stops after one to four weeks, or too late.")
    if pod_charter.who_stops not in ("edda", "rhona", "conrad"):
        said = f"“{named(case, 'deciders', pod_charter.who_stops)}” does not stop the pod against its own number."
        yield objection("who_stops", said, "one person who does not live from the pod’s number")
    return met(f"It brakes at {stated(limit)} of 1,000.")


@rubric.criterion(
    points=1, voice="edda", skill="keep_decisions",
    hints=(
        "When is it looked at, and how does the pod end?",
        "A review by the board’s week, and weeks before the number is due: a card takes about a month. And an end that "
        "can happen.",
    ),
    rests_on=("pod_charter.review_week", "pod_charter.by_week", "pod_charter.dissolve_if"),
    expected="a review by week 13 and three weeks or more before the target’s week, and an end that can come",
    met="It is reviewed in time, and it can end.",
)  # fmt: skip
def review_and_end(pod_charter: PodCharter, case: Case) -> Objections:
    """There is a first review while something can still be changed, and something that ends the pod."""
    week, by = pod_charter.review_week or 0.0, pod_charter.by_week or float(WEEKS)
    if not 1 <= week <= min(BOARD_WEEK, by - STILL) + TINY:
        said = f"A first review in week {stated(week)}, for a target of week {stated(by)}, leaves nothing to change."
        yield objection("review_week", said)
    if pod_charter.dissolve_if == "never":
        yield objection("dissolve_if", "It does not end.", "something that can happen and ends it")


@rubric.criterion(
    points=2, voice="edda", skill="keep_decisions",
    hints=(
        "What did you say at the end of the round, when Edda asked for the number?",
        "“We sign” is 40 by week 13; the later week is 40 by a later one; with a brake it is what the plan reaches.",
    ),
    rests_on=("pod_charter.target_pct", "pod_charter.by_week"),
    expected="the number and the week that everybody heard at the end of the round",
)  # fmt: skip
def charter_is_what_was_signed(pod_charter: PodCharter, case: Case, conversation: State) -> Objections:
    """The charter promises what was signed in the round."""
    target, by = pod_charter.target_pct or 0.0, pod_charter.by_week or 0.0
    asked = case.facts["forty"].value or 0.0
    said = f"The charter says {stated(target)} % by week {stated(by)}"
    if conversation.visited("sign_it") and (target < asked - TINY or by > BOARD_WEEK):
        yield objection("target_pct", f"{said}, and everybody signed {stated(asked)} by week {BOARD_WEEK}.")
    elif conversation.visited("later_openly") and (target < asked - TINY or by <= BOARD_WEEK):
        yield objection("target_pct", f"{said}, and everybody heard {stated(asked)} by a later week.")
    elif not any(conversation.visited(choice) for choice in SIGNED):
        yield objection("target_pct", f"{said}, and nobody has signed anything.", "a round that ends in a number")
    return met(f"{said}, as everybody heard.")
