"""The world of `cart_abandonment`: what must hold on every seed, recomputed from what learners see."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from curriculum.cases import VARIANTS, Case, load_case
from curriculum.cases.cart_abandonment.draw import SCORE
from curriculum.cases.cart_abandonment.quarter import MODEL, PAY, RULE, Offer, Plan, best_offers, plans
from curriculum.cases.cart_abandonment.trials import RISK, UPLIFT
from curriculum.cases.cart_abandonment.truth import ENOUGH, HELD, Truth, kind_of
from tests.helpers.worlds import over_worlds

SLUG = "cart_abandonment"
SEEDS = range(VARIANTS)
SOME = (0, 5, 17, 40, 63)


def case_of(seed: int) -> Case:
    return load_case(SLUG, seed)


def truth_of(seed: int) -> Truth:
    truth: Truth = case_of(seed).truth
    return truth


@over_worlds(SOME)
def test_losses_and_rates_can_be_counted_again_from_the_tables(seed: int) -> None:
    case, truth = case_of(seed), truth_of(seed)
    sessions, later = case.tables.sessions, case.tables.orders_later
    people = sessions[sessions["pointer_events"] > 0]
    gone = people[~people["customer"].isin(later["customer"])]
    checkout = people[people["ended_at"] != "cart"]
    for step, ends in (("delivery_price", "delivery price"), ("account_form", "account form")):
        lost = int((gone["ended_at"] == ends).sum())
        assert truth.loss(step, machines=False, comers_back=False) == pytest.approx(lost * truth.draw.margin)
        assert truth.rate(step, "checkout", "left_step", False, False) == pytest.approx(100 * lost / len(checkout))
    refused = gone[(gone["ended_at"] == "payment") & (gone["pays_with"] == truth.draw.bank)]
    assert truth.shown.month[PAY] == pytest.approx(len(refused) * truth.draw.route_passes / 20 * truth.draw.margin)


@over_worlds(SOME)
def test_what_a_voucher_brings_can_be_worked_out_from_the_test(seed: int) -> None:
    case, truth = case_of(seed), truth_of(seed)
    table, draw = case.tables.voucher_test, truth.draw
    rows = table[(table["sorted_by"] == UPLIFT) & (table["part"] == truth.unseen_part) & (table["decile"] >= 9)]
    yes, no = (rows[rows["offered"] == arm].reset_index() for arm in ("yes", "no"))
    more = yes["orders"] / yes["customers"] - no["orders"] / no["customers"]
    net = more * draw.margin - yes["used"] / yes["customers"] * draw.voucher - 0.05
    month = draw.offered / 10 * net.sum() * draw.coverage / 100 - draw.model_month
    assert truth.shown.offer_month(Offer(UPLIFT, (9, 10))) == pytest.approx(month, rel=0.03, abs=500)


@over_worlds(SEEDS)
def test_the_tempting_numbers_are_wrong_in_every_world(seed: int) -> None:
    truth = truth_of(seed)
    assert 26 <= truth.memo_rate <= 44
    assert truth.memo_rate - truth.people_rate >= 5.5, "machines make up much of the memo's rate"
    largest = max(truth.lost, key=lambda step: truth.lost[step])
    assert largest == "cart" and truth.recoverable["cart_page"] == 0, "the longest bar cannot be won back"
    riskiest = Offer(RISK, (8, 10))
    assert truth.worth.offer_month(riskiest) < 0 and truth.shown.offer_month(riskiest) < 0
    learned, unseen = (world.reactions[UPLIFT].uplift[-1] for world in (truth.learned, truth.shown))
    assert learned - unseen > 0.12, "what a score knows by heart looks better"
    points = 100 * truth.shown.month["price"] / truth.people / truth.draw.margin
    assert truth.price_drop_points > 1.9 * points, "the drop falls by far more than orders rise"


@over_worlds(SEEDS)
def test_verdicts_show_in_the_tables(seed: int) -> None:
    truth = truth_of(seed)
    seen, verdicts, draw = truth.seen, truth.verdicts, truth.draw
    assert (seen["price_surprises"] > 0.9) == (verdicts["price_surprises"] == HELD)
    assert (seen["account_is_lost"] < 50) == (verdicts["account_is_lost"] == HELD)
    assert (seen["score_reacts"] > 15) == (verdicts["score_reacts"] == HELD)
    assert abs(seen["risk_reacts"]) < 2.5
    assert seen["bank_stays_shut"] > 3 * 100 * draw.others_refuse, "one bank stands out"
    best_score = truth.shown.offer_month(Offer(UPLIFT, (10, 10))) + draw.model_month
    assert (best_score > 0) == (draw.responds == SCORE)


@pytest.mark.slow
def test_right_choices_are_spread() -> None:
    kinds = Counter(truth_of(seed).voucher for seed in SEEDS)
    assert min(kinds["none"], kinds[RULE], kinds[MODEL]) >= 12 and kinds["none"] <= 40
    places = Counter(max(truth_of(seed).recoverable.items(), key=lambda item: item[1])[0] for seed in SEEDS)
    assert max(places.values()) <= 0.6 * VARIANTS and min(places.values()) >= 0.1 * VARIANTS
    good = Counter[tuple[str, ...]]()
    for seed in SEEDS:
        truth = truth_of(seed)
        good.update({plan.steps for net, plan in plans(truth.worth) if net >= ENOUGH * truth.best})
    assert max(good.values()) <= 0.35 * VARIANTS, "no plan is good in more than a third of the worlds"


@pytest.mark.slow
def test_what_the_tables_show_is_enough_to_choose_well() -> None:
    kept = []
    for seed in SEEDS:
        truth = truth_of(seed)
        _, chosen = plans(truth.shown)[0]
        kept.append(truth.worth.net(chosen) / truth.best)
    assert np.mean(np.array(kept) >= ENOUGH) >= 0.95


@over_worlds(SEEDS)
def test_two_good_plans_whose_steps_hold(seed: int) -> None:
    truth = truth_of(seed)
    for name, plan in truth.exemplars.items():
        assert plan.fits and truth.worth.net(plan) >= ENOUGH * truth.best
        assert kind_of(plan) == truth.voucher
        assert truth.problems[name] in truth.recoverable


def test_a_plan_counts_its_weeks() -> None:
    plan = Plan(("guest", "voucher_model"))
    assert plan.done() == {"guest": 4, "voucher_model": 5} and plan.fits
    assert not Plan(("pay", "price", "guest")).fits
    truth = truth_of(0)
    nothing = truth.worth.net(Plan(()))
    assert nothing == 0
    slow = truth.worth.net(Plan(("faster_page",)))
    assert slow == pytest.approx(-3 * truth.draw.web_week)


def test_the_best_offer_is_the_best() -> None:
    worth = truth_of(4).worth
    best = best_offers(worth)[MODEL]
    for first in range(1, 11):
        assert worth.offer_month(Offer(UPLIFT, (first, 10))) <= worth.offer_month(best) + 1e-9
