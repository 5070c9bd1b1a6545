"""What was tried on `interview_basics` by hand: right answers that were stopped, and mistakes that passed."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import pytest

from curriculum.artifacts.star import Star
from curriculum.cases import Case, load_case
from curriculum.cases.interview_basics.draw import draw
from curriculum.cases.interview_basics.people import decided
from curriculum.course.catalog import load_catalog
from curriculum.course.fixtures import load_exemplar, variants, write_files
from curriculum.learner.finished import bring
from curriculum.learner.variant import write_stated
from curriculum.practice.interview.work import cited_value
from curriculum.roleplay.engine import State
from graders import load_rubric
from graders.grade import Submission, grade
from graders.interviews.held import asked_about
from graders.report import ArtifactReport, Status
from tests.helpers.stories import PERSONAL
from tests.helpers.worlds import over_worlds

SLUG = "interview_basics"
SEEDS = (2, 7, 11, 12)


def story(case: Case, variant: str = "in_prose") -> dict[str, Any]:
    return copy.deepcopy(load_exemplar(case, variant)["star"])


def judged(case: Case, data: dict[str, Any]) -> ArtifactReport:
    """By somebody whom everybody has told everything."""
    state = State("desk", 9, (), frozenset(case.facts))
    return grade(load_rubric(SLUG), case, Submission({"star": Star.model_validate(data)}, state)).of("star")


def failed(case: Case, data: dict[str, Any]) -> set[str]:
    findings = judged(case, data).findings
    return {finding.criterion for finding in findings if not finding.passed and finding.status is not Status.BELIEVED}


@pytest.mark.slow
@over_worlds(SEEDS)
@pytest.mark.parametrize(
    "role", ["Product manager of search at Larkspur Books", "the product manager of search", "Product manager"]
)
def test_a_role_may_be_told_as_the_brief_has_it(seed: int, role: str) -> None:
    case = load_case(SLUG, seed)
    assert failed(case, {**story(case), "role": role}) == set()


@over_worlds(SEEDS)
def test_days_of_the_project_and_times_of_the_kick_off_can_be_told(seed: int) -> None:
    case = load_case(SLUG, seed)
    table = case.columns["kick_off"]
    times = dict(zip(table["function"], table["milliseconds"].tolist(), strict=True))
    limit, both = times["ML engineering"], times["Search today"] + times["Data science"] + times["Design"]
    released = case.columns["weekly"]["week_begins"][12].astype(object)
    data = story(case)
    data["task"] = f"Both took {both} milliseconds, and the limit was {limit}. We released on {released:%-d %B}."
    data["numbers"] = [
        *data.get("numbers", []),
        {"value": both, "what": "milliseconds, with both wishes"},
        {"value": limit, "what": "milliseconds, the limit"},
    ]
    assert failed(case, data) <= {"action_carries_the_answer"}
    data["numbers"][-1]["value"] = limit + 7
    assert "figures_match_their_source" in failed(case, data)


@over_worlds(SEEDS)
def test_a_second_gain_that_does_not_compare_is_seen(seed: int) -> None:
    case = load_case(SLUG, seed)
    recounted = case.truth.measures[case.truth.recounted]
    data = story(case)
    rows = [
        {"value": case.facts[id].value, "what": f"{recounted.told}, {when}", "fact": id}
        for id, when in ((recounted.before, "before"), (recounted.after, "after"))
    ]
    assert failed(case, {**data, "numbers": [*data.get("numbers", []), *rows]}) == {"same_measure_before_and_after"}
    assert failed(case, {**data, "numbers": [*data.get("numbers", []), rows[1]]}) == set()


def asked(case: Case, data: dict[str, Any]) -> set[str]:
    return {note.rule for note in asked_about(Star.model_validate(data), case)}


@pytest.mark.slow
@over_worlds(SEEDS)
def test_text_and_claims_that_say_two_things_are_asked_about(seed: int) -> None:
    case = load_case(SLUG, seed)
    data, truth = story(case), case.truth
    other = next(id for id in ("adaeze", "bram", "ines") if id != truth.approver)
    for teller in ("I", case.registry.label("people", other).split()[0]):
        assert asked(case, {**data, "task": f"{teller} decided for {truth.decided}."}) == {"decider"}
    assert asked(case, {**data, "task": "I decided to ask both sides."}) == set()
    foreign = next(entry for id, entry in truth.log.items() if id == "load_test")
    assert asked(case, {**data, "task": f"I made the {foreign.title.lower()}."}) == {"paper_of_another"}
    author = case.registry.label("people", foreign.by).split()[0]
    assert asked(case, {**data, "task": f"I read {author}'s {foreign.title.lower()}."}) == set()
    assert asked(case, {**data, "role": "Data scientist of search"}) == {"another_role"}
    wishes = [item["wanted"] for item in data["interests"][:2]]
    swapped = [
        {"function": truth.won, "wanted": truth.wishes[truth.lost].what},
        {"function": truth.lost, "wanted": truth.wishes[truth.won].what},
    ]
    assert wishes
    assert asked(case, {**data, "interests": swapped}) == {"wish_of_another"}
    other = decided(replace(draw(seed), won=truth.lost, lost=truth.won))
    assert asked(case, {**data, "decision": {**data["decision"], "what": other}}) == {"another_decision"}
    told = "It came out as we had counted it, and everybody was happy with it."
    assert "cost_untold" in asked(case, {**data, "result": told})


@pytest.mark.slow
def test_no_exemplar_is_asked_about_anything() -> None:
    for seed in range(0, 64, 3):
        case = load_case(SLUG, seed)
        for variant in variants(SLUG):
            assert asked(case, story(case, variant)) == set()


def test_a_month_beside_another_month_is_a_window_of_one_length() -> None:
    case = load_case(SLUG, 1)
    months = {
        "baseline": {**PERSONAL["baseline"], "on": "2025-01-31", "days": 31},
        "result_figure": {**PERSONAL["result_figure"], "on": "2025-06-30", "days": 30},
    }
    assert "windows_are_stated" not in failed(case, {**PERSONAL, **months})
    months["result_figure"]["days"] = 28
    assert "windows_are_stated" in failed(case, {**PERSONAL, **months})


def test_a_story_of_ones_own_life_that_names_the_project_is_asked_about() -> None:
    case = load_case(SLUG, 1)
    assert "of_the_project" not in asked(case, PERSONAL)
    assert "of_the_project" in asked(case, {**PERSONAL, "task": f"At {case.company} this was mine to do."})


LESSONS = ("recommendation_scoping", "fraud_false_positives")


@pytest.fixture(scope="module")
def two_lessons(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A story from one lesson with the work in another one beside it."""
    workspace, copies = tmp_path_factory.mktemp("workspace"), []
    for slug in LESSONS:
        entry, case = load_catalog().lesson(slug), load_case(slug, 3)
        answers = workspace / entry.level / slug / "answers"
        write_files(load_exemplar(case, variants(slug)[0]), answers)
        write_stated(answers, case)
        copies += bring(slug, workspace)
    before, after = f"{LESSONS[0]}.facts.deep_at_peak", f"{LESSONS[0]}.outcome.wait_ms"
    values = [cited_value(copies, id) or 0.0 for id in (before, after)]
    own = [f"{LESSONS[0]}.{kind}" for kind in ("agenda", "board", "prd")]
    return {
        **PERSONAL,
        "question": "accuracy_against_latency",
        "origin": "course",
        "result": f"People would have waited {values[0]:g} milliseconds, and after the launch it was {values[1]:g}.",
        "actions": [{**action, "document": id} for action, id in zip(PERSONAL["actions"], own, strict=False)],
        "measure": "Wait of 95 of 100 visitors at the peak",
        "unit": "milliseconds",
        "baseline": {**PERSONAL["baseline"], "value": values[0], "fact": before},
        "result_figure": {**PERSONAL["result_figure"], "value": values[1], "fact": after},
        "change": values[1] - values[0],
        "decision": {**PERSONAL["decision"], "document": own[2]},
        "cost": {"what": "Better suggestions for visitors with a history"},
        "copied": [copied.model_dump() for copied in copies],
    }


