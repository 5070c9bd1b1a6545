"""Criteria for the measures of the PRD (A03, and the size of a test from A17): could this plan show success or harm?"""

from __future__ import annotations

import math
from collections.abc import Iterator

from curriculum.artifacts.prd import Goal, Guardrail, Prd
from curriculum.cases import Case
from curriculum.cases.recommendation_scoping.truth import RATIOS, Metric
from graders.common import near
from graders.recommendation_scoping.phrases import amount, named
from graders.recommendation_scoping.register import rubric
from graders.recommendation_scoping.world import CHANCE_PERCENT, chosen_model, least_promise, metrics
from graders.rubric import Objections, objection

REACH = 1.5
"""A target beyond so many times the best past gain is a wish."""
BEYOND = 1.5
"""A guardrail may lie so many times as far away as a change that the test can show; that much it still shows."""
OF_THE_CHANGE, OF_ITSELF = 1 / 6, 0.004
"""A baseline may be off by this share of what is to be moved, and at most by this share of itself."""
PEOPLE = ("business", "user")
"""Sorts of metrics that people or the business feel."""


@rubric.criterion(
    points=1,
    voice="noor",
    skill="measure_success",
    hints=(
        "How would you notice that people are better off, that the model works, and that nothing else breaks?",
        "One goal that people or the business feel, one goal of the model, and one guardrail with a limit. What is a "
        "goal is watched by its target: a guardrail watches something else.",
    ),
    rests_on=("prd.goals", "prd.guardrails"),
    met="People, model and harm are covered.",
    expected="a goal for people or business, a goal for the model, and a guardrail with a limit on something else",
)
def measures_cover_people_model_and_harm(prd: Prd, case: Case) -> Objections:
    """There is a goal for people or business, a goal for the model, and a guardrail with a limit."""
    known = metrics(case)
    sorts = {known[goal.metric].sort for goal in prd.goals if goal.metric in known}
    if not sorts & {*PEOPLE}:
        yield objection("goals", "None of your goals is one for people or business.")
    if "model" not in sorts:
        yield objection("goals", "None of your goals is one for the model.")
    if all(guardrail.limit is None for guardrail in prd.guardrails):
        yield objection("guardrails", "None of your guardrails has a limit.")
    goals = {goal.metric: number for number, goal in enumerate(prd.goals, start=1)}
    for number, guardrail in enumerate(prd.guardrails, start=1):
        if guardrail.metric in goals:
            name = named(case, "metrics", guardrail.metric)
            found = f"{name} is goal {goals[guardrail.metric]} already, and guards nothing else."
            yield objection(f"guardrails[{number}].metric", found, "something that is to stay as it is")


@rubric.criterion(
    points=2,
    voice="noor",
    skill="measure_success",
    hints=(
        "Which visits will ever meet the row?",
        "The brief says where the row is shown at first. Other visits only thin out what you want to see.",
    ),
    rests_on=("prd.counted_over",),
    expected="the visits that meet the row, as the brief says where it is shown",
)
def visits_are_those_with_the_row(prd: Prd, case: Case) -> Objections:
    """Measures count the visits in which the row is shown, and no others."""
    if prd.counted_over != case.truth.place:
        yield objection("counted_over", f"You count {named(case, 'segments', prd.counted_over).lower()}.")


