"""`curriculum start` in a real browser: the first lesson, and nothing in its way."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.lab import Lab

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WELCOME = "beginner/welcome/welcome.ipynb"


def open_welcome(lab: Lab, page: Page) -> None:
    page.goto(lab.address)
    expect(page.locator(".jp-NotebookPanel").first).to_be_visible(timeout=30_000)
    lab.wait_for_kernel(WELCOME)


def test_opens_on_the_welcome_notebook_with_no_pop_ups(lab: Lab, page: Page) -> None:
    open_welcome(lab, page)
    expect(page.locator(".jp-NotebookPanel h1").first).to_be_visible()
    assert "/doc/tree/beginner/welcome" in page.url
    assert "token" not in page.url, "the token stays in the address bar"
    expect(page.locator(".jp-Dialog")).to_have_count(0)
    expect(page.locator(".Toastify__toast")).to_have_count(0)


def test_instructors_and_developers_parts_are_hidden(lab: Lab, page: Page) -> None:
    open_welcome(lab, page)
    names = page.get_by_role("tab").evaluate_all("tabs => tabs.map(tab => tab.title)")
    assert any("File Browser" in name for name in names)
    assert not [name for name in names if "Extension" in name or "Debugger" in name or "Property" in name]
    menus = page.locator(".lm-MenuBar-itemLabel").all_text_contents()
    assert "File" in menus
    assert "Nbgrader" not in menus
    toolbar = page.locator(".jp-NotebookPanel-toolbar")
    expect(toolbar.locator('[data-jp-item-name="run"]')).to_be_visible()
    for hidden in ("cut", "cellType", "validate", "debugger"):
        expect(toolbar.locator(f'[data-jp-item-name="{hidden}"]')).to_have_count(0)


def test_follows_the_look_of_the_computer(lab: Lab, page: Page) -> None:
    for scheme, light in (("dark", "false"), ("light", "true")):
        page.emulate_media(color_scheme=scheme)
        open_welcome(lab, page)
        expect(page.locator("body")).to_have_attribute("data-jp-theme-light", light)


def test_who_has_no_token_is_not_let_in(lab: Lab, page: Page) -> None:
    page.goto(f"{lab.base}/doc/tree/{WELCOME}")
    expect(page.locator("#password_input")).to_be_visible()
    expect(page.locator(".jp-NotebookPanel")).to_have_count(0)
