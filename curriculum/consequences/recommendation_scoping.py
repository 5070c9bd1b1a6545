"""The quarter of `recommendation_scoping`: the scope is built, launched and used, week by week."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from curriculum.artifacts.base import Artifact
from curriculum.artifacts.board import Board
from curriculum.artifacts.prd import Prd
from curriculum.cases import Case
from curriculum.cases.base import Card, Role, frozen_columns, random
from curriculum.cases.recommendation_scoping.draw import DAYS, HISTORY, NO_BETTER, SLOW
from curriculum.cases.recommendation_scoping.entries import FALLBACK_CARDS, FALLBACK_WIREFRAMES
from curriculum.cases.recommendation_scoping.truth import Model
from curriculum.consequences.late import Late, came_out_late
from curriculum.consequences.outcome import Better, Change, Comparison, Goal, Outcome, Result, rates_compared, signed
from curriculum.consequences.scoping_figure import Quarter, draw
from curriculum.roleplay.engine import State
from curriculum.support.dates import day_month

FROM_HITS = 0.9
"""What the model with most hits among six does for a visit that it serves in time, as a share of the best past gain;
others in proportion to how many more hits they have than today's strip. Assumed."""
RULES_KNOW = 0.9
"""The share of visits for which rules have something to say; nobody has bought anything with new items yet. Assumed."""
CUT_SHORT = 0.4
"""What is left of a model's effect when most of what it has learned from must be forgotten. Assumed."""
STAND_IN = 0.35
"""What bestsellers or the hand-picked strip do in the new row, as a share of the best past gain. Assumed."""
BLANK = 1.0
"""Percent of orders lost among visits that meet an unexplained blank place. Assumed."""
PER_100_MS = 0.5
"""Percent of orders lost per 100 ms beyond what the screen can wait; controlled experiments found 0.1 to 1."""
NOISE = 0.006
"""Relative scatter of a week's conversion."""
AFTER = 3
"""Weeks that the run goes on after the board has seen the result."""


@dataclass(frozen=True)
class Plan:
    """What the learner decided, as far as the quarter depends on it; nonsense is cut to what can happen."""

    musts: frozenset[str]
    model: str
    timeout: float
    fallback: str
    launch_week: int
    """The planned launch, in weeks after the kick-off."""
    steps: tuple[tuple[int, float], ...]
    """Weeks relative to the launch, and the share of visits from then on, 0 to 1."""
    hopes: float = 0.0
    """The largest rise in orders that the page promises, in percent."""


@dataclass(frozen=True)
class Discovery:
    """Something that came out late."""

    week: int
    what: str
    delay: int = 0
    """Weeks by which it moved the launch."""
    fact: str = ""
    """The fact that would have told it in the kick-off; blank where the cards said it."""


@dataclass(frozen=True)
class Service:
    """How the model served visits once the shop was full."""

    wait: float
    """Milliseconds within which 95 of 100 rows stood, with an answer or with what replaces it."""
    served: float
    """Share of visits with an answer of the model itself."""
    gain: float
    """Relative change in orders among those who see the row, in percent."""


def consequence(case: Case, artifacts: Mapping[str, Artifact], conversation: State | None) -> Outcome | None:
    """The quarter as it goes with this board and this PRD; None while one of them is missing."""
    board, prd = artifacts.get("board"), artifacts.get("prd")
    if not isinstance(board, Board) or not isinstance(prd, Prd) or _model(case, prd.model) is None:
        return None
    plan = _plan(case, board, prd)
    return _outcome(case, plan, _discoveries(case, plan), _service(case, plan), conversation)


