"""Noting what is said and signing, in a real browser: by keyboard, in both themes, narrow and wide."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from curriculum import open_lesson, open_seat
from curriculum.artifacts.reading import read_artifact, write_artifact
from curriculum.team.deal import Deal, codes_of, make_deal
from curriculum.team.handing import seat_file
from curriculum.team.noted import Noted
from curriculum.team.sign_off import read_sign_off
from tests.e2e.component import Component

pytestmark = pytest.mark.browser
SLUG = "recommendation_scoping"


@pytest.fixture
def table(tmp_path: Path) -> tuple[Deal, dict[str, Path]]:
    deal = make_deal(SLUG, ("ada", "ben", "cho"), 11, secret=bytes(32))
    for seat in deal.table.seats:
        with zipfile.ZipFile(io.BytesIO(seat_file(deal, seat))) as packed:
            packed.extractall(tmp_path / seat.name)
    return deal, {seat.name: tmp_path / seat.name / SLUG for seat in deal.table.seats}


@pytest.mark.parametrize(("dark", "width"), [(False, 1000), (True, 420)])
def test_a_code_that_is_typed_becomes_a_fact_to_cite(
    page: Page, table: tuple[Deal, dict[str, Path]], dark: bool, width: int
) -> None:
    deal, folders = table
    component = Component(page, open_lesson(SLUG, folders["ada"]).talk(), dark=dark, width=width)
    case, plan = deal.table.case, deal.table.plan
    id, code = next(iter(codes_of(deal.key("ben"), case, plan, deal.table.seat("ben")).items()))
    box = component.root.get_by_label("The code of what somebody says")
    box.fill(code.lower())
    box.press("Enter")
    said = component.root.get_by_role("listitem").filter(has_text=case.facts[id].label)
    expect(said).to_contain_text("played by ben")
    expect(box).to_have_value("")
    box.fill("AAAAA")
    component.root.get_by_role("button", name="Note it").click()
    expect(component.root.locator(".told, .notice")).to_have_count(1)
    expect(component.root.locator(".told")).to_contain_text("Nobody at this table has something with the code AAAAA")
    assert component.violations() == []
    assert component.small_targets() == []
    assert component.leaked() == []
    noted = read_artifact(folders["ada"] / "answers" / "noted.yaml", Noted).artifact
    assert [note.code for note in noted.notes] == [code]
    said.get_by_role("button").click()
    expect(said).to_have_count(0)
    component.root.get_by_text("Somebody is absent").click()
    component.root.get_by_role("listitem").filter(has_text="cho").get_by_role("button", name="Is absent").click()
    expect(component.root).to_contain_text("stand_in/cho.html")
    theirs = codes_of(deal.key("cho"), case, plan, deal.table.seat("cho"))
    assert not [id for id in theirs if case.facts[id].label in component.root.inner_text()], "nobody has asked yet"
    id, code = next((id, code) for code, id in deal.table.stand_in.items() if id in theirs)
    box.fill(code)
    box.press("Enter")
    said = component.root.get_by_role("listitem").filter(has_text=case.facts[id].label)
    expect(said).to_contain_text("said by a colleague for cho")
    expect(component.root).to_contain_text("Said at the table")
    noted = read_artifact(folders["ada"] / "answers" / "noted.yaml", Noted).artifact
    late = noted.model_copy(update={"notes": tuple(one.model_copy(update={"minute": 1500.0}) for one in noted.notes)})
    write_artifact(folders["ada"] / "answers" / "noted.yaml", late)
    component.widget.operate({"op": "reread"})
    component.push()
    expect(component.root).to_contain_text("Noted later")
    expect(said).to_contain_text(re.compile(r"noted \w+ \d+ \w+"))
    expect(component.root).not_to_contain_text("Said at the table")
    assert component.small_targets() == []
    assert component.violations() == []


@pytest.mark.parametrize(("dark", "width"), [(False, 1000), (True, 420)])
def test_a_seat_reads_says_what_holds_and_signs(
    page: Page, table: tuple[Deal, dict[str, Path]], dark: bool, width: int
) -> None:
    _, folders = table
    widget = open_seat(folders["ada"]).sign("prd")
    component = Component(page, widget, dark=dark, width=width)
    component.root = page.locator(".course-signing")  # the document in it is a page of the course, too
    expect(component.root).to_contain_text("You have not written it yet.")
    document = folders["ada"] / "answers" / "prd.yaml"
    document.write_text("problem: People go on to search.\n", "utf-8")
    page.mouse.move(1, 1)
    component.root.hover()
    expect(component.root).to_contain_text("People go on to search.")
    expect(component.root).to_contain_text("Nothing is signed yet.")
    component.root.get_by_role("button", name="Sign as ada").click()
    expect(component.root).to_contain_text("Say of one question at least whether it holds")
    first = component.root.get_by_role("listitem").first
    holds = first.get_by_role("button", name="It holds")
    holds.focus()
    page.keyboard.press("Enter")
    expect(holds).to_have_attribute("aria-pressed", "true")
    expect(holds).to_be_focused()
    component.root.get_by_role("listitem").nth(1).get_by_role("button", name="It does not").click()
    assert not (folders["ada"] / "answers" / "sign_off.yaml").exists(), "nothing is signed before it is"
    component.widget = open_seat(folders["ada"]).sign("prd")  # a new kernel, which has heard nothing
    component.push()
    expect(component.root).to_contain_text("2 of")
    component.root.get_by_role("button", name="Sign as ada").click()
    expect(component.root).to_contain_text("Signed 20")
    signed = read_sign_off(folders["ada"] / "answers").on("prd")
    assert signed is not None
    assert sorted(word.says for word in signed.words) == ["does_not", "holds"]
    assert component.violations() == []
    assert component.small_targets() == []
    assert component.leaked() == []
    assert not (folders["ada"] / "answers" / ".unsigned").exists()
    holds.click()
    component.root.get_by_role("listitem").first.get_by_role("button", name="I cannot tell").click()
    expect(component.root).to_contain_text("not signed yet; your earlier signature stands")
    document.write_text("problem: People leave.\n", "utf-8")
    component.root.get_by_role("button", name="Sign as ada").click()
    expect(component.root).to_contain_text("The document has changed since you opened it here.")
    component.root.get_by_role("button", name="Read the new text").click()
    expect(component.root).to_contain_text("People leave.")
    expect(component.root).to_contain_text("You have signed an older text; that signature is void.")
    expect(component.root.locator(".chosen:not(.open)")).to_have_count(0)
    assert component.violations() == []
    assert component.small_targets() == []


def test_what_a_page_said_to_a_dead_kernel_is_there_when_it_is_loaded_again(
    page: Page, table: tuple[Deal, dict[str, Path]]
) -> None:
    _, folders = table
    (folders["ada"] / "answers" / "prd.yaml").write_text("problem: People go on to search.\n", "utf-8")
    page.route("http://localhost/lab", lambda route: route.fulfill(body="", content_type="text/html"))
    page.goto("http://localhost/lab")  # a page with an address has a store of its own
    notes, signing = open_lesson(SLUG, folders["ada"]).talk(), open_seat(folders["ada"]).sign("prd")
    component = Component(page, signing)
    component.dead = True
    component.root = page.locator(".course-signing")
    component.root.get_by_role("button", name="It holds").first.click()
    half = Component(page, notes)
    half.root.get_by_label("The code of what somebody says").fill("3P4")

    page.goto("http://localhost/lab")
    again = Component(page, open_seat(folders["ada"]).sign("prd"))
    again.root = page.locator(".course-signing")
    expect(again.root).to_contain_text("1 of")
    expect(again.root).to_contain_text("What you have said is kept until you sign.")
    assert open_seat(folders["ada"]).sign("prd").view["said"] == 1, "the new kernel has kept it"
    half = Component(page, open_lesson(SLUG, folders["ada"]).talk())
    expect(half.root.get_by_label("The code of what somebody says")).to_have_value("3P4")


def test_the_clock_of_a_table_goes_on_by_itself(page: Page, table: tuple[Deal, dict[str, Path]]) -> None:
    _, folders = table
    began = dt.datetime.now(dt.UTC).replace(microsecond=0)
    page.clock.install(time=began)
    component = Component(page, open_lesson(SLUG, folders["ada"]).talk())
    component.root.get_by_role("button", name="Start the clock").click()
    expect(component.root).to_contain_text("Minute 0")
    page.clock.fast_forward("12:30")
    expect(component.root).to_contain_text("Minute 12")
    page.clock.fast_forward("20:00:00")
    expect(component.root).to_contain_text("Begun ")
