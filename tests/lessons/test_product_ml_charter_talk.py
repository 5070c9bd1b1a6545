"""Six desks and a signature: what opens, what closes, who is gone by when, and what the world decides."""

from __future__ import annotations

from curriculum.cases import Case, load_case
from curriculum.roleplay.engine import State, available, ending, replay
from curriculum.roleplay.script import script_of

SLUG = "product_ml_charter"
DITA = ("go_dita", "look_in_tray", "dita_enough")
TOMASZ = ("go_tomasz", "on_mondays", "tomasz_enough")
BEA = ("go_bea", "two_could_wait", "bea_enough")
ILSE = ("go_ilse", "how_early", "sure_late", "ilse_later")
HENRIK = ("go_henrik", "worst_sum", "henrik_enough")
FARIDA = ("go_farida", "see_recordings", "farida_enough")
MORNING = ("says_less", *DITA, *TOMASZ, *BEA, *ILSE)
HEARD = (*MORNING, "on_to_others", *HENRIK, *FARIDA, "to_the_table")
NEEDED = {
    "pads_mix", "code_41", "gentle", "hard", "stall_claimed", "check_tells", "bad_year", "match_fee",
    "wrong_post_limit",
}  # fmt: skip


def world(**wanted: int) -> Case:
    """The first world with these circumstances."""
    cases = (load_case(SLUG, seed) for seed in range(64))
    return next(case for case in cases if all(case.circumstances[name] == is_so for name, is_so in wanted.items()))


def told(*ids: str, case: Case | None = None) -> State:
    """The state after choices that can all be made."""
    found = replay(script_of(case or load_case(SLUG, 0)), ids)
    assert found.note == "", found.note
    return found.state


def offered(*ids: str) -> set[str]:
    script = script_of(load_case(SLUG, 0))
    return {choice.id for choice in available(script, told(*ids))}


def end_of(case: Case, *ids: str) -> str:
    end = ending(script_of(case), told(*ids, case=case))
    assert end is not None
    return end.id


def test_one_path_brings_what_the_documents_need_and_not_everything():
    case = load_case(SLUG, 0)
    facts = told(*HEARD, case=case).facts
    assert facts >= NEEDED
    assert "returned_most" in {fact.id for fact in case.facts.values() if fact.held_by} - facts


def test_tomasz_is_away_for_a_while_and_bea_has_a_train():
    early, on_time = ("give_one_up", *DITA), ("says_less", *DITA, "go_ilse", "how_early", "ilse_enough")
    assert "go_tomasz" in offered(*early)
    assert "go_tomasz" not in offered(*on_time)
    assert "go_bea" in offered(*on_time)
    late = ("says_less", *DITA[:2], "more_labels", "dita_later", *ILSE[:-1], "sample_beside_it")
    assert {"go_tomasz", "go_bea"} & offered(*late) == {"go_tomasz"}


def test_two_candidates_need_the_hours_or_her_trust():
    assert not told("says_less", *BEA).facts
    assert told("which_sure", *BEA).facts == {"gentle", "hard"}
    assert {"gentle", "hard"} <= told("says_less", *TOMASZ, *BEA).facts
    august = ("says_less", "go_bea", "by_contract", "in_august", "told_in_person")
    assert told(*august).facts == {"gentle", "hard"}
    assert not told("give_one_up", "go_bea", "drop_which", "in_august", "told_in_person").facts


def test_a_stall_is_spoken_of_with_those_who_know_why_or_asked_about_the_curve():
    assert not told("says_less", "go_ilse", "how_early").facts
    assert "check_tells" in told("says_less", *DITA, "go_ilse", "how_early").facts
    assert "check_tells" in told("says_less", "go_ilse", "drawn_on_which", "early_late").facts
    assert not told("says_less", "go_ilse", "yes_or_no", "early_late").facts


def test_a_sum_comes_with_a_day_and_for_a_day_he_adds_one_thing():
    before = ("says_less", "on_to_others", "go_henrik")
    assert not told(*before, "worst_sum").facts
    assert told(*before, "matching_fee", "sum_late").facts == {"match_fee", "bad_year"}
    assert "match_fee" not in told(*HEARD[:-1]).facts
    assert "match_fee" in told(*HEARD).facts


def test_thanks_reproaches_and_edge_cases_close_what_a_look_would_have_opened():
    assert not told("says_less", "go_dita", "thank_team", "picked_late").facts
    assert told("says_less", "go_dita", "labels_a_month", "picked_late").facts == {"pads_mix"}
    assert not told("says_less", "go_tomasz", "why_late", "no_plan_late").facts
    assert told("says_less", "go_tomasz", "how_much_buffer", "no_plan_late").facts == {"code_41"}
    farida = ("says_less", "on_to_others", "go_farida")
    assert not told(*farida, "edge_case", "stop_forgiving").facts
    assert told(*farida, "how_patient", "stop_forgiving").facts == {"wrong_post_limit"}


def test_what_is_best_at_the_signing_depends_on_the_world():
    pays, hurts = world(bet_pays=1, gentle_may_go=1), world(bet_hurts=1, gentle_may_go=1)
    on = ("call_off", "name_not_done")
    assert end_of(pays, *HEARD, "hold_earlier", *on) == "day_to_end"
    assert end_of(pays, *HEARD, "bet_is_out", *on) == "safe_year"
    assert end_of(hurts, *HEARD, "bet_is_out", *on) == "one_letter"
    assert end_of(hurts, *HEARD, "hold_earlier", *on) == "other_board"
    assert end_of(pays, *HEARD, "you_will_know", *on) == "other_board"
    moves = world(bet_hurts=0, gentle_may_go=0, gentle_may_move=1)
    assert end_of(moves, *HEARD, "hold_earlier", "call_later", "name_not_done") == "day_to_end"
    assert end_of(moves, *HEARD, "hold_earlier", "call_off", "name_not_done") == "burnt_word"
    assert end_of(moves, *HEARD, "hold_earlier", "see_in_autumn", "name_not_done") == "heard_in_autumn"


def test_whoever_says_no_to_nobody_leaves_everybody_happy():
    case = load_case(SLUG, 0)
    assert end_of(case, *HEARD, "hold_earlier", "see_in_autumn", "shall_try") == "everybody_happy"
    assert end_of(case, *HEARD, "hold_earlier", "call_off", "keep_and_see") == "everybody_happy"
    others_know = ("add_up_weeks", "on_to_others", "to_the_table", "you_will_know", "see_in_autumn", "name_not_done")
    assert end_of(case, *others_know) == "she_waits"
