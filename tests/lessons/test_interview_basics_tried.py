"""What was tried on `interview_basics` by hand: right answers that were stopped, and mistakes that passed."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from curriculum.artifacts.star import Star
from curriculum.cases import Case, load_case
from curriculum.course.fixtures import load_exemplar, variants
from curriculum.roleplay.engine import State
from graders import load_rubric
from graders.grade import Submission, grade
from graders.interview_basics.held import asked_about
from graders.report import ArtifactReport

SLUG = "interview_basics"
SEEDS = (2, 7, 11, 12)


def story(case: Case, variant: str = "in_prose") -> dict[str, Any]:
    return copy.deepcopy(load_exemplar(case, variant)["star"])


def judged(case: Case, data: dict[str, Any]) -> ArtifactReport:
    """By somebody whom everybody has told everything."""
    state = State("desk", 9, (), frozenset(case.facts))
    return grade(load_rubric(SLUG), case, Submission({"star": Star.model_validate(data)}, state)).of("star")


def failed(case: Case, data: dict[str, Any]) -> set[str]:
    return {finding.criterion for finding in judged(case, data).findings if not finding.passed}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    "role", ["Product manager of search at Larkspur Books", "the product manager of search", "Product manager"]
)
def test_a_role_may_be_told_as_the_brief_has_it(seed: int, role: str) -> None:
    case = load_case(SLUG, seed)
    assert failed(case, {**story(case), "role": role}) == set()


@pytest.mark.parametrize("seed", SEEDS)
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


@pytest.mark.parametrize("seed", SEEDS)
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


@pytest.mark.parametrize("seed", SEEDS)
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
    told = "It came out as we had counted it, and everybody was happy with it."
    assert "cost_untold" in asked(case, {**data, "result": told})


def test_no_exemplar_is_asked_about_anything() -> None:
    for seed in range(0, 64, 3):
        case = load_case(SLUG, seed)
        for variant in variants(SLUG):
            assert asked(case, story(case, variant)) == set()
