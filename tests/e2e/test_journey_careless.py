"""A careless learner in a real browser: first choices, "asdf" everywhere, no look at the data.

Little is earned, nothing breaks, and every review says what to change."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from curriculum.roleplay.script import load_script
from graders import load_rubric
from tests.e2e.journey import Learner
from tests.e2e.lab import running_lab
from tests.e2e.test_journey_by_hand import FORMS

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.long]

MOST = 0.35
"""Of all points of a lesson."""

MOST_TURNS = 60

NO_FORMS = {"board", "contrast", "raci"}
"""What is written in another widget; it stays blank here."""

LESSONS = [
    "welcome",
    "recommendation_scoping",
    "interview_basics",
    "fraud_false_positives",
    "healthcare_platform",
    "cart_abandonment",
    "speak_the_language",
    "listen_and_ask",
    "conflicting_priorities",
    "retraining_decision",
    "latency_or_accuracy",
    "complaint_to_plan",
    "interview_tradeoffs",
    "feedback_loops",
    "influence_and_mentoring",
    "interview_operating_model",
    "product_ml_charter",
    "pod_in_flight",
    "pod_launch",
]


def talk_carelessly(learner: Learner) -> None:
    """Ask for the choices and take the first, until the talk is over."""
    talk = learner.cell("lesson.talk()").locator(".jp-Cell-outputArea")
    for _ in range(MOST_TURNS):
        shown = talk.locator(".next .choice, .next .say-box, .ended").first
        shown.wait_for()
        expect(talk.locator("[aria-disabled=true]")).to_have_count(0)
        if talk.locator(".ended").count():
            return
        if not talk.locator(".next .choice").count():
            talk.get_by_role("button", name=re.compile("What could I say")).click()
        turns = talk.locator(".turn").count()
        talk.locator(".next .choice").first.click()
        expect(talk.locator(".turn")).not_to_have_count(turns)


def fill_carelessly(page: Page, form: Locator) -> None:
    """One entry in each list, the first of all choices, "asdf" in each text, 1 in each number."""
    unfold = form.get_by_role("button", name="Open all")
    if unfold.count():
        unfold.click()
    for index in range(form.locator("[data-do=add]").count()):
        add = form.locator("[data-do=add]").nth(index)
        if add.is_enabled():
            add.click()
            page.wait_for_timeout(150)
    for box in form.locator("textarea, input[data-input=typed]").all():
        box.fill("1" if box.get_attribute("inputmode") else "asdf")
        box.blur()
    for box in form.locator("input[type=date]").all():
        box.fill("2026-04-01")
    for select in form.locator("select").all():
        select.select_option(index=1)
    for picker in form.locator("button.choose[data-do=panel]").all():
        picker.click()
        page.wait_for_timeout(150)
        options = form.locator("[role=option]:visible, [role=listbox] input:visible")
        if options.count():
            options.first.click()
        page.keyboard.press("Escape")
    expect(form.locator(".saved")).to_have_text(re.compile("^Saved in "), timeout=20_000)


@pytest.mark.parametrize("slug", LESSONS)
def test_a_careless_learner_gets_little_and_is_told_why(tmp_path: Path, page: Page, slug: str) -> None:
    with running_lab(tmp_path) as lab:  # a workspace of their own: other learners find nothing of it
        take_carelessly(Learner(lab, page, slug), page, slug)


def take_carelessly(learner: Learner, page: Page, slug: str) -> None:
    rubric = load_rubric(slug)
    learner.open()
    if rubric.conversations and load_script(slug):
        talk_carelessly(learner)
    earned = 0.0
    for kind in rubric.artifacts:
        cell = (
            learner.cell(FORMS.get(kind, f'lesson.form("{kind}")'))
            if kind not in ("board", "contrast", "raci")
            else None
        )
        if cell is not None:
            form = cell.locator(".jp-Cell-outputArea .course-form")
            form.wait_for()
            fill_carelessly(page, form)
        review = learner.run(f'lesson.check("{kind}")')
        card = review.locator(".course-review")
        card.wait_for()
        words = card.locator(".score").inner_text() if card.locator(".score").count() else "0 of 1 points"
        earned += float(words.split()[0])
        if card.locator(".score").count():
            expect(card.get_by_role("list", name="What to change")).to_be_visible()
    maximum = sum(rubric.points(kind) for kind in rubric.artifacts)
    print(f"{slug}: a careless learner earns {earned:g} of {maximum:g} points")
    assert earned <= MOST * maximum
    assert page.locator('[data-mime-type="application/vnd.jupyter.error"]').count() == 0
