"""Criteria for the measures of the PRD (A03, and the size of a test from A17): could this plan show success or harm?"""

from __future__ import annotations

import math
from collections.abc import Iterator

from curriculum.artifacts.prd import Measure, Prd
from curriculum.cases import Case
from curriculum.cases.recommendation_scoping.truth import Metric
from graders.common import PERCENTILE_TOLERANCE, near
from graders.recommendation_scoping.phrases import amount, named
from graders.recommendation_scoping.register import rubric
from graders.recommendation_scoping.world import chosen_model, metrics
from graders.rubric import Objections, objection

REACH = 1.5
"""A target beyond so many times the best past gain is a wish."""
LOOSE = 0.5
"""A guardrail's limit may lie at most this share beyond the baseline, or it would never bite."""
BASELINE_TOLERANCE = PERCENTILE_TOLERANCE
"""Relative: half a percentage point, usual for rates, would be a fifth of a conversion of 2.5 %."""
PEOPLE = ("business", "user")
"""Sorts of metrics that people or the business feel."""


@rubric.criterion(
    points=1,
    voice="noor",
    skill="measure_success",
    hints=(
        "How would you notice that people are better off, that the model works, and that nothing else breaks?",
        "One goal that people or the business feel, one goal of the model, and one guardrail with a limit.",
    ),
    rests_on=("prd.measures",),
    met="People, model and harm are covered.",
    expected="a goal for people or business, a goal for the model, and a guardrail with a limit",
)
def measures_cover_people_model_and_harm(prd: Prd, case: Case) -> Objections:
    """There is a goal for people or business, a goal for the model, and a guardrail with a limit."""
    sorts = {metric.sort for _, _, metric in _used(prd, case, "goal")}
    if not sorts & {*PEOPLE}:
        yield objection("measures", "None of your measures is a goal for people or business.")
    if "model" not in sorts:
        yield objection("measures", "None of your measures is a goal for the model.")
    if all(measure.target is None for _, measure, _ in _used(prd, case, "guardrail")):
        yield objection("measures", "None of your measures is a guardrail with a limit.")


@rubric.criterion(
    points=2,
    voice="noor",
    skill="measure_success",
    hints=(
        "Over which weeks did you count, and did you add up before you divided?",
        "The last eight weeks, without the sale. Add all orders and all visits, then divide: the mean of two rates is "
        "another number.",
        "The model's baseline is today's strip in the table models; the wait's baseline is your model's p95 in the "
        "traces.",
        "{% for (metric, segment), value in truth.baselines.items() %}{{ entries.metrics[metric].label }}, "
        "{{ entries.segments[segment].label }}: {{ '%.4g' | format(value) }}. {% endfor %}",
    ),
    rests_on=("prd.measures", "prd.model"),
    met="The baselines are those of the data.",
)
def baselines_recompute(prd: Prd, case: Case) -> Objections:
    """Every baseline is the one that the data give for its metric and the visits it counts, within 5 %."""
    for number, measure in enumerate(prd.measures, start=1):
        true, metric = _baseline(measure, prd, case), metrics(case).get(measure.metric)
        what = f"{named(case, 'metrics', measure.metric)}, {named(case, 'segments', measure.segment)}"
        if true is None or metric is None:
            found = f"{what}: nothing is counted that could be compared."
            yield objection(f"measures[{number}]", found, "a metric with the visits over which it is counted")
        elif not near(measure.baseline, true, relative=BASELINE_TOLERANCE):
            row = {"metric": metric.id, "table": metric.table, "formula": metric.note}
            expected = "the number that the metric's formula gives over its table, within 5 %"
            found = f"{what}: you state {amount(measure.baseline)}."
            yield objection(f"measures[{number}].baseline", found, expected, row)


