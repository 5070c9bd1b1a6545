"""Stories: a condition decides on each sentence, and what was not done is not told."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from curriculum.authoring.judging import submission_of
from curriculum.authoring.subject import load_subject
from curriculum.course.catalog import load_catalog
from curriculum.pages.clause import Deeds, parse_when
from curriculum.pages.story import NOTHING_YET, Told, star_card, story_of

SLUGS = [entry.slug for entry in load_catalog().lessons if load_subject(entry.slug).plan.star]


def told(slug: str, files: dict[str, Any], seed: int = 4) -> Told:
    subject = load_subject(slug)
    case = subject.case(seed)
    story = story_of(case, submission_of(subject, case, files))
    assert story is not None
    return story


def exemplar(slug: str, variant: str = "", seed: int = 4) -> dict[str, Any]:
    exemplars = load_subject(slug).fixtures(seed).exemplars
    return copy.deepcopy(exemplars[variant or next(iter(exemplars))])


@pytest.mark.parametrize(
    ("text", "grounds", "holds"),
    [
        ("passed('a')", {"a"}, True),
        ("passed('a') and passed('b')", {"a"}, False),
        ("passed('a') or passed('b')", {"b"}, True),
        ("passed('a') and not passed('b')", {"a", "b"}, False),
        ("knows('a')", {"a"}, False),
    ],
)
def test_a_condition_holds_by_what_was_met(text: str, grounds: set[str], holds: bool) -> None:
    assert parse_when(text)(Deeds(frozenset(grounds)).hold) is holds


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("passed('a') and said('b')", {("passed", "a"), ("said", "b")}),
        ("passed('a') and (said('b') or said('c'))", {("passed", "a")}),
        ("passed('a') and not knows('b')", {("passed", "a")}),
        ("passed('a') or passed('b')", set()),
    ],
)
def test_what_a_condition_cannot_hold_without(text: str, needed: set[tuple[str, str]]) -> None:
    assert set(parse_when(text).needed) == needed


@pytest.mark.parametrize(
    "text", ["", "True", "passed(a)", "passed('a', 'b')", "open('x')", "passed('a') ==", "passed('a') + 1", "1 < 2"]
)
def test_nothing_else_is_a_condition(text: str) -> None:
    with pytest.raises(ValueError, match="condition"):
        parse_when(text)


def test_a_condition_on_too_much_is_refused() -> None:
    with pytest.raises(ValueError, match="more than eight"):
        parse_when(" and ".join(f"passed('c{number}')" for number in range(9)))


@pytest.mark.parametrize("slug", SLUGS)
def test_three_turns_of_talk_are_no_achievement(slug: str) -> None:
    files = exemplar(slug)
    for name in load_subject(slug).rubric.conversations:
        files[name]["attempts"] = [files[name]["attempts"][0][:3]]
    whole, short = told(slug, exemplar(slug)), told(slug, files)
    assert set(short.action) < set(whole.action)
    assert len(whole.action) >= 3 and len(whole.result) >= 3


def test_circumstances_that_nobody_asked_for_are_not_told() -> None:
    files = exemplar("recommendation_scoping", "orders_first")
    assert "in what circumstances" in told("recommendation_scoping", files).part("action")
    files["kickoff"]["attempts"] = [["open_with_memo"]]
    assert "in what circumstances" not in told("recommendation_scoping", files).part("action")


def test_a_model_that_does_not_fit_is_not_told_as_a_choice() -> None:
    subject = load_subject("recommendation_scoping")
    fixtures = subject.fixtures(4)
    wrong = next(miss for miss in fixtures.near_misses if miss.id == "model_of_another_shop")
    story = told("recommendation_scoping", fixtures.near_miss_files(wrong))
    assert "We chose" not in story.part("action")
    assert any("The chosen model is quick enough" in sentence for sentence in story.waiting)


def test_customers_are_counted_as_in_the_reviewed_record() -> None:
    files = exemplar("fraud_false_positives")
    files["incident"]["customers"] = round(0.995 * files["incident"]["customers"])
    story = told("fraud_false_positives", files)
    counted = f"{files['incident']['customers']:,} customers"
    assert counted in story.part("action")
    assert "customers" not in story.situation


def test_an_invitation_to_lunch_stands_in_no_story() -> None:
    files = exemplar("welcome", "later_standup")
    files["ask"]["ask"] = "Would you like to have lunch with me some time this week?"
    assert "lunch" not in told("welcome", files).markdown


def test_a_story_without_deeds_says_so_and_what_it_waits_for() -> None:
    subject = load_subject("welcome")
    case = subject.case(4)
    card = star_card(case, submission_of(subject, case, {"ask": {"ask": "Hello?"}}))
    assert card is not None
    assert card.text.count(NOTHING_YET) == 2
    assert "What further sentences wait for" in card.html


def test_markup_in_a_story_is_shown_as_text() -> None:
    subject = load_subject("fraud_false_positives")
    case, files = subject.case(4), exemplar("fraud_false_positives", "rule_and_rollback")
    files["action_plan"]["fallback"]["rule"] += " && country != '<b>' // <img src=x>"
    card = star_card(case, submission_of(subject, case, files))
    assert card is not None and "<img" not in card.html and "<b>" not in card.text
