"""The two scenes of `complaint_to_plan`: what opens, what closes, and what the world decides."""

from __future__ import annotations

from curriculum.cases import Case, load_case
from curriculum.roleplay.engine import State, ending, replay
from curriculum.roleplay.script import script_of

SLUG = "complaint_to_plan"
FIRST = ("each_alone", "read_me_one", "what_it_costs")
TO_LEILA = (*FIRST, "how_did_you", "without_which", "one_row", "what_first", "seen_your_row")
TO_SUNNIVA = (*TO_LEILA, "who_is_called", "what_is_pressed", "line_in_the_plan")


def world(**wanted: int) -> Case:
    """The first world with these circumstances."""
    cases = (load_case(SLUG, seed) for seed in range(16))
    return next(case for case in cases if all(case.circumstances[name] == is_so for name, is_so in wanted.items()))


def told(*ids: str, case: Case | None = None) -> State:
    """The state after choices that can all be made."""
    found = replay(script_of(case or load_case(SLUG, 0)), ids)
    assert found.note == "", found.note
    return found.state


def end_of(case: Case, *ids: str) -> str:
    end = ending(script_of(case), told(*ids, case=case))
    assert end is not None
    return end.id


def test_one_path_brings_what_three_documents_need_and_nobody_hears_everything():
    case = load_case(SLUG, 0)
    state = told(*TO_LEILA, "who_is_called", "no_list", "when_nothing_came", "after_a_false_one", "words_stay_yours",
                 "walk_in", "accept_questions")  # fmt: skip
    needed = {"cost_of_miss", "wrong_warning", "known_at_three", "run_budget", "partner_feed_unowned",
              "what_drivers_press", "wide_promise_test", "status_overwritten", "top_feature"}  # fmt: skip
    assert needed <= state.facts
    assert {fact.id for fact in case.facts.values() if fact.held_by} - state.facts


def test_per_cents_close_paula_and_one_complaint_opens_her():
    assert not told("what_is_today", "what_share", "what_it_costs").facts
    assert told("each_alone", "who_twice", "what_it_costs").facts == {"who_waits", "cost_of_miss"}
    assert told(*FIRST).facts == {"who_waits", "cost_of_miss"}


def test_a_leak_is_denied_and_an_embarrassment_is_told():
    asked = told(*FIRST, "is_there_a_leak", "without_which")
    assert not asked.facts & {"split_was_random", "top_feature"}
    assert "split_was_random" in told(*FIRST, "what_embarrasses").facts
    assert "split_was_random" in told("build_on_it", *FIRST[1:], "how_did_you", "which_days").facts
    assert "split_was_random" not in told(*FIRST, "how_did_you", "which_days").facts


def test_the_night_pays_where_it_begins_on_the_ramp_and_the_row_where_the_column_is_known():
    for overload in (0, 1):
        case = world(overload_world=overload)
        night = told(*FIRST, "what_embarrasses", "thank_oskar", "at_the_depot", case=case)
        assert ("routes_renumbered" in night.facts) is bool(overload)
    for asked, brought in (("thank_oskar", set()), ("without_which", {"status_overwritten", "run_budget"})):
        row = told(*FIRST, "how_did_you", asked, "one_row").facts
        assert row & {"status_overwritten", "run_budget"} == brought


def test_a_list_closes_idris_until_it_is_torn_up():
    to_idris = (*TO_LEILA, "who_is_called", "here_is_the_list")
    assert "what_drivers_press" not in told(*to_idris, "when_nothing_came").facts
    assert "van_scanners" not in told(*to_idris, "ask_scanners").facts
    mended = told(*to_idris, "tear_it_up", "words_are_yours", "then_an_hour",
                  "idris_first_look")  # fmt: skip
    assert {"van_scanners", "what_drivers_press"} <= mended.facts


def test_what_is_best_in_the_room_depends_on_the_world():
    heard = (*TO_SUNNIVA, "after_a_false_one", "then_an_hour", "walk_in")
    for case, questions, partners in (
        (world(missort_world=1, partners_blind=0), "no_in_week_one", "nearly"),
        (world(missort_world=1, partners_blind=1), "no_in_week_one", "partners_on_board"),
        (world(missort_world=0, partners_blind=0), "accepted", "nearly"),
        (world(missort_world=0, partners_blind=1), "nearly", "partners_on_board"),
    ):
        assert end_of(case, *heard, "accept_questions") == questions
        assert end_of(case, *heard, "partners_first") == partners
        assert end_of(case, *heard, "yes_a_model") == "green_pilot"
        assert end_of(case, *heard, "not_today") == "another_week"


def test_waiting_is_right_for_whoever_can_say_what_for():
    known = (*FIRST, "what_embarrasses", "thank_oskar", "sleep", "what_first", "bad_morning", "who_is_called",
             "no_list", "when_nothing_came", "after_a_false_one", "words_stay_yours", "walk_in")  # fmt: skip
    case = load_case(SLUG, 0)
    assert end_of(case, *known, "not_today") == "postponed_well"
    assert end_of(case, *known, "accept_questions") == "half_a_question"


def test_who_counts_complaints_serves_the_loudest():
    case = load_case(SLUG, 0)
    path = ("build_on_it", "complaints_count", "off_to_oskar", "when_can_it_run", "thank_oskar", "sleep",
            "off_to_leila", "real_time", "off_to_idris", "leave_them_out", "off_to_sunniva", "does_it_harm",
            "then_an_hour", "walk_in", "yes_a_model")  # fmt: skip
    assert end_of(case, *path) == "loudest_served"
