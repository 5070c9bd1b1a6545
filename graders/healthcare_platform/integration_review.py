"""Did the integration review remove what was in the way, and can its examples be run? (A26)"""

from __future__ import annotations

import datetime as dt

from curriculum.artifacts.decision_log import DecisionLog
from curriculum.artifacts.integration_review import Example, IntegrationReview
from curriculum.cases import Case
from curriculum.cases.healthcare_platform.kinds import Build, Sample
from curriculum.cases.healthcare_platform.measures import TOPICS
from graders.common import listed, missing
from graders.healthcare_platform.base import (
    UNDECIDED,
    chosen,
    completeness,
    day,
    first,
    name,
    people,
    rubric,
    truth_of,
)
from graders.rubric import Verdict, met, unmet

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
)  # fmt: skip
def integration_review_is_complete(integration_review: IntegrationReview, case: Case) -> Verdict:
    """The minutes name the build, the people, the blockers, the decisions, the examples and the next reviews."""
    review = integration_review
    parts = {"the build": review.build, "who was there": review.attendees, "blockers": review.blockers,
             "decisions": review.decisions, "examples": review.examples,
             "the next reviews": review.next_reviews}  # fmt: skip
    blank = missing(parts)
    for number, example in enumerate(review.examples, start=1):
        wanted = {"kind": example.case_kind, "requirement": example.requirement, "expected state": example.expected}
        blank += [f"{what} of example {number}" for what in missing(wanted)]
    return completeness(review, case, blank, "The minutes are whole.")


@rubric.criterion(
    points=1, voice="walter", skill="run_meetings",
    hints=(
        "Who has to be in the room so that something can be decided?",
        "ML, clinic, design, compliance and the sponsor; six people at the most.",
    ),
)  # fmt: skip
def every_perspective_is_there(integration_review: IntegrationReview, case: Case) -> Verdict:
    """All five functions are in the room, and no more than six people, so that it can decide."""
    there = dict.fromkeys(id for id in integration_review.attendees if id in case.people)
    functions = {case.people[id].function for id in there}
    absent = [function for function in PERSPECTIVES if function not in functions]
    if absent:
        return unmet(f"Nobody from {listed(absent)} is in the room.", "ML, clinic, design, compliance and sponsor")
    if len(there) > MOST_PEOPLE:
        return unmet(
            f"{len(there)} people are in the room.",
            f"at most {MOST_PEOPLE}, so that a review decides and does not report",
        )
    return met(f"{people(case, there)}: every function is there.")


@rubric.criterion(
    points=1, voice="lena", skill="hand_over",
    hints=(
        "What did people see: the thing itself, or a picture of it?",
        "Take the integrated build with the model and the screen of your decisions; the newest build is a "
        "drawing.",
    ),
)  # fmt: skip
def demo_is_the_real_thing(integration_review: IntegrationReview, decision_log: DecisionLog, case: Case) -> Verdict:
    """The build that was shown is integrated and holds the model and the screen that were chosen."""
    model, _, screen = chosen(decision_log, case)
    build = case.registry.entries("builds").get(integration_review.build)
    if not isinstance(build, Build):
        return unmet("No known build was shown.", "an integrated build")
    row = {"build": build.id, "integrated": build.integrated, "model": build.model, "screen": build.screen}
    if not build.integrated:
        return unmet(
            f"{build.label}: that is no integrated build.", "a build in which model and screen work together", row
        )
    if not model or not screen:
        return unmet("The log does not decide on model and alerts.", UNDECIDED, row)
    if (build.model, build.screen) != (model, screen):
        wanted = f"{name(case, 'models', model)} behind {name(case, 'screens', screen)}"
        return unmet(f"Shown was {build.label}.", wanted, row)
    return met(f"Shown was {build.label}.", row)


