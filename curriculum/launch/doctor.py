"""What the course needs from a computer, looked at one by one; each with what to do when it is missing."""

from __future__ import annotations

import shutil
import sys
import webbrowser
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from packaging.requirements import Requirement

from curriculum.course.places import COURSE, IN_WHEEL
from curriculum.launch import settings
from curriculum.learner.workspace import locate, prepare
from curriculum.support.files import FileRefused, write_whole

OLDEST_PYTHON = (3, 11)
FREE_MEGABYTES = 200
"""Room that a learner's work takes at most, with data and figures."""

PINS = COURSE / "requirements" / "learn.txt"
TEAM_PINS = COURSE / "requirements" / "team.txt"
"""The same, and what several people need to write in one notebook."""
LAB_EXTENSIONS = {
    "@jupyter-widgets/jupyterlab-manager": "conversations, boards and forms",
    "anywidget": "conversations, boards and forms",
}
"""What JupyterLab must load in the browser: its folder, and what does not show without it."""

INSTALL_AGAIN = (
    f"Install the tested versions: {Path(sys.executable).name} -m pip install --no-deps --require-hashes -r {PINS}"
    if IN_WHEEL
    else "Run `make start` in the course folder, or the pip commands of README.md, to install again."
)


@dataclass(frozen=True)
class Finding:
    """One thing looked at: whether it is fine, what was found, and what to do if it is not."""

    fine: bool
    what: str
    remedy: str = ""


def examine(directory: Path | None = None) -> Iterator[Finding]:
    """Look at Python, packages, browser parts, workspace, disk, room for running and browser, in this order."""
    yield python_version(sys.version_info[:3])
    yield packages(installed_pins())
    yield lab_extensions(Path(sys.prefix) / "share" / "jupyter" / "labextensions")
    try:
        workspace = locate(directory)
        yield writable(workspace)
        yield disk_space(workspace)
        yield sockets(workspace)
    except FileRefused as error:
        yield Finding(False, "There is no place for your work.", str(error))
    yield browser()


def python_version(version: tuple[int, ...]) -> Finding:
    """Whether this Python is new enough."""
    what = f"Python {'.'.join(map(str, version))} at {sys.executable}"
    oldest = ".".join(map(str, OLDEST_PYTHON))
    return Finding(
        version >= OLDEST_PYTHON,
        what,
        f"The course needs Python {oldest} or newer. Install it, delete the folder .venv, run `make start`.",
    )


def installed_pins() -> Path:
    """The pins of what is installed here: for a learner, or for several in one notebook."""
    return TEAM_PINS if find_spec("jupyter_collaboration") else PINS


def pinned(path: Path) -> dict[str, str]:
    """Name and version of each package in a requirements file that applies to this computer."""
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if "==" not in line or line.startswith(("#", " ")):
            continue
        requirement = Requirement(line.removesuffix("\\").strip())
        if requirement.marker is None or requirement.marker.evaluate():
            found[requirement.name] = str(requirement.specifier).removeprefix("==")
    return found


def packages(pins: Path) -> Finding:
    """Whether the packages that the course was tested with are the ones installed."""
    try:
        expected = pinned(pins)
    except OSError:
        return Finding(False, f"The list of packages, {pins}, is missing.", "Fetch the course again, whole.")
    others = []
    for name, version in expected.items():
        try:
            found = metadata.version(name)
        except metadata.PackageNotFoundError:
            others.append(f"{name} is missing (expected {version})")
            continue
        if found != version:
            others.append(f"{name} is {found} (expected {version})")
    if others:
        more = f" and {len(others) - 4} more" if len(others) > 4 else ""
        return Finding(False, f"Packages differ: {'; '.join(others[:4])}{more}.", INSTALL_AGAIN)
    return Finding(True, f"{len(expected)} packages, all in the tested version")


def lab_extensions(folder: Path) -> Finding:
    """Whether JupyterLab finds the parts that show widgets."""
    missing = sorted(name for name in LAB_EXTENSIONS if not (folder / name / "package.json").is_file())
    if missing:
        lost = " and ".join(sorted({LAB_EXTENSIONS[name] for name in missing}))
        return Finding(False, f"JupyterLab lacks {', '.join(missing)}: {lost} would not show.", INSTALL_AGAIN)
    return Finding(True, "JupyterLab has what it needs to show conversations, boards and forms")


def writable(workspace: Path) -> Finding:
    """Whether the workspace can be made and written."""
    probe = workspace / ".curriculum" / "doctor.txt"
    try:
        prepare(workspace)
        write_whole(probe, "This file was written to see whether it can be.\n")
        probe.unlink()
    except (FileRefused, OSError) as error:
        return Finding(False, f"Your work cannot be kept in {workspace}.", str(error))
    return Finding(True, f"Your work is kept in {workspace}")


def disk_space(workspace: Path) -> Finding:
    """Whether the workspace's disk has room."""
    place = next(folder for folder in (workspace, *workspace.parents) if folder.exists())
    free = shutil.disk_usage(place).free // 1_000_000
    return Finding(
        free >= FREE_MEGABYTES,
        f"{free:,} MB free on the disk of your workspace",
        f"The course wants {FREE_MEGABYTES} MB. Free some room, or choose another disk with --workspace.",
    )


def sockets(workspace: Path) -> Finding:
    """Whether there is a folder in which notebooks can talk to Python, which is short, private and can be written."""
    folder = settings.places(workspace).runtime
    there = folder.exists()
    try:
        settings.own_folder(folder)
    except FileRefused as error:
        return Finding(False, "Notebooks cannot run here.", str(error))
    if not there:
        folder.rmdir()
    return Finding(True, f"Notebooks can run; what they need for it is in {folder.parent}")


def browser() -> Finding:
    """Whether a web browser can be opened from here."""
    try:
        webbrowser.get()
    except webbrowser.Error:
        return Finding(
            False,
            "No web browser can be opened from here.",
            "Run `curriculum start --no-browser` and open the address that it prints in a browser.",
        )
    return Finding(True, "A web browser can be opened")
