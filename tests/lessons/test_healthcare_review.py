"""The integration review of `healthcare_platform`: its blockers, builds and examples over many worlds."""

from __future__ import annotations

from collections import Counter

import pytest

from curriculum.artifacts.integration_review import Example, IntegrationReview
from curriculum.cases import Case, load_case
from curriculum.cases.healthcare_platform.blockers import MENDED, SPONSOR, goes_to, outcome_of
from curriculum.cases.healthcare_platform.trace import BUILDS
from curriculum.course.fixtures import load_fixtures
from graders import load_rubric
from graders.grade import Submission, grade
from tests.helpers.worlds import over_worlds

SLUG = "healthcare_platform"
SEEDS = range(0, 64, 5)


@over_worlds(SEEDS)
def test_three_of_seven_blockers_hold_up_the_release_and_their_days_follow_from_the_table(seed: int) -> None:
    case = load_case(SLUG, seed)
    blockers = case.truth.blockers
    assert len(blockers) == 7 and len([b for b in blockers.values() if b.release]) == 3
    for row in case.tables.blockers.to_dict("records"):
        blocker = blockers[row["blocker"]]
        left = (row["needed_by"].date() - case.truth.calendar.today).days
        assert blocker.slack == left - row["days_to_remove"]
        assert blocker.release == (row["holds_up"] == "the pilot release")
        assert not blocker.release or blocker.needed_by <= case.truth.calendar.last_release_day
        stuck = row["reviews_seen"] > 2 or row["needs_money_or_hours"]
        assert goes_to(blocker) == (SPONSOR if stuck else row["owner"])


@pytest.mark.slow
def test_what_becomes_of_a_blocker_and_who_moves_it_differ_over_worlds() -> None:
    found = [b for seed in range(64) for b in load_case(SLUG, seed).truth.blockers.values() if b.release]
    mended = sum(outcome_of(b) == MENDED for b in found) / len(found)
    sponsored = sum(goes_to(b) == SPONSOR for b in found) / len(found)
    assert 0.35 < mended < 0.65 and 0.35 < sponsored < 0.65


@over_worlds(SEEDS)
def test_one_build_of_each_pair_is_made_after_model_and_screen(seed: int) -> None:
    truth = load_case(SLUG, seed).truth
    builds = truth.screen.builds.values()
    for model, screen in BUILDS:
        pair = [b for b in builds if b.integrated and (b.model, b.screen) == (model, screen)]
        built = max(truth.models[model].built_on, truth.screens[screen].built_on)
        assert sorted(b.made_on >= built for b in pair) == [False, True]
    newest = max(builds, key=lambda build: build.made_on)
    assert not newest.integrated, "the newest one is a drawing or a notebook"


def test_ids_say_nothing_of_what_they_are() -> None:
    """What v1, s1 and doc_01 are differs from world to world."""
    cases = [load_case(SLUG, seed) for seed in range(12)]
    builds = Counter((c.truth.screen.builds["v1"].model, c.truth.screen.builds["v1"].integrated) for c in cases)
    samples = Counter(c.truth.screen.state_of(c.truth.screen.samples["s1"]) for c in cases)
    files = Counter(c.truth.folder.files["doc_01"].part for c in cases)
    assert min(len(builds), len(samples), len(files)) > 2
    for case in cases[:3]:
        labels = " ".join(sample.label for sample in case.truth.screen.samples.values())
        assert not {"false", "missed", "slow", "unsure"} & set(labels.replace(",", " ").split())


def unmet(case: Case, review: IntegrationReview) -> dict[str, list[str]]:
    """The criteria of the minutes that are not met, with what was found."""
    report = grade(load_rubric(SLUG), case, Submission({"integration_review": review}))
    artifact = next(a for a in report.artifacts if a.kind == "integration_review")
    return {finding.criterion: [one.found for one in finding.objections] for finding in artifact.failed()}


def test_an_example_counts_by_its_samples_own_numbers_and_not_by_those_beside_it() -> None:
    case = load_case(SLUG, 3)
    wrong = next(s for s in case.truth.screen.samples.values() if s.wrong)
    state = case.truth.screen.state_of(wrong)
    review = IntegrationReview.model_validate(load_fixtures(case).exemplars["explainable_broad"]["integration_review"])
    good = Example(sample=wrong.id, case_kind="model_wrong", expected=state, risk=0.99, latency_ms=99_999)
    assert "examples_run" not in unmet(case, review.model_copy(update={"examples": (*review.examples, good)}))
    calm = Example(sample=wrong.id, case_kind="happy", expected=state)
    found = unmet(case, review.model_copy(update={"examples": (*review.examples, calm)}))
    assert any("the model was wrong" in words for words in found["examples_run"])


def test_a_blocker_that_is_named_twice_is_judged_once() -> None:
    case = load_case(SLUG, 4)
    review = IntegrationReview.model_validate(load_fixtures(case).exemplars["stronger_narrow"]["integration_review"])
    twice = review.model_copy(update={"blockers": (*review.blockers, review.blockers[0])})
    assert unmet(case, twice).keys() == set()
