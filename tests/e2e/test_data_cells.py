"""Data cells in the real Lab: nobody runs or edits code, what is changed in a box is what the code says."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, WebSocketRoute, expect

from tests.e2e.journey import Learner, runs
from tests.e2e.lab import Lab, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def learner(lab: Lab, page: Page) -> Learner:
    found = Learner(lab, page, "pod_launch")
    found.begin_anew()
    found.open()
    return found


def named(learner: Learner, name: str) -> Locator:
    return learner.page.locator(f'[data-cell="{name}"]')


def reach(learner: Learner, name: str) -> Locator:
    """Scroll to a cell, as with the wheel: nothing else gets the keyboard."""
    cell = named(learner, name)
    cell.evaluate("(node) => node.scrollIntoView({ block: 'center' })")
    return cell


def test_a_box_changes_the_code_and_all_that_follows_from_it(learner: Learner) -> None:
    page = learner.page
    replay = reach(learner, "replay")
    # It has run with what it needs, and the page has stayed where the reader is.
    expect(replay.locator("table")).to_be_visible(timeout=30_000)
    expect(named(learner, "brief")).not_to_be_in_viewport()
    expect(named(learner, "hours").locator("table")).to_have_count(0)
    picture = reach(learner, "replay_picture")
    wait_until(lambda: runs(picture) > 0, "the picture is drawn")
    before = runs(picture)
    replay.get_by_role("spinbutton", name="Explore").fill("2")
    replay.get_by_role("checkbox", name="A release every three days").check()
    wait_until(lambda: runs(picture) > before, "what follows has run again")
    expect(learner.code_of(replay)).to_contain_text('limits = {"explore": 2, "label": 3')
    expect(learner.code_of(replay)).to_contain_text('policies = ["release_twice"]')
    # The other way round: who changes the code sees it in the box; what is no value is left to the code.
    learner.code_of(replay).click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text('limits = {"explore": 6, "label": 3}\npolicies = list("ab")')
    expect(replay.get_by_role("spinbutton", name="Explore")).to_have_value("6")
    expect(replay.get_by_role("spinbutton", name="Build")).to_have_value("")
    expect(replay.get_by_role("checkbox", name="A release every three days")).to_be_disabled()


def test_a_rule_with_quotes_in_it_is_changed_in_a_box(lab: Lab, page: Page) -> None:
    found = Learner(lab, page, "influence_and_mentoring")
    found.begin_anew()
    found.open()
    tried = reach(found, "tried")
    expect(tried.locator("table")).to_contain_text("risk == 'high'", timeout=30_000)
    box = tried.get_by_role("textbox", name="First rule")
    expect(box).to_have_value("risk == 'high'")
    box.fill("risk != 'low' && gap_days > 20")
    box.blur()
    expect(tried.locator("table")).to_contain_text("risk != 'low' && gap_days > 20", timeout=30_000)
    expect(found.code_of(tried)).to_contain_text("""rule_1 = "risk != 'low' && gap_days > 20\"""")
    expect(box).to_be_enabled()


def test_a_cell_reached_in_a_new_kernel_runs_what_it_needs(learner: Learner) -> None:
    learner.restart_kernel()
    kinds = reach(learner, "kinds")
    expect(kinds.locator("table")).to_contain_text("takeover", timeout=30_000)
    learner.restart_kernel()
    kinds.get_by_role("button", name=re.compile("^Show again")).click()
    expect(kinds.locator("table")).to_contain_text("takeover", timeout=30_000)
    expect(kinds.locator('[data-mime-type="application/vnd.jupyter.error"]')).to_have_count(0)


def test_a_cell_in_view_runs_again_when_its_kernel_was_restarted_elsewhere(learner: Learner) -> None:
    kinds = reach(learner, "kinds")
    expect(kinds.locator("table")).to_be_visible(timeout=30_000)
    before = runs(kinds)
    learner.restart_kernel()
    wait_until(lambda: runs(kinds) > before, "what the old kernel gave is shown anew", 30)
    expect(kinds.locator("table")).to_contain_text("takeover")
    expect(kinds.locator('[data-mime-type="application/vnd.jupyter.error"]')).to_have_count(0)


