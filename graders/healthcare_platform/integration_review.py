"""Did the integration review remove what was in the way, and can its examples be run? (A26)"""

from __future__ import annotations

import datetime as dt

from curriculum.artifacts.decision_log import DecisionLog
from curriculum.artifacts.integration_review import Example, IntegrationReview
from curriculum.cases import Case
from curriculum.cases.healthcare_platform.kinds import Build, Sample
from curriculum.cases.healthcare_platform.measures import TOPICS
from graders.common import incomplete, listed
from graders.healthcare_platform.base import AGREED, day, decided, name, people, rubric, truth_of
from graders.rubric import Objections, met, objection

PERSPECTIVES = ("ml", "clinical", "design", "compliance", "sponsor")
MOST_PEOPLE = 6
GAP_DAYS = 14
ESCALATE_AFTER = 2
KINDS = {
    "happy": "all is well",
    "edge": "exactly on a limit",
    "model_wrong": "the model is wrong",
    "slow": "no answer in time",
}


@rubric.criterion(
    points=1, voice="anouk", skill="run_meetings", gate=True,
    hints=(
        "Which part of the minutes is empty?",
        "Build, people, blockers, decisions, examples, the next days: all six, and in each example the state it "
        "leads to.",
    ),
    met="The minutes are whole.",
)  # fmt: skip
def integration_review_is_complete(integration_review: IntegrationReview, case: Case) -> Objections:
    """The minutes name the build, the people, the blockers, the decisions, the examples and the next reviews."""
    yield from incomplete(
        integration_review, case, "build", "attendees", "blockers", "decisions", "examples", "next_reviews",
        "examples[].case_kind", "examples[].requirement", "examples[].expected",
    )  # fmt: skip


@rubric.criterion(
    points=1, voice="walter", skill="run_meetings",
    hints=(
        "Who has to be in the room so that something can be decided?",
        "ML, clinic, design, compliance and the sponsor; six people at the most.",
    ),
    rests_on=("integration_review.attendees",),
)  # fmt: skip
def every_perspective_is_there(integration_review: IntegrationReview, case: Case) -> Objections:
    """All five functions are in the room, and no more than six people, so that it can decide."""
    there = dict.fromkeys(id for id in integration_review.attendees if id in case.people)
    functions = {case.people[id].function for id in there}
    absent = [function for function in PERSPECTIVES if function not in functions]
    if absent:
        said = f"Nobody from {listed(absent)} is in the room."
        yield objection("attendees", said, "ML, clinic, design, compliance and sponsor")
    if len(there) > MOST_PEOPLE:
        rule = f"at most {MOST_PEOPLE}, so that a review decides and does not report"
        yield objection("attendees", f"{len(there)} people are in the room.", rule)
    return met(f"{people(case, there)}: every function is there.")


@rubric.criterion(
    points=1, voice="lena", skill="hand_over",
    hints=(
        "What did people see: the thing itself, or a picture of it?",
        "Take the integrated build with the model and the screen of your decisions; the newest build is a "
        "drawing.",
    ),
    rests_on=("integration_review.build", *AGREED),
)  # fmt: skip
def demo_is_the_real_thing(integration_review: IntegrationReview, decision_log: DecisionLog, case: Case) -> Objections:
    """The build that was shown is integrated and holds the model and the screen that were chosen."""
    build = case.registry.entries("builds").get(integration_review.build)
    if not isinstance(build, Build):
        yield objection("build", "No known build was shown.", "an integrated build")
        return None
    row = {"build": build.id, "integrated": build.integrated, "model": build.model, "screen": build.screen}
    if not build.integrated:
        rule = "a build in which model and screen work together"
        yield objection("build", f"{build.label}: that is no integrated build.", rule, row)
        return None
    model, _, screen = decided(decision_log, case)
    if (build.model, build.screen) != (model, screen):
        rule = "a build with the model and the screen of your decisions"
        yield objection("build", f"Shown was {build.label}.", rule, row)
    return met(f"Shown was {build.label}.", row)


