"""Does each decision have one person who may, and does everybody have the time that they give? (A27, O.4 to 6)"""

from __future__ import annotations

from curriculum.artifacts.pod_charter import PodCharter
from curriculum.cases import Case
from curriculum.cases.pod_launch.draw import RECALL
from curriculum.cases.pod_launch.entries import BOARD, DECISION_TYPES, EVERYBODY
from curriculum.consequences.pod_weeks import can_recall
from curriculum.roleplay.engine import State
from graders.common import named, placed, stated, unheard
from graders.pod_launch.base import IN_POD, TINY, rubric
from graders.rubric import Objections, met, objection

WITH_LIMIT = ("hold", "recall")
LEAST_PEOPLE, LEAST_PERCENT = 4, 10.0
ON_CALL = ("arjun", "esi", "beatriz")
LEAST_PART = 0.1
"""Of what Conrad leaves to the pod; less is a right to decide nothing."""
SLOWEST, LONGER = 1.75, 2.0
"""A promise longer than so many times what they need, and by so many days, promises nothing."""


@rubric.criterion(
    points=1, voice="conrad", skill="decision_rights",
    hints=(
        "Who decides at three in the afternoon, when a thief is on the line?",
        "One person for each of the four, and an amount for holding and recalling. “Everybody together” is nobody.",
    ),
    rests_on=("pod_charter.rights[].decision", "pod_charter.rights[].decider"),
    expected="four decisions, one person each, and an amount for holding and recalling",
    met="Each decision has one person, and an amount where money moves.",
)  # fmt: skip
def one_decider_with_limit(pod_charter: PodCharter, case: Case) -> Objections:
    """Each of the four decisions has one person, and an amount where money moves."""
    for decision, entry in DECISION_TYPES.items():
        mine = [(place, one) for place, one in placed("rights", pod_charter.rights) if one.decision == decision]
        if not mine:
            yield objection("rights", f"Nobody decides to {entry.label.lower()}.")
        if len({one.decider for _, one in mine}) > 1:
            yield objection("rights", f"Several decide to {entry.label.lower()}.")
        for place, one in mine:
            if one.decider in (EVERYBODY, BOARD):
                said = f"To {entry.label.lower()}, {named(case, 'deciders', one.decider).lower()} would have to meet."
                yield objection(f"{place}.decider", said)
            if decision in WITH_LIMIT and (one.limit_eur is None or one.limit_eur <= 0):
                yield objection(f"{place}.limit_eur", f"No amount says up to where they {entry.label.lower()}.")


@rubric.criterion(
    points=3, voice="conrad", skill="decision_rights", gate=True,
    hints=(
        "What may the pod do without Conrad? He says it if you ask for his limit first.",
        "Holding and recalling: somebody of the pod, up to what he said. Rules: Conrad. Releases: who may release.",
        "Here: up to {{ truth.shape.may_decide }} euros.",
    ),
    rests_on=("one_decider_with_limit",),
    expected="people who may do it, up to the amount that risk review leaves to the pod",
)  # fmt: skip
def decider_may(pod_charter: PodCharter, case: Case, conversation: State) -> Objections:
    """Whoever decides may decide: up to Conrad’s amount, and only who releases releases."""
    truth = case.truth
    for place, one in placed("rights", pod_charter.rights):
        if one.decision in WITH_LIMIT and one.decider != "conrad":
            yield from unheard(case, conversation, "may_decide", f"{place}.limit_eur", "It rests on Conrad’s limit")
            if (one.limit_eur or 0.0) > truth.shape.may_decide + TINY:
                said = f"Up to {stated(one.limit_eur)} euros is more than the pod may decide."
                yield objection(f"{place}.limit_eur", said)
            if one.limit_eur is not None and one.limit_eur < LEAST_PART * truth.shape.may_decide:
                said = f"Up to {stated(one.limit_eur)} euros they may decide nothing."
                yield objection(f"{place}.limit_eur", said)
        if one.decision in WITH_LIMIT and one.decider in ("tove", "rhona", "beatriz"):
            yield objection(f"{place}.decider", f"{named(case, 'deciders', one.decider)} neither holds nor recalls.")
        if one.decision == "release" and one.decider not in ("beatriz", *_also(case)):
            yield objection(f"{place}.decider", f"{named(case, 'deciders', one.decider)} may not release.", "",
                            {"look at": "people"})  # fmt: skip
        if one.decision == "rule" and one.decider not in ("conrad", "edda"):
            said = f"{named(case, 'deciders', one.decider)} may not change a rule: it touches the licence."
            yield objection(f"{place}.decider", said)
        if one.decider in truth.free and truth.free[one.decider] <= 0:
            yield objection(f"{place}.decider", f"{named(case, 'deciders', one.decider)} has no time this half-year.")
    if RECALL in pod_charter.chosen and not can_recall(pod_charter):
        yield objection("rights", "A lever recalls at once, and nobody of the pod may recall.")
    return met("Everybody may do what they decide.")


