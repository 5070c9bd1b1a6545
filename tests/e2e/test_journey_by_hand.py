"""Whole lessons by hand, in a real browser: every turn of the talk, every field of every form, full sign-off.

It shows that whatever an exemplar says can be said through the forms, and that what they save is what was typed.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from curriculum.artifacts import Artifact
from curriculum.artifacts.reading import read_artifact
from curriculum.fixtures import load_exemplar, variants
from curriculum.widgets.form_spec import form_spec
from graders import load_rubric
from tests.e2e.filling import Filler
from tests.e2e.journey import Learner
from tests.e2e.lab import Lab, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FORMS = {"star": "desk.form()"}
"""Cells that show a form in another way than `lesson.form`."""


def says(file: Path, wanted: Artifact) -> bool:
    return file.exists() and read_artifact(file, type(wanted)).artifact == wanted


@pytest.mark.parametrize("slug", ["interview_basics", "fraud_false_positives", "healthcare_platform"])
def test_every_form_can_say_what_the_exemplar_says(lab: Lab, page: Page, slug: str) -> None:
    learner, rubric = Learner(lab, page, slug), load_rubric(slug)
    learner.open()
    learner.run_all()
    exemplar = load_exemplar(learner.case, variants(slug)[0])
    for conversation in rubric.conversations:
        for turn in exemplar[conversation]["attempts"][-1]:
            learner.say(turn)
    for kind, model in rubric.artifacts.items():
        wanted = model.model_validate(exemplar[kind])
        form = learner.cell(FORMS.get(kind, f'lesson.form("{kind}")')).locator(".jp-Cell-outputArea")
        form.scroll_into_view_if_needed()
        Filler(page, form).fill(form_spec(model), wanted.model_dump(mode="json"))
        wait_until(partial(says, learner.answers / f"{kind}.yaml", wanted), f"{kind} is saved as it was typed")
        review = learner.run(f'lesson.check("{kind}")')
        expect(review.get_by_text("Everybody signs off").first).to_be_visible()
