"""Criteria for the plan of the brief (A12): the weeks are there, the sums can be worked out again, the quarter pays."""

from __future__ import annotations

from dataclasses import replace

from curriculum.artifacts.brief import Brief
from curriculum.artifacts.hypotheses import Hypotheses
from curriculum.artifacts.problem_statement import ProblemStatement
from curriculum.cases import Case
from curriculum.cases.cart_abandonment.draw import MONTH, QUARTER
from curriculum.cases.cart_abandonment.quarter import FREE_ML, FREE_WEB, REPAIRS, VOUCHERS
from curriculum.cases.cart_abandonment.truth import ENOUGH, HELD, Truth
from curriculum.roleplay.engine import State
from graders.cart_abandonment.register import rubric
from graders.cart_abandonment.world import CAUSE_OF, STEP_OF, actions, euros, named, not_told, plan_of, truth_of
from graders.common import near
from graders.rubric import Objections, met, objection

MONTH_SHARE, MONTH_EUROS = 0.08, 400.0
NET_SHARE, NET_EUROS = 0.08, 900.0
"""Sums may differ by this share, or by so many euros, since people round on the way."""
HARDLY = 1e-9
"""A share of people left out for comparison that changes no sum."""
NEEDED = {"pay": ("route_trial", "margin_order"), "price": ("margin_order",), "guest": ("guests_go_on", "margin_order")}
"""By repair: what no table shows and its worth rests on."""


@rubric.criterion(
    points=3,
    voice="bo",
    skill="scope_together",
    gate=True,
    hints=(
        "Add up the weeks.",
        "The table actions has the weeks of each step; the memo says how many there are. Web work does one step after "
        "the other, a score is built beside it.",
        f"{FREE_WEB} weeks of web work, {FREE_ML} of ML engineering: {{% for action in entries.actions.values() %}}"
        "{{ action.label }} {{ action.web_weeks }} + {{ action.ml_weeks }}{{ ', ' if not loop.last }}{% endfor %}.",
    ),
    rests_on=("brief.steps",),
    expected="steps, each once, whose weeks are there",
)
def weeks_are_there(brief: Brief, case: Case) -> Objections:
    """The steps of the plan fit the weeks of the quarter."""
    plan = plan_of(brief, case)
    if not plan.steps:
        yield objection("steps", "There is no step that anybody here can do.")
    if len(plan.steps) != len(brief.actions):
        yield objection("steps", "A step stands in the list twice, or nobody knows it.")
    if len([step for step in plan.steps if step in VOUCHERS]) > 1:
        yield objection("steps", "Two kinds of voucher run at once; nobody could tell what each of them does.")
    if not plan.fits:
        found = f"Your steps take {plan.web_weeks} weeks of web work and {plan.ml_weeks} of ML engineering."
        yield objection("steps", found, f"no more than {FREE_WEB} and {FREE_ML}")
    return met(f"{plan.web_weeks} of {FREE_WEB} weeks of web work, {plan.ml_weeks} of {FREE_ML} of ML engineering.")


def month_of(action: str, truth: Truth) -> tuple[float, ...]:
    """What an action brings in four weeks once it works: as the tables show it, and as it is."""
    if action in REPAIRS:
        return truth.shown.month[action], truth.worth.month[action]
    return (0.0,)


@rubric.criterion(
    points=4,
    voice="marta",
    skill="weigh_trade_offs",
    hints=(
        "Of the people who are lost there, how many would order, and what stays of an order?",
        "Another route: people whom that bank refused and who did not come back, by what Dele tried. Guests: people "
        "lost at the form, by what Yuki saw. The price: orders of 100 people early less late, times all people. Each "
        "times the margin of an order.",
        "{% for step, euros in truth.shown.month.items() %}{{ entries.actions[step].label }}: {{ euros | number }} €. "
        "{% endfor %}A faster page: nothing that anybody has seen.",
    ),
    rests_on=("brief.steps",),
    expected="with each step what it wins back in four weeks, counted from the tables and from what you were told",
)
def months_recompute(brief: Brief, case: Case, conversation: State) -> Objections:
    """What each step brings in four weeks follows from the tables and from what people said."""
    truth, sized = truth_of(case), 0
    for number, step in enumerate(brief.steps, start=1):
        if step.action in VOUCHERS or step.action not in actions(case):
            continue
        sized += 1
        place, what = f"steps[{number}].month_eur", named(case, "actions", step.action)
        yield from not_told(place, what, case, conversation, *NEEDED.get(step.action, ()))
        if not any(
            near(step.month_eur, euro, relative=MONTH_SHARE, absolute=MONTH_EUROS)
            for euro in month_of(step.action, truth)
        ):
            yield objection(place, f"{what}: {euros(step.month_eur)} in four weeks.")
    if not sized and not any(action in VOUCHERS for action in brief.actions):
        yield objection("steps", "There is no step whose worth could be worked out.")
    return met("What the steps bring can be worked out again.")


