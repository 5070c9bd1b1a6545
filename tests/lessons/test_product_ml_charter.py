"""The rubric of `product_ml_charter`: right answers that nobody wrote down, and mistakes that look right."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import pytest

from curriculum.cases import load_case
from curriculum.cases.product_ml_charter.draw import HOPER, PADS, PROMISED
from curriculum.cases.product_ml_charter.search import LOOK, WORTH, Found, look_costs, with_best_check
from curriculum.cases.product_ml_charter.truth import Truth, right_boards
from curriculum.consequences import run
from curriculum.course.fixtures import Files, load_exemplar
from curriculum.roleplay.engine import State
from graders import load_rubric
from graders.grade import Submission, grade
from graders.report import Status
from tests.helpers.worlds import over_worlds

SLUG = "product_ml_charter"
RUBRIC = load_rubric(SLUG)
WORLDS = range(6)
HEARD = frozenset(
    (
        *("stall_claimed", "check_tells", "pads_mix", "code_41", "gentle", "hard"),
        *("wrong_post_limit", "bad_year", "match_fee"),
    )
)


def truth_of(seed: int) -> Truth:
    truth = load_case(SLUG, seed).truth
    assert isinstance(truth, Truth)
    return truth


def answers(seed: int, variant: str = "a_day_to_end_it") -> Files:
    return copy.deepcopy(load_exemplar(load_case(SLUG, seed), variant))


def unmet(seed: int, files: Files, heard: frozenset[str] = HEARD) -> set[str]:
    """What is judged and not met."""
    case = load_case(SLUG, seed)
    public = {fact.id for fact in case.facts.values() if fact.held_by is None}
    state = State("signed", 0, tuple((person, 3) for person in case.people), heard | public)
    written = {kind: model.model_validate(files[kind]) for kind, model in RUBRIC.artifacts.items() if kind in files}
    report = grade(RUBRIC, case, Submission(written, state, {}))
    findings = [one for artifact in report.artifacts for one in artifact.findings]
    return {one.criterion for one in findings if one.status is Status.GRADED and not one.passed}


def first(bets: bool) -> int:
    """The first world whose best board has the bet, or has none."""
    return next(seed for seed in range(64) if truth_of(seed).best.bets is bets)


def lay(files: Files, truth: Truth, found: Found) -> None:
    """Another board in the exemplar's documents."""
    roadmap, charter = files["roadmap"], files["charter"]
    roadmap["laid"] = [{"card": card, "lane": lane, "step": step} for card, lane, step in truth.laid(found)]
    roadmap["links"] = [
        {"card": card, "capability": f"can_{card}", "stands": f"m{truth.stands(found, card)}"}
        for card in found.board.order
    ]
    for place in ("bet_after", "stop_share", "stop_line", "stop_month", "stop_by", "freed_for"):
        roadmap.pop(place, None)
    if found.bets and found.board.check is not None:
        roadmap |= {
            "bet_after": truth.bet_after(found), "stop_share": 100 * found.board.check + 3,
            "stop_line": truth.shape.line, "stop_month": f"m{found.look}", "stop_by": truth.may("end_bet"),
            "freed_for": truth.freed_for(found),
        }  # fmt: skip
    gone, out = truth.given_way(found), truth.left_out(found)
    sentence = "What both of us would rather have kept is named here, so that nobody hopes for it."
    one = {"sentence": sentence, "excludes": "later_date", "card": gone[0]} if gone else None
    two = {"sentence": sentence, "excludes": "not_this_year", "card": out[0]} if out else None
    three = {"sentence": sentence, "excludes": "no_endless_bet", "card": PADS}
    charter["principles"] = [one or two or three]
    targets = [each for each in charter["targets"] if each["measure"] != "pads_error"]
    charter["targets"] = [*targets, {"measure": "pads_error", "limit": truth.shape.limit}] if found.bets else targets
    charter["rights"] = [
        {"decision": name, "person": truth.may(name), "limit": truth.paper_of(found) + 1 if name[0] == "m" else None}
        for name in ("end_bet", "move_promise", "take_over", "change_target")
    ]
    charter["reviews"] = [str(day) for day in truth.reviews(found, 3)]
    charter["promises"] = [
        {"card": card, "becomes": truth.becomes(found, card), "told": "2026-12-31" if card in gone else None}
        for card in PROMISED
    ]
    charter["bad_year"], charter["lowest_chance"] = found.bad_year, int(100 * found.weakest)


