"""The quarter of `recommendation_scoping`: the scope is built, launched and used, week by week."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from curriculum.artifacts.base import Artifact
from curriculum.artifacts.board import Board
from curriculum.artifacts.prd import Prd
from curriculum.cases import Case
from curriculum.cases.base import Card, Role, frozen_columns, random
from curriculum.cases.recommendation_scoping.entries import FALLBACK_CARDS, FALLBACK_WIREFRAMES, MODELS
from curriculum.consequences import Outcome
from curriculum.roleplay.engine import State

if TYPE_CHECKING:
    from matplotlib.figure import Figure

EFFECT = {"rules": 0.65, "light": 0.9, "deep": 1.0}
"""What a model does for a visitor whom it serves in time, as a share of the best past gain. Assumed."""
STAND_IN = 0.35
"""What bestsellers or the hand-picked strip do in the new row, as a share of the best past gain. Assumed."""
BLANK = 1.0
"""Percent of orders lost among visitors who see an unexplained blank place. Assumed."""
PER_100_MS = 0.5
"""Percent of orders lost per 100 ms beyond what the screen can wait; controlled experiments found 0.1 to 1."""
NOISE = 0.006
"""Relative scatter of a week's conversion."""
AFTER = 3
"""Weeks that the run goes on after the board has seen the result."""

PURPLE, ORANGE, GREY = "#4a3fd1", "#b3500a", "#6b6880"


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
    """Weeks relative to the launch, and the share of visitors from then on, 0 to 1."""


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
    """How the model served visitors once the shop was full."""

    wait: float
    """Milliseconds within which 95 of 100 rows stood, with an answer or with what replaces it."""
    served: float
    """Share of visits with an answer of the model itself."""
    gain: float
    """Relative change in orders among those who see the row, in percent."""


def consequence(case: Case, artifacts: Mapping[str, Artifact], conversation: State | None) -> Outcome | None:
    """The quarter as it goes with this board and this PRD; None while one of them is missing."""
    board, prd = artifacts.get("board"), artifacts.get("prd")
    if not isinstance(board, Board) or not isinstance(prd, Prd) or prd.model not in MODELS:
        return None
    plan = _plan(case, board, prd)
    discoveries = _discoveries(case, plan)
    return _outcome(case, plan, discoveries, _service(case, plan), conversation)


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
    )


def _built(case: Case, plan: Plan, card: str) -> bool:
    """Whether a card is built, itself or as its duplicate."""
    pair: frozenset[str] = case.truth.duplicates
    return bool(plan.musts & (pair if card in pair else {card}))


def _stands_in(case: Case, plan: Plan) -> bool:
    """Whether there is something useful to show when the model has nothing."""
    card = FALLBACK_CARDS.get(plan.fallback)
    return plan.fallback in FALLBACK_WIREFRAMES and (card is None or _built(case, plan, card))


def _discoveries(case: Case, plan: Plan) -> list[Discovery]:
    """What comes out late under this plan, in the order in which it comes out."""
    truth, cards = case.truth, case.registry.entries("cards")
    planned = [card for id in sorted(plan.musts) if isinstance(card := cards[id], Card)]
    missing = sorted({need for card in planned for need in card.needs if not _built(case, plan, need)})
    model = MODELS[plan.model]
    found: list[Discovery] = []
    ready = max(plan.launch_week, _ready_week(case, plan))
    if missing:
        what = f"“{cards[missing[0]].label}” was needed, and nobody had planned it"
        found.append(Discovery(max(1, ready - 2), what, 3))
    if not _built(case, plan, model.card):
        what = f"“{cards[model.card].label}” was promised on the page and built by nobody"
        found.append(Discovery(max(1, ready - 2), what, 4))
    if truth.p95_at_peak[plan.model] > truth.screen_budget_ms:
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
    known = 1.0 if plan.model == "rules" else 1 - truth.cold_start / 100
    served = in_time * known
    gain = EFFECT[plan.model] * truth.best_past_lift * served
    if _stands_in(case, plan):
        gain += STAND_IN * truth.best_past_lift * (1 - served)
    elif not _built(case, plan, "state_screens"):
        gain -= BLANK * (1 - served)
    gain -= PER_100_MS * max(0.0, wait - truth.screen_budget_ms) / 100
    return Service(wait, served, gain)


def _outcome(
    case: Case, plan: Plan, discoveries: list[Discovery], service: Service, conversation: State | None
) -> Outcome:
    truth = case.truth
    delay = sum(item.delay for item in discoveries)
    launch = max(plan.launch_week, _ready_week(case, plan)) + delay
    weeks = np.arange(1, truth.weeks_to_launch + truth.readout_weeks + AFTER + 1)
    share = np.zeros(len(weeks))
    for start, part in plan.steps:
        share[weeks >= launch + start] = part
    base = truth.baselines["conversion", "all"]
    scatter = random(case.slug, case.seed, "quarter").normal(1.0, NOISE, len(weeks))
    conversion = np.round(base * scatter * (1 + share * service.gain / 100), 3)
    wait = np.where(share > 0, round(service.wait), 0)
    extra = share * truth.weekly["conversion", "all"] * base / 100 * service.gain / 100
    orders = float(np.round(extra.sum(), -1))
    late = launch - truth.weeks_to_launch
    numbers = {
        "launch_week": float(launch), "weeks_late": float(max(0, late)), "wait_ms": float(round(service.wait)),
        "served_percent": round(100 * service.served, 1), "gain_percent": round(service.gain, 1),
        "extra_orders": orders, "discovered_late": float(len(discoveries)),
    }  # fmt: skip
    headline = _headline(late, service, truth)
    return Outcome(
        headline=headline,
        sentences=tuple(_sentences(case, plan, discoveries, service, conversation, numbers)),
        table=frozen_columns(
            week=weeks, visitors_with_row=np.round(100 * share), wait_p95_ms=wait, conversion_percent=conversion
        ),
        numbers=numbers,
        alt=(
            f"Two charts over {len(weeks)} weeks. Above, orders per 100 visits: around {base:.2f} before the row, "
            f"{service.gain:+.1f} % among those who see it, from week {launch} on; the campaign begins in week "
            f"{truth.weeks_to_launch}. Below, the wait for the row: {service.wait:.0f} ms, and a line at "
            f"{truth.screen_budget_ms} ms, which is what the screen can wait."
        ),
        draw=lambda figure: _draw(figure, case, headline, weeks, conversion, wait, launch, discoveries),
    )


