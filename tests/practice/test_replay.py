"""A rollout replayed on releases whose every hour is known: what stops them, when, and what it costs."""

from __future__ import annotations

import time

import numpy as np
import pytest

from curriculum.practice.replay import Gate, Read, Release, Signal, Stage, readings, replay, widest_error

HOURS = 24 * 40
SHADOW, TENTH, HALF = Stage(0.0, 48), Stage(0.1, 168), Stage(0.5, 48)


def signal(new=1.0, old=1.0, *, volume=1000.0, sd=0.0, read=Read.LEVEL, seed=None, **more):
    """A signal that is the same in every hour, but where an array is given; silent noise without a seed."""
    rng = np.random.default_rng(seed)
    noise = [rng.standard_normal(HOURS) if seed is not None else np.zeros(HOURS) for _ in range(2)]
    whole = [np.broadcast_to(np.asarray(part, float), (HOURS,)) for part in (new, old, volume)]
    return Signal(*whole, sd, (noise[0], noise[1]), read, **more)


def release(harm=1.0, **signals):
    return Release("one", signals, np.full(HOURS, float(harm)))


def test_a_gate_stops_at_the_end_of_its_first_window_that_lies_above_the_limit():
    bad = release(errors=signal(np.where(np.arange(HOURS) >= 60, 3.0, 1.0)))
    found = replay([SHADOW, TENTH], [Gate("errors", 2.0, 24, 1)], bad)
    # 48 to 72 holds twelve bad hours of 24: the mean is 2.0, which is not above; 72 to 96 is 3.0.
    assert (found.stopped_at, found.by, found.share) == (96, 0, 0.1)
    assert found.harm == pytest.approx(48 * 0.1)
    assert not found.went_through


def test_what_goes_back_late_harms_longer_and_what_is_never_seen_harms_everybody():
    bad, stages = release(errors=signal(3.0)), [SHADOW, TENTH]
    gate = [Gate("errors", 2.0, 24, 1)]
    assert replay(stages, gate, bad, back=10).harm == pytest.approx((24 + 10) * 0.1)
    unseen = replay(stages, [], bad, after=72)
    assert unseen.went_through and unseen.share == 1.0
    assert unseen.harm == pytest.approx(168 * 0.1 + 72)


def test_shadow_shows_errors_and_no_behaviour():
    errors = signal(3.0, in_shadow=True)
    orders = signal(0.5, read=Read.FALL)
    bad = release(errors=errors, orders=orders)
    assert replay([SHADOW], [Gate("errors", 2.0, 24)], bad).stopped_at == 24
    assert replay([SHADOW], [Gate("errors", 2.0, 24)], bad).harm == 0.0
    assert [*readings([SHADOW], [Gate("orders", 10.0, 24)], bad)] == []


def test_a_comparison_needs_a_control_and_reads_in_percent_of_it():
    down = release(orders=signal(0.8, read=Read.FALL), scores=signal(1.6, read=Read.CHANGE))
    looks = [*readings([HALF], [Gate("orders", 15.0, 24), Gate("scores", 50.0, 48)], down)]
    assert [round(look.value, 6) for look in looks] == [20.0, 20.0, 60.0]
    assert all(look.stops for look in looks)
    assert [*readings([Stage(1.0, 48)], [Gate("orders", 15.0, 24)], down)] == []


def test_a_window_never_reaches_over_a_stage_and_a_longer_one_than_the_stage_says_nothing():
    stages = [Stage(0.1, 60), Stage(0.5, 60)]
    looks = [*readings(stages, [Gate("errors", 2.0, 24)], release(errors=signal(3.0)))]
    assert [(look.stage, look.known) for look in looks] == [(0, 24), (0, 48), (1, 84), (1, 108)]
    assert [*readings(stages, [Gate("errors", 2.0, 168)], release(errors=signal(3.0)))] == []


def test_what_ripens_late_stops_late():
    back = release(returns=signal(1.4, read=Read.RISE, ripens=720))
    found = replay([TENTH, HALF], [Gate("returns", 20.0, 168)], back, after=720)
    assert found.stopped_at == 168 + 720
    assert found.harm == pytest.approx(168 * 0.1 + 48 * 0.5 + (168 + 720 - 216))
    assert replay([TENTH, HALF], [Gate("returns", 20.0, 168)], back, after=72).went_through


def test_the_error_of_a_reading_is_what_repeated_draws_scatter_by():
    stages, gate = [TENTH], Gate("orders", 5.0, 168)
    drawn = [release(orders=signal(0.025, 0.025, volume=4000.0, sd=0.156, read=Read.FALL, seed=seed))
             for seed in range(300)]  # fmt: skip
    values = [next(iter(readings(stages, [gate], one))).value for one in drawn]
    stated = widest_error(stages, gate, drawn[0])
    assert stated == pytest.approx(100 * 0.156 * np.sqrt(1 / 0.1 + 1 / 0.9) / (np.sqrt(4000 * 168) * 0.025))
    assert np.std(values) == pytest.approx(stated, rel=0.12)
    assert abs(np.mean(values)) < 3 * stated / np.sqrt(300)


def test_a_smaller_share_reads_with_more_noise_and_gates_on_nothing_are_silent():
    orders = signal(0.025, 0.025, volume=4000.0, sd=0.156, read=Read.FALL, seed=1)
    error = {share: widest_error([Stage(share, 168)], Gate("orders", 5.0, 168), release(orders=orders))
             for share in (0.01, 0.1, 0.5)}  # fmt: skip
    assert error[0.01] > error[0.1] > error[0.5]
    grown = widest_error([TENTH, Stage(0.01, 168), HALF], Gate("orders", 5.0, 168), release(orders=orders))
    assert grown == pytest.approx(error[0.01])
    nightly = signal(1.02, 1.0, sd=0.25, read=Read.CHANGE, seed=2, on_all=True)
    job = Gate("job", 5.0, 24)
    for share in (0.0, 0.01, 1.0):
        found = widest_error([Stage(share, 48)], job, release(job=nightly))
        assert found == pytest.approx(100 * 0.25 * np.sqrt(2 / 24_000)), share
    assert widest_error([SHADOW], Gate("orders", 5.0, 24), release(orders=orders)) is None
    assert widest_error([TENTH], Gate("nothing", 5.0, 24), release(orders=orders)) is None


def test_hours_in_which_nothing_is_measured_do_not_count():
    evenings = np.isin(np.arange(HOURS) % 24, (18, 19, 20, 21))
    tail = release(p95=signal(np.where(evenings, 200.0, 90.0), volume=np.where(evenings, 500.0, 0.0)))
    (look,) = readings([Stage(0.1, 24)], [Gate("p95", 150.0, 24)], tail)
    assert look.value == pytest.approx(200.0)
    assert [*readings([Stage(0.1, 24)], [Gate("p95", 150.0, 6)], tail)] == [look.__class__(0, 0, 24, 200.0, True)]


def test_a_replay_is_quick():
    many = release(**{f"s{number}": signal(1.0, sd=0.1, seed=number) for number in range(12)})
    gates = [Gate(f"s{number}", 9.0, 24) for number in range(12)]
    replay([SHADOW, TENTH, HALF], gates, many, after=72)
    begin = time.process_time()
    for _ in range(20):
        replay([SHADOW, TENTH, HALF], gates, many, after=72)
    assert (time.process_time() - begin) / 20 < 0.05
