"""The world and the rubric of `influence_and_mentoring`: what must hold in each world, right answers that nobody wrote
down, and mistakes that look right. The generic proofs are in tests/authoring/test_every_lesson.py."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from curriculum.cases import Case, load_case, load_unseen
from curriculum.cases.influence_and_mentoring.draw import ACTIONS, DAYS, DISCOUNT, KINDS, ROOTS, dealt
from curriculum.cases.influence_and_mentoring.people import ALLIES
from curriculum.cases.influence_and_mentoring.rules import RuleError, arm_for, arm_needed, chosen, reads_score
from curriculum.consequences import run
from curriculum.consequences.influence_and_mentoring import NEVER
from curriculum.course.fixtures import Files, load_exemplar
from curriculum.roleplay.engine import State
from graders import load_rubric
from graders.grade import Submission, grade
from graders.influence_and_mentoring.memo import SOON
from graders.report import Status
from tests.helpers.worlds import over_worlds

SLUG = "influence_and_mentoring"
RUBRIC = load_rubric(SLUG)
SOME = (1, 6, 0, 4, 9, 12)
"""Two worlds with cells, one in which only a score sees whom the action helps, three more."""


def case_of(seed: int) -> Case:
    return load_case(SLUG, seed)


def answers(seed: int, variant: str = "own_way") -> Files:
    return copy.deepcopy(load_exemplar(case_of(seed), variant))


def unmet(seed: int, files: Files, *unheard: str, done: str = "") -> set[str]:
    """What is judged and not met, by somebody who heard all but these facts."""
    case = case_of(seed)
    written = {kind: model.model_validate(files[kind]) for kind, model in RUBRIC.artifacts.items()}
    talk = State("end", 0, tuple((person, 3) for person in case.people), frozenset(case.facts) - set(unheard))
    talk = replace(talk, done=((done, 0),)) if done else talk
    found = grade(RUBRIC, case, Submission(written, talk, {}))
    return {
        one.criterion
        for artifact in found.artifacts
        for one in artifact.findings
        if one.status is Status.GRADED and not one.passed
    }


def rewritten(files: Files, seed: int, rule: str, half: int | None = None) -> Files:
    """The proposal with another rule and what the rows say of it; of a wave of one's own choice, if given."""
    truth = case_of(seed).truth
    plan = truth.plan(rule)
    reading = plan.reading if half is None else truth.read(rule, truth.action, half)
    score = truth.score_cost if reads_score(rule) else 0.0
    files["proposal"] |= {
        "rule": rule, "model": plan.model, "reached": reading.reached, "uplift": reading.uplift, "low": reading.low,
        "high": reading.high, "cost": reading.cost, "net": reading.net(truth.margin, truth.months, score),
        "arm": reading.arm,
    }  # fmt: skip
    if files["memo"]["reader"] == "noa":
        files["memo"]["expected"] = reading.cost / reading.kept
    return files


@over_worlds(SOME)
def test_plausible_plans_lose_and_the_best_holds_with_other_people(seed: int) -> None:
    truth = case_of(seed).truth
    unseen = load_unseen(SLUG, seed)
    assert unseen is not None
    people = unseen.truth.campaign

    def net(rule: str, action: str) -> float:
        return float(truth.net(rule, action, people))

    best = net(truth.best_rule, truth.action)
    assert best > 5000
    assert net(truth.other_rule, truth.action) >= 0.9 * best
    assert not truth.driven_away(truth.best_rule, truth.action, people)
    for action in ACTIONS:
        assert net("gap_days >= 0", action) < 0.85 * best
        assert action == truth.action or net(truth.best_rule, action) < 0.85 * best
    assert net("risk == 'high'", DISCOUNT) < 0.5 * best
    assert net("risk == 'high'", truth.action) < 0.85 * best
    if not truth.shape.uses_score:
        assert max(net(f"score_{truth.action} > {cut}", truth.action) for cut in (0.02, 0.04, 0.06, 0.08)) < best


@over_worlds(SOME)
def test_the_score_flatters_on_the_wave_that_it_has_seen(seed: int) -> None:
    truth = case_of(seed).truth
    rule = f"score_{truth.action} > 0.05"
    seen, honest = (truth.read(rule, truth.action, half).uplift for half in (truth.score_half, truth.honest_half))
    assert seen > honest + 2.5


