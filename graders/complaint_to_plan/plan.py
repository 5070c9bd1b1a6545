"""Does the plan run every day, whose is what it reads, and on what does it rest? (A12, O.9; A13, O.6 and O.7)"""

from __future__ import annotations

from curriculum.artifacts.analytical_task import AnalyticalTask
from curriculum.artifacts.implementation_plan import ImplementationPlan
from curriculum.artifacts.rfc0 import Rfc0
from curriculum.cases import Case
from curriculum.cases.complaint_to_plan.draw import COULD_TAKE_IT
from curriculum.cases.complaint_to_plan.entries import (
    ASK,
    FEED_COMES,
    PARTNERS_FEED,
    RUN_IN_TIME,
    SAYS_LESS,
    Assumption,
)
from curriculum.cases.complaint_to_plan.tasks import WIDE
from curriculum.roleplay.engine import State
from graders.common import heard, incomplete, named, placed, stated, uncited
from graders.complaint_to_plan.base import CHOSEN, SOUND, known_choices, not_heard, rubric, task_of, truth_of
from graders.rubric import Objections, met, objection

ONE_MORE = 1
"""Feeds that are not read, and may be named all the same."""
ASSUMPTIONS = (3, 5)
"""At least and at most so many."""


@rubric.criterion(
    points=1, voice="marit", skill="write_specs", gate=True,
    hints=(
        "Could those who build it begin tomorrow?",
        "Feeds with people, a fallback, monitors with limits, both reasons, assumptions, the day, and both texts.",
    ),
    met="The plan is filled, and every name is known here.",
)  # fmt: skip
def plan_is_complete(implementation_plan: ImplementationPlan, case: Case) -> Objections:
    """Every part of the plan is filled with real content."""
    yield from incomplete(
        implementation_plan, case, "feeds[].feed", "feeds[].owner", "fallback", "monitors[].watch",
        "monitors[].segment", "monitors[].limit", "reason_own", "reason_partners", "assumptions[].assumption",
        "assumptions[].state", "backlog_on", "message", "against",
    )  # fmt: skip


@rubric.criterion(
    points=2, voice="leila", skill="decision_rights", gate=True,
    hints=(
        "What does your task read each day, and who answers for it when it is late?",
        "`known_at` names the feed of each column and its owner. The partners’ parcels come in a feed of their own, "
        "which nobody owns: ask Leila who could. Whoever was not told names who it might be, and says among the "
        "assumptions that this person has still to be asked.",
        "The partners’ feed could be taken by {{ case.people[truth.shape.feed_owner].label }}.",
    ),
    rests_on=("implementation_plan.feeds[].feed", "implementation_plan.feeds[].owner", *SOUND),
)  # fmt: skip
def feeds_have_owners(
    implementation_plan: ImplementationPlan, analytical_task: AnalyticalTask, case: Case, conversation: State
) -> Objections:
    """Every feed that the task reads has the person who owns it or could take it; one feed more does no harm."""
    truth = truth_of(case)
    needed = truth.feeds(task_of(analytical_task, case))
    listed = {row.feed for row in implementation_plan.feeds}
    untold = not heard(case, "partner_feed_unowned", conversation)
    asks = any(
        (row.assumption, row.state, row.test) == (FEED_COMES, "unknown", ASK) for row in implementation_plan.assumptions
    )
    many = len(listed - {*needed, ""}) > ONE_MORE
    for feed in needed:
        if feed not in listed:
            row = {"feed": named(case, "feeds", feed), "look at": "`known_at`"}
            yield objection("feeds", "Your task reads a feed for which nobody answers here.", "all that is read", row)
    for place, stands in placed("feeds", implementation_plan.feeds):
        label, owner = named(case, "feeds", stands.feed), named(case, "people", stands.owner)
        if stands.feed not in case.registry.entries("feeds"):
            continue
        if stands.feed == PARTNERS_FEED and untold and asks and stands.owner in COULD_TAKE_IT:
            continue
        if many and stands.feed not in needed:
            yield objection(f"{place}.feed", f"Your task does not read “{label}”.", "what the task reads, and no more")
        elif stands.owner != truth.owners[stands.feed]:
            row = {"feed": label, "look at": "`known_at`"}
            said = f"{owner} does not own “{label}”, and could not take it."
            yield objection(f"{place}.owner", said, "the person who owns it, or could take it", row)
        if stands.feed == PARTNERS_FEED:
            yield from not_heard(f"{place}.owner", case, conversation, "partner_feed_unowned")
    return met(f"Feeds that the task reads, each with somebody who answers for it: {len(needed)}.")


