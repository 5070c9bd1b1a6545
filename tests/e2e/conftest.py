"""What tests of the Lab share: one JupyterLab a session, a clean page a test."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.lab import Lab, running_lab

HERE = {"127.0.0.1", "localhost", ""}


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
