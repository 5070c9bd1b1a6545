"""The morning and the round of `pod_launch`: what opens, what closes, and what the clock and the world decide."""

from __future__ import annotations

from curriculum.cases import Case, load_case
from curriculum.roleplay.engine import State, available, ending, replay
from curriculum.roleplay.script import script_of

SLUG = "pod_launch"
TOVE = ("see_tove", "whom_ring", "tove_on", "tove_bye")
ARJUN = ("see_arjun", "rings_both", "arjun_on", "arjun_bye")
ESI = ("see_esi", "sit_in", "esi_bye")
CONRAD = ("see_conrad", "your_limit", "recall_waits", "conrad_bye")
BEATRIZ = ("go_across", "see_beatriz", "what_waits", "beatriz_on", "beatriz_bye")
RHONA = ("see_rhona", "a_or_b", "rhona_on", "rhona_bye")
DESKS = ("when_stop", *TOVE, *ARJUN, *ESI, *CONRAD, *BEATRIZ, *RHONA)
ROUND = ("to_the_round", "pens_first", "round_junior_first")
SECOND = {"release": "release_days", "rework": "sent_back", "expedite": "at_once"}


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


def right_day(case: Case) -> str:
    return "day_yes" if case.circumstances["label_day_fits"] else "day_no"


def test_six_people_in_haste_bring_what_the_documents_need_and_nobody_hears_everything():
    for case in (world(**{f"second_{name}": 1}) for name in SECOND):
        second = next(fact for name, fact in SECOND.items() if case.circumstances[f"second_{name}"])
        facts = told(*DESKS, *ROUND, case=case).facts
        assert {"stop_at", "called_known_number", "unseen_rings", "instant_gone", "label_day_price", "may_decide",
                "recall_wait", "movable", second} <= facts  # fmt: skip
        assert not {"leave_after", "same_day", "fraud_moved", "only_one", "labels_late"} & facts


def test_in_the_rush_every_question_closes_esi_and_silence_opens_her():
    rush, early, late = ("when_stop", *TOVE), ("straight_on",), ("when_stop", *TOVE, *ARJUN, *CONRAD)
    assert {"instant_gone", "label_day_price"} <= told(*rush, *ESI).facts
    assert not {"instant_gone", "label_day_price"} & told(*rush, "see_esi", "instant_asked", "label_price").facts
    for quiet in (early, late):
        assert not {"instant_gone", "label_day_price"} & told(*quiet, "see_esi", "sit_in").facts
        assert {"instant_gone", "label_day_price"} <= told(*quiet, "see_esi", "instant_asked", "label_price").facts


def test_a_day_that_was_given_away_closes_its_owner():
    labels = ("of_what", "see_arjun", "more_labels", "arjun_on", "arjun_bye", "see_esi")
    assert "label_day_price" in told(*labels, "kind_words", "label_price").facts
    assert "label_day_price" not in told(*labels, "instant_asked", "label_price").facts


def test_conrad_shows_the_gate_to_whoever_asked_for_the_fence_and_leaves_early():
    assert "recall_wait" in told("of_what", *CONRAD).facts
    assert not told("of_what", "see_conrad", "sign_now", "recall_waits").facts
    assert not told("of_what", "see_conrad", "decide_alone", "limit_late").facts
    case = load_case(SLUG, 0)
    gone = told(*DESKS[:12], case=case)  # three desks, all of them at leisure
    slow = told("when_stop", "see_tove", "praise_calm", "whom_late", "we_ring_back", "see_arjun", "validation_page",
                "rings_late", "unseen_beside", "see_esi", "sit_in", "esi_on", "yours_to_say", case=case)  # fmt: skip
    assert "see_conrad" in {choice.id for choice in available(script_of(case), gone)}
    assert "see_conrad" not in {choice.id for choice in available(script_of(case), slow)}


def test_help_for_the_bottleneck_is_kind_only_where_it_is_one():
    way = ("of_what", "go_across", "see_beatriz", "bottleneck_help", "who_releases")
    assert "only_one" in told(*way, case=world(narrow_build=1)).facts
    assert "only_one" not in told(*way, case=world(narrow_build=0)).facts


def test_a_number_that_was_promised_first_closes_rhona():
    way = ("go_across", "see_rhona", "a_or_b")
    assert "movable" in told("of_what", *way).facts
    assert "movable" not in told("will_do", *way).facts
    assert "leave_after" in told("of_what", *way[:2], "sorry_largest", "after_which_stop").facts
    assert "leave_after" not in told("of_what", *way, "after_which_stop").facts


def test_what_stands_beside_the_number_is_signed_where_all_were_heard_and_the_day_was_right():
    for fits in (0, 1):
        case = world(label_day_fits=fits)
        right = right_day(case)
        wrong = "day_no" if right == "day_yes" else "day_yes"
        assert end_of(case, *DESKS, *ROUND, right, "until_when", "with_a_brake") == "brake"
        assert end_of(case, *DESKS, *ROUND, wrong, "number_next", "with_a_brake") == "busy_board"
        led = ("to_the_round", "pens_first", "round_edda_first")
        assert end_of(case, *DESKS, *led, right, "until_when", "with_a_brake") == "busy_board"
        aloud = ("to_the_round", "let_us_talk", "round_junior_first")
        assert end_of(case, *DESKS, *aloud, right, "until_when", "with_a_brake") == "busy_board"
        assert end_of(case, *DESKS, *ROUND, right, "until_when", "sign_it") == "all_signed"
    promised = ("will_do", *DESKS[1:])
    case = load_case(SLUG, 0)
    assert end_of(case, *promised, *ROUND, right_day(case), "stop_again", "with_a_brake") == "all_signed"


def test_fewer_labels_were_settled_between_the_desks_before_anybody_had_to_win():
    arjun = ("see_arjun", "rings_both", "fewer_labels", "arjun_bye")
    desks = ("when_stop", *TOVE, *ESI, *arjun, "go_across")
    for fits in (0, 1):
        case = world(label_day_fits=fits)
        assert end_of(case, *desks, *ROUND, "day_fewer", "until_when", "with_a_brake") == "brake"
