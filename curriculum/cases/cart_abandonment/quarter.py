"""What a plan is worth in one quarter: steps in their order, with a voucher or without; the same for review and run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import permutations

import numpy as np

from curriculum.cases.cart_abandonment.draw import MONTH, QUARTER, Draw
from curriculum.cases.cart_abandonment.trials import DECILES, GROUPS, OFFER, RISK, UPLIFT, USED, Reaction

PAY, PRICE, GUEST, RULE, MODEL, FASTER = "pay", "price", "guest", "voucher_rule", "voucher_model", "faster_page"
REPAIRS = (PAY, PRICE, GUEST)
VOUCHERS = (RULE, MODEL)
WEB_WEEKS: Mapping[str, int] = {PAY: 2, PRICE: 2, GUEST: 4, RULE: 1, MODEL: 1, FASTER: 3}
ML_WEEKS: Mapping[str, int] = {MODEL: 5}
FREE_WEB, FREE_ML = 6, 5
"""Weeks of web work and of ML engineering that the quarter has."""
CODE_SEEKERS = 0.03
"""Where nobody is left without the offer, so that nobody sees it, so many more of those who would have ordered anyway
leave for a code, each week."""


@dataclass(frozen=True)
class Offer:
    """To whom a voucher goes."""

    sorted_by: str
    """risk, uplift or group."""
    deciles: tuple[int, int] = (1, DECILES)
    """The first and the last decile, 10 for the highest score."""
    group: str = ""
    control: float = 0.1
    """The share of these people, drawn by lot, who are not offered it."""

    @property
    def needs_model(self) -> bool:
        return self.sorted_by in (RISK, UPLIFT)


@dataclass(frozen=True)
class Plan:
    """Steps in the order in which web work does them."""

    steps: tuple[str, ...]
    offer: Offer | None = None

    @property
    def web_weeks(self) -> int:
        return sum(WEB_WEEKS.get(step, 0) for step in self.steps)

    @property
    def ml_weeks(self) -> int:
        return sum(ML_WEEKS.get(step, 0) for step in self.steps)

    @property
    def fits(self) -> bool:
        """Whether the weeks are there."""
        return self.web_weeks <= FREE_WEB and self.ml_weeks <= FREE_ML

    def done(self) -> dict[str, int]:
        """By step: the week after which it works."""
        weeks, done = 0, dict[str, int]()
        for step in self.steps:
            weeks += WEB_WEEKS.get(step, 0)
            done[step] = max(weeks, ML_WEEKS.get(step, 0))
        return done


@dataclass(frozen=True)
class Worth:
    """Euros that things bring, either as they are or as the tables show them."""

    month: Mapping[str, float]
    """By repair: margin in four weeks."""
    reactions: Mapping[str, Reaction]
    draw: Draw

    def rates(self, offer: Offer) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Of those to whom it goes, by decile or group: who order anyway, how many more do, their share of all."""
        so = self.reactions[offer.sorted_by]
        if offer.sorted_by == "group":
            rows = np.array([group == offer.group for group in GROUPS])
        else:
            rows = (np.arange(1, DECILES + 1) >= offer.deciles[0]) & (np.arange(1, DECILES + 1) <= offer.deciles[1])
        return so.base[rows], so.uplift[rows], so.shares[rows]

    def reached(self, offer: Offer) -> float:
        """The share of carts for which it is known in time whether somebody is one of these."""
        return self.draw.coverage / 100 if offer.needs_model else 1.0

    def people(self, offer: Offer) -> float:
        """People a month to whom it is offered, before any are left out for comparison."""
        return float(self.draw.offered * self.rates(offer)[2].sum()) * self.reached(offer)

    def voucher_cost(self, offer: Offer) -> float:
        """Euros a month for vouchers and offers, before any are left out for comparison."""
        base, uplift, shares = self.rates(offer)
        each = USED * (base + uplift) * self.draw.voucher + OFFER
        return float(self.draw.offered * shares @ each) * self.reached(offer)

    def offer_month(self, offer: Offer) -> float:
        """Net euros a month of an offer to all of these who are reached, with what the score costs to run."""
        base, uplift, shares = self.rates(offer)
        each = uplift * self.draw.margin - USED * (base + uplift) * self.draw.voucher - OFFER
        net = float(self.draw.offered * shares @ each) * self.reached(offer)
        return net - (self.draw.model_month if offer.needs_model else 0.0)

    def changed(self, offer: Offer) -> tuple[float, float]:
        """People a month whom the offer changes, and people who use it and would have ordered anyway."""
        base, uplift, shares = self.rates(offer)
        many = self.draw.offered * self.reached(offer)
        return float(many * shares @ uplift), float(many * shares @ base)

    def weeks(self, plan: Plan) -> np.ndarray:
        """Euros by week of the quarter, before what the weeks of work would earn elsewhere."""
        week = np.arange(1, QUARTER + 1)
        total, done = np.zeros(QUARTER), plan.done()
        for step in plan.steps:
            live = week > done[step]
            if step in self.month:
                until = self.draw.repair_week if step == PAY else QUARTER
                total += np.where(live & (week <= until), self.month[step] / MONTH, 0.0)
            elif step in VOUCHERS and plan.offer is not None:
                total += np.where(live, self._offered(plan.offer, week - done[step]), 0.0)
        return total

    def _offered(self, offer: Offer, since: np.ndarray) -> np.ndarray:
        """Euros of an offer by weeks since it began."""
        run = self.draw.model_month if offer.needs_model else 0.0
        net = (self.offer_month(offer) + run) * (1 - offer.control) - run
        by_week = np.full(len(since), net / MONTH)
        if offer.control <= 0:
            seekers = self.changed(offer)[1] * CODE_SEEKERS * np.clip(since, 0, None)
            by_week = by_week - seekers * self.draw.voucher / MONTH
        return by_week

    def net(self, plan: Plan) -> float:
        """Euros that a plan brings in the quarter beyond what its weeks of work would earn elsewhere."""
        elsewhere = plan.web_weeks * self.draw.web_week + plan.ml_weeks * self.draw.ml_week
        return float(self.weeks(plan).sum()) - elsewhere


