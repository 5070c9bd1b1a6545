"""Who approves, how a build goes out and comes back whole, who watches, how ready it is. (A30, O.4 to O.7)"""

from __future__ import annotations

from collections.abc import Iterator

from curriculum.artifacts.champion import Champion
from curriculum.artifacts.pipeline import Pipeline
from curriculum.cases import Case
from curriculum.cases.pod_in_flight.builds import DASHBOARD, TRAINING_DATA, whole_minutes
from curriculum.cases.pod_in_flight.draw import LABELLED, MODEL, MOST_DAYS
from curriculum.cases.pod_in_flight.entries import (
    AT_ONCE,
    AT_ONCE_SEEN,
    CANARY,
    DATA_SIDE,
    ENGINEERING_SIDE,
    SEEN_LATE,
)
from curriculum.roleplay.engine import State
from graders.common import heard, named, near, placed, stated, unheard
from graders.pod_in_flight.base import rubric
from graders.rubric import Objection, Objections, met, objection

LONGEST_ASKED = 48
MOST_PAYMENTS = 50
ROOM = 1.5
"""A rollback may be promised so many times as long as drills took, and five minutes more."""
FEWEST_MONITORS = 3
SIDES = (("data", DATA_SIDE), ("engineering", ENGINEERING_SIDE))


@rubric.criterion(
    points=3, voice="conrad", skill="decision_rights", gate=True,
    hints=(
        "Who sees a bad split, and who sees a slow service?",
        "One of data science and one of engineering, both of whom may approve: the table `approvers`.",
    ),
    rests_on=("pipeline.data_approver", "pipeline.engineering_approver"),
    expected="one who may approve from data science, and one from engineering",
)  # fmt: skip
def two_disciplines_who_may(pipeline: Pipeline, case: Case) -> Objections:
    """A data scientist and an engineer approve, and both may."""
    for side, people in SIDES:
        place = f"{side}_approver"
        name = getattr(pipeline, place)
        if name not in people:
            yield objection(place, f"{named(case, 'approvers', name)} is not of the {side.replace('_', ' ')} side.")
        elif name not in case.truth.approvers:
            yield objection(place, f"{named(case, 'approvers', name)} may not approve.", "", {"look at": "approvers"})
    return met("Two disciplines approve, and may.")


@rubric.criterion(
    points=5, voice="conrad", skill="decision_rights",
    hints=(
        "When are people asked, and how long do they take?",
        "Conrad knows when it is asked today. Asked as long before as the slower of the two takes, at least.",
    ),
    rests_on=("two_disciplines_who_may", "pipeline.ask_before"),
    expected=f"asked as long before as the slower of both takes, and not more than {LONGEST_ASKED} hours",
)  # fmt: skip
def asked_in_time(pipeline: Pipeline, case: Case, conversation: State) -> Objections:
    """Both are asked early enough to answer before it goes out."""
    yield from _unasked(case, conversation, "ask_before")
    picked = (pipeline.data_approver, pipeline.engineering_approver)
    slowest = max((case.truth.approvers.get(name, 0) for name in picked), default=0)
    if not slowest <= (pipeline.ask_before or 0.0) <= LONGEST_ASKED:
        short = (pipeline.ask_before or 0.0) < slowest
        said = "One of them takes longer to answer." if short else "Nobody knows then what will be in it."
        yield objection("ask_before", f"Asked {stated(pipeline.ask_before)} hours before. {said}", "",
                        {"look at": "approvers"})  # fmt: skip
    return met("They are asked in time.")


