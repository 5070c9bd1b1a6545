"""The world of `recommendation_scoping`: what it promises holds for every seed, and what it decides differs."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from curriculum.artifacts import board as board_artifact
from curriculum.cases import VARIANTS, Case, load_case
from curriculum.cases.recommendation_scoping.cards import DOTS, days_by_role, with_needs
from curriculum.cases.recommendation_scoping.draw import DAYS, HISTORY, NO_BETTER, SLOW, dealt, draw
from curriculum.cases.recommendation_scoping.facts import CLICKS_ELSEWHERE, SEARCHES_ELSEWHERE
from tests.helpers.worlds import over_worlds

SEEDS = range(VARIANTS)


def case_of(seed: int) -> Case:
    return load_case("recommendation_scoping", seed)


@over_worlds(SEEDS)
def test_parameters_lie_in_the_ranges_of_the_reference(seed: int) -> None:
    truth = case_of(seed).truth
    assert 2 <= truth.baselines["conversion", "all"] <= 3
    assert 2 <= truth.baselines["row_ctr", "all"] <= 8
    assert 80 <= truth.latency["light"].p95 <= 120
    if truth.unfit.get("deep") == SLOW:
        assert 200 <= truth.p95_at_peak["deep"] - truth.latency["light"].p95 <= 300
    assert 0.002 <= truth.offline["auc", "deep"] - truth.offline["auc", "light"] <= 0.02
    gains = case_of(seed).columns["past_tests"]["offline_gain_auc"]
    assert gains.min() >= 0.002 and gains.max() <= 0.02


@over_worlds(SEEDS)
def test_a_model_fits_or_one_reason_speaks_against_it_and_can_be_known(seed: int) -> None:
    case = case_of(seed)
    truth, models, roles = case.truth, case.registry.entries("models"), case.registry.entries("roles")
    assert set(truth.fits) | set(truth.unfit) == set(models) and not set(truth.fits) & set(truth.unfit)
    for id, model in models.items():
        why = truth.unfit.get(id)
        needed = days_by_role(case.registry.entries("cards"), with_needs(case.registry.entries("cards"), model.card))  # type: ignore[attr-defined, arg-type]
        too_many = any(days > roles[role].capacity for role, days in needed.items())  # type: ignore[attr-defined]
        assert (truth.p95_at_peak[id] > truth.screen_budget_ms) is (why == SLOW)
        assert (model.learns_from > truth.kept_days) is (why == HISTORY)  # type: ignore[attr-defined]
        assert (truth.offline["hits_in_six", id] <= truth.offline["hits_in_six", "today"]) is (why == NO_BETTER)
        assert too_many if why == DAYS else not (too_many and id in truth.fits)
    for id in truth.fits:
        assert any(f"model:{id}" in fact.supports for fact in case.facts.values())
        assert not any(f"model:{id}" in fact.contradicts for fact in case.facts.values())


@over_worlds(SEEDS)
def test_traces_of_a_model_that_will_be_slow_come_from_a_warm_cache(seed: int) -> None:
    truth, traces = case_of(seed).truth, case_of(seed).columns["traces"]
    for model in truth.latency:
        caches = set(traces["cache"][traces["model"] == model])
        assert truth.latency[model].p95 < truth.screen_budget_ms
        if truth.p95_at_peak[model] > truth.screen_budget_ms:
            assert caches == {"warm"}


@over_worlds(SEEDS)
def test_adding_percentiles_would_drop_a_model_that_fits_the_screen(seed: int) -> None:
    light, budget = case_of(seed).truth.latency["light"], case_of(seed).truth.screen_budget_ms
    assert light.p95 * 1.1 < budget < 0.95 * light.sum_of_p95


@over_worlds(SEEDS)
def test_every_model_that_fits_has_a_scope_that_every_role_can_carry(seed: int) -> None:
    case = case_of(seed)
    cards, roles = case.registry.entries("cards"), case.registry.entries("roles")
    everything = sum(role.capacity for role in roles.values())  # type: ignore[attr-defined]
    for scope in case.truth.scopes.values():
        days = days_by_role(cards, {*scope, "why_line"})  # type: ignore[arg-type]
        assert all(days[id] <= role.capacity for id, role in roles.items())  # type: ignore[attr-defined]
        assert sum(days.values()) <= 0.6 * everything


@over_worlds(SEEDS)
def test_every_voter_spends_three_dots_and_two_cards_share_them_out(seed: int) -> None:
    case = case_of(seed)
    votes, cards = case.truth.votes, case.registry.entries("cards")
    spent: Counter[str] = Counter()
    for (voter, card), dots in votes.items():
        assert card in cards
        spent[voter] += dots
    alone: Counter[str] = Counter()
    for (_, card), dots in votes.items():
        alone[card] += dots
    assert DOTS == board_artifact.DOTS
    assert set(spent.values()) == {DOTS} and len(spent) == 6
    assert {alone[card] for card in case.truth.duplicates} == {2}
    assert {case.truth.dots[card] for card in case.truth.duplicates} == {4}


@over_worlds(SEEDS)
def test_some_goal_can_be_seen_in_time_and_orders_only_where_there_are_visits(seed: int) -> None:
    truth = case_of(seed).truth
    best = 1.5 * truth.past_tests.best_lift
    orders = truth.detectable("conversion", truth.place, truth.readout_weeks)
    assert (1.15 * orders < best) if draw(seed).busy else (orders > best)
    assert truth.detectable("search_on", truth.place, truth.readout_weeks) < 8
    assert truth.wished_lift > best and truth.campaign < truth.quarter_end


@over_worlds(SEEDS)
def test_no_launch_can_wait_for_a_test_of_three_layouts(seed: int) -> None:
    case = case_of(seed)
    assert (case.facts["layout_sample"].value or 0) > case.truth.weeks_to_launch


@over_worlds(SEEDS)
def test_an_ordinary_week_and_what_a_test_can_show_leave_room_for_guardrails(seed: int) -> None:
    truth = case_of(seed).truth
    for metric in ("conversion", "ticket_rate"):
        seen = truth.detectable(metric, truth.place, truth.readout_weeks - 1)
        assert truth.farthest[metric, truth.place] < 0.8 * seen


@over_worlds(SEEDS)
def test_past_tests_say_by_their_intervals_what_the_fact_says(seed: int) -> None:
    case = case_of(seed)
    tests, said = case.tables.past_tests, case.facts["offline_online"]
    clear = tests[tests["at_least_percent"] > 0]
    assert len(clear) == case.truth.past_tests.gained == said.value
    assert (tests["at_most_percent"] < 0).sum() == case.truth.past_tests.lost
    assert clear["gain_percent"].max() == pytest.approx(case.truth.past_tests.best_lift, abs=0.051)
    first = tests.loc[tests["offline_gain_auc"].idxmax()]
    verb = {1: "gained online", -1: "lost online", 0: "nobody can tell"}[case.truth.past_tests.best_offline]
    assert verb in said.label
    assert (
        np.sign(first["at_least_percent"]) + np.sign(first["at_most_percent"]) == 2 * case.truth.past_tests.best_offline
    )


@pytest.mark.slow
def test_past_tests_differ_over_worlds() -> None:
    found = Counter(
        (case_of(seed).truth.past_tests.gained, case_of(seed).truth.past_tests.best_offline) for seed in SEEDS
    )
    assert len(found) >= 6 and max(found.values()) < 0.5 * VARIANTS


@over_worlds((0, 17, 63))
def test_truth_recomputes_from_the_tables_that_learners_get(seed: int) -> None:
    case = case_of(seed)
    traffic, traces = case.tables.traffic, case.tables.traces
    recent = traffic[traffic["week"].isin(sorted(traffic["week"].unique())[-8:])]
    phones = recent[recent["device"] == "phone"]
    assert not recent["sale"].any()
    for metric, (above, below, times) in {
        "conversion": ("orders", "visits", 100), "search_on": ("searches", "visits", 100),
        "ticket_rate": ("tickets", "visits", 1_000), "row_ctr": ("row_clicks", "row_views", 100),
    }.items():  # fmt: skip
        assert times * recent[above].sum() / recent[below].sum() == pytest.approx(case.truth.baselines[metric, "all"])
        rate, n = phones[above].sum() / phones[below].sum(), phones[below].sum() / 8 * 4 / 2
        change = 100 * np.sqrt(16 * rate * (1 - rate) / n) / rate
        assert change == pytest.approx(case.truth.detectable(metric, "phone", 4))
    for model, seen in case.truth.latency.items():
        assert traces[traces["model"] == model]["total_ms"].quantile(0.95) == pytest.approx(seen.p95)


@over_worlds(SEEDS)
def test_one_public_number_is_worse_than_elsewhere(seed: int) -> None:
    truth = case_of(seed).truth
    few_clicks = truth.baselines["row_ctr", "all"] < CLICKS_ELSEWHERE
    many_searches = truth.baselines["search_on", "all"] > SEARCHES_ELSEWHERE
    assert few_clicks is (truth.problem == "strip_clicks")
    assert many_searches is (truth.problem == "searches_on")


@over_worlds(SEEDS)
def test_who_approves_today_stands_in_the_row_that_is_valid(seed: int) -> None:
    case = case_of(seed)
    rights = case.tables.decision_rights
    day = str(case.truth.kickoff)
    for id, area in case.registry.entries("areas").items():
        rows = rights[(rights["area"] == id) & (rights["valid_from"] <= day)]
        today = rows[(rows["valid_until"] == "") | (rows["valid_until"] >= day)]
        assert today["approver"].tolist() == [area.approver]  # type: ignore[attr-defined]


def test_rounds_deal_each_shape_equally_often_and_in_no_fixed_order() -> None:
    dealt_out = [dealt(seed, "a stream", (0, 1, 2)) for seed in range(60)]
    assert Counter(dealt_out) == {0: 20, 1: 20, 2: 20}
    assert len({tuple(dealt_out[i : i + 3]) for i in range(0, 60, 3)}) > 3


@pytest.mark.parametrize(
    "of",
    [lambda t: t.fits, lambda t: tuple(sorted(t.unfit.items())), lambda t: t.place, lambda t: t.problem,
     lambda t: tuple(sorted(t.duplicates)), lambda t: t.picks_go_on, lambda t: t.remote],
)  # fmt: skip
def test_what_is_right_differs_over_worlds(of: object) -> None:
    found = Counter(of(case_of(seed).truth) for seed in SEEDS)  # type: ignore[operator]
    assert max(found.values()) <= 0.6 * VARIANTS


def test_the_card_with_most_dots_differs() -> None:
    top = Counter(max(sorted(case_of(seed).truth.dots), key=case_of(seed).truth.dots.__getitem__) for seed in SEEDS)
    assert len(top) >= 5 and max(top.values()) < 0.6 * VARIANTS
