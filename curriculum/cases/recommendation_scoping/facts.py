"""What each person in `recommendation_scoping` knows, and which claims it supports or contradicts.

Claims are `for:<card>` and `against:<card>` (it belongs, or does not belong, among what is built first),
`model:<model>` (this model fits the launch), `fallback:<fallback>` and `problem`.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from curriculum.cases.base import Card, Fact, Role, by_id
from curriculum.cases.recommendation_scoping.cards import MODEL_CARDS, days_by_role, with_needs
from curriculum.cases.recommendation_scoping.draw import DAYS, HISTORY, SLOW, Draw
from curriculum.cases.recommendation_scoping.truth import Truth
from curriculum.cases.recommendation_scoping.wishes import TWICE
from curriculum.support.dates import full_day

CONSTRAINTS = frozenset(
    {"deep_at_peak", "cold_start", "fallback_today", "offline_online", "score_is_rank", "kept_days", "deep_days"}
)
PRINCIPLES = frozenset({"screen_budget", "blank_row", "layout_sample", "phone_items", "reason_helps"})

CLICKS_ELSEWHERE, SEARCHES_ELSEWHERE = 5, 20
"""What strips of other shops get: clicks per 100 views; visits of 100 that go on to search."""

LAYOUT_EFFECT = 1.5
"""The relative difference between layouts, in percent, that the designer would want to see."""


ROWS, BAD_DAYS, STAND_INS = (
    (card, *(wish.id for wish in TWICE[card])) for card in ("carousel", "state_screens", "fallback_list")
)
"""Cards that ask for one need in one or other words."""


def _fact(
    id: str,
    sentence: str,
    *,
    value: float | None = None,
    unit: str = "",
    held_by: str | None = None,
    pro: Iterable[str] = (),
    con: Iterable[str] = (),
    fits: Iterable[str] = (),
    unfit: Iterable[str] = (),
    insists: Iterable[str] = (),
    also: Iterable[str] = (),
) -> Fact:
    """A fact that speaks for the cards `pro` and against `con`, and for or against models.

    Of the cards `insists`, it contradicts that they can wait; `also` are other claims that it supports.
    """
    supports = {f"for:{card}" for card in pro} | {f"against:{card}" for card in con} | {f"model:{m}" for m in fits}
    contradicts = {f"for:{card}" for card in con} | {f"against:{card}" for card in insists}
    contradicts |= {f"model:{model}" for model in unfit}
    return Fact(
        id,
        sentence,
        value=value,
        unit=unit,
        held_by=held_by,
        supports=frozenset(supports | set(also)),
        contradicts=frozenset(contradicts),
    )


@dataclass(frozen=True)
class Told:
    """Numbers that nobody can compute from the tables; they are drawn once and told in the conversation."""

    gives_up_ms: int
    bought_at_08: float
    kept_days: int
    thought_broken: int
    testers: int
    phone_items: int
    trusted: int
    sold_out: int
    outage_calls: int
    weeks_lost: int
    wording_days: int
    """Working days that counsel needs for the wording of the notice."""


def make_told(draw: Draw, rng: np.random.Generator) -> Told:
    """One seed's private numbers; a design test has 8 to 12 people."""
    testers = int(rng.integers(8, 13))
    return Told(
        gives_up_ms=50 * int(rng.integers(14, 25)),
        bought_at_08=round(float(rng.uniform(2.1, 4.9)), 1),
        kept_days=30 * int(rng.integers(2, 7)),
        thought_broken=testers - int(rng.integers(1, 4)),
        testers=testers,
        phone_items=int(rng.integers(3, 6)),
        trusted=testers - int(rng.integers(2, 4)),
        sold_out=int(rng.integers(31, 58)) if draw.sold_out_hurts else int(rng.integers(3, 10)),
        outage_calls=10 * int(rng.integers(14, 39)),
        weeks_lost=int(rng.integers(4, 9)),
        wording_days=int(rng.integers(4, 10)),
    )


