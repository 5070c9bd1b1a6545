"""Criteria for the measures of the PRD (A03, and the size of a test from A17): could this plan show success or harm?"""

from __future__ import annotations

import math

from curriculum.artifacts.prd import Measure, Prd
from curriculum.cases import Case
from graders.common import PERCENTILE_TOLERANCE, listed, near
from graders.recommendation_scoping.phrases import amount, named
from graders.recommendation_scoping.register import rubric
from graders.recommendation_scoping.world import metrics
from graders.rubric import Verdict, met, unmet

REACH = 1.5
"""A target beyond so many times the best past gain is a wish."""
LOOSE = 0.5
"""A guardrail's limit may lie at most this share beyond the baseline, or it would never bite."""
BASELINE_TOLERANCE = PERCENTILE_TOLERANCE
"""Relative: half a percentage point, usual for rates, would be a fifth of a conversion of 2.5 %."""


@rubric.criterion(
    points=1,
    voice="noor",
    skill="measure_success",
    hints=(
        "How would you notice that people are better off, that the model works, and that nothing else breaks?",
        "One goal that people or the business feel, one goal of the model, and one guardrail with a limit.",
    ),
)
def measures_cover_people_model_and_harm(prd: Prd, case: Case) -> Verdict:
    """There is a goal for people or business, a goal for the model, and a guardrail with a limit."""
    known = metrics(case)
    used = [(known[m.metric].sort, m) for m in prd.measures if m.metric in known]
    rows = [{"metric": m.metric, "sort": sort, "used as": m.use or "(blank)"} for sort, m in used]
    have = {
        "a goal for people or business": any(s in ("business", "user") and m.use == "goal" for s, m in used),
        "a goal for the model": any(s == "model" and m.use == "goal" for s, m in used),
        "a guardrail with a limit": any(m.use == "guardrail" and m.target is not None for _, m in used),
    }
    lacking = [name for name, there in have.items() if not there]
    if lacking:
        return unmet(f"There is no measure of this sort: {listed(lacking)}.", "all three sorts", *rows)
    return met("People, model and harm are covered.", *rows)


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
    ),
)
def baselines_recompute(prd: Prd, case: Case) -> Verdict:
    """Every baseline is the one that the data give for its metric and the visits it counts, within 5 %."""
    rows, wrong = [], []
    for measure in prd.measures:
        true = _baseline(measure, prd, case)
        row = {"metric": measure.metric or "(blank)", "counted over": measure.segment or "(blank)",
               "stated": amount(measure.baseline), "in the data": amount(true and round(true, 3))}  # fmt: skip
        rows.append(row)
        if true is None or not near(measure.baseline, true, relative=BASELINE_TOLERANCE):
            wrong.append((measure, true, row))
    if not rows:
        return unmet("There are no measures.", "measures with baselines")
    if wrong:
        measure, true, row = wrong[0]
        where = named(case, "segments", [measure.segment]) if measure.segment else "(no visits named)"
        expected = "a metric with the visits over which it is counted" if true is None else f"{true:.4g}"
        return unmet(
            f"{named(case, 'metrics', [measure.metric])}, {where}: you state {row['stated']}.", expected, *rows
        )
    return met("The baselines are those of the data.", *rows)


@rubric.criterion(
    points=2,
    voice="noor",
    skill="measure_success",
    hints=(
        "Could a test tell this target from chance, with the visitors that you have in this time?",
        "In each half you need about 16 × p × (1 − p) ÷ d² visits, where p is the baseline and d the change, both as "
        "fractions of 1.",
        "Measure more visits or more weeks, or aim for a larger change.",
    ),
)
def targets_rise_above_chance(prd: Prd, case: Case) -> Verdict:
    """Each goal for people or business changes the right way, by more than the test can mistake for chance."""
    rows, problem = [], ""
    for measure in prd.measures:
        metric = metrics(case).get(measure.metric)
        if measure.use != "goal" or metric is None or metric.sort not in ("business", "user"):
            continue
        true = _baseline(measure, prd, case)
        if not true or measure.target is None or measure.weeks is None:
            problem = problem or f"{metric.label} lacks a target, or the visits and weeks over which it is counted"
            continue
        change = 100 * (measure.target - true) / true
        least = case.truth.detectable(measure.metric, measure.segment, measure.weeks)
        rows.append({"metric": measure.metric, "change in %": round(change, 2), "detectable in %": round(least, 2)
                     if math.isfinite(least) else "nothing", "weeks": amount(measure.weeks)})  # fmt: skip
        if change < least and not problem:
            words = f"a change of {least:.1f} %" if math.isfinite(least) else "nothing"
            problem = f"{metric.label}: {change:+.1f} %, and in {amount(measure.weeks)} weeks a test can show {words}"
    if problem:
        return unmet(f"{problem}.", "a target that a test of this length can show", *rows)
    if not rows:
        return unmet("There is no goal for people or business.", "one with baseline, target and weeks")
    return met("A test of this length can show the targets.", *rows)