def _also(case: Case) -> tuple[str, ...]:
    table = case.truth.tables["people"]
    names = {case.people[name].first_name: name for name in IN_POD}
    return tuple(
        names[str(who)] for who, may in zip(table["person"], table["may_release"], strict=True) if may == "yes"
    )


@rubric.criterion(
    points=3, voice="beatriz", skill="scope_together",
    hints=(
        "What has everybody promised already?",
        "At most 100 less `owed_pct`, person by person. Who has nothing left gives 0.",
    ),
    rests_on=("pod_charter.allocation[].person", "pod_charter.allocation[].percent"),
    expected="what each person has left, at most, and at least four people who give a tenth of their week",
)  # fmt: skip
def allocation_adds_up(pod_charter: PodCharter, case: Case) -> Objections:
    """Nobody gives more than they have left, and at least four people give something."""
    free = case.truth.free
    people = [one.person for one in pod_charter.allocation]
    for place, one in placed("allocation", pod_charter.allocation):
        if one.person not in free or one.percent is None:
            continue
        if one.percent < 0:
            yield objection(f"{place}.percent", "Nobody gives less than nothing.")
        if pod_charter.percent_of(one.person) > free[one.person] + TINY:
            said = f"{named(case, 'people', one.person)} has promised more than 100 % with {stated(one.percent)} more."
            yield objection(f"{place}.percent", said, "", {"look at": "people"})
    if doubled := {name for name in people if people.count(name) > 1}:
        yield objection("allocation", f"{named(case, 'people', sorted(doubled)[0])} stands there twice.")
    giving = {
        one.person for one in pod_charter.allocation if (one.percent or 0) >= LEAST_PERCENT and one.person in free
    }
    if len(giving) < LEAST_PEOPLE:
        yield objection("allocation", f"{len(giving)} people give a tenth of their week or more: that is no pod.")
    return met(f"{len(giving)} people give what they have.")


@rubric.criterion(
    points=1, voice="beatriz", skill="scope_together",
    hints=(
        "Who answers at night, and who if that one is away?",
        "Two of those who run something, both in the pod, neither away all the time.",
    ),
    rests_on=("pod_charter.oncall_first", "pod_charter.oncall_second", "allocation_adds_up"),
    expected="two people who run something and give time to the pod",
    met="Two people answer.",
)  # fmt: skip
def oncall_covered(pod_charter: PodCharter, case: Case) -> Objections:
    """Two different people who can do something are on call, and both give time."""
    if pod_charter.oncall_first == pod_charter.oncall_second:
        yield objection("oncall_second", "It is the same person.")
    for place in ("oncall_first", "oncall_second"):
        who = getattr(pod_charter, place)
        if who not in ON_CALL:
            yield objection(place, f"{named(case, 'people', who)} runs nothing that could be down.")
        elif pod_charter.percent_of(who) <= 0:
            yield objection(place, f"{named(case, 'people', who)} gives no time to the pod.")


@rubric.criterion(
    points=4, voice="beatriz", skill="scope_together",
    hints=(
        "How long did they take the last thirty times?",
        "What 85 of 100 answers kept, in `answers`; not the mean, and not a month.",
        "Here: {% for team, days in truth.slow.items() %}{{ team }} {{ days[0] | round(0) | int }}"
        "{{ '' if loop.last else ', ' }}{% endfor %} days.",
    ),
    rests_on=("pod_charter.interfaces[].team", "pod_charter.interfaces[].days"),
    expected="days that 85 of 100 past answers of that team kept, and not much more; two teams",
)  # fmt: skip
def interfaces_measured(pod_charter: PodCharter, case: Case) -> Objections:
    """What other teams promise is what they have kept in 85 of 100 cases."""
    slow = case.truth.slow
    if len({one.team for one in pod_charter.interfaces}) < 2:
        yield objection("interfaces", "Fewer than two teams promise something.")
    for place, one in placed("interfaces", pod_charter.interfaces):
        if one.team not in slow or one.days is None:
            continue
        kept = slow[one.team][0]
        if one.days < kept - 0.6:
            said = f"{named(case, 'teams', one.team)} has kept {stated(one.days)} days too rarely."
            yield objection(f"{place}.days", said, "", {"look at": "answers"})
        if one.days > max(SLOWEST * kept, kept + LONGER):
            yield objection(f"{place}.days", f"{stated(one.days)} days promise nothing.")
    return met("What they promise they have kept.")
