"""What the artifacts of `cart_abandonment` may name: steps, groups, aims, causes, actions, features, assumptions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from curriculum.cases.base import Entry, Fact, by_id
from curriculum.cases.cart_abandonment.draw import BANKS, Draw
from curriculum.cases.cart_abandonment.quarter import FASTER, GUEST, ML_WEEKS, MODEL, PAY, PRICE, RULE, WEB_WEEKS

BANK_NAMES: Mapping[str, str] = {
    "alder": "Alder Bank", "corran": "Corran", "northgate": "Northgate", "pellworth": "Pellworth"
}  # fmt: skip

STEPS = by_id(
    Entry("cart_page", "the cart page", "Something lies in the cart, and the checkout is never opened."),
    Entry("delivery_price", "the delivery price", "First thing on the checkout page."),
    Entry("account_form", "the account form", "Those who have no account make one here."),
    Entry("address_form", "the address form", "Last thing on the checkout page."),
    Entry("payment", "payment", "The bank is asked, and says yes or no."),
)
STEP_ENDS: Mapping[str, str] = {
    "cart_page": "cart", "delivery_price": "delivery price", "account_form": "account form",
    "address_form": "address form", "payment": "payment",
}  # fmt: skip
"""By step: how sessions that end there are marked in the table."""

GROUPS = by_id(
    Entry("everybody", "everybody who gets there"),
    Entry("phones", "people on phones"),
    Entry("guests", "people without an account"),
    Entry("first_visits", "people on their first visit"),
    Entry("dear_delivery", "people whose delivery costs 12 % of the basket or more"),
    *(Entry(bank, f"people who pay with a card of {name}") for bank, name in BANK_NAMES.items()),
)


@dataclass(frozen=True)
class Aim(Entry):
    """What shall be so for people."""

    step: str = ""
    """The step that it is about; blank where it names something to build instead of something to reach."""


AIMS = by_id(
    Aim("pay_works", "People who want to pay can pay", step="payment"),
    Aim("price_known", "People know the whole price before they decide", step="delivery_price"),
    Aim("order_as_guest", "People can order without opening an account", step="account_form"),
    Aim("address_short", "People enter their address without a mistake", step="address_form"),
    Aim("cart_kept", "People find their cart again when they come back", step="cart_page"),
    Aim("find_leavers", "We know early who is going to leave"),
    Aim("voucher_leavers", "Those who are about to leave get a voucher"),
    Aim("scored_live", "Every cart is scored while it is open"),
)

MEASURES = by_id(
    Entry("orders_7_days", "Orders within seven days, of 100 people with a cart"),
    Entry("margin_7_days", "Margin within seven days, per person with a cart"),
    Entry("checkout_drop", "Sessions that leave the checkout page, of 100 that open it"),
    Entry("session_orders", "Orders in the same session, of 100 sessions"),
    Entry("redeemed", "Vouchers used, of 100 that were offered"),
    Entry("score_hits", "Of those who left, how many the score had named"),
    Entry("page_p95", "Time in which 95 of 100 pages stand"),
    Entry("left_twice", "Known customers who leave twice before they order, of 100"),
)
COUNT_ORDERS = frozenset({"orders_7_days", "margin_7_days"})


@dataclass(frozen=True)
class Cause(Entry):
    """An explanation that data can hold or refute. `note` says which number is meant by “what you saw”."""

    refuted_by: frozenset[str] = frozenset()
    shown_by: frozenset[str] = frozenset()
    """Tables and facts that decide it."""
    actions: frozenset[str] = frozenset()
    """What one does if it holds."""
    approach: frozenset[str] = frozenset()
    """The smallest way that can act on it."""


VOUCHER_GROUPS = by_id(
    Entry("first_cheap", "First visit, delivery below 6 % of the basket"),
    Entry("first_middle", "First visit, delivery 6 to 12 %"),
    Entry("first_dear", "First visit, delivery above 12 %"),
    Entry("later_cheap", "Later visit, delivery below 6 %"),
    Entry("later_middle", "Later visit, delivery 6 to 12 %"),
    Entry("later_dear", "Later visit, delivery above 12 %"),
)


def make_causes(draw: Draw) -> Mapping[str, Cause]:
    """What may be so; the last one on vouchers is about the group that a rule would name."""
    group = VOUCHER_GROUPS[draw.reacts].label
    return by_id(
        Cause(
            "bank_stays_shut", "One bank refuses payments, and will go on doing so",
            "Refused payments of that bank, of 100 that people tried there (not saved by a second try).",
            refuted_by=frozenset({"bank_mends"}), shown_by=frozenset({"bank_desk"}), actions=frozenset({PAY}),
            approach=frozenset({"none"}),
        ),
        Cause(
            "price_surprises", "People who saw the delivery price early would order more often",
            "Orders within seven days of 100 people: shown early less shown late.",
            refuted_by=frozenset({"same_orders_early"}), shown_by=frozenset({"price_test", "moved_or_gone"}),
            actions=frozenset({PRICE}), approach=frozenset({"none"}),
        ),
        Cause(
            "account_is_lost", "Most people who stop at the account form are lost for us",
            "People who ordered within seven days, of 100 people who left at the account form.",
            refuted_by=frozenset({"account_comes_back"}), shown_by=frozenset({"orders_later", "sessions"}),
            actions=frozenset({GUEST}), approach=frozenset({"none"}),
        ),
        Cause(
            "risk_reacts", "Those who are most likely to leave are the ones whom a voucher changes",
            "Orders of 100 customers in the three highest deciles of risk: offered less not offered.",
            refuted_by=frozenset({"risky_alike"}), shown_by=frozenset({"voucher_test"}), actions=frozenset({MODEL}),
            approach=frozenset({"model"}),
        ),
        Cause(
            "score_reacts", "The uplift score finds people whose orders pay for their vouchers",
            "Orders of 100 customers in the highest decile, in the part that the score has not seen: offered less not "
            "offered.",
            refuted_by=frozenset({"unseen_alike"}), shown_by=frozenset({"voucher_test"}), actions=frozenset({MODEL}),
            approach=frozenset({"model"}),
        ),
        Cause(
            "group_reacts", f"This group pays for its vouchers with orders: {group}",
            "Orders of 100 customers in that group: offered less not offered.",
            refuted_by=frozenset({"group_alike"}), shown_by=frozenset({"voucher_groups"}), actions=frozenset({RULE}),
            approach=frozenset({"rule"}),
        ),
        Cause(
            "page_is_slow", "People on phones leave the checkout because it is slow",
            "Of 100 people on phones who opened the checkout, how many left it: days 15–28 less days 1–14.",
            refuted_by=frozenset({"faster_same"}), shown_by=frozenset({"page_timings"}), actions=frozenset({FASTER}),
            approach=frozenset({"none"}),
        ),
    )  # fmt: skip


NAME_A_GROUP = frozenset({"first_visit", "delivery_share", "basket_value"})
"""Features of which the groups of the table `voucher_groups` are made; a rule that names one looks at them."""

VOUCHER_CAUSES = frozenset({"risk_reacts", "score_reacts", "group_reacts"})


def make_observations(draw: Draw) -> Mapping[str, Entry]:
    """What could be seen."""
    group = VOUCHER_GROUPS[draw.reacts].label
    return by_id(
        Entry("bank_mends", "The bank's payments pass again, though we did nothing"),
        Entry("same_orders_early", "As many orders within seven days with the price shown early as late"),
        Entry("drop_stays", "As many people leave the checkout page with the price shown early as late"),
        Entry("account_comes_back", "Most of those who left at the account form order within seven days"),
        Entry("guests_leave_more", "Guests leave the checkout more often than people with an account"),
        Entry("risky_alike", "The three riskiest deciles order as often without a voucher as with one"),
        Entry(
            "unseen_alike",
            "In the part that the score has not seen, its best decile brings less than its vouchers cost",
        ),
        Entry(
            "learned_alike", "In the part from which the score has learned, its best decile brings less than they cost"
        ),
        Entry("group_alike", f"This group brings less than its vouchers cost: {group}"),
        Entry("few_used", "Few of the vouchers that were offered are used"),
        Entry("faster_same", "The page gets faster, and as many people on phones leave as before"),
        Entry("phones_leave_more", "People on phones leave more often than people at a desk"),
    )


@dataclass(frozen=True)
class Action(Entry):
    """Something that the team can do this quarter."""

    web_weeks: int = 0
    ml_weeks: int = 0
    run_eur_month: int = 0


def make_actions(draw: Draw) -> Mapping[str, Action]:
    """What can be done, with its weeks and what it costs to run."""
    said = {
        PAY: ("Another route round the bank", "Refused payments of the failing bank take another way."),
        PRICE: ("Delivery price in the cart", "People see the whole price before they open the checkout."),
        GUEST: ("Order as a guest", "The account form can be skipped."),
        RULE: ("Voucher by a rule", "Everybody of a group that one can name gets the offer when the cart opens."),
        MODEL: ("Voucher by a score", "A score decides when the cart opens; it has to be built and run."),
        FASTER: ("A faster checkout page", "Pictures and scripts are made smaller."),
    }
    run = {MODEL: draw.model_month}
    return by_id(
        *(
            Action(id, label, note, web_weeks=WEB_WEEKS[id], ml_weeks=ML_WEEKS.get(id, 0), run_eur_month=run.get(id, 0))
            for id, (label, note) in said.items()
        )
    )


@dataclass(frozen=True)
class Feature(Entry):
    """Something that a rule or a score could use."""

    source: str = ""
    refreshed: str = ""
    first_known: str = ""

    @property
    def in_time(self) -> bool:
        """Whether it stands ready when the cart opens."""
        return self.first_known == CART_OPENS and self.refreshed == AT_ONCE

    @property
    def afterwards(self) -> bool:
        """Whether it says how the visit ended."""
        return self.first_known in (ORDER, LATER)


CART_OPENS, CHECKOUT, PAYMENT, ORDER, LATER = (
    "when the cart opens", "at the checkout", "at payment", "once an order stands", "days later"
)  # fmt: skip
AT_ONCE, NIGHTLY = "at once", "each night"


def make_features(draw: Draw) -> Mapping[str, Feature]:
    """What the pipelines hold; two of them are refreshed at once in some worlds and each night in others."""
    pages, since = (NIGHTLY if late else AT_ONCE for late in draw.late_features)
    history = AT_ONCE if draw.in_time else NIGHTLY
    rows = (
        ("basket_value", "Value of the basket", "shop", AT_ONCE, CART_OPENS),
        ("delivery_share", "Delivery price as a share of the basket", "shop", AT_ONCE, CART_OPENS),
        ("device_kind", "Phone or desktop", "web log", AT_ONCE, CART_OPENS),
        ("first_visit", "First or later visit", "web log", AT_ONCE, CART_OPENS),
        ("pages_seen", "Pages seen in this visit", "web log", pages, CART_OPENS),
        ("days_since_visit", "Days since the last visit", "customer history", since, CART_OPENS),
        ("orders_last_year", "Orders in the last year", "customer history", history, CART_OPENS),
        ("codes_used", "Codes used before", "customer history", history, CART_OPENS),
        ("letters_opened", "Letters opened", "mailing house", NIGHTLY, CART_OPENS),
        ("account_known", "Signed in to an account", "shop", AT_ONCE, CHECKOUT),
        ("payment_tries", "Tries at payment", "payment service", AT_ONCE, PAYMENT),
        ("confirmation_seen", "Confirmation page seen", "web log", AT_ONCE, ORDER),
        ("order_in_session", "Ordered in this session", "shop", NIGHTLY, ORDER),
        ("parcel_returned", "Parcel sent back", "warehouse", NIGHTLY, LATER),
    )
    return by_id(
        *(
            Feature(id, label, source=source, refreshed=fresh, first_known=known)
            for id, label, source, fresh, known in rows
        )
    )


TARGETS = by_id(
    Entry("leaves", "Who leaves without an order"),
    Entry("orders", "Who orders"),
    Entry("redeems", "Who uses a voucher"),
    Entry("changed", "Who orders only because of the voucher"),
)

RETURNS_WHEN = by_id(
    Entry("weeks_free", "When a web week is free"),
    Entry("account_stays_away", "When those who stop at the account form no longer come back"),
    Entry("price_orders_rise", "When a second price test shows more orders"),
    Entry("bank_has_not_mended", "When the bank's day has passed and its payments still fail"),
    Entry("refusals_rise", "When the bank refuses more than today"),
    Entry("score_in_time", "When what the score needs stands ready for most carts"),
    Entry("new_test_reacts", "When a new voucher test shows people who react and are not in the score's own part"),
    Entry("group_stands_out", "When a new voucher test shows one group that reacts more than others"),
    Entry("score_beats_rule", "When a new score finds more people who react than the group does"),
    Entry("faster_is_tried", "When half of the people are shown a faster page and orders are compared"),
    Entry("pages_get_slower", "When pages become slower than they are now"),
    Entry("somebody_asks", "When somebody asks for it again"),
)

TESTS = by_id(
    Entry("control_group", "Compare with the tenth that gets no offer"),
    Entry("half_the_people", "Show it to half of the people for four weeks and count orders within seven days"),
    Entry("watch_refusals", "Count refused payments by bank each week"),
    Entry("count_carts", "Count people with a cart each week"),
    Entry("count_codes", "Count customers who leave twice before they order, each week"),
    Entry("ask_in_a_month", "Ask everybody how they feel about it in a month"),
)


@dataclass(frozen=True)
class Assumption(Entry):
    """Something on which a plan may rest."""

    about: frozenset[str] = frozenset()
    """Actions that rest on it; the plan as a whole where there are none."""
    known_by: frozenset[str] = frozenset()
    """Facts and tables that show it in this world; nobody knows it yet where there are none."""
    told_by: frozenset[str] = frozenset()
    """Tests that would tell."""
    holds: bool = True
    """Whether it is so, as far as anybody knows."""


def make_assumptions(draw: Draw) -> Mapping[str, Assumption]:
    """What plans rest on: some of it is known in this world, some is known to be otherwise, some nobody knows."""
    desk = frozenset({"bank_desk"})
    return by_id(
        Assumption(
            "bank_goes_on", "The bank goes on refusing payments all quarter", about=frozenset({PAY}), known_by=desk,
            told_by=frozenset({"watch_refusals"}), holds=not draw.bank_repairs,
        ),
        Assumption(
            "route_works_for_all", "Those who gave up pass the other route as often as the 20 who called",
            about=frozenset({PAY}), told_by=frozenset({"watch_refusals"}),
        ),
        Assumption(
            "early_price_lasts", "Orders answer to the early price this quarter as they did in the test",
            about=frozenset({PRICE}), told_by=frozenset({"half_the_people"}),
        ),
        Assumption(
            "guests_as_tested", "People in the shop go on without an account as often as the twelve in the test",
            about=frozenset({GUEST}), told_by=frozenset({"half_the_people"}),
        ),
        Assumption(
            "as_in_spring", "People react to a voucher as they did in spring", about=frozenset({RULE, MODEL}),
            told_by=frozenset({"control_group"}),
        ),
        Assumption(
            "score_stands_ready", "What the score needs stands ready for most carts", about=frozenset({MODEL}),
            known_by=frozenset({"score_coverage"}), holds=draw.in_time,
        ),
        Assumption(
            "margin_as_said", "An order leaves us the margin that finance has named",
            known_by=frozenset({"margin_order"}),
        ),
        Assumption(
            "people_come_as_now", "As many people with a cart come as in the four weeks of the tables",
            told_by=frozenset({"count_carts"}),
        ),
        Assumption(
            "nobody_waits_for_codes", "Nobody leaves a cart in order to get a code", about=frozenset({RULE, MODEL}),
            known_by=frozenset({"learned_to_wait"}), told_by=frozenset({"count_codes"}), holds=False,
        ),
    )  # fmt: skip


def make_evidence(facts: Mapping[str, Fact]) -> Mapping[str, Entry]:
    """What a verdict can rest on: tables and facts."""
    tables = (
        ("sessions", "The sessions"), ("orders_later", "Orders within seven days"), ("price_test", "The price test"),
        ("voucher_test", "The voucher test by deciles"), ("voucher_groups", "The voucher test by groups"),
        ("page_timings", "Times of the pages"), ("pipelines", "The pipelines"),
    )  # fmt: skip
    return by_id(*(Entry(id, label) for id, label in tables), *facts.values())


assert set(BANK_NAMES) == set(BANKS)
