"""What the criteria, the planner and the meeting of `listen_and_ask` do with answers that are no example."""

from __future__ import annotations

import copy
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from curriculum.artifacts.minutes import Minutes
from curriculum.artifacts.one_pager import OnePager
from curriculum.artifacts.syntheses import Syntheses
from curriculum.authoring.shapes import put
from curriculum.cases import VARIANTS, Case, load_case
from curriculum.cases.listen_and_ask.cast import TOPICS
from curriculum.cases.listen_and_ask.plans import Plan, cost, near_enough, plans
from curriculum.consequences import Outcome, run
from curriculum.consequences.asked_meeting import held
from curriculum.course.fixtures import Files, load_exemplar, write_files
from curriculum.notebook.desks.quarter import work_of
from graders import load_rubric
from graders.grade import grade_folder
from graders.report import Report
from tests.helpers.worlds import over_worlds

SLUG = "listen_and_ask"
SOME = (0, 9, 22, 41)


def case_of(seed: int) -> Case:
    return load_case(SLUG, seed)


def answers(seed: int = 0, variant: str = "cheapest_first") -> Files:
    return copy.deepcopy(load_exemplar(case_of(seed), variant))


def graded(files: Files, seed: int = 0) -> Report:
    with tempfile.TemporaryDirectory() as folder:
        write_files(files, Path(folder))
        return grade_folder(load_rubric(SLUG), case_of(seed), Path(folder))


def failed(files: Files, seed: int = 0) -> set[str]:
    return {finding.criterion for artifact in graded(files, seed).artifacts for finding in artifact.failed()}


def changed(files: Files, kind: str, *places: tuple[tuple[str | int, ...], Any]) -> Files:
    for path, value in places:
        files[kind] = put(files[kind], path, value)
    return files


def meeting(files: Files, seed: int = 0) -> Outcome:
    artifacts = {
        "minutes": Minutes.model_validate(files["minutes"]),
        "syntheses": Syntheses.model_validate(files["syntheses"]),
        "one_pager": OnePager.model_validate(files["one_pager"]),
    }
    outcome = run(case_of(seed), artifacts, None)
    assert outcome is not None
    return outcome


def option_of(plan: Plan, price: float | None) -> dict[str, Any]:
    names = ("first", "second", "third", "fourth")
    option: dict[str, Any] = dict(zip(names, plan.order, strict=False))
    return {**option, **({"contractor": plan.contractor} if plan.contractor else {}), "cost": price}


# More than one right answer


@over_worlds(SOME)
def test_every_plan_that_is_as_good_is_right(seed: int) -> None:
    truth = case_of(seed).truth
    for plan in plans(tuple(TOPICS), truth.pair, truth.work.can_give):
        price = truth.cost_of(plan)
        if price > truth.best_cost + max(3.0, 0.1 * truth.best_cost):
            continue
        told = [{"who": who, "day": "2027-03-16"} for who in truth.late_in(plan)]
        other = truth.runner_up
        files = changed(
            answers(seed),
            "one_pager",
            (("options",), [option_of(plan, round(price)), option_of(other, round(truth.cost_of(other)))]),
            (("recommended",), 1),
            (("told_before",), told),
            (("delay_cost",), round(truth.delay_cost(plan))),
        )
        assert failed(files, seed) == set()


@over_worlds(SOME)
def test_the_order_of_what_was_heard_and_a_need_left_out_do_not_matter(seed: int) -> None:
    files = answers(seed)
    for person in ("bertil", "leilani", "fadi", "greta"):
        claims = files["syntheses"][person]["claims"]
        files["syntheses"][person]["claims"] = [*reversed(claims[:3])]
    assert failed(files, seed) == set()


def test_what_nobody_decided_may_be_brought_on_by_anybody() -> None:
    undecided = case_of(0).truth.undecided
    for who in ("pm", "tilde", "greta"):
        files = changed(answers(), "minutes", ((undecided, "brings_on"), who), ((undecided, "by"), "2027-04-12"))
        assert failed(files) == set()