@rubric.criterion(
    points=4, voice="leila", skill="plan_releases",
    hints=(
        "After how many minutes do you stop waiting for a run?",
        "Not before 95 of 100 runs are over, and before the messages go out. Where too few runs were measured, not "
        "before the longest of them.",
    ),
    rests_on=("latency_measured", *CHOSEN),
)  # fmt: skip
def run_before_push(implementation_plan: ImplementationPlan, analytical_task: AnalyticalTask, case: Case) -> Objections:
    """A run is given up after a usual run is over, and before the messages go out."""
    task, truth, minutes = task_of(analytical_task, case), truth_of(case), implementation_plan.give_up_min
    if task.way == WIDE:
        if minutes is not None and minutes > truth.shape.run_budget:
            yield objection("give_up_min", f"You wait {stated(minutes)} minutes.", "before the messages go out")
        return met("A wide promise waits for no run.")
    least = truth.p95(task.moment) or truth.longest_run(task.moment)
    row = {"given up after": f"{stated(minutes)} minutes", "look at": "`runs`"}
    if minutes is None or minutes < 0.95 * least:
        yield objection("give_up_min", f"A run is given up after {stated(minutes)} minutes.",
                        "not before a usual run is over", row)  # fmt: skip
    elif minutes > truth.shape.run_budget:
        yield objection("give_up_min", f"A run is given up after {stated(minutes)} minutes.",
                        "before the messages go out", row)  # fmt: skip
    return met(f"After {stated(minutes)} minutes a usual run is over, and the messages are not out yet.", row)


@rubric.criterion(
    points=1, voice="sunniva", skill="communicate_harm",
    hints=(
        "When nothing is known, what may still be said?",
        "Something that promises less than the app does today, and that needs nothing of what is missing. Leila knows "
        "what is possible without a run.",
        "Without a run, this is possible: {{ entries.fallbacks[truth.shape.without_a_run].label | lower }}.",
    ),
    rests_on=("implementation_plan.fallback",),
)  # fmt: skip
def fallback_says_less(implementation_plan: ImplementationPlan, case: Case, conversation: State) -> Objections:
    """When a run is late or a feed is missing, people are promised less than today, in a way that is possible then."""
    fallback, expected = implementation_plan.fallback, "words that promise less, and that can be said without a run"
    if fallback not in SAYS_LESS:
        said = f"“{named(case, 'fallbacks', fallback)}”: on such a day that is no more than a guess."
        yield objection("fallback", said, expected)
    elif fallback != truth_of(case).shape.without_a_run:
        said = f"“{named(case, 'fallbacks', fallback)}”: without a run, that cannot be done here."
        yield objection("fallback", said, expected)
    yield from not_heard("fallback", case, conversation, "run_budget")
    return met(f"“{named(case, 'fallbacks', fallback)}”: it promises less, and can be done without a run.")


