"""Proofs about lessons that a team takes: everybody is seated, no seat suffices, right answers hold at the table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from curriculum.authoring.judging import submission_of
from curriculum.authoring.proofs.registry import Against, for_each_world, for_the_lesson
from curriculum.authoring.subject import Subject
from curriculum.cases import Case
from curriculum.course.team_plan import TeamPlan
from curriculum.team.deal import Deal, make_deal
from curriculum.team.noted import Heard, with_everything
from curriculum.team.outcome import pooling, review
from graders.grade import Submission
from graders.rubric import CONVERSATION

_NAMES = ("first", "second", "third", "fourth", "fifth", "sixth")


@for_the_lesson
def a_team_seats_everybody(subject: Subject, seeds: Sequence[int]) -> Against:
    """At every size each person who knows something or signs something has one seat, and no seat knows nothing."""
    plan = subject.plan.team
    if plan is None:
        return
    case = subject.case(seeds[0])
    holders = {fact.held_by for fact in case.facts.values() if fact.held_by}
    voices = {one.voice for one in subject.rubric.criteria.values() if one.id not in plan.not_asked}
    for size, seats in plan.seats.items():
        place = f"team.seats, {size}"
        people = [person for seat in seats for person in seat]
        if len(seats) != int(size):
            yield place, f"there are {len(seats)} seats"
        yield from ((place, f"{person} is nobody in this case") for person in people if person not in case.people)
        yield from ((place, f"{one} sits twice") for one in sorted({one for one in people if people.count(one) > 1}))
        yield from ((place, f"{one} has no seat") for one in sorted((holders | voices) - set(people)))
        yield from (
            (place, f"{', '.join(seat)} know nothing of their own") for seat in seats if not holders & set(seat)
        )
    yield from _unknown(subject, plan, case)


def _unknown(subject: Subject, plan: TeamPlan, case: Case) -> Iterator[tuple[str, str]]:
    """Criteria that are left out, and deeds, that the lesson does not have."""
    for id in plan.not_asked:
        criterion = subject.rubric.criteria.get(id)
        if criterion is None:
            yield "team.not_asked", f"there is no criterion {id!r}"
        elif CONVERSATION not in criterion.needs:
            yield "team.not_asked", f"{id} does not ask for the conversation, so a team can be asked it"
    choices = subject.script.choices.values() if subject.script else ()
    actions = {action for choice in choices for effect in choice.effects for action in effect.does}
    for deed in plan.deeds:
        if deed.action not in actions:
            yield "team.deeds", f"{deed.action!r} is no action of the conversation"
        if deed.by not in case.people:
            yield "team.deeds", f"{deed.by!r} is nobody in this case"


@for_each_world
def right_answers_hold_at_the_table(subject: Subject, seed: int) -> Against:
    """With everything said at the table every exemplar earns full marks."""
    for deal, name, submission, _ in _table(subject, seed):
        report = review(deal.table, submission)
        lost = [one.criterion for artifact in report.artifacts for one in artifact.findings if not one.passed]
        if lost:
            yield name, f"{', '.join(lost)} does not hold for a team"


@for_each_world
def no_seat_decides_alone(subject: Subject, seed: int) -> Against:
    """What the exemplars need to know is spread: at every size at least two seats hold a part of it."""
    for deal, name, submission, heard in _table(subject, seed):
        case = subject.case(seed)
        holders = {case.facts[one.fact].held_by for one in pooling(deal.table, submission, heard)}
        for size, seats in deal.table.plan.seats.items():
            if sum(bool(holders & set(seat)) for seat in seats) < 2:
                yield f"{name}, {size} seats", "its documents need what one seat knows at most"


def _table(subject: Subject, seed: int) -> Iterator[tuple[Deal, str, Submission, Heard]]:
    """Every exemplar at a table at which everything was said and done that it rests on."""
    plan = subject.plan.team
    if plan is None:
        return
    case = subject.case(seed)
    known = {deed.action for deed in plan.deeds}
    deal = make_deal(subject.slug, _NAMES[: int(next(iter(plan.seats)))], seed, secret=bytes(32))
    for name, files in subject.fixtures(seed).exemplars.items():
        submission = submission_of(subject, case, files)
        talk = submission.conversation
        done = tuple((action, at) for action, at in talk.done if action in known) if talk else ()
        spent = subject.script.minutes - talk.minutes if subject.script and talk else 0
        heard = with_everything(deal.table, Heard(frozenset(), done, minutes=spent))
        yield deal, name, replace(submission, conversation=heard.state(case)), heard
