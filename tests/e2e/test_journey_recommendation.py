"""`recommendation_scoping` in a real browser: talk, cards by keyboard, votes, the PRD form, review, restart, again."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from curriculum.artifacts.board import Board
from curriculum.artifacts.prd import Prd
from curriculum.artifacts.reading import read_artifact
from curriculum.course.fixtures import load_exemplar, write_files
from tests.e2e.journey import SIGNED_OFF, Learner
from tests.e2e.lab import Lab, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WIDGETS = ("lesson.talk()", "lesson.board()", 'lesson.form("prd")', 'lesson.check("prd")')


def test_talk_scope_write_review_restart_and_find_everything_again(lab: Lab, page: Page) -> None:
    learner = Learner(lab, page, "recommendation_scoping")
    learner.begin_anew()
    learner.open()
    learner.run_all()
    exemplar = load_exemplar(learner.case, "orders_first")

    # The whole kick-off, turn by turn.
    turns = exemplar["kickoff"]["attempts"][-1]
    for turn in turns:
        learner.say(turn)

    # A card into Must-Have by keyboard alone, a card by its button, and a dot.
    board = learner.cell("lesson.board()").locator(".jp-Cell-outputArea")
    board.locator('[data-key="grip:carousel"]').focus()
    for key in ("Space", "ArrowRight", "Space"):
        page.keyboard.press(key)
    board.locator('[data-column="must"] [data-card="carousel"]').wait_for()
    board.locator('[data-key="deferred:email_row"]').click()
    board.locator('[data-key="vote1:carousel"]').click()

    def stored() -> Board:
        return read_artifact(learner.answers / "board.yaml", Board).artifact

    wait_until(lambda: (learner.answers / "board.yaml").exists() and bool(stored().votes), "the dot is saved")
    assert stored().column_of("carousel") == "must"
    assert stored().column_of("email_row") == "deferred"
    assert [(vote.voter, vote.card, vote.dots) for vote in stored().votes] == [("pm", "carousel", 1)]

    # The first fields of the page.
    form = learner.cell('lesson.form("prd")').locator(".jp-Cell-outputArea")
    form.get_by_role("button", name="Open all").click()
    form.locator("[data-path=problem]").fill("Visitors do not find what fits.")
    learner.pick(form, "model", "Light model")
    file = learner.answers / "prd.yaml"
    wait_until(lambda: file.exists() and "light" in file.read_text(), "the form is saved")
    assert read_artifact(file, Prd).artifact.problem == "Visitors do not find what fits."
    review = learner.run('lesson.check("prd")')
    expect(review.get_by_text("asks for changes").first).to_be_visible()

    # The rest is written as files by another hand; every view reads what the files say.
    write_files({kind: exemplar[kind] for kind in ("agenda", "board", "prd")}, learner.answers)
    for kind in ("agenda", "board", "prd"):
        review = learner.run(f'lesson.check("{kind}")')
        expect(review.get_by_text(SIGNED_OFF).first).to_be_visible()

    learner.restart_kernel()
    learner.open()
    learner.run_all()
    talk = learner.cell("lesson.talk()").locator(".jp-Cell-outputArea")
    expect(talk.get_by_role("button", name="Try another approach")).to_be_visible()
    board = learner.cell("lesson.board()").locator(".jp-Cell-outputArea")
    for card in Board.model_validate(exemplar["board"]).cards_in("must"):
        expect(board.locator(f'[data-column="must"] [data-card="{card}"]')).to_have_count(1)
    review = learner.cell('lesson.check("prd")').locator(".jp-Cell-outputArea")
    expect(review.get_by_text(SIGNED_OFF).first).to_be_visible()

    # No violation of ours, in either theme, where the widgets really stand.
    for theme in ("light", "dark"):
        learner.use_theme(theme)
        for source in WIDGETS:
            output = learner.cell(source).locator(".course").first
            output.scroll_into_view_if_needed()
            page.evaluate("id => document.querySelector('[data-axe]')?.removeAttribute('data-axe')", None)
            output.evaluate("element => element.setAttribute('data-axe', '')")
            found = Axe().run(page, context="[data-axe]").response["violations"]
            assert [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in found] == [], (theme, source)
