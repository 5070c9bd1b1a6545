"""The review of `healthcare_platform` over many worlds: who signs, what is doubted, and which dates hold."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from curriculum.artifacts.integration_review import IntegrationReview
from curriculum.artifacts.release_manifest import ReleaseManifest
from curriculum.authoring.judging import submission_of
from curriculum.authoring.subject import load_subject
from curriculum.cases import Case, load_case
from curriculum.cases.healthcare_platform.agreement import PACKAGES, action
from curriculum.cases.healthcare_platform.wards import MAX_INAPPROPRIATE, MAX_RESPONSE
from curriculum.course.templates import render
from curriculum.roleplay.engine import ending, replay
from curriculum.roleplay.script import load_script, script_of
from graders import load_rubric
from graders.grade import Submission, grade
from tests.helpers.worlds import over_worlds

SLUG = "healthcare_platform"
SEEDS = range(0, 63, 4)
SIGN = {
    "trees_all_adult": ("sanna", "ngozi", "anouk", "walter"),
    "sequence_step_down": ("sanna", "ngozi", "anouk", "walter"),
    "tiered": ("mateo", "ngozi", "sanna"),
    "popup": ("mateo", "ngozi", "sanna"),
}
"""By package: everybody who may have to stand under it, in one world or another."""
ASKED = ["open_with_decisions", "sanna_reasons", "sanna_credit", "ngozi_why", "ngozi_when", "mateo_general",
         "anouk_plan", "walter_skip", "propose_trees", "trees_because_reasons"]  # fmt: skip
NARROW = [
    "open_with_decisions", "sanna_where", "sanna_credit", "ngozi_step_down", "ngozi_when", "mateo_monitored",
    "anouk_assessment", "walter_skip", "propose_sequence", "sequence_because_signed", "sequence_each",
]  # fmt: skip


def answers(case: Case, variant: str) -> Submission:
    subject = load_subject(SLUG)
    return submission_of(subject, case, subject.fixtures(case.seed).exemplars[variant])


def failed(case: Case, submission: Submission) -> set[str]:
    report = grade(load_rubric(SLUG), case, submission)
    return {finding.criterion for artifact in report.artifacts for finding in artifact.failed()}


def test_a_model_or_a_screen_is_signed_only_where_everybody_who_may_have_to_sign_says_yes() -> None:
    assert set(SIGN) == set(PACKAGES)
    marks = {"model_signed": ("trees_all_adult", "sequence_step_down"), "screen_signed": ("tiered", "popup")}
    for choice in load_script(SLUG).choices.values():
        for effect in choice.effects:
            for mark, packages in marks.items():
                if mark in effect.does:
                    assert any({action(who, p) for who in SIGN[p]} <= set(effect.does) for p in packages), choice.id


def test_whoever_was_not_asked_did_not_agree() -> None:
    script = script_of(load_case(SLUG, 0))
    state = replay(script, [*ASKED, "trees_assume"]).state
    agreed = {name for name, _ in state.done if "_agreed_" in name}
    assert agreed == {"sanna_agreed_trees_all_adult"}


def test_a_vote_over_somebodys_head_does_not_end_in_everybody_agreed() -> None:
    for seed in SEEDS:
        case = load_case(SLUG, seed)
        script = script_of(case)
        asked = [*ASKED[:-1], "trees_vote", "trees_each", "alerts_tiered"]
        seen = [*asked, "tiered_because_right"]
        seen += ["doubted_popup", "popup_each"] if case.circumstances["list_lies_unseen"] else ["tiered_each"]
        told = replay(script, seen)
        end = ending(script, told.state)
        assert not told.note and end is not None and end.id == "decided_narrowly", seed
        assert not told.state.did("sanna_agreed_trees_all_adult")


def test_credit_is_what_brings_sannas_yes_and_a_question_brings_it_back() -> None:
    script = script_of(load_case(SLUG, 0))
    hurried = ["sanna_hurry" if id == "sanna_credit" else id for id in ASKED]
    assert replay(script, ASKED).state.did("sanna_agreed_trees_all_adult")
    cold = replay(script, hurried).state
    assert not cold.did("sanna_agreed_trees_all_adult")
    assert replay(script, [*hurried, "trees_sanna_again"]).state.did("sanna_agreed_trees_all_adult")


def test_dates_are_told_to_those_who_plan_with_people() -> None:
    script = script_of(load_case(SLUG, 0))
    asked = replay(script, [*ASKED, "trees_each"]).state
    assert {"release_night", "sponsor_away", "auditors_here"} <= asked.facts
    mended = ["ngozi_train" if id == "ngozi_why" else id for id in ASKED]
    assert not replay(script, mended).state.knows("release_night")
    around = ["anouk_around" if id == "anouk_plan" else id for id in ASKED]
    assert not replay(script, around).state.knows("auditors_here")
    long = ["open_with_a_round", "sanna_skip", "ngozi_skip", "mateo_skip", "anouk_skip", "walter_skip", "propose_trees"]
    assert not replay(script, [*long, "trees_vote", "trees_each"]).state.knows("sponsor_away")


@over_worlds(SEEDS)
def test_an_argument_holds_where_its_number_does(seed: int) -> None:
    """What nobody can answer on these wards is doubted by the one who has the number, and nobody signs it so."""
    case = load_case(SLUG, seed)
    measures, script = case.truth.measures, script_of(case)
    wears_out = measures.inappropriate("popup", "step_down") > MAX_INAPPROPRIATE
    unseen = measures.minutes("tiered", "step_down") > MAX_RESPONSE
    popup = replay(script, [*NARROW, "alerts_popup", "popup_because"])
    tiered = replay(script, [*NARROW, "alerts_tiered", "tiered_because_right"])
    assert not popup.note and not tiered.note
    assert (popup.state.node == "popup_doubted") == wears_out
    assert (tiered.state.node == "tiered_doubted") == unseen


@over_worlds(SEEDS)
def test_spoken_shares_are_those_of_the_tables(seed: int) -> None:
    case = load_case(SLUG, seed)
    script, log = script_of(case), case.tables.alert_log
    tiered = log[(log.screen == "tiered") & (log.ward == "step_down")]
    share = 100 * tiered.outcome.str.startswith("overridden").mean()
    state = replay(script, [*NARROW, "alerts_tiered"]).state
    lines = [line for line in script.nodes[state.node].says if line.condition(state, script.world)]
    assert len(lines) == 1
    assert f" {share:.0f} % of the alerts in the list" in render(lines[0].text, case)


@over_worlds(SEEDS)
def test_dates_leave_a_way_through(seed: int) -> None:
    truth = load_case(SLUG, seed).truth
    leeway, calendar = truth.leeway, truth.calendar
    assert len({*leeway.release_nights}) == 2
    assert all(calendar.today < night < calendar.last_release_day for night in leeway.release_nights)
    assert not {*leeway.away} & {*leeway.audit}
    soon = [calendar.today + dt.timedelta(days=days) for days in range(1, 15)]
    assert {*leeway.away, *leeway.audit} < {*soon}
    assert all(day.weekday() < 5 for day in (*leeway.away, *leeway.audit, *leeway.release_nights))
    assert calendar.today < leeway.free(soon[-1])


@pytest.mark.slow
@over_worlds(SEEDS)
def test_either_night_of_the_wards_is_right_and_no_other_day(seed: int) -> None:
    case = load_case(SLUG, seed)
    right, leeway = answers(case, "explainable_broad"), case.truth.leeway
    manifest = right.artifacts["release_manifest"]
    assert isinstance(manifest, ReleaseManifest)
    for days in range(1, 9):
        night = case.truth.calendar.today + dt.timedelta(days=days)
        moved = manifest.model_copy(update={"released_on": night})
        changed = replace(right, artifacts={**right.artifacts, "release_manifest": moved})
        told = "release_is_on_the_wards_night" in failed(case, changed)
        assert told is (night not in leeway.release_nights), night


@over_worlds(SEEDS)
def test_a_right_date_that_nobody_was_asked_for_is_none(seed: int) -> None:
    case = load_case(SLUG, seed)
    right = answers(case, "explainable_broad")
    assert right.conversation and not failed(case, right)
    for fact, criterion in (
        ("release_night", "release_is_on_the_wards_night"),
        ("sponsor_away", "next_review_finds_everybody"),
        ("auditors_here", "next_review_finds_everybody"),
    ):
        unasked = replace(right, conversation=replace(right.conversation, facts=right.conversation.facts - {fact}))
        assert failed(case, unasked) == {criterion}, fact


@over_worlds(SEEDS)
def test_each_day_on_which_somebody_is_away_is_named(seed: int) -> None:
    case = load_case(SLUG, seed)
    right, leeway = answers(case, "explainable_broad"), case.truth.leeway
    review = right.artifacts["integration_review"]
    assert isinstance(review, IntegrationReview)
    for day in (*leeway.away, *leeway.audit):
        moved = review.model_copy(update={"next_review": day})
        changed = replace(right, artifacts={**right.artifacts, "integration_review": moved})
        assert failed(case, changed) == {"next_review_finds_everybody"}, day