def make_facts(
    truth: Truth, told: Told, draw: Draw, cards: Mapping[str, Card], roles: Mapping[str, Role]
) -> Mapping[str, Fact]:
    """Everything that can be cited, with who tells it; facts of the brief have nobody.

    Which models, and so which cards, a fact speaks for depends on the world.
    """
    deep_ml = days_by_role(cards, with_needs(cards, "deep_model"))["ml"]
    too_many = deep_ml > roles["ml"].capacity
    layout_weeks = _layout_weeks(truth)
    more_hits = truth.offline["hits_in_six", "deep"] - truth.offline["hits_in_six", "light"]
    clicks, searches = (round(truth.baselines[metric, "all"], 1) for metric in ("row_ctr", "search_on"))
    peak, slow = truth.p95_at_peak, {model for model, why in truth.unfit.items() if why == SLOW}
    short = truth.unfit.get("light") == HISTORY
    fitting = frozenset(truth.fits)
    trained = fitting - {"rules"}
    deep_cards = ("deep_model", "session_store")
    in_time = fitting - slow
    best_offline = {1: "gained online as well", -1: "lost online", 0: "did online what nobody can tell from chance"}
    return by_id(
        # Stands in the brief: everybody has it.
        _fact(
            "strip_clicks", f"Today's strip is picked by hand, the same for everybody: of 100 views, {clicks} get a "
            f"click; strips of other shops get about {CLICKS_ELSEWHERE}.", value=clicks, unit="clicks per 100 views",
            also=("problem",) if truth.problem == "strip_clicks" else (),
        ),
        _fact(
            "searches_on", f"Of 100 visits to a product page, {searches} go on to search; in other shops it is about "
            f"{SEARCHES_ELSEWHERE}.", value=searches, unit="of 100 visits",
            also=("problem",) if truth.problem == "searches_on" else (),
        ),
        _fact(
            "deep_days", f"The deep model and what it needs take {deep_ml:g} days of ML engineering; until the launch "
            f"there are {roles['ml'].capacity:g}.", value=deep_ml, unit="days of ML engineering",
            con=deep_cards if too_many else (), pro=_cards(fitting) if too_many else (),
            fits=fitting if too_many else fitting & {"deep"}, unfit=("deep",) if too_many else (),
        ),
        _fact(
            "busiest_evening", f"On the busiest evening, {truth.peak_per_second} product pages are opened per second.",
            value=float(truth.peak_per_second), unit="pages per second",
        ),
        _fact(
            "board_meeting", f"The board sees the result {truth.readout_weeks} weeks after the launch.",
            value=float(truth.readout_weeks), unit="weeks",
        ),
        _fact(
            "memo_wish", f"Ruth's memo asks for a launch by {full_day(truth.quarter_end)} and for "
            f"{truth.wished_lift:g} % more orders.", value=truth.wished_lift, unit="percent",
        ),
        # The ML engineer and the data scientist.
        _fact(
            "deep_gain", f"On purchases that it did not see, the deep model has {more_hits:.1f} more of 100 among its "
            f"first six than the light model.", value=round(more_hits, 1), unit="of 100 purchases", held_by="wei",
            pro=("deep_model",), insists=("deep_model",), fits=("deep",),
        ),
        _fact(
            "deep_at_peak", _peak_sentence(peak, slow), value=peak["deep"], unit="ms", held_by="wei",
            con=(*(deep_cards if "deep" in slow else ()), *(("light_model",) if "light" in slow else ())),
            pro=_cards(in_time), fits=in_time, unfit=slow,
        ),
        _fact(
            "cold_start", f"{truth.cold_start:g} % of visits come from people whom no trained model has seen; for them "
            f"it returns nothing.", value=truth.cold_start, unit="percent of visits", held_by="wei",
            pro=(*STAND_INS, *BAD_DAYS, *_cards(fitting & {"rules"})), fits=fitting & {"rules"},
            also=("fallback:bestsellers", "fallback:hand_picks"),
        ),
        _fact(
            "fallback_today", f"When no answer comes, the service gives up after {told.gives_up_ms} ms and returns an "
            f"empty list, unless somebody builds something else.", value=float(told.gives_up_ms), unit="ms",
            held_by="wei", pro=(*STAND_INS, *BAD_DAYS, "latency_watch"),
            also=("fallback:bestsellers", "fallback:hand_picks"),
        ),
        _fact(
            "offline_online", f"Our last five tests all gained offline. Online, orders rose beyond chance in "
            f"{truth.past_tests.gained} of them; the one with the largest gain offline "
            f"{best_offline[truth.past_tests.best_offline]}.", value=float(truth.past_tests.gained), unit="of 5 tests",
            held_by="noor", pro=("launch_test",),
        ),
        _fact(
            "score_is_rank", f"Of items that the light model scores 0.8, {told.bought_at_08:g} of 100 were bought: the "
            f"score ranks, it is no probability.", value=told.bought_at_08, unit="of 100 items", held_by="noor",
            pro=(*BAD_DAYS, *_cards(fitting & {"rules"})),
        ),
        _fact(
            "lost_test", f"The last test without a log of what was shown could not be read; it cost "
            f"{told.weeks_lost} weeks.", value=float(told.weeks_lost), unit="weeks", held_by="noor",
            pro=("exposure_log", "launch_test", "latency_watch"), insists=("exposure_log", "launch_test"),
        ),
        # The designer.
        _fact(
            "screen_budget", f"The screen can wait {truth.screen_budget_ms} ms for the row; later, the page jumps "
            f"under people's thumbs and they scroll on.", value=float(truth.screen_budget_ms), unit="ms",
            held_by="ines", pro=(*ROWS, "latency_watch"),
        ),
        _fact(
            "blank_row", f"When the row stayed blank, {told.thought_broken} of {told.testers} people in our test "
            f"thought that the shop was broken.", value=float(told.thought_broken), unit=f"of {told.testers} people",
            held_by="ines", pro=(*BAD_DAYS, *STAND_INS),
            also=("fallback:bestsellers", "fallback:hand_picks"),
        ),
        _fact(
            "layout_sample", f"To tell three layouts apart that differ by {LAYOUT_EFFECT:g} %, a test would need "
            f"{layout_weeks} weeks of all our traffic.", value=float(layout_weeks), unit="weeks", held_by="ines",
            con=("layout_test",), pro=("launch_test",),
        ),
        _fact(
            "phone_items", f"On a phone, people see {told.phone_items} items; in our tests nobody swiped further than "
            f"six.", value=float(told.phone_items), unit="items", held_by="ines",
            pro=ROWS,
        ),
        _fact(
            "reason_helps", f"With a line that says why, {told.trusted} of {told.testers} people tried a suggestion "
            f"that they had not expected.", value=float(told.trusted), unit=f"of {told.testers} people",
            held_by="ines", pro=("why_line", *_cards(fitting & {"rules"})), fits=fitting & {"rules"},
        ),
        # Privacy, the sponsor, support.
        _fact(
            "notice_rule", f"Where suggestions rest on a visitor's browsing, a notice must stand beside them; so every "
            f"answer must say whether they do, and the wording needs {told.wording_days} working days with counsel.",
            value=float(told.wording_days), unit="working days", held_by="samir", pro=("notice",),
            insists=("notice",),
        ),
        _fact(
            "kept_days", f"We have promised shoppers to keep their browsing for {told.kept_days} days; no model may "
            f"learn from older visits.", value=float(told.kept_days), unit="days", held_by="samir",
            con=("light_model",) if short else (), pro=("event_pipeline", *_cards(trained)),
            fits=fitting if short else trained, unfit=("light",) if short else (),
        ),
        _fact(
            "campaign_date", f"The summer campaign begins on {full_day(truth.campaign)} and is paid for; that date "
            f"does not move.", held_by="ruth", con=("layout_test",),
        ),
        _fact(
            "soft_number", f"The {truth.wished_lift:g} % come from a talk at a conference; nobody has promised them to "
            f"the board.", value=truth.wished_lift, unit="percent", held_by="ruth", pro=("launch_test",),
        ),
        _fact(
            "email_later", f"The e-mail can wait until the autumn catalogue of {full_day(truth.catalogue)}, if the "
            f"page says in writing what brings it back.", held_by="ruth", con=("email_row",),
        ),
        _fact(
            "sold_out_tickets", f"Of 100 tickets about the strip, {told.sold_out} are about items that are sold out.",
            value=float(told.sold_out), unit="of 100 tickets", held_by="kofi",
            pro=("sold_out_filter",) if draw.sold_out_hurts else (),
            insists=("sold_out_filter",) if draw.sold_out_hurts else (),
        ),
        _fact(
            "outage_calls", f"When the strip stayed blank for two days in winter, {told.outage_calls} people called to "
            f"ask whether we had closed.", value=float(told.outage_calls), unit="calls", held_by="kofi",
            pro=(*BAD_DAYS, *STAND_INS, "latency_watch"),
            also=("fallback:bestsellers", "fallback:hand_picks"),
        ),
    )  # fmt: skip