@rubric.criterion(
    points=4, voice="conrad", skill="decision_rights",
    hints=(
        "What if one of them is on a train?",
        "On each side another person who may approve, or whom Conrad has named.",
    ),
    rests_on=("two_disciplines_who_may", "pipeline.data_deputy", "pipeline.engineering_deputy"),
    expected="on each side another person who may stand in",
)  # fmt: skip
def approval_cannot_wait(pipeline: Pipeline, case: Case, conversation: State) -> Objections:
    """On each side somebody else may stand in, so that no signature waits for one person."""
    yield from _unasked(case, conversation, "data_deputy")
    told = heard(case, "deputies", conversation)
    for side, people in SIDES:
        place = f"{side}_deputy"
        name, approver = getattr(pipeline, place), getattr(pipeline, f"{side}_approver")
        label = named(case, "approvers", name)
        if name == approver:
            yield objection(place, f"{label} stands in for themselves.")
        elif not case.truth.may_stand_in(name, people, told):
            yield objection(place, f"{label} may not stand in there, by what you know.", "", {"look at": "approvers"})
    return met("Nobody waits for one person.")


def _unasked(case: Case, conversation: State, place: str) -> Iterator[Objection]:
    """An objection where Conrad has told nothing of what delays a signature."""
    if not heard(case, "deputies", conversation):
        what = "It rests on what delays a signature today"
        yield from unheard(case, conversation, "asked_late", place, what)


@rubric.criterion(
    points=5, voice="beatriz", skill="plan_releases", gate=True,
    hints=(
        "After which drills was everything whole again, and after which was it not?",
        "Compare the drills: what had been put back in all that worked, and was missing in each that did not?",
        "It is: {{ truth.says.parts }}.",
    ),
    rests_on=("pipeline.rollback",),
    expected="everything that has to go back for the old release to be whole, as the drills show, and no data or pages",
)  # fmt: skip
def rollback_is_whole(pipeline: Pipeline, case: Case) -> Objections:
    """A rollback puts back all that belongs together, as the drills show."""
    back = {*pipeline.rollback}
    if missing := set(case.truth.shape.parts) - back:
        what = "the model itself" if MODEL in missing else f"{len(missing)} of what belongs to it"
        yield objection("rollback", f"It leaves {what} behind: half of a release stays.", "", {"look at": "drills"})
    for name in (TRAINING_DATA, DASHBOARD):
        if name in back:
            yield objection("rollback", f"{named(case, 'parts', name)}: the old release is whole without.", "",
                            {"look at": "drills"})  # fmt: skip
    return met("What belongs together goes back together.")


@rubric.criterion(
    points=2, voice="beatriz", skill="plan_releases",
    hints=(
        "How long did the drills take in which just this was put back? What of it did nothing but take time?",
        "A limit that the slowest of them keeps, and not much more; nothing goes back without which a drill was whole.",
    ),
    rests_on=("rollback_is_whole", "pipeline.rollback_minutes"),
    expected="only what has to go back, in minutes that each of those drills kept, and at most half as many more",
)  # fmt: skip
def rollback_minutes(pipeline: Pipeline, case: Case) -> Objections:
    """The time for a rollback is one that drills have kept, and nothing in it only takes time."""
    if (spare := case.truth.shape.spare) in pipeline.rollback:
        yield objection("rollback", f"{named(case, 'parts', spare)}: drills were whole without, and sooner.", "",
                        {"look at": "drills"})  # fmt: skip
    took = whole_minutes(case.truth.tables["drills"], frozenset(pipeline.rollback))
    slowest, limit = max(took, default=0.0), pipeline.rollback_minutes or 0.0
    if limit < slowest:
        yield objection("rollback_minutes", f"In {stated(limit)} minutes, not every one of these drills was done.")
    elif limit > ROOM * slowest + 5:
        yield objection("rollback_minutes", f"{stated(limit)} minutes is far more than any of these drills took.")
    return met(f"Drills have kept {stated(pipeline.rollback_minutes)} minutes.")


