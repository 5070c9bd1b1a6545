"""The quarter of `cart_abandonment`: steps work once they are done, vouchers go out, and a bank may mend itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from curriculum.artifacts.base import Artifact
from curriculum.artifacts.brief import Brief
from curriculum.artifacts.problem_statement import ProblemStatement
from curriculum.cases import Case
from curriculum.cases.base import frozen_columns, random
from curriculum.cases.cart_abandonment.draw import MONTH, QUARTER, SLUG
from curriculum.cases.cart_abandonment.facts import START
from curriculum.cases.cart_abandonment.quarter import CODE_SEEKERS, MODEL, PAY, PRICE, VOUCHERS, Offer, Plan, Worth
from curriculum.cases.cart_abandonment.traffic import STEPS
from curriculum.cases.cart_abandonment.trials import DECILES, RISK, UPLIFT, USED
from curriculum.cases.cart_abandonment.truth import ENOUGH, Truth
from curriculum.consequences.cart_figure import Quarter, Vouchers, draw
from curriculum.consequences.late import Late, came_out_late
from curriculum.consequences.outcome import Better, Change, Comparison, Goal, Outcome, Result, rates_compared, signed
from curriculum.roleplay.engine import State
from curriculum.support.dates import day_month

OLD_SHOP = 0.1
"""People whom the lot keeps in the shop as it was, as a share of those in the tables, to whom they do not belong."""
MEMO = Plan((MODEL,), Offer(RISK, (DECILES - 2, DECILES), control=0.0))
"""What the memo asked for: a voucher for the three deciles that are most likely to leave, and nobody left out."""


@dataclass(frozen=True)
class Run:
    """What a plan did in the quarter."""

    weeks: np.ndarray
    """Euros by week, without the price of the weeks of work."""
    net: float
    vouchers: Vouchers
    seekers: float
    """People who left a cart for a code."""
    idle_weeks: float
    """Weeks of work on what brought less than the weeks would have earned elsewhere."""
    orders: Comparison
    """Those who were offered a voucher against those who were left out by lot; where nobody was offered one, people in
    the new shop against those whom the lot keeps in the old one."""


def consequence(case: Case, artifacts: Mapping[str, Artifact], conversation: State | None) -> Outcome | None:
    """The quarter as it goes with this brief; None while there is no brief, or no step in it."""
    brief = artifacts.get("brief")
    if not isinstance(brief, Brief):
        return None
    plan = _plan(brief, case)
    if not plan.steps:
        return None
    truth: Truth = case.truth
    return _outcome(case, truth, brief, plan, artifacts, conversation)


def _plan(brief: Brief, case: Case) -> Plan:
    """What the learner decided; steps for which there are no weeks are done when there is time, or never."""
    known = case.registry.entries("actions")
    steps = tuple(dict.fromkeys(action for action in brief.actions if action in known))
    voucher, kind = brief.voucher, next((step for step in steps if step in VOUCHERS), "")
    if voucher.decision != "offer" or not kind:
        return Plan(steps)
    control = min(max((voucher.control_percent or 0.0) / 100, 0.0), 1.0)
    if kind == MODEL and voucher.sorted_by in (RISK, UPLIFT):
        first, last = (int(min(max(one or DECILES, 1), DECILES)) for one in (voucher.first_decile, voucher.last_decile))
        return Plan(steps, Offer(voucher.sorted_by, (min(first, last), max(first, last)), control=control))
    if kind != MODEL and voucher.sorted_by == "group" and voucher.group in case.registry.entries("voucher_groups"):
        return Plan(steps, Offer("group", group=voucher.group, control=control))
    return Plan(steps)


def run(truth: Truth, plan: Plan, seed: int) -> Run:
    """A plan for a quarter of 13 weeks in one world."""
    worth = truth.worth
    weeks, done = worth.weeks(plan), plan.done()
    elsewhere = plan.web_weeks * worth.draw.web_week + plan.ml_weeks * worth.draw.ml_week
    idle = 0.0
    for step in plan.steps:
        alone = worth.weeks(Plan((step,), plan.offer if step in VOUCHERS else None)).sum()
        one = Plan((step,))
        if alone < one.web_weeks * worth.draw.web_week + one.ml_weeks * worth.draw.ml_week:
            idle += one.web_weeks + one.ml_weeks
    live = next((done[step] for step in plan.steps if step in VOUCHERS), QUARTER)
    left = max(QUARTER - live, 0)
    if plan.offer is None or not left:
        shop = _orders_in_the_shop(truth, plan, seed)
        return Run(weeks, float(weeks.sum()) - elsewhere, Vouchers(0.0, 0.0), 0.0, idle, shop)
    offer = plan.offer
    changed, anyway = (amount * (1 - offer.control) * left / MONTH for amount in worth.changed(offer))
    seekers = 0.0
    if offer.control <= 0:
        seekers = float(worth.changed(offer)[1] / MONTH * CODE_SEEKERS * np.arange(1, left + 1).sum())
    orders = _orders(worth, offer, left, seed)
    return Run(
        weeks, float(weeks.sum()) - elsewhere, Vouchers(changed * USED, anyway * USED), seekers, idle, orders
    )  # fmt: skip


def _orders_in_the_shop(truth: Truth, plan: Plan, seed: int) -> Comparison:
    """Orders of people in the shop as it is, and of those whom the lot always keeps in the shop as it was: a tenth on
    top of the people in the tables. Compared from the week on in which the first step works."""
    traffic, worth = truth.traffic, truth.worth
    ordered = traffic.people & ((traffic.left == len(STEPS)) | traffic.back)
    usual = float(ordered.sum()) / truth.people
    people = truth.people / MONTH
    start = min(plan.done().values(), default=QUARTER)
    gained = worth.weeks(Plan(tuple(step for step in plan.steps if step not in VOUCHERS)))[start:]
    rng = random(SLUG, seed, "run")
    n, kept = np.full(len(gained), round(people)), np.full(len(gained), round(people * OLD_SHOP))
    happened = rng.binomial(n, np.clip(usual + gained / worth.draw.margin / people, 0.0, 1.0))
    before = rng.binomial(kept, usual)
    return rates_compared(
        "orders of people in the new shop, in percent",
        (happened.tolist(), n.tolist()),
        (before.tolist(), kept.tolist()),
    )


def _orders(worth: Worth, offer: Offer, left: int, seed: int) -> Comparison:
    """Orders of those who were offered a voucher and of those who were left out by lot, week by week."""
    base, uplift, shares = worth.rates(offer)
    usual = float(shares @ base / shares.sum())
    more = float(shares @ uplift / shares.sum())
    people = worth.people(offer) / MONTH
    rng = random(SLUG, seed, "run")
    tried = (np.full(left, round(people * (1 - offer.control))), np.full(left, round(people * offer.control)))
    rates = (min(max(usual + more, 0.0), 1.0), usual)
    happened = [rng.binomial(n, rate) for n, rate in zip(tried, rates, strict=True)]
    test, control = ((h.tolist(), n.tolist()) for h, n in zip(happened, tried, strict=True))
    return rates_compared("orders of those who were offered a voucher, in percent", test, control)


def _outcome(
    case: Case,
    truth: Truth,
    brief: Brief,
    plan: Plan,
    artifacts: Mapping[str, Artifact],
    conversation: State | None,
) -> Outcome:
    own, memo = run(truth, plan, case.seed), run(truth, MEMO, case.seed)
    until = START + dt.timedelta(days=7 * QUARTER)
    unasked = _unasked(case, truth, brief, plan, conversation, until)
    results = {
        "net_quarter": Result(float(np.round(own.net)), "€ in the quarter beyond what the weeks earn elsewhere",
                              Better.MORE),
        "margin_quarter": Result(float(np.round(own.weeks.sum())), "€ of margin in the quarter", Better.MORE),
        "vouchers_wasted": Result(float(np.round(own.vouchers.anyway)), "vouchers for people who order anyway",
                                  Better.LESS),
        "orders_changed": Result(float(np.round(own.vouchers.changed)), "orders that a voucher has brought",
                                 Better.MORE),
        "code_seekers": Result(float(np.round(own.seekers)), "people who left a cart for a code", Better.LESS),
        "idle_weeks": Result(own.idle_weeks, "weeks of work that earn more elsewhere", Better.LESS),
        "memo_net": Result(float(np.round(memo.net)), "€ in the quarter with the memo's plan"),
        "beside_best": Result(float(np.round(100 * own.net / truth.best)), "percent of what the best plan brings",
                              Better.MORE),
        "never_asked": Result(float(len(unasked)), "things that came out late since nobody asked", Better.LESS),
    }  # fmt: skip
    headline, compared = _headline(truth, plan, own)
    offered = plan.offer is not None
    quarter = Quarter(
        weeks=np.arange(1, QUARTER + 1),
        plan=_since_the_start(truth.worth, plan, own),
        memo=_since_the_start(truth.worth, MEMO, memo),
        done=tuple(
            (week, case.registry.label("actions", step)) for step, week in plan.done().items() if week < QUARTER
        ),
        own=own.vouchers,
        theirs=memo.vouchers,
    )
    return Outcome(
        headline=headline,
        sentences=tuple(_sentences(case, truth, plan, own, memo, artifacts)),
        table=frozen_columns(
            week=quarter.weeks.copy(), plan_eur=np.round(quarter.plan), memo_eur=np.round(quarter.memo)
        ),
        results=results,
        goals=(
            Goal("The quarter brings about as much as it could", own.net >= ENOUGH * truth.best),
            Goal("The weeks of work are there", plan.fits),
            Goal("Who got a voucher can be compared with people who got none", not offered or _has_control(plan)),
            Goal("A voucher, where one is offered, earns what it costs", not offered or _earns(truth, plan)),
        ),
        alt=(
            f"Two charts. Above, thousand euros since the start of the quarter over {QUARTER} weeks, after the price "
            f"of the weeks of work: your plan ends at {own.net / 1000:,.0f}, the memo's at {memo.net / 1000:,.0f}. "
            f"Below, people who used a voucher: with your plan {own.vouchers.changed:,.0f} changed by it and "
            f"{own.vouchers.anyway:,.0f} who would have ordered anyway, with the memo's {memo.vouchers.changed:,.0f} "
            f"and {memo.vouchers.anyway:,.0f}."
        ),
        draw=lambda figure: draw(figure, quarter),
        compared=compared,
        late=unasked,
        until=until,
    )


def _since_the_start(worth: Worth, plan: Plan, done: Run) -> np.ndarray:
    """Euros that have come together by week, less what the weeks of work done so far would have earned."""
    week = np.arange(1, QUARTER + 1)
    web = np.minimum(week, plan.web_weeks) * worth.draw.web_week
    ml = np.minimum(week, plan.ml_weeks) * worth.draw.ml_week
    return np.asarray(np.cumsum(done.weeks) - web - ml)


def _has_control(plan: Plan) -> bool:
    return plan.offer is not None and plan.offer.control > 0


def _earns(truth: Truth, plan: Plan) -> bool:
    return plan.offer is not None and truth.worth.offer_month(plan.offer) > 0


def _unasked(
    case: Case, truth: Truth, brief: Brief, plan: Plan, conversation: State | None, until: dt.date
) -> tuple[Late, ...]:
    """What nobody had asked, as far as something came of it under this plan."""
    offered = plan.offer is not None
    by_score = offered and plan.offer is not None and plan.offer.sorted_by == UPLIFT
    comes_to_nothing = {
        "score_coverage": MODEL not in plan.steps,
        "learned_part": not by_score or brief.voucher.part == truth.unseen_part,
        "learned_to_wait": not offered or _has_control(plan),
    }
    return came_out_late(case, conversation, until, {fact for fact, spared in comes_to_nothing.items() if spared})


def _headline(truth: Truth, plan: Plan, own: Run) -> tuple[str, tuple[Comparison, ...]]:
    """The finding, and the comparison that it rests on."""
    money = f"{own.net:,.0f} €" if own.net >= 0 else f"a loss of {-own.net:,.0f} €"
    first = f"The quarter ends with {money} beyond the price of its weeks"
    words = _told(own.orders, plan)
    said = replace(own.orders, says=words, claims=own.orders.shows)
    if plan.offer is None:
        nothing = "no model and no voucher were needed for it" if own.net > 0 else "nobody got a voucher"
        return f"{first}; {nothing}; {words}", (said,)
    used = own.vouchers.changed + own.vouchers.anyway
    tenth = round(10 * own.vouchers.anyway / used) if used > 0 else 10
    return f"{first}; {tenth} of 10 vouchers changed nothing; {words}", (said,)


def _told(orders: Comparison, plan: Plan) -> str:
    """What the people who were left out by lot can tell."""
    if not np.isfinite(orders.low):
        return "nobody can tell what it did to orders, since nobody was left to compare with"
    digits = 0 if plan.offer is not None else 1
    between = f"{signed(orders.low, digits)} to {signed(orders.high, digits)} %"
    if orders.shows is Change.UNCLEAR:
        return f"whether orders changed, the comparison cannot tell ({between})"
    verb = "rose" if orders.shows is Change.MORE else "fell"
    whom = "those left out by lot" if plan.offer is not None else "those whom the lot keeps in the old shop"
    return f"against {whom}, orders {verb} by {abs(orders.change):.{digits}f} % ({between})"


def _sentences(
    case: Case, truth: Truth, plan: Plan, own: Run, memo: Run, artifacts: Mapping[str, Artifact]
) -> list[str]:
    label = case.registry.label
    said = []
    for step, week in plan.done().items():
        alone = float(truth.worth.weeks(Plan((step,), plan.offer if step in VOUCHERS else None)).sum())
        live = float(truth.worth.weeks(replace(plan, steps=_until(plan, step))).sum())
        before = float(truth.worth.weeks(replace(plan, steps=_until(plan, step)[:-1])).sum())
        brought = live - before if alone else 0.0
        said.append(
            f"{label('actions', step)} works after week {week} and brings {brought:,.0f} € until the end of week "
            f"{QUARTER}."
        )
    if not plan.fits:
        said.append("The weeks for all of that were not there, so other teams had to wait.")
    repaired = truth.draw.bank_repairs
    if repaired and PAY in plan.steps:
        said.append(
            f"{truth.bank} mended its fault by itself after week {truth.draw.repair_week}; from then on your other "
            f"route had nothing left to do."
        )
    elif repaired:
        said.append(f"{truth.bank} mended its fault by itself after week {truth.draw.repair_week}, as it had said.")
    if PRICE in plan.steps and not truth.draw.price_recovers:
        said.append("With the price in the cart, people left one page earlier, and hardly anybody ordered after all.")
    if plan.offer is not None:
        said.append(
            f"Vouchers were used by {own.vouchers.changed + own.vouchers.anyway:,.0f} people; "
            f"{own.vouchers.anyway:,.0f} of them would have ordered anyway."
        )
        if own.seekers:
            said.append(f"Since everybody was offered one, {own.seekers:,.0f} people left their cart to get a code.")
    said.append(
        f"The memo's plan, a voucher for the three deciles most likely to leave, would have ended with {memo.net:,.0f} "
        f"€: {memo.vouchers.changed:,.0f} people would have been changed, after five weeks of ML engineering."
    )
    problem = artifacts.get("problem_statement")
    if isinstance(problem, ProblemStatement) and problem.step == "cart_page":
        said.append("Most of those who leave the cart had only been looking, and so it stayed.")
    first = next(iter(plan.done().values()))
    said.append(f"The first change was live on {day_month(START + dt.timedelta(days=7 * first))}.")
    return said


def _until(plan: Plan, step: str) -> tuple[str, ...]:
    return plan.steps[: plan.steps.index(step) + 1]
