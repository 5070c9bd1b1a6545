"""What browser tests share: one JupyterLab and one Chromium a session, a clean page a test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e import find_browser
from tests.e2e.lab import Lab, running_lab

NOTE = Path(__file__).parents[2] / ".venv" / ".browser"
HERE = {"127.0.0.1", "localhost", ""}
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
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser_path, args=list(OFFLINE))
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page with nothing stored; the test fails when it asks any other computer for anything."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    elsewhere: list[str] = []
    context.on(
        "request",
        lambda request: elsewhere.append(request.url) if (urlsplit(request.url).hostname or "") not in HERE else None,
    )
    opened = context.new_page()
    yield opened
    context.close()
    assert not elsewhere, f"the page asked other computers: {elsewhere}"


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """One JupyterLab for all tests, started as a learner starts it, on a workspace of its own."""
    with running_lab(tmp_path_factory.mktemp("workspace")) as started:
        yield started
