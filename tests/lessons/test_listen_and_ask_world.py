"""The world of `listen_and_ask`: what must hold on every seed beyond the generic proofs."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from curriculum.cases import VARIANTS, Case, load_case
from curriculum.cases.listen_and_ask.cast import TOPICS, owner_of
from curriculum.cases.listen_and_ask.draw import JUNE, MOST_PASSING, STRUCTURES, ranking
from curriculum.cases.listen_and_ask.plans import NEXT_QUARTER, Plan, Work, cost, good_enough, plans, weeks_done
from curriculum.cases.listen_and_ask.truth import DECIDED, POSTPONED, UNDECIDED
from tests.helpers.worlds import over_worlds

SEEDS = range(VARIANTS)


@cache
def case_of(seed: int) -> Case:
    return load_case("listen_and_ask", seed)


WORK = Work(
    room=(4.0,) * 13,
    days={"a": 8, "b": 6, "c": 4, "d": 12},
    due={"a": 2, "b": 3, "c": 3, "d": 13},
    late={"a": 1.0, "b": 2.0, "c": 3.0, "d": 4.0},
    once={"a": 0.0, "b": 20.0, "c": 0.0, "d": 0.0},
    pair=("a", "b"),
    shared=2.0,
)  # fmt: skip
"""A quarter that can be reckoned by hand."""


def test_pieces_are_done_one_after_the_other_and_shared_days_are_worked_once() -> None:
    assert weeks_done(Plan(("a", "b", "c", "d")), WORK) == {"a": 2, "b": 3, "c": 4, "d": 7}
    assert weeks_done(Plan(("c", "b", "d", "a")), WORK) == {"c": 1, "b": 3, "d": 6, "a": 7}


def test_late_pieces_cost_weeks_and_missed_dates_once() -> None:
    assert cost(Plan(("a", "b", "c", "d")), WORK) == 3.0
    assert cost(Plan(("a", "c", "d", "b")), WORK) == 20.0 + 2.0 * (7 - 3)


def test_what_the_quarter_has_no_room_for_comes_in_the_next() -> None:
    full = replace(WORK, days={**WORK.days, "d": 60})
    assert weeks_done(Plan(("a", "b", "c", "d")), full)["d"] == NEXT_QUARTER


def test_a_contractor_works_beside_and_only_where_he_is_paid() -> None:
    paid = replace(WORK, can_give=True, fee=15.0, given_done=6)
    assert weeks_done(Plan(("a", "b", "c"), "d"), paid)["d"] == 6
    assert cost(Plan(("a", "b", "c"), "d"), paid) == 15.0 + 3.0
    assert weeks_done(Plan(("a", "b", "c"), "d"), WORK)["d"] == NEXT_QUARTER
    later = weeks_done(Plan(("a", "b", "c"), "d"), replace(paid, starts=3))
    assert later == {"a": 4, "b": 5, "c": 6, "d": 8}


def test_nothing_is_of_use_before_its_release() -> None:
    assert weeks_done(Plan(("a", "b", "c", "d")), replace(WORK, earliest={"a": 10}))["a"] == 10


@pytest.mark.slow
def test_each_structure_is_best_in_a_quarter_of_the_worlds() -> None:
    assert Counter(case_of(seed).truth.structure for seed in SEEDS) == dict.fromkeys(STRUCTURES, VARIANTS // 4)


@over_worlds(SEEDS)
def test_no_plan_beats_the_best_and_few_are_as_good(seed: int) -> None:
    truth = case_of(seed).truth
    costs = [cost(plan, truth.work) for plan in plans(tuple(TOPICS), truth.pair, truth.work.can_give)]
    assert min(costs) == truth.best_cost
    assert sum(good_enough(one, truth.best_cost) for one in costs) <= MOST_PASSING
    assert good_enough(truth.cost_of(truth.second), truth.best_cost)
    assert not good_enough(truth.cost_of(truth.runner_up), truth.best_cost)


@over_worlds(SEEDS)
def test_each_alone_would_give_a_plan_that_is_clearly_dearer(seed: int) -> None:
    """Whoever hears one person alone gives that person Tilde first, with all the days asked for."""
    truth = case_of(seed).truth
    for topic in TOPICS:
        order = (topic, *(other for other in truth.filed if other != topic))
        assert cost(Plan(order), truth.asked) > truth.best_cost + 20


@over_worlds(SEEDS)
def test_what_a_week_of_waiting_costs_is_in_the_table(seed: int) -> None:
    case = case_of(seed)
    waiting = case.columns["waiting"]
    for topic, late in case.truth.work.late.items():
        mine = waiting["topic"] == topic
        assert float(np.sum(waiting["units"][mine] * waiting["euros_a_unit"][mine])) / 13_000 == pytest.approx(
            late, abs=0.06
        )


@over_worlds(SEEDS)
def test_the_days_that_she_is_there_are_in_the_table(seed: int) -> None:
    case = case_of(seed)
    weeks, handed_over = case.columns["weeks"], case.truth.matters["oncall"].status == DECIDED
    days = weeks["not_on_call" if handed_over else "on_call"] - weeks["leave"]
    assert float(days.sum()) == case.truth.days_there
    assert 5 <= weeks["leave"].sum() <= 10


@over_worlds(SEEDS)
def test_february_can_be_read_from_the_transcript_and_the_table_of_rights(seed: int) -> None:
    """Decided and put off: by the person with the right. Not decided: that person has said nothing of it."""
    case = case_of(seed)
    who = {
        int(line): str(name)
        for line, name in zip(*(case.columns["transcript"][c] for c in ("line", "who")), strict=True)
    }
    names = {person.label.split()[0]: id for id, person in case.people.items()}
    statuses = Counter(matter.status for matter in case.truth.matters.values())
    assert statuses == {DECIDED: 2, POSTPONED: 1, UNDECIDED: 1}
    for matter in case.truth.matters.values():
        speakers = {names[who[line]] for line in matter.lines}
        if matter.status == UNDECIDED:
            assert matter.holder not in speakers
            assert matter.believer in speakers
        else:
            assert matter.holder in speakers
    dissent = case.truth.dissent
    assert names[who[dissent.line]] == dissent.who
    assert case.truth.matters[dissent.matter].holder != dissent.who
    assert len({case.truth.facilitator, case.truth.note_taker}) == 2


@over_worlds(SEEDS)
def test_two_dates_are_fixed_and_tone_does_not_tell_which(seed: int) -> None:
    case = case_of(seed)
    truth = case.truth
    loud = {topic for topic in TOPICS if "Not a day later" in case.facts[f"{topic}_date"].label}
    assert len(loud) == len(truth.hard) == 2
    assert len(loud & truth.hard) == 1
    assert truth.shouter in loud - truth.hard
    assert truth.whisperer in truth.hard - loud


@over_worlds(SEEDS)
def test_claims_are_somebodys_or_nobodys_and_lie_in_another_order_each_time(seed: int) -> None:
    case = case_of(seed)
    claims = case.registry.entries("claims")
    assert len(claims) == 4 * 4 + len(case.truth.foreign)
    for (person, kind), id in case.truth.claims.items():
        assert (claims[id].owner, claims[id].kind) == (person, kind)  # type: ignore[attr-defined]
    assert all(not claims[id].owner for id in case.truth.foreign.values())  # type: ignore[attr-defined]
    assert case.truth.claims != case_of((seed + 1) % VARIANTS).truth.claims


@over_worlds(SEEDS)
def test_events_wait_for_june_and_the_warehouse_stays_only_where_that_was_decided(seed: int) -> None:
    truth = case_of(seed).truth
    decided = {id for id, matter in truth.matters.items() if matter.status == DECIDED}
    assert (truth.work.earliest or {}) == ({"events": JUNE} if "june" in decided else {})
    longer = truth.work.due["warehouse"] - truth.due_said["warehouse"]
    assert longer == (4 if "extension" in decided else 0)
    assert truth.work.can_give == ("contractor" in decided)


def test_ranking_has_every_plan_once() -> None:
    truth = case_of(0).truth
    ranked = [plan for plan, _ in ranking(truth.work)]
    assert len(ranked) == len({*ranked}) == 24 + 12 * truth.work.can_give
    assert {owner_of(topic) for topic in truth.best.order} <= {"bertil", "leilani", "fadi", "greta"}
