"""Players who skip the work: what they write, and that a lesson in which they earn too much is noticed."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from typing import Any

import pytest

from curriculum.authoring import guessers
from curriculum.authoring.guessers import Table
from curriculum.authoring.judging import judged
from curriculum.authoring.proofs.answers import graded
from curriculum.authoring.proofs.guessing import ENOUGH, earned, tables
from curriculum.authoring.shapes import Sort, leaves, put, shape_of, spelled
from curriculum.authoring.subject import Subject, load_subject
from curriculum.course.catalog import load_catalog
from graders.rubric import Objections, met, objection
from tests.helpers.altered import against
from tests.helpers.planned import Plan, planned, with_plan


def seat() -> Table:
    return tables(planned(), range(3))[0]


PLANTED: list[tuple[str, Callable[[], Subject], str]] = [
    ("random_picks_earn_little", planned, "random_ids: it earns 100% of the points on the mean"),
    ("another_worlds_answer_earns_little", planned, "neighbour_with_own_days: it earns 100%"),
    ("constants_earn_little", planned, "equal_shares: it earns 100%"),
    ("nonsense_earns_little", planned, "nonsense_words: it earns 100%"),
    ("one_entry_earns_little", planned, "one_entry: it earns 100%"),
    ("everything_at_once_earns_little", planned, "everything: it earns 100%"),
    ("talking_to_nobody_earns_little", planned, "no more than 60% is meant to be had so"),
]


@pytest.mark.parametrize(("proof", "subject", "words"), PLANTED, ids=[proof for proof, *_ in PLANTED])
def test_a_planted_fault_is_noticed(proof: str, subject: Callable[[], Subject], words: str) -> None:
    assert words in against(proof, subject())


@pytest.mark.parametrize("proof", [proof for proof, *_ in PLANTED])
def test_question_zero_may_be_guessed(proof: str) -> None:
    assert against(proof, planned(question_zero=True)) == ""


def test_a_lesson_that_asks_for_work_is_left_alone() -> None:
    def shares_are_right(plan: Plan, conversation: Any, case: Any) -> Objections:
        """Both shares are right, with words, and somebody told them."""
        if [entry.share for entry in plan.shares] != [40 + case.seed, 60 - case.seed]:
            yield objection("shares", "Two wrong shares.", "two right ones")
        if "asdf" in plan.words:
            yield objection("words", "No words.", "words")
        return met("Fine.")

    subject = planned(shares_are_right)
    assert [against(proof, subject) for proof, *_ in PLANTED] == [""] * len(PLANTED)


def test_one_world_in_which_much_is_earned_is_noticed_although_the_mean_is_small() -> None:
    def shares_are_right(plan: Plan, case: Any) -> Objections:
        """Both shares are right, or it is world 3."""
        if case.seed != 3 and [entry.share for entry in plan.shares] != [40 + case.seed, 60 - case.seed]:
            yield objection("shares", "Two wrong shares.", "two right ones")
        return met("Fine.")

    words = against("another_worlds_answer_earns_little", planned(shares_are_right))
    assert "neighbour: it earns 100% of the points in world 3; in no world is more than 55% meant to be had so" in words


def test_the_longest_choice_is_taken_everywhere() -> None:
    people = planned().case(0).registry.entries("people")
    longest = max(people, key=lambda id: len(people[id].label))
    plan = guessers.longest_choice(seat())["plan"]
    assert {*plan["tellers"], *(entry["who"] for entry in plan["shares"])} == {longest}


def test_nonsense_stands_where_words_are_written_and_nowhere_else() -> None:
    table = seat()
    plan = guessers.nonsense_words(table)["plan"]
    assert set(plan["words"].split()) == {guessers.MASH}
    assert {name for name in plan if plan[name] != table.right["plan"][name]} == {"words"}
    assert guessers.with_words(table) == {"plan"}


def test_everything_that_is_made_up_is_valid() -> None:
    for player in (guessers.random_ids, guessers.everything):
        for table in tables(planned(), range(8)):
            files = player(table)
            plan = Plan.model_validate(files["plan"])
            assert {entry.who for entry in plan.shares} <= {"noor", "tomas"}
            assert files["first_talk"]["attempts"][0]


def test_everything_that_can_be_picked_is_there() -> None:
    plan = guessers.everything(seat())["plan"]
    assert plan["tellers"] == ["noor", "tomas"]
    assert [entry["who"] for entry in plan["shares"]] == ["noor", "tomas"]


def test_a_neighbours_days_become_ones_own_in_fields_and_words() -> None:
    table = seat()
    assert table.neighbour == 1
    assert guessers.neighbour(table)["plan"]["on"] == "2026-04-11"
    plan = guessers.neighbour_with_own_days(table)["plan"]
    assert (plan["on"], plan["minutes"]) == ("2026-04-10", 22)
    assert plan["words"] == "From 10 April on it takes 22 minutes, not 15."


def test_only_numbers_that_differ_between_worlds_become_constants() -> None:
    plan = guessers.one_constant(seat())["plan"]
    assert (plan["minutes"], plan["limit"]) == (10, 15)
    assert plan["words"] == "From 10 April on it takes 10 minutes, not 15."


def test_a_usual_number_is_that_of_a_dozen_other_worlds_without_ones_own() -> None:
    """The minutes are 21 and the number of the world; those of world 0 itself are nothing that it could copy."""
    assert guessers.usual_numbers(seat())["plan"]["minutes"] == statistics.median(range(22, 33))


def test_what_a_number_usually_is_shows_in_several_worlds_also_where_one_is_looked_at() -> None:
    """Looked at alone, a world's own numbers would pass for constants, and their player would earn everything."""
    (table, *_) = tables(planned(), range(1))
    assert guessers.one_constant(table)["plan"]["minutes"] == 10