@rubric.criterion(
    points=1, voice="lena", skill="run_meetings",
    hints=(
        "Is every blocker of the table in the minutes, with its age today?",
        "Count the days from the day it was raised to today, name the owner, and say which record removes it, to "
        "whom it goes, or what the next step is and by when.",
    ),
)  # fmt: skip
def every_blocker_moves(integration_review: IntegrationReview, case: Case) -> Verdict:
    """Each blocker has its age, an owner, and a decision, an escalation or a dated next step."""
    truth, problems, rows = truth_of(case), [], []
    mine = {item.blocker: item for item in reversed(integration_review.blockers)}
    for blocker in truth.blockers.values():
        item = mine.get(blocker.id)
        age = (truth.calendar.today - blocker.raised_on).days
        if item is None:
            problems.append(f"“{blocker.label}” is not in the minutes.")
        elif item.age_days is None or abs(item.age_days - age) > 1:
            problems.append(
                f"“{blocker.label}” is {item.age_days if item.age_days is not None else 'of no'} days old in "
                f"the minutes; it is {age}."
            )
            rows.append(
                {
                    "blocker": blocker.id,
                    "raised on": day(blocker.raised_on),
                    "today": day(truth.calendar.today),
                    "days": age,
                }
            )
        elif item.owner not in case.people:
            problems.append(f"“{blocker.label}” has no owner.")
        elif not (
            item.decided_in or item.escalated_to or (item.next_step and item.by and item.by >= truth.calendar.today)
        ):
            problems.append(f"“{blocker.label}” has no decision, no escalation and no next step with a day to come.")
    if problems:
        return unmet(first(problems, "blockers like it"), "age, owner, and what happens next", *rows)
    return met(f"All {len(truth.blockers)} blockers move.")


@rubric.criterion(
    points=1, voice="walter", skill="decision_rights",
    hints=(
        "Which blocker has been looked at again and again?",
        "The one that was open in more than two reviews goes to the sponsor.",
    ),
)  # fmt: skip
def old_blockers_are_escalated(integration_review: IntegrationReview, case: Case) -> Verdict:
    """What has been open for more than two reviews goes to the sponsor."""
    mine = {item.blocker: item for item in integration_review.blockers}
    rows, problems = [], []
    for blocker in truth_of(case).blockers.values():
        if blocker.reviews_seen <= ESCALATE_AFTER:
            continue
        item = mine.get(blocker.id)
        to = case.people.get(item.escalated_to) if item else None
        rows.append(
            {"blocker": blocker.label, "reviews": blocker.reviews_seen, "escalated to": to.label if to else "nobody"}
        )
        if to is None or to.function != "sponsor":
            problems.append(
                f"“{blocker.label}” was open in {blocker.reviews_seen} reviews and goes to "
                f"{to.label if to else 'nobody'}."
            )
    if problems:
        return unmet(first(problems), "an escalation to the sponsor", *rows)
    return met("What was stuck goes to the sponsor.", *rows)


@rubric.criterion(
    points=1, voice="anouk", skill="keep_decisions",
    hints=(
        "Do the minutes and the log name the same decisions?",
        "List the numbers of all accepted records, and let a blocker about the model, the wards or the alerts "
        "name the record on that topic.",
    ),
)  # fmt: skip
def decisions_are_in_the_log(integration_review: IntegrationReview, decision_log: DecisionLog, case: Case) -> Verdict:
    """What was decided stands in the log, and nothing is in the log that was not decided here."""
    accepted = {r.number: r for r in decision_log.records if r.status == "accepted" and r.number is not None}
    noted = set(integration_review.decisions)
    if strays := sorted(noted - accepted.keys()):
        return unmet(
            f"The minutes name record {strays[0]}, which is not among the accepted ones.", "numbers of the log"
        )
    if lost := sorted(accepted.keys() - noted):
        return unmet(f"Record {lost[0]} is in the log and not in the minutes.", "every decision of today in both")
    truth = truth_of(case)
    for item in integration_review.blockers:
        blocker = truth.blockers.get(item.blocker)
        if blocker is None or item.decided_in is None:
            continue
        record = accepted.get(item.decided_in)
        if record is None or (blocker.topic and record.topic != blocker.topic):
            about = TOPICS[record.topic].label.lower() if record and record.topic in TOPICS else "nothing"
            return unmet(
                f"“{blocker.label}” is said to be removed by record {item.decided_in}, which is about {about}.",
                "the record that decides this topic", {"blocker": blocker.id, "record": item.decided_in},
            )  # fmt: skip
    return met(f"The minutes and the log agree on {len(noted)} decisions.")


