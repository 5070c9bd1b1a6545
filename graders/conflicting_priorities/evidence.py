"""Does the plan rest on what people said, and on what decides something in this world?"""

from __future__ import annotations

from curriculum.artifacts.phased_plan import PhasedPlan
from curriculum.cases import Case
from curriculum.cases.base import Fact
from curriculum.cases.conflicting_priorities.facts import HINDSIGHT_FACT, HOW, MODEL, TAPS, WHEN
from curriculum.cases.conflicting_priorities.worth import BOTH, MINUTE_NOW, NONE
from curriculum.roleplay.engine import State
from graders.common import uncited
from graders.conflicting_priorities.base import rubric
from graders.rubric import Objections, met, objection

MOST_FACTS = 6

_WORDS = {
    HOW: "how a time can be given", WHEN: "by when it has to be out", TAPS: "what a tap means",
    MODEL: "when a model could be there",
}  # fmt: skip
BY_MECHANISM = {MINUTE_NOW: ("minute_reading", "window_limit"), BOTH: ("dispatch_punctual", "planner_share")}
"""For some ways, the facts on which they rest: others say nothing about them."""


def wanted(plan: PhasedPlan) -> tuple[str, ...]:
    """The questions for which this plan needs a fact."""
    return (HOW, WHEN, TAPS, *(() if plan.second.log == NONE else (MODEL,)))


def bears_on(fact: Fact, question: str, plan: PhasedPlan) -> bool:
    """Whether a fact answers a question for this plan."""
    if question == HOW and plan.first.mechanism in BY_MECHANISM:
        return fact.id in BY_MECHANISM[plan.first.mechanism]
    return question in fact.supports


@rubric.criterion(
    points=2, voice="imani", skill="listen_and_synthesise",
    hints=(
        "Which of the things that you were told would change this plan if it were otherwise?",
        "One fact on how a time can be given, one on the date, one on the taps, and one on the model if there is one; "
        "at most six. Nothing of a model that has read columns which come too late.",
        "For a minute it is how it is read; for a second time at dispatch, how punctual the taps on leaving are.",
    ),
    rests_on=("phased_plan.evidence", "phased_plan.first.mechanism", "phased_plan.second.log"),
)  # fmt: skip
def evidence_decides(phased_plan: PhasedPlan, case: Case) -> Objections:
    """What is cited answers each question on which this plan turns, in at most six facts, none read off afterwards."""
    facts = [case.facts[id] for id in dict.fromkeys(phased_plan.evidence) if id in case.facts]
    if len(facts) > MOST_FACTS:
        yield objection("evidence", f"You cite {len(facts)} facts.", f"the {MOST_FACTS} that decide most, or fewer")
    if HINDSIGHT_FACT in phased_plan.evidence:
        row = {"fact": HINDSIGHT_FACT, "look at": "`fields`: what its model can have read, and when that is written"}
        yield objection("evidence", "You rest on a model that read what nobody has at the order.",
                        "facts that hold at the moment of the promise", row)  # fmt: skip
    for question in wanted(phased_plan):
        if not any(bears_on(fact, question, phased_plan) for fact in facts):
            yield objection("evidence", f"Nothing that you cite says {_WORDS[question]}.",
                            "a fact for each question on which the plan turns")  # fmt: skip
    return met(f"{len(facts)} facts, and each question on which the plan turns has one.")


@rubric.criterion(
    points=2, voice="imani", skill="listen_and_synthesise", gate=True,
    hints=(
        "Did somebody tell you this, or does it sound like something that they would say?",
        "Cite what you heard yourself, or what stands in the memo.",
    ),
    rests_on=("phased_plan.evidence",),
    met="You heard all of it yourself, or it stands in the memo.",
)  # fmt: skip
def cites_what_was_told(phased_plan: PhasedPlan, case: Case, conversation: State | None) -> Objections:
    """Every fact that is cited was told to you, or stands in the memo."""
    yield from uncited(phased_plan, conversation, case)
