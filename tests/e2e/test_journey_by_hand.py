"""Whole lessons by hand, in a real browser: every turn of the talk, every kind of field of every form, full sign-off.

It shows that what an exemplar says can be said through the forms, and that what they save is what was typed. Of
lists that repeat, one item is typed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from curriculum.artifacts.base import Artifact
from curriculum.artifacts.lanes import LanesDocument
from curriculum.artifacts.reading import read_artifact
from curriculum.course.fixtures import load_exemplar, variants, write_files
from curriculum.roleplay.read_back import SaidBack
from curriculum.roleplay.transcript import read_transcript
from curriculum.widgets.form_spec import Spec, form_spec
from graders import load_rubric
from tests.e2e.filling import Filler, unsaid
from tests.e2e.journey import SIGNED_OFF, Learner
from tests.e2e.lab import Lab

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FORMS = {
    "star": "desk.form()",
    "short": "desk.short()",
    "story_bank": "desk.bank()",
    "syntheses": 'lesson.read_back("syntheses")',
}
"""Cells that show a form in another way than `lesson.form`."""


def differences(file: Path, wanted: Artifact) -> list[str]:
    """Where the file says something else than what was to be typed."""
    if not file.exists():
        return ["nothing is saved yet"]
    found = read_artifact(file, type(wanted)).artifact
    if found is None:
        return ["it cannot be read"]
    one, other = (flat(each.model_dump(mode="json")) for each in (found, wanted))
    return [f"{at}: {one.get(at)!r}, not {other.get(at)!r}" for at in one | other if one.get(at) != other.get(at)]


def first_items(fields: Sequence[Spec], data: Mapping[str, Any]) -> dict[str, Any]:
    """The data with one item in each list that repeats."""
    kept = dict(data)
    for field in fields:
        value = kept.get(field["name"])
        if value and field["type"] == "groups":
            kept[field["name"]] = [first_items(field["fields"], value[0])]
        elif value and field["type"] == "group":
            kept[field["name"]] = first_items(field["fields"], value)
    return kept


def type_letters(learner: Learner, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add each deliverable to the grid and type everybody's letter into its cell, with the keyboard."""
    shown = learner.cell('lesson.grid("raci")').locator(".course-grid")
    shown.wait_for()
    for row in rows:
        if not shown.locator(f'[data-key="row:{row["deliverable"]}"]').count():
            shown.locator('[data-key="add"]').select_option(row["deliverable"])
        for part in row["assignments"]:
            cell = shown.locator(f'[data-key="cell:{row["deliverable"]}:{part["person"]}"]')
            cell.focus()
            learner.page.keyboard.press({"A/R": "b"}.get(part["code"], part["code"].lower()))
            expect(cell).to_contain_text(part["code"])


def lay_cards(learner: Learner, kind: str, wanted: LanesDocument) -> None:
    """Move each card into its lane, in the order of the lanes, and to its step in time, by the card's own controls."""
    shown = learner.cell(f'lesson.lanes("{kind}")').locator(".jp-Cell-outputArea")
    steps = list(learner.case.registry.entries("steps"))
    file = learner.answers / f"{kind}.yaml"

    def lies() -> LanesDocument:
        found = read_artifact(file, type(wanted)).artifact if file.exists() else None
        return found or type(wanted)()

    def until(done: Callable[[LanesDocument], bool], what: str) -> None:
        end = time.monotonic() + 10
        while not done(lies()):
            assert time.monotonic() < end, f"{kind}: {what}; the file says {lies().laid}"
            time.sleep(0.05)

    for card, lane, step in [(one.card, one.lane, one.step) for one in wanted.places.values()]:
        picker = shown.locator(f'[data-key="lane-of:{card}"]')
        picker.wait_for()
        picker.select_option(lane)
        until(partial(_last, lane, card), f"{card} is not last in {lane}")
        while step and (by := steps.index(step) - steps.index(lies().step_of(card))):
            before = lies().step_of(card)
            shown.locator(f'[data-key="{"later" if by > 0 else "earlier"}:{card}"]').click()
            until(partial(_moved, card, before), f"{card} stays in {before}")


def _last(lane: str, card: str, found: LanesDocument) -> bool:
    return found.lane(lane)[-1:] == (card,)


def _moved(card: str, before: str, found: LanesDocument) -> bool:
    return found.step_of(card) != before


