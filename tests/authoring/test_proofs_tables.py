"""The proof about titles of tables can fail: each fault is planted in the tables.toml of `welcome`."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from curriculum.authoring.proofs import PROOFS
from curriculum.authoring.subject import Subject, load_subject
from curriculum.cases import Case
from curriculum.cases.base import frozen_columns
from tests.authoring.test_authoring_proofs import Altered, against


def titled(old: str, new: str) -> Subject:
    assert old in load_subject("welcome").text("tables.toml")
    return Altered(tables_toml=lambda text: text.replace(old, new))


def measured(case: Case) -> Case:
    """The case with its waits as measures, which need a unit."""
    from dataclasses import replace

    mornings = dict(case.columns["mornings"])
    mornings["minutes_after_nine"] = mornings["minutes_after_nine"] + 0.5
    return replace(case, columns={"mornings": frozen_columns(**mornings)})


def unitless() -> Subject:
    return Altered(case=measured, tables_toml=lambda text: text.replace(" (minutes)", ""))


PLANTED: list[tuple[str, Callable[[], Subject], str]] = [
    ("tables_are_titled", lambda: titled('day = "Day"', ""), "the column has no title"),
    ("tables_are_titled", lambda: titled('mornings = "Mornings', 'evenings = "Mornings'), "the table has no title"),
    ("tables_are_titled", lambda: titled('mornings = "Mornings', 'mornings = "M"\nx = "'), "no such table"),
    ("tables_are_titled", lambda: titled('day = "Day"', 'day = "Day"\nhour = "Hour"'), "no such column in the table"),
    ("tables_are_titled", lambda: titled('day = "Day"', 'day = "the_day"'), "is no title"),
    ("tables_are_titled", lambda: titled("[tables]", 'words = {gone = "Gone"}\n[tables]'), "is called that"),
    ("tables_are_titled", lambda: titled("[tables]", 'ids = ["order"]\n[tables]'), "among those that name things"),
    ("tables_are_titled", lambda: titled('"Day"', "Day"), "TOMLDecodeError"),
    ("tables_are_titled", unitless, "names no unit"),
]


@pytest.mark.parametrize(("proof", "subject", "words"), PLANTED, ids=[words for _, _, words in PLANTED])
def test_a_planted_fault_is_noticed(proof: str, subject: Callable[[], Subject], words: str) -> None:
    assert words in against(proof, subject())


@pytest.mark.parametrize("slug", ["recommendation_scoping", "fraud_false_positives", "healthcare_platform"])
def test_the_tables_of_a_landed_lesson_are_titled(slug: str) -> None:
    assert PROOFS["tables_are_titled"].examine(load_subject(slug), range(3)) == []
