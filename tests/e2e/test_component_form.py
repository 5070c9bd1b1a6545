"""Forms in bare Chromium: typing, picking, lists, keyboard, focus, both themes, a narrow panel."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, expect
from playwright.sync_api import Page as BrowserPage

from curriculum.artifacts.derived import completed_one
from curriculum.artifacts.reading import read_artifact
from curriculum.cases.base import Case, Entry, by_id
from curriculum.widgets.form import Form
from tests.e2e.component import Component
from tests.helpers.derived_trial import Plan, derive_plan
from tests.helpers.form_trial import Metric, Page
from tests.helpers.scoping_trial import scoping_case

pytestmark = pytest.mark.browser

CASE = scoping_case()
Open = Callable[..., Component]


def larger(case: Case) -> Case:
    """The same case with thirty cards, so that they are searched instead of ticked."""
    many = [Entry(f"card_{n}", f"Card number {n}", "one of many") for n in range(24)]
    return Case(
        **{**vars(case), "more": {**case.more, "cards": by_id(*case.more["cards"].values(), *many)}},
    )


@pytest.fixture
def opened(page: BrowserPage, tmp_path: Path) -> Open:
    def open_form(*done: dict[str, Any], case: Case = CASE, **options: Any) -> Component:
        form = Form(case, Page, tmp_path / "answers" / "page.yaml", known=lambda: frozenset({"cold_start"}))
        for operation in done:
            form._handle_custom_msg(operation, [])
        return Component(page, form, **options)

    return open_form


def put(path: str, value: Any) -> dict[str, Any]:
    return {"op": "set", "path": path.split("/"), "value": value}


def add(path: str, key: str) -> dict[str, Any]:
    return {"op": "add", "path": path.split("/"), "key": key}


def saved(component: Component) -> Page:
    return read_artifact(component.widget.path, Page).artifact  # type: ignore[attr-defined]


def key(component: Component, name: str) -> Locator:
    return component.root.locator(f'[data-key="{name}"]')


def unfold(component: Component) -> None:
    key(component, "all").click()


def settled(component: Component, **fields: Any) -> None:
    """Wait until the file says so, letting the page and Python talk meanwhile."""
    for _ in range(60):
        if component.widget.path.exists():  # type: ignore[attr-defined]
            page = saved(component)
            if all(getattr(page, name) == value for name, value in fields.items()):
                return
        component.page.wait_for_timeout(50)
    raise AssertionError(f"the file never said {fields}; it says {saved(component)}")


FILLED = (
    put("problem", "Visitors without a history see an empty row."),
    put("owner", "maya"),
    put("launch", "2026-05-18"),
    put("approved", True),
    add("metrics", "#a"),
    put("metrics/#a/name", "conversion"),
    put("metrics/#a/role", "user"),
    put("metrics/#a/target", "3,4"),
    add("metrics", "#b"),
    add("metrics/#a/checks", "#c"),
    put("questions", ["Who pays?"]),
)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1000, 380], ids=["wide", "narrow"])
def test_accessible_in_both_themes_and_widths(opened: Open, dark: bool, width: int) -> None:
    form = opened(*FILLED, dark=dark, width=width)
    unfold(form)
    key(form, "metrics/#b/name").click()
    key(form, "panel:metrics/#b/name").wait_for()
    form.shot(f"form_{'dark' if dark else 'light'}_{width}")
    assert form.violations() == []
    assert form.small_targets() == []
    assert form.overflow() <= 0


def test_typing_is_saved_after_a_pause_and_at_once_when_the_field_is_left(opened: Open) -> None:
    form = opened()
    key(form, "problem").press_sequentially("Empty rows ", delay=5)
    assert form.operations == []
    settled(form, problem="Empty rows")
    assert key(form, "problem").input_value() == "Empty rows ", "the space that is being typed stays"
    key(form, "problem").press_sequentially("hurt")
    key(form, "launch").focus()
    form.page.wait_for_timeout(100)
    assert saved(form).problem == "Empty rows hurt"
    assert len(form.operations) == 2
    assert form.leaked() == []


def test_half_typed_text_survives_a_change_from_elsewhere(opened: Open) -> None:
    form = opened()
    key(form, "problem").press_sequentially("Empty")
    form.widget._handle_custom_msg(put("owner", "wei"), [])
    form.push()
    expect(key(form, "owner")).to_contain_text("Wei Zhang")
    assert key(form, "problem").input_value() == "Empty"
    assert form.focused() == "problem"


def test_a_value_that_is_not_valid_is_told_beside_the_field(opened: Open) -> None:
    form = opened(add("metrics", "#a"))
    unfold(form)
    target = key(form, "metrics/#a/target")
    target.fill("3,4")
    target.press("Enter")
    expect(form.root.locator(".error")).to_have_text(
        "Found '3,4' (text); expected a number with a point and without a unit, here 3.4."
    )
    assert target.input_value() == "3,4"
    assert target.get_attribute("aria-invalid") == "true"
    assert "error" in str(target.get_attribute("aria-describedby"))
    expect(form.root.locator(".notice")).to_contain_text("One answer is not saved")
    assert saved(form).metrics[0].target is None
    target.fill("3.4")
    target.blur()
    expect(form.root.locator(".error")).to_have_count(0)
    assert saved(form).metrics[0].target == 3.4


def test_picking_by_keyboard(opened: Open) -> None:
    form = opened()
    key(form, "owner").focus()
    form.page.keyboard.press("ArrowDown")
    expect(key(form, "search:owner")).to_be_focused()
    form.page.keyboard.type("counsel")
    expect(form.root.locator(".option")).to_have_count(1)
    form.page.keyboard.press("Enter")
    settled(form, owner="aisha")
    expect(key(form, "owner")).to_be_focused()
    expect(key(form, "owner")).to_contain_text("Aisha Rahman")
    assert form.leaked() == []


def test_picking_by_mouse_where_a_press_moves_the_focus_to_the_cell(opened: Open) -> None:
    form = opened()
    key(form, "owner").click()
    options = form.root.get_by_role("listbox").bounding_box()
    assert options is not None
    form.page.mouse.click(options["x"] + options["width"] - 2, options["y"] + 2)  # where a scroll bar would be
    option = form.root.get_by_role("option", name="Aisha Rahman")
    option.hover()
    form.page.mouse.down()
    form.page.wait_for_timeout(60)
    expect(option).to_be_visible()
    form.page.mouse.up()
    settled(form, owner="aisha")
    expect(key(form, "owner")).to_be_focused()


def test_escape_closes_a_list_and_leaves_the_choice(opened: Open) -> None:
    form = opened(put("owner", "maya"))
    key(form, "owner").click()
    form.page.keyboard.press("ArrowDown")
    form.page.keyboard.press("Escape")
    expect(key(form, "panel:owner")).to_have_count(0)
    expect(key(form, "owner")).to_be_focused()
    assert saved(form).owner == "maya" and form.leaked() == []


def test_a_pick_is_cleared(opened: Open) -> None:
    form = opened(put("owner", "maya"))
    form.root.get_by_role("button", name="Clear: Owner").click()
    settled(form, owner="")
    expect(key(form, "owner")).to_contain_text("Choose")


def test_many_choices_are_searched_and_become_chips(opened: Open) -> None:
    form = opened(case=larger(CASE))
    unfold(form)
    key(form, "scope").click()
    key(form, "search:scope").fill("number 2")
    form.root.get_by_role("option", name="Card number 21").click()
    form.root.get_by_role("option", name="Card number 22").click()
    settled(form, scope=("card_21", "card_22"))
    form.page.keyboard.press("Escape")
    form.root.get_by_role("button", name="Take out: Card number 21").click()
    settled(form, scope=("card_22",))


def test_an_unknown_id_is_shown_as_such_and_can_be_replaced(opened: Open) -> None:
    form = opened(put("problem", "Empty rows"))
    path = form.widget.path  # type: ignore[attr-defined]
    path.write_text(path.read_text() + "owner: nemo\n")
    form.widget._handle_custom_msg({"op": "reread"}, [])
    form.push()
    expect(key(form, "owner")).to_contain_text("nemo")
    expect(key(form, "owner")).to_contain_text("not known in this case")
    key(form, "owner").click()
    form.root.get_by_role("option", name="Wei Zhang").click()
    settled(form, owner="wei")


def test_choices_ticks_dates_and_yes_or_no(opened: Open) -> None:
    form = opened()
    unfold(form)
    form.root.get_by_role("radio", name="No").check()
    form.root.get_by_label("Who sees it first").select_option("Two markets")
    key(form, "urgent").check()
    key(form, "launch").fill("2026-06-01")
    key(form, "states:empty").check()
    key(form, "scope:consent").check()
    settled(form, approved=False, level="two markets", urgent=True, states=("empty",), scope=("consent",))
    form.root.get_by_role("button", name="Clear: Was it approved?").click()
    key(form, "states:empty").uncheck()
    settled(form, approved=None, states=())
    assert str(saved(form).launch) == "2026-06-01"


def test_radios_move_by_arrow_and_leak_no_keys(opened: Open) -> None:
    form = opened(add("metrics", "#a"))
    unfold(form)
    key(form, "metrics/#a/role:0").focus()
    form.page.keyboard.press("Space")
    form.page.keyboard.press("ArrowRight")
    settled(form, metrics=(Metric(role="model"),))
    assert form.focused() == "metrics/#a/role:1"
    assert form.leaked() == []


def test_items_are_added_moved_removed_and_focus_follows(opened: Open) -> None:
    form = opened()
    unfold(form)
    key(form, "add:metrics").press("Enter")
    form.root.get_by_role("button", name="Remove: Metric 1").wait_for()
    first = form.focused()
    assert first.startswith("metrics/#n") and first.endswith("/name")
    key(form, first).click()
    form.root.get_by_role("option", name="Conversion").click()
    key(form, "add:metrics").click()
    form.root.get_by_role("button", name="Move up: Metric 2").click()
    settled(form, metrics=(Metric(), Metric(name="conversion")))
    assert form.focused().startswith("up:metrics/")
    form.root.get_by_role("button", name="Remove: Metric 1").press("Enter")
    settled(form, metrics=(Metric(name="conversion"),))
    assert form.focused().startswith("title:metrics/")
    key(form, "undo").click()
    settled(form, metrics=(Metric(), Metric(name="conversion")))


def test_lists_inside_items(opened: Open) -> None:
    form = opened(add("metrics", "#a"))
    unfold(form)
    key(form, "add:metrics/#a/checks").click()
    what = form.root.get_by_label("What to look at")
    what.fill("Sample size")
    what.blur()
    form.page.wait_for_timeout(100)
    assert saved(form).metrics[0].checks[0].what == "Sample size"


@pytest.mark.parametrize("width", [1000, 380], ids=["wide", "narrow"])
def test_a_sentence_is_seen_whole_and_stays_one_line_of_text(opened: Open, width: int) -> None:
    form = opened(add("metrics", "#a"), add("metrics/#a/checks", "#c"), width=width)
    unfold(form)
    what = form.root.get_by_label("What to look at")
    before = what.bounding_box()
    sentence = (
        "Whether as many visitors saw the new row as were meant to see it, on each day of the week, in both markets"
    )
    what.fill(f"{sentence}\n{sentence}")
    what.press("Enter")
    form.page.wait_for_timeout(200)
    assert saved(form).metrics[0].checks[0].what == f"{sentence} {sentence}"
    what.blur()
    hidden = what.evaluate("e => [e.scrollWidth - e.clientWidth, e.scrollHeight - e.clientHeight]")
    after = what.bounding_box()
    assert max(hidden) <= 1, "nothing of it is cut"
    assert before and after and before["height"] < 40 < after["height"]
    assert form.leaked() == []


def test_lines_of_text(opened: Open) -> None:
    form = opened()
    unfold(form)
    key(form, "questions:0").fill("Who pays?")
    key(form, "questions:0").blur()
    settled(form, questions=("Who pays?",))
    key(form, "more:questions").click()
    expect(key(form, "questions:1")).to_be_focused()
    key(form, "questions:1").fill("When?")
    key(form, "questions:1").blur()
    settled(form, questions=("Who pays?", "When?"))
    key(form, "cut:questions:0").click()
    settled(form, questions=("When?",))
    expect(key(form, "questions:0")).to_have_value("When?")


def test_sections_fold_and_say_how_far_they_are(opened: Open) -> None:
    form = opened(*FILLED)
    head = key(form, "head:metrics")
    expect(head).to_contain_text("2 metrics")
    expect(head).to_contain_text("1 not saved")
    assert head.get_attribute("aria-expanded") == "false"
    head.press("Enter")
    expect(key(form, "add:metrics")).to_be_visible()
    expect(form.root.locator(".howfar")).to_contain_text("6 of 11 parts begun")
    expect(form.root.locator(".howfar")).to_contain_text("10 of 40 words")


def test_plain_keys_never_reach_the_notebook(opened: Open) -> None:
    form = opened()
    for name in ("undo", "head:metrics", "owner"):
        key(form, name).focus()
        for pressed in ("a", "b", "x", "d", "d", "ArrowUp", "0"):
            form.page.keyboard.press(pressed)
    assert form.leaked() == []


def test_a_silent_kernel_is_told_and_the_text_stays(opened: Open) -> None:
    form = opened(put("problem", "Empty rows"))
    form.dead = True
    key(form, "problem").fill("Empty rows, twice")
    key(form, "problem").blur()
    form.root.get_by_text("Nothing answers.").wait_for()
    assert key(form, "problem").input_value() == "Empty rows, twice"


def test_markup_in_the_file_stays_text(opened: Open) -> None:
    evil = "<img src=x onerror=alert(1)>"
    form = opened(put("problem", evil), put("questions", [evil]), add("metrics", "#a"))
    unfold(form)
    assert form.root.locator("img").count() == 0
    assert key(form, "problem").input_value() == evil


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_what_nobody_types_is_shown_and_follows_what_is_typed(page: BrowserPage, tmp_path: Path, dark: bool) -> None:
    def complete(plan: Any) -> Any:
        return completed_one(plan, derive_plan, CASE, {"page": Page(problem="Empty rows")})

    path = tmp_path / "answers" / "plan.yaml"
    path.parent.mkdir()
    path.write_text("problem: typed by hand\nanswers: [{name: items}]\n")
    form = Component(page, Form(CASE, Plan, path, complete=complete), dark=dark)
    unfold(form)
    known = key(form, "field:known")
    expect(known.get_by_role("cell", name="ML engineer")).to_be_visible()
    expect(known).to_contain_text("Not typed: carried over from the case.")
    expect(form.root.get_by_role("status").first).to_contain_text("What the file says there is not read")
    expect(key(form, "field:problem")).to_contain_text("Empty rows")
    assert form.root.locator('[data-path="problem"], [data-path="known"]').count() == 0
    value = form.root.get_by_label("Example value")
    value.fill("T-104")
    value.blur()
    expect(form.root.get_by_text("items: T-104")).to_be_visible()
    expect(form.root.locator(".howfar")).to_contain_text("1 of 2 parts begun")
    form.shot(f"form-derived-{'dark' if dark else 'light'}")
    assert form.violations() == [] and form.small_targets() == [] and form.overflow() <= 0
    assert "typed by hand" not in path.read_text() and "example" not in path.read_text()


def test_rows_put_by_code_are_there_at_once_and_undone_by_a_click(opened: Open) -> None:
    form = opened()
    unfold(form)
    form.widget.put("metrics", [{"name": "conversion", "target": 3.5}, {"name": "latency_p95"}])  # type: ignore[attr-defined]
    form.push()
    expect(form.root.get_by_role("button", name="Remove: Metric 2")).to_be_visible()
    key(form, "undo").click()
    expect(form.root.get_by_role("button", name="Remove: Metric 1")).to_have_count(0)
    settled(form, metrics=())


def test_a_text_that_is_longer_than_meant_is_told_beside_its_field_and_saved(opened: Open) -> None:
    component = opened()
    box = key(component, "problem")
    box.fill("long " * 1_000)
    box.blur()
    field = key(component, "field:problem")
    expect(field).to_contain_text("4,000 are meant at most")
    assert len(saved(component).problem) == 4_999
    assert not component.violations()
    box.fill("Short again.")
    box.blur()
    expect(field).not_to_contain_text("are meant at most")
