"""The one Chromium of a session, for all tests that need a browser, wherever they stand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.e2e import find_browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NOTE = Path(__file__).parents[2] / ".venv" / ".browser"
OFFLINE = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    # Names do not resolve: a page that needs another host shows what a learner without network sees.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost, EXCLUDE *.localhost",
)


@pytest.fixture(scope="session")
def browser_path() -> str:
    """The Chromium that `make test` found, or one that is installed; without one, browser tests fail."""
    noted = NOTE.read_text(encoding="utf-8").strip() if NOTE.is_file() else ""
    path = noted if noted and Path(noted).exists() else find_browser.installed()
    if path is None:
        pytest.fail("There is no Chromium for the browser tests; `make browser` finds or installs one.")
    return path


@pytest.fixture(scope="session")
def browser(browser_path: str) -> Iterator[Browser]:
    """A headless Chromium that reaches this machine only."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser_path, args=list(OFFLINE))
        yield chromium
        chromium.close()
