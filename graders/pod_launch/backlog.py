"""Is it one backlog: levers before wishes, research that asks, meetings that people can bear? (A28, O.1 to 3 and 7)"""

from __future__ import annotations

from curriculum.artifacts.backlog import Backlog
from curriculum.artifacts.pod_charter import PodCharter
from curriculum.cases import Case
from curriculum.cases.pod_launch.draw import LEVERS
from curriculum.cases.pod_launch.entries import RESEARCH, WISHES
from curriculum.cases.pod_launch.truth import HOURS
from graders.common import incomplete, named, placed, stated
from graders.pod_launch.base import IN_POD, LIMITS, TINY, rubric
from graders.rubric import Objections, met, objection

MOST_DAYS = 10
TENTH = 0.10
LEAST_MINUTES = 10


@rubric.criterion(
    points=1, voice="edda", skill="write_specs", gate=True,
    hints=(
        "Could the pod begin with it on Monday?",
        "Cards above the line, five limits, two policies, the narrow places, the service level, research, meetings.",
    ),
    met="Order, limits, policies, service level and meetings stand there.",
)  # fmt: skip
def backlog_is_complete(backlog: Backlog, case: Case) -> Objections:
    """Cards, limits, policies, narrow places, service level and meetings are filled."""
    limits = [place.removeprefix("backlog.") for place in LIMITS]
    yield from incomplete(
        backlog, case, *limits, "policies", "narrow_stage", "next_narrow", "service_days", "rituals",
        "rituals[].ritual", "rituals[].minutes_a_week",
    )  # fmt: skip
    if not backlog.begun:
        yield objection("laid", "No card lies above the line.", "at least the cards of one lever above the line")


@rubric.criterion(
    points=1, voice="esi", skill="scope_together",
    hints=(
        "Which cards bring what the charter promises?",
        "Both cards of each lever of the charter above the line, in the charter’s order, before any wish and before "
        "levers that it does not have.",
    ),
    rests_on=("pod_charter.levers[].lever", "backlog_is_complete"),
    expected="the cards of the charter’s levers, in its order, before wishes and other levers",
)  # fmt: skip
def levers_before_wishes(backlog: Backlog, pod_charter: PodCharter, case: Case) -> Objections:
    """The cards of the charter’s levers come in the charter’s order, before wishes and other levers."""
    order = backlog.begun
    chosen = [name for name in pod_charter.chosen if name in LEVERS]
    first: dict[str, int] = {}
    for lever in chosen:
        for part in ("1", "2"):
            card = f"{lever}_{part}"
            if card not in order:
                yield objection("laid", f"“{named(case, 'cards', card)}” is not above the line.")
        if f"{lever}_1" in order:
            first[lever] = order.index(f"{lever}_1")
            if f"{lever}_2" in order and order.index(f"{lever}_2") < first[lever]:
                yield objection("laid", f"“{named(case, 'cards', lever + '_2')}” comes before what it needs.")
    places = [first[name] for name in chosen if name in first]
    if places != sorted(places):
        yield objection("laid", "The order of levers is not that of the charter.")
    last = max((order.index(card) for name in chosen for card in (f"{name}_1", f"{name}_2") if card in order),
               default=0)  # fmt: skip
    for card in order[:last]:
        lever = card.partition("_")[0]
        if card in WISHES or (lever in LEVERS and lever not in chosen and card not in RESEARCH):
            yield objection("laid", f"“{named(case, 'cards', card)}” comes before what the charter promises.")
    return met("What the charter promises comes first.")


@rubric.criterion(
    points=1, voice="arjun", skill="write_specs",
    hints=(
        "What would the research answer, and when does it end whatever comes out?",
        "A question that can be answered no, and at most ten days, for each research card above the line.",
    ),
    rests_on=("backlog_is_complete",),
    expected="for each research card above the line a question of its own and at most ten days; at least one card",
)  # fmt: skip
def research_asks(backlog: Backlog, case: Case) -> Objections:
    """Research above the line has a question that can be answered, and ends after days, not points."""
    above = [card for card in backlog.begun if card in RESEARCH]
    if not above:
        yield objection("laid", "Nothing is found out: no research card lies above the line.")
    asked = {one.card: (place, one) for place, one in placed("research", backlog.research)}
    for card in above:
        if card not in asked:
            yield objection("research", f"“{named(case, 'cards', card)}” has no question.")
            continue
        place, one = asked[card]
        if one.question != card:
            said = f"“{named(case, 'questions', one.question)}” is not what “{named(case, 'cards', card)}” can answer."
            yield objection(f"{place}.question", said)
        if one.timebox_days is None or not 1 <= one.timebox_days <= MOST_DAYS:
            yield objection(f"{place}.timebox_days", f"It ends after {stated(one.timebox_days)} days.")
    return met("Research asks, and it ends.")


@rubric.criterion(
    points=1, voice="conrad", skill="run_meetings",
    hints=(
        "How many minutes a week does each person give to the pod, and how many of these do they sit?",
        "All meetings together, beside the time of whoever gives least, and not beside the mean: 40 hours times their "
        "percent in the charter, times six minutes.",
    ),
    rests_on=("backlog_is_complete", "pod_charter.allocation[].person", "pod_charter.allocation[].percent"),
    expected="meetings that take nobody more than a tenth of what they give",
)  # fmt: skip
def rituals_fit(backlog: Backlog, pod_charter: PodCharter, case: Case) -> Objections:
    """The pod meets, and for nobody longer than a tenth of what they give."""
    sits = backlog.minutes_in_meetings
    for who in IN_POD:
        gives = pod_charter.percent_of(who)
        if gives > 0 and sits > TENTH * HOURS * 60 * gives / 100 + TINY:
            row = {"gives, hours a week": round(HOURS * gives / 100, 1), "sits, minutes a week": sits}
            yield objection("rituals", f"{named(case, 'people', who)} sits longer than a tenth.", "", row)
    for place, one in placed("rituals", backlog.rituals):
        if one.minutes_a_week is not None and one.minutes_a_week < LEAST_MINUTES:
            yield objection(f"{place}.minutes_a_week", f"In {stated(one.minutes_a_week)} minutes a week nobody meets.")
    return met("Meetings fit into everybody’s time.")
