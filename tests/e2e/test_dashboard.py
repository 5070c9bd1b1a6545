"""The shared dashboard as a page of its own, in a real browser: opens in time, has words, asks nobody else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Literal

import psutil
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from curriculum.cases import load_case
from curriculum.course.fixtures import load_exemplar, write_files
from curriculum.learner.workspace import prepare
from curriculum.support.looks import palette
from tests.e2e.test_component_tables import pixels, share

pytestmark = pytest.mark.browser
SLUG = "fraud_false_positives"
ADDRESS = "The dashboard is open at "
PAGE = ("#ffffff", "#111111")
"""The ground of the page in light and in dark."""
USABLE_SECONDS = 5.0
"""Once the server says that it is open; the best of three visits, since other tests share the computer."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The dashboard of a learner who chose definitions of their own in the incident record."""
    workspace = prepare(tmp_path_factory.mktemp("dashboard") / "work")
    answers = workspace / "intermediate" / SLUG / "answers"
    case = load_case(SLUG, 3)
    write_files({"incident": load_exemplar(case, "threshold_and_staged")["incident"]}, answers)
    server, found = opened(workspace)
    yield found
    server.send_signal(signal.SIGINT)
    assert server.wait(20) == 0, "Ctrl+C closes it quietly"


def opened(workspace: Path) -> tuple[subprocess.Popen[str], str]:
    """The command, once it has said its address."""
    command = [sys.executable, "-m", "curriculum", "dashboard", SLUG, "--workspace", str(workspace), "--no-browser"]
    server = subprocess.Popen(
        [*command, "--port", "0"],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        # Tests that a shell runs in the background inherit that Ctrl+C is ignored.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )
    assert server.stdout is not None
    said = ""
    while ADDRESS not in said:
        line = server.stdout.readline()
        assert line, f"the command ended without an address; it said: {said}"
        said += line
    return server, said.split(ADDRESS)[1].split()[0]


def picture(page: Page, address: str) -> float:
    """Open the page and wait for the figure; the seconds that took."""
    start = time.monotonic()
    page.goto(address, wait_until="commit")
    page.wait_for_selector("img[alt^='Three line charts']", timeout=60_000)
    return time.monotonic() - start


def test_the_page_shows_the_learners_definitions_and_every_other_way_to_count(page: Page, address: str) -> None:
    picture(page, address)
    words = page.locator("img[alt^='Three line charts']").get_attribute("alt") or ""
    case = load_case(SLUG, 3)
    panels = load_exemplar(case, "threshold_and_staged")["incident"]["panels"]
    mine = {case.registry.label("definitions", panel["definition"]) for panel in panels}
    assert sum(label in words for label in mine) == 3, f"three charts, of {mine}: {words}"
    page.wait_for_selector("table")
    assert page.locator("table tbody tr").count() == len(case.registry.entries("definitions"))
    assert page.locator("text=open_lesson").count() == 0, "the page shows no code"


def test_the_figure_and_the_table_are_on_the_screen(page: Page, address: str) -> None:
    picture(page, address)
    page.wait_for_selector("table")
    for part in (page.locator("img[alt^='Three line charts']"), page.locator("table tbody tr").last):
        part.scroll_into_view_if_needed()
        seen = part.evaluate(
            "e => { const b = e.getBoundingClientRect();"
            " const top = document.elementFromPoint(b.x + b.width / 2, b.y + b.height / 2);"
            " return b.height > 20 && (e === top || e.contains(top)); }"
        )
        assert seen, "it is in the page and nobody sees it"


def test_the_page_is_usable_in_under_five_seconds(page: Page, address: str) -> None:
    assert min(picture(page, address) for _ in range(3)) < USABLE_SECONDS


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_the_readers_own_light_or_dark_and_accessible(
    page: Page, address: str, scheme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 480 if scheme == "light" else 1400, "height": 900})
    picture(page, address)
    page.wait_for_selector("table")
    for part, ground in ((page.locator(".course-table"), palette()["ground"]), (page.locator("body"), PAGE)):
        shown = pixels(part)
        assert share(shown, ground[scheme == "dark"]) > 0.4 and share(shown, ground[scheme == "light"]) < 0.05
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "it is scrolled sideways"
    found = Axe().run(page).response["violations"]
    serious = [
        (fault["id"], node["target"])
        for fault in found
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]
    assert serious == []


def answer(address: str, **headers: str) -> int:
    """The status that a request gets, redirects not followed."""
    request = urllib.request.Request(address, headers=headers)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), NotFollowed())
    try:
        with opener.open(request, timeout=30) as reply:
            return int(reply.status)
    except urllib.error.HTTPError as error:
        return error.code


class NotFollowed(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:  # type: ignore[override]
        return None


def test_nobody_opens_it_without_its_token_or_by_another_name(address: str) -> None:
    place, token = address.split("?token=")
    assert len(token) >= 24
    assert answer(place) in (302, 403), "without a token there is no page"
    assert answer(f"{place}?token=guessed") in (302, 403)
    assert answer(address) == 200
    assert answer(address, Host="evil.example") == 403, "a name that is not this computer's"
    assert answer(f"{place}api/kernels/00000000-0000-0000-0000-000000000000") in (302, 403)


def test_its_servers_end_with_it(tmp_path: Path) -> None:
    workspace = prepare(tmp_path / "work")
    server, address = opened(workspace)
    (child,) = psutil.Process(server.pid).children()
    family = [child, *child.children(recursive=True)]
    server.terminate()
    server.wait(20)
    _, alive = psutil.wait_procs(family, timeout=20)
    assert alive == [], f"of {len(family)} processes behind {address} these outlive it"
