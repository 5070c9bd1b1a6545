"""What can be cited in `cart_abandonment`, and how what nobody asked comes out during the quarter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from curriculum.cases.base import Fact, Surfaces, by_id, random
from curriculum.cases.cart_abandonment.draw import QUARTER, SLUG, Draw
from curriculum.cases.cart_abandonment.entries import BANK_NAMES
from curriculum.cases.cart_abandonment.quarter import FREE_ML, FREE_WEB
from curriculum.cases.cart_abandonment.traffic import STEPS, Traffic
from curriculum.cases.cart_abandonment.trials import CUSTOMERS, OFFER, PRICE_WEEKS
from curriculum.support.dates import full_day

START = dt.date(2027, 4, 5)
"""The Monday on which the quarter begins."""

OTHER_SHOPS = 70.19
"""Percent of carts that are left, on the average of 49 studies of other shops (Baymard Institute)."""


@dataclass(frozen=True)
class Told:
    """Numbers that no table shows; they are drawn once and told in the conversation."""

    went_on: int
    """Of 20 people in recordings who met a dear delivery price in the cart, how many ordered."""
    right_with: int
    right_without: int
    slot_ms: int
    score_ms: int
    wait_for_codes: int


def make_told(seed: int, draw: Draw) -> Told:
    """One seed's private numbers."""
    rng = random(SLUG, seed, "told")
    return Told(
        went_on=int(rng.integers(7, 11)) if draw.price_recovers else int(rng.integers(0, 2)),
        right_with=int(rng.integers(97, 100)),
        right_without=int(rng.integers(66, 79)),
        slot_ms=20 * int(rng.integers(10, 18)),
        score_ms=10 * int(rng.integers(9, 16)),
        wait_for_codes=int(rng.integers(6, 15)),
    )


def make_facts(draw: Draw, told: Told, traffic: Traffic, memo_rate: float) -> Mapping[str, Fact]:
    """Everything that can be cited, with who tells it; facts of the brief have nobody."""
    bank = BANK_NAMES[draw.bank]
    left = traffic.people & (traffic.left < len(STEPS))
    came_back = round(100 * float(traffic.back[left].mean()))

    def fact(id: str, sentence: str, value: float | None = None, unit: str = "", by: str | None = None,
             pro: tuple[str, ...] = (), con: tuple[str, ...] = ()) -> Fact:  # fmt: skip
        return Fact(
            id, sentence, value=value, unit=unit, held_by=by, supports=frozenset(pro), contradicts=frozenset(con)
        )

    if draw.bank_repairs:
        desk = f"{bank}'s desk has found its fault and mends it by the end of week {draw.repair_week} of the quarter."
    else:
        desk = f"{bank}'s desk has no date: the new check stays, and such payments pass only by another route."
    desk_value = float(draw.repair_week) if draw.bank_repairs else None
    stays = ("step:payment",)
    price = ("step:delivery_price",)
    return by_id(
        # In the brief: everybody has it.
        fact(
            "memo_drop", f"Of 100 sessions that open the checkout, {memo_rate:.0f} leave on that page.",
            round(memo_rate), "of 100 sessions",
        ),
        fact(
            "famous_rate", f"In other shops, {OTHER_SHOPS} % of carts are left on the average of 49 studies.",
            OTHER_SHOPS, "% of carts",
        ),
        fact(
            "weeks_free", f"This quarter of {QUARTER} weeks has {FREE_WEB} weeks of web work and {FREE_ML} weeks of ML "
            f"engineering for the checkout.", float(FREE_WEB), "weeks",
        ),
        fact(
            "spring_test", f"Last spring, half of {CUSTOMERS:,} customers who had left a cart were offered a voucher, "
            f"drawn by lot; a month has about {draw.offered:,} such people.", float(draw.offered), "people a month",
        ),
        fact(
            "price_test_ran", f"For {PRICE_WEEKS} weeks, half of the people saw the delivery price in the cart "
            f"already, drawn by lot.", float(PRICE_WEEKS), "weeks",
        ),
        # The data scientist and the ML engineer. People say these sentences word for word.
        fact(
            "learned_part", f"The uplift score learned from part {draw.learned_part} of the spring test. I left part "
            f"{'B' if draw.learned_part == 'A' else 'A'} out on purpose, so that there are people whom it has never "
            f"seen.", by="ines",
        ),
        fact(
            "risk_label", f"My risk score calls a cart lost when there is no order in the same visit. Of those, "
            f"{came_back} of 100 ordered within seven days after all.", float(came_back), "of 100 people", "ines",
        ),
        fact(
            "confirmation_leak", f"The strongest input of my risk score is “Confirmation page seen”. Without it, "
            f"{told.right_without} of 100 carts are sorted right; with it, {told.right_with}.",
            float(told.right_with), "of 100 carts", "ines",
        ),
        fact(
            "score_coverage", f"When a cart opens, everything that the score reads is there for {draw.coverage} of 100 "
            f"carts. The rest is filled at night.", float(draw.coverage), "of 100 carts", "bo",
        ),
        fact(
            "offer_slot", f"An offer has {told.slot_ms} ms after the click; then the cart stands without it.",
            float(told.slot_ms), "ms", "bo",
        ),
        # The designer.
        fact(
            "moved_or_gone", f"I watched 20 recordings of people who met a dear delivery price in the cart already: "
            f"{told.went_on} ordered in the end, and {20 - told.went_on} closed the tab.", float(told.went_on),
            "of 20 people", "yuki", pro=price if draw.price_recovers else (),
            con=() if draw.price_recovers else price,
        ),
        fact(
            "guests_go_on", f"Of 12 people who had stopped at the account form, {draw.guests_go_on} paid when I let "
            f"them go on as guests.", float(draw.guests_go_on), "of 12 people", "yuki", pro=("step:account_form",),
        ),
        # Support.
        fact("bank_desk", desk, desk_value, "week of the quarter" if desk_value else "", "dele",
            pro=() if draw.bank_repairs else stays, con=stays if draw.bank_repairs else ()),
        fact(
            "route_trial", f"We led 20 callers with a refused payment of {bank} round the bank by hand, and "
            f"{draw.route_passes} of them could pay.", float(draw.route_passes), "of 20 payments", "dele",
            pro=() if draw.bank_repairs else stays,
        ),
        # Finance.
        fact(
            "margin_order", f"Of an average order, {draw.margin:.2f} € stay with us after goods, packing and returns.",
            draw.margin, "€", "marta",
        ),
        fact(
            "voucher_cost", f"A voucher that is used costs us {draw.voucher:.2f} €, and each offer {OFFER:.2f} €, used "
            f"or not.", draw.voucher, "€", "marta",
        ),
        fact(
            "week_price", f"A week of web work that you give back earns {draw.web_week:,} € elsewhere this quarter, a "
            f"week of ML engineering {draw.ml_week:,} €.", float(draw.web_week), "€", "marta",
        ),
        fact(
            "learned_to_wait", f"Since the spring test, {told.wait_for_codes} of 100 known customers have left a cart "
            f"twice before they ordered, to see whether a code comes.", float(told.wait_for_codes),
            "of 100 customers", "marta",
        ),
    )  # fmt: skip