def _plan(case: Case, board: Board, prd: Prd) -> Plan:
    launch = prd.launch or case.truth.campaign
    steps = sorted(
        ((step.starts - launch).days // 7, min(max(step.share, 0.0), 100.0) / 100)
        for step in prd.rollout
        if step.starts is not None and step.share is not None
    )
    return Plan(
        musts=frozenset(id for id in board.cards_in("must") if id in case.registry.entries("cards")),
        model=prd.model,
        timeout=min(max(prd.contract.timeout_ms or 5_000.0, 1.0), 5_000.0),
        fallback=prd.contract.fallback,
        launch_week=min(max(math.ceil((launch - case.truth.kickoff).days / 7), 1), 60),
        steps=tuple(steps) or ((0, 1.0),),
        hopes=max(
            (
                100 * (goal.target / goal.baseline - 1)
                for goal in prd.goals
                if goal.metric == "conversion" and goal.target and goal.baseline
            ),
            default=0.0,
        ),
    )


def _model(case: Case, id: str) -> Model | None:
    return case.registry.find("models", id, Model)


def _built(case: Case, plan: Plan, card: str) -> bool:
    """Whether a card is built, itself or as its duplicate."""
    pair: frozenset[str] = case.truth.duplicates
    return bool(plan.musts & (pair if card in pair else {card}))


def _stands_in(case: Case, plan: Plan) -> bool:
    """Whether there is something useful to show when the model has nothing."""
    card = FALLBACK_CARDS.get(plan.fallback)
    if plan.fallback == "hand_picks" and not case.truth.picks_go_on:
        return False
    return plan.fallback in FALLBACK_WIREFRAMES and (card is None or _built(case, plan, card))


def _discoveries(case: Case, plan: Plan) -> list[Discovery]:
    """What comes out late under this plan, in the order in which it comes out."""
    truth, cards = case.truth, case.registry.entries("cards")
    planned = [card for id in sorted(plan.musts) if isinstance(card := cards[id], Card)]
    missing = sorted({need for card in planned for need in card.needs if not _built(case, plan, need)})
    model, why = _model(case, plan.model), truth.unfit.get(plan.model)
    found: list[Discovery] = []
    ready = max(plan.launch_week, _ready_week(case, plan))
    if missing:
        what = f"“{cards[missing[0]].label}” was needed, and nobody had planned it"
        found.append(Discovery(max(1, ready - 2), what, 3))
    if model and not _built(case, plan, model.card):
        what = f"“{cards[model.card].label}” was promised on the page and built by nobody"
        found.append(Discovery(max(1, ready - 2), what, 4))
    if why == DAYS:
        found.append(Discovery(max(1, ready - 3), "the model took more days of ML engineering than there were", 3))
    if why == HISTORY:
        what = "the model had learned from visits that nobody may keep, and they had to come out"
        found.append(Discovery(max(1, ready - 2), what, 2, "kept_days"))
    if why == NO_BETTER:
        found.append(Discovery(ready + 2, "the suggestions were no better than the hand-picked strip", 0))
    if why == SLOW:
        what = "in the load test of a full shop, the model was slower than the screen can wait"
        found.append(Discovery(max(1, ready - 1), what, 1, "deep_at_peak"))
    if not _built(case, plan, "notice"):
        found.append(Discovery(ready, "Samir stopped the launch: no notice stood beside the row", 2, "notice_rule"))
    live = ready + sum(item.delay for item in found)
    if not _stands_in(case, plan):
        found.append(Discovery(live + 1, "whoever got no answer from the model saw an empty row", 0, "fallback_today"))
    if not _built(case, plan, "state_screens"):
        found.append(Discovery(live + 2, "a blank row made people call support", 0, "blank_row"))
    if not (_built(case, plan, "launch_test") and _built(case, plan, "exposure_log")):
        what = "nobody could tell the board what the row had changed"
        found.append(Discovery(live + truth.readout_weeks, what, 0, "lost_test"))
    return found


def _ready_week(case: Case, plan: Plan) -> int:
    """In which week the fullest role has built its Must-Haves, if nothing comes out late."""
    cards = case.registry.entries("cards")
    load = 0.0
    for role in case.registry.entries("roles").values():
        if isinstance(role, Role):
            days = sum(card.effort.get(role.id, 0.0) for id in plan.musts if isinstance(card := cards[id], Card))
            load = max(load, days / role.capacity)
    return max(3, math.ceil(load * case.truth.weeks_to_launch))


def _service(case: Case, plan: Plan) -> Service:
    truth, traces = case.truth, case.columns["traces"]
    slower = truth.p95_at_peak[plan.model] / truth.latency[plan.model].p95
    times = traces["total_ms"][traces["model"] == plan.model] * slower
    in_time = float(np.mean(times <= plan.timeout))
    wait = float(np.percentile(np.minimum(times, plan.timeout), 95))
    known = RULES_KNOW if plan.model == "rules" else 1 - truth.cold_start / 100
    served = in_time * known
    best = truth.past_tests.best_lift
    gain = _effect(case, plan.model) * best * served
    if _stands_in(case, plan):
        gain += STAND_IN * best * (1 - served)
    elif not _built(case, plan, "state_screens"):
        gain -= BLANK * (1 - served)
    gain -= PER_100_MS * max(0.0, wait - truth.screen_budget_ms) / 100
    return Service(wait, served, gain)


def _effect(case: Case, model: str) -> float:
    """What a model does for a visit that it serves in time, as a share of the best past gain."""
    hits = {way: value for (metric, way), value in case.truth.offline.items() if metric == "hits_in_six"}
    share = max(0.0, (hits[model] - hits["today"]) / (max(hits.values()) - hits["today"]))
    return FROM_HITS * share * (CUT_SHORT if case.truth.unfit.get(model) == HISTORY else 1.0)


def _quarter(case: Case, plan: Plan, service: Service, launch: int) -> Quarter:
    """Visits by week, who sees the row, and what both groups order; chance is drawn once for all plans of a world."""
    truth = case.truth
    weeks = np.arange(1, truth.weeks_to_launch + truth.readout_weeks + AFTER + 1)
    share = np.zeros(len(weeks))
    for start, part in plan.steps:
        share[weeks >= launch + start] = part
    rng, visits = random(case.slug, case.seed, "quarter"), truth.weekly["conversion", truth.place]
    usual = truth.baselines["conversion", truth.place] / 100 * rng.normal(1.0, NOISE, len(weeks))

    def ordered(tried: np.ndarray, rate: np.ndarray) -> np.ndarray:
        spread = np.sqrt(tried * rate * (1 - rate)) * rng.normal(0.0, 1.0, len(weeks))
        return np.round(np.maximum(0.0, tried * rate + spread))

    seeing, others = np.round(visits * share), np.round(visits * (1 - share))
    bought, elsewhere = ordered(seeing, usual * (1 + service.gain / 100)), ordered(others, usual)
    read = _built(case, plan, "launch_test") and _built(case, plan, "exposure_log")
    both = (seeing > 0) & (others > 0) & read
    with np.errstate(invalid="ignore", divide="ignore"):
        with_row, without = 100 * bought / seeing, 100 * elsewhere / others
    orders = rates_compared(
        "orders of those who saw the row against those who did not, in percent",
        (bought[both].tolist(), seeing[both].tolist()),
        (elsewhere[both].tolist(), others[both].tolist()),
    )
    wait = np.where(share > 0, round(service.wait), 0)
    return Quarter(weeks, share, np.round(with_row, 3), np.round(without, 3), wait, orders)


def _outcome(
    case: Case, plan: Plan, discoveries: list[Discovery], service: Service, conversation: State | None
) -> Outcome:
    truth = case.truth
    launch = max(plan.launch_week, _ready_week(case, plan)) + sum(item.delay for item in discoveries)
    quarter = _quarter(case, plan, service, launch)
    base, gain = truth.baselines["conversion", truth.place], service.gain
    extra = quarter.share * truth.weekly["conversion", truth.place] * base / 100 * gain / 100
    late = launch - truth.weeks_to_launch
    unasked = _unasked(case, plan, discoveries, conversation, _day(case, int(quarter.weeks[-1])))
    results = {
        "launch_week": Result(float(launch), "week of the launch", Better.LESS),
        "weeks_late": Result(float(max(0, late)), "weeks after the campaign began", Better.LESS),
        "wait_ms": Result(float(round(service.wait)), "milliseconds until the row stands, p95", Better.LESS),
        "served_percent": Result(
            round(100 * service.served, 1), "percent of visits with the model's own answer", Better.MORE
        ),
        "gain_percent": Result(round(gain, 2), "percent more orders among those who see the row", Better.MORE),
        "extra_orders": Result(
            float(np.round(extra.sum())),
            "orders more than with today's strip until the end of the run",
            Better.MORE,
        ),
        "discovered_late": Result(float(len(discoveries)), "things that the plan had left out", Better.LESS),
        "never_asked": Result(float(len(unasked)), "things that came out late since nobody asked", Better.LESS),
    }
    headline, said = _headline(late, service, truth, quarter.orders)
    return Outcome(
        headline=headline,
        sentences=tuple(_sentences(case, plan, discoveries, service, conversation, results, unasked)),
        table=frozen_columns(
            week=quarter.weeks,
            visits_with_row=np.round(100 * quarter.share),
            wait_p95_ms=quarter.wait,
            with_row_percent=quarter.with_row,
            without_row_percent=quarter.without,
        ),
        results=results,
        goals=(
            Goal("The row is live when the campaign begins", late <= 0),
            Goal("People wait no longer for it than the screen can", service.wait <= truth.screen_budget_ms),
            Goal("Those who see the row do not order less", gain >= 0),
            Goal("Nothing that was needed had been left out of the plan", not discoveries),
        ),
        alt=(
            f"Two charts over {len(quarter.weeks)} weeks. Above, orders per 100 visits: around {base:.2f} without the "
            f"row; those who see it stand beside them from week {launch} on. {_told(quarter.orders).capitalize()}. The "
            f"campaign begins in week {truth.weeks_to_launch}. Below, the wait for the row: {service.wait:.0f} ms, and "
            f"a line at {truth.screen_budget_ms} ms, which is what the screen can wait."
        ),
        draw=lambda figure: draw(figure, case, quarter, launch, [item.week for item in discoveries]),
        compared=(said,) if said else (),
        late=unasked,
        until=_day(case, int(quarter.weeks[-1])),
    )


def _day(case: Case, week: int) -> dt.date:
    day: dt.date = case.truth.kickoff + dt.timedelta(days=7 * week)
    return day


def _unasked(
    case: Case, plan: Plan, discoveries: list[Discovery], conversation: State | None, until: dt.date
) -> tuple[Late, ...]:
    """What nobody had asked and the plan had not dealt with anyway."""
    dealt_with = {
        "cold_start": plan.model == "rules" or _stands_in(case, plan),
        "kept_days": plan.model == "rules",
        "soft_number": plan.hopes < case.truth.wished_lift,
        "sold_out_tickets": _built(case, plan, "sold_out_filter"),
    }
    spared = {fact for fact, done in dealt_with.items() if done} | {item.fact for item in discoveries}
    return came_out_late(case, conversation, until, spared)


def _told(orders: Comparison) -> str:
    """What the test can say about orders."""
    if not math.isfinite(orders.low):
        return "nobody can tell what it did to orders"
    range_ = f"{signed(orders.low)} to {signed(orders.high)} %"
    if orders.shows is Change.UNCLEAR:
        return f"whether orders changed, the test cannot tell ({range_})"
    verb = "rose" if orders.shows is Change.MORE else "fell"
    return f"in the test, orders {verb} by {abs(orders.change):.1f} % ({range_})"


def _headline(late: int, service: Service, truth: Any, orders: Comparison) -> tuple[str, Comparison | None]:
    """The finding, and the comparison that it rests on."""
    weeks = f"{abs(late)} {'week' if abs(late) == 1 else 'weeks'}"
    if late > truth.readout_weeks + AFTER:
        weeks = f"{truth.readout_weeks + AFTER} weeks"
        return f"The row is not live {weeks} after the campaign began; nobody has seen it", None
    side = "after the campaign began" if late > 0 else "before the campaign"
    when = f"live {weeks} {side}" if late else "live with the campaign"
    slow = service.wait > truth.screen_budget_ms
    pace = f"people wait {service.wait:.0f} ms" + (", longer than the screen can" if slow else "")
    told = _told(orders)
    said = replace(orders, says=told, claims=orders.shows)
    return f"The row is {when}; {pace}; {told}", said


def _sentences(
    case: Case,
    plan: Plan,
    discoveries: list[Discovery],
    service: Service,
    conversation: State | None,
    results: Mapping[str, Result],
    unasked: tuple[Late, ...],
) -> list[str]:
    truth = case.truth
    rest = "what stands in for it" if _stands_in(case, plan) else "nothing useful"
    said = [
        f"With these Must-Haves the fullest role is done in week {_ready_week(case, plan)}; the page plans the launch "
        f"for week {plan.launch_week}, and it happens in week {results['launch_week'].value:.0f}. The campaign begins "
        f"in week {truth.weeks_to_launch}.",
        f"{100 * service.served:.0f} of 100 visits get an answer of the model itself"
        + ("." if service.served > 0.995 else f"; the rest see {rest}."),
    ]
    for item in discoveries:
        cost = f" It cost {item.delay} {'week' if item.delay == 1 else 'weeks'}." if item.delay else ""
        on = f"{day_month(_day(case, item.week))} (week {item.week})"
        said.append(f"Discovered late, on {on}: {item.what}.{cost} {_who_knew(case, item, conversation)}")
    if not discoveries:
        said.append("Nothing that was needed had been left out of the plan.")
    if not discoveries and not unasked and conversation is not None:
        said.append("What could be known in April was asked in April, or did not come to matter.")
    orders = results["extra_orders"].value
    said.append(
        f"By the end of the run, the simulation counts about {orders:,.0f} orders beyond those of today's strip."
        if orders > 0
        else "By the end of the run, the row has brought no orders beyond those of today's strip."
    )
    return said


def _who_knew(case: Case, item: Discovery, conversation: State | None) -> str:
    fact = case.facts.get(item.fact)
    if fact is None or not fact.held_by:
        return "The cards had said so."
    name = case.people[fact.held_by].first_name
    if conversation is not None and conversation.knows(fact.id):
        return f"{name} had said it in the kick-off."
    return f"{name} knew, and nobody had asked."
