"""Reviews of `latency_or_accuracy`: right answers that differ from ours, and flaws that read well."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from curriculum.authoring.judging import judged
from curriculum.authoring.subject import load_subject
from curriculum.cases import VARIANTS, Case, load_case
from curriculum.cases.latency_or_accuracy.draw import BEND, SEGMENTS
from curriculum.cases.latency_or_accuracy.experiment import Arm, Design, read
from curriculum.cases.latency_or_accuracy.ours import PARTED, TWO_DELAYS, Ours
from curriculum.course.fixtures import Files, load_exemplar
from graders.report import Report, Status
from tests.helpers.worlds import over_worlds

SLUG = "latency_or_accuracy"
SEEDS = range(1, VARIANTS, 4)
SOME = range(0, VARIANTS, 11)
PARTS = {"slope_from_slow_arm", "model_at_equal_speed", "full_load_effect", "once_fast_recomputes"}
"""What stays open where nobody was slowed on purpose."""


def review(case: Case, files: Files) -> Report:
    return judged(load_subject(SLUG), case, files)


def against(report: Report) -> set[str]:
    """What is not met; broken checks are errors of ours."""
    found = [finding for artifact in report.artifacts for finding in artifact.findings]
    assert not [one for one in found if one.status is Status.GRADER_ERROR]
    return {one.criterion for one in found if one.status is Status.GRADED and not one.passed}


def left_open(report: Report) -> set[str]:
    return {one.criterion for artifact in report.artifacts for one in artifact.open()}


def right(case: Case, variant: str = PARTED) -> Files:
    return copy.deepcopy(load_exemplar(case, variant))


def written(case: Case, ours: Ours, variant: str = PARTED) -> Files:
    """What a careful reader of another test writes."""
    files = right(case, variant)
    plan, analysis, decision = files["experiment_plan"], files["analysis"], files["decision"]
    plan |= {"arms": ours.arms, "weeks": ours.weeks, "counted": ours.counted}
    rows = []
    for name in SEGMENTS:
        part = ours.parts[name]
        numbers = {"net": part.net.value, "net_low": part.net.low, "net_high": part.net.high}
        if part.speed is not None and part.per_100 is not None:
            numbers |= {"speed": part.speed.value, "per_100": part.per_100}
        if part.model is not None:
            numbers |= {"model": part.model.value, "model_low": part.model.low, "model_high": part.model.high}
        rows.append({"segment": name, **{key: round(value, 2) for key, value in numbers.items()}})
    analysis |= {
        "ratio_p": ours.ratio_p, "cause": ours.cause, "left_out": ours.left_out, "first_days": ours.first_days,
        "segments": rows, "unknown": ours.unknown,
    }  # fmt: skip
    fast = ours.reading.once_fast()
    for name in SEGMENTS:
        decision[name] = "complex" if name in ours.served else "light"
        decision[f"effect_{name}"] = ours.effects[name]
        decision.pop(f"after_{name}", None)
        if fast is not None:
            decision[f"after_{name}"] = round(fast[name].value, 2)
    decision |= {
        "p95_ms": ours.p95, "basis": "projected" if ours.served else "none", "next_step": ours.step,
        "next_owner": ours.step_owner, "next_week": ours.step_week, "reopen_measure": ours.reopen[0],
        "reopen_number": ours.reopen[1], "rule": "overridden" if ours.overridden else "followed",
    }  # fmt: skip
    return files


def other_ways(case: Case) -> Iterator[tuple[str, Files]]:
    """Answers that a careful reader could give and that are not ours."""
    truth = case.truth
    draw, ours = truth.draw, truth.parted
    light, complex_, slow = ours.design.arms

    shorter = Ours(case.seed, truth.luck, draw, PARTED, replace(ours.design, weeks=max(4, ours.weeks - 1)))
    yield "a week less", written(case, shorter)

    at_request = Ours(case.seed, truth.luck, draw, PARTED, replace(ours.design, at_block=not ours.design.at_block))
    yield "the other log", written(case, at_request)

    with_rules = (replace(light, share=light.share - 0.06), complex_, slow, Arm("rules", 0.06))
    yield (
        "a small arm by rule",
        written(case, Ours(case.seed, truth.luck, draw, PARTED, replace(ours.design, arms=with_rules))),
    )

    for number, change in enumerate((_stricter, _other_order, _by_its_own_slope, _from_the_tables, _bent)):
        files = right(case)
        change(files, case)
        yield f"change {number}", files


def _stricter(files: Files, case: Case) -> None:
    """Another rule that is as good, other limits, other words for the same delay, thirds with decimals."""
    plan, even = files["experiment_plan"], case.truth.draw.break_even
    plan |= {"ratio_limit": 0.005, "p95_limit": case.truth.draw.page_limit - 5, "worth": round(1.05 * even, 2)}
    plan["launch_above"] = round(1.04 * even, 2)
    for name in SEGMENTS:
        plan[f"needed_{name}"] = round(case.truth.needed(name, plan["worth"]))
    for arm in plan["arms"]:
        if arm["variant"] == "light_slowed":
            arm["variant"] = "light"
    plan["evidence"] = ["break_even", "consent"]


def _other_order(files: Files, case: Case) -> None:
    files["analysis"]["segments"].reverse()
    files["experiment_plan"]["arms"].reverse()
    files["decision"]["evidence"] = ["break_even"]
    files["decision"]["reopen_week"] = 40


def _by_its_own_slope(files: Files, case: Case) -> None:
    """The model at equal speed, worked out from the net effect and the slope."""
    ours = case.truth.parted
    for row in files["analysis"]["segments"]:
        part = ours.parts[row["segment"]]
        model = part.net.value - part.per_100 * ours.reading.tested / 100
        shift = model - part.model.value
        row |= {"model": round(model, 2), "model_low": round(part.model.low + shift, 2)}
        row["model_high"] = round(part.model.high + shift, 2)


def _from_the_tables(files: Files, case: Case) -> None:
    """Numbers as somebody reads them off the tables, by a straight line between what was mirrored."""
    shadow, traffic, draw = case.tables.shadow, case.tables.traffic, case.truth.draw
    peak = shadow[shadow["hour"] == shadow.loc[shadow["page_p95_ms"].idxmax(), "hour"]]
    load = 100 * draw.load(case.truth.parted.served)
    files["decision"]["p95_ms"] = (
        round(float(np.interp(load, peak["mirrored_percent"], peak["page_p95_ms"]))) if load else draw.light_p95
    )
    for name, rows in traffic.groupby("segment"):
        rate = rows["orders"].sum() / rows["visitors"].sum()
        worth = rate * draw.break_even / 100
        files["experiment_plan"][f"needed_{name}"] = round(float(16 * rate * (1 - rate) / worth**2 / 1000), -1)


def _bent(files: Files, case: Case) -> None:
    """Effects at another delay along a bent line, as the losses of waiting are."""
    ours, draw = case.truth.parted, case.truth.draw
    load, fast = draw.delay(draw.load(ours.served)), draw.fast_ms
    for name in SEGMENTS:
        part = ours.parts[name]
        loss = part.speed.value / part.speed_ms**BEND
        if name in ours.served:
            at = part.net.value + loss * (load**BEND - ours.reading.tested**BEND)
            files["decision"][f"effect_{name}"] = round(at, 2)
        files["decision"][f"after_{name}"] = round(part.model.value + loss * fast**BEND, 2)


@over_worlds(SEEDS)
def test_right_answers_that_are_not_ours_lose_nothing(seed: int) -> None:
    case = load_case(SLUG, seed)
    for name, files in other_ways(case):
        report = review(case, files)
        assert not against(report), name
        assert not left_open(report), name


def test_without_a_slow_arm_nothing_is_wrong_and_its_parts_stay_open() -> None:
    for seed in SOME:
        case = load_case(SLUG, seed)
        truth = case.truth
        light, complex_, _ = truth.parted.design.arms
        arms = (replace(light, share=1 - complex_.share), complex_)
        two = Ours(seed, truth.luck, truth.draw, PARTED, replace(truth.parted.design, arms=arms))
        report = review(case, written(case, two))
        assert against(report) == {"arms_answer"}
        assert left_open(report) == PARTS
        claims = written(case, two)
        claims["analysis"]["segments"] = truth.parted.segments
        for row, own in zip(claims["analysis"]["segments"], two.parts.values(), strict=True):
            row |= {"net": own.net.value, "net_low": own.net.low, "net_high": own.net.high}
        told = against(review(case, claims))
        assert {"slope_from_slow_arm", "model_at_equal_speed"} <= told, "what no arm shows cannot be claimed"
        boast = written(case, two)
        boast["decision"]["next_step"] = "optimise"
        assert "next_fits_parts" in against(review(case, boast))


def test_delays_alone_price_the_wait_and_leave_the_model_open() -> None:
    case = load_case(SLUG, 3)
    files = right(case)
    files["experiment_plan"]["arms"] = [
        {"variant": "light", "share": 80}, {"variant": "light_slowed", "delay_ms": 120, "share": 10},
        {"variant": "light_slowed", "delay_ms": 260, "share": 10},
    ]  # fmt: skip
    report = review(case, files)
    assert {"net_recomputes", "rule_holds_unseen", "follows_own_rule"} <= left_open(report)
    assert "arms_answer" in against(report)


FLAWS: dict[str, tuple[str, Callable[[Files, Case], None]]] = {
    "a slowed arm beyond consent under another name": ("slow_arm_allowed", lambda files, case: _shares(files, case)),
    "one percent for each 100 ms, as is said": ("slope_from_slow_arm", lambda files, case: _famous(files)),
    "made fast before the test is over": ("next_can_be_done", lambda files, case: _too_soon(files)),
    "tested again in the peak": ("next_can_be_done", lambda files, case: _in_the_peak(files)),
    "both devices called by one number": ("net_recomputes", lambda files, case: _pooled(files, case)),
    "an unknown that everybody can know": ("unknowns_named", lambda files, case: _modest(files)),
    "a reason that nobody gave": ("follows_own_rule", lambda files, case: _excuse(files)),
}


def _shares(files: Files, case: Case) -> None:
    plan = files["experiment_plan"]
    plan["arms"] = [
        {"variant": "light", "share": 90 - case.truth.draw.consent - 15},
        {"variant": "complex", "share": 10},
        {"variant": "light", "delay_ms": 200, "share": case.truth.draw.consent + 15},
    ]


def _famous(files: Files) -> None:
    for row in files["analysis"]["segments"]:
        row |= {"per_100": -1.0, "speed": -2.2}


def _too_soon(files: Files) -> None:
    files["decision"] |= {"next_step": "optimise", "next_owner": "osei", "next_week": files["experiment_plan"]["weeks"]}


def _in_the_peak(files: Files) -> None:
    files["decision"] |= {"next_step": "test_again", "next_owner": "dagny", "next_week": 8}


def _pooled(files: Files, case: Case) -> None:
    share = case.truth.draw.order_share
    rows = files["analysis"]["segments"]
    for key in ("net", "net_low", "net_high"):
        whole = sum(share[row["segment"]] * row[key] for row in rows)
        for row in rows:
            row[key] = round(whole, 2)


def _modest(files: Files) -> None:
    files["analysis"]["unknown"] = [*files["analysis"]["unknown"], "clicks"]


def _excuse(files: Files) -> None:
    files["decision"] |= {"rule": "overridden", "against": "margin"}


def test_flaws_that_read_well_are_found() -> None:
    for name, (criterion, spoil) in FLAWS.items():
        found = 0
        for seed in SOME:
            case = load_case(SLUG, seed)
            files = right(case)
            spoil(files, case)
            found += criterion in against(review(case, files))
        assert found >= len(SOME) - (1 if criterion == "net_recomputes" else 0), name


def test_a_stricter_limit_of_ones_own_is_kept_and_does_not_excuse_a_launch() -> None:
    strict = machines = 0
    for seed in range(VARIANTS):
        case = load_case(SLUG, seed)
        ours, draw = case.truth.parted, case.truth.draw
        if not ours.served:
            continue
        files = right(case)
        files["experiment_plan"]["p95_limit"] = round(draw.p95(draw.load(ours.served))) - 15
        assert "follows_own_rule" in against(review(case, files)), "the plan stops such launches"
        strict += 1
        gains = [ours.parts[name].net.value for name in ours.served]
        if max(gains) > draw.break_even + 0.3:
            files = right(case)
            files["decision"] |= {"reopen_measure": "machines", "reopen_number": round(draw.break_even + 0.2, 2)}
            assert "reopens_by_number" not in against(review(case, files)), "dearer machines would take it back"
            files["decision"]["reopen_number"] = 40
            assert "reopens_by_number" in against(review(case, files))
            machines += 1
        if strict > 5 and machines > 3:
            return
    raise AssertionError("no world launches anything")


def test_a_stricter_rule_is_a_choice_and_a_number_that_nothing_reaches_is_none() -> None:
    for seed in (2, 12, 14, 15):
        case = load_case(SLUG, seed)
        files = right(case)
        files["experiment_plan"]["bound"] = "low_above_worth"
        assert "rule_holds_unseen" not in against(review(case, files)), seed
        files["experiment_plan"]["launch_above"] = 9.0
        assert "rule_holds_unseen" in against(review(case, files)), seed


def test_nobody_looks_at_a_number_before_the_step_that_changes_it() -> None:
    found = 0
    for seed in range(VARIANTS):
        case = load_case(SLUG, seed)
        if case.truth.parted.step != "optimise" or case.truth.parted.served:
            continue
        files = right(case)
        decision = files["decision"]
        decision["reopen_week"] = decision["next_week"] - 1
        found += "reopens_by_number" in against(review(case, files))
        decision["reopen_week"] = decision["next_week"]
        assert "reopens_by_number" not in against(review(case, files)), seed
        if found > 1:
            return
    raise AssertionError("it is found nowhere")


def test_two_delays_may_be_read_one_by_one() -> None:
    for seed in SOME:
        case = load_case(SLUG, seed)
        ours, files = case.truth.two_delays, right(case, TWO_DELAYS)
        found = ours.run
        one = found.named("light_slowed")[1]
        for row in files["analysis"]["segments"]:
            base = found.counted(found.named("light"), row["segment"], ours.left_out, ours.first_days)
            slow = found.counted([one], row["segment"], ours.left_out, ours.first_days)
            row["speed"] = round(100 * (slow.rate / base.rate - 1), 2)
            row["per_100"] = round(row["speed"] / found.ms[one] * 100, 2)
        assert "slope_from_slow_arm" not in against(review(case, files))


def test_nothing_that_is_typed_breaks_a_check() -> None:
    case = load_case(SLUG, 11)
    numbers: list[Any] = [None, 0, -5, 1e9, 0.4]
    for value in numbers:
        for kind, places in (("experiment_plan", ("weeks", "worth", "launch_above", "needed_phone", "p95_limit")),
                             ("analysis", ("ratio_p", "first_days")),
                             ("decision", ("p95_ms", "effect_phone", "next_week", "reopen_number"))):  # fmt: skip
            for place in places:
                files = right(case)
                files[kind][place] = value
                against(review(case, files))
        files = right(case)
        for arm in files["experiment_plan"]["arms"]:
            arm["share"] = value
        against(review(case, files))
    assert read(case.truth.parted.run, after=999) is None
    assert Design((Arm("complex", 0.5),), 3).complex_share == 0.5