@rubric.criterion(
    points=7,
    voice="noor",
    skill="measure_success",
    hints=(
        "Over which weeks and visits did you count, and did you add up before you divided?",
        "The last eight weeks, without the sale, and the visits that meet the row. Add all orders and all visits, then "
        "divide: the mean of two rates is another number.",
        "The model's baseline is today's strip in the table models; the wait's baseline is your model's p95 in the "
        "traces.",
        "{% for (metric, segment), value in truth.baselines.items() %}{{ entries.metrics[metric].label }}, "
        "{{ entries.segments[segment].label }}: {{ '%.4g' | format(value) }}. {% endfor %}",
    ),
    rests_on=("prd.goals", "prd.guardrails", "prd.model", "visits_are_those_with_the_row"),
    met="The baselines are those of the data.",
)
def baselines_recompute(prd: Prd, case: Case) -> Objections:
    """Every baseline is the one that the data give for its metric, closer than what is to be seen."""
    for place, metric_id, stated, moved in _baselines(prd):
        metric, true = metrics(case).get(metric_id), _baseline(metric_id, prd, case)
        if true is None or metric is None:
            found = f"{named(case, 'metrics', metric_id)}: nothing is counted that could be compared."
            yield objection(place, found, "a metric of the list")
            continue
        most = OF_ITSELF * abs(true)
        if stated is not None and moved is not None and moved != stated:
            most = min(most, OF_THE_CHANGE * abs(moved - stated))
        if not near(stated, true, absolute=most):
            row = {"metric": metric.id, "table": metric.table, "formula": metric.note}
            expected = "the number that the metric's formula gives over its table and the visits that are counted"
            yield objection(f"{place}.baseline", f"{metric.label}: you state {amount(stated)}.", expected, row)


@rubric.criterion(
    points=5,
    voice="noor",
    skill="measure_success",
    hints=(
        "Could a test tell this target from chance, with the visits that you have in this time?",
        "In each half you need about 16 × p × (1 − p) ÷ d² visits, where p is the baseline and d the change, both as "
        "fractions of 1.",
        "Take more weeks, a larger change, or another measure. Some shops have too few visits to see a change in "
        "orders; then a measure that people feel earlier has to do.",
        "Over the visits with the row and {{ truth.readout_weeks }} weeks, a test can show a change of: {% for metric "
        "in ['conversion', 'row_ctr', 'search_on'] %}{{ entries.metrics[metric].label }} {{ truth.detectable(metric, "
        "truth.place, truth.readout_weeks) | number(1) }} %{{ ', ' if not loop.last }}{% endfor %}.",
    ),
    rests_on=("prd.goals", "prd.test_weeks", "visits_are_those_with_the_row"),
    met="A test of this length can show the targets.",
    expected="a target that a test on these visits and weeks, split in halves, can tell from chance",
)
def targets_rise_above_chance(prd: Prd, case: Case) -> Objections:
    """Each goal changes the right way, and for people or business by more than the test can mistake for chance."""
    asked = 0
    for place, goal, metric in _goals(prd, case):
        true = _baseline(goal.metric, prd, case)
        words = f"{metric.label}: from {amount(goal.baseline)} to {amount(goal.target)}"
        if not true or goal.target is None or prd.test_weeks is None:
            yield objection(place, f"{metric.label} lacks a target, or the weeks over which it is counted.")
        elif (change := _better(goal.target, true, metric)) <= 0 or goal.target == goal.baseline:
            yield objection(f"{place}.target", f"{words} is no gain.", "a change for the better")
        elif metric.sort in PEOPLE and change < case.truth.detectable(metric.id, prd.counted_over, prd.test_weeks):
            row = {"table": metric.table, "visits": prd.counted_over, "weeks": prd.test_weeks}
            found = f"{words} cannot be told from chance in {amount(prd.test_weeks, 'weeks')}."
            yield objection(f"{place}.target", found, "", row)
        asked += metric.sort in PEOPLE
    if not asked:
        yield objection("goals", "There is no goal for people or business.")