def test_silence_is_right_where_people_would_read_before() -> None:
    seed = next(seed for seed in range(VARIANTS) if case_of(seed).truth.reads_before)
    files = changed(answers(seed), "one_pager", (("reading",), "silent"), (("silent_minutes",), 8))
    assert failed(files, seed) == set()


def test_three_plans_may_stand_there_and_any_of_them_be_recommended() -> None:
    truth = case_of(0).truth
    filed = Plan(truth.filed)
    more = option_of(filed, round(truth.cost_of(filed)))
    files = answers()
    files["one_pager"]["options"].append(more)
    assert failed(files) == set()


def test_the_question_may_follow_one_sentence_and_name_a_plan_by_its_number() -> None:
    for wording in (
        "Four pieces do not fit into one quarter. Do you approve plan no. 1 by 25. March?",
        "Please decide for plan no. 2, yes or no.",
        "Ms. Lindholm, may Tilde begin with refunds, i.e. with plan 1?",
    ):
        assert failed(changed(answers(), "one_pager", (("wording",), wording))) == set()


def test_surnames_and_shortened_words_name_the_speaker_in_one_sentence() -> None:
    seed, files = 9, answers(9)
    due = case_of(seed).truth.due_said
    said = {
        "bertil": f"So Mr. Aas learns too late where trains are, and wants that mended by wk. {due['arrivals']}.",
        "greta": f"Ms Lindholm has to show where figures come from, in week no. {due['warehouse']}.",
    }
    for person, sentence in said.items():
        files["syntheses"][person]["sentence"] = sentence
    assert failed(files, seed) == set()


def test_who_put_a_matter_off_may_stand_beside_it() -> None:
    truth = case_of(0).truth
    files = changed(answers(), "minutes", ((truth.postponed, "decided_by"), truth.matters[truth.postponed].holder))
    assert failed(files) == set()


def test_others_than_the_four_may_hear_it_before_as_well() -> None:
    files = answers()
    files["one_pager"]["told_before"].append({"who": "tilde", "day": "2027-03-17"})
    assert failed(files) == set()


def test_what_was_corrected_and_mended_lacks_only_a_yes() -> None:
    files = answers()
    step = next(one for one in files["talks"]["attempts"][0] if isinstance(one, dict) and one["said_back"] == "greta")
    step["number"] += 1
    assert "greta_is_given_back" in failed(files)
    assert "correction_is_carried" not in failed(files)


# Flawed answers of other kinds


@pytest.mark.parametrize(
    "wording",
    [
        "Do you approve plan 1? May we pay a contractor?",
        "Please decide for plan 1. Please pay a contractor as well.",
        "Four pieces do not fit. Tilde has leave. Do you approve plan 1?",
    ],
)
def test_more_than_one_question_is_too_many(wording: str) -> None:
    assert failed(changed(answers(), "one_pager", (("wording",), wording))) == {"one_ask_to_decide"}


def test_reasons_and_rights_give_no_order() -> None:
    files = changed(answers(), "one_pager", (("facts",), ["joaquim_right", "joaquim_reads", "refunds_why"]))
    assert failed(files) == {"facts_from_two_functions"}


def test_a_sentence_does_not_name_another_week_than_the_field() -> None:
    files = answers()
    files["syntheses"]["greta"]["sentence"] = "Greta wants the old warehouse gone by week 12, because of the auditors."
    assert case_of(0).truth.due_said["warehouse"] != 12
    assert failed(files) == {"weeks_are_as_told"}


def test_everything_decided_is_not_decided() -> None:
    files = answers()
    for id, matter in case_of(0).truth.matters.items():
        files["minutes"][id] = {"status": "decided", "line": min(matter.lines), "decided_by": matter.holder}
    assert failed(files) == {"undecided_is_not_recorded_as_decided"}


def test_everybody_against_everything_invents_dissent() -> None:
    files, truth = answers(), case_of(0).truth
    others = [{"who": who, "matter": "june", "line": 5} for who in ("bertil", "fadi") if who != truth.dissent.who]
    files["minutes"]["dissent"] += others
    assert failed(files) == {"no_dissent_is_invented"}


