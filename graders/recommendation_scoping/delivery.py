"""Criteria for how the plan reaches people (A03): risks, launch, rollout, and who signs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise

from curriculum.artifacts.board import Board
from curriculum.artifacts.prd import Goal, Guardrail, Prd
from curriculum.cases import Case
from curriculum.cases.recommendation_scoping.hands import MATTERS, matters_of
from curriculum.roleplay.engine import State
from graders.common import heard, word_count
from graders.recommendation_scoping.layout import read_board
from graders.recommendation_scoping.phrases import amount, day, named
from graders.recommendation_scoping.register import rubric
from graders.recommendation_scoping.world import areas, roles
from graders.rubric import NotYet, Objections, met, objection

FIRST_SHARE = 20
"""The first step shows the new row in at most so many of 100 visits."""


@rubric.criterion(
    points=3,
    voice="wei",
    skill="plan_releases",
    hints=(
        "What did you hear that could still go wrong?",
        "At least one risk, with the fact behind it, what you do about it, and one person who was there.",
    ),
    rests_on=("prd.risks",),
    expected="a risk in a few words, a fact behind it that you heard, an answer, and an owner who was there",
)
def risks_rest_on_facts(prd: Prd, case: Case, conversation: State) -> Objections:
    """Every risk has the fact behind it, an answer and one owner."""
    for number, risk in enumerate(prd.risks, start=1):
        place, what = f"risks[{number}]", f"“{risk.risk[:80] or '(blank)'}”"
        if word_count(risk.risk) < 3:
            yield objection(f"{place}.risk", f"Risk {number} is {what}.")
        if word_count(risk.answer) < 3:
            yield objection(f"{place}.answer", f"{what}: your answer is “{risk.answer or '(blank)'}”.")
        if not heard(case, risk.evidence, conversation):
            yield objection(f"{place}.evidence", f"{what} rests on {risk.evidence[:40] or 'no fact'}.")
        if risk.owner not in case.truth.room:
            yield objection(f"{place}.owner", f"{what}: the owner is {named(case, 'people', risk.owner)}.")
    return met(f"Risks with fact, answer and owner: {len(prd.risks)}.")


@rubric.criterion(
    points=2,
    voice="kofi",
    skill="plan_releases",
    hints=(
        "Could each person do it in this quarter, if you asked them tomorrow?",
        "The table `hands` says who looks after what: measures and risks belong to somebody whom it names. A question "
        "that is open gets a day on which its answer can still change what is launched.",
        "Measures: {% for id, metric in entries.metrics.items() if truth.hands.for_metric(id) %}{{ metric.label }}: "
        "{{ truth.hands.for_metric(id) | join(' or ') }}. {% endfor %}Risks, by the fact that you cite: {% for id in "
        "facts if truth.hands.for_fact(id) %}{{ id }}: {{ truth.hands.for_fact(id) | join(' or ') }}. {% endfor %}",
    ),
    rests_on=("prd.goals", "prd.guardrails", "prd.risks"),
    met="Whoever is named can do it, and in time.",
    expected="with each measure and risk somebody whom the table `hands` names for it, and with each open question "
    "somebody who was there and a day after the kick-off, no later than the launch",
)
def owners_can_do_it_in_time(prd: Prd, case: Case, conversation: State) -> Objections:
    """Whoever watches a measure or answers a risk can do so this quarter, and open questions close by the launch."""
    truth, judged = case.truth, 0
    for place, owner, hands, what, matters in _owned(prd, case, conversation):
        if owner in truth.room:  # who is not there is told with the measures and risks themselves
            judged += 1
            if owner not in hands:
                found, row = f"{what}: {named(case, 'people', owner)}.", {"table": "hands", "matter": matters}
                yield objection(f"{place}.owner", found, "somebody whom the table `hands` names for it", row)
    if not judged:
        yield objection("goals", "No measure and no risk belongs to anybody who was there.")
    last = prd.launch or truth.campaign
    for number, question in enumerate(prd.open_questions, start=1):
        place, what = f"open_questions[{number}]", f"“{question.question[:80] or '(blank)'}”"
        if question.owner not in truth.room:
            yield objection(f"{place}.owner", f"{what}: found out by {named(case, 'people', question.owner)}.")
        if question.by is None or not truth.kickoff < question.by <= last:
            yield objection(f"{place}.by", f"{what}: answered by {day(question.by)}.")


def _owned(prd: Prd, case: Case, conversation: State) -> Iterator[tuple[str, str, tuple[str, ...], str, str]]:
    """Measures, and risks with a fact that was told: place, owner, who can do it, what it is, and its matters."""
    hands = case.truth.hands
    measures: list[tuple[str, Goal | Guardrail]] = []
    measures += [(f"goals[{number}]", goal) for number, goal in enumerate(prd.goals, start=1)]
    measures += [(f"guardrails[{number}]", one) for number, one in enumerate(prd.guardrails, start=1)]
    for place, one in measures:
        if able := hands.for_metric(one.metric):
            labels = [matter.label for matter in MATTERS if one.metric in matter.metrics]
            what = f"{named(case, 'metrics', one.metric)}: it is watched by somebody who cannot do so this quarter"
            yield place, one.owner, able, what, "; ".join(labels)
    for number, risk in enumerate(prd.risks, start=1):
        if (able := hands.for_fact(risk.evidence)) and heard(case, risk.evidence, conversation):
            labels = [matter.label for matter in matters_of(risk.evidence)]
            what = f"“{risk.risk[:80]}” rests on {risk.evidence}, and belongs to somebody who can do nothing about that"
            yield f"risks[{number}]", risk.owner, able, what, "; ".join(labels)


@rubric.criterion(
    points=2,
    voice="ruth",
    skill="listen_and_synthesise",
    hints=(
        "Which date cannot move, and who told you?",
        "The end of the quarter in the memo is a wish; Ruth knows of an earlier date that is paid for.",
        "{{ facts.campaign_date.label }}",
    ),
    rests_on=("prd.launch",),
    expected="a day no later than the date that cannot move",
)
def launch_meets_the_campaign(prd: Prd, case: Case) -> Objections:
    """The launch is no later than the date that cannot move."""
    if prd.launch and prd.launch > case.truth.campaign:
        row = {"launch": day(prd.launch), "who knows the date that cannot move": "Ruth"}
        yield objection("launch", f"You launch on {day(prd.launch)}, after the date that cannot move.", "", row)
    return met(f"{day(prd.launch)}, in time for the campaign.")


@rubric.criterion(
    points=2,
    voice="wei",
    skill="plan_releases",
    hints=(
        "When can the fullest kind of work be done with its Must-Haves?",
        "The days of a role are those until the campaign. If its Must-Haves take 80 % of them, the launch cannot come "
        "before 80 % of that time is over.",
        "Building starts on {{ truth.build_starts | full_day }}, the campaign on {{ truth.campaign | full_day }}.",
    ),
    rests_on=("prd.launch", "board.placements", "musts_fit_every_role"),
    expected="a day on which the fullest role can have built its Must-Haves",
)
def launch_leaves_time_to_build(prd: Prd, board: Board, case: Case) -> Objections:
    """Between the start of building and the launch there is time for the Must-Haves of every role."""
    truth, days = case.truth, read_board(board, case).must_days()
    load = max(days.get(id, 0.0) / role.capacity for id, role in roles(case).items())
    ready = truth.build_starts + dt.timedelta(days=int(load * (truth.campaign - truth.build_starts).days))
    if prd.launch and prd.launch < ready:
        found = f"You launch on {day(prd.launch)}; by then the fullest role has not built its Must-Haves."
        yield objection("launch", found)
    return met(f"By {day(prd.launch)} the Must-Haves can be built.")


@rubric.criterion(
    points=2,
    voice="wei",
    skill="plan_releases",
    gate=True,
    hints=(
        "How many visits meet the first mistake?",
        f"Begin with at most {FIRST_SHARE} of 100, grow step by step, and be at 50 or more by the launch.",
        "If one half of the visits is your comparison, it has to stay one until the test has run its weeks.",
    ),
    rests_on=("prd.rollout", "prd.launch"),
    expected="few visits first, then more, half of them by the launch, and all only after the test",
)
def rollout_grows_in_steps(prd: Prd, case: Case) -> Objections:
    """The rollout starts small after building has begun, grows in dated steps, and leaves the test its time."""
    if prd.launch is None:
        raise NotYet("prd.launch", "It counts from the launch day, which is blank.")
    dated = [
        (f"rollout[{number}]", step.starts, step.share)
        for number, step in enumerate(prd.rollout, start=1)
        if step.starts is not None and step.share is not None
    ]
    if not len(prd.rollout) == len(dated) >= 2:
        yield objection("rollout", f"Steps with day and share: {len(dated)} of {len(prd.rollout)}.")
    for (_, starts, share), (place, later, more) in pairwise(dated):
        if later <= starts or more <= share:
            found = f"{amount(share)} of 100 from {day(starts)}, then {amount(more)} from {day(later)}."
            yield objection(place, found, "later steps on later days, for more visits")
    for place, starts, share in dated[:1]:
        if not 0 < share <= FIRST_SHARE:
            yield objection(f"{place}.share", f"The first step shows it in {amount(share)} of 100 visits.")
        if starts <= case.truth.build_starts:
            yield objection(f"{place}.starts", f"The first step is on {day(starts)}, before anything is built.")
    for place, _, share in dated[-1:]:
        if share > 100:
            yield objection(f"{place}.share", f"The last step shows it in {amount(share)} of 100 visits.")
    if not any(starts <= prd.launch and share >= 50 for _, starts, share in dated):
        yield objection("rollout", f"On the launch day, {day(prd.launch)}, fewer than half of the visits show it.")
    ends = _test_ends(prd, prd.launch)
    for place, starts, share in dated:
        if share > 50 and starts < ends:
            left = "nothing is" if share >= 100 else f"{amount(100 - share)} of 100 visits are"
            found = f"From {day(starts)} on {left} left to compare with, and your test runs until {day(ends)}."
            yield objection(f"{place}.starts", found)
    return met(f"{len(prd.rollout)} steps, each of which can be taken back.")


@rubric.criterion(
    points=2,
    voice="ruth",
    skill="decision_rights",
    hints=(
        "Whose signature counts for what?",
        "The table decision_rights has five areas. Look at the dates: some rows have run out.",
        "{% for area in entries.areas.values() %}{{ area.label }}: {{ people[area.approver].label }}. {% endfor %}",
    ),
    rests_on=("prd.approvals.model_api", "prd.approvals.wireframes", "prd.approvals.measures"),
    met="Everybody signs for what they answer for.",
    expected="for each area the approver whose row in decision_rights is valid today",
)
def approvers_hold_the_right(prd: Prd, case: Case) -> Objections:
    """Model, screens and measures are to be signed by those who approve them today."""
    for field in ("model_api", "wireframes", "measures"):
        area, who = areas(case)[field], getattr(prd.approvals, field)
        if who != area.approver:
            found = f"“{area.label}” is to be signed by {named(case, 'people', who)}."
            yield objection(f"approvals.{field}", found, "", {"table": "decision_rights", "area": area.id})


@rubric.criterion(
    points=1,
    voice="samir",
    skill="keep_decisions",
    hints=(
        "By when do people have to have signed?",
        "A page that is signed after building has begun is no agreement; one that is signed before the kick-off has "
        "not heard it.",
        "After {{ truth.kickoff | full_day }}, and no later than {{ truth.build_starts | full_day }}.",
    ),
    rests_on=("prd.sign_off_by",),
    expected="a day after the kick-off and no later than the start of building",
)
def sign_offs_come_before_building(prd: Prd, case: Case) -> Objections:
    """The page is to be signed after the kick-off and no later than building starts."""
    if prd.sign_off_by is None or not case.truth.kickoff < prd.sign_off_by <= case.truth.build_starts:
        yield objection("sign_off_by", f"To be signed by: {day(prd.sign_off_by)}.")
    return met(f"To be signed by {day(prd.sign_off_by)}, before building starts.")


def _test_ends(prd: Prd, launch: dt.date) -> dt.date:
    """The day on which the test has run its weeks, counted from the launch."""
    days = 7 * min(prd.test_weeks or 0.0, 520.0)
    return launch + dt.timedelta(days=max(0, round(days))) if launch.year < 9000 else launch