def talk_as_planned(learner: Learner, conversation: str, planned: Any, folder: Path) -> None:
    """Say every turn of the exemplar's conversation, and say back what it says back."""
    write_files({conversation: planned}, folder)
    for step in read_transcript(folder / f"{conversation}.yaml").current:
        if isinstance(step, SaidBack):
            learner.say_back("syntheses", step)
        else:
            learner.say(step)


def judge_pairs(learner: Learner, exemplar: dict[str, Any]) -> None:
    """Click the deciding sentence of each pair, in the answer itself."""
    spans = learner.case.registry.entries("spans")
    shown = learner.cell("desk.pairs()").locator(".course-pairs")
    shown.wait_for()
    for choice in exemplar["preferences"]:
        shown.get_by_role("button", name=spans[choice["span"]].label).first.click()
    expect(shown).to_contain_text(f"{len(exemplar['preferences'])} of {len(exemplar['preferences'])} judged")


def flat(data: Any, at: str = "") -> dict[str, Any]:
    """Every plain value by its place."""
    if isinstance(data, dict):
        return {place: value for key, each in data.items() for place, value in flat(each, f"{at}.{key}").items()}
    if isinstance(data, list):
        return {place: value for i, each in enumerate(data) for place, value in flat(each, f"{at}.{i}").items()}
    return {at: data}


@pytest.mark.parametrize(
    "slug",
    [
        pytest.param("interview_basics", marks=pytest.mark.long),
        pytest.param("fraud_false_positives", marks=pytest.mark.long),
        pytest.param("healthcare_platform", marks=pytest.mark.long),
        pytest.param("cart_abandonment", marks=pytest.mark.long),
        pytest.param("speak_the_language", marks=pytest.mark.long),
        pytest.param("listen_and_ask", marks=pytest.mark.long),
        pytest.param("conflicting_priorities", marks=pytest.mark.long),
        pytest.param("retraining_decision", marks=pytest.mark.long),
        pytest.param("latency_or_accuracy", marks=pytest.mark.long),
        pytest.param("complaint_to_plan", marks=pytest.mark.long),
        pytest.param("interview_tradeoffs", marks=pytest.mark.long),
        pytest.param("feedback_loops", marks=pytest.mark.long),
        pytest.param("influence_and_mentoring", marks=pytest.mark.long),
        pytest.param("interview_operating_model", marks=pytest.mark.long),
        pytest.param("product_ml_charter", marks=pytest.mark.long),
        pytest.param("pod_in_flight", marks=pytest.mark.long),
        pytest.param("pod_launch", marks=pytest.mark.long),
    ],
)
def test_every_form_can_say_what_the_exemplar_says(lab: Lab, page: Page, slug: str, tmp_path: Path) -> None:
    learner, rubric = Learner(lab, page, slug), load_rubric(slug)
    learner.open()
    learner.run_all()
    exemplar = load_exemplar(learner.case, variants(slug)[0])
    for conversation in rubric.conversations:
        talk_as_planned(learner, conversation, exemplar[conversation], tmp_path)
    for kind, model in rubric.artifacts.items():
        spec = form_spec(model)
        data = first_items(spec["fields"], model.model_validate(exemplar[kind]).model_dump(mode="json"))
        # What no form shows, such as what was sealed, is written by other cells.
        shown = {field["name"] for field in spec["fields"]} | {"laid"}
        data = {name: value for name, value in data.items() if name in shown}
        if kind == "contrast":
            judge_pairs(learner, exemplar[kind])
            continue
        if kind == "raci":
            type_letters(learner, exemplar[kind]["rows"])
            continue
        if issubclass(model, LanesDocument):
            lay_cards(learner, kind, model.model_validate(exemplar[kind]))
        form = learner.cell(FORMS.get(kind, f'lesson.form("{kind}")')).locator(".jp-Cell-outputArea")
        form.locator(".course-form").wait_for()
        file = learner.answers / f"{kind}.yaml"
        Filler(page, form).fill(spec, unsaid(data, file))
        end = time.monotonic() + 10
        while (found := differences(file, model.model_validate(data))) and time.monotonic() < end:
            time.sleep(0.1)
        assert not found, f"{kind}: what is saved is not what was typed\n" + "\n".join(found)
        write_files({kind: exemplar[kind]}, learner.answers)  # the other items, by another hand
    for kind in rubric.artifacts:
        review = learner.run(f'lesson.check("{kind}")')
        expect(review.get_by_text(SIGNED_OFF).first).to_be_visible()
