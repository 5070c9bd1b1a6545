"""What each person in `recommendation_scoping` knows, and which claims it supports or contradicts.

Claims are `for:<card>` and `against:<card>` (it belongs, or does not belong, among what is built first),
`model:<model>` (this model fits the launch), `fallback:<fallback>` and `problem`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from curriculum.cases.base import Card, Fact, Role, by_id
from curriculum.cases.recommendation_scoping.cards import days_by_role
from curriculum.cases.recommendation_scoping.truth import Truth
from curriculum.support.dates import full_day

CONSTRAINTS = frozenset(
    {"deep_at_peak", "cold_start", "fallback_today", "offline_online", "score_is_rank", "kept_days", "deep_days"}
)
PRINCIPLES = frozenset({"screen_budget", "blank_row", "layout_sample", "phone_items", "reason_helps"})

LAYOUT_EFFECT = 1.5
"""The relative difference between layouts, in percent, that the designer would want to see."""


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


def make_told(rng: np.random.Generator) -> Told:
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
        sold_out=int(rng.integers(31, 58)),
        outage_calls=10 * int(rng.integers(14, 39)),
        weeks_lost=int(rng.integers(4, 9)),
        wording_days=int(rng.integers(4, 10)),
    )


def make_facts(
    truth: Truth, told: Told, cards: Mapping[str, Card], roles: Mapping[str, Role], past_lifts: np.ndarray
) -> Mapping[str, Fact]:
    """Everything that can be cited, with who tells it; facts of the brief have nobody."""
    deep_ml = days_by_role(cards, ("deep_model", *cards["deep_model"].needs))["ml"]
    gained, tests = int(np.sum(past_lifts > 0)), len(past_lifts)
    layout_weeks = _layout_weeks(truth)
    more_hits = truth.offline["hits_in_six", "deep"] - truth.offline["hits_in_six", "light"]
    clicks = round(truth.baselines["row_ctr", "all"], 1)
    peak = truth.p95_at_peak["deep"]
    return by_id(
        # Stands in the brief: everybody has it.
        _fact(
            "strip_clicks", f"Today's strip is picked by hand, the same for everybody: of 100 views, {clicks} get "
            f"a click.", value=clicks, unit="clicks per 100 views", also=("problem",),
        ),
        _fact(
            "deep_days", f"The deep model and what it needs take {deep_ml:g} days of ML engineering; until the launch "
            f"there are {roles['ml'].capacity:g}.", value=deep_ml, unit="days of ML engineering",
            con=("deep_model", "session_store"), pro=("light_model", "rules_model"),
            fits=("light", "rules"), unfit=("deep",),
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
            "deep_at_peak", f"The traces of the deep model were taken with a warm cache; in the load test of a full "
            f"shop, 95 of 100 answers took up to {peak:g} ms.", value=peak, unit="ms", held_by="wei",
            con=("deep_model", "session_store"), pro=("light_model", "rules_model"),
            fits=("light", "rules"), unfit=("deep",),
        ),
        _fact(
            "cold_start", f"{truth.cold_start:g} % of visits come from people whom no trained model has seen; for them "
            f"it returns nothing.", value=truth.cold_start, unit="percent of visits", held_by="wei",
            pro=("fallback_list", "rules_model", "state_screens"), fits=("rules",),
            also=("fallback:bestsellers", "fallback:hand_picks"),
        ),
        _fact(
            "fallback_today", f"When no answer comes, the service gives up after {told.gives_up_ms} ms and returns an "
            f"empty list, unless somebody builds something else.", value=float(told.gives_up_ms), unit="ms",
            held_by="wei", pro=("fallback_list", "state_screens", "latency_watch"),
            also=("fallback:bestsellers", "fallback:hand_picks"),
        ),
        _fact(
            "offline_online", f"Our last {tests} tests all gained offline; {gained} gained online, and the one with "
            f"the largest gain offline lost.", value=float(gained), unit=f"of {tests} tests", held_by="noor",
            con=("deep_model",), pro=("launch_test", "light_model", "rules_model"),
            fits=("light", "rules"), unfit=("deep",),
        ),
        _fact(
            "score_is_rank", f"Of items that the light model scores 0.8, {told.bought_at_08:g} of 100 were bought: the "
            f"score ranks, it is no probability.", value=told.bought_at_08, unit="of 100 items", held_by="noor",
            pro=("state_screens", "rules_model"),
        ),
        _fact(
            "lost_test", f"The last test without a log of what was shown could not be read; it cost "
            f"{told.weeks_lost} weeks.", value=float(told.weeks_lost), unit="weeks", held_by="noor",
            pro=("exposure_log", "launch_test", "latency_watch"), insists=("exposure_log",),
        ),
        # The designer.
        _fact(
            "screen_budget", f"The screen can wait {truth.screen_budget_ms} ms for the row; later, the page jumps "
            f"under people's thumbs and they scroll on.", value=float(truth.screen_budget_ms), unit="ms",
            held_by="ines", pro=("carousel", "quick_row", "latency_watch"),
        ),
        _fact(
            "blank_row", f"When the row stayed blank, {told.thought_broken} of {told.testers} people in our test "
            f"thought that the shop was broken.", value=float(told.thought_broken), unit=f"of {told.testers} people",
            held_by="ines", pro=("state_screens", "fallback_list"),
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
            pro=("carousel", "quick_row"),
        ),
        _fact(
            "reason_helps", f"With a line that says why, {told.trusted} of {told.testers} people tried a suggestion "
            f"that they had not expected.", value=float(told.trusted), unit=f"of {told.testers} people",
            held_by="ines", pro=("why_line", "rules_model"), fits=("rules",),
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
            pro=("event_pipeline",),
        ),
        _fact(
            "campaign_date", f"The summer campaign begins on {full_day(truth.campaign)} and is paid "
            f"for; that date does "
            f"not move.", held_by="ruth",
            con=("layout_test", "deep_model", "session_store"), pro=("rules_model", "light_model"),
            fits=("rules", "light"), unfit=("deep",),
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
            pro=("sold_out_filter",), insists=("sold_out_filter",), also=("problem",),
        ),
        _fact(
            "outage_calls", f"When the strip stayed blank for two days in winter, {told.outage_calls} people called to "
            f"ask whether we had closed.", value=float(told.outage_calls), unit="calls", held_by="kofi",
            pro=("state_screens", "fallback_list", "latency_watch"),
            also=("fallback:bestsellers", "fallback:hand_picks"),
        ),
    )  # fmt: skip


def _layout_weeks(truth: Truth) -> int:
    """Weeks of all traffic for three layouts: n per layout >= 16 p (1 - p) / d^2."""
    rate = truth.baselines["conversion", "all"] / 100
    per_layout = 16 * (1 - rate) / (rate * (LAYOUT_EFFECT / 100) ** 2)
    return math.ceil(3 * per_layout / truth.weekly["conversion", "all"])
