"""The morning and the review of `feedback_loops`: what opens, what closes, and what the world decides."""

from __future__ import annotations

from curriculum.cases import Case, load_case
from curriculum.roleplay.engine import State, ending, replay
from curriculum.roleplay.script import script_of

SLUG = "feedback_loops"
KWAME = ("with_who_has_none", "how_gets_in", "kwame_enough", "kwame_later")
IJEOMA = ("see_ijeoma", "one_who_left", "row_late", "only_numbers")
BETTINA = ("see_bettina", "what_is_a_swap", "days_late", "good_call")
SUNNIVA = ("to_sunniva", "what_is_a_fall", "moved_late")
OTTILIE = ("what_would_prove", "by_segment")
HEARD = (*KWAME, *IJEOMA, *BETTINA, *SUNNIVA, *OTTILIE)
TO_REVIEW = (*HEARD, "loss_with_range", "how_many_reviews")


def world(**wanted: int) -> Case:
    """The first world with these circumstances."""
    cases = (load_case(SLUG, seed) for seed in range(64))
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
    facts = told(*TO_REVIEW, case=case).facts
    assert {"how_drawn", "row_edited", "before_leaving", "lost_events", "late_cohorts", "moved_button", "v2_by_segment",
            "limit", "capacity"} <= facts  # fmt: skip
    assert {fact.id for fact in case.facts.values() if fact.held_by} - facts >= {"narrow_once", "happy_swaps"}


def test_a_name_is_confirmed_a_culprit_is_not_named_and_counted_nights_open_kwame():
    first = "with_who_has_none"
    assert not told(first, "is_it_control", "kwame_enough").facts
    assert not told(first, "whose_fault", "gets_in_late").facts
    assert told(first, "is_it_control", "gets_in_late").facts == {"how_drawn"}
    assert not told(first, "whose_fault", "got_past").facts
    assert told(first, "count_false", "got_past").facts == {"narrow_once"}


def test_people_before_rates_open_ijeoma_and_a_fall_before_harm_opens_sunniva():
    assert not told("with_the_row", "which_segments", "left_late").facts
    assert told("with_the_row", "one_who_left", "row_late").facts == {"before_leaving", "row_edited"}
    on = ("with_the_row", "which_segments", "ijeoma_enough", "only_numbers", "to_sunniva")
    assert not told(*on, "which_hurt", "moved_late").facts
    assert told(*on, "what_is_a_fall", "moved_late").facts == {"moved_button"}


def test_whoever_asks_for_the_meaning_first_hears_from_bettina_twice():
    first = "with_last_year"
    assert told(first, "what_is_a_swap", "days_late", "good_call", "to_sunniva").facts == {
        "lost_events",
        "late_cohorts",
    }
    assert told(first, "days_not_to_believe", "good_call", "to_sunniva").facts == {"lost_events"}
    assert not told(first, "everything_please", "days_late").facts


def test_rafael_halves_what_was_asked_without_a_price():
    early = told("keep_out_early", "to_sunniva").facts
    assert early == {"half_limit"}
    assert "limit" in told(*HEARD, "loss_with_range").facts
    for fit in (0, 1):
        case = world(fit_held_out=fit)
        assert ("limit" in told(*HEARD, "nobody_new", case=case).facts) is not bool(fit)


def test_what_is_best_in_the_review_depends_on_the_world():
    for past in (0, 1):
        for lost in (0, 1):
            case = world(fit_past=past, cause_cannot_tell=lost)
            look, other = ("we_cannot_tell", "show_beside") if lost else ("show_beside", "we_cannot_tell")
            pause, none = ("silent_after", "not_silent") if past else ("not_silent", "silent_after")
            said = (*TO_REVIEW, look, "full_verdict", "after_a_verdict")
            assert end_of(case, *said, pause) == "learns"
            assert end_of(case, *said, none) in ("obedient", "arrows")
            assert end_of(case, *TO_REVIEW, other, "full_verdict", "after_a_verdict", pause) in ("obedient", "arrows")
            assert end_of(case, *TO_REVIEW, look, "full_verdict", "never_by_itself", pause) == "quiet"


def test_an_alarm_that_trains_by_itself_obeys():
    case = world(fit_past=0, cause_cannot_tell=0)
    assert end_of(case, *TO_REVIEW, "show_beside", "full_verdict", "train_by_itself", "not_silent") == "obedient"
    assert end_of(case, *TO_REVIEW, "train_then", "all_keep_an_eye", "after_a_verdict", "we_see_then") == "arrows"