def test_numbers_with_a_known_sum_become_equal_shares() -> None:
    assert [entry["share"] for entry in guessers.equal_shares(seat())["plan"]["shares"]] == [50, 50]


def test_one_entry_is_left_of_each_list() -> None:
    plan = guessers.one_entry(seat())["plan"]
    assert ([entry["who"] for entry in plan["shares"]], plan["tellers"]) == (["noor"], ["noor"])
    assert guessers.long_lists(seat()) == {"plan"}


def test_a_player_with_nothing_to_do_is_not_measured() -> None:
    assert earned(load_subject("welcome"), "one_entry", range(2)) is None


def test_many_worlds_get_one_answer_each_and_few_get_all() -> None:
    subject = planned()
    assert len(tables(subject, range(2))) == 2 * len(subject.fixtures(0).exemplars)
    assert len(tables(subject, range(ENOUGH))) == ENOUGH


def test_places_are_found_by_sort_and_can_be_written() -> None:
    data = with_plan(load_subject("welcome").fixtures(0), 0).exemplars["earlier_job"]["plan"]
    found = {spelled(path): leaf.sort for path, leaf, _ in leaves(shape_of(Plan), data)}
    assert found["shares[2].who"] is Sort.ID
    assert (found["on"], found["minutes"], found["words"]) == (Sort.DAY, Sort.NUMBER, Sort.TEXT)
    assert put(data, ("shares", 2, "who"), "noor")["shares"][2] == {"who": "noor"}
    assert put({}, ("a", 0, "b"), 1) == {"a": [{"b": 1}]}


@pytest.mark.slow
@pytest.mark.parametrize("slug", [entry.slug for entry in load_catalog().lessons])
def test_judging_without_files_gives_the_same_points(slug: str) -> None:
    subject = load_subject(slug)
    case, fixtures = subject.case(1), subject.fixtures(1)
    answers = [*fixtures.exemplars.values(), *map(fixtures.near_miss_files, fixtures.near_misses[:6]), {}]
    for files in answers:
        quick, slow = judged(subject, case, files), graded(subject, case, files)
        assert [a.points for a in quick.artifacts] == [a.points for a in slow.artifacts]
        assert [f.finding for a in quick.artifacts for f in a.findings] == [
            f.finding for a in slow.artifacts for f in a.findings
        ]
