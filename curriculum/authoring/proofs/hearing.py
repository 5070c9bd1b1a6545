"""Proofs by grading what was heard: every person counts, no good deed shuts a door, and what was missed is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from curriculum.authoring.exploration import Exploration, TooManyStates
from curriculum.authoring.judging import submission_of
from curriculum.authoring.proofs.registry import Against, for_the_lesson
from curriculum.authoring.recalled import heard_beside
from curriculum.authoring.searched import spread, ways
from curriculum.authoring.subject import Subject
from curriculum.cases import Case
from curriculum.course.fixtures import Files
from curriculum.roleplay.script import Choice, Missed, Script
from graders.grade import Submission, grade
from graders.report import Report

WORLDS = 3
"""In how many worlds exemplars are graded for somebody who did not hear everything."""
A_PERSON = 0.05
"""The share of the lesson's points that not hearing a person costs, at least, for one exemplar."""
EVERYBODY = 0.40
"""The share that hearing nobody costs, at least."""
NOBODY = "nobody"


def _held(case: Case) -> dict[str, frozenset[str]]:
    """For each person who holds facts, what they hold."""
    held: dict[str, set[str]] = {}
    for fact in case.facts.values():
        if fact.held_by:
            held.setdefault(fact.held_by, set()).add(fact.id)
    return {person: frozenset(facts) for person, facts in held.items()}


def _without(submission: Submission, facts: frozenset[str]) -> Submission:
    """The same answers of somebody who did not hear these facts."""
    state = submission.conversation
    return replace(submission, conversation=state and replace(state, facts=state.facts - facts))


def _share(report: Report) -> float:
    return report.points / report.maximum if report.maximum else 0.0


def unheard_costs(subject: Subject, seeds: Sequence[int]) -> dict[str, float]:
    """What not hearing each person who holds facts, or anybody, costs the exemplar that it costs most, as a share
    of the lesson's points: the least of some worlds."""
    least: dict[str, float] = {}
    for seed in spread(seeds, WORLDS):
        case = subject.case(seed)
        held = _held(case)
        unheard = {**held, NOBODY: frozenset(case.facts)}
        most = dict.fromkeys(unheard, 0.0)
        for files in subject.fixtures(seed).exemplars.values():
            submission = submission_of(subject, case, files)
            full = _share(grade(subject.rubric, case, submission))
            for who, facts in unheard.items():
                costs = full - _share(grade(subject.rubric, case, _without(submission, facts)))
                most[who] = max(most[who], costs)
        for who, costs in most.items():
            least[who] = min(least.get(who, 1.0), costs)
    return least


@for_the_lesson
def hearing_people_counts(subject: Subject, seeds: Sequence[int]) -> Against:
    """Not hearing one person who holds facts costs at least 5 % of the points, hearing nobody at least 40 %.

    What hearing nobody may earn is a limit on guessing, so it does not hold for question zero.
    """
    if subject.script is None:
        return
    for who, costs in unheard_costs(subject, seeds).items():
        if who == NOBODY and subject.plan.question_zero:
            continue
        needed = EVERYBODY if who == NOBODY else A_PERSON
        if costs < needed - 1e-9:
            words = "hearing nobody" if who == NOBODY else "not hearing what this person tells"
            yield who, f"{words} costs the exemplars {costs:.1%} of the points at most; at least {needed:.0%} is meant"


def needed_facts(subject: Subject, seed: int) -> dict[str, str]:
    """Facts without which an exemplar fails a criterion that it meets, a gate or another; and that criterion."""
    case = subject.case(seed)
    found: dict[str, str] = {}
    for files in subject.fixtures(seed).exemplars.values():
        found |= dict(_lost(subject, case, files))
    return found


def _lost(subject: Subject, case: Case, files: Files) -> Iterator[tuple[str, str]]:
    submission = submission_of(subject, case, files)
    if submission.conversation is None:
        return
    passed = _passed(grade(subject.rubric, case, submission))
    for fact in sorted(submission.conversation.facts):
        now = _passed(grade(subject.rubric, case, _without(submission, frozenset({fact}))))
        for criterion in sorted(passed - now, key=lambda id: not subject.rubric.criteria[id].gate):
            yield fact, criterion
            break


def _passed(report: Report) -> set[str]:
    return {finding.criterion for artifact in report.artifacts for finding in artifact.findings if finding.passed}


@for_the_lesson
def good_deeds_close_no_way(subject: Subject, seeds: Sequence[int]) -> Against:
    """What the exemplars must have heard can be heard by those who take any action, and by those who answer kindly."""
    needed = needed_facts(subject, seeds[0]) if subject.script else {}
    if not needed:
        return
    played: set[str] = set()
    try:
        for way in ways(subject, seeds):
            done = _done(way.found) - played
            beside = heard_beside(way.found, _kindest(way.script)) if done else {}
            for deed in sorted(done & beside.keys()):
                for fact in sorted(needed.keys() - beside[deed]):
                    yield deed, f"whoever does this cannot hear {fact}, which {needed[fact]} needs"
            played |= done
    except TooManyStates:
        return  # conversation_is_sound says what makes it smaller


def _done(found: Exploration) -> set[str]:
    """Everything that can be chosen or done in a conversation, by the ids of choices and actions."""
    done: set[str] = set()
    for number, steps in enumerate(found.steps):
        for id, _ in steps:
            choice = found.script.choices[id]
            done |= {id, *(choice.effect(found.states[number], found.script.world).does if choice.acts else ())}
    return done


def _kindest(script: Script) -> frozenset[str]:
    """Choices that alone answer most kindly at their moment."""
    found: set[str] = set()
    for node in script.nodes.values():
        kindness = {choice.id: _kindness(choice) for choice in node.choices}
        best = [id for id, kind in kindness.items() if kind == max(kindness.values())]
        found |= set(best) if len(best) == 1 < len(kindness) else set()
    return frozenset(found)


def _kindness(choice: Choice) -> int:
    return max(sum(effect.trust.values()) for effect in choice.effects)


@for_the_lesson
def what_was_missed_is_said(subject: Subject, seeds: Sequence[int]) -> Against:
    """Whoever did not hear what an exemplar needs is told at the end what a better question would have brought."""
    if subject.script is None:
        return
    told = {missed.fact for missed in all_missed(subject.script)}
    for fact, criterion in needed_facts(subject, seeds[0]).items():
        if fact not in told:
            yield fact, f"{criterion} needs it, and no `missed` says at the end that it could have been heard"


def all_missed(script: Script) -> Iterator[Missed]:
    """Everything that a script may say at the end on what was missed."""
    for choice in script.choices.values():
        yield from {effect.missed for effect in choice.effects if effect.missed}
    for node in script.nodes.values():
        yield from node.ending.missed if node.ending else ()