@cache
def orders_of_steps() -> tuple[tuple[str, ...], ...]:
    """All orders of repairs and at most one kind of voucher for which there are weeks, doing nothing among them."""
    found: list[tuple[str, ...]] = []
    for kinds in ((), *((voucher,) for voucher in VOUCHERS)):
        pool = (*REPAIRS, *kinds)
        for length in range(len(pool) + 1):
            found += [steps for steps in permutations(pool, length) if Plan(steps).fits]
    return tuple(dict.fromkeys(found))


def best_offers(worth: Worth) -> Mapping[str, Offer]:
    """By kind of voucher: the group or the deciles that bring most, with a tenth left out for comparison."""
    spans = [(a, b) for a in range(1, DECILES + 1) for b in range(a, DECILES + 1)]
    scored = [Offer(way, span) for way in (UPLIFT, RISK) for span in spans]
    return {RULE: Offer("group", group=worth.draw.reacts), MODEL: max(scored, key=worth.offer_month)}


def plans(worth: Worth) -> list[tuple[float, Plan]]:
    """All plans with what they are worth, the best first; vouchers go to those for whom they bring most."""
    offers = best_offers(worth)
    found = []
    for steps in orders_of_steps():
        kind = next((step for step in steps if step in VOUCHERS), "")
        plan = Plan(steps, offers.get(kind))
        found.append((worth.net(plan), plan))
    return sorted(found, key=lambda pair: -pair[0])


def without_control(plan: Plan) -> Plan:
    """The same plan with the offer made to everybody of the group."""
    return plan if plan.offer is None else replace(plan, offer=replace(plan.offer, control=0.0))
