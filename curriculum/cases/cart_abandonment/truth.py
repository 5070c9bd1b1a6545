"""What is so by construction in `cart_abandonment`, and what its tables show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from curriculum.cases.base import Columns
from curriculum.cases.cart_abandonment.draw import GROUP, QUARTER, SCORE, Draw
from curriculum.cases.cart_abandonment.entries import BANK_NAMES, STEP_ENDS
from curriculum.cases.cart_abandonment.quarter import (
    FASTER,
    GUEST,
    MODEL,
    PAY,
    PRICE,
    RULE,
    VOUCHERS,
    WEB_WEEKS,
    Offer,
    Plan,
    Worth,
)
from curriculum.cases.cart_abandonment.traffic import STEPS, Traffic, counted
from curriculum.cases.cart_abandonment.trials import DECILES, GROUPS, RISK, UPLIFT, Reaction

HELD, REFUTED, NOT_KNOWN = "held", "refuted", "not_known"
ENOUGH = 0.85
"""A plan is good that brings so much of what the best one does."""


@dataclass(frozen=True)
class Truth:
    """What rubrics, fixtures and the consequence may read."""

    draw: Draw
    traffic: Traffic
    worth: Worth
    """What plans are worth."""
    shown: Worth
    """What they seem to be worth by the tables and what people tell, which is as near as one can come."""
    learned: Worth
    """What it seems to be worth on people from whom the uplift score has learned."""
    unseen_part: str
    """The part of the voucher test that the uplift score has not seen."""
    seen: Mapping[str, float]
    """By cause: the number, of 100, by which the data decide it."""
    best: float
    """Euros of the best plan in the quarter."""
    exemplars: Mapping[str, Plan]
    """Two good plans."""
    lost: Mapping[str, int]
    """By step: people who left there and did not order within seven days."""
    memo_rate: float
    """Sessions that leave the checkout page, of 100 that open it; machines are counted along."""
    people_rate: float
    """The same for people alone."""
    server_ms: int
    """Milliseconds in which 95 of 100 answers of the score come."""
    slot_ms: int
    """Milliseconds after which an offer is no longer shown."""
    risk_precision: int
    """Of 100 in the three deciles that the risk score calls most likely to leave, who do not order by themselves."""
    price_drop_points: float
    """By how many of 100 people fewer leave the checkout when the price is shown early."""

    @property
    def bank(self) -> str:
        """The name of the failing bank."""
        return BANK_NAMES[self.draw.bank]

    @property
    def people(self) -> int:
        """People with a cart in the four weeks."""
        return int(self.traffic.people.sum())

    @property
    def machines_percent(self) -> float:
        return 100 * (1 - self.people / len(self.traffic.people))

    def rate(self, step: str, denominator: str, numerator: str, machines: bool, comers_back: bool) -> float | None:
        """A rate of 100, counted as the picks of a problem statement say; None where there is nobody."""
        place = STEPS.index(STEP_ENDS[step])
        lost, of = counted(self.traffic, place, denominator, numerator, machines, comers_back)
        return 100 * lost / of if of else None

    def loss(self, step: str, machines: bool, comers_back: bool) -> float:
        """Euros of margin in four weeks that leave at a step."""
        gone = self.traffic.left == STEPS.index(STEP_ENDS[step])
        gone = gone if machines else gone & self.traffic.people
        return float((gone if comers_back else gone & ~self.traffic.back).sum()) * self.draw.margin

    @property
    def recoverable(self) -> Mapping[str, float]:
        """By step: euros a month that own work can win back; a bank that mends itself leaves little of it."""
        gains = recoverable(self.worth)
        return {
            "cart_page": 0.0, "delivery_price": gains[PRICE], "account_form": gains[GUEST], "address_form": 0.0,
            "payment": gains[PAY],
        }  # fmt: skip

    @property
    def problems(self) -> Mapping[str, str]:
        """By exemplar: a step at which about as much can be won back as anywhere, and which its plan mends; of two,
        the exemplars take one each."""
        at = {PAY: "payment", PRICE: "delivery_price", GUEST: "account_form"}
        gains = self.recoverable
        found = dict[str, str]()
        for name, plan in self.exemplars.items():
            large = [at[s] for s in plan.steps if s in at and gains[at[s]] >= ENOUGH * max(gains.values())]
            ranked = sorted(large, key=lambda step: -gains[step])
            found[name] = next((step for step in ranked if step not in found.values()), ranked[0])
        return found

    @property
    def verdicts(self) -> Mapping[str, str]:
        """By cause: what the data and the people say."""
        said = {
            "bank_stays_shut": not self.draw.bank_repairs, "price_surprises": self.draw.price_recovers,
            "account_is_lost": self.draw.account_lost, "risk_reacts": False,
            "score_reacts": self.draw.responds == SCORE, "group_reacts": self.draw.responds == GROUP,
        }  # fmt: skip
        slow = REFUTED if self.draw.sped_up else NOT_KNOWN
        return {**{cause: HELD if so else REFUTED for cause, so in said.items()}, "page_is_slow": slow}

    @property
    def voucher(self) -> str:
        """The kind of voucher that pays: voucher_rule, voucher_model, or none."""
        return kind_of(self.exemplars["best"])

    @property
    def speaks(self) -> Mapping[str, frozenset[str]]:
        """By step: tables and facts that speak for winning something back there."""
        draw = self.draw
        return {
            "payment": frozenset() if draw.bank_repairs else frozenset({"bank_desk", "route_trial"}),
            "delivery_price": frozenset({"price_test", "moved_or_gone"} if draw.price_recovers else ()),
            "account_form": frozenset({"guests_go_on", *(("orders_later",) if draw.account_lost else ())}),
        }

    @property
    def hit(self) -> Mapping[str, str]:
        """By step: the group that is hit most."""
        return {
            "payment": self.draw.bank, "account_form": "guests", "delivery_price": "dear_delivery",
            "cart_page": "everybody", "address_form": "everybody",
        }  # fmt: skip

    @property
    def returns(self) -> Mapping[str, frozenset[str]]:
        """By action: what brings it back where it is left out. What is worth its weeks waits for weeks alone."""
        draw, free = self.draw, "weeks_free"
        own = {
            PAY: "bank_has_not_mended" if draw.bank_repairs else "refusals_rise",
            PRICE: free if draw.price_recovers else "price_orders_rise",
            GUEST: free if draw.account_lost else "account_stays_away",
            RULE: {GROUP: free, SCORE: "group_stands_out"}.get(draw.responds, "new_test_reacts"),
            MODEL: {GROUP: "score_beats_rule", SCORE: free if draw.in_time else "score_in_time"}.get(
                draw.responds, "new_test_reacts"
            ),
            FASTER: "pages_get_slower" if draw.sped_up else "faster_is_tried",
        }  # fmt: skip
        also = {free} if not draw.bank_repairs else set[str]()
        return {action: frozenset({when} | (also if action == PAY else set())) for action, when in own.items()}

    def causes_of(self, exemplar: str) -> list[str]:
        """The causes that an exemplar puts side by side: those behind its steps, and others that it rules out."""
        behind = {PAY: "bank_stays_shut", PRICE: "price_surprises", GUEST: "account_is_lost", RULE: "group_reacts",
                  MODEL: "score_reacts"}  # fmt: skip
        vouchers, steps = ("score_reacts", "risk_reacts"), ("account_is_lost",)
        if exemplar == "second":
            vouchers, steps = ("score_reacts", "group_reacts"), ("page_is_slow",)
        found = ["price_surprises", *(behind[step] for step in self.exemplars[exemplar].steps), *vouchers]
        found += ["bank_stays_shut"] if exemplar == "best" else []
        found = list(dict.fromkeys(found))
        of_the_shop = [cause for cause in found if not cause.endswith("_reacts")]
        # Two on steps of the shop at least.
        return found if len(of_the_shop) > 1 else [*found, steps[0]]

    def net_shown(
        self, steps: Sequence[str], sorted_by: str = "", first: int = 1, last: int = DECILES, group: str = ""
    ) -> float:
        """Euros in the quarter that some plan seems to bring, with a tenth left out where it has an offer."""
        offer = Offer(sorted_by, (first, last), group) if sorted_by else None
        return self.shown.net(Plan(tuple(steps), offer))

    def is_worth_it(
        self, steps: Sequence[str], sorted_by: str = "", first: int = 1, last: int = DECILES, group: str = ""
    ) -> bool:
        """Whether some plan brings about as much as any could."""
        offer = Offer(sorted_by, (first, last), group) if sorted_by else None
        return self.worth.net(Plan(tuple(steps), offer)) >= ENOUGH * self.best

    def weeks_of(self, steps: Sequence[str]) -> int:
        """Weeks of web work that some steps take."""
        return Plan(tuple(steps)).web_weeks

    def month_sum(self, steps: Sequence[str]) -> float:
        """Euros that the repairs among some steps seem to bring in four weeks."""
        return sum(self.shown.month.get(step, 0.0) for step in steps)

    @property
    def risk_month(self) -> float:
        """Euros that an offer to the three riskiest deciles seems to bring in four weeks."""
        return self.shown.offer_month(Offer(RISK, (DECILES - 2, DECILES)))

    @property
    def risk_budget(self) -> float:
        """Euros that its vouchers cost in four weeks."""
        return self.shown.voucher_cost(Offer(RISK, (DECILES - 2, DECILES)))

    def offer(self, exemplar: str) -> Offer:
        """Whom an exemplar offers a voucher, or has looked at for one before it left it."""
        offered = self.exemplars[exemplar].offer
        if offered is not None:
            return offered
        looked = self.looked_at()
        best_alone = looked.sorted_by == UPLIFT and exemplar == "second"
        return Offer(UPLIFT, (DECILES, DECILES)) if best_alone else looked

    def looked_at(self) -> Offer:
        """Whom one would offer a voucher, if anybody: the group or the deciles for which it seems to bring most."""
        if self.draw.responds == GROUP:
            return Offer("group", group=self.draw.reacts)
        if self.draw.responds == SCORE:
            return Offer(UPLIFT, span_that_pays(self.shown))
        return Offer(UPLIFT, (DECILES - 1, DECILES))


def recoverable(worth: Worth) -> Mapping[str, float]:
    """By repair: euros a month that own work can win back; a bank that mends itself leaves little of it."""
    own = (min(worth.draw.repair_week, QUARTER) - WEB_WEEKS[PAY]) / (QUARTER - WEB_WEEKS[PAY])
    return {**worth.month, PAY: worth.month[PAY] * own}


def holding(draw: Draw) -> frozenset[str]:
    """Actions whose cause holds in a world."""
    so = {
        PAY: not draw.bank_repairs, PRICE: draw.price_recovers, GUEST: draw.account_lost,
        RULE: draw.responds == GROUP, MODEL: draw.responds == SCORE,
    }  # fmt: skip
    return frozenset(action for action, holds in so.items() if holds)


def kind_of(plan: Plan) -> str:
    """The kind of voucher in a plan; none where there is none."""
    return next((step for step in plan.steps if step in VOUCHERS), "none")


def span_that_pays(worth: Worth) -> tuple[int, int]:
    """The highest deciles of the uplift score that bring most together."""
    return max(
        ((first, DECILES) for first in range(1, DECILES + 1)), key=lambda span: worth.offer_month(Offer(UPLIFT, span))
    )


def what_tests_show(
    by_decile: Columns, groups: Columns, part: str, so: Mapping[str, Reaction]
) -> Mapping[str, Reaction]:
    """Who orders without and how many more with a voucher, as the tables of the test show it for one part."""

    def read(table: Columns, rows: np.ndarray, shares: np.ndarray) -> Reaction:
        yes, no = rows & (table["offered"] == "yes"), rows & (table["offered"] == "no")
        with_, without = (table["orders"][one] / table["customers"][one] for one in (yes, no))
        return Reaction(without, with_ - without, shares)

    risk = by_decile["sorted_by"] == RISK
    uplift = (by_decile["sorted_by"] == UPLIFT) & (by_decile["part"] == part)
    everyone = np.ones(2 * len(GROUPS), bool)
    return {
        RISK: read(by_decile, risk, so[RISK].shares),
        UPLIFT: read(by_decile, uplift, so[UPLIFT].shares),
        "group": read(groups, everyone, so["group"].shares),
    }


def price_effect(table: Columns, what: str = "orders_7_days") -> float:
    """A count of the price test as a share of people: shown early less shown late."""
    early = table["shown"] == "early"
    with_, without = (table[what][one].sum() / table["people"][one].sum() for one in (early, ~early))
    return float(with_ - without)


def what_is_seen(traffic: Traffic, shown: Mapping[str, Reaction], effect: float, reacts: str) -> dict[str, float]:
    """By cause: the number, of 100, that its note names."""
    people, left, day = traffic.people, traffic.left, traffic.sessions["day"]
    phone = traffic.sessions["device"] == "phone"
    bank = people & traffic.failing & (left >= STEPS.index("payment"))
    account = people & (left == STEPS.index("account form"))
    opened = people & phone & (left >= 1)
    late, early = (opened & half for half in (day > 14, day <= 14))
    drops = [float((left[half] < STEPS.index("payment")).mean()) for half in (late, early)]
    return {
        "bank_stays_shut": 100 * float((left[bank] == STEPS.index("payment")).mean()),
        "price_surprises": 100 * effect,
        "account_is_lost": 100 * float(traffic.back[account].mean()),
        "risk_reacts": 100 * float(shown[RISK].uplift[-3:].mean()),
        "score_reacts": 100 * float(shown[UPLIFT].uplift[-1]),
        "group_reacts": 100 * float(shown["group"].uplift[GROUPS.index(reacts)]),
        "page_is_slow": 100 * (drops[0] - drops[1]),
    }


__all__ = ["ENOUGH", "HELD", "MODEL", "NOT_KNOWN", "REFUTED", "Truth", "kind_of", "price_effect", "what_is_seen"]
