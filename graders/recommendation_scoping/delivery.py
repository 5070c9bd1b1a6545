"""Criteria for how the plan reaches people (A03): risks, launch, rollout, and who signs."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

from curriculum.artifacts.agenda import Agenda
from curriculum.artifacts.prd import Prd
from curriculum.cases import Case
from graders.common import word_count
from graders.recommendation_scoping.phrases import amount, day, named
from graders.recommendation_scoping.register import rubric
from graders.recommendation_scoping.world import areas, metrics
from graders.rubric import NotYet, Objections, met, objection

FIRST_SHARE = 10
"""The first step shows the new row to at most so many of 100 visitors."""
LEAST_RISKS = 2


@rubric.criterion(
    points=1,
    voice="wei",
    skill="plan_releases",
    hints=(
        "What did you hear that could still go wrong?",
        "At least two risks, each with the fact behind it, what you do about it, and one person.",
    ),
    rests_on=("prd.risks",),
    expected="two risks on different facts, each with a few words, an answer and an owner",
)
def risks_rest_on_facts(prd: Prd, case: Case) -> Objections:
    """At least two risks are named, each with the fact behind it, an answer and one owner."""
    for number, risk in enumerate(prd.risks, start=1):
        place, what = f"risks[{number}]", f"“{risk.risk[:80] or '(blank)'}”"
        if word_count(risk.risk) < 3:
            yield objection(f"{place}.risk", f"Risk {number} is {what}.")
        if word_count(risk.answer) < 3:
            yield objection(f"{place}.answer", f"{what}: your answer is “{risk.answer or '(blank)'}”.")
        if risk.evidence not in case.facts:
            yield objection(f"{place}.evidence", f"{what} rests on {risk.evidence[:40] or 'no fact'}.")
        if risk.owner not in case.people:
            yield objection(f"{place}.owner", f"{what}: the owner is {named(case, 'people', risk.owner)}.")
    if (facts := len({risk.evidence for risk in prd.risks})) < LEAST_RISKS:
        yield objection("risks", f"Facts on which your risks rest: {facts}.")
    return met(f"{len(prd.risks)} risks, each with its fact and its owner.")


@rubric.criterion(
    points=1,
    voice="ruth",
    skill="listen_and_synthesise",
    hints=(
        "Which date cannot move, and who told you?",
        "The end of the quarter in the memo is a wish; Ruth knows of an earlier date that is paid for.",
        "{{ facts.campaign_date.label }}",
    ),
    expected="a day after building has begun, and no later than the date that cannot move",
)
def launch_meets_the_campaign(prd: Prd, case: Case) -> Objections:
    """The launch is no later than the date that cannot move, and after building has begun."""
    if prd.launch is None:
        yield objection("launch", "No launch day is given.")
    elif prd.launch > case.truth.campaign:
        row = {"launch": day(prd.launch), "who knows the date that cannot move": "Ruth"}
        yield objection("launch", f"You launch on {day(prd.launch)}, after the date that cannot move.", "", row)
    elif prd.launch <= case.truth.build_starts:
        yield objection("launch", f"You launch on {day(prd.launch)}, before building has begun.")
    return met(f"{day(prd.launch)}, in time for the campaign.")


@rubric.criterion(
    points=1,
    voice="wei",
    skill="plan_releases",
    hints=(
        "How many visitors meet the first mistake?",
        f"Begin with at most {FIRST_SHARE} of 100, grow step by step, be at 50 or more by the launch, and say with "
        "each step what takes it back.",
        "If one half of the visitors is your comparison, it has to stay one until the test has run its weeks.",
    ),
    rests_on=("prd.rollout",),
    expected="few visitors first, then more, half of them by the launch, and all only after the test",
)
def rollout_grows_in_steps(prd: Prd, case: Case) -> Objections:
    """The rollout starts small, grows in dated steps that can be taken back, and leaves the test its time."""
    if prd.launch is None:
        raise NotYet("prd.launch", "It counts from the launch day, which is blank.")
    dated = [
        (f"rollout[{number}]", step.starts, step.share)
        for number, step in enumerate(prd.rollout, start=1)
        if step.starts is not None and step.share is not None
    ]
    if not len(prd.rollout) == len(dated) >= 2:
        yield objection("rollout", f"Steps with day and share: {len(dated)} of {len(prd.rollout)}.")
    for number, step in enumerate(prd.rollout, start=1):
        if word_count(step.stop_if) < 3:
            found = f"Step {number} is taken back if: {step.stop_if or '(blank)'}."
            yield objection(f"rollout[{number}].stop_if", found, "with each step, what takes it back")
    for (_, starts, share), (place, later, more) in pairwise(dated):
        if later <= starts or more <= share:
            found = f"{amount(share)} of 100 from {day(starts)}, then {amount(more)} from {day(later)}."
            yield objection(place, found, "later steps on later days, for more people")
    for place, _, share in dated[:1]:
        if not 0 < share <= FIRST_SHARE:
            yield objection(f"{place}.share", f"The first step shows it to {amount(share)} of 100 visitors.")
    for place, _, share in dated[-1:]:
        if share > 100:
            yield objection(f"{place}.share", f"The last step shows it to {amount(share)} of 100 visitors.")
    if not any(starts <= prd.launch and share >= 50 for _, starts, share in dated):
        yield objection("rollout", f"On the launch day, {day(prd.launch)}, fewer than half of the visitors see it.")
    ends = _test_ends(prd, prd.launch, case)
    for place, starts, share in dated:
        if share > 50 and starts < ends:
            found = f"From {day(starts)} on nobody is left to compare with, and your test runs until {day(ends)}."
            yield objection(f"{place}.starts", found)
    return met(f"{len(prd.rollout)} steps, each of which can be taken back.")


@rubric.criterion(
    points=1,
    voice="ruth",
    skill="decision_rights",
    gate=True,
    hints=(
        "Whose signature counts for what?",
        "The table decision_rights has five areas. Look at the dates: one row has run out.",
        "{% for area in entries.areas.values() %}{{ area.label }}: {{ people[area.approver].label }}. {% endfor %}",
    ),
    rests_on=("prd.approvals",),
    met="Everybody signs for what they answer for.",
    expected="for each area one signature, by the approver whose row in decision_rights is valid today",
)
def approvers_hold_the_right(prd: Prd, case: Case) -> Objections:
    """Each of the five areas is to be signed by the person who approves it today."""
    for area in areas(case).values():
        signed = {f"approvals[{n}].who": one.who for n, one in enumerate(prd.approvals, start=1) if one.area == area.id}
        if list(signed.values()) != [area.approver]:
            place = next((place for place, who in signed.items() if who != area.approver), "approvals")
            found = f"“{area.label}” is to be signed by {named(case, 'people', *signed.values())}."
            yield objection(place, found, "", {"table": "decision_rights", "area": area.id})


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


@rubric.criterion(
    points=1,
    voice="tomas",
    skill="decision_rights",
    hints=(
        "Is the person who decided the scope the one who signs it?",
        "The decider of the kick-off page and whoever signs “Scope and launch date” must be the same person.",
    ),
    rests_on=("prd.approvals", "agenda.decider"),
    expected="the same person on both pages",
)
def one_decider_on_both_pages(prd: Prd, agenda: Agenda, case: Case) -> Objections:
    """Who has the last word on scope in the kick-off signs the scope in the PRD."""
    decider = named(case, "people", agenda.decider)
    signed = {f"approvals[{n}].who": one.who for n, one in enumerate(prd.approvals, start=1) if one.area == "scope"}
    for place, who in (signed or {"approvals": ""}).items():
        if who != agenda.decider:
            yield objection(place, f"{decider} decides, {named(case, 'people', who)} signs.")
    return met(f"{decider} on both pages.")


def _test_ends(prd: Prd, launch: dt.date, case: Case) -> dt.date:
    """The day on which the longest goal for people or business has been measured, counted from the launch."""
    sorts = {id: metric.sort for id, metric in metrics(case).items()}
    weeks = [
        measure.weeks for measure in prd.measures
        if measure.use == "goal" and measure.weeks and sorts.get(measure.metric) in ("business", "user")
    ]  # fmt: skip
    days = 7 * min(max(weeks, default=0.0), 520.0)
    return launch + dt.timedelta(days=max(0, round(days))) if launch.year < 9000 else launch