@rubric.criterion(
    points=6,
    voice="ruth",
    skill="measure_success",
    hints=(
        "What has any of our tests ever reached?",
        f"For orders, compare with the gains in past_tests that can be told from chance: more than {REACH:g} times the "
        "best of them is a wish. For clicks and searches, people cannot change more than the model's first six hit "
        "more than today's strip. For the model, its own score on held-out purchases is the most that you can promise.",
        "The best of the past tests gained {{ truth.past_tests.best_lift | number(1) }} %. On held-out purchases: "
        "{% for (metric, model), value in truth.offline.items() if model in entries.models %}"
        "{{ entries.metrics[metric].label }}, {{ entries.models[model].label }}: {{ '%.4g' | format(value) }}. "
        "{% endfor %}",
    ),
    rests_on=("prd.goals", "prd.model", "model_fits_this_launch", "visits_are_those_with_the_row"),
    met="The targets are within reach.",
)
def targets_are_within_reach(prd: Prd, case: Case) -> Objections:
    """No target promises more than past tests and the model's own scores make believable."""
    truth, model = case.truth, chosen_model(prd, case)
    hits = 100 * (truth.offline["hits_in_six", model.id] / truth.offline["hits_in_six", "today"] - 1)
    compared = 0
    expected = {
        "model": "no more than the model's own score on held-out purchases",
        "user": "no larger a change than that of the model's first six, compared with today's strip",
        "business": "no more than half as much again as the best gain of a past test that can be told from chance",
    }
    for place, goal, metric in _goals(prd, case):
        true, found = _baseline(goal.metric, prd, case), f"{metric.label}: a target of {amount(goal.target)}."
        if goal.target is None or true is None or metric.sort == "guardrail":
            continue
        compared += 1
        if metric.sort == "model":
            if goal.target > truth.offline[goal.metric, model.id] + 1e-9:
                row = {"table": "models", "model": prd.model, "column": goal.metric}
                yield objection(f"{place}.target", found, expected[metric.sort], row)
        elif metric.sort == "user":
            if _better(goal.target, true, metric) > hits:
                row = {"table": "models", "model": prd.model, "column": "hits_in_six"}
                yield objection(f"{place}.target", found, expected[metric.sort], row)
        elif _better(goal.target, true, metric) > REACH * truth.past_tests.best_lift:
            row = {"table": "past_tests", "columns": "orders and visits of test and control"}
            yield objection(f"{place}.target", found, expected[metric.sort], row)
    if not compared:
        yield objection("goals", "There is no target to compare.", "goals with targets")


@rubric.criterion(
    points=6,
    voice="kofi",
    skill="measure_success",
    gate=True,
    hints=(
        "Would this guardrail ring without any harm, or only long after it?",
        "Its limit lies beyond the worst of the last eight weeks, or it rings by itself; and at most half as far "
        "again from the baseline as a change that your test can show. For the wait, it lies above the model's p95 in a "
        "full shop, with a few milliseconds for chance, and not beyond what the screen can wait.",
        "In {{ truth.readout_weeks }} weeks, tickets can rise unnoticed by {{ truth.detectable('ticket_rate', "
        "truth.place, truth.readout_weeks) | number(1) }} %; the worst of the eight weeks was {{ "
        "truth.farthest['ticket_rate', truth.place] | number(1) }} % above the baseline. The wait: up to {{ "
        "truth.screen_budget_ms }} ms.",
    ),
    rests_on=(
        "prd.guardrails",
        "prd.model",
        "prd.test_weeks",
        "model_fits_this_launch",
        "visits_are_those_with_the_row",
    ),
    met="The guardrails would ring in time.",
    expected="a limit beyond the worst of the last eight weeks, and at most half as far again as a change that the "
    f"test can show; for the wait, at least {CHANCE_PERCENT:g} % above what the model takes in a full shop, and no "
    "more than the screen can wait",
)
def guardrails_can_bite(prd: Prd, case: Case) -> Objections:
    """Each guardrail's limit is not broken by an ordinary week, and close enough to be broken by harm."""
    judged = 0
    for number, guardrail in enumerate(prd.guardrails, start=1):
        if (metric := metrics(case).get(guardrail.metric)) is None:
            continue
        judged += 1
        low, high = _room(metric, prd, case)
        if guardrail.limit is None or not low <= guardrail.limit <= high:
            found = f"{metric.label}: a limit of {amount(guardrail.limit, metric.unit)}."
            yield objection(f"guardrails[{number}].limit", found)
    if not judged:
        yield objection("guardrails", "There is no guardrail.")


