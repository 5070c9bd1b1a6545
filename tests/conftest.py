"""Rules for every test: no network beyond this machine, and browser tests side by side on one worker."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.offline import sitecustomize as offline

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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests share one server and one browser: they run on one worker."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.xdist_group("browser"))