def test_shapes_are_dealt_evenly_and_somebody_can_everywhere() -> None:
    shapes = [(truth.action, truth.kind) for truth in (case_of(seed).truth for seed in range(9))]
    assert sorted(shapes) == sorted((action, kind) for action in ACTIONS for kind in KINDS)
    assert sorted(dealt(seed, "anything", (1, 2, 3)) for seed in range(3, 6)) == [1, 2, 3]
    for seed in range(9):
        truth = case_of(seed).truth
        assert 1 <= len(truth.able) <= 2
        assert {truth.root_of(field) for field in truth.heaviest} == set(ROOTS)
        for ally in truth.allies.values():
            assert (ally.days_real >= ally.days_needed) == (ally.stops != DAYS)
            assert ally.limit_eur >= truth.test_cost(truth.best) * 1.8 + 5


@over_worlds(SOME)
def test_what_is_right_may_be_written_in_other_ways(seed: int) -> None:
    truth = case_of(seed).truth
    files = answers(seed)
    assert unmet(seed, files) == set()
    assert unmet(seed, rewritten(answers(seed), seed, f"!(!({truth.best_rule}))")) == set()
    files["proposal"] |= {"read_out": 130, "guardrail_limit": truth.opt_outs / 2, "ends_if": "below_zero"}
    one, two = files["proposal"]["other_one"], files["proposal"]["other_two"]
    files["proposal"] |= {"other_one": two, "other_two": one}
    files["memo"].pop("also", None)
    files["memo"] |= {"step": "look_at_rows", "step_day": 14}
    coaching = files["coaching"]
    coaching |= {"comments": coaching["comments"][:2], "parked": truth.heaviest[2], "praise_place": truth.sound[3]}
    assert unmet(seed, files) == set()


@over_worlds(SOME)
def test_two_documents_may_not_contradict_each_other(seed: int) -> None:
    truth = case_of(seed).truth
    files = answers(seed)
    files["proposal"]["other_one"] = {"ally": truth.ally, "stops": "nothing"}
    assert "others_are_seen" in unmet(seed, files)
    files = answers(seed)
    files["proposal"]["arm"] = 1.4 * truth.best.reading.arm
    assert unmet(seed, files) == {"offer_and_ask"}
    files = answers(seed)
    files["proposal"] |= {"rule": f"score_{truth.action} > 0.05", "model": "none"}
    assert "model_only_if_it_pays" in unmet(seed, files)


@over_worlds(SOME)
def test_a_sum_may_be_careful_or_exact_and_what_nobody_told_may_be_open(seed: int) -> None:
    truth = case_of(seed).truth
    reading, other = truth.best.reading, truth.others_than(truth.ally)[0]
    each = truth.test_cost(truth.best) / reading.arm
    careful = min(arm_needed(reading.untouched, reading.low / 100), reading.reached / 2)
    for arm in (careful, arm_for(reading.untouched, reading.uplift / 100)):
        files = answers(seed)
        files["proposal"]["arm"], files["memo"]["ask_eur"] = arm, arm * each
        assert unmet(seed, files) == set()
    files = answers(seed)
    files["proposal"] |= {"uplift": round(reading.uplift), "low": round(reading.low), "high": round(reading.high)}
    assert not unmet(seed, files) & {
        "interval_given", "net_recomputes", "metric_recomputes", "test_is_large_enough", "test_is_smallest",
    }  # fmt: skip
    if truth.ally == "noa" and truth.shape.uses_score:
        files = answers(seed)
        files["memo"]["expected"] = (reading.cost + truth.score_cost) / reading.kept
        assert unmet(seed, files) == set()
    files = answers(seed)
    for comment in files["coaching"]["comments"]:
        if comment["place"] == "control":
            comment |= {"evidence": "by_arm", "number": truth.everybody.reading.uplift}
    assert unmet(seed, files) == set()
    files = answers(seed)
    files["proposal"]["other_one"]["stops"] = "unknown"
    assert files["proposal"]["other_one"]["ally"] == other.id
    assert unmet(seed, files) == {"others_are_seen"}, "where it was told, it is known"
    assert "others_are_seen" not in unmet(seed, files, *other.facts)
    files["proposal"]["other_two"]["stops"] = "unknown"
    assert "others_are_seen" in unmet(seed, files, *(fact for ally in truth.allies.values() for fact in ally.facts))
    if not truth.shape.uses_score:
        files = answers(seed)
        files["proposal"].pop("score_cost")
        assert unmet(seed, files, "score_needs") == set(), "a rule that beats a free score needs no price of it"
        assert unmet(seed, files) == {"model_only_if_it_pays"}, "what was told stands there"


