"""The world of `latency_or_accuracy`: what must hold on every seed, recomputed from what learners see."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from curriculum.cases import VARIANTS, load_case
from curriculum.cases.latency_or_accuracy.choosing import SERVED, true_value, within_limit
from curriculum.cases.latency_or_accuracy.draw import CLEAN, SEGMENTS, WEEKS
from curriculum.cases.latency_or_accuracy.experiment import Arm, Design, arm_labels, as_kept, read, run, table
from curriculum.cases.latency_or_accuracy.redraws import lives
from curriculum.cases.latency_or_accuracy.truth import Truth
from tests.helpers.worlds import over_worlds

SLUG = "latency_or_accuracy"
SEEDS = range(VARIANTS)
SOME = (0, 5, 17, 29, 40, 63)


def truth_of(seed: int) -> Truth:
    truth: Truth = load_case(SLUG, seed).truth
    return truth


def test_what_is_right_differs_and_no_answer_is_usual() -> None:
    launches = Counter(truth_of(seed).best for seed in SEEDS)
    assert set(launches) == set(SERVED)
    assert max(launches.values()) <= 0.5 * VARIANTS and min(launches.values()) >= 4
    steps = Counter(truth_of(seed).parted.step for seed in SEEDS)
    assert max(steps.values()) <= 0.55 * VARIANTS and len(steps) >= 3
    pairs = Counter((truth_of(seed).best, truth_of(seed).parted.step) for seed in SEEDS)
    assert max(pairs.values()) <= 0.4 * VARIANTS
    causes = Counter((truth_of(seed).parted.cause, truth_of(seed).two_delays.cause) for seed in SEEDS)
    assert min(causes.values()) >= 0.2 * VARIANTS and len(causes) == 3


@over_worlds(SEEDS)
def test_both_ways_through_a_world_end_near_the_best_and_luck_is_no_freak(seed: int) -> None:
    truth = truth_of(seed)
    best = true_value(truth.draw, truth.best)
    for ours in (truth.parted, truth.two_delays):
        assert within_limit(truth.draw, ours.served)
        assert true_value(truth.draw, ours.served) >= best - 0.1
        assert sum(arm.share for arm in ours.design.arms) == pytest.approx(1.0)
        assert 100 * ours.design.complex_share <= truth.draw.cap + 1e-9
        assert sum(100 * arm.share for arm in ours.design.arms if arm.delay) <= truth.draw.consent + 1e-9
        assert ours.weeks <= truth.draw.freeze_week <= WEEKS
        found = (ours.run.ratio_p(), ours.run.ratio_p(ours.left_out))
        assert (found[0] < 0.001) is (ours.cause != "none") and found[1] >= 0.02
        for name in SEGMENTS:
            net = ours.parts[name].net
            assert abs(net.value - truth.draw.net(name, ours.reading.tested)) <= 1.5 * net.error


def test_the_parts_can_be_counted_again_from_the_table() -> None:
    for seed in SOME:
        ours = truth_of(seed).parted
        frame = pd.DataFrame(dict(table(ours.run)))
        kept = frame[~frame["client"].isin(ours.left_out) & (frame["day"] > ours.first_days)]
        sums = kept.groupby(["segment", "variant"])[["visitors", "orders"]].sum()
        rate = sums["orders"] / sums["visitors"]
        for name in SEGMENTS:
            light, complex_, slow = (rate[name, variant] for variant in ("light", "complex", "light_slowed"))
            part = ours.parts[name]
            assert part.model is not None and part.speed is not None
            assert 100 * (complex_ / light - 1) == pytest.approx(part.net.value)
            assert 100 * (slow - light) / light == pytest.approx(part.speed.value)
            assert 100 * (complex_ - slow) / light == pytest.approx(part.model.value)


def test_tempting_numbers_are_wrong_where_they_tempt() -> None:
    amazon, quotient, pooled, sloppy, clicks = 0, 0, 0, [], 0
    for seed in SEEDS:
        truth = truth_of(seed)
        draw, ours = truth.draw, truth.parted
        ms = ours.reading.tested
        amazon += all(abs(draw.loss(name, ms) / ms * 100 - 1.0) > 0.25 for name in SEGMENTS)
        quotient += any(abs(draw.net(name, ms) + draw.loss(name, ms)) > 0.5 * draw.loss(name, ms) for name in SEGMENTS)
        nets = [draw.net(name, ms) for name in SEGMENTS]
        whole = sum(draw.order_share[name] * net for name, net in zip(SEGMENTS, nets, strict=True))
        pooled += max(abs(whole - net) for net in nets) > 0.7
        if ours.cause != "none":
            sloppy.append(max(abs(ours.raw[name].net.value - ours.parts[name].net.value) for name in SEGMENTS))
        columns = table(ours.run)
        arms = {v: columns["variant"] == v for v in ("light", "complex")}
        share = {v: columns["clicks"][rows].sum() / columns["visitors"][rows].sum() for v, rows in arms.items()}
        clicks += share["complex"] > share["light"] and min(nets) < draw.break_even
    assert amazon >= 0.85 * VARIANTS and quotient >= 0.9 * VARIANTS and pooled >= 0.35 * VARIANTS
    assert len(sloppy) >= 18 and min(sloppy) > 0.6
    assert clicks >= 0.6 * VARIANTS, "clicks go up where complex does not pay"


def test_an_edited_plan_meets_the_same_luck_and_another_unit_less() -> None:
    for seed in SOME:
        truth = truth_of(seed)
        ours, draw = truth.parted, truth.draw
        light, complex_, slow = ours.design.arms
        moved = Design(
            (replace(light, share=light.share - 0.03), complex_, replace(slow, share=slow.share + 0.03)),
            ours.weeks, at_block=ours.design.at_block,
        )  # fmt: skip
        other = read(run(seed, truth.luck, draw, moved), ours.left_out, ours.first_days)
        visits = read(run(seed, truth.luck, draw, replace(ours.design, by_visit=True)), ours.left_out, ours.first_days)
        assert other is not None and visits is not None
        for name in SEGMENTS:
            assert other[name].net.value == pytest.approx(ours.parts[name].net.value, abs=0.12)
            assert visits[name].net.error > 1.2 * ours.parts[name].net.error
        longer = run(seed, truth.luck, draw, replace(ours.design, weeks=ours.weeks + 1))
        assert np.array_equal(longer.orders[:, : 7 * ours.weeks], ours.run.orders), "an extra week changes no other"


def test_arms_that_are_the_same_are_told_apart_by_a_number() -> None:
    truth = truth_of(3)
    design = Design((Arm("light", 0.4), Arm("complex", 0.1), Arm("light", 0.3), Arm("complex", 0.2)), 3)
    found = run(3, truth.luck, truth.draw, design)
    names = arm_labels(found)
    assert len(set(names)) == 4 and names[2] == "light (2)"
    whole = as_kept(found, table(found))
    assert np.array_equal(whole.visitors, found.visitors) and np.array_equal(whole.orders, found.orders)
    assert read(found) is not None


def test_no_slow_arm_no_parts_and_a_short_delay_is_no_equal_speed() -> None:
    truth = truth_of(3)
    draw, (light, complex_, slow) = truth.draw, truth.parted.design.arms
    two = Design((replace(light, share=1 - complex_.share), complex_), 6)
    found = read(run(3, truth.luck, draw, two))
    assert found is not None and all(part.model is None and part.per_100 is None for part in found.values())
    short = Design((light, complex_, replace(slow, delay=100.0)), 6)
    found = read(run(3, truth.luck, draw, short))
    assert found is not None and all(part.model is None and part.per_100 is not None for part in found.values())
    delays = Design((Arm("light", 0.6), Arm("light_slowed", 0.2, 100.0), Arm("light_slowed", 0.2, 300.0)), 6)
    assert read(run(3, truth.luck, draw, delays)) is None, "without complex there is no net effect"


@over_worlds(SOME)
def test_a_plan_lived_many_times(seed: int) -> None:
    truth = truth_of(seed)
    draw, even = truth.draw, truth.draw.break_even
    args = (even, "low_above_zero", even, "light_reopened")
    careful = lives(seed, draw, truth.parted.design, *args)
    other = lives(seed, draw, truth.two_delays.design, *args)
    assert careful.mean <= 0.2 and abs(other.mean - careful.mean) <= 0.08
    tiny = Design((Arm("light", 0.96), Arm("complex", 0.04)), truth.draw.freeze_week)
    poor = lives(seed, draw, tiny, *args)
    assert min(mine / its for mine, its in zip(poor.errors, careful.errors, strict=True)) > 1.5
    assert poor.mean >= careful.mean - 0.02
    with pytest.raises(ValueError, match="launches nothing"):
        lives(seed, draw, Design((Arm("light", 0.5), Arm("light_slowed", 0.5, 200.0)), 4), *args)


def test_past_tests_hint_at_the_split_and_the_shadow_at_the_load() -> None:
    for seed in SOME:
        case = load_case(SLUG, seed)
        past, shadow, draw = case.tables.past_tests, case.tables.shadow, case.truth.draw
        uneven = (past["visitors_a"] / (past["visitors_a"] + past["visitors_b"]) - 0.5).abs().max()
        assert bool(uneven > 0.005) is (draw.trouble != CLEAN)
        full = shadow[shadow["mirrored_percent"] == 100]
        assert full["page_p95_ms"].max() == pytest.approx(draw.p95(1.0), rel=0.03)
        assert full["page_p95_ms"].mean() < full["page_p95_ms"].max() - 10
