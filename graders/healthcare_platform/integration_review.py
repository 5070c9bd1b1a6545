"""Did the integration review remove what was in the way, and can its examples be run? (A26)"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from curriculum.artifacts.decision_log import DecisionLog
from curriculum.artifacts.integration_review import BlockerItem, Example, IntegrationReview
from curriculum.cases import Case
from curriculum.cases.healthcare_platform.blockers import ESCALATE_AFTER, MENDED, SPONSOR, goes_to, outcome_of
from curriculum.cases.healthcare_platform.kinds import Blocker, Build, Sample
from graders.common import incomplete
from graders.healthcare_platform.base import AGREED, day, decided, name, rubric, truth_of
from graders.rubric import Objections, met, objection

GAP_DAYS = 14
FRIDAY = 5
"""The last working day of a week, as ISO counts."""
KINDS = {
    "happy": "all is well",
    "edge": "a number is exactly on a limit",
    "model_wrong": "the model is wrong",
    "slow": "no answer comes in time",
}


@rubric.criterion(
    points=1, voice="anouk", skill="run_meetings", gate=True,
    hints=(
        "Which part of the minutes is empty?",
        "Build, blockers, examples and the day of the next review; and in each example its kind and the state it "
        "leads to.",
    ),
    met="The minutes are whole.",
)  # fmt: skip
def integration_review_is_complete(integration_review: IntegrationReview, case: Case) -> Objections:
    """The minutes name the build, what holds up the release, examples, and the next review."""
    yield from incomplete(
        integration_review, case, "build", "blockers", "examples", "next_review", "examples[].case_kind",
        "examples[].expected",
    )  # fmt: skip


@rubric.criterion(
    points=3, voice="lena", skill="hand_over",
    hints=(
        "What did people see: the thing itself, as it is now, or a picture of it?",
        "Take the integrated build with the model and the screen of your decisions that was made after both of them; "
        "the newest build is a drawing.",
    ),
    rests_on=("integration_review.build", *AGREED),
)  # fmt: skip
def demo_is_the_real_thing(integration_review: IntegrationReview, decision_log: DecisionLog, case: Case) -> Objections:
    """The build that was shown is integrated, and holds the model and the screen that were chosen, as they are now."""
    build = case.registry.entries("builds").get(integration_review.build)
    if not isinstance(build, Build):
        yield objection("build", "No known build was shown.", "an integrated build")
        return None
    row = {"build": build.id, "integrated": build.integrated, "made on": day(build.made_on)}
    if not build.integrated:
        rule = "a build in which model and screen work together"
        yield objection("build", f"{build.label}: that is no integrated build.", rule, row)
        return None
    model, _, screen = decided(decision_log, case)
    truth = truth_of(case)
    if (build.model, build.screen) != (model, screen):
        rule = "a build with the model and the screen of your decisions"
        yield objection("build", f"Shown was {build.label}.", rule, row)
    elif build.made_on < max(truth.models[model].built_on, truth.screens[screen].built_on):
        rule = "a build that was made after its model and its screen"
        yield objection("build", f"Shown was {build.label}, made on {day(build.made_on)}.", rule, row)
    return met(f"Shown was {build.label}.", row)


def _items(review: IntegrationReview, case: Case) -> Iterator[tuple[str, BlockerItem, Blocker]]:
    """The known blockers of the minutes that hold up the release, each once, with their places."""
    seen: set[str] = set()
    for number, item in enumerate(review.blockers, start=1):
        blocker = truth_of(case).blockers.get(item.blocker)
        if blocker is not None and blocker.release and blocker.id not in seen:
            seen.add(blocker.id)
            yield f"blockers[{number}]", item, blocker


@rubric.criterion(
    points=3, voice="walter", skill="run_meetings",
    hints=(
        "Which of the blockers hold up the pilot release, and which something else?",
        "The table `blockers` says what each holds up. What holds up a later sprint has its own day.",
    ),
    rests_on=("integration_review.blockers",),
)  # fmt: skip
def what_stops_the_release_is_named(integration_review: IntegrationReview, case: Case) -> Objections:
    """Everything that holds up the pilot release is in the minutes, and nothing else takes the review's time."""
    stopping = {blocker.id for blocker in truth_of(case).blockers.values() if blocker.release}
    for number, item in enumerate(integration_review.blockers, start=1):
        if item.blocker not in stopping:
            label = name(case, "blockers", item.blocker)
            rule = "what holds up the pilot release alone"
            said = f"“{label}” does not hold up the pilot release."
            yield objection(f"blockers[{number}].blocker", said, rule)
    missing = stopping - {item.blocker for item in integration_review.blockers}
    if missing:
        rule = "everything that holds up the pilot release"
        said = f"{len(missing)} of the {len(stopping)} blockers that hold up the release are not in the minutes."
        yield objection("blockers", said, rule)
    return met(f"All {len(stopping)} are named.")


