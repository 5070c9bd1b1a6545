"""The war room of `fraud_false_positives` over many worlds: what decides there, and that the plan keeps to it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from curriculum.artifacts.action_plan import ActionPlan
from curriculum.authoring.judging import submission_of
from curriculum.authoring.subject import load_subject
from curriculum.cases import Case, load_case
from curriculum.cases.fraud_false_positives import standing
from curriculum.cases.fraud_false_positives.leeway import draw_leeway
from curriculum.cases.fraud_false_positives.war_room import HIT_HARDEST, MITIGATIONS, harm_left
from curriculum.course.templates import render
from curriculum.roleplay.engine import choose, debrief, replay
from curriculum.roleplay.script import script_of
from graders import load_rubric
from graders.grade import Submission, grade
from tests.helpers.worlds import over_worlds

SLUG = "fraud_false_positives"
SEEDS = range(0, 64, 4)
FIRST = {"roll_back_screen": "screen_first", "raise_threshold": "threshold_first"}


def answers(case: Case, variant: str) -> Submission:
    subject = load_subject(SLUG)
    return submission_of(subject, case, subject.fixtures(case.seed).exemplars[variant])


def failed(case: Case, submission: Submission) -> set[str]:
    report = grade(load_rubric(SLUG), case, submission)
    return {finding.criterion for artifact in report.artifacts for finding in artifact.failed()}


@over_worlds(SEEDS)
def test_one_cause_hits_hardest_and_its_remedy_is_what_amara_thanks_for(seed: int) -> None:
    case = load_case(SLUG, seed)
    (hardest,) = [HIT_HARDEST[name] for name, yes in case.circumstances.items() if yes]
    assert case.truth.per_minute[hardest] == max(case.truth.per_minute.values())
    script = script_of(case)
    for action, choice in FIRST.items():
        helps = harm_left(hardest, MITIGATIONS[action].takes, [(action, 0)]) < 0.5
        state = replay(script, ["stop_harm_first", choice]).state
        assert (state.trust_of("amara") == 4) == helps, action


@over_worlds(SEEDS)
def test_what_is_said_of_the_wall_is_what_the_wall_shows(seed: int) -> None:
    case = load_case(SLUG, seed)
    script = script_of(case)
    state = replay(script, ["hear_positions"]).state
    said = " ".join(render(line.text, case) for line in script.nodes[state.node].says)
    assert f"{standing(case, state)[0][1]} more good payments" in said


@over_worlds(range(64))
def test_what_people_ask_for_leaves_a_way_through(seed: int) -> None:
    leeway = draw_leeway(seed)
    assert max(leeway.market, leeway.store, leeway.feed) < leeway.reviewers <= 28
    assert 60 * leeway.story > 90, "the story comes after the meeting"


@pytest.mark.slow
def test_what_hurts_whom_is_told_in_every_world_by_two_questions() -> None:
    for seed in SEEDS:
        script = script_of(load_case(SLUG, seed))
        asked = ["stop_harm_first", "screen_first", "who_calls", "the_fewer"]
        facts = replay(script, asked).state.facts
        assert facts == {"pressed_by_mistake", "partner_callers", "market_callers"}, seed


def test_whoever_is_accused_says_less_and_comes_back_to_nothing() -> None:
    script = script_of(load_case(SLUG, 1))
    opened = ["stop_harm_first", "screen_first", "ask_appeals", "what_moved"]
    kind = replay(script, [*opened, "send_to_review", "error_log", "what_is_empty", "restore_default"])
    blamed = replay(script, [*opened, "blame_feed", "error_log", "what_is_empty", "restore_default"])
    assert not kind.note and not blamed.note
    assert {"feed_busy", "feed_rules", "who_asked"} <= kind.state.facts
    accused = replay(script, [*opened, "blame_feed", "show_me", "how_tested", "what_is_empty", "restore_default"]).state
    assert not {"feed_busy", "feed_rules"} & accused.facts
    assert accused.did("restore_default"), "the switch is turned all the same"


def test_at_the_end_it_is_said_what_other_questions_would_have_brought() -> None:
    script = script_of(load_case(SLUG, 1))
    state = replay(script, ["give_roles", "screen_first", "how_many_tickets", "just_retrain", "error_log", "who_did_it",
                            "wait_with_words", "adjourn"]).state  # fmt: skip
    missed = {one.fact for one in debrief(script, state)}
    assert missed == {"partner_callers", "zero_ages", "buttons_moved", "change_note", "story_online", "who_asked"}


def test_the_causes_are_named_only_by_those_who_heard_of_each() -> None:
    script = script_of(load_case(SLUG, 1))
    asked = ["stop_harm_first", "screen_first", "who_calls", "the_fewer", "just_retrain", "show_me", "how_tested",
             "trust_green", "what_management_heard", "who_outside_knows"]  # fmt: skip
    state = replay(script, asked).state
    assert script.nodes[state.node].choices[1].id == "settle_causes"
    assert not script.nodes[state.node].choices[1].condition(state, script.world), "nobody spoke of the feed"
    assert choose(script, state, "adjourn").node == "to_be_continued"


@over_worlds(SEEDS)
def test_a_plan_may_have_another_shape_than_the_days_that_bind(seed: int) -> None:
    """Nothing but switches, for a short while: then nobody's days are needed but the reviewers' and the story's."""
    case = load_case(SLUG, seed)
    right = answers(case, "rule_and_rollback")
    plan = right.artifacts["action_plan"]
    assert isinstance(plan, ActionPlan) and right.conversation
    switches = plan.model_copy(update={"actions": plan.actions[:3]})
    only = frozenset({"reviewers_lent", "story_online"})
    asked = replace(right, artifacts={**right.artifacts, "action_plan": switches},
                    conversation=replace(right.conversation, facts=only))  # fmt: skip
    assert not {"plan_keeps_what_was_lent", "days_are_those_that_people_gave"} & failed(case, asked)


