"""The kick-off of `recommendation_scoping`: what opens, what closes, and what people come back to."""

from __future__ import annotations

import copy

import pytest

from curriculum.authoring.exploration import explore
from curriculum.authoring.recalled import fact_spans
from curriculum.cases import VARIANTS, Case, load_case
from curriculum.course.fixtures import Files, load_exemplar
from curriculum.roleplay.engine import State, available, begin, choose, debrief, ending, replay
from curriculum.roleplay.script import script_of
from tests.helpers.worlds import over_worlds

SLUG = "recommendation_scoping"
SEEDS = range(VARIANTS)


def case_of(seed: int) -> Case:
    return load_case(SLUG, seed)


def answers(variant: str = "orders_first", seed: int = 0) -> Files:
    return copy.deepcopy(load_exemplar(case_of(seed), variant))


def world(leaves: int, decides: int) -> int:
    """The first world in which the sponsor leaves early or not, and has the last word on scope or not."""
    asked = {"ruth_leaves": leaves, "sponsor_decides": decides}
    return next(seed for seed in SEEDS if case_of(seed).circumstances == asked)


STAYS, LEAVES = world(0, 1), world(1, 1)
"""A world in which the sponsor stays to the end of the hour, and one in which she has to go."""


def told(seed: int, *ids: str) -> State:
    """The state after choices that can all be made."""
    found = replay(script_of(case_of(seed)), ids)
    assert found.note == ""
    return found.state


def offered(seed: int, state: State) -> set[str]:
    return {choice.id for choice in available(script_of(case_of(seed)), state)}


@pytest.mark.slow
@over_worlds([STAYS, LEAVES])
def test_one_hour_is_not_enough_for_every_question(seed: int) -> None:
    found = explore(script_of(case_of(seed)))
    heard = [span for number, span in enumerate(fact_spans(found)) if found.ends(number)]
    private = sum(fact.held_by is not None for fact in case_of(seed).facts.values())
    least, most = min(least for least, _ in heard), max(most for _, most in heard)
    assert least < 3 and most < private


def test_the_sponsor_leaves_early_in_about_half_of_the_worlds() -> None:
    assert 20 <= sum(case_of(seed).circumstances["ruth_leaves"] for seed in SEEDS) <= 44


@over_worlds([STAYS, LEAVES, world(0, 0), world(1, 0)])
@pytest.mark.parametrize("variant", ["orders_first", "shoppers_first"])
def test_the_exemplars_hold_a_whole_hour_in_every_kind_of_world(variant: str, seed: int) -> None:
    state = told(seed, *answers(variant, seed)["kickoff"]["attempts"][-1])
    end = ending(script_of(case_of(seed)), state)
    assert end is not None and end.id == "ready_to_write"


FRAMED = ("open_with_ruth", "ask_cold_start", "note_cold_start", "ask_online", "note_online", "ask_gain", "note_gain",
          "turn_to_design", "ask_screen_budget", "note_budget", "ask_blank", "note_blank", "ask_reason", "note_reason",
          "turn_to_scope")  # fmt: skip
"""Limits and principles, with the rule said at the start."""
SORTED = ("ask_notice", "note_notice", "ask_sold_out", "note_sold_out")


def test_a_sponsor_who_leaves_is_asked_at_the_door_or_not_at_all() -> None:
    gone = told(LEAVES, *FRAMED, "wave_her_off", *SORTED)
    script = script_of(case_of(LEAVES))
    assert offered(LEAVES, told(LEAVES, *FRAMED)) == {"stop_her", "wave_her_off"}
    assert choose(script, gone, "turn_to_ruth").node == "dots"
    assert choose(script_of(case_of(STAYS)), told(STAYS, *FRAMED, *SORTED), "turn_to_ruth").node == "sponsor"
    assert "campaign_date" in {missed.fact for missed in debrief(script, told(LEAVES, *gone.taken, *LAST))}


LAST = ("turn_to_ruth", "keep_the_sheet")


@pytest.mark.parametrize(("named", "decides"), [("ruth", 1), ("tomas", 0), ("ruth", 0), ("tomas", 1)])
def test_who_has_the_last_word_is_what_the_table_says(named: str, decides: int) -> None:
    seed = world(1, decides)
    state = told(seed, f"open_with_{named}", *FRAMED[1:], "stop_her", "turn_to_dots", *SORTED, *LAST)
    end, right = ending(script_of(case_of(seed)), state), case_of(seed).registry.entries("areas")["scope"].approver
    assert end is not None and end.id == ("ready_to_write" if named == right else "wrong_word")
    assert state.did("named_the_decider") == (named == right)


def test_a_wrong_last_word_can_be_taken_back_while_the_sponsor_is_there() -> None:
    seed = world(1, 0)
    state = told(seed, "open_with_ruth", *FRAMED[1:], "stop_her", "correct_the_name", "turn_to_dots", *SORTED, *LAST)
    end = ending(script_of(case_of(seed)), state)
    assert end is not None and end.id == "ready_to_write"


def test_a_sponsor_who_is_blamed_closes_her_folder_until_somebody_makes_up() -> None:
    asked = (*FRAMED, "ask_lost_test", "note_lost") if not told(STAYS, *FRAMED).knows("lost_test") else FRAMED
    blamed = told(STAYS, *asked, *SORTED, "turn_to_ruth", "ask_number", "blame_the_memo")
    assert offered(STAYS, blamed) == {"make_up_with_ruth", "move_on_from_ruth"}
    assert "ask_date" in offered(STAYS, told(STAYS, *blamed.taken, "make_up_with_ruth"))
    assert told(STAYS, *blamed.taken, "move_on_from_ruth").node == "dots"


def test_people_come_back_to_what_they_were_not_forced_to_say() -> None:
    asked = ("open_with_ruth", "ask_full_shop")
    rest = ("ask_cold_start", "note_cold_start", "ask_online", "note_online", *FRAMED[7:])
    left, pressed = (told(STAYS, *asked, reply, *rest) for reply in ("leave_the_door_open", "press_wei"))
    assert left.knows("deep_at_peak") and not pressed.knows("deep_at_peak")
    assert told(STAYS, "open_with_memo", "ask_full_shop").knows("deep_at_peak")


@pytest.mark.parametrize(
    ("reply", "later"), [("note_sold_out", True), ("model_will_fix", False)], ids=["heard", "brushed off"]
)
def test_support_warns_again_only_who_did_something_with_the_first_warning(reply: str, later: bool) -> None:
    state = told(STAYS, *FRAMED, "ask_notice", "note_notice", "ask_sold_out", reply, "ask_round", "end_the_round")
    assert state.knows("outage_calls") == later


def test_nothing_in_the_talk_changes_the_dots_that_were_sent_before() -> None:
    """Dots that follow a voice are others than those on the sheet, and the talk says which of them stand."""
    case, script = case_of(STAYS), script_of(case_of(STAYS))
    assert "the evening before" in case.brief
    moved = told(STAYS, *FRAMED, *SORTED, "turn_to_ruth", "turn_to_dots", "vote_aloud")
    end = ending(script, moved)
    assert end is not None and "the sheet from the evening before" in end.text
    assert moved.did("moved_the_dots") and not moved.did("read_back_actions")


@over_worlds([STAYS, LEAVES])
def test_timekeeping_leaves_half_an_hour_for_the_cards_and_the_sponsor(seed: int) -> None:
    script, state = script_of(case_of(seed)), begin(script_of(case_of(seed)))
    for id in answers("orders_first", seed)["kickoff"]["attempts"][-1]:
        state = choose(script, state, id)
        if id == "turn_to_scope":
            assert 30 <= state.minutes <= 35