@rubric.criterion(
    points=5, voice="oskar", skill="keep_decisions",
    hints=(
        "Which of these does somebody here know, and which does nobody know yet?",
        "Three to five, with one at least that nobody knows. Known: a fact that you were told. Unknown: the test that "
        "would tell. What nobody told you is unknown to you, and you can ask. Where runs are unknown, say so here.",
    ),
    rests_on=("implementation_plan.assumptions[].assumption", *CHOSEN),
    expected="what the plan rests on: known by a fact that you were told, or unknown with the test that would tell",
)  # fmt: skip
def assumptions_typed(
    implementation_plan: ImplementationPlan, analytical_task: AnalyticalTask, case: Case, conversation: State
) -> Objections:
    """Three to five things on which the plan rests, each known from somebody or unknown with a test; one is unknown."""
    rows = implementation_plan.assumptions
    named_here = {row.assumption for row in rows}
    if not ASSUMPTIONS[0] <= len(named_here) or len(rows) > ASSUMPTIONS[1]:
        yield objection("assumptions", f"Assumptions: {len(rows)}, of which different: {len(named_here)}.")
    task = known_choices(analytical_task, case)
    runs_unknown = truth_of(case).p95(task.moment) is None and task.way != WIDE
    for place, row in placed("assumptions", rows):
        one = case.registry.find("assumptions", row.assumption, Assumption)
        if one is None:
            continue
        known_by = () if one.id == RUN_IN_TIME and runs_unknown else one.known_by
        told = any(heard(case, fact, conversation) for fact in known_by)
        if row.state == "known" and not known_by:
            yield objection(f"{place}.state", f"“{one.label}”: nobody here can know that yet.")
        elif row.state == "known" and row.fact not in known_by:
            said = f"“{one.label}”: what you cite does not show it."
            yield objection(f"{place}.fact", said)
        elif row.state == "known":
            yield from not_heard(f"{place}.fact", case, conversation, row.fact)
        elif told:
            yield objection(f"{place}.state", f"“{one.label}”: you were told that.")
        elif row.test not in one.told_by and row.test not in ((ASK,) if known_by else ()):
            yield objection(f"{place}.test", f"“{one.label}”: “{named(case, 'tests', row.test)}” would not tell.")
    if rows and not any(row.state == "unknown" for row in rows):
        yield objection("assumptions", "Nothing is unknown, and it is a plan.")
    if runs_unknown and RUN_IN_TIME not in named_here:
        said = "At your hour too few runs were measured, and the plan does not say so."
        yield objection("assumptions", said, "what the paper left unknown, with the test that would tell")
    return met(f"Assumptions: {len(named_here)}, each with who knows it or what would tell.")


@rubric.criterion(
    points=1, voice="sunniva", skill="listen_and_synthesise", gate=True,
    hints=("Did somebody tell you this?", "A fact that you cite for an assumption is one that you heard."),
    rests_on=("implementation_plan.assumptions[].assumption",),
    met="You heard all of it yourself, or it stands in the memo.",
)  # fmt: skip
def plan_cites_what_was_told(
    implementation_plan: ImplementationPlan, case: Case, conversation: State | None
) -> Objections:
    """Every fact on which an assumption rests was told to you, or stands in the memo."""
    yield from uncited(implementation_plan, conversation, case)


@rubric.criterion(
    points=1, voice="marit", skill="keep_decisions",
    hints=("What comes first: the yes, or the work?", "The day in the RFC-0 comes before the day in the backlog."),
    rests_on=("implementation_plan.backlog_on", "rfc0.accepted_on"),
)  # fmt: skip
def accepted_before_backlog(implementation_plan: ImplementationPlan, rfc0: Rfc0) -> Objections:
    """It goes into the backlog once it is accepted, and while the paper holds."""
    begins, accepted, ends = implementation_plan.backlog_on, rfc0.accepted_on, rfc0.expires_on
    if begins and accepted and begins < accepted:
        said = f"It is in the backlog on {begins}, and accepted on {accepted}."
        yield objection("backlog_on", said, "first accepted, then in the backlog")
    elif begins and ends and begins > ends:
        said = f"It comes into the backlog on {begins}, and the paper holds until {ends}."
        yield objection("backlog_on", said, "a day on which the paper still holds")
    return met("First the yes, then the work.")
