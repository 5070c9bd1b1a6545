"""Proofs about the world run forward: good plans end well, harm shows, headlines hold, silence comes out late."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from curriculum.authoring.played import Played, play, played
from curriculum.authoring.proofs.registry import Against, for_each_world, for_the_lesson
from curriculum.authoring.subject import Subject
from curriculum.consequences import Better, Change, Comparison, Outcome

SURE = 0.95
"""The share of worlds in which a mistake that is said to hurt must hurt."""
SAMPLE = 20
"""Worlds in which that is looked for."""

CHANGE = re.compile(
    r"[+\u2212]\d|\b(?:more|fewer|less|rose|fell|risen|fallen|spares?|saves?|instead|better|worse|higher|lower)\b"
)
"""Words of a headline that state a change."""
WORDS = {
    Change.MORE: re.compile(r"\b(?:more|rose|risen|higher|grew|gained)\b"),
    Change.LESS: re.compile(r"\b(?:less|fewer|fell|fallen|lower|spares?|saves?|lost)\b"),
    Change.UNCLEAR: re.compile(r"\b(?:cannot|nobody can)\b"),
}
"""How each claim is worded, so that data and words do not part."""


def _outcomes(subject: Subject, seed: int) -> Iterator[tuple[Played, Outcome]]:
    """Each outcome of a world once, with the first fixture that has it."""
    seen: set[int] = set()
    for fixture in played(subject, seed):
        if fixture.outcome is not None and id(fixture.outcome) not in seen:
            seen.add(id(fixture.outcome))
            yield fixture, fixture.outcome


@for_each_world
def exemplars_end_well(subject: Subject, seed: int) -> Against:
    """Run forward, every exemplar reaches all goals of its world, and some near-miss misses one."""
    misses = 0
    for fixture, outcome in _outcomes(subject, seed):
        if not outcome.goals:
            yield fixture.name, "the run has no goals, so nobody can say how it ended"
        elif fixture.near_miss:
            misses += not outcome.ends_well
        elif not outcome.ends_well:
            missed = ", ".join(f"“{goal.sentence}”" for goal in outcome.goals if not goal.met)
            yield fixture.name, f"it does not end well: {missed} does not hold"
    if not misses and any(fixture.outcome for fixture in played(subject, seed)):
        yield "goals", "every near-miss ends well too, so the goals tell nothing"


@for_the_lesson
def mistakes_hurt_what_they_name(subject: Subject, seeds: Sequence[int]) -> Against:
    """A near-miss that is said to hurt a number makes it worse in 95 of 100 worlds, and a lesson with a run has one."""
    few = list(seeds)[:: max(1, math.ceil(len(seeds) / SAMPLE))]
    worse: dict[tuple[str, str], list[bool]] = {}
    with_a_run = False
    for seed in few:
        case, fixtures = subject.case(seed), subject.fixtures(seed)
        exemplars = {name: play(subject, case, name, None, files) for name, files in fixtures.exemplars.items()}
        with_a_run |= any(exemplar.outcome for exemplar in exemplars.values())
        for miss in fixtures.near_misses:
            if not miss.hurts:
                continue
            right = exemplars[miss.variant].outcome
            wrong = play(subject, case, miss.variant, miss, fixtures.near_miss_files(miss)).outcome
            for number in miss.hurts:
                if right is None or wrong is None or number not in wrong.results:
                    yield miss.id, f"it is said to hurt {number}, which the run does not have"
                elif wrong.results[number].better is Better.NEITHER:
                    yield miss.id, f"it is said to hurt {number}, of which no way is the good one"
                else:
                    hurt = wrong.results[number].worse_than(right.results[number])
                    worse.setdefault((miss.id, number), []).append(hurt)
    for (id, number), found in worse.items():
        if sum(found) < SURE * len(found):
            yield id, f"it makes {number} worse in {sum(found)} of {len(found)} worlds"
    if with_a_run and not worse:
        yield "near_misses.yaml", "no near-miss says which number of the run it `hurts`"


@for_each_world
def best_plan_known_is_not_beaten(subject: Subject, seed: int) -> Against:
    """What is shown as the best plan is named as data, and no fixture that keeps its limits is better."""
    for fixture, outcome in _outcomes(subject, seed):
        best = outcome.best
        shown = " ".join((*outcome.sentences, outcome.alt, outcome.headline))
        if best is None:
            if re.search(r"\bbest (?:plan|way|choice)\b", shown):
                yield fixture.name, "a best plan is shown, and the outcome does not name it as data"
            continue
        if best.label not in shown:
            yield fixture.name, f"the {best.label} is named as data and shown nowhere"
        reached = outcome.results[best.number]
        if reached.better is Better.NEITHER:
            yield fixture.name, f"the {best.label} is the best in {best.number}, of which no way is the good one"
        rival = all(outcome.results[number].keeps(limit) for number, limit in best.keeps.items())
        if rival and replace(reached, value=best.value).worse_than(reached):
            yield fixture.name, f"{reached.value:,g} {reached.name} beats the {best.label} with {best.value:,g}"


@for_each_world
def headlines_say_what_the_run_shows(subject: Subject, seed: int) -> Against:
    """Each change that a headline states rests on a comparison with a control, and has its direction or says that
    none can be told."""
    for fixture, outcome in _outcomes(subject, seed):
        rest = outcome.headline
        for compared in outcome.compared:
            yield from ((fixture.name, said) for said in _doubts(compared, outcome.headline))
            rest = rest.replace(compared.says, "") if compared.says else rest
        if stated := CHANGE.search(rest):
            yield fixture.name, f"“{stated.group()}” in the headline states a change that rests on no comparison"
        if nameless := [id for id, result in outcome.results.items() if not result.name.strip()]:
            yield fixture.name, f"the number {nameless[0]} has no name for people"


def _doubts(compared: Comparison, headline: str) -> Iterator[str]:
    if not compared.says or compared.says.casefold() not in headline.casefold():
        yield f"the comparison of {compared.what} says {compared.says!r}, which is not in the headline"
        return
    if not compared.low < compared.high:
        yield f"{compared.what}: the interval has no width, so chance has been left out"
    elif not compared.low <= compared.change <= compared.high:
        yield f"{compared.what}: the change lies outside of its interval"
    if len(compared.control) > 1 and max(compared.control) - min(compared.control) <= 1e-9:
        yield f"{compared.what}: the control is a flat line"
    if compared.claims is not compared.shows:
        low, high = compared.low, compared.high
        yield f"the headline claims {compared.claims} {compared.what}; the interval {low:g} to {high:g} shows otherwise"
    if not WORDS[compared.claims].search(compared.says):
        yield f"“{compared.says}” does not word the claim {compared.claims}"


@for_each_world
def what_nobody_asked_comes_out_late(subject: Subject, seed: int) -> Against:
    """Without a talk, facts come out late on days of the run; what was heard does not, and the page reads otherwise."""
    for fixture in played(subject, seed):
        talk, outcome = fixture.submission.conversation, fixture.outcome
        if fixture.near_miss or outcome is None or talk is None:
            continue
        silent = subject.forward(fixture.case, fixture.submission.artifacts, None)
        if silent is None:
            yield fixture.name, "without a talk nothing can be run"
            continue
        if not silent.late:
            yield fixture.name, "nobody was asked anything, and nothing comes out late"
        if heard := sorted(late.fact for late in outcome.late if talk.knows(late.fact)):
            yield fixture.name, f"{heard[0]} was told in the talk and comes out late all the same"
        if len(outcome.late) >= len(silent.late) > 0:
            yield fixture.name, "as much comes out late with the talk as without it"
        if silent.until is None or any(late.on > silent.until for late in silent.late):
            yield fixture.name, "something comes out after the last day of the run"
        if list(silent.late) != sorted(silent.late, key=lambda late: late.on):
            yield fixture.name, "what comes out late is not in the order of its days"