def _headline(late: int, service: Service, truth: Any) -> str:
    weeks = f"{abs(late)} {'week' if abs(late) == 1 else 'weeks'}"
    if late > truth.readout_weeks + AFTER:
        return f"The row is not live {truth.readout_weeks + AFTER} weeks after the campaign began; nobody has seen it"
    side = "after the campaign began" if late > 0 else "before the campaign"
    when = f"live {weeks} {side}" if late else "live with the campaign"
    slow = service.wait > truth.screen_budget_ms
    pace = f"people wait {service.wait:.0f} ms" + (", longer than the screen can" if slow else "")
    return f"The row is {when}; {pace}; orders {service.gain:+.1f} % among those who see it"


def _sentences(
    case: Case,
    plan: Plan,
    discoveries: list[Discovery],
    service: Service,
    conversation: State | None,
    numbers: Mapping[str, float],
) -> list[str]:
    truth = case.truth
    rest = "what stands in for it" if _stands_in(case, plan) else "nothing useful"
    said = [
        f"With these Must-Haves the fullest role is done in week {_ready_week(case, plan)}; the page plans the launch "
        f"for week {plan.launch_week}, and it happens in week {numbers['launch_week']:.0f}. The campaign begins in "
        f"week {truth.weeks_to_launch}.",
        f"{100 * service.served:.0f} of 100 visits get an answer of the model itself"
        + ("." if service.served > 0.995 else f"; the rest see {rest}."),
    ]
    for item in discoveries:
        cost = f" It cost {item.delay} {'week' if item.delay == 1 else 'weeks'}." if item.delay else ""
        said.append(f"Discovered late, in week {item.week}: {item.what}.{cost} {_who_knew(case, item, conversation)}")
    if not discoveries:
        said.append("Nothing that mattered came out late: what could be known in April was asked in April.")
    said.append(
        f"By the end of the run, the row has brought about {numbers['extra_orders']:,.0f} orders more than today's "
        f"strip would have."
        if numbers["extra_orders"] > 0
        else "By the end of the run, the row has brought no orders beyond those of today's strip."
    )
    return said


def _who_knew(case: Case, item: Discovery, conversation: State | None) -> str:
    fact = case.facts.get(item.fact)
    if fact is None or not fact.held_by:
        return "The cards had said so."
    name = case.people[fact.held_by].label.split()[0]
    if conversation is not None and conversation.knows(fact.id):
        return f"{name} had said it in the kick-off."
    return f"{name} knew, and nobody had asked."


def _draw(
    figure: Figure,
    case: Case,
    headline: str,
    weeks: np.ndarray,
    conversion: np.ndarray,
    wait: np.ndarray,
    launch: int,
    discoveries: list[Discovery],
) -> None:
    truth = case.truth
    above, below = figure.subplots(2, 1, sharex=True, height_ratios=[3, 2])
    above.plot(weeks, conversion, color=PURPLE, marker="o", markersize=4)
    above.set_ylabel("orders per 100 visits")
    above.set_title(";\n".join(headline.rsplit("; ", 1)), fontsize=11, loc="left")
    low, high = float(conversion.min()), float(conversion.max())
    room = max(high - low, 0.02)
    above.set_ylim(low - 0.4 * room, high + 0.45 * room)
    marks = sorted([(truth.weeks_to_launch, "campaign", GREY), (launch, "launch", PURPLE)])
    for (week, label, colour), side in zip(marks, ("right", "left"), strict=True):
        if week <= weeks[-1]:
            above.axvline(week, color=colour, linestyle=":", linewidth=1.2)
            shift = 0.12 if side == "left" else -0.12
            above.text(week + shift, high + 0.3 * room, label, color=colour, fontsize=9, ha=side)
    late = [item.week for item in discoveries if item.week <= weeks[-1]]
    if late:
        above.plot(late, [low - 0.25 * room] * len(late), linestyle="", marker="^", color=ORANGE)
        above.text(max(late) + 0.25, low - 0.25 * room, "discovered late", color=ORANGE, fontsize=9, va="center")
    below.plot(weeks, np.where(wait > 0, wait, np.nan), color=PURPLE, marker="o", markersize=4)
    below.axhline(truth.screen_budget_ms, color=ORANGE, linestyle="--", linewidth=1.2)
    below.text(1, truth.screen_budget_ms * 1.04, "what the screen can wait", color=ORANGE, fontsize=9)
    below.set_ylim(0, 1.3 * max(truth.screen_budget_ms, float(wait.max())))
    below.set_ylabel("wait, p95 (ms)")
    below.set_xlabel("week after the kick-off")
    below.set_xticks(weeks[1::2])
    for axes in (above, below):
        axes.spines[["top", "right"]].set_visible(False)
