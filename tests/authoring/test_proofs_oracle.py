"""A review that prints what is right, or what nobody has told, is noticed; one that names the rule is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from curriculum.authoring.copyist import Copyist
from curriculum.authoring.printed import Value, choice_in, values_in
from curriculum.authoring.shapes import Leaf, Sort
from curriculum.authoring.subject import Subject, load_subject
from curriculum.cases import Case
from curriculum.cases.base import by_id
from graders.rubric import Objections, met, objection
from tests.helpers.altered import against
from tests.helpers.planned import Plan, planned


def shares(plan: Plan) -> list[float | None]:
    return [entry.share for entry in plan.shares]


def silent(plan: Plan, case: Any) -> Objections:
    """Both shares are right."""
    if shares(plan) != [40 + case.seed, 60 - case.seed]:
        yield objection("shares", "The shares are not those of the week.", "both shares, which add up to 100")
    return met("Fine.")


def in_rows(plan: Plan, case: Any) -> Objections:
    """Both shares are right."""
    for number, (stated, right) in enumerate(zip(shares(plan), [40 + case.seed, 60 - case.seed], strict=False)):
        if stated != right:
            who = plan.shares[number].who
            row = {"who": who, "stated": stated, "in the table": right}
            yield objection(f"shares[{number + 1}].share", "It is another one.", "the share of the table", row)
    if len(plan.shares) < 2:
        yield objection("shares", "There are too few.", "two shares")
    return met("Fine.")


def in_the_expectation(plan: Plan, case: Any) -> Objections:
    """Both shares are right."""
    if shares(plan) != [40 + case.seed, 60 - case.seed]:
        yield objection("shares[1].share", f"You state {shares(plan)[0]:g}.", f"{40 + case.seed}, of 100")
    return met("Fine.")


def rule_with_own_number(plan: Plan, case: Any) -> Objections:
    """Both shares are right."""
    if shares(plan) != [40 + case.seed, 60 - case.seed]:
        yield objection("shares", "They do not fit.", f"beside {60 - case.seed:g}, the other share of 100")
    return met("Fine.")


def says_the_fact(plan: Plan, case: Any) -> Objections:
    """It rests on what Noor said."""
    if plan.minutes != case.facts["refresh_ready"].value:
        yield objection("minutes", "That is another number.", case.facts["refresh_ready"].label)
    return met("Fine.")


def prints_its_number(plan: Plan, case: Any) -> Objections:
    """It rests on what Noor said, in seconds."""
    yield objection("minutes", "That is another number.", "as Noor said", {"told": case.facts["average_ready"].value})
    return met("Fine.")


PLANTED: list[tuple[str, Callable[[], Subject], str]] = [
    ("reviews_cannot_be_mended_by_copying", lambda: planned(in_rows), "the script gets to 100%"),
    ("untold_facts_stay_untold", lambda: planned(says_the_fact), "it tells the fact refresh_ready"),
    ("expectations_hold_no_values", lambda: planned(in_the_expectation), "to one_share_wrong it says as expected"),
]


@pytest.mark.parametrize(("proof", "subject", "words"), PLANTED, ids=[proof for proof, *_ in PLANTED])
def test_a_planted_fault_is_noticed(proof: str, subject: Callable[[], Subject], words: str) -> None:
    assert words in against(proof, subject())


@pytest.mark.parametrize("proof", [proof for proof, *_ in PLANTED])
def test_a_review_that_names_the_rule_is_left_alone(proof: str) -> None:
    assert against(proof, planned(silent)) == ""


def test_ones_own_numbers_may_be_said_again() -> None:
    assert against("expectations_hold_no_values", planned(rule_with_own_number)) == ""


def test_a_secret_number_in_a_row_is_noticed() -> None:
    def slow(case: Case) -> Case:
        facts = [replace(fact, value=347.0) if fact.id == "average_ready" else fact for fact in case.facts.values()]
        return replace(case, facts=by_id(*facts))

    subject = planned(prints_its_number, case=slow)
    assert "it tells the fact average_ready" in against("untold_facts_stay_untold", subject)


def test_the_script_copies_in_order_from_a_sentence() -> None:
    subject = planned(in_the_expectation)
    case = subject.case(0)
    answer = {"plan": {"shares": [{"who": "noor", "share": 1}, {"who": "tomas", "share": 60}]}}
    copyist = Copyist(subject, case, answer, gradings=20)
    copyist.mend()
    assert copyist.share == 1
    assert copyist.files["plan"]["shares"][0] == {"who": "noor", "share": 40}


def test_the_script_keeps_to_its_number_of_reviews() -> None:
    subject = planned(in_rows)
    copyist = Copyist(subject, subject.case(0), {"plan": {"minutes": 3}}, gradings=1)
    copyist.mend()
    assert copyist.gradings == 0


def test_sentences_hold_days_clocks_numbers_ids_and_labels() -> None:
    case = load_subject("welcome").case(0)
    found = set(values_in("Noor Haddad asks tomas by 6 April 2026, 14:05: 1,250 of refresh_ready", case))
    assert Value(Sort.ID, "noor", "people") in found
    assert Value(Sort.ID, "tomas", "people") in found
    assert Value(Sort.ID, "refresh_ready", "facts") in found
    assert Value(Sort.DAY, "2026-04-06") in found
    assert Value(Sort.MOMENT, "2026-04-06T14:05") in found
    assert {value.value for value in found if value.sort is Sort.NUMBER} == {1250}


def test_a_choice_is_read_only_where_it_is_the_only_one() -> None:
    leaf = Leaf(Sort.CHOICE, choices=("must", "nice"), labels={"must": "Must-Have"})
    assert choice_in(leaf, "This is a Must-Have.") == "must"
    assert choice_in(leaf, "must or nice") is None
