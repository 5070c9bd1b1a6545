"""Does the plan keep to what people said they can lend, and from when on? (A20: owners, due days, expiry)"""

from __future__ import annotations

import datetime as dt

from curriculum.artifacts.action_plan import Action, ActionPlan
from curriculum.cases import Case
from curriculum.cases.fraud_false_positives.causes import Claim
from curriculum.cases.fraud_false_positives.shape import MARKET, SCREEN, UPSTREAM
from curriculum.roleplay.engine import State
from curriculum.support.dates import day_month, full_day
from graders.common import placed
from graders.fraud_false_positives.base import moment, rubric, short
from graders.rubric import Objections, met, objection

SWITCHES = frozenset({"old_accounts_look_new", "default_is_zero", "input_reads_zero"})
"""What can be done about the account feed by a switch alone."""
EVALUATES = frozenset({"market_never_evaluated", "evaluated_on_invited", "evaluated_in_total"})
"""Claims against which the model has to be evaluated on the new market."""
ON_THE_SCREEN = frozenset({"buttons_swapped", "wrong_presses"})
OLD_SCREEN = "old_screen"


@rubric.criterion(
    points=2, voice="amara", skill="listen_and_synthesise", gate=True,
    hints=(
        "Whose people review what your rule finds, and who else will tell customers about this?",
        "Ask Amara how long she can spare the reviewers, and Clara who outside is about to speak.",
        "The fallback ends at the latest on the day that Amara gives; the next update is out before the hour that "
        "Clara gives. Amara tells it to somebody who has done something for the people who call her.",
    ),
    rests_on=("action_plan.fallback.expires", "action_plan.message.next_update"),
    met="The reviewers are back at their telephones in time, and customers hear it from us first.",
)  # fmt: skip
def plan_keeps_what_was_lent(action_plan: ActionPlan, case: Case, conversation: State) -> Objections:
    """The fallback ends before support needs its reviewers, the next update comes before the story; both were asked."""
    if not conversation.knows("reviewers_lent"):
        rule = "a day that you asked for: how long can support spare the reviewers?"
        yield objection("fallback.expires", "Nobody told you how long you may have the reviewers.", rule)
    elif (last := _day(case, "reviewers_lent")) < (action_plan.fallback.expires or last):
        said = f"The fallback needs reviewers until {full_day(action_plan.fallback.expires or last)}."
        row = {"Amara can spare them until": day_month(last)}
        yield objection("fallback.expires", said, "a day on which Amara can still spare them", row)
    start, next_update = case.truth.calendar.war_room, moment(action_plan.message.next_update)
    online = start + dt.timedelta(hours=case.facts["story_online"].value or 0.0)
    if not conversation.knows("story_online"):
        rule = "an hour that you asked for: who outside is about to speak?"
        yield objection("message.next_update", "Nobody told you who else is about to speak of it.", rule)
    elif next_update and next_update >= online:
        row = {"the story is online": f"{online:%H:%M}"}
        said = f"The next update is out at {next_update:%H:%M}, and the story is there already."
        yield objection("message.next_update", said, "customers hear it from us first", row)


@rubric.criterion(
    points=3, voice="ravi", skill="listen_and_synthesise", gate=True,
    hints=(
        "Which of your days did you ask for, and which did you give away for somebody?",
        "Ask whoever owns the feed, the screen and the model from when on it can be done; switches can be turned now.",
        "New ways to change the feed, an evaluation on the new market, a changed screen: each has a day before which "
        "it cannot be. Ravi, Jonas and Mei tell theirs when you plan with them and do not accuse them.",
    ),
    rests_on=("action_plan.actions[].against", "action_plan.actions[].due"),
)  # fmt: skip
def days_are_those_that_people_gave(action_plan: ActionPlan, case: Case, conversation: State) -> Objections:
    """What needs more than a switch lies on days that were asked for, and not before them."""
    bound = 0
    for place, action in placed("actions", action_plan.actions):
        fact, part = _waits_for(action, action_plan, case)
        if fact:
            bound += 1
            yield from _too_early(f"{place}.{part}", action, part, fact, case, conversation)
    return met(f"{bound} of your actions wait for a day that you asked for; none is promised before it.")


def _waits_for(action: Action, action_plan: ActionPlan, case: Case) -> tuple[str, str]:
    """The fact that says from when on an action can be, and which of its days that binds; blank where none does."""
    claim = case.registry.entries("claims").get(action.against)
    branch = claim.branch if isinstance(claim, Claim) else ""
    if branch == UPSTREAM and action.against not in SWITCHES:
        return "feed_busy", "due"
    if branch == MARKET and action.against in EVALUATES:
        return "market_ready", "due"
    changed = action_plan.screen.change not in ("", OLD_SCREEN)
    if branch == SCREEN and changed and action.against in ON_THE_SCREEN and action.owner in ("mei", "ravi"):
        return "store_takes", "starts"
    return "", ""


def _too_early(place: str, action: Action, part: str, fact: str, case: Case, conversation: State) -> Objections:
    holder = case.facts[fact].held_by or ""
    who, day = case.registry.label("people", holder), action.due if part == "due" else action.starts
    if not conversation.knows(fact):
        said = f"“{short(action.what)}” has a day for which nobody was asked."
        yield objection(place, said, f"a day that you asked for: {who} knows from when on it can be")
    elif day is None or day < _day(case, fact):
        row = {"told by": who, "not before": day_month(_day(case, fact))}
        said = f"“{short(action.what)}” {'is due' if part == 'due' else 'starts'} {full_day(day) if day else 'never'}."
        yield objection(place, said, "a day on which it can be", row)


def _day(case: Case, fact: str) -> dt.date:
    """The day that a person named; the fact's value is the days until then."""
    return case.truth.today + dt.timedelta(days=int(case.facts[fact].value or 0))