@over_worlds(SOME)
def test_an_ask_is_for_the_test_and_a_promise_for_days_that_are_there(seed: int) -> None:
    truth = case_of(seed).truth
    test = truth.test_cost(truth.best) * 1.1
    score = truth.score_cost if truth.shape.uses_score else 0
    for memo in ({"ask_eur": 3 * test + score + 100}, {"offer_days": 30}):
        files = answers(seed)
        files["memo"] |= memo
        assert unmet(seed, files) - {"ask_in_authority"} == {"offer_and_ask"}
    files = answers(seed)
    files["memo"]["ask_eur"] = test + score
    assert unmet(seed, files) == set(), "a score that the rule reads has to run for the test as well"
    files = answers(seed)
    files["memo"] |= {"step": "one_arm", "step_day": truth.frozen_in + 1}
    late = truth.ally == "ruben" or truth.frozen_in >= SOON
    assert unmet(seed, files) == ({"step_within_fortnight"} if late else set())


@over_worlds((0, 46, 58))
def test_what_the_rows_show_of_a_score_is_what_holds(seed: int) -> None:
    truth = case_of(seed).truth
    assert truth.best.net == pytest.approx(truth.best_net, rel=0.1)
    assert 2.2 * truth.best.reading.arm < truth.best.reading.reached


@over_worlds(SOME)
def test_flaws_that_look_right_are_found(seed: int) -> None:
    truth = case_of(seed).truth
    files = answers(seed)
    files["proposal"]["arm"] = truth.best.reading.reached
    assert {"test_is_large_enough", "test_is_smallest"} <= unmet(seed, files)
    if truth.shape.uses_score:
        flattered = unmet(seed, rewritten(answers(seed), seed, truth.best_rule, truth.score_half))
        assert {"outcome_is_paying", "uplift_against_control"} <= flattered
    files = answers(seed)
    files["coaching"]["comments"] = [*files["coaching"]["comments"]] * 2
    assert unmet(seed, files) == {"rest_is_parked"}
    files = answers(seed)
    files["memo"]["also"] = "root_2"
    assert unmet(seed, files) == {"quoted_with_leave"}
    other = truth.others_than(truth.ally)[0].id
    files["memo"]["also"] = {"noa": "contact_limit", "ruben": "ruben_bonus", "sigrid": "starts_move"}[other]
    assert unmet(seed, files) == {"quoted_with_leave"}
    assert unmet(seed, files, done=f"may_quote_{other}") == set()


@over_worlds(SOME)
def test_each_ally_has_to_be_heard(seed: int) -> None:
    truth = case_of(seed).truth
    for ally in ALLIES:
        lost = unmet(seed, answers(seed), *truth.allies[ally].facts)
        assert ("one_reader_who_can" if ally == truth.ally else "others_are_seen") in lost


def test_a_rule_asks_only_what_is_known_before() -> None:
    rows = case_of(0).columns["campaign"]
    for rule in ("paying_120", "active_30 == false", "arm == 'pause'", "risk > 3", "", "x" * 2000):
        with pytest.raises(RuleError):
            chosen(rule, rows)
    assert chosen("gap_days >= 0", rows).all()


@over_worlds(SOME)
def test_what_happens_follows_from_the_ally_and_from_the_comments(seed: int) -> None:
    case = case_of(seed)

    def outcome(files: Files) -> Any:
        written = {kind: model.model_validate(files[kind]) for kind, model in RUBRIC.artifacts.items()}
        return run(case, written, None)

    good, files = outcome(answers(seed)), answers(seed)
    assert good.ends_well and good.numbers["pip_repeats"] == 1
    files["memo"]["reader"] = case.truth.unable.id
    assert outcome(files).numbers["starts_month"] == NEVER
    assert outcome(files).numbers["net"] == 0
    files = answers(seed)
    for comment in files["coaching"]["comments"]:
        comment["kind"] = "ask"
    assert outcome(files).numbers["pip_repeats"] == 2
    files["coaching"]["praise_place"] = case.truth.heaviest[0]
    assert outcome(files).numbers["pip_repeats"] >= 2
    assert np.all(np.isfinite(good.table["yours"]))
