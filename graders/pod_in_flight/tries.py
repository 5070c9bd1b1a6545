"""What is tried next: few things, on what makes people wait most, with a number, a week, and somebody. (A31, O.5)"""

from __future__ import annotations

from curriculum.artifacts.retrospective import Retrospective
from curriculum.cases import Case
from curriculum.cases.pod_in_flight.draw import CAUSES, WEEKS
from graders.common import named, placed, stated
from graders.pod_in_flight.base import rubric
from graders.rubric import Objections, met, objection

MOST = 3
EARNS = 0.75
FIRST_WEEK = 3


@rubric.criterion(
    points=2, voice="edda", skill="scope_together",
    hints=(
        "What will become of ten actions?",
        "One to three, each another one.",
    ),
    rests_on=("retro_is_complete",),
    expected="one to three experiments, each another one",
)  # fmt: skip
def three_at_most(retrospective: Retrospective, case: Case) -> Objections:
    """At most three things are tried, each another one."""
    changes = [one.change for one in retrospective.experiments]
    if len(changes) > MOST:
        yield objection("experiments", f"{len(changes)} experiments are begun.")
    for place, one in placed("experiments", retrospective.experiments):
        if changes.count(one.change) > 1:
            yield objection(f"{place}.change", f"“{named(case, 'changes', one.change)}” stands there twice.")
    return met("Few things are tried.")


@rubric.criterion(
    points=7, voice="edda", skill="weigh_trade_offs",
    hints=(
        "How many days an item would these spare, if each halves the waits that it treats?",
        "What treats the two largest causes. And does what you try work here? The pilot has shown one of them.",
    ),
    rests_on=("main_cause", "three_at_most"),
    expected=f"changes that spare {EARNS:.0%} of the days that the best three would",
)  # fmt: skip
def experiments_hit(retrospective: Retrospective, case: Case) -> Objections:
    """What is tried treats what people wait for most, and spares most of the days that can be spared."""
    spared = case.truth.spared([one.change for one in retrospective.experiments])
    if spared < EARNS * case.truth.most_spared:
        part = 100 * spared / case.truth.most_spared
        yield objection("experiments", f"They spare {part:.0f} of 100 days that can be spared.", "",
                        {"days an item": round(spared, 1)})  # fmt: skip
    return met(f"They spare {stated(round(spared, 1))} days an item.")


@rubric.criterion(
    points=3, voice="edda", skill="measure_success",
    hints=(
        "By which number, and when, will you say that it did nothing?",
        "The wait that this change treats, from today's mean to one that it can reach, in a week of this quarter.",
    ),
    rests_on=("main_cause", "three_at_most"),
    expected="the wait that the change treats, a value below today's that it can reach, a week of the quarter",
)  # fmt: skip
def targets_can_be_met(retrospective: Retrospective, case: Case) -> Objections:
    """Each experiment is measured by what it treats, towards a value that it can reach, in a week of the quarter."""
    truth = case.truth
    for place, one in placed("experiments", retrospective.experiments):
        treats = truth.treats(one.change)
        label = named(case, "changes", one.change)
        if one.measure not in treats:
            said = f"“{named(case, 'change_measures', one.measure)}” does not move by “{label}”."
            yield objection(f"{place}.measure", said)
        elif one.measure in CAUSES:
            now = float(truth.waits[one.measure].mean())
            if not 0.9 * treats[one.measure] * now <= (one.to or 0.0) <= 0.95 * now:
                way = "is no less than today" if (one.to or 0.0) > 0.95 * now else "is more than it can spare"
                yield objection(f"{place}.to", f"“{label}”: {stated(one.to)} days {way}.", "", {"look at": "events"})
        if not FIRST_WEEK <= (one.week or 0.0) <= WEEKS:
            yield objection(f"{place}.week", f"In week {stated(one.week)}, nobody can say what became of “{label}”.")
    return met("Each has a number that can be missed.")


@rubric.criterion(
    points=2, voice="conrad", skill="decision_rights",
    hints=(
        "May this person begin it, and are they there this quarter?",
        "Look at `who_can`: what each may begin, and whose free days are none.",
    ),
    rests_on=("retro_is_complete",),
    expected="for each experiment somebody who may begin it and is there this quarter",
)  # fmt: skip
def owners_can(retrospective: Retrospective, case: Case) -> Objections:
    """Whoever begins an experiment may, and is there."""
    for place, one in placed("experiments", retrospective.experiments):
        if not case.truth.can(one.owner, one.change):
            label = named(case, "people", one.owner)
            why = "is not there this quarter" if one.owner == case.truth.shape.away else "may not begin this"
            yield objection(f"{place}.owner", f"{label} {why}.", "", {"look at": "who_can"})
    return met("Whoever begins it may, and is there.")