@rubric.criterion(
    points=5, voice="esi", skill="plan_releases",
    hints=(
        "How many frauds will the new one have scored of which anybody knows what they were?",
        "Frauds a day, times its share, times the days less those until a label is there. Esi knows these.",
        "A label takes {{ truth.shape.late }} days.",
    ),
    rests_on=("pipeline.strategy", "pipeline.share", "pipeline.days"),
    expected=f"{LABELLED} frauds with a label within {MOST_DAYS} days, and not on most payments before anybody knows",
)  # fmt: skip
def release_sees_enough(pipeline: Pipeline, case: Case, conversation: State) -> Objections:
    """A release is judged when it has scored enough frauds with a label, and reaches few payments before."""
    yield from unheard(case, conversation, "labels_late", "days", "It rests on when a payment has its label")
    share, days = pipeline.share or 0.0, pipeline.days or 0.0
    if pipeline.strategy == AT_ONCE:
        yield objection("strategy", "Everybody has it before anybody knows what it does.")
    elif pipeline.strategy == CANARY and share > MOST_PAYMENTS:
        yield objection("share", f"{stated(share)} of 100 payments have it before anybody knows what it does.")
    seen = case.truth.seen(min(share, 100.0), days)
    if seen < 0.98 * LABELLED:
        yield objection("days", f"After {stated(days)} days it has scored {seen:.0f} frauds with a label.")
    if days > MOST_DAYS:
        yield objection("days", f"{stated(days)} days is longer than the memo allows.")
    return met(f"It is judged on {seen:.0f} frauds with a label.")


@rubric.criterion(
    points=3, voice="esi", skill="decision_rights",
    hints=(
        "Who acts when a number moves, and is this person there?",
        "Three or more: one at least that moves at once, one that waits for labels. `who_can` says who may. What the "
        "champion record watches is watched here.",
    ),
    rests_on=("pipeline_is_complete",),
    expected="three monitors or more, early and late ones, each with somebody who may act and is there this quarter",
)  # fmt: skip
def monitors_owned(pipeline: Pipeline, champion: Champion | None, case: Case) -> Objections:
    """What is live is watched early and late, each by somebody who may act and is there."""
    watched = {one.measure for one in pipeline.monitors}
    if len(watched) < FEWEST_MONITORS:
        yield objection("monitors", f"{len(watched)} monitors see little.")
    for kind, words in ((AT_ONCE_SEEN, "at once"), (SEEN_LATE, "when labels are there")):
        if not watched & set(kind):
            yield objection("monitors", f"None of them shows what is known {words}.")
    if champion and champion.watched and "worst_slice_late" not in watched:
        yield objection("monitors", "The champion record says that a slice is watched, and here nobody watches one.")
    for place, one in placed("monitors", pipeline.monitors):
        if one.measure == "training_score":
            yield objection(f"{place}.measure", "A score in training says nothing about live payments.")
        elif not case.truth.can(one.owner, one.measure):
            label = named(case, "people", one.owner)
            why = "is not there this quarter" if one.owner == case.truth.shape.away else "may not act on this"
            yield objection(f"{place}.owner", f"{label} {why}.", "", {"look at": "who_can"})
    return met("Whoever watches may act, and is there.")


@rubric.criterion(
    points=2, voice="conrad", skill="weigh_trade_offs",
    hints=(
        "How ready is a plane with three engines checked and one not?",
        "Count the checks that run by themselves, area by area. The whole is as ready as the least ready area.",
    ),
    rests_on=("pipeline.weakest", "pipeline.overall"),
    expected="the area with the fewest checks that run by themselves, and how many these are",
)  # fmt: skip
def weakest_area_counts(pipeline: Pipeline, case: Case) -> Objections:
    """Readiness is that of the least ready area, and no mean."""
    truth = case.truth
    if pipeline.weakest != truth.weakest:
        yield objection("weakest", f"“{named(case, 'areas', pipeline.weakest)}” is not the least ready area.", "",
                        {"look at": "checks"})  # fmt: skip
    if not near(pipeline.overall, truth.readiness[truth.weakest], absolute=0.01):
        yield objection("overall", f"The whole is not as ready as {stated(pipeline.overall)} of 7.", "",
                        {"look at": "checks"})  # fmt: skip
    return met(f"{named(case, 'areas', pipeline.weakest)} counts for the whole.")