@rubric.criterion(
    points=2,
    voice="noor",
    skill="measure_success",
    hints=(
        "Could a test tell this target from chance, with the visitors that you have in this time?",
        "In each half you need about 16 × p × (1 − p) ÷ d² visits, where p is the baseline and d the change, both as "
        "fractions of 1.",
        "Measure more visits or more weeks, or aim for a larger change.",
        "Over all visits and {{ truth.readout_weeks }} weeks, a test can show a change in conversion of "
        "{{ truth.detectable('conversion', 'all', truth.readout_weeks) | number(1) }} %, and in clicks of "
        "{{ truth.detectable('row_ctr', 'all', truth.readout_weeks) | number(1) }} %.",
    ),
    rests_on=("prd.measures",),
    met="A test of this length can show the targets.",
    expected="a target that a test on these visits and weeks, split in halves, can tell from chance",
)
def targets_rise_above_chance(prd: Prd, case: Case) -> Objections:
    """Each goal for people or business changes the right way, by more than the test can mistake for chance."""
    goals = [goal for goal in _used(prd, case, "goal") if goal[2].sort in PEOPLE]
    for place, measure, metric in goals:
        true, weeks = _baseline(measure, prd, case), measure.weeks
        if not true or measure.target is None or weeks is None:
            yield objection(place, f"{metric.label} lacks a target, or the visits and weeks over which it is counted.")
        elif 100 * (measure.target - true) / true < case.truth.detectable(metric.id, measure.segment, weeks):
            words = f"{metric.label}: from {amount(measure.baseline)} to {amount(measure.target)}"
            row = {"table": metric.table, "visits": measure.segment, "weeks": weeks}
            found = f"{words} cannot be told from chance in {amount(weeks, 'weeks')}."
            yield objection(f"{place}.target", found, "", row)
    if not goals:
        yield objection("measures", "There is no goal for people or business.")


@rubric.criterion(
    points=1,
    voice="ruth",
    skill="measure_success",
    hints=(
        "What has any of our tests ever reached?",
        f"Compare with the table past_tests: more than {REACH:g} times the best gain is a wish. For the model, its own "
        "score on held-out purchases is the most that you can promise.",
        "The best of the past tests gained {{ truth.best_past_lift | number(1) }} %. On held-out purchases: "
        "{% for (metric, model), value in truth.offline.items() if model in entries.models %}"
        "{{ entries.metrics[metric].label }}, {{ entries.models[model].label }}: {{ '%.4g' | format(value) }}. "
        "{% endfor %}",
    ),
    rests_on=("prd.measures", "prd.model"),
    met="The targets are within reach.",
)
def targets_are_within_reach(prd: Prd, case: Case) -> Objections:
    """No target promises more than past tests and the model's own scores make believable."""
    truth, compared = case.truth, 0
    for place, measure, metric in _used(prd, case, "goal"):
        true, target = _baseline(measure, prd, case), measure.target
        found = f"{metric.label}: a target of {amount(target)}."
        if target is None:
            continue
        if metric.sort == "model":
            compared += 1
            most = truth.offline[measure.metric, chosen_model(prd, case).id]
            if true is None or not true < target <= most + 1e-9:
                row = {"table": "models", "model": prd.model, "column": measure.metric}
                expected = "better than today's strip, and no more than the model's own score on held-out purchases"
                yield objection(f"{place}.target", found, expected, row)
        elif measure.metric == "conversion" and true:
            compared += 1
            if 100 * (target / true - 1) > REACH * truth.best_past_lift:
                row = {"table": "past_tests", "columns": "orders and visits of test and control"}
                expected = f"at most {REACH:g} times the best gain of a past test above the baseline"
                yield objection(f"{place}.target", found, expected, row)
    if not compared:
        yield objection("measures", "There is no target to compare.", "goals with targets")


