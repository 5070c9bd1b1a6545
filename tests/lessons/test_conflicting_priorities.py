"""The world of `conflicting_priorities` as a learner meets it: what can be found from the tables, and what misleads."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd
import pytest

from curriculum.cases import VARIANTS, Case, load_case, load_unseen
from curriculum.cases.conflicting_priorities.deliverables import ALWAYS, MODEL, rows_for, weeks_until_launch
from curriculum.cases.conflicting_priorities.draw import REGIONS
from curriculum.cases.conflicting_priorities.promise import FLOOR, GROUP_FLOOR, clearly_below, trial
from curriculum.cases.conflicting_priorities.worth import NONE, WINDOW, backend_weeks, worth
from curriculum.notebook.desks.promise import trial as desk_trial
from curriculum.notebook.desks.promise import wrong_with
from tests.helpers.worlds import over_worlds

SLUG = "conflicting_priorities"
SEEDS = range(VARIANTS)
SOME = range(0, VARIANTS, 7)
RUSH = "(hour >= 17 && hour < 20 ? {0:.2f} : 1)"


def late_by_checks(case: Case) -> tuple[str, float]:
    """Where taps are late and by how much, as the checks show it."""
    checks = case.tables.checks
    late = (checks["tapped_min"] - checks["door_min"]).groupby(checks["region"]).mean()
    return str(late.idxmax()), round(float(late.max()), 1)


def door(case: Case) -> np.ndarray:
    """Times at the door as a learner puts the taps right."""
    table, (region, minutes) = case.tables.deliveries, late_by_checks(case)
    corrected: np.ndarray = (table["tapped_min"] - np.where(table["region"] == region, minutes, 0.0)).to_numpy()
    return corrected


def fitted(case: Case, came: np.ndarray) -> tuple[str, np.ndarray]:
    """A formula with an offset and a pace for each region, fitted by least squares on weeks 1 to 16, and its values."""
    table = case.tables.deliveries
    rush = ((table["hour"] >= 17) & (table["hour"] < 20)).to_numpy()
    km = table["distance_km"].to_numpy()
    tune = (table["week"] <= 16).to_numpy()
    best, found = np.inf, (1.0, [(0.0, 0.0)])
    for factor in np.arange(1.2, 1.5, 0.05):
        lines, error = [], 0.0
        for region in REGIONS:
            rows = tune & (table["region"] == region).to_numpy()
            design = np.column_stack([np.ones(rows.sum()), km[rows] * np.where(rush[rows], factor, 1.0)])
            line, *_ = np.linalg.lstsq(design, came[rows], rcond=None)
            error += float(np.sum((came[rows] - design @ line) ** 2))
            lines.append((float(line[0]), float(line[1])))
        if error < best:
            best, found = error, (float(factor), lines)
    factor, lines = found

    def told(index: int) -> str:
        cases = [f"region == '{name}' ? {line[index]:.1f}" for name, line in zip(REGIONS, lines, strict=True)][:-1]
        return "(" + " : ".join([*cases, f"{lines[-1][index]:.1f}"]) + ")"

    number = table["region"].map({name: position for position, name in enumerate(REGIONS)}).to_numpy()
    middle = np.array([line[0] for line in lines])[number] + np.array([line[1] for line in lines])[number] * (
        km * np.where(rush, factor, 1.0)
    )
    return f"{told(0)} + {told(1)} * distance_km * {RUSH.format(factor)}", middle


@over_worlds(SEEDS)
def test_our_promises_hold_where_it_is_hardest(seed: int) -> None:
    truth = load_case(SLUG, seed).truth
    for name in ("line", "offsets"):
        promise = truth.promises[name]
        assert promise.holds
        assert promise.unseen.width <= truth.window_limit
    assert truth.promises["minute"].holds is (truth.shape.kind == "tight")
    assert truth.best.mechanism in ("minute", "window", "window_and_minute")
    assert backend_weeks(truth.best.mechanism, truth.best.log) <= truth.shape.backend_weeks <= truth.shape.launch


@over_worlds(SOME)
def test_a_line_for_each_region_and_room_from_the_tables_holds_on_what_nobody_saw(seed: int) -> None:
    case = load_case(SLUG, seed)
    region, minutes = late_by_checks(case)
    assert region == case.truth.shape.late_region
    assert minutes == pytest.approx(case.truth.shape.late_by, abs=1.0)
    came = door(case)
    text, middle = fitted(case, came)
    off = (came - middle)[(case.tables.deliveries["week"] <= 16).to_numpy()]
    low, high = np.quantile(off, [0.07, 0.93])
    earliest, latest = f"{text} + ({low:.1f})", f"{text} + {high:.1f}"
    found = trial(seed, earliest, latest, "unseen")
    assert not clearly_below(found.all, FLOOR)
    assert not clearly_below(found.groups[found.worst], GROUP_FLOOR)
    assert found.width <= case.truth.window_limit + 0.5
    seen = desk_trial(case.tables, earliest, latest, late={region: minutes})
    assert isinstance(seen, pd.DataFrame)
    stated = float(seen.loc[seen["where"] == "all", "kept_of_100"].iloc[0])
    assert stated == pytest.approx(100 * trial(seed, earliest, latest, "holdout").all.share, abs=1.0)


@over_worlds(SOME)
def test_the_late_columns_say_which_log_would_help_and_whether_one_would(seed: int) -> None:
    case = load_case(SLUG, seed)
    came = door(case)
    _, middle = fitted(case, came)
    table, off = case.tables.deliveries, came - middle
    with_shop = abs(np.corrcoef(off, table["shop_wait_min"])[0, 1])
    with_stops = abs(np.corrcoef(off, table["stops_before"])[0, 1])
    region, minutes = late_by_checks(case)
    told = wrong_with(case.tables, fitted(case, came)[0], late={region: minutes})
    assert isinstance(told, pd.DataFrame)
    assert told["goes_together"].abs().tolist() == pytest.approx([with_shop, with_stops], abs=0.02)
    seen = "ready_scan" if with_shop > 0.65 else "route_plan" if with_stops > 0.65 else NONE
    kinds = {"queue": "ready_scan", "route": "route_plan"}
    assert seen == kinds.get(case.truth.shape.kind, NONE)


@over_worlds(SOME)
def test_what_is_naive_fails(seed: int) -> None:
    case = load_case(SLUG, seed)
    middle = float(np.median(case.tables.deliveries["tapped_min"]))
    half = case.truth.window_limit / 2
    constant = trial(seed, f"{middle - half}", f"{middle + half}", "unseen")
    assert clearly_below(constant.groups[constant.worst], GROUP_FLOOR), "one window for everybody"
    taps = case.tables.deliveries["tapped_min"].to_numpy()
    text, _ = fitted(case, taps)
    width = case.truth.promises["line"].unseen.width
    face = trial(seed, f"{text} - {width / 2}", f"{text} + {width / 2}", "unseen")
    assert min(face.groups, key=lambda name: face.groups[name].share) == case.truth.shape.late_region
    if case.truth.shape.late_by >= 10:
        assert clearly_below(face.groups[face.worst], GROUP_FLOOR), "taps at face value"


@pytest.mark.slow
def test_what_is_best_differs_and_no_way_is_usual() -> None:
    best = [load_case(SLUG, seed).truth.best for seed in SEEDS]
    mechanisms, logs = Counter(way.mechanism for way in best), Counter(way.log for way in best)
    assert set(mechanisms) == {"minute", "window", "window_and_minute"}
    assert max(mechanisms.values()) <= 0.55 * VARIANTS
    assert min(mechanisms.values()) >= 0.1 * VARIANTS
    assert max(logs.values()) <= 0.55 * VARIANTS
    assert logs["ready_scan"] >= 0.15 * VARIANTS
    assert logs["route_plan"] >= 0.15 * VARIANTS


@over_worlds(SEEDS)
def test_the_work_can_be_shared_and_somebody_may_decide(seed: int) -> None:
    truth = load_case(SLUG, seed).truth
    for way, lean in ((truth.best, False), (truth.second, True)):
        grid = truth.grid(way, lean=lean)
        assert set(grid) == set(rows_for(way.mechanism, way.log)) >= set(ALWAYS)
        doers = {id: [one for one, code in cells.items() if "R" in code] for id, cells in grid.items()}
        for person, weeks in weeks_until_launch(truth.work, doers).items():
            assert weeks <= truth.capacity[person]
        for id, cells in grid.items():
            work = truth.work[id]
            assert next(one for one, code in cells.items() if "A" in code) in work.may_decide
            assert cells[work.changes_the_day_of] == "C"
        assert MODEL not in weeks_until_launch(truth.work, {MODEL: ["tomasz"]})


def test_the_second_draw_is_other_weeks_of_the_same_world() -> None:
    case, unseen = load_case(SLUG, 7), load_unseen(SLUG, 7)
    assert unseen is not None
    assert len(unseen.truth.door) == len(unseen.columns["deliveries"]["week"]) > len(case.truth.door)
    assert case.facts == unseen.facts


def test_worth_is_counted_as_the_memo_says() -> None:
    assert worth(WINDOW, 1.0, 20.0, 0.5, 0.0) == pytest.approx(1.0)
    assert worth(WINDOW, 0.8, 30.0, 1.0, 0.0) == pytest.approx(0.8 * 0.8 - 0.2)
    assert worth(WINDOW, 0.8, 28.0, 0.0, 0.0) == pytest.approx(0.8 * 0.5 - 0.2)
    assert worth("window_and_minute", 0.8, 60.0, 0.0, 0.9) == pytest.approx(0.8)


def test_the_desk_says_what_is_wrong_in_a_sentence() -> None:
    tables = load_case(SLUG, 0).tables
    assert "column stops_before" in str(desk_trial(tables, "stops_before", "60"))
    assert "no region 'moon'" in str(desk_trial(tables, "10", "60", late={"moon": 3}))
    assert "weeks 30 to 40" in str(desk_trial(tables, "10", "60", weeks=(30, 40)))
    assert "not before the earliest" in str(desk_trial(tables, "60", "10"))
    assert "column tapped_min" in str(wrong_with(tables, "tapped_min"))
