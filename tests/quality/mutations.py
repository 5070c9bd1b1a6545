"""Typed claims changed one at a time: how many changes does a criterion notice?"""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import jsonpatch

from curriculum.artifacts.star import Star
from curriculum.cases import Case, load_case
from curriculum.cases.interviews.questions import load_questions
from curriculum.course.fixtures import load_exemplar
from graders import load_rubric
from graders.grade import Submission, grade
from tests.quality.attacks import SLUG, conversation

Mutation = tuple[str, Any]
"""Where, as a JSON pointer, and what stands there instead."""


@dataclass(frozen=True)
class Mutated:
    place: str
    value: Any
    caught_by: tuple[str, ...]


def mutations(data: dict[str, Any], case: Case) -> Iterator[Mutation]:
    """Every change of a typed claim that makes it untrue."""
    for figure in ("baseline", "result_figure"):
        value, day = data[figure]["value"], dt.date.fromisoformat(str(data[figure]["on"]))
        for wrong in (value + 0.1, value - 1, value * 10, -value, 0, 1e12):
            yield f"/{figure}/value", round(wrong, 4)
        for shift in (-28, -1, 1, 7, 365):
            yield f"/{figure}/on", str(day + dt.timedelta(days=shift))
        for days in (0, -28, 7, 27, 90):
            yield f"/{figure}/days", days
        yield from ((f"/{figure}/fact", id) for id in (*case.facts, "nobody") if id != data[figure]["fact"])
    change = data["change"]
    yield from (("/change", wrong) for wrong in (-change, round(change + 0.3, 2), change * 10, 0))
    if "change_percent" in data:
        yield from (("/change_percent", wrong) for wrong in (-data["change_percent"], data["change_percent"] + 2, 100))
    yield from (("/direction", wrong) for wrong in ("better", "worse", "no_change") if wrong != data["direction"])
    same = {"percent"} if data["unit"].endswith("_100") else set()  # so many of 100 are so many percent
    yield from (("/unit", id) for id in case.registry.entries("units") if id not in {data["unit"], *same})
    for number, action in enumerate(data["actions"]):
        day = dt.date.fromisoformat(str(action["on"]))
        yield from ((f"/actions/{number}/on", str(day + dt.timedelta(days=shift))) for shift in (-1, 1, 30))
        others = [id for id in case.registry.entries("documents") if id != action["document"]]
        yield from ((f"/actions/{number}/document", id) for id in (*others, "nothing"))
        yield f"/actions/{number}/what", data["actions"][number - 1]["what"]
    for number, interest in enumerate(data["interests"][:2]):
        for id in case.registry.entries("functions"):
            rest = {item["function"] for place, item in enumerate(data["interests"]) if place != number}
            if not {case.truth.won, case.truth.lost} <= rest | {id}:
                yield f"/interests/{number}/function", id
        yield f"/interests/{number}/function", "nobody"
        yield (
            f"/interests/{number}/wanted",
            data["interests"][number - 1]["wanted"] if len(data["interests"]) == 2 else interest["function"],
        )
    decided = dt.date.fromisoformat(str(data["decision"]["on"]))
    yield from (("/decision/on", str(decided + dt.timedelta(days=shift))) for shift in (-30, -1, 1, 60))
    yield from (("/decision/by", id) for id in case.registry.entries("deciders") if id != case.truth.approver)
    yield from (("/decision/document", id) for id in case.registry.entries("documents") if id != case.truth.written_in)
    cost = data["cost"]
    yield from (("/cost/value", wrong) for wrong in (cost["value"] + 1, cost["value"] / 2, -cost["value"], 0))
    same = {"percent"} if cost["unit"].endswith("_100") else set()
    yield from (("/cost/unit", id) for id in case.registry.entries("units") if id not in {cost["unit"], *same})
    yield from (("/cost/fact", id) for id in (*case.facts, "nobody") if id != cost["fact"])
    for number, other in enumerate(data.get("numbers", ())):
        yield from ((f"/numbers/{number}/value", wrong) for wrong in (other["value"] + 1, other["value"] * 2, -1))
    yield from (("/counted", id) for id in (*case.facts, "nobody") if id != data["counted"])
    unfitting = [question.id for question in load_questions() if question.id not in case.truth.questions]
    yield from (("/question", id) for id in (*unfitting, "no_such_question"))


def run_mutations(seed: int, variant: str) -> list[Mutated]:
    """Every mutation of an exemplar's claims on one world, with the criteria that noticed it."""
    case, rubric = load_case(SLUG, seed), load_rubric(SLUG)
    exemplar = load_exemplar(case, variant)["star"]
    state = conversation(case, variant)
    results = []
    for place, value in mutations(exemplar, case):
        data = jsonpatch.apply_patch(copy.deepcopy(exemplar), [{"op": "add", "path": place, "value": value}])
        report = grade(rubric, case, Submission({"star": Star.model_validate(data)}, state)).of("star")
        results.append(Mutated(place, value, tuple(f.criterion for f in report.findings if not f.passed)))
    return results
