"""The world of `complaint_to_plan` as a learner meets it: what the tables tell, and what misleads."""

from __future__ import annotations

from collections import Counter

import pytest

from curriculum.cases import VARIANTS, Case, load_case
from curriculum.cases.complaint_to_plan.draw import EIGHT, FOUR, NOON, draw
from curriculum.cases.complaint_to_plan.tasks import MODEL, OWN, PARTNERS, RULE, SEGMENTS, WIDE, Task, in_order
from curriculum.cases.complaint_to_plan.truth import AS_GOOD
from curriculum.cases.complaint_to_plan.yields import LAST, RANDOM, judged
from tests.helpers.worlds import over_worlds

SLUG = "complaint_to_plan"
SOME = (1, 3, 4, 5, 8, 9)
"""One world or two of each reason, with vans that are blind and not."""


def test_each_kind_of_world_is_dealt_equally_often() -> None:
    shapes = [draw(seed) for seed in range(VARIANTS)]
    kinds = Counter((one.cause, one.partners_blind, one.books_late) for one in shapes)
    assert set(kinds.values()) == {VARIANTS // 16}
    assert {one.without_a_run for one in shapes} == {"wide", "day_only"}


@over_worlds(SOME)
def test_tables_tell_what_the_spike_asks(seed: int) -> None:
    case = load_case(SLUG, seed)
    parcels, audit, truth = case.tables.parcels, case.tables.audit, case.truth
    label = truth.right_label
    task = Task(MODEL, EIGHT, label, ("load", "load_scan"))
    for segment, name in ((OWN, "own"), (PARTNERS, "partner")):
        rows = parcels[parcels["run_by"] == name]
        assert truth.coverage(task, segment) == pytest.approx(100 * (rows["load_scan"] != "").mean())
        asked = audit[audit["run_by"] == name]
        missed = (asked["delivered_scan"] == "") if label == "scan" else (asked["gps_door"] == "no")
        assert truth.noise(label, segment) == pytest.approx(100 * (missed != (asked["came"] == "no")).mean())
        assert truth.noise(label, segment) < 5
    wrong = "scan" if truth.shape.books_late else "gps"
    assert truth.noise(wrong, PARTNERS) > 8 > 5 > truth.noise(wrong, OWN)
    assert abs(truth.too_many(wrong, PARTNERS)) > 6
    runs = case.tables.runs
    for moment, clock in ((FOUR, "04:00"), (EIGHT, "08:00"), (NOON, "12:00")):
        took = runs[runs["read_at"] == clock]["minutes"]
        if len(took) < 30:
            assert truth.p95(moment) is None
        else:
            assert truth.p95(moment) == pytest.approx(took.quantile(0.95))
            assert truth.p95(moment) <= 0.8 * truth.shape.run_budget


def test_what_reads_tomorrow_promises_much_and_brings_little() -> None:
    for seed in SOME:
        case, eight = load_case(SLUG, seed), ("load", "forecast", "run_by", "stops", "load_scan")
        truth, threshold = case.truth, round(case.truth.costs(EIGHT).break_even(), 2)
        leaking = Task(MODEL, EIGHT, "scan", in_order({*eight, "status"}), threshold=threshold)
        sound = Task(MODEL, EIGHT, "scan", eight, threshold=threshold)
        assert judged(seed, leaking, RANDOM) > judged(seed, sound, RANDOM) + 0.1
        promised, came = 2 * truth.promised(leaking, RANDOM).net, truth.comes(leaking).net
        assert promised > 60_000
        assert came < 0.3 * promised


def test_route_numbers_help_on_a_random_quarter_and_not_later() -> None:
    gained = []
    for seed in SOME:
        bare = Task(MODEL, EIGHT, "scan", ("load", "stops"))
        named = Task(MODEL, EIGHT, "scan", ("load", "stops", "route"))
        gained.append([judged(seed, named, split) - judged(seed, bare, split) for split in (RANDOM, LAST)])
    assert all(on_random > 0.01 > later for on_random, later in gained), gained


def careful(case: Case) -> Task:
    """The task that somebody picks who has understood everything and sees the tables only."""
    return max(case.truth.options, key=lambda task: case.truth.promised(task).net)


def test_whoever_picks_what_is_best_on_the_last_weeks_is_right() -> None:
    for seed in SOME:
        case = load_case(SLUG, seed)
        assert case.truth.as_good(careful(case)), seed


def test_our_two_ways_are_as_good_as_they_say() -> None:
    for seed in SOME:
        truth = load_case(SLUG, seed).truth
        best, second = truth.best, truth.second
        assert best != second
        assert truth.comes(second).net >= AS_GOOD * truth.comes(best).net > 0
        for task in (best, second):
            assert truth.may_go(task)
            assert not task.unwritten
            assert truth.comes(task).parts[PARTNERS].net > 0
            for segment in SEGMENTS:
                for watch in ("wrong_warnings", "unwarned_misses"):
                    usual, most = truth.usual(task, segment, watch), truth.most(task, segment, watch)
                    assert usual < most, (seed, segment, watch)


def test_a_complaint_is_no_sign_of_a_miss() -> None:
    for seed in SOME:
        truth = load_case(SLUG, seed).truth
        best = truth.best
        if best.way != MODEL:
            assert best.way in (RULE, WIDE)
            continue
        assert not truth.as_good(truth.changed(best, label="complaint"))
        for segment in SEGMENTS:
            assert truth.too_many("complaint", segment) < -5