@rubric.criterion(
    points=1,
    voice="noor",
    skill="measure_success",
    hints=(
        "For how long is it counted, and who looks?",
        "Each measure needs an owner who was in the room, and the test whole weeks, until the board meets at most.",
        "{{ facts.board_meeting.label }}",
    ),
    rests_on=("prd.goals", "prd.guardrails", "prd.test_weeks"),
    met="The test has its weeks, and each measure its owner.",
    expected="whole weeks until the board meets at most, and with each measure somebody who took part in the kick-off",
)
def measures_have_weeks_and_owner(prd: Prd, case: Case) -> Objections:
    """The test runs whole weeks until the board meets, and each measure has an owner who was in the room."""
    weeks = prd.test_weeks
    if weeks is None or not 1 <= weeks <= case.truth.readout_weeks or not weeks.is_integer():
        yield objection("test_weeks", f"The test runs {amount(weeks, 'weeks')}.")
    owned: list[tuple[str, Goal | Guardrail]] = []
    owned += [(f"goals[{number}]", goal) for number, goal in enumerate(prd.goals, start=1)]
    owned += [(f"guardrails[{number}]", one) for number, one in enumerate(prd.guardrails, start=1)]
    for place, measure in owned:
        if measure.owner not in case.truth.room:
            who = named(case, "people", measure.owner)
            found = f"{named(case, 'metrics', measure.metric)}: it is watched by {who}."
            yield objection(f"{place}.owner", found)


def _goals(prd: Prd, case: Case) -> Iterator[tuple[str, Goal, Metric]]:
    """The goals of known metrics with their places."""
    known = metrics(case)
    for number, goal in enumerate(prd.goals, start=1):
        if goal.metric in known:
            yield f"goals[{number}]", goal, known[goal.metric]


def _baselines(prd: Prd) -> Iterator[tuple[str, str, float | None, float | None]]:
    """Each measure: its place, its metric, its baseline, and where that is to move or may move."""
    for number, goal in enumerate(prd.goals, start=1):
        yield f"goals[{number}]", goal.metric, goal.baseline, goal.target
    for number, guardrail in enumerate(prd.guardrails, start=1):
        yield f"guardrails[{number}]", guardrail.metric, guardrail.baseline, guardrail.limit


def _better(target: float, true: float, metric: Metric) -> float:
    """The relative change towards the good side, in percent."""
    change = 100 * (target - true) / true
    return change if metric.better == "higher" else -change


def _baseline(metric: str, prd: Prd, case: Case) -> float | None:
    """What the data give as baseline of a metric; None where nothing is measured."""
    if metric == "row_p95":
        p95: float = case.truth.latency[chosen_model(prd, case).id].p95
        return p95
    value: float | None = case.truth.baselines.get((metric, prd.counted_over if metric in RATIOS else "all"))
    return value


def _room(metric: Metric, prd: Prd, case: Case) -> tuple[float, float]:
    """Between which values the limit of a guardrail makes sense."""
    truth, reference = case.truth, _baseline(metric.id, prd, case)
    if metric.id == "row_p95":
        return least_promise(prd, case), truth.screen_budget_ms
    if metric.sort == "model":
        reference = truth.offline[metric.id, chosen_model(prd, case).id]
        return truth.offline[metric.id, "today"], 0.999 * reference
    if reference is None or prd.test_weeks is None:
        return math.inf, -math.inf
    nearest = truth.farthest[metric.id, prd.counted_over] / 100
    most = max(BEYOND * truth.detectable(metric.id, prd.counted_over, prd.test_weeks) / 100, 2 * nearest)
    if metric.better == "lower":
        return (1 + nearest) * reference, (1 + most) * reference
    return (1 - most) * reference, (1 - nearest) * reference