def deciding(unfit: Mapping[str, str], too_many_days: bool) -> dict[str, frozenset[str]]:
    """By model: the facts that rule it out, as far as somebody can say them. Where both trained models fit, it is the
    load test that shows it, since traces from a warm cache do not."""
    says = {"light": {SLOW: "deep_at_peak", HISTORY: "kept_days"}, "deep": {SLOW: "deep_at_peak", DAYS: "deep_days"}}
    found = {model: {says[model][why]} for model, why in unfit.items() if model in says}
    if too_many_days and "deep" in found:
        found["deep"].add("deep_days")
    if not found:
        found["deep"] = {"deep_at_peak"}
    return {model: frozenset(facts) for model, facts in found.items()}


def _cards(models: Iterable[str]) -> tuple[str, ...]:
    """The cards that build these models, with what only they need."""
    needs = {"rules": (), "light": ("event_pipeline",), "deep": ("event_pipeline", "session_store")}
    return tuple(dict.fromkeys(card for m in sorted(models) for card in (MODEL_CARDS[m], *needs[m])))


def _peak_sentence(peak: Mapping[str, float], slow: Collection[str]) -> str:
    """What the load test of a full shop has shown."""
    deep, light = f"{peak['deep']:g} ms", f"{peak['light']:.0f} ms"
    if "light" in slow:
        return (
            f"The traces of both trained models were taken with a warm cache; in the load test of a full shop, 95 of "
            f"100 answers took up to {deep} with the deep model and up to {light} with the light one."
        )
    if "deep" in slow:
        return (
            f"The traces of the deep model were taken with a warm cache; in the load test of a full shop, 95 of 100 "
            f"answers took up to {deep}. The light model was as quick as in its traces."
        )
    return (
        f"The traces of the deep model were taken with a warm cache, so we ran the load test of a full shop: 95 of 100 "
        f"answers took up to {deep}. The light model was as quick as in its traces."
    )


def _layout_weeks(truth: Truth) -> int:
    """Weeks of all traffic for three layouts: n per layout >= 16 p (1 - p) / d^2."""
    rate = truth.baselines["conversion", "all"] / 100
    per_layout = 16 * (1 - rate) / (rate * (LAYOUT_EFFECT / 100) ** 2)
    return math.ceil(3 * per_layout / truth.weekly["conversion", "all"])