@rubric.criterion(
    points=1, voice="hana", skill="translate_constraints",
    hints=(
        "What could go wrong on a night shift?",
        "One example each: all is well, exactly on a limit, the model is wrong, no answer in time.",
    ),
)  # fmt: skip
def examples_cover_the_bad_days(integration_review: IntegrationReview) -> Verdict:
    """There is an example where all is well, one on a limit, one where the model is wrong and one that is slow."""
    found = {example.case_kind for example in integration_review.examples}
    absent = [words for kind, words in KINDS.items() if kind not in found]
    if absent:
        return unmet(f"There is no example in which {listed(absent)}.", "all four kinds")
    return met("All four kinds of days have an example.")


@rubric.criterion(
    points=2, voice="mateo", skill="hand_over",
    hints=(
        "Take the table `screen_limits` and go through it from the top.",
        "The first line that applies decides the state. For a real sample take its own numbers.",
        "On a limit means: one of the four numbers is exactly the limit. Wrong means: a sample whose column "
        "`wrong` is true.",
    ),
)  # fmt: skip
def examples_run(integration_review: IntegrationReview, case: Case) -> Verdict:
    """Run against the screen's limits, each example leads to the state that it expects, and is of the kind it says."""
    problems, rows = [], []
    for number, example in enumerate(integration_review.examples, start=1):
        problem, row = _run(example, case)
        if problem:
            problems.append(f"Example {number}: {problem}.")
            rows.append({"example": number, **row})
    if problems:
        return unmet(first(problems, "examples like it"), "the state that the table `screen_limits` gives", *rows[:4])
    if not integration_review.examples:
        return unmet("There is no example.", "four examples that can be run")
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
    row |= {"runs to": state, "expected": example.expected}
    if state != example.expected:
        return f"it leads to “{name(case, 'states', state)}”, not to “{name(case, 'states', example.expected)}”", row
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
)  # fmt: skip
def reviews_come_every_two_weeks(integration_review: IntegrationReview, case: Case) -> Verdict:
    """From today to the end of sprint 4 there are never more than fourteen days between two reviews."""
    calendar = truth_of(case).calendar
    days = sorted({date for date in integration_review.next_reviews if date})
    points = [calendar.today, *[date for date in days if date > calendar.today]]
    end = calendar.end
    gaps = [(before, after) for before, after in zip(points, [*points[1:], end], strict=True)]
    for before, after in gaps:
        if (after - before).days > GAP_DAYS:
            where = "the end of sprint 4" if after == end and end not in days else "the next review"
            row = {"from": day(before), "to": day(after), "days": (after - before).days}
            return unmet(
                f"From {day(before)} it is {(after - before).days} days to {where}.", f"at most {GAP_DAYS} days", row
            )
    if len(points) == 1:
        return unmet("No next review is planned.", f"one at least every {GAP_DAYS} days")
    return met(f"{len(points) - 1} reviews follow, never more than {GAP_DAYS} days apart.")


@rubric.criterion(
    points=1, voice="sanna", skill="run_meetings",
    hints=(
        "Who will find out, and until when?",
        "Each open question needs one owner and a day after today.",
    ),
)  # fmt: skip
def open_questions_are_owned(integration_review: IntegrationReview, case: Case) -> Verdict:
    """At least one question is left open in honesty, and each has one owner and a day."""
    today: dt.date = truth_of(case).calendar.today
    if not integration_review.questions:
        return unmet(
            "Nothing is open.", "what nobody could answer today; some clauses, for one, are marked as uncertain"
        )
    for question in integration_review.questions:
        if not question.question or question.owner not in case.people or question.by is None or question.by < today:
            return unmet(
                f"“{question.question:.60}” is with {name(case, 'people', question.owner)}, by {day(question.by)}.",
                "a question, one owner, and a day to come",
            )
    return met(f"{len(integration_review.questions)} open questions have an owner and a day.")