@rubric.criterion(
    points=1, voice="lena", skill="run_meetings",
    hints=(
        "Is every blocker of the table in the minutes, with its age today?",
        "Count the days from the day it was raised to today, name the owner, and say which record removes it, to "
        "whom it goes, or what the next step is and by when.",
    ),
    rests_on=("integration_review.blockers",),
    expected="age, owner, and what happens next",
)  # fmt: skip
def every_blocker_moves(integration_review: IntegrationReview, case: Case) -> Objections:
    """Each blocker has its age, an owner, and a decision, an escalation or a dated next step."""
    truth = truth_of(case)
    mine = {item.blocker: (f"blockers[{number}]", item) for number, item in enumerate(integration_review.blockers, 1)}
    for blocker in truth.blockers.values():
        place, item = mine.get(blocker.id, ("blockers", None))
        age = (truth.calendar.today - blocker.raised_on).days
        if item is None:
            yield objection(place, f"“{blocker.label}” is not in the minutes.")
        elif item.age_days is None or abs(item.age_days - age) > 1:
            stated = "of no" if item.age_days is None else str(item.age_days)
            said = f"“{blocker.label}” is {stated} days old in the minutes; the days since it was raised are others."
            row = {"blocker": blocker.id, "raised on": day(blocker.raised_on), "today": day(truth.calendar.today)}
            yield objection(f"{place}.age_days", said, "", row)
        elif item.owner not in case.people:
            yield objection(f"{place}.owner", f"“{blocker.label}” has no owner.")
        elif not (
            item.decided_in or item.escalated_to or (item.next_step and item.by and item.by >= truth.calendar.today)
        ):
            said = f"“{blocker.label}” has no decision, no escalation and no next step with a day to come."
            yield objection(f"{place}.next_step", said)
    return met(f"All {len(truth.blockers)} blockers move.")


@rubric.criterion(
    points=1, voice="walter", skill="decision_rights",
    hints=(
        "Which blocker has been looked at again and again?",
        "The one that was open in more than two reviews goes to the sponsor.",
    ),
    rests_on=("integration_review.blockers",),
    met="What was stuck goes to the sponsor.",
    expected="an escalation to the sponsor",
)  # fmt: skip
def old_blockers_are_escalated(integration_review: IntegrationReview, case: Case) -> Objections:
    """What has been open for more than two reviews goes to the sponsor."""
    mine = {item.blocker: (f"blockers[{number}]", item) for number, item in enumerate(integration_review.blockers, 1)}
    for blocker in truth_of(case).blockers.values():
        if blocker.reviews_seen <= ESCALATE_AFTER:
            continue
        place, item = mine.get(blocker.id, ("blockers", None))
        to = case.people.get(item.escalated_to) if item else None
        if to is None or to.function != "sponsor":
            whom = to.label if to else "nobody"
            said = f"“{blocker.label}” was open in {blocker.reviews_seen} reviews and goes to {whom}."
            row = {"blocker": blocker.label, "reviews": blocker.reviews_seen, "escalated to": whom}
            yield objection(f"{place}.escalated_to" if item else place, said, "", row)


@rubric.criterion(
    points=1, voice="anouk", skill="keep_decisions",
    hints=(
        "Do the minutes and the log name the same decisions?",
        "List the numbers of all accepted records, and let a blocker about the model, the wards or the alerts "
        "name the record on that topic.",
    ),
    rests_on=("integration_review.decisions", "decision_log.model.chosen"),
)  # fmt: skip
def decisions_are_in_the_log(
    integration_review: IntegrationReview, decision_log: DecisionLog, case: Case
) -> Objections:
    """What was decided stands in the log, and nothing is in the log that was not decided here."""
    accepted = {r.number: r for r in decision_log.records if r.status == "accepted" and r.number is not None}
    noted = set(integration_review.decisions)
    for stray in sorted(noted - accepted.keys()):
        said = f"The minutes name record {stray}, which is not among the accepted ones."
        yield objection("decisions", said, "numbers of the log")
    for lost in sorted(accepted.keys() - noted):
        said = f"Record {lost} is in the log and not in the minutes."
        yield objection("decisions", said, "every decision of today in both")
    truth = truth_of(case)
    for number, item in enumerate(integration_review.blockers, start=1):
        blocker = truth.blockers.get(item.blocker)
        if blocker is None or item.decided_in is None:
            continue
        record = accepted.get(item.decided_in)
        if record is None or (blocker.topic and record.topic != blocker.topic):
            about = TOPICS[record.topic].label.lower() if record and record.topic in TOPICS else "nothing"
            said = f"“{blocker.label}” is said to be removed by record {item.decided_in}, which is about {about}."
            row = {"blocker": blocker.id, "record": item.decided_in}
            yield objection(f"blockers[{number}].decided_in", said, "the record that decides this topic", row)
    return met(f"The minutes and the log agree on {len(noted)} decisions.")


@rubric.criterion(
    points=1, voice="hana", skill="translate_constraints",
    hints=(
        "What could go wrong on a night shift?",
        "One example each: all is well, exactly on a limit, the model is wrong, no answer in time.",
    ),
    rests_on=("integration_review.examples",),
    met="All four kinds of days have an example.",
    expected="all four kinds",
)  # fmt: skip
def examples_cover_the_bad_days(integration_review: IntegrationReview) -> Objections:
    """There is an example where all is well, one on a limit, one where the model is wrong and one that is slow."""
    found = {example.case_kind for example in integration_review.examples}
    for kind, words in KINDS.items():
        if kind not in found:
            yield objection("examples", f"There is no example in which {words}.")