@rubric.criterion(
    points=4,
    voice="marta",
    skill="weigh_trade_offs",
    hints=(
        "From which week on does each step bring something, and what would its weeks have earned elsewhere?",
        f"What a step brings in four weeks, divided by {MONTH}, times the weeks left of {QUARTER} once it works; less "
        "every week of work at Marta's price. Where a bank mends its fault, your route brings nothing after that. "
        "Leave out by lot whom you compare with.",
        "{{ facts.week_price.label }} {{ facts.bank_desk.label }}",
    ),
    rests_on=("brief.net_quarter", "weeks_are_there", "months_recompute"),
    expected="what the steps bring once they work until the quarter ends, less what their weeks earn elsewhere",
)
def net_recomputes(brief: Brief, case: Case, conversation: State) -> Objections:
    """What the plan brings this quarter follows from its steps, their weeks and the price of a week."""
    truth, plan = truth_of(case), plan_of(brief, case)
    yield from not_told("net_quarter", "The sum of the quarter", case, conversation, "week_price")
    if "pay" in plan.steps:
        yield from not_told("net_quarter", "The weeks of the other route", case, conversation, "bank_desk")
    sums = [worth.net(plan) for worth in (truth.shown, truth.worth)]
    if plan.offer is not None:  # people also add it up as if nobody were left out
        sums.append(truth.shown.net(replace(plan, offer=replace(plan.offer, control=HARDLY))))
    if not any(near(brief.net_quarter, net, relative=NET_SHARE, absolute=NET_EUROS) for net in sums):
        row = {"stated": euros(brief.net_quarter), "weeks of work": plan.web_weeks + plan.ml_weeks}
        done = "; ".join(f"{named(case, 'actions', step)} after week {week}" for step, week in plan.done().items())
        yield objection(
            "net_quarter", f"You state {euros(brief.net_quarter)} for the quarter.", "", {**row, "works": done}
        )
    return met(f"{euros(brief.net_quarter)} in the quarter, as it can be worked out.")


@rubric.criterion(
    points=6,
    voice="gwen",
    skill="scope_together",
    hints=(
        "Is there a set of steps, or an order, that brings clearly more with the same weeks?",
        "What brings most per week goes first. A week that brings less than it would elsewhere is given back. And what "
        "mends itself needs no work of yours.",
        "For example: {% for step in truth.exemplars.best.steps %}{{ entries.actions[step].label }}"
        "{{ ', then ' if not loop.last }}{% endfor %}.",
    ),
    rests_on=("weeks_are_there", "net_recomputes"),
    expected=f"a plan that brings at least {ENOUGH:.0%} of what the best one does",
)
def plan_is_worth_it(brief: Brief, case: Case) -> Objections:
    """The plan brings about as much as any plan could, beyond what its weeks would earn elsewhere."""
    truth, plan = truth_of(case), plan_of(brief, case)
    if truth.worth.net(plan) < ENOUGH * truth.best:
        steps = ", then ".join(named(case, "actions", step) for step in plan.steps)
        row = {"weeks of web work": plan.web_weeks, "weeks of ML engineering": plan.ml_weeks}
        yield objection("steps", f"{steps}: other steps, or another order, bring clearly more.", "", row)
    return met("No plan brings clearly more.")


@rubric.criterion(
    points=4,
    voice="gwen",
    skill="write_specs",
    hints=(
        "Does your plan do something about your problem, and does each step rest on a hypothesis that held?",
        "From the problem to the hypothesis to the step: each has to name the next. A step whose cause was refuted "
        "needs a reason that nobody has.",
        "Held here: {% for id, cause in entries.causes.items() if truth.verdicts[id] == 'held' %}{{ cause.label }} "
        "({{ cause.actions | join }}). {% endfor %}",
    ),
    rests_on=("brief.steps", "verdicts_hold", "problem_statement.step"),
    expected="a step at the place of your problem, and with each step a hypothesis that held",
)
def chain_holds(brief: Brief, problem_statement: ProblemStatement, hypotheses: Hypotheses, case: Case) -> Objections:
    """The plan mends the problem, and each step rests on a hypothesis that held."""
    if problem_statement.step not in {STEP_OF.get(action) for action in brief.actions}:
        step = named(case, "steps", problem_statement.step)
        yield objection("steps", f"Your problem is at {step}, and no step of your plan is about it.")
    held = {entry.cause for entry in hypotheses.entries if entry.verdict == HELD}
    for number, action in enumerate(brief.actions, start=1):
        if not held & {*CAUSE_OF.get(action, ())}:
            yield objection(f"steps[{number}].action", f"{named(case, 'actions', action)} rests on no hypothesis that "
                            "held.")  # fmt: skip
    return met("From the problem to the hypotheses to the steps, each names the next.")
