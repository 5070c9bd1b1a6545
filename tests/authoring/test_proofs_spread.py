"""Choices that are right in nearly every world are noticed, unless design.md says that law or physics decides them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from click.testing import CliRunner

from curriculum.authoring.spread import spreads
from curriculum.authoring.subject import Subject
from curriculum.commands.author import author
from curriculum.course.fixtures import Fixtures
from graders.rubric import Objections, met, objection
from tests.helpers.altered import against
from tests.helpers.planned import Plan, Planned, planned

LAW = "\n## Decided by law or physics\n- `plan.shares.*`: the law names both.\n- `plan.tellers.*`: likewise.\n"


def first_is_right(plan: Plan, case: Any) -> Objections:
    """Both shares are there, and the right person tells."""
    if {entry.who for entry in plan.shares} != {"noor", "tomas"}:
        yield objection("shares", "One is not there.", "both")
    if not set(plan.tellers) & {"noor", "tomas"}:
        yield objection("tellers", "Nobody tells.", "one who tells")
    if plan.lead != ("noor" if case.seed % 2 else "tomas"):
        yield objection("lead", "Somebody else leads.", "the one who leads in this week")
    return met("Fine.")


class Led(Planned):
    """A plan whose lead differs from world to world, or not."""

    def fixtures(self, seed: int) -> Fixtures:
        fixtures = super().fixtures(seed)
        lead = "noor" if seed % self.__dict__.get("turns", 2) else "tomas"
        exemplars = {
            name: {**files, "plan": {**files["plan"], "lead": lead}} for name, files in fixtures.exemplars.items()
        }
        return replace(fixtures, exemplars=exemplars)


def led(**parts: Any) -> Subject:
    subject = planned(first_is_right)
    return Led(rubric=subject.rubric, plan=subject.plan, **parts)


def lawful(text: str) -> str:
    return text + LAW


PLANTED: list[tuple[str, Callable[[], Subject], str]] = [
    ("right_choices_differ_over_worlds", led, "plan.shares.*: the usual choice is right in 100% of the worlds"),
    (
        "right_choices_differ_over_worlds",
        lambda: led(turns=10, design_md=lawful),
        "plan.lead: the usual choice is right in 83% of the worlds",
    ),
    (
        "right_choices_differ_over_worlds",
        lambda: led(design_md=lambda text: lawful(text) + "- `plan.lead`: the law again.\n"),
        "plan.lead: design.md lists it",
    ),
]


@pytest.mark.parametrize(("proof", "subject", "words"), PLANTED, ids=["fixed", "nearly", "listed"])
def test_a_planted_fault_is_noticed(proof: str, subject: Callable[[], Subject], words: str) -> None:
    assert words in against(proof, subject())


def test_choices_that_differ_or_that_the_law_decides_are_left_alone() -> None:
    assert against("right_choices_differ_over_worlds", led(design_md=lawful)) == ""


def test_places_without_points_are_no_key_choices() -> None:
    assert spreads(planned(), range(4)) == []


def test_the_table_is_printed_and_is_one_json_document() -> None:
    shown = CliRunner().invoke(author, ["check", "welcome", "--spread", "--seeds", "3"])
    assert "! 100%  ask.decider, 1 entry; tomas at ask.decider" in shown.stdout
    table = CliRunner().invoke(author, ["check", "welcome", "--spread", "--seeds", "3", "--json"])
    rows = json.loads(table.stdout)["lessons"][0]["spread"]
    assert {row["place"] for row in rows} == {"ask.decider", "ask.evidence", "ask.moves"}


def test_what_players_earn_is_printed() -> None:
    shown = CliRunner().invoke(author, ["check", "welcome", "--guesses", "--seeds", "3"])
    assert "! no_talk                  mean  83%" in shown.stdout
    table = CliRunner().invoke(author, ["check", "welcome", "--guesses", "--seeds", "3", "--json"])
    assert json.loads(table.stdout)["lessons"][0]["guesses"][0]["player"] == "random_ids"