@over_worlds(WORLDS)
def test_every_good_board_is_right_whatever_its_shape(seed: int) -> None:
    truth = truth_of(seed)
    for each in right_boards(seed):
        found = with_best_check(seed, each, truth.assumed)
        if found.worth < (WORTH + 0.01) * truth.best.worth or found.bad_year < truth.floor:
            continue
        files = answers(seed)
        lay(files, truth, found)
        assert unmet(seed, files) <= {"gentle_only_if_needed"}, found.board


@over_worlds(WORLDS)
def test_fewer_parts_and_ranges_are_right_too(seed: int) -> None:
    truth, files = truth_of(seed), answers(seed)
    charter, handoff = files["charter"], files["handoff"]
    charter["principles"] = charter["principles"][:1]
    charter["bad_year"] = truth.floor + 5
    charter["targets"] = [{**each, "window": ""} for each in charter["targets"]]
    if "posts" not in truth.best.board.order:
        charter["targets"] = [each for each in charter["targets"] if each["measure"] != "wrong_posts"]
    if not truth.best.bets:
        charter["reviews"] = ["2027-03-01", "2027-05-31", "2027-08-30", "2027-11-29"]
    for each in charter["promises"]:
        if each["becomes"] == "kept":
            each["told"] = None
    handoff["pager_weeks"] = 12
    handoff["saving"] = 1.1 * handoff["saving"]
    files["roadmap"]["assumptions"][3] |= {"source": "stall_claimed", "value": 100 * truth.assumed.stall + 4}
    files["roadmap"]["assumptions"][0]["source"] = ""
    assert unmet(seed, files) == set()


def test_a_word_that_nobody_heard_carries_nothing() -> None:
    seed = first(bets=True)
    costs = {
        "code_41": {"ratios_recompute"}, "pads_mix": {"stall_recomputes", "mix_was_told"},
        "stall_claimed": {"stall_recomputes", "pads_target_sells"},
        "check_tells": {"check_can_tell"}, "gentle": {"promise_told_early"},
        "hard": {"hard_promise_stands"}, "wrong_post_limit": {"wrong_posts_are_users_limit"},
        "bad_year": {"appetite_covers_board"}, "match_fee": {"matching_is_worth_its_fee"},
    }  # fmt: skip
    for fact, expected in costs.items():
        assert expected <= unmet(seed, answers(seed), HEARD - {fact}), fact


@pytest.mark.parametrize(
    ("place", "value", "expected"),
    [
        ("stop_share", 10, "check_can_tell"),
        ("stop_line", 20, "check_can_tell"),
        ("stop_month", "m1", "check_can_tell"),
        ("stop_by", "you", "ender_is_not_the_hoper"),
        ("stop_by", HOPER, "ender_is_not_the_hoper"),
        ("freed_for", "", "freed_people_land"),
        ("stop_share", None, "bet_has_end"),
    ],
)
def test_an_end_that_is_none(place: str, value: Any, expected: str) -> None:
    seed = first(bets=True)
    files = answers(seed)
    files["roadmap"][place] = value
    assert expected in unmet(seed, files)


def test_documents_that_contradict_each_other() -> None:
    seed = first(bets=True)
    truth = truth_of(seed)
    files = answers(seed)
    next(each for each in files["charter"]["rights"] if each["decision"] == "end_bet")["person"] = HOPER
    assert unmet(seed, files) == {"review_is_stop_day"}
    files = answers(seed)
    files["handoff"]["back_above"] = 1
    assert unmet(seed, files) == {"back_by_number"}
    files = answers(seed)
    files["charter"]["principles"][0] |= {"excludes": "not_this_year", "card": truth.best.board.order[0]}
    assert unmet(seed, files) == {"principle_excludes"}
    files = answers(seed)
    files["roadmap"]["laid"] = [
        each | {"lane": "work"} if each["card"] == PADS else each for each in files["roadmap"]["laid"]
    ]
    assert "bet_has_end" in unmet(seed, files), "a bet among other work is still a bet"


def test_a_day_that_cannot_be_and_a_sum_that_nobody_has() -> None:
    seed = next(seed for seed in range(64) if truth_of(seed).given_way(truth_of(seed).best))
    truth, files = truth_of(seed), answers(seed)
    for each in files["charter"]["promises"]:
        each["told"] = "2026-11-20"
    assert unmet(seed, files) == {"promise_told_early"}
    files = answers(seed)
    next(each for each in files["charter"]["rights"] if each["decision"] == "move_promise")["limit"] = 5000
    assert unmet(seed, files) == {"rights_single_limited"}
    if truth.paper_of(truth.best):
        files = answers(seed)
        next(each for each in files["charter"]["rights"] if each["decision"] == "move_promise")["limit"] = 1
        assert unmet(seed, files) == {"rights_single_limited"}