def test_a_kernel_is_known_to_be_new_though_nobody_heard_that_it_starts(lab: Lab, page: Page) -> None:
    hold_back_its_start(page)
    learner = Learner(lab, page, "pod_launch")
    learner.begin_anew()
    learner.open()
    kinds = reach(learner, "kinds")
    expect(kinds.locator("table")).to_be_visible(timeout=30_000)
    before = runs(kinds)
    learner.restart_kernel()
    wait_until(lambda: runs(kinds) > before, "what the old kernel gave is shown anew", 30)


def hold_back_its_start(page: Page) -> None:
    """Let nothing reach a page that says that a kernel starts; some of it never does, in real life."""

    def between(route: WebSocketRoute) -> None:
        server = route.connect_to_server()

        def heard(message: bytes | str) -> None:
            text = message.decode("utf-8", "replace") if isinstance(message, bytes) else message
            if not re.search(r'"execution_state": ?"(auto)?(re)?starting"', text):
                route.send(message)

        server.on_message(heard)

    page.route_web_socket(re.compile("/channels"), between)


def test_a_second_page_takes_what_the_first_has_run_and_runs_only_what_is_missing(learner: Learner) -> None:
    wait_until(lambda: reach(learner, "loss") and runs(named(learner, "loss")) > 0, "the table is there")
    assert runs(named(learner, "loss_figure")) > 0, "it was run first, as needed"
    learner.page.click(".lm-MenuBar-item:has-text('File')")
    learner.page.locator(".lm-Menu-item", has_text="Save Notebook").first.click()
    saved = learner.lab.workspace / learner.notebook
    wait_until(
        lambda: (
            '"output_type": "display_data"' in saved.read_text("utf-8")
            or '"execute_result"' in saved.read_text("utf-8")
        ),
        "it is saved",
    )
    other = Learner(learner.lab, learner.page.context.new_page(), learner.slug)
    other.open()
    wait_until(lambda: reach(other, "loss") and runs(named(other, "loss")) > 0, "what reads a form is shown anew")
    assert runs(named(other, "loss_figure")) == 0, "what it needs stands in the kernel"
    learner.page.close()  # it would run them, and the other page take them
    other.restart_kernel()
    other.open()
    wait_until(lambda: reach(other, "loss") and runs(named(other, "loss_figure")) > 0, "a new kernel knows nothing")


def test_what_reads_a_form_runs_again_when_the_form_has_changed(learner: Learner) -> None:
    replayed = reach(learner, "replayed")
    expect(replayed).to_contain_text("every stage needs a limit", timeout=30_000)
    form = learner.cell('lesson.form("backlog")').locator(".course-form")
    for stage in ("explore", "label", "build", "review", "release"):
        box = form.locator(f'[data-path="limit_{stage}"]:is(input)')
        box.fill("3")
        box.blur()
    expect(form.locator(".saved")).to_have_text("Saved in answers/backlog.yaml")
    reach(learner, "replayed")
    expect(replayed).not_to_contain_text("every stage needs a limit", timeout=30_000)


def test_a_box_that_is_emptied_asks_for_a_number_and_breaks_nothing(lab: Lab, page: Page) -> None:
    found = Learner(lab, page, "complaint_to_plan")
    found.begin_anew()
    found.open()
    costs = reach(found, "costs")
    expect(costs).to_contain_text("A warning pays from", timeout=30_000)
    box = costs.get_by_role("spinbutton", name="A miss (€)")
    box.fill("")
    box.blur()
    expect(costs.get_by_role("alert")).to_have_text("“A miss (€)” needs a number. Until then, 6 counts.")
    box.fill("8")
    box.blur()
    expect(costs.get_by_role("alert")).to_have_count(0)
    expect(found.code_of(costs)).to_contain_text('"miss": 8')
    expect(costs.locator('[data-mime-type="application/vnd.jupyter.error"]')).to_have_count(0)


def test_a_box_that_may_be_blank_leaves_its_key_out(lab: Lab, page: Page) -> None:
    found = Learner(lab, page, "conflicting_priorities")
    found.begin_anew()
    found.open()
    came = reach(found, "came")
    expect(came.locator("table")).to_be_visible(timeout=30_000)
    box = came.get_by_role("spinbutton", name="Harbour")
    for value in ("4", ""):
        box.fill(value)
        box.blur()
    expect(found.code_of(came)).to_contain_text("taps_late = {}")
    expect(came.get_by_role("alert")).to_have_count(0)
