"""Rules for every test: no network beyond this machine, and browser tests on one worker, each lesson on one."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from curriculum.course.catalog import load_catalog
from curriculum.support import garbage
from tests.e2e.chromium import browser, browser_path
from tests.offline import sitecustomize as offline

__all__ = ["browser", "browser_path", "no_network"]

offline.install()
# Python processes that tests start read it too, wherever they are started from.
os.environ["PYTHONPATH"] = os.pathsep.join(
    [str(Path(offline.__file__).parent), *filter(None, [os.environ.get("PYTHONPATH")])]
)


@pytest.fixture(autouse=True)
def no_network() -> Iterator[None]:
    """A test that tries to reach another computer fails, even when the code under test hides the refusal."""
    offline.refused.clear()
    yield
    assert not offline.refused, f"the test tried to reach other computers: {offline.refused}"


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests share one server and one browser, those of a lesson its worlds, and the quick ones of a file what
    it makes for all of them: each runs on one worker, and what takes longest begins first."""
    items.sort(key=lambda item: [item.get_closest_marker(name) is None for name in ("browser", "xdist_group")])
    slugs = [entry.slug for entry in load_catalog().lessons]
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.xdist_group("browser"))
        elif not item.get_closest_marker("xdist_group"):
            params = item.callspec.params if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
            lesson = params.get("slug") or next((slug for slug in slugs if slug in item.path.stem), None)
            if lesson in slugs:
                item.add_marker(pytest.mark.xdist_group(lesson))
            elif not item.get_closest_marker("slow"):
                item.add_marker(pytest.mark.xdist_group(item.path.stem))


def pytest_collection_finish() -> None:
    """Thousands of tests and what they import stay until the end: nobody looks through them for garbage, and seldom
    through the rest."""
    gc.collect()
    garbage.seldom()