def test_loads_count_what_is_due_on_the_ratios_that_were_typed() -> None:
    seed = first(bets=True)
    truth, files = truth_of(seed), answers(seed)
    case = load_case(SLUG, seed)
    derive = RUBRIC.derives["roadmap"]

    def loads(change: dict[str, Any]) -> dict[tuple[str, str], float]:
        roadmap = RUBRIC.artifacts["roadmap"].model_validate(files["roadmap"] | change)
        return {(row.role, row.period): row.share for row in derive(case, {"roadmap": roadmap}).get("loads", ())}

    typed, planned = loads({}), loads({"assumptions": []})
    late = truth.shape.late
    assert typed[late, "q4"] == pytest.approx(planned[late, "q4"] * truth.assumed.ratios[late], rel=0.02)
    quarters = [typed["data_science", f"q{n}"] * n for n in (1, 2, 3, 4)]
    assert quarters == sorted(quarters), "what is due only grows"
    assert loads({"laid": []}) == {}


def test_what_is_left_of_the_bet_comes_after_its_look() -> None:
    seed = next(seed for seed in range(64) if (best := truth_of(seed).best).bets and best.board.check == 0.45)
    truth, files = truth_of(seed), answers(seed)
    link = next(each for each in files["roadmap"]["links"] if each["card"] == PADS)
    look, after = truth.best.look, truth.months_after_look(0.45)
    assert after >= 2
    for stands, expected in ((look + after, set()), (look + after - 1, {"capability_before_milestone"})):
        link["stands"] = f"m{stands}"
        assert unmet(seed, files) == expected


def test_a_look_that_costs_the_year_more_than_it_saves_is_told() -> None:
    def costs(seed: int) -> bool:
        best, assumed = truth_of(seed).best, truth_of(seed).assumed
        return best.bets and look_costs(seed, replace(best.board, check=0.25), assumed) >= LOOK

    seed = next(seed for seed in range(64) if costs(seed))
    files = answers(seed)
    files["roadmap"]["stop_share"] = 25
    assert "check_can_tell" in unmet(seed, files)
    assert look_costs(seed, truth_of(seed).best.board, truth_of(seed).assumed) < LOOK


def test_what_is_there_twice_or_belongs_to_nobody() -> None:
    seed = first(bets=True)
    files = answers(seed)
    files["roadmap"]["assumptions"].append({"quantity": "stall", "value": 50})
    assert "board_complete" in unmet(seed, files)
    files = answers(seed)
    files["charter"]["principles"].append(files["charter"]["principles"][0] | {"sentence": "We end what we begin."})
    assert unmet(seed, files) == {"principle_excludes"}
    files = answers(seed)
    files["charter"]["reviews"].insert(0, "2026-11-30")
    assert unmet(seed, files) == {"reviews_within_13_weeks"}
    files = answers(seed)
    files["charter"]["targets"] = [each for each in files["charter"]["targets"] if each["measure"] != "pads_error"]
    assert unmet(seed, files) == {"pads_target_sells"}


@over_worlds(WORLDS)
def test_what_goes_wrong_shows_in_the_coming_year(seed: int) -> None:
    case, truth = load_case(SLUG, seed), truth_of(seed)

    def outcome(files: Files) -> Any:
        written = {kind: model.model_validate(files[kind]) for kind, model in RUBRIC.artifacts.items()}
        return run(case, written, None)

    right = outcome(answers(seed))
    assert right is not None and right.compared[0].low > 0
    if truth.given_way(truth.best):
        late = answers(seed)
        for each in late["charter"]["promises"]:
            each["told"] = "2027-06-01"
        withdrawn = len(truth.best.board.promises) < len(PROMISED)
        assert (outcome(late).numbers["value"] < right.numbers["value"]) is withdrawn
    if truth.best.bets:
        endless = answers(seed)
        endless["roadmap"]["stop_share"] = None
        assert outcome(endless).numbers["stuck"] > right.numbers["stuck"]
    unchecked = answers(seed)
    unchecked["handoff"]["checks"] = []
    assert outcome(unchecked).numbers["weeks_back"] > right.numbers["weeks_back"]