def make_surfaces(draw: Draw, told: Told) -> Mapping[str, Surfaces]:
    """By fact: when and how it comes out. Where the plan has dealt with the matter, the consequence leaves it out."""

    def week(number: int, how: str) -> Surfaces:
        return Surfaces(START + dt.timedelta(days=7 * number - 3), how)

    bank = BANK_NAMES[draw.bank]
    mended = f"{bank} had mended its fault by itself in week {draw.repair_week}"
    stays = f"{bank}'s new check was there to stay, and its customers could pay only by another route"
    return {
        "bank_desk": week(4, mended if draw.bank_repairs else stays),
        "score_coverage": week(
            6, f"what the score needs stands ready for {draw.coverage} of 100 carts when they open, and the others get "
            f"no answer",
        ),
        "learned_part": week(
            9, f"the uplift score had learned from part {draw.learned_part}, and what it promised there did not come"
        ),
        "moved_or_gone": week(
            7, f"of 20 people who met a dear delivery price in the cart, {told.went_on} ordered and "
            f"{20 - told.went_on} closed the tab",
        ),
        "learned_to_wait": week(
            11, f"{told.wait_for_codes} of 100 known customers had been leaving carts twice to see whether a code comes"
        ),
    }  # fmt: skip


def make_brief(draw: Draw, memo_rate: float) -> str:
    """The memo that opens the lesson."""
    return "\n".join(
        [
            f"**From** Gwen Pryor, head of the shop  \n**Date** {full_day(START - dt.timedelta(days=4))}",
            "",
            f"About {memo_rate:.0f} % of those who open our checkout leave on that page. In other shops it is "
            f"{OTHER_SHOPS} % of all carts, so there is a lot to win.",
            "",
            "Please find the likely abandoners with a model, and give them a voucher. Ines has two scores ready, and "
            "Yuki's price test and the voucher test of last spring are in the data room.",
            "",
            f"The quarter begins on {full_day(START)}. You have {FREE_WEB} weeks of web work and {FREE_ML} weeks of "
            "ML engineering. I would like one page tonight: which problem, what we do in which order, what it brings.",
        ]
    )