TRIED = {"same_measure_before_and_after", "three_actions_are_yours", "decision_is_by_its_owner", "cost_is_named"}


@pytest.mark.slow
def test_one_story_stands_on_one_lesson(two_lessons: dict[str, Any]) -> None:
    case, foreign = load_case(SLUG, 0), f"{LESSONS[1]}.incident"
    assert not failed(case, two_lessons) & TRIED
    actions = [{**two_lessons["actions"][0], "document": foreign}, *two_lessons["actions"][1:]]
    assert failed(case, {**two_lessons, "actions": actions}) & TRIED == {"three_actions_are_yours"}
    decision = {**two_lessons["decision"], "document": foreign}
    assert failed(case, {**two_lessons, "decision": decision}) & TRIED == {"decision_is_by_its_owner"}


def test_two_facts_of_a_lesson_are_no_before_and_after(two_lessons: dict[str, Any]) -> None:
    case, copies = load_case(SLUG, 0), Star.model_validate(two_lessons).copied
    facts = [f"{LESSONS[0]}.facts.{name}" for name in ("kept_days", "deep_days")]
    data = {**two_lessons, "unit": "days"}
    values = [cited_value(copies, fact) or 0.0 for fact in facts]
    for place, fact, value in zip(("baseline", "result_figure"), facts, values, strict=True):
        data[place] = {**data[place], "fact": fact, "value": value}
    data["change"] = values[1] - values[0]
    assert failed(case, data) & TRIED == {"same_measure_before_and_after"}


def test_what_a_fact_is_before_an_outcome_is_asked_and_a_cost_has_its_source(two_lessons: dict[str, Any]) -> None:
    case = load_case(SLUG, 0)
    assert "told_and_turned_out" in asked(case, two_lessons)
    cost = {"what": "Money that design has paid for it", "value": 9000, "unit": "money"}
    assert failed(case, {**two_lessons, "cost": cost}) & TRIED == {"cost_is_named"}
