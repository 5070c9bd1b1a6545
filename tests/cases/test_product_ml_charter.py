"""The world of `product_ml_charter`: its tables say what is so, and its year runs as the memo describes it."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import lru_cache

import pytest

from curriculum.cases.product_ml_charter import simulate, tables
from curriculum.cases.product_ml_charter.draw import (
    CARDS,
    DESIGN,
    FUNCTIONS,
    INSTANT,
    LINES,
    MATCH,
    PADS,
    POSTS,
    PROMISED,
)
from curriculum.cases.product_ml_charter.search import HOLDS, WORTH, can_be_said, fullest, measured
from curriculum.cases.product_ml_charter.truth import Truth
from curriculum.cases.product_ml_charter.year import JUDGED, NEVER, YEARS, Board, run
from tests.helpers.worlds import over_worlds

WORLDS = range(6)
ALL = Board((INSTANT, LINES, POSTS, MATCH, PADS), PROMISED)


@lru_cache(maxsize=8)
def truth_of(seed: int) -> Truth:
    truth = simulate(seed).truth
    assert isinstance(truth, Truth)
    return truth


@over_worlds(WORLDS)
def test_tables_give_the_numbers_that_people_tell(seed: int) -> None:
    case, truth = simulate(seed), truth_of(seed)
    ratios = tables.read_ratios(case.columns["deliveries"], case.columns["bookings"])
    for name in FUNCTIONS:
        assert ratios[name] == pytest.approx(truth.shape.ratios[name], rel=0.02)
    assert tables.read_stall(case.columns["curve_draws"], truth.shape.mix / 100, truth.shape.limit) == pytest.approx(
        truth.shape.stall, abs=0.03
    )
    assert truth.lab_stall < 0.06 < truth.assumed.stall - 0.2
    assert truth.booked[truth.shape.late] < 0.85 * ratios[truth.shape.late]
    assert truth.assumed.finds[0.25] < truth.assumed.finds[0.45] < truth.assumed.finds[0.7]
    assert truth.tight == truth.shape.tight and 1.1 < truth.load(truth.tight) < 1.3
    for fact in case.facts.values():
        if fact.value is not None and fact.id in ("pads_mix", "stall_claimed"):
            assert f"{fact.value:g}" in fact.label


@over_worlds(WORLDS)
def test_the_best_board_beats_what_is_tempting(seed: int) -> None:
    truth = truth_of(seed)
    best = truth.best
    again, everything = measured(seed, [best.board, ALL], truth.assumed)
    assert best.worth > 0 and best.worth == pytest.approx(again.worth)
    assert everything.worth < 0.9 * best.worth, "the stapled plan"
    for found in (best, truth.second):
        assert found.weakest >= HOLDS and fullest(found.board, truth.assumed) <= 1 and can_be_said(found, truth.assumed)
        assert truth.hard in found.board.promises and found.bad_year > truth.floor
        assert found.worth >= WORTH * best.worth
    years = run(seed, [best.board, ALL], truth.assumed, JUDGED)
    assert years.value.shape == (2, YEARS[JUDGED])


@over_worlds(WORLDS)
def test_a_year_obeys_its_rules(seed: int) -> None:
    truth = truth_of(seed)
    started = time.process_time()
    years = run(
        seed,
        [_bet_first(0.45), _bet_first(None), Board((PADS,), {}, 0.45), Board((PADS, MATCH), {}, 0.45)],
        truth.assumed,
    )
    assert time.process_time() - started < 0.3
    pads = CARDS.index(PADS)
    assert (years.stopped[1] == 0).all() and (years.stopped[0] > 0).any()
    assert (years.shipped[0, years.stopped[0] > 0, pads] == NEVER).all()
    match = CARDS.index(MATCH)
    assert (years.shipped[2, :, match] == NEVER).all() and (years.shipped[3, :, match] < NEVER).mean() > 0.9
    assert (years.shipped[3, :, pads] == years.shipped[2, :, pads]).all()
    crowd = {name: 100 * each for name, each in truth.assumed.capacity.items()}
    endless = replace(truth.assumed, capacity=crowd)
    idle = run(seed, [Board((PADS,), {})], endless).shipped[0, :, pads]
    assert (idle == NEVER).mean() == pytest.approx(truth.assumed.stall, abs=0.011), (
        "with all hands only a stall is late"
    )


def _bet_first(check: float | None) -> Board:
    return replace(ALL, order=(PADS, INSTANT, LINES, POSTS, MATCH), check=check)


def test_right_choices_differ_between_worlds() -> None:
    worlds = [truth_of(seed) for seed in WORLDS]
    assert len({truth.tight for truth in worlds}) > 1
    assert len({truth.shape.late for truth in worlds}) == 2
    assert len({frozenset(truth.best.board.promises) for truth in worlds}) > 1
    assert DESIGN not in {truth.tight for truth in worlds}
    assert {truth.best.bets for truth in worlds} == {False, True}