@rubric.criterion(
    points=1,
    voice="kofi",
    skill="measure_success",
    hints=(
        "Would this guardrail ring on the first day, or never?",
        "Its limit lies a little beyond the baseline on the bad side; for the wait, between the model's p95 and what "
        "the screen can wait.",
        "Tickets over all visits: from {{ (1.01 * truth.baselines['ticket_rate', 'all']) | number(2) }} to "
        "{{ (1.5 * truth.baselines['ticket_rate', 'all']) | number(2) }}. The wait: up to {{ truth.screen_budget_ms }} "
        "ms.",
    ),
    rests_on=("prd.measures", "prd.model"),
    met="The guardrails would ring in time.",
    expected="a limit that holds on the first day and that harm would break: a little beyond the baseline, and for "
    "the wait no more than the screen can wait",
)
def guardrails_can_bite(prd: Prd, case: Case) -> Objections:
    """Each guardrail's limit is not broken on the first day, and close enough to be broken by harm."""
    guardrails = list(_used(prd, case, "guardrail"))
    for place, measure, metric in guardrails:
        low, high = _room(measure, prd, case)
        if measure.target is None or not low <= measure.target <= high:
            found = f"{metric.label}: a limit of {amount(measure.target, metric.unit)}."
            found += " This model breaks any such limit on the first day." if low > high else ""
            yield objection(f"{place}.target", found)
    if not guardrails:
        yield objection("measures", "There is no guardrail.")


@rubric.criterion(
    points=1,
    voice="noor",
    skill="measure_success",
    hints=(
        "For how long is it counted, over which visits, and who looks?",
        "Each measure needs visits, an owner, and whole weeks, no more than until the board meets.",
        "{{ facts.board_meeting.label }}",
    ),
    rests_on=("prd.measures",),
    met="Each measure has its visits, its weeks and its owner.",
    expected="with each measure its use, its visits, an owner, and whole weeks until the board meets at most",
)
def measures_have_window_and_owner(prd: Prd, case: Case) -> Objections:
    """Each measure names the visits, the whole weeks until the board meets, and the person who watches it."""
    for number, measure in enumerate(prd.measures, start=1):
        weeks = measure.weeks
        wrong = {
            "use": not measure.use,
            "segment": measure.segment not in case.registry.entries("segments"),
            "weeks": weeks is None or not 1 <= weeks <= case.truth.readout_weeks or not weeks.is_integer(),
            "owner": measure.owner not in case.people,
        }
        stated = f"{measure.use or 'no use'}, {named(case, 'segments', measure.segment)}, {amount(weeks, 'weeks')}, "
        found = f"{named(case, 'metrics', measure.metric)}: {stated}{named(case, 'people', measure.owner)}."
        yield from (objection(f"measures[{number}].{field}", found) for field, is_wrong in wrong.items() if is_wrong)


def _used(prd: Prd, case: Case, use: str) -> Iterator[tuple[str, Measure, Metric]]:
    """The measures of known metrics that are used in one way, with their places."""
    known = metrics(case)
    for number, measure in enumerate(prd.measures, start=1):
        if measure.use == use and measure.metric in known:
            yield f"measures[{number}]", measure, known[measure.metric]


def _baseline(measure: Measure, prd: Prd, case: Case) -> float | None:
    """What the data give as baseline of a measure; None where nothing is measured."""
    truth, metric = case.truth, metrics(case).get(measure.metric)
    if metric is None or measure.segment not in case.registry.entries("segments"):
        return None
    if measure.metric == "row_p95":
        return truth.latency[chosen_model(prd, case).id].p95
    segment = "all" if metric.sort == "model" else measure.segment
    value: float | None = truth.baselines.get((measure.metric, segment))
    return value


def _room(measure: Measure, prd: Prd, case: Case) -> tuple[float, float]:
    """Between which values the limit of a guardrail makes sense."""
    truth, metric = case.truth, metrics(case)[measure.metric]
    if measure.metric == "row_p95":
        return truth.p95_at_peak[chosen_model(prd, case).id], truth.screen_budget_ms
    reference = _baseline(measure, prd, case)
    if metric.sort == "model":
        reference = truth.offline[measure.metric, chosen_model(prd, case).id]
    if reference is None:
        return math.inf, -math.inf
    if metric.better == "lower":
        return 1.01 * reference, (1 + LOOSE) * reference
    return (1 - LOOSE) * reference, 0.999 * reference
