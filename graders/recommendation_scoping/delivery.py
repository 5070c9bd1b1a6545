"""Criteria for how the plan reaches people (A03): risks, launch, rollout, and who signs."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

from curriculum.artifacts.agenda import Agenda
from curriculum.artifacts.prd import Prd
from curriculum.cases import Case
from graders.common import listed, word_count
from graders.recommendation_scoping.phrases import amount, day, named
from graders.recommendation_scoping.register import rubric
from graders.recommendation_scoping.world import areas, metrics
from graders.rubric import Verdict, met, unmet

FIRST_SHARE = 10
"""The first step shows the new row to at most so many of 100 visitors."""


@rubric.criterion(
    points=1,
    voice="wei",
    skill="plan_releases",
    hints=(
        "What did you hear that could still go wrong?",
        "At least two risks, each with the fact behind it, what you do about it, and one person.",
    ),
)
def risks_rest_on_facts(prd: Prd, case: Case) -> Verdict:
    """At least two risks are named, each with the fact behind it, an answer and one owner."""
    rows = [
        {"risk": risk.risk or "(blank)", "fact": risk.evidence or "(none)", "owner": risk.owner or "nobody"}
        for risk in prd.risks
        if not (word_count(risk.risk) >= 3 and word_count(risk.answer) >= 3 and risk.evidence in case.facts
                and risk.owner in case.people)
    ]  # fmt: skip
    if rows:
        return unmet(
            f"“{rows[0]['risk']}”: fact {rows[0]['fact']}, owner {rows[0]['owner']}.",
            "with each risk a fact, an answer and an owner", *rows
        )  # fmt: skip
    if len({risk.evidence for risk in prd.risks}) < 2:
        return unmet(f"Risks on different facts: {len({risk.evidence for risk in prd.risks})}.", "at least two")
    return met(f"{len(prd.risks)} risks, each with its fact and its owner.")


@rubric.criterion(
    points=1,
    voice="ruth",
    skill="listen_and_synthesise",
    hints=(
        "Which date cannot move, and who told you?",
        "The end of the quarter in the memo is a wish; Ruth knows of an earlier date that is paid for.",
    ),
)
def launch_meets_the_campaign(prd: Prd, case: Case) -> Verdict:
    """The launch is no later than the date that cannot move, and after building has begun."""
    truth = case.truth
    row = {
        "launch": day(prd.launch),
        "campaign begins": day(truth.campaign),
        "building starts": day(truth.build_starts),
    }
    if prd.launch is None:
        return unmet("No launch date is given.", "the day on which half of the visitors see the row", row)
    if truth.build_starts < prd.launch <= truth.campaign:
        return met(f"{day(prd.launch)}, in time for the campaign.", row)
    when = "after the campaign has begun" if prd.launch > truth.campaign else "before building has begun"
    return unmet(f"You launch on {day(prd.launch)}, {when}.", f"by {day(truth.campaign)}", row)


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
)
def rollout_grows_in_steps(prd: Prd, case: Case) -> Verdict:
    """The rollout starts small, grows in dated steps that can be taken back, and leaves the test its time."""
    steps = prd.rollout
    rows = [{"from": day(step.starts), "of 100": amount(step.share), "taken back if": step.stop_if or "(blank)"}
            for step in steps]  # fmt: skip
    dated = [(step.starts, step.share) for step in steps if step.starts is not None and step.share is not None]
    problem = ""
    if len(steps) < 2 or len(dated) < len(steps):
        problem = f"Steps with day and share: {len(dated)} of {len(steps)}"
    elif any(after[0] <= before[0] or after[1] <= before[1] for before, after in pairwise(dated)):
        problem = "A later step does not come later, or does not show the row to more people"
    elif not 0 < dated[0][1] <= FIRST_SHARE or dated[-1][1] > 100:
        problem = f"The steps go from {dated[0][1]:g} to {dated[-1][1]:g} of 100 visitors"
    elif any(word_count(step.stop_if) < 3 for step in steps):
        problem = "A step does not say what takes it back"
    elif prd.launch is None or not any(start <= prd.launch and share >= 50 for start, share in dated):
        problem = f"On the launch day, {day(prd.launch)}, fewer than half of the visitors see it"
    elif early := [start for start, share in dated if share > 50 and start < _test_ends(prd, case)]:
        problem = f"From {day(early[0])} on nobody is left to compare with, and the test runs until " \
                  f"{day(_test_ends(prd, case))}"  # fmt: skip
    if problem:
        return unmet(
            f"{problem}.", f"first at most {FIRST_SHARE} of 100, then more, 50 by the launch, all after the test", *rows
        )
    return met(f"{len(steps)} steps, each of which can be taken back.", *rows)


@rubric.criterion(
    points=1,
    voice="ruth",
    skill="decision_rights",
    gate=True,
    hints=(
        "Whose signature counts for what?",
        "The table decision_rights has five areas. Look at the dates: one row has run out.",
    ),
)
def approvers_hold_the_right(prd: Prd, case: Case) -> Verdict:
    """Each of the five areas is signed by the person who approves it today."""
    rows, wrong = [], []
    for area in areas(case).values():
        signed = [approval.who for approval in prd.approvals if approval.area == area.id]
        rows.append(
            {"area": area.label, "signed by": listed(signed) if signed else "nobody", "approver": area.approver}
        )
        if signed != [area.approver]:
            wrong.append(area)
    if wrong:
        area = wrong[0]
        signed = [approval.who for approval in prd.approvals if approval.area == area.id]
        who = named(case, "people", signed) if signed else "nobody"
        return unmet(f"“{area.label}” is signed by {who}.", f"{case.people[area.approver].label}, and only once", *rows)
    return met("Everybody signs for what they answer for.", *rows)


@rubric.criterion(
    points=1,
    voice="samir",
    skill="keep_decisions",
    hints=(
        "Did people sign what is on the page now?",
        "Every signature is dated on or after the last edit, and before building starts.",
    ),
)
def signatures_follow_the_last_edit(prd: Prd, case: Case) -> Verdict:
    """Every sign-off is dated on or after the last edit, and no later than building starts."""
    truth, last = case.truth, prd.last_edited
    rows = [{"area": approval.area or "(blank)", "signed on": day(approval.on), "last edited": day(last)}
            for approval in prd.approvals]  # fmt: skip
    if last is None or last < truth.kickoff:
        return unmet(f"Last edited: {day(last)}.", f"a day from the kick-off on, {day(truth.kickoff)}", *rows)
    for approval in prd.approvals:
        if approval.on is None or not last <= approval.on <= truth.build_starts:
            return unmet(
                f"“{named(case, 'areas', [approval.area])}” is signed on {day(approval.on)}.",
                f"from {day(last)}, the last edit, to {day(truth.build_starts)}, when building starts", *rows
            )  # fmt: skip
    if not prd.approvals:
        return unmet("Nobody has signed.", "signatures after the last edit")
    return met(f"Everybody signed what was last edited on {day(last)}.", *rows)


@rubric.criterion(
    points=1,
    voice="tomas",
    skill="decision_rights",
    hints=(
        "Is the person who decided the scope the one who signs it?",
        "The decider of the kick-off page and whoever signs “Scope and launch date” must be the same person.",
    ),
)
def one_decider_on_both_pages(prd: Prd, agenda: Agenda, case: Case) -> Verdict:
    """Who has the last word on scope in the kick-off signs the scope in the PRD."""
    signed = [approval.who for approval in prd.approvals if approval.area == "scope"]
    row = {"kick-off page": agenda.decider or "nobody", "PRD": listed(signed) if signed else "nobody"}
    if agenda.decider and signed and all(who == agenda.decider for who in signed):
        return met(f"{named(case, 'people', [agenda.decider])} on both pages.", row)
    return unmet(
        f"{named(case, 'people', [agenda.decider])} decides, {named(case, 'people', signed) if signed else 'nobody'} "
        f"signs.", "the same person", row
    )  # fmt: skip


def _test_ends(prd: Prd, case: Case) -> dt.date:
    """The day on which the longest goal for people or business has been measured, counted from the launch."""
    sorts = {id: metric.sort for id, metric in metrics(case).items()}
    weeks = [
        measure.weeks for measure in prd.measures
        if measure.use == "goal" and measure.weeks and sorts.get(measure.metric) in ("business", "user")
    ]  # fmt: skip
    start = prd.launch or case.truth.campaign
    days = 7 * min(max(weeks, default=0.0), 520.0)
    return start + dt.timedelta(days=max(0, round(days))) if start.year < 9000 else start