@over_worlds(SEEDS)
def test_a_right_day_that_nobody_was_asked_for_is_not_kept(seed: int) -> None:
    case = load_case(SLUG, seed)
    for variant, fact in (("rule_and_rollback", "feed_busy"), ("threshold_and_staged", "store_takes")):
        right = answers(case, variant)
        plan = right.artifacts["action_plan"]
        assert isinstance(plan, ActionPlan) and right.conversation
        unasked = replace(right, conversation=replace(right.conversation, facts=right.conversation.facts - {fact}))
        waits = fact != "store_takes" or plan.screen.change != "old_screen"  # a switch waits for no store
        assert failed(case, unasked) == ({"days_are_those_that_people_gave"} if waits else set()), fact


@over_worlds(SEEDS)
def test_the_last_day_and_the_hour_itself(seed: int) -> None:
    case = load_case(SLUG, seed)
    right = answers(case, "rule_and_rollback")
    plan, last = right.artifacts["action_plan"], int(case.facts["reviewers_lent"].value or 0)
    assert isinstance(plan, ActionPlan)
    for days, kept in ((last, True), (last + 1, False)):
        fallback = plan.fallback.model_copy(update={"expires": case.truth.today + dt.timedelta(days=days)})
        changed = replace(right, artifacts={**right.artifacts,
                                            "action_plan": plan.model_copy(update={"fallback": fallback})})  # fmt: skip
        assert ("plan_keeps_what_was_lent" not in failed(case, changed)) == kept
    online = int(60 * (case.facts["story_online"].value or 0))
    for minute, kept in ((online - 1, True), (online, False)):
        message = plan.message.model_copy(update={"next_update": case.truth.minute(minute)})
        changed = replace(right, artifacts={**right.artifacts,
                                            "action_plan": plan.model_copy(update={"message": message})})  # fmt: skip
        assert ("plan_keeps_what_was_lent" not in failed(case, changed)) == kept
