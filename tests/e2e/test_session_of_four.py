"""A whole session of four people in four real browsers: deal, cards, first choices, codes, documents, signatures,
debrief."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from curriculum.artifacts import yaml_text
from curriculum.course.fixtures import load_exemplar, variants
from curriculum.team.deal import Deal, Seat, codes_of, make_deal
from curriculum.team.debrief import page as debrief_page
from curriculum.team.gathering import gather
from curriculum.team.handing import seat_file
from graders import load_rubric
from tests.e2e.journey import runs
from tests.e2e.lab import Lab, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.long]
SLUG = "recommendation_scoping"
NAMES = ("ada", "ben", "cho", "dan")


@dataclass
class AtSeat:
    """One of the four, with a browser and a folder of their own."""

    lab: Lab
    page: Page
    seat: Seat
    folder: Path

    def open(self, notebook: str) -> None:
        place = f"{self.folder.relative_to(self.lab.workspace).as_posix()}/{notebook}"
        self.page.goto(self.lab.page(place))
        self.page.wait_for_selector(".jp-NotebookPanel.course-ready", timeout=60_000)  # four kernels on two cores
        self.lab.wait_for_kernel(place)

    def cell(self, id: str) -> Locator:
        return self.page.locator(f'.jp-CodeCell[data-cell="{id}"]')

    def run(self, id: str) -> Locator:
        cell = self.cell(id)
        before = runs(cell)
        cell.locator(".course-bar-button").first.click()
        wait_until(lambda: runs(cell) > before, f"{id} of {self.seat.name} has run")
        return cell.locator(".jp-Cell-outputArea")


@pytest.fixture
def four(lab: Lab, browser: Browser) -> Iterator[tuple[Deal, list[AtSeat]]]:
    deal = make_deal(SLUG, NAMES, 11)
    root = lab.workspace / "session"
    shutil.rmtree(root, ignore_errors=True)
    contexts, seats = [], []
    for seat in deal.table.seats:
        with zipfile.ZipFile(io.BytesIO(seat_file(deal, seat))) as packed:
            packed.extractall(root / seat.name)
        contexts.append(browser.new_context(viewport={"width": 1100, "height": 900}))
        seats.append(AtSeat(lab, contexts[-1].new_page(), seat, root / seat.name / SLUG))
    yield deal, seats
    for context in contexts:
        context.close()
    shutil.rmtree(root, ignore_errors=True)


def test_four_people_take_a_lesson_together(four: tuple[Deal, list[AtSeat]], page: Page, tmp_path: Path) -> None:
    deal, seats = four
    case, plan, lead = deal.table.case, deal.table.plan, seats[0]
    for at in seats:
        at.open("seat.ipynb")
        card = at.cell("card").locator(".course.card")
        for fact in case.facts.values():
            expect(card.get_by_text(fact.label)).to_have_count(1 if fact.held_by in at.seat.people else 0)
        box = at.cell("first_choice").get_by_role("textbox")
        box.fill(f"What {at.seat.name} would do.")
        box.press("Tab")
        file = at.folder / "answers" / "first_choice.yaml"
        wait_until(
            lambda file=file: file.exists() and "would do" in file.read_text("utf-8"), "the first choice is kept"
        )

    lead.open(f"{SLUG}.ipynb")
    notes = lead.cell("talk").locator(".course-table-notes")
    codes = [code for seat in deal.table.seats[1:] for code in codes_of(deal.key(seat.name), case, plan, seat).values()]
    for code in codes:
        notes.get_by_label("The code of what somebody says").fill(code)
        notes.get_by_role("button", name="Note it").click()
        expect(notes.get_by_label("The code of what somebody says")).to_have_value("")
    expect(notes.get_by_role("button", name="Take back")).to_have_count(len(codes))

    files = load_exemplar(case, variants(SLUG)[0])
    kinds = load_rubric(SLUG).artifacts
    for kind in kinds:  # the journeys fill every form by hand
        (lead.folder / "answers" / f"{kind}.yaml").write_text(yaml_text.dump(files[kind]), "utf-8")
    expect(lead.run("check_prd")).to_contain_text("handed_round")
    went_round = lead.folder / "handed_round" / f"{SLUG}-round.zip"
    for at in seats:
        if at is not lead:
            shutil.copyfile(went_round, at.folder / "the documents.zip")
        at.open("seat.ipynb")
        for kind in kinds:
            signing = at.cell(f"sign_{kind}").locator(".course-signing")
            expect(signing.locator(".reading")).to_be_visible()
            if not signing.locator(".asked").count():
                continue
            for button in signing.get_by_role("button", name="It holds").all():
                button.click()
            signing.get_by_role("button", name=f"Sign as {at.seat.name}").click()
            expect(signing).to_contain_text("Signed 20")
        expect(at.run("hand_in")).to_contain_text("Your file")

    handed = [next((at.folder / "handed_in").glob("*.zip")) for at in seats]
    outcome = gather(deal, handed)
    assert outcome.report.points == outcome.report.maximum
    assert not outcome.notes
    assert all(account.signed_right and not account.silent for account in outcome.accounts)
    assert outcome.first_choices == {name: f"What {name} would do." for name in NAMES}
    (tmp_path / "debrief.html").write_text(debrief_page(outcome), "utf-8")
    page.goto((tmp_path / "debrief.html").as_uri())
    expect(page.get_by_text("To talk about")).to_be_visible()
    expect(page.get_by_text("What dan would do.")).to_be_visible()
