"""The rubric of `influence_and_mentoring` and what its criteria share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from curriculum.artifacts.coaching import Coaching
from curriculum.artifacts.memo import Memo
from curriculum.artifacts.proposal import Proposal
from curriculum.cases import Case
from curriculum.cases.influence_and_mentoring.allies import STOPPED_BY
from curriculum.cases.influence_and_mentoring.draw import NONE
from curriculum.cases.influence_and_mentoring.rules import Reading, RuleError, reads_score
from curriculum.roleplay.engine import State
from graders.common import heard, near
from graders.rubric import NotYet, Objection, Rubric, objection

rubric = Rubric(
    "influence_and_mentoring",
    {"proposal": Proposal, "memo": Memo, "coaching": Coaching},
    conversations=("influence",),
)

REACHED_OFF, COST_OFF, NET_OFF = 0.02, 0.04, 0.05
"""Relative tolerances of people reached, of the cost and of the net."""
UPLIFT_OFF = 0.6
"""How many of 100 a difference may be off: means rounded, or one wave more."""


def reading_of(proposal: Proposal, case: Case) -> Reading:
    """What the campaign's rows say of the rule and the action that stand there: of the wave that the scores have not
    seen, where the rule reads one. Raises NotYet where that cannot be asked."""
    if proposal.action not in case.registry.entries("actions"):
        raise NotYet("proposal.action", "an action")
    try:
        half = case.truth.honest_half if reads_score(proposal.rule) else 0
        reading: Reading = case.truth.read(proposal.rule, proposal.action, half)
    except (RuleError, ValueError):
        raise NotYet("rule_runs_on_known_columns", "a rule that runs") from None
    return reading


def only_rounded(proposal: Proposal, case: Case) -> Reading | None:
    """What was counted, where the difference and the cost that stand there are the same, rounded for the page: whoever
    rounds them may have reckoned on with the ones that were counted. None where they are not the same."""
    try:
        found = reading_of(proposal, case)
    except NotYet:
        return None
    same = near(proposal.uplift, found.uplift, absolute=UPLIFT_OFF)
    return found if same and near(proposal.cost, found.cost, relative=COST_OFF, absolute=20.0) else None


def unheard(case: Case, conversation: State, facts: Iterable[str], place: str, what: str) -> Iterator[Objection]:
    """An objection where something rests on what only one person can say, and nobody was asked."""
    for fact in facts:
        if not heard(case, fact, conversation):
            who = case.registry.label("people", case.facts[fact].held_by or "")
            yield objection(place, f"{what}, and nobody told you: no table has it.",
                            "what the one told you who knows it", {"who could tell you": who})  # fmt: skip
            return


def told_by(case: Case, ally: str) -> tuple[str, ...]:
    """The facts that say whether an ally can: the one that stops them, or all that could, where nothing does."""
    stops = case.truth.allies[ally].stops
    facts = STOPPED_BY[ally]
    return tuple(facts.values()) if stops == NONE else (facts[stops],)