@rubric.criterion(
    points=4, voice="hana", skill="plan_releases", gate=True,
    hints=(
        "How many days are left, and how many does it take?",
        "From today to the day it is needed by, less the days that removal takes. Below zero it comes too "
        "late, by so many days.",
        "{% for b in truth.blockers.values() if b.release %}{{ b.id }}: {{ b.slack }}. {% endfor %}",
    ),
    rests_on=("integration_review.blockers[].slack_days",),
    met="The days to spare are right.",
    expected="the days from today until it is needed, less those that its removal takes",
)  # fmt: skip
def days_to_spare_are_counted(integration_review: IntegrationReview, case: Case) -> Objections:
    """For each blocker of the release it is said how many days there are to spare, or are missing."""
    for place, item, blocker in _items(integration_review, case):
        if item.slack_days != blocker.slack:
            stated = "nothing" if item.slack_days is None else f"{item.slack_days} days"
            row = {"blocker": blocker.id, "stated": stated, "look at": "needed by, days that removal takes, and today"}
            yield objection(f"{place}.slack_days", f"“{blocker.label}”: {stated} to spare.", "", row)
    if not any(True for _ in _items(integration_review, case)):
        yield objection("blockers", "No blocker of the release is in the minutes.")


@rubric.criterion(
    points=2, voice="lena", skill="run_meetings",
    hints=(
        "Can it be mended in time? What happens to the pilot if not?",
        "With days to spare it is mended: not before its removal can be done, and by the day on which it is needed. "
        "Otherwise what it holds up stays out, and that is settled before the pilot goes out.",
    ),
    rests_on=("integration_review.blockers[].outcome",),
    expected="mended once its removal can be done and by the day on which it is needed, or left out before the release",
)  # fmt: skip
def each_blocker_is_decided(integration_review: IntegrationReview, case: Case) -> Objections:
    """What can be mended in time is mended in time; what cannot stays out of the pilot, by a decision with a day."""
    calendar = truth_of(case).calendar
    for place, item, blocker in _items(integration_review, case):
        mended = item.outcome == MENDED
        first = calendar.today + dt.timedelta(days=blocker.days_to_remove if mended else 0)
        last = blocker.needed_by if mended else calendar.last_release_day
        row = {"blocker": blocker.id, "stated": item.outcome.replace("_", " ")}
        if item.outcome != outcome_of(blocker):
            said = f"“{blocker.label}” is to be {item.outcome.replace('_', ' ') or 'nothing'}."
            yield objection(f"{place}.outcome", said, "", row)
        elif item.by is None or not first <= item.by <= last:
            said = f"“{blocker.label}” is {item.outcome.replace('_', ' ')} by {day(item.by)}."
            yield objection(f"{place}.by", said, "", row)
    return met("Each is decided.")