@rubric.criterion(
    points=2, voice="mateo", skill="hand_over",
    hints=(
        "Take the table `screen_limits` and go through it from the top.",
        "The first line that applies decides the state. For a real sample take its own numbers.",
        "On a limit means: one of the four numbers is exactly the limit. Wrong means: a sample whose column "
        "`wrong` is true.",
    ),
    rests_on=("integration_review.examples",),
    expected="the state that the table `screen_limits` gives",
)  # fmt: skip
def examples_run(integration_review: IntegrationReview, case: Case) -> Objections:
    """Run against the screen's limits, each example leads to the state that it expects, and is of the kind it says."""
    for number, example in enumerate(integration_review.examples, start=1):
        problem, row = _run(example, case)
        if problem:
            yield objection(f"examples[{number}]", f"Example {number}: {problem}.", "", {"example": number, **row})
    return met(f"All {len(integration_review.examples)} examples run.")


def _run(example: Example, case: Case) -> tuple[str, dict[str, object]]:
    """What is wrong with an example, in words; blank where it runs as it says."""
    screen = truth_of(case).screen
    sample = case.registry.entries("samples").get(example.sample)
    if example.case_kind == "model_wrong":
        if not isinstance(sample, Sample):
            return "it names no real sample in which the model was wrong", {}
        if not sample.wrong:
            return f"in sample {sample.id} the model was right", {"sample": sample.label}
        given = (sample.risk, sample.confidence, sample.vitals_age_min, sample.latency_ms)
    elif None in (example.risk, example.confidence, example.vitals_age_min, example.latency_ms):
        return "risk, confidence, age of the signs and time are not all given", {}
    else:
        given = (
            example.risk or 0.0,
            example.confidence or 0.0,
            example.vitals_age_min or 0.0,
            example.latency_ms or 0.0,
        )
    state, limits = screen.limits.state_of(*given), screen.limits
    row: dict[str, object] = dict(zip(("risk", "confidence", "vitals age", "latency"), given, strict=True))
    row |= {"expected": example.expected}
    if state != example.expected:
        return f"it does not lead to “{name(case, 'states', example.expected)}”", row
    at = (limits.alert_at, limits.sure_from, limits.old_after_min, limits.give_up_ms)
    if example.case_kind == "edge" and not any(
        abs(value - limit) < 1e-9 for value, limit in zip(given, at, strict=True)
    ):
        return "none of its numbers is exactly a limit", row
    if example.case_kind == "slow" and state != "unavailable":
        return f"an answer after {given[3]:g} ms still comes in time", row
    if example.case_kind == "happy" and state not in ("alert", "quiet"):
        return f"“{name(case, 'states', state)}” is no day on which all is well", row
    return "", row


@rubric.criterion(
    points=1, voice="ngozi", skill="run_meetings",
    hints=(
        "How long may something wait until it is seen again?",
        "A review at least every fourteen days, from today until the end of sprint 4.",
    ),
    rests_on=("integration_review.next_reviews",),
    expected=f"at most {GAP_DAYS} days between two reviews",
)  # fmt: skip
def reviews_come_every_two_weeks(integration_review: IntegrationReview, case: Case) -> Objections:
    """From today to the end of sprint 4 there are never more than fourteen days between two reviews."""
    calendar = truth_of(case).calendar
    days = sorted({date for date in integration_review.next_reviews if date})
    points = [calendar.today, *[date for date in days if date > calendar.today]]
    end = calendar.end
    for before, after in zip(points, [*points[1:], end], strict=True):
        if (after - before).days > GAP_DAYS:
            where = "the end of sprint 4" if after == end and end not in days else "the next review"
            said = f"From {day(before)} it is {(after - before).days} days to {where}."
            row = {"from": day(before), "to": day(after), "days": (after - before).days}
            yield objection("next_reviews", said, "", row)
    return met(f"{len(points) - 1} reviews follow, never more than {GAP_DAYS} days apart.")


@rubric.criterion(
    points=1, voice="sanna", skill="run_meetings",
    hints=(
        "Who will find out, and until when?",
        "Each open question needs one owner and a day after today.",
    ),
)  # fmt: skip
def open_questions_are_owned(integration_review: IntegrationReview, case: Case) -> Objections:
    """At least one question is left open in honesty, and each has one owner and a day."""
    today: dt.date = truth_of(case).calendar.today
    if not integration_review.questions:
        rule = "what nobody could answer today; some clauses, for one, are marked as uncertain"
        yield objection("questions", "Nothing is open.", rule)
    for number, question in enumerate(integration_review.questions, start=1):
        if not question.question or question.owner not in case.people or question.by is None or question.by < today:
            owner = name(case, "people", question.owner)
            said = f"“{question.question:.60}” is with {owner}, by {day(question.by)}."
            yield objection(f"questions[{number}]", said, "a question, one owner, and a day to come")
    return met(f"{len(integration_review.questions)} open questions have an owner and a day.")
