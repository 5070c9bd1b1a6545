"""`welcome` from the first cell to full points, in a real browser, across a restart of the kernel and a reload."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.journey import SIGNED_OFF, Learner
from tests.e2e.lab import Lab, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_learner_fails_once_talks_corrects_and_finds_everything_again(lab: Lab, page: Page) -> None:
    learner = Learner(lab, page, "welcome")
    learner.begin_anew()
    learner.open()
    learner.run_all()

    # A first guess, as the lesson asks for.
    form = learner.cell('lesson.form("ask")').locator(".jp-Cell-outputArea")
    form.get_by_role("textbox", name="Your ask, in one sentence").fill(
        "Can we move the stand-up to half past nine, please?"
    )
    file = learner.answers / "ask.yaml"
    wait_until(lambda: file.exists() and "half past nine" in file.read_text(), "the ask is saved as it is typed")
    sure = learner.cell('lesson.how_sure("ask")').locator(".jp-Cell-outputArea")
    sure.get_by_role("button", name="certain").click()
    expect(sure.get_by_text("Kept with this version")).to_be_visible()
    review = learner.run('lesson.check("ask")')
    expect(review.get_by_text("asks for changes").first).to_be_visible()
    expect(review.get_by_text("You were surer than it was good")).to_be_visible()
    expect(sure.get_by_role("button", name="certain")).to_have_count(0)

    # The talk brings out the number, the person and the date, though the kernel restarts in the middle of it.
    learner.say("ask_when_ready")
    learner.restart_kernel()
    learner.open()
    learner.run_all()
    form = learner.cell('lesson.form("ask")').locator(".jp-Cell-outputArea")
    for choice in ("ask_calendar", "thank"):
        learner.say(choice)
    talk = learner.cell("lesson.talk()").locator(".jp-Cell-outputArea")
    expect(talk.get_by_text("Ready to ask").first).to_be_visible()

    # The correction, with everything that is picked from lists.
    truth = learner.case.truth
    form.locator("[data-path=number]").fill(str(truth.ready_p90))
    form.locator("[data-path=by]").fill(truth.board_prints.isoformat())
    form.locator("[data-path=moves_to]").fill(truth.new_time)
    form.get_by_role("textbox", name="Your ask, in one sentence").fill(
        f"Can we move the stand-up to {truth.new_time}, when the numbers are there on nine mornings of ten?"
    )
    for field, words in (("decider", "Tomás"), ("moves", "The stand-up"), ("evidence", "On nine mornings")):
        learner.pick(form, field, words)
    wait_until(lambda: "refresh_ready" in file.read_text() and "tomas" in file.read_text(), "the picks are saved")

    review = learner.run('lesson.check("ask")')
    expect(review.get_by_text("6 of 6").first).to_be_visible()
    expect(review.get_by_text(SIGNED_OFF).first).to_be_visible()

    # A restart and a reload lose nothing: the state is in the files.
    learner.restart_kernel()
    learner.open()
    learner.run_all()
    talk = learner.cell("lesson.talk()").locator(".jp-Cell-outputArea")
    expect(talk.get_by_text("Ready to ask").first).to_be_visible()
    form = learner.cell('lesson.form("ask")').locator(".jp-Cell-outputArea")
    expect(form.locator("[data-path=number]")).to_have_value(str(truth.ready_p90))
    review = learner.cell('lesson.check("ask")').locator(".jp-Cell-outputArea")
    expect(review.get_by_text("6 of 6").first).to_be_visible()
