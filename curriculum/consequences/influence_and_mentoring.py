"""What happened next: whether the ally began, what the year brought, and what stood on Pip's next page."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from curriculum.artifacts.base import Artifact
from curriculum.artifacts.coaching import Coaching
from curriculum.artifacts.memo import Memo
from curriculum.artifacts.proposal import Proposal
from curriculum.cases import Case, load_unseen
from curriculum.cases.base import frozen_columns, random
from curriculum.cases.influence_and_mentoring.allies import COST_OF
from curriculum.cases.influence_and_mentoring.draw import ACTIONS, DISCOUNT
from curriculum.cases.influence_and_mentoring.facts import TODAY
from curriculum.cases.influence_and_mentoring.people import ALLIES
from curriculum.cases.influence_and_mentoring.rules import RuleError, chosen, reads_score
from curriculum.consequences.influence_figure import Cohorts, drawing
from curriculum.consequences.late import Late, came_out_late
from curriculum.consequences.outcome import SURE, Better, Change, Comparison, Goal, Outcome, Result
from curriculum.consequences.pips_page import Later, next_page
from curriculum.roleplay.engine import State

COHORTS = 12
"""A cohort a month: a twelfth of the segment comes before the rule each month."""
NEVER = COHORTS + 1
MONTH = dt.timedelta(days=30)


@dataclass(frozen=True)
class Year:
    """What one plan brings, by cohort."""

    net: np.ndarray
    """€."""
    awake: float
    """People who left and would have stayed."""
    kept: float


def consequence(case: Case, artifacts: Mapping[str, Artifact], conversation: State | None) -> Outcome | None:
    """The year after the memo; None while there is no proposal whose rule runs, or no memo to an ally."""
    proposal, memo, coaching = (artifacts.get(name) for name in ("proposal", "memo", "coaching"))
    if not isinstance(proposal, Proposal) or not isinstance(memo, Memo) or memo.reader not in ALLIES:
        return None
    if proposal.action not in ACTIONS:
        return None
    starts, why = _starts(case, memo)
    try:
        mine = year(case, proposal.rule, proposal.action, starts)
    except RuleError:
        return None
    page = next_page(case, coaching if isinstance(coaching, Coaching) else Coaching())
    return _outcome(case, proposal, memo, mine, starts, why, page, conversation)


def _starts(case: Case, memo: Memo) -> tuple[int, str]:
    """The month in which the ally begins, and what happened in a sentence."""
    ally, name = case.truth.allies[memo.reader], case.people[memo.reader].first_name
    if not ally.can:
        reason = {
            "limit": "the limit of contacts was reached",
            "days": f"{ally.days_real} days were there and {ally.days_needed} were needed",
            "own_metric": f"their own number went the other way, to {ally.expected:g}",
        }[ally.stops]
        return NEVER, f"{name} said yes, and nothing began: {reason}. It was seen in week 6."
    honest = memo.metric == ally.metric and memo.their_cost == COST_OF[ally.id]
    enough = (memo.ask_days or 0.0) >= ally.days_needed and (memo.ask_eur or 0.0) <= ally.limit_eur
    if honest and enough:
        return 1, f"{name} began within two weeks."
    if honest:
        return 3, f"{name} wanted it, but not with this ask; it was asked anew and began in the third month."
    return 5, f"{name} put it on a list, since it spoke of other people's numbers or hid its price."


def year(case: Case, rule: str, action: str, starts: int, luck: str = "year") -> Year:
    """Twelve cohorts of people whom no table shows, of whom those that come from `starts` on are offered the action.

    `luck` names the stream of chance: a control that runs beside has its own. Raises RuleError.
    """
    unseen = load_unseen(case.slug, case.seed)
    assert unseen is not None
    people, truth = unseen.truth.campaign, case.truth
    takes = chosen(rule, unseen.columns["campaign"])
    month = np.arange(len(takes)) % COHORTS + 1
    chance = random(case.slug, case.seed, luck).normal(0, 1, COHORTS)
    scale = truth.size / len(takes)
    net, awake, kept = np.zeros(COHORTS), 0.0, 0.0
    for cohort in range(max(1, starts), COHORTS + 1):
        rows = takes & (month == cohort)
        effect, base = people.effect[action][rows], people.untouched[rows]
        stay = base + effect
        many = scale * effect.sum()
        many += chance[cohort - 1] * math.sqrt(scale * float((stay * (1 - stay)).sum()))
        paid = float(stay.sum()) if action == DISCOUNT else float(rows.sum())
        score = truth.score_cost / COHORTS if reads_score(rule) else 0.0
        net[cohort - 1] = many * truth.margin * truth.months - scale * paid * truth.costs[action] - score
        awake += scale * float(-effect[effect < 0].sum())
        kept += scale * float(effect.sum())
    return Year(net, awake, kept)


def _outcome(
    case: Case, proposal: Proposal, memo: Memo, mine: Year, starts: int, why: str, page: Later,
    conversation: State | None,
) -> Outcome:  # fmt: skip
    truth = case.truth
    risky = year(case, "risk == 'high'", DISCOUNT, 1, "control")
    best = year(case, truth.best_rule, truth.action, 1)
    total, gained = float(mine.net.sum()), float(best.net.sum())
    compared = _compared(mine, risky)
    until = TODAY + COHORTS * MONTH
    late = _late(case, proposal, memo, conversation, until)
    name = case.people[memo.reader].first_name
    begun = f"{name} began in month {starts}" if starts < NEVER else f"{name} never began"
    results = {
        "net": Result(float(round(total, -2)), "€ in the first year", Better.MORE),
        "starts_month": Result(float(starts), "month in which the first arm began (13: never)", Better.LESS),
        "driven_away": Result(float(round(mine.awake)), "people who left and would have stayed", Better.LESS),
        "kept": Result(float(round(mine.kept)), "people kept who would have left", Better.MORE),
        "pip_repeats": Result(float(page.wrong), "of eight fields wrong on Pip's next page", Better.LESS),
        "never_asked": Result(float(len(late)), "things that came out late since nobody asked", Better.LESS),
    }
    goals = (
        Goal("An ally began within a month", starts == 1),
        Goal("The year brought at least 80 of 100 € of the best that is known", total >= 0.8 * gained),
        Goal("Nobody's own number was harmed by it", truth.allies[memo.reader].stops != "own_metric"),
        Goal("Pip's next page has at most two fields that are wrong", page.wrong <= 2),
    )
    months = np.arange(1, COHORTS + 1)
    return Outcome(
        headline=f"{begun}; {_gain(total)} in the first year, {compared.says}; Pip's next page has {page.wrong} of "
        "its 8 fields wrong",
        sentences=(
            why,
            f"{mine.kept:,.0f} people more still paid than with nothing; the best that is known "
            f"would have brought {_euros(gained)}.",
            *([f"{mine.awake:,.0f} people left who would have stayed."] if mine.awake >= 1 else []),
            *page.sentences,
        ),
        table=frozen_columns(
            month=months, yours=np.round(np.cumsum(mine.net), -1), riskiest=np.round(np.cumsum(risky.net), -1),
            nothing=np.zeros(COHORTS),
        ),
        results=results,
        goals=goals,
        alt=(
            f"Two charts. Above, € added up over twelve months: as proposed it ends at {_euros(total)}, a discount for "
            f"the riskiest third at {_euros(float(risky.net.sum()))}, nothing at 0. Below, Pip's eight fields today "
            f"and a month later: {len(truth.shape.flawed)} wrong today, {page.wrong} wrong then."
        ),
        draw=drawing(
            Cohorts(np.cumsum(mine.net), np.cumsum(risky.net)), page.names, page.before, page.after
        ),
        compared=(compared,),
        late=late,
        until=until,
    )  # fmt: skip


def _compared(mine: Year, risky: Year) -> Comparison:
    """The year beside a discount for the riskiest third, by cohort, with the interval of the mean difference."""
    gap = mine.net - risky.net
    change, error = float(gap.sum()), float(gap.std(ddof=1)) * math.sqrt(COHORTS)
    found = Comparison(
        "€ of a year, beside a discount for the riskiest third", "", Change.UNCLEAR, change, change - SURE * error,
        change + SURE * error, tuple(float(value) for value in risky.net),
    )  # fmt: skip
    words = {
        Change.MORE: f"{_euros(abs(change))} more than a discount for the riskiest third",
        Change.LESS: f"{_euros(abs(change))} less than a discount for the riskiest third",
        Change.UNCLEAR: "and whether a discount for the riskiest third would have brought more, nobody can tell",
    }
    return replace(found, says=words[found.shows], claims=found.shows)


def _gain(value: float) -> str:
    return _euros(value) if value >= 0 else f"a loss of {_euros(-value)}"


def _euros(value: float) -> str:
    return f"{round(float(value), -2):,.0f} €".replace("-", "−")


def _late(
    case: Case, proposal: Proposal, memo: Memo, conversation: State | None, until: dt.date
) -> tuple[Late, ...]:  # fmt: skip
    """What nobody had asked and nothing in the documents had dealt with anyway."""
    truth = case.truth
    spared = {
        "score_split": proposal.model != "score",
        "score_needs": proposal.model != "score",
        "contact_limit": (proposal.guardrail_limit or math.inf) <= truth.opt_outs,
        "noa_real_days": memo.reader != "noa",
        "freeze_days": memo.reader != "ruben",
        "ruben_bonus": memo.reader != "ruben",
        "starts_move": memo.reader != "sigrid",
    }
    return came_out_late(case, conversation, until, {fact for fact, done in spared.items() if done})