@rubric.criterion(
    points=1,
    voice="ruth",
    skill="measure_success",
    hints=(
        "What has any of our tests ever reached?",
        f"Compare with the table past_tests: more than {REACH:g} times the best gain is a wish. For the model, its own "
        "score on held-out purchases is the most that you can promise.",
    ),
)
def targets_are_within_reach(prd: Prd, case: Case) -> Verdict:
    """No target promises more than past tests and the model's own scores make believable."""
    truth, rows, problem = case.truth, [], ""
    for measure in prd.measures:
        metric = metrics(case).get(measure.metric)
        if measure.use != "goal" or metric is None or measure.target is None:
            continue
        true = _baseline(measure, prd, case)
        if metric.sort == "model":
            most = truth.offline.get((measure.metric, prd.model), math.nan)
            fine = true is not None and true < measure.target <= most + 1e-9
            reached = f"today it is {amount(true)}, and the model reaches {amount(most)} on held-out purchases"
            rows.append({"metric": measure.metric, "target": measure.target, "the model reaches": most})
        elif measure.metric == "conversion" and true:
            lift, most = 100 * (measure.target / true - 1), REACH * truth.best_past_lift
            fine = lift <= most
            reached = f"that is {lift:+.1f} %, and the best of our past tests gained {truth.best_past_lift:.1f} %"
            rows.append({"metric": measure.metric, "gain in %": round(lift, 1), "best past gain in %":
                         round(truth.best_past_lift, 1)})  # fmt: skip
        else:
            continue
        if not fine and not problem:
            problem = f"{metric.label}: a target of {amount(measure.target)}; {reached}"
    if problem:
        return unmet(f"{problem}.", "a target that the data make believable", *rows)
    if not rows:
        return unmet("There is no target to compare.", "goals with targets")
    return met("The targets are within reach.", *rows)


@rubric.criterion(
    points=1,
    voice="kofi",
    skill="measure_success",
    hints=(
        "Would this guardrail ring on the first day, or never?",
        "Its limit lies a little beyond the baseline on the bad side; for the wait, between the model's p95 and what "
        "the screen can wait.",
    ),
)
def guardrails_can_bite(prd: Prd, case: Case) -> Verdict:
    """Each guardrail's limit is not broken on the first day, and close enough to be broken by harm."""
    rows, problem, expected = [], "", ""
    for measure in prd.measures:
        metric = metrics(case).get(measure.metric)
        if measure.use != "guardrail" or metric is None:
            continue
        low, high = _room(measure, prd, case)
        rows.append({"metric": measure.metric, "limit": amount(measure.target), "from": round(low, 3),
                     "to": round(high, 3)})  # fmt: skip
        if (measure.target is None or not low <= measure.target <= high) and not problem:
            problem = f"{metric.label}: a limit of {amount(measure.target)} {metric.unit}"
            expected = f"a limit from {low:.4g} to {high:.4g}" if low <= high else "a model that can keep such a limit"
    if problem:
        return unmet(f"{problem}.", expected, *rows)
    if not rows:
        return unmet("There is no guardrail.", "at least one, with a limit")
    return met("The guardrails would ring in time.", *rows)


@rubric.criterion(
    points=1,
    voice="noor",
    skill="measure_success",
    hints=(
        "For how long is it counted, over which visits, and who looks?",
        "Each measure needs visits, an owner, and whole weeks, no more than until the board meets.",
    ),
)
def measures_have_window_and_owner(prd: Prd, case: Case) -> Verdict:
    """Each measure names the visits, the whole weeks until the board meets, and the person who watches it."""
    most = case.truth.readout_weeks
    rows = [
        {"metric": m.metric or "(blank)", "visits": m.segment or "(blank)", "weeks": amount(m.weeks),
         "owner": m.owner or "nobody"}
        for m in prd.measures
        if not (m.segment in case.registry.entries("segments") and m.owner in case.people and m.weeks is not None
                and 1 <= m.weeks <= most and float(m.weeks).is_integer() and m.use)
    ]  # fmt: skip
    if rows:
        return unmet(
            f"{named(case, 'metrics', [str(rows[0]['metric'])])}: {rows[0]['visits']}, {rows[0]['weeks']} weeks, "
            f"{rows[0]['owner']}.", f"use, visits, an owner, and 1 to {most} whole weeks", *rows
        )  # fmt: skip
    if not prd.measures:
        return unmet("There are no measures.", "measures with window and owner")
    return met("Each measure has its visits, its weeks and its owner.")


def _baseline(measure: Measure, prd: Prd, case: Case) -> float | None:
    """What the data give as baseline of a measure; None where nothing is measured."""
    truth, metric = case.truth, metrics(case).get(measure.metric)
    if metric is None or measure.segment not in case.registry.entries("segments"):
        return None
    if measure.metric == "row_p95":
        seen = truth.latency.get(prd.model)
        return seen.p95 if seen else None
    segment = "all" if metric.sort == "model" else measure.segment
    value: float | None = truth.baselines.get((measure.metric, segment))
    return value


def _room(measure: Measure, prd: Prd, case: Case) -> tuple[float, float]:
    """Between which values the limit of a guardrail makes sense."""
    truth, metric = case.truth, metrics(case)[measure.metric]
    if measure.metric == "row_p95":
        return truth.p95_at_peak.get(prd.model, math.inf), truth.screen_budget_ms
    reference = _baseline(measure, prd, case)
    if metric.sort == "model":
        reference = truth.offline.get((measure.metric, prd.model))
    if reference is None:
        return math.inf, -math.inf
    if metric.better == "lower":
        return 1.01 * reference, (1 + LOOSE) * reference
    return (1 - LOOSE) * reference, 0.999 * reference
