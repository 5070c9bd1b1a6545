"""The afternoon of `cart_abandonment`: what opens, what closes, and what has to be chosen."""

from __future__ import annotations

import pytest

from curriculum.cases import VARIANTS, Case, load_case
from curriculum.course.fixtures import load_exemplar
from curriculum.roleplay.engine import State, available, begin, choose, debrief, ending, replay
from curriculum.roleplay.script import script_of
from tests.helpers.worlds import over_worlds

SLUG = "cart_abandonment"


def case_of(seed: int = 0) -> Case:
    return load_case(SLUG, seed)


def told(*ids: str, seed: int = 0) -> State:
    """The state after choices that can all be made."""
    found = replay(script_of(case_of(seed)), ids)
    assert found.note == ""
    return found.state


def offered(state: State) -> set[str]:
    return {choice.id for choice in available(script_of(case_of()), state)}


def end_of(state: State) -> str:
    end = ending(script_of(case_of()), state)
    assert end is not None
    return end.id


INES = ("ask_changes", "ask_left_out", "note_part", "leave_ines")
BO = ("ask_when_opens", "note_coverage", "leave_bo")
CALL = ("take_the_call", "ask_when_mended", "note_bank", "ask_other_way", "note_refused", "leave_dele")
MARTA = ("go_marta", "ask_cost", "note_cost", "ask_margin", "note_margin", "leave_marta")


def test_what_decides_is_heard_in_one_afternoon_and_not_everything_is() -> None:
    state = told("promise_page", *INES, *BO, *CALL, *MARTA, "go_gwen", "say_smaller")
    assert end_of(state) == "enough_early"
    wanted = {"learned_part", "score_coverage", "bank_desk", "route_trial", "margin_order", "voucher_cost"}
    assert wanted <= state.facts
    private = {fact.id for fact in case_of().facts.values() if fact.held_by}
    assert private - state.facts


def test_the_same_question_to_ines_is_a_doubt_before_her_readout_and_a_question_after_it() -> None:
    before = told("promise_page", "ask_seen")
    assert not before.knows("learned_part") and before.node == "distrusted"
    after = told("promise_page", "ask_changes", "admire_readout", "ask_seen")
    assert after.knows("learned_part")
    assert told("ask_whom", "ask_seen").knows("learned_part")  # who began with her score may ask at once


def test_bo_counts_for_a_named_moment_and_answers_yes_to_everything_else() -> None:
    assert told("promise_page", "leave_ines", "ask_when_opens").knows("score_coverage")
    assert not told("promise_page", "leave_ines", "ask_real_time", "take_yes").knows("score_coverage")


def test_bo_adds_the_other_number_for_those_who_keep_the_first_as_it_is() -> None:
    kept = told("promise_page", *INES, *BO)
    assert kept.knows("offer_slot")
    rounded = told("promise_page", "leave_ines", "ask_when_opens", "round_coverage", "ask_slot")
    assert not rounded.knows("offer_slot") and rounded.node == "bo_shrugs"
    assert told(*rounded.taken, "mend_with_bo", "ask_slot").knows("offer_slot")


def test_two_things_happen_at_once_and_the_other_one_is_told_later_to_those_who_are_welcome() -> None:
    doors = ("promise_page", *INES, *BO)
    assert offered(told(*doors)) == {"take_the_call", "do_both", "watch_recordings"}
    assert "go_yuki" in offered(told(*doors, *CALL))
    assert "go_yuki" not in offered(told("ask_whom", *INES, *BO, *CALL))  # she heard that it was decided
    half = told(*doors, "do_both", "pretend")
    assert offered(half) == {"go_marta"}
    assert {"go_dele", "go_yuki"} <= offered(told(*doors, "do_both", "say_sorry"))


def test_did_orders_rise_closes_yuki_or_opens_her() -> None:
    doors = ("promise_page", *INES, *BO)
    seen = told(*doors, "watch_recordings", "ask_orders")
    assert seen.knows("moved_or_gone")
    blamed = told("ask_whom", *INES, *BO, "watch_recordings", "ask_orders")
    assert blamed.node == "yuki_closes" and not blamed.knows("moved_or_gone")
    assert told(*blamed.taken, "return_to_people").knows("moved_or_gone")


def test_marta_tells_her_limit_to_those_who_ask_for_it_first_or_count_as_she_does() -> None:
    there = ("promise_page", *INES, *BO, *CALL, "go_marta")
    assert told(*there, "ask_refuse").knows("learned_to_wait")
    assert told(*there, "ask_cost", "note_cost", "ask_refuse").knows("learned_to_wait")
    after = told(*there, "ask_margin", "note_margin", "ask_refuse")
    assert after.node == "adds_up" and not after.knows("learned_to_wait")
    assert told(*after.taken, "ask_what_happened").knows("learned_to_wait")


def test_ines_makes_her_own_rule_for_those_who_bring_her_the_number() -> None:
    rest = ("watch_recordings", "leave_yuki", "go_marta", "leave_marta")
    state = told("promise_page", *INES, *BO, *rest, "tell_coverage", "thank_checks", "say_ines_rule")
    assert end_of(state) == "ines_says_it_herself" and state.did("brought_the_numbers_together")
    overruled = told("promise_page", *INES, *BO, *rest, "overrule_ines", "leave_it_there")
    assert "say_ines_rule" not in offered(overruled)


@pytest.mark.parametrize(
    ("last", "end"),
    [("say_agreed", "all_agreed"), ("say_proven", "a_test_proved_it"), ("say_no_model", "quarrel_in_the_doorway")],
)
def test_bad_ends_come_unnoticed_and_say_afterwards_what_was_missed(last: str, end: str) -> None:
    path = ("promise_page", "ask_changes", "take_top", "wait_at_bo", "take_the_call", "conclude_bank", "go_marta",
            "leave_marta", "go_gwen", last)  # fmt: skip
    state = told(*path)
    assert end_of(state) == end
    assert debrief(script_of(case_of()), state)


def test_who_doubted_her_memo_has_to_make_up_for_it() -> None:
    path = ("ask_monday", "criticise_the_memo", *INES, *BO, *CALL, *MARTA[:-1], "leave_marta", "go_gwen")
    assert end_of(told(*path, "say_smaller")) == "she_wants_her_score"
    assert end_of(told("ask_monday", "honour_the_memo", *path[2:], "say_smaller")) == "enough_early"


@pytest.mark.parametrize("variant", ["most_first", "second_way"])
@over_worlds(range(0, VARIANTS, 9))
def test_exemplars_hold_an_afternoon_that_ends_well(seed: int, variant: str) -> None:
    attempts = load_exemplar(case_of(seed), variant)["afternoon"]["attempts"]
    found = replay(script_of(case_of(seed)), attempts[-1])
    end = ending(script_of(case_of(seed)), found.state)
    assert found.note == "" and end is not None and (end.worth or 0) >= 1


@pytest.mark.slow
def test_the_first_words_can_be_said_in_every_world() -> None:
    for seed in range(0, VARIANTS, 7):
        script = script_of(case_of(seed))
        assert {choice.id for choice in available(script, begin(script))} == {"ask_monday", "promise_page", "ask_whom"}
        assert choose(script, begin(script), "promise_page").node == "ines"
