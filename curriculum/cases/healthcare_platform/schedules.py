"""Draws a backlog for which plans exist: first the plan, then the answers and the days that it needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from curriculum.cases.base import Columns, Role, by_id, random
from curriculum.cases.healthcare_platform.calendar import SPRINTS
from curriculum.cases.healthcare_platform.kinds import Delivery, Discovery
from curriculum.cases.healthcare_platform.plan import (
    ALWAYS,
    ENGINEERS,
    FRESH,
    IDEA,
    QUESTIONS,
    ROLES,
    WORK,
    Backlog,
    Plan,
    Planned,
    Slip,
    plan_columns,
)
from curriculum.cases.healthcare_platform.shape import Shape, Way
from curriculum.cases.healthcare_platform.wards import SLUG

STALE = 1 - FRESH - 1
"""An answer of this sprint is too old for work of any sprint of the plan."""
_SOONEST = {"rollout_general": 2}
_LATEST = {"model_trees": 3, "model_sequence": 3, "monitor_feed": 3}


def make_backlog(seed: int, shape: Shape) -> tuple[Backlog, Mapping[str, Columns]]:
    """The backlog of one seed and its tables. Draws are repeated until each right way has a plan that can slip."""
    rng = random(SLUG, seed, "plan")
    while True:
        backlog = _drawn(rng, shape, seed % len(ENGINEERS))
        if backlog is not None:
            return backlog, plan_columns(backlog)


def _drawn(rng: np.random.Generator, shape: Shape, turn: int) -> Backlog | None:
    built = {str(item) for item in rng.permutation(ALWAYS)[:2]}
    refuted = _refuted(shape) or {IDEA}
    refuted |= {IDEA} if rng.random() < 0.4 else set()
    sprints = {item: int(rng.integers(_SOONEST.get(item, 1), _LATEST.get(item, SPRINTS) + 1)) for item in WORK}
    delivery = {
        item: Delivery(item, words, needs=(question,), requirements=requirements, built=item in built,
                       days={role: day + float(rng.integers(-1, 2)) / 2 for role, day in days.items()})
        for item, (words, question, days, requirements) in WORK.items()
    }  # fmt: skip
    discovery = {
        item.needs[0]: _question(rng, item, sprints[item.id], [*ENGINEERS][(turn + place) % len(ENGINEERS)],
                                 refuted=item.id in refuted)
        for place, item in enumerate(delivery.values())
    }  # fmt: skip
    order = [question for question in QUESTIONS if question in discovery]
    first = Backlog(by_id(*(discovery[id] for id in order)), by_id(*delivery.values()), {}, 0, 0, {}, {}, {})
    plans = {way.model: tuple(_plan(first, way, sprints, soon) for soon in (False, True)) for way in shape.right}
    everything = [plan for both in plans.values() for plan in both]
    roles = by_id(*(Role(id, label, capacity=_most(first, everything, id) + 0.5) for id, label in ROLES.items()))
    backlog = replace(
        first,
        roles=roles,
        most_work=max(_crowd(plan.built) for plan in everything),
        most_questions=max(_crowd(plan.asked) for plan in everything),
        plans=plans,
    )
    slips = {model: (_overfull(backlog, both[0]), _too_late(backlog, both[0])) for model, both in plans.items()}
    enough = all(
        {"ask", "repeat"} <= {backlog.needed(backlog.discovery[line.item]) for line in both[0].asked}
        for both in plans.values()
    )
    overfull = {model: slip for model, (slip, _) in slips.items() if slip}
    too_late = {model: slip for model, (_, slip) in slips.items() if slip}
    if not enough or len(overfull) < len(plans) or len(too_late) < len(plans):
        return None
    return replace(backlog, overfull=overfull, too_late=too_late)


def _refuted(shape: Shape) -> set[str]:
    """Work whose question was answered with no, because the world is so."""
    refuted = {"list": {"screen_popup"}, "popup": {"screen_tiered"}}.get(shape.alerts, set())
    return refuted | ({"model_trees"} if shape.against_broad in ("medical", "surgical") else set())


def _question(rng: np.random.Generator, work: Delivery, sprint: int, role: str, *, refuted: bool) -> Discovery:
    """How a question stands, such that its work can be built in a sprint; engineers of one role have days for it."""
    id = work.needs[0]
    days = {"design": float(rng.integers(1, 4)), role: float(rng.integers(1, 3)), "clinical": 1.0}
    if refuted:
        return Discovery(id, QUESTIONS[id], ended=int(rng.integers(-2, 1)), outcome="refuted", days=days)
    fresh = [ended for ended in range(STALE + 1, 1) if 1 <= sprint - ended <= FRESH]
    ways = [*(["fresh"] if fresh else []), *(["open", "stale"] if sprint > 1 else [])]
    match str(rng.choice(ways)):
        case "open":
            return Discovery(id, QUESTIONS[id], ended=None, outcome="open", days=days)
        case "stale":
            return Discovery(id, QUESTIONS[id], ended=STALE - int(rng.integers(0, 3)), outcome="confirmed", days=days)
        case _:
            return Discovery(id, QUESTIONS[id], ended=int(rng.choice(fresh)), outcome="confirmed", days=days)


def _plan(backlog: Backlog, way: Way, sprints: Mapping[str, int], soon: bool) -> Plan:
    """The plan of a way: questions answered and clauses mapped in the sprint before, or as soon as may be."""
    wanted = backlog.wanted(way.model, way.screen, way.use == "all_adult")
    built, asked = [], []
    for item in sorted(wanted, key=[*WORK].index):
        sprint = sprints[item]
        mapped = (0 if soon else sprint - 1) if backlog.delivery[item].requirements else None
        built.append(Planned(item, sprint, mapped))
        question = backlog.question_of(item)
        if backlog.needed(question):
            asked.append(Planned(question.id, max(1, sprint - 2) if soon else sprint - 1))
    return Plan(tuple(sorted(asked, key=lambda line: [*QUESTIONS].index(line.item))), tuple(built))


def _most(backlog: Backlog, plans: Sequence[Plan], role: str) -> float:
    """The most days that one role has in one sprint of some plans."""
    loads = []
    for plan in plans:
        lines = [(line.sprint, backlog.discovery[line.item].days) for line in plan.asked]
        lines += [(line.sprint, backlog.delivery[line.item].days) for line in plan.built]
        for sprint in range(1, SPRINTS + 1):
            loads.append(sum(float(days.get(role, 0)) for at, days in lines if at == sprint))
    return max(loads)


def _crowd(lines: Sequence[Planned]) -> int:
    return max((sum(line.sprint == sprint for line in lines) for sprint in range(1, SPRINTS + 1)), default=0)


def _overfull(backlog: Backlog, plan: Plan) -> Slip | None:
    """A later or earlier sprint for one piece of work that overfills the sprint, with all its answers still fresh."""
    for number, line in enumerate(plan.built):
        answered = next((q.sprint for q in plan.asked if q.item == backlog.question_of(line.item).id), None)
        answered = backlog.question_of(line.item).ended if answered is None else answered
        for sprint in range(max(line.mapped_in or 0, answered or 0) + 1, SPRINTS + 1):
            if sprint - (answered or 0) <= FRESH and _broken(backlog, plan, built=(number, sprint)):
                return Slip(number, sprint)
    return None


def _too_late(backlog: Backlog, plan: Plan) -> Slip | None:
    """A question that could be answered in the sprint in which its work is built, and nothing would be overfull."""
    for number, line in enumerate(plan.asked):
        for work in plan.built:
            mine = backlog.question_of(work.item).id == line.item
            if mine and not _broken(backlog, plan, asked=(number, work.sprint)):
                return Slip(number, work.sprint)
    return None


def _broken(
    backlog: Backlog, plan: Plan, *, asked: tuple[int, int] | None = None, built: tuple[int, int] | None = None
) -> bool:
    """Whether a sprint would be overfull with one line moved."""
    moved = Plan(tuple(_moved(plan.asked, asked)), tuple(_moved(plan.built, built)))
    return any(True for _ in backlog.too_much(moved))


def _moved(lines: Sequence[Planned], move: tuple[int, int] | None) -> Iterator[Planned]:
    for number, line in enumerate(lines):
        yield replace(line, sprint=move[1]) if move and move[0] == number else line
