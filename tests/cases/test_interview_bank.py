"""The question bank, the pairs of answers, the anchors, and the self-review."""

from __future__ import annotations

import pytest

from curriculum.artifacts.calibration import Calibration
from curriculum.cases import VARIANTS, load_case
from curriculum.cases.interviews.contrasts import FLAWS, TRADE_OFF_FLAWS, WORKING_FLAWS, contrasts_of, load_contrasts
from curriculum.cases.interviews.questions import COMPETENCIES, LEVELS, find_questions, load_questions, question
from curriculum.course.catalog import load_catalog
from curriculum.practice.interview.calibration import ANCHORS, agreement, in_words, load_anchors

SLUG = "interview_basics"


def test_the_bank_has_the_questions_of_both_guides_and_of_the_reference() -> None:
    questions = load_questions()
    assert sum(found.source == "skill guide" for found in questions) == 4
    assert sum(found.source == "domain reference" for found in questions) == 18
    assert {found.competency for found in questions} == set(COMPETENCIES)
    assert {found.level for found in questions} == set(LEVELS)
    assert all(found.question.rstrip().endswith((".", "?")) for found in questions)


WITHOUT_MATERIAL: frozenset[str] = frozenset()
"""Questions for which no lesson exists yet; a lesson that gives material takes its questions off the list."""


def with_material() -> dict[str, set[str]]:
    """By question, the lessons that exist and give material for it."""
    there = {entry.slug for entry in load_catalog().lessons}
    return {found.id: set(found.material) & there for found in load_questions()}


def test_which_of_the_questions_have_material() -> None:
    found = with_material()
    assert len(found) == 22
    assert {id for id, lessons in found.items() if not lessons} == WITHOUT_MATERIAL


def test_the_practice_project_answers_the_questions_that_the_bank_gives_it() -> None:
    told = set().union(*(load_case("interview_basics", seed).truth.questions for seed in range(VARIANTS)))
    assert told == {id for id, lessons in with_material().items() if "interview_basics" in lessons}


def test_questions_are_filtered_by_competency_level_time_and_material() -> None:
    assert {found.id for found in find_questions("conflict")} == {"two_models_two_camps", "incompatible_evidence"}
    assert all(found.level == "advanced" for found in find_questions(level="advanced"))
    assert all(found.minutes <= 2 for found in find_questions(minutes=2))
    assert find_questions("conflict", "beginner", 2) == (question("two_models_two_camps"),)
    assert find_questions(minutes=1) == ()
    assert all("welcome" in found.material for found in find_questions(material="welcome"))


@pytest.mark.parametrize("filters", [{"competency": "magic"}, {"level": "expert"}])
def test_an_unknown_filter_is_told_with_what_there_is(filters: dict[str, str]) -> None:
    with pytest.raises(LookupError, match="there are"):
        find_questions(**filters)


def test_there_are_two_pairs_for_each_flaw_and_each_pair_has_one_flawed_answer() -> None:
    assert len(load_contrasts()) >= 12
    for flaw in {**FLAWS, **TRADE_OFF_FLAWS, **WORKING_FLAWS}:
        assert len(contrasts_of(flaw)) >= 2
    for contrast in load_contrasts():
        for position in contrast.deciding:
            assert contrast.weaker[position - 1] not in contrast.stronger
        assert abs(len(contrast.weaker) - len(contrast.stronger)) <= 1  # length gives nothing away


@pytest.mark.parametrize("slug", ANCHORS)
def test_the_anchors_use_the_whole_scale(slug: str) -> None:
    assert len(load_anchors(slug)) == 6
    assert {anchor.score for anchor in load_anchors(slug)} == {1, 2, 3, 4, 5}
    assert len({anchor.id for anchor in load_anchors(slug)}) == 6


def rated(*given: int) -> Calibration:
    rows = [{"anchor": anchor.id, "score": score} for anchor, score in zip(load_anchors(SLUG), given, strict=False)]
    return Calibration.model_validate({"ratings": rows})


def test_agreement_counts_exact_and_near_ratings_and_the_leaning() -> None:
    reference = [anchor.score for anchor in load_anchors(SLUG)]
    same = agreement(rated(*reference), SLUG)
    assert (same.exact, same.within_one, same.bias, same.complete) == (6, 6, 0.0, True)
    generous = agreement(rated(*(min(5, score + 1) for score in reference)), SLUG)
    assert generous.exact == 1
    assert generous.within_one == 6
    assert generous.bias == pytest.approx(5 / 6)
    assert "more generous" in in_words(generous)
    assert "stricter" in in_words(agreement(rated(1, 1, 1, 1, 1, 1), SLUG))


def test_blank_unknown_and_double_ratings_are_no_accident() -> None:
    assert not agreement(Calibration(), SLUG).complete
    assert in_words(agreement(Calibration(), SLUG)) == "You have not rated an answer yet."
    first = load_anchors(SLUG)[0].id
    rows = [{"anchor": "nobody", "score": 3}, {"anchor": first, "score": 5}, {"anchor": first, "score": 1}, {}]
    found = agreement(Calibration.model_validate({"ratings": rows}), SLUG)
    assert (found.rated, found.exact) == (1, 1)