@rubric.criterion(
    points=3, voice="walter", skill="decision_rights",
    hints=(
        "Who can move it: its owner, or somebody who gives money or hours?",
        f"What needs money or hours, and what has been open in more than {ESCALATE_AFTER} reviews, goes to the "
        "sponsor; the rest stays with its owner.",
    ),
    rests_on=("integration_review.blockers[].goes_to",),
    met="Each is with the person who can move it.",
    expected="its owner, or the sponsor where it is beyond the owner or has been open for too long",
)  # fmt: skip
def blockers_go_to_who_can_move_them(integration_review: IntegrationReview, case: Case) -> Objections:
    """What is stuck or needs money goes to the sponsor, and what its owner can do stays with the owner."""
    for place, item, blocker in _items(integration_review, case):
        right = goes_to(blocker)
        if item.goes_to != right:
            who = name(case, "people", item.goes_to)
            why = f"was open in {blocker.reviews_seen} reviews" if right == SPONSOR else "can be moved by its owner"
            why = "needs money or hours" if right == SPONSOR and blocker.needs_sponsor else why
            row = {"blocker": blocker.label, "reviews": blocker.reviews_seen}
            yield objection(f"{place}.goes_to", f"“{blocker.label}” {why} and goes to {who}.", "", row)


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
    points=4, voice="mateo", skill="hand_over", gate=True,
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
    if not (example.case_kind and example.expected):
        return "", {}  # that is said where the minutes are looked through
    limits = truth_of(case).screen.limits
    sample = case.registry.entries("samples").get(example.sample)
    if isinstance(sample, Sample):
        given = (sample.risk, sample.confidence, sample.vitals_age_min, sample.latency_ms)
    elif example.case_kind == "model_wrong":
        return "it names no real sample in which the model was wrong", {}
    elif None in (stated := (example.risk, example.confidence, example.vitals_age_min, example.latency_ms)):
        return "risk, confidence, age of the signs and time are not all given", {}
    else:
        given = tuple(value or 0.0 for value in stated)  # type: ignore[assignment]
    state = limits.state_of(*given)
    row: dict[str, object] = dict(zip(("risk", "confidence", "vitals age", "latency"), given, strict=True))
    row |= {"expected": example.expected}
    if state != example.expected:
        return f"it does not lead to “{name(case, 'states', example.expected)}”", row
    at = (limits.alert_at, limits.sure_from, limits.old_after_min, limits.give_up_ms)
    on_a_limit = any(abs(value - limit) < 1e-9 for value, limit in zip(given, at, strict=True))
    if example.case_kind == "edge" and not on_a_limit:
        return "none of its numbers is exactly a limit", row
    if example.case_kind == "slow" and state != "unavailable":
        return f"an answer after {given[3]:g} ms still comes in time", row
    if example.case_kind == "happy" and state not in ("alert", "quiet"):
        return f"“{name(case, 'states', state)}” is no day on which all is well", row
    wrong = isinstance(sample, Sample) and sample.wrong
    if example.case_kind == "model_wrong" and not wrong:
        return f"in sample {example.sample} the model was right", row
    if example.case_kind == "happy" and wrong:
        return f"in sample {example.sample} the model was wrong", row
    return "", row


@rubric.criterion(
    points=1, voice="ngozi", skill="run_meetings",
    hints=(
        "How long may something wait until it is seen again?",
        "A review at least every fourteen days, after today, on a day on which people work.",
    ),
    rests_on=("integration_review.next_review",),
    expected=f"a day from Monday to Friday, after today and at most {GAP_DAYS} days from now",
)  # fmt: skip
def next_review_is_soon(integration_review: IntegrationReview, case: Case) -> Objections:
    """The next review is at most fourteen days away, on a working day."""
    today, following = truth_of(case).calendar.today, integration_review.next_review
    if following is not None and (following.isoweekday() > FRIDAY or not 0 < (following - today).days <= GAP_DAYS):
        said = f"The next review is on {following:%A}, {day(following)}."
        yield objection("next_review", said, "", {"today": day(today)})
    return met(f"The next review is on {day(following)}.")