def test_all_dates_as_fixed_are_too_many() -> None:
    files = answers()
    files["one_pager"]["fixed"] = [{"topic": topic, "once": 30} for topic in TOPICS]
    assert "fixed_dates_are_known" in failed(files)


def test_who_is_not_late_is_not_told_that_they_are() -> None:
    files = answers()
    files["one_pager"]["told_before"] = [
        {"who": who, "day": "2027-03-16"} for who in ("bertil", "leilani", "fadi", "greta")
    ]
    assert failed(files) == {"who_is_late_hears_it_before"}


def test_one_plan_twice_is_no_choice() -> None:
    files = answers()
    page = files["one_pager"]
    page["options"] = [page["options"][int(page["recommended"]) - 1]] * 2
    assert failed(files) == {"costs_recompute"}


@pytest.mark.parametrize("number", [0, 4, 1.5, -1])
def test_a_plan_that_is_not_there_cannot_be_recommended(number: float) -> None:
    files = changed(answers(), "one_pager", (("recommended",), number))
    report = graded(files)
    still_open = {finding.criterion for finding in report.of("one_pager").open()}
    assert {"recommended_is_near_the_best", "delay_is_costed", "who_is_late_hears_it_before"} <= still_open


def test_a_page_without_a_talk_rests_on_nothing() -> None:
    files = answers()
    del files["talks"]
    report = graded(files)
    assert report.of("syntheses").points <= 0.2 * report.of("syntheses").maximum
    assert report.points < 0.4 * report.maximum


# The planner


@over_worlds(SOME)
def test_the_planner_reckons_from_what_was_written(seed: int) -> None:
    case, files = case_of(seed), answers(seed)
    page = OnePager.model_validate(files["one_pager"])
    minutes, said = Minutes.model_validate(files["minutes"]), Syntheses.model_validate(files["syntheses"])
    work = work_of(case, minutes, said, page)
    assert not isinstance(work, list)
    for plan in plans(tuple(TOPICS), case.truth.pair, case.truth.work.can_give):
        assert near_enough(cost(plan, work), case.truth.cost_of(plan))
    unseen = work_of(case, minutes, said, page.model_copy(update={"pair": (), "shared_days": None}))
    assert not isinstance(unseen, list)
    assert sum(cost(Plan(order), unseen) for order in (case.truth.filed, case.truth.best.order[:4])) >= 0
    assert unseen == replace(work, pair=(), shared=0.0)


def test_the_planner_says_what_it_lacks() -> None:
    missing = work_of(case_of(0), Minutes(), Syntheses(), OnePager())
    assert isinstance(missing, list)
    assert len(missing) == 4 + 4 + 4


# The meeting


@over_worlds(SOME)
def test_a_good_page_takes_29_minutes(seed: int) -> None:
    assert meeting(answers(seed), seed).numbers["minutes_lost"] == 0
    assert meeting(answers(seed), seed).ends_well


def test_for_discussion_is_decided_two_weeks_later() -> None:
    right, wrong = meeting(answers()), meeting(changed(answers(), "one_pager", (("ask",), "inform")))
    assert "Not decided" in wrong.headline
    assert wrong.numbers["cost"] == pytest.approx(right.numbers["cost"] + case_of(0).truth.best_delay_cost, abs=0.1)


def test_a_page_without_minutes_or_syntheses_is_decided_by_whoever_speaks_last() -> None:
    case, page = case_of(0), OnePager.model_validate({"ask": "inform", "wording": "Tilde. What now? And who?"})
    gathering = held(case, Minutes(), Syntheses(), page)
    assert gathering.ends == "last"
    outcome = run(case, {"one_pager": page}, None)
    assert outcome is not None
    assert not outcome.ends_well


def test_whoever_learns_it_there_takes_their_time() -> None:
    wrong = meeting(changed(answers(), "one_pager", (("told_before",), [])))
    truth = case_of(0).truth
    assert wrong.numbers["minutes_lost"] == 5 * len(truth.late_in(truth.best))
    assert not wrong.ends_well
