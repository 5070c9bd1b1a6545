"""A board with limits: cards whose every day is known, what waiting and attention cost, and what is read off them."""

from __future__ import annotations

import time

import numpy as np
import pytest

from curriculum.support.flow import Board, Habits, Season, Stage, flow_of, percentile, replay, season, stretches

TWO = Board((Stage("make", 1, 2.0), Stage("look", 1, 2.0)), attention=0.0)
NONE = Habits()


def days(*rows, length=20, draws=1):
    """Cards whose days in each stage are given; nobody is away, nothing goes back, nobody asks."""
    given = np.broadcast_to(np.array(rows, float), (draws, len(rows), len(rows[0])))
    stages = len(rows[0])
    return Season(
        given.copy(), np.ones((draws, len(rows))), np.ones((draws, length)), np.zeros((draws, length, stages))
    )


def test_cards_go_through_one_after_the_other_and_wait_where_there_is_no_room():
    run = replay(TWO, days((2, 3), (2, 3), (2, 3)), [[1, 1]], NONE)
    assert run.entered[0].tolist() == [[1, 3], [3, 6], [6, 9]]
    # The second is ready on day 4 and waits until the first has left on day 6, in its own column: nobody follows it.
    assert run.ready[0].tolist() == [[2, 5], [4, 8], [7, 11]]
    assert run.out[0].tolist() == [6, 9, 12]
    assert run.cycles.tolist() == [6, 7, 7]


def test_room_for_what_waits_keeps_people_at_work_and_too_much_of_it_costs_attention():
    uneven = season(TWO, np.random.default_rng(2), draws=60, cards=30, length=40)
    one, two = (replay(TWO, uneven, [[limit, limit]], NONE).finished.mean() for limit in (1, 2))
    assert two > 1.08 * one, "who is ready needs room until the other is"
    work = days(*[(2, 2)] * 12, length=16)
    tired = Board(TWO.stages, attention=0.2)
    few, many = (int(replay(tired, work, [[limit, 2]], NONE).finished[0]) for limit in (2, 12))
    assert few > many == 0, "twelve open cards leave one person a tenth of a day"


def test_a_person_works_at_one_card_and_who_is_away_at_none():
    crew = Board((Stage("make", 3, 2.0),), attention=0.0)
    work = days((2,), (2,), (2,), length=6)
    assert replay(crew, work, [[3]], NONE).out[0].tolist() == [3, 3, 3]
    gone = Season(work.days, work.back, work.asked, np.full((1, 6, 1), 2.0))
    assert replay(crew, gone, [[3]], NONE).out[0].tolist() == [3, 5, -1]


def test_work_that_is_sent_back_is_made_again_by_half_and_is_seen_once_more():
    board = Board((Stage("make", 1, 2.0), Stage("look", 1, 1.0)), 0.0, sent_back=0.5, judged="look", made="make")
    work = days((2, 1), length=12)
    back = Season(work.days, np.array([[0.4]]), work.asked, work.away)
    assert replay(board, work, [[2, 2]], NONE).out[0].tolist() == [4]
    assert replay(board, back, [[2, 2]], NONE).out[0].tolist() == [6]
    assert replay(board, back, [[2, 2]], Habits(sent_back=0.5)).out[0].tolist() == [4], "the habit halves the share"


def test_releases_come_on_their_days_and_take_so_many_cards():
    board = Board((Stage("make", 4, 1.0),), 0.0, cadence=5, batch=3)
    work = days(*[(1,)] * 8, length=15)
    assert replay(board, work, [[8]], NONE).out[0].tolist() == [5, 5, 5, 10, 10, 10, 15, 15]
    assert replay(board, work, [[8]], Habits(cadence=2)).finished[0] == 8
    assert replay(board, work, [[8]], NONE, until=9).finished[0] == 3


def test_requests_at_once_take_one_of_those_who_are_asked():
    board = Board((Stage("make", 1, 1.0),), 0.0, interrupted=0.5, asked=("make",))
    work = days(*[(1,)] * 10, length=10)
    asked = Season(work.days, work.back, np.tile([0.2, 0.8], 5)[None, :], work.away)
    assert replay(board, asked, [[1]], NONE).finished[0] == 4
    assert replay(board, asked, [[1]], Habits(interrupted=0.2)).finished[0] == 9


def test_more_speed_at_the_narrow_place_finishes_more_and_elsewhere_next_to_nothing():
    board = Board((Stage("make", 2, 2.0), Stage("look", 1, 2.5), Stage("ship", 1, 0.5)), attention=0.15)
    what = season(board, np.random.default_rng(3), draws=40, cards=40, length=40)
    usual, wide, wrong = (
        replay(board, what, [[3, 2, 3]], Habits(speed)).finished.mean() for speed in ({}, {"look": 2}, {"make": 2})
    )
    assert wide > 1.4 * usual
    assert wrong < 1.1 * usual


def test_what_is_read_off_a_replay_is_what_happened():
    run = replay(TWO, days((2, 3), (2, 3), (2, 3), length=12), [[1, 1]], NONE)
    made, looked = stretches(run.entered[0], run.ready[0], run.left[0], [1, 1], range(1, 13))
    assert looked.busy == pytest.approx(9 / 12)
    assert (made.ready, looked.ready) == (3, 3)
    assert made.waiting == pytest.approx(2 / 12), "two of them stand there for a day until the other has left"
    flow = flow_of(run.entered[0], run.left[0], run.length)
    assert flow.shape == (3, 12)
    assert flow[:, -1].tolist() == [3, 3, 3]
    assert (np.diff(flow, axis=0) <= 0).all()
    assert (np.diff(flow, axis=1) >= 0).all()
    assert percentile([1, 2, 3, 4, 5], 100) == 5
    assert np.isnan(percentile([]))


def test_the_busiest_stage_is_the_narrow_one():
    board = Board((Stage("make", 2, 2.0), Stage("look", 1, 1.6), Stage("ship", 1, 0.5)), attention=0.1)
    what = season(board, np.random.default_rng(1), draws=20, cards=90, length=80)
    run = replay(board, what, [[5, 2, 3]], NONE)
    found = [stretches(run.entered[n], run.ready[n], run.left[n], [2, 1, 1], range(41, 81)) for n in range(20)]
    busy = [np.mean([one[stage].busy for one in found]) for stage in range(3)]
    held = [np.mean([one[stage].in_it for one in found]) for stage in range(3)]
    assert int(np.argmax(busy)) == 1
    assert int(np.argmax(held)) == 0, "the fullest column is the one before"


def test_eight_weeks_of_five_stages_are_replayed_in_an_instant():
    board = Board(tuple(Stage(name, 3, 3.0) for name in "abcde"), attention=0.15)
    what = season(board, np.random.default_rng(0), draws=1, cards=48, length=40)
    began = time.process_time()
    for _ in range(5):
        replay(board, what, [[4, 4, 4, 4, 4]], NONE)
    assert (time.process_time() - began) / 5 < 0.05
