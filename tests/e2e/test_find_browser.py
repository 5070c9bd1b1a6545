"""Which browser the tests take, and that none is never silence."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.e2e import find_browser

pytestmark = pytest.mark.slow


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is the whole PATH."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(find_browser, "MACOS", ())
    return tmp_path


def program(folder: Path, name: str, body: str = "exit 0") -> Path:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return path


def test_takes_an_installed_browser_that_starts(programs: Path) -> None:
    program(programs, "chromium", "exit 1")
    chrome = program(programs, "google-chrome")
    assert find_browser.installed() == str(chrome)


def test_a_shell_without_windows_is_taken_before_a_whole_browser(programs: Path) -> None:
    program(programs, "chromium")
    shell = program(programs, "chromium-headless-shell")
    assert find_browser.installed() == str(shell)


@pytest.mark.parametrize("sold", [("chromium-headless-shell", "chromium"), ("chromium",)])
def test_installs_what_debian_has_when_it_may(
    sold: tuple[str, ...], programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 0)
    program(programs, "new")
    sells = "".join(f'[ "$4" = {name} ] && exec /bin/cp {programs}/new {programs}/{name}\n' for name in sold)
    program(programs, "apt-get", f'echo "$@" >> {programs}/said\n[ "$1" = update ] && exit 0\n{sells}exit 100')
    assert find_browser.from_debian() == str(programs / sold[0])
    asked = ["chromium-headless-shell", "chromium"][: 3 - len(sold)]
    lines = ["update -q", *(f"install -qy --no-install-recommends {name}" for name in asked)]
    assert (programs / "said").read_text().splitlines() == lines


def test_leaves_debians_package_to_who_may_install_it(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    program(programs, "apt-get", f"touch {programs}/called")
    program(programs, "sudo", "exit 1")
    assert find_browser.from_debian() is None
    assert not (programs / "called").exists()


def test_playwright_is_the_last_resort(programs: Path) -> None:
    asked: list[Sequence[str]] = []

    def run(command: Sequence[str]) -> bool:
        asked.append(command)
        return False

    assert find_browser.from_playwright(run) is None
    assert asked == [[sys.executable, "-m", "playwright", "install", "chromium"]]


def test_no_browser_is_a_failure_that_says_what_is_missing(programs: Path, tmp_path: Path) -> None:
    # Playwright is out of reach for a Python that does not see the installed packages.
    command = [sys.executable, "-I", "-S", find_browser.__file__, str(tmp_path / "note")]
    done = subprocess.run(command, capture_output=True, text=True, env={"PATH": str(programs)})
    assert done.returncode == 1
    assert "Install Chromium or Google Chrome" in done.stderr
    assert not (tmp_path / "note").exists()
